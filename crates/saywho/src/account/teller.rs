//! What is remembered on the way through an account, from sentence to sentence.

use super::clause::Clause;
use super::said::Said;
use crate::conversation::id::PartyId;
use crate::conversation::prepared::Prepared;
use crate::conversation::who::{Cast, Who};
use crate::reading::{Act, Polarity};
use crate::table::Places;
use crate::text::TokenId;

/// The speaker and act of a clause.
pub(super) type Done = (Option<Who>, Act);

/// Goes through the sentences of one account and remembers what later ones refer to.
pub(super) struct Teller<'a, 'b> {
    pub(super) account: &'a Prepared<'b>,
    pub(super) cast: &'a Cast,
    /// The party that was the last single subject: "he".
    pub(super) last: Option<PartyId>,
    /// Speaker and act that a sentence without a subject of its own goes on with.
    pub(super) carried: Option<Done>,
    pub(super) found: Vec<Said>,
}

impl Teller<'_, '_> {
    pub(super) fn words(&self, clause: &Clause) -> &[String] {
        &self.account.words[clause.tokens]
    }

    pub(super) fn push(
        &mut self,
        tokens: Places<TokenId>,
        who: Option<Who>,
        act: Act,
        polarity: Polarity,
        addressee: impl Fn(&Self, Option<&Who>) -> Option<Who>,
    ) {
        let addressee = addressee(self, who.as_ref());
        let said = self.said(tokens, who, act, polarity);
        self.found.extend(said.map(|said| Said { addressee, ..said }));
    }

    /// What these words tell, said to nobody named; none without words.
    pub(super) fn said(&self, tokens: Places<TokenId>, who: Option<Who>, act: Act, polarity: Polarity) -> Option<Said> {
        let span = self.account.text.span(tokens)?;
        let sentence = self.account.text.sentence_of[tokens.start];
        let (cue, addressee, frame, attribution) = (None, None, None, None);
        Some(Said { tokens, span, sentence, cue, who, addressee, act, polarity, frame, attribution })
    }
}
