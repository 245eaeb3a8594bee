//! Transcripts: which labels are turns, and how far the words of each turn go on.
//!
//! A label alone proves little ("UPDATE:", "Age: 45"). It counts where labels come back, where a title or a question stands
//! in it, or where the text names the same person elsewhere. In a text that is a transcript as a whole a turn goes on up to
//! the next label; in a report that only quotes an exchange it does so between two turns, and not behind the last.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use super::label::{Label, Style, label, person};
use super::turn::{Form, Turn};
use super::words::{is_closing, is_direction};
use crate::reading::Span;
use crate::text::quote::Quote;

/// Paragraphs between two turns of an exchange that a report quotes; more lie apart.
const GAP: usize = 4;

/// The longest note in brackets, in characters.
const LONGEST_NOTE: usize = 60;

/// Words between a quotation and its verb.
const NEAR: usize = 4;

/// Words of a quotation that shows a paragraph to be a report's own.
const QUOTED: usize = 3;

/// How certain a turn is: by a title, a question or a label that comes back (in the training articles of PolNeAR 31 of 32 are
/// annotated so); by a label that comes once among such; by labels that all come once.
const CERTAIN: f32 = 1.0;
const ONCE: f32 = 0.95;
const LIKELY: f32 = 0.85;

/// The turns of a text, in order and apart from each other.
pub fn turns(text: &str, paragraphs: &[Span], quotes: &[Quote]) -> Vec<Turn> {
    let mut labels: Vec<Option<Label>> = paragraphs.iter().map(|p| label(text, *p)).collect();
    let certainties = certainties(text, paragraphs, &labels);
    for (label, _) in labels.iter_mut().zip(&certainties).filter(|(_, certainty)| certainty.is_none()) {
        *label = None;
    }
    let places: Vec<usize> = (0..labels.len()).filter(|&p| labels[p].is_some()).collect();
    let Some(&first) = places.first() else { return Vec::new() };
    let kinds: Vec<Kind> = paragraphs.iter().map(|p| kind(text, *p, quotes)).collect();
    let whole = is_whole(&kinds[first..], places.len(), first);
    let mut turns = Vec::with_capacity(places.len());
    for (i, &place) in places.iter().enumerate() {
        let Some(label) = labels[place].take() else { continue };
        let next = places.get(i + 1).copied();
        let end = end_of_turn(&kinds, place, next, whole);
        let mut body = spoken(text, Span::new(label.body, paragraphs[place].end));
        for paragraph in (place + 1..end).filter(|&p| kinds[p] == Kind::Plain || (whole && kinds[p] == Kind::Report)) {
            body.extend(spoken(text, paragraphs[paragraph]));
        }
        let form = match label.style {
            Style::Question => Form::Question,
            Style::Answer => Form::Answer,
            Style::Capitals | Style::Name => Form::Turn,
        };
        let certainty = certainties[place].unwrap_or_default();
        turns.push(Turn { form, label: label.name, cue: label.cue.unwrap_or(label.name), body, certainty });
    }
    turns.retain(|turn| !turn.body.is_empty());
    turns
}

