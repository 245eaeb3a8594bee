//! What a folder of tables was made of, and how far: so that a run can go on, and does not with anything else.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use saywho_table::Table;
use serde::{Deserialize, Serialize};

use crate::feed::Position;
use crate::inputs::Inputs;
use crate::parquet_file::{cannot, tidy};
use crate::parts::PartDone;
use crate::{Counts, Job, Summary, groups, quotebank};

/// The name and version of the folder's layout.
const SCHEMA: &str = "saywho/bulk/1";

/// Written when a run begins.
const MANIFEST: &str = "manifest.json";

/// A line for each part that is done.
const DONE: &str = "parts.jsonl";

/// Written when all is done.
const SUMMARY: &str = "summary.json";

/// All that the rows depend on.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    schema: String,
    settings: BTreeMap<String, String>,
}

impl Manifest {
    pub(crate) fn of(job: &Job, inputs: &Inputs) -> Manifest {
        let own = [
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
            ("input files", format!("{} of {} bytes, {}", inputs.all.len(), inputs.bytes(), inputs.fingerprint)),
            ("columns", format!("{:?}", job.options.columns)),
            ("input format", job.options.format.map_or_else(|| "any".into(), |format| format.to_string())),
            ("text", job.options.text.to_string()),
            ("encoding", job.options.encoding.map_or_else(|| "any".into(), |encoding| encoding.to_string())),
            ("limits", format!("{:?}", job.options.limits)),
            ("any language", job.any_language.to_string()),
            ("min confidence", job.min_confidence.to_string()),
            ("quotebank", job.quotebank.to_string()),
            ("part bytes", job.part_bytes.to_string()),
        ];
        let own = own.into_iter().map(|(name, value)| (name.to_owned(), value));
        Manifest { schema: SCHEMA.into(), settings: own.chain(job.settings.clone()).collect() }
    }

    /// What is not the same in the two.
    fn differences(&self, other: &Manifest) -> Vec<String> {
        let mut names: Vec<&String> = self.settings.keys().chain(other.settings.keys()).collect();
        names.sort();
        names.dedup();
        let differ = |name: &&&String| self.settings.get(**name) != other.settings.get(**name);
        names.iter().filter(differ).map(|name| (*name).clone()).collect()
    }
}

/// A folder of tables on its way.
pub(crate) struct Run {
    out: PathBuf,
    /// Locked as long as it is open.
    done: File,
    counts: Counts,
    parts: u64,
    position: Position,
}

impl Run {
    /// Begins a run in an empty folder, or goes on with one of the same manifest.
    pub(crate) fn open(out: &Path, manifest: &Manifest) -> Result<Run> {
        fs::create_dir_all(out).with_context(|| cannot(out))?;
        match fs::read(out.join(MANIFEST)) {
            Ok(bytes) => check(out, &bytes, manifest)?,
            Err(_) if is_empty(out)? => write_whole(&out.join(MANIFEST), manifest)?,
            Err(_) => bail!("{} is not empty and holds no tables of saywho: choose an empty folder", out.display()),
        }
        let path = out.join(DONE);
        let mut options = File::options();
        let mut done =
            options.read(true).write(true).create(true).truncate(false).open(&path).with_context(|| cannot(&path))?;
        if done.try_lock().is_err() {
            bail!("{} is being written by another saywho: wait for it or stop it", out.display());
        }
        let noted = noted(&mut done).with_context(|| format!("{} cannot be read", path.display()))?;
        let mut run =
            Run { out: out.to_owned(), done, counts: Counts::default(), parts: 0, position: Position::default() };
        for part in noted {
            run.pass(part);
        }
        run.tidy()?;
        Ok(run)
    }

    fn tidy(&self) -> Result<()> {
        let tables = Table::ALL.map(Table::name).into_iter().chain([quotebank::NAME, groups::NAME]);
        tables.into_iter().try_for_each(|table| tidy(&self.out.join(table), self.parts))
    }

    fn pass(&mut self, part: PartDone) {
        self.parts = part.part + 1;
        self.position = part.end;
        self.counts.add(part.counts);
    }

    /// How many parts are done.
    pub(crate) fn parts(&self) -> u64 {
        self.parts
    }

    /// What they hold.
    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    /// Where the next part begins.
    pub(crate) fn position(&self) -> Position {
        self.position
    }

    /// Notes that a part is done; its files are in their places.
    pub(crate) fn add(&mut self, part: PartDone) -> Result<()> {
        let line = format!("{}\n", serde_json::to_string(&part)?);
        let written = self.done.write_all(line.as_bytes()).and_then(|()| self.done.sync_all());
        written.with_context(|| cannot(&self.out.join(DONE)))?;
        self.pass(part);
        Ok(())
    }

    /// What a run that is over has done.
    pub(crate) fn summary(&self) -> Result<Option<Summary>> {
        let path = self.out.join(SUMMARY);
        let Ok(bytes) = fs::read(&path) else { return Ok(None) };
        let summary = serde_json::from_slice(&bytes);
        summary.map(Some).with_context(|| format!("{} is damaged: begin in an empty folder", path.display()))
    }

    /// Notes that all is done.
    pub(crate) fn finish(self, summary: &Summary) -> Result<()> {
        write_whole(&self.out.join(SUMMARY), summary)
    }
}

fn check(out: &Path, bytes: &[u8], ours: &Manifest) -> Result<()> {
    let path = out.join(MANIFEST);
    let theirs: Manifest = serde_json::from_slice(bytes)
        .with_context(|| format!("{} is damaged: begin in an empty folder", path.display()))?;
    let differences = theirs.differences(ours);
    match theirs.schema == SCHEMA && differences.is_empty() {
        true => Ok(()),
        false => bail!(
            "{} holds tables that were made otherwise ({}): give what was given then, or an empty folder",
            out.display(),
            if differences.is_empty() { "by another version".into() } else { differences.join(", ") }
        ),
    }
}

/// Whether nothing is there but what a run left that was cut off before it had begun.
fn is_empty(out: &Path) -> Result<bool> {
    let mut entries = fs::read_dir(out).with_context(|| format!("{} cannot be listed", out.display()))?;
    let ours = beside(&out.join(MANIFEST));
    Ok(entries.all(|entry| entry.is_ok_and(|entry| entry.path() == ours)))
}

/// The parts that are noted; a line that is not whole is taken away.
fn noted(file: &mut File) -> Result<Vec<PartDone>> {
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    let whole = text.rfind('\n').map_or(0, |end| end + 1);
    file.set_len(whole as u64)?;
    file.seek(SeekFrom::Start(whole as u64))?;
    text[..whole].lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn write_whole(path: &Path, value: &impl Serialize) -> Result<()> {
    let beside = beside(path);
    let mut json = serde_json::to_vec_pretty(value)?;
    json.push(b'\n');
    let mut file = File::create(&beside).with_context(|| cannot(&beside))?;
    file.write_all(&json).and_then(|()| file.sync_all()).with_context(|| cannot(&beside))?;
    fs::rename(&beside, path).with_context(|| cannot(path))
}

/// Where a file is made before it takes its place.
fn beside(path: &Path) -> PathBuf {
    path.with_file_name(format!(".unfinished-{}", path.file_name().unwrap_or_default().to_string_lossy()))
}
