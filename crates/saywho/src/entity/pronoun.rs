//! Pronouns of the third person and relative pronouns: by what is in mind where they stand.

use super::gender::{self, Gender};
use super::group;
use super::id::EntityId;
use super::resolver::{Resolver, Setting};
use super::salience::{Sought, Trait, Traits};
use crate::reading::EntityKind;
use crate::table::Place;
use crate::text::token::TokenKind;
use crate::text::{QuoteState, TokenId};
use crate::words;

impl Resolver<'_, '_> {
    /// The most likely person for the "he" or "she" at a token.
    pub(super) fn person(&self, at: TokenId, setting: Setting) -> Option<EntityId> {
        self.like(at, gender::of_pronoun(&self.text.word(at).to_lowercase()), setting)
    }

    /// The person most in mind, of a gender if one is given.
    pub(super) fn like(&self, at: TokenId, gender: Option<Gender>, setting: Setting) -> Option<EntityId> {
        let around = self.within[at].filter(|&i| !self.found[i].source.contains(&at));
        // "I think that he ...": whoever speaks around a first person is the one.
        let outwards = std::iter::successors(around, |&i| self.found[i].inside);
        let speaker = outwards.into_iter().find_map(|i| self.voices[i].speaker);
        let quoted = self.quotes[at] != QuoteState::Outside;
        // "Maren said that she ...": told of, a speaker is spoken of in the third person; quoted, never.
        let before = around.is_some_and(|i| self.found[i].cue.first().is_some_and(|&cue| cue < at));
        let traits = |e: EntityId| {
            let draft = &self.book.drafts[e];
            let person =
                draft.kind == EntityKind::Person || (draft.kind == EntityKind::Unnamed && draft.gender.is_some());
            if !person || Some(e) == setting.other_than || (quoted && Some(e) == speaker) {
                return None;
            }
            let frequent = Traits::default().with(Trait::Frequent, (draft.mentions.len() as f32).ln_1p());
            Some(match (draft.kind, draft.gender) {
                _ if before && Some(e) == speaker => frequent.with(Trait::Told, 1.0),
                (EntityKind::Unnamed, _) => frequent.with(Trait::Unnamed, 1.0),
                (_, Some(_)) => frequent.with(Trait::Gender, 1.0),
                _ if draft.roles.is_empty() && !draft.name.contains(' ') => frequent.with(Trait::BareName, 1.0),
                _ => frequent,
            })
        };
        let clash = |e: EntityId| self.book.drafts[e].gender.zip(gender).is_some_and(|(a, b)| a != b);
        let fits = |e: EntityId| traits(e).filter(|_| !clash(e));
        let told = |t: TokenId| setting.content.binary_search(&t).is_ok();
        self.salience.record(at, told, traits);
        let found = self.salience.most(at, Sought::Pronoun, told, fits);
        // Nobody before: the one who says it, whose name comes after.
        found.or_else(|| speaker.filter(|&e| !quoted && fits(e).is_some()))
    }

    /// The most likely body for "it", the most likely group or body for "they".
    pub(super) fn thing(&self, at: TokenId, pronoun: &str, setting: Setting) -> Option<EntityId> {
        let many = pronoun.starts_with("the") || pronoun == "both" || pronoun == "each";
        let fits = |e: EntityId| match self.book.drafts[e].kind {
            EntityKind::Person => None,
            EntityKind::Unnamed if self.book.drafts[e].gender.is_some() => None,
            EntityKind::Group => many.then(|| Traits::default().with(Trait::Several, 1.0)),
            EntityKind::Unnamed => many.then(|| Traits::default().with(Trait::Several, 0.5)),
            _ => Some(Traits::default()),
        };
        self.salience.most(at, Sought::Pronoun, |t| setting.content.binary_search(&t).is_ok(), fits)
    }

    /// "who": the person right before, or the people whose noun stands before.
    pub(super) fn relative(&mut self, at: TokenId) -> Option<EntityId> {
        let sentence = self.text.sentence_of[at];
        let start = self.text.tokens_before(at).take_while(|&t| self.text.sentence_of[t] == sentence).last()?;
        let personal = self.text.word(at).to_lowercase().starts_with("who") && self.text.word(at) != "whose";
        let near = start.until(at).iter().rev().take(14);
        let name = self.salience.before(at, start, |token, entity| {
            self.ends.contains_key(&token) && (!personal || self.book.drafts[entity].kind == EntityKind::Person)
        });
        let noun = near.filter(|_| personal).find(|&t| words::is_people(self.text.word(t)));
        // "people all over Norrland who": the name only tells where.
        let where_to = |token: TokenId| {
            let before = self.text.word_before(token);
            words::ends_phrase_head(before) || matches!(before, "over" | "across" | "around" | "throughout" | "the")
        };
        match (name, noun) {
            (Some((token, entity)), noun) if noun.is_none_or(|noun| token > noun && !where_to(token)) => Some(entity),
            (_, Some(noun)) => {
                let first = group::phrase_start(self.text, noun);
                let tokens: Vec<TokenId> = first.through(noun).iter().collect();
                self.resolve(&tokens, Setting::default())
            }
            (Some((_, entity)), None) => Some(entity),
            (None, None) => {
                // "one of the parties, who": by the noun before, whatever it is.
                let word = |t: &TokenId| self.text.tokens[*t].kind == TokenKind::Word;
                let noun = start.until(at).iter().rev().find(word).filter(|_| personal)?;
                let tokens: Vec<TokenId> = group::phrase_start(self.text, noun).through(noun).iter().collect();
                Some(self.unnamed(&tokens, at))
            }
        }
    }
}
