//! `isnad serve`

use std::io::Write;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use isnad::query::Questions;
use isnad::serve::{Server, Settings, work};
use isnad::store::{Access, GraphStore};

use super::Outcome;
use super::args::Common;
use super::output::Output;
use super::query::duration;

const MIB: u64 = 1024 * 1024;

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Address and port; port 0 is any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    pub listen: SocketAddr,
    /// Stop working on a request after this long, the sending of its answer included
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = duration)]
    pub timeout: Duration,
    /// How many requests to work on at the same time; others wait [default: twice as many as there are cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub concurrency: Option<u16>,
    /// Memory that one request may take, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 2048, value_parser = clap::value_parser!(u32).range(256..))]
    pub memory: u32,
    /// Largest body of a request, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub max_body: u16,
    /// Let pages of this origin read answers, such as https://yasgui.triply.cc, or `*` for all (repeatable)
    #[arg(long, value_name = "ORIGIN")]
    pub cors: Vec<String>,
    /// A name by which the server may be called besides localhost (repeatable)
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// How long requests may go on once the server is told to end
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = duration)]
    pub grace: Duration,
    /// Take no changes; it is always so
    #[arg(long)]
    pub read_only: bool,
    /// Work for a server: jobs come from standard input
    #[arg(long, hide = true)]
    pub worker: bool,
}

pub(crate) fn run(args: &ServeArgs, common: &Common, output: &Output) -> Result<Outcome> {
    if args.worker {
        let store = GraphStore::open(&common.store, Access::Read)?;
        let memory = Some(u64::from(args.memory) * MIB);
        work(&store, memory, std::io::stdin().lock(), std::io::stdout().lock())?;
        return Ok(Outcome::Done);
    }
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let program = std::env::current_exe().context("the program's own file cannot be found")?;
    let memory = args.memory.to_string();
    let mut worker: Vec<_> =
        ["serve", "--worker", "--memory", &memory, "--quiet", "--store"].iter().map(Into::into).collect();
    worker.push(common.store.clone().into_os_string());
    let settings = Settings {
        listen: args.listen,
        worker: (program, worker),
        timeout: args.timeout,
        concurrency: args.concurrency.map_or(cores * 2, usize::from),
        body: usize::from(args.max_body) * 1024 * 1024,
        cors: args.cors.clone(),
        hosts: args.host.clone(),
        shutdown: args.grace,
        questions: Questions::of_store(&common.store),
    };
    for problem in settings.questions.problems() {
        output.say(&format!("warning: {problem}"));
    }
    let server = Server::bind(&common.store, settings)?;
    let address = server.address();
    if !address.ip().is_loopback() {
        output.say(
            "warning: this address can be reached from other machines, and whoever reaches it can read the whole graph",
        );
    }
    output.say(&format!("{} documents; Ctrl-C ends", server.documents()));
    let mut out = std::io::stdout();
    writeln!(out, "http://{address}/")?;
    out.flush()?;
    server.run()?;
    Ok(Outcome::Done)
}
