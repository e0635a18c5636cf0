//! Against the Python reference, on every instruction set.
//!
//! `testdata/` holds a small model with random weights and what `data/models/train` says about it.
//! [`the_export_reads_as_in_python`] does the same with a real export.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::decode::Labels;
use super::kernels::Kernels;
use super::model::Encoder;
use super::model_file;
use super::spec::Spec;
use super::tensors::Tensors;
use super::words::{self, SplitterCache};

/// A window as the reference read it.
#[derive(Deserialize)]
struct Reference {
    text: String,
    pieces: Vec<u32>,
    /// Start and end in characters, number of the piece.
    words: Vec<(usize, usize, usize)>,
    /// words × labels.
    names: Vec<Vec<f32>>,
}

fn references(path: &Path) -> Vec<Reference> {
    let text = std::fs::read_to_string(path).expect("references");
    text.lines().map(|line| serde_json::from_str(line).expect("a reference")).collect()
}

/// How the logarithms of probabilities differ: the root of the mean square, and the share of words whose
/// best label is another.
fn compare(encoder: &Encoder, references: &[Reference]) -> (f64, f64) {
    let (mut squares, mut numbers, mut words, mut other) = (0.0, 0, 0, 0);
    let mut skipped = 0;
    for reference in references {
        let found = encoder.splitter().split(&reference.text, 0..reference.text.len(), &mut SplitterCache::default());
        if found.pieces != reference.pieces {
            // A text of several windows or lines; the tokenizer has tests of its own.
            skipped += 1;
            continue;
        }
        let logs = encoder.logs_of(std::slice::from_ref(&found)).remove(0);
        assert_eq!(found.words.len(), reference.words.len(), "{}", reference.text);
        for (log, expected) in logs.chunks_exact(reference.names[0].len()).zip(&reference.names) {
            let mut expected = expected.clone();
            Labels::normalise(&mut expected);
            squares += log.iter().zip(&expected).map(|(a, b)| f64::from(a - b).powi(2)).sum::<f64>();
            numbers += log.len();
            words += 1;
            let best = |row: &[f32]| (0..row.len()).max_by(|&a, &b| row[a].total_cmp(&row[b]));
            other += usize::from(best(log) != best(&expected));
        }
    }
    println!("{words} words, {skipped} of {} windows left out", references.len());
    assert!(words > 0);
    ((squares / numbers as f64).sqrt(), other as f64 / words as f64)
}

fn testdata() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/language/encoder/testdata")
}

fn small() -> Vec<u8> {
    Encoder::import(&testdata()).expect("the small model")
}

/// The small model with each instruction set that this machine has.
fn encoders() -> Vec<Encoder> {
    let bytes = small();
    ["", "avx2", "portable"].map(|name| Encoder::with_kernels(&bytes, Kernels::named(name)).expect("a model")).into()
}

#[test]
fn text_is_split_as_in_python() {
    let lines = std::fs::read_to_string(testdata().join("reference.jsonl")).expect("references");
    assert_eq!(compare_lines(&encoders()[0], &lines), 27);
}

#[test]
fn scores_are_those_of_the_reference() {
    let references: Vec<Reference> =
        references(&testdata().join("reference.jsonl")).into_iter().filter(|r| !r.names.is_empty()).collect();
    let (distance, other) = compare(&encoders()[0], &references);
    assert!(distance < 0.1 && other < 0.01, "{distance} {other}");
}

#[test]
fn all_instruction_sets_give_the_same_bits() {
    let text =
        "Guards moved Samira Haddad from Sednaya Prison to Tadmor Prison. أفرج عن سميرة حداد من سجن صيدنايا ".repeat(9);
    let bits = |encoder: &Encoder| -> Vec<u32> {
        let split = encoder.splitter().split(&text, 0..text.len(), &mut SplitterCache::default());
        encoder.logs_of(&[split]).concat().into_iter().map(f32::to_bits).collect()
    };
    let encoders = encoders();
    for other in &encoders[1..] {
        assert!(bits(&encoders[0]) == bits(other), "{} and {}", encoders[0].info().kernels, other.info().kernels);
    }
}

#[test]
fn any_text_is_read() {
    let encoder = &encoders()[0];
    let letters =
        ["Samira ".repeat(10_000), "x".repeat(10_000), "\u{301}".repeat(500), "习".repeat(3000), "🙂".repeat(3000)];
    let odd = ["", " ", "\0\u{1}\u{2}", "\u{feff}", "\u{202e}abc", "<s></s><pad><unk>", "\n\n"].map(str::to_owned);
    for text in letters.iter().chain(&odd) {
        for name in encoder.tag(text, std::slice::from_ref(&(0..text.len()))).names {
            assert!(!name.span.slice(text).is_empty() && name.score.is_some_and(|p| (0.0..=1.0).contains(&p)));
        }
        let split = encoder.splitter().split(text, 0..text.len(), &mut SplitterCache::default());
        assert_eq!(
            split.words.iter().map(|w| w.end - w.start).sum::<usize>(),
            text.split(words::is_space).map(str::len).sum::<usize>()
        );
    }
    assert!(encoder.tag("text", &[]).words.is_empty());
}

