//! What a reader has in mind at a place of the text: the mentions before it, by how near they are and how they stand.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use super::id::EntityId;
use crate::table::{Place as _, Table};
use crate::text::token::TokenKind;
use crate::text::{QuoteState, Text, TokenId};
use crate::words;
use saywho_english::learned::number;

/// How many sentences back a pronoun may point.
const REACH: usize = 6;

/// How many mentions back a reader looks for one that is no pronoun's: in texts of ordinary length, all.
const MEMORY: usize = 1000;

/// How a mention stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A name or noun.
    Plain,
    /// "Maren’s"
    Owner,
    /// "the Maren campaign": it only tells what kind of thing another noun is.
    Modifier,
    /// A pronoun.
    Pronoun,
    /// The source of an attribution.
    Source,
}

/// What speaks for or against a mention that a pronoun may point back to. The names are those of `ranking.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    /// Each sentence between.
    Sentence,
    /// Another mention stands before it in its sentence.
    Later,
    /// It is named within quotation marks and the pronoun stands outside, or the other way round.
    OtherVoice,
    /// A further mention of the same entity, two of them at most.
    Again,
    /// [`Place::Owner`]
    Owner,
    /// [`Place::Modifier`]
    Modifier,
    /// [`Place::Pronoun`]
    Pronoun,
    /// [`Place::Source`]
    Source,
    /// "Maren said that she ...": the one who is told to speak is spoken of in the third person.
    Told,
    /// Someone without a name: "an official".
    Unnamed,
    /// Its gender is known, and is the pronoun's.
    Gender,
    /// A single name without a title may be no person's.
    BareName,
    /// The logarithm of how often the whole text mentions the entity.
    Frequent,
    /// Several, where the pronoun means several.
    Several,
    /// As [`Trait::Frequent`], for an epithet: "the Hale businessman" is whom the text is about.
    About,
    /// It stands in the pronoun's sentence.
    Near,
    /// [`Trait::Near`], for "his" and "her work".
    NearOwner,
    /// [`Trait::Near`], for "he" and "she".
    NearSubject,
    /// It stands in an earlier paragraph.
    Paragraph,
    /// It stands behind a preposition or "and".
    Object,
    /// [`Trait::Object`], for "he" and "she".
    ObjectSubject,
    /// [`Trait::Later`], for "his" and "her work".
    LaterOwner,
    /// [`Trait::Later`], for "he" and "she".
    LaterSubject,
    /// [`Trait::Source`], for "he" and "she".
    SourceSubject,
    /// [`Trait::Source`], for a pronoun in what somebody says.
    SourceTold,
    /// [`Trait::Near`], named outside of what somebody says, for a pronoun in it.
    Outside,
    /// Named in what somebody says, for a pronoun outside.
    Inside,
    /// [`Trait::Inside`], for a pronoun that is a source.
    InsideSpeaks,
    /// [`Trait::Source`], for a pronoun that is a source: who spoke goes on.
    SourceSpeaks,
}

/// How many [`Trait`]s there are.
const TRAITS: usize = NAMES.len();

/// What `ranking.tsv` calls each [`Trait`], in their order.
const NAMES: [&str; 29] = [
    "sentence",
    "later",
    "other_voice",
    "again",
    "owner",
    "modifier",
    "pronoun",
    "source",
    "told",
    "unnamed",
    "gender",
    "bare_name",
    "frequent",
    "several",
    "about",
    "near",
    "near_owner",
    "near_subject",
    "paragraph",
    "object",
    "object_subject",
    "later_owner",
    "later_subject",
    "source_subject",
    "source_told",
    "outside",
    "inside",
    "inside_speaks",
    "source_speaks",
];

const _: () = assert!(Trait::SourceSpeaks as usize + 1 == TRAITS, "a name for each trait");

/// What is looked for: each has weights of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// Whom "he" or "she" means, and what "it" and "they" do; learned for the former by `training/rank.py`.
    Pronoun,
    /// Whom a title means; set by hand.
    Title,
}

/// The weights in the order of [`Trait`]: for [`Sought::Pronoun`], for [`Sought::Title`].
static WEIGHTS: LazyLock<[[f32; TRAITS]; 2]> = LazyLock::new(|| {
    let weight = |name: &str, column: usize| number(include_str!("ranking.tsv"), "ranking.tsv", name, column);
    [1, 2].map(|column| NAMES.map(|name| weight(name, column)))
});

/// How far each trait holds.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Traits(pub [f32; TRAITS]);

impl Traits {
    /// The same with one more, or with more of it.
    pub fn with(mut self, name: Trait, much: f32) -> Traits {
        self.0[name as usize] += much;
        self
    }

    fn score(&self, sought: Sought) -> f32 {
        self.0.iter().zip(WEIGHTS[sought as usize]).map(|(much, weight)| much * weight).sum()
    }
}

