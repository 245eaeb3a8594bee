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

use saywho::attribution::{self, Features, Finder};
use saywho::entity::cast_with_choices;
use saywho::entity::gender::{Gender, of_pronoun};
use saywho::entity::salience::{Choice, Traits};
use saywho::entity::{Cast, book::Draft};
use saywho::knowledge::Knowledge;
use saywho::text::Text;
use saywho::{Points, Span, Weights};
use saywho_eval::coref::{Cluster, corpus, smallest};
use serde_json::{Value, json};

/// The mentions at choice, each with whether it is the right one.
type Judged = Vec<(usize, bool, Traits)>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: choices FOLDER")?;
    let folder = Path::new(&folder);
    let model = Weights::Accurate.model()?;
    let mut finder = Finder::new(&model);
    let mut print = |name: &str, content: &str, entities: Option<&[Cluster]>| {
        let text = Text::new(content, |word| model.wordpiece.contains(word));
        let found = attribution::find(&text, &Features::new(&text, &model.wordpiece), &mut finder);
        let (cast, choices) = cast_with_choices(&text, &found, Knowledge::embedded());
        for choice in choices {
            let Some(gender) = of_pronoun(&text.word(choice.at).to_lowercase()) else { continue };
            let judged = match entities {
                Some(entities) => annotated(&text, &cast, &choice, gender, entities),
                None => by_gender(&cast, &choice, gender),
            };
            let Some(judged) = judged else { continue };
            let mentions: Vec<Value> = judged.iter().map(|(e, right, traits)| json!([e, right, traits.0])).collect();
            println!("{}", json!({"doc": name, "pronoun": text.word(choice.at), "mentions": mentions}));
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
fn annotated(text: &Text, cast: &Cast, choice: &Choice, gender: Gender, entities: &[Cluster]) -> Option<Judged> {
    let points = Points::of(text.text);
    let points = |span: Span| {
        let span = points.span(span);
        (span.start.0, span.end.0)
    };
    let at = points(text.tokens[choice.at].span);
    let own = entities.iter().find(|entity| entity.contains(&at))?;
    // By its names and nouns: what its pronouns were taken for proves nothing.
    let named = |span: &&Span| of_pronoun(&span.of(text.text).to_lowercase()).is_none();
    let right = |draft: &Draft| {
        let mut mentions = draft.mentions.iter().filter(named);
        mentions.any(|span| smallest(entities.iter().flatten(), points(*span)).is_some_and(|m| own.contains(&m)))
    };
    let fits = |e: usize| cast.book.drafts[e].gender.is_none_or(|g| g == gender);
    let fitting = choice.mentions.iter().filter(|(e, _)| fits(*e));
    Some(fitting.map(|&(e, traits)| (e, right(&cast.book.drafts[e]), traits)).collect())
}

/// The right one by its gender, if that of all is known and nobody else has it.
fn by_gender(cast: &Cast, choice: &Choice, gender: Gender) -> Option<Judged> {
    let judge = |&(e, traits): &(usize, Traits)| Some((e, cast.book.drafts[e].gender? == gender, traits));
    let judged: Judged = choice.mentions.iter().map(judge).collect::<Option<_>>()?;
    let mut right: Vec<usize> = judged.iter().filter(|j| j.1).map(|j| j.0).collect();
    right.sort_unstable();
    right.dedup();
    (right.len() == 1).then_some(judged)
}
