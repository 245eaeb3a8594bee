//! How deep a page nests. Parsing takes time that grows with the square of the depth, so a page made to nest
//! a hundred thousand times would stop a whole run.

/// No page that people read comes near; browsers stop at about half of it.
const DEEPEST: usize = 1000;

/// Elements that nest when they are not closed. (A paragraph, a list item or a line break does not.)
const NESTING: [&str; 22] = [
    "a",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "center",
    "div",
    "em",
    "figure",
    "font",
    "i",
    "main",
    "nav",
    "ol",
    "section",
    "small",
    "span",
    "strong",
    "table",
    "u",
    "ul",
];

/// Whether the page nests deeper than anything that is meant to be read.
pub(crate) fn is_too_deep(page: &str) -> bool {
    let mut depth = 0usize;
    for (at, _) in page.match_indices('<') {
        let tag = &page[at + 1..];
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        if !NESTING.iter().any(|name| name.eq_ignore_ascii_case(&tag[..end])) {
            continue;
        }
        depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        if depth > DEEPEST {
            return true;
        }
    }
    false
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
        let end = rest.iter().position(|&b| b == b'>').unwrap_or(rest.len());
        match rest.first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            _ if rest[..end].ends_with(b"/") => {}
            _ => depth += 1,
        }
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
        assert!(is_deep_markup("<a x='1'>".repeat(1001).as_bytes()));
        assert!(!is_deep_markup("<a><b/><![CDATA[<c><c>]]></a>".repeat(5000).as_bytes()));
    }
}
