//! Two sets of passages over invented sources, each altered in a known way (`tests/set`, and `tests/set/second` by another hand that
//! had not seen the code).

use std::collections::BTreeMap;

use saywho::{Document, Reader, Reading};
use saywho_check::{Passage, Verdict, check};

/// A row of `passages.tsv`.
struct Row {
    class: &'static str,
    verdict: &'static str,
    meaning: bool,
    change: &'static str,
    article: usize,
    frame: &'static str,
    words: &'static str,
}

/// Of all passages, and of each class, so many verdicts are right, in percent.
const RIGHT: usize = 93;
const RIGHT_OF_CLASS: usize = 85;
/// Reports that the sources support in wholly other words ("Nobody has heard us": no one listened to the union) are found less often.
const RIGHT_IN_OTHER_WORDS: usize = 55;
/// Of the passages with a change, so many name its kind.
const RIGHT_CHANGE: usize = 90;

fn rows(table: &'static str) -> Vec<Row> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [class, verdict, meaning, change, article, frame, words] = cells[..] else { panic!("{line:?}") };
        let article = article.parse().expect("the number of an article");
        Row { class, verdict, meaning: meaning == "1", change, article, frame, words }
    };
    lines.map(row).collect()
}

/// The text of an article, and the rows with where their passages stand in it.
type Article<'r> = (String, Vec<(&'r Row, usize, usize)>);

fn articles(rows: &[Row]) -> BTreeMap<usize, Article<'_>> {
    let mut articles: BTreeMap<usize, Article> = BTreeMap::new();
    for row in rows {
        let (text, passages) = articles.entry(row.article).or_default();
        let (before, behind) = row.frame.split_once("{}").expect("a place for the passage");
        let words = row.words.trim_start_matches('~');
        text.push_str(before);
        passages.push((row, text.len(), text.len() + words.len()));
        text.push_str(words);
        text.push_str(behind);
        text.push_str("\n\n");
    }
    articles
}

/// The passage that shares most with a stretch of the article.
fn at(passages: &[Passage], quoted: bool, start: usize, end: usize) -> Option<&Passage> {
    let shared = |p: &&Passage| p.end.min(end).saturating_sub(p.start.max(start));
    let found = passages.iter().filter(|p| p.quoted == quoted).max_by_key(shared)?;
    (2 * shared(&found) > end - start).then_some(found)
}

#[test]
fn passages_altered_in_a_known_way_get_their_verdicts() {
    let sources = [include_str!("set/transcript.txt"), include_str!("set/release.txt")];
    assert_right(include_str!("set/passages.tsv"), &sources);
}

#[test]
fn those_of_a_second_hand_do_too() {
    let sources = [
        include_str!("set/second/debate.txt"),
        include_str!("set/second/interview.txt"),
        include_str!("set/second/statements.txt"),
    ];
    assert_right(include_str!("set/second/passages.tsv"), &sources);
}

#[track_caller]
fn assert_right(table: &'static str, sources: &[&str]) {
    let reader = Reader::new().expect("the engine");
    let mut worker = reader.worker();
    let mut read = |id: &str, text: &str| -> Reading { worker.read(Document::from_text(id, text)) };
    let sources: Vec<Reading> = sources.iter().map(|text| read("source", text)).collect();
    let rows = rows(table);
    assert!(rows.len() >= 140);
    let (mut right, mut changes) = (BTreeMap::<&str, (usize, usize)>::new(), (0, 0));
    let (mut wrong, mut false_exact) = (Vec::new(), Vec::new());
    for (number, (text, passages)) in articles(&rows) {
        let article = read(&format!("article-{number}"), &text);
        let check = check(&reader, &[article], &sources);
        for (row, start, end) in passages {
            let found = at(&check.passages, !row.words.starts_with('~'), start, end);
            let verdict = found.map_or("no passage", |p| p.verdict.name());
            let is_right = verdict == row.verdict && found.is_some_and(|p| p.meaning == row.meaning);
            let count = right.entry(row.class).or_default();
            *count = (count.0 + usize::from(is_right), count.1 + 1);
            let kinds: Vec<&str> = found.map_or(Vec::new(), |p| p.changes.iter().map(|c| c.kind.name()).collect());
            if row.change != "-" {
                changes = (changes.0 + usize::from(kinds.contains(&row.change)), changes.1 + 1);
            }
            let told = format!("{} {:?}: {verdict} {kinds:?}", row.class, row.words);
            if found.is_some_and(|p| p.verdict == Verdict::Exact) && row.verdict != "exact" {
                false_exact.push(told.clone());
            }
            if !is_right || (row.change != "-" && !kinds.contains(&row.change)) {
                wrong.push(told);
            }
        }
    }
    let all = right.values().fold((0, 0), |sum, n| (sum.0 + n.0, sum.1 + n.1));
    println!(
        "verdict {}/{}, change {}/{}, by class {right:?}\n{}",
        all.0,
        all.1,
        changes.0,
        changes.1,
        wrong.join("\n")
    );
    assert!(false_exact.is_empty(), "never a false exact: {false_exact:?}");
    assert!(100 * all.0 >= RIGHT * all.1, "{} of {}", all.0, all.1);
    assert!(100 * changes.0 >= RIGHT_CHANGE * changes.1, "{} of {}", changes.0, changes.1);
    for (class, (right, of)) in right {
        let least = if class == "supported" { RIGHT_IN_OTHER_WORDS } else { RIGHT_OF_CLASS };
        assert!(100 * right >= least * of, "{class}: {right} of {of}");
    }
}
