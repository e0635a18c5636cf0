//! The engine as a whole: equality with spaCy on a small sample, bad texts, bad files.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{ImportOptions, Model, ParsedEntity, Precision};

static BYTES: &[u8] = include_bytes!("../../../data/models/en_core_web_sm.isnad-model");
static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(BYTES).unwrap());

/// What spaCy says of a text (`tools/parity.py golden`).
#[derive(Deserialize)]
struct Golden {
    text: String,
    start: Vec<usize>,
    end: Vec<usize>,
    tag: Vec<String>,
    pos: Vec<String>,
    morph: Vec<String>,
    lemma: Vec<String>,
    head: Vec<usize>,
    dep: Vec<String>,
    sent: Vec<bool>,
    ents: Vec<(usize, usize, String)>,
}

#[test]
fn golden_sentences_are_analysed_as_by_spacy() {
    let lines = include_str!("../../../tests/data/language/sentences.jsonl").lines();
    let mut tokens = 0;
    for line in lines {
        let golden: Golden = serde_json::from_str(line).unwrap();
        let parsed = MODEL.analyse(&golden.text);
        assert_eq!(parsed.tokens.len(), golden.start.len(), "{}", golden.text);
        for (at, token) in parsed.tokens.iter().enumerate() {
            let ours = (
                token.start,
                token.end,
                token.tag,
                token.pos,
                token.morph,
                &*token.lemma,
                token.head,
                token.dep,
                token.sentence_start,
            );
            let theirs = (
                golden.start[at],
                golden.end[at],
                &*golden.tag[at],
                &*golden.pos[at],
                &*golden.morph[at],
                &*golden.lemma[at],
                golden.head[at],
                &*golden.dep[at],
                golden.sent[at],
            );
            assert_eq!(ours, theirs, "token {at} of {}", golden.text);
        }
        let ours: Vec<_> =
            parsed.entities.iter().map(|entity| (entity.first, entity.end, entity.label.to_owned())).collect();
        assert_eq!(ours, golden.ents, "{}", golden.text);
        tokens += parsed.tokens.len();
    }
    assert!(tokens > 800, "the sample has become small: {tokens} tokens");
}

/// Offsets ascend and lie on characters; heads and entities lie in the text.
fn check(text: &str) -> usize {
    let parsed = MODEL.analyse(text);
    let mut last = 0;
    for (at, token) in parsed.tokens.iter().enumerate() {
        assert!(token.start >= last && token.end > token.start, "token {at}");
        assert!(text.get(token.start..token.end).is_some(), "token {at}");
        assert!(token.head < parsed.tokens.len());
        last = token.end;
    }
    let covered: usize = parsed.tokens.iter().map(|token| token.end - token.start).sum();
    let spaces = text.matches(' ').count();
    assert!(covered + spaces >= text.len(), "text got lost");
    if let Some(first) = parsed.tokens.first() {
        assert!(first.sentence_start);
    }
    for entity in &parsed.entities {
        assert!(entity.first < entity.end && entity.end <= parsed.tokens.len() && !entity.label.is_empty());
    }
    parsed.tokens.len()
}

#[test]
fn odd_texts_are_analysed_without_losing_any() {
    assert_eq!(check(""), 0);
    for one in ["a", " ", "\n", ".", "👩‍👩‍👧", "\u{301}", "\0", "\u{feff}", "ß", "İ"] {
        check(one);
    }
    assert_eq!(check("Aleppo"), 1);
    for text in [
        "اعتُقل في حلب عام ٢٠١٣ ونُقل إلى صيدنايا.",
        "He said “نعم” and left; עברית too.",
        "👍🏽👩‍👩‍👧🇸🇾 flags and families 👩🏾‍⚕️!",
        "a\u{0}b\u{7}c\u{1b}[31m red\u{1b}[0m \u{85}\u{2028}\u{2029} end",
        "\u{301}\u{301} \u{303}a\u{308}",
        "在阿勒颇被捕。没有空格的文本",
        "http://[::1]:80/%zz?a=b#c,(d) e@f.g. <h@i> ((((",
        "\r\n\r\n  \t\u{a0}\u{3000} x",
    ] {
        check(text);
    }
}

