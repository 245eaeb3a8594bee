//! Prints what each "he" and "she" had to choose from, for `training/rank.py`: one JSON object a pronoun.
//!
//! `cargo run --release -p saywho-eval --example choices -- ontogum/conllu > annotated.jsonl`
//! `cargo run --release -p saywho-eval --example choices -- polnear/train/text > by-gender.jsonl`
//!
//! `mentions` holds rows of [entity, whether it is the right one, traits ...], the nearest first. In a folder of `.conllu` the
//! annotation tells the right one, among those whose gender fits. In a folder of plain texts gender itself tells it: where
//! the gender of everyone at choice is known and only one has the pronoun's, that one is meant, so that the others teach how
//! the right one stands to the pronoun. Pronouns of which neither is known are left out.

use std::path::Path;

use saywho::training::{Choice, Mention, Stages};
use saywho::{Points, Span, Weights};
use saywho_eval::coref::{Cluster, corpus, smallest};
use serde_json::{Value, json};

/// The mentions at choice, each with whether it is the right one.
type Judged<'c> = Vec<(&'c Mention, bool)>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: choices FOLDER")?;
    let folder = Path::new(&folder);
    let stages = Stages::new(Weights::Accurate)?;
    let print = |name: &str, content: &str, entities: Option<&[Cluster]>| {
        for choice in stages.choices(content) {
            let judged = match entities {
                Some(entities) => annotated(content, &choice, entities),
                None => by_gender(&choice),
            };
            let Some(judged) = judged else { continue };
            let mentions: Vec<Value> = judged.iter().map(|(m, right)| json!([m.entity, right, m.traits])).collect();
            println!("{}", json!({"doc": name, "pronoun": choice.pronoun.of(content), "mentions": mentions}));
        }
    };
    let mut plain: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    plain.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    plain.sort();
    for path in &plain {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        print(&name, &std::fs::read_to_string(path)?, None);
    }
    if plain.is_empty() {
        let corpus = corpus(folder, &[])?;
        corpus.texts().for_each(|(name, content)| print(name, content, Some(corpus.entities(name))));
    }
    Ok(())
}

/// The right ones by the annotation, among those whose gender fits.
fn annotated<'c>(text: &str, choice: &'c Choice, entities: &[Cluster]) -> Option<Judged<'c>> {
    let points = Points::of(text);
    let points = |span: Span| {
        let span = points.span(span);
        (span.start.0, span.end.0)
    };
    let at = points(choice.pronoun);
    let own = entities.iter().find(|entity| entity.contains(&at))?;
    // By its names and nouns: what its pronouns were taken for proves nothing.
    let right = |mention: &Mention| {
        let mut named = mention.named.iter();
        named.any(|span| smallest(entities.iter().flatten(), points(*span)).is_some_and(|m| own.contains(&m)))
    };
    let fitting = choice.mentions.iter().filter(|mention| mention.fits != Some(false));
    Some(fitting.map(|mention| (mention, right(mention))).collect())
}

/// The right one by its gender, if that of all is known and nobody else has it.
fn by_gender(choice: &Choice) -> Option<Judged<'_>> {
    let judged: Judged = choice.mentions.iter().map(|mention| Some((mention, mention.fits?))).collect::<Option<_>>()?;
    let mut right: Vec<usize> = judged.iter().filter(|(_, right)| *right).map(|(mention, _)| mention.entity).collect();
    right.sort_unstable();
    right.dedup();
    (right.len() == 1).then_some(judged)
}
