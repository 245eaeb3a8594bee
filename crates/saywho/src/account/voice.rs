//! Who did what to whom in a clause: subject, act, addressee and polarity.

use super::clause::Clause;
use super::teller::{Done, Teller};
use crate::conversation::cue::{Form, Kind, hit, is_talk_noun};
use crate::conversation::who::{Who, referents, subject};
use crate::reading::{Act, Polarity};
use crate::table::{Place, Places, Table};
use crate::text::TokenId;
use crate::words;

impl Teller<'_, '_> {
    /// Who the clause says did what.
    pub(super) fn who_and_act(&self, clause: &Clause, previous: Option<&Done>) -> Done {
        let Some(cue) = clause.cue else { return self.without_cue(clause, previous) };
        let base = match cue.kind {
            Kind::Act(act) => act,
            _ => Act::Discuss,
        };
        let who = self.subject(clause, previous);
        (who.clone(), self.adjusted(clause, base, who.as_ref()))
    }

    /// The subject that a clause begins with, behind what may stand before it, with its token: "In return he wanted ...".
    fn begins_with(&self, clause: &Clause) -> Option<(TokenId, Who)> {
        let words = &self.account.words;
        let end = clause.cue.map_or(clause.tokens.end, |cue| cue.at.max(clause.tokens.start));
        let opens = |t: &TokenId| {
            matches!(words[*t].as_str(), "and" | "but" | "that" | "so" | "then" | "also" | "yet" | "when")
        };
        let start = clause.tokens.start.until(end).iter().find(|t| !opens(t))?;
        // "On the pier, she ..."
        let comma = start
            .until(end.min(start.plus(FRONTED)))
            .iter()
            .find(|&t| words[t] == ",")
            .filter(|_| words::ends_phrase_head(&words[start]));
        let start = comma.map_or(start, |comma| comma.next());
        let stop = end.max(start.next()).min(start.plus(5)).min(clause.tokens.end);
        let (at, who, _) = referents(self.account, self.cast, start.until(stop), self.last)
            .into_iter()
            .find(|(_, _, governed)| !governed)?;
        let first = self.account.name_around(at).map_or(at, |name| name.whole.start.min(at));
        let nominative = matches!(words[at].as_str(), "i" | "we" | "he" | "she" | "they" | "you");
        // A state may be spoken of by one who speaks for it, and "they" may be anybody.
        let party = match &who {
            Who::Party(_) => true,
            Who::Other(name) => self.cast.body_named(name).is_some(),
            Who::Both => !matches!(words[at].as_str(), "they" | "both" | "neither" | "two"),
        };
        // "The taxi he accepted": what stands before a pronoun in this form is no subject.
        (party && (nominative || first <= start.next())).then_some((at, who))
    }

    /// What is done together by "we" or "they" is done by both; else by the side that says so, or of which it is said.
    fn together(&self, at: TokenId, who: Who, act: Option<Act>) -> Who {
        let many = matches!(self.account.words[at].as_str(), "we" | "they");
        if many && matches!(act, Some(Act::Agree | Act::Discuss)) { Who::Both } else { who }
    }

    /// A clause without a verb of telling goes on with what was told before.
    pub(super) fn without_cue(&self, clause: &Clause, previous: Option<&Done>) -> Done {
        let (who, act) = self.goes_on(clause, previous);
        match self.begins_with(clause) {
            Some((at, explicit)) if !clause.goes_on => (Some(self.together(at, explicit, Some(act))), act),
            _ => (who, act),
        }
    }

