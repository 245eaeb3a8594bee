//! Claims: the clauses of an account that are worth comparing, with who did what to whom.

use std::ops::Range;

use crate::reading::{Act, Polarity, Span};

use super::account::Prepared;
use super::clause::{Clause, clauses};
use super::cue::{Form, Kind};
use super::parties::{Cast, Who, referents, subject};
use super::passage::{Passage, passages};
use super::person::{close, name_words};

/// A claim while it is being found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    /// Index of the account.
    pub account: usize,
    /// Where it stands (bytes).
    pub span: Span,
    /// Whose account tells it.
    pub side: Option<String>,
    /// Who did it; nobody where the account speaks of the conversation itself.
    pub who: Option<Who>,
    /// The name of `who`.
    pub speaker: Option<String>,
    /// To whom.
    pub addressee: Option<String>,
    /// What was done.
    pub act: Act,
    /// Whether it is negated.
    pub polarity: Polarity,
    /// What the claim is about, where it is about the conversation itself.
    pub frame: Option<Frame>,
    /// The label of its issue.
    pub issue: String,
    /// Words of the claim that tell its subject, in lower case.
    pub words: Vec<String>,
    /// Index of the sentence in its account.
    pub sentence: usize,
}

/// Claims about the conversation itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// Who asked for it.
    Initiative,
    /// How it went.
    Tone,
}

/// The claims of all accounts in order.
pub(super) fn claims(accounts: &[Prepared], cast: &Cast) -> Vec<Draft> {
    let mut found = Vec::new();
    for (i, account) in accounts.iter().enumerate() {
        let own = account.side.as_deref().and_then(|s| cast.of_side(s));
        let mut teller = Teller { account, cast, index: i, last: own, carried: None, found: Vec::new() };
        for passage in passages(account, cast) {
            teller.passage(&passage);
        }
        found.append(&mut teller.found);
    }
    found
}

struct Teller<'a, 'b> {
    account: &'a Prepared<'b>,
    cast: &'a Cast,
    index: usize,
    /// The party that was the last single subject: "he".
    last: Option<usize>,
    /// Speaker and act that a sentence without a subject of its own goes on with.
    carried: Option<(Option<Who>, Act)>,
    found: Vec<Draft>,
}

impl Teller<'_, '_> {
    fn words(&self, clause: &Clause) -> &[String] {
        &self.account.words[clause.tokens.clone()]
    }

    fn passage(&mut self, passage: &Passage) {
        let tokens = passage.tokens.clone();
        let frame = self.frame(passage);
        let framed = frame.is_some();
        self.found.extend(frame);
        if self.quoted(&tokens) || (passage.is_turn() && self.hearing(&tokens)) {
            return;
        }
        let mut previous: Option<(Option<Who>, Act)> = None;
        for clause in clauses(self.account, self.cast, tokens) {
            let (who, act) = self.who_and_act(&clause, previous.as_ref());
            let skipped = self.is_skipped(&clause, passage);
            if let (Some(Who::Party(party)), false) = (&who, clause.cue.is_none() && clause.goes_on) {
                self.last = Some(*party);
            }
            previous = Some((who.clone(), act));
            // Beside what it says of the conversation itself, a sentence tells only what it has a verb of telling for.
            let framed = self.found.iter().any(|f| f.frame.is_some() && self.covers(f, &clause)) || (framed && clause.cue.is_none());
            if skipped || framed {
                continue;
            }
            self.carried = Some((who.clone(), act));
            self.add(&clause, who, act, passage);
        }
    }

    fn covers(&self, draft: &Draft, clause: &Clause) -> bool {
        self.account.text.span(clause.tokens.clone()).is_some_and(|s| s.overlaps(draft.span))
    }

