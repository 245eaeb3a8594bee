//! Documents to the readings that are kept.

use saywho::comparison::{Participant, Telling};
use saywho::reading::{Conversation, Entity, EntityKind};
use saywho::{Budget, Document, OutOfTime, Reader, Reading, Worker};

/// Reads a document. One that tells of a conversation as an account of it, so that no attribution of it does, gets its
/// conversation from what comparisons take from accounts: so all accounts of one talk are found together.
///
/// # Errors
/// If the budget was spent before the reading was whole.
pub fn read(
    reader: &Reader,
    worker: &mut Worker<'_>,
    document: Document,
    budget: &Budget,
) -> Result<Reading, OutOfTime> {
    let mut reading = worker.read_within(document, budget)?;
    if reading.conversations.is_empty()
        && let Some(told) = reader.telling(&reading)
    {
        add(&mut reading, told);
    }
    Ok(reading)
}

fn add(reading: &mut Reading, told: Telling) {
    let participants = told.participants.into_iter().map(|participant| local(reading, participant)).collect();
    reading.conversations.push(Conversation {
        id: "c1".into(),
        participants,
        medium: told.medium,
        initiator: None,
        date: told.date,
        tone: Vec::new(),
    });
}

/// The id of a participant among the entities of the reading, which gets one that it does not hold.
fn local(reading: &mut Reading, participant: Participant) -> String {
    if let Some(known) = reading.entities.iter().find(|e| e.name == participant.name) {
        return known.id.clone();
    }
    let number = reading.entities.iter().filter_map(|e| e.id.strip_prefix('e')?.parse::<usize>().ok()).max();
    let id = format!("e{}", number.unwrap_or(0) + 1);
    reading.entities.push(Entity {
        id: id.clone(),
        name: participant.name,
        kind: EntityKind::Person,
        roles: Vec::new(),
        side: participant.side,
        mentions: Vec::new(),
        ids: Default::default(),
    });
    id
}
