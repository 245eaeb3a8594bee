//! An index over the words of the sources: where a passage may stand.

use std::collections::HashMap;
use std::ops::Range;

use saywho::{Reading, Span};

use crate::lexicon;
use crate::speaker::{Same, Voice, has_persons, quoted_there, turns};
use crate::words::{Vocabulary, Word, words};

/// Pairs of words that stand in more places than this are no help in finding one.
const COMMON_PAIR: usize = 400;

/// The same for single words.
const COMMON_WORD: usize = 60;

/// A stretch of a source over which no passage goes: a turn, or a text without turns.
struct Segment {
    /// Its words, among those of all sources.
    words: Range<usize>,
    /// Index of the source.
    source: usize,
    /// Who has the floor, in a turn.
    voice: Option<Voice>,
    /// Whether it is a turn.
    is_turn: bool,
    /// Whether an interpreter spoke.
    interpreted: bool,
    /// Whether the turn is an interpreter's own.
    interprets: bool,
}

/// The words of all sources, and where each and each pair of them stands.
pub struct Index<'r> {
    sources: &'r [Reading],
    /// The words of all sources, one after the other.
    pub words: Vec<Word>,
    segments: Vec<Segment>,
    /// For each source who has turns in it.
    voices: Vec<Vec<Voice>>,
    /// For each source its words, and whether persons say something in it.
    told: Vec<(Range<usize>, bool)>,
    /// For each word of the vocabulary where its places begin in `places`.
    starts: Vec<u32>,
    places: Vec<u32>,
    /// Pairs of words, in order, each with its place.
    pairs: Vec<(u64, u32)>,
}

/// A window of the sources in which a passage may stand.
pub type Window = Range<usize>;

