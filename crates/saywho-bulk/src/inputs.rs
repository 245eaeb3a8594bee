//! What is to be read: all files, in order.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Result, bail};
use saywho_ingest::{IngestError, files_under};

use crate::fingerprint;

/// One thing to read.
#[derive(Debug)]
pub(crate) enum Input {
    /// A file, and how the ids begin of documents that have none of their own: the path in the folder that was named.
    File { path: PathBuf, id: String, bytes: u64 },
    /// A folder, or part of one, that could not be listed.
    Failed(IngestError),
}

/// All that is to be read.
pub(crate) struct Inputs {
    pub(crate) all: Vec<Input>,
    /// Tells whether paths, sizes and times of the last change are the same.
    pub(crate) fingerprint: String,
}

impl Inputs {
    pub(crate) fn of(paths: &[PathBuf], out: &Path) -> Result<Inputs> {
        let mut all = Vec::new();
        let mut told = String::new();
        for base in paths {
            check(base, out)?;
            for found in files_under(base) {
                match found {
                    Ok(path) => {
                        let about = fs::metadata(&path).ok();
                        let bytes = about.as_ref().map_or(0, fs::Metadata::len);
                        let changed = about.and_then(|about| about.modified().ok()?.duration_since(UNIX_EPOCH).ok());
                        told += &format!("{}\t{bytes}\t{}\n", path.display(), changed.unwrap_or_default().as_nanos());
                        all.push(Input::File { id: id(base, &path), path, bytes });
                    }
                    Err(error) => {
                        told += &format!("{error}\n");
                        all.push(Input::Failed(error));
                    }
                }
            }
        }
        Ok(Inputs { all, fingerprint: fingerprint(told.bytes()) })
    }

    /// The bytes of all files.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes_before(self.all.len())
    }

    /// The bytes of the first so many.
    pub(crate) fn bytes_before(&self, count: usize) -> u64 {
        self.all.iter().take(count).map(Input::bytes).sum()
    }
}

impl Input {
    pub(crate) fn bytes(&self) -> u64 {
        match self {
            Input::File { bytes, .. } => *bytes,
            Input::Failed(_) => 0,
        }
    }
}

fn check(base: &Path, out: &Path) -> Result<()> {
    if base == Path::new("-") {
        bail!("standard input cannot be read again after a run was cut off: write it to a file first");
    }
    let (Ok(base), Ok(out)) = (fs::canonicalize(base), absolute(out)) else { return Ok(()) };
    if base.is_dir() && out.starts_with(&base) {
        bail!("{} lies in {}, which is read: choose a folder outside for the tables", out.display(), base.display());
    }
    Ok(())
}

/// The absolute path of a folder that need not be there yet.
fn absolute(out: &Path) -> std::io::Result<PathBuf> {
    let whole = std::path::absolute(out)?;
    let there = whole.ancestors().find(|part| part.exists()).unwrap_or(Path::new("/"));
    let rest = whole.strip_prefix(there).unwrap_or(Path::new(""));
    Ok(fs::canonicalize(there)?.join(rest))
}

/// The path of a file within the folder that was named, without its ending.
fn id(base: &Path, path: &Path) -> String {
    let within = path.strip_prefix(base).ok().filter(|within| !within.as_os_str().is_empty());
    let within = within.or_else(|| path.file_name().map(Path::new)).unwrap_or(path);
    within.with_extension("").to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_path_within_the_folder() {
        assert_eq!(id(Path::new("news"), Path::new("news/2031/05/ban.txt")), "2031/05/ban");
        assert_eq!(id(Path::new("news/ban.txt"), Path::new("news/ban.txt")), "ban");
    }

    #[test]
    fn tables_do_not_go_into_a_folder_that_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = Inputs::of(&[folder.path().to_owned()], &folder.path().join("a/b")).err().expect("refused");
        assert!(error.to_string().contains("choose a folder outside"), "{error}");
        assert!(Inputs::of(&["-".into()], folder.path()).is_err());
    }
}
