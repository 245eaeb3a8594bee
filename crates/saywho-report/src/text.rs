//! The report for people, in a terminal or a mail.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::groups::{Entry, SpeakerGroup, by_side};
use super::shorten::shorten;
use super::words::{
    addressee_phrase, circumstances, cue_words, heading, is_negative, is_unsure, issue_label, nothing_found, one_line,
    participants, quoted_words, shown_chain, totals,
};
use saywho_contract::Reading;
use saywho_contract::reading::{Attribution, EntityKind};

/// How the report for people looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextOptions {
    /// Whether to colour it with ANSI escapes.
    pub colour: bool,
    /// The width in columns; less than 60 is read as 60.
    pub width: usize,
}

impl Default for TextOptions {
    fn default() -> TextOptions {
        TextOptions { colour: false, width: 100 }
    }
}

/// The words of an attribution get a line of their own where fewer columns than this are left beside the cue.
const LEAST_WORDS: usize = 36;
/// Columns of "? 0.42".
const CONFIDENCE: usize = 6;
/// Columns of an addressee; longer ones are cut.
const MOST_ADDRESSEE: usize = 24;
/// Columns of a cue; longer ones are cut.
const MOST_CUE: usize = 32;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const SIDE: Style = AnsiColor::Cyan.on_default().bold();
const NEGATIVE: Style = AnsiColor::Red.on_default();
const UNSURE: Style = AnsiColor::Yellow.on_default();

/// The reading for people: the conversation, then by side and speaker who did what with which words.
pub fn text(reading: &Reading, options: &TextOptions) -> String {
    let mut page = Page { reading, colour: options.colour, width: options.width.max(60), out: String::new() };
    page.conversations();
    if reading.attributions.is_empty() {
        page.line(0, &nothing_found(reading));
    } else {
        page.attributions();
    }
    page.summary();
    page.out
}

struct Page<'r> {
    reading: &'r Reading,
    colour: bool,
    width: usize,
    out: String,
}

/// The widths of the columns of one report.
struct Columns {
    indent: usize,
    /// Cue and addressee.
    cue: usize,
    /// None where the words stand on a line of their own.
    words: Option<usize>,
}

