//! The text stage: tokens, sentences, paragraphs, quotations, structure, repairs and page litter, all beside the unchanged
//! text.
//!
//! Knows nothing of attributions, and of names only how they are written.

mod boilerplate;
pub mod date;
pub mod mended;
pub mod paragraph;
pub mod quote;
mod repair;
mod sentence;
pub mod structure;
pub mod token;

use crate::reading::{Repair, Span, Unit, UnitKind};
use crate::table::{Place, Places, Table};
use crate::{Budget, EveryWord, WordList};
use paragraph::paragraphs;
use quote::{Quote, quotes};
pub use sentence::SentenceId;
use structure::Structure;
pub use token::TokenId;
use token::{Case, Token, tokens};

/// A text with everything that later stages need to know of its surface. Offsets are bytes.
#[derive(Debug, Clone)]
pub struct Text<'t> {
    /// The text itself.
    pub text: &'t str,
    /// All tokens in order.
    pub tokens: Table<TokenId, Token>,
    /// For each token its sentence.
    pub sentence_of: Table<TokenId, SentenceId>,
    /// Sentences in order; none crosses a paragraph.
    pub sentences: Table<SentenceId, Span>,
    /// Paragraphs in order.
    pub paragraphs: Vec<Span>,
    /// Quotations in order of their opening marks.
    pub quotes: Vec<Quote>,
    /// Damage found, in order.
    pub repairs: Vec<Repair>,
    /// Page litter, in order.
    pub boilerplate: Vec<Span>,
    /// Turns of transcripts, headline, datelines and the like.
    pub structure: Structure,
    /// For each token what the quotation marks say of it.
    pub quote_states: Table<TokenId, QuoteState>,
    /// For each token where it stands in its paragraph.
    pub starts: Table<TokenId, Start>,
    /// How long reading the text may take: later stages ask it in their loops.
    pub budget: Budget,
}

/// What quotation marks say about a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum QuoteState {
    /// Outside any quotation.
    Outside = 0,
    /// Inside a quotation.
    Inside = 1,
    /// An opening mark.
    Open = 2,
    /// A closing mark.
    Close = 3,
}

/// Where a token stands in its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Start {
    /// Within a sentence.
    Inner = 0,
    /// First of a sentence.
    Sentence = 1,
    /// First of a paragraph.
    Paragraph = 2,
}

impl<'t> Text<'t> {
    /// Reads the surface of a text in which every word is taken for one.
    pub fn new(text: &'t str) -> Text<'t> {
        Text::within(text, &[], &EveryWord, Budget::unlimited())
    }

    /// The same for a text whose format sets some of it apart: what the list has not may be two glued words. If the budget is
    /// spent, what the text holds is incomplete.
    pub fn within(text: &'t str, units: &[Unit], words: &impl WordList, budget: Budget) -> Text<'t> {
        let mut tokens = tokens(text);
        let paragraphs = paragraphs(text);
        let (set_off, units): (Vec<Unit>, Vec<Unit>) = units.iter().partition(|unit| unit.kind == UnitKind::Quotation);
        let quotes = quote::with_set_off(text, &paragraphs, quotes(text, &paragraphs), &set_off);
        let structure = Structure::new(text, &paragraphs, &quotes, &units, &set_off);
        let mut repairs = repair::split_glued(text, &mut tokens, words);
        repairs.extend(repair::noted(text, &tokens, &paragraphs, words));
        repairs.sort_by_key(|r| r.start);
        let mut sentences = Table::default();
        let mut sentence_of = Vec::with_capacity(tokens.len());
        let mut first = 0;
        for paragraph in &paragraphs {
            let count = tokens[first..].iter().take_while(|t| t.span.end <= paragraph.end).count();
            let within = &tokens[first..first + count];
            for sentence in pieces(within, &structure).flat_map(|piece| sentence::sentences(text, piece)) {
                let place = sentences.push(sentence);
                let rest = &tokens[sentence_of.len()..];
                sentence_of.extend(rest.iter().take_while(|t| t.span.end <= sentence.end).map(|_| place));
            }
            first += count;
        }
        let boilerplate = boilerplate::boilerplate(text, &paragraphs);
        let (quote_states, starts) = (Table::default(), Table::default());
        let mut text = Text {
            text,
            tokens: tokens.into_iter().collect(),
            sentence_of: sentence_of.into_iter().collect(),
            sentences,
            paragraphs,
            quotes,
            repairs,
            boilerplate,
            structure,
            quote_states,
            starts,
            budget,
        };
        (text.quote_states, text.starts) = (text.find_quote_states(), text.find_starts());
        text
    }

    /// The index of the paragraph in which a token stands.
    pub fn paragraph_of(&self, token: TokenId) -> usize {
        let start = self.tokens[token].span.start;
        self.paragraphs.partition_point(|p| p.end <= start)
    }

    /// The tokens that the span touches.
    pub fn tokens_in(&self, span: Span) -> Places<TokenId> {
        let first = TokenId::new(self.tokens.partition_point(|t| t.span.end <= span.start));
        let end = TokenId::new(self.tokens.partition_point(|t| t.span.start < span.end));
        first.until(end.max(first))
    }

    /// The tokens from one on to the end of the text.
    pub fn tokens_from(&self, token: TokenId) -> Places<TokenId> {
        token.until(self.tokens.end())
    }

    /// The tokens before one, the nearest first.
    pub fn tokens_before(
        &self,
        token: TokenId,
    ) -> impl DoubleEndedIterator<Item = TokenId> + ExactSizeIterator + use<> {
        TokenId::new(0).until(token).iter().rev()
    }

    /// Whether a token is page litter.
    pub fn is_litter(&self, token: TokenId) -> bool {
        let span = self.tokens[token].span;
        let at = self.boilerplate.partition_point(|b| b.end <= span.start);
        self.boilerplate.get(at).is_some_and(|b| b.overlaps(span))
    }

    /// The quotation that a token opens.
    pub fn quote_at(&self, token: TokenId) -> Option<&Quote> {
        let start = self.tokens[token].span.start;
        self.quotes.binary_search_by_key(&start, |q| q.span.start).ok().map(|i| &self.quotes[i])
    }

    /// For each token the number of the unit in which it stands, from 1 on; 0 for running text.
    pub fn units_of_tokens(&self) -> Table<TokenId, u32> {
        let mut of = self.tokens.with(0);
        for (number, unit) in (1..).zip(&self.structure.units) {
            of[self.tokens_in(unit.span)].fill(number);
        }
        of
    }

    /// Whether the token opens a paragraph that goes on with the quotation of the one before.
    pub fn continues_quote(&self, token: TokenId) -> bool {
        self.quote_at(token).is_some_and(|quote| quote.continues)
    }

    /// The words of a token.
    pub fn word(&self, token: TokenId) -> &'t str {
        self.tokens[token].span.of(self.text)
    }

    /// The words of a token, and nothing behind the last one.
    pub fn word_at(&self, token: TokenId) -> &'t str {
        self.tokens.get(token).map_or("", |t| t.span.of(self.text))
    }

