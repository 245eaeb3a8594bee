//! Quotation marks one by one: what each could be where it stands, and how unlikely that is.
//!
//! A mark opens, closes, or does neither (apostrophes, inches, a mark whose other half is lost). What stands on its two sides
//! tells which, together with its shape. Unlikeliness is counted in points; zero is what one expects.

use crate::reading::Span;

/// The kinds of marks; a mark is closed by one of its own kind, whatever its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// “ ” " „ `` ''
    Double,
    /// « »
    Guillemet,
    /// ‘ ’ ' ‚ `
    Single,
}

/// The shape of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// “ ‘ «, `` and ` as in LaTeX
    Left,
    /// ” ’ », '' that may follow ``
    Right,
    /// " '
    Straight,
    /// „ ‚
    Low,
}

/// A family and a shape.
pub(super) type Kind = (Family, Shape);

/// A mark and how unlikely each of its roles is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub span: Span,
    pub family: Family,
    pub shape: Shape,
    /// Points against opening.
    pub opens: u32,
    /// Points against closing.
    pub closes: u32,
    /// Points against doing neither.
    pub idles: u32,
    /// Whether a closing mark here ends a clause: behind or before a comma, a full stop.
    pub ends_clause: bool,
    /// Whether a sentence may begin here: at the head of the paragraph, behind a full stop or a colon.
    pub begins_sentence: bool,
    /// Whether it stands within a phrase: a word before it, a small letter behind.
    pub within_phrase: bool,
}

impl Mark {
    /// What a mark must have in common with the one before to go on with its quotation in the next paragraph.
    pub fn kind(&self) -> Kind {
        (self.family, self.shape)
    }
}

/// A mark that clearly cannot have a role there.
const WRONG: u32 = 30;
/// A mark between two spaces: either is possible.
const BETWEEN_SPACES: u32 = 10;
/// How far marks that stand next to each other are looked through.
const NEIGHBOURS: usize = 4;

/// Words that lose their first letters.
const CLIPPED: [&str; 22] = [
    "cause", "em", "til", "till", "tis", "twas", "twere", "twill", "n", "bout", "round", "neath", "cept", "fore",
    "ere", "course", "kay", "nuff", "sup", "scuse", "appen", "im",
];
/// What is left of a word behind an apostrophe that a tokenizer has cut off.
const ENDINGS: [&str; 8] = ["s", "re", "ve", "ll", "d", "m", "t", "em"];

/// The marks of a paragraph in order, apostrophes within words left out.
pub(super) fn marks(text: &str, paragraph: Span) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut end = paragraph.start;
    for (offset, c) in paragraph.of(text).char_indices() {
        let at = paragraph.start + offset;
        let rest = &text[at..paragraph.end];
        let closes = text[paragraph.start..at].ends_with(|c: char| !c.is_whitespace());
        let Some((family, shape, length)) = (at >= end).then(|| kind(rest, c, closes)).flatten() else { continue };
        end = at + length;
        let place = Place::new(text, paragraph, Span::new(at, end));
        let inner = matches!(c, '\'' | '’') && place.touches_words();
        if !inner || length > c.len_utf8() {
            found.push(place.weigh(family, shape));
        }
    }
    found
}

/// The kind and shape of the mark that a text begins with, and its length in bytes. Two single marks make a double one; of
/// three the first is single where they close.
fn kind(text: &str, c: char, closes: bool) -> Option<(Family, Shape, usize)> {
    let length = c.len_utf8();
    let more = text[length..].chars().take(3).take_while(|&other| other == c).count();
    let doubled = more == 1 || (more == 2 && !closes) || more > 2;
    Some(match c {
        '“' => (Family::Double, Shape::Left, length),
        '‟' => (Family::Double, Shape::Left, length),
        '”' => (Family::Double, Shape::Right, length),
        '"' | '＂' => (Family::Double, Shape::Straight, length),
        '„' => (Family::Double, Shape::Low, length),
        '«' => (Family::Guillemet, Shape::Left, length),
        '»' => (Family::Guillemet, Shape::Right, length),
        '`' | '‘' if doubled => (Family::Double, Shape::Left, 2 * length),
        '\'' | '’' if doubled => (Family::Double, Shape::Right, 2 * length),
        '`' | '‘' | '‛' => (Family::Single, Shape::Left, length),
        '’' => (Family::Single, Shape::Right, length),
        '\'' => (Family::Single, Shape::Straight, length),
        '‚' => (Family::Single, Shape::Low, length),
        _ => return None,
    })
}

/// Whether the character is a quotation mark or part of one.
fn is_mark(c: char) -> bool {
    matches!(c, '“' | '‟' | '”' | '"' | '＂' | '„' | '«' | '»' | '‘' | '‛' | '’' | '\'' | '‚' | '`')
}

/// What stands around a mark.
struct Place<'t> {
    span: Span,
    /// The text of the paragraph before and behind it.
    head: &'t str,
    tail: &'t str,
    /// The next characters on both sides that are no marks; none at the paragraph's edges.
    before: Option<char>,
    after: Option<char>,
}