    fn add(&mut self, clause: &Clause, who: Option<Who>, act: Act, passage: &Passage) {
        let words = &self.account.words;
        let mut tokens = clause.tokens.clone();
        if let Some(cue) = clause.cue {
            if cue.kind == Kind::Talk
                && let Some(to) = (cue.end..tokens.end).find(|&t| words[t] == "to" && words.get(t + 1).is_some_and(|w| w == "discuss"))
            {
                tokens.start = to;
            }
            // In the flow of speech a claim begins with its "I".
            let first = clause.region.clone().rev().take(3).find(|&t| matches!(words[t].as_str(), "i" | "we"));
            if let Some(first) = first.filter(|_| passage.is_turn()) {
                tokens.start = first;
            }
        }
        self.push(tokens.clone(), who, act, self.polarity(clause, act), |teller, who| teller.addressee(clause, who));
    }

    fn push(
        &mut self,
        tokens: Range<usize>,
        who: Option<Who>,
        act: Act,
        polarity: Polarity,
        addressee: impl Fn(&Self, Option<&Who>) -> Option<String>,
    ) {
        let Some(span) = self.account.text.span(tokens.clone()) else { return };
        let addressee = addressee(self, who.as_ref());
        let sentence = self.account.text.sentence_of[tokens.start] as usize;
        self.found.push(Draft {
            account: self.index,
            span,
            side: self.account.side.clone(),
            speaker: who.as_ref().map(|w| self.cast.name(w)),
            who,
            addressee,
            act,
            polarity,
            frame: None,
            issue: String::new(),
            words: self.account.words[tokens].to_vec(),
            sentence,
        });
    }

    /// A sentence that is mostly a quotation tells what the one quoted said; its tail "..., Ilse Maren said" is left out.
    fn quoted(&mut self, sentence: &Range<usize>) -> bool {
        let text = &self.account.text;
        let Some(quote) = text.quotes.iter().find(|q| {
            let tokens = text.tokens_in(q.span);
            let shared = tokens.end.min(sentence.end).saturating_sub(tokens.start.max(sentence.start));
            shared >= 6 && 10 * shared >= 6 * sentence.len()
        }) else {
            return false;
        };
        let tokens = text.tokens_in(quote.span);
        let Some(who) = self.quoted_party(quote.span) else { return false };
        let mark = |t: usize| !self.account.words[t].chars().any(char::is_alphanumeric);
        let (mut start, mut end) = (tokens.start.max(sentence.start), tokens.end.min(sentence.end));
        while start < end && mark(start) {
            start += 1;
        }
        let mut parts = Vec::new();
        for t in start..end {
            let cut = self.account.words[t] == "but" && t > start && mark(t - 1) && end - t > 3;
            if cut {
                parts.push(start..t);
                start = t + 1;
            }
        }
        while end > start && mark(end - 1) {
            end -= 1;
        }
        parts.push(start..end);
        self.last = Some(who);
        for mut part in parts {
            while part.end > part.start && mark(part.end - 1) {
                part.end -= 1;
            }
            let words = &self.account.words[part.clone()];
            let asks = words.iter().take(3).any(|w| matches!(w.as_str(), "need" | "ask" | "call" | "urge")) && words.iter().any(|w| w == "your");
            let act = if asks { Act::Ask } else { Act::Say };
            if part.len() >= 3 {
                self.push(part, Some(Who::Party(who)), act, Polarity::Affirmed, |_, _| None);
            }
        }
        true
    }

    /// The party whom the reading takes to have spoken a quotation.
    fn quoted_party(&self, quote: Span) -> Option<usize> {
        let reading = self.account.reading;
        let around = reading.attributions.iter().filter(|a| a.content.iter().any(|c| c.overlaps(quote)));
        around.filter_map(|a| reading.entity(a.speaker.as_deref()?)).find_map(|speaker| {
            let last = name_words(&speaker.name).pop()?;
            (0..2).find(|&p| {
                let name = self.cast.name(&Who::Party(p));
                name_words(&name).pop().is_some_and(|other| other == last || close(&other, &last))
            })
        })
    }

