//! `saywho stats`: who gets quoted in a case.

use std::process::ExitCode;

use anyhow::Result;
use saywho_store::{Question, Share, Stats};

use crate::case_args::StatsArgs;
use crate::table::{Table, open, print};

/// Prints who gets quoted, each share with its denominator.
///
/// # Errors
/// When there is no such case or the question makes no sense.
pub fn run(args: &StatsArgs) -> Result<ExitCode> {
    let stats = open(&args.case.db)?.stats(&Question {
        q: Some(args.words.join(" ")),
        publisher: args.publisher.clone(),
        days: args.days.days(),
        ..Question::default()
    })?;
    let header = ["by", "what", "attributions", "of", "share", "words", "of words", "share of words"];
    print(&args.case, &stats, &Table { header, rows: rows(&stats) }, "")?;
    Ok(ExitCode::SUCCESS)
}

fn rows(stats: &Stats) -> Vec<[String; 8]> {
    let tables: [(&str, &[Share]); 7] = [
        ("named", &stats.named),
        ("side", &stats.side),
        ("role", &stats.role),
        ("kind", &stats.kind),
        ("type", &stats.form),
        ("publisher", &stats.publisher),
        ("speaker", &stats.speaker),
    ];
    let rows = tables.into_iter().flat_map(|(by, shares)| shares.iter().map(move |share| (by, share)));
    rows.map(|(by, share)| {
        [
            by.to_owned(),
            share.name.clone().unwrap_or_else(|| "none".into()),
            share.count.to_string(),
            share.of.to_string(),
            percent(share.share),
            share.words.to_string(),
            share.of_words.to_string(),
            percent(share.share_words),
        ]
    })
    .collect()
}

fn percent(part: f64) -> String {
    format!("{:.1}%", part * 100.0)
}
