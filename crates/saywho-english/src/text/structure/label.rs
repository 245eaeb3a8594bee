//! The label that a turn begins with: "MR PRICE:", "Q.", "The President:", "**Ilse Maren:**", "Teo Vasca, envoy (via phone):".

use super::stamp::behind_time;
use super::words::{is_no_speaker, is_voice};
use crate::reading::Span;
use crate::words::{is_calendar, is_courtesy, is_modifier, is_starter, is_title};

/// How a label is written, which tells how far it can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// "QUESTION:", "Q.", "Q" before white space.
    Question,
    /// "ANSWER:", "A."
    Answer,
    /// "MR PRICE:", "ILSE MAREN, MINISTER:"
    Capitals,
    /// "Ilse Maren:"
    Name,
}

/// A label at the head of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Its words without the mark.
    pub name: Span,
    /// The mark behind it; `None` for a bare "Q".
    pub cue: Option<Span>,
    /// Where the words of the turn begin.
    pub body: usize,
    /// How it is written.
    pub style: Style,
    /// The last word of the name in capitals: the same for "ILSE MAREN" and "MINISTER MAREN".
    pub key: String,
    /// Whether a title, a courtesy or an unnamed voice is part of it.
    pub titled: bool,
}

/// A label is short; bytes up to its colon.
const LONGEST: usize = 120;

/// Marks of bold and italic type in Markdown.
const MARKUP: [char; 2] = ['*', '_'];

/// Marks at the head of each paragraph of a transcript that is quoted as a whole.
const QUOTES: [char; 2] = ['"', '“'];

/// The label that the paragraph begins with, if what stands there looks like one.
pub fn label(text: &str, paragraph: Span) -> Option<Label> {
    let words = paragraph.of(text);
    let start = paragraph.start + (words.len() - words.trim_start_matches(MARKUP).len());
    let inner = Span::new(start, paragraph.end);
    let quoted = inner.of(text).strip_prefix(QUOTES).map(|rest| Span::new(paragraph.end - rest.len(), paragraph.end));
    let in_capitals = |l: &Label| l.style == Style::Capitals;
    letter(text, inner)
        .or_else(|| before_colon(text, inner))
        .or_else(|| before_stop(text, inner))
        .or_else(|| before_time(text, inner))
        .or_else(|| quoted.and_then(|inner| before_colon(text, inner)).filter(in_capitals))
}

/// "Q.", "Q:", "A.", "Q1:", and "Q" before white space as the White House prints it.
fn letter(text: &str, at: Span) -> Option<Label> {
    let words = at.of(text);
    let style = match words.chars().next()? {
        'Q' => Style::Question,
        'A' => Style::Answer,
        _ => return None,
    };
    let digits = words[1..].len() - words[1..].trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let end = 1 + digits.min(3);
    let rest = &words[end..];
    let name = Span::new(at.start, at.start + end);
    let found = |cue: Option<usize>| {
        let behind = at.start + end + cue.unwrap_or(0);
        let key = if style == Style::Question { "Q" } else { "A" }.to_owned();
        let cue = cue.map(|length| Span::new(behind - length, behind));
        Label { name, cue, body: skip(text, behind, at.end), style, key, titled: true }
    };
    let marked =
        rest.strip_prefix([':', '.']).is_some_and(|r| r.starts_with(char::is_whitespace) || r.starts_with(MARKUP));
    if marked { Some(found(Some(1))) } else { bare(rest, style).then(|| found(None)) }
}

/// Whether white space behind a bare letter sets it apart from the words of a sentence ("A man").
fn bare(rest: &str, style: Style) -> bool {
    let words = rest.trim_start();
    let gap = rest.len() - words.len();
    let wide = rest.starts_with('\t') || gap >= 2;
    let capital = words.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '(' | '[' | '—'));
    match style {
        Style::Question => gap >= 1 && (wide || capital),
        _ => wide && capital,
    }
}

/// "MR PRICE:", "Ilse Maren, minister (by phone):"
fn before_colon(text: &str, at: Span) -> Option<Label> {
    let words = at.of(text);
    let colon = outside_brackets(words, ':').filter(|&colon| colon <= LONGEST)?;
    let behind = words[colon + 1..].trim_start_matches(MARKUP);
    let parted = behind.is_empty() || behind.starts_with(|c: char| c.is_whitespace() || matches!(c, '“' | '"' | '‘'));
    let whole = words[..colon].trim_end_matches(MARKUP).trim_end();
    if !parted || whole.contains(['\n', '“', '”', '"', '?', '!', ';', '/', '@', '#']) {
        return None;
    }
    let (style, key, titled) = judge(whole)?;
    Some(Label {
        name: Span::new(at.start, at.start + whole.len()),
        cue: Some(Span::new(at.start + colon, at.start + colon + 1)),
        body: skip(text, at.start + colon + 1, at.end),
        style,
        key,
        titled,
    })
}

