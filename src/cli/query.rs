//! `isnad query`, and printing the answers of questions.

use std::io::{BufWriter, Read, Write};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use isnad::export::rdf::format_named;
use isnad::ontology::vocabulary::{ID_NAMESPACE, PREFIXES};
use isnad::query::{self, Evaluation, QueryError, Scope};
use isnad::store::{Access, GraphStore, Inference};
use oxigraph::io::RdfSerializer;
use oxigraph::model::{Term, Triple};
use oxigraph::sparql::QueryResults;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};

use super::Outcome;
use super::args::{AnswerArgs, AnswerFormat, Common, QueryArgs};
use super::output::{Output, clean};

/// How much longer than allowed a query may take to notice that it is to stop.
const GRACE: Duration = Duration::from_secs(1);

pub(crate) fn run(args: &QueryArgs, common: &Common, output: &Output) -> Result<Outcome> {
    let sparql = match (&args.sparql, &args.file) {
        (Some(sparql), _) => sparql.clone(),
        (None, Some(path)) if path.as_os_str() == "-" => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).context("standard input: the query cannot be read")?;
            text
        }
        (None, Some(path)) => {
            std::fs::read_to_string(path).with_context(|| format!("{}: the query cannot be read", path.display()))?
        }
        (None, None) => bail!("there is no query\nhint: give it as an argument, or a file with -f"),
    };
    let store = GraphStore::open(&common.store, Access::Read)?;
    let scope = match (args.union, args.inferred) {
        (true, _) => Scope::Union,
        (false, true) => Scope::Inferred,
        (false, false) => Scope::Facts,
    };
    if args.inferred && store.inference()? == Inference::Off {
        bail!("nothing has been inferred in this graph\nhint: `isnad infer` works out what follows from its facts");
    }
    let how = Evaluation { scope, timeout: Some(args.answer.timeout), ..Evaluation::default() };
    if args.explain {
        return explain(&store, &sparql, &how, args.answer.format, output);
    }
    answer(&store, &sparql, &how, &args.answer, false, output)
}

/// Prints the plan of a query that has been answered, or been stopped.
fn explain(
    store: &GraphStore,
    sparql: &str,
    how: &Evaluation,
    format: AnswerFormat,
    output: &Output,
) -> Result<Outcome> {
    let _running = how.timeout.map(|limit| end_if_late(limit, *output));
    let plan = query::plan(store, sparql, how)?;
    let mut out = std::io::stdout().lock();
    match format {
        AnswerFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(&plan)?)?,
        AnswerFormat::Table => {
            for step in &plan.steps {
                let what = format!("{}{}", "  ".repeat(step.depth), clean(&step.what));
                writeln!(out, "{:>10} {:>9.3}s  {what}", step.rows, step.seconds)?;
            }
        }
        _ => bail!("a plan is told as text or JSON\nhint: use --format table or json"),
    }
    let stopped = if plan.complete { "" } else { "; stopped as time was over" };
    output.say(&format!("{} answers in {:.3} s{stopped}", plan.answers, plan.seconds));
    Ok(if plan.complete { Outcome::Done } else { Outcome::Nothing })
}

/// Asks, and prints the answer to standard output.
pub(super) fn answer(
    store: &GraphStore,
    sparql: &str,
    how: &Evaluation,
    args: &AnswerArgs,
    hide_iris: bool,
    output: &Output,
) -> Result<Outcome> {
    let _running = end_if_late(args.timeout, *output);
    query::evaluate::<_, anyhow::Error>(store, sparql, how, |results| {
        let mut out = BufWriter::new(std::io::stdout().lock());
        let outcome = match results {
            QueryResults::Boolean(value) => boolean(value, args.format, &mut out)?,
            QueryResults::Solutions(_) => solutions(results, args.format, hide_iris, output, &mut out)?,
            QueryResults::Graph(_) => triples(results, args.format, output, &mut out)?,
        };
        out.flush()?;
        Ok(outcome)
    })
}

/// Ends the process where the query has not stopped by itself soon after `limit`; dropping what is
/// returned calls it off.
///
/// The evaluator looks whether it is to stop when it reads a quad, and can join for minutes between two
/// of them. Asking only reads, so that nothing is left half done.
fn end_if_late(limit: Duration, output: Output) -> mpsc::Sender<()> {
    let (running, clock) = mpsc::channel();
    thread::spawn(move || {
        if clock.recv_timeout(limit.saturating_add(GRACE)) == Err(mpsc::RecvTimeoutError::Timeout) {
            output.error(&QueryError::timeout().into());
            std::process::exit(2);
        }
    });
    running
}

fn results_format(format: AnswerFormat) -> Option<QueryResultsFormat> {
    match format {
        AnswerFormat::Json => Some(QueryResultsFormat::Json),
        AnswerFormat::Xml => Some(QueryResultsFormat::Xml),
        AnswerFormat::Csv => Some(QueryResultsFormat::Csv),
        AnswerFormat::Tsv => Some(QueryResultsFormat::Tsv),
        _ => None,
    }
}

fn boolean(value: bool, format: AnswerFormat, out: &mut dyn Write) -> Result<Outcome> {
    match results_format(format) {
        Some(format) => {
            QueryResultsSerializer::from_format(format).serialize_boolean_to_writer(out, value)?;
        }
        None if format == AnswerFormat::Table => writeln!(out, "{}", if value { "yes" } else { "no" })?,
        None => bail!("yes or no cannot be written as RDF\nhint: use --format table, json, xml, csv or tsv"),
    }
    Ok(if value { Outcome::Done } else { Outcome::Nothing })
}

