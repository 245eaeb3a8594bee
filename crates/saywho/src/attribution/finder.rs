//! Runs the encoder over windows of tokens; `grouping` makes attributions of what it says.

use saywho_encoder::wordpiece::WordPiece;
use saywho_encoder::{Dense, Encoder, Piece, Worker};
use saywho_english::WordList;

use super::act::{Leaning, Leanings};
use super::decode::{Chain, LEVELS, Role, TAGS};
use super::graph::{EVIDENCE, Found};
use super::grouping::{Buffers, Window};
use super::window::windows;
use crate::Error;
use crate::text::token::TokenKind;
use crate::text::{QuoteState, Start, Text};

/// The trained model: encoder, vocabulary, heads.
pub struct Model {
    encoder: Encoder,
    /// The vocabulary of word pieces.
    pub wordpiece: WordPiece,
    /// One for each level of nesting, the outermost first.
    pub(super) chains: [Chain; LEVELS],
    /// Most word pieces in a window.
    window: usize,
    /// Weights of the logistic calibration of confidence, see [`Model::confidence`].
    calibration: Vec<f32>,
}

impl Model {
    /// From the bytes of a weights file and its vocabulary (one piece a line).
    pub fn from_bytes(weights: &[u8], vocabulary: &str) -> Result<Model, Error> {
        let encoder = Encoder::from_bytes(weights)?;
        let values = |name: &'static str| Ok::<_, Error>(encoder.tensor(name).ok_or(Error::Model(name))?.1);
        let chains = Chain::levels(values("tags.transitions")?, values("tags.begin")?)
            .ok_or(Error::Model("tags.transitions"))?;
        let calibration = values("confidence.weights")?.to_vec();
        let tags = encoder.head("tags").ok_or(Error::Model("heads.tags"))?.rows();
        let rows = |name: &'static str| Ok::<_, Error>(encoder.head(name).ok_or(Error::Model(name))?.rows());
        let alike = rows("part")? == rows("cue")? && rows("asking")? == rows("source")?;
        let window = encoder.metadata("window").and_then(|n| n.parse().ok()).ok_or(Error::Model("window"))?;
        if window == 0 || window + 2 > encoder.config().max_positions {
            return Err(Error::Model("a window that fits its positions"));
        }
        let width = encoder.head("part").map(Dense::rows);
        let hears = ["telling", "hearer"].iter().all(|name| encoder.head(name).is_none_or(|h| Some(h.rows()) == width));
        let leans = hears && encoder.head("act").is_none_or(|head| head.rows() == Leaning::SCORES);
        if !leans || tags != LEVELS * TAGS || !alike || calibration.len() != EVIDENCE + 1 {
            return Err(Error::Model("the shapes of its heads and of confidence.weights"));
        }
        Ok(Model { wordpiece: WordPiece::from_vocab(vocabulary), chains, window, calibration, encoder })
    }

    /// The head that tells acts, where the weights have one.
    pub(super) fn act_head(&self) -> Option<&Dense> {
        self.encoder.head("act")
    }

    /// The heads that tell who is spoken to, where the weights have them: the tags of a token, a cue's vector, a recipient's vector.
    pub(super) fn recipient_heads(&self) -> Option<[&Dense; 3]> {
        let head = |name| self.encoder.head(name);
        Some([head("recipient")?, head("telling")?, head("hearer")?])
    }

    pub(super) fn head(&self, name: &str) -> &Dense {
        self.encoder.head(name).expect("checked when the model was loaded")
    }

    /// Calibrated probability from the evidence (logistic, fitted by `training/calibrate.py`).
    pub(super) fn confidence(&self, evidence: [f32; EVIDENCE]) -> f32 {
        let products = self.calibration[1..].iter().zip(evidence).map(|(weight, x)| weight * x);
        let sum = self.calibration[0] + products.sum::<f32>();
        1.0 / (1.0 + (-sum).exp())
    }
}

impl WordList for Model {
    fn has(&self, word: &str) -> bool {
        self.wordpiece.contains(word)
    }
}

/// What the encoder is told of each token of a text.
pub struct Features {
    pieces: Vec<u32>,
    first: Vec<usize>,
    case: Vec<u8>,
    pub(super) quotes: Vec<QuoteState>,
    starts: Vec<Start>,
    sentence_of: Vec<u32>,
    paragraph_of: Vec<u32>,
    /// The unit of each token, over whose edge no span and no link goes.
    pub(super) unit_of: Vec<u32>,
}

impl Features {
    /// Word pieces and surface features of every token.
    pub fn new(text: &Text, wordpiece: &WordPiece) -> Features {
        let mut pieces = Vec::with_capacity(text.tokens.len() * 5 / 4);
        let mut first = Vec::with_capacity(text.tokens.len() + 1);
        for token in 0..text.tokens.len() {
            first.push(pieces.len());
            wordpiece.pieces(text.word(token), &mut pieces);
        }
        first.push(pieces.len());
        let case = text.tokens.iter().map(|t| t.case(text.text) as u8).collect();
        let starts = text.starts.clone();
        let paragraph_of = starts.iter().scan(0, |paragraph, &start| {
            *paragraph += u32::from(start == Start::Paragraph);
            Some(*paragraph)
        });
        let paragraph_of = paragraph_of.collect();
        Features {
            pieces,
            first,
            case,
            quotes: text.quote_states.clone(),
            starts,
            sentence_of: text.sentence_of.clone(),
            paragraph_of,
            unit_of: text.units_of_tokens(),
        }
    }

