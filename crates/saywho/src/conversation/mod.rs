//! The conversation stage: which call or meeting a document tells of, between whom, how, when, who asked for it and how it went.
//!
//! `talk` finds the conversations as those tell them who are cited on them. The other files find them as accounts tell them in
//! their own voice, one alone or several beside each other: `prepared` is one account, `person` and `parties` say who talked, `who`
//! whom the words of a sentence mean, `writer` whose "I" they hold, `passage` which sentences tell of the conversation, `slots` how,
//! when and at whose wish they talked. `part` tells which attributions were said there.

mod bodies;
pub(crate) mod cue;
pub(crate) mod id;
mod part;
pub(crate) mod parties;
pub(crate) mod passage;
pub(crate) mod person;
pub(crate) mod prepared;
mod pronouns;
pub(crate) mod slots;
mod speakers;
mod talk;
pub(crate) mod tone;
pub(crate) mod who;
pub(crate) mod writer;

pub use part::take_part;
pub(crate) use talk::{Talk, conversations};
