//! What is told in somebody's own words: quotations of a party, and what a party says it wanted the other to hear.

use super::teller::Teller;
use crate::conversation::id::PartyId;
use crate::conversation::passage::hears;
use crate::conversation::person::{close, name_words};
use crate::conversation::who::{Who, floor};
use crate::reading::{Act, Polarity, Span};
use crate::table::{Place, Places};
use crate::text::TokenId;

impl Teller<'_, '_> {
    /// A sentence that is mostly a quotation tells what the one quoted said; its tail "..., Ilse Maren said" is left out.
    pub(super) fn quoted(&mut self, sentence: Places<TokenId>) -> bool {
        let text = &self.account.text;
        let Some(quote) = text.quotes.iter().find(|q| {
            let tokens = text.tokens_in(q.span);
            let shared = tokens.start.max(sentence.start).until(tokens.end.min(sentence.end)).len();
            shared >= 6 && 10 * shared >= 6 * sentence.len()
        }) else {
            return false;
        };
        let tokens = text.tokens_in(quote.span);
        let Some(who) = self.quoted_party(quote.span) else { return false };
        let mark = |t: TokenId| !self.account.words[t].chars().any(char::is_alphanumeric);
        let (mut start, mut end) = (tokens.start.max(sentence.start), tokens.end.min(sentence.end));
        while start < end && mark(start) {
            start = start.next();
        }
        while end > start && mark(end.back(1)) {
            end = end.back(1);
        }
        let mut parts = Vec::new();
        let mut from = start;
        for t in start.until(end) {
            let cut = self.account.words[t] == "but" && t > from && mark(t.back(1)) && t.distance(end) > 3;
            if cut {
                parts.push(from.until(t));
                from = t.next();
            }
        }
        parts.push(from.until(end));
        self.last = Some(who);
        for mut part in parts {
            while part.end > part.start && mark(part.end.back(1)) {
                part.end = part.end.back(1);
            }
            let words = &self.account.words[part];
            let asks = words.iter().take(3).any(|w| matches!(w.as_str(), "need" | "ask" | "call" | "urge"))
                && words.iter().any(|w| w == "your");
            let act = if asks { Act::Ask } else { Act::Say };
            if part.len() >= 3 {
                self.push(part, Some(Who::Party(who)), act, Polarity::Affirmed, |_, _| None);
            }
        }
        true
    }

    /// The party whom the reading takes to have spoken a quotation.
    pub(super) fn quoted_party(&self, quote: Span) -> Option<PartyId> {
        let reading = self.account.reading;
        let around = reading.attributions.iter().filter(|a| a.content.iter().any(|c| c.overlaps(quote)));
        around.filter_map(|a| reading.entity(a.speaker.as_deref()?)).find_map(|speaker| {
            let last = name_words(&speaker.name).pop()?;
            self.cast.parties.places().find(|&p| {
                let name = self.cast.name(&Who::Party(p));
                name_words(name.name()).pop().is_some_and(|other| other == last || close(&other, &last))
            })
        })
    }

    /// "It was important that he hear directly from me that ...": what a party wanted the other to hear.
    pub(super) fn hearing(&mut self, sentence: Places<TokenId>) -> bool {
        let words = &self.account.words;
        let Some(hear) = sentence.iter().find(|&t| words[t] == "hear" && hears(self.account, t)) else {
            return false;
        };
        let Some(who) = floor(self.account, hear).and_then(|p| self.cast.party(p)) else { return false };
        let dash = |t: &TokenId| matches!(words[*t].as_str(), "—" | "–" | ";");
        let start = sentence
            .start
            .until(hear)
            .iter()
            .rev()
            .find(|t| dash(t) || matches!(words[*t].as_str(), "," | "and" | "but"))
            .map_or(sentence.start, Place::next);
        let act_of = |words: &[String]| {
            let has = |set: &[&str]| words.iter().any(|w| set.contains(&w.as_str()));
            if has(&["expectation", "expect", "expects"]) {
                Act::Demand
            } else if has(&["not", "never", "costs", "consequences"]) {
                Act::Warn
            } else {
                Act::Stress
            }
        };
        let mut parts = Vec::new();
        let mut from = start;
        for t in hear.until(sentence.end).iter().filter(dash).chain([sentence.end]) {
            if t > from.plus(6) {
                parts.push(from.until(t));
            }
            from = t.next();
        }
        for mut part in parts {
            while part.end > part.start && !words[part.end.back(1)].chars().any(char::is_alphanumeric) {
                part.end = part.end.back(1);
            }
            let act = act_of(&words[part]);
            self.push(part, Some(Who::Party(who)), act, Polarity::Affirmed, |_, _| None);
        }
        true
    }
}
