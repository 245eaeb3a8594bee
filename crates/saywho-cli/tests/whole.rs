//! A case is one file: whole after every end, asked where nothing can be written, and unharmed by a full disk.

#![cfg(unix)]

mod common;
mod served;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use common::{Folder, saywho, stdout};
use saywho_store::{Question, Store};
use served::Server;

fn note(number: usize) -> String {
    format!("“We agree to hand over list {number},” Ilse Maren said on Monday.")
}

fn notes(folder: &Folder, count: usize) -> PathBuf {
    fs::create_dir_all(folder.at("notes")).expect("made");
    for number in 0..count {
        fs::write(folder.at(&format!("notes/{number}.txt")), note(number)).expect("written");
    }
    folder.at("notes")
}

/// How many attributions a copy of the one file holds, without what may lie beside it.
fn in_a_copy(db: &Path) -> u64 {
    let folder = Folder::new();
    fs::copy(db, folder.at("copy.db")).expect("copied");
    let store = Store::open_to_ask(&folder.at("copy.db")).expect("a case");
    assert_eq!(store.check().expect("checked"), "ok");
    store.search(&Question { q: Some("list".into()), outer: true, ..Question::default() }).expect("asked").total
}

#[test]
fn after_add_one_file_holds_the_case() {
    let folder = Folder::new();
    let db = folder.at("case.db");
    saywho().args(["add", "--model", "fast"]).arg(notes(&folder, 20)).arg("--db").arg(&db).assert().success();
    assert_eq!(in_a_copy(&db), 20);
    stdout(saywho().args(["search", "list"]).arg("--db").arg(&db));
    assert!(!folder.at("case.db-wal").exists() && !folder.at("case.db-shm").exists());
}

#[test]
fn after_a_server_was_told_to_end_one_file_holds_the_case() {
    for signal in ["TERM", "INT"] {
        let folder = Folder::new();
        let db = folder.at("case.db");
        let mut server = Server::start(&db);
        for number in 0..20 {
            server.add(number).expect("kept");
        }
        assert!(told_to_end(&mut server.process, signal).success());
        assert_eq!(in_a_copy(&db), 20, "{signal}");
    }
}

#[test]
fn adding_that_is_told_to_end_leaves_one_file_with_all_that_it_kept() {
    for signal in ["TERM", "INT"] {
        let folder = Folder::new();
        let db = folder.at("case.db");
        let mut command = Command::new(env!("CARGO_BIN_EXE_saywho"));
        command.args(["add", "--watch", "--model", "fast"]).arg(notes(&folder, 10)).arg("--db").arg(&db);
        let mut watching = command.stdout(Stdio::null()).spawn().expect("started");
        wait_for(&db, 10);
        assert!(told_to_end(&mut watching, signal).success(), "that is how watching ends");
        assert_eq!(in_a_copy(&db), 10);

        let mut command = Command::new(env!("CARGO_BIN_EXE_saywho"));
        command.args(["add", "--model", "fast", "--jobs", "1"]).arg(notes(&folder, 3000)).arg("--db").arg(&db);
        let mut adding = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("started");
        wait_for(&db, 40);
        assert!(!told_to_end(&mut adding, signal).success(), "not all was read");
        let kept = in_a_copy(&db);
        assert!((40..3000).contains(&kept), "{kept}");
    }
}

/// Sends a signal to a process and waits for its end.
fn told_to_end(process: &mut Child, signal: &str) -> ExitStatus {
    let sent = Command::new("kill").args([&format!("-{signal}"), &process.id().to_string()]).status().expect("kill");
    assert!(sent.success());
    process.wait().expect("ended")
}

