//! Reports: whether a source says what an article tells in its own words, or quotes in a translation of its own.
//!
//! What may be evidence is sought by the words that a report shares with a sentence and the one before it, each by how telling it is.
//! Of the best the meaning is compared, and of the best of these it is asked whether the report follows. What speaks for and against
//! each is weighed by [`crate::evidence`].

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use saywho::{Budget, Inference, OutOfTime, Reader};
use saywho_english::terms::{idf, near};

use crate::detail::{Details, Term, pairs_of};
use crate::evidence::{Evidence, Figures};
use crate::quoted::{Outcome, Seeker};
use crate::sentences::{Sentences, likeness, root, telling};
use crate::sought::Sought;
use crate::speaker::{Same, Voice};
use crate::words::{Vocabulary, Word};
use crate::{Asked, in_time};
use saywho_contract::check::{Change, Kind, Verdict};

/// What a word that stands only beside the sentence counts.
const BESIDE: f32 = 0.6;
/// What another name of the same counts.
const ALIAS: f32 = 0.9;
/// Sentences whose meaning is compared, of those that share words.
const COMPARED: usize = 12;
/// Of so many sentences the meaning of all is compared.
const ALL: usize = 400;
/// Sentences of which it is asked whether the report follows.
const ASKED: usize = 4;
/// Reports whose meaning is compared at once.
const TOGETHER: usize = 64;
/// Stems in more sentences than this find none.
const COMMON: usize = 2000;
/// What a word of the evidence costs that the report does not tell.
const ASIDE: f32 = 0.4;
/// A sentence that shares less is evidence as a whole.
const TIGHT: f32 = 0.4;
/// What the rarest words weigh.
const RAREST: f32 = 6.0;
/// How much evidence counts of somebody who may be another.
const PERHAPS: f32 = 0.7;
/// What is likelier is told.
const LIKELY: f32 = 0.5;
/// How sure it must be that what is quoted is said in other words.
const TRANSLATED: f32 = 0.6;
/// What a name or a number weighs.
const NAME: f32 = 2.0;

/// Seeks reports in the sources.
pub struct Reports<'s> {
    /// The sentences.
    pub sentences: &'s Sentences,
    /// Words and places.
    pub seeker: &'s Seeker<'s>,
    /// Who tells what passages mean.
    pub reader: &'s Reader,
}

/// A sentence that may be evidence of a report.
struct Candidate {
    sentence: usize,
    /// What the report shares with it, less where another may have said it.
    share: f32,
    /// How near it is in meaning.
    cosine: f32,
}

