//! The entities of one text: names gathered into persons, bodies and states.

use std::collections::BTreeSet;

use super::gender::{self, Gender};
use super::id::EntityId;
use super::index::Index;
use super::name::{Name, NameKind};
use super::states::States;
use super::variant::{self, same_body};
use crate::reading::{Entity, EntityKind, Span};
use crate::table::{Place, Table};
use crate::text::token::Case;
use crate::text::{QuoteState, Start, Text, TokenId};
use crate::words;

/// An entity while it is being gathered.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The fullest name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Titles in the text's words.
    pub roles: Vec<String>,
    /// The state it speaks for.
    pub side: Option<String>,
    /// Where it is named.
    pub mentions: BTreeSet<Span>,
    /// As far as titles, names and pronouns tell.
    pub gender: Option<Gender>,
    /// In whose mouth it goes by these words: "we".
    pub of: Option<EntityId>,
    /// Whose spokesman it is: "Maren’s spokesman, Bo Tarn".
    pub serves: Option<EntityId>,
    /// The office that the tables give the person, as [`words::office`] words it.
    pub office: Option<&'static str>,
    /// The Wikidata id that the tables give an office holder.
    pub wikidata: Option<String>,
    /// Of a group: who speak as one.
    pub members: Vec<EntityId>,
    /// Whether the name was given, so that nothing spells it otherwise.
    pub named_by_hand: bool,
}

/// All entities of a text.
#[derive(Default)]
pub struct Book {
    /// In order of their first mention.
    pub drafts: Table<EntityId, Draft>,
    /// (first token, entity): every mention in order of the text.
    pub mentions: Vec<(TokenId, EntityId)>,
    index: Index,
}

impl Book {
    /// Gathers the names of a text: fuller names first, so that short ones find them.
    pub fn gather(text: &Text, names: &[Name], states: &States) -> Book {
        let mut book = Book::default();
        let mut order: Vec<&Name> = names.iter().filter(|n| n.kind != NameKind::Title).collect();
        order.sort_by_key(|n| (n.tokens.len() < 2, n.tokens.start));
        let mut entity_of = Vec::new();
        for name in order.into_iter().take_while(|_| !text.budget.is_spent()) {
            entity_of.extend(book.add(text, name, states).map(|entity| (name.tokens.start, entity)));
        }
        entity_of.sort_unstable();
        book.mentions = entity_of;
        book.find_places(text);
        book.given_names(gender::of_name);
        book.learn_genders(text);
        book.given_names(gender::of_given);
        book
    }

    /// A bare name that often stands where places stand ("in Brel", "near the Strait") names no person.
    fn find_places(&mut self, text: &Text) {
        let before = |token: TokenId| text.word_before(token);
        let place = |token: TokenId, one_word: bool| {
            matches!(before(token), "in" | "at" | "near" | "across" | "throughout")
                || (one_word && matches!(before(token), "the" | "The" | "of" | "from"))
        };
        // "the Middle East", "the Seagull,": no person; "the Maren campaign" may be named after one.
        let thing = |token: TokenId| {
            let next = text.tokens_from(token).iter().find(|&t| text.case(t) != Case::Initial);
            let modifies = next.is_some_and(|t| text.case(t) == Case::Lower);
            matches!(before(token), "the" | "The") && !modifies
        };
        let tokens = self.tokens();
        for (draft, tokens) in self.drafts.iter_mut().zip(tokens.iter()) {
            if draft.kind != EntityKind::Person || !draft.roles.is_empty() || draft.gender.is_some() {
                continue;
            }
            let one_word = !draft.name.contains(' ');
            let count = |of: &dyn Fn(TokenId) -> bool| tokens.iter().filter(|&&t| of(t)).count() as f32;
            let all = tokens.len() as f32;
            let share = if one_word { 1.0 } else { 0.4 };
            if count(&|t| place(t, one_word)) >= share * all || count(&thing) >= 0.4 * all {
                draft.kind = EntityKind::Organisation;
            }
        }
    }

