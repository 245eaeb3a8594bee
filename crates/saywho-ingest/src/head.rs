//! What a page tells of itself: JSON-LD first, which is written for machines, then the meta elements of its head.

use std::collections::HashMap;

use saywho_english::{byline, date};
use serde_json::Value;
use trafilatura::dom::{Document as Tree, NodeId};

/// Names under which meta elements tell something, the most reliable first.
const TITLES: [&str; 6] = ["parsely-title", "dc.title", "dc:title", "og:title", "title", "twitter:title"];
const AUTHORS: [&str; 7] =
    ["parsely-author", "author", "article:author", "dc.creator", "dc:creator", "sailthru.author", "byl"];
const SITES: [&str; 3] = ["og:site_name", "application-name", "dc.publisher"];
const DAYS: [&str; 10] = [
    "article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "pubdate",
    "publish-date",
    "date",
];

/// What stands between a headline and the name of the site.
const DIVIDERS: [&str; 8] = [" | ", " – ", " — ", " - ", " · ", " :: ", " » ", " \\ "];

/// What a page tells of itself.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Head {
    pub(crate) title: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) publisher: Option<String>,
    /// The day it was first published (ISO 8601).
    pub(crate) published: Option<String>,
    /// As declared.
    pub(crate) language: Option<String>,
    /// The title element, for those that tell nothing better.
    pub(crate) window: Option<String>,
}

impl Head {
    /// Reads the head of a page.
    pub(crate) fn of(tree: &Tree) -> Head {
        let article = article(tree).unwrap_or_default();
        let meta = meta(tree);
        let first = |names: &[&str]| names.iter().find_map(|name| meta.get(*name).cloned());
        let html = tree.query_selector(tree.root(), "html");
        let language = html.and_then(|html| filled(&tree.get_attribute(html, "lang")?));
        let window = tree.query_selector(tree.root(), "title").and_then(|title| filled(&tree.text_content(title)));
        let mut authors = names(&article["author"]);
        if authors.is_empty() {
            authors = first(&AUTHORS).as_deref().map(names_in).unwrap_or_default();
        }
        Head {
            title: text(&article["headline"]).or_else(|| first(&TITLES)),
            authors,
            publisher: names(&article["publisher"]).into_iter().next().or_else(|| first(&SITES)),
            published: text(&article["datePublished"]).as_deref().and_then(day).or_else(|| {
                let told = DAYS.iter().find_map(|name| day(meta.get(*name)?));
                told.or_else(|| day(&marked_time(tree)?))
            }),
            language: language.or_else(|| text(&article["inLanguage"])),
            window,
        }
    }

    /// The headline, where `found` is what looks like one on the page.
    pub(crate) fn headline(&self, found: Option<String>) -> Option<String> {
        if self.title.is_some() {
            return self.title.clone();
        }
        let Some(window) = &self.window else { return found };
        found.filter(|found| window.contains(found.as_str())).or_else(|| Some(without_site(window).to_owned()))
    }
}

/// The title without the name of the site behind it, where enough is left to be a headline.
fn without_site(title: &str) -> &str {
    let cut = DIVIDERS.iter().filter_map(|divider| title.rfind(divider)).max();
    let headline = cut.map(|at| title[..at].trim()).filter(|headline| headline.split_whitespace().count() >= 3);
    headline.unwrap_or(title)
}

/// The article that the page's JSON-LD describes.
fn article(tree: &Tree) -> Option<Value> {
    let scripts = tree.query_selector_all(tree.root(), "script[type=\"application/ld+json\"]");
    let parsed = scripts.into_iter().filter_map(|script| {
        let text = tree.text_content(script);
        // Pages that were XHTML once.
        let bare = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        serde_json::from_str(bare).ok()
    });
    parsed.into_iter().find_map(|value: Value| find_article(&value).cloned())
}

/// An article among the things that are described; lists and graphs are looked through.
fn find_article(value: &Value) -> Option<&Value> {
    match value {
        Value::Array(all) => all.iter().find_map(find_article),
        Value::Object(thing) => {
            let is_article = |kind: &Value| {
                kind.as_str().is_some_and(|kind| {
                    kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "SocialMediaPosting"
                })
            };
            let kind = &value["@type"];
            let kinds = kind.as_array().map_or(std::slice::from_ref(kind), Vec::as_slice);
            if kinds.iter().any(is_article) {
                return Some(value);
            }
            thing.get("@graph").and_then(find_article)
        }
        _ => None,
    }
}

fn text(value: &Value) -> Option<String> {
    filled(value.as_str()?)
}

/// The names of persons or bodies: a text, a thing with a name, or several of either.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(all) => all.iter().flat_map(names).collect(),
        Value::Object(_) => names(&value["name"]),
        Value::String(name) => names_in(name),
        _ => Vec::new(),
    }
}

