//! Whole readings of small invented texts: who is found to speak, to whom, inside what, and what holds for any text.

use std::sync::LazyLock;
use std::time::Duration;

use proptest::prelude::*;
use saywho::reading::{Act, Attribution, AttributionType, EntityKind, Medium, Polarity};
use saywho::{Budget, Document, OutOfTime, Reader, Reading, Span, Weights};

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new().expect("the embedded weights"));

fn read(text: &str) -> Reading {
    READER.worker().read(Document::from_text("text", text))
}

/// How many attributions hold this one.
fn depth(reading: &Reading, attribution: &saywho::reading::Attribution) -> usize {
    let outer = attribution.inside.as_deref().and_then(|id| reading.attribution(id));
    outer.map_or(0, |outer| 1 + depth(reading, outer))
}

/// The speaker of the attribution whose content holds these words, the outermost first.
fn speaker_of(reading: &Reading, words: &str) -> String {
    let text = &reading.document.text;
    let holds = |a: &&saywho::reading::Attribution| a.content.iter().any(|c| c.of(text).contains(words));
    let found = reading.attributions.iter().find(holds).unwrap_or_else(|| panic!("nobody said {words:?}"));
    let speaker = found.speaker.as_deref().and_then(|id| reading.entity(id));
    speaker.map_or("nobody", |e| e.name.as_str()).to_owned()
}

#[test]
fn names_titles_and_pronouns_meet() {
    let reading = read(
        "Teo Vasca, the foreign minister of Sudovia, said on Monday that the ban stays.\n\n\
         He warned that the fleet would be turned back.\n\n\
         “We have waited long enough,” the foreign minister added.",
    );
    for words in ["the ban stays", "the fleet would be turned back", "We have waited long enough"] {
        assert_eq!(speaker_of(&reading, words), "Teo Vasca", "{words}");
    }
    let vasca = reading.entities.iter().find(|e| e.name == "Teo Vasca").unwrap();
    assert_eq!(vasca.side.as_deref(), Some("Sudovia"));
    assert!(vasca.mentions.len() >= 3);
}

#[test]
fn who_spoke_goes_on_whoever_was_spoken_of() {
    let reading = read(
        "Ada Lind, who studies ports at the University of Brel, said Ilse Maren’s plan was thin.\n\n\
         “I don’t see who pays for it,” she said.",
    );
    assert_eq!(speaker_of(&reading, "who pays for it"), "Ada Lind");
}

#[test]
fn what_stands_between_commas_tells_who_it_is() {
    let reading = read(
        "Teo Vasca spoke after a call with his Norrland counterpart, Ilse Maren. The fishermen’s union, citing two officials in the \
         Sudovian ministry, reported that the ban could be lifted. Its head, Bo Lund, said that the ban hurt. Maren’s office said that \
         it had no plan.\n\n\
         The two are to meet in Anholt next week, the Norrland ministry said. It added that lists would be exchanged before.",
    );
    assert_eq!(speaker_of(&reading, "the ban hurt"), "Bo Lund");
    assert_eq!(speaker_of(&reading, "lists would be exchanged"), "Norrland ministry");
    let lifted = reading
        .attributions
        .iter()
        .filter(|a| a.content.iter().any(|c| c.of(&reading.document.text).contains("lifted")));
    let chains: Vec<Vec<&str>> =
        lifted.map(|a| a.chain.iter().filter_map(|id| reading.entity(id)).map(|e| e.name.as_str()).collect()).collect();
    assert_eq!(chains.last().unwrap()[..], ["fishermen’s union", "two officials in the Sudovian ministry"]);
    let office = reading.entities.iter().find(|e| e.name == "Maren’s office").unwrap();
    assert_eq!(office.side.as_deref(), Some("Norrland"));
}

