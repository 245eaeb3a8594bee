//! A view of the same shape as Quotebank's: a row a quotation, with its speaker and the odds.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_array::builder::{Float32Builder, Int32Builder, ListBuilder, StringBuilder, StructBuilder};
use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};
use saywho::Span;
use saywho::reading::{Attribution, AttributionType, Reading};
use saywho_english::text::paragraph::paragraphs;
use saywho_english::text::quote::quotes;

/// The name of its folder.
pub(crate) const NAME: &str = "quotebank";

/// Stands for a speaker that is none of the others, as in Quotebank.
const NONE: &str = "None";

/// Its columns.
pub(crate) fn schema() -> SchemaRef {
    let text = |name: &str, nullable| Field::new(name, DataType::Utf8, nullable);
    let list =
        |name: &str, item: DataType| Field::new(name, DataType::List(Arc::new(Field::new("item", item, true))), false);
    let fields = vec![
        text("quoteID", false),
        text("document", false),
        text("attribution", false),
        text("quotation", false),
        text("speaker", false),
        list("qids", DataType::Utf8),
        text("date", true),
        Field::new("numOccurrences", DataType::Int32, false),
        list("probas", DataType::Struct(odds())),
        list("urls", DataType::Utf8),
    ];
    let metadata = [("saywho.schema", saywho_table::SCHEMA), ("saywho.table", NAME)];
    Arc::new(Schema::new_with_metadata(fields, metadata.map(|(k, v)| (k.to_owned(), v.to_owned()))))
}

fn odds() -> Fields {
    Fields::from(vec![Field::new("speaker", DataType::Utf8, true), Field::new("probability", DataType::Float32, true)])
}

/// A quotation, and whose it is.
struct Quotation<'r> {
    words: String,
    attribution: &'r Attribution,
}

/// The rows as they grow.
pub(crate) struct Quotes {
    id: StringBuilder,
    document: StringBuilder,
    attribution: StringBuilder,
    quotation: StringBuilder,
    speaker: StringBuilder,
    qids: ListBuilder<StringBuilder>,
    date: StringBuilder,
    occurrences: Int32Builder,
    odds: ListBuilder<StructBuilder>,
    urls: ListBuilder<StringBuilder>,
}

impl Default for Quotes {
    fn default() -> Quotes {
        Quotes {
            id: StringBuilder::new(),
            document: StringBuilder::new(),
            attribution: StringBuilder::new(),
            quotation: StringBuilder::new(),
            speaker: StringBuilder::new(),
            qids: ListBuilder::new(StringBuilder::new()),
            date: StringBuilder::new(),
            occurrences: Int32Builder::new(),
            odds: ListBuilder::new(StructBuilder::from_fields(odds(), 0)),
            urls: ListBuilder::new(StringBuilder::new()),
        }
    }
}

impl Quotes {
    /// Adds the quotations of a reading: once each, with how often the document has it.
    pub(crate) fn push(&mut self, reading: &Reading) {
        let mut often: BTreeMap<String, i32> = BTreeMap::new();
        let found = quotations(reading);
        for quotation in &found {
            *often.entry(key(&quotation.words)).or_default() += 1;
        }
        let mut number = 0;
        for quotation in &found {
            if let Some(times) = often.remove(&key(&quotation.words)) {
                number += 1;
                self.add(reading, quotation, number, times);
            }
        }
    }

    fn add(&mut self, reading: &Reading, quotation: &Quotation, number: usize, times: i32) {
        let (document, attribution) = (&reading.document, quotation.attribution);
        let speaker = attribution.speaker.as_deref().and_then(|id| reading.entity(id));
        let name = speaker.map_or(NONE, |speaker| &speaker.name);
        self.id.append_value(format!("{}#{number}", document.id));
        self.document.append_value(&document.id);
        self.attribution.append_value(&attribution.id);
        self.quotation.append_value(&quotation.words);
        self.speaker.append_value(name);
        self.qids.append_value(speaker.and_then(|s| s.ids.get("wikidata")).into_iter().map(Some));
        self.date.append_option(document.published.as_deref());
        self.occurrences.append_value(times);
        let sure = attribution.confidence;
        self.add_odds(name, sure);
        if name != NONE {
            self.add_odds(NONE, 1.0 - sure);
        }
        self.odds.append(true);
        let url = document.source.as_deref().filter(|source| source.contains("://"));
        self.urls.append_value(url.into_iter().map(Some));
    }

