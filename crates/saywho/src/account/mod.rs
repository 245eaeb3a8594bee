//! The account stage: what a document tells of a conversation in its own voice, as one side's account, which becomes attributions
//! beside those to sources.
//!
//! `add` puts them into the reading, `own` finds them in a document that tells who talked. An account whose parties only another
//! account names is told by the same rules once they are known (`beside`), and makes no attributions of its own.

mod add;
mod as_read;
mod claim;
mod clause;
mod list;
mod own;
mod said;
mod speech;
mod teller;
mod voice;

pub(crate) use add::add;
pub(crate) use as_read::beside;
pub(crate) use claim::frames_of;
pub(crate) use said::Said;
