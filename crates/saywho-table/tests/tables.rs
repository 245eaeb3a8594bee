//! Readings as tables, and batches of texts as the rows of their readings.

use std::sync::{Arc, LazyLock};

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, Date32Array, RecordBatch, StringArray, StructArray};
use proptest::prelude::*;
use saywho::{Document, Reader, Reading, Weights};
use saywho_ingest::Options;
use saywho_table::{BatchReader, Batches, SCHEMA, Table, Tables};

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::with_weights(Weights::Fast).expect("a reader"));

const CALL: &str = "“We will lift the ban by May,” foreign minister Ilse Maren of Norrland told Teo Vasca, the foreign minister of \
    Sudovia, in a telephone call on Friday. A spokesman for the Sudovian foreign ministry said that Vasca had “thanked” \
    her. Two officials, who asked not to be named, said the ban was never on the table.";

const GERMAN: &str = "Die Außenministerin von Norrland sagte am Freitag, dass das Fangverbot in der Straße von Hale bis Mai \
    aufgehoben werde, und sie habe das auch ihrem Kollegen Teo Vasca in einem Gespräch mitgeteilt.";

const PAGE: &str = "<!DOCTYPE html><html><head><title>Ban to go</title></head><body><article><p>“The ban will go by May,” \
    Ilse Maren said on Friday in Brel, after a long day of talks with the fishermen of the Strait of Hale.</p><p>Teo Vasca \
    said that Sudovia would wait and see what came of it, and that nobody had asked him before.</p></article></body></html>";

fn reading(document: Document) -> Reading {
    READER.worker().read(document)
}

fn tables_of(readings: &[Reading]) -> Batches {
    let mut tables = Tables::new();
    readings.iter().for_each(|reading| tables.push(reading));
    tables.finish()
}

fn texts(batch: &RecordBatch, column: &str) -> Vec<Option<String>> {
    let column = batch.column_by_name(column).unwrap_or_else(|| panic!("no column {column}"));
    column.as_string::<i32>().iter().map(|value| value.map(str::to_owned)).collect()
}

fn column(values: Vec<Option<&str>>) -> ArrayRef {
    Arc::new(StringArray::from(values))
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true)))
        .expect("a batch")
}

fn read(batch: &RecordBatch, table: Table) -> Batches {
    BatchReader::new(&READER, Options::default(), false).only(batch, table).expect("rows")
}

#[test]
fn an_attribution_tells_who_without_a_join() {
    let call = Document { published: Some("2031-05-02".into()), ..Document::from_text("call", CALL) };
    let reading = reading(call);
    let batches = tables_of(std::slice::from_ref(&reading));
    let rows = batches.get(Table::Attributions);
    assert_eq!(rows.num_rows(), reading.attributions.len());
    let speakers = texts(rows, "speaker");
    let maren = speakers.iter().position(|s| s.as_deref() == Some("Ilse Maren")).expect("a row of hers");
    let of = |name: &str| texts(rows, name)[maren].clone();
    assert_eq!(of("document").as_deref(), Some("call"));
    assert_eq!(of("published").as_deref(), Some("2031-05-02"));
    assert_eq!(of("speaker_kind").as_deref(), Some("person"));
    let entity = reading.entities.iter().find(|e| e.name == "Ilse Maren").expect("her");
    assert_eq!((of("speaker_id"), of("speaker_side")), (Some(entity.id.clone()), entity.side.clone()));
    assert_eq!(of("addressee").as_deref(), Some("Teo Vasca"));
    assert_eq!(of("type").as_deref(), Some("direct"));
    assert_eq!(of("content").as_deref(), Some("“We will lift the ban by May,”"));
    let chain = rows.column_by_name("chain").expect("a chain").as_list::<i32>().value(maren);
    assert_eq!(chain.as_string::<i32>().iter().last().flatten(), Some("Ilse Maren"));
}

#[test]
fn spans_count_code_points_of_the_documents_text() {
    let reading = reading(Document::from_text("call", CALL));
    let points = reading.to_code_points();
    let batches = tables_of(&[reading]);
    let spans =
        batches.get(Table::Attributions).column_by_name("content_spans").expect("spans").as_list::<i32>().clone();
    for (row, attribution) in points.attributions.iter().enumerate() {
        let spans = spans.value(row);
        let spans: &StructArray = spans.as_struct();
        let number = |name: &str, i| spans.column_by_name(name).expect("a bound").as_primitive::<Int32Type>().value(i);
        for (i, span) in attribution.content.iter().enumerate() {
            assert_eq!((number("start", i), number("end", i)), (span.start.0 as i32, span.end.0 as i32));
        }
    }
    let mentions = batches.get(Table::Mentions);
    let letters: Vec<char> = CALL.chars().collect();
    let bound = |name: &str, row| {
        mentions.column_by_name(name).expect("a bound").as_primitive::<Int32Type>().value(row) as usize
    };
    for (row, words) in texts(mentions, "words").into_iter().enumerate() {
        let there: String = letters[bound("start", row)..bound("end", row)].iter().collect();
        assert_eq!(Some(there), words);
    }
}

#[test]
fn every_table_says_which_it_is_and_in_which_version() {
    let batches = tables_of(&[]);
    for table in Table::ALL {
        let schema = batches.get(table).schema();
        assert_eq!(schema.metadata()["saywho.schema"], SCHEMA);
        assert_eq!(schema.metadata()["saywho.table"], table.name());
        assert_eq!(table.name().parse(), Ok(table));
    }
    assert!("issues".parse::<Table>().expect_err("no table").contains("mentions"));
}

