//! Accounts of one conversation whose gold names the claims, their issues, the links between them and the conversation.
//!
//! Claims are matched within their account by the words they stand on (IoU at least one half, best first). All counts are
//! sums over the conversations.
//!
//! | figure | what it is |
//! |---|---|
//! | claims | F1 of the matching |
//! | speaker, act, polarity on matched | share of the matched pairs with the right one |
//! | issues (B-cubed F1, matched) | how well the groups of the matched claims agree |
//! | links between accounts | F1 of the pairs of claims that are linked |
//! | relation on found links | share of the found links with the right relation |
//! | rows of one side that are so | share of the rows "only X" with a matched claim whose claims' issues no other side tells |
//! | rows of both sides on one issue | share of the rows with claims of two accounts that hold claims of two on one gold issue |
//! | issues that are one row | share of the gold issues with matched claims whose claims stand in one row |
//! | conversation slots | share of participants, medium, date and initiator that are right |

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use saywho::comparison::{Claim, Comparison, IssueRelation, Relation, Someone};
use saywho::reading::{Act, Medium, Polarity};
use saywho::{Point, PointSpan};
use serde::Deserialize;

use crate::figure::{f1, harmonic_mean, share};
use crate::gold::{half_or_zero, parse};
use crate::matching::best_first;
use crate::names::same_name;
use crate::words::{WordSet, Words};
use crate::{Error, Figure, Result, read_text, stems};

/// One conversation: its name and the files of its accounts in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The name of the gold file without its ending.
    pub id: String,
    /// The accounts: `<id>.<number>.<side>.txt`.
    pub accounts: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Gold {
    id: String,
    claims: Vec<GoldClaim>,
    links: Vec<GoldLink>,
    issues: Vec<GoldIssue>,
    conversation: GoldConversation,
}

#[derive(Deserialize)]
struct GoldIssue {
    issue: String,
    relation: IssueRelation,
}

#[derive(Deserialize)]
struct GoldClaim {
    id: String,
    account: usize,
    start: usize,
    end: usize,
    speaker: Option<String>,
    act: Act,
    #[serde(default = "affirmed")]
    polarity: Polarity,
    issue: String,
}

#[derive(Deserialize)]
struct GoldLink {
    a: String,
    b: String,
    relation: Relation,
}

