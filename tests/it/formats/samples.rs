//! Files of each format, made here.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A ZIP archive of these parts.
pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        archive.write_all(bytes).expect("memory is enough");
    }
    archive.finish().expect("an archive").into_inner()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).expect("memory is enough");
    packed.finish().expect("memory is enough")
}

/// A tar archive; names are written as they are, whatever they say.
pub fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = tar::Header::new_ustar();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append(&header, *bytes).expect("memory is enough");
    }
    archive.into_inner().expect("memory is enough")
}

/// A Word document of these paragraphs.
pub fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let types = "<?xml version='1.0'?><Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>\
        <Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>";
    let core = "<?xml version='1.0'?><cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:title>A title</dc:title><dc:creator>Mona Haddad</dc:creator></cp:coreProperties>";
    let paragraphs: String = paragraphs
        .iter()
        .map(|text| format!("<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>{text}</w:t></w:r><w:del><w:r><w:delText>no</w:delText></w:r></w:del></w:p>"))
        .collect();
    let table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Year</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2012</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let document =
        format!("<?xml version='1.0'?><w:document xmlns:w='w'><w:body>{paragraphs}{table}</w:body></w:document>");
    let notes = "<?xml version='1.0'?><w:footnotes xmlns:w='w'><w:footnote><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    zip(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/footnotes.xml", notes.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ])
}

/// An OpenDocument text of these paragraphs.
pub fn odt(paragraphs: &[&str]) -> Vec<u8> {
    let paragraphs: String = paragraphs.iter().map(|text| format!("<text:p>{text}</text:p>")).collect();
    let content = format!(
        "<?xml version='1.0'?><office:document-content xmlns:office='o' xmlns:text='t'><office:body><office:text>\
         <text:tracked-changes><text:p>no</text:p></text:tracked-changes>{paragraphs}</office:text></office:body></office:document-content>"
    );
    zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

/// A book of these chapters, listed from last to first and read in the order of the spine.
pub fn epub(chapters: &[&str]) -> Vec<u8> {
    let container =
        "<?xml version='1.0'?><container><rootfiles><rootfile full-path='OPS/p.opf'/></rootfiles></container>";
    let (mut items, mut spine) = (String::new(), String::new());
    for index in 0..chapters.len() {
        items.insert_str(
            0,
            &format!("<item id='c{index}' href='text/c%20{index}.xhtml' media-type='application/xhtml+xml'/>"),
        );
        let _ = write!(spine, "<itemref idref='c{index}'/>");
    }
    let package = format!(
        "<?xml version='1.0'?><package xmlns:dc='d'><metadata><dc:title>A book</dc:title><dc:date>2024-12-09</dc:date></metadata>\
         <manifest>{items}</manifest><spine>{spine}</spine></package>"
    );
    let pages: Vec<(String, String)> = chapters
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let page = format!("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body><p>{text}</p></body></html>");
            (format!("OPS/text/c {index}.xhtml"), page)
        })
        .collect();
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container.as_bytes()),
        ("OPS/p.opf", package.as_bytes()),
    ];
    parts.extend(pages.iter().map(|(name, page)| (name.as_str(), page.as_bytes())));
    zip(&parts)
}

/// A message with a file attached.
pub fn message(subject: &str, text: &str, attached: Option<(&str, &[u8])>) -> String {
    let head = format!(
        "From: Mona <mona@example.org>\nTo: desk@example.org\nDate: Mon, 9 Dec 2024 10:00:00 +0300\nSubject: {subject}\nMIME-Version: 1.0\n"
    );
    let Some((name, bytes)) = attached else {
        return format!("{head}Content-Type: text/plain; charset=utf-8\n\n{text}\n");
    };
    let hex: String = bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "={byte:02X}");
        if text.len() % 73 > 69 {
            text.push_str("=\n");
        }
        text
    });
    format!(
        "{head}Content-Type: multipart/mixed; boundary=XX\n\n--XX\nContent-Type: text/plain; charset=utf-8\n\n{text}\n--XX\n\
         Content-Type: application/octet-stream; name=\"{name}\"\nContent-Disposition: attachment; filename=\"{name}\"\n\
         Content-Transfer-Encoding: quoted-printable\n\n{hex}\n--XX--\n"
    )
}

/// A mailbox of these messages.
pub fn mbox(messages: &[String]) -> String {
    messages.iter().map(|message| format!("From mona@example.org Mon Dec  9 10:00:00 2024\n{message}\n")).collect()
}

/// A web archive with one page.
pub fn warc(address: &str, page: &str) -> Vec<u8> {
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    format!("{head}{block}\r\n\r\n").into_bytes()
}

/// A PDF file of pages, each of lines from the top.
pub fn pdf(pages: &[&[&str]]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 4 + page * 2)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for (page, lines) in pages.iter().enumerate() {
        let mut content = String::from("BT /F1 11 Tf 14 TL 72 760 Td\n");
        for line in *lines {
            let _ = writeln!(content, "({}) Tj T*", line.replace('(', "\\(").replace(')', "\\)"));
        }
        content.push_str("ET");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            5 + page * 2
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    pdf_of(&objects)
}

/// A PDF file of these objects, the first of which is the catalogue.
pub fn pdf_of(objects: &[String]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let table = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ = write!(out, "trailer\n<< /Root 1 0 R /Size {} >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    out.into_bytes()
}
