//! The check for people, in a terminal or a mail: the verdict first, then the passage over its source.

use anstyle::{AnsiColor, Style};
use saywho_contract::Span;
use saywho_contract::check::{Check, Passage, Role, Verdict};
use unicode_width::UnicodeWidthStr;

use crate::text::TextOptions;
use crate::words::one_line;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const SOUND: Style = AnsiColor::Green.on_default().bold();
const CHANGED: Style = AnsiColor::Yellow.on_default().bold();
const WRONG: Style = AnsiColor::Red.on_default().bold();

/// Verdicts in the order of the summary.
const VERDICTS: [Verdict; 7] = [
    Verdict::Exact,
    Verdict::Altered,
    Verdict::Spliced,
    Verdict::Misattributed,
    Verdict::Supported,
    Verdict::Contradicted,
    Verdict::NotFound,
];

/// The column in which words begin.
const INDENT: usize = 13;

/// The check for people.
pub fn check_text(check: &Check, options: &TextOptions) -> String {
    let mut page = Page { check, options, out: String::new() };
    page.line(BOLD, &summary(check));
    for (document, article) in check.documents.iter().enumerate().filter(|(_, d)| d.role == Role::Article) {
        page.out.push('\n');
        page.line(BOLD, &one_line(article.source.as_deref().unwrap_or(&article.id)));
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
    let count = |verdict| check.passages.iter().filter(|p| p.verdict == verdict).count();
    let told = VERDICTS.iter().filter_map(|&verdict| match count(verdict) {
        0 => None,
        n => Some(format!("{n} {}", verdict.name())),
    });
    let told: Vec<String> = told.collect();
    let changed = check.passages.iter().filter(|p| p.meaning).count();
    let all = check.passages.len();
    let passages = if all == 1 { "passage" } else { "passages" };
    let meaning = if changed == 0 { String::new() } else { format!(" · {changed} altered in what is said") };
    if all == 0 { "no passage to check".into() } else { format!("{all} {passages}: {}{meaning}", told.join(", ")) }
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
        let style = match passage.verdict {
            verdict if verdict.is_sound() => SOUND,
            Verdict::Altered if !passage.meaning => CHANGED,
            Verdict::NotFound => CHANGED,
            _ => WRONG,
        };
        let mut kinds: Vec<&str> = Vec::new();
        for change in &passage.changes {
            if !kinds.contains(&change.kind.name()) {
                kinds.push(change.kind.name());
            }
        }
        let meaning = if passage.meaning { " (changes what is said)" } else { "" };
        let changes = if kinds.is_empty() { String::new() } else { format!(": {}{meaning}", kinds.join(", ")) };
        let speaker = passage.speaker.as_deref().map_or(String::new(), |name| format!("  {}", one_line(name)));
        let verdict = self.paint(style, passage.verdict.name());
        let sure = self.paint(DIM, &format!("  {:.2}", passage.confidence));
        self.out.push_str(&format!("\n  {verdict}{changes}{speaker}{sure}\n"));
        let article = self.article_words(passage);
        let (open, close) = if passage.quoted { ("“", "”") } else { ("", "") };
        self.words("article", &article, open, close);
        for (number, found) in passage.matches.iter().enumerate() {
            let document = &self.check.documents[found.document];
            let source = one_line(document.source.as_deref().unwrap_or(&document.id));
            let name = found.speaker.as_deref().map_or(String::new(), |name| format!(", {}", one_line(name)));
            if number > 0 && passage.verdict != Verdict::Spliced {
                let more = format!("{}also in {source}{name}", " ".repeat(INDENT));
                self.line(DIM, &more);
                continue;
            }
            let words = self.source_words(passage, number);
            self.words("source", &words, "", "");
            let place = format!("{}{source}{name}", " ".repeat(INDENT));
            self.line(DIM, &place);
        }
    }

    /// The words of the passage; those that are not in the source are marked.
    fn article_words(&self, passage: &Passage) -> Vec<Shown> {
        let text = &self.check.documents[passage.document].text;
        let changed = passage.changes.iter().map(|c| Span::new(c.start, c.end.max(c.start)));
        self.shown(text, Span::new(passage.start, passage.end), changed.collect(), ("{+", "+}"), CHANGED)
    }

    /// The words of a place; those that are not in the article are marked.
    fn source_words(&self, passage: &Passage, number: usize) -> Vec<Shown> {
        let found = &passage.matches[number];
        let changed = passage.changes.iter().filter(|c| c.document == found.document);
        let changed = changed.map(|c| Span::new(c.source_start, c.source_end.max(c.source_start)));
        let text = &self.check.documents[found.document].text;
        self.shown(text, Span::new(found.start, found.end), changed.collect(), ("[-", "-]"), WRONG)
    }

    fn shown(&self, text: &str, span: Span, mut changed: Vec<Span>, marks: (&str, &str), style: Style) -> Vec<Shown> {
        changed.retain(|c| !c.is_empty() && span.contains(*c));
        changed.sort();
        changed.dedup();
        let mut shown = Vec::new();
        let mut at = span.start;
        let mut add = |from: usize, to: usize, mark: bool| {
            let words = one_line(&text[from..to]);
            let words: Vec<&str> = words.split_whitespace().collect();
            for (i, word) in words.iter().enumerate() {
                let (first, last) = (i == 0, i + 1 == words.len());
                let marked = |at_edge: bool, mark_with: &str| {
                    if mark && at_edge && !self.options.colour { mark_with.to_owned() } else { String::new() }
                };
                let word = format!("{}{word}{}", marked(first, marks.0), marked(last, marks.1));
                let glued = first && from > span.start && !text[..from].ends_with(char::is_whitespace);
                let glued = glued && text[from..].starts_with(|c: char| !c.is_whitespace());
                shown.push(Shown { word, style: if mark { style } else { Style::new() }, glued });
            }
        };
        for change in changed {
            if change.start >= at {
                add(at, change.start, false);
                add(change.start, change.end, true);
                at = change.end;
            }
        }
        add(at, span.end, false);
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
