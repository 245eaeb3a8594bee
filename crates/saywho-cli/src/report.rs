//! Readings in the format that was asked for.

use saywho::Reading;
use saywho_report::{self as report, TextOptions};

use crate::args::Format;

impl Format {
    /// The ending of a file of this format.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Text => "txt",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Annotations => "jsonld",
            Format::Html => "html",
        }
    }

    /// One reading in this format, whole lines.
    pub fn render(self, reading: &Reading, look: &TextOptions) -> String {
        match self {
            Format::Text => report::text(reading, look),
            Format::Json => report::json(reading),
            Format::Jsonl => report::jsonl(reading),
            Format::Csv => report::csv_rows(reading),
            Format::Annotations => report::annotations(reading),
            Format::Html => report::html(reading),
        }
    }
}

/// Puts the readings of several documents together so that the whole is one well-formed answer.
pub struct Joined {
    format: Format,
    look: TextOptions,
    excel: bool,
    array: bool,
    written: usize,
}

impl Joined {
    /// For one document, or for `several`.
    pub fn new(format: Format, look: TextOptions, excel: bool, several: bool) -> Joined {
        let array = several && matches!(format, Format::Json | Format::Annotations);
        Joined { format, look, excel, array, written: 0 }
    }

    /// What goes before the first reading.
    pub fn start(&self) -> String {
        match self.format {
            Format::Csv if self.excel => report::UTF8_MARK.to_owned() + &report::csv_header(),
            Format::Csv => report::csv_header(),
            _ if self.array => "[\n".into(),
            _ => String::new(),
        }
    }

    /// The next reading, with what divides it from the one before.
    pub fn next(&mut self, reading: &Reading) -> String {
        let first = self.written == 0;
        self.written += 1;
        let rendered = self.format.render(reading, &self.look);
        match self.format {
            _ if self.array => format!("{}{}", if first { "" } else { ",\n" }, rendered.trim_end()),
            Format::Text if !first => format!("\n{rendered}"),
            _ => rendered,
        }
    }

    /// What goes behind the last reading.
    pub fn end(&self) -> &'static str {
        match (self.array, self.written) {
            (true, 0) => "]\n",
            (true, _) => "\n]\n",
            (false, _) => "",
        }
    }
}
