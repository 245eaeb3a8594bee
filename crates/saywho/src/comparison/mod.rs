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
use crate::knowledge::Knowledge;
use draft::Draft;
use features::Features;

/// Compares accounts; offsets in the answer count bytes.
pub(crate) fn compare(analyses: &[Analysis], knowledge: &Knowledge, options: &Options) -> Comparison {
    if let [analysis] = analyses {
        return single::compare(analysis, options);
    }
    let mut accounts: Vec<Prepared> = analyses.iter().map(Prepared::new).collect();
    let cast = parties::cast(&mut accounts, knowledge, &options.sides);
    let mut claims = Vec::new();
    for (i, (analysis, account)) in analyses.iter().zip(&accounts).enumerate() {
        let mut own = claims::claims(analysis, account, i, &cast);
        let new = spoken::claims(analysis, account, i, &cast).into_iter();
        let new: Vec<Draft> = new.filter(|new| !own.iter().any(|known| known.span.overlaps(new.span))).collect();
        own.extend(new);
        own.sort_by_key(|claim| claim.span.start);
        claims.extend(own);
    }
    let features = Features::of(&claims, &accounts, &cast.words());
    let pairs = link::pairs(&claims, &features);
    let links = link::links(&claims, &features, &pairs);
    issue::name(&mut claims, &accounts, &features, &pairs, &options.topics);
    report::comparison(&accounts, &cast, claims, links)
}

/// The most attributions of a reading whose issues are found: each is compared with each.
const MOST_GROUPED: usize = 400;

/// What a reading of a document on a conversation is about: labels in the text's own words, each with the ids of the attributions
/// about it, grouped as the claims of a comparison are.
pub(crate) fn issues(analysis: &Analysis, knowledge: &Knowledge) -> Vec<(String, Vec<String>)> {
    let reading = analysis.reading();
    if reading.conversations.is_empty() || reading.attributions.len() > MOST_GROUPED {
        return Vec::new();
    }
    let mut accounts = [Prepared::new(analysis)];
    let cast = parties::cast(&mut accounts, knowledge, &[]);
    let told = claims::told(analysis, &accounts[0], 0, &cast);
    let mut claims = told.unwrap_or_else(|| single::drafts(reading, &accounts[0]));
    let features = Features::of(&claims, &accounts, &cast.words());
    let pairs = link::pairs(&claims, &features);
    issue::name(&mut claims, &accounts, &features, &pairs, &Topics::default());
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
