//! `isnad review`

use std::collections::BTreeMap;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use console::{Key, Term};
use isnad::link::{Decision, Decisions, Pair, Verdict};
use isnad::query::{self, Quote};
use isnad::store::{Access, DECISIONS, GraphStore};
use oxigraph::model::NamedNode;

use super::Outcome;
use super::args::{Common, ReviewArgs};
use super::build::decisions;
use super::explain::told;
use super::output::{Output, clean};
use super::resolve;

/// Quotations shown of either side.
const QUOTES: usize = 3;

/// Whose words tell of a side.
enum SaidBy {
    All,
    /// Those of one document, by its IRI.
    Only(String),
    AllBut(String),
}

/// One of two entities that may be one.
struct Side {
    iri: String,
    /// Its node in the graph.
    node: NamedNode,
    said_by: SaidBy,
    label: String,
    class: String,
    documents: usize,
}

impl Side {
    fn of(store: &GraphStore, iri: &str) -> Result<Self> {
        let iri = NamedNode::new(iri)?;
        let said_by = store.only_in(&iri)?.map_or(SaidBy::All, SaidBy::Only);
        let node = store.leads_to(iri.clone())?;
        Self::with(store, iri.into_string(), node, said_by)
    }

    fn with(store: &GraphStore, iri: String, node: NamedNode, said_by: SaidBy) -> Result<Self> {
        let all = query::documents_with(store, node.as_ref())?;
        let documents = match &said_by {
            SaidBy::All => all,
            SaidBy::Only(_) => 1,
            SaidBy::AllBut(_) => all.saturating_sub(1),
        };
        let label = query::label(store, node.as_ref())?.unwrap_or_else(|| query::shorten(&iri));
        let class = query::class_of(store, node.as_ref())?.unwrap_or_default();
        Ok(Self { iri, node, said_by, label, class, documents })
    }

    /// Some of the words that speak of it.
    fn quotes(&self, store: &GraphStore) -> Result<Vec<Quote>> {
        let mut quotes = query::quotes_of(store, self.node.as_ref(), None, None)?;
        quotes.retain(|quote| match &self.said_by {
            SaidBy::All => true,
            SaidBy::Only(document) => quote.document == *document,
            SaidBy::AllBut(document) => quote.document != *document,
        });
        // Whole sentences tell more than names.
        quotes.sort_by(|one, other| {
            let length = |quote: &Quote| std::cmp::Reverse(quote.quote.chars().count());
            length(one).cmp(&length(other)).then_with(|| one.cmp(other))
        });
        quotes.dedup_by(|one, other| (&one.document, one.start) == (&other.document, other.start));
        quotes.truncate(QUOTES);
        Ok(quotes)
    }
}

pub(crate) fn run(args: &ReviewArgs, common: &Common, output: &Output) -> Result<Outcome> {
    let store = GraphStore::open(&common.store, Access::Read)?;
    let known = decisions(args.decisions.as_deref().filter(|file| file.exists()), common)?;
    let file = args.decisions.clone().unwrap_or_else(|| common.store.join(DECISIONS));
    let open = match &args.entity {
        Some(name) => in_documents(&store, &resolve::entity(&store, name, None, output)?)?,
        None => undecided(&store, &known)?,
    };
    if args.list || args.json {
        return list(&open, args.json);
    }
    if open.is_empty() {
        let said = match &args.entity {
            Some(_) => "one document alone names it: there is nothing to set apart",
            None => "nobody and nothing is waiting for a decision",
        };
        writeln!(std::io::stdout(), "{said}")?;
        return Ok(Outcome::Done);
    }
    let total = open.len();
    // By the place of the pair, as answers are taken back.
    let mut made: BTreeMap<usize, Decision> = BTreeMap::new();
    let mut answers = Answers::new();
    let mut at = 0;
    while let Some((pair, one, other)) = open.get(at) {
        show(&store, pair, [one, other], at + 1, total, output)?;
        let verdict = match answers.next()? {
            Answer::Decide(verdict) => verdict,
            Answer::Skip => {
                at += 1;
                continue;
            }
            Answer::Back => {
                at = at.saturating_sub(1);
                made.remove(&at);
                continue;
            }
            Answer::Quit => break,
        };
        let decision = Decision {
            verdict,
            a: pair.entities.0.clone(),
            b: Some(pair.entities.1.clone()),
            name: None,
            class: None,
            note: Some(note(&store, one, other)?),
            author: args.author.clone(),
            time: Some(jiff::Timestamp::now()),
        };
        made.insert(at, decision);
        at += 1;
    }
    if !made.is_empty() {
        append(&file, made.values().cloned().collect())?;
        output.say(&format!(
            "{} written to {}; `isnad build --relink --store {}` applies them",
            if made.len() == 1 { "one decision".to_owned() } else { format!("{} decisions", made.len()) },
            file.display(),
            common.store.display()
        ));
    }
    Ok(Outcome::Done)
}

