//! The one way through: text, attributions, entities, conversations, and the reading they make up.

use std::borrow::Cow;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::account;
use crate::analysis::{resolved, surface};
use crate::attribution::{self, AttributionId, Attributions, Features, Finder, Model, act, edges, turns};
use crate::comparison;
use crate::conversation::{Talk, conversations, take_part};
use crate::entity::{Cast, EntityId, Voices};
use crate::ids::Ids;
use crate::inference::{Inference, Inferences};
use crate::knowledge::Knowledge;
use crate::meaning::Meaning;
use crate::reading::{Attribution, Conversation, Document, EntityKind, Initiator, Issue, Reading, SCHEMA, Span, Tone};
use crate::text::date::dates;
use crate::text::mended::Mended;
use crate::text::token::tokens;
use crate::text::{Text, TokenId};
use crate::weights::{self, Weights};
use crate::{Analysis, Budget, Error, OutOfTime};

/// The engine: weights and tables, immutable, shared by all threads.
///
/// ```
/// use saywho::{Document, Reader};
///
/// let reader = Reader::new()?;
/// let texts = ["“It rains,” Ilse Maren said.", "Teo Vasca warned of floods."];
/// let readings: Vec<_> = std::thread::scope(|scope| {
///     let read = |text| reader.worker().read(Document::from_text("note", text));
///     let threads = texts.map(|text| scope.spawn(move || read(text)));
///     threads.into_iter().map(|thread| thread.join().expect("read")).collect()
/// });
/// assert!(readings.iter().all(|reading| reading.attributions.len() == 1));
/// # Ok::<(), saywho::Error>(())
/// ```
pub struct Reader {
    model: Model,
    /// Made when something is first compared, or read that tells of a conversation.
    meaning: OnceLock<Meaning>,
    /// Made when it is first asked what follows from a passage.
    inferences: OnceLock<Inferences>,
    knowledge: Knowledge,
}

impl Reader {
    /// A reader with the accurate weights and the embedded tables of the world.
    pub fn new() -> Result<Reader, Error> {
        Reader::with_weights(Weights::Accurate)
    }

    /// A reader with these weights and the embedded tables of the world.
    pub fn with_weights(weights: Weights) -> Result<Reader, Error> {
        Reader::of(weights.model()?)
    }

    /// A reader with weights and vocabulary of one's own, as `training/export.py` writes them, and the embedded tables of the world.
    ///
    /// ```no_run
    /// let weights = std::fs::read("models/accurate.safetensors")?;
    /// let vocabulary = std::fs::read_to_string("models/vocabulary.txt")?;
    /// let reader = saywho::Reader::from_bytes(&weights, &vocabulary)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the bytes are no weights, or were made for another version of the engine.
    pub fn from_bytes(weights: &[u8], vocabulary: &str) -> Result<Reader, Error> {
        Reader::of(Model::from_bytes(weights, vocabulary)?)
    }

    fn of(model: Model) -> Result<Reader, Error> {
        weights::verify_others()?;
        Ok(Reader {
            model,
            meaning: OnceLock::new(),
            inferences: OnceLock::new(),
            knowledge: Knowledge::embedded().clone(),
        })
    }

    /// The same reader with a user's own rows of knowledge beside the embedded ones (see `knowledge/README.md`): one a line, `state`,
    /// `holder` or `body` and the fields of that table, separated by tabs.
    ///
    /// ```
    /// use saywho::{Document, Reader};
    ///
    /// let rows = "state\tNORR\t\tNorrland\t\tNorrish\tAsvik\tGrey House\t\tmy notes\t2031-04-04";
    /// let reader = Reader::new()?.with_knowledge(rows)?;
    /// let reading = reader.worker().read(Document::from_text("note", "Asvik said that the ban would stay."));
    /// assert_eq!(reading.entities[0].name, "Norrland");
    /// # Ok::<(), saywho::Error>(())
    /// ```
    ///
    /// # Errors
    /// The first line that is no such row, with its number and what is wrong with it.
    pub fn with_knowledge(mut self, tsv: &str) -> Result<Reader, Error> {
        self.knowledge = self.knowledge.with_added(tsv)?;
        Ok(self)
    }

    /// The same reader without any knowledge of the world: what the text tells is all there is.
    pub fn without_knowledge(mut self) -> Reader {
        self.knowledge = Knowledge::empty();
        self
    }

