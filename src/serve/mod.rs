//! The graph over HTTP: SPARQL 1.1 Protocol, Graph Store Protocol for reading, saved questions and entities.
//!
//! ```text
//! client ─► listen ─► http (guard ─ negotiate ─ handler) ─► pool ─ job ─► worker: a process of its own
//!                                        ▲                                   │
//!                                        └────────── frames of the answer ◄──┘
//! ```
//!
//! Whatever reads the database is done by **workers**, processes that do one job at a time. A query can be written so
//! that it neither looks at the clock nor stays within any memory; only the system can stop it then, and a process is
//! what the system can stop. A job that overruns its time or memory ends its worker, its client is told, and a new
//! worker takes the place; nothing else of the server notices.
//!
//! The server holds the store's lock as a reader as long as it runs: what it serves is one state of the graph. While
//! it runs nobody builds, and while somebody builds it does not start.

mod http;
mod impatient;
mod listen;
mod settings;
mod worker;

pub use listen::{ServeError, Server};
pub use settings::Settings;
pub use worker::work;
