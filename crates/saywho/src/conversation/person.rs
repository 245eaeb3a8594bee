//! Persons over all accounts: the same one under other spellings, shorter names and titles.

use std::collections::HashSet;

use crate::entity::EntityId;
use crate::entity::book::{Draft, plain};
use crate::entity::gender::Gender;
use crate::entity::name::NameKind;
use crate::entity::states::{States, is_adjective_of};
use crate::knowledge::Knowledge;
use crate::reading::EntityKind;
use crate::text::TokenId;
use crate::text::structure::transcript::in_small_letters;
use crate::words;

use super::id::PersonId;
use super::prepared::Prepared;
use crate::table::{Place, Table};

/// Someone whom one or more accounts name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Person {
    /// The fullest name.
    pub name: String,
    /// The state spoken for, where an account or the table of the world tells.
    pub side: Option<String>,
    /// Whether that is no state but a body: a union, a company.
    pub of_body: bool,
    /// Offices as [`words::office`] tells them.
    pub offices: Vec<&'static str>,
    /// All titles.
    pub roles: Vec<String>,
    /// Whether "he" or "she" fits.
    pub gender: Option<Gender>,
    /// Whether a person has given the name, so that no table spells it otherwise.
    pub named_by_hand: bool,
}

/// Gathers the persons of all accounts and tells each account who its entities are.
pub(crate) fn gather(accounts: &mut [Prepared], knowledge: &Knowledge) -> Table<PersonId, Person> {
    let mut persons: Table<PersonId, Person> = Table::default();
    // Fuller names first, so that a bare surname finds them.
    let mut order: Vec<(usize, EntityId)> = Vec::new();
    for (a, account) in accounts.iter().enumerate() {
        order.extend(account.drafts.places().map(|d| (a, d)));
    }
    for account in accounts.iter_mut() {
        for d in account.drafts.places().filter(|&d| !account.drafts[d].named_by_hand).collect::<Vec<_>>() {
            spell_as_written(&mut account.drafts[d], account.text.text);
            let cleaned = without_office(&account.drafts[d], account.states);
            if let Some(draft) = cleaned {
                account.drafts[d] = draft;
            }
            let draft = &mut account.drafts[d];
            if draft.kind == EntityKind::Person {
                draft.name = without_courtesy(&draft.name);
            }
        }
    }
    for account in accounts.iter_mut() {
        offices_before_commas(account);
        states_behind(account);
    }
    one_name_a_side(accounts);
    let words_of = |accounts: &[Prepared], (a, d): (usize, EntityId)| accounts[a].drafts[d].name.split(' ').count();
    // In order of the text, however the entities came to be known.
    let first = |accounts: &[Prepared], (a, d): (usize, EntityId)| (a, accounts[a].drafts[d].mentions.first().copied());
    order.sort_by_key(|&at| (std::cmp::Reverse(words_of(accounts, at)), first(accounts, at)));
    for (a, d) in order {
        let draft = &accounts[a].drafts[d];
        let states = &accounts[a].states;
        if draft.kind != EntityKind::Person || is_plural_title(&draft.name) || is_office_alone(&draft.name, states) {
            continue;
        }
        // Within one document they have been told apart.
        let several = accounts.len() > 1;
        let same = |(place, p): (PersonId, &Person)| same(p, draft).then_some(place);
        let known = || persons.entries().find_map(same).or_else(|| of_given_name(&persons, draft));
        let found = if several { known() } else { None };
        let new = || Person { name: draft.name.clone(), ..Person::default() };
        let place = found.unwrap_or_else(|| persons.push(new()));
        take_over(&mut persons[place], draft);
        accounts[a].person_of[d] = Some(place);
    }
    let date = accounts.iter().filter_map(|a| a.date.as_deref()).min();
    for person in persons.iter_mut().filter(|person| !person.named_by_hand) {
        spell_as_known(person, knowledge, date);
    }
    accounts.iter_mut().for_each(Prepared::give_the_floor);
    persons
}