    fn add_odds(&mut self, speaker: &str, probability: f32) {
        let row = self.odds.values();
        if let Some(column) = row.field_builder::<StringBuilder>(0) {
            column.append_value(speaker);
        }
        if let Some(column) = row.field_builder::<Float32Builder>(1) {
            column.append_value(probability);
        }
        row.append(true);
    }

    pub(crate) fn finish(mut self) -> RecordBatch {
        let columns: Vec<arrow_array::ArrayRef> = vec![
            Arc::new(self.id.finish()),
            Arc::new(self.document.finish()),
            Arc::new(self.attribution.finish()),
            Arc::new(self.quotation.finish()),
            Arc::new(self.speaker.finish()),
            Arc::new(self.qids.finish()),
            Arc::new(self.date.finish()),
            Arc::new(self.occurrences.finish()),
            Arc::new(self.odds.finish()),
            Arc::new(self.urls.finish()),
        ];
        RecordBatch::try_new(schema(), columns).expect("the builders follow the schema")
    }
}

/// The same quotation, whatever its white space.
fn key(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// All quotations in order of the text: what stands within marks, without them; and turns of transcripts.
fn quotations(reading: &Reading) -> Vec<Quotation<'_>> {
    let text = &reading.document.text;
    let mut found: Vec<(usize, Quotation)> = Vec::new();
    let all = quotes(text, &paragraphs(text));
    for quote in all.iter().filter(|quote| quote.depth == 0) {
        if let Some(attribution) = whose(reading, quote.span)
            && let Some(words) = inner(text, quote.span, quote.closed)
        {
            found.push((quote.span.start, Quotation { words, attribution }));
        }
    }
    for turn in reading.attributions.iter().filter(|a| a.kind == AttributionType::Direct && a.inside.is_none()) {
        let marked = all.iter().any(|quote| turn.content.iter().any(|content| content.overlaps(quote.span)));
        if let (false, Some(first)) = (marked, turn.content.first()) {
            let words = turn.content.iter().filter_map(|span| text.get(span.start..span.end)).collect::<Vec<_>>();
            found.push((first.start, Quotation { words: words.join(" "), attribution: turn }));
        }
    }
    found.sort_by_key(|(start, _)| *start);
    found.into_iter().map(|(_, quotation)| quotation).collect()
}

/// The attribution to which a quotation belongs: the innermost whose content it lies in, and which is not told within it.
fn whose(reading: &Reading, quote: Span) -> Option<&Attribution> {
    let holds = |a: &&Attribution| {
        a.kind != AttributionType::Indirect
            && a.content.iter().any(|content| content.overlaps(quote))
            && !a.cue.iter().any(|cue| cue.overlaps(quote))
    };
    // Inner ones stand behind those that hold them.
    reading.attributions.iter().rfind(holds)
}

