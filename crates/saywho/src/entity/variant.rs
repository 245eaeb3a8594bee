//! Spellings of one name: "Anthony" and "Antony", "Zelensky" and "Zelenskyy", names carried over from other scripts; forms of one
//! body's name.

use crate::words;

/// The fewest letters of names that are compared by their consonants.
const LONG: usize = 7;

/// Whether two words spell one name: they sound alike, or are long and differ in vowels only, by two letters at most.
pub fn same_name(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    // Most pairs are told apart by their lengths or, where one letter is not written with several, by their first letters.
    let plain = |word: &str| word.starts_with(|c: char| c.is_ascii_alphabetic() && !"CFIJKPQVWYcfijkpqvwy".contains(c));
    let first = |word: &str| word.bytes().next().map(|c| c.to_ascii_lowercase());
    if a.len().abs_diff(b.len()) > 4 || (plain(a) && plain(b) && first(a) != first(b)) {
        return false;
    }
    let (x, y) = (sound(a), sound(b));
    let long = x.len().min(y.len()) >= LONG;
    x == y || (long && x.first() == y.first() && consonants(&x) == consonants(&y) && distance(&x, &y) <= 2)
}

/// A word's letters in lower case, without accents, with one letter for each sound that transliterations vary in.
fn sound(word: &str) -> Vec<char> {
    let mut sounds: Vec<char> = Vec::with_capacity(word.len());
    for c in word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase) {
        let plain = match c {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
            'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
            'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' | 'ý' | 'ÿ' | 'y' | 'j' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' | 'ő' => 'o',
            'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
            'ç' | 'ć' | 'č' | 'c' | 'q' => 'k',
            'ñ' | 'ń' | 'ň' => 'n',
            'š' | 'ś' | 'ş' | 'ș' => 's',
            'ž' | 'ź' | 'ż' => 'z',
            'ł' => 'l',
            'ř' => 'r',
            'w' => 'v',
            other => other,
        };
        match (plain, sounds.last()) {
            // "kh", "th", "gh" are said as the letter before; "ph" is f.
            ('h', Some('p')) => {
                sounds.pop();
                sounds.push('f');
            }
            ('h', Some('k' | 't' | 'g')) => {}
            (c, Some(&last)) if c == last => {}
            (c, _) => sounds.push(c),
        }
    }
    sounds
}

/// What spellings of one name have in common: the first sound and the consonants.
pub fn key(word: &str) -> Vec<char> {
    let sounds = sound(word);
    sounds.first().copied().into_iter().chain(consonants(&sounds)).collect()
}

fn consonants(sounds: &[char]) -> Vec<char> {
    sounds.iter().copied().filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')).collect()
}

/// How many letters must change, come or go to make one word of the other.
pub fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

/// "Maren team", "Maren camp" and "Maren campaign" are one body.
pub fn one_word_for_campaigns(name: &str) -> String {
    let same = [" team", " camp"].iter().find_map(|ending| name.strip_suffix(ending));
    same.map_or_else(|| name.to_owned(), |whose| format!("{whose} campaign"))
}

/// A body's name in small letters, without its article.
pub fn bare_body(name: &str) -> String {
    one_word_for_campaigns(&name.trim_start_matches("The ").trim_start_matches("the ").to_lowercase())
}

/// The first letters of the words that have a capital.
pub fn initials(name: &str) -> String {
    let capitals = name.split_whitespace().filter(|w| w.starts_with(char::is_uppercase));
    capitals.filter_map(|w| w.chars().next()).collect()
}

/// Whether two names of bodies are one: the same but for an article, or an abbreviation of the other.
pub fn same_body(a: &str, b: &str) -> bool {
    let (x, y) = (bare_body(a), bare_body(b));
    let short = |s: &str| s.len() >= 2 && s.chars().all(|c| c.is_uppercase());
    x == y
        || (short(a) && initials(b) == a)
        || (short(b) && initials(a) == b)
        || (x.ends_with(&format!(" {y}")) && words::is_body(y.split(' ').next_back().unwrap_or("")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_meet() {
        for (a, b) in [
            ("Anthony", "Antony"),
            ("Zelensky", "Zelenskyy"),
            ("Zelenskiy", "Zelenskii"),
            ("Sergey", "Sergei"),
            ("Lukashenko", "Lukashenka"),
            ("Niinistö", "Niinisto"),
            ("Vascaverro", "Vascavero"),
        ] {
            assert!(same_name(a, b), "{a} {b}");
        }
    }

    #[test]
    fn other_names_stay_apart() {
        for (a, b) in
            [("Hansen", "Hanson"), ("Maren", "Marin"), ("Vasca", "Vesca"), ("Johnson", "Johnston"), ("Lind", "Lund")]
        {
            assert!(!same_name(a, b), "{a} {b}");
        }
    }
}
