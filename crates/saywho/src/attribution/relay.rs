//! Sources of sources within one sentence: "CNN, citing two officials, reported that ..." is two attributions of the same
//! content, one inside the other; so is "she quoted the minister".

use std::collections::HashMap;

use super::graph::{AttributionId, Found, Graph, by_sentence, inner};
use crate::table::Place;
use crate::text::token::{Case, TokenKind};
use crate::text::{SentenceId, Text, TokenId};

/// Words with which a source names its own source.
pub const CITING: [&str; 3] = ["citing", "quoting", "referencing"];

/// Adds the inner attribution for each relayed one.
pub fn add(text: &Text, found: &mut Graph) {
    let inner_of = inner(found);
    let mut by_cue: HashMap<TokenId, Vec<AttributionId>> = HashMap::new();
    for (i, f) in found.entries() {
        f.cue.first().into_iter().for_each(|&cue| by_cue.entry(cue).or_default().push(i));
    }
    let mut swallowed = found.with(false);
    for i in found.places() {
        let Some(relayed) = citing(text, &found[i]).or_else(|| quoted(text, &found[i])) else { continue };
        // Within a content only what is relayed within it.
        let within = |outer: AttributionId| {
            let content = &found[outer].content;
            relayed.outer.iter().chain(&relayed.inner).all(|t| content.binary_search(t).is_ok())
        };
        if found[i].inside.is_some_and(|outer| !within(outer)) {
            continue;
        }
        // What the model took for an attribution of its own: "citing" as a cue, the source's source as a content.
        let part = |k: AttributionId| k != i && found[k].content.iter().all(|t| relayed.inner.contains(t));
        let same_cue = relayed.cue.iter().filter_map(|cue| by_cue.get(cue)).flatten();
        same_cue.filter(|&&k| part(k)).for_each(|&k| swallowed[k] = true);
        found[i].content.retain(|t| !relayed.inner.contains(t) && !relayed.outer.contains(t));
        found[i].source = relayed.outer;
        let inner = Found { source: relayed.inner, cue: relayed.cue, inside: Some(i), ..found[i].clone() };
        let innermost = found.push(inner);
        for &within in &inner_of[i] {
            found.nest(within, Some(innermost));
        }
    }
    found.remove(&swallowed);
    for i in found.read() {
        if let Some((outer, inner)) = cited(text, &found[i]) {
            found[i].source = inner;
            let outer = found.push(outer);
            found.nest(i, Some(outer));
        }
    }
}

/// "X, citing Y, said": what X says, where only the citing was found, and who Y is.
fn cited(text: &Text, found: &Found) -> Option<(Found, Vec<TokenId>)> {
    let [verb] = found.cue[..] else { return None };
    let before = verb.before().filter(|&t| CITING.contains(&text.word(verb)) && text.word(t) == ",")?;
    let &first = found.content.first().filter(|&&first| first > verb)?;
    let comma = verb.next().until(first).iter().find(|&t| text.word(t) == ",")?;
    let (inner, cue): (Vec<TokenId>, Vec<TokenId>) =
        (verb.next().until(comma).iter().collect(), comma.next().until(first).iter().collect());
    let words = |part: &[TokenId]| !part.is_empty() && part.iter().all(|&t| text.tokens[t].kind == TokenKind::Word);
    let source = subject_before(text, before).or_else(|| phrase_before(text, before))?;
    let own = found.source.iter().all(|t| inner.contains(t) || source.contains(t));
    (own && words(&inner) && words(&cue) && cue.len() <= 3).then(|| (Found { source, cue, ..found.clone() }, inner))
}

/// "Maren said ... This was reported by Radio North.": what the sentence before tells lies inside the report.
pub fn refer_back(text: &Text, found: &mut Graph) {
    let near = by_sentence(text, found, |f| f.cue.first());
    for i in found.places() {
        let Some(sentence) = referred(text, &found[i]) else { continue };
        for &k in near.get(&sentence).into_iter().flatten() {
            if found[k].inside.is_none() && !found.is_within(i, k) {
                found.nest(k, Some(i));
            }
        }
    }
}

/// The sentence that the "This" of "This was reported by ..." stands for.
pub fn referred(text: &Text, found: &Found) -> Option<SentenceId> {
    let [this] = found.content[..] else { return None };
    let passive = found.inside.is_none() && found.cue.last().is_some_and(|&t| text.word(t) == "by");
    (passive && matches!(text.word(this), "This" | "That" | "It")).then(|| text.sentence_of[this].before())?
}

/// The outer source, the inner one, and the cue between them.
struct Relayed {
    outer: Vec<TokenId>,
    inner: Vec<TokenId>,
    cue: Vec<TokenId>,
}

