//! From letters that lie somewhere on the pages of a PDF to paragraphs in the order in which they are read.
//!
//! Letters become pieces of lines, pieces become rows, rows of several columns are read column by column; what stands at the
//! head or foot of pages and numbers them is left out; lines become paragraphs, also over the end of a column or page.

use std::collections::{HashMap, HashSet};

/// A gap this wide, in sizes of the letters, parts two columns and not two words.
const GUTTER: f64 = 1.2;

/// So many rows must have words on both sides of a gutter, with so many words in a line: fewer are a table.
const ROWS_OF_COLUMNS: usize = 3;
const WORDS_OF_COLUMN: usize = 4;

/// Lines at the head and at the foot of a page that may be no part of its text.
const EDGE: usize = 2;

/// A piece of a line: words that stand beside each other on a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Piece {
    pub(crate) left: f64,
    pub(crate) right: f64,
    /// Of the baseline, from the top of the page.
    pub(crate) y: f64,
    /// Of its letters.
    pub(crate) size: f64,
    pub(crate) text: String,
}

/// The pieces of a page as its letters come.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) pieces: Vec<Piece>,
}

impl Page {
    /// Adds the letters that begin here and have this width.
    pub(crate) fn add(&mut self, x: f64, y: f64, width: f64, size: f64, letters: &str) {
        if let Some(last) = self.pieces.last_mut() {
            let gap = x - last.right;
            // Raised figures stand on the same line.
            if (y - last.y).abs() < size.max(last.size) * 0.5 && gap > -size * 0.5 && gap < size * GUTTER {
                if gap > size * 0.1 && !last.text.ends_with(' ') {
                    last.text.push(' ');
                }
                last.text.push_str(letters);
                last.right = x + width;
                return;
            }
        }
        self.pieces.push(Piece { left: x, right: x + width, y, size, text: letters.to_owned() });
    }
}

/// A line as it is read, with what tells where paragraphs end.
#[derive(Debug, Clone)]
struct Line {
    left: f64,
    right: f64,
    y: f64,
    size: f64,
    text: String,
    /// The edges of the column in which it stands.
    column: (f64, f64),
    /// Whether a column or page begins with it.
    first: bool,
}

/// The paragraphs of these pages.
pub(crate) fn paragraphs(pages: Vec<Page>) -> Vec<String> {
    let mut pages: Vec<Vec<Vec<Piece>>> = pages.into_iter().map(rows).collect();
    without_running_heads(&mut pages);
    let lines: Vec<Line> = pages.iter().flat_map(|rows| in_order(rows)).collect();
    let within_lines = lines.iter().flat_map(|line| line.text.split_whitespace());
    let compounds = within_lines.map(bare).filter(|word| word.contains('-')).collect();
    joined(&lines, &compounds)
}