    /// Gives a reading that comes from a file or a store its analysis back, so that it can be compared. Its spans count bytes: one
    /// that counts code points goes through [`Reading::into_bytes`](crate::reading::Reading::into_bytes) first.
    ///
    /// ```
    /// use saywho::{Document, Reader};
    ///
    /// let reader = Reader::new()?;
    /// let stored = reader.worker().read(Document::from_text("note", "“It rains,” Ilse Maren said."));
    /// assert_eq!(reader.analysis(&stored).reading(), &stored);
    /// # Ok::<(), saywho::Error>(())
    /// ```
    pub fn analysis<'a>(&'a self, reading: &'a Reading) -> Analysis<'a> {
        Analysis::of(reading, &self.knowledge, &self.model)
    }

    /// Compares what several accounts, or one report with several sides, tell of one conversation.
    ///
    /// ```
    /// use saywho::comparison::Options;
    /// use saywho::{Document, Reader};
    ///
    /// let reader = Reader::new()?;
    /// let north = "President Ilse Maren of Norrland spoke by telephone with President Teo Vasca of Sudovia. She demanded an end to the ban.";
    /// let south = "President Teo Vasca of Sudovia spoke with President Ilse Maren of Norrland. He explained the ban.";
    /// let accounts = [Document::from_text("north", north), Document::from_text("south", south)];
    /// let mut worker = reader.worker();
    /// let analyses: Vec<_> = accounts.iter().map(|account| worker.analyse(account)).collect();
    /// let comparison = reader.compare(&analyses, &Options::default());
    /// assert_eq!(comparison.conversation.participants.len(), 2);
    /// # Ok::<(), saywho::Error>(())
    /// ```
    pub fn compare(&self, analyses: &[Analysis], options: &comparison::Options) -> comparison::Comparison {
        comparison::compare(analyses, &self.knowledge, self.meaning(), options)
    }

    /// What passages are about, as vectors of length 1: those of two passages on one matter point the same way, whatever words they
    /// use, and their product tells how nearly so. Of a long passage the first hundred words count.
    ///
    /// ```
    /// let reader = saywho::Reader::new()?;
    /// let told = reader.vectors(&["the ban has to go", "she demanded an end to the ban", "they spoke of the harvest"]);
    /// let likeness = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
    /// assert!(likeness(&told[0], &told[1]) > likeness(&told[0], &told[2]));
    /// # Ok::<(), saywho::Error>(())
    /// ```
    pub fn vectors(&self, passages: &[&str]) -> Vec<Vec<f32>> {
        let words = passages.iter().map(|text| tokens(text).iter().map(|token| Some(token.span.of(text))).collect());
        self.meaning().vectors(words)
    }

    /// What the first of each two passages says of the second: whether it follows, and whether both cannot be true.
    ///
    /// ```
    /// let reader = saywho::Reader::new()?;
    /// let said = "The northern pier has been closed since Sunday.";
    /// let reports = ["the northern pier had been shut since Sunday", "the northern pier had been closed since Friday", "the fleet would grow"];
    /// let told = reader.inferences(&reports.map(|report| (said, report)));
    /// assert!(told[0].entails > 0.5 && told[1].contradicts > 0.5 && told[2].entails < 0.5);
    /// # Ok::<(), saywho::Error>(())
    /// ```
    pub fn inferences(&self, pairs: &[(&str, &str)]) -> Vec<Inference> {
        let made = || weights::inferences().expect("the weights that were verified");
        self.inferences.get_or_init(made).of(pairs)
    }

    /// The encoder of what passages are about; its bytes were verified when the reader was made.
    fn meaning(&self) -> &Meaning {
        self.meaning.get_or_init(|| weights::meaning().expect("the weights that were verified"))
    }

    /// What comparing measures, for `training`.
    pub(crate) fn measured(&self, analyses: &[Analysis]) -> comparison::Measured {
        comparison::measured(analyses, &self.knowledge, self.meaning())
    }

    /// The same reader with other weights of what passages are about, for `training`.
    pub(crate) fn with_meaning(mut self, weights: &[u8]) -> Result<Reader, Error> {
        self.meaning = OnceLock::from(weights::meaning_of(weights)?);
        Ok(self)
    }

    /// A worker that owns the buffers one thread needs.
    pub fn worker(&self) -> Worker<'_> {
        Worker { reader: self, finder: Finder::new(&self.model), spent: Spent::default() }
    }
}

