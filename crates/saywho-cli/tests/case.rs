//! Cases as users meet them: added to, asked, served, and killed.

mod common;
mod served;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{Folder, saywho, stdout};
use saywho_store::Store;
use serde_json::Value;
use served::Server;

fn accounts() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/accounts")
}

fn ask(db: &Path, args: &[&str]) -> String {
    stdout(saywho().args(args).arg("--db").arg(db))
}

#[test]
fn a_case_is_added_to_and_asked() {
    let folder = Folder::new();
    let db = folder.at("case.db");
    let add = || stdout(saywho().args(["add", "--model", "fast"]).arg(accounts()).arg("--db").arg(&db));
    assert!(add().starts_with("2 added, 0 with a new text, 0 unchanged, 0 not read"));
    assert!(add().starts_with("0 added, 0 with a new text, 2 unchanged"), "unchanged documents are not read again");

    let found = ask(&db, &["search", "fishing", "--since", "2031-04", "--until", "2031"]);
    assert!(found.contains("2031-04-02") && found.contains("ban"), "{found}");
    assert_eq!(ask(&db, &["search", "fishing", "--until", "2030"]), "nothing found\n");
    // People are shown the words of the text, programs the act too.
    assert!(found.contains("  demanded  ") && !found.contains("demand  "), "{found}");
    let table = ask(&db, &["search", "fishing", "--format", "csv"]);
    assert!(
        table.starts_with("document,title,publisher,published,attribution,speaker,")
            && table.contains(",demand,affirmed,"),
        "{table}"
    );
    let json: Value = serde_json::from_str(&ask(&db, &["search", "fishing", "--format", "json"])).expect("JSON");
    assert_eq!(json["items"].as_array().map(Vec::len), json["total"].as_u64().map(|n| n as usize));
    assert!(ask(&db, &["speakers", "maren", "--format", "csv"]).starts_with("id,name,kind,side"));
    assert!(ask(&db, &["timeline", "Vasca", "ban, sea"]).contains("wording"));
    let talks = ask(&db, &["conversations"]);
    assert!(talks.contains("norrland, ") && talks.contains("Ilse Maren (Norrland)"), "{talks}");
    assert!(ask(&db, &["stats"]).contains("share of words"));
}