fn solutions(
    results: QueryResults<'_>,
    format: AnswerFormat,
    hide_iris: bool,
    output: &Output,
    out: &mut dyn Write,
) -> Result<Outcome> {
    let QueryResults::Solutions(mut solutions) = results else { bail!("the query has no solutions") };
    let variables = solutions.variables().to_vec();
    let mut count = 0;
    if let Some(format) = results_format(format) {
        let mut writer =
            QueryResultsSerializer::from_format(format).serialize_solutions_to_writer(&mut *out, variables)?;
        for solution in &mut solutions {
            let solution = solution.map_err(query::QueryError::from)?;
            writer.serialize(&solution)?;
            count += 1;
        }
        writer.finish()?;
    } else if format == AnswerFormat::Table {
        let mut rows: Vec<Vec<Option<Term>>> = Vec::new();
        for solution in &mut solutions {
            let solution = solution.map_err(query::QueryError::from)?;
            rows.push(variables.iter().map(|variable| solution.get(variable).cloned()).collect());
        }
        count = rows.len();
        // Ids of entities help programs, not readers.
        let hidden: Vec<bool> = (0..variables.len())
            .map(|column| {
                hide_iris
                    && rows.iter().all(|row| {
                        row[column].as_ref().is_none_or(
                            |term| matches!(term, Term::NamedNode(node) if node.as_str().starts_with(ID_NAMESPACE)),
                        )
                    })
            })
            .collect();
        let pick = |cells: Vec<String>| {
            cells.into_iter().zip(&hidden).filter(|(_, hidden)| !**hidden).map(|(cell, _)| cell).collect::<Vec<_>>()
        };
        let header = pick(variables.iter().map(|variable| variable.as_str().to_owned()).collect());
        let rows: Vec<Vec<String>> = rows
            .iter()
            .map(|row| pick(row.iter().map(|term| term.as_ref().map(shown).unwrap_or_default()).collect()))
            .collect();
        let quote = header.iter().position(|name| name == "quote").filter(|_| hide_iris);
        if count > 0 {
            let shown = match quote {
                Some(quote) => with_quotes(&header, rows, quote, output),
                None => output.table(&header, rows),
            };
            writeln!(out, "{shown}")?;
        }
        output.say(&format!("{count} {}", if count == 1 { "answer" } else { "answers" }));
    } else {
        bail!("rows cannot be written as RDF\nhint: use --format table, json, xml, csv or tsv, or ask with CONSTRUCT");
    }
    Ok(if count == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// Answers with the words they rest on below them: “quote” source.
fn with_quotes(header: &[String], rows: Vec<Vec<String>>, quote: usize, output: &Output) -> String {
    let source = header.iter().position(|name| name == "source");
    let is_evidence = |column: usize| column == quote || Some(column) == source;
    let keep = |cells: &[String]| {
        cells
            .iter()
            .enumerate()
            .filter(|(column, _)| !is_evidence(*column))
            .map(|(_, cell)| cell.clone())
            .collect::<Vec<_>>()
    };
    let records: Vec<(Vec<String>, String)> = rows
        .iter()
        .map(|row| {
            let place = source.map(|source| format!("  {}", row[source])).unwrap_or_default();
            (keep(row), format!("“{}”{place}", row[quote]))
        })
        .collect();
    output.records(&keep(header), &records)
}

/// A term as a reader wants it: the value of a literal, the short form of an IRI.
fn shown(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => query::shorten(node.as_str()),
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    }
}

fn triples(results: QueryResults<'_>, format: AnswerFormat, output: &Output, out: &mut dyn Write) -> Result<Outcome> {
    let QueryResults::Graph(triples) = results else { bail!("the query has no triples") };
    let name = match format {
        AnswerFormat::Table | AnswerFormat::Turtle => "turtle",
        AnswerFormat::Ntriples => "ntriples",
        AnswerFormat::Nquads => "nquads",
        AnswerFormat::Trig => "trig",
        AnswerFormat::Rdfxml => "rdfxml",
        AnswerFormat::Jsonld => "jsonld",
        _ => bail!(
            "triples cannot be written as a table of results\nhint: use --format turtle, ntriples, rdfxml or jsonld"
        ),
    };
    let format = format_named(name).context("the format is one of ours")?;
    let mut all: Vec<Triple> = triples.collect::<Result<_, _>>().map_err(query::QueryError::from)?;
    all.sort_by_cached_key(|triple| {
        (triple.subject.to_string(), triple.predicate.as_str().to_owned(), triple.object.to_string())
    });
    all.dedup();
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, namespace) in PREFIXES {
        serializer = serializer.with_prefix(*prefix, *namespace)?;
    }
    let mut writer = serializer.for_writer(&mut *out);
    for triple in &all {
        writer.serialize_triple(triple)?;
    }
    writer.finish()?;
    output.say(&format!("{} triples", all.len()));
    Ok(if all.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// Reads "30s", "2m", "500ms" or a bare number of seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let split = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let seconds = match unit {
        "" | "s" => 1.0,
        "ms" => 0.001,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err(format!("`{unit}` is no unit of time; write ms, s, m or h")),
    };
    let value: f64 = number.parse().map_err(|_| "a time is a number and a unit, such as 30s".to_owned())?;
    Duration::try_from_secs_f64(value * seconds).map_err(|error| error.to_string())
}
