//! Feeds that break the rules of XML: what is wrong is mended where its meaning is plain, and else the entries are taken
//! apart, so that a damaged one does not lose the others.

use std::ops::Range;

/// A longer first tag is not one of a feed.
const LONGEST_TAG: usize = 4 << 10;

/// The same XML with every bare `&` written as `&amp;`, and blanks for the characters that XML forbids: mistakes that every
/// browser reads as they are meant. In CDATA a "&" is a letter.
pub(crate) fn mended(xml: &str) -> String {
    let mut mended = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = rest.find(|c: char| c == '&' || c == '<' || is_forbidden(c)) {
        let (before, from) = rest.split_at(at);
        mended.push_str(before);
        let (put, width) = match from.strip_prefix('&') {
            Some(behind) if begins_reference(behind) => ("&", 1),
            Some(_) => ("&amp;", 1),
            None if from.starts_with("<![CDATA[") => {
                let end = from.find("]]>").unwrap_or(from.len());
                mended.extend(from[..end].chars().map(|c| if is_forbidden(c) { ' ' } else { c }));
                ("", end)
            }
            None if from.starts_with('<') => ("<", 1),
            None => (" ", from.chars().next().map_or(1, char::len_utf8)),
        };
        mended.push_str(put);
        rest = &from[width..];
    }
    mended.push_str(rest);
    mended
}

fn is_forbidden(c: char) -> bool {
    (c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Whether what stands behind a "&" makes it a reference: a name or a number, and a semicolon.
fn begins_reference(behind: &str) -> bool {
    let Some(end) = behind.bytes().take(32).position(|b| b == b';') else { return false };
    let name = &behind.as_bytes()[..end];
    match name {
        [b'#', b'x' | b'X', digits @ ..] => {
            let digits = std::str::from_utf8(digits).ok().and_then(|digits| u32::from_str_radix(digits, 16).ok());
            digits.and_then(char::from_u32).is_some_and(|c| !is_forbidden(c))
        }
        [b'#', digits @ ..] => {
            let number = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
            number.and_then(char::from_u32).is_some_and(|c| !is_forbidden(c))
        }
        [first, rest @ ..] => first.is_ascii_alphabetic() && rest.iter().all(u8::is_ascii_alphanumeric),
        [] => false,
    }
}

/// A feed taken apart without being parsed.
pub(crate) struct Parts<'f> {
    feed: &'f str,
    /// Its first tag.
    root: &'f str,
    /// "item" or "entry".
    name: &'static str,
    /// Whether its entries lie in a channel (RSS 2.0).
    in_channel: bool,
    /// Where its entries are.
    pub(crate) entries: Vec<Range<usize>>,
}

impl<'f> Parts<'f> {
    /// The parts of what looks like a feed.
    pub(crate) fn of(feed: &'f str) -> Option<Parts<'f>> {
        let (start, name, in_channel) =
            [("<rss", "item", true), ("<rdf:RDF", "item", false), ("<feed", "entry", false)]
                .into_iter()
                .filter_map(|(root, name, in_channel)| Some((feed.find(root)?, name, in_channel)))
                .min()?;
        let end = feed[start..].bytes().take(LONGEST_TAG).position(|b| b == b'>')?;
        let root = &feed[start..=start + end];
        let entries = entries(feed, start + end, name);
        Some(Parts { feed, root, name, in_channel, entries })
    }

    /// What stands before the entries, as a feed without any.
    pub(crate) fn head(&self) -> String {
        let until = self.entries.first().map_or(self.feed.len(), |first| first.start);
        let head = &self.feed[..until];
        // It tells the encoding of the bytes, which are decoded.
        let declared = head.trim_start().strip_prefix("<?xml").and_then(|head| head.split_once("?>"));
        mended(&format!("{}{}", declared.map_or(head, |(_, behind)| behind), self.ends()))
    }

    /// Some entries that follow each other, as a feed that has no others.
    pub(crate) fn some(&self, entries: Range<usize>) -> String {
        let channel = if self.in_channel { "<channel>" } else { "" };
        let lies = self.entries[entries].iter().cloned().reduce(|first, last| first.start..last.end).unwrap_or(0..0);
        mended(&format!("{}{channel}{}{}", self.root, &self.feed[lies], self.ends()))
    }

    /// Whether the feed has its end.
    pub(crate) fn is_whole(&self) -> bool {
        self.ends().rsplit_once("</").is_some_and(|(_, last)| self.feed.trim_end().ends_with(last))
    }

    fn ends(&self) -> &'static str {
        match (self.name, self.in_channel) {
            ("entry", _) => "</feed>",
            (_, true) => "</channel></rss>",
            (_, false) => "</rdf:RDF>",
        }
    }
}

/// Where the elements of this name are; one that is not closed ends where the next begins. What looks like one in CDATA or
/// in a comment is text.
fn entries(feed: &str, from: usize, name: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    let mut at = from;
    let mut skips = [("![CDATA[", Some("]]>")), ("!--", Some("-->"))];
    while let Some(tag) = feed[at..].find('<').map(|next| at + next) {
        let rest = &feed[tag + 1..];
        if let Some((_, end)) = skips.iter_mut().find(|(start, _)| rest.starts_with(start)) {
            // One that is never closed would hide all the rest; and no later one is closed either.
            let closed = end.and_then(|end| rest.find(end));
            *end = end.filter(|_| closed.is_some());
            at = tag + 1 + closed.unwrap_or(0);
            continue;
        }
        let is = |rest: &str| {
            let behind = rest.strip_prefix(name).and_then(|behind| behind.chars().next());
            behind.is_some_and(|c| c == '>' || c.is_ascii_whitespace())
        };
        if is(rest) {
            found.extend(open.replace(tag).map(|start| start..tag));
        } else if rest.strip_prefix('/').is_some_and(is) {
            let end = rest.find('>').map_or(feed.len(), |end| tag + 1 + end + 1);
            found.extend(open.take().map(|start| start..end));
        }
        at = tag + 1;
    }
    found.extend(open.map(|start| start..feed.len()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plainly_meant_is_mended() {
        let damaged = "<a>Fish & chips &amp; &#8220;x&#x201d; R&D; &nbsp; &#1; \u{1}é<![CDATA[a & b\u{2}]]> &</a>";
        let sound = "<a>Fish &amp; chips &amp; &#8220;x&#x201d; R&D; &nbsp; &amp;#1;  é<![CDATA[a & b ]]> &amp;</a>";
        assert_eq!(mended(damaged), sound);
    }

    #[test]
    fn entries_are_found_where_the_xml_is_damaged() {
        let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>T</title>\
                    <item><p>one</item><item x='1'><![CDATA[<item>]]></item><item>three";
        let parts = Parts::of(feed).expect("a feed");
        let entries: Vec<&str> = parts.entries.iter().map(|entry| &feed[entry.clone()]).collect();
        assert_eq!(entries, ["<item><p>one</item>", "<item x='1'><![CDATA[<item>]]></item>", "<item>three"]);
        assert!(parts.head().ends_with("<title>T</title></channel></rss>"));
        assert_eq!(parts.some(0..1), "<rss version=\"2.0\"><channel><item><p>one</item></channel></rss>");
        assert!(Parts::of("<html>").is_none());
    }
}
