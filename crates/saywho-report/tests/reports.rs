//! The reports on a reading made by hand: two states that do not exist, a call, a chain of three sources.

use std::collections::BTreeMap;

use saywho_contract::reading::{
    Act, Attribution, AttributionType, Conversation, Document, Entity, EntityKind, Initiator, Issue, Medium, Polarity,
    Reading, Repair, SCHEMA, Span, Tone,
};
use saywho_report::{self as report, TextOptions};

const ARTICLE: &str = "Norrland’s foreign minister, Ilse Maren, spoke by telephone with her Sudovian colleague, Teo Vasca, on 3 May. \
The call came at the request of Sudovia, the Norrland foreign ministry said, and was “frank”.

Maren demanded that Vasca “lift the fishing ban by the end of the month”, the ministry said in a statement. \
She also warned him of “consequences” if the naval drills went on.

Kylie Brandt of Radio North reported that Vasca had told Maren the ban “was never meant to last” and that he believed \
both sides could agree on a date before the herring come back.

“We were surprised,” said two officials in Sudovia, who asked not to be named, “because the ban was never on the table.” \
They did not promise that the detained sailors would be home by summer.

Vasca denied that any of the sailors had been mistreated, and a diplomat hinted that lists might be exchanged.

The ministry informedthat a second call was planned.

Leave a comment
Your address will not be shown. Fields marked * must be filled in.
";

/// The nth place (from 0) where the words stand.
fn nth(text: &str, words: &str, n: usize) -> Span {
    let (start, _) = text.match_indices(words).nth(n).unwrap_or_else(|| panic!("{words:?} is not in the text"));
    Span::new(start, start + words.len())
}

/// Where a pattern stands in the text: the words within its brackets, or all of it where it has none.
fn place(text: &str, pattern: &str) -> Span {
    let whole = nth(text, &pattern.replace(['[', ']'], ""), 0);
    match (pattern.find('['), pattern.find(']')) {
        (Some(open), Some(close)) => Span::new(whole.start + open, whole.start + close - 1),
        _ => whole,
    }
}

fn entity(id: &str, name: &str, kind: EntityKind, roles: &[&str], side: Option<&str>) -> Entity {
    let roles = roles.iter().map(|role| role.to_string()).collect();
    Entity {
        id: id.into(),
        name: name.into(),
        kind,
        roles,
        side: side.map(String::from),
        mentions: vec![],
        members: Vec::new(),
        unnamed: None,
        ids: BTreeMap::new(),
    }
}

/// An attribution of the words at these [places](place); what is left out is affirmed, indirect and likely.
fn attribution(
    text: &str,
    id: &str,
    source: &str,
    cue: &str,
    content: &[&str],
    chain: &[&str],
    act: Act,
) -> Attribution {
    let find = |pattern: &&str| place(text, pattern);
    Attribution {
        id: id.into(),
        source: vec![find(&source)],
        cue: vec![find(&cue)],
        content: content.iter().map(find).collect(),
        kind: AttributionType::Indirect,
        speaker: chain.last().map(|id| id.to_string()),
        addressee: None,
        addressee_inferred: false,
        audience: None,
        conversation: None,
        inside: None,
        chain: chain.iter().map(|id| id.to_string()).collect(),
        via: None,
        act,
        polarity: Polarity::Affirmed,
        recipient: vec![],
        told: None,
        issue: None,
        confidence: 0.9,
    }
}

