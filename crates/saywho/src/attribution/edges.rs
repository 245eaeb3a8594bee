//! Where a content begins and ends: its quotation marks belong to it, the full stop of the reporting sentence does not.

use std::collections::HashMap;

use crate::reading::{AttributionType, Span};
use crate::table::{Place, Places};
use crate::text::token::TokenKind;
use crate::text::{QuoteState, Text, TokenId};

/// Spans of neighbouring tokens: one for each run without a gap.
pub fn spans(text: &Text, tokens: &[TokenId]) -> Vec<Span> {
    let mut runs: Vec<Places<TokenId>> = Vec::new();
    for &token in tokens {
        match runs.last_mut() {
            Some(run) if run.end == token => run.end = run.end.next(),
            _ => runs.push(token.through(token)),
        }
    }
    runs.into_iter().filter_map(|run| text.span(run)).collect()
}

/// The closed quotations of a text, so that those at a content are found without going through all.
pub struct Marks {
    /// The tokens of the opening and of the closing mark, in order of the opening ones.
    pairs: Vec<(TokenId, TokenId)>,
    /// Token of a closing mark to the quotations that it closes, in order.
    closing: HashMap<TokenId, Vec<usize>>,
}

impl Marks {
    /// The marks of a text.
    pub fn new(text: &Text) -> Marks {
        let ranges = text.quotes.iter().filter(|q| q.closed).map(|quote| text.tokens_in(quote.span));
        let pairs: Vec<(TokenId, TokenId)> =
            ranges.filter(|r| !r.is_empty()).map(|r| (r.start, r.end.back(1))).collect();
        let mut closing: HashMap<TokenId, Vec<usize>> = HashMap::new();
        for (i, &(_, close)) in pairs.iter().enumerate() {
            closing.entry(close).or_default().push(i);
        }
        Marks { pairs, closing }
    }
}

/// Takes in the marks of quotations that the content covers, and drops what belongs to the sentence around it.
pub fn tidy(text: &Text, marks: &Marks, content: &mut Vec<TokenId>) {
    content.sort_unstable();
    content.dedup();
    let Some(&first) = content.first() else { return };
    // A quotation that opens before the content may end with it, and does nothing else to it.
    let near = marks.pairs.partition_point(|&(open, _)| open.next() < first);
    let mut from = 0;
    while let Some(ending) = content.last().and_then(|last| marks.closing.get(last))
        && let Some(&i) = ending.get(ending.partition_point(|&i| i < from)).filter(|&&i| i < near)
    {
        drop_half(marks.pairs[i], content);
        from = i + 1;
    }
    for &(open, close) in &marks.pairs[near..] {
        if content.last().is_none_or(|&last| open > last) {
            break;
        }
        take_marks(text, (open, close), content);
        drop_half((open, close), content);
    }
    trim(text, content);
}

/// Drops a quotation's mark at an edge of the content if its other mark lies outside: "why the ban stays”".
fn drop_half((open, close): (TokenId, TokenId), content: &mut Vec<TokenId>) {
    let has = |token: TokenId| content.binary_search(&token).is_ok();
    if content.len() < 2 || has(open) == has(close) {
        return;
    }
    if content.last() == Some(&close) {
        content.pop();
    } else if content.first() == Some(&open) {
        content.remove(0);
    }
}

/// Adds a quotation's marks if the content holds all that stands between them.
fn take_marks(text: &Text, (open, close): (TokenId, TokenId), content: &mut Vec<TokenId>) {
    if open.distance(close) < 2 {
        return;
    }
    let is_comma = |token: TokenId| matches!(text.word(token), "," | "." | "?" | "!");
    let last_word = open.next().until(close).iter().rev().find(|&t| !is_comma(t)).unwrap_or(close.back(1));
    let place = |token: TokenId| content.binary_search(&token).ok();
    // Without a gap, the last word stands as many places behind the first as it does in the text.
    let whole =
        place(open.next()).is_some_and(|at| content.get(at + open.next().distance(last_word)) == Some(&last_word));
    if !whole {
        return;
    }
    let missing: Vec<TokenId> =
        std::iter::once(open).chain(last_word.next().through(close)).filter(|&t| place(t).is_none()).collect();
    if !missing.is_empty() {
        content.extend(missing);
        content.sort_unstable();
    }
}

