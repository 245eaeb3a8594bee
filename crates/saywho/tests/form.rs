//! What the form of a text tells: invented texts of the kinds that newsrooms have, with the reading that a person would give
//! them.

use std::sync::LazyLock;

use saywho::reading::{Attribution, AttributionType, Unit, UnitKind};
use saywho::{Document, Reader, Reading, Span};

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new().expect("the embedded weights"));

fn read(text: &str) -> Reading {
    READER.worker().read(Document::from_text("text", text))
}

/// Reads a text some of whose lines its format sets apart.
fn read_apart(text: &str, apart: &[(&str, UnitKind)]) -> Reading {
    let unit = |(words, kind): &(&str, UnitKind)| {
        let start = text.find(words).expect("its words");
        Unit { span: Span::new(start, start + words.len()), kind: *kind }
    };
    let units = apart.iter().map(unit).collect();
    READER.worker().read(Document { units, ..Document::from_text("text", text) })
}

fn content(reading: &Reading, a: &Attribution) -> String {
    a.content.iter().map(|span| span.of(&reading.document.text)).collect::<Vec<_>>().join(" | ")
}

fn speaker<'r>(reading: &'r Reading, a: &Attribution) -> &'r str {
    a.speaker.as_deref().and_then(|id| reading.entity(id)).map_or("nobody", |e| e.name.as_str())
}

/// (speaker, content) of the outermost attributions.
fn said(reading: &Reading) -> Vec<(&str, String)> {
    let outermost = reading.attributions.iter().filter(|a| a.inside.is_none());
    outermost.map(|a| (speaker(reading, a), content(reading, a))).collect()
}

