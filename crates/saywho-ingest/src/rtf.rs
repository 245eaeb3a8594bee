//! Rich Text Format: text, items of lists, rows of tables. The crates that parse it take the letters of code pages for those of
//! Unicode, which spoils every quotation mark, and fail on what is damaged; what is needed of the format is little.

use encoding_rs::{Encoding, WINDOWS_1252};
use saywho::Document;
use saywho::reading::UnitKind;

use crate::Reason;
use crate::paragraphs::Paragraphs;

/// No word processor nests groups deeper.
const DEEPEST: usize = 1000;

/// Groups whose words are no part of the text. Those that begin with `\*` are passed over as well, as the format wants it of
/// groups that a reader does not know.
const UNSEEN: [&str; 22] = [
    "colortbl",
    "comment",
    "datafield",
    "filetbl",
    "fonttbl",
    "footer",
    "footerf",
    "footerl",
    "footerr",
    "footnote",
    "ftnsep",
    "header",
    "headerf",
    "headerl",
    "headerr",
    "listoverridetable",
    "listtable",
    "objdata",
    "pict",
    "stylesheet",
    "themedata",
    "xe",
];

/// What is told of an RTF file in the letters that stand in it: it begins so.
pub(crate) const MARK: &[u8] = b"{\\rtf";

/// The text of an RTF file, with what its head tells.
pub(crate) fn document(bytes: &[u8]) -> Result<Document, Reason> {
    let mut reader =
        Rtf { rest: bytes, pending: Vec::new(), encoding: WINDOWS_1252, skip: 0, in_item: false, cells: false };
    let mut writer = Paragraphs::default();
    let mut document = Document::default();
    let mut groups: Vec<Group> = Vec::new();
    let mut group = Group { skipped: 1, ..Group::default() };
    while let Some(token) = reader.next() {
        if !matches!(token, Token::Byte(_)) {
            reader.write(&group, &mut writer, &mut document);
            reader.skip = 0;
        }
        match token {
            Token::Open if groups.len() >= DEEPEST => return Err(Reason::TooDeep),
            Token::Open => groups.push(group.clone()),
            Token::Close => match groups.pop() {
                Some(outer) => group = outer,
                None => break,
            },
            Token::Byte(byte) if reader.skip > 0 && byte != b'\n' => reader.skip -= 1,
            Token::Byte(byte) => reader.pending.push(byte),
            Token::Letter(letter) => put(&letter.to_string(), &group, &mut writer, &mut document),
            Token::Word(word, number) => reader.word(word, number, &mut group, &mut writer, &mut document),
        }
    }
    reader.write(&group, &mut writer, &mut document);
    (document.text, document.units) = writer.finish();
    match document.text.is_empty() {
        true => Err(Reason::Empty),
        false => Ok(document),
    }
}

/// What holds up to the end of a group.
#[derive(Clone, Default)]
struct Group {
    unseen: bool,
    /// A part of the head that is told: "title".
    about: Option<&'static str>,
    bold: bool,
    hidden: bool,
    /// Struck out in review.
    deleted: bool,
    /// How many letters behind one of Unicode stand for it where Unicode is not known.
    skipped: usize,
}

enum Token<'b> {
    Open,
    Close,
    Byte(u8),
    Letter(char),
    Word(&'b [u8], Option<i32>),
}

struct Rtf<'b> {
    rest: &'b [u8],
    /// Bytes of text in the encoding of the file.
    pending: Vec<u8>,
    encoding: &'static Encoding,
    /// Letters to pass over.
    skip: usize,
    in_item: bool,
    /// Whether the paragraph is a row of a table.
    cells: bool,
}

