//! The surface of English texts: tokens, sentences, paragraphs, quotation marks, the form of documents, dates and bylines, and the
//! tables of words that tell what a word or a title is.
//!
//! What the crates of this workspace share that read texts, and nothing that says who said what: that is the crate `saywho`.
//! Offsets are UTF-8 bytes.
//!
//! ```
//! use saywho_english::text::Text;
//!
//! let text = Text::new("“We agree,” Ilse Maren said. Teo Vasca did not.");
//! assert_eq!(text.sentences.len(), 2);
//! assert_eq!(text.quotes[0].span.of(text.text), "“We agree,”");
//! ```

mod budget;
pub mod byline;
pub mod date;
pub mod learned;
pub mod table;
pub mod terms;
pub mod text;
mod word_list;
pub mod words;

use saywho_contract::reading;

pub use budget::{Budget, OutOfTime};
pub use word_list::{EveryWord, WordList};
