//! How long each stage takes, on one thread.

use std::time::{Duration, Instant};

use super::Sample;
use crate::claims::{Policy, document_graph};
use crate::extract::Reader;
use crate::ingest;
use crate::language::Analyser;
use crate::model::{Document, Reading};
use crate::store::{DocumentQuads, GraphStore, StoreError};

/// One stage and the time it took for all texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageTime {
    /// Name of the stage, as in the architecture.
    pub stage: &'static str,
    /// Time for all texts together.
    pub time: Duration,
}

/// Times the stages one after the other over `samples`, on the calling thread, storing into `store`.
///
/// # Errors
/// If the store cannot be written.
pub fn stages(samples: &[Sample], store: &mut GraphStore) -> Result<Vec<StageTime>, StoreError> {
    let mut times = Vec::new();
    let mut clock = |stage: &'static str, start: Instant| times.push(StageTime { stage, time: start.elapsed() });

    let start = Instant::now();
    let options = ingest::Options::default();
    let documents: Vec<Document> = samples
        .iter()
        .flat_map(|sample| ingest::read_bytes(&sample.name, sample.text.as_bytes(), &options))
        .filter_map(Result::ok)
        .collect();
    clock("ingest", start);

    let start = Instant::now();
    let analyser = Analyser::embedded(Reading::Fast);
    let mut analysed: Vec<_> =
        documents.into_iter().map(|document| (analyser.analyse(&document.text), document)).collect();
    clock("language", start);

    let start = Instant::now();
    let encoder = Analyser::rules().with_embedded_encoder();
    for (analysis, document) in &mut analysed {
        analysis.tagging = encoder.analyse(&document.text).tagging;
    }
    clock("names encoder", start);

    let start = Instant::now();
    let reader = Reader::default();
    let annotated: Vec<_> =
        analysed.into_iter().map(|(analysis, document)| reader.annotate(document, analysis)).collect();
    clock("extract", start);

    let start = Instant::now();
    let graphs: Vec<_> = annotated.iter().map(document_graph).collect();
    clock("link and claims", start);
    drop(graphs);

    let policy = Policy::default();
    let quads: Result<Vec<DocumentQuads>, _> =
        annotated.iter().map(|annotations| DocumentQuads::new(annotations, &policy)).collect();
    let mut quads = quads?;
    let start = Instant::now();
    for batch in quads.chunks_mut(128) {
        store.add(batch, &policy)?;
    }
    clock("store", start);
    Ok(times)
}