/// Where a mark first stands outside brackets.
fn outside_brackets(words: &str, mark: char) -> Option<usize> {
    let mut depth = 0;
    let found = words.char_indices().take(LONGEST + 1).find(|(_, c)| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        *c == mark && depth <= 0
    });
    found.map(|(at, _)| at)
}

/// "Mr. TARN of North Vale (from his seat).", "The PRESIDING OFFICER.", as records of parliaments print them.
fn before_stop(text: &str, at: Span) -> Option<Label> {
    let words = at.of(text);
    let stop = words.match_indices(". ").map(|(stop, _)| stop).take_while(|&stop| stop <= LONGEST).find(|&stop| {
        let open = words[..stop].matches(['(', '[']).count() > words[..stop].matches([')', ']']).count();
        let last = words[..stop].rsplit(' ').next().unwrap_or_default();
        !open && !is_courtesy(&last.to_lowercase()) && last.chars().count() > 1
    })?;
    let whole = &words[..stop];
    let behind = &words[stop + 1..];
    let name = &whole[..whole.find(['(', '[']).unwrap_or(whole.len())];
    let (name, place) = name.split_once(" of ").unwrap_or((name, ""));
    let mut parts = name.split_whitespace().peekable();
    let first = parts.next()?.trim_end_matches('.').to_lowercase();
    let rest: Vec<&str> = parts.collect();
    let capitals = |w: &str| w.chars().filter(|c| c.is_uppercase()).count() >= 2 && is_capitals(w);
    let office = |w: &&str| is_title(&w.to_lowercase()) || is_voice(&w.to_lowercase());
    let shaped = |w: &&str| capitals(w) || is_modifier(&w.to_lowercase()) || matches!(*w, "pro" | "tempore");
    let named = rest.iter().all(shaped) && rest.iter().any(|w| capitals(w)) && rest.len() <= 5;
    let titled = if first == "the" { rest.iter().any(office) } else { is_title(&first) };
    let from = place.split_whitespace().all(|w| w.starts_with(char::is_uppercase) || is_joint(w));
    let begins =
        behind.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '(' | '[' | '‘'));
    let last = rest.iter().rfind(|w| capitals(w)).filter(|_| named && titled && from && begins)?;
    Some(Label {
        name: Span::new(at.start, at.start + stop),
        cue: Some(Span::new(at.start + stop, at.start + stop + 1)),
        body: skip(text, at.start + stop + 1, at.end),
        style: Style::Capitals,
        key: last.to_uppercase(),
        titled: true,
    })
}

/// "Ilse Maren  00:12" on a line of its own, with her words below.
fn before_time(text: &str, at: Span) -> Option<Label> {
    let words = at.of(text);
    let from = words.rfind(char::is_whitespace).filter(|&from| from <= LONGEST)?;
    let time = words[from..].trim().trim_matches(['(', ')', '[', ']']);
    behind_time(time).filter(|rest| rest.is_empty())?;
    let whole = words[..from].trim_end();
    let (style, key, titled) = judge(whole)?;
    let two = titled || whole.split_whitespace().count() >= 2;
    let name = Span::new(at.start, at.start + whole.len());
    two.then_some(Label { name, cue: None, body: at.end, style, key, titled })
}

/// How the words before a colon are written, the key, and whether they have a title; `None` if they name no speaker.
fn judge(whole: &str) -> Option<(Style, String, bool)> {
    let person = person(whole);
    let words: Vec<&str> = person.split_whitespace().collect();
    let lower: Vec<String> = words.iter().map(|w| w.trim_end_matches('.').to_lowercase()).collect();
    let (&last, last_lower) = (words.last()?, lower.last()?);
    if is_no_speaker(last_lower) || is_no_speaker(&lower.join(" ")) || words.len() > 8 || whole.split(' ').count() > 16
    {
        return None;
    }
    if whole.strip_prefix(person).is_some_and(is_clause) {
        return None;
    }
    match (lower[0].as_str(), words.len()) {
        ("question" | "q", 1..=5) => return Some((Style::Question, "Q".into(), true)),
        ("answer" | "a", 1) => return Some((Style::Answer, "A".into(), true)),
        _ => {}
    }
    let unnamed = lower.iter().any(|w| is_voice(w));
    let number = |w: &&str| w.chars().all(|c| c.is_ascii_digit() || c == '#');
    let words: Vec<&str> = words.into_iter().filter(|w| !(unnamed && number(w))).collect();
    if words.iter().any(|w| !is_name_word(w)) {
        return None;
    }
    let titled = unnamed || lower.iter().any(|w| is_title(w));
    let key = last.trim_matches(|c: char| !c.is_alphanumeric()).to_uppercase();
    if words.iter().all(|w| is_capitals(w) || is_joint(w)) && words.iter().any(|w| w.chars().count() >= 2) {
        return Some((Style::Capitals, key, titled));
    }
    let first = words.first()?;
    let begins = first.starts_with(char::is_uppercase) && (!is_starter(first) || (titled && words.len() > 1));
    // "Continued Maren:", "Said Maren:" are sentences turned round.
    let verb = words.len() > 1 && (lower[0].ends_with("ed") || matches!(lower[0].as_str(), "said" | "says" | "wrote"));
    let ends = last.starts_with(char::is_uppercase) || (unnamed && number(&last)) || titled;
    (begins && ends && !verb && !is_calendar(last_lower)).then_some((Style::Name, key, titled))
}