fn attributions(text: &str) -> Vec<Attribution> {
    let some = |id: &str| Some(id.to_string());
    let demanded = "Maren demanded that Vasca “lift the fishing ban by the end of the month”";
    let told = "Vasca had told Maren the ban “was never meant to last” and that he believed both sides could agree on a date before the herring come back";
    let base = |id, source, cue, content: &[&str], chain: &[&str], act| {
        attribution(text, id, source, cue, content, chain, act)
    };
    let believed = base(
        "a7",
        "that [he] believed",
        "believed",
        &["both sides could agree on a date before the herring come back"],
        &["brandt", "vasca", "vasca"],
        Act::Believe,
    );
    let mut ministry = base("a2", "the ministry", "[said] in a statement", &[demanded], &["ministry"], Act::Say);
    ministry.via = some("statement");
    let mut informed =
        base("a12", "The ministry", "informed", &["a second call was planned"], &["ministry"], Act::Inform);
    informed.confidence = 0.62;
    vec![
        Attribution {
            confidence: 0.94,
            ..base(
                "a1",
                "the Norrland foreign ministry",
                "ministry [said], and",
                &["The call came at the request of Sudovia", "was “frank”"],
                &["ministry"],
                Act::Say,
            )
        },
        Attribution { kind: AttributionType::Mixed, ..ministry },
        Attribution {
            kind: AttributionType::Mixed,
            addressee: some("vasca"),
            inside: some("a2"),
            issue: some("i1"),
            confidence: 0.97,
            ..base(
                "a3",
                "[Maren] demanded",
                "demanded",
                &["that Vasca “lift the fishing ban by the end of the month”"],
                &["ministry", "maren"],
                Act::Demand,
            )
        },
        Attribution {
            kind: AttributionType::Mixed,
            addressee: some("vasca"),
            issue: some("i2"),
            confidence: 0.91,
            ..base(
                "a4",
                "She",
                "warned",
                &["of “consequences” if the naval drills went on"],
                &["ministry", "maren"],
                Act::Warn,
            )
        },
        Attribution {
            kind: AttributionType::Mixed,
            ..base("a5", "Kylie Brandt of Radio North", "reported", &[told], &["brandt"], Act::Say)
        },
        Attribution {
            kind: AttributionType::Mixed,
            addressee: some("maren"),
            inside: some("a5"),
            issue: some("i1"),
            ..base(
                "a6",
                "[Vasca] had",
                "had told",
                &[&told["Vasca had told Maren ".len()..]],
                &["brandt", "vasca"],
                Act::Say,
            )
        },
        Attribution { inside: some("a6"), confidence: 0.78, ..believed },
        Attribution {
            kind: AttributionType::Direct,
            issue: some("i1"),
            confidence: 0.88,
            ..base(
                "a8",
                "two officials in Sudovia",
                "[said] two",
                &["We were surprised", "because the ban was never on the table"],
                &["officials"],
                Act::Say,
            )
        },
        Attribution {
            polarity: Polarity::Negated,
            confidence: 0.73,
            ..base(
                "a9",
                "They",
                "did not promise",
                &["that the detained sailors would be home by summer"],
                &["officials"],
                Act::Promise,
            )
        },
        Attribution {
            polarity: Polarity::Negated,
            ..base(
                "a10",
                "[Vasca] denied",
                "denied",
                &["any of the sailors had been mistreated"],
                &["vasca"],
                Act::Deny,
            )
        },
        Attribution {
            confidence: 0.41,
            ..base("a11", "a diplomat", "hinted", &["lists might be exchanged"], &["diplomat"], Act::Say)
        },
        informed,
    ]
}

fn reading() -> Reading {
    let text = ARTICLE;
    let litter = nth(text, "Leave a comment", 0);
    let glued = nth(text, "informedthat", 0);
    Reading {
        schema: SCHEMA.into(),
        document: Document {
            source: Some("examples/the call.txt".into()),
            title: Some("Ministers talk about the fishing ban".into()),
            publisher: Some("Harbour Post".into()),
            published: Some("2031-05-04".into()),
            language: Some("en".into()),
            boilerplate: vec![Span::new(litter.start, text.trim_end().len())],
            repairs: vec![Repair { start: glued.start, end: glued.end, to: "informed that".into() }],
            ..Document::from_text("call", text)
        },
        entities: vec![
            entity("maren", "Ilse Maren", EntityKind::Person, &["foreign minister"], Some("Norrland")),
            entity("vasca", "Teo Vasca", EntityKind::Person, &[], Some("Sudovia")),
            entity("ministry", "the Norrland foreign ministry", EntityKind::Organisation, &[], Some("Norrland")),
            entity("brandt", "Kylie Brandt", EntityKind::Person, &["Radio North"], None),
            entity("officials", "two officials in Sudovia", EntityKind::Unnamed, &[], Some("Sudovia")),
            entity("diplomat", "a diplomat", EntityKind::Unnamed, &[], None),
        ],
        attributions: attributions(text),
        conversations: vec![Conversation {
            id: "c1".into(),
            participants: vec!["maren".into(), "vasca".into()],
            medium: Medium::Telephone,
            initiator: Some(Initiator { side: "Sudovia".into(), according_to: vec!["ministry".into()] }),
            date: Some("2031-05-03".into()),
            tone: vec![Tone { words: "frank".into(), according_to: "ministry".into() }],
        }],
        issues: vec![
            Issue {
                id: "i1".into(),
                label: "fishing ban".into(),
                attributions: vec!["a3".into(), "a6".into(), "a8".into()],
            },
            Issue { id: "i2".into(), label: "naval drills".into(), attributions: vec!["a4".into()] },
        ],
    }
}

