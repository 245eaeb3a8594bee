//! `saywho man`: manual pages, made from the arguments.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::CommandFactory;

use crate::args::Args;

/// Writes a page for saywho and one for each of its commands into this folder.
///
/// # Errors
/// When the folder cannot be written.
pub fn run(folder: &Path) -> Result<ExitCode> {
    let written = fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(Args::command(), folder));
    written.with_context(|| format!("{} cannot be written", folder.display()))?;
    Ok(ExitCode::SUCCESS)
}
