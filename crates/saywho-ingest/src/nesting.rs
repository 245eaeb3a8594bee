//! How deep a page nests. Parsing takes time that grows with the square of the depth, so a page made to nest
//! a hundred thousand times would stop a whole run.

use std::borrow::Cow;

use trafilatura::dom::Document as Tree;

/// No page that people read comes near; browsers stop at about half of it.
const DEEPEST: usize = 1000;

/// Elements inside each other for which the parser looks through all of them at every tag.
const NESTING: [&str; 45] = [
    "a",
    "address",
    "applet",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "button",
    "center",
    "code",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "header",
    "i",
    "main",
    "marquee",
    "menu",
    "nav",
    "nobr",
    "object",
    "ol",
    "pre",
    "s",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "summary",
    "table",
    "template",
    "tt",
    "u",
    "ul",
    "xmp",
];

/// Elements that the parser opens again in every paragraph until they are closed.
const REOPENED: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// So often a page may have them opened again; a page that leaves ten open in a thousand paragraphs is still read.
const MOST_REOPENED: usize = 500_000;

/// No element of a page that people read has more attributes. The parser compares each with all before it.
const MOST_ATTRIBUTES: usize = 200;

/// Whether the page nests deeper than anything that is meant to be read.
pub(crate) fn is_too_deep(page: &str) -> bool {
    let (mut depth, mut to_reopen, mut reopened) = (0usize, 0usize, 0usize);
    for tag in Tags::of(page) {
        let is_in = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(tag.name));
        match (tag.closes, is_in(&REOPENED)) {
            (true, true) => to_reopen = to_reopen.saturating_sub(1),
            (false, true) => to_reopen += 1,
            (_, false) => reopened += to_reopen,
        }
        if is_in(&NESTING) {
            depth = if tag.closes { depth.saturating_sub(1) } else { depth + 1 };
        }
        if depth > DEEPEST || reopened > MOST_REOPENED {
            return true;
        }
    }
    false
}

/// Whether the parsed page nests deeper than that.
pub(crate) fn is_deep_tree(tree: &Tree) -> bool {
    let mut open = vec![(tree.root(), 0)];
    while let Some((node, depth)) = open.pop() {
        if depth > DEEPEST {
            return true;
        }
        open.extend(tree.children(node).into_iter().map(|child| (child, depth + 1)));
    }
    false
}

/// The page without the attributes that an element has beyond those that anybody writes.
pub(crate) fn without_excess(page: &str) -> Cow<'_, str> {
    let (mut kept, mut kept_to) = (String::new(), 0);
    for tag in Tags::of(page) {
        if let Some(excess) = tag.excess {
            kept.push_str(&page[kept_to..excess]);
            kept_to = tag.end;
        }
    }
    match kept_to {
        0 => Cow::Borrowed(page),
        _ => Cow::Owned(kept + &page[kept_to..]),
    }
}

/// The tags of a page, as its parser finds them, without those in comments and scripts.
struct Tags<'p> {
    page: &'p str,
    at: usize,
    /// Open elements of languages within HTML, in which nothing is passed over.
    foreign: usize,
}

struct Tag<'p> {
    closes: bool,
    name: &'p str,
    /// Where it ends: its ">", or the end of the page.
    end: usize,
    /// Where its attributes begin that are too many.
    excess: Option<usize>,
}

impl<'p> Tags<'p> {
    fn of(page: &'p str) -> Tags<'p> {
        Tags { page, at: 0, foreign: 0 }
    }

    /// Passes over a comment that begins here.
    fn comment(&self, start: usize) -> usize {
        // "<!-->" is a whole one.
        let mut at = start + 2;
        while let Some(dashes) = self.page[at..].find("--").map(|next| at + next) {
            let behind = &self.page[dashes + 2..];
            if behind.starts_with('>') || behind.starts_with("!>") {
                return dashes + 2;
            }
            at = dashes + 1;
        }
        self.page.len()
    }

    /// Passes over a script or a style up to its end.
    fn raw(&self, name: &str, start: usize) -> usize {
        let bytes = self.page.as_bytes();
        let mut at = start;
        while let Some(tag) = self.page[at..].find("</").map(|next| at + next) {
            let there = bytes.get(tag + 2..tag + 2 + name.len());
            if there.is_some_and(|there| there.eq_ignore_ascii_case(name.as_bytes())) {
                return tag;
            }
            at = tag + 2;
        }
        self.page.len()
    }
}

impl<'p> Iterator for Tags<'p> {
    type Item = Tag<'p>;