/// Rows from top to bottom, each with its pieces from left to right.
fn rows(page: Page) -> Vec<Vec<Piece>> {
    let mut pieces = page.pieces;
    pieces.retain(|piece| !piece.text.trim().is_empty());
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        match rows.last_mut().filter(|row| (row[0].y - piece.y).abs() < piece.size.max(row[0].size) * 0.5) {
            Some(row) => row.push(piece),
            None => rows.push(vec![piece]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
        let mut whole: Vec<Piece> = Vec::new();
        for piece in row.drain(..) {
            match whole.last_mut().filter(|last| piece.left - last.right < piece.size * GUTTER) {
                Some(last) => {
                    if piece.left - last.right > piece.size * 0.1 && !last.text.ends_with(' ') {
                        last.text.push(' ');
                    }
                    last.text.push_str(&piece.text);
                    last.right = last.right.max(piece.right);
                }
                None => whole.push(piece),
            }
        }
        *row = whole;
    }
    rows
}

/// Takes out the rows at the heads and feet of pages that number them, or that come again on others. They stand apart from the
/// text: a line of the text may come again too, or be a number.
fn without_running_heads(pages: &mut [Vec<Vec<Piece>>]) {
    let mut seen: HashMap<(bool, String), usize> = HashMap::new();
    for rows in pages.iter() {
        for (top, at) in edges(rows) {
            *seen.entry((top, without_digits(&rows[at]))).or_default() += 1;
        }
    }
    for rows in pages.iter_mut() {
        let pitch = pitch(rows.iter().map(|row| (row[0].y, row[0].size)));
        let mut out: Vec<usize> = Vec::new();
        for (top, at) in edges(rows) {
            // Only what stands at the very edge, or next to what went.
            let outer =
                if top { at == 0 || out.contains(&(at - 1)) } else { at + 1 == rows.len() || out.contains(&(at + 1)) };
            let again = seen.get(&(top, without_digits(&rows[at]))).is_some_and(|&count| count > 1);
            if outer
                && is_apart(rows, top, at, pitch)
                && (again || is_page_number(&rows[at]) || has_page_number(&rows[at]))
            {
                out.push(at);
            }
        }
        let mut at = 0;
        rows.retain(|_| {
            at += 1;
            !out.contains(&(at - 1))
        });
    }
}

/// The rows at the head and at the foot of a page, the outermost first; whether each is at the head.
fn edges(rows: &[Vec<Piece>]) -> Vec<(bool, usize)> {
    let most = EDGE.min(rows.len() / 2);
    let head = (0..most).map(|at| (true, at));
    head.chain((0..most).map(|at| (false, rows.len() - 1 - at))).collect()
}

/// Whether a gap wider than that between lines parts a row at the head or foot from the text, maybe with another row of the edge.
fn is_apart(rows: &[Vec<Piece>], top: bool, at: usize, pitch: f64) -> bool {
    let gap = |above: usize| rows.get(above + 1).is_some_and(|below| below[0].y - rows[above][0].y > 1.5 * pitch);
    match top {
        true => (at..EDGE).any(gap),
        false => (rows.len().saturating_sub(EDGE)..=at).filter_map(|at| at.checked_sub(1)).any(gap),
    }
}

fn words(row: &[Piece]) -> String {
    row.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join("   ")
}

/// A row without the numbers that differ from page to page. One of numbers alone is no head.
fn without_digits(row: &[Piece]) -> String {
    words(row)
        .chars()
        .filter(|c| !c.is_ascii_digit())
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// "3", "- 3 -", "Page 3 of 12", "3/12", "iv".
fn is_page_number(row: &[Piece]) -> bool {
    let words = words(row).to_lowercase();
    let mut parts = words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let is_number = |part: &str| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()) || is_roman(part);
    parts.clone().any(is_number) && parts.all(|part| is_number(part) || matches!(part, "page" | "p" | "of"))
}

/// A number below a hundred in small Roman figures.
fn is_roman(part: &str) -> bool {
    const TENS: [&str; 10] = ["xc", "lxxx", "lxx", "lx", "l", "xl", "xxx", "xx", "x", ""];
    const ONES: [&str; 10] = ["ix", "viii", "vii", "vi", "v", "iv", "iii", "ii", "i", ""];
    !part.is_empty() && TENS.iter().any(|tens| part.strip_prefix(tens).is_some_and(|ones| ONES.contains(&ones)))
}

/// Whether a number stands at one end of the row, apart from its words.
fn has_page_number(row: &[Piece]) -> bool {
    let words = words(row);
    let words = words.trim();
    let is_number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let first = words.split_once("  ").is_some_and(|(first, _)| is_number(first));
    first || words.rsplit_once("  ").is_some_and(|(_, last)| is_number(last))
}

/// The usual distance between lines, of which the places and sizes are given. A step over more than three lines of letters is
/// none between lines.
fn pitch(lines: impl Iterator<Item = (f64, f64)>) -> f64 {
    let lines: Vec<(f64, f64)> = lines.collect();
    let steps = lines.windows(2).map(|pair| (pair[1].0 - pair[0].0, 3.0 * pair[0].1.max(pair[1].1)));
    let mut steps: Vec<f64> = steps.filter(|(step, most)| *step > 0.0 && step <= most).map(|(step, _)| step).collect();
    steps.sort_by(f64::total_cmp);
    let size = lines.first().map_or(0.0, |line| line.1);
    steps.get(steps.len().saturating_sub(1) / 2).copied().unwrap_or(size)
}

/// The lines of a page in the order in which they are read.
fn in_order(rows: &[Vec<Piece>]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        match columns(&rows[at..]) {
            Some((count, cuts)) => {
                let bounds: Vec<f64> = [f64::NEG_INFINITY].into_iter().chain(cuts).chain([f64::INFINITY]).collect();
                for bound in bounds.windows(2) {
                    let within = |piece: &&Piece| bound[0] <= piece.left && piece.left < bound[1];
                    let rows = rows[at..at + count].iter().map(|row| row.iter().filter(within).collect::<Vec<_>>());
                    lines.extend(lines_of(rows.filter(|row| !row.is_empty()).collect()));
                }
                at += count;
            }
            None => {
                let count = (1..rows.len() - at).find(|&next| columns(&rows[at + next..]).is_some());
                let count = count.unwrap_or(rows.len() - at);
                lines.extend(lines_of(rows[at..at + count].iter().map(|row| row.iter().collect()).collect()));
                at += count;
            }
        }
    }
    lines
}

