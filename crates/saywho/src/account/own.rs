//! What one document tells of a conversation in its own voice, and, where it is an account of it, what was said there.

use saywho_contract::comparison::Telling;

use super::as_read::said;
use super::said::Said;
use crate::Analysis;
use crate::conversation::id::{PartyId, PersonId};
use crate::conversation::parties;
use crate::conversation::prepared::Prepared;
use crate::conversation::slots::telling;
use crate::conversation::who::{Cast, Who, is_talk};
use crate::entity::EntityId;
use crate::knowledge::Knowledge;
use crate::reading::{Act, AttributionType, EntityKind, Polarity, Span};
use crate::table::{Place, Places};
use crate::text::TokenId;

/// What a document tells in its own voice.
pub(super) struct Own {
    /// Those who talked.
    pub participants: Vec<EntityId>,
    /// The conversation.
    pub telling: Telling,
    /// What was said there, in order, where the document is an account of it; `None` for a report on what others tell.
    pub told: Option<Vec<Told>>,
}

/// Something said in the conversation, as the account tells it.
pub(super) struct Told {
    /// The subject, where it stands before the verb in the same clause.
    pub source: Option<Span>,
    /// The verb with its auxiliaries.
    pub cue: Option<Span>,
    /// The rest of the clause.
    pub content: Span,
    /// Who said or did it.
    pub speaker: Option<Speaker>,
    /// To whom.
    pub addressee: Option<EntityId>,
    /// What was done.
    pub act: Act,
    /// Whether it is negated.
    pub polarity: Polarity,
}

impl Told {
    /// The whole clause.
    pub fn span(&self) -> Span {
        let start = [self.source, self.cue].into_iter().flatten().map(|s| s.start).min();
        Span::new(start.unwrap_or(self.content.start).min(self.content.start), self.content.end)
    }
}

/// Who said something in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speaker {
    /// One.
    One(EntityId),
    /// All who talked.
    All,
}

/// What a document tells of a conversation, if a sentence of it names all who talked.
pub(super) fn own(analysis: &Analysis, knowledge: &Knowledge) -> Option<Own> {
    let mut accounts = vec![Prepared::on_the_way(analysis)];
    let cast = parties::cast(&mut accounts, knowledge, &[]);
    let account = accounts.first().filter(|_| !cast.parties.is_empty())?;
    let lead = sentences(account).position(|tokens| names_all(account, &cast, tokens))?;
    let participants: Option<Vec<EntityId>> = cast.parties.iter().map(|&party| place(account, party)).collect();
    let participants = participants?;
    // One that writes of its own leader need not name its state, but one that names none tells of no diplomacy.
    let of_sides = cast.parties.iter().any(|&party| cast.persons[party].side.is_some() && !cast.persons[party].of_body);
    let told = (of_sides && is_account(analysis, &participants, lead)).then(|| {
        // Who asked for the conversation and how it went is told of it, and said by nobody.
        let said = said(account, &cast).into_iter().filter(|said| said.frame.is_none());
        said.map(|said| told(account, &cast, &said)).collect()
    });
    Some(Own { participants, telling: telling(&accounts, &cast), told })
}

fn sentences<'a>(account: &'a Prepared) -> impl Iterator<Item = Places<TokenId>> + use<'a> {
    account.text.sentences.places().map(|s| account.sentence(s))
}

/// Whether a sentence tells of the conversation and names all who talked.
fn names_all(account: &Prepared, cast: &Cast, tokens: Places<TokenId>) -> bool {
    let names = |party: PartyId| tokens.iter().any(|t| account.person_at(t).and_then(|p| cast.party(p)) == Some(party));
    is_talk(account, tokens) && cast.parties.places().all(names)
}

/// The place in the book of a person over all accounts.
fn place(account: &Prepared, person: PersonId) -> Option<EntityId> {
    account.person_of.entries().find(|(_, of)| **of == Some(person)).map(|(place, _)| place)
}