fn wait_for(db: &Path, documents: u64) {
    let begun = Instant::now();
    let there = || {
        db.exists() && Store::open_to_ask(db).is_ok_and(|store| store.sums().is_ok_and(|s| s.documents >= documents))
    };
    while !there() {
        assert!(begun.elapsed() < Duration::from_secs(300));
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The command as somebody for whom permissions hold, who is not root.
fn as_nobody(folder: &Folder, args: &[&str], db: &Path) -> Option<Output> {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    let binary = folder.at("saywho");
    if !binary.exists() {
        fs::copy(env!("CARGO_BIN_EXE_saywho"), &binary).expect("copied");
    }
    let mut command = match is_root {
        false => Command::new(&binary),
        true => {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&binary);
            command
        }
    };
    // Where there is no setpriv, root cannot be somebody else.
    let output = command.args(args).arg("--db").arg(db).output();
    if is_root { output.ok() } else { Some(output.expect("started")) }
}

#[test]
fn a_case_that_cannot_be_written_is_searched_and_not_added_to() {
    let folder = Folder::new();
    fs::set_permissions(folder.at(""), fs::Permissions::from_mode(0o755)).expect("set");
    let written = folder.at("case.db");
    saywho().args(["add", "--model", "fast"]).arg(notes(&folder, 3)).arg("--db").arg(&written).assert().success();

    let found = stdout(saywho().args(["search", "list", "--format", "csv"]).arg("--db").arg(&written));
    let each = (found.lines().count() - 1) / 3;

    // With what a run that was cut off leaves beside the file, and without.
    let cut_off = Server::start(&written);
    cut_off.add(7).expect("kept");
    drop(cut_off);
    for (kind, left_over, documents) in [("whole", false, 3), ("cut-off", true, 4)] {
        for (place, folder_mode, file_mode) in [("a", 0o555, 0o644), ("b", 0o755, 0o444), ("c", 0o555, 0o444)] {
            let there = folder.at(&format!("{kind}-{place}"));
            fs::create_dir(&there).expect("made");
            let db = there.join("a case?#%.db");
            fs::copy(&written, &db).expect("copied");
            fs::set_permissions(&db, fs::Permissions::from_mode(file_mode)).expect("set");
            if left_over {
                fs::copy(folder.at("case.db-wal"), there.join("a case?#%.db-wal")).expect("copied");
            }
            fs::set_permissions(&there, fs::Permissions::from_mode(folder_mode)).expect("set");
            let Some(output) = as_nobody(&folder, &["search", "list", "--format", "csv"], &db) else {
                return;
            };
            let (told, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            assert_eq!(told.lines().count(), 1 + documents * each, "{kind} {place}: {errors}");
            let notes = folder.at("notes").display().to_string();
            let output = as_nobody(&folder, &["add", "--model", "fast", &notes], &db).expect("started");
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.code() == Some(1) && errors.contains("must be writable"), "{kind} {place}: {errors}");
            fs::set_permissions(&there, fs::Permissions::from_mode(0o755)).expect("set");
        }
    }
}

#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let folder = Folder::new();
    let db = folder.at("case.db");
    // Files that may not grow are what a test can have of a full disk; a shell that does not heed the signal hands that on.
    let limited = |arguments: &str| {
        let mut command = Command::new("sh");
        let binary = env!("CARGO_BIN_EXE_saywho");
        command
            .arg("-c")
            .arg(format!("trap '' XFSZ; ulimit -f 1200; exec '{binary}' {arguments} --db '{}'", db.display()));
        command
    };
    let mut server = Server::of(limited("serve --model fast --listen 127.0.0.1:0"));
    let mut acknowledged = Vec::new();
    let refused = (0..5000).find_map(|number| match server.answer(number).expect("an answer") {
        (200, answer) => {
            acknowledged.push(answer["documents"][0]["id"].as_i64().expect("a number"));
            None
        }
        other => Some(other),
    });
    let (status, problem) = refused.expect("no room in the end");
    assert_eq!(status, 507, "{problem}");
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("full")), "{problem}");
    assert!(told_to_end(&mut server.process, "TERM").success());
    assert!(server.log().contains("full"), "whoever runs the server learns it");
    let holds_all = || {
        let store = Store::open(&db).expect("a case");
        assert_eq!(store.check().expect("checked"), "ok");
        assert!(acknowledged.iter().all(|id| store.document(*id).is_ok()));
    };
    holds_all();
    let adding = limited(&format!("add --model fast '{}'", notes(&folder, 5000).display())).output().expect("started");
    let told = String::from_utf8_lossy(&adding.stderr).into_owned();
    assert!(adding.status.code() == Some(1) && told.contains("full"), "{told}");
    holds_all();
}
