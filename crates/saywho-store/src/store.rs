//! The file: opening, schema, connections, closing.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use serde::Serialize;

use crate::{Error, Result, project};

/// The steps from an empty file to the latest schema; a step that was released is never changed, new ones follow.
const STEPS: [&str; 2] = [include_str!("schema.sql"), include_str!("schema-2.sql")];

/// Marks the file as ours ("saywho" cut to four letters).
const APPLICATION: i64 = 0x7361_7977;

/// Reading connections that are kept open.
const KEPT_READERS: usize = 16;

/// How long to wait for another process that writes.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long to wait, at the end, for questions that are still asked.
const FAREWELL: Duration = Duration::from_secs(2);

/// Documents, readings, entities and corrections in one file. Shared by all threads: one writes, any number read.
pub struct Store {
    path: PathBuf,
    way: Way,
    writer: Mutex<Writer>,
    readers: Mutex<Vec<Connection>>,
}

enum Writer {
    Open(Connection),
    /// Nothing can be written here.
    None,
    Closed,
}

/// How those who only ask open the file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// With all that SQLite does to let one write meanwhile, for which it needs files beside this one.
    Shared,
    /// As a file that never changes: nothing lies beside it, and nothing can be put there.
    Alone,
    /// With what an earlier run that was cut off has left beside it, where nothing can be put: read into memory, without locks.
    WithLeftOver,
}

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Sums {
    /// Documents.
    pub documents: u64,
    /// Attributions in them.
    pub attributions: u64,
}

impl Store {
    /// Opens a database, or makes one where there is none.
    ///
    /// # Errors
    /// When the file is something else, was made by a later saywho, or cannot be written.
    pub fn open(path: &Path) -> Result<Store> {
        let ready = Connection::open(path).map_err(Error::from).and_then(|mut writer| {
            prepare(&writer)?;
            migrate(&mut writer, path)?;
            Ok(writer)
        });
        let writer = ready.map_err(|error| match error {
            Error::Database(cause) if says_unwritable(&cause) && path.exists() => {
                Error::NotWritable { file: path.display().to_string(), cause }
            }
            other => named(other, path),
        })?;
        Ok(Store::new(path, Way::Shared, Writer::Open(writer)))
    }

    /// Opens a database that is there to ask it and, where that is possible, to write to it: one in a folder or file that
    /// cannot be written is opened all the same.
    ///
    /// # Errors
    /// When the file is something else or was made by a later saywho.
    pub fn open_to_ask(path: &Path) -> Result<Store> {
        // Whether something can be written is known once it was tried: permissions do not tell (root has all of them, and a
        // disk may be mounted to be read only).
        match Store::open(path) {
            Err(Error::NotWritable { .. }) => {}
            other => return other,
        }
        let left_over = std::fs::metadata(beside(path, "-wal")).ok().map(|found| found.len());
        let works = |way| {
            let version = reader(path, way).and_then(|db| version(&db, path)).map_err(|error| named(error, path))?;
            match version {
                // An empty file is none yet, and here it cannot be made one.
                0 => Err(Error::NotOurs(path.display().to_string())),
                older if older < STEPS.len() as i64 => Err(Error::Older(path.display().to_string())),
                _ => Ok(()),
            }
        };
        let way = match left_over {
            // Somebody else may be writing.
            Some(_) if works(Way::Shared).is_ok() => Way::Shared,
            Some(1..) => Way::WithLeftOver,
            Some(0) | None => Way::Alone,
        };
        works(way)?;
        Ok(Store::new(path, way, Writer::None))
    }

    fn new(path: &Path, way: Way, writer: Writer) -> Store {
        Store { path: path.to_owned(), way, writer: Mutex::new(writer), readers: Mutex::default() }
    }

    /// Whether it can be written to; else it is only asked.
    pub fn is_writable(&self) -> bool {
        matches!(*self.writer(), Writer::Open(_))
    }