/// The words between the marks.
fn inner(text: &str, quote: Span, closed: bool) -> Option<String> {
    let mut letters = text.get(quote.start..quote.end)?.chars();
    letters.next();
    if closed {
        letters.next_back();
    }
    let words = letters.as_str().trim();
    (!words.is_empty()).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::cast::AsArray;
    use saywho::reading::{Act, Document, Entity, EntityKind, Polarity, SCHEMA};

    const TEXT: &str = "“We agree,” Maren said. Radio North reported that Vasca had called it “a good day”. Maren repeated: “We \
        agree,” and went. “He said he ‘hoped’,” Vasca added.";

    fn span(words: &str, nth: usize) -> Span {
        let (start, found) = TEXT.match_indices(words).nth(nth).expect("it stands there");
        Span::new(start, start + found.len())
    }

    fn attribution(id: &str, speaker: &str, cue: Span, content: Span, kind: AttributionType) -> Attribution {
        Attribution {
            id: id.into(),
            source: Vec::new(),
            cue: vec![cue],
            content: vec![content],
            kind,
            speaker: Some(speaker.into()),
            addressee: None,
            addressee_inferred: false,
            audience: None,
            conversation: None,
            inside: None,
            chain: vec![speaker.into()],
            via: None,
            act: Act::Say,
            polarity: Polarity::Affirmed,
            recipient: vec![],
            told: None,
            issue: None,
            confidence: 0.75,
        }
    }

    fn entity(id: &str, name: &str) -> Entity {
        let ids = [("wikidata".to_owned(), format!("Q{name}"))].into();
        let (id, name) = (id.to_owned(), name.to_owned());
        Entity {
            id,
            name,
            kind: EntityKind::Person,
            roles: Vec::new(),
            side: None,
            mentions: Vec::new(),
            members: Vec::new(),
            unnamed: None,
            ids,
        }
    }

    #[test]
    fn each_quotation_is_one_row_of_the_innermost_who_says_it() {
        use AttributionType::{Direct, Mixed};
        let told = Span::new(span("that Vasca", 0).start, span("day”", 0).end);
        let inner = Attribution {
            inside: Some("a2".into()),
            ..attribution("a3", "e2", span("called", 0), span("it “a good day”", 0), Mixed)
        };
        let within = Attribution {
            inside: Some("a5".into()),
            ..attribution("a6", "e1", span("said", 1), span("he ‘hoped’", 0), Mixed)
        };
        let reading = Reading {
            schema: SCHEMA.into(),
            document: Document { source: Some("https://harbour.example/a".into()), ..Document::from_text("d", TEXT) },
            entities: vec![entity("e1", "Maren"), entity("e2", "Vasca"), entity("e3", "Radio North")],
            attributions: vec![
                attribution("a1", "e1", span("said", 0), span("“We agree,”", 0), Direct),
                attribution("a2", "e3", span("reported", 0), told, Mixed),
                inner,
                attribution("a4", "e1", span("repeated", 0), span("“We agree,”", 1), Direct),
                attribution("a5", "e2", span("added", 0), span("“He said he ‘hoped’,”", 0), Direct),
                within,
            ],
            conversations: Vec::new(),
            issues: Vec::new(),
        };
        let mut quotes = Quotes::default();
        quotes.push(&reading);
        let rows = quotes.finish();
        let column = |name: &str| -> Vec<String> {
            let column = rows.column_by_name(name).expect("a column");
            column.as_string::<i32>().iter().map(|value| value.unwrap_or_default().to_owned()).collect()
        };
        assert_eq!(column("quotation"), ["We agree,", "a good day", "He said he ‘hoped’,"]);
        assert_eq!(column("speaker"), ["Maren", "Vasca", "Vasca"]);
        assert_eq!(column("quoteID"), ["d#1", "d#2", "d#3"]);
        let often = rows.column_by_name("numOccurrences").expect("a column");
        assert_eq!(often.as_primitive::<arrow_array::types::Int32Type>().values(), &[2, 1, 1]);
        let first = |name: &str| {
            let lists = rows.column_by_name(name).expect("a column").as_list::<i32>().value(0);
            lists.as_string::<i32>().value(0).to_owned()
        };
        assert_eq!((first("qids"), first("urls")), ("QMaren".into(), "https://harbour.example/a".into()));
        let odds = rows.column_by_name("probas").expect("a column").as_list::<i32>().value(0);
        assert_eq!(
            odds.as_struct().column(0).as_string::<i32>().iter().flatten().collect::<Vec<_>>(),
            ["Maren", "None"]
        );
    }
}
