//! What the engine knows of the world: states, office holders and well-known bodies.
//!
//! The tables are made by `knowledge/make.py` and embedded; users can add rows of their own in the same format.
//! Knowledge helps and is never required: a state that no table names must be understood from the text alone.

mod index;
mod load;
mod names;
mod offices;
#[cfg(test)]
mod tests;
mod world;

pub use load::KnowledgeError;
pub use world::{Holder, How, Knowledge};
