//! Where readings are written: standard output, one file, or a folder.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use saywho_report::TextOptions;
use tempfile::NamedTempFile;

use crate::visible::on_screen;

/// Where readings go.
pub enum Target {
    /// Standard output.
    Stdout,
    /// One file, whole or not at all.
    File(PathBuf),
    /// A file for each document.
    Folder(PathBuf),
}

impl Target {
    /// A file, or standard output where none is named.
    pub fn of(file: Option<&Path>) -> Target {
        file.map_or(Target::Stdout, |file| Target::File(file.to_owned()))
    }

    /// Writes the whole answer.
    ///
    /// # Errors
    /// As [`Stream`].
    pub fn write(&self, answer: &str) -> Result<()> {
        match self {
            Target::Stdout => print(answer),
            Target::File(path) | Target::Folder(path) => write_file(path, answer),
        }
    }

    /// Whether what is written is seen at once.
    pub fn is_screen(&self) -> bool {
        matches!(self, Target::Stdout) && io::stdout().is_terminal()
    }

    /// Colours and width: those of the terminal where the answer goes there.
    pub fn look(&self) -> TextOptions {
        let auto = match self {
            Target::Stdout => anstream::AutoStream::choice(&io::stdout()),
            _ => anstream::ColorChoice::global(),
        };
        let colour = matches!(auto, anstream::ColorChoice::Always | anstream::ColorChoice::AlwaysAnsi);
        let screen = terminal_size::terminal_size().filter(|_| self.is_screen());
        let width = screen.map_or(TextOptions::default().width, |(width, _)| usize::from(width.0));
        TextOptions { colour, width }
    }
}

/// One stream that is written whole or, if it is a file, not at all.
pub enum Stream {
    /// Standard output.
    Stdout,
    /// A device or a pipe, which cannot be replaced.
    Device(File),
    /// A file beside the target that takes its place at the end.
    Whole {
        /// The file beside it.
        beside: NamedTempFile,
        /// The place to take.
        target: PathBuf,
    },
}

impl Stream {
    /// A stream into a file: nothing is there before [`Stream::finish`].
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn to_file(path: &Path) -> Result<Stream> {
        // A link is written through, not replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let written = || format!("{} cannot be written", path.display());
        if fs::metadata(&target).is_ok_and(|found| !found.is_file()) {
            return Ok(Stream::Device(File::options().write(true).open(&target).with_context(written)?));
        }
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As any new file: what the umask leaves.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let beside = builder.prefix(".saywho-").tempfile_in(folder).with_context(written)?;
        Ok(Stream::Whole { beside, target })
    }

    /// Writes and passes on at once, so that whoever reads along need not wait.
    ///
    /// # Errors
    /// When the disk is full or the reader is gone.
    pub fn write(&mut self, text: &str) -> Result<()> {
        match self {
            Stream::Stdout => {
                let mut stdout = io::stdout().lock();
                let text = if stdout.is_terminal() { on_screen(text) } else { text.into() };
                stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush())?;
            }
            Stream::Device(file) => file.write_all(text.as_bytes())?,
            Stream::Whole { beside, .. } => beside.write_all(text.as_bytes())?,
        }
        Ok(())
    }

    /// Puts a file in its place.
    ///
    /// # Errors
    /// When the system does not allow it.
    pub fn finish(self) -> Result<()> {
        if let Stream::Whole { beside, target } = self {
            beside.persist(&target).with_context(|| format!("{} cannot be written", target.display()))?;
        }
        Ok(())
    }
}

/// Writes a file whole or not at all.
///
/// # Errors
/// As [`Stream`].
pub fn write_file(path: &Path, text: &str) -> Result<()> {
    let mut stream = Stream::to_file(path)?;
    stream.write(text)?;
    stream.finish()
}

/// The files among what is named, as [`spare`] knows them.
pub fn originals<'p>(inputs: impl IntoIterator<Item = &'p PathBuf>) -> HashSet<PathBuf> {
    inputs.into_iter().filter_map(|path| fs::canonicalize(path).ok()).collect()
}

/// An answer never takes the place of a text that was read.
///
/// # Errors
/// If the path is one of the originals.
pub fn spare(originals: &HashSet<PathBuf>, path: &Path) -> Result<()> {
    if fs::canonicalize(path).is_ok_and(|path| originals.contains(&path)) {
        bail!("{} is one of the files to read and would be lost: write to another place", path.display());
    }
    Ok(())
}

/// Prints on standard output.
///
/// # Errors
/// When nobody reads it any more.
pub fn print(text: &str) -> Result<()> {
    Stream::Stdout.write(text)
}

/// Whether an error says only that nobody reads the output any more.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.into_iter().any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
