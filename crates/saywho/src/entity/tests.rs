//! Who is meant, on small invented texts whose attributions are given: what the model would find is not in question here.

use super::{Cast, EntityId, cast};
use crate::Span;
use crate::attribution::{AttributionId, Attributions, Found};
use crate::knowledge::Knowledge;
use crate::reading::EntityKind;
use crate::table::Place as _;
use crate::text::{Text, TokenId};

/// An attribution by its words: source, cue, content and the number of the one it is inside.
type Said<'w> = (&'w str, &'w str, &'w str, Option<usize>);

/// A text with its cast, to be asked.
struct Scene {
    chains: Vec<Vec<String>>,
    speakers: Vec<Option<String>>,
    addressees: Vec<Option<String>>,
    inferred: Vec<bool>,
    kinds: Vec<Option<EntityKind>>,
    sides: Vec<Option<String>>,
    roles: Vec<Vec<String>>,
}

fn scene_with(knowledge: &Knowledge, whole: &str, said: &[Said]) -> Scene {
    let text = Text::new(whole);
    // Words are looked for from the cue of the attribution before, so that "he said" may stand twice.
    let mut from = 0;
    let found: Attributions = said
        .iter()
        .map(|&(source, cue, content, inside)| {
            let near = |words: &str, from: usize| {
                let start = whole[from..].find(words).map(|at| at + from).or_else(|| whole.find(words));
                start.unwrap_or_else(|| panic!("{words:?} is not in the text"))
            };
            let tokens = |words: &str, from: usize| -> Vec<TokenId> {
                if words.is_empty() {
                    return Vec::new();
                }
                let start = near(words, from);
                text.tokens_in(Span::new(start, start + words.len())).iter().collect()
            };
            let clause = format!("{source} {cue}");
            let at = if whole[from..].contains(&clause) { near(&clause, from) } else { from };
            let f = Found {
                source: tokens(source, at),
                cue: tokens(cue, at),
                content: tokens(content, from),
                inside: inside.map(AttributionId::new),
                ..Found::default()
            };
            from = at;
            f
        })
        .collect();
    let (cast, voices) = cast(&text, &found, knowledge, None);
    let name = |cast: &Cast, e: Option<EntityId>| e.map(|e| cast.book.drafts[e].name.clone());
    let speaker = |i: usize| voices[AttributionId::new(i)].speaker.map(|e| &cast.book.drafts[e]);
    let names = |chain: &[EntityId]| chain.iter().map(|&e| cast.book.drafts[e].name.clone()).collect();
    Scene {
        chains: voices.iter().map(|v| names(&v.chain)).collect(),
        speakers: voices.iter().map(|v| name(&cast, v.speaker)).collect(),
        addressees: voices.iter().map(|v| name(&cast, v.addressee)).collect(),
        inferred: voices.iter().map(|v| v.addressee_inferred).collect(),
        kinds: (0..said.len()).map(|i| speaker(i).map(|d| d.kind)).collect(),
        sides: (0..said.len()).map(|i| speaker(i).and_then(|d| d.side.clone())).collect(),
        roles: (0..said.len()).map(|i| speaker(i).map(|d| d.roles.clone()).unwrap_or_default()).collect(),
    }
}

fn scene(whole: &str, said: &[Said]) -> Scene {
    scene_with(&Knowledge::empty(), whole, said)
}

fn speaker(whole: &str, said: &[Said]) -> String {
    scene(whole, said).speakers.pop().flatten().unwrap_or_default()
}

fn addressee(whole: &str, said: &[Said]) -> Option<String> {
    scene(whole, said).addressees.pop().flatten()
}

#[test]
fn given_names_tell_he_from_she() {
    let whole = "Ilse Maren met Teo Vasca. He said the ban stays.";
    assert_eq!(speaker(whole, &[("He", "said", "the ban stays", None)]), "Teo Vasca");
    let whole = "Ilse Maren met Teo Vasca. She said the ban stays.";
    assert_eq!(speaker(whole, &[("She", "said", "the ban stays", None)]), "Ilse Maren");
}

#[test]
fn whoever_is_quoted_is_not_the_he_of_the_quotation() {
    let whole = "Teo Vasca spoke first. “He wants peace,” said Karl Brandt.";
    let said = [("Karl Brandt", "said", "“He wants peace,”", None), ("He", "wants", "peace", Some(0))];
    assert_eq!(speaker(whole, &said), "Teo Vasca");
}

