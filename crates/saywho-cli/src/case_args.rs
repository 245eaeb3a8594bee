//! The command line of the commands that work on a case: a database of documents and their readings.

use std::net::SocketAddr;
use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};
use std::path::PathBuf;

use clap::{Args as Group, ValueEnum};
use saywho_store::Days;

use crate::args::{EngineArgs, InputArgs, ToldArgs, check_excel, chosen, confidence};

pub const ADD_EXAMPLES: &str = "\
Examples:
  saywho add news/ --db case.db
  saywho add call.norrland.txt call.sudovia.txt --db case.db
  saywho add note.txt --date '4 April 2031' --publisher 'Harbour Post' --db case.db
  saywho add feed.xml crawl.warc.gz --db case.db --model fast
  saywho add --feed https://news.example/rss --db case.db
  saywho add incoming/ --feed https://news.example/rss --watch --db case.db

Inputs: all that saywho read takes. A document whose text has not changed is not read again; one with a new text takes the
place of its old one, and corrections stay. One that an older saywho has read is read again. A run that is stopped keeps what it has read, and the same command goes on from
there; once it has ended, the one file is the whole case. Of a feed what it brings is read; the pages that it links to are not fetched.
Exit code: 0 all was read, 1 something was not, 2 the command line is wrong.";

pub const SEARCH_EXAMPLES: &str = "\
Examples:
  saywho search grain --db case.db
  saywho search grain --db case.db --speaker Maren --since 2031-03
  saywho search '\"lift the ban\" -port' --db case.db --direct --format csv
  saywho search --db case.db --unnamed --side Norrland

Words are found in any form; \"a phrase\" in quotation marks, harb* by its beginning, -word must not occur.
A question has at most 100 words.
CSV has the columns of saywho read --format csv.
Exit code: 0 the question was answered, also where nothing was found; 1 it was not; 2 the command line is wrong.";

pub const EXIT_CODES: &str = "\
Exit code: 0 the question was answered, also where nothing was found; 1 it was not; 2 the command line is wrong.";

pub const TIMELINE_EXAMPLES: &str = "\
Examples:
  saywho timeline Maren --db case.db
  saywho timeline 'Ilse Maren' 'ban, fishing' --db case.db --format csv

= marks the words of an earlier position, ~ an earlier one on the same subject in other words.
Exit code: 0 the question was answered, also where nothing was found; 1 it was not (nobody of that name); 2 the command line
is wrong.";

pub const SERVE_EXAMPLES: &str = "\
Examples:
  saywho serve --db case.db
  saywho serve                                  reads and compares; what is added is gone at the end
  saywho serve --db case.db --listen 0.0.0.0:8080 --token change-this-secret --host news.example

The API is described at /openapi.json and in docs/api.md.";

/// How answers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Csv,
}

/// The case, and how to write the answer.
#[derive(Debug, Group)]
pub struct CaseArgs {
    /// The database, made by saywho add.
    #[arg(long, value_name = "FILE")]
    pub db: PathBuf,
    /// How to write the answer: text, json or csv [default: as the file's ending tells, else text].
    #[arg(long, short, value_enum, hide_possible_values = true)]
    pub format: Option<Format>,
    /// Mark CSV as UTF-8, so that spreadsheets open it rightly.
    #[arg(long)]
    pub excel: bool,
    /// Write to this file, whole or not at all.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl CaseArgs {
    /// The format that is asked for.
    pub fn format(&self) -> Format {
        let endings = [("txt", Format::Text), ("json", Format::Json), ("csv", Format::Csv)];
        let format = chosen(self.format, self.output.as_deref(), &endings, Format::Text);
        check_excel(self.excel, format == Format::Csv);
        format
    }
}

/// From when to when.
#[derive(Debug, Group)]
pub struct DaysArgs {
    /// From this day, month or year on: 2031-04-02, 2031-04, 2031.
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Up to this day, month or year.
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
}

impl DaysArgs {
    /// The same for the store.
    pub fn days(&self) -> Days {
        Days { from: self.since.clone(), to: self.until.clone() }
    }
}

/// `saywho add`
#[derive(Debug, Group)]
pub struct AddArgs {
    /// Files and folders; "-" is standard input.
    #[arg(value_name = "PATH", required_unless_present = "feeds")]
    pub paths: Vec<PathBuf>,
    /// The address of an RSS, Atom or JSON feed; may be given several times.
    #[arg(long = "feed", value_name = "URL")]
    pub feeds: Vec<String>,
    /// Go on until stopped (Ctrl-C, SIGTERM): look for new and changed files every two seconds, and ask the feeds again.
    #[arg(long)]
    pub watch: bool,
    /// Seconds between two looks at the feeds.
    #[arg(long, value_name = "SECONDS", default_value = "900", requires = "watch")]
    pub poll: NonZeroU64,
    /// The database; it is made where there is none.
    #[arg(long, value_name = "FILE")]
    pub db: PathBuf,
    /// Threads to read with, four for each core at most [default: one for each core].
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Also read what is not in English, as well as it goes.
    #[arg(long)]
    pub any_language: bool,
    /// With what to read.
    #[command(flatten)]
    pub engine: EngineArgs,
    /// How to take in what is named.
    #[command(flatten)]
    pub input: InputArgs,
    /// What the documents do not tell of themselves.
    #[command(flatten)]
    pub told: ToldArgs,
}

