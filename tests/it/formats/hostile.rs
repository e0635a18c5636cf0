//! Files that are made to hurt: each fails alone, with its name and what to do about it.

use std::fs;
use std::io::{Cursor, Write as _};
use std::os::unix::ffi::OsStrExt;
use std::time::{Duration, Instant};

use isnad::ingest::{Options, discover, read_bytes};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::support::Workspace;
use super::{SENTENCE, documents, samples};

/// What reading a file of these bytes comes to: sources, and first lines of errors.
fn told(name: &str, bytes: &[u8], options: &Options) -> (Vec<String>, Vec<String>) {
    let (mut read, mut failed) = (Vec::new(), Vec::new());
    for outcome in read_bytes(name, bytes, options) {
        match outcome {
            Ok(document) => read.push(document.source),
            Err(error) => {
                assert!(error.to_string().contains("hint: "), "{error}");
                failed.push(error.to_string().lines().next().unwrap_or_default().to_owned());
            }
        }
    }
    (read, failed)
}

fn small() -> Options {
    Options { max_bytes: 1 << 20, ..Options::default() }
}

#[test]
fn bombs() {
    let zeros = vec![b' '; 40 << 20];
    let flat = samples::zip(&[("a.txt", SENTENCE.as_bytes()), ("b.txt", &zeros), ("c.txt", SENTENCE.as_bytes())]);
    let (read, failed) = told("flat.zip", &flat, &small());
    assert_eq!(read, ["flat.zip!/a.txt", "flat.zip!/c.txt"], "one that is too long fails alone");
    assert!(
        failed[0].starts_with("flat.zip!/b.txt: what it holds is more than the limit of 1048576 bytes"),
        "{failed:?}"
    );

    // Many entries that are each below the limit of one text.
    let mut many = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..60 {
        many.start_file(format!("{index}.txt"), SimpleFileOptions::default()).expect("an entry");
        many.write_all(&zeros[..1 << 20]).expect("memory is enough");
    }
    let many = many.finish().expect("an archive").into_inner();
    let start = Instant::now();
    let (read, failed) = told("many.zip", &many, &small());
    assert!(
        read.is_empty() && failed.last().is_some_and(|last| last.contains("more than 200 times its size")),
        "{failed:?}"
    );
    assert!(failed.len() < 40, "the rest is not unpacked");
    assert!(start.elapsed() < Duration::from_secs(10));

    let packed = samples::gzip(&samples::gzip(&zeros));
    let (_, failed) = told("twice.txt.gz", &packed, &Options { max_bytes: 1 << 24, ..Options::default() });
    assert_eq!(failed.len(), 1, "{failed:?}");
    let document = samples::zip(&[("[Content_Types].xml", &zeros)]);
    let (_, failed) = told("bomb.docx", &document, &small());
    assert!(failed[0].contains("200 times") || failed[0].contains("limit"), "{failed:?}");
}

#[test]
fn archives_in_archives() {
    let mut inner = samples::zip(&[("a.txt", SENTENCE.as_bytes())]);
    for depth in 0..12 {
        inner = samples::zip(&[(format!("{depth}.zip").as_str(), &inner), ("beside.txt", SENTENCE.as_bytes())]);
    }
    let (read, failed) = told("deep.zip", &inner, &Options::default());
    assert_eq!(read.len(), 6, "{read:?}");
    assert!(failed.len() == 1 && failed[0].contains("archives lie more than 6 deep"), "{failed:?}");
}

