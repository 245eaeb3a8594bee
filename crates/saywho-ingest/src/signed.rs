//! Who wrote a page and when, by what stands at its article: "By Ada Lind | 3 April 2031", a marked time.

use saywho_english::byline::{Byline, is_signed};
use saywho_english::date;
use trafilatura::dom::{Document as Tree, NodeId};

/// What holds an article, the surest first.
const ARTICLES: [&str; 4] = ["[itemtype*=\"Article\"]", "article", "main", "body"];

/// Elements that may hold a byline or its parts.
const SIGNS: &str = "[class*=\"byline\"], [class*=\"Byline\"], [class*=\"author\"], [class*=\"Author\"], [rel=\"author\"], \
    [itemprop=\"author\"], [class*=\"dateline\"], [class*=\"date\"], [class*=\"Date\"], [class*=\"publish\"], \
    [class*=\"posted\"], [class*=\"timestamp\"], time";

/// Parts of a page that do not tell of its article or of its publication, by their elements and by words of their classes.
const BESIDE: [&str; 3] = ["aside", "nav", "footer"];
const BESIDE_CLASSES: [&str; 9] =
    ["sidebar", "related", "comment", "promo", "recommend", "footer", "popular", "updated", "modified"];

/// The longest byline, in bytes.
const LONGEST: usize = 200;

/// What stands at an article.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Signed {
    pub(crate) authors: Vec<String>,
    /// The day (ISO 8601).
    pub(crate) published: Option<String>,
}

impl Signed {
    /// The first byline and the first date at the article of a page; what does not stand there is looked for around it.
    pub(crate) fn of(tree: &Tree) -> Signed {
        let mut found = Signed::default();
        for article in ARTICLES {
            // Several are a list of articles.
            if let [scope] = tree.query_selector_all(tree.root(), article)[..] {
                found.look(tree, scope, article != "body");
            }
        }
        found
    }

    /// `is_article` says that this part of the page holds the article and little else: a name of an author is that of its author.
    fn look(&mut self, tree: &Tree, scope: NodeId, is_article: bool) {
        for node in tree.query_selector_all(scope, SIGNS) {
            if self.published.is_some() && !self.authors.is_empty() {
                return;
            }
            if is_beside(tree, node, scope) {
                continue;
            }
            let text = tree.iter_text(node, "\n");
            let told = Byline::of(if text.len() <= LONGEST { &text } else { "" });
            let marked = tree.get_attribute(node, "datetime").and_then(|time| date::iso(&time).ok());
            let published = marked.or(told.published);
            self.published = self.published.take().or(published.and_then(|date| date.get(..10).map(str::to_owned)));
            if self.authors.is_empty() && (is_signed(&text) || (is_article && names_authors(tree, node))) {
                self.authors = told.authors;
            }
        }
    }
}

/// Whether an element is said to hold who wrote the article.
fn names_authors(tree: &Tree, node: NodeId) -> bool {
    let class = tree.class_name(node).to_lowercase();
    let marked = |key: &str| tree.get_attribute(node, key).is_some_and(|value| value == "author");
    class.contains("byline") || class.contains("author") || marked("rel") || marked("itemprop")
}

/// Whether an element stands beside the article, though within the same part of the page.
fn is_beside(tree: &Tree, node: NodeId, scope: NodeId) -> bool {
    std::iter::successors(Some(node), |node| tree.parent(*node)).take_while(|node| *node != scope).any(|node| {
        let class = tree.class_name(node).to_lowercase();
        let is_update = tree.get_attribute(node, "itemprop").is_some_and(|of| of == "dateModified");
        is_update || BESIDE.contains(&tree.tag_name(node)) || BESIDE_CLASSES.iter().any(|beside| class.contains(beside))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(body: &str) -> (Vec<String>, Option<String>) {
        let found = Signed::of(&Tree::parse(&format!("<html><body>{body}</body></html>")));
        (found.authors, found.published)
    }

    fn want(authors: &[&str], published: Option<&str>) -> (Vec<String>, Option<String>) {
        (authors.iter().map(|name| (*name).to_owned()).collect(), published.map(str::to_owned))
    }

    #[test]
    fn a_byline_tells_names_and_day() {
        let page = "<article><p class=byline>By Ada Lind and Jon Berg, port editors | 3 April 2031</p><p>It rained in 2019.</p></article>\
                    <div class=sidebar><p class=byline>By Bo Tarn | 5 April 2031</p></div>";
        assert_eq!(signed(page), want(&["Ada Lind", "Jon Berg"], Some("2031-04-03")));
    }

    #[test]
    fn names_and_times_stand_in_elements_of_their_own() {
        let page = "<main><span class=post-author>Ada Lind</span><time itemprop=dateModified datetime=2031-04-09></time><time datetime=2031-04-03T08:00:00Z>3 hours ago</time>\
                    <aside><a rel=author>Bo Tarn</a><time datetime=2031-05-01>May</time></aside></main>";
        assert_eq!(signed(page), want(&["Ada Lind"], Some("2031-04-03")));
    }

    #[test]
    fn a_year_within_the_text_is_no_date() {
        assert_eq!(signed("<article><p>Maren has run the port since 2019.</p></article>"), want(&[], None));
        assert_eq!(signed("<article><p class=date>04/05/2031</p></article>"), want(&[], None));
        let two =
            "<article><time datetime=2031-04-03></time></article><article><time datetime=2031-04-05></time></article>";
        assert_eq!(signed(two), want(&[], Some("2031-04-03")), "the first");
    }
}
