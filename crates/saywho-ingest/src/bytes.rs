//! Reading bytes with a count and with bounds.

use std::io::{self, BufRead, Read};

/// A reader that counts what was taken from it.
#[derive(Debug)]
pub(crate) struct Counted<R> {
    inner: R,
    count: u64,
}

impl<R: BufRead> Counted<R> {
    pub(crate) fn new(inner: R) -> Counted<R> {
        Counted { inner, count: 0 }
    }

    /// How many bytes were taken.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// Passes over so many bytes; fewer where the input ends. Tells how many.
    pub(crate) fn skip(&mut self, bytes: u64) -> io::Result<u64> {
        let mut left = bytes;
        while left > 0 {
            let there = self.fill_buf()?.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            if there == 0 {
                break;
            }
            self.consume(there);
            left -= there as u64;
        }
        Ok(bytes - left)
    }

    /// Reads a line with its line end into `line`, of which no more than `limit` bytes are kept. The rest of a
    /// longer line is passed over without being stored.
    pub(crate) fn line(&mut self, limit: u64, line: &mut Vec<u8>) -> io::Result<Line> {
        line.clear();
        let before = self.count;
        loop {
            let buffer = self.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let end = buffer.iter().position(|&b| b == b'\n').map(|at| at + 1);
            let taken = end.unwrap_or(buffer.len());
            let room = usize::try_from(limit).unwrap_or(usize::MAX).saturating_sub(line.len());
            line.extend_from_slice(&buffer[..taken.min(room)]);
            self.consume(taken);
            if end.is_some() {
                break;
            }
        }
        let length = self.count - before;
        Ok(match length {
            0 => Line::End,
            _ if length > limit => Line::TooLong,
            _ => Line::Whole,
        })
    }
}

/// What a line turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// There was none.
    End,
    /// It is all there.
    Whole,
    /// It is longer than allowed; only its beginning was kept.
    TooLong,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let mut buffer = self.fill_buf()?;
        let read = buffer.read(target)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        loop {
            match self.inner.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // Borrowed anew, since the loop cannot give out what it may ask for again.
                Ok(_) => return self.inner.fill_buf(),
                Err(error) => return Err(error),
            }
        }
    }

    fn consume(&mut self, bytes: usize) {
        self.count += bytes as u64;
        self.inner.consume(bytes);
    }
}

/// All bytes of a reader, or `None` where there are more than `limit`.
pub(crate) fn all(reader: impl Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    // One byte past the limit is enough to know; a pipe has no length to ask for.
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_passed_over_and_the_next_is_read() {
        let mut input = Counted::new(io::BufReader::with_capacity(3, &b"one\nmuch too long\nlast"[..]));
        let mut line = Vec::new();
        assert_eq!((input.line(5, &mut line).expect("read"), &line[..]), (Line::Whole, &b"one\n"[..]));
        assert_eq!((input.line(5, &mut line).expect("read"), &line[..]), (Line::TooLong, &b"much "[..]));
        assert_eq!((input.line(5, &mut line).expect("read"), &line[..]), (Line::Whole, &b"last"[..]));
        assert_eq!(input.line(5, &mut line).expect("read"), Line::End);
        assert_eq!(input.count(), 22);
    }

    #[test]
    fn more_than_the_limit_is_nothing() {
        assert_eq!(all(&b"four"[..], 4).expect("read").as_deref(), Some(&b"four"[..]));
        assert_eq!(all(&b"fives"[..], 4).expect("read"), None);
    }
}
