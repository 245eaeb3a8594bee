//! What a text tells of speakers whom it does not name: what they are, how many, of which body, and on what condition they spoke.

use super::book::Draft;
use crate::reading::Unnamed;
use crate::table::{Place, Places};
use crate::text::{Text, TokenId};
use crate::words;

/// Numbers in words, from one.
const NUMBERS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// The most tokens between the words that name a condition and the clause that they stand in.
const CLAUSE: usize = 10;

/// What is told of an unnamed entity; nothing of a mere pronoun ("we").
pub fn unnamed(text: &Text, draft: &Draft) -> Option<Unnamed> {
    // What stands behind a comma is told beside.
    let phrase = draft.name.split(',').next().unwrap_or_default();
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let (mut kind, rest) = noun(&words)?;
    let mut count = words.iter().take(2).find_map(|word| number(&word.to_lowercase()));
    let mut body = None;
    if let Some((preposition, rest)) = rest.split_first() {
        let (end, _) = phrase_end(rest);
        let last = rest[..end].last().copied().unwrap_or_default();
        // "a number of experts" are experts, however many.
        if *preposition == "of" && (words::is_people(last) || words::is_title(last)) {
            (kind, count) = (last, None);
        } else if is_body(preposition, &rest[..end]) {
            body = Some(rest[..end].join(" "));
        }
    }
    Some(Unnamed {
        kind: kind.to_owned(),
        count,
        body,
        condition: draft.mentions.iter().find_map(|mention| condition(text, text.tokens_in(*mention))),
    })
}

/// The noun of a phrase and the words behind it.
fn noun<'w>(words: &'w [&'w str]) -> Option<(&'w str, &'w [&'w str])> {
    let (end, rest) = phrase_end(words);
    let head = words[..end].last().filter(|head| is_noun(&head.to_lowercase()))?;
    Some((head, rest))
}

