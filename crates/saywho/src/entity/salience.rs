//! What a reader has in mind at a place of the text: the mentions before it, by how near they are and how they stand.

use crate::text::{QuoteState, Text};

/// How many sentences back a pronoun may point.
const REACH: u32 = 6;

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

impl Place {
    /// How much more (or less) such a mention is in mind than a plain one.
    fn weight(self) -> f32 {
        match self {
            Place::Plain => 0.0,
            Place::Owner => -0.2,
            Place::Modifier => -1.0,
            Place::Pronoun => 0.2,
            Place::Source => 0.4,
        }
    }
}

/// Less for each sentence between.
const SENTENCE: f32 = -0.5;
/// Less for a mention that is not the first of its sentence.
const LATER: f32 = -0.5;
/// Less for what is named within quotation marks when the pronoun stands outside, or the other way round.
const OTHER_VOICE: f32 = -0.4;
/// More for a further mention, for two of them at most.
const AGAIN: f32 = 0.12;

/// A mention that has been understood.
#[derive(Debug, Clone, Copy)]
struct Seen {
    token: usize,
    entity: usize,
    place: Place,
    first: bool,
}

/// The mentions understood so far, in order of the text.
pub struct Salience<'a, 't> {
    text: &'a Text<'t>,
    quotes: &'a [QuoteState],
    seen: Vec<Seen>,
}

impl<'a, 't> Salience<'a, 't> {
    /// Starts with the mentions that need no understanding: (token, entity, place), in order of the text.
    pub fn new(
        text: &'a Text<'t>,
        quotes: &'a [QuoteState],
        names: impl Iterator<Item = (usize, usize, Place)>,
    ) -> Salience<'a, 't> {
        let mut sentence = u32::MAX;
        let seen = names.map(|(token, entity, place)| {
            let first = text.sentence_of[token] != sentence;
            sentence = text.sentence_of[token];
            Seen { token, entity, place, first }
        });
        let seen = seen.collect();
        Salience { text, quotes, seen }
    }

    /// Adds a mention that has been understood, or what is now known of one.
    pub fn note(&mut self, token: usize, entity: usize, place: Place) {
        let at = self.seen.partition_point(|s| s.token < token);
        match self.seen.get_mut(at).filter(|s| s.token == token) {
            Some(seen) => (seen.entity, seen.place) = (entity, place),
            None => {
                let sentence = self.text.sentence_of[token];
                let first = at == 0 || self.text.sentence_of[self.seen[at - 1].token] != sentence;
                self.seen.insert(at, Seen { token, entity, place, first });
            }
        }
    }

    /// The entity most in mind at a token. `fits` gives what speaks for an entity, or `None` if it cannot be meant;
    /// `skip` leaves out mentions by their tokens.
    pub fn most(&self, at: usize, skip: impl Fn(usize) -> bool, fits: impl Fn(usize) -> Option<f32>) -> Option<usize> {
        let here = self.text.sentence_of[at];
        let outside = self.quotes[at] == QuoteState::Outside;
        let end = self.seen.partition_point(|s| s.token < at);
        let mut scores: Vec<(usize, f32, u32)> = Vec::new();
        for seen in self.seen[..end].iter().rev() {
            let distance = here.saturating_sub(self.text.sentence_of[seen.token]);
            if distance > REACH {
                break;
            }
            if skip(seen.token) {
                continue;
            }
            let Some(own) = fits(seen.entity) else { continue };
            let later = if seen.first { 0.0 } else { LATER };
            let other = (self.quotes[seen.token] == QuoteState::Outside) != outside;
            let score =
                own + seen.place.weight() + later + SENTENCE * distance as f32 + if other { OTHER_VOICE } else { 0.0 };
            match scores.iter_mut().find(|s| s.0 == seen.entity) {
                Some(best) => {
                    best.1 = best.1.max(score) + if best.2 < 2 { AGAIN } else { 0.0 };
                    best.2 += 1;
                }
                None => scores.push((seen.entity, score, 0)),
            }
        }
        // Of equals the nearer one, which was met first.
        scores.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1)).map(|s| s.0)
    }

    /// The last mention before a token of each entity that fits, the nearest first.
    pub fn recent<'s>(&'s self, at: usize, fits: impl Fn(usize) -> bool + 's) -> impl Iterator<Item = usize> + 's {
        let end = self.seen.partition_point(|s| s.token < at);
        self.seen[..end].iter().rev().map(|s| s.entity).filter(move |&e| fits(e))
    }

    /// The place of the last mention of an entity before a token; 0 if there is none.
    pub fn last(&self, entity: usize, at: usize) -> usize {
        let end = self.seen.partition_point(|s| s.token < at);
        self.seen[..end].iter().rev().find(|s| s.entity == entity).map_or(0, |s| s.token + 1)
    }

    /// The nearest mention before a token and not before another: (token, entity).
    pub fn before(&self, at: usize, from: usize, fits: impl Fn(usize, usize) -> bool) -> Option<(usize, usize)> {
        let end = self.seen.partition_point(|s| s.token < at);
        let near = self.seen[..end].iter().rev().take_while(|s| s.token >= from);
        near.map(|s| (s.token, s.entity)).find(|&(token, entity)| fits(token, entity))
    }
}
