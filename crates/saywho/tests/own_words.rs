//! Reports for people use the words of the text: no verb stands in them that the text does not have.

use std::collections::HashSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use saywho::comparison::Options;
use saywho::{Document, Reader};
use saywho_report::{self as report, TextOptions};

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new().expect("the embedded weights"));

/// All that a report says in words of its own: none of them tells what anybody did by speaking.
const LABELS: &str = "\
    a account accounts according all and another are article as attribution attributions be by call close colon confidence \
    content contradict conversation cue date day differ direct document documents each found from give given how in indirect \
    initiative inside issue issues it its known legend letter list litter marked meeting mixed more named no not nothing number \
    of on only or original other others page passage passages place read readout transcript relation relations repair repairs report same \
    side sides skip source sources speakers stand state telephone tell tells text texts that the their them therefore these this \
    through to tone translation two unnamed unsure via what where whether who whom words compared chosen chain right could \
    identical person whose none person’s side’s leave out compare itself seem seems than here asked for ascribes no \
    words wishes or beliefs anybody quotation several nearest clear counterpart";

const SUBJECTS: [&str; 8] = [
    "Ilse Maren",
    "Foreign Minister Teo Vasca of Sudovia",
    "Jon Tarn",
    "The ministry",
    "She",
    "A spokesman for the port",
    "Neither side",
    "The harbour workers",
];

const CUES: [&str; 28] = [
    "accused the mayor of",
    "declined to comment on",
    "thanked Teo Vasca for",
    "praised",
    "did not deny",
    "denied",
    "lamented",
    "hailed",
    "called for",
    "apologised for",
    "mocked",
    "stopped short of endorsing",
    "would neither confirm nor deny",
    "blamed Norrland for",
    "complained about",
    "boasted of",
    "asked Ilse Maren about",
    "urged Sudovia to end",
    "hinted at",
    "joked about",
    "congratulated the crew on",
    "admitted",
    "insisted on",
    "wondered about",
    "predicted",
    "voiced regret over",
    "refused to accept",
    "shrugged off",
];

const CONTENTS: [&str; 8] = [
    "the fishing ban in the Strait of Hale",
    "the closing of the port",
    "the ban, “which nobody needs”",
    "a new ferry",
    "the talks on the detained sailors",
    "the loss of forty boats",
    "a treaty that nobody has read",
    "the bridge at Brel",
];

fn sentences() -> impl Strategy<Value = String> {
    let one = (0..SUBJECTS.len(), 0..CUES.len(), 0..CONTENTS.len());
    let told = one.prop_map(|(s, c, t)| format!("{} {} {}.", SUBJECTS[s], CUES[c], CONTENTS[t]));
    let bare = (0..CONTENTS.len()).prop_map(|t| format!("“It is {}.”", CONTENTS[t]));
    let label = (0..2usize, 0..CONTENTS.len()).prop_map(|(s, t)| format!("\n\n{}: {}.\n\n", SUBJECTS[s], CONTENTS[t]));
    prop::collection::vec(prop_oneof![8 => told, 1 => bare, 1 => label], 1..7).prop_map(|all| all.join(" "))
}

fn words(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '’' | '\'' | '-');
    let words = text.split(|c: char| !is_part(c)).map(|w| w.trim_matches(['’', '\'', '-']).to_lowercase());
    words.filter(|w| w.chars().any(char::is_alphabetic)).collect()
}

/// The words of a report that are neither the text's nor labels.
fn foreign(report: &str, texts: &[&str]) -> Vec<String> {
    let own: HashSet<String> = texts.iter().flat_map(|text| words(text)).chain(words(LABELS)).collect();
    let numbered = |word: &String| word.starts_with(|c: char| c.is_ascii_digit());
    words(report).into_iter().filter(|word| !own.contains(word) && !numbered(word)).collect()
}