/// A reading of one attribution, said by an entity of this name.
fn single(text: &str, source: &str, cue: &str, content: &str) -> Reading {
    // Not by pattern: these words may hold brackets.
    let spans = |words: &str| vec![nth(text, words, 0)];
    let said = Attribution {
        source: spans(source),
        cue: spans(cue),
        content: spans(content),
        ..attribution(text, "a1", "", "", &[], &["e1"], Act::Say)
    };
    Reading {
        schema: SCHEMA.into(),
        document: Document::from_text("single", text),
        entities: vec![entity("e1", source, EntityKind::Person, &[], None)],
        attributions: vec![said],
        conversations: vec![],
        issues: vec![],
    }
}

fn shown(width: usize) -> String {
    report::text(&reading(), &TextOptions { colour: false, width })
}

#[test]
fn text_for_people() {
    insta::assert_snapshot!("text", shown(110));
}

#[test]
fn text_on_a_narrow_screen() {
    let narrow = shown(60);
    assert!(narrow.lines().all(|line| line.chars().count() <= 60), "{narrow}");
    insta::assert_snapshot!("text_narrow", narrow);
}

#[test]
fn text_colours_only_when_asked() {
    let coloured = report::text(&reading(), &TextOptions { colour: true, width: 110 });
    assert!(coloured.contains("\u{1b}["));
    let mut bare = String::new();
    for (i, part) in coloured.split("\u{1b}[").enumerate() {
        bare += if i == 0 { part } else { part.split_once('m').expect("an escape ends").1 };
    }
    assert_eq!(bare, shown(110));
}

#[test]
fn text_says_so_when_nothing_is_found() {
    let mut empty = single("It rained in Port Halden.", "It", "rained", "in Port Halden");
    empty.attributions.clear();
    insta::assert_snapshot!("text_empty", report::text(&empty, &TextOptions::default()));
}

#[test]
fn a_text_in_another_language_is_not_called_silent() {
    let mut french = single("Il pleut à Port Halden.", "Il", "pleut", "à Port Halden");
    french.attributions.clear();
    french.document.language = Some("fr".into());
    for shown in [report::text(&french, &TextOptions::default()), report::html(&french)] {
        assert!(shown.contains("this text is in another language (“fr”), and saywho reads English"), "{shown}");
        assert!(!shown.contains("ascribes no words"), "{shown}");
    }
}

#[test]
fn text_names_speakers_directly_where_no_side_is_known() {
    let reading = single("Ilse Maren said that it rained.", "Ilse Maren", "said", "that it rained");
    insta::assert_snapshot!("text_no_side", report::text(&reading, &TextOptions { colour: false, width: 80 }));
}

