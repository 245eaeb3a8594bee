//! What the likeness of claims is measured by.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::likeness::{self, FIGURES, Figures, Likeness};
use super::terms::{self, Bag, Terms};
use crate::conversation::prepared::Prepared;
use crate::meaning::{Meaning, Vector, cosine};
use crate::table::Places;
use crate::text::TokenId;

/// What the likeness of claims is measured by.
pub(super) struct Features<'m> {
    meaning: &'m Meaning,
    /// The words of the names of those who talked and of their sides, in lower case.
    party_words: Vec<String>,
    /// For each claim what it is about.
    vectors: Vec<Vector>,
    /// For each claim its telling words.
    pub bags: Vec<Bag>,
    /// For each claim the subjects of diplomatic conversations that it names.
    pub subjects: Vec<Vec<usize>>,
    /// How telling each subject is in these accounts.
    rare: BTreeMap<usize, f32>,
    /// For each claim which side tells it in which account, and its place among the claims of that telling.
    told: Vec<(usize, usize)>,
    /// How many claims each telling has.
    tellings: Vec<usize>,
    /// Of each two claims the cosine of what they are about.
    cosines: Vec<Vec<f32>>,
    /// For each claim and telling the greatest cosine with another claim of that telling.
    nearest: Vec<Vec<f32>>,
    /// For each claim and each behind it how likely they are of one issue, and linked.
    likely: Vec<Vec<(f32, f32)>>,
}

/// Claims of one account that begin so many bytes behind the other's end stand close.
const CLOSE: usize = 200;

impl<'m> Features<'m> {
    /// The features of all claims, which stand in the order of accounts and texts. `party_words` are the words of the names of those
    /// who talked and of their sides.
    pub fn of(claims: &[Draft], accounts: &[Prepared], party_words: Vec<String>, meaning: &'m Meaning) -> Features<'m> {
        let terms = Terms::of(accounts.iter().map(|a| a.text.text));
        let told_of: Vec<Vec<Option<&str>>> = claims
            .iter()
            .map(|c| words(&accounts[c.account], accounts[c.account].text.tokens_in(c.context), &party_words))
            .collect();
        let named = |c: &Draft| {
            let account = &accounts[c.account];
            terms::subjects(&account.words[account.text.tokens_in(c.context)])
        };
        let mut bags: Vec<Bag> = told_of.iter().map(|words| terms.bag(words.iter().flatten().copied())).collect();
        let mut subjects: Vec<Vec<usize>> = claims.iter().map(named).collect();
        let mut vectors = meaning.vectors(told_of.into_iter());
        for i in 1..claims.len() {
            if claims[i].account == claims[i - 1].account && refers_back(&claims[i]) {
                bags[i] = bags[i - 1].clone();
                subjects[i] = subjects[i - 1].clone();
                vectors[i] = vectors[i - 1].clone();
            }
        }
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        subjects.iter().flatten().for_each(|s| *counts.entry(*s).or_default() += 1);
        let rare = counts.into_iter().map(|(s, n)| (s, ((claims.len() + 1) as f32 / n as f32).ln())).collect();
        let (told, tellings) = tellings(claims);
        let cosines: Vec<Vec<f32>> = vectors.iter().map(|a| vectors.iter().map(|b| cosine(a, b)).collect()).collect();
        let nearest = (0..claims.len()).map(|i| {
            let mut nearest = vec![0.0_f32; tellings.len()];
            for (j, &(telling, _)) in told.iter().enumerate().filter(|(j, _)| *j != i) {
                nearest[telling] = nearest[telling].max(cosines[i][j]);
            }
            nearest
        });
        let (nearest, likely) = (nearest.collect(), Vec::new());
        let mut features =
            Features { meaning, party_words, vectors, bags, subjects, rare, told, tellings, cosines, nearest, likely };
        let pair = |a: usize, b: usize| {
            let figures = features.figures(claims, a, b);
            (figures.issue(), figures.link())
        };
        let count = claims.len();
        features.likely = (0..count).map(|a| (a + 1..count).map(|b| pair(a, b)).collect()).collect();
        features
    }

    /// How likely two claims are about one issue.
    pub fn issue(&self, a: usize, b: usize) -> f32 {
        self.likely[a.min(b)][a.abs_diff(b) - 1].0
    }

    /// How likely two claims of two sides tell the same.
    pub fn link(&self, a: usize, b: usize) -> f32 {
        self.likely[a.min(b)][a.abs_diff(b) - 1].1
    }

    /// How alike the words of two claims are.
    pub fn likeness(&self, claims: &[Draft], a: usize, b: usize) -> Likeness {
        let subject = self.shared_subjects(a, b);
        likeness::of(&self.bags[a], &self.bags[b], subject, &claims[a].words, &claims[b].words)
    }

    /// What speaks for and against two claims' being about the same, the earlier one first.
    pub fn figures(&self, claims: &[Draft], a: usize, b: usize) -> Figures {
        let (x, y) = (&claims[a], &claims[b]);
        let ((of, at), (other, place)) = (self.told[a], self.told[b]);
        let across = of != other;
        let cosine = self.cosines[a][b];
        let margins = [cosine - self.nearest[a][other], cosine - self.nearest[b][of]];
        let flag = |is: bool| if is { 1.0 } else { 0.0 };
        let speaker = x.who.is_some() && x.who == y.who;
        let likeness = self.likeness(claims, a, b);
        let position = |telling: usize, at: usize| (at as f32 + 0.5) / self.tellings[telling] as f32;
        let is_number = |stem: &&String| stem.starts_with(|c: char| c.is_ascii_digit());
        let mut numbers = self.bags[a].keys().filter(is_number);
        let figures: [f32; FIGURES.len()] = [
            cosine,
            likeness.words,
            likeness.part,
            likeness.subject,
            if across { (position(of, at) - position(other, place)).abs() } else { 0.0 },
            if across { 0.0 } else { 1.0 / at.abs_diff(place).max(1) as f32 },
            flag(across),
            flag(speaker),
            flag(x.act == y.act),
            flag(numbers.any(|number| self.bags[b].contains_key(number))),
            margins[0].min(margins[1]),
            margins[0].max(margins[1]),
            flag(across && speaker),
            flag(across && x.act == y.act),
            if across { self.neighbours(a, b) } else { 0.0 },
            flag(!across && y.span.start < x.span.end + CLOSE),
        ];
        Figures(figures)
    }

    /// How near the claims before and behind two claims are to each other, in the mean.
    fn neighbours(&self, a: usize, b: usize) -> f32 {
        let beside = |i: usize, j: usize| {
            let same = |x: usize, y: usize| self.told.get(x).is_some_and(|t| t.0 == self.told[y].0);
            if same(i, a) && same(j, b) { self.cosines[i][j] } else { 0.0 }
        };
        let before = if a > 0 && b > 0 { beside(a - 1, b - 1) } else { 0.0 };
        (before + beside(a + 1, b + 1)) / 2.0
    }

    /// What phrases are about, given by account and tokens.
    pub fn phrases<'a>(&self, places: impl Iterator<Item = (&'a Prepared<'a>, Places<TokenId>)>) -> Vec<Vector> {
        self.meaning.vectors(places.map(|(account, tokens)| words(account, tokens, &self.party_words)))
    }

