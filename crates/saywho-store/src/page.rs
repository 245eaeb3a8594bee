//! Long answers, a page at a time.

use serde::Serialize;

use crate::{Error, Result};

/// Items of a page without a word on how many.
const USUAL: usize = 50;

/// Items of a page at most: more than any database holds.
const MOST: usize = 1_000_000_000;

/// A stretch of a list.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Where the page before ended: its `next`.
    pub cursor: Option<String>,
    /// The most items; 50 where nothing is said.
    pub limit: Option<usize>,
}

impl Page {
    pub(crate) fn limit(&self) -> usize {
        self.limit.unwrap_or(USUAL).clamp(1, MOST)
    }

    /// The two numbers of the last item of the page before.
    pub(crate) fn after(&self) -> Result<Option<(i64, i64)>> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let numbers = cursor.split_once('~').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
        numbers
            .map(Some)
            .ok_or_else(|| Error::Invalid("this cursor was not given by the page before: begin without".into()))
    }
}

/// The cursor behind an item with these two numbers.
pub(crate) fn cursor(a: i64, b: i64) -> String {
    format!("{a}~{b}")
}

/// How often something occurs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The entity, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// What it is; nothing where the texts tell none.
    pub name: Option<String>,
    /// How often.
    pub count: u64,
}
