//! Who talked and who said what, where no state takes part or a side tells it in the first person: letters, posts, interviews.

use std::sync::LazyLock;

use saywho::comparison::{Comparison, Options, Someone};
use saywho::reading::Medium;
use saywho::{Document, Reader};

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new().expect("the embedded weights"));

fn compare(accounts: &[&str]) -> Comparison {
    let documents: Vec<_> =
        accounts.iter().enumerate().map(|(i, text)| Document::from_text(format!("account-{i}"), *text)).collect();
    let mut worker = READER.worker();
    let analyses: Vec<_> = documents.iter().map(|document| worker.analyse(document)).collect();
    READER.compare(&analyses, &Options::default())
}

fn talked(comparison: &Comparison) -> Vec<&str> {
    let mut names: Vec<&str> = comparison.conversation.participants.iter().map(|p| p.name.as_str()).collect();
    names.sort_unstable();
    names
}

/// Who said what holds these words.
fn speaker<'c>(comparison: &'c Comparison, words: &str) -> Option<&'c str> {
    let claim = comparison.claims.iter().find(|claim| comparison.words(claim).contains(words));
    let told = || comparison.claims.iter().map(|claim| comparison.words(claim)).collect::<Vec<_>>();
    claim.unwrap_or_else(|| panic!("no claim holds {words:?}: {:#?}", told())).speaker.as_ref().map(Someone::name)
}

const LETTER: &str = "Hale Harbour Company\n5 March 2034\n\nDear Mr Vasca,\n\nThank you for our talk yesterday. \
    I told you that the cranes will stand still until the autumn. You promised to send the lists of the crews by Friday. \
    I asked you to keep the north pier open, and you refused. We offered two sheds on the south pier.\n\n\
    Yours sincerely,\nIlse Maren, managing director";

const POST: &str = "From: Teo Vasca\nTo: all crews\nSubject: the cranes\n\nFriends, I met Ms Maren of the Hale Harbour Company on Monday. \
    She told me that the cranes are broken. I demanded a date. She was in no mood to name one. I promised her the lists. \
    He who waits, waits long.\n\nTeo Vasca, secretary of the Dockers' League";

#[test]
fn a_letter_and_a_post_are_told_by_those_who_sign_them() {
    let comparison = compare(&[LETTER, POST]);
    assert_eq!(talked(&comparison), ["Ilse Maren", "Teo Vasca"]);
    assert_eq!(speaker(&comparison, "I told you that the cranes"), Some("Ilse Maren"));
    assert_eq!(speaker(&comparison, "I demanded a date"), Some("Teo Vasca"));
}

#[test]
fn who_is_spoken_to_in_a_letter_and_spoken_of_in_a_post_is_the_other() {
    let comparison = compare(&[LETTER, POST]);
    assert_eq!(speaker(&comparison, "You promised to send"), Some("Teo Vasca"));
    assert_eq!(speaker(&comparison, "She told me that the cranes"), Some("Ilse Maren"));
    // An explicit subject is not overruled by the speaker before, whatever the verb.
    assert_eq!(speaker(&comparison, "She was in no mood"), Some("Ilse Maren"));
}

#[test]
fn we_is_the_body_that_one_speaks_for() {
    assert_eq!(speaker(&compare(&[LETTER, POST]), "We offered two sheds"), Some("Hale Harbour Company"));
}

const INTERVIEW: &str = "RADIO BREL, Morning Talk\n\nPRESENTER: Ada Lind, you saw the governor yesterday. Did he listen?\n\n\
    LIND: He did. I told him that the dunes need a fence before the winter.\n\nPRESENTER: And what did he say?\n\n\
    LIND: He promised a fence by May. He asked me for the maps of the shore.\n\nPRESENTER: Will he pay for it?\n\n\
    LIND: I asked him. He said that the fund is empty.";

const RELEASE: &str = "OFFICE OF THE GOVERNOR\n\nGovernor Jon Tarn met Ada Lind of the Dune Watch yesterday. The Governor promised a \
    fence along the dunes. Ms Lind asked for sand from the harbour. She thanked him for his time. He reminded her that the fund is empty.";

#[test]
fn who_only_asks_is_no_party() {
    let comparison = compare(&[INTERVIEW, RELEASE]);
    assert_eq!(talked(&comparison), ["Ada Lind", "Jon Tarn"]);
    assert!(!comparison.claims.iter().any(|claim| comparison.words(claim).contains("Did he listen")));
}

