//! Phrases without a name: titles, bodies, documents and people who stay unnamed, by what the text has told of them.

use std::iter::successors;

use super::book::plain;
use super::gender::{self, Gender};
use super::group;
use super::id::EntityId;
use super::phrase::Phrase;
use super::resolver::{Resolver, Setting};
use super::salience::{Sought, Trait, Traits};
use super::variant::one_word_for_campaigns;
use crate::reading::EntityKind;
use crate::table::Place;
use crate::text::TokenId;
use crate::text::token::{Case, TokenKind};
use crate::words;

/// Offices that one person holds at a time: their titles are no mere epithets.
const SINGULAR: [&str; 6] = ["president", "vice president", "prime minister", "foreign", "defence", "spokesperson"];

/// Sentences before one in which "the former" may be named.
const REACH: usize = 2;

impl Resolver<'_, '_> {
    /// The tokens of "the president", "the foreign minister of Sudovia", whose noun is at this token: an office that one
    /// person holds, written in small letters and without a name.
    pub(super) fn office_at(&self, noun: TokenId) -> Option<Vec<TokenId>> {
        let small = self.text.case(noun) == Case::Lower && words::is_title(self.text.word(noun));
        let first = Some(noun).filter(|_| small).map(|noun| group::phrase_start(self.text, noun))?;
        let named = |t: TokenId| self.ends.contains_key(&t) || words::is_title(self.word(t));
        if !self.text.word(first).eq_ignore_ascii_case("the") || named(noun.next()) {
            return None;
        }
        let within = |t: &TokenId| self.text.sentence_of.get(*t) == Some(&self.text.sentence_of[noun]);
        let of = if self.word(noun.next()) == "of" { 3 } else { 0 };
        let behind = noun.next().until(noun.plus(1 + of)).iter().take_while(within);
        let behind = behind.take_while(|&t| self.text.tokens[t].kind == TokenKind::Word);
        let tokens: Vec<TokenId> = first.through(noun).iter().chain(behind).collect();
        let office = words::office(&self.words(&tokens));
        office.is_some_and(|o| SINGULAR.contains(&o)).then_some(tokens)
    }

    /// Who holds the office that the words name, preferring the state named and the most recent.
    pub(super) fn holder(&self, tokens: &[TokenId], at: TokenId, setting: Setting) -> Option<EntityId> {
        let words = self.words(tokens);
        let state = self.states.in_words(&words);
        let gender = gender::of_title(&words);
        let office = words::office(&words)?;
        let known = self.near_first(self.offices.of_office(office), at);
        let mut holders = self.book.holders(known.into_iter(), &words, office, state.as_deref());
        holders.retain(|&e| !self.book.drafts[e].gender.zip(gender).is_some_and(|(a, b)| a != b));
        // "Maren’s spokesman" is nobody else's.
        let owner = self.owner(tokens);
        holders.retain(|&e| self.book.drafts[e].serves.zip(owner).is_none_or(|(a, b)| a == b));
        self.of_these(&holders, at, setting)
    }

    /// Some entities; of many only those that a reader has in mind.
    fn near_first(&self, entities: &[EntityId], at: TokenId) -> Vec<EntityId> {
        const MANY: usize = 64;
        if entities.len() <= MANY {
            return entities.to_vec();
        }
        let mut near: Vec<EntityId> = self.salience.recent(at, |e| entities.binary_search(&e).is_ok()).collect();
        near.sort_unstable();
        near.dedup();
        near
    }

    /// The person whose "’s" stands in a phrase.
    fn owner(&self, tokens: &[TokenId]) -> Option<EntityId> {
        let owns = |t: TokenId| self.ends.get(&t).is_some_and(|&end| matches!(self.word(end), "’" | "'"));
        let owner = tokens.iter().find(|&&t| owns(t)).and_then(|&t| self.book.at(t))?;
        (self.book.drafts[owner].kind == EntityKind::Person).then_some(owner)
    }

    /// "the President and Vice President": two offices, and so two persons.
    fn both_offices(&mut self, tokens: &[TokenId], setting: Setting) -> Option<EntityId> {
        let and = tokens.iter().position(|&t| self.text.word(t) == "and")?;
        let (first, second) = (&tokens[..and], &tokens[and + 1..]);
        let office = |part: &[TokenId]| {
            part.last()
                .is_some_and(|&t| words::is_title(self.text.word(t)))
                .then(|| words::office(&self.words(part)))
                .flatten()
        };
        office(first).zip(office(second)).filter(|(a, b)| a != b)?;
        let members = [self.title(first, first[0], setting), self.title(second, second[0], setting)];
        (members[0] != members[1]).then(|| group::of(self.book, &members))
    }

