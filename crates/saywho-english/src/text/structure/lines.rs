//! Single lines that set words beside a name: "Ilse Maren: “We agree.”", a quotation with "— Ilse Maren, minister" behind it, a post
//! with "— Ilse Maren (@maren)" below it, and headlines: "Maren: ban must go", "Ban must go, Maren says".

use super::label::{Label, Style, is_clause, label};
use super::turn::{Form, Turn};
use crate::reading::Span;
use crate::text::quote::Quote;
use crate::words::{is_body, is_document, is_starter, is_title};

/// Fewest words of a quotation that a name is set beside.
const QUOTED: usize = 3;

/// Most words of a name with its title behind a quotation.
const SIGNATURE: usize = 14;

/// Most words of a name that a headline begins with, if it has no title: "Big Win for Maren" is none.
const NAME: usize = 3;

/// Most words of a headline.
const HEADLINE: usize = 30;

/// Verbs that stand behind the name at the end of a headline.
const SAYS: [&str; 12] =
    ["says", "say", "said", "warns", "warn", "claims", "admits", "insists", "suggests", "believes", "reports", "tells"];

/// How much of a text below a subheading is searched for a name in it, in bytes.
const BELOW: usize = 4000;

/// How often a line is what it looks like. In the training articles of PolNeAR seven of eight headlines are.
const CERTAIN: f32 = 0.95;
const CERTAIN_HEADLINE: f32 = 0.88;

/// The turns of single lines, in order. `taken` tells which paragraphs are spoken for, `heading` which are headings.
pub fn lines(
    text: &str,
    paragraphs: &[Span],
    quotes: &[Quote],
    taken: impl Fn(Span) -> bool,
    heading: impl Fn(Span) -> bool,
) -> Vec<Turn> {
    let mut found: Vec<Turn> = Vec::new();
    for (i, paragraph) in paragraphs.iter().enumerate() {
        if taken(*paragraph) {
            continue;
        }
        if (i == 0 && paragraphs.len() > 1) || heading(*paragraph) {
            let most = if i == 0 { text.len() } else { text.len().min(paragraph.end + BELOW) };
            let below = &text[paragraph.end..text.floor_char_boundary(most)];
            if let Some(turn) = headline(text, *paragraph, below) {
                found.push(turn);
                continue;
            }
        }
        // What a headline ascribes is told by its own rules.
        let line = if i == 0 && paragraphs.len() > 1 { None } else { named_quote(text, *paragraph, quotes) };
        let turn = line.or_else(|| {
            let before = i.checked_sub(1).map(|b| paragraphs[b]).filter(|b| !taken(*b));
            post(text, *paragraph, before)
                .or_else(|| signed(text, *paragraph, quotes))
                .or_else(|| signed_below(text, *paragraph, before?, quotes))
        });
        let Some(turn) = turn else { continue };
        // A quotation is signed once.
        let start = turn.body.first().map_or(turn.label.start, |b| b.start.min(turn.label.start));
        if found.last().is_none_or(|last| end(last) <= start) {
            found.push(turn);
        }
    }
    found
}

/// Behind the last character of a turn.
fn end(turn: &Turn) -> usize {
    turn.body.iter().map(|b| b.end).max().unwrap_or(0).max(turn.label.end)
}

/// The quotations that begin within a span.
fn within(quotes: &[Quote], span: Span) -> &[Quote] {
    let first = quotes.partition_point(|q| q.span.start < span.start);
    let last = quotes.partition_point(|q| q.span.start < span.end);
    &quotes[first..last]
}

/// The one quotation that all of a span is.
fn all_quoted(text: &str, span: Span, quotes: &[Quote]) -> Option<Span> {
    let quote = within(quotes, span).iter().find(|q| q.depth == 0 && q.span.start == span.start && q.closed)?;
    let rest = &text[quote.span.end..span.end];
    let long = quote.span.of(text).split_whitespace().count() >= QUOTED;
    (long && rest.trim().trim_matches(['.', ',', '*', '_']).is_empty()).then_some(quote.span)
}

/// "Ilse Maren: “We agree.”"
fn named_quote(text: &str, paragraph: Span, quotes: &[Quote]) -> Option<Turn> {
    let label = label(text, paragraph).filter(|l| matches!(l.style, Style::Name | Style::Capitals))?;
    let quote = all_quoted(text, Span::new(label.body, paragraph.end), quotes)?;
    Some(Turn { form: Form::Line, label: label.name, cue: label.cue?, body: vec![quote], certainty: CERTAIN })
}