impl<'b> Rtf<'b> {
    fn next(&mut self) -> Option<Token<'b>> {
        let (&first, behind) = self.rest.split_first()?;
        self.rest = behind;
        match first {
            b'{' => Some(Token::Open),
            b'}' => Some(Token::Close),
            b'\r' | b'\n' | 0 => self.next_after_line(),
            b'\\' => Some(self.control()),
            byte => Some(Token::Byte(byte)),
        }
    }

    /// Line ends of the file mean nothing.
    fn next_after_line(&mut self) -> Option<Token<'b>> {
        let seen = self.rest.iter().position(|b| !matches!(b, b'\r' | b'\n' | 0)).unwrap_or(self.rest.len());
        self.rest = &self.rest[seen..];
        self.next()
    }

    fn control(&mut self) -> Token<'b> {
        let Some((&first, behind)) = self.rest.split_first() else { return Token::Byte(b'\\') };
        if !first.is_ascii_alphabetic() {
            self.rest = behind;
            return match first {
                b'\'' => self.hexadecimal(),
                b'~' => Token::Letter('\u{a0}'),
                b'_' => Token::Letter('\u{2011}'),
                b'\r' | b'\n' => Token::Word(b"par", None),
                b'*' => Token::Word(b"*", None),
                b'-' | b':' | b'|' => Token::Word(b"", None),
                other => Token::Byte(other),
            };
        }
        let end = self.rest.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[sign..].iter().take_while(|b| b.is_ascii_digit()).count();
        let (number, rest) = if digits > 0 { rest.split_at(sign + digits) } else { (&rest[..0], rest) };
        // One space ends the word and belongs to it.
        self.rest = rest.strip_prefix(b" ").unwrap_or(rest);
        let number = std::str::from_utf8(number).ok().and_then(|number| number.parse().ok());
        if let (b"bin", Some(length)) = (word, number) {
            let length = usize::try_from(length).unwrap_or(0).min(self.rest.len());
            self.rest = &self.rest[length..];
        }
        Token::Word(word, number)
    }

    fn hexadecimal(&mut self) -> Token<'b> {
        let digits = self.rest.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                self.rest = &self.rest[2..];
                Token::Byte(byte)
            }
            None => Token::Word(b"", None),
        }
    }

    /// Writes the bytes that have come.
    fn write(&mut self, group: &Group, writer: &mut Paragraphs, document: &mut Document) {
        if !self.pending.is_empty() {
            let text = self.encoding.decode_without_bom_handling(&self.pending).0.into_owned();
            self.pending.clear();
            put(&text, group, writer, document);
        }
    }

    fn word(
        &mut self,
        word: &[u8],
        number: Option<i32>,
        group: &mut Group,
        writer: &mut Paragraphs,
        document: &mut Document,
    ) {
        let letter = match word {
            b"lquote" => '‘',
            b"rquote" => '’',
            b"ldblquote" => '“',
            b"rdblquote" => '”',
            b"endash" => '–',
            b"emdash" => '—',
            b"bullet" => '•',
            b"tab" | b"emspace" | b"enspace" => ' ',
            b"u" => {
                self.skip = group.skipped;
                // Negative where it is larger than a signed number of two bytes; halves of pairs are put together.
                unicode(number.unwrap_or(0), &mut self.rest)
            }
            _ => '\0',
        };
        if letter != '\0' {
            return put(&letter.to_string(), group, writer, document);
        }
        let on = number != Some(0);
        match word {
            b"*" => group.unseen = true,
            b"info" => group.unseen = true,
            b"title" | b"author" if group.unseen => {
                group.about = Some(if word == b"title" { "title" } else { "author" })
            }
            b"ansicpg" => {
                let page = number.map(|page| format!("windows-{page}"));
                self.encoding = page.and_then(|page| Encoding::for_label(page.as_bytes())).unwrap_or(WINDOWS_1252);
            }
            b"mac" => self.encoding = encoding_rs::MACINTOSH,
            b"uc" => group.skipped = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            b"v" => group.hidden = on,
            b"deleted" => group.deleted = on,
            b"b" => group.bold = on,
            b"plain" => (group.bold, group.hidden) = (false, false),
            b"line" => writer.line_end(),
            b"cell" => {
                writer.cell_end();
                writer.inline(" ");
                writer.cell_start();
            }
            b"intbl" if !self.cells => {
                self.cells = true;
                writer.cell_start();
            }
            b"row" => {
                self.cells = false;
                writer.paragraph_end();
            }
            b"listtext" | b"pntext" => {
                group.unseen = true;
                self.item(writer);
            }
            b"ls" if !group.unseen => self.item(writer),
            b"par" | b"sect" | b"page" if !group.unseen => {
                if self.cells {
                    return writer.inline(" ");
                }
                writer.paragraph_end();
                if std::mem::take(&mut self.in_item) {
                    writer.unit_end();
                }
            }
            _ if UNSEEN.iter().any(|unseen| unseen.as_bytes() == word) => group.unseen = true,
            _ => {}
        }
    }

    fn item(&mut self, writer: &mut Paragraphs) {
        if !self.cells && !std::mem::replace(&mut self.in_item, true) {
            writer.unit_start(UnitKind::Item);
        }
    }
}

