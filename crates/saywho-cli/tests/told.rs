//! What is told of documents, and what they tell of themselves: title, authors, publisher and day, and the days that follow from
//! it. The cases of the shared data are read from there, and pass where it is not.

mod common;

use std::path::Path;

use common::{Folder, saywho, stdout};
use saywho::Document;
use saywho_ingest::{Options, documents_in, documents_in_file};
use serde_json::{Value, json};

/// The one document of a case, if the shared data is there.
fn case(name: &str) -> Option<Document> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases").join(name).with_extension("txt");
    path.exists().then(|| documents_in_file(&path, &Options::default()).remove(0).expect("a document"))
}

/// What `saywho read` prints of this input as JSON.
fn read(input: &str, args: &[&str]) -> Value {
    let folder = Folder::with(&[("input.txt", input.as_bytes())]);
    let told =
        stdout(saywho().args(["read", "--format", "jsonl", "--model", "fast"]).args(args).arg(folder.at("input.txt")));
    serde_json::from_str(&told).expect("JSON")
}

/// (words, day) for all days that a reading tells.
fn days(reading: &Value) -> Vec<(String, String)> {
    let text: Vec<char> = reading["document"]["text"].as_str().expect("a text").chars().collect();
    let place = |day: &Value, key: &str| usize::try_from(day[key].as_u64().expect("a number")).expect("small");
    let days = reading["document"]["dates"].as_array().into_iter().flatten();
    days.map(|day| {
        let words = text[place(day, "start")..place(day, "end")].iter().collect();
        (words, day["date"].as_str().expect("a date").to_owned())
    })
    .collect()
}

fn page(body: &str) -> Document {
    let filler =
        "The crowd of about two hundred people cheered for a long time and then went home across the old bridge.";
    let page = format!("<html><head><title>Pier safe</title></head><body>{body}<p>{filler}</p></body></html>");
    documents_in(page.as_bytes(), None, &Options::default()).remove(0).expect("a page")
}

#[test]
fn case_12_days_of_the_week_are_counted_from_the_day_of_publication() {
    if let Some(document) = case("12-weekday-of-publication") {
        let row = json!({"date": document.published, "text": document.text}).to_string();
        let found: Vec<String> = days(&read(&row, &[])).into_iter().map(|(_, day)| day).collect();
        assert_eq!(found, ["2031-04-04", "2031-04-03", "2031-04-08", "2031-04-06", "2031-03-28"]);
    }
    // 10 September 2031 is a Wednesday.
    for (text, want) in [
        ("Last Wednesday Ilse Maren said that the ban stays.", vec![("Last Wednesday", "2031-09-03")]),
        (
            "The port closed on Friday last week, Teo Vasca said on Wednesday.",
            vec![("Friday last week", "2031-09-05"), ("Wednesday", "2031-09-10")],
        ),
        (
            "Maren told them on Monday evening last week that they would meet on Sunday next week.",
            vec![("Monday evening last week", "2031-09-01"), ("Sunday next week", "2031-09-21")],
        ),
    ] {
        let want: Vec<(String, String)> = want.into_iter().map(|(words, day)| (words.into(), day.into())).collect();
        assert_eq!(days(&read(text, &["--date", "Wed, 10 Sep 2031 08:00:00 GMT"])), want, "{text}");
    }
}

#[test]
fn case_26_bylines_name_persons_and_a_day() {
    if let Some(document) = case("26-bylines") {
        assert_eq!(document.authors, ["Abby Norby", "Toby Derby"]);
        assert_eq!(document.published.as_deref(), Some("2031-04-03"));
    }
    let of = |body: &str| {
        let document = page(body);
        (document.authors, document.published)
    };
    let want =
        |names: &[&str], day: &str| (names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>(), Some(day.to_owned()));
    let text = "<p>The ferry company said on Monday that the boats sail again, and that tickets stay as they were.</p>";
    assert_eq!(
        of(&format!(
            "<article><div class=byline>By ADA LIND, Chief Political Correspondent<br>Published 2 May 2031</div>{text}</article>"
        )),
        want(&["ADA LIND"], "2031-05-02")
    );
    assert_eq!(
        of(&format!(
            "<main><span class='author-name'>Ada Lind</span> <span class='publish-date'>Fri, 2 May 2031 08:00</span>{text}</main>\
             <aside><p class=byline>By Bo Tarn</p></aside>"
        )),
        want(&["Ada Lind"], "2031-05-02")
    );
    let rows = format!(
        "{}\n",
        json!({"text": "Maren said no.", "byline": "By Ada Lind & Bo Tarn in Brel", "date": "May 2, 2031"})
    );
    let row = documents_in(rows.as_bytes(), None, &Options::default()).remove(0).expect("a row");
    assert_eq!((row.authors, row.published), want(&["Ada Lind", "Bo Tarn"], "2031-05-02"));
}

