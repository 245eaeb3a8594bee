//! Words that several reports share: names, chains, acts, and the text's own words.

use saywho_contract::Reading;
pub(super) use saywho_contract::prose::{day, listed, one_line};
use saywho_contract::reading::{Attribution, Conversation, Entity, EntityKind, Medium, Polarity, Span};

/// Stands where words of the text are left out.
pub(super) const OMISSION: &str = "[…]";

/// The words of a span; none where it does not lie on the text.
pub(super) fn words(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or_default()
}

/// The words of several spans, the gaps between them marked.
pub fn joined_words(text: &str, spans: &[Span]) -> String {
    spans.iter().map(|span| words(text, *span)).collect::<Vec<_>>().join(" […] ")
}

/// The words of a content on one line, with the quotation marks that enclose each of its parts in the text.
pub(super) fn quoted_words(text: &str, spans: &[Span]) -> String {
    let parts: Vec<_> = spans.iter().map(|span| words(text, super::shorten::with_marks(text, *span))).collect();
    one_line(&parts.join(" […] "))
}

/// The name of the entity of this id, or the id where the reading holds none.
pub(super) fn name_of<'r>(reading: &'r Reading, id: &'r str) -> &'r str {
    reading.entity(id).map_or(id, |e| &e.name)
}

/// The names of these entities: "A, B and C".
pub(super) fn names_of(reading: &Reading, ids: &[String]) -> String {
    listed(&ids.iter().map(|id| one_line(name_of(reading, id))).collect::<Vec<_>>())
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

/// The words that show the act, as the text has them, in at most `width` columns. Where only a colon shows it, the colon;
/// nothing where no words do: a report never prints a verb that the text does not use.
pub(super) fn cue_words(text: &str, cue: &[Span], width: usize) -> String {
    let parts = cue.iter().map(|span| one_line(words(text, *span))).filter(|part| !part.is_empty());
    let words = parts.collect::<Vec<_>>().join(" … ");
    let words = words.trim_matches(|c: char| matches!(c, '“' | '”' | '"' | '‘' | '«' | '»' | '„' | ',' | ' '));
    match words.chars().any(char::is_alphanumeric) {
        true => super::shorten::shorten(words, width),
        false if words.contains(':') => ":".into(),
        false => String::new(),
    }
}

/// What is told of a reading without attributions: that nobody says anything in it, or that it is in another language.
pub(super) fn nothing_found(reading: &Reading) -> String {
    if reading.document.may_be_english() {
        "No attributions found: this text ascribes no words, wishes or beliefs to anybody.".into()
    } else {
        let language = reading.document.language.as_deref().unwrap_or_default();
        format!(
            "No attributions found: this text is in another language (“{}”), and saywho reads English.",
            one_line(language)
        )
    }
}

/// Whether the source does not stand behind the content.
pub(super) fn is_negative(a: &Attribution) -> bool {
    a.polarity == Polarity::Negated
}

/// To whom: "→ Teo Vasca".
pub(super) fn addressee_phrase(reading: &Reading, a: &Attribution) -> Option<String> {
    Some(format!("→ {}", one_line(name_of(reading, a.addressee.as_deref()?))))
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
    let initiator = conversation
        .initiator
        .as_ref()
        .map(|initiator| initiative(&initiator.side, &names_of(reading, &initiator.according_to)));
    let tone = conversation.tone.iter().map(|tone| tone_phrase(&tone.words, name_of(reading, &tone.according_to)));
    [medium, date, initiator].into_iter().flatten().chain(tone).collect()
}

/// At whose wish they spoke: "initiative of Norrland, according to Sudovia".
pub(super) fn initiative(side: &str, tellers: &str) -> String {
    let according_to = if tellers.is_empty() { String::new() } else { format!(", according to {tellers}") };
    format!("initiative of {}{according_to}", one_line(side))
}

/// How it went: "“candid”, in the words of Ilse Maren".
pub(super) fn tone_phrase(words: &str, teller: &str) -> String {
    format!("“{}”, in the words of {}", one_line(words), one_line(teller))
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
