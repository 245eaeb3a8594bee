//! What speaks for and against a sentence's being evidence of a report: a logistic regression over few figures, learned by
//! `training/reports.py` from reports that people wrote about sources, with what each source says of them.

use std::sync::LazyLock;

use saywho::Inference;
use saywho_contract::check::Verdict;
use saywho_english::learned::number;

/// What the weights are of, by the names of `evidence.tsv`.
pub const FIGURES: [&str; 6] = ["share", "cosine", "entails", "contradicts", "agree", "differ"];

/// The least and the most that a probability counts: beyond, models are no surer.
const SURE: f32 = 0.99;

/// So much of a report is nearly all of it.
const NEARLY_ALL: f32 = 0.65;
/// Lower log-odds speak against a verdict.
const AGAINST: f32 = -2.0;
/// How much surer than even a verdict is for all the words and the details.
const PLAIN: f32 = 0.1;

/// A sentence that may be evidence of a report.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// Its index.
    pub sentence: usize,
    /// What speaks for and against it.
    pub figures: Figures,
}

/// In the order of [`FIGURES`]: what report and sentence share; the cosine of what they are about; the log-odds that the report follows
/// and that both cannot be true; the share once more where numbers, dates, names, negations and modal verbs agree, and where they differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures(pub [f32; FIGURES.len()]);

impl Figures {
    /// Puts the figures together.
    pub fn new(share: f32, cosine: f32, inference: Inference, details: Verdict) -> Figures {
        let odds = |p: f32| {
            let p = p.clamp(1.0 - SURE, SURE);
            (p / (1.0 - p)).ln()
        };
        let [agree, differ] =
            [Verdict::Supported, Verdict::Contradicted].map(|v| if details == v { share } else { 0.0 });
        Figures([share, cosine, odds(inference.entails), odds(inference.contradicts), agree, differ])
    }

    /// How much of the report the sentence and its neighbours share.
    pub fn share(&self) -> f32 {
        self.0[0]
    }

    /// How likely it is that the sentence supports the report, and that it contradicts it.
    pub fn probabilities(&self) -> (f32, f32) {
        let score = |weights: &[f32; FIGURES.len() + 1]| {
            weights[0] + weights[1..].iter().zip(self.0).map(|(weight, figure)| weight * figure).sum::<f32>()
        };
        let (supported, contradicted) = (score(&WEIGHTS.supported).exp(), score(&WEIGHTS.contradicted).exp());
        let sum = 1.0 + supported + contradicted;
        // Nearly all its words stand there, details decide, and nothing speaks clearly against it.
        let [share, _, entails, contradicts, agree, differ] = self.0;
        let plain = |details: f32, odds: f32| {
            if share >= NEARLY_ALL && details > 0.0 && odds > AGAINST { 0.5 + PLAIN * share } else { 0.0 }
        };
        ((supported / sum).max(plain(agree, entails)), (contradicted / sum).max(plain(differ, contradicts)))
    }
}

/// Weights by the names of `evidence.tsv`, the constant first.
struct Weights {
    supported: [f32; FIGURES.len() + 1],
    contradicted: [f32; FIGURES.len() + 1],
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let weight = |name: &str| number(include_str!("evidence.tsv"), "evidence.tsv", name, 1);
    let all = |verdict: &str| {
        std::array::from_fn(|i| match i.checked_sub(1) {
            Some(figure) => weight(&format!("{verdict} {}", FIGURES[figure])),
            None => weight(&format!("{verdict} constant")),
        })
    };
    Weights { supported: all("supported"), contradicted: all("contradicted") }
});
