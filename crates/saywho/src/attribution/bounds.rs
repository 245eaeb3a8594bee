//! What is no part of a content: words between the halves of a quotation, words behind its closing mark, and words of the
//! clause before; and what is: the rest of a phrase, and the subject of a clause. Runs before the edges are tidied.

use super::Found;
use super::graph::Graph;
use crate::reading::Span;
use crate::table::Place;
use crate::text::quote::Quote;
use crate::text::token::{Case, TokenKind};
use crate::text::{QuoteState, Text, TokenId};
use crate::words;

/// Cuts each content to its own words, and to whole phrases.
pub fn cut(text: &Text, found: &mut [Found]) {
    for f in found {
        f.content.sort_unstable();
        interruptions(text, &mut f.content);
        behind_mark(text, f);
        other_clause(text, f);
        unfinished(text, f);
        without_subject(text, f);
    }
}

/// "The pier was closed after a crack was found, the office said": a clause of reporting at the end has the whole sentence before
/// it, where nobody else is a source there.
pub fn from_the_head(text: &Text, graph: &mut Graph) {
    let mut taken = text.tokens.with(false);
    graph.iter().flat_map(|f| f.source.iter().chain(&f.cue)).for_each(|&t| taken[t] = true);
    for f in graph.read_mut() {
        let (Some(&first), Some(&last)) = (f.content.first(), f.content.last()) else { continue };
        let reporting = f.source.iter().chain(&f.cue).min() == Some(&last.plus(2)) && text.word(last.next()) == ",";
        let head = text.tokens_in(text.sentences[text.sentence_of[first]]).start;
        let plain = |t: TokenId| {
            !taken[t] && text.quote_states[t] == QuoteState::Outside && !matches!(text.word(t), ";" | ":" | "—" | "–")
        };
        let whole = first.distance(last.next()) == f.content.len() && first.through(last).iter().all(plain);
        if reporting && whole && f.inside.is_none() && head < first && head.until(first).iter().all(plain) {
            f.content = head.through(last).iter().collect();
        }
    }
}

/// “that the crane,” and here she pointed at the river, “had been tested”: what stands between the two halves of a sentence
/// that is quoted in pieces.
fn interruptions(text: &Text, content: &mut Vec<TokenId>) {
    if content.first().is_none_or(|&t| text.quote_states[t] == QuoteState::Outside) {
        return;
    }
    let outside = |t: TokenId| text.quote_states[t] == QuoteState::Outside;
    let mut kept = Vec::with_capacity(content.len());
    let mut at = 0;
    while let Some(&token) = content.get(at) {
        let gap =
            content[at..].iter().zip(text.tokens_from(token)).take_while(|&(&t, want)| t == want && outside(t)).count();
        let (open, close) = (token.plus(gap), token.before());
        let halves = close.is_some_and(|close| {
            text.quote_states[close] == QuoteState::Close
                && matches!(text.word_before(close), "," | "—" | "–")
                && text.quote_states.get(open) == Some(&QuoteState::Open)
                && text.case(open.next()) == Case::Lower
        });
        let parted = gap > 1 && matches!(text.word_before(open), "," | "—" | "–");
        if gap > 0 && halves && parted {
            at += gap;
        } else {
            let next = at + gap.max(1);
            kept.extend(&content[at..next]);
            at = next;
        }
    }
    if !kept.is_empty() {
        *content = kept;
    }
}

