//! What saywho hands over, as plain data: the JSON contracts `saywho/1` ([`reading`]), `saywho/compare/1` ([`comparison`]) and
//! `saywho/check/1` ([`check`]). With the feature `schema` also their JSON Schemas.
//!
//! Nothing here reads texts: the engine makes these values, and reports, stores and other languages take them as they are.

pub mod check;
pub mod comparison;
pub mod offset;
pub mod prose;
pub mod reading;
#[cfg(feature = "schema")]
pub mod schema;

pub use check::Check;
pub use comparison::Comparison;
pub use offset::{Point, PointSpan, Span};
pub use reading::{Document, Reading};