impl Page<'_> {
    /// Who talked, and how; the document's title where nobody is known to have talked.
    fn conversations(&mut self) {
        let reading = self.reading;
        if reading.conversations.is_empty() {
            let document = &reading.document;
            let name = one_line(document.title.as_ref().unwrap_or(&document.id));
            self.line(0, &self.paint(BOLD, &name));
        }
        for conversation in &reading.conversations {
            let who = participants(reading, conversation);
            let mut phrases = vec![(if who.is_empty() { "a conversation".into() } else { who }, BOLD)];
            phrases.extend(circumstances(reading, conversation).into_iter().map(|phrase| (phrase, Style::new())));
            self.phrases(0, &phrases);
        }
        self.out.push('\n');
    }

    fn attributions(&mut self) {
        let groups = by_side(self.reading);
        let sides_known = groups.iter().any(|g| g.side.is_some());
        let indent = if sides_known { 4 } else { 2 };
        let columns = self.columns(indent + 2, groups.iter().flat_map(|g| &g.speakers).flat_map(|s| &s.entries));
        for group in &groups {
            if sides_known {
                let side = group.side.map_or_else(|| "side not known".into(), one_line);
                self.line(2, &self.paint(SIDE, &side));
            }
            for speaker in &group.speakers {
                self.speaker(indent, speaker);
                for entry in &speaker.entries {
                    self.entry(&columns, entry);
                }
            }
            self.out.push('\n');
        }
    }

    fn columns<'e>(&self, indent: usize, entries: impl Iterator<Item = &'e Entry<'e>>) -> Columns {
        let cue = entries.map(|entry| self.cue(entry).1).max().unwrap_or(0);
        let words = self.width.checked_sub(indent + cue + 2 + 2 + CONFIDENCE).filter(|left| *left >= LEAST_WORDS);
        Columns { indent, cue, words }
    }

    fn speaker(&mut self, indent: usize, group: &SpeakerGroup) {
        let name = self.paint(BOLD, &heading(group.speaker));
        let mut line = name;
        if let Some(entity) = group.speaker {
            let mut roles: Vec<_> = entity.roles.iter().map(|role| one_line(role)).collect();
            if entity.kind == EntityKind::State && roles.is_empty() {
                roles.push("the state".into());
            }
            for role in roles {
                line += &format!(", {role}");
            }
        }
        self.line(indent, &line);
    }

    /// One attribution: cue and addressee, words and confidence in columns, the chain and the issue below.
    fn entry(&mut self, columns: &Columns, entry: &Entry) {
        let a = entry.attribution;
        let words = quoted_words(&self.reading.document.text, &a.content);
        let words = if words.is_empty() { "(no words marked)".into() } else { words };
        let (cue, cue_width) = self.cue(entry);
        let confidence = self.confidence(a);
        let notes_indent = match columns.words {
            Some(width) => {
                let cue = padded(&cue, cue_width, columns.cue);
                let words = shorten(&words, width);
                let words = padded(&words, words.width(), width);
                self.line(columns.indent, &format!("{cue}  {words}  {confidence}"));
                columns.indent + columns.cue + 2
            }
            None => {
                let cue = padded(&cue, cue_width, self.width.saturating_sub(columns.indent + 2 + CONFIDENCE));
                self.line(columns.indent, &format!("{cue}  {confidence}"));
                self.line(columns.indent + 2, &shorten(&words, self.width - columns.indent - 2));
                columns.indent + 2
            }
        };
        self.phrases(notes_indent, &self.notes(a));
    }

    /// The cue and the addressee, indented under the attribution that holds it, and their width.
    fn cue(&self, entry: &Entry) -> (String, usize) {
        let a = entry.attribution;
        let branch = match entry.depth {
            0 => String::new(),
            depth => format!("{}└ ", "  ".repeat(depth.min(4) - 1)),
        };
        let cue = cue_words(&self.reading.document.text, &a.cue, MOST_CUE);
        let mut addressee = addressee_phrase(self.reading, a).unwrap_or_default();
        if addressee.width() > MOST_ADDRESSEE {
            addressee = shorten(&addressee, MOST_ADDRESSEE);
        }
        if !addressee.is_empty() && !cue.is_empty() {
            addressee.insert(0, ' ');
        }
        let width = branch.width() + cue.width() + addressee.width();
        let style = if is_negative(a) { NEGATIVE } else { Style::new() };
        (format!("{branch}{}{addressee}", self.paint(style, &cue)), width)
    }

    /// Through whom the words came, by which channel and what they are about.
    fn notes(&self, a: &Attribution) -> Vec<(String, Style)> {
        let mut notes = Vec::new();
        let names = shown_chain(self.reading, a);
        if let [through @ .., _] = names.as_slice()
            && !through.is_empty()
        {
            notes.push(format!("through {}", through.join(" ← ")));
        }
        notes.extend(a.via.as_ref().map(|via| format!("via {}", one_line(via))));
        notes.extend(issue_label(self.reading, a).map(|label| format!("about {}", one_line(label))));
        notes.into_iter().map(|note| (note, DIM)).collect()
    }

    fn confidence(&self, a: &Attribution) -> String {
        if is_unsure(a) {
            self.paint(UNSURE, &format!("? {:.2}", a.confidence))
        } else {
            self.paint(DIM, &format!("  {:.2}", a.confidence))
        }
    }

    fn summary(&mut self) {
        let totals = totals(self.reading);
        if !self.reading.attributions.is_empty() || totals.len() > 1 {
            let phrases: Vec<_> = totals.into_iter().map(|phrase| (phrase, DIM)).collect();
            self.phrases(0, &phrases);
        }
    }

    /// Phrases with a dot between them, on as many lines as they need, the second and later ones indented.
    fn phrases(&mut self, first_indent: usize, phrases: &[(String, Style)]) {
        let (mut line, mut used, mut indent) = (String::new(), 0, first_indent);
        for (phrase, style) in phrases {
            if used > 0 && indent + used + 3 + phrase.width() > self.width {
                self.line(indent, &line);
                (line, used, indent) = (String::new(), 0, first_indent + 2);
            }
            if used > 0 {
                line += " · ";
                used += 3;
            }
            // A phrase longer than a line is broken at its spaces.
            let mut rest = phrase.as_str();
            while let Some(cut) = self.cut(rest, indent + used) {
                line += &self.paint(*style, &rest[..cut]);
                self.line(indent, &line);
                rest = rest[cut..].trim_start();
                (line, used, indent) = (String::new(), 0, first_indent + 4);
            }
            line += &self.paint(*style, rest);
            used += rest.width();
        }
        if used > 0 {
            self.line(indent, &line);
        }
    }

    /// The last space at which words must be broken to fit behind so many columns; none where they fit or have no such space.
    fn cut(&self, words: &str, behind: usize) -> Option<usize> {
        let room = self.width.saturating_sub(behind);
        let spaces = words.match_indices(' ').map(|(at, _)| at);
        spaces.take_while(|at| words[..*at].width() <= room).last().filter(|_| words.width() > room)
    }

    fn paint(&self, style: Style, words: &str) -> String {
        if self.colour && !style.is_plain() { format!("{style}{words}{style:#}") } else { words.to_owned() }
    }

    fn line(&mut self, indent: usize, words: &str) {
        self.out += &" ".repeat(indent);
        self.out += words.trim_end();
        self.out.push('\n');
    }
}

/// The words, `width` columns wide on the screen, filled up with spaces to `to` columns.
fn padded(words: &str, width: usize, to: usize) -> String {
    format!("{words}{}", " ".repeat(to.saturating_sub(width)))
}
