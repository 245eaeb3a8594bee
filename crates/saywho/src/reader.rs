//! The one way through: text, attributions, entities, conversations, and the reading they make up.

use std::time::{Duration, Instant};

use crate::attribution::{self, Features, Finder, Found, Model, act, edges, turns};
use crate::comparison;
use crate::conversation::{Talk, conversation};
use crate::entity::{Cast, cast};
use crate::knowledge::Knowledge;
use crate::reading::{Attribution, Conversation, Document, Entity, EntityKind, Initiator, Reading, SCHEMA, Span, Tone};
use crate::text::Text;
use crate::text::date::dates;
use crate::weights::Weights;
use crate::{Budget, Error, OutOfTime};

/// The engine: weights and tables, immutable, shared by all threads.
pub struct Reader {
    model: Model,
    knowledge: Knowledge,
}

impl Reader {
    /// A reader with the accurate weights and the embedded tables of the world.
    pub fn new() -> Result<Reader, Error> {
        Reader::with_weights(Weights::Accurate)
    }

    /// A reader with these weights and the embedded tables of the world.
    pub fn with_weights(weights: Weights) -> Result<Reader, Error> {
        Ok(Reader { model: weights.model()?, knowledge: Knowledge::embedded().clone() })
    }

    /// The same reader with a user's own rows of knowledge beside the embedded ones (see `knowledge/README.md`).
    pub fn with_knowledge(mut self, tsv: &str) -> Result<Reader, Error> {
        self.knowledge = self.knowledge.with_added(tsv)?;
        Ok(self)
    }

    /// The same reader without any knowledge of the world: what the text tells is all there is.
    pub fn without_knowledge(mut self) -> Reader {
        self.knowledge = Knowledge::empty();
        self
    }

    /// Compares what readings of several accounts, or of one report with several sides, tell of one conversation.
    pub fn compare(&self, readings: &[Reading], options: &comparison::Options) -> comparison::Comparison {
        comparison::compare(readings, &self.knowledge, |word| self.model.wordpiece.contains(word), options)
    }

    /// The conversation that a document tells of as an account of it (see [`comparison::telling`]).
    pub fn telling(&self, reading: &Reading) -> Option<comparison::Telling> {
        comparison::telling(reading, &self.knowledge, |word| self.model.wordpiece.contains(word))
    }

    /// A worker that owns the buffers one thread needs.
    pub fn worker(&self) -> Worker<'_> {
        Worker { reader: self, finder: Finder::new(&self.model), spent: Spent::default() }
    }
}

/// Reads documents one after the other with buffers of its own.
pub struct Worker<'r> {
    reader: &'r Reader,
    finder: Finder<'r>,
    spent: Spent,
}

/// Where the time of one reading went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spent {
    /// Text and attributions.
    pub finding: Duration,
    /// Who they are: entities, speakers, chains, addressees, conversations.
    pub resolving: Duration,
}

impl Worker<'_> {
    /// Reads one document the whole way through, however long it takes.
    pub fn read(&mut self, mut document: Document) -> Reading {
        let text = std::mem::take(&mut document.text);
        let mut reading = self.whole(document, &text, Budget::unlimited());
        reading.document.text = text;
        reading
    }

    /// Reads one document the whole way through within a budget.
    ///
    /// # Errors
    /// If the budget was spent before the reading was whole.
    pub fn read_within(&mut self, mut document: Document, budget: &Budget) -> Result<Reading, OutOfTime> {
        let text = std::mem::take(&mut document.text);
        let mut reading = self.read_beside_within(document, &text, budget)?;
        reading.document.text = text;
        Ok(reading)
    }

    /// Reads a text that lies elsewhere and is not copied: neither `about`, which tells of it, nor the reading holds it.
    pub fn read_beside(&mut self, about: Document, text: &str) -> Reading {
        self.whole(about, text, Budget::unlimited())
    }

    /// The same within a budget.
    ///
    /// # Errors
    /// If the budget was spent before the reading was whole.
    pub fn read_beside_within(&mut self, about: Document, text: &str, budget: &Budget) -> Result<Reading, OutOfTime> {
        let reading = self.whole(about, text, budget.clone());
        if budget.is_spent() { Err(OutOfTime) } else { Ok(reading) }
    }

    /// The way itself. What comes of a budget that was spent is incomplete.
    fn whole(&mut self, document: Document, text: &str, budget: Budget) -> Reading {
        let begin = Instant::now();
        let wordpiece = &self.reader.model.wordpiece;
        let text = Text::within(text, &document.units, |word| wordpiece.contains(word), budget);
        let features = Features::new(&text, wordpiece);
        let found = attribution::find(&text, &features, &mut self.finder);
        let found_at = Instant::now();
        let cast = cast(&text, &found, &self.reader.knowledge, document.published.as_deref());
        let dates = dates(&text, document.published.as_deref());
        let talk = conversation(&text, &found, &cast, &dates);
        let document = Document { dates, ..document };
        let reading = reading(document, &text, found, cast, talk);
        self.spent = Spent { finding: found_at - begin, resolving: found_at.elapsed() };
        reading
    }

    /// Where the time of the last reading went.
    pub fn spent(&self) -> Spent {
        self.spent
    }
}