#[test]
fn text_lets_no_escape_reach_the_terminal() {
    let reading = single(
        "Ilse\u{1b}]0;x\u{7} said \u{202e}it\u{1b}[31m rained.",
        "Ilse\u{1b}]0;x\u{7}",
        "said",
        "\u{202e}it\u{1b}[31m rained",
    );
    let shown = report::text(&reading, &TextOptions::default());
    assert!(shown.contains("rained"));
    assert!(!shown.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{shown:?}");
}

#[test]
fn json_is_the_contract() {
    let pretty = report::json(&reading());
    insta::assert_snapshot!("json", pretty);
    let line = report::jsonl(&reading());
    assert_eq!(line.matches('\n').count(), 1);
    let parse = |json: &str| serde_json::from_str::<serde_json::Value>(json).expect("JSON");
    assert_eq!(parse(&pretty), parse(&line));
}

#[test]
fn offsets_point_at_the_words_claimed() {
    let text = "🐟🐟 «Cafe\u{301} Norrland» schrieb: Ilse Maren sagte „Åh, nej 👩‍👩‍👧“ – e\u{301}t c’est tout.";
    let mut reading = single(text, "Ilse Maren", "sagte", "Åh, nej 👩‍👩‍👧");
    reading.entities[0].mentions = vec![nth(text, "Cafe\u{301} Norrland", 0)];
    reading.document.boilerplate = vec![nth(text, "c’est tout", 0)];
    let json: serde_json::Value = serde_json::from_str(&report::json(&reading)).expect("JSON");
    let points: Vec<char> = json["document"]["text"].as_str().expect("a text").chars().collect();
    let words = |span: &serde_json::Value| -> String {
        let at = |key: &str| span[key].as_u64().expect("a number") as usize;
        points[at("start")..at("end")].iter().collect()
    };
    let found = &json["attributions"][0];
    assert_eq!(words(&found["source"][0]), "Ilse Maren");
    assert_eq!(words(&found["cue"][0]), "sagte");
    assert_eq!(words(&found["content"][0]), "Åh, nej 👩‍👩‍👧");
    assert_eq!(words(&json["entities"][0]["mentions"][0]), "Cafe\u{301} Norrland");
    assert_eq!(words(&json["document"]["boilerplate"][0]), "c’est tout");

    let page: serde_json::Value = serde_json::from_str(&report::annotations(&reading)).expect("JSON");
    let selector = &page["first"]["items"][0]["target"][0]["selector"];
    assert_eq!(words(&selector[0]), selector[1]["exact"].as_str().expect("words"));
    let row = report::csv_rows(&reading);
    let ends: Vec<usize> = row.trim_end().rsplit(',').take(2).map(|n| n.parse().expect("a number")).collect();
    assert_eq!(points[ends[1]..ends[0]].iter().collect::<String>(), "Åh, nej 👩‍👩‍👧");
}

#[test]
fn csv_table() {
    insta::assert_snapshot!("csv", (report::csv_header() + &report::csv_rows(&reading())).replace("\r\n", "\n"));
}

#[test]
fn csv_keeps_marks_commas_and_lines_within_a_field() {
    let reading = single("Ilse Maren said \"yes,\nno\".", "Ilse Maren", "said", "\"yes,\nno\"");
    let rows = report::csv_rows(&reading);
    assert!(rows.contains(",Ilse Maren,said,\"\"\"yes,\nno\"\"\","), "{rows}");
    assert!(rows.ends_with("\r\n"));
}

#[test]
fn web_annotations() {
    let json = report::annotations(&reading());
    insta::assert_snapshot!("annotations", json);
    let collection: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(collection["@context"], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(collection["first"]["partOf"], collection["id"]);
    let items = collection["first"]["items"].as_array().expect("items");
    assert_eq!(items.len() as u64, collection["total"].as_u64().expect("a number"));
    for item in items {
        assert_eq!(item["type"], "Annotation");
        for target in item["target"].as_array().expect("targets") {
            let quote = &target["selector"][1];
            let part = |key: &str| quote[key].as_str().expect("words");
            let whole = [part("prefix"), part("exact"), part("suffix")].concat();
            assert!(ARTICLE.contains(&whole), "{whole:?}");
        }
    }
}

#[test]
fn an_annotation_always_has_a_target() {
    let mut reading = single("Ilse Maren said no.", "Ilse Maren", "said", "no");
    reading.document.source = Some("https://example.org/a b?x=1".into());
    let target = |reading: &Reading| {
        let json: serde_json::Value = serde_json::from_str(&report::annotations(reading)).expect("JSON");
        json["first"]["items"][0]["target"][0].clone()
    };
    assert_eq!(target(&reading)["source"], "https://example.org/a%20b?x=1");
    reading.attributions[0].content.clear();
    assert_eq!(target(&reading)["selector"][1]["exact"], "said");
    reading.attributions[0].cue.clear();
    reading.attributions[0].source.clear();
    assert_eq!(target(&reading), "https://example.org/a%20b?x=1");
}

#[test]
fn html_page() {
    insta::assert_snapshot!("html", body(&report::html(&reading())));
}

/// The page without its style and script, which have no place in a snapshot.
fn body(page: &str) -> &str {
    let start = page.find("<body>").expect("a body");
    &page[start..page.find("<script>").expect("a script")]
}

/// What a reader of the article sees: no tags, references resolved.
fn article_text(page: &str) -> String {
    let (_, rest) = page.split_once("<article").expect("an article");
    let (_, rest) = rest.split_once('>').expect("its tag ends");
    let (article, _) = rest.split_once("</article>").expect("its end");
    let mut text = String::new();
    for (i, part) in article.split('<').enumerate() {
        text += if i == 0 { part } else { part.split_once('>').expect("a tag ends").1 };
    }
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#13;", "\r"), ("&amp;", "&")];
    known.iter().fold(text, |text, (reference, c)| text.replace(reference, c))
}

#[test]
fn html_keeps_the_text_letter_by_letter() {
    assert_eq!(article_text(&report::html(&reading())), ARTICLE);
    let spaced = "\r\n  Ilse Maren said  \t“no”.\r\n\r\n\n  <b>&amp;</b>  ";
    assert_eq!(article_text(&report::html(&single(spaced, "Ilse Maren", "said", "“no”"))), spaced);
}

#[test]
fn html_holds_overlapping_broken_and_identical_spans() {
    let mut tangled = reading();
    let text = tangled.document.text.clone();
    tangled.attributions[1].content = vec![nth(&text, "lift the fishing ban", 0), nth(&text, "Kylie", 0)];
    tangled.attributions[2].content = vec![nth(&text, "fishing ban by the end", 0)];
    tangled.attributions[3].content = tangled.attributions[2].content.clone();
    tangled.attributions[2].inside = Some("a4".into());
    tangled.attributions[3].inside = Some("a3".into());
    tangled.attributions[4].content =
        vec![Span { start: 3, end: 9_999_999 }, Span { start: 0, end: text.find('’').expect("a mark") + 1 }];
    let page = report::html(&tangled);
    assert_eq!(article_text(&page), ARTICLE);
    assert!(page.contains("data-a=\"4 3 2\"") || page.contains("data-a=\"3 4 2\""), "the shared words know all three");
    report::text(&tangled, &TextOptions::default());
    report::annotations(&tangled);
}

#[test]
fn html_escapes_hostile_words_everywhere() {
    let evil = "</script><script>alert('1')</script>\"><img src=x onerror=alert(2)>";
    let text = format!("{evil} said {evil}.");
    let mut reading = single(&text, evil, "said", evil);
    reading.document.id = evil.into();
    reading.document.source = Some("javascript:alert(3)".into());
    reading.document.publisher = Some(evil.into());
    reading.document.published = Some(evil.into());
    reading.document.language = Some(evil.into());
    reading.document.repairs =
        vec![Repair { start: 0, end: 2, to: evil.into() }, Repair { start: 4, end: 4, to: evil.into() }];
    reading.entities[0].roles = vec![evil.into()];
    reading.entities[0].side = Some(evil.into());
    reading.attributions[0].id = evil.into();
    reading.attributions[0].addressee = Some(evil.into());
    reading.attributions[0].chain = vec![evil.into(), "e1".into()];
    reading.attributions[0].via = Some(evil.into());
    reading.attributions[0].issue = Some("i1".into());
    reading.issues = vec![Issue { id: "i1".into(), label: evil.into(), attributions: vec![] }];
    reading.conversations = vec![Conversation {
        id: "c1".into(),
        participants: vec!["e1".into()],
        medium: Medium::Unknown,
        initiator: Some(Initiator { side: evil.into(), according_to: vec![evil.into()] }),
        date: Some(evil.into()),
        tone: vec![Tone { words: evil.into(), according_to: evil.into() }],
    }];
    let page = report::html(&reading);
    assert!(page.contains("&lt;img src=x"));
    assert!(!page.contains("<img"));
    assert!(!page.contains("href=\"javascript"));
    assert_eq!(page.matches("<script>").count(), 1, "the page's own script and no other");
    assert_eq!(page.matches("</script>").count(), 1);
    assert_eq!(article_text(&page), text);
}

#[test]
fn html_links_lead_somewhere_and_nowhere_else() {
    let page = report::html(&reading());
    let targets: Vec<&str> = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(targets.len() > 24, "{}", targets.len());
    for target in targets {
        let id = target.strip_prefix('#').unwrap_or_else(|| panic!("{target} leaves the page"));
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{target}");
    }
    assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("url("));
}