/// The name in a label: without what stands in brackets, behind a comma and behind the "of" of where a member sits; the one in
/// brackets, where only an office stands before them: "The Minister for Ports (Jon Tarn)".
pub fn person(whole: &str) -> &str {
    let end = whole.find(['(', '[', ',']).unwrap_or(whole.len());
    let name = whole[..end].trim_end();
    if let Some(holder) = holder(whole) {
        return holder;
    }
    // "Mr. TARN of North Vale", but "PRESIDENT OF NORRLAND".
    let member = name.split_once(" of ").filter(|(head, _)| {
        let last = head.rsplit(' ').next().unwrap_or_default();
        is_capitals(last) && !is_title(&last.to_lowercase())
    });
    member.map_or(name, |(head, _)| head)
}

/// Who holds the office that a label begins with: "The Minister of State, Home Office (Baroness Olm)".
fn holder(whole: &str) -> Option<&str> {
    let open = whole.find('(').filter(|_| whole.starts_with("The ") || whole.starts_with("THE "))?;
    let name = whole[open + 1..].strip_suffix(')')?;
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = words.iter().all(|w| w.starts_with(char::is_uppercase) || is_joint(w));
    let office = whole[..open].split([' ', ',']).any(|w| is_title(&w.to_lowercase()));
    (capital && office && (2..=5).contains(&words.len())).then_some(name)
}

/// Whether what stands behind a name is more than an office: ", who has left, said", ", writing from Brel".
pub fn is_clause(behind: &str) -> bool {
    let verb = |w: &str| {
        w.starts_with(char::is_lowercase) && (w.ends_with("ed") || w.ends_with("ing"))
            || matches!(w, "who" | "which" | "that" | "said" | "says" | "told" | "wrote" | "in" | "on" | "after")
    };
    behind.starts_with(',') && behind[1..].split([' ', ',']).any(verb)
}

/// Whether the words of a label name no one: "REPORTER", "UNIDENTIFIED MALE", "Speaker 2".
pub fn is_unnamed(person: &str) -> bool {
    let mut words = person.split_whitespace().filter(|w| !w.chars().all(|c| c.is_ascii_digit() || c == '#')).peekable();
    let unnamed = |w: &str| matches!(w, "the" | "an" | "a") || is_voice(w);
    words.peek().is_some() && words.all(|w| unnamed(w.trim_end_matches('.').to_lowercase().as_str()))
}

/// Letters with the marks that names have; at most one word in small letters joins others.
fn is_name_word(word: &str) -> bool {
    let marks = |c: char| matches!(c, '.' | '-' | '‐' | '‑' | '’' | '\'');
    let shaped = word.chars().all(|c| c.is_alphabetic() || marks(c)) && word.contains(char::is_alphabetic);
    let full_stop = word.ends_with('.') && word.trim_end_matches('.').chars().count() > 5;
    shaped && !full_stop && (word.starts_with(char::is_uppercase) || is_joint(word) || is_title(word))
}

/// "McMAREN" is in capitals; so is "o’MAREN".
fn is_capitals(word: &str) -> bool {
    let bare = ["Mc", "Mac", "o’", "d’"].iter().find_map(|head| word.strip_prefix(head)).unwrap_or(word);
    !bare.is_empty() && !bare.contains(char::is_lowercase)
}

fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "of" | "the" | "for" | "and" | "de" | "da" | "di" | "van" | "von" | "der" | "al" | "el" | "bin" | "del" | "la"
    )
}

