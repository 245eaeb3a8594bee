//! Which words of a text stand for a state: from the table of the world, and from the text alone for states it does not know.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::ops::Deref;

use crate::knowledge::{How, Knowledge};
use crate::table::Place;
use crate::text::token::Case;
use crate::text::{Text, TokenId};
use crate::words;

/// The states of one text.
pub struct States<'k> {
    knowledge: &'k Knowledge,
    /// Word to the state's name, learned from the text.
    learned: HashMap<String, String>,
}

impl<'k> States<'k> {
    /// Learns the states that a text names by "the foreign minister of X", "the X side", "X’s government".
    pub fn learn(text: &Text, knowledge: &'k Knowledge) -> States<'k> {
        let mut states = States { knowledge, learned: HashMap::new() };
        let places = LazyCell::new(|| places(text));
        let mut candidates: Vec<&str> =
            text.tokens.places().filter(|&t| names_state(text, t, &places)).map(|t| text.word(t)).collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates.retain(|w| knowledge.state_of_name(w).is_none() && knowledge.body(w).is_none());
        let nouns = nouns_of(text, &candidates);
        for word in candidates {
            states.learned.insert(word.to_owned(), nouns.get(word).map_or(word, String::as_str).to_owned());
        }
        for noun in nouns.into_values() {
            states.learned.insert(noun.clone(), noun);
        }
        states
    }

    /// The name of the state that these words stand for.
    pub fn name_of(&self, words: &str) -> Option<String> {
        self.learned.get(words).cloned().or_else(|| self.knowledge.state_of_name(words).map(|hit| hit.name.to_owned()))
    }

    /// Whether the words are a state's adjective ("Sudovian"), not its name.
    pub fn is_adjective(&self, words: &str) -> bool {
        match self.learned.get(words) {
            // Of a state that the text never names, only the form of the word tells.
            Some(name) => name != words || ["ian", "ish", "ese"].iter().any(|ending| words.ends_with(ending)),
            None => self.knowledge.state_of_name(words).is_some_and(|hit| hit.how == How::Adjective),
        }
    }

    /// Whether the words name a seat of government ("the Kremlin"): a body of the state, not the state itself.
    pub fn is_seat(&self, words: &str) -> bool {
        !self.learned.contains_key(words) && self.knowledge.state_of_name(words).is_some_and(|hit| hit.how == How::Seat)
    }

    /// The first state named in a phrase.
    pub fn in_words(&self, phrase: &str) -> Option<String> {
        fn bare(word: &str) -> &str {
            ["’s", "'s"].iter().find_map(|owner| word.strip_suffix(owner)).unwrap_or(word)
        }
        let outer = |c: char| !c.is_alphanumeric() && c != '.';
        let list: Vec<&str> = phrase.split_whitespace().map(|word| bare(word.trim_matches(outer))).collect();
        (1..=3).rev().find_map(|n| list.windows(n).find_map(|w| self.name_of(&w.join(" "))))
    }

    /// The table of the world.
    pub fn knowledge(&self) -> &'k Knowledge {
        self.knowledge
    }
}

/// Whether a capitalized word stands where states stand.
fn names_state<'t>(text: &'t Text, token: TokenId, places: &impl Deref<Target = HashSet<&'t str>>) -> bool {
    let word = text.word(token);
    if text.case(token) != Case::Initial
        || words::is_starter(word)
        || words::is_title(word)
        || words::is_body(word)
        || words::is_modifier(word)
    {
        return false;
    }
    let (at, back) = (|n: usize| text.word_at(token.plus(n)), |n: usize| text.word_back(token, n));
    let side = at(1) == "side" && back(1).eq_ignore_ascii_case("the");
    let possessive =
        matches!(at(1), "’" | "'") && at(2) == "s" && (is_office(at(3)) || (is_portfolio(at(3)) && is_office(at(4))));
    let republic_of = back(1) == "of"
        && matches!(back(2), "Republic" | "Kingdom" | "Federation" | "Sultanate" | "Emirate" | "Principality");
    let counterpart = at(1) == "counterpart";
    let posted = back(1) == "to" && back(2).eq_ignore_ascii_case("ambassador");
    side || adjective(text, token, places)
        || possessive
        || republic_of
        || counterpart
        || posted
        || office_of(text, token)
        || field_of(text, token)
        || holder_of(text, token)
}

