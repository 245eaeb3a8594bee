//! W3C Web Annotations (JSON-LD): one `AnnotationCollection` a check, one `Annotation` a passage.
//!
//! The target is the passage in its article; the bodies tell what came of it and where it stands in the sources.

use saywho_contract::Span;
use saywho_contract::check::{Check, Passage, Role};
use saywho_contract::offset::Points;

use super::told;
use crate::annotations::{
    Annotation, Body, Target, annotation_id, collection, selector, source_of, text_name, told as rows,
};
use crate::words::{counted, words};

/// The passages as an indented JSON-LD `AnnotationCollection`, positions in code points. Documents are named as in the
/// annotations of readings.
pub fn check_annotations(check: &Check) -> String {
    let of = |role| check.documents.iter().filter(move |d| d.role == role);
    let texts: Vec<&str> = check.documents.iter().map(|d| d.text.as_str()).collect();
    let name = text_name(&texts.join("\n"));
    let label = match (of(Role::Article).count(), of(Role::Article).next()) {
        (1, Some(article)) => told::name(article),
        (all, _) => counted(all, "article", "articles"),
    };
    let label = format!("{label}, checked against {}", counted(of(Role::Source).count(), "source", "sources"));
    let documents: Vec<Document> = check.documents.iter().map(Document::of).collect();
    let items = check.passages.iter().map(|passage| annotation(&name, passage, &documents));
    collection(name.clone(), label, items.collect())
}

/// A document with what its passages are told by.
struct Document<'c> {
    text: &'c str,
    source: String,
    points: Points,
}

impl<'c> Document<'c> {
    fn of(document: &'c saywho_contract::check::Checked) -> Document<'c> {
        let text = document.text.as_str();
        Document { text, source: source_of(document.source.as_deref(), text), points: Points::of(text) }
    }
}

fn annotation(name: &str, passage: &Passage, documents: &[Document]) -> Annotation {
    let article = &documents[passage.document];
    let changes = passage.changes.iter().map(|change| {
        let there = words(documents[change.document].text, Span { start: change.source_start, end: change.source_end });
        let here = words(article.text, Span { start: change.start, end: change.end });
        format!("{}: “{there}” → “{here}”", change.kind.name())
    });
    let changes: Vec<String> = changes.collect();
    let mut body = rows([
        ("verdict", "classifying", Some(passage.verdict.name().to_owned())),
        ("meaning", "classifying", passage.meaning.then(|| "changed".to_owned())),
        ("changes", "describing", (!changes.is_empty()).then(|| changes.join("; "))),
        ("speaker", "identifying", passage.speaker.clone()),
        ("confidence", "assessing", Some(passage.confidence.to_string())),
    ]);
    for found in &passage.matches {
        let source = &documents[found.document];
        body.extend(rows([("source speaker", "identifying", found.speaker.clone())]));
        body.push(Body::Passage {
            label: "source",
            purpose: "linking",
            source: source.source.clone(),
            selector: selector(source.text, Span { start: found.start, end: found.end }, &source.points),
        });
    }
    let span = Span { start: passage.start, end: passage.end };
    Annotation {
        id: annotation_id(name, &passage.id),
        r#type: "Annotation",
        motivation: ["assessing", "linking"],
        body,
        target: vec![Target::Passage {
            r#type: "SpecificResource",
            source: article.source.clone(),
            selector: selector(article.text, span, &article.points),
        }],
    }
}