    /// A name of one word that no title, pronoun or given name makes a person's is a body's in a text that introduces persons by two:
    /// nobody enters the news by a surname alone. What only begins sentences may be no name at all. Asked when all phrases are
    /// resolved, so that "he" tells of persons.
    pub fn find_bodies(&mut self, text: &Text, names: &[Name]) {
        let labels = labelled(text, names);
        let person = |d: &Draft| d.kind == EntityKind::Person;
        if !self.drafts.iter().any(|d| person(d) && d.name.contains(' ') && d.gender.is_some()) {
            return;
        }
        let tokens = self.tokens();
        for (draft, tokens) in self.drafts.iter_mut().zip(tokens.iter()) {
            let bare = draft.roles.is_empty() && draft.gender.is_none() && !draft.name.contains(' ');
            let inner = tokens.iter().any(|&t| text.starts[t] == Start::Inner);
            let pronoun = |span: &Span| gender::of_pronoun(&span.of(text.text).to_lowercase()).is_some();
            let he = draft.mentions.iter().any(pronoun);
            if person(draft) && bare && inner && !he && !tokens.iter().any(|t| labels.contains(t)) {
                draft.kind = EntityKind::Organisation;
            }
        }
    }

    /// For each entity the first tokens of its names, in order.
    pub fn tokens(&self) -> Table<EntityId, Vec<TokenId>> {
        let mut tokens = self.drafts.with(Vec::new());
        self.mentions.iter().for_each(|&(token, entity)| tokens[entity].push(token));
        tokens
    }

    /// Genders that names tell: "Ilse Maren", and after pronouns also "Ilse".
    fn given_names(&mut self, of: impl Fn(&str) -> Option<Gender>) {
        for draft in self.drafts.iter_mut().filter(|d| d.kind == EntityKind::Person) {
            draft.gender = draft.gender.or_else(|| of(&draft.name));
        }
    }

    /// "he" or "she" behind the only person that a sentence names tells of that person.
    fn learn_genders(&mut self, text: &Text) {
        let quotes = &text.quote_states;
        let persons: Vec<(TokenId, EntityId)> =
            self.mentions.iter().copied().filter(|m| self.drafts[m.1].kind == EntityKind::Person).collect();
        let mut told = self.drafts.with((0, 0));
        for group in persons.chunk_by(|a, b| text.sentence_of[a.0] == text.sentence_of[b.0]) {
            let (first, entity) = group[0];
            // Who has the floor calls others "he".
            let label = text.structure.turns.iter().any(|turn| turn.label.contains(text.tokens[first].span));
            if label || group.iter().any(|m| m.1 != entity) {
                continue;
            }
            let sentence = text.sentence_of[first];
            // Within quotation marks it is someone else than the one who speaks.
            let voice = |t: &TokenId| (quotes[*t] == QuoteState::Outside) == (quotes[first] == QuoteState::Outside);
            let rest = text.tokens_from(first).iter().take_while(|&t| text.sentence_of[t] == sentence);
            for t in rest.filter(voice) {
                match gender::of_pronoun(text.word(t)) {
                    Some(Gender::Female) => told[entity].0 += 1,
                    Some(Gender::Male) => told[entity].1 += 1,
                    None => {}
                }
            }
        }
        for (draft, (female, male)) in self.drafts.iter_mut().zip(told.iter().copied()) {
            let learned = if female > 2 * male {
                Some(Gender::Female)
            } else if male > 2 * female {
                Some(Gender::Male)
            } else {
                None
            };
            draft.gender = draft.gender.or(learned);
        }
    }