/// "X, citing Y, said": X is the source of the outer attribution, Y of the inner one.
fn citing(text: &Text, found: &Found) -> Option<Relayed> {
    let &cue = found.cue.first()?;
    let sentence = text.sentence_of[cue];
    let verb = text
        .tokens_before(cue)
        .take_while(|&t| text.sentence_of[t] == sentence)
        .take(20)
        .find(|&t| CITING.contains(&text.word(t)))?;
    let inner: Vec<TokenId> = verb.next().until(cue).iter().take_while(|&t| text.word(t) != ",").collect();
    let before = if text.word(verb.before()?) == "," { verb.back(1) } else { verb };
    let source: Vec<TokenId> = found.source.iter().copied().filter(|&t| t < before).collect();
    let whole = Some(source).filter(|s| s.last().is_some_and(|last| last.next() == before));
    let outer = whole.or_else(|| subject_before(text, before)).or_else(|| phrase_before(text, before))?;
    // Only if what stands between is the source's source and the cue is X's own.
    let own = found.source.iter().all(|t| outer.contains(t) || inner.contains(t) || *t == verb || text.word(*t) == ",");
    let close = inner.last().is_some_and(|&t| t.distance(cue) <= 4)
        && !inner.iter().any(|t| found.content.contains(t) && found.content.len() <= inner.len());
    (own && close).then_some(Relayed { outer, inner, cue: vec![verb] })
}

/// "..., she quoted the minister as saying": she is the outer source, the minister the inner one.
fn quoted(text: &Text, found: &Found) -> Option<Relayed> {
    let &cue = found.cue.iter().find(|&&t| matches!(text.word(t), "quoted" | "quotes" | "cited"))?;
    let outer = subject_before(text, cue)?;
    let inner = object_after(text, cue);
    let rest = found.content.iter().any(|t| !inner.contains(t));
    (!inner.is_empty() && rest).then_some(Relayed { outer, inner, cue: vec![cue] })
}

/// The name or pronoun that stands directly before a token.
pub fn subject_before(text: &Text, behind: TokenId) -> Option<Vec<TokenId>> {
    let mut start = behind;
    let goes_on = |t: &TokenId| text.sentence_of[*t] == text.sentence_of[behind] && is_name_or_pronoun(text, *t);
    while let Some(before) = start.before().filter(goes_on) {
        start = before;
    }
    (start < behind).then(|| start.until(behind).iter().collect())
}

/// "The fishermen’s union": what a sentence begins with, if an article opens it and nothing but words stands before a token.
pub fn phrase_before(text: &Text, behind: TokenId) -> Option<Vec<TokenId>> {
    let same = |&t: &TokenId| text.sentence_of[t] == text.sentence_of[behind];
    let start = text.tokens_before(behind).take_while(same).last()?;
    let plain = |t: TokenId| text.tokens[t].kind == TokenKind::Word || matches!(text.word(t), "’" | "'");
    let opens = matches!(text.word(start), "The" | "A" | "An" | "Its" | "His" | "Her" | "Their");
    (opens && start.distance(behind) <= 8 && start.until(behind).iter().all(plain))
        .then(|| start.until(behind).iter().collect())
}

/// Whether a token is a name's or a third person's.
pub fn is_name_or_pronoun(text: &Text, token: TokenId) -> bool {
    let t = text.tokens[token];
    t.kind == TokenKind::Word
        && (matches!(text.word(token), "he" | "she" | "it" | "they")
            || !matches!(t.case(text.text), Case::Lower | Case::None))
}

/// The noun phrase behind a verb: up to a mark, "as", or the end of the sentence.
fn object_after(text: &Text, verb: TokenId) -> Vec<TokenId> {
    let same = |t: &TokenId| *t < text.tokens.end() && text.sentence_of[*t] == text.sentence_of[verb];
    let ends = |t: &TokenId| {
        matches!(text.word(*t), "as" | "who" | "that" | "saying")
            || (text.tokens[*t].kind == TokenKind::Mark && text.word(*t) != "’")
    };
    text.tokens_from(verb.next()).iter().take_while(same).take_while(|t| !ends(t)).take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;

    #[test]
    fn what_this_refers_back_to_lies_inside() {
        let text = Text::new("Maren said it rains. This was reported by Radio North.");
        let tokens = |words: &str| -> Vec<TokenId> {
            let start = text.text.find(words).unwrap();
            text.tokens_in(Span::new(start, start + words.len())).iter().collect()
        };
        let found = |source: &str, cue: &str, content: &str| {
            let (source, cue, content) = (tokens(source), tokens(cue), tokens(content));
            Found { source, cue, content, ..Found::default() }
        };
        let said = found("Maren", "said", "it rains");
        let report = found("Radio North", "was reported by", "This");
        let mut found = Graph::from(vec![said, report]);
        refer_back(&text, &mut found);
        let inside: Vec<Option<AttributionId>> = found.iter().map(|f| f.inside).collect();
        assert_eq!(inside, [Some(AttributionId::new(1)), None]);
    }
}
