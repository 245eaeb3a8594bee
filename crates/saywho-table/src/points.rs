//! Bytes of a text to its code points.

/// For each byte of a text the code points before it; nothing is kept for a text where both are the same.
pub(crate) struct Points {
    before: Option<Vec<i32>>,
    /// The code points of the whole text.
    pub(crate) count: i32,
}

impl Points {
    pub(crate) fn new(text: &str) -> Points {
        if text.is_ascii() {
            return Points { before: None, count: number(text.len()) };
        }
        let mut before = Vec::with_capacity(text.len() + 1);
        let mut count = 0;
        for byte in text.bytes() {
            // A byte inside of a letter counts as the end of the letter, as in `Reading::to_code_points`.
            before.push(count);
            count += i32::from(starts_letter(byte));
        }
        before.push(count);
        Points { before: Some(before), count }
    }

    pub(crate) fn of(&self, byte: usize) -> i32 {
        match &self.before {
            None => number(byte).min(self.count),
            Some(before) => before.get(byte).copied().unwrap_or(self.count),
        }
    }
}

fn starts_letter(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// A count of letters or words; those of a document of 2 GiB would not fit.
pub(crate) fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn letters_before_a_byte_are_counted(text in "[a-c“é😀]{0,40}") {
            let points = Points::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.of(byte), count as i32);
            }
            prop_assert_eq!(points.of(text.len()), text.chars().count() as i32);
            prop_assert_eq!(points.of(text.len() + 9), points.count);
        }
    }
}
