//! Attributions that share a sentence: "she said that it rains and warned of floods" has one subject, "according to her, he
//! said ..." is one attribution inside the other.

use std::collections::HashMap;

use super::graph::{AttributionId, Found, Graph, by_sentence};
use super::subject::BE;
use crate::table::Place;
use crate::text::token::{Case, TokenKind};
use crate::text::{SentenceId, Text, TokenId};

/// The longest source behind "according to", in tokens.
const LONGEST: usize = 16;

/// Gives a verb behind "and" the subject of the verb before, and takes it into the content that holds that one.
pub fn share_subject(text: &Text, found: &mut Graph) {
    let near = by_sentence(text, found, |f| f.cue.first());
    for i in found.places() {
        let Some(before) = verb_before(text, found, &near, i) else { continue };
        found[i].source = found[before].source.clone();
        let around = found[before].inside;
        if found[i].inside.is_none() {
            found.nest(i, around);
        }
        let (Some(&from), Some(&to)) = (found[before].content.last(), found[i].content.last()) else { continue };
        let mut outer = around;
        while let Some(o) = outer {
            let content = &mut found[o].content;
            content.extend(from.through(to));
            content.sort_unstable();
            content.dedup();
            outer = found[o].inside;
        }
    }
}

/// The attribution whose content ends right before an "and" behind which this one's verb stands without a subject; of
/// several the innermost. None that lies inside this one.
fn verb_before(
    text: &Text,
    found: &Graph,
    near: &HashMap<SentenceId, Vec<AttributionId>>,
    i: AttributionId,
) -> Option<AttributionId> {
    let this = &found[i];
    let &cue = this.cue.first().filter(|_| this.source.is_empty())?;
    let passive = this.cue.iter().any(|&t| BE.contains(&text.word(t)));
    let verb = text.case(cue) == Case::Lower && !passive;
    let and = cue.before().filter(|&t| verb && text.word(t) == "and")?;
    let last_word = text.tokens_before(and).find(|&t| text.tokens[t].kind == TokenKind::Word)?;
    let ends_there = |f: &Found| {
        let last = f.content.iter().rev().find(|&&t| text.tokens[t].kind == TokenKind::Word);
        last == Some(&last_word) && f.cue.first().is_some_and(|&cue| cue < last_word)
    };
    let same_sentence = near.get(&text.sentence_of[cue])?.iter().copied();
    let before =
        same_sentence.filter(|&j| ends_there(&found[j]) && !found[j].source.is_empty() && !found.is_within(j, i));
    before.max_by_key(|&j| found.depth(j))
}

/// "I want to ask you, will it rain?": what is wanted is to ask, and what is asked follows.
pub fn announced(text: &Text, found: &mut Graph) {
    for i in found.places() {
        let this = &found[i];
        let words: Vec<&str> = this.content.iter().map(|&t| text.word(t)).collect();
        let (["to", "ask" | "tell" | "say"] | ["to", "ask" | "tell", "you" | "him" | "her" | "them" | "everyone"]) =
            words[..]
        else {
            continue;
        };
        let last = this.content[words.len() - 1];
        let (end, sentence) = (last.next(), text.sentence_of[last]);
        let around = this.inside.map(|outer| &found[outer].content);
        let within = |t: &TokenId| {
            text.sentence_of.get(*t) == Some(&sentence) && around.is_none_or(|a| a.binary_search(t).is_ok())
        };
        let rest: Vec<TokenId> = text.tokens_from(end.next()).iter().take_while(within).collect();
        if !(within(&end) && matches!(text.word(end), "," | ":")) || rest.len() < 3 {
            continue;
        }
        let this = &mut found[i];
        let told = std::mem::replace(&mut this.content, rest);
        this.recipient.extend(told.get(2));
        this.cue.extend(told);
    }
}

/// "According to her, Vasca said ...": adds the attribution to her, around Vasca's.
pub fn according(text: &Text, found: &mut Graph) {
    let mut near = by_sentence(text, found, |f| f.cue.iter().chain(&f.source));
    for i in found.places() {
        if found[i].inside.is_some() {
            continue;
        }
        let Some((source, rest)) = first_words(text, &found[i]) else { continue };
        let taken = |&i: &AttributionId| {
            found[i].cue.iter().chain(&found[i].source).any(|&t| t < rest[0] && t.next() >= source[0])
        };
        let sentence = text.sentence_of[source[0]];
        if near.get(&sentence).is_some_and(|near| near.iter().any(taken)) {
            continue;
        }
        let cue = vec![source[0].back(2), source[0].back(1)];
        let outer = Found { source, cue, content: rest, confidence: found[i].confidence, ..Found::default() };
        let content = outer.content.clone();
        let place = found.push(outer);
        let mut sentences: Vec<SentenceId> = content.iter().map(|&t| text.sentence_of[t]).collect();
        sentences.dedup();
        for &i in sentences.iter().filter_map(|s| near.get(s)).flatten() {
            let holds = |t: &TokenId| content.binary_search(t).is_ok();
            if found[i].inside.is_none() && found[i].cue.iter().chain(&found[i].content).all(holds) {
                found.nest(i, Some(place));
            }
        }
        near.entry(sentence).or_default().push(place);
    }
}

