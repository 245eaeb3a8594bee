//! Persons by common nouns: "a woman", "the woman", "my mother", "his wife, Ada Lind,". They are what "she" may mean, and
//! a relative's name behind the noun gives the person that role.

use std::collections::HashMap;

use super::book::Book;
use super::gender;
use super::id::EntityId;
use super::name::{Name, NameKind};
use crate::reading::EntityKind;
use crate::table::{Place, Places, Table};
use crate::text::token::{Case, TokenKind};
use crate::text::{Text, TokenId};
use crate::words;

/// A common noun for one person, and who is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nominal {
    /// The first token of the phrase: "my" of "my mother".
    pub first: TokenId,
    /// The noun.
    pub noun: TokenId,
    /// Who is meant.
    pub entity: EntityId,
}

/// How many words may stand between an article and its noun.
const LONGEST: usize = 4;

/// Finds the nouns and gives each its entity; roles and genders of relatives go to the persons named behind them.
pub fn nominals(text: &Text, names: &[Name], book: &mut Book) -> Vec<Nominal> {
    let nouns: Vec<TokenId> = text.tokens.places().filter(|&t| is_personal(text, t)).collect();
    let rest: Vec<TokenId> = nouns.into_iter().filter(|&noun| !name_relative(text, names, book, noun)).collect();
    let mut found: Vec<Nominal> = Vec::new();
    let mut known = Known::new(book);
    for noun in rest {
        let Some((first, article)) = article(text, noun) else { continue };
        let Some(entity) = meant(text, first.through(noun), article, book, &known) else { continue };
        known.last.insert(text.word(noun), entity);
        found.push(Nominal { first, noun, entity });
    }
    found
}

/// A noun in lower case that says who someone is and whether "he" or "she" fits.
fn is_personal(text: &Text, token: TokenId) -> bool {
    let word = text.word(token);
    text.case(token) == Case::Lower
        && gender::of_noun(word).is_some()
        && (words::is_kin(word) || words::is_people(word) || words::is_title(word))
        && !(text.case(token.next()) == Case::Lower && joined(text, token))
}

/// "woman-led": no noun of its own.
fn joined(text: &Text, token: TokenId) -> bool {
    matches!(text.word(token.next()), "-" | "‑")
}

/// "his wife, Ada Lind," and "wife Ada": Lind is the wife. Tells whether the noun has such a name.
fn name_relative(text: &Text, names: &[Name], book: &mut Book, noun: TokenId) -> bool {
    if !words::is_kin(text.word(noun)) {
        return false;
    }
    let word = |t: TokenId| text.word_at(t);
    let comma = word(noun.next()) == ",";
    let start = noun.plus(1 + usize::from(comma));
    let Ok(place) = names.binary_search_by_key(&start, |n| n.tokens.start) else { return false };
    let name = &names[place];
    let closed = !comma || matches!(word(name.tokens.end), "," | "." | ")" | ";" | "—" | "and" | "”");
    let Some(entity) = book.at(start).filter(|_| closed && name.kind == NameKind::Person) else { return false };
    let role = text.word(noun).to_owned();
    let draft = &mut book.drafts[entity];
    draft.gender = draft.gender.or(gender::of_noun(&role));
    draft.kind = EntityKind::Person;
    if !draft.roles.contains(&role) {
        draft.roles.push(role);
    }
    true
}

/// What kind of article a phrase has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Article {
    New,
    Known,
    Owned,
}

/// Where the noun's phrase begins, and with what.
fn article(text: &Text, noun: TokenId) -> Option<(TokenId, Article)> {
    let sentence = text.sentence_of[noun];
    for t in noun.back(LONGEST).until(noun).iter().rev().take_while(|&t| text.sentence_of[t] == sentence) {
        let kind = match text.word(t).to_lowercase().as_str() {
            "a" | "an" | "another" | "one" => Article::New,
            "the" | "this" | "that" => Article::Known,
            "his" | "her" | "my" | "their" | "our" | "your" | "its" => Article::Owned,
            "s" if matches!(text.word_before(t), "’" | "'") => Article::Owned,
            _ if text.tokens[t].kind == TokenKind::Word || text.word(t) == "-" => continue,
            _ => return None,
        };
        return Some((t, kind));
    }
    None
}

/// Who a noun may mean.
struct Known<'t> {
    /// Roles to those who have them.
    holders: HashMap<String, Vec<EntityId>>,
    /// For each entity the first tokens of its names.
    tokens: Table<EntityId, Vec<TokenId>>,
    /// Nouns to those whom they meant last.
    last: HashMap<&'t str, EntityId>,
}

impl Known<'_> {
    fn new<'t>(book: &Book) -> Known<'t> {
        let mut holders: HashMap<String, Vec<EntityId>> = HashMap::new();
        for (entity, draft) in book.drafts.entries() {
            draft.roles.iter().for_each(|role| holders.entry(role.clone()).or_default().push(entity));
        }
        Known { holders, tokens: book.tokens(), last: HashMap::new() }
    }
}

/// Who a phrase means, made if need be.
fn meant(text: &Text, phrase: Places<TokenId>, article: Article, book: &mut Book, known: &Known) -> Option<EntityId> {
    let noun = text.word_before(phrase.end);
    let last = known.last.get(noun).copied();
    let by_role = || {
        let near = |e: &EntityId| {
            let tokens = &known.tokens[*e];
            tokens[..tokens.partition_point(|&t| t < phrase.start)].last()
        };
        known.holders.get(noun)?.iter().copied().max_by_key(near)
    };
    let found = match article {
        Article::New => None,
        Article::Known => Some(last?),
        Article::Owned => by_role().or(last),
    };
    // "Maren’s husband": the phrase begins with the name.
    let start = match article {
        Article::Owned if text.word(phrase.start) == "s" => owner(book, phrase.start.back(1))?,
        _ => phrase.start,
    };
    let span = text.span(start.until(phrase.end))?;
    let entity = found.unwrap_or_else(|| {
        let entity = book.by_words(span.of(text.text), EntityKind::Unnamed, None);
        book.drafts[entity].gender = gender::of_noun(noun);
        entity
    });
    book.mention(entity, span);
    Some(entity)
}

/// The first token of the name that ends before a possessive mark.
fn owner(book: &Book, mark: TokenId) -> Option<TokenId> {
    let before = book.mentions.partition_point(|m| m.0 < mark);
    let &(start, _) = book.mentions[..before].last()?;
    (start.distance(mark) <= LONGEST).then_some(start)
}
