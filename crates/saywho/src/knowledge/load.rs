//! Rows of the tables into indexes.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::index::Word;
use super::names::{bare, plain};
use super::world::{BodyRow, HolderRow, How, Knowledge, StateRow, StateWord};

const STATES: &str = include_str!("../../../../knowledge/states.tsv");
const HOLDERS: &str = include_str!("../../../../knowledge/holders.tsv");
const BODIES: &str = include_str!("../../../../knowledge/bodies.tsv");

/// Why a user's rows could not be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the added knowledge: {reason}")]
pub struct KnowledgeError {
    /// Number of the line, from 1.
    pub line: usize,
    /// What is wrong with it and what is expected.
    pub reason: String,
}

/// Fields of one state: code, code3, name, then the lists of words, unsure words, source, date.
const STATE_FIELDS: usize = 10;
const HOLDER_FIELDS: usize = 10;
const BODY_FIELDS: usize = 6;

/// Which field of a state holds which words.
const STATE_WORDS: [(usize, How); 4] = [(3, How::Name), (4, How::Adjective), (5, How::Capital), (6, How::Seat)];

impl Knowledge {
    /// The tables of the repository; read once, on first use.
    pub fn embedded() -> &'static Knowledge {
        static EMBEDDED: OnceLock<Knowledge> = OnceLock::new();
        EMBEDDED.get_or_init(embedded)
    }

    /// No knowledge at all.
    pub fn empty() -> Knowledge {
        Knowledge::default()
    }

    /// This knowledge and a user's own rows, which win where both know a word.
    ///
    /// One row a line: `state`, `holder` or `body`, then the fields of that table (see `knowledge/README.md`),
    /// separated by tabs. Empty lines and lines that start with `#` are skipped. A `state` row with a known code
    /// adds its words to that state.
    ///
    /// # Errors
    /// The first line that is not such a row, with its number and what is wrong with it.
    pub fn with_added(&self, tsv: &str) -> Result<Knowledge, KnowledgeError> {
        let mut knowledge = self.clone();
        add(&mut knowledge, tsv)?;
        Ok(knowledge)
    }
}

/// The tables of the repository.
fn embedded() -> Knowledge {
    let mut knowledge = Knowledge::default();
    let states: Vec<[Word; STATE_FIELDS]> = rows(STATES).collect();
    for state in &states {
        add_state_row(&mut knowledge, state);
    }
    // Over all states: a name wins over another state's adjective, and that over a capital.
    for (field, how) in STATE_WORDS {
        for (row, state) in states.iter().enumerate() {
            add_state_words(&mut knowledge, row as u32, state, field, how, false);
        }
    }
    let count = HOLDERS.len() / 100;
    knowledge.holders.reserve(count);
    knowledge.holders_by_name.reserve(count);
    knowledge.holders_by_surname.reserve(count);
    for holder in rows(HOLDERS) {
        add_holder(&mut knowledge, holder);
    }
    for body in rows(BODIES) {
        add_body(&mut knowledge, body);
    }
    knowledge
}

/// The rows of an embedded table; `make.py` wrote them, so a row of another length does not occur.
fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [Word; N]> {
    table.lines().skip(1).filter_map(|line| fields(line).map(|row| row.map(Cow::Borrowed)))
}

/// The fields of a line, if there are exactly `N`.
fn fields<const N: usize>(line: &str) -> Option<[&str; N]> {
    let mut row = [""; N];
    let mut count = 0;
    let mut start = 0;
    // By hand: most fields are so short that a search costs more than a look at each byte.
    for (at, byte) in line.bytes().enumerate() {
        if byte == b'\t' {
            *row.get_mut(count)? = &line[start..at];
            (count, start) = (count + 1, at + 1);
        }
    }
    *row.get_mut(count)? = &line[start..];
    (count + 1 == N).then_some(row)
}

/// Adds a user's rows.
fn add(knowledge: &mut Knowledge, tsv: &str) -> Result<(), KnowledgeError> {
    for (number, line) in tsv.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        add_line(knowledge, line).map_err(|reason| KnowledgeError { line: number + 1, reason })?;
    }
    Ok(())
}

fn add_line(knowledge: &mut Knowledge, line: &str) -> Result<(), String> {
    let (table, rest) = line.split_once('\t').unwrap_or((line, ""));
    match table {
        "state" => {
            let state: [Word; STATE_FIELDS] = user_row(table, rest)?;
            require("code", &state[0])?;
            add_user_state(knowledge, &state)
        }
        "holder" => {
            let holder: [Word; HOLDER_FIELDS] = user_row(table, rest)?;
            for (field, value) in [("name", 0), ("side", 3), ("office", 4)] {
                require(field, &holder[value])?;
            }
            for (field, value) in [("from", 5), ("to", 6), ("date", 9)] {
                check_date(field, &holder[value])?;
            }
            add_holder(knowledge, holder);
            Ok(())
        }
        "body" => {
            let body: [Word; BODY_FIELDS] = user_row(table, rest)?;
            require("name", &body[0])?;
            require("kind", &body[2])?;
            add_body(knowledge, body);
            Ok(())
        }
        other => {
            Err(format!("it starts with {:?}; expected \"state\", \"holder\" or \"body\", then a tab", head(other)))
        }
    }
}

