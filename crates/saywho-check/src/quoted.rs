//! Quoted passages: where their words stand in the sources, what was changed, and who said them.

use saywho::Span;

use crate::align::{Alignment, Step, Table, Weights};
use crate::change::Changes;
use crate::index::{Index, Window};
use crate::sought::Sought;
use crate::speaker::{Same, Voice};
use crate::words::Word;
use saywho_contract::check::{Change, Kind, Match, Verdict};

/// Longer passages are aligned in pieces of so many words.
const PIECE: usize = 100;
/// Words that may be left out.
const SLACK: usize = 50;
/// Words that may be left out where dots mark it.
const DOTS_SLACK: usize = 200;
/// Passages of so few words are sought as they stand; only those of just as many also where a word of them differs.
const FRAGMENT: usize = 3;
/// Places of a fragment among which those of the right speaker are sought.
const FRAGMENT_PLACES: usize = 1000;
/// What it costs to go on in another place.
const JUMP: f32 = 2.0;
/// The same where dots mark it.
const MARKED_JUMP: f32 = 0.3;
/// More words left out between two of a passage make them words from places apart.
const APART: usize = 40;
/// The same where a sentence ends between them.
const APART_BY_SENTENCE: usize = 12;
/// Each part of a spliced passage has at least so many words.
const PART: usize = 3;
/// Of what a passage says, how much must be in the source.
const FOUND: f32 = 0.5;
/// The same where the right speaker spoke through an interpreter: others render the same words otherwise.
const FOUND_INTERPRETED: f32 = 0.4;
/// How good an alignment must be, of one without a change: words found here and there, with much between, are none.
const FIT: f32 = 0.25;
/// The same of what the right speaker said through an interpreter.
const FIT_INTERPRETED: f32 = -0.1;
/// How much of a fragment must be in the source.
const FOUND_OF_FRAGMENT: f32 = 0.6;
/// How much must be in the source where another speaks.
const FOUND_IN_OTHERS: f32 = 0.7;
/// How much worse words of the right speaker may fit and are still taken.
const RIGHT: f32 = 0.85;
/// Places that are listed.
const PLACES: usize = 20;

/// What came of a passage.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// What was changed.
    pub changes: Vec<Change>,
    /// Where it stands.
    pub matches: Vec<Match>,
    /// How sure that is.
    pub confidence: f32,
    /// Which of the voices it is that the article may credit.
    pub voice: usize,
}

impl Outcome {
    /// Nothing was found.
    pub fn nothing(confidence: f32) -> Outcome {
        Outcome { verdict: Verdict::NotFound, changes: Vec::new(), matches: Vec::new(), confidence, voice: 0 }
    }
}

impl Outcome {
    /// What it says of a report: the words of the source in the tense and person of the article support it, or contradict it where the
    /// article says that they were denied.
    pub fn reported(self, denied: bool) -> Outcome {
        let verdict = if denied { Verdict::Contradicted } else { Verdict::Supported };
        let is_same = self.changes.iter().all(|change| change.kind == Kind::TenseOrPerson);
        match self.verdict {
            Verdict::Exact | Verdict::Altered if is_same => Outcome { verdict, changes: Vec::new(), ..self },
            _ => Outcome::nothing(1.0),
        }
    }
}

/// Seeks quoted passages in the sources.
pub struct Seeker<'s> {
    /// The sources.
    pub index: &'s Index<'s>,
    /// The words.
    pub weights: &'s Weights<'s>,
}

/// A way to find a passage: one alignment, or several one after the other.
#[derive(Debug, Clone)]
struct Solution {
    parts: Vec<Alignment>,
    score: f32,
    same: Same,
}

