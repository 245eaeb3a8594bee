//! Scores readings that were saved as JSON (`saywho read --format json`).
//!
//! ```text
//! score polnear  SPLIT_DIR OUT_DIR              OUT_DIR holds <document>.json
//! score reading  GOLD.json OUT.json             the text stands beside the gold, under the name the gold gives
//! score speakers GOLD_DIR TEXT_DIR OUT_DIR
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use saywho::{Point, Reading};
use saywho_eval::{polnear, reading, speakers};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["polnear", split, out] => {
            let gold = polnear::read_split(Path::new(split))?;
            let mut pairs = Vec::new();
            for doc in &gold {
                pairs.push((doc, polnear::predictions(&load(&saved(out, &doc.name))?)));
            }
            print!("{}", polnear::score(pairs).report());
        }
        ["reading", gold, out] => {
            let json = fs::read_to_string(gold).with_context(|| format!("cannot read {gold}"))?;
            let name: serde_json::Value = serde_json::from_str(&json)?;
            let name = name["document"].as_str().context("the gold names no document")?;
            let text = fs::read_to_string(Path::new(gold).with_file_name(name))?;
            print(reading::score(&json, &text, &load(out)?)?);
        }
        ["speakers", gold, texts, out] => {
            let mut readings = BTreeMap::new();
            for doc in speakers::documents(Path::new(gold))? {
                let reading = load(&saved(out, &doc))?;
                readings.insert(doc, reading);
            }
            print(speakers::score(Path::new(gold), Path::new(texts), &readings)?);
        }
        _ => bail!("usage: score polnear SPLIT OUT | reading GOLD OUT | speakers GOLD TEXT OUT"),
    }
    Ok(())
}

fn saved(folder: &str, document: &str) -> String {
    format!("{folder}/{document}.json")
}

fn load(path: &str) -> Result<Reading<Point>> {
    let json = fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
    serde_json::from_str(&json).with_context(|| format!("{path} is not a reading"))
}

fn print(figures: Vec<saywho_eval::Figure>) {
    for figure in figures {
        println!("{figure}");
    }
}
