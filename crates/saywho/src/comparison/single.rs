//! A single report that carries several sides: the accounts are those of the sides in its chains.

use super::caution::cautions;
use super::data::{
    Account, AccountKind, Claim, Comparison, Initiative, Participant, Readable, SCHEMA, Someone, Telling, Told,
};
use super::draft::Draft;
use super::options::Options;
use super::relate::{Related, relate};
use super::report;
use crate::conversation::cue::is_talk_noun;
use crate::conversation::prepared::Prepared;
use crate::conversation::slots;
use crate::conversation::who::Who;
use crate::meaning::Meaning;
use crate::reading::{Act, Attribution, Entity, EntityKind, Medium, Span};
use crate::table::Place;
use crate::text::TokenId;
use crate::words;
use crate::{Analysis, Reading};

pub(super) fn compare(analysis: &Analysis, meaning: &Meaning, options: &Options) -> Comparison {
    let reading = analysis.reading();
    let accounts = [Prepared::new(analysis)];
    let mut drafts = drafts(reading, &accounts[0]);
    let Related { links, nearest } = relate(&mut drafts, &accounts, party_words(reading), meaning, &options.topics);
    let claims: Vec<Claim> = drafts.into_iter().enumerate().map(|(i, d)| report::claim(i, d)).collect();
    let documents = vec![account(reading, &accounts[0], &claims)];
    let issues = report::rows(&documents, &claims, &links, &nearest);
    let mut comparison = Comparison {
        schema: SCHEMA.into(),
        documents,
        conversation: telling(reading),
        claims,
        links,
        issues,
        quotations: Vec::new(),
        cautions: Vec::new(),
    };
    comparison.cautions = cautions(&comparison);
    comparison
}

fn account(reading: &Reading, prepared: &Prepared, claims: &[Claim]) -> Account {
    let document = &reading.document;
    Account {
        id: document.id.clone(),
        source: document.source.clone(),
        side: None,
        kind: AccountKind::Report,
        language: document.language.clone(),
        claims: Readable::of(0, claims),
        conversation: if reading.conversations.is_empty() { Told::None } else { Told::This },
        conversation_date: reading.conversations.first().and_then(|c| c.date.clone()),
        title: document.title.clone(),
        publisher: document.publisher.clone(),
        published: prepared.date.clone(),
        translation: report::translation(&document.text),
        text: document.text.clone(),
    }
}

/// The side whose account an attribution is: that of the outermost in its chain who speaks for one. Reporters tell what others
/// say and speak for nobody.
fn side<'r>(reading: &'r Reading, a: &'r Attribution) -> Option<&'r str> {
    let reports = |e: &&Entity| e.roles.iter().any(|r| words::office(r) == Some("reporter"));
    let ids = a.chain.iter().chain(a.speaker.iter());
    ids.filter_map(|id| reading.entity(id)).filter(|e| !reports(e)).find_map(|e| e.side.as_deref())
}

/// What somebody only demands, wants or offers of another has not been said or done: "demanded that they promise ...".
fn is_wished(reading: &Reading, a: &Attribution) -> bool {
    let outer = a.inside.as_deref().and_then(|id| reading.attribution(id));
    outer.is_some_and(|o| {
        let wish = matches!(o.act, Act::Demand | Act::Want | Act::Ask | Act::Offer) && o.speaker != a.speaker;
        wish || is_wished(reading, o)
    })
}

/// The sentence of the outermost content that a claim stands in: it tells what the claim is about.
fn context(reading: &Reading, a: &Attribution, span: Span, account: &Prepared) -> Span {
    let mut outermost = a;
    while let Some(outer) = outermost.inside.as_deref().and_then(|id| reading.attribution(id)) {
        outermost = outer;
    }
    let around = passages(outermost, account).into_iter().find(|p| p.contains(span)).unwrap_or(span);
    announced(account, around).unwrap_or(around)
}

/// "Regarding the fishing ban, the Sudovian side urged ...": what stands up to the comma says what it is about.
fn announced(account: &Prepared, passage: Span) -> Option<Span> {
    let tokens = account.text.tokens_in(passage);
    let word = |t: TokenId| account.words[t].as_str();
    let opens = |t: &TokenId| matches!(word(*t), "regarding" | "concerning");
    let first = tokens.iter().take(2).find(opens)?.next();
    let comma = first.until(tokens.end).iter().find(|&t| word(t) == ",")?;
    account.text.span(first.until(comma))
}

/// What the contract calls those who talked: "both", or "all" where there are more than two.
fn together(reading: &Reading) -> Someone {
    let told = reading.conversations.first();
    if told.is_some_and(|c| c.participants.len() > 2) { Someone::All } else { Someone::Both }
}

/// The name that the contract gives a speaker, or what it calls those who talked together.
fn name(reading: &Reading, id: Option<&str>) -> Option<Someone> {
    let entity = reading.entity(id?)?;
    let talked = reading.conversations.first().map_or(&[][..], |c| c.participants.as_slice());
    let held = talked.len() >= 2 && talked.iter().all(|id| entity.members.contains(id));
    Some(if entity.kind == EntityKind::Group && held { together(reading) } else { Someone::Named(entity.name.clone()) })
}

