//! What saywho hands over, as plain data: the JSON contracts `saywho/1` ([`reading`]) and `saywho/compare/1` ([`comparison`]).
//! With the feature `schema` also their JSON Schemas.
//!
//! Nothing here reads texts: the engine makes these values, and reports, stores and other languages take them as they are.

pub mod comparison;
pub mod offset;
pub mod prose;
pub mod reading;
#[cfg(feature = "schema")]
pub mod schema;

pub use comparison::Comparison;
pub use offset::{Point, PointSpan, Span};
pub use reading::{Document, Reading};
