//! What stands around a report: headline, datelines ("BREL, May 3 (Reuters) -"), bylines ("By Ada Lind"), lines of credits.

use super::words::is_credit;
use crate::reading::Span;
use crate::words::{MONTHS, is_calendar};

/// Paragraphs at the head of a report in which datelines and bylines stand.
const HEAD: usize = 6;

/// Most words of a headline, of a byline and of a line of credits.
const MOST_WORDS: (usize, usize, usize) = (30, 16, 50);

/// Bytes within which a dateline ends.
const LONGEST: usize = 90;

/// What was found around a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct News {
    /// The headline, where the text begins with one.
    pub headline: Option<Span>,
    /// Datelines with their dash, bylines, credits; in order.
    pub frame: Vec<Span>,
    /// The words that name who published it.
    pub outlet: Option<Span>,
    /// The words that name whom it was taken over from, if another published it: "(Reuters)", "Source: Reuters".
    pub wire: Option<Span>,
}

/// Finds headline, datelines, bylines and credits.
pub fn news(text: &str, paragraphs: &[Span]) -> News {
    let mut found = News::default();
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let words = paragraph.of(text);
        let head = i < HEAD;
        if let Some((frame, wire)) = Some(paragraph).filter(|_| head).and_then(|p| dateline(text, *p)) {
            found.frame.push(frame);
            found.outlet = found.outlet.or(wire);
            found.wire = found.wire.or(wire);
            continue;
        }
        if let Some((frame, outlet)) = Some(paragraph).filter(|_| head).and_then(|p| byline(text, *p)) {
            found.frame.push(frame);
            found.outlet = found.outlet.or(outlet);
            continue;
        }
        if let Some(wire) = source_line(text, *paragraph) {
            found.frame.push(*paragraph);
            found.wire = found.wire.or(Some(wire));
            continue;
        }
        if words.len() < 400 && is_credit(words) && words.split_whitespace().count() <= MOST_WORDS.2 {
            found.frame.push(*paragraph);
        }
    }
    let prose =
        |p: &Span| p.of(text).split_whitespace().count() >= 8 && p.of(text).ends_with(['.', '”', '"', '?', '!']);
    found.headline = paragraphs.first().copied().filter(|first| {
        headline_like(first.of(text)) && !found.frame.contains(first) && paragraphs[1..].iter().any(prose)
    });
    found
}

/// One short line without a full stop; a line in capitals is rather the name of an office.
fn headline_like(words: &str) -> bool {
    let count = words.split_whitespace().count();
    (2..=MOST_WORDS.0).contains(&count)
        && words.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '?' | '!' | '’' | '\'' | '”' | '"' | ')'))
        && words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '‘' | '\'' | '“' | '"'))
        && words.contains(char::is_lowercase)
        && !words.contains('\n')
}

/// "BREL, May 3 (Reuters) - ", "HALE, Norrland (Harbour Post) — ": with the outlet, if one is named.
fn dateline(text: &str, paragraph: Span) -> Option<(Span, Option<Span>)> {
    let words = paragraph.of(text);
    let dashes = ["—", "–", "--", "-"];
    let ends = words.match_indices(['—', '–', '-']).take_while(|(at, _)| *at <= LONGEST);
    for (at, _) in ends {
        let dash = dashes.iter().find(|dash| words[at..].starts_with(**dash)).map_or(1, |dash| dash.len());
        let behind = &words[at + dash..];
        let apart = words[..at].ends_with(char::is_whitespace) || matches!(&words[at..at + dash], "—" | "--");
        let head = words[..at].trim_end();
        if !apart || !behind.starts_with(|c: char| c.is_whitespace() || c.is_uppercase() || matches!(c, '“' | '"')) {
            continue;
        }
        if let Some(wire) = place_and_wire(head) {
            let end = paragraph.end - behind.trim_start().len();
            let outlet = wire.map(|(from, to)| Span::new(paragraph.start + from, paragraph.start + to));
            return (end < paragraph.end).then_some((Span::new(paragraph.start, end), outlet));
        }
    }
    None
}

/// "Source: Harbour Wire", "(Source: Harbour Wire)" in a paragraph of its own: the words that name the source.
fn source_line(text: &str, paragraph: Span) -> Option<Span> {
    let words = paragraph.of(text).trim_matches(['(', ')', '[', ']', ' ', '.']);
    let name = ["Source: ", "SOURCE: ", "Source – ", "Source - "].iter().find_map(|label| words.strip_prefix(label))?;
    let name = name.trim();
    let named = name.split_whitespace().all(is_named_word);
    let start = paragraph.start + paragraph.of(text).find(name)?;
    (!name.is_empty() && named && name.split_whitespace().count() <= 4).then(|| Span::new(start, start + name.len()))
}

/// A word of an outlet's name.
fn is_named_word(word: &str) -> bool {
    word.starts_with(|c: char| c.is_uppercase()) || matches!(word, "of" | "the" | "and")
}

