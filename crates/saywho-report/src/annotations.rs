//! W3C Web Annotations (JSON-LD), for annotation tools and stores.
//!
//! One `AnnotationCollection` a document with its only page within it, one `Annotation` an attribution. The
//! targets are the parts of the content; each body says by `label` which part of the attribution it is.

use serde::Serialize;

use super::words::{chain_names, name_of, words};
use saywho_contract::Reading;
use saywho_contract::offset::{Point, Points};
use saywho_contract::reading::{Attribution, Span};

/// Characters of text before and behind that help to find the words again when the text has moved.
const CONTEXT: usize = 32;

#[derive(Serialize)]
struct Collection {
    #[serde(rename = "@context")]
    context: &'static str,
    id: String,
    r#type: &'static str,
    label: String,
    generator: Generator,
    total: usize,
    first: Page,
}

#[derive(Serialize)]
struct Generator {
    r#type: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    id: String,
    r#type: &'static str,
    part_of: String,
    start_index: usize,
    items: Vec<Annotation>,
}

#[derive(Serialize)]
pub(crate) struct Annotation {
    pub(crate) id: String,
    pub(crate) r#type: &'static str,
    pub(crate) motivation: [&'static str; 2],
    pub(crate) body: Vec<Body>,
    pub(crate) target: Vec<Target>,
}

#[derive(Serialize)]
#[serde(tag = "type")]
pub(crate) enum Body {
    #[serde(rename = "TextualBody")]
    Text { label: &'static str, purpose: &'static str, format: &'static str, value: String },
    #[serde(rename = "SpecificResource")]
    Passage { label: &'static str, purpose: &'static str, source: String, selector: [Selector; 2] },
    #[serde(rename = "SpecificResource")]
    Link { label: &'static str, purpose: &'static str, source: String },
}

#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Target {
    Passage {
        r#type: &'static str,
        source: String,
        selector: [Selector; 2],
    },
    /// The whole document, for an attribution that marks no words.
    Document(String),
}

#[derive(Serialize)]
#[serde(tag = "type")]
pub(crate) enum Selector {
    #[serde(rename = "TextPositionSelector")]
    Position { start: Point, end: Point },
    #[serde(rename = "TextQuoteSelector")]
    Quote { exact: String, prefix: String, suffix: String },
}

/// The attributions of one document as an indented JSON-LD `AnnotationCollection`, positions in code points.
///
/// An address or path of the document becomes the source of the targets; a document without one gets a name
/// made from its text, so that annotations of the same text meet.
pub fn annotations(reading: &Reading) -> String {
    let document = &reading.document;
    let (name, source) = (text_name(&document.text), source_of(document.source.as_deref(), &document.text));
    let points = Points::of(&document.text);
    let items = reading.attributions.iter().map(|a| annotation(reading, &name, &source, a, &points)).collect();
    collection(name, document.title.clone().unwrap_or_else(|| document.id.clone()), items)
}

/// A collection with all its annotations on one page, as indented JSON-LD.
pub(crate) fn collection(name: String, label: String, items: Vec<Annotation>) -> String {
    let total = items.len();
    let page =
        Page { id: format!("{name}:page1"), r#type: "AnnotationPage", part_of: name.clone(), start_index: 0, items };
    let collection = Collection {
        context: "http://www.w3.org/ns/anno.jsonld",
        id: name,
        r#type: "AnnotationCollection",
        label,
        generator: Generator { r#type: "Software", name: "saywho" },
        total,
        first: page,
    };
    let mut json = serde_json::to_string_pretty(&collection).expect("a collection is plain data");
    json.push('\n');
    json
}

/// What targets name a document by: its address or path, else a name made from its text, so that annotations of the same text meet.
pub(crate) fn source_of(source: Option<&str>, text: &str) -> String {
    source.map_or_else(|| text_name(text), iri)
}

/// A name for a text that stays the same on every machine.
pub(crate) fn text_name(text: &str) -> String {
    format!("urn:saywho:{:016x}", fingerprint(text))
}

fn annotation(reading: &Reading, name: &str, source: &str, a: &Attribution, points: &Points) -> Annotation {
    let text = &reading.document.text;
    // An annotation needs a target: where no content is marked, the words that stand for the attribution.
    let marked = [&a.content, &a.cue, &a.source].into_iter().find(|spans| !spans.is_empty());
    let target = match marked {
        Some(spans) => selectors(text, spans, points)
            .map(|selector| Target::Passage { r#type: "SpecificResource", source: source.into(), selector })
            .collect(),
        None => vec![Target::Document(source.into())],
    };
    let mut body = spoken(reading, a);
    for (label, spans) in [("source", &a.source), ("cue", &a.cue)] {
        let passages = selectors(text, spans, points);
        body.extend(passages.map(|selector| Body::Passage {
            label,
            purpose: "highlighting",
            source: source.into(),
            selector,
        }));
    }
    body.extend(a.inside.as_ref().map(|outer| Body::Link {
        label: "inside",
        purpose: "linking",
        source: annotation_id(name, outer),
    }));
    Annotation {
        id: annotation_id(name, &a.id),
        r#type: "Annotation",
        motivation: ["identifying", "classifying"],
        body,
        target,
    }
}

/// Who spoke, to whom, through whom, and what kind of act it was.
fn spoken(reading: &Reading, a: &Attribution) -> Vec<Body> {
    let name = |id: &Option<String>| id.as_deref().map(|id| name_of(reading, id).to_owned());
    let chain = chain_names(reading, a);
    let rows = [
        ("speaker", "identifying", name(&a.speaker)),
        ("addressee", "identifying", name(&a.addressee)),
        ("chain", "describing", (!chain.is_empty()).then(|| chain.join(" > "))),
        ("act", "classifying", Some(a.act.name().to_owned())),
        ("polarity", "classifying", Some(a.polarity.name().to_owned())),
        ("type", "classifying", Some(a.kind.name().to_owned())),
        ("via", "describing", a.via.clone()),
        ("confidence", "assessing", Some(a.confidence.to_string())),
    ];
    told(rows)
}

/// What is told in words: for each row that has any its label, for what it is, and the words.
pub(crate) fn told<const N: usize>(rows: [(&'static str, &'static str, Option<String>); N]) -> Vec<Body> {
    let body = |(label, purpose, value): (_, _, Option<String>)| {
        Some(Body::Text { label, purpose, format: "text/plain", value: value? })
    };
    rows.into_iter().filter_map(body).collect()
}

fn selectors<'a>(text: &'a str, spans: &'a [Span], points: &'a Points) -> impl Iterator<Item = [Selector; 2]> + 'a {
    spans.iter().map(move |span| selector(text, *span, points))
}

/// The position of a span in code points, and its words with what stands about them.
pub(crate) fn selector(text: &str, span: Span, points: &Points) -> [Selector; 2] {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let prefix_start = before.char_indices().rev().take(CONTEXT).last().map_or(before.len(), |(at, _)| at);
    let quote = Selector::Quote {
        exact: words(text, span).into(),
        prefix: before[prefix_start..].into(),
        suffix: after.chars().take(CONTEXT).collect(),
    };
    let place = points.span(span);
    [Selector::Position { start: place.start, end: place.end }, quote]
}

pub(crate) fn annotation_id(name: &str, id: &str) -> String {
    format!("{name}:{}", escaped(id, |c| c.is_ascii_alphanumeric() || "-._".contains(c)))
}

/// The source as an IRI: an address as it stands, a path as a relative reference.
fn iri(source: &str) -> String {
    let scheme = source.split_once("://").map(|(scheme, _)| scheme);
    if scheme.is_some_and(|s| !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))) {
        // A percent sign stands for an escape already.
        escaped(source, |c| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c))
    } else {
        escaped(source, |c| c.is_ascii_alphanumeric() || "/-._~".contains(c))
    }
}

/// The words with every character that is not kept, white space and controls too, percent-encoded.
fn escaped(words: &str, keep: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if keep(c) {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                out += &format!("%{byte:02X}");
            }
        }
    }
    out
}

/// FNV-1a, 64 bits.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
