//! Words that several reports share: names, chains, acts, and the text's own words.

use crate::Reading;
use crate::reading::{Act, Attribution, Conversation, Entity, EntityKind, Medium, Polarity, Span};
use crate::words::MONTHS;

/// Stands where words of the text are left out.
pub(super) const OMISSION: &str = "[…]";

/// The words of a span; none where it does not lie on the text.
pub(super) fn words(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or_default()
}

/// The words of several spans, the gaps between them marked.
pub(super) fn joined_words(text: &str, spans: &[Span]) -> String {
    spans.iter().map(|span| words(text, *span)).collect::<Vec<_>>().join(" […] ")
}

/// The words of a content on one line, with the quotation marks that enclose each of its parts in the text.
pub(super) fn quoted_words(text: &str, spans: &[Span]) -> String {
    let parts: Vec<_> = spans.iter().map(|span| words(text, super::shorten::with_marks(text, *span))).collect();
    one_line(&parts.join(" […] "))
}

/// The same words on one line, safe to print: runs of white space become one space, control and direction
/// characters, which could rewrite a terminal or turn a line around, become the replacement character.
pub(super) fn one_line(words: &str) -> String {
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.chars().map(|c| if is_unsafe(c) { '\u{FFFD}' } else { c }).collect()
}

fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The name of the entity of this id, or the id where the reading holds none.
pub(super) fn name_of<'r>(reading: &'r Reading, id: &'r str) -> &'r str {
    reading.entity(id).map_or(id, |e| &e.name)
}

/// The names of these entities: "A, B and C".
pub(super) fn names_of(reading: &Reading, ids: &[String]) -> String {
    listed(&ids.iter().map(|id| one_line(name_of(reading, id))).collect::<Vec<_>>())
}

/// "A, B and C".
pub(super) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The name as a heading; a source that the text does not name says so.
pub(super) fn heading(speaker: Option<&Entity>) -> String {
    match speaker {
        None => "source not named".into(),
        Some(e) if e.kind == EntityKind::Unnamed => format!("unnamed: {}", one_line(&e.name)),
        Some(e) => one_line(&e.name),
    }
}

/// The names from the outermost speaker to the attribution's own.
pub(super) fn chain_names<'r>(reading: &'r Reading, a: &'r Attribution) -> Vec<&'r str> {
    let ids = if a.chain.is_empty() { a.speaker.as_slice() } else { &a.chain };
    ids.iter().map(|id| name_of(reading, id)).collect()
}

/// The same names for people: who speaks twice in a row, as in "he said that he believed", is named once.
pub(super) fn shown_chain(reading: &Reading, a: &Attribution) -> Vec<String> {
    let mut names: Vec<_> = chain_names(reading, a).into_iter().map(one_line).collect();
    names.dedup();
    names
}

/// The act in the past tense. A denial is negated already, so that it has one form.
pub(super) fn act_phrase(act: Act, polarity: Polarity) -> &'static str {
    let negated = polarity == Polarity::Negated;
    match act {
        Act::Say if negated => "did not say",
        Act::Say => "said",
        Act::Inform if negated => "did not inform",
        Act::Inform => "informed",
        Act::Stress if negated => "did not stress",
        Act::Stress => "stressed",
        Act::Ask if negated => "did not ask",
        Act::Ask => "asked",
        Act::Demand if negated => "did not demand",
        Act::Demand => "demanded",
        Act::Offer if negated => "did not offer",
        Act::Offer => "offered",
        Act::Promise if negated => "did not promise",
        Act::Promise => "promised",
        Act::Warn if negated => "did not warn",
        Act::Warn => "warned",
        Act::Deny => "denied",
        Act::Agree if negated => "did not agree",
        Act::Agree => "agreed",
        Act::Believe if negated => "did not believe",
        Act::Believe => "believed",
        Act::Want if negated => "did not want",
        Act::Want => "wanted",
        Act::Discuss if negated => "did not discuss",
        Act::Discuss => "discussed",
    }
}

/// Whether the act says that something was not so, or was not said.
pub(super) fn is_negative(a: &Attribution) -> bool {
    a.polarity == Polarity::Negated || a.act == Act::Deny
}

