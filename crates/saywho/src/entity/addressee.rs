//! To whom it was said: "told the envoys", "warned Vasca", "said to her", "in an interview with Radio North".

use std::collections::HashMap;

use crate::attribution::Found;
use crate::attribution::act::{self, lemma};
use crate::attribution::recipient::{is_recipient, tells};
use crate::reading::Act;
use crate::table::Place;
use crate::text::token::{Case, TokenKind};
use crate::text::{Text, TokenId};
use crate::words;

/// Words at which the object of such a verb ends.
const ENDS: [&str; 33] = [
    "that", "to", "about", "of", "on", "in", "at", "with", "for", "not", "whether", "if", "how", "why", "what",
    "against", "during", "by", "as", "from", "after", "before", "when", "and", "who", "last", "this", "it", "is",
    "over", "then", "late", "early",
];

/// Texts and speeches that go to someone: "in a letter to the council".
const MESSAGES: [&str; 17] = [
    "submission",
    "petition",
    "complaint",
    "request",
    "letter",
    "memo",
    "email",
    "message",
    "note",
    "speech",
    "remarks",
    "address",
    "testimony",
    "appeal",
    "statement",
    "comments",
    "report",
];

/// Words for some of many: who they are stands behind "of".
const PARTS: [&str; 14] = [
    "one",
    "some",
    "many",
    "several",
    "most",
    "members",
    "group",
    "crowd",
    "gathering",
    "audience",
    "number",
    "dozens",
    "hundreds",
    "thousands",
];

/// The tokens of the addressee, if the sentence names one outside of the content.
pub fn addressee(text: &Text, found: &Found) -> Option<Vec<TokenId>> {
    let &last = found.cue.last()?;
    if !found.recipient.is_empty() {
        return Some(found.recipient.clone());
    }
    let verb = found.cue.iter().rev().copied().find(|&t| tells(text.word(t)));
    let told = verb.map(|verb| object(text, found, verb.next())).filter(|o| !o.is_empty());
    // "told one of the envoys", but "informed the council of the ban".
    let told = told
        .map(|o| if o.last().is_some_and(|&t| PARTS.contains(&text.word(t))) { with_of(text, found, o) } else { o });
    let attention =
        || found.cue.windows(2).find(|w| lemma(text.word(w[0])) == "draw").map(|w| object(text, found, w[1]));
    let told = told.or_else(attention).or_else(|| behind_to(text, found, last));
    told.or_else(|| partner(text, found)).or_else(|| spoken_to(text, found))
}

/// "The crew were told that ...", "was warned by": who is told by the passive can hear; "was questioned" may be a need.
pub fn is_told(text: &Text, found: &Found) -> bool {
    let before = found.recipient.last().zip(found.cue.last()).is_some_and(|(told, cue)| told < cue);
    let cue: Vec<&str> = found.cue.iter().map(|&t| text.word(t)).collect();
    let heard = |cue: &[&str]| matches!(act::act(cue, false), Act::Say | Act::Inform | Act::Warn);
    before && heard(&cue) && found.cue.iter().any(|&t| tells(text.word(t)))
}

/// "insisted that the council accept it": who is to act is the one addressed.
pub fn asked_party(text: &Text, found: &Found, ends: &HashMap<TokenId, TokenId>) -> Option<Vec<TokenId>> {
    let cue: Vec<&str> = found.cue.iter().map(|&t| text.word(t)).collect();
    let demands = act::act(&cue, false) == Act::Demand;
    let skip = usize::from(found.content.first().is_some_and(|&t| text.word(t) == "that"));
    let article = usize::from(found.content.get(skip).is_some_and(|&t| matches!(text.word(t), "the" | "The")));
    let start = *found.content.get(skip + article)?;
    let end = *ends.get(&start)?;
    demands.then(|| start.until(end).iter().collect())
}

/// The noun phrase that starts at a token: up to a closing word, a mark or the content.
fn object(text: &Text, found: &Found, start: TokenId) -> Vec<TokenId> {
    let sentence = text.sentence_of[start.back(1)];
    let word = |t: TokenId| text.word_at(t);
    // The cue may take in the object ("informed Vasca about"), but ends with a verb of its own in "the brief said".
    let pronoun = |t: TokenId| matches!(word(t), "him" | "her" | "them" | "me" | "us" | "you");
    let verb = |t: TokenId| found.cue.last() == Some(&t) && text.case(t) == Case::Lower && !pronoun(t);
    let goes_on = |&t: &TokenId| {
        let within = text.sentence_of[t] == sentence && !found.source.contains(&t) && !verb(t);
        let content = found.content.first() == Some(&t) && !matches!(word(t), "the" | "The");
        within && !content && !ENDS.contains(&word(t)) && (text.tokens[t].kind == TokenKind::Word || word(t) == "-")
    };
    let phrase: Vec<TokenId> = text.tokens_from(start).iter().take_while(goes_on).take(8).collect();
    let end = start.plus(phrase.len());
    let attention = word(end.plus(2)) == "attention";
    if phrase.is_empty() || attention || !(matches!(word(end), "’" | "'") && word(end.next()) == "s") {
        return phrase;
    }
    // "Radio North’s Ada Lind", "Radio North’s “Morning Hour”"; a thing that someone owns is not spoken to.
    let owned = end.plus(2);
    let capital = |t: TokenId| !matches!(text.case(t), Case::Lower | Case::None);
    let office = words::is_modifier(word(owned)) && words::is_title(word(owned.next()));
    let spoken_to = owned < text.tokens.end()
        && !found.content.contains(&owned)
        && (matches!(word(owned), "“" | "\"" | "‘") || capital(owned) || words::is_title(word(owned)) || office);
    match spoken_to {
        true => {
            let rest = text.tokens_from(owned.next()).iter().take_while(goes_on).take(4);
            phrase.into_iter().chain(end.through(owned)).chain(rest).collect()
        }
        false => Vec::new(),
    }
}

