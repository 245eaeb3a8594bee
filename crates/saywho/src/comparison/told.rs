//! What one document tells of a conversation in its own voice, and, where it is an account of it, what was said there.

use std::collections::HashMap;
use std::ops::Range;

use super::account::Prepared;
use super::data::{Someone, Telling};
use super::draft::Draft;
use super::options::Options;
use super::who::{Cast, Who, is_talk};
use super::{claim, parties, report};
use crate::entity::EntityId;
use crate::knowledge::Knowledge;
use crate::reading::{Act, Attribution, AttributionType, EntityKind, Polarity, Span};
use crate::text::SentenceId;
use crate::{Analysis, Reading};

/// What a document tells in its own voice.
pub(crate) struct Own {
    /// Those who talked.
    pub participants: Vec<EntityId>,
    /// The conversation.
    pub telling: Telling,
    /// What was said there, in order, where the document is an account of it; `None` for a report on what others tell.
    pub passages: Option<Vec<Passage>>,
}

/// Something said in the conversation, as the account tells it.
pub(crate) struct Passage {
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

impl Passage {
    /// The whole clause.
    pub fn span(&self) -> Span {
        let start = [self.source, self.cue].into_iter().flatten().map(|s| s.start).min();
        Span::new(start.unwrap_or(self.content.start).min(self.content.start), self.content.end)
    }
}

/// Who said something in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speaker {
    /// One.
    One(EntityId),
    /// All who talked.
    All,
}

/// What a document tells of a conversation, if a sentence of it names all who talked.
pub(crate) fn own(analysis: &Analysis, knowledge: &Knowledge) -> Option<Own> {
    let mut accounts = vec![Prepared::new(analysis)];
    let cast = parties::cast(&mut accounts, knowledge, &Options::default());
    let account = accounts.first().filter(|_| !cast.parties.is_empty())?;
    let lead = sentences(account).position(|tokens| names_all(account, &cast, tokens))?;
    let participants: Option<Vec<EntityId>> = cast.parties.iter().map(|&party| place(account, party)).collect();
    let participants = participants?;
    // One that writes of its own leader need not name its state, but one that names none tells of no diplomacy.
    let of_sides = (0..cast.parties.len()).any(|party| cast.side(party).is_some());
    let passages = (of_sides && is_account(analysis, &participants, lead)).then(|| {
        let mut claims = claim::claims_of(account, 0, &cast);
        acts_as_read(&Near::of(analysis.reading(), account), &mut claims);
        // Who asked for the conversation and how it went is told of it, and said by nobody.
        claims.iter().filter(|draft| draft.frame.is_none()).map(|draft| passage(account, &cast, draft)).collect()
    });
    Some(Own { participants, telling: report::telling(&accounts, &cast), passages })
}

fn sentences<'a>(account: &'a Prepared) -> impl Iterator<Item = Range<usize>> + use<'a> {
    account.text.sentences.places().map(|s| account.sentence(s))
}

/// Whether a sentence tells of the conversation and names all who talked.
fn names_all(account: &Prepared, cast: &Cast, tokens: Range<usize>) -> bool {
    let names = |party: usize| tokens.clone().any(|t| account.person_at(t).and_then(|p| cast.party(p)) == Some(party));
    is_talk(account, tokens.clone()) && (0..cast.parties.len()).all(names)
}

