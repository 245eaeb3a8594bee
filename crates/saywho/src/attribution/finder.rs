//! Runs the model over windows of tokens and groups what it tags around the cues.

use saywho_encoder::wordpiece::WordPiece;
use saywho_encoder::{Dense, Encoder, Piece, Worker};

use super::decode::{Chain, Role, TAGS, TaggedSpan};
use super::window::windows;
use crate::Error;
use crate::text::{QuoteState, Start, Text};

/// An attribution by token indices of its text, before anything is known of who and what.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Tokens of the source; empty where there is none.
    pub source: Vec<usize>,
    /// Tokens of the cue.
    pub cue: Vec<usize>,
    /// Tokens of the content, in order.
    pub content: Vec<usize>,
    /// Tokens of the one spoken to, where they stood at the head of the content.
    pub recipient: Vec<usize>,
    /// Index of the attribution whose content holds this one.
    pub inside: Option<usize>,
    /// Probability that this is an attribution with these parts.
    pub confidence: f32,
    /// What the confidence rests on: log-odds of cue, content, source and links, and 1 for a quoted content.
    pub evidence: [f32; EVIDENCE],
}

/// How many figures a confidence rests on.
pub const EVIDENCE: usize = 5;

/// The trained model: encoder, vocabulary, heads.
pub struct Model {
    encoder: Encoder,
    /// The vocabulary of word pieces.
    pub wordpiece: WordPiece,
    chain: Chain,
    link_width: usize,
    /// Weights of the logistic calibration of confidence, see [`Model::confidence`].
    calibration: Vec<f32>,
}

impl Model {
    /// From the bytes of a weights file and its vocabulary (one piece a line).
    pub fn from_bytes(weights: &[u8], vocabulary: &str) -> Result<Model, Error> {
        let encoder = Encoder::from_bytes(weights)?;
        let values = |name: &'static str| Ok::<_, Error>(encoder.tensor(name).ok_or(Error::Model(name))?.1);
        let chain =
            Chain::new(values("tags.transitions")?, values("tags.begin")?).ok_or(Error::Model("tags.transitions"))?;
        let calibration = values("confidence.weights")?.to_vec();
        let tags = encoder.head("tags").ok_or(Error::Model("heads.tags"))?.rows();
        let links = encoder.head("links").ok_or(Error::Model("heads.links"))?.rows();
        if tags != TAGS || links % 4 != 0 || calibration.len() != EVIDENCE + 1 {
            return Err(Error::Model("the shapes of heads.tags, heads.links and confidence.weights"));
        }
        Ok(Model { wordpiece: WordPiece::from_vocab(vocabulary), chain, link_width: links / 4, calibration, encoder })
    }

    fn head(&self, name: &str) -> &Dense {
        self.encoder.head(name).expect("checked when the model was loaded")
    }

    /// Calibrated probability from the evidence (logistic, fitted by `training/calibrate.py`).
    fn confidence(&self, evidence: [f32; EVIDENCE]) -> f32 {
        let products = self.calibration[1..].iter().zip(evidence).map(|(weight, x)| weight * x);
        let sum = self.calibration[0] + products.sum::<f32>();
        1.0 / (1.0 + (-sum).exp())
    }
}

/// What the encoder is told of each token of a text.
pub struct Features {
    pieces: Vec<u32>,
    first: Vec<usize>,
    case: Vec<u8>,
    quotes: Vec<QuoteState>,
    starts: Vec<Start>,
    sentence_of: Vec<u32>,
    paragraph_of: Vec<u32>,
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
        let starts = text.starts();
        let paragraph_of = starts.iter().scan(0, |paragraph, &start| {
            *paragraph += u32::from(start == Start::Paragraph);
            Some(*paragraph)
        });
        let paragraph_of = paragraph_of.collect();
        Features {
            pieces,
            first,
            case,
            quotes: text.quote_states(),
            starts,
            sentence_of: text.sentence_of.clone(),
            paragraph_of,
        }
    }

    /// How unlikely it is that a span belongs to a cue, by where they stand, as a log-probability. In PolNeAR 99.8% of
    /// sources stand in their cue's sentence; so do 99.5% of unquoted content parts, and 98% of the quoted ones stand in
    /// its paragraph.
    fn apart(&self, span: usize, cue: usize, role: Role) -> f32 {
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

    fn pieces(&self, token: usize) -> &[u32] {
        &self.pieces[self.first[token]..self.first[token + 1]]
    }
}

