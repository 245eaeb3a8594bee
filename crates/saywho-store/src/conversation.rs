//! Calls and meetings over all documents: those that tell of one conversation together.

use std::collections::BTreeSet;

use rusqlite::Connection;
use saywho::Reading;
use serde::Serialize;

use crate::document::{self, DocumentBrief};
use crate::key::plain;
use crate::page::cursor;
use crate::search::Days;
use crate::terms::bounded;
use crate::{Error, Page, Result, Store, day};

/// Someone who took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Participant {
    /// The entity.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its side.
    pub side: Option<String>,
    #[serde(skip)]
    person: bool,
}

/// A conversation and the documents that tell of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Meeting {
    /// The number of its first document.
    pub id: i64,
    /// The day.
    pub date: Option<String>,
    /// How they spoke.
    pub medium: String,
    /// Who took part.
    pub participants: Vec<Participant>,
    /// Who tells of it.
    pub documents: Vec<DocumentBrief>,
    #[serde(skip)]
    day: i64,
}

/// A page of conversations.
#[derive(Debug, Clone, Serialize)]
pub struct Meetings {
    /// The conversations.
    pub items: Vec<Meeting>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// All that fit.
    pub total: u64,
}

impl Store {
    /// The conversations that fit, newest first; `q` are words that begin words of names or sides.
    ///
    /// # Errors
    /// When a date or the cursor is none.
    pub fn conversations(&self, q: Option<&str>, days: &Days, page: &Page) -> Result<Meetings> {
        let mut conditions = vec!["1".to_owned()];
        days.add_to(&mut conditions, "c.day")?;
        let q = q.map(bounded).transpose()?;
        let words: Vec<String> = q.map(|q| plain(q).split(' ').map(|w| format!(" {w}")).collect()).unwrap_or_default();
        let mut meetings = self.read(|db| grouped(db, &conditions.join(" AND ")))?;
        meetings.retain(|meeting| {
            let told: String = meeting
                .participants
                .iter()
                .map(|p| format!(" {} {}", p.name, p.side.clone().unwrap_or_default()))
                .collect();
            let told = format!(" {}", plain(&told));
            words.iter().all(|word| told.contains(word.as_str()))
        });
        meetings.sort_by_key(|meeting| (std::cmp::Reverse(meeting.day), meeting.id));
        let total = meetings.len() as u64;
        if let Some((day, id)) = page.after()? {
            meetings.retain(|meeting| meeting.day < day || (meeting.day == day && meeting.id > id));
        }
        let more = meetings.len() > page.limit();
        meetings.truncate(page.limit());
        let next = meetings.last().filter(|_| more).map(|meeting| cursor(meeting.day, meeting.id));
        Ok(Meetings { items: meetings, next, total })
    }

    /// One conversation with the readings of its documents, corrections laid over.
    ///
    /// # Errors
    /// When no conversation has this number.
    pub fn conversation(&self, id: i64) -> Result<(Meeting, Vec<Reading>)> {
        self.read(|db| {
            let days = format!("c.day IN (SELECT day FROM conversation WHERE document = {id})");
            let found = grouped(db, &days)?.into_iter().find(|meeting| meeting.id == id);
            let meeting = found.ok_or_else(|| Error::Missing(format!("conversation {id}")))?;
            let readings = meeting.documents.iter().map(|d| Ok(document::document(db, d.id)?.reading));
            let readings = readings.collect::<Result<_>>()?;
            Ok((meeting, readings))
        })
    }
}

/// The conversations of documents that meet a condition, grouped.
fn grouped(db: &Connection, condition: &str) -> Result<Vec<Meeting>> {
    let sql = format!(
        "SELECT c.document, c.day, c.medium, d.name, d.title, d.publisher, d.published, m.id, coalesce(m.given, m.name), m.side, m.kind
         FROM conversation c JOIN document d ON d.id = c.document
         LEFT JOIN participant p ON p.document = c.document AND p.conversation = c.local
         LEFT JOIN entity e ON e.id = p.entity LEFT JOIN entity m ON m.id = e.main
         WHERE {condition} ORDER BY c.day, c.document, c.local, p.place"
    );
    let mut ask = db.prepare(&sql)?;
    let mut rows = ask.query([])?;
    let mut told: Vec<Meeting> = Vec::new();
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        if told.last().is_none_or(|last| last.id != id) {
            let document = DocumentBrief {
                id,
                name: row.get(3)?,
                title: row.get(4)?,
                publisher: row.get(5)?,
                published: row.get(6)?,
            };
            let day = row.get(1)?;
            let (date, medium) = (day::written(day), row.get(2)?);
            told.push(Meeting { id, date, medium, participants: Vec::new(), documents: vec![document], day });
        }
        if let (Some(last), Some(entity)) = (told.last_mut(), row.get::<_, Option<i64>>(7)?) {
            let kind: String = row.get(10)?;
            let new = Participant { id: entity, name: row.get(8)?, side: row.get(9)?, person: kind == "person" };
            if last.participants.iter().all(|p| p.id != entity) {
                last.participants.push(new);
            }
        }
    }
    let mut meetings: Vec<Meeting> = Vec::new();
    for one in told {
        let same_day = meetings.iter_mut().rev().take_while(|m| m.day == one.day);
        match same_day.into_iter().find(|m| one.day > 0 && are_one(m, &one)) {
            Some(meeting) => join(meeting, one),
            None => meetings.push(one),
        }
    }
    Ok(meetings)
}

/// Whether two tellings of one day are of one conversation: they share two participants, or the same two sides talked and
/// nothing tells their persons apart.
fn are_one(a: &Meeting, b: &Meeting) -> bool {
    let shared =
        a.participants.iter().filter(|p| b.participants.iter().any(|q| p.id == q.id || same_name(p, q))).count();
    let sides = |m: &Meeting| m.participants.iter().filter_map(|p| p.side.clone()).collect::<BTreeSet<_>>();
    shared >= 2
        || (sides(a).len() == 2 && sides(a) == sides(b) && sides(a).iter().all(|side| persons_agree(a, b, side)))
}

fn persons_agree(a: &Meeting, b: &Meeting, side: &str) -> bool {
    let of = |m: &Meeting| {
        let own = m.participants.iter().filter(|p| p.person && p.side.as_deref() == Some(side));
        own.cloned().collect::<Vec<_>>()
    };
    let (a, b) = (of(a), of(b));
    a.is_empty() || b.is_empty() || a.iter().any(|p| b.iter().any(|q| p.id == q.id || same_name(p, q)))
}

/// Whether one name is the other shortened: "Maren", "Ilse Maren".
fn same_name(a: &Participant, b: &Participant) -> bool {
    let words = |p: &Participant| plain(&p.name).split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (a_words, b_words) = (words(a), words(b));
    a.person && b.person && (a_words.ends_with(&b_words) || b_words.ends_with(&a_words))
}

fn join(meeting: &mut Meeting, one: Meeting) {
    meeting.documents.extend(one.documents);
    if meeting.medium == "unknown" {
        meeting.medium = one.medium;
    }
    for new in one.participants {
        let there = |p: &Participant| p.id == new.id || same_name(p, &new);
        // A state stands for its minister where another account names him.
        let stands_for = |p: &Participant| p.side.is_some() && p.side == new.side && (p.person != new.person);
        match meeting.participants.iter().position(|p| there(p) || stands_for(p)) {
            Some(at)
                if new.person && new.name.len() > meeting.participants[at].name.len()
                    || !meeting.participants[at].person =>
            {
                meeting.participants[at] = new;
            }
            Some(_) => {}
            None => meeting.participants.push(new),
        }
    }
}
