//! Readings go to code points and back.

use saywho_contract::reading::{Dated, Entity, EntityKind, OnPage, Repair, SCHEMA, Unit, UnitKind};
use saywho_contract::{Document, Point, PointSpan, Reading, Span};

const TEXT: &str = "“Nej,” sade Åsa Öberg 😀 på måndag.";

/// A reading with something of every kind at these bytes.
fn reading(start: usize, end: usize) -> Reading {
    let span = Span::new(start, end);
    let asa = Entity {
        id: "e1".into(),
        name: "Åsa Öberg".into(),
        kind: EntityKind::Person,
        roles: Vec::new(),
        side: None,
        mentions: vec![span],
        members: Vec::new(),
        unnamed: None,
        ids: Default::default(),
    };
    let document = Document {
        boilerplate: vec![span],
        repairs: vec![Repair { start, end, to: "Asa".into() }],
        dates: vec![Dated { start, end, date: "2031-05-05".into() }],
        page: vec![OnPage { start, end, page: Point(70) }],
        units: vec![Unit { span, kind: UnitKind::Bold }],
        ..Document::from_text("note", TEXT)
    };
    let schema = SCHEMA.into();
    Reading { schema, document, entities: vec![asa], attributions: vec![], conversations: vec![], issues: vec![] }
}

#[test]
fn all_that_has_a_place_in_the_text_is_converted_and_comes_back() {
    let start = TEXT.find("Åsa").expect("the name");
    let bytes = reading(start, start + "Åsa Öberg".len());
    let points = bytes.to_code_points();
    let of = &points.document;
    let spans = [
        points.entities[0].mentions[0],
        of.boilerplate[0],
        of.units[0].span,
        Span { start: of.repairs[0].start, end: of.repairs[0].end },
        Span { start: of.dates[0].start, end: of.dates[0].end },
        Span { start: of.page[0].start, end: of.page[0].end },
    ];
    assert_eq!(spans, [PointSpan::points(12, 21); 6]);
    assert_eq!(of.page[0].page, Point(70), "offsets of the page are its own");
    assert_eq!(points.into_bytes(), Ok(bytes));
}

#[test]
fn a_reading_whose_spans_lie_elsewhere_is_refused() {
    let mut points = reading(0, 3).to_code_points();
    points.entities[0].mentions.push(PointSpan::points(30, 99));
    let told = points.into_bytes().expect_err("an error").to_string();
    assert_eq!(told, "the span from 30 to 99 does not lie in its text, which has 34 code points");
}
