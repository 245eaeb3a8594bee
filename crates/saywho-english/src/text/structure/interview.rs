//! Interviews without labels: questions set apart (in bold, as headings, or by their mark alone), each with its answer below.

use super::turn::{Form, Turn};
use crate::reading::{Span, Unit, UnitKind};
use crate::text::quote::Quote;

/// Most words of a question.
const LONGEST: usize = 60;

/// How certain such turns are: where the format sets the questions apart, and where only their mark does.
const SET_APART: f32 = 0.9;
const BY_MARK: f32 = 0.8;

/// Fewest questions with an answer.
const FEWEST: (usize, usize) = (2, 3);

/// The questions and answers of an interview, and its heading where that quotes the one who answers. Label and cue of each are
/// empty. `taken` tells which paragraphs are spoken for.
pub fn interview(
    text: &str,
    paragraphs: &[Span],
    units: &[Unit],
    quotes: &[Quote],
    taken: impl Fn(Span) -> bool,
) -> Vec<Turn> {
    let kinds: Vec<Kind> =
        paragraphs.iter().map(|p| if taken(*p) { Kind::Taken } else { kind(text, *p, units) }).collect();
    let told = turns(text, paragraphs, &kinds, |kind| matches!(kind, Kind::Apart | Kind::ApartQuestion), SET_APART);
    let asked = kinds.iter().filter(|kind| **kind == Kind::ApartQuestion).count();
    let turns = if asked >= FEWEST.0 && answered(&told) >= FEWEST.0 {
        told
    } else {
        let by_mark = turns(text, paragraphs, &kinds, |kind| kind == Kind::Question, BY_MARK);
        let answers = || by_mark.iter().filter(|t| t.form == Form::Answer);
        let own = answers().filter(|t| t.body.iter().any(|b| is_own(b.of(text)))).count();
        let first = by_mark.first().map_or(0, |t| t.body[0].start);
        let behind = paragraphs.iter().filter(|p| p.start >= first).count();
        let dense = by_mark.iter().filter(|t| t.form == Form::Question).count() * 6 >= behind;
        let quoted = quotes.iter().filter(|q| q.span.start >= first && q.depth == 0).count() * 4 > behind;
        if answered(&by_mark) < FEWEST.1 || 2 * own < answers().count() || !dense || quoted {
            return Vec::new();
        }
        by_mark
    };
    let Some(first) = turns.first().map(|turn| turn.body[0].start) else { return turns };
    let heading = units.iter().find(|unit| unit.kind == UnitKind::Heading && unit.span.end <= first);
    let heading = heading.map(|unit| unit.span).filter(|span| is_quoted(span.of(text)) && !taken(*span));
    let heading = heading.map(|span| unlabelled(Form::Heading, vec![span], turns[0].certainty));
    heading.into_iter().chain(turns).collect()
}

/// What a paragraph may be in an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It may go on with an answer.
    Plain,
    /// It asks.
    Question,
    /// It asks, and the format sets it apart.
    ApartQuestion,
    /// It is in bold, and does not ask.
    Apart,
    /// No one's words: a heading, a caption.
    Other,
    /// A turn with a label, a byline.
    Taken,
}

fn kind(text: &str, paragraph: Span, units: &[Unit]) -> Kind {
    let words = paragraph.of(text);
    let short = words.split_whitespace().take(LONGEST + 1).count() <= LONGEST;
    let asks = short && words.ends_with('?');
    let at = units.partition_point(|unit| unit.span.end <= paragraph.start);
    let unit = units.get(at).filter(|unit| unit.span.start < paragraph.end).map(|unit| unit.kind);
    match unit {
        Some(UnitKind::Bold | UnitKind::Heading) if asks => Kind::ApartQuestion,
        Some(UnitKind::Bold) if short => Kind::Apart,
        Some(UnitKind::Heading | UnitKind::Caption) => Kind::Other,
        _ if asks && !words.contains(['“', '”', '"']) => Kind::Question,
        _ => Kind::Plain,
    }
}