/// "“We agree.” — Ilse Maren, foreign minister" as one paragraph.
fn signed(text: &str, paragraph: Span, quotes: &[Quote]) -> Option<Turn> {
    let quote = within(quotes, paragraph).iter().find(|q| q.depth == 0 && q.closed)?.span;
    let long = quote.of(text).split_whitespace().count() >= QUOTED;
    let (cue, label) = signature(text, Span::new(quote.end, paragraph.end))?;
    let from_start = text[paragraph.start..quote.start].trim_matches(['*', '_', '>', ' ']).is_empty();
    (long && from_start).then(|| Turn { form: Form::Signed, label, cue, body: vec![quote], certainty: CERTAIN })
}

/// "— Ilse Maren, foreign minister" below a paragraph that is a quotation.
fn signed_below(text: &str, paragraph: Span, before: Span, quotes: &[Quote]) -> Option<Turn> {
    let (cue, label) = signature(text, paragraph)?;
    let body = vec![all_quoted(text, before, quotes)?];
    Some(Turn { form: Form::Signed, label, cue, body, certainty: CERTAIN })
}

/// "— Ilse Maren (@maren) April 2, 2031" behind a post or below it, as networks embed posts in pages.
fn post(text: &str, paragraph: Span, before: Option<Span>) -> Option<Turn> {
    let words = paragraph.of(text);
    let (head, rest) = words.split_once(" (@")?;
    let handle = rest.split_once(')')?.0;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '@');
    let (at, dash) = head.rmatch_indices(['—', '–', '―']).next()?;
    let name = head[at + dash.len()..].trim();
    let named = !name.is_empty() && name.split_whitespace().count() <= SIGNATURE;
    if !named || handle.is_empty() || !handle.chars().all(plain) {
        return None;
    }
    let own = head[..at].trim_end();
    let body = if own.is_empty() { before? } else { Span::new(paragraph.start, paragraph.start + own.len()) };
    let start = paragraph.start + head.len() - head[at + dash.len()..].trim_start().len();
    let label = Span::new(start, start + name.len());
    let cue = Span::new(paragraph.start + at, paragraph.start + at + dash.len());
    Some(Turn { form: Form::Post, label, cue, body: vec![body], certainty: CERTAIN })
}

/// A dash and a name, up to the end of the span: the dash and the name.
fn signature(text: &str, span: Span) -> Option<(Span, Span)> {
    let words = span.of(text);
    let rest = words.trim_start_matches([' ', '\t', '\u{a0}', '*', '_', '(']);
    let at = span.end - rest.len();
    let dash = ["—", "–", "―", "--", "-"].iter().find(|dash| rest.starts_with(**dash))?.len();
    let name = rest[dash..].trim_start_matches([' ', '\u{a0}', '*', '_']);
    let start = span.end - name.len();
    let name = name.trim_end_matches(['*', '_', ')', '.', ' ']);
    let before_comma = name.split(',').next().unwrap_or_default();
    // "Ilse Maren, writing from Brel": what she does is no part of her name.
    let name = if is_clause(&name[before_comma.len()..]) { before_comma } else { name };
    let list: Vec<&str> = name.split_whitespace().collect();
    let capital =
        |w: &str| w.starts_with(char::is_uppercase) || matches!(w, "of" | "the" | "de" | "van" | "von" | "and" | "al");
    let person = before_comma.split_whitespace().all(capital) && before_comma.split_whitespace().count() <= 6;
    let first = list.first()?;
    let plain = !name.contains(['“', '”', '"', ':', ';', '?', '!', '\n']) && !is_starter(first);
    let named = first.starts_with(char::is_uppercase) && person && plain && list.len() <= SIGNATURE;
    named.then(|| (Span::new(at, at + dash), Span::new(start, start + name.len())))
}

/// A headline that ascribes what it says.
fn headline(text: &str, first: Span, below: &str) -> Option<Turn> {
    let words = first.of(text);
    if words.split_whitespace().count() > HEADLINE || words.contains('\n') {
        return None;
    }
    let known = Known(below);
    colon(text, first, &known).or_else(|| says(text, first, &known))
}

/// The text below a headline.
struct Known<'t>(&'t str);

