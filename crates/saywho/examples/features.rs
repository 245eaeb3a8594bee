//! Prints the tokens of texts with what the encoder is told of each, for `training/`: one JSON object a file.
//!
//! `cargo run --release -p saywho --example features -- DIR > features.jsonl`
//!
//! Training reads these rather than splitting texts itself, so that what the model learns from is what it will be given.
//! `tokens` holds rows of [start, end, case, quote, start state, sentence, paragraph]; offsets are code points.

use saywho::Points;
use saywho_encoder::wordpiece::WordPiece;
use saywho_english::table::Place;
use saywho_english::text::Text;
use saywho_english::{Budget, WordList};
use serde_json::json;

/// The pieces that are words of their own, as the engine has it.
struct Words(WordPiece);

impl WordList for Words {
    fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir = std::env::args().nth(1).ok_or("usage: features DIR")?;
    let words = Words(WordPiece::from_vocab(include_str!("../../../models/vocabulary.txt")));
    let mut paths: Vec<_> = std::fs::read_dir(dir)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "txt")) {
        let content = std::fs::read_to_string(path)?;
        let text = Text::within(&content, &[], &words, Budget::unlimited());
        let (quotes, starts) = (&text.quote_states, &text.starts);
        let points = Points::of(&content);
        let mut paragraph = 0;
        let rows: Vec<_> = text
            .tokens
            .places()
            .map(|i| {
                let token = text.tokens[i];
                paragraph += usize::from(token.span.start >= text.paragraphs[paragraph].end);
                let place = points.span(token.span);
                json!([
                    place.start,
                    place.end,
                    token.case(&content) as u8,
                    quotes[i] as u8,
                    starts[i] as u8,
                    text.sentence_of[i].index(),
                    paragraph
                ])
            })
            .collect();
        let doc = path.file_stem().unwrap_or_default().to_string_lossy();
        println!("{}", json!({"doc": doc, "tokens": rows}));
    }
    Ok(())
}
