//! One analysis: what was read, and what persons have made of it, is what is compared.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use saywho::comparison::{Claim, Comparison, Options, Someone};
use saywho::reading::{Act, Attribution, Conversation, EntityKind, Initiator, Medium, Polarity, ToldBy};
use saywho::{Document, Point, Reader, Reading, Span};

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new().expect("the embedded weights"));

const NORTH: &str = "President Ilse Maren of Norrland spoke by telephone with President Teo Vasca of Sudovia on 2 April 2031. \
    Maren demanded an end to the fishing ban. Vasca promised lists of the sailors.";
const SOUTH: &str = "President Teo Vasca of Sudovia had a telephone call with President Ilse Maren of Norrland. Vasca explained why \
    the fishing ban stays in force for now.";

fn read(id: &str, text: &str) -> Reading {
    READER.worker().read(Document::from_text(id, text))
}

fn compare(readings: &[Reading]) -> Comparison {
    let analyses: Vec<_> = readings.iter().map(|reading| READER.analysis(reading)).collect();
    READER.compare(&analyses, &Options::default())
}

#[test]
fn an_entity_that_was_renamed_is_compared_by_its_new_name() {
    let mut readings = [read("north", NORTH), read("south", SOUTH)];
    for entity in readings.iter_mut().flat_map(|r| &mut r.entities).filter(|e| e.name == "Teo Vasca") {
        entity.name = "Teodor Vasca-Lund".into();
    }
    let comparison = compare(&readings);
    let names: Vec<&str> = comparison.conversation.participants.iter().map(|p| p.name.as_str()).collect();
    assert!(names.contains(&"Teodor Vasca-Lund"), "{names:?}");
    let speakers = comparison.claims.iter().filter_map(|c| c.speaker.as_ref().map(Someone::name));
    assert!(speakers.clone().any(|s| s == "Teodor Vasca-Lund") && speakers.clone().all(|s| s != "Teo Vasca"));
}

#[test]
fn a_conversation_that_was_corrected_is_the_one_compared() {
    let north = "President Ilse Maren of Norrland spoke by telephone with President Teo Vasca of Sudovia on 2 April 2031. Foreign \
        Minister Ada Brill of Norrland warned of floods. Maren demanded an end to the fishing ban.";
    let south = "President Teo Vasca of Sudovia had a telephone call with President Ilse Maren of Norrland. Foreign Minister Ada Brill \
        of Norrland promised lists of the sailors. Vasca explained why the fishing ban stays in force.";
    let mut readings = [read("north", north), read("south", south)];
    let header = |readings: &[Reading]| {
        let told = compare(readings).conversation;
        let names: Vec<String> = told.participants.into_iter().map(|p| p.name).collect();
        (names, told.medium, told.date, told.initiator.map(|i| (i.side, i.according_to)))
    };
    let names = |of: [&str; 2]| of.map(str::to_owned).to_vec();
    let read = (names(["Ilse Maren", "Teo Vasca"]), Medium::Telephone, Some("2031-04-02".into()), None);
    assert_eq!(header(&readings), read);
    for reading in &mut readings {
        let id = |name: &str| reading.entities.iter().find(|e| e.name == name).expect("an entity").id.clone();
        let (brill, vasca) = (id("Ada Brill"), id("Teo Vasca"));
        let conversation = &mut reading.conversations[0];
        conversation.participants = vec![vasca.clone(), brill];
        (conversation.medium, conversation.date) = (Medium::Video, Some("2031-04-03".into()));
        conversation.initiator = Some(Initiator { side: "Sudovia".into(), according_to: vec![vasca] });
    }
    let (mut who, medium, date, initiator) = header(&readings);
    who.sort_unstable();
    assert_eq!(who, names(["Ada Brill", "Teo Vasca"]));
    assert_eq!((medium, date.as_deref()), (Medium::Video, Some("2031-04-03")));
    assert_eq!(initiator, Some(("Sudovia".into(), vec![0, 1])));
}

