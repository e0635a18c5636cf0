//! One file per command; arguments, output and exit codes here.
//!
//! stdout is data, stderr is talk. Exit 0 done, 1 nothing found or invalid data, 2 error. A reader
//! that closes the pipe is no error.

mod args;
mod ask;
mod bench;
mod build;
mod completions;
mod explain;
mod export;
mod export_args;
mod extract;
mod find;
mod import;
mod infer;
mod model;
mod network;
mod output;
mod part;
mod path;
mod query;
mod resolve;
mod review;
mod serve;
mod show;
mod stats;
mod target;
mod validate;
mod verify;

use std::io;
use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use args::{Cli, Command};
use output::Output;

/// How a command ended, where it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done.
    Done,
    /// Nothing was found, or some of the data was invalid.
    Nothing,
}

/// Runs the command line and returns the process's exit code.
pub(crate) fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors; clap knows which stream they go to.
            let code = if error.use_stderr() { 2 } else { 0 };
            return if error.print().is_ok() { ExitCode::from(code) } else { ExitCode::SUCCESS };
        }
    };
    let output = Output::new(&cli.common);
    start_logging(&cli, &output);
    let result = match &cli.command {
        Command::Build(options) => build::run(options, &cli.common, &output),
        Command::Extract(options) => extract::run(options, &output),
        Command::Find(options) => find::run(options, &cli.common, &output),
        Command::Show(options) => show::run(options, &cli.common, &output),
        Command::Explain(options) => explain::run(options, &cli.common, &output),
        Command::Query(options) => query::run(options, &cli.common, &output),
        Command::Ask(options) => ask::run(options, &cli.common, &output),
        Command::Path(options) => path::run(options, &cli.common, &output),
        Command::Infer(options) => infer::run(options, &cli.common, &output),
        Command::Network(options) => network::run(options, &cli.common, &output),
        Command::Export(options) => export::run(options, &cli.common, &output),
        Command::Review(options) => review::run(options, &cli.common, &output),
        Command::Import(options) => import::run(options, &cli.common, &output),
        Command::Serve(options) => serve::run(options, &cli.common, &output),
        Command::Verify(options) => verify::run(options, &cli.common, &output),
        Command::Validate(options) => validate::run(options, &cli.common, &output),
        Command::Stats(options) => stats::run(options, &cli.common, &output),
        Command::Model(options) => model::run(options, &output),
        Command::Bench(options) => bench::run(options, &output),
        Command::Completions(options) => completions::completions(options),
        Command::Man(options) => completions::man(options),
        Command::ReadPdf(options) => read_pdf(options.longest),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output.error(&error);
            ExitCode::from(2)
        }
    }
}

/// Reads one PDF file for another process of this program.
fn read_pdf(longest: u64) -> anyhow::Result<Outcome> {
    isnad::ingest::read_pdf(longest, io::stdin().lock(), io::stdout().lock())?;
    Ok(Outcome::Done)
}

/// Whether the reader of our output went away.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe);
        let json = cause
            .downcast_ref::<serde_json::Error>()
            .is_some_and(|error| error.io_error_kind() == Some(io::ErrorKind::BrokenPipe));
        io || json
    })
}

fn start_logging(cli: &Cli, output: &Output) {
    let default = match (cli.common.quiet, cli.common.verbose) {
        (true, _) => "error",
        (_, true) => "isnad=debug,warn",
        _ => "warn",
    };
    let filter = EnvFilter::try_from_env("ISNAD_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(output.colour_on_stderr())
        .without_time()
        .with_target(false);
    // Only fails if a logger is set already, which this process never does.
    let _ = subscriber.try_init();
}