    /// "It was important that he hear directly from me that ...": what a party wanted the other to hear.
    fn hearing(&mut self, sentence: &Range<usize>) -> bool {
        let words = &self.account.words;
        let Some(hear) = sentence.clone().find(|&t| words[t] == "hear" && super::passage::hears(self.account, t)) else {
            return false;
        };
        let Some(who) = super::parties::floor(self.account, hear).and_then(|p| self.cast.party(p)) else { return false };
        let dash = |t: &usize| matches!(words[*t].as_str(), "—" | "–" | ";");
        let start = (sentence.start..hear)
            .rev()
            .find(|t| dash(t) || matches!(words[*t].as_str(), "," | "and" | "but"))
            .map_or(sentence.start, |t| t + 1);
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
        for t in (hear..sentence.end).filter(dash).chain([sentence.end]) {
            if t > from + 6 {
                parts.push(from..t);
            }
            from = t + 1;
        }
        for mut part in parts {
            while part.end > part.start && !words[part.end - 1].chars().any(char::is_alphanumeric) {
                part.end -= 1;
            }
            let act = act_of(&words[part.clone()]);
            self.push(part, Some(Who::Party(who)), act, Polarity::Affirmed, |_, _| None);
        }
        true
    }

    /// Who the clause says did what.
    fn who_and_act(&self, clause: &Clause, previous: Option<&(Option<Who>, Act)>) -> (Option<Who>, Act) {
        let Some(cue) = clause.cue else { return self.without_cue(clause, previous) };
        let base = match cue.kind {
            Kind::Act(act) => act,
            _ => Act::Discuss,
        };
        let who = self.subject(clause, previous);
        (who.clone(), self.adjusted(clause, base, who.as_ref()))
    }

    /// A clause without a verb of telling goes on with what was told before.
    fn without_cue(&self, clause: &Clause, previous: Option<&(Option<Who>, Act)>) -> (Option<Who>, Act) {
        if clause.goes_on
            && let Some((who, act)) = previous
        {
            return (who.clone(), *act);
        }
        let carried = previous.cloned().or_else(|| self.carried.clone());
        let (mut who, act) = carried.unwrap_or((None, Act::Say));
        // "The southern state will ...": a state that does something itself.
        let words = self.words(clause);
        if let Some(Who::Other(name)) = subject(self.account, self.cast, clause.region.clone(), self.last)
            && self.cast.of_side(&name).is_some()
        {
            // "..., and the southern state will follow": a promise of that state.
            if previous.is_some() && words.iter().any(|w| w == "will") {
                return (Some(Who::Other(name)), Act::Promise);
            }
            who = who.or(Some(Who::Other(name)));
        }
        let has = |set: &[&str]| words.iter().any(|w| set.contains(&w.as_str()));
        let aims = words.iter().take(5).any(|w| matches!(w.as_str(), "goal" | "aim" | "purpose" | "eager"));
        let act = if act == Act::Agree && has(&["will", "held"]) {
            Act::Agree
        } else if aims || has(&["eager", "hopes", "wants"]) {
            Act::Want
        } else {
            Act::Say
        };
        (who, act)
    }

    fn subject(&self, clause: &Clause, previous: Option<&(Option<Who>, Act)>) -> Option<Who> {
        let cue = clause.cue?;
        if cue.kind == Kind::Talk {
            return Some(Who::Both);
        }
        let words = &self.account.words;
        let shared = clause.region.is_empty();
        if shared && let Some((who, _)) = previous {
            return who.clone();
        }
        let region = clause.region.clone();
        let found = subject(self.account, self.cast, region.clone(), self.last);
        let passive = cue.form == Form::Fixed
            || (cue.form == Form::Past
                && region.clone().rev().take(3).any(|t| matches!(words[t].as_str(), "was" | "were" | "been" | "be" | "is" | "are")));
        let by = (cue.end..(cue.end + 6).min(clause.tokens.end)).find(|&t| words[t] == "by");
        if passive {
            if let Some(by) = by
                && let Some((_, who, _)) =
                    referents(self.account, self.cast, by + 1..clause.tokens.end, self.last).into_iter().next()
            {
                return Some(who);
            }
            let telling = matches!(cue.act(), Some(Act::Discuss | Act::Agree | Act::Stress));
            if cue.form == Form::Fixed && !telling {
                return self.carried_who(previous);
            }
            return match found {
                // "Ilse Maren was told": the other one told her.
                Some(Who::Party(p)) => Some(Who::Party(1 - p)),
                _ => Some(Who::Both),
            };
        }
        if found.is_some() {
            return found;
        }
        let about_talk = region.clone().any(|t| is_talk_noun(&words[t]));
        if about_talk || cue.act() == Some(Act::Discuss) {
            return Some(Who::Both);
        }
        self.carried_who(previous)
    }

