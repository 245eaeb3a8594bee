//! What is sought: the quoted and the reported passages of an article.

use std::collections::HashMap;

use saywho::Span;
use saywho::reading::UnitKind;
use saywho::reading::{Act, Attribution, AttributionType, Entity, EntityKind, Polarity, Reading};
use saywho_english::text::paragraph::paragraphs;
use saywho_english::text::quote::{Quote, quotes, with_set_off};
use saywho_english::words;

use crate::lexicon;
use crate::speaker::Voice;
use crate::words::{Vocabulary, words as words_of};

/// Quotation marks that no attribution took hold a quotation if they hold so many words; fewer are a turn of phrase.
const UNTAKEN: usize = 3;

/// Reports of fewer words cannot be checked.
const REPORT: usize = 4;

/// How far before a pronoun the one it means may have spoken (bytes).
const PRONOUN_REACH: usize = 800;

/// What a reported clause begins with.
const CLAUSES: [&str; 3] = ["that ", "whether ", "how "];

/// A passage of an article.
#[derive(Debug, Clone)]
pub struct Sought {
    /// Id of its attribution.
    pub attribution: Option<String>,
    /// Joins the parts of one quotation.
    pub group: Option<String>,
    /// Its place (bytes).
    pub span: Span,
    /// Whether it is quoted.
    pub quoted: bool,
    /// Whether it goes on with a clause of the article.
    pub reported: bool,
    /// Whether what is said or the saying is negated: "denied that".
    pub negated: bool,
    /// What the article names in it, each with its fullest name: "Brel" is Norrland.
    pub aliases: Vec<(Span, String)>,
    /// Whom the article credits; a pronoun may mean one of several.
    pub voices: Vec<Voice>,
}

