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
/// What a name or a number weighs.
const NAME: f32 = 2.0;

/// The sentences of the sources by what they speak of.
pub struct Sentences {
    sentences: Vec<Range<usize>>,
    /// For each stem the sentences that hold it.
    holding: HashMap<String, Vec<u32>>,
}

impl Sentences {
    /// Cuts the sources into sentences.
    pub fn new(index: &Index, vocabulary: &Vocabulary) -> Sentences {
        let stems: Vec<Option<String>> = (0..vocabulary.len() as u32).map(|id| telling(vocabulary.word(id))).collect();
        let mut sentences: Vec<Range<usize>> = Vec::new();
        let mut holding: HashMap<String, Vec<u32>> = HashMap::new();
        for (at, word) in index.words.iter().enumerate() {
            match sentences.last_mut() {
                Some(last) if !word.opens && index.is_one_turn(last.start, at) => last.end = at + 1,
                _ => sentences.push(at..at + 1),
            }
            let number = sentences.len() as u32 - 1;
            if let Some(stem) = &stems[word.id as usize] {
                let list = holding.entry(stem.clone()).or_default();
                if list.last() != Some(&number) {
                    list.push(number);
                }
            }
        }
        Sentences { sentences, holding }
    }
}

/// The stem of a word that tells what a sentence speaks of; none for others.
fn telling(word: &str) -> Option<String> {
    if lexicon::number(word).is_some() {
        return Some(lexicon::number(word).unwrap_or(word).to_owned());
    }
    (!lexicon::is_little(word) && !lexicon::negates(word)).then(|| stem(&word.to_lowercase().replace("'s", "")))
}

/// A word of a report with all that may stand for it.
struct Term {
    at: usize,
    weight: f32,
    /// Stems, each with how near it is.
    stems: Vec<(String, f32)>,
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
        let mut terms: Vec<Term> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let known = self.vocabulary().word(word.id);
            let Some(own) = telling(known).filter(|_| self.vocabulary().number(word).is_none()) else { continue };
            let name = self.vocabulary().is_name(word);
            let weight = if name { NAME } else { idf(known).clamp(1.0, 5.0) };
            let mut stems = vec![(own, 1.0)];
            stems.extend(near(known).iter().map(|(other, nearness)| (stem(other), (nearness + 0.1).min(0.8))));
            let also = sought.aliases.iter().filter(|(span, _)| span.contains(word.span));
            stems.extend(also.flat_map(|(_, name)| name.split(' ')).filter_map(telling).map(|stem| (stem, ALIAS)));
            terms.push(Term { at, weight, stems });
        }
        terms
    }

    /// The sentences that share most, the best first; none in which another has the floor.
    fn evidence(&self, sought: &Sought, terms: &[Term]) -> Vec<Evidence> {
        let mut sums: HashMap<u32, f32> = HashMap::new();
        for term in terms {
            let mut best: HashMap<u32, f32> = HashMap::new();
            for (stem, nearness) in &term.stems {
                let holding = self.sentences.holding.get(stem).map_or(&[][..], Vec::as_slice);
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
        let right = |s: &u32| self.seeker.same(&sought.voices, sentence(*s)) != Same::No;
        let right = found.into_iter().take(8 * LOOKED_AT).filter(|(s, _)| right(s)).take(LOOKED_AT);
        let mut evidence: Vec<Evidence> =
            right.map(|(s, _)| Evidence { sentence: s as usize, score: self.share(s as usize, terms) }).collect();
        evidence.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.sentence.cmp(&b.sentence)));
        evidence
    }

    /// How much of the report stands in a sentence and, counted less, beside it.
    fn share(&self, sentence: usize, terms: &[Term]) -> f32 {
        let own = self.stems(&self.sentences.sentences[sentence]);
        let beside: Vec<Vec<String>> =
            self.beside(sentence).map(|s| self.stems(&self.sentences.sentences[s])).collect();
        let of = |stems: &[String], term: &Term| {
            let near = term.stems.iter().filter(|(stem, _)| stems.contains(stem));
            near.map(|(_, nearness)| *nearness).fold(0.0, f32::max)
        };
        let there = |t: &Term| {
            let next = beside.iter().map(|stems| BESIDE * of(stems, t)).fold(0.0, f32::max);
            of(&own, t).max(next)
        };
        let found: f32 = terms.iter().map(|t| t.weight * there(t)).sum();
        let whole: f32 = terms.iter().map(|t| t.weight).sum();
        if whole > 0.0 { found / whole } else { 0.0 }
    }

    /// The sentences before and behind, in the same turn.
    fn beside(&self, sentence: usize) -> impl Iterator<Item = usize> {
        let all = &self.sentences.sentences;
        let start = all[sentence].start;
        let near = [sentence.checked_sub(1), Some(sentence + 1).filter(|&s| s < all.len())];
        near.into_iter().flatten().filter(move |&s| self.seeker.index.is_one_turn(all[s].start, start))
    }

    fn stems(&self, words: &Range<usize>) -> Vec<String> {
        let words = &self.seeker.index.words[words.clone()];
        words.iter().filter_map(|w| telling(self.vocabulary().word(w.id))).collect()
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
        if polarity || self.modality_differs(words, source, &pairs) {
            return Verdict::Contradicted;
        }
        self.numbers(words, source, evidence.sentence)
    }

    /// Words of the report with those of the source that may stand for them.
    fn pairs(&self, terms: &[Term], source: &[Word]) -> Vec<(usize, usize)> {
        let stems: Vec<Option<String>> = source.iter().map(|w| telling(self.vocabulary().word(w.id))).collect();
        let mut pairs = Vec::new();
        for term in terms {
            let exact = |s: &&Option<String>| s.as_ref().is_some_and(|s| *s == term.stems[0].0);
            let is_there = stems.iter().any(|s| exact(&s));
            for (at, stem) in stems.iter().enumerate() {
                let stands = stem.as_ref().is_some_and(|s| term.stems.iter().any(|(t, _)| t == s));
                if exact(&stem) || (!is_there && stands) {
                    pairs.push((term.at, at));
                }
            }
        }
        pairs
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

    /// A number or a date that the source gives otherwise contradicts; one that it does not give at all is not found.
    fn numbers(&self, words: &[Word], source: &[Word], sentence: usize) -> Verdict {
        let of = |words: &[Word]| -> Vec<String> {
            words.iter().filter_map(|w| self.vocabulary().number(w)).map(str::to_owned).collect()
        };
        let (said, there) = (of(words), of(source));
        let all = &self.sentences.sentences;
        let beside: Vec<String> =
            self.beside(sentence).flat_map(|s| of(&self.seeker.index.words[all[s].clone()])).collect();
        let kind = |n: &str| match n {
            "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" => 2,
            n => u8::from(n.starts_with(|c: char| c.is_alphabetic())),
        };
        let missing: Vec<&String> = said.iter().filter(|n| !there.contains(n) && !beside.contains(n)).collect();
        let rival = |n: &&&String| there.iter().any(|t| kind(t) == kind(n) && !said.contains(t));
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