    /// How unlikely it is that a span belongs to a cue, by where they stand, as a log-probability. In PolNeAR 99.8% of
    /// sources stand in their cue's sentence; so do 99.5% of unquoted content parts, and 98% of the quoted ones stand in
    /// its paragraph.
    pub(super) fn apart(&self, span: usize, cue: usize, role: Role) -> f32 {
        let same_sentence = self.sentence_of[span] == self.sentence_of[cue];
        let same_paragraph = self.paragraph_of[span] == self.paragraph_of[cue];
        let quoted = self.quotes[span] != QuoteState::Outside;
        match (role, same_sentence, same_paragraph) {
            (_, true, _) => 0.0,
            (Role::Content, false, true) if quoted => 0.0,
            (Role::Content, false, false) if quoted => -3.0,
            (_, false, true) => -5.0,
            (_, false, false) => -9.0,
        }
    }

    pub(super) fn same_sentence(&self, a: usize, b: usize) -> bool {
        self.sentence_of[a] == self.sentence_of[b]
    }

    /// Whether a part of a content is near its cue: in its sentence, or quoted.
    pub(super) fn reaches(&self, part: usize, cue: usize) -> bool {
        self.sentence_of[part] == self.sentence_of[cue] || self.quotes[part] != QuoteState::Outside
    }

    /// Whether a paragraph begins with the token and no quotation goes on from the token before.
    pub(super) fn begins_unquoted(&self, before: usize, token: usize) -> bool {
        let inside = |t: usize| matches!(self.quotes[t], QuoteState::Inside | QuoteState::Open);
        self.starts[token] == Start::Paragraph && !(inside(before) && inside(token))
    }

    fn pieces(&self, token: usize) -> &[u32] {
        &self.pieces[self.first[token]..self.first[token + 1]]
    }
}

/// Token indices, in order, to be read as a text of their own.
pub type Passage = Vec<usize>;

/// One thread's buffers.
pub struct Finder<'m> {
    model: &'m Model,
    worker: Worker<'m>,
    buffers: Buffers,
}

/// A window's tokens and its pieces, with the row of each token's first piece.
pub(super) struct Input {
    pub tokens: Vec<usize>,
    pub pieces: Vec<Piece>,
    pub rows: Vec<usize>,
}

impl<'m> Finder<'m> {
    /// A finder for one thread.
    pub fn new(model: &'m Model) -> Finder<'m> {
        Finder { model, worker: model.encoder.worker(), buffers: Buffers::default() }
    }

    /// The attributions of each passage, outer before inner; passages are read independently of each other. `inside` is
    /// an index into the passage's own list. Beside them, what the words would be as cues.
    pub fn find(&mut self, text: &Text, features: &Features, passages: &[Passage]) -> (Vec<Vec<Found>>, Leanings) {
        let mut inputs = Vec::new();
        let mut owner = Vec::new();
        for (i, passage) in passages.iter().enumerate() {
            for range in windows(text, &features.starts, passage, self.model.window, |t| features.pieces(t).len()) {
                let tokens = &passage[range];
                // Where no word stands nobody says anything.
                if tokens.iter().any(|&t| text.tokens[t].kind == TokenKind::Word) {
                    inputs.push(self.input(features, tokens));
                    owner.push(i);
                }
            }
        }
        let mut found = vec![Vec::new(); passages.len()];
        let mut leanings = Leanings::of_tokens(text.tokens.len());
        let width = self.model.encoder.config().width;
        for (batch, owners) in inputs.chunks(16).zip(owner.chunks(16)) {
            if text.budget.is_spent() {
                break;
            }
            let sequences: Vec<&[Piece]> = batch.iter().map(|i| i.pieces.as_slice()).collect();
            let states = self.worker.encode(&sequences);
            let mut offset = 0;
            for (input, &passage) in batch.iter().zip(owners) {
                let hidden = &states[offset * width..(offset + input.pieces.len()) * width];
                offset += input.pieces.len();
                let before = found[passage].len();
                let window = Window { model: self.model, features, input, hidden };
                window.lean(&mut self.buffers, &mut leanings);
                let new = window.read(&mut self.buffers);
                let placed = |f: Found| Found { inside: f.inside.map(|outer| outer + before), ..f };
                found[passage].extend(new.into_iter().map(placed));
            }
        }
        (found, leanings)
    }

    fn input(&self, features: &Features, tokens: &[usize]) -> Input {
        let wordpiece = &self.model.wordpiece;
        let special = |id| Piece { id, case: 0, quote: 0, start: 0 };
        let mut pieces = vec![special(wordpiece.cls())];
        let mut rows = Vec::with_capacity(tokens.len());
        for &token in tokens {
            rows.push(pieces.len());
            let quote = features.quotes[token] as u8;
            for (k, &id) in features.pieces(token).iter().take(self.model.window).enumerate() {
                let start = if k == 0 { features.starts[token] as u8 } else { 0 };
                pieces.push(Piece { id, case: features.case[token], quote, start });
            }
        }
        pieces.push(special(wordpiece.sep()));
        Input { tokens: tokens.to_vec(), pieces, rows }
    }
}
