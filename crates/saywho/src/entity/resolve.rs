//! From the words of a source or addressee to an entity, by what the text has said so far.
//!
//! In three rounds: names, which need nothing else; then titles, nouns and pronouns of the third person in the order of the
//! text; then "I", "we" and "you", which need to know who speaks to whom.

use std::cell::RefCell;

use super::addressee::{self, addressee};
use super::chain::Voices;
use super::id::EntityId;
use super::phrase::Phrase;
use super::resolver::{Resolver, Setting};
use super::salience::{Choice, Place};
use super::{gender, group, via};
use crate::attribution::AttributionId;
use crate::reading::EntityKind;
use crate::table::Place as _;
use crate::text::{QuoteState, TokenId};

/// What the second round meets at a token.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// "he", "her"
    Pronoun,
    /// The source of this attribution.
    Source(AttributionId),
    /// Two mentioned together, by these tokens.
    Pair(Vec<TokenId>),
    /// "the president", wherever it stands.
    Office(Vec<TokenId>),
}

impl Resolver<'_, '_> {
    /// Speaker, addressee and channel of every attribution; chains come later. And the choices, if they were asked for.
    pub fn voices(mut self) -> (Voices, Vec<Choice>) {
        self.labels();
        let unknown = |&i: &AttributionId| self.voices[i].speaker.is_none() && !self.found[i].source.is_empty();
        let sources: Vec<AttributionId> = self.found.places().filter(unknown).collect();
        let (named, others): (Vec<AttributionId>, Vec<AttributionId>) =
            sources.into_iter().partition(|&i| matches!(self.phrase(&self.found[i].source), Phrase::Name(_)));
        for i in named.into_iter().take_while(|_| !self.text.budget.is_spent()) {
            self.source(i);
        }
        self.in_order(&others);
        let mut order: Vec<AttributionId> = self.found.places().collect();
        order.sort_by_key(|&i| (self.depth(i), self.found[i].cue.first().copied()));
        for i in order.into_iter().take_while(|_| !self.text.budget.is_spent()) {
            if self.voices[i].speaker.is_none() {
                self.voices[i].speaker = self.by_voice(i);
            }
            self.address(i);
        }
        (self.voices, self.salience.choices.map(RefCell::into_inner).unwrap_or_default())
    }

    /// Turns whose labels tell who speaks.
    fn labels(&mut self) {
        for i in self.found.places() {
            let Some(speaker) = self.turns.and_then(|turns| turns.speaker(i)) else { continue };
            self.voices[i].speaker = Some(speaker);
            if let Some(&first) = self.found[i].source.first() {
                self.salience.note(first, speaker, Place::Source);
            }
            self.channel(i);
        }
    }

    /// The second round: sources that are no names, and all "he" and "she" and pairs between them.
    fn in_order(&mut self, sources: &[AttributionId]) {
        let mut events: Vec<(TokenId, Event)> =
            sources.iter().map(|&i| (self.found[i].source[0], Event::Source(i))).collect();
        let pronoun = |t: &TokenId| gender::of_pronoun(&self.text.word(*t).to_lowercase()).is_some();
        events.extend(self.text.tokens.places().filter(pronoun).map(|t| (t, Event::Pronoun)));
        events.extend(group::mentioned(self).into_iter().map(|(t, tokens)| (t, Event::Pair(tokens))));
        events.extend(self.text.tokens.places().filter_map(|t| Some((t, Event::Office(self.office_at(t)?)))));
        // At one token the pronoun goes first, so that sources that share it agree.
        events.sort();
        for (token, event) in events.into_iter().take_while(|_| !self.text.budget.is_spent()) {
            match event {
                Event::Pronoun => self.pronoun(token),
                Event::Source(i) => self.source(i),
                Event::Office(tokens) => {
                    if let Some(holder) = self.holder(&tokens, tokens[0], Setting::default()) {
                        self.salience.note(token, holder, Place::Plain);
                    }
                }
                Event::Pair(tokens) => {
                    let group = match self.phrase(&tokens) {
                        Phrase::Several(noun) => group::several(self, noun, token, None),
                        _ => group::joint(self, &tokens),
                    };
                    if let Some(group) = group {
                        self.salience.note(token, group, Place::Plain);
                    }
                }
            }
        }
    }

