//! Prints reports with what may be evidence of them, for `training/reports.py` and `training/meaning.py`.
//!
//! `cargo run --release -p saywho-check --example reports -- FOLDER ... > reports.jsonl`
//!
//! A folder holds sources, `a.txt` and so on, and `reports.tsv`: source, verdict, distance, evidence, report (with a header). A line of JSON
//! for each report that saywho finds: `folder`, `source`, `verdict`, `distance`, `report` (the words that are reported), `stated` (the
//! evidence of the table), and `evidence`: for each sentence whether it is what the table names, `premise`, and the figures of `saywho_check::training::FIGURES`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use saywho::{Document, Reader, Span};
use saywho_check::training::reports;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = Reader::new()?;
    let mut worker = reader.worker();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for folder in std::env::args().skip(1) {
        let table = std::fs::read_to_string(Path::new(&folder).join("reports.tsv"))?;
        let mut of_source: BTreeMap<&str, Vec<[&str; 5]>> = BTreeMap::new();
        for line in table.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let row = cells.try_into().map_err(|_| format!("{folder}/reports.tsv: five cells are wanted: {line}"))?;
            let [source, ..]: [&str; 5] = row;
            of_source.entry(source).or_default().push(row);
        }
        for (name, rows) in of_source {
            let text = std::fs::read_to_string(Path::new(&folder).join(format!("{name}.txt")))?;
            let source = worker.read(Document::from_text(name, text.as_str()));
            // One article of all reports, each a paragraph.
            let (mut article, mut places) = (String::new(), Vec::new());
            for [_, _, _, _, report] in &rows {
                places.push(Span::new(article.len(), article.len() + report.len()));
                article += &format!("{report}\n\n");
            }
            let found = reports(&reader, &worker.read(Document::from_text("article", article.as_str())), &source);
            for ([_, verdict, distance, stated, _], place) in rows.into_iter().zip(places) {
                let within = found.iter().filter(|f| place.contains(f.span));
                let Some(found) = within.max_by_key(|f| f.span.end - f.span.start) else { continue };
                let evidence = places_of(stated, &text);
                let is_evidence = |span: Span| evidence.iter().any(|place| place.overlaps(span));
                let told: Vec<_> =
                    found.evidence.iter().map(|e| (is_evidence(e.span), &e.premise, e.figures)).collect();
                let row = serde_json::json!({ "folder": folder, "source": name, "verdict": verdict, "distance": distance,
                    "report": found.span.of(&article), "stated": stated, "evidence": told });
                writeln!(out, "{row}")?;
            }
        }
    }
    Ok(())
}

/// Where evidence stands in its source: as a whole, or sentence by sentence.
fn places_of(stated: &str, text: &str) -> Vec<Span> {
    let place = |part: &str| text.find(part).map(|start| Span::new(start, start + part.len()));
    match place(stated) {
        _ if stated.is_empty() => Vec::new(),
        Some(whole) => vec![whole],
        None => {
            stated.split_inclusive(['.', '?', '!']).map(str::trim).filter(|s| !s.is_empty()).filter_map(place).collect()
        }
    }
}
