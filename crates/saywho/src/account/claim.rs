//! Claims: the clauses of an account that are worth comparing, with who did what to whom.

use super::clause::Clause;
use super::list::clauses;
use super::said::Said;
use super::teller::{Done, Teller};
use crate::conversation::cue::{Form, Kind, is_talk_noun};
use crate::conversation::passage::{is_hearing, told_me};
use crate::conversation::prepared::{Narrow, Passage, Prepared};
use crate::conversation::slots::{self, Frame};
use crate::conversation::who::{Cast, Who};
use crate::reading::{Act, Polarity};
use crate::table::Place;
use crate::text::TokenId;

/// The claims of one account in order.
pub(super) fn claims_of(account: &Prepared, cast: &Cast) -> Vec<Said> {
    if !account.reading.document.may_be_english() {
        return Vec::new();
    }
    let own = account.own;
    let mut teller = Teller { account, cast, last: own, carried: None, found: Vec::new() };
    account.passages.iter().for_each(|passage| teller.passage(passage));
    teller.found
}

/// The claims of one account about the conversation itself, in order: who asked for it, how it went.
pub(crate) fn frames_of(account: &Prepared, cast: &Cast) -> Vec<Said> {
    let teller = Teller { account, cast, last: None, carried: None, found: Vec::new() };
    account.passages.iter().filter_map(|passage| teller.frame(passage)).collect()
}

impl Teller<'_, '_> {
    fn passage(&mut self, passage: &Passage) {
        let tokens = passage.tokens;
        let frame = self.frame(passage);
        let framed = frame.is_some();
        self.found.extend(frame);
        if self.quoted(tokens) || (passage.is_turn() && self.hearing(tokens)) {
            return;
        }
        let mut previous: Option<Done> = None;
        for clause in clauses(self.account, self.cast, tokens) {
            let (who, act) = self.who_and_act(&clause, previous.as_ref());
            let skipped = self.is_skipped(&clause, passage);
            if let (Some(Who::Party(party)), false) = (&who, clause.cue.is_none() && clause.goes_on) {
                self.last = Some(*party);
            }
            previous = Some((who.clone(), act));
            // Beside what it says of the conversation itself, a sentence tells only what it has a verb of telling for.
            let framed = self.found.iter().any(|f| f.frame.is_some() && self.covers(f, &clause))
                || (framed && clause.cue.is_none());
            if skipped || framed {
                continue;
            }
            self.carried = Some((who.clone(), act));
            self.add(&clause, who, act, passage);
        }
    }

    fn covers(&self, said: &Said, clause: &Clause) -> bool {
        self.account.text.span(clause.tokens).is_some_and(|s| s.overlaps(said.span))
    }

    fn add(&mut self, clause: &Clause, who: Option<Who>, act: Act, passage: &Passage) {
        let words = &self.account.words;
        let mut tokens = clause.tokens;
        if let Some(cue) = clause.cue {
            let to_discuss = |t: &TokenId| words[*t] == "to" && words.get(t.next()).is_some_and(|w| w == "discuss");
            if cue.kind == Kind::Talk
                && let Some(to) = cue.end.until(tokens.end).iter().find(to_discuss)
            {
                tokens.start = to;
            }
            // In the flow of speech a claim begins with its "I".
            let first = clause.region.iter().rev().take(3).find(|&t| matches!(words[t].as_str(), "i" | "we"));
            if let Some(first) = first.filter(|_| passage.is_turn()) {
                tokens.start = first;
            }
        }
        let cue = clause.cue.filter(|c| c.form != Form::Fixed && c.kind != Kind::Talk && tokens.contains(&c.at));
        let cue = cue.and_then(|_| self.account.text.span(self.verb_group(clause)));
        self.push(tokens, who, act, self.polarity(clause, act), |teller, who| teller.addressee(clause, who));
        if let Some(last) = self.found.last_mut() {
            last.cue = cue;
        }
    }

