//! Entities of all documents: their list, and one with all that is known of it.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde::{Deserialize, Serialize};

use crate::page::{Count, cursor};
use crate::search::{Days, Question, Tally};
use crate::terms::name_patterns;
use crate::timeline::{self, Position};
use crate::{Error, Page, Result, Store, day};

/// Names, roles and acts of an entity that are told.
const SHOWN: usize = 30;

/// An entity in a few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntityBrief {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What kind of thing it is.
    pub kind: String,
    /// The state or body it speaks for.
    pub side: Option<String>,
}

/// The entity whose id, name, kind and side stand in four columns from this one on.
pub(crate) fn brief(row: &Row, at: usize) -> rusqlite::Result<Option<EntityBrief>> {
    let Some(id) = row.get(at)? else { return Ok(None) };
    Ok(Some(EntityBrief { id, name: row.get(at + 1)?, kind: row.get(at + 2)?, side: row.get(at + 3)? }))
}

/// An entity of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntityRow {
    /// What it is.
    #[serde(flatten)]
    pub brief: EntityBrief,
    /// Attributions of which it is the speaker.
    pub attributions: u64,
    /// Documents in which it appears.
    pub documents: u64,
    /// Words ascribed to it.
    pub words: u64,
}

/// A page of the list.
#[derive(Debug, Clone, Serialize)]
pub struct Entities {
    /// The entities.
    pub items: Vec<EntityRow>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// All that fit.
    pub total: u64,
}

/// An entity by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
}

/// All that is known of an entity.
#[derive(Debug, Clone, Serialize)]
pub struct EntityDetail {
    /// What the list tells.
    #[serde(flatten)]
    pub row: EntityRow,
    /// Its identifiers.
    pub ids: BTreeMap<String, String>,
    /// Its names, by documents.
    pub names: Vec<Count>,
    /// Its titles and offices, by documents.
    pub roles: Vec<Count>,
    /// Those that persons merged into it.
    pub merged: Vec<Named>,
    /// What it does by speaking.
    pub acts: Vec<Count>,
    /// The first day on which it is quoted.
    pub first: Option<String>,
    /// The last.
    pub last: Option<String>,
    /// Its positions, oldest first.
    pub timeline: Vec<Position>,
}

/// What the list can be asked.
#[derive(Debug, Clone, Default)]
pub struct EntityQuestion {
    /// Words that begin words of a name.
    pub q: Option<String>,
    /// The kind.
    pub kind: Option<String>,
    /// The side.
    pub side: Option<String>,
    /// Only those who say something.
    pub speakers: bool,
    /// Which page.
    pub page: Page,
}

/// Sums over an entity and those merged into it.
const SUMS: &str = "SELECT m.id, coalesce(m.given, m.name) AS name, m.kind, m.side,
    sum((SELECT count(*) FROM attribution a WHERE a.speaker = e.id)) AS said,
    coalesce(sum((SELECT sum(words) FROM attribution a WHERE a.speaker = e.id)), 0) AS words
  FROM entity e JOIN entity m ON m.id = e.main";

