//! Quotation marks, paired over the whole document.
//!
//! Knows curly, straight, low-high („ “), guillemets (« », » «) and single marks; nested quotations; quotations that go on
//! over paragraphs (each new paragraph opens again, only the last one closes); and marks that were never closed.

use crate::reading::Span;

/// A quotation: the span includes its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// From the opening mark to the closing mark, or to the end of the paragraph if none closes it.
    pub span: Span,
    /// How many quotations hold this one.
    pub depth: usize,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// Whether this goes on with the quotation of the paragraph before.
    pub continues: bool,
}

/// The families of marks; an opening mark is closed by one of its own family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Curly,
    Straight,
    Low,
    Guillemet,
    Single,
    StraightSingle,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Open,
    Close,
}

struct Open {
    at: usize,
    family: Family,
    continues: bool,
}

/// Finds the quotations of a text whose paragraphs are given, in order of their opening marks.
pub fn quotes(text: &str, paragraphs: &[Span]) -> Vec<Quote> {
    let mut found = Vec::new();
    let mut carried = None;
    for paragraph in paragraphs {
        carried = pair_paragraph(text, *paragraph, carried, &mut found);
    }
    found.sort_by_key(|q| (q.span.start, usize::MAX - q.span.end));
    found
}

/// Pairs the marks of one paragraph; returns the family of a quotation that the paragraph leaves open.
fn pair_paragraph(text: &str, paragraph: Span, carried: Option<Family>, found: &mut Vec<Quote>) -> Option<Family> {
    let marks: Vec<(usize, char)> = paragraph
        .of(text)
        .char_indices()
        .filter(|(_, c)| matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '\''))
        .map(|(at, c)| (paragraph.start + at, c))
        .collect();
    let mut open: Vec<Open> = Vec::new();
    for (i, &(at, mark)) in marks.iter().enumerate() {
        let Some((family, role)) = role(text, paragraph, at, mark, &open, &marks[i + 1..]) else { continue };
        match role {
            Role::Open => {
                let first = at == paragraph.start;
                open.push(Open { at, family, continues: first && carried == Some(family) });
            }
            Role::Close => {
                let Some(top) = open.iter().rposition(|o| o.family == family) else { continue };
                // Marks opened inside and never closed end with the one that holds them.
                let end = at + mark.len_utf8();
                let rest = marks[i + 1..].iter().filter(|(_, c)| *c == mark).count();
                // "... in the mode of “quiet diplomacy,” said X": one mark closes both, if no other is left to do so.
                let closes_outer = top > 0 && open[top - 1].family == family && rest < top && ends_clause(text, at);
                let from = if closes_outer { open.iter().position(|o| o.family == family).unwrap_or(top) } else { top };
                for (depth, o) in open.drain(from..).enumerate() {
                    let span = Span::new(o.at, end);
                    found.push(Quote { span, depth: from + depth, closed: true, continues: o.continues });
                }
            }
        }
    }
    let left = open.first().map(|o| o.family);
    for (depth, o) in open.into_iter().enumerate() {
        let span = Span::new(o.at, paragraph.end);
        found.push(Quote { span, depth, closed: false, continues: o.continues });
    }
    left
}

