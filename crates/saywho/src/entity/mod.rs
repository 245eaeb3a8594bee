//! The entity stage: who every source and addressee is, for which side they speak, and through which chain we hear them.
//!
//! Goes through the attributions in the order of the text, as a reader does: names first, then titles and pronouns by what
//! has been said so far. Knows nothing of conversations or issues.

pub mod addressee;
pub mod book;
mod chain;
mod dialogue;
pub mod gender;
pub(crate) mod group;
mod id;
mod index;
mod known;
pub mod name;
pub mod nominal;
mod offices;
pub mod phrase;
mod pronoun;
mod resolve;
mod resolver;
pub mod salience;
pub mod states;
#[cfg(test)]
mod tests;
mod turns;
pub(crate) mod unnamed;
mod variant;
mod via;
mod voice;

use std::collections::{BTreeMap, HashMap};

use crate::attribution::Attributions;
use crate::attribution::recipient::tells;
use crate::knowledge::Knowledge;
use crate::reading::{EntityKind, Reading};
use crate::table::{Place, Places};
use crate::text::token::{Case, TokenKind};
use crate::text::{Text, TokenId};
use crate::words;
use book::Book;
pub use chain::{Voice, Voices};
pub use id::EntityId;
use name::{Name, names};
use resolver::Resolver;
use salience::Choice;
use states::States;

/// Who is who in a text.
pub struct Cast<'k> {
    /// All names with their titles, in order and apart from each other.
    pub names: Vec<Name>,
    /// All entities.
    pub book: Book,
    /// For each attribution of the reading its speaker, addressee, chain and channel, once there is a reading.
    pub voices: Vec<Voice>,
    /// For each entity of the reading its place in the book, once there is a reading.
    pub places: Vec<EntityId>,
    /// The states of the text.
    pub states: States<'k>,
}

/// Resolves every source and addressee.
pub fn cast<'k>(text: &Text, found: &Attributions, knowledge: &'k Knowledge, date: Option<&str>) -> (Cast<'k>, Voices) {
    let (cast, voices, _) = resolve(text, found, knowledge, date, false);
    (cast, voices)
}

/// The same, and what each pronoun had to choose from, for learning to choose (`training/rank.py`).
pub fn cast_with_choices<'k>(text: &Text, found: &Attributions, knowledge: &'k Knowledge) -> (Cast<'k>, Vec<Choice>) {
    let (cast, _, choices) = resolve(text, found, knowledge, None, true);
    (cast, choices)
}

fn resolve<'k>(
    text: &Text,
    found: &Attributions,
    knowledge: &'k Knowledge,
    date: Option<&str>,
    record: bool,
) -> (Cast<'k>, Voices, Vec<Choice>) {
    let states = States::learn(text, knowledge);
    let all_names = names(text, &text.starts, &states);
    let names = turns::without_labels(text, &all_names);
    let mut book = named(text, &names, &states);
    let nominals = nominal::nominals(text, &names, &mut book);
    let parts = turns::parts(text, found, &states, date, &mut book);
    spell_as_known(&mut book, knowledge, date);
    let quotes = turns::quoted(text, text.quote_states.clone());
    let resolver = Resolver::new(text, &quotes, found, &names, &nominals, &states, &mut book).with_turns(&parts);
    let (mut voices, choices) = if record { resolver.with_choices() } else { resolver }.voices();
    book.find_bodies(text, &all_names);
    turns::you(text, found, &parts, &book, &mut voices);
    chain::chains(text, found, &book, &mut voices);
    (Cast { names: all_names, book, voices: Vec::new(), places: Vec::new(), states }, voices, choices)
}