/// The letter of a number; of the first half of a pair also the second is taken.
fn unicode(number: i32, rest: &mut &[u8]) -> char {
    let unit = |number: i32| u32::from(number as u16);
    let first = unit(number);
    if (0xd800..0xdc00).contains(&first) {
        let Some(at) = rest.iter().take(8).position(|&b| b == b'\\').filter(|&at| rest.get(at + 1) == Some(&b'u'))
        else {
            return '\u{fffd}';
        };
        let digits: String =
            rest[at + 2..].iter().take_while(|b| b.is_ascii_digit() || **b == b'-').map(|&b| char::from(b)).collect();
        let second = digits.parse().map(unit).unwrap_or(0);
        if (0xdc00..0xe000).contains(&second) {
            let behind = &rest[at + 2 + digits.len()..];
            *rest = behind.strip_prefix(b" ").unwrap_or(behind);
            return char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)).unwrap_or('\u{fffd}');
        }
    }
    char::from_u32(first).filter(|&c| c != '\0').unwrap_or('\u{fffd}')
}

fn put(text: &str, group: &Group, writer: &mut Paragraphs, document: &mut Document) {
    match group.about {
        Some("title") => document.title.get_or_insert_default().push_str(text),
        Some(_) if document.authors.is_empty() => document.authors.push(text.to_owned()),
        Some(_) => document.authors[0].push_str(text),
        None if group.unseen || group.hidden || group.deleted => {}
        None if group.bold => {
            writer.bold_start();
            writer.inline(text);
            writer.bold_end();
        }
        None => writer.inline(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rtf: &str) -> Document {
        document(rtf.as_bytes()).expect("a text")
    }

    #[test]
    fn letters_of_code_pages_and_of_unicode_are_read() {
        let found = read(
            "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Times;}}{\\info{\\title The ban}{\\author Ada Lind}}\n\\pard \
             \\ldblquote We won\\'92t yield\\'94, Hedda Rook\\line said.\\par Ren\\u233?  H\\u248\\'f8st \\{left\\}.\\par\n}",
        );
        assert_eq!(found.text, "“We won’t yield”, Hedda Rook\nsaid.\n\nRené Høst {left}.");
        assert_eq!((found.title.as_deref(), &found.authors[..]), (Some("The ban"), &["Ada Lind".to_owned()][..]));
    }

    #[test]
    fn rows_items_and_bold_paragraphs_stand_apart() {
        let found = read(
            "{\\rtf1\\ansi {\\b Why?}\\par {\\listtext 1.\\tab}One\\par Two\\par \
             \\trowd\\intbl Brel\\cell open\\cell\\row\\pard {\\*\\new x}{\\pict 00ff}End\\par}",
        );
        assert_eq!(found.text, "Why?\n\nOne\n\nTwo\n\nBrel open\n\nEnd");
        let units: Vec<_> = found.units.iter().map(|unit| (unit.span.of(&found.text), unit.kind)).collect();
        let cell = UnitKind::Cell;
        assert_eq!(units, [("Why?", UnitKind::Bold), ("One", UnitKind::Item), ("Brel", cell), ("open", cell)]);
    }

    #[test]
    fn what_was_deleted_in_review_is_no_text() {
        assert_eq!(
            read("{\\rtf1 The ban {\\deleted\\revauthdel1 goes}\\deleted  now\\deleted0 stays.}").text,
            "The ban stays."
        );
    }

    #[test]
    fn what_is_damaged_is_read_as_far_as_it_goes() {
        assert_eq!(read("{\\rtf1 One {two \\'9").text, "One two 9");
        assert!(matches!(document(b"{\\rtf1 {\\*\\x"), Err(Reason::Empty)));
        assert!(matches!(document("{\\rtf1 ".repeat(2000).as_bytes()), Err(Reason::TooDeep)));
    }
}
