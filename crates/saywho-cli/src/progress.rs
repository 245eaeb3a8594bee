//! How far a run is, for a person who watches.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressStyle};

/// Fewer inputs are done before anybody wonders.
const WORTH_SHOWING: usize = 8;

/// A bar on standard error, or nothing where it would disturb.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar for so many inputs; none where few are read, nobody watches, or the answer itself goes to the screen.
    pub fn new(inputs: usize, answer_on_screen: bool) -> Progress {
        if inputs < WORTH_SHOWING || answer_on_screen || !stderr().is_terminal() {
            return Progress { bar: ProgressBar::hidden() };
        }
        let bar = ProgressBar::new(inputs as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} files, {eta} left") {
            bar.set_style(style);
        }
        Progress { bar }
    }

    /// One more input is done.
    pub fn step(&self) {
        self.bar.inc(1);
    }

    /// Does something that prints on standard error.
    pub fn beside(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
