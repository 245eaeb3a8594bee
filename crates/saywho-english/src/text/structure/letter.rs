//! Letters to an editor: the address at the head, no one's words, and the name of the writer below.

use super::words::addresses;
use crate::reading::Span;

/// Most lines below a letter that tell who wrote it, and most words of one.
const SIGNATURE: (usize, usize) = (4, 12);

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// From its first to its last word, without address and signature.
    pub span: Span,
    /// The name of the one who wrote it.
    pub writer: Span,
}

/// The letters of a text, in order, and their addresses and signatures.
pub fn letters(text: &str, paragraphs: &[Span]) -> (Vec<Letter>, Vec<Span>) {
    let bodies: Vec<Option<usize>> =
        paragraphs.iter().map(|p| address(p.of(text)).map(|length| p.start + length)).collect();
    let heads: Vec<usize> = (0..paragraphs.len()).filter(|&p| bodies[p].is_some()).collect();
    let (mut letters, mut frame) = (Vec::new(), Vec::new());
    for (i, &head) in heads.iter().enumerate() {
        let end = heads.get(i + 1).copied().unwrap_or(paragraphs.len());
        let (Some(body), Some((first, writer))) = (bodies[head], signature(text, paragraphs, head + 1, end)) else {
            continue;
        };
        frame.push(Span::new(paragraphs[head].start, body));
        let last = paragraphs[first - 1].end.max(body);
        // The address may stand on a line of its own.
        let start = last - text[body..last].trim_start().len();
        letters.push(Letter { span: Span::new(start, last), writer });
        let mut next = first;
        while next < end && is_short(paragraphs[next].of(text)) {
            frame.push(paragraphs[next]);
            next += 1;
        }
    }
    (letters, frame)
}

/// How many bytes the address at the head of a letter takes: "To the editor: ".
fn address(words: &str) -> Option<usize> {
    let begins = |phrase: &&&str| words.get(..phrase.len()).is_some_and(|head| head.eq_ignore_ascii_case(phrase));
    let rest = &words[addresses().iter().find(begins)?.len()..];
    let mark = |c: char| matches!(c, ':' | ',' | '—' | '–' | '-' | '.' | ';');
    let marked = rest.is_empty() || rest.trim_start().starts_with(mark);
    marked.then(|| words.len() - rest.trim_start_matches(|c: char| mark(c) || c.is_whitespace()).len())
}

/// The first line of the signature of a letter that ends before `end`, and the name in it.
fn signature(text: &str, paragraphs: &[Span], from: usize, end: usize) -> Option<(usize, Span)> {
    // Below the signature may stand what is said of the writer; below the letter the heading of the next.
    let named = (from..end).filter_map(|p| Some((p, name(text, paragraphs[p])?)));
    let (line, writer) =
        named.into_iter().find(|(p, _)| end - p <= SIGNATURE.0 + 1 || closes(paragraphs[p - 1].of(text)))?;
    let closing = line > from && closes(paragraphs[line - 1].of(text));
    Some((line - usize::from(closing), writer))
}

/// Whether a line is short and no sentence.
fn is_short(words: &str) -> bool {
    words.split_whitespace().count() <= SIGNATURE.1 && !words.ends_with(['?', '!', '”', '"', ':'])
}

/// "Yours sincerely,"
fn closes(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    words.ends_with(',')
        && words.split_whitespace().count() <= 3
        && matches!(first, "Yours" | "Sincerely" | "Regards" | "Respectfully" | "Faithfully" | "Kind" | "Best")
}

/// The name that a line of a signature begins with: "Otto Brul, Brel", "— Otto Brul", "OTTO BRUL".
fn name(text: &str, line: Span) -> Option<Span> {
    let words = line.of(text);
    let bare = words.trim_start_matches(['—', '–', '-', '*', '_', ' ']);
    let start = line.end - bare.len();
    let name =
        bare[..bare.find([',', '\n', '(', '|', '•']).unwrap_or(bare.len())].trim_end_matches(['*', '_', ' ', '.']);
    let list: Vec<&str> = name.split_whitespace().collect();
    let part = |w: &&str| {
        w.starts_with(char::is_uppercase) || matches!(*w, "de" | "van" | "von" | "der" | "da" | "bin" | "al")
    };
    let shaped = name.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\'' | ' '));
    ((2..=5).contains(&list.len()) && list.iter().all(part) && shaped && is_short(words))
        .then(|| Span::new(start, start + name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraph::paragraphs;

    fn read(text: &str) -> (Vec<(&str, &str)>, Vec<&str>) {
        let (letters, frame) = letters(text, &paragraphs(text));
        let both = |letter: &Letter| (letter.span.of(text), letter.writer.of(text));
        (letters.iter().map(both).collect(), frame.iter().map(|span| span.of(text)).collect())
    }

    #[test]
    fn address_and_signature() {
        let text = "To the editor: I saw the pier.\n\nIt is rotten.\n\nYours sincerely,\nBo Lund\nHale, Norrland";
        assert_eq!(
            read(text),
            (
                vec![("I saw the pier.\n\nIt is rotten.", "Bo Lund")],
                vec!["To the editor: ", "Yours sincerely,", "Bo Lund", "Hale, Norrland"]
            )
        );
    }

    #[test]
    fn a_page_of_letters() {
        let text =
            "Sir, – I saw the pier.\n— Bo Lund, Hale\n\nThe mill\n\nDear editor,\nIt is for sale.\nADA TARN\nBrel";
        assert_eq!(read(text).0, [("I saw the pier.", "Bo Lund"), ("It is for sale.", "ADA TARN")]);
    }

    #[test]
    fn no_letters() {
        for text in [
            "To the editor of the Post he said no.\n\nBo Lund",
            "Sir Bo Lund left.\n\nBo Lund",
            "Sir, he said, no.\n\nHe left.",
        ] {
            assert!(read(text).0.is_empty(), "{text}");
        }
    }
}
