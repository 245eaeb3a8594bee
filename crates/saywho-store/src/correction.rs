//! What persons decide about readings: kept with who and when, undone without being forgotten.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use saywho::reading::{Act, Polarity};
use saywho::{Point, PointSpan};
use serde::{Deserialize, Serialize};

use crate::overlay::Anchor;
use crate::project;
use crate::{Error, Result, Store, clock, document};

/// Letters of the name of who decides.
const MOST_WHO: usize = 200;

/// Letters of a name that a person gives.
const MOST_NAME: usize = 300;

/// Attributions or spans that one decision is about.
const MOST_PARTS: usize = 1000;

/// An entity of the store, or of the document's reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum EntityRef {
    /// Of the store.
    Store(i64),
    /// Of the reading: "e1".
    Local(String),
}

/// A part of an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words of the contract")]
pub enum Part {
    Source,
    Cue,
    Content,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Body {
    /// Two entities of the store are one.
    Merge {
        /// The one that was thought another.
        entity: i64,
        /// The one it is.
        into: i64,
        /// That two of different kinds are meant.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        confirm: bool,
    },
    /// An entity of the store is called otherwise.
    Rename {
        /// The entity.
        entity: i64,
        /// Its name.
        name: String,
    },
    /// Who said it.
    Speaker {
        /// The document.
        document: i64,
        /// Id of the attribution in the reading.
        attribution: String,
        /// Who; nobody if nothing.
        entity: Option<EntityRef>,
    },
    /// In this document the entity is somebody else.
    Split {
        /// The document.
        document: i64,
        /// The entity that is not meant.
        entity: EntityRef,
        /// The name of who is meant.
        name: String,
        /// Only as speaker of these attributions; everywhere if nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        attributions: Option<Vec<String>>,
    },
    /// A part of an attribution stands elsewhere.
    Span {
        /// The document.
        document: i64,
        /// Id of the attribution in the reading.
        attribution: String,
        /// Which part.
        part: Part,
        /// Where it stands.
        spans: Vec<PointSpan>,
    },
    /// To whom it was said.
    Addressee {
        /// The document.
        document: i64,
        /// Id of the attribution in the reading.
        attribution: String,
        /// Whom; nobody if nothing.
        entity: Option<EntityRef>,
    },
    /// What the source does by speaking.
    Act {
        /// The document.
        document: i64,
        /// Id of the attribution in the reading.
        attribution: String,
        /// The act.
        act: Act,
    },
    /// Whether the source stands behind the content.
    Polarity {
        /// The document.
        document: i64,
        /// Id of the attribution in the reading.
        attribution: String,
        /// The polarity.
        polarity: Polarity,
    },
    /// The text ascribes nothing there.
    Reject {
        /// The document.
        document: i64,
        /// Id of the attribution in the reading.
        attribution: String,
    },
    /// The text ascribes something that the reading lacks.
    Add {
        /// The document.
        document: i64,
        /// The words that name the source, if any do.
        #[serde(default)]
        source: Vec<PointSpan>,
        /// The words that signal the act, if any do.
        #[serde(default)]
        cue: Vec<PointSpan>,
        /// What is ascribed.
        content: Vec<PointSpan>,
        /// Who says it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        speaker: Option<EntityRef>,
        /// The name of who says it, where that is nobody of the store.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// To whom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        addressee: Option<EntityRef>,
        /// The act.
        #[serde(default = "say")]
        act: Act,
        /// The polarity.
        #[serde(default = "affirmed")]
        polarity: Polarity,
    },
}

fn say() -> Act {
    Act::Say
}

fn affirmed() -> Polarity {
    Polarity::Affirmed
}

impl Body {
    /// The document that it is about, if it is about one.
    pub fn document(&self) -> Option<i64> {
        match self {
            Body::Merge { .. } | Body::Rename { .. } => None,
            Body::Speaker { document, .. }
            | Body::Split { document, .. }
            | Body::Span { document, .. }
            | Body::Addressee { document, .. }
            | Body::Act { document, .. }
            | Body::Polarity { document, .. }
            | Body::Reject { document, .. }
            | Body::Add { document, .. } => Some(*document),
        }
    }
}

/// Who undid a decision, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Undone {
    /// Who.
    pub who: Option<String>,
    /// When.
    pub when: String,
}

