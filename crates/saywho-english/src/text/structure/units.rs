//! What a text sets apart from its running words: headlines and subheadings, kickers, captions, items of lists, cells of
//! tables. No sentence, source or content goes over the edge of one.

use crate::reading::{Span, Unit, UnitKind};

/// Most words of a headline, and of a subheading.
const MOST_WORDS: (usize, usize) = (30, 14);

/// Fewest words of a paragraph that shows a text to be prose.
const PROSE: usize = 8;

/// Marks that begin an item of a list.
const BULLETS: [&str; 9] = ["•", "●", "▪", "◦", "‣", "·", "*", "-", "–"];

/// The units of a text, in order and apart: those that its format tells, and those that its lines show.
pub fn units(text: &str, paragraphs: &[Span], told: &[Unit]) -> Vec<Unit> {
    let mut found: Vec<Unit> = told.iter().filter_map(|unit| whole(text, *unit)).collect();
    let of = |kind: UnitKind| move |span: Span| Unit { span, kind };
    found.extend(headings(text, paragraphs).into_iter().map(of(UnitKind::Heading)));
    found.extend(items(text, paragraphs).into_iter().map(of(UnitKind::Item)));
    found.extend(cells(text, paragraphs).into_iter().map(of(UnitKind::Cell)));
    // What the format tells goes before what lines show: the sort is stable.
    found.sort_by_key(|unit| unit.span.start);
    let mut end = 0;
    found.retain(|unit| {
        let apart = unit.span.start >= end;
        end = end.max(unit.span.end);
        apart
    });
    found
}

/// A unit that lies within the text and holds a letter or digit.
fn whole(text: &str, unit: Unit) -> Option<Unit> {
    let words = text.get(unit.span.start..unit.span.end)?;
    words.contains(char::is_alphanumeric).then_some(unit)
}

/// Short lines without a closing mark above a paragraph of prose, or above another such line.
fn headings(text: &str, paragraphs: &[Span]) -> Vec<Span> {
    let of = |p: usize| paragraphs[p].of(text);
    let prose: Vec<bool> = paragraphs.iter().map(|p| is_prose(p.of(text))).collect();
    // In a text without full stops every line looks like a heading.
    let (closed, long) = (0..paragraphs.len())
        .filter(|&p| count(of(p)) > MOST_WORDS.1)
        .fold((0, 0), |(closed, long), p| (closed + usize::from(prose[p]), long + 1));
    let Some(first) = prose.iter().position(|prose| *prose).filter(|_| 2 * closed >= long) else { return Vec::new() };
    let mut found = Vec::new();
    // From the end, since a heading may stand above another.
    let mut above = false;
    for p in (0..paragraphs.len()).rev() {
        let heading = above && is_heading(of(p), p < first) && !goes_on(of(p), of(p + 1));
        if heading {
            found.push(paragraphs[p]);
        }
        above = heading || prose[p];
    }
    found.reverse();
    found
}

/// Whether the words may be a heading; the first ones of a text may ask, call out or quote.
fn is_heading(words: &str, first: bool) -> bool {
    let most = if first { MOST_WORDS.0 } else { MOST_WORDS.1 };
    let ends =
        |c: char| c.is_alphanumeric() || matches!(c, ')' | '’' | '\'') || (first && matches!(c, '?' | '!' | '”' | '"'));
    let begins = |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '‘' | '\'' | '“' | '"');
    (1..=most).contains(&count(words)) && words.ends_with(ends) && words.starts_with(begins) && !words.contains('\n')
}

/// Whether the next line goes on with the words of this one: text that was wrapped.
fn goes_on(words: &str, next: &str) -> bool {
    let last = words.split_whitespace().next_back().unwrap_or_default();
    let open = matches!(
        last,
        "the" | "a" | "an" | "of" | "and" | "or" | "to" | "in" | "on" | "at" | "for" | "with" | "by" | "that"
    );
    open || next.starts_with(char::is_lowercase)
}

