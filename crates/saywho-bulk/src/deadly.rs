//! Documents that end the process: by filling the stack or the memory, which no code can catch.
//!
//! Each thread notes in a small file what it is about to do ([`UnderWay`]). A run that goes on finds there what was under way
//! when the last one ended, tries just that in a child process, and passes over what ends the child ([`Deadly`]). So a person
//! who ends a run loses no document, and one that ends it by itself does so once.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::feed::Position;
use crate::parquet_file::cannot;

/// What is being done; gone when all is done.
const UNDER_WAY: &str = ".under-way";

/// A line for each step that ended a child.
const PASSED_OVER: &str = "passed-over.jsonl";

/// The bytes that a thread has in the file, with a line end.
const SLOT: usize = 128;

/// Something that may end the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Step {
    #[serde(flatten)]
    pub(crate) at: Position,
    /// Whether it is reading the last item before this place, else looking for the one behind it.
    pub(crate) reads: bool,
}

/// The file of what is being done.
pub(crate) struct UnderWay {
    file: Mutex<File>,
    threads: AtomicUsize,
}

impl UnderWay {
    /// What was under way when the last run ended, and the file for this one.
    pub(crate) fn open(out: &Path) -> Result<(Vec<Step>, UnderWay)> {
        let path = out.join(UNDER_WAY);
        let mut options = File::options();
        let opened = options.read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = opened.with_context(|| cannot(&path))?;
        let mut left = String::new();
        // What is no text was never written by us whole.
        let _ = file.read_to_string(&mut left);
        let steps = left.lines().filter_map(|line| serde_json::from_str(line.trim()).ok()).collect();
        Ok((steps, UnderWay { file: Mutex::new(file), threads: AtomicUsize::new(0) }))
    }

    /// Forgets what was under way.
    pub(crate) fn clear(&self) -> Result<()> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner).set_len(0).context("the folder cannot be written to")
    }

    /// A place for one more thread.
    pub(crate) fn thread(&self) -> usize {
        self.threads.fetch_add(1, Ordering::Relaxed)
    }

    /// Notes what a thread begins, or that it does nothing that could end the process. It is in the hands of the system when
    /// this returns, and outlives the process.
    pub(crate) fn note(&self, thread: usize, step: Option<Step>) {
        let line = step.and_then(|step| serde_json::to_string(&step).ok()).unwrap_or_default();
        let line = format!("{line:0$}\n", SLOT - 1);
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        // A full disk stops the run where tables are written; here there is nothing to lose.
        let _ = file.seek(SeekFrom::Start((thread * SLOT) as u64)).and_then(|_| file.write_all(line.as_bytes()));
    }

    /// Takes the file away.
    pub(crate) fn finish(self, out: &Path) -> Result<()> {
        drop(self.file);
        let path = out.join(UNDER_WAY);
        fs::remove_file(&path).with_context(|| cannot(&path))
    }
}

/// The steps that have ended a process and are passed over.
#[derive(Debug, Default)]
pub(crate) struct Deadly(BTreeSet<Step>);

impl Deadly {
    /// What earlier runs have found, and what ends a child among these steps. `child` is a command that does the steps it
    /// reads from standard input, and names each on standard output before.
    pub(crate) fn of(out: &Path, steps: Vec<Step>, child: Option<fn() -> Command>) -> Result<Deadly> {
        let path = out.join(PASSED_OVER);
        let known = fs::read_to_string(&path).unwrap_or_default();
        let mut deadly: BTreeSet<Step> = known.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let mut open: BTreeSet<Step> = steps.into_iter().filter(|step| !deadly.contains(step)).collect();
        let Some(child) = child else { return Ok(Deadly(deadly)) };
        while !open.is_empty() {
            let tried = tried(child(), &open)?;
            open.retain(|step| !tried.begun.contains(step));
            let Some(last) = tried.begun.last().filter(|_| !tried.lives) else { break };
            let line = serde_json::to_string(last)? + "\n";
            let mut file = File::options().append(true).create(true).open(&path).with_context(|| cannot(&path))?;
            file.write_all(line.as_bytes()).and_then(|()| file.sync_all()).with_context(|| cannot(&path))?;
            deadly.insert(*last);
        }
        Ok(Deadly(deadly))
    }

    /// Whether this is to be passed over.
    pub(crate) fn has(&self, at: Position, reads: bool) -> bool {
        !self.0.is_empty() && self.0.contains(&Step { at, reads })
    }
}

/// What a child has done.
struct Tried {
    begun: Vec<Step>,
    lives: bool,
}

fn tried(mut child: Command, steps: &BTreeSet<Step>) -> Result<Tried> {
    let cannot = "what ended the last run cannot be tried in a process of its own";
    let started = child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = started.context(cannot)?;
    if let Some(mut input) = child.stdin.take() {
        // One that has ended does not take all; that it has shows below.
        let _ = input.write_all(&serde_json::to_vec(steps)?);
    }
    let lines = child.stdout.take().map(|output| BufReader::new(output).lines());
    let lines = lines.into_iter().flatten().map_while(Result::ok);
    let begun = lines.filter_map(|line| serde_json::from_str(&line).ok()).collect();
    let lives = child.wait().context(cannot)?.success();
    Ok(Tried { begun, lives })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(input: usize, items: u64, reads: bool) -> Step {
        Step { at: Position { input, items }, reads }
    }

    #[test]
    fn what_was_under_way_is_found_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let (before, under_way) = UnderWay::open(folder.path()).expect("opened");
        assert!(before.is_empty());
        let (one, two) = (under_way.thread(), under_way.thread());
        under_way.note(one, Some(step(0, 3, false)));
        under_way.note(two, Some(step(1, u64::MAX, true)));
        under_way.note(one, None);
        let (left, _) = UnderWay::open(folder.path()).expect("opened");
        assert_eq!(left, [step(1, u64::MAX, true)]);
    }

    #[cfg(unix)]
    #[test]
    fn only_what_ends_a_child_is_passed_over() {
        /// Names what it is told of, but ends with its second step.
        fn child() -> Command {
            let mut command = Command::new("sh");
            command.args([
                "-c",
                "tr -d '[]' | sed 's/},{/}\\n{/g' | while read -r step; do echo \"$step\"; \
                case \"$step\" in *'\"items\":2,'*) exit 1;; esac; done",
            ]);
            command
        }
        let folder = tempfile::tempdir().expect("a folder");
        let steps = vec![step(0, 1, true), step(0, 2, true), step(0, 3, true)];
        let deadly = Deadly::of(folder.path(), steps, Some(child)).expect("tried");
        let passed = |deadly: &Deadly| [1, 2, 3].map(|items| deadly.has(Position { input: 0, items }, true));
        assert_eq!(passed(&deadly), [false, true, false]);
        let again = Deadly::of(folder.path(), Vec::new(), None).expect("noted");
        assert_eq!(passed(&again), [false, true, false]);
    }
}
