//! Reports: whether a source says what an article tells in its own words.
//!
//! The sentences that share most with the report, each word by how telling it is, are its evidence; details (numbers, dates,
//! polarity, modality) decide whether they support or contradict it.

use std::collections::HashMap;
use std::ops::Range;

use saywho_english::terms::{idf, near, stem};

use crate::index::Index;
use crate::lexicon;
use crate::quoted::{Outcome, Seeker};
use crate::sought::Sought;
use crate::speaker::Same;
use crate::words::{Vocabulary, Word};
use saywho_contract::check::{Match, Verdict};

/// How much of a report its evidence must share.
const SHARED: f32 = 0.5;
/// The same of evidence that contradicts.
const SHARED_TO_CONTRADICT: f32 = 0.6;
/// What a word that stands only beside the sentence counts.
const BESIDE: f32 = 0.6;
/// Evidence that is nearly as good as the best.
const AS_GOOD: f32 = 0.9;
/// What another name of the same counts.
const ALIAS: f32 = 0.9;
/// Sentences that are looked at.
const LOOKED_AT: usize = 12;
/// Words behind a negation that it may negate.
const SCOPE: usize = 12;
/// Stems in more sentences than this find none.
const COMMON: usize = 2000;
/// What a word of the evidence costs that the report does not tell.
const ASIDE: f32 = 0.4;
/// A word of a source that is so near to one of a report stands for it, though the table tells it of the other only.
const CLEARLY: f32 = 0.5;
/// What the rarest words weigh.
const RAREST: f32 = 6.0;
/// How much evidence counts of somebody who may be another.
const PERHAPS: f32 = 0.7;
/// Bytes of a hyphen, in any of its glyphs.
const HYPHEN: usize = 3;
/// What a name or a number weighs.
const NAME: f32 = 2.0;

/// The sentences of the sources by what they speak of.
pub struct Sentences {
    sentences: Vec<Range<usize>>,
    /// The stems of the sources, by number.
    stems: HashMap<String, u32>,
    /// For each word of the sources its stem; none where it tells nothing.
    of_word: Vec<Option<u32>>,
    /// For each stem the sentences that hold it.
    holding: Vec<Vec<u32>>,
    /// For each stem those of the sources whose words are near in meaning to one of it, with how near.
    near: HashMap<String, Vec<(u32, f32)>>,
}

impl Sentences {
    /// Cuts the sources into sentences.
    pub fn new(index: &Index, vocabulary: &Vocabulary) -> Sentences {
        let mut stems: HashMap<String, u32> = HashMap::new();
        let mut near_to: HashMap<String, Vec<(u32, f32)>> = HashMap::new();
        let mut of_word = Vec::with_capacity(vocabulary.len());
        for word in vocabulary.words() {
            let next = stems.len() as u32;
            let number = telling(word).map(|stem| *stems.entry(stem).or_insert(next));
            of_word.push(number);
            let clear = near(word).iter().filter(|(_, nearness)| *nearness >= CLEARLY);
            for (other, nearness) in clear.filter(|_| number.is_some()) {
                near_to.entry(root(other)).or_default().extend(number.map(|number| (number, likeness(*nearness))));
            }
        }
        let mut sentences: Vec<Range<usize>> = Vec::new();
        let mut holding: Vec<Vec<u32>> = vec![Vec::new(); stems.len()];
        for (at, word) in index.words.iter().enumerate() {
            match sentences.last_mut() {
                Some(last) if !word.opens && index.is_one_turn(last.start, at) => last.end = at + 1,
                _ => sentences.push(at..at + 1),
            }
            let number = sentences.len() as u32 - 1;
            if let Some(stem) = of_word[word.id as usize] {
                let list = &mut holding[stem as usize];
                if list.last() != Some(&number) {
                    list.push(number);
                }
            }
        }
        Sentences { sentences, stems, of_word, holding, near: near_to }
    }

    /// The stem of a word of the sources.
    fn stem(&self, word: &Word) -> Option<u32> {
        self.of_word[word.id as usize]
    }
}

/// The stem of a word that tells what a sentence speaks of; none for others.
fn telling(word: &str) -> Option<String> {
    match lexicon::number(word) {
        Some(value) => Some(value.to_owned()),
        None => (!lexicon::is_little(word) && !lexicon::negates(word)).then(|| root(word)),
    }
}

