//! The real binary as a server, asked by a client of a few lines.

mod api;
mod clients;
mod http;
mod limits;
mod pages;
mod protocol;
