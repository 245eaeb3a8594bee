//! Who talked and who said what, where no state takes part or a side tells it in the first person: letters, posts, interviews.

use std::sync::LazyLock;

use saywho::comparison::{Comparison, Options, Someone};
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
