//! What a document tells in its own voice, as one side's account of a conversation, beside what it ascribes to sources.

use std::collections::HashMap;

use super::own::{Speaker, Told, own};
use crate::Analysis;
use crate::entity::{Cast, EntityId, Voice, group};
use crate::ids::Ids;
use crate::knowledge::Knowledge;
use crate::reading::{Attribution, AttributionType, Conversation, EntityKind, Initiator, Reading, Span, ToldBy, Tone};
use crate::text::Text;

/// How often what the rules take for something said in a conversation is: of the claims found in hand-made accounts of invented
/// calls three in four are right.
const TOLD: f32 = 0.75;

/// Settles the conversation that a document tells of, and what it tells of it. A sentence that names all who talked tells between
/// whom, how and when; who asked for it and how it went is for those to say who are cited on it, and else for the document itself.
pub(crate) fn add(analysis: &mut Analysis, knowledge: &Knowledge) {
    if !analysis.reading.document.may_be_english() {
        return;
    }
    // What a report tells of a conversation by the way, without citing anybody on it, is mostly none.
    let cited = !analysis.reading.conversations.is_empty();
    let Some(own) = own(analysis, knowledge).filter(|own| cited || own.told.is_some()) else { return };
    let all = own.told.unwrap_or_default();
    let book = &mut analysis.cast.book;
    let author = book.by_words("the author", EntityKind::Document, None);
    // In one order, so that accounts of one conversation name them alike.
    let mut members = own.participants.clone();
    members.sort_by(|&a, &b| book.drafts[a].name.cmp(&book.drafts[b].name));
    let everybody = group::of(book, &members);
    let reading = analysis.reading.to_mut();
    let cast = &mut analysis.cast;
    let mut ids = Ids::new(cast, std::mem::take(&mut reading.entities));
    let cited = (!reading.conversations.is_empty()).then(|| reading.conversations.remove(0));
    let (initiator, tone) = cited.map(|cited| (cited.initiator, cited.tone)).unwrap_or_default();
    let initiator = initiator.or_else(|| {
        let told = own.telling.initiator?;
        Some(Initiator { side: told.side, according_to: vec![ids.id(cast, author)] })
    });
    let tone = if tone.is_empty() {
        let told = own.telling.tone.into_iter();
        told.map(|told| Tone { words: told.words, according_to: ids.id(cast, author) }).collect()
    } else {
        tone
    };
    let conversation = Conversation {
        id: "c1".into(),
        participants: own.participants.iter().map(|&e| ids.id(cast, e)).collect(),
        medium: own.telling.medium,
        initiator,
        date: own.telling.date,
        tone,
    };
    reading.conversations.insert(0, conversation);
    for told in &all {
        let place = attribution_of(reading, &analysis.text, told, &all);
        let place = place.unwrap_or_else(|| {
            let (attribution, voice) = attribution(told, &reading.attributions, &cast.voices);
            take_in(&mut reading.attributions, &attribution);
            cast.voices.push(voice);
            reading.attributions.push(attribution);
            reading.attributions.len() - 1
        });
        let attribution = &mut reading.attributions[place];
        (attribution.told, attribution.act, attribution.polarity) = (Some(ToldBy::Account), told.act, told.polarity);
        let speaker = told.speaker.map(|speaker| match speaker {
            Speaker::One(place) => place,
            Speaker::All => everybody,
        });
        if let Some(speaker) = speaker {
            let (id, voice) = (ids.id(cast, speaker), &mut cast.voices[place]);
            if attribution.speaker.is_some() {
                attribution.chain.pop();
                voice.chain.pop();
            }
            attribution.chain.push(id.clone());
            attribution.speaker = Some(id);
            voice.chain.push(speaker);
            voice.speaker = Some(speaker);
        }
        // Where two talk, what one says goes to the other; so it is in nine of ten readouts read by hand.
        let hearer = || speaker.and_then(|speaker| other_of_two(cast, &own.participants, speaker));
        let inferred = told.addressee.is_none();
        if let Some(addressee) = told.addressee.or_else(|| hearer().filter(|_| attribution.addressee.is_none())) {
            attribution.addressee = Some(ids.id(cast, addressee));
            attribution.addressee_inferred = inferred;
            cast.voices[place].addressee = Some(addressee);
        }
    }
    reading.entities = ids.settle(cast, &analysis.text);
    in_order(reading, &mut cast.voices);
}