/// One claim for each sentence of what a side is told to have said; what only wraps another saying of that side is left out.
pub(super) fn drafts(reading: &Reading, account: &Prepared) -> Vec<Draft> {
    let talking = sides(reading);
    let mut drafts: Vec<Draft> = Vec::new();
    for a in &reading.attributions {
        let Some(side) = side(reading, a).filter(|s| talking.is_empty() || talking.iter().any(|t| t == s)) else {
            continue;
        };
        if is_wished(reading, a) {
            continue;
        }
        for span in passages(a, account).into_iter().filter(|span| !wraps(reading, a, *span, side)) {
            let whole = draft(reading, a, span, account, side);
            let topics = topics(account, span);
            let listed = topics.iter().map(|&topic| Draft {
                span: topic,
                context: topic,
                act: Act::Discuss,
                speaker: Some(together(reading)),
                who: Some(Who::Both),
                addressee: None,
                words: account.words[account.text.tokens_in(topic)].to_vec(),
                ..whole.clone()
            });
            let told: Vec<Draft> = if topics.is_empty() { vec![whole.clone()] } else { listed.collect() };
            // "... summed up the story of their conversation": it says nothing of what was said.
            let scene = |c: &Draft| c.frame.is_none() && c.words.len() <= 7 && c.words.iter().any(|w| is_talk_noun(w));
            for claim in told.into_iter().filter(|c| (c.words.len() >= 3 && !scene(c)) || !topics.is_empty()) {
                if !drafts.iter().any(|d| d.span == claim.span && d.side == claim.side) {
                    drafts.push(claim);
                }
            }
        }
    }
    drafts.sort_by_key(|d| (d.span.start, d.span.end));
    drafts
}

fn draft(reading: &Reading, a: &Attribution, span: Span, account: &Prepared, side: &str) -> Draft {
    let tokens = account.text.tokens_in(span);
    let speaker = name(reading, a.speaker.as_deref());
    Draft {
        account: 0,
        span,
        // The words of the act, where they are several the longest part: the others are small words around a subject.
        cue: a.cue.iter().copied().max_by_key(|c| c.end - c.start),
        context: context(reading, a, span, account),
        side: Some(side.to_owned()),
        who: speaker.as_ref().map(|who| Who::Other(who.name().to_owned())),
        speaker,
        addressee: name(reading, a.addressee.as_deref()),
        act: a.act,
        polarity: a.polarity,
        frame: slots::frame(account, tokens).map(|f| f.0),
        issue: String::new(),
        attribution: Some(a.id.clone()),
        sentence: account.text.sentence_of[tokens.start],
        words: account.words[tokens].to_vec(),
    }
}

/// "had a call during which the issues of grain, prisoners and the ports were raised": what the talk was about, one by one.
fn topics(account: &Prepared, span: Span) -> Vec<Span> {
    let tokens = account.text.tokens_in(span);
    let word = |t: TokenId| account.words[t].as_str();
    let listed = |t: &TokenId| {
        matches!(word(*t), "issues" | "topics" | "questions" | "subjects" | "matters") && word(t.next()) == "of"
    };
    let talk = tokens.iter().any(|t| is_talk_noun(word(t)));
    let Some(start) = tokens.start.until(tokens.end.back(1)).iter().find(listed).filter(|_| talk).map(|t| t.plus(2))
    else {
        return Vec::new();
    };
    let end =
        start.until(tokens.end).iter().find(|&t| matches!(word(t), "were" | "was" | "." | ";")).unwrap_or(tokens.end);
    let parts = account.words[start.until(end)].split(|w| matches!(w.as_str(), "," | "and"));
    let mut at = start;
    let ranges = parts.map(|part| {
        let range = at.until(at.plus(part.len()));
        at = range.end.next();
        range
    });
    ranges.filter(|r| !r.is_empty()).filter_map(|r| account.text.span(r)).collect()
}

/// The sides of those who talked.
fn sides(reading: &Reading) -> Vec<String> {
    let participants = reading.conversations.first().into_iter().flat_map(|c| &c.participants);
    let mut sides: Vec<String> = participants.filter_map(|id| reading.entity(id)?.side.clone()).collect();
    sides.dedup();
    if sides.len() < 2 { Vec::new() } else { sides }
}

/// Whether attributions of the same side inside make up most of what a passage of this one says.
fn wraps(reading: &Reading, outer: &Attribution, passage: Span, own: &str) -> bool {
    let inside = |a: &&Attribution| a.inside.as_deref() == Some(&outer.id) && side(reading, a) == Some(own);
    let inner = reading.attributions.iter().filter(inside).filter(|a| !is_wished(reading, a));
    let shared = |s: &Span| s.end.min(passage.end).saturating_sub(s.start.max(passage.start));
    3 * inner.flat_map(|a| &a.content).map(shared).sum::<usize>() >= passage.end - passage.start
}

/// The content, cut at the ends of its sentences.
fn passages(a: &Attribution, account: &Prepared) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for part in &a.content {
        let tokens = account.text.tokens_in(*part);
        let mut first = tokens.start;
        for t in tokens {
            let last = t.next() == tokens.end || account.text.sentence_of[t.next()] != account.text.sentence_of[t];
            if last {
                found.extend(
                    account
                        .text
                        .span(first.through(t))
                        .map(|s| Span::new(s.start.max(part.start), s.end.min(part.end))),
                );
                first = t.next();
            }
        }
    }
    found
}

fn party_words(reading: &Reading) -> Vec<String> {
    let ids = reading.conversations.first().into_iter().flat_map(|c| &c.participants);
    let words = ids.filter_map(|id| reading.entity(id)).flat_map(|e| {
        crate::conversation::person::name_words(&e.name).into_iter().chain(e.side.as_ref().map(|s| s.to_lowercase()))
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
        initiator: told
            .and_then(|c| c.initiator.as_ref())
            .map(|i| Initiative { side: i.side.clone(), according_to: vec![0] }),
        initiator_disputed: Vec::new(),
        tone: tone.map(|t| slots::tone_words(&t.words, Span::new(0, t.words.len()), 0)).collect(),
    }
}
