//! Names in a text: runs of capitalized words, taken apart into title, state and the name itself.

use std::collections::HashSet;

use super::states::States;
use crate::reading::Span;
use crate::table::{Place, Places, Table};
use crate::text::token::{Case, TokenKind};
use crate::text::{Start, Text, TokenId};
use crate::words;

/// What a name looks like it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// A personal name.
    Person,
    /// A body, an outlet, a company.
    Organisation,
    /// A state, or a capital or seat that stands for one.
    State,
    /// A title that stands without a name: "the Foreign Minister".
    Title,
}

/// A name and what stands with it. Ranges are token indices.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// The tokens of the name alone; of the title where there is no name.
    pub tokens: Places<TokenId>,
    /// From the title or affiliation before it.
    pub whole: Places<TokenId>,
    /// What it looks like.
    pub kind: NameKind,
    /// Title or office in the text's own words.
    pub role: Option<String>,
    /// The state in the title: "Russian" gives "Russia".
    pub state: Option<String>,
}

/// All names of the text, in order and apart from each other.
pub fn names(text: &Text, starts: &Table<TokenId, Start>, states: &States) -> Vec<Name> {
    let scan = Scan { text, starts, lower: lower_words(text), inner: inner_capitals(text, starts) };
    let mut found = Vec::new();
    let mut token = TokenId::new(0);
    while token < text.tokens.end() {
        let Some(run) = scan.run(token) else {
            token = token.next();
            continue;
        };
        token = run.end;
        let seat = is_in_label(text, run.start);
        found.extend(take_apart(text, run, states).map(|name| match name.kind {
            NameKind::Person if seat => Name { kind: NameKind::Organisation, ..name },
            _ => name,
        }));
    }
    found
}

/// "Jon Tarn (North Vale): ...": what stands in brackets in the label of a turn is a party or a seat, and nobody.
fn is_in_label(text: &Text, token: TokenId) -> bool {
    let span = text.tokens[token].span;
    let turns = &text.structure.turns;
    let turn = turns.get(turns.partition_point(|turn| turn.label.end <= span.start));
    text.word_before(token) == "(" && turn.is_some_and(|turn| turn.label.contains(span))
}

/// Where the names alone stand, without titles.
pub fn spans(text: &Text, names: &[Name]) -> HashSet<Span> {
    names.iter().filter_map(|name| text.span(name.tokens)).collect()
}

/// Words that the text also writes without a capital: at the head of a sentence they are hardly names.
fn lower_words<'t>(text: &Text<'t>) -> HashSet<&'t str> {
    text.tokens.places().filter(|&t| text.case(t) == Case::Lower).map(|t| text.word(t)).collect()
}

/// Words with a capital that do not begin a sentence or a quotation.
fn inner_capitals<'t>(text: &Text<'t>, starts: &Table<TokenId, Start>) -> HashSet<&'t str> {
    let capital = |t: TokenId| !matches!(text.case(t), Case::Lower | Case::None);
    let within = |t: TokenId| starts[t] == Start::Inner && !matches!(text.word_before(t), "“" | "\"" | "‘" | "«" | ":");
    text.tokens.places().skip(1).filter(|&t| capital(t) && within(t)).map(|t| text.word(t)).collect()
}

struct Scan<'a, 't> {
    text: &'a Text<'t>,
    starts: &'a Table<TokenId, Start>,
    lower: HashSet<&'t str>,
    /// Words that have a capital within a sentence, where only names do.
    inner: HashSet<&'t str>,
}

impl Scan<'_, '_> {
    fn case(&self, token: TokenId) -> Case {
        self.text.case(token)
    }

    fn is_capital(&self, token: TokenId) -> bool {
        matches!(self.case(token), Case::Initial | Case::Upper | Case::Mixed)
            && !words::is_calendar(self.text.word(token))
            && !words::is_headline_verb(self.text.word(token))
            // "Bo Lund Jr.", "Ada Lind QC": what stands behind a surname is none.
            && !words::is_suffix(self.text.word(token))
    }

    fn same_sentence(&self, a: TokenId, b: TokenId) -> bool {
        b < self.text.tokens.end() && self.text.sentence_of[a] == self.text.sentence_of[b]
    }