    /// How near a phrase is to what claims are about, in the mean.
    pub fn nearness(&self, phrase: &Vector, claims: &[usize]) -> f32 {
        claims.iter().map(|&claim| cosine(phrase, &self.vectors[claim])).sum::<f32>() / claims.len() as f32
    }

    /// The share of subjects that two claims have in common, rare ones counting more.
    fn shared_subjects(&self, a: usize, b: usize) -> f32 {
        let weight = |s: &usize| self.rare.get(s).copied().unwrap_or(0.0);
        let (x, y) = (&self.subjects[a], &self.subjects[b]);
        let shared: f32 = x.iter().filter(|s| y.contains(s)).map(weight).sum();
        let all: f32 = x.iter().map(weight).sum::<f32>() + y.iter().map(weight).sum::<f32>() - shared;
        if all > 0.0 { shared / all } else { 0.0 }
    }
}

/// For each claim its telling, that of one side in one account, and its place there; and how many claims each telling has.
fn tellings(claims: &[Draft]) -> (Vec<(usize, usize)>, Vec<usize>) {
    let mut tellings: Vec<((usize, &Option<String>), usize)> = Vec::new();
    let told = claims.iter().map(|claim| {
        let key = (claim.account, &claim.side);
        let telling = tellings.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            tellings.push((key, 0));
            tellings.len() - 1
        });
        tellings[telling].1 += 1;
        (telling, tellings[telling].1 - 1)
    });
    let told = told.collect();
    (told, tellings.into_iter().map(|(_, count)| count).collect())
}

/// The words of a passage that may tell its subject, and `None` for the names of the two who talked and of their sides, which every
/// passage may hold.
fn words<'a>(account: &'a Prepared, tokens: Places<TokenId>, party_words: &[String]) -> Vec<Option<&'a str>> {
    tokens.iter().map(|t| (!is_of_party(account, t, party_words)).then_some(account.words[t].as_str())).collect()
}

/// Whether a token is of the name of one who talked, or of a side.
fn is_of_party(account: &Prepared, token: TokenId, party_words: &[String]) -> bool {
    let of_side = || {
        let state = account.states.name_of(account.text.word(token));
        state.is_some_and(|s| party_words.contains(&s.to_lowercase()))
    };
    party_words.contains(&account.words[token]) || of_side()
}

/// "... are not discussing this issue": what a claim is about stands in the one before.
pub(super) fn refers_back(claim: &Draft) -> bool {
    let back = claim.words.windows(2).any(|w| {
        matches!(w[0].as_str(), "this" | "these" | "that" | "the")
            && matches!(w[1].as_str(), "issue" | "matter" | "topic" | "question" | "subject" | "issues" | "matters")
            && w[0] != "the"
    });
    back && claim.words.len() <= 12
}