/// ‘Call the mayor,’ so I did: a quotation that ends like a clause is all that was said; and what is told within a quotation
/// ends with it.
fn behind_mark(text: &Text, f: &mut Found) {
    let (Some(&first), Some(&cue)) = (f.content.first(), f.cue.first()) else { return };
    let at = |t: TokenId| text.tokens[t].span;
    let opening =
        [Some(first), first.before()].into_iter().flatten().find(|&t| text.quote_states[t] == QuoteState::Open);
    let own = opening.and_then(|t| text.quote_at(t)).filter(|q| q.closed && !q.span.contains(at(cue)));
    if let Some(quote) = own.filter(|q| ends_clause(text, q)) {
        let more = f.content.iter().any(|&t| at(t).start >= quote.span.end && text.quote_states[t] == QuoteState::Open);
        if !more && cue < first {
            f.content.retain(|&t| at(t).start < quote.span.end);
        }
    }
    // “outlined the plan” for the port: of a phrase the sentence may go on with the quoted words.
    let around = innermost(text, at(cue)).filter(|q| q.closed && ends_clause(text, q));
    if let Some(quote) = around {
        let within = |t: TokenId| quote.span.contains(at(t)) || text.quote_states[t] != QuoteState::Outside;
        if f.content.iter().any(|&t| quote.span.contains(at(t))) {
            f.content.retain(|&t| within(t));
        }
    }
}

/// The innermost quotation around a span.
fn innermost<'t>(text: &'t Text, span: Span) -> Option<&'t Quote> {
    let end = text.quotes.partition_point(|q| q.span.start <= span.start);
    // Quotations nest a few deep: the one around a token is among the last that begin before it or holds one of them.
    text.quotes[..end].iter().rev().take(NEAR).find(|q| q.span.contains(span))
}

/// How many quotations before a token are looked at.
const NEAR: usize = 12;

fn ends_clause(text: &Text, quote: &Quote) -> bool {
    let close = text.tokens_in(quote.span).end.back(1);
    matches!(text.word_before(close), "," | "." | "?" | "!")
}

/// "... did not respond to requests for comment, and Rook refused to say whether ...": the words before "and" have another
/// subject.
fn other_clause(text: &Text, f: &mut Found) {
    let (Some(&cue), Some(&source)) = (f.cue.first(), f.source.first()) else { return };
    if source > cue || !f.content.iter().any(|&t| t > cue) {
        return;
    }
    let joined = source.minus(2).filter(|&t| {
        matches!(text.word(t.next()), "and" | "but" | "while" | "whereas") && matches!(text.word(t), "," | ";")
            || text.word(t.next()) == ";"
    });
    let Some(joined) = joined.filter(|&t| text.sentence_of[t] == text.sentence_of[cue]) else { return };
    let before = |&t: &TokenId| t <= joined.next() && text.sentence_of[t] == text.sentence_of[cue];
    let plain = |t: &TokenId| text.quote_states[*t] == QuoteState::Outside;
    let unquoted = f.content.iter().filter(|t| before(t)).all(plain);
    let keeps = f.content.iter().any(|t| !before(t) && text.tokens[*t].kind == TokenKind::Word);
    if unquoted && keeps {
        f.content.retain(|t| !before(t));
    }
}

/// "wanted to | include the line": a content does not end on a word that binds what follows, but goes on to the next mark.
fn unfinished(text: &Text, f: &mut Found) {
    let (Some(&last), Some(&cue)) = (f.content.last(), f.cue.first()) else { return };
    let behind_source = f.source.first().is_none_or(|&source| source < last);
    let binds = words::is_binding(text.word(last)) || words::is_auxiliary(text.word(last));
    if !binds || !is_plain(text, last) || cue > last || !behind_source {
        return;
    }
    let mark = |t: TokenId| matches!(text.word(t), "," | ";" | ":" | "—" | "–" | "(");
    let goes_on = |t: &TokenId| *t < text.tokens.end() && in_sentence(text, *t, last) && !mark(*t);
    f.content.extend(text.tokens_from(last.next()).iter().take_while(goes_on));
}

/// "The crane, which is old, could be moved, the port said": a clause before its reporting clause that begins with a verb has its
/// subject before it, and is said from the beginning of the sentence.
fn without_subject(text: &Text, f: &mut Found) {
    let (Some(&first), Some(&last)) = (f.content.first(), f.content.last()) else { return };
    let (Some(&cue), Some(&source)) = (f.cue.first(), f.source.first()) else { return };
    let reported = last.plus(2) == cue.min(source) && text.word(last.next()) == ",";
    let verb = words::is_auxiliary(text.word(first)) && text.case(first) == Case::Lower;
    if reported && verb && in_sentence(text, first, cue) {
        let start = text.tokens_before(first).take_while(|&t| in_sentence(text, t, first)).last();
        f.content.splice(0..0, start.into_iter().flat_map(|start| start.until(first)));
    }
}

