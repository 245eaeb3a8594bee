//! From the words of a source or addressee to an entity, by what the text has said so far.

use std::collections::HashMap;

use super::Voice;
use super::addressee::addressee;
use super::book::{Book, Gender, plain};
use super::name::{Name, NameKind};
use super::phrase::{Phrase, phrase};
use super::states::States;
use super::turns::{self, Parts};
use crate::attribution::{Found, edges};
use crate::reading::{EntityKind, Span};
use crate::text::{QuoteState, Text};
use crate::words;

/// How many sentences back a pronoun may point.
const REACH: u32 = 6;

/// Resolves the phrases of one text in order.
pub struct Resolver<'a, 't> {
    text: &'a Text<'t>,
    found: &'a [Found],
    names: &'a [Name],
    states: &'a States<'a>,
    book: &'a mut Book,
    quotes: Vec<QuoteState>,
    /// Name starts to name ends.
    ends: HashMap<usize, usize>,
    /// (token, entity) of the sources resolved so far, in order of the text's reading.
    spoken: Vec<(usize, usize)>,
    /// (channel, entity): who spoke through a statement, a release.
    channels: Vec<(String, usize)>,
    /// Content of the attribution at hand: whoever is named in it is hardly its source.
    own_content: &'a [usize],
    /// Who speaks in the turns of a transcript.
    turns: Option<&'a Parts>,
}

impl<'a, 't> Resolver<'a, 't> {
    /// A resolver that knows the text's names.
    pub fn new(
        text: &'a Text<'t>,
        found: &'a [Found],
        names: &'a [Name],
        states: &'a States<'a>,
        book: &'a mut Book,
    ) -> Resolver<'a, 't> {
        let ends = names.iter().filter(|n| n.kind != NameKind::Title).map(|n| (n.tokens.start, n.tokens.end)).collect();
        Resolver {
            quotes: turns::quoted(text, text.quote_states()),
            text,
            found,
            names,
            states,
            book,
            ends,
            spoken: Vec::new(),
            channels: Vec::new(),
            own_content: &[],
            turns: None,
        }
    }

    /// The same resolver, told who speaks in turns.
    pub fn with_turns(mut self, turns: &'a Parts) -> Resolver<'a, 't> {
        self.turns = Some(turns);
        self
    }

    /// Speaker, addressee and channel of every attribution; chains come later.
    pub fn voices(&mut self) -> Vec<Voice> {
        let mut voices = vec![Voice::default(); self.found.len()];
        let place = |f: &Found| f.source.first().or(f.cue.first()).copied().unwrap_or(0);
        let mut order: Vec<usize> = (0..self.found.len()).collect();
        // Outer before inner; within a level in order of the text.
        order.sort_by_key(|&i| (self.depth(i), place(&self.found[i])));
        for i in order {
            let found = &self.found[i];
            let outer = found.inside.and_then(|o| voices[o].speaker);
            self.own_content = &found.content;
            let labelled = self.turns.and_then(|turns| turns.speaker(i));
            voices[i].speaker = labelled.or_else(|| self.resolve(&found.source, outer));
            if let Some(speaker) = voices[i].speaker {
                self.learn(&found.source, speaker);
            }
            voices[i].via = self.via(found);
            if let (Some(via), Some(speaker)) = (&voices[i].via, voices[i].speaker) {
                self.channels.push((via.clone(), speaker));
            }
            let to = addressee(self.text, found).or_else(|| self.asked_party(found));
            let to = to.and_then(|tokens| self.resolve_addressee(&tokens, outer, voices[i].speaker));
            voices[i].addressee = self.turns.and_then(|turns| turns.addressee(i)).or(to);
        }
        voices
    }

    fn depth(&self, mut i: usize) -> usize {
        let mut depth = 0;
        while let Some(outer) = self.found[i].inside {
            depth += 1;
            i = outer;
        }
        depth
    }

