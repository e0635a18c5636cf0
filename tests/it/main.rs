//! The real binary on real and on bad input, one module for each promise.

mod accuracy;
mod bad_files;
mod bad_questions;
mod bad_stores;
mod bench_linking;
mod careful_reader;
mod coreference;
mod corpus;
mod determinism;
mod evidence;
mod exports;
mod exports_part;
mod exports_read;
mod formats;
mod help;
mod infer;
mod linking;
mod model;
mod names;
mod network;
mod ontology;
mod questions;
mod readers;
mod readings;
mod readme;

mod real_input;
mod search;
mod serve;
mod settings;
mod support;
mod transfer;
mod validate;
mod verify;
