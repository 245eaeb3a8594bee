//! The command line of what persons do with a case: its documents, and what is put right in their readings.

use std::path::PathBuf;

use clap::{Args as Group, Subcommand, ValueEnum};
use saywho::reading::{Act, Polarity};
use saywho_store::Part;

use crate::args::{self, EngineArgs, confidence};
use crate::case_args::{CaseArgs, DaysArgs};

pub const DOCUMENTS_EXAMPLES: &str = "\
Examples:
  saywho documents list --db case.db
  saywho documents show 12 --db case.db
  saywho documents export --db case.db --output case.jsonl
  saywho documents remove 12 --db case.db
  saywho documents read-again --db case.db      what another version of saywho has read

A document is called by its number or, where no other has it, by its name.";

pub const CORRECT_EXAMPLES: &str = "\
Examples:
  saywho correct speaker 12 a3 4 --db case.db --who Ada
  saywho correct act 12 a3 demand --db case.db
  saywho correct reject 12 a3 --db case.db
  saywho correct add 12 --content 'no ships will sail' --cue 'word is that' --name 'Teo Vasca' --db case.db
  saywho correct merge 9 4 --db case.db

saywho search and saywho documents show tell documents and attributions, saywho speakers the numbers of persons and bodies.
A decision lies over the reading: it stays when the document is read again, and saywho corrections undo takes it back.";

pub const CORRECTIONS_EXAMPLES: &str = "\
Examples:
  saywho corrections list --db case.db
  saywho corrections show 3 --db case.db
  saywho corrections export --db case.db --output corrections.jsonl
  saywho corrections undo 3 --db case.db --who Ada";

/// A case that is changed.
#[derive(Debug, Group)]
pub struct CaseFile {
    /// The database, made by saywho add.
    #[arg(long, value_name = "FILE")]
    pub db: PathBuf,
}

/// `saywho documents`
#[derive(Debug, Group)]
pub struct DocumentsArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: DocumentsCommand,
}

/// What can be done with documents.
#[derive(Debug, Subcommand)]
pub enum DocumentsCommand {
    /// List the documents, newest first.
    List {
        /// Words of title, publisher, source or name.
        #[arg(value_name = "WORDS")]
        words: Vec<String>,
        /// Who published them.
        #[arg(long, value_name = "NAME")]
        publisher: Option<String>,
        /// From when to when.
        #[command(flatten)]
        days: DaysArgs,
        /// The most answers.
        #[arg(long, value_name = "N", default_value = "50")]
        limit: std::num::NonZeroUsize,
        /// The case.
        #[command(flatten)]
        case: CaseArgs,
    },
    /// Show the reading of one, corrections laid over.
    Show {
        /// Its number or name.
        #[arg(value_name = "DOCUMENT")]
        document: String,
        /// How to show it.
        #[command(flatten)]
        how: ReadingArgs,
    },
    /// Write the readings of some, or of all, corrections laid over: JSON lines where nothing else is asked for.
    Export {
        /// Their numbers or names; all where none is given.
        #[arg(value_name = "DOCUMENT")]
        documents: Vec<String>,
        /// How to write them.
        #[command(flatten)]
        how: ReadingArgs,
    },
    /// Forget documents, their readings and the corrections of them.
    Remove {
        /// Their numbers or names.
        #[arg(value_name = "DOCUMENT", required = true)]
        documents: Vec<String>,
        /// The case.
        #[command(flatten)]
        case: CaseFile,
    },
    /// Read documents again; corrections stay.
    ReadAgain {
        /// Their numbers or names; all that another version of saywho has read where none is given.
        #[arg(value_name = "DOCUMENT")]
        documents: Vec<String>,
        /// The case.
        #[command(flatten)]
        case: CaseFile,
        /// Threads to read with, four for each core at most [default: one for each core].
        #[arg(long, short, value_name = "N")]
        jobs: Option<std::num::NonZeroUsize>,
        /// With what to read.
        #[command(flatten)]
        engine: EngineArgs,
    },
}

/// How readings of a case are written.
#[derive(Debug, Group)]
pub struct ReadingArgs {
    /// The case.
    #[command(flatten)]
    pub case: CaseFile,
    /// text, json, jsonl, csv, annotations or html [default: as the file's ending tells].
    #[arg(long, short, value_enum, hide_possible_values = true)]
    pub format: Option<args::Format>,
    /// Mark CSV as UTF-8, so that spreadsheets open it rightly.
    #[arg(long)]
    pub excel: bool,
    /// Write to this file, whole or not at all.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Leave away what is less sure than this, 0 to 1.
    #[arg(long, value_name = "0-1", value_parser = confidence)]
    pub min_confidence: Option<f32>,
    /// Without corrections.
    #[arg(long)]
    pub raw: bool,
}

/// `saywho correct`
#[derive(Debug, Group)]
pub struct CorrectArgs {
    /// What is wrong.
    #[command(subcommand)]
    pub what: Decision,
    /// The database, made by saywho add.
    #[arg(long, global = true, value_name = "FILE")]
    pub db: Option<PathBuf>,
    /// Who decides: kept beside the decision.
    #[arg(long, global = true, value_name = "NAME")]
    pub who: Option<String>,
}

/// An attribution of a document.
#[derive(Debug, Group)]
pub struct Place {
    /// The document's number or name.
    #[arg(value_name = "DOCUMENT")]
    pub document: String,
    /// The attribution in it, as a3.
    #[arg(value_name = "ATTRIBUTION")]
    pub attribution: String,
}