/// Who is who in a reading that was made before: its entities and voices as it has them, and who else the text names.
pub fn recall<'k>(text: &Text, reading: &Reading, knowledge: &'k Knowledge) -> Cast<'k> {
    let states = States::learn(text, knowledge);
    let names = names(text, &text.starts, &states);
    let mut book = named(text, &turns::without_labels(text, &names), &states);
    spell_as_known(&mut book, knowledge, reading.document.published.as_deref());
    book.find_bodies(text, &names);
    let drafts = book.drafts.len();
    let spans = name::spans(text, &names);
    let is_name = |span| spans.contains(&span);
    let places: Vec<EntityId> = reading.entities.iter().map(|entity| book.take_over(text, entity, is_name)).collect();
    book.forget_nameless(drafts);
    let by_id: HashMap<&str, EntityId> =
        reading.entities.iter().map(|e| e.id.as_str()).zip(places.iter().copied()).collect();
    let place = |id: &String| by_id.get(id.as_str()).copied();
    for (entity, &own) in reading.entities.iter().zip(&places) {
        book.drafts[own].members = entity.members.iter().filter_map(place).collect();
    }
    let voices = reading.attributions.iter().map(|a| Voice {
        speaker: a.speaker.as_ref().and_then(place),
        addressee: a.addressee.as_ref().and_then(place),
        recipient: a.recipient.iter().flat_map(|span| text.tokens_in(*span)).collect(),
        addressee_inferred: a.addressee_inferred,
        audience: a.audience.as_ref().and_then(place),
        chain: a.chain.iter().filter_map(place).collect(),
        via: a.via.clone(),
    });
    let voices = voices.collect();
    Cast { names, book, voices, places, states }
}

/// Whom the names of a text name, with the offices that stand beside them.
fn named(text: &Text, names: &[Name], states: &States) -> Book {
    let mut book = Book::gather(text, names, states);
    roles_behind_names(text, names, states, &mut book);
    roles_before_names(text, names, states, &mut book);
    counterparts(text, names, &mut book);
    book
}

impl Cast<'_> {
    /// Puts the wire that a dateline or a source line credits before every chain, unless it is the publisher itself: "(Harbour
    /// Wire)" in the Tarn Herald.
    pub fn credit_wire(&mut self, text: &Text, publisher: Option<&str>, voices: &mut [Voice]) {
        let Some(wire) = text.structure.wire.filter(|wire| self.states.name_of(wire.of(text.text)).is_none()) else {
            return;
        };
        if !publisher.is_some_and(|publisher| is_publisher(publisher, wire.of(text.text))) {
            chain::take_over(&mut self.book, voices, wire, text);
        }
    }

    /// The identifiers that the tables give an entity: `iso` or `code` of a state, `wikidata` of an office holder.
    pub fn ids(&self, entity: EntityId) -> BTreeMap<String, String> {
        let draft = &self.book.drafts[entity];
        let mut ids = BTreeMap::new();
        let state = self.states.knowledge().state_of_name(&draft.name).filter(|_| draft.kind == EntityKind::State);
        if let Some(code) = state.map(|hit| hit.code) {
            let iso = code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
            ids.insert(if iso { "iso" } else { "code" }.to_owned(), code.to_owned());
        }
        if let Some(id) = &draft.wikidata {
            ids.insert("wikidata".to_owned(), id.clone());
        }
        ids
    }
}

/// Whether a wire is the publisher: by its name, or as the host that bears its name or its initials ("harbourwire.example").
fn is_publisher(publisher: &str, wire: &str) -> bool {
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let initials: String = wire.split_whitespace().filter_map(|word| word.chars().next()).collect();
    let (own, whole, short) = (letters(publisher), letters(wire), letters(&initials));
    let host = publisher.contains('.') && !publisher.contains(' ');
    let first = publisher.strip_prefix("www.").unwrap_or(publisher);
    variant::same_body(publisher, wire)
        || own.contains(&whole)
        || whole.contains(&own)
        || (host && short.len() >= 2 && letters(first).starts_with(&short))
}

/// "Teo Vasca, the foreign minister of Sudovia," gives Vasca his office.
fn roles_behind_names(text: &Text, names: &[Name], states: &States, book: &mut Book) {
    for name in names.iter().filter(|n| n.kind == name::NameKind::Person) {
        let Some(entity) = book.at(name.tokens.start) else { continue };
        let Some(role) = apposed_role(text, name.tokens.end) else { continue };
        let side = states.in_words(&role);
        hold(&mut book.drafts[entity], role, side);
    }
}

/// Gives somebody an office, and its side where none is known of them.
fn hold(draft: &mut book::Draft, role: String, side: Option<String>) {
    draft.side = draft.side.take().or(side);
    if !draft.roles.contains(&role) {
        draft.roles.push(role);
    }
}