/// "said to her": the noun phrase behind a "to" in or right behind the cue.
fn behind_to(text: &Text, found: &Found, last: TokenId) -> Option<Vec<TokenId>> {
    let to = |t: &TokenId| text.word(*t) == "to" && text.sentence_of[*t] == text.sentence_of[last];
    let near = text.tokens_from(last).iter().take(2).find(to);
    let inside = found.cue.iter().rev().copied().find(|&t| text.word(t) == "to");
    let at = inside.or(near).filter(|t| !found.content.contains(t))?;
    let object = object(text, found, at.next());
    (!object.is_empty() && is_recipient(text, &object)).then_some(object)
}

/// The tokens of the cue's sentence that are no content, up to a little behind the cue.
fn around<'f>(text: &'f Text, found: &'f Found) -> impl Iterator<Item = TokenId> + 'f {
    let (first, last) = (found.cue[0], found.cue[found.cue.len() - 1]);
    let sentence = text.sentence_of[first];
    let start = text.tokens_before(first).take_while(move |&t| text.sentence_of[t] == sentence).last().unwrap_or(first);
    let end = last.plus(12).min(text.tokens.end());
    let own = move |t: &TokenId| text.sentence_of[*t] == sentence && found.content.binary_search(t).is_err();
    start.until(end).iter().filter(own)
}

/// "in an interview with Radio North": with whom; "in the interview" goes back to it.
fn partner(text: &Text, found: &Found) -> Option<Vec<TokenId>> {
    // "said after a call with Maren": not to her.
    let later = |t: TokenId| {
        t.back(3).until(t).iter().any(|b| matches!(text.word(b), "after" | "before" | "following" | "since" | "ahead"))
    };
    let talk = |&t: &TokenId| {
        !later(t)
            && matches!(
                text.word(t),
                "interview" | "call" | "conversation" | "discussion" | "talks" | "spoke" | "meeting"
            )
            && text.word_at(t.next()) == "with"
    };
    let again = |&t: &TokenId| text.word(t) == "interview" && matches!(text.word_before(t), "the" | "same" | "that");
    let earlier = || {
        let at = around(text, found).find(again)?;
        text.tokens_before(at).find(|&t| text.word(t) == "interview" && talk(&t))
    };
    let with = around(text, found).find(talk).or_else(earlier)?.next();
    let object = object(text, found, with.next());
    (!object.is_empty()).then_some(object)
}

/// "testified before the Harbour Council", "said in front of the assembly": the tokens of the name behind it, if one stands there.
pub fn audience(text: &Text, found: &Found) -> Option<Vec<TokenId>> {
    let &last = found.cue.last()?;
    let word = |t: TokenId| text.word_at(t);
    let behind = |t: TokenId| match word(t) {
        "before" => Some(t.next()),
        "front" if text.word_before(t) == "in" && word(t.next()) == "of" => Some(t.plus(2)),
        _ => None,
    };
    let start = around(text, found).filter(|&t| t > last).find_map(behind)?;
    let name = start.plus(usize::from(matches!(word(start), "the" | "a" | "an" | "his" | "her" | "their")));
    // "before May", "before Monday": no audience.
    let named = text.tokens.get(name)?.case(text.text) != Case::Lower && !words::is_calendar(word(name));
    named.then(|| vec![name])
}

/// "I told myself": to whom it was said is who says it.
pub fn is_to_oneself(text: &Text, found: &Found) -> bool {
    let Some(&last) = found.cue.last() else { return false };
    let told = found.cue.iter().any(|&t| tells(text.word(t)));
    let mut near = found.cue.iter().copied().chain([last.next()]).filter(|&t| t < text.tokens.end());
    told && near
        .any(|t| matches!(text.word(t), "myself" | "yourself" | "himself" | "herself" | "themselves" | "ourselves"))
}

/// "spoke to a gathering of fishers, promising ...", "in a letter to the council".
fn spoken_to(text: &Text, found: &Found) -> Option<Vec<TokenId>> {
    let own = |&t: &TokenId| found.cue.contains(&t) || found.source.last().is_none_or(|&s| t > s);
    let speaks = |&t: &TokenId| {
        let word = text.word(t);
        let verb = matches!(word, "spoke" | "speaking" | "wrote" | "writing") && own(&t);
        (verb || MESSAGES.contains(&word)) && text.word_at(t.next()) == "to"
    };
    let to = around(text, found).find(speaks)?.next();
    let object = with_of(text, found, object(text, found, to.next()));
    (!object.is_empty() && is_recipient(text, &object)).then_some(object)
}

/// "a gathering of fishers": a noun phrase with the people behind "of", who tell who it is.
fn with_of(text: &Text, found: &Found, mut object: Vec<TokenId>) -> Vec<TokenId> {
    let of = object.last().map(|last| last.next()).filter(|&t| text.word_at(t) == "of");
    if let Some(of) = of {
        object.push(of);
        object.extend(self::object(text, found, of.next()));
    }
    object
}