#[test]
fn names_that_lead_elsewhere() {
    let names = ["../../../etc/a.txt", "/etc/b.txt", "..\\c.txt", "d/./e.txt", "f\u{1b}[31m.txt"];
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, SENTENCE.as_bytes())).collect();
    let expected = ["!/etc/a.txt", "!/etc/b.txt", "!/c.txt", "!/d/e.txt", "!/f\u{fffd}[31m.txt"];
    for (archive, bytes) in [("z.zip", samples::zip(&entries)), ("z.tar", samples::tar(&entries))] {
        let (read, failed) = told(archive, &bytes, &Options::default());
        let expected: Vec<String> = expected.iter().map(|name| format!("{archive}{name}")).collect();
        assert_eq!(read, expected, "{failed:?}");
    }
    // Links and devices in archives are nothing to read.
    let mut archive = tar::Builder::new(Vec::new());
    for (name, kind) in [
        ("link.txt", tar::EntryType::Symlink),
        ("device.txt", tar::EntryType::Char),
        ("pipe.txt", tar::EntryType::Fifo),
    ] {
        let mut header = tar::Header::new_ustar();
        header.set_path(name).expect("a name");
        header.set_entry_type(kind);
        header.set_link_name("/etc/passwd").expect("a name");
        header.set_size(0);
        header.set_cksum();
        archive.append(&header, &b""[..]).expect("memory is enough");
    }
    let (read, failed) = told("links.tar", &archive.into_inner().expect("memory is enough"), &Options::default());
    assert!(read.is_empty() && failed[0].contains("nothing in it can be read"), "{read:?} {failed:?}");
}

#[test]
fn what_is_cut_off_or_damaged() {
    let message = samples::message("s", SENTENCE, None);
    for (name, bytes) in [
        ("a.zip", samples::zip(&[("a.txt", SENTENCE.as_bytes())])),
        ("a.docx", samples::docx(&[SENTENCE])),
        ("a.txt.gz", samples::gzip(&SENTENCE.repeat(100).into_bytes())),
        ("a.warc", samples::warc("https://a.example", "<html><p>He was freed.</p></html>")),
    ] {
        for length in [bytes.len() / 3, bytes.len() / 2, bytes.len() - 9] {
            let (_, failed) = told(name, &bytes[..length], &Options::default());
            assert_eq!(failed.len(), 1, "{name} of {length} bytes: {failed:?}");
        }
        // Any byte may be wrong: an error or another text, but an end.
        for at in (0..bytes.len()).step_by(7) {
            let mut wrong = bytes.clone();
            wrong[at] ^= 0x55;
            read_bytes(name, &wrong, &small());
        }
    }
    let pdf = samples::pdf(&[&[SENTENCE], &[SENTENCE]]);
    for at in (0..pdf.len()).step_by(5) {
        let mut wrong = pdf.clone();
        wrong[at] ^= 0x15;
        read_bytes("a.pdf", &wrong, &small());
        read_bytes("a.pdf", &pdf[..at], &small());
    }
    assert_eq!(told("a.eml", message.as_bytes(), &Options::default()).0, ["a.eml"]);
    for (name, bytes, words) in [
        ("old.doc", &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], "an old or encrypted office document"),
        ("a.pdf", b"hello", "not what its name says"),
        ("a.docx", b"hello", "not what its name says"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\0", "7-Zip"),
        ("map.xml", b"<?xml version='1.0'?><kml/>", "XML of the kind <kml>"),
        ("page.xml", b"<?xml version='1.0'?><rss><channel>", "cut off"),
    ] {
        let (_, failed) = told(name, bytes, &Options::default());
        assert!(failed.len() == 1 && failed[0].contains(words), "{name}: {failed:?}");
    }
}

/// Objects of a file with one page that shows what `content` says.
fn one_page(content: &str, more: &[&str]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /X 5 0 R >> /Font << /F1 6 0 R >> >> /Contents 4 0 R >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    objects.extend(more.iter().map(|object| (*object).to_owned()));
    samples::pdf_of(&objects)
}

#[test]
fn pdf_files_that_loop() {
    let workspace = Workspace::new();
    let form = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 11 >>\nstream\n/X Do /X Do\nendstream";
    workspace.write("form.pdf", one_page("/X Do", &[form]));
    let tree =
        ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"].map(str::to_owned);
    workspace.write("tree.pdf", samples::pdf_of(&tree));
    let picture = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>\nstream\nx\nendstream";
    workspace.write("scan.pdf", one_page("/X Do", &[picture]));
    workspace.write("good.txt", SENTENCE);
    let start = Instant::now();
    let ran = workspace.run(&["extract", "--reading", "fast", "form.pdf", "tree.pdf", "scan.pdf", "good.txt"]);
    ran.fails(1, &["form.pdf", "tree.pdf", "scan.pdf: the PDF file has no text, only pictures", "ocrmypdf"]);
    assert_eq!(documents(&ran.stdout).len(), 1);
    assert!(start.elapsed() < Duration::from_secs(50), "{:?}", start.elapsed());
}