/// "Sudovia’s foreign minister, Teo Vasca,", "the foreign minister of Sudovia, Teo Vasca," and "her Sudovian counterpart, Teo Vasca," give
/// Vasca his office.
fn roles_before_names(text: &Text, names: &[Name], states: &States, book: &mut Book) {
    let is_comma = |t: TokenId| text.word_at(t) == ",";
    for name in names.iter().filter(|n| n.kind == name::NameKind::Person && n.role.is_none()) {
        let closed = is_comma(name.tokens.end) || text.word_at(name.tokens.end) == ".";
        let Some(entity) = book.at(name.tokens.start).filter(|_| closed) else { continue };
        let comma = name.whole.start.before().filter(|&t| is_comma(t));
        let Some(office) = comma.and_then(|comma| office_before(text, comma, states)) else { continue };
        let whole = text.span(office).map(|span| span.of(text.text)).unwrap_or_default();
        let own = office.iter().rev().find(|&t| text.word(t) == "s").map_or(office.start, Place::next);
        let own = own.plus(usize::from(matches!(
            text.word(own),
            "the" | "The" | "his" | "her" | "their" | "its" | "His" | "Her" | "Their" | "Its"
        )));
        let Some(role) = text.span(own.until(office.end)).map(|span| span.of(text.text).to_owned()) else { continue };
        let owner = owner(text, own, names, book).filter(|&owner| owner != entity);
        let side = states.in_words(whole).or_else(|| book.drafts[owner?].side.clone());
        book.drafts[entity].serves = owner;
        hold(&mut book.drafts[entity], role, side);
    }
    for name in names.iter().filter(|n| n.kind == name::NameKind::Person && n.role.is_some()) {
        let Some(entity) = book.at(name.tokens.start) else { continue };
        let Some(owner) = owner(text, name.whole.start, names, book).filter(|&owner| owner != entity) else { continue };
        book.drafts[entity].serves = Some(owner);
        let side = book.drafts[owner].side.clone();
        let draft = &mut book.drafts[entity];
        draft.side = draft.side.take().or(side);
    }
}

/// The person whose name and "’s" stand right before a token: "Maren’s spokesman".
fn owner(text: &Text, token: TokenId, names: &[Name], book: &Book) -> Option<EntityId> {
    let mark = name::mark_before(text, token)?;
    let before = &names[..names.partition_point(|n| n.tokens.end <= mark)];
    let name = before.last().filter(|n| n.tokens.end == mark && n.kind == name::NameKind::Person)?;
    book.at(name.tokens.start)
}

/// The tokens of an office that ends at a comma; none behind another comma, where it may belong to the name before.
fn office_before(text: &Text, comma: TokenId, states: &States) -> Option<Places<TokenId>> {
    let office = |t: TokenId| words::is_title(text.word(t)) && !words::is_courtesy(text.word(t));
    let fits = |&t: &TokenId| {
        let word = text.word(t);
        let capital = !matches!(text.case(t), Case::Lower | Case::None);
        let word_before = text.tokens[t].kind == TokenKind::Word && t.next() < comma;
        let field = word_before && office(t.next());
        let owner = word_before && matches!(text.word(t.next()), "’" | "'");
        text.sentence_of[t] == text.sentence_of[comma]
            && (capital
                || field
                || owner
                || words::is_title(word)
                || words::is_modifier(word)
                || states.name_of(word).is_some()
                || matches!(word, "’" | "'" | "s" | "of" | "for" | "the" | "his" | "her" | "their"))
    };
    let first = text.tokens_before(comma).take(10).take_while(fits).last()?;
    let listed =
        text.word_before(first) == "," && first.before().map(|t| text.sentence_of[t]) == Some(text.sentence_of[first]);
    (!listed && first.until(comma).iter().any(office)).then_some(first.until(comma))
}

