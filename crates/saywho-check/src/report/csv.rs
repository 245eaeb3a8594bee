//! A table with one row a passage (RFC 4180).

use saywho_report::csv_lines;

use crate::data::{Check, Passage};

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
pub fn csv(check: &Check) -> String {
    let points = check.to_code_points();
    let rows = check.passages.iter().zip(&points.passages).map(|(bytes, points)| row(check, bytes, points));
    csv_lines(std::iter::once(COLUMNS.map(String::from)).chain(rows))
}

fn row(check: &Check, bytes: &Passage, points: &Passage) -> [String; 18] {
    let (article, place) = (&check.documents[bytes.document], bytes.matches.first().zip(points.matches.first()));
    let of_place =
        |tell: &dyn Fn(&crate::Match, &crate::Match) -> String| place.map_or(String::new(), |(b, p)| tell(b, p));
    let kinds: Vec<&str> = bytes.changes.iter().map(|c| c.kind.name()).collect();
    [
        article.id.clone(),
        bytes.id.clone(),
        bytes.group.clone().unwrap_or_default(),
        bytes.attribution.clone().unwrap_or_default(),
        bytes.speaker.clone().unwrap_or_default(),
        bytes.quoted.to_string(),
        bytes.verdict.name().to_owned(),
        bytes.meaning.to_string(),
        kinds.join("; "),
        article.text[bytes.start..bytes.end].to_owned(),
        points.start.to_string(),
        points.end.to_string(),
        of_place(&|b, _| check.documents[b.document].id.clone()),
        of_place(&|b, _| b.speaker.clone().unwrap_or_default()),
        of_place(&|b, _| check.documents[b.document].text[b.start..b.end].to_owned()),
        of_place(&|_, p| p.start.to_string()),
        of_place(&|_, p| p.end.to_string()),
        format!("{:.3}", bytes.confidence),
    ]
}
