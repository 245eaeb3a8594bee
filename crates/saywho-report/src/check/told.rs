//! What is told of a check in all its forms for people: counts, verdicts, places, and the words with their differences.

use saywho_contract::Span;
use saywho_contract::check::{Check, Checked, Kind, Match, Passage, Verdict};

use crate::words::{counted, one_line};

/// Verdicts in the order of the summary.
const VERDICTS: [Verdict; 7] = [
    Verdict::Exact,
    Verdict::Altered,
    Verdict::Spliced,
    Verdict::Misattributed,
    Verdict::Supported,
    Verdict::Contradicted,
    Verdict::NotFound,
];

/// How much is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grade {
    Sound,
    /// Something was changed, or could not be found.
    Changed,
    /// Something else is said than in the source.
    Wrong,
}

impl Grade {
    pub(super) fn of(verdict: Verdict, meaning: bool) -> Grade {
        match verdict {
            Verdict::Exact | Verdict::Supported => Grade::Sound,
            Verdict::Altered if !meaning => Grade::Changed,
            Verdict::NotFound => Grade::Changed,
            _ => Grade::Wrong,
        }
    }
}

/// How many passages there are of each verdict that there is, and of how much each is wrong: "5 altered".
pub(super) fn counts(check: &Check) -> Vec<(Grade, String)> {
    let of = |verdict| check.passages.iter().filter(move |p| p.verdict == verdict);
    let told = VERDICTS.iter().filter_map(|&verdict| match of(verdict).count() {
        0 => None,
        n => Some((Grade::of(verdict, of(verdict).any(|p| p.meaning)), format!("{n} {}", verdict.name()))),
    });
    told.collect()
}

/// "12 passages".
pub(super) fn passages(check: &Check) -> String {
    match check.passages.len() {
        0 => "no passage to check".into(),
        n => counted(n, "passage", "passages"),
    }
}

/// Of how many passages the changes change what is said: "2 altered in what is said".
pub(super) fn changed_in_meaning(check: &Check) -> Option<String> {
    match check.passages.iter().filter(|p| p.meaning).count() {
        0 => None,
        n => Some(format!("{n} altered in what is said")),
    }
}

/// What was changed: "negation, omission (changes what is said)"; nothing where nothing was.
pub(super) fn changes(passage: &Passage) -> String {
    let mut kinds: Vec<&str> = Vec::new();
    for change in &passage.changes {
        if !kinds.contains(&change.kind.name()) {
            kinds.push(change.kind.name());
        }
    }
    let meaning = if passage.meaning { " (changes what is said)" } else { "" };
    if kinds.is_empty() { String::new() } else { format!("{}{meaning}", kinds.join(", ")) }
}

/// By what a document is called: where it came from, else its name.
pub(super) fn name(document: &Checked) -> String {
    one_line(document.source.as_deref().unwrap_or(&document.id))
}

/// Where it stands, and who has the floor there: "transcript.txt, Minister Ahl".
pub(super) fn place(check: &Check, found: &Match) -> String {
    let speaker = found.speaker.as_deref().map_or(String::new(), |name| format!(", {}", one_line(name)));
    format!("{}{speaker}", name(&check.documents[found.document]))
}

/// The places whose words are shown: the parts of a spliced passage, else the best one.
pub(super) fn shown(passage: &Passage) -> &[Match] {
    match passage.verdict {
        Verdict::Spliced => &passage.matches,
        _ => &passage.matches[..passage.matches.len().min(1)],
    }
}

/// A stretch of a text, with the change that it is part of, if any.
pub(super) struct Piece<'t> {
    pub(super) words: &'t str,
    pub(super) change: Option<Kind>,
}

/// The words of the passage; those that are not in the source are changed.
pub(super) fn in_article<'c>(check: &'c Check, passage: &Passage) -> Vec<Piece<'c>> {
    let changes = passage.changes.iter().map(|c| (c.start, c.end, c.kind));
    let text = &check.documents[passage.document].text;
    pieces(text, Span { start: passage.start, end: passage.end }, changes.collect())
}

/// The words of a place; those that are not in the article are changed.
pub(super) fn in_source<'c>(check: &'c Check, passage: &Passage, found: &Match) -> Vec<Piece<'c>> {
    let changes = passage.changes.iter().filter(|c| c.document == found.document);
    let changes = changes.map(|c| (c.source_start, c.source_end, c.kind));
    let text = &check.documents[found.document].text;
    pieces(text, Span { start: found.start, end: found.end }, changes.collect())
}

fn pieces(text: &str, span: Span, mut changes: Vec<(usize, usize, Kind)>) -> Vec<Piece<'_>> {
    changes.retain(|&(start, end, _)| span.start <= start && start < end && end <= span.end);
    changes.sort_by_key(|&(start, end, _)| (start, end));
    let mut pieces = Vec::new();
    let mut at = span.start;
    let mut add = |from: usize, to: usize, change| {
        let words = text.get(from..to).unwrap_or_default();
        if !words.is_empty() {
            pieces.push(Piece { words, change });
        }
    };
    for (start, end, kind) in changes {
        if start >= at {
            add(at, start, None);
            add(start, end, Some(kind));
            at = end;
        }
    }
    add(at, span.end, None);
    pieces
}