impl Reports<'_> {
    fn vocabulary(&self) -> &Vocabulary {
        self.seeker.weights.vocabulary
    }

    /// What came of some reports, in their order.
    ///
    /// # Errors
    /// When the budget is spent before all were sought.
    pub fn seek(&self, reports: &[&Asked], budget: &Budget) -> Result<Vec<Outcome>, OutOfTime> {
        let mut outcomes = Vec::with_capacity(reports.len());
        for part in reports.chunks(TOGETHER) {
            in_time(budget)?;
            let evidence = self.evidence(part);
            outcomes.extend(part.iter().zip(evidence).map(|(asked, evidence)| self.outcome(asked, &evidence)));
        }
        Ok(outcomes)
    }

    /// What the best evidence says.
    fn outcome(&self, asked: &Asked, evidence: &[Evidence]) -> Outcome {
        let told: Vec<((f32, f32), &Evidence)> = evidence.iter().map(|e| (e.figures.probabilities(), e)).collect();
        let best = |sure: fn((f32, f32)) -> f32| {
            let all = told.iter().map(|(both, e)| (sure(*both), *e));
            all.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.sentence.cmp(&a.1.sentence)))
        };
        let (Some(supported), Some(contradicted)) = (best(|(supported, _)| supported), best(|(_, contrary)| contrary))
        else {
            return Outcome::nothing(0.9);
        };
        let (verdict, (sure, found)) = match () {
            () if asked.sought.quoted && supported.0 >= TRANSLATED => (Verdict::Altered, supported),
            () if asked.sought.quoted => return Outcome::nothing(1.0 - supported.0),
            () if supported.0.max(contradicted.0) < LIKELY => {
                return Outcome::nothing(1.0 - supported.0.max(contradicted.0));
            }
            () if supported.0 >= contradicted.0 => (Verdict::Supported, supported),
            () => (Verdict::Contradicted, contradicted),
        };
        let terms = self.terms(&asked.sought, &asked.words);
        let window = match found.figures.share() >= TIGHT {
            true => self.tight(found.sentence, &terms, asked.words.len()),
            false => self.sentences.all[found.sentence].clone(),
        };
        let place = self.seeker.place(&window);
        let translation = asked.sought.quoted.then_some(Change {
            kind: Kind::Translation,
            start: asked.sought.span.start,
            end: asked.sought.span.end,
            document: place.document,
            source_start: place.start,
            source_end: place.end,
        });
        let voice = self.seeker.credited(&asked.sought.voices, &window);
        Outcome { verdict, changes: translation.into_iter().collect(), matches: vec![place], confidence: sure, voice }
    }

    /// What may be evidence of some reports, for each of them, with what speaks for and against it.
    pub fn evidence(&self, reports: &[&Asked]) -> Vec<Vec<Evidence>> {
        let terms: Vec<Vec<Term>> = reports.iter().map(|asked| self.terms(&asked.sought, &asked.words)).collect();
        let candidates = self.candidates(reports, &terms);
        let mut pairs: Vec<(String, &str)> = Vec::new();
        for (asked, found) in reports.iter().zip(&candidates) {
            pairs.extend(found.iter().map(|c| (self.with_before(c.sentence), asked.text)));
        }
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(premise, report)| (premise.as_str(), *report)).collect();
        let mut inferences = self.reader.inferences(&pairs).into_iter();
        let weighed = reports.iter().zip(&terms).zip(candidates).map(|((asked, terms), found)| {
            let details = Details {
                index: self.seeker.index,
                sentences: self.sentences,
                vocabulary: self.vocabulary(),
                words: &asked.words,
                terms,
                denied: asked.sought.negated,
            };
            let told = found.into_iter().zip(&mut inferences).map(|(Candidate { sentence, share, cosine }, said)| {
                // Of what is said to be denied the source must say the contrary.
                let denied = Inference { entails: said.contradicts, contradicts: said.entails };
                let inference = if asked.sought.negated { denied } else { said };
                let figures = Figures::new(share, cosine, inference, details.verdict(sentence));
                Evidence { sentence, figures }
            });
            told.collect()
        });
        weighed.collect()
    }

    /// For each report the sentences that share most with it and lie nearest in meaning, the best first.
    fn candidates(&self, reports: &[&Asked], terms: &[Vec<Term>]) -> Vec<Vec<Candidate>> {
        let mut nearest: Vec<Vec<(usize, f32)>> =
            reports.iter().zip(terms).map(|(asked, terms)| self.nearest(&asked.sought, terms)).collect();
        let is_short = self.sentences.all.len() <= ALL;
        let compared: BTreeSet<usize> = match is_short {
            true => (0..self.sentences.all.len()).collect(),
            false => nearest.iter().flatten().map(|(sentence, _)| *sentence).collect(),
        };
        let texts: Vec<&str> =
            reports.iter().map(|asked| asked.text).chain(compared.iter().map(|&s| self.text(s))).collect();
        let vectors = self.reader.vectors(&texts);
        let (of_reports, of_sentences) = vectors.split_at(reports.len());
        let vector_of: HashMap<usize, &Vec<f32>> = compared.into_iter().zip(of_sentences).collect();
        let cosine = |report: usize, sentence: usize| {
            of_reports[report].iter().zip(vector_of[&sentence]).map(|(x, y)| x * y).sum::<f32>()
        };
        let best = reports.iter().enumerate().map(|(report, asked)| {
            let mut near = std::mem::take(&mut nearest[report]);
            if is_short {
                near.extend(self.alike(&asked.sought, &near, |sentence| cosine(report, sentence)));
            }
            let candidate = |(sentence, sure): (usize, f32)| Candidate {
                sentence,
                share: sure * self.share(sentence, &terms[report]),
                cosine: cosine(report, sentence),
            };
            let mut found: Vec<Candidate> = near.into_iter().map(candidate).collect();
            let worth = |c: &Candidate| c.share + c.cosine;
            found.sort_by(|a, b| worth(b).total_cmp(&worth(a)).then(a.sentence.cmp(&b.sentence)));
            found.truncate(ASKED);
            found
        });
        best.collect()
    }

    fn text(&self, sentence: usize) -> &str {
        self.seeker.index.text(&self.sentences.all[sentence])
    }

    /// A sentence behind the one before it, which may be the question that it answers.
    pub fn with_before(&self, sentence: usize) -> String {
        let (all, index) = (&self.sentences.all, self.seeker.index);
        let start = all[sentence].start;
        let before = sentence.checked_sub(1).filter(|&b| index.source(all[b].start) == index.source(start));
        let own = self.text(sentence);
        before.map_or(own.to_owned(), |before| format!("{}. {own}", self.text(before)))
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

    /// The sentences that share most with a report, they or the one before, each with how sure it is that who is credited says it;
    /// none in which another has the floor.
    fn nearest(&self, sought: &Sought, terms: &[Term]) -> Vec<(usize, f32)> {
        let mut sums: HashMap<u32, f32> = HashMap::new();
        for term in terms {
            let mut best: HashMap<u32, f32> = HashMap::new();
            for (stem, nearness) in &term.stems {
                let holding = &self.sentences.holding[*stem as usize];
                for &sentence in holding.iter().filter(|_| holding.len() <= COMMON) {
                    for (sentence, counts) in [(sentence, 1.0), (sentence + 1, BESIDE)] {
                        let cell = best.entry(sentence).or_insert(0.0);
                        *cell = cell.max(counts * *nearness);
                    }
                }
            }
            for (sentence, nearness) in best {
                *sums.entry(sentence).or_insert(0.0) += term.weight * nearness;
            }
        }
        let all = &self.sentences.all;
        let mut found: Vec<(usize, f32)> = sums.into_iter().map(|(s, sum)| (s as usize, sum)).collect();
        found.retain(|(s, _)| *s < all.len());
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let looked_at = found.into_iter().take(4 * COMPARED).filter_map(|(s, _)| Some((s, self.sure(sought, s)?)));
        looked_at.take(COMPARED).collect()
    }

    /// The sentences whose meaning is nearest, without those at hand.
    fn alike(&self, sought: &Sought, known: &[(usize, f32)], near: impl Fn(usize) -> f32) -> Vec<(usize, f32)> {
        let others = (0..self.sentences.all.len()).filter(|s| known.iter().all(|(known, _)| known != s));
        let mut found: Vec<(usize, f32)> = others.map(|sentence| (sentence, near(sentence))).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.into_iter().filter_map(|(s, _)| Some((s, self.sure(sought, s)?))).take(ASKED).collect()
    }

    /// How sure it is that one who is credited says a sentence; none where another has the floor, or persons
    /// speak and the one who is credited is not named.
    fn sure(&self, sought: &Sought, sentence: usize) -> Option<f32> {
        let words = &self.sentences.all[sentence];
        let index = self.seeker.index;
        let is_strange = |voice: &Voice| {
            let known = |name| self.vocabulary().known(name);
            voice.surname().is_some_and(|name| !index.may_tell_of(voice, known(name), words.start))
        };
        if !sought.voices.is_empty() && sought.voices.iter().all(is_strange) {
            return None;
        }
        match self.seeker.same(&sought.voices, words) {
            Same::Yes => Some(1.0),
            Same::Perhaps if index.voice(words).is_none() => Some(1.0),
            Same::Perhaps => Some(PERHAPS),
            Same::No => None,
        }
    }

    /// How much of the report stands in a sentence and, counted less, beside it.
    fn share(&self, sentence: usize, terms: &[Term]) -> f32 {
        let own = self.sentences.stems_of(sentence, self.seeker.index);
        let beside: Vec<Vec<u32>> = self
            .sentences
            .beside(sentence, self.seeker.index)
            .map(|s| self.sentences.stems_of(s, self.seeker.index))
            .collect();
        let of = |stems: &[u32], term: &Term| {
            let near = term.stems.iter().filter(|(stem, _)| stems.contains(stem));
            near.map(|(_, nearness)| *nearness).fold(0.0, f32::max)
        };
        let (mut found, mut whole) = (0.0, 0.0);
        for term in terms {
            let next = beside.iter().map(|stems| BESIDE * of(stems, term)).fold(0.0, f32::max);
            let there = if term.is_number { of(&own, term) } else { of(&own, term).max(next) };
            found += term.weight * there;
            whole += if term.is_number { term.weight * there } else { term.weight };
        }
        if whole > 0.0 { found / whole } else { 0.0 }
    }

    /// The stretch of a sentence that holds what the report tells, about as long as the report: words that it does not tell count
    /// against it.
    fn tight(&self, sentence: usize, terms: &[Term], length: usize) -> Range<usize> {
        let whole = self.sentences.all[sentence].clone();
        let pairs = pairs_of(self.sentences, terms, &self.seeker.index.words[whole.clone()]);
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
}
