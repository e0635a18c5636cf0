//! Measuring this build: real texts from benchmark folders, how fast each stage handles them, and how
//! well they are read; and linking, on invented records.

pub mod accuracy;
pub mod linking;
mod names;
mod stages;
mod texts;

pub use names::{NameSpeed, name_speed};
pub use stages::{StageTime, stages};
pub use texts::{BenchError, Sample, texts};