/// Past white space and markup.
fn skip(text: &str, from: usize, end: usize) -> usize {
    let rest = &text[from..end];
    end - rest.trim_start_matches(|c: char| c.is_whitespace() || MARKUP.contains(&c)).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(&str, Style, &str)> {
        let found = label(text, Span::new(0, text.len()))?;
        Some((found.name.of(text), found.style, &text[found.body..]))
    }

    #[test]
    fn labels_of_transcripts() {
        for (text, want) in [
            ("MR PRICE: Good afternoon.", ("MR PRICE", Style::Capitals, "Good afternoon.")),
            ("MS. MAREN-VASCA (via interpreter): No.", ("MS. MAREN-VASCA (via interpreter)", Style::Capitals, "No.")),
            (
                "TEO VASCA, FOREIGN MINISTER OF SUDOVIA: Yes.",
                ("TEO VASCA, FOREIGN MINISTER OF SUDOVIA", Style::Capitals, "Yes."),
            ),
            ("QUESTION: Why?", ("QUESTION", Style::Question, "Why?")),
            ("Q. Why?", ("Q", Style::Question, "Why?")),
            ("Q    Thank you, Ilse.", ("Q", Style::Question, "Thank you, Ilse.")),
            ("A. I did.", ("A", Style::Answer, "I did.")),
            ("THE PRESIDENT: Please.", ("THE PRESIDENT", Style::Capitals, "Please.")),
            ("**Ilse Maren:** We agree.", ("Ilse Maren", Style::Name, "We agree.")),
            ("**Ilse Maren**: We agree.", ("Ilse Maren", Style::Name, "We agree.")),
            (
                "Foreign Minister of Sudovia Teo Vasca: Yes.",
                ("Foreign Minister of Sudovia Teo Vasca", Style::Name, "Yes."),
            ),
            ("Speaker 2: Hello.", ("Speaker 2", Style::Name, "Hello.")),
            ("Mr Tarn (North Vale) (Lab): No.", ("Mr Tarn (North Vale) (Lab)", Style::Name, "No.")),
            (
                "The Minister of State, Home Office (Baroness Olm): It is.",
                ("The Minister of State, Home Office (Baroness Olm)", Style::Name, "It is."),
            ),
            ("Senator TARN (14:32): I ask.", ("Senator TARN (14:32)", Style::Name, "I ask.")),
            ("Ilse Maren  00:12", ("Ilse Maren", Style::Name, "")),
        ] {
            assert_eq!(read(text), Some(want), "{text}");
        }
    }

    #[test]
    fn labels_of_records() {
        for (text, name, words) in [
            ("Mr. TARN (from his seat). The figures are wrong.", "Mr. TARN (from his seat)", "The figures are wrong."),
            ("The PRESIDING OFFICER. The member will stand.", "The PRESIDING OFFICER", "The member will stand."),
            ("Ms. BRILL of North Vale. I was told.", "Ms. BRILL of North Vale", "I was told."),
            ("The Acting CHAIR. It was.", "The Acting CHAIR", "It was."),
            ("The SPEAKER pro tempore (Mr. TARN). “No.”", "The SPEAKER pro tempore (Mr. TARN)", "“No.”"),
        ] {
            assert_eq!(read(text), Some((name, Style::Capitals, words)), "{text}");
        }
        for text in
            ["Mr. Tarn left. He was ill.", "The BBC. It said so.", "The CHAIR is empty. It was.", "Mr. TARN. and"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_person_in_a_label() {
        for (whole, name) in [
            ("Mr. TARN of North Vale", "Mr. TARN"),
            ("PRESIDENT OF NORRLAND", "PRESIDENT OF NORRLAND"),
            ("The Minister of State, Home Office (Baroness Olm)", "Baroness Olm"),
            ("The PRESIDENT (via interpreter)", "The PRESIDENT"),
            ("Teo Vasca, envoy (via phone)", "Teo Vasca"),
        ] {
            assert_eq!(person(whole), name);
        }
    }

    #[test]
    fn a_transcript_may_be_quoted_as_a_whole() {
        assert_eq!(read("\"LIND: Will it rain?").map(|l| l.0), Some("LIND"));
        assert_eq!(read("“Ada Lind: Will it rain?"), None);
    }

    #[test]
    fn what_is_no_label() {
        for text in [
            "A man came: he left.",
            "Quite so: it rains.",
            "Editor’s Note: This was changed.",
            "The Latest: Talks go on.",
            "At 10:30 he left.",
            "He said: no.",
            "See https://example.org: a page.",
            "Continued Maren: “We agree.”",
            "According to Maren: no.",
            "THE FACTS: It did not.",
            "Step 1: Go there.",
            "On Monday: talks.",
            "",
            ":",
            "Q&A: all of it",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn one_key_for_one_name() {
        let key = |text: &str| label(text, Span::new(0, text.len())).unwrap().key;
        assert_eq!(key("ILSE MAREN: Yes."), key("Minister Maren: Yes."));
    }
}