    fn adjacent(&self, a: TokenId) -> bool {
        a.next() < self.text.tokens.end() && self.text.tokens[a].span.end == self.text.tokens[a.next()].span.start
    }

    /// The run of name words that starts at a token.
    fn run(&self, start: TokenId) -> Option<Places<TokenId>> {
        if !self.is_capital(start) || !self.begins_name(start) {
            return None;
        }
        let mut end = start.next();
        while let Some(next) = self.step(start, end) {
            end = next;
        }
        Some(start.until(end))
    }

    /// Whether a capital can be that of a name: not just that of a sentence's first word.
    fn begins_name(&self, token: TokenId) -> bool {
        let word = self.text.word(token);
        let first =
            self.starts[token] != Start::Inner || matches!(self.text.word_before(token), "“" | "\"" | "‘" | "«" | ":");
        let common = || self.lower.contains(word.to_lowercase().as_str());
        let hyphen = self.text.word_at(token.next()) == "-" && self.adjacent(token);
        let next = token.plus(1 + usize::from(hyphen));
        let joined = self.is_capital(next) && self.same_sentence(token, next);
        if words::is_starter(word) {
            return false;
        }
        // A speaker's turn ("MAREN:"), a possessive, an abbreviation.
        let marked = matches!(self.text.word_at(token.next()), ":" | "’" | "'");
        let abbreviation = self.case(token) == Case::Upper && word.len() > 1;
        let marked = (marked || abbreviation) && !common();
        !first || joined || marked || words::is_title(word) || (!common() && self.inner.contains(word))
    }

    /// Where the run goes on to, if it does.
    fn step(&self, start: TokenId, end: TokenId) -> Option<TokenId> {
        if !self.same_sentence(start, end) {
            return None;
        }
        let word = self.text.word(end);
        match self.text.tokens[end].kind {
            TokenKind::Word if self.is_capital(end) => Some(end.next()),
            TokenKind::Word => self.step_over_connector(start, end, word),
            TokenKind::Mark => self.step_over_mark(start, end, word),
        }
    }

    /// "Ministry of Foreign Affairs", "Press Secretary of the Russian President", "Ludwig van Beethoven".
    fn step_over_connector(&self, start: TokenId, end: TokenId, word: &str) -> Option<TokenId> {
        let next_capital = |t: TokenId| self.same_sentence(start, t) && self.is_capital(t);
        let heads =
            start.until(end).iter().any(|t| words::is_title(self.text.word(t)) || words::is_body(self.text.word(t)));
        // A text may end here.
        let next = self.text.word_at(end.next());
        match word {
            "of" | "for" if heads && next_capital(end.next()) => Some(end.plus(2)),
            "of" | "for" if heads && matches!(next, "the" | "a" | "an") && next_capital(end.plus(2)) => {
                Some(end.plus(3))
            }
            "van" | "von" | "de" | "da" | "del" | "della" | "di" | "bin" | "al" | "el" | "der"
                if next_capital(end.next()) =>
            {
                Some(end.plus(2))
            }
            "and" if end == start.next() && self.body_behind(end.next()) => Some(end.plus(2)),
            "al" if next == "-" && next_capital(end.plus(2)) => Some(end.plus(3)),
            _ => None,
        }
    }

    /// "the Central and East European Coalition": capitals that end in the noun of a body.
    fn body_behind(&self, start: TokenId) -> bool {
        let capitals =
            start.until(start.plus(5)).iter().take_while(|&t| self.same_sentence(start, t) && self.is_capital(t));
        let last = capitals.last().filter(|&last| last > start);
        last.is_some_and(|last| words::is_body(self.text.word(last)))
    }

    /// "Ban Sae-rin": behind the family name a name of two syllables writes the second one small.
    fn is_second_syllable(&self, start: TokenId, token: TokenId) -> bool {
        let word = self.text.word_at(token);
        let behind_family_name = start.next() < token.back(1);
        let short = (2..=5).contains(&word.chars().count()) && word.chars().all(char::is_alphabetic);
        behind_family_name && short && self.same_sentence(start, token) && !words::is_compound(word)
            // "the Hale Brook-to-Lund line".
            && !(self.text.word_at(token.next()) == "-" && self.adjacent(token))
    }