#[test]
fn he_and_she_are_told_apart_by_titles() {
    let comparison = compare(&[INTERVIEW, RELEASE]);
    assert_eq!(speaker(&comparison, "She thanked him"), Some("Ada Lind"));
    assert_eq!(speaker(&comparison, "He reminded her"), Some("Jon Tarn"));
}

const MINUTES: &str = "Dune Watch\n\nGovernor Jon Tarn received Ada Lind of the Dune Watch in his office, at her request. Ada Lind asked for a fence. \
    The Governor promised one by May.";

#[test]
fn who_asked_for_it_is_told_by_a_pronoun_and_how_they_met_by_any_word_for_it() {
    let comparison = compare(&[MINUTES, RELEASE]);
    let initiator = comparison.conversation.initiator.as_ref().map(|told| told.side.as_str());
    assert_eq!(initiator, Some("Dune Watch"));
    assert_eq!(comparison.conversation.medium, Medium::InPerson);
}

const CALL: &str = "Odalind Quarme, chair of the Brel League, rang Wennick Aurel of Hale Cables yesterday. She asked for the keys. \
    Odalind Quarme said that she needs them by noon. He refused. She warned him of a strike. He laughed.";
const ANSWER: &str = "Wennick Aurel of Hale Cables spoke with Odalind Quarme, chair of the Brel League. \
    Wennick Aurel said that he keeps the keys. She demanded them. He told her that they are his.";

#[test]
fn who_rings_asked_for_the_talk() {
    let comparison = compare(&[CALL, ANSWER]);
    assert_eq!(comparison.conversation.initiator.as_ref().map(|told| told.side.as_str()), Some("Brel League"));
    assert_eq!(comparison.conversation.medium, Medium::Telephone);
}

#[test]
fn of_two_whose_names_tell_nothing_one_is_he_and_one_is_she() {
    let comparison = compare(&[CALL, ANSWER]);
    assert_eq!(speaker(&comparison, "She warned him"), Some("Odalind Quarme"));
    assert_eq!(speaker(&comparison, "He told her"), Some("Wennick Aurel"));
}

const PARTY: &str = "The Baker's Blog\n\nWell, I saw Bruna Falk of the Hale Market on Monday. I asked her for the stall by the gate. \
    She told me that it is taken. I begged her for a roof. She promised a tent.";
const MARKET: &str = "HALE MARKET\n\nBruna Falk met the baker Otmar Grell on Monday. Bruna Falk explained to Otmar Grell that the stall by the \
    gate is let. Otmar Grell asked for a roof. Bruna Falk offered a tent.";

#[test]
fn who_says_i_and_signs_nothing_is_the_one_of_whom_the_text_does_not_speak() {
    let comparison = compare(&[PARTY, MARKET]);
    assert_eq!(talked(&comparison), ["Bruna Falk", "Otmar Grell"]);
    assert_eq!(speaker(&comparison, "I begged her"), Some("Otmar Grell"));
}

const FRIENDS: &str = "Dear all, Bruna and I talked for an hour. Bruna promised a tent. I thanked Bruna. She asked me for bread.\n\nOtmar Grell";

#[test]
fn a_given_name_is_that_of_the_only_one_who_bears_it() {
    let comparison = compare(&[FRIENDS, MARKET]);
    assert_eq!(talked(&comparison), ["Bruna Falk", "Otmar Grell"]);
    assert_eq!(speaker(&comparison, "Bruna promised"), Some("Bruna Falk"));
}

#[test]
fn initials_the_head_of_a_circular_and_one_who_says_who_he_is_tell_who_writes() {
    for (head, foot) in
        [("", "O. Grell, baker"), ("To all bakers, from Otmar Grell\n\n", ""), ("I am Otmar Grell, a baker. ", "")]
    {
        let own = format!(
            "{head}On Monday I met Bruna Falk of the Hale Market. I begged her for a roof. She promised a tent.\n\n{foot}"
        );
        let comparison = compare(&[&own, MARKET]);
        assert_eq!(talked(&comparison), ["Bruna Falk", "Otmar Grell"], "{own}");
        assert_eq!(speaker(&comparison, "I begged her"), Some("Otmar Grell"), "{own}");
    }
}
