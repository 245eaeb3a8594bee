//! Text in paragraphs from what has tags or lines: paragraphs are separated by an empty line, lines of one
//! paragraph by a line end, words by one space.

use saywho::Span;
use saywho::reading::{Unit, UnitKind};
use trafilatura::dom::{Document as Tree, NodeId};

/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 27] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "tr",
    "ul",
];

/// Elements whose text nobody sees: a browser shows something else in their place, or nothing.
pub(crate) const UNSEEN: [&str; 20] = [
    "applet", "audio", "canvas", "datalist", "head", "iframe", "noframes", "noscript", "object", "option", "rp", "rt",
    "script", "select", "style", "svg", "template", "textarea", "title", "video",
];

/// Whether an element of this name begins and ends a paragraph, or holds such that do.
pub(crate) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name) || WRAPPERS.contains(&name)
}

/// Elements around paragraphs that say nothing of them.
const WRAPPERS: [&str; 18] = [
    "body", "caption", "center", "details", "dialog", "fieldset", "form", "frameset", "html", "legend", "nav",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead",
];

/// The text of HTML, paragraph by paragraph.
pub(crate) fn of_html(html: &str) -> String {
    with_units(html).0
}

/// The text of HTML, paragraph by paragraph, and what its elements set apart. (The extractor's own plain text is one long
/// line, with a space wherever a tag was.)
pub(crate) fn with_units(html: &str) -> (String, Vec<Unit>) {
    let tree = Tree::parse(html);
    let mut writer = Paragraphs::default();
    let mut open = vec![Step::Enter(tree.body().unwrap_or_else(|| tree.root()))];
    // A list of steps instead of recursion: a page may nest deeper than the stack.
    while let Some(step) = open.pop() {
        let node = match step {
            Step::Enter(node) if tree.is_text(node) => {
                writer.inline(&tree.text_content(node));
                continue;
            }
            Step::Enter(node) => node,
            Step::Leave(name) => {
                leave(&mut writer, &name);
                continue;
            }
        };
        let name = tree.tag_name(node).to_ascii_lowercase();
        if UNSEEN.contains(&name.as_str()) {
            continue;
        }
        enter(&mut writer, &name);
        open.push(Step::Leave(name));
        open.extend(tree.child_nodes(node).into_iter().rev().map(Step::Enter));
    }
    writer.finish()
}

enum Step {
    Enter(NodeId),
    Leave(String),
}

/// What an element sets apart as a whole.
fn unit(name: &str) -> Option<UnitKind> {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(UnitKind::Heading),
        "figcaption" => Some(UnitKind::Caption),
        "li" | "dt" | "dd" => Some(UnitKind::Item),
        "blockquote" => Some(UnitKind::Quotation),
        _ => None,
    }
}

fn enter(writer: &mut Paragraphs, name: &str) {
    match name {
        "br" => writer.line_end(),
        "td" | "th" => writer.cell_start(),
        "b" | "strong" => writer.bold_start(),
        name if BLOCKS.contains(&name) => writer.paragraph_end(),
        _ => {}
    }
    if let Some(kind) = unit(name) {
        writer.unit_start(kind);
    }
}

fn leave(writer: &mut Paragraphs, name: &str) {
    match name {
        "td" | "th" => writer.cell_end(),
        "b" | "strong" => writer.bold_end(),
        name if BLOCKS.contains(&name) => writer.paragraph_end(),
        _ => {}
    }
    if unit(name).is_some() {
        writer.unit_end();
    }
}

/// Puts words together as a browser would: runs of white space are one space, blocks stand apart.
#[derive(Default)]
pub(crate) struct Paragraphs {
    text: String,
    units: Vec<Unit>,
    paragraph: String,
    /// The cells of the paragraph so far; the last one may still be open.
    cells: Vec<Span>,
    /// What the paragraph stands in, the innermost last.
    within: Vec<UnitKind>,
    /// How many elements make the words bold.
    bold: usize,
    /// Whether the paragraph so far has words that are bold, and such that are not.
    weights: (bool, bool),
}

impl Paragraphs {
    /// The paragraph so far.
    pub(crate) fn paragraph(&self) -> &str {
        self.paragraph.trim()
    }

