//! Which entity.

use crate::table::place;

place! {
    /// The place of an entity in the book of a text.
    EntityId
}
