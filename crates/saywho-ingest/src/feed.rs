//! Feeds: RSS, Atom and JSON Feed. Each entry that brings a text is a document.

use std::ops::Range;

use feed_rs::model::{Entry, Feed, Person};
use saywho_english::byline;

use crate::feed_parts::Parts;
use crate::guard::guarded;
use crate::piece::{Piece, Shape, about};
use crate::pour::{Flow, Place, Pour};
use crate::{Reason, decode, ids, nesting, paragraphs};

/// So many damaged entries are told one by one, and no longer looked for behind them.
const MOST_DAMAGED: usize = 100;

/// Hands on the entries of a feed. Where it cannot be parsed as a whole, every entry is that can.
pub(crate) fn read(pour: &mut Pour, bytes: &[u8], place: &Place) -> Flow {
    let reason = match parsed(bytes) {
        Ok(mut feed) => {
            let entries = std::mem::take(&mut feed.entries);
            return give(pour, entries, 1, &Around::of(feed), place);
        }
        Err(reason) => reason,
    };
    let text = decode::decode(bytes, None);
    let Some(parts) = Parts::of(&text).filter(|parts| !parts.entries.is_empty()) else {
        return pour.fail(place, reason);
    };
    let around = parsed(parts.head().as_bytes()).map_or_else(|_| Around::default(), Around::of);
    let mut salvage = Salvage { parts: &parts, around, bytes, damaged: 0, place };
    salvage.read(pour, 0..parts.entries.len())?;
    match salvage.damaged == 0 && !parts.is_whole() {
        true => pour.fail(place, Reason::Truncated { what: "a feed without its end".into() }),
        false => Flow::Continue(()),
    }
}

fn parsed(bytes: &[u8]) -> Result<Feed, Reason> {
    if nesting::is_deep_markup(bytes) {
        return Err(Reason::TooDeep);
    }
    let feed = guarded("feeds", || feed_rs::parser::parse(bytes))?;
    feed.map_err(|error| Reason::Broken { what: error.to_string() })
}

/// A feed whose entries are parsed apart from each other.
struct Salvage<'f> {
    parts: &'f Parts<'f>,
    around: Around,
    bytes: &'f [u8],
    damaged: usize,
    place: &'f Place,
}

impl Salvage<'_> {
    /// Halves the entries until the damaged ones are alone.
    fn read(&mut self, pour: &mut Pour, entries: Range<usize>) -> Flow {
        let reason = match parsed(self.parts.some(entries.clone()).as_bytes()) {
            Ok(feed) => return give(pour, feed.entries, entries.start + 1, &self.around, self.place),
            Err(_) if self.damaged >= MOST_DAMAGED => {
                let name = format!("{}, entries {} to {}", self.place.name, entries.start + 1, entries.end);
                return pour.fail_at(name, Reason::Broken { what: "as a hundred before them".into() });
            }
            Err(reason) => reason,
        };
        if entries.len() > 1 {
            let middle = entries.start + entries.len() / 2;
            self.read(pour, entries.start..middle)?;
            return self.read(pour, middle..entries.end);
        }
        self.damaged += 1;
        let name = format!("{}, entry {}", self.place.name, entries.start + 1);
        let begins = byte(self.bytes, self.parts.entries[entries.start].start);
        let begins = begins.map_or_else(String::new, |byte| format!("it begins at byte {byte}: "));
        let reason = match reason {
            Reason::Broken { what } => Reason::Damaged { what: begins + &what },
            other => other,
        };
        pour.fail_at(name, reason)
    }
}

/// The byte of the file that stands so far in its decoded text; nothing where it is not in UTF-8.
fn byte(bytes: &[u8], in_text: usize) -> Option<usize> {
    let mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let (mut byte, mut text) = (mark, 0);
    for chunk in bytes[mark..].utf8_chunks() {
        let valid = chunk.valid().len();
        if in_text <= text + valid {
            return Some(byte + in_text - text);
        }
        byte += valid + chunk.invalid().len();
        text += valid + if chunk.invalid().is_empty() { 0 } else { '\u{fffd}'.len_utf8() };
    }
    None
}

/// What a feed tells of all its entries.
#[derive(Default)]
struct Around {
    publisher: Option<String>,
    language: Option<String>,
    authors: Vec<Person>,
}

impl Around {
    fn of(feed: Feed) -> Around {
        let publisher = feed.title.map(|title| plain(title.content));
        Around { publisher, language: feed.language, authors: feed.authors }
    }
}

