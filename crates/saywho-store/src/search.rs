//! Questions over all attributions: what fits, newest first, and how often what occurs in it.

use std::collections::HashMap;

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};
use saywho_report::{CSV_COLUMNS, csv_lines};
use serde::Serialize;

use crate::document::DocumentBrief;
use crate::entity::{EntityBrief, Named, brief};
use crate::page::{Count, cursor};
use crate::terms::{full_text, name_patterns};
use crate::{Error, Page, Result, Store, day};

/// Values of a facet that are told.
const SHOWN: usize = 20;

/// Rows that are cheaper looked up one by one than found among all.
const MANY: usize = 500;

/// From when to when, both included: days, months or years.
#[derive(Debug, Clone, Default)]
pub struct Days {
    /// The first.
    pub from: Option<String>,
    /// The last.
    pub to: Option<String>,
}

impl Days {
    pub(crate) fn add_to(&self, conditions: &mut Vec<String>, column: &str) -> Result<()> {
        if let Some(from) = &self.from {
            conditions.push(format!("{column} >= {}", day::range(from)?.0));
        }
        if let Some(to) = &self.to {
            conditions.push(format!("{column} BETWEEN 1 AND {}", day::range(to)?.1));
        }
        Ok(())
    }
}

/// What is asked; what is empty asks nothing.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// Words of the content, all of which must occur.
    pub q: Option<String>,
    /// Words of a topic, any of which must occur.
    pub issue: Option<String>,
    /// An entity's number, or words of its name.
    pub speaker: Option<String>,
    /// As `speaker`.
    pub addressee: Option<String>,
    /// For which state or body the speaker speaks.
    pub side: Option<String>,
    /// The act.
    pub act: Option<String>,
    /// Who published the document.
    pub publisher: Option<String>,
    /// The document.
    pub document: Option<i64>,
    /// When it was published.
    pub days: Days,
    /// Only direct and mixed ones.
    pub direct: bool,
    /// Only sources without a name, or only those with one.
    pub unnamed: Option<bool>,
    /// None inside another.
    pub outer: bool,
    /// Only what is at least so sure, 0 to 1.
    pub min_confidence: Option<f64>,
    /// Whether to count what occurs.
    pub facets: bool,
    /// Which page.
    pub page: Page,
}

/// An attribution that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// Its number in the store.
    pub id: i64,
    /// The document it stands in.
    pub document: DocumentBrief,
    /// Its id in the reading.
    pub attribution: String,
    /// Who says it.
    pub speaker: Option<EntityBrief>,
    /// To whom.
    pub addressee: Option<EntityBrief>,
    /// What the speaker does.
    pub act: String,
    /// Affirmed or negated.
    pub polarity: String,
    /// Direct, mixed or indirect.
    #[serde(rename = "type")]
    pub kind: String,
    /// The words of the source.
    pub source: String,
    /// The words of the cue.
    pub cue: String,
    /// The words of the content.
    pub content: String,
    /// Where the content begins, in code points.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
    /// The attribution that holds it.
    pub inside: Option<String>,
    /// Who reports whom, from the outermost to the speaker.
    pub chain: Vec<Named>,
    /// The channel.
    pub via: Option<String>,
    /// How sure it is.
    pub confidence: f64,
}

/// A table of attributions in the one layout (`docs/output.md`), the header first.
pub fn csv(hits: &[Hit]) -> String {
    csv_lines(std::iter::once(CSV_COLUMNS.map(str::to_owned)).chain(hits.iter().map(Hit::cells)))
}

impl Hit {
    fn cells(&self) -> [String; CSV_COLUMNS.len()] {
        let told = |part: &Option<String>| part.clone().unwrap_or_default();
        let speaker = self.speaker.as_ref();
        let chain: Vec<&str> = self.chain.iter().map(|link| link.name.as_str()).collect();
        [
            self.document.name.clone(),
            told(&self.document.title),
            told(&self.document.publisher),
            told(&self.document.published),
            self.attribution.clone(),
            speaker.map(|e| e.name.clone()).unwrap_or_default(),
            speaker.map(|e| e.kind.clone()).unwrap_or_default(),
            speaker.map(|e| told(&e.side)).unwrap_or_default(),
            self.addressee.as_ref().map(|e| e.name.clone()).unwrap_or_default(),
            chain.join(" > "),
            told(&self.inside),
            self.act.clone(),
            self.polarity.clone(),
            self.kind.clone(),
            self.source.clone(),
            self.cue.clone(),
            self.content.clone(),
            told(&self.via),
            self.confidence.to_string(),
            self.start.to_string(),
            self.end.to_string(),
        ]
    }
}

