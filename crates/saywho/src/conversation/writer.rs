//! Who writes a document in the first person: the one whom its frame names, above or below what is told.

use crate::entity::name::{Name, NameKind};
use crate::entity::{Cast, EntityId};
use crate::reading::{EntityKind, Span};
use crate::table::{Place, Places};
use crate::text::{QuoteState, Text, TokenId};
use crate::words;

/// The most lines of a head and of a foot that tell who writes, and the most words of such a line.
const FRAME: (usize, usize, usize) = (5, 3, 12);

/// Whose "I" or "we" the running text of a document is: of the one who signs it, from whom it is sent, or whose name stands at its
/// head by itself or behind "by", "of" or "with". None where nobody says so outside of quotations.
pub(super) fn writer(text: &Text, cast: &Cast) -> Option<EntityId> {
    text.tokens.places().any(|t| is_first_person(text, t)).then_some(())?;
    let lines: Vec<Places<TokenId>> = text.paragraphs.iter().map(|line| text.tokens_in(*line)).collect();
    let head = &lines[..lines.len().min(FRAME.0)];
    let foot = &lines[lines.len().saturating_sub(FRAME.1).max(1).min(lines.len())..];
    let letter = || match &text.structure.letters[..] {
        [letter] => in_span(text, cast, letter.writer),
        _ => None,
    };
    let sent =
        || head.iter().find(|line| begins(text, **line, &["From", ":"])).and_then(|line| persons(cast, *line).next());
    let signed = || foot.iter().rev().find_map(|&line| alone(text, cast, line));
    let above = || head.iter().find_map(|&line| alone(text, cast, line).or_else(|| behind(text, cast, line)));
    let said = || own_name(text, cast);
    letter().or_else(sent).or_else(signed).or_else(above).or_else(said)
}

/// "I am Ilse Maren and I live by the pier": who says so is the one.
fn own_name(text: &Text, cast: &Cast) -> Option<EntityId> {
    let name = |t: TokenId| cast.names.iter().find(|n| n.kind == NameKind::Person && n.whole.start == t);
    let says = |t: &TokenId| text.word(*t) == "I" && is_first_person(text, *t) && text.word_at(t.next()) == "am";
    let mut all = text.tokens.places().filter(says);
    all.find_map(|t| cast.book.at(name(t.plus(2))?.tokens.start))
}

/// "I", "we" or their other forms outside of quotations; not an initial ("I. Maren").
pub(crate) fn is_first_person(text: &Text, t: TokenId) -> bool {
    let initial = || text.word(t) == "I" && text.word_at(t.next()) == ".";
    text.quote_states[t] == QuoteState::Outside
        && matches!(text.word(t), "I" | "We" | "we" | "me" | "us" | "My" | "my" | "Our" | "our")
        && !initial()
}

fn begins(text: &Text, line: Places<TokenId>, words: &[&str]) -> bool {
    line.len() > words.len() && line.iter().zip(words).all(|(t, word)| text.word(t) == *word)
}

fn persons<'c>(cast: &'c Cast, line: Places<TokenId>) -> impl Iterator<Item = EntityId> + use<'c> {
    let person = |e: &EntityId| cast.book.drafts[*e].kind == EntityKind::Person;
    line.iter().filter_map(|t| cast.book.at(t)).filter(person)
}

fn in_span(text: &Text, cast: &Cast, span: Span) -> Option<EntityId> {
    persons(cast, text.tokens_in(span)).next()
}

/// The names of persons in a line.
fn named<'c>(cast: &'c Cast, line: Places<TokenId>) -> impl Iterator<Item = (&'c Name, EntityId)> + use<'c> {
    let names = cast.names.iter().filter(move |n| n.kind == NameKind::Person && line.contains(&n.tokens.start));
    names.filter_map(|n| Some((n, cast.book.at(n.tokens.start)?)))
}

/// Whether a line is short and no sentence.
fn is_short(text: &Text, line: Places<TokenId>) -> bool {
    let words = line.iter().filter(|&t| text.word(t).starts_with(char::is_alphanumeric)).count();
    let closes = line.end > line.start && matches!(text.word_before(line.end), "." | "?" | "!" | "”" | ":");
    words <= FRAME.2 && !closes
}

/// "Ilse Maren", "Teo Vasca, secretary", "Ilse Maren @ilsemaren", "— Lena (first horn)": a line that begins with a name, with nothing
/// behind it that tells anything of it.
fn alone(text: &Text, cast: &Cast, line: Places<TokenId>) -> Option<EntityId> {
    let first = line.iter().find(|&t| text.word(t).starts_with(char::is_alphabetic))?;
    // "I. Maren, mediator"
    let initial = text.word(first).chars().count() == 1 && first.next() < line.end && text.word(first.next()) == ".";
    let first = if initial { first.plus(2) } else { first };
    // "Dear Ilse Maren," is whom it goes to.
    let (name, entity) = named(cast, line)
        .find(|(n, _)| (n.whole.start == first || n.tokens.start == first) && text.word(first) != "Dear")?;
    let behind = name.tokens.end;
    // Words in capitals are a heading.
    let heading = !text.span(name.tokens)?.of(text.text).contains(char::is_lowercase);
    let bare = behind >= line.end || matches!(text.word(behind), "," | "@" | "(" | "|" | "–" | "—" | "-" | "·");
    (bare && !heading && is_short(text, line)).then_some(entity)
}

/// "Press conference of Ilse Maren, Minister of Health", "posted by Lena": a person behind "of", "by" or "with" in a line that names
/// what the text is.
fn behind(text: &Text, cast: &Cast, line: Places<TokenId>) -> Option<EntityId> {
    let (name, entity) = named(cast, line).next()?;
    // "Minister Maren’s words to the press"
    let own = name.tokens.end.until(line.end).iter().take(3).any(|t| words::is_firsthand(text.word(t)));
    if own && text.word(name.tokens.end).starts_with(['’', '\'']) && is_short(text, line) {
        return Some(entity);
    }
    let before = name.whole.start.before().filter(|t| line.contains(t))?;
    // "To all members, from Ilse Maren"
    if text.word(line.start) == "To" && text.word(before) == "from" && is_short(text, line) {
        return Some(entity);
    }
    let of = matches!(text.word(before), "of" | "by" | "with");
    let spoken = |t: TokenId| words::is_firsthand(text.word(t));
    (of && line.start.until(before).iter().any(spoken) && is_short(text, line)).then_some(entity)
}