#[test]
fn whoever_is_told_of_is_the_he_of_the_content() {
    let whole = "Teo Vasca spoke first. Karl Brandt said that he wants peace.";
    let said = [("Karl Brandt", "said", "that he wants peace", None), ("he", "wants", "peace", Some(0))];
    assert_eq!(speaker(whole, &said), "Karl Brandt");
}

#[test]
fn we_and_you_in_a_quotation() {
    let whole = "“We know what you want,” Ilse Maren told Teo Vasca.";
    let said = [
        ("Ilse Maren", "told", "“We know what you want,”", None),
        ("We", "know", "what you want", Some(0)),
        ("you", "want", "what", Some(1)),
    ];
    let scene = scene(whole, &said);
    assert_eq!(scene.speakers[1].as_deref(), Some("we"));
    assert_eq!(scene.kinds[1], Some(EntityKind::Unnamed));
    assert_eq!(scene.addressees[0].as_deref(), Some("Teo Vasca"));
}

#[test]
fn two_are_one_group_whatever_their_order() {
    let whole = "Ilse Maren and Teo Vasca said they agree. Teo Vasca and Ilse Maren added thanks. The two leaders promised peace.";
    let said = [
        ("Ilse Maren and Teo Vasca", "said", "they agree", None),
        ("Teo Vasca and Ilse Maren", "added", "thanks", None),
        ("The two leaders", "promised", "peace", None),
    ];
    let scene = scene(whole, &said);
    assert!(scene.speakers.iter().all(|s| s.as_deref() == Some("Ilse Maren and Teo Vasca")), "{:?}", scene.speakers);
    assert_eq!(scene.kinds[2], Some(EntityKind::Group));
}

#[test]
fn bodies_named_together_keep_their_words() {
    let whole = "The Harbour Post and the Brel newspaper chain asked for the records.";
    let said = [("The Harbour Post and the Brel newspaper chain", "asked for", "the records", None)];
    assert_eq!(speaker(whole, &said), "Harbour Post and the Brel newspaper chain");
}

#[test]
fn relatives_have_names_and_genders() {
    let whole = "Teo Vasca came with his wife, Ada Lind, on Monday. His wife said it rained. Later she said it snowed.";
    let said = [("His wife", "said", "it rained", None), ("she", "said", "it snowed", None)];
    let scene = scene(whole, &said);
    assert_eq!(scene.speakers, [Some("Ada Lind".to_owned()), Some("Ada Lind".to_owned())]);
    assert_eq!(scene.roles[0], ["wife"]);
    let whole = "My mother was a nurse. Teo Vasca knew her. She often said that it rains.";
    assert_eq!(speaker(whole, &[("She", "said", "that it rains", None)]), "My mother");
}

#[test]
fn who_is_the_people_before_it() {
    let whole = "There are people all over Norrland who think that it rains.";
    assert_eq!(speaker(whole, &[("who", "think", "that it rains", None)]), "people");
    let whole = "Teo Vasca, who thinks that it rains, left.";
    assert_eq!(speaker(whole, &[("who", "thinks", "that it rains", None)]), "Teo Vasca");
}

#[test]
fn officials_told_of_again_are_the_same() {
    let whole = "Two officials in the port said it rains. The officials added that it snows.";
    let said =
        [("Two officials in the port", "said", "it rains", None), ("The officials", "added", "that it snows", None)];
    assert_eq!(speaker(whole, &said), "Two officials in the port");
}

#[test]
fn spellings_of_one_name_are_one_person() {
    let whole = "Anthony Maresky arrived. Antony Mareskyy said it rains. Mareskiy added that it snows.";
    let said = [("Antony Mareskyy", "said", "it rains", None), ("Mareskiy", "added", "that it snows", None)];
    let speakers = scene(whole, &said).speakers;
    assert_eq!(speakers, [Some("Anthony Maresky".to_owned()), Some("Anthony Maresky".to_owned())]);
}

#[test]
fn what_is_left_out_is_told_by_the_clause_before() {
    let whole = "“It never crossed my mind that it rains,” said Ilse Maren.";
    let said = [
        ("Ilse Maren", "said", "“It never crossed my mind that it rains,”", None),
        ("", "crossed my mind", "that it rains", Some(0)),
    ];
    assert_eq!(speaker(whole, &said), "Ilse Maren");
    let whole = "Ilse Maren asked Teo Vasca to explain the ban.";
    let said = [("Ilse Maren", "asked", "to explain the ban", None), ("", "to explain", "the ban", Some(0))];
    assert_eq!(speaker(whole, &said), "Teo Vasca");
}