/// The addressee with the preposition that the act takes: "of Sudovia", "Teo Vasca".
pub(super) fn addressee_phrase(reading: &Reading, a: &Attribution) -> Option<String> {
    let name = one_line(name_of(reading, a.addressee.as_deref()?));
    Some(match a.act {
        Act::Inform | Act::Ask | Act::Warn => name,
        Act::Demand | Act::Want => format!("of {name}"),
        Act::Agree | Act::Discuss => format!("with {name}"),
        Act::Say | Act::Stress | Act::Offer | Act::Promise | Act::Deny | Act::Believe => format!("to {name}"),
    })
}

/// The label of the issue that an attribution is about.
pub(super) fn issue_label<'r>(reading: &'r Reading, a: &Attribution) -> Option<&'r str> {
    let id = a.issue.as_deref()?;
    reading.issues.iter().find(|i| i.id == id).map(|i| i.label.as_str())
}

/// "Ilse Maren (Norrland) and Teo Vasca (Sudovia)".
pub(super) fn participants(reading: &Reading, conversation: &Conversation) -> String {
    let one = |id: &String| {
        let name = one_line(name_of(reading, id));
        match reading.entity(id).and_then(|e| e.side.as_deref()) {
            Some(side) if side != name => format!("{name} ({})", one_line(side)),
            _ => name,
        }
    };
    listed(&conversation.participants.iter().map(one).collect::<Vec<_>>())
}

/// How, when, at whose wish and in what tone they spoke, and who says so: one phrase each.
pub(super) fn circumstances(reading: &Reading, conversation: &Conversation) -> Vec<String> {
    let medium = match conversation.medium {
        Medium::Telephone => Some("by telephone".to_owned()),
        Medium::Video => Some("by video".to_owned()),
        Medium::InPerson => Some("in person".to_owned()),
        Medium::Unknown => None,
    };
    let date = conversation.date.as_ref().map(|date| format!("on {}", day(date)));
    let initiator = conversation.initiator.as_ref().map(|initiator| {
        let asked = format!("asked for by {}", one_line(&initiator.side));
        match initiator.according_to.as_slice() {
            [] => asked,
            [one] => format!("{asked}, says {}", one_line(name_of(reading, one))),
            several => format!("{asked}, say {}", names_of(reading, several)),
        }
    });
    let tone = conversation.tone.iter().map(|tone| {
        format!("called “{}” by {}", one_line(&tone.words), one_line(name_of(reading, &tone.according_to)))
    });
    [medium, date, initiator].into_iter().flatten().chain(tone).collect()
}

/// "3 May 2031" for an ISO date; anything else as it stands.
pub(super) fn day(date: &str) -> String {
    let parts: Vec<Option<usize>> = date.split('-').map(|part| part.parse().ok()).collect();
    match parts.as_slice() {
        [Some(year), Some(month @ 1..=12), Some(day @ 1..=31)] => format!("{day} {} {year}", MONTHS[month - 1]),
        _ => one_line(date),
    }
}

/// "1 repair", "2 repairs".
pub(super) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// What the reading holds, one phrase each: attributions, nested ones, uncertain ones, litter, repairs.
pub(super) fn totals(reading: &Reading) -> Vec<String> {
    let all = &reading.attributions;
    let inside = all.iter().filter(|a| a.inside.is_some()).count();
    let unsure = all.iter().filter(|a| is_unsure(a)).count();
    let mut first = counted(all.len(), "attribution", "attributions");
    if inside > 0 {
        first += &format!(", {inside} inside others");
    }
    let mut totals = vec![first];
    if unsure > 0 {
        totals.push(format!("{unsure} unsure (?)"));
    }
    let litter = reading.document.boilerplate.len();
    if litter > 0 {
        totals.push(counted(litter, "passage marked as page litter", "passages marked as page litter"));
    }
    let repairs = reading.document.repairs.len();
    if repairs > 0 {
        totals.push(counted(repairs, "repair", "repairs"));
    }
    totals
}

/// Whether an attribution is more likely wrong than right.
pub(super) fn is_unsure(a: &Attribution) -> bool {
    a.confidence < 0.5
}
