//! From the words of a source or addressee to an entity, by what the text has said so far.
//!
//! In three rounds: names, which need nothing else; then titles, nouns and pronouns of the third person in the order of the
//! text; then "I", "we" and "you", which need to know who speaks to whom.

use std::collections::HashMap;

use super::addressee::{self, addressee};
use super::book::{Book, one_word_for_campaigns, plain};
use super::gender::{self, Gender};
use super::name::{Name, NameKind};
use super::nominal::Nominal;
use super::phrase::{Phrase, phrase};
use super::salience::{Place, Salience};
use super::states::States;
use super::{Voice, group, variant, via};
use crate::attribution::{Found, edges};
use crate::reading::{EntityKind, Span};
use crate::text::token::TokenKind;
use crate::text::{QuoteState, Text};
use crate::words;

/// Resolves the phrases of one text.
pub struct Resolver<'a, 't> {
    pub(super) text: &'a Text<'t>,
    pub(super) found: &'a [Found],
    states: &'a States<'a>,
    pub(super) book: &'a mut Book,
    pub(super) quotes: &'a [QuoteState],
    /// Name starts to name ends.
    pub(super) ends: HashMap<usize, usize>,
    /// Starts of titles that stand without a name.
    titles: Vec<usize>,
    /// First tokens of phrases for persons to their nouns and entities.
    nominals: HashMap<usize, (usize, usize)>,
    /// For each token the innermost attribution whose content holds it.
    pub(super) within: Vec<Option<usize>>,
    pub(super) salience: Salience<'a, 't>,
    /// Sources of one token to their attributions.
    spoken_by: HashMap<usize, usize>,
    /// Pronouns to entities.
    pub(super) pronouns: HashMap<usize, usize>,
    /// (channel, entity): who spoke through a statement, a release.
    channels: Vec<(String, usize)>,
    pub(super) voices: Vec<Voice>,
}

/// Offices that one person holds at a time: their titles are no mere epithets.
const SINGULAR: [&str; 6] = ["president", "vice president", "prime minister", "foreign", "defence", "spokesperson"];

/// What the second round meets at a token.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// "he", "her"
    Pronoun,
    /// The source of this attribution.
    Source(usize),
    /// Two mentioned together, by these tokens.
    Pair(Vec<usize>),
}

/// The attributions around a place, and what cannot be meant there.
#[derive(Clone, Copy, Default)]
struct Setting<'f> {
    /// Content of the attribution whose source is looked for: whoever is named in it is hardly its source.
    content: &'f [usize],
    /// Someone else is meant.
    other_than: Option<usize>,
}

impl<'a, 't> Resolver<'a, 't> {
    /// A resolver that knows the text's names and nouns.
    pub fn new(
        text: &'a Text<'t>,
        quotes: &'a [QuoteState],
        found: &'a [Found],
        names: &'a [Name],
        nominals: &'a [Nominal],
        states: &'a States<'a>,
        book: &'a mut Book,
    ) -> Resolver<'a, 't> {
        let ends: HashMap<usize, usize> =
            names.iter().filter(|n| n.kind != NameKind::Title).map(|n| (n.tokens.start, n.tokens.end)).collect();
        let mut mentions: Vec<(usize, usize, Place)> =
            book.mentions.iter().map(|&(token, entity)| (token, entity, place(text, &ends, token))).collect();
        mentions.extend(nominals.iter().map(|n| (n.noun, n.entity, Place::Plain)));
        mentions.sort_by_key(|m| m.0);
        mentions.dedup_by_key(|m| m.0);
        Resolver {
            salience: Salience::new(text, quotes, mentions.into_iter()),
            titles: names.iter().filter(|n| n.kind == NameKind::Title).map(|n| n.whole.start).collect(),
            nominals: nominals.iter().map(|n| (n.first, (n.noun, n.entity))).collect(),
            within: innermost(text, found),
            voices: vec![Voice::default(); found.len()],
            spoken_by: (0..found.len())
                .rev()
                .filter(|&i| found[i].source.len() == 1)
                .map(|i| (found[i].source[0], i))
                .collect(),
            pronouns: HashMap::new(),
            channels: Vec::new(),
            text,
            found,
            states,
            book,
            quotes,
            ends,
        }
    }

