//! The file: opening, schema, connections.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use serde::Serialize;

use crate::{Error, Result};

/// The steps from an empty file to the latest schema; a step that was released is never changed, new ones follow.
const STEPS: [&str; 1] = [include_str!("schema.sql")];

/// Marks the file as ours ("saywho" cut to four letters).
const APPLICATION: i64 = 0x7361_7977;

/// Reading connections that are kept open.
const KEPT_READERS: usize = 16;

/// How long to wait for another process that writes.
const PATIENCE: Duration = Duration::from_secs(20);

/// Documents, readings, entities and corrections in one file. Shared by all threads: one writes, any number read.
pub struct Store {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
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
        let mut writer = Connection::open(path)?;
        let ready = prepare(&writer).and_then(|()| migrate(&mut writer, path));
        ready.map_err(|error| match error {
            Error::Database(cause) if cause.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
                Error::NotOurs(path.display().to_string())
            }
            other => other,
        })?;
        Ok(Store { path: path.to_owned(), writer: Mutex::new(writer), readers: Mutex::default() })
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
            None => reader(&self.path)?,
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
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = act(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }
}

fn reader(path: &Path) -> Result<Connection> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.pragma_update(None, "cache_size", -16_384)?;
    connection.pragma_update(None, "mmap_size", 1_i64 << 30)?;
    Ok(connection)
}

fn prepare(writer: &Connection) -> Result<()> {
    writer.busy_timeout(PATIENCE)?;
    writer.set_prepared_statement_cache_capacity(64);
    writer.pragma_update(None, "foreign_keys", true)?;
    writer.pragma_update(None, "cache_size", -65_536)?;
    Ok(())
}

/// Brings the schema to its latest version.
fn migrate(writer: &mut Connection, path: &Path) -> Result<()> {
    let file = path.display().to_string();
    let ask = |db: &Connection, pragma: &str| db.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let version = ask(writer, "user_version")?;
    let tables: i64 = writer.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables > 0 && ask(writer, "application_id")? != APPLICATION {
        return Err(Error::NotOurs(file));
    }
    let known = STEPS.len() as i64;
    if version > known {
        return Err(Error::Newer { file, found: version, known });
    }
    // Readers go on while one writes; a commit is on disk when it returns.
    writer.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    writer.pragma_update(None, "synchronous", "FULL")?;
    if version == known {
        return Ok(());
    }
    let step = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have done it meanwhile.
    let version = ask(&step, "user_version")?;
    for sql in STEPS.iter().skip(usize::try_from(version).unwrap_or(usize::MAX)) {
        step.execute_batch(sql)?;
    }
    step.pragma_update(None, "application_id", APPLICATION)?;
    step.pragma_update(None, "user_version", known)?;
    step.commit()?;
    Ok(())
}
