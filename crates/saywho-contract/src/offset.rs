//! Where words stand in a text, and how that is counted.
//!
//! Within saywho offsets are plain numbers that count bytes of the UTF-8 text. In whatever is written (`saywho/1` and the other
//! contracts) they are [`Point`]s and count Unicode code points. The types that hold offsets are generic over which of the two
//! they hold, bytes if nothing is said: `Reading` is `Reading<usize>`, and only `Reading<Point>` can be written as JSON. [`Points`]
//! converts between the two, for all of them.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// An offset in code points. It is no number, so that no `str` can be cut by it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(transparent)]
pub struct Point(pub usize);

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Offsets that may be written and read as JSON: not those in bytes, so that nothing leaves without being converted. Whoever keeps
/// bytes for itself does so under a type of its own.
pub trait Written: Serialize + DeserializeOwned {}

impl Written for Point {}

/// A half-open range of a text: bytes inside the engine, code points in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Span"))]
#[serde(bound(serialize = "O: Written", deserialize = "O: Written"))]
pub struct Span<O = usize> {
    /// Offset of the first character.
    pub start: O,
    /// Offset behind the last character.
    pub end: O,
}

/// A half-open range of a text in code points.
///
/// It cannot be cut from a `str`:
/// ```compile_fail,E0277
/// use saywho_contract::offset::{Point, PointSpan};
/// let span = PointSpan { start: Point(0), end: Point(2) };
/// let words = &"Där"[span.start..span.end];
/// ```
/// Nor can a range of bytes be written:
/// ```compile_fail,E0277
/// serde_json::to_string(&saywho_contract::Span::new(0, 2));
/// ```
pub type PointSpan = Span<Point>;

impl<O: Ord + Copy> Span<O> {
    /// A span from `start` to `end`, end exclusive.
    pub fn new(start: O, end: O) -> Span<O> {
        debug_assert!(start <= end);
        Span { start, end }
    }

    /// Whether no character lies inside.
    pub fn is_empty(&self) -> bool {
        self.start >= self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(&self, other: Span<O>) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a character.
    pub fn overlaps(&self, other: Span<O>) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl Span {
    /// The words of the span in its text.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }
}

impl PointSpan {
    /// A span from one code point to another, end exclusive; whether it lies in a text, [`Points::bytes`] tells.
    pub fn points(start: usize, end: usize) -> PointSpan {
        Span { start: Point(start), end: Point(end) }
    }
}

/// The code points of a text by its bytes, and the other way round.
pub struct Points {
    /// For each character of several bytes the byte and the code point behind it, in order: between them both count alike.
    wide: Vec<(usize, usize)>,
    points: usize,
}

impl Points {
    /// Those of this text.
    pub fn of(text: &str) -> Points {
        let (mut wide, mut continued) = (Vec::new(), 0);
        for (at, byte) in text.bytes().enumerate().filter(|(_, byte)| !byte.is_ascii()) {
            let goes_on = byte & 0xc0 == 0x80;
            continued += usize::from(goes_on);
            let behind = (at + 1, at + 1 - continued);
            match wide.last_mut().filter(|_| goes_on) {
                Some(last) => *last = behind,
                None => wide.push(behind),
            }
        }
        Points { wide, points: text.len() - continued }
    }

    /// How many code points the text has.
    pub fn count(&self) -> usize {
        self.points
    }

    /// The code point that begins at a byte. A byte within a character counts as its end, one behind the text as the end of that.
    pub fn at(&self, byte: usize) -> Point {
        let next = self.wide.partition_point(|(behind, _)| *behind <= byte);
        let (from, points) = next.checked_sub(1).map_or((0, 0), |last| self.wide[last]);
        let end = self.wide.get(next).map_or(self.points, |(_, points)| *points);
        Point((points + (byte - from)).min(end))
    }

    /// A span in code points.
    pub fn span(&self, bytes: Span) -> PointSpan {
        Span { start: self.at(bytes.start), end: self.at(bytes.end) }
    }

    /// The byte at which a code point begins.
    fn byte(&self, point: usize) -> usize {
        let next = self.wide.partition_point(|(_, behind)| *behind <= point);
        let (byte, from) = next.checked_sub(1).map_or((0, 0), |last| self.wide[last]);
        byte + (point - from)
    }

    /// A span in bytes.
    ///
    /// # Errors
    /// When the span does not lie in the text.
    pub fn bytes(&self, span: PointSpan) -> Result<Span, Outside> {
        let (Point(start), Point(end)) = (span.start, span.end);
        match start <= end && end <= self.points {
            true => Ok(Span { start: self.byte(start), end: self.byte(end) }),
            false => Err(Outside { start, end, length: self.points }),
        }
    }
}

/// A span of code points that does not lie in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outside {
    start: usize,
    end: usize,
    length: usize,
}

impl fmt::Display for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Outside { start, end, length } = self;
        if start > end {
            return write!(f, "the span from {start} to {end} ends before it begins");
        }
        write!(f, "the span from {start} to {end} does not lie in its text, which has {length} code points")
    }
}

impl std::error::Error for Outside {}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 6] = ["", "plain", "“é”", "Där sade hon: 😀😀 ja", "é", "нет, да"];

    #[test]
    fn bytes_and_code_points_count_the_same_characters() {
        for text in TEXTS {
            let points = Points::of(text);
            let begins = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
            for (count, byte) in begins.enumerate() {
                assert_eq!(points.at(byte), Point(count), "{text}");
                let rest = PointSpan::points(count, points.count());
                assert_eq!(points.bytes(rest), Ok(Span::new(byte, text.len())), "{text}");
            }
            assert_eq!(points.count(), text.chars().count());
        }
    }

    #[test]
    fn a_byte_within_a_character_or_behind_the_text_counts_as_its_end() {
        let points = Points::of("a😀b");
        let at: Vec<usize> = (0..=8).map(|byte| points.at(byte).0).collect();
        assert_eq!(at, [0, 1, 2, 2, 2, 2, 3, 3, 3]);
    }

    #[test]
    fn what_does_not_lie_in_the_text_is_told() {
        let points = Points::of("“no”");
        let told = |start, end| points.bytes(PointSpan::points(start, end)).expect_err("an error").to_string();
        assert_eq!(told(2, 9), "the span from 2 to 9 does not lie in its text, which has 4 code points");
        assert_eq!(told(3, 2), "the span from 3 to 2 ends before it begins");
    }
}
