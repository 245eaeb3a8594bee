//! The details of a report and of what may be evidence of it: numbers, dates, names, negations and modal verbs.

use saywho_contract::check::Verdict;

use crate::index::Index;
use crate::lexicon;
use crate::sentences::{Sentences, telling};
use crate::words::{Vocabulary, Word};

/// Words behind a negation that it may negate.
const SCOPE: usize = 12;
/// Bytes of a hyphen, in any of its glyphs.
const HYPHEN: usize = 3;

/// A word of a report with all that may stand for it.
pub struct Term {
    /// Index among the words of the report.
    pub at: usize,
    /// How much it counts.
    pub weight: f32,
    /// The stem of its own, where the sources have it.
    pub own: Option<u32>,
    /// Stems of the sources that may stand for it, its own too, each with how near it is.
    pub stems: Vec<(u32, f32)>,
    /// Whether it is a number: one that the evidence has speaks for it, one that it lacks is left to the details.
    pub is_number: bool,
}

/// Compares the details of a report with a sentence.
pub struct Details<'d> {
    /// The sources.
    pub index: &'d Index<'d>,
    /// Their sentences.
    pub sentences: &'d Sentences,
    /// The words of all texts.
    pub vocabulary: &'d Vocabulary,
    /// The words of the report.
    pub words: &'d [Word],
    /// What of it tells.
    pub terms: &'d [Term],
    /// Whether what is said or the saying is negated.
    pub denied: bool,
}

impl Details<'_> {
    /// Whether the details of the evidence support a report or contradict it; not found where they are silent.
    pub fn verdict(&self, sentence: usize) -> Verdict {
        let source = &self.index.words[self.sentences.all[sentence].clone()];
        let words = self.words;
        let pairs = pairs_of(self.sentences, self.terms, source);
        // Of what is negated the evidence must speak, or negate something as well.
        let (_, direct) = self.negated(words);
        let (source_scope, _) = self.negated(source);
        let is_negative = pairs.iter().any(|p| source_scope[p.1]);
        if !is_negative && direct.iter().any(|d| pairs.iter().all(|p| p.0 != *d)) {
            return Verdict::NotFound;
        }
        let polarity = self.polarity_differs(source, &pairs);
        let beside = self.denied_beside(&pairs, sentence);
        if polarity || beside || self.modality_differs(source, &pairs) || self.names_differ(source, &pairs) {
            return Verdict::Contradicted;
        }
        self.numbers(source, sentence)
    }

    /// Whether the sentence beside negates a word of what the report affirms that stands only there: "We have not decided."
    fn denied_beside(&self, pairs: &[(usize, usize)], sentence: usize) -> bool {
        let (scope, _) = self.negated(self.words);
        let is_open = |at: usize| pairs.iter().all(|p| p.0 != at);
        self.sentences.beside(sentence, self.index).any(|beside| {
            let source = &self.index.words[self.sentences.all[beside].clone()];
            let is_negated = |at: usize| at > 0 && lexicon::negates(self.vocabulary.word(source[at - 1].id));
            let there =
                pairs_of(self.sentences, self.terms, source).into_iter().filter(|p| is_open(p.0) && is_negated(p.1));
            let mut there = there.peekable();
            there.peek().is_some() && there.all(|p| scope[p.0] == self.denied)
        })
    }

    /// Whether another name stands in the source where the report has one: behind the same words.
    fn names_differ(&self, source: &[Word], pairs: &[(usize, usize)]) -> bool {
        let words = self.words;
        let is_name = |w: &Word| self.vocabulary.is_name(w);
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
        let known = |w: &Word| self.vocabulary.word(w.id);
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

    fn polarity_differs(&self, source: &[Word], pairs: &[(usize, usize)]) -> bool {
        let denied = self.denied;
        let (scope, direct) = self.negated(self.words);
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
    fn modality_differs(&self, source: &[Word], pairs: &[(usize, usize)]) -> bool {
        let before = |words: &[Word], at: usize| {
            (at.saturating_sub(3)..at).rev().find_map(|i| {
                let next = words.get(i + 1).map(|w| self.vocabulary.word(w.id));
                let is_date = self.vocabulary.number(&words[i]).is_some();
                lexicon::modality(self.vocabulary.word(words[i].id), next).filter(|_| !is_date)
            })
        };
        let part =
            |a: Option<&str>, b: Option<&str>| a == Some("possibility") && matches!(b, Some("necessity" | "future"));
        pairs.iter().any(|&(a, s)| {
            let (said, meant) = (before(self.words, a), before(source, s));
            part(said, meant) || (said == Some("necessity") && meant == Some("possibility"))
        })
    }

    /// The values of the numbers and dates among some words; "forty-three" is one.
    fn values(&self, words: &[Word]) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        let mut tens: Option<(u32, usize)> = None;
        for word in words {
            let Some(value) = self.vocabulary.number(word) else { continue };
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
    fn numbers(&self, source: &[Word], sentence: usize) -> Verdict {
        let of = |words: &[Word]| self.values(words);
        let (said, there) = (of(self.words), of(source));
        let all = &self.sentences.all;
        let beside: Vec<String> =
            self.sentences.beside(sentence, self.index).flat_map(|s| of(&self.index.words[all[s].clone()])).collect();
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

/// Words of the report with those of the source that may stand for them; numbers are compared by themselves.
pub fn pairs_of(sentences: &Sentences, terms: &[Term], source: &[Word]) -> Vec<(usize, usize)> {
    let stems: Vec<Option<u32>> = source.iter().map(|w| sentences.stem(w)).collect();
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