impl Known<'_> {
    /// A name that the text goes on to use, or a poll, a report, officials.
    fn speaks(&self, words: &str) -> bool {
        let Some(last) = words.split_whitespace().next_back() else { return false };
        let lower = last.to_lowercase();
        let kind = is_document(&lower) || is_title(lower.trim_end_matches('s')) || is_body(&lower);
        let sources = matches!(lower.as_str(), "sources" | "source" | "experts" | "analysts" | "officials" | "critics");
        kind || sources || (!is_starter(last) && last.starts_with(char::is_uppercase) && self.writes(last))
    }

    /// Whether the word stands in the text, by itself.
    fn writes(&self, word: &str) -> bool {
        let part = |c: char| c.is_alphanumeric() || c == '-';
        self.0
            .match_indices(word)
            .any(|(at, _)| !self.0[..at].ends_with(part) && !self.0[at + word.len()..].starts_with(part))
    }
}

/// "Maren: ban must go", "Poll: most want the ban to go"
fn colon(text: &str, first: Span, known: &Known) -> Option<Turn> {
    let Label { name, cue, body, style, titled, .. } = label(text, first)?;
    let long = text[body..first.end].split_whitespace().count() >= QUOTED;
    let words = name.of(text);
    let short = titled || words.split_whitespace().count() <= NAME;
    let speaks =
        matches!(style, Style::Name | Style::Capitals) && known.speaks(words) && short && !words.contains(" and ");
    let body = vec![without_stop(text, Span::new(body, first.end))];
    (long && speaks).then(|| Turn {
        form: Form::Headline,
        label: name,
        cue: cue.unwrap_or(name),
        body,
        certainty: CERTAIN_HEADLINE,
    })
}

/// "Ban must go, Maren says"
fn says(text: &str, first: Span, known: &Known) -> Option<Turn> {
    let words = first.of(text).trim_end_matches('.');
    let comma = words.rfind(',')?;
    let behind = words[comma + 1..].trim();
    let (name, verb) = behind.rsplit_once(' ')?;
    let names: Vec<&str> = name.split_whitespace().collect();
    let capital = names.iter().all(|w| w.starts_with(char::is_uppercase)) || known.speaks(name);
    let start = first.start + words.len() - words[comma + 1..].trim_start().len();
    let label = Span::new(start, start + name.trim_end().len());
    let cue = Span::new(first.start + words.trim_end().len() - verb.len(), first.start + words.trim_end().len());
    let body = Span::new(first.start, first.start + words[..comma].trim_end().len());
    let says = SAYS.contains(&verb.to_lowercase().as_str()) && names.len() <= 5 && capital && known.speaks(name);
    let long = body.of(text).split_whitespace().count() >= QUOTED;
    (says && long).then(|| Turn { form: Form::Headline, label, cue, body: vec![body], certainty: CERTAIN_HEADLINE })
}

/// Without the full stop that some archives add to headlines.
fn without_stop(text: &str, span: Span) -> Span {
    Span::new(span.start, span.start + span.of(text).trim_end_matches(['.', ';', ' ']).len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraph::paragraphs;
    use crate::text::quote::quotes;

    fn read(text: &str) -> Vec<(&str, &str, &str)> {
        let paragraphs = paragraphs(text);
        let found = lines(text, &paragraphs, &quotes(text, &paragraphs), |_| false, |_| false);
        found.iter().map(|t| (t.label.of(text), t.cue.of(text), t.body[0].of(text))).collect()
    }

    #[test]
    fn a_name_beside_a_quotation() {
        let text = "What they said:\nIlse Maren: “The ban must go now.”\n“It stays where it is.” — Teo Vasca, foreign minister\n“We can wait for it.”\n- Mirela Dorn";
        let want = [
            ("Ilse Maren", ":", "“The ban must go now.”"),
            ("Teo Vasca, foreign minister", "—", "“It stays where it is.”"),
            ("Mirela Dorn", "-", "“We can wait for it.”"),
        ];
        assert_eq!(read(text), want);
    }

    #[test]
    fn headlines_that_ascribe() {
        let rest = "\nIlse Maren met reporters in Brel on Monday.";
        for (head, want) in [
            ("Maren: ban must go by May", ("Maren", ":", "ban must go by May")),
            ("Poll: most want the ban to go", ("Poll", ":", "most want the ban to go")),
            ("Ban must go by May, Maren says", ("Maren", "says", "Ban must go by May")),
        ] {
            assert_eq!(read(&format!("{head}{rest}")), [want], "{head}");
        }
    }

    #[test]
    fn other_colons_and_dashes() {
        for text in [
            "The Latest: talks go on in Brel\nThe talks go on.",
            "Fishing ban: a short history of it\nIt began in May.",
            "“The ban must go” - Maren said it twice.",
            "“The ban must go,” she said — again.",
            "He came - Ilse Maren",
        ] {
            assert!(read(text).is_empty(), "{text}");
        }
    }
}
