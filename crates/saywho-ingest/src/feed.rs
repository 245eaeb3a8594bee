//! Feeds: RSS, Atom and JSON Feed. Each entry that brings a text is a document.

use feed_rs::model::{Entry, Feed};

use crate::guard::guarded;
use crate::piece::{Piece, Shape, about};
use crate::pour::{Flow, Place, Pour};
use crate::{Reason, ids, nesting};

/// Hands on the entries of a feed.
pub(crate) fn read(pour: &mut Pour, bytes: &[u8], place: &Place) -> Flow {
    if nesting::is_deep_markup(bytes) {
        return pour.fail(place, Reason::TooDeep);
    }
    let feed = match guarded("feeds", || feed_rs::parser::parse(bytes)) {
        Ok(Ok(feed)) => feed,
        Ok(Err(error)) => return pour.fail(place, Reason::Damaged { what: error.to_string() }),
        Err(reason) => return pour.fail(place, reason),
    };
    let publisher = feed.title.as_ref().map(|title| title.content.clone());
    let Feed { entries, language, authors, .. } = feed;
    for (number, entry) in (1..).zip(entries) {
        let Some((text, is_html)) = text(&entry) else { continue };
        let address = entry.links.first().map(|link| link.href.clone());
        let id = address.as_deref().map_or_else(|| format!("{}-{number}", place.id), ids::of_address);
        let mut about = about(&id, address, place.file.as_deref(), None);
        about.title = entry.title.map(|title| title.content);
        let people = if entry.authors.is_empty() { &authors } else { &entry.authors };
        about.authors =
            people.iter().filter_map(|person| person.name.clone()).filter(|name| !name.is_empty()).collect();
        about.publisher = publisher.clone();
        about.published = entry.published.or(entry.updated).map(|time| time.to_rfc3339());
        about.language = entry.language.or_else(|| language.clone());
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
    // Feeds say "plain" of what is HTML.
    let has_tags = ["<p", "<br", "<div", "<a ", "&amp;", "&#", "<em", "<strong", "<b>", "<i>"];
    let is_html = kind.contains("html") || has_tags.iter().any(|tag| text.contains(tag));
    Some((text, is_html))
}