/// A decision as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// Its number.
    pub id: i64,
    /// What was decided.
    #[serde(flatten)]
    pub body: Body,
    /// Who decided.
    pub who: Option<String>,
    /// When.
    pub when: String,
    /// Who undid it.
    pub undone: Option<Undone>,
    /// Whether the text still holds the passage.
    pub applied: bool,
    /// The attributions it lies over now.
    #[serde(skip)]
    pub touches: Vec<String>,
    /// How their passages are found again.
    #[serde(skip)]
    pub(crate) anchors: Vec<Anchor>,
}

impl Store {
    /// Keeps a decision and lays it over what it is about.
    ///
    /// # Errors
    /// When what it names is not there, or it contradicts itself.
    pub fn correct(&self, body: Body, who: Option<&str>) -> Result<Correction> {
        check_who(who)?;
        self.write(|db| {
            let anchors = check(db, &body)?;
            db.execute(
                "INSERT INTO correction (document, body, anchor, who, made) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    body.document(),
                    serde_json::to_string(&body)?,
                    serde_json::to_string(&anchors)?,
                    who,
                    clock::now()
                ],
            )?;
            let id = db.last_insert_rowid();
            lay(db, &body)?;
            one(db, id)
        })
    }

    /// Takes a decision back; it stays in the list of all.
    ///
    /// # Errors
    /// When there is none of this number, or it was taken back before.
    pub fn undo(&self, id: i64, who: Option<&str>) -> Result<Correction> {
        check_who(who)?;
        self.write(|db| {
            let correction = one(db, id)?;
            if correction.undone.is_some() {
                return Err(Error::Invalid(format!("correction {id} was undone before")));
            }
            db.execute(
                "UPDATE correction SET undone = ?2, undone_by = ?3 WHERE id = ?1",
                params![id, clock::now(), who],
            )?;
            lay(db, &correction.body)?;
            one(db, id)
        })
    }

    /// One decision by its number.
    ///
    /// # Errors
    /// When there is none of this number.
    pub fn correction(&self, id: i64) -> Result<Correction> {
        self.read(|db| one(db, id))
    }

    /// All decisions, also those taken back, oldest first; of one document if it is named.
    pub fn corrections(&self, document: Option<i64>) -> Result<Vec<Correction>> {
        self.read(|db| all(db, document))
    }
}

pub(crate) fn all(db: &Connection, document: Option<i64>) -> Result<Vec<Correction>> {
    let wanted = if document.is_some() { "document = ?1" } else { "?1 IS NULL" };
    let mut ask = db.prepare_cached(&format!("SELECT {COLUMNS} FROM correction WHERE {wanted} ORDER BY id"))?;
    let rows = ask.query_map([document], |row| Ok(of_row(row)))?;
    rows.map(|row| row?).collect()
}

/// Those that hold, oldest first, of one document or (`None`) of the store as a whole.
pub(crate) fn in_force(db: &Connection, document: Option<i64>) -> Result<Vec<Correction>> {
    let sql = format!("SELECT {COLUMNS} FROM correction WHERE document IS ?1 AND undone IS NULL ORDER BY id");
    let mut ask = db.prepare_cached(&sql)?;
    let rows = ask.query_map([document], |row| Ok(of_row(row)))?;
    rows.map(|row| row?).collect()
}

const COLUMNS: &str = "id, body, who, made, undone, undone_by, applied, touches, anchor";

