//! Puts the comparison together.

use std::collections::BTreeMap;

use super::caution::cautions;
use super::data::{
    Account, AccountKind, Carrier, Claim, Comparison, IssueRelation, IssueRow, Link, Quotation, Readable, Relation,
    SCHEMA, Told,
};
use super::draft::Draft;
use super::relate::Related;
use crate::conversation::id::PartyId;
use crate::conversation::prepared::Prepared;
use crate::conversation::who::{Cast, is_talk};
use crate::conversation::{passage, slots};

pub(super) fn comparison(accounts: &[Prepared], cast: &Cast, drafts: Vec<Draft>, related: Related) -> Comparison {
    let claims: Vec<Claim> = drafts.into_iter().enumerate().map(|(i, d)| claim(i, d)).collect();
    let documents: Vec<Account> = accounts.iter().enumerate().map(|(i, a)| account(a, i, cast, &claims)).collect();
    let Related { links, nearest } = related;
    let issues = rows(&documents, &claims, &links, &nearest);
    let mut comparison = Comparison {
        schema: SCHEMA.into(),
        documents,
        conversation: slots::telling(accounts, cast),
        issues,
        claims,
        links,
        quotations: quotations(accounts),
        cautions: Vec::new(),
    };
    comparison.cautions = cautions(&comparison);
    comparison
}

pub(super) fn claim(index: usize, draft: Draft) -> Claim {
    Claim {
        id: format!("c{}", index + 1),
        document: draft.account,
        start: draft.span.start,
        end: draft.span.end,
        cue: draft.cue,
        side: draft.side,
        speaker: draft.speaker,
        addressee: draft.addressee,
        act: draft.act,
        polarity: draft.polarity,
        issue: draft.issue,
        attribution: draft.attribution,
    }
}

fn account(account: &Prepared, index: usize, cast: &Cast, claims: &[Claim]) -> Account {
    let document = &account.reading.document;
    Account {
        id: document.id.clone(),
        source: document.source.clone(),
        side: account.side.clone(),
        kind: if account.is_transcript() { AccountKind::Transcript } else { AccountKind::Readout },
        language: document.language.clone(),
        claims: Readable::of(index, claims),
        conversation: told(account, cast),
        conversation_date: slots::stated_date(account),
        title: document.title.clone(),
        publisher: document.publisher.clone(),
        published: account.date.clone(),
        translation: translation(&document.text),
        text: document.text.clone(),
    }
}

/// Which conversation an account tells of.
fn told(account: &Prepared, cast: &Cast) -> Told {
    let mut talks = account.sentences().filter(|t| is_talk(account, *t));
    let party = |p: PartyId| account.person_of.contains(&Some(cast.parties[p]));
    let own = account.own;
    let known = cast.parties.places().filter(|&p| party(p) || own == Some(p)).count();
    match talks.next() {
        None if known == 0 => Told::None,
        None => Told::This,
        Some(_) if cast.parties.is_empty() || known >= 2 => Told::This,
        Some(lead) if passage::tells_of_others(account, cast, lead) => Told::Another,
        Some(_) => Told::This,
    }
}

/// What a text says of being a translation: "Unofficial translation".
pub(super) fn translation(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let said =
        ["unofficial translation", "courtesy translation", "translated from", "original language", "translation from"];
    let at = said.iter().filter_map(|s| lower.find(s)).min()?;
    let words = text.get(at..)?;
    let end = words.find(['\n', '.', ')', ']']).unwrap_or(words.len()).min(80);
    words.get(..end).map(|w| w.trim().to_owned()).filter(|w| !w.is_empty())
}

/// The issues in order of their first claims, each with the relation of the accounts; `nearest` is, for each claim, the index of the one
/// of another side that may be its counterpart.
pub(super) fn rows(
    documents: &[Account],
    claims: &[Claim],
    links: &[Link],
    nearest: &[Option<usize>],
) -> Vec<IssueRow> {
    let mut rows: Vec<IssueRow> = Vec::new();
    for claim in claims {
        match rows.iter_mut().find(|r| r.issue == claim.issue) {
            Some(row) => row.claims.push(claim.id.clone()),
            None => rows.push(IssueRow {
                issue: claim.issue.clone(),
                relation: IssueRelation::NotCompared,
                confidence: None,
                nearest: None,
                claims: vec![claim.id.clone()],
            }),
        }
    }
    for row in &mut rows {
        let own: Vec<&Claim> = claims.iter().filter(|c| row.claims.contains(&c.id)).collect();
        let within: Vec<&Link> =
            links.iter().filter(|l| row.claims.contains(&l.a) && row.claims.contains(&l.b)).collect();
        let mut sides: Vec<String> =
            own.iter().map(|c| c.side.clone().unwrap_or_else(|| format!("document {}", c.document + 1))).collect();
        sides.sort();
        sides.dedup();
        let has = |relation: Relation| within.iter().any(|l| l.relation == relation);
        // Whether an account in which nothing could be read tells it too, nobody knows; nor whether the other side does, where
        // all accounts are of one.
        let unread = |d: &Account| d.is_unread() && d.side.as_ref() != sides.first();
        let one_side = documents.len() > 1 && documents.iter().all(|d| d.side.as_ref() == sides.first());
        row.relation = match sides.as_slice() {
            [_] if one_side || documents.iter().any(unread) => IssueRelation::NotCompared,
            [only] => IssueRelation::Only(only.clone()),
            _ if has(Relation::Contradict) => IssueRelation::Between(Relation::Contradict),
            _ if has(Relation::Same) => IssueRelation::Between(Relation::Same),
            _ => IssueRelation::Between(Relation::Differ),
        };
        let with_it = within.iter().filter(|l| row.relation == IssueRelation::Between(l.relation));
        row.confidence = with_it.map(|l| l.confidence).reduce(f32::max);
        if matches!(row.relation, IssueRelation::Only(_)) {
            let of_row = claims.iter().zip(nearest).filter(|(claim, _)| row.claims.contains(&claim.id));
            row.nearest = of_row.filter_map(|(_, nearest)| Some(claims[(*nearest)?].id.clone())).next();
        }
    }
    rows
}

/// The same words in quotation marks in more than one place.
fn quotations(accounts: &[Prepared]) -> Vec<Quotation> {
    let mut carriers: BTreeMap<String, Vec<Carrier>> = BTreeMap::new();
    for (i, account) in accounts.iter().enumerate() {
        for quote in &account.text.quotes {
            let words = quote.span.of(account.text.text);
            let plain: Vec<String> =
                words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
            if plain.len() >= 3 {
                let carrier = Carrier { document: i, start: quote.span.start, end: quote.span.end };
                carriers.entry(plain.join(" ")).or_default().push(carrier);
            }
        }
    }
    let several = |c: &Vec<Carrier>| c.iter().any(|place| place.document != c[0].document);
    let shared = carriers.into_values().filter(several);
    shared
        .filter_map(|carriers| {
            let first = carriers.first()?;
            let words = accounts[first.document].text.text.get(first.start..first.end)?;
            let words =
                words.trim_matches(|c: char| !c.is_alphanumeric()).split_whitespace().collect::<Vec<_>>().join(" ");
            Some(Quotation { words, carriers })
        })
        .collect()
}