    /// "J. Maren", "Sen. Maren", "Jean-Marc", "O’Hara", "U.S. Senate".
    fn step_over_mark(&self, start: TokenId, end: TokenId, word: &str) -> Option<TokenId> {
        let before = self.text.word_before(end);
        let tight = self.adjacent(end.back(1));
        let next = end.next();
        let next_capital = self.same_sentence(start, next) && self.is_capital(next);
        let initial = before.chars().count() == 1;
        let abbreviation = initial || (words::is_title(before) && before.len() <= 4);
        match word {
            "." if tight && abbreviation && next_capital => Some(next.next()),
            "." if tight && initial && end >= start.plus(3) => Some(next),
            "-" | "‐" | "‑" if tight && self.adjacent(end) && next_capital => Some(next.next()),
            "-" | "‐" | "‑" if tight && self.adjacent(end) && self.is_second_syllable(start, next) => {
                Some(next.next())
            }
            "’" | "'" if tight && self.adjacent(end) && next_capital && initial => Some(next.next()),
            _ => None,
        }
    }
}

/// Last words of names that no person bears: "the Hale War", "the Brel Treaty".
const THINGS: [&str; 24] = [
    "War",
    "Act",
    "Treaty",
    "Agreement",
    "Accord",
    "Accords",
    "Summit",
    "Conference",
    "Forum",
    "Plan",
    "Deal",
    "Amendment",
    "Prize",
    "Games",
    "Festival",
    "Revolution",
    "Crisis",
    "Strait",
    "Sea",
    "Airport",
    "Bridge",
    "Debate",
    "Election",
    "Referendum",
];

/// Splits a run into title and name and tells what it names.
fn take_apart(text: &Text, run: Places<TokenId>, states: &States) -> Option<Name> {
    let phrase = text.span(run)?.of(text.text);
    if let Some(state) = states.name_of(phrase) {
        let adjective =
            states.is_adjective(phrase) && text.tokens.get(run.end).is_some_and(|t| t.kind == TokenKind::Word);
        return (!adjective).then(|| Name {
            tokens: run,
            whole: run,
            kind: if states.is_seat(phrase) { NameKind::Organisation } else { NameKind::State },
            role: None,
            state: Some(state),
        });
    }
    if names_several(text, run, states) {
        return None;
    }
    let (title_end, state) = match title_prefix(text, run, states) {
        (end, _) if end == run.start => (title_within(text, run).unwrap_or(end), None),
        found => found,
    };
    let (name, origin) = without_origin(text, title_end.until(run.end), states);
    let state = state.or(origin);
    let body = run.iter().any(|t| words::is_body(text.word(t)));
    if body && (title_end == run.start || name.is_empty() || name.iter().any(|t| words::is_body(text.word(t)))) {
        let trailing = run.iter().find_map(|t| states.name_of(text.word(t)));
        return Some(Name { tokens: run, whole: run, kind: NameKind::Organisation, role: None, state: trailing });
    }
    let whole = before(text, run.start, states).until(run.end);
    let role = text.span(whole.start.until(title_end)).map(|s| s.of(text.text).to_owned()).filter(|r| has_office(r));
    let state = state.or_else(|| role.as_deref().and_then(|r| states.in_words(r)));
    let state = state.or_else(|| owner(text, whole.start, states));
    if name.is_empty() {
        return Some(Name { tokens: run, whole, kind: NameKind::Title, role, state });
    }
    let upper = name.len() == 1 && text.case(name.start) == Case::Upper && text.word(name.start).len() > 1;
    let mixed = name.len() == 1 && text.case(name.start) == Case::Mixed;
    let spoken_turn = text.word_at(run.end) == ":";
    let same_sentence = run.start.before().is_some_and(|t| text.sentence_of[t] == text.sentence_of[run.start]);
    let numbered = same_sentence && text.word_before(run.start).starts_with(|c: char| c.is_ascii_digit());
    let event = name.len() > 1 && THINGS.contains(&text.word_before(name.end));
    let article = matches!(text.word_before(name.start), "the" | "The");
    let outlet = words::is_outlet(text.word_before(name.end)) && (name.len() == 1 || article);
    let thing = outlet || mixed || (upper && !spoken_turn) || numbered || event;
    let kind = if role.is_none() && thing { NameKind::Organisation } else { NameKind::Person };
    Some(Name { tokens: name, whole, kind, role, state })
}

