//! A reading, with corrections laid over, to the flat tables that questions are asked of.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Transaction, params};
use saywho::reading::{Entity, EntityKind};
use saywho::{Points, Reading};
use saywho_report::joined_words;

use crate::correction::{self, Body, Correction};
use crate::overlay::{self, Known, Laid};
use crate::{Error, Result, day, document, kept, key};

/// Attributions are numbered by document and place: so they keep their numbers when a document is read again.
const PLACES: i64 = 1 << 20;

/// More, and numbers would no longer be whole in JavaScript.
pub(crate) const MOST_DOCUMENTS: i64 = 1 << 32;

/// Brings the tables of a document up to date with its reading and corrections.
pub(crate) fn again(db: &Transaction, id: i64) -> Result<()> {
    let raw = document::raw(db, id)?;
    let day = db.query_row("SELECT day FROM document WHERE id = ?1", [id], |row| row.get(0))?;
    project(db, id, day, &raw, true)
}

/// Brings the tables of all documents up to date, after the schema has changed.
pub(crate) fn all_again(db: &Transaction) -> Result<()> {
    let ids = db
        .prepare("SELECT document FROM reading")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<i64>>>()?;
    for id in ids {
        match again(db, id) {
            // What cannot be read any more stays as it stands in the tables.
            Ok(()) | Err(Error::Damaged(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Writes the tables of a document; `there` says that it may have rows and corrections already.
pub(crate) fn project(db: &Transaction, id: i64, day: i64, raw: &Reading, there: bool) -> Result<()> {
    let entities: Vec<i64> =
        raw.entities.iter().map(|e| enter(db, e, &key::of_entity(e, id))).collect::<Result<_>>()?;
    let laid = match there {
        true => {
            clear(db, id)?;
            lay(db, id, raw, entities)?
        }
        false => Laid::of(raw, entities),
    };
    if there {
        let count = laid.reading.attributions.len() as i64;
        db.execute("UPDATE document SET attributions = ?2 WHERE id = ?1", params![id, count])?;
    }
    appearances(db, id, &laid)?;
    attributions(db, id, day, raw, &laid)?;
    conversations(db, id, day, &laid)
}

fn clear(db: &Transaction, id: i64) -> Result<()> {
    for table in ["attribution", "appearance", "participant", "conversation"] {
        db.execute(&format!("DELETE FROM {table} WHERE document = ?1"), [id])?;
    }
    Ok(())
}

/// Lays the corrections of a document over its reading, and notes which still hold.
fn lay(db: &Transaction, id: i64, raw: &Reading, entities: Vec<i64>) -> Result<Laid> {
    let corrections = correction::in_force(db, Some(id))?;
    let mut known = |entity| known(db, entity);
    let mut split = |correction: &Correction, old: &Entity| {
        let (Body::Split { name, .. } | Body::Add { name: Some(name), .. }) = &correction.body else {
            return self::known(db, 0);
        };
        let new =
            Entity { name: name.trim().to_owned(), kind: named_kind(old.kind), ids: Default::default(), ..old.clone() };
        self::known(db, enter(db, &new, &format!("split:{}", correction.id))?)
    };
    let laid = overlay::lay(raw, entities, &corrections, &mut known, &mut split)?;
    let mut note = db.prepare_cached("UPDATE correction SET applied = ?2, touches = ?3 WHERE id = ?1")?;
    for (correction, touches) in corrections.iter().zip(&laid.touches) {
        let touched = serde_json::to_string(&touches.clone().unwrap_or_default())?;
        note.execute(params![correction.id, touches.is_some(), touched])?;
    }
    let json = if corrections.is_empty() { None } else { Some(kept::reading_json(&laid.reading)?) };
    db.execute("UPDATE reading SET laid = ?2 WHERE document = ?1", params![id, json])?;
    Ok(laid)
}

/// Somebody with a name is a person, where the text named nobody.
fn named_kind(kind: EntityKind) -> EntityKind {
    if kind == EntityKind::Unnamed { EntityKind::Person } else { kind }
}

fn known(db: &Transaction, id: i64) -> Result<Known> {
    let mut ask = db.prepare_cached("SELECT coalesce(given, name), kind, side FROM entity WHERE id = ?1")?;
    let row = ask.query_row([id], |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?)))?;
    let (name, kind, side) = row;
    Ok(Known { id, name, kind: serde_json::from_value(kind.into())?, side })
}

/// The number of an entity in the store, which learns the names and identifiers it did not know.
fn enter(db: &Transaction, entity: &Entity, key: &str) -> Result<i64> {
    let mut ask = db.prepare_cached("SELECT id, name, names, side FROM entity WHERE key = ?1")?;
    let there: Option<(i64, String, String, Option<String>)> =
        ask.query_row([key], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))).optional()?;
    let plain = format!(" {} ", key::plain(&entity.name));
    let Some((id, name, names, side)) = there else {
        let sql = "INSERT INTO entity (key, name, names, kind, side, ids, main)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT coalesce(max(id), 0) + 1 FROM entity)) RETURNING id";
        let ids = serde_json::to_string(&entity.ids)?;
        let row = params![key, entity.name, plain, entity.kind.name(), entity.side, ids];
        return Ok(db.prepare_cached(sql)?.query_row(row, |row| row.get(0))?);
    };
    if let (Some(known), Some(new)) = (&side, &entity.side)
        && key.starts_with("person:")
        && key::plain(known) != key::plain(new)
        && !key.ends_with(&key::plain(new))
    {
        // Two of one name who speak for different sides are two.
        return enter(db, entity, &format!("{key}:{}", key::plain(new)));
    }
    let fuller = entity.name.split_whitespace().count() > name.split_whitespace().count();
    let new_name = !names.contains(&plain);
    if fuller || new_name || (side.is_none() && entity.side.is_some()) {
        let name = if fuller { &entity.name } else { &name };
        let names = if new_name { names + "|" + &plain } else { names };
        let sql = "UPDATE entity SET name = ?2, names = ?3, side = coalesce(side, ?4) WHERE id = ?1";
        db.prepare_cached(sql)?.execute(params![id, name, names, entity.side])?;
    }
    Ok(id)
}

fn appearances(db: &Transaction, id: i64, laid: &Laid) -> Result<()> {
    let sql = "INSERT INTO appearance (document, local, entity, name, role) VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut put = db.prepare_cached(sql)?;
    for (entity, number) in laid.reading.entities.iter().zip(&laid.entities) {
        let role = entity.roles.first().map(|role| role.to_lowercase());
        put.execute(params![id, entity.id, number, entity.name, role])?;
    }
    Ok(())
}

fn attributions(db: &Transaction, id: i64, day: i64, raw: &Reading, laid: &Laid) -> Result<()> {
    let numbers: HashMap<&str, i64> =
        laid.reading.entities.iter().map(|e| e.id.as_str()).zip(laid.entities.iter().copied()).collect();
    let number = |local: &Option<String>| local.as_deref().and_then(|local| numbers.get(local)).copied();
    let place: HashMap<&str, usize> = raw.attributions.iter().enumerate().map(|(i, a)| (a.id.as_str(), i)).collect();
    let mut added = PLACES as usize / 2..PLACES as usize;
    let text = &laid.reading.document.text;
    let points = Points::of(text);
    let mut put = db.prepare_cached(
        "INSERT INTO attribution (id, document, local, day, speaker, addressee, act, polarity, type, inside, via, source, cue,
           content, words, start, end, confidence, chain)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
    )?;
    for a in &laid.reading.attributions {
        // What a person has added comes behind, so that the others keep their numbers.
        let known = place.get(a.id.as_str()).copied().filter(|&place| place < PLACES as usize / 2);
        let Some(place) = known.or_else(|| added.next()) else { break };
        let content = joined_words(text, &a.content);
        let word_count = content.split_whitespace().filter(|w| *w != "[…]").count() as i64;
        let own = if a.chain.is_empty() { a.speaker.as_slice() } else { &a.chain };
        let chain: Vec<i64> = own.iter().filter_map(|local| numbers.get(local.as_str()).copied()).collect();
        put.execute(params![
            id * PLACES + place as i64,
            id,
            a.id,
            day,
            number(&a.speaker),
            number(&a.addressee),
            a.act.name(),
            a.polarity.name(),
            a.kind.name(),
            a.inside,
            a.via,
            joined_words(text, &a.source),
            joined_words(text, &a.cue),
            content,
            word_count,
            a.content.first().map_or(0, |s| points.at(s.start).0) as i64,
            a.content.last().map_or(0, |s| points.at(s.end).0) as i64,
            (f64::from(a.confidence) * 1000.0).round() / 1000.0,
            serde_json::to_string(&chain)?,
        ])?;
    }
    Ok(())
}

fn conversations(db: &Transaction, id: i64, published: i64, laid: &Laid) -> Result<()> {
    for told in &laid.reading.conversations {
        let day = told.date.as_deref().map(day::of).filter(|day| *day > 0).unwrap_or(published);
        let sql = "INSERT INTO conversation (document, local, day, medium) VALUES (?1, ?2, ?3, ?4)";
        db.prepare_cached(sql)?.execute(params![id, told.id, day, told.medium.name()])?;
        let sql = "INSERT INTO participant (document, conversation, place, entity) VALUES (?1, ?2, ?3, ?4)";
        let mut put = db.prepare_cached(sql)?;
        for (place, local) in told.participants.iter().enumerate() {
            if let Some(at) = laid.reading.entities.iter().position(|e| e.id == *local) {
                put.execute(params![id, told.id, place as i64, laid.entities[at]])?;
            }
        }
    }
    Ok(())
}
