//! The store as its users meet it: what is kept, found, corrected and undone.

use std::path::PathBuf;
use std::sync::OnceLock;

use proptest::prelude::*;
use saywho::reading::{Act, AttributionType, Polarity, UnitKind};
use saywho::{Document, PointSpan, Points, Reader, Reading, Span, Weights, reading};
use saywho_store::{
    Body, Days, EntityQuestion, EntityRef, Error, Hit, Identity, Page, Part, Question, State, Store, VERSION, Wording,
    identify,
};
use tempfile::TempDir;

fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| Reader::with_weights(Weights::Fast).expect("a reader"))
}

fn example(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    std::fs::read_to_string(path).expect("the example")
}

fn read(name: &str, text: &str) -> (Identity, Reading) {
    let mut document = Document { source: Some(format!("/news/{name}.txt")), ..Document::from_text(name, text) };
    let identity = identify(&mut document);
    (identity, reader().worker().read(document))
}

struct Case {
    store: Store,
    _folder: TempDir,
}

fn case(documents: &[(&str, &str)]) -> Case {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("case.db")).expect("a store");
    let readings: Vec<_> = documents.iter().map(|(name, text)| read(name, text)).collect();
    store.add(&readings).expect("kept");
    Case { store, _folder: folder }
}

fn asked(q: &str) -> Question {
    Question { q: Some(q.into()), ..Question::default() }
}

fn speaker_of(store: &Store, question: &Question) -> Option<String> {
    store.search(question).expect("found").items.first()?.speaker.as_ref().map(|s| s.name.clone())
}

const LIFT: &str = "“The fishing ban ends in May,” Ilse Maren said on Monday.";

#[test]
fn what_was_said_is_found_by_words_speaker_and_date() {
    let case = case(&[("a-2031-04-02", LIFT), ("b-2031-05-01", "“Grain will be shipped,” Teo Vasca said on Friday.")]);
    let found = |question: &Question| case.store.search(question).expect("found").total;
    assert_eq!(found(&asked("bans")), 1, "words are found in any form");
    assert_eq!(found(&asked("ban grain")), 0, "all words must occur");
    assert_eq!(found(&asked("\"fishing ban\"")), 1);
    assert_eq!(found(&Question { issue: Some("grain, ban".into()), ..Question::default() }), 2);
    assert_eq!(found(&Question { speaker: Some("maren".into()), ..Question::default() }), 1);
    let may = Days { from: Some("2031-05".into()), to: None };
    assert_eq!(found(&Question { days: may, ..Question::default() }), 1);
    assert!(matches!(case.store.search(&asked("-ban")), Err(Error::Invalid(_))));
}

#[test]
fn pages_hold_everything_once_and_facets_count_it() {
    let texts: Vec<(String, &str)> = (1..=9).map(|i| (format!("n-2031-04-0{}", i % 4 + 1), LIFT)).collect();
    let case = case(&[]);
    let readings: Vec<_> =
        texts.iter().enumerate().map(|(i, (name, text))| read(&format!("{name}-{i}"), text)).collect();
    case.store.add(&readings).expect("kept");
    let (mut cursor, mut ids) = (None, Vec::new());
    loop {
        let page = Page { cursor, limit: Some(4) };
        let found = case.store.search(&Question { page, facets: true, ..asked("ban") }).expect("found");
        let facets = found.facets.expect("facets");
        assert_eq!(facets.month.iter().map(|m| m.count).sum::<u64>(), found.total);
        assert_eq!(facets.speaker[0].count, found.total);
        ids.extend(found.items.iter().map(|hit| hit.id));
        cursor = found.next;
        if cursor.is_none() {
            break;
        }
    }
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((all, ids.len()), (9, 9));
}

#[test]
fn an_unchanged_document_is_known_and_a_new_text_takes_its_place() {
    let case = case(&[("a", LIFT)]);
    let (same, _) = read("a", LIFT);
    assert_eq!(case.store.unchanged(&same).expect("asked").map(|kept| kept.state), Some(State::Unchanged));
    let new = read("a", "“Nobody lifts anything,” Teo Vasca said.");
    assert_eq!(case.store.unchanged(&new.0).expect("asked"), None);
    assert_eq!(case.store.add(&[new]).expect("kept")[0].state, State::Replaced);
    assert_eq!(case.store.sums().expect("sums").documents, 1);
    assert_eq!(case.store.search(&asked("ban")).expect("found").total, 0, "the old words are gone from the index");
    assert_eq!(case.store.check().expect("checked"), "ok");
}

