//! Sources of sources within one sentence: "CNN, citing two officials, reported that ..." is two attributions of the same
//! content, one inside the other; so is "she quoted the minister".

use super::Found;
use crate::text::Text;
use crate::text::token::{Case, TokenKind};

/// Words with which a source names its own source.
const CITING: [&str; 3] = ["citing", "quoting", "referencing"];

/// Adds the inner attribution for each relayed one among `found[first..]`.
pub fn add(text: &Text, found: &mut Vec<Found>, first: usize) {
    for i in first..found.len() {
        let relayed = citing(text, &found[i]).or_else(|| quoted(text, &found[i]));
        let Some((outer, source, cue)) = relayed else { continue };
        found[i].source = outer;
        let inner = Found { source, cue, inside: Some(i), ..found[i].clone() };
        found.push(inner);
    }
}

type Relayed = (Vec<usize>, Vec<usize>, Vec<usize>);

/// "X, citing Y, said": X is the source of the outer attribution, Y of the inner one.
fn citing(text: &Text, found: &Found) -> Option<Relayed> {
    let (&start, &cue) = (found.source.first()?, found.cue.first()?);
    let clause = start..cue;
    let verb = clause.clone().find(|&t| CITING.contains(&text.word(t)))?;
    let outer: Vec<usize> = (start..verb).filter(|&t| text.word(t) != ",").collect();
    let source: Vec<usize> = (verb + 1..cue).take_while(|&t| text.word(t) != ",").collect();
    let whole = !outer.is_empty() && !source.is_empty() && text.sentence_of[start] == text.sentence_of[cue];
    whole.then(|| (outer, source, vec![verb]))
}

/// "..., she quoted the minister as saying": she is the outer source, the minister the inner one.
fn quoted(text: &Text, found: &Found) -> Option<Relayed> {
    let &cue = found.cue.iter().find(|&&t| matches!(text.word(t), "quoted" | "quotes" | "cited"))?;
    let subject = subject_before(text, cue)?;
    let object = object_after(text, cue);
    let whole = !object.is_empty() && !object.iter().any(|t| found.content.contains(t));
    whole.then(|| (subject, object, vec![cue]))
}

/// The name or pronoun that stands directly before a verb.
fn subject_before(text: &Text, verb: usize) -> Option<Vec<usize>> {
    let mut start = verb;
    while start > 0 && text.sentence_of[start - 1] == text.sentence_of[verb] && is_name_or_pronoun(text, start - 1) {
        start -= 1;
    }
    (start < verb).then(|| (start..verb).collect())
}

fn is_name_or_pronoun(text: &Text, token: usize) -> bool {
    let t = text.tokens[token];
    t.kind == TokenKind::Word && (matches!(text.word(token), "he" | "she" | "it" | "they") || !matches!(t.case(text.text), Case::Lower | Case::None))
}

/// The noun phrase behind a verb: up to a mark, "as", or the end of the sentence.
fn object_after(text: &Text, verb: usize) -> Vec<usize> {
    let same = |t: &usize| *t < text.tokens.len() && text.sentence_of[*t] == text.sentence_of[verb];
    let ends = |t: &usize| matches!(text.word(*t), "as" | "who" | "that" | "saying") || (text.tokens[*t].kind == TokenKind::Mark && text.word(*t) != "’");
    (verb + 1..).take_while(same).take_while(|t| !ends(t)).take(12).collect()
}