    fn add(&mut self, text: &Text, name: &Name, states: &States) -> Option<EntityId> {
        let span = text.span(name.tokens)?;
        let words = plain(span.of(text.text));
        let title = gender::of_title(&text.text[text.tokens[name.whole.start].span.start..span.start]);
        let found = match name.kind {
            NameKind::State => {
                // Someone's surname may be a capital's name.
                let surname = |d: &Draft| d.name.split(' ').skip(1).last() == Some(words.as_str());
                let is_state = |d: &Draft, state: &str| d.kind == EntityKind::State && d.name == state;
                let same = |state: &str| self.first(self.index.by_words(state), |d| is_state(d, state));
                let is_person = |d: &Draft| d.kind == EntityKind::Person && surname(d);
                let person = self.first(self.index.by_last_word(&words), is_person);
                person.or_else(|| name.state.as_deref().and_then(same))
            }
            NameKind::Organisation => {
                let surname = |d: &Draft| d.name.split(' ').next_back() == Some(words.as_str());
                let body = self.first(&self.index.bodies(&words), |d| same_body(&d.name, &words));
                let is_person = |d: &Draft| d.kind == EntityKind::Person && surname(d);
                let person = self.first(self.index.by_last_word(&words), is_person);
                body.into_iter().chain(person).min()
            }
            _ => self.person(&words, title),
        };
        let entity = found.unwrap_or_else(|| self.create(name, words.clone(), states));
        let draft = &self.drafts[entity];
        if draft.kind == EntityKind::Person && words.split(' ').count() > draft.name.split(' ').count() {
            self.rename(entity, words);
        }
        let draft = &mut self.drafts[entity];
        if let Some(role) = name.role.clone().filter(|r| !draft.roles.contains(r)) {
            draft.roles.push(role);
        }
        let own = (name.kind == NameKind::State) == (draft.kind == EntityKind::State);
        draft.side = draft.side.take().or_else(|| name.state.clone().filter(|_| own));
        draft.gender = draft.gender.or(title);
        draft.mentions.insert(span);
        Some(entity)
    }

    /// The first of some entities that fits.
    fn first(&self, of: &[EntityId], fits: impl Fn(&Draft) -> bool) -> Option<EntityId> {
        of.iter().copied().find(|&e| fits(&self.drafts[e]))
    }

    /// The first entity of a kind that goes by these very words.
    pub fn named(&self, words: &str, kind: EntityKind) -> Option<EntityId> {
        self.first(self.index.by_words(words), |d| d.kind == kind && d.name == words)
    }

    /// The first body of this name or another form of it.
    pub fn body(&self, name: &str) -> Option<EntityId> {
        self.first(&self.index.bodies(name), |d| d.kind == EntityKind::Organisation && same_body(&d.name, name))
    }

    /// Entities with this word, in small letters, in a name of a body's form, in order.
    pub fn with_body_word(&self, word: &str) -> &[EntityId] {
        self.index.by_body_word(word)
    }

    /// Persons whose name ends with this word, in small or capital letters, in order.
    pub fn persons_of_surname(&self, word: &str) -> impl Iterator<Item = EntityId> {
        let all = self.index.by_last_word(word).iter().copied();
        all.filter(|&e| self.drafts[e].kind == EntityKind::Person)
    }

    /// The first person with a surname that these words spell.
    pub fn person_of_surname_like(&self, words: &str) -> Option<EntityId> {
        let last = |d: &Draft| d.name.split(' ').next_back().is_some_and(|last| variant::same_name(last, words));
        self.first(self.index.by_sound(words), |d| d.kind == EntityKind::Person && last(d))
    }

    /// Gives an entity another name; it is still found by the old one's words where they fit.
    pub fn rename(&mut self, entity: EntityId, name: String) {
        self.index.add(entity, &name);
        self.drafts[entity].name = name;
    }