#[test]
fn an_initiative_to_do_something_is_no_wish_to_talk() {
    let initiator = |words: &str| {
        let text =
            format!("President Ilse Maren of Norrland spoke by telephone with President Teo Vasca of Sudovia. {words}");
        read("north", &text).conversations.first().and_then(|c| Some(c.initiator.as_ref()?.side.clone()))
    };
    assert_eq!(initiator("The call took place at Sudovia's initiative.").as_deref(), Some("Sudovia"));
    assert_eq!(initiator("Maren supported Sudovia's initiative to convene a meeting of fishers."), None);
}

#[test]
fn an_entity_whose_side_was_told_speaks_for_it() {
    let text = "Ilse Maren spoke by telephone with Teo Vasca. Maren demanded an end to the fishing ban.";
    let mut readings = [read("a", text), read("b", SOUTH)];
    for (name, side) in [("Ilse Maren", "Norrland"), ("Teo Vasca", "Sudovia")] {
        for entity in readings[0].entities.iter_mut().filter(|e| e.name == name) {
            entity.side = Some(side.into());
        }
    }
    let sides: Vec<Option<String>> = compare(&readings).conversation.participants.into_iter().map(|p| p.side).collect();
    assert!(sides.contains(&Some("Norrland".into())) && sides.contains(&Some("Sudovia".into())), "{sides:?}");
}

#[test]
fn entities_that_were_merged_are_one_party() {
    let text = "President Ilse Maren of Norrland spoke by telephone with Teo Vasca of Sudovia. The president demanded an end to \
        the ban. Ilsabet Dorn warned of floods.";
    let mut readings = [read("north", text), read("south", SOUTH)];
    let whole = |reading: &Reading| compare(&[reading.clone(), readings[1].clone()]);
    let warns = |c: &Comparison| c.claims.iter().find(|c| c.act.name() == "warn").and_then(|c| c.speaker.clone());
    assert_ne!(warns(&whole(&readings[0])).as_ref().map(Someone::name), Some("Ilse Maren"));
    let dorn = readings[0].entities.iter().position(|e| e.name == "Ilsabet Dorn").expect("an entity");
    let dorn = readings[0].entities.remove(dorn);
    let maren = readings[0].entities.iter_mut().find(|e| e.name == "Ilse Maren").expect("an entity");
    maren.mentions.extend(dorn.mentions);
    assert_eq!(warns(&compare(&readings)).as_ref().map(Someone::name), Some("Ilse Maren"));
}

/// The claim of a comparison that holds these words.
fn claim<'c>(comparison: &'c Comparison, words: &str) -> Option<&'c Claim> {
    comparison.claims.iter().find(|c| comparison.words(c).contains(words))
}

/// The attribution of a reading whose content holds these words.
fn attribution<'r>(reading: &'r mut Reading, words: &str) -> &'r mut Attribution {
    let text = reading.document.text.clone();
    let holds = |a: &&mut Attribution| a.content.iter().any(|c| c.of(&text).contains(words));
    reading.attributions.iter_mut().find(holds).expect("an attribution")
}

#[test]
fn what_an_account_tells_in_its_own_voice_is_attributions() {
    let text = "President Ilse Maren of Norrland spoke by telephone with President Teo Vasca of Sudovia. The presidents discussed \
        the railway bridge at Brel, a new ferry timetable, as well as the autumn summit. Maren warned of floods.";
    let reading = read("north", text);
    let told: Vec<(String, &str, Option<&str>)> = reading
        .attributions
        .iter()
        .filter(|a| a.told == Some(ToldBy::Account))
        .map(|a| {
            let content = a.content.iter().map(|c| c.of(text)).collect::<Vec<_>>().join(" ");
            (content, a.act.name(), a.speaker.as_deref().and_then(|id| Some(reading.entity(id)?.name.as_str())))
        })
        .collect();
    let both = Some("Ilse Maren and Teo Vasca");
    let want = [
        ("the railway bridge at Brel", "discuss", both),
        ("a new ferry timetable", "discuss", both),
        ("the autumn summit", "discuss", both),
        ("floods", "warn", Some("Ilse Maren")),
    ];
    assert_eq!(told, want.map(|(content, act, who)| (content.to_owned(), act, who)));
    let group = reading.entities.iter().find(|e| e.kind == EntityKind::Group).expect("a group");
    let members: Vec<&str> = group.members.iter().filter_map(|id| Some(reading.entity(id)?.name.as_str())).collect();
    assert_eq!(members, ["Ilse Maren", "Teo Vasca"]);
}

