//! A chunk to rows, whatever goes wrong on the way.

use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::RecordBatch;
use saywho::{Reader, Reading, Worker};
use saywho_ingest::{Options, Piece, language};
use saywho_table::{Batches, Failure, Tables};

use crate::feed::{Chunk, Item, Position, Watch};
use crate::quotebank::Quotes;
use crate::{Counts, Job};

/// What one thread reads with.
pub(crate) struct Work<'r> {
    reader: &'r Reader,
    worker: Worker<'r>,
    options: &'r Options,
    any_language: bool,
    quotebank: bool,
    min_confidence: f32,
    watch: Option<Watch<'r>>,
}

/// The rows of a chunk.
pub(crate) struct Done {
    pub(crate) part: u64,
    pub(crate) end: Position,
    /// About how many bytes of the inputs lie before its end.
    pub(crate) bytes: u64,
    pub(crate) counts: Counts,
    pub(crate) tables: Batches,
    pub(crate) quotes: Option<RecordBatch>,
}

impl<'r> Work<'r> {
    /// Without a watch, what ends the process ends it unnoticed.
    pub(crate) fn new(reader: &'r Reader, job: &'r Job, watch: Option<Watch<'r>>) -> Work<'r> {
        Work {
            reader,
            worker: reader.worker(),
            options: &job.options,
            any_language: job.any_language,
            quotebank: job.quotebank,
            min_confidence: job.min_confidence,
            watch,
        }
    }

    pub(crate) fn read(&mut self, chunk: Chunk) -> Done {
        let mut tables = Tables::new();
        let mut quotes = self.quotebank.then(Quotes::default);
        let mut counts = Counts::default();
        for (at, item) in chunk.items {
            let read = match item {
                Item::Piece(piece) => self.read_watched(*piece, at),
                Item::Failed(failure) => Err(failure),
            };
            match read {
                Ok(mut reading) => {
                    reading.remove_below(self.min_confidence);
                    counts.documents += 1;
                    counts.words += reading.document.text.split_whitespace().count() as u64;
                    tables.push(&reading);
                    if let Some(quotes) = &mut quotes {
                        quotes.push(&reading);
                    }
                }
                Err(failure) => {
                    counts.errors += 1;
                    tables.push_error(&failure);
                }
            }
        }
        if let Some(watch) = &self.watch {
            watch.reads(None);
        }
        let quotes = quotes.map(Quotes::finish);
        Done { part: chunk.part, end: chunk.end, bytes: chunk.bytes, counts, tables: tables.finish(), quotes }
    }

    fn read_watched(&mut self, piece: Piece, at: Position) -> Result<Reading, Failure> {
        if let Some(watch) = &self.watch {
            if watch.deadly.has(at, true) {
                return Err(Failure::of_end(Some(piece.id().to_owned()), Some(piece.name().to_owned())));
            }
            watch.reads(Some(at));
        }
        self.read_piece(piece)
    }

    /// A panic on one odd document must not lose the others: it becomes that document's error.
    pub(crate) fn read_piece(&mut self, piece: Piece) -> Result<Reading, Failure> {
        let (id, place) = (piece.id().to_owned(), piece.name().to_owned());
        let read = catch_unwind(AssertUnwindSafe(|| {
            let document = piece.document(self.options).map_err(|error| Failure::of_input(Some(id.clone()), &error))?;
            match document.language.as_deref() {
                Some(tag) if !self.any_language && !language::is_read(Some(tag)) => {
                    Err(Failure::of_language(id.clone(), Some(place.clone()), tag))
                }
                _ => {
                    let budget = self.options.limits.budget(&document.text);
                    self.worker
                        .read_within(document, &budget)
                        .map_err(|error| Failure::of_time(id.clone(), Some(place.clone()), error))
                }
            }
        }));
        read.unwrap_or_else(|panic| {
            // The worker's buffers may be half written.
            self.worker = self.reader.worker();
            Err(Failure::of_panic(id, Some(place), &*panic))
        })
    }
}
