//! Shows words with their quotation marks and shortens them without misquoting.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::words::OMISSION;
use saywho_contract::Span;

/// The quotation marks that open, and what closes them. Single marks are left out: they are apostrophes too.
const PAIRS: [(char, char); 4] = [('“', '”'), ('„', '“'), ('«', '»'), ('"', '"')];

/// The span with the quotation marks that enclose it in the text, so that quoted words can be shown as quoted.
pub(super) fn with_marks(text: &str, span: Span) -> Span {
    let (Some(before), Some(after)) = (text.get(..span.start), text.get(span.end..)) else { return span };
    let start = before.chars().next_back().filter(|c| is_mark(*c)).map(|c| span.start - c.len_utf8());
    let end = closing_mark(after).map(|length| span.end + length);
    let candidates = [(start, end), (start, Some(span.end)), (Some(span.start), end)];
    let spans = candidates.into_iter().filter_map(|(start, end)| Some(Span { start: start?, end: end? }));
    let closed = |span: &Span| text.get(span.start..span.end).is_some_and(is_balanced);
    spans.into_iter().find(closed).unwrap_or(span)
}

/// The length in bytes up to and with the mark that follows at once, or behind one sign of punctuation.
fn closing_mark(after: &str) -> Option<usize> {
    let mut chars = after.chars();
    let first = chars.next()?;
    if is_mark(first) {
        return Some(first.len_utf8());
    }
    let second = chars.next().filter(|_| matches!(first, ',' | '.' | '?' | '!' | '…'))?;
    is_mark(second).then(|| first.len_utf8() + second.len_utf8())
}

/// The words in at most `width` columns: the middle gives way to `[…]`.
///
/// Where a quotation mark lies in the part left out, quotations are closed before it and opened after it, so
/// that nothing stands within marks that did not stand within marks before.
pub(super) fn shorten(words: &str, width: usize) -> String {
    if words.width() <= width {
        return words.to_owned();
    }
    // Marks may have to be added on both sides, spaces have to be.
    let marks = if words.contains(is_mark) { 2 } else { 0 };
    let budget = width.saturating_sub(OMISSION.width() + 2 + marks);
    let head = fit_head(words, budget * 3 / 5);
    let rest = &words[head.len()..];
    let tail = fit_tail(rest, budget - head.width());
    let left_out = &rest[..rest.len() - tail.len()];
    let (head, tail) = (head.trim_end(), tail.trim_start());
    let (mut close, mut open) = (None, None);
    if left_out.contains(is_mark) {
        let opened = open_mark(None, words[..words.len() - rest.len()].chars());
        close = opened.map(|mark| mark.1);
        open = open_mark(opened, left_out.chars()).map(|mark| mark.0);
    }
    let close = close.map(String::from).unwrap_or_default();
    let open = open.map(String::from).unwrap_or_default();
    // Words left out before already have their mark.
    let head = head.strip_suffix(OMISSION).unwrap_or(head).trim_end();
    let tail = tail.strip_prefix(OMISSION).unwrap_or(tail).trim_start();
    format!("{head}{close} {OMISSION} {open}{tail}").trim().to_owned()
}

/// The longest beginning of whole words that fits; a part of the first word where it alone is too long.
fn fit_head(words: &str, width: usize) -> &str {
    let ends = words.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let whole = ends.take_while(|at| words[..*at].width() <= width).last();
    let mut used = 0;
    let cut = words.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used > width
    });
    &words[..whole.unwrap_or_else(|| cut.map_or(words.len(), |(at, _)| at))]
}

/// The longest ending of whole words that fits, if any.
fn fit_tail(words: &str, width: usize) -> &str {
    let starts = words.char_indices().rev().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let whole = starts.take_while(|at| words[*at..].trim_start().width() <= width).last();
    whole.map_or("", |at| &words[at..])
}

fn is_mark(c: char) -> bool {
    PAIRS.iter().any(|(open, close)| c == *open || c == *close)
}

/// The pair of marks that is open after these characters.
fn open_mark(mut open: Option<(char, char)>, chars: impl Iterator<Item = char>) -> Option<(char, char)> {
    for c in chars {
        open = match open {
            Some((_, close)) if c == close => None,
            None => PAIRS.into_iter().find(|pair| pair.0 == c),
            still => still,
        };
    }
    open
}

/// Whether every mark that opens is closed and none closes what was not opened.
fn is_balanced(words: &str) -> bool {
    let mut open = None;
    for c in words.chars().filter(|c| is_mark(*c)) {
        let next = open_mark(open, std::iter::once(c));
        if open.is_none() && next.is_none() {
            return false;
        }
        open = next;
    }
    open.is_none()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown<'t>(text: &'t str, content: &str) -> &'t str {
        let start = text.find(content).expect("the content is in the text");
        with_marks(text, Span::new(start, start + content.len())).of(text)
    }

    #[test]
    fn enclosing_marks_belong_to_the_shown_words() {
        assert_eq!(shown("She said: “We agree”.", "We agree"), "“We agree”");
        assert_eq!(shown("“We agree,” she said.", "We agree"), "“We agree,”");
        assert_eq!(shown("Er sagte: „Wir sind einig“.", "Wir sind einig"), "„Wir sind einig“");
        assert_eq!(shown("\"Yes,\" he said.", "Yes"), "\"Yes,\"");
        assert_eq!(shown("He would “walk out” now.", "would “walk out"), "would “walk out”");
    }

    #[test]
    fn marks_of_other_words_stay_out() {
        assert_eq!(shown("He said the ban “was harsh”.", "the ban"), "the ban");
        assert_eq!(shown("“We agree and we leave,” he said.", "We agree"), "We agree");
    }

    #[test]
    fn long_words_lose_their_middle() {
        let words = "the ban on fishing in the northern strait was never on the table at all";
        let short = shorten(words, 40);
        assert_eq!(short, "the ban on fishing in […] table at all");
        assert!(short.width() <= 40);
        assert_eq!(shorten("short enough", 12), "short enough");
    }

    #[test]
    fn quotations_are_closed_and_opened_about_an_omission() {
        let words = "a plan “nobody in the capital has read or will ever read” to the end of the coming year";
        assert_eq!(shorten(words, 44), "a plan “nobody in the” […] the coming year");
        let words = "the plan that he had been sent by post from the capital was “not worth the paper”";
        assert_eq!(shorten(words, 44), "the plan that he had […] “worth the paper”");
        let words = "“a plan that nobody in the capital has read or will ever read in full”";
        assert_eq!(shorten(words, 40), "“a plan that nobody […] read in full”");
    }

    #[test]
    fn one_endless_word_is_cut() {
        let short = shorten(&"x".repeat(90), 30);
        assert!(short.ends_with(OMISSION) && short.width() <= 30, "{short}");
    }

    proptest! {
        #[test]
        fn shortened_words_fit_and_are_the_texts_own(words in "([a-zé]{1,9}[ ,]|[“”«»\"]|[ ]){0,40}", width in 20usize..90) {
            let short = shorten(&words, width);
            prop_assert!(short.width() <= width, "{}", short);
            for part in short.split(OMISSION) {
                let part = part.trim().trim_matches(is_mark).trim();
                prop_assert!(words.contains(part), "{:?} in {:?}", part, words);
            }
        }
    }
}