    fn pronoun(&mut self, token: TokenId) {
        let own = self.spoken_by.get(&token).map(|&i| &self.found[i]);
        let setting = Setting { content: own.map_or(&[], |f| &f.content), other_than: None };
        let Some(entity) = self.person(token, setting) else { return };
        self.pronouns.insert(token, entity);
        self.salience.note(token, entity, if own.is_some() { Place::Source } else { Place::Pronoun });
        self.book.mention(entity, self.text.tokens[token].span);
    }

    /// Resolves the source of an attribution, if it needs no knowledge of who speaks around it.
    fn source(&mut self, i: AttributionId) {
        let found = &self.found[i];
        let speaker = self.resolve(&found.source, Setting { content: &found.content, other_than: None });
        if let Some(speaker) = speaker {
            self.salience.note(found.source[0], speaker, Place::Source);
            self.learn(&found.source, speaker);
        }
        self.voices[i].speaker = speaker;
        self.channel(i);
    }

    fn channel(&mut self, i: AttributionId) {
        self.voices[i].via = via::via(self.text, &self.found[i]);
        if let (Some(via), Some(speaker)) = (&self.voices[i].via, self.voices[i].speaker) {
            self.channels.push((via.clone(), speaker));
        }
    }

    /// Speakers that only the voices around them tell: "I", "we", "you", and sources left out.
    fn by_voice(&mut self, i: AttributionId) -> Option<EntityId> {
        let found = &self.found[i];
        let speaker = match found.source.first() {
            // Outside of others' attributions it may still stand in someone's turn.
            Some(&at) => self.voice_at(at, &found.source, found.inside.or(self.within[at].filter(|&o| o != i))),
            None => self.left_out(i),
        };
        if let (Some(speaker), false) = (speaker, found.source.is_empty()) {
            self.learn(&found.source, speaker);
        }
        self.voices[i].speaker = speaker;
        self.channel(i);
        speaker
    }

    /// The entity that a phrase means; `None` for what only the voices around it can tell.
    pub(super) fn resolve(&mut self, tokens: &[TokenId], setting: Setting) -> Option<EntityId> {
        let at = *tokens.first()?;
        match self.phrase(tokens) {
            Phrase::Nothing | Phrase::First | Phrase::We | Phrase::You => None,
            Phrase::Name(start) => group::joint(self, tokens).or_else(|| self.book.at(start)),
            Phrase::Several(noun) => {
                Some(group::several(self, noun, at, setting.other_than).unwrap_or_else(|| self.unnamed(tokens, at)))
            }
            Phrase::Person(pronoun) => {
                let known = self.nominal(tokens).or_else(|| self.pronouns.get(&at).copied());
                let known = known.filter(|e| Some(*e) != setting.other_than);
                let fitting = || match gender::of_pronoun(&self.text.word(at).to_lowercase()) {
                    Some(_) => self.person(at, setting),
                    None => self.like(at, gender::of_pronoun(&pronoun), setting),
                };
                known.or_else(fitting).or_else(|| Some(self.unnamed(tokens, at)))
            }
            Phrase::Thing(pronoun) => self.thing(at, &pronoun, setting).or_else(|| Some(self.unnamed(tokens, at))),
            Phrase::Relative => self.relative(at).or_else(|| Some(self.unnamed(tokens, at))),
            Phrase::Title(tokens) => Some(self.title(&tokens, at, setting)),
            Phrase::Side(tokens) => self.side(&tokens).or_else(|| Some(self.unnamed(&tokens, at))),
            Phrase::Body(tokens) => Some(self.body(&tokens, at)),
            Phrase::Document(tokens) => Some(self.document(&tokens)),
            Phrase::Unnamed(tokens) => {
                let known = self.one_of_two(&tokens).or_else(|| self.nominal(&tokens));
                Some(known.unwrap_or_else(|| self.unnamed(&tokens, at)))
            }
        }
    }

