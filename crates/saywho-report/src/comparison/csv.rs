//! A table with one row a claim (RFC 4180).

use super::matrix::side_of;
use crate::csv::csv_lines;
use saywho_contract::comparison::Comparison;
use saywho_contract::offset::Points;

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
    let points: Vec<Points> = comparison.documents.iter().map(|d| Points::of(&d.text)).collect();
    let claims = comparison.claims.iter().map(|claim| {
        let document = &comparison.documents[claim.document];
        let place = points[claim.document].span(claim.span());
        let row = comparison.issues.iter().find(|r| r.claims.contains(&claim.id));
        let links: Vec<(&str, &str)> = comparison
            .links
            .iter()
            .filter(|l| l.a == claim.id || l.b == claim.id)
            .map(|l| (if l.a == claim.id { l.b.as_str() } else { l.a.as_str() }, l.relation.name()))
            .collect();
        let join = |parts: Vec<&str>| parts.join(" ");
        [
            document.id.clone(),
            document.published.clone().unwrap_or_default(),
            claim.id.clone(),
            side_of(claim),
            claim.issue.clone(),
            row.map(|r| r.relation.to_string()).unwrap_or_default(),
            claim.speaker.clone().map(String::from).unwrap_or_default(),
            claim.addressee.clone().map(String::from).unwrap_or_default(),
            claim.act.name().to_owned(),
            claim.polarity.name().to_owned(),
            comparison.words(claim).to_owned(),
            place.start.to_string(),
            place.end.to_string(),
            join(links.iter().map(|l| l.0).collect()),
            join(links.iter().map(|l| l.1).collect()),
            claim.cue.map(|c| c.of(&document.text).to_owned()).unwrap_or_default(),
        ]
    });
    csv_lines(std::iter::once(COLUMNS.map(String::from)).chain(claims))
}