impl<'t> Place<'t> {
    fn new(text: &'t str, paragraph: Span, span: Span) -> Place<'t> {
        let (head, tail) = (&text[paragraph.start..span.start], &text[span.end..paragraph.end]);
        let before = head.chars().rev().take(NEIGHBOURS).find(|&c| !is_mark(c));
        let after = tail.chars().take(NEIGHBOURS).find(|&c| !is_mark(c));
        Place { span, head, tail, before, after }
    }

    /// Whether letters or digits stand next to it on both sides, as at an apostrophe.
    fn touches_words(&self) -> bool {
        self.head.ends_with(char::is_alphanumeric) && self.tail.starts_with(char::is_alphanumeric)
    }

    fn weigh(&self, family: Family, shape: Shape) -> Mark {
        let (opens, closes) = (self.opening(), self.closing());
        let (opens, closes, idles) = match (family, shape) {
            (Family::Single, _) => self.single(shape, opens, closes),
            (Family::Guillemet, _) => (opens, closes, 40),
            (Family::Double, Shape::Left | Shape::Low) => (opens / 2, closes, 40),
            (Family::Double, Shape::Right) => (opens + 25, closes / 2, 25),
            (Family::Double, Shape::Straight) => (opens, closes, self.inches().unwrap_or(40)),
        };
        let last = self.head.chars().rev().take(NEIGHBOURS).find(|&c| !c.is_whitespace() && !is_mark(c));
        let next = self.next_visible();
        Mark {
            span: self.span,
            family,
            shape,
            opens,
            closes,
            idles,
            ends_clause: last.is_some_and(|c| ",.?!…".contains(c)) || next.is_some_and(|c| ",.?!".contains(c)),
            begins_sentence: last.is_none_or(|c| ".?!…:".contains(c)),
            within_phrase: last.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_lowercase),
        }
    }

    fn between_spaces(&self) -> bool {
        self.before.is_some_and(char::is_whitespace) && self.after.is_none_or(char::is_whitespace)
    }

    fn last_visible(&self) -> Option<char> {
        self.head.chars().rev().take(NEIGHBOURS).find(|c| !c.is_whitespace())
    }

    fn next_visible(&self) -> Option<char> {
        self.tail.chars().take(NEIGHBOURS).find(|c| !c.is_whitespace())
    }

    /// Points against opening there.
    fn opening(&self) -> u32 {
        if self.between_spaces() {
            let closing = self.last_visible().is_some_and(|c| ".?!".contains(c));
            return if closing { BETWEEN_SPACES + 2 } else { BETWEEN_SPACES };
        }
        let behind = match self.before {
            None => 0,
            Some(c) if c.is_whitespace() || "([{—–-/…:".contains(c) => 0,
            Some(c) if ",.?!;".contains(c) => 15,
            Some(_) => WRONG,
        };
        let before = if self.after.is_none_or(char::is_whitespace) { WRONG } else { 0 };
        behind.max(before)
    }

    /// Points against closing there.
    fn closing(&self) -> u32 {
        if self.between_spaces() {
            return if self.last_visible().is_some_and(|c| ",.?!".contains(c)) { 5 } else { BETWEEN_SPACES + 2 };
        }
        let behind = match self.before {
            None => WRONG + 10,
            Some(c) if c.is_whitespace() || "([{".contains(c) => WRONG,
            Some(_) => 0,
        };
        let sentence = self.before.is_some_and(|c| ",.?!".contains(c));
        let before = match self.after {
            Some(c) if c.is_alphanumeric() && sentence => 12,
            Some(c) if c.is_alphanumeric() => WRONG,
            _ => 0,
        };
        behind.max(before)
    }

    /// Points against inches (6"), where a number stands before the mark.
    fn inches(&self) -> Option<u32> {
        self.head.ends_with(|c: char| c.is_ascii_digit() || "½¼¾".contains(c)).then_some(8)
    }

    /// Single marks may be apostrophes: points against opening, closing, and being one.
    fn single(&self, shape: Shape, opens: u32, closes: u32) -> (u32, u32, u32) {
        let word: String = self.tail.chars().take(9).take_while(|c| c.is_alphanumeric()).collect();
        let word = word.to_lowercase();
        let clipped = CLIPPED.contains(&word.as_str()) || is_decade(&word);
        let cut_off = self.before.is_some_and(char::is_whitespace) && ENDINGS.contains(&word.as_str());
        let opens = match shape {
            Shape::Right => opens + 30,
            _ if cut_off => opens + 30,
            _ if clipped => opens + 15,
            _ => opens,
        };
        let ends_clause = self.before.is_some_and(|c| ",.?!…".contains(c));
        let letter = self.head.chars().next_back();
        let possessive = letter == Some('s') && self.next_visible().is_some_and(char::is_alphanumeric);
        let dropped = ["in", "o", "th", "an", "ol", "wi"].iter().any(|end| self.head.ends_with(end));
        let closes = match shape {
            Shape::Left | Shape::Low => closes + 30,
            _ if possessive => closes + 10,
            _ => closes,
        };
        let idles = if self.touches_words() || cut_off {
            0
        } else if closes < WRONG && opens >= WRONG {
            match letter {
                _ if ends_clause => 25,
                Some(c) if c.is_ascii_digit() => 5,
                Some('s') => 3,
                _ if dropped => 6,
                _ => 18,
            }
        } else if clipped || shape == Shape::Right {
            1
        } else if self.span.end - self.span.start == 1 && shape == Shape::Left {
            5
        } else {
            20
        };
        (opens, closes, idles)
    }
}

/// "80s", "eighties".
fn is_decade(word: &str) -> bool {
    let number = word.trim_end_matches('s');
    (number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit())) || (word.ends_with("ties") && word.len() >= 7)
}
