//! To whom it was said: "told the envoys", "warned Vasca", "said to her", "in an interview with Radio North".

use crate::attribution::Found;
use crate::attribution::act::lemma;
use crate::attribution::recipient::{is_recipient, tells};
use crate::text::Text;
use crate::text::token::TokenKind;

/// Words at which the object of such a verb ends.
const ENDS: [&str; 33] = [
    "that", "to", "about", "of", "on", "in", "at", "with", "for", "not", "whether", "if", "how", "why", "what",
    "against", "during", "by", "as", "from", "after", "before", "when", "and", "who", "last", "this", "it", "is",
    "over", "then", "late", "early",
];

/// The tokens of the addressee, if the sentence names one between the verb and the content.
pub fn addressee(text: &Text, found: &Found) -> Option<Vec<usize>> {
    let &last = found.cue.last()?;
    if !found.recipient.is_empty() {
        return Some(found.recipient.clone());
    }
    let verb = found.cue.iter().rev().copied().find(|&t| tells(text.word(t)));
    let told = verb.map(|verb| object(text, found, verb + 1)).filter(|o| !o.is_empty());
    let attention =
        || found.cue.windows(2).find(|w| lemma(text.word(w[0])) == "draw").map(|w| object(text, found, w[1]));
    told.or_else(attention).or_else(|| behind_to(text, found, last)).or_else(|| partner(text, found, last))
}

/// The noun phrase that starts at a token: up to a closing word, a mark or the content.
fn object(text: &Text, found: &Found, start: usize) -> Vec<usize> {
    let sentence = text.sentence_of[start - 1];
    let goes_on = |&t: &usize| {
        let word = text.word(t);
        let within = text.sentence_of[t] == sentence && !found.source.contains(&t);
        let content = found.content.first() == Some(&t) && !matches!(word, "the" | "The");
        within && !content && !ENDS.contains(&word) && (text.tokens[t].kind == TokenKind::Word || word == "-")
    };
    (start..text.tokens.len()).take_while(goes_on).take(8).collect()
}

/// "said to her", "in a letter to the council": the noun phrase behind a "to" in or right behind the cue.
fn behind_to(text: &Text, found: &Found, last: usize) -> Option<Vec<usize>> {
    let near = (last..(last + 2).min(text.tokens.len()))
        .find(|&t| text.word(t) == "to" && text.sentence_of[t] == text.sentence_of[last]);
    let inside = found.cue.iter().rev().copied().find(|&t| text.word(t) == "to");
    let at = inside.or(near).filter(|t| !found.content.contains(t))?;
    let object = object(text, found, at + 1);
    (!object.is_empty() && is_recipient(text, &object)).then_some(object)
}

/// "in an interview with Radio North": with whom, in or shortly behind the cue.
fn partner(text: &Text, found: &Found, last: usize) -> Option<Vec<usize>> {
    let sentence = text.sentence_of[last];
    let talk = |&t: &usize| {
        matches!(text.word(t), "interview" | "call" | "conversation" | "discussion" | "talks" | "spoke" | "meeting")
            && text.sentence_of[t] == sentence
            && text.tokens.get(t + 1).is_some_and(|_| text.word(t + 1) == "with")
    };
    let with = (found.cue[0]..(last + 7).min(text.tokens.len())).find(talk)? + 1;
    let object = object(text, found, with + 1);
    (!object.is_empty()).then_some(object)
}