/// Whether a token stands outside quotation marks in the sentence of another.
fn in_sentence(text: &Text, token: TokenId, other: TokenId) -> bool {
    text.sentence_of[token] == text.sentence_of[other] && is_plain(text, token)
}

fn is_plain(text: &Text, token: TokenId) -> bool {
    text.quote_states[token] == QuoteState::Outside
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The content of the attribution with these parts, once it is cut.
    fn cut_content(whole: &str, source: &str, cue: &str, content: &str) -> String {
        let text = Text::new(whole);
        let tokens = |words: &str| -> Vec<TokenId> {
            let start = whole.find(words).unwrap();
            text.tokens_in(Span::new(start, start + words.len())).iter().collect()
        };
        let mut found =
            [Found { source: tokens(source), cue: tokens(cue), content: tokens(content), ..Found::default() }];
        cut(&text, &mut found);
        let content = &found[0].content;
        let last = content[content.len() - 1];
        text.span(content[0].through(last)).unwrap().of(whole).trim_end_matches('.').to_owned()
    }

    #[test]
    fn a_content_goes_on_behind_a_word_that_binds() {
        let whole = "Maren wanted to name the pier, which is old.";
        assert_eq!(cut_content(whole, "Maren", "wanted", "to"), "to name the pier");
        let whole = "Olm said the gate was under review by the board.";
        assert_eq!(cut_content(whole, "Olm", "said", "the gate was"), "the gate was under review by the board");
        let whole = "Vasca promised a bridge with two lanes; nobody believed him.";
        assert_eq!(cut_content(whole, "Vasca", "promised", "a bridge with"), "a bridge with two lanes");
    }

    #[test]
    fn a_clause_of_reporting_at_the_end_has_the_sentence_before_it() {
        let content = |whole: &str, content: &str| {
            let text = Text::new(whole);
            let tokens = |words: &str| -> Vec<TokenId> {
                let start = whole.find(words).unwrap();
                text.tokens_in(Span::new(start, start + words.len())).iter().collect()
            };
            let found =
                Found { source: tokens("Olm"), cue: tokens("said"), content: tokens(content), ..Found::default() };
            let mut graph = Graph::from(vec![found]);
            from_the_head(&text, &mut graph);
            let content = &graph.iter().next().unwrap().content;
            text.span(content[0].through(content[content.len() - 1])).unwrap().of(whole).to_owned()
        };
        let whole = "The pier was closed after a crack was found, Olm said in a note.";
        assert_eq!(content(whole, "a crack was found"), "The pier was closed after a crack was found");
        let apart = "The pier is shut; a crack was found, Olm said.";
        assert_eq!(content(apart, "a crack was found"), "a crack was found");
    }

    #[test]
    fn a_word_that_binds_may_end_a_clause() {
        let whole = "Olm named the boats they asked for, and left.";
        assert_eq!(cut_content(whole, "Olm", "named", "the boats they asked for"), "the boats they asked for");
        let whole = "It is a ban that most agree with, Maren said.";
        assert_eq!(cut_content(whole, "Maren", "said", "a ban that most agree with"), "a ban that most agree with");
    }

    #[test]
    fn a_clause_before_its_reporting_clause_has_its_subject() {
        let whole = "The crane, which was bought last year, could be moved in May, the port said.";
        let content = "The crane, which was bought last year, could be moved in May";
        assert_eq!(cut_content(whole, "the port", "said", "could be moved in May"), content);
        let whole = "It rains. Ferries from the north shore, all of them, were late, said Olm.";
        let content = "Ferries from the north shore, all of them, were late";
        assert_eq!(cut_content(whole, "Olm", "said", "were late"), content);
    }

    #[test]
    fn a_relative_clause_around_the_cue_stays_as_it_is() {
        let whole = "She signed a bill that she said would help the port.";
        assert_eq!(cut_content(whole, "she", "said", "would help the port"), "would help the port");
    }
}
