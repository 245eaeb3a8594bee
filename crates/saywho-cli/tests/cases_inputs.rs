//! Small inputs in the formats that people have, read as the command reads them. The cases of the shared data are read from
//! there, and pass where it is not.

mod common;
#[path = "common/samples.rs"]
#[allow(dead_code, reason = "every file of tests uses a part of it")]
mod samples;

use std::path::Path;

use common::{Folder, saywho};
use serde_json::Value;

/// What the command tells of a file: its readings, and what it says of the rest.
struct Told {
    readings: Vec<Value>,
    errors: String,
}

fn read_file(path: &Path) -> Told {
    let output = saywho().args(["read", "--any-language", "--format", "jsonl"]).arg(path).output().expect("run");
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    Told {
        readings: lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect(),
        errors: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn read(bytes: impl AsRef<[u8]>) -> Told {
    let folder = Folder::with(&[("input", bytes.as_ref())]);
    read_file(&folder.at("input"))
}

/// The reading of a case, if the shared data is there.
fn case(name: &str) -> Option<Told> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases").join(format!("{name}.txt"));
    path.exists().then(|| read_file(&path))
}

impl Told {
    fn text(&self) -> &str {
        self.readings[0]["document"]["text"].as_str().expect("a text")
    }

    /// (speaker, content, kind) of the outermost attributions of the first reading.
    fn said(&self) -> Vec<(String, String, String)> {
        said(&self.readings[0])
    }

    fn says(&self, who: &str, words: &str) -> String {
        let all = self.said();
        let found = all.iter().find(|(speaker, content, _)| speaker.ends_with(who) && content.contains(words));
        found.unwrap_or_else(|| panic!("{who} does not say {words:?}: {all:#?}")).2.clone()
    }
}

fn said(reading: &Value) -> Vec<(String, String, String)> {
    let letters: Vec<char> = reading["document"]["text"].as_str().expect("a text").chars().collect();
    let name = |id: &Value| {
        let all = reading["entities"].as_array().expect("entities");
        all.iter().find(|e| e["id"] == *id).and_then(|e| e["name"].as_str()).unwrap_or_default().to_owned()
    };
    let words = |spans: &Value| {
        let span = |s: &Value| {
            let at = |end: &str| usize::try_from(s[end].as_u64().expect("an offset")).expect("small");
            letters[at("start")..at("end")].iter().collect::<String>()
        };
        spans.as_array().expect("spans").iter().map(span).collect::<Vec<_>>().join(" … ")
    };
    let all = reading["attributions"].as_array().expect("attributions").iter();
    all.map(|a| (name(&a["speaker"]), words(&a["content"]), a["type"].as_str().unwrap_or_default().to_owned()))
        .collect()
}

/// A page around paragraphs, long enough to be one.
fn page(body: &str) -> String {
    format!(
        "<html><head><title>The pier</title></head><body><article>{body}<p>The crowd of about two hundred people stood \
         on the quay for a long time and then went home across the old bridge.</p></article></body></html>"
    )
}

#[test]
fn a_block_quotation_is_its_writers() {
    if let Some(told) = case("18-blockquote") {
        assert_eq!(told.says("Ilse Maren", "The fault is not with the crews"), "direct");
        told.says("council", "it regretted the decision");
    }
    let told = read(page(
        "<p>Bo Lund, the keeper of the lock, left on Monday. In a note to the council, he wrote:</p>\
         <blockquote><p>The gate is rotten. I have said so for ten years, and nobody came to see it.</p></blockquote>",
    ));
    told.says("Bo Lund", "nobody came to see it");
    let told = read(page(
        "<p>Ada Lind wrote to the crews on Friday: <blockquote>The pier will be shut. Nobody may stand on it.</blockquote> \
         The council said it would build a new one before the summer begins.</p>",
    ));
    told.says("Ada Lind", "Nobody may stand on it");
    told.says("council", "it would build a new one");
    let told = read(
        "# The lock\n\nTeo Vasca, the mayor, wrote:\n\n> The gate is safe. I walked over it on Monday.\n\n## More\n\nIt rained.\n",
    );
    told.says("Teo Vasca", "I walked over it");
}

#[test]
fn words_behind_elements_within_a_paragraph_stay() {
    if let Some(told) = case("19b-text-behind-inline-elements") {
        assert!(told.text().contains("at 9.40am on the towpath. “Boats may pass from Monday.”"), "{}", told.text());
        assert_eq!(told.said().len(), 3 + usize::from(told.said().len() > 3), "{:#?}", told.said());
        told.says("Mara Lind", "We found no crack");
        told.says("Jon Tarn", "the repair would cost ninety thousand crowns");
        told.says("water company", "it had agreed to pay half of it");
    }
    for (html, text) in [
        (
            "<p>Bo Lund <button>Follow</button> said the pier <x-tip>in Hale</x-tip> is shut.</p>",
            "Bo Lund Follow said the pier in Hale is shut.",
        ),
        ("<p>Ada Lind<iframe src=a>ad</iframe> said <q>no</q> to it, twice.</p>", "Ada Lind said “no” to it, twice."),
        (
            "<p>The mayor <picture><img src=a></picture>left <abbr>N.</abbr> on Mon<wbr>day.</p>",
            "The mayor left N. on Monday.",
        ),
    ] {
        let told = read(page(html));
        assert!(told.text().starts_with(text), "{}", told.text());
    }
}

#[test]
fn entities_that_a_feed_encodes_twice_are_read_once() {
    if let Some(told) = case("28-feed-twice-encoded") {
        assert_eq!(told.readings[0]["document"]["title"], "Rook: \"Ban stays\"");
        assert_eq!(told.says("Hedda Rook", "“We don't yield.”"), "direct");
        assert_eq!(told.readings.len(), 2);
    }
    let feed = |title: &str, text: &str| {
        format!(
            "<rss version=\"2.0\"><channel><title>Post</title><item><title>{title}</title><description>{text}</description></item></channel></rss>"
        )
    };
    let told =
        read(feed("R&amp;amp;D", "&amp;lt;p&amp;gt;Bo Lund said: &amp;amp;ldquo;No.&amp;amp;rdquo;&amp;lt;/p&amp;gt;"));
    assert_eq!((told.text(), told.readings[0]["document"]["title"].as_str()), ("Bo Lund said: “No.”", Some("R&D")));
    let told = read(feed("Ban", "&lt;p&gt;Five &amp;lt; six, Bo Lund said.&lt;/p&gt;"));
    assert_eq!(told.text(), "Five < six, Bo Lund said.");
    let told = read(feed("Ban", "Write &amp;lt;b&amp;gt; for bold, Bo Lund said."));
    assert!(told.text().contains("for bold"), "{}", told.text());
}

#[test]
fn letters_in_the_wrong_encoding_are_read_as_meant() {
    if let Some(told) = case("29-mojibake") {
        assert_eq!(told.says("Hedda Rook", "â€œWe wonâ€™t yield â€“ not now.â€"), "direct");
        told.says("René Høst", "the cafÃ© is closed");
    }
    if let Some(told) = case("29b-cp1252-undeclared") {
        assert_eq!(told.says("Hedda Rook", "“We won’t yield – not now.”"), "direct");
        told.says("René Høst", "“the café is closed”");
    }
    let twice = "Teo Vasca said: â€œThe ban wonâ€™t go.â€\u{9d} JosÃ© Lund agreed. It rained on the quay all day, and \
                 the crews went home to their beds.";
    let told = read(twice);
    assert_eq!(told.text(), twice, "the text stays as it is");
    assert_eq!(told.says("Teo Vasca", "The ban"), "direct");
    assert_eq!(read("JosÃ© Lund said the pier is shut.").said()[0].0, "José Lund");
    assert_eq!(
        read(b"Bo Lund said: \x93The pier won\x92t stay shut for long.\x94").says("Bo Lund", "won’t stay"),
        "direct"
    );
}

#[test]
fn quoted_lines_of_a_reply_belong_to_their_writer() {
    if let Some(told) = case("30-mail-reply") {
        told.says("Jon Tarn", "The gate is safe");
        told.says("Mara Lind", "no crack was found");
        assert!(told.said().iter().all(|(_, content, _)| !content.contains("Who did the test")), "{:#?}", told.said());
    }
    let told = read(samples::mail(
        "I doubt it.\n\nOn 3 Apr 2031, Bo Lund <lund@hale.example> wrote:\n> The pier is safe.\n> It will stay so.",
        None,
    ));
    told.says("Bo Lund", "It will stay so");
    let told = read(samples::mail(
        "Thanks.\n\nIlse Maren <maren@norrland.example> wrote:\n\n> The ban stays, Teo Vasca told me.",
        None,
    ));
    told.says("Ilse Maren", "The ban stays");
    told.says("Teo Vasca", "The ban stays");
    let told = read(samples::mail("The code was:\n> run it", None));
    assert!(told.said().is_empty(), "{:#?}", told.said());
}

#[test]
fn columns_of_a_pdf_are_read_in_their_order() {
    if let Some(told) = case("31-two-columns") {
        for words in ["engineers said on Monday", "the repair would cost", "an independent inquiry"] {
            assert!(told.text().contains(words), "{words}: {}", told.text());
        }
        assert!(!told.text().contains("HARBOUR POST") && !told.text().contains("- 3 -"), "{}", told.text());
        told.says("Mara Lind", "I would walk over it myself");
        told.says("Petra Olm", "a disgrace");
    }
    let columns = samples::pdf_at(&[vec![
        (60.0, 760.0, "Bo Lund said that the lock at"),
        (60.0, 746.0, "Hale had been shut since the"),
        (60.0, 732.0, "flood, and that it was to be"),
        (320.0, 760.0, "opened again on Friday. Petra"),
        (320.0, 746.0, "Olm, a boat owner, said it was"),
        (320.0, 732.0, "high time for that."),
    ]]);
    let whole = "Bo Lund said that the lock at Hale had been shut since the flood, and that it was to be opened again on Friday. \
                 Petra Olm, a boat owner, said it was high time for that.";
    assert_eq!(read(columns).text(), whole);
    let table = samples::pdf_at(&[vec![
        (60.0, 760.0, "Brel"),
        (320.0, 760.0, "open"),
        (60.0, 746.0, "Hale"),
        (320.0, 746.0, "shut"),
    ]]);
    assert_eq!(read(table).text(), "Brel open Hale shut");
    let hyphens =
        samples::pdf(&[&["The long-term plan is the long-", "term plan of the mini-", "ster, said Bo Lund."]]);
    assert_eq!(read(hyphens).text(), "The long-term plan is the long-term plan of the minister, said Bo Lund.");
}

#[test]
fn heads_and_feet_of_pages_are_no_text() {
    if let Some(told) = case("32-quotation-over-a-page-break") {
        told.says("Mara Lind", "and I would walk over it myself tomorrow,");
        assert!(!told.text().contains("Page 3 of 12") && !told.text().contains("4 April"), "{}", told.text());
    }
    let page = |number: &'static str, first: &'static str, last: &'static str| {
        vec![(60.0, 810.0, "Hale Gazette"), (60.0, 760.0, first), (60.0, 746.0, last), (290.0, 30.0, number)]
    };
    let two = samples::pdf_at(&[
        page("- 1 -", "Bo Lund said that the pier would have to be shut for", "the whole of the summer, and that he"),
        page("- 2 -", "could not say who was to pay for it.", "It rained."),
    ]);
    let told = read(two);
    assert!(told.text().contains("that he could not say who was to pay for it."), "{}", told.text());
    assert!(!told.text().contains("Gazette") && !told.text().contains("- 1 -"), "{}", told.text());
    let year = samples::pdf(&[&["The pier was built in", "2031", "and shut soon after, said Bo Lund, who keeps it."]]);
    assert!(read(year).text().contains("built in 2031 and shut"));
    let short = samples::pdf(&[&["The ban stays, said Bo Lund."]]);
    assert_eq!(read(short).text(), "The ban stays, said Bo Lund.");
}

