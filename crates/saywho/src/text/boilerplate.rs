//! Page litter: comment forms, share lines, credits. Marked, never cut out.

use crate::reading::Span;

/// A paragraph that begins so and is short belongs to the page, not to the article.
const OPENINGS: [&str; 58] = [
    "leave a reply",
    "leave a comment",
    "post a comment",
    "add a comment",
    "join the conversation",
    "join the discussion",
    "your email address will not be",
    "required fields are",
    "save my name",
    "notify me of",
    "cancel reply",
    "post comment",
    "view comments",
    "show comments",
    "read comments",
    "no comments",
    "back to top",
    "scroll to top",
    "return to top",
    "go to top",
    "share this",
    "share on",
    "share via",
    "share article",
    "tweet this",
    "email this",
    "print this",
    "click to share",
    "follow us on",
    "find us on",
    "like us on",
    "subscribe to our",
    "subscribe now",
    "subscribe today",
    "sign up for our",
    "sign up to our",
    "sign up to receive",
    "get our newsletter",
    "already a subscriber",
    "log in to",
    "read more",
    "read also",
    "read next",
    "more on this story",
    "related articles",
    "related stories",
    "related posts",
    "related topics",
    "recommended for you",
    "you may also like",
    "most read",
    "most popular",
    "advertisement",
    "article continues below",
    "story continues below",
    "all rights reserved",
    "copyright ©",
    "this site uses cookies",
];

/// A paragraph that is one of these and nothing else.
const WHOLE: [&str; 16] = [
    "share",
    "tweet",
    "print",
    "email",
    "comments",
    "comment",
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "subscribe",
    "newsletter",
    "related",
    "tags",
    "menu",
    "reply",
];

/// Litter is short; a real paragraph may begin with the same words.
const MOST_WORDS: usize = 14;

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

fn is_litter(paragraph: &str) -> bool {
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    if words.len() > MOST_WORDS {
        return false;
    }
    let lower = words.join(" ").to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    // "Read more aloud, he said": an opening counts only where a sentence does not quote or go on from it.
    let quotes = lower.contains(['“', '”', '"']);
    WHOLE.contains(&bare) || (!quotes && OPENINGS.iter().any(|opening| bare.starts_with(opening))) || is_credit(bare)
}

/// "Photo: Ilse Maren/Norrland Press", "Image credit: ..."
fn is_credit(bare: &str) -> bool {
    ["photo:", "photo by", "photo credit", "image:", "image credit", "picture:", "file photo"]
        .iter()
        .any(|opening| bare.starts_with(opening))
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
        assert!(marked("“Read more,” the minister of schools said.\n\nShare prices fell in Sudovia after the talks had failed on Monday.").is_empty());
    }

    #[test]
    fn credits_and_share_lines_are_litter_anywhere() {
        assert_eq!(
            marked("The ban stays.\nPhoto: Teo Vasca/Harbour Post\nThe talks go on.\nShare\nHe left."),
            ["Photo: Teo Vasca/Harbour Post", "Share"]
        );
    }
}
