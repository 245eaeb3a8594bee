//! A table with one row a claim (RFC 4180).

use super::matrix::side_of;
use crate::csv::csv_lines;
use saywho_contract::comparison::Comparison;

const COLUMNS: [&str; 16] = [
    "document",
    "published",
    "id",
    "side",
    "issue",
    "relation",
    "speaker",
    "addressee",
    "act",
    "polarity",
    "words",
    "start",
    "end",
    "linked_to",
    "link_relations",
    "cue",
];

/// The claims of a comparison with their issue, its relation and their links; offsets count code points.
pub fn comparison_csv(comparison: &Comparison) -> String {
    let points = comparison.to_code_points();
    let claims = comparison.claims.iter().zip(&points.claims).map(|(bytes, points)| {
        let document = &comparison.documents[bytes.document];
        let row = comparison.issues.iter().find(|r| r.claims.contains(&bytes.id));
        let links: Vec<(&str, &str)> = comparison
            .links
            .iter()
            .filter(|l| l.a == bytes.id || l.b == bytes.id)
            .map(|l| (if l.a == bytes.id { l.b.as_str() } else { l.a.as_str() }, l.relation.name()))
            .collect();
        let join = |parts: Vec<&str>| parts.join(" ");
        [
            document.id.clone(),
            document.published.clone().unwrap_or_default(),
            bytes.id.clone(),
            side_of(bytes),
            bytes.issue.clone(),
            row.map(|r| r.relation.to_string()).unwrap_or_default(),
            bytes.speaker.clone().unwrap_or_default(),
            bytes.addressee.clone().unwrap_or_default(),
            bytes.act.name().to_owned(),
            bytes.polarity.name().to_owned(),
            comparison.words(bytes).to_owned(),
            points.start.to_string(),
            points.end.to_string(),
            join(links.iter().map(|l| l.0).collect()),
            join(links.iter().map(|l| l.1).collect()),
            bytes.cue.map(|c| c.of(&document.text).to_owned()).unwrap_or_default(),
        ]
    });
    csv_lines(std::iter::once(COLUMNS.map(String::from)).chain(claims))
}
