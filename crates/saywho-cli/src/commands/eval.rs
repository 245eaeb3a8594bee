//! `saywho eval`: readings against hand-made gold.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use saywho::{Document, Point, Reader, Reading};
use saywho_eval::polnear::{self, Class, Totals};
use saywho_eval::{Figure, coref, corpus, pairs, reading, speakers};

use crate::args::{EvalArgs, Gold, Part, threads};
use crate::commands::pages;
use crate::{engine, floors, output, parallel, say};

/// The measures of the PolNeAR report, for floors and JSON: `linked.all`.
const MEASURES: [&str; 14] = [
    "tok_source",
    "tok_cue",
    "tok_content",
    "exact",
    "iou50",
    "overlap",
    "soft",
    "linked",
    "linked_lenient",
    "linked_strict",
    "linked_cue",
    "parts_exact",
    "parts_iou50",
    "parts_linked",
];

/// Reads the texts of the gold and prints the figures.
///
/// # Errors
/// When gold, texts or floors cannot be read.
pub fn run(args: &EvalArgs) -> Result<ExitCode> {
    let floors = args.floors.as_deref().map(floors::load).transpose()?.unwrap_or_default();
    let reader = engine::reader(&args.engine)?;
    let engine = Engine { reader: &reader, jobs: threads(args.jobs) };
    let measured = match &args.gold {
        Gold::Polnear { dir } => on_polnear(engine, dir)?,
        Gold::Reading { gold } => on_reading(engine, gold)?,
        Gold::Speakers { gold_dir, text_dir } => on_speakers(engine, gold_dir, text_dir)?,
        Gold::Coref { dir, only } => on_coref(engine, dir, only)?,
        Gold::Pairs { gold_dir } => on_pairs(&reader, gold_dir)?,
        Gold::Corpus { dir, part } => on_corpus(engine, dir, *part)?,
        Gold::Pages { dir } => pages::run(dir, engine.jobs)?,
    };
    output::print(&if args.json { measured.json()? } else { measured.report.clone() })?;
    let missed = floors::missed(&floors, &measured.figures);
    missed.iter().for_each(|line| say::error(line));
    Ok(if missed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What reads, on how many threads.
#[derive(Clone, Copy)]
struct Engine<'r> {
    reader: &'r Reader,
    jobs: usize,
}

/// Figures in percent, by name, and how they are printed.
pub struct Measured {
    /// For people.
    pub report: String,
    /// For floors and programs.
    pub figures: Vec<(String, f64)>,
}

impl Measured {
    fn json(&self) -> Result<String> {
        let figures: serde_json::Map<_, _> =
            self.figures.iter().map(|(name, value)| (name.clone(), (*value).into())).collect();
        Ok(serde_json::to_string_pretty(&figures)? + "\n")
    }
}

impl From<Vec<Figure>> for Measured {
    fn from(figures: Vec<Figure>) -> Measured {
        Measured {
            report: figures.iter().map(|figure| format!("{figure}\n")).collect(),
            figures: figures.into_iter().map(|figure| (figure.name.to_owned(), figure.value)).collect(),
        }
    }
}

impl From<Totals> for Measured {
    fn from(totals: Totals) -> Measured {
        let named =
            |measure: &str, class: &str| totals.f1(measure, class).map(|f1| (format!("{measure}.{class}"), 100.0 * f1));
        let of_class = |class: Class| MEASURES.iter().filter_map(move |measure| named(measure, class.name()));
        Measured { report: totals.report(), figures: Class::ALL.into_iter().flat_map(of_class).collect() }
    }
}

fn on_polnear(engine: Engine, dir: &Path) -> Result<Measured> {
    let gold = polnear::read_split(dir)?;
    let documents = gold.iter().map(|doc| Document::from_text(&doc.name, &doc.text)).collect();
    let mut predicted = Vec::with_capacity(gold.len());
    read_all(engine, documents, |reading| predicted.push(polnear::predictions(&reading)))?;
    Ok(polnear::score(gold.iter().zip(predicted)).into())
}

/// One article, or a folder of them, whose figures are those of all their attributions.
fn on_reading(engine: Engine, path: &Path) -> Result<Measured> {
    let golds = if path.is_dir() { reading::golds(path)? } else { vec![path.to_owned()] };
    let texts = texts_of(&golds)?;
    let mut counts = reading::Counts::default();
    read_with_gold(engine, &texts, |gold, text, found| counts.add(gold, text, found))?;
    Ok(counts.figures().into())
}

/// All layers of the corpus, a table each.
fn on_corpus(engine: Engine, dir: &Path, part: Part) -> Result<Measured> {
    if !dir.is_dir() {
        bail!(
            "{} is not there: `python3 training/corpus/corpus.py export` writes it, in a checkout of saywho; elsewhere give its path",
            dir.display()
        );
    }
    let texts = texts_of(&corpus::readings(dir, part.name())?)?;
    let mut counts = corpus::Counts::new(texts.iter().map(|(_, document)| document.id.as_str()));
    read_with_gold(engine, &texts, |gold, text, found| counts.add(gold, text, found))?;
    let mut tables = counts.tables();
    let accounts = pair_figures(engine.reader, &corpus::conversations(dir, part.name()))?;
    tables.push(corpus::Table { title: "Accounts of one conversation", figures: accounts });
    let printed = |table: &corpus::Table| {
        let lines: String = table.figures.iter().map(|figure| format!("{figure}\n")).collect();
        format!("{}\n{lines}", table.title)
    };
    let report = tables.iter().map(printed).collect::<Vec<_>>().join("\n");
    let figures = tables.into_iter().flat_map(|table| table.figures);
    Ok(Measured { report, figures: figures.map(|figure| (figure.name.to_owned(), figure.value)).collect() })
}

/// Gold files, each with the text that it names.
fn texts_of(golds: &[PathBuf]) -> Result<Vec<(String, Document)>> {
    let load = |path: &PathBuf| {
        let gold = read(path)?;
        let named: serde_json::Value = serde_json::from_str(&gold).with_context(|| format!("{}", path.display()))?;
        let name = named["document"].as_str();
        let name = name.with_context(|| format!("{} does not name its text under \"document\"", path.display()))?;
        let text = read(&path.with_file_name(name))?;
        Ok((gold, Document::from_text(name, &text)))
    };
    golds.iter().map(load).collect()
}

/// Reads the texts and hands on each gold with its text and its reading; the first error ends it.
fn read_with_gold(
    engine: Engine,
    texts: &[(String, Document)],
    mut take: impl FnMut(&str, &str, &Reading<Point>) -> saywho_eval::Result<()>,
) -> Result<()> {
    let documents = texts.iter().map(|(_, document)| document.clone()).collect();
    let mut failed = None;
    let mut order = texts.iter();
    read_all(engine, documents, |found| {
        let Some((gold, document)) = order.next() else { return };
        failed = failed.take().or_else(|| take(gold, &document.text, &found).err());
    })?;
    failed.map_or(Ok(()), |error| Err(error.into()))
}

fn on_speakers(engine: Engine, gold_dir: &Path, text_dir: &Path) -> Result<Measured> {
    let load = |name: String| Ok(Document::from_text(&name, read(&text_dir.join(format!("{name}.txt")))?));
    let documents = speakers::documents(gold_dir)?.into_iter().map(load).collect::<Result<_>>()?;
    let mut readings = BTreeMap::new();
    read_all(engine, documents, |reading| {
        readings.insert(reading.document.id.clone(), reading);
    })?;
    Ok(speakers::score(gold_dir, text_dir, &readings)?.into())
}

fn on_coref(engine: Engine, dir: &Path, only: &[String]) -> Result<Measured> {
    let corpus = coref::corpus(dir, only)?;
    let documents = corpus.texts().map(|(name, text)| Document::from_text(name, text)).collect();
    let mut readings = BTreeMap::new();
    read_all(engine, documents, |reading| {
        readings.insert(reading.document.id.clone(), reading);
    })?;
    Ok(corpus.score(&readings)?.into())
}

fn on_pairs(reader: &Reader, gold_dir: &Path) -> Result<Measured> {
    Ok(pair_figures(reader, gold_dir)?.into())
}

fn pair_figures(reader: &Reader, gold_dir: &Path) -> Result<Vec<Figure>> {
    let mut worker = reader.worker();
    let mut found = BTreeMap::new();
    let begin = Instant::now();
    for event in pairs::events(gold_dir)? {
        let load = |path: &std::path::PathBuf| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            Ok(Document::from_text(name, read(path)?))
        };
        let documents = event.accounts.iter().map(load).collect::<Result<Vec<_>>>()?;
        let analyses: Vec<_> = documents.iter().map(|document| worker.analyse(document)).collect();
        let comparison = reader.compare(&analyses, &saywho::comparison::Options::default());
        found.insert(event.id, comparison.to_code_points());
    }
    say::note(&format!("{} conversations, {:.1} s on one thread", found.len(), begin.elapsed().as_secs_f64()));
    Ok(pairs::score(gold_dir, &found)?)
}

/// Reads the documents, hands on each reading in order, and tells how fast it went.
fn read_all(engine: Engine, documents: Vec<Document>, mut take: impl FnMut(Reading<Point>)) -> Result<()> {
    let (count, jobs) = (documents.len(), engine.jobs.min(documents.len()).max(1));
    let words: usize = documents.iter().map(|document| document.text.split_whitespace().count()).sum();
    let begin = Instant::now();
    parallel::in_order(
        |push| {
            // It breaks when the work has ended early, and then nobody wants the rest.
            let _ = documents.into_iter().try_for_each(push);
        },
        |document| document.text.len(),
        jobs,
        || engine.reader.worker(),
        |worker, document| worker.read(document),
        |reading| {
            take(reading.into_code_points());
            Ok(())
        },
    )?;
    let seconds = begin.elapsed().as_secs_f64();
    let speed = words as f64 / seconds.max(1e-9);
    say::note(&format!("{count} documents, {words} words, {seconds:.1} s on {jobs} threads: {speed:.0} words/s"));
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}
