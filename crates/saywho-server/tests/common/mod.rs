//! A server on a port of its own, and as much HTTP as asking it takes.

#![allow(dead_code, reason = "every file of tests uses a part of it")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use saywho::{Reader, Weights};
use saywho_server::{Config, Server};
use saywho_store::Store;
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::oneshot;

/// A server that ends with the test.
pub struct Served {
    address: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    _folder: TempDir,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub body: String,
    headers: Vec<(String, String)>,
}

impl Served {
    /// With the usual settings.
    pub fn usual() -> Served {
        Served::with(|config| config)
    }

    /// With other settings.
    pub fn with(change: impl FnOnce(Config) -> Config) -> Served {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("case.db")).expect("a store");
        let config = change(Config::new("127.0.0.1:0".parse().expect("an address")));
        let reader = Reader::with_weights(Weights::Fast).expect("a reader");
        let server = Server::bind(config, reader, store).expect("listens");
        let address = server.address();
        let (end, told) = oneshot::channel();
        let run = move || {
            let ended = server.run(async {
                let _ = told.await;
            });
            ended.expect("served");
        };
        Served { address, end: Some(end), thread: Some(thread::spawn(run)), _folder: folder }
    }

    /// A connection for what is no proper request.
    pub fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).expect("connected")
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "")
    }

    pub fn post(&self, path: &str, kind: &str, body: &str) -> Answer {
        self.send("POST", path, &[("Content-Type", kind)], body)
    }

    /// Adds a document and tells its number.
    pub fn add(&self, name: &str, text: &str) -> i64 {
        let body = serde_json::json!({"name": name, "text": text}).to_string();
        let kept = self.post("/v1/documents", "application/json", &body).json(200);
        kept["documents"][0]["id"].as_i64().expect("a number")
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).expect("connected");
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request.push_str(&format!("Host: {}\r\n", self.address));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        // A server that refuses may close before it has read everything.
        let _ = stream.write_all(format!("{request}\r\n{body}").as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        Answer::of(&String::from_utf8_lossy(&answer))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.end.take().map(|end| end.send(()));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Answer {
    fn of(answer: &str) -> Answer {
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer, ""));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status");
        let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        let headers: Vec<_> = lines.filter_map(header).collect();
        let chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
        Answer { status, body: if chunked { joined(body) } else { body.to_owned() }, headers }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body, where the status is the one that is expected.
    pub fn json(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        serde_json::from_str(&self.body).expect("JSON")
    }
}

/// A body that came in chunks.
fn joined(body: &str) -> String {
    let (mut rest, mut whole) = (body, String::new());
    while let Some((size, behind)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        whole.push_str(behind.get(..size).unwrap_or_default());
        rest = behind.get(size + 2..).unwrap_or_default();
    }
    whole
}

/// Asks until there is an answer, for ten seconds at most.
pub fn until<T>(mut ask: impl FnMut() -> Option<T>) -> T {
    for _ in 0..200 {
        if let Some(answer) = ask() {
            return answer;
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("nothing within ten seconds");
}

/// A short text of which no two are the same.
pub fn small(number: usize) -> String {
    format!("“We agree to hand over list {number},” Ilse Maren said on Monday.")
}

pub fn example(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    std::fs::read_to_string(path).expect("the example")
}
