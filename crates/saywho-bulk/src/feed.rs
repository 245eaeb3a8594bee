//! Inputs to chunks of work, always cut at the same places.

use std::any::Any;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use saywho_ingest::{Flow, IngestError, Options, Piece, pieces_in_file};
use saywho_parallel::Push;
use saywho_table::{Failure, FailureKind};
use serde::{Deserialize, Serialize};

use crate::deadly::{Deadly, Step, UnderWay};
use crate::inputs::{Input, Inputs};

/// A chunk is full with so many bytes ...
const CHUNK_BYTES: usize = 256 << 10;

/// ... or so many documents and errors.
const CHUNK_ITEMS: usize = 32;

/// A part is full with so many documents and errors, however short.
const PART_ITEMS: usize = 16 << 10;

/// A place in the inputs: so many items of this input lie before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Position {
    pub(crate) input: usize,
    pub(crate) items: u64,
}

/// A document to be, or why there is none.
pub(crate) enum Item {
    Piece(Box<Piece>),
    Failed(Failure),
}

/// What one thread reads at a time.
pub(crate) struct Chunk {
    pub(crate) part: u64,
    /// Its items, each with the place behind it.
    pub(crate) items: Vec<(Position, Item)>,
    /// Where it ends.
    pub(crate) end: Position,
    /// About how many bytes of the inputs lie before its end.
    pub(crate) bytes: u64,
    weight: usize,
}

impl Chunk {
    /// The bytes of its documents.
    pub(crate) fn weight(&self) -> usize {
        self.weight
    }
}

/// The stream of all inputs from some place on.
pub(crate) struct Feed<'o> {
    inputs: Inputs,
    options: &'o Options,
    start: Position,
    part: u64,
    part_bytes: usize,
    watch: Watch<'o>,
}

/// What is done about inputs that end the process.
#[derive(Clone, Copy)]
pub(crate) struct Watch<'o> {
    pub(crate) deadly: &'o Deadly,
    pub(crate) under_way: &'o UnderWay,
    /// This thread's place there.
    pub(crate) thread: usize,
}

impl Watch<'_> {
    /// Notes that the document before this place is read, or none.
    pub(crate) fn reads(&self, at: Option<Position>) {
        self.under_way.note(self.thread, at.map(|at| Step { at, reads: true }));
    }

    /// Notes that the next item of an input is looked for; or that this waits for the readers.
    fn looks(&self, at: Option<Position>) {
        self.under_way.note(self.thread, at.map(|at| Step { at, reads: false }));
    }
}

impl<'o> Feed<'o> {
    /// From this place, where this part begins.
    pub(crate) fn new(
        inputs: Inputs,
        options: &'o Options,
        start: Position,
        part: u64,
        part_bytes: usize,
        watch: Watch<'o>,
    ) -> Feed<'o> {
        Feed { inputs, options, start, part, part_bytes, watch }
    }

    /// Hands on all chunks.
    pub(crate) fn chunks(self, push: &mut Push<Chunk>) -> Flow {
        let Feed { inputs, options, start, part, part_bytes, watch } = self;
        let mut passed = inputs.bytes_before(start.input);
        let mut cutter =
            Cutter { push, part, part_bytes, in_part: (0, 0), chunk: Vec::new(), weight: 0, at: (start, passed) };
        for (number, input) in inputs.all.into_iter().enumerate().skip(start.input) {
            let skip = if number == start.input { start.items } else { 0 };
            let bytes = input.bytes();
            let one = OneInput { number, skip, passed, items: 0, watch, given_up: false };
            one.pour(input, options, &mut cutter)?;
            passed += bytes;
        }
        cutter.cut()
    }
}

/// One input on its way.
struct OneInput<'o> {
    number: usize,
    /// Items that were read by an earlier run.
    skip: u64,
    /// Bytes of the inputs before it.
    passed: u64,
    /// Items so far.
    items: u64,
    watch: Watch<'o>,
    /// Whether the rest of it is passed over.
    given_up: bool,
}