#[test]
fn a_reading_of_a_conversation_tells_what_it_is_about() {
    let text = "President Ilse Maren of Norrland spoke by telephone with President Teo Vasca of Sudovia. Maren demanded an end to \
        the fishing ban. Vasca explained why the fishing ban stays in force. The presidents agreed to exchange lists of sailors.";
    let mut reading = read("north", text);
    let issue_of = |reading: &mut Reading, words: &str| attribution(reading, words).issue.clone().expect("an issue");
    let ban = issue_of(&mut reading, "an end to the fishing ban");
    assert_eq!(issue_of(&mut reading, "stays in force"), ban);
    assert_ne!(issue_of(&mut reading, "lists of sailors"), ban);
    let issue = reading.issues.iter().find(|issue| issue.id == ban).expect("the issue");
    assert!(issue.label.contains("fishing ban") && issue.attributions.len() == 2, "{issue:?}");
    // Without a conversation there is nothing to group.
    assert!(read("note", "Ilse Maren said the ban stays. Teo Vasca denied it.").issues.is_empty());
}

#[test]
fn what_a_report_tells_of_what_others_say_is_none_of_its_own() {
    let text = "President Ilse Maren of Norrland spoke by telephone with President Teo Vasca of Sudovia, Radio North reported. The \
        Sudovian ministry said Vasca had explained the ban. “He was calm,” a spokesman, Bo Lund, told the Harbour Post. The \
        post quoted Lund as saying that talks go on.";
    assert!(read("report", text).attributions.iter().all(|a| a.told.is_none()));
}

#[test]
fn corrections_of_attributions_are_seen_in_a_comparison() {
    let plain = [read("north", NORTH), read("south", SOUTH)];
    let corrected = |change: &dyn Fn(&mut Reading)| {
        let mut readings = plain.clone();
        change(&mut readings[0]);
        compare(&readings)
    };
    let before = compare(&plain);
    let demand = claim(&before, "an end to the fishing ban").expect("a claim");
    assert_eq!((demand.act, demand.speaker.as_ref().map(Someone::name)), (Act::Demand, Some("Ilse Maren")));
    let read = plain[0].attribution(demand.attribution.as_deref().expect("its attribution")).expect("in the reading");
    assert_eq!(read.content[0].of(NORTH), "an end to the fishing ban");

    let act = corrected(&|r| attribution(r, "an end to the fishing ban").act = Act::Ask);
    assert_eq!(claim(&act, "an end to the fishing ban").map(|c| c.act), Some(Act::Ask));
    let polarity = corrected(&|r| attribution(r, "an end to the fishing ban").polarity = Polarity::Negated);
    assert_eq!(claim(&polarity, "an end to the fishing ban").map(|c| c.polarity), Some(Polarity::Negated));
    let speaker = corrected(&|r| {
        let vasca = r.entities.iter().find(|e| e.name == "Teo Vasca").map(|e| e.id.clone());
        attribution(r, "an end to the fishing ban").speaker = vasca;
    });
    assert_eq!(
        claim(&speaker, "an end to the fishing ban").and_then(|c| c.speaker.as_ref()).map(Someone::name),
        Some("Teo Vasca")
    );
    let addressee = corrected(&|r| {
        let vasca = r.entities.iter().find(|e| e.name == "Teo Vasca").map(|e| e.id.clone());
        attribution(r, "an end to the fishing ban").addressee = vasca;
    });
    assert_eq!(
        claim(&addressee, "an end to the fishing ban").and_then(|c| c.addressee.as_ref()).map(Someone::name),
        Some("Teo Vasca")
    );
    let rejected = corrected(&|r| {
        let id = attribution(r, "an end to the fishing ban").id.clone();
        r.attributions.retain(|a| a.id != id);
    });
    assert!(claim(&rejected, "an end to the fishing ban").is_none());
    let span = corrected(&|r| {
        let content = &mut attribution(r, "an end to the fishing ban").content;
        content[0].end = content[0].start + "an end".len();
    });
    let shorter = claim(&span, "an end").expect("a claim");
    assert!(span.words(shorter).ends_with("an end"), "{}", span.words(shorter));
    let added = corrected(&|r| {
        let mut new = attribution(r, "an end to the fishing ban").clone();
        let start = NORTH.find("on 2 April").expect("the date");
        (new.id, new.source, new.cue) = ("added1".into(), Vec::new(), Vec::new());
        new.content = vec![Span::new(start, start + "on 2 April 2031".len())];
        r.attributions.push(new);
    });
    assert!(added.claims.iter().any(|c| added.words(c) == "on 2 April 2031"));
}

