//! Whose a quotation is. The words beside it tell ("said Maren", "he added"), and they outweigh what the model linked; a
//! quotation without such words goes on with the one who spoke or acted before it, and with nobody who only comes later.

use std::collections::HashMap;

use super::Found;
use super::graph::{AttributionId, Graph};
use super::subject::{BETWEEN, in_name};
use crate::reading::Span;
use crate::table::{self, Place, Places};
use crate::text::token::{Case, TokenKind};
use crate::text::{QuoteState, SentenceId, Start, Text, TokenId};
use crate::words;

/// The longest name of a speaker, in tokens.
const LONGEST: usize = 14;
/// How sure one may be of a quotation whose reporting clause the model has missed, and of one without such a clause.
const REPORTED: f32 = 0.75;
const CARRIED_ON: f32 = 0.5;
/// Fewer words are a title or a single term.
const FEWEST: usize = 3;

/// Gives every quotation to the one whose it is. Turns, which come first, are left as they are.
pub fn settle(text: &Text, found: &mut Graph) {
    let quotes = outer_quotes(text);
    let mut table = Table::new(text, found);
    for &quote in &quotes {
        table.report(quote);
    }
    for &quote in &quotes {
        table.take_from_later(quote);
        table.take_from_earlier(quote);
    }
    // A quotation that goes on over paragraphs is one.
    for pieces in quotes.chunk_by(|_, next| text.continues_quote(next.start)) {
        let (free, held): (Vec<_>, Vec<_>) = pieces.iter().copied().partition(|&quote| table.is_free(quote));
        let mut holders: Vec<AttributionId> = held.iter().flat_map(|&quote| table.holders(quote)).collect();
        holders.dedup();
        let owner = match (free.is_empty(), &holders[..]) {
            (true, _) => continue,
            (false, []) if held.is_empty() => table.owner(pieces[0], pieces[pieces.len() - 1]),
            (false, &[holder]) => Some(Owner::Same(holder)),
            _ => None,
        };
        let owner = match owner {
            None => continue,
            Some(Owner::Same(i)) => i,
            Some(Owner::New(source)) => table.add(Found { source, confidence: CARRIED_ON, ..Found::default() }),
        };
        free.into_iter().for_each(|quote| table.give(quote, owner));
    }
    table.settle_nested();
}

/// Who says a quotation that stands by itself.
enum Owner {
    /// An attribution goes on with it.
    Same(AttributionId),
    /// Whom these words name.
    New(Vec<TokenId>),
}

/// The tokens of each quotation that lies in no other, marks included, but for those in headlines, datelines and litter.
fn outer_quotes(text: &Text) -> Vec<Places<TokenId>> {
    let outer = text.quotes.iter().filter(|quote| quote.depth == 0);
    let ranges = outer.map(|quote| text.tokens_in(quote.span)).filter(|range| range.len() > 2);
    ranges
        .filter(|range| {
            let span = text.tokens[range.start].span;
            // All of these are in order and apart.
            let touches = |spans: &[Span]| {
                spans
                    .get(spans.partition_point(|other| other.end <= span.start))
                    .is_some_and(|other| other.overlaps(span))
            };
            let turns = &text.structure.turns;
            let turn = turns.get(turns.partition_point(|turn| turn.span().end <= span.start));
            let headline = text.structure.headline.is_some_and(|headline| headline.overlaps(span));
            let spoken = turn.is_some_and(|turn| turn.span().overlaps(span));
            !(headline || spoken || touches(&text.structure.frame) || touches(&text.boilerplate))
        })
        .collect()
}

/// The attributions with what stands where.
struct Table<'t> {
    text: &'t Text<'t>,
    found: &'t mut Graph,
    /// For each token the outermost attribution whose content holds it.
    holder: table::Table<TokenId, Option<AttributionId>>,
    /// For each token the outermost attribution of whose cue or source it is part.
    named: table::Table<TokenId, Option<AttributionId>>,
    /// For each sentence the last outermost attribution that has its cue there.
    spoken: HashMap<SentenceId, AttributionId>,
}

/// A clause that tells who said what stands before it.
struct Clause {
    verb: Vec<TokenId>,
    source: Vec<TokenId>,
    /// Whether the verb comes first, so that nobody but who follows can be its subject.
    inverted: bool,
}

