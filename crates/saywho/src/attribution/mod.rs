//! The attribution stage: who is the source, what is the cue, what is the content, and which attribution lies inside which.
//!
//! A small transformer tags and links, also what is nested within contents (see `finder` and `grouping`); exact rules mend and add. Knows
//! nothing of who the sources are.

pub mod act;
pub mod decode;
pub mod edges;
pub mod finder;
mod grouping;
pub mod recipient;
mod relay;
mod subject;
pub mod window;

use crate::text::Text;
pub use finder::{Features, Finder, Found, Model, Passage};

/// All attributions of a text, outer before inner, each with the index of the one it is inside.
pub fn find(text: &Text, features: &Features, finder: &mut Finder) -> Vec<Found> {
    let mut found = finder.find(text, features, &[body(text)]).remove(0);
    for attribution in &mut found {
        subject::complete(text, attribution);
        recipient::split(text, attribution);
        recipient::passive(text, attribution);
        edges::tidy(text, &mut attribution.content);
    }
    relay::add(text, &mut found);
    by_depth(found)
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
    (0..text.tokens.len()).filter(|&t| !text.boilerplate.iter().any(|b| b.overlaps(text.tokens[t].span))).collect()
}