    /// A person, or a body named by one word, whose name these words shorten, spell out or spell otherwise.
    ///
    /// Of several that bear a surname it is the one named first: others of a family are told by their first names.
    fn person(&self, words: &str, title: Option<Gender>) -> Option<EntityId> {
        let new: Vec<&str> = words.split(' ').collect();
        let last = *new.last()?;
        let one = new.len() == 1;
        let fits = |d: &Draft| {
            let old: Vec<&str> = d.name.split(' ').collect();
            let Some(&surname) = old.last() else { return false };
            let same = surname == last
                || (last.len() > 2 && (surname.to_uppercase() == last || variant::same_name(surname, last)));
            same && compatible(&old[..old.len() - 1], &new[..new.len() - 1])
        };
        let other_gender = |d: &Draft| gender::of_name(&d.name).zip(title).is_some_and(|(a, b)| a != b);
        let namesakes = self.index.by_sound(last).iter().chain(self.index.by_words(words)).copied();
        let persons = namesakes.filter(|&i| {
            let d = &self.drafts[i];
            d.kind == EntityKind::Person && fits(d) && !(one && other_gender(d))
        });
        let by_first_name = |d: &Draft| one && d.kind == EntityKind::Person && d.name.split(' ').next() == Some(last);
        let exact = |i: &EntityId| self.drafts[*i].name.ends_with(last);
        persons
            .max_by_key(|i| (exact(i), std::cmp::Reverse(*i)))
            .or_else(|| self.first(self.index.by_words(words), |d| d.name == words))
            .or_else(|| self.first(self.index.by_first_word(last), by_first_name))
    }

    fn create(&mut self, name: &Name, words: String, states: &States) -> EntityId {
        let kind = match name.kind {
            NameKind::State => EntityKind::State,
            NameKind::Organisation => EntityKind::Organisation,
            _ => EntityKind::Person,
        };
        let words = match (&name.state, kind) {
            (Some(state), EntityKind::State) => state.clone(),
            _ => words,
        };
        let kind = if states.knowledge().body(&words).is_some() { EntityKind::Organisation } else { kind };
        let side = if kind == EntityKind::State { Some(words.clone()) } else { name.state.clone() };
        self.push(words, kind, side, None)
    }

    /// An entity that the text names only by these words, made if there is none yet.
    pub fn by_words(&mut self, words: &str, kind: EntityKind, side: Option<String>) -> EntityId {
        self.by_words_of(words, kind, side, None)
    }

    /// The same where the words mean someone else in each mouth: "we".
    pub fn by_words_of(
        &mut self,
        words: &str,
        kind: EntityKind,
        side: Option<String>,
        of: Option<EntityId>,
    ) -> EntityId {
        let same = |d: &Draft| d.kind == kind && d.of == of && d.name.eq_ignore_ascii_case(words);
        let known = self.first(self.index.by_words(words), same);
        known.unwrap_or_else(|| self.push(words.to_owned(), kind, side, of))
    }

    fn push(&mut self, name: String, kind: EntityKind, side: Option<String>, of: Option<EntityId>) -> EntityId {
        let (roles, mentions, gender) = (Vec::new(), BTreeSet::new(), None);
        let place = self.drafts.push(Draft {
            name,
            kind,
            roles,
            side,
            mentions,
            gender,
            of,
            serves: None,
            office: None,
            wikidata: None,
            members: Vec::new(),
            named_by_hand: false,
        });
        self.index.add(place, &self.drafts[place].name);
        place
    }

    /// Takes over an entity of a reading: what is named where the reading has it named is that entity, whatever the text alone
    /// would tell. `is_name` tells a name from a longer phrase that begins with one ("Norrland’s ministry"). Gives its place.
    pub fn take_over(&mut self, text: &Text, entity: &Entity, is_name: impl Fn(Span) -> bool) -> EntityId {
        let named = entity.mentions.iter().filter(|m| is_name(**m));
        let starts: Vec<TokenId> = named.map(|m| text.tokens_in(*m).start).collect();
        let known = starts.iter().find_map(|&t| self.at(t)).map(|known| self.drafts[known].clone());
        let place = self.push(entity.name.clone(), entity.kind, entity.side.clone(), None);
        let draft = &mut self.drafts[place];
        draft.named_by_hand = known.as_ref().is_some_and(|known| known.name != entity.name);
        if let Some(known) = known {
            (draft.gender, draft.office, draft.serves) = (known.gender, known.office, known.serves);
        }
        draft.roles = entity.roles.clone();
        draft.mentions = entity.mentions.iter().copied().collect();
        draft.wikidata = entity.ids.get("wikidata").cloned();
        for token in starts {
            if let Ok(i) = self.mentions.binary_search_by_key(&token, |m| m.0) {
                self.mentions[i].1 = place;
            }
        }
        place
    }