/// How the text itself spells a person's fullest name; what stands in capitals is spelled so for its place in a heading or label.
fn spell_as_written(draft: &mut Draft, text: &str) {
    let capitals = |name: &str| !name.contains(char::is_lowercase);
    let small = !capitals(&draft.name);
    let written = draft.mentions.iter().map(|m| plain(m.of(text))).filter(|name| !(small && capitals(name)));
    let surname = name_words(&draft.name).pop().unwrap_or_default();
    // Titles and pronouns are mentions too: a name shares the beginning of the surname.
    let head: String = surname.chars().take(3).collect();
    let named = written.filter(|w| name_words(w).pop().is_some_and(|last| last.starts_with(&head)));
    if let Some(fullest) = named.max_by_key(|w| w.split(' ').count())
        && draft.kind == EntityKind::Person
        && fullest.split(' ').count() >= draft.name.split(' ').count()
    {
        draft.name = fullest;
    }
}

/// "MS MAREN" as "Maren": the label of a turn has capitals and a title that are no part of the name.
fn without_courtesy(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let courtesy = |w: &&&str| words::is_courtesy(w.trim_end_matches('.').to_lowercase().as_str());
    let titles = words.iter().take_while(courtesy).count();
    if titles == 0 || titles == words.len() {
        return name.to_owned();
    }
    let small = |w: &&str| if w.contains(char::is_lowercase) { (*w).to_owned() } else { in_small_letters(w) };
    words[titles..].iter().map(small).collect::<Vec<_>>().join(" ")
}

/// "Republic of Norrland Ilse Maren", "U.S. Secretary of State Teo Vasca", "Maren of Norrland": the name alone, the rest a title.
fn without_office(draft: &Draft, states: &States) -> Option<Draft> {
    let list: Vec<&str> = draft.name.split(' ').collect();
    if draft.kind == EntityKind::Organisation {
        return chief(&list).map(|found| {
            let mut person = draft.clone();
            person.kind = EntityKind::Person;
            person.name = found.name;
            person.side = person.side.or(found.body);
            person.roles.push(found.role);
            person
        });
    }
    if draft.kind != EntityKind::Person {
        return None;
    }
    let state = |w: &str| states.name_of(w).is_some();
    let office = |w: &&str| words::is_title(w) || state(w) || is_office_word(w);
    let last = list.iter().rposition(office)?;
    let (name, rest) = match list.iter().position(|w| *w == "of") {
        // A surname with its state behind it.
        Some(of) if of > 0 && last + 1 == list.len() && !list[..of].iter().any(office) => {
            (list[..of].join(" "), list[of + 1..].join(" "))
        }
        _ => (list[last + 1..].join(" "), list[..=last].join(" ")),
    };
    let proper = name.split(' ').all(|w| w.chars().next().is_some_and(char::is_uppercase));
    (!name.is_empty() && proper).then(|| {
        let mut cleaned = draft.clone();
        cleaned.name = name;
        cleaned.side = cleaned.side.or_else(|| states.in_words(&rest));
        if words::office(&rest).is_some() {
            cleaned.roles.push(rest);
        }
        cleaned
    })
}

/// "President of the Northern Commission Ilse Maren": a person who speaks for a body, not the body.
struct Chief {
    name: String,
    /// The body spoken for, if it is no office of a state.
    body: Option<String>,
    role: String,
}

fn chief(list: &[&str]) -> Option<Chief> {
    let body = list.iter().rposition(|w| words::is_body(w))?;
    let name = &list[body + 1..];
    let titled = list[..body].iter().any(|w| words::is_title(w) && !words::is_body(w));
    let proper = (2..=4).contains(&name.len()) && name.iter().all(|w| w.chars().all(|c| c.is_alphabetic() || c == '-'));
    let of = list[..body].iter().position(|w| *w == "of")?;
    let start = of + 1 + usize::from(list.get(of + 1) == Some(&"the"));
    // A party's or a ministry's office speaks for its state, which other words tell.
    let of_state =
        list[..=body].iter().any(|w| matches!(*w, "Office" | "Department" | "Ministry" | "Party" | "Government"));
    (titled && proper).then(|| Chief {
        name: name.join(" "),
        body: (!of_state).then(|| list[start..=body].join(" ")),
        role: list[..=body].join(" "),
    })
}

pub(super) fn is_office_word(word: &str) -> bool {
    matches!(word, "of" | "the" | "for" | "State" | "Affairs" | "Republic" | "Kingdom" | "Federation" | "Foreign")
}

/// "Republic of Sudovia" and "THE PRESS SECRETARY" are nobody's name.
fn is_office_alone(name: &str, states: &States) -> bool {
    name.split(' ').all(|w| {
        let lower = w.to_lowercase();
        let office = words::is_title(w)
            || words::is_title(&lower)
            || words::is_body(&lower)
            || words::is_modifier(&lower)
            || lower == "the";
        is_office_word(w) || office || states.name_of(w).is_some()
    })
}