/// Tokens to be read as a text of their own, and whether they stand within a quotation as a whole.
pub struct Passage {
    /// Token indices in order.
    pub tokens: Vec<usize>,
    /// If so, the quotation's own marks mean nothing inside it.
    pub quoted: bool,
}

/// One thread's buffers.
pub struct Finder<'m> {
    model: &'m Model,
    worker: Worker<'m>,
    scores: Vec<f32>,
    links: Vec<f32>,
}

/// A window's tokens and its pieces, with the row of each token's first piece.
struct Input {
    tokens: Vec<usize>,
    pieces: Vec<Piece>,
    rows: Vec<usize>,
}

impl<'m> Finder<'m> {
    /// A finder for one thread.
    pub fn new(model: &'m Model) -> Finder<'m> {
        Finder { model, worker: model.encoder.worker(), scores: Vec::new(), links: Vec::new() }
    }

    /// The outermost attributions of each passage; passages are read independently of each other.
    pub fn find(&mut self, text: &Text, features: &Features, passages: &[Passage]) -> Vec<Vec<Found>> {
        let mut inputs = Vec::new();
        let mut owner = Vec::new();
        for (i, passage) in passages.iter().enumerate() {
            for range in windows(text, &features.starts, &passage.tokens, |t| features.pieces(t).len()) {
                inputs.push(self.input(features, &passage.tokens[range], passage.quoted));
                owner.push(i);
            }
        }
        let mut found = vec![Vec::new(); passages.len()];
        let width = self.model.encoder.config().width;
        for (batch, owners) in inputs.chunks(16).zip(owner.chunks(16)) {
            let sequences: Vec<&[Piece]> = batch.iter().map(|i| i.pieces.as_slice()).collect();
            let states = self.worker.encode(&sequences);
            let mut offset = 0;
            for (input, &passage) in batch.iter().zip(owners) {
                let hidden = &states[offset * width..(offset + input.pieces.len()) * width];
                offset += input.pieces.len();
                found[passage].extend(read_window(
                    self.model,
                    features,
                    input,
                    hidden,
                    &mut self.scores,
                    &mut self.links,
                ));
            }
        }
        found
    }

    fn input(&self, features: &Features, tokens: &[usize], quoted: bool) -> Input {
        let wordpiece = &self.model.wordpiece;
        let special = |id| Piece { id, case: 0, quote: 0, start: 0 };
        let mut pieces = vec![special(wordpiece.cls())];
        let mut rows = Vec::with_capacity(tokens.len());
        for &token in tokens {
            rows.push(pieces.len());
            let quote = if quoted { QuoteState::Outside } else { features.quotes[token] } as u8;
            for (k, &id) in features.pieces(token).iter().take(super::window::WINDOW).enumerate() {
                let start = if k == 0 { features.starts[token] as u8 } else { 0 };
                pieces.push(Piece { id, case: features.case[token], quote, start });
            }
        }
        pieces.push(special(wordpiece.sep()));
        Input { tokens: tokens.to_vec(), pieces, rows }
    }
}

/// Tags one window and groups its spans around their cues.
fn read_window(
    model: &Model,
    features: &Features,
    input: &Input,
    hidden: &[f32],
    scores: &mut Vec<f32>,
    links: &mut Vec<f32>,
) -> Vec<Found> {
    let width = hidden.len() / input.pieces.len();
    let row = |piece: usize| &hidden[piece * width..(piece + 1) * width];
    let firsts: Vec<f32> = input.rows.iter().flat_map(|&r| row(r)).copied().collect();
    model.head("tags").apply(&firsts, scores);
    let spans = model.chain.spans(scores);
    if !spans.iter().any(|s| s.role == Role::Cue) {
        return Vec::new();
    }
    // Row 0 is [CLS], which stands for "no source"; then one row a span.
    let starts: Vec<f32> =
        std::iter::once(0).chain(spans.iter().map(|s| input.rows[s.start])).flat_map(row).copied().collect();
    model.head("links").apply(&starts, links);
    group(model, features, input, &spans, &Links { values: links, width: model.link_width })
}

/// Link vectors of [CLS] and of each span: four to a row.
struct Links<'a> {
    values: &'a [f32],
    width: usize,
}

