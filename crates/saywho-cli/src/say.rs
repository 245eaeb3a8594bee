//! Words to the person at the terminal, on standard error.

use std::io::Write;

use anstyle::AnsiColor;
use saywho::OutOfTime;
use saywho_ingest::IngestError;

use crate::visible::visible;

/// Prints one line that says what went wrong.
pub fn error(message: &str) {
    let red = AnsiColor::Red.on_default().bold();
    // When standard error is gone there is nobody left to tell.
    let _ = writeln!(anstream::stderr(), "{red}error{red:#}: {}", visible(message));
}

/// Prints one line of information.
pub fn note(message: &str) {
    let _ = writeln!(anstream::stderr(), "{}", visible(message));
}

/// A document's time is over, and what can be done about it.
pub fn out_of_time(name: &str, error: OutOfTime) -> String {
    format!("{name}: {error}: --time-limit gives it more")
}

/// An input's error with what can be done about it.
pub fn with_hint(error: &IngestError) -> String {
    format!("{error}; {}", error.hint())
}
