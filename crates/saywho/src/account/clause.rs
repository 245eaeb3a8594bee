//! Sentences cut into clauses of one act and one subject.

use crate::text::TokenId;
use crate::text::token::{Case, TokenKind};

use crate::conversation::cue::{Form, Hit, Kind, hit};
use crate::conversation::id::PartyId;
use crate::conversation::prepared::Prepared;
use crate::conversation::who::{Cast, Who, floor, referents};
use crate::reading::Act;
use crate::table::{Place, Places};

/// A clause of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Clause {
    /// Its tokens.
    pub tokens: Places<TokenId>,
    /// Its verb of telling, where it has one.
    pub cue: Option<Hit>,
    /// Where its subject stands; empty where it shares the one before.
    pub region: Places<TokenId>,
    /// Whether it goes on with the act of the clause before: "... and that ..."
    pub goes_on: bool,
}

/// Cuts one sentence.
pub(super) struct Cutter<'a, 'b> {
    pub(super) account: &'a Prepared<'b>,
    pub(super) cast: &'a Cast,
    pub(super) end: TokenId,
}

impl Cutter<'_, '_> {
    pub(super) fn word(&self, t: TokenId) -> &str {
        if t < self.end { self.account.words[t].as_str() } else { "" }
    }

    fn hit(&self, t: TokenId) -> Option<Hit> {
        if t >= self.end {
            return None;
        }
        // "the United States" is no verb.
        let capital = self.account.text.case(t) != Case::Lower;
        let of_sentence = |before: &TokenId| self.account.text.sentence_of[*before] == self.account.text.sentence_of[t];
        if capital && t.before().filter(of_sentence).is_some_and(|before| self.is_open(before)) {
            return None;
        }
        let found = hit(&self.account.words, t, self.end)?;
        // After these a verb's form is no predicate of its own: "to discuss", "the talks", "his call", "will discuss".
        let before = t.before().map_or("", |before| self.account.words[before].as_str());
        let noun = matches!(
            before,
            "to" | "the" | "a" | "an" | "his" | "her" | "their" | "its" | "our" | "this" | "of" | "for" | "such"
        );
        // "continued to discuss" tells of a discussion as "discussed" does, "failed to agree" of what was not agreed.
        let began = before == "to"
            && found.form == Form::Base
            && t.minus(2).is_some_and(|verb| {
                matches!(
                    self.account.words[verb].as_str(),
                    "continued" | "began" | "started" | "proceeded" | "failed" | "fails"
                )
            });
        if began {
            return Some(Hit { form: Form::Past, ..found });
        }
        let bare = matches!(found.form, Form::Base | Form::Third) && (noun || before == "will");
        (!bare).then_some(found)
    }

    /// Whether a capital behind a token cannot be that of a sentence or quotation: behind a word or a comma.
    fn is_open(&self, before: TokenId) -> bool {
        self.account.text.tokens[before].kind == TokenKind::Word || self.account.words[before] == ","
    }

    /// Clauses at coordinated verbs, participles, "and that", new subjects and relative clauses with a subject of their own.
    pub(super) fn predicates(&self, sentence: Places<TokenId>) -> Vec<Clause> {
        let mut clauses = vec![self.first(sentence)];
        if let Some(purpose) = self.purpose(&clauses[0]) {
            clauses[0].tokens.end = purpose.tokens.start;
            clauses.push(purpose);
        }
        let mut t = clauses[clauses.len() - 1].cue.map_or(sentence.start, |c| c.end).max(sentence.start.next());
        while t < sentence.end {
            if let Some(next) = self.cut(&clauses, sentence.start, t) {
                let last = clauses.len() - 1;
                clauses[last].tokens.end = t;
                t = next.cue.map_or(next.tokens.start.next(), |c| c.end.max(next.tokens.start.next()));
                clauses.push(next);
            } else {
                t = t.next();
            }
        }
        for clause in &mut clauses {
            clause.tokens = self.trimmed(clause.tokens);
        }
        clauses.retain(|c| !c.tokens.is_empty());
        clauses
    }

    /// The first clause: up to the first finite verb of telling with its subject before it.
    fn first(&self, sentence: Places<TokenId>) -> Clause {
        let finite = |h: &Hit| matches!(h.form, Form::Past | Form::Third | Form::Fixed | Form::Base);
        let cue = sentence
            .iter()
            .filter_map(|t| self.hit(t).filter(finite))
            .find(|h| h.form == Form::Fixed || self.is_predicate(sentence.start, h));
        let region = sentence.start.until(cue.map_or(sentence.end, |c| c.at));
        Clause { tokens: sentence, cue, region, goes_on: false }
    }