#[test]
fn a_corrected_speaker_survives_another_reading_and_a_new_text() {
    let case = case(&[("a", LIFT)]);
    let hit = &case.store.search(&asked("ban")).expect("found").items[0];
    let (document, attribution) = (hit.document.id, hit.attribution.clone());
    let speaker = EntityRef::Local("e1".into());
    let split =
        Body::Split { document, entity: speaker, name: "Jon Maren".into(), attributions: Some(vec![attribution]) };
    let kept = case.store.correct(split, Some("Ada")).expect("corrected");
    let found = || speaker_of(&case.store, &asked("ban"));
    assert_eq!(found().as_deref(), Some("Jon Maren"));

    let again = reader().worker().read(case.store.raw_reading(document).expect("there").document);
    case.store.replace_reading(document, &again).expect("read again");
    assert_eq!(found().as_deref(), Some("Jon Maren"));
    case.store.add(&[read("a", &format!("Brel, Tuesday. The sea was calm.\n\n{LIFT}"))]).expect("kept");
    assert_eq!(found().as_deref(), Some("Jon Maren"), "the passage has moved and is found again");

    case.store.add(&[read("a", "“Grain is shipped,” Teo Vasca said.")]).expect("kept");
    let all = case.store.corrections(Some(document)).expect("listed");
    assert!(!all[0].applied, "the new text does not hold the passage");
    assert_eq!((all[0].who.as_deref(), all[0].id), (Some("Ada"), kept.id));
    case.store.add(&[read("a", LIFT)]).expect("kept");
    assert_eq!(found().as_deref(), Some("Jon Maren"));
    case.store.undo(kept.id, Some("Bo")).expect("undone");
    assert_eq!(found().as_deref(), Some("Ilse Maren"));
    assert!(case.store.undo(kept.id, None).is_err(), "nothing is undone twice");
}

#[test]
fn merged_entities_are_one_everywhere_until_that_is_undone() {
    let case = case(&[("a", LIFT), ("b", "“Ships must wait,” Maren said. “No fish is left,” Maren added.")]);
    let list = || {
        let question = EntityQuestion { q: Some("maren".into()), speakers: true, ..EntityQuestion::default() };
        case.store.entities(&question).expect("listed").items
    };
    let [few, many] = list().try_into().map(|[a, b]: [_; 2]| [b, a]).expect("two entities");
    let merge = Body::Merge { entity: many.brief.id, into: few.brief.id, confirm: false };
    let kept = case.store.correct(merge.clone(), None).expect("merged");
    let one = list();
    assert_eq!((one.len(), one[0].attributions), (1, few.attributions + many.attributions));
    assert!(matches!(case.store.correct(merge, None), Err(Error::Invalid(_))), "they are one already");
    let renamed = Body::Rename { entity: many.brief.id, name: "Minister Maren".into() };
    case.store.correct(renamed, None).expect("renamed");
    assert_eq!(list()[0].brief.name, "Minister Maren");
    case.store.undo(kept.id, None).expect("undone");
    assert_eq!(list().len(), 2);
}

/// The span of words in a text.
fn at(text: &str, words: &str) -> Vec<PointSpan> {
    let start = text.find(words).expect("the words");
    vec![Points::of(text).span(Span::new(start, start + words.len()))]
}

#[test]
fn a_person_and_a_state_are_made_one_only_by_who_says_that_this_is_meant() {
    let case = case(&[(
        "a",
        "“The ban ends in May,” Ilse Maren said. The Norrland foreign ministry warned that the drills go on.",
    )]);
    let list = case.store.entities(&EntityQuestion { speakers: true, ..EntityQuestion::default() }).expect("listed");
    let of = |kind: &str| list.items.iter().find(|e| e.brief.kind == kind).expect("one of the kind").brief.id;
    let merge = |confirm| Body::Merge { entity: of("organisation"), into: of("person"), confirm };
    let refused = case.store.correct(merge(false), None).expect_err("different kinds");
    assert!(matches!(refused, Error::Unconfirmed(_)));
    let told = refused.to_string();
    assert!(told.contains("“Ilse Maren” of the kind person") && told.contains("--yes"), "{told}");
    case.store.correct(merge(true), None).expect("meant");
}

#[test]
fn act_addressee_and_polarity_are_corrected_and_survive_another_reading() {
    let text = "Ilse Maren told Teo Vasca on Monday that the fishing ban ends in May.";
    let case = case(&[("a", text)]);
    let before = case.store.search(&asked("ban")).expect("found").items.remove(0);
    let (document, attribution) = (1, before.attribution.clone());
    let speaker = EntityRef::Store(before.speaker.expect("a speaker").id);
    let decisions = [
        Body::Act { document, attribution: attribution.clone(), act: Act::Promise },
        Body::Polarity { document, attribution: attribution.clone(), polarity: Polarity::Negated },
        Body::Addressee { document, attribution, entity: Some(speaker) },
    ];
    let kept: Vec<i64> =
        decisions.into_iter().map(|body| case.store.correct(body, Some("Ada")).expect("corrected").id).collect();
    let again = reader().worker().read(case.store.unread(1).expect("there"));
    case.store.replace_reading(1, &again).expect("read again");
    let now =
        case.store.search(&Question { act: Some("promise".into()), ..asked("ban") }).expect("found").items.remove(0);
    assert_eq!((now.polarity.as_str(), now.addressee.expect("corrected").name.as_str()), ("negated", "Ilse Maren"));
    kept.iter().for_each(|id| drop(case.store.undo(*id, None).expect("undone")));
    let restored = case.store.search(&asked("ban")).expect("found").items.remove(0);
    assert_eq!((restored.act, restored.polarity, restored.addressee), (before.act, before.polarity, before.addressee));
}

