//! Transcripts, lines that set words beside a name, and what stands around a report: small invented texts with the reading
//! that a person would give them, and what holds for any text.

use std::sync::LazyLock;

use proptest::prelude::*;
use saywho::reading::{Act, Attribution, AttributionType, EntityKind};
use saywho::{Document, Reader, Reading};
use saywho_english::text::Text;
use saywho_english::text::structure::Turn;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new().expect("the embedded weights"));

fn read(text: &str) -> Reading {
    READER.worker().read(Document::from_text("text", text))
}

fn words<'r>(reading: &'r Reading, spans: &[saywho::Span]) -> Vec<&'r str> {
    spans.iter().map(|span| span.of(&reading.document.text)).collect()
}

fn name<'r>(reading: &'r Reading, id: Option<&str>) -> &'r str {
    id.and_then(|id| reading.entity(id)).map_or("nobody", |e| e.name.as_str())
}

fn outermost(reading: &Reading) -> impl Iterator<Item = &Attribution> {
    reading.attributions.iter().filter(|a| a.inside.is_none())
}

/// (speaker, addressee, content) of the outermost attributions.
fn said(reading: &Reading) -> Vec<(&str, &str, String)> {
    outermost(reading)
        .map(|a| {
            let content = words(reading, &a.content).join(" | ");
            (name(reading, a.speaker.as_deref()), name(reading, a.addressee.as_deref()), content)
        })
        .collect()
}

fn rows<'r>(said: &'r [(&'r str, &'r str, String)]) -> Vec<(&'r str, &'r str, &'r str)> {
    said.iter().map(|(speaker, to, content)| (*speaker, *to, content.as_str())).collect()
}

const BRIEFING: &str = "Foreign Ministry Briefing – May 3\n\nMirela Dorn, Ministry Spokesperson\n\nBrel\n\n2:06 p.m.\n\n\
    MS DORN: Good afternoon, everyone. One item at the top.\n\n\
    Yesterday Foreign Minister Ilse Maren told the envoys of Sudovia that the ban must go.\n\n(Laughter.)\n\n\
    QUESTION: You said last week that the ban would stay. Why the change?\n\n\
    MS DORN: I said that we hoped for talks. (Inaudible.) He has not answered.\n\n\
    QUESTION: Thank you.\n\n(The briefing was concluded at 3:02 p.m.)\n\n# # #";

#[test]
fn an_embedded_post_is_its_authors() {
    let below = "Boats wait at Hale\n\nIlse Maren said on Monday that the ban stays.\n\nWe never agreed to this. The boats must pass.\n\n\
        — Teo Vasca (@teovasca) April 2, 2031\n\nThe boats have waited since March.";
    let behind = "Boats wait at Hale\n\nIlse Maren said on Monday that the ban stays.\n\nWe never agreed to this. The boats must pass. \
        — Teo Vasca (@teovasca) April 2, 2031\n\nThe boats have waited since March.";
    for text in [below, behind] {
        let reading = read(text);
        let said = said(&reading);
        let post = ("Teo Vasca", "nobody", "We never agreed to this. The boats must pass");
        assert!(rows(&said).iter().any(|row| row.0 == post.0 && row.2.starts_with(post.2)), "{said:?}");
        let kind = outermost(&reading).find(|a| words(&reading, &a.content)[0].starts_with("We never")).map(|a| a.kind);
        assert_eq!(kind, Some(AttributionType::Direct));
    }
}

