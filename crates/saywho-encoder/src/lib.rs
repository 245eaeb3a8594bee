//! Runs a small BERT-like encoder from int8 weights: numbers in, numbers out.
//!
//! * [`wordpiece`] turns words into the ids of BERT's uncased WordPiece vocabulary.
//! * [`Encoder`] holds the weights; it never changes and threads share it.
//! * [`Worker`] owns the buffers of one thread and turns sequences of [`Piece`]s into hidden states.
//! * [`Dense`] is a task head on top of the hidden states.
//!
//! Matrix products with weights run on integers: weights are int8 with one scale for each output, activations
//! are u8 with a scale and an offset for each row, found while running. The fastest kernel that the processor
//! has is chosen when the weights are loaded; all kernels give the same integers.

mod attention;
mod dense;
mod error;
mod kernel;
mod model;
pub mod synthetic;
mod weights;
pub mod wordpiece;

pub use dense::Dense;
pub use error::EncoderError;
pub use kernel::KernelPath;
pub use model::{Encoder, Piece, UNKNOWN, Worker};
pub use weights::Config;