/// Every text of the hand-made gold, if the shared data is there.
fn gold_texts() -> Vec<PathBuf> {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold");
    let folders =
        fs::read_dir(gold).into_iter().flatten().flatten().filter_map(|folder| fs::read_dir(folder.path()).ok());
    folders
        .flatten()
        .flatten()
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect()
}

#[test]
fn readings_from_a_file_are_compared_like_those_at_hand() {
    let mut events: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    for path in gold_texts().into_iter().filter(|p| p.parent().is_some_and(|folder| folder.ends_with("calls"))) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let event = name.split('.').next().unwrap_or_default().to_owned();
        let text = fs::read_to_string(&path).expect("a text");
        events.entry(event).or_default().push(Document::from_text(name, text));
    }
    events.insert("own".into(), vec![Document::from_text("north", NORTH), Document::from_text("south", SOUTH)]);
    let mut worker = READER.worker();
    for (event, mut documents) in events {
        documents.sort_by(|a, b| a.id.cmp(&b.id));
        let analyses: Vec<_> = documents.iter().map(|document| worker.analyse(document)).collect();
        let at_hand = READER.compare(&analyses, &Options::default());
        let readings: Vec<Reading> = analyses.into_iter().map(|analysis| analysis.into_reading()).collect();
        let written: Vec<Reading<Point>> = readings.iter().map(Reading::to_code_points).collect();
        let json = serde_json::to_string(&written).expect("JSON");
        let kept: Vec<Reading<Point>> = serde_json::from_str(&json).expect("readings");
        let kept = kept.into_iter().map(|reading| reading.into_bytes().expect("spans of the text"));
        let kept: Vec<Reading> = kept.collect();
        assert_eq!(compare(&kept), at_hand, "{event}");
    }
}

#[test]
fn reading_and_comparing_a_text_give_the_same_conversation() {
    let mut worker = READER.worker();
    let texts = gold_texts()
        .into_iter()
        .filter_map(|path| Some((path.file_stem()?.to_str()?.to_owned(), fs::read_to_string(path).ok()?)));
    let own = [("north".to_owned(), NORTH.to_owned()), ("south".to_owned(), SOUTH.to_owned())];
    for (id, text) in texts.chain(own) {
        let document = Document::from_text(&id, &text);
        let analysis = worker.analyse(&document);
        let reading = analysis.reading().clone();
        let told = READER.compare(&[analysis], &Options::default()).conversation;
        let Some(Conversation { participants, medium, date, initiator, .. }) = reading.conversations.first() else {
            assert!(told.participants.is_empty(), "{id}");
            continue;
        };
        let names: Vec<&str> = participants.iter().filter_map(|id| Some(reading.entity(id)?.name.as_str())).collect();
        assert_eq!(names, told.participants.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), "{id}");
        assert_eq!((*medium, date), (told.medium, &told.date), "{id}");
        assert_eq!(initiator.as_ref().map(|i| &i.side), told.initiator.as_ref().map(|i| &i.side), "{id}");
    }
}