#[test]
fn texts_of_anything_take_linear_time() {
    let begun = std::time::Instant::now();
    assert!(check(&"a".repeat(1_000_000)) > 0);
    for dense in ["a ", "a-", "a\n", "\u{301} ", "1,2 ", "٣ "] {
        assert!(check(&dense.repeat(100_000)) > 1_000, "{dense:?}");
    }
    for (unit, count) in [
        (".", 200_000),
        ("!?", 100_000),
        ("\u{301}", 200_000),
        ("\n", 500_000),
        ("\0", 200_000),
        ("http://a.b/", 10_000),
        ("a.", 100_000),
        ("👩‍👩‍👧", 5_000),
        ("👍🏽🇸🇾 ", 5_000),
        ("עברית وعربي latin ", 2_000),
        ("(\"'[", 20_000),
    ] {
        assert!(check(&unit.repeat(count)) > 0, "{unit:?}");
    }
    // Letters, digits and marks in disorder.
    let mut state = 1u64;
    let mut ascii = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (b'!' + ((state >> 33) % 94) as u8) as char
    };
    check(&(0..100_000).map(|_| ascii()).collect::<String>());
    check(&(0..100_000).map(|at| if at % 250 == 0 { ' ' } else { ascii() }).collect::<String>());
    // Far above what it takes, far below what quadratic time would.
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

#[test]
fn what_is_no_language_is_not_read_and_disturbs_nothing() {
    let prose = "He was held in Adra prison near Damascus for three years, and then released.\n".repeat(70);
    let text = format!("{prose}{}\n{prose}", "7 ".repeat(30_000));
    let parsed = MODEL.analyse(&text);
    let empty = |token: &&super::ParsedToken| token.tag.is_empty();
    let unread = parsed.tokens.iter().filter(empty).count();
    assert!((28_000..30_000).contains(&unread) && unread % 100 == 0, "{unread}");
    for (at, token) in parsed.tokens.iter().enumerate().filter(|(_, token)| empty(token)) {
        assert_eq!((token.head, token.entity, &*token.lemma, &text[token.start..token.end]), (at, None, "", "7"));
    }
    let last = parsed.entities.last().unwrap();
    let span = parsed.tokens[last.first].start..parsed.tokens[last.end - 1].end;
    assert_eq!(&text[span], "three years");
    assert!(parsed.tokens[last.first..last.end].iter().all(|token| token.entity == Some(parsed.entities.len() - 1)));
    let released = parsed.tokens.iter().rposition(|token| &*token.lemma == "release").unwrap();
    assert_eq!(parsed.tokens[released - 1].head, released);
    check(&text);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_and_no_pieces_of_it_are_refused(text in "(\\PC|[ .,a-e\n'\"-]){0,80}", cuts in proptest::collection::vec(0usize..200, 0..6)) {
        check(&text);
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| text.floor_char_boundary(cut.min(text.len()))).collect();
        cuts.sort_unstable();
        let pieces: Vec<_> = cuts.chunks_exact(2).map(|ends| ends[0]..ends[1]).collect();
        for parsed in [MODEL.analyse_pieces(&text, &pieces), MODEL.analyse_sentences(&text, &pieces)] {
            for token in &parsed.tokens {
                let piece = pieces.iter().find(|piece| piece.start <= token.start && token.end <= piece.end).unwrap();
                assert!(piece.contains(&parsed.tokens[token.head].start));
            }
        }
    }
}

#[test]
fn threads_and_memory_do_not_change_the_answer() {
    let texts = ["He was held in Adra.", "Who ordered it?", "The prison, which was full, burned.", "in Adra He was"];
    let first: Vec<_> = texts.iter().map(|text| MODEL.analyse(text)).collect();
    std::thread::scope(|scope| {
        for shift in 0..4 {
            let first = &first;
            scope.spawn(move || {
                for at in 0..40 {
                    let at = (at + shift) % texts.len();
                    assert_eq!(MODEL.analyse(texts[at]), first[at]);
                }
            });
        }
    });
    assert_eq!(Model::read(BYTES).unwrap().analyse(texts[2]), first[2]);
}