    /// Speaker, addressee and channel of every attribution; chains come later.
    pub fn voices(mut self) -> Vec<Voice> {
        let sources: Vec<usize> = (0..self.found.len()).filter(|&i| !self.found[i].source.is_empty()).collect();
        let (named, others): (Vec<usize>, Vec<usize>) =
            sources.into_iter().partition(|&i| matches!(self.phrase(&self.found[i].source), Phrase::Name(_)));
        for i in named {
            self.source(i);
        }
        self.in_order(&others);
        let mut order: Vec<usize> = (0..self.found.len()).collect();
        order.sort_by_key(|&i| (self.depth(i), self.found[i].cue.first().copied()));
        for i in order {
            if self.voices[i].speaker.is_none() {
                self.voices[i].speaker = self.by_voice(i);
            }
            self.address(i);
        }
        self.voices
    }

    /// The second round: sources that are no names, and all "he" and "she" and pairs between them.
    fn in_order(&mut self, sources: &[usize]) {
        let mut events: Vec<(usize, Event)> =
            sources.iter().map(|&i| (self.found[i].source[0], Event::Source(i))).collect();
        let pronoun = |t: &usize| gender::of_pronoun(&self.text.word(*t).to_lowercase()).is_some();
        events.extend((0..self.text.tokens.len()).filter(pronoun).map(|t| (t, Event::Pronoun)));
        events.extend(group::mentioned(self).into_iter().map(|(t, tokens)| (t, Event::Pair(tokens))));
        // At one token the pronoun goes first, so that sources that share it agree.
        events.sort();
        for (token, event) in events {
            match event {
                Event::Pronoun => self.pronoun(token),
                Event::Source(i) => self.source(i),
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

    fn pronoun(&mut self, token: usize) {
        let own = self.spoken_by.get(&token).map(|&i| &self.found[i]);
        let setting = Setting { content: own.map_or(&[], |f| &f.content), other_than: None };
        let Some(entity) = self.person(token, setting) else { return };
        self.pronouns.insert(token, entity);
        self.salience.note(token, entity, if own.is_some() { Place::Source } else { Place::Pronoun });
        self.book.mention(entity, self.text.tokens[token].span);
    }

    /// Resolves the source of an attribution, if it needs no knowledge of who speaks around it.
    fn source(&mut self, i: usize) {
        let found = &self.found[i];
        let speaker = self.resolve(&found.source, Setting { content: &found.content, other_than: None });
        if let Some(speaker) = speaker {
            self.salience.note(found.source[0], speaker, Place::Source);
            self.learn(&found.source, speaker);
        }
        self.voices[i].speaker = speaker;
        self.channel(i);
    }

    fn channel(&mut self, i: usize) {
        self.voices[i].via = via::via(self.text, &self.found[i]);
        if let (Some(via), Some(speaker)) = (&self.voices[i].via, self.voices[i].speaker) {
            self.channels.push((via.clone(), speaker));
        }
    }

    /// Speakers that only the voices around them tell: "I", "we", "you", and sources left out.
    fn by_voice(&mut self, i: usize) -> Option<usize> {
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

    /// Who "I", "we" or "you" is at a token within an attribution.
    fn voice_at(&mut self, at: usize, tokens: &[usize], outer: Option<usize>) -> Option<usize> {
        let speaker = outer.and_then(|o| self.voices[o].speaker);
        match self.phrase(tokens) {
            Phrase::First => Some(speaker.unwrap_or_else(|| self.author())),
            Phrase::We => Some(match speaker {
                Some(one) if self.book.drafts[one].kind == EntityKind::Person => self.we(at, one),
                Some(many) => many,
                None => self.author(),
            }),
            Phrase::You => {
                let addressee = outer.and_then(|o| self.voices[o].addressee);
                Some(addressee.unwrap_or_else(|| self.book.by_words("you", EntityKind::Unnamed, None)))
            }
            _ => None,
        }
    }

    fn author(&mut self) -> usize {
        self.book.by_words("the author", EntityKind::Document, None)
    }

    /// "we" in one person's mouth: a group that the text does not name, of the speaker's side.
    fn we(&mut self, at: usize, speaker: usize) -> usize {
        let side = self.book.drafts[speaker].side.clone();
        let we = self.book.by_words_of("we", EntityKind::Unnamed, side, Some(speaker));
        self.book.mention(we, self.text.tokens[at].span);
        we
    }

    /// The source that a nested attribution does not repeat: "my", the subject of the clause before, the one asked.
    fn left_out(&mut self, i: usize) -> Option<usize> {
        let found = &self.found[i];
        let outer = found.inside?;
        if let Some(owner) = found.cue.iter().copied().find(|&t| is_owner(self.text.word(t))) {
            return self.pronouns.get(&owner).copied().or_else(|| self.voice_at(owner, &[owner], Some(outer)));
        }
        let first = found.cue.iter().chain(&found.content).min().copied()?;
        let content = &self.found[outer].content;
        let before = &content[..content.partition_point(|&t| t < first)];
        if let Some(subject) = before.iter().rev().copied().find(|&t| self.is_subject(t)) {
            let who = matches!(self.text.word(subject), "who").then(|| self.relative(subject)).flatten();
            let known = who.or_else(|| self.pronouns.get(&subject).copied()).or_else(|| self.book.at(subject));
            return known.or_else(|| self.voice_at(subject, &[subject], Some(outer)));
        }
        let infinitive = self.text.word(first) == "to";
        let asked = self.voices[outer].addressee.filter(|_| infinitive);
        asked.or(self.voices[outer].speaker)
    }

    /// A pronoun or name where subjects stand.
    fn is_subject(&self, token: usize) -> bool {
        match self.text.word(token) {
            "I" | "we" | "We" | "he" | "He" | "she" | "She" | "you" | "You" | "who" => true,
            _ => {
                let person = self.book.at(token).is_some_and(|e| self.book.drafts[e].kind == EntityKind::Person);
                let before = token.checked_sub(1).map_or("", |t| self.text.word(t));
                let object = words::ends_phrase_head(before) || matches!(before, "about" | "as" | "and" | "or");
                person
                    && !object
                    && self.ends.get(&token).is_some_and(|&end| self.word(end) != "’" && self.word(end) != "'")
            }
        }
    }

    fn word(&self, token: usize) -> &'t str {
        self.text.tokens.get(token).map_or("", |_| self.text.word(token))
    }

    fn depth(&self, mut i: usize) -> usize {
        let mut depth = 0;
        while let Some(outer) = self.found[i].inside {
            depth += 1;
            i = outer;
        }
        depth
    }

    /// The words of a source are a mention of the speaker.
    fn learn(&mut self, source: &[usize], entity: usize) {
        let (Some(&first), Some(&last)) = (source.first(), source.last()) else { return };
        if source.len() <= 12 && self.book.at(first).is_none() {
            if let Some(span) = self.text.span(first..last + 1) {
                self.book.mention(entity, span);
            }
        }
    }

    pub(super) fn phrase(&self, tokens: &[usize]) -> Phrase {
        phrase(self.text, tokens, |t| self.ends.get(&t).copied())
    }

    /// The entity that a phrase means; `None` for what only the voices around it can tell.
    fn resolve(&mut self, tokens: &[usize], setting: Setting) -> Option<usize> {
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
            Phrase::Unnamed(tokens) => Some(self.nominal(&tokens).unwrap_or_else(|| self.unnamed(&tokens, at))),
        }
    }

    /// The person meant by a phrase that begins with the noun's own article: "my mother".
    fn nominal(&self, tokens: &[usize]) -> Option<usize> {
        let (noun, entity) = *self.nominals.get(tokens.first()?)?;
        tokens.contains(&noun).then_some(entity)
    }

    /// Fills in the addressee of an attribution whose speaker is known.
    fn address(&mut self, i: usize) {
        let found = &self.found[i];
        let speaker = self.voices[i].speaker;
        let told = addressee(self.text, found).or_else(|| addressee::asked_party(self.text, found, &self.ends));
        let named = told.and_then(|tokens| self.addressed(&tokens, found.inside, speaker));
        if named.is_some() {
            self.voices[i].addressee = named;
            return;
        }
        if let Some((entity, inferred)) = super::dialogue::addressee(self, i).filter(|a| Some(a.0) != speaker) {
            self.voices[i].addressee = Some(entity);
            self.voices[i].addressee_inferred = inferred;
        }
    }

    /// The one that an addressee's words mean: someone else than the speaker, and never a mere "it".
    pub(super) fn addressed(
        &mut self,
        tokens: &[usize],
        outer: Option<usize>,
        speaker: Option<usize>,
    ) -> Option<usize> {
        let setting = Setting { content: &[], other_than: speaker };
        let entity = match self.phrase(tokens) {
            Phrase::Relative | Phrase::Nothing => None,
            Phrase::Thing(pronoun) if pronoun == "it" || pronoun == "its" => None,
            Phrase::First | Phrase::We | Phrase::You => self.voice_at(*tokens.first()?, tokens, outer),
            phrase => {
                // "questioned the need": things are not spoken to.
                let thing =
                    matches!(phrase, Phrase::Unnamed(_) | Phrase::Document(_)) && !group::personal(self.text, tokens);
                self.outlet(tokens).or_else(|| if thing { None } else { self.resolve(tokens, setting) })
            }
        };
        entity.filter(|to| Some(*to) != speaker)
    }

    /// "Radio North’s Ada Lind" is Lind, "Radio North’s “Morning Hour”" the programme.
    fn outlet(&mut self, tokens: &[usize]) -> Option<usize> {
        let start = *tokens.iter().find(|t| self.ends.contains_key(t))?;
        let mark = *self.ends.get(&start)?;
        let owned = matches!(self.word(mark), "’" | "'") && self.word(mark + 1) == "s";
        let next = mark + 2;
        if !owned || !tokens.contains(&next) {
            return None;
        }
        match self.quotes.get(next)? {
            QuoteState::Open => {
                let end = (next + 1..self.text.tokens.len()).take(8).find(|&t| self.quotes[t] == QuoteState::Close)?;
                let words = self.text.span(start..end + 1)?.of(self.text.text).to_owned();
                Some(self.book.by_words(&words, EntityKind::Organisation, None))
            }
            _ => self.book.at(next),
        }
    }

    pub(super) fn words(&self, tokens: &[usize]) -> String {
        let spans: Vec<Span> = edges::spans(self.text, tokens);
        plain(&spans.iter().map(|s| s.of(self.text.text)).collect::<Vec<_>>().join(" "))
    }

    /// The most likely person for the "he" or "she" at a token.
    fn person(&self, at: usize, setting: Setting) -> Option<usize> {
        self.like(at, gender::of_pronoun(&self.text.word(at).to_lowercase()), setting)
    }

    /// The person most in mind, of a gender if one is given.
    fn like(&self, at: usize, gender: Option<Gender>, setting: Setting) -> Option<usize> {
        let around = self.within[at].filter(|&i| !self.found[i].source.contains(&at));
        let speaker = around.and_then(|i| self.voices[i].speaker);
        let quoted = self.quotes[at] != QuoteState::Outside;
        // "Maren said that she ...": told of, a speaker is spoken of in the third person; quoted, never.
        let before = around.is_some_and(|i| self.found[i].cue.first().is_some_and(|&cue| cue < at));
        let fits = |e: usize| {
            let draft = &self.book.drafts[e];
            let person =
                draft.kind == EntityKind::Person || (draft.kind == EntityKind::Unnamed && draft.gender.is_some());
            let clash = draft.gender.zip(gender).is_some_and(|(a, b)| a != b);
            if !person || clash || Some(e) == setting.other_than || (quoted && Some(e) == speaker) {
                return None;
            }
            let told = before && Some(e) == speaker;
            let personal = match (draft.kind, draft.gender) {
                _ if told => 1.2,
                (EntityKind::Unnamed, _) => -0.4,
                (_, Some(_)) => 0.3,
                // A single name without a title may be no person's.
                _ if draft.roles.is_empty() && !draft.name.contains(' ') => -0.8,
                _ => 0.0,
            };
            let frequent = 0.1 * (draft.mentions.len() as f32).ln_1p();
            Some(personal + frequent)
        };
        let found = self.salience.most(at, |t| setting.content.binary_search(&t).is_ok(), fits);
        // Nobody before: the one who says it, whose name comes after.
        found.or_else(|| speaker.filter(|&e| !quoted && fits(e).is_some()))
    }

    /// The most likely body for "it", the most likely group or body for "they".
    fn thing(&self, at: usize, pronoun: &str, setting: Setting) -> Option<usize> {
        let many = pronoun.starts_with("the") || pronoun == "both" || pronoun == "each";
        let fits = |e: usize| match self.book.drafts[e].kind {
            EntityKind::Person => None,
            EntityKind::Unnamed if self.book.drafts[e].gender.is_some() => None,
            EntityKind::Group => many.then_some(0.6),
            EntityKind::Unnamed => many.then_some(0.3),
            _ => Some(0.0),
        };
        self.salience.most(at, |t| setting.content.binary_search(&t).is_ok(), fits)
    }

    /// "who": the person right before, or the people whose noun stands before.
    fn relative(&mut self, at: usize) -> Option<usize> {
        let sentence = self.text.sentence_of[at];
        let start = (0..at).rev().take_while(|&t| self.text.sentence_of[t] == sentence).last()?;
        let personal = self.text.word(at).to_lowercase().starts_with("who") && self.text.word(at) != "whose";
        let near = (start..at).rev().take(14);
        let name = self.salience.before(at, start, |token, entity| {
            self.ends.contains_key(&token) && (!personal || self.book.drafts[entity].kind == EntityKind::Person)
        });
        let noun = near.filter(|_| personal).find(|&t| words::is_people(self.text.word(t)));
        // "people all over Norrland who": the name only tells where.
        let where_to = |token: usize| {
            let before = token.checked_sub(1).map_or("", |t| self.text.word(t));
            words::ends_phrase_head(before) || matches!(before, "over" | "across" | "around" | "throughout" | "the")
        };
        match (name, noun) {
            (Some((token, entity)), noun) if noun.is_none_or(|noun| token > noun && !where_to(token)) => Some(entity),
            (_, Some(noun)) => {
                let first = group::phrase_start(self.text, noun);
                let tokens: Vec<usize> = (first..noun + 1).collect();
                self.resolve(&tokens, Setting::default())
            }
            (Some((_, entity)), None) => Some(entity),
            (None, None) => {
                // "one of the parties, who": by the noun before, whatever it is.
                let noun =
                    (start..at).rev().find(|&t| self.text.tokens[t].kind == TokenKind::Word).filter(|_| personal)?;
                let tokens: Vec<usize> = (group::phrase_start(self.text, noun)..noun + 1).collect();
                Some(self.unnamed(&tokens, at))
            }
        }
    }

    /// "the minister": who holds the office, preferring the state named and the most recent.
    fn title(&mut self, tokens: &[usize], at: usize, setting: Setting) -> usize {
        let words = self.words(tokens);
        let state = self.states.in_words(&words);
        let office = words::office(&words);
        let former = words.to_lowercase().contains("former ");
        let holders = office.map(|o| self.book.holders(&words, o, state.as_deref())).unwrap_or_default();
        if let Some(holder) = self.of_these(&holders, at, setting) {
            return holder;
        }
        let noun = tokens.iter().map(|&t| self.text.word(t)).find(|w| words::is_title(w)).unwrap_or_default();
        if let Some(holder) = self.by_noun(&noun.to_lowercase(), at, setting.other_than) {
            return holder;
        }
        // "the Hale businessman", "the former first lady": an epithet of whom the text is talking about.
        let article = self.text.word(tokens[0]).eq_ignore_ascii_case("the");
        let epithet = former || !office.is_some_and(|o| SINGULAR.contains(&o));
        if article && state.is_none() && epithet {
            if let Some(known) = self.protagonist(at, office, gender::of_title(&words), setting) {
                return known;
            }
        }
        if office.is_some() && (article || state.is_some() || self.titles.contains(&tokens[0])) {
            let bare = words.trim_start_matches("the ").trim_start_matches("The ").to_owned();
            let entity = self.book.by_words(&bare, EntityKind::Person, state);
            if self.book.drafts[entity].roles.is_empty() {
                self.book.drafts[entity].roles.push(bare);
            }
            return entity;
        }
        self.unnamed(tokens, at)
    }

    /// Of several who hold an office the one most in mind, else the one named last before, else the first.
    fn of_these(&self, holders: &[usize], at: usize, setting: Setting) -> Option<usize> {
        let fits = |e: usize| (holders.contains(&e) && Some(e) != setting.other_than).then_some(0.0);
        let near = self.salience.most(at, |t| setting.content.binary_search(&t).is_ok(), fits);
        let others = || holders.iter().copied().filter(|&e| Some(e) != setting.other_than);
        near.or_else(|| others().max_by_key(|&e| (self.salience.last(e, at), std::cmp::Reverse(e))))
    }

    /// The last person named before that the text gives a title with this word.
    pub(super) fn by_noun(&self, noun: &str, at: usize, other_than: Option<usize>) -> Option<usize> {
        let holds = |e: usize| {
            let draft = &self.book.drafts[e];
            let word = |role: &String| role.to_lowercase().split(' ').any(|w| w == noun);
            draft.kind == EntityKind::Person && Some(e) != other_than && draft.roles.iter().any(word)
        };
        let candidates = (0..self.book.drafts.len()).filter(|&e| holds(e) && self.salience.last(e, at) > 0);
        candidates.max_by_key(|&e| self.salience.last(e, at))
    }

    /// The person that the text is about at this place, without another office than the one given.
    fn protagonist(&self, at: usize, office: Option<&str>, gender: Option<Gender>, setting: Setting) -> Option<usize> {
        let fits = |e: usize| {
            let draft = &self.book.drafts[e];
            let clash = draft.gender.zip(gender).is_some_and(|(a, b)| a != b);
            let other = office.is_some()
                && draft
                    .roles
                    .iter()
                    .filter_map(|r| words::office(r))
                    .any(|own| own != "candidate" && Some(own) != office);
            let person = draft.kind == EntityKind::Person && !clash && !other && Some(e) != setting.other_than;
            person.then(|| 0.6 * (draft.mentions.len() as f32).ln_1p())
        };
        self.salience.most(at, |t| setting.content.binary_search(&t).is_ok(), fits)
    }

    /// "the Sudovian side" is Sudovia.
    fn side(&mut self, tokens: &[usize]) -> Option<usize> {
        let state = self.states.in_words(&self.words(tokens))?;
        Some(self.book.by_words(&state, EntityKind::State, Some(state.clone())))
    }

    /// "the ministry": the body named last whose name ends so, or a new one.
    fn body(&mut self, tokens: &[usize], at: usize) -> usize {
        let words = self.words(tokens);
        let bare = words.trim_start_matches("the ").trim_start_matches("The ").replace("’s ", " ").replace("'s ", " ");
        let same = one_word_for_campaigns(&bare.to_lowercase());
        let last = same.split(' ').next_back().unwrap_or_default();
        let fits = |name: &str| {
            let name = one_word_for_campaigns(&name.to_lowercase());
            name == same || (!same.contains(' ') && name.split(' ').any(|w| w == last))
        };
        let bodies = (0..self.book.drafts.len()).filter(|&e| {
            let draft = &self.book.drafts[e];
            draft.kind == EntityKind::Organisation && fits(&draft.name)
        });
        let known = bodies.max_by_key(|&e| (self.salience.last(e, at), std::cmp::Reverse(e)));
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
        let lower = words.to_lowercase();
        // "The statement" is the one that someone has spoken through before.
        let same = |via: &str| lower.ends_with(via.split(' ').next_back().unwrap_or(via));
        let said_before = self.channels.iter().rev().find(|(via, _)| same(via));
        match said_before {
            Some((_, speaker)) if lower.starts_with("the ") => *speaker,
            _ => self.book.by_words(&words, EntityKind::Document, None),
        }
    }

    /// An unnamed source by its words; "the officials" are the two officials told of before.
    pub(super) fn unnamed(&mut self, tokens: &[usize], at: usize) -> usize {
        let words = self.words(tokens);
        if let Some(noun) =
            words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).filter(|w| !w.contains(' '))
        {
            let same = |e: usize| {
                let draft = &self.book.drafts[e];
                let mut own = draft.name.split(' ').take_while(|w| !words::ends_phrase_head(w));
                matches!(draft.kind, EntityKind::Unnamed | EntityKind::Group)
                    && own.any(|w| w.eq_ignore_ascii_case(noun))
            };
            let before = self.salience.recent(at, same).next();
            if let Some(known) = before {
                return known;
            }
        }
        // A name at the head of a sentence may be no name for certain: "Maren said".
        let surname = |e: &usize| {
            let draft = &self.book.drafts[*e];
            let last = draft.name.split(' ').next_back();
            draft.kind == EntityKind::Person && last.is_some_and(|last| variant::same_name(last, &words))
        };
        if let Some(known) = (0..self.book.drafts.len()).find(surname) {
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

/// How the name that starts at a token stands.
fn place(text: &Text, ends: &HashMap<usize, usize>, token: usize) -> Place {
    let Some(&end) = ends.get(&token) else { return Place::Plain };
    let word = |t: usize| text.tokens.get(t).map_or("", |_| text.word(t));
    let noun = words::is_body(word(end))
        || words::is_title(word(end))
        || words::is_document(word(end))
        || words::is_modifier(word(end));
    let same_sentence = text.sentence_of.get(end) == Some(&text.sentence_of[token]);
    match word(end) {
        "’" | "'" => Place::Owner,
        _ if noun && same_sentence => Place::Modifier,
        _ => Place::Plain,
    }
}

/// For each token the innermost attribution whose content holds it; `found` has outer before inner.
fn innermost(text: &Text, found: &[Found]) -> Vec<Option<usize>> {
    let mut within = vec![None; text.tokens.len()];
    for (i, f) in found.iter().enumerate() {
        for &t in &f.content {
            within[t] = Some(i);
        }
    }
    within
}

fn is_owner(word: &str) -> bool {
    matches!(word, "my" | "our" | "his" | "her" | "My" | "Our" | "His" | "Her")
}