    /// All of it, and what stands apart in it.
    pub(crate) fn finish(mut self) -> (String, Vec<Unit>) {
        self.paragraph_end();
        (self.text, self.units)
    }

    /// Words of a paragraph.
    pub(crate) fn inline(&mut self, raw: &str) {
        if raw.contains(char::is_alphanumeric) {
            let weight = if self.bold > 0 { &mut self.weights.0 } else { &mut self.weights.1 };
            *weight = true;
        }
        for c in raw.chars() {
            if !c.is_ascii_whitespace() {
                self.paragraph.push(c);
            } else if !self.paragraph.is_empty() && !self.paragraph.ends_with([' ', '\n']) {
                self.paragraph.push(' ');
            }
        }
    }

    /// A line ends within a paragraph.
    pub(crate) fn line_end(&mut self) {
        let trimmed = self.paragraph.trim_end_matches(' ').len();
        self.paragraph.truncate(trimmed);
        if !self.paragraph.is_empty() {
            self.paragraph.push('\n');
        }
    }

    /// What follows stands apart, up to [`Paragraphs::unit_end`].
    pub(crate) fn unit_start(&mut self, kind: UnitKind) {
        self.within.push(kind);
    }

    /// What stood apart ends.
    pub(crate) fn unit_end(&mut self) {
        self.within.pop();
    }

    /// What follows is bold, up to [`Paragraphs::bold_end`].
    pub(crate) fn bold_start(&mut self) {
        self.bold += 1;
    }

    /// What was bold ends.
    pub(crate) fn bold_end(&mut self) {
        self.bold = self.bold.saturating_sub(1);
    }

    /// A cell of a table begins within the paragraph that its row is.
    pub(crate) fn cell_start(&mut self) {
        self.inline(" ");
        self.cells.push(Span::new(self.paragraph.len(), self.paragraph.len()));
    }

    /// The cell ends.
    pub(crate) fn cell_end(&mut self) {
        let end = self.paragraph.trim_end().len();
        if let Some(cell) = self.cells.last_mut() {
            cell.end = end.max(cell.start);
        }
    }

    /// A paragraph ends.
    pub(crate) fn paragraph_end(&mut self) {
        let paragraph = self.paragraph.trim();
        if !paragraph.is_empty() {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            let start = self.text.len();
            self.text.push_str(paragraph);
            let span = Span::new(start, self.text.len());
            let bold = (self.weights == (true, false)).then_some(UnitKind::Bold);
            if let Some(kind) = self.within.last().copied().or(bold) {
                self.units.push(Unit { span, kind });
            } else {
                let before = self.paragraph.len() - self.paragraph.trim_start().len();
                let place = |at: usize| (start + at.max(before) - before).min(span.end);
                let cells = self.cells.iter().map(|cell| Span::new(place(cell.start), place(cell.end)));
                let cells = cells.filter(|cell| !cell.is_empty());
                self.units.extend(cells.map(|span| Unit { span, kind: UnitKind::Cell }));
            }
        }
        self.paragraph.clear();
        self.cells.clear();
        self.weights = (false, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_stand_apart_and_unseen_text_is_left_out() {
        let html = "<style>p {}</style><div>One<br>two <b>three</b><p>Four</p>five</div><script>six()</script>";
        assert_eq!(of_html(html), "One\ntwo three\n\nFour\n\nfive");
    }

    #[test]
    fn elements_set_words_apart() {
        let html = "<h1>Ban stays</h1><p>It <b>stays</b>.</p><figure><figcaption><p>A boat</p></figcaption></figure>\
                    <ul><li>One</li></ul><table><tr><td>Brel </td><td></td><th> 12</th></tr></table><p><strong>Why?</strong></p>";
        let (text, units) = with_units(html);
        let found: Vec<_> = units.iter().map(|unit| (unit.span.of(&text), unit.kind)).collect();
        let want = [
            ("Ban stays", UnitKind::Heading),
            ("A boat", UnitKind::Caption),
            ("One", UnitKind::Item),
            ("Brel", UnitKind::Cell),
            ("12", UnitKind::Cell),
            ("Why?", UnitKind::Bold),
        ];
        assert_eq!(found, want);
    }
}
