//! The check as a page that stands alone: each passage beside its source, then the texts side by side.

use std::fmt::Write;

use saywho_contract::Span;
use saywho_contract::check::{Check, Checked, Passage, Role};

use super::told::{self, Grade, Piece};
use crate::comparison;
use crate::page::{HEAD, PALETTE, escaped};
use crate::words::{counted, one_line, words};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A text of more bytes is shown where something stands in it only.
const WHOLE: usize = 200_000;
/// The least bytes that are then shown before and behind such a place.
const AROUND: usize = 1_500;

/// The page. A passage leads to its place in the article, its source to the place there.
pub fn check_html(check: &Check) -> String {
    let of = |role| check.documents.iter().filter(move |d| d.role == role);
    let names = |role| of(role).map(told::name).collect::<Vec<_>>();
    let mut articles = names(Role::Article);
    if articles.len() > 3 {
        articles = vec![counted(articles.len(), "article", "articles")];
    }
    let sources = match names(Role::Source) {
        names if names.len() > 8 => counted(names.len(), "source", "sources"),
        names => names.join(", "),
    };
    format!(
        "{HEAD}<title>{title} – checked</title>\n<style>\n{PALETTE}{style}{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#texts\">To the texts</a>\n\
         <header>\n<h1>{title}</h1>\n<ul class=\"counts\">\n{counts}</ul>\n\
         <ul class=\"facts\">\n<li>{passages}, checked against {sources}</li>\n</ul>\n</header>\n\
         <main>\n{tables}<p class=\"legend\">“Not found” means: in the sources given. <del>These words</del> stand in the source only, \
         <ins>these</ins> in the article only.</p>\n\
         <section id=\"texts\" aria-label=\"The texts side by side\" class=\"n2\">\n{texts}</section>\n</main>\n\
         <script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        title = escaped(&articles.join(", ")),
        style = comparison::STYLE,
        counts = counts(check),
        passages = told::passages(check),
        sources = escaped(&sources),
        tables = tables(check),
        texts = texts(check),
    )
}

fn counts(check: &Check) -> String {
    let mut items = told::counts(check);
    items.extend(told::changed_in_meaning(check).map(|told| (Grade::Wrong, told)));
    items.iter().map(|(grade, count)| format!("<li class=\"{}\">{count}</li>\n", class(*grade))).collect()
}

/// The class that gives the colour.
fn class(grade: Grade) -> &'static str {
    match grade {
        Grade::Sound => "same",
        Grade::Changed => "differ",
        Grade::Wrong => "contradict",
    }
}

fn class_of(passage: &Passage) -> &'static str {
    class(Grade::of(passage.verdict, passage.meaning))
}

/// A table for each article.
fn tables(check: &Check) -> String {
    let articles = check.documents.iter().enumerate().filter(|(_, d)| d.role == Role::Article);
    let many = articles.clone().count() > 1;
    let mut out = String::new();
    for (document, article) in articles {
        if many {
            let _ = writeln!(out, "<h2>{}</h2>", escaped(&told::name(article)));
        }
        let mut passages = check.passages.iter().filter(|p| p.document == document).peekable();
        if passages.peek().is_none() {
            out += "<p class=\"facts\">No quotation and no report was found in it.</p>\n";
            continue;
        }
        out += "<div class=\"scroll\"><table class=\"check\">\n<thead><tr><th scope=\"col\">verdict</th>\
                <th scope=\"col\">article</th><th scope=\"col\">source</th></tr></thead>\n<tbody>\n";
        out.extend(passages.map(|passage| row(check, passage)));
        out += "</tbody>\n</table></div>\n";
    }
    out
}

fn row(check: &Check, passage: &Passage) -> String {
    let id = escaped(&passage.id);
    let changes = match told::changes(passage) {
        none if none.is_empty() => none,
        changes => format!("<span>{changes}</span>"),
    };
    let tag = if passage.quoted { "q" } else { "span" };
    let who = passage.speaker.as_deref().unwrap_or("nobody is credited");
    let article = format!(
        "<a href=\"#t-{id}\" data-p=\"{id}\"><{tag} class=\"words\">{}</{tag}></a><small>{} · {:.2}</small>",
        marked(&told::in_article(check, passage), "ins"),
        escaped(&one_line(who)),
        passage.confidence,
    );
    let shown = told::shown(passage);
    let mut sources = String::new();
    for (n, found) in passage.matches.iter().enumerate() {
        let place = escaped(&told::place(check, found));
        if n < shown.len() {
            let words = marked(&told::in_source(check, passage, found), "del");
            let _ = write!(
                sources,
                "<li><a href=\"#s-{id}-{n}\" data-p=\"{id}\" data-n=\"{n}\"><span class=\"words\">{words}</span></a><small>{place}</small></li>"
            );
        } else {
            let _ = write!(
                sources,
                "<li><a href=\"#s-{id}-{n}\" data-p=\"{id}\" data-n=\"{n}\"><small>also in {place}</small></a></li>"
            );
        }
    }
    let source = if sources.is_empty() { "–".into() } else { format!("<ul>{sources}</ul>") };
    format!(
        "<tr class=\"{}\"><th scope=\"row\" class=\"relation\">{}{changes}</th><td data-side=\"article\">{article}</td>\
         <td data-side=\"source\">{source}</td></tr>\n",
        class_of(passage),
        passage.verdict.name(),
    )
}