    fn next(&mut self) -> Option<Tag<'p>> {
        let bytes = self.page.as_bytes();
        loop {
            let start = self.at + self.page[self.at..].find('<')?;
            if self.foreign == 0 && self.page[start..].starts_with("<!--") {
                self.at = self.comment(start);
                continue;
            }
            let closes = bytes.get(start + 1) == Some(&b'/');
            let from = start + 1 + usize::from(closes);
            self.at = from;
            if !bytes.get(from).is_some_and(u8::is_ascii_alphabetic) {
                continue;
            }
            let name = &self.page[from..];
            let ends = |b: u8| b.is_ascii_whitespace() || b == b'/' || b == b'>';
            let name = &name[..name.bytes().position(ends).unwrap_or(name.len())];
            let (end, excess) = attributes(bytes, from + name.len());
            let is = |names: [&str; 2]| names.iter().any(|one| one.eq_ignore_ascii_case(name));
            self.at = end;
            if is(["svg", "math"]) {
                self.foreign = if closes { self.foreign.saturating_sub(1) } else { self.foreign + 1 };
            } else if !closes && self.foreign == 0 && is(["script", "style"]) {
                self.at = self.raw(name, end);
            }
            return Some(Tag { closes, name, end, excess });
        }
    }
}

/// Where a tag ends whose name ends here, and where its excess of attributes begins.
fn attributes(page: &[u8], name: usize) -> (usize, Option<usize>) {
    let until = |from: usize, is: &dyn Fn(u8) -> bool| {
        page[from..].iter().position(|&b| is(b)).map_or(page.len(), |next| from + next)
    };
    let ends = |b: u8| b.is_ascii_whitespace() || b == b'/' || b == b'>';
    let (mut at, mut count, mut excess) = (name, 0, None);
    loop {
        at = until(at, &|b| !b.is_ascii_whitespace() && b != b'/');
        if page.get(at).is_none_or(|&b| b == b'>') {
            return (at, excess);
        }
        count += 1;
        if count > MOST_ATTRIBUTES {
            excess = excess.or(Some(at));
        }
        at = until(at + 1, &|b| ends(b) || b == b'=');
        let value = until(at, &|b| !b.is_ascii_whitespace());
        if page.get(value) == Some(&b'=') {
            let value = until(value + 1, &|b| !b.is_ascii_whitespace());
            at = match page.get(value) {
                Some(&quote @ (b'"' | b'\'')) => (until(value + 1, &|b| b == quote) + 1).min(page.len()),
                _ => until(value, &|b| b.is_ascii_whitespace() || b == b'>'),
            };
        }
    }
}

/// Whether XML or HTML of any kind nests deeper than anything that is meant to be read. Text that only looks like
/// tags (CDATA) is passed over.
pub(crate) fn is_deep_markup(bytes: &[u8]) -> bool {
    let mut depth = 0usize;
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|&b| b == b'<') {
        rest = &rest[at + 1..];
        if let Some(data) = rest.strip_prefix(b"![CDATA[") {
            rest = data.windows(3).position(|end| end == b"]]>").map_or(&[], |end| &data[end..]);
            continue;
        }
        // A tag that never ends is the last one.
        let Some(end) = rest.iter().position(|&b| b == b'>') else { return false };
        match rest.first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            _ if rest[..end].ends_with(b"/") => {}
            _ => depth += 1,
        }
        // What looks like a tag within a tag is none.
        rest = &rest[end..];
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_what_is_open_and_not_what_was_closed() {
        assert!(is_too_deep(&"<div class=x>".repeat(1001)));
        assert!(!is_too_deep(&"<DIV>one</div>".repeat(5000)));
        assert!(!is_too_deep(&"<p>one<br>two".repeat(5000)));
        let reopened: String = (0..900).map(|n| format!("<b id={n}>")).collect::<String>() + &"<p>x".repeat(1000);
        assert!(is_too_deep(&reopened));
        assert!(!is_too_deep(&("<b><font>".to_owned() + &"<p>x".repeat(1000))));
        assert!(!is_too_deep(&format!("<script>{}</script><p>One", "i<a.length;i<b;".repeat(5000))));
        assert!(is_too_deep(&format!("<!--<script>--><p title='<script>'>{}</script>", "<div>".repeat(1001))));
        assert!(is_deep_tree(&Tree::parse(&"<x-y>".repeat(1001))));
        assert!(is_deep_markup("<a x='1'>".repeat(1001).as_bytes()));
        assert!(!is_deep_markup("<a><b/><![CDATA[<c><c>]]></a>".repeat(5000).as_bytes()));
    }

    #[test]
    fn only_the_excess_of_attributes_goes() {
        let sane = "<p a=1 b='>' c = \"<x y>\" d>One < two</p><br/>";
        assert!(matches!(without_excess(sane), Cow::Borrowed(_)));
        let many: String = (0..300).map(|n| format!(" a{n}='>'")).collect();
        let left = without_excess(&format!("<p>One</p><p{many}>Two</p><p{many}")).into_owned();
        assert_eq!(left.matches("='>'").count(), 400);
        assert!(left.contains("a199='>' >Two</p><p a0"), "{left}");
    }
}