    fn carried_who(&self, previous: Option<&(Option<Who>, Act)>) -> Option<Who> {
        previous.cloned().or_else(|| self.carried.clone()).and_then(|c| c.0)
    }

    /// The act that a cue stands for in its clause.
    fn adjusted(&self, clause: &Clause, act: Act, who: Option<&Who>) -> Act {
        let words = self.words(clause);
        let has = |set: &[&str]| words.iter().any(|w| set.contains(&w.as_str()));
        let begins = |set: &[&str]| words.iter().any(|w| set.iter().any(|s| w.starts_with(s)));
        let both = who == Some(&Who::Both);
        let cue = clause.cue.map(|c| self.account.words[c.at].as_str()).unwrap_or_default();
        let about_talk = clause.region.clone().any(|t| is_talk_noun(&self.account.words[t]));
        let threat = (has(&["if", "should"]) || has(&["event"])) && begins(&["respond", "cost", "consequence", "sanction", "measure", "retaliat"]);
        let grave = has(&["grave", "serious", "dangerous", "fraught"]) && has(&["error", "mistake", "consequences", "danger"]);
        match act {
            Act::Say | Act::Stress | Act::Offer | Act::Believe if grave && !both => Act::Warn,
            Act::Discuss if cue.starts_with("review") && !both => Act::Inform,
            Act::Say if threat && !both && begins(&["cost", "consequence", "respond"]) => Act::Warn,
            Act::Stress if threat && matches!(cue, "made" | "making" | "makes" | "stressed" | "emphasized" | "reiterated") => Act::Warn,
            Act::Inform if both => Act::Discuss,
            Act::Say if both && about_talk => Act::Discuss,
            Act::Agree if !both && begins(&["readiness", "willingness", "commitment"]) && cue.starts_with("express") => Act::Promise,
            Act::Agree if !both && cue.starts_with("confirm") => Act::Say,
            Act::Say if begins(&["importance", "necessity"]) && matches!(cue, "noted" | "noting" | "mentioned") => Act::Stress,
            Act::Offer if begins(&["that"]) && cue.starts_with("suggest") && has(&["would"]) => Act::Say,
            other => other,
        }
    }

    /// The party that something is said to: "told Teo Vasca", "pointed out to the Secretary", "called on Sudovia".
    fn addressee(&self, clause: &Clause, who: Option<&Who>) -> Option<String> {
        let cue = clause.cue?;
        let words = &self.account.words;
        if cue.form == Form::Past
            && clause.region.clone().rev().take(2).any(|t| matches!(words[t].as_str(), "was" | "were"))
            && let Some(Who::Party(p)) = who
        {
            return Some(self.cast.name(&Who::Party(1 - p)));
        }
        let verb = words[cue.at].as_str();
        let direct = ["told", "tell", "inform", "brief", "urge", "press", "ask", "assur", "thank", "warn", "remind", "updat", "notif", "call", "appeal", "made", "gave"];
        let takes = direct.iter().any(|d| verb.starts_with(d)) || words.get(cue.end).is_some_and(|w| w == "to");
        let near = cue.end..(cue.end + 6).min(clause.tokens.end);
        let (_, found, _) = referents(self.account, self.cast, near, None).into_iter().next().filter(|_| takes)?;
        (Some(&found) != who && found != Who::Both).then(|| self.cast.name(&found))
    }

