//! The small cases of `../shared/cases`, each with the reading one expects of it, and sentences of the same kinds. Without
//! that folder only the latter are read.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use saywho::reading::{AttributionType, EntityKind, Polarity};
use saywho::{Document, Reader, Reading, Span};
use saywho_ingest::{Options, documents_in_file};

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new().expect("the embedded model"));

/// The reading of a case; `None` where the folder is not there.
fn case(name: &str) -> Option<Told> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/cases"));
    let entries = fs::read_dir(folder).ok()?;
    let path = entries.flatten().map(|e| e.path()).find(|p| {
        let file = p.file_name().unwrap_or_default().to_string_lossy();
        file.starts_with(&format!("{name}-")) && !file.ends_with(".expect.md")
    });
    let path = path.unwrap_or_else(|| panic!("no case {name} in {}", folder.display()));
    let mut documents = documents_in_file(&path, &Options::default());
    assert_eq!(documents.len(), 1, "{}", path.display());
    Some(Told(READER.worker().read(documents.remove(0).expect("a readable case"))))
}

fn read(text: &str) -> Told {
    Told(READER.worker().read(Document::from_text("test", text)))
}

/// A reading and what tests ask of it.
struct Told(Reading);

/// One attribution in words.
#[derive(Debug)]
struct Line {
    speaker: String,
    addressee: String,
    cue: String,
    content: String,
    kind: AttributionType,
    polarity: Polarity,
    nested: bool,
}

impl Told {
    fn lines(&self) -> Vec<Line> {
        let words = |spans: &[Span]| {
            spans
                .iter()
                .map(|s| s.of(&self.0.document.text))
                .collect::<Vec<_>>()
                .join(" … ")
                .replace(char::is_whitespace, " ")
        };
        let name = |id: &Option<String>| {
            let entity = self.0.entities.iter().find(|e| Some(&e.id) == id.as_ref());
            entity.map(|e| e.name.clone()).unwrap_or_default()
        };
        let line = |a: &saywho::reading::Attribution| Line {
            speaker: name(&a.speaker),
            addressee: name(&a.addressee),
            cue: words(&a.cue),
            content: words(&a.content),
            kind: a.kind,
            polarity: a.polarity,
            nested: a.inside.is_some(),
        };
        self.0.attributions.iter().map(line).collect()
    }

    /// The attribution whose content holds these words; of nested ones the outermost.
    fn saying(&self, words: &str) -> Line {
        let lines = self.lines();
        let held = lines.into_iter().find(|l| !l.nested && l.content.contains(words));
        held.unwrap_or_else(|| panic!("nobody says {words:?} in {:#?}", self.lines()))
    }

    fn says(&self, words: &str, speaker: &str) {
        let line = self.saying(words);
        assert!(line.speaker.ends_with(speaker), "{words:?} is {speaker}'s: {line:#?}");
    }

    fn nobody_says(&self, words: &str) {
        assert!(self.lines().iter().all(|l| !l.content.contains(words)), "{words:?}: {:#?}", self.lines());
    }
}

#[test]
fn verbs_in_two_words_and_rare_ones_report() {
    if let Some(told) = case("04b") {
        assert_eq!(told.lines().len(), 4, "{:#?}", told.lines());
        told.says("The dyke has gone", "Petra Olm");
        told.says("It will be raised", "Jon Tarn");
        told.says("When?", "Petra Olm");
        told.says("Be patient", "Otto Brul");
    }
    let told = read(
        "‘The pier is lost,’ said Mirela Dorn. ‘It can be mended,’ chimed in the mayor, Ilse Maren. ‘By whom?’ cut in Dorn.",
    );
    told.says("The pier is lost", "Mirela Dorn");
    told.says("It can be mended", "Ilse Maren");
    told.says("By whom?", "Mirela Dorn");
    let told =
        read("“It rains,” said Ada Lind. “It always does,” retorted the guard, Bo Tarn. “Not here,” put in Teo Vasca.");
    told.says("It rains", "Ada Lind");
    told.says("It always does", "Bo Tarn");
    told.says("Not here", "Teo Vasca");
}

