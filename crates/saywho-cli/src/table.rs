//! Answers as tables: for people and as CSV.

use std::path::Path;

use anyhow::{Context, Result, bail};
use saywho::report::one_line;
use saywho_store::Store;
use serde::Serialize;

use crate::case_args::{CaseArgs, Format};
use crate::output;

/// A table with a name for each column.
pub struct Table<const N: usize> {
    /// The names.
    pub header: [&'static str; N],
    /// The rows.
    pub rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    /// Columns side by side, the last one as long as it is; without names where there is nothing.
    pub fn text(&self) -> String {
        let rows = self.rows.iter().map(|row| row.each_ref().map(|cell| one_line(cell)));
        let lines: Vec<[String; N]> = std::iter::once(self.header.map(str::to_owned)).chain(rows).collect();
        let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
        let widths: [usize; N] = std::array::from_fn(width);
        let mut text = String::new();
        for line in lines {
            let cells: Vec<String> = line.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
            text.push_str(cells.join("  ").trim_end());
            text.push('\n');
        }
        text
    }

    /// RFC 4180.
    pub fn csv(&self) -> String {
        let line = |cells: &[&str]| cells.iter().map(|cell| field(cell)).collect::<Vec<_>>().join(",") + "\r\n";
        let rows = self.rows.iter().map(|row| line(&row.each_ref().map(String::as_str)));
        std::iter::once(line(&self.header)).chain(rows).collect()
    }
}

fn field(cell: &str) -> String {
    if cell.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// A case that is there.
///
/// # Errors
/// When there is none, or the file is something else.
pub fn open(db: &Path) -> Result<Store> {
    if !db.exists() {
        bail!("there is no {}: make it with saywho add FILES --db {0}", db.display());
    }
    Store::open_to_ask(db).with_context(|| format!("{} cannot be opened", db.display()))
}

/// Prints an answer in the format that was asked for; `told` follows the table for people.
///
/// # Errors
/// When nobody reads it any more.
pub fn print<const N: usize>(case: &CaseArgs, answer: &impl Serialize, table: &Table<N>, told: &str) -> Result<()> {
    output::print(&match case.format {
        Format::Text if table.rows.is_empty() => "nothing found\n".into(),
        Format::Text => table.text() + told,
        Format::Json => serde_json::to_string_pretty(answer)? + "\n",
        Format::Csv => table.csv(),
    })
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn tables_are_aligned_for_people_and_quoted_for_programs() {
        let table = Table { header: ["name", "said"], rows: vec![["Maren".into(), "lift it, “now”".into()]] };
        assert_eq!(table.text(), "name   said\nMaren  lift it, “now”\n");
        assert_eq!(table.csv(), "name,said\r\nMaren,\"lift it, “now”\"\r\n");
        let hostile = Table { header: ["name"], rows: vec![["\u{1b}[2J\nMaren".into()]] };
        assert_eq!(hostile.text(), "name\n\u{fffd}[2J Maren\n");
        assert_eq!(hostile.csv(), "name\r\n\"\u{1b}[2J\nMaren\"\r\n", "programs get the words as they are");
    }
}
