//! The attribution stage: who is the source, what is the cue, what is the content, and which attribution lies inside which.
//!
//! What the form of a text tells exactly comes first (see `turns`). A small transformer tags and links the rest, also what is
//! nested within contents (see `finder` and `grouping`); exact rules mend and add. Knows nothing of who the sources are.

pub mod act;
mod bounds;
pub mod decode;
pub mod edges;
pub mod finder;
mod grouping;
mod joined;
mod quoted;
pub mod recipient;
mod relay;
mod spurious;
mod subject;
pub mod turns;
pub mod window;

use std::collections::HashMap;

use crate::Budget;
use crate::reading::{AttributionType, Span};
use crate::text::Text;
use crate::text::token::TokenKind;
pub use finder::{Features, Finder, Found, Model, Passage};

/// All attributions of a text, outer before inner, each with the index of the one it is inside.
pub fn find(text: &Text, features: &Features, finder: &mut Finder) -> Vec<Found> {
    let mut found = turns::find(text);
    let turns = found.len();
    // The words of each turn are read as a text of their own; what is found there lies inside.
    let bodies = found.iter().map(|turn| turn.content.clone());
    let passages: Vec<Passage> = std::iter::once(turns::rest(text, body(text))).chain(bodies).collect();
    for (passage, new) in finder.find(text, features, &passages).into_iter().enumerate() {
        let before = found.len();
        let turn = passage.checked_sub(1);
        let sure = turn.map_or(1.0, |turn| found[turn].confidence);
        found.extend(new.into_iter().map(|f| Found {
            inside: f.inside.map(|outer| outer + before).or(turn),
            confidence: f.confidence * sure,
            ..f
        }));
    }
    for attribution in &mut found[turns..] {
        subject::complete(text, attribution);
        recipient::split(text, attribution);
        recipient::passive(text, attribution);
        recipient::heard_from(text, attribution);
    }
    joined::announced(text, &mut found);
    joined::share_subject(text, &mut found);
    joined::according(text, &mut found);
    quoted::settle(text, &mut found, turns);
    spurious::drop(text, &mut found, turns);
    bounds::cut(text, &mut found[turns..]);
    let marks = edges::Marks::new(text);
    for attribution in found[turns..].iter_mut().take_while(|_| !text.budget.is_spent()) {
        edges::tidy(text, &marks, &mut attribution.content);
    }
    relay::add(text, &mut found);
    settle(text, &mut found);
    by_depth(found)
}

/// Puts each attribution inside the innermost one around it that holds every word of its content, or whose "This" stands for its
/// sentence.
fn settle(text: &Text, found: &mut [Found]) {
    let holds = |outer: &Found, inner: &Found| {
        let mut words = inner.content.iter().filter(|&&t| text.tokens[t].kind == TokenKind::Word);
        words.all(|t| outer.content.binary_search(t).is_ok())
            || relay::referred(text, outer)
                .is_some_and(|sentence| inner.cue.first().is_some_and(|&cue| text.sentence_of[cue] == sentence))
    };
    for i in 0..found.len() {
        let around = std::iter::successors(found[i].inside, |&outer| found[outer].inside);
        found[i].inside = around.into_iter().find(|&outer| holds(&found[outer], &found[i]));
    }
}

/// How much of a content stands within quotation marks, for a content that a person names.
pub fn kind_of(text: &str, content: &[Span]) -> AttributionType {
    let text = Text::within(text, &[], |_| true, Budget::unlimited());
    let within = |t: &usize| content.iter().any(|span| span.contains(text.tokens[*t].span));
    edges::kind(&text, &(0..text.tokens.len()).filter(within).collect::<Vec<_>>())
}

/// Whether an attribution is another or lies inside it: putting the other inside it would close a circle, which has no outermost.
fn is_within(found: &[Found], i: usize, outer: usize) -> bool {
    std::iter::successors(Some(i), |&i| found[i].inside).any(|i| i == outer)
}

/// For each attribution those right inside it, in order.
pub(crate) fn inner(found: &[Found]) -> Vec<Vec<usize>> {
    let mut inner = vec![Vec::new(); found.len()];
    for (i, f) in found.iter().enumerate() {
        f.inside.into_iter().for_each(|outer| inner[outer].push(i));
    }
    inner
}

/// Removes attributions, marked by their places (those behind the marks stay); what was inside one is then inside the one around it.
fn remove(found: &mut Vec<Found>, gone: &[bool]) {
    let is_gone = |i: usize| gone.get(i).is_some_and(|gone| *gone);
    let mut place = Vec::with_capacity(found.len());
    let mut kept = 0;
    for i in 0..found.len() {
        place.push(kept);
        kept += usize::from(!is_gone(i));
    }
    for i in 0..found.len() {
        let around =
            std::iter::successors(found[i].inside, |&outer| found[outer].inside).find(|&outer| !is_gone(outer));
        found[i].inside = around;
    }
    let mut i = 0;
    found.retain_mut(|f| {
        f.inside = f.inside.map(|outer| place[outer]);
        i += 1;
        !is_gone(i - 1)
    });
}

/// The attributions with a part in each sentence, in order; `part` names the tokens that count.
pub(crate) fn by_sentence<'f, T: IntoIterator<Item = &'f usize>>(
    text: &Text,
    found: &'f [Found],
    part: impl Fn(&'f Found) -> T,
) -> HashMap<u32, Vec<usize>> {
    let mut sentences: HashMap<u32, Vec<usize>> = HashMap::new();
    for (i, f) in found.iter().enumerate() {
        for &t in part(f) {
            let known = sentences.entry(text.sentence_of[t]).or_default();
            if known.last() != Some(&i) {
                known.push(i);
            }
        }
    }
    sentences
}

/// The same attributions, outer before inner.
fn by_depth(found: Vec<Found>) -> Vec<Found> {
    let depth = |i: usize| std::iter::successors(Some(i), |&i| found[i].inside).count();
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&i| depth(i));
    let mut place = vec![0; found.len()];
    for (to, &from) in order.iter().enumerate() {
        place[from] = to;
    }
    order.iter().map(|&i| Found { inside: found[i].inside.map(|outer| place[outer]), ..found[i].clone() }).collect()
}

/// All tokens but those of page litter.
fn body(text: &Text) -> Passage {
    (0..text.tokens.len()).filter(|&t| !text.is_litter(t)).collect()
}