    /// "the minister": who holds the office, or a person that goes by the title.
    pub(super) fn title(&mut self, tokens: &[TokenId], at: TokenId, setting: Setting) -> EntityId {
        if let Some(both) = self.both_offices(tokens, setting) {
            return both;
        }
        if let Some(holder) = self.holder(tokens, at, setting) {
            return holder;
        }
        let words = self.words(tokens);
        let state = self.states.in_words(&words);
        let office = words::office(&words);
        let former = words.to_lowercase().contains("former ");
        let gender = gender::of_title(&words);
        let noun = tokens.iter().map(|&t| self.text.word(t)).find(|w| words::is_title(w)).unwrap_or_default();
        let article = self.text.word(tokens[0]).eq_ignore_ascii_case("the");
        let owned = self.owner(tokens).is_some();
        if let Some(holder) = self.by_noun(&noun.to_lowercase(), at, setting.other_than).filter(|_| !owned) {
            return holder;
        }
        if let Some(holder) = self.only_holder(noun, state.as_deref()).filter(|_| article || state.is_some()) {
            let draft = &mut self.book.drafts[holder];
            draft.side = draft.side.take().or(state);
            return holder;
        }
        // "a senior official ... the official": the one told of before.
        let told_of = |e: EntityId| {
            let draft = &self.book.drafts[e];
            let head =
                || draft.name.split([' ', ',']).take_while(|w| !w.is_empty() && !words::ends_phrase_head(w)).last();
            draft.kind == EntityKind::Unnamed && head() == Some(noun)
        };
        if article && let Some(known) = self.salience.recent(at, told_of).next() {
            return known;
        }
        // "the Hale businessman", "the former first lady": an epithet of whom the text is talking about.
        let epithet = former || !office.is_some_and(|o| SINGULAR.contains(&o));
        if article
            && state.is_none()
            && epithet
            && let Some(known) = self.protagonist(at, office, gender, setting)
        {
            return known;
        }
        if office.is_some() && (article || state.is_some() || self.titles.contains(&tokens[0])) {
            let bare = words.trim_start_matches("the ").trim_start_matches("The ").to_owned();
            let entity = self.book.by_words(&bare, EntityKind::Person, state);
            if self.book.drafts[entity].roles.is_empty() {
                self.book.drafts[entity].roles.push(bare);
                self.offices.add(entity, &self.book.drafts[entity]);
            }
            return entity;
        }
        self.unnamed(tokens, at)
    }

    /// Of several who hold an office the one most in mind, else the one named last before, else the first.
    pub(super) fn of_these(&self, holders: &[EntityId], at: TokenId, setting: Setting) -> Option<EntityId> {
        let fits = |e: EntityId| (holders.contains(&e) && Some(e) != setting.other_than).then(Traits::default);
        let near = self.salience.most(at, Sought::Title, |t| setting.content.binary_search(&t).is_ok(), fits);
        let other = |e: EntityId| Some(e) != setting.other_than;
        near.or_else(|| self.salience.recent(at, |e| other(e) && holders.contains(&e)).next())
            .or_else(|| holders.iter().copied().filter(|&e| other(e)).min())
    }

    /// The last person named before that the text gives a title with this word.
    pub(super) fn by_noun(&self, noun: &str, at: TokenId, other_than: Option<EntityId>) -> Option<EntityId> {
        let with_word = self.offices.with_word(noun);
        if with_word.is_empty() {
            return None;
        }
        let holds = |e: EntityId| {
            let draft = &self.book.drafts[e];
            draft.kind == EntityKind::Person && Some(e) != other_than && with_word.binary_search(&e).is_ok()
        };
        self.salience.recent(at, holds).next()
    }

    /// The one person of a state to whom the text gives a title with this word, before or after; nobody for titles that many bear.
    fn only_holder(&self, noun: &str, state: Option<&str>) -> Option<EntityId> {
        const COMMON: [&str; 8] =
            ["official", "officer", "member", "expert", "diplomat", "colleague", "counterpart", "leader"];
        let noun = noun.to_lowercase();
        if COMMON.contains(&noun.as_str()) {
            return None;
        }
        let person = |e: &EntityId| self.book.drafts[*e].kind == EntityKind::Person;
        let mut holders = self.offices.with_last_word(&noun).iter().copied().filter(person);
        let only = holders.next().filter(|_| holders.next().is_none())?;
        let side = self.book.drafts[only].side.as_deref();
        side.zip(state).is_none_or(|(a, b)| a == b).then_some(only)
    }

