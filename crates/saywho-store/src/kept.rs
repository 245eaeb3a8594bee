//! What the store keeps as JSON of its own. Its spans count bytes, so that a reading comes back without being converted.

use saywho::offset::Written;
use saywho::reading::Unit;
use saywho::{Reading, Span};
use serde::{Deserialize, Serialize};

use crate::Result;

/// An offset in bytes, as it is kept.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(transparent)]
struct Byte(usize);

impl Written for Byte {}

fn kept(span: Span) -> Span<Byte> {
    Span { start: Byte(span.start), end: Byte(span.end) }
}

fn span(kept: Span<Byte>) -> Span {
    Span { start: kept.start.0, end: kept.end.0 }
}

/// A reading as it is kept.
pub(crate) fn reading_json(reading: &Reading) -> Result<String> {
    Ok(serde_json::to_string(&reading.clone().map_spans(kept))?)
}

/// A reading that was kept.
///
/// # Errors
/// When it is no reading, or a span does not lie in its text.
pub(crate) fn reading(json: &str) -> Result<Reading> {
    let mut reading: Reading<Byte> = serde_json::from_str(json)?;
    let (id, text) = (reading.document.id.clone(), std::mem::take(&mut reading.document.text));
    let mut reading = reading.try_map_spans(|kept| {
        let Span { start, end } = span(kept);
        let told = || format!("bytes {start} to {end} are no part of the text of “{id}”");
        text.get(start..end).map(|_| span(kept)).ok_or_else(|| serde::de::Error::custom(told()))
    });
    if let Ok(reading) = &mut reading {
        reading.document.text = text;
    }
    reading.map_err(crate::Error::Damaged)
}

/// What the format of a document sets apart, as it is kept.
pub(crate) fn units_json(units: &[Unit]) -> Result<String> {
    let units: Vec<Unit<Byte>> = units.iter().map(|unit| Unit { span: kept(unit.span), kind: unit.kind }).collect();
    Ok(serde_json::to_string(&units)?)
}

/// What was kept of that.
pub(crate) fn units(json: &str) -> Result<Vec<Unit>> {
    let units: Vec<Unit<Byte>> = serde_json::from_str(json)?;
    Ok(units.into_iter().map(|unit| Unit { span: span(unit.span), kind: unit.kind }).collect())
}

/// Spans within something else that is kept, for serde.
pub(crate) mod spans {
    use serde::{Deserializer, Serializer};

    use super::*;

    pub(crate) fn serialize<S: Serializer>(spans: &[Span], to: S) -> std::result::Result<S::Ok, S::Error> {
        to.collect_seq(spans.iter().copied().map(kept))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<Vec<Span>, D::Error> {
        Ok(Vec::deserialize(from)?.into_iter().map(span).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use saywho::Document;
    use saywho::reading::SCHEMA;

    #[test]
    fn a_reading_is_kept_in_bytes_and_one_that_is_damaged_is_told() {
        let mut document = Document::from_text("note", "“Nej,” sade Åsa.");
        document.boilerplate = vec![Span::new(16, 20)];
        let (entities, attributions, conversations, issues) = (vec![], vec![], vec![], vec![]);
        let given = Reading { schema: SCHEMA.into(), document, entities, attributions, conversations, issues };
        let json = reading_json(&given).expect("JSON");
        assert!(json.contains(r#""start":16,"end":20"#), "{json}");
        assert_eq!(reading(&json).expect("the reading"), given);
        for (end, what) in [("17", "within a character"), ("99", "behind the text"), ("2", "before its beginning")] {
            let damaged = json.replace(r#""end":20"#, &format!(r#""end":{end}"#));
            let told = reading(&damaged).expect_err(what).to_string();
            assert!(told.contains(&format!("bytes 16 to {end} are no part of the text of “note”")), "{told}");
        }
    }
}
