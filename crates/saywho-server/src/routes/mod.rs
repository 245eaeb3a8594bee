//! The routes, each in the file it is called by.

pub mod about;
pub mod attributions;
pub mod check;
pub mod compare;
pub mod conversations;
pub mod corrections;
pub mod documents;
pub mod entities;
pub mod jobs;
pub mod page;
pub mod read;
pub mod stats;

mod format;
mod params;
