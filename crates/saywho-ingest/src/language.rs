//! The language of a document, told from its words.

use whatlang::Lang;

/// A language told from the letters of fewer than these is more often wrong than right.
const LETTERS: usize = 120;

/// A text of fewer letters than these tells nothing.
const FEWEST_LETTERS: usize = 24;

/// As many short words of a language show it, if they are a part of all words as large as this and no English word stands there.
const SMALL_WORDS: usize = 3;
const SMALL_WORDS_ONE_IN: usize = 6;

/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 8 << 10;

/// Short words that stand in every English text and hardly in others.
const ENGLISH: [&str; 16] =
    ["the", "of", "and", "to", "that", "was", "with", "for", "said", "his", "he", "she", "it", "by", "from", "have"];

/// One word in this many is one of them in English; names and figures do not change that.
const ONE_IN: usize = 12;

/// The language (BCP 47): from the words where they leave no doubt, else as declared. The declared tag is kept where
/// it says the same more exactly ("en-GB").
pub fn language(text: &str, declared: Option<&str>) -> Option<String> {
    let declared = declared.map(str::trim).filter(|tag| !tag.is_empty());
    match told(text) {
        Some(told) => {
            let same = declared.filter(|tag| primary(tag) == told);
            Some(same.map_or_else(|| told.to_owned(), str::to_owned))
        }
        None => declared.map(str::to_owned),
    }
}

/// Whether saywho reads this language: English. Where nothing is known it is tried.
pub fn is_read(language: Option<&str>) -> bool {
    saywho::reading::may_be_english(language)
}

/// The name of a language for people, where the tag is a common one.
pub fn name(tag: &str) -> String {
    let code = primary(tag);
    let lang = Lang::all().iter().find(|lang| short(**lang) == code || lang.code() == code);
    lang.map_or_else(|| format!("the language \"{tag}\""), |lang| lang.eng_name().to_owned())
}

/// The first part of a tag.
fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

fn told(text: &str) -> Option<String> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    if sample.chars().filter(|c| c.is_alphabetic()).count() < LETTERS {
        return told_by_few(sample).map(str::to_owned);
    }
    if is_english(sample) {
        return Some("en".into());
    }
    let found = whatlang::detect(sample)?;
    // What looks like English and has none of its words is not: a list of names, say.
    (found.is_reliable() && found.lang() != Lang::Eng).then(|| short(found.lang()).to_owned())
}

/// The language of a sentence or two: by another script than the Latin, or by short words that no English ones stand beside.
fn told_by_few(text: &str) -> Option<&'static str> {
    let letters = |latin: bool| text.chars().filter(|c| c.is_alphabetic() && is_latin(*c) == latin).count();
    if letters(true) + letters(false) < FEWEST_LETTERS {
        return None;
    }
    if letters(false) > letters(true) {
        return whatlang::detect(text).map(|found| short(found.lang()));
    }
    let mut words = without_particles(text);
    // A single letter is mostly what an apostrophe left: "Maren’s", "I’d".
    words.retain(|word| word.chars().nth(1).is_some());
    let counts = include_str!("small_words.tsv").lines().filter(|row| !row.starts_with('#')).filter_map(|row| {
        let (tag, small) = row.split_once('\t')?;
        let small: Vec<&str> = small.split(' ').collect();
        Some((tag, words.iter().filter(|word| small.contains(&word.as_str())).count()))
    });
    let counts: Vec<(&'static str, usize)> = counts.collect();
    let of = |wanted: &str| counts.iter().find(|(tag, _)| *tag == wanted).map_or(0, |(_, count)| *count);
    let most = counts.iter().map(|(_, count)| *count).max()?;
    let likeliest: Vec<&str> = counts.iter().filter(|(_, count)| *count == most).map(|(tag, _)| *tag).collect();
    if most < SMALL_WORDS || most * SMALL_WORDS_ONE_IN < words.len() || of("en") * 2 >= most {
        return None;
    }
    let by_letters = whatlang::detect(text).map(|found| short(found.lang()));
    by_letters.filter(|tag| likeliest.contains(tag)).or_else(|| likeliest.first().copied())
}