/// An account that knows a state only by its adjective ("Sudovian") takes its name from one that has it.
fn one_name_a_side(accounts: &mut [Prepared]) {
    let mut sides: Vec<String> = accounts.iter().flat_map(|a| a.drafts.iter()).filter_map(|d| d.side.clone()).collect();
    let mut known = HashSet::new();
    sides.retain(|side| known.insert(side.clone()));
    for draft in accounts.iter_mut().flat_map(|a| a.drafts.iter_mut()) {
        let noun = draft.side.as_ref().and_then(|s| sides.iter().find(|noun| is_adjective_of(s, noun)));
        draft.side = noun.cloned().or(draft.side.take());
    }
}

/// "opposition leader Ilse Maren of Norrland": the state stands behind the name.
fn states_behind(account: &mut Prepared) {
    for i in 0..account.names.len().saturating_sub(1) {
        let (name, next) = (&account.names[i], &account.names[i + 1]);
        let of = name.tokens.end;
        let joined = next.tokens.start == of.next() && account.words[of] == "of" && next.kind == NameKind::State;
        if let (NameKind::Person, true, Some(d)) = (name.kind, joined, account.book.at(name.tokens.start)) {
            let draft = &mut account.drafts[d];
            draft.side = draft.side.take().or_else(|| next.state.clone());
        }
    }
}

/// "the foreign minister of Sudovia, Teo Vasca," and "his Norrland counterpart, Ilse Maren": the office stands before a comma.
fn offices_before_commas(account: &mut Prepared) {
    let mut told: Vec<(EntityId, String)> = Vec::new();
    for name in account.names.iter().filter(|n| n.kind == NameKind::Person && n.role.is_none()) {
        let Some(comma) = name.whole.start.before().filter(|&t| account.words[t] == ",") else { continue };
        let sentence = account.text.sentence_of[comma];
        let behind = |t: &TokenId| {
            account.text.sentence_of[*t] == sentence && !matches!(account.words[*t].as_str(), "," | "with" | "and")
        };
        let phrase: Vec<TokenId> = comma.back(12).until(comma).iter().rev().take_while(behind).collect();
        let Some(&first) = phrase.iter().find(|&&t| {
            let article = matches!(account.words[t].as_str(), "the" | "his" | "her" | "its" | "their");
            article
                && t.next().until(comma).iter().any(|u| words::is_title(&account.words[u]))
                && account.words[t.back(1)] != "of"
        }) else {
            continue;
        };
        let role = account.text.span(first.next().until(comma)).map(|s| s.of(account.text.text).to_owned());
        if let (Some(draft), Some(role)) = (account.book.at(name.tokens.start), role) {
            told.push((draft, role));
        }
    }
    for (draft, role) in told {
        let side = account.states.in_words(&role);
        let draft = &mut account.drafts[draft];
        draft.side = draft.side.take().or(side);
        draft.roles.push(role);
    }
}

/// "Presidents" is nobody's name.
pub(crate) fn is_plural_title(name: &str) -> bool {
    let last = name.split(' ').next().unwrap_or_default().to_lowercase();
    last.strip_suffix('s').is_some_and(words::is_title)
}

fn take_over(person: &mut Person, draft: &Draft) {
    if draft.named_by_hand && !person.named_by_hand {
        person.name.clone_from(&draft.name);
        person.named_by_hand = true;
    }
    person.side = person.side.take().or_else(|| draft.side.clone());
    person.gender = person.gender.or(draft.gender);
    for role in &draft.roles {
        person.offices.extend(words::office(role).filter(|o| !person.offices.contains(o)));
        if !person.roles.contains(role) {
            person.roles.push(role.clone());
        }
    }
}