impl OneInput<'_> {
    /// A panic on one odd input must not lose the others: it becomes that input's error.
    fn pour(mut self, input: Input, options: &Options, cutter: &mut Cutter) -> Flow {
        let (path, id) = match input {
            Input::File { path, id, .. } => (path, id),
            Input::Failed(error) => return self.failed(&error, cutter),
        };
        let poured = catch_unwind(AssertUnwindSafe(|| {
            self.looks_on()?;
            pieces_in_file(&path, options, &mut |piece| {
                match piece {
                    Ok(piece) => self.piece(piece, &id, cutter),
                    Err(error) => self.failed(&error, cutter),
                }?;
                self.looks_on()
            })
        }));
        self.watch.looks(None);
        match poured {
            Ok(_) if self.given_up => {
                let failure = Failure::of_end(None, Some(path.display().to_string()));
                self.add(Item::Failed(failure), 0, self.passed, cutter)
            }
            Ok(poured) => poured,
            Err(panic) => {
                let failure = panicked(path.display().to_string(), &*panic);
                self.add(Item::Failed(failure), 0, self.passed, cutter)
            }
        }
    }

    /// Notes that the next item is looked for; breaks where that has ended a process.
    fn looks_on(&mut self) -> Flow {
        let at = Position { input: self.number, items: self.items };
        self.given_up = self.watch.deadly.has(at, false);
        self.watch.looks(Some(at));
        if self.given_up { Flow::Break(()) } else { Flow::Continue(()) }
    }

    fn piece(&mut self, piece: Piece, id: &str, cutter: &mut Cutter) -> Flow {
        if self.items < self.skip {
            self.items += 1;
            return Flow::Continue(());
        }
        let piece = match (piece.is_named(), piece.is_alone()) {
            (true, _) => piece,
            (false, true) => piece.with_id(id),
            // Only the place is sure to be unlike all others.
            (false, false) => piece.with_id(&format!("{id}-{}", self.items + 1)),
        };
        let (weight, bytes) = (piece.weight(), self.passed + piece.position().unwrap_or(0));
        self.add(Item::Piece(Box::new(piece)), weight, bytes, cutter)
    }

    fn failed(&mut self, error: &IngestError, cutter: &mut Cutter) -> Flow {
        self.add(Item::Failed(Failure::of_input(None, error)), 0, self.passed, cutter)
    }

    fn add(&mut self, item: Item, weight: usize, bytes: u64, cutter: &mut Cutter) -> Flow {
        self.items += 1;
        if self.items <= self.skip {
            return Flow::Continue(());
        }
        self.watch.looks(None);
        cutter.add(item, weight, Position { input: self.number, items: self.items }, bytes)
    }
}

fn panicked(place: String, panic: &(dyn Any + Send)) -> Failure {
    Failure { document: None, kind: FailureKind::Failure, ..Failure::of_panic(String::new(), Some(place), panic) }
}

/// Cuts the stream into chunks and parts, by what it holds alone.
struct Cutter<'p, 'q> {
    push: &'p mut Push<'q, Chunk>,
    part: u64,
    part_bytes: usize,
    /// Bytes and items of the part so far.
    in_part: (usize, usize),
    chunk: Vec<(Position, Item)>,
    /// Bytes of the chunk so far.
    weight: usize,
    /// Where it ends, and the bytes of the inputs before that.
    at: (Position, u64),
}

impl Cutter<'_, '_> {
    fn add(&mut self, item: Item, weight: usize, position: Position, bytes: u64) -> Flow {
        self.chunk.push((position, item));
        self.weight += weight;
        self.at = (position, bytes.max(self.at.1));
        match self.weight >= CHUNK_BYTES || self.chunk.len() >= CHUNK_ITEMS {
            true => self.cut(),
            false => ControlFlow::Continue(()),
        }
    }

    fn cut(&mut self) -> Flow {
        if self.chunk.is_empty() {
            return ControlFlow::Continue(());
        }
        let (items, weight) = (std::mem::take(&mut self.chunk), std::mem::take(&mut self.weight));
        self.in_part = (self.in_part.0 + weight, self.in_part.1 + items.len());
        let (end, bytes) = self.at;
        let chunk = Chunk { part: self.part, items, end, bytes, weight };
        if self.in_part.0 >= self.part_bytes || self.in_part.1 >= PART_ITEMS {
            self.part += 1;
            self.in_part = (0, 0);
        }
        (self.push)(chunk)
    }
}
