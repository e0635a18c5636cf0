//! What an HTML page says about itself: JSON-LD, OpenGraph, Dublin Core and other meta tags.

use dom_smoothie::Readability;
use serde_json::Value;

use super::draft::web_address;

/// The statements of a page, best source first; all as worded there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PageMetadata {
    pub title: Option<String>,
    pub date: Option<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub author: Option<String>,
    pub language: Option<String>,
}

/// Types of schema.org that are reports.
const ARTICLES: [&str; 6] =
    ["Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "Report", "LiveBlogPosting"];

/// Names of meta tags (`property`, `name` or `itemprop`, lower case) that give a date, best first.
const DATES: [&str; 9] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "parsely-pub-date",
    "pubdate",
    "date",
];

/// Collects the metadata of a page that has been parsed but not yet reduced to its article.
pub(super) fn read(page: &Readability) -> PageMetadata {
    let linked = linked_data(page);
    let meta: Vec<(String, String)> = page
        .doc
        .select("meta[content]")
        .nodes()
        .iter()
        .filter_map(|node| {
            let name = ["property", "name", "itemprop"].iter().find_map(|key| node.attr(key))?;
            let content = node.attr("content")?;
            (!content.trim().is_empty()).then(|| (name.trim().to_ascii_lowercase(), content.to_string()))
        })
        .collect();
    let tag = |names: &[&str]| {
        names.iter().find_map(|name| meta.iter().find(|(key, _)| key == name)).map(|(_, content)| content.clone())
    };
    let attribute = |selector: &str, name: &str| page.doc.select(selector).attr(name).map(|value| value.to_string());
    let field = |key: &str| linked.as_ref().and_then(|article| string(article.get(key)?)).map(unescaped);
    let address = |value: Option<String>| value.as_deref().and_then(web_address);
    PageMetadata {
        title: field("headline").or_else(|| tag(&["og:title", "twitter:title", "dc.title"])),
        date: field("datePublished").or_else(|| tag(&DATES)).or_else(|| time_element(page)),
        publisher: field("publisher").or_else(|| tag(&["og:site_name", "dc.publisher", "application-name"])),
        url: address(attribute("link[rel=canonical]", "href"))
            .or_else(|| address(tag(&["og:url"])))
            .or_else(|| address(field("url")))
            .or_else(|| address(field("mainEntityOfPage"))),
        author: linked
            .as_ref()
            .and_then(|article| names(article.get("author")?))
            .or_else(|| tag(&["author", "dc.creator", "parsely-author", "sailthru.author", "byl"]))
            .or_else(|| tag(&["article:author"]))
            .filter(|author| web_address(author).is_none()),
        language: attribute("html[lang]", "lang")
            .or_else(|| field("inLanguage"))
            .or_else(|| tag(&["content-language", "og:locale"])),
    }
}

/// The first article among the page's JSON-LD objects, the members of lists and `@graph` included.
fn linked_data(page: &Readability) -> Option<Value> {
    page.doc.select("script[type='application/ld+json']").nodes().iter().find_map(|script| {
        let text = script.text();
        let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        // The parser's own limit on nesting keeps this recursion short.
        find_article(serde_json::from_str(text).ok()?)
    })
}

fn find_article(value: Value) -> Option<Value> {
    match value {
        Value::Array(values) => values.into_iter().find_map(find_article),
        Value::Object(mut object) => {
            let is_article = match object.get("@type") {
                Some(Value::String(kind)) => ARTICLES.contains(&kind.as_str()),
                Some(Value::Array(kinds)) => {
                    kinds.iter().filter_map(Value::as_str).any(|kind| ARTICLES.contains(&kind))
                }
                _ => false,
            };
            if is_article { Some(Value::Object(object)) } else { find_article(object.remove("@graph")?) }
        }
        _ => None,
    }
}

/// A string, the `name` or `@id` of an object, or that of the first in a list.
fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Object(object) => ["name", "@id"].iter().find_map(|key| object.get(*key)?.as_str()).map(str::to_owned),
        Value::Array(values) => values.first().filter(|first| !first.is_array()).and_then(string),
        _ => None,
    }
}

/// The names in a string, an object or a list of either.
fn names(value: &Value) -> Option<String> {
    let names: Vec<String> = match value {
        Value::Array(values) => values.iter().filter_map(string).collect(),
        value => string(value).into_iter().collect(),
    };
    (!names.is_empty()).then(|| unescaped(names.join(", ")))
}

/// The time marked as that of publication, or the only one on the page: other reports listed
/// there have times too.
fn time_element(page: &Readability) -> Option<String> {
    let marked = page.doc.select("time[pubdate][datetime], [itemprop=datePublished][datetime]").attr("datetime");
    let only = || {
        let times = page.doc.select("time[datetime]");
        (times.length() == 1).then(|| times.attr("datetime")).flatten()
    };
    marked.or_else(only).map(|value| value.to_string())
}

/// `text` with character references resolved: many sites escape JSON-LD as if it were HTML.
fn unescaped(text: String) -> String {
    if text.contains('&') { Readability::from(text.replace('<', "&lt;")).doc.text().to_string() } else { text }
}
