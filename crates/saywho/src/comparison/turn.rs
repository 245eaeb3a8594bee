//! Transcripts: who has the floor where, from the labels at the heads of paragraphs.

use std::ops::Range;

use crate::text::Text;

/// One speaker's turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    /// The label: "SECRETARY MAREN", "Q".
    pub label: String,
    /// The tokens behind the label up to the next one.
    pub tokens: Range<usize>,
    /// Whether a questioner or whoever moderates has the floor.
    pub asks: bool,
    /// The person over all accounts whose surname the label holds.
    pub person: Option<usize>,
}

/// Fewer turns than this make no transcript.
const FEWEST: usize = 3;

/// The longest label, in tokens.
const LONGEST: usize = 14;

/// The turns of a transcript; none for other texts.
pub(super) fn turns(text: &Text) -> Vec<Turn> {
    let mut starts: Vec<(usize, usize, String)> = Vec::new();
    for paragraph in &text.paragraphs {
        let tokens = text.tokens_in(*paragraph);
        if let Some((behind, label)) = label(text, tokens.clone()) {
            starts.push((tokens.start, behind, label));
        }
    }
    if starts.len() < FEWEST {
        return Vec::new();
    }
    let ends: Vec<usize> = starts.iter().skip(1).map(|s| s.0).chain([text.tokens.len()]).collect();
    let turn = |((_, behind, label), end): ((usize, usize, String), usize)| {
        let asks = asks(&label);
        Turn { label, tokens: behind..end, asks, person: None }
    };
    starts.into_iter().zip(ends).map(turn).collect()
}

/// The label in capitals before a colon at the head of a paragraph, or a bare "Q" with a gap behind it.
fn label(text: &Text, tokens: Range<usize>) -> Option<(usize, String)> {
    let first = tokens.start;
    if tokens.len() > 2 && text.word(first) == "Q" {
        let gap = &text.text[text.tokens[first].span.end..text.tokens[first + 1].span.start];
        if gap.chars().count() > 1 {
            return Some((first + 1, "Q".into()));
        }
    }
    let colon = tokens.clone().take(LONGEST).find(|&t| text.word(t) == ":")?;
    let label = text.span(first..colon)?.of(text.text);
    // "MINISTER MAREN (Via interpreter)"
    let bare = label.split(['(', '[']).next().unwrap_or_default();
    let capital = |c: char| !c.is_lowercase();
    let bracketed = bare.trim_matches(|c: char| !c.is_alphabetic()).is_empty() && label.len() > 6;
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= 1 && bare.chars().all(capital) || bracketed).then(|| (colon + 1, label.to_owned()))
}

fn asks(label: &str) -> bool {
    let words = ["Q", "QUESTION", "MODERATOR", "OPERATOR", "REPORTER", "JOURNALIST", "PRESS", "HOST"];
    label.split(|c: char| !c.is_alphanumeric()).any(|w| words.contains(&w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_capitals_and_bare_questions_take_turns() {
        let whole = "Port of Brel\n\nMINISTER MAREN: Good evening.\n\nI spoke with Teo Vasca.\n\nQ   Did he agree?\n\nMINISTER MAREN: No.";
        let text = Text::new(whole, |_| true);
        let turns = turns(&text);
        let labels: Vec<(&str, bool)> = turns.iter().map(|t| (t.label.as_str(), t.asks)).collect();
        assert_eq!(labels, [("MINISTER MAREN", false), ("Q", true), ("MINISTER MAREN", false)]);
        assert!(text.span(turns[0].tokens.clone()).is_some_and(|s| s.of(whole).ends_with("Teo Vasca.")));
    }

    #[test]
    fn a_colon_alone_makes_no_transcript() {
        assert!(turns(&Text::new("The following is new:\n\nNOTE: no talks.", |_| true)).is_empty());
    }
}