/// What a decision is about, for those who read the file.
fn note(store: &GraphStore, one: &Side, other: &Side) -> Result<String> {
    let named = |side: &Side| -> Result<String> {
        let SaidBy::Only(document) = &side.said_by else { return Ok(side.label.clone()) };
        let document = query::document_name(store, NamedNode::new(document)?.as_ref())?;
        Ok(format!("{} as {document} has it", side.label))
    };
    Ok(format!("{} / {}", named(one)?, named(other)?))
}

/// An entity beside itself as each of its documents has it.
fn in_documents(store: &GraphStore, entity: &NamedNode) -> Result<Vec<(Pair, Side, Side)>> {
    let single = store.in_documents(entity)?;
    if single.len() < 2 {
        return Ok(Vec::new());
    }
    let mut open = Vec::new();
    for (document, pair) in single {
        let rest = SaidBy::AllBut(document.clone());
        let one = Side::with(store, pair.entities.0.clone(), entity.clone(), rest)?;
        let other = Side::with(store, pair.entities.1.clone(), entity.clone(), SaidBy::Only(document))?;
        open.push((pair, one, other));
    }
    Ok(open)
}

/// Pairs that nobody has decided, those first by which most would change.
fn undecided(store: &GraphStore, known: &Decisions) -> Result<Vec<(Pair, Side, Side)>> {
    let decided = |pair: &Pair| {
        known.list.iter().any(|decision| {
            let b = decision.b.as_deref();
            let (one, other) = (pair.entities.0.as_str(), pair.entities.1.as_str());
            (decision.a == one && b == Some(other)) || (decision.a == other && b == Some(one))
        })
    };
    let mut open = Vec::new();
    for pair in store.possible()?.into_iter().filter(|pair| !decided(pair)) {
        let (mut one, other) = (Side::of(store, &pair.entities.0)?, Side::of(store, &pair.entities.1)?);
        if let SaidBy::Only(document) = &other.said_by {
            one = Side::with(store, one.iri, one.node, SaidBy::AllBut(document.clone()))?;
        }
        open.push((pair, one, other));
    }
    let value = |(pair, one, other): &(Pair, Side, Side)| {
        let likely = 1.0 / (1.0 + (-pair.odds).exp());
        likely * (1.0 + one.documents.min(other.documents) as f64).ln()
    };
    open.sort_by(|one, other| value(other).total_cmp(&value(one)).then_with(|| one.0.entities.cmp(&other.0.entities)));
    Ok(open)
}

fn list(open: &[(Pair, Side, Side)], json: bool) -> Result<Outcome> {
    let mut out = std::io::stdout().lock();
    for (pair, one, other) in open {
        if json {
            let side = |side: &Side| serde_json::json!({"iri": side.iri, "label": side.label, "class": side.class, "documents": side.documents});
            let reasons: Vec<_> = pair
                .reasons
                .iter()
                .map(|reason| serde_json::json!({"weight": reason.weight, "text": reason.text}))
                .collect();
            let line = serde_json::json!({"a": side(one), "b": side(other), "odds": pair.odds, "reasons": reasons});
            writeln!(out, "{line}")?;
        } else {
            let (left, right) = (clean(&one.label), clean(&other.label));
            writeln!(out, "{:+.1}  {left} ({}) / {right} ({})", pair.odds, one.documents, other.documents)?;
        }
    }
    Ok(Outcome::Done)
}