fn of_row(row: &Row) -> Result<Correction> {
    let undone: Option<String> = row.get(4)?;
    let who_undid = row.get(5)?;
    Ok(Correction {
        id: row.get(0)?,
        body: serde_json::from_str(&row.get::<_, String>(1)?)?,
        who: row.get(2)?,
        when: row.get(3)?,
        undone: undone.map(|when| Undone { who: who_undid, when }),
        applied: row.get(6)?,
        touches: serde_json::from_str(&row.get::<_, String>(7)?)?,
        anchors: serde_json::from_str(&row.get::<_, String>(8)?)?,
    })
}

fn one(db: &Connection, id: i64) -> Result<Correction> {
    let sql = format!("SELECT {COLUMNS} FROM correction WHERE id = ?1");
    let found = db.query_row(&sql, [id], |row| Ok(of_row(row))).optional()?;
    found.unwrap_or_else(|| Err(Error::Missing(format!("correction {id}"))))
}

fn check_who(who: Option<&str>) -> Result<()> {
    match who {
        Some(who) if who.chars().nth(MOST_WHO).is_some() => {
            Err(Error::Invalid(format!("“who” has at most {MOST_WHO} letters")))
        }
        _ => Ok(()),
    }
}

fn check_parts(parts: usize) -> Result<()> {
    match parts > MOST_PARTS {
        true => Err(Error::Invalid(format!("a correction names at most {MOST_PARTS} attributions or spans"))),
        false => Ok(()),
    }
}

/// Whether everything that a decision names is there; the passages that it is about.
fn check(db: &Transaction, body: &Body) -> Result<Vec<Anchor>> {
    match body {
        Body::Merge { entity, into, confirm } => merge(db, *entity, *into, *confirm).map(|()| Vec::new()),
        Body::Rename { entity, name } => main_of(db, *entity).and_then(|_| named(name)).map(|()| Vec::new()),
        Body::Speaker { document, attribution, entity } | Body::Addressee { document, attribution, entity } => {
            known(db, *document, entity.as_ref())?;
            Ok(vec![anchor(db, *document, attribution)?])
        }
        Body::Act { document, attribution, .. }
        | Body::Polarity { document, attribution, .. }
        | Body::Reject { document, attribution } => Ok(vec![anchor(db, *document, attribution)?]),
        Body::Split { document, entity, name, attributions } => {
            named(name)?;
            check_parts(attributions.iter().flatten().count())?;
            document::raw(db, *document)?;
            known(db, *document, Some(entity))?;
            attributions.iter().flatten().map(|a| anchor(db, *document, a)).collect()
        }
        Body::Span { document, attribution, part, spans } => {
            let reading = document::raw(db, *document)?;
            check_spans(&reading.document.text, spans)?;
            if spans.is_empty() && *part != Part::Source {
                return Err(Error::Invalid("only a source can be empty".into()));
            }
            Ok(vec![anchor(db, *document, attribution)?])
        }
        Body::Add { document, source, cue, content, speaker, name, addressee, .. } => {
            let reading = document::raw(db, *document)?;
            for part in [source, cue, content] {
                check_spans(&reading.document.text, part)?;
            }
            if content.is_empty() {
                return Err(Error::Invalid("an attribution has a content: name its words".into()));
            }
            if let Some(name) = name {
                named(name)?;
                if speaker.is_some() {
                    return Err(Error::Invalid("either a speaker who is known here or the name of another".into()));
                }
            }
            known(db, *document, speaker.as_ref())?;
            known(db, *document, addressee.as_ref())?;
            Ok(vec![Anchor::of_added(&reading.document.text, source, cue, content)])
        }
    }
}

/// The entity into which this one was merged, else itself.
fn main_of(db: &Connection, id: i64) -> Result<i64> {
    let main = db.query_row("SELECT main FROM entity WHERE id = ?1", [id], |row| row.get(0)).optional()?;
    main.ok_or_else(|| Error::Missing(format!("entity {id}")))
}

