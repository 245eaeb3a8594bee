//! Where the words of an extracted text stand on the page they were taken from.
//!
//! Extraction loses the places, so they are found again: the letters of the text, paragraph by paragraph, among the
//! letters of the page outside its tags. What stands there as an entity (`&ldquo;`) is not letter by letter the same
//! and lies between two stretches.

use std::cell::Cell;

use saywho::Point;
use saywho::reading::OnPage;

/// Larger pages are not searched, in bytes: it would take memory of many times their size.
const LARGEST: usize = 4 << 20;

/// So many letters in a row are hardly anywhere else on a page.
const NEEDLE: usize = 16;

/// So many letters find the way again behind a gap, if it is no wider than [`GAP`] letters.
const SHORT_NEEDLE: usize = 8;
const GAP: usize = 4000;

/// How often a needle is looked for in one paragraph before it is given up.
const TRIES: usize = 40;

/// Characters that may be looked at in all searches on one page: so many, and so many more for each of its own.
const PATIENCE: usize = 50_000_000;
const PATIENCE_PER_CHARACTER: usize = 200;

/// Stands for an entity, which may be any character.
const ENTITY: char = '\u{fffc}';

/// Elements whose text is not shown.
const UNSEEN: [&str; 4] = ["script", "style", "noscript", "template"];

/// The stretches of the text that stand on the page letter by letter, in order of the text.
pub(crate) fn places(page: &str, text: &str) -> Vec<OnPage> {
    if page.len() > LARGEST {
        return Vec::new();
    }
    let page = Page::new(page);
    let mut runs = Runs { text, page: &page, runs: Vec::new(), page_end: 0 };
    let mut cursor = 0;
    let mut at = 0;
    for paragraph in text.split("\n\n") {
        let letters: Vec<Letter> = letters(paragraph, at);
        cursor = align(&page, &letters, cursor, &mut runs);
        at += paragraph.len() + "\n\n".len();
    }
    runs.runs
}

/// A character of the text that is no white space, and where it stands (bytes).
#[derive(Clone, Copy)]
struct Letter {
    c: char,
    at: usize,
}

fn letters(paragraph: &str, at: usize) -> Vec<Letter> {
    let seen = paragraph.char_indices().filter(|(_, c)| !c.is_whitespace());
    seen.map(|(offset, c)| Letter { c, at: at + offset }).collect()
}

/// The page's characters, and of those that are shown and no white space where they stand.
struct Page {
    chars: Vec<char>,
    shown: Vec<char>,
    /// For each shown character its index among all.
    place: Vec<usize>,
    /// How many characters may still be looked at: what is on no page must not be looked for forever.
    patience: Cell<usize>,
}

impl Page {
    fn new(page: &str) -> Page {
        let chars: Vec<char> = page.chars().collect();
        let patience = Cell::new(PATIENCE + PATIENCE_PER_CHARACTER * chars.len());
        let mut found = Page { chars, shown: Vec::new(), place: Vec::new(), patience };
        let mut at = 0;
        while at < found.chars.len() {
            at = match found.chars[at] {
                '<' => found.behind_tag(at),
                '&' => found.entity(at),
                c => {
                    if !c.is_whitespace() {
                        found.show(c, at);
                    }
                    at + 1
                }
            };
        }
        found
    }

    fn show(&mut self, c: char, at: usize) {
        self.shown.push(c);
        self.place.push(at);
    }

    fn starts(&self, at: usize, word: &str) -> bool {
        let there = self.chars.get(at..).unwrap_or_default();
        let mut there = there.iter();
        word.chars().all(|c| there.next().is_some_and(|found| found.eq_ignore_ascii_case(&c)))
    }

    /// The character behind what begins with this "<"; that of a text is shown.
    fn behind_tag(&mut self, at: usize) -> usize {
        let next = self.chars.get(at + 1).copied().unwrap_or(' ');
        if self.starts(at, "<!--") {
            return self.find(at + 4, "-->").map_or(self.chars.len(), |end| end + 3);
        }
        if !(next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')) {
            self.show('<', at);
            return at + 1;
        }
        let mut end = at + 1;
        let mut quote = None;
        while let Some(&c) = self.chars.get(end) {
            match quote {
                Some(open) if c == open => quote = None,
                Some(_) => {}
                None if c == '>' => break,
                None if matches!(c, '"' | '\'') && self.chars[end - 1] == '=' => quote = Some(c),
                None => {}
            }
            end += 1;
        }
        match UNSEEN.iter().find(|name| self.starts(at + 1, name)) {
            Some(name) => self.find(end, &format!("</{name}")).unwrap_or(self.chars.len()),
            None => end + 1,
        }
    }

    fn find(&self, from: usize, word: &str) -> Option<usize> {
        (from..self.chars.len()).find(|&at| self.starts(at, word))
    }

    fn entity(&mut self, at: usize) -> usize {
        let name = self.chars[at + 1..].iter().take(32).take_while(|c| c.is_ascii_alphanumeric() || **c == '#').count();
        if name > 1 && self.chars.get(at + 1 + name) == Some(&';') {
            self.show(ENTITY, at);
            return at + name + 2;
        }
        self.show('&', at);
        at + 1
    }