#[test]
fn a_quotation_without_a_cue_goes_on_with_the_one_who_acted() {
    if let Some(told) = case("05") {
        told.says("The dam will not be built here", "Mara Lind");
        assert_eq!(told.saying("The dam will not").cue, "");
    }
    if let Some(told) = case("68") {
        told.says("Ask the bank", "Jon Tarn");
    }
    let told = read(
        "“The council has my replies,” Ilse Maren said.\n\nHis deputy, Lucinda Prowse, shook her head. “We never saw a reply.”",
    );
    told.says("The council has my replies", "Ilse Maren");
    told.says("We never saw a reply", "Lucinda Prowse");
    read("Ilse Maren closed the folder. “We have nothing to add to this.” Outside it rained.")
        .says("nothing to add", "Maren");
    read("Pressed on the budget, Teo Vasca shrugged. ‘Ask the treasury.’").says("Ask the treasury", "Teo Vasca");
    let told = read(
        "Mirela Dorn rose. “No dam will be built here while I live.” The hall cheered. Bo Tarn, who had come late, said nothing.",
    );
    told.says("No dam will be built", "Mirela Dorn");
}

#[test]
fn a_quotation_without_a_cue_is_not_the_next_speakers() {
    if let Some(told) = case("05b") {
        told.says("We have one nurse", "Maria Lind");
        told.says("I was born here", "Jon Tarn");
        assert!(!told.saying("that it was hiring").content.contains("nurse"));
    }
    let told = read(
        "Harbour pilot Teo Vasca says the channel is too shallow.\n\n‘We touched ground twice in March. Nobody listened.’\n\n\
         The port authority said in a letter that it would look into it.",
    );
    told.says("We touched ground twice", "Teo Vasca");
    assert!(!told.saying("that it would look into it").content.contains("ground"));
    let told = read(
        "“Will the ferry sail?” Ilse Maren asked.\n\n“It will sail when it sails.”\n\nThe company said that the timetable is under review.",
    );
    assert!(told.lines().iter().all(|l| !l.content.contains("when it sails") || !l.speaker.contains("company")));
    for [text, quoted, other] in [
        [
            "Teo Vasca said the nets were dry. “Each crew has its licence.” Then Ilse Maren told the port that none had come.",
            "Each crew has its licence",
            "Ilse Maren",
        ],
        [
            "Mirela Dorn said the lock would open in June. “The gates are here.” Bo Tarn said that the gates were too short.",
            "The gates are here",
            "Bo Tarn",
        ],
        [
            "Ada Lind climbed down from the crane. “I will not go up again.” The firm denied that the crane was old.",
            "I will not go up again",
            "firm",
        ],
    ] {
        let told = read(text);
        assert!(told.lines().iter().all(|l| !l.content.contains(quoted) || !l.speaker.contains(other)), "{text}");
    }
}

#[test]
fn marks_of_old_corpora_are_quotation_marks() {
    for name in ["08", "69"] {
        let Some(told) = case(name) else { continue };
        let line = told.saying("We will not sell it");
        assert!(line.speaker == "Hedda Rook" && line.content.contains("It belongs to the town"), "{line:#?}");
        assert_eq!(line.kind, AttributionType::Direct);
    }
    if let Some(told) = case("08") {
        told.says("She 's wrong", "Jon Tarn");
    }
    for text in [
        "``We shall stay,'' said the captain, Otto Brul. ``It is our ship.''",
        "`We shall stay,' said the captain, Otto Brul. `It is our ship.'",
        "`` We shall stay , '' said the captain , Otto Brul . `` It is our ship . ''",
    ] {
        let line = read(text).saying("We shall stay");
        assert!(line.speaker == "Otto Brul" && line.content.contains("It is our ship"), "{line:#?}");
        assert_eq!(line.kind, AttributionType::Direct, "{text}");
    }
}

#[test]
fn apostrophes_are_no_quotation_marks() {
    if let Some(told) = case("10") {
        assert!(told.saying("isn't busy now").content.ends_with("isn't busy now"));
        told.says("Folk don't eat herring", "Jon Tarn");
        assert!(told.saying("Folk don't").content.contains("'cause it's all bones"));
        told.says("It was everybody's street", "Petra Olm");
        assert!(told.lines().iter().all(|l| !l.content.contains("eighties")));
    }
    if let Some(told) = case("11") {
        let line = told.saying("can't wait for the council's answer");
        assert!(line.speaker == "Hedda Rook" && line.content.contains("won't have a roof"), "{line:#?}");
        told.says("Is that fair?", "Hedda Rook");
        told.says("the best we're able to do", "Jon Tarn");
        assert!(!told.lines().iter().any(|l| l.nested), "{:#?}", told.lines());
    }
    let told = read("‘The sailors’ boats are old. They won’t last,’ said Mirela Dorn. ‘We’ll buy ’em new ones.’");
    let line = told.saying("boats are old");
    assert!(line.speaker == "Mirela Dorn" && line.content.contains("They won’t last"), "{line:#?}");
    let told =
        read("Bo Tarn left in the '90s. \"It was the boys' idea,\" he told the Herald, \"'cause they were tired.\"");
    assert!(told.saying("the boys' idea").content.contains("'cause they were tired"));
}

