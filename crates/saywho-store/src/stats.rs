//! Who gets quoted: counts and words, each share with what it is a share of.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::{Connection, params_from_iter};
use serde::Serialize;

use crate::page::Count;
use crate::search::{Filter, Question, Tally};
use crate::{Result, Store, day};

/// Rows of a table that are told.
const SHOWN: usize = 50;

/// A row: how much of all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// The entity, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// What it is; nothing where the texts tell none.
    pub name: Option<String>,
    /// Attributions.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// The part, 0 to 1.
    pub share: f64,
    /// Words of their contents.
    pub words: u64,
    /// Of how many.
    pub of_words: u64,
    /// The part, 0 to 1.
    pub share_words: f64,
}

/// A month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Month {
    /// The month: "2031-04".
    pub month: String,
    /// Attributions.
    pub attributions: u64,
    /// With a named source.
    pub named: u64,
    /// With a source that the text does not name.
    pub unnamed: u64,
    /// Words of their contents.
    pub words: u64,
    /// Attributions by side, most first.
    pub sides: Vec<Count>,
}

/// Who gets quoted.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each table is by what it is called")]
pub struct Stats {
    pub attributions: u64,
    pub words: u64,
    pub documents: u64,
    pub named: Vec<Share>,
    pub side: Vec<Share>,
    pub role: Vec<Share>,
    pub kind: Vec<Share>,
    #[serde(rename = "type")]
    pub form: Vec<Share>,
    pub publisher: Vec<Share>,
    pub speaker: Vec<Share>,
    pub months: Vec<Month>,
}

/// A table as it is counted.
type Table = HashMap<(Option<i64>, Option<String>), (u64, u64)>;

impl Store {
    /// Who gets quoted in the attributions that fit.
    ///
    /// # Errors
    /// When a date or the words of the question make no sense.
    pub fn stats(&self, question: &Question) -> Result<Stats> {
        let filter = Filter::of(question)?;
        self.read(|db| count(db, &filter))
    }
}

/// What a speaker is.
struct Speaker {
    main: i64,
    name: String,
    kind: String,
    side: Option<String>,
}

fn count(db: &Connection, filter: &Filter) -> Result<Stats> {
    let speakers = speakers(db)?;
    let roles = roles(db)?;
    let publishers = publishers(db)?;
    let mut sums = Sums::default();
    let sql = format!("SELECT a.speaker, a.document, a.type, a.day / 100 * 100, a.words {}", filter.sql());
    let mut ask = db.prepare_cached(&sql)?;
    let mut rows = ask.query(params_from_iter(&filter.values))?;
    while let Some(row) = rows.next()? {
        let (number, document): (Option<i64>, i64) = (row.get(0)?, row.get(1)?);
        let (month, words): (i64, u64) = (row.get(3)?, row.get(4)?);
        let speaker = number.and_then(|number| speakers.get(&number));
        let role = number.and_then(|number| roles.get(&(document, number)));
        let publisher = publishers.get(&document);
        sums.add(document, speaker, role, publisher, row.get_ref(2)?.as_str().unwrap_or_default(), month, words);
    }
    Ok(sums.told())
}

/// What has been counted.
#[derive(Default)]
struct Sums {
    attributions: u64,
    words: u64,
    documents: HashSet<i64>,
    tables: [Table; 7],
    months: BTreeMap<i64, (Month, Tally)>,
}

impl Sums {
    #[expect(clippy::too_many_arguments, reason = "one row of the question, taken apart once")]
    fn add(
        &mut self,
        document: i64,
        speaker: Option<&Speaker>,
        role: Option<&String>,
        publisher: Option<&String>,
        form: &str,
        month: i64,
        words: u64,
    ) {
        self.attributions += 1;
        self.words += words;
        self.documents.insert(document);
        let named = match speaker {
            None => "no source",
            Some(speaker) if speaker.kind == "unnamed" => "unnamed",
            Some(_) => "named",
        };
        let side = speaker.and_then(|s| s.side.clone());
        let rows = [
            (None, Some(named.to_owned())),
            (None, side.clone()),
            (None, role.cloned()),
            (None, speaker.map(|s| s.kind.clone())),
            (None, Some(form.to_owned())),
            (None, publisher.cloned()),
            (speaker.map(|s| s.main), speaker.map(|s| s.name.clone())),
        ];
        for (table, row) in self.tables.iter_mut().zip(rows) {
            let sum = table.entry(row).or_default();
            *sum = (sum.0 + 1, sum.1 + words);
        }
        let Some(name) = day::month(month) else { return };
        let (sum, sides) = self.months.entry(month).or_insert_with(|| {
            let sum = Month { month: name, attributions: 0, named: 0, unnamed: 0, words: 0, sides: Vec::new() };
            (sum, Tally::default())
        });
        sum.attributions += 1;
        sum.words += words;
        sum.named += u64::from(named == "named");
        sum.unnamed += u64::from(named == "unnamed");
        if let Some(side) = side {
            sides.add(&side, 1);
        }
    }

    fn told(self) -> Stats {
        let (of, of_words) = (self.attributions, self.words);
        let [named, side, role, kind, form, publisher, speaker] = self.tables.map(|table| shares(table, of, of_words));
        let months = self.months.into_values().map(|(month, sides)| Month { sides: sides.most(SHOWN), ..month });
        Stats {
            attributions: of,
            words: of_words,
            documents: self.documents.len() as u64,
            named,
            side,
            role,
            kind,
            form,
            publisher,
            speaker,
            months: months.collect(),
        }
    }
}

fn shares(table: Table, of: u64, of_words: u64) -> Vec<Share> {
    let part = |n: u64, of: u64| (n as f64 / of.max(1) as f64 * 1000.0).round() / 1000.0;
    let mut rows: Vec<Share> = table
        .into_iter()
        .map(|((id, name), (count, words))| Share {
            id,
            name,
            count,
            of,
            share: part(count, of),
            words,
            of_words,
            share_words: part(words, of_words),
        })
        .collect();
    rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)).then_with(|| a.id.cmp(&b.id)));
    rows.truncate(SHOWN);
    rows
}

fn speakers(db: &Connection) -> Result<HashMap<i64, Speaker>> {
    let sql =
        "SELECT e.id, m.id, coalesce(m.given, m.name), m.kind, m.side FROM entity e JOIN entity m ON m.id = e.main";
    let mut ask = db.prepare_cached(sql)?;
    let rows = ask.query_map([], |row| {
        let speaker = Speaker { main: row.get(1)?, name: row.get(2)?, kind: row.get(3)?, side: row.get(4)? };
        Ok((row.get(0)?, speaker))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The first role that a document gives an entity.
fn roles(db: &Connection) -> Result<HashMap<(i64, i64), String>> {
    let mut ask = db.prepare_cached("SELECT document, entity, role FROM appearance WHERE role IS NOT NULL")?;
    let rows = ask.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn publishers(db: &Connection) -> Result<HashMap<i64, String>> {
    let mut ask = db.prepare_cached("SELECT id, publisher FROM document WHERE publisher IS NOT NULL")?;
    let rows = ask.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
