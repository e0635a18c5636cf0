//! Turtle 1.2: each statement once, with the claims that make it as its reifiers.
//!
//! ```text
//! id:person\/1 isnad:heldAt id:facility\/2 ~ id:claim\/3 {| isnad:evidence id:evidence\/4 ; … |} .
//! << id:person\/1 isnad:heldAt id:facility\/5 ~ id:claim\/6 >> isnad:polarity isnad:polarity-negative .
//! ```
//!
//! A statement that no policy accepts is only reified and not asserted, as in the second line. Of the claims' classic
//! reification (`rdf:subject` and the like) nothing is left.

use std::io::{self, Write};
use std::mem;

use oxigraph::model::GraphNameRef;
use oxigraph::model::vocab::rdf;

use super::statements::{BUDGET, Sorted, Sorter, Statements};
use super::terms::{iri, prefixed, split};
use crate::ontology::vocabulary::{ID_NAMESPACE, PREFIXES};

/// Between the parts of a line that is sorted: no term of N-Triples has it.
const BETWEEN: char = '\t';

/// Writes the statements of all graphs as one.
///
/// # Errors
/// If the statements cannot be read or the output cannot be written.
pub fn write(statements: &Statements<'_>, out: &mut dyn Write) -> io::Result<()> {
    let claim_start = format!("<{ID_NAMESPACE}claim/");
    let (mut plain, mut claims) = (Sorter::new(BUDGET), Sorter::new(BUDGET));
    let mut claim = Claim::default();
    statements.each_graph(|name, mut lines| {
        while let Some(line) = lines.next()? {
            let line = text(line)?;
            if name != GraphNameRef::DefaultGraph && line.starts_with(&claim_start) {
                let Some((subject, predicate, object)) = split(line) else { continue };
                if claim.node != subject {
                    mem::take(&mut claim).finish(&mut claims, &mut plain)?;
                    claim.node = subject.to_owned();
                }
                claim.add(predicate, object);
            } else {
                plain.push(|bytes| bytes.extend_from_slice(line.as_bytes()))?;
            }
        }
        mem::take(&mut claim).finish(&mut claims, &mut plain)
    })?;
    let mut writer = Writer { out, subject: String::new() };
    writer.prefixes()?;
    let mut claims = Claims { sorted: claims.finish()?, next: None };
    claims.advance()?;
    let mut plain = plain.finish()?;
    while let Some(line) = plain.next()? {
        let line = text(line)?;
        while let Some((triple, claim)) = claims.take_if(|triple| triple < line)? {
            writer.reified(&triple, &claim)?;
        }
        writer.triple(line)?;
        while let Some((_, claim)) = claims.take_if(|triple| triple == line)? {
            writer.annotation(&claim)?;
        }
    }
    while let Some((triple, claim)) = claims.take_if(|_| true)? {
        writer.reified(&triple, &claim)?;
    }
    writer.end()?;
    writer.out.flush()
}

/// A claim while its lines are read.
#[derive(Default)]
struct Claim {
    node: String,
    ends: [Option<String>; 3],
    details: Vec<(String, String)>,
}

impl Claim {
    fn add(&mut self, predicate: &str, object: &str) {
        let end =
            [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT].iter().position(|end| iri(predicate) == Some(end.as_str()));
        match end {
            Some(at) if self.ends[at].is_none() => self.ends[at] = Some(object.to_owned()),
            _ => self.details.push((predicate.to_owned(), object.to_owned())),
        }
    }

    /// Puts a whole claim among the claims; one that says nothing whole stays what it is.
    fn finish(self, claims: &mut Sorter, plain: &mut Sorter) -> io::Result<()> {
        let [Some(subject), Some(predicate), Some(object)] = &self.ends else {
            let ends = [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT].into_iter().zip(&self.ends);
            for (predicate, object) in ends.filter_map(|(predicate, end)| Some((predicate, end.as_ref()?))) {
                plain.push(|line| line.extend_from_slice(format!("{} {predicate} {object}", self.node).as_bytes()))?;
            }
            for (predicate, object) in &self.details {
                plain.push(|line| line.extend_from_slice(format!("{} {predicate} {object}", self.node).as_bytes()))?;
            }
            return Ok(());
        };
        let mut details = String::new();
        for (at, (predicate, object)) in self.details.iter().enumerate() {
            let same = at > 0 && self.details[at - 1].0 == *predicate;
            match (at, same) {
                (0, _) => details += &format!("{} {}", verb(predicate), short(object)),
                (_, true) => details += &format!(", {}", short(object)),
                (_, false) => details += &format!(" ; {} {}", verb(predicate), short(object)),
            }
        }
        let line = format!("{subject} {predicate} {object}{BETWEEN}{}{BETWEEN}{details}", self.node);
        claims.push(|bytes| bytes.extend_from_slice(line.as_bytes()))
    }
}

/// The claims in order of what they say.
struct Claims {
    sorted: Sorted,
    next: Option<(String, String)>,
}