/// Drops what binds the content to its sentence at its edges: commas, colons, the full stop and a last "and" outside a quotation.
fn trim(text: &Text, content: &mut Vec<TokenId>) {
    while content.len() > 1 && content.first().is_some_and(|&t| matches!(text.word(t), "," | ":" | ";" | "—" | "–"))
    {
        content.remove(0);
    }
    let joins = |t: TokenId| matches!(text.word(t), "and" | "but") && text.quote_states[t] == QuoteState::Outside;
    while content.len() > 1
        && content.last().is_some_and(|&t| matches!(text.word(t), "," | "." | ":" | ";" | "—" | "–") || joins(t))
    {
        let last = content[content.len() - 1];
        let abbreviation = text.word(last) == "." && text.word_before(last).len() == 1;
        if abbreviation {
            break;
        }
        content.pop();
    }
}

/// How much of the content stands within quotation marks; one stray word outside is forgiven.
pub fn kind(text: &Text, content: &[TokenId]) -> AttributionType {
    let words = content.iter().filter(|&&t| text.tokens[t].kind == TokenKind::Word);
    let (mut inside, mut outside) = (0, 0);
    for &token in words {
        match text.quote_states[token] {
            QuoteState::Outside => outside += 1,
            _ => inside += 1,
        }
    }
    match (inside, outside) {
        (0, _) => AttributionType::Indirect,
        (_, 0 | 1) if inside > outside => AttributionType::Direct,
        _ => AttributionType::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(whole: &str, words: &str) -> String {
        let text = Text::new(whole);
        let start = whole.find(words).unwrap();
        let mut content: Vec<TokenId> = text.tokens_in(Span::new(start, start + words.len())).iter().collect();
        tidy(&text, &Marks::new(&text), &mut content);
        spans(&text, &content).iter().map(|s| s.of(whole)).collect::<Vec<_>>().join(" … ")
    }

    #[test]
    fn marks_belong_to_the_content() {
        assert_eq!(tidied("“We agree to it,” he said.", "We agree to it"), "“We agree to it,”");
    }

    #[test]
    fn the_full_stop_belongs_to_the_sentence() {
        assert_eq!(tidied("He said that it rains.", "that it rains."), "that it rains");
    }

    #[test]
    fn what_goes_on_behind_and_is_not_of_the_content() {
        assert_eq!(tidied("He said it “rains” and stressed that it snows.", "it “rains” and"), "it “rains”");
        assert_eq!(
            tidied("“I said it rains, and” – he was cut off.", "“I said it rains, and”"),
            "“I said it rains, and”"
        );
    }

    #[test]
    fn half_a_quotation_has_no_marks() {
        let whole = "She “explained why the ban stays” and left.";
        assert_eq!(tidied(whole, "why the ban stays”"), "why the ban stays");
        assert_eq!(tidied(whole, "“explained why"), "explained why");
    }

    #[test]
    fn types() {
        let whole = "“We agree to it,” she said, calling the ban “unjust to all” indeed.";
        let text = Text::new(whole);
        let kind_of = |words: &str| {
            let start = whole.find(words).unwrap();
            kind(&text, &text.tokens_in(Span::new(start, start + words.len())).iter().collect::<Vec<_>>())
        };
        assert_eq!(kind_of("“We agree to it,”"), AttributionType::Direct);
        assert_eq!(kind_of("calling the ban “unjust to all”"), AttributionType::Mixed);
        assert_eq!(kind_of("she said"), AttributionType::Indirect);
    }
}