/// How certain it is of each label that it begins a turn; `None` where it does not.
fn certainties(text: &str, paragraphs: &[Span], labels: &[Option<Label>]) -> Vec<Option<f32>> {
    let all = || labels.iter().zip(paragraphs).filter_map(|(label, p)| label.as_ref().map(|l| (l, *p)));
    let count = |style: Style| all().filter(|(l, _)| l.style == style).count();
    if all().next().is_none() {
        return vec![None; labels.len()];
    }
    let mut often: HashMap<(Style, &str), usize> = HashMap::new();
    for (label, _) in all().filter(|(l, p)| goes_on(text, l, *p)) {
        *often.entry((label.style, &label.key)).or_default() += 1;
    }
    let returns = |l: &Label| often.get(&(l.style, l.key.as_str())).is_some_and(|times| *times >= 2);
    // Made only where it is asked for.
    let words: LazyCell<HashSet<&str>, _> =
        LazyCell::new(|| text.split(|c: char| !c.is_alphanumeric()).collect::<HashSet<&str>>());
    // In capitals: a title, a name that comes back, or one that the text also writes in small letters.
    let sure = |l: &Label, p: Span| {
        let known = || returns(l) || words.contains(in_small_letters(surname(text, l)).as_str());
        l.titled || (goes_on(text, l, p) && l.key.len() > 1 && known())
    };
    let (questions, answers) = (count(Style::Question), count(Style::Answer));
    let first_question = labels.iter().position(|l| l.as_ref().is_some_and(|l| l.style == Style::Question));
    // In small letters: only where two or more speak in turn.
    let names: Vec<usize> = often.iter().filter(|((style, _), _)| *style == Style::Name).map(|(_, n)| *n).collect();
    let returning: usize = names.iter().filter(|n| **n >= 2).sum();
    let all_names: usize = names.iter().sum();
    let in_turn = names.len() >= 2 && returning >= 2 && all_names >= 3;
    let dialogue = in_turn || (questions >= 1 && all_names >= 1);
    let named = if dialogue { all_names } else { 0 };
    let capitals = all().filter(|(l, p)| l.style == Style::Capitals && sure(l, *p)).count();
    let proven = all().any(|(l, p)| l.style == Style::Capitals && (returns(l) || l.titled) && sure(l, p));
    let lonely = questions + answers + capitals + named < 2;
    let exchange = |style| is_exchange(text, paragraphs, labels, style);
    let (capitals_speak, names_speak) = (exchange(Style::Capitals), exchange(Style::Name));
    let of = |place: usize, l: &Label| match l.style {
        Style::Question => (!lonely).then_some(CERTAIN),
        Style::Answer => first_question.is_some_and(|q| q < place).then_some(CERTAIN),
        // Alone near the head of a report it is where the report was written: "BREL: The talks ..."
        Style::Capitals if sure(l, paragraphs[place]) && !(lonely && (place < 4 || l.titled)) => Some(CERTAIN),
        Style::Capitals if !goes_on(text, l, paragraphs[place]) || l.key.len() < 2 => None,
        Style::Capitals if proven && !lonely => Some(ONCE),
        Style::Capitals => capitals_speak.then_some(LIKELY),
        Style::Name if !goes_on(text, l, paragraphs[place]) => None,
        Style::Name if dialogue => Some(if returns(l) || l.titled || questions > 0 { CERTAIN } else { ONCE }),
        Style::Name => names_speak.then_some(LIKELY),
    };
    labels.iter().enumerate().map(|(place, l)| l.as_ref().and_then(|l| of(place, l))).collect()
}

/// Whether labels of a style that come once each are those of an exchange: two or more names, before most of the paragraphs, and
/// words in which somebody asks, or says "I" or "you".
fn is_exchange(text: &str, paragraphs: &[Span], labels: &[Option<Label>], style: Style) -> bool {
    let of_style = |l: &&Label| l.style == style;
    let Some(first) = labels.iter().position(|l| l.as_ref().is_some_and(|l| of_style(&l))) else { return false };
    let body = |l: &Label, p: Span| Span::new(l.body, p.end).of(text);
    let spoken = labels[first..].iter().zip(&paragraphs[first..]).filter_map(|(l, p)| {
        let l = l.as_ref().filter(of_style)?;
        let words = body(l, *p);
        let quoted = words.starts_with(['“', '"', '‘']) && words.ends_with(['”', '"', '’']);
        (goes_on(text, l, *p) && !words.is_empty() && !quoted).then_some((l.key.as_str(), words))
    });
    let spoken: Vec<(&str, &str)> = spoken.collect();
    let names: HashSet<&str> = spoken.iter().map(|(key, _)| *key).collect();
    let voices = spoken.iter().filter(|(_, words)| has_voice(words)).count();
    let all = labels.len() - first;
    match style {
        Style::Capitals => names.len() >= 2 && 2 * spoken.len() >= all && voices >= 1,
        _ => names.len() >= 2 && 3 * spoken.len() >= 2 * all && 2 * voices >= spoken.len(),
    }
}

/// Whether somebody asks in these words, or speaks of himself or of whom he speaks to.
fn has_voice(words: &str) -> bool {
    let person = |w: &str| {
        let w = w.split(['’', '\'']).next().unwrap_or_default().trim_matches(|c: char| !c.is_alphabetic());
        matches!(w, "I")
            || matches!(w.to_lowercase().as_str(), "we" | "you" | "my" | "our" | "your" | "me" | "us") && w != "US"
    };
    words.contains('?') || words.split_whitespace().any(person)
}

/// Whether words follow that go on and end as speech or a salutation does, unlike "1,769" and "Tim, Bo, Ada"; they may
/// begin with the next paragraph.
fn goes_on(text: &str, label: &Label, paragraph: Span) -> bool {
    let words = Span::new(label.body, paragraph.end).of(text).trim_end();
    let ends = words.ends_with(['.', '?', '!', '…', ',', '”', '"', '’', '\'', '—', '–', '-', ')', ']', ':', '*']);
    words.is_empty() || (ends && words.contains(char::is_lowercase))
}

/// The last word of the name in a label.
fn surname<'t>(text: &'t str, label: &Label) -> &'t str {
    let mut words = person(label.name.of(text)).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.next_back().unwrap_or_default()
}