    /// The person that the text is about at this place, without another office than the one given.
    pub(super) fn protagonist(
        &self,
        at: TokenId,
        office: Option<&str>,
        gender: Option<Gender>,
        setting: Setting,
    ) -> Option<EntityId> {
        let fits = |e: EntityId| {
            let draft = &self.book.drafts[e];
            let clash = draft.gender.zip(gender).is_some_and(|(a, b)| a != b);
            let other = office.is_some()
                && draft
                    .roles
                    .iter()
                    .filter_map(|r| words::office(r))
                    .any(|own| own != "candidate" && Some(own) != office);
            let person = draft.kind == EntityKind::Person && !clash && !other && Some(e) != setting.other_than;
            person.then(|| Traits::default().with(Trait::About, (draft.mentions.len() as f32).ln_1p()))
        };
        self.salience.most(at, Sought::Title, |t| setting.content.binary_search(&t).is_ok(), fits)
    }

    /// "the Sudovian side" is Sudovia.
    pub(super) fn side(&mut self, tokens: &[TokenId]) -> Option<EntityId> {
        let state = self.states.in_words(&self.words(tokens))?;
        Some(self.book.by_words(&state, EntityKind::State, Some(state.clone())))
    }

    /// "the ministry": the body named last whose name ends so, or a new one.
    pub(super) fn body(&mut self, tokens: &[TokenId], at: TokenId) -> EntityId {
        // With the "’s" within it, which the tokens leave out.
        let whole = tokens.first().zip(tokens.last()).and_then(|(&first, &last)| self.text.span(first.through(last)));
        let words = whole.map(|span| plain(span.of(self.text.text))).unwrap_or_default();
        let bare = words.trim_start_matches("the ").trim_start_matches("The ");
        let key = |name: &str| one_word_for_campaigns(&name.to_lowercase().replace("’s ", " ").replace("'s ", " "));
        let same = key(bare);
        let last = same.split(' ').next_back().unwrap_or_default();
        let fits = |name: &str| {
            let name = key(name);
            name == same || (!same.contains(' ') && name.split(' ').any(|w| w == last))
        };
        let is_body = |e: EntityId| {
            let draft = &self.book.drafts[e];
            draft.kind == EntityKind::Organisation && fits(&draft.name)
        };
        let bodies = self.near_first(self.book.with_body_word(last), at);
        let bodies: Vec<EntityId> = bodies.into_iter().filter(|&e| is_body(e)).collect();
        let known = self.salience.recent(at, |e| bodies.contains(&e)).next().or(bodies.first().copied());
        let known = known.or_else(|| self.body_in_mind(tokens, at));
        // "Maren’s office" is of Maren's side.
        let owner = tokens.iter().find_map(|&t| self.book.at(t)).and_then(|e| self.book.drafts[e].side.clone());
        let side = self.states.in_words(bare).or(owner);
        // A campaign is a body of its own name, with or without its "’s".
        let name = if last == "campaign" { bare.replace("’s ", " ").replace("'s ", " ") } else { bare.to_owned() };
        known.unwrap_or_else(|| self.book.by_words(&name, EntityKind::Organisation, side))
    }

    /// "the company", "the network" where no name has the word: the body named last, whatever its name tells; but "the government" and
    /// "the team" are as often those that everybody knows.
    fn body_in_mind(&self, tokens: &[TokenId], at: TokenId) -> Option<EntityId> {
        let &[noun] = tokens else { return None };
        let article = self.text.word_before(noun).eq_ignore_ascii_case("the");
        let firm = words::is_firm(self.text.word(noun)) && self.text.case(noun) == Case::Lower;
        let named = |e: EntityId| {
            let draft = &self.book.drafts[e];
            draft.kind == EntityKind::Organisation && draft.name.starts_with(char::is_uppercase)
        };
        self.salience.recent(at, named).next().filter(|_| article && firm)
    }

    /// "the press release of the ministry": the ministry. A document that names no body speaks for itself.
    pub(super) fn document(&mut self, tokens: &[TokenId]) -> EntityId {
        let named = tokens.iter().copied().find_map(|t| self.book.at(t).filter(|_| self.ends.contains_key(&t)));
        let bodies = |e: &EntityId| matches!(self.book.drafts[*e].kind, EntityKind::Organisation | EntityKind::State);
        if let Some(body) = named.filter(bodies) {
            return body;
        }
        // "a readout from Maren’s office"
        let from =
            tokens.iter().position(|&t| matches!(self.text.word(t), "from" | "of" | "by")).map(|i| &tokens[i + 1..]);
        if let Some(Phrase::Body(body)) = from.filter(|rest| !rest.is_empty()).map(|rest| self.phrase(rest)) {
            return self.body(&body, body[0]);
        }
        let words = self.words(tokens);
        let lower = words.to_lowercase();
        // "The statement" is the one that someone has spoken through before.
        let same = |via: &str| lower.ends_with(via.split(' ').next_back().unwrap_or(via));
        let said_before = self.channels.iter().rev().find(|(via, _)| same(via));
        match said_before {
            Some((_, speaker)) if lower.starts_with("the ") => *speaker,
            _ => self.book.by_words(&words, EntityKind::Document, None),
        }
    }