    /// Where these letters stand among the shown ones, in this range.
    fn position(&self, needle: &[Letter], range: std::ops::Range<usize>) -> Option<usize> {
        let first = needle.first()?.c;
        let end = range.end.min(self.shown.len()).checked_sub(needle.len())?;
        let patience = self.patience.get();
        let last = end.min(range.start.saturating_add(patience));
        let found = (range.start..=last).find(|&at| {
            self.shown[at] == first && needle.iter().zip(&self.shown[at..]).all(|(letter, shown)| letter.c == *shown)
        });
        let looked = found.unwrap_or(last).saturating_sub(range.start);
        self.patience.set(patience.saturating_sub(looked));
        found
    }
}

/// Finds a paragraph on the page, from the cursor on and else anywhere; gives the new cursor.
fn align(page: &Page, letters: &[Letter], cursor: usize, runs: &mut Runs) -> usize {
    let length = NEEDLE.min(letters.len());
    let all = page.shown.len();
    let begins = (0..letters.len()).step_by(4).take(TRIES).filter(|from| from + length <= letters.len());
    let found = begins.filter(|_| length > 2).find_map(|from| {
        let needle = &letters[from..from + length];
        let at = page.position(needle, cursor..all).or_else(|| page.position(needle, 0..all))?;
        Some((from, at))
    });
    let Some((mut from, mut at)) = found else { return cursor };
    // What stands before the needle: an entity at the head of the paragraph has hidden it.
    while from > 0 && at > 0 && (page.shown[at - 1] == letters[from - 1].c || page.shown[at - 1] == ENTITY) {
        (from, at) = (from - 1, at - 1);
    }
    let mut tries = 0;
    while from < letters.len() && at < all {
        let (letter, shown) = (letters[from], page.shown[at]);
        if letter.c == shown {
            runs.add(letter, page.place[at]);
            (from, at) = (from + 1, at + 1);
        } else if shown == ENTITY && page.shown.get(at + 1) == Some(&letter.c) {
            // White space that does not break, for one.
            at += 1;
        } else if shown == ENTITY {
            (from, at) = (from + 1, at + 1);
        } else if tries < TRIES {
            tries += 1;
            let needle = &letters[from..(from + SHORT_NEEDLE).min(letters.len())];
            match page.position(needle, at..at + GAP) {
                Some(next) => at = next,
                None => from += 1,
            }
        } else {
            break;
        }
    }
    at
}

/// Stretches as they grow.
struct Runs<'a> {
    text: &'a str,
    page: &'a Page,
    runs: Vec<OnPage>,
    /// Where the last stretch ends on the page.
    page_end: usize,
}

impl Runs<'_> {
    /// Adds a letter that stands at this place of the page.
    fn add(&mut self, letter: Letter, place: usize) {
        let end = letter.at + letter.c.len_utf8();
        let page_end = place + 1;
        if let Some(last) = self.runs.last_mut() {
            let between = self.text.get(last.end..letter.at);
            let on_page = self.page.chars.get(self.page_end..place);
            // One space between two words, or nothing, and the same on both sides.
            let same = |text: &str, page: &[char]| page.len() <= 1 && text.chars().eq(page.iter().copied());
            if between.zip(on_page).is_some_and(|(text, page)| same(text, page)) {
                last.end = end;
                self.page_end = page_end;
                return;
            }
        }
        self.page_end = page_end;
        self.runs.push(OnPage { start: letter.at, end, page: Point(place) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What the stretches say, checked against both sides.
    fn stretches<'t>(page: &str, text: &'t str) -> Vec<&'t str> {
        let chars: Vec<char> = page.chars().collect();
        let mut end = 0;
        let said = places(page, text).into_iter().map(|run| {
            assert!(run.start >= end && run.end > run.start);
            end = run.end;
            let words = &text[run.start..run.end];
            let there: String = chars[run.page.0..].iter().take(words.chars().count()).collect();
            assert_eq!(there, words);
            words
        });
        said.collect()
    }

    #[test]
    fn words_are_found_outside_tags_and_between_entities() {
        let page = "<html><title>The ban stays</title><script>var a = 'The ban stays, said Vasca';</script>\n\
                    <p class=\"x>y\">&ldquo;The <b>ban</b> stays,&rdquo;\n  said Teo Vasca 🙂 of שלום.</p></html>";
        let text = "“The ban stays,” said Teo Vasca 🙂 of שלום.";
        assert_eq!(stretches(page, text), ["The", "ban", "stays,", "said Teo Vasca 🙂 of שלום."]);
    }

    #[test]
    fn a_paragraph_is_found_behind_the_one_before() {
        let page = "<p>Norrland agreed to talk.<p>menu<p>Sudovia agreed to talk.<p>Norrland agreed to talk.";
        let text = "Norrland agreed to talk.\n\nSudovia agreed to talk.\n\nNorrland agreed to talk.";
        let pages: Vec<usize> = places(page, text).into_iter().map(|run| run.page.0).collect();
        assert_eq!(pages, [3, 37, 63]);
    }

    proptest! {
        #[test]
        fn every_stretch_says_the_same_on_both_sides(
            words in proptest::collection::vec("[a-zé🙂\u{5d0}-\u{5ea}e\u{301}“”&<]{1,9}", 1..60),
            joints in proptest::collection::vec("( |\r\n|\n\n  |<b>|</p><p>|&nbsp;|<!-- x -->| <i> )", 60),
        ) {
            let page: String = words.iter().zip(&joints).map(|(word, joint)| format!("{word}{joint}")).collect();
            let text = words.chunks(7).map(|words| words.join(" ")).collect::<Vec<_>>().join("\n\n");
            stretches(&page, &text);
        }
    }
}