/// What all forms of a word have in common: "write" of "wrote", "sanction" of "sanctioned".
fn root(word: &str) -> String {
    let plain = word.to_lowercase().replace("'s", "");
    lexicon::irregular(&plain).map_or_else(|| stem(&plain), stem)
}

/// How much a word counts that is so near to the one sought.
fn likeness(nearness: f32) -> f32 {
    (nearness + 0.1).min(0.8)
}

/// A word of a report with all that may stand for it.
struct Term {
    at: usize,
    weight: f32,
    /// The stem of its own, where the sources have it.
    own: Option<u32>,
    /// Stems of the sources that may stand for it, its own too, each with how near it is.
    stems: Vec<(u32, f32)>,
    /// Whether it is a number: one that the evidence has speaks for it, one that it lacks is left to the details.
    is_number: bool,
}

/// A sentence that may be evidence.
struct Evidence {
    sentence: usize,
    score: f32,
}

/// Seeks reports in the sources.
pub struct Reports<'s> {
    /// The sentences.
    pub sentences: &'s Sentences,
    /// Words and places.
    pub seeker: &'s Seeker<'s>,
}

impl Reports<'_> {
    fn vocabulary(&self) -> &Vocabulary {
        self.seeker.weights.vocabulary
    }

    /// What came of a report whose words these are.
    pub fn seek(&self, sought: &Sought, words: &[Word]) -> Outcome {
        let terms = self.terms(sought, words);
        let evidence = self.evidence(sought, &terms);
        let Some(best) = evidence.first().map(|e| e.score) else { return Outcome::nothing(0.8) };
        if best < SHARED {
            return Outcome::nothing((1.0 - best).clamp(0.05, 0.95));
        }
        let good = evidence.iter().filter(|e| e.score >= AS_GOOD * best);
        let told: Vec<(Verdict, &Evidence)> = good.map(|e| (self.detail(sought, words, &terms, e), e)).collect();
        // Who contradicts must speak of the same.
        let is_sure = |verdict, e: &Evidence| verdict != Verdict::Contradicted || e.score >= SHARED_TO_CONTRADICT;
        let of = |verdict| told.iter().find(|(told, e)| *told == verdict && is_sure(verdict, e));
        let found = of(Verdict::Supported).or_else(|| of(Verdict::Contradicted));
        let Some((verdict, evidence)) = found else { return Outcome::nothing(0.5) };
        let window = &self.tight(evidence.sentence, &terms, words.len());
        let matches: Vec<Match> = vec![self.seeker.place(window)];
        let confidence = (0.4 + 0.5 * evidence.score).min(0.95);
        let voice = self.seeker.credited(&sought.voices, window);
        Outcome { verdict: *verdict, changes: Vec::new(), matches, confidence, voice }
    }

    fn terms(&self, sought: &Sought, words: &[Word]) -> Vec<Term> {
        let known = |stem: String| self.sentences.stems.get(&stem).copied();
        let mut terms: Vec<Term> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let spelled = self.vocabulary().word(word.id);
            let Some(stem) = telling(spelled) else { continue };
            if let Some(value) = self.vocabulary().number(word) {
                let own = known(value.to_owned());
                terms.push(Term {
                    at,
                    weight: NAME,
                    own,
                    stems: own.map(|own| (own, 1.0)).into_iter().collect(),
                    is_number: true,
                });
                continue;
            }
            // A report begins within a sentence.
            let is_name = self.vocabulary().is_name(word) || (at == 0 && word.capital);
            let weight = if is_name { NAME } else { idf(spelled).clamp(1.0, RAREST) };
            let own = known(stem.clone());
            let mut stems: Vec<(u32, f32)> = own.map(|own| (own, 1.0)).into_iter().collect();
            stems.extend(
                near(spelled).iter().filter_map(|(other, nearness)| Some((known(root(other))?, likeness(*nearness)))),
            );
            stems.extend(self.sentences.near.get(&stem).into_iter().flatten());
            let also = sought.aliases.iter().filter(|(span, _)| span.contains(word.span));
            let also = also.flat_map(|(_, name)| name.split(' ')).filter_map(telling).filter_map(known);
            stems.extend(also.map(|stem| (stem, ALIAS)));
            terms.push(Term { at, weight, own, stems, is_number: false });
        }
        terms
    }

    /// The sentences that share most, the best first; none in which another has the floor.
    fn evidence(&self, sought: &Sought, terms: &[Term]) -> Vec<Evidence> {
        let mut sums: HashMap<u32, f32> = HashMap::new();
        for term in terms {
            let mut best: HashMap<u32, f32> = HashMap::new();
            for (stem, nearness) in &term.stems {
                let holding = &self.sentences.holding[*stem as usize];
                for &sentence in holding.iter().filter(|_| holding.len() <= COMMON) {
                    let cell = best.entry(sentence).or_insert(0.0);
                    *cell = cell.max(*nearness);
                }
            }
            for (sentence, nearness) in best {
                *sums.entry(sentence).or_insert(0.0) += term.weight * nearness;
            }
        }
        let mut found: Vec<(u32, f32)> = sums.into_iter().collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let sentence = |s: u32| &self.sentences.sentences[s as usize];
        let sure = |s: u32| match self.seeker.same(&sought.voices, sentence(s)) {
            Same::Yes => Some(1.0),
            Same::Perhaps if self.seeker.index.voice(sentence(s)).is_none() => Some(1.0),
            Same::Perhaps => Some(PERHAPS),
            Same::No => None,
        };
        let looked_at = found.into_iter().take(8 * LOOKED_AT).filter_map(|(s, _)| Some((s as usize, sure(s)?)));
        let mut evidence: Vec<Evidence> = looked_at
            .take(LOOKED_AT)
            .map(|(sentence, sure)| Evidence { sentence, score: sure * self.share(sentence, terms) })
            .collect();
        evidence.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.sentence.cmp(&b.sentence)));
        evidence
    }

    /// How much of the report stands in a sentence and, counted less, beside it; nothing where they share one word only.
    fn share(&self, sentence: usize, terms: &[Term]) -> f32 {
        let own = self.stems(&self.sentences.sentences[sentence]);
        let beside: Vec<Vec<u32>> = self.beside(sentence).map(|s| self.stems(&self.sentences.sentences[s])).collect();
        let of = |stems: &[u32], term: &Term| {
            let near = term.stems.iter().filter(|(stem, _)| stems.contains(stem));
            near.map(|(_, nearness)| *nearness).fold(0.0, f32::max)
        };
        let shared = terms.iter().filter(|term| of(&own, term) > 0.0).count();
        if shared < 2 && terms.len() > 2 {
            return 0.0;
        }
        let (mut found, mut whole) = (0.0, 0.0);
        for term in terms {
            let next = beside.iter().map(|stems| BESIDE * of(stems, term)).fold(0.0, f32::max);
            let there = if term.is_number { of(&own, term) } else { of(&own, term).max(next) };
            found += term.weight * there;
            whole += if term.is_number { term.weight * there } else { term.weight };
        }
        if whole > 0.0 { found / whole } else { 0.0 }
    }

    /// The sentences before and behind, in the same turn.
    fn beside(&self, sentence: usize) -> impl Iterator<Item = usize> {
        let all = &self.sentences.sentences;
        let start = all[sentence].start;
        let near = [sentence.checked_sub(1), Some(sentence + 1).filter(|&s| s < all.len())];
        near.into_iter().flatten().filter(move |&s| self.seeker.index.is_one_turn(all[s].start, start))
    }

    fn stems(&self, words: &Range<usize>) -> Vec<u32> {
        self.seeker.index.words[words.clone()].iter().filter_map(|w| self.sentences.stem(w)).collect()
    }

    /// The stretch of a sentence that holds what the report tells, about as long as the report: words that it does not tell count
    /// against it.
    fn tight(&self, sentence: usize, terms: &[Term], length: usize) -> Range<usize> {
        let whole = self.sentences.sentences[sentence].clone();
        let pairs = self.pairs(terms, &self.seeker.index.words[whole.clone()]);
        let worth = |at: usize| {
            let of = pairs.iter().filter(|p| p.1 == at).filter_map(|p| terms.iter().find(|t| t.at == p.0));
            of.map(|t| t.weight).fold(-ASIDE, f32::max)
        };
        let (mut best, mut sum, mut start) = ((0.0, whole.clone()), 0.0, 0);
        for at in 0..whole.len() {
            if sum <= 0.0 {
                (sum, start) = (0.0, at);
            }
            sum += worth(at);
            if sum > best.0 {
                best = (sum, whole.start + start..whole.start + at + 1);
            }
        }
        let mut window = best.1;
        while window.len() < length && window.len() < whole.len() {
            window.start = window.start.saturating_sub(1).max(whole.start);
            window.end = if window.len() < length { (window.end + 1).min(whole.end) } else { window.end };
        }
        window
    }

    /// Whether the details of the evidence support a report or contradict it; not found where they are silent.
    fn detail(&self, sought: &Sought, words: &[Word], terms: &[Term], evidence: &Evidence) -> Verdict {
        let range = self.sentences.sentences[evidence.sentence].clone();
        let source = &self.seeker.index.words[range];
        let pairs = self.pairs(terms, source);
        // Of what is negated the evidence must speak, or negate something as well.
        let (_, direct) = self.negated(words);
        let (source_scope, _) = self.negated(source);
        let is_negative = pairs.iter().any(|p| source_scope[p.1]);
        if !is_negative && direct.iter().any(|d| pairs.iter().all(|p| p.0 != *d)) {
            return Verdict::NotFound;
        }
        let polarity = self.polarity_differs(sought.negated, words, source, &pairs);
        let beside = self.denied_beside(words, terms, &pairs, evidence.sentence, sought.negated);
        if polarity
            || beside
            || self.modality_differs(words, source, &pairs)
            || self.names_differ(words, source, &pairs)
        {
            return Verdict::Contradicted;
        }
        self.numbers(words, source, evidence.sentence)
    }

    /// Words of the report with those of the source that may stand for them; numbers are compared by themselves.
    fn pairs(&self, terms: &[Term], source: &[Word]) -> Vec<(usize, usize)> {
        let stems: Vec<Option<u32>> = source.iter().map(|w| self.sentences.stem(w)).collect();
        let mut pairs = Vec::new();
        for term in terms.iter().filter(|t| !t.is_number) {
            let exact = |s: &Option<u32>| s.is_some() && *s == term.own;
            let is_there = stems.iter().any(exact);
            for (at, stem) in stems.iter().enumerate() {
                let stands = stem.is_some_and(|s| term.stems.iter().any(|(t, _)| *t == s));
                if exact(stem) || (!is_there && stands) {
                    pairs.push((term.at, at));
                }
            }
        }
        pairs
    }

    /// Whether the sentence beside negates a word of what the report affirms that stands only there: "We have not decided."
    fn denied_beside(
        &self,
        words: &[Word],
        terms: &[Term],
        pairs: &[(usize, usize)],
        sentence: usize,
        denied: bool,
    ) -> bool {
        let (scope, _) = self.negated(words);
        let is_open = |at: usize| pairs.iter().all(|p| p.0 != at);
        self.beside(sentence).any(|beside| {
            let source = &self.seeker.index.words[self.sentences.sentences[beside].clone()];
            let is_negated = |at: usize| at > 0 && lexicon::negates(self.vocabulary().word(source[at - 1].id));
            let there = self.pairs(terms, source).into_iter().filter(|p| is_open(p.0) && is_negated(p.1));
            let mut there = there.peekable();
            there.peek().is_some() && there.all(|p| scope[p.0] == denied)
        })
    }

    /// Whether another name stands in the source where the report has one: behind the same words.
    fn names_differ(&self, words: &[Word], source: &[Word], pairs: &[(usize, usize)]) -> bool {
        let is_name = |w: &Word| self.vocabulary().is_name(w);
        let is_open = |words: &[Word], at: usize, paired: bool| {
            at >= 2 && is_name(&words[at]) && !is_name(&words[at - 1]) && !paired
        };
        (0..words.len()).filter(|&a| is_open(words, a, pairs.iter().any(|p| p.0 == a))).any(|a| {
            (0..source.len()).filter(|&s| is_open(source, s, pairs.iter().any(|p| p.1 == s))).any(|s| {
                words[a - 1].id == source[s - 1].id
                    && (words[a - 2].id == source[s - 2].id || pairs.contains(&(a - 2, s - 2)))
            })
        })
    }

    /// For each word whether a negation before it may negate it, and those that one negates directly.
    fn negated(&self, words: &[Word]) -> (Vec<bool>, Vec<usize>) {
        let known = |w: &Word| self.vocabulary().word(w.id);
        let (mut scope, mut direct) = (vec![false; words.len()], Vec::new());
        for (at, _) in words.iter().enumerate().filter(|(_, w)| lexicon::negates(known(w))) {
            let next_clause = |i: &usize| words[*i].behind_comma && lexicon::joins(known(&words[*i]));
            let most = (at + 1 + SCOPE).min(words.len());
            let to = (at + 1..most).find(next_clause).unwrap_or(most);
            scope[at + 1..to].fill(true);
            let content = |i: &usize| {
                let word = known(&words[*i]);
                let aside = lexicon::qualifies(word) || lexicon::believes(word) || lexicon::number(word).is_some();
                telling(word).is_some() && !aside
            };
            direct.extend((at + 1..to.min(at + 7)).find(content));
        }
        (scope, direct)
    }

    fn polarity_differs(&self, denied: bool, words: &[Word], source: &[Word], pairs: &[(usize, usize)]) -> bool {
        let (scope, direct) = self.negated(words);
        let (source_scope, source_direct) = self.negated(source);
        if denied && direct.is_empty() && !pairs.iter().any(|p| source_scope[p.1]) {
            return true;
        }
        let lacks = |of: &[usize], is_own: fn(&(usize, usize)) -> usize, in_scope: &dyn Fn(&(usize, usize)) -> bool| {
            of.iter().any(|d| {
                let mut theirs = pairs.iter().filter(|p| is_own(p) == *d).peekable();
                theirs.peek().is_some() && !theirs.any(in_scope)
            })
        };
        lacks(&direct, |p| p.0, &|p| source_scope[p.1] != denied)
            || lacks(&source_direct, |p| p.1, &|p| scope[p.0] != denied)
    }

    /// Whether one says that it may be, and the other that it will or must.
    fn modality_differs(&self, words: &[Word], source: &[Word], pairs: &[(usize, usize)]) -> bool {
        let before = |words: &[Word], at: usize| {
            (at.saturating_sub(3)..at).rev().find_map(|i| {
                let next = words.get(i + 1).map(|w| self.vocabulary().word(w.id));
                let is_date = self.vocabulary().number(&words[i]).is_some();
                lexicon::modality(self.vocabulary().word(words[i].id), next).filter(|_| !is_date)
            })
        };
        let part =
            |a: Option<&str>, b: Option<&str>| a == Some("possibility") && matches!(b, Some("necessity" | "future"));
        pairs.iter().any(|&(a, s)| {
            let (said, meant) = (before(words, a), before(source, s));
            part(said, meant) || (said == Some("necessity") && meant == Some("possibility"))
        })
    }

    /// The values of the numbers and dates among some words; "forty-three" is one.
    fn values(&self, words: &[Word]) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        let mut tens: Option<(u32, usize)> = None;
        for word in words {
            let Some(value) = self.vocabulary().number(word) else { continue };
            let number = value.parse::<u32>().ok();
            match (tens, number) {
                (Some((tens, end)), Some(ones)) if (1..10).contains(&ones) && word.span.start <= end + HYPHEN => {
                    values.pop();
                    values.push((tens + ones).to_string());
                }
                _ => values.push(value.to_owned()),
            }
            tens = number.filter(|n| (20..100).contains(n) && n % 10 == 0).map(|n| (n, word.span.end));
        }
        values
    }

    /// A number or a date that the source gives otherwise contradicts; one that it does not give at all is not found.
    fn numbers(&self, words: &[Word], source: &[Word], sentence: usize) -> Verdict {
        let of = |words: &[Word]| self.values(words);
        let (said, there) = (of(words), of(source));
        let all = &self.sentences.sentences;
        let beside: Vec<String> =
            self.beside(sentence).flat_map(|s| of(&self.seeker.index.words[all[s].clone()])).collect();
        let kind = |n: &str| match n {
            "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" => 2,
            n => u8::from(n.starts_with(|c: char| c.is_alphabetic())),
        };
        let rival = |n: &&&String| there.iter().any(|t| kind(t) == kind(n) && !said.contains(t));
        // A date beside is that of something else where the sentence has its own.
        let is_beside = |n: &&String| beside.contains(n) && !(kind(n) > 0 && rival(&n));
        let missing: Vec<&String> = said.iter().filter(|n| !there.contains(n) && !is_beside(n)).collect();
        // The day of the week may be that of the report.
        if missing.iter().all(|n| kind(n) == 2 && !rival(&n)) {
            Verdict::Supported
        } else if missing.iter().any(|n| rival(&n)) {
            Verdict::Contradicted
        } else {
            Verdict::NotFound
        }
    }
}