/// Whether a name of one account is that of a person of another: one ends in the other's last word or is one of its words.
fn same(person: &Person, draft: &Draft) -> bool {
    let apart = matches!((&person.side, &draft.side), (Some(a), Some(b)) if a != b);
    let (long, short) = (name_words(&person.name), name_words(&draft.name));
    let (Some(last), Some(other)) = (long.last(), short.last()) else { return false };
    let initials = |a: &str, b: &str| a.chars().next() == b.chars().next();
    // Some write the surname first: "MAREN Ilse".
    let turned = long.len() > 1 && long.len() == short.len() && short.iter().all(|word| long.contains(word));
    // "Zelensky" and "Zelenskyy" of one side are one person.
    let alike = last.chars().count() >= 6 && person.side == draft.side && person.side.is_some() && close(last, other);
    let full = (last == other || alike) && (long.len() < 2 || short.len() < 2 || initials(&long[0], &short[0]));
    !apart
        && (full
            || turned
            || (short.len() == 1 && long.contains(other) && (draft.roles.len() + person.roles.len() > 0)))
}

/// The only person who bears what an account calls somebody as the given name: among friends and colleagues it goes alone.
fn of_given_name(persons: &Table<PersonId, Person>, draft: &Draft) -> Option<PersonId> {
    let name = name_words(&draft.name);
    let [given] = &name[..] else { return None };
    let bears = |p: &Person| name_words(&p.name).first() == Some(given) && p.name.contains(' ');
    let mut bearers = persons.entries().filter(|(_, p)| bears(p)).map(|(place, _)| place);
    bearers.next().filter(|_| bearers.next().is_none())
}

/// Whether one name begins with all of the other but for two letters.
pub(crate) fn close(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    a.chars().count().max(b.chars().count()) <= shared + 2
}

/// The words of a name in lower case, without initials, "Jr." and the marks on letters.
pub(crate) fn name_words(name: &str) -> Vec<String> {
    let plain: String =
        name.chars().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).flat_map(char::to_lowercase).collect();
    let words = plain.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '’' | '\''));
    words.filter(|w| w.chars().count() > 1 && !matches!(*w, "jr" | "sr")).map(str::to_owned).collect()
}

/// Spells an office holder as the table of the world does, and takes over the side it knows.
fn spell_as_known(person: &mut Person, knowledge: &Knowledge, date: Option<&str>) {
    let words = name_words(&person.name);
    let Some(surname) = person.name.split(' ').rev().find(|w| name_words(w).len() == 1) else { return };
    let bare = surname.trim_matches(|c: char| !c.is_alphanumeric());
    let full = knowledge.holder(&person.name, date).or_else(|| knowledge.holder(&person.name, None));
    let by_surname = || knowledge.holder(bare, date).or_else(|| knowledge.holder(bare, None));
    let Some(holders) = full.or_else(by_surname) else { return };
    let fits = |h: &&crate::knowledge::Holder| {
        let side = person.side.as_deref().is_none_or(|s| s == h.side_name);
        let given = name_words(h.name);
        let alike =
            words.len() < 2 || given.first().map(|g| g.chars().next()) == words.first().map(|w| w.chars().next());
        let office = person.side.is_some()
            || words.len() > 1
            || words::office(h.office).is_some_and(|office| person.offices.contains(&office));
        side && alike && office
    };
    let candidates: Vec<_> = holders.stays.iter().filter(fits).collect();
    let Some(holder) = candidates.last().filter(|h| candidates.iter().all(|c| c.name == h.name)) else { return };
    // The table knows the usual given name; how the surname is spelled is for the text to say.
    if name_words(holder.name).last() == words.last() {
        person.name = holder.name.to_owned();
    }
    person.side = Some(holder.side_name.to_owned());
    person.offices.extend(words::office(holder.office).filter(|o| !person.offices.contains(o)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_and_juniors_are_no_names() {
        assert_eq!(name_words("Ilse R. Maren, Jr."), ["ilse", "maren"]);
        // Nor is a title before the name.
        assert_eq!(without_courtesy("MS MAREN"), "Maren");
        assert_eq!(without_courtesy("Dr Teo Vasca"), "Teo Vasca");
        assert_eq!(without_courtesy("Lord"), "Lord");
    }

    #[test]
    fn a_title_of_a_body_is_taken_from_the_name_of_its_chief() {
        let chief_of = |name: &str| {
            let list: Vec<&str> = name.split(' ').collect();
            chief(&list).map(|c| (c.name, c.body))
        };
        let body = chief_of("President of the Northern Commission Ilse Maren");
        assert_eq!(body, Some(("Ilse Maren".into(), Some("Northern Commission".into()))));
        let office = chief_of("Director of the Office of the Fisheries Commission Teo Vasca");
        assert_eq!(office, Some(("Teo Vasca".into(), None)));
        assert_eq!(chief_of("Fisheries Commission"), None);
    }
}
