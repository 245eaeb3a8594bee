//! From scores to spans: the best tag sequence that is a valid one, and how sure the model is of each edge.
//!
//! A linear-chain CRF (Lafferty et al. 2001) over BIO tags (Ramshaw & Marcus 1995) of the three roles.

/// The parts of an attribution, in the order of the model's tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The words that name the source.
    Source,
    /// The words that signal the act.
    Cue,
    /// What is ascribed.
    Content,
}

/// O, and B and I for each role.
pub const TAGS: usize = 7;

/// Levels of nesting that the model tags at once: the text's own attributions, those within their contents, and those within
/// the contents of these.
pub const LEVELS: usize = 3;

/// A tagged run of tokens, by position in the window.
#[derive(Debug, Clone, PartialEq)]
pub struct TaggedSpan {
    /// Its role.
    pub role: Role,
    /// First token.
    pub start: usize,
    /// Behind the last token.
    pub end: usize,
    /// Probability of its first tag times that of its last, from the chain's marginals.
    pub probability: f32,
}

/// The learned transitions between tags.
#[derive(Debug, Clone)]
pub struct Chain {
    transitions: [[f32; TAGS]; TAGS],
    begin: [f32; TAGS],
}

const NEVER: f32 = -1e9;

impl Chain {
    /// One chain for each level; the levels' scores follow each other.
    pub fn levels(transitions: &[f32], begin: &[f32]) -> Option<[Chain; LEVELS]> {
        let parts = transitions.chunks(TAGS * TAGS).zip(begin.chunks(TAGS));
        let chains: Option<Vec<Chain>> = parts.map(|(transitions, begin)| Chain::new(transitions, begin)).collect();
        chains?.try_into().ok()
    }

    /// From row-major transition scores (from, to) and start scores; forbids an I that does not go on with its own role.
    pub fn new(transitions: &[f32], begin: &[f32]) -> Option<Chain> {
        if transitions.len() != TAGS * TAGS || begin.len() != TAGS {
            return None;
        }
        let mut chain = Chain { transitions: [[0.0; TAGS]; TAGS], begin: [0.0; TAGS] };
        for to in 0..TAGS {
            let inner = to > 0 && to % 2 == 0;
            chain.begin[to] = if inner { NEVER } else { begin[to] };
            for from in 0..TAGS {
                let goes_on = from == to || from + 1 == to;
                chain.transitions[from][to] = if inner && !goes_on { NEVER } else { transitions[from * TAGS + to] };
            }
        }
        Some(chain)
    }

    /// The spans of the best sequence for these scores (`TAGS` a token).
    pub fn spans(&self, scores: &[f32]) -> Vec<TaggedSpan> {
        let tags = self.best(scores);
        let marginals = self.marginals(scores);
        let mut spans: Vec<TaggedSpan> = Vec::new();
        for (i, &tag) in tags.iter().enumerate() {
            if tag == 0 {
                continue;
            }
            let probability = marginals[i][tag];
            match spans.last_mut() {
                Some(last) if tag % 2 == 0 => last.end = i + 1,
                _ => {
                    let role = [Role::Source, Role::Cue, Role::Content][(tag - 1) / 2];
                    spans.push(TaggedSpan { role, start: i, end: i + 1, probability });
                }
            }
        }
        for span in &mut spans {
            if span.end - span.start > 1 {
                span.probability *= marginals[span.end - 1][tags[span.end - 1]];
            }
        }
        spans
    }