/// The place in the book of a person over all accounts.
fn place(account: &Prepared, person: usize) -> Option<EntityId> {
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

fn passage(account: &Prepared, cast: &Cast, draft: &Draft) -> Passage {
    let part = |from: usize, to: usize| {
        let words = (from < to).then(|| account.text.tokens_in(Span::new(from, to)))?;
        let bare = words.clone().find(|&t| account.text.word(t) != ",")?;
        account.text.span(bare..words.end)
    };
    let before = draft.cue.and_then(|cue| part(draft.span.start, cue.start));
    let behind = draft.cue.and_then(|cue| part(cue.end, draft.span.end));
    let by = behind.map(|b| account.text.tokens_in(b).start).filter(|&t| account.text.word(t) == "by");
    // "The events were discussed (by the ministers)": what is told stands before the verb.
    let passive = draft.cue.is_some() && before.is_some() && (behind.is_none() || by.is_some());
    let (source, cue, content) = match (draft.cue, before, behind) {
        (cue, Some(before), behind) if passive => {
            let agent = behind.and_then(|b| part(account.text.tokens[by? + 1].span.start, b.end));
            (agent, cue, before)
        }
        (cue @ Some(_), before, Some(behind)) => (before.map(|b| subject(account, b)), cue, behind),
        _ => (None, None, draft.span),
    };
    let named = |name: &str| account.drafts.entries().find(|(_, d)| d.name == name).map(|(place, _)| place);
    let speaker = draft.who.as_ref().and_then(|who| match who {
        Who::Party(party) => place(account, cast.parties[*party]).map(Speaker::One),
        Who::Both => Some(Speaker::All),
        Who::Other(name) => named(name).map(Speaker::One),
    });
    let person = |name: &str| cast.persons.iter().position(|p| p.name == name).and_then(|p| place(account, p));
    Passage {
        source,
        cue,
        content,
        speaker,
        addressee: draft.addressee.as_ref().map(Someone::name).and_then(|name| person(name).or_else(|| named(name))),
        act: draft.act,
        polarity: draft.polarity,
    }
}

/// The subject before a verb: what stands behind the last comma ("In response, Teo Vasca").
fn subject(account: &Prepared, before: Span) -> Span {
    let tokens = account.text.tokens_in(before);
    let comma = tokens.clone().rev().find(|&t| account.text.word(t) == ",");
    comma.and_then(|comma| account.text.span(comma + 1..tokens.end)).unwrap_or(before)
}

/// The claims that an account has as attributions, if those who talked are the same as over all accounts: then they are what was
/// read, with all that persons have corrected.
pub(super) fn claims(analysis: &Analysis, account: &Prepared, index: usize, cast: &Cast) -> Option<Vec<Draft>> {
    let reading = analysis.reading();
    let is_told = |a: &Attribution| a.told.is_some();
    let conversation = reading.conversations.first().filter(|_| reading.attributions.iter().any(is_told))?;
    let place = |id: &String| {
        let entity = reading.entities.iter().position(|e| e.id == *id)?;
        analysis.cast.places.get(entity).copied()
    };
    let party = |draft: EntityId| party(account, cast, draft);
    let mut parties: Vec<usize> = Vec::new();
    for id in &conversation.participants {
        parties.push(party(place(id)?)?);
    }
    parties.sort_unstable();
    parties.dedup();
    if parties.len() != cast.parties.len() {
        return None;
    }
    let cues = cues(reading);
    let told = reading.attributions.iter().zip(&analysis.cast.voices).filter(|(a, _)| is_told(a));
    let drafts = told.filter_map(|(a, voice)| {
        let span = clause(account, a, &cues)?;
        let addressee = voice.addressee.map(|draft| self::addressee(party(draft), &account.drafts[draft].name));
        let speaker = voice.speaker.map(|draft| who(account, cast, draft));
        Some(self::draft(account, index, cast, a, span, speaker, addressee))
    });
    let mut drafts: Vec<Draft> = drafts.collect();
    drafts.extend(claim::frames_of(account, index, cast));
    drafts.sort_by_key(|draft| draft.span.start);
    Some(drafts)
}

/// Claims of an account that is told only beside the others, each with the attribution of its verb. Its speaker is that of the
/// claim where the rules of clauses find nobody, or everybody for what one alone does.
pub(super) fn as_read(analysis: &Analysis, account: &Prepared, mut claims: Vec<Draft>, cast: &Cast) -> Vec<Draft> {
    let reading = analysis.reading();
    let near = Near::of(reading, account);
    acts_as_read(&near, &mut claims);
    for claim in claims.iter_mut().filter(|claim| claim.frame.is_none()) {
        let Some(place) = near.find(claim, |_| true) else { continue };
        let Some(speaker) = analysis.cast.voices[place].speaker else { continue };
        claim.attribution = Some(reading.attributions[place].id.clone());
        if !is_open(claim.who.as_ref(), claim.act) || account.drafts[speaker].kind == EntityKind::Unnamed {
            continue;
        }
        let who = who(account, cast, speaker);
        claim.speaker = Some(cast.name(&who));
        claim.who = Some(who);
    }
    claims
}

/// Where a clause has no verb of telling, or one that leaves open what was done ("said", "discussed"), the act is that of the
/// attribution with this verb, which the model reads in its context.
fn acts_as_read(near: &Near, claims: &mut [Draft]) {
    let open = |claim: &&mut Draft| {
        claim.frame.is_none() && (claim.cue.is_none() || matches!(claim.act, Act::Say | Act::Discuss))
    };
    for claim in claims.iter_mut().filter(open) {
        // What is inside another is that one's words.
        if let Some(place) = near.find(claim, |a| a.inside.is_none() && a.told.is_none()) {
            claim.act = near.reading.attributions[place].act;
        }
    }
}

/// The attributions of a reading by the sentences of their cues: a clause and its verb stand in one sentence.
struct Near<'r> {
    reading: &'r Reading,
    of_sentence: HashMap<SentenceId, Vec<usize>>,
}