/// "Coastal Leaders", "MPs", "Norrlanders": several people by a common noun with a capital, not by a name. "House of Deputies" is one.
fn names_several(text: &Text, run: Places<TokenId>, states: &States) -> bool {
    let last = text.word_before(run.end);
    let Some(one) = last.strip_suffix('s').filter(|one| !one.ends_with('s')) else { return false };
    let people = words::is_people(last) || words::is_title(one) || states.is_adjective(one);
    people && !run.iter().any(|t| text.word(t) == "of")
}

/// "Foreign Minister Teo Vasca of Sudovia": the name ends before the "of".
fn without_origin(text: &Text, name: Places<TokenId>, states: &States) -> (Places<TokenId>, Option<String>) {
    let of = name.start.next().until(name.end).iter().find(|&t| text.word(t) == "of");
    let body = name.iter().any(|t| words::is_body(text.word(t)));
    let Some(of) = of.filter(|_| !body) else { return (name, None) };
    let state = text.span(of.next().until(name.end)).and_then(|span| states.in_words(span.of(text.text)));
    (name.start.until(of), state)
}

/// "Hale Supreme Court Justice Ilse Maren": a title with up to three words of a name behind it, whatever stands before.
fn title_within(text: &Text, run: Places<TokenId>) -> Option<TokenId> {
    let title = run.start.next().until(run.end).iter().rev().find(|&t| words::is_title(text.word(t)))?;
    let dot = title.plus(2) < run.end && text.word(title.next()) == ".";
    let name = title.plus(1 + usize::from(dot)).until(run.end);
    let plain =
        |t: TokenId| text.tokens[t].kind == TokenKind::Word && !words::is_body(text.word(t)) && text.word(t) != "of";
    ((1..=3).contains(&name.len()) && name.iter().all(plain)).then_some(name.start)
}

fn has_office(role: &str) -> bool {
    role.split_whitespace()
        .any(|w| words::is_title(w.trim_end_matches('.')) && !words::is_courtesy(w.trim_end_matches('.')))
}

/// Where the title at the head of a run ends, and the state named in it.
fn title_prefix(text: &Text, run: Places<TokenId>, states: &States) -> (TokenId, Option<String>) {
    let mut end = run.start;
    let mut state = None;
    let mut last_title = run.start;
    while end < run.end {
        let word = text.word(end);
        if let Some((length, found)) = place_at(text, end.until(run.end), states) {
            state = state.or(found);
            end = end.plus(length);
            continue;
        } else if words::is_title(word) {
            last_title = end.next();
        } else if !(words::is_modifier(word)
            || matches!(word, "of" | "for" | "the" | "." | "State" | "-")
            || is_form_of_state(text, run, end)
            || is_office_field(text, run, end))
        {
            break;
        }
        end = end.next();
        if words::is_title(word) || (last_title == end.back(1) && matches!(word, "." | "State")) {
            last_title = end;
        }
    }
    // "Secretary of State", "Minister of Foreign Affairs": what the office is for belongs to the title.
    if end > last_title && last_title > run.start && matches!(text.word(last_title), "of" | "for") {
        last_title = end;
    }
    (last_title, state.filter(|_| last_title > run.start))
}

/// How many words name a state or region there, and the state: "South Korean", "New Jersey".
fn place_at(text: &Text, range: Places<TokenId>, states: &States) -> Option<(usize, Option<String>)> {
    (1..=range.len().min(5)).rev().find_map(|length| {
        let words = text.span(range.start.until(range.start.plus(length)))?.of(text.text);
        let region = || states.knowledge().body(words).filter(|body| body.kind == "region").map(|_| None);
        Some((length, states.name_of(words).map(Some).or_else(region)?))
    })
}

/// "President of the Republic of Sudovia": the words before a state that tell its form.
fn is_form_of_state(text: &Text, run: Places<TokenId>, token: TokenId) -> bool {
    let form = matches!(
        text.word(token),
        "Republic" | "Kingdom" | "Federation" | "Sultanate" | "Emirate" | "Principality" | "Commonwealth" | "Union"
    );
    form && token > run.start && token.next() < run.end && text.word(token.next()) == "of"
}

