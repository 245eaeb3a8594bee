//! One file for each command.

pub mod bench;
pub mod bulk;
pub mod compare;
pub mod completions;
pub mod eval;
pub mod pages;
pub mod read;