/// The most sentences before the one that tells of the conversation in an account of it.
const HEAD: usize = 6;

/// The most sentences of an account: the longest briefings have fewer, and the time of a reading stays in proportion.
const LONGEST: usize = 2000;

/// Whether a document is an account of the conversation and no report on what others tell: it tells of it at its head, and those
/// who talked are the sources of most of what it ascribes, hardly ever in quotation marks.
fn is_account(analysis: &Analysis, participants: &[EntityId], lead: usize) -> bool {
    let outer = analysis.reading.attributions.iter().zip(&analysis.cast.voices).filter(|(a, _)| a.inside.is_none());
    let (mut own, mut others, mut quoted) = (0, 0, 0);
    for (attribution, voice) in outer.filter(|(a, _)| a.confidence >= 0.5) {
        let Some(speaker) = voice.speaker else { continue };
        match analysis.cast.book.drafts[speaker].kind {
            _ if participants.contains(&speaker) => own += 1,
            EntityKind::Group => own += 1,
            EntityKind::Unnamed => {}
            _ => others += 1,
        }
        quoted += usize::from(attribution.kind == AttributionType::Direct);
    }
    let short = analysis.text.sentences.len() <= LONGEST;
    short && lead < HEAD && own > 0 && own >= 2 * others && 4 * quoted <= own + others
}

/// A clause taken apart, with the entities of the document that it means.
fn told(account: &Prepared, cast: &Cast, said: &Said) -> Told {
    let part = |from: usize, to: usize| {
        let words = (from < to).then(|| account.text.tokens_in(Span::new(from, to)))?;
        let bare = words.iter().find(|&t| account.text.word(t) != ",")?;
        account.text.span(bare.until(words.end))
    };
    let before = said.cue.and_then(|cue| part(said.span.start, cue.start));
    let behind = said.cue.and_then(|cue| part(cue.end, said.span.end));
    let by = behind.map(|b| account.text.tokens_in(b).start).filter(|&t| account.text.word(t) == "by");
    // "The events were discussed (by the ministers)": what is told stands before the verb.
    let passive = said.cue.is_some() && before.is_some() && (behind.is_none() || by.is_some());
    let (source, cue, content) = match (said.cue, before, behind) {
        (cue, Some(before), behind) if passive => {
            let agent = behind.and_then(|b| part(account.text.tokens[by?.next()].span.start, b.end));
            (agent, cue, before)
        }
        (cue @ Some(_), before, Some(behind)) => (before.map(|b| subject(account, b)), cue, behind),
        _ => (None, None, said.span),
    };
    let named = |name: &str| account.drafts.entries().find(|(_, d)| d.name == name).map(|(place, _)| place);
    let speaker = said.who.as_ref().and_then(|who| match who {
        Who::Party(party) => place(account, cast.parties[*party]).map(Speaker::One),
        Who::Both => Some(Speaker::All),
        Who::Other(name) => named(name).map(Speaker::One),
    });
    let person = |name: &str| cast.persons.entries().find(|(_, p)| p.name == name).and_then(|(p, _)| place(account, p));
    Told {
        source,
        cue,
        content,
        speaker,
        addressee: said.addressee.as_ref().and_then(|who| match who {
            Who::Party(party) => place(account, cast.parties[*party]),
            Who::Both => None,
            Who::Other(name) => person(name).or_else(|| named(name)),
        }),
        act: said.act,
        polarity: said.polarity,
    }
}

/// The subject before a verb: what stands behind the last comma ("In response, Teo Vasca").
fn subject(account: &Prepared, before: Span) -> Span {
    let tokens = account.text.tokens_in(before);
    let comma = tokens.iter().rev().find(|&t| account.text.word(t) == ",");
    comma.and_then(|comma| account.text.span(comma.next().until(tokens.end))).unwrap_or(before)
}
