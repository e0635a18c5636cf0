//! MessagePack as `srsly` writes it, with NumPy arrays as maps.

use rmpv::Value;

use crate::language::engine::error::{Error, Result};
use crate::language::engine::tensor::Tensor;

/// Reads one value; `file` is for messages.
pub(super) fn read(file: &str, mut bytes: &[u8]) -> Result<Value> {
    rmpv::decode::read_value(&mut bytes).map_err(|error| Error::malformed(file, error))
}

/// The entry `key` of a map.
pub(super) fn get<'a>(map: &'a Value, key: &str) -> Option<&'a Value> {
    let named = |found: &Value| found.as_str() == Some(key) || matches!(found, Value::Binary(b) if b == key.as_bytes());
    map.as_map()?.iter().find(|(found, _)| named(found)).map(|(_, value)| value)
}

/// The text of a string; MessagePack's older writers make strings binary.
pub(super) fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Binary(bytes) => std::str::from_utf8(bytes).ok(),
        value => value.as_str(),
    }
}

/// An array of 32-bit floats as `msgpack-numpy` writes it: `nd`, `type`, `shape`, `data`.
pub(super) fn array(value: &Value) -> Option<Tensor> {
    let data = get(value, "data")?.as_slice()?;
    let shape = get(value, "shape")?.as_array()?.iter().map(|side| usize::try_from(side.as_u64()?).ok());
    let shape = shape.collect::<Option<Vec<usize>>>()?;
    floats(text(get(value, "type")?)?, data).and_then(|data| Tensor::new(shape, data))
}

/// Little-endian floats of the NumPy type `kind`.
pub(super) fn floats(kind: &str, data: &[u8]) -> Option<Vec<f32>> {
    match kind {
        "<f4" => Some(data.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect()),
        "<f2" => Some(data.as_chunks::<2>().0.iter().map(|b| half::f16::from_le_bytes(*b).to_f32()).collect()),
        "<f8" => Some(data.as_chunks::<8>().0.iter().map(|b| f64::from_le_bytes(*b) as f32).collect()),
        _ => None,
    }
}
