//! Folders that others put files into: what is new or has changed since it was last read.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use saywho_ingest::{Reason, files_under};

use crate::input::Input;

/// How a file looks from outside.
type Look = (u64, Option<SystemTime>);

/// Files and folders that are looked at again and again. Looking, unlike being told by the system, also works on folders that
/// other machines write to.
pub struct Watch {
    paths: Vec<PathBuf>,
    read: HashMap<PathBuf, Look>,
    seen: HashMap<PathBuf, Look>,
    /// Folders that cannot be listed: each is said once.
    failed: HashSet<String>,
}

impl Watch {
    /// Watches what these paths stand for.
    pub fn new(paths: Vec<PathBuf>) -> Watch {
        Watch { paths, read: HashMap::new(), seen: HashMap::new(), failed: HashSet::new() }
    }

    /// Everything that is there. A folder without anything to read is no mistake: something may come.
    pub fn all(&mut self) -> Vec<Input> {
        let mut inputs = Vec::new();
        for path in self.paths.clone() {
            if path == Path::new("-") {
                inputs.push(Input::Stdin);
            } else {
                self.under(&path, true, &mut inputs);
            }
        }
        inputs
    }

    /// What is new or has changed, and did not change between the last two looks: nobody is writing to it.
    pub fn changed(&mut self) -> Vec<Input> {
        let mut inputs = Vec::new();
        for path in self.paths.clone().iter().filter(|path| *path != Path::new("-")) {
            self.under(path, false, &mut inputs);
        }
        inputs
    }

    fn under(&mut self, path: &Path, at_once: bool, inputs: &mut Vec<Input>) {
        for found in files_under(path) {
            match found {
                Ok(file) => {
                    // A file that is gone says so when it is read for the first time, and is forgotten later.
                    let Some(look) = look(&file).or(at_once.then_some((0, None))) else { continue };
                    let still = self.seen.insert(file.clone(), look) == Some(look);
                    if (at_once || still) && self.read.insert(file.clone(), look) != Some(look) {
                        inputs.push(Input::File(file));
                    }
                }
                Err(error) if matches!(error.reason, Reason::NothingInFolder) => {}
                Err(error) => {
                    if self.failed.insert(error.to_string()) {
                        inputs.push(Input::Failed(error));
                    }
                }
            }
        }
    }
}

fn look(file: &Path) -> Option<Look> {
    let about = fs::metadata(file).ok()?;
    Some((about.len(), about.modified().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(inputs: &[Input]) -> Vec<String> {
        inputs.iter().map(|input| input.name().rsplit('/').next().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn a_new_file_is_taken_once_and_again_when_it_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut watch = Watch::new(vec![folder.path().to_owned()]);
        assert!(watch.all().is_empty(), "an empty folder is no mistake");
        let note = folder.path().join("note.txt");
        fs::write(&note, "“We agree,”").expect("written");
        assert!(watch.changed().is_empty(), "somebody may still be writing");
        assert_eq!(names(&watch.changed()), ["note.txt"]);
        assert!(watch.changed().is_empty());
        fs::write(&note, "“We agree,” said Ilse Maren.").expect("written");
        assert!(watch.changed().is_empty());
        assert_eq!(names(&watch.changed()), ["note.txt"]);
        fs::remove_file(&note).expect("removed");
        assert!(watch.changed().is_empty());
    }

    #[test]
    fn a_file_that_is_missing_is_tried_once_and_taken_when_it_comes() {
        let folder = tempfile::tempdir().expect("a folder");
        let late = folder.path().join("late.txt");
        let mut watch = Watch::new(vec![late.clone()]);
        assert_eq!(names(&watch.all()), ["late.txt"], "reading it says what is wrong");
        assert!(watch.changed().is_empty());
        fs::write(&late, "“We agree,” said Ilse Maren.").expect("written");
        assert!(watch.changed().is_empty());
        assert_eq!(names(&watch.changed()), ["late.txt"]);
    }
}