#[test]
fn every_turn_of_a_briefing_has_its_speaker() {
    let reading = read(BRIEFING);
    let said = said(&reading);
    let want = [
        (
            "Mirela Dorn",
            "nobody",
            "Good afternoon, everyone. One item at the top.\n\nYesterday Foreign Minister Ilse Maren told the envoys of Sudovia that the ban must go.",
        ),
        ("QUESTION", "Mirela Dorn", "You said last week that the ban would stay. Why the change?"),
        ("Mirela Dorn", "QUESTION", "I said that we hoped for talks. | He has not answered."),
        ("QUESTION", "Mirela Dorn", "Thank you."),
    ];
    assert_eq!(rows(&said), want);
    let dorn = reading.entities.iter().find(|e| e.name == "Mirela Dorn").expect("named in the heading");
    assert_eq!((dorn.kind, dorn.roles.join("; ")), (EntityKind::Person, "Ministry Spokesperson".to_owned()));
    assert!(outermost(&reading).all(|a| a.confidence == 1.0 && a.kind == AttributionType::Direct));
    let question = outermost(&reading).nth(1).map(|a| (a.act, words(&reading, &a.source), words(&reading, &a.cue)));
    assert_eq!(question, Some((Act::Ask, vec!["QUESTION"], vec![":"])));
}

#[test]
fn what_is_told_in_a_turn_lies_inside_it() {
    let reading = read(BRIEFING);
    let told =
        reading.attributions.iter().find(|a| words(&reading, &a.cue) == ["told"]).expect("Maren told the envoys");
    assert_eq!(name(&reading, told.speaker.as_deref()), "Ilse Maren");
    let chain: Vec<&str> = told.chain.iter().map(|id| name(&reading, Some(id))).collect();
    assert_eq!(chain, ["Mirela Dorn", "Ilse Maren"]);
    assert!(told.confidence < 1.0);
}

#[test]
fn i_is_the_speaker_and_you_the_one_spoken_to() {
    let reading = read(BRIEFING);
    for (source, want) in [("You", "Mirela Dorn"), ("I", "Mirela Dorn")] {
        let found = reading.attributions.iter().find(|a| words(&reading, &a.source) == [source]);
        let found = found.unwrap_or_else(|| panic!("{source} said something"));
        assert_eq!(name(&reading, found.speaker.as_deref()), want, "{source}");
    }
}

#[test]
fn labels_of_many_kinds_meet_in_one_person() {
    let reading = read(
        "President Ilse Maren and the foreign minister of Sudovia met the press in Brel.\n\n\
         THE PRESIDENT: The ban must go.\n\nQ    Mr. Vasca says it stays.\n\nTHE PRESIDENT: He is wrong.\n\n\
         MINISTER VASCA (via interpreter): It stays where it is.\n\nPRESIDENT MAREN: It does not.\n\n\
         UNIDENTIFIED MALE: Go home!\n\nTEO VASCA, FOREIGN MINISTER OF SUDOVIA: Let him speak.",
    );
    let speakers: Vec<&str> = outermost(&reading).map(|a| name(&reading, a.speaker.as_deref())).collect();
    let (maren, vasca) = ("Ilse Maren", "Teo Vasca");
    assert_eq!(speakers, [maren, "Q", maren, vasca, maren, "UNIDENTIFIED MALE", vasca]);
    let vasca = reading.entities.iter().find(|e| e.name == vasca).expect("he speaks twice");
    assert_eq!(vasca.side.as_deref(), Some("Sudovia"));
    assert!(vasca.roles.iter().any(|r| r == "Foreign Minister of Sudovia"), "{:?}", vasca.roles);
}

#[test]
fn a_title_and_a_surname_name_a_known_office_holder() {
    let reading = read("SECRETARY BLINKEN: Good morning.\n\nQUESTION: What now?\n\nSECRETARY BLINKEN: We talk.");
    let speaker = reading.entities.iter().find(|e| e.kind == EntityKind::Person).expect("the secretary");
    assert_eq!((speaker.name.as_str(), speaker.side.as_deref()), ("Antony Blinken", Some("United States")));
}

#[test]
fn an_interview_alternates() {
    let reading = read(
        "Ilse Maren spoke with us about the ban.\n\nQ. Will it go?\nA. It must.\n\nQ. When?\nA. By May. I promised the crews that it would.",
    );
    let said = said(&reading);
    assert_eq!(
        rows(&said[said.len() - 4..]),
        [
            ("Q", "Ilse Maren", "Will it go?"),
            ("Ilse Maren", "Q", "It must."),
            ("Q", "Ilse Maren", "When?"),
            ("Ilse Maren", "Q", "By May. I promised the crews that it would."),
        ]
    );
    let read_names = read(
        "**Radio North:** Will the ban go?\n\n**Ilse Maren:** It must go by May.\n\n**Radio North:** Who says so?\n\n**Ilse Maren:** The crews do.",
    );
    let speakers: Vec<&str> = outermost(&read_names).map(|a| name(&read_names, a.speaker.as_deref())).collect();
    assert_eq!(speakers, ["Radio North", "Ilse Maren", "Radio North", "Ilse Maren"]);
}