/// The sample's texts put together, and where each lies.
fn together() -> (String, Vec<Range<usize>>) {
    let (mut text, mut pieces) = (String::from("\n "), Vec::new());
    for line in include_str!("../../../tests/data/language/sentences.jsonl").lines() {
        let golden: Golden = serde_json::from_str(line).unwrap();
        pieces.push(text.len()..text.len() + golden.text.len());
        text.push_str(&golden.text);
        text.push_str("\n\n");
    }
    (text, pieces)
}

#[test]
fn a_piece_is_analysed_as_a_text_of_its_own() {
    let (text, mut pieces) = together();
    // Empty pieces and pieces that touch are pieces too.
    let cut = pieces[3].start + text[pieces[3].clone()].find(' ').unwrap();
    pieces.splice(3..4, [pieces[3].start..cut, cut..cut, cut..pieces[3].end]);
    let parsed = MODEL.analyse_pieces(&text, &pieces);
    let (mut tokens, mut entities) = (0, 0);
    for piece in pieces {
        let alone = MODEL.analyse(&text[piece.clone()]);
        for (at, token) in alone.tokens.iter().enumerate() {
            let mut moved = token.clone();
            moved.start += piece.start;
            moved.end += piece.start;
            moved.head += tokens;
            moved.entity = moved.entity.map(|entity| entity + entities);
            assert_eq!(parsed.tokens[tokens + at], moved);
        }
        for (at, entity) in alone.entities.iter().enumerate() {
            let moved = ParsedEntity { first: entity.first + tokens, end: entity.end + tokens, ..*entity };
            assert_eq!(parsed.entities[entities + at], moved);
        }
        tokens += alone.tokens.len();
        entities += alone.entities.len();
    }
    assert_eq!((parsed.tokens.len(), parsed.entities.len()), (tokens, entities));
    assert!(MODEL.analyse_pieces(&text, &[]).tokens.is_empty());
}

#[test]
fn a_piece_can_be_exactly_one_sentence() {
    let (text, pieces) = together();
    let parsed = MODEL.analyse_sentences(&text, &pieces);
    for piece in pieces {
        let first = parsed.tokens.partition_point(|token| token.start < piece.start);
        let end = parsed.tokens.partition_point(|token| token.start < piece.end);
        let tokens = &parsed.tokens[first..end];
        assert!(tokens.iter().enumerate().all(|(at, token)| token.sentence_start == (at == 0)));
        assert!(tokens.iter().all(|token| (first..end).contains(&token.head)));
        let roots = tokens.iter().enumerate().filter(|(at, token)| token.head == first + at);
        assert_eq!(roots.count(), 1, "{}", &text[piece]);
    }
}

#[test]
#[should_panic(expected = "overlap")]
fn pieces_that_overlap_are_a_mistake_of_the_caller() {
    MODEL.analyse_pieces("one two", &[0..3, 2..7]);
}

#[test]
fn the_embedded_model_says_what_it_is() {
    let info = MODEL.info();
    assert_eq!((info.language.as_str(), info.version.as_str(), info.licence.as_str()), ("en", "3.8.0", "MIT"));
    assert!(info.components.iter().any(|name| name == "parser") && info.weights > 3_000_000);
    assert!(info.labels.iter().any(|label| label == "PERSON"));
    assert!(BYTES.len() < 9_000_000);
}

fn refusal(bytes: &[u8]) -> String {
    Model::read(bytes).expect_err("a bad file was read").to_string()
}

#[test]
fn damaged_model_files_are_refused_by_name() {
    assert!(refusal(b"").starts_with("not a model file"));
    assert!(refusal(b"PK\x03\x04 a wheel").starts_with("not a model file"));
    for length in [8, 11, 12, 19, 20, 51, 52, 60, 1000, BYTES.len() / 2, BYTES.len() - 1] {
        assert!(refusal(&BYTES[..length]).contains("cut short"), "{length} bytes");
    }
    let mut longer = BYTES.to_vec();
    longer.push(0);
    assert!(refusal(&longer).contains("cut short"));
    let mut version = BYTES.to_vec();
    version[8] = 1;
    assert!(refusal(&version).contains("format 1; this program reads format 2"));
    for at in [20, 51, 60, 5000, BYTES.len() / 2, BYTES.len() - 1] {
        let mut altered = BYTES.to_vec();
        altered[at] ^= 1;
        assert!(refusal(&altered).contains("altered"), "byte {at}");
    }
}