/// Heads of offices that states have.
fn is_office(word: &str) -> bool {
    is_ministry(word)
        || matches!(word.to_lowercase().as_str(), "president" | "premier" | "government" | "embassy" | "ambassador")
}

/// Heads of offices that are named by their field: "Trade Minister", "Ministry of Trade".
fn is_ministry(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "minister" | "ministry")
}

/// Fields that stand before the head of an office.
fn is_portfolio(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "foreign" | "prime" | "defence" | "defense" | "interior" | "trade")
}

fn is_capital(text: &Text, token: TokenId) -> bool {
    token < text.tokens.end() && !matches!(text.case(token), Case::Lower | Case::None)
}

/// "Sudovian foreign ministry", "Norrland President"; before a bare "minister" stands a field as often ("Irrigation Minister"),
/// so there the word must be the name of a place elsewhere, or an adjective by its form.
fn adjective<'t>(text: &'t Text, token: TokenId, places: &impl Deref<Target = HashSet<&'t str>>) -> bool {
    let at = |n: usize| text.word_at(token.plus(n));
    if is_portfolio(at(1)) {
        return is_office(at(2));
    }
    let formed = ["ian", "ean", "ish", "ese"].iter().any(|ending| text.word(token).ends_with(ending));
    is_office(at(1)) && (!is_ministry(at(1)) || formed || places.contains(text.word(token)))
}

/// The words that stand somewhere by themselves behind a preposition of place, or own something: "in Norrland", "Norrland’s coast".
fn places<'t>(text: &'t Text) -> HashSet<&'t str> {
    let alone = |t: TokenId| {
        let before = text.word_before(t);
        let at = |n: usize| text.word_at(t.plus(n));
        let place = matches!(before, "in" | "from" | "to" | "with" | "between" | "against" | "towards");
        (place && !is_capital(text, t.next())) || (matches!(at(1), "’" | "'") && at(2) == "s")
    };
    text.tokens.places().filter(|&t| alone(t)).map(|t| text.word(t)).collect()
}

/// "the President of Norrland", "the Foreign Minister of Norrland"; behind "Minister of" alone stands the field.
fn office_of(text: &Text, token: TokenId) -> bool {
    let Some(of) = token.before().filter(|&of| text.word(of) == "of") else { return false };
    let head = text.word_before(of);
    let field = |t: TokenId| {
        let word = text.word(t);
        (is_capital(text, t) && !words::is_starter(word)) || words::is_modifier(&word.to_lowercase())
    };
    let named = of.minus(2).is_some_and(|t| text.sentence_of[t] == text.sentence_of[of] && field(t));
    let secretary = head.eq_ignore_ascii_case("secretary");
    if is_ministry(head) || secretary { named } else { is_office(head) }
}

/// The most words of the field of an office: "Minister of Trade and Ocean Resources of Norrland".
const FIELD: usize = 6;

/// "the Minister of Public Health of Norrland", "Ministry of Foreign Affairs of Sudovia".
fn field_of(text: &Text, token: TokenId) -> bool {
    let Some(of) = token.before().filter(|&of| text.word(of) == "of") else { return false };
    let field = |t: &TokenId| {
        text.sentence_of[*t] == text.sentence_of[token]
            && (is_capital(text, *t) || matches!(text.word(*t), "and" | "the" | "affairs" | "state"))
    };
    let Some(first) = text.tokens_before(of).take_while(field).take(FIELD).last() else { return false };
    let office = |w: &str| is_ministry(w) || matches!(w.to_lowercase().as_str(), "secretary" | "department");
    matches!(text.word_before(first), "of" | "for") && office(text.word_back(first, 2))
}

/// "Foreign Minister Teo Vasca of Sudovia": an office, one to three names, "of" and the state by itself.
fn holder_of(text: &Text, token: TokenId) -> bool {
    let Some(of) = token.before().filter(|&of| text.word(of) == "of") else { return false };
    let alone = !is_capital(text, token.next());
    let office = |t: TokenId| {
        let head = text.word(t).to_lowercase();
        matches!(head.as_str(), "minister" | "president" | "ambassador" | "premier" | "chancellor")
    };
    let name = |t: &TokenId| is_capital(text, *t) && !words::is_title(text.word(*t)) && !words::is_body(text.word(*t));
    let names = text.tokens_before(of).take_while(name).take(3).count();
    let held = |t: TokenId| office(t) && text.sentence_of[t] == text.sentence_of[of];
    alone && names > 0 && of.minus(names + 1).is_some_and(held)
}