/// Reads documents one after the other with buffers of its own.
///
/// ```
/// use saywho::{Document, Reader};
///
/// let reader = Reader::new()?;
/// let mut worker = reader.worker();
/// for text in ["“It rains,” Ilse Maren said.", "Teo Vasca warned of floods."] {
///     let reading = worker.read(Document::from_text("note", text));
///     assert_eq!(reading.attributions.len(), 1);
/// }
/// assert!(worker.spent().finding > std::time::Duration::ZERO);
/// # Ok::<(), saywho::Error>(())
/// ```
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

impl<'r> Worker<'r> {
    /// Reads one document the whole way through, however long it takes, and keeps what is known of it at hand.
    pub fn analyse<'d>(&mut self, document: &'d Document) -> Analysis<'d>
    where
        'r: 'd,
    {
        self.whole(document.clone(), &document.text, Budget::unlimited())
    }

    /// The same within a budget.
    ///
    /// # Errors
    /// If the budget was spent before the reading was whole.
    pub fn analyse_within<'d>(&mut self, document: &'d Document, budget: &Budget) -> Result<Analysis<'d>, OutOfTime>
    where
        'r: 'd,
    {
        let analysis = self.whole(document.clone(), &document.text, budget.clone());
        if budget.is_spent() { Err(OutOfTime) } else { Ok(analysis) }
    }

    /// Reads one document the whole way through, however long it takes.
    pub fn read(&mut self, mut document: Document) -> Reading {
        let text = std::mem::take(&mut document.text);
        let mut reading = self.as_meant(document, &text, Budget::unlimited());
        reading.document.text = text;
        reading
    }

    /// Reads one document the whole way through within a budget.
    ///
    /// ```
    /// use std::time::Duration;
    /// use saywho::{Budget, Document, OutOfTime, Reader};
    ///
    /// let reader = Reader::new()?;
    /// let mut worker = reader.worker();
    /// let note = Document::from_text("note", "“It rains,” Ilse Maren said.");
    /// assert!(worker.read_within(note.clone(), &Budget::of(Duration::from_secs(600))).is_ok());
    /// assert_eq!(worker.read_within(note, &Budget::of(Duration::ZERO)), Err(OutOfTime));
    /// # Ok::<(), saywho::Error>(())
    /// ```
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
        self.as_meant(about, text, Budget::unlimited())
    }

    /// The same within a budget.
    ///
    /// # Errors
    /// If the budget was spent before the reading was whole.
    pub fn read_beside_within(&mut self, about: Document, text: &str, budget: &Budget) -> Result<Reading, OutOfTime> {
        let reading = self.as_meant(about, text, budget.clone());
        if budget.is_spent() { Err(OutOfTime) } else { Ok(reading) }
    }

    /// The reading of a text, of which what was encoded twice is read as what it should say.
    fn as_meant(&mut self, document: Document, text: &str, budget: Budget) -> Reading {
        let Some(mended) = Mended::of(text) else { return self.whole(document, text, budget).into_reading() };
        let document = Document { units: mended.units(&document.units), ..document };
        let reading = self.whole(document, &mended.text, budget).into_reading();
        mended.back(reading)
    }

    /// The way itself. What comes of a budget that was spent is incomplete.
    fn whole<'d>(&mut self, document: Document, text: &'d str, budget: Budget) -> Analysis<'d>
    where
        'r: 'd,
    {
        let begin = Instant::now();
        let model = &self.reader.model;
        let text = surface(text, &document.units, model, budget);
        let features = Features::new(&text, &model.wordpiece);
        let found = attribution::find(&text, &features, &mut self.finder);
        let found_at = Instant::now();
        let (mut cast, voices) = resolved(&text, &found, &self.reader.knowledge, document.published.as_deref());
        let dates = dates(&text, document.published.as_deref());
        let talks = conversations(&text, &found, &cast, &voices, &dates);
        let document = Document { dates, ..document };
        let reading = reading(document, &text, &found, &mut cast, voices, talks);
        let mut analysis = Analysis { reading: Cow::Owned(reading), text, cast };
        account::add(&mut analysis, &self.reader.knowledge);
        take_part(analysis.reading.to_mut(), str::to_owned);
        add_issues(&mut analysis, self.reader);
        self.spent = Spent { finding: found_at - begin, resolving: found_at.elapsed() };
        analysis
    }

    /// Where the time of the last reading went.
    pub fn spent(&self) -> Spent {
        self.spent
    }
}

