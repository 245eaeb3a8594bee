//! The reports on a check made by hand: an article of an invented ferry, its transcript, and a release.

use saywho_contract::check::{Change, Check, Checked, Kind, Match, Passage, Role, SCHEMA, Verdict};
use saywho_report::{TextOptions, check_annotations, check_csv, check_html, check_json, check_text};

const ARTICLE: &str = "“We took this step lightly,” Signe Ahl said. “Port Velm is ready. The crossing is free,” said Per Rund.

“We took this step lightly” – Ms. Ahl’s words – “and the sea is wide,” she said. She said that a third less oil was burned.";
const TRANSCRIPT: &str =
    "MINISTER AHL: We did not take this step lightly. I say so twice: we took this step lightly, no.

RUND: Port Velm is ready.

MINISTER AHL: It burns a third less oil — «a third».";
const RELEASE: &str = "The crossing is free for those under twelve.";

fn checked(id: &str, role: Role, text: &str) -> Checked {
    Checked { id: id.into(), source: Some(format!("texts/{id}.txt")), role, text: text.into() }
}

/// The nth place (from 0) where the words stand.
fn nth(text: &str, words: &str, n: usize) -> (usize, usize) {
    let (start, _) = text.match_indices(words).nth(n).unwrap_or_else(|| panic!("{words:?} is not in the text"));
    (start, start + words.len())
}

fn found(document: usize, text: &str, words: &str, speaker: Option<&str>) -> Match {
    let (start, end) = nth(text, words, 0);
    Match { document, start, end, speaker: speaker.map(String::from) }
}

fn passage(id: &str, (start, end): (usize, usize), speaker: &str, verdict: Verdict) -> Passage {
    Passage {
        id: id.into(),
        document: 0,
        attribution: Some(format!("a{}", &id[1..])),
        group: None,
        start,
        end,
        quoted: true,
        speaker: Some(speaker.into()),
        verdict,
        meaning: false,
        changes: Vec::new(),
        matches: Vec::new(),
        confidence: 0.9,
    }
}

fn check() -> Check {
    let lost = Change {
        kind: Kind::Negation,
        start: nth(ARTICLE, "took", 0).0,
        end: nth(ARTICLE, "took", 0).1,
        document: 1,
        source_start: nth(TRANSCRIPT, "did not take", 0).0,
        source_end: nth(TRANSCRIPT, "did not take", 0).1,
    };
    let passages = vec![
        Passage {
            meaning: true,
            changes: vec![lost],
            matches: vec![found(1, TRANSCRIPT, "We did not take this step lightly", Some("MINISTER AHL"))],
            ..passage("p1", nth(ARTICLE, "We took this step lightly,", 0), "Signe Ahl", Verdict::Altered)
        },
        Passage {
            matches: vec![
                found(1, TRANSCRIPT, "Port Velm is ready", Some("RUND")),
                found(2, RELEASE, "The crossing is free", None),
            ],
            ..passage("p2", nth(ARTICLE, "Port Velm is ready. The crossing is free,", 0), "Per Rund", Verdict::Spliced)
        },
        Passage {
            group: Some("g1".into()),
            matches: vec![
                found(1, TRANSCRIPT, "we took this step lightly", Some("MINISTER AHL")),
                found(1, TRANSCRIPT, "took this step", Some("MINISTER AHL")),
            ],
            ..passage("p3", nth(ARTICLE, "We took this step lightly", 1), "Signe Ahl", Verdict::Exact)
        },
        Passage {
            group: Some("g1".into()),
            ..passage("p4", nth(ARTICLE, "and the sea is wide,", 0), "Signe Ahl", Verdict::NotFound)
        },
        Passage {
            quoted: false,
            matches: vec![found(1, TRANSCRIPT, "It burns a third less oil", Some("MINISTER AHL"))],
            ..passage("p5", nth(ARTICLE, "a third less oil was burned", 0), "Signe Ahl", Verdict::Supported)
        },
    ];
    let documents = vec![
        checked("article", Role::Article, ARTICLE),
        checked("transcript", Role::Source, TRANSCRIPT),
        checked("release", Role::Source, RELEASE),
    ];
    Check { schema: SCHEMA.into(), documents, passages }
}

/// The page without its style and script, which have no place in a snapshot.
fn body(page: &str) -> &str {
    &page[page.find("<body>").expect("a body")..page.find("<script>").expect("a script")]
}

/// What a reader of a text of the page sees: no tags, references resolved.
fn words_of(page: &str, nth: usize) -> String {
    let text = page.split("<div class=\"text\" dir=\"auto\">").nth(nth + 1).expect("a text");
    let text = text.split("</div>").next().expect("its end");
    let parts = text.split('<').enumerate().map(|(i, part)| match i {
        0 => part,
        _ => part.split_once('>').expect("a tag ends").1,
    });
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#13;", "\r"), ("&amp;", "&")];
    known.iter().fold(parts.collect(), |text: String, (reference, c)| text.replace(reference, c))
}