#[test]
fn a_pdf_file_that_wants_all_the_memory() {
    let workspace = Workspace::new();
    // Three layers of DEFLATE: a few kilobytes that unpack to gigabytes.
    let layer = |bytes: &[u8]| {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(bytes).expect("memory is enough");
        packed.finish().expect("memory is enough")
    };
    let inner = layer(&vec![b' '; 64 << 20]);
    let chunk: Vec<u8> = inner.repeat(1);
    let outer = layer(&chunk);
    let filters = "[/FlateDecode /FlateDecode]";
    let hex: String = outer.iter().map(|byte| format!("{byte:02x}")).collect();
    let content = format!(
        "<< /Length {} /Filter [/ASCIIHexDecode {} >>\nstream\n{hex}>\nendstream",
        hex.len() + 1,
        filters.trim_start_matches('[')
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents [{}] >>", "4 0 R ".repeat(80)),
        content,
    ];
    workspace.write("bomb.pdf", samples::pdf_of(&objects));
    workspace.write("good.txt", SENTENCE);
    let start = Instant::now();
    let ran = workspace.run(&["extract", "--reading", "fast", "bomb.pdf", "good.txt"]);
    ran.fails(1, &["bomb.pdf: reading the PDF file took", "hint:"]);
    assert_eq!(documents(&ran.stdout).len(), 1, "the rest of the batch is read");
    assert!(start.elapsed() < Duration::from_secs(55), "{:?}", start.elapsed());
}

#[test]
fn names_that_are_no_text_and_files_of_nobody() {
    let workspace = Workspace::new();
    let name = std::ffi::OsStr::from_bytes(b"in/\xff\xfe.txt");
    fs::create_dir_all(workspace.path("in")).expect("a folder");
    fs::write(workspace.root().join(name), SENTENCE).expect("a file");
    let ran = workspace.run(&["extract", "--reading", "fast", "in"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(documents(&ran.stdout).keys().collect::<Vec<_>>(), ["in/\u{fffd}\u{fffd}.txt"]);
}

#[test]
fn thousands_of_tiny_files_and_of_messages() {
    let folder = tempfile::tempdir().expect("a folder");
    for outer in 0..100 {
        let inner = folder.path().join(outer.to_string());
        fs::create_dir(&inner).expect("a folder");
        for file in 0..100 {
            fs::write(inner.join(format!("{file}.txt")), "He was freed.").expect("a file");
        }
    }
    let mbox = folder.path().join("all.mbox");
    let mut file = fs::File::create(&mbox).expect("a file");
    let message = samples::mbox(&[samples::message("s", SENTENCE, None)]);
    for _ in 0..10 {
        file.write_all(message.repeat(1_000).as_bytes()).expect("space");
    }
    drop(file);
    let options = Options::default();
    let mut count = 0;
    for source in discover(&[folder.path().display().to_string()], &options) {
        source.expect("a source").read(&options, &mut |outcome| {
            outcome.expect("a document");
            count += 1;
        });
    }
    assert_eq!(count, 20_000);
}

#[test]
fn large_files_are_read_as_streams() {
    let workspace = Workspace::new();
    // A gigabyte of which nothing is text, in one line, row, message or entry after a good one.
    let gigabyte = |name: &str, head: &str| {
        let path = workspace.write(name, head);
        fs::OpenOptions::new().write(true).open(path).expect("a file").set_len(1 << 30).expect("a sparse file");
    };
    gigabyte("rows.csv", &format!("text\n{SENTENCE}\n\""));
    gigabyte(
        "box.mbox",
        &samples::mbox(&[samples::message("s", SENTENCE, None), "From: a\nTo: b\nSubject: c\n\n".to_owned()]),
    );
    gigabyte("list.json", &format!("[{{\"text\": \"{SENTENCE}\"}}, {{\"text\": \""));
    for name in ["rows.csv", "box.mbox", "list.json"] {
        let ran = workspace.run(&["build", "--json", "--reading", "fast", name]);
        ran.fails(1, &[name, "limit", "--max-size"]);
        let summary: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert_eq!(summary["failed"], 1, "{name}: {summary}");
        assert!(summary["peak_memory_mib"].as_u64().is_none_or(|peak| peak < 1200), "{name}: {summary}");
    }
}
