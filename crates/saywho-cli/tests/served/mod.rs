//! A server in a process of its own.

#![allow(dead_code, reason = "every file of tests uses a part of it")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;

use serde_json::Value;

/// A server that is killed at the end of the test.
pub struct Server {
    pub process: Child,
    address: String,
    said: Option<JoinHandle<String>>,
}

impl Server {
    pub fn start(db: &Path) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_saywho"));
        command.args(["serve", "--model", "fast", "--listen", "127.0.0.1:0", "--db"]).arg(db);
        Server::of(command)
    }

    /// A server that this command starts.
    pub fn of(mut command: Command) -> Server {
        let mut process = command.stderr(Stdio::piped()).spawn().expect("started");
        let mut said = BufReader::new(process.stderr.take().expect("piped"));
        let mut line = String::new();
        said.read_line(&mut line).expect("a line");
        let address = line.trim_start_matches("http://").split('/').next().unwrap_or_default().to_owned();
        let said = std::thread::spawn(move || said.lines().map_while(Result::ok).collect());
        Server { process, address, said: Some(said) }
    }

    /// What it has said on standard error, once it has ended.
    pub fn log(&mut self) -> String {
        self.said.take().expect("asked once").join().expect("heard")
    }

    /// Adds a document; `None` where the server died before it answered.
    pub fn add(&self, number: usize) -> Option<i64> {
        let (status, answer) = self.answer(number)?;
        answer["documents"][0]["id"].as_i64().filter(|_| status == 200)
    }

    /// What it answers to a document.
    pub fn answer(&self, number: usize) -> Option<(u16, Value)> {
        let body = format!("“We agree to hand over list {number},” Ilse Maren said on Monday.");
        self.send("text/plain", body.as_bytes())
    }

    /// What it answers to a body of this kind.
    pub fn send(&self, kind: &str, body: &[u8]) -> Option<(u16, Value)> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        let head = format!("POST /v1/documents HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        write!(stream, "{head}Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n", body.len()).ok()?;
        stream.write_all(body).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        Some((head.split(' ').nth(1)?.parse().ok()?, serde_json::from_str(body).ok()?))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGKILL: nothing is said goodbye to.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