#[test]
fn what_lies_inside_is_heard_through_the_corrected_speaker() {
    let case = case(&[("a", "Radio North reported that Teo Vasca told Ilse Maren the fishing ban ends in May.")]);
    let all = || case.store.search(&Question::default()).expect("found").items;
    let before = all();
    let names = |hit: &Hit| hit.chain.iter().map(|link| link.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&before[1]), ["Radio North", "Teo Vasca"]);
    let maren = case.store.entities(&EntityQuestion { q: Some("Maren".into()), ..EntityQuestion::default() });
    let maren = EntityRef::Store(maren.expect("found").items[0].brief.id);
    let speaker = |entity| Body::Speaker { document: 1, attribution: before[0].attribution.clone(), entity };
    let kept = case.store.correct(speaker(Some(maren)), None).expect("corrected");
    assert_eq!(names(&all()[1]), ["Ilse Maren", "Teo Vasca"]);
    let nobody = case.store.correct(speaker(None), None).expect("corrected");
    assert_eq!(names(&all()[1]), ["Teo Vasca"]);
    [nobody, kept].iter().for_each(|kept| drop(case.store.undo(kept.id, None).expect("undone")));
    assert_eq!(names(&all()[1]), names(&before[1]));
}

#[test]
fn what_was_said_in_a_conversation_goes_by_the_corrected_speaker_and_addressee() {
    let text = "President Ilse Maren of Norrland met President Teo Vasca of Sudovia on Monday, Radio North reported. “The ban must \
        go,” Maren told Vasca. Ada Brill, a trader, told Vasca on Tuesday that she would sail anyway.";
    let case = case(&[("report", text)]);
    let reading = || case.store.document(1).expect("there").reading;
    let said_there = |words: &str| {
        let reading = reading();
        let of = reading.attributions.iter().find(|a| a.content.iter().any(|c| c.of(text).contains(words)));
        of.expect("an attribution").conversation.clone()
    };
    let attribution = |words: &str| {
        let reading = reading();
        let holds = |a: &&saywho::reading::Attribution| a.content.iter().any(|c| c.of(text).contains(words));
        reading.attributions.iter().find(holds).expect("an attribution").id.clone()
    };
    let entity = |name: &str| {
        let document = case.store.document(1).expect("there");
        let local = document.reading.entities.iter().find(|e| e.name == name).expect("an entity").id.clone();
        EntityRef::Store(document.entities[&local])
    };
    let (ban, sail) = ("The ban must", "sail anyway");
    assert_eq!((said_there(ban).as_deref(), said_there(sail)), (Some("c1"), None));

    let speaker = Body::Speaker { document: 1, attribution: attribution(ban), entity: Some(entity("Ada Brill")) };
    let speaker = case.store.correct(speaker, None).expect("corrected").id;
    assert_eq!(said_there(ban), None);
    case.store.undo(speaker, None).expect("undone");
    let addressee = Body::Addressee { document: 1, attribution: attribution(ban), entity: None };
    let addressee = case.store.correct(addressee, None).expect("corrected").id;
    assert_eq!(said_there(ban), None);
    case.store.undo(addressee, None).expect("undone");
    assert_eq!(said_there(ban).as_deref(), Some("c1"));

    let (EntityRef::Store(brill), EntityRef::Store(maren)) = (entity("Ada Brill"), entity("Ilse Maren")) else {
        panic!()
    };
    let merged =
        case.store.correct(Body::Merge { entity: brill, into: maren, confirm: false }, None).expect("merged").id;
    assert_eq!(said_there(sail).as_deref(), Some("c1"));
    case.store.undo(merged, None).expect("undone");
    assert_eq!(said_there(sail), None);
}

#[test]
fn a_renamed_person_is_found_by_the_new_name_and_the_old_one() {
    let case = case(&[("a", "Ilse Maren said that the fishing ban ends in May.")]);
    let found = |name: &str| {
        let speakers = case.store.entities(&EntityQuestion { q: Some(name.into()), ..EntityQuestion::default() });
        let said = case.store.search(&Question { speaker: Some(name.into()), ..Question::default() });
        (speakers.expect("asked").items.len(), said.expect("asked").items.len())
    };
    assert_eq!((found("Maren"), found("Dorn")), ((1, 1), (0, 0)));
    let kept = case.store.correct(Body::Rename { entity: 1, name: "Ilsabet Dorn".into() }, None).expect("renamed");
    assert_eq!((found("Maren"), found("ilsabet dorn")), ((1, 1), (1, 1)));
    case.store.undo(kept.id, None).expect("undone");
    assert_eq!((found("Maren"), found("Dorn")), ((1, 1), (0, 0)));
}

