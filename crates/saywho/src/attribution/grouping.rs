//! Makes attributions of what the encoder says of one window: tags it level by level, and groups each level's spans around
//! their cues.

use std::ops::Range;

use super::act::Leanings;
use super::decode::{LEVELS, Role, TAGS, TaggedSpan};
use super::features::{Features, Input};
use super::graph::{AttributionId, Attributions, Found};
use super::model::Model;
use crate::text::{QuoteState, TokenId};

/// The tag of a token that goes on with a recipient; 1 begins one, 0 is in none.
const GOES_ON: usize = 2;

/// The score of a tag that cannot stand.
const NEVER: f32 = -1e4;

/// What one thread keeps from window to window.
#[derive(Default)]
pub(super) struct Buffers {
    /// States of the pieces that a head is applied to, one after the other.
    gathered: Vec<f32>,
    /// Tag scores of each token: all levels, each with all tags.
    scores: Vec<f32>,
    /// Tag scores of one level where a content stands.
    level: Vec<f32>,
}

/// One window and what the encoder made of it.
pub(super) struct Window<'w> {
    pub model: &'w Model,
    pub features: &'w Features,
    pub input: &'w Input,
    /// States of the window's pieces.
    pub hidden: &'w [f32],
}

impl Window<'_> {
    /// All attributions of the window, outer before inner. Notes beside what each of its tokens would be as a cue.
    pub fn read(&self, buffers: &mut Buffers, leanings: &mut Leanings) -> Attributions {
        let mut scores = std::mem::take(&mut buffers.scores);
        self.apply("tags", self.input.rows.iter().copied(), &mut buffers.gathered, &mut scores);
        let tokens = self.input.rows.len();
        // The states of all tokens are gathered now, for the heads that look at each of them.
        self.lean(buffers, leanings);
        let recipients = self.recipients(buffers);
        let mut found = Attributions::default();
        let mut outer = Vec::new();
        for level in 0..LEVELS {
            let mut spans = Vec::new();
            if level == 0 {
                spans.extend(self.spans(0, 0..tokens, |_| true, &scores, buffers).map(|span| (None, span)));
            }
            for i in std::mem::take(&mut outer) {
                let content = self.places(&found, i);
                let (Some(&first), Some(&last)) = (content.first(), content.last()) else { continue };
                // A token more on both sides: the chain has learned that a content's neighbours are outside.
                let range = first.saturating_sub(1)..(last + 2).min(tokens);
                let within = |place: usize| content.binary_search(&place).is_ok();
                spans.extend(self.spans(level, range, within, &scores, buffers).map(|span| (Some(i), span)));
            }
            let inner = self.group(&spans, &recipients, buffers);
            for (around, attribution) in inner {
                match around.map(|i| &found[i]) {
                    None => outer.push(found.push(attribution)),
                    // What only repeats the outer one is dropped.
                    Some(holder) if attribution.content.len() + attribution.cue.len() > holder.content.len() => {}
                    Some(holder) => {
                        let confidence = attribution.confidence * holder.confidence;
                        outer.push(found.push(Found { inside: around, confidence, ..attribution }));
                    }
                }
            }
        }
        buffers.scores = scores;
        found
    }

    /// Notes what each of the window's tokens would be as a cue, from their gathered states.
    fn lean(&self, buffers: &mut Buffers, leanings: &mut Leanings) {
        let Some(head) = self.model.act_head() else { return };
        head.apply(&buffers.gathered, &mut buffers.level);
        for (&token, scores) in self.input.tokens.iter().zip(buffers.level.chunks_exact(head.rows())) {
            leanings.note(token, scores);
        }
    }

    /// Where the tokens of a content stand in the window.
    fn places(&self, found: &Attributions, i: AttributionId) -> Vec<usize> {
        found[i].content.iter().filter_map(|token| self.input.tokens.binary_search(token).ok()).collect()
    }

    /// Whether a span must end before a token: at the edge of a unit, and where a paragraph begins outside a quotation that
    /// goes on.
    fn is_edge(&self, place: usize) -> bool {
        let Some(before) = place.checked_sub(1).map(|before| self.input.tokens[before]) else { return false };
        let token = self.input.tokens[place];
        self.features.unit_of[before] != self.features.unit_of[token] || self.features.begins_unquoted(before, token)
    }

    /// The spans of one level among the tokens of a range that lie within what is to be read; none where there is no cue.
    fn spans(
        &self,
        level: usize,
        range: Range<usize>,
        within: impl Fn(usize) -> bool,
        scores: &[f32],
        buffers: &mut Buffers,
    ) -> impl Iterator<Item = TaggedSpan> {
        buffers.level.clear();
        for place in range.clone() {
            let all = &scores[(place * LEVELS + level) * TAGS..][..TAGS];
            if !within(place) {
                buffers.level.push(all[0]);
                buffers.level.extend([NEVER; TAGS - 1]);
            } else if self.is_edge(place) {
                // O and each B: no span goes on over the edge of a unit.
                buffers.level.extend(all.iter().enumerate().map(|(tag, &score)| {
                    let goes_on = tag > 0 && tag % 2 == 0;
                    if goes_on { NEVER } else { score }
                }));
            } else {
                buffers.level.extend_from_slice(all);
            }
        }
        let mut spans = self.model.chains[level].spans(&buffers.level);
        if !spans.iter().any(|s| s.role == Role::Cue) {
            spans.clear();
        }
        spans.into_iter().map(move |s| TaggedSpan { start: s.start + range.start, end: s.end + range.start, ..s })
    }

    /// Groups the spans of one level: every content part points at a cue, every cue at a source or at none. Spans go
    /// together only within the same outer attribution; a cue without content is dropped.
    fn group(
        &self,
        spans: &[(Option<AttributionId>, TaggedSpan)],
        recipients: &[Range<usize>],
        buffers: &mut Buffers,
    ) -> Vec<(Option<AttributionId>, Found)> {
        if spans.is_empty() {
            return Vec::new();
        }
        let links = self.links(spans, recipients, buffers);
        let mut found = Vec::new();
        let mut first = 0;
        for own in spans.chunk_by(|a, b| a.0 == b.0) {
            let range = first..first + own.len();
            first = range.end;
            found.extend(self.group_within(spans, recipients, range, &links).into_iter().map(|f| (own[0].0, f)));
        }
        found
    }

    fn group_within(
        &self,
        all: &[(Option<AttributionId>, TaggedSpan)],
        recipients: &[Range<usize>],
        range: Range<usize>,
        links: &Links,
    ) -> Vec<Found> {
        let span = |i: usize| &all[i].1;
        let tokens = |i: usize| self.input.tokens[span(i).start..span(i).end].to_vec();
        let first = |i: usize| self.input.tokens[span(i).start];
        // No link goes over the edge of a unit.
        let together = |a: usize, b: usize| self.features.unit_of[first(a)] == self.features.unit_of[first(b)];
        let of_role = |role: Role| range.clone().filter(|&i| span(i).role == role).collect::<Vec<usize>>();
        let (cues, sources) = (of_role(Role::Cue), of_role(Role::Source));
        let mut parts: Vec<(usize, usize, f32)> = Vec::new();
        for part in of_role(Role::Content) {
            let near: Vec<usize> = cues.iter().copied().filter(|&cue| together(part, cue)).collect();
            let scores = near
                .iter()
                .map(|&cue| links.to_cue(part, cue) + self.features.apart(first(part), first(cue), Role::Content));
            if let Some((best, log)) = most_likely(scores) {
                parts.push((near[best], part, log));
            }
        }
        let mut found = Vec::new();
        for &cue in &cues {
            let mut own: Vec<_> = parts.iter().filter(|(c, ..)| *c == cue).collect();
            // Where it has words in reach, those out of reach are the text's own.
            let reached = |part: usize| self.features.reaches(first(part), first(cue));
            if own.iter().any(|(_, part, _)| reached(*part)) {
                own.retain(|(_, part, _)| reached(*part));
            }
            if own.is_empty() {
                continue;
            }
            let none = links.to_source(cue, None);
            let near: Vec<usize> = sources.iter().copied().filter(|&source| together(source, cue)).collect();
            let scores = near.iter().map(|&source| {
                links.to_source(cue, Some(source)) + self.features.apart(first(source), first(cue), Role::Source)
            });
            let Some((best, source_link)) = most_likely(std::iter::once(none).chain(scores)) else { continue };
            let source = best.checked_sub(1).map(|i| near[i]);
            let content = own.iter().map(|(_, part, _)| span(*part).probability).sum::<f32>() / own.len() as f32;
            let linked = (source_link + own.iter().map(|(.., log)| log).sum::<f32>()).exp();
            let quoted = self.features.quotes[first(own[0].1)] != QuoteState::Outside;
            let evidence = [
                log_odds(span(cue).probability),
                log_odds(content),
                source.map_or(0.0, |i| log_odds(span(i).probability)),
                log_odds(linked),
                f32::from(u8::from(quoted)),
            ];
            let parts: Vec<Vec<TokenId>> = own.iter().map(|(_, part, _)| tokens(*part)).collect();
            let mut recipient = self.recipient_of(cue, first(cue), recipients, links);
            // Whoever is named within what is said is no recipient of it; at its head he is: "told Vasca | that ...".
            if parts.iter().any(|part| !part.starts_with(&recipient) && part.iter().any(|t| recipient.contains(t))) {
                recipient.clear();
            }
            let content: Vec<TokenId> = parts.into_iter().flatten().filter(|t| !recipient.contains(t)).collect();
            if content.is_empty() {
                continue;
            }
            found.push(Found {
                source: source.map(tokens).unwrap_or_default(),
                cue: tokens(cue),
                content,
                recipient,
                confidence: self.model.confidence(evidence),
                evidence,
                ..Found::default()
            });
        }
        found
    }

    /// Where somebody is spoken to, by place in the window, from the gathered states of its tokens; nowhere where the weights do
    /// not tell.
    fn recipients(&self, buffers: &mut Buffers) -> Vec<Range<usize>> {
        let mut spans: Vec<Range<usize>> = Vec::new();
        let Some([head, ..]) = self.model.recipient_heads() else { return spans };
        head.apply(&buffers.gathered, &mut buffers.level);
        let mut open = false;
        for (place, scores) in buffers.level.chunks_exact(head.rows()).enumerate() {
            let best = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0);
            match spans.last_mut() {
                Some(last) if best == GOES_ON && open && !self.is_edge(place) => last.end = place + 1,
                _ if best > 0 => spans.push(place..place + 1),
                _ => {}
            }
            open = best > 0;
        }
        spans
    }

    /// The tokens of whom the words of a cue went to; none where nobody is named.
    fn recipient_of(&self, cue: usize, first: TokenId, recipients: &[Range<usize>], links: &Links) -> Vec<TokenId> {
        let tokens = |i: usize| &self.input.tokens[recipients[i].clone()];
        let near = |&i: &usize| self.features.same_sentence(tokens(i)[0], first);
        let near: Vec<usize> = (0..recipients.len()).filter(near).collect();
        let scores = near.iter().map(|&i| links.to_recipient(cue, Some(i)));
        let none = links.to_recipient(cue, None);
        let best = most_likely(std::iter::once(none).chain(scores)).and_then(|(best, _)| best.checked_sub(1));
        best.map_or_else(Vec::new, |k| tokens(near[k]).to_vec())
    }

    /// The link vectors that the spans need: two of a cue, one of a part, one of a source and of "no source".
    fn links(
        &self,
        spans: &[(Option<AttributionId>, TaggedSpan)],
        recipients: &[Range<usize>],
        buffers: &mut Buffers,
    ) -> Links {
        let of_role = |role: Role| -> Vec<usize> { (0..spans.len()).filter(|&i| spans[i].1.role == role).collect() };
        let (cues, contents, sources) = (of_role(Role::Cue), of_role(Role::Content), of_role(Role::Source));
        let mut row = vec![0; spans.len()];
        for (role, first) in [(&cues, 0), (&contents, 0), (&sources, 1)] {
            for (k, &i) in role.iter().enumerate() {
                row[i] = k + first;
            }
        }
        let piece = |i: &usize| self.input.rows[spans[*i].1.start];
        let [mut part, mut cue, mut asking, mut source] = [const { Vec::new() }; 4];
        self.apply("part", contents.iter().map(piece), &mut buffers.gathered, &mut part);
        self.apply("cue", cues.iter().map(piece), &mut buffers.gathered, &mut cue);
        self.apply("asking", cues.iter().map(piece), &mut buffers.gathered, &mut asking);
        // [CLS] stands for "no source".
        self.apply("source", std::iter::once(0).chain(sources.iter().map(piece)), &mut buffers.gathered, &mut source);
        let [mut telling, mut hearer] = [const { Vec::new() }; 2];
        if let Some([_, tell, hear]) = self.model.recipient_heads().filter(|_| !recipients.is_empty()) {
            self.gather(cues.iter().map(piece), &mut buffers.gathered);
            tell.apply(&buffers.gathered, &mut telling);
            let rows = recipients.iter().map(|of| self.input.rows[of.start]);
            self.gather(std::iter::once(0).chain(rows), &mut buffers.gathered);
            hear.apply(&buffers.gathered, &mut hearer);
        }
        Links { row, part, cue, asking, source, telling, hearer, width: self.model.head("part").rows() }
    }

    /// Applies a head to the states of these pieces.
    fn apply(&self, head: &str, pieces: impl Iterator<Item = usize>, gathered: &mut Vec<f32>, out: &mut Vec<f32>) {
        self.gather(pieces, gathered);
        self.model.head(head).apply(gathered, out);
    }

    /// Puts the states of these pieces one after the other.
    fn gather(&self, pieces: impl Iterator<Item = usize>, gathered: &mut Vec<f32>) {
        let width = self.hidden.len() / self.input.pieces.len();
        gathered.clear();
        for piece in pieces {
            gathered.extend_from_slice(&self.hidden[piece * width..][..width]);
        }
    }
}