/// The title between two commas behind a name, without its article.
fn apposed_role(text: &Text, end: TokenId) -> Option<String> {
    let sentence = *text.sentence_of.get(end).filter(|_| text.word(end) == ",")?;
    let within =
        |t: &TokenId| text.sentence_of[*t] == sentence && !matches!(text.word(*t), "," | "." | "”" | ";" | "—");
    let words: Vec<TokenId> = text.tokens_from(end.next()).iter().take(14).take_while(within).collect();
    let (&first, &last) = (words.first()?, words.last()?);
    let ends = |t: TokenId| text.sentence_of.get(t) != Some(&sentence) || matches!(text.word(t), "," | "." | ";");
    let closed = ends(last.next());
    let verb = text.case(first) == Case::Lower && tells(text.word(first));
    // "met Sudovia’s foreign minister", "has received the minister": no noun phrase goes on with a determiner.
    let title = words.iter().position(|&t| words::is_title(text.word(t)))?;
    let determiner = |t: TokenId| matches!(text.word(t), "the" | "a" | "an" | "his" | "her" | "their" | "’" | "'");
    let lower = text.case(first) == Case::Lower && !determiner(first);
    let verb = verb || lower && words[..title].iter().skip(1).any(|&t| determiner(t));
    let clause = verb || words.iter().any(|&t| matches!(text.word(t), "said" | "says" | "told" | "who" | "and"));
    // "the minister’s eldest daughter" holds no office.
    let own = words.iter().rposition(|&t| matches!(text.word(t), "’" | "'")).map_or(0, |i| i + 1);
    let head = words[own..].iter().take_while(|&&t| !words::ends_phrase_head(text.word(t)));
    let office = head.into_iter().any(|&t| words::is_title(text.word(t)) && !words::is_courtesy(text.word(t)));
    let role = text.span(first.through(last)).filter(|_| closed && office && !clause)?.of(text.text);
    let bare = ["the ", "a ", "an "].iter().find_map(|article| role.strip_prefix(article)).unwrap_or(role);
    Some(bare.to_owned())
}

/// "his Sudovian counterpart Teo Vasca", "his Sudovian colleague Teo Vasca" holds the office of the person named before.
fn counterparts(text: &Text, names: &[Name], book: &mut Book) {
    for (i, name) in names.iter().enumerate() {
        let abroad = |r: &str| r.ends_with("counterpart") || (r.ends_with("colleague") && name.state.is_some());
        if !name.role.as_deref().is_some_and(abroad) {
            continue;
        }
        let sentence = text.sentence_of[name.tokens.start];
        let same_sentence = |n: &&Name| text.sentence_of[n.tokens.start] == sentence;
        let person = |n: &&Name| n.kind == name::NameKind::Person;
        let office = names[..i]
            .iter()
            .rev()
            .take_while(same_sentence)
            .find(person)
            .and_then(|n| book.at(n.tokens.start))
            .and_then(|e| {
                let roles = &book.drafts[e].roles;
                roles.iter().find_map(|r| words::office(r))
            });
        if let (Some(office), Some(entity)) = (office, book.at(name.tokens.start)) {
            let title = if office == "foreign" { "foreign minister" } else { office };
            book.drafts[entity].roles.push(title.to_owned());
        }
    }
}

/// Spells office holders as the table of the world does, and takes over the side it knows where the text tells none.
fn spell_as_known(book: &mut Book, knowledge: &Knowledge, date: Option<&str>) {
    for entity in book.drafts.places() {
        let draft = &book.drafts[entity];
        if draft.kind != EntityKind::Person {
            continue;
        }
        let surname = draft.name.split(' ').next_back().unwrap_or_default().to_owned();
        let full = knowledge.holder(&draft.name, date).or_else(|| knowledge.holder(&draft.name, None));
        let by_surname = || knowledge.holder(&surname, date).or_else(|| knowledge.holder(&surname, None));
        let alike = |known: &str| {
            let (a, b) =
                (known.split(' ').next().unwrap_or_default(), draft.name.split(' ').next().unwrap_or_default());
            draft.name == surname || similar(a, b)
        };
        let side = draft.side.clone();
        let known = full.or_else(by_surname).filter(|h| !h.ambiguous).and_then(|h| h.stays.into_iter().last());
        // A surname alone proves nothing: the text must give the person that state.
        let Some(holder) = known.filter(|h| {
            alike(h.name) && (side.as_deref() == Some(h.side_name) || draft.name.contains(' ') && side.is_none())
        }) else {
            continue;
        };
        // The text's own spelling of a surname stays.
        if holder.name.ends_with(&surname) {
            book.rename(entity, holder.name.to_owned());
        }
        let draft = &mut book.drafts[entity];
        draft.office = words::office(holder.office);
        draft.side = Some(holder.side_name.to_owned());
        draft.wikidata = holder.wikidata.map(str::to_owned);
    }
}

/// Two spellings of one first name: equal but for at most two letters.
fn similar(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    a.first() == b.first() && variant::distance(&a, &b) <= 2
}
