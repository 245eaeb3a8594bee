//! `saywho eval pages`: the main text of web pages, and what they tell about themselves.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use saywho::Document;
use saywho_eval::Figure;
use saywho_eval::pages::{Overlap, figures, told};
use saywho_ingest::{Options, documents_in_file, text_of_html};
use serde_json::Value;

use crate::commands::eval::Measured;
use crate::{parallel, say};

/// Reads the pages of a folder and compares each with its expected text; the pages that were read worst are named.
///
/// # Errors
/// When the folder cannot be read or holds no pages.
pub fn run(dir: &Path, jobs: usize) -> Result<Measured> {
    let pages = pages(dir)?;
    let (mut overlaps, mut named) = (Vec::new(), Named::default());
    let mut worst: Vec<(Overlap, String)> = Vec::new();
    parallel::in_order(
        |push| {
            let _ = pages.into_iter().try_for_each(push);
        },
        |_| 0,
        jobs,
        || (),
        |(), page| measured(&page).map(|(overlap, about)| (page, overlap, about)),
        |page| {
            let (path, overlap, about) = page?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            match &overlap {
                Ok(overlap) => worst.push((*overlap, name)),
                Err(line) => say::error(line),
            }
            named.add(&about);
            overlaps.push(overlap.ok());
            Ok(())
        },
    )?;
    worst.sort_by(|a, b| a.0.f1().total_cmp(&b.0.f1()));
    let line = |(page, name): &(Overlap, String)| {
        let percent = |value: f64| 100.0 * value;
        format!(
            "  {:5.1}  (P {:.1} R {:.1})  {name}\n",
            percent(page.f1()),
            percent(page.precision),
            percent(page.recall)
        )
    };
    let all: Vec<Figure> = figures(&overlaps).into_iter().chain(named.figures()).collect();
    let mut measured = Measured::from(all);
    measured.report += &format!("lowest F1:\n{}", worst.iter().take(12).map(line).collect::<String>());
    Ok(measured)
}

/// The folders that hold a page.
fn pages(dir: &Path) -> Result<Vec<PathBuf>> {
    let listed = fs::read_dir(dir).with_context(|| format!("{} cannot be read", dir.display()))?;
    let mut pages: Vec<PathBuf> = listed.filter_map(Result::ok).map(|entry| entry.path()).collect();
    pages.retain(|page| page.join("source.html").is_file());
    pages.sort();
    if pages.is_empty() {
        bail!("{} holds no folder with a source.html", dir.display());
    }
    Ok(pages)
}

type Page = (Result<Overlap, String>, Vec<(&'static str, bool)>);

fn measured(page: &Path) -> Result<Page> {
    let expected = page.join("expected.html");
    let expected = fs::read_to_string(&expected).with_context(|| format!("{} cannot be read", expected.display()))?;
    let found = documents_in_file(&page.join("source.html"), &Options::default()).into_iter().next();
    Ok(match found {
        Some(Ok(document)) => {
            let about = fs::read_to_string(page.join("expected-metadata.json")).unwrap_or_default();
            let about = serde_json::from_str(&about).unwrap_or_default();
            (Ok(Overlap::of(&text_of_html(&expected), &document.text)), same(&about, &document))
        }
        Some(Err(error)) => (Err(say::with_hint(&error)), Vec::new()),
        None => (Err(format!("{}: gave nothing", page.display())), Vec::new()),
    })
}

/// For each thing that is expected to be known of the page whether it is.
fn same(expected: &Value, found: &Document) -> Vec<(&'static str, bool)> {
    let wanted = |key: &str| expected[key].as_str().map(str::trim).filter(|value| !value.is_empty());
    let alike = |a: &str, b: &str| Overlap::of(a, b).f1() > 0.8;
    let mut same = Vec::new();
    if let Some(title) = wanted("title") {
        same.push(("title", found.title.as_deref().is_some_and(|found| alike(title, found))));
    }
    if let Some(byline) = wanted("byline") {
        same.push(("author", Overlap::of(byline, &found.authors.join(" ")).f1() > 0.5));
    }
    if let Some(site) = wanted("siteName") {
        same.push(("publisher", found.publisher.as_deref().is_some_and(|found| alike(site, found))));
    }
    if let Some(day) = wanted("publishedTime").and_then(|time| time.get(..10)) {
        // Time zones may move it by a day: the month must be right.
        same.push(("published", found.published.as_deref().is_some_and(|found| found.get(..7) == day.get(..7))));
    }
    if let Some(language) = wanted("lang") {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        same.push(("language", found.language.as_deref().is_some_and(|found| primary(found) == primary(language))));
    }
    same
}

/// How often each thing was right.
#[derive(Default)]
struct Named(Vec<(&'static str, usize, usize)>);

impl Named {
    fn add(&mut self, about: &[(&'static str, bool)]) {
        for (name, right) in about {
            let at = self.0.iter().position(|found| found.0 == *name).unwrap_or_else(|| {
                self.0.push((name, 0, 0));
                self.0.len() - 1
            });
            self.0[at].1 += usize::from(*right);
            self.0[at].2 += 1;
        }
    }

    fn figures(&self) -> impl Iterator<Item = Figure> {
        self.0.iter().map(|(name, right, all)| told(name, *right, *all))
    }
}