impl Claims {
    fn advance(&mut self) -> io::Result<()> {
        self.next = match self.sorted.next()? {
            Some(line) => text(line)?.split_once(BETWEEN).map(|(triple, claim)| (triple.to_owned(), claim.to_owned())),
            None => None,
        };
        Ok(())
    }

    /// The next claim, if what it says is as wanted.
    fn take_if(&mut self, wanted: impl Fn(&str) -> bool) -> io::Result<Option<(String, String)>> {
        if !self.next.as_ref().is_some_and(|(triple, _)| wanted(triple)) {
            return Ok(None);
        }
        let taken = self.next.take();
        self.advance()?;
        Ok(taken)
    }
}

struct Writer<'w> {
    out: &'w mut dyn Write,
    /// The subject of the statement that is open; none if empty.
    subject: String,
}

impl Writer<'_> {
    fn prefixes(&mut self) -> io::Result<()> {
        writeln!(self.out, "VERSION \"1.2\"")?;
        for (prefix, namespace) in PREFIXES {
            writeln!(self.out, "PREFIX {prefix}: <{namespace}>")?;
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        if !mem::take(&mut self.subject).is_empty() {
            writeln!(self.out, " .")?;
        }
        Ok(())
    }

    fn triple(&mut self, line: &str) -> io::Result<()> {
        let Some((subject, predicate, object)) = split(line) else { return Ok(()) };
        if self.subject == subject {
            write!(self.out, " ;\n    ")?;
        } else {
            self.end()?;
            write!(self.out, "\n{} ", short(subject))?;
            subject.clone_into(&mut self.subject);
        }
        write!(self.out, "{} {}", verb(predicate), short(object))
    }

    fn annotation(&mut self, claim: &str) -> io::Result<()> {
        let (node, details) = claim.split_once(BETWEEN).unwrap_or((claim, ""));
        write!(self.out, "\n        ~ {}", short(node))?;
        if details.is_empty() { Ok(()) } else { write!(self.out, " {{| {details} |}}") }
    }

    fn reified(&mut self, triple: &str, claim: &str) -> io::Result<()> {
        let (Some((subject, predicate, object)), (node, details)) =
            (split(triple), claim.split_once(BETWEEN).unwrap_or((claim, "")))
        else {
            return Ok(());
        };
        self.end()?;
        let details = if details.is_empty() { String::new() } else { format!(" {details}") };
        let (subject, predicate, object) = (short(subject), verb(predicate), short(object));
        writeln!(self.out, "\n<< {subject} {predicate} {object} ~ {} >>{details} .", short(node))
    }
}

fn text(line: &[u8]) -> io::Result<&str> {
    std::str::from_utf8(line).map_err(io::Error::other)
}

fn verb(predicate: &str) -> String {
    if iri(predicate) == Some(rdf::TYPE.as_str()) { "a".to_owned() } else { short(predicate) }
}

/// A term of N-Triples as Turtle writes it shortest.
fn short(term: &str) -> String {
    if let Some((value, datatype)) = term.strip_suffix('>').and_then(|rest| rest.rsplit_once("\"^^<")) {
        let value = &value[1..];
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let unsigned = value.strip_prefix('-').unwrap_or(value);
        let bare = match datatype.strip_prefix("http://www.w3.org/2001/XMLSchema#") {
            Some("integer") => digits(unsigned),
            Some("decimal") => unsigned.split_once('.').is_some_and(|(whole, part)| digits(whole) && digits(part)),
            Some("boolean") => value == "true" || value == "false",
            _ => false,
        };
        return if bare { value.to_owned() } else { format!("\"{value}\"^^{}", short(&format!("<{datatype}>"))) };
    }
    match iri(term).and_then(prefixed) {
        Some((prefix, local)) if local.bytes().all(is_plain) && local.as_bytes()[0] != b'-' => {
            format!("{prefix}:{}", local.replace('/', "\\/").replace('#', "\\#"))
        }
        _ => term.to_owned(),
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/' | b'#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_short_and_the_same() {
        for (term, expected) in [
            ("<https://w3id.org/isnad/id/claim/3f#x>", "id:claim\\/3f\\#x"),
            ("<https://w3id.org/isnad/id/a.b>", "<https://w3id.org/isnad/id/a.b>"),
            ("\"5\"^^<http://www.w3.org/2001/XMLSchema#integer>", "5"),
            ("\"-0.50\"^^<http://www.w3.org/2001/XMLSchema#decimal>", "-0.50"),
            ("\"5\"^^<http://www.w3.org/2001/XMLSchema#decimal>", "\"5\"^^xsd:decimal"),
            ("\"+5\"^^<http://www.w3.org/2001/XMLSchema#integer>", "\"+5\"^^xsd:integer"),
            ("\"a\\\"^^<b>\"", "\"a\\\"^^<b>\""),
            ("\"a\"@en", "\"a\"@en"),
            ("_:b", "_:b"),
        ] {
            assert_eq!(short(term), expected);
        }
    }
}