#[test]
fn outlets_and_their_programmes_are_spoken_to() {
    let whole = "Ilse Maren told Radio North’s “Morning Hour” that the ban stays.";
    let to = addressee(whole, &[("Ilse Maren", "told", "that the ban stays", None)]);
    assert_eq!(to.as_deref(), Some("Radio North’s “Morning Hour”"));
    let whole = "Ilse Maren told Radio North’s Ada Lind that the ban stays.";
    let to = addressee(whole, &[("Ilse Maren", "told", "that the ban stays", None)]);
    assert_eq!(to.as_deref(), Some("Ada Lind"));
}

#[test]
fn some_of_many_are_spoken_to_and_what_they_are_told_of_is_not() {
    let whole = "Ilse Maren told one of her envoys that the ban stays.";
    let to = addressee(whole, &[("Ilse Maren", "told", "that the ban stays", None)]);
    assert_eq!(to.as_deref(), Some("one of her envoys"));
    let whole = "Ilse Maren informed the envoys of the ban.";
    let to = addressee(whole, &[("Ilse Maren", "informed", "of the ban", None)]);
    assert_eq!(to.as_deref(), Some("the envoys"));
}

#[test]
fn an_office_belongs_to_the_name_between_commas_behind_it() {
    for office in ["Sudovia’s foreign minister", "The Sudovian foreign minister", "The foreign minister of Sudovia"] {
        let whole = format!(
            "Sudovian boats left. {office}, Teo Vasca, said the ban stays. Ilse Maren asked Sudovia’s foreign minister to wait."
        );
        let source = format!("{office}, Teo Vasca,");
        let said = [(source.as_str(), "said", "the ban stays", None), ("Ilse Maren", "asked", "to wait", None)];
        let scene = scene(&whole, &said);
        assert_eq!(scene.sides[0].as_deref(), Some("Sudovia"), "{office}");
        assert_eq!(scene.speakers[0].as_deref(), Some("Teo Vasca"), "{office}");
        assert_eq!(scene.addressees[1].as_deref(), Some("Teo Vasca"), "{office}");
    }
}

#[test]
fn what_someone_did_behind_a_comma_is_no_office_of_theirs() {
    let whole = "The minister of Norrland, Ilse Maren, met Sudovia’s foreign minister, Teo Vasca. Maren said the ban stays. \
        Bo Tarn spoke with Ada Lind, President of Westmark. Lind said it may end.";
    let said = [("Maren", "said", "the ban stays", None), ("Lind", "said", "it may end", None)];
    let scene = scene(whole, &said);
    assert_ne!(scene.sides[0].as_deref(), Some("Sudovia"));
    assert_eq!(scene.sides[1].as_deref(), Some("Westmark"));
}

#[test]
fn a_pronoun_in_the_cue_is_spoken_to_and_a_clause_is_no_part_of_a_name() {
    let whole = "Ilse Maren met Teo Vasca. Maren told him that the ban stays. Two officials in Brel, who were there, said it goes.";
    let said =
        [("Maren", "told him", "that the ban stays", None), ("Two officials in Brel, who", "said", "it goes", None)];
    let scene = scene(whole, &said);
    assert_eq!(scene.addressees[0].as_deref(), Some("Teo Vasca"));
    assert_eq!(scene.speakers[1].as_deref(), Some("Two officials in Brel"));
}

#[test]
fn what_somebody_does_is_no_office() {
    let whole =
        "Sudovia’s president, Teo Vasca, urged Norrland’s president, Ilse Maren, to come. Vasca said it was late.";
    let scene = scene(whole, &[("Vasca", "said", "it was late", None)]);
    assert_eq!(scene.roles[0], ["president"]);
    assert_eq!(scene.sides[0].as_deref(), Some("Sudovia"));
}

#[test]
fn someone_known_by_a_title_alone_is_none_of_the_candidates() {
    let whole = "Jon Tarn and Teo Vasca spoke of the war. The former first lady and Brel senator said it was over. Ada Lind asked the candidates to explain themselves.";
    let said = [
        ("The former first lady and Brel senator", "said", "it was over", None),
        ("Ada Lind", "asked", "to explain themselves", None),
    ];
    assert_eq!(addressee(whole, &said).as_deref(), Some("Jon Tarn and Teo Vasca"));
}

#[test]
fn things_are_not_spoken_to() {
    let whole = "Ilse Maren questioned the very need to lift the ban.";
    assert_eq!(addressee(whole, &[("Ilse Maren", "questioned", "the very need to lift the ban", None)]), None);
}