    fn goes_on(&self, clause: &Clause, previous: Option<&Done>) -> Done {
        if clause.goes_on
            && let Some((who, act)) = previous
        {
            return (who.clone(), *act);
        }
        let carried = previous.cloned().or_else(|| self.carried.clone());
        let (mut who, act) = carried.unwrap_or((None, Act::Say));
        // "The southern state will ...": a state that does something itself.
        let words = self.words(clause);
        if let Some(Who::Other(name)) = subject(self.account, self.cast, clause.region, self.last)
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

    pub(super) fn subject(&self, clause: &Clause, previous: Option<&Done>) -> Option<Who> {
        let cue = clause.cue?;
        if cue.kind == Kind::Talk {
            return Some(Who::Both);
        }
        let words = &self.account.words;
        let shared = clause.region.is_empty();
        if shared && let Some((who, _)) = previous {
            return who.clone();
        }
        let region = clause.region;
        let found = subject(self.account, self.cast, region, self.last);
        // "The Head of the Office and the Deputy Prime Minister discussed ..."
        let joined = region.iter().any(|t| words[t] == "and");
        if cue.act() == Some(Act::Discuss) && joined && found.is_some() {
            return Some(Who::Both);
        }
        let passive = cue.form == Form::Fixed
            || (cue.form == Form::Past
                && region
                    .iter()
                    .rev()
                    .take(3)
                    .any(|t| matches!(words[t].as_str(), "was" | "were" | "been" | "be" | "is" | "are")));
        let by = cue.end.until(cue.end.plus(6).min(clause.tokens.end)).iter().find(|&t| words[t] == "by");
        if passive {
            if let Some(by) = by
                && let Some((_, who, _)) =
                    referents(self.account, self.cast, by.next().until(clause.tokens.end), self.last).into_iter().next()
            {
                return Some(who);
            }
            let telling = matches!(cue.act(), Some(Act::Discuss | Act::Agree | Act::Stress));
            if cue.form == Form::Fixed && !telling {
                return self.carried_who(previous);
            }
            return match found {
                // "Ilse Maren was told": the other one told her.
                Some(Who::Party(p)) => self.cast.other(p).map(Who::Party),
                _ => Some(Who::Both),
            };
        }
        if let Some(found) = found {
            let many = |t: &TokenId| matches!(words[*t].as_str(), "we" | "they");
            let at = region.iter().rev().find(many);
            return Some(at.map_or(found.clone(), |at| self.together(at, found, cue.act())));
        }
        let about_talk = region.iter().any(|t| is_talk_noun(&words[t]));
        if about_talk || cue.act() == Some(Act::Discuss) {
            return Some(Who::Both);
        }
        self.carried_who(previous)
    }

    pub(super) fn carried_who(&self, previous: Option<&Done>) -> Option<Who> {
        previous.cloned().or_else(|| self.carried.clone()).and_then(|c| c.0)
    }

    /// The act that a cue stands for in its clause.
    pub(super) fn adjusted(&self, clause: &Clause, act: Act, who: Option<&Who>) -> Act {
        let words = self.words(clause);
        let has = |set: &[&str]| words.iter().any(|w| set.contains(&w.as_str()));
        let begins = |set: &[&str]| words.iter().any(|w| set.iter().any(|s| w.starts_with(s)));
        let both = who == Some(&Who::Both);
        let cue = clause.cue.map(|c| self.account.words[c.at].as_str()).unwrap_or_default();
        let about_talk = clause.region.iter().any(|t| is_talk_noun(&self.account.words[t]));
        let threat = (has(&["if", "should"]) || has(&["event"]))
            && begins(&["respond", "cost", "consequence", "sanction", "measure", "retaliat"]);
        let grave =
            has(&["grave", "serious", "dangerous", "fraught"]) && has(&["error", "mistake", "consequences", "danger"]);
        match act {
            // "refused to discuss it" says nothing; "refused to lift it" does nothing.
            Act::Agree if is_refusal(cue) => self.refused(clause),
            Act::Say | Act::Stress | Act::Offer | Act::Believe if grave && !both => Act::Warn,
            Act::Discuss if cue.starts_with("review") && !both => Act::Inform,
            Act::Say if threat && !both && begins(&["cost", "consequence", "respond"]) => Act::Warn,
            Act::Stress
                if threat && matches!(cue, "made" | "making" | "makes" | "stressed" | "emphasized" | "reiterated") =>
            {
                Act::Warn
            }
            Act::Inform if both => Act::Discuss,
            Act::Say if both && about_talk => Act::Discuss,
            Act::Agree
                if !both && begins(&["readiness", "willingness", "commitment"]) && cue.starts_with("express") =>
            {
                Act::Promise
            }
            Act::Agree if !both && cue.starts_with("confirm") => Act::Say,
            Act::Say if begins(&["importance", "necessity"]) && matches!(cue, "noted" | "noting" | "mentioned") => {
                Act::Stress
            }
            Act::Offer if begins(&["that"]) && cue.starts_with("suggest") && has(&["would"]) => Act::Say,
            other => other,
        }
    }

    /// What was refused: to say something, or to do or take it.
    fn refused(&self, clause: &Clause) -> Act {
        let words = &self.account.words;
        let behind = clause.cue.map_or(clause.tokens.end, |c| c.end);
        let verb = behind.until(clause.tokens.end).iter().find(|&t| words[t] != "to");
        let said = verb.and_then(|t| hit(words, t, clause.tokens.end)).and_then(|h| h.act());
        let spoken = matches!(said, Some(Act::Say | Act::Inform | Act::Stress | Act::Discuss | Act::Deny));
        if spoken { Act::Say } else { Act::Agree }
    }

    /// The party that something is said to: "told Teo Vasca", "pointed out to the Secretary", "called on Sudovia".
    pub(super) fn addressee(&self, clause: &Clause, who: Option<&Who>) -> Option<Who> {
        let cue = clause.cue?;
        let words = &self.account.words;
        if cue.form == Form::Past
            && clause.region.iter().rev().take(2).any(|t| matches!(words[t].as_str(), "was" | "were"))
            && let Some(Who::Party(p)) = who
        {
            return self.cast.other(*p).map(Who::Party);
        }
        let verb = words[cue.at].as_str();
        let direct = [
            "told", "tell", "inform", "brief", "urge", "press", "ask", "assur", "thank", "warn", "remind", "updat",
            "notif", "call", "appeal", "made", "gave",
        ];
        let takes = direct.iter().any(|d| verb.starts_with(d)) || words.get(cue.end).is_some_and(|w| w == "to");
        let near = cue.end.until(cue.end.plus(6).min(clause.tokens.end));
        let (_, found, _) = referents(self.account, self.cast, near, None).into_iter().next().filter(|_| takes)?;
        (Some(&found) != who && found != Who::Both).then_some(found)
    }

    pub(super) fn polarity(&self, clause: &Clause, act: Act) -> Polarity {
        let Some(cue) = clause.cue else { return Polarity::Affirmed };
        let words = &self.account.words;
        let none = cue.end.until(clause.tokens.end).iter().any(|t| {
            words[t] == "no"
                && words.get(t.next()).is_some_and(|w| matches!(w.as_str(), "intention" | "intentions" | "plans"))
        });
        let in_group = self.verb_group(clause).iter().filter(|&t| is_negation(words, t)).count();
        let denied = act == Act::Deny || none || is_refusal(&words[cue.at]);
        let negations = in_group + usize::from(self.negative_subject(clause)) + usize::from(denied);
        if negations % 2 == 1 { Polarity::Negated } else { Polarity::Affirmed }
    }

    /// The cue with the auxiliaries, adverbs and negations right before it: "did not agree", "has also failed to agree".
    pub(super) fn verb_group(&self, clause: &Clause) -> Places<TokenId> {
        let Some(cue) = clause.cue else { return clause.tokens.start.until(clause.tokens.start) };
        let words = &self.account.words;
        let belongs = |t: &TokenId| {
            let word = words[*t].as_str();
            AUXILIARIES.contains(&word)
                || is_negation(words, *t)
                || matches!(word, "also" | "again" | "then" | "to" | "’" | "'")
                || (word.ends_with("ly") && word.len() > 4)
        };
        let before = clause.tokens.start.until(cue.at).iter().rev().take_while(belongs).last().unwrap_or(cue.at);
        // An adverb or an apostrophe alone begins no verb group.
        let verb = |t: &TokenId| AUXILIARIES.contains(&words[*t].as_str()) || is_negation(words, *t);
        before.until(cue.at).iter().find(verb).unwrap_or(cue.at).until(cue.end)
    }

    /// "No date was agreed", "Neither side agreed": nobody did it, or nothing was done. The word begins the subject.
    fn negative_subject(&self, clause: &Clause) -> bool {
        let words = &self.account.words;
        // "After an hour, no date was agreed"; not "Maren, no friend of the ban, demanded"
        let begins = |t: TokenId| {
            let opens = matches!(words[t.back(1)].as_str(), "," | ";" | ":" | "but" | "and" | "however" | "that");
            opens && subject(self.account, self.cast, clause.region.start.until(t), self.last).is_none()
        };
        let none = |t: TokenId| matches!(words[t].as_str(), "no" | "neither" | "nobody" | "none" | "nothing");
        clause.region.iter().any(|t| none(t) && (t == clause.region.start || begins(t)))
    }
}

/// How long what stands before a subject may be, in words.
const FRONTED: usize = 14;

/// Words that may stand before a verb in its group.
const AUXILIARIES: [&str; 26] = [
    "was", "were", "is", "are", "been", "be", "has", "have", "had", "did", "do", "does", "didn", "don", "doesn",
    "hasn", "haven", "hadn", "wasn", "weren", "would", "could", "couldn", "wouldn", "can", "should",
];

/// Whether a word negates the verb behind it: "not", the rest of "didn’t", "failed to".
fn is_negation(words: &Table<TokenId, String>, t: TokenId) -> bool {
    match words[t].as_str() {
        "not" | "never" | "cannot" => true,
        "t" => t.before().is_some_and(|before| matches!(words[before].as_str(), "’" | "'")),
        "fail" | "fails" | "failed" => words.get(t.next()).is_some_and(|w| w == "to"),
        _ => false,
    }
}

/// Verbs of not doing what follows them.
fn is_refusal(verb: &str) -> bool {
    verb.starts_with("refus") || verb.starts_with("declin")
}
