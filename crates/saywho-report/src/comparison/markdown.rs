//! The matrix as a Markdown table, for mails and wikis.

use super::matrix::{Matrix, document_facts, heading, told};
use crate::shorten::shorten;
use saywho_contract::comparison::Comparison;

/// The most columns of a claim's words.
const WORDS: usize = 160;

/// The comparison in Markdown: the conversation, the matrix, the documents read.
pub fn comparison_markdown(comparison: &Comparison) -> String {
    let matrix = Matrix::new(comparison);
    let mut out = String::new();
    let lines = heading(comparison);
    out += &format!("## {}\n\n", escaped(&lines[0]));
    for line in &lines[1..] {
        out += &format!("- {}\n", escaped(line));
    }
    if lines.len() > 1 {
        out.push('\n');
    }
    for caution in &comparison.cautions {
        out += &format!("> {}\n\n", escaped(caution));
    }
    out += &format!(
        "| issue | {} | relation |\n",
        matrix.sides.iter().map(|s| escaped(s)).collect::<Vec<_>>().join(" | ")
    );
    out += &format!("|---|{}---|\n", "---|".repeat(matrix.sides.len()));
    for row in &comparison.issues {
        let cells: Vec<String> = matrix
            .sides
            .iter()
            .map(|side| {
                let claims = matrix.cell(row, side);
                if claims.is_empty() {
                    return matrix.empty(row, side);
                }
                let told = claims.iter().map(|c| escaped(&shorten(&told(comparison, c), WORDS)));
                told.collect::<Vec<_>>().join("<br>")
            })
            .collect();
        out += &format!("| {} | {} | {} |\n", escaped(&row.issue), cells.join(" | "), escaped(&matrix.relation(row)));
    }
    out += "\nDocuments read:\n\n";
    for document in &comparison.documents {
        out += &format!("- {}\n", escaped(&document_facts(document)));
    }
    out
}

/// Plain words in Markdown: what would begin markup or end a cell is escaped.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '#' | '~' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            other => out.push(other),
        }
    }
    out
}