/// "MAREN-VASCA" as "Maren-Vasca", "O’HARA" as "O’Hara", "McMAREN" as "McMaren".
pub fn in_small_letters(word: &str) -> String {
    let mut small = String::with_capacity(word.len());
    let mut inner = false;
    for c in word.chars() {
        let mac = small == "Mc" || small == "Mac";
        if inner && !mac {
            small.extend(c.to_lowercase())
        } else {
            small.push(c)
        }
        inner = c.is_alphabetic();
    }
    small
}

/// What a paragraph without a label is within a transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It may go on with a turn.
    Plain,
    /// It quotes: in a report it is the report's own.
    Report,
    /// A note in brackets, a heading: no one's words.
    Note,
    /// Nothing more is said behind it.
    Closing,
}

fn kind(text: &str, paragraph: Span, quotes: &[Quote]) -> Kind {
    let words = paragraph.of(text);
    if words.len() <= 40 && is_closing(&words.to_lowercase()) {
        return Kind::Closing;
    }
    let bracketed = words.starts_with('(') && words.ends_with(')') || words.starts_with('[') && words.ends_with(']');
    let heading = !words.contains(char::is_lowercase) && !words.ends_with(['.', '?', '!', '”', '"', '…']);
    let no_speaker = label_of_none(words);
    if bracketed && words.find([')', ']']) == Some(words.len() - 1) || heading || no_speaker {
        return Kind::Note;
    }
    if is_reported(text, paragraph, quotes) || words.ends_with(':') { Kind::Report } else { Kind::Plain }
}

/// Whether the paragraph ascribes a quotation: "..., he said" behind it, "he said, ..." before it.
fn is_reported(text: &str, paragraph: Span, quotes: &[Quote]) -> bool {
    let says = |w: &str| matches!(w, "said" | "says" | "told" | "added" | "asked" | "wrote" | "replied" | "continued");
    let near = |words: &mut dyn Iterator<Item = &str>| {
        words.take(NEAR).any(|w| says(w.trim_matches(|c: char| !c.is_alphanumeric())))
    };
    let first = quotes.partition_point(|q| q.span.start < paragraph.start);
    let inside = quotes[first..].iter().take_while(|q| q.span.start < paragraph.end).filter(|q| q.closed);
    inside.filter(|q| q.span.of(text).split_whitespace().count() >= QUOTED).any(|q| {
        let behind = text[q.span.end..paragraph.end.max(q.span.end)].split_whitespace();
        near(&mut { behind }) || near(&mut text[paragraph.start..q.span.start].split_whitespace().rev())
    })
}

/// "THE FACTS: ..." within a transcript is no one's turn, and ends the one before.
fn label_of_none(words: &str) -> bool {
    let head = words.split(':').next().unwrap_or_default();
    let last = head.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    head.len() < words.len()
        && head.len() <= 40
        && !head.contains(char::is_lowercase)
        && super::words::is_no_speaker(&last)
}

/// Whether nearly all of a text from its first turn on is spoken in turns.
fn is_whole(kinds: &[Kind], turns: usize, before: usize) -> bool {
    let reports = kinds.iter().filter(|k| **k == Kind::Report).count();
    let early = before <= 12 || before * 4 <= kinds.len();
    let dense = turns * 3 >= kinds.len();
    turns >= 3 && early && (dense || (reports * 5 <= kinds.len() && turns * 8 >= kinds.len()))
}

/// The paragraph at which a turn ends.
fn end_of_turn(kinds: &[Kind], place: usize, next: Option<usize>, whole: bool) -> usize {
    let stop = |most: usize, ends: &dyn Fn(Kind) -> bool| (place + 1..most).find(|&p| ends(kinds[p])).unwrap_or(most);
    if whole {
        return stop(next.unwrap_or(kinds.len()), &|kind| kind == Kind::Closing);
    }
    match next.filter(|&next| next - place <= GAP + 1) {
        Some(next) if kinds[place + 1..next].iter().all(|&kind| kind != Kind::Report) => {
            stop(next, &|kind| kind != Kind::Plain)
        }
        _ => place + 1,
    }
}

/// A stretch of a turn without the notes in brackets on how it was said.
fn spoken(text: &str, within: Span) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = within.start;
    while let Some(note) = next_note(text, Span::new(start, within.end)) {
        spans.push(Span::new(start, note.start));
        start = note.end;
    }
    spans.push(Span::new(start, within.end));
    let trimmed = spans.into_iter().map(|span| {
        let words = span.of(text);
        let end = span.start + words.trim_end().len();
        Span::new((end - words.trim().len()).max(span.start), end)
    });
    trimmed.filter(|span| span.of(text).contains(char::is_alphanumeric)).collect()
}