fn named(name: &str) -> Result<()> {
    match name.trim().is_empty() || name.chars().nth(MOST_NAME).is_some() {
        true => Err(Error::Invalid(format!("a name has 1 to {MOST_NAME} letters"))),
        false => Ok(()),
    }
}

/// Whether two entities can be made one. A person and a state seldom are: so that a slip does not make them one everywhere,
/// whoever means it says so.
fn merge(db: &Connection, entity: i64, into: i64, confirmed: bool) -> Result<()> {
    let (a, b) = (main_of(db, entity)?, main_of(db, into)?);
    if a == b {
        return Err(Error::Invalid(format!("entities {entity} and {into} are one already")));
    }
    let told = |id: i64| {
        let sql = "SELECT coalesce(given, name), kind FROM entity WHERE id = ?1";
        db.query_row(sql, [id], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
    };
    let ((a, a_kind), (b, b_kind)) = (told(a)?, told(b)?);
    if a_kind != b_kind && !confirmed {
        return Err(Error::Unconfirmed(format!("“{a}” is of the kind {a_kind}, “{b}” of the kind {b_kind}")));
    }
    Ok(())
}

/// How the passage of an attribution is found again: of one of the reading, or of one that a person has added.
fn anchor(db: &Connection, document: i64, attribution: &str) -> Result<Anchor> {
    let raw = document::raw(db, document)?;
    if raw.attribution(attribution).is_some() {
        return Anchor::of(&raw, attribution);
    }
    Anchor::of(&document::document(db, document)?.reading, attribution)
}

fn check_spans(text: &str, spans: &[PointSpan]) -> Result<()> {
    check_parts(spans.len())?;
    let length = text.chars().count();
    let ordered = spans.is_sorted_by(|a, b| a.end <= b.start);
    if spans.iter().any(|s| s.start >= s.end || s.end > Point(length)) || !ordered {
        let told = format!("spans lie in order within the text (0 to {length}) and hold something each");
        return Err(Error::Invalid(told));
    }
    Ok(())
}

/// Whether an entity of the store, or of the document's reading, is there.
fn known(db: &Connection, document: i64, entity: Option<&EntityRef>) -> Result<()> {
    match entity {
        Some(EntityRef::Store(id)) => main_of(db, *id).map(|_| ()),
        Some(EntityRef::Local(local)) => known_local(db, document, local),
        None => Ok(()),
    }
}

fn known_local(db: &Connection, document: i64, local: &str) -> Result<()> {
    let sql = "SELECT 1 FROM appearance WHERE document = ?1 AND local = ?2";
    let found = db.query_row(sql, params![document, local], |_| Ok(())).optional()?;
    found.ok_or_else(|| Error::Missing(format!("entity “{local}” in document {document}")))
}

/// Brings what a decision is about up to date.
fn lay(db: &Transaction, body: &Body) -> Result<()> {
    match body.document() {
        Some(document) => project::again(db, document),
        None => names_and_merges(db),
    }
}

/// Lays all merges and renames that hold over the entities.
fn names_and_merges(db: &Transaction) -> Result<()> {
    db.execute("UPDATE entity SET main = id, given = NULL WHERE main <> id OR given IS NOT NULL", [])?;
    let main = |id: i64| db.query_row("SELECT main FROM entity WHERE id = ?1", [id], |row| row.get::<_, i64>(0));
    for correction in in_force(db, None)? {
        match correction.body {
            Body::Merge { entity, into, .. } => {
                db.execute("UPDATE entity SET main = ?2 WHERE main = ?1", [main(entity)?, main(into)?])?;
            }
            Body::Rename { entity, name } => {
                db.execute("UPDATE entity SET given = ?2 WHERE id = ?1", params![main(entity)?, name.trim()])?;
            }
            // Those about a document are laid over its reading.
            _ => {}
        }
    }
    Ok(())
}
