//! One document, prepared: its text, names and turns, and whose account it is.

use super::id::{PartyId, PersonId};
use crate::entity::book::{Book, Draft};
use crate::entity::name::{self, Name};
use crate::entity::states::States;
use crate::entity::{Cast, EntityId, Voice};
use crate::reading::{Attribution, Conversation, EntityKind, Span};
use crate::table::{Place, Places, Table};
use crate::text::date::dates;
use crate::text::structure::label::is_unnamed;
use crate::text::structure::{self, Form};
use crate::text::{SentenceId, Text, TokenId};

use super::writer::{is_first_person, writer};
use crate::{Analysis, Reading};

/// One speaker's turn in a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Turn {
    /// The tokens behind the label up to the next one.
    pub tokens: Places<TokenId>,
    /// Whether a questioner or whoever moderates has the floor.
    pub asks: bool,
    /// The entity that has the floor.
    speaker: Option<EntityId>,
    /// The person over all accounts that it is.
    pub person: Option<PersonId>,
}

/// A sentence that may hold claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passage {
    /// Its tokens.
    pub tokens: Places<TokenId>,
    /// In a text that tells of more than this conversation: how a clause must show that it tells of it.
    pub narrow: Option<Narrow>,
}

/// Why only some clauses of a sentence count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Narrow {
    /// A party has the floor and tells much else: it must say what it said to the other.
    Turn,
    /// The text tells of another conversation: the clause must name this one.
    OtherTalk,
}

impl Passage {
    /// Whether a party has the floor and tells of more than this conversation.
    pub fn is_turn(&self) -> bool {
        self.narrow == Some(Narrow::Turn)
    }
}

/// Fewer turns than this make no transcript.
const FEWEST: usize = 3;

/// A document on its way to being an account.
pub(crate) struct Prepared<'a> {
    /// What was read.
    pub reading: &'a Reading,
    /// The conversation that the reading tells most of, once the reading is whole.
    pub told: Option<&'a Conversation>,
    /// For each entity of the reading its place in the book.
    places: &'a [EntityId],
    /// The surface.
    pub text: &'a Text<'a>,
    /// Every token in lower case.
    pub words: Table<TokenId, String>,
    /// Names with their titles.
    pub names: &'a [Name],
    /// Who says each attribution of the reading, and to whom.
    pub voices: &'a [Voice],
    /// Where entities are named.
    pub book: &'a Book,
    /// The states of the text.
    pub states: &'a States<'a>,
    /// The entities of the book, as comparing names them.
    pub drafts: Table<EntityId, Draft>,
    /// For each entity the person it is over all accounts.
    pub person_of: Table<EntityId, Option<PersonId>>,
    /// The turns of a transcript; none for other texts.
    pub turns: Vec<Turn>,
    /// Whether the running text tells in the first person.
    pub is_first_person: bool,
    /// Whose "I" and "we" the running text is.
    writer: Option<EntityId>,
    /// The person over all accounts that it is.
    pub writes: Option<PersonId>,
    /// The sentences that may hold claims, once it is known who talked.
    pub passages: Vec<Passage>,
    /// Whose account it is.
    pub side: Option<String>,
    /// The party whose account it is, once it is known who talked.
    pub own: Option<PartyId>,
    /// ISO date of the document, from its metadata, its file name or a line at its head.
    pub date: Option<String>,
}

