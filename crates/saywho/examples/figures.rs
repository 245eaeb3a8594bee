//! Prints what speaks for and against each two claims of a conversation being about the same, for `training/link.py`.
//!
//! `cargo run --release -p saywho --example figures -- meaning.safetensors conversation.gold.json ... > figures.jsonl`
//!
//! The accounts of `X.gold.json` are the files `X.*.txt` beside it, in the order of their names, or the one file `X.txt`. A line of JSON for each conversation:
//! `path`, `claims` (index of the account, span in bytes) and `pairs`: two indices of claims, whether two sides tell them, and the
//! figures of `saywho::training::FIGURES`. Claims about the conversation itself stand in no pair.

use std::io::Write;
use std::path::{Path, PathBuf};

use saywho::training::Conversations;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths = std::env::args().skip(1).map(PathBuf::from);
    let weights = paths.next().ok_or("name the weights of meaning, then conversations")?;
    let conversations = Conversations::new(&std::fs::read(weights)?)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in paths {
        let name = path.to_string_lossy().into_owned();
        let id = name.strip_suffix(".gold.json").ok_or_else(|| format!("{name} is no *.gold.json"))?;
        let texts = accounts(id)?;
        let measured = conversations.measured(&texts);
        let claims: Vec<_> = measured.claims.iter().map(|(account, span)| (account, span.start, span.end)).collect();
        let pairs: Vec<_> = measured.pairs.iter().map(|p| (p.a, p.b, p.across, &p.figures)).collect();
        writeln!(out, "{}", serde_json::json!({ "path": name, "claims": claims, "pairs": pairs }))?;
    }
    Ok(())
}

/// The texts of the accounts of a conversation.
fn accounts(id: &str) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let alone = PathBuf::from(format!("{id}.txt"));
    if alone.exists() {
        return Ok(vec![std::fs::read_to_string(alone)?]);
    }
    let id = Path::new(id);
    let folder = id.parent().unwrap_or(Path::new("."));
    let begin = format!("{}.", id.file_name().unwrap_or_default().to_string_lossy());
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.retain(|file| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&begin) && name.ends_with(".txt")
    });
    files.sort();
    files.iter().map(|file| Ok(std::fs::read_to_string(file)?)).collect()
}
