//! Bylines: who wrote a text, and when, from "By Ada Lind and Bo Tarn, transport editors | 3 April 2031".

use crate::date;
use crate::words::{is_body, is_calendar, is_courtesy, is_outlet, is_people, is_title};

/// What stands before the names.
const LABELS: [&str; 8] =
    ["written by", "reported by", "story by", "report by", "text by", "words by", "byline:", "by"];

/// What stands before the date.
const DATED: [&str; 5] = ["published on", "published", "posted on", "posted", "date"];

/// What parts names, roles and dates.
const MARKS: [&str; 9] = ["|", "•", "·", ";", "\n", " – ", " — ", " - ", " / "];

/// Particles of names in lower case.
const PARTICLES: [&str; 19] = [
    "de", "del", "della", "der", "den", "di", "da", "do", "dos", "du", "la", "le", "van", "von", "zu", "bin", "ibn",
    "al", "el",
];

/// Where a place or an outlet begins behind a name: "Ada Lind in Brel".
const BEHIND: [&str; 5] = [" in ", " for ", " at ", " of ", " from "];

/// Most words of a name.
const MOST_WORDS: usize = 5;

/// What a byline tells.
///
/// ```
/// let byline = saywho_english::byline::Byline::of("By Ada Lind and Bo Tarn, harbour editors | April 3, 2031");
/// assert_eq!(byline.authors, ["Ada Lind", "Bo Tarn"]);
/// assert_eq!(byline.published.as_deref(), Some("2031-04-03"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Byline {
    /// The names of persons, in order.
    pub authors: Vec<String>,
    /// The day of publication (ISO 8601).
    pub published: Option<String>,
}

impl Byline {
    /// Takes a byline apart: names stay, roles, places, outlets, times and dates do not, and the first date that is none of an
    /// update is the day of publication.
    pub fn of(text: &str) -> Byline {
        let mut found = Byline::default();
        for part in split(text, &MARKS) {
            found.take(part);
        }
        found
    }

    fn take(&mut self, part: &str) {
        let part = without_label(part, &LABELS);
        let pieces: Vec<&str> = part.split(',').collect();
        // "Ada Lind, April 3, 2031": the date begins behind any comma.
        let dated = (0..pieces.len()).find_map(|first| {
            let rest = pieces[first..].join(",");
            Some((first, date::iso(without_label(rest.trim(), &DATED)).ok()?))
        });
        let names = dated.as_ref().map_or(pieces.len(), |(first, _)| *first);
        self.published = self.published.take().or(dated.map(|(_, date)| date));
        let words = pieces[..names].iter().flat_map(|piece| split(piece, &[" and ", " & ", " AND ", " with "]));
        let names = words.map(person).filter(|name| is_name(name));
        for name in names {
            if !self.authors.contains(&name) {
                self.authors.push(name);
            }
        }
    }
}

/// The authors that a field for them names: as a byline, and if that has no full name the words as they are.
pub fn authors(field: &str) -> Vec<String> {
    let found = Byline::of(field).authors;
    let plain = without_label(field.trim(), &LABELS);
    match found.is_empty() && !plain.is_empty() && date::iso(plain).is_err() {
        true => vec![plain.split_whitespace().collect::<Vec<_>>().join(" ")],
        false => found,
    }
}

/// Whether a text begins as a byline does.
pub fn is_signed(text: &str) -> bool {
    let text = text.trim();
    without_label(text, &LABELS).len() < text.len()
}

fn split<'t>(text: &'t str, marks: &[&str]) -> Vec<&'t str> {
    let mut parts = vec![text];
    for mark in marks {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The text behind the first of these labels that it begins with.
fn without_label<'t>(text: &'t str, labels: &[&str]) -> &'t str {
    let behind = |label: &&str| {
        let head = text.get(..label.len())?;
        let rest = &text[label.len()..];
        let apart = rest.starts_with(|c: char| c.is_whitespace() || c == ':') || label.ends_with(':');
        (head.eq_ignore_ascii_case(label) && apart).then(|| rest.trim_start_matches(':').trim_start())
    };
    labels.iter().find_map(behind).unwrap_or(text)
}