/// "(Laughter.)", "[In Sudovian.]"
fn next_note(text: &str, within: Span) -> Option<Span> {
    let words = within.of(text);
    let notes = words.match_indices(['(', '[']).filter_map(|(open, _)| {
        let near = words[open..].char_indices().take(LONGEST_NOTE);
        let length = near.into_iter().find(|(_, c)| matches!(c, ')' | ']'))?.0 + 1;
        let inner = words[open + 1..open + length - 1].trim();
        let first = inner.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default().to_lowercase();
        let note = inner.split_whitespace().count() <= 6 && is_direction(&first);
        note.then_some(Span::new(within.start + open, within.start + open + length))
    });
    notes.into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraph::paragraphs;
    use crate::text::quote::quotes;

    fn read(text: &str) -> Vec<(String, String)> {
        let paragraphs = paragraphs(text);
        let found = turns(text, &paragraphs, &quotes(text, &paragraphs));
        let body = |t: &Turn| t.body.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(" | ");
        found.iter().map(|t| (t.label.of(text).to_owned(), body(t))).collect()
    }

    fn pairs(found: &[(String, String)]) -> Vec<(&str, &str)> {
        found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect()
    }

    #[test]
    fn a_turn_goes_on_to_the_next() {
        let text = "MS MAREN: Good day.\n\nI have two things.\n\n(Laughter.)\n\nQUESTION: On the ban?\n\nMS MAREN: It stays. (Laughter.) It does.\n\n###\n\nMedia office";
        let found = read(text);
        let want = [
            ("MS MAREN", "Good day. | I have two things."),
            ("QUESTION", "On the ban?"),
            ("MS MAREN", "It stays. | It does."),
        ];
        assert_eq!(pairs(&found), want);
    }

    #[test]
    fn an_exchange_within_a_report_ends_with_its_last_turn() {
        let text = "Ilse Maren met Ada Lind on air.\n\nThey spoke of the ban for an hour, as they often do.\n\nLIND: Will it go?\n\nMAREN: It must.\n\nMaren left for Brel after that.\n\nThe talks go on.\n\nThe port is shut.\n\nSo are the schools.\n\nNobody knows more.\n\nIt may rain.\n\nIt rained on Monday.\n\nIt rained on Tuesday.\n\nIt will rain again.";
        assert_eq!(pairs(&read(text)), [("LIND", "Will it go?"), ("MAREN", "It must.")]);
    }

    #[test]
    fn lists_and_notes_are_no_turns() {
        for text in [
            "AGE: 45.\n\nHOME: Brel, in the north.\n\nPARTY: Liberals.",
            "Ilse Maren: 1,769.\n\nTeo Vasca: 1,501.\n\nMaren: 547.\n\nVasca: 46.",
            "UPDATE: The talks ended.\n\nCORRECTION: They did not.",
            "BREL: The talks with Brel’s council ended on Monday.\n\nThey go on.",
            "Norrland: Ada Lind, Bo Vasca, Tim Maren.\n\nSudovia: Mirela Dorn, Teo Vasca.",
        ] {
            assert_eq!(pairs(&read(text)), [], "{text}");
        }
    }

    #[test]
    fn questions_and_answers() {
        let text = "Q. Were you there?\nA. I was.\nQ. Who else?\nA. A man I knew.";
        let want = [("Q", "Were you there?"), ("A", "I was."), ("Q", "Who else?"), ("A", "A man I knew.")];
        assert_eq!(pairs(&read(text)), want);
    }

    #[test]
    fn labels_that_come_once() {
        let certainties = |text: &str| {
            let paragraphs = paragraphs(text);
            turns(text, &paragraphs, &quotes(text, &paragraphs)).iter().map(|t| t.certainty).collect::<Vec<_>>()
        };
        let returning = "TARN: It has not run since March.\n\nBRILL: The council says it will.\n\nTARN: Please.";
        assert_eq!(certainties(returning), [CERTAIN, ONCE, CERTAIN]);
        assert_eq!(certainties("TARN: It has not run since March.\n\nBRILL: Who told you?"), [LIKELY, LIKELY]);
        assert_eq!(certainties("Jon Tarn: I have not seen it.\n\nMara Brill: Who told you?"), [LIKELY, LIKELY]);
        assert_eq!(certainties("BREL: The talks ended on Monday.\n\nHALE: The port is shut."), [0.0; 0]);
        assert_eq!(certainties("Herring: Brel is full of it.\n\nCod: There is none."), [0.0; 0]);
    }

    #[test]
    fn names_in_small_letters() {
        for (word, want) in [("MAREN-VASCA", "Maren-Vasca"), ("O’HARA", "O’Hara"), ("McMAREN", "McMaren"), ("É", "É")]
        {
            assert_eq!(in_small_letters(word), want);
        }
    }
}