/// The words, the changed ones within this element, which tells what kind of change it is.
fn marked(pieces: &[Piece], element: &str) -> String {
    let one = |piece: &Piece| match piece.change {
        None => escaped(piece.words),
        Some(kind) => {
            let meaning = if kind.changes_meaning() { " class=\"meaning\"" } else { "" };
            format!("<{element}{meaning} title=\"{}\">{}</{element}>", kind.name(), escaped(piece.words))
        }
    };
    pieces.iter().map(one).collect()
}

/// A place in a text: where it is, the passage, which of its matches (none in the article), and its colour.
struct Place<'c> {
    span: Span,
    passage: &'c str,
    number: Option<usize>,
    class: &'static str,
}

/// The articles on one side, on the other the sources in which something stands.
fn texts(check: &Check) -> String {
    let mut places: Vec<Vec<Place>> = check.documents.iter().map(|_| Vec::new()).collect();
    for passage in &check.passages {
        let mut add = |document: usize, start, end, number| {
            let place = Place { span: Span { start, end }, passage: &passage.id, number, class: class_of(passage) };
            if !words(&check.documents[document].text, place.span).is_empty() {
                places[document].push(place);
            }
        };
        add(passage.document, passage.start, passage.end, None);
        for (n, found) in passage.matches.iter().enumerate() {
            add(found.document, found.start, found.end, Some(n));
        }
    }
    let column = |role| -> String {
        let documents = check.documents.iter().zip(&places).filter(|(d, _)| d.role == role);
        let texts: Vec<String> =
            documents.filter(|(_, p)| role == Role::Article || !p.is_empty()).map(|(d, p)| text(d, p)).collect();
        if texts.is_empty() {
            "<p class=\"facts\">Nothing was found in the sources.</p>\n".into()
        } else {
            texts.concat()
        }
    };
    format!("<div>\n{}</div>\n<div>\n{}</div>\n", column(Role::Article), column(Role::Source))
}

fn text(document: &Checked, places: &[Place]) -> String {
    let name = told::name(document);
    let role = if document.role == Role::Article { "article" } else { "source" };
    let mut out = format!(
        "<article tabindex=\"0\" aria-label=\"{0}\">\n<h2>{0}</h2>\n<p class=\"facts\">{role}</p>\n<div class=\"text\" dir=\"auto\">",
        escaped(&name)
    );
    let stretches = stretches(&document.text, places);
    for stretch in &stretches {
        if stretch.start > 0 {
            out += "<p class=\"facts\">[…]</p>";
        }
        out += &stretch_of(&document.text, *stretch, places);
    }
    if stretches.last().is_some_and(|last| last.end < document.text.len()) {
        out += "<p class=\"facts\">[…]</p>";
    }
    out + "</div>\n</article>\n"
}

/// What is shown of a text: all of it, or whole lines about the places.
fn stretches(text: &str, places: &[Place]) -> Vec<Span> {
    if text.len() <= WHOLE {
        return vec![Span { start: 0, end: text.len() }];
    }
    let bytes = text.as_bytes();
    let about = |place: &Place| {
        let (from, to) = (place.span.start.saturating_sub(AROUND), (place.span.end + AROUND).min(text.len()));
        let start = bytes[..from].iter().rposition(|b| *b == b'\n').map_or(0, |n| n + 1);
        let end = bytes[to..].iter().position(|b| *b == b'\n').map_or(text.len(), |n| to + n + 1);
        Span { start, end }
    };
    let mut all: Vec<Span> = places.iter().map(about).collect();
    all.sort();
    let mut stretches: Vec<Span> = Vec::new();
    for next in all {
        match stretches.last_mut() {
            Some(last) if next.start <= last.end => last.end = last.end.max(next.end),
            _ => stretches.push(next),
        }
    }
    stretches
}

/// A stretch of a text, cut wherever a place begins or ends; each part tells which passages it belongs to.
fn stretch_of(text: &str, stretch: Span, places: &[Place]) -> String {
    let mut within: Vec<&Place> = places.iter().filter(|p| stretch.contains(p.span)).collect();
    within.sort_by_key(|p| (p.span.start, std::cmp::Reverse(p.span.end)));
    let mut cuts: Vec<usize> = within.iter().flat_map(|p| [p.span.start, p.span.end]).collect();
    cuts.extend([stretch.start, stretch.end]);
    cuts.sort_unstable();
    cuts.dedup();
    let (mut out, mut open, mut next) = (String::new(), Vec::<&Place>::new(), 0);
    for cut in cuts.windows(2) {
        open.retain(|p| p.span.end > cut[0]);
        while let Some(place) = within.get(next).filter(|p| p.span.start == cut[0]) {
            let id = escaped(place.passage);
            match place.number {
                None => {
                    let _ = write!(out, "<a id=\"t-{id}\"></a>");
                }
                Some(n) => {
                    let _ = write!(out, "<a id=\"s-{id}-{n}\"></a>");
                }
            }
            open.push(place);
            next += 1;
        }
        let words = escaped(words(text, Span { start: cut[0], end: cut[1] }));
        match open.last() {
            None => out += &words,
            Some(inner) => {
                let ids: Vec<&str> = open.iter().map(|p| p.passage).collect();
                let _ = write!(
                    out,
                    "<mark class=\"{}\" data-p=\"{}\">{words}</mark>",
                    inner.class,
                    escaped(&ids.join(" "))
                );
            }
        }
    }
    out
}
