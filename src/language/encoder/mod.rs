//! Names by a pretrained encoder: multilingual-e5-small, fine-tuned to tag names, run natively in 8 bits.
//!
//! Text is cut into pieces of a Unigram vocabulary (`unigram.rs`), sentences are packed into windows
//! (`windows.rs`), the layers make a vector for each piece (`layers.rs`, with loops for each instruction
//! set in `kernels/`), a linear map scores the labels of each word and the best sequence of labels gives
//! the names (`decode.rs`). Weights and activations are bytes, sums are exact: the same text and model
//! give the same answer on every machine.
//!
//! The model is made by `data/models/train`, turned into one file by [`Encoder::import`], and read by
//! [`Encoder::read`].

mod decode;
mod error;
mod import;
mod kernels;
mod layers;
mod matrix;
mod model;
mod model_file;
mod quantised;
mod spec;
mod tensors;
mod unigram;
mod windows;
mod words;

#[cfg(test)]
mod tests;

pub use error::Error;
pub use model::{Encoder, EncoderInfo, EncoderName};