/// Whether these are the words of a dateline, and where in them the wire is named.
fn place_and_wire(head: &str) -> Option<Option<(usize, usize)>> {
    let open = head.find('(');
    let wire = match open {
        Some(open) if head.ends_with(')') && !head[open + 1..head.len() - 1].contains('(') => {
            Some((open + 1, head.len() - 1))
        }
        Some(_) => return None,
        None => None,
    };
    let wire_name = wire.map(|(from, to)| &head[from..to]);
    if wire_name.is_some_and(|name| name.split_whitespace().count() > 4 || !name.split_whitespace().all(is_named_word))
    {
        return None;
    }
    let place = head[..open.unwrap_or(head.len())].trim();
    let words: Vec<&str> = place.split([' ', ',', '/', '\u{a0}']).filter(|w| !w.is_empty()).collect();
    let dated = words.iter().any(|w| is_month(w)) && words.iter().any(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    let shaped = |word: &&str| {
        is_named_word(word) || word.chars().all(|c| c.is_ascii_digit()) || matches!(*word, "de" | "la" | "al" | "el")
    };
    if words.len() > 8 || !words.iter().all(shaped) || place.contains([':', '“', '”', '"', ';']) {
        return None;
    }
    let Some(first) = words.first() else { return wire.map(Some) };
    let capitals = first.chars().filter(|c| c.is_uppercase()).count() >= 2 && !first.contains(char::is_lowercase);
    let comma = place.contains(',');
    // A wire or a date proves a dateline; a place in capitals does so alone.
    let proven = (wire.is_some() && (capitals || comma || words.len() <= 3)) || (dated && comma) || capitals;
    proven.then_some(wire)
}

fn is_month(word: &str) -> bool {
    let bare = word.trim_end_matches('.');
    MONTHS.contains(&bare) || (bare.len() >= 3 && MONTHS.iter().any(|m| m.starts_with(bare))) || bare == "Sept"
}

/// "By Ada Lind", "By Ada Lind and Bo Maren, Harbour Post", "BYLINE: Ada Lind": with the outlet.
fn byline(text: &str, paragraph: Span) -> Option<(Span, Option<Span>)> {
    let words = paragraph.of(text);
    let rest = ["By ", "BY ", "by ", "BYLINE: ", "Byline: "].iter().find_map(|by| words.strip_prefix(by))?.trim_start();
    let names: Vec<&str> = rest.split_whitespace().map(|w| w.trim_end_matches(['.', ',', '|'])).collect();
    let named = |w: &&str| {
        w.starts_with(char::is_uppercase)
            || matches!(*w, "and" | "for" | "of" | "in" | "at" | "the" | "de" | "van" | "" | "-" | "|")
    };
    let first = names.first()?;
    let person = names.len() >= 2 && !is_calendar(first) && first.starts_with(char::is_uppercase);
    if !person || names.len() > MOST_WORDS.1 || !names.iter().all(named) {
        return None;
    }
    let comma = rest.find([',', '|']).filter(|&at| !rest[at..].contains(" and "));
    let outlet = comma.map(|at| {
        let words = rest[at + 1..].trim().trim_end_matches('.');
        let start = paragraph.end - rest[at + 1..].trim_start().len();
        Span::new(start, start + words.len())
    });
    Some((paragraph, outlet.filter(|span| !span.is_empty() && !span.of(text).contains([',', '|']))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraph::paragraphs;

    fn read(text: &str) -> (Option<&str>, Vec<&str>, Option<&str>) {
        let found = news(text, &paragraphs(text));
        let frame = found.frame.iter().map(|s| s.of(text)).collect();
        (found.headline.map(|s| s.of(text)), frame, found.outlet.map(|s| s.of(text)))
    }

    #[test]
    fn the_frame_of_a_wire_report() {
        let text = "Norrland lifts ban\nBy Ada Lind\nBREL, May 3 (Harbour Wire) - Norrland lifted its ban on Monday, the ministry said.\n(Reporting by Ada Lind; Editing by Bo Tarn)";
        let frame = vec!["By Ada Lind", "BREL, May 3 (Harbour Wire) - ", "(Reporting by Ada Lind; Editing by Bo Tarn)"];
        assert_eq!(read(text), (Some("Norrland lifts ban"), frame, Some("Harbour Wire")));
    }

    #[test]
    fn datelines() {
        for (head, outlet) in [
            ("BREL — ", None),
            ("BREL -- ", None),
            ("BREL (HP) — ", Some("HP")),
            ("PORT HALE, Norrland (HP) — ", Some("HP")),
            ("Brel, 3 May (Harbour Wire) – ", Some("Harbour Wire")),
            ("BREL/HALE, Sept 3 (Wire) - ", Some("Wire")),
            ("(Harbour Wire) - ", Some("Harbour Wire")),
        ] {
            let text = format!("{head}The ban stays, the ministry said.");
            assert_eq!(read(&text), (None, vec![head], outlet), "{head}");
        }
    }

    #[test]
    fn sentences_are_no_frame() {
        for text in [
            "Ilse Maren — who left on Monday — said no.",
            "The ban (in force since May) - a wound - stays.",
            "By Monday the ban was gone.",
            "Maren - the minister - left for Brel.",
            "The reporting by Ada Lind was praised.",
            "Mid-May talks failed.",
        ] {
            assert_eq!(read(text), (None, vec![], None), "{text}");
        }
    }

    #[test]
    fn the_wire_it_was_taken_over_from() {
        let wire = |text: &str| news(text, &paragraphs(text)).wire.map(|span| span.of(text).to_owned());
        let report = "Norrland lifted its ban on Monday, the ministry said.";
        assert_eq!(wire(&format!("BREL, May 3 (Harbour Wire) - {report}")).as_deref(), Some("Harbour Wire"));
        assert_eq!(wire(&format!("{report}\n\n(Source: Harbour Wire)")).as_deref(), Some("Harbour Wire"));
        assert_eq!(wire(&format!("{report}\n\nSource: people who know the plan")), None);
        assert_eq!(wire(&format!("By Ada Lind, Harbour Post\n\n{report}")), None);
    }

    #[test]
    fn bylines_name_the_outlet() {
        assert_eq!(read("By Ada Lind, Harbour Post"), (None, vec!["By Ada Lind, Harbour Post"], Some("Harbour Post")));
        assert_eq!(read("By Ada Lind and Bo Tarn").1, ["By Ada Lind and Bo Tarn"]);
    }
}
