//! Quotation marks, paired paragraph by paragraph.
//!
//! Knows curly, straight, low-high („ “), guillemets (« », » «), single marks and those of LaTeX and old corpora (`` ''); nested
//! quotations; quotations that go on over paragraphs (each new paragraph opens again, only the last one closes); and marks
//! whose other half is lost. `mark` tells what each mark could be where it stands, `pair` which of them go together, `voice`
//! where a quotation without a closing mark ends. All of it takes time in proportion to the text.

mod mark;
mod pair;
mod voice;

use crate::reading::{Span, Unit};
use mark::{Kind, Mark, marks};
use pair::{Deed, Stack, pair};
use voice::Voices;

/// A quotation: the span includes its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// From the opening mark to the closing mark; where that is lost, to where the quoted voice ends, at the latest with
    /// the paragraph.
    pub span: Span,
    /// How many quotations hold this one.
    pub depth: usize,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// Whether this goes on with the quotation of the paragraph before.
    pub continues: bool,
}

/// Finds the quotations of a text whose paragraphs are given, in order of their opening marks.
pub fn quotes(text: &str, paragraphs: &[Span]) -> Vec<Quote> {
    let mut found = Vec::new();
    let mut carried = None;
    let mut next = paragraphs.first().map(|p| marks(text, *p)).unwrap_or_default();
    for (i, &paragraph) in paragraphs.iter().enumerate() {
        let own = std::mem::take(&mut next);
        next = paragraphs.get(i + 1).map(|p| marks(text, *p)).unwrap_or_default();
        let goes_on = paragraphs.get(i + 1).and_then(|p| next.first().filter(|m| m.span.start == p.start));
        carried = Pairing { text, paragraph, marks: &own, carried, goes_on: goes_on.map(Mark::kind) }.add(&mut found);
    }
    found.sort_by_key(|q: &Quote| (q.span.start, usize::MAX - q.span.end));
    found
}

/// The quotations with those that the format sets off as paragraphs of their own: a line that ends with a colon stands above
/// them, since others set off what is no one's words. They need no marks.
pub fn with_set_off(text: &str, paragraphs: &[Span], mut quotes: Vec<Quote>, set_off: &[Unit]) -> Vec<Quote> {
    let first = |unit: &Unit| paragraphs.partition_point(|p| p.end <= unit.span.start);
    let mut found: Vec<Quote> = Vec::new();
    for unit in set_off {
        let Some(before) = first(unit).checked_sub(1).map(|at| paragraphs[at]) else { continue };
        let continues = found.last().is_some_and(|last| last.span.end == before.end);
        let marked = unit.span.of(text).starts_with(['“', '"', '‘', '«', '„']);
        if unit.span.is_empty() || marked || !(continues || before.of(text).ends_with(':')) {
            continue;
        }
        if let Some(last) = found.last_mut().filter(|_| continues) {
            last.closed = false;
        }
        found.push(Quote { span: unit.span, depth: 0, closed: true, continues });
    }
    for quote in &mut quotes {
        quote.depth += usize::from(found.iter().any(|around| around.span.contains(quote.span)));
    }
    quotes.extend(found);
    quotes.sort_by_key(|q: &Quote| (q.span.start, usize::MAX - q.span.end));
    quotes
}

/// A paragraph with its marks.
struct Pairing<'t> {
    text: &'t str,
    paragraph: Span,
    marks: &'t [Mark],
    /// The kind of quotation that the paragraph before leaves open.
    carried: Option<Kind>,
    /// The kind of mark with which the next paragraph begins.
    goes_on: Option<Kind>,
}

