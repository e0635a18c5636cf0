//! HTML: the article of a page, without what surrounds it.
//!
//! The article is found by `dom_smoothie`, a port of Mozilla's Readability
//! (<https://github.com/mozilla/readability>).

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use dom_smoothie::{Config, Readability};
use regex::{Captures, Regex};

use super::draft::Draft;
use super::error::{Error, Kind};
use super::html_metadata;
use super::nesting;
use super::visible::{depth, visible_text};

/// Elements that Readability would keep on a short page.
const CONTROLS: &str = "nav, button, select, textarea, template";

/// The draft of an HTML page.
///
/// Where Readability finds no article, all visible text is taken.
pub(super) fn read(path: &str, html: &str) -> Result<Draft, Error> {
    let closed = html.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml").then(|| closed(html));
    let html = closed.as_deref().unwrap_or(html);
    nesting::check(path, html)?;
    let config = Config { disable_json_ld: true, ..Config::default() };
    let (metadata, article) = guarded(path, || {
        let mut page = Readability::new(html, None, Some(config)).map_err(|_| Kind::Html)?;
        nesting::check_depth(depth(&page))?;
        let metadata = html_metadata::read(&page);
        page.doc.select(CONTROLS).remove();
        Ok((metadata, page.parse().ok()))
    })?;
    let (mut text, mut title) = (String::new(), None);
    if let Some(article) = article {
        text = fragment_text(path, &article.content)?;
        title = Some(article.title);
    }
    if text.is_empty() {
        text = fragment_text(path, html)?;
    }
    if text.is_empty() {
        return Err(Error::new(path, Kind::NoVisibleText));
    }
    Ok(Draft {
        text,
        title: metadata.title.or(title),
        date: metadata.date,
        publisher: metadata.publisher,
        url: metadata.url,
        author: metadata.author,
        language: metadata.language,
        ..Draft::default()
    })
}

/// The visible text of a page or of a piece of one.
pub(crate) fn fragment_text(path: &str, html: &str) -> Result<String, Error> {
    nesting::check(path, html)?;
    guarded(path, || {
        let page = Readability::from(html);
        nesting::check_depth(depth(&page))?;
        Ok(visible_text(&page))
    })
}

/// A page with elements closed that XML lets be empty (`<title/>`): to HTML they would be open.
pub(super) fn closed(xhtml: &str) -> String {
    static EMPTY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"<([A-Za-z][\w:-]*)((?:\s+[^<>"']*(?:"[^"]*"|'[^']*')?)*)\s*/>"#).expect("a fixed pattern")
    });
    EMPTY
        .replace_all(xhtml, |found: &Captures<'_>| {
            if nesting::is_void(&found[1]) {
                found[0].to_owned()
            } else {
                format!("<{0}{1}></{0}>", &found[1], &found[2])
            }
        })
        .into_owned()
}

/// Runs the HTML library; a page it panics on is an error of that page only.
///
/// It indexes and unwraps on trees of untrusted shape, and a collection of a million pages must
/// not end at one of them. Nothing it has touched outlives the call.
fn guarded<T>(path: &str, work: impl FnOnce() -> Result<T, Kind>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Kind::Html)).map_err(|kind| Error::new(path, kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Options, read_bytes};
    use crate::model::{Basis, Document};
    use proptest::prelude::*;

    fn document(html: &str) -> Result<Document, Error> {
        read_bytes("a.html", html.as_bytes(), &Options::default()).remove(0)
    }

    const PAGE: &str = r##"<!doctype html>
<html lang="en-GB"><head>
<meta charset="utf-8"><title>Dozens freed from prison | Sample Wire</title>
<link rel="canonical" href="https://wire.example/2024/12/09/freed">
<meta property="og:title" content="Dozens freed from prison">
<meta property="og:site_name" content="Sample Wire Online">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "WebSite", "name": "Other", "datePublished": "2001-01-01"},
  {"@type": ["NewsArticle"], "headline": "Dozens freed from prison &amp; jail", "datePublished": "2024-12-09T01:30:00+03:00",
   "publisher": {"@type": "Organization", "name": "Sample Wire"}, "author": [{"name": "A. Writer"}]}]}</script>
