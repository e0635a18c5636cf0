//! Measuring this build: real texts from benchmark folders, and how fast each stage handles them.

mod stages;
mod texts;

pub use stages::{StageTime, stages};
pub use texts::{BenchError, Sample, texts};
