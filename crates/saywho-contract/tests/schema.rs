//! The committed JSON Schemas are those of the types.

use std::path::Path;

use saywho_contract::schema;

#[track_caller]
fn assert_committed(name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema").join(name);
    let committed = std::fs::read_to_string(&path).expect("a committed schema");
    let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).expect("JSON");
    assert!(
        value(&committed) == value(made),
        "docs/schema/{name} is not what the types give: run `cargo run -p saywho-contract --features schema --example schema`"
    );
}

#[test]
fn the_schema_of_readings_is_that_of_the_types() {
    assert_committed("reading.json", &schema::reading());
}

#[test]
fn the_schema_of_comparisons_is_that_of_the_types() {
    assert_committed("comparison.json", &schema::comparison());
}

#[test]
fn the_schema_of_checks_is_that_of_the_types() {
    assert_committed("check.json", &schema::check());
}