#[test]
fn an_added_attribution_leaves_one_of_other_words_alone() {
    let text = "Teo Vasca warned that prices could double by winter.";
    let case = case(&[("a", text)]);
    let before = case.store.search(&Question::default()).expect("found").items;
    let add = Body::Add {
        document: 1,
        source: Vec::new(),
        cue: Vec::new(),
        content: at(text, "prices could double"),
        speaker: None,
        name: Some("Institute for Gas Studies".into()),
        addressee: None,
        act: Act::Say,
        polarity: Polarity::Affirmed,
    };
    case.store.correct(add, None).expect("added");
    let after = case.store.search(&Question::default()).expect("found").items;
    assert_eq!(after.len(), before.len() + 1);
    assert!(after.iter().any(|a| a.content == before[0].content && a.speaker == before[0].speaker));
}

#[test]
fn a_false_attribution_is_rejected_and_what_it_held_stays() {
    let nested = "Radio North reported that Teo Vasca told Ilse Maren the fishing ban ends in May.";
    let case = case(&[("a", nested)]);
    let all = || case.store.search(&Question::default()).expect("found").items;
    let before = all();
    let (outer, inner) = (&before[0], &before[1]);
    assert_eq!(inner.inside.as_ref(), Some(&outer.attribution));
    let reject = Body::Reject { document: 1, attribution: outer.attribution.clone() };
    let kept = case.store.correct(reject, None).expect("rejected");
    let left = all();
    assert_eq!(left.len(), before.len() - 1);
    assert_eq!((&left[0].attribution, left[0].id, &left[0].inside), (&inner.attribution, inner.id, &None));
    assert_eq!(left[0].chain.len(), inner.chain.len() - 1, "it is no longer said through the rejected one");
    assert_eq!(case.store.document(1).expect("there").row.attributions, 1);
    case.store.add(&[read("a", &format!("The sea was calm.\n\n{nested}"))]).expect("kept");
    assert!(all().iter().all(|a| a.content != outer.content), "it stays rejected where its passage has moved");
    assert!(case.store.correction(kept.id).expect("there").applied);
    case.store.add(&[read("a", nested)]).expect("kept");
    let add = Body::Add {
        document: 1,
        source: at(nested, "Radio North"),
        cue: at(nested, "reported"),
        content: at(nested, "that Teo Vasca told Ilse Maren the fishing ban ends in May"),
        speaker: None,
        name: Some("Radio North".into()),
        addressee: None,
        act: Act::Inform,
        polarity: Polarity::Affirmed,
    };
    let added = case.store.correct(add, None).expect("added");
    let again = all().into_iter().find(|a| a.attribution == inner.attribution).expect("it stays");
    assert_eq!((again.inside.as_deref(), again.chain.len()), (Some("added2"), inner.chain.len()));
    assert_eq!(again.chain[0].name, "Radio North");
    case.store.undo(added.id, None).expect("undone");
    case.store.undo(kept.id, None).expect("undone");
    assert_eq!(all().len(), before.len());
}

#[test]
fn a_missing_attribution_is_added_corrected_moved_and_taken_back() {
    let text = "On the wall of the harbour stood “the herring will not come back” in red paint.";
    let case = case(&[("a", text)]);
    let add = Body::Add {
        document: 1,
        source: at(text, "the wall of the harbour"),
        cue: Vec::new(),
        content: at(text, "the herring will not come back"),
        speaker: None,
        name: Some("Jon Tarn".into()),
        addressee: None,
        act: Act::Warn,
        polarity: Polarity::Affirmed,
    };
    let spoken =
        || case.store.search(&Question { speaker: Some("tarn".into()), ..asked("herring") }).expect("found").items;
    let kept = case.store.correct(add, Some("Ada")).expect("added");
    let hit = spoken().remove(0);
    assert_eq!(
        (hit.act.as_str(), hit.kind.as_str(), hit.source.as_str()),
        ("warn", "direct", "the wall of the harbour")
    );
    assert_eq!(hit.chain.iter().map(|link| link.name.as_str()).collect::<Vec<_>>(), ["Jon Tarn"]);
    let reading = case.store.document(1).expect("there").reading;
    let added = reading.attributions.iter().find(|a| a.id == hit.attribution).expect("in the reading");
    assert_eq!((added.kind, added.confidence), (AttributionType::Direct, 1.0));
    assert_eq!(added.content[0].of(&reading.document.text), "the herring will not come back");

    let later = Body::Act { document: 1, attribution: hit.attribution.clone(), act: Act::Believe };
    case.store.correct(later, None).expect("what was added is corrected as all others are");
    assert_eq!(spoken()[0].act, "believe");
    case.store.add(&[read("a", &format!("Brel, Tuesday. Är havet lugnt?\n\n{text}"))]).expect("kept");
    let moved = spoken().remove(0);
    assert_eq!((moved.act.as_str(), moved.content.as_str()), ("believe", "the herring will not come back"));
    assert!(moved.start > hit.start);
    case.store.add(&[read("a", LIFT)]).expect("kept");
    assert!(!case.store.correction(kept.id).expect("there").applied, "the new text does not hold the passage");
    case.store.add(&[read("a", text)]).expect("kept");
    assert_eq!(spoken().len(), 1);
    case.store.undo(kept.id, None).expect("undone");
    assert!(spoken().is_empty());
}

