//! Words that stand beside the name of the one who said them.

use crate::reading::Span;

/// How a text sets words beside the one who said them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// "QUESTION:", "Q." in a transcript: someone who is not named asks.
    Question,
    /// "A." in a transcript: the one who is asked.
    Answer,
    /// "MR PRICE:" in a transcript.
    Turn,
    /// "Ilse Maren: “We agree.”" on a line of its own.
    Line,
    /// A quotation with "— Ilse Maren" behind it.
    Signed,
    /// An embedded post, with "— Ilse Maren (@maren)" behind it.
    Post,
    /// "Maren: ban must go", "Ban must go, Maren says" as a headline.
    Headline,
    /// The heading of an interview that quotes the one who answers.
    Heading,
    /// Lines of a mail that a reply quotes.
    Reply,
}

impl Form {
    /// Whether the words are the speaker's own without quotation marks.
    pub fn is_verbatim(self) -> bool {
        self.is_spoken() || matches!(self, Form::Post | Form::Reply)
    }

    /// Whether it is a turn of a transcript.
    pub fn is_spoken(self) -> bool {
        matches!(self, Form::Question | Form::Answer | Form::Turn)
    }
}

/// Words set beside the name of the one who said them. Spans are bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// The form it has.
    pub form: Form,
    /// The words that name the speaker; empty in an interview without labels.
    pub label: Span,
    /// The mark or verb between name and words; the label itself where there is none.
    pub cue: Span,
    /// What is said, in order, without stage directions; never empty.
    pub body: Vec<Span>,
    /// How often what looks like this is what it looks like, 0 to 1.
    pub certainty: f32,
}

impl Turn {
    /// From the first to the last character.
    pub fn span(&self) -> Span {
        let parts = || self.body.iter().chain([&self.label, &self.cue]);
        let start = parts().map(|s| s.start).min().unwrap_or(self.label.start);
        Span::new(start, parts().map(|s| s.end).max().unwrap_or(self.label.end))
    }
}