#[test]
fn a_quotation_over_paragraphs_is_one() {
    if let Some(told) = case("42") {
        let line = told.saying("I have kept this lighthouse");
        assert!(line.content.contains("two ships") && line.content.contains("a pilot"), "{line:#?}");
        assert_eq!(line.speaker, "Anton Reese");
    }
    let told = read("‘We came in March.\n\n‘The boys’ school was shut.\n\n‘Nobody told us why,’ said Ilse Maren.");
    let line = told.saying("We came in March");
    assert!(line.speaker == "Ilse Maren" && line.content.contains("was shut"), "{line:#?}");
    let told = read(
        "“The ice held for a week,” said Teo Vasca.\n\n“On Friday it broke.\n\n“We lost two sledges.”\n\nIt is to snow again.",
    );
    told.says("On Friday it broke", "Teo Vasca");
    told.says("We lost two sledges", "Teo Vasca");
}

#[test]
fn a_content_holds_nothing_of_another_clause() {
    if let Some(told) = case("41") {
        let line = told.saying("We were told");
        assert!(line.content.contains("had been tested") && !line.content.contains("pointed"), "{line:#?}");
        assert_eq!((line.speaker.as_str(), line.kind), ("Hedda Rook", AttributionType::Direct));
    }
    if let Some(told) = case("50") {
        told.says("so I did", "Petra Olm");
        let editor =
            told.lines().into_iter().find(|l| l.nested && l.content.contains("Call the mayor")).expect("the editor");
        assert!(!editor.content.contains("so I did"), "{editor:#?}");
    }
    if let Some(told) = case("54") {
        let line = told.saying("whether she would attend");
        assert!(!line.content.contains("comment"), "{line:#?}");
        assert_eq!(told.saying("the report").polarity, Polarity::Negated);
    }
    let told = read("“I warned them,” Teo Vasca said, “that the bridge,” and he tapped the map, “would not hold.”");
    assert!(!told.saying("I warned them").content.contains("tapped"));
    let told = read("‘My boss said, “Sell it all and go home,” and I did,’ the clerk, Mirela Dorn, remembered.");
    let boss = told.lines().into_iter().find(|l| l.nested && l.content.contains("Sell it")).expect("the boss");
    assert!(!boss.content.contains("I did"), "{boss:#?}");
    let told = read("The company has not replied to two letters, and Bo Tarn refused to say when it would.");
    assert!(!told.saying("when it would").content.contains("letters"));
}

#[test]
fn the_agent_of_a_passive_speaks() {
    if let Some(told) = case("64") {
        told.says("the school was safe", "head teacher");
        assert_eq!(told.saying("the school was safe").addressee, "Parents");
        told.says("not to swim", "police");
        assert_eq!(told.saying("not to swim").addressee, "Residents");
        told.says("the gate was cracked", "Jon Tarn");
        assert!(told.saying("the gate was cracked").addressee.contains("committee"));
    }
    let told = read("The villagers had been warned by Teo Vasca that the dam leaked.");
    told.says("the dam leaked", "Teo Vasca");
    assert!(told.saying("the dam leaked").addressee.contains("villagers"));
    let told = read("The council has heard from residents that the noise is worse.");
    told.says("the noise is worse", "residents");
    let told = read("Crews were told by the ministry of trade that the port is shut.");
    assert_eq!(told.saying("the port is shut").addressee, "Crews");
    let told = read("Lodgers were promised by Bo Tarn that the lift would be mended.");
    told.says("the lift would be mended", "Bo Tarn");
    assert_eq!(told.saying("the lift would be mended").addressee, "Lodgers");
    // Who is told can hear, whatever they are called.
    let told = read("The crew were told by the harbour master, Ilse Maren, that the gate was safe.");
    told.says("the gate was safe", "Ilse Maren");
    assert!(told.saying("the gate was safe").addressee.ends_with("crew"), "{:#?}", told.lines());
    // A need is not told anything.
    let told = read("The need for a dam was questioned by Jon Tarn.");
    assert!(told.lines().iter().all(|l| l.addressee.is_empty()), "{:#?}", told.lines());
}