/// A word behind "Minister of" and the like.
fn is_office_field(text: &Text, run: Places<TokenId>, token: TokenId) -> bool {
    let behind_of = |t: TokenId| t > run.start && matches!(text.word_before(t), "of" | "for");
    behind_of(token)
        || (token > run.start
            && behind_of(token.back(1))
            && matches!(text.word(token), "Affairs" | "Defence" | "Defense"))
}

/// "Sudovia’s Foreign Minister Teo Vasca", "Sudovia’s Teo Vasca": the state that owns what starts at a token.
fn owner(text: &Text, start: TokenId, states: &States) -> Option<String> {
    let mark = mark_before(text, start)?;
    (1..=3).rev().find_map(|n| states.name_of(text.span(mark.minus(n)?.until(mark))?.of(text.text)))
}

/// The apostrophe of a "’s" that stands right before a token.
pub(super) fn mark_before(text: &Text, token: TokenId) -> Option<TokenId> {
    token.minus(2).filter(|&t| text.word(t.next()) == "s" && matches!(text.word(t), "’" | "'"))
}

/// Where the words before a name begin that tell its role: "CNN correspondent", "his Sudovian counterpart".
fn before(text: &Text, start: TokenId, states: &States) -> TokenId {
    let sentence = text.sentence_of[start];
    let usable = |t: TokenId| {
        let word = text.word(t);
        text.sentence_of[t] == sentence
            && text.tokens[t].kind == TokenKind::Word
            && (words::is_title(word)
                || words::is_modifier(word)
                || words::is_body(word)
                || states.name_of(word).is_some()
                || matches!(word, "his" | "her" | "their"))
    };
    let mut first = start;
    while let Some(before) = first.before().filter(|&t| usable(t)) {
        first = before;
    }
    let has_title = first.until(start).iter().any(|t| words::is_title(text.word(t)));
    // Capitalized words before a lower-case title are where the person works: "Radio North correspondent".
    let lower_title = first < start && text.case(first) == Case::Lower && words::is_title(text.word(first));
    let employer = |t: TokenId| {
        text.sentence_of[t] == sentence
            && !matches!(text.case(t), Case::Lower | Case::None)
            && !words::is_starter(text.word(t))
    };
    while let Some(before) = first.before().filter(|&t| lower_title && employer(t)) {
        first = before;
    }
    if has_title { first } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;

    #[test]
    fn a_war_is_no_person() {
        let text = Text::new("Ilse Maren opposed the Hale War.");
        let kinds: Vec<NameKind> =
            names(&text, &text.starts, &States::learn(&text, &Knowledge::empty())).iter().map(|n| n.kind).collect();
        assert_eq!(kinds, [NameKind::Person, NameKind::Organisation]);
    }

    fn kinds(whole: &str) -> Vec<(&str, NameKind)> {
        let text = Text::new(whole);
        let names = names(&text, &text.starts, &States::learn(&text, &Knowledge::empty()));
        names.iter().filter_map(|n| Some((text.span(n.tokens)?.of(whole), n.kind))).collect()
    }

    #[test]
    fn several_people_with_a_capital_are_no_name() {
        assert_eq!(kinds("On Monday Coastal Leaders and local MPs met the House of Representatives.").len(), 1);
    }

    #[test]
    fn what_stands_behind_a_surname_is_none() {
        assert_eq!(kinds("It was Teo Vasca Jr. who met Ada Lind QC there.").len(), 2);
        assert_eq!(kinds("It was Ada Lind QC who spoke."), [("Ada Lind", NameKind::Person)]);
    }

    #[test]
    fn an_outlet_is_no_person() {
        assert_eq!(kinds("Sources told Reuters."), [("Reuters", NameKind::Organisation)]);
    }

    #[test]
    fn a_second_syllable_is_small() {
        let found = |text| kinds(text).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(found("President Ban Sae-rin met Oh Min-ha in Lund."), ["Ban Sae-rin", "Oh Min-ha", "Lund"]);
        assert_eq!(found("The Port Velm-based union met the Hale River-led talks."), ["Port Velm", "Hale River"]);
    }
}