/// `saywho search`
#[derive(Debug, Group)]
pub struct SearchArgs {
    /// Words of what was said; all must occur.
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
    /// Who said it: words of a name, or a number of saywho speakers.
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// To whom.
    #[arg(long, value_name = "NAME")]
    pub addressee: Option<String>,
    /// The state or body spoken for.
    #[arg(long)]
    pub side: Option<String>,
    /// What the speaker does: say, demand, deny, promise ...
    #[arg(long)]
    pub act: Option<String>,
    /// Words of a topic, any of which must occur: "fishing, herring quota".
    #[arg(long, value_name = "WORDS")]
    pub issue: Option<String>,
    /// Who published the document.
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// From when to when.
    #[command(flatten)]
    pub days: DaysArgs,
    /// Only what is quoted, in part at least.
    #[arg(long)]
    pub direct: bool,
    /// Only sources that the text does not name.
    #[arg(long)]
    pub unnamed: bool,
    /// Only what is at least so sure, 0 to 1.
    #[arg(long, value_name = "0-1", value_parser = confidence)]
    pub min_confidence: Option<f32>,
    /// The most answers.
    #[arg(long, value_name = "N", default_value = "50")]
    pub limit: NonZeroUsize,
    /// The case.
    #[command(flatten)]
    pub case: CaseArgs,
}

/// `saywho speakers`
#[derive(Debug, Group)]
pub struct SpeakersArgs {
    /// Words of a name.
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// The state or body spoken for.
    #[arg(long)]
    pub side: Option<String>,
    /// The kind: person, organisation, state, group, document or unnamed.
    #[arg(long)]
    pub kind: Option<String>,
    /// The most answers.
    #[arg(long, value_name = "N", default_value = "50")]
    pub limit: NonZeroUsize,
    /// The case.
    #[command(flatten)]
    pub case: CaseArgs,
}

/// `saywho timeline`
#[derive(Debug, Group)]
pub struct TimelineArgs {
    /// Words of a name, or a number of saywho speakers.
    pub speaker: String,
    /// Words of a topic, any of which must occur.
    pub issue: Option<String>,
    /// From when to when.
    #[command(flatten)]
    pub days: DaysArgs,
    /// The case.
    #[command(flatten)]
    pub case: CaseArgs,
}

/// `saywho conversations`
#[derive(Debug, Group)]
pub struct ConversationsArgs {
    /// Words of names or sides of those who took part.
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// From when to when.
    #[command(flatten)]
    pub days: DaysArgs,
    /// The most answers.
    #[arg(long, value_name = "N", default_value = "50")]
    pub limit: NonZeroUsize,
    /// The case.
    #[command(flatten)]
    pub case: CaseArgs,
}

/// `saywho stats`
#[derive(Debug, Group)]
pub struct StatsArgs {
    /// Only what holds these words.
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
    /// Who published the documents.
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// From when to when.
    #[command(flatten)]
    pub days: DaysArgs,
    /// The case.
    #[command(flatten)]
    pub case: CaseArgs,
}

/// `saywho serve`
#[derive(Debug, Group)]
pub struct ServeArgs {
    /// The database; without one, what is added is gone at the end.
    #[arg(long, value_name = "FILE")]
    pub db: Option<PathBuf>,
    /// Where to listen; any other than a loopback address wants a token.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// What every request must show (Authorization: Bearer SECRET): at least 8 letters, no blanks; also taken from
    /// SAYWHO_TOKEN, where others on this machine cannot see it.
    #[arg(long, value_name = "SECRET")]
    pub token: Option<String>,
    /// A name by which others call this machine; may be given several times.
    #[arg(long = "host", value_name = "NAME")]
    pub hosts: Vec<String>,
    /// Threads to read with, four for each core at most [default: one for each core].
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Readings that may wait for a thread, 10,000 at most; more are answered 503 [default: 16 for each thread].
    #[arg(long, value_name = "N")]
    pub queue: Option<NonZeroUsize>,
    /// Requests a second from one address [default: 20 from other machines, any number from this one].
    #[arg(long, value_name = "N")]
    pub rate: Option<NonZeroU32>,
    /// With what to read.
    #[command(flatten)]
    pub engine: EngineArgs,
}
