//! How long answers take over 100,000 attributions: `cargo bench -p saywho-store`, or with the number of attributions behind `--`,
//! and behind that a folder that keeps the database (`case.db`).
//!
//! The attributions are those of real readings of the examples, repeated with other names, days, publishers and words.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use saywho::{Document, Reader, Reading};
use saywho_store::{Days, EntityQuestion, Identity, Page, Question, Store, identify};

/// Words that take the place of others, so that not all texts are alike.
const SUBJECTS: [&str; 12] = [
    "fishing ban",
    "grain corridor",
    "border post",
    "gas transit",
    "rail bridge",
    "prisoner lists",
    "herring quota",
    "flood relief",
    "school books",
    "ferry timetable",
    "visa rules",
    "naval drills",
];

/// Times that each question is asked.
const ROUNDS: usize = 40;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let wanted = args.next().map_or(Ok(100_000_u64), |arg| arg.parse())?;
    let kept = args.next().map(PathBuf::from);
    let folder = tempfile::tempdir()?;
    let store = Store::open(&kept.as_deref().unwrap_or(folder.path()).join("case.db"))?;
    let started = Instant::now();
    fill(&store, wanted)?;
    let sums = store.sums()?;
    let filled = started.elapsed();
    println!(
        "{} attributions of {} documents added in {:.1} s",
        sums.attributions,
        sums.documents,
        filled.as_secs_f64()
    );
    let q = |q: &str| Question { q: Some(q.into()), ..Question::default() };
    let with_facets = |question: Question| Question { facets: true, ..question };
    let search = |name: &str, question: Question| {
        median(name, || store.search(&question).map(|found| found.total));
    };
    search("search, a word", q("herring"));
    search("search, two words and a speaker", Question { speaker: Some("maren".into()), ..q("ban strait") });
    search("search, a word, facets", with_facets(q("herring")));
    search("search, a frequent word, facets", with_facets(q("ban")));
    let days = Days { from: Some("2031-03".into()), to: Some("2031-04".into()) };
    search(
        "search, a side and two months, facets",
        with_facets(Question { side: Some("Norrland".into()), days, ..Question::default() }),
    );
    search("search, unnamed sources, facets", with_facets(Question { unnamed: Some(true), ..Question::default() }));
    search("newest, no facets", Question::default());
    search("newest, facets over everything", with_facets(Question::default()));
    let speakers = EntityQuestion { speakers: true, ..EntityQuestion::default() };
    median("speakers", || store.entities(&speakers).map(|found| found.total));
    median("conversations", || store.conversations(None, &Days::default(), &Page::default()).map(|found| found.total));
    median("figures", || store.stats(&Question::default()).map(|stats| stats.attributions));
    Ok(())
}

fn median<T: std::fmt::Display>(name: &str, ask: impl Fn() -> saywho_store::Result<T>) {
    let mut took: Vec<Duration> = Vec::new();
    let mut told = String::new();
    for _ in 0..ROUNDS {
        let started = Instant::now();
        told = ask().map_or_else(|error| error.to_string(), |total| total.to_string());
        took.push(started.elapsed());
    }
    took.sort_unstable();
    let ms = |duration: Duration| duration.as_secs_f64() * 1000.0;
    println!("{name:42} median {:7.2} ms, slowest {:7.2} ms, {told} found", ms(took[ROUNDS / 2]), ms(took[ROUNDS - 1]));
}

fn fill(store: &Store, wanted: u64) -> Result<(), Box<dyn std::error::Error>> {
    let reader = Reader::new()?;
    let mut worker = reader.worker();
    let examples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let files = ["call/report.txt", "accounts/call-2031-04-02.norrland.txt", "accounts/call-2031-04-02.sudovia.txt"];
    let texts = files.iter().map(|file| std::fs::read_to_string(examples.join(file))).collect::<Result<Vec<_>, _>>()?;
    // One real reading for each text and subject; what follows are copies with other days and names.
    let mut readings = Vec::new();
    for (i, text) in texts.iter().enumerate() {
        for subject in SUBJECTS {
            let document = Document::from_text(format!("text-{i}"), text.replace("fishing ban", subject));
            readings.push(worker.read(document));
        }
    }
    let (mut made, mut number) = (0, 0);
    while made < wanted {
        let batch: Vec<_> = (0..200).map(|i| copy(&readings[(number + i) % readings.len()], number + i)).collect();
        number += batch.len();
        made += batch.iter().map(|(_, reading)| reading.attributions.len() as u64).sum::<u64>();
        store.add(&batch)?;
    }
    Ok(())
}

/// A copy of a reading by another paper, of another day, with other people in a part of the copies.
fn copy(reading: &Reading, number: usize) -> (Identity, Reading) {
    let mut reading = reading.clone();
    let (month, day) = (number / 28 % 12 + 1, number % 28 + 1);
    reading.document.id = format!("copy-{number}");
    reading.document.source = Some(format!("https://paper-{}.example/{number}", number % 50));
    reading.document.publisher = Some(format!("paper-{}.example", number % 50));
    reading.document.published = Some(format!("20{}-{month:02}-{day:02}", 31 + number % 4));
    let people = number % 300;
    if people > 20 {
        for entity in &mut reading.entities {
            entity.name = format!("{} {people}", entity.name);
        }
    }
    (identify(&mut reading.document), reading)
}
