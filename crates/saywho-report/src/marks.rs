//! Cuts a text where anything begins or ends, so that spans may nest, overlap, repeat and break off freely.

use std::cmp::Reverse;

use saywho_contract::Reading;
use saywho_contract::reading::{Repair, Span};

/// What a stretch of text is marked as; attributions by their index in the reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Part of the content of an attribution.
    Content(usize),
    /// Words that name its source.
    Source(usize),
    /// Words that signal its act.
    Cue(usize),
    /// Page litter.
    Litter,
    /// Damaged, by the index of the repair.
    Repair(usize),
}

impl Mark {
    /// The attribution that the mark belongs to.
    pub(super) fn attribution(self) -> Option<usize> {
        match self {
            Mark::Content(i) | Mark::Source(i) | Mark::Cue(i) => Some(i),
            Mark::Litter | Mark::Repair(_) => None,
        }
    }
}

/// A stretch of text over which the marks do not change.
#[derive(Debug)]
pub(super) struct Segment {
    /// Where it lies, in bytes.
    pub span: Span,
    /// The marks on all of it.
    pub marks: Vec<Mark>,
}

/// The whole text in segments, cut at every border of a mark and at `more` places.
pub(super) fn segments(reading: &Reading, more: impl Iterator<Item = usize>) -> Vec<Segment> {
    let text = &reading.document.text;
    let mut marked: Vec<_> = marks(reading).into_iter().filter(|(span, _)| selects(text, *span)).collect();
    marked.sort_by_key(|(span, _)| *span);
    let mut cuts: Vec<_> = marked.iter().flat_map(|(span, _)| [span.start, span.end]).chain(more).collect();
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut coming = marked.into_iter().peekable();
    let mut open: Vec<(Span, Mark)> = Vec::new();
    cuts.windows(2)
        .map(|cut| {
            open.retain(|(span, _)| span.end > cut[0]);
            while let Some(next) = coming.next_if(|(span, _)| span.start <= cut[0]) {
                open.push(next);
            }
            Segment { span: Span::new(cut[0], cut[1]), marks: open.iter().map(|(_, mark)| *mark).collect() }
        })
        .collect()
}

fn marks(reading: &Reading) -> Vec<(Span, Mark)> {
    let mut marks = Vec::new();
    for (i, a) in reading.attributions.iter().enumerate() {
        marks.extend(a.content.iter().map(|span| (*span, Mark::Content(i))));
        marks.extend(a.source.iter().map(|span| (*span, Mark::Source(i))));
        marks.extend(a.cue.iter().map(|span| (*span, Mark::Cue(i))));
    }
    marks.extend(reading.document.boilerplate.iter().map(|span| (*span, Mark::Litter)));
    let repair = |(i, r): (usize, &Repair)| (Span { start: r.start, end: r.end }, Mark::Repair(i));
    marks.extend(reading.document.repairs.iter().enumerate().map(repair));
    marks
}

fn selects(text: &str, span: Span) -> bool {
    text.get(span.start..span.end).is_some_and(|words| !words.is_empty())
}

/// The lane of each attribution: contents that share a letter never share a lane, and inner ones lie further out.
pub(super) fn lanes(reading: &Reading) -> Vec<usize> {
    let all = &reading.attributions;
    let mut order: Vec<usize> = (0..all.len()).collect();
    let extent = |i: usize| {
        let spans = &all[i].content;
        (spans.iter().map(|s| s.start).min(), Reverse(spans.iter().map(|s| s.end).max()))
    };
    order.sort_by_key(|i| (extent(*i), depth(reading, *i)));
    let mut lanes = vec![0; all.len()];
    let mut open: Vec<usize> = Vec::new();
    for i in order {
        let (start, _) = extent(i);
        open.retain(|j| extent(*j).1.0 > start);
        let taken: Vec<_> = open.iter().filter(|j| share_a_letter(&all[i].content, &all[**j].content)).collect();
        let holds = |j: &usize| all[i].inside.as_ref() == Some(&all[*j].id);
        let least = taken.iter().find(|j| holds(j)).map_or(0, |j| lanes[**j] + 1);
        lanes[i] = (least..).find(|lane| taken.iter().all(|j| lanes[**j] != *lane)).unwrap_or(least);
        open.push(i);
    }
    lanes
}

/// How many attributions hold this one.
pub(super) fn depth(reading: &Reading, index: usize) -> usize {
    let mut depth = 0;
    let mut inner = &reading.attributions[index];
    while let Some(outer) = inner.inside.as_deref().and_then(|id| reading.attribution(id)) {
        depth += 1;
        inner = outer;
        // Only a damaged reading goes in circles.
        if depth > reading.attributions.len() {
            break;
        }
    }
    depth
}

fn share_a_letter(a: &[Span], b: &[Span]) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.overlaps(*y)))
}

/// A paragraph: white space around it lies outside.
pub(super) struct Paragraph {
    /// Where it lies, in bytes.
    pub span: Span,
    /// Whether its line breaks only keep lines short, so that they may be shown as spaces.
    pub wrapped: bool,
}

/// The paragraphs of a text: what lies between empty lines.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    let (mut at, mut open): (usize, Option<Span>) = (0, None);
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        if words.is_empty() {
            paragraphs.extend(open.take());
        } else {
            let end = start + words.len();
            open = Some(Span::new(open.map_or(start, |span| span.start), end));
        }
        at += line.len();
    }
    paragraphs.extend(open);
    paragraphs.into_iter().map(|span| Paragraph { span, wrapped: is_wrapped(span.of(text)) }).collect()
}

/// Lines of a like and moderate length, all but the last, were broken to fit a page.
fn is_wrapped(paragraph: &str) -> bool {
    let mut lengths: Vec<_> = paragraph.lines().map(|line| line.chars().count()).collect();
    lengths.pop();
    !lengths.is_empty() && lengths.iter().all(|n| (50..=100).contains(n))
}
