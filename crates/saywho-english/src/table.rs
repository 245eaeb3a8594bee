//! Lists whose places are of a kind of their own, so that a place in one list is none in another.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut, Index, IndexMut};

/// A place in a list of one kind.
pub trait Place: Copy {
    /// The place with this many before it.
    fn new(index: usize) -> Self;

    /// How many stand before it.
    fn index(self) -> usize;

    /// The place right before it.
    fn before(self) -> Option<Self> {
        self.index().checked_sub(1).map(Self::new)
    }

    /// The places from here on that stand before another.
    fn until(self, end: Self) -> impl DoubleEndedIterator<Item = Self> {
        (self.index()..end.index()).map(Self::new)
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
            fn new(index: usize) -> $name {
                $name(index)
            }

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
/// assert_eq!(text.sentences[text.sentence_of[4]].of(text.text), "Teo Vasca did not.");
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
    pub fn places(&self) -> impl Iterator<Item = P> + use<P, T> {
        (0..self.rows.len()).map(P::new)
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
