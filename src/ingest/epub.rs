//! EPUB books (<https://www.w3.org/TR/epub-33/>): the chapters in the order of the spine.

use std::collections::HashMap;

use super::docx::required;
use super::draft::Draft;
use super::error::{Error, Kind};
use super::markup::{Piece, walk};
use super::zip::Package;
use super::{decode, html};

/// What the package document says.
#[derive(Default)]
struct Book {
    draft: Draft,
    /// Path of a chapter by its id; navigation is left out.
    chapters: HashMap<String, String>,
    spine: Vec<String>,
}

/// The draft of a book.
pub(super) fn read(package: &mut Package<'_>) -> Result<Draft, Error> {
    let name = package.name;
    let container = required(package, "META-INF/container.xml")?;
    let mut root = None;
    walk(name, &container, &mut |piece| {
        if let Piece::Open(element) = piece
            && element.name == "rootfile"
            && root.is_none()
        {
            root = element.attribute("full-path");
        }
    })?;
    let root = root.ok_or_else(|| Error::new(name, Kind::NoPart("rootfile".to_owned())))?;
    let opf = required(package, &root)?;
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut book = book(name, &opf, folder)?;
    let mut chapters = Vec::new();
    for id in &book.spine {
        let Some(bytes) = book.chapters.get(id).map(|path| package.part(path)).transpose()?.flatten() else { continue };
        let page = decode::decode(name, &bytes, None)?.text;
        let text = html::fragment_text(name, &html::closed(&page))?;
        if !text.is_empty() {
            chapters.push(text);
        }
    }
    book.draft.text = chapters.join("\n\n");
    Ok(book.draft)
}

fn book(path: &str, opf: &str, folder: &str) -> Result<Book, Error> {
    let mut book = Book::default();
    let mut within = String::new();
    walk(path, opf, &mut |piece| match piece {
        Piece::Open(element) => {
            within = element.name.to_owned();
            let get = |name: &str| element.attribute(name).unwrap_or_default();
            let is_navigation = || get("properties").split_whitespace().any(|property| property == "nav");
            if element.name == "item" && get("media-type").contains("html") && !is_navigation() {
                book.chapters.insert(get("id"), resolve(folder, &get("href")));
            } else if element.name == "itemref" {
                book.spine.push(get("idref"));
            }
        }
        Piece::Close(_) => within.clear(),
        Piece::Text(value) => {
            let field = match within.as_str() {
                "title" => &mut book.draft.title,
                "creator" => &mut book.draft.author,
                "publisher" => &mut book.draft.publisher,
                "date" => &mut book.draft.date,
                "language" => &mut book.draft.language,
                _ => return,
            };
            if field.is_none() && !value.trim().is_empty() {
                *field = Some(value.into_owned());
            }
        }
    })?;
    Ok(book)
}

/// The path in the archive that a reference from a file in `folder` means.
fn resolve(folder: &str, href: &str) -> String {
    let href = percent_encoding::percent_decode_str(href.split('#').next().unwrap_or_default()).decode_utf8_lossy();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        for (folder, href, path) in [
            ("OEBPS", "text/a%20b.xhtml#x", "OEBPS/text/a b.xhtml"),
            ("OEBPS/opf", "../c.xhtml", "OEBPS/c.xhtml"),
            ("", "../../c.xhtml", "c.xhtml"),
        ] {
            assert_eq!(resolve(folder, href), path);
        }
    }
}
