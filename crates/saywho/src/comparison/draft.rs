//! A claim while it is being found.

use super::data::Someone;
use super::who::Who;
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

/// Claims about the conversation itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// Who asked for it.
    Initiative,
    /// How it went.
    Tone,
}