impl<'t> Table<'t> {
    fn new(text: &'t Text<'t>, found: &'t mut Graph) -> Table<'t> {
        let nobody = text.tokens.with(None);
        let mut table = Table { text, found, holder: nobody.clone(), named: nobody, spoken: HashMap::new() };
        for i in table.found.read() {
            if table.found[i].inside.is_none() {
                table.note(i);
            }
        }
        table
    }

    fn note(&mut self, i: AttributionId) {
        let f = &self.found[i];
        f.content.iter().for_each(|&t| self.holder[t] = Some(i));
        f.cue.iter().chain(&f.source).for_each(|&t| self.named[t] = Some(i));
        if let Some(&cue) = f.cue.first() {
            let last = self.spoken.entry(self.text.sentence_of[cue]).or_insert(i);
            if self.found[*last].cue.first() < Some(&cue) {
                *last = i;
            }
        }
    }

    fn add(&mut self, new: Found) -> AttributionId {
        let place = self.found.push(new);
        self.note(place);
        place
    }

    /// Whether the quotation belongs to no attribution.
    fn is_free(&self, quote: Places<TokenId>) -> bool {
        quote.iter().all(|t| self.holder[t].is_none() && self.named[t].is_none())
    }

    /// The attributions whose contents hold a part of the quotation.
    fn holders(&self, quote: Places<TokenId>) -> impl Iterator<Item = AttributionId> {
        quote.iter().filter_map(|t| self.holder[t])
    }

    /// Makes a quotation part of a content, and of no other.
    fn give(&mut self, quote: Places<TokenId>, to: AttributionId) {
        self.take(quote);
        let content = &mut self.found[to].content;
        content.extend(quote);
        content.sort_unstable();
        content.dedup();
        quote.iter().for_each(|t| self.holder[t] = Some(to));
    }

    /// Takes a quotation out of the contents that hold it.
    fn take(&mut self, quote: Places<TokenId>) {
        let mut holders: Vec<AttributionId> = quote.iter().filter_map(|t| self.holder[t].take()).collect();
        holders.dedup();
        for i in holders {
            self.found[i].content.retain(|t| !quote.contains(t));
        }
    }

    /// Gives a quotation to the clause behind it: "…," interjected the vicar.
    fn report(&mut self, quote: Places<TokenId>) {
        let Some(Clause { verb: cue, source, inverted }) = clause_behind(self.text, quote) else { return };
        let place = cue.iter().find_map(|&t| self.named[t]);
        // Another may tell the whole sentence: "according to her, ‘…,’ he said".
        let told = cue.iter().any(|&t| self.holder[t].is_some());
        // "…, and “struggling citizens,” Maren said yes": a phrase in another's sentence.
        let phrase = !inverted && self.text.starts[quote.start] == Start::Inner;
        if told || phrase {
            return;
        }
        let place = match place {
            None => self.add(Found { source, cue, confidence: REPORTED, ..Found::default() }),
            Some(place) => {
                let f = &mut self.found[place];
                if inverted && !f.source.iter().any(|t| source.contains(t)) {
                    f.source = source;
                }
                f.cue.extend(cue);
                f.cue.sort_unstable();
                f.cue.dedup();
                place
            }
        };
        self.give(quote, place);
    }

    /// Takes a quotation away from one who only speaks later, in a sentence or a paragraph that tells something of its own, and
    /// from a question that was put before it.
    fn take_from_later(&mut self, quote: Places<TokenId>) {
        let text = self.text;
        let Some(f) = quote.iter().find_map(|t| self.holder[t]).map(|i| &self.found[i]) else { return };
        let Some(&cue) = f.cue.first() else { return };
        let mut own = f.content.iter().filter(|&&t| text.sentence_of[t] == text.sentence_of[cue]).peekable();
        let tells = own.peek().is_some();
        // “We stay.” Maren said that ...: her own content comes behind the verb, and what was quoted before is another's.
        let behind = quote.end <= cue && own.all(|&t| t > cue);
        let apart = text.sentence_of[quote.start] != text.sentence_of[cue];
        let here = text.paragraph_of(cue);
        let head = text.tokens_in(text.paragraphs[here]).start;
        let before = text.paragraph_of(quote.end.back(1)) < here && text.quote_states[head] != QuoteState::Open;
        // “…” The hall cheered. Teo Vasca said nothing.
        let told = |t: &TokenId| text.sentence_of[*t] == text.sentence_of[cue] && *t > cue;
        let parted =
            quote.end < cue && text.sentence_of[quote.end] != text.sentence_of[cue] && f.content.iter().any(told);
        let later = before || (parted || self.narrates(quote.end, cue)) && self.is_standing(quote, quote);
        let asked = f.source.is_empty() && quote.start > cue && is_asked(text.word(cue));
        if tells && apart && (later || asked || behind) {
            self.take(quote);
        }
    }

    /// Whether a whole sentence stands outside quotation marks between a token and the sentence of another.
    fn narrates(&self, from: TokenId, cue: TokenId) -> bool {
        let text = self.text;
        let (Some(&first), own) = (text.sentence_of.get(from), text.sentence_of[cue]) else { return false };
        first.until(own).iter().any(|sentence| {
            let tokens = text.tokens_in(text.sentences[sentence]);
            tokens.start >= from && tokens.iter().all(|t| text.quote_states[t] == QuoteState::Outside)
        })
    }

    /// Takes a quotation away from one who has spoken in an earlier paragraph, if the sentence right before it tells what
    /// another does: “We stay,” said Maren. ¶ Teo Vasca shook his head. “No.”
    fn take_from_earlier(&mut self, quote: Places<TokenId>) {
        let text = self.text;
        let Some(before) = quote.start.before() else { return };
        let Some(f) = quote.iter().find_map(|t| self.holder[t]).map(|i| &self.found[i]) else { return };
        let Some(&cue) = f.cue.first() else { return };
        let paragraph = text.paragraph_of(quote.start);
        let apart = text.paragraph_of(cue) < paragraph && text.paragraph_of(before) == paragraph;
        let sentence = text.sentence_of[before];
        let told = text.tokens_in(text.sentences[sentence]).iter().any(|t| self.holder[t].is_some());
        if apart && !told && self.is_standing(quote, quote) && named_actor(text, sentence) {
            self.take(quote);
        }
    }

    /// Whose a quotation is that no clause reports: of the one who spoke or acted in the sentence before, if that is clear.
    /// It may go on over paragraphs, to its last piece.
    fn owner(&self, quote: Places<TokenId>, last: Places<TokenId>) -> Option<Owner> {
        let text = self.text;
        let words = quote.iter().filter(|&t| text.tokens[t].kind == TokenKind::Word).count();
        if words < FEWEST || !self.is_standing(quote, last) {
            return None;
        }
        if let Some(source) = told_behind(text, last) {
            return Some(Owner::New(source));
        }
        let sentence = text.sentence_of[quote.start.before()?];
        match self.spoken.get(&sentence).map(|&i| (i, &self.found[i])) {
            // Another answers.
            Some((_, f)) if f.content.iter().rev().take(2).any(|&t| text.word(t) == "?") => None,
            Some((i, f)) if f.content.iter().all(|&t| text.quote_states[t] != QuoteState::Outside) => {
                Some(Owner::Same(i))
            }
            Some((_, f)) if !f.source.is_empty() => Some(Owner::New(f.source.clone())),
            _ => actor(text, sentence).map(Owner::New),
        }
    }

    /// Whether a quotation stands by itself: sentences of their own, from its first to its last piece.
    fn is_standing(&self, first: Places<TokenId>, last: Places<TokenId>) -> bool {
        let ends = self.text.starts.get(last.end).is_none_or(|&start| start != Start::Inner);
        ends && self.text.starts[first.start] != Start::Inner && ends_clause(self.text, last)
    }

    /// What lies inside an attribution that has lost the words it lies in goes with these words.
    fn settle_nested(&mut self) {
        for i in self.found.places() {
            let f = &self.found[i];
            let (Some(outer), Some(&first)) = (f.inside, f.content.first()) else { continue };
            let outermost = self.found[outer].inside.is_none();
            let moved = outermost && self.holder[first].is_some_and(|holder| holder != outer);
            if moved && self.found[outer].content.binary_search(&first).is_err() {
                self.found.nest(i, self.holder[first]);
            }
        }
    }
}

fn is_asked(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "asked" | "pressed" | "questioned" | "quizzed")
}