    /// Fills in the addressee of an attribution whose speaker is known.
    fn address(&mut self, i: AttributionId) {
        self.voices[i].audience = addressee::audience(self.text, &self.found[i])
            .and_then(|tokens| self.book.at(*tokens.first()?))
            .filter(|&audience| Some(audience) != self.voices[i].speaker)
            .filter(|&audience| {
                let draft = &self.book.drafts[audience];
                // "before Easter": a bare name behind "before" is as often a day.
                draft.kind == EntityKind::Organisation || draft.kind == EntityKind::Person && draft.name.contains(' ')
            });
        if let Some(to) = self.turns.and_then(|turns| turns.addressee(i)) {
            self.voices[i].addressee = Some(to);
            self.voices[i].addressee_inferred = true;
            return;
        }
        let found = &self.found[i];
        if found.cue.is_empty() {
            return;
        }
        let speaker = self.voices[i].speaker;
        if addressee::is_to_oneself(self.text, found) {
            self.voices[i].addressee = speaker;
            return;
        }
        let told = addressee(self.text, found).or_else(|| addressee::asked_party(self.text, found, &self.ends));
        let inside = found.inside;
        let hears = addressee::is_told(self.text, found);
        if let Some(tokens) = told
            && let named @ Some(_) = self.addressed(&tokens, inside, speaker, hears)
        {
            (self.voices[i].addressee, self.voices[i].recipient) = (named, tokens);
            return;
        }
        if let Some((entity, inferred)) = super::dialogue::addressee(self, i).filter(|a| Some(a.0) != speaker) {
            self.voices[i].addressee = Some(entity);
            self.voices[i].addressee_inferred = inferred;
        }
    }

    /// The one that an addressee's words mean: someone else than the speaker, and never a mere "it". Things are not spoken to,
    /// but for what `hears` by the grammar of its sentence: then it is people, whatever they are called.
    pub(super) fn addressed(
        &mut self,
        tokens: &[TokenId],
        outer: Option<AttributionId>,
        speaker: Option<EntityId>,
        hears: bool,
    ) -> Option<EntityId> {
        let setting = Setting { content: &[], other_than: speaker };
        let entity = match self.phrase(tokens) {
            Phrase::Relative | Phrase::Nothing => None,
            Phrase::Thing(pronoun) if pronoun == "it" || pronoun == "its" => None,
            Phrase::First | Phrase::We | Phrase::You => self.voice_at(*tokens.first()?, tokens, outer),
            phrase => {
                // "questioned the need" speaks to nobody.
                let unknown = matches!(phrase, Phrase::Unnamed(_) | Phrase::Document(_));
                let thing = unknown && !hears && !group::personal(self.text, tokens);
                self.outlet(tokens).or_else(|| if thing { None } else { self.resolve(tokens, setting) })
            }
        };
        entity.filter(|to| Some(*to) != speaker)
    }

    /// "Radio North’s Ada Lind" is Lind, "Radio North’s “Morning Hour”" the programme.
    fn outlet(&mut self, tokens: &[TokenId]) -> Option<EntityId> {
        let start = *tokens.iter().find(|t| self.ends.contains_key(t))?;
        let mark = *self.ends.get(&start)?;
        let owned = matches!(self.word(mark), "’" | "'") && self.word(mark.next()) == "s";
        let next = mark.plus(2);
        if !owned || !tokens.contains(&next) {
            return None;
        }
        match self.quotes.get(next)? {
            QuoteState::Open => {
                let end =
                    self.text.tokens_from(next.next()).iter().take(8).find(|&t| self.quotes[t] == QuoteState::Close)?;
                let words = self.text.span(start.through(end))?.of(self.text.text).to_owned();
                Some(self.book.by_words(&words, EntityKind::Organisation, None))
            }
            _ => self.book.at(next),
        }
    }
}