/// Gives altered bytes a right checksum.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let length = (bytes.len() - 52) as u64;
    bytes[12..20].copy_from_slice(&length.to_le_bytes());
    let digest = Sha256::digest(&bytes[52..]);
    bytes[20..52].copy_from_slice(&digest);
    bytes
}

#[test]
fn contradictions_behind_a_right_checksum_are_refused() {
    assert!(refusal(&sealed(BYTES[..1000].to_vec())).contains("section"));
    assert!(refusal(&sealed(BYTES[..BYTES.len() - 2].to_vec())).contains("missing"));
    let mut huge = BYTES.to_vec();
    huge[52..60].fill(0xff);
    assert!(refusal(&sealed(huge)).contains("section"));
    for (find, replace) in [
        ("\"window\":1", "\"window\":9"),
        ("\"depth\":4", "\"depth\":3"),
        ("\"B-ORG\"", "\"X-ORG\""),
        ("\"NORM\"", "\"NURM\""),
    ] {
        let mut bytes = BYTES.to_vec();
        let at = bytes.windows(find.len()).position(|window| window == find.as_bytes()).expect(find);
        bytes[at..at + find.len()].copy_from_slice(replace.as_bytes());
        let bytes = sealed(bytes);
        // A shallower network is a sound one; everything else must be noticed.
        assert_eq!(Model::read(&bytes).is_ok(), find.contains("depth"), "{find}");
    }
}

/// A folder with the least that a pipeline needs, and one component.
fn pipeline(name: &str, config: &str) -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("isnad-engine-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.cfg"), config).unwrap();
    std::fs::write(folder.join("meta.json"), "{\"name\":\"x\"}").unwrap();
    // An empty MessagePack map.
    std::fs::write(folder.join("tokenizer"), [0x80]).unwrap();
    folder
}

#[test]
fn what_cannot_run_is_named() {
    let head = "[nlp]\nlang = \"en\"\ntokenizer = {\"@tokenizers\":\"spacy.Tokenizer.v1\"}\n";
    for (name, config, message) in [
        (
            "transformer",
            format!("{head}pipeline = [\"trf\"]\n[components.trf]\nfactory = \"transformer\"\n"),
            "component \"trf\" cannot run here: there is no \"transformer\"",
        ),
        ("spans", format!("{head}pipeline = [\"sc\"]\n[components.sc]\nfactory = \"spancat\"\n"), "\"spancat\""),
        (
            "japanese",
            "[nlp]\nlang = \"ja\"\npipeline = []\ntokenizer = {\"@tokenizers\":\"spacy.ja.JapaneseTokenizer\"}\n"
                .to_owned(),
            "JapaneseTokenizer",
        ),
        (
            "missing",
            format!("{head}pipeline = [\"ner\"]\n[components.ner]\nfactory = \"ner\"\n"),
            "the pipeline has no file ner/model",
        ),
    ] {
        let folder = pipeline(name, &config);
        let error = Model::import(&folder, &ImportOptions::default()).expect_err(name).to_string();
        assert!(error.contains(message), "{error}");
        std::fs::remove_dir_all(folder).unwrap();
    }
    let nowhere = Model::import("/nowhere/at/all.whl".as_ref(), &ImportOptions::default()).expect_err("no file");
    assert!(nowhere.to_string().contains("/nowhere/at/all.whl"));
}

#[test]
fn a_component_that_cannot_run_can_be_left_out() {
    let config = "[nlp]\nlang = \"en\"\ntokenizer = {\"@tokenizers\":\"spacy.Tokenizer.v1\"}\npipeline = [\"trf\"]\n[components.trf]\nfactory = \"transformer\"\n";
    let folder = pipeline("without", config);
    let options = ImportOptions { without: vec!["trf".to_owned()], precision: Precision::F32 };
    let model = Model::import(&folder, &options).unwrap();
    assert_eq!(model.analyse("two words").tokens.len(), 2);
    let mut bytes = Vec::new();
    let digest = model.write(Precision::F32, &mut bytes).unwrap();
    assert_eq!(digest.len(), 64);
    assert_eq!(Model::read(&bytes).unwrap().info(), model.info());
    std::fs::remove_dir_all(folder).unwrap();
}