#[test]
fn a_meeting_is_read_name_by_name() {
    let reading = read(
        "Meeting with President of Norrland Ilse Maren\n\nMay 3\n\nPresident of Sudovia Teo Vasca: Ms Maren, colleagues,\n\n\
         I am glad to see you here. Our experts believe that the ban helps.\n\nIlse Maren: Thank you. I told the press that I would come.\n\n\
         Teo Vasca: You said it on Monday.",
    );
    let said = said(&reading);
    let both: Vec<(&str, &str)> = said.iter().map(|s| (s.0, s.1)).collect();
    let (maren, vasca) = ("Ilse Maren", "Teo Vasca");
    assert_eq!(both, [(vasca, maren), (maren, vasca), (vasca, maren)]);
    let you = reading.attributions.iter().find(|a| words(&reading, &a.source) == ["You"]).expect("You said it");
    assert_eq!(name(&reading, you.speaker.as_deref()), maren);
}

#[test]
fn headings_in_capitals_name_people_in_small_letters() {
    let reading = read(
        "PRESS BRIEFING BY PRESS SECRETARY MIRELA DORN\n\nMS. DORN:  Good afternoon.\n\nQ    Is the ban legal?\n\nMS. DORN:  It is not.",
    );
    let dorn = reading.entities.iter().find(|e| e.kind == EntityKind::Person).expect("she speaks");
    assert_eq!((dorn.name.as_str(), dorn.roles.join("; ").as_str()), ("Mirela Dorn", "press secretary"));
    assert_eq!(reading.document.title, None);
}

#[test]
fn an_exchange_in_a_report_ends_where_the_report_goes_on() {
    let reading = read(
        "Ilse Maren spoke with Ada Lind of Radio North on Monday.\n\nLIND: Will the ban go?\n\nMAREN: It must go by May.\n\n\
         Maren later told reporters that the talks had failed. The port is shut, and nobody knows for how long it will be.\n\n\
         The harbour of Brel has two piers.\n\nIts lighthouse was built by fishermen.\n\nThe sea is calm.\n\nIt may rain.\n\nIt rained on Sunday.\n\nIt rained on Monday.\n\nIt may rain again.",
    );
    let said = said(&reading);
    let of = |i: usize| said[i].2.as_str();
    assert_eq!(
        (said[0].0, of(0), said[1].0, of(1)),
        ("Ada Lind", "Will the ban go?", "Ilse Maren", "It must go by May.")
    );
    assert!(said[2..].iter().any(|s| s.0 == "Ilse Maren" && s.2.contains("the talks had failed")), "{said:?}");
}

#[test]
fn lines_set_words_beside_a_name() {
    let reading = read(
        "Voices on the ban:\n\nIlse Maren: “The ban must go by May.”\n\n“It stays where it is.”\n— Teo Vasca, foreign minister of Sudovia\n\n“We can wait for it,” — Mirela Dorn",
    );
    let found = said(&reading);
    assert_eq!(
        rows(&found),
        [
            ("Ilse Maren", "nobody", "“The ban must go by May.”"),
            ("Teo Vasca", "nobody", "“It stays where it is.”"),
            ("Mirela Dorn", "nobody", "“We can wait for it,”"),
        ]
    );
    assert!(outermost(&reading).all(|a| a.kind == AttributionType::Direct && a.confidence > 0.9));
}

#[test]
fn headlines_ascribe() {
    for (headline, content) in
        [("Maren: ban must go by May", "ban must go by May"), ("Ban must go by May, Maren says", "Ban must go by May")]
    {
        let reading =
            read(&format!("{headline}\n\nIlse Maren met the envoys of Sudovia in the port of Brel on Monday."));
        let said = said(&reading);
        assert_eq!(rows(&said)[..1], [("Ilse Maren", "nobody", content)], "{headline}");
        assert_eq!(reading.document.title.as_deref(), Some(headline));
    }
}