/// Names as they are told of authors: "By Ada Lind and Jon Berg"; no address.
fn names_in(field: &str) -> Vec<String> {
    if field.contains("://") { Vec::new() } else { byline::authors(field) }
}

/// The contents of the meta elements by their lower-case names; of several with one name the first.
fn meta(tree: &Tree) -> HashMap<String, String> {
    let mut found = HashMap::new();
    for node in tree.query_selector_all(tree.root(), "meta") {
        let Some(content) = tree.get_attribute(node, "content").and_then(|content| filled(&content)) else { continue };
        for key in ["property", "name", "itemprop"] {
            let names = tree.get_attribute(node, key).unwrap_or_default().to_lowercase();
            for name in names.split_whitespace() {
                found.entry(name.to_owned()).or_insert_with(|| content.clone());
            }
        }
    }
    found
}

/// The time that the page marks as that of its publication.
fn marked_time(tree: &Tree) -> Option<String> {
    let is_marked = |node: &NodeId| {
        let marks = tree.get_attribute(*node, "itemprop").is_some_and(|of| of.eq_ignore_ascii_case("datePublished"));
        marks || tree.get_attribute(*node, "pubdate").is_some()
    };
    let times = tree.query_selector_all(tree.root(), "time, [itemprop=\"datePublished\"]");
    let told = |node: NodeId| ["datetime", "content"].iter().find_map(|key| tree.get_attribute(node, key));
    times.into_iter().filter(is_marked).find_map(told)
}

/// The day of a date in any form.
fn day(time: impl AsRef<str>) -> Option<String> {
    date::iso(time.as_ref()).ok()?.get(..10).map(str::to_owned)
}

fn filled(value: &str) -> Option<String> {
    let words: Vec<&str> = value.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(html: &str) -> Head {
        Head::of(&Tree::parse(html))
    }

    #[test]
    fn structured_data_goes_before_meta_elements() {
        let head = head(
            r#"<html lang="en"><head><title>Ban | Harbour Post</title><meta name="author" content="Web desk">
            <meta property="article:published_time" content="2021-03-05T00:00:00Z">
            <script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebPage"},
            {"@type": ["NewsArticle"], "headline": "The ban stays", "author": [{"name": "Ada Lind"}, "By Jon Berg"],
             "datePublished": "2021-03-04T10:00:00Z", "publisher": {"name": "Harbour Post"}}]}</script></head></html>"#,
        );
        assert_eq!(head.title.as_deref(), Some("The ban stays"));
        assert_eq!(head.authors, ["Ada Lind", "Jon Berg"]);
        assert_eq!((head.published.as_deref(), head.publisher.as_deref()), (Some("2021-03-04"), Some("Harbour Post")));
    }

    #[test]
    fn meta_elements_tell_under_many_names() {
        let head = head(
            r#"<head><meta property="dc:title og:title" content="The ban stays"><meta name="author" content="https://a.example/ada">
            <meta itemprop="datePublished" content="2021-03-04"><script type="application/ld+json">{broken</script></head>"#,
        );
        assert_eq!((head.title.as_deref(), head.published.as_deref()), (Some("The ban stays"), Some("2021-03-04")));
        assert!(head.authors.is_empty(), "an address is no name");
    }

    #[test]
    fn a_headline_is_the_window_title_without_the_site() {
        let of = |window: &str, found: Option<&str>| {
            let head = Head { window: Some(window.into()), ..Head::default() };
            head.headline(found.map(str::to_owned)).unwrap_or_default()
        };
        assert_eq!(of("The ban stays | Harbour Post", None), "The ban stays");
        assert_eq!(of("Norrland - Wiki", Some("Menu")), "Norrland - Wiki");
        assert_eq!(of("The ban stays | Harbour Post", Some("The ban stays")), "The ban stays");
        assert_eq!(Head::default().headline(Some("The ban".into())).as_deref(), Some("The ban"));
    }

    #[test]
    fn a_marked_time_is_the_day_of_publication() {
        let head = head(
            "<p><time datetime=\"2021-03-05\">now</time><time itemprop=\"datePublished\" datetime=\"2021-03-04T10:00\">",
        );
        assert_eq!(head.published.as_deref(), Some("2021-03-04"));
    }

    #[test]
    fn structured_data_may_stand_in_a_section_of_xml() {
        let data = r#"{"@type": "Article", "datePublished": "4 March 2021", "author": "By Ada Lind and Jon Berg"}"#;
        let head = head(&format!("<script type=\"application/ld+json\">\n<![CDATA[\n{data}\n]]>\n</script>"));
        assert_eq!((head.published.as_deref(), head.authors.len()), (Some("2021-03-04"), 2));
    }
}