impl Seeker<'_> {
    /// What came of a passage whose words these are.
    pub fn seek(&self, sought: &Sought, words: &[Word]) -> Outcome {
        if words.len() <= FRAGMENT {
            let found = self.fragment(sought, words);
            if found.verdict != Verdict::NotFound || words.len() < FRAGMENT {
                return found;
            }
        }
        let mut solution = Solution { parts: Vec::new(), score: 0.0, same: Same::Yes };
        let mut places: Vec<Window> = Vec::new();
        let mut from = 0;
        while from < words.len() {
            let to = piece_end(words, from);
            let all = self.solutions(&words[from..to], &sought.voices);
            if from == 0 && to == words.len() {
                places = self.exact_places(&all, words);
            }
            match best(all) {
                Some(best) => {
                    solution.score += best.score;
                    solution.same = worse(solution.same, best.same);
                    solution.parts.extend(best.parts.into_iter().map(|part| moved(part, from)));
                }
                None => solution.parts.push(missing(from..to)),
            }
            from = to;
        }
        self.judge(sought, words, solution, &places)
    }

    fn fragment(&self, sought: &Sought, words: &[Word]) -> Outcome {
        let mut found = self.index.occurrences(words, FRAGMENT_PLACES);
        if found.is_empty() || words.iter().any(|w| w.bracketed) {
            return Outcome::nothing(0.7);
        }
        let of = |window: &Window| self.same(&sought.voices, window);
        found.sort_by_key(|window| match of(window) {
            Same::Yes => 0,
            Same::Perhaps => 1,
            Same::No => 2,
        });
        let same = of(&found[0]);
        found.retain(|window| (of(window) == Same::No) == (same == Same::No));
        let verdict = if same == Same::No { Verdict::Misattributed } else { Verdict::Exact };
        let confidence = 0.5 + 0.1 * words.len() as f32;
        let voice = self.credited(&sought.voices, &found[0]);
        let matches = found.iter().take(PLACES).map(|w| self.place(w)).collect();
        Outcome { verdict, changes: Vec::new(), matches, confidence, voice }
    }

    /// All ways worth a thought to find some words.
    fn solutions(&self, words: &[Word], voices: &[Voice]) -> Vec<Solution> {
        let slack = if words.iter().any(|w| w.behind_dots) { DOTS_SLACK } else { SLACK };
        let mut windows = self.index.candidates(words, 8, slack);
        if words.len() >= 2 * PART {
            let (one, other) = words.split_at(words.len() / 2);
            for half in [one, other] {
                windows.extend(self.index.candidates(half, 4, words.len() + slack / 2));
            }
        }
        // Words that all are common stand nowhere in particular, but the whole may.
        windows.extend(self.index.occurrences(words, PLACES));
        windows.sort_by_key(|w| (w.start, w.end));
        windows.dedup();
        let tables: Vec<Table> = windows.iter().map(|w| Table::new(words, w.clone(), false, self.weights)).collect();
        let singles = tables.iter().map(|table| table.alignment(words.len()));
        let mut solutions: Vec<Solution> = singles
            .map(|alignment| {
                let same = alignment.window().map_or(Same::Perhaps, |window| self.same(voices, &window));
                Solution { score: alignment.score, parts: vec![alignment], same }
            })
            .collect();
        let whole: f32 = words.iter().map(|w| self.weights.worth(w)).sum();
        if solutions.iter().all(|s| s.same == Same::No || s.score < 0.95 * whole) {
            let sames: Vec<Same> = solutions.iter().map(|s| s.same).collect();
            let split = Split { words, windows: &windows, tables: &tables, sames: &sames, weights: self.weights };
            solutions.extend([true, false].into_iter().filter_map(|others| split.best(others)));
        }
        solutions
    }

    /// The places where the words stand letter by letter, in this order of the speakers: the right one, nobody, another.
    fn exact_places(&self, solutions: &[Solution], words: &[Word]) -> Vec<Window> {
        let exact = |s: &&Solution| {
            let same = s.parts.iter().map(|p| p.same(words, &self.index.words).count()).sum::<usize>();
            s.parts.len() == 1 && s.parts[0].steps.len() == words.len() && same == words.len()
        };
        let mut windows: Vec<Window> = solutions.iter().filter(exact).filter_map(|s| s.parts[0].window()).collect();
        windows.sort_by_key(|w| (w.start, w.end));
        windows.dedup();
        windows
    }

    fn judge(&self, sought: &Sought, words: &[Word], solution: Solution, places: &[Window]) -> Outcome {
        let coverage = self.coverage(&solution, words);
        let windows: Vec<Window> = solution.parts.iter().filter_map(Alignment::window).collect();
        let Some(first) = windows.first().cloned() else { return Outcome::nothing(1.0 - coverage) };
        let right_interpreted = solution.same == Same::Yes && self.index.is_interpreted(first.start);
        let (least, fit) = match solution.same {
            _ if words.len() <= FRAGMENT => (FOUND_OF_FRAGMENT, FIT),
            Same::No => (FOUND_IN_OTHERS, FIT),
            _ if right_interpreted => (FOUND_INTERPRETED, FIT_INTERPRETED),
            _ => (FOUND, FIT),
        };
        let whole: f32 = words.iter().map(|w| self.weights.worth(w)).sum();
        if coverage < least || solution.score < fit * whole {
            return Outcome::nothing((1.0 - coverage).clamp(0.05, 0.99));
        }
        let changes = Changes { passage: words, index: self.index, weights: self.weights, reported: sought.reported };
        let mut told: Vec<Change> = solution.parts.iter().flat_map(|part| changes.of(part)).collect();
        let places_apart = self.apart(&solution, words, &mut told);
        let verdict = match (solution.same, places_apart.is_empty(), told.is_empty()) {
            (Same::No, ..) => Verdict::Misattributed,
            (_, false, _) => Verdict::Spliced,
            (_, _, false) => Verdict::Altered,
            _ => Verdict::Exact,
        };
        let matches = if !places_apart.is_empty() {
            places_apart.iter().map(|w| self.place(w)).collect()
        } else {
            self.listed(&windows, places, solution.same, &sought.voices)
        };
        let confidence = match verdict {
            Verdict::Exact => 0.99,
            Verdict::Misattributed => 0.5 + 0.4 * coverage,
            _ => 0.5 + 0.45 * coverage,
        };
        let voice = self.credited(&sought.voices, &first);
        Outcome { verdict, changes: told, matches, confidence, voice }
    }

    /// The places of a passage whose parts follow each other; an exact one may have several.
    fn listed(&self, windows: &[Window], places: &[Window], same: Same, voices: &[Voice]) -> Vec<Match> {
        let mut listed: Vec<Window> = Vec::new();
        for window in windows {
            match listed.last_mut() {
                Some(last) if self.index.is_one_turn(last.start, window.start) && last.end <= window.start => {
                    last.end = window.end;
                }
                _ => listed.push(window.clone()),
            }
        }
        let others = places.iter().filter(|w| (self.same(voices, w) == Same::No) == (same == Same::No));
        let others: Vec<Window> = others.filter(|w| !listed.contains(w)).cloned().collect();
        listed.into_iter().chain(others).take(PLACES).map(|w| self.place(&w)).collect()
    }

    /// The parts of a spliced passage, none where it is not spliced. What dots mark becomes an ellipsis, what is near an omission.
    fn apart(&self, solution: &Solution, words: &[Word], told: &mut Vec<Change>) -> Vec<Window> {
        let mut parts: Vec<Window> = Vec::new();
        let mut spliced = false;
        let mut last_word = 0;
        for part in &solution.parts {
            let Some(window) = part.window() else { continue };
            let first_word = part.same(words, &self.index.words).next().map_or(0, |(a, _)| a);
            if let Some(before) = parts.last().cloned() {
                let forward =
                    before.end <= window.start && self.index.source(before.start) == self.index.source(window.start);
                let near =
                    self.index.is_one_turn(before.start, window.start) && window.start.abs_diff(before.end) <= APART;
                let dots = words.get(last_word + 1..=first_word).is_some_and(|gap| gap.iter().any(|w| w.behind_dots));
                let joined = forward && before.end == window.start;
                if forward && !joined && (dots || near) {
                    let kind = if dots { Kind::Ellipsis } else { Kind::Omission };
                    told.push(self.left_out(kind, words, (last_word, first_word), (before.end, window.start)));
                } else {
                    spliced |= !joined;
                }
            }
            for (piece, after) in self.cut(part, words, window) {
                parts.push(piece);
                spliced |= after;
            }
            last_word = part.same(words, &self.index.words).last().map_or(first_word, |(a, _)| a);
        }
        told.sort_by_key(|c| (c.start, c.end));
        if !spliced {
            return Vec::new();
        }
        // A jump is no omission of all that lies between.
        let gap = |c: &Change| {
            let place = Span::new(c.source_start, c.source_end.max(c.source_start));
            parts.iter().any(|p| {
                let span = self.index.span(p);
                self.index.source(p.start) == c.document && span.start <= place.start && place.end <= span.end
            })
        };
        told.retain(|c| c.kind != Kind::Omission || gap(c));
        parts
    }

    /// Cuts an alignment where it leaves out so much that its words stand apart; each piece with whether that is so behind it.
    fn cut(&self, part: &Alignment, words: &[Word], window: Window) -> Vec<(Window, bool)> {
        let mut pieces = Vec::new();
        let mut start = window.start;
        let is_same = |a: usize, at: usize| words[a].id == self.index.words[at].id;
        let (mut run, mut done) = (Vec::new(), 0);
        let mut left = part.same(words, &self.index.words).count();
        for step in &part.steps {
            match *step {
                Step::Source(at) => run.push(at),
                Step::Article(_) => {}
                Step::Both(a, at) => {
                    if done >= PART && left >= PART && !words[a].behind_dots && self.stand_apart(&run, at) {
                        pieces.push((start..run[0], true));
                        start = at;
                    }
                    done += usize::from(is_same(a, at));
                    left -= usize::from(is_same(a, at));
                    run.clear();
                }
            }
        }
        pieces.push((start..window.end, false));
        pieces
    }

    fn stand_apart(&self, left_out: &[usize], next: usize) -> bool {
        let words = &self.index.words;
        let over = |what: fn(&Word) -> bool| left_out.iter().chain([&next]).any(|&at| what(&words[at]));
        left_out.len() > APART
            || (left_out.len() >= PART && over(|w| w.new_paragraph))
            || (left_out.len() >= APART_BY_SENTENCE && over(|w| w.opens))
    }

    fn left_out(
        &self,
        kind: Kind,
        words: &[Word],
        (last, first): (usize, usize),
        (from, to): (usize, usize),
    ) -> Change {
        let place = self.index.span(&(from..to.max(from + 1)));
        Change {
            kind,
            start: words[last].span.end,
            end: words[first].span.start.max(words[last].span.end),
            document: self.index.source(from),
            source_start: place.start,
            source_end: place.end,
        }
    }

    /// How much of what a passage says is in the source, 0 to 1.
    fn coverage(&self, solution: &Solution, words: &[Word]) -> f32 {
        let whole: f32 = words.iter().map(|w| self.weights.worth(w)).sum();
        let steps = solution.parts.iter().flat_map(|p| &p.steps);
        let found = steps.map(|step| match *step {
            Step::Both(a, s) if words[a].id == self.index.words[s].id => self.weights.worth(&words[a]),
            Step::Both(a, s) if self.weights.are_near(&words[a], &self.index.words[s]) => {
                0.7 * self.weights.worth(&words[a])
            }
            _ => 0.0,
        });
        if whole > 0.0 { found.sum::<f32>() / whole } else { 0.0 }
    }

    /// Whether one of those whom the article may credit says these words.
    pub(crate) fn same(&self, voices: &[Voice], window: &Window) -> Same {
        let Some(source) = self.index.voice(window) else { return Same::Perhaps };
        let sames: Vec<Same> = voices.iter().map(|voice| voice.is(&source)).collect();
        // Who has turns of their own says nothing in those of somebody else.
        let has_turns =
            |voice: &Voice| self.index.in_turns(window.start).iter().any(|other| voice.is(other) == Same::Yes);
        if sames.contains(&Same::Yes) {
            Same::Yes
        } else if sames.is_empty() || (sames.contains(&Same::Perhaps) && !voices.iter().any(has_turns)) {
            Same::Perhaps
        } else {
            Same::No
        }
    }

    /// Which of those whom the article may credit says these words; the first where none does for certain.
    pub(crate) fn credited(&self, voices: &[Voice], window: &Window) -> usize {
        let source = self.index.voice(window);
        source.and_then(|source| voices.iter().position(|v| v.is(&source) == Same::Yes)).unwrap_or(0)
    }

    pub(crate) fn place(&self, window: &Window) -> Match {
        let span = self.index.span(window);
        let speaker = self.index.voice(window).map(|voice| voice.name);
        Match { document: self.index.source(window.start), start: span.start, end: span.end, speaker }
    }
}

