//! The conversations of a document as those tell them who are cited on them: between whom, how, when, and who asked for them.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::attribution::{AttributionId, Attributions};
use crate::entity::{Cast, EntityId, Voices};
use crate::reading::{Dated, EntityKind, Medium, Span};
use crate::table::{Place, Places, Table};
use crate::text::{SentenceId, Text, TokenId};
use crate::words;

use super::tone;

/// A conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Talk {
    /// Who took part.
    pub participants: Vec<EntityId>,
    /// How they spoke.
    pub medium: Medium,
    /// The side that asked for it and who says so (`None`: the document itself).
    pub initiator: Option<(String, Vec<Option<EntityId>>)>,
    /// ISO date, where the text states day, month and year.
    pub date: Option<String>,
    /// Words on how it went, and who says so.
    pub tone: Vec<(Span, Option<EntityId>)>,
}

/// Nouns and verbs of conversations.
const TALKS: [&str; 15] = [
    "conversation",
    "call",
    "talks",
    "meeting",
    "negotiations",
    "discussion",
    "spoke",
    "speak",
    "met",
    "phoned",
    "telephoned",
    "called",
    "conferred",
    "videoconference",
    "summit",
];

/// The conversations that the document tells of: the one it tells most of, if two persons are told to have spoken with each
/// other, then others by the way, in order of the text. What stands in a sentence that tells of another is not of the first.
pub fn conversations(text: &Text, found: &Attributions, cast: &Cast, voices: &Voices, dates: &[Dated]) -> Vec<Talk> {
    let talks: Vec<TokenId> =
        text.tokens.places().filter(|&t| TALKS.contains(&text.word(t).to_lowercase().as_str())).collect();
    let told: Vec<SentenceId> = talks.iter().map(|&t| text.sentence_of[t]).collect();
    let Some(first) = participants(text, cast, &told) else { return Vec::new() };
    let others = others(text, cast, &talks, &first);
    let tellers = tellers(text, found, voices);
    let talk = |participants: Vec<EntityId>, is_own: &dyn Fn(SentenceId) -> bool| {
        let own: Vec<SentenceId> = told.iter().copied().filter(|&sentence| is_own(sentence)).collect();
        let words = |sentence: SentenceId| text.tokens_in(text.sentences[sentence]).iter().map(|t| text.word(t));
        Talk {
            participants,
            medium: medium_in(own.iter().flat_map(|&sentence| words(sentence))),
            initiator: initiator(text, &tellers, cast, is_own),
            date: date_told(text, dates, &own),
            tone: tones(text, &tellers, is_own),
        }
    };
    let elsewhere = |sentence: SentenceId| others.iter().any(|(_, told)| told.contains(&sentence));
    let main = talk(first, &|sentence| !elsewhere(sentence));
    let by_the_way = others.iter().map(|(pair, told)| talk(pair.to_vec(), &|sentence| told.contains(&sentence)));
    std::iter::once(main).chain(by_the_way).collect()
}

/// Two who talked, and the sentences that tell of it.
type Pair = ([EntityId; 2], Vec<SentenceId>);

/// Pairs of two sides of whom not both took part in the first conversation, told in a sentence of their own with the word of
/// talking after the first of them: "Maren had spoken with Jon Tarn of Kestria on Monday".
fn others(text: &Text, cast: &Cast, talks: &[TokenId], first: &[EntityId]) -> Vec<Pair> {
    let side = |e: EntityId| cast.book.drafts[e].side.as_deref();
    let mut others: Vec<Pair> = Vec::new();
    for talk in talks {
        let sentence = text.sentence_of[*talk];
        let person = |m: &&(TokenId, EntityId)| cast.book.drafts[m.1].kind == EntityKind::Person;
        let mut named: Vec<(TokenId, EntityId)> =
            mentions_in(text, cast, sentence).iter().filter(person).copied().collect();
        named.dedup_by_key(|m| m.1);
        let &[(a_at, a), (b_at, b)] = &named[..] else { continue };
        let apart = side(a).is_some() && side(b).is_some() && side(a) != side(b);
        let between = a_at < *talk && *talk < b_at;
        let is_first = first.contains(&a) && first.contains(&b);
        if !apart || !between || is_first {
            continue;
        }
        let pair = [a.min(b), a.max(b)];
        match others.iter_mut().find(|(known, _)| *known == pair) {
            Some((_, told)) => told.push(sentence),
            None => others.push((pair, vec![sentence])),
        }
    }
    others
}