fn show(
    store: &GraphStore,
    pair: &Pair,
    sides: [&Side; 2],
    number: usize,
    total: usize,
    output: &Output,
) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{number} of {total}: one or two? odds {:+.1}", pair.odds)?;
    for side in sides {
        let documents =
            if side.documents == 1 { "1 document".to_owned() } else { format!("{} documents", side.documents) };
        let iri = output.faint(&query::shorten(&side.iri));
        writeln!(out, "\n{} ({}, {documents}) {iri}", output.bold(&clean(&side.label)), side.class)?;
        for quote in side.quotes(store)? {
            writeln!(out, "  “{}”", clean(&quote.quote))?;
            writeln!(out, "    {}", output.faint(&clean(&quote.source)))?;
        }
    }
    writeln!(out)?;
    for reason in &pair.reasons {
        writeln!(out, "  {:+.1} {}", reason.weight, clean(&told(store, reason)?))?;
    }
    writeln!(out, "\n[s]ame  [d]ifferent  [u]nsure  [n]ext  [b]ack  [q]uit")?;
    Ok(())
}

enum Answer {
    Decide(Verdict),
    Skip,
    Back,
    Quit,
}

/// Answers by one key on a terminal, by lines otherwise.
enum Answers {
    Keys(Term),
    Lines(std::io::Lines<std::io::StdinLock<'static>>),
}

impl Answers {
    fn new() -> Self {
        if std::io::stdin().is_terminal() {
            Self::Keys(Term::stdout())
        } else {
            Self::Lines(std::io::stdin().lock().lines())
        }
    }

    fn next(&mut self) -> Result<Answer> {
        loop {
            let letter = match self {
                Self::Keys(terminal) => match terminal.read_key().context("no key can be read")? {
                    Key::Char(letter) => letter.to_ascii_lowercase(),
                    Key::Enter | Key::ArrowRight => 'n',
                    Key::ArrowLeft | Key::Backspace => 'b',
                    Key::Escape | Key::CtrlC => 'q',
                    _ => continue,
                },
                Self::Lines(lines) => match lines.next() {
                    None => 'q',
                    Some(line) => match line?.trim() {
                        "" => 'n',
                        "same" | "s" => 's',
                        "different" | "d" => 'd',
                        "unsure" | "u" => 'u',
                        "next" | "n" => 'n',
                        "back" | "b" => 'b',
                        "quit" | "q" => 'q',
                        other => bail!("`{other}` is no answer\nhint: s, d, u, n, b or q, one on a line"),
                    },
                },
            };
            return Ok(match letter {
                's' => Answer::Decide(Verdict::Same),
                'd' => Answer::Decide(Verdict::Different),
                'u' => Answer::Decide(Verdict::Unsure),
                'n' => Answer::Skip,
                'b' => Answer::Back,
                'q' => Answer::Quit,
                _ => continue,
            });
        }
    }
}

/// Adds decisions at the end of the file as it is now: nothing that is in it is lost.
fn append(file: &Path, list: Vec<Decision>) -> Result<()> {
    let before = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).with_context(|| format!("{}: cannot be read", file.display())),
    };
    Decisions::parse(&file.display().to_string(), &before)?;
    let new = toml::to_string(&Decisions { list }).context("the decisions cannot be written as TOML")?;
    let gap = if before.is_empty() || before.ends_with("\n\n") { "" } else { "\n" };
    let draft = draft(file);
    let written = std::fs::write(&draft, format!("{before}{gap}{new}")).and_then(|()| std::fs::rename(&draft, file));
    written.with_context(|| format!("{}: cannot be written", file.display()))
}

fn draft(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    file.with_file_name(name)
}
