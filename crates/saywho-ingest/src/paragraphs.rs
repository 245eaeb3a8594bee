//! Text in paragraphs from what has tags or lines: paragraphs are separated by an empty line, lines of one
//! paragraph by a line end, words by one space.

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

/// Elements whose text nobody sees.
const UNSEEN: [&str; 6] = ["head", "noscript", "script", "style", "template", "title"];

/// The text of HTML, paragraph by paragraph. (The extractor's own plain text is one long line, with a
/// space wherever a tag was.)
pub(crate) fn of_html(html: &str) -> String {
    let tree = Tree::parse(html);
    let mut writer = Paragraphs::default();
    let mut open = vec![Step::Enter(tree.body().unwrap_or_else(|| tree.root()))];
    // A list of steps instead of recursion: a page may nest deeper than the stack.
    while let Some(step) = open.pop() {
        match step {
            Step::Enter(node) if tree.is_text(node) => writer.inline(&tree.text_content(node)),
            Step::Enter(node) => {
                let name = tree.tag_name(node).to_ascii_lowercase();
                match name.as_str() {
                    name if UNSEEN.contains(&name) => continue,
                    "br" => writer.line_end(),
                    "td" | "th" => writer.inline(" "),
                    _ if BLOCKS.contains(&name.as_str()) => {
                        writer.paragraph_end();
                        open.push(Step::EndParagraph);
                    }
                    _ => {}
                }
                open.extend(tree.child_nodes(node).into_iter().rev().map(Step::Enter));
            }
            Step::EndParagraph => writer.paragraph_end(),
        }
    }
    writer.finish()
}

enum Step {
    Enter(NodeId),
    EndParagraph,
}

/// Puts words together as a browser would: runs of white space are one space, blocks stand apart.
#[derive(Default)]
pub(crate) struct Paragraphs {
    text: String,
    paragraph: String,
}

impl Paragraphs {
    /// The paragraph so far.
    pub(crate) fn paragraph(&self) -> &str {
        self.paragraph.trim()
    }

    /// All of it.
    pub(crate) fn finish(mut self) -> String {
        self.paragraph_end();
        self.text
    }

    /// Words of a paragraph.
    pub(crate) fn inline(&mut self, raw: &str) {
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

    /// A paragraph ends.
    pub(crate) fn paragraph_end(&mut self) {
        let paragraph = self.paragraph.trim();
        if !paragraph.is_empty() {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            self.text.push_str(paragraph);
        }
        self.paragraph.clear();
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
}