/// The turns that questions of this kind make: each goes on to the paragraphs below it, up to the next.
fn turns(text: &str, paragraphs: &[Span], kinds: &[Kind], asks: impl Fn(Kind) -> bool, certainty: f32) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let run = |from: usize, fits: &dyn Fn(Kind) -> bool| {
        (from..paragraphs.len()).find(|&p| !fits(kinds[p])).unwrap_or(paragraphs.len())
    };
    let mut at = 0;
    while let Some(first) = (at..paragraphs.len()).find(|&p| asks(kinds[p])) {
        let answer = run(first, &|kind| asks(kind));
        at = run(answer, &|kind| !asks(kind) && matches!(kind, Kind::Plain | Kind::Question));
        let question = &paragraphs[first..answer];
        if at > answer && question.iter().any(|p| p.of(text).ends_with('?')) {
            turns.push(unlabelled(Form::Question, question.to_vec(), certainty));
            turns.push(unlabelled(Form::Answer, paragraphs[answer..at].to_vec(), certainty));
        }
    }
    turns
}

fn answered(turns: &[Turn]) -> usize {
    turns.iter().filter(|turn| turn.form == Form::Answer).count()
}

/// A turn without label and cue.
fn unlabelled(form: Form, body: Vec<Span>, certainty: f32) -> Turn {
    let none = Span::new(body[0].start, body[0].start);
    Turn { form, label: none, cue: none, body, certainty }
}

/// Whether somebody speaks of himself.
fn is_own(words: &str) -> bool {
    let own = |w: &str| matches!(w, "I" | "my" | "My" | "me" | "we" | "We" | "our" | "Our" | "us");
    words.split(|c: char| !c.is_alphanumeric()).any(own)
}

/// Whether a line is one quotation.
fn is_quoted(words: &str) -> bool {
    let inner = |open: char, close: char| words.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    [('“', '”'), ('"', '"'), ('‘', '’'), ('\'', '\'')]
        .into_iter()
        .any(|(open, close)| inner(open, close).is_some_and(|rest| !rest.contains([open, close]) || open == '\''))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraph::paragraphs;
    use crate::text::quote::quotes;

    fn read(text: &str, apart: &[(&str, UnitKind)]) -> Vec<(Form, String)> {
        let unit = |(words, kind): &(&str, UnitKind)| {
            let start = text.find(words).expect("its words");
            Unit { span: Span::new(start, start + words.len()), kind: *kind }
        };
        let units: Vec<Unit> = apart.iter().map(unit).collect();
        let paragraphs = paragraphs(text);
        let found = interview(text, &paragraphs, &units, &quotes(text, &paragraphs), |_| false);
        let body = |t: &Turn| t.body.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(" | ");
        found.iter().map(|t| (t.form, body(t))).collect()
    }

    const BOLD: &str = "‘It must go’\n\nWe met Ilse Maren in Brel.\n\nWill the ban go?\n\nIt must.\n\nIt helps nobody.\n\nTell me more.\n\nWho says so?\n\nThe crews do.";

    #[test]
    fn questions_set_apart() {
        let bold = UnitKind::Bold;
        let apart = [
            ("‘It must go’", UnitKind::Heading),
            ("Will the ban go?", bold),
            ("Tell me more.", bold),
            ("Who says so?", bold),
        ];
        let want = [
            (Form::Heading, "‘It must go’"),
            (Form::Question, "Will the ban go?"),
            (Form::Answer, "It must. | It helps nobody."),
            (Form::Question, "Tell me more. | Who says so?"),
            (Form::Answer, "The crews do."),
        ];
        assert_eq!(read(BOLD, &apart), want.map(|(form, words)| (form, words.to_owned())));
    }

    #[test]
    fn questions_by_their_mark_alone() {
        let text = "Ilse Maren runs the port.\n\nWill the ban go?\n\nI think so.\n\nWhen?\n\nWe hope in May.\n\nAnd then?\n\nI will sail.";
        assert_eq!(read(text, &[]).len(), 6);
        assert_eq!(read(BOLD, &[]), []);
        let report = "Will the ban go?\n\n“I think so,” she said.\n\nWhen?\n\n“We hope in May,” she said.\n\nAnd then?\n\n“I will sail.”";
        assert_eq!(read(report, &[]), []);
    }
}