    /// The best tag sequence (Viterbi).
    fn best(&self, scores: &[f32]) -> Vec<usize> {
        let mut rows = scores.chunks_exact(TAGS);
        let Some(first) = rows.next() else { return Vec::new() };
        let mut value: [f32; TAGS] = std::array::from_fn(|t| self.begin[t] + first[t]);
        let mut back = Vec::with_capacity(scores.len() / TAGS);
        for row in rows {
            let mut from = [0u8; TAGS];
            let mut next = [f32::NEG_INFINITY; TAGS];
            for (to, score) in row.iter().enumerate() {
                for (before, value) in value.iter().enumerate() {
                    let total = value + self.transitions[before][to] + score;
                    if total > next[to] {
                        (next[to], from[to]) = (total, before as u8);
                    }
                }
            }
            value = next;
            back.push(from);
        }
        let last = (0..TAGS).max_by(|&a, &b| value[a].total_cmp(&value[b])).unwrap_or(0);
        let mut tags = vec![last];
        for from in back.iter().rev() {
            tags.push(from[tags[tags.len() - 1]] as usize);
        }
        tags.reverse();
        tags
    }

    /// For each token the probability of each tag (forward-backward with scaling).
    fn marginals(&self, scores: &[f32]) -> Vec<[f32; TAGS]> {
        let moves: [[f32; TAGS]; TAGS] = self.transitions.map(|row| row.map(f32::exp));
        let emit: Vec<[f32; TAGS]> = scores
            .chunks_exact(TAGS)
            .map(|row| {
                let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                std::array::from_fn(|t| (row[t] - top).exp())
            })
            .collect();
        let mut forward: Vec<[f32; TAGS]> = Vec::with_capacity(emit.len());
        for (i, e) in emit.iter().enumerate() {
            let row = match i.checked_sub(1).map(|before| forward[before]) {
                None => std::array::from_fn(|t| self.begin[t].exp() * e[t]),
                Some(last) => {
                    std::array::from_fn(|to| e[to] * (0..TAGS).map(|from| last[from] * moves[from][to]).sum::<f32>())
                }
            };
            forward.push(normalized(row));
        }
        let mut back = [1.0; TAGS];
        let mut marginals = forward;
        for i in (0..emit.len()).rev() {
            marginals[i] = normalized(std::array::from_fn(|t| marginals[i][t] * back[t]));
            back = normalized(std::array::from_fn(|from| {
                (0..TAGS).map(|to| moves[from][to] * emit[i][to] * back[to]).sum()
            }));
        }
        marginals
    }
}

fn normalized(row: [f32; TAGS]) -> [f32; TAGS] {
    let sum: f32 = row.iter().sum();
    if sum > 0.0 { row.map(|x| x / sum) } else { [1.0 / TAGS as f32; TAGS] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chain() -> Chain {
        Chain::new(&[0.0; TAGS * TAGS], &[0.0; TAGS]).unwrap()
    }

    fn one_hot(tags: &[usize]) -> Vec<f32> {
        tags.iter().flat_map(|&tag| (0..TAGS).map(move |t| if t == tag { 9.0 } else { 0.0 })).collect()
    }

    #[test]
    fn runs_become_spans() {
        let spans = chain().spans(&one_hot(&[1, 2, 3, 5, 6, 0, 5]));
        let found: Vec<_> = spans.iter().map(|s| (s.role, s.start, s.end)).collect();
        assert_eq!(found, [(Role::Source, 0, 2), (Role::Cue, 2, 3), (Role::Content, 3, 5), (Role::Content, 6, 7)]);
        assert!(spans.iter().all(|s| s.probability > 0.9));
    }

    proptest! {
        #[test]
        fn spans_are_in_order_and_apart(scores in prop::collection::vec(-5f32..5.0, 0..40)) {
            let tokens = scores.len() / TAGS;
            let spans = chain().spans(&scores[..tokens * TAGS]);
            let mut end = 0;
            for span in spans {
                prop_assert!(span.start >= end && span.start < span.end && span.end <= tokens);
                prop_assert!((0.0..=1.0).contains(&span.probability));
                end = span.end;
            }
        }

        #[test]
        fn marginals_add_up_to_one(scores in prop::collection::vec(-5f32..5.0, 7..70)) {
            let whole = scores.len() / TAGS * TAGS;
            for row in chain().marginals(&scores[..whole]) {
                prop_assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-3);
            }
        }
    }
}
