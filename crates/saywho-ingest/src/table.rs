//! CSV and TSV: rows with named columns, as spreadsheets write them.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::json::{Missing, Row};
use crate::pour::{Flow, Place, Pour};
use crate::{Columns, Reason, decode};

/// What stands between the cells of a row.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Bytes that the parser may read ahead of the row it gives.
const AHEAD: u64 = 64 << 10;

/// Whether a text begins with the names of columns: one of them that of a text, or two of anything else a document has, and a
/// second row that is as long. Words with spaces behind the commas may begin a sentence: all of them must be names.
pub(crate) fn looks_like_table(head: &str, columns: &Columns) -> bool {
    let Some(separator) = separator(head) else { return false };
    let mut reader =
        ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(head.as_bytes());
    let mut records = reader.records().map_while(Result::ok);
    let (Some(names), Some(row)) = (records.next(), records.next()) else { return false };
    if names.len() < 2 || names.iter().any(ends_sentence) {
        return false;
    }
    let is_of = |wanted: &[String]| names.iter().any(|name| wanted.iter().any(|wanted| same(name, wanted)));
    if names.iter().skip(1).any(|name| name.starts_with(' ')) {
        return is_of(&columns.text) && names.iter().all(|name| columns.all().any(|wanted| same(name, wanted)));
    }
    let others = [&columns.title, &columns.author, &columns.publisher, &columns.published, &columns.source];
    let known = others.into_iter().filter(|wanted| is_of(wanted)).count();
    // The last row of what is looked at may be cut.
    let as_long = row.len() == names.len() || records.next().is_none();
    is_of(&columns.text) || (as_long && known > 1)
}

fn ends_sentence(cell: &str) -> bool {
    cell.trim_end().ends_with(['.', '!', '?', '”', '’', ':'])
}

/// The separator that the first line has most of.
fn separator(head: &str) -> Option<u8> {
    let line = head.lines().next()?;
    let count = |separator: u8| line.bytes().filter(|&b| b == separator).count();
    SEPARATORS.into_iter().max_by_key(|&separator| count(separator)).filter(|&separator| count(separator) > 0)
}

fn same(name: &str, wanted: &str) -> bool {
    name.trim_matches(['\u{feff}', ' ']).eq_ignore_ascii_case(wanted)
}

/// Hands on the rows of a table whose first bytes are these. Only one in an encoding of two bytes a letter has to be in memory
/// as a whole.
pub(crate) fn read(pour: &mut Pour, head: &[u8], input: impl Read, place: &Place) -> Flow {
    let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    if !wide && pour.options.encoding.is_none() {
        let separator = separator(&String::from_utf8_lossy(head)).unwrap_or(b',');
        return rows(pour, separator, input, place);
    }
    let Some(bytes) = pour.all(input, place)? else { return Flow::Continue(()) };
    let text = decode::decode_as(&bytes, pour.options.encoding, None);
    rows(pour, separator(&text).unwrap_or(b','), text.as_bytes(), place)
}

fn rows(pour: &mut Pour, separator: u8, input: impl Read, place: &Place) -> Flow {
    let limit = pour.options.limits.document_bytes;
    let left = Rc::new(Cell::new(limit));
    let input = Bounded { inner: input, left: Rc::clone(&left), limit };
    let mut reader = ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(input);
    let names = match reader.byte_headers() {
        Ok(names) => cells(names).iter().map(|name| name.trim().to_owned()).collect::<Vec<String>>(),
        Err(error) => return pour.fail(place, reason(error)),
    };
    let (mut missing, mut record) = (Missing::default(), ByteRecord::new());
    for number in 1u64.. {
        left.set(limit.saturating_add(AHEAD));
        let name = format!("{}, row {number}", place.name);
        match next(&mut reader, &mut record) {
            Ok(false) => break,
            Ok(true) => {}
            // Where a row that is too long ends, or one in damaged bytes, cannot be told.
            Err(reason) => return pour.fail_at(name, reason),
        }
        let cells = cells(&record);
        // A text whose commas stand in no quotation marks would be cut at the first of them.
        if cells.iter().skip(names.len()).any(|cell| !cell.trim().is_empty()) {
            let what = format!(
                "it has {} cells and the header {}: a cell that holds the separator stands in quotation marks",
                cells.len(),
                names.len()
            );
            missing.hand_on(pour, name, Err(Reason::Damaged { what }))?;
            continue;
        }
        let get = |column: &str| {
            let at = names.iter().position(|name| same(name, column))?;
            Some(cells.get(at).cloned().unwrap_or_default())
        };
        let row = Row::from_columns(&pour.options.columns, get, || names.join(", "));
        let made = row.map(|row| row.piece(name.clone(), number, None, place));
        if missing.hand_on(pour, name, made)? {
            break;
        }
    }
    missing.end(pour)
}

fn next<R: Read>(reader: &mut Reader<R>, record: &mut ByteRecord) -> Result<bool, Reason> {
    reader.read_byte_record(record).map_err(reason)
}

/// The texts of the cells, decoded together: what letters a row is written in shows best in all of it.
fn cells(record: &ByteRecord) -> Vec<String> {
    let Ok(texts) = record.iter().map(std::str::from_utf8).collect::<Result<Vec<_>, _>>() else {
        let all = record.iter().collect::<Vec<_>>().join(&b'\x1f');
        return decode::decode(&all, None).split('\x1f').map(str::to_owned).collect();
    };
    texts.into_iter().map(str::to_owned).collect()
}

fn reason(error: csv::Error) -> Reason {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Reason::of(error),
        other => Reason::Damaged { what: format!("{other:?}") },
    }
}

/// No row is longer than the limit: a quotation mark that is never closed would take all that follows into memory.
struct Bounded<R> {
    inner: R,
    left: Rc<Cell<u64>>,
    limit: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            return Err(Reason::TooLarge { limit: self.limit }.into_io());
        }
        let most = usize::try_from(self.left.get()).unwrap_or(usize::MAX).min(target.len());
        let read = self.inner.read(&mut target[..most])?;
        self.left.set(self.left.get() - read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_make_a_table() {
        let is = |head: &str| looks_like_table(head, &Columns::default());
        assert!(is("id,text\n1,\"“No,” said Vasca.\"\n"));
        assert!(is("\u{feff}Title;Date;Words\nBan;2031-04-04;No\n"));
        assert!(is("url\tbody\nhttp://a.example\tNo, said Vasca.\n"));
        assert!(!is("Ilse Maren, the minister, said no.\nSo did Teo Vasca.\n"));
        assert!(!is("The title, the date and the text were missing.\nMaren said so.\n"));
        assert!(!is("Date, title\nMaren said no, however.\n"));
        assert!(!is("Content, not style, wins\nTeo Vasca, the mayor, said so.\nMaren, who leads, said yes.\n"));
        assert!(!is("Text, title and date were agreed, said Vasca.\nMaren, Brel and others said no, yes, maybe.\n"));
        assert!(is("id, text\n1, No.\n"));
        assert!(is("id,text\n1,Vasca agreed, said Maren.\n2,No.\n"));
        let own: Columns = "text=story".parse().expect("columns");
        assert!(looks_like_table("day,story\n1,No\n", &own));
    }
}
