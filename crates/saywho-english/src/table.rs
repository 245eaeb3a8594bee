//! Lists whose places are of a kind of their own, so that a place in one list is none in another.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut, Index, IndexMut};

/// A place in a list of one kind.
pub trait Place: Copy + Ord {
    /// The place with this many before it.
    fn new(index: usize) -> Self;

    /// How many stand before it.
    fn index(self) -> usize;

    /// The place right behind it.
    fn next(self) -> Self {
        self.plus(1)
    }

    /// The place right before it.
    fn before(self) -> Option<Self> {
        self.minus(1)
    }

    /// The place this many behind it.
    fn plus(self, many: usize) -> Self {
        Self::new(self.index() + many)
    }

    /// The place this many before it, if so many stand there.
    fn minus(self, many: usize) -> Option<Self> {
        self.index().checked_sub(many).map(Self::new)
    }

    /// The place this many before it, or the first one where fewer stand there.
    fn back(self, many: usize) -> Self {
        Self::new(self.index().saturating_sub(many))
    }

    /// How many places lie from the one to the other, whichever comes first.
    fn distance(self, other: Self) -> usize {
        self.index().abs_diff(other.index())
    }

    /// The places from here on that stand before another.
    fn until(self, end: Self) -> Places<Self> {
        Places { start: self, end }
    }

    /// The places from here on up to another, that one too.
    fn through(self, last: Self) -> Places<Self> {
        self.until(last.next())
    }
}

/// Places of one kind without a gap: from the first on, before the end.
///
/// ```
/// let text = saywho_english::text::Text::new("Ilse Maren agreed. Teo Vasca did not.");
/// let second = text.tokens_in(text.sentences.iter().copied().last().unwrap());
/// assert_eq!(second.iter().rev().find(|&t| text.word(t) != ".").map(|t| text.word(t)), Some("not"));
/// assert_eq!(text.tokens[second].len(), second.len());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Places<P> {
    /// The first.
    pub start: P,
    /// Behind the last; where it is not behind the start there are none.
    pub end: P,
}

impl<P: Place> Places<P> {
    /// Each of them, in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = P> + ExactSizeIterator + Clone {
        (self.start.index()..self.end.index()).map(P::new)
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.end.index().saturating_sub(self.start.index())
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether a place is one of them.
    pub fn contains(self, place: &P) -> bool {
        self.start <= *place && *place < self.end
    }

    /// The first of them.
    pub fn first(self) -> Option<P> {
        (!self.is_empty()).then_some(self.start)
    }

    /// The last of them.
    pub fn last(self) -> Option<P> {
        self.end.before().filter(|_| !self.is_empty())
    }
}

impl<P: Place> IntoIterator for Places<P> {
    type Item = P;
    type IntoIter = std::iter::Map<std::ops::Range<usize>, fn(usize) -> P>;

    fn into_iter(self) -> Self::IntoIter {
        (self.start.index()..self.end.index()).map(P::new)
    }
}

/// Makes a kind of places.
#[macro_export]
macro_rules! place {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(usize);

        impl $crate::table::Place for $name {
            #[inline]
            fn new(index: usize) -> $name {
                $name(index)
            }

            #[inline]
            fn index(self) -> usize {
                self.0
            }
        }
    };
}

/// A list with places of a kind of their own. Which sentence a token stands in tells the sentence, and no number does:
///
/// ```
/// let text = saywho_english::text::Text::new("Ilse Maren agreed. Teo Vasca did not.");
/// let vasca = text.tokens.places().find(|&t| text.word(t) == "Vasca").unwrap();
/// assert_eq!(text.sentences[text.sentence_of[vasca]].of(text.text), "Teo Vasca did not.");
/// ```
///
/// ```compile_fail
/// let text = saywho_english::text::Text::new("Ilse Maren agreed. Teo Vasca did not.");
/// assert_eq!(text.sentences[1].of(text.text), "Teo Vasca did not.");
/// ```
#[derive(Clone, PartialEq)]
pub struct Table<P, T> {
    rows: Vec<T>,
    places: PhantomData<P>,
}

