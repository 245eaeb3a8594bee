//! The clauses of a sentence, with lists of topics cut into clauses of their own: "discussed A, B, as well as C".

use crate::reading::Act;
use crate::table::{Place, Places};
use crate::text::TokenId;
use crate::text::token::{Case, TokenKind};

use super::clause::{Clause, Cutter};
use crate::conversation::cue::{Hit, Kind};
use crate::conversation::prepared::Prepared;
use crate::conversation::who::Cast;

/// Cuts a sentence.
pub(super) fn clauses(account: &Prepared, cast: &Cast, sentence: Places<TokenId>) -> Vec<Clause> {
    let cutter = Cutter { account, cast, end: sentence.end };
    let mut clauses = cutter.predicates(sentence);
    let mut split = Vec::new();
    for clause in clauses.drain(..) {
        split.extend(cutter.items(clause));
    }
    split
}

impl Cutter<'_, '_> {
    /// A list of topics as clauses of their own: "discussed A, B, as well as C".
    fn items(&self, clause: Clause) -> Vec<Clause> {
        let Some(cue) = clause.cue.filter(|c| {
            let concern =
                c.end.until(c.end.plus(5).min(clause.tokens.end)).iter().any(|t| self.word(t).starts_with("concern"));
            lists(c, self.word(c.at), self.word(c.at.next()), concern)
        }) else {
            return vec![clause];
        };
        let cuts = self.list_cuts(cue.end, clause.tokens.end);
        if cuts.is_empty() {
            return vec![clause];
        }
        let end = clause.tokens.end;
        let mut found = vec![Clause { tokens: self.trimmed(clause.tokens.start.until(cuts[0].0)), ..clause.clone() }];
        for (i, &(_, begin)) in cuts.iter().enumerate() {
            let stop = cuts.get(i + 1).map_or(end, |c| c.0);
            let tokens = self.trimmed(begin.until(stop));
            if !tokens.is_empty() {
                found.push(Clause { tokens, cue: None, region: begin.until(begin), goes_on: true });
            }
        }
        found
    }

    /// Where the items of a list are cut: (end of the one before, start of the next).
    fn list_cuts(&self, from: TokenId, end: TokenId) -> Vec<(TokenId, TokenId)> {
        let mut cuts: Vec<(TokenId, TokenId)> = Vec::new();
        let mut t = from;
        let mut first = from;
        while t < end {
            let word = self.word(t);
            if matches!(word, "including" | "which" | "who" | "such" | "that" | "where" | "while" | ";" | "“" | "\"")
            {
                break;
            }
            let as_well =
                (word == "as" && self.word(t.next()) == "well" && self.word(t.plus(2)) == "as").then_some(t.plus(3));
            let next = match word {
                _ if as_well.is_some() => as_well,
                "," if self.word(t.next()) == "and" => Some(t.plus(2)),
                "," if self.word(t.next()) == "as" && self.word(t.plus(2)) == "well" => Some(t.plus(4)),
                "," | "and" => Some(t.next()),
                _ => None,
            };
            if let Some(next) = next {
                let left = self.weight(first, t);
                let stop = next.until(end).iter().find(|&u| matches!(self.word(u), "," | "and")).unwrap_or(end);
                let right = self.weight(next, stop);
                let listed = cuts.iter().any(|c| self.word(c.0) != "and");
                // "allies and partners", "in Brel and in Hale"
                let pair = t > from && self.word(t.back(1)).ends_with('s') && self.word(next).ends_with('s');
                let adjunct = matches!(
                    self.word(next),
                    "by" | "in" | "at" | "on" | "with" | "for" | "through" | "to" | "from" | "of"
                );
                let strong = word != "and" || (listed && !pair) || self.opens_phrase(next);
                let strong = strong && !adjunct && self.word(first) != "both";
                if left >= 2 && right >= 2 && strong {
                    cuts.push((t, next));
                    first = next;
                }
                t = next;
                continue;
            }
            t = t.next();
        }
        // A comma list ends with "and": two commas alone enclose an insertion.
        let commas = cuts.iter().filter(|c| self.word(c.0) == "," && c.1 == c.0.next()).count();
        if commas > 0 && commas == cuts.len() {
            cuts.clear();
        }
        cuts
    }

    /// Words that carry meaning in a range.
    fn weight(&self, from: TokenId, to: TokenId) -> usize {
        from.until(to)
            .iter()
            .filter(|&t| self.account.text.tokens[t].kind == TokenKind::Word && self.word(t).len() > 3)
            .count()
    }

    /// Whether a noun phrase with a head of its own begins: not "cooperation and transparency".
    fn opens_phrase(&self, t: TokenId) -> bool {
        let determiner = matches!(
            self.word(t),
            "the"
                | "a"
                | "an"
                | "its"
                | "their"
                | "his"
                | "her"
                | "another"
                | "additional"
                | "further"
                | "continued"
                | "efforts"
                | "ways"
                | "plans"
                | "preparations"
        );
        let name = self.account.text.tokens.get(t).is_some_and(|tok| tok.case(self.account.text.text) != Case::Lower)
            && !self.account.states.is_adjective(self.account.text.word(t));
        determiner || name
    }
}

/// Whether what follows a cue is a list of topics.
fn lists(cue: &Hit, verb: &str, next: &str, concern: bool) -> bool {
    match cue.kind {
        Kind::Act(Act::Discuss) => true,
        Kind::Act(Act::Inform) => verb.starts_with("review"),
        Kind::Act(Act::Say) => {
            verb.starts_with("thank") || verb.starts_with("raise") || (verb.starts_with("sp") && next == "about")
        }
        // "stressed her concern over A and the B"
        Kind::Act(Act::Stress) => concern,
        _ => false,
    }
}