#[test]
fn the_text_of_a_batch_is_not_copied() {
    let input = batch(vec![
        ("id", column(vec![Some("a"), Some("b")])),
        ("text", column(vec![Some(CALL), Some("“No,” said Vasca.")])),
    ]);
    let documents = read(&input, Table::Documents).into_one(Table::Documents);
    let of =
        |batch: &RecordBatch| batch.column_by_name("text").expect("texts").as_string::<i32>().value_data().as_ptr();
    assert_eq!(of(&documents), of(&input));
}

#[test]
fn what_cannot_be_read_is_told_and_the_others_are_read() {
    let ids = column(vec![Some("a"), Some("b"), Some("c"), None, Some("e")]);
    let rows = column(vec![Some(CALL), Some(GERMAN), None, Some("“No,” said Vasca."), Some("a\0b")]);
    let all = read(&batch(vec![("id", ids), ("text", rows)]), Table::Documents);
    assert_eq!(texts(all.get(Table::Documents), "document"), [Some("a".into()), Some("3".into())]);
    assert_eq!(texts(all.get(Table::Documents), "text"), [Some(CALL.into()), Some("“No,” said Vasca.".into())]);
    let errors = all.get(Table::Errors);
    assert_eq!(texts(errors, "document"), ["b", "c", "e"].map(|id| Some(id.to_owned())));
    assert_eq!(texts(errors, "kind"), ["language", "input", "input"].map(|kind| Some(kind.to_owned())));
    assert_eq!(texts(errors, "error")[1].as_deref(), Some("holds no text"));
}

#[test]
fn a_page_in_a_batch_is_read_as_one() {
    let input =
        batch(vec![("id", column(vec![Some("page"), Some("note")])), ("html", column(vec![Some(PAGE), Some(CALL)]))]);
    let documents = read(&input, Table::Documents).into_one(Table::Documents);
    let read = texts(&documents, "text");
    assert!(read[0].as_deref().is_some_and(|text| text.starts_with("“The ban") && !text.contains('<')), "{read:?}");
    assert_eq!(read[1].as_deref(), Some(CALL));
    assert_eq!(texts(&documents, "title")[0].as_deref(), Some("Ban to go"));
}

#[test]
fn columns_of_other_types_become_text() {
    let days: ArrayRef = Arc::new(Date32Array::from(vec![Some(22_400), None]));
    let numbers: ArrayRef = Arc::new(arrow_array::Int64Array::from(vec![7, 8]));
    let large: ArrayRef = Arc::new(arrow_array::LargeStringArray::from(vec![CALL, "“No,” said Vasca."]));
    let input = batch(vec![("id", numbers), ("body", large), ("date", days)]);
    let documents = read(&input, Table::Documents).into_one(Table::Documents);
    assert_eq!(texts(&documents, "document"), [Some("7".into()), Some("8".into())]);
    assert_eq!(texts(&documents, "published"), [Some("2031-05-01".into()), None]);
}

#[test]
fn a_batch_without_a_text_names_its_columns() {
    let input = batch(vec![("id", column(vec![Some("a")])), ("story", column(vec![Some(CALL)]))]);
    let mut reader = BatchReader::new(&READER, Options::default(), false);
    let error = reader.all(&input).expect_err("no text").to_string();
    assert!(error.contains("no column text or body") && error.contains("id, story"), "{error}");
    let columns = "text=story".parse().expect("columns");
    let mut reader = BatchReader::new(&READER, Options { columns, ..Options::default() }, false);
    assert_eq!(reader.all(&input).expect("rows").get(Table::Documents).num_rows(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    /// However texts are cut into batches, their rows are those of their readings.
    #[test]
    fn rows_depend_on_the_document_alone(texts in proptest::collection::vec(text(), 1..5), cut in 0usize..5) {
        let readings: Vec<Reading> = texts.iter().enumerate().map(|(n, text)| {
            let piece = saywho_ingest::row_document("", Document { id: format!("d{n}"), ..Document::default() }, text, &Options::default());
            let (about, text) = piece.expect("a document");
            reading(Document { text: text.into_owned(), ..about })
        }).collect();
        let expected = tables_of(&readings);
        let ids: Vec<String> = (0..texts.len()).map(|n| format!("d{n}")).collect();
        let whole = batch(vec![
            ("id", column(ids.iter().map(|id| Some(id.as_str())).collect())),
            ("text", column(texts.iter().map(|text| Some(text.as_str())).collect())),
        ]);
        let mut reader = BatchReader::new(&READER, Options::default(), true);
        let all = reader.all(&whole).expect("rows");
        let cut = cut.min(texts.len());
        let parts = [whole.slice(0, cut), whole.slice(cut, texts.len() - cut)];
        for table in Table::ALL {
            prop_assert_eq!(all.get(table), expected.get(table));
            let mut rows = 0;
            for part in &parts {
                let part = reader.only(part, table).expect("rows").into_one(table);
                prop_assert_eq!(&expected.get(table).slice(rows, part.num_rows()), &part);
                rows += part.num_rows();
            }
            prop_assert_eq!(rows, expected.get(table).num_rows());
        }
    }
}

/// A made-up report of a few sentences.
fn text() -> impl Strategy<Value = String> {
    let names = prop_oneof![
        Just("Ilse Maren"),
        Just("Teo Vasca"),
        Just("the ministry"),
        Just("an official who asked not to be named")
    ];
    let sentence = (names, prop_oneof![Just("said"), Just("denied that"), Just("warned")], "[a-zé]{2,8}")
        .prop_map(|(name, cue, word)| format!("{name} {cue} the {word} would go by May. “We shall see,” {name} said."));
    proptest::collection::vec(sentence, 1..4).prop_map(|sentences| sentences.join("\n\n"))
}
