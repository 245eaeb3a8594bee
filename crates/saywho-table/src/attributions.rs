//! The tables of attributions and conversations: each row tells who, so that the usual questions need no join.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_array::builder::{BooleanBuilder, Float32Builder, Int32Builder, StringBuilder};
use saywho::reading::{Attribution, Entity};

use crate::lists::{Spans, Texts, Tones, number};
use crate::one::{One, identifier};
use crate::{Table, batch_of};

/// Of which document a row is.
#[derive(Default)]
struct Of {
    document: StringBuilder,
    title: StringBuilder,
    publisher: StringBuilder,
    published: StringBuilder,
}

impl Of {
    fn push(&mut self, one: &One) {
        let document = one.document();
        self.document.append_value(&document.id);
        self.title.append_option(document.title.as_deref());
        self.publisher.append_option(document.publisher.as_deref());
        self.published.append_option(document.published.as_deref());
    }
}

/// One of the two whom an attribution joins.
#[derive(Default)]
struct Party {
    name: StringBuilder,
    id: StringBuilder,
    kind: StringBuilder,
    side: StringBuilder,
}

impl Party {
    fn push(&mut self, id: Option<&str>, entity: Option<&Entity>) {
        self.name.append_option(entity.map(|e| e.name.as_str()));
        self.id.append_option(id);
        self.kind.append_option(entity.map(|e| e.kind.name()));
        self.side.append_option(entity.and_then(|e| e.side.as_deref()));
    }
}

#[derive(Default)]
pub(crate) struct Attributions {
    of: Of,
    attribution: StringBuilder,
    speaker: Party,
    speaker_roles: Texts,
    speaker_wikidata: StringBuilder,
    speaker_iso: StringBuilder,
    addressee: Party,
    addressee_inferred: BooleanBuilder,
    chain: Texts,
    inside: StringBuilder,
    depth: Int32Builder,
    via: StringBuilder,
    act: StringBuilder,
    polarity: StringBuilder,
    kind: StringBuilder,
    source: StringBuilder,
    cue: StringBuilder,
    content: StringBuilder,
    content_words: Int32Builder,
    source_spans: Spans,
    cue_spans: Spans,
    content_spans: Spans,
    confidence: Float32Builder,
}

impl Attributions {
    pub(crate) fn push(&mut self, one: &One) {
        for a in &one.reading.attributions {
            self.of.push(one);
            self.push_who(one, a);
            self.inside.append_option(a.inside.as_deref());
            self.depth.append_value(one.depth(a));
            self.via.append_option(a.via.as_deref());
            self.act.append_value(a.act.name());
            self.polarity.append_value(a.polarity.name());
            self.kind.append_value(a.kind.name());
            self.source.append_value(one.joined(&a.source));
            self.cue.append_value(one.joined(&a.cue));
            self.content.append_value(one.joined(&a.content));
            self.content_words.append_value(number(one.count(&a.content)));
            self.source_spans.push(&a.source, &one.points);
            self.cue_spans.push(&a.cue, &one.points);
            self.content_spans.push(&a.content, &one.points);
            self.confidence.append_value(a.confidence);
        }
    }

    fn push_who(&mut self, one: &One, a: &Attribution) {
        let speaker = one.entity(a.speaker.as_deref());
        let addressee = one.entity(a.addressee.as_deref());
        self.attribution.append_value(&a.id);
        self.speaker.push(a.speaker.as_deref(), speaker);
        self.speaker_roles.push(speaker.into_iter().flat_map(|e| &e.roles).map(|role| Some(role.as_str())));
        self.speaker_wikidata.append_option(identifier(speaker, "wikidata"));
        self.speaker_iso.append_option(identifier(speaker, "iso"));
        self.addressee.push(a.addressee.as_deref(), addressee);
        self.addressee_inferred.append_value(a.addressee_inferred);
        let chain = if a.chain.is_empty() { a.speaker.as_slice() } else { &a.chain };
        self.chain.push(chain.iter().map(|id| Some(one.name(id))));
    }

    pub(crate) fn finish(mut self) -> RecordBatch {
        batch_of(
            Table::Attributions,
            vec![
                Arc::new(self.of.document.finish()),
                Arc::new(self.of.title.finish()),
                Arc::new(self.of.publisher.finish()),
                Arc::new(self.of.published.finish()),
                Arc::new(self.attribution.finish()),
                Arc::new(self.speaker.name.finish()),
                Arc::new(self.speaker.id.finish()),
                Arc::new(self.speaker.kind.finish()),
                Arc::new(self.speaker.side.finish()),
                self.speaker_roles.array(),
                Arc::new(self.speaker_wikidata.finish()),
                Arc::new(self.speaker_iso.finish()),
                Arc::new(self.addressee.name.finish()),
                Arc::new(self.addressee.id.finish()),
                Arc::new(self.addressee.kind.finish()),
                Arc::new(self.addressee.side.finish()),
                Arc::new(self.addressee_inferred.finish()),
                self.chain.array(),
                Arc::new(self.inside.finish()),
                Arc::new(self.depth.finish()),
                Arc::new(self.via.finish()),
                Arc::new(self.act.finish()),
                Arc::new(self.polarity.finish()),
                Arc::new(self.kind.finish()),
                Arc::new(self.source.finish()),
                Arc::new(self.cue.finish()),
                Arc::new(self.content.finish()),
                Arc::new(self.content_words.finish()),
                self.source_spans.array(),
                self.cue_spans.array(),
                self.content_spans.array(),
                Arc::new(self.confidence.finish()),
            ],
        )
    }
}

#[derive(Default)]
pub(crate) struct Conversations {
    of: Of,
    conversation: StringBuilder,
    participants: Texts,
    sides: Texts,
    medium: StringBuilder,
    initiator: StringBuilder,
    according_to: Texts,
    date: StringBuilder,
    tone: Tones,
}

impl Conversations {
    pub(crate) fn push(&mut self, one: &One) {
        for c in &one.reading.conversations {
            self.of.push(one);
            self.conversation.append_value(&c.id);
            self.participants.push(c.participants.iter().map(|id| Some(one.name(id))));
            let side = |id: &'_ String| one.entity(Some(id)).and_then(|e| e.side.as_deref());
            self.sides.push(c.participants.iter().map(side));
            self.medium.append_value(c.medium.name());
            self.initiator.append_option(c.initiator.as_ref().map(|i| i.side.as_str()));
            let tellers = c.initiator.iter().flat_map(|i| &i.according_to);
            self.according_to.push(tellers.map(|id| Some(one.name(id))));
            self.date.append_option(c.date.as_deref());
            self.tone.push(c.tone.iter().map(|t| (t.words.as_str(), one.name(&t.according_to))));
        }
    }

    pub(crate) fn finish(mut self) -> RecordBatch {
        batch_of(
            Table::Conversations,
            vec![
                Arc::new(self.of.document.finish()),
                Arc::new(self.of.title.finish()),
                Arc::new(self.of.publisher.finish()),
                Arc::new(self.of.published.finish()),
                Arc::new(self.conversation.finish()),
                self.participants.array(),
                self.sides.array(),
                Arc::new(self.medium.finish()),
                Arc::new(self.initiator.finish()),
                self.according_to.array(),
                Arc::new(self.date.finish()),
                self.tone.array(),
            ],
        )
    }
}
