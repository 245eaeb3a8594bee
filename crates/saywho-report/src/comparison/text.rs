//! The comparison for people, in a terminal or a mail: issues down, sides across.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::matrix::{Matrix, document_facts, heading, told};
use crate::TextOptions;
use crate::shorten::shorten;
use crate::words::one_line;
use saywho_contract::comparison::{Claim, Comparison, IssueRelation, Relation};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const SIDE: Style = AnsiColor::Cyan.on_default().bold();
const SAME: Style = AnsiColor::Green.on_default();
const DIFFER: Style = AnsiColor::Yellow.on_default();
const CONTRADICT: Style = AnsiColor::Red.on_default().bold();

/// Claims of one cell that are shown; the rest is counted.
const SHOWN: usize = 3;
/// Lines of one claim.
const LINES: usize = 4;

/// The comparison for people: the conversation, the matrix, shared quotations, the documents read.
pub fn comparison_text(comparison: &Comparison, options: &TextOptions) -> String {
    let mut page = Page { matrix: Matrix::new(comparison), options, out: String::new() };
    page.heading();
    page.cautions();
    if !comparison.claims.is_empty() {
        page.matrix();
    }
    page.quotations();
    page.documents();
    page.out
}

struct Page<'c> {
    matrix: Matrix<'c>,
    options: &'c TextOptions,
    out: String,
}

impl Page<'_> {
    fn width(&self) -> usize {
        self.options.width.max(80)
    }

    fn heading(&mut self) {
        for (i, line) in heading(self.matrix.comparison).into_iter().enumerate() {
            if i == 0 {
                let painted = self.paint(BOLD, &line);
                self.line(&painted);
                continue;
            }
            for part in wrapped(&line, self.width() - 2, 4) {
                self.line(&format!("  {part}"));
            }
        }
        self.out.push('\n');
    }

    /// What the reader must know before the matrix.
    fn cautions(&mut self) {
        let cautions = &self.matrix.comparison.cautions;
        for caution in cautions {
            for part in wrapped(&format!("! {caution}"), self.width() - 2, 8) {
                let painted = self.paint(DIFFER, &part);
                self.line(&painted);
            }
        }
        if !cautions.is_empty() {
            self.out.push('\n');
        }
    }

    fn matrix(&mut self) {
        let sides = self.matrix.sides.len().max(1);
        let issue = 22;
        let relation = 14;
        let cell = ((self.width() - issue - relation - 2 * (sides + 1)) / sides).max(18);
        let mut head = padded(&self.paint(BOLD, "issue"), 5, issue);
        for side in self.matrix.sides.clone() {
            let name = shorten(&one_line(&side), cell);
            head += &format!("  {}", padded(&self.paint(SIDE, &name), name.width(), cell));
        }
        let painted = self.paint(BOLD, "relation");
        self.line(&format!("{head}  {painted}"));
        for row in &self.matrix.comparison.issues {
            let mut columns = vec![(wrapped(&one_line(&row.issue), issue, 3), issue, BOLD)];
            for side in &self.matrix.sides {
                let claims = self.matrix.cell(row, side);
                let (lines, style) = if claims.is_empty() {
                    (wrapped(&format!("– ({})", self.matrix.empty(row, side)), cell, 3), DIM)
                } else {
                    (self.cell(&claims, cell), Style::new())
                };
                columns.push((lines, cell, style));
            }
            let style = match row.relation {
                IssueRelation::Between(Relation::Same) => SAME,
                IssueRelation::Between(Relation::Differ) => DIFFER,
                IssueRelation::Between(Relation::Contradict) => CONTRADICT,
                IssueRelation::Only(_) | IssueRelation::NotCompared => DIM,
            };
            columns.push((wrapped(&self.matrix.relation(row), relation, 3), relation, style));
            self.columns(&columns);
        }
        self.out.push('\n');
    }

    /// The claims of a cell: who did what, with the account's words.
    fn cell(&self, claims: &[&Claim], width: usize) -> Vec<String> {
        let mut lines = Vec::new();
        for claim in claims.iter().take(SHOWN) {
            lines.extend(wrapped(&told(self.matrix.comparison, claim), width, LINES));
        }
        if claims.len() > SHOWN {
            lines.push(format!("and {} more", claims.len() - SHOWN));
        }
        lines
    }

    fn columns(&mut self, columns: &[(Vec<String>, usize, Style)]) {
        let height = columns.iter().map(|c| c.0.len()).max().unwrap_or(0);
        for i in 0..height {
            let cells = columns.iter().map(|(lines, width, style)| {
                let words = lines.get(i).map_or("", String::as_str);
                padded(&self.paint(*style, words), words.width(), *width)
            });
            let line = cells.collect::<Vec<_>>().join("  ");
            self.line(&line);
        }
    }

    fn quotations(&mut self) {
        let comparison = self.matrix.comparison;
        if comparison.quotations.is_empty() {
            return;
        }
        self.line("The same quotation in several documents");
        for quotation in &comparison.quotations {
            let mut carriers: Vec<String> = quotation
                .carriers
                .iter()
                .filter_map(|c| comparison.documents.get(c.document))
                .map(|d| one_line(&d.id))
                .collect();
            carriers.dedup();
            for part in
                wrapped(&format!("“{}”: {}", one_line(&quotation.words), carriers.join(", ")), self.width() - 2, 4)
            {
                self.line(&format!("  {part}"));
            }
        }
        self.out.push('\n');
    }

    fn documents(&mut self) {
        self.line("Documents read");
        for document in &self.matrix.comparison.documents {
            for part in wrapped(&document_facts(document), self.width() - 2, 3) {
                let painted = self.paint(DIM, &part);
                self.line(&format!("  {painted}"));
            }
        }
    }

    fn paint(&self, style: Style, words: &str) -> String {
        if self.options.colour && !style.is_plain() && !words.is_empty() {
            format!("{style}{words}{style:#}")
        } else {
            words.to_owned()
        }
    }

    fn line(&mut self, words: &str) {
        self.out += words.trim_end();
        self.out.push('\n');
    }
}

/// Words in lines of a width, at most so many; the last is shortened where words are left.
fn wrapped(words: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let all: Vec<&str> = words.split(' ').collect();
    let mut line = String::new();
    for word in &all {
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            if lines.len() + 1 == most {
                // The end is cut: what a claim begins with tells most.
                while line.width() + 4 > width && line.contains(' ') {
                    line.truncate(line.rfind(' ').unwrap_or(0));
                }
                lines.push(format!("{line} […]"));
                return lines;
            }
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    lines.push(if line.width() > width { shorten(&line, width) } else { line });
    lines
}

fn padded(words: &str, width: usize, to: usize) -> String {
    format!("{words}{}", " ".repeat(to.saturating_sub(width)))
}