fn rows<'r>(said: &'r [(&'r str, String)]) -> Vec<(&'r str, &'r str)> {
    said.iter().map(|(who, what)| (*who, what.as_str())).collect()
}

#[track_caller]
fn assert_said(text: &str, want: &[(&str, &str)]) {
    let reading = read(text);
    assert_eq!(rows(&said(&reading)), want, "{text}");
}

#[test]
fn no_content_begins_in_a_headline() {
    assert_said(
        "Harbour shut in Brel\n\nThe harbour of Brel is shut until May, the port office said on Monday.",
        &[("port office", "The harbour of Brel is shut until May")],
    );
    assert_said(
        "ANALYSIS\n\nHerring ban ends\n\nThe ban on herring has ended, crews said on Friday. “We are glad,” said Teo Vasca, who leads their union.",
        &[("crews", "The ban on herring has ended"), ("Teo Vasca", "“We are glad,”")],
    );
    assert_said(
        "Bridge opens again\nTrains run from Monday\n\nThe bridge at Hale is open again, engineers said.\n\nWhat comes next\n\nTrains will run from Monday, Ilse Maren said.",
        &[("engineers", "The bridge at Hale is open again"), ("Ilse Maren", "Trains will run from Monday")],
    );
}

#[test]
fn the_headline_below_a_kicker_is_the_title() {
    let text = "ANALYSIS\n\nHerring ban ends\n\nThe ban on herring has ended, crews said on Friday.";
    assert_eq!(read(text).document.title.as_deref(), Some("Herring ban ends"));
}

#[test]
fn the_texts_own_words_behind_a_sentence_are_nobodys() {
    assert_said(
        "Trains will run from Monday, the ministry said. Travellers should bring their papers.",
        &[("ministry", "Trains will run from Monday")],
    );
}

#[test]
fn records_of_parliaments() {
    assert_said(
        "Mr. LUND (from the gallery). The count is wrong.\n\nThe CHAIR. The member will sit down.\n\nMs. DORN of Hale. I have seen the count.",
        &[("Lund", "The count is wrong."), ("chair", "The member will sit down."), ("Dorn", "I have seen the count.")],
    );
    assert_said(
        "Mr Lund (Hale) (Ind): When will the pier open?\n\nThe Minister of State, Home Office (Baroness Dorn): It opened in May.\n\nMr Lund: Nobody saw it.",
        &[("Lund", "When will the pier open?"), ("Dorn", "It opened in May."), ("Lund", "Nobody saw it.")],
    );
    assert_said(
        "Senator LUND (14:32): I ask about the pier.\n\nThe PRESIDENT: Order. (Laughter.) The senator will sit.\n\nSenator LUND: I will not.",
        &[("Lund", "I ask about the pier."), ("president", "Order. | The senator will sit."), ("Lund", "I will not.")],
    );
}

#[test]
fn labels_that_come_once() {
    let both = |text: &str| {
        let reading = read(text);
        let who = |a: &Attribution| (speaker(&reading, a).to_owned(), a.confidence);
        reading.attributions.iter().filter(|a| a.inside.is_none()).map(who).collect::<Vec<_>>()
    };
    let names = |found: &[(String, f32)]| found.iter().map(|(who, _)| who.clone()).collect::<Vec<_>>();
    let capitals =
        both("LUND: The pump is broken.\n\nDORN: Who broke it?\n\nLUND: Nobody knows.\n\nBERG: May I speak?");
    assert_eq!(names(&capitals), ["Lund", "Dorn", "Lund", "Berg"]);
    assert!(capitals[0].1 == 1.0 && capitals[1].1 < 1.0 && capitals[3].1 < 1.0, "{capitals:?}");
    let mixed = both("Bo Lund: I have heard that the pump is broken.\n\nMirela Dorn: Who told you?");
    assert_eq!(names(&mixed), ["Bo Lund", "Mirela Dorn"]);
    assert!(mixed.iter().all(|(_, sure)| *sure < 0.95), "{mixed:?}");
    let asked = both("Bo Lund: The talks went well.\n\nQuestion: Did they end?\n\nBo Lund: Not yet.");
    assert_eq!(names(&asked), ["Bo Lund", "Question", "Bo Lund"]);
}

#[test]
fn recordings_with_times() {
    assert_said(
        "[00:01:02] Host: Welcome to the show.\n\n[00:01:09] Ilse Maren: Thank you.\n\n[00:02:00] Host: Why is it shut?",
        &[("Host", "Welcome to the show."), ("Ilse Maren", "Thank you."), ("Host", "Why is it shut?")],
    );
    assert_said(
        "Ilse Maren 00:12\n\nI have the keys.\n\nBo Lund 00:15\n\nThen open it.\n\nIlse Maren 00:21\n\nNot today.",
        &[("Ilse Maren", "I have the keys."), ("Bo Lund", "Then open it."), ("Ilse Maren", "Not today.")],
    );
}

#[test]
fn interviews_in_bold() {
    let text = "‘I sweep the pier myself’\n\nBo Lund keeps the pier of Hale. He talked to the Harbour Post.\n\nWho shut the pier?\n\nI did. The planks were rotten.\n\nWho pays?\n\nThe council says the state will pay.";
    let apart = [
        ("‘I sweep the pier myself’", UnitKind::Heading),
        ("Who shut the pier?", UnitKind::Bold),
        ("Who pays?", UnitKind::Bold),
    ];
    let reading = read_apart(text, &apart);
    let want = [
        ("Bo Lund", "‘I sweep the pier myself’"),
        ("Harbour Post", "Who shut the pier?"),
        ("Bo Lund", "I did. The planks were rotten."),
        ("Harbour Post", "Who pays?"),
        ("Bo Lund", "The council says the state will pay."),
    ];
    assert_eq!(rows(&said(&reading)), want);
    assert!(reading.attributions.iter().all(|a| a.confidence < 1.0));
    let told = reading.attributions.iter().find(|a| content(&reading, a) == "the state will pay").expect("the council");
    assert_eq!((speaker(&reading, told), told.inside.is_some()), ("council", true));
}

#[test]
fn interviews_without_bold() {
    assert_said(
        "Mirela Dorn leads the crews of Brel.\n\nWill the ban go?\n\nI think so.\n\nWhen?\n\nWe hope in May.\n\nAnd then?\n\nI will sail.",
        &[
            ("interviewer", "Will the ban go?"),
            ("Mirela Dorn", "I think so."),
            ("interviewer", "When?"),
            ("Mirela Dorn", "We hope in May."),
            ("interviewer", "And then?"),
            ("Mirela Dorn", "I will sail."),
        ],
    );
}

#[test]
fn who_meets_somebody_asks() {
    let text = "Ada Lind meets the keeper of the light, Bo Lund.\n\nDo you sleep?\n\nNever.\n\nWho pays you?\n\nThe council does.";
    let reading = read_apart(text, &[("Do you sleep?", UnitKind::Bold), ("Who pays you?", UnitKind::Bold)]);
    let found = said(&reading);
    assert_eq!(rows(&found)[1], ("Bo Lund", "Never."));
}

#[test]
fn a_turn_is_no_title() {
    assert_eq!(
        read("MS. DORN: Good day. (Laughter.)\n\nREPORTER: Is the ban that was made in May legal?\n\nMS. DORN: It is.")
            .document
            .title,
        None
    );
}

#[test]
fn letters() {
    let reading = read(
        "To the editor: Your report says the pier is safe. I told the council that it was not.\n\nYours sincerely,\nBo Lund\nHale",
    );
    let own = reading.attributions.iter().find(|a| content(&reading, a).starts_with("that it was not"));
    assert_eq!(own.map(|a| speaker(&reading, a)), Some("Bo Lund"));
    assert_eq!(reading.document.authors, ["Bo Lund"]);
    let all: String = reading.attributions.iter().map(|a| content(&reading, a)).collect();
    assert!(!all.contains("editor") && !all.contains("Hale"), "{all}");
    let reading = read("Dear editor,\n\nI believe that the ban hurts us all.\n\n— Mirela Dorn, Brel");
    assert_eq!(rows(&said(&reading)), [("Mirela Dorn", "that the ban hurts us all")]);
    let reading = read("Sir, – My mother says the sea gives and takes.\nADA TARN, Hale");
    assert_eq!(rows(&said(&reading)), [("My mother", "the sea gives and takes")]);
}

#[test]
fn live_blogs() {
    let text = "09.10 Maren: the ferry stays\nIlse Maren has told the crews that the ferry will stay in port.\n\n\
                09.25 This is what Bo Lund said in reply:\n“That is a bad day for Hale.”\n\n10.05 It has begun to rain.";
    let reading = read(text);
    assert_eq!(reading.document.title.as_deref(), Some("Maren: the ferry stays"));
    let found = said(&reading);
    let want = [
        ("Ilse Maren", "the ferry stays"),
        ("Ilse Maren", "that the ferry will stay in port"),
        ("Bo Lund", "“That is a bad day for Hale.”"),
    ];
    assert_eq!(rows(&found), want);
    assert!(found.iter().all(|(_, words)| !words.contains("09.")));
}

#[test]
fn posts_with_handles() {
    for (text, who, what) in [
        ("On Monday Ilse Maren (@imaren) tweeted: “We sail 🎉 at noon!”", "Ilse Maren", "“We sail 🎉 at noon!”"),
        (
            "Teo Vasca (@teov) wrote on Facebook that the vote was “far from over 😤”.",
            "Teo Vasca",
            "that the vote was “far from over 😤”",
        ),
        ("“No more boats,” Mirela Dorn (Hale) posted.", "Mirela Dorn", "“No more boats,”"),
    ] {
        let reading = read(text);
        assert_eq!(rows(&said(&reading)), [(who, what)]);
        assert_ne!(reading.attributions[0].kind, AttributionType::Indirect);
    }
}

#[test]
fn lists_and_captions() {
    let text = "Key points\n\n• The pier at Hale is shut.\n• Bo Lund says it is rotten.\n\nThe council met on Monday.";
    assert_said(text, &[("Bo Lund", "it is rotten")]);
    let text =
        "The pier is shut.\n\n“It moved,” said Bo Lund, pictured on Monday.\n\nFerries go from Brel, the council said.";
    let reading = read_apart(text, &[("“It moved,” said Bo Lund, pictured on Monday.", UnitKind::Caption)]);
    assert_eq!(rows(&said(&reading)), [("Bo Lund", "“It moved,”"), ("council", "Ferries go from Brel")]);
}
