//! Names in Arabic letters with a Latin form each (`*-eval.txt` of Google's Arabic–English name transliteration): a name, a
//! tab, its form.

use std::path::Path;

use super::{AccuracyError, GoldDocument, files};
use crate::link::names::{NameKind, Pair};

pub(super) fn read(folder: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
    let mut documents = Vec::new();
    for path in files::within(folder, is_measured)? {
        for (index, line) in files::content(&path)?.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let Some((arabic, latin)) = line.split_once('\t') else {
                return Err(AccuracyError::line(&path, index + 1, "there is no tab", "a name, a tab, its Latin form"));
            };
            let pair = Pair {
                kind: NameKind::Person,
                one: arabic.trim().to_owned(),
                other: latin.trim().to_owned(),
                same: true,
            };
            documents.push(GoldDocument::of_names(format!("{}#{}", files::stem(&path), index + 1), pair));
        }
    }
    Ok(documents)
}

/// Whether a file is one to measure on: the larger one is there to learn from.
fn is_measured(path: &Path) -> bool {
    files::has_extension(path, "txt") && !files::stem(path).ends_with("-train")
}
