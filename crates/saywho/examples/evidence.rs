//! Prints what the confidence of each outermost attribution rests on, for `training/calibrate.py`: one JSON object a file.
//!
//! `cargo run --release -p saywho --example evidence -- DIR accurate|fast > evidence.jsonl`
//!
//! The offsets are code points, and the lines are in the form that `score.py` takes as predictions.

use saywho::training::Stages;
use saywho::{Point, Points, Span, Weights};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (dir, name) = args.next().zip(args.next()).ok_or("usage: evidence DIR accurate|fast")?;
    let weights = match name.as_str() {
        "accurate" => Weights::Accurate,
        "fast" => Weights::Fast,
        _ => return Err(format!("no model {name}: accurate or fast").into()),
    };
    let stages = Stages::new(weights)?;
    let mut paths: Vec<_> = std::fs::read_dir(dir)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "txt")) {
        let content = std::fs::read_to_string(path)?;
        let points = Points::of(&content);
        let spans = |spans: &[Span]| -> Vec<[Point; 2]> {
            spans.iter().map(|Span { start, end }| [points.at(*start), points.at(*end)]).collect()
        };
        let found = stages.evidence(&content);
        let attributions: Vec<Value> = found
            .iter()
            .map(|f| json!({"source": spans(&f.source), "cue": spans(&f.cue), "content": spans(&f.content), "evidence": f.figures}))
            .collect();
        println!(
            "{}",
            json!({"doc": path.file_stem().unwrap_or_default().to_string_lossy(), "attributions": attributions})
        );
    }
    Ok(())
}
