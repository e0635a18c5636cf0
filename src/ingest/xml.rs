//! XML: feeds (RSS 0.9 to 2.0, Atom: RFC 4287), one document an entry; flat OpenDocument is not read.

use std::io::BufRead;

use super::decode;
use super::draft::{Draft, one_line};
use super::error::{Error, Kind};
use super::html;
use super::markup::{Element, Piece, walk};
use super::reading::{Entry, Reading, hash};

/// An entry under construction.
#[derive(Default)]
struct Item {
    draft: Draft,
    id: Option<String>,
    /// Markup of its text: the longest of those that the entry has.
    body: String,
}

/// Hands over one document per entry of a feed.
pub(super) fn read(reading: &mut Reading<'_>, entry: &Entry, reader: &mut dyn BufRead) -> Result<(), Error> {
    let name = entry.name.as_str();
    let bytes = reading.whole(name, reader, reading.options.max_bytes)?;
    let decoded = decode::decode(name, &bytes, entry.charset.as_deref())?;
    let feed = Feed::read(name, &decoded.text)?;
    if !feed.is_feed {
        return Err(Error::new(name, Kind::OtherXml(feed.root)));
    }
    if feed.items.is_empty() {
        return Err(Error::new(name, Kind::Empty));
    }
    for (index, item) in feed.items.into_iter().enumerate() {
        let id = item
            .id
            .as_deref()
            .or(item.draft.url.as_deref())
            .and_then(one_line)
            .unwrap_or_else(|| (index + 1).to_string());
        let source = format!("{name}#{id}");
        let sha256 = hash(item.body.as_bytes());
        let outcome = html::fragment_text(&source, &item.body).and_then(|text| {
            let draft = Draft {
                text,
                publisher: item.draft.publisher.or_else(|| feed.title.clone()),
                language: feed.language.clone(),
                encoding: decoded.encoding.clone(),
                ..item.draft
            };
            reading.draft_of(&source, draft, sha256)
        });
        if let Err(error) = outcome {
            reading.give(Err(error));
        }
    }
    Ok(())
}

#[derive(Default)]
struct Feed {
    root: String,
    is_feed: bool,
    title: Option<String>,
    language: Option<String>,
    items: Vec<Item>,
}

impl Feed {
    fn read(path: &str, xml: &str) -> Result<Self, Error> {
        let mut feed = Self::default();
        let mut open: Vec<String> = Vec::new();
        let mut item: Option<Item> = None;
        let mut value = String::new();
        // Levels inside of `<content type="xhtml">`, whose elements are text.
        let mut markup = 0_usize;
        walk(path, xml, &mut |piece| match piece {
            Piece::Open(element) => {
                if feed.root.is_empty() {
                    feed.root = element.name.to_owned();
                    feed.is_feed = matches!(element.name, "rss" | "feed" | "RDF");
                    feed.language = element.attribute("lang");
                }
                if markup > 0 {
                    value.push_str(&format!("<{}>", element.name));
                    markup += 1;
                    return;
                }
                value.clear();
                match element.name {
                    "item" | "entry" => item = Some(Item { id: element.attribute("about"), ..Item::default() }),
                    "content" | "summary" if element.attribute("type").as_deref() == Some("xhtml") => markup = 1,
                    "link" => link(item.as_mut(), &element),
                    _ => {}
                }
                open.push(element.name.to_owned());
            }
            Piece::Text(text) => {
                if markup > 0 {
                    value.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
                } else {
                    value.push_str(&text);
                }
            }
            Piece::Close(name) => {
                if markup > 1 {
                    value.push_str(&format!("</{name}>"));
                    markup -= 1;
                    return;
                }
                markup = 0;
                open.pop();
                let parent = open.last().map_or("", String::as_str);
                let value = std::mem::take(&mut value);
                match (&mut item, name) {
                    (Some(_), "item" | "entry") => feed.items.extend(item.take()),
                    (Some(item), _) => item.field(name, parent, value),
                    (None, "title") if matches!(parent, "channel" | "feed") => feed.title = Some(value),
                    (None, "language") => feed.language = Some(value),
                    _ => {}
                }
            }
        })?;
        Ok(feed)
    }
}

