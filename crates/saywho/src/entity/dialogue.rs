//! To whom it was said where the sentence has no object: by what the same sentence told before, by the name called in the
//! quotation, and, marked as inferred, by who asked before.

use super::id::EntityId;
use super::resolver::Resolver;
use crate::attribution::act::{self, lemma};
use crate::attribution::{AttributionId, Found};
use crate::reading::{Act, EntityKind};
use crate::table::Place;
use crate::text::{QuoteState, TokenId};
use crate::words;

/// Verbs that answer someone.
const ANSWERS: [&str; 5] = ["reply", "respond", "answer", "counter", "retort"];

/// How many attributions back a question may lie.
const REACH: usize = 4;

/// The addressee and whether it is inferred.
pub fn addressee(resolver: &Resolver, i: AttributionId) -> Option<(EntityId, bool)> {
    let found = &resolver.found[i];
    let told = same_sentence(resolver, i).or_else(|| questioned(resolver, i)).or_else(|| called(resolver, found));
    told.map(|e| (e, false)).or_else(|| asker(resolver, i).map(|e| (e, true)))
}

/// "told the crowd, reciting ...": a participle keeps the addressee of its sentence.
fn same_sentence(resolver: &Resolver, i: AttributionId) -> Option<EntityId> {
    let found = &resolver.found[i];
    let cue = *found.cue.first()?;
    let participle = resolver.text.word(cue).ends_with("ing");
    let near = |j: AttributionId| {
        let other = &resolver.found[j];
        let before = other.cue.last().is_some_and(|&t| t < cue);
        j != i && before && other.inside == found.inside && resolver.voices[j].speaker == resolver.voices[i].speaker
    };
    let same = resolver.by_sentence[1].get(&resolver.text.sentence_of[cue])?.iter().copied();
    same.filter(|&j| participle && near(j)).find_map(|j| resolver.voices[j].addressee)
}

/// "when pressed on the ban, she replied ...": she was the one pressed.
fn questioned(resolver: &Resolver, i: AttributionId) -> Option<EntityId> {
    let found = &resolver.found[i];
    let &cue = found.cue.first()?;
    let text = resolver.text;
    let passive = found.source.is_empty()
        && matches!(text.word(cue), "asked" | "pressed" | "questioned" | "challenged" | "told")
        && matches!(text.word(cue.before()?), "when" | "When" | "if" | "If" | "once" | "Once" | "," | "being");
    let same = |j: &AttributionId| *j != i && resolver.found[*j].inside == found.inside;
    let of = |j: AttributionId| resolver.found[j].cue[0].distance(cue);
    let near = resolver.by_sentence[0].get(&text.sentence_of[cue])?.iter().copied();
    let by = near.filter(|_| passive).filter(same).filter(|&j| resolver.voices[j].speaker.is_some());
    by.min_by_key(|&j| of(j)).and_then(|j| resolver.voices[j].speaker)
}

/// "That is right, Teo.", "Governor, ...": the one called by name or title within the quotation.
fn called(resolver: &Resolver, found: &Found) -> Option<EntityId> {
    let text = resolver.text;
    let word = |t: TokenId| text.word_at(t);
    found.content.iter().copied().filter(|&t| resolver.quotes[t] == QuoteState::Inside).find_map(|t| {
        let opens = resolver.quotes[t.before()?] == QuoteState::Open || found.content.first() == Some(&t);
        let title = words::is_title(word(t)) && !words::is_courtesy(word(t)) && word(t).starts_with(char::is_uppercase);
        if opens && title && word(t.next()) == "," {
            return resolver.by_noun(&word(t).to_lowercase(), t, None);
        }
        let end = *resolver.ends.get(&t)?;
        let person = resolver.book.at(t).filter(|&e| resolver.book.drafts[e].kind == EntityKind::Person)?;
        let before_comma = text.word_back(t, 2);
        let behind_comma = text.word_before(t) == ","
            && before_comma.starts_with(char::is_lowercase)
            && !words::is_title(before_comma);
        let closes = matches!(word(end), "." | "?" | "!" | "—" | "–" | "”" | "\"");
        // "Madam Maren, do you ...": the titles belong to the call.
        let first =
            text.tokens_before(t).take_while(|&b| word(b) == "." || words::is_title(word(b))).last().unwrap_or(t);
        let opens = opens || (first < t && first.before().is_some_and(|b| resolver.quotes[b] == QuoteState::Open));
        let begins = opens && word(end) == "," && (end == t.next() || first < t);
        ((behind_comma && closes && end == t.next()) || begins).then_some(person)
    })
}

/// Who asked, or whose turn it was before: answers and turns of a transcript go to them.
fn asker(resolver: &Resolver, i: AttributionId) -> Option<EntityId> {
    let found = &resolver.found[i];
    if found.inside.is_some() {
        return None;
    }
    let text = resolver.text;
    let verb = |f: &Found| f.cue.iter().any(|&t| ANSWERS.contains(&lemma(text.word(t)).as_str()));
    let turn = |f: &Found| f.cue.iter().all(|&t| text.word(t) == ":");
    let cue = *found.cue.first()?;
    let speaker = resolver.voices[i].speaker?;
    if !turn(found) && !verb(found) {
        return None;
    }
    let earlier = &resolver.outermost[..resolver.outermost.partition_point(|&(first, _)| first < cue)];
    let before: Vec<AttributionId> = earlier.iter().rev().take(REACH).map(|&(_, j)| j).collect();
    let other = |j: &AttributionId| resolver.voices[*j].speaker.filter(|&s| s != speaker);
    if turn(found) {
        return before.first().filter(|&&j| turn(&resolver.found[j])).and_then(other);
    }
    let words = |f: &Found| f.cue.iter().map(|&t| text.word(t)).collect::<Vec<_>>();
    let asked = |j: &&AttributionId| act::act(&words(&resolver.found[**j]), false) == Act::Ask;
    let question = before.iter().filter(asked).find_map(other);
    let interview = || {
        before
            .iter()
            .filter(|&&j| resolver.voices[j].speaker == Some(speaker))
            .find_map(|&j| resolver.voices[j].addressee)
    };
    question.or_else(interview)
}
