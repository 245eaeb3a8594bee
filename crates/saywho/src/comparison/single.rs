//! A single report that carries several sides: the accounts are those of the sides in its chains.

use super::Options;
use super::account::Prepared;
use super::claim::Draft;
use super::data::{Account, Claim, Comparison, Initiative, Participant, SCHEMA, Telling};
use super::parties::Who;
use super::{issue, link, report, slots};
use crate::Reading;
use crate::knowledge::Knowledge;
use crate::reading::{Attribution, Medium, Span};

pub(super) fn compare(
    reading: &Reading,
    knowledge: &Knowledge,
    known: impl Fn(&str) -> bool,
    options: &Options,
) -> Comparison {
    let accounts = [Prepared::new(reading, knowledge, known)];
    let mut drafts = drafts(reading, &accounts[0]);
    let found = issue::issues(&drafts, &accounts, &party_words(reading), &options.topics);
    let links = link::links(&drafts, &found);
    issue::name(&mut drafts, &found);
    let claims: Vec<Claim> = drafts.into_iter().enumerate().map(|(i, d)| report::claim(i, d)).collect();
    let issues = report::rows(&claims, &links);
    Comparison {
        schema: SCHEMA.into(),
        documents: vec![account(reading, &accounts[0])],
        conversation: telling(reading),
        claims,
        links,
        issues,
        quotations: Vec::new(),
    }
}

fn account(reading: &Reading, prepared: &Prepared) -> Account {
    let document = &reading.document;
    Account {
        id: document.id.clone(),
        source: document.source.clone(),
        side: None,
        kind: "report".into(),
        title: document.title.clone(),
        publisher: document.publisher.clone(),
        published: prepared.date.clone(),
        translation: report::translation(&document.text),
        text: document.text.clone(),
    }
}

/// The side that an attribution speaks for: that of its speaker, or of the nearest in its chain that has one.
fn side<'r>(reading: &'r Reading, a: &'r Attribution) -> Option<&'r str> {
    let ids = a.speaker.iter().chain(a.chain.iter().rev());
    ids.filter_map(|id| reading.entity(id)).find_map(|e| e.side.as_deref())
}

/// One claim for each sentence of what a side is told to have said; what only wraps another saying of that side is left out.
fn drafts(reading: &Reading, account: &Prepared) -> Vec<Draft> {
    let talking = sides(reading);
    let mut drafts: Vec<Draft> = Vec::new();
    for a in &reading.attributions {
        let Some(side) = side(reading, a).filter(|s| talking.is_empty() || talking.iter().any(|t| t == s)) else { continue };
        if wraps(reading, a, side) {
            continue;
        }
        for span in passages(a, account) {
            let tokens = account.text.tokens_in(span);
            if tokens.len() < 3 || drafts.iter().any(|d| d.span == span && d.side.as_deref() == Some(side)) {
                continue;
            }
            let name = |id: &Option<String>| id.as_deref().and_then(|id| reading.entity(id)).map(|e| e.name.clone());
            let speaker = name(&a.speaker);
            drafts.push(Draft {
                account: 0,
                span,
                side: Some(side.to_owned()),
                who: speaker.clone().map(Who::Other),
                speaker,
                addressee: name(&a.addressee),
                act: a.act,
                polarity: a.polarity,
                frame: slots::frame(account, tokens.clone()).map(|f| f.0),
                issue: String::new(),
                sentence: account.text.sentence_of[tokens.start] as usize,
                words: account.words[tokens].to_vec(),
            });
        }
    }
    drafts.sort_by_key(|d| (d.span.start, d.span.end));
    drafts
}

/// The sides of those who talked.
fn sides(reading: &Reading) -> Vec<String> {
    let participants = reading.conversations.first().into_iter().flat_map(|c| &c.participants);
    let mut sides: Vec<String> = participants.filter_map(|id| reading.entity(id)?.side.clone()).collect();
    sides.dedup();
    if sides.len() < 2 { Vec::new() } else { sides }
}

/// Whether attributions of the same side inside make up most of what this one says.
fn wraps(reading: &Reading, outer: &Attribution, own: &str) -> bool {
    let length = |a: &Attribution| a.content.iter().map(|s| s.end - s.start).sum::<usize>();
    let inner = reading.attributions.iter().filter(|a| a.inside.as_deref() == Some(&outer.id) && side(reading, a) == Some(own));
    2 * inner.map(length).sum::<usize>() >= length(outer)
}

/// The content, cut at the ends of its sentences.
fn passages(a: &Attribution, account: &Prepared) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for part in &a.content {
        let tokens = account.text.tokens_in(*part);
        let mut first = tokens.start;
        for t in tokens.clone() {
            let last = t + 1 == tokens.end || account.text.sentence_of[t + 1] != account.text.sentence_of[t];
            if last {
                found.extend(account.text.span(first..t + 1).map(|s| Span::new(s.start.max(part.start), s.end.min(part.end))));
                first = t + 1;
            }
        }
    }
    found
}

fn party_words(reading: &Reading) -> Vec<String> {
    let ids = reading.conversations.first().into_iter().flat_map(|c| &c.participants);
    let words = ids.filter_map(|id| reading.entity(id)).flat_map(|e| {
        super::person::name_words(&e.name).into_iter().chain(e.side.as_ref().map(|s| s.to_lowercase()))
    });
    words.collect()
}

fn telling(reading: &Reading) -> Telling {
    let told = reading.conversations.first();
    let participants = told.into_iter().flat_map(|c| &c.participants).filter_map(|id| reading.entity(id));
    let tone = told.into_iter().flat_map(|c| &c.tone);
    Telling {
        participants: participants.map(|e| Participant { name: e.name.clone(), side: e.side.clone() }).collect(),
        medium: told.map_or(Medium::Unknown, |c| c.medium),
        date: told.and_then(|c| c.date.clone()),
        duration_minutes: None,
        initiator: told.and_then(|c| c.initiator.as_ref()).map(|i| Initiative { side: i.side.clone(), according_to: vec![0] }),
        initiator_disputed: Vec::new(),
        tone: tone.map(|t| slots::tone_words(&t.words, Span::new(0, t.words.len()), 0)).collect(),
    }
}