/// One pronoun and the mentions before it, for learning the weights.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The token of the pronoun.
    pub at: TokenId,
    /// (entity, traits) of each mention before it that fits but perhaps for its gender, the nearest first; without
    /// [`Trait::Again`].
    pub mentions: Vec<(EntityId, Traits)>,
}

/// What a pronoun is in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// "he"
    Subject,
    /// "his", "her work"
    Owner,
    /// "him", and what is no pronoun
    Object,
}

/// By its form; "her" owns what stands behind it unless that is a word that ends a phrase.
fn role(text: &Text, at: TokenId) -> Role {
    match text.word(at).to_lowercase().as_str() {
        "he" | "she" => Role::Subject,
        "his" => Role::Owner,
        "her" => {
            let next = text.tokens.get(at.next()).filter(|next| next.kind == TokenKind::Word);
            let word = next.map_or("", |next| next.span.of(text.text));
            let ends = words::ends_phrase_head(word)
                || matches!(word, "" | "and" | "that" | "as" | "when" | "if" | "the" | "a");
            if ends { Role::Object } else { Role::Owner }
        }
        _ => Role::Object,
    }
}

/// Words behind which no subject stands.
const PREPOSITIONS: [&str; 17] = [
    "of", "by", "with", "for", "to", "from", "about", "against", "between", "and", "on", "in", "at", "than", "like",
    "over", "after",
];

/// A mention that has been understood.
#[derive(Debug, Clone, Copy)]
struct Seen {
    entity: EntityId,
    place: Place,
    first: bool,
}

/// The mentions understood so far, in order of the text.
pub struct Salience<'a, 't> {
    text: &'a Text<'t>,
    quotes: &'a Table<TokenId, QuoteState>,
    /// By their tokens.
    seen: BTreeMap<TokenId, Seen>,
    /// For each entity the tokens of its mentions.
    tokens: HashMap<EntityId, BTreeSet<TokenId>>,
    /// For each token whether it is in what somebody says.
    told: Table<TokenId, bool>,
    /// For each token whether it is in the source of an attribution.
    speaks: Table<TokenId, bool>,
    /// What there was to choose from, if someone wants to know.
    pub choices: Option<RefCell<Vec<Choice>>>,
}

impl<'a, 't> Salience<'a, 't> {
    /// Starts with the mentions that need no understanding: (token, entity, place), in order of the text. `told` says of each
    /// token whether it is in what somebody says, `speaks` whether it is in a source.
    pub fn new(
        text: &'a Text<'t>,
        quotes: &'a Table<TokenId, QuoteState>,
        told: Table<TokenId, bool>,
        speaks: Table<TokenId, bool>,
        names: impl Iterator<Item = (TokenId, EntityId, Place)>,
    ) -> Salience<'a, 't> {
        let mut sentence = None;
        let seen = names.map(|(token, entity, place)| {
            let own = Some(text.sentence_of[token]);
            let first = std::mem::replace(&mut sentence, own) != own;
            (token, Seen { entity, place, first })
        });
        let seen: BTreeMap<TokenId, Seen> = seen.collect();
        let mut tokens: HashMap<EntityId, BTreeSet<TokenId>> = HashMap::new();
        for (token, seen) in &seen {
            tokens.entry(seen.entity).or_default().insert(*token);
        }
        Salience { text, quotes, seen, tokens, told, speaks, choices: None }
    }

    /// Adds a mention that has been understood, or what is now known of one.
    pub fn note(&mut self, token: TokenId, entity: EntityId, place: Place) {
        let sentence = self.text.sentence_of[token];
        let before = self.seen.range(..token).next_back();
        let first = before.is_none_or(|(&before, _)| self.text.sentence_of[before] != sentence);
        let seen = self.seen.entry(token).or_insert(Seen { entity, place, first });
        if seen.entity != entity
            && let Some(tokens) = self.tokens.get_mut(&seen.entity)
        {
            tokens.remove(&token);
        }
        (seen.entity, seen.place) = (entity, place);
        self.tokens.entry(entity).or_default().insert(token);
    }

