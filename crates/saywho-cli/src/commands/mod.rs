//! One file for each command.

pub mod bench;
pub mod compare;
pub mod completions;
pub mod eval;
pub mod read;
