//! Web archives: WARC and the older ARC, record by record.
//!
//! An own reader, since archives are damaged in practice and the crates that there are give up at the first bad
//! record: here a bad record is told and the next good one looked for. Of the records only those become
//! documents that hold a page that was fetched.

use std::io::{BufRead, Read};

use crate::bytes::{Counted, Line};
use crate::http::{self, Payload};
use crate::piece::{Piece, Shape, about};
use crate::pour::{Flow, Offsets, Place, Pour};
use crate::{Reason, ids};

/// The longest line of a record's head, and the most lines.
const LINE: u64 = 64 << 10;
const LINES: usize = 500;

/// So much of a record tells whether it holds a page; the rest of a film need not be read.
const PEEK: u64 = 16 << 10;

/// What a record says of itself.
#[derive(Debug, Default)]
struct Head {
    length: u64,
    address: String,
    date: String,
    content_type: String,
    kind: String,
}

/// Hands on the pages of a web archive.
pub(crate) fn read<R: BufRead>(pour: &mut Pour, input: Counted<R>, offsets: &Offsets, place: &Place) -> Flow {
    let mut records = Records { input, line: Vec::new() };
    let mut lost = false;
    loop {
        let at = records.input.count();
        let begun = records.begin();
        let at = offsets.of(begun.as_ref().map_or(at, |begun| begun.1));
        let name = at.map_or_else(|| place.name.clone(), |at| format!("{}, byte {at}", place.name));
        match begun {
            Ok((Begin::End, _)) => return Flow::Continue(()),
            Ok((Begin::Record(head), _)) => {
                lost = false;
                match records.page(&head, pour.options.limits.document_bytes) {
                    Ok(None) => {}
                    Ok(Some(payload)) => {
                        // Pages may be packed once more within the archive.
                        if let Err(reason) = pour.total.unpack(payload.body.len() as u64) {
                            return pour.fail_at(name, reason);
                        }
                        pour.give(piece(payload, head, name, at, place))?;
                    }
                    Err(reason) => {
                        let ends = ends_all(&reason);
                        pour.fail_at(name, reason)?;
                        if ends {
                            return Flow::Continue(());
                        }
                    }
                }
            }
            // One message for one damaged place, however many lines it has.
            Ok((Begin::Bad(reason), _)) if !std::mem::replace(&mut lost, true) => pour.fail_at(name, reason)?,
            Ok((Begin::Bad(_), _)) => {}
            Err(reason) => {
                let ends = ends_all(&reason);
                pour.fail_at(name, reason)?;
                if ends {
                    return Flow::Continue(());
                }
                lost = true;
            }
        }
    }
}

/// Whether nothing can come behind an error.
fn ends_all(reason: &Reason) -> bool {
    matches!(reason, Reason::Bomb { .. } | Reason::Unreadable(_) | Reason::Truncated { .. })
}

fn piece(payload: Payload, head: Head, name: String, at: Option<u64>, place: &Place) -> Piece {
    let about = about(&ids::of_address(&head.address), Some(head.address.clone()), place.file.as_deref(), at);
    Piece {
        name: format!("{name} ({})", head.address),
        bytes: payload.body,
        shape: payload.shape.unwrap_or(Shape::PageOrText),
        charset: payload.charset,
        about,
        ..Piece::default()
    }
}

/// How a record begins.
enum Begin {
    Record(Head),
    Bad(Reason),
    End,
}

struct Records<R> {
    input: Counted<R>,
    line: Vec<u8>,
}

impl<R: BufRead> Records<R> {
    /// The head of the next record and where it begins. Blank lines before it belong to the record before.
    fn begin(&mut self) -> Result<(Begin, u64), Reason> {
        loop {
            let at = self.input.count();
            match self.input.line(LINE, &mut self.line).map_err(Reason::of)? {
                Line::End => return Ok((Begin::End, at)),
                Line::Whole if self.line.trim_ascii().is_empty() => {}
                Line::Whole if self.line.starts_with(b"WARC/") => return Ok((self.warc_head()?, at)),
                Line::Whole => {
                    return Ok(match arc_head(&self.line) {
                        Some(Ok(head)) => (Begin::Record(head), at),
                        Some(Err(reason)) => (Begin::Bad(reason), at),
                        None => (Begin::Bad(damaged("no record begins here, the next one is looked for")), at),
                    });
                }
                Line::TooLong => return Ok((Begin::Bad(damaged("no record begins here")), at)),
            }
        }
    }

