//! What nearly the same texts have in common: MinHash signatures over shingles of words, cut into bands.
//!
//! Two texts of which a share `s` of the shingles is the same have one band or more in common with the probability
//! `1 - (1 - s^8)^16`: 0.06 at one half, 0.61 at 0.7, 0.95 at 0.8, 0.9999 at 0.9. The figures are the same on every machine.

/// Bands of a signature.
pub const BANDS: usize = 16;

/// Hashes of a band.
const ROWS: usize = 8;

/// Words of a shingle.
const SHINGLE: usize = 5;

const HASHES: usize = BANDS * ROWS;

/// Factor and addend of each hash.
const SEEDS: [(u32, u32); HASHES] = seeds();

/// The bands of a text; none where it has no words. Letter case, punctuation and white space do not count.
pub fn bands(text: &str) -> Option<[i64; BANDS]> {
    let words: Vec<u64> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(word).collect();
    if words.is_empty() {
        return None;
    }
    let mut least = [u32::MAX; HASHES];
    // A text of fewer words than a shingle has is one shingle.
    for shingle in words.windows(SHINGLE.min(words.len())) {
        let hash = shingle.iter().fold(0, |hash, &word| mixed(hash ^ word));
        let (low, high) = (hash as u32, (hash >> 32) as u32);
        for (least, &(factor, addend)) in least.iter_mut().zip(&SEEDS) {
            // Two independent halves, of which each hash takes another mixture.
            let value = low.wrapping_mul(factor) ^ high.wrapping_add(addend).wrapping_mul(factor.rotate_left(16) | 1);
            *least = (*least).min(value);
        }
    }
    let mut bands = [0; BANDS];
    for (number, (band, rows)) in bands.iter_mut().zip(least.chunks(ROWS)).enumerate() {
        let hash = rows.iter().fold(number as u64, |hash, &row| mixed(hash ^ u64::from(row)));
        *band = i64::from_ne_bytes(hash.to_ne_bytes());
    }
    Some(bands)
}

/// FNV-1a over the letters in lower case.
fn word(word: &str) -> u64 {
    let letters = word.chars().flat_map(char::to_lowercase);
    letters.fold(0xcbf2_9ce4_8422_2325, |hash, c| (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3))
}

/// The finish of SplitMix64, whose every bit depends on every bit.
const fn mixed(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

const fn seeds() -> [(u32, u32); HASHES] {
    let mut seeds = [(0, 0); HASHES];
    let mut i = 0;
    while i < HASHES {
        let random = mixed(i as u64);
        seeds[i] = (random as u32 | 1, (random >> 32) as u32);
        i += 1;
    }
    seeds
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of so many made-up words.
    fn text(words: u64, seed: u64) -> Vec<String> {
        (0..words).map(|n| format!("w{}", mixed(seed * 1_000_003 + n) % 5000)).collect()
    }

    fn shared(a: &str, b: &str) -> usize {
        let (a, b) = (bands(a).expect("words"), bands(b).expect("words"));
        a.iter().zip(&b).filter(|(a, b)| a == b).count()
    }

    #[test]
    fn case_punctuation_and_white_space_do_not_count() {
        let said = "“We agree to lift the ban,” Ilse Maren said on Monday.";
        assert_eq!(bands(said), bands("We agree to lift the ban  Ilse Maren said\non monday"));
        assert_eq!(bands(" … "), None);
        assert_ne!(bands("Ilse Maren"), bands("Maren, Ilse"));
    }

    #[test]
    fn most_near_copies_share_a_band_and_hardly_any_other_texts_do() {
        let (mut near, mut far) = (0, 0);
        for seed in 0..100 {
            let original = text(400, seed);
            let mut copy = original.clone();
            // Four words of four hundred changed: nine tenths of the shingles of the two are the same.
            (0..4).for_each(|n| copy[50 + 90 * n] = "other".into());
            near += usize::from(shared(&original.join(" "), &copy.join(" ")) > 0);
            far += usize::from(shared(&original.join(" "), &text(400, seed + 1000).join(" ")) > 0);
        }
        assert!(near >= 99, "{near} of 100 near copies");
        assert_eq!(far, 0, "of 100 others");
    }

    #[test]
    fn half_the_text_in_common_is_no_near_copy() {
        let common = (0..200).filter(|&seed| {
            let (mut a, b) = (text(400, seed), text(400, seed));
            a[..140].clone_from_slice(&text(140, seed + 5000));
            shared(&a.join(" "), &b.join(" ")) > 0
        });
        // 0.48 of the shingles are the same: 1 - (1 - 0.48^8)^16 is 0.044.
        let common = common.count();
        assert!((1..=25).contains(&common), "{common} of 200");
    }
}
