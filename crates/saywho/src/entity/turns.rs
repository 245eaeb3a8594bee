//! Who speaks in the turns of a transcript, and to whom: "MR PRICE" is the Ned Price of the heading, a "QUESTION" comes from
//! someone unnamed, and the "you" of an answer is the one who asked.

use std::collections::HashMap;

use super::book::Book;
use super::chain::Voices;
use super::gender::Gender;
use super::id::EntityId;
use super::name::Name;
use super::states::States;
use crate::attribution::turns::turn_of;
use crate::attribution::{AttributionId, Attributions, Found};
use crate::reading::{EntityKind, Span};
use crate::table::Table;
use crate::text::structure::label::{is_unnamed, person};
use crate::text::structure::transcript::in_small_letters;
use crate::text::structure::{Form, Turn};
use crate::text::{QuoteState, Text, TokenId};
use crate::words;

/// Speakers and addressees of the attributions that are turns, by their place.
#[derive(Debug, Default)]
pub struct Parts {
    speakers: HashMap<AttributionId, EntityId>,
    addressees: HashMap<AttributionId, EntityId>,
}

impl Parts {
    /// Who speaks, if the attribution is a turn.
    pub fn speaker(&self, found: AttributionId) -> Option<EntityId> {
        self.speakers.get(&found).copied()
    }

    /// To whom, if the attribution is a turn that answers or asks.
    pub fn addressee(&self, found: AttributionId) -> Option<EntityId> {
        self.addressees.get(&found).copied()
    }
}

/// The names of a text without those in labels that are resolved as a whole.
pub fn without_labels(text: &Text, names: &[Name]) -> Vec<Name> {
    let labels: Vec<Span> = text.structure.turns.iter().filter(|t| is_whole(text, t)).map(|t| t.label).collect();
    let kept = names.iter().filter(|name| {
        let start = text.tokens[name.tokens.start].span.start;
        let at = labels.partition_point(|label| label.end <= start);
        labels.get(at).is_none_or(|label| start < label.start)
    });
    kept.cloned().collect()
}

/// Labels in capitals and those of questions and answers say nothing to the search for names.
fn is_whole(text: &Text, turn: &Turn) -> bool {
    let name = person(turn.label.of(text.text));
    let capitals = |w: &str| w.chars().filter(|c| c.is_uppercase()).count() >= 2 && !w.ends_with(char::is_lowercase);
    match turn.form {
        Form::Question | Form::Answer => true,
        Form::Turn => is_unnamed(name) || name.split_whitespace().any(capitals),
        _ => false,
    }
}

/// The words of turns count as quoted: in them a speaker says "I" of himself, and "he" of others.
pub fn quoted(text: &Text, mut states: Table<TokenId, QuoteState>) -> Table<TokenId, QuoteState> {
    for span in text.structure.turns.iter().filter(|t| t.form.is_spoken()).flat_map(|t| &t.body) {
        for token in text.tokens_in(*span) {
            if states[token] == QuoteState::Outside {
                states[token] = QuoteState::Inside;
            }
        }
    }
    states
}

/// Resolves the labels of all turns, in order, and whom each turn speaks to.
pub fn parts(text: &Text, found: &Attributions, states: &States, date: Option<&str>, book: &mut Book) -> Parts {
    let turns: Vec<(AttributionId, &Turn)> =
        found.entries().filter_map(|(i, f)| turn_of(text, f).filter(|t| t.form.is_spoken()).map(|t| (i, t))).collect();
    let Some((_, first)) = turns.first() else { return Parts::default() };
    headings(text, first, states, book);
    let mut labelled_questions = turns.iter().filter(|(_, t)| t.form == Form::Question && !t.label.is_empty());
    let questioner = labelled_questions.next().map(|(_, t)| t.label.of(text.text));
    let interview = Interview::new(text, &turns, first);
    let mut known: HashMap<&str, Option<EntityId>> = HashMap::new();
    let mut parts = Parts::default();
    for &(i, turn) in &turns {
        let words = turn.label.of(text.text);
        let speaker =
            *known.entry(if turn.form == Form::Question { "?" } else { words }).or_insert_with(|| match turn.form {
                Form::Question => Some(match questioner {
                    Some(words) => book.by_words(words, EntityKind::Unnamed, None),
                    None => interview.asker(text, book),
                }),
                Form::Answer => Some(interview.answerer(text, words, book)),
                _ if is_whole(text, turn) => Some(labelled(words, states, date, book)),
                _ => named(text, turn, book),
            });
        if let Some(speaker) = speaker {
            parts.speakers.insert(i, speaker);
            if !turn.label.is_empty() {
                book.mention(speaker, turn.label);
            }
        }
    }
    let heading = |f: &Found| turn_of(text, f).is_some_and(|t| t.form == Form::Heading);
    if let Some((i, _)) = found.entries().find(|(_, f)| heading(f)) {
        parts.speakers.insert(i, interview.answerer(text, "", book));
    }
    parts.addressees = addressees(&turns, &parts.speakers);
    parts
}

