//! OpenDocument texts (ISO/IEC 26300): paragraphs, headings, tables and notes.

use super::docx::{Cells, is_title, required};
use super::draft::Draft;
use super::error::{Error, Kind};
use super::markup::{Piece, walk};
use super::paragraphs::{Break, Paragraphs};
use super::zip::Package;

/// Elements whose text is not text of the document.
const SKIPPED: [&str; 8] =
    ["annotation", "tracked-changes", "note-citation", "ruby-text", "binary-data", "forms", "title", "desc"];

/// The draft of an OpenDocument text.
pub(super) fn read(package: &mut Package<'_>) -> Result<Draft, Error> {
    if package
        .part("META-INF/manifest.xml")?
        .is_some_and(|manifest| String::from_utf8_lossy(&manifest).contains(":encryption-data"))
    {
        return Err(Error::new(package.name, Kind::Encrypted));
    }
    let content = required(package, "content.xml")?;
    let (mut title, mut author, mut language) = (None, None, None);
    if package.part("meta.xml")?.is_some() {
        let meta = required(package, "meta.xml")?;
        let mut within = String::new();
        walk(package.name, &meta, &mut |piece| match piece {
            Piece::Open(element) => within = element.name.to_owned(),
            Piece::Close(_) => within.clear(),
            Piece::Text(value) => match within.as_str() {
                "title" => title = Some(value.into_owned()).filter(|title| is_title(title)),
                "initial-creator" => author = Some(value.into_owned()),
                "creator" => author = author.take().or(Some(value.into_owned())),
                "language" => language = Some(value.into_owned()),
                _ => {}
            },
        })?;
    }
    Ok(Draft { text: body(package.name, &content)?, title, author, language, ..Draft::default() })
}

/// The words of the text, then those of its notes.
fn body(path: &str, xml: &str) -> Result<String, Error> {
    let (mut text, mut notes) = (Paragraphs::new(), Paragraphs::new());
    let (mut skipped, mut in_text, mut in_note, mut words_here) = (0_usize, false, 0_usize, 0_usize);
    let mut cells = Cells::default();
    walk(path, xml, &mut |piece| {
        let out = if in_note > 0 { &mut notes } else { &mut text };
        match piece {
            Piece::Open(element) if skipped > 0 || SKIPPED.contains(&element.name) => {
                skipped += usize::from(SKIPPED.contains(&element.name));
            }
            Piece::Close(name) if skipped > 0 => skipped -= usize::from(SKIPPED.contains(&name)),
            Piece::Open(element) => match element.name {
                "text" if element.qualified().starts_with("office:") => in_text = true,
                "p" | "h" => {
                    out.breaks(cells.paragraph());
                    words_here += 1;
                }
                "table-cell" => cells.open(),
                "table-row" => out.breaks(Break::Paragraph),
                "s" => out.breaks(Break::Space),
                "tab" => out.breaks(Break::Cell),
                "line-break" => out.line_break(),
                "note-body" => in_note += 1,
                _ => {}
            },
            Piece::Close(name) => match name {
                "p" | "h" => {
                    if !cells.are_open() {
                        out.breaks(Break::Paragraph);
                    }
                    words_here = words_here.saturating_sub(1);
                }
                "table-cell" => cells.close(),
                "table-row" => out.breaks(Break::Paragraph),
                "note-body" => in_note = in_note.saturating_sub(1),
                _ => {}
            },
            Piece::Text(words) => {
                if in_text && words_here > 0 && skipped == 0 {
                    out.push_collapsed(&words);
                }
            }
        }
    })?;
    text.breaks(Break::Paragraph);
    text.push(&notes.finish());
    Ok(text.finish())
}