/// Enough of a line to know it again.
fn head(line: &str) -> String {
    match line.char_indices().nth(30) {
        Some((end, _)) => format!("{} ...", &line[..end]),
        None => line.to_owned(),
    }
}

fn user_row<const N: usize>(table: &str, rest: &str) -> Result<[Word; N], String> {
    let row = fields::<N>(rest).ok_or_else(|| {
        format!("{} fields after {table:?}, expected {N} separated by tabs", rest.split('\t').count())
    })?;
    Ok(row.map(|field| Cow::Owned(field.trim().to_string())))
}

fn require(field: &str, value: &str) -> Result<(), String> {
    if value.is_empty() { Err(format!("the field {field:?} is empty")) } else { Ok(()) }
}

/// Dates may be empty, a year, a month or a day.
fn check_date(field: &str, value: &str) -> Result<(), String> {
    let shape: String = value.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if ["", "0000", "0000-00", "0000-00-00"].contains(&shape.as_str()) {
        return Ok(());
    }
    Err(format!("the field {field:?} is {value:?}; expected a date such as 2024-05-31, 2024-05 or 2024, or nothing"))
}

fn add_user_state(knowledge: &mut Knowledge, state: &[Word; STATE_FIELDS]) -> Result<(), String> {
    let row = match knowledge.state_by_code.get(&state[0]) {
        Some(&row) => {
            if !state[2].is_empty() {
                knowledge.states[row as usize].name = state[2].clone();
                add_state_word(knowledge, &state[2], StateWord { row, how: How::Name, sure: true }, true);
            }
            row
        }
        None => {
            require("name", &state[2]).map_err(|why| format!("{why}, and no state has the code {:?} yet", state[0]))?;
            add_state_row(knowledge, state)
        }
    };
    // In reverse, so that a name wins over the same word as an adjective.
    for (field, how) in STATE_WORDS.into_iter().rev() {
        add_state_words(knowledge, row, state, field, how, true);
    }
    Ok(())
}

fn add_state_row(knowledge: &mut Knowledge, state: &[Word; STATE_FIELDS]) -> u32 {
    let row = knowledge.states.len() as u32;
    knowledge.states.push(StateRow { code: state[0].clone(), name: state[2].clone() });
    knowledge.state_by_code.insert(state[0].clone(), row);
    let sure = !list(&state[7]).any(|word| word == state[2]);
    add_state_word(knowledge, &state[2], StateWord { row, how: How::Name, sure }, true);
    row
}

fn add_state_words(
    knowledge: &mut Knowledge,
    row: u32,
    state: &[Word; STATE_FIELDS],
    field: usize,
    how: How,
    wins: bool,
) {
    for word in list(&state[field]) {
        let sure = !list(&state[7]).any(|unsure| unsure == word);
        add_state_word(knowledge, &word, StateWord { row, how, sure }, wins);
    }
}

fn add_state_word(knowledge: &mut Knowledge, word: &Word, means: StateWord, wins: bool) {
    let key = mapped(word, |w| plain(bare(w)));
    knowledge.longest = knowledge.longest.max(key.len());
    if wins {
        knowledge.state_by_word.insert(key, means);
    } else {
        knowledge.state_by_word.entry(key).or_insert(means);
    }
}

fn add_holder(knowledge: &mut Knowledge, holder: [Word; HOLDER_FIELDS]) {
    let row = knowledge.holders.len() as u32;
    let [name, surname, variants, side, office, from, to, wikidata, _source, as_of] = holder;
    let full = mapped(&name, plain);
    let last = match surname.is_empty() {
        true => mapped(&full, last_word),
        false => mapped(&surname, plain),
    };
    for variant in list(&variants) {
        knowledge.holders_by_name.push(mapped(&variant, plain), row);
    }
    knowledge.holders_by_name.push(full, row);
    knowledge.holders_by_surname.push(last.clone(), row);
    knowledge.holders.push(HolderRow { name, surname: last, side, office, from, to, wikidata, as_of });
}

fn last_word(name: &str) -> Cow<'_, str> {
    Cow::Borrowed(name.rsplit(' ').next().unwrap_or(name))
}

fn add_body(knowledge: &mut Knowledge, body: [Word; BODY_FIELDS]) {
    let row = knowledge.bodies.len() as u32;
    let [name, variants, kind, state, ..] = body;
    for word in list(&variants).chain([name.clone()]) {
        let key = mapped(&word, |w| plain(bare(w)));
        knowledge.longest = knowledge.longest.max(key.len());
        knowledge.body_by_word.insert(key, row);
    }
    knowledge.bodies.push(BodyRow { name, kind, state });
}

/// The entries of a list, borrowed where the list is.
fn list(field: &Word) -> impl Iterator<Item = Word> {
    let entries: Vec<Word> = match field {
        Cow::Borrowed(text) => text.split('|').filter(|word| !word.is_empty()).map(Cow::Borrowed).collect(),
        Cow::Owned(text) => {
            text.split('|').map(str::trim).filter(|word| !word.is_empty()).map(|w| Cow::Owned(w.to_string())).collect()
        }
    };
    entries.into_iter()
}

/// A word in another form, still borrowed from the embedded text where the form is a part of it.
fn mapped(word: &Word, form: impl for<'w> Fn(&'w str) -> Cow<'w, str>) -> Word {
    match word {
        Cow::Borrowed(text) => form(text),
        Cow::Owned(text) => Cow::Owned(form(text).into_owned()),
    }
}