/// The passages of an article, in order. `groups` counts the groups over all articles.
pub fn sought(reading: &Reading, vocabulary: &mut Vocabulary, groups: &mut usize) -> Vec<Sought> {
    let text = &reading.document.text;
    let mut found = Vec::new();
    let mut length = |span: Span| words_of(text, span, vocabulary).len();
    let quotes = outer_quotes(reading);
    for quote in &quotes {
        let span = inner(text, *quote);
        let attribution = of_quote(reading, quote.span);
        if length(span) >= if attribution.is_some() { 1 } else { UNTAKEN } {
            found.push(passage(reading, attribution, span, true));
        }
    }
    let in_quote = |span: Span| quotes.iter().any(|q| q.span.overlaps(span));
    for attribution in &reading.attributions {
        let hull = hull(attribution);
        let Some(hull) = hull.filter(|hull| !in_quote(*hull) && attribution.told.is_none()) else { continue };
        if reading.document.boilerplate.iter().any(|b| b.overlaps(hull)) {
            continue;
        }
        match attribution.kind {
            // A turn, or lines under a name.
            AttributionType::Direct if attribution.inside.is_none() => {
                found.extend(attribution.content.iter().map(|c| passage(reading, Some(attribution), *c, true)));
            }
            AttributionType::Indirect if is_report(reading, attribution) => {
                let span = bare(text, hull);
                if length(span) >= REPORT {
                    found.push(passage(reading, Some(attribution), span, false));
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|p| (p.span.start, p.span.end));
    found.dedup_by_key(|p| p.span);
    group(&mut found, groups);
    found
}

/// Quotations that stand in no other.
fn outer_quotes(reading: &Reading) -> Vec<Quote> {
    let text = &reading.document.text;
    let paragraphs = paragraphs(text);
    let set_off: Vec<_> = reading.document.units.iter().filter(|u| u.kind == UnitKind::Quotation).copied().collect();
    let quotes = with_set_off(text, &paragraphs, quotes(text, &paragraphs), &set_off);
    quotes.into_iter().filter(|q| q.depth == 0).collect()
}

/// The words of a quotation without its marks.
fn inner(text: &str, quote: Quote) -> Span {
    let is_mark = |c: char| matches!(c, '“' | '”' | '"' | '‘' | '’' | '\'' | '«' | '»' | '„' | '‹' | '›' | '`');
    let words = quote.span.of(text);
    let front = words.trim_start_matches(|c: char| is_mark(c) || c.is_whitespace());
    let start = quote.span.end - front.len();
    let back =
        if quote.closed { front.trim_end_matches(|c: char| is_mark(c) || c.is_whitespace()) } else { front.trim_end() };
    Span::new(start, start + back.len())
}

/// The attribution of a quotation: the innermost one that holds it and whose own words stand outside.
fn of_quote(reading: &Reading, quote: Span) -> Option<&Attribution> {
    let holds = |a: &&Attribution| {
        let shared: usize =
            a.content.iter().map(|c| c.end.min(quote.end).saturating_sub(c.start.max(quote.start))).sum();
        let inside = a.cue.iter().chain(&a.source).any(|s| quote.contains(*s));
        a.kind != AttributionType::Indirect && !inside && 2 * shared > quote.end - quote.start
    };
    let length = |a: &&Attribution| a.content.iter().map(|c| c.end - c.start).sum::<usize>();
    // Of two with the same words the later one is the inner: "she quoted the secretary".
    reading.attributions.iter().rev().filter(holds).min_by_key(length)
}

/// From the first to the last word of what is ascribed.
fn hull(attribution: &Attribution) -> Option<Span> {
    Some(Span::new(attribution.content.first()?.start, attribution.content.last()?.end))
}

/// Whether somebody reports words: a clause, or what is said or told; not what is thought, wanted or done, nor what a report
/// tells within a report.
fn is_report(reading: &Reading, attribution: &Attribution) -> bool {
    let text = &reading.document.text;
    let says = !matches!(attribution.act, Act::Believe | Act::Want | Act::Discuss);
    let outer = attribution.inside.as_deref().and_then(|id| reading.attribution(id));
    let of = |span: &Span| span.of(text).to_lowercase();
    let cue: Vec<String> = attribution.cue.iter().map(of).collect();
    let cue = cue.join(" ");
    let spoken = cue.split_whitespace().any(words::is_saying) || cue == "according to";
    let clause = attribution.content.first().is_some_and(|c| CLAUSES.iter().any(|word| of(c).starts_with(word)));
    says && (spoken || clause) && outer.is_none_or(|outer| outer.told.is_some())
}

/// A report without the conjunction before and the marks behind it.
fn bare(text: &str, span: Span) -> Span {
    let words = span.of(text).trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '%'));
    let front = CLAUSES.iter().find_map(|c| words.strip_prefix(*c)).unwrap_or(words);
    let start = span.start + words.len() - front.len();
    Span::new(start, start + front.len())
}

fn passage(reading: &Reading, attribution: Option<&Attribution>, span: Span, quoted: bool) -> Sought {
    let text = &reading.document.text;
    let opens_small = span.of(text).chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    Sought {
        attribution: attribution.map(|a| a.id.clone()),
        group: None,
        span,
        quoted,
        reported: opens_small,
        negated: attribution.is_some_and(|a| a.act == Act::Deny && a.polarity == Polarity::Negated),
        aliases: if quoted { Vec::new() } else { aliases(reading, span) },
        voices: attribution.map_or(Vec::new(), |a| voices(reading, a)),
    }
}

/// The names within a passage with the fullest name of each.
fn aliases(reading: &Reading, span: Span) -> Vec<(Span, String)> {
    let named = reading.entities.iter().filter(|e| e.kind != EntityKind::Unnamed);
    let within = |e: &Entity| {
        e.mentions.iter().filter(|m| span.contains(**m)).map(|m| (*m, e.name.to_lowercase())).collect::<Vec<_>>()
    };
    named.flat_map(within).collect()
}

/// Whom an attribution credits. A pronoun may also mean the one who was named last as a source.
fn voices(reading: &Reading, attribution: &Attribution) -> Vec<Voice> {
    let text = &reading.document.text;
    let mut voices: Vec<Voice> = Voice::of(reading, attribution).into_iter().collect();
    let word = |a: &Attribution| a.source.first().map_or(String::new(), |s| s.of(text).to_lowercase());
    if !lexicon::is_person(&word(attribution)) {
        return voices;
    }
    let Some(at) = attribution.source.first().map(|s| s.start) else { return voices };
    let named = reading.attributions.iter().rev().filter(|a| {
        let place = a.source.first().map_or(usize::MAX, |s| s.start);
        place < at && at - place < PRONOUN_REACH && !lexicon::is_person(&word(a)) && a.inside.is_none()
    });
    voices.extend(named.filter_map(|a| Voice::of(reading, a)).next());
    voices
}

/// Gives the parts of one quotation their common group.
fn group(found: &mut [Sought], groups: &mut usize) {
    let mut parts: HashMap<String, usize> = HashMap::new();
    let id = |p: &Sought| p.attribution.clone().filter(|_| p.quoted);
    for id in found.iter().filter_map(id) {
        *parts.entry(id).or_default() += 1;
    }
    let mut names: HashMap<String, String> = HashMap::new();
    for passage in found {
        let Some(id) = id(passage).filter(|id| parts.get(id).is_some_and(|&n| n > 1)) else { continue };
        let name = names.entry(id).or_insert_with(|| {
            *groups += 1;
            format!("g{groups}")
        });
        passage.group = Some(name.clone());
    }
}