    fn warc_head(&mut self) -> Result<Begin, Reason> {
        let (mut head, mut length) = (Head::default(), None);
        for _ in 0..LINES {
            match self.input.line(LINE, &mut self.line).map_err(Reason::of)? {
                Line::Whole if self.line.trim_ascii().is_empty() => {
                    return Ok(match length {
                        Some(Ok(length)) => Begin::Record(Head { length, ..head }),
                        Some(Err(text)) => Begin::Bad(damaged(&format!("a record's length is \"{text}\""))),
                        None => Begin::Bad(damaged("a record does not tell its length")),
                    });
                }
                Line::Whole => {}
                Line::TooLong => return Ok(Begin::Bad(damaged("a record's head has a line without end"))),
                Line::End => return Err(Reason::Truncated { what: "the head of a record".into() }),
            }
            let line = String::from_utf8_lossy(&self.line);
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "content-length" => length = Some(value.parse::<u64>().map_err(|_| value.to_owned())),
                "warc-type" => head.kind = value.to_ascii_lowercase(),
                // Some writers put the address in angle brackets.
                "warc-target-uri" => head.address = value.trim_matches(['<', '>']).to_owned(),
                "warc-date" => head.date = value.to_owned(),
                "content-type" => head.content_type = value.to_ascii_lowercase(),
                _ => {}
            }
        }
        Ok(Begin::Bad(damaged("a record's head has too many lines")))
    }

    /// The page that the record holds, if it holds one. Afterwards the input stands behind the record.
    fn page(&mut self, head: &Head, limit: u64) -> Result<Option<Payload>, Reason> {
        let end = self.input.count().saturating_add(head.length);
        if !head.may_be_page() {
            self.pass(end)?;
            return Ok(None);
        }
        let mut block = Vec::new();
        let peeked = self.take(head.length.min(PEEK), &mut block);
        if !http::is_whole(&block) {
            peeked?;
        }
        let wanted = http::may_be_page(&block, head.has_http());
        if !wanted || head.length > limit {
            self.pass(end)?;
            return if wanted { Err(Reason::TooLarge { limit }) } else { Ok(None) };
        }
        let rest = self.take(head.length - block.len() as u64, &mut block);
        if !(head.has_http() && http::is_whole(&block)) {
            rest?;
        }
        match head.has_http() {
            true => http::payload(&block, limit),
            false => Ok(Some(Payload::plain(block, &head.content_type))),
        }
    }

    fn take(&mut self, length: u64, block: &mut Vec<u8>) -> Result<(), Reason> {
        let read = (&mut self.input).take(length).read_to_end(block).map_err(Reason::of)? as u64;
        match read < length {
            true => Err(Reason::Truncated { what: format!("{} bytes of a record are missing", length - read) }),
            false => Ok(()),
        }
    }

    fn pass(&mut self, end: u64) -> Result<(), Reason> {
        let left = end - self.input.count();
        let passed = self.input.skip(left).map_err(Reason::of)?;
        match passed < left {
            true => Err(Reason::Truncated { what: format!("{} bytes of a record are missing", left - passed) }),
            false => Ok(()),
        }
    }
}

impl Head {
    /// Whether this kind of record can hold a page that was fetched from an address.
    fn may_be_page(&self) -> bool {
        let scheme = self.address.split_once(':').map_or("", |(scheme, _)| scheme);
        let fetched = ["http", "https", "ftp", "file"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        let robots = self.address.ends_with("/robots.txt");
        fetched
            && !robots
            && match self.kind.as_str() {
                "response" => true,
                "resource" | "conversion" => http::is_page_type(&self.content_type),
                _ => false,
            }
    }

    fn has_http(&self) -> bool {
        self.kind == "response" && !self.content_type.starts_with("text/")
    }
}

/// The head of an ARC record: `address IP date type length`, where the address may hold spaces. `None` where the
/// line is none.
fn arc_head(line: &[u8]) -> Option<Result<Head, Reason>> {
    let line = String::from_utf8_lossy(line);
    let mut fields = line.trim_end().rsplitn(5, ' ');
    let (length, _type, date, _ip, address) =
        (fields.next()?, fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    if !address.contains("://") || date.len() < 8 || !date.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let head = Head { address: address.into(), date: date.into(), kind: "response".into(), ..Head::default() };
    Some(match length.parse() {
        Ok(length) => Ok(Head { length, ..head }),
        Err(_) => Err(damaged(&format!("a record's length is \"{length}\""))),
    })
}

fn damaged(what: &str) -> Reason {
    Reason::Damaged { what: what.into() }
}