#[test]
fn a_report_on_a_call_between_invented_states() {
    let reading = read(
        "Norrland’s Foreign Minister Ilse Maren spoke on Tuesday with Foreign Minister Teo Vasca of Sudovia. According to a readout from \
         Vasca’s office, the minister told Maren that the fleet would stay.\n\n\
         “We did not discuss any withdrawal,” Vasca’s spokesman, Bo Tarn, told reporters in Hale.\n\n\
         Maren herself told Radio North that she was not surprised. “I asked him and got no answer,” she said.\n\n\
         The Sudovian daily Harbour Post, citing a source in the administration, reported on Wednesday that President Per Lund had not been \
         informed. Lund’s press secretary denied the report.\n\n\
         A senior official confirmed that an offer had been made. “They never answered it,” said the official, who asked not to be named.",
    );
    for (words, speaker) in [
        ("the fleet would stay", "Vasca’s office"),
        ("any withdrawal", "Bo Tarn"),
        ("not surprised", "Ilse Maren"),
        ("got no answer", "Ilse Maren"),
        ("had not been informed", "Harbour Post"),
        ("the report", "Lund’s press secretary"),
        ("They never answered it", "A senior official"),
    ] {
        assert_eq!(speaker_of(&reading, words), speaker, "{words}");
    }
    let side = |name: &str| reading.entities.iter().find(|e| e.name == name).and_then(|e| e.side.clone());
    assert_eq!(
        ["Ilse Maren", "Teo Vasca", "Vasca’s office", "Bo Tarn"].map(side),
        [
            Some("Norrland".to_owned()),
            Some("Sudovia".to_owned()),
            Some("Sudovia".to_owned()),
            Some("Sudovia".to_owned())
        ]
    );
    let talk = &reading.conversations[0];
    let names: Vec<&str> =
        talk.participants.iter().filter_map(|id| reading.entity(id)).map(|e| e.name.as_str()).collect();
    assert_eq!(names, ["Ilse Maren", "Teo Vasca"]);
}

#[test]
fn a_title_with_one_holder_is_hers_even_before_her_name() {
    let reading = read(
        "Norrland’s ambassador to Sudovia said Monday that microphones had been found in the residence. “I was not surprised,” Ambassador Ilse \
         Maren said. The two presidents, Norrland’s Bo Tarn and Sudovia’s Ada Lind, will speak on Wednesday. Lind said that she had agreed.",
    );
    assert_eq!(speaker_of(&reading, "microphones"), "Ilse Maren");
    let side = |name: &str| reading.entities.iter().find(|e| e.name == name).and_then(|e| e.side.clone());
    assert_eq!(side("Ilse Maren").as_deref(), Some("Norrland"));
    assert_eq!(side("Ada Lind").as_deref(), Some("Sudovia"));
}

#[test]
fn the_form_of_a_state_is_no_name() {
    let reading = read(
        "President of the Republic of Sudovia Teo Vasca had a telephone conversation with President of Norrland Ilse Maren. Vasca said \
         that the ban stays. “We are ready to talk,” he said after the call with Maren.",
    );
    let vasca = reading.entities.iter().find(|e| e.name == "Teo Vasca").unwrap();
    assert_eq!(vasca.side.as_deref(), Some("Sudovia"));
    assert!(!reading.entities.iter().any(|e| e.name == "Republic"));
    assert!(reading.attributions.iter().all(|a| a.addressee.is_none()));
}

#[test]
fn unnamed_sources_stay_unnamed() {
    let reading = read("Two officials in the port said that the drills would go on.");
    let speaker = reading.entities.iter().find(|e| e.kind == EntityKind::Unnamed).unwrap();
    assert_eq!(speaker.name, "Two officials in the port");
}

#[test]
fn what_is_said_inside_has_its_chain() {
    let reading = read("According to Ada Lind, Maren said she warned Vasca that the port was closed.");
    let deepest = reading.attributions.iter().map(|a| depth(&reading, a)).max();
    assert_eq!(deepest, Some(2), "{:#?}", reading.attributions);
    let inner = reading.attributions.last().unwrap();
    let names: Vec<&str> = inner.chain.iter().filter_map(|id| reading.entity(id)).map(|e| e.name.as_str()).collect();
    assert_eq!(names, ["Ada Lind", "Maren"]);
    let addressee = inner.addressee.as_deref().and_then(|id| reading.entity(id)).map(|e| e.name.as_str());
    assert_eq!(addressee, Some("Vasca"));
}