#[test]
fn what_is_no_case_is_named() {
    let folder = Folder::with(&[("note.txt", b"no database")]);
    let failed = |db: &str| {
        let output = saywho().args(["search", "x", "--db"]).arg(folder.at(db)).assert().code(1).get_output().clone();
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(failed("missing.db").contains("saywho add"));
    assert!(failed("note.txt").contains("no saywho database"));
    saywho().args(["serve", "--listen", "0.0.0.0:0"]).assert().code(1);
}

#[test]
fn a_killed_server_loses_nothing_that_it_acknowledged() {
    kill_and_look(20, 1000);
}

#[test]
#[ignore = "takes minutes"]
fn a_server_killed_a_hundred_times_loses_nothing_that_it_acknowledged() {
    kill_and_look(100, 5000);
}

/// Kills a server so often while it is given so many documents, then lets it take the rest.
fn kill_and_look(kills: usize, documents: usize) {
    let folder = Folder::new();
    let db = folder.at("case.db");
    let (mut acknowledged, mut next) = (Vec::new(), 0);
    // Moments that differ from run to run.
    let mut chance = u64::from(std::process::id());
    for round in 0..=kills {
        let mut server = Server::start(&db);
        let killer = server.process.id();
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let after = Duration::from_millis(20 + (chance >> 33) % 400);
        let killed = (round < kills).then(|| {
            std::thread::spawn(move || {
                std::thread::sleep(after);
                Command::new("kill").args(["-9", &killer.to_string()]).status()
            })
        });
        // Some are left for the last round.
        while next < documents - usize::from(killed.is_some()) {
            match server.add(next) {
                Some(id) => acknowledged.push(id),
                None => break,
            }
            next += 1;
        }
        if let Some(killed) = killed {
            let _ = killed.join().expect("killed");
            let _ = server.process.wait();
        }
        drop(server);
        let store = Store::open(&db).expect("opened again");
        assert_eq!(store.check().expect("checked"), "ok");
        for id in &acknowledged {
            assert!(
                store.document(*id).is_ok_and(|document| !document.reading.attributions.is_empty()),
                "document {id}"
            );
        }
    }
    assert_eq!(acknowledged.len(), documents);
}

#[test]
fn what_a_document_holds_cannot_rewrite_the_terminal() {
    let name = "\u{202e}Ilse\u{1b}[2J Maren";
    let text = format!(
        "“We agree to lift \u{1b}[31mthe ban\u{9b}1m\u{202e},” {name} said on Monday. “We agree,” {name} said. {}",
        "Nobody else spoke on that day. ".repeat(40)
    );
    let folder = Folder::with(&[("odd\u{1b}[31m.txt", text.as_bytes())]);
    let db = folder.at("case.db");
    saywho()
        .args(["add", "--model", "fast"])
        .arg(folder.at("odd\u{1b}[31m.txt"))
        .arg("--db")
        .arg(&db)
        .assert()
        .success();
    let is_safe = |told: &str| !told.contains(|c: char| c.is_control() && c != '\n' || "\u{202e}\u{9b}".contains(c));
    let found = ask(&db, &["search", "ban"]);
    assert!(found.contains("\u{fffd}[31mthe ban") && is_safe(&found), "{found:?}");
    for args in [vec!["timeline", "1"], vec!["speakers"], vec!["stats"], vec!["conversations"]] {
        let told = ask(&db, &args);
        assert!(is_safe(&told), "{args:?}: {told:?}");
    }
    let read = stdout(saywho().args(["read", "--model", "fast"]).arg(folder.at("odd\u{1b}[31m.txt")));
    assert!(is_safe(&read), "{read:?}");
    assert!(ask(&db, &["search", "ban", "--format", "csv"]).contains("\u{1b}[31mthe ban"), "programs get it as it is");
    let failed = saywho().args(["read", "missing\u{1b}[31m.txt"]).assert().code(1).get_output().stderr.clone();
    assert!(is_safe(&String::from_utf8_lossy(&failed)));
}

#[test]
fn numbers_and_questions_beyond_all_measure_are_told() {
    let folder = Folder::new();
    let db = folder.at("case.db");
    let add =
        saywho().args(["add", "--model", "fast", "--jobs", "100000"]).arg(accounts()).arg("--db").arg(&db).assert();
    let told = String::from_utf8_lossy(&add.success().get_output().stderr).into_owned();
    assert!(told.contains("--jobs 100000 is too much here"), "{told}");
    let search = saywho().arg("search").args(vec!["ban"; 1000]).arg("--db").arg(&db).assert().code(1);
    let told = String::from_utf8_lossy(&search.get_output().stderr).into_owned();
    assert!(told.contains("at most 100 words"), "{told}");
    ask(&db, &["search", "ban", "--limit", &usize::MAX.to_string()]);
}

/// Answers questions for a feed: with one entry, then that nothing has changed, then with two. Gives its address.
fn feed() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/rss", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for (asked, stream) in (1..).zip(listener.incoming()) {
            let mut stream = stream.expect("a connection");
            let mut question = BufReader::new(stream.try_clone().expect("the same"));
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") && question.read_line(&mut head).expect("a line") > 0 {}
            let knows = head.to_lowercase().contains("if-none-match: \"one\"");
            let answer = match asked {
                2 if knows => "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_owned(),
                _ => {
                    let entry = |n: usize| {
                        let text = format!("“We agree to hand over list {n},” Ilse Maren said on Monday.");
                        format!("<item><link>https://strait.example/{n}</link><description>{text}</description></item>")
                    };
                    let entries: String = (0..if asked > 2 { 2 } else { 1 }).map(entry).collect();
                    let body =
                        format!("<rss version=\"2.0\"><channel><title>The Strait</title>{entries}</channel></rss>");
                    let head = format!("Content-Length: {}\r\nETag: \"one\"\r\nConnection: close", body.len());
                    format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{body}")
                }
            };
            stream.write_all(answer.as_bytes()).expect("answered");
        }
    });
    address
}

#[test]
fn a_feed_that_is_down_is_named() {
    let folder = Folder::new();
    // Port 9 throws away what it gets, where anybody listens at all.
    let add =
        saywho().args(["add", "--feed", "http://127.0.0.1:9/rss", "--db"]).arg(folder.at("case.db")).assert().code(1);
    let told = String::from_utf8_lossy(&add.get_output().stderr).into_owned();
    assert!(told.contains("http://127.0.0.1:9/rss: gave no answer") && told.contains("opens in a browser"), "{told}");
}

#[test]
fn a_watched_folder_and_a_feed_fill_a_case() {
    let folder = Folder::with(&[("incoming/first.txt", "“We agree,” Ilse Maren said.".as_bytes())]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_saywho"));
    command.args(["add", "--watch", "--poll", "1", "--model", "fast", "--feed", &feed()]);
    command.arg(folder.at("incoming")).arg("--db").arg(folder.at("case.db"));
    let mut process = command.stdout(Stdio::piped()).spawn().expect("started");
    let mut told = BufReader::new(process.stdout.take().expect("piped")).lines().map(|line| line.expect("a line"));
    let first = told.next().expect("the folder and the feed");
    assert!(first.starts_with("2 added, "), "{first}");
    let next = told.next().expect("the feed has a new entry");
    assert!(next.starts_with("1 added, 0 with a new text, 1 unchanged"), "{next}");
    std::fs::write(folder.at("incoming/second.txt"), "“We do not agree,” Oren Vasca said.").expect("written");
    assert!(told.any(|line| line.starts_with("1 added, 0 with a new text")), "the second file is read");
    process.kill().expect("killed");
    let _ = process.wait();
    assert_eq!(Store::open(&folder.at("case.db")).expect("opened").sums().expect("asked").documents, 4);
}
