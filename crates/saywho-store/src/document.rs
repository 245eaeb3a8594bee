//! Documents: their list, and one with its reading.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use saywho::Reading;
use serde::Serialize;
use std::collections::BTreeMap;

use crate::correction::{self, Correction};
use crate::page::cursor;
use crate::search::Days;
use crate::terms::name_patterns;
use crate::{Error, Page, Result, Store, kept};

/// A document in a few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentBrief {
    /// Its number.
    pub id: i64,
    /// Its name: a file's stem.
    pub name: String,
    /// The headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<String>,
}

/// A document of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentRow {
    /// What it is.
    #[serde(flatten)]
    pub brief: DocumentBrief,
    /// Where it came from.
    pub source: Option<String>,
    /// When it was added.
    pub added: String,
    /// Words of its text.
    pub words: u64,
    /// Attributions in it.
    pub attributions: u64,
    /// The version of saywho that read it, where that was noted.
    pub read_by: Option<String>,
}

/// A document with its reading.
#[derive(Debug, Clone)]
pub struct DocumentWithReading {
    /// What the list tells.
    pub row: DocumentRow,
    /// The reading, with corrections laid over; offsets count bytes.
    pub reading: Reading,
    /// For each entity of the reading the one of the store.
    pub entities: BTreeMap<String, i64>,
    /// The corrections of the document, also those undone.
    pub corrections: Vec<Correction>,
}

/// A page of the list.
#[derive(Debug, Clone, Serialize)]
pub struct Documents {
    /// The documents.
    pub items: Vec<DocumentRow>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// All that fit the question.
    pub total: u64,
}

const COLUMNS: &str = "id, name, title, publisher, published, source, added, words, attributions,
    (SELECT version FROM reading WHERE reading.document = id)";