/// Hands on entries, of which the first has this number.
fn give(pour: &mut Pour, entries: Vec<Entry>, first: usize, around: &Around, place: &Place) -> Flow {
    for (number, entry) in (first..).zip(entries) {
        let Some((text, is_html)) = text(&entry) else { continue };
        let address = entry.links.first().map(|link| link.href.clone());
        let id = address.as_deref().map_or_else(|| format!("{}-{number}", place.id), ids::of_address);
        let mut about = about(&id, address, place.file.as_deref(), None);
        about.title = entry.title.map(|title| plain(title.content));
        let people = if entry.authors.is_empty() { &around.authors } else { &entry.authors };
        about.authors = people
            .iter()
            .filter_map(|person| person.name.clone().map(plain))
            .flat_map(|name| byline::authors(&name))
            .collect();
        about.publisher = around.publisher.clone();
        about.published = entry.published.or(entry.updated).map(|time| time.to_rfc3339());
        about.language = entry.language.or_else(|| around.language.clone());
        pour.give(Piece {
            name: format!("{}, entry {number}", place.name),
            bytes: text.into_bytes(),
            shape: if is_html { Shape::Fragment } else { Shape::PageOrText },
            about,
            ..Piece::default()
        })?;
    }
    Flow::Continue(())
}

/// A text without the entities that were encoded twice: what still has tags as entities and none as tags was.
fn decoded_once_more(text: String) -> String {
    let ends = |tag: &str| text.contains(tag);
    match !text.contains('<')
        && text.contains("&lt;")
        && (ends("&lt;/") || ends("/&gt;") || ends("&lt;p&gt;") || ends("&lt;br"))
    {
        true => paragraphs::of_html(&text),
        false => text,
    }
}

/// HTML whose typographic marks were encoded twice, decoded once more. Names of tags stay: a text on HTML shows them so.
fn with_marks(html: &str) -> String {
    const MARKS: [&str; 10] =
        ["ldquo;", "rdquo;", "lsquo;", "rsquo;", "quot;", "apos;", "ndash;", "mdash;", "hellip;", "nbsp;"];
    let mut parts = html.split("&amp;");
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.strip_prefix('#').and_then(|number| number.split_once(';')).map(|(digits, _)| digits);
        let is_number = digits.is_some_and(|digits| digits.len() <= 5 && digits.parse::<u32>().is_ok_and(|n| n > 127));
        let is_mark = is_number || MARKS.iter().any(|mark| part.starts_with(mark));
        decoded.push_str(if is_mark { "&" } else { "&amp;" });
        decoded.push_str(part);
    }
    decoded
}

/// A name or title in plain letters: they have no tags, so an entity in one was encoded twice.
fn plain(title: String) -> String {
    match title.contains('&') {
        true => paragraphs::of_html(&title.replace('<', "&lt;")),
        false => title,
    }
}

/// The entry's own text, or its summary; and whether it is HTML.
fn text(entry: &Entry) -> Option<(String, bool)> {
    let content = entry.content.as_ref().and_then(|content| {
        let body = content.body.clone().filter(|body| !body.trim().is_empty())?;
        Some((body, content.content_type.to_string()))
    });
    let summary = || {
        let summary = entry.summary.as_ref().filter(|summary| !summary.content.trim().is_empty())?;
        Some((summary.content.clone(), summary.content_type.to_string()))
    };
    let (text, kind) = content.or_else(summary)?;
    let text = decoded_once_more(text);
    // Feeds say "plain" of what is HTML.
    let has_tags = ["<p", "<br", "<div", "<a ", "&amp;", "&#", "<em", "<strong", "<b>", "<i>"];
    let is_html = kind.contains("html") || has_tags.iter().any(|tag| text.contains(tag));
    Some((if is_html { with_marks(&text) } else { text }, is_html))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_were_encoded_twice_are_decoded_and_tags_that_are_shown_stay() {
        let html = "<p>&amp;#8220;Yes,&amp;rdquo; said R&amp;D. &amp;lt;p&amp;gt; &amp;#60;</p>";
        assert_eq!(with_marks(html), "<p>&#8220;Yes,&rdquo; said R&amp;D. &amp;lt;p&amp;gt; &amp;#60;</p>");
        assert_eq!(plain("Hale &amp; Brel Post".into()), "Hale & Brel Post");
    }
}
