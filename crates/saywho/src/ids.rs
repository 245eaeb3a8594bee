//! Ids of the entities of a reading.

use crate::entity::{Cast, EntityId, unnamed};
use crate::reading::{Entity, EntityKind};
use crate::table::Table;
use crate::text::Text;

/// Gives entities their ids in the order in which they are first referred to.
pub(crate) struct Ids {
    of: Table<EntityId, Option<usize>>,
    entities: Vec<Entity>,
}

impl Ids {
    /// Goes on behind the entities that a reading has.
    pub fn new(cast: &Cast, entities: Vec<Entity>) -> Ids {
        let mut of = cast.book.drafts.with(None);
        cast.places.iter().enumerate().for_each(|(entity, &draft)| of[draft] = Some(entity));
        Ids { of, entities }
    }

    /// The entities of the reading, groups with their members and the unnamed with what is told of them, whose places in the book the cast then knows.
    pub fn settle(mut self, cast: &mut Cast, text: &Text) -> Vec<Entity> {
        for draft in self.of.places() {
            let members = &cast.book.drafts[draft].members;
            if let Some(group) = self.of[draft].filter(|_| !members.is_empty()) {
                self.entities[group].members = members.iter().map(|&member| self.id(cast, member)).collect();
            }
        }
        let mut places: Vec<(usize, EntityId)> =
            self.of.entries().filter_map(|(draft, of)| Some(((*of)?, draft))).collect();
        places.sort_unstable();
        cast.places = places.into_iter().map(|(_, draft)| draft).collect();
        for (own, &draft) in self.entities.iter_mut().zip(&cast.places) {
            if own.kind == EntityKind::Unnamed {
                own.unnamed = unnamed::unnamed(text, &cast.book.drafts[draft]);
            }
        }
        self.entities
    }

    /// The id of an entity of the book.
    pub fn id(&mut self, cast: &Cast, draft: EntityId) -> String {
        let place = *self.of[draft].get_or_insert_with(|| {
            let from = &cast.book.drafts[draft];
            self.entities.push(Entity {
                id: format!("e{}", self.entities.len() + 1),
                name: from.name.clone(),
                kind: from.kind,
                roles: from.roles.clone(),
                side: from.side.clone(),
                mentions: from.mentions.iter().copied().collect(),
                members: Vec::new(),
                unnamed: None,
                ids: cast.ids(draft),
            });
            self.entities.len() - 1
        });
        self.entities[place].id.clone()
    }
}
