//! Documents with their readings into the store.

use rusqlite::{OptionalExtension, Transaction, params};
use saywho::{Document, Reading};
use serde::Serialize;

use crate::key::Identity;
use crate::{Error, Result, Store, VERSION, clock, day, document, kept, project};

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It is new.
    Added,
    /// It was there with another text; corrections lie over the new one.
    Replaced,
    /// It was there, read by another version of saywho; corrections lie over the new reading.
    Reread,
    /// It was there.
    Unchanged,
}

/// A document that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What became of it.
    pub state: State,
}

impl Store {
    /// The document that is kept with the same text, read by this version, if there is one: it need not be read.
    pub fn unchanged(&self, identity: &Identity) -> Result<Option<Kept>> {
        self.read(|db| {
            let sql = "SELECT id, name FROM document JOIN reading ON document = id
                       WHERE key = ?1 AND fingerprint = ?2 AND version = ?3";
            let mut ask = db.prepare_cached(sql)?;
            let kept = |row: &rusqlite::Row| Ok(Kept { id: row.get(0)?, name: row.get(1)?, state: State::Unchanged });
            Ok(ask.query_row(params![identity.key, identity.fingerprint, VERSION], kept).optional()?)
        })
    }

    /// Keeps readings, all or none. They are on disk when this returns.
    pub fn add(&self, readings: &[(Identity, Reading)]) -> Result<Vec<Kept>> {
        self.write(|db| readings.iter().map(|(identity, reading)| add(db, identity, reading)).collect())
    }

    /// Puts a new reading of a kept document in the place of its old one; corrections lie over it.
    ///
    /// # Errors
    /// When there is no such document.
    pub fn replace_reading(&self, id: i64, reading: &Reading) -> Result<()> {
        self.write(|db| {
            let changed = db.execute(
                "UPDATE reading SET raw = ?2, version = ?3 WHERE document = ?1",
                params![id, kept::reading_json(reading)?, VERSION],
            )?;
            if changed == 0 {
                return Err(document::missing(id));
            }
            project::again(db, id)
        })
    }

    /// The document of a kept reading as it was before it was read, to be read again.
    ///
    /// # Errors
    /// When there is no such document.
    pub fn unread(&self, id: i64) -> Result<Document> {
        self.read(|db| {
            let old = document::raw(db, id)?.document;
            let units: String =
                db.query_row("SELECT units FROM reading WHERE document = ?1", [id], |row| row.get(0))?;
            let units = kept::units(&units)?;
            Ok(Document { boilerplate: Vec::new(), repairs: Vec::new(), dates: Vec::new(), units, ..old })
        })
    }

    /// The documents that another version of saywho has read, in the order in which they were added.
    pub fn outdated(&self) -> Result<Vec<i64>> {
        self.read(|db| {
            let mut ask = db.prepare("SELECT document FROM reading WHERE version IS NOT ?1 ORDER BY document")?;
            let rows = ask.query_map([VERSION], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Forgets a document, its reading and the corrections of it.
    ///
    /// # Errors
    /// When there is no such document.
    pub fn remove(&self, id: i64) -> Result<()> {
        self.write(|db| {
            // The triggers of the full text fire for each row that is deleted here, not for cascades.
            db.execute("DELETE FROM attribution WHERE document = ?1", [id])?;
            match db.execute("DELETE FROM document WHERE id = ?1", [id])? {
                0 => Err(document::missing(id)),
                _ => Ok(()),
            }
        })
    }
}

fn add(db: &Transaction, identity: &Identity, reading: &Reading) -> Result<Kept> {
    let of = &reading.document;
    let there: Option<(i64, String, Option<String>)> = db
        .prepare_cached(
            "SELECT id, fingerprint, version FROM document LEFT JOIN reading ON document = id WHERE key = ?1",
        )?
        .query_row([&identity.key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let state = match &there {
        None => State::Added,
        Some((_, fingerprint, _)) if *fingerprint != identity.fingerprint => State::Replaced,
        Some((id, _, Some(version))) if version == VERSION => {
            return Ok(Kept { id: *id, name: of.id.clone(), state: State::Unchanged });
        }
        Some(_) => State::Reread,
    };
    let day = of.published.as_deref().map_or(0, day::of);
    let words = of.text.split_whitespace().count() as i64;
    let id: i64 = db
        .prepare_cached(
            "INSERT INTO document (key, fingerprint, name, title, publisher, published, source, day, added, words, attributions)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (key) DO UPDATE SET fingerprint = ?2, name = ?3, title = ?4, publisher = ?5, published = ?6, source = ?7,
               day = ?8, words = ?10, attributions = ?11
             RETURNING id",
        )?
        .query_row(
            params![
                identity.key,
                identity.fingerprint,
                of.id,
                of.title,
                of.publisher,
                of.published,
                of.source,
                day,
                clock::now(),
                words,
                reading.attributions.len() as i64,
            ],
            |row| row.get(0),
        )?;
    if id > project::MOST_DOCUMENTS {
        return Err(Error::Invalid("the store is full: begin another".into()));
    }
    let raw = kept::reading_json(reading)?;
    let units = kept::units_json(&of.units)?;
    db.prepare_cached("INSERT OR REPLACE INTO reading (document, raw, version, units) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![id, raw, VERSION, units])?;
    project::project(db, id, day, reading, state != State::Added)?;
    Ok(Kept { id, name: of.id.clone(), state })
}
