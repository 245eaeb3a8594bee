//! The channel of an attribution: "press release" in the source, "in a statement" in or behind the cue.

use crate::attribution::Found;
use crate::table::Place;
use crate::text::Text;

/// Channels that are named beside the verb.
const CHANNELS: [&str; 10] =
    ["release", "statement", "readout", "communique", "communiqué", "interview", "briefing", "letter", "tweet", "memo"];

/// The channel in the text's words.
pub fn via(text: &Text, found: &Found) -> Option<String> {
    let (&start, &end) = (found.source.first().or(found.cue.first())?, found.cue.last()?);
    let sentence = text.sentence_of[end];
    let near = start.min(found.cue[0]).until(end.plus(5).min(text.tokens.end()));
    let noun = near
        .iter()
        .filter(|t| text.sentence_of[*t] == sentence && !found.content.contains(t))
        .find(|&t| CHANNELS.contains(&text.word(t)))?;
    let press = matches!(text.word_before(noun), "press" | "news" | "written" | "joint");
    text.span(noun.back(usize::from(press)).through(noun)).map(|s| s.of(text.text).to_owned())
}