impl Links<'_> {
    fn part(&self, row: usize, part: usize) -> &[f32] {
        let start = (row * 4 + part) * self.width;
        &self.values[start..start + self.width]
    }

    /// The row that `from` is linked to most likely and the log-probability, by the vectors of two parts and a prior.
    fn choose(
        &self,
        from: usize,
        (ask, answer): (usize, usize),
        rows: &[usize],
        prior: impl Fn(usize) -> f32,
    ) -> Option<(usize, f32)> {
        let scale = (self.width as f32).sqrt();
        let product =
            |row: usize| self.part(from, ask).iter().zip(self.part(row, answer)).map(|(a, b)| a * b).sum::<f32>();
        let score = |row: usize| product(row) / scale + prior(row);
        let scores: Vec<f32> = rows.iter().map(|&r| score(r)).collect();
        let best = (0..rows.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]))?;
        let total: f32 = scores.iter().map(|s| (s - scores[best]).exp()).sum();
        Some((rows[best], -total.ln()))
    }
}

/// Every content part points at a cue, every cue at a source or at none; a cue without content is dropped.
fn group(model: &Model, features: &Features, input: &Input, spans: &[TaggedSpan], links: &Links) -> Vec<Found> {
    let rows_of =
        |role: Role| -> Vec<usize> { (0..spans.len()).filter(|&i| spans[i].role == role).map(|i| i + 1).collect() };
    let cues = rows_of(Role::Cue);
    let sources: Vec<usize> = std::iter::once(0).chain(rows_of(Role::Source)).collect();
    let tokens = |span: &TaggedSpan| input.tokens[span.start..span.end].to_vec();
    let token = |row: usize| input.tokens[spans[row - 1].start];
    let mut parts: Vec<(usize, usize, f32)> = Vec::new();
    for part in rows_of(Role::Content) {
        let apart = |cue: usize| features.apart(token(part), token(cue), Role::Content);
        if let Some((cue, log)) = links.choose(part, (0, 1), &cues, apart) {
            parts.push((cue, part, log));
        }
    }
    let mut found = Vec::new();
    for &cue in &cues {
        let own: Vec<_> = parts.iter().filter(|(c, ..)| *c == cue).collect();
        let apart =
            |source: usize| if source == 0 { 0.0 } else { features.apart(token(source), token(cue), Role::Source) };
        let Some((source, source_link)) = links.choose(cue, (2, 3), &sources, apart) else { continue };
        if own.is_empty() {
            continue;
        }
        let probability = |row: usize| spans[row - 1].probability;
        let content = own.iter().map(|(_, part, _)| probability(*part)).sum::<f32>() / own.len() as f32;
        let links = (source_link + own.iter().map(|(.., log)| log).sum::<f32>()).exp();
        let source_odds = if source == 0 { 0.0 } else { log_odds(probability(source)) };
        let quoted = features.quotes[token(own[0].1)] != QuoteState::Outside;
        let quoted = f32::from(u8::from(quoted));
        let evidence = [log_odds(probability(cue)), log_odds(content), source_odds, log_odds(links), quoted];
        found.push(Found {
            source: if source == 0 { Vec::new() } else { tokens(&spans[source - 1]) },
            cue: tokens(&spans[cue - 1]),
            content: own.iter().flat_map(|(_, part, _)| tokens(&spans[part - 1])).collect(),
            recipient: Vec::new(),
            inside: None,
            confidence: model.confidence(evidence),
            evidence,
        });
    }
    found
}

/// Bounded, so that a probability that rounds to one does not outweigh all else.
fn log_odds(probability: f32) -> f32 {
    let p = probability.clamp(0.0025, 0.9975);
    (p / (1.0 - p)).ln()
}