#[test]
fn what_was_added_and_is_then_found_by_a_reading_stands_there_once() {
    let case = case(&[("a", LIFT)]);
    let hit = case.store.search(&asked("ban")).expect("found").items.remove(0);
    let add = Body::Add {
        document: 1,
        source: at(LIFT, "Ilse Maren"),
        cue: at(LIFT, "said"),
        content: at(LIFT, "The fishing ban ends in May"),
        speaker: None,
        name: Some("Jon Maren".into()),
        addressee: None,
        act: Act::Promise,
        polarity: Polarity::Affirmed,
    };
    case.store.correct(add, None).expect("added");
    let found = case.store.search(&asked("ban")).expect("found").items;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&found[0].attribution, found[0].act.as_str()), (&hit.attribution, "promise"));
    assert_eq!(found[0].speaker.as_ref().map(|s| s.name.as_str()), Some("Jon Maren"));
    case.store.correct(Body::Reject { document: 1, attribution: hit.attribution }, None).expect("rejected");
    let found = case.store.search(&asked("ban")).expect("found").items;
    assert_eq!(found.len(), 1, "what was read is false, what was added stays: {found:?}");
    assert_eq!((found[0].attribution.as_str(), found[0].act.as_str()), ("added1", "promise"));
}

#[test]
fn decisions_that_make_no_sense_are_refused() {
    let case = case(&[("a", LIFT)]);
    let add = |content: Vec<PointSpan>, speaker, name: Option<&str>| Body::Add {
        document: 1,
        source: Vec::new(),
        cue: Vec::new(),
        content,
        speaker,
        name: name.map(str::to_owned),
        addressee: None,
        act: Act::Say,
        polarity: Polarity::Affirmed,
    };
    let here = vec![PointSpan::points(1, 10)];
    for body in [
        add(Vec::new(), None, None),
        add(vec![PointSpan::points(5, 9999)], None, None),
        add(here.clone(), Some(EntityRef::Store(1)), Some("Jon Tarn")),
        add(here.clone(), Some(EntityRef::Store(99)), None),
        add(here, None, Some(" ")),
        Body::Reject { document: 1, attribution: "a99".into() },
        Body::Act { document: 9, attribution: "a1".into(), act: Act::Say },
        Body::Addressee { document: 1, attribution: "a1".into(), entity: Some(EntityRef::Local("e99".into())) },
    ] {
        assert!(
            matches!(case.store.correct(body.clone(), None), Err(Error::Invalid(_) | Error::Missing(_))),
            "{body:?}"
        );
    }
    assert!(case.store.corrections(None).expect("listed").is_empty());
}