/// "Ned Price, Department Spokesperson" as a line above the first turn gives Price his office.
fn headings(text: &Text, first: &Turn, states: &States, book: &mut Book) {
    for line in text.paragraphs.iter().take_while(|p| p.end <= first.label.start) {
        let words = line.of(text.text);
        let Some((name, role)) = words.split_once(',').filter(|_| !words.ends_with(['.', '?', '!', ':'])) else {
            continue;
        };
        let role = role.trim();
        let office = role.split_whitespace().any(words::is_title) && role.split_whitespace().count() <= 12;
        let entity = text.tokens_in(Span::new(line.start, line.start + name.len())).iter().find_map(|t| book.at(t));
        let Some(entity) = entity.filter(|&e| office && book.drafts[e].kind == EntityKind::Person) else { continue };
        let draft = &mut book.drafts[entity];
        draft.side = draft.side.take().or_else(|| states.in_words(role));
        if !draft.roles.iter().any(|r| r == role) {
            draft.roles.push(role.to_owned());
        }
    }
}

/// Verbs behind the name of the one who asks in an interview.
const ASKS: [&str; 9] =
    ["meets", "met", "interviews", "interviewed", "asks", "asked", "questions", "questioned", "visits"];

/// Who asks and who answers in an interview whose turns do not all tell.
struct Interview<'t> {
    /// The first turn.
    first: &'t Turn,
    /// The first turn with a label that asks, and the first with one that does not.
    asking: Option<&'t Turn>,
    answering: Option<&'t Turn>,
}

