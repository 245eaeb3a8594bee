//! The forms in which names are compared.

use std::borrow::Cow;

/// The words without space around them, a leading "the" and a possessive ending.
pub(super) fn bare(words: &str) -> &str {
    let mut words = words.trim();
    for ending in ["'s", "’s"] {
        words = words.strip_suffix(ending).unwrap_or(words);
    }
    // "the United States’": only a word in s drops its s.
    if let Some(owner) = words.strip_suffix(['\'', '’']).filter(|owner| owner.ends_with('s')) {
        words = owner;
    }
    match words.get(..4) {
        Some(article) if article.eq_ignore_ascii_case("the ") => words[4..].trim_start(),
        _ => words,
    }
}

/// The words without accents, with straight apostrophes and single spaces; letter case stays.
pub(super) fn plain(words: &str) -> Cow<'_, str> {
    let mut before = 0;
    let same = words.bytes().all(|b| {
        let doubled = b == b' ' && before == b' ';
        before = b;
        (b' '..=b'~').contains(&b) && !doubled
    });
    if same {
        return Cow::Borrowed(words);
    }
    let mut folded = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_whitespace() {
            if !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else if c.is_ascii() {
            folded.push(c);
        } else {
            push_plain(&mut folded, c);
        }
    }
    Cow::Owned(folded)
}

/// Appends a letter beyond ASCII without its accent; what is no Latin letter stays as it is.
fn push_plain(folded: &mut String, c: char) {
    let base = match c {
        '\u{300}'..='\u{36F}' => "",
        '’' | '‘' | 'ʻ' | 'ʼ' => "'",
        '‐' | '‑' => "-",
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' | 'Ǎ' | 'Ạ' | 'Ả' => "A",
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ậ' | 'ắ' => "a",
        'Æ' => "AE",
        'æ' => "ae",
        'Ç' | 'Ć' | 'Ĉ' | 'Ċ' | 'Č' => "C",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'Ð' | 'Ď' | 'Đ' => "D",
        'ð' | 'ď' | 'đ' => "d",
        'È'..='Ë' | 'Ē' | 'Ė' | 'Ę' | 'Ě' | 'Ə' => "E",
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ə' | 'ế' | 'ề' | 'ệ' | 'ễ' => "e",
        'Ĝ' | 'Ğ' | 'Ġ' | 'Ģ' => "G",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'Ì'..='Ï' | 'Ī' | 'Į' | 'İ' => "I",
        'ì'..='ï' | 'ī' | 'į' | 'ı' | 'ị' => "i",
        'Ķ' => "K",
        'ķ' => "k",
        'Ĺ' | 'Ļ' | 'Ľ' | 'Ł' => "L",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'Ñ' | 'Ń' | 'Ņ' | 'Ň' => "N",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'Ò'..='Ö' | 'Ø' | 'Ō' | 'Ő' => "O",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'ơ' | 'ọ' | 'ố' | 'ồ' | 'ộ' => "o",
        'Œ' => "OE",
        'œ' => "oe",
        'Ŕ' | 'Ř' => "R",
        'ŕ' | 'ř' => "r",
        'Ś' | 'Ş' | 'Š' | 'Ș' => "S",
        'ś' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'Ţ' | 'Ť' | 'Ț' => "T",
        'ţ' | 'ť' | 'ț' => "t",
        'Þ' => "Th",
        'þ' => "th",
        'Ù'..='Ü' | 'Ū' | 'Ů' | 'Ű' | 'Ų' => "U",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' | 'ư' => "u",
        'Ý' | 'Ÿ' => "Y",
        'ý' | 'ÿ' => "y",
        'Ź' | 'Ż' | 'Ž' => "Z",
        'ź' | 'ż' | 'ž' => "z",
        _ => {
            folded.push(c);
            return;
        }
    };
    folded.push_str(base);
}