impl<'r> Index<'r> {
    /// Makes the index.
    pub fn new(sources: &'r [Reading], vocabulary: &mut Vocabulary) -> Index<'r> {
        let (mut all, mut segments, mut voices, mut told) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (source, reading) in sources.iter().enumerate() {
            let text = &reading.document.text;
            let floors = turns(reading);
            let mut speakers: Vec<Voice> = Vec::new();
            for voice in floors.iter().filter_map(|floor| floor.voice.as_ref()) {
                if !speakers.contains(voice) {
                    speakers.push(voice.clone());
                }
            }
            voices.push(speakers);
            let (first, mut at) = (all.len(), 0);
            let mut add = |span: Span, voice: Option<Voice>, is_turn: bool, interpreted: bool| {
                let start = all.len();
                all.extend(words(text, span, vocabulary));
                if all.len() > start {
                    let interprets = voice.as_ref().is_some_and(|v| v.name.split(' ').any(is_interpreter));
                    segments.push(Segment { words: start..all.len(), source, voice, is_turn, interpreted, interprets });
                }
            };
            for floor in floors {
                let before = Span::new(at, floor.span.start);
                let label = before.of(text).rsplit('\n').next().unwrap_or_default();
                let interpreted = says_interpreter(label);
                // Between turns stand labels and directions, which nobody says.
                if at == 0 {
                    add(before, None, false, false);
                }
                at = floor.span.end;
                add(floor.span, floor.voice, true, interpreted);
            }
            add(Span::new(at, text.len()), None, false, false);
            told.push((first..all.len(), has_persons(reading)));
        }
        let (starts, places) = places(&all, vocabulary.len());
        let mut pairs: Vec<(u64, u32)> = Vec::with_capacity(all.len());
        for segment in &segments {
            pairs.extend(segment.words.clone().skip(1).map(|at| (pair(all[at - 1].id, all[at].id), at as u32 - 1)));
        }
        pairs.sort_unstable();
        Index { sources, words: all, segments, voices, told, starts, places, pairs }
    }

    /// Where a word stands.
    pub fn places(&self, id: u32) -> &[u32] {
        let bounds = (self.starts.get(id as usize), self.starts.get(id as usize + 1));
        let (Some(&from), Some(&to)) = bounds else { return &[] };
        &self.places[from as usize..to as usize]
    }

    /// How telling a word is among the sources.
    pub fn rarity(&self, id: u32) -> f32 {
        ((self.words.len() as f32 + 1.0) / (self.places(id).len() as f32 + 0.5)).ln().max(0.1)
    }

    fn pair_places(&self, pair: u64) -> &[(u64, u32)] {
        let from = self.pairs.partition_point(|(p, _)| *p < pair);
        let to = from + self.pairs[from..].partition_point(|(p, _)| *p == pair);
        &self.pairs[from..to]
    }

    /// The first places where the words stand one after the other, so many at most.
    pub fn occurrences(&self, passage: &[Word], most: usize) -> Vec<Window> {
        let Some((rarest, word)) = passage.iter().enumerate().min_by_key(|(_, w)| self.places(w.id).len()) else {
            return Vec::new();
        };
        let starts = self.places(word.id).iter().filter_map(|&at| (at as usize).checked_sub(rarest));
        let windows = starts.map(|start| start..start + passage.len());
        let same = |window: &Window| {
            let here = self.words.get(window.clone());
            here.is_some_and(|here| here.iter().zip(passage).all(|(a, b)| a.id == b.id))
                && self.segment(window.start).words.end >= window.end
        };
        windows.filter(same).take(most).collect()
    }

    /// The windows that share most with a passage, the best first, none over the edge of a turn. `slack` is how many words may be
    /// left out.
    pub fn candidates(&self, passage: &[Word], most: usize, slack: usize) -> Vec<Window> {
        let mut votes: HashMap<u32, (f32, usize)> = HashMap::new();
        let mut vote = |at: u32, weight: f32, from: usize| {
            let cell = votes.entry(at).or_insert((0.0, from));
            if weight > cell.0 {
                *cell = (weight, from);
            }
        };
        let weigh = |word: &Word| {
            let known = self.rarity(word.id);
            if word.bracketed { 0.0 } else { known }
        };
        for (i, two) in passage.windows(2).enumerate() {
            let found = self.pair_places(pair(two[0].id, two[1].id));
            if found.len() <= COMMON_PAIR {
                found.iter().for_each(|&(_, at)| vote(at, weigh(&two[0]) + weigh(&two[1]), i));
            }
        }
        for (i, word) in passage.iter().enumerate() {
            let found = self.places(word.id);
            if found.len() <= COMMON_WORD {
                found.iter().for_each(|&at| vote(at, weigh(word), i));
            }
        }
        let mut votes: Vec<(u32, f32, usize)> = votes.into_iter().map(|(at, (w, from))| (at, w, from)).collect();
        votes.sort_unstable_by_key(|v| v.0);
        self.best_windows(&votes, passage.len(), most, slack)
    }

    fn best_windows(&self, votes: &[(u32, f32, usize)], length: usize, most: usize, slack: usize) -> Vec<Window> {
        let reach = length + slack / 2;
        let segment_of: Vec<usize> = votes.iter().map(|v| self.segment_at(v.0 as usize)).collect();
        // What the votes from each one on, as far as a window reaches, weigh together.
        let mut sums = vec![0.0; votes.len()];
        let (mut to, mut sum) = (0, 0.0);
        for from in 0..votes.len() {
            if to < from {
                (to, sum) = (from, 0.0);
            }
            while to < votes.len()
                && segment_of[to] == segment_of[from]
                && (votes[to].0 - votes[from].0) as usize <= reach
            {
                sum += votes[to].1;
                to += 1;
            }
            sums[from] = sum;
            sum -= votes[from].1;
        }
        let mut order: Vec<usize> = (0..votes.len()).collect();
        order.sort_by(|&a, &b| sums[b].total_cmp(&sums[a]).then(a.cmp(&b)));
        let mut windows: Vec<Window> = Vec::new();
        for at in order {
            if windows.len() == most {
                break;
            }
            let (place, _, from) = votes[at];
            let segment = &self.segments[segment_of[at]].words;
            let start = (place as usize).saturating_sub(from + slack / 2).max(segment.start);
            let window = start..(place as usize + length + slack).min(segment.end);
            if windows.iter().all(|w| !w.contains(&(place as usize))) {
                windows.push(window);
            }
        }
        windows
    }

    fn segment_at(&self, word: usize) -> usize {
        self.segments.partition_point(|s| s.words.end <= word)
    }

    fn segment(&self, word: usize) -> &Segment {
        &self.segments[self.segment_at(word)]
    }

    /// Whether two words stand in one turn, or in one text without turns.
    pub fn is_one_turn(&self, a: usize, b: usize) -> bool {
        self.segment_at(a) == self.segment_at(b)
    }

    /// The index of the source in which a word stands.
    pub fn source(&self, word: usize) -> usize {
        self.segment(word).source
    }

    /// Whether an interpreter speaks at a word.
    pub fn is_interpreted(&self, word: usize) -> bool {
        self.segment(word).interpreted
    }

    /// The bytes from the first to the last of some words.
    pub fn span(&self, words: &Range<usize>) -> Span {
        let last = words.end.max(words.start + 1) - 1;
        Span::new(self.words[words.start].span.start, self.words[last].span.end)
    }

    /// The text from the first to the last of some words.
    pub fn text(&self, words: &Range<usize>) -> &'r str {
        self.span(words).of(&self.sources[self.source(words.start)].document.text)
    }