/// The source behind "According to" at the head of the attribution's sentence and the rest of the sentence, if the
/// attribution's own source is the rest's first word.
fn first_words(text: &Text, found: &Found) -> Option<(Vec<TokenId>, Vec<TokenId>)> {
    let (&cue, &own) = (found.cue.first()?, found.source.first()?);
    let within = |t: &TokenId| text.sentence_of.get(*t) == Some(&text.sentence_of[cue]);
    let start = text.tokens_before(cue).take_while(within).last()?;
    if !(text.word(start) == "According" && text.word(start.next()) == "to") {
        return None;
    }
    let comma = start.plus(2).until(cue).iter().find(|&t| text.word(t) == ",")?;
    let subject = own == comma.next() && own < cue;
    let mut rest: Vec<TokenId> = text.tokens_from(comma.next()).iter().take_while(within).collect();
    // What goes on behind the sentence is quoted there.
    rest.extend(
        found.content.iter().filter(|&&t| rest.last().is_some_and(|&last| t > last)).copied().collect::<Vec<_>>(),
    );
    (subject && comma > start.plus(2) && start.distance(comma) <= LONGEST)
        .then(|| (start.plus(2).until(comma).iter().collect(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;

    fn at(index: usize) -> AttributionId {
        AttributionId::new(index)
    }

    fn tokens(text: &Text, words: &str) -> Vec<TokenId> {
        let start = text.text.find(words).unwrap();
        text.tokens_in(Span::new(start, start + words.len())).iter().collect()
    }

    fn found(text: &Text, source: &str, cue: &str, content: &str) -> Found {
        let source = if source.is_empty() { Vec::new() } else { tokens(text, source) };
        Found { source, cue: tokens(text, cue), content: tokens(text, content), ..Found::default() }
    }

    #[test]
    fn a_verb_behind_and_has_the_subject_of_the_one_before() {
        let text = Text::new("Brel said that Maren outlined her plan and stressed that it is fair.");
        let mut all = Graph::from(vec![
            found(&text, "Brel", "said", "that Maren outlined her plan"),
            found(&text, "Maren", "outlined", "her plan"),
            found(&text, "", "stressed", "that it is fair"),
        ]);
        all[at(1)].inside = Some(at(0));
        share_subject(&text, &mut all);
        assert_eq!((&all[at(2)].source, all[at(2)].inside), (&tokens(&text, "Maren"), Some(at(0))));
        assert_eq!(all[at(0)].content, tokens(&text, "that Maren outlined her plan and stressed that it is fair"));
    }

    #[test]
    fn a_verb_has_no_subject_from_within_its_own_content() {
        let text = Text::new("Maren said that it rains and warned of floods.");
        let mut all = Graph::from(vec![
            found(&text, "", "warned", "that it rains and warned of floods"),
            Found { inside: Some(at(0)), ..found(&text, "Maren", "said", "that it rains") },
        ]);
        share_subject(&text, &mut all);
        assert_eq!((all[at(0)].inside, all[at(1)].inside), (None, Some(at(0))));
    }

    #[test]
    fn a_passive_behind_and_has_none() {
        let text = Text::new("Maren said that it rains and was warned of floods.");
        let mut all = Graph::from(vec![
            found(&text, "Maren", "said", "that it rains"),
            found(&text, "", "was warned", "of floods"),
        ]);
        share_subject(&text, &mut all);
        assert!(all[at(1)].source.is_empty());
    }

    #[test]
    fn what_one_wants_to_ask_follows() {
        let text = Text::new("“I want to ask you, will it rain?” Lind said.");
        let mut all = Graph::from(vec![
            found(&text, "Lind", "said", "I want to ask you, will it rain?"),
            Found { inside: Some(at(0)), ..found(&text, "I", "want", "to ask you") },
        ]);
        announced(&text, &mut all);
        assert_eq!(
            (&all[at(1)].cue, &all[at(1)].content),
            (&tokens(&text, "want to ask you"), &tokens(&text, "will it rain?"))
        );
        assert_eq!(all[at(1)].recipient, tokens(&text, "you"));
    }

    #[test]
    fn according_to_holds_the_one_who_said_it() {
        let text = Text::new("According to her, Vasca also said that he was ill.");
        let mut all = Graph::from(vec![found(&text, "Vasca", "also said", "that he was ill")]);
        according(&text, &mut all);
        assert_eq!(
            (&all[at(1)].source, &all[at(1)].cue, all[at(0)].inside),
            (&tokens(&text, "her"), &tokens(&text, "According to"), Some(at(1)))
        );
        assert!(all[at(1)].content.starts_with(&tokens(&text, "Vasca also said that he was ill")));
        // The model may have seen it already.
        let mut all = Graph::from(vec![
            found(&text, "her", "According to", "Vasca also said that he was ill"),
            all[at(0)].clone(),
        ]);
        all[at(1)].inside = None;
        according(&text, &mut all);
        assert_eq!(all.len(), 2);
    }
}
