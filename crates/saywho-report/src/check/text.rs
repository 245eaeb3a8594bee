//! The check for people, in a terminal or a mail: the verdict first, then the passage over its source.

use anstyle::{AnsiColor, Style};
use saywho_contract::check::{Check, Match, Passage, Role};
use unicode_width::UnicodeWidthStr;

use super::told::{self, Grade, Piece};
use crate::text::TextOptions;
use crate::words::one_line;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const SOUND: Style = AnsiColor::Green.on_default().bold();
const CHANGED: Style = AnsiColor::Yellow.on_default().bold();
const WRONG: Style = AnsiColor::Red.on_default().bold();

/// The column in which words begin.
const INDENT: usize = 13;

/// The check for people.
pub fn check_text(check: &Check, options: &TextOptions) -> String {
    let mut page = Page { check, options, out: String::new() };
    page.line(BOLD, &summary(check));
    for (document, article) in check.documents.iter().enumerate().filter(|(_, d)| d.role == Role::Article) {
        page.out.push('\n');
        page.line(BOLD, &told::name(article));
        let mut passages = check.passages.iter().filter(|p| p.document == document).peekable();
        if passages.peek().is_none() {
            page.line(DIM, "  no quotation and no report was found in it");
        }
        passages.for_each(|passage| page.passage(passage));
    }
    page.out
}

/// How many passages there are of each verdict.
fn summary(check: &Check) -> String {
    let counts: Vec<String> = told::counts(check).into_iter().map(|(_, count)| count).collect();
    let counts = if counts.is_empty() { String::new() } else { format!(": {}", counts.join(", ")) };
    let meaning = told::changed_in_meaning(check).map_or(String::new(), |told| format!(" · {told}"));
    format!("{}{counts}{meaning}", told::passages(check))
}

struct Page<'c> {
    check: &'c Check,
    options: &'c TextOptions,
    out: String,
}

/// A word as it is shown.
struct Shown {
    word: String,
    style: Style,
    /// Whether it stands at once behind the one before.
    glued: bool,
}

impl Page<'_> {
    fn paint(&self, style: Style, words: &str) -> String {
        if self.options.colour && style != Style::new() { format!("{style}{words}{style:#}") } else { words.to_owned() }
    }

    fn line(&mut self, style: Style, words: &str) {
        let painted = self.paint(style, words);
        self.out.push_str(&painted);
        self.out.push('\n');
    }

    fn passage(&mut self, passage: &Passage) {
        let style = match Grade::of(passage.verdict, passage.meaning) {
            Grade::Sound => SOUND,
            Grade::Changed => CHANGED,
            Grade::Wrong => WRONG,
        };
        let changes = match told::changes(passage) {
            none if none.is_empty() => none,
            changes => format!(": {changes}"),
        };
        let speaker = passage.speaker.as_deref().map_or(String::new(), |name| format!("  {}", one_line(name)));
        let verdict = self.paint(style, passage.verdict.name());
        let sure = self.paint(DIM, &format!("  {:.2}", passage.confidence));
        self.out.push_str(&format!("\n  {verdict}{changes}{speaker}{sure}\n"));
        let words = self.shown(&told::in_article(self.check, passage), ("{+", "+}"), CHANGED);
        let (open, close) = if passage.quoted { ("“", "”") } else { ("", "") };
        self.words("article", &words, open, close);
        let shown = told::shown(passage);
        for found in shown {
            let words = self.shown(&told::in_source(self.check, passage, found), ("[-", "-]"), WRONG);
            self.words("source", &words, "", "");
            self.beside("", found);
        }
        for found in &passage.matches[shown.len()..] {
            self.beside("also in ", found);
        }
    }

    /// A place, under the words.
    fn beside(&mut self, lead: &str, found: &Match) {
        let line = format!("{}{lead}{}", " ".repeat(INDENT), told::place(self.check, found));
        self.line(DIM, &line);
    }

    /// The words one by one, the changed ones within marks.
    fn shown(&self, pieces: &[Piece], marks: (&str, &str), style: Style) -> Vec<Shown> {
        let mut shown = Vec::new();
        let mut before = "";
        for piece in pieces {
            let (changed, line) = (piece.change.is_some(), one_line(piece.words));
            let words: Vec<&str> = line.split_whitespace().collect();
            for (i, word) in words.iter().enumerate() {
                let (first, last) = (i == 0, i + 1 == words.len());
                let marked = |at_edge: bool, mark: &str| {
                    if changed && at_edge && !self.options.colour { mark.to_owned() } else { String::new() }
                };
                let word = format!("{}{word}{}", marked(first, marks.0), marked(last, marks.1));
                let apart = before.ends_with(char::is_whitespace) || piece.words.starts_with(char::is_whitespace);
                let glued = first && !before.is_empty() && !apart;
                shown.push(Shown { word, style: if changed { style } else { Style::new() }, glued });
            }
            before = piece.words;
        }
        shown
    }

    /// Words beside their label, wrapped.
    fn words(&mut self, label: &str, words: &[Shown], open: &str, close: &str) {
        let width = self.options.width.max(60);
        let mut line = format!("    {label:<width$}", width = INDENT - 4);
        let mut used = INDENT;
        for (i, shown) in words.iter().enumerate() {
            let (first, last) = (i == 0, i + 1 == words.len());
            let word = format!("{}{}{}", if first { open } else { "" }, shown.word, if last { close } else { "" });
            let columns = word.width();
            if used > INDENT && !shown.glued && used + 1 + columns > width {
                self.out.push_str(line.trim_end());
                self.out.push('\n');
                line = " ".repeat(INDENT);
                used = INDENT;
            }
            if used > INDENT && !shown.glued {
                line.push(' ');
                used += 1;
            }
            line += &self.paint(shown.style, &word);
            used += columns;
        }
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }
}
