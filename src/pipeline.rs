//! The stages put together: files in, a graph out.

use std::collections::HashSet;
use std::sync::mpsc;
use std::thread;

use rayon::prelude::*;

use crate::claims::Policy;
use crate::extract::Reader;
use crate::ingest::{self, Source};
use crate::link::Decisions;
use crate::model::{Annotations, Document};
use crate::store::{DocumentQuads, GraphStore, Linking, StoreError};

/// Bytes of text that are read before they are handed to the threads.
const BATCH_BYTES: usize = 512 * 1024;
/// Documents that are read before they are handed to the threads.
const BATCH_DOCUMENTS: usize = 128;

/// What a build did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents that were not in the graph.
    pub new: usize,
    /// Documents that were there already.
    pub unchanged: usize,
    /// Documents that took the place of an older version, or of what an earlier reading of another kind found.
    pub replaced: usize,
    /// Files or records that could not be read.
    pub failed: usize,
    /// Words read.
    pub words: usize,
    /// Entities, events and claims of the documents read; the same entity in two documents counts twice.
    pub entities: usize,
    /// Events of the documents read.
    pub events: usize,
    /// Claims of the documents read.
    pub claims: usize,
    /// Quads written.
    pub quads: usize,
    /// What linking the entities of all documents came to.
    pub linking: Linking,
}

/// What happens while a build runs.
#[derive(Debug)]
pub enum Progress<'a> {
    /// A file or record could not be read; the build goes on.
    Failed(&'a ingest::Error),
    /// So many documents are done, the last one being this.
    Done {
        /// Documents done so far.
        documents: usize,
        /// Words read so far.
        words: usize,
        /// Where the last one came from.
        source: &'a str,
    },
}

/// What decides which claims become facts, and which entities are one.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// Claims that are facts.
    pub policy: &'a Policy,
    /// What people have decided.
    pub decisions: &'a Decisions,
}

/// A batch on its way from the readers to the store.
struct Batch {
    quads: Vec<DocumentQuads>,
    last: String,
    words: usize,
    entities: usize,
    events: usize,
}

