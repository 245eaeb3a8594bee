//! The entities of one text: names gathered into persons, bodies and states.

use super::name::{Name, NameKind};
use super::states::States;
use crate::reading::{EntityKind, Span};
use crate::text::Text;
use crate::words;

/// What pronouns tell of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// "she"
    Female,
    /// "he"
    Male,
}

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
    pub mentions: Vec<Span>,
    /// As far as titles tell.
    pub gender: Option<Gender>,
}

/// All entities of a text.
#[derive(Default)]
pub struct Book {
    /// In order of their first mention.
    pub drafts: Vec<Draft>,
    /// (first token, entity): every mention in order of the text.
    pub mentions: Vec<(usize, usize)>,
}

impl Book {
    /// Gathers the names of a text: fuller names first, so that short ones find them.
    pub fn gather(text: &Text, names: &[Name], states: &States) -> Book {
        let mut book = Book::default();
        let mut order: Vec<&Name> = names.iter().filter(|n| n.kind != NameKind::Title).collect();
        order.sort_by_key(|n| (n.tokens.len() < 2, n.tokens.start));
        let mut entity_of = Vec::new();
        for name in order {
            let entity = book.add(text, name, states);
            entity_of.push((name.tokens.start, entity));
        }
        entity_of.sort_unstable();
        book.mentions = entity_of;
        book.find_places(text);
        book.learn_genders(text);
        for draft in &mut book.drafts {
            draft.mentions.sort_unstable();
        }
        book
    }

    /// A bare name that often stands where places stand ("in Brel", "near the Strait") names no person.
    fn find_places(&mut self, text: &Text) {
        let place = |token: usize, one_word: bool| {
            let before = token.checked_sub(1).map_or("", |t| text.word(t));
            matches!(before, "in" | "at" | "near" | "across" | "throughout")
                || (one_word && matches!(before, "the" | "The" | "of" | "from"))
        };
        for entity in 0..self.drafts.len() {
            let draft = &mut self.drafts[entity];
            if draft.kind != EntityKind::Person || !draft.roles.is_empty() || draft.gender.is_some() {
                continue;
            }
            let one_word = !draft.name.contains(' ');
            let tokens: Vec<usize> = self.mentions.iter().filter(|m| m.1 == entity).map(|m| m.0).collect();
            let places = tokens.iter().filter(|&&t| place(t, one_word)).count();
            let share = if one_word { 1.0 } else { 0.4 };
            if places as f32 >= share * tokens.len() as f32 {
                draft.kind = EntityKind::Organisation;
            }
        }
    }

