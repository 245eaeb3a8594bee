//! Attributions by side and speaker: the order in which people read the answer.

use saywho_contract::Reading;
use saywho_contract::reading::{Attribution, Entity};

/// What one side says.
pub(super) struct SideGroup<'r> {
    /// The side; none for speakers whose side the text does not tell.
    pub side: Option<&'r str>,
    /// Its speakers in order of their first attribution.
    pub speakers: Vec<SpeakerGroup<'r>>,
}

/// What one speaker says.
pub(super) struct SpeakerGroup<'r> {
    /// The speaker; none where the text names no source.
    pub speaker: Option<&'r Entity>,
    /// The attributions in order of the text.
    pub entries: Vec<Entry<'r>>,
}

/// One attribution in its speaker's list.
pub(super) struct Entry<'r> {
    /// Its index in the reading.
    pub index: usize,
    /// The attribution.
    pub attribution: &'r Attribution,
    /// How many attributions of the same speaker hold it.
    pub depth: usize,
}

/// All attributions; the sides of the main conversation first, those without a side last.
pub(super) fn by_side(reading: &Reading) -> Vec<SideGroup<'_>> {
    let mut groups: Vec<SideGroup> = Vec::new();
    for side in sides(reading) {
        groups.push(SideGroup { side, speakers: Vec::new() });
    }
    for (index, attribution) in reading.attributions.iter().enumerate() {
        let speaker = attribution.speaker.as_deref().and_then(|id| reading.entity(id));
        let side = speaker.and_then(|e| e.side.as_deref());
        let Some(group) = groups.iter_mut().find(|g| g.side == side) else { continue };
        let entry = Entry { index, attribution, depth: depth(reading, attribution) };
        let id = speaker.map(|e| &e.id);
        match group.speakers.iter_mut().find(|s| s.speaker.map(|e| &e.id) == id) {
            Some(known) => known.entries.push(entry),
            None => group.speakers.push(SpeakerGroup { speaker, entries: vec![entry] }),
        }
    }
    groups.retain(|g| !g.speakers.is_empty());
    groups
}

/// The sides in order: those of the main conversation, the others as they come, none last.
pub(super) fn sides(reading: &Reading) -> Vec<Option<&str>> {
    let side_of = |id: &String| reading.entity(id).and_then(|e| e.side.as_deref());
    let talking = reading.conversations.iter().take(1).flat_map(|c| c.participants.iter().filter_map(side_of));
    let speaking = reading.attributions.iter().filter_map(|a| a.speaker.as_ref().and_then(side_of));
    let mut sides: Vec<Option<&str>> = Vec::new();
    for side in talking.chain(speaking) {
        if !sides.contains(&Some(side)) {
            sides.push(Some(side));
        }
    }
    sides.push(None);
    sides
}

/// How many attributions of the same speaker directly hold this one, one within the other.
fn depth(reading: &Reading, attribution: &Attribution) -> usize {
    let mut depth = 0;
    let mut inner = attribution;
    while let Some(outer) = inner.inside.as_deref().and_then(|id| reading.attribution(id)) {
        // The second test ends a circle, which only a damaged reading has.
        if outer.speaker != attribution.speaker || depth >= reading.attributions.len() {
            break;
        }
        depth += 1;
        inner = outer;
    }
    depth
}
