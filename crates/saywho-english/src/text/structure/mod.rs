//! Structure that a text shows by its form alone: who speaks in turn in a transcript, lines that set words beside a name,
//! and what stands around a report. Spans beside the text; nothing is cut out.

pub mod interview;
pub mod label;
pub mod letter;
pub mod lines;
pub mod news;
mod reply;
pub mod stamp;
pub mod transcript;
mod turn;
pub mod units;
mod words;

pub use turn::{Form, Turn};
pub(crate) use words::is_zone;

use crate::reading::{Span, Unit, UnitKind};
use crate::text::quote::Quote;

/// What the form of a text tells.
#[derive(Debug, Clone, Default, PartialEq)]
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
    /// Letters with their writers, in order.
    pub letters: Vec<letter::Letter>,
}

impl Structure {
    /// Reads the structure of a text; `told` is what its format sets apart, `set_off` the quotations among it.
    pub fn new(text: &str, paragraphs: &[Span], quotes: &[Quote], told: &[Unit], set_off: &[Unit]) -> Structure {
        let (bare, stamps) = stamp::without_stamps(text, paragraphs);
        // A time on a line of its own parts what stands around it.
        let (alone, stamps): (Vec<Span>, Vec<Span>) =
            stamps.into_iter().partition(|s| paragraphs.binary_search(s).is_ok());
        let mut units = units::units(text, &bare, told);
        units.extend(alone.into_iter().map(|span| Unit { span, kind: UnitKind::Heading }));
        units.sort_by_key(|unit| unit.span);
        units.dedup_by(|later, before| later.span.overlaps(before.span));
        let news::News { headline, mut frame, outlet, wire } = news::news(text, &bare);
        let headline = headline.or_else(|| below_kicker(text, &bare, &units));
        let replies = reply::replies(text, set_off);
        frame.extend(replies.unread);
        frame.sort_unstable();
        frame.dedup_by(|later, before| later.overlaps(*before));
        let mut turns = transcript::turns(text, &bare, quotes);
        turns.retain(|turn| !touches(&frame, turn.span()));
        let headline = headline.filter(|line| !turns.iter().any(|turn| turn.span().overlaps(*line)));
        let (letters, addresses) = letter::letters(text, &bare);
        let spoken: Vec<Span> = turns.iter().map(Turn::span).collect();
        frame.extend(addresses.into_iter().filter(|span| !touches(&spoken, *span)));
        frame.sort_unstable();
        frame.dedup_by(|later, before| later.overlaps(*before));
        let taken = |p: Span| touches(&spoken, p) || touches(&frame, p);
        turns.extend(interview::interview(text, &bare, &units, quotes, taken));
        turns.sort_by_key(|turn| turn.span());
        let spoken: Vec<Span> = turns.iter().map(Turn::span).collect();
        let taken = |p: Span| touches(&spoken, p) || touches(&frame, p);
        let heading = |p: Span| {
            let at = units.partition_point(|unit| unit.span.start < p.start);
            units.get(at).is_some_and(|unit| unit.kind == UnitKind::Heading && unit.span.contains(p))
        };
        let lines = lines::lines(text, &bare, quotes, taken, heading);
        turns.extend(lines);
        let quoted: Vec<Span> = replies.turns.iter().map(Turn::span).collect();
        turns.retain(|turn| !touches(&quoted, turn.span()));
        turns.extend(replies.turns);
        turns.sort_by_key(|turn| turn.span());
        frame.extend(stamps);
        frame.sort_unstable();
        Structure { headline, frame, outlet, wire, turns, units, letters }
    }

    /// Where the time, the label or the dateline ends that a paragraph begins with.
    pub fn head_end(&self, paragraph: usize) -> Option<usize> {
        let first = self.frame.partition_point(|frame| frame.end <= paragraph);
        let framed = self.frame[first..]
            .iter()
            .scan(paragraph, |at, frame| (frame.start == *at).then(|| *at = frame.end).map(|()| frame.end));
        let framed = framed.last();
        let from = framed.unwrap_or(paragraph);
        let turn = self.turns.get(self.turns.partition_point(|turn| turn.span().end <= from));
        let label = turn.filter(|t| t.form.is_spoken() && (from..from + 4).contains(&t.label.start));
        label.and_then(|turn| turn.body.first()).map(|first| first.start).or(framed)
    }

    /// Whether a span is part of a dateline, a byline or the like.
    pub fn is_framed(&self, span: Span) -> bool {
        touches(&self.frame, span)
    }

    /// The units that share a character with the span.
    pub fn units_in(&self, span: Span) -> &[Unit] {
        let first = self.units.partition_point(|unit| unit.span.end <= span.start);
        let last = self.units.partition_point(|unit| unit.span.start < span.end);
        &self.units[first..last.max(first)]
    }

    /// The turn whose cue begins at a byte, or whose words do, where it has no cue.
    pub fn turn_at(&self, start: usize) -> Option<&Turn> {
        let at = self.turns.partition_point(|turn| turn.span().end <= start);
        self.turns.get(at).filter(|turn| turn.cue.start == start)
    }

    /// The name of the one who wrote the letter in which a byte stands.
    pub fn writer_at(&self, byte: usize) -> Option<Span> {
        let letter = self.letters.get(self.letters.partition_point(|letter| letter.span.end <= byte))?;
        (letter.span.start <= byte).then_some(letter.writer)
    }
}

/// The headline below a line of a word or two in capitals: "ANALYSIS".
fn below_kicker(text: &str, paragraphs: &[Span], units: &[Unit]) -> Option<Span> {
    let [kicker, headline] = [units.first()?, units.get(1)?];
    let words = kicker.span.of(text);
    let above = !words.contains(char::is_lowercase) && words.split_whitespace().count() <= 3;
    let begins = |unit: &Unit, p: usize| unit.kind == UnitKind::Heading && paragraphs.get(p) == Some(&unit.span);
    (above && begins(kicker, 0) && begins(headline, 1)).then_some(headline.span)
}

/// Whether one of the spans, which are in order and apart, shares a character with this one.
fn touches(spans: &[Span], span: Span) -> bool {
    let at = spans.partition_point(|s| s.end <= span.start);
    spans.get(at).is_some_and(|s| s.overlaps(span))
}
