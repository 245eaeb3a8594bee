//! BERT's uncased WordPiece: words to the ids of the longest known pieces.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Longer words are unknown, as in BERT.
const LONGEST_WORD: usize = 100;

type Ids = HashMap<Box<[u8]>, u32, BuildHasherDefault<PieceHasher>>;

/// A vocabulary.
pub struct WordPiece {
    /// Pieces that start a word.
    starts: Pieces,
    /// Pieces that continue a word, without their "##".
    rests: Pieces,
    cls: u32,
    sep: u32,
    unk: u32,
}

#[derive(Default)]
struct Pieces {
    ids: Ids,
    /// Bytes of the longest one.
    longest: usize,
}

impl WordPiece {
    /// Reads a vocabulary: one piece a line, its id the line's number from 0.
    /// Without `[CLS]`, `[SEP]` or `[UNK]` among the lines the ids of BERT stand for them: 101, 102, 100.
    pub fn from_vocab(text: &str) -> WordPiece {
        let (mut starts, mut rests) = (Pieces::default(), Pieces::default());
        for (id, line) in (0..).zip(text.lines()) {
            match line.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => rests.insert(rest, id),
                _ => starts.insert(line, id),
            }
        }
        let special = |name: &str, otherwise| starts.get(name.as_bytes()).unwrap_or(otherwise);
        let (cls, sep, unk) = (special("[CLS]", 101), special("[SEP]", 102), special("[UNK]", 100));
        WordPiece { starts, rests, cls, sep, unk }
    }

    /// The id of `[CLS]`, which opens a sequence.
    pub fn cls(&self) -> u32 {
        self.cls
    }

    /// The id of `[SEP]`, which closes a sequence.
    pub fn sep(&self) -> u32 {
        self.sep
    }

    /// The id of `[UNK]`, which stands for words that cannot be put together.
    pub fn unk(&self) -> u32 {
        self.unk
    }

    /// Whether the word, in lower case and without accents, is one piece.
    pub fn contains(&self, word: &str) -> bool {
        self.starts.get(normalize(word, &mut [0; LONGEST_WORD], &mut String::new()).as_bytes()).is_some()
    }

    /// Adds the ids of one word's pieces to `out`. A word is a run of letters, digits and marks, or one
    /// punctuation character; a word of nothing but accents has no pieces.
    pub fn pieces(&self, word: &str, out: &mut Vec<u32>) {
        let (mut ascii, mut text) = ([0; LONGEST_WORD], String::new());
        let word = normalize(word, &mut ascii, &mut text);
        if word.len() > LONGEST_WORD && word.chars().count() > LONGEST_WORD {
            out.push(self.unk);
            return;
        }
        let (before, mut rest, mut pieces) = (out.len(), word, &self.starts);
        while !rest.is_empty() {
            let Some((id, length)) = pieces.longest_start(rest) else {
                out.truncate(before);
                out.push(self.unk);
                return;
            };
            out.push(id);
            (rest, pieces) = (&rest[length..], &self.rests);
        }
    }
}

impl Pieces {
    fn insert(&mut self, piece: &str, id: u32) {
        self.longest = self.longest.max(piece.len());
        self.ids.insert(piece.as_bytes().into(), id);
    }

    fn get(&self, piece: &[u8]) -> Option<u32> {
        self.ids.get(piece).copied()
    }

    /// Id and bytes of the longest piece that the word starts with.
    fn longest_start(&self, word: &str) -> Option<(u32, usize)> {
        let longest = word.len().min(self.longest);
        let mut ends = (1..=longest).rev().filter(|end| word.is_char_boundary(*end));
        ends.find_map(|end| Some((self.get(&word.as_bytes()[..end])?, end)))
    }
}

/// The word in lower case without accents, in one of the two buffers.
fn normalize<'b>(word: &str, ascii: &'b mut [u8; LONGEST_WORD], text: &'b mut String) -> &'b str {
    if word.len() <= LONGEST_WORD && word.is_ascii() {
        let buffer = &mut ascii[..word.len()];
        buffer.copy_from_slice(word.as_bytes());
        buffer.make_ascii_lowercase();
        return std::str::from_utf8(buffer).unwrap_or_default();
    }
    let bare = word.nfd().filter(|c| c.general_category() != GeneralCategory::NonspacingMark);
    text.extend(bare.flat_map(char::to_lowercase));
    text
}

/// A quick hash of short byte strings; the vocabulary is fixed, so nobody can choose colliding keys.
#[derive(Default)]
struct PieceHasher(u64);

impl PieceHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517C_C1B7_2722_0A95);
    }
}

impl Hasher for PieceHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.add(u64::from_le_bytes(last));
    }

    fn write_usize(&mut self, length: usize) {
        self.add(length as u64);
    }

    fn finish(&self) -> u64 {
        // The table looks at the highest and the lowest bits, and only the highest are well mixed.
        self.0 ^ (self.0 >> 29)
    }
}