impl<'t> Interview<'t> {
    fn new(text: &Text, turns: &[(AttributionId, &'t Turn)], first: &'t Turn) -> Interview<'t> {
        let asks = |turn: &Turn| turn.body.last().is_some_and(|body| body.of(text.text).ends_with('?'));
        let mut labelled = turns.iter().map(|(_, turn)| *turn).filter(|turn| turn.form == Form::Turn);
        let asking = labelled.clone().find(|turn| asks(turn));
        let words = |turn: &Turn| turn.label.of(text.text);
        let answering = labelled.find(|turn| !asks(turn) && asking.is_none_or(|asking| words(asking) != words(turn)));
        Interview { first, asking, answering }
    }

    /// Whom the label of a question names, else the outlet that the one who answers is said to have spoken to.
    fn asker(&self, text: &Text, book: &mut Book) -> EntityId {
        let labelled = self.asking.and_then(|turn| named(text, turn, book));
        let outlet = || {
            let before = book.mentions.iter().take_while(|m| text.tokens[m.0].span.end <= self.first.label.start);
            let outlet = |e: EntityId| book.drafts[e].name.split(' ').next_back().is_some_and(words::is_outlet);
            before.map(|m| m.1).filter(|&e| book.drafts[e].kind == EntityKind::Organisation && outlet(e)).last()
        };
        labelled.or_else(outlet).unwrap_or_else(|| book.by_words("interviewer", EntityKind::Unnamed, None))
    }

    /// Whom the label of an answer names, else the first person named before the first question; else someone unnamed.
    fn answerer(&self, text: &Text, words: &str, book: &mut Book) -> EntityId {
        let framed = |m: &(TokenId, EntityId)| text.structure.is_framed(text.tokens[m.0].span);
        let before = book.mentions.iter().take_while(|m| text.tokens[m.0].span.end <= self.first.label.start);
        // "Ada Lind meets the keeper, Bo Lund": who meets or asks is not the one who answers.
        let asks = |m: &(TokenId, EntityId)| {
            let behind =
                text.tokens_from(m.0).iter().take(5).map(|t| text.word(t)).take_while(|w| !matches!(*w, "," | "."));
            behind.into_iter().any(|w| ASKS.contains(&w))
        };
        let persons = before.filter(|m| book.drafts[m.1].kind == EntityKind::Person && !framed(m));
        let (asking, others): (Vec<&(TokenId, EntityId)>, Vec<_>) = persons.partition(|m| asks(m));
        let mut persons = others.into_iter().chain(asking).map(|m| m.1);
        let labelled = self.answering.filter(|_| words.is_empty()).and_then(|turn| named(text, turn, book));
        // "Ada Lind, you run the mill": whom a question calls.
        let called = || {
            let asks = text.structure.turns.iter().filter(|turn| turn.form == Form::Question);
            let first = |turn: &Turn| turn.body.first().map(|body| text.tokens_in(*body).start);
            let comma = |t: TokenId| text.tokens_from(t).iter().take(4).any(|t| text.word(t) == ",");
            let person = |e: &EntityId| book.drafts[*e].kind == EntityKind::Person;
            asks.filter_map(first).filter(|&t| comma(t)).filter_map(|t| book.at(t)).find(person)
        };
        let labelled = labelled.or_else(called);
        let unnamed = if words.is_empty() { "interviewee" } else { words };
        let person = labelled.or_else(|| persons.next());
        person.unwrap_or_else(|| book.by_words(unnamed, EntityKind::Unnamed, None))
    }
}

/// The person whom a label in small letters names, else the body; what stands in brackets behind a name is a party or a seat.
fn named(text: &Text, turn: &Turn, book: &Book) -> Option<EntityId> {
    let label = turn.label.of(text.text);
    let name = person(label);
    let start = turn.label.start + label.find(name).unwrap_or(0);
    let label = Span::new(start, start + name.len());
    let named = || text.tokens_in(label).iter().filter_map(|t| book.at(t));
    named().rfind(|&e| book.drafts[e].kind == EntityKind::Person).or_else(|| named().next())
}

/// The entity that a label in capitals names.
fn labelled(label: &str, states: &States, date: Option<&str>, book: &mut Book) -> EntityId {
    let person = person(label);
    if is_unnamed(person) {
        return book.by_words(person, EntityKind::Unnamed, None);
    }
    let words: Vec<&str> = person.split_whitespace().collect();
    let (title, name) = words.split_at(title_length(&words));
    let title = title.iter().map(|w| w.trim_end_matches('.').to_lowercase()).collect::<Vec<_>>().join(" ");
    let title = title.trim_start_matches("the ");
    if name.is_empty() {
        return by_office(title, book);
    }
    let name = name.iter().map(|w| in_small_letters(w)).collect::<Vec<_>>().join(" ");
    let entity = by_name(&name, book);
    let draft = &mut book.drafts[entity];
    draft.gender = draft.gender.or(match title {
        "mr" => Some(Gender::Male),
        "ms" | "mrs" | "miss" => Some(Gender::Female),
        _ => None,
    });
    let affiliation =
        label.strip_prefix(person).and_then(|behind| behind.strip_prefix(',')).unwrap_or_default().trim_start();
    let affiliation = affiliation[..affiliation.find(['(', '[']).unwrap_or(affiliation.len())].trim();
    let roles = [if title.split(' ').all(words::is_courtesy) { "" } else { title }, &capitalized(affiliation)]
        .map(str::to_owned);
    for role in roles.into_iter().filter(|r| !r.is_empty()) {
        draft.side = draft.side.take().or_else(|| states.in_words(&capitalized(&role)));
        let bare = role.to_lowercase();
        if !draft.roles.iter().any(|known| known.to_lowercase().contains(&bare)) {
            draft.roles.push(role);
        }
    }
    spell_as_known(title, states, date, entity, book);
    entity
}

/// How many words of a label are title: "THE", "SECRETARY OF STATE", "FOREIGN MINISTER"; one word behind a courtesy is the
/// name, whatever it is ("MR KING").
fn title_length(words: &[&str]) -> usize {
    let lower: Vec<String> = words.iter().map(|w| w.trim_end_matches('.').to_lowercase()).collect();
    if words.len() == 2 && words::is_courtesy(&lower[0]) {
        return 1;
    }
    let mut end = 0;
    for (i, word) in lower.iter().enumerate() {
        let field = i > 0 && matches!(lower[i - 1].as_str(), "of" | "for");
        let joint = matches!(word.as_str(), "the" | "of" | "for" | "affairs") || words::is_modifier(word);
        if words::is_title(word) || words::is_body(word) || field {
            end = i + 1;
        } else if !joint {
            break;
        }
    }
    end
}

/// "THE PRESIDENT": who holds the office, as far as the text tells.
fn by_office(title: &str, book: &mut Book) -> EntityId {
    let often = |e: EntityId| book.drafts[e].mentions.len();
    let all = book.drafts.places();
    let holders = words::office(title).map(|office| book.holders(all, title, office, None)).unwrap_or_default();
    if let Some(holder) = holders.into_iter().max_by_key(|&e| often(e)) {
        return holder;
    }
    // "KING:" where the text names a King is no title.
    if let Some(named) = book.persons_of_surname(title).next() {
        return named;
    }
    let body = title.split(' ').next_back().is_some_and(|w| words::is_body(w) && !words::is_title(w));
    let entity = book.by_words(title, if body { EntityKind::Organisation } else { EntityKind::Person }, None);
    if !body && book.drafts[entity].roles.is_empty() {
        book.drafts[entity].roles.push(title.to_owned());
    }
    entity
}

/// The person of this name, in whatever letters the text writes it; the fullest name wins.
fn by_name(name: &str, book: &mut Book) -> EntityId {
    let new: Vec<&str> = name.split(' ').collect();
    let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
    let initial =
        |a: &str, b: &str| a.trim_end_matches('.').chars().count() == 1 && b.starts_with(a.trim_end_matches('.'));
    let fits = |old: &str| {
        let old: Vec<&str> = old.split(' ').collect();
        let first = old.len() < 2
            || new.len() < 2
            || same(old[0], new[0])
            || initial(old[0], new[0])
            || initial(new[0], old[0]);
        first && same(old[old.len() - 1], new[new.len() - 1])
    };
    let persons = book.persons_of_surname(surname_of(name)).filter(|&e| fits(&book.drafts[e].name));
    // The first of those with the longest name.
    match persons.min_by_key(|&e| usize::MAX - book.drafts[e].name.split(' ').count()) {
        Some(known) => {
            if !book.drafts[known].name.contains(char::is_lowercase) {
                let small = book.drafts[known].name.split(' ').map(in_small_letters).collect::<Vec<_>>().join(" ");
                book.rename(known, small);
                let draft = &mut book.drafts[known];
                draft.roles.iter_mut().for_each(|role| *role = office_in(role));
                draft.roles.retain(|role| !role.is_empty());
            }
            if book.drafts[known].name.split(' ').count() < new.len() {
                book.rename(known, name.to_owned());
            }
            known
        }
        None => book.by_words(name, EntityKind::Person, None),
    }
}

/// The office at the end of a heading: "PRESS BRIEFING BY PRESS SECRETARY" holds that of a press secretary.
fn office_in(role: &str) -> String {
    let words: Vec<String> = role.split_whitespace().map(str::to_lowercase).collect();
    let office =
        |w: &String| words::is_title(w) || words::is_modifier(w) || matches!(w.as_str(), "of" | "the" | "affairs");
    let start = words.iter().rposition(|w| !office(w)).map_or(0, |at| at + 1);
    words[start..].join(" ")
}

fn surname_of(name: &str) -> &str {
    name.split(' ').next_back().unwrap_or_default()
}

/// "FOREIGN MINISTER OF SUDOVIA" as "Foreign Minister of Sudovia".
fn capitalized(words: &str) -> String {
    let small = |w: &str| match w.to_lowercase().as_str() {
        joint @ ("of" | "the" | "for" | "and" | "to" | "in") => joint.to_owned(),
        lower => {
            let mut letters = lower.chars();
            letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
    };
    words.split_whitespace().map(small).collect::<Vec<_>>().join(" ")
}

/// "SECRETARY BLINKEN": title and surname together name an office holder that the tables know.
fn spell_as_known(title: &str, states: &States, date: Option<&str>, entity: EntityId, book: &mut Book) {
    let draft = &mut book.drafts[entity];
    if title.is_empty() || title.split(' ').all(words::is_courtesy) || draft.name.contains(' ') {
        return;
    }
    let at = |date: Option<&str>| states.knowledge().holder(&draft.name, date).filter(|h| !h.ambiguous);
    let Some(holders) = at(date).or_else(|| at(None)) else { return };
    let mut stays = holders.stays.into_iter();
    let known = stays.rfind(|h| format!(" {} ", h.office).contains(&format!(" {title} ")));
    if let Some(holder) = known.filter(|h| draft.side.as_deref().is_none_or(|side| side == h.side_name)) {
        draft.side = Some(holder.side_name.to_owned());
        book.rename(entity, holder.name.to_owned());
    }
}

/// A question is put to the one who speaks next, an answer given to the one who asked; where only two speak, each speaks to
/// the other.
fn addressees(
    turns: &[(AttributionId, &Turn)],
    speakers: &HashMap<AttributionId, EntityId>,
) -> HashMap<AttributionId, EntityId> {
    let speaker = |place: usize| speakers.get(&turns[place].0).copied();
    let asks = |place: usize| turns[place].1.form == Form::Question;
    let mut all: Vec<EntityId> = (0..turns.len()).filter_map(speaker).collect();
    all.sort_unstable();
    all.dedup();
    let two = all.len() == 2 && !(0..turns.len()).any(asks);
    // For each turn the next one, and the one before, that is no question.
    let mut next: Vec<Option<usize>> = vec![None; turns.len() + 1];
    for place in (0..turns.len()).rev() {
        next[place] = if asks(place) { next[place + 1] } else { Some(place) };
    }
    let mut last = vec![None; turns.len() + 1];
    for place in 0..turns.len() {
        last[place + 1] = if asks(place) { last[place] } else { Some(place) };
    }
    let to = |place: usize| {
        let other = |s: &EntityId| Some(*s) != speaker(place);
        if asks(place) {
            next[place + 1].or(last[place]).and_then(speaker)
        } else if place > 0 && (asks(place - 1) || two) {
            speaker(place - 1)
        } else if two && turns.len() > 1 {
            speaker(place + 1)
        } else {
            None
        }
        .filter(other)
    };
    (0..turns.len()).filter_map(|place| Some((turns[place].0, to(place)?))).collect()
}

/// "You said ..." within a turn, but not within a quotation in it: you are the one it is spoken to.
pub fn you(text: &Text, found: &Attributions, parts: &Parts, book: &Book, voices: &mut Voices) {
    if parts.addressees.is_empty() {
        return;
    }
    let quotes = &text.quote_states;
    let is_you = |word: &str| matches!(word.to_lowercase().as_str(), "you" | "your" | "yourself");
    for (i, f) in found.entries() {
        let outermost = std::iter::successors(f.inside, |&outer| found[outer].inside).last();
        let near = f.source.first().or(f.cue.first()).is_some_and(|&t| quotes[t] == QuoteState::Outside);
        let Some(to) = outermost.filter(|_| near).and_then(|outer| parts.addressee(outer)) else { continue };
        if f.source.len() == 1 && is_you(text.word(f.source[0])) {
            voices[i].speaker = Some(to);
            voices[i].addressee = voices[i].addressee.filter(|a| *a != to);
        }
        if voices[i].addressee.is_some_and(|a| is_you(&book.drafts[a].name)) {
            voices[i].addressee = Some(to).filter(|to| voices[i].speaker != Some(*to));
        }
    }
}