#[test]
fn what_stands_around_a_report_is_no_ones_words() {
    let reading = read(
        "Norrland lifts fishing ban\n\nBy Ada Lind\n\nBREL, May 3 (Harbour Wire) - Norrland’s ministry said on Monday that the ban would go.\n\n\
         “We are glad,” Teo Vasca said.\n\n(Reporting by Ada Lind; Editing by Bo Tarn)",
    );
    assert_eq!(reading.document.title.as_deref(), Some("Norrland lifts fishing ban"));
    assert_eq!(reading.document.publisher.as_deref(), Some("Harbour Wire"));
    assert!(reading.attributions.len() >= 2);
    for a in &reading.attributions {
        let all = [words(&reading, &a.source), words(&reading, &a.content)].concat().join(" ");
        assert!(!["BREL", "May 3", "Wire", "Lind", "Tarn"].iter().any(|w| all.contains(w)), "{all}");
    }
}

#[test]
fn what_the_format_tells_wins() {
    let told = Document { title: Some("Title".into()), publisher: Some("Post".into()), ..Document::default() };
    let text = "Norrland lifts ban\n\nBREL (Harbour Wire) — The ban will go by May, the ministry said.";
    let reading = READER.worker().read(Document { text: text.into(), ..told });
    assert_eq!(
        (reading.document.title.as_deref(), reading.document.publisher.as_deref()),
        (Some("Title"), Some("Post"))
    );
}

