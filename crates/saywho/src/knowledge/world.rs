//! The tables and what is asked of them.

use std::borrow::Cow;

use super::index::{Index, Word, Words};
use super::names::{bare, plain};
use super::offices;

/// How a word stands for a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum How {
    /// Its name or an abbreviation: "Russia", "UK".
    Name,
    /// Its adjective or people: "Russian", "Britons".
    Adjective,
    /// Its capital or seat-of-government city: "Moscow", "The Hague".
    Capital,
    /// A building, street or district of its government: "Kremlin", "Foggy Bottom".
    Seat,
}

/// The state that a word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateHit<'k> {
    /// ISO 3166 alpha-2 code ("RU"; "XK" for Kosovo), or the code a user's row gives.
    pub code: &'k str,
    /// The short name that news uses.
    pub name: &'k str,
    /// How the word stands for it.
    pub how: How,
    /// False where the word often means something else: "Georgia", "Jordan", "Washington", "Korean".
    pub sure: bool,
}

/// One stay of one person in one office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder<'k> {
    /// The person's name as usually written.
    pub name: &'k str,
    /// Code of the state or short name of the body that the office belongs to: "RU", "NATO".
    pub side: &'k str,
    /// Name of that state or body: "Russia"; the code itself where no table names it.
    pub side_name: &'k str,
    /// The office in plain words: "foreign minister"; "member of government" where the source tells no more.
    pub office: &'k str,
    /// ISO date of the first day, possibly only a year or a month; empty if unknown.
    pub from: &'k str,
    /// ISO date of the last day; `None` where the source knew of no end. A day after `as_of` is a bound: the start
    /// of the next holder that is known.
    pub to: Option<&'k str>,
    /// ISO date up to which the source vouches for the row: an open stay may have ended since.
    pub as_of: &'k str,
    /// Wikidata id, where known: "Q58217".
    pub wikidata: Option<&'k str>,
}

/// What is known of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holders<'k> {
    /// The stays that fit, in order of their start.
    pub stays: Vec<Holder<'k>>,
    /// Whether they belong to more than one person.
    pub ambiguous: bool,
}

/// A well-known organisation, ministry, agency, parliament, party or armed group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Body<'k> {
    /// Its usual name: "International Atomic Energy Agency".
    pub name: &'k str,
    /// What it is: "international organisation", "ministry", "seat of government", "agency", "parliament" ...
    pub kind: &'k str,
    /// Code of the state that it belongs to, if it belongs to one.
    pub state: Option<&'k str>,
}

#[derive(Debug, Clone)]
pub(super) struct StateRow {
    pub(super) code: Word,
    pub(super) name: Word,
}

#[derive(Debug, Clone)]
pub(super) struct HolderRow {
    pub(super) name: Word,
    pub(super) surname: Word,
    pub(super) side: Word,
    pub(super) office: Word,
    pub(super) from: Word,
    pub(super) to: Word,
    pub(super) wikidata: Word,
    pub(super) as_of: Word,
}

#[derive(Debug, Clone)]
pub(super) struct BodyRow {
    pub(super) name: Word,
    pub(super) kind: Word,
    pub(super) state: Word,
}

/// The tables and their indexes; immutable, shared by all threads.
#[derive(Debug, Clone, Default)]
pub struct Knowledge {
    pub(super) states: Vec<StateRow>,
    pub(super) holders: Vec<HolderRow>,
    pub(super) bodies: Vec<BodyRow>,
    pub(super) state_by_code: Words<u32>,
    pub(super) state_by_word: Words<StateWord>,
    pub(super) body_by_word: Words<u32>,
    pub(super) holders_by_name: Index,
    pub(super) holders_by_surname: Index,
    /// Bytes of the longest word that stands for a state or body.
    pub(super) longest: usize,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct StateWord {
    pub(super) row: u32,
    pub(super) how: How,
    pub(super) sure: bool,
}

impl Knowledge {
    /// The state that exactly these words stand for.
    ///
    /// Letter case counts ("US", not "us"); accents, a leading "the" and a possessive ending do not.
    pub fn state_of_name(&self, words: &str) -> Option<StateHit<'_>> {
        let word = self.state_by_word.get(self.key(words)?.as_ref())?;
        let state = &self.states[word.row as usize];
        Some(StateHit { code: &state.code, name: &state.name, how: word.how, sure: word.sure })
    }