#[test]
fn the_order_of_work_changes_nothing() {
    let encoder = &encoders()[0];
    let text = "Samira Haddad was held in Aleppo.\nGuards moved her to Tadmor Prison in Syria.\n".repeat(40);
    let mut at = 0;
    let lines = text.lines().map(|line| {
        at += line.len() + 1;
        at - line.len() - 1..at - 1
    });
    let sentences: Vec<_> = lines.collect();
    let first = encoder.tag(&text, &sentences);
    assert!(!first.names.is_empty());
    std::thread::scope(|scope| {
        let others: Vec<_> = (0..4).map(|_| scope.spawn(|| encoder.tag(&text, &sentences))).collect();
        for other in others {
            assert_eq!(other.join().expect("a thread"), first);
        }
    });
}

#[test]
fn files_that_are_not_whole_are_refused() {
    let good = small();
    let error = |bytes: &[u8]| Encoder::read(bytes).expect_err("an error").to_string();
    for length in [0, 7, 8, 11, 19, 51, 52, good.len() / 2, good.len() - 1] {
        let error = error(&good[..length]);
        assert!(error.contains("cut short") || error.starts_with("not a names model"), "{length}: {error}");
    }
    let mut altered = good.clone();
    *altered.last_mut().expect("a byte") ^= 1;
    assert_eq!(error(&altered), "names model altered: its SHA-256 does not match its content");
    let mut later = good.clone();
    later[8] = 9;
    assert!(error(&later).starts_with("names model of format 9; this program reads format 1\nhint: "));
    assert!(error(&[&good[..], b"more"].concat()).contains("cut short"));
}

#[test]
fn sizes_that_do_not_fit_are_refused() {
    let small = small();
    let (spec, tensors, _) = model_file::read(&small).expect("a model");
    let error = |spec: &Spec, tensors: &Tensors<'_>| {
        Encoder::read(&model_file::write(spec, tensors).expect("bytes")).expect_err("an error").to_string()
    };
    for name in tensors.0.keys() {
        let mut fewer = tensors.clone();
        fewer.0.remove(name);
        assert_eq!(error(&spec, &fewer), format!("names model: no weights {name}"));
    }
    let bad = |change: fn(&mut Spec)| {
        let mut spec = spec.clone();
        change(&mut spec);
        error(&spec, &tensors)
    };
    assert!(bad(|spec| spec.hidden = 96).contains("is "));
    assert!(bad(|spec| spec.hidden = 0).contains("heads of 32"));
    assert!(bad(|spec| spec.inner = 3).contains("between the layers"));
    assert!(bad(|spec| spec.window = usize::MAX).contains("windows of"));
    assert!(bad(|spec| spec.unknown = u32::MAX).contains("piece 4294967295"));
    assert!(bad(|spec| spec.labels.reverse()).contains("labels are not"));
    assert!(bad(|spec| drop(spec.pieces.pop())).contains("is "));
}

#[test]
#[ignore = "needs an export: ISNAD_NAMES_EXPORT"]
fn the_export_reads_as_in_python() {
    let folder = PathBuf::from(std::env::var_os("ISNAD_NAMES_EXPORT").expect("a folder"));
    let bytes = Encoder::import(&folder).expect("an export");
    let references = references(&folder.join("reference.jsonl"));
    for name in ["", "avx2"] {
        let encoder = Encoder::with_kernels(&bytes, Kernels::named(name)).expect("a model");
        let (distance, other) = compare(&encoder, &references);
        println!(
            "{}: logarithms differ by {distance:.4}, {:.3}% of best labels",
            encoder.info().kernels,
            100.0 * other
        );
        assert!(distance < 0.1 && other < 0.006);
    }
}

/// A line as the reference splits it.
#[derive(Deserialize)]
struct Line {
    text: String,
    pieces: Vec<u32>,
    words: Vec<(usize, usize, usize)>,
}

/// Splits every line and compares pieces and words; the number of lines.
fn compare_lines(encoder: &Encoder, lines: &str) -> usize {
    let mut cache = SplitterCache::default();
    for line in lines.lines() {
        let line: Line = serde_json::from_str(line).expect("a line");
        let found = encoder.splitter().split(&line.text, 0..line.text.len(), &mut cache);
        assert_eq!(found.pieces, line.pieces, "{:?}", line.text);
        let at = |byte: usize| line.text[..byte].chars().count();
        let words: Vec<_> = found.words.iter().map(|word| (at(word.start), at(word.end), word.piece)).collect();
        assert_eq!(words, line.words, "{:?}", line.text);
    }
    lines.lines().count()
}

#[test]
#[ignore = "needs an export and lines: ISNAD_NAMES_EXPORT, ISNAD_NAMES_LINES"]
fn many_lines_are_split_as_in_python() {
    let file = |name: &str| PathBuf::from(std::env::var_os(name).expect(name));
    let encoder = Encoder::read(&Encoder::import(&file("ISNAD_NAMES_EXPORT")).expect("an export")).expect("a model");
    println!("{} lines", compare_lines(&encoder, &std::fs::read_to_string(file("ISNAD_NAMES_LINES")).expect("lines")));
}
