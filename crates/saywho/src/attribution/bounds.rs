//! What is no part of a content: words between the halves of a quotation, words behind its closing mark, and words of the
//! clause before; and what is: the rest of a phrase, and the subject of a clause. Runs before the edges are tidied.

use super::Found;
use super::graph::Graph;
use crate::reading::Span;
use crate::text::quote::Quote;
use crate::text::token::{Case, TokenKind};
use crate::text::{QuoteState, Text};
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
    let mut taken = vec![false; text.tokens.len()];
    graph.iter().flat_map(|f| f.source.iter().chain(&f.cue)).for_each(|&t| taken[t] = true);
    for f in graph.read_mut() {
        let (Some(&first), Some(&last)) = (f.content.first(), f.content.last()) else { continue };
        let reporting = f.source.iter().chain(&f.cue).min() == Some(&(last + 2)) && text.word(last + 1) == ",";
        let head = text.tokens_in(text.sentences[text.sentence_of[first]]).start;
        let plain = |t: usize| {
            !taken[t] && text.quote_states[t] == QuoteState::Outside && !matches!(text.word(t), ";" | ":" | "—" | "–")
        };
        let whole = last + 1 - first == f.content.len() && (first..=last).all(plain);
        if reporting && whole && f.inside.is_none() && head < first && (head..first).all(plain) {
            f.content = (head..last + 1).collect();
        }
    }
}

/// “that the crane,” and here she pointed at the river, “had been tested”: what stands between the two halves of a sentence
/// that is quoted in pieces.
fn interruptions(text: &Text, content: &mut Vec<usize>) {
    if content.first().is_none_or(|&t| text.quote_states[t] == QuoteState::Outside) {
        return;
    }
    let outside = |t: usize| text.quote_states[t] == QuoteState::Outside;
    let mut kept = Vec::with_capacity(content.len());
    let mut at = 0;
    while let Some(&token) = content.get(at) {
        let gap = content[at..].iter().zip(token..).take_while(|&(&t, want)| t == want && outside(t)).count();
        let (open, close) = (token + gap, token.checked_sub(1));
        let halves = close.is_some_and(|close| {
            text.quote_states[close] == QuoteState::Close
                && close > 0
                && matches!(text.word(close - 1), "," | "—" | "–")
                && text.quote_states.get(open) == Some(&QuoteState::Open)
                && text.tokens.get(open + 1).is_some_and(|t| t.case(text.text) == Case::Lower)
        });
        let parted = gap > 1 && matches!(text.word(open - 1), "," | "—" | "–");
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
    let at = |t: usize| text.tokens[t].span;
    let opening =
        [Some(first), first.checked_sub(1)].into_iter().flatten().find(|&t| text.quote_states[t] == QuoteState::Open);
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
        let within = |t: usize| quote.span.contains(at(t)) || text.quote_states[t] != QuoteState::Outside;
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
    let close = text.tokens_in(quote.span).end.saturating_sub(1);
    close > 0 && matches!(text.word(close - 1), "," | "." | "?" | "!")
}

/// "... did not respond to requests for comment, and Rook refused to say whether ...": the words before "and" have another
/// subject.
fn other_clause(text: &Text, f: &mut Found) {
    let (Some(&cue), Some(&source)) = (f.cue.first(), f.source.first()) else { return };
    if source > cue || !f.content.iter().any(|&t| t > cue) {
        return;
    }
    let joined = source.checked_sub(2).filter(|&t| {
        matches!(text.word(t + 1), "and" | "but" | "while" | "whereas") && matches!(text.word(t), "," | ";")
            || text.word(t + 1) == ";"
    });
    let Some(joined) = joined.filter(|&t| text.sentence_of[t] == text.sentence_of[cue]) else { return };
    let before = |&t: &usize| t <= joined + 1 && text.sentence_of[t] == text.sentence_of[cue];
    let plain = |t: &usize| text.quote_states[*t] == QuoteState::Outside;
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
    let mark = |t: usize| matches!(text.word(t), "," | ";" | ":" | "—" | "–" | "(");
    let goes_on = |t: &usize| *t < text.tokens.len() && in_sentence(text, *t, last) && !mark(*t);
    f.content.extend((last + 1..).take_while(goes_on));
}

/// "The crane, which is old, could be moved, the port said": a clause before its reporting clause that begins with a verb has its
/// subject before it, and is said from the beginning of the sentence.
fn without_subject(text: &Text, f: &mut Found) {
    let (Some(&first), Some(&last)) = (f.content.first(), f.content.last()) else { return };
    let (Some(&cue), Some(&source)) = (f.cue.first(), f.source.first()) else { return };
    let reported = last + 2 == cue.min(source) && text.word(last + 1) == ",";
    let verb = words::is_auxiliary(text.word(first)) && text.tokens[first].case(text.text) == Case::Lower;
    if reported && verb && in_sentence(text, first, cue) {
        let start = (0..first).rev().take_while(|&t| in_sentence(text, t, first)).last();
        f.content.splice(0..0, start.into_iter().flat_map(|start| start..first));
    }
}

/// Whether a token stands outside quotation marks in the sentence of another.
fn in_sentence(text: &Text, token: usize, other: usize) -> bool {
    text.sentence_of[token] == text.sentence_of[other] && is_plain(text, token)
}

fn is_plain(text: &Text, token: usize) -> bool {
    text.quote_states[token] == QuoteState::Outside
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The content of the attribution with these parts, once it is cut.
    fn cut_content(whole: &str, source: &str, cue: &str, content: &str) -> String {
        let text = Text::new(whole);
        let tokens = |words: &str| -> Vec<usize> {
            let start = whole.find(words).unwrap();
            text.tokens_in(Span::new(start, start + words.len())).collect()
        };
        let mut found =
            [Found { source: tokens(source), cue: tokens(cue), content: tokens(content), ..Found::default() }];
        cut(&text, &mut found);
        let content = &found[0].content;
        text.span(content[0]..content[content.len() - 1] + 1).unwrap().of(whole).trim_end_matches('.').to_owned()
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
            let tokens = |words: &str| -> Vec<usize> {
                let start = whole.find(words).unwrap();
                text.tokens_in(Span::new(start, start + words.len())).collect()
            };
            let found =
                Found { source: tokens("Olm"), cue: tokens("said"), content: tokens(content), ..Found::default() };
            let mut graph = Graph::from(vec![found]);
            from_the_head(&text, &mut graph);
            let found = graph.iter().next().unwrap();
            text.span(found.content[0]..found.content[found.content.len() - 1] + 1).unwrap().of(whole).to_owned()
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