/// Reads documents from `sources` and adds them to `store`.
///
/// Reading goes on while the batch before is stored; extraction uses the threads of rayon's
/// global pool. The result does not depend on the number of threads or the order of sources.
///
/// # Errors
/// If the store cannot be written. What was committed before is in the store.
pub fn build(
    sources: &[Source],
    options: &ingest::Options,
    reader: Reader<'_>,
    rules: Rules<'_>,
    store: &mut GraphStore,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Summary, StoreError> {
    let policy = rules.policy;
    let known: HashSet<(String, String)> = store.known(reader.reading()).collect();
    let (send, receive) = mpsc::sync_channel::<Message>(2);
    thread::scope(|scope| {
        let worker = move || {
            let mut pending: Vec<Document> = Vec::new();
            let mut bytes = 0;
            // Once the store has failed nobody receives, and reading on would be for nothing.
            let mut open = true;
            for source in sources {
                source.read(options, &mut |document| {
                    let message = match document {
                        _ if !open => return,
                        Err(error) => Message::Failed(error),
                        Ok(document) if known.contains(&(document.id.as_str().to_owned(), document.source.clone())) => {
                            Message::Unchanged(document.source)
                        }
                        Ok(document) => {
                            bytes += document.text.len();
                            pending.push(document);
                            if bytes < BATCH_BYTES && pending.len() < BATCH_DOCUMENTS {
                                return;
                            }
                            bytes = 0;
                            Message::Batch(read_batch(std::mem::take(&mut pending), reader, policy))
                        }
                    };
                    open = send.send(message).is_ok();
                });
                if !open {
                    return;
                }
            }
            if !pending.is_empty() {
                // Nobody may be listening any more; then the store's error is already on its way.
                let _ = send.send(Message::Batch(read_batch(pending, reader, policy)));
            }
        };
        // The receiver must be gone before the scope waits for the worker, or a failed store would
        // leave the worker waiting for room in the channel.
        scope.spawn(worker);
        let receive = receive;
        let mut summary = store_batches(&receive, policy, store, progress)?;
        summary.linking = store.finish(policy, rules.decisions)?;
        Ok(summary)
    })
}

enum Message {
    Batch(Result<Batch, StoreError>),
    Unchanged(String),
    Failed(ingest::Error),
}

fn store_batches(
    receive: &mpsc::Receiver<Message>,
    policy: &Policy,
    store: &mut GraphStore,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Summary, StoreError> {
    let mut summary = Summary::default();
    for message in receive {
        let batch = match message {
            Message::Failed(error) => {
                summary.failed += 1;
                progress(Progress::Failed(&error));
                continue;
            }
            Message::Unchanged(source) => {
                summary.unchanged += 1;
                progress(Progress::Done {
                    documents: summary.new + summary.replaced + summary.unchanged,
                    words: summary.words,
                    source: &source,
                });
                continue;
            }
            Message::Batch(batch) => batch,
        };
        let mut batch = batch?;
        let added = store.add(&mut batch.quads, policy)?;
        summary.new += added.new;
        summary.replaced += added.replaced;
        summary.unchanged += batch.quads.len() - added.new - added.replaced;
        summary.quads += added.quads;
        summary.claims += batch.quads.iter().map(DocumentQuads::claims).sum::<usize>();
        summary.words += batch.words;
        summary.entities += batch.entities;
        summary.events += batch.events;
        progress(Progress::Done {
            documents: summary.new + summary.replaced + summary.unchanged,
            words: summary.words,
            source: &batch.last,
        });
    }
    Ok(summary)
}

fn read_batch(documents: Vec<Document>, reader: Reader<'_>, policy: &Policy) -> Result<Batch, StoreError> {
    let last = documents.last().map(|document| document.source.clone()).unwrap_or_default();
    let done: Result<Vec<Finished>, StoreError> =
        documents.into_par_iter().map(|document| finish(&reader.read(document), policy)).collect();
    Ok(collect(done?, last))
}

/// A document's quads, and how many words, entities and events it has.
type Finished = (DocumentQuads, usize, usize, usize);

fn finish(annotations: &Annotations, policy: &Policy) -> Result<Finished, StoreError> {
    let words = annotations.document.text.split_whitespace().count();
    Ok((DocumentQuads::new(annotations, policy)?, words, annotations.entities.len(), annotations.events.len()))
}

fn collect(done: Vec<Finished>, last: String) -> Batch {
    let mut batch = Batch { quads: Vec::with_capacity(done.len()), last, words: 0, entities: 0, events: 0 };
    for (quads, words, entities, events) in done {
        batch.quads.push(quads);
        batch.words += words;
        batch.entities += entities;
        batch.events += events;
    }
    batch
}

/// Adds documents that were annotated elsewhere; [`GraphStore::finish`] is to be called after the last.
///
/// # Errors
/// If the store cannot be written; nothing of the batch is in it then.
pub fn build_annotated(
    annotated: &[Annotations],
    policy: &Policy,
    store: &mut GraphStore,
) -> Result<Summary, StoreError> {
    let is_new = |annotations: &&Annotations| !store.has(&annotations.document, annotations.reading);
    let fresh: Vec<&Annotations> = annotated.iter().filter(is_new).collect();
    let done: Result<_, StoreError> = fresh.iter().map(|annotations| finish(annotations, policy)).collect();
    let mut batch = collect(done?, String::new());
    let added = store.add(&mut batch.quads, policy)?;
    Ok(Summary {
        new: added.new,
        replaced: added.replaced,
        unchanged: annotated.len() - added.new - added.replaced,
        failed: 0,
        words: batch.words,
        entities: batch.entities,
        events: batch.events,
        claims: batch.quads.iter().map(DocumentQuads::claims).sum(),
        quads: added.quads,
        linking: Linking::default(),
    })
}

/// Annotates documents in input order on the threads of rayon's global pool, handing each to
/// `sink` as soon as those before it are done; failures go the same way.
///
/// # Errors
/// The first error of the sink; reading stops there.
pub fn annotate<E>(
    sources: &[Source],
    options: &ingest::Options,
    reader: Reader<'_>,
    sink: &mut dyn FnMut(Result<Annotations, ingest::Error>) -> Result<(), E>,
) -> Result<(), E> {
    let mut pending: Vec<Result<Document, ingest::Error>> = Vec::new();
    let mut bytes = 0;
    let mut outcome: Result<(), E> = Ok(());
    let mut flush = |pending: &mut Vec<Result<Document, ingest::Error>>| -> Result<(), E> {
        let done: Vec<Result<Annotations, ingest::Error>> = std::mem::take(pending)
            .into_par_iter()
            .map(|document| document.map(|document| reader.read(document)))
            .collect();
        done.into_iter().try_for_each(&mut *sink)
    };
    for source in sources {
        source.read(options, &mut |document| {
            if outcome.is_err() {
                return;
            }
            bytes += document.as_ref().map_or(0, |document| document.text.len());
            pending.push(document);
            if bytes >= BATCH_BYTES || pending.len() >= BATCH_DOCUMENTS {
                bytes = 0;
                outcome = flush(&mut pending);
            }
        });
        std::mem::replace(&mut outcome, Ok(()))?;
    }
    flush(&mut pending)
}
