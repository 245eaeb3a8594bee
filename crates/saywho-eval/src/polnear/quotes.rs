//! How much of a content stands within quotation marks.

use saywho::reading::AttributionType;
use saywho::{Point, PointSpan};

use crate::words::{WordSet, Words};

/// Whether the content is direct (all words but at most one inside quotation marks), mixed or indirect (no marks in or
/// touching it). `text` is the text by code points, `words` its words.
pub(super) fn kind(text: &[char], words: &Words, content: &[PointSpan]) -> AttributionType {
    let mut spans = content.to_vec();
    spans.sort();
    let (mut all, mut quoted) = (WordSet::new(), WordSet::new());
    let (mut marked, mut open) = (false, false);
    for span in spans {
        let (start, end) = (span.start.0.min(text.len()), span.end.0.min(text.len()));
        // Marks that touch the span belong to it.
        let from = if start > 0 && is_mark(text[start - 1]) { start - 1 } else { start };
        let to = if end < text.len() && is_mark(text[end]) { end + 1 } else { end };
        if let Some(first) = (from..to).find(|&at| is_mark(text[at])) {
            marked = true;
            // What stands before the first mark is quoted if that mark closes; a span without marks goes on as
            // the one before it ended.
            open = closes(text, first);
        }
        for (at, &c) in text.iter().enumerate().take(to).skip(from) {
            match c {
                '"' => open = !open,
                _ if is_mark(c) => open = opens(c),
                _ if !(start..end).contains(&at) => {}
                _ => {
                    let word = words.at(Point(at));
                    all.extend(word);
                    quoted.extend(word.filter(|_| open));
                }
            }
        }
    }
    match all.difference(&quoted).count() {
        _ if !marked => AttributionType::Indirect,
        0 | 1 => AttributionType::Direct,
        _ => AttributionType::Mixed,
    }
}

fn is_mark(c: char) -> bool {
    c == '"' || opens(c) || matches!(c, '”' | '»')
}

fn opens(c: char) -> bool {
    matches!(c, '“' | '«' | '„' | '‟')
}

/// Whether the mark at this offset closes; a straight one does unless a space, a bracket, a dash or nothing is
/// before it.
fn closes(text: &[char], at: usize) -> bool {
    match text[at] {
        '"' => at > 0 && !is_space(text[at - 1]) && !"([—-–".contains(text[at - 1]),
        mark => !opens(mark),
    }
}

/// White space, and the four ASCII separators as well.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use AttributionType::{Direct, Indirect, Mixed};

    /// The kind of the passages in braces.
    fn kind_of(marked: &str) -> AttributionType {
        let (mut text, mut spans) = (Vec::new(), Vec::new());
        for c in marked.chars() {
            match c {
                '{' => spans.push(PointSpan::points(text.len(), text.len())),
                '}' => spans.last_mut().unwrap().end = Point(text.len()),
                c => text.push(c),
            }
        }
        let words = Words::of(&text.iter().collect::<String>());
        kind(&text, &words, &spans)
    }

    #[test]
    fn marks_in_or_touching_the_content_count() {
        assert_eq!(kind_of("{“The ice is thin,”} said Lund."), Direct);
        assert_eq!(kind_of("“{The ice is thin},” said Lund."), Direct);
        assert_eq!(kind_of("Lund said {the ice was thin}."), Indirect);
        assert_eq!(kind_of("„{Das Eis ist dünn}“, sagte Lund."), Direct);
    }

    #[test]
    fn one_stray_word_is_still_direct_and_two_are_mixed() {
        assert_eq!(kind_of("Lund said {that “the ice is thin”}."), Direct);
        assert_eq!(kind_of("Lund said {that it “is thin”}."), Mixed);
    }

    #[test]
    fn straight_marks_open_after_a_space_and_close_after_a_letter() {
        assert_eq!(kind_of("{\"The ice is thin\"}, said Lund."), Direct);
        assert_eq!(kind_of("Lund (\"so {thin is the ice\" here and now})."), Mixed);
        assert_eq!(kind_of("Lund: (\"{so thin is the ice}\")"), Direct);
    }

    #[test]
    fn an_open_quotation_goes_on_in_the_next_part() {
        assert_eq!(kind_of("{“The ice} – so Lund – {is very thin} today.”"), Direct);
        assert_eq!(kind_of("{“The ice”} – so Lund – {is very thin} today."), Mixed);
    }
}
