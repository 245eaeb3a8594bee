//! Which attributions were said in a conversation that the document tells of.

use crate::reading::{Act, Entity, EntityKind, Reading};

/// Tells each attribution in which conversation of the document it was said: in the first what the document tells of it as an
/// account, in each what one who took part said to another there, or all together. What was known of it before is forgotten, so
/// that it holds again after persons have corrected who spoke, or to whom. `who` tells who an entity is, by its id: two whom
/// persons have made one are the same.
///
/// ```
/// use saywho::{Document, Reader, take_part};
///
/// let text = "President Ilse Maren of Norrland met President Teo Vasca of Sudovia. Maren told Vasca that the ban must go.";
/// let mut reading = Reader::new()?.worker().read(Document::from_text("note", text));
/// let told = reading.attributions.len() - 1;
/// assert_eq!(reading.attributions[told].conversation.as_deref(), Some("c1"));
/// (reading.attributions[told].speaker, reading.attributions[told].told) = (None, None);
/// take_part(&mut reading, str::to_owned);
/// assert_eq!(reading.attributions[told].conversation, None);
/// # Ok::<(), saywho::Error>(())
/// ```
pub fn take_part<Who: PartialEq>(reading: &mut Reading, who: impl Fn(&str) -> Who) {
    reading.attributions.iter_mut().for_each(|a| a.conversation = None);
    for (number, conversation) in reading.conversations.iter().enumerate() {
        let participants: Vec<Who> = conversation.participants.iter().map(|id| who(id)).collect();
        let group = |e: &&Entity| e.kind == EntityKind::Group && e.members.len() == participants.len();
        let everybody: Vec<&String> = (reading.entities.iter().filter(group))
            .filter(|e| e.members.iter().all(|member| participants.contains(&who(member))))
            .map(|e| &e.id)
            .collect();
        for a in reading.attributions.iter_mut().filter(|a| a.conversation.is_none()) {
            let together = a.speaker.as_ref().is_some_and(|speaker| everybody.contains(&speaker));
            let [speaker, addressee] = [&a.speaker, &a.addressee].map(|id| id.as_ref().map(|id| who(id)));
            let took_part = |who: &Option<Who>| who.as_ref().is_some_and(|who| participants.contains(who));
            let there = took_part(&speaker) && took_part(&addressee) && speaker != addressee;
            if number == 0 && a.told.is_some() || there || together && matches!(a.act, Act::Agree | Act::Discuss) {
                a.conversation = Some(conversation.id.clone());
            }
        }
    }
}