#[derive(Deserialize)]
struct GoldConversation {
    participants: Vec<Named>,
    medium: Option<Medium>,
    date: Option<String>,
    initiator: Option<Side>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct Side {
    side: Option<String>,
}

fn affirmed() -> Polarity {
    Polarity::Affirmed
}

/// The conversations of a folder of gold (`*.gold.json`), in the order of its files.
///
/// # Errors
/// If a file cannot be read or is not gold of this kind.
pub fn events(gold_dir: &Path) -> Result<Vec<Event>> {
    let texts = stems(gold_dir, "txt")?;
    let event = |gold: Gold| {
        let prefix = format!("{}.", gold.id);
        let mut own: Vec<&String> = texts.iter().filter(|t| t.starts_with(&prefix)).collect();
        own.sort_by_key(|t| t[prefix.len()..].split('.').next().and_then(|n| n.parse::<usize>().ok()));
        let accounts = own.into_iter().map(|t| gold_dir.join(format!("{t}.txt"))).collect();
        Event { id: gold.id, accounts }
    };
    Ok(load(gold_dir)?.into_iter().map(event).collect())
}

/// Compares comparisons, by the name of their conversation, with the gold in the folder.
///
/// # Errors
/// If a file cannot be read or is not gold of this kind, if a conversation has no comparison, or if one is of other texts.
pub fn score(gold_dir: &Path, found: &BTreeMap<String, Comparison<Point>>) -> Result<Vec<Figure>> {
    let mut counts = Counts::default();
    let events = events(gold_dir)?;
    for (gold, event) in load(gold_dir)?.into_iter().zip(events) {
        let comparison = found.get(&gold.id).ok_or_else(|| Error::NoReading(gold.id.clone()))?;
        let texts = event.accounts.iter().map(|path| read_text(path)).collect::<Result<Vec<_>>>()?;
        if comparison.documents.len() != texts.len()
            || comparison.documents.iter().zip(&texts).any(|(d, t)| d.text != *t)
        {
            return Err(Error::OtherText(gold.id));
        }
        counts.event(&gold, comparison);
    }
    Ok(counts.figures())
}

fn load(gold_dir: &Path) -> Result<Vec<Gold>> {
    let golds = stems(gold_dir, "json")?.into_iter().filter(|stem| stem.ends_with(".gold"));
    golds
        .map(|stem| {
            let path = gold_dir.join(stem + ".json");
            parse(&read_text(&path)?, &path.display().to_string())
        })
        .collect()
}

#[derive(Default)]
struct Counts {
    hit: usize,
    gold: usize,
    predicted: usize,
    speaker: usize,
    act: usize,
    polarity: usize,
    grouped: f64,
    precision: f64,
    recall: f64,
    link_hit: usize,
    link_gold: usize,
    link_predicted: usize,
    relation: usize,
    /// Of each kind of row or issue: those that are right, and all.
    only: (usize, usize),
    of_both: (usize, usize),
    whole: (usize, usize),
    slots: usize,
    slots_of: usize,
}

/// Whether a row is of one side alone.
fn is_only(relation: &IssueRelation) -> bool {
    matches!(relation, IssueRelation::Only(_))
}

impl Counts {
    fn event(&mut self, gold: &Gold, found: &Comparison<Point>) {
        let words: Vec<Words> = found.documents.iter().map(|d| Words::of(&d.text)).collect();
        // A text without a gold claim was not judged.
        let judged = |document: usize| gold.claims.iter().any(|c| c.account == document);
        let wanted: Vec<(&GoldClaim, WordSet)> =
            gold.claims.iter().map(|c| (c, words[c.account].touched(&[PointSpan::points(c.start, c.end)]))).collect();
        let predicted: Vec<(&Claim<Point>, WordSet)> = found
            .claims
            .iter()
            .filter(|c| judged(c.document))
            .map(|c| (c, words[c.document].touched(&[c.span()])))
            .collect();
        let fit = |g: &(&GoldClaim, WordSet), p: &(&Claim<Point>, WordSet)| {
            if g.0.account == p.0.document { half_or_zero(&g.1, &p.1) } else { 0.0 }
        };
        let pairs: Vec<(&GoldClaim, &Claim<Point>)> =
            best_first(&wanted, &predicted, fit).into_iter().map(|(g, p)| (wanted[g].0, predicted[p].0)).collect();
        self.hit += pairs.len();
        self.gold += wanted.len();
        self.predicted += predicted.len();
        self.pairs(&pairs);
        self.groups(&pairs);
        self.links(gold, found, &pairs);
        self.rows(gold, found, &pairs);
        self.conversation(&gold.conversation, found);
    }

    fn pairs(&mut self, pairs: &[(&GoldClaim, &Claim<Point>)]) {
        let none: &[&str] = &[];
        for (gold, found) in pairs {
            let wanted = gold.speaker.as_deref().filter(|name| !name.is_empty());
            self.speaker += usize::from(same_name(wanted, found.speaker.as_ref().map(Someone::name), none));
            self.act += usize::from(gold.act == found.act);
            self.polarity += usize::from(gold.polarity == found.polarity);
        }
    }

    /// B-cubed: for each claim the share of its own group that belongs there, and of its true group that is there.
    fn groups(&mut self, pairs: &[(&GoldClaim, &Claim<Point>)]) {
        for (gold, found) in pairs {
            let own = pairs.iter().filter(|(_, f)| f.issue == found.issue).count() as f64;
            let truly = pairs.iter().filter(|(g, _)| g.issue == gold.issue).count() as f64;
            let both = pairs.iter().filter(|(g, f)| g.issue == gold.issue && f.issue == found.issue).count() as f64;
            self.precision += both / own;
            self.recall += both / truly;
            self.grouped += 1.0;
        }
    }

