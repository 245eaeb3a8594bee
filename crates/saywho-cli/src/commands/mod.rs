//! One file for each command.

pub mod add;
pub mod bench;
pub mod bulk;
pub mod check;
pub mod compare;
pub mod completions;
pub mod conversations;
pub mod correct;
pub mod corrections;
pub mod documents;
pub mod eval;
pub mod man;
pub mod pages;
pub mod read;
pub mod search;
pub mod serve;
pub mod speakers;
pub mod stats;
pub mod timeline;