    /// "he" or "she" behind the only person that a sentence names tells of that person.
    fn learn_genders(&mut self, text: &Text) {
        let persons: Vec<(usize, usize)> =
            self.mentions.iter().copied().filter(|m| self.drafts[m.1].kind == EntityKind::Person).collect();
        let mut told = vec![(0, 0); self.drafts.len()];
        for group in persons.chunk_by(|a, b| text.sentence_of[a.0] == text.sentence_of[b.0]) {
            let (first, entity) = group[0];
            if group.iter().any(|m| m.1 != entity) {
                continue;
            }
            let sentence = text.sentence_of[first];
            for t in (first..text.tokens.len()).take_while(|&t| text.sentence_of[t] == sentence) {
                match text.word(t) {
                    "she" | "her" | "herself" => told[entity].0 += 1,
                    "he" | "his" | "him" | "himself" => told[entity].1 += 1,
                    _ => {}
                }
            }
        }
        for (draft, (female, male)) in self.drafts.iter_mut().zip(told) {
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

    fn add(&mut self, text: &Text, name: &Name, states: &States) -> usize {
        let Some(span) = text.span(name.tokens.clone()) else { return 0 };
        let words = plain(span.of(text.text));
        let found = match name.kind {
            NameKind::State => name
                .state
                .as_deref()
                .and_then(|state| self.position(|d| d.kind == EntityKind::State && d.name == state)),
            NameKind::Organisation => {
                self.position(|d| same_body(&d.name, &words) || (d.kind == EntityKind::Person && d.name == words))
            }
            _ => self.person(&words),
        };
        let entity = found.unwrap_or_else(|| self.create(name, words.clone(), states));
        let draft = &mut self.drafts[entity];
        if draft.kind == EntityKind::Person && words.split(' ').count() > draft.name.split(' ').count() {
            draft.name = words;
        }
        if let Some(role) = name.role.clone().filter(|r| !draft.roles.contains(r)) {
            draft.roles.push(role);
        }
        draft.side = draft.side.take().or_else(|| name.state.clone());
        draft.gender =
            draft.gender.or_else(|| gender(&text.text[text.tokens[name.whole.start].span.start..span.start]));
        draft.mentions.push(span);
        entity
    }

    /// The first entity that fits.
    pub fn position(&self, fits: impl Fn(&Draft) -> bool) -> Option<usize> {
        self.drafts.iter().position(fits)
    }

    /// A person, or a body named by one word, whose name these words shorten or spell out.
    fn person(&self, words: &str) -> Option<usize> {
        let new: Vec<&str> = words.split(' ').collect();
        let last = *new.last()?;
        let fits = |d: &Draft| {
            let old: Vec<&str> = d.name.split(' ').collect();
            let by_surname = old.last() == Some(&last) && compatible(&old[..old.len() - 1], &new[..new.len() - 1]);
            let upper = |a: &str, b: &str| a.to_uppercase() == b && b.len() > 2;
            by_surname || (new.len() == 1 && old.last().is_some_and(|o| upper(o, last)))
        };
        let by_first_name =
            |d: &Draft| new.len() == 1 && d.kind == EntityKind::Person && d.name.split(' ').next() == Some(last);
        self.position(|d| d.kind == EntityKind::Person && fits(d))
            .or_else(|| self.position(|d| d.name == words))
            .or_else(|| self.position(by_first_name))
    }

    fn create(&mut self, name: &Name, words: String, states: &States) -> usize {
        let kind = match name.kind {
            NameKind::State => EntityKind::State,
            NameKind::Organisation => EntityKind::Organisation,
            _ => EntityKind::Person,
        };
        let words = match (&name.state, kind) {
            (Some(state), EntityKind::State) => state.clone(),
            _ => words,
        };
        let kind = if states.knowledge().body(&words).is_some() && words.split(' ').count() == 1 {
            EntityKind::Organisation
        } else {
            kind
        };
        let side = if kind == EntityKind::State { Some(words.clone()) } else { name.state.clone() };
        self.drafts.push(Draft { name: words, kind, roles: Vec::new(), side, mentions: Vec::new(), gender: None });
        self.drafts.len() - 1
    }

    /// An entity that the text names only by these words, made if there is none yet.
    pub fn by_words(&mut self, words: &str, kind: EntityKind, side: Option<String>) -> usize {
        if let Some(found) = self.position(|d| d.kind == kind && d.name.eq_ignore_ascii_case(words)) {
            return found;
        }
        self.drafts.push(Draft {
            name: words.to_owned(),
            kind,
            roles: Vec::new(),
            side,
            mentions: Vec::new(),
            gender: None,
        });
        self.drafts.len() - 1
    }

    /// The entity named by the name that starts at a token.
    pub fn at(&self, token: usize) -> Option<usize> {
        self.mentions.binary_search_by_key(&token, |m| m.0).ok().map(|i| self.mentions[i].1)
    }

    /// Adds a mention that is no name ("the minister").
    pub fn mention(&mut self, entity: usize, span: Span) {
        let mentions = &mut self.drafts[entity].mentions;
        if let Err(place) = mentions.binary_search(&span) {
            mentions.insert(place, span);
        }
    }

    /// Persons that hold an office, the ones of that state before those whose state is not told.
    ///
    /// The same words for the office count more than another name of it: "secretary of state" is not just any foreign minister.
    pub fn holder(
        &self,
        words: &str,
        office: &str,
        state: Option<&str>,
        before: impl Fn(usize) -> usize,
    ) -> Option<usize> {
        let lower = words.to_lowercase();
        let bare = lower.trim_start_matches("the ");
        let alike = |role: &str| bare.contains(role) || role.contains(bare);
        let literal = |d: &Draft| d.roles.iter().any(|r| alike(&r.to_lowercase()));
        let holds =
            |d: &Draft| d.kind == EntityKind::Person && d.roles.iter().any(|r| words::office(r) == Some(office));
        let fits = |d: &Draft| match (state, d.side.as_deref()) {
            (Some(want), Some(has)) => want == has,
            _ => true,
        };
        let candidates = (0..self.drafts.len()).filter(|&i| holds(&self.drafts[i]) && fits(&self.drafts[i]));
        candidates.max_by_key(|&i| {
            (self.drafts[i].side.as_deref() == state && state.is_some(), literal(&self.drafts[i]), before(i))
        })
    }
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
    x == y || initial(x, y) || initial(y, x) || a.contains(y) || b.contains(x) || x.eq_ignore_ascii_case(y)
}

/// Whether two names of bodies are one: the same but for an article, or an abbreviation of the other.
fn same_body(a: &str, b: &str) -> bool {
    let bare = |s: &str| s.trim_start_matches("The ").trim_start_matches("the ").to_lowercase();
    let letters = |s: &str| {
        s.split_whitespace()
            .filter(|w| w.starts_with(char::is_uppercase))
            .filter_map(|w| w.chars().next())
            .collect::<String>()
    };
    let (x, y) = (bare(a), bare(b));
    let short = |s: &str| s.len() >= 2 && s.chars().all(|c| c.is_uppercase());
    x == y
        || (short(a) && letters(b) == a)
        || (short(b) && letters(a) == b)
        || (x.ends_with(&format!(" {y}")) && words::is_body(y.split(' ').next_back().unwrap_or("")))
}

fn gender(title: &str) -> Option<Gender> {
    let lower = title.to_lowercase();
    let has = |set: &[&str]| lower.split(|c: char| !c.is_alphanumeric()).any(|w| set.contains(&w));
    if has(&[
        "mrs",
        "ms",
        "miss",
        "queen",
        "princess",
        "spokeswoman",
        "chairwoman",
        "congresswoman",
        "lady",
        "businesswoman",
        "actress",
    ]) {
        Some(Gender::Female)
    } else if has(&[
        "mr",
        "king",
        "prince",
        "spokesman",
        "chairman",
        "congressman",
        "lord",
        "sir",
        "pope",
        "businessman",
    ]) {
        Some(Gender::Male)
    } else {
        None
    }
}