/// Link vectors of the spans of one level, `width` numbers each.
struct Links {
    /// For each span its row among those of its role.
    row: Vec<usize>,
    part: Vec<f32>,
    cue: Vec<f32>,
    asking: Vec<f32>,
    /// Row 0 is "no source".
    source: Vec<f32>,
    /// Nothing where nobody in the window is spoken to.
    telling: Vec<f32>,
    /// Row 0 is "to nobody named".
    hearer: Vec<f32>,
    width: usize,
}

impl Links {
    fn to_cue(&self, part: usize, cue: usize) -> f32 {
        self.product((&self.part, self.row[part]), (&self.cue, self.row[cue]))
    }

    fn to_source(&self, cue: usize, source: Option<usize>) -> f32 {
        self.product((&self.asking, self.row[cue]), (&self.source, source.map_or(0, |i| self.row[i])))
    }

    fn to_recipient(&self, cue: usize, recipient: Option<usize>) -> f32 {
        if self.hearer.is_empty() {
            return 0.0;
        }
        self.product((&self.telling, self.row[cue]), (&self.hearer, recipient.map_or(0, |i| i + 1)))
    }

    fn product(&self, (a, i): (&[f32], usize), (b, j): (&[f32], usize)) -> f32 {
        let (a, b) = (&a[i * self.width..][..self.width], &b[j * self.width..][..self.width]);
        let sum: f32 = a.iter().zip(b).map(|(x, y)| x * y).sum();
        sum / (self.width as f32).sqrt()
    }
}

/// The greatest of some scores and the logarithm of its probability among them.
fn most_likely(scores: impl Iterator<Item = f32>) -> Option<(usize, f32)> {
    let scores: Vec<f32> = scores.collect();
    let best = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]))?;
    let total: f32 = scores.iter().map(|s| (s - scores[best]).exp()).sum();
    Some((best, -total.ln()))
}

/// Bounded, so that a probability that rounds to one does not outweigh all else.
fn log_odds(probability: f32) -> f32 {
    let p = probability.clamp(0.0025, 0.9975);
    (p / (1.0 - p)).ln()
}
