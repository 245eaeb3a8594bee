//! The command line: what can be asked for, and the help that explains it.

use std::num::{NonZeroU64, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::error::ErrorKind;
use clap::{Args as Group, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use saywho_ingest::{Columns, Encoding, Format as InputFormat, Limits, Options, Told};

use crate::case_args::{
    self, AddArgs, ConversationsArgs, SearchArgs, ServeArgs, SpeakersArgs, StatsArgs, TimelineArgs,
};
use crate::decision_args::{self, CorrectArgs, CorrectionsArgs, DocumentsArgs};
use crate::say;

const EXAMPLES: &str = "\
Examples:
  saywho read report.txt                        who said what, for people
  saywho read page.html --format json           the same for programs
  cat note.txt | saywho read                    from standard input
  saywho help read                              more about one command";

const READ_EXAMPLES: &str = "\
Examples:
  saywho read report.txt
  saywho read page.html --format html --output marked.html
  saywho read news/ --format jsonl --output news.jsonl
  saywho read news/ --format html --out-dir pages/
  saywho read note.txt --author 'Ada Lind' --publisher 'Harbour Post' --date '4 April 2031'
  saywho read report.txt --knowledge my-states.tsv
  saywho read crawl.warc.gz --output crawl.jsonl
  saywho read report.txt --excel --output report.csv
  saywho read news.jsonl --columns text=body,published=day --format csv
  curl -s https://example.org/statement | saywho read - --format csv

Inputs, told by their content:
  text, HTML, Markdown, PDF, DOCX, ODT, RTF, e-mail, mbox, RSS and Atom feeds, CSV, JSON, JSON lines,
  Parquet, WARC and ARC, ZIP and TAR of any of these, each also as gzip or zstd

Formats:
  text         for people: the conversation, then by side and speaker who said what
  json         the contract saywho/1: an object for one document, an array for several
  jsonl        the same, one line a document
  csv          one row an attribution; docs/output.md tells the columns
  annotations  W3C Web Annotations (JSON-LD): an object for one document, an array for several
  html         a page that stands alone; for several documents give --out-dir
Without --format the ending of the file tells: .txt, .json, .jsonl, .csv, .jsonld, .html.

Each PDF is read by a process of its own, within bounds of memory and time.
What cannot be read, or is not in English, is named on standard error; the rest is read.
Exit code: 0 all was read (also where a text ascribes nothing to anybody), 1 something was not, 2 the command line is wrong.";

const BULK_EXAMPLES: &str = "\
Examples:
  saywho bulk news.parquet --out tables/
  saywho bulk crawl/*.warc.gz --out tables/ --model fast
  saywho bulk news.jsonl --columns text=body,published=day --out tables/ --quotebank

Inputs: Parquet, and all that saywho read takes.
Tables, a folder each, Parquet files (zstd): documents, entities, mentions, attributions, conversations,
  errors (what was not read, and why), groups (near copies); with --quotebank also quotebank

A run that was cut off goes on when the same command is given again; nothing is read twice or lost. A document that has
ended the process is passed over then, and stands among the errors.
The files are the same for any number of threads. See docs/bulk.md and docs/tables.md.
Exit code: 0 all was read, 1 something was not, 2 the command line is wrong.";

const CHECK_EXAMPLES: &str = "\
Examples:
  saywho check article.txt --against transcript.txt
  saywho check articles/*.txt --against transcript.txt release.html
  saywho check page.html --against sources/ --format json --output check.json
  saywho check article.txt --against transcript.txt --output check.html
  saywho check article.txt --case case.db       against all that is kept there

Every quoted passage of the articles is sought in the sources word by word, every report by what it tells.
Verdicts:
  exact          the words stand there, and the right person says them
  altered        words were changed; the report tells how, and whether that changes what is said
  spliced        words from places apart were joined without a mark
  misattributed  another says them
  supported, contradicted   what is reported stands there, or otherwise
  not found      in the sources given

Formats:
  text  for people: the verdict, the passage, the source; [-words-] are left out or replaced, {+words+} put in
  json  the contract saywho/check/1
  html  a page that stands alone: each passage beside its source, and the texts
  csv   one row a passage
  annotations   W3C Web Annotations (JSON-LD)
Without --format the ending of the file tells: .txt, .json, .html, .csv, .jsonld. See docs/check.md.

Articles and sources are read as by saywho read; what cannot be read, or is not in English, is named on standard error.
Exit code: 0 all passages are exact or supported, 1 some are not or a document could not be read, 2 the command line is wrong.";

const COMPARE_EXAMPLES: &str = "\
Examples:
  saywho compare norrland.txt sudovia.txt
  saywho compare norrland.txt sudovia.txt --format html --output call.html
  saywho compare a.txt b.txt --side Norrland --side Sudovia
  saywho compare a.txt b.txt --issues topics.txt --format markdown
  saywho compare report.txt                    the sides within one report

Formats:
  text         for people: the issues down, the sides across
  json         the contract saywho/compare/1
  html         a page that stands alone: the same table, and the texts side by side
  csv          one row a claim
  markdown     the table, for mails and wikis
Without --format the ending of the file tells: .txt, .json, .html, .csv, .md.

The side of a document is taken from its publisher, its file name (call.norrland.txt), its letterhead or its text. A date
in its file name (call-2031-04-02.txt) is the document's date where it tells none. A file of issues holds lines such as
  fishing: quota, fleet, ban
and a claim with one of the words goes under that label.
\"only X\" always means: in the documents given. An account in which nothing could be read is not called silent.
saywho reads English: an account in another language is refused, and stands there as one that could not be read.
Exit code:
  0  the accounts were compared
  1  an account could not be read, or nothing was compared
  2  the command line is wrong
  3  compared, but less than it seems: an account of which nothing could be read, accounts that are all taken as
     one side's (give --side), accounts of different conversations or of none; the report says which";

const EVAL_EXAMPLES: &str = "\
Examples:
  saywho eval polnear polnear/dev --floors floors.txt
  saywho eval reading gold/report.gold.json
  saywho eval speakers gold/speakers polnear/dev/text
  saywho eval coref ontogum/conllu --only news --only interview
  saywho eval pairs gold/calls
  saywho eval corpus --part train
  saywho eval pages readability/test/test-pages

A file of floors holds lines such as
  linked.all = 68.0
  speaker on matched = 65.0
A figure below its floor is printed and makes the exit code 1.";

const BENCH_EXAMPLES: &str = "\
Examples:
  saywho bench news/
  saywho bench news/ --repeat 5 --jobs 2 --model fast";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  saywho completions bash > ~/.local/share/bash-completion/completions/saywho
  saywho completions fish > ~/.config/fish/completions/saywho.fish";

const MAN_EXAMPLES: &str = "\
Examples:
  saywho man ~/.local/share/man/man1            then: man saywho-read";

/// Reads news reports and official statements: who said what, to whom, through which chain of sources.
#[derive(Debug, Parser)]
#[command(name = "saywho", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// When to colour what is meant for people; NO_COLOR is respected.
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read files, folders or standard input and print who said what.
    #[command(after_help = READ_EXAMPLES)]
    Read(Box<ReadArgs>),
    /// Read a corpus into Parquet tables.
    #[command(after_help = BULK_EXAMPLES)]
    Bulk(Box<BulkArgs>),
    /// Compare what several accounts tell of one conversation.
    #[command(after_help = COMPARE_EXAMPLES)]
    Compare(Box<CompareArgs>),
    /// Check quotations and reports of articles against their sources.
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Box<CheckArgs>),
    /// Read files into a database of a case, to be searched and served.
    #[command(after_help = case_args::ADD_EXAMPLES)]
    Add(Box<AddArgs>),
    /// List, show, export and remove the documents of a case, or read them again.
    #[command(after_help = decision_args::DOCUMENTS_EXAMPLES)]
    Documents(Box<DocumentsArgs>),
    /// Put right what a reading of a case has got wrong.
    #[command(after_help = decision_args::CORRECT_EXAMPLES)]
    Correct(Box<CorrectArgs>),
    /// List, show, export and undo the corrections of a case.
    #[command(after_help = decision_args::CORRECTIONS_EXAMPLES)]
    Corrections(Box<CorrectionsArgs>),
    /// Find what was said in the documents of a case.
    #[command(after_help = case_args::SEARCH_EXAMPLES)]
    Search(Box<SearchArgs>),
    /// List who says something in a case, and how much.
    #[command(after_help = case_args::EXIT_CODES)]
    Speakers(Box<SpeakersArgs>),
    /// Tell what somebody said over time, and where the words changed.
    #[command(after_help = case_args::TIMELINE_EXAMPLES)]
    Timeline(Box<TimelineArgs>),
    /// List the calls and meetings that a case tells of.
    #[command(after_help = case_args::EXIT_CODES)]
    Conversations(Box<ConversationsArgs>),
    /// Tell who gets quoted in a case: named and unnamed, side, role, words.
    #[command(after_help = case_args::EXIT_CODES)]
    Stats(Box<StatsArgs>),
    /// Serve the web page and the API on this machine.
    #[command(after_help = case_args::SERVE_EXAMPLES)]
    Serve(Box<ServeArgs>),
    /// Read texts that have hand-made gold and print how much is right.
    #[command(after_help = EVAL_EXAMPLES)]
    Eval(EvalArgs),
    /// Read a folder and print how fast it went.
    #[command(after_help = BENCH_EXAMPLES)]
    Bench(BenchArgs),
    /// Print a completion script for a shell.
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell that is to complete the command.
        shell: Shell,
    },
    /// Write manual pages, one for each command.
    #[command(after_help = MAN_EXAMPLES)]
    Man {
        /// The folder for the pages; it is made where there is none.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// When to use colours: in a terminal, also in files and pipes, nowhere. (Comments on the values would make clap
/// spread the help over twice the lines.)
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// The same for the streams.
    pub fn to_anstream(self) -> anstream::ColorChoice {
        match self {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
    }
}

/// How readings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Jsonl,
    Csv,
    Annotations,
    Html,
}

impl Format {
    /// What the names of files of each end with.
    pub const ENDINGS: [(&str, Format); 8] = [
        ("txt", Format::Text),
        ("json", Format::Json),
        ("jsonl", Format::Jsonl),
        ("ndjson", Format::Jsonl),
        ("csv", Format::Csv),
        ("jsonld", Format::Annotations),
        ("html", Format::Html),
        ("htm", Format::Html),
    ];
}

impl ReadArgs {
    /// The format that is asked for.
    pub fn format(&self) -> Format {
        chosen(self.format, self.output.as_deref(), &Format::ENDINGS, Format::Text)
    }
}

impl CompareArgs {
    /// The format that is asked for.
    pub fn format(&self) -> CompareFormat {
        let endings = [
            ("txt", CompareFormat::Text),
            ("json", CompareFormat::Json),
            ("html", CompareFormat::Html),
            ("htm", CompareFormat::Html),
            ("csv", CompareFormat::Csv),
            ("md", CompareFormat::Markdown),
        ];
        chosen(self.format, self.output.as_deref(), &endings, CompareFormat::Text)
    }
}

impl CheckArgs {
    /// The format that is asked for.
    pub fn format(&self) -> CheckFormat {
        let endings = [
            ("txt", CheckFormat::Text),
            ("json", CheckFormat::Json),
            ("html", CheckFormat::Html),
            ("htm", CheckFormat::Html),
            ("csv", CheckFormat::Csv),
            ("jsonld", CheckFormat::Annotations),
        ];
        chosen(self.format, self.output.as_deref(), &endings, CheckFormat::Text)
    }
}

/// A format: the one that is named, else the one of the file's ending, else the usual one.
pub fn chosen<F: Copy>(named: Option<F>, output: Option<&Path>, endings: &[(&str, F)], usual: F) -> F {
    let ending = output.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let told = ending.and_then(|ending| endings.iter().find(|(known, _)| *known == ending)).map(|(_, format)| *format);
    named.or(told).unwrap_or(usual)
}

/// Ends the program with code 2 where `--excel` is given and no CSV is written.
pub fn check_excel(excel: bool, is_csv: bool) {
    if excel && !is_csv {
        let message = "--excel marks CSV for spreadsheets: give --format csv, or a file that ends in .csv";
        Args::command().error(ErrorKind::ArgumentConflict, message).exit();
    }
}

/// A confidence of the command line.
pub fn confidence(written: &str) -> Result<f32, String> {
    let number = written.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "a confidence is a number from 0 to 1, as 0.8".to_owned())
}

/// Threads for each core at most: more only take memory.
const MOST_THREADS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(3);

/// The number of threads: as asked for, else one for each core; what is far too many is told and cut.
pub fn threads(asked: Option<NonZeroUsize>) -> usize {
    let cores = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let most = cores.saturating_mul(MOST_THREADS);
    at_most("--jobs", asked.unwrap_or(cores), most).get()
}

/// A number of the command line that is no larger than makes sense here.
pub fn at_most(option: &str, asked: NonZeroUsize, most: NonZeroUsize) -> NonZeroUsize {
    if asked > most {
        say::note(&format!("{option} {asked} is too much here: {most} is taken"));
    }
    asked.min(most)
}

/// With what to read.
#[derive(Debug, Group)]
pub struct EngineArgs {
    /// The weights: accurate, or fast for corpora (several times as fast, and finds less).
    #[arg(long, global = true, value_enum, default_value = "accurate", hide_possible_values = true)]
    pub model: Model,
    /// Your own states, office holders and bodies beside the built-in ones (format: docs/knowledge.md).
    #[arg(long, global = true, value_name = "FILE")]
    pub knowledge: Option<PathBuf>,
}

/// The weights to read with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Model {
    Accurate,
    Fast,
}

/// `saywho read`
#[derive(Debug, Group)]
pub struct ReadArgs {
    /// Files and folders; "-" is standard input, which is also read when nothing is named.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to write the readings: text, json, jsonl, csv, annotations or html [default: as the file's ending tells, else
    /// text].
    #[arg(long, short, value_enum, hide_possible_values = true)]
    pub format: Option<Format>,
    /// Mark CSV as UTF-8, so that spreadsheets open it rightly.
    #[arg(long)]
    pub excel: bool,
    /// Leave away what is less sure than this, 0 to 1.
    #[arg(long, value_name = "0-1", value_parser = confidence)]
    pub min_confidence: Option<f32>,
    /// Write to this file, whole or not at all.
    #[arg(long, short, value_name = "FILE", conflicts_with = "out_dir")]
    pub output: Option<PathBuf>,
    /// Write one file for each document into this folder.
    #[arg(long, value_name = "DIR")]
    pub out_dir: Option<PathBuf>,
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

/// `saywho bulk`
#[derive(Debug, Group)]
pub struct BulkArgs {
    /// Files and folders.
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// The folder for the tables: empty, or of a run of the same command that was cut off.
    #[arg(long, short, value_name = "DIR")]
    pub out: PathBuf,
    /// Threads to read with, four for each core at most [default: one for each core].
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Leave away what is less sure than this, 0 to 1.
    #[arg(long, value_name = "0-1", value_parser = confidence)]
    pub min_confidence: Option<f32>,
    /// Also write quotations with their speakers as a table of Quotebank's shape.
    #[arg(long)]
    pub quotebank: bool,
    /// Begin new files when so many MiB of documents are read; a run that is cut off loses no more than these.
    #[arg(long, value_name = "MIB", default_value = "16")]
    pub part_size: NonZeroUsize,
    /// How to take in what is named.
    #[command(flatten)]
    pub input: InputArgs,
    /// Also read what is not in English, as well as it goes.
    #[arg(long)]
    pub any_language: bool,
    /// With what to read.
    #[command(flatten)]
    pub engine: EngineArgs,
}

/// How to take in inputs; for every command that reads some.
#[derive(Debug, Group)]
#[command(next_help_heading = "Input")]
pub struct InputArgs {
    /// What the inputs are, instead of being told by their content: text, html, markdown, pdf, docx, odt, rtf, csv (TSV
    /// too), json, jsonl, parquet, feed, warc, zip, tar, eml or mbox.
    #[arg(long, value_name = "FORMAT")]
    pub input_format: Option<InputFormat>,
    /// Read the inputs as plain text, even what looks like a binary file.
    #[arg(long, conflicts_with = "input_format")]
    pub text: bool,
    /// The encoding of text, pages and Markdown, instead of being told by their bytes: utf-16le, windows-1252, koi8-r, ...
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<Encoding>,
    /// Where rows keep what: text=COLUMN, and id, title, author, publisher, published, source, language.
    #[arg(long, value_name = "PART=COLUMN,...")]
    pub columns: Option<Columns>,
    /// Begin at this byte of the file, an "offset" of an earlier run (WARC, JSON lines).
    #[arg(long, value_name = "BYTE", default_value = "0", hide_default_value = true)]
    pub from_offset: u64,
    /// The largest document to read, in MiB.
    #[arg(long, value_name = "MIB", default_value = "64")]
    pub max_size: NonZeroU64,
    /// How many times its packed size an archive may unpack to, past 64 MiB.
    #[arg(long, value_name = "TIMES", default_value = "250")]
    pub max_ratio: NonZeroU64,
    /// How many archives may lie inside each other, compression counted.
    #[arg(long, value_name = "N", default_value = "4")]
    pub max_depth: usize,
    /// How long reading one document may take, for each megabyte that its text has begun.
    #[arg(long, value_name = "SECONDS", default_value = "60")]
    pub time_limit: NonZeroU64,
    /// How many entries the archives of one input may have, all added up.
    #[arg(long, value_name = "N", default_value = "1000000")]
    pub max_entries: u64,
}

impl InputArgs {
    /// The same for the readers of formats.
    pub fn options(&self) -> Options {
        let limits = Limits {
            document_bytes: self.max_size.get().saturating_mul(1 << 20),
            ratio: self.max_ratio.get(),
            depth: self.max_depth,
            time: Duration::from_secs(self.time_limit.get()),
            entries: self.max_entries,
        };
        let columns = self.columns.clone().unwrap_or_default();
        Options {
            format: self.input_format,
            text: self.text,
            encoding: self.encoding,
            columns,
            from: self.from_offset,
            limits,
            told: Told::default(),
        }
    }
}

/// What documents do not tell of themselves; it goes before what they tell.
#[derive(Debug, Group)]
#[command(next_help_heading = "About the documents")]
pub struct ToldArgs {
    /// The headline; for one document.
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// Who wrote them; may be given several times.
    #[arg(long = "author", value_name = "NAME")]
    pub authors: Vec<String>,
    /// Who published them.
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// When they were published: 2031-04-04, '4 April 2031', 'Fri, 04 Apr 2031 08:00 GMT', ...
    #[arg(long, value_name = "DATE", value_parser = saywho_english::date::iso)]
    pub date: Option<String>,
}

impl ToldArgs {
    /// Into the options. Ends the program with code 2 where several inputs would get one title.
    pub fn add_to(&self, options: Options, inputs: usize) -> Options {
        if self.title.is_some() && inputs > 1 {
            let message = format!("--title is that of one document, and there are {inputs}: read them one by one");
            Args::command().error(ErrorKind::TooManyValues, message).exit();
        }
        let ToldArgs { title, authors, publisher, date } = self;
        let (title, publisher, published) = (title.clone(), publisher.clone(), date.clone());
        Options { told: Told { title, authors: authors.clone(), publisher, published }, ..options }
    }
}

/// How comparisons are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    Text,
    Json,
    Html,
    Csv,
    Markdown,
}

/// `saywho compare`
#[derive(Debug, Group)]
pub struct CompareArgs {
    /// The accounts, each a file; a single report is compared by the sides within it. "-" is standard input.
    #[arg(value_name = "FILE", required = true)]
    pub paths: Vec<PathBuf>,
    /// The side of each document, in their order, for as many as are given.
    #[arg(long = "side", value_name = "SIDE")]
    pub sides: Vec<String>,
    /// A file of topics: lines `label: word, word`.
    #[arg(long, value_name = "FILE")]
    pub issues: Option<PathBuf>,
    /// How to write the comparison: text, json, html, csv or markdown [default: as the file's ending tells, else text].
    #[arg(long, short, value_enum, hide_possible_values = true)]
    pub format: Option<CompareFormat>,
    /// Mark CSV as UTF-8, so that spreadsheets open it rightly.
    #[arg(long)]
    pub excel: bool,
    /// Write to this file, whole or not at all.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How to take in what is named.
    #[command(flatten)]
    pub input: InputArgs,
    /// With what to read.
    #[command(flatten)]
    pub engine: EngineArgs,
}

/// How checks are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
    Html,
    Csv,
    Annotations,
}

/// `saywho check`
#[derive(Debug, Group)]
pub struct CheckArgs {
    /// The articles whose quotations are checked. "-" is standard input.
    #[arg(value_name = "ARTICLE", required = true)]
    pub articles: Vec<PathBuf>,
    /// The sources in which they are sought: transcripts, releases, the other side's text.
    #[arg(long, value_name = "SOURCE", required_unless_present = "case", num_args = 1..)]
    pub against: Vec<PathBuf>,
    /// A case made by saywho add: its documents, with all corrections, are sources too. The articles themselves are none.
    #[arg(long, value_name = "FILE")]
    pub case: Option<PathBuf>,
    /// How to write the check: text, json, html, csv or annotations [default: as the file's ending tells, else text].
    #[arg(long, short, value_enum, hide_possible_values = true)]
    pub format: Option<CheckFormat>,
    /// Mark CSV as UTF-8, so that spreadsheets open it rightly.
    #[arg(long)]
    pub excel: bool,
    /// Write to this file, whole or not at all.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How to take in what is named.
    #[command(flatten)]
    pub input: InputArgs,
    /// With what to read.
    #[command(flatten)]
    pub engine: EngineArgs,
}

/// `saywho eval`
#[derive(Debug, Group)]
pub struct EvalArgs {
    /// What the gold is.
    #[command(subcommand)]
    pub gold: Gold,
    /// A file of lines `name = value`: figures below them make the exit code 1.
    #[arg(long, global = true, value_name = "FILE")]
    pub floors: Option<PathBuf>,
    /// Print the figures as one JSON object, in percent.
    #[arg(long, global = true)]
    pub json: bool,
    /// Threads to read with, four for each core at most [default: one for each core].
    #[arg(long, short, global = true, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// With what to read.
    #[command(flatten)]
    pub engine: EngineArgs,
}

/// The kinds of gold.
#[derive(Debug, Subcommand)]
pub enum Gold {
    /// A split of the PolNeAR corpus: source, cue and content.
    Polnear {
        /// A folder with `text` and `attributions`.
        dir: PathBuf,
    },
    /// One article with its full reading, or a folder of them.
    Reading {
        /// The gold, a JSON file that names its text, which lies beside it; or a folder of such files (`*.gold.json`).
        gold: PathBuf,
    },
    /// Web pages with their main text, as in the tests of Mozilla's Readability.
    Pages {
        /// A folder with one folder a page, which holds `source.html` and `expected.html`.
        dir: PathBuf,
    },
    /// Speakers, acts and nesting on news articles.
    Speakers {
        /// A folder of JSON files.
        gold_dir: PathBuf,
        /// The folder of the texts.
        text_dir: PathBuf,
    },
    /// All mentions of all entities (CoNLL-U, as OntoGUM): how far speakers and addressees are followed.
    Coref {
        /// A folder of .conllu files.
        dir: PathBuf,
        /// Only files whose names hold this word; may be given several times.
        #[arg(long, value_name = "WORD")]
        only: Vec<String>,
    },
    /// Accounts of one conversation: claims, issues, links.
    Pairs {
        /// A folder of `EVENT.gold.json` and its accounts `EVENT.NUMBER.SIDE.txt`.
        gold_dir: PathBuf,
    },
    /// The annotated corpus, all layers: attributions, mentions, coreference, lists of who speaks, accounts, damaged texts.
    Corpus {
        /// The folder that `training/corpus/corpus.py export` writes.
        #[arg(default_value = "training/corpus/exported")]
        dir: PathBuf,
        /// The part to measure on. Rules are made from `train` alone; of `test` nothing but totals is ever printed.
        #[arg(long, value_enum, default_value_t = Part::Test)]
        part: Part,
    },
}

/// The parts of the corpus. (Comments on the values would make clap spread the help over twice the lines.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    Train,
    Test,
}

impl Part {
    /// The name of its folders.
    pub fn name(self) -> &'static str {
        match self {
            Part::Train => "train",
            Part::Test => "test",
        }
    }
}

/// `saywho bench`
#[derive(Debug, Group)]
pub struct BenchArgs {
    /// The folder to read.
    pub dir: PathBuf,
    /// Read it so often and take the fastest.
    #[arg(long, value_name = "N", default_value = "1")]
    pub repeat: NonZeroUsize,
    /// Threads to read with.
    #[arg(long, short, value_name = "N", default_value = "1")]
    pub jobs: NonZeroUsize,
    /// With what to read.
    #[command(flatten)]
    pub engine: EngineArgs,
}