    /// The entity most in mind at a token. `fits` gives what speaks for an entity, or `None` if it cannot be meant;
    /// `skip` leaves out mentions by their tokens.
    ///
    /// A mention-ranking model with a linear score (Denis and Baldridge 2008): the best mention of an entity counts.
    pub fn most(
        &self,
        at: TokenId,
        sought: Sought,
        skip: impl Fn(TokenId) -> bool,
        fits: impl Fn(EntityId) -> Option<Traits>,
    ) -> Option<EntityId> {
        let mentions = self.fitting(at, skip, fits);
        let mut scores: Vec<(EntityId, f32, u32)> = Vec::new();
        let mut place: HashMap<EntityId, usize> = HashMap::new();
        for (entity, traits) in &mentions {
            let score = traits.score(sought);
            match place.get(entity).map(|&place| &mut scores[place]) {
                Some(best) => {
                    let again = if best.2 < 2 { WEIGHTS[sought as usize][Trait::Again as usize] } else { 0.0 };
                    *best = (*entity, best.1.max(score) + again, best.2 + 1);
                }
                None => {
                    place.insert(*entity, scores.len());
                    scores.push((*entity, score, 0));
                }
            }
        }
        // Of equals the nearer one, which was met first.
        scores.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1)).map(|s| s.0)
    }

    /// Keeps what there was to choose from, if someone wants to know; arguments as for [`Salience::most`].
    pub fn record(&self, at: TokenId, skip: impl Fn(TokenId) -> bool, fits: impl Fn(EntityId) -> Option<Traits>) {
        if let Some(choices) = &self.choices {
            choices.borrow_mut().push(Choice { at, mentions: self.fitting(at, skip, fits) });
        }
    }

    /// (entity, traits) of the mentions before a token that it may point back to, the nearest first.
    fn fitting(
        &self,
        at: TokenId,
        skip: impl Fn(TokenId) -> bool,
        fits: impl Fn(EntityId) -> Option<Traits>,
    ) -> Vec<(EntityId, Traits)> {
        let here = self.text.sentence_of[at];
        let outside = self.quotes[at] == QuoteState::Outside;
        let between = |token: TokenId| here.index().saturating_sub(self.text.sentence_of[token].index());
        let near = self.seen.range(..at).rev().take_while(|(token, _)| between(**token) <= REACH);
        let role = role(self.text, at);
        let traits = |token: TokenId, seen: &Seen| {
            let other = (self.quotes[token] == QuoteState::Outside) != outside;
            let own = fits(seen.entity)?.with(Trait::Sentence, between(token) as f32);
            let own = own.with(Trait::Later, f32::from(!seen.first)).with(Trait::OtherVoice, f32::from(other));
            let own = self.beside(token, seen, at, role, own);
            Some(match seen.place {
                Place::Plain => own,
                Place::Owner => own.with(Trait::Owner, 1.0),
                Place::Modifier => own.with(Trait::Modifier, 1.0),
                Place::Pronoun => own.with(Trait::Pronoun, 1.0),
                Place::Source => own.with(Trait::Source, 1.0),
            })
        };
        let kept = near.filter(|(token, _)| !skip(**token));
        kept.filter_map(|(token, seen)| Some((seen.entity, traits(*token, seen)?))).collect()
    }

    /// What a mention is beside the pronoun at a token, by the pronoun's role.
    fn beside(&self, token: TokenId, seen: &Seen, at: TokenId, role: Role, own: Traits) -> Traits {
        let holds = |condition: bool| f32::from(condition);
        let (subject, owner) = (role == Role::Subject, role == Role::Owner);
        let near = self.text.sentence_of[token] == self.text.sentence_of[at];
        let before = token.before().map(|t| self.text.word(t).to_lowercase()).unwrap_or_default();
        let object = PREPOSITIONS.contains(&before.as_str());
        let source = seen.place == Place::Source;
        let inside = self.told[token] && !self.told[at];
        own.with(Trait::Near, holds(near))
            .with(Trait::NearOwner, holds(near && owner))
            .with(Trait::NearSubject, holds(near && subject))
            .with(Trait::Paragraph, holds(self.text.paragraph_of(token) != self.text.paragraph_of(at)))
            .with(Trait::Object, holds(object))
            .with(Trait::ObjectSubject, holds(object && subject))
            .with(Trait::LaterOwner, holds(!seen.first && owner))
            .with(Trait::LaterSubject, holds(!seen.first && subject))
            .with(Trait::SourceSubject, holds(source && subject))
            .with(Trait::SourceTold, holds(source && self.told[at]))
            .with(Trait::Outside, holds(near && self.told[at] && !self.told[token]))
            .with(Trait::Inside, holds(inside))
            .with(Trait::InsideSpeaks, holds(inside && self.speaks[at]))
            .with(Trait::SourceSpeaks, holds(source && self.speaks[at]))
    }

    /// The mentions before a token of entities that fit, the nearest first, as far back as a reader remembers.
    pub fn recent<'s>(
        &'s self,
        at: TokenId,
        fits: impl Fn(EntityId) -> bool + 's,
    ) -> impl Iterator<Item = EntityId> + 's {
        self.seen.range(..at).rev().take(MEMORY).map(|(_, seen)| seen.entity).filter(move |&e| fits(e))
    }

    /// Whether an entity is mentioned before a token.
    pub fn is_known(&self, entity: EntityId, at: TokenId) -> bool {
        self.tokens.get(&entity).is_some_and(|tokens| tokens.first().is_some_and(|&first| first < at))
    }

    /// The nearest mention before a token and not before another: (token, entity).
    pub fn before(
        &self,
        at: TokenId,
        from: TokenId,
        fits: impl Fn(TokenId, EntityId) -> bool,
    ) -> Option<(TokenId, EntityId)> {
        let near = self.seen.range(from.min(at)..at).rev();
        near.map(|(token, seen)| (*token, seen.entity)).find(|&(token, entity)| fits(token, entity))
    }
}