#[test]
fn tables_of_what_was_found_have_the_layout_of_readings() {
    let text = "Radio North reported that Ilse Maren told Teo Vasca the fishing ban ends in May.";
    let case = case(&[("a-2031-04-02", text)]);
    let found = case.store.search(&Question::default()).expect("found").items;
    let reading = case.store.document(1).expect("there").reading;
    let lines = |table: String| {
        let mut lines: Vec<String> = table.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let read = saywho_report::csv_header() + &saywho_report::csv_rows(&reading);
    assert!(read.contains("Radio North > Ilse Maren"), "{read}");
    assert_eq!(lines(saywho_store::csv(&found)), lines(read));
}

#[test]
fn only_what_is_sure_enough_is_found() {
    let case = case(&[("a", LIFT)]);
    let found = |least| {
        let question = Question { min_confidence: Some(least), ..asked("ban") };
        case.store.search(&question).map(|found| found.total)
    };
    let sure = case.store.search(&asked("ban")).expect("found").items[0].confidence;
    assert_eq!((found(0.0).ok(), found(sure).ok(), found(1.0).ok()), (Some(1), Some(1), Some(u64::from(sure >= 1.0))));
    assert!(matches!(found(1.5), Err(Error::Invalid(_))));
}

#[test]
fn what_an_older_saywho_has_kept_is_brought_up_to_date_and_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("case.db");
    let mut document = Document {
        source: Some("/news/a.txt".into()),
        units: vec![reading::Unit { span: Span::new(0, 8), kind: UnitKind::Heading }],
        ..Document::from_text("a", format!("The ban.\n\n{LIFT}"))
    };
    let identity = identify(&mut document);
    let kept = reader().worker().read(document);
    {
        let store = Store::open(&file).expect("a store");
        store.add(&[(identity.clone(), kept.clone())]).expect("kept");
        assert!(store.outdated().expect("asked").is_empty());
        let split = Body::Speaker { document: 1, attribution: "a1".into(), entity: None };
        store.correct(split, None).expect("corrected");
    }
    // As it was before chains and versions were noted.
    let old = rusqlite::Connection::open(&file).expect("opened");
    old.execute_batch(
        "ALTER TABLE attribution DROP COLUMN chain; ALTER TABLE reading DROP COLUMN version;
         ALTER TABLE reading DROP COLUMN units; PRAGMA user_version = 1;",
    )
    .expect("made old");
    drop(old);
    let store = Store::open(&file).expect("brought up to date");
    assert_eq!(store.outdated().expect("asked"), [1]);
    assert_eq!(store.document(1).expect("there").row.read_by, None);
    assert_eq!(store.unchanged(&identity).expect("asked"), None, "it is worth reading again");
    assert_eq!(store.add(&[(identity.clone(), kept)]).expect("kept")[0].state, State::Reread);
    assert!(store.outdated().expect("asked").is_empty());
    let now = store.document(1).expect("there");
    assert_eq!(now.row.read_by.as_deref(), Some(VERSION));
    assert_eq!(now.reading.attributions[0].speaker, None, "the correction is kept");
    assert_eq!(store.unread(1).expect("there").units.len(), 1, "what its format told is kept");
    assert!(store.unchanged(&identity).expect("asked").is_some());
    assert_eq!(store.check().expect("checked"), "ok");
}

#[test]
fn a_document_is_called_by_its_number_or_by_a_name_that_no_other_has() {
    let case = case(&[("a", LIFT), ("b", LIFT)]);
    assert_eq!(case.store.document_called("2").expect("there"), 2);
    assert_eq!(case.store.document_called("b").expect("there"), 2);
    assert!(matches!(case.store.document_called("c"), Err(Error::Missing(_))));
    let mut other = Document { source: Some("/other/b.txt".into()), ..Document::from_text("b", "The sea was calm.") };
    let identity = identify(&mut other);
    let reading = reader().worker().read(other);
    case.store.add(&[(identity, reading)]).expect("kept");
    let told = case.store.document_called("b").expect_err("two").to_string();
    assert!(told.contains("2, 3"), "{told}");
}

#[test]
fn who_is_named_in_full_is_one_whether_or_not_a_text_tells_the_side() {
    let said = |side: &str| format!("“The ban ends in May,” {side}Ilse Maren said on Monday.");
    let case = case(&[
        ("a", &said("")),
        ("b", &said("Norrland Foreign Minister ")),
        ("c", &said("")),
        ("d", &said("Sudovia Foreign Minister ")),
    ]);
    let question = EntityQuestion { q: Some("maren".into()), speakers: true, ..EntityQuestion::default() };
    let found = case.store.entities(&question).expect("listed").items;
    let told: Vec<_> = found.iter().map(|row| (row.brief.side.as_deref(), row.documents)).collect();
    assert_eq!(told, [(Some("Norrland"), 3), (Some("Sudovia"), 1)]);
}

#[test]
fn two_accounts_of_one_day_are_one_conversation() {
    let case = case(&[
        ("call-2031-04-02.norrland", &example("accounts/call-2031-04-02.norrland.txt")),
        ("call-2031-04-02.sudovia", &example("accounts/call-2031-04-02.sudovia.txt")),
    ]);
    let found = case.store.conversations(None, &Days::default(), &Page::default()).expect("listed");
    assert_eq!(found.total, 1, "{found:?}");
    let (meeting, readings) = case.store.conversation(found.items[0].id).expect("there");
    assert_eq!((meeting.documents.len(), readings.len(), meeting.date.as_deref()), (2, 2, Some("2031-04-02")));
    let elsewhere =
        case.store.conversations(Some("vasca"), &Days { from: Some("2032".into()), to: None }, &Page::default());
    assert_eq!(elsewhere.expect("listed").total, 0);
}

#[test]
fn a_timeline_marks_what_was_said_again_and_what_was_said_otherwise() {
    let changed = "“The fishing ban ends in June,” Ilse Maren said on Monday.";
    let case = case(&[("a-2031-01-01", LIFT), ("b-2031-02-01", LIFT), ("c-2031-03-01", changed)]);
    let id = case.store.search(&asked("ban")).expect("found").items[0].speaker.as_ref().expect("a speaker").id;
    let timeline = case.store.entity(id, Some("ban"), &Days::default()).expect("there").timeline;
    let marks: Vec<Wording> = timeline.iter().map(|position| position.wording).collect();
    assert_eq!(marks, [Wording::New, Wording::Repeated, Wording::Changed]);
    assert!(timeline[2].before.as_ref().is_some_and(|before| before.content.contains("May")));
}