#[test]
fn denials_are_negated() {
    let reading = read("Mirela Dorn denied that an offer had been made.");
    assert_eq!(reading.attributions[0].polarity, Polarity::Negated);
}

#[test]
fn types_follow_the_quotation_marks() {
    let reading = read(
        "“The ban stays,” Teo Vasca said.\n\nMaren said the ban was “a wound” for her country.\n\nDorn said that it rained.",
    );
    let kinds: Vec<AttributionType> =
        reading.attributions.iter().filter(|a| a.inside.is_none()).map(|a| a.kind).collect();
    assert_eq!(kinds, [AttributionType::Direct, AttributionType::Mixed, AttributionType::Indirect]);
}

#[test]
fn nothing_said_gives_nothing() {
    let reading = read("The harbour of Brel has two piers and a lighthouse.");
    assert!(reading.attributions.is_empty() && reading.conversations.is_empty());
}

#[test]
fn empty_and_odd_texts_are_read() {
    for text in ["", " \n\t", "“", "”“”“", "said", ":", "🙂🙂", "\u{202e}abc", &"a".repeat(5000), &"“x ".repeat(400)]
    {
        check(&read(text));
    }
}

/// What holds for every reading.
fn check(reading: &Reading) {
    let text = &reading.document.text;
    for (i, a) in reading.attributions.iter().enumerate() {
        assert_eq!(a.id, format!("a{}", i + 1));
        // A quotation may stand by itself, and an account tells some things without a verb.
        let alone = a.told.is_some() || a.kind != AttributionType::Indirect;
        assert!((!a.cue.is_empty() || alone) && !a.content.is_empty(), "{a:?}");
        for part in [&a.source, &a.cue, &a.content] {
            assert!(part.iter().all(|s| !s.is_empty() && text.get(s.start..s.end).is_some()));
            assert!(part.windows(2).all(|w| w[0].end <= w[1].start));
        }
        // Outer before inner, and the chain ends with the speaker.
        if let Some(outer) = &a.inside {
            let outer = reading.attributions[..i].iter().find(|o| &o.id == outer).expect("the outer one comes before");
            // "This was reported by Radio North" holds the sentence before.
            let referred = outer.content.iter().all(|s| matches!(s.of(text), "This" | "That" | "It"));
            let held = |at: usize| outer.content.iter().any(|s| (s.start..s.end).contains(&at));
            let words = |s: &Span| {
                s.of(text)
                    .char_indices()
                    .filter(|(_, c)| c.is_alphanumeric())
                    .map(|(at, _)| s.start + at)
                    .collect::<Vec<_>>()
            };
            assert!(a.content.iter().flat_map(words).all(|at| held(at) || referred), "{a:?} lies outside of {outer:?}");
        }
        assert!(a.speaker.is_none() || a.chain.last() == a.speaker.as_ref());
        assert!((0.0..=1.0).contains(&a.confidence));
        for id in a.chain.iter().chain(&a.speaker).chain(&a.addressee) {
            assert!(reading.entity(id).is_some());
        }
    }
    let litter = reading.document.boilerplate.iter().map(|s| (s.start, s.end));
    let repairs = reading.document.repairs.iter().map(|r| (r.start, r.end));
    let dates = reading.document.dates.iter().map(|d| (d.start, d.end));
    for (start, end) in litter.chain(repairs).chain(dates) {
        assert!(text.get(start..end).is_some_and(|words| !words.is_empty()));
    }
    assert_eq!(reading.to_code_points().into_bytes().as_ref(), Ok(reading));
}

