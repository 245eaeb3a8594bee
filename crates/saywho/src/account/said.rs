//! Something said in a conversation, as a clause of an account tells it.

use crate::conversation::slots::Frame;
use crate::conversation::who::Who;
use crate::reading::{Act, Polarity, Span};
use crate::table::Places;
use crate::text::{SentenceId, TokenId};

/// Something said in a conversation, or said of the conversation itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Said {
    /// The tokens of the clause.
    pub tokens: Places<TokenId>,
    /// Where they stand.
    pub span: Span,
    /// The sentence that they stand in.
    pub sentence: SentenceId,
    /// The words that show the act.
    pub cue: Option<Span>,
    /// Who said or did it; nobody where the account speaks of the conversation itself.
    pub who: Option<Who>,
    /// To whom.
    pub addressee: Option<Who>,
    /// What was done.
    pub act: Act,
    /// Whether it is negated.
    pub polarity: Polarity,
    /// What of the conversation itself it tells, where it does.
    pub frame: Option<Frame>,
    /// The place in the reading of the attribution that has its verb, once it was sought.
    pub attribution: Option<usize>,
}
