//! What somebody said over time, and where the words for the same thing changed.

use std::collections::HashSet;

use rusqlite::{Connection, params_from_iter};
use serde::Serialize;

use crate::key::plain;
use crate::search::{Filter, HIT, Hit, Question, hit};
use crate::{Result, day};

/// Positions that are told at most.
const SHOWN: usize = 500;

/// Earlier positions among which one on the same subject is looked for.
const LOOK_BACK: usize = 200;

/// The part of their words that two positions on one subject share at least: a rule of thumb, low enough for a sentence said
/// otherwise and too high for two sentences on one topic.
const SAME_SUBJECT: f64 = 0.34;

/// Shorter words are mostly small change ("the", "has").
const LETTERS: usize = 4;

/// How a position stands to earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Wording {
    /// Nothing like it was said before.
    New,
    /// The words of an earlier one.
    Repeated,
    /// An earlier one on the same subject has other words.
    Changed,
}

/// The earlier position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Before {
    /// Its number.
    pub id: i64,
    /// Its day.
    pub date: Option<String>,
    /// Its words.
    pub content: String,
}

/// A step of a timeline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Position {
    /// The day.
    pub date: Option<String>,
    /// How it stands to earlier ones.
    pub wording: Wording,
    /// The earlier one that it repeats or changes.
    pub before: Option<Before>,
    /// The attribution.
    pub attribution: Hit,
}

/// The positions that fit a question, oldest first; those without a date come last.
pub(crate) fn of(db: &Connection, question: &Question) -> Result<Vec<Position>> {
    let filter = Filter::of(question)?;
    let numbers = format!("SELECT a.id {} ORDER BY a.day = 0, a.day, a.id LIMIT {SHOWN}", filter.sql());
    let sql = format!("{HIT} WHERE a.id IN ({numbers}) ORDER BY a.day = 0, a.day, a.id");
    let mut ask = db.prepare(&sql)?;
    let rows = ask.query_map(params_from_iter(&filter.values), |row| Ok((day::written(row.get(1)?), hit(row)?)))?;
    Ok(marked(rows.collect::<rusqlite::Result<_>>()?))
}

/// Marks what was said before.
fn marked(hits: Vec<(Option<String>, Hit)>) -> Vec<Position> {
    let subjects: Vec<HashSet<String>> = hits.iter().map(|(_, hit)| subject(&hit.content)).collect();
    let mut positions: Vec<Position> = Vec::with_capacity(hits.len());
    for (i, (date, attribution)) in hits.into_iter().enumerate() {
        let earlier = (i.saturating_sub(LOOK_BACK)..i).filter(|&j| !overlap(&positions[j].attribution, &attribution));
        let earlier = earlier.map(|j| (j, likeness(&subjects[i], &subjects[j])));
        // Among equals the latest.
        let closest = earlier.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, likeness)| *likeness >= SAME_SUBJECT);
        let before = closest.map(|(j, _)| &positions[j]);
        let same_words = |p: &Position| plain(&p.attribution.content) == plain(&attribution.content);
        let wording = match before {
            None => Wording::New,
            Some(before) if same_words(before) => Wording::Repeated,
            Some(_) => Wording::Changed,
        };
        let before = before.map(|p| Before {
            id: p.attribution.id,
            date: p.date.clone(),
            content: p.attribution.content.clone(),
        });
        positions.push(Position { date, wording, before, attribution });
    }
    positions
}

/// Whether two share words of one document, as a quotation does with what is said inside it: that is saying it once.
fn overlap(a: &Hit, b: &Hit) -> bool {
    a.document.id == b.document.id && a.start < b.end && b.start < a.end
}

/// The words that tell what a position is about, cut to their stems' length.
fn subject(content: &str) -> HashSet<String> {
    let plain = plain(content);
    let words = plain.split(' ').filter(|w| w.chars().count() >= LETTERS);
    words.map(|w| w.chars().take(6).collect()).collect()
}

fn likeness(a: &HashSet<String>, b: &HashSet<String>) -> f64 {
    let both = a.intersection(b).count();
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}
