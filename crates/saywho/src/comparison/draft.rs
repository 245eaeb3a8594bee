//! A claim while it is being found.

use super::data::Someone;
use crate::account::Said;
use crate::conversation::prepared::Prepared;
use crate::conversation::slots::Frame;
use crate::conversation::who::{Cast, Who};
use crate::reading::{Act, Polarity, Span};
use crate::text::SentenceId;

/// A claim while it is being found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    /// Index of the account.
    pub account: usize,
    /// Where it stands (bytes).
    pub span: Span,
    /// The words that show the act.
    pub cue: Option<Span>,
    /// The passage around it that tells what it is about; mostly the same as `span`.
    pub context: Span,
    /// Whose account tells it.
    pub side: Option<String>,
    /// Who did it; nobody where the account speaks of the conversation itself.
    pub who: Option<Who>,
    /// The name of `who`.
    pub speaker: Option<Someone>,
    /// To whom.
    pub addressee: Option<Someone>,
    /// What was done.
    pub act: Act,
    /// Whether it is negated.
    pub polarity: Polarity,
    /// What the claim is about, where it is about the conversation itself.
    pub frame: Option<Frame>,
    /// The label of its issue.
    pub issue: String,
    /// The attribution that it is.
    pub attribution: Option<String>,
    /// Words of the claim that tell its subject, in lower case.
    pub words: Vec<String>,
    /// The sentence in its account.
    pub sentence: SentenceId,
}

impl Draft {
    /// What an account tells, as a claim.
    pub fn of(account: &Prepared, index: usize, cast: &Cast, said: Said) -> Draft {
        let attribution = said.attribution.map(|place| account.reading.attributions[place].id.clone());
        Draft {
            account: index,
            span: said.span,
            cue: said.cue,
            context: said.span,
            side: account.side.clone(),
            speaker: said.who.as_ref().map(|who| cast.name(who)),
            who: said.who,
            addressee: said.addressee.map(|who| cast.name(&who)),
            act: said.act,
            polarity: said.polarity,
            frame: said.frame,
            issue: String::new(),
            attribution,
            words: account.words[said.tokens].to_vec(),
            sentence: said.sentence,
        }
    }
}