/// A sentence at least, closed as sentences are.
fn is_prose(words: &str) -> bool {
    let closed = words.ends_with(['.', '”', '"', '’', '?', '!', '…', ')', ':']);
    count(words) >= PROSE && closed
}

fn count(words: &str) -> usize {
    words.split_whitespace().take(MOST_WORDS.0 + 1).count()
}

/// Paragraphs behind a bullet or a number, two or more below each other.
fn items(text: &str, paragraphs: &[Span]) -> Vec<Span> {
    let item: Vec<bool> = paragraphs.iter().map(|p| is_item(p.of(text))).collect();
    let beside = |p: usize| (p > 0 && item[p - 1]) || item.get(p + 1) == Some(&true);
    (0..paragraphs.len()).filter(|&p| item[p] && beside(p)).map(|p| paragraphs[p]).collect()
}

fn is_item(words: &str) -> bool {
    let spaced = |rest: &str| rest.starts_with([' ', '\t', '\u{a0}']);
    if let Some(rest) = BULLETS.iter().find_map(|bullet| words.strip_prefix(bullet)) {
        return spaced(rest);
    }
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (1..=2).contains(&digits) && words[digits..].strip_prefix(['.', ')']).is_some_and(spaced)
}

/// What stands between tabs or upright strokes, in two or more lines below each other.
fn cells(text: &str, paragraphs: &[Span]) -> Vec<Span> {
    let strokes = |p: &Span| p.of(text).matches(['\t', '|']).count();
    let row: Vec<bool> = paragraphs.iter().map(|p| strokes(p) > 0).collect();
    let beside = |p: usize| (p > 0 && row[p - 1]) || row.get(p + 1) == Some(&true);
    let mut found = Vec::new();
    for p in (0..paragraphs.len()).filter(|&p| row[p] && beside(p)) {
        let mut start = paragraphs[p].start;
        for cell in paragraphs[p].of(text).split(['\t', '|']) {
            let words = cell.trim();
            if words.contains(char::is_alphanumeric) {
                let at = start + (cell.len() - cell.trim_start().len());
                found.push(Span::new(at, at + words.len()));
            }
            start += cell.len() + 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraph::paragraphs;

    fn read(text: &str) -> Vec<&str> {
        units(text, &paragraphs(text), &[]).iter().map(|unit| unit.span.of(text)).collect()
    }

    #[test]
    fn headlines_kickers_and_subheadings() {
        let text = "ANALYSIS\n\nBan stays in Brel\n\nCrews wait for May\n\nThe ban on herring stays in force, the ministry said.\n\nWhat comes next\n\nThe ministers will meet again in Brel on Monday.";
        assert_eq!(read(text), ["ANALYSIS", "Ban stays in Brel", "Crews wait for May", "What comes next"]);
    }

    #[test]
    fn lists_and_tables() {
        let text = "Key points:\n- The ban stays.\n- Talks go on in Brel.\n\nIt may rain.";
        assert_eq!(read(text), ["- The ban stays.", "- Talks go on in Brel."]);
        assert_eq!(read("Port\tOpen\nBrel\tno\n\nThat is all."), ["Port", "Open", "Brel", "no"]);
    }

    #[test]
    fn running_text_has_no_units() {
        for text in [
            "The ban stays, she said.\n\n“No,” he said.\n\nIt rains.",
            "The minister told the crews of\nBrel that the ban would stay until the end of May.",
            "the ban stays in force\nuntil the end of May as far as anybody knows",
            "He came - and left again.",
        ] {
            assert!(read(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn what_the_format_tells_goes_first() {
        let text = "Harbour shut\n\nThe harbour of Brel was shut on Monday, the office said.";
        let told = [
            Unit { span: Span::new(0, 12), kind: UnitKind::Caption },
            Unit { span: Span::new(60, 900), kind: UnitKind::Bold },
        ];
        let found = units(text, &paragraphs(text), &told);
        assert_eq!(found, told[..1]);
    }
}
