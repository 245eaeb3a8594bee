//! Inputs made to do harm: the command lives, stays small, tells what it could not read, and reads the rest.

mod common;
#[path = "common/hostile.rs"]
mod hostile;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use common::{Folder, saywho, stdout};

const ORDINARY: &str = "“The ban stays,” Ilse Maren of Norrland told Teo Vasca of Sudovia on Friday.";

/// Bytes in memory of a process and of those it has started.
fn memory(process: u32) -> u64 {
    let pages = |folder: &Path| {
        let told = fs::read_to_string(folder.join("statm")).unwrap_or_default();
        told.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0)
    };
    let of = |folder: &Path| {
        let told = fs::read_to_string(folder.join("stat")).unwrap_or_default();
        // Behind the name in parentheses: the state, and the process that started it.
        let parent = told.rsplit_once(") ").and_then(|(_, rest)| rest.split(' ').nth(1)?.parse::<u32>().ok());
        parent == Some(process) || folder.ends_with(process.to_string())
    };
    let all = fs::read_dir("/proc").into_iter().flatten().flatten().map(|entry| entry.path());
    4096 * all.filter(|folder| of(folder)).map(|folder| pages(&folder)).sum::<u64>()
}

#[test]
fn hostile_inputs_of_every_kind_cost_no_more_than_themselves() {
    let folder = Folder::with(&[("in/zz-ordinary.txt", ORDINARY.as_bytes())]);
    let samples = hostile::samples();
    for (name, bytes) in &samples {
        fs::write(folder.at("in").join(name), bytes).expect("written");
    }
    let (out, told) = (folder.at("out.jsonl"), folder.at("told"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_saywho"))
        .args(["read", "--format", "jsonl", "--model", "fast", "--any-language", "--jobs", "2", "--output"])
        .args([&out, &folder.at("in")])
        .stderr(fs::File::create(&told).expect("a file"))
        .stdin(Stdio::null())
        .spawn()
        .expect("started");
    let mut most = 0;
    let status = loop {
        match child.try_wait().expect("a status") {
            Some(status) => break status,
            None => most = most.max(memory(child.id())),
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    };
    let (out, told) = (fs::read_to_string(out).expect("readings"), fs::read_to_string(told).expect("errors"));
    eprintln!("{} MiB at most", most >> 20);
    assert_eq!(status.code(), Some(1), "{told}");
    assert!(most < 1 << 30, "{} MiB", most >> 20);
    assert!(out.lines().last().is_some_and(|last| last.contains("zz-ordinary.txt") && last.contains("The ban stays")));
    for (name, _) in &samples {
        let place = folder.at("in").join(name).display().to_string();
        assert!(told.contains(&place) || out.contains(&place), "nothing is told of {name}: {told}");
    }
    for bounded in ["draws-itself.pdf", "draws-itself-form.pdf", "two-filters.pdf", "two-thousand-times.pdf", "lzw.pdf"]
    {
        let line = told.lines().find(|line| line.contains(bounded)).unwrap_or_else(|| panic!("{bounded}: {told}"));
        assert!(line.contains("made the reader of PDF"), "{line}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_folder_is_passed_over_and_one_that_is_named_is_read() {
    let folder = Folder::with(&[("in/note.txt", ORDINARY.as_bytes())]);
    let pipe = folder.at("in/pipe.txt");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let done = saywho().args(["read", "--model", "fast", "--format", "jsonl"]).arg(folder.at("in")).assert().code(1);
    let told = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
    assert!(told.contains("pipe.txt: is a pipe, not a file, and was passed over"), "{told}");
    assert!(String::from_utf8_lossy(&done.get_output().stdout).contains("The ban stays"));

    let mut writer = Command::new("sh")
        .args(["-c", "cat \"$0\" > \"$1\""])
        .args([&folder.at("in/note.txt"), &pipe])
        .spawn()
        .expect("sh");
    let read = stdout(saywho().args(["read", "--model", "fast", "--format", "jsonl"]).arg(&pipe));
    assert!(read.contains("The ban stays"), "{read}");
    assert!(writer.wait().expect("ended").success());
}

#[test]
fn text_can_be_forced_and_an_unknown_encoding_is_named() {
    let utf16: Vec<u8> = ORDINARY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folder = Folder::with(&[("note.txt", &utf16)]);
    let read = |more: &[&str]| {
        let mut command = saywho();
        command.args(["read", "--model", "fast", "--format", "jsonl"]).args(more).arg(folder.at("note.txt"));
        command
    };
    let done = read(&[]).assert().code(1);
    let told = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
    assert!(told.contains("--text") && told.contains("--encoding"), "{told}");
    assert!(stdout(&mut read(&["--encoding", "utf-16le"])).contains("The ban stays"));
    assert!(stdout(&mut read(&["--text", "--any-language"])).contains("T\\u0000h\\u0000e"));
    let done = read(&["--encoding", "utf-12"]).assert().code(2);
    assert!(String::from_utf8_lossy(&done.get_output().stderr).contains("there is no encoding of this name"));
}

/// A document that takes more memory than there is ends the process; the run that goes on passes over it.
#[cfg(target_os = "linux")]
#[test]
fn bulk_passes_over_a_document_that_has_ended_it() {
    let huge = format!("<html><body>{}</body></html>", "<p>a".repeat(15 << 20));
    let folder = Folder::with(&[
        ("in/a.txt", ORDINARY.as_bytes()),
        ("in/m.html", huge.as_bytes()),
        ("in/z.txt", "Teo Vasca of Sudovia told reporters in Brel that the talks would go on.".as_bytes()),
    ]);
    let bulk = || {
        Command::new("sh")
            .args(["-c", "ulimit -v 1500000; exec \"$0\" \"$@\""])
            .args([env!("CARGO_BIN_EXE_saywho"), "bulk", "--model", "fast", "--any-language", "--jobs", "2", "--out"])
            .args([folder.at("out"), folder.at("in")])
            .output()
            .expect("a shell")
    };
    let first = bulk();
    assert_eq!(first.status.code(), None, "{}", String::from_utf8_lossy(&first.stderr));
    let second = bulk();
    assert_eq!(second.status.code(), Some(1), "{}", String::from_utf8_lossy(&second.stderr));
    let summary = fs::read_to_string(folder.at("out/summary.json")).expect("a summary");
    let summary: serde_json::Value = serde_json::from_str(&summary).expect("JSON");
    assert_eq!((summary["documents"].as_u64(), summary["errors"].as_u64()), (Some(2), Some(1)));
    assert!(!folder.at("out/.under-way").exists());
}
