//! PDF (ISO 32000-1): the letters of each page, put together as lines, columns and paragraphs.
//!
//! `hayro-syntax` takes the file apart. A file is read by a process of its own where
//! [`Options::pdf_worker`] names one: what loops, or wants all the memory there is, ends alone.
//!
//! Running heads and page numbers are left out ([`furniture`]), words that were divided at the end of a line
//! are put together ([`flow`]), and text from right to left is put into the order in which it is read ([`bidi`]).

mod bidi;
mod columns;
mod content;
mod flow;
mod font;
mod furniture;
mod glyphs;
mod line;
mod matrix;
mod worker;

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use serde::{Deserialize, Serialize};

use crate::model::{PageSpan, Span};

use super::docx::is_title;
use super::draft::Draft;
use super::error::{Error, Kind};
use super::options::Options;
use super::reading::hash_of;

pub use worker::work;

/// What was read from a file, as a worker tells it.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Content {
    text: String,
    /// Offset and page number.
    starts: Vec<(usize, usize)>,
    title: Option<String>,
    author: Option<String>,
}

/// Why a file could not be read, as a worker tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Failure {
    Damaged,
    Encrypted,
    Pictures,
    Letters,
    TooLong,
}

/// The draft of a PDF file, and the file's SHA-256.
pub(super) fn read(name: &str, mut file: File, options: &Options) -> Result<(Draft, String), Error> {
    let sha256 = hash_of(name, &mut file)?;
    let content = worker::content(name, file, options)?.map_err(|failure| {
        let kind = match failure {
            Failure::Damaged => Kind::Pdf,
            Failure::Encrypted => Kind::Encrypted,
            Failure::Pictures => Kind::PdfPictures,
            Failure::Letters => Kind::PdfLetters,
            Failure::TooLong => Kind::TooLarge { size: None, limit: options.max_bytes },
        };
        Error::new(name, kind)
    })?;
    let ends = content.starts.iter().skip(1).map(|(start, _)| *start).chain([content.text.len()]);
    let fits = |at: usize| content.text.is_char_boundary(at);
    let pages = content
        .starts
        .iter()
        .zip(ends)
        .filter(|((start, _), end)| start <= end && fits(*start) && fits(*end))
        .map(|((start, number), end)| PageSpan { number: *number, span: Span::new(*start, end) })
        .collect();
    let draft = Draft {
        text: content.text,
        title: content.title.filter(|title| is_title(title)),
        author: content.author.filter(|author| is_title(author)),
        pages,
        ..Draft::default()
    };
    Ok((draft, sha256))
}

/// Reads a file in this process.
fn extract(bytes: Vec<u8>, limit: u64) -> Result<Content, Failure> {
    // The library is meant never to panic; one page it does panic on is not worth the batch.
    catch_unwind(AssertUnwindSafe(|| extract_pages(bytes, limit))).unwrap_or(Err(Failure::Damaged))
}

fn extract_pages(bytes: Vec<u8>, limit: u64) -> Result<Content, Failure> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => {
            Failure::Encrypted
        }
        _ => Failure::Damaged,
    })?;
    let mut fonts = content::Fonts::default();
    let (mut unknown, mut known, mut pictured, mut length) = (0_usize, 0_usize, false, 0_u64);
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        let page = content::read(page, &mut fonts);
        unknown += page.unknown;
        pictured |= page.pictured;
        let glyphs: usize = page.turned.iter().map(Vec::len).sum();
        known += glyphs;
        // The direction that most is written in is the upright one; the rest follows.
        let mut turned = page.turned;
        turned.sort_by_key(|glyphs| std::cmp::Reverse(glyphs.len()));
        let mut turned = turned.into_iter().map(line::pieces);
        pages.push((turned.next().unwrap_or_default(), turned.filter(|pieces| !pieces.is_empty()).collect::<Vec<_>>()));
        length += glyphs as u64;
        if length > limit {
            return Err(Failure::TooLong);
        }
    }
    if unknown > known {
        return Err(Failure::Letters);
    }
    if known == 0 {
        return Err(if pictured { Failure::Pictures } else { Failure::Damaged });
    }
    let (mut upright, others): (Vec<_>, Vec<_>) = pages.into_iter().unzip();
    furniture::remove(&mut upright);
    let blocks = upright.into_iter().zip(others).map(|(pieces, others)| {
        let mut blocks = columns::blocks(pieces);
        blocks.extend(others);
        blocks
    });
    let flow = flow::text(blocks.collect());
    let metadata = pdf.metadata();
    let told = |field: &Option<Box<[u8]>>| field.as_deref().map(string).filter(|text| !text.trim().is_empty());
    Ok(Content { text: flow.text, starts: flow.starts, title: told(&metadata.title), author: told(&metadata.author) })
}

/// A text string: UTF-16 or UTF-8 with a mark, else PDFDocEncoding, which is nearly Latin 1.
fn string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