/// Splitting a passage between two windows.
struct Split<'a> {
    words: &'a [Word],
    windows: &'a [Window],
    tables: &'a [Table<'a>],
    sames: &'a [Same],
    weights: &'a Weights<'a>,
}

impl Split<'_> {
    /// The best passage of two parts; of the right speaker only, or also of `others`.
    fn best(&self, others: bool) -> Option<Solution> {
        let count = self.words.len();
        let of: Vec<usize> = (0..self.windows.len()).filter(|&w| others || self.sames[w] != Same::No).collect();
        let backward: Vec<(usize, Table)> =
            of.iter().map(|&w| (w, Table::new(self.words, self.windows[w].clone(), true, self.weights))).collect();
        let mut best: Option<(f32, usize, usize, usize)> = None;
        for row in PART..count.saturating_sub(PART) + 1 {
            let whole = |words: &[Word]| words.iter().map(|w| self.weights.worth(w)).sum::<f32>();
            let (front_worth, back_worth) = (whole(&self.words[..row]), whole(&self.words[row..]));
            let jump = if self.words.get(row).is_some_and(|w| w.behind_dots) { MARKED_JUMP } else { JUMP };
            let fronts = of.iter().map(|&w| (self.tables[w].best(row).0, w));
            let Some(front) = fronts.max_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
            let backs = backward.iter().enumerate().filter(|(_, (w, _))| *w != front.1);
            let Some(back) = backs.map(|(i, (_, t))| (t.best(count - row).0, i)).max_by(|a, b| a.0.total_cmp(&b.0))
            else {
                continue;
            };
            let tells = |words: &[Word]| words.iter().any(|w| self.weights.tells(w));
            let sound = front.0 >= 0.6 * front_worth
                && back.0 >= 0.6 * back_worth
                && front_worth >= 1.5
                && back_worth >= 1.5
                && tells(&self.words[..row])
                && tells(&self.words[row..]);
            let score = front.0 + back.0 - jump;
            if sound && best.is_none_or(|b| score > b.0) {
                best = Some((score, row, front.1, back.1));
            }
        }
        let (score, row, front, back) = best?;
        let parts = vec![self.tables[front].alignment(row), backward[back].1.alignment(count - row)];
        let same = worse(self.sames[front], self.sames[backward[back].0]);
        Some(Solution { parts, score, same })
    }
}