/// A name without what stands in and behind it: "(Harbour Wire)", "in Brel", a dot at its end.
fn person(name: &str) -> String {
    let mut bare = String::new();
    let mut depth = 0;
    for c in name.split('@').next().unwrap_or_default().chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ if depth <= 0 => bare.push(c),
            _ => {}
        }
    }
    let end = BEHIND.iter().filter_map(|behind| bare.find(behind)).min().unwrap_or(bare.len());
    let name = bare[..end].split_whitespace().collect::<Vec<_>>().join(" ");
    // A dot belongs to a name that ends in an initial or "Jr.".
    let is_sentence = |bare: &&str| bare.chars().rev().take_while(|c| c.is_alphabetic()).count() > 2;
    name.strip_suffix('.').filter(is_sentence).map(str::to_owned).unwrap_or(name)
}

/// Whether this is a person's full name: words in capitals, none of them that of an office, an outlet or a month at the end.
fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let shaped = |word: &&str| {
        let letters = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.');
        PARTICLES.contains(word) || (word.starts_with(char::is_uppercase) && word.chars().all(letters))
    };
    let lower = |word: &str| word.to_lowercase();
    let is_role = |word: &str| {
        let word = lower(word);
        let one = word.strip_suffix('s').unwrap_or(&word);
        let title = |w: &str| is_title(w) && !is_courtesy(w);
        title(&word) || title(one) || is_people(&word) || is_body(&word) || is_outlet(&word)
    };
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    (2..=MOST_WORDS).contains(&words.len()) && words.iter().all(shaped) && !is_calendar(&lower(first)) && !is_role(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_roles_places_and_dates() {
        for (text, names, published) in [
            (
                "By Ada Lind and Bo Tarn, harbour editors | April 3, 2031",
                vec!["Ada Lind", "Bo Tarn"],
                Some("2031-04-03"),
            ),
            ("BY ADA LIND", vec!["ADA LIND"], None),
            ("Ada Lind, Bo Tarn & Ilse van der Maren", vec!["Ada Lind", "Bo Tarn", "Ilse van der Maren"], None),
            (
                "Written by Ada Lind in Brel, Political Editor – Friday, 4 April 2031",
                vec!["Ada Lind"],
                Some("2031-04-04"),
            ),
            ("Ada Lind, Harbour Post", vec!["Ada Lind"], None),
            (
                "By Ada Lind (Harbour Wire) • Published 3 Apr 2031 08:00 GMT",
                vec!["Ada Lind"],
                Some("2031-04-03T08:00:00Z"),
            ),
            ("Ada Lind, April 3, 2031", vec!["Ada Lind"], Some("2031-04-03")),
            ("Updated 5 April 2031; Posted on 4 April 2031", vec![], Some("2031-04-04")),
            ("By J. R. O’Lind, Jr., Senior Correspondent", vec!["J. R. O’Lind"], None),
            ("Richard (R. J.)  Lind (Harbour Wire)", vec!["Richard Lind"], None),
            ("2 hours ago Ada Lind", vec![], None),
            ("04/05/2031", vec![], None),
            ("April", vec![], None),
        ] {
            let want = Byline {
                authors: names.into_iter().map(str::to_owned).collect(),
                published: published.map(str::to_owned),
            };
            assert_eq!(Byline::of(text), want, "{text}");
        }
    }

    #[test]
    fn a_field_without_a_full_name_is_taken_as_it_is() {
        assert_eq!(authors("By Ada Lind and Bo Tarn"), ["Ada Lind", "Bo Tarn"]);
        assert_eq!(authors("Harbour Wire staff"), ["Harbour Wire staff"]);
        assert_eq!(authors("By Agencies"), ["Agencies"]);
        assert!(authors(" ").is_empty() && authors("3 April 2031").is_empty());
    }

    #[test]
    fn a_byline_is_told_by_its_first_word() {
        assert!(is_signed("By Ada Lind") && is_signed("BYLINE: Ada Lind") && !is_signed("Bylaws of the port"));
    }
}