/// Where a noun phrase ends, and the words behind it: before a preposition or a participle, but "a close aide".
fn phrase_end<'w>(words: &'w [&'w str]) -> (usize, &'w [&'w str]) {
    let small = |at: usize| words[at].to_lowercase();
    let article = usize::from(!words.is_empty() && (number(&small(0)).is_some() || small(0) == "the"));
    let participle = |word: &str| word.len() > 4 && (word.ends_with("ed") || word.ends_with("ing"));
    let ends = |word: &str| words::ends_phrase_head(word) || word == "with" || participle(word);
    let end = (article + 1..words.len()).find(|&at| ends(&small(at))).unwrap_or(words.len());
    (end, &words[end..])
}

/// Whether what stands behind a preposition is a body: "in the trade ministry", "at the Peterson Institute", but "in April".
fn is_body(preposition: &str, words: &[&str]) -> bool {
    let name = |word: &&str| word.starts_with(char::is_uppercase) && !words::is_calendar(word);
    let body = words.last().is_some_and(|word| words::is_body(word));
    match preposition {
        "in" => body,
        "of" | "at" | "for" => body || words.iter().any(name),
        "from" => body,
        _ => false,
    }
}

/// "two", "2"; "a" and "an" are one.
fn number(word: &str) -> Option<u32> {
    let named = || NUMBERS.iter().position(|number| *number == word).map(|place| place as u32 + 1);
    let one = || matches!(word, "a" | "an").then_some(1);
    word.parse().ok().filter(|number| (1..1000).contains(number)).or_else(named).or_else(one)
}

/// Whether the last word of a phrase can be its noun: no pronoun, article or number.
fn is_noun(word: &str) -> bool {
    let other = ["we", "you", "they", "i", "it", "he", "she", "who", "the", "some", "others", "them", "us"];
    word.chars().any(char::is_alphabetic) && !other.contains(&word) && number(word).is_none()
}

/// The words behind a mention in its sentence that tell why nobody is named: "who spoke on condition of anonymity".
fn condition(text: &Text, mention: Places<TokenId>) -> Option<String> {
    let last = mention.end.before()?;
    let sentence = text.tokens_in(text.sentences[text.sentence_of[last]]);
    let rest = mention.start.until(sentence.end);
    let word = |t: TokenId| if rest.contains(&t) { text.word(t) } else { "" };
    let at = rest.iter().find(|&t| {
        let anonymous = matches!(word(t), "anonymity" | "anonymously");
        let unnamed =
            word(t) == "not" && word(t.next()) == "to" && word(t.plus(2)) == "be" && is_naming(word(t.plus(3)));
        let unauthorised = word(t) == "not" && matches!(word(t.next()), "authorized" | "authorised");
        anonymous || unnamed || unauthorised
    })?;
    let stops = |t: TokenId| matches!(text.word(t), "," | ";" | "." | "“" | "”" | "\"" | "—" | "–" | "(" | ")");
    let opens = |t: TokenId| matches!(text.word(t), "who" | "because" | "as" | "speaking" | "asking" | "on");
    let near = at.back(CLAUSE).max(rest.start).until(at);
    let first = near.iter().rev().take_while(|&t| !stops(t)).filter(|&t| opens(t)).last();
    let first = first.or_else(|| near.iter().rev().take_while(|&t| !stops(t)).last()).unwrap_or(at);
    let end = at.until(sentence.end).iter().find(|&t| stops(t)).unwrap_or(sentence.end);
    text.span(first.until(end)).map(|span| span.of(text.text).split_whitespace().collect::<Vec<_>>().join(" "))
}

fn is_naming(word: &str) -> bool {
    matches!(word, "named" | "identified" | "quoted")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;
    use crate::entity::book::Book;
    use crate::reading::EntityKind;

    fn told(whole: &str, name: &str) -> Option<Unnamed> {
        let text = Text::new(whole);
        let mut book = Book::default();
        let entity = book.by_words(name, EntityKind::Unnamed, None);
        let start = whole.find(name).unwrap();
        book.mention(entity, Span::new(start, start + name.len()));
        unnamed(&text, &book.drafts[entity])
    }

    fn of(kind: &str, count: Option<u32>, body: Option<&str>) -> Option<Unnamed> {
        Some(Unnamed { kind: kind.into(), count, body: body.map(str::to_owned), condition: None })
    }

    #[test]
    fn what_they_are_how_many_and_of_which_body() {
        let whole = "Two senior officials in the trade ministry said the ban stays.";
        assert_eq!(
            told(whole, "Two senior officials in the trade ministry"),
            of("officials", Some(2), Some("the trade ministry"))
        );
        assert_eq!(told("A close aide said so.", "A close aide"), of("aide", Some(1), None));
        assert_eq!(told("The fishermen said so.", "The fishermen"), of("fishermen", None, None));
        let whole = "Experts at the Hale Institute said so.";
        assert_eq!(told(whole, "Experts at the Hale Institute"), of("Experts", None, Some("the Hale Institute")));
        assert_eq!(told("We agree, he said.", "We"), None);
    }

    #[test]
    fn what_is_no_body_and_no_noun() {
        assert_eq!(told("Prosecutors in April said so.", "Prosecutors in April"), of("Prosecutors", None, None));
        assert_eq!(told("A number of experts said so.", "A number of experts"), of("experts", None, None));
        let whole = "Many people involved in the talks said so.";
        assert_eq!(told(whole, "Many people involved in the talks"), of("people", None, None));
        let whole = "Critics, including the Hale Conference of Mayors, said so.";
        assert_eq!(told(whole, "Critics, including the Hale Conference of Mayors"), of("Critics", None, None));
    }

    #[test]
    fn on_what_condition_they_spoke() {
        let condition = |whole: &str, name: &str| told(whole, name).and_then(|told| told.condition);
        let whole = "Three envoys, who spoke on condition of anonymity, said the talks had failed.";
        assert_eq!(condition(whole, "Three envoys").as_deref(), Some("who spoke on condition of anonymity"));
        let whole = "An official said it would stay, asking not to be named because the talks go on.";
        let want = "asking not to be named because the talks go on";
        assert_eq!(condition(whole, "An official").as_deref(), Some(want));
        let whole = "A guard said so because he was not authorised to speak to the press.";
        assert_eq!(condition(whole, "A guard").as_deref(), Some("because he was not authorised to speak to the press"));
        assert_eq!(condition("A guard said the anonymous letter was his.", "A guard"), None);
    }
}