/// The two persons most often named together where a conversation is told of; of different sides where sides are known; and who
/// is listed with them.
fn participants(text: &Text, cast: &Cast, told: &[SentenceId]) -> Option<Vec<EntityId>> {
    let mut together: HashMap<(EntityId, EntityId), usize> = HashMap::new();
    let mut sentences = told.to_vec();
    sentences.dedup();
    for sentence in sentences {
        let mut persons: Vec<EntityId> = mentions_in(text, cast, sentence).iter().map(|m| m.1).collect();
        persons.retain(|&e| cast.book.drafts[e].kind == EntityKind::Person && cast.book.drafts[e].side.is_some());
        persons.sort_unstable();
        persons.dedup();
        for (i, &a) in persons.iter().enumerate() {
            for &b in &persons[i + 1..] {
                *together.entry((a, b)).or_default() += if persons.len() == 2 { 2 } else { 1 };
            }
        }
    }
    let side = |e: EntityId| cast.book.drafts[e].side.as_deref();
    let apart = |(a, b): (EntityId, EntityId)| side(a).is_some() && side(b).is_some() && side(a) != side(b);
    let best = together
        .into_iter()
        .filter(|(pair, _)| apart(*pair))
        .max_by_key(|(pair, count)| (*count, std::cmp::Reverse(*pair)))?;
    let mut parties = (best.1 >= 2).then(|| vec![best.0.0, best.0.1])?;
    join(text, cast, told, &mut parties);
    Some(parties)
}

/// (first token, entity) of the names in a sentence, in order.
fn mentions_in<'c>(text: &Text, cast: &'c Cast, sentence: SentenceId) -> &'c [(TokenId, EntityId)] {
    let mentions = &cast.book.mentions;
    let first = mentions.partition_point(|m| text.sentence_of[m.0] < sentence);
    let last = mentions.partition_point(|m| text.sentence_of[m.0] <= sentence);
    &mentions[first..last]
}

/// Adds those whom the first sentence that tells of the conversation lists with a party: "spoke with Teo Vasca and Jon Tarn".
fn join(text: &Text, cast: &Cast, told: &[SentenceId], parties: &mut Vec<EntityId>) {
    let is_lead = |sentence: &&SentenceId| mentions_in(text, cast, **sentence).iter().any(|m| parties.contains(&m.1));
    let Some(&lead) = told.iter().find(is_lead) else { return };
    let person = |m: &&(TokenId, EntityId)| cast.book.drafts[m.1].kind == EntityKind::Person;
    let named: Vec<(TokenId, EntityId)> = mentions_in(text, cast, lead).iter().filter(person).copied().collect();
    let listed = listed(text, &named, parties);
    for entity in listed {
        let side = &cast.book.drafts[entity].side;
        if side.is_some() && parties.iter().all(|&p| p != entity && cast.book.drafts[p].side != *side) {
            parties.push(entity);
        }
    }
}

/// Who stands in one list with a party, of those named in a sentence: (first token, who), in order.
pub(crate) fn listed<Who: Copy + PartialEq>(text: &Text, named: &[(TokenId, Who)], parties: &[Who]) -> Vec<Who> {
    let lists = named.chunk_by(|a, b| is_list(text, a.0.next().until(b.0)));
    lists.filter(|list| list.iter().any(|(_, who)| parties.contains(who))).flatten().map(|(_, who)| *who).collect()
}

/// Whether nothing but a comma or "and", and titles and names, stands between two names: they are items of one list, and not
/// of one that says that each was spoken to for himself.
fn is_list(text: &Text, between: Places<TokenId>) -> bool {
    let word = |t: TokenId| text.word(t);
    let joins = between.iter().any(|t| matches!(word(t), "and" | ","));
    let item = |t: TokenId| {
        let (word, lower) = (word(t), word(t).to_lowercase());
        matches!(word, "and" | "," | "of" | "the" | "for" | "also" | "with" | "’" | "'" | "s")
            || word.starts_with(char::is_uppercase)
            || words::is_title(&lower)
    };
    let sentence = text.tokens_in(text.sentences[text.sentence_of[between.start]]);
    let each = sentence.into_iter().any(|t| matches!(word(t), "separate" | "separately" | "each" | "respectively"));
    joins && !each && between.into_iter().all(item)
}

/// How they spoke, as the words of sentences that tell of a conversation show: video before telephone before a meeting.
pub(crate) fn medium_in<'w>(words: impl Iterator<Item = &'w str>) -> Medium {
    let of_word = |word: &str| match word.to_lowercase().as_str() {
        "video" | "videoconference" | "virtual" | "virtually" => Some(Medium::Video),
        "telephone" | "phone" | "phoned" | "telephoned" | "call" | "called" => Some(Medium::Telephone),
        "met" | "meeting" | "summit" | "visit" | "hosted" | "received" | "welcomed" => Some(Medium::InPerson),
        _ => None,
    };
    let told: Vec<Medium> = words.filter_map(of_word).collect();
    let order = [Medium::Video, Medium::Telephone, Medium::InPerson];
    order.into_iter().find(|medium| told.contains(medium)).unwrap_or(Medium::Unknown)
}