/// Puts together what the stages found: ids in order of the text, only entities that something refers to.
fn reading(mut document: Document, text: &Text, found: Vec<Found>, mut cast: Cast, talk: Option<Talk>) -> Reading {
    document.repairs = text.repairs.clone();
    document.boilerplate = text.boilerplate.clone();
    let words = |span: Option<Span>| span.map(|span| span.of(text.text).to_owned());
    document.title = document.title.or_else(|| words(text.structure.headline));
    document.publisher = document.publisher.or_else(|| words(text.structure.outlet));
    if let ([letter], true) = (&text.structure.letters[..], document.authors.is_empty()) {
        document.authors.push(letter.writer.of(text.text).to_owned());
    }
    cast.credit_wire(text, document.publisher.as_deref());
    let author = cast.book.by_words("the author", EntityKind::Document, None);
    let order = order(&found);
    let mut rank = vec![0; found.len()];
    for (place, &i) in order.iter().enumerate() {
        rank[i] = place;
    }
    let mut ids = Ids { of: vec![None; cast.book.drafts.len()], entities: Vec::new() };
    let mut attributions = Vec::with_capacity(found.len());
    for &i in &order {
        let (found, voice) = (&found[i], &cast.voices[i]);
        let words = |tokens: &[usize]| tokens.iter().map(|&t| text.word(t)).collect::<Vec<&str>>();
        let (source, cue, content) = (words(&found.source), words(&found.cue), words(&found.content));
        let author = |e: usize| cast.book.drafts[e].name == "the author";
        let speaker = voice.speaker.filter(|&e| !author(e)).map(|e| cast.book.drafts[e].kind);
        let asked = turns::asks(text, found);
        let told = act::Told { source: &source, cue: &cue, content: &content, asked, speaker };
        let (act, polarity) = told.stance();
        attributions.push(Attribution {
            id: format!("a{}", attributions.len() + 1),
            source: edges::spans(text, &found.source),
            cue: edges::spans(text, &found.cue),
            content: edges::spans(text, &found.content),
            kind: turns::kind(text, found),
            chain: voice.chain.iter().map(|&e| ids.id(&cast, e)).collect(),
            speaker: voice.speaker.map(|e| ids.id(&cast, e)),
            addressee: voice.addressee.map(|e| ids.id(&cast, e)),
            addressee_inferred: voice.addressee_inferred,
            inside: found.inside.map(|outer| format!("a{}", rank[outer] + 1)),
            via: voice.via.clone(),
            act,
            polarity,
            issue: None,
            confidence: (found.confidence * 1000.0).round() / 1000.0,
        });
    }
    let conversations = talk.map(|talk| told(talk, text, &cast, author, &mut ids)).into_iter().collect();
    Reading { schema: SCHEMA.into(), document, entities: ids.entities, attributions, conversations, issues: Vec::new() }
}

/// Gives entities their ids in the order in which they are first referred to.
struct Ids {
    of: Vec<Option<usize>>,
    entities: Vec<Entity>,
}

impl Ids {
    fn id(&mut self, cast: &Cast, draft: usize) -> String {
        let place = *self.of[draft].get_or_insert_with(|| {
            let from = &cast.book.drafts[draft];
            self.entities.push(Entity {
                id: format!("e{}", self.entities.len() + 1),
                name: from.name.clone(),
                kind: from.kind,
                roles: from.roles.clone(),
                side: from.side.clone(),
                mentions: from.mentions.iter().copied().collect(),
                ids: cast.ids(draft),
            });
            self.entities.len() - 1
        });
        self.entities[place].id.clone()
    }
}

fn told(talk: Talk, text: &Text, cast: &Cast, author: usize, ids: &mut Ids) -> Conversation {
    Conversation {
        id: "c1".into(),
        participants: talk.participants.iter().map(|&e| ids.id(cast, e)).collect(),
        medium: talk.medium,
        initiator: talk.initiator.map(|(side, tellers)| Initiator {
            side,
            according_to: tellers.into_iter().map(|teller| ids.id(cast, teller.unwrap_or(author))).collect(),
        }),
        date: talk.date,
        tone: talk
            .tone
            .into_iter()
            .map(|(words, teller)| Tone {
                words: words.of(text.text).into(),
                according_to: ids.id(cast, teller.unwrap_or(author)),
            })
            .collect(),
    }
}

/// The attributions in order of the text, each followed by those inside it.
fn order(found: &[Found]) -> Vec<usize> {
    let place = |i: usize| {
        [&found[i].source, &found[i].cue, &found[i].content].into_iter().filter_map(|part| part.first()).min().copied()
    };
    let mut by_place: Vec<usize> = (0..found.len()).collect();
    // The last first, as a stack hands them out.
    by_place.sort_by_key(|&i| std::cmp::Reverse((place(i), i)));
    let mut inner = vec![Vec::new(); found.len()];
    let mut stack = Vec::new();
    for i in by_place {
        found[i].inside.map_or(&mut stack, |outer| &mut inner[outer]).push(i);
    }
    let mut order = Vec::with_capacity(found.len());
    while let Some(next) = stack.pop() {
        order.push(next);
        stack.append(&mut inner[next]);
    }
    order
}