impl Pairing<'_> {
    /// Adds the quotations of the paragraph; returns the kind of the one that it leaves open.
    fn add(&self, found: &mut Vec<Quote>) -> Option<Kind> {
        if self.marks.is_empty() {
            return None;
        }
        let voices = Voices::new(self.text, self.paragraph);
        let mut stack = Stack::default();
        for (mark, deed) in pair(self.marks, &voices, self.goes_on).into_iter().enumerate() {
            let before = stack;
            let Some(from) = stack.apply(deed, mark, self.marks) else { continue };
            let kept = if deed == Deed::Instead { 0 } else { self.marks[mark].span.end };
            for (depth, &open) in before.open().iter().enumerate().skip(from) {
                let open = &self.marks[open as usize];
                // Marks opened inside and never closed end with the one that holds them.
                if kept > 0 {
                    found.push(self.quote(open, kept, depth, true));
                } else {
                    let end = voices.end(open, self.end_before(mark));
                    found.push(self.quote(open, end, depth, false));
                }
            }
        }
        for (depth, &open) in stack.open().iter().enumerate() {
            let open = &self.marks[open as usize];
            let continued = depth == 0 && self.goes_on == Some(open.kind());
            let end = if continued { self.paragraph.end } else { voices.end(open, self.paragraph.end) };
            found.push(self.quote(open, end, depth, false));
        }
        stack.open().first().map(|&open| self.marks[open as usize].kind())
    }

    /// Where the words before a mark end.
    fn end_before(&self, mark: usize) -> usize {
        let start = self.marks[mark].span.start;
        self.paragraph.start + self.text[self.paragraph.start..start].trim_end().len()
    }

    fn quote(&self, open: &Mark, end: usize, depth: usize, closed: bool) -> Quote {
        let continues = open.span.start == self.paragraph.start && self.carried == Some(open.kind());
        Quote { span: Span::new(open.span.start, end.max(open.span.end)), depth, closed, continues }
    }
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
    fn what_is_set_off_below_a_colon_is_a_quotation() {
        let text = "She wrote:\n\nThe pier is “safe”.\n\nIt stays.\n\nHe left.";
        let unit = |words: &str| {
            let start = text.find(words).expect("there");
            Unit { span: Span::new(start, start + words.len()), kind: crate::reading::UnitKind::Quotation }
        };
        let paragraphs = crate::text::paragraph::paragraphs(text);
        let of = |units: &[Unit]| {
            let found = with_set_off(text, &paragraphs, quotes(text, &paragraphs), units);
            found.iter().map(|q| (q.span.of(text), q.depth, q.closed)).collect::<Vec<_>>()
        };
        let both = of(&[unit("The pier is “safe”."), unit("It stays.")]);
        assert_eq!(both, [("The pier is “safe”.", 0, false), ("“safe”", 1, true), ("It stays.", 0, true)]);
        assert_eq!(of(&[unit("He left.")]), [("“safe”", 0, true)], "no line above it announces it");
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
        let text =
            "“On the ban, the crews have asked to return to the way of “quiet trade,” the note says. It adds nothing.";
        let whole = "“On the ban, the crews have asked to return to the way of “quiet trade,”";
        assert_eq!(quoted(text), [whole, "“quiet trade,”"]);
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

    #[test]
    fn a_lost_closing_mark_spoils_nothing_behind_the_one_who_spoke() {
        for [open, close] in [["“", "”"], ["\"", "\""], ["``", "''"], ["«", "»"]] {
            let marked = |text: &str| text.replace('<', open).replace('>', close);
            let lost = marked("<The ban stays, said Maren. <It helps us,> she added. Vasca called it <unfair.>");
            let want = ["<The ban stays,", "<It helps us,>", "<unfair.>"].map(marked);
            assert_eq!(quoted(&lost), want, "{lost}");
        }
        assert_eq!(
            quoted("Maren called the ban “a gift to the north and left. Vasca spoke of “talks” with her."),
            ["“a gift to the north and left.", "“talks”"]
        );
        assert_eq!(
            quoted("“We wait. We have time. The harbour froze in March. “It was cold,” Lind said."),
            ["“We wait. We have time.", "“It was cold,”"]
        );
        assert_eq!(
            quoted(
                "Bo Tarn said: \"We will mend the lock. Ada Lind, who owns the mill, said it leaked. \"It did,\" she said."
            ),
            ["\"We will mend the lock.", "\"It did,\""]
        );
    }

    #[test]
    fn a_lost_opening_mark_spoils_nothing() {
        assert_eq!(quoted("The ban stays,\" said Maren. \"It helps us,\" she added."), ["\"It helps us,\""]);
        assert_eq!(quoted("The ban stays,” said Maren. “It helps us,” she added."), ["“It helps us,”"]);
    }

    #[test]
    fn a_mark_too_many_spoils_nothing() {
        assert_eq!(
            quoted("\"The ban stays,\"\" said Maren. \"It helps us,\" she added."),
            ["\"The ban stays,\"", "\"It helps us,\""]
        );
    }

    #[test]
    fn marks_of_two_shapes_are_one_pair() {
        assert_eq!(quoted("“The ban stays,\" said Maren."), ["“The ban stays,\""]);
        assert_eq!(quoted("“The ban stays,“ said Maren."), ["“The ban stays,“"]);
        assert_eq!(quoted("`The ban stays,' said Maren."), ["`The ban stays,'"]);
    }

    #[test]
    fn old_corpora_have_marks_of_two_characters() {
        assert_eq!(quoted("`` We stay , '' said Maren ."), ["`` We stay , ''"]);
        assert_eq!(quoted("``She said, `no,' and left,'' Vasca said."), ["``She said, `no,' and left,''", "`no,'"]);
        assert_eq!(quoted("''She said, 'no,''' Vasca said."), ["''She said, 'no,'''", "'no,'"]);
    }

    #[test]
    fn apostrophes_open_and_close_nothing() {
        for text in [
            "'We can't wait for the sailors' answer. The boys' boats are old,' said Maren.",
            "‘We can’t wait for the sailors’ answer. The boys’ boats are old,’ said Maren.",
        ] {
            assert_eq!(quoted(text), [text.strip_suffix(" said Maren.").unwrap()]);
        }
        assert!(quoted("She left in the '80s. 'Cause of the ban, he said, she 's ill.").is_empty());
        assert_eq!(quoted("\"They stay, 'cause it rains,\" he said."), ["\"They stay, 'cause it rains,\""]);
    }

    #[test]
    fn single_marks_go_on_over_paragraphs() {
        let text = "‘The ban stays.\n\n‘It helps the boys’ school,’ he said.";
        let found = quotes(text, &crate::text::paragraph::paragraphs(text));
        assert_eq!(found.len(), 2);
        assert!(!found[0].closed && found[1].continues && found[1].closed);
    }

    #[test]
    fn quotations_nest_to_a_bound() {
        let text = "\" '".repeat(500) + &"“a ‘b".repeat(5000);
        let found = quotes(&text, &crate::text::paragraph::paragraphs(&text));
        assert!(found.iter().all(|quote| quote.depth < 4));
    }
}