/// A briefing of at least this many characters, and for each turn its label and its first words.
fn long_briefing(least: usize) -> (String, Vec<(&'static str, String)>) {
    let remarks = [
        "We have seen the reports from the port, and I would refer you to the harbour office.",
        "As the minister said yesterday, the ban has done nothing for the crews.",
        "I told the envoys that we would answer in due course.",
        "Our partners in Sudovia know where we stand; they have heard it from us many times.",
        "Let me come back to that in a moment.",
        "There is nothing new in the letter, which calls the drills “a routine affair.”",
    ];
    let mut text = String::from(
        "Foreign Ministry Briefing\n\nBo Tarn, Ministry Spokesperson\n\nBrel, Norrland\n\nMay 3\n\n2:06 p.m.\n\n",
    );
    let mut turns = Vec::new();
    for n in 0.. {
        if text.len() >= least && n % 2 == 1 {
            break;
        }
        let label = if n % 2 == 0 { "MR TARN" } else { "QUESTION" };
        let first = if n % 2 == 0 { format!("That is point {n}.") } else { format!("On item {n}, can you say more?") };
        text += &format!("{label}: {first}");
        let paragraphs = if n % 2 == 0 { 1 + n % 3 } else { 0 };
        for p in 0..paragraphs {
            let gap = if p == 0 { " " } else { "\n\n" };
            text += &format!("{gap}{} {}", remarks[(n + p) % 6], remarks[(n + 2 * p + 1) % 6]);
        }
        text += if n % 7 == 0 { " (Laughter.)\n\n" } else { "\n\n" };
        if n % 10 == 9 {
            text += "(Crosstalk.)\n\n";
        }
        turns.push((label, first));
    }
    text += "(The briefing was concluded at 3:02 p.m.)\n\n# # #\n";
    (text, turns)
}

#[test]
fn a_long_transcript_reads_in_order_with_every_turn_attributed() {
    let (text, turns) = long_briefing(50_000);
    let reading = read(&text);
    let found: Vec<&Attribution> = outermost(&reading).collect();
    assert_eq!(found.len(), turns.len());
    for (a, (label, first)) in found.iter().zip(&turns) {
        assert_eq!(words(&reading, &a.source), [*label]);
        assert!(words(&reading, &a.content)[0].starts_with(first.as_str()));
        let want = if *label == "QUESTION" { ("QUESTION", "Bo Tarn") } else { ("Bo Tarn", "QUESTION") };
        assert_eq!(name(&reading, a.speaker.as_deref()), want.0);
        assert!(a.addressee.is_none() || name(&reading, a.addressee.as_deref()) == want.1);
        assert!(a.confidence == 1.0 && !words(&reading, &a.content).concat().contains("(Laughter"));
    }
    let places: Vec<usize> = found.iter().map(|a| a.source[0].start).collect();
    assert!(places.is_sorted());
    // What stands in a turn is read too, inside it.
    assert!(reading.attributions.len() > found.len());
}

/// Lines of transcripts and reports in any order.
fn lines() -> impl Strategy<Value = String> {
    const LINES: [&str; 17] = [
        "MR TARN: Good afternoon. (Laughter.) Next.",
        "QUESTION: Why?",
        "Q    Thank you, Bo.",
        "A. (Inaudible.)",
        "**Ilse Maren:** No.",
        "Ilse Maren: “We agree to it.”",
        "“It stays where it is.”",
        "— Teo Vasca, minister",
        "MAREN:",
        "Maren: ban must go by May",
        "By Ada Lind, Harbour Post",
        "BREL, May 3 (Wire) - The ban stays, she said.",
        "(Crosstalk.)",
        "THE FACTS: It rained.",
        "Leave a Reply",
        "# # #",
        "Zoe\u{308} שלום 🙂: “x y z”",
    ];
    let line = prop_oneof![
        8 => prop::sample::select(&LINES[..]).prop_map(String::from),
        1 => "\\PC{0,40}",
        1 => "[A-Zq:.() “”—-]{0,20}",
    ];
    let gap = prop_oneof![Just("\n"), Just("\n\n"), Just("\r\n")];
    prop::collection::vec((line, gap), 0..14)
        .prop_map(|all| all.into_iter().map(|(line, gap)| format!("{line}{gap}")).collect())
}

proptest! {
    #[test]
    fn turns_are_in_order_apart_and_inside_the_text(whole in lines()) {
        let text = Text::new(&whole);
        let structure = &text.structure;
        let spans: Vec<saywho::Span> = structure.turns.iter().map(Turn::span).collect();
        prop_assert!(spans.windows(2).all(|w| w[0].end <= w[1].start), "{spans:?}");
        for turn in &structure.turns {
            prop_assert!(!turn.body.is_empty() && turn.body.windows(2).all(|w| w[0].end <= w[1].start));
            for part in turn.body.iter().chain([&turn.label, &turn.cue]) {
                prop_assert!(!part.is_empty() && whole.get(part.start..part.end).is_some_and(|w| w.trim() == w));
            }
            prop_assert!(turn.body.iter().all(|b| !b.overlaps(turn.label) && !b.overlaps(turn.cue)));
        }
        prop_assert!(structure.frame.windows(2).all(|w| w[0].end <= w[1].start));
        prop_assert!(structure.frame.iter().all(|f| whole.get(f.start..f.end).is_some() && !spans.iter().any(|s| s.overlaps(*f))));
        prop_assert_eq!(text.sentence_of.len(), text.tokens.len());
        prop_assert!(text.sentence_of.is_sorted());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn turns_become_the_outermost_attributions(whole in lines()) {
        let reading = read(&whole);
        let text = Text::new(&whole);
        for turn in &text.structure.turns {
            let of_turn = |a: &Attribution| a.inside.is_none() && a.cue.first().is_some_and(|c| c.start == turn.cue.start);
            let empty = turn.body.iter().all(|b| text.tokens_in(*b).is_empty());
            let litter = text.boilerplate.iter().any(|b| b.overlaps(turn.span()));
            prop_assert!(empty || litter || reading.attributions.iter().any(of_turn), "{:?}", turn.label.of(&whole));
        }
        for a in reading.attributions.iter().filter(|a| a.inside.is_none()) {
            let parts = a.source.iter().chain(&a.content);
            prop_assert!(parts.into_iter().all(|s| !text.structure.frame.iter().any(|f| f.overlaps(*s))));
        }
    }
}
