//! Texts of benchmark folders, whatever their format.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::ingest;

/// One text to measure with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The folder and number it comes from, fit for a file name.
    pub name: String,
    /// The text.
    pub text: String,
}

/// A benchmark folder that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}\nhint: the layout is that of the public sets: muc4/*.json, hrdsattack/*.json, geoparsing/*.xml", path.display())]
pub struct BenchError {
    path: PathBuf,
    problem: String,
}

/// The texts of `muc4`, `hrdsattack` and `geoparsing` under `folder`, in order of set and file.
///
/// # Errors
/// If a file is not of its set's format, or there is none at all.
pub fn texts(folder: &Path) -> Result<Vec<Sample>, BenchError> {
    let mut samples = Vec::new();
    for (set, ending, read) in SETS {
        let mut files: Vec<PathBuf> = match fs::read_dir(folder.join(set)) {
            Ok(entries) => entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect(),
            Err(_) => continue,
        };
        files.retain(|path| {
            path.extension().is_some_and(|extension| extension == *ending)
                && !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("pretty"))
        });
        files.sort();
        for file in files {
            let content = fs::read_to_string(&file)
                .map_err(|error| BenchError { path: file.clone(), problem: error.to_string() })?;
            let read = read(&content).map_err(|problem| BenchError { path: file.clone(), problem })?;
            // Some sets hold records whose text is empty: nothing to measure.
            for text in read.into_iter().filter(|text| !text.trim().is_empty()) {
                samples.push(Sample { name: format!("{set}-{:05}", samples.len()), text });
            }
        }
    }
    if samples.is_empty() {
        return Err(BenchError { path: folder.to_owned(), problem: "there are no texts to measure with".to_owned() });
    }
    Ok(samples)
}

/// Reads the texts of one file.
type ReadTexts = fn(&str) -> Result<Vec<String>, String>;

/// Folder, ending of its files, and how they are read.
const SETS: &[(&str, &str, ReadTexts)] =
    &[("muc4", "json", muc4), ("hrdsattack", "json", hrdsattack), ("geoparsing", "xml", geoparsing)];

/// One JSON object a line, with `doctext`.
fn muc4(content: &str) -> Result<Vec<String>, String> {
    let read = |(number, line): (usize, &str)| {
        let value: Value = serde_json::from_str(line).map_err(|error| format!("line {}: {error}", number + 1))?;
        value["doctext"]
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| format!("line {}: there is no `doctext`", number + 1))
    };
    content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(read).collect()
}

/// A JSON list of objects with HTML in `sample` → `Input.article_interface`.
fn hrdsattack(content: &str) -> Result<Vec<String>, String> {
    let value: Value = serde_json::from_str(content).map_err(|error| error.to_string())?;
    let list = value.as_array().ok_or("not a list")?;
    let mut texts = Vec::new();
    for item in list {
        let html =
            item["sample"]["Input.article_interface"].as_str().ok_or("an item has no `Input.article_interface`")?;
        let page = format!("<!doctype html><html><body><article>{html}</article></body></html>");
        for document in ingest::read_bytes("article.html", page.as_bytes(), &ingest::Options::default()) {
            texts.push(document.map_err(|error| error.to_string())?.text);
        }
    }
    Ok(texts)
}

/// XML with each text in a `text` element, escaped or as a CDATA section.
fn geoparsing(content: &str) -> Result<Vec<String>, String> {
    let sections = content.split("<text>").skip(1).filter_map(|section| section.split_once("</text>"));
    let texts: Vec<String> = sections
        .map(|(text, _)| match text.trim().strip_prefix("<![CDATA[").and_then(|text| text.strip_suffix("]]>")) {
            Some(text) => text.to_owned(),
            None => text
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&"),
        })
        .collect();
    if texts.is_empty() { Err("there is no element `text`".to_owned()) } else { Ok(texts) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_is_read() {
        assert_eq!(
            muc4("{\"doctext\": \"one\"}\n{\"doctext\": \"two\"}\n"),
            Ok(vec!["one".to_owned(), "two".to_owned()])
        );
        assert!(muc4("{}\n").is_err_and(|problem| problem.contains("line 1")));
        assert_eq!(geoparsing("<a><text><![CDATA[Hama fell.]]></text></a>"), Ok(vec!["Hama fell.".to_owned()]));
        assert_eq!(geoparsing("<a><text>Hama &amp; Homs</text></a>"), Ok(vec!["Hama & Homs".to_owned()]));
        assert!(geoparsing("<a/>").is_err());
        let words = "He was held in the prison for years, and he was released on a Sunday in winter. ".repeat(8);
        let list = serde_json::json!([{"sample": {"Input.article_interface": format!("<p>{words}</p>")}}]).to_string();
        assert!(hrdsattack(&list).expect("reads")[0].starts_with("He was held"));
    }

    #[test]
    fn an_empty_folder_is_an_error() {
        let error = texts(Path::new("/nowhere/at/all")).expect_err("nothing there");
        assert!(error.to_string().contains("no texts"), "{error}");
    }
}