/// How often what occurs in all that fits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each counts what it is called")]
pub struct Facets {
    pub speaker: Vec<Count>,
    pub side: Vec<Count>,
    pub act: Vec<Count>,
    #[serde(rename = "type")]
    pub kind: Vec<Count>,
    pub publisher: Vec<Count>,
    pub month: Vec<Count>,
}

/// A page of what was found.
#[derive(Debug, Clone, Serialize)]
pub struct Found {
    /// The attributions.
    pub items: Vec<Hit>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// All that fit.
    pub total: u64,
    /// Counts over all that fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<Facets>,
}

impl Store {
    /// The attributions that fit a question, newest first.
    ///
    /// # Errors
    /// When a date, the cursor or the words make no sense.
    pub fn search(&self, question: &Question) -> Result<Found> {
        let filter = Filter::of(question)?;
        let limit = question.page.limit();
        let after = question.page.after()?;
        self.read(|db| {
            let (total, facets) = match question.facets {
                true => count(db, &filter).map(|(total, facets)| (total, Some(facets)))?,
                false => (total(db, &filter)?, None),
            };
            let mut hits = page(db, &filter, after, limit + 1)?;
            let more = hits.len() > limit;
            hits.truncate(limit);
            let next = hits.last().filter(|_| more).map(|(day, hit)| cursor(*day, hit.id));
            Ok(Found { items: hits.into_iter().map(|(_, hit)| hit).collect(), next, total, facets })
        })
    }
}

/// A question as conditions on the table `a` of attributions.
pub(crate) struct Filter {
    from: String,
    conditions: Vec<String>,
    pub values: Vec<Value>,
}

impl Filter {
    pub(crate) fn of(question: &Question) -> Result<Filter> {
        let mut filter = Filter { from: "attribution a".into(), conditions: vec!["1".into()], values: Vec::new() };
        if let Some(asked) = full_text(question.q.as_deref(), question.issue.as_deref())? {
            filter.from = "found f CROSS JOIN attribution a ON a.id = f.rowid".into();
            let place = filter.value(asked);
            filter.conditions.push(format!("found MATCH {place}"));
        }
        filter.entity("a.speaker", question.speaker.as_deref())?;
        filter.entity("a.addressee", question.addressee.as_deref())?;
        if let Some(side) = &question.side {
            let place = filter.value(side.clone());
            filter.of_entities("a.speaker", &format!("m.side = {place} COLLATE NOCASE"));
        }
        if let Some(act) = &question.act {
            let place = filter.value(act.to_lowercase());
            filter.conditions.push(format!("a.act = {place}"));
        }
        if let Some(publisher) = &question.publisher {
            let place = filter.value(publisher.clone());
            filter
                .conditions
                .push(format!("a.document IN (SELECT id FROM document WHERE publisher = {place} COLLATE NOCASE)"));
        }
        if let Some(document) = question.document {
            filter.conditions.push(format!("a.document = {document}"));
        }
        question.days.add_to(&mut filter.conditions, "a.day")?;
        if question.direct {
            filter.conditions.push("a.type <> 'indirect'".into());
        }
        match question.unnamed {
            Some(true) => filter.of_entities("a.speaker", "m.kind = 'unnamed'"),
            Some(false) => filter.of_entities("a.speaker", "m.kind <> 'unnamed'"),
            None => {}
        }
        if question.outer {
            filter.conditions.push("a.inside IS NULL".into());
        }
        if let Some(least) = question.min_confidence {
            if !(0.0..=1.0).contains(&least) {
                return Err(Error::Invalid(format!("a confidence is a number from 0 to 1, not {least}")));
            }
            filter.values.push(least.into());
            filter.conditions.push(format!("a.confidence >= ?{}", filter.values.len()));
        }
        Ok(filter)
    }

    /// The rest of a SELECT: FROM and WHERE.
    pub(crate) fn sql(&self) -> String {
        format!("FROM {} WHERE {}", self.from, self.conditions.join(" AND "))
    }

    fn value(&mut self, value: String) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    fn of_entities(&mut self, column: &str, condition: &str) {
        let those = format!("SELECT e.id FROM entity e JOIN entity m ON m.id = e.main WHERE {condition}");
        self.conditions.push(format!("{column} IN ({those})"));
    }