    /// Makes nobody of those of the first entities that no name means any more, as others were taken over in their place.
    pub fn forget_nameless(&mut self, first: usize) {
        let named: BTreeSet<EntityId> = self.mentions.iter().map(|m| m.1).collect();
        for gone in self.drafts.places().take(first).filter(|place| !named.contains(place)) {
            self.drafts[gone].kind = EntityKind::Unnamed;
        }
    }

    /// The entity named by the name that starts at a token.
    pub fn at(&self, token: TokenId) -> Option<EntityId> {
        self.mentions.binary_search_by_key(&token, |m| m.0).ok().map(|i| self.mentions[i].1)
    }

    /// Adds a mention that is no name ("the minister").
    pub fn mention(&mut self, entity: EntityId, span: Span) {
        self.drafts[entity].mentions.insert(span);
    }

    /// Of some entities the persons that hold an office: those that fit the words best, of that state before those whose state is not told.
    ///
    /// The same words for the office count more than another name of it: "secretary of state" is not just any foreign minister.
    pub fn holders(
        &self,
        of: impl Iterator<Item = EntityId>,
        words: &str,
        office: &str,
        state: Option<&str>,
    ) -> Vec<EntityId> {
        let lower = words.to_lowercase().replace("gop", "republican");
        let own: Vec<&str> = lower.split_whitespace().filter(|w| !matches!(*w, "the" | "of" | "for" | "and")).collect();
        let shared = |role: &str| {
            let role = role.to_lowercase().replace("gop", "republican");
            own.iter().filter(|w| role.split_whitespace().any(|r| r == **w)).count()
        };
        let told = |d: &Draft| d.roles.iter().any(|r| words::office(r) == Some(office));
        // What the tables know counts only where the phrase names the state.
        let known = |d: &Draft| d.office == Some(office) && state.is_some() && d.side.as_deref() == state;
        let holds = |d: &Draft| d.kind == EntityKind::Person && (told(d) || known(d));
        let fits = |d: &Draft| match (state, d.side.as_deref()) {
            (Some(want), Some(has)) => want == has,
            _ => true,
        };
        let rank = |d: &Draft| {
            let of_state = state.is_some() && d.side.as_deref() == state;
            (of_state, d.roles.iter().map(|r| shared(r)).max().unwrap_or(0))
        };
        let candidates = of.filter(|&i| holds(&self.drafts[i]) && fits(&self.drafts[i]));
        let candidates: Vec<EntityId> = candidates.collect();
        let best = candidates.iter().map(|&i| rank(&self.drafts[i])).max();
        candidates.into_iter().filter(|&i| Some(rank(&self.drafts[i])) == best).collect()
    }
}

/// The first tokens of names in the labels of turns: persons, however short.
fn labelled(text: &Text, names: &[Name]) -> BTreeSet<TokenId> {
    let label = |t: TokenId| text.structure.turns.iter().any(|turn| turn.label.contains(text.tokens[t].span));
    let starts = names.iter().map(|name| name.tokens.start);
    starts.filter(|&t| label(t) || text.word_at(t.next()) == ":").collect()
}

/// Words with single spaces and without a possessive.
pub fn plain(words: &str) -> String {
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.trim_end_matches("’s").trim_end_matches("'s").to_owned()
}

/// Whether two sets of first names can belong to one person: one is missing, equal, or an initial of the other.
fn compatible(a: &[&str], b: &[&str]) -> bool {
    let (Some(x), Some(y)) = (a.first(), b.first()) else { return true };
    let initial =
        |s: &str, l: &str| s.trim_end_matches('.').chars().count() == 1 && l.starts_with(s.trim_end_matches('.'));
    initial(x, y) || initial(y, x) || a.contains(y) || b.contains(x) || variant::same_name(x, y)
}
