//! Paths to the files they stand for.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::{IngestError, Reason};

/// The files that a path stands for, in the order in which they are to be read.
///
/// A folder gives its files, those of its folders included, sorted by name; what each is its content tells, and what is none
/// that can be read is named then. Hidden files and folders and links to folders are passed over, and what is no file at all is
/// an error in its place: reading a pipe into which nobody writes would never end. Anything else stands for itself, whatever
/// its name and kind, but an address of the web is an error. What cannot be listed is an error in its place, so that the rest
/// can still be read.
pub fn files_under(path: &Path) -> Vec<Result<PathBuf, IngestError>> {
    if is_address(path) && !path.exists() {
        return vec![Err(IngestError::new(path.display().to_string(), Reason::Address))];
    }
    if !path.is_dir() {
        return vec![Ok(path.to_owned())];
    }
    let mut files = Vec::new();
    walk(path, &mut files);
    if files.is_empty() {
        files.push(Err(IngestError::new(path.display().to_string(), Reason::NothingInFolder)));
    }
    files
}

fn walk(folder: &Path, files: &mut Vec<Result<PathBuf, IngestError>>) {
    let listed = fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
    let mut entries = match listed {
        Ok(entries) => entries,
        Err(error) => {
            files.push(Err(IngestError::new(folder.display().to_string(), Reason::Unreadable(error))));
            return;
        }
    };
    entries.sort_by_key(|entry| entry.file_name());
    for entry in entries {
        let path = entry.path();
        if is_hidden(&entry.file_name()) {
            continue;
        }
        // Links to folders are not followed: they may lead in a circle.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk(&path, files);
        } else if !path.is_dir() {
            files.push(match irregular(&path) {
                None => Ok(path),
                Some(kind) => Err(IngestError::new(path.display().to_string(), Reason::NoFile { kind })),
            });
        }
    }
}

/// What is there instead of a file.
#[cfg(unix)]
fn irregular(path: &Path) -> Option<&'static str> {
    use std::os::unix::fs::FileTypeExt;
    let kind = fs::metadata(path).ok()?.file_type();
    match () {
        () if kind.is_file() => None,
        () if kind.is_fifo() => Some("a pipe"),
        () if kind.is_socket() => Some("a socket"),
        () => Some("a device"),
    }
}

#[cfg(not(unix))]
fn irregular(_path: &Path) -> Option<&'static str> {
    None
}

fn is_address(path: &Path) -> bool {
    let path = path.as_os_str().as_encoded_bytes();
    ["http:/", "https:/", "ftp:/"].iter().any(|scheme| path.starts_with(scheme.as_bytes()))
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether an entry of an archive is taken: as a file in a folder, unless it is hidden or in a hidden folder.
pub(crate) fn is_seen(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    !parts.any(|part| is_hidden(part.as_os_str()) || part.as_os_str() == "__MACOSX")
}
