//! How long checks take and how much memory they need, on texts made by an invented grammar (`docs/check.md` has the figures):
//! `cargo run --release -p saywho-check --example speed`. One thread; reading is not counted.

use std::time::Instant;

use saywho::{Document, Reader, Reading, Weights, Worker};
use saywho_check::{Check, check};

const SUBJECTS: [&str; 12] = [
    "the ministry",
    "our fishermen",
    "the harbour of Lund",
    "this government",
    "the northern fleet",
    "the parliament in Velm",
    "the ferry company",
    "every household",
    "the grain board",
    "our neighbours",
    "the coast guard",
    "the railway",
];
const VERBS: [&str; 12] = [
    "will receive",
    "has never refused",
    "cannot pay for",
    "must register",
    "will not accept",
    "may need",
    "has doubled",
    "should publish",
    "is ready to open",
    "lost",
    "has asked for",
    "will keep",
];
const OBJECTS: [&str; 12] = [
    "boats",
    "tons of herring",
    "permits",
    "crowns a year",
    "new piers",
    "letters from the islands",
    "wagons of timber",
    "hours of talks",
    "inspections",
    "teachers",
    "lamps along the shore",
    "barrels of salt",
];
const CLOSES: [&str; 12] = [
    "before the first of May",
    "although the winter was long",
    "and nobody here will forget it",
    "as we promised in Velm",
    "because the ice came late",
    "if the two councils agree",
    "without another delay",
    "from the southern islands",
    "with the help of the villages",
    "while the strait is closed",
    "in spite of the storm",
    "until the harvest is in",
];
const NAMES: [&str; 8] = ["Maren", "Vasca", "Ahl", "Rund", "Dorn", "Lind", "Tarn", "Berg"];

/// Of three of these the names of places are made.
const SYLLABLES: [&str; 20] = [
    "ar", "bel", "cor", "dun", "el", "fir", "gal", "hol", "in", "jor", "kel", "lun", "mar", "nor", "os", "pel", "ren",
    "sil", "tor", "val",
];

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn of(&mut self, words: &[&'static str]) -> &'static str {
        words[self.throw(words.len())]
    }

    fn sentence(&mut self) -> String {
        let (subject, verb, object) = (self.of(&SUBJECTS), self.of(&VERBS), self.of(&OBJECTS));
        let (number, close) = (20 + self.throw(9000), self.of(&CLOSES));
        let place: String = (0..3).map(|_| self.of(&SYLLABLES)).collect();
        let place = place[..1].to_uppercase() + &place[1..];
        let sentence = format!("{subject} {verb} {number} {object} near {place} {close}");
        sentence[..1].to_uppercase() + &sentence[1..]
    }

    /// A transcript of so many bytes, and who says what in it.
    fn transcript(&mut self, bytes: usize) -> (String, Vec<(&'static str, String)>) {
        let (mut text, mut said) = (String::new(), Vec::new());
        while text.len() < bytes {
            let name = self.of(&NAMES);
            text += &format!("MINISTER {}:", name.to_uppercase());
            for _ in 0..2 + self.throw(5) {
                let sentence = self.sentence();
                text += &format!(" {sentence}.");
                said.push((name, sentence));
            }
            text += "\n\n";
        }
        (text, said)
    }

    /// An article with so many passages: quoted as they are, with a word lost or another number, invented, or reported.
    fn article(&mut self, said: &[(&'static str, String)], passages: usize) -> String {
        let mut text = String::from("Ministers speak in Lund\n\n");
        for _ in 0..passages {
            let (name, sentence) = said[self.throw(said.len())].clone();
            let words: Vec<&str> = sentence.split(' ').collect();
            let (at, made) = (1 + self.throw(words.len() - 1), self.sentence());
            text += &match self.throw(5) {
                0 => format!("“{} {},” Minister {name} said.", words[..at].join(" "), words[at + 1..].join(" ")),
                1 => format!("“{made},” Minister {name} said."),
                2 => format!("Minister {name} said that {}.", sentence.replace("will", "would")),
                _ => format!("“{sentence},” Minister {name} said."),
            };
            text += "\n\n";
        }
        text
    }
}

/// The most memory that this process has had, in MB.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: Option<u64> = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    kilobytes.map_or("?".into(), |kb| format!("{}", kb / 1000))
}

fn timed(reader: &Reader, what: &str, articles: &[Reading], sources: &[Reading]) -> Check {
    let bytes: usize = sources.iter().map(|s| s.document.text.len()).sum();
    let before = memory();
    let start = Instant::now();
    drop(check(reader, &[], sources));
    let indexed = start.elapsed();
    let start = Instant::now();
    let checked = check(reader, articles, sources);
    println!(
        "{what}: {} articles, {} passages, {} sources, {:.1} MB: {:.2} s, of it {:.2} s for the index; memory {before} MB before, {} MB at most",
        articles.len(),
        checked.passages.len(),
        sources.len(),
        bytes as f64 / 1e6,
        start.elapsed().as_secs_f64(),
        indexed.as_secs_f64(),
        memory(),
    );
    checked
}

fn main() -> Result<(), saywho::Error> {
    let reader = Reader::with_weights(Weights::Fast)?;
    let mut worker = reader.worker();
    let read = |worker: &mut Worker, id: String, text: String| worker.read(Document::from_text(id, text));
    let mut dice = Dice(7);

    let (text, said) = dice.transcript(150_000);
    let transcript = read(&mut worker, "transcript".into(), text);
    let articles: Vec<Reading> =
        (0..20).map(|n| read(&mut worker, format!("article-{n}"), dice.article(&said, 15))).collect();
    timed(&reader, "a transcript of fifty pages", &articles, &[transcript]);

    let mut all_said = Vec::new();
    let mut sources = Vec::new();
    for n in 0..1000 {
        let (text, said) = dice.transcript(10_000);
        all_said.extend(said);
        sources.push(read(&mut worker, format!("source-{n}"), text));
    }
    let articles: Vec<Reading> =
        (0..20).map(|n| read(&mut worker, format!("article-{n}"), dice.article(&all_said, 15))).collect();
    let checked = timed(&reader, "a thousand sources", &articles, &sources);
    for verdict in ["exact", "altered", "spliced", "misattributed", "supported", "contradicted", "not found"] {
        print!("{verdict} {}  ", checked.passages.iter().filter(|p| p.verdict.name() == verdict).count());
    }
    println!();

    let (text, said) = dice.transcript(10_000_000);
    let source = read(&mut worker, "long".into(), text);
    let article = read(&mut worker, "article".into(), dice.article(&said, 15));
    timed(&reader, "one source of 10 MB", &[article], std::slice::from_ref(&source));
    Ok(())
}