    /// Ends the writing and brings everything that was written into the one file, so that a copy of it is whole. What is
    /// dropped is closed, too; this is for stores that threads still hold when the process ends.
    ///
    /// # Errors
    /// If that could not be done: the log stays beside the file, and nothing is lost.
    pub fn close(&self) -> Result<()> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).clear();
        let Writer::Open(writer) = std::mem::replace(&mut *self.writer(), Writer::Closed) else { return Ok(()) };
        let _ = writer.busy_timeout(FAREWELL);
        // Questions that are still asked may hold on to the log; what is in it can be copied all the same.
        let whole = ["TRUNCATE", "PASSIVE"].into_iter().any(|how| {
            let told = writer.query_row(&format!("PRAGMA wal_checkpoint({how})"), [], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
            });
            told.is_ok_and(|(busy, pages, copied)| busy == 0 && pages == copied)
        });
        if whole { Ok(()) } else { Err(Error::Apart(self.path.display().to_string())) }
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How much there is.
    pub fn sums(&self) -> Result<Sums> {
        self.read(|db| {
            let sums = "SELECT count(*), coalesce(sum(attributions), 0) FROM document";
            Ok(db.query_row(sums, [], |row| Ok(Sums { documents: row.get(0)?, attributions: row.get(1)? }))?)
        })
    }

    /// What SQLite finds wrong with the file: "ok" if nothing.
    pub fn check(&self) -> Result<String> {
        self.read(|db| Ok(db.query_row("PRAGMA integrity_check", [], |row| row.get(0))?))
    }

    /// Asks within one snapshot of the database.
    pub(crate) fn read<T>(&self, ask: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let kept = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut connection = match kept {
            Some(connection) => connection,
            None => reader(&self.path, self.way)?,
        };
        let answer = {
            let snapshot = connection.transaction()?;
            ask(&snapshot)?
        };
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < KEPT_READERS {
            readers.push(connection);
        }
        Ok(answer)
    }

    /// Does all of it, on disk when this returns, or nothing.
    pub(crate) fn write<T>(&self, act: impl FnOnce(&Transaction) -> Result<T>) -> Result<T> {
        let mut writer = self.writer();
        let writer = match &mut *writer {
            Writer::Open(writer) => writer,
            Writer::None => return Err(Error::AskedOnly(self.path.display().to_string())),
            Writer::Closed => return Err(Error::Closed),
        };
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = act(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // Whoever wants to know closes it.
        let _ = self.close();
    }
}

fn reader(path: &Path, way: Way) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match way {
        Way::Shared => Connection::open_with_flags(path, flags)?,
        Way::Alone => Connection::open_with_flags(uri(path), flags | OpenFlags::SQLITE_OPEN_URI)?,
        Way::WithLeftOver => {
            let connection = Connection::open_with_flags_and_vfs(path, flags, WITHOUT_LOCKS)?;
            connection.pragma_update_and_check(None, "locking_mode", "EXCLUSIVE", |_| Ok(()))?;
            connection
        }
    };
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.pragma_update(None, "cache_size", -16_384)?;
    connection.pragma_update(None, "mmap_size", 1_i64 << 30)?;
    Ok(connection)
}

/// SQLite's way to files without locks, by its name there.
const WITHOUT_LOCKS: &str = if cfg!(windows) { "win32-none" } else { "unix-none" };

/// A path as SQLite takes it with a word on how to open it.
fn uri(path: &Path) -> String {
    let path = path.display().to_string();
    let path = if cfg!(windows) { format!("/{}", path.replace('\\', "/")) } else { path };
    format!("file:{}?immutable=1", path.replace('%', "%25").replace('?', "%3f").replace('#', "%23"))
}

/// What SQLite puts beside a file.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

/// Whether an error comes from a place in which nothing can be written.
fn says_unwritable(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied))
}

/// An error with the name of the file, where it is about what the file is.
fn named(error: Error, path: &Path) -> Error {
    match error {
        Error::Database(cause) if cause.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            Error::NotOurs(path.display().to_string())
        }
        other => other,
    }
}

fn prepare(writer: &Connection) -> Result<()> {
    writer.busy_timeout(PATIENCE)?;
    writer.set_prepared_statement_cache_capacity(64);
    writer.pragma_update(None, "foreign_keys", true)?;
    writer.pragma_update(None, "cache_size", -65_536)?;
    Ok(())
}

/// The version of the schema: 0 in an empty file.
fn version(db: &Connection, path: &Path) -> Result<i64> {
    let file = || path.display().to_string();
    let ask = |pragma: &str| db.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables > 0 && ask("application_id")? != APPLICATION {
        return Err(Error::NotOurs(file()));
    }
    match (ask("user_version")?, STEPS.len() as i64) {
        (found, known) if found > known => Err(Error::Newer { file: file(), found, known }),
        (found, _) => Ok(found),
    }
}

/// Brings the schema to its latest version.
fn migrate(writer: &mut Connection, path: &Path) -> Result<()> {
    let known = STEPS.len() as i64;
    let found = version(writer, path)?;
    if writer.is_readonly(rusqlite::MAIN_DB)? {
        let cause = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_READONLY);
        return Err(rusqlite::Error::SqliteFailure(cause, None).into());
    }
    // Readers go on while one writes; a commit is on disk when it returns.
    writer.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    writer.pragma_update(None, "synchronous", "FULL")?;
    if found == known {
        return Ok(());
    }
    let step = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have done it meanwhile.
    let found = version(&step, path)?;
    for sql in STEPS.iter().skip(usize::try_from(found).unwrap_or(usize::MAX)) {
        step.execute_batch(sql)?;
    }
    if found > 0 {
        project::all_again(&step)?;
    }
    step.pragma_update(None, "application_id", APPLICATION)?;
    step.pragma_update(None, "user_version", known)?;
    step.commit()?;
    Ok(())
}
