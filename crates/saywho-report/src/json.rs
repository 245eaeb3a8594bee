//! The JSON contract `saywho/1`.

use saywho_contract::Reading;

/// The reading as one indented JSON object, offsets in code points.
pub fn json(reading: &Reading) -> String {
    line(serde_json::to_string_pretty(&reading.to_code_points()))
}

/// The reading as one line of JSON, offsets in code points.
pub fn jsonl(reading: &Reading) -> String {
    line(serde_json::to_string(&reading.to_code_points()))
}

fn line(written: serde_json::Result<String>) -> String {
    // Serializing fails for maps with keys that are no strings and for failing writers: a reading has neither.
    let mut json = written.expect("a reading is plain data");
    json.push('\n');
    json
}