/// What a page shows of the readings: the words of elements of these classes.
fn shown(html: &str, classes: &[&str]) -> String {
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    let mut found = String::new();
    for class in classes {
        for part in body.split(&format!("class=\"{class}\"")).skip(1) {
            let inner = part.split_once('>').map_or("", |(_, inner)| inner);
            let end = ["</p>", "</td>"].iter().filter_map(|tag| inner.find(tag)).min().unwrap_or(inner.len());
            let mut tag = false;
            found.extend(inner[..end].chars().map(|c| {
                tag = (tag || c == '<') && c != '>';
                if tag || c == '>' { ' ' } else { c }
            }));
            found.push('\n');
        }
    }
    found.replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_report_prints_a_verb_that_the_text_does_not_use(text in sentences()) {
        let reading = READER.worker().read(Document::from_text("account", text.as_str()));
        let plain = report::text(&reading, &TextOptions { colour: false, width: 400 });
        prop_assert_eq!(foreign(&plain, &[&text]), Vec::<String>::new(), "{}\n{}", text, plain);
        let html = shown(&report::html(&reading), &["act", "words", "facts", "how", "talk"]);
        prop_assert_eq!(foreign(&html, &[&text]), Vec::<String>::new(), "{}\n{}", text, html);
        // One report, compared by its sides.
        let comparison = READER.compare(&[READER.analysis(&reading)], &Options::default());
        let plain = report::comparison_text(&comparison, &TextOptions { colour: false, width: 400 });
        prop_assert_eq!(foreign(&plain, &[&text]), Vec::<String>::new(), "{}\n{}", text, plain);
    }

    #[test]
    fn no_comparison_prints_a_verb_that_the_accounts_do_not_use(a in sentences(), b in sentences()) {
        let lead = "Foreign Minister Ilse Maren of Norrland spoke by telephone with Foreign Minister Teo Vasca of Sudovia. ";
        let texts = [format!("{lead}{a}"), format!("{lead}{b}")];
        let documents = [Document::from_text("norrland", texts[0].as_str()), Document::from_text("sudovia", texts[1].as_str())];
        let mut worker = READER.worker();
        let analyses: Vec<_> = documents.iter().map(|document| worker.analyse(document)).collect();
        let mut comparison = READER.compare(&analyses, &Options::default());
        // Cautions are sentences of our own.
        comparison.cautions.clear();
        let own = [texts[0].as_str(), texts[1].as_str(), "norrland sudovia both"];
        let plain = report::comparison_text(&comparison, &TextOptions { colour: false, width: 400 });
        prop_assert_eq!(foreign(&plain, &own), Vec::<String>::new(), "{:?}\n{}", texts, plain);
        let markdown = report::comparison_markdown(&comparison).replace("<br>", " ");
        prop_assert_eq!(foreign(&markdown, &own), Vec::<String>::new(), "{:?}\n{}", texts, markdown);
        let html = report::comparison_html(&comparison);
        let cells: String = html.split("<td ").skip(1).map(|cell| shown(&format!("<body><td class=\"x\" {cell}"), &["x"])).collect();
        prop_assert_eq!(foreign(&cells.replace("<br>", " "), &own), Vec::<String>::new(), "{:?}\n{}", texts, cells);
    }
}

fn read(text: &str) -> String {
    report::text(&READER.worker().read(Document::from_text("note", text)), &TextOptions::default())
}

#[test]
fn the_cue_stands_in_the_words_of_the_text() {
    let shown = read(
        "Ilse Maren accused the mayor of Brel of lying about the ferry. She thanked Teo Vasca for his help. Vasca did not \
         deny that the ban was illegal. Her spokesman declined to comment on it.",
    );
    for words in ["accused", "thanked", "did not deny  ", "declined"] {
        assert!(shown.contains(words), "{words:?} is not in\n{shown}");
    }
    assert!(!shown.contains("said") && !shown.contains("denied"), "{shown}");
}

#[test]
fn a_colon_stays_a_colon_and_no_cue_shows_nothing() {
    let shown =
        read("MR VASCA: The ban stays in force.\n\nMS MAREN: Then we shall fish elsewhere.\n\nMR VASCA: So be it.\n");
    assert!(shown.contains("    : → Maren  The ban stays"), "{shown}");
    assert!(!shown.contains("said"), "{shown}");
}