impl<P: Place, T> Table<P, T> {
    /// Adds one, and tells its place.
    pub fn push(&mut self, row: T) -> P {
        self.rows.push(row);
        P::new(self.rows.len() - 1)
    }

    /// All places, in order.
    pub fn places(&self) -> impl DoubleEndedIterator<Item = P> + ExactSizeIterator + Clone + use<P, T> {
        (0..self.rows.len()).map(P::new)
    }

    /// The place behind the last.
    pub fn end(&self) -> P {
        P::new(self.rows.len())
    }

    /// All rows with their places.
    pub fn entries(&self) -> impl Iterator<Item = (P, &T)> {
        self.places().zip(&self.rows)
    }

    /// What stands at a place, if the list is that long.
    pub fn get(&self, place: P) -> Option<&T> {
        self.rows.get(place.index())
    }

    /// A list as long, of the same places, with this in each.
    pub fn with<U: Clone>(&self, row: U) -> Table<P, U> {
        Table { rows: vec![row; self.rows.len()], places: PhantomData }
    }
}

impl<P, T> Default for Table<P, T> {
    fn default() -> Table<P, T> {
        Table { rows: Vec::new(), places: PhantomData }
    }
}

impl<P, T> FromIterator<T> for Table<P, T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Table<P, T> {
        Table { rows: rows.into_iter().collect(), places: PhantomData }
    }
}

impl<P, T> IntoIterator for Table<P, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter()
    }
}

impl<P, T: fmt::Debug> fmt::Debug for Table<P, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows.fmt(f)
    }
}

impl<P, T> Deref for Table<P, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.rows
    }
}

impl<P, T> DerefMut for Table<P, T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.rows
    }
}

impl<P: Place, T> Index<P> for Table<P, T> {
    type Output = T;

    fn index(&self, place: P) -> &T {
        &self.rows[place.index()]
    }
}

impl<P: Place, T> IndexMut<P> for Table<P, T> {
    fn index_mut(&mut self, place: P) -> &mut T {
        &mut self.rows[place.index()]
    }
}

impl<P: Place, T> Index<Places<P>> for Table<P, T> {
    type Output = [T];

    fn index(&self, places: Places<P>) -> &[T] {
        &self.rows[places.start.index()..places.end.index()]
    }
}

impl<P: Place, T> IndexMut<Places<P>> for Table<P, T> {
    fn index_mut(&mut self, places: Places<P>) -> &mut [T] {
        &mut self.rows[places.start.index()..places.end.index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    place! {
        /// The place of a day.
        Day
    }

    fn day(index: usize) -> Day {
        Day::new(index)
    }

    #[test]
    fn steps_stay_in_the_list() {
        assert_eq!((day(2).next(), day(2).plus(3), day(2).before()), (day(3), day(5), Some(day(1))));
        assert_eq!((day(0).before(), day(2).minus(3), day(2).back(3)), (None, None, day(0)));
        assert_eq!((day(2).distance(day(5)), day(5).distance(day(2))), (3, 3));
    }

    #[test]
    fn a_run_of_places_has_a_first_and_a_last() {
        let run = day(2).until(day(5));
        assert_eq!(run, day(2).through(day(4)));
        assert_eq!(run.iter().rev().collect::<Vec<_>>(), [day(4), day(3), day(2)]);
        assert_eq!((run.len(), run.first(), run.last()), (3, Some(day(2)), Some(day(4))));
        assert!(run.contains(&day(4)) && !run.contains(&day(5)));
    }

    #[test]
    fn a_run_that_ends_before_it_starts_has_no_places() {
        for run in [day(3).until(day(3)), day(5).until(day(2))] {
            assert!(run.is_empty() && !run.contains(&day(3)));
            assert_eq!((run.len(), run.first(), run.last(), run.into_iter().next()), (0, None, None, None));
        }
    }

    #[test]
    fn a_run_of_places_is_a_part_of_the_list() {
        let mut words: Table<Day, &str> = ["rain", "sun", "snow"].into_iter().collect();
        words[day(1).through(day(2))].fill("fog");
        assert_eq!(words[day(0).through(day(1))], ["rain", "fog"]);
    }
}