impl Store {
    /// The documents that fit, newest first by publication. `q` are words of title, publisher or source.
    ///
    /// # Errors
    /// When a date or the cursor is none.
    pub fn documents(&self, q: Option<&str>, publisher: Option<&str>, days: &Days, page: &Page) -> Result<Documents> {
        let mut conditions = vec!["1".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        for pattern in q.map(name_patterns).transpose()?.unwrap_or_default() {
            // Words of a source stand between all sorts of signs.
            values.push(format!("%{}%", pattern.trim_matches(['%', ' '])).into());
            let heap =
                "coalesce(title, '') || ' ' || coalesce(publisher, '') || ' ' || coalesce(source, '') || ' ' || name";
            conditions.push(format!("{heap} LIKE ?{}", values.len()));
        }
        if let Some(publisher) = publisher {
            values.push(publisher.to_owned().into());
            conditions.push(format!("publisher = ?{}", values.len()));
        }
        days.add_to(&mut conditions, "day")?;
        let fit = conditions.join(" AND ");
        if let Some((day, id)) = page.after()? {
            conditions.push(format!("(day < {day} OR (day = {day} AND id < {id}))"));
        }
        let limit = page.limit();
        self.read(|db| {
            let total =
                db.query_row(&format!("SELECT count(*) FROM document WHERE {fit}"), params_from_iter(&values), |r| {
                    r.get(0)
                })?;
            let sql = format!(
                "SELECT {COLUMNS}, day FROM document WHERE {} ORDER BY day DESC, id DESC LIMIT {}",
                conditions.join(" AND "),
                limit + 1
            );
            let mut ask = db.prepare_cached(&sql)?;
            let rows = ask.query_map(params_from_iter(&values), |row| Ok((of_row(row)?, row.get::<_, i64>(10)?)))?;
            let mut rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
            let more = rows.len() > limit;
            rows.truncate(limit);
            let next = rows.last().filter(|_| more).map(|(row, day)| cursor(*day, row.brief.id));
            Ok(Documents { items: rows.into_iter().map(|(row, _)| row).collect(), next, total })
        })
    }

    /// One document with its reading.
    ///
    /// # Errors
    /// When there is none of this number.
    pub fn document(&self, id: i64) -> Result<DocumentWithReading> {
        self.read(|db| document(db, id))
    }

    /// The number of a document by what people call it: its number, or its name if no other has it.
    ///
    /// # Errors
    /// When there is none, or several.
    pub fn document_called(&self, called: &str) -> Result<i64> {
        if let Ok(id) = called.parse() {
            return self.read(|db| {
                db.query_row("SELECT id FROM document WHERE id = ?1", [id], |row| row.get(0))
                    .optional()?
                    .ok_or_else(|| missing(id))
            });
        }
        self.read(|db| {
            let mut ask = db.prepare("SELECT id FROM document WHERE name = ?1 ORDER BY id")?;
            let ids = ask.query_map([called], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
            match ids.as_slice() {
                [one] => Ok(*one),
                [] => Err(Error::Missing(format!("document “{called}”"))),
                several => {
                    let numbers: Vec<String> = several.iter().map(i64::to_string).collect();
                    Err(Error::Invalid(format!(
                        "several documents are called “{called}”: name one by its number ({})",
                        numbers.join(", ")
                    )))
                }
            }
        })
    }

    /// The reading of a document without corrections.
    ///
    /// # Errors
    /// When there is none of this number.
    pub fn raw_reading(&self, id: i64) -> Result<Reading> {
        self.read(|db| raw(db, id))
    }
}

/// One document with its reading; entities bear the names that persons gave them.
pub(crate) fn document(db: &Connection, id: i64) -> Result<DocumentWithReading> {
    let row = db.query_row(&format!("SELECT {COLUMNS} FROM document WHERE id = ?1"), [id], of_row).optional()?;
    let row = row.ok_or_else(|| missing(id))?;
    let (json, mut corrected): (String, bool) = db
        .prepare_cached("SELECT coalesce(laid, raw), laid IS NOT NULL FROM reading WHERE document = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut reading = kept::reading(&json)?;
    let sql = "SELECT a.local, m.id, m.given, e.main <> e.id, m.name FROM appearance a
               JOIN entity e ON e.id = a.entity JOIN entity m ON m.id = e.main WHERE a.document = ?1";
    let mut entities = BTreeMap::new();
    let mut ask = db.prepare_cached(sql)?;
    let mut rows = ask.query([id])?;
    while let Some(row) = rows.next()? {
        let (local, main): (String, i64) = (row.get(0)?, row.get(1)?);
        let (given, merged): (Option<String>, bool) = (row.get(2)?, row.get(3)?);
        let decided = given.or(if merged { Some(row.get(4)?) } else { None });
        if let (Some(name), Some(entity)) = (decided, reading.entities.iter_mut().find(|e| e.id == local)) {
            entity.name = name;
        }
        corrected |= merged;
        entities.insert(local, main);
    }
    if corrected {
        // Whom persons have made one took part as one.
        saywho::take_part(&mut reading, |id| entities.get(id).copied().ok_or_else(|| id.to_owned()));
    }
    let corrections = correction::all(db, Some(id))?;
    Ok(DocumentWithReading { row, reading, entities, corrections })
}

/// The reading of a document as it was read.
pub(crate) fn raw(db: &Connection, id: i64) -> Result<Reading> {
    let mut ask = db.prepare_cached("SELECT raw FROM reading WHERE document = ?1")?;
    let json: Option<String> = ask.query_row([id], |row| row.get(0)).optional()?;
    kept::reading(&json.ok_or_else(|| missing(id))?)
}

pub(crate) fn missing(id: i64) -> Error {
    Error::Missing(format!("document {id}"))
}

fn of_row(row: &Row) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        brief: DocumentBrief {
            id: row.get(0)?,
            name: row.get(1)?,
            title: row.get(2)?,
            publisher: row.get(3)?,
            published: row.get(4)?,
        },
        source: row.get(5)?,
        added: row.get(6)?,
        words: row.get(7)?,
        attributions: row.get(8)?,
        read_by: row.get(9)?,
    })
}
