//! saywho reads news reports and official statements: who said what, to whom, through which chain of sources.
//!
//! ```
//! use saywho::{Document, Reader};
//!
//! let reader = Reader::new()?;
//! let reading = reader.worker().read(Document::from_text("note", "“We agree to lift the ban,” Ilse Maren said on Monday."));
//! let attribution = &reading.attributions[0];
//! assert_eq!(attribution.content[0].of(&reading.document.text), "“We agree to lift the ban,”");
//! let speaker = attribution.speaker.as_deref().and_then(|id| reading.entity(id));
//! assert_eq!(speaker.map(|s| s.name.as_str()), Some("Ilse Maren"));
//! # Ok::<(), saywho::Error>(())
//! ```
//!
//! A [`Reader`] holds the weights and the tables and is shared by all threads; each thread reads with a [`Worker`], within a
//! [`Budget`] where time is short. A [`Reading`] is plain data, all of it in [`reading`]. An [`Analysis`] is a reading with what is
//! known of its text while it is at hand: [`Reader::compare`] makes a [`Comparison`](comparison::Comparison) of several. The crate
//! `saywho-report` shows what they make. Offsets are UTF-8 bytes until [`Reading::to_code_points`] converts them at the edge.
//!
//! Everything else, the stages that documents pass, is private.

mod account;
mod analysis;
mod attribution;
pub mod comparison;
mod conversation;
mod entity;
mod error;
mod ids;
mod inference;
mod knowledge;
mod meaning;
mod reader;
pub mod training;
mod weights;

use saywho_contract::prose;
use saywho_english::{table, text, words};

pub use analysis::Analysis;
pub use attribution::kind_of;
pub use conversation::take_part;
pub use error::Error;
pub use inference::Inference;
pub use knowledge::KnowledgeError;
pub use reader::{Reader, Spent, Worker};
pub use saywho_contract::offset::{self, Point, PointSpan, Points, Span};
pub use saywho_contract::reading;
#[doc(inline)]
pub use saywho_contract::reading::Document;
/// ```
/// use saywho::{Document, Reader};
///
/// let note = Document::from_text("note", "“Ça va,” Ilse Maren said.");
/// let reading = Reader::new()?.worker().read(note);
/// let attribution = reading.attribution("a1").expect("the first");
/// assert_eq!(attribution.source[0].of(&reading.document.text), "Ilse Maren");
/// # Ok::<(), saywho::Error>(())
/// ```
#[doc(inline)]
pub use saywho_contract::reading::Reading;
pub use saywho_english::{Budget, OutOfTime};
pub use weights::Weights;
