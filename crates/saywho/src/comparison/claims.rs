//! The claims of an account: its attributions, as the reading has them.

use super::draft::Draft;
use crate::account::{Said, beside, frames_of};
use crate::conversation::prepared::Prepared;
use crate::conversation::who::{Cast, Who, as_read, party, who};
use crate::entity::EntityId;
use crate::reading::{Attribution, Span};
use crate::table::Place;
use crate::text::TokenId;
use crate::{Analysis, Reading};

/// The claims of an account: what it tells by itself, or, where its parties are known from the others alone, beside them.
pub(super) fn claims(analysis: &Analysis, account: &Prepared, index: usize, cast: &Cast) -> Vec<Draft> {
    let as_told =
        || beside(analysis, account, cast).into_iter().map(|said| Draft::of(account, index, cast, said)).collect();
    told(analysis, account, index, cast).unwrap_or_else(as_told)
}

/// The claims that an account has as attributions, if those who talked are the same as over all accounts: then they are what was
/// read, with all that persons have corrected.
pub(super) fn told(analysis: &Analysis, account: &Prepared, index: usize, cast: &Cast) -> Option<Vec<Draft>> {
    let reading = analysis.reading();
    let is_told = |a: &Attribution| a.told.is_some();
    as_read(account, cast).filter(|_| reading.attributions.iter().any(is_told))?;
    let party = |draft: EntityId| party(account, cast, draft);
    let cues = cues(reading);
    let all = reading.attributions.iter().zip(&analysis.cast.voices).enumerate();
    let drafts = all.filter(|(_, (a, _))| is_told(a)).filter_map(|(place, (a, voice))| {
        let span = clause(account, a, &cues)?;
        let name = |draft: EntityId| Who::Other(account.drafts[draft].name.clone());
        let addressee = voice.addressee.map(|draft| party(draft).map_or_else(|| name(draft), Who::Party));
        let speaker = voice.speaker.map(|draft| who(account, cast, draft));
        Some(draft(account, index, cast, place, span, speaker, addressee))
    });
    let mut drafts: Vec<Draft> = drafts.collect();
    drafts.extend(frames_of(account, cast).into_iter().map(|said| Draft::of(account, index, cast, said)));
    drafts.sort_by_key(|draft| draft.span.start);
    Some(drafts)
}

/// The first words of the cues of a reading, in order of the text.
pub(super) fn cues(reading: &Reading) -> Vec<Span> {
    let mut cues: Vec<Span> = reading.attributions.iter().filter_map(|a| a.cue.first().copied()).collect();
    cues.sort_unstable_by_key(|cue| cue.start);
    cues
}

/// The attribution at a place of the reading as a claim.
pub(super) fn draft(
    account: &Prepared,
    index: usize,
    cast: &Cast,
    place: usize,
    span: Span,
    who: Option<Who>,
    addressee: Option<Who>,
) -> Draft {
    let a = &account.reading.attributions[place];
    let tokens = account.text.tokens_in(span);
    let said = Said {
        sentence: account.text.sentence_of[tokens.start],
        tokens,
        span,
        cue: a.cue.first().zip(a.cue.last()).map(|(first, last)| Span::new(first.start, last.end)),
        who,
        addressee,
        act: a.act,
        polarity: a.polarity,
        frame: None,
        attribution: Some(place),
    };
    Draft::of(account, index, cast, said)
}

/// The clause that an attribution stands in: its cue and content, and its source where nothing else is told between. `cues` are
/// those of [`cues`].
pub(super) fn clause(account: &Prepared, a: &Attribution, cues: &[Span]) -> Option<Span> {
    let told = || a.content.iter().chain(&a.cue);
    let (start, end) = (told().map(|s| s.start).min()?, told().map(|s| s.end).max()?);
    let source = a.source.first().zip(a.source.last()).map(|(first, last)| Span::new(first.start, last.end));
    // "held a call to discuss grain": what it was about.
    let about = a.content.first().map(|content| account.text.tokens_in(*content).start);
    let discussed =
        |from: TokenId| account.words[account.text.tokens_from(from)].starts_with(&["to".into(), "discuss".into()]);
    if let Some(from) = [about, about.and_then(|t| t.minus(2))].into_iter().flatten().find(|&t| discussed(t)) {
        return Some(Span::new(account.text.tokens[from].span.start, end));
    }
    let Some(source) = source else {
        // "It was agreed": what stands for the content belongs to the clause.
        let first = account.text.tokens_in(Span::new(start, end)).start;
        let stands_for = first.before().filter(|&t| account.words[t] == "it");
        return Some(Span::new(stands_for.map_or(start, |t| account.text.tokens[t].span.start), end));
    };
    let other = |between: Span| {
        let next = cues.get(cues.partition_point(|cue| cue.start < between.start));
        next.is_some_and(|cue| cue.start < between.end)
    };
    let by = |between: Span| account.text.tokens_in(between).len() <= 1;
    if source.end <= start && !other(Span::new(source.end, start)) {
        // "In response, Teo Vasca warned ...": so does what stands before the subject.
        let sentence = account.text.sentences[account.text.sentence_of[account.text.tokens_in(source).start]];
        let head = sentence.start.min(source.start);
        let comma = account.text.text[head..source.start].trim_end().ends_with(',');
        Some(Span::new(if comma && !other(Span::new(head, source.start)) { head } else { source.start }, end))
    } else if source.start >= end && by(Span::new(end, source.start)) {
        Some(Span::new(start, source.end))
    } else {
        Some(Span::new(start, end))
    }
}
