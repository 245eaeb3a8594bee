//! Prints how alike pairs of texts are, for `training/link.py`: a line of figures for each line of standard input, whose two
//! texts stand apart by a tab.
//!
//! `cargo run --release -p saywho --example likeness < pairs.tsv > likeness.tsv`
//!
//! Columns: words, part, subject, negated (0 or 1), numbers (0 or 1), as in `saywho::training::Likeness`.

use std::io::{BufRead, Write};

use saywho::training::likeness;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (a, b) = line.split_once('\t').ok_or_else(|| format!("no tab in: {line}"))?;
        let l = likeness(a, b);
        writeln!(out, "{}\t{}\t{}\t{}\t{}", l.words, l.part, l.subject, u8::from(l.negated), u8::from(l.numbers))?;
    }
    Ok(())
}
