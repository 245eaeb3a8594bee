//! An invented call between invented states reads as well as real ones do: nothing in the engine knows a document.

use std::fs;
use std::path::Path;

use saywho::{Document, Reader};
use saywho_eval::reading;

#[test]
fn an_invented_conversation_is_read_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/call");
    let text = fs::read_to_string(folder.join("report.txt")).unwrap();
    let gold = fs::read_to_string(folder.join("report.gold.json")).unwrap();
    let reader = Reader::new().unwrap();
    let read = reader.worker().read(Document::from_text("report", text.as_str())).to_code_points();
    let figures = reading::score(&gold, &text, &read).unwrap();
    let floors = [
        ("attributions (nested too)", 75.0),
        ("speaker (of all gold)", 80.0),
        ("addressee (of all gold)", 75.0),
        ("chain (of all gold)", 75.0),
        ("inside (of all gold)", 80.0),
        ("boilerplate marked", 90.0),
        ("body kept", 100.0),
        ("participants", 100.0),
        ("medium", 100.0),
        ("initiator", 100.0),
    ];
    for (name, floor) in floors {
        let figure = figures.iter().find(|f| f.name == name).unwrap();
        assert!(figure.value >= floor, "{figure}");
    }
}

#[test]
fn the_tables_of_the_world_are_not_needed_for_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/call");
    let text = fs::read_to_string(folder.join("report.txt")).unwrap();
    let with = Reader::new().unwrap();
    let without = Reader::new().unwrap().without_knowledge();
    let document = Document::from_text("report", text);
    assert_eq!(with.worker().read(document.clone()), without.worker().read(document));
}
