//! Word documents (Office Open XML, ECMA-376): paragraphs, tables and notes of the main part.

use super::decode;
use super::draft::Draft;
use super::error::{Error, Kind};
use super::markup::{Piece, walk};
use super::paragraphs::{Break, Paragraphs};
use super::zip::Package;

/// Elements whose text is not text of the document: properties, deleted or moved text, codes of
/// fields, and what is there a second time for old programs.
const SKIPPED: [&str; 8] = ["rPr", "sectPr", "tblPr", "del", "moveFrom", "instrText", "Fallback", "delText"];

/// The draft of a Word document.
pub(super) fn read(package: &mut Package<'_>) -> Result<Draft, Error> {
    let main = main_part(package)?;
    let mut text = Paragraphs::new();
    let xml = required(package, &main)?;
    let styled = body(package.name, &xml, &mut text)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    for notes in ["footnotes.xml", "endnotes.xml"] {
        if let Some(xml) = part(package, &format!("{folder}/{notes}"))? {
            text.breaks(Break::Paragraph);
            body(package.name, &xml, &mut text)?;
        }
    }
    let (mut title, mut author, mut language) = (None, None, None);
    if let Some(xml) = part(package, "docProps/core.xml")? {
        let mut within = String::new();
        walk(package.name, &xml, &mut |piece| match piece {
            Piece::Open(element) => within = element.name.to_owned(),
            Piece::Close(_) => within.clear(),
            Piece::Text(value) => match within.as_str() {
                "title" => title = Some(value.into_owned()),
                "creator" => author = Some(value.into_owned()),
                "language" => language = Some(value.into_owned()),
                _ => {}
            },
        })?;
    }
    let title = styled.or(title.filter(|title| is_title(title)));
    Ok(Draft { text: text.finish(), title, author, language, ..Draft::default() })
}

/// Whether a title is one, and not what a program put there for want of one.
pub(super) fn is_title(title: &str) -> bool {
    let lower = title.trim().to_ascii_lowercase();
    let file = lower.rsplit_once('.').is_some_and(|(_, extension)| {
        matches!(
            extension,
            "doc" | "docx" | "odt" | "rtf" | "pdf" | "indd" | "qxd" | "txt" | "dvi" | "tex" | "pptx" | "xls" | "xlsx"
        )
    });
    let program =
        ["microsoft word - ", "untitled", "(anonymous)", "unspecified"].iter().any(|start| lower.starts_with(start));
    !(lower.is_empty() || file || program)
}

/// The path of the part that holds the text.
fn main_part(package: &mut Package<'_>) -> Result<String, Error> {
    let types = required(package, "[Content_Types].xml")?;
    let mut main = None;
    walk(package.name, &types, &mut |piece| {
        if let Piece::Open(element) = piece {
            let kind = element.attribute("ContentType").unwrap_or_default();
            if kind.contains("word") && kind.ends_with("main+xml") && main.is_none() {
                main = element.attribute("PartName").map(|path| path.trim_start_matches('/').to_owned());
            }
        }
    })?;
    main.ok_or_else(|| Error::new(package.name, Kind::Office))
}

/// Adds the words of a part; returns what is styled as the title.
fn body(path: &str, xml: &str, text: &mut Paragraphs) -> Result<Option<String>, Error> {
    let mut skipped = 0_usize;
    let (mut in_text, mut in_properties, mut is_titled) = (false, false, false);
    let mut cells = Cells::default();
    let mut start = 0;
    let mut title: Option<String> = None;
    walk(path, xml, &mut |piece| match piece {
        Piece::Open(element) if skipped > 0 || SKIPPED.contains(&element.name) => {
            skipped += usize::from(SKIPPED.contains(&element.name))
        }
        Piece::Close(name) if skipped > 0 => skipped -= usize::from(SKIPPED.contains(&name)),
        Piece::Open(element) => match element.name {
            "p" => {
                text.breaks(cells.paragraph());
                start = text.len();
                is_titled = false;
            }
            "pPr" => in_properties = true,
            "pStyle" => is_titled = element.attribute("val").is_some_and(|style| style.eq_ignore_ascii_case("Title")),
            "t" => in_text = true,
            "tc" => cells.open(),
            "tr" => text.breaks(Break::Paragraph),
            "tab" | "ptab" if !in_properties => text.breaks(Break::Cell),
            "br" | "cr" => text.line_break(),
            "noBreakHyphen" => text.push("-"),
            _ => {}
        },
        Piece::Close(name) => match name {
            "p" => {
                if is_titled && title.is_none() {
                    title = Some(text.since(start).to_owned()).filter(|title| !title.is_empty());
                }
                if !cells.are_open() {
                    text.breaks(Break::Paragraph);
                }
            }
            "tc" => cells.close(),
            "tr" => text.breaks(Break::Paragraph),
            "pPr" => in_properties = false,
            "t" => in_text = false,
            _ => {}
        },
        Piece::Text(words) => {
            if in_text && skipped == 0 {
                text.push_collapsed(&words);
            }
        }
    })?;
    Ok(title)
}

/// The cells of tables that are open: the first paragraph of each stands beside the cell before, not below.
#[derive(Debug, Default)]
pub(super) struct Cells(Vec<bool>);

impl Cells {
    pub fn open(&mut self) {
        self.0.push(true);
    }

    pub fn close(&mut self) {
        self.0.pop();
    }

    pub fn are_open(&self) -> bool {
        !self.0.is_empty()
    }

    /// What stands before a paragraph that begins.
    pub fn paragraph(&mut self) -> Break {
        let first = self.0.last_mut().is_some_and(std::mem::take);
        if first { Break::Cell } else { Break::Paragraph }
    }
}

fn part(package: &mut Package<'_>, path: &str) -> Result<Option<String>, Error> {
    let Some(bytes) = package.part(path)? else { return Ok(None) };
    Ok(Some(decode::decode(package.name, &bytes, None)?.text))
}

/// A part without which the document cannot be read.
pub(super) fn required(package: &mut Package<'_>, path: &str) -> Result<String, Error> {
    part(package, path)?.ok_or_else(|| Error::new(package.name, Kind::NoPart(path.to_owned())))
}