/// Atom's links are attributes; the one without a relation, or the alternate, is that of the entry.
fn link(item: Option<&mut Item>, element: &Element<'_>) {
    let Some(item) = item else { return };
    let relation = element.attribute("rel").unwrap_or_else(|| "alternate".to_owned());
    if let Some(address) = element.attribute("href").filter(|_| relation == "alternate") {
        item.draft.url = Some(address);
    }
}

impl Item {
    fn field(&mut self, name: &str, parent: &str, value: String) {
        if value.trim().is_empty() {
            return;
        }
        let in_item = matches!(parent, "item" | "entry");
        let set = |field: &mut Option<String>| {
            field.get_or_insert(value.clone());
        };
        match name {
            "encoded" | "content" | "description" | "summary" if in_item && value.len() > self.body.len() => {
                self.body = value;
            }
            // Titles are markup too ("&amp;amp;").
            "title" if in_item => set(&mut self.draft.title),
            "link" if in_item => set(&mut self.draft.url),
            "guid" | "id" if in_item => set(&mut self.id),
            "pubDate" | "published" | "date" | "issued" if in_item => self.draft.date = Some(value),
            "updated" if in_item => set(&mut self.draft.date),
            "creator" if in_item => set(&mut self.draft.author),
            "author" if in_item && !value.trim().is_empty() => set(&mut self.draft.author),
            "name" if parent == "author" => set(&mut self.draft.author),
            "title" | "source" if parent == "source" || in_item => set(&mut self.draft.publisher),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::{Options, read_bytes};

    fn told(xml: &str) -> Vec<String> {
        read_bytes("f.xml", xml.as_bytes(), &Options::default())
            .iter()
            .map(|outcome| match outcome {
                Ok(one) => {
                    let day = one.published.and_then(|days| days.earliest).map(|day| day.to_string());
                    let told = |field: &Option<String>| field.clone().unwrap_or_else(|| "-".to_owned());
                    format!(
                        "{} {:?} {} {} {} {} {}",
                        one.source,
                        one.text,
                        told(&one.title),
                        told(&day),
                        told(&one.publisher),
                        told(&one.author),
                        told(&one.url)
                    )
                }
                Err(error) => error.to_string().lines().next().unwrap_or_default().to_owned(),
            })
            .collect()
    }

    #[test]
    fn feeds() {
        assert_eq!(
            told(
                "<?xml version='1.0'?><rss version='2.0' xmlns:content='c' xmlns:dc='d'><channel><title>Sample Wire</title><link>https://wire.example</link>\
                <item><title>Freed &amp; home</title><link>https://wire.example/1</link><guid>g1</guid><pubDate>Mon, 09 Dec 2024 20:00:00 GMT</pubDate><dc:creator>Mona</dc:creator>\
                <description>Short.</description><content:encoded><![CDATA[<p>He was&nbsp;freed.</p><p>She was not.</p>]]></content:encoded></item>\
                <item><title>Two</title><description>&lt;b&gt;Two&lt;/b&gt; were freed.</description></item><item><title>None</title></item></channel></rss>"
            ),
            [
                "f.xml#g1 \"He was freed.\\n\\nShe was not.\" Freed & home 2024-12-09 Sample Wire Mona https://wire.example/1",
                "f.xml#2 \"Two were freed.\" Two - Sample Wire - -",
                "f.xml#3: there is no text in it",
            ]
        );
        assert_eq!(
            told(
                "<feed xmlns='http://www.w3.org/2005/Atom'><title>Blog</title><entry><id>urn:1</id><title>T</title><updated>2024-12-10T00:00:00Z</updated>\
                <published>2024-12-09T00:00:00Z</published><author><name>Sami</name></author><link rel='self' href='https://a.example/x'/><link href='https://a.example/1'/>\
                <content type='xhtml'><div xmlns='x'><p>He <b>was</b> freed &lt;today&gt;.</p></div></content></entry></feed>"
            ),
            ["f.xml#urn:1 \"He was freed <today>.\" T 2024-12-09 Blog Sami https://a.example/1"]
        );
        assert!(told("<?xml version='1.0'?><kml><x/></kml>")[0].contains("kml"));
        assert!(told("<rss><channel></rss>")[0].contains("not well-formed"));
    }
}