impl<'a> Prepared<'a> {
    /// A document that was read, with all that persons have corrected.
    pub fn new(analysis: &'a Analysis<'a>) -> Prepared<'a> {
        Prepared { told: analysis.reading.conversations.first(), ..Prepared::on_the_way(analysis) }
    }

    /// A document of which it is still to be found what it tells of a conversation.
    pub fn on_the_way(analysis: &'a Analysis<'a>) -> Prepared<'a> {
        let Analysis { reading, text, cast } = analysis;
        let published = reading.document.published.clone();
        let date =
            published.or_else(|| saywho_english::date::in_name(&reading.document.id)).or_else(|| date_line(text));
        Prepared {
            reading,
            told: None,
            places: &cast.places,
            words: text.tokens.places().map(|t| text.word(t).to_lowercase()).collect(),
            names: &cast.names,
            book: &cast.book,
            voices: &cast.voices,
            states: &cast.states,
            drafts: named_drafts(text, cast),
            person_of: cast.book.drafts.with(None),
            turns: turns(analysis),
            is_first_person: text.tokens.places().any(|t| is_first_person(text, t)),
            writer: writer(text, cast),
            writes: None,
            passages: Vec::new(),
            side: None,
            own: None,
            date,
            text,
        }
    }

    /// Tells each turn which person has the floor and the text who writes it, once it is known who is who over all accounts.
    pub fn give_the_floor(&mut self) {
        for turn in &mut self.turns {
            turn.person = turn.speaker.and_then(|speaker| self.person_of[speaker]);
        }
        self.writes = self.writer.filter(|_| self.turns.is_empty()).and_then(|writer| self.person_of[writer]);
    }

    /// The persons, over all accounts, who took part in the conversation as the reading has it; `None` where one of them is nobody
    /// that the accounts know.
    pub fn participants(&self) -> Option<Vec<PersonId>> {
        let person = |id: &String| {
            let entity = self.reading.entities.iter().position(|e| e.id == *id)?;
            self.places.get(entity).and_then(|&place| self.person_of[place])
        };
        let mut persons = self.told?.participants.iter().map(person).collect::<Option<Vec<PersonId>>>()?;
        persons.sort_unstable();
        persons.dedup();
        Some(persons)
    }

    /// Whether the text is a transcript of talk about the conversation.
    pub fn is_transcript(&self) -> bool {
        !self.turns.is_empty()
    }

    /// The person, over all accounts, whose name starts at a token.
    pub fn person_at(&self, token: TokenId) -> Option<PersonId> {
        let draft = self.book.at(token)?;
        (self.drafts[draft].kind == EntityKind::Person).then_some(())?;
        self.person_of[draft]
    }

    /// The tokens of a sentence.
    pub fn sentence(&self, sentence: SentenceId) -> Places<TokenId> {
        self.text.tokens_in(self.text.sentences[sentence])
    }

    /// The tokens of each sentence, in order.
    pub fn sentences(&self) -> impl Iterator<Item = Places<TokenId>> + '_ {
        self.text.sentences.places().map(|s| self.sentence(s))
    }

    /// The sentence in which a span begins.
    pub fn sentence_of(&self, span: Span) -> SentenceId {
        self.text.sentence_of[self.text.tokens_in(span).start]
    }

    /// Whether a sentence stands in the headline.
    pub fn is_headline(&self, sentence: SentenceId) -> bool {
        self.text.structure.headline.is_some_and(|h| h.overlaps(self.text.sentences[sentence]))
    }

    /// The name that covers a token with its title.
    pub fn name_around(&self, token: TokenId) -> Option<&Name> {
        let place = self.names.partition_point(|n| n.whole.end <= token);
        self.names.get(place).filter(|n| n.whole.contains(&token))
    }
}

/// The turns of a transcript with who speaks as the reading has it; none for other texts.
fn turns(analysis: &Analysis) -> Vec<Turn> {
    let text = &analysis.text;
    let spoken: Vec<_> = text.structure.turns.iter().filter(|turn| turn.form.is_spoken()).collect();
    if spoken.len() < FEWEST {
        return Vec::new();
    }
    let mut read = analysis.reading.attributions.iter().zip(&analysis.cast.voices).peekable();
    // Who mostly asks is the one who asks, whatever the label.
    let is_question = |turn: &structure::Turn| turn.body.last().is_some_and(|body| body.of(text.text).ends_with('?'));
    let asking = |turn: &structure::Turn| {
        let label = turn.label.of(text.text);
        let own = || spoken.iter().filter(|other| other.label.of(text.text) == label);
        !label.is_empty() && 2 * own().filter(|turn| is_question(turn)).count() > own().count()
    };
    let starts: Vec<TokenId> = spoken.iter().map(|turn| text.tokens_in(turn.span()).start).collect();
    let ends = starts.iter().skip(1).copied().chain([text.tokens.end()]);
    let turn = |(turn, end): (&&structure::Turn, TokenId)| {
        let words = turn.body.first().map_or(turn.label, |body| *body);
        let is_of = |a: &Attribution| a.inside.is_none() && a.content.first().is_some_and(|c| c.start >= words.start);
        while read.next_if(|(a, _)| !is_of(a)).is_some() {}
        let speaker = read.peek().filter(|(a, _)| a.content[0].start < words.end).and_then(|(_, voice)| voice.speaker);
        let asks = turn.form == Form::Question || is_unnamed(turn.label.of(text.text)) || asking(turn);
        Turn { tokens: text.tokens_in(words).start.until(end), asks, speaker, person: None }
    };
    spoken.iter().zip(ends).map(turn).collect()
}

/// The entities, mentioned where names name them: a source phrase ("President Maren, who") is no name.
fn named_drafts(text: &Text, cast: &Cast) -> Table<EntityId, Draft> {
    let names = name::spans(text, &cast.names);
    let mut drafts = cast.book.drafts.clone();
    drafts.iter_mut().for_each(|draft| draft.mentions.retain(|mention| names.contains(mention)));
    drafts
}

/// The day that a line of its own at the head of a text gives: "March 4, 2033", "Brel, 4 March 2033".
fn date_line(text: &Text) -> Option<String> {
    let mut start = 0;
    let lines = text.text.split_inclusive('\n').map(|line| {
        let from = start;
        start += line.len();
        (from, line)
    });
    let heads: Vec<(usize, &str)> = lines.filter(|(_, line)| !line.trim().is_empty()).take(6).collect();
    dates(text, None).into_iter().find_map(|day| {
        let (_, line) = heads.iter().find(|(from, line)| (*from..from + line.len()).contains(&day.start))?;
        let more =
            line.split_whitespace().count().checked_sub(text.text[day.start..day.end].split_whitespace().count())?;
        (more <= 2).then_some(day.date)
    })
}