    fn polarity(&self, clause: &Clause, act: Act) -> Polarity {
        let Some(cue) = clause.cue else { return Polarity::Affirmed };
        let words = &self.account.words;
        let before = (clause.tokens.start..cue.at).rev().take(2).any(|t| matches!(words[t].as_str(), "not" | "never"));
        let none = (cue.end..clause.tokens.end).any(|t| {
            words[t] == "no" && words.get(t + 1).is_some_and(|w| matches!(w.as_str(), "intention" | "intentions" | "plans"))
        });
        if act == Act::Deny || before || none { Polarity::Negated } else { Polarity::Affirmed }
    }

    /// Scenes, courtesies and lines without a word on the conversation.
    fn is_skipped(&self, clause: &Clause, passage: &Passage) -> bool {
        let words = self.words(clause);
        if words.len() < 4 && !clause.goes_on {
            return true;
        }
        let counted = words.iter().take(4).any(|w| matches!(w.as_str(), "first" | "second" | "third" | "fourth" | "fifth"))
            && words.iter().take(6).any(|w| is_talk_noun(w));
        let greeting = words.iter().any(|w| {
            w.starts_with("greeting") || w.starts_with("congratulat") || w.starts_with("condolence") || w == "birthday" || w == "hospitality"
        });
        let attributable = words.iter().any(|w| w == "attributable") || self.account.words.get(clause.tokens.end).is_some_and(|w| w == ":") && clause.cue.is_none();
        if counted || greeting || attributable || !passage.relevant(self.account, clause) {
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
        (cue.end..clause.tokens.end).any(|t| match words[t].as_str() {
            "about" | "regarding" | "concerning" => clause.tokens.end - t >= 3,
            "discuss" => words[t - 1] == "to",
            _ => false,
        })
    }

    /// A claim about the conversation itself: who asked for it, how it went.
    fn frame(&self, passage: &Passage) -> Option<Draft> {
        let tokens = passage.tokens.clone();
        let words = &self.account.words;
        let (frame, at) = super::slots::frame(self.account, tokens.clone())?;
        let start = match frame {
            // From the verb of the talk, so that a long title before it does not count.
            Frame::Initiative => clauses(self.account, self.cast, tokens.clone())
                .first()
                .and_then(|c| c.cue.filter(|c| c.kind == Kind::Talk && c.at < at))
                .map_or(tokens.start, |c| c.at),
            Frame::Tone => tokens.start,
        };
        let start = (start..at).rev().find(|&t| matches!(words[t].as_str(), ";" | ":")).map_or(start, |t| t + 1);
        let pronoun = |t: usize| words.get(t + 1).is_some_and(|w| matches!(w.as_str(), "it" | "they" | "we" | "was"));
        let ends = |&t: &usize| matches!(words[t].as_str(), ";" | "!" | "?") || matches!(words[t].as_str(), "and" | ",") && pronoun(t);
        let stop = (at + 1..tokens.end).find(ends).unwrap_or(tokens.end);
        let stop = if words[stop - 1] == "." { stop - 1 } else { stop };
        let span = self.account.text.span(start..stop.max(start + 1))?;
        let (who, act) = match frame {
            Frame::Initiative => {
                let side = super::slots::initiator(self.account, self.cast, tokens)?;
                let named = self.cast.of_side(&side).map_or(Who::Other(side), Who::Party);
                (Some(named), Act::Ask)
            }
            Frame::Tone => (None, Act::Say),
        };
        Some(Draft {
            account: self.index,
            span,
            side: self.account.side.clone(),
            speaker: who.as_ref().map(|w| self.cast.name(w)),
            who,
            addressee: None,
            act,
            polarity: Polarity::Affirmed,
            frame: Some(frame),
            issue: String::new(),
            words: words[start..stop.max(start + 1)].to_vec(),
            sentence: self.account.text.sentence_of[start] as usize,
        })
    }
}

/// Whether a word means the conversation itself.
pub(super) fn is_talk_noun(word: &str) -> bool {
    matches!(word, "conversation" | "call" | "talks" | "meeting" | "discussion" | "videoconference" | "negotiations")
}