/// The clause right behind a quotation, in its sentence: "said Maren", "put in the mayor, Jon Tarn", "she added".
fn clause_behind(text: &Text, quote: Places<TokenId>) -> Option<Clause> {
    let sentence = *text.sentence_of.get(quote.end.before()?)?;
    let within = |t: TokenId| text.sentence_of.get(t) == Some(&sentence);
    let first = quote.end.plus(usize::from(within(quote.end) && matches!(text.word(quote.end), "," | "—" | "–")));
    if !within(first) || !ends_clause(text, quote) && first == quote.end {
        return None;
    }
    if let Some(end) = verb_at(text, first) {
        let source = subject_at(text, end)?;
        return Some(Clause { verb: first.until(end).iter().collect(), source, inverted: true });
    }
    let source = subject_at(text, first)?;
    let mut at = source.last()?.next();
    while within(at) && (matches!(text.word(at), ",") || BETWEEN.contains(&text.word(at))) {
        at = at.next();
    }
    let end = verb_at(text, at).filter(|_| within(at))?;
    Some(Clause { verb: at.until(end).iter().collect(), source, inverted: false })
}

/// Whether the last word in a quotation is followed by a comma, a full stop or the like.
fn ends_clause(text: &Text, quote: Places<TokenId>) -> bool {
    quote.end.back(3).until(quote.end).iter().any(|t| matches!(text.word(t), "," | "." | "?" | "!" | "…" | "—" | "–"))
}