    /// Remembers a source for the pronouns after it.
    fn learn(&mut self, source: &[usize], entity: usize) {
        let Some(&first) = source.first() else { return };
        let place = self.spoken.partition_point(|s| s.0 <= first);
        self.spoken.insert(place, (first, entity));
        if let Some(span) = self.text.span(first..source[source.len() - 1] + 1) {
            let short = source.len() <= 12;
            if short && self.book.at(first).is_none() {
                self.book.mention(entity, span);
            }
        }
    }

    /// The entity that a phrase means; `outer` is the speaker of the attribution around it.
    fn resolve(&mut self, tokens: &[usize], outer: Option<usize>) -> Option<usize> {
        let at = *tokens.first()?;
        match phrase(self.text, tokens, |t| self.ends.get(&t).copied()) {
            Phrase::Nothing => None,
            Phrase::Name(start) => self.joint(tokens).or_else(|| self.book.at(start)),
            Phrase::Person(pronoun) => self.person(at, &pronoun, outer).or_else(|| Some(self.unnamed(tokens))),
            Phrase::Thing(pronoun) => self.thing(at, &pronoun).or_else(|| Some(self.unnamed(tokens))),
            Phrase::First => {
                Some(outer.unwrap_or_else(|| self.book.by_words("the author", EntityKind::Document, None)))
            }
            Phrase::Relative => self.relative(at).or_else(|| Some(self.unnamed(tokens))),
            Phrase::Title(tokens) => Some(self.title(&tokens, at)),
            Phrase::Side(tokens) => self.side(&tokens).or_else(|| Some(self.unnamed(&tokens))),
            Phrase::Body(tokens) => Some(self.body(&tokens)),
            Phrase::Document(tokens) => Some(self.document(&tokens)),
            Phrase::Unnamed(tokens) => Some(self.unnamed(&tokens)),
        }
    }

    /// "Maren and Vasca": both, as a group.
    fn joint(&mut self, tokens: &[usize]) -> Option<usize> {
        let joined =
            tokens.iter().any(|&t| self.text.word(t) == "and") && !tokens.iter().any(|&t| self.text.word(t) == ",");
        let named = || tokens.iter().filter(|t| self.ends.contains_key(t)).filter_map(|&t| self.book.at(t));
        let persons: Vec<usize> = named()
            .filter(|&e| {
                self.book.drafts[e].kind == EntityKind::Person || self.book.drafts[e].kind == EntityKind::State
            })
            .collect();
        let (first, second) = (*persons.first()?, *persons.last()?);
        if !joined || persons.len() != 2 || first == second {
            return None;
        }
        let name = format!("{} and {}", self.book.drafts[first].name, self.book.drafts[second].name);
        Some(self.book.by_words(&name, EntityKind::Group, None))
    }

    /// An addressee is someone else than the speaker, and never a mere "it".
    fn resolve_addressee(&mut self, tokens: &[usize], outer: Option<usize>, speaker: Option<usize>) -> Option<usize> {
        match phrase(self.text, tokens, |t| self.ends.get(&t).copied()) {
            Phrase::Thing(_) | Phrase::Relative | Phrase::Nothing => None,
            _ => self.resolve(tokens, outer).filter(|to| Some(*to) != speaker),
        }
    }

    fn words(&self, tokens: &[usize]) -> String {
        let spans: Vec<Span> = edges::spans(self.text, tokens);
        plain(&spans.iter().map(|s| s.of(self.text.text)).collect::<Vec<_>>().join(" "))
    }

    /// The most likely person for "he" or "she": who spoke last, or whom the sentences before are about.
    fn person(&self, at: usize, pronoun: &str, outer: Option<usize>) -> Option<usize> {
        let gender = if pronoun.starts_with("he") && pronoun != "her" && pronoun != "hers" && pronoun != "herself"
            || pronoun.starts_with("hi")
        {
            Gender::Male
        } else {
            Gender::Female
        };
        let fits = |e: usize| {
            self.book.drafts[e].kind == EntityKind::Person && self.book.drafts[e].gender.is_none_or(|g| g == gender)
        };
        // "Maren said that she ...": outside quotation marks a speaker is told of in the third person.
        let reported = self.quotes[at] == QuoteState::Outside;
        let told = outer.filter(|&e| fits(e) && reported);
        // ... and within them he speaks of others.
        told.or_else(|| self.most_salient(at, |e| fits(e) && (reported || Some(e) != outer)))
    }

