//! The engine as the command line asks for it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use saywho::Reader;

/// The engine, with a user's own rows of knowledge beside its tables if a file of them is named.
///
/// # Errors
/// When the engine cannot be made, or the file cannot be read or holds a line that is no row; the error names the file.
pub fn reader(knowledge: Option<&Path>) -> Result<Reader> {
    let reader = Reader::new().context("the engine could not be made")?;
    let Some(path) = knowledge else { return Ok(reader) };
    let name = path.display();
    let rows = fs::read(path).with_context(|| format!("the knowledge in {name} cannot be read"))?;
    let rows = String::from_utf8(rows).map_err(|bad| {
        anyhow::anyhow!("{name} is not UTF-8 (byte {}): save it as UTF-8", bad.utf8_error().valid_up_to())
    })?;
    let rows = rows.strip_prefix('\u{feff}').unwrap_or(&rows);
    reader.with_knowledge(rows).with_context(|| format!("{name} (its format: docs/knowledge.md)"))
}