#[test]
fn a_quotation_and_what_is_said_inside_it_are_no_changed_wording() {
    let nested = "“I told Teo Vasca that the fishing ban in the strait ends in May,” Ilse Maren said on Monday.";
    let case = case(&[("a-2031-01-01", nested)]);
    let found = case.store.search(&asked("ban")).expect("found").items;
    let id = found[0].speaker.as_ref().expect("a speaker").id;
    let timeline = case.store.entity(id, Some("ban"), &Days::default()).expect("there").timeline;
    assert!(timeline.len() > 1, "one lies inside the other: {timeline:?}");
    assert!(timeline.iter().all(|position| position.wording == Wording::New), "{timeline:?}");
}

#[test]
fn every_share_has_its_denominator() {
    let case = case(&[("report-2031-04-02", &example("call/report.txt"))]);
    let stats = case.store.stats(&Question::default()).expect("counted");
    for table in [&stats.named, &stats.side, &stats.kind, &stats.form] {
        assert_eq!(table.iter().map(|row| row.count).sum::<u64>(), stats.attributions);
        assert_eq!(table.iter().map(|row| row.words).sum::<u64>(), stats.words);
        assert!(table.iter().all(|row| row.of == stats.attributions && row.of_words == stats.words));
    }
    assert_eq!(stats.months[0].month, "2031-04");
}

#[test]
fn a_removed_document_leaves_nothing_to_find() {
    let case = case(&[("a", LIFT)]);
    let id = case.store.search(&asked("ban")).expect("found").items[0].document.id;
    case.store.remove(id).expect("removed");
    assert_eq!(case.store.search(&asked("ban")).expect("found").total, 0);
    assert!(matches!(case.store.document(id), Err(Error::Missing(_))));
    assert_eq!(case.store.check().expect("checked"), "ok");
}

#[test]
fn other_files_and_later_databases_are_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let (text, other, later) = (folder.path().join("a.txt"), folder.path().join("o.db"), folder.path().join("l.db"));
    std::fs::write(&text, "no database, but longer than the head of one: ".repeat(300)).expect("written");
    assert!(matches!(Store::open(&text), Err(Error::NotOurs(_))));
    let foreign = rusqlite::Connection::open(&other).expect("opened");
    foreign.execute_batch("CREATE TABLE wine (year)").expect("made");
    assert!(matches!(Store::open(&other), Err(Error::NotOurs(_))));
    drop(Store::open(&later).expect("made"));
    rusqlite::Connection::open(&later).expect("opened").pragma_update(None, "user_version", 99).expect("set");
    assert!(matches!(Store::open(&later), Err(Error::Newer { found: 99, .. })));
}

#[test]
fn a_closed_store_is_one_file_and_keeps_nothing_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("case.db");
    let store = Store::open(&file).expect("a store");
    store.add(&[read("a", LIFT)]).expect("kept");
    assert_eq!(store.search(&asked("ban")).expect("found").total, 1);
    store.close().expect("one file");
    assert!(matches!(store.add(&[read("b", LIFT)]), Err(Error::Closed)));
    assert!(!folder.path().join("case.db-wal").exists());
    let copy = folder.path().join("copy.db");
    std::fs::copy(&file, &copy).expect("copied");
    assert_eq!(Store::open(&copy).expect("a store").search(&asked("ban")).expect("found").total, 1);
}

#[test]
fn what_others_write_is_whole_when_the_last_one_leaves() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("case.db");
    let (first, second) = (Store::open(&file).expect("a store"), Store::open_to_ask(&file).expect("a store"));
    assert!(second.is_writable());
    first.add(&[read("a", LIFT)]).expect("kept");
    assert_eq!(second.search(&asked("ban")).expect("found").total, 1);
    drop(first);
    let copy = folder.path().join("copy.db");
    std::fs::copy(&file, &copy).expect("copied");
    assert_eq!(Store::open(&copy).expect("a store").sums().expect("sums").documents, 1);
    assert_eq!(second.search(&asked("ban")).expect("found").total, 1, "the other one goes on");
}

#[test]
fn a_full_disk_is_told_apart_from_a_broken_database() {
    let failed = |code| Error::from(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None));
    for code in [rusqlite::ffi::SQLITE_FULL, rusqlite::ffi::SQLITE_IOERR_WRITE, rusqlite::ffi::SQLITE_IOERR_FSYNC] {
        assert!(matches!(failed(code), Error::NoRoom(_)));
    }
    assert!(matches!(failed(rusqlite::ffi::SQLITE_IOERR_READ), Error::Database(_)));
}