/// How many rows from the first on stand in columns, and where the columns part.
fn columns(rows: &[Vec<Piece>]) -> Option<(usize, Vec<f64>)> {
    let first = rows.first()?;
    let mut gaps: Vec<(f64, f64)> = first.windows(2).map(|pair| (pair[0].right, pair[1].left)).collect();
    if gaps.is_empty() {
        return None;
    }
    let (mut count, mut both) = (1, 1);
    for row in &rows[1..] {
        let free = free(row);
        let narrowed: Vec<(f64, f64)> = gaps
            .iter()
            .filter_map(|gap| {
                let parts = free.iter().map(|free| (gap.0.max(free.0), gap.1.min(free.1)));
                parts
                    .filter(|part| part.1 - part.0 > row[0].size * 0.7)
                    .max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))
            })
            .collect();
        if narrowed.is_empty() {
            break;
        }
        gaps = narrowed;
        count += 1;
        both += usize::from(row.len() > 1);
    }
    let in_columns = rows[..count].iter().filter(|row| row.len() > 1).flatten();
    let (pieces, words) =
        in_columns.fold((0, 0), |(pieces, words), piece| (pieces + 1, words + piece.text.split_whitespace().count()));
    let is_text = both >= ROWS_OF_COLUMNS && words >= WORDS_OF_COLUMN * pieces;
    is_text.then(|| (count, gaps.into_iter().map(|gap| (gap.0 + gap.1) / 2.0).collect()))
}

/// Where nothing stands in a row.
fn free(row: &[Piece]) -> Vec<(f64, f64)> {
    let mut free = vec![(f64::NEG_INFINITY, f64::INFINITY)];
    for piece in row {
        if let Some(last) = free.pop() {
            free.push((last.0, piece.left));
            free.push((piece.right, last.1));
        }
    }
    free
}

/// The lines of a column.
fn lines_of(rows: Vec<Vec<&Piece>>) -> Vec<Line> {
    let edge = |of: fn(&Piece) -> f64, better: fn(f64, f64) -> f64, from: f64| {
        rows.iter().flatten().map(|piece| of(piece)).fold(from, better)
    };
    let column = (edge(|p| p.left, f64::min, f64::INFINITY), edge(|p| p.right, f64::max, f64::NEG_INFINITY));
    let line = |(at, row): (usize, &Vec<&Piece>)| {
        let (first, last) = (row.first()?, row.last()?);
        let text = row.iter().flat_map(|piece| piece.text.split_whitespace()).collect::<Vec<_>>().join(" ");
        Some(Line { left: first.left, right: last.right, y: first.y, size: first.size, text, column, first: at == 0 })
    };
    rows.iter().enumerate().filter_map(line).collect()
}

/// A word in small letters, without the marks around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Lines joined as a reader does. A compound that stands within a line elsewhere keeps its hyphen.
fn joined(lines: &[Line], compounds: &HashSet<String>) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let pitch = pitch(lines.iter().map(|line| (line.y, line.size)));
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &lines[at]);
        let goes_on = before.is_some_and(|before| !ends_paragraph(before, line, pitch));
        let Some(paragraph) = paragraphs.last_mut().filter(|_| goes_on) else {
            paragraphs.push(line.text.clone());
            continue;
        };
        match broken(paragraph, &line.text, compounds) {
            Some(keeps) => {
                if !keeps {
                    paragraph.pop();
                }
            }
            None => paragraph.push(' '),
        }
        paragraph.push_str(&line.text);
    }
    paragraphs
}

/// Whether a paragraph ends between two lines that follow each other.
fn ends_paragraph(before: &Line, line: &Line, pitch: f64) -> bool {
    let ends = before.text.trim_end_matches(['”', '"', '’', '\'', ')', '»']).ends_with(['.', '!', '?', ':', '…']);
    let lower = line.text.starts_with(char::is_lowercase);
    if (line.size - before.size).abs() > 0.15 * before.size.max(1.0) {
        return true;
    }
    if line.first {
        // Over the end of a column or page: what is no whole sentence goes on.
        return ends && !lower;
    }
    let far = (line.y - before.y) > 1.35 * pitch.max(before.size);
    let width = (before.column.1 - before.column.0).max(1.0);
    let indented = line.left > line.column.0 + 0.8 * line.size && before.left < line.left - 0.5 * line.size;
    let short = before.right < before.column.0 + 0.75 * width;
    far || (ends && !lower && (indented || short))
}

