//! Small inputs of the kinds that newsrooms have, read as the command reads them. The cases of the shared data are read from
//! there, and pass where it is not.

use std::path::Path;
use std::sync::LazyLock;

use saywho::reading::{Attribution, AttributionType};
use saywho::{Reader, Reading};
use saywho_ingest::{Options, documents_in_file};

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new().expect("the embedded weights"));

fn read(path: &Path) -> Reading {
    let document = documents_in_file(path, &Options::default()).remove(0).expect("a document");
    READER.worker().read(document)
}

/// The reading of a case, if the shared data is there.
fn case(name: &str) -> Option<Reading> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases").join(name).with_extension("txt");
    path.exists().then(|| read(&path))
}

fn page(html: &str) -> Reading {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("page.html");
    std::fs::write(&path, html).expect("written");
    read(&path)
}

/// (speaker, content, whether it lies in another) of all attributions.
fn said(reading: &Reading) -> Vec<(&str, String, bool)> {
    let name =
        |a: &Attribution| a.speaker.as_deref().and_then(|id| reading.entity(id)).map_or("nobody", |e| e.name.as_str());
    let words =
        |a: &Attribution| a.content.iter().map(|c| c.of(&reading.document.text)).collect::<Vec<_>>().join(" | ");
    let sure = reading.attributions.iter().filter(|a| a.confidence >= 0.5);
    sure.map(|a| (name(a), words(a), a.inside.is_some())).collect()
}

fn outermost<'s>(said: &'s [(&'s str, String, bool)]) -> Vec<(&'s str, &'s str)> {
    said.iter().filter(|(.., inside)| !inside).map(|(who, what, _)| (*who, what.as_str())).collect()
}

#[test]
fn case_22_labels_that_end_in_periods() {
    let Some(reading) = case("22-record-period-labels") else { return };
    let found = said(&reading);
    let want = [
        ("Tarn", "The figures are wrong."),
        ("presiding officer", "The member will stand."),
        ("Brill", "I was told by the clerk that the bill was printed an hour ago."),
        ("acting chair", "It was."),
    ];
    assert_eq!(outermost(&found), want);
    assert!(
        found
            .iter()
            .any(|(who, what, inside)| { *inside && who.ends_with("clerk") && what.contains("the bill was printed") })
    );
}

#[test]
fn case_45_posts() {
    let Some(reading) = case("45-tweet-emoji") else { return };
    let found = said(&reading);
    assert_eq!(found.iter().map(|row| row.0).collect::<Vec<_>>(), ["Jon Tarn", "Mara Lind"]);
    assert_eq!(found[0].1, "“We WON 🎉🎉 Thank you, North Vale! #brel”");
    let kinds: Vec<AttributionType> = reading.attributions.iter().map(|a| a.kind).collect();
    assert_eq!(kinds, [AttributionType::Direct, AttributionType::Mixed]);
}

#[test]
fn case_52_an_interview_in_bold() {
    let Some(reading) = case("52-bold-q-and-a") else { return };
    let found = said(&reading);
    let who: Vec<&str> = outermost(&found).iter().map(|row| row.0).collect();
    let (post, maren) = ("Harbour Post", "Ilse Maren");
    assert_eq!(who, [maren, post, maren, post, maren, post, maren]);
    assert!(found.iter().any(|(who, what, inside)| *inside && *who == "council" && what == "the state will pay"));
    assert!(reading.attributions.iter().all(|a| a.confidence < 1.0));
}

#[test]
fn case_56_a_caption() {
    let Some(reading) = case("56-caption") else { return };
    let found = said(&reading);
    let office: Vec<&str> = found.iter().filter(|row| row.0 == "harbour office").map(|row| row.1.as_str()).collect();
    let want = [
        "The pier at Brel was closed on Monday after a crack was found",
        "Ferries will leave from the north quay until further notice",
    ];
    assert_eq!(office, want);
}

#[test]
fn case_57_a_live_blog() {
    let Some(reading) = case("57-live-blog-times") else { return };
    assert_eq!(reading.document.title.as_deref(), Some("Rook: the ban stays"));
    let found = said(&reading);
    let has = |who: &str, what: &str| found.iter().any(|row| row.0 == who && row.1 == what);
    assert!(has("Hedda Rook", "that the ban will stay until May"), "{found:?}");
    assert!(has("Jon Tarn", "\"This is a black day for the coast.\""), "{found:?}");
    assert!(found.iter().any(|row| row.0 == "Petra Olm" && row.1.starts_with("The mood")), "{found:?}");
}

#[test]
fn case_58_a_letter() {
    let Some(reading) = case("58-letter-signature") else { return };
    assert_eq!(reading.document.authors, ["Otto Brul"]);
    let found = said(&reading);
    assert_eq!(
        outermost(&found),
        [("Your report", "the mill is for sale"), ("my father", "“you do not sell the well.”")]
    );
}

#[test]
fn case_60_a_headline_and_its_lead() {
    let Some(reading) = case("60-headline-and-lead") else { return };
    let found = said(&reading);
    let want = [("engineers", "The lock gate at North Vale is safe"), ("Mara Lind", "“We found no crack,”")];
    assert_eq!(outermost(&found), want);
}

#[test]
fn case_66_labels_that_come_once() {
    let Some(reading) = case("66-transcript-labels-that-come-once") else { return };
    let found = said(&reading);
    let who: Vec<&str> = outermost(&found).iter().map(|row| row.0).collect();
    assert_eq!(who, ["Tarn", "Brill", "Tarn", "Olm", "Tarn"]);
    let sure: Vec<bool> =
        reading.attributions.iter().filter(|a| a.inside.is_none()).map(|a| a.confidence == 1.0).collect();
    assert_eq!(sure, [true, false, true, false, true]);
}

#[test]
fn an_interview_as_a_page_has_it() {
    let reading = page(
        "<html><head><title>The keeper of the lock</title></head><body><article><h1>The keeper of the lock</h1>\
         <p>Bo Lund has kept the lock at Hale for eleven years, through two floods and one fire. He spoke to the Harbour Post.</p>\
         <p><b>Why is the lock shut?</b></p><p>The gate is bent. I saw it on Monday, and I sent the boats home before noon.</p>\
         <p><b>Who will mend it?</b></p><p>The council has promised a smith. I have not met him, and I do not know his name.</p>\
         </article></body></html>",
    );
    let found = said(&reading);
    let who: Vec<&str> = outermost(&found).iter().map(|row| row.0).collect();
    assert_eq!(who, ["Harbour Post", "Bo Lund", "Harbour Post", "Bo Lund"]);
}

#[test]
fn a_page_with_subheadings_and_a_table() {
    let reading = page(
        "<html><head><title>Pier shut</title></head><body><article><h1>Pier shut</h1>\
         <p>The pier at Hale was shut on Monday, the council said, after a week of rain and two days of high water.</p>\
         <h2>What the crews want</h2><p>The crews will wait until May, Ilse Maren said. They have nowhere else to go with their boats.</p>\
         <table><tr><td>Hale</td><td>shut</td></tr><tr><td>Brel</td><td>open</td></tr></table>\
         <p>The next meeting is on Friday at the town hall, and it is open to all who own a boat.</p></article></body></html>",
    );
    let found = said(&reading);
    let want = [("council", "The pier at Hale was shut on Monday"), ("Ilse Maren", "The crews will wait until May")];
    let found: Vec<(&str, &str)> =
        outermost(&found).into_iter().map(|(who, what)| (who, what.split(" | ").next().unwrap_or(what))).collect();
    assert_eq!(found, want);
}