#[test]
fn case_61_a_year_within_the_text_is_no_day_of_publication() {
    if let Some(document) = case("61-year-in-the-text") {
        assert_eq!(document.published, None);
    }
    for sentence in [
        "Teo Vasca, born on 3 May 1971, said on Monday that the pier was safe and that it would be opened soon.",
        "The pier of 1887 was rebuilt on January 5, 2020, the harbour office said, and it cost more than was planned.",
        "Between 2015 and 2018 nobody repaired the pier, Ilse Maren said, because nobody had been asked to pay for it.",
    ] {
        assert_eq!(
            page(&format!("<article><h1>Pier safe</h1><p>{sentence}</p></article>")).published,
            None,
            "{sentence}"
        );
    }
}

#[test]
fn what_the_command_line_tells_goes_before_what_the_document_tells() {
    let row = json!({"text": "Maren said no on Friday.", "title": "Ban", "author": "Bo Tarn", "date": "2031-01-01"})
        .to_string();
    let args = [
        "--title",
        "No",
        "--author",
        "Ada Lind",
        "--author",
        "Jon Berg",
        "--publisher",
        "Harbour Post",
        "--date",
        "April 5th, 2031",
    ];
    let reading = read(&row, &args);
    let document = &reading["document"];
    assert_eq!((&document["title"], &document["publisher"]), (&json!("No"), &json!("Harbour Post")));
    assert_eq!(
        (&document["authors"], &document["published"]),
        (&json!(["Ada Lind", "Jon Berg"]), &json!("2031-04-05"))
    );
    assert_eq!(days(&reading), [("Friday".into(), "2031-04-04".into())]);
}

#[test]
fn a_case_keeps_what_is_told() {
    let folder = Folder::with(&[("note.txt", b"Ilse Maren said on Friday that the ban stays.")]);
    let add = |date: &str| {
        let told = ["--publisher", "Harbour Post", "--author", "Ada Lind", "--date", date];
        let paths = [folder.at("note.txt"), folder.at("case.db")];
        stdout(saywho().args(["add", "--model", "fast"]).args(told).arg(&paths[0]).arg("--db").arg(&paths[1]))
    };
    assert!(add("5 April 2031").starts_with("1 added"));
    assert!(add("2031/04/05").starts_with("0 added, 0 with a new text, 1 unchanged"), "the same day in another form");
    let found = stdout(
        saywho()
            .args(["search", "ban", "--publisher", "Harbour Post", "--since", "2031-04-05"])
            .arg("--db")
            .arg(folder.at("case.db")),
    );
    assert!(found.contains("Ilse Maren"), "{found}");
}

#[test]
fn what_is_no_date_is_refused_by_name() {
    let folder = Folder::with(&[
        ("a.txt", b"Maren said no."),
        ("b.txt", b"Vasca said yes."),
        ("rows.jsonl", b"{\"text\": \"Maren said no.\", \"date\": \"04/05/2031\"}\n{\"text\": \"Vasca said yes.\", \"date\": 1933027200}\n"),
    ]);
    let output = |args: &[&str], paths: &[&str]| {
        let paths = paths.iter().map(|path| folder.at(path));
        saywho()
            .args(["read", "--format", "jsonl", "--model", "fast"])
            .args(args)
            .args(paths)
            .assert()
            .get_output()
            .clone()
    };
    let told = output(&["--date", "04/05/2031"], &["a.txt"]);
    let message = String::from_utf8_lossy(&told.stderr).into_owned();
    assert_eq!(told.status.code(), Some(2));
    assert!(message.contains("--date") && message.contains("write 2031-04-05 or 2031-05-04"), "{message}");
    let told = output(&["--title", "No"], &["a.txt", "b.txt"]);
    assert_eq!(told.status.code(), Some(2), "one title for two documents");
    let told = output(&[], &["rows.jsonl"]);
    let message = String::from_utf8_lossy(&told.stderr).into_owned();
    assert_eq!(told.status.code(), Some(1));
    assert!(message.contains("rows.jsonl, byte 0") && message.contains("04/05/2031"), "{message}");
    let rows: Vec<Value> =
        String::from_utf8_lossy(&told.stdout).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let published: Vec<&Value> = rows.iter().map(|row| &row["document"]["published"]).collect();
    assert_eq!(published, [&Value::Null, &json!("2031-04-04T00:00:00Z")], "both rows are read");
}