    /// "spoke with Teo Vasca to stress ...": what the talk was for is an act of the one who called.
    fn purpose(&self, talk: &Clause) -> Option<Clause> {
        let cue = talk.cue.filter(|c| c.kind == Kind::Talk)?;
        let told = |t: TokenId| {
            hit(&self.account.words, t, self.end)
                .filter(|h| h.form == Form::Base && h.act().is_some_and(|a| a != Act::Discuss))
        };
        let behind = cue.end.until(talk.tokens.end.back(1));
        let to = behind.iter().find(|&t| self.word(t) == "to" && told(t.next()).is_some())?;
        // "to the Secretary": the verb must not be a noun.
        Some(Clause { tokens: to.until(self.end), cue: told(to.next()), region: talk.region, goes_on: false })
    }

    /// Whether a verb's form is a predicate and not a participle behind its noun ("the measures announced last week").
    fn is_predicate(&self, start: TokenId, hit: &Hit) -> bool {
        if hit.at == start {
            return false;
        }
        // "as I noted, ..." within a sentence is an aside, and "I think" of someone who was not there is no cue.
        let pronoun = matches!(self.word(hit.at.back(1)), "i" | "we");
        let aside = pronoun && hit.at >= start.plus(3) && self.word(hit.at.back(2)) == "as";
        let outsider =
            self.word(hit.at.back(1)) == "i" && floor(self.account, hit.at).and_then(|p| self.cast.party(p)).is_none();
        if aside || outsider {
            return false;
        }
        let before = self.word(hit.at.back(1));
        let auxiliary = |w: &str| {
            matches!(
                w,
                "was"
                    | "were"
                    | "is"
                    | "are"
                    | "has"
                    | "have"
                    | "had"
                    | "been"
                    | "be"
                    | "will"
                    | "would"
                    | "did"
                    | "does"
            )
        };
        let adverb = before.ends_with("ly")
            || matches!(
                before,
                "also"
                    | "again"
                    | "then"
                    | "both"
                    | "further"
                    | "now"
                    | "all"
                    | "each"
                    | "once"
                    | "jointly"
                    | "turn"
                    | ","
            );
        let far = start.until(hit.at).iter().rev().take(3).any(|t| auxiliary(self.word(t)));
        let named = {
            let refs = referents(self.account, self.cast, start.until(hit.at), anybody());
            refs.iter().rev().find(|(_, _, governed)| !governed).is_some_and(|(t, _, _)| self.close(*t, hit.at))
        };
        // "did not agree", "couldn’t agree"; not "who did not agree"
        let negated = matches!(before, "not" | "never" | "cannot" | "t")
            && !start.until(hit.at).iter().any(|t| self.word(t) == ";")
            && !start.until(hit.at).iter().rev().take(5).any(|t| matches!(self.word(t), "who" | "which"));
        match hit.form {
            Form::Past if before == "to" => true,
            Form::Base if negated => true,
            Form::Past if negated && far => true,
            Form::Base => matches!(before, "we" | "i" | "they") || (adverb && named),
            _ => auxiliary(before) || named || (adverb && far),
        }
    }

    /// Whether nothing but the name itself, adverbs and parenthetical words stand between a subject and its verb.
    fn close(&self, from: TokenId, to: TokenId) -> bool {
        let behind = self.account.name_around(from).map_or(from.next(), |n| n.whole.end.max(from.next()));
        let inserted = behind.until(to).iter().any(|t| self.word(t) == ",");
        behind >= to
            || behind.distance(to) <= 3
            || (inserted && behind.distance(to) <= 12)
            || behind.until(to).iter().all(|t| {
                let word = self.account.text.word(t);
                word.starts_with(char::is_uppercase)
                    || word.ends_with("ly")
                    || matches!(word, "of" | "the" | "and" | "also" | ",")
            })
    }