    /// Those who have turns in the source in which a word stands, once each; none where it stands in no turn, or an interpreter
    /// has the floor, who may speak for any of them.
    pub fn in_turns(&self, word: usize) -> &[Voice] {
        let segment = self.segment(word);
        if segment.is_turn && !segment.interprets { &self.voices[segment.source] } else { &[] }
    }

    /// Whether the source in which a word stands may tell what somebody says: it names the person, or no other person speaks there.
    /// `surname` is the number of the name's last word, where a source has it.
    pub fn may_tell_of(&self, voice: &Voice, surname: Option<u32>, word: usize) -> bool {
        let source = self.source(word);
        let (words, has_persons) = &self.told[source];
        let places = surname.map_or(&[][..], |id| self.places(id));
        let next = places.get(places.partition_point(|&place| (place as usize) < words.start));
        !has_persons
            || next.is_some_and(|&place| (place as usize) < words.end)
            || self.voices[source].iter().any(|turn| voice.is(turn) == Same::Yes)
    }

    /// Who says some words; none where nobody but the text does.
    pub fn voice(&self, words: &Range<usize>) -> Option<Voice> {
        let segment = self.segment(words.start);
        if segment.is_turn {
            return segment.voice.clone();
        }
        quoted_there(&self.sources[segment.source], self.span(words))
    }
}

/// Whether a direction before the words of a turn says that an interpreter speaks: "(Via interpreter)".
fn says_interpreter(label: &str) -> bool {
    let Some((_, direction)) = label.split_once(['(', '[']) else { return false };
    direction.split(|c: char| !c.is_alphabetic()).any(is_interpreter)
}

fn is_interpreter(word: &str) -> bool {
    lexicon::interprets(&word.to_lowercase())
}

fn pair(a: u32, b: u32) -> u64 {
    (u64::from(a) << 32) | u64::from(b)
}

/// For each word where its places begin, and all places in that order.
fn places(words: &[Word], known: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; known + 1];
    words.iter().for_each(|w| starts[w.id as usize + 1] += 1);
    for id in 0..known {
        starts[id + 1] += starts[id];
    }
    let mut next = starts.clone();
    let mut places = vec![0; words.len()];
    for (at, word) in words.iter().enumerate() {
        places[next[word.id as usize] as usize] = at as u32;
        next[word.id as usize] += 1;
    }
    (starts, places)
}
