//! Whom a noun phrase means: a name, a title, a pronoun, a text that speaks, or someone unnamed.

use super::gender::{self, Gender};
use crate::table::Place;
use crate::text::token::{Case, TokenKind};
use crate::text::{Text, TokenId};
use crate::words;

/// What a source or addressee phrase turns out to be. Ranges and indices are tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phrase {
    /// No words at all.
    Nothing,
    /// "he", "she", "her", and what stands for these words; empty where either may be meant
    Person(String),
    /// "it", "they", "its"
    Thing(String),
    /// "I", "my"
    First,
    /// "we", "our"
    We,
    /// "you", "your"
    You,
    /// "who", "which", "that"
    Relative,
    /// A name starts at this token.
    Name(TokenId),
    /// "the foreign minister of Sudovia": no name, but an office.
    Title(Vec<TokenId>),
    /// "the candidates", "the two men": several known ones; the number is the noun's.
    Several(TokenId),
    /// "the Sudovian side": the state itself.
    Side(Vec<TokenId>),
    /// "the ministry", "the campaign", "Maren’s campaign": a body, by its words.
    Body(Vec<TokenId>),
    /// "a press release of the ministry": the channel, and the tokens behind it that name the body.
    Document(Vec<TokenId>),
    /// "two officials": kept by its own words.
    Unnamed(Vec<TokenId>),
}

/// Tells what a phrase is. `name_at` tells whether a name starts at a token.
pub fn phrase(text: &Text, tokens: &[TokenId], name_at: impl Fn(TokenId) -> Option<TokenId>) -> Phrase {
    // "Ilse Maren (@maren)", "a crewman (47)": what stands in brackets names nobody else.
    let bracket = tokens.iter().position(|&t| matches!(text.word(t), "(" | "[")).filter(|&at| at > 0);
    let tokens = &tokens[..bracket.unwrap_or(tokens.len())];
    let possessive = |t: TokenId| text.word(t) == "s" && matches!(text.word_before(t), "’" | "'");
    // "Maren herself" is Maren.
    let stressed = |t: TokenId| {
        tokens.first() != Some(&t) && matches!(text.word(t), "herself" | "himself" | "itself" | "themselves")
    };
    let is_word = |t: TokenId| text.tokens[t].kind == TokenKind::Word && !possessive(t) && !stressed(t);
    let words: Vec<TokenId> = tokens.iter().copied().filter(|&t| is_word(t)).collect();
    let Some(&first) = words.first() else { return Phrase::Nothing };
    if let Some(pronoun) = pronoun(text, &words) {
        return pronoun;
    }
    let lower = |t: TokenId| text.word(t).to_lowercase();
    let skip = usize::from(matches!(lower(first).as_str(), "the" | "a" | "an" | "this" | "that" | "these"));
    let ends = |t: TokenId| words::ends_phrase_head(text.word(t)) || text.word(t).ends_with("ing");
    let head_end = words.iter().skip(skip + 1).position(|&t| ends(t)).map_or(words.len(), |i| i + skip + 1);
    let comma = tokens.iter().find(|&&t| text.word(t) == "," && t > first);
    let head: Vec<TokenId> = words[skip..head_end].iter().copied().filter(|&t| comma.is_none_or(|&c| t < c)).collect();
    let Some(&head_noun) = head.last() else { return Phrase::Unnamed(tokens.to_vec()) };
    if let Some(noun) = several(text, first, &head) {
        return Phrase::Several(noun);
    }
    let apposed =
        comma.and_then(|&c| tokens.iter().copied().find(|&t| t > c && t <= c.plus(2) && name_at(t).is_some()));
    // "Norrland’s foreign minister, Ilse Maren,": the office is that of the name behind it, not of the name before.
    let owns =
        |start: TokenId| name_at(start).is_some_and(|end| tokens.contains(&end) && matches!(text.word(end), "’" | "'"));
    if let Some(start) = apposed.filter(|&start| words::is_title(text.word(head_noun)) && !owns(start)) {
        return Phrase::Name(start);
    }
    let named =
        person_behind_title(text, &head, &name_at).or_else(|| head.iter().copied().find(|&t| name_at(t).is_some()));
    if let Some(start) = named {
        let behind = name_at(start).unwrap_or(start.next());
        if let Some(possessed) = possessed(text, tokens, behind) {
            // "Maren’s tweet": what she has written she has said.
            let utterance = possessed_head(text, &possessed).is_some_and(|noun| words::is_utterance(text.word(noun)));
            return if utterance { Phrase::Name(start) } else { possessed_phrase(text, tokens, &possessed) };
        }
        // "Maren campaign": a name that only modifies a lower-case noun.
        let lower_noun = |t: TokenId| t >= behind && text.case(t) == Case::Lower;
        let noun = Some(head_noun).filter(|&t| lower_noun(t)).or_else(|| head.iter().copied().find(|&t| lower_noun(t)));
        match noun {
            Some(noun) if words::is_document(text.word(noun)) && !words::is_body(text.word(noun)) => {
                return Phrase::Document(tokens.to_vec());
            }
            Some(noun) if text.word(noun) == "side" => return Phrase::Side(head),
            Some(noun) if noun == head_noun && words::is_body(text.word(noun)) => return Phrase::Body(head),
            // "the Hale judge", "the Norrland businessman": the name only tells where from.
            Some(noun) if noun == head_noun && words::is_title(text.word(noun)) => {
                return Phrase::Title(tokens.to_vec());
            }
            Some(noun) if noun == head_noun => return Phrase::Unnamed(tokens.to_vec()),
            // "the Norrland daily Harbour Post": the name behind the noun.
            _ => {
                let later = noun.and_then(|noun| head.iter().copied().find(|&t| t > noun && name_at(t).is_some()));
                return Phrase::Name(later.unwrap_or(start));
            }
        }
    }
    if text.word(head_noun) == "side" {
        return Phrase::Side(head);
    }
    if head.iter().any(|&t| words::is_document(text.word(t))) && words::is_document(text.word(head_noun)) {
        return Phrase::Document(tokens.to_vec());
    }
    match text.word(head_noun) {
        "woman" if lower(first) == "the" => return Phrase::Person("she".into()),
        "man" if lower(first) == "the" => return Phrase::Person("he".into()),
        _ => {}
    }
    // "the 34-year-old engineer": a way to say "she" or "he" again.
    let aged = head.windows(2).any(|w| text.word(w[0]) == "year" && text.word(w[1]) == "old")
        || head.iter().any(|&t| text.word(t).ends_with("-year-old"));
    if aged && lower(first) == "the" {
        let pronoun = match gender::of_noun(text.word(head_noun)) {
            Some(Gender::Female) => "she",
            Some(Gender::Male) => "he",
            None => "",
        };
        return Phrase::Person(pronoun.into());
    }
    let definite = lower(first) == "the" || text.tokens[head[0]].case(text.text) != Case::Lower;
    if let Some(start) = apposed {
        return Phrase::Name(start);
    }
    if words::is_title(text.word(head_noun)) && definite {
        return Phrase::Title(tokens.to_vec());
    }
    if words::is_body(text.word(head_noun)) && definite {
        return Phrase::Body(head);
    }
    Phrase::Unnamed(tokens.to_vec())
}