/// Where a verb of saying that begins at a token ends: "said", "put in".
fn verb_at(text: &Text, token: TokenId) -> Option<TokenId> {
    let word = |t: TokenId| text.word_at(t);
    let small = text.case(token) == Case::Lower;
    if small && words::is_saying(&format!("{}_{}", word(token), word(token.next()))) {
        return Some(token.plus(2));
    }
    (small && words::is_saying(word(token))).then_some(token.next())
}

/// The noun phrase that begins at a token, with an apposition: "she", "Petra Olm", "the mayor, Jon Tarn".
fn subject_at(text: &Text, first: TokenId) -> Option<Vec<TokenId>> {
    let word = |t: TokenId| text.word_at(t);
    if matches!(word(first), "he" | "she" | "they" | "He" | "She" | "They" | "I" | "we") {
        return Some(vec![first]);
    }
    let end = phrase_end(text, first)?;
    let apposed = (word(end) == ",").then(|| phrase_end(text, end.next())).flatten();
    let apposed = apposed
        .filter(|&e| matches!(word(e), "," | "." | ";" | ":" | "”" | "\"" | "’" | "'") || verb_at(text, e).is_some());
    Some(first.until(apposed.unwrap_or(end)).iter().collect())
}

/// The name, pronoun or phrase with an article that begins at a token.
pub(super) fn phrase_at(text: &Text, first: TokenId) -> Option<Places<TokenId>> {
    let pronoun = matches!(text.word(first), "him" | "her" | "them" | "us" | "me" | "you");
    let end = if pronoun { first.next() } else { phrase_end(text, first)? };
    Some(first.until(end))
}

/// Where a name or a phrase with an article ends.
fn phrase_end(text: &Text, first: TokenId) -> Option<TokenId> {
    let sentence = *text.sentence_of.get(first)?;
    let article = matches!(text.word(first), "the" | "a" | "an" | "his" | "her" | "its" | "their" | "one" | "another");
    if !article && !in_name(text, first) {
        return None;
    }
    let part = |t: TokenId| {
        let stops = words::ends_phrase_head(text.word(t)) && text.word(t) != "of";
        let joins = in_name(text, t) || matches!(text.word(t), "of" | "’" | "'" | "s" | "-" | "and" | ".");
        let plain = text.tokens[t].kind == TokenKind::Word && article && !stops && verb_at(text, t).is_none();
        text.sentence_of[t] == sentence && !stops && (joins || plain)
    };
    let most = text.tokens.end().min(first.plus(LONGEST));
    let end = first.until(most).iter().find(|&t| !part(t)).unwrap_or(most);
    let end =
        first.until(end).iter().rev().find(|&t| !matches!(text.word(t), "." | "and" | "of")).map_or(first, Place::next);
    (end > first).then_some(end)
}

