//! What the clauses of an account leave open is as the reading has it: the act, and who it was.

use std::collections::HashMap;

use super::claim::claims_of;
use super::said::Said;
use crate::conversation::prepared::Prepared;
use crate::conversation::who::{Cast, Who, who};
use crate::reading::{Act, Attribution, EntityKind};
use crate::text::SentenceId;
use crate::{Analysis, Reading};

/// What an account tells, as far as clauses show it, with the acts as the reading has them.
pub(super) fn said(account: &Prepared, cast: &Cast) -> Vec<Said> {
    let mut said = claims_of(account, cast);
    acts_as_read(&Near::of(account), &mut said);
    said
}

/// What an account tells whose parties are known from the others alone, each with the attribution that has its verb. Its speaker
/// said it where clauses show nobody, or everybody for what one alone does.
pub(crate) fn beside(analysis: &Analysis, account: &Prepared, cast: &Cast) -> Vec<Said> {
    let near = Near::of(account);
    let mut all = said(account, cast);
    for said in all.iter_mut().filter(|said| said.frame.is_none()) {
        let Some(place) = near.find(said, |_| true) else { continue };
        let Some(speaker) = analysis.cast.voices[place].speaker else { continue };
        said.attribution = Some(place);
        if is_open(said.who.as_ref(), said.act) && account.drafts[speaker].kind != EntityKind::Unnamed {
            said.who = Some(who(account, cast, speaker));
        }
    }
    all
}

/// Where a clause has no verb of telling, or one that leaves open what was done ("said", "discussed"), the act is that of the
/// attribution with this verb, which the model reads in its context.
fn acts_as_read(near: &Near, all: &mut [Said]) {
    let open =
        |said: &&mut Said| said.frame.is_none() && (said.cue.is_none() || matches!(said.act, Act::Say | Act::Discuss));
    for said in all.iter_mut().filter(open) {
        // What is inside another is that one's words.
        if let Some(place) = near.find(said, |a| a.inside.is_none() && a.told.is_none()) {
            said.act = near.reading.attributions[place].act;
        }
    }
}

/// The attributions of a reading by the sentences of their cues: a clause and its verb stand in one sentence.
struct Near<'r> {
    reading: &'r Reading,
    of_sentence: HashMap<SentenceId, Vec<usize>>,
}

impl Near<'_> {
    fn of<'r>(account: &Prepared<'r>) -> Near<'r> {
        let reading = account.reading;
        let mut of_sentence: HashMap<SentenceId, Vec<usize>> = HashMap::new();
        for (place, a) in reading.attributions.iter().enumerate() {
            let mut sentences: Vec<SentenceId> = a.cue.iter().map(|cue| account.sentence_of(*cue)).collect();
            sentences.dedup();
            sentences.into_iter().for_each(|sentence| of_sentence.entry(sentence).or_default().push(place));
        }
        Near { reading, of_sentence }
    }

    /// The place of the attribution that has the verb of a clause, among those that may be it.
    fn find(&self, said: &Said, may_be: impl Fn(&Attribution) -> bool) -> Option<usize> {
        let verb = |a: &Attribution| match said.cue {
            Some(cue) => a.cue.iter().any(|c| c.overlaps(cue)),
            None => a.cue.iter().any(|c| said.span.contains(*c)),
        };
        let mut here = self.of_sentence.get(&said.sentence).into_iter().flatten().copied();
        here.find(|&place| may_be(&self.reading.attributions[place]) && verb(&self.reading.attributions[place]))
    }
}

/// Whether clauses leave open who it was: nobody, or all for something that only one does.
fn is_open(who: Option<&Who>, act: Act) -> bool {
    who.is_none_or(|who| *who == Who::Both && !matches!(act, Act::Agree | Act::Discuss))
}
