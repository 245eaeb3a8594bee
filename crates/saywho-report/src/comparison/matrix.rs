//! The issue matrix that several reports show: issues down, sides across.

use crate::words::{cue_words, initiative, listed, one_line, tone_phrase};
use saywho_contract::comparison::{Account, Claim, Comparison, IssueRelation, IssueRow};
use saywho_contract::reading::Medium;

/// The most columns of a claim's cue.
const MOST_CUE: usize = 40;

/// What the reader is told where a side is silent.
pub(super) const SILENT: &str = "not in the documents given";

/// What the reader is told where a side cannot be called silent.
pub(super) const UNREAD: &str = "nothing could be read in this account";

/// What the reader is told where one side tells something and another may.
const UNCLEAR: &str = "no clear counterpart";

/// Sides across, issues down.
pub(super) struct Matrix<'c> {
    pub comparison: &'c Comparison,
    /// The sides in order of their first claims, then those that tell nothing.
    pub sides: Vec<String>,
}

impl<'c> Matrix<'c> {
    pub fn new(comparison: &'c Comparison) -> Matrix<'c> {
        let several = comparison.documents.len() > 1;
        let mut sides: Vec<String> = Vec::new();
        let told = comparison.claims.iter().map(side_of);
        let documents = comparison.documents.iter().enumerate();
        let documents = documents.filter(|(_, d)| several || d.side.is_some()).map(|(i, d)| side_of_account(d, i));
        for side in documents.chain(told) {
            if !sides.contains(&side) {
                sides.push(side);
            }
        }
        Matrix { comparison, sides }
    }

    /// What a cell without claims tells: that the side is silent, what of it comes nearest, or that its account could not be read.
    pub fn empty(&self, row: &IssueRow, side: &str) -> String {
        let nearest = row.nearest.as_ref().and_then(|id| self.comparison.claim(id)).filter(|c| side_of(c) == side);
        match nearest {
            Some(claim) => format!("nearest: {}", told(self.comparison, claim)),
            None => self.silence(side).to_owned(),
        }
    }

    fn silence(&self, side: &str) -> &'static str {
        let documents = self.comparison.documents.iter().enumerate();
        let own: Vec<&Account> = documents.filter(|(i, d)| side_of_account(d, *i) == side).map(|(_, d)| d).collect();
        let unread = !own.is_empty() && own.iter().all(|d| d.is_unread());
        if unread { UNREAD } else { SILENT }
    }

    /// The claims of a side on an issue.
    pub fn cell(&self, row: &IssueRow, side: &str) -> Vec<&'c Claim> {
        row.claims.iter().filter_map(|id| self.comparison.claim(id)).filter(|c| side_of(c) == side).collect()
    }

    /// "differ 0.86", "only Norrland", "no clear counterpart".
    pub fn relation(&self, row: &IssueRow) -> String {
        match (&row.relation, row.confidence) {
            (IssueRelation::Only(_), _) if row.nearest.is_some() => UNCLEAR.to_owned(),
            (IssueRelation::Between(relation), Some(confidence)) => format!("{} {confidence:.2}", relation.name()),
            (relation, _) => one_line(&relation.to_string()),
        }
    }
}

/// The side that tells a claim; a document without one stands for itself.
pub(super) fn side_of(claim: &Claim) -> String {
    claim.side.clone().unwrap_or_else(|| format!("document {}", claim.document + 1))
}

/// The side of an account; one without it stands for itself.
fn side_of_account(account: &Account, index: usize) -> String {
    account.side.clone().unwrap_or_else(|| format!("document {}", index + 1))
}

/// A claim for people: "Maren demanded “that the ban be lifted”"; an account's words on the conversation itself stand alone.
pub(super) fn told(comparison: &Comparison, claim: &Claim) -> String {
    let words = one_line(comparison.telling_words(claim));
    let words = words.strip_prefix("that ").unwrap_or(&words);
    let words = words.trim_matches(|c: char| matches!(c, '“' | '”' | '"' | '«' | '»' | ' ' | ',' | ':'));
    match lead(comparison, claim) {
        Some(lead) => format!("{lead} “{words}”"),
        None => format!("“{words}”"),
    }
}

/// Who did it, with the account's own words for what was done: "Maren demanded"; "Maren:" where the words themselves tell it.
pub(super) fn lead(comparison: &Comparison, claim: &Claim) -> Option<String> {
    let who = short_name(comparison, claim.speaker.as_ref()?.name());
    let text = comparison.documents.get(claim.document).map_or("", |d| &d.text);
    // What is shown in full must not be told twice.
    let cue = claim.cue.filter(|_| comparison.telling_words(claim) != comparison.words(claim) || !claim.holds_cue());
    match cue_words(text, cue.as_slice(), MOST_CUE) {
        none if !none.chars().any(char::is_alphanumeric) => Some(format!("{who}:")),
        cue => Some(format!("{who} {cue}")),
    }
}

/// The last word of a participant's name; other names stay.
fn short_name(comparison: &Comparison, name: &str) -> String {
    let participant = comparison.conversation.participants.iter().any(|p| p.name == name);
    let last = name.split(' ').next_back().filter(|_| participant);
    one_line(last.unwrap_or(name))
}

/// The conversation in one line, then who asked, and how it went in each account's words.
pub(super) fn heading(comparison: &Comparison) -> Vec<String> {
    let told = &comparison.conversation;
    let names: Vec<String> = told
        .participants
        .iter()
        .map(|p| match &p.side {
            Some(side) => format!("{} ({})", one_line(&p.name), one_line(side)),
            None => one_line(&p.name),
        })
        .collect();
    let mut first = vec![if names.is_empty() { "a conversation".into() } else { listed(&names) }];
    first.extend(match told.medium {
        Medium::Telephone => Some("by telephone".into()),
        Medium::Video => Some("by video".into()),
        Medium::InPerson => Some("in person".into()),
        Medium::Unknown => None,
    });
    first.extend(told.date.clone());
    first.extend(told.duration_minutes.map(|m| format!("{m} minutes")));
    let mut lines = vec![first.join(" · ")];
    let all = if told.initiator_disputed.is_empty() { told.initiator.as_slice() } else { &told.initiator_disputed };
    for asked in all {
        let who: Vec<String> = asked.according_to.iter().map(|&d| document_name(comparison, d)).collect();
        lines.push(initiative(&asked.side, &listed(&who)));
    }
    for tone in &told.tone {
        let mut line = tone_phrase(&tone.words, &document_name(comparison, tone.according_to));
        for c in &tone.convention {
            line += &format!("; “{}” is conventionally read as: {} ({})", c.word, c.reading, c.source);
        }
        lines.push(line);
    }
    lines
}

/// How a document is called: its side's account, or its own name.
pub(super) fn document_name(comparison: &Comparison, index: usize) -> String {
    comparison.documents.get(index).map_or_else(String::new, |d| one_line(&d.id))
}

/// A document in a list: name, side, kind, publisher, date, and what it says of being a translation.
pub(super) fn document_facts(account: &Account) -> String {
    let mut facts = vec![one_line(&account.id)];
    facts.push(account.side.as_deref().map_or("side not known".into(), one_line));
    facts.push(account.kind.name().to_owned());
    facts.extend(account.publisher.as_deref().map(one_line));
    facts.push(account.published.as_deref().map_or("no date known".into(), one_line));
    facts.push(
        account
            .translation
            .as_deref()
            .map_or("original or translation not known".into(), |t| format!("“{}”", one_line(t))),
    );
    facts.join(" · ")
}
