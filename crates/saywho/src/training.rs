//! What the making of the weights learns from: what the stages know on their way, of texts whose right answers are known.
//!
//! Public because `training/` must learn from the very figures that the engine will judge by, and its examples (`evidence`,
//! `likeness`, `choices` of `saywho-eval`) stand outside the crate. Nothing else should use it: it changes with the stages.

use crate::attribution::{self, Attributions, EVIDENCE, Features, Finder, Model, edges, turns};
use crate::entity::cast_with_choices;
use crate::entity::gender::of_pronoun;
use crate::knowledge::Knowledge;
use crate::reading::{Document, Span};
use crate::table::Place;
use crate::text::{Text, TokenId};
use crate::{Budget, Error, Reader, Weights};

pub use crate::comparison::likeness::{FIGURES, Likeness, likeness};
pub use crate::comparison::{Measured, Pair};

/// Comparing with certain weights of meaning.
pub struct Conversations(Reader);

impl Conversations {
    /// The accurate weights for reading, and these for what passages are about.
    ///
    /// # Errors
    /// If the weights are damaged.
    pub fn new(meaning: &[u8]) -> Result<Conversations, Error> {
        Ok(Conversations(Reader::new()?.with_meaning(meaning)?))
    }

    /// The claims of the accounts of a conversation, with the figures of each two of them.
    pub fn measured(&self, texts: &[String]) -> Measured {
        let documents: Vec<Document> = texts.iter().map(|text| Document::from_text("", text)).collect();
        let mut worker = self.0.worker();
        let analyses: Vec<_> = documents.iter().map(|document| worker.analyse(document)).collect();
        self.0.measured(&analyses)
    }
}

/// The stages with certain weights.
pub struct Stages {
    model: Model,
}

/// An outermost attribution that the model found, with what its confidence rests on. Spans count bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The words of its source.
    pub source: Vec<Span>,
    /// The words of its cue.
    pub cue: Vec<Span>,
    /// The words of its content.
    pub content: Vec<Span>,
    /// Log-odds of cue, content, source and links, and 1 for a quoted content.
    pub figures: [f32; EVIDENCE],
}

/// A "he" or "she" with what it had to choose from.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Where the pronoun stands, in bytes.
    pub pronoun: Span,
    /// The mentions at choice, the nearest first.
    pub mentions: Vec<Mention>,
}

/// A mention that a pronoun may stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The number of its entity within the text.
    pub entity: usize,
    /// Whether its gender is that of the pronoun; `None` where it is not known.
    pub fits: Option<bool>,
    /// Where its entity is mentioned by names and nouns, in bytes.
    pub named: Vec<Span>,
    /// What speaks for and against it, in the order of `ranking.tsv`.
    pub traits: Vec<f32>,
}

impl Stages {
    /// The stages with these weights.
    ///
    /// # Errors
    /// If the weights in this program are damaged.
    pub fn new(weights: Weights) -> Result<Stages, Error> {
        Ok(Stages { model: weights.model()? })
    }

    /// What the confidences of a text's outermost attributions rest on.
    pub fn evidence(&self, text: &str) -> Vec<Evidence> {
        let (text, found) = self.find(text);
        let outermost = found.iter().filter(|f| f.inside.is_none() && turns::turn_of(&text, f).is_none());
        let spans = |tokens: &[TokenId]| edges::spans(&text, tokens);
        outermost
            .map(|f| Evidence {
                source: spans(&f.source),
                cue: spans(&f.cue),
                content: spans(&f.content),
                figures: f.evidence,
            })
            .collect()
    }

    /// What each "he" and "she" of a text had to choose from.
    pub fn choices(&self, text: &str) -> Vec<Choice> {
        let (text, found) = self.find(text);
        let (cast, choices) = cast_with_choices(&text, &found, Knowledge::embedded());
        let is_pronoun = |span: &Span| of_pronoun(&span.of(text.text).to_lowercase()).is_some();
        let choice = |choice: crate::entity::salience::Choice| {
            let gender = of_pronoun(&text.word(choice.at).to_lowercase())?;
            let mentions = choice.mentions.iter().map(|&(entity, traits)| {
                let draft = &cast.book.drafts[entity];
                Mention {
                    entity: entity.index(),
                    fits: draft.gender.map(|own| own == gender),
                    named: draft.mentions.iter().filter(|span| !is_pronoun(span)).copied().collect(),
                    traits: traits.0.to_vec(),
                }
            });
            Some(Choice { pronoun: text.tokens[choice.at].span, mentions: mentions.collect() })
        };
        choices.into_iter().filter_map(choice).collect()
    }

    fn find<'t>(&self, text: &'t str) -> (Text<'t>, Attributions) {
        let text = Text::within(text, &[], &self.model, Budget::unlimited());
        let features = Features::new(&text, &self.model.wordpiece);
        let found = attribution::find(&text, &features, &mut Finder::new(&self.model));
        (text, found)
    }
}
