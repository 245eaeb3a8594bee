//! What a reader of a comparison must know first: accounts that tell nothing, of one side, or of other conversations.

use std::collections::BTreeSet;

use super::data::{Account, Comparison, Readable, Told};
use crate::prose::{day, listed, one_line};

/// Why a comparison says less than it seems to, a sentence each with what to do; none for a sound one.
pub(super) fn cautions(comparison: &Comparison) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(no_conversation(comparison));
    found.extend(unread(comparison));
    found.extend(other_conversation(comparison));
    found.extend(other_days(comparison));
    found.extend(one_side(comparison));
    found
}

/// Accounts that tell of no conversation.
fn no_conversation(comparison: &Comparison) -> Option<String> {
    const GIVE: &str = "give accounts of a call or meeting of two or more who are named.";
    let names = names(comparison, |d| comparison.documents[d].conversation == Told::None);
    match names.as_slice() {
        [] => None,
        all if all.len() < comparison.documents.len() => {
            Some(format!("No conversation found in {}: {GIVE}", listed(all)))
        }
        [_] => Some(format!("No conversation found in this document: {GIVE}")),
        _ => Some(format!("No conversation found in these documents: {GIVE}")),
    }
}

/// Accounts in which nothing could be read.
fn unread(comparison: &Comparison) -> Option<String> {
    let unread = comparison.documents.iter().filter(|d| d.is_unread());
    let name = |d: &Account| match d.language.as_deref().filter(|_| !d.may_be_english()) {
        Some(tag) => format!("{} (not in English but “{}”)", one_line(&d.id), one_line(tag)),
        None => one_line(&d.id),
    };
    let names: Vec<String> = unread.map(name).collect();
    let several = comparison.documents.len() > 1 && !names.is_empty();
    let which = if names.len() == 1 { "this account" } else { "these accounts" };
    several.then(|| {
        format!(
            "Nothing could be read in {which}: {}. What only another account tells is therefore not compared.",
            listed(&names)
        )
    })
}

/// Accounts of a conversation of others.
fn other_conversation(comparison: &Comparison) -> Option<String> {
    let another = |d: &Account| d.conversation == Told::Another && d.claims == Readable::None;
    let names = names(comparison, |d| another(&comparison.documents[d]));
    let seem = if names.len() == 1 { "seems" } else { "seem" };
    (!names.is_empty()).then(|| {
        format!(
            "{} {seem} to tell of another conversation than the other accounts: leave it out, or compare it by itself.",
            listed(&names)
        )
    })
}

/// Accounts that give different days for the conversation; next to each other is no matter, midnight may lie between.
fn other_days(comparison: &Comparison) -> Option<String> {
    let told = comparison.documents.iter().filter_map(|d| Some((d.conversation_date.as_deref()?, one_line(&d.id))));
    let told: Vec<(&str, String)> = told.collect();
    let numbers: Vec<i64> = told.iter().filter_map(|(date, _)| day_number(date)).collect();
    let apart = numbers.iter().max()? - numbers.iter().min()? > 1;
    apart.then(|| {
        let each: Vec<String> = told.iter().map(|(date, name)| format!("{} in {name}", day(date))).collect();
        format!(
            "The accounts give different days, {}: if they tell of different conversations, compare each by itself.",
            listed(&each)
        )
    })
}

/// Days from a fixed day to an ISO date, near enough to tell neighbours from others.
fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // Years that begin in March, so that a leap day is their last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day)
}

/// Accounts that are all of one side.
fn one_side(comparison: &Comparison) -> Option<String> {
    let sides: BTreeSet<Option<&str>> = comparison.documents.iter().map(|d| d.side.as_deref()).collect();
    let only = sides.first().copied().flatten().filter(|_| comparison.documents.len() > 1 && sides.len() == 1)?;
    Some(format!(
        "All accounts are taken as {}’s, so that nothing is compared: say whose each is, in their order, with \
         --side (on the page: “Whose account?”).",
        one_line(only)
    ))
}

fn names(comparison: &Comparison, which: impl Fn(usize) -> bool) -> Vec<String> {
    (0..comparison.documents.len()).filter(|&d| which(d)).map(|d| one_line(&comparison.documents[d].id)).collect()
}
