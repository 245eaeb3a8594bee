//! Page litter: comment forms, share lines, notices, captions, credits. Marked, never cut out.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::reading::Span;

/// The phrases of `litter.tsv` by their kind.
static PHRASES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut phrases: HashMap<&str, Vec<&str>> = HashMap::new();
    for line in include_str!("litter.tsv").lines().filter(|line| !line.starts_with('#')) {
        if let Some((kind, phrase)) = line.split_once('\t') {
            phrases.entry(kind).or_default().push(phrase);
        }
    }
    phrases
});

/// Litter is short; a real paragraph may begin with the same words.
const MOST_WORDS: usize = 14;

/// Notices on cookies and newsletters have more to say.
const MOST_WORDS_OF_NOTICE: usize = 60;

/// A caption is a sentence or two; a report may end with the same brackets.
const MOST_WORDS_OF_CAPTION: usize = 60;

/// The paragraphs that are page litter; neighbours come as one span.
pub fn boilerplate(text: &str, paragraphs: &[Span]) -> Vec<Span> {
    let mut litter: Vec<bool> = paragraphs.iter().map(|p| is_litter(p.of(text))).collect();
    mark_form_at_end(text, paragraphs, &mut litter);
    let mut found: Vec<Span> = Vec::new();
    for (i, paragraph) in paragraphs.iter().enumerate().filter(|(i, _)| litter[*i]) {
        match found.last_mut() {
            Some(last) if i > 0 && litter[i - 1] => last.end = paragraph.end,
            _ => found.push(*paragraph),
        }
    }
    found
}

fn of_kind(kind: &str) -> &'static [&'static str] {
    PHRASES.get(kind).map_or(&[], Vec::as_slice)
}

fn is_litter(paragraph: &str) -> bool {
    let words: Vec<&str> = paragraph.split_whitespace().take(MOST_WORDS_OF_NOTICE + 1).collect();
    if words.len() > MOST_WORDS_OF_NOTICE {
        return false;
    }
    let lower = words.join(" ").to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let begins = |kind: &str| of_kind(kind).iter().any(|phrase| begins_with(bare, phrase));
    if begins("notice") {
        return true;
    }
    if is_caption(&lower) {
        return true;
    }
    if words.len() > MOST_WORDS {
        return false;
    }
    // "Read more aloud, he said": an opening counts only where a sentence does not quote or go on from it.
    let quotes = lower.contains(['“', '”', '"']);
    let is_sentence = lower.ends_with(['.', '!', '?', '”', '"']);
    of_kind("whole").contains(&bare)
        || (!quotes && (begins("opening") || (!is_sentence && begins("label"))))
        || begins("credit")
}

/// Whether a text begins with a phrase, and the phrase does not end within a word.
fn begins_with(text: &str, phrase: &str) -> bool {
    let Some(rest) = text.strip_prefix(phrase) else { return false };
    !phrase.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric)
}

/// "The ministers in Brel. (Ada Lind/Harbour Photo)": a picture's text ends with who made it, in brackets.
fn is_caption(lower: &str) -> bool {
    let Some(inner) = lower.trim_end_matches('.').strip_suffix(')').and_then(|open| open.rsplit_once('(')) else {
        return false;
    };
    let (before, inner) = inner;
    let maker = inner.rsplit(['/', ',']).next().unwrap_or_default().trim();
    let several = inner.contains('/') || inner.contains(" via ");
    let is_agency = |phrase: &str| maker == phrase || (several && maker.ends_with(phrase));
    // "(Photo by Ada Lind)" tells it at its head, "(Ada Lind/Harbour Photo)" at its end.
    let is_credit = ["photo by ", "photo:", "ap photo/"].iter().any(|head| inner.starts_with(head))
        || of_kind("agency").iter().any(|phrase| is_agency(phrase));
    is_credit && !before.contains(['“', '”', '"']) && before.split_whitespace().count() <= MOST_WORDS_OF_CAPTION
}

/// What follows a comment form at the end of a page, and is as short as its labels, belongs to it.
fn mark_form_at_end(text: &str, paragraphs: &[Span], litter: &mut [bool]) {
    let Some(first) = litter.iter().position(|l| *l).filter(|first| first * 3 >= litter.len()) else { return };
    let short = |p: &Span| p.of(text).split_whitespace().count() <= 4 && !p.of(text).ends_with(['.', '”', '"', '?']);
    if paragraphs[first..].iter().zip(&litter[first..]).all(|(p, l)| *l || short(p)) {
        litter[first..].fill(true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraph::paragraphs;

    fn marked(text: &str) -> Vec<&str> {
        boilerplate(text, &paragraphs(text)).iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn a_comment_form_at_the_end_is_litter() {
        let text = "The ministers met.\n\nThey agreed to meet again.\n\nLeave a Reply\n\nYour email address will not be published.\n\nName *\n\nWebsite";
        assert_eq!(marked(text), ["Leave a Reply\n\nYour email address will not be published.\n\nName *\n\nWebsite"]);
    }

    #[test]
    fn sentences_that_begin_alike_are_not() {
        let text = "“Read more,” the minister of schools said.\n\n\
                    Share prices fell in Sudovia after the talks had failed on Monday.\n\n\
                    More from the two ministers is expected on Friday.\n\n\
                    Get the latestness right, Vasca joked.\n\nCreditors met in Brel.";
        assert!(marked(text).is_empty(), "{:?}", marked(text));
    }

    #[test]
    fn credits_and_share_lines_are_litter_anywhere() {
        assert_eq!(
            marked("The ban stays.\nPhoto: Teo Vasca/Harbour Post\nThe talks go on.\nShare\nHe left."),
            ["Photo: Teo Vasca/Harbour Post", "Share"]
        );
    }

    #[test]
    fn long_notices_are_litter() {
        let notice = "We use cookies to make this site better and to show you what you may like. By going on you agree \
                      to that and to our rules on what we keep of you.";
        assert_eq!(marked(&format!("The ban stays, Vasca said.\n\n{notice}\n\nMaren left.")), [notice]);
    }

    #[test]
    fn captions_end_with_who_made_the_picture() {
        let caption = "Ilse Maren and Teo Vasca leave the hall in Brel on Friday. (Ada Lind/North Photo)";
        assert_eq!(marked(&format!("The ban stays.\n\n{caption}\n\nMaren left.")), [caption]);
        assert!(marked("The ban stays, the ministry said (see the photo of the letter).").is_empty());
    }
}