/// Something a person may do.
#[derive(Debug, Clone)]
enum Deed {
    Speaker(usize, Option<usize>),
    Split(usize, Option<usize>),
    Span(usize, usize),
    Merge(usize, usize),
    Rename(usize),
    Addressee(usize, Option<usize>),
    Act(usize),
    Polarity(usize),
    Reject(usize),
    Add(usize, usize),
    ReadAgain,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let number = 0..40_usize;
    let deed = prop_oneof![
        (number.clone(), proptest::option::of(number.clone())).prop_map(|(a, e)| Deed::Speaker(a, e)),
        (number.clone(), proptest::option::of(number.clone())).prop_map(|(e, a)| Deed::Split(e, a)),
        (number.clone(), number.clone()).prop_map(|(a, at)| Deed::Span(a, at)),
        (number.clone(), number.clone()).prop_map(|(a, b)| Deed::Merge(a, b)),
        number.clone().prop_map(Deed::Rename),
        (number.clone(), proptest::option::of(number.clone())).prop_map(|(a, e)| Deed::Addressee(a, e)),
        number.clone().prop_map(Deed::Act),
        number.clone().prop_map(Deed::Polarity),
        number.clone().prop_map(Deed::Reject),
        (number.clone(), number).prop_map(|(at, e)| Deed::Add(at * 20, e)),
        Just(Deed::ReadAgain),
    ];
    proptest::collection::vec(deed, 1..8)
}

/// All that questions can see.
fn seen(store: &Store) -> String {
    let all = Question { facets: true, page: Page { cursor: None, limit: Some(200) }, ..Question::default() };
    let found = store.search(&all).expect("found");
    let stats = store.stats(&Question::default()).expect("counted");
    let document = store.document(1).expect("there");
    format!("{found:?}\n{stats:?}\n{:?}\n{:?}", document.reading, document.entities)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_in_any_order_restores_everything(deeds in deeds(), order in any::<u64>()) {
        let (identity, reading) = read("report", &example("call/report.txt"));
        let case = case(&[]);
        case.store.add(&[(identity, reading.clone())]).expect("kept");
        let (before, mut made) = (seen(&case.store), Vec::new());
        for deed in deeds {
            let attribution = |n: usize| reading.attributions[n % reading.attributions.len()].id.clone();
            let entity = |n: usize| EntityRef::Local(reading.entities[n % reading.entities.len()].id.clone());
            let number = |n: usize| (n % reading.entities.len()) as i64 + 1;
            let body = match deed {
                Deed::Speaker(a, e) => Body::Speaker { document: 1, attribution: attribution(a), entity: e.map(entity) },
                Deed::Split(e, a) => Body::Split {
                    document: 1,
                    entity: entity(e),
                    name: "Somebody Else".into(),
                    attributions: a.map(|a| vec![attribution(a)]),
                },
                Deed::Span(a, at) => Body::Span {
                    document: 1,
                    attribution: attribution(a),
                    part: Part::Content,
                    spans: vec![PointSpan::points(at, at + 20)],
                },
                Deed::Merge(a, b) => Body::Merge { entity: number(a), into: number(b), confirm: true },
                Deed::Addressee(a, e) => {
                    Body::Addressee { document: 1, attribution: attribution(a), entity: e.map(entity) }
                }
                Deed::Act(a) => Body::Act { document: 1, attribution: attribution(a), act: Act::Warn },
                Deed::Polarity(a) => {
                    Body::Polarity { document: 1, attribution: attribution(a), polarity: Polarity::Negated }
                }
                Deed::Reject(a) => Body::Reject { document: 1, attribution: attribution(a) },
                Deed::Add(at, e) => Body::Add {
                    document: 1,
                    source: Vec::new(),
                    cue: vec![PointSpan::points(at, at + 5)],
                    content: vec![PointSpan::points(at + 6, at + 30)],
                    speaker: Some(entity(e)),
                    name: None,
                    addressee: None,
                    act: Act::Say,
                    polarity: Polarity::Affirmed,
                },
                Deed::Rename(e) => Body::Rename { entity: number(e), name: "Another Name".into() },
                Deed::ReadAgain => {
                    let corrected = seen(&case.store);
                    case.store.replace_reading(1, &reading).expect("read again");
                    prop_assert_eq!(seen(&case.store), corrected);
                    continue;
                }
            };
            // What is one already cannot be merged.
            made.extend(case.store.correct(body, Some("Ada")).ok().map(|kept| kept.id));
        }
        let mut order = order;
        while !made.is_empty() {
            case.store.undo(made.remove((order % made.len() as u64) as usize), None).expect("undone");
            order = order.rotate_right(7);
        }
        prop_assert_eq!(seen(&case.store), before);
        prop_assert_eq!(case.store.check().expect("checked"), "ok");
    }
}