/// What a mark does where it stands; `None` for apostrophes, inches and feet.
fn role(
    text: &str,
    paragraph: Span,
    at: usize,
    mark: char,
    open: &[Open],
    rest: &[(usize, char)],
) -> Option<(Family, Role)> {
    let before = text[paragraph.start..at].chars().next_back();
    let after = text[at + mark.len_utf8()..paragraph.end].chars().next();
    let is_open = |family| open.iter().any(|o: &Open| o.family == family);
    let starts_word = before.is_none_or(|c| c.is_whitespace() || "([{—–-“‘\"„«".contains(c))
        && after.is_some_and(|c| !c.is_whitespace());
    match mark {
        // „Low“ marks are closed by the mark that opens in English.
        '“' if is_open(Family::Low) => Some((Family::Low, Role::Close)),
        '“' | '‟' => Some((Family::Curly, Role::Open)),
        '”' if is_open(Family::Low) && !is_open(Family::Curly) => Some((Family::Low, Role::Close)),
        // A closing mark with nothing open that starts a word was meant to open.
        '”' if !is_open(Family::Curly) => {
            (starts_word && rest.iter().any(|(_, c)| *c == '”')).then_some((Family::Curly, Role::Open))
        }
        '”' => Some((Family::Curly, Role::Close)),
        '„' => Some((Family::Low, Role::Open)),
        '«' | '»' if is_open(Family::Guillemet) => {
            let nested = mark == '«' && starts_word;
            Some((Family::Guillemet, if nested { Role::Open } else { Role::Close }))
        }
        '«' | '»' => Some((Family::Guillemet, Role::Open)),
        '"' if is_open(Family::Straight) => Some((Family::Straight, Role::Close)),
        '"' => {
            let inches = before.is_some_and(|c| c.is_ascii_digit()) && !rest.iter().any(|(_, c)| *c == '"');
            (!inches).then_some((Family::Straight, Role::Open))
        }
        '‘' => rest.iter().any(|(_, c)| *c == '’').then_some((Family::Single, Role::Open)),
        '’' => {
            let apostrophe = after.is_some_and(char::is_alphanumeric);
            (is_open(Family::Single) && !apostrophe).then_some((Family::Single, Role::Close))
        }
        '\'' if is_open(Family::StraightSingle) => {
            let apostrophe = after.is_some_and(char::is_alphanumeric);
            (!apostrophe).then_some((Family::StraightSingle, Role::Close))
        }
        '\'' => {
            let closed_later = rest.iter().any(|&(later, c)| {
                c == '\''
                    && !text[later + 1..paragraph.end].starts_with(char::is_alphanumeric)
                    && !text[..later].ends_with(char::is_whitespace)
            });
            (starts_word && closed_later).then_some((Family::StraightSingle, Role::Open))
        }
        _ => None,
    }
}

/// Whether the mark at `at` ends a clause, as a closing mark behind a comma or a full stop does.
fn ends_clause(text: &str, at: usize) -> bool {
    text[..at].trim_end().ends_with([',', '.', '?', '!', '…'])
        || text[at..].chars().nth(1).is_some_and(|c| ",.?!".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        let paragraphs = crate::text::paragraph::paragraphs(text);
        quotes(text, &paragraphs).iter().map(|q| q.span.of(text)).collect()
    }

    #[test]
    fn pairs_each_kind_of_mark() {
        assert_eq!(quoted("He said “yes” and \"no\", «так» and „nein“."), ["“yes”", "\"no\"", "«так»", "„nein“"]);
    }

    #[test]
    fn nests() {
        assert_eq!(quoted("“She called it a ‘gift’ to us,” he said."), ["“She called it a ‘gift’ to us,”", "‘gift’"]);
    }

    #[test]
    fn apostrophes_and_inches_are_no_quotations() {
        assert!(quoted("It’s the sailors’ 6\" pipe, isn't it?").is_empty());
    }

    #[test]
    fn one_mark_may_close_two() {
        let text = "“We want talks in the mode of “quiet trade,” the note says. It adds nothing.";
        assert_eq!(quoted(text), ["“We want talks in the mode of “quiet trade,”", "“quiet trade,”"]);
    }

    #[test]
    fn goes_on_over_paragraphs() {
        let text = "“The ban stays.\n\n“It helps us,” he said.";
        let found = quotes(text, &crate::text::paragraph::paragraphs(text));
        assert_eq!(found.len(), 2);
        assert!(!found[0].closed && found[1].continues && found[1].closed);
    }

    #[test]
    fn an_unclosed_mark_ends_with_its_paragraph() {
        assert_eq!(quoted("He said “yes.\n\nShe said “no.”"), ["“yes.", "“no.”"]);
    }
}
