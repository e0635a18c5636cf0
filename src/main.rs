//! The command line of isnad.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