    /// The clause that begins behind a conjunction or mark at `t`, if one does.
    fn cut(&self, before: &[Clause], start: TokenId, t: TokenId) -> Option<Clause> {
        let word = self.word(t);
        if !matches!(word, "and" | "but" | "," | ";" | "—" | "–") || self.is_quoted_list(t) {
            return None;
        }
        // ", and" cuts at the comma.
        let mut next = t.next();
        let comma = word == "," || word == ";" || word == "—" || word == "–";
        if comma && matches!(self.word(next), "and" | "but" | "—") {
            next = next.next();
        }
        let begin = next;
        while self.word(next).ends_with("ly") && next < self.end
            || matches!(self.word(next), "also" | "again" | "then" | "further" | "thus" | "both")
        {
            next = next.next();
        }
        let conjunction = word != "," || begin > t.next();
        let told = before.iter().any(|c| c.cue.is_some());
        self.shared_subject(begin, next, told, conjunction)
            .or_else(|| self.that(before, begin, next, told && conjunction))
            .or_else(|| self.participle(begin, next, told && (comma || word == "while")))
            .or_else(|| self.with_participle(begin, comma))
            .or_else(|| self.relative(begin, comma))
            .or_else(|| self.own_subject(begin, word, comma, start))
            .or_else(|| self.infinitive(before, begin, next, word))
            .or_else(|| self.including(begin, comma))
    }

    /// "... and called for ...": a verb of telling that shares the subject.
    fn shared_subject(&self, begin: TokenId, at: TokenId, told: bool, conjunction: bool) -> Option<Clause> {
        let cue = self.hit(at).filter(|h| told && conjunction && matches!(h.form, Form::Past | Form::Third))?;
        // "raised and discussed cases" is one act.
        let own = cue.end.distance(self.end) >= 2;
        own.then_some(Clause {
            tokens: begin.until(self.end),
            cue: Some(cue),
            region: begin.until(begin),
            goes_on: false,
        })
    }

    /// "... that A and that B".
    fn that(&self, before: &[Clause], begin: TokenId, at: TokenId, may: bool) -> Option<Clause> {
        let earlier = before.last().is_some_and(|c| c.tokens.start.until(begin).iter().any(|t| self.word(t) == "that"));
        (may && earlier && self.word(at) == "that").then_some(Clause {
            tokens: begin.until(self.end),
            cue: None,
            region: begin.until(begin),
            goes_on: true,
        })
    }

    /// "..., noting that ...".
    fn participle(&self, begin: TokenId, at: TokenId, may: bool) -> Option<Clause> {
        let cue = self.hit(at).filter(|h| may && h.form == Form::Ing && matches!(h.kind, Kind::Act(_)))?;
        if matches!(self.word(at), "considering" | "regarding" | "seeing" | "including" | "covering" | "addressing") {
            return None;
        }
        Some(Clause { tokens: begin.until(self.end), cue: Some(cue), region: begin.until(begin), goes_on: false })
    }

    /// "..., with both sides stressing ...".
    fn with_participle(&self, begin: TokenId, comma: bool) -> Option<Clause> {
        if !comma || self.word(begin) != "with" {
            return None;
        }
        let near = begin.next().until(begin.plus(7).min(self.end));
        let told = |h: &Hit| h.form == Form::Ing && matches!(h.kind, Kind::Act(_));
        let cue = near.iter().filter_map(|t| self.hit(t)).find(told)?;
        Some(Clause {
            tokens: begin.until(self.end),
            cue: Some(cue),
            region: begin.next().until(cue.at),
            goes_on: false,
        })
    }

    /// "..., which Teo Vasca said he understood".
    fn relative(&self, begin: TokenId, comma: bool) -> Option<Clause> {
        if !comma || !matches!(self.word(begin), "which" | "who") {
            return None;
        }
        let region_end = begin.plus(8).min(self.end);
        let cue = begin.next().until(region_end).iter().filter_map(|t| self.hit(t)).find(|h| h.form == Form::Past)?;
        let subject = referents(self.account, self.cast, begin.next().until(cue.at), None);
        (!subject.is_empty()).then_some(Clause {
            tokens: begin.until(self.end),
            cue: Some(cue),
            region: begin.next().until(cue.at),
            goes_on: false,
        })
    }

