//! Several who speak as one: "Maren and Vasca", "the two ministers", "the candidates".

use super::book::Book;
use super::id::EntityId;
use super::phrase::Phrase;
use super::resolver::Resolver;
use crate::prose::listed as listed_words;
use crate::reading::EntityKind;
use crate::table::Place;
use crate::text::token::TokenKind;
use crate::text::{Text, TokenId};
use crate::words;

/// "Maren and Vasca", "the Harbour Post and the Brel newspaper chain": both, as a group.
pub fn joint(resolver: &mut Resolver, tokens: &[TokenId]) -> Option<EntityId> {
    let text = resolver.text;
    let starts: Vec<TokenId> = tokens.iter().copied().filter(|t| resolver.ends.contains_key(t)).collect();
    let [first, second] = *starts.get(..2)? else { return None };
    let between = resolver.ends.get(&first)?.until(second);
    let joins = |t: TokenId| {
        let word = text.word(t);
        let suffix = words::is_suffix(word)
            || matches!(word, "," | ".") && between.iter().any(|t| words::is_suffix(text.word(t)));
        suffix || matches!(word, "and" | "the" | "&") || words::is_title(word) || words::is_modifier(word)
    };
    let and = between.iter().any(|t| matches!(text.word(t), "and" | "&"));
    if !and
        || between.len() > 5
        || !between.iter().all(joins)
        || starts.get(2).is_some_and(|&t| listed(text, second, t))
    {
        return None;
    }
    let (a, b) = (resolver.book.at(first)?, resolver.book.at(second)?);
    let kind = |e: EntityId| resolver.book.drafts[e].kind;
    let plain = |e: EntityId| matches!(kind(e), EntityKind::Person | EntityKind::State);
    if a == b {
        return None;
    }
    let name = match plain(a) && plain(b) {
        true => return Some(pair(resolver, a, b)),
        // Bodies by the text's own words: what stands behind the second name may belong to it.
        false => {
            let own: Vec<TokenId> =
                tokens.iter().copied().filter(|&t| t >= first).take_while(|&t| text.word(t) != ",").collect();
            resolver.words(&own)
        }
    };
    let group = resolver.book.by_words(&name, EntityKind::Group, None);
    resolver.book.drafts[group].members = vec![a, b];
    Some(group)
}

/// "A, B and C": a third name in the same list.
fn listed(text: &Text, second: TokenId, third: TokenId) -> bool {
    second.until(third).iter().any(|t| text.word(t) == ",")
        && second.until(third).iter().all(|t| text.tokens[t].kind == TokenKind::Word || text.word(t) == ",")
}

/// "the two men", "the candidates": the two persons meant by the noun at a token, someone else than the one who speaks to them.
pub fn several(resolver: &mut Resolver, noun: TokenId, at: TokenId, other_than: Option<EntityId>) -> Option<EntityId> {
    let word = resolver.text.word(noun);
    let office = word.strip_suffix('s').and_then(words::office);
    let book = &resolver.book;
    let person = |e: EntityId| book.drafts[e].kind == EntityKind::Person && Some(e) != other_than;
    let holds = |e: EntityId| person(e) && book.drafts[e].roles.iter().any(|r| words::office(r) == office);
    let mut known: Vec<EntityId> = Vec::new();
    if office.is_some() {
        let holders = resolver.offices.of_office(office.unwrap_or_default()).iter().copied();
        // A third one is enough to know that not two are meant.
        known = holders.filter(|&e| holds(e) && resolver.salience.is_known(e, at)).take(3).collect();
    }
    let two = matches!(
        word,
        "men" | "women" | "leaders" | "presidents" | "ministers" | "candidates" | "nominees" | "senators"
    );
    if known.len() != 2 && two {
        let sure = |e: EntityId| {
            let draft = &book.drafts[e];
            // Someone known by a title alone may be one of the two.
            let named = draft.name.split(' ').next_back().is_some_and(|word| word.starts_with(char::is_uppercase));
            person(e) && named && (!draft.roles.is_empty() || draft.gender.is_some() || draft.mentions.len() > 1)
        };
        let last = resolver.salience.recent(at, sure).next();
        let other = resolver.salience.recent(at, |e| sure(e) && Some(e) != last).next();
        known = other.into_iter().chain(last).collect();
    }
    let [a, b] = known[..] else { return None };
    Some(pair(resolver, a, b))
}

