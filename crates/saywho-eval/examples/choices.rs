//! Prints what each pronoun of an annotated corpus had to choose from, for `training/rank.py`: one JSON object a pronoun.
//!
//! `cargo run --release -p saywho-eval --example choices -- ontogum/conllu > choices.jsonl`
//!
//! `mentions` holds rows of [entity, whether it is the annotated one, traits ...], the nearest first. Pronouns whose entity is
//! not annotated are left out.

use std::path::Path;

use saywho::attribution::{self, Features, Finder};
use saywho::entity::cast_with_choices;
use saywho::entity::gender::of_pronoun;
use saywho::entity::salience::Traits;
use saywho::knowledge::Knowledge;
use saywho::text::Text;
use saywho::{Span, Weights};
use saywho_eval::coref::{corpus, smallest};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: choices FOLDER")?;
    let corpus = corpus(Path::new(&folder), &[])?;
    let model = Weights::Accurate.model()?;
    let mut finder = Finder::new(&model);
    for (name, content) in corpus.texts() {
        let text = Text::new(content, |word| model.wordpiece.contains(word));
        let found = attribution::find(&text, &Features::new(&text, &model.wordpiece), &mut finder);
        let points = |span: Span| {
            let start = content[..span.start].chars().count();
            (start, start + content[span.start..span.end].chars().count())
        };
        let entities = corpus.entities(name);
        let (cast, choices) = cast_with_choices(&text, &found, Knowledge::embedded());
        for choice in choices {
            let at = points(text.tokens[choice.at].span);
            let Some(own) = entities.iter().find(|entity| entity.contains(&at)) else { continue };
            // By its names and nouns: what its pronouns were taken for proves nothing.
            let named = |span: &&Span| of_pronoun(&span.of(content).to_lowercase()).is_none();
            let right = |entity: usize| {
                let mut mentions = cast.book.drafts[entity].mentions.iter().filter(named);
                mentions
                    .any(|span| smallest(entities.iter().flatten(), points(*span)).is_some_and(|m| own.contains(&m)))
            };
            let row = |(entity, traits): &(usize, Traits)| json!([entity, right(*entity), traits.0]);
            let mentions: Vec<Value> = choice.mentions.iter().map(row).collect();
            println!("{}", json!({"doc": name, "pronoun": text.word(choice.at), "mentions": mentions}));
        }
    }
    Ok(())
}