/// Whether a word is broken over the end of the line, and then whether its hyphen stays.
fn broken(paragraph: &str, line: &str, compounds: &HashSet<String>) -> Option<bool> {
    let head = paragraph.strip_suffix('-')?;
    let head = head.rsplit(|c: char| c.is_whitespace()).next().filter(|head| head.ends_with(char::is_alphanumeric))?;
    let next = line.split(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap_or_default();
    if next.is_empty() {
        return None;
    }
    let plain = |c: char| !c.is_alphabetic() && c != '\'' && c != '’';
    let is_compound = compounds.contains(&bare(&format!("{head}-{next}")));
    let begins_name = next.starts_with(|c: char| !c.is_lowercase());
    Some(is_compound || begins_name || head.trim_start_matches(|c: char| !c.is_alphanumeric()).contains(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of lines, each with its place: letters are half as wide as they are high.
    fn page(lines: &[(f64, f64, &str)]) -> Page {
        let mut page = Page::default();
        for &(x, y, words) in lines {
            page.pieces.push(Piece { left: x, right: x + 5.0 * words.len() as f64, y, size: 10.0, text: words.into() });
        }
        page
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let found = paragraphs(vec![page(&[
            (60.0, 50.0, "The gate of the lock at Hale is safe and will stay so"),
            (60.0, 70.0, "Ada Lind said that the engi-"),
            (300.0, 70.0, "no crack in the old gate and"),
            (60.0, 84.0, "neers had looked at it for a"),
            (300.0, 84.0, "that the well-known tow-path"),
            (60.0, 98.0, "week, and that they had seen"),
            (300.0, 98.0, "was open again to all boats."),
        ])]);
        let text = "The gate of the lock at Hale is safe and will stay so Ada Lind said that the engineers had looked at it for a week, and that they had seen no crack in the old \
                    gate and that the well-known tow-path was open again to all boats.";
        assert_eq!(found.last().map(String::as_str), Some(text));
    }

    #[test]
    fn a_table_is_read_row_by_row() {
        let found = paragraphs(vec![page(&[
            (60.0, 50.0, "Brel"),
            (300.0, 50.0, "open"),
            (60.0, 64.0, "Hale"),
            (300.0, 64.0, "shut"),
            (60.0, 78.0, "Vale"),
            (300.0, 78.0, "open"),
        ])]);
        assert_eq!(found.join(" "), "Brel open Hale shut Vale open");
    }

    #[test]
    fn heads_and_numbers_of_pages_are_left_out_and_a_sentence_goes_on_over_them() {
        let at = |number: &'static str, words: &'static str, more: &'static str| {
            page(&[(60.0, 20.0, "Brel Gazette"), (60.0, 60.0, words), (60.0, 74.0, more), (200.0, 800.0, number)])
        };
        let found = paragraphs(vec![
            at(
                "Page 1 of 2",
                "Bo Tarn said that the pier had been shut for a week",
                "and that nobody at the town hall could tell him",
            ),
            at("Page 2 of 2", "when it would be open again to the boats of the town.", "He left."),
        ]);
        assert_eq!(
            found.join("|"),
            "Bo Tarn said that the pier had been shut for a week and that nobody at the town hall could tell him when it \
             would be open again to the boats of the town. He left."
        );
    }

    #[test]
    fn lines_of_the_text_stay_though_they_come_again_or_are_a_number() {
        let at = |words: &'static str, number: &'static str| {
            page(&[
                (60.0, 60.0, "We will not yield."),
                (60.0, 74.0, words),
                (60.0, 88.0, "and the ban ends in May"),
                (60.0, 102.0, "2031."),
                (200.0, 800.0, number),
            ])
        };
        let found = paragraphs(vec![at("Maren said that the pier is shut", "iii"), at("Vasca agreed to it", "iv")]);
        let one = "We will not yield. Maren said that the pier is shut and the ban ends in May 2031.";
        assert_eq!(
            found.join(" "),
            format!("{one} We will not yield. Vasca agreed to it and the ban ends in May 2031.")
        );
    }

    #[test]
    fn a_headline_far_above_the_text_is_a_paragraph() {
        let found = paragraphs(vec![page(&[
            (60.0, 60.0, "Ban stays in the Strait of Hale"),
            (60.0, 100.0, "Ilse Maren said that the ban"),
            (60.0, 114.0, "would stay."),
        ])]);
        assert_eq!(found, ["Ban stays in the Strait of Hale", "Ilse Maren said that the ban would stay."]);
    }

    #[test]
    fn a_compound_keeps_its_hyphen_where_the_text_has_it() {
        let found = paragraphs(vec![page(&[
            (60.0, 20.0, "The long-term plan stays, and so does what the long-"),
            (60.0, 34.0, "term plan says of the pier, which is a mini-"),
            (60.0, 48.0, "ster's own."),
        ])]);
        assert_eq!(
            found.join(" "),
            "The long-term plan stays, and so does what the long-term plan says of the pier, which is a minister's own."
        );
    }
}
