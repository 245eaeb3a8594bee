//! What is remembered on the way through an account, from sentence to sentence.

use std::ops::Range;

use super::account::Prepared;
use super::clause::Clause;
use super::data::Someone;
use super::draft::Draft;
use super::who::{Cast, Who};
use crate::reading::{Act, Polarity};

/// The speaker and act of a clause.
pub(super) type Told = (Option<Who>, Act);

/// Goes through the sentences of one account and remembers what later ones refer to.
pub(super) struct Teller<'a, 'b> {
    pub(super) account: &'a Prepared<'b>,
    pub(super) cast: &'a Cast,
    pub(super) index: usize,
    /// The party that was the last single subject: "he".
    pub(super) last: Option<usize>,
    /// Speaker and act that a sentence without a subject of its own goes on with.
    pub(super) carried: Option<Told>,
    pub(super) found: Vec<Draft>,
}

impl Teller<'_, '_> {
    pub(super) fn words(&self, clause: &Clause) -> &[String] {
        &self.account.words[clause.tokens.clone()]
    }

    pub(super) fn push(
        &mut self,
        tokens: Range<usize>,
        who: Option<Who>,
        act: Act,
        polarity: Polarity,
        addressee: impl Fn(&Self, Option<&Who>) -> Option<Someone>,
    ) {
        let addressee = addressee(self, who.as_ref());
        let draft = self.draft(tokens, who, act, polarity);
        self.found.extend(draft.map(|draft| Draft { addressee, ..draft }));
    }

    /// A claim of these words, said to nobody named; none without words.
    pub(super) fn draft(&self, tokens: Range<usize>, who: Option<Who>, act: Act, polarity: Polarity) -> Option<Draft> {
        let span = self.account.text.span(tokens.clone())?;
        let sentence = self.account.text.sentence_of[tokens.start];
        Some(Draft {
            account: self.index,
            span,
            cue: None,
            context: span,
            side: self.account.side.clone(),
            speaker: who.as_ref().map(|w| self.cast.name(w)),
            who,
            addressee: None,
            act,
            polarity,
            frame: None,
            issue: String::new(),
            attribution: None,
            words: self.account.words[tokens].to_vec(),
            sentence,
        })
    }
}
