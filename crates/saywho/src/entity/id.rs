//! Which entity.

use saywho_english::place;

place! {
    /// The place of an entity in the book of a text.
    EntityId
}
