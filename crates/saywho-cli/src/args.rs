//! The command line: what can be asked for, and the help that explains it.

use std::num::{NonZeroU64, NonZeroUsize};
use std::path::PathBuf;

use clap::{Args as Group, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

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
  curl -s https://example.org/statement | saywho read - --format csv

Formats:
  text         for people: the conversation, then by side and speaker who said what
  json         the contract saywho/1: an object for one document, an array for several
  jsonl        the same, one line a document
  csv          one row an attribution
  annotations  W3C Web Annotations (JSON-LD): an object for one document, an array for several
  html         a page that stands alone; for several documents give --out-dir

A file that cannot be read is named on standard error and the others are still read.
Exit code: 0 all was read, 1 something was not, 2 the command line is wrong.";

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

The side of a document is taken from its publisher, its file name (call.norrland.txt), its letterhead or its text. A date
in its file name (call-2031-04-02.txt) is the document's date where it tells none. A file of issues holds lines such as
  fishing: quota, fleet, ban
and a claim with one of the words goes under that label.
\"only X\" always means: in the documents given.
Exit code: 0 all was compared, 1 something was not, 2 the command line is wrong.";

const EVAL_EXAMPLES: &str = "\
Examples:
  saywho eval polnear polnear/dev --floors floors.txt
  saywho eval reading gold/report.gold.json
  saywho eval speakers gold/speakers polnear/dev/text
  saywho eval pairs gold/calls

A file of floors holds lines such as
  linked.all = 68.0
  speaker on matched = 65.0
A figure below its floor is printed and makes the exit code 1.";

const BENCH_EXAMPLES: &str = "\
Examples:
  saywho bench news/
  saywho bench news/ --repeat 5";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  saywho completions bash > ~/.local/share/bash-completion/completions/saywho
  saywho completions fish > ~/.config/fish/completions/saywho.fish";

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
    Read(ReadArgs),
    /// Compare what several accounts tell of one conversation.
    #[command(after_help = COMPARE_EXAMPLES)]
    Compare(CompareArgs),
    /// Read texts that have hand-made gold and print how much is right.
    #[command(after_help = EVAL_EXAMPLES)]
    Eval(EvalArgs),
    /// Read a folder on one thread and print how fast it went.
    #[command(after_help = BENCH_EXAMPLES)]
    Bench(BenchArgs),
    /// Print a completion script for a shell.
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell that is to complete the command.
        shell: Shell,
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

/// The number of threads: as asked for, else one for each core.
pub fn threads(asked: Option<NonZeroUsize>) -> usize {
    asked.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get)
}

/// `saywho read`
#[derive(Debug, Group)]
pub struct ReadArgs {
    /// Files and folders; "-" is standard input, which is also read when nothing is named.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to write the readings: text, json, jsonl, csv, annotations or html.
    #[arg(long, short, value_enum, default_value = "text", hide_possible_values = true)]
    pub format: Format,
    /// Write to this file, whole or not at all.
    #[arg(long, short, value_name = "FILE", conflicts_with = "out_dir")]
    pub output: Option<PathBuf>,
    /// Write one file for each document into this folder.
    #[arg(long, value_name = "DIR")]
    pub out_dir: Option<PathBuf>,
    /// Threads to read with [default: one for each core].
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// The largest file to read, in MiB.
    #[arg(long, value_name = "MIB", default_value = "64")]
    pub max_size: NonZeroU64,
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
    /// How to write the comparison: text, json, html, csv or markdown.
    #[arg(long, short, value_enum, default_value = "text", hide_possible_values = true)]
    pub format: CompareFormat,
    /// Write to this file, whole or not at all.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The largest file to read, in MiB.
    #[arg(long, value_name = "MIB", default_value = "64")]
    pub max_size: NonZeroU64,
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
    /// Threads to read with [default: one for each core].
    #[arg(long, short, global = true, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

/// The kinds of gold.
#[derive(Debug, Subcommand)]
pub enum Gold {
    /// A split of the PolNeAR corpus: source, cue and content.
    Polnear {
        /// A folder with `text` and `attributions`.
        dir: PathBuf,
    },
    /// One article with its full reading.
    Reading {
        /// The gold, a JSON file that names its text, which lies beside it.
        gold: PathBuf,
    },
    /// Speakers, acts and nesting on news articles.
    Speakers {
        /// A folder of JSON files.
        gold_dir: PathBuf,
        /// The folder of the texts.
        text_dir: PathBuf,
    },
    /// Accounts of one conversation: claims, issues, links.
    Pairs {
        /// A folder of `EVENT.gold.json` and its accounts `EVENT.NUMBER.SIDE.txt`.
        gold_dir: PathBuf,
    },
}

/// `saywho bench`
#[derive(Debug, Group)]
pub struct BenchArgs {
    /// The folder to read.
    pub dir: PathBuf,
    /// Read it so often and take the fastest.
    #[arg(long, value_name = "N", default_value = "1")]
    pub repeat: NonZeroUsize,
}