#[test]
fn rows_with_holes_lose_no_other() {
    if let Some(told) = case("35-rows-with-holes") {
        let ids: Vec<&str> = told.readings.iter().filter_map(|r| r["document"]["id"].as_str()).collect();
        for id in ["n3", "n4", "n4-2", "5", "n6", "n8", "n9"] {
            assert!(ids.contains(&id), "{id}: {ids:?}");
        }
        assert!(told.errors.contains("byte 0: has no text in its column text"), "{}", told.errors);
    }
    let ids = |rows: &str| {
        let told = read(rows);
        let ids = told.readings.iter().map(|r| r["document"]["id"].as_str().unwrap_or_default().to_owned());
        (ids.collect::<Vec<_>>(), told.errors)
    };
    let (found, errors) = ids(
        "{\"id\": \"a\"}\n{\"id\": \"b\", \"text\": {\"x\": 1}}\n{\"id\": \"c\", \"text\": \"Bo Lund said no.\"}\n",
    );
    assert_eq!(found, ["c"]);
    assert!(
        errors.contains("byte 0: has no column text") && errors.contains("has no text in its column text"),
        "{errors}"
    );
    let (found, errors) =
        ids("{\"id\": \"a\", \"story\": \"No.\"}\n{\"id\": \"b\", \"story\": \"Bo Lund said no.\"}\n");
    assert!(found.is_empty() && errors.matches("has no column").count() == 1, "{errors}");
    assert_eq!(ids("[{\"id\": \"a\", \"text\": null}, {\"id\": \"b\", \"text\": \"Bo Lund said no.\"}]").0, ["b"]);
}