/// "the two men", "both leaders", "the candidates": the noun.
fn several(text: &Text, first: TokenId, head: &[TokenId]) -> Option<TokenId> {
    let &noun = head.last()?;
    let article = text.word(first).to_lowercase();
    let word = text.word(noun);
    let personal = words::is_people(word) || word.strip_suffix('s').is_some_and(words::is_title);
    let two = article == "both" || head.iter().any(|&t| text.word(t) == "two");
    let office = word.strip_suffix('s').is_some_and(|w| words::is_title(w) && words::office(w).is_some());
    let bare = head.len() <= 3;
    let leaders = word == "leaders" && head.len() == 1 && text.word_at(noun.next()) != "of";
    (personal && bare && matches!(article.as_str(), "the" | "both") && (two || office || leaders)).then_some(noun)
}

/// "Radio North correspondent Ilse Maren": the name behind a title, not the one before it.
fn person_behind_title(text: &Text, head: &[TokenId], name_at: impl Fn(TokenId) -> Option<TokenId>) -> Option<TokenId> {
    head.windows(2).filter(|w| words::is_title(text.word(w[0])) && name_at(w[1]).is_some()).map(|w| w[1]).next_back()
}

fn pronoun(text: &Text, words: &[TokenId]) -> Option<Phrase> {
    let [only] = words else { return None };
    let lower = text.word(*only).to_lowercase();
    Some(match lower.as_str() {
        "he" | "she" | "him" | "her" | "his" | "himself" | "herself" | "hers" => Phrase::Person(lower),
        "it" | "its" | "they" | "their" | "them" | "themselves" | "both" | "each" => Phrase::Thing(lower),
        "i" | "me" | "my" | "mine" | "myself" => Phrase::First,
        "we" | "us" | "our" | "ours" | "ourselves" => Phrase::We,
        "you" | "your" | "yours" | "yourself" | "yourselves" => Phrase::You,
        "who" | "which" | "that" | "whom" | "whose" => Phrase::Relative,
        _ => return None,
    })
}

/// What a possessive name is followed by: "Maren’s spokesman".
fn possessed(text: &Text, tokens: &[TokenId], behind: TokenId) -> Option<Vec<TokenId>> {
    let marks = tokens.iter().position(|&t| t == behind)?;
    let owned = matches!(text.word(behind), "’" | "'") && tokens.get(marks + 1).is_some_and(|&t| text.word(t) == "s");
    let rest: Vec<TokenId> = tokens[marks + 1..].iter().copied().skip(1).collect();
    (owned && !rest.is_empty()).then_some(rest)
}

/// The noun of what is owned.
fn possessed_head(text: &Text, rest: &[TokenId]) -> Option<TokenId> {
    let goes_on = |&t: &TokenId| text.tokens[t].kind == TokenKind::Word && !words::ends_phrase_head(text.word(t));
    rest.iter().copied().take_while(goes_on).last()
}

fn possessed_phrase(text: &Text, tokens: &[TokenId], rest: &[TokenId]) -> Phrase {
    match possessed_head(text, rest) {
        Some(noun) if words::is_document(text.word(noun)) => Phrase::Document(tokens.to_vec()),
        Some(noun) if words::is_body(text.word(noun)) => Phrase::Body(tokens.to_vec()),
        Some(noun) if words::is_title(text.word(noun)) => Phrase::Title(tokens.to_vec()),
        _ => Phrase::Unnamed(tokens.to_vec()),
    }
}