/// The group of two, which is one whatever the order.
fn pair(resolver: &mut Resolver, a: EntityId, b: EntityId) -> EntityId {
    of(resolver.book, &[a, b])
}

/// The group of some who speak as one; of two whatever their order.
pub fn of(book: &mut Book, members: &[EntityId]) -> EntityId {
    let names = |order: &mut dyn Iterator<Item = &EntityId>| -> Vec<String> {
        order.map(|&member| book.drafts[member].name.clone()).collect()
    };
    let turned = listed_words(&names(&mut members.iter().rev()));
    let name = listed_words(&names(&mut members.iter()));
    let known = book.named(&turned, EntityKind::Group).filter(|_| members.len() == 2);
    let group = known.unwrap_or_else(|| book.by_words(&name, EntityKind::Group, None));
    book.drafts[group].members = members.to_vec();
    group
}

/// Mentions of two that are no sources: "Maren and Vasca", "the two ministers". (token, tokens of the phrase)
pub fn mentioned(resolver: &Resolver) -> Vec<(TokenId, Vec<TokenId>)> {
    let text = resolver.text;
    let mut found = Vec::new();
    for t in text.tokens.places().skip(1) {
        let word = text.word(t);
        if word == "and" && resolver.ends.contains_key(&t.next()) {
            let before = resolver.salience.before(t, t.back(6), |start, _| resolver.ends.get(&start) == Some(&t));
            found.extend(before.map(|(start, _)| (t, start.until(resolver.ends[&t.next()]).iter().collect())));
        } else if matches!(word, "men" | "women" | "leaders" | "presidents" | "ministers") {
            let first = phrase_start(text, t);
            let tokens: Vec<TokenId> = first.through(t).iter().collect();
            found.extend(matches!(resolver.phrase(&tokens), Phrase::Several(_)).then_some((t, tokens)));
        }
    }
    found
}

/// Whether a phrase without a name means people: "the crews", "one of his aides", "a gathering of fishers".
pub fn personal(text: &Text, tokens: &[TokenId]) -> bool {
    const ENDINGS: [&str; 8] = ["ers", "ors", "ists", "ians", "ees", "mates", "men", "women"];
    let words = tokens.iter().map(|&t| text.word(t)).filter(|w| w.starts_with(char::is_alphanumeric));
    let head = words.take_while(|w| !words::ends_phrase_head(w)).last().unwrap_or_default().to_lowercase();
    let one = head.strip_suffix('s').unwrap_or(&head);
    words::is_people(&head)
        || [head.as_str(), one].iter().any(|w| words::is_title(w) || words::is_body(w) || words::is_kin(w))
        || ENDINGS.iter().any(|ending| head.ends_with(ending))
        || matches!(
            head.as_str(),
            "one" | "all" | "both" | "him" | "her" | "them" | "crews" | "gathering" | "rally" | "panel"
        )
}

/// Where the phrase of a noun begins: its article, number or first adjective.
pub fn phrase_start(text: &Text, noun: TokenId) -> TokenId {
    const ARTICLES: [&str; 15] = [
        "both", "the", "a", "an", "this", "that", "these", "those", "his", "her", "their", "our", "my", "many", "some",
    ];
    const STOPS: [&str; 16] = [
        "is", "are", "was", "were", "be", "been", "that", "as", "than", "but", "or", "by", "there", "said", "when",
        "if",
    ];
    let sentence = text.sentence_of[noun];
    let mut first = noun;
    for t in noun.back(6).until(noun).iter().rev() {
        let word = text.word(t);
        let inside = text.sentence_of[t] == sentence && text.tokens[t].kind == TokenKind::Word;
        if !inside || words::ends_phrase_head(word) || STOPS.contains(&word) {
            break;
        }
        first = t;
        if ARTICLES.contains(&word.to_lowercase().as_str()) || word.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
    }
    first
}