/// Whether a letter is Latin, accents and all.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || ('\u{C0}'..='\u{24F}').contains(&c) || ('\u{1E00}'..='\u{1EFF}').contains(&c)
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// The words in small letters, without those that belong to names: "Vasca de la Torre", "Jan van der Berg".
fn without_particles(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let particle = |word: &&str| !capital(word) && word.chars().count() <= 3;
    let mut kept = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        kept.push(words[at].to_lowercase());
        let particles = words[at + 1..].iter().take_while(|word| particle(word)).count();
        let within = capital(words[at]) && (1..=2).contains(&particles);
        let closed = words.get(at + 1 + particles).is_some_and(|word| capital(word));
        at += if within && closed { 1 + particles } else { 1 };
    }
    kept
}

fn is_english(text: &str) -> bool {
    let words = words(text);
    let found = words.iter().filter(|word| ENGLISH.contains(&word.as_str())).count();
    found * ONE_IN >= words.len()
}

/// The two-letter code, where there is one.
fn short(lang: Lang) -> &'static str {
    match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Pol => "pl",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Ron => "ro",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Vie => "vi",
        Lang::Tha => "th",
        Lang::Pes => "fa",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Cat => "ca",
        Lang::Ind => "id",
        Lang::Afr => "af",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH_TEXT: &str = "The foreign minister of Norrland said on Friday that the ban on fishing in the Strait of Hale \
        would be lifted by May, and that she had told Teo Vasca of it in a call which both sides called useful.";
    const GERMAN_TEXT: &str = "Die Außenministerin von Norrland sagte am Freitag, das Fangverbot in der Straße von Hale werde bis \
        Mai aufgehoben; das habe sie Teo Vasca in einem Gespräch mitgeteilt, das beide Seiten nützlich nannten.";

    #[test]
    fn words_tell_more_than_declarations() {
        assert_eq!(language(ENGLISH_TEXT, None).as_deref(), Some("en"));
        assert_eq!(language(ENGLISH_TEXT, Some("en-GB")).as_deref(), Some("en-GB"));
        assert_eq!(language(GERMAN_TEXT, Some("en")).as_deref(), Some("de"));
    }

    #[test]
    fn a_few_words_tell_nothing() {
        assert_eq!(language("Nein, sagte Vasca.", None), None);
        assert_eq!(language("Nein, sagte Vasca.", Some("de")).as_deref(), Some("de"));
    }

    #[test]
    fn two_sentences_tell_their_language() {
        for (text, tag) in [
            ("La ministre a dit que l’accord est prêt. Il ne sera pas signé par la Sudovie.", "fr"),
            ("Das Verbot bleibt, sagte Vasca. Er habe die Häfen nicht geschlossen.", "de"),
            ("El ministro dijo que el puerto no se abre. La flota es de Norrland.", "es"),
            ("Il ministro ha detto che il porto non è aperto e che la flotta resta.", "it"),
            ("Министр сказала, что порт открыт. Она ждёт ответа.", "ru"),
        ] {
            assert_eq!(language(text, None).as_deref(), Some(tag), "{text}");
        }
        for text in [
            "The ban stays, Vasca said. He will not lift it.",
            "Vasca de la Torre met Die Welt’s Jan van der Berg in Los Angeles.",
            "“C’est la vie,” Ilse Maren said of the ban.",
            "Ban lifted, fleets sail: Maren",
            "Brandt’s trip to Hale wasn’t Maren’s first.",
        ] {
            assert_ne!(language(text, None).as_deref().map(|tag| is_read(Some(tag))), Some(false), "{text}");
        }
    }

    #[test]
    fn only_english_is_read_and_what_is_not_known_is_tried() {
        assert!(is_read(None) && is_read(Some("en_US")) && is_read(Some("EN")));
        assert!(!is_read(Some("de")) && !is_read(Some("rus")));
        assert_eq!(name("de-AT"), "German");
        assert_eq!(name("rus"), "Russian");
        assert_eq!(name("tlh"), "the language \"tlh\"");
    }
}