/// What can be put right.
#[derive(Debug, Subcommand)]
pub enum Decision {
    /// Two persons or bodies of the case are one.
    Merge {
        /// The number of the one that was thought another.
        entity: i64,
        /// The number of the one it is.
        into: i64,
        /// Also where they are of different kinds, as a person and a state.
        #[arg(long)]
        yes: bool,
    },
    /// A person or body of the case is called otherwise.
    Rename {
        /// Its number.
        entity: i64,
        /// Its name.
        name: String,
    },
    /// Somebody else says it.
    Speaker {
        /// Where.
        #[command(flatten)]
        place: Place,
        /// Who: a number of saywho speakers, an id of the reading (e2), or nobody.
        speaker: String,
    },
    /// It is said to somebody else.
    Addressee {
        /// Where.
        #[command(flatten)]
        place: Place,
        /// To whom: a number of saywho speakers, an id of the reading (e2), or nobody.
        addressee: String,
    },
    /// The speaker does something else by speaking.
    Act {
        /// Where.
        #[command(flatten)]
        place: Place,
        /// say, inform, stress, ask, demand, offer, promise, warn, deny, agree, believe, want or discuss.
        #[arg(value_parser = act)]
        act: Act,
    },
    /// Whether the source stands behind the content.
    Polarity {
        /// Where.
        #[command(flatten)]
        place: Place,
        /// affirmed or negated.
        #[arg(value_parser = polarity)]
        polarity: Polarity,
    },
    /// In this document the entity is somebody else.
    Split {
        /// The document's number or name.
        document: String,
        /// Who is not meant: a number of saywho speakers, or an id of the reading (e2).
        entity: String,
        /// The name of who is meant.
        name: String,
        /// Only as speaker of this attribution; may be given several times.
        #[arg(long = "attribution", value_name = "ATTRIBUTION")]
        attributions: Vec<String>,
    },
    /// Source, cue or content are other words.
    Span {
        /// Where.
        #[command(flatten)]
        place: Place,
        /// Which part.
        #[arg(value_enum)]
        part: PartName,
        /// The words as they stand in the text, or START-END in code points; none where the text names no source.
        words: Vec<String>,
    },
    /// The text ascribes nothing there: the attribution is false.
    Reject {
        /// Where.
        #[command(flatten)]
        place: Place,
    },
    /// The text ascribes something that the reading lacks.
    Add(Box<AddedArgs>),
}

/// An attribution that a person adds.
#[derive(Debug, Group)]
pub struct AddedArgs {
    /// The document's number or name.
    pub document: String,
    /// The words that are ascribed, as they stand in the text, or START-END in code points; may be given several times.
    #[arg(long, value_name = "WORDS", required = true)]
    pub content: Vec<String>,
    /// The words that name the source.
    #[arg(long, value_name = "WORDS")]
    pub source: Vec<String>,
    /// The words that signal the act.
    #[arg(long, value_name = "WORDS")]
    pub cue: Vec<String>,
    /// Who says it: a number of saywho speakers, or an id of the reading (e2).
    #[arg(long, value_name = "WHO", conflicts_with = "name")]
    pub speaker: Option<String>,
    /// The name of who says it, where that is nobody of the case.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// To whom: a number of saywho speakers, or an id of the reading (e2).
    #[arg(long, value_name = "WHO")]
    pub addressee: Option<String>,
    /// What the speaker does: say, demand, deny, promise ...
    #[arg(long, value_parser = act, default_value = "say")]
    pub act: Act,
    /// affirmed or negated.
    #[arg(long, value_parser = polarity, default_value = "affirmed")]
    pub polarity: Polarity,
}

/// A part of an attribution.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum PartName {
    Source,
    Cue,
    Content,
}

impl PartName {
    /// The same for the store.
    pub fn part(self) -> Part {
        match self {
            PartName::Source => Part::Source,
            PartName::Cue => Part::Cue,
            PartName::Content => Part::Content,
        }
    }
}

/// `saywho corrections`
#[derive(Debug, Group)]
pub struct CorrectionsArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: CorrectionsCommand,
}

/// What can be done with corrections.
#[derive(Debug, Subcommand)]
pub enum CorrectionsCommand {
    /// List the corrections, also those undone, oldest first.
    List {
        /// Only those of this document: its number or name.
        #[arg(long, value_name = "DOCUMENT")]
        document: Option<String>,
        /// The case.
        #[command(flatten)]
        case: CaseArgs,
    },
    /// Show one.
    Show {
        /// Its number.
        #[arg(value_name = "CORRECTION")]
        id: i64,
        /// The case.
        #[command(flatten)]
        case: CaseFile,
    },
    /// Write all of them, a line of JSON each, as the API takes and tells them (docs/api.md).
    Export {
        /// Only those of this document: its number or name.
        #[arg(long, value_name = "DOCUMENT")]
        document: Option<String>,
        /// The case.
        #[command(flatten)]
        case: CaseFile,
        /// Write to this file, whole or not at all.
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Take corrections back; they stay in the list.
    #[command(visible_alias = "remove")]
    Undo {
        /// Their numbers.
        #[arg(value_name = "CORRECTION", required = true)]
        ids: Vec<i64>,
        /// The case.
        #[command(flatten)]
        case: CaseFile,
        /// Who undoes them.
        #[arg(long, value_name = "NAME")]
        who: Option<String>,
    },
}

fn act(written: &str) -> Result<Act, String> {
    serde_json::from_value(written.to_lowercase().into()).map_err(|_| {
        "the acts are say, inform, stress, ask, demand, offer, promise, warn, deny, agree, believe, want and discuss".into()
    })
}

fn polarity(written: &str) -> Result<Polarity, String> {
    serde_json::from_value(written.to_lowercase().into()).map_err(|_| "it is affirmed or negated".into())
}