/// The one of two participants that is not the speaker, nor of the speaker’s side.
fn other_of_two(cast: &Cast, participants: &[EntityId], speaker: EntityId) -> Option<EntityId> {
    let drafts = &cast.book.drafts;
    let side = |e: EntityId| drafts[e].side.as_deref().unwrap_or(&drafts[e].name);
    let &[a, b] = participants else { return None };
    let is = |e: EntityId| e == speaker || side(e) == side(speaker);
    match (is(a), is(b)) {
        (true, false) => Some(b),
        (false, true) => Some(a),
        _ => None,
    }
}

/// The attribution to a source that a clause tells: the one with its verb. It keeps what is its own, where other clauses tell
/// the rest ("discussed the bridge, a new timetable").
fn attribution_of(reading: &mut Reading, text: &Text, told: &Told, all: &[Told]) -> Option<usize> {
    let touches = |spans: &[Span], span: Span| spans.iter().any(|s| s.overlaps(span));
    let length = |span: Span| span.end - span.start;
    let shared = |s: &Span| s.end.min(told.content.end).saturating_sub(s.start.max(told.content.start));
    let own = |a: &Attribution| {
        let verb = told.cue.is_some_and(|cue| touches(&a.cue, cue));
        // Where no verb was told apart it is the one whose verb stands there, or which quotes most of the words.
        let there = || a.inside.is_none() && has_verb(a, told);
        let quoted = a.kind == AttributionType::Direct;
        let most = || quoted && 2 * a.content.iter().map(shared).sum::<usize>() > length(told.content);
        a.told.is_none() && (verb || told.cue.is_none() && (there() || most()))
    };
    let place = reading.attributions.iter().position(own)?;
    let attribution = &mut reading.attributions[place];
    if has_verb(attribution, told) {
        return Some(place);
    }
    let mut others = all.iter().map(Told::span).filter(|span| !span.overlaps(told.span()));
    let within = |content: &[Span]| told.cue.is_some() && content.iter().all(|c| told.content.contains(*c));
    if within(&attribution.content) || others.any(|other| touches(&attribution.content, other)) {
        // The cue may hold more of the clause: "informed Ms Doran about".
        let cue = attribution.cue.iter().map(|cue| cue.end).filter(|&end| end < told.content.end).max();
        let from = cue.map_or(told.content.start, |end| end.max(told.content.start));
        let rest = text.tokens_in(Span::new(from, told.content.end));
        attribution.content = text.span(rest).map_or_else(|| vec![told.content], |rest| vec![rest]);
    }
    Some(place)
}

/// Whether an attribution without a source tells what a clause does from its verb to the end: "On grain, it | was agreed to wait".
fn has_verb(a: &Attribution, told: &Told) -> bool {
    let to_the_end = a.content.last().is_some_and(|last| last.end == told.content.end);
    to_the_end && a.source.is_empty() && !a.cue.is_empty() && a.cue.iter().all(|cue| told.content.contains(*cue))
}

