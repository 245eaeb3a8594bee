//! Answers as tables: for people and as CSV.

use std::path::Path;

use anyhow::{Context, Result, bail};
use saywho_report::{UTF8_MARK, csv_lines, one_line};
use saywho_store::Store;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::case_args::{CaseArgs, Format};
use crate::output::Target;

/// A table with a name for each column.
pub struct Table<const N: usize> {
    /// The names.
    pub header: [&'static str; N],
    /// The rows.
    pub rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    /// Columns side by side, the last one as long as it is, or cut so that all fit into a width.
    pub fn text(&self, width: Option<usize>) -> String {
        let rows = self.rows.iter().map(|row| row.each_ref().map(|cell| one_line(cell)));
        let lines: Vec<[String; N]> = std::iter::once(self.header.map(str::to_owned)).chain(rows).collect();
        let widest = |column: usize| lines.iter().map(|line| line[column].width()).max().unwrap_or(0);
        let widths: [usize; N] = fitted(std::array::from_fn(widest), width);
        let mut text = String::new();
        for line in lines {
            let cells: Vec<String> = line.iter().zip(widths).map(|(cell, width)| padded(cell, width)).collect();
            text.push_str(cells.join("  ").trim_end());
            text.push('\n');
        }
        text
    }

    /// RFC 4180.
    pub fn csv(&self) -> String {
        let rows = self.rows.iter().map(|row| row.each_ref().map(String::as_str));
        csv_lines(std::iter::once(self.header).chain(rows))
    }
}

/// Columns narrow enough to stand side by side: the widest are cut first.
fn fitted<const N: usize>(mut widths: [usize; N], width: Option<usize>) -> [usize; N] {
    let Some(room) = width.map(|width| width.saturating_sub(2 * (N - 1))) else { return widths };
    while widths.iter().sum::<usize>() > room {
        match widths.iter_mut().max() {
            Some(widest) if *widest > NARROWEST => *widest -= 1,
            _ => break,
        }
    }
    widths
}

/// Columns of a terminal that a cell takes at least, so that something of it is seen.
const NARROWEST: usize = 4;

/// A cell in so many columns of a terminal, whatever its script: cut, or filled with blanks.
fn padded(cell: &str, width: usize) -> String {
    let long = cell.width();
    if long <= width {
        return format!("{cell}{}", " ".repeat(width - long));
    }
    let mut cut = String::new();
    for c in cell.chars() {
        cut.push(c);
        if cut.width() >= width {
            cut.pop();
            break;
        }
    }
    cut.push('…');
    format!("{cut}{}", " ".repeat(width.saturating_sub(cut.width())))
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
    print_with(case, answer, table, told, || table.csv())
}

/// The same with a table of its own for programs.
///
/// # Errors
/// As [`print`].
pub fn print_with<const N: usize>(
    case: &CaseArgs,
    answer: &impl Serialize,
    table: &Table<N>,
    told: &str,
    csv: impl FnOnce() -> String,
) -> Result<()> {
    let target = Target::of(case.output.as_deref());
    let width = target.is_screen().then(|| target.look().width);
    target.write(&match case.format() {
        Format::Text if table.rows.is_empty() => "nothing found\n".into(),
        Format::Text => table.text(width) + told,
        Format::Json => serde_json::to_string_pretty(answer)? + "\n",
        Format::Csv if case.excel => UTF8_MARK.to_owned() + &csv(),
        Format::Csv => csv(),
    })
}

#[cfg(test)]
mod tests {
    use super::Table;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn tables_keep_to_the_width_of_the_terminal_whatever_the_script() {
        let said = "禁漁は五月に終わると外務大臣は月曜日に述べた".repeat(3);
        let rows = vec![["2031-04-02".into(), "伊勢マレン".into(), said], ["".into(), "Teo Vasca".into(), "no".into()]];
        let table = Table { header: ["date", "speaker", "content"], rows };
        for width in [20, 37, 40, 80] {
            let text = table.text(Some(width));
            assert!(text.lines().all(|line| line.width() <= width), "{width}:\n{text}");
        }
        let text = table.text(Some(60));
        let at = |line: &str, words: &str| line[..line.find(words).expect("there")].width();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[1].ends_with('…'), "{text}");
        assert_eq!(at(lines[0], "content"), at(lines[2], "no"), "columns stand below each other:\n{text}");
        assert!(!table.text(None).contains('…'), "what goes to a file is whole");
    }

    #[test]
    fn tables_are_aligned_for_people_and_quoted_for_programs() {
        let table = Table { header: ["name", "said"], rows: vec![["Maren".into(), "lift it, “now”".into()]] };
        assert_eq!(table.text(None), "name   said\nMaren  lift it, “now”\n");
        assert_eq!(table.csv(), "name,said\r\nMaren,\"lift it, “now”\"\r\n");
        let hostile = Table { header: ["name"], rows: vec![["\u{1b}[2J\nMaren".into()]] };
        assert_eq!(hostile.text(None), "name\n\u{fffd}[2J Maren\n");
        assert_eq!(hostile.csv(), "name\r\n\"\u{1b}[2J\nMaren\"\r\n", "programs get the words as they are");
    }
}
