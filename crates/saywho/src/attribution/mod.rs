//! The attribution stage: who is the source, what is the cue, what is the content, and which attribution lies inside which.
//!
//! What the form of a text tells exactly comes first (see `turns`). A small transformer tags and links the rest, also what is
//! nested within contents (see `finder` and `grouping`); exact rules mend and add. Knows nothing of who the sources are.

pub mod act;
mod bounds;
pub mod decode;
pub mod edges;
mod features;
pub mod finder;
pub mod graph;
mod grouping;
mod joined;
mod model;
mod quoted;
pub mod recipient;
mod relay;
mod spurious;
mod subject;
pub mod turns;
pub mod window;

use crate::reading::{AttributionType, Span};
use crate::text::token::TokenKind;
use crate::text::{Text, TokenId};
pub use features::Features;
pub use finder::{Finder, Passage};
use graph::Graph;
pub(crate) use graph::by_sentence;
pub use graph::{AttributionId, Attributions, EVIDENCE, Found};
pub use model::Model;

/// What is done to the attributions that form and model find, in this order.
const PASSES: [fn(&Text, &mut Graph); 10] = [
    parts_of_the_sentence,
    joined::announced,
    joined::share_subject,
    joined::according,
    quoted::settle,
    spurious::drop,
    bounds_of_contents,
    relay::refer_back,
    relay::add,
    settle,
];

/// All attributions of a text, outer before inner, each with the index of the one it is inside.
pub fn find(text: &Text, features: &Features, finder: &mut Finder) -> Attributions {
    let mut graph = Graph::of_turns(turns::find(text));
    // The words of each turn are read as a text of their own; what is found there lies inside.
    let bodies = graph.iter().map(|turn| turn.content.clone());
    let passages: Vec<Passage> = std::iter::once(turns::rest(text, body(text))).chain(bodies).collect();
    let (found, leanings) = finder.find(text, features, &passages);
    let turns = std::iter::once(None).chain(graph.places().map(Some));
    for (new, turn) in found.into_iter().zip(turns) {
        graph.take_in(new, turn);
    }
    PASSES.iter().for_each(|pass| pass(text, &mut graph));
    graph.iter_mut().for_each(|attribution| attribution.leaning = leanings.of(&attribution.cue));
    graph.into_forest()
}

/// Completes each attribution by what stands in its own sentence: its subject, whom it was said to.
fn parts_of_the_sentence(text: &Text, graph: &mut Graph) {
    for attribution in graph.read_mut() {
        subject::complete(text, attribution);
        if attribution.recipient.is_empty() {
            recipient::split(text, attribution);
            recipient::passive(text, attribution);
        }
        recipient::heard_from(text, attribution);
    }
}

/// Lets each content begin and end where its words do.
fn bounds_of_contents(text: &Text, graph: &mut Graph) {
    bounds::cut(text, graph.read_mut());
    bounds::from_the_head(text, graph);
    let marks = edges::Marks::new(text);
    for attribution in graph.read_mut().iter_mut().take_while(|_| !text.budget.is_spent()) {
        edges::tidy(text, &marks, &mut attribution.content);
    }
}

/// Puts each attribution inside the innermost one around it that holds every word of its content, or whose "This" stands for its
/// sentence.
fn settle(text: &Text, graph: &mut Graph) {
    let holds = |outer: &Found, inner: &Found| {
        let mut words = inner.content.iter().filter(|&&t| text.tokens[t].kind == TokenKind::Word);
        words.all(|t| outer.content.binary_search(t).is_ok())
            || relay::referred(text, outer)
                .is_some_and(|sentence| inner.cue.first().is_some_and(|&cue| text.sentence_of[cue] == sentence))
    };
    for i in graph.places() {
        let holder = graph.around(i).find(|&outer| holds(&graph[outer], &graph[i]));
        graph.nest(i, holder);
    }
}

/// How much of a content stands within quotation marks, for a content that a person names: for those who keep what persons correct in
/// readings.
///
/// ```
/// use saywho::Span;
/// use saywho::reading::AttributionType;
///
/// let text = "Maren called the ban “unjust to all”.";
/// assert_eq!(saywho::kind_of(text, &[Span::new(6, 40)]), AttributionType::Mixed);
/// assert_eq!(saywho::kind_of(text, &[Span::new(0, 12)]), AttributionType::Indirect);
/// ```
pub fn kind_of(text: &str, content: &[Span]) -> AttributionType {
    let text = Text::new(text);
    let within = |t: &TokenId| content.iter().any(|span| span.contains(text.tokens[*t].span));
    edges::kind(&text, &text.tokens.places().filter(within).collect::<Vec<_>>())
}

/// All tokens but those of page litter.
fn body(text: &Text) -> Passage {
    text.tokens.places().filter(|&t| !text.is_litter(t)).collect()
}
