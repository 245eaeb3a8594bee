//! HTML pages: the main text, and what the page tells about itself.

use saywho::Document;
use saywho_english::byline;
use trafilatura::HtmlDateMode;
use trafilatura::dom::Document as Tree;

use crate::head::Head;
use crate::page::places;
use crate::signed::Signed;
use crate::{Reason, inline, nesting, paragraphs};

/// What a page, or a piece of one, starts with.
const FIRST_TAGS: [&str; 16] = [
    "!doctype html",
    "html",
    "head",
    "body",
    "meta",
    "title",
    "div",
    "main",
    "article",
    "section",
    "header",
    "h1",
    "h2",
    "p",
    "table",
    "span",
];

/// Twice the length under which the extractor doubts that it found the main text.
const LETTERS_TO_TRUST: usize = 500;

/// Whether a decoded text is an HTML page: its first tag, behind declarations and comments, is one of HTML.
pub(crate) fn looks_like_html(text: &str) -> bool {
    let mut rest = text.trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => "?>",
            _ => break,
        };
        let Some((_, behind)) = rest.split_once(end) else { return false };
        rest = behind.trim_start();
    }
    let Some(tag) = rest.strip_prefix('<') else { return false };
    FIRST_TAGS.iter().any(|name| {
        let same = tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        same && tag[name.len()..].starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace())
    })
}

/// The main text of a page with its title, publisher, date and language.
///
/// Paragraphs are separated by an empty line, lines of one paragraph by a line end.
///
/// # Errors
/// When only menus are left of it, or it nests too deep for the extractor.
pub(crate) fn main_text(page: &str) -> Result<Document, Reason> {
    let tame = nesting::without_excess(page);
    let mut tree = Tree::parse(&tame);
    if nesting::is_deep_tree(&tree) {
        return Err(Reason::TooDeep);
    }
    let head = Head::of(&tree);
    // Of the page as it is: elements within paragraphs tell of days and authors.
    let about = trafilatura::metadata::extract_metadata(&tree, &options());
    let signed = Signed::of(&tree);
    inline::flatten(&mut tree);
    let found = extracted(&tree).ok_or(Reason::NoMainText)?;
    let (text, units) = paragraphs::with_units(&found.content_html);
    if text.is_empty() {
        return Err(Reason::NoMainText);
    }
    let authors = [head.authors.clone(), signed.authors, byline::authors(&about.author)];
    Ok(Document {
        page: places(page, &text),
        text,
        units,
        title: head.headline(filled(about.title)),
        authors: authors.into_iter().find(|names| !names.is_empty()).unwrap_or_default(),
        publisher: head.publisher.or_else(|| filled(about.sitename)).or_else(|| filled(about.hostname)),
        published: head.published.or(signed.published),
        language: head.language,
        ..Document::default()
    })
}

/// How the extractor is asked: the readers' comments below an article are not its text, and days are told by [`Head`].
fn options() -> trafilatura::Options {
    let options = trafilatura::Options::default().with_exclude_comments(true).with_fallback(true);
    options.with_html_date_mode(HtmlDateMode::Disabled)
}

/// What the extractor finds on the page. Where it finds little it takes all text there is, its paragraphs run
/// together, which would spoil short statements: so a little is kept unless all is clearly more.
fn extracted(page: &Tree) -> Option<trafilatura::ExtractResult> {
    let letters = |result: &trafilatura::ExtractResult| result.content_text.chars().count();
    let options = options();
    let found = trafilatura::extract_document(page.clone_document(), &options).ok()?;
    if letters(&found) >= LETTERS_TO_TRUST {
        return Some(found);
    }
    let any_length = options.with_config(trafilatura::Config::default().with_min_extracted_size(1));
    let little = trafilatura::extract_document(page.clone_document(), &any_length).ok();
    Some(little.filter(|little| 2 * letters(little) >= letters(&found)).unwrap_or(found))
}

fn filled(value: String) -> Option<String> {
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en-GB"><head><title>Norrland asks for talks | The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post">
<meta property="article:published_time" content="2021-03-04T10:00:00Z"></head>
<body><nav><ul><li><a href="/">Front page</a></li><li><a href="/w">All the world</a></li></ul></nav>
<article><h1>Norrland asks for talks</h1>
<p>Foreign minister Ilse Maren <b>said</b> on Friday
   that the ban &ldquo;has to go&rdquo;.<br>She did not say when.</p>
<p>Teo Vasca of Sudovia told <i>Radio North</i>, a broadcaster, that he was surprised.</p></article>
<footer>All rights reserved by The Harbour Post.</footer></body></html>"#;

    #[test]
    fn a_page_is_told_by_its_first_tag() {
        assert!(looks_like_html(PAGE));
        assert!(looks_like_html("\n<?xml version=\"1.0\"?>\n<!-- saved --><HTML lang=en>"));
        assert!(looks_like_html("<p>One paragraph</p>"));
        assert!(!looks_like_html("The page starts with <html>, Maren said."));
        assert!(!looks_like_html("<pause> \"No,\" said Vasca."));
        assert!(!looks_like_html("<!-- never closed"));
        assert!(!looks_like_html("<ä"));
    }

    #[test]
    fn the_article_is_kept_and_the_menu_is_not() {
        let document = main_text(PAGE).expect("an article");
        assert!(document.text.contains("said on Friday that the ban “has to go”.\nShe did not say when.\n\nTeo"));
        assert!(document.text.contains("told Radio North, a broadcaster,"));
        assert!(!document.text.contains("Front page"));
        assert!(!document.text.contains("All rights reserved"));
    }

    #[test]
    fn the_page_tells_about_itself() {
        let document = main_text(PAGE).expect("an article");
        assert_eq!(document.title.as_deref(), Some("Norrland asks for talks"));
        assert_eq!(document.publisher.as_deref(), Some("The Harbour Post"));
        assert_eq!(document.published.as_deref(), Some("2021-03-04"));
        assert_eq!(document.language.as_deref(), Some("en-GB"));
    }

    #[test]
    fn a_page_of_scripts_has_no_main_text() {
        assert!(main_text("<html><body><div id=app></div><script>start()</script></body></html>").is_err());
    }

    #[test]
    fn no_language_is_guessed_from_a_few_words() {
        assert_eq!(main_text("<p>Maren agreed to talk.</p>").expect("a text").language, None);
    }
}
