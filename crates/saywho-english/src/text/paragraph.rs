//! Paragraphs: what stands between line breaks.

use crate::reading::Span;

/// The paragraphs of a text, trimmed of white space; empty lines give none.
///
/// Texts that are wrapped at a fixed width (blank lines between paragraphs, single line breaks inside) are told from texts
/// with one paragraph a line by the length of their lines.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let blocks = if is_wrapped(text) { split(text, is_blank_line_break) } else { split(text, |_| true) };
    blocks.into_iter().filter_map(|span| trim(text, span)).collect()
}

/// Splits at line breaks that `breaks` accepts; it is given the text behind the line break.
fn split(text: &str, breaks: impl Fn(&str) -> bool) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '\n' | '\r' | '\u{2029}') && breaks(&text[at + c.len_utf8()..]) {
            spans.push(Span::new(start, at));
            start = at + c.len_utf8();
        }
    }
    spans.push(Span::new(start, text.len()));
    spans
}

fn is_blank_line_break(rest: &str) -> bool {
    rest.trim_start_matches([' ', '\t', '\u{a0}', '\r']).starts_with('\n')
}

/// Many full lines of similar length that break off within a sentence: a text wrapped by machine.
fn is_wrapped(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let (mut inner, mut broken) = (0, 0);
    for pair in lines.windows(2) {
        if pair[0].is_empty() || pair[1].is_empty() {
            continue;
        }
        inner += 1;
        let ends_open = pair[0].ends_with(|c: char| c.is_alphanumeric() || c == ',');
        let length = pair[0].chars().count();
        broken += usize::from(ends_open && (40..=120).contains(&length));
    }
    inner >= 3 && broken * 2 > inner
}

fn trim(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start().len());
    let end = span.start + words.trim_end().len();
    (start < end).then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_a_line_without_white_space() {
        let text = "  One.\r\n\r\nTwo words. \nThree.";
        let found: Vec<&str> = paragraphs(text).iter().map(|p| p.of(text)).collect();
        assert_eq!(found, ["One.", "Two words.", "Three."]);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let line = "The minister of trade of Norrland said on that day that the ban";
        let text = format!("{line}\n{line}\n{line}\nstays.\n\n{line}\nends.");
        assert_eq!(paragraphs(&text).len(), 2);
    }
}