impl Near<'_> {
    fn of<'r>(reading: &'r Reading, account: &Prepared) -> Near<'r> {
        let mut of_sentence: HashMap<SentenceId, Vec<usize>> = HashMap::new();
        for (place, a) in reading.attributions.iter().enumerate() {
            let mut sentences: Vec<SentenceId> = a.cue.iter().map(|cue| account.sentence_of(*cue)).collect();
            sentences.dedup();
            sentences.into_iter().for_each(|sentence| of_sentence.entry(sentence).or_default().push(place));
        }
        Near { reading, of_sentence }
    }

    /// The place of the attribution that has the verb of a claim, among those that may be it.
    fn find(&self, claim: &Draft, may_be: impl Fn(&Attribution) -> bool) -> Option<usize> {
        let verb = |a: &Attribution| match claim.cue {
            Some(cue) => a.cue.iter().any(|c| c.overlaps(cue)),
            None => a.cue.iter().any(|c| claim.span.contains(*c)),
        };
        let mut here = self.of_sentence.get(&claim.sentence).into_iter().flatten().copied();
        here.find(|&place| may_be(&self.reading.attributions[place]) && verb(&self.reading.attributions[place]))
    }
}

/// The party that an entity of an account is.
pub(super) fn party(account: &Prepared, cast: &Cast, draft: EntityId) -> Option<usize> {
    account.person_of[draft].and_then(|person| cast.party(person))
}

/// Whom a claim names for an entity of an account.
fn who(account: &Prepared, cast: &Cast, draft: EntityId) -> Who {
    let entity = &account.drafts[draft];
    match (party(account, cast, draft), entity.kind) {
        (Some(party), _) => Who::Party(party),
        (None, EntityKind::Group) => Who::Both,
        _ => Who::Other(entity.name.clone()),
    }
}

/// Where the cues of a reading begin, in order.
pub(super) fn cues(reading: &Reading) -> Vec<usize> {
    let first = reading.attributions.iter().filter_map(|a| a.cue.first());
    let mut cues: Vec<usize> = first.map(|cue| cue.start).collect();
    cues.sort_unstable();
    cues
}

/// Whether clauses leave open who it was: nobody, or all for something that only one does.
fn is_open(who: Option<&Who>, act: Act) -> bool {
    who.is_none_or(|who| *who == Who::Both && !matches!(act, Act::Agree | Act::Discuss))
}

/// An attribution as a claim.
pub(super) fn draft(
    account: &Prepared,
    index: usize,
    cast: &Cast,
    a: &Attribution,
    span: Span,
    who: Option<Who>,
    addressee: Option<Who>,
) -> Draft {
    let tokens = account.text.tokens_in(span);
    Draft {
        account: index,
        span,
        cue: a.cue.first().zip(a.cue.last()).map(|(first, last)| Span::new(first.start, last.end)),
        context: span,
        side: account.side.clone(),
        speaker: who.as_ref().map(|who| cast.name(who)),
        who,
        addressee: addressee.map(|who| cast.name(&who)),
        act: a.act,
        polarity: a.polarity,
        frame: None,
        issue: String::new(),
        attribution: Some(a.id.clone()),
        sentence: account.text.sentence_of[tokens.start],
        words: account.words[tokens].to_vec(),
    }
}

/// The clause that an attribution stands in: its cue and content, and its source where nothing else is told between. `cues` are
/// those of [`cues`].
pub(super) fn clause(account: &Prepared, a: &Attribution, cues: &[usize]) -> Option<Span> {
    let told = || a.content.iter().chain(&a.cue);
    let (start, end) = (told().map(|s| s.start).min()?, told().map(|s| s.end).max()?);
    let source = a.source.first().zip(a.source.last()).map(|(first, last)| Span::new(first.start, last.end));
    // "held a call to discuss grain": what it was about.
    let about = a.content.first().map(|content| account.text.tokens_in(*content)).unwrap_or_default();
    let discussed = |from: usize| account.words[from..].starts_with(&["to".into(), "discuss".into()]);
    if let Some(from) = [Some(about.start), about.start.checked_sub(2)].into_iter().flatten().find(|&t| discussed(t)) {
        return Some(Span::new(account.text.tokens[from].span.start, end));
    }
    let Some(source) = source else {
        // "It was agreed": what stands for the content belongs to the clause.
        let first = account.text.tokens_in(Span::new(start, end)).start;
        let stands_for = first.checked_sub(1).filter(|&t| account.words[t] == "it");
        return Some(Span::new(stands_for.map_or(start, |t| account.text.tokens[t].span.start), end));
    };
    let other = |from: usize, to: usize| cues.get(cues.partition_point(|&cue| cue < from)).is_some_and(|&cue| cue < to);
    let by = |from: usize, to: usize| account.text.tokens_in(Span::new(from, to)).len() <= 1;
    if source.end <= start && !other(source.end, start) {
        // "In response, Teo Vasca warned ...": so does what stands before the subject.
        let sentence = account.text.sentences[account.text.sentence_of[account.text.tokens_in(source).start]];
        let head = sentence.start.min(source.start);
        let comma = account.text.text[head..source.start].trim_end().ends_with(',');
        Some(Span::new(if comma && !other(head, source.start) { head } else { source.start }, end))
    } else if source.start >= end && by(end, source.start) {
        Some(Span::new(start, source.end))
    } else {
        Some(Span::new(start, end))
    }
}

fn addressee(party: Option<usize>, name: &str) -> Who {
    party.map_or_else(|| Who::Other(name.to_owned()), Who::Party)
}
