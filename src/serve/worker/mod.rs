//! Processes that read the database, one job at a time each, and what is said between them and the server.

mod frames;
mod job;
mod pool;
mod stream;
mod tasks;
mod work;

pub(super) use job::{Accepted, Failure, Format, Graphs, Job, Page, Task};
pub(super) use pool::Pool;
pub use work::work;
