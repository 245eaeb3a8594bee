//! The JSON Schemas of the contracts, made from the types; what their comments say becomes descriptions.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};

/// The schema of a reading (`docs/schema/reading.json`), as an indented object.
pub fn reading() -> String {
    schema::<crate::Reading<crate::Point>>()
}

/// The schema of a comparison (`docs/schema/comparison.json`), as an indented object.
pub fn comparison() -> String {
    schema::<crate::Comparison<crate::Point>>()
}

/// The schema of a check (`docs/schema/check.json`), as an indented object.
pub fn check() -> String {
    schema::<crate::Check<crate::Point>>()
}

/// What is written, not what is taken: a field that is always there is required.
fn schema<T: JsonSchema>() -> String {
    // Of formats there are only those of Rust's numbers, which strict validators refuse.
    let without_formats = RecursiveTransform(|schema: &mut Schema| {
        schema.remove("format");
    });
    let settings = SchemaSettings::draft2020_12().for_serialize().with_transform(without_formats);
    let schema = settings.into_generator().into_root_schema_for::<T>();
    let mut json = serde_json::to_string_pretty(&schema).expect("a schema is plain data");
    json.push('\n');
    json
}