    /// An entity's number, or words that begin words of one of its names.
    fn entity(&mut self, column: &str, asked: Option<&str>) -> Result<()> {
        let Some(asked) = asked.map(str::trim).filter(|a| !a.is_empty()) else { return Ok(()) };
        if let Ok(id) = asked.parse::<i64>() {
            let main = format!("m.id = (SELECT main FROM entity WHERE id = {id})");
            self.of_entities(column, &main);
            return Ok(());
        }
        // By the names of the texts, and by one that a person has given.
        let like = |place: String| format!("(n.names LIKE {place} OR ' ' || n.given || ' ' LIKE {place})");
        let likes: Vec<String> = name_patterns(asked)?.into_iter().map(|p| like(self.value(p))).collect();
        if !likes.is_empty() {
            self.of_entities(column, &format!("m.id IN (SELECT n.main FROM entity n WHERE {})", likes.join(" AND ")));
        }
        Ok(())
    }
}

fn total(db: &Connection, filter: &Filter) -> Result<u64> {
    let mut ask = db.prepare_cached(&format!("SELECT count(*) {}", filter.sql()))?;
    Ok(ask.query_row(params_from_iter(&filter.values), |row| row.get(0))?)
}

/// The newest attributions that fit, behind a place in that order, each with its day.
fn page(db: &Connection, filter: &Filter, after: Option<(i64, i64)>, limit: usize) -> Result<Vec<(i64, Hit)>> {
    let behind = after.map(|(day, id)| format!(" AND (a.day < {day} OR (a.day = {day} AND a.id > {id}))"));
    // The numbers first: rows with their words are looked up only for those that are shown.
    let numbers =
        format!("SELECT a.id {}{} ORDER BY a.day DESC, a.id LIMIT {limit}", filter.sql(), behind.unwrap_or_default());
    let sql = format!("{HIT} WHERE a.id IN ({numbers}) ORDER BY a.day DESC, a.id");
    let mut ask = db.prepare_cached(&sql)?;
    let rows = ask.query_map(params_from_iter(&filter.values), |row| Ok((row.get("day")?, hit(row)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A SELECT of all that a [`hit`] is made of.
pub(crate) const HIT: &str =
    "SELECT a.id, a.day, a.local, a.act, a.polarity, a.type, a.source, a.cue, a.content, a.start, a.end, a.inside,
    a.via, a.confidence, d.id, d.name, d.title, d.publisher, d.published,
    s.id, coalesce(s.given, s.name), s.kind, s.side, t.id, coalesce(t.given, t.name), t.kind, t.side,
    (SELECT json_group_array(json_object('id', m.id, 'name', coalesce(m.given, m.name)) ORDER BY link.key)
     FROM json_each(a.chain) link JOIN entity e ON e.id = link.value JOIN entity m ON m.id = e.main)
  FROM attribution a JOIN document d ON d.id = a.document
  LEFT JOIN entity se ON se.id = a.speaker LEFT JOIN entity s ON s.id = se.main
  LEFT JOIN entity te ON te.id = a.addressee LEFT JOIN entity t ON t.id = te.main";

pub(crate) fn hit(row: &Row) -> rusqlite::Result<Hit> {
    let chain: String = row.get(27)?;
    Ok(Hit {
        // As the database has put it together just now.
        chain: serde_json::from_str(&chain).unwrap_or_default(),
        id: row.get(0)?,
        attribution: row.get(2)?,
        act: row.get(3)?,
        polarity: row.get(4)?,
        kind: row.get(5)?,
        source: row.get(6)?,
        cue: row.get(7)?,
        content: row.get(8)?,
        start: row.get(9)?,
        end: row.get(10)?,
        inside: row.get(11)?,
        via: row.get(12)?,
        confidence: row.get(13)?,
        document: DocumentBrief {
            id: row.get(14)?,
            name: row.get(15)?,
            title: row.get(16)?,
            publisher: row.get(17)?,
            published: row.get(18)?,
        },
        speaker: brief(row, 19)?,
        addressee: brief(row, 23)?,
    })
}

/// How many fit, and what occurs in them: one way through the rows, then entities and documents are looked up.
fn count(db: &Connection, filter: &Filter) -> Result<(u64, Facets)> {
    let mut total = 0;
    let (mut speakers, mut documents) = (HashMap::<i64, u64>::new(), HashMap::<i64, u64>::new());
    let (mut acts, mut kinds) = (Tally::default(), Tally::default());
    let mut ask = db.prepare_cached(&format!("SELECT a.speaker, a.document, a.act, a.type {}", filter.sql()))?;
    let mut rows = ask.query(params_from_iter(&filter.values))?;
    while let Some(row) = rows.next()? {
        total += 1;
        if let Some(speaker) = row.get(0)? {
            *speakers.entry(speaker).or_default() += 1;
        }
        *documents.entry(row.get(1)?).or_default() += 1;
        acts.add(row.get_ref(2)?.as_str().unwrap_or_default(), 1);
        kinds.add(row.get_ref(3)?.as_str().unwrap_or_default(), 1);
    }
    let (speaker, side) = speaker_counts(db, &speakers)?;
    let (publisher, month) = document_counts(db, &documents)?;
    Ok((total, Facets { speaker, side, act: acts.most(SHOWN), kind: kinds.most(SHOWN), publisher, month }))
}

fn speaker_counts(db: &Connection, speakers: &HashMap<i64, u64>) -> Result<(Vec<Count>, Vec<Count>)> {
    let (mut mains, mut sides) = (HashMap::<i64, u64>::new(), Tally::default());
    let sql = "SELECT e.id, m.id, m.side FROM entity e JOIN entity m ON m.id = e.main";
    each(db, sql, "e.id", speakers, |row, count| {
        *mains.entry(row.get(1)?).or_default() += count;
        if let Ok(side) = row.get_ref(2)?.as_str() {
            sides.add(side, count);
        }
        Ok(())
    })?;
    let mut name = db.prepare_cached("SELECT coalesce(given, name) FROM entity WHERE id = ?1")?;
    let mut mains: Vec<(i64, u64)> = mains.into_iter().collect();
    mains.sort_by_key(|&(id, count)| (std::cmp::Reverse(count), id));
    mains.truncate(SHOWN);
    let named = mains
        .into_iter()
        .map(|(id, count)| Ok(Count { id: Some(id), name: name.query_row([id], |row| row.get(0))?, count }));
    Ok((named.collect::<Result<_>>()?, sides.most(SHOWN)))
}

fn document_counts(db: &Connection, documents: &HashMap<i64, u64>) -> Result<(Vec<Count>, Vec<Count>)> {
    let (mut publishers, mut months) = (Tally::default(), HashMap::<i64, u64>::new());
    each(db, "SELECT id, publisher, day FROM document", "id", documents, |row, count| {
        if let Ok(publisher) = row.get_ref(1)?.as_str() {
            publishers.add(publisher, count);
        }
        *months.entry(row.get::<_, i64>(2)? / 100 * 100).or_default() += count;
        Ok(())
    })?;
    let mut months: Vec<(i64, u64)> = months.into_iter().filter(|(month, _)| *month > 0).collect();
    months.sort_unstable();
    let months = months.into_iter().map(|(month, count)| Count { id: None, name: day::month(month), count });
    Ok((publishers.most(SHOWN), months.collect()))
}

/// Looks up the rows of these numbers, which stand first in them: each for itself, or all at once where they are many.
fn each(
    db: &Connection,
    sql: &str,
    number: &str,
    counts: &HashMap<i64, u64>,
    mut take: impl FnMut(&Row, u64) -> rusqlite::Result<()>,
) -> Result<()> {
    if counts.len() > MANY {
        let mut ask = db.prepare_cached(sql)?;
        let mut rows = ask.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(count) = counts.get(&row.get(0)?) {
                take(row, *count)?;
            }
        }
        return Ok(());
    }
    let mut ask = db.prepare_cached(&format!("{sql} WHERE {number} = ?1"))?;
    for (id, count) in counts {
        let mut rows = ask.query([id])?;
        if let Some(row) = rows.next()? {
            take(row, *count)?;
        }
    }
    Ok(())
}

/// Counts by words.
#[derive(Default)]
pub(crate) struct Tally(HashMap<String, u64>);

impl Tally {
    pub(crate) fn add(&mut self, name: &str, count: u64) {
        match self.0.get_mut(name) {
            Some(sum) => *sum += count,
            None => {
                self.0.insert(name.to_owned(), count);
            }
        }
    }

    /// The most frequent, each with its count.
    pub(crate) fn most(self, shown: usize) -> Vec<Count> {
        let mut all: Vec<(String, u64)> = self.0.into_iter().collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        all.truncate(shown);
        all.into_iter().map(|(name, count)| Count { id: None, name: Some(name), count }).collect()
    }
}