impl Store {
    /// The entities that fit, those quoted most first.
    ///
    /// # Errors
    /// When the cursor is none.
    pub fn entities(&self, question: &EntityQuestion) -> Result<Entities> {
        let mut conditions = vec!["EXISTS (SELECT 1 FROM appearance p WHERE p.entity = e.id)".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        for pattern in question.q.as_deref().map(name_patterns).transpose()?.unwrap_or_default() {
            values.push(pattern.into());
            let place = values.len();
            // By the names of the texts, and by one that a person has given.
            conditions.push(format!(
                "m.id IN (SELECT n.main FROM entity n WHERE n.names LIKE ?{place} OR ' ' || n.given || ' ' LIKE ?{place})"
            ));
        }
        for (column, asked) in [("m.kind", &question.kind), ("m.side", &question.side)] {
            if let Some(asked) = asked {
                values.push(asked.clone().into());
                conditions.push(format!("{column} = ?{} COLLATE NOCASE", values.len()));
            }
        }
        let least = i64::from(question.speakers);
        let fit = format!("{SUMS} WHERE {} GROUP BY m.id HAVING said >= {least}", conditions.join(" AND "));
        let behind =
            question.page.after()?.map(|(said, id)| format!("WHERE said < {said} OR (said = {said} AND id > {id})"));
        let limit = question.page.limit();
        self.read(|db| {
            let sql = format!(
                "WITH fit AS MATERIALIZED ({fit})
                 SELECT id, name, kind, side, said, words, (SELECT count(*) FROM fit) FROM fit {} ORDER BY said DESC, id LIMIT {}",
                behind.unwrap_or_default(),
                limit + 1
            );
            let mut ask = db.prepare_cached(&sql)?;
            let mut total = 0;
            let rows = ask.query_map(params_from_iter(&values), |row| {
                total = row.get(6)?;
                row_of(row)
            })?;
            let mut items = rows.collect::<rusqlite::Result<Vec<_>>>()?;
            let more = items.len() > limit;
            items.truncate(limit);
            for item in &mut items {
                item.documents = documents_with(db, item.brief.id)?;
            }
            let next = items.last().filter(|_| more).map(|row| cursor(row.attributions as i64, row.brief.id));
            Ok(Entities { items, next, total })
        })
    }

    /// One entity, with its positions on an issue (words, any of which must occur) or on all.
    ///
    /// # Errors
    /// When there is none of this number, or a date is none.
    pub fn entity(&self, id: i64, issue: Option<&str>, days: &Days) -> Result<EntityDetail> {
        let asked = Question {
            speaker: Some(id.to_string()),
            issue: issue.map(str::to_owned),
            days: days.clone(),
            ..Question::default()
        };
        self.read(|db| {
            let missing = || Error::Missing(format!("entity {id}"));
            let sql = "SELECT main, ids FROM entity WHERE id = ?1";
            let found =
                db.query_row(sql, [id], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))).optional()?;
            let (main, ids) = found.ok_or_else(missing)?;
            let mut row = db.query_row(&format!("{SUMS} WHERE m.id = ?1 GROUP BY m.id"), [main], row_of)?;
            row.documents = documents_with(db, main)?;
            let of_main = "(SELECT id FROM entity WHERE main = ?1)";
            let tally =
                |column: &str| tally(db, &format!("SELECT {column} FROM appearance WHERE entity IN {of_main}"), main);
            let acts = self::tally(db, &format!("SELECT act FROM attribution WHERE speaker IN {of_main}"), main)?;
            let span = format!("SELECT min(nullif(day, 0)), max(day) FROM attribution WHERE speaker IN {of_main}");
            let (first, last) =
                db.query_row(&span, [main], |row| Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Option<i64>>(1)?)))?;
            let sql = "SELECT id, name FROM entity WHERE main = ?1 AND id <> ?1 ORDER BY id";
            let merged = db
                .prepare(sql)?
                .query_map([main], |r| Ok(Named { id: r.get(0)?, name: r.get(1)? }))?
                .collect::<rusqlite::Result<_>>()?;
            Ok(EntityDetail {
                row,
                ids: serde_json::from_str(&ids)?,
                names: tally("name")?,
                roles: tally("role")?,
                merged,
                acts,
                first: first.and_then(day::written),
                last: last.and_then(day::written),
                timeline: timeline::of(db, &asked)?,
            })
        })
    }
}

fn row_of(row: &Row) -> rusqlite::Result<EntityRow> {
    let brief = EntityBrief { id: row.get(0)?, name: row.get(1)?, kind: row.get(2)?, side: row.get(3)? };
    Ok(EntityRow { brief, attributions: row.get(4)?, documents: 0, words: row.get(5)? })
}

fn documents_with(db: &Connection, main: i64) -> Result<u64> {
    let sql = "SELECT count(DISTINCT document) FROM appearance WHERE entity IN (SELECT id FROM entity WHERE main = ?1)";
    Ok(db.prepare_cached(sql)?.query_row([main], |row| row.get(0))?)
}

/// How often each word stands in the one column that a question answers.
fn tally(db: &Connection, sql: &str, main: i64) -> Result<Vec<Count>> {
    let mut tally = Tally::default();
    let mut ask = db.prepare_cached(sql)?;
    let mut rows = ask.query([main])?;
    while let Some(row) = rows.next()? {
        if let Ok(word) = row.get_ref(0)?.as_str() {
            tally.add(word, 1);
        }
    }
    Ok(tally.most(SHOWN))
}