/// Sentences of reported speech with damage between them.
fn news() -> impl Strategy<Value = String> {
    let bit = prop_oneof![
        Just("Ilse Maren said that the ban stays."),
        Just("“We agree,” he told reporters."),
        Just("According to her, Vasca warned Norrland about the port."),
        Just("President Ilse Maren of Norrland spoke by telephone with President Teo Vasca of Sudovia."),
        Just("The presidents discussed the port, a new ferry, as well as the ban, which she said stays."),
        Just("“"),
        Just("”"),
        Just("\n\n"),
        Just("\r\n"),
        Just("Zoe\u{308} 🙂"),
        Just("שלום"),
        Just("informedthat"),
        Just("They met on Friday and on 4 March 2021, donâ€™t they, in nego-\ntiations"),
        Just("Radio North, citing two officials, reported that she had left."),
        Just("Leave a Reply"),
        Just("MAREN: no."),
    ];
    prop::collection::vec(bit, 0..10).prop_map(|bits| bits.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_news_gives_a_sound_reading(text in news()) {
        check(&read(&text));
    }

    #[test]
    fn any_text_gives_a_sound_reading(text in "\\PC{0,200}") {
        check(&read(&text));
    }
}

/// An extract may end anywhere.
#[test]
fn a_text_that_breaks_off_in_the_middle_is_read_to_its_end() {
    let text = "Foreign Minister of the Republic of Norrland Ilse Maren, Sen. J. Brandt and Omar al-Vasca of Sudovia’s Ministry for \
        Fisheries: “We agree,” Maren said in the U.S. Senate. QUESTION: Is the Secretary of State of a mind";
    let reader = Reader::with_weights(Weights::Fast).expect("the embedded weights");
    let mut worker = reader.worker();
    for (end, _) in text.char_indices() {
        let reading = worker.read(Document::from_text("extract", &text[..end]));
        assert_eq!(reading.document.text, text[..end]);
    }
}

#[test]
fn what_a_paper_took_over_from_a_wire_is_known_through_the_wire() {
    let text =
        "BREL, May 3 (Harbour Wire) - Teo Vasca, the foreign minister of Sudovia, said on Monday that the ban stays.";
    let chain_in = |publisher: Option<&str>| -> Vec<String> {
        let document = Document { publisher: publisher.map(str::to_owned), ..Document::from_text("text", text) };
        let reading = READER.worker().read(document);
        let chain = &reading.attributions[0].chain;
        chain.iter().filter_map(|id| reading.entity(id)).map(|e| e.name.clone()).collect()
    };
    assert_eq!(chain_in(Some("Tarn Herald")), ["Harbour Wire", "Teo Vasca"]);
    // Who publishes it is no link of its chains.
    for own in [None, Some("Harbour Wire"), Some("harbourwire.example"), Some("The Harbour Wire")] {
        assert_eq!(chain_in(own), ["Teo Vasca"], "{own:?}");
    }
}

/// Stopped at any stage, a reading is an error and the next one is whole.
#[test]
fn a_reading_whose_budget_is_spent_is_an_error_and_spoils_nothing() {
    let text = "“We agree,” Ilse Maren said. Teo Vasca, the minister, told her that the ban stays.\n\n".repeat(50);
    let document = || Document::from_text("note", text.as_str());
    let mut worker = READER.worker();
    let whole = worker.read(document());
    assert_eq!(worker.read_within(document(), &Budget::of(Duration::ZERO)), Err(OutOfTime));
    for pause in [0, 1, 5, 20, 80] {
        let budget = Budget::unlimited();
        let read = std::thread::scope(|scope| {
            let budget = &budget;
            scope.spawn(move || {
                std::thread::sleep(Duration::from_millis(pause));
                budget.cancel();
            });
            worker.read_within(document(), budget)
        });
        assert!(read.is_err() || read == Ok(whole.clone()));
    }
    assert_eq!(worker.read_within(document(), &Budget::unlimited()), Ok(whole));
}

/// What lies inside an attribution is held by its content, word by word.
#[test]
fn the_content_of_an_inner_attribution_lies_in_that_of_the_outer_one() {
    let texts = [
        "Maren’s aides cited remarks Vasca had made about her as examples of his contempt for Norrland.",
        "Radio North, citing two officials, said that Vasca believes the ban stays.",
        "Teo Vasca said the ban stays. This was reported by Radio North.",
        "Maren said that Vasca had told her that Tarn wanted the ban to stay and stressed that it is fair.",
    ];
    for text in texts {
        check(&read(text));
    }
}

#[test]
fn the_words_that_name_the_addressee_stand_beside_source_and_cue() {
    let text = "Ilse Maren told the harbour board on Monday that the pier is safe. The crews had been warned by Teo Vasca that it was not.";
    let reading = read(text);
    let recipients = |words: &str| {
        let holds = |a: &&saywho::reading::Attribution| a.content.iter().any(|c| c.of(text).contains(words));
        let found = reading.attributions.iter().find(holds).expect("an attribution");
        found.recipient.iter().map(|span| span.of(text)).collect::<Vec<_>>()
    };
    assert_eq!(recipients("the pier is safe"), ["the harbour board"]);
    assert_eq!(recipients("it was not"), ["The crews"]);
}

#[test]
fn before_whom_it_was_said_and_in_which_conversation() {
    let text = "Foreign Minister Ilse Maren of Norrland spoke by telephone with Foreign Minister Teo Vasca of Sudovia on Friday. \
        Maren told Vasca that the ban must end. On Monday Vasca said before the Harbour Council that the ban stays. He said \
        before Easter that it would end.";
    let reading = read(text);
    let of = |words: &str| {
        let holds = |a: &&saywho::reading::Attribution| a.content.iter().any(|span| span.of(text).contains(words));
        reading.attributions.iter().find(holds).unwrap_or_else(|| panic!("nothing holds {words:?}"))
    };
    let name = |id: &Option<String>| id.as_deref().and_then(|id| reading.entity(id)).map(|e| e.name.as_str());
    assert_eq!(of("must end").conversation.as_deref(), Some("c1"));
    assert_eq!(name(&of("the ban stays").audience), Some("Harbour Council"));
    assert_eq!(name(&of("it would end").audience), None);
}

#[test]
fn a_report_may_tell_of_several_conversations() {
    let reading = read(
        "President Ilse Maren of Norrland spoke by telephone with President Teo Vasca of Sudovia on 3 May 2034. Maren told Vasca that \
         the ban must end. A day earlier, on 2 May 2034, President Maren met Prime Minister Jon Tarn of Kestria in Ostin. Tarn told \
         Maren that Kestria would send grain.",
    );
    let names = |i: usize| -> Vec<&str> {
        let participants = reading.conversations[i].participants.iter();
        participants.map(|id| reading.entity(id).unwrap().name.as_str()).collect()
    };
    assert_eq!(reading.conversations.len(), 2);
    assert_eq!((names(0), names(1)), (vec!["Ilse Maren", "Teo Vasca"], vec!["Ilse Maren", "Jon Tarn"]));
    let [phone, meeting] = &reading.conversations[..] else { unreachable!() };
    assert_eq!((phone.medium, meeting.medium), (Medium::Telephone, Medium::InPerson));
    assert_eq!((phone.date.as_deref(), meeting.date.as_deref()), (Some("2034-05-03"), Some("2034-05-02")));
    let of = |words: &str| {
        let said = |a: &&Attribution| a.content.iter().any(|c| c.of(&reading.document.text).contains(words));
        reading.attributions.iter().find(said).unwrap().conversation.as_deref()
    };
    assert_eq!((of("must end"), of("grain")), (Some("c1"), Some("c2")));
}

#[test]
fn where_two_talk_what_one_says_goes_to_the_other() {
    let reading = read(
        "President Ilse Maren of Norrland spoke by telephone with President Teo Vasca of Sudovia. She demanded an end to the fish \
         ban. The two presidents discussed grain.",
    );
    let heard = |act: Act| {
        let told = reading.attributions.iter().find(|a| a.act == act).unwrap();
        let name = told.addressee.as_deref().and_then(|id| reading.entity(id)).map(|e| e.name.as_str());
        (name, told.addressee_inferred)
    };
    assert_eq!(heard(Act::Demand), (Some("Teo Vasca"), true));
    assert_eq!(heard(Act::Discuss), (None, false));
}