/// The ISO date of a day that the calendar has.
pub(crate) fn written(year: &str, month: usize, day: u32) -> Option<String> {
    let date = Date::new(year.parse().ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(date.to_string())
}

/// "at the initiative of the Sudovian side", "at Norrland’s request", "initiated by Norrland".
fn initiator(
    text: &Text,
    tellers: &Table<TokenId, Option<EntityId>>,
    cast: &Cast,
    is_own: &dyn Fn(SentenceId) -> bool,
) -> Option<(String, Vec<Option<EntityId>>)> {
    let mut told: Vec<(String, Option<EntityId>)> = Vec::new();
    for (token, teller) in tellers.entries().filter(|(token, _)| is_own(text.sentence_of[*token])) {
        let word = text.word(token);
        let behind = |first: &str| text.word_at(token.next()) == first;
        // "supported the initiative of Norrland to convene a summit" is none to talk.
        let sentence = text.sentence_of[token];
        let mut before = text.tokens_before(token).take(8).take_while(|&t| text.sentence_of[t] == sentence);
        let wish = matches!(word, "initiative" | "request");
        if wish && !before.any(|t| matches!(text.word(t), "at" | "At" | "on" | "On")) {
            continue;
        }
        let party = match word {
            "initiative" | "request" if behind("of") => side_in(text, cast, token.plus(2), token.plus(8)),
            "initiated" | "requested" if behind("by") => side_in(text, cast, token.plus(2), token.plus(8)),
            "initiative" | "request" if text.word_before(token) == "s" && token.minus(2).is_some() => {
                side_in(text, cast, token.back(5), token)
            }
            "initiative" | "request" => cast.states.name_of(text.word_before(token)),
            _ => None,
        };
        if let Some(side) = party {
            told.push((side, *teller));
        }
    }
    let side = told.first()?.0.clone();
    let mut tellers: Vec<Option<EntityId>> =
        told.into_iter().filter(|(s, _)| *s == side).map(|(_, teller)| teller).collect();
    tellers.dedup();
    Some((side, tellers))
}

/// The side of the first state or person named among some tokens of one sentence.
fn side_in(text: &Text, cast: &Cast, from: TokenId, to: TokenId) -> Option<String> {
    let to = to.min(text.tokens.end());
    let sentence = text.sentence_of.get(from)?;
    from.until(to).iter().take_while(|&t| text.sentence_of[t] == *sentence && text.word(t) != ",").find_map(|t| {
        let person = || cast.book.at(t).and_then(|e| cast.book.drafts[e].side.clone());
        cast.states.name_of(text.word(t)).or_else(person)
    })
}

/// For each token who tells what stands there: the speaker of the shortest attribution around it.
fn tellers(text: &Text, found: &Attributions, voices: &Voices) -> Table<TokenId, Option<EntityId>> {
    let mut around: Table<TokenId, Option<AttributionId>> = text.tokens.with(None);
    for (i, f) in found.entries() {
        for &t in &f.content {
            if around[t].is_none_or(|known| f.content.len() < found[known].content.len()) {
                around[t] = Some(i);
            }
        }
    }
    around.into_iter().map(|i| i.and_then(|i| voices[i].speaker)).collect()
}

/// Tone words right before the noun of a conversation: a “frank and direct” telephone conversation.
fn tones(
    text: &Text,
    tellers: &Table<TokenId, Option<EntityId>>,
    is_own: &dyn Fn(SentenceId) -> bool,
) -> Vec<(Span, Option<EntityId>)> {
    let mut tones = Vec::new();
    let is_tone = |t: TokenId| tone::is_tone(&text.word(t).to_lowercase());
    for noun in text
        .tokens
        .places()
        .filter(|&t| matches!(text.word(t), "conversation" | "call" | "talks" | "discussion" | "meeting" | "exchange"))
        .filter(|&t| is_own(text.sentence_of[t]))
    {
        let same = |&t: &TokenId| text.sentence_of[t] == text.sentence_of[noun];
        let joins = |t: &TokenId| {
            is_tone(*t)
                || matches!(
                    text.word(*t),
                    "and" | "," | "but" | "“" | "”" | "\"" | "telephone" | "phone" | "very" | "video"
                )
        };
        let before: Vec<TokenId> = text.tokens_before(noun).take_while(same).take_while(joins).collect();
        let words: Vec<TokenId> = before.into_iter().filter(|&t| is_tone(t)).collect();
        if let (Some(&last), Some(&first)) = (words.first(), words.last()) {
            tones.extend(text.span(first.through(last)).map(|span| (span, tellers[first])));
        }
    }
    tones
}

/// The first day named in a sentence that tells of the conversation: "spoke by telephone on Friday".
fn date_told(text: &Text, dates: &[Dated], told: &[SentenceId]) -> Option<String> {
    let sentence =
        |dated: &Dated| text.tokens_in(Span::new(dated.start, dated.end)).iter().next().map(|t| text.sentence_of[t]);
    let in_told = |dated: &&Dated| sentence(dated).is_some_and(|sentence| told.binary_search(&sentence).is_ok());
    dates.iter().find(in_told).map(|dated| dated.date.clone())
}
