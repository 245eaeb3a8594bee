//! Times that stand at the head of the entries of a live blog and of the turns of a recording: "14.32", "2:15 p.m. GMT –",
//! "[00:01:02]".

use super::words::is_zone;
use crate::reading::Span;

/// The paragraphs without their times, and the times with what parts them from the words; a paragraph that is a time goes. A
/// time that stands alone in the text proves nothing, if it is not in brackets.
pub fn without_stamps(text: &str, paragraphs: &[Span]) -> (Vec<Span>, Vec<Span>) {
    let lengths: Vec<usize> = paragraphs.iter().map(|p| stamp(p.of(text))).collect();
    let many = lengths.iter().filter(|length| **length > 0).count() >= 2;
    let (mut bare, mut stamps) = (Vec::with_capacity(paragraphs.len()), Vec::new());
    for (paragraph, length) in paragraphs.iter().zip(lengths) {
        let length = if many || paragraph.of(text).starts_with('[') { length } else { 0 };
        let start = paragraph.start + length;
        if length > 0 {
            stamps.push(Span::new(paragraph.start, start));
        }
        if start < paragraph.end {
            bare.push(Span::new(start, paragraph.end));
        }
    }
    (bare, stamps)
}

/// How many bytes the time at the head of a paragraph takes, with the dash or colon behind it; 0 where there is none.
fn stamp(words: &str) -> usize {
    let bracket = words.starts_with(['[', '(']);
    let inner = words.strip_prefix(['[', '(']).unwrap_or(words);
    let Some(rest) = behind_time(inner) else { return 0 };
    let rest = if bracket { rest.strip_prefix([']', ')']) } else { Some(rest) };
    let Some(rest) = rest else { return 0 };
    let parted = rest.trim_start_matches([' ', '\t', '\u{a0}', '–', '—', '-', '|', ':', '*']);
    let apart = rest.is_empty() || parted.len() < rest.len();
    let begins = |c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘' | '\'' | '[' | '(' | '\n' | '\r');
    if apart && (parted.is_empty() || parted.starts_with(begins)) { words.len() - parted.trim_start().len() } else { 0 }
}

/// What stands behind a time of day or of a recording, with "p.m." and the zone.
pub fn behind_time(words: &str) -> Option<&str> {
    let digits = |s: &str| s.len() - s.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let hours = digits(words);
    let mut rest = words.get(hours..).filter(|_| (1..=2).contains(&hours))?;
    let mut parts = 0;
    while let Some(part) = rest.strip_prefix([':', '.']).filter(|part| digits(part) == 2) {
        rest = &part[2..];
        parts += 1;
    }
    if !(1..=2).contains(&parts) {
        return None;
    }
    let half = |s: &'_ str| -> Option<usize> {
        let bare = s.trim_start();
        let mark = ["a.m.", "p.m.", "am", "pm", "AM", "PM"].iter().find(|mark| bare.starts_with(**mark))?;
        let open = bare[mark.len()..].starts_with(char::is_alphanumeric);
        (!open).then_some(s.len() - bare.len() + mark.len())
    };
    rest = &rest[half(rest).unwrap_or(0)..];
    let zone = rest.trim_start();
    let letters = zone.len() - zone.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
    Some(if is_zone(&zone[..letters].to_lowercase()) { &zone[letters..] } else { rest })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraph::paragraphs;

    #[test]
    fn times_at_the_head_of_entries() {
        let text =
            "14.32 Maren: the ban stays\n2:15 p.m. GMT – It rains.\n[00:01:02] Host: Welcome.\n15.10\n(09:05) “No.”";
        let (bare, stamps) = without_stamps(text, &paragraphs(text));
        let of = |spans: &[Span]| spans.iter().map(|span| span.of(text)).collect::<Vec<_>>();
        assert_eq!(of(&bare), ["Maren: the ban stays", "It rains.", "Host: Welcome.", "“No.”"]);
        assert_eq!(of(&stamps), ["14.32 ", "2:15 p.m. GMT – ", "[00:01:02] ", "15.10", "(09:05) "]);
    }

    #[test]
    fn other_numbers() {
        for text in [
            "14.32 million crews went.\n3.50 euros it cost.",
            "10:30 it was.\n2031 Maren left.",
            "14.32 Maren left.",
            "1.234 Maren.\n5.678 Vasca.",
            "14:32GMT+1x\n1:2 Maren",
        ] {
            assert_eq!(without_stamps(text, &paragraphs(text)).1, [], "{text}");
        }
    }
}