#[test]
fn a_speech_and_a_letter_have_an_addressee() {
    let whole = "Teo Vasca spoke to a gathering of fishers, promising to lift the ban.";
    let to = addressee(whole, &[("Teo Vasca", "promising", "to lift the ban", None)]);
    assert_eq!(to.as_deref(), Some("a gathering of fishers"));
    let whole = "Teo Vasca said in a letter to the council that the ban stays.";
    let to = addressee(whole, &[("Teo Vasca", "said", "that the ban stays", None)]);
    assert_eq!(to.as_deref(), Some("council"));
}

#[test]
fn whoever_is_called_by_name_is_spoken_to() {
    let whole = "Teo Vasca waited. “That is right, Teo,” said Ilse Maren.";
    let scene = scene(whole, &[("Ilse Maren", "said", "“That is right, Teo,”", None)]);
    assert_eq!(scene.addressees[0], None, "a comma may be that of a list");
    let whole = "Teo Vasca waited. “That is right, Teo!” said Ilse Maren.";
    let to = addressee(whole, &[("Ilse Maren", "said", "“That is right, Teo!”", None)]);
    assert_eq!(to.as_deref(), Some("Teo Vasca"));
}

#[test]
fn answers_go_to_who_asked_and_are_marked_as_inferred() {
    let whole = "“Is it true?” asked Ada Lind. “It is,” Teo Vasca replied.";
    let said = [("Ada Lind", "asked", "“Is it true?”", None), ("Teo Vasca", "replied", "“It is,”", None)];
    let scene = scene(whole, &said);
    assert_eq!(scene.addressees[1].as_deref(), Some("Ada Lind"));
    assert_eq!(scene.inferred, [false, true]);
}

#[test]
fn a_seat_of_government_is_a_body_of_its_state() {
    let rows = "state\tNORR\t\tNorrland\t\tNorrish\tBrel\tGrey House\t\tmine\t2026";
    let knowledge = Knowledge::empty().with_added(rows).unwrap();
    let whole = "The Grey House said that the ban stays. Brel agreed to wait.";
    let said = [("The Grey House", "said", "that the ban stays", None), ("Brel", "agreed", "to wait", None)];
    let scene = scene_with(&knowledge, whole, &said);
    assert_eq!(scene.speakers, [Some("Grey House".to_owned()), Some("Norrland".to_owned())]);
    assert_eq!(scene.kinds, [Some(EntityKind::Organisation), Some(EntityKind::State)]);
    assert_eq!(scene.sides[0].as_deref(), Some("Norrland"));
}

#[test]
fn an_outlet_that_was_told_is_the_first_link() {
    let whole = "Teo Vasca told Radio North that the ban stays.";
    let scene = scene(whole, &[("Teo Vasca", "told", "that the ban stays", None)]);
    assert_eq!(scene.addressees[0].as_deref(), Some("Radio North"));
    assert_eq!(scene.chains[0], ["Radio North", "Teo Vasca"]);
}

#[test]
fn a_surname_may_be_the_name_of_a_capital() {
    let knowledge = Knowledge::empty().with_added("state\tNORR\t\tNorrland\t\t\tBrel\t\t\tmine\t2026").unwrap();
    let whole = "Ada Brel arrived. On Monday Brel said that it rains.";
    let scene = scene_with(&knowledge, whole, &[("Brel", "said", "that it rains", None)]);
    assert_eq!(scene.speakers[0].as_deref(), Some("Ada Brel"));
}

#[test]
fn an_age_is_another_word_for_he_or_she() {
    let whole = "Ilse Maren said it rains. The 34-year-old mother of three added that it snows.";
    let said =
        [("Ilse Maren", "said", "it rains", None), ("The 34-year-old mother of three", "added", "that it snows", None)];
    assert_eq!(scene(whole, &said).speakers[1].as_deref(), Some("Ilse Maren"));
}

#[test]
fn what_someone_has_written_she_has_said() {
    let whole = "Ilse Maren arrived. Ilse Maren’s tweet mocked the drills. Ilse Maren’s ministry denied it.";
    let said = [("Ilse Maren’s tweet", "mocked", "the drills", None), ("Ilse Maren’s ministry", "denied", "it", None)];
    let scene = scene(whole, &said);
    assert_eq!(scene.speakers[0].as_deref(), Some("Ilse Maren"));
    assert_ne!(scene.speakers[1].as_deref(), Some("Ilse Maren"));
}