/// Puts together what the stages found: ids in order of the text, only entities that something refers to.
fn reading(
    mut document: Document,
    text: &Text,
    found: &Attributions,
    cast: &mut Cast,
    mut voices: Voices,
    talks: Vec<Talk>,
) -> Reading {
    document.repairs = text.repairs.clone();
    document.boilerplate = text.boilerplate.clone();
    let words = |span: Option<Span>| span.map(|span| span.of(text.text).to_owned());
    document.title = document.title.or_else(|| words(text.structure.headline));
    document.publisher = document.publisher.or_else(|| words(text.structure.outlet));
    if let ([letter], true) = (&text.structure.letters[..], document.authors.is_empty()) {
        document.authors.push(letter.writer.of(text.text).to_owned());
    }
    cast.credit_wire(text, document.publisher.as_deref(), &mut voices);
    let author = cast.book.by_words("the author", EntityKind::Document, None);
    let order = order(found);
    let mut rank = found.with(0);
    for (place, &i) in order.iter().enumerate() {
        rank[i] = place;
    }
    let mut ids = Ids::new(cast, Vec::new());
    let mut attributions = Vec::with_capacity(found.len());
    for &i in &order {
        let (found, voice) = (&found[i], &voices[i]);
        let words = |tokens: &[TokenId]| tokens.iter().map(|&t| text.word(t)).collect::<Vec<&str>>();
        let (source, cue, content) = (words(&found.source), words(&found.cue), words(&found.content));
        let author = |e: EntityId| cast.book.drafts[e].name == "the author";
        let speaker = voice.speaker.filter(|&e| !author(e)).map(|e| cast.book.drafts[e].kind);
        let asked = turns::asks(text, found);
        let told = act::Told { source: &source, cue: &cue, content: &content, asked, speaker, leaning: found.leaning };
        let (act, polarity) = told.stance();
        attributions.push(Attribution {
            id: format!("a{}", attributions.len() + 1),
            source: edges::spans(text, &found.source),
            cue: edges::spans(text, &found.cue),
            content: edges::spans(text, &found.content),
            kind: turns::kind(text, found),
            chain: voice.chain.iter().map(|&e| ids.id(cast, e)).collect(),
            speaker: voice.speaker.map(|e| ids.id(cast, e)),
            addressee: voice.addressee.map(|e| ids.id(cast, e)),
            recipient: edges::spans(text, &voice.recipient),
            addressee_inferred: voice.addressee_inferred,
            audience: voice.audience.map(|e| ids.id(cast, e)),
            conversation: None,
            inside: found.inside.map(|outer| format!("a{}", rank[outer] + 1)),
            via: voice.via.clone(),
            act,
            polarity,
            told: None,
            issue: None,
            confidence: (found.confidence * 1000.0).round() / 1000.0,
        });
    }
    // As the attributions stand in the reading.
    cast.voices = order.iter().map(|&i| std::mem::take(&mut voices[i])).collect();
    let numbered = talks.into_iter().zip(1..);
    let conversations = numbered.map(|(talk, number)| told(number, talk, text, cast, author, &mut ids)).collect();
    let entities = ids.settle(cast, text);
    Reading { schema: SCHEMA.into(), document, entities, attributions, conversations, issues: Vec::new() }
}

/// Tells each attribution of a document on a conversation what it is about; one with several sentences goes by the first.
fn add_issues(analysis: &mut Analysis, reader: &Reader) {
    if analysis.reading.conversations.is_empty() {
        return;
    }
    let issues = comparison::issues(analysis, &reader.knowledge, reader.meaning());
    let reading = analysis.reading.to_mut();
    for (number, (label, attributions)) in issues.into_iter().enumerate() {
        let id = format!("i{}", number + 1);
        let about = |a: &&mut Attribution| a.issue.is_none() && attributions.contains(&a.id);
        reading.attributions.iter_mut().filter(about).for_each(|a| a.issue = Some(id.clone()));
        reading.issues.push(Issue { id, label, attributions });
    }
}

fn told(number: usize, talk: Talk, text: &Text, cast: &Cast, author: EntityId, ids: &mut Ids) -> Conversation {
    Conversation {
        id: format!("c{number}"),
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
fn order(found: &Attributions) -> Vec<AttributionId> {
    let place = |i: AttributionId| {
        [&found[i].source, &found[i].cue, &found[i].content].into_iter().filter_map(|part| part.first()).min().copied()
    };
    let mut by_place: Vec<AttributionId> = found.places().collect();
    // The last first, as a stack hands them out.
    by_place.sort_by_key(|&i| std::cmp::Reverse((place(i), i)));
    let mut inner = found.with(Vec::new());
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