    /// The most likely body for "it", the most likely group or body for "they".
    fn thing(&self, at: usize, pronoun: &str) -> Option<usize> {
        let many = pronoun.starts_with("the") || pronoun == "both" || pronoun == "each";
        let fits = |e: usize| match self.book.drafts[e].kind {
            EntityKind::Person => false,
            EntityKind::Unnamed | EntityKind::Group => many,
            _ => true,
        };
        self.most_salient(at, fits)
    }

    /// Scores the mentions before a token: the nearer, the better; sources and first names of a sentence count more.
    fn most_salient(&self, at: usize, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let here = self.text.sentence_of[at];
        let mut scores: HashMap<usize, f32> = HashMap::new();
        let mut note = |token: usize, entity: usize, weight: f32| {
            let distance = here.saturating_sub(self.text.sentence_of[token]);
            if token < at && distance <= REACH && fits(entity) {
                let score = weight * 0.6f32.powi(distance as i32);
                let best = scores.entry(entity).or_insert(0.0);
                *best = best.max(score) + 0.1 * score.min(*best);
            }
        };
        let mut first_in_sentence = u32::MAX;
        for &(token, entity) in &self.book.mentions {
            if !fits(entity) || self.own_content.binary_search(&token).is_ok() {
                continue;
            }
            let sentence = self.text.sentence_of[token];
            let first = sentence != first_in_sentence;
            first_in_sentence = sentence;
            note(token, entity, if first { 1.0 } else { 0.6 });
        }
        for &(token, entity) in &self.spoken {
            note(token, entity, 1.5);
        }
        scores.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(entity, _)| entity)
    }

    /// "who": the name right before, in the same sentence.
    fn relative(&self, at: usize) -> Option<usize> {
        let sentence = self.text.sentence_of[at];
        let before = self.book.mentions.partition_point(|m| m.0 < at);
        self.book.mentions[..before].last().filter(|m| self.text.sentence_of[m.0] == sentence).map(|m| m.1)
    }

    /// "the minister": who holds the office, preferring the state named and the most recent.
    fn title(&mut self, tokens: &[usize], at: usize) -> usize {
        let words = self.words(tokens);
        let state = self.states.in_words(&words);
        let office = words::office(&words);
        let recency =
            |e: usize| self.book.mentions.iter().filter(|m| m.0 < at && m.1 == e).map(|m| m.0).max().unwrap_or(0);
        if let Some(holder) = office.and_then(|o| self.book.holder(&words, o, state.as_deref(), recency)) {
            return holder;
        }
        let noun =
            tokens.iter().map(|&t| self.text.word(t)).find(|w| words::is_title(w)).unwrap_or_default().to_lowercase();
        let by_noun = (0..self.book.drafts.len()).filter(|&e| {
            let draft = &self.book.drafts[e];
            draft.kind == EntityKind::Person
                && draft.roles.iter().any(|r| r.to_lowercase().split(' ').any(|w| w == noun))
        });
        if let Some(holder) = by_noun.filter(|&e| recency(e) > 0).max_by_key(|&e| recency(e)) {
            return holder;
        }
        let definite = self.text.word(tokens[0]).eq_ignore_ascii_case("the")
            || state.is_some()
            || self.names.iter().any(|n| n.whole.start == tokens[0]);
        // "the Hale businessman": an epithet of whom the text is talking about.
        let article = self.text.word(tokens[0]).eq_ignore_ascii_case("the");
        let speaking = |e: usize| {
            self.book.drafts[e].kind == EntityKind::Person && self.spoken.iter().any(|s| s.1 == e && s.0 < at)
        };
        if let Some(known) = self.most_salient(at, speaking).filter(|_| article && state.is_none()) {
            return known;
        }
        if definite && office.is_some() {
            let bare = words.trim_start_matches("the ").trim_start_matches("The ").to_owned();
            let entity = self.book.by_words(&bare, EntityKind::Person, state);
            if self.book.drafts[entity].roles.is_empty() {
                self.book.drafts[entity].roles.push(bare);
            }
            return entity;
        }
        self.unnamed(tokens)
    }

    /// "the Sudovian side" is Sudovia.
    fn side(&mut self, tokens: &[usize]) -> Option<usize> {
        let state = self.states.in_words(&self.words(tokens))?;
        Some(self.book.by_words(&state, EntityKind::State, Some(state.clone())))
    }

    /// "the ministry": the body whose name ends so, or a new one.
    fn body(&mut self, tokens: &[usize]) -> usize {
        let words = self.words(tokens);
        let bare = words.trim_start_matches("the ").trim_start_matches("The ").replace("’s ", " ").replace("'s ", " ");
        let last = bare.split(' ').next_back().unwrap_or_default().to_lowercase();
        let fits = |name: &str| {
            name.to_lowercase() == bare.to_lowercase()
                || (!bare.contains(' ') && name.to_lowercase().split(' ').any(|w| w == last))
        };
        let known = self.book.position(|d| d.kind == EntityKind::Organisation && fits(&d.name));
        let state = self.states.in_words(&bare);
        known.unwrap_or_else(|| self.book.by_words(&bare, EntityKind::Organisation, state))
    }

    /// "the press release of the ministry": the ministry. A document that names no body speaks for itself.
    fn document(&mut self, tokens: &[usize]) -> usize {
        let named = tokens.iter().copied().find_map(|t| self.book.at(t).filter(|_| self.ends.contains_key(&t)));
        let bodies = |e: &usize| matches!(self.book.drafts[*e].kind, EntityKind::Organisation | EntityKind::State);
        if let Some(body) = named.filter(bodies) {
            return body;
        }
        let words = self.words(tokens);
        // "The statement" is the one that someone has spoken through before.
        let said_before = self
            .channels
            .iter()
            .rev()
            .find(|(via, _)| words.to_lowercase().ends_with(via.split(' ').next_back().unwrap_or(via)));
        match said_before {
            Some((_, speaker)) if words.to_lowercase().starts_with("the ") => *speaker,
            _ => self.book.by_words(&words, EntityKind::Document, None),
        }
    }

    fn unnamed(&mut self, tokens: &[usize]) -> usize {
        let words = self.words(tokens);
        let side = self.states.in_words(&words);
        self.book.by_words(&words, EntityKind::Unnamed, side)
    }

    /// The channel: "press release" in the source, "in a statement" in or behind the cue.
    fn via(&self, found: &Found) -> Option<String> {
        let (&start, &end) = (found.source.first().or(found.cue.first())?, found.cue.last()?);
        let sentence = self.text.sentence_of[end];
        let near = start.min(found.cue[0])..(end + 5).min(self.text.tokens.len());
        let noun = near.filter(|t| self.text.sentence_of[*t] == sentence && !found.content.contains(t)).find(|&t| {
            matches!(
                self.text.word(t),
                "release"
                    | "statement"
                    | "readout"
                    | "communique"
                    | "communiqué"
                    | "interview"
                    | "briefing"
                    | "letter"
                    | "tweet"
                    | "memo"
            )
        })?;
        let press = noun > 0 && matches!(self.text.word(noun - 1), "press" | "news" | "written" | "joint");
        self.text.span(noun - usize::from(press)..noun + 1).map(|s| s.of(self.text.text).to_owned())
    }

    /// "insisted that the council accept it": who is to act is the one addressed.
    fn asked_party(&self, found: &Found) -> Option<Vec<usize>> {
        let cue: Vec<&str> = found.cue.iter().map(|&t| self.text.word(t)).collect();
        let demands = crate::attribution::act::act(&cue, false) == crate::reading::Act::Demand;
        let skip = usize::from(found.content.first().is_some_and(|&t| self.text.word(t) == "that"));
        let article = usize::from(found.content.get(skip).is_some_and(|&t| matches!(self.text.word(t), "the" | "The")));
        let start = *found.content.get(skip + article)?;
        let end = *self.ends.get(&start)?;
        demands.then(|| (start..end).collect())
    }
}