#[test]
fn text_for_people() {
    insta::assert_snapshot!("check_text", check_text(&check(), &TextOptions::default()));
}

#[test]
fn html_page() {
    let page = check_html(&check());
    insta::assert_snapshot!("check_html", body(&page));
    assert_eq!([0, 1, 2].map(|n| words_of(&page, n)), [ARTICLE, TRANSCRIPT, RELEASE], "the texts letter by letter");
}

#[test]
fn csv_table() {
    insta::assert_snapshot!("check_csv", check_csv(&check()).replace("\r\n", "\n"));
}

#[test]
fn web_annotations() {
    let json = check_annotations(&check());
    insta::assert_snapshot!("check_annotations", json);
    let collection: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let items = collection["first"]["items"].as_array().expect("items");
    assert_eq!((items.len(), &collection["total"]), (5, &5.into()));
    let quotes = |part: &serde_json::Value| {
        let quote = &part["selector"][1];
        ["prefix", "exact", "suffix"].map(|key| quote[key].as_str().unwrap_or_default()).concat()
    };
    for item in items {
        assert!(ARTICLE.contains(&quotes(&item["target"][0])));
        for body in item["body"].as_array().expect("bodies").iter().filter(|b| b["label"] == "source") {
            assert!(TRANSCRIPT.contains(&quotes(body)) || RELEASE.contains(&quotes(body)), "{body}");
        }
    }
}

#[test]
fn html_links_lead_somewhere_and_nowhere_else() {
    let page = check_html(&check());
    let targets: Vec<&str> = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(targets.len() > 10, "{}", targets.len());
    for target in targets {
        let id = target.strip_prefix('#').unwrap_or_else(|| panic!("{target} leaves the page"));
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{target}");
    }
    assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("url("));
}

#[test]
fn html_escapes_hostile_words_everywhere() {
    let evil = "</script><script>alert('1')</script>\"><img src=x onerror=alert(2)>";
    let mut check = check();
    for document in &mut check.documents {
        (document.id, document.source) = (evil.into(), Some(evil.into()));
    }
    check.documents[2].text = evil.into();
    for passage in &mut check.passages {
        (passage.id, passage.speaker) = (evil.into(), Some(evil.into()));
        passage.matches.iter_mut().for_each(|found| found.speaker = Some(evil.into()));
    }
    let page = check_html(&check);
    assert!(page.contains("&lt;img src=x") && !page.contains("<img"));
    assert_eq!((page.matches("<script>").count(), page.matches("</script>").count()), (1, 1));
    assert_eq!(words_of(&page, 2), evil);
}

#[test]
fn reports_hold_places_that_lie_on_no_text() {
    let mut broken = check();
    broken.passages[0].end = 9_999_999;
    broken.passages[1].matches[0].start = 9_999_999;
    broken.passages[2].start = 1;
    broken.passages[2].changes =
        vec![Change { kind: Kind::Omission, start: 2, end: 1, document: 1, source_start: 7, source_end: 9_999_999 }];
    assert_eq!(words_of(&check_html(&broken), 1), TRANSCRIPT);
    assert!(check_text(&broken, &TextOptions::default()).starts_with("5 passages"));
    assert!(check_csv(&broken).lines().count() > 5 && check_annotations(&broken).ends_with("}\n"));
}

#[test]
fn of_a_long_source_the_page_has_what_stands_about_the_places() {
    let mut long = check();
    let line = "Nothing of this is quoted anywhere, neither by the harbour nor by the ministry.\n";
    let before = line.repeat(20_000);
    long.documents[1].text = format!("{before}{TRANSCRIPT}\n{before}");
    for passage in &mut long.passages {
        passage.changes.clear();
        for found in passage.matches.iter_mut().filter(|found| found.document == 1) {
            (found.start, found.end) = (found.start + before.len(), found.end + before.len());
        }
    }
    let page = check_html(&long);
    let shown = words_of(&page, 1);
    assert!(shown.contains(TRANSCRIPT) && shown.len() < 10_000, "{}", shown.len());
    assert!(shown.starts_with(&format!("[…]{line}")) && shown.ends_with("[…]"));
}

#[test]
fn nothing_found_is_said() {
    let mut empty = check();
    empty.passages.clear();
    assert!(check_html(&empty).contains("No quotation and no report was found"));
    assert!(check_text(&empty, &TextOptions::default()).contains("no quotation and no report was found"));
    assert!(check_json(&empty).contains("\"passages\": []"));
}
