//! Lines of a stream, none held in memory beyond a limit.

use std::io::{self, BufRead};

/// What the next line is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// It is in the buffer, without its line feed.
    Here,
    /// It has more bytes than the limit; it was skipped.
    TooLong {
        /// Its length in bytes.
        length: u64,
    },
    /// There is none.
    End,
}

/// Reads the next line into `buffer`, or skips it if it has more than `limit` bytes.
pub(super) fn next_line(reader: &mut dyn BufRead, buffer: &mut Vec<u8>, limit: u64) -> io::Result<Line> {
    buffer.clear();
    let mut length = 0_u64;
    let mut any = false;
    loop {
        let chunk = match reader.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if chunk.is_empty() {
            break;
        }
        any = true;
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let part = &chunk[..end.unwrap_or(chunk.len())];
        length += part.len() as u64;
        if length <= limit {
            buffer.extend_from_slice(part);
        } else {
            *buffer = Vec::new();
        }
        let used = part.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(match (any, length > limit) {
        (false, _) => Line::End,
        (true, true) => Line::TooLong { length },
        (true, false) => Line::Here,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[test]
    fn long_lines_are_skipped_whatever_the_size_of_the_chunks() {
        let bytes = b"one\n\nfar too long\nfour\r\nlast";
        for capacity in [1, 2, 5, 64] {
            let mut reader = BufReader::with_capacity(capacity, &bytes[..]);
            let (mut buffer, mut seen) = (Vec::new(), Vec::new());
            loop {
                match next_line(&mut reader, &mut buffer, 5).unwrap() {
                    Line::Here => seen.push(String::from_utf8(buffer.clone()).unwrap()),
                    Line::TooLong { length } => {
                        assert!(buffer.capacity() == 0);
                        seen.push(format!("<{length}>"));
                    }
                    Line::End => break,
                }
            }
            assert_eq!(seen, ["one", "", "<12>", "four\r", "last"]);
        }
    }
}