#[test]
fn an_office_is_named_in_full() {
    let told = read("The teachers' leader, Rada Munk, said the schools would close. The port's head, Bo Tarn, agreed.");
    let roles =
        |name: &str| told.0.entities.iter().find(|e| e.name == name).map(|e| e.roles.clone()).unwrap_or_default();
    assert_eq!(roles("Rada Munk"), ["teachers' leader"]);
    assert_eq!(roles("Bo Tarn"), ["head"]);
}

#[test]
fn a_seat_in_the_label_of_a_turn_is_nobody() {
    let told = read(
        "Bo Tarn (North Vale): Is the gate safe?\n\nPetra Olm (South Vale): It is. I thank the member.\n\nBo Tarn (North Vale): I hope so.",
    );
    told.says("Is the gate safe?", "Bo Tarn");
    let people = told.0.entities.iter().filter(|e| e.kind == EntityKind::Person).map(|e| e.name.as_str());
    assert_eq!(people.collect::<Vec<_>>(), ["Bo Tarn", "Petra Olm"]);
}

#[test]
fn the_former_and_the_latter_are_told_apart() {
    if let Some(told) = case("48") {
        told.says("the pier was sound", "Ilse Maren");
        told.says("it was not", "Teo Vasca");
    }
    for [text, former, latter] in [
        [
            "Mirela Dorn and Teo Vasca met the press. The latter said that the talks had failed, while the former stressed that they go on.",
            "they go on",
            "the talks had failed",
        ],
        [
            "Mirela Dorn wrote to Teo Vasca. The former said that the ban stays. The latter said that it goes.",
            "the ban stays",
            "it goes",
        ],
    ] {
        let told = read(text);
        told.says(former, "Mirela Dorn");
        told.says(latter, "Teo Vasca");
    }
}

#[test]
fn no_answer_says_nothing() {
    if let Some(told) = case("67") {
        told.says("she would attend", "Hedda Rook");
        told.nobody_says("request");
        told.nobody_says("e-mail");
    }
    for text in [
        "Norpower did not return a call seeking comment.",
        "The embassy has not responded to repeated requests for comment.",
        "The ministry never replied to the letters of the crews.",
    ] {
        assert!(read(text).lines().is_empty(), "{text}: {:#?}", read(text).lines());
    }
}

#[test]
fn what_one_feels_within_speech_is_no_speech() {
    let told = read(
        "Ada Lind said: “We are tired of waiting. My grandchildren learned to read in this library. I love the place.”",
    );
    assert_eq!(told.lines().len(), 1, "{:#?}", told.lines());
    let told = read("“I am happy with the new quay, and they enjoyed the view,” Bo Tarn said.");
    assert_eq!(told.lines().len(), 1, "{:#?}", told.lines());
    let told = read("“They told me that the ban stays,” Ilse Maren said.");
    assert!(told.lines().iter().any(|l| l.nested), "{:#?}", told.lines());
}

#[test]
fn free_indirect_speech_keeps_its_reporter() {
    if let Some(told) = case("33") {
        told.says("two fishermen were at the gate", "Anton Reese");
        told.says("the office was shut", "guard");
    }
}

#[test]
fn a_lost_mark_leaves_the_next_quotation_its_speaker() {
    for text in [
        "“The ban stays, said Ilse Maren. “It helps us,” Teo Vasca answered. “Not us,” said Bo Tarn.",
        "\"The ban stays, said Ilse Maren. \"It helps us,\" Teo Vasca answered. \"Not us,\" said Bo Tarn.",
        "‘‘The ban stays, said Ilse Maren. ‘‘It helps us,’’ Teo Vasca answered. ‘‘Not us,’’ said Bo Tarn.",
    ] {
        let told = read(text);
        told.says("The ban stays", "Ilse Maren");
        told.says("It helps us", "Teo Vasca");
        told.says("Not us", "Bo Tarn");
    }
}
