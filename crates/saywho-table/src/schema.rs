//! The tables and their columns (`docs/tables.md`). Only types that Spark knows too: no unsigned numbers, no views.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use arrow_schema::{DataType, Field, FieldRef, Fields, Schema, SchemaRef};

/// The name and version of the schema, under `saywho.schema` in the metadata of every table.
pub const SCHEMA: &str = "saywho/table/1";

/// One of the tables that readings become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Table {
    /// A row a document that was read.
    Documents,
    /// A row an entity of a document.
    Entities,
    /// A row a mention of an entity.
    Mentions,
    /// A row an attribution, with who speaks to whom.
    Attributions,
    /// A row a call or meeting.
    Conversations,
    /// A row a document, or part of an input, that was not read.
    Errors,
}

impl Table {
    /// All tables.
    pub const ALL: [Table; 6] =
        [Table::Documents, Table::Entities, Table::Mentions, Table::Attributions, Table::Conversations, Table::Errors];

    /// Its name: "documents".
    pub fn name(self) -> &'static str {
        match self {
            Table::Documents => "documents",
            Table::Entities => "entities",
            Table::Mentions => "mentions",
            Table::Attributions => "attributions",
            Table::Conversations => "conversations",
            Table::Errors => "errors",
        }
    }

    /// Its columns, with [`SCHEMA`] and its name in the metadata.
    pub fn schema(self) -> SchemaRef {
        static SCHEMAS: LazyLock<[SchemaRef; 6]> = LazyLock::new(|| Table::ALL.map(made));
        SCHEMAS[self as usize].clone()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Table {
    type Err = String;

    fn from_str(name: &str) -> Result<Table, String> {
        let names = || Table::ALL.map(Table::name).join(", ");
        Table::ALL
            .into_iter()
            .find(|table| table.name() == name)
            .ok_or_else(|| format!("\"{name}\" is no table: they are {}", names()))
    }
}

fn made(table: Table) -> SchemaRef {
    let fields = match table {
        Table::Documents => documents(),
        Table::Entities => entities(),
        Table::Mentions => mentions(),
        Table::Attributions => attributions(),
        Table::Conversations => conversations(),
        Table::Errors => errors(),
    };
    let metadata = [("saywho.schema", SCHEMA), ("saywho.table", table.name())];
    let metadata: HashMap<String, String> = metadata.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    Arc::new(Schema::new_with_metadata(fields, metadata))
}

/// A text that is always there.
fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, false)
}

/// A text that may be missing.
fn maybe(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn count(name: &str) -> Field {
    Field::new(name, DataType::Int32, false)
}

fn list(name: &str, item: FieldRef) -> Field {
    Field::new(name, DataType::List(item), false)
}

/// What the elements of a list of texts are.
pub(crate) fn text_item() -> FieldRef {
    Arc::new(Field::new("item", DataType::Utf8, true))
}

/// What the elements of a list of numbers are.
pub(crate) fn number_item() -> FieldRef {
    Arc::new(Field::new("item", DataType::Int64, true))
}

/// What the elements of a list of structs are.
pub(crate) fn struct_item(fields: Fields) -> FieldRef {
    Arc::new(Field::new("item", DataType::Struct(fields), false))
}

/// A stretch of the text, in code points.
pub(crate) fn span() -> Fields {
    Fields::from(vec![count("start"), count("end")])
}

/// A stretch of the text, with something told of it.
pub(crate) fn noted_span(note: &str) -> Fields {
    Fields::from(vec![count("start"), count("end"), text(note)])
}

/// A word on a conversation, and who says it.
pub(crate) fn tone() -> Fields {
    Fields::from(vec![text("words"), text("according_to")])
}

fn spans(name: &str) -> Field {
    list(name, struct_item(span()))
}

fn documents() -> Vec<Field> {
    vec![
        text("document"),
        maybe("source"),
        maybe("file"),
        Field::new("offset", DataType::Int64, true),
        maybe("title"),
        list("authors", text_item()),
        maybe("publisher"),
        maybe("published"),
        maybe("language"),
        text("text"),
        count("characters"),
        count("words"),
        count("entities"),
        count("attributions"),
        spans("boilerplate"),
        list("repairs", struct_item(noted_span("to"))),
        list("dates", struct_item(noted_span("date"))),
        list("bands", number_item()),
    ]
}

fn entities() -> Vec<Field> {
    vec![
        text("document"),
        text("entity"),
        text("name"),
        text("kind"),
        maybe("side"),
        list("roles", text_item()),
        maybe("wikidata"),
        maybe("iso"),
        maybe("code"),
        count("mentions"),
        count("attributions"),
    ]
}

fn mentions() -> Vec<Field> {
    vec![text("document"), text("entity"), text("name"), text("kind"), count("start"), count("end"), text("words")]
}

fn attributions() -> Vec<Field> {
    vec![
        text("document"),
        maybe("title"),
        maybe("publisher"),
        maybe("published"),
        text("attribution"),
        maybe("speaker"),
        maybe("speaker_id"),
        maybe("speaker_kind"),
        maybe("speaker_side"),
        list("speaker_roles", text_item()),
        maybe("speaker_wikidata"),
        maybe("speaker_iso"),
        maybe("addressee"),
        maybe("addressee_id"),
        maybe("addressee_kind"),
        maybe("addressee_side"),
        Field::new("addressee_inferred", DataType::Boolean, false),
        list("chain", text_item()),
        maybe("inside"),
        count("depth"),
        maybe("via"),
        text("act"),
        text("polarity"),
        text("type"),
        text("source"),
        text("cue"),
        text("content"),
        count("content_words"),
        spans("source_spans"),
        spans("cue_spans"),
        spans("content_spans"),
        Field::new("confidence", DataType::Float32, false),
    ]
}

fn conversations() -> Vec<Field> {
    vec![
        text("document"),
        maybe("title"),
        maybe("publisher"),
        maybe("published"),
        text("conversation"),
        list("participants", text_item()),
        list("participant_sides", text_item()),
        text("medium"),
        maybe("initiator"),
        list("initiator_according_to", text_item()),
        maybe("date"),
        list("tone", struct_item(tone())),
    ]
}

fn errors() -> Vec<Field> {
    vec![maybe("document"), maybe("place"), text("kind"), text("error"), maybe("hint")]
}
