//! Whose voice an attribution is, and chains: who reports whom, from the outermost to the speaker.

use super::book::Book;
use super::id::EntityId;
use crate::attribution::graph::inner;
use crate::attribution::{AttributionId, Attributions, Found};
use crate::reading::{EntityKind, Span};
use crate::table::{Place, Table};
use crate::text::{Text, TokenId};
use crate::words;

/// Whose voice an attribution is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voice {
    /// Who speaks.
    pub speaker: Option<EntityId>,
    /// To whom.
    pub addressee: Option<EntityId>,
    /// The tokens that name the addressee, where the sentence does.
    pub recipient: Vec<TokenId>,
    /// Whether the addressee is told by the exchange around it, not by the sentence.
    pub addressee_inferred: bool,
    /// Before whom.
    pub audience: Option<EntityId>,
    /// Who reports whom, outermost first, ending with the speaker.
    pub chain: Vec<EntityId>,
    /// The channel in the text's words: "press release".
    pub via: Option<String>,
}

/// For each attribution its voice.
pub type Voices = Table<AttributionId, Voice>;

/// Fills the chain of every voice: the chains around it, then its own speaker.
pub fn chains(text: &Text, found: &Attributions, book: &Book, voices: &mut Voices) {
    let mut carried: Option<Carried> = None;
    let inner = inner(found);
    let place = |i: AttributionId| found[i].source.first().or(found[i].cue.first()).copied().unwrap_or(TokenId::new(0));
    let mut outermost: Vec<AttributionId> = found.places().filter(|&i| found[i].inside.is_none()).collect();
    outermost.sort_by_key(|&i| place(i));
    for i in outermost {
        let speaker = voices[i].speaker;
        let paragraph = text.paragraph_of(place(i));
        let link = carried
            .as_ref()
            .filter(|c| c.reaches(paragraph))
            .filter(|c| speaker.is_some_and(|s| c.told.contains(&s) && s != c.by))
            .map(|c| c.by);
        // "told Radio North": we know of it through the outlet.
        let outlet = voices[i].addressee.filter(|&to| link.is_none() && speaker.is_some() && outlet(book, to));
        voices[i].chain = link.or(outlet).into_iter().chain(speaker).collect();
        match link {
            Some(_) => carried = carried.map(|c| Carried { paragraph, ..c }),
            // What has no speaker neither goes on with a release nor ends it.
            None if speaker.is_none() => {}
            None => carried = speaker.and_then(|by| Carried::new(by, paragraph, &found[i], &inner[i], book, voices)),
        }
    }
    for i in found.places() {
        if let Some(outer) = found[i].inside {
            // `found` holds outer before inner, so the outer chain is there.
            let mut chain = voices[outer].chain.clone();
            if let Some(speaker) = voices[i].speaker.filter(|s| chain.last() != Some(s)) {
                chain.push(speaker);
            }
            voices[i].chain = chain;
        }
    }
}

/// What a document took over from a wire we know through that wire: it goes before every chain.
pub fn take_over(book: &mut Book, voices: &mut [Voice], wire: Span, text: &Text) {
    let name = wire.of(text.text);
    let wire_entity = book.body(name).unwrap_or_else(|| book.by_words(name, EntityKind::Organisation, None));
    book.mention(wire_entity, wire);
    let told = voices.iter_mut().filter(|v| v.chain.first().is_some_and(|&first| first != wire_entity));
    told.for_each(|voice| voice.chain.insert(0, wire_entity));
}

/// Whether a body is one that publishes what it is told.
fn outlet(book: &Book, entity: EntityId) -> bool {
    let draft = &book.drafts[entity];
    let named = |word: &str| words::is_outlet(word.trim_end_matches(['”', '"']));
    draft.kind == EntityKind::Organisation && draft.name.split(' ').any(named)
}

/// A body whose release goes on being told in the sentences after the one that names it.
struct Carried {
    by: EntityId,
    /// Whom the release tells of.
    told: Vec<EntityId>,
    paragraph: usize,
}

impl Carried {
    fn new(
        by: EntityId,
        paragraph: usize,
        found: &Found,
        inner: &[AttributionId],
        book: &Book,
        voices: &Voices,
    ) -> Option<Carried> {
        let kind = book.drafts[by].kind;
        if !matches!(kind, EntityKind::Organisation | EntityKind::Document | EntityKind::State) {
            return None;
        }
        let content = &found.content;
        let mut told: Vec<EntityId> = inner.iter().filter_map(|&k| voices[k].speaker).collect();
        let first = book.mentions.partition_point(|m| content.first().is_some_and(|&first| m.0 < first));
        let near = book.mentions[first..].iter().take_while(|m| content.last().is_some_and(|&last| m.0 <= last));
        told.extend(near.filter(|m| content.binary_search(&m.0).is_ok()).map(|m| m.1));
        // Only people of the body's own side: a release speaks for its own minister.
        let side = book.drafts[by].side.as_deref();
        told.retain(|&e| book.drafts[e].kind == EntityKind::Person && book.drafts[e].side.as_deref() == side);
        (side.is_some() && !told.is_empty()).then_some(Carried { by, told, paragraph })
    }

    fn reaches(&self, paragraph: usize) -> bool {
        paragraph >= self.paragraph && paragraph - self.paragraph <= 1
    }
}