    /// The short name of the state with this code, or of the body with this name.
    pub fn name_of_side(&self, code: &str) -> Option<&str> {
        match self.state_by_code.get(code) {
            Some(&row) => Some(&self.states[row as usize].name),
            None => self.body(code).map(|body| body.name),
        }
    }

    /// The body that exactly these words name, compared as in [`Knowledge::state_of_name`].
    pub fn body(&self, words: &str) -> Option<Body<'_>> {
        let &row = self.body_by_word.get(self.key(words)?.as_ref())?;
        let body = &self.bodies[row as usize];
        Some(Body { name: &body.name, kind: &body.kind, state: some(&body.state) })
    }

    /// The offices of the person of this full name or surname, on a date if one is given.
    ///
    /// Compared as in [`Knowledge::state_of_name`]. A surname alone finds the holders of leading offices (heads of state
    /// and government, foreign ministers) before all others; ask only for words that the text uses as a person's
    /// name, without title. `None` where nobody fits.
    pub fn holder(&self, name: &str, date: Option<&str>) -> Option<Holders<'_>> {
        let name = plain(bare(name));
        let mut found = self.on(&self.holders_by_name, &name, date);
        if found.is_empty() {
            found = self.on(&self.holders_by_surname, &name, date);
            if found.iter().any(|row| offices::leading(&row.office)) {
                found.retain(|row| offices::leading(&row.office));
            }
        }
        let first = *found.first()?;
        let ambiguous = found.iter().any(|row| !same_person(first, row));
        Some(Holders { stays: self.stays(found), ambiguous })
    }

    /// The form of the words that the indexes hold; `None` for words longer than any of theirs.
    fn key<'w>(&self, words: &'w str) -> Option<Cow<'w, str>> {
        let words = bare(words);
        // Folding shortens letters of two bytes to one, seldom more.
        (!words.is_empty() && words.len() <= 2 * self.longest).then(|| plain(words))
    }

    /// The holders in the index under this word, on a date if one is given.
    fn on(&self, index: &Index, word: &str, date: Option<&str>) -> Vec<&HolderRow> {
        let rows = index.rows(word).map(|row| &self.holders[row]);
        rows.filter(|row| date.is_none_or(|date| row.in_office(date))).collect()
    }

    fn stays<'k>(&'k self, mut rows: Vec<&'k HolderRow>) -> Vec<Holder<'k>> {
        rows.sort_by(|a, b| a.from.cmp(&b.from));
        let stay = |row: &'k HolderRow| Holder {
            name: &row.name,
            side: &row.side,
            side_name: self.name_of_side(&row.side).unwrap_or(&row.side),
            office: &row.office,
            from: &row.from,
            to: some(&row.to),
            as_of: &row.as_of,
            wikidata: some(&row.wikidata),
        };
        rows.into_iter().map(stay).collect()
    }
}

impl HolderRow {
    /// Whether the stay covers the date; dates are compared as far as both are told ("2017" fits any day of it).
    fn in_office(&self, date: &str) -> bool {
        fn common<'d>(a: &'d str, b: &'d str) -> (&'d str, &'d str) {
            let length = a.len().min(b.len());
            (a.get(..length).unwrap_or(a), b.get(..length).unwrap_or(b))
        }
        let (from, at) = common(&self.from, date);
        let (to, until) = common(&self.to, date);
        from <= at && until <= to
    }

    /// The name without the surname.
    fn given(&self) -> String {
        plain(&self.name).replacen(self.surname.as_ref(), "", 1).trim().to_string()
    }
}

/// Whether two stays are one person's: the same Wikidata id or name, or one family name, side and first letter.
fn same_person(a: &HolderRow, b: &HolderRow) -> bool {
    if !a.wikidata.is_empty() && !b.wikidata.is_empty() {
        return a.wikidata == b.wikidata;
    }
    let (given, other) = (a.given(), b.given());
    given == other && a.surname == b.surname
        || a.side == b.side && a.surname == b.surname && given.chars().next() == other.chars().next()
}

fn some(word: &Word) -> Option<&str> {
    (!word.is_empty()).then_some(word.as_ref())
}
