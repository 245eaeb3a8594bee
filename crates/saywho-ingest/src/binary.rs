//! Tells text from what is none.

/// First bytes of formats that people pass by mistake, and what to call them.
const SIGNATURES: [(&[u8], &str); 8] = [
    (b"PAR1", "a Parquet file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
];

/// The name of the format, if these bytes start like a well-known one that holds no plain text.
pub(crate) fn known_format(bytes: &[u8]) -> Option<&'static str> {
    SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)).map(|&(_, name)| name)
}

/// Whether decoded text has a NUL or, more than once in a hundred characters, another control character. Those that belong to
/// a character that was encoded twice are left to be mended.
pub(crate) fn is_control_heavy(text: &str) -> bool {
    let (mut characters, mut controls, mut encoded_twice) = (0usize, 0usize, false);
    for c in text.chars() {
        characters += 1;
        // The first byte of such a character, and those behind it.
        encoded_twice = matches!(c, '\u{c2}'..='\u{f4}') || (encoded_twice && matches!(c, '€' | '\u{80}'..='\u{bf}'));
        match c {
            '\0' => return true,
            '\t' | '\n' | '\r' | '\x0b' | '\x0c' | '\u{85}' => {}
            _ if c.is_control() && !encoded_twice => controls += 1,
            _ => {}
        }
    }
    controls * 100 > characters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_tabs_are_text_but_a_nul_is_not() {
        assert!(!is_control_heavy("a\tb\r\nc\u{c}d"));
        assert!(is_control_heavy("Norrland agreed\0"));
    }

    #[test]
    fn one_stray_control_character_is_forgiven_and_many_are_not() {
        assert!(!is_control_heavy(&format!("\u{1b}{}", "Ilse Maren agreed. ".repeat(10))));
        assert!(is_control_heavy("\u{1}\u{2}\u{3} Maren"));
    }

    #[test]
    fn marks_encoded_twice_are_text() {
        assert!(!is_control_heavy("â\u{80}\u{9c}We agree,â\u{80}\u{9d} Maren said."));
        assert!(!is_control_heavy("â€œWe agree,â€\u{9d} Maren said."));
        assert!(is_control_heavy("\u{80}\u{9c}We agree, Maren said."));
    }

    #[test]
    fn well_known_formats_are_named() {
        assert_eq!(known_format(b"GIF89a"), Some("a picture"));
        assert_eq!(known_format(b"Plain words"), None);
    }
}
