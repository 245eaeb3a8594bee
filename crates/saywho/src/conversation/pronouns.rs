//! Which of two is "he" and which "she", where neither names nor titles tell.

use super::id::PersonId;
use super::prepared::Prepared;
use super::who::Cast;
use crate::entity::gender::{Gender, of_pronoun};
use crate::table::Place;
use crate::text::{QuoteState, TokenId};

/// How often both pronouns must stand in the accounts for the two to be one of each.
const OFTEN: usize = 2;

/// Where accounts of a talk between two say both "he" and "she", each is one of them: the one whose gender is known leaves the
/// other to the other, and else it is as the pronouns stand behind their names.
pub(super) fn find(accounts: &[Prepared], cast: &mut Cast) {
    let [a, b] = cast.parties.iter().copied().collect::<Vec<_>>()[..] else { return };
    let of = |cast: &Cast, p: PersonId| cast.persons[p].gender;
    let (known_a, known_b) = (of(cast, a), of(cast, b));
    if known_a.is_some() == known_b.is_some() && known_a.is_some() || !has_both(accounts) {
        return;
    }
    let (a_is, b_is) = match (known_a, known_b) {
        (Some(gender), None) => (gender, opposite(gender)),
        (None, Some(gender)) => (opposite(gender), gender),
        _ => {
            let votes = |p, gender| accounts.iter().map(|account| votes(account, p, gender)).sum::<usize>();
            let (first, second) = (Gender::Female, Gender::Male);
            let turned = votes(a, second) + votes(b, first);
            let straight = votes(a, first) + votes(b, second);
            match straight.cmp(&turned) {
                std::cmp::Ordering::Equal => return,
                std::cmp::Ordering::Greater => (first, second),
                std::cmp::Ordering::Less => (second, first),
            }
        }
    };
    cast.persons[a].gender = Some(a_is);
    cast.persons[b].gender = Some(b_is);
}

fn opposite(gender: Gender) -> Gender {
    match gender {
        Gender::Female => Gender::Male,
        Gender::Male => Gender::Female,
    }
}

/// Whether "he" and "she" both stand as subjects outside of quotations.
fn has_both(accounts: &[Prepared]) -> bool {
    let count = |pronoun: &str| {
        let here = |a: &Prepared, t: TokenId| a.words[t] == pronoun && a.text.quote_states[t] == QuoteState::Outside;
        accounts.iter().map(|a| a.words.places().filter(|&t| here(a, t)).count()).sum::<usize>()
    };
    count("he") >= OFTEN && count("she") >= OFTEN
}

/// How often a pronoun of this gender stands behind the name of a person, in a sentence that names nobody else or at the head of the
/// next one.
fn votes(account: &Prepared, person: PersonId, gender: Gender) -> usize {
    let sentences: Vec<_> = account.sentences().collect();
    let mut votes = 0;
    for (i, tokens) in sentences.iter().enumerate() {
        let named: Vec<(TokenId, PersonId)> = tokens.iter().filter_map(|t| Some((t, account.person_at(t)?))).collect();
        let Some(&(at, _)) = named.first().filter(|_| named.iter().all(|(_, p)| *p == person)) else { continue };
        let fits = |t: TokenId| of_pronoun(&account.words[t]) == Some(gender);
        votes += 2 * at.until(tokens.end).iter().filter(|&t| fits(t)).count();
        let next = sentences.get(i + 1).filter(|next| !next.is_empty());
        votes += usize::from(next.is_some_and(|next| fits(next.start)));
    }
    votes
}