/// For each adjective among the candidates its noun in the text: "Sudovian" of "Sudovia".
fn nouns_of(text: &Text, candidates: &[&str]) -> HashMap<String, String> {
    // Words with a capital by the stems that their adjectives may have, with the place where each stands last.
    let mut by_stem: HashMap<&str, HashMap<&str, TokenId>> = HashMap::new();
    let capitals = text.tokens.places().filter(|&t| text.case(t) == Case::Initial);
    for t in capitals.filter(|_| !candidates.is_empty()) {
        for stem in stems(text.word(t)) {
            by_stem.entry(stem).or_default().insert(text.word(t), t);
        }
    }
    let mut nouns = HashMap::new();
    for &word in candidates {
        let may_be = ENDINGS.iter().filter_map(|ending| by_stem.get(word.strip_suffix(ending)?)).flatten();
        let fitting = may_be.filter(|(noun, _)| is_adjective_of(word, noun));
        // The longest, of equals the one that stands last.
        if let Some((noun, _)) = fitting.max_by_key(|(noun, place)| (noun.len(), **place)) {
            nouns.insert(word.to_owned(), (*noun).to_owned());
        }
    }
    nouns
}

/// What adjectives add to the stem of a state's name.
const ENDINGS: [&str; 9] = ["n", "an", "ian", "ish", "ese", "ic", "i", "er", "ite"];

/// What adjectives may leave of a state's name.
fn stems(noun: &str) -> [&str; 4] {
    let stem = noun.trim_end_matches(['a', 'e', 'o']);
    [noun, stem, stem.strip_suffix('i').unwrap_or(stem), noun.strip_suffix("land").unwrap_or(noun)]
}

/// "Sudovian" of "Sudovia", "Norrlandic" of "Norrland", "Vestish" of "Vestland".
pub(crate) fn is_adjective_of(adjective: &str, noun: &str) -> bool {
    adjective != noun
        && noun.len() >= 4
        && stems(noun).iter().any(|s| s.len() >= 3 && adjective.strip_prefix(s).is_some_and(|e| ENDINGS.contains(&e)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_invented_states_from_the_text() {
        let whole = "The foreign minister of Norrland spoke. The Sudovian foreign ministry in Sudovia agreed with the Vestish side.";
        let text = Text::new(whole);
        let knowledge = Knowledge::empty();
        let states = States::learn(&text, &knowledge);
        assert_eq!(states.name_of("Norrland").as_deref(), Some("Norrland"));
        assert_eq!(states.name_of("Sudovian").as_deref(), Some("Sudovia"));
        assert!(states.is_adjective("Sudovian") && !states.is_adjective("Norrland"));
        assert_eq!(states.name_of("Vestish").as_deref(), Some("Vestish"));
        assert!(states.is_adjective("Vestish"));
        assert_eq!(states.name_of("Friday"), None);
    }

    #[test]
    fn a_field_of_an_office_is_no_state() {
        let whole = "Irrigation Minister Teo Vasca and the Minister of Trade met the Minister of Public Health of Norrland and the \
            Home Secretary of Sudovia. In the Ministry of Transport they asked what Westmark Minister Bo Tarn does in Westmark.";
        let text = Text::new(whole);
        let knowledge = Knowledge::empty();
        let states = States::learn(&text, &knowledge);
        let is_state = |w: &&str| states.name_of(w).is_some();
        let words = ["Irrigation", "Trade", "Public", "Health", "Transport", "Norrland", "Sudovia", "Westmark"];
        assert_eq!(words.iter().copied().filter(is_state).collect::<Vec<_>>(), ["Norrland", "Sudovia", "Westmark"]);
    }

    #[test]
    fn an_office_holder_s_state() {
        let whole = "President Ilse Maren of Norrland met Foreign Minister Teo Vasca of Sudovia. Minister Bo Tarn of Hale Industries did not come.";
        let text = Text::new(whole);
        let knowledge = Knowledge::empty();
        let states = States::learn(&text, &knowledge);
        assert_eq!(["Norrland", "Sudovia", "Hale"].map(|w| states.name_of(w).is_some()), [true, true, false]);
    }
}