    fn links(&mut self, gold: &Gold, found: &Comparison<Point>, pairs: &[(&GoldClaim, &Claim<Point>)]) {
        let found_of: BTreeMap<&str, &str> = pairs.iter().map(|(g, p)| (g.id.as_str(), p.id.as_str())).collect();
        let key = |a: &str, b: &str| if a < b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) };
        let predicted: BTreeMap<_, _> = found.links.iter().map(|l| (key(&l.a, &l.b), l.relation)).collect();
        let wanted: BTreeMap<_, _> = gold.links.iter().map(|l| ((l.a.as_str(), l.b.as_str()), l.relation)).collect();
        self.link_gold += wanted.len();
        self.link_predicted += predicted.len();
        for ((a, b), relation) in wanted {
            let pair = found_of.get(a).zip(found_of.get(b)).map(|(a, b)| key(a, b));
            if let Some(found) = pair.and_then(|p| predicted.get(&p)) {
                self.link_hit += 1;
                self.relation += usize::from(*found == relation);
            }
        }
    }

    /// Rows as a reader sees them: whether "only X" is true, and whether a row that both sides tell holds one matter.
    fn rows(&mut self, gold: &Gold, found: &Comparison<Point>, pairs: &[(&GoldClaim, &Claim<Point>)]) {
        let gold_of: BTreeMap<&str, &GoldClaim> = pairs.iter().map(|(g, p)| (p.id.as_str(), *g)).collect();
        let document_of: BTreeMap<&str, usize> = found.claims.iter().map(|c| (c.id.as_str(), c.document)).collect();
        let told_by_both: BTreeSet<&str> =
            gold.issues.iter().filter(|i| !is_only(&i.relation)).map(|i| i.issue.as_str()).collect();
        let mut rows_of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in &found.issues {
            let own: Vec<&GoldClaim> = row.claims.iter().filter_map(|id| gold_of.get(id.as_str()).copied()).collect();
            for claim in &own {
                rows_of.entry(&claim.issue).or_default().insert(&row.issue);
            }
            let accounts: BTreeSet<usize> =
                row.claims.iter().filter_map(|id| document_of.get(id.as_str()).copied()).collect();
            if is_only(&row.relation) {
                let alone = !own.iter().any(|claim| told_by_both.contains(claim.issue.as_str()));
                self.only.0 += usize::from(!own.is_empty() && alone);
                self.only.1 += usize::from(!own.is_empty());
            } else if accounts.len() > 1 {
                let on_one = |a: &&GoldClaim| own.iter().any(|b| a.issue == b.issue && a.account != b.account);
                self.of_both.0 += usize::from(own.iter().any(on_one));
                self.of_both.1 += 1;
            }
        }
        self.whole.0 += rows_of.values().filter(|rows| rows.len() == 1).count();
        self.whole.1 += rows_of.len();
    }

    fn conversation(&mut self, gold: &GoldConversation, found: &Comparison<Point>) {
        let told = &found.conversation;
        let none: &[&str] = &[];
        let names: Vec<&str> = told.participants.iter().map(|p| p.name.as_str()).collect();
        let known = |g: &Named| names.iter().any(|n| same_name(Some(&g.name), Some(n), none));
        let initiator = gold.initiator.as_ref().and_then(|i| i.side.as_deref());
        let right = [
            names.len() == gold.participants.len() && gold.participants.iter().all(known),
            gold.medium == Some(told.medium),
            gold.date == told.date,
            initiator == told.initiator.as_ref().map(|i| i.side.as_str()),
        ];
        self.slots_of += right.len();
        self.slots += right.into_iter().filter(|r| *r).count();
    }

    fn figures(&self) -> Vec<Figure> {
        let mean = |sum: f64| if self.grouped == 0.0 { 0.0 } else { sum / self.grouped };
        let (p, r) = (mean(self.precision), mean(self.recall));
        vec![
            f1("claims", self.hit, self.gold, self.predicted),
            share("speaker on matched", self.speaker, self.hit),
            share("act on matched", self.act, self.hit),
            share("polarity on matched", self.polarity, self.hit),
            Figure {
                name: "issues (B-cubed F1, matched)",
                value: 100.0 * harmonic_mean(p, r),
                detail: format!("(P {:.1} R {:.1})", 100.0 * p, 100.0 * r),
            },
            f1("links between accounts", self.link_hit, self.link_gold, self.link_predicted),
            share("relation on found links", self.relation, self.link_hit),
            share("rows of one side that are so", self.only.0, self.only.1),
            share("rows of both sides on one issue", self.of_both.0, self.of_both.1),
            share("issues that are one row", self.whole.0, self.whole.1),
            share("conversation slots", self.slots, self.slots_of),
        ]
    }
}
