//! A table with one row a passage (RFC 4180).

use saywho_contract::check::{Check, Match, Passage};
use saywho_contract::offset::{Points, Span};

use crate::csv::csv_lines;
use crate::words::words;

const COLUMNS: [&str; 18] = [
    "article",
    "id",
    "group",
    "attribution",
    "speaker",
    "quoted",
    "verdict",
    "meaning",
    "changes",
    "words",
    "start",
    "end",
    "source",
    "source_speaker",
    "source_words",
    "source_start",
    "source_end",
    "confidence",
];

/// The passages, each with its best place; offsets count code points.
pub fn check_csv(check: &Check) -> String {
    let points: Vec<Points> = check.documents.iter().map(|d| Points::of(&d.text)).collect();
    let rows = check.passages.iter().map(|passage| row(check, passage, &points));
    csv_lines(std::iter::once(COLUMNS.map(String::from)).chain(rows))
}

fn row(check: &Check, passage: &Passage, points: &[Points]) -> [String; 18] {
    let (article, place) = (&check.documents[passage.document], passage.matches.first());
    let of_place = |tell: &dyn Fn(&Match) -> String| place.map_or(String::new(), tell);
    let kinds: Vec<&str> = passage.changes.iter().map(|c| c.kind.name()).collect();
    let own = points[passage.document].span(Span { start: passage.start, end: passage.end });
    let there = |m: &Match| points[m.document].span(Span { start: m.start, end: m.end });
    [
        article.id.clone(),
        passage.id.clone(),
        passage.group.clone().unwrap_or_default(),
        passage.attribution.clone().unwrap_or_default(),
        passage.speaker.clone().unwrap_or_default(),
        passage.quoted.to_string(),
        passage.verdict.name().to_owned(),
        passage.meaning.to_string(),
        kinds.join("; "),
        words(&article.text, Span { start: passage.start, end: passage.end }).to_owned(),
        own.start.to_string(),
        own.end.to_string(),
        of_place(&|m| check.documents[m.document].id.clone()),
        of_place(&|m| m.speaker.clone().unwrap_or_default()),
        of_place(&|m| words(&check.documents[m.document].text, Span { start: m.start, end: m.end }).to_owned()),
        of_place(&|m| there(m).start.to_string()),
        of_place(&|m| there(m).end.to_string()),
        format!("{:.3}", passage.confidence),
    ]
}
