//! The tables of documents, entities and mentions.

use std::sync::Arc;

use arrow_array::builder::{Int32Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use saywho::Span;

use crate::lists::{NotedSpans, Numbers, Spans, Texts, number};
use crate::minhash;
use crate::one::{One, identifier};
use crate::{Table, batch_of};

#[derive(Default)]
pub(crate) struct Documents {
    document: StringBuilder,
    source: StringBuilder,
    file: StringBuilder,
    offset: Int64Builder,
    title: StringBuilder,
    authors: Texts,
    publisher: StringBuilder,
    published: StringBuilder,
    language: StringBuilder,
    text: StringBuilder,
    characters: Int32Builder,
    words: Int32Builder,
    entities: Int32Builder,
    attributions: Int32Builder,
    boilerplate: Spans,
    repairs: NotedSpans,
    dates: NotedSpans,
    bands: Numbers,
}

impl Documents {
    /// Adds a row; without its text where the texts are put in at the end.
    pub(crate) fn push(&mut self, one: &One, with_text: bool) {
        let document = one.document();
        let origin = document.origin.as_ref();
        self.document.append_value(&document.id);
        self.source.append_option(document.source.as_deref());
        self.file.append_option(origin.map(|origin| &origin.file));
        self.offset.append_option(origin.and_then(|origin| i64::try_from(origin.offset?).ok()));
        self.title.append_option(document.title.as_deref());
        self.authors.push(document.authors.iter().map(|author| Some(author.as_str())));
        self.publisher.append_option(document.publisher.as_deref());
        self.published.append_option(document.published.as_deref());
        self.language.append_option(document.language.as_deref());
        if with_text {
            self.text.append_value(one.text);
        }
        self.characters.append_value(number(one.points.count()));
        self.words.append_value(number(one.text.split_whitespace().count()));
        self.entities.append_value(number(one.reading.entities.len()));
        self.attributions.append_value(number(one.reading.attributions.len()));
        self.boilerplate.push(&document.boilerplate, &one.points);
        let repairs = document.repairs.iter().map(|r| (Span { start: r.start, end: r.end }, r.to.as_str()));
        self.repairs.push(repairs, &one.points);
        let dates = document.dates.iter().map(|d| (Span { start: d.start, end: d.end }, d.date.as_str()));
        self.dates.push(dates, &one.points);
        self.bands.push(minhash::bands(one.text).into_iter().flatten());
    }

    /// The rows; `texts` are those of rows that were added without.
    pub(crate) fn finish(mut self, texts: Option<ArrayRef>) -> RecordBatch {
        batch_of(
            Table::Documents,
            vec![
                Arc::new(self.document.finish()),
                Arc::new(self.source.finish()),
                Arc::new(self.file.finish()),
                Arc::new(self.offset.finish()),
                Arc::new(self.title.finish()),
                self.authors.array(),
                Arc::new(self.publisher.finish()),
                Arc::new(self.published.finish()),
                Arc::new(self.language.finish()),
                texts.unwrap_or_else(|| Arc::new(self.text.finish())),
                Arc::new(self.characters.finish()),
                Arc::new(self.words.finish()),
                Arc::new(self.entities.finish()),
                Arc::new(self.attributions.finish()),
                self.boilerplate.array(),
                self.repairs.array("to"),
                self.dates.array("date"),
                self.bands.array(),
            ],
        )
    }
}

#[derive(Default)]
pub(crate) struct Entities {
    document: StringBuilder,
    entity: StringBuilder,
    name: StringBuilder,
    kind: StringBuilder,
    side: StringBuilder,
    roles: Texts,
    wikidata: StringBuilder,
    iso: StringBuilder,
    code: StringBuilder,
    mentions: Int32Builder,
    attributions: Int32Builder,
}

impl Entities {
    pub(crate) fn push(&mut self, one: &One) {
        for entity in &one.reading.entities {
            let speaks = one.reading.attributions.iter().filter(|a| a.speaker.as_deref() == Some(&entity.id));
            self.document.append_value(&one.document().id);
            self.entity.append_value(&entity.id);
            self.name.append_value(&entity.name);
            self.kind.append_value(entity.kind.name());
            self.side.append_option(entity.side.as_deref());
            self.roles.push(entity.roles.iter().map(|role| Some(role.as_str())));
            self.wikidata.append_option(identifier(Some(entity), "wikidata"));
            self.iso.append_option(identifier(Some(entity), "iso"));
            self.code.append_option(identifier(Some(entity), "code"));
            self.mentions.append_value(number(entity.mentions.len()));
            self.attributions.append_value(number(speaks.count()));
        }
    }

    pub(crate) fn finish(mut self) -> RecordBatch {
        batch_of(
            Table::Entities,
            vec![
                Arc::new(self.document.finish()),
                Arc::new(self.entity.finish()),
                Arc::new(self.name.finish()),
                Arc::new(self.kind.finish()),
                Arc::new(self.side.finish()),
                self.roles.array(),
                Arc::new(self.wikidata.finish()),
                Arc::new(self.iso.finish()),
                Arc::new(self.code.finish()),
                Arc::new(self.mentions.finish()),
                Arc::new(self.attributions.finish()),
            ],
        )
    }
}

#[derive(Default)]
pub(crate) struct Mentions {
    document: StringBuilder,
    entity: StringBuilder,
    name: StringBuilder,
    kind: StringBuilder,
    start: Int32Builder,
    end: Int32Builder,
    words: StringBuilder,
}

impl Mentions {
    pub(crate) fn push(&mut self, one: &One) {
        for entity in &one.reading.entities {
            for &mention in &entity.mentions {
                self.document.append_value(&one.document().id);
                self.entity.append_value(&entity.id);
                self.name.append_value(&entity.name);
                self.kind.append_value(entity.kind.name());
                let place = one.points.span(mention);
                self.start.append_value(number(place.start.0));
                self.end.append_value(number(place.end.0));
                self.words.append_value(one.words(mention));
            }
        }
    }

    pub(crate) fn finish(mut self) -> RecordBatch {
        batch_of(
            Table::Mentions,
            vec![
                Arc::new(self.document.finish()),
                Arc::new(self.entity.finish()),
                Arc::new(self.name.finish()),
                Arc::new(self.kind.finish()),
                Arc::new(self.start.finish()),
                Arc::new(self.end.finish()),
                Arc::new(self.words.finish()),
            ],
        )
    }
}