#[test]
fn whoever_thinks_aloud_is_not_the_he_of_the_thought() {
    let whole = "Teo Vasca spoke first. “I think that he wants the harbour,” Jan Kolb said.";
    let said = [
        ("Jan Kolb", "said", "I think that he wants the harbour", None),
        ("I", "think", "that he wants the harbour", Some(0)),
        ("he", "wants", "the harbour", Some(1)),
    ];
    assert_eq!(scene(whole, &said).speakers[2].as_deref(), Some("Teo Vasca"));
}

#[test]
fn an_interview_told_of_before_has_its_partner() {
    let whole = "Ilse Maren spoke in an interview with Radio North. Maren noted the rule in the interview last week.";
    let said = [("Maren", "noted", "the rule", None)];
    assert_eq!(addressee(whole, &said).as_deref(), Some("Radio North"));
}

#[test]
fn one_may_tell_oneself() {
    let whole = "Ilse Maren told herself that it would pass.";
    assert_eq!(addressee(whole, &[("Ilse Maren", "told", "that it would pass", None)]).as_deref(), Some("Ilse Maren"));
}

#[test]
fn a_title_and_a_name_call_someone() {
    let whole = "Ada Lind asked, “Minister Vasca, do you think it rains?”";
    let said = [
        ("Ada Lind", "asked", "“Minister Vasca, do you think it rains?”", None),
        ("you", "think", "it rains", Some(0)),
    ];
    let scene = scene(whole, &said);
    assert_eq!((scene.addressees[0].as_deref(), scene.speakers[1].as_deref()), (Some("Vasca"), Some("Vasca")));
}

#[test]
fn what_stands_before_a_participle_tells() {
    let whole = "Ilse Maren cited published reports claiming that it rains.";
    let said = [
        ("Ilse Maren", "cited", "published reports claiming that it rains", None),
        ("", "claiming", "that it rains", Some(0)),
    ];
    assert_eq!(speaker(whole, &said), "published reports");
}

#[test]
fn a_pronoun_and_others_are_told_by_name() {
    let whole = "Teo Vasca spoke. Ada Lind asked about a pledge he and other envoys made to resign.";
    let said = [
        ("Ada Lind", "asked", "about a pledge he and other envoys made to resign", None),
        ("he and other envoys", "made", "to resign", Some(0)),
    ];
    assert_eq!(speaker(whole, &said), "Teo Vasca and other envoys");
}

#[test]
fn a_group_told_of_again_with_another_word_is_the_same() {
    let whole = "Nine towns led by Brel said no. The suing towns said it rains. The Sudovian towns said yes.";
    let said = [("Nine towns led by Brel", "said", "no", None), ("The suing towns", "said", "it rains", None)];
    assert_eq!(speaker(whole, &said), "Nine towns led by Brel");
}

#[test]
fn officials_told_of_again_in_fewer_words_are_the_same() {
    let whole = "Senior harbour officials said no. The harbour officials said it rains. Other officials said yes.";
    let first = ("Senior harbour officials", "said", "no", None);
    assert_eq!(
        speaker(whole, &[first, ("The harbour officials", "said", "it rains", None)]),
        "Senior harbour officials"
    );
    assert_eq!(speaker(whole, &[first, ("Other officials", "said", "yes", None)]), "Other officials");
}

#[test]
fn two_offices_are_two_persons() {
    let whole = "President Ilse Maren met Vice President Teo Vasca. The President and Vice President said it rains.";
    let said = [("The President and Vice President", "said", "it rains", None)];
    assert_eq!(speaker(whole, &said), "Ilse Maren and Teo Vasca");
}

#[test]
fn the_company_is_the_body_named_last() {
    let whole = "The Tarn Group built it. The company said it rains.";
    assert_eq!(speaker(whole, &[("The company", "said", "it rains", None)]), "Tarn Group");
    let whole = "The Tarn Group built it. The government said it rains.";
    assert_eq!(speaker(whole, &[("The government", "said", "it rains", None)]), "government");
}

#[test]
fn nobody_is_introduced_by_a_surname_alone() {
    let whole = "Mr Teo Vasca bought a boat from Halvex. Halvex said it floats. Vasca said it sinks.";
    let said = [("Halvex", "said", "it floats", None), ("Vasca", "said", "it sinks", None)];
    assert_eq!(scene(whole, &said).kinds, [Some(EntityKind::Organisation), Some(EntityKind::Person)]);
}