/// Where a piece that begins here ends: with a sentence where one ends in its second half.
fn piece_end(words: &[Word], from: usize) -> usize {
    let most = from + PIECE;
    if words.len() <= most + PIECE / 4 {
        return words.len();
    }
    (from + PIECE / 2..=most).rev().find(|&at| words[at].opens).unwrap_or(most)
}

/// The best solution: of the right speaker where it fits nearly as well as any.
fn best(solutions: Vec<Solution>) -> Option<Solution> {
    let top = solutions.iter().map(|s| s.score).fold(f32::MIN, f32::max);
    let rank = |s: &Solution| match s.same {
        Same::Yes => 2,
        Same::Perhaps => 1,
        Same::No => 0,
    };
    let near = |s: &Solution| s.same != Same::No && top > 0.0 && s.score >= RIGHT * top;
    solutions.into_iter().max_by(|a, b| {
        let (x, y) = (near(a), near(b));
        x.cmp(&y).then(a.score.total_cmp(&b.score)).then(rank(a).cmp(&rank(b)))
    })
}

fn worse(a: Same, b: Same) -> Same {
    match (a, b) {
        (Same::No, _) | (_, Same::No) => Same::No,
        (Same::Perhaps, _) | (_, Same::Perhaps) => Same::Perhaps,
        _ => Same::Yes,
    }
}

/// The alignment of a piece that begins at a word of the passage.
fn moved(mut part: Alignment, by: usize) -> Alignment {
    for step in &mut part.steps {
        if let Step::Both(at, _) | Step::Article(at) = step {
            *at += by;
        }
    }
    part
}

/// Words that stand nowhere.
fn missing(words: std::ops::Range<usize>) -> Alignment {
    Alignment { steps: words.map(Step::Article).collect(), score: 0.0 }
}
