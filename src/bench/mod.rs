//! Measuring this build: real texts from benchmark folders, how fast each stage handles them, and how
//! well they are read; linking, on invented records; and exports, on an invented graph.

pub mod accuracy;
mod exports;
pub mod linking;
mod names;
mod stages;
mod texts;

pub use exports::invented_document;
pub use names::{NameSpeed, name_speed};
pub use stages::{StageTime, stages};
pub use texts::{BenchError, Sample, texts};