/// "The words are those of Anton Reese": the name, in the sentence behind the quotation.
fn told_behind(text: &Text, quote: Places<TokenId>) -> Option<Vec<TokenId>> {
    let sentence = *text.sentence_of.get(quote.end)?;
    let within = |t: &TokenId| text.sentence_of[*t] == sentence;
    let tokens: Vec<TokenId> = text.tokens_from(quote.end).iter().take_while(within).take(8).collect();
    let refers = matches!(text.word(tokens[0]), "The" | "Those" | "These" | "Such" | "That" | "This");
    let words = tokens.iter().any(|&t| matches!(text.word(t), "words" | "view" | "verdict" | "message" | "opinion"));
    let of = tokens.iter().position(|&t| matches!(text.word(t), "of" | "from")).filter(|_| refers && words)?;
    let end = phrase_end(text, tokens[of].next())?;
    Some(tokens[of].next().until(end).iter().collect())
}

/// The person who is the subject of a sentence, if no other is named in it.
fn actor(text: &Text, sentence: SentenceId) -> Option<Vec<TokenId>> {
    let tokens = text.tokens_in(text.sentences[sentence]);
    let first = tokens.start;
    let comma = tokens.iter().take(12).find(|&t| text.word(t) == ",");
    let participle = text.word(first).ends_with("ed") || text.word(first).ends_with("ing");
    let starts = participle || words::is_starter(text.word(first)) && text.word(first) != "The";
    let at = if matches!(text.word(first), "He" | "She") {
        first
    } else {
        comma.filter(|_| starts).map_or(first, Place::next)
    };
    if at >= tokens.end || text.quote_states[at] != QuoteState::Outside {
        return None;
    }
    if matches!(text.word(at), "He" | "She" | "he" | "she") {
        return Some(vec![at]);
    }
    let end = at.until(tokens.end.min(at.plus(LONGEST))).iter().find(|&t| !in_name(text, t))?;
    let capital = |t: TokenId| !matches!(text.case(t), Case::Lower | Case::None);
    let another = end.until(tokens.end.back(1)).iter().any(|t| capital(t) && capital(t.next()));
    let verb = matches!(text.word(end), ",") || text.case(end) == Case::Lower;
    (at.until(end).iter().filter(|&t| capital(t)).count() >= 2 && verb && !another)
        .then(|| at.until(end).iter().collect())
}

/// Whether a sentence tells what a person does whom it names.
fn named_actor(text: &Text, sentence: SentenceId) -> bool {
    // A pronoun is one word, a name at least two.
    actor(text, sentence).is_some_and(|source| source.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contents after the quotations are settled, the given one first.
    fn settled(whole: &str, source: &str, cue: &str, content: &[&str]) -> Vec<String> {
        let text = Text::new(whole);
        let tokens = |words: &&str| -> Vec<TokenId> {
            let start = whole.find(words).unwrap();
            text.tokens_in(Span::new(start, start + words.len())).iter().collect()
        };
        let content = content.iter().flat_map(tokens).collect();
        let first = Found { source: tokens(&source), cue: tokens(&cue), content, ..Found::default() };
        let mut found = Graph::from(vec![first]);
        super::settle(&text, &mut found);
        let spans = |f: &Found| super::super::edges::spans(&text, &f.content);
        found.iter().map(|f| spans(f).iter().map(|s| s.of(whole)).collect::<Vec<_>>().join(" … ")).collect()
    }

    #[test]
    fn a_quotation_before_a_told_sentence_is_not_of_who_speaks_behind_it() {
        let whole = "“We wait for the mayor.”\n\nThe council met in May.\n\n“It is raining hard,” Olm said.";
        let both = ["“We wait for the mayor.”", "“It is raining hard,”"];
        assert_eq!(settled(whole, "Olm", "said", &both), ["“It is raining hard,”"]);
        // Without one it may be.
        let whole = "“We wait for the mayor.”\n\n“It is raining hard,” Olm said.";
        assert_eq!(settled(whole, "Olm", "said", &both)[0], "“We wait for the mayor.”\n\n“It is raining hard,”");
    }

    #[test]
    fn a_quotation_behind_what_another_does_is_not_of_who_spoke_before() {
        let whole = "“The council has my replies,” Maren said.\n\nLucinda Prowse shook her head. “We never saw one.”";
        let both = ["“The council has my replies,”", "“We never saw one.”"];
        assert_eq!(settled(whole, "Maren", "said", &both), ["“The council has my replies,”", "“We never saw one.”"]);
        // One who is not named may be the same.
        let whole = "“The council has my replies,” Maren said.\n\nShe shook her head. “We never saw one.”";
        assert_eq!(settled(whole, "Maren", "said", &both), ["“The council has my replies,” … “We never saw one.”"]);
    }
}