    /// Scenes, courtesies and lines without a word on the conversation.
    fn is_skipped(&self, clause: &Clause, passage: &Passage) -> bool {
        let words = self.words(clause);
        if words.len() < 4 && !clause.goes_on {
            return true;
        }
        let counted =
            words.iter().take(4).any(|w| matches!(w.as_str(), "first" | "second" | "third" | "fourth" | "fifth"))
                && words.iter().take(6).any(|w| is_talk_noun(w));
        let greeting = words.iter().any(|w| {
            w.starts_with("greeting")
                || w.starts_with("congratulat")
                || w.starts_with("condolence")
                || w == "birthday"
                || w == "hospitality"
        });
        let attributable = words.iter().any(|w| w == "attributable")
            || self.account.words.get(clause.tokens.end).is_some_and(|w| w == ":") && clause.cue.is_none();
        if counted || greeting || attributable || !is_relevant(self.account, passage, clause) {
            return true;
        }
        match clause.cue.map(|c| c.kind) {
            Some(Kind::Courtesy) => true,
            Some(Kind::Talk) => !self.has_topic(clause),
            _ => false,
        }
    }

    /// "spoke about ...", "held a call to discuss ...".
    fn has_topic(&self, clause: &Clause) -> bool {
        let Some(cue) = clause.cue else { return false };
        let words = &self.account.words;
        cue.end.until(clause.tokens.end).iter().any(|t| match words[t].as_str() {
            "about" | "regarding" | "concerning" => t.distance(clause.tokens.end) >= 3,
            "discuss" => words[t.back(1)] == "to",
            _ => false,
        })
    }

    /// A claim about the conversation itself: who asked for it, how it went.
    fn frame(&self, passage: &Passage) -> Option<Said> {
        let tokens = passage.tokens;
        let words = &self.account.words;
        let (frame, at) = slots::frame(self.account, tokens)?;
        let start = match frame {
            // From the verb of the talk, so that a long title before it does not count.
            Frame::Initiative => clauses(self.account, self.cast, tokens)
                .first()
                .and_then(|c| c.cue.filter(|c| c.kind == Kind::Talk && c.at < at))
                .map_or(tokens.start, |c| c.at),
            Frame::Tone => tokens.start,
        };
        let start =
            start.until(at).iter().rev().find(|&t| matches!(words[t].as_str(), ";" | ":")).map_or(start, Place::next);
        let pronoun =
            |t: TokenId| words.get(t.next()).is_some_and(|w| matches!(w.as_str(), "it" | "they" | "we" | "was"));
        let ends = |&t: &TokenId| {
            matches!(words[t].as_str(), ";" | "!" | "?") || matches!(words[t].as_str(), "and" | ",") && pronoun(t)
        };
        let stop = at.next().until(tokens.end).iter().find(ends).unwrap_or(tokens.end);
        let stop = if words[stop.back(1)] == "." { stop.back(1) } else { stop };
        let (who, act) = match frame {
            Frame::Initiative => {
                let side = slots::initiator(self.account, self.cast, tokens)?;
                let named = self.cast.of_side(&side).map_or(Who::Other(side), Who::Party);
                (Some(named), Act::Ask)
            }
            Frame::Tone => (None, Act::Say),
        };
        let said = self.said(start.until(stop.max(start.next())), who, act, Polarity::Affirmed)?;
        Some(Said { frame: Some(frame), ..said })
    }
}

/// Whether a clause may be a claim.
pub(crate) fn is_relevant(account: &Prepared, passage: &Passage, clause: &Clause) -> bool {
    // Where much else is told, a clause counts only with a verb of telling or as what goes on with one.
    let first = |t: TokenId| matches!(account.words[t].as_str(), "i" | "we");
    let tells = clause.cue.is_some_and(|c| {
        matches!(c.kind, Kind::Act(_))
            && c.form == Form::Past
            && (clause.region.is_empty() || clause.region.iter().rev().take(3).any(first))
    });
    let of_talk = || clause.tokens.iter().any(|t| is_talk_noun(&account.words[t]));
    match passage.narrow {
        None => true,
        Some(Narrow::Turn) => tells || is_hearing(account, clause.tokens) || told_me(account, clause.tokens),
        Some(Narrow::OtherTalk) => of_talk(),
    }
}
