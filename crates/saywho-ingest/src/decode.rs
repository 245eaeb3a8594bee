//! Bytes to text: byte order mark, UTF-8, what the container or the page declares, then a guess from the letters.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// How far into a page a declared encoding is looked for, as browsers do.
const DECLARATION_WITHIN: usize = 1024;

/// The text of bytes that are in this encoding, or else in the one that they tell.
pub(crate) fn decode_as(bytes: &[u8], encoding: Option<crate::Encoding>, charset: Option<&str>) -> String {
    match encoding {
        Some(encoding) => encoding.0.decode_with_bom_removal(bytes).0.into_owned(),
        None => decode(bytes, charset),
    }
}

/// The text of these bytes, without the byte order mark. What cannot be decoded becomes U+FFFD. `charset` is the
/// encoding that the container names.
pub(crate) fn decode(bytes: &[u8], charset: Option<&str>) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let encoding = match is_damaged_utf8(bytes) {
        true => UTF_8,
        false => named(charset.unwrap_or_default()).or_else(|| declared(bytes)).unwrap_or_else(|| guessed(bytes)),
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Whether the bytes are UTF-8 but for a few places. One bad byte must not turn every curly quotation mark of
/// a text into three letters, as reading it in another encoding would.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut damaged) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    sound >= 4 * damaged
}

/// The encoding that a page's `<meta charset=...>` or XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION_WITHIN)]).to_ascii_lowercase();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    let label = ["charset=", "encoding="].iter().find_map(|key| head.split_once(key))?.1;
    let label = label.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(label.len());
    named(&label[..end])
}

/// An encoding by its label. The bytes are not UTF-8, so a declaration that says so is wrong; UTF-16 has its mark.
fn named(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).filter(|e| e.is_ascii_compatible() && *e != UTF_8)
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "“Größe zählt”, sagte Jörg Müller.\r\nÉva né. ";

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        ['\u{feff}'].into_iter().chain(text.chars()).collect::<String>().encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn utf8_stays_letter_by_letter_and_loses_its_mark() {
        assert_eq!(decode(TEXT.as_bytes(), None), TEXT);
        assert_eq!(decode(format!("\u{feff}{TEXT}").as_bytes(), None), TEXT);
    }

    #[test]
    fn utf16_of_either_order_is_read_by_its_mark() {
        assert_eq!(decode(&utf16(TEXT, u16::to_le_bytes), None), TEXT);
        assert_eq!(decode(&utf16(TEXT, u16::to_be_bytes), None), TEXT);
    }

    #[test]
    fn other_encodings_are_guessed() {
        let latin = "Jörg Müller erklärte, die Größe des Gefängnisses könne später geprüft werden.";
        assert_eq!(decode(&encoding_rs::WINDOWS_1252.encode(latin).0, None), latin);
        let cyrillic = "Министр Ильсе Марен сообщила, что переговоры продолжатся в мае.";
        assert_eq!(decode(&encoding_rs::WINDOWS_1251.encode(cyrillic).0, None), cyrillic);
        assert_eq!(decode(b"\xa9\xa1", Some("iso-8859-2")), "ŠĄ", "the container may tell it");
    }

    #[test]
    fn one_bad_byte_does_not_spoil_the_rest_of_utf8() {
        let mut bytes = "“We agree,” she said. “Yes.” ".as_bytes().to_vec();
        bytes.push(0xff);
        assert_eq!(decode(&bytes, None), "“We agree,” she said. “Yes.” \u{fffd}");
    }

    #[test]
    fn a_page_may_declare_its_encoding() {
        let page = "<html><meta charset=\"iso-8859-2\"><p>Šárka řekla</p>";
        assert_eq!(decode(&encoding_rs::ISO_8859_2.encode(page).0, None), page);
    }
}