<style>p { color: red }</style></head>
<body>
<header><a href="/">Sample Wire</a><nav><ul><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li><li><a href="/weather">Weather</a></li></ul></nav></header>
<div id="cookie-banner" class="cookie-consent"><p>We use cookies to improve your experience. By continuing you accept our policy.</p><button>Accept all</button></div>
<main><article>
<h1>Dozens freed from prison</h1>
<p class="byline">By <a rel="author" href="/a">A. Writer</a></p>
<time datetime="2024-12-09T01:30:00+03:00">9 December 2024</time>
<figure><img src="x.jpg" alt="A gate"><figcaption>The gate of the prison, on Sunday (Supplied)</figcaption></figure>
<p>DAMASCUS (SW) &mdash; Dozens of detainees walked out of the military prison north of the city on Sunday, after guards had
   left their posts, families and rights groups said.</p>
<p>&ldquo;I had not seen the sun for eleven years,&rdquo; said one man, who asked not to be named.<br>He was looking for his brother, who was arrested with him in 2013 at a checkpoint near Homs.</p>
<h2>Lists on the wall</h2>
<p>Volunteers copied <b>names</b> from the walls of the cells, and read them aloud to the people waiting at the gate, some of whom had come from villages far away.</p>
<ul><li>One list had the names of 43 women, written with a piece of coal.</li><li>Another one gave the dates on which men were taken away, and never came back.</li></ul>
<blockquote><p>We will not leave before every door has been opened, said a mother of three, holding a photograph of her sons.</p></blockquote>
<table><tr><th>Year</th><th>Detained</th></tr><tr><td>2012</td><td>1,200</td></tr><tr><td>2013</td><td>2,350</td></tr></table>
<aside class="related"><h3>Related</h3><ul><li><a href="/1">Ten things to know</a></li><li><a href="/2">In pictures</a></li></ul></aside>
<p>The governor's office did not answer a request for comment, and the number of those still missing is not known.</p>
<div class="share"><a href="#">Share on Facebook</a> <a href="#">Tweet</a></div>
</article></main>
<section class="newsletter"><p>Sign up for our newsletter</p><form><input type="email"><button>Subscribe</button></form></section>
<div class="related-stories"><h3>More from World</h3><a href="/3">Minister resigns</a> <a href="/4">Storm hits the coast</a></div>
<footer><p>&copy; 2024 Sample Wire. All rights reserved.</p><a href="/privacy">Privacy</a></footer>
<script>track("<p>not text</p>")</script></body></html>"##;

    const PAGE_TEXT: &str = "9 December 2024\n\n\
The gate of the prison, on Sunday (Supplied)\n\n\
DAMASCUS (SW) — Dozens of detainees walked out of the military prison north of the city on Sunday, after guards had left their posts, families and rights groups said.\n\n\
“I had not seen the sun for eleven years,” said one man, who asked not to be named.\n\
He was looking for his brother, who was arrested with him in 2013 at a checkpoint near Homs.\n\n\
Lists on the wall\n\n\
Volunteers copied names from the walls of the cells, and read them aloud to the people waiting at the gate, some of whom had come from villages far away.\n\n\
One list had the names of 43 women, written with a piece of coal.\n\n\
Another one gave the dates on which men were taken away, and never came back.\n\n\
We will not leave before every door has been opened, said a mother of three, holding a photograph of her sons.\n\n\
Year\tDetained\n\n\
2012\t1,200\n\n\
2013\t2,350\n\n\
The governor's office did not answer a request for comment, and the number of those still missing is not known.";

    #[test]
    fn a_page_of_a_newspaper() {
        let document = document(PAGE).unwrap();
        assert_eq!(document.title.as_deref(), Some("Dozens freed from prison & jail"));
        assert_eq!(document.publisher.as_deref(), Some("Sample Wire"));
        assert_eq!(document.author.as_deref(), Some("A. Writer"));
        assert_eq!(document.url.as_deref(), Some("https://wire.example/2024/12/09/freed"));
        assert_eq!(document.language.as_deref(), Some("en"));
        let published = document.published.unwrap();
        assert_eq!(
            (published.earliest.unwrap().to_string().as_str(), published.basis),
            ("2024-12-09", Basis::Metadata)
        );
        assert_eq!(document.text, PAGE_TEXT);
    }

    #[test]
    fn small_pages_and_fragments() {
        for (html, text) in [
            ("<p>He was freed.<p>She was not.", "He was freed.\n\nShe was not."),
            ("He was <b>freed</b> &amp; left.", "He was freed & left."),
            ("<html><body><nav>Menu</nav><div>He was freed.</div><script>no()</script></body></html>", "He was freed."),
            ("<p>سجن صيدنايا</p>", "سجن صيدنايا"),
        ] {
            assert_eq!(document(html).unwrap().text, text, "{html}");
        }
    }

    #[test]
    fn pages_without_text() {
        for html in
            ["<html></html>", "<script>x</script>", "<!-- x -->", "<p> </p><style>p{}</style>", "<title>Only</title>"]
        {
            let error = document(html).unwrap_err();
            assert!(error.to_string().contains("no text that can be read"), "{html}: {error}");
        }
    }

    #[test]
    fn deep_pages_neither_overflow_nor_hang() {
        for deep in ["<div>", "<svg><td>", "<table>", "<font size=1>"] {
            let error = document(&deep.repeat(100_000)).unwrap_err();
            assert!(error.to_string().contains("nested too deeply"), "{deep}: {error}");
        }
        for level in ["div", "span", "table><tr><td", "ul><li", "blockquote"] {
            let page = format!("{}He was freed.", format!("<{level}>").repeat(480));
            assert!(document(&page).unwrap().text.contains("He was freed."), "{level}");
        }
    }

    #[test]
    fn dates_of_pages() {
        let text = "He was freed from the prison.";
        for (head, body, day) in [
            ("<meta property='article:published_time' content='2024-12-09T23:00:00Z'>", "", Some("2024-12-09")),
            ("<meta name='DC.date.issued' content='9 December 2024'>", "", Some("2024-12-09")),
            ("", "<time datetime='2024-12-09'>Monday</time>", Some("2024-12-09")),
            ("", "<time datetime='2024-12-09'>a</time><time datetime='2024-12-08'>b</time>", None),
            (
                "",
                "<time datetime='2024-12-08'>a</time><time datetime='2024-12-09' itemprop=datePublished>b</time>",
                Some("2024-12-09"),
            ),
            ("<meta property='article:modified_time' content='2024-12-09'>", "", None),
            ("<script type='application/ld+json'>{broken</script>", "", None),
        ] {
            let document =
                document(&format!("<html><head>{head}</head><body>{body}<p>{text}</p></body></html>")).unwrap();
            assert_eq!(
                document.published.and_then(|days| days.earliest).map(|day| day.to_string()).as_deref(),
                day,
                "{head}{body}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            read_bytes("a.html", &bytes, &Options::default());
        }

        #[test]
        fn any_tags_never_panic(parts in prop::collection::vec("</?(p|div|a href=x|b|table|tr|td|ul|li|svg|math|template|h1|article|br|form|select|script|meta|title|frameset|noscript|img src=y|figure)>|[a-z .,]{0,30}|<!--|-->|&[a-z]{1,4};|<|\"", 0..60)) {
            let html = parts.concat();
            if let Err(error) = document(&html) {
                prop_assert!(!matches!(error.kind(), Kind::Html), "{}", html);
            }
        }
    }
}
