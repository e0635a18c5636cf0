//! Tokenizer rules, norms and word vectors.

use rmpv::Value;

use super::msgpack;
use super::source::Source;
use crate::language::engine::error::{Error, Result};
use crate::language::engine::tensor::{Tensor, Tensors};
use crate::language::engine::tokenizer::TokenizerSpec;

/// spaCy's numbers of the attributes in tokenizer exceptions.
const ORTH: u64 = 65;
const NORM: u64 = 67;

/// The file `tokenizer`.
pub(super) fn tokenizer(source: &mut Source) -> Result<TokenizerSpec> {
    let file = "tokenizer";
    let rules = msgpack::read(file, &source.bytes(file)?)?;
    let pattern = |name: &str| msgpack::get(&rules, name).and_then(msgpack::text).map(str::to_owned);
    let mut exceptions = Vec::new();
    for (text, tokens) in msgpack::get(&rules, "exceptions").and_then(Value::as_map).into_iter().flatten() {
        let mut pieces = Vec::new();
        for token in tokens.as_array().into_iter().flatten() {
            let value = |id: u64| {
                let mut entries = token.as_map().into_iter().flatten();
                entries
                    .find(|(key, _)| key.as_u64() == Some(id))
                    .and_then(|(_, value)| msgpack::text(value))
                    .map(str::to_owned)
            };
            pieces.push((value(ORTH).ok_or_else(|| Error::malformed(file, "an exception without text"))?, value(NORM)));
        }
        let text = msgpack::text(text).ok_or_else(|| Error::malformed(file, "an exception without text"))?;
        exceptions.push((text.to_owned(), pieces));
    }
    Ok(TokenizerSpec {
        prefix: pattern("prefix_search"),
        suffix: pattern("suffix_search"),
        infix: pattern("infix_finditer"),
        token_match: pattern("token_match"),
        url_match: pattern("url_match"),
        exceptions,
    })
}

/// The table `lexeme_norm` of `vocab/lookups.bin`: string id → norm.
pub(super) fn norms(source: &mut Source) -> Result<Vec<(u64, String)>> {
    let file = "vocab/lookups.bin";
    let Some(bytes) = source.optional(file)? else { return Ok(Vec::new()) };
    let lookups = msgpack::read(file, &bytes)?;
    let table = msgpack::get(&lookups, "lexeme_norm").and_then(Value::as_map);
    let norms = table.into_iter().flatten().map(|(key, norm)| Some((key.as_u64()?, msgpack::text(norm)?.to_owned())));
    let mut norms = norms.collect::<Option<Vec<_>>>().ok_or_else(|| Error::malformed(file, "lexeme_norm"))?;
    norms.sort_unstable();
    Ok(norms)
}

/// The word vectors: the tensor `vectors`, and the row of each string id.
pub(super) fn vectors(source: &mut Source, tensors: &mut Tensors) -> Result<Vec<(u64, u32)>> {
    let Some(table) = source.optional("vocab/vectors")? else { return Ok(Vec::new()) };
    let file = "vocab/vectors";
    let table = npy(&table).ok_or_else(|| Error::malformed(file, "not a NumPy table of floats"))?;
    if table.data.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(config) = source.optional("vocab/vectors.cfg")? {
        let config: serde_json::Value =
            serde_json::from_slice(&config).map_err(|error| Error::malformed("vocab/vectors.cfg", error))?;
        let mode = config["mode"].as_str().unwrap_or("default");
        if mode != "default" {
            return Err(Error::unsupported("vectors", format!("they are of the kind \"{mode}\"")));
        }
        if !matches!(&config["attr"], serde_json::Value::Null) && config["attr"] != "ORTH" && config["attr"] != ORTH {
            return Err(Error::unsupported("vectors", format!("they are keyed by {}", config["attr"])));
        }
    }
    let file = "vocab/key2row";
    let rows = msgpack::read(file, &source.bytes(file)?)?;
    let rows = rows.as_map().into_iter().flatten().filter(|(_, row)| row.as_i64() != Some(-1));
    let rows = rows.map(|(key, row)| Some((key.as_u64()?, u32::try_from(row.as_u64()?).ok()?)));
    let mut rows = rows.collect::<Option<Vec<_>>>().ok_or_else(|| Error::malformed(file, "not a table of rows"))?;
    rows.sort_unstable();
    tensors.insert("vectors".to_owned(), table);
    Ok(rows)
}

/// NumPy's own format: a mark, the length of a header in Python's syntax, numbers.
fn npy(bytes: &[u8]) -> Option<Tensor> {
    let rest = bytes.strip_prefix(b"\x93NUMPY")?;
    let (version, rest) = rest.split_first_chunk::<2>()?;
    let (length, rest) = match version[0] {
        1 => rest.split_first_chunk::<2>().map(|(length, rest)| (u16::from_le_bytes(*length) as usize, rest))?,
        _ => rest.split_first_chunk::<4>().map(|(length, rest)| (u32::from_le_bytes(*length) as usize, rest))?,
    };
    let (header, data) = rest.split_at_checked(length)?;
    let header = std::str::from_utf8(header).ok()?;
    let kind = header.split("'descr': '").nth(1)?.split('\'').next()?;
    if header.contains("'fortran_order': True") {
        return None;
    }
    let shape = header.split("'shape': (").nth(1)?.split(')').next()?;
    let shape = shape.split(',').map(str::trim).filter(|side| !side.is_empty()).map(|side| side.parse().ok());
    Tensor::new(shape.collect::<Option<Vec<usize>>>()?, msgpack::floats(kind, data)?)
}
