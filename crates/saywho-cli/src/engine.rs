//! The engine as the command line asks for it.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use saywho::{Reader, Weights};

use crate::args::{EngineArgs, Model};

/// What the readings depend on, by name, to tell whether two engines are the same.
///
/// # Errors
/// When the file of a user's knowledge cannot be read.
pub fn settings(args: &EngineArgs) -> Result<BTreeMap<String, String>> {
    let model = match args.model {
        Model::Accurate => "accurate",
        Model::Fast => "fast",
    };
    let knowledge = match &args.knowledge {
        None => "built in".to_owned(),
        Some(path) => {
            let rows = fs::read(path).with_context(|| format!("the knowledge in {} cannot be read", path.display()))?;
            saywho_bulk::fingerprint(rows)
        }
    };
    Ok([("model", model.to_owned()), ("knowledge", knowledge)].map(|(name, value)| (name.to_owned(), value)).into())
}

/// The engine with the weights that were asked for, and with a user's own rows of knowledge beside its tables if a file
/// of them is named.
///
/// # Errors
/// When the engine cannot be made, or the file cannot be read or holds a line that is no row; the error names the file.
pub fn reader(args: &EngineArgs) -> Result<Reader> {
    let weights = match args.model {
        Model::Accurate => Weights::Accurate,
        Model::Fast => Weights::Fast,
    };
    let reader = Reader::with_weights(weights).context("the engine could not be made")?;
    let Some(path) = &args.knowledge else { return Ok(reader) };
    let name = path.display();
    let rows = fs::read(path).with_context(|| format!("the knowledge in {name} cannot be read"))?;
    let rows = String::from_utf8(rows).map_err(|bad| {
        anyhow::anyhow!("{name} is not UTF-8 (byte {}): save it as UTF-8", bad.utf8_error().valid_up_to())
    })?;
    let rows = rows.strip_prefix('\u{feff}').unwrap_or(&rows);
    reader.with_knowledge(rows).with_context(|| format!("{name} (its format: docs/knowledge.md)"))
}
