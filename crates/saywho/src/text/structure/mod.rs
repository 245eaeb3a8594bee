//! Structure that a text shows by its form alone: who speaks in turn in a transcript, lines that set words beside a name,
//! and what stands around a report. Spans beside the text; nothing is cut out.

pub mod label;
pub mod lines;
pub mod news;
pub mod transcript;
pub mod units;
mod words;

use crate::reading::{Span, Unit};
use crate::text::quote::Quote;

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
}

impl Form {
    /// Whether the words are the speaker's own without quotation marks.
    pub fn is_verbatim(self) -> bool {
        self.is_spoken() || self == Form::Post
    }

    /// Whether it is a turn of a transcript.
    pub fn is_spoken(self) -> bool {
        matches!(self, Form::Question | Form::Answer | Form::Turn)
    }
}

/// Words set beside the name of the one who said them. Spans are bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The form it has.
    pub form: Form,
    /// The words that name the speaker.
    pub label: Span,
    /// The mark or verb between name and words; the label itself where there is none.
    pub cue: Span,
    /// What is said, in order, without stage directions; never empty.
    pub body: Vec<Span>,
}

impl Turn {
    /// From the first to the last character.
    pub fn span(&self) -> Span {
        let parts = || self.body.iter().chain([&self.label, &self.cue]);
        let start = parts().map(|s| s.start).min().unwrap_or(self.label.start);
        Span::new(start, parts().map(|s| s.end).max().unwrap_or(self.label.end))
    }
}

/// What the form of a text tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Structure {
    /// The headline, where the text begins with one.
    pub headline: Option<Span>,
    /// Datelines with their dash, bylines, credits: in order, no one's words.
    pub frame: Vec<Span>,
    /// The words that name who published it: "(Reuters)", "By Ada Lind, Harbour Post".
    pub outlet: Option<Span>,
    /// The words that name whom it was taken over from, if another published it: "(Reuters)", "Source: Reuters".
    pub wire: Option<Span>,
    /// Words set beside their speakers, in order and apart from each other.
    pub turns: Vec<Turn>,
    /// What stands apart from the running text, in order: no sentence, source or content goes over the edge of one.
    pub units: Vec<Unit>,
}

impl Structure {
    /// Reads the structure of a text; `told` is what its format sets apart.
    pub fn new(text: &str, paragraphs: &[Span], quotes: &[Quote], told: &[Unit]) -> Structure {
        let units = units::units(text, paragraphs, told);
        let news::News { headline, frame, outlet, wire } = news::news(text, paragraphs);
        let mut turns = transcript::turns(text, paragraphs, quotes);
        turns.retain(|turn| !touches(&frame, turn.span()));
        let spoken: Vec<Span> = turns.iter().map(Turn::span).collect();
        let taken = |p: Span| touches(&spoken, p) || touches(&frame, p);
        let lines = lines::lines(text, paragraphs, quotes, taken);
        turns.extend(lines);
        turns.sort_by_key(|turn| turn.span());
        Structure { headline, frame, outlet, wire, turns, units }
    }

    /// Where the label or the dateline ends that a paragraph begins with.
    pub fn head_end(&self, paragraph: usize) -> Option<usize> {
        let turn = self.turns.get(self.turns.partition_point(|turn| turn.span().end <= paragraph));
        let frame = self.frame.get(self.frame.partition_point(|frame| frame.end <= paragraph));
        let label = turn.filter(|t| t.form.is_spoken() && (paragraph..paragraph + 4).contains(&t.label.start));
        let label = label.and_then(|turn| turn.body.first()).map(|first| first.start);
        label.or_else(|| frame.filter(|frame| frame.start == paragraph).map(|frame| frame.end))
    }

    /// The units that share a character with the span.
    pub fn units_in(&self, span: Span) -> &[Unit] {
        let first = self.units.partition_point(|unit| unit.span.end <= span.start);
        let last = self.units.partition_point(|unit| unit.span.start < span.end);
        &self.units[first..last.max(first)]
    }

    /// The turn whose cue begins at a byte.
    pub fn turn_at(&self, cue: usize) -> Option<&Turn> {
        let at = self.turns.partition_point(|turn| turn.span().end <= cue);
        self.turns.get(at).filter(|turn| turn.cue.start == cue)
    }
}

/// Whether one of the spans, which are in order and apart, shares a character with this one.
fn touches(spans: &[Span], span: Span) -> bool {
    let at = spans.partition_point(|s| s.end <= span.start);
    spans.get(at).is_some_and(|s| s.overlaps(span))
}