    /// "the former", "the latter": of the two that the nearest sentence before names.
    pub(super) fn one_of_two(&self, tokens: &[TokenId]) -> Option<EntityId> {
        let (&at, &last) = (tokens.first()?, tokens.last()?);
        let latter = match self.text.word(last) {
            "former" => false,
            "latter" => true,
            _ => return None,
        };
        let own = self.text.sentence_of[at];
        successors(Some(own), |sentence| sentence.before()).take(REACH + 1).find_map(|sentence| {
            let mut named: Vec<EntityId> = Vec::new();
            for token in self.text.tokens_in(self.text.sentences[sentence]).iter().take_while(|&t| t < at) {
                named.extend(self.book.at(token).filter(|entity| !named.contains(entity)));
            }
            let &[former, second] = &named[..] else { return None };
            Some(if latter { second } else { former })
        })
    }

    /// "he and other envoys": with the name of the one meant.
    fn pronoun_and_others(&mut self, tokens: &[TokenId]) -> Option<EntityId> {
        let (&first, others) = tokens.split_first()?;
        let person =
            *self.pronouns.get(&first).filter(|_| others.first().is_some_and(|&t| self.text.word(t) == "and"))?;
        let words = format!("{} {}", self.book.drafts[person].name, self.words(others));
        Some(self.book.by_words(&words, EntityKind::Group, None))
    }

    /// Who is meant by words that a text has used before in another form: "the senior officials", "Officials" and "these officials" are
    /// the "senior officials" told of last, but "other officials" are not, nor are officials of another state.
    fn told_of(&self, words: &str, at: TokenId) -> Option<EntityId> {
        let (determiner, bare) = undetermined(words);
        let own: Vec<String> = bare.split(' ').map(str::to_lowercase).collect();
        let noun = own.last()?;
        let definite = matches!(determiner, Some("the" | "these" | "this" | "those" | "both"));
        let plural = noun.ends_with('s') && !noun.ends_with("ss");
        if own.iter().any(|w| words::ends_phrase_head(w)) || !(definite || determiner.is_none() && plural) {
            return None;
        }
        let state = self.states.in_words(bare);
        let same = |e: EntityId| {
            let draft = &self.book.drafts[e];
            let (_, theirs) = undetermined(&draft.name);
            let theirs: Vec<String> = theirs
                .split([' ', ','])
                .take_while(|w| !w.is_empty() && !words::ends_phrase_head(w))
                .map(str::to_lowercase)
                .collect();
            let within = |some: &[String], others: &[String]| some.iter().all(|w| others.contains(w));
            let one = own.len() == 1;
            matches!(draft.kind, EntityKind::Unnamed | EntityKind::Group)
                && theirs.contains(noun)
                && (one || state.is_none() || draft.side == state)
                && (within(&own, &theirs) || definite && (own.len() == 2 && plural || within(&theirs, &own)))
        };
        self.salience.recent(at, same).next()
    }

    /// An unnamed source by its words; "the officials" are the two officials told of before, and so are "the angry officials".
    pub(super) fn unnamed(&mut self, tokens: &[TokenId], at: TokenId) -> EntityId {
        let words = self.words(tokens);
        if let Some(joint) = self.pronoun_and_others(tokens) {
            return joint;
        }
        if let Some(known) = self.told_of(&words, at) {
            return known;
        }
        // A name at the head of a sentence may be no name for certain: "Maren said".
        if let Some(known) = self.book.person_of_surname_like(&words) {
            return known;
        }
        if let Some(state) = self.states.name_of(&words).filter(|_| !self.states.is_adjective(&words)) {
            return match self.states.is_seat(&words) {
                true => self.book.by_words(&words, EntityKind::Organisation, Some(state)),
                false => self.book.by_words(&state.clone(), EntityKind::State, Some(state)),
            };
        }
        let side = self.states.in_words(&words);
        self.book.by_words(&words, EntityKind::Unnamed, side)
    }
}

/// A phrase without the determiner in front of it, and that in small letters.
fn undetermined(words: &str) -> (Option<&'static str>, &str) {
    const DETERMINERS: [&str; 8] = ["the", "these", "this", "those", "both", "a", "an", "some"];
    let split = words.split_once(' ');
    let determiner = split.and_then(|(first, _)| DETERMINERS.into_iter().find(|d| first.eq_ignore_ascii_case(d)));
    match (determiner, split) {
        (Some(determiner), Some((_, rest))) => (Some(determiner), rest),
        _ => (None, words),
    }
}