/// A new attribution of what a clause tells. In a transcript it lies inside the turn that it is said in.
fn attribution(told: &Told, all: &[Attribution], voices: &[Voice]) -> (Attribution, Voice) {
    let holds = |a: &Attribution| a.told.is_none() && a.content.iter().any(|c| c.contains(told.content));
    let outer = (0..all.len()).filter(|&i| holds(&all[i])).max_by_key(|&i| all[i].chain.len());
    let inside = outer.map(|outer| all[outer].id.clone());
    let voice = outer.map(|outer| Voice { chain: voices[outer].chain.clone(), ..Voice::default() });
    let attribution = Attribution {
        id: format!("a{}", all.len() + 1),
        source: told.source.into_iter().collect(),
        cue: told.cue.into_iter().collect(),
        content: vec![told.content],
        kind: AttributionType::Indirect,
        speaker: None,
        addressee: None,
        recipient: Vec::new(),
        addressee_inferred: false,
        audience: None,
        conversation: None,
        inside,
        chain: outer.map_or_else(Vec::new, |outer| all[outer].chain.clone()),
        via: None,
        act: told.act,
        polarity: told.polarity,
        told: Some(ToldBy::Account),
        issue: None,
        confidence: TOLD,
    };
    (attribution, voice.unwrap_or_default())
}

/// What a new attribution holds lies inside it from now on.
fn take_in(all: &mut [Attribution], new: &Attribution) {
    let held = |a: &Attribution| {
        let mut parts = a.source.iter().chain(&a.cue).chain(&a.content);
        parts.all(|part| new.content.iter().any(|c| c.contains(*part)))
    };
    for a in all.iter_mut().filter(|a| a.inside == new.inside && a.told.is_none() && held(a)) {
        a.inside = Some(new.id.clone());
    }
}

/// Puts the attributions in order of the text, each followed by those inside it, and numbers them anew. What is no longer held by
/// the one it lay in stands by itself.
fn in_order(reading: &mut Reading, voices: &mut Vec<Voice>) {
    let held = |outer: &Attribution, inner: &Attribution| {
        inner.content.iter().all(|i| outer.content.iter().any(|o| o.contains(*i)))
    };
    let all = &reading.attributions;
    let by_id: HashMap<&str, usize> = all.iter().enumerate().map(|(i, a)| (a.id.as_str(), i)).collect();
    let around = |a: &Attribution| by_id.get(a.inside.as_deref()?).copied();
    let as_read = |a: &Attribution, o: &Attribution| a.told.is_none() && o.told.is_none();
    let kept = |a: &Attribution| around(a).filter(|&o| as_read(a, &all[o]) || held(&all[o], a));
    let outer: Vec<Option<usize>> = all.iter().map(kept).collect();
    let first = |a: &Attribution| a.source.iter().chain(&a.cue).chain(&a.content).map(|s| s.start).min();
    let path = |i: usize| {
        let mut path: Vec<(Option<usize>, usize)> =
            std::iter::successors(Some(i), |&i| outer[i]).map(|i| (first(&all[i]), i)).collect();
        path.reverse();
        path
    };
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_cached_key(|&i| path(i));
    let mut number = vec![0; all.len()];
    order.iter().enumerate().for_each(|(place, &i)| number[i] = place);
    let changed = |i: usize| {
        let mut around = std::iter::successors(outer[i], |&i| outer[i]);
        outer[i].is_none() && all[i].inside.is_some() || around.any(|o| all[o].told.is_some())
    };
    let mut placed: Vec<Attribution> = Vec::with_capacity(all.len());
    let mut heard: Vec<Voice> = Vec::with_capacity(all.len());
    for &i in &order {
        let (mut a, mut voice) = (all[i].clone(), std::mem::take(&mut voices[i]));
        let around = outer[i].map(|outer| number[outer]);
        if changed(i) {
            // Through whom it is heard may have changed with those around it.
            let through = around.map(|outer| (placed[outer].chain.clone(), heard[outer].chain.clone()));
            (a.chain, voice.chain) = through.unwrap_or_default();
            a.chain.extend(a.speaker.clone());
            voice.chain.extend(voice.speaker);
        }
        a.id = format!("a{}", placed.len() + 1);
        a.inside = around.map(|outer| format!("a{}", outer + 1));
        placed.push(a);
        heard.push(voice);
    }
    (reading.attributions, *voices) = (placed, heard);
}
