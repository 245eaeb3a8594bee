//! The comparison stage: what several accounts tell of one conversation, claim by claim and issue by issue.
//!
//! Each document is an account; with a single document the accounts are those of the sides in its chains. Claims are the
//! passages worth comparing, issues group them by what they are about, links join claims of different sides. Relations tell
//! how the accounts stand to each other, never who is right, and "only X" means "in the documents given".

mod caution;
mod claims;
mod draft;
mod features;
mod issue;
mod label;
pub(crate) mod likeness;
mod link;
mod options;
mod relate;
mod report;
mod single;
mod spoken;
mod terms;
mod topics;

pub use data::{
    Account, AccountKind, Carrier, Claim, Comparison, Convention, Initiative, IssueRelation, IssueRow, Link,
    Participant, Quotation, Readable, Relation, SCHEMA, Someone, Telling, Told, ToneWords,
};
pub use options::Options;
pub use topics::{Topics, TopicsError};

use saywho_contract::comparison as data;

use crate::Analysis;
use crate::conversation::parties;
use crate::conversation::prepared::Prepared;
use crate::conversation::who::Cast;
use crate::knowledge::Knowledge;
use crate::meaning::Meaning;
use crate::reading::Span;
use draft::Draft;
use features::Features;
use relate::relate;

/// Compares accounts; offsets in the answer count bytes.
pub(crate) fn compare(
    analyses: &[Analysis],
    knowledge: &Knowledge,
    meaning: &Meaning,
    options: &Options,
) -> Comparison {
    if let [analysis] = analyses {
        return single::compare(analysis, meaning, options);
    }
    let mut accounts: Vec<Prepared> = analyses.iter().map(Prepared::new).collect();
    let cast = parties::cast(&mut accounts, knowledge, &options.sides);
    let mut claims = all_claims(analyses, &accounts, &cast);
    let related = relate(&mut claims, &accounts, cast.words(), meaning, &options.topics);
    report::comparison(&accounts, &cast, claims, related)
}

/// The claims of all accounts, in the order of accounts and texts.
fn all_claims(analyses: &[Analysis], accounts: &[Prepared], cast: &Cast) -> Vec<Draft> {
    let mut claims = Vec::new();
    for (i, (analysis, account)) in analyses.iter().zip(accounts).enumerate() {
        let mut own = claims::claims(analysis, account, i, cast);
        let new = spoken::claims(analysis, account, i, cast).into_iter();
        let new: Vec<Draft> = new.filter(|new| !own.iter().any(|known| known.span.overlaps(new.span))).collect();
        own.extend(new);
        own.sort_by_key(|claim| claim.span.start);
        claims.extend(own);
    }
    claims
}

/// The claims of a conversation, and what speaks for and against each two being about the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Index of its account and span in bytes of each claim.
    pub claims: Vec<(usize, Span)>,
    /// The pairs of claims that are not about the conversation itself.
    pub pairs: Vec<Pair>,
}

/// Two claims, as indices, and what is measured of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Index of the earlier claim.
    pub a: usize,
    /// Index of the later claim.
    pub b: usize,
    /// Whether two sides tell them, so that they may be linked.
    pub across: bool,
    /// In the order of [`likeness::FIGURES`].
    pub figures: Vec<f32>,
}

/// What comparing measures before it decides.
pub(crate) fn measured(analyses: &[Analysis], knowledge: &Knowledge, meaning: &Meaning) -> Measured {
    let mut accounts: Vec<Prepared> = analyses.iter().map(Prepared::new).collect();
    let cast = parties::cast(&mut accounts, knowledge, &[]);
    let claims = all_claims(analyses, &accounts, &cast);
    let features = Features::of(&claims, &accounts, cast.words(), meaning);
    let free: Vec<usize> = (0..claims.len()).filter(|&i| claims[i].frame.is_none()).collect();
    let pairs = free.iter().flat_map(|&a| free.iter().filter(move |&&b| a < b).map(move |&b| (a, b)));
    let pair = |(a, b): (usize, usize)| Pair {
        a,
        b,
        across: link::of_different_sides(&claims[a], &claims[b]),
        figures: features.figures(&claims, a, b).0.to_vec(),
    };
    let pairs = pairs.map(pair).collect();
    Measured { claims: claims.iter().map(|claim| (claim.account, claim.span)).collect(), pairs }
}

/// The most attributions of a reading whose issues are found: each is compared with each.
const MOST_GROUPED: usize = 400;

/// What a reading of a document on a conversation is about: labels in the text's own words, each with the ids of the attributions
/// about it, grouped as the claims of a comparison are.
pub(crate) fn issues(analysis: &Analysis, knowledge: &Knowledge, meaning: &Meaning) -> Vec<(String, Vec<String>)> {
    let reading = analysis.reading();
    if reading.attributions.len() > MOST_GROUPED {
        return Vec::new();
    }
    let mut accounts = [Prepared::new(analysis)];
    let cast = parties::cast(&mut accounts, knowledge, &[]);
    let told = claims::told(analysis, &accounts[0], 0, &cast);
    let mut claims = told.unwrap_or_else(|| single::drafts(reading, &accounts[0]));
    relate(&mut claims, &accounts, cast.words(), meaning, &Topics::default());
    let mut issues: Vec<(String, Vec<String>)> = Vec::new();
    for claim in claims {
        let Some(id) = claim.attribution else { continue };
        match issues.iter_mut().find(|(label, _)| *label == claim.issue) {
            Some((_, ids)) if ids.contains(&id) => {}
            Some((_, ids)) => ids.push(id),
            None => issues.push((claim.issue, vec![id])),
        }
    }
    issues
}

#[cfg(test)]
mod tests {
    use super::Options;
    use crate::analysis::counts;
    use crate::{Document, Reader, Reading};

    const NORTH: &str = "President Ilse Maren of Norrland spoke by telephone with President Teo Vasca of Sudovia on 2 April 2031. \
        She demanded an end to the fishing ban.";
    const SOUTH: &str = "President Teo Vasca of Sudovia had a telephone call with President Ilse Maren of Norrland. He explained why \
        the fishing ban stays.";

    #[test]
    fn nothing_is_tokenised_or_resolved_twice() {
        let reader = Reader::new().unwrap();
        let documents = [Document::from_text("north", NORTH), Document::from_text("south", SOUTH)];
        let mut worker = reader.worker();
        counts::reset();
        let analyses: Vec<_> = documents.iter().map(|document| worker.analyse(document)).collect();
        assert_eq!(counts::taken(), (2, 2), "one text and one resolution a document");
        let at_hand = reader.compare(&analyses, &Options::default());
        assert_eq!(counts::taken(), (2, 2), "none to compare what is at hand");
        let readings: Vec<Reading> = analyses.into_iter().map(|analysis| analysis.into_reading()).collect();
        counts::reset();
        let analyses: Vec<_> = readings.iter().map(|reading| reader.analysis(reading)).collect();
        let from_file = reader.compare(&analyses, &Options::default());
        assert_eq!(counts::taken(), (2, 0), "one text a reading from a file, and who is who as it has it");
        assert_eq!(from_file, at_hand);
    }
}
