//! The store as its users meet it: what is kept, found, corrected and undone.

use std::path::PathBuf;
use std::sync::OnceLock;

use proptest::prelude::*;
use saywho::{Document, Reader, Reading, Span, Weights};
use saywho_store::{
    Body, Days, EntityQuestion, EntityRef, Error, Identity, Page, Part, Question, State, Store, Wording, identify,
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
    let merge = Body::Merge { entity: many.brief.id, into: few.brief.id };
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
    ReadAgain,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let number = 0..40_usize;
    let deed = prop_oneof![
        (number.clone(), proptest::option::of(number.clone())).prop_map(|(a, e)| Deed::Speaker(a, e)),
        (number.clone(), proptest::option::of(number.clone())).prop_map(|(e, a)| Deed::Split(e, a)),
        (number.clone(), number.clone()).prop_map(|(a, at)| Deed::Span(a, at)),
        (number.clone(), number.clone()).prop_map(|(a, b)| Deed::Merge(a, b)),
        number.prop_map(Deed::Rename),
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
                    spans: vec![Span::new(at, at + 20)],
                },
                Deed::Merge(a, b) => Body::Merge { entity: number(a), into: number(b) },
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
