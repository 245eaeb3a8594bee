//! What people type into a search box, in the language of the full-text index and of `LIKE`.

use crate::key::plain;
use crate::{Error, Result};

/// Letters of a question at most.
const MOST_LETTERS: usize = 2000;

/// Words of a question at most; the index refuses many more.
const MOST_WORDS: usize = 100;

/// A question that is short enough to be asked.
///
/// # Errors
/// When it is longer, with what may be asked.
pub(crate) fn bounded(asked: &str) -> Result<&str> {
    let words = plain(asked).split(' ').count();
    if asked.chars().nth(MOST_LETTERS).is_some() || words > MOST_WORDS {
        let told = format!(
            "this asks for {words} words: a question has at most {MOST_WORDS} words and {MOST_LETTERS} letters"
        );
        return Err(Error::Invalid(told));
    }
    Ok(asked)
}

/// The question to the full-text index: all words, phrases in quotation marks, `beginning*`, `-without`; `any` of the words of
/// an issue besides. Nothing where neither asks anything.
pub(crate) fn full_text(words: Option<&str>, issue: Option<&str>) -> Result<Option<String>> {
    let (words, issue) = (words.map(bounded).transpose()?, issue.map(bounded).transpose()?);
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for (negated, term) in words.map(terms).unwrap_or_default() {
        if negated { without.push(term) } else { with.push(term) }
    }
    let any: Vec<String> = issue.map(any).unwrap_or_default();
    if !any.is_empty() {
        with.push(format!("({})", any.join(" OR ")));
    }
    if with.is_empty() && !without.is_empty() {
        return Err(Error::Invalid("“-word” leaves something away: name a word that must occur, too".into()));
    }
    let mut question = with.join(" AND ");
    if !without.is_empty() {
        question = format!("({question}) NOT ({})", without.join(" OR "));
    }
    Ok(Some(question).filter(|q| !q.is_empty()))
}

/// The terms of a search box, each with whether it must not occur.
fn terms(words: &str) -> Vec<(bool, String)> {
    let mut found = Vec::new();
    let mut rest = words.trim_start();
    while !rest.is_empty() {
        let negated = rest.starts_with('-') && rest.len() > 1;
        let body = if negated { &rest[1..] } else { rest };
        let quote = body.chars().next().filter(|c| ['"', '“', '„', '”'].contains(c));
        let (term, behind) = match quote {
            Some(mark) => {
                let inner = &body[mark.len_utf8()..];
                inner.split_once(['"', '“', '”']).unwrap_or((inner, ""))
            }
            None => body.split_once(char::is_whitespace).unwrap_or((body, "")),
        };
        let beginning = quote.is_none() && term.ends_with('*');
        if let Some(term) = quoted(term) {
            found.push((negated, if beginning { term + "*" } else { term }));
        }
        rest = behind.trim_start();
    }
    found
}

/// The phrases of an issue: those between commas, else its words.
fn any(issue: &str) -> Vec<String> {
    let parts: Vec<&str> =
        if issue.contains(',') { issue.split(',').collect() } else { issue.split_whitespace().collect() };
    parts.into_iter().filter_map(quoted).collect()
}

/// A phrase that the index takes letter by letter, whatever it holds.
fn quoted(term: &str) -> Option<String> {
    let words = plain(term);
    (!words.is_empty()).then(|| format!("\"{words}\""))
}

/// Patterns for names: every word must begin a word of a name.
///
/// # Errors
/// When there are too many.
pub(crate) fn name_patterns(words: &str) -> Result<Vec<String>> {
    let words = plain(bounded(words)?);
    Ok(words.split(' ').filter(|w| !w.is_empty()).map(|word| format!("% {word}%")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_phrases_beginnings_and_exclusions_are_told_apart() {
        let asked = full_text(Some("grain “black sea” harb* -ship"), None).expect("a question");
        assert_eq!(asked.as_deref(), Some(r#"("grain" AND "black sea" AND "harb"*) NOT ("ship")"#));
        let asked = full_text(None, Some("fishing, herring quota")).expect("a question");
        assert_eq!(asked.as_deref(), Some(r#"("fishing" OR "herring quota")"#));
        assert_eq!(full_text(Some("  \" - "), None).expect("nothing"), None);
        assert!(full_text(Some("-ship"), None).is_err());
    }
}