    /// "..., and the southern state will follow": a clause with a subject and a finite verb of its own.
    fn own_subject(&self, begin: TokenId, mark: &str, comma: bool, start: TokenId) -> Option<Clause> {
        let reach = begin.plus(10).min(self.end);
        let stop = begin
            .until(reach)
            .iter()
            .find(|&t| matches!(self.word(t), "," | ";" | "and" | "that" | "which" | "who"))
            .unwrap_or(reach);
        let finite = |h: &Hit| matches!(h.form, Form::Past | Form::Third | Form::Base);
        let told = begin.next().until(stop).iter().filter_map(|t| self.hit(t).filter(finite)).find(|h| {
            let refs = referents(self.account, self.cast, begin.until(h.at), anybody());
            // Without a comma only the two themselves begin a clause behind "and": "Norrland and Sudovia agreed" is one subject.
            let party = |who: &Who| comma || matches!(who, Who::Party(_) | Who::Both);
            let adjacent = self.word(h.at.next()) != ",";
            adjacent && refs.iter().any(|(_, who, governed)| !governed && party(who))
        });
        let conjunction = mark == "and"
            || mark == "but"
            || mark == ";"
            || (comma && begin > start && matches!(self.word(begin.back(1)), "and" | "but" | "while"));
        let conjoined = conjunction || matches!(mark, "—" | "–");
        let pronoun_tells =
            |h: &Hit| comma && h.at == begin.next() && matches!(self.word(begin), "i" | "we" | "he" | "she" | "they");
        if let Some(cue) = told.filter(|h| conjoined || pronoun_tells(h)) {
            return Some(Clause {
                tokens: begin.until(self.end),
                cue: Some(cue),
                region: begin.until(cue.at),
                goes_on: false,
            });
        }
        let modal = begin.next().until(stop).iter().find(|&t| {
            matches!(
                self.word(t),
                "will" | "would" | "is" | "are" | "was" | "were" | "has" | "have" | "must" | "should" | "cannot"
            )
        })?;
        let first = self.word(begin);
        let heads_clause =
            matches!(first, "it" | "they" | "he" | "she" | "we" | "there" | "this" | "these" | "those" | "the")
                || self.account.text.case(begin) != Case::Lower;
        let preposition =
            begin.until(modal).iter().any(|t| matches!(self.word(t), "to" | "for" | "with" | "on" | "between"));
        let pronoun = matches!(first, "it" | "they" | "he" | "she" | "we" | "there");
        let apart = comma && conjunction || mark == ";" || (conjunction && pronoun);
        (heads_clause && apart && !preposition && modal > begin).then_some(Clause {
            tokens: begin.until(self.end),
            cue: None,
            region: begin.until(modal),
            goes_on: false,
        })
    }

    /// "called on them to lift the ban and to release ...": another thing demanded, offered or promised.
    fn infinitive(&self, before: &[Clause], begin: TokenId, at: TokenId, mark: &str) -> Option<Clause> {
        let clause = before.last()?;
        let earlier = clause.tokens.start.until(begin).iter().any(|t| self.word(t) == "to");
        let long = clause.tokens.start.distance(begin) >= 6 && at.distance(self.end) >= 5;
        let verb = |t: TokenId| {
            let tokens = &self.account.text.tokens;
            t < self.end
                && tokens[t].case(self.account.text.text) == Case::Lower
                && !matches!(self.word(t), "the" | "a" | "an" | "its" | "their" | "his" | "her")
        };
        let to = self.word(at) == "to" && verb(at.next());
        // "to end the ban and peacefully settle ..."
        let demanded = clause.cue.is_some_and(|c| c.act() == Some(Act::Demand));
        let adverb = demanded && at > begin && verb(at) && self.word(begin).ends_with("ly");
        (mark == "and" && earlier && long && (to || adverb)).then_some(Clause {
            tokens: begin.until(self.end),
            cue: None,
            region: begin.until(begin),
            goes_on: true,
        })
    }

    /// "..., including the need for ...": a demand of its own.
    fn including(&self, begin: TokenId, comma: bool) -> Option<Clause> {
        let need = self.word(begin) == "including"
            && self.word(begin.next()) == "the"
            && matches!(self.word(begin.plus(2)), "need" | "importance" | "necessity");
        (comma && need).then_some(Clause {
            tokens: begin.until(self.end),
            cue: None,
            region: begin.until(begin),
            goes_on: true,
        })
    }

    /// Whether a mark stands within quotation marks, where the accounts' own cuts have no place.
    fn is_quoted_list(&self, t: TokenId) -> bool {
        let at = self.account.text.tokens[t].span;
        let around = self.account.text.quotes.iter().find(|q| q.span.contains(at));
        around.is_some_and(|q| q.span.end - q.span.start < 60)
    }

    /// Without marks and conjunctions at the edges.
    pub(super) fn trimmed(&self, tokens: Places<TokenId>) -> Places<TokenId> {
        let (mut start, mut end) = (tokens.start, tokens.end);
        let edge = |t: TokenId| matches!(self.word(t), "," | ";" | "." | "and" | "but" | "—" | "–" | ":" | "while");
        while start < end && edge(start) {
            start = start.next();
        }
        while end > start && edge(end.back(1)) {
            end = end.back(1);
        }
        start.until(end)
    }
}

/// Whom "he" and "she" mean where it only counts that they mean somebody.
fn anybody() -> Option<PartyId> {
    Some(PartyId::new(0))
}