    /// The words of the token right before one, and nothing before the first.
    pub fn word_before(&self, token: TokenId) -> &'t str {
        self.word_back(token, 1)
    }

    /// The words of the token this many before one, and nothing where fewer stand there.
    pub fn word_back(&self, token: TokenId, many: usize) -> &'t str {
        token.minus(many).map_or("", |t| self.word(t))
    }

    /// How a token is written; nothing behind the last one.
    pub fn case(&self, token: TokenId) -> Case {
        self.tokens.get(token).map_or(Case::None, |t| t.case(self.text))
    }

    /// The span from the first to the last of these tokens; `None` where there are none.
    pub fn span(&self, tokens: Places<TokenId>) -> Option<Span> {
        let (first, last) = (tokens.first()?, tokens.last()?);
        Some(Span::new(self.tokens[first].span.start, self.tokens[last].span.end))
    }

    /// For each token what quotation marks say about it.
    fn find_quote_states(&self) -> Table<TokenId, QuoteState> {
        let mut states = self.tokens.with(QuoteState::Outside);
        let quotes = || self.quotes.iter().filter(|quote| !self.is_around_turn(quote));
        // Quotations within others are met behind those that hold them: no token is gone over twice.
        let mut covered = TokenId::new(0);
        for range in quotes().map(|quote| self.tokens_in(quote.span)) {
            states[range.start.max(covered).until(range.end.max(covered))].fill(QuoteState::Inside);
            covered = covered.max(range.end);
        }
        for quote in quotes() {
            let range = self.tokens_in(quote.span);
            states[range.start] = QuoteState::Open;
            if quote.closed {
                states[range.end.back(1)] = QuoteState::Close;
            }
        }
        states
    }

    /// Whether the marks stand around a turn of a transcript, label and all: the whole transcript is quoted, and they say
    /// nothing of the words in it.
    fn is_around_turn(&self, quote: &Quote) -> bool {
        let turns = &self.structure.turns;
        let turn = turns.get(turns.partition_point(|t| t.span().end <= quote.span.start));
        turn.filter(|t| t.form.is_spoken()).is_some_and(|t| {
            let label = quote.span.start <= t.label.start && t.label.end <= quote.span.end;
            label || (quote.continues && t.span().overlaps(quote.span))
        })
    }

    /// For each token where it stands in its paragraph.
    fn find_starts(&self) -> Table<TokenId, Start> {
        let mut starts = self.tokens.with(Start::Inner);
        for sentence in self.sentences.iter() {
            starts[self.tokens_in(*sentence).start] = Start::Sentence;
        }
        for paragraph in &self.paragraphs {
            let range = self.tokens_in(*paragraph);
            if !range.is_empty() {
                starts[range.start] = Start::Paragraph;
                // Behind a label or a dateline the paragraph begins anew.
                // (A label may stand alone, with its words in the next paragraph.)
                let end = self.structure.head_end(paragraph.start).filter(|&end| end <= paragraph.end);
                let behind = end.map(|end| self.tokens_in(Span::new(end, paragraph.end)));
                if let Some(first) = behind.filter(|behind| !behind.is_empty()) {
                    starts[first.start] = Start::Paragraph;
                }
            }
        }
        starts
    }
}

/// The tokens of a paragraph in pieces, cut behind the label or dateline at its head and at the edges of units: no sentence
/// goes over them.
fn pieces<'a>(paragraph: &'a [Token], structure: &Structure) -> impl Iterator<Item = &'a [Token]> {
    let bounds = paragraph.first().zip(paragraph.last());
    let span = bounds.map_or(Span::new(0, 0), |(first, last)| Span::new(first.span.start, last.span.end));
    let head = structure.head_end(span.start);
    let edges = structure.units_in(span).iter().flat_map(|unit| [unit.span.start, unit.span.end]);
    let mut cuts: Vec<usize> =
        head.into_iter().chain(edges).map(|at| paragraph.partition_point(|t| t.span.start < at)).collect();
    cuts.push(paragraph.len());
    cuts.sort_unstable();
    cuts.into_iter()
        .scan(0, |from, to| Some(&paragraph[std::mem::replace(from, to)..to]))
        .filter(|piece| !piece.is_empty())
}
