//! ZIP and TAR archives of documents.

use std::io::{self, Read, Seek};

use ::tar::{Archive, EntryType};
use ::zip::ZipArchive;
use ::zip::result::ZipError;

use crate::guard::guarded;
use crate::pour::{Flow, Place, Pour};
use crate::total::Metered;
use crate::{Reason, office, walk};

/// The longest name of a TAR entry that is believed.
const LONGEST_NAME: u64 = 4096;

/// The documents of a ZIP archive, in the order of its list.
pub(crate) fn zip(pour: &mut Pour, file: &mut (impl Read + Seek), place: &Place) -> Flow {
    let mut archive = match guarded("ZIP archives", || ZipArchive::new(&mut *file)) {
        Ok(Ok(archive)) => archive,
        Ok(Err(ZipError::Io(error))) => return pour.fail(place, Reason::of_whole(error)),
        Ok(Err(error @ ZipError::InvalidArchive(_))) => {
            return pour.fail(place, Reason::Broken { what: error.to_string() });
        }
        Ok(Err(error)) => return pour.fail(place, reason(error)),
        Err(reason) => return pour.fail(place, reason),
    };
    if let Some(format) = office::format(&archive) {
        drop(archive);
        if let Err(error) = file.rewind() {
            return pour.fail(place, Reason::of_whole(error));
        }
        return pour.whole(file, format, place);
    }
    if is_office(&archive) {
        return pour.fail(place, Reason::Binary { kind: "an office file other than a text, or an e-book".into() });
    }
    for index in 0..archive.len() {
        let entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(error) => {
                pour.fail(place, reason(error))?;
                continue;
            }
        };
        let name = match entry.name() {
            Ok(name) => name.into_owned(),
            Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
        };
        if !entry.is_file() || !walk::is_seen(&name) {
            continue;
        }
        if let Err(reason) = pour.total.enter() {
            return pour.fail(place, reason);
        }
        // Entries may share their packed bytes: the sum over all of them is what counts.
        let metered = Metered(entry, pour.total.clone());
        pour.stream(None, metered, place.entry(&name))?;
        if pour.total.is_spent() {
            break;
        }
    }
    Flow::Continue(())
}

/// Word processors' files and e-books are ZIP archives too, but their parts are no documents.
fn is_office<R: Read + Seek>(archive: &ZipArchive<R>) -> bool {
    let marks = ["[Content_Types].xml", "META-INF/manifest.xml", "META-INF/container.xml"];
    marks.iter().any(|mark| archive.index_for_name(mark).is_some())
}

fn reason(error: ZipError) -> Reason {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Reason::Locked,
        ZipError::Io(error) => Reason::of(error),
        error => Reason::Damaged { what: error.to_string() },
    }
}

/// The documents of a TAR archive, in its order.
pub(crate) fn tar(pour: &mut Pour, input: impl Read, place: &Place) -> Flow {
    let mut archive = Archive::new(input);
    // Raw entries: otherwise the crate would read names of any length into memory.
    let entries = match archive.entries() {
        Ok(entries) => entries.raw(true),
        Err(error) => return pour.fail(place, Reason::of(error)),
    };
    let mut long_name = None;
    for entry in entries {
        let mut entry = match entry {
            Ok(entry) => entry,
            // Behind a damaged head nothing tells where the next one is.
            Err(error) => return pour.fail(place, Reason::of(error)),
        };
        let kind = entry.header().entry_type();
        if kind == EntryType::GNULongName || kind == EntryType::XHeader {
            long_name = told_name(&mut entry, kind).or(long_name);
            continue;
        }
        let short = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let name = long_name.take().unwrap_or(short);
        if matches!(kind, EntryType::Regular | EntryType::Continuous) && walk::is_seen(&name) {
            if let Err(reason) = pour.total.enter() {
                return pour.fail(place, reason);
            }
            let left = entry.size();
            pour.stream(None, Whole { inner: entry, left }, place.entry(&name))?;
            if pour.total.is_spent() {
                break;
            }
        }
    }
    Flow::Continue(())
}

/// A reader of so many bytes; fewer are an error.
struct Whole<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(target)?;
        self.left = self.left.saturating_sub(read as u64);
        if read == 0 && self.left > 0 && !target.is_empty() {
            return Err(Reason::Truncated { what: format!("{} bytes of an entry are missing", self.left) }.into_io());
        }
        Ok(read)
    }
}

/// The name of the next entry, where it is too long for its head.
fn told_name(entry: &mut impl Read, kind: EntryType) -> Option<String> {
    let mut bytes = Vec::new();
    entry.take(LONGEST_NAME).read_to_end(&mut bytes).ok()?;
    if kind == EntryType::XHeader {
        let pairs = ::tar::PaxExtensions::new(&bytes).filter_map(Result::ok);
        let path = pairs.filter(|pair| pair.key_bytes() == b"path").last()?;
        return Some(String::from_utf8_lossy(path.value_bytes()).into_owned());
    }
    let end = bytes.iter().position(|&b| b == 0).unwrap_or(bytes.len());
    Some(String::from_utf8_lossy(&bytes[..end]).into_owned())
}
