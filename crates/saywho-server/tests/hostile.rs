//! What clients do that want to fill or block the server, or just go away.

mod common;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::num::NonZeroUsize;
use std::time::Duration;

use common::{Served, small, until};
use saywho_server::Config;
use serde_json::json;

/// A request with so many documents of which no two are the same, named after where they begin to count.
fn many(first: usize, count: usize) -> String {
    let document = |i| json!({"text": small(i), "name": format!("n{i}")});
    json!({"documents": (first..first + count).map(document).collect::<Vec<_>>()}).to_string()
}

fn send(stream: &mut TcpStream, head: &str, body: &str) {
    let length = body.len();
    let request = format!(
        "{head}\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).expect("sent");
}

#[test]
fn methods_that_nobody_knows_are_counted_as_one() {
    let server = Served::usual();
    for number in 0..100 {
        assert_eq!(server.send(&format!("GRAB{number}"), "/v1/stats", &[], "").status, 405);
        server.send(&format!("GRAB{number}"), &format!("/nothing/{number}"), &[], "");
    }
    let told = server.get("/metrics").body;
    assert!(told.contains("method=\"other\",route=\"/v1/stats\",status=\"405\""), "{told}");
    assert!(!told.contains("GRAB") && !told.contains("nothing"), "{told}");
}

#[test]
fn half_sent_requests_keep_nobody_out_and_are_closed() {
    let silence = Duration::from_secs(1);
    let server = Served::with(|config| Config { connections: 20, silence, ..config });
    let mut slow: Vec<TcpStream> = (0..60).map(|_| server.connect()).collect();
    for stream in &mut slow {
        // The first ones were closed to make room for the last ones.
        let _ = stream.write_all(b"POST /v1/read HTTP/1.1\r\nHost: local");
    }
    assert_eq!(server.get("/health").status, 200);
    for mut stream in slow {
        let mut rest = Vec::new();
        // Ends because the server closes it, with or without a word.
        let _ = stream.read_to_end(&mut rest);
    }
}

#[test]
fn a_connection_that_asks_nothing_more_is_closed() {
    let server = Served::with(|config| Config { silence: Duration::from_millis(300), ..config });
    let mut stream = server.connect();
    send(&mut stream, "GET /health HTTP/1.1", "");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered and closed");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let server = Served::with(|config| Config { silence: Duration::from_millis(300), at_once: 1, ..config });
    let mut stream = server.connect();
    let head = "POST /v1/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf of it";
    stream.write_all(head.as_bytes()).expect("sent");
    assert_eq!(server.get("/v1/stats").status, 200, "a body that has not come takes no place");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered and closed");
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
}

#[test]
fn bodies_beyond_what_memory_bears_are_refused() {
    let server = Served::with(|config| Config { bodies: 4 << 10, ..config });
    assert_eq!(server.post("/v1/read", "text/plain", &"word ".repeat(2000)).status, 503);
    assert_eq!(server.post("/v1/read", "text/plain", &small(1)).status, 200);
}

#[test]
fn what_nobody_waits_for_any_more_is_not_read() {
    let server = Served::with(|config| Config { readers: NonZeroUsize::MIN, at_once: 2, ..config });
    let kept = || server.get("/health").json(200)["documents"].as_u64().expect("a number");
    for round in 0..3 {
        let before = kept();
        let mut stream = server.connect();
        send(&mut stream, "POST /v1/documents HTTP/1.1", &many(round * 2000, 2000));
        until(|| Some(kept()).filter(|now| *now > before));
        drop(stream);
        // There is one thread, and it has time for this; there are two places, and none is lost.
        assert_eq!(server.post("/v1/read", "text/plain", &small(1)).status, 200);
        assert!(kept() < before + 2000);
    }
}

#[test]
fn questions_beyond_all_measure_are_answered_with_what_may_be_asked() {
    let server = Served::usual();
    server.add("a", &small(1));
    let words = |count: usize| vec!["list"; count].join("+");
    let (long, letter) = (words(1000), "a".repeat(20_000));
    for path in [
        "attributions?q=",
        "attributions?issue=",
        "attributions?speaker=",
        "documents?q=",
        "entities?q=",
        "conversations?q=",
        "stats?q=",
    ] {
        for asked in [&long, &letter] {
            let problem = server.get(&format!("/v1/{path}{asked}")).json(400);
            assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("100 words")), "{problem}");
        }
        for odd in ["%00", "%22", "AND+OR+NOT", "NEAR(", "*", "(((", "-a+-b+c", "%25", "_", &words(100)] {
            let status = server.get(&format!("/v1/{path}{odd}")).status;
            assert!([200, 400].contains(&status), "{path}{odd}: {status}");
        }
    }
    let without = format!("list{}", "+-ship".repeat(98));
    assert_ne!(server.get(&format!("/v1/attributions?q={without}")).json(200)["total"], 0);
}

#[test]
fn what_is_kept_beside_documents_has_a_length() {
    let server = Served::usual();
    let document = server.add("a", &small(1));
    let long = "a".repeat(5000);
    let correct = |who: &str, name: &str| {
        let body = json!({"kind": "split", "document": document, "entity": "e1", "name": name, "who": who});
        server.post("/v1/corrections", "application/json", &body.to_string()).status
    };
    assert_eq!((correct(&long, "Jon Maren"), correct("Ada", &long), correct("Ada", "Jon Maren")), (400, 400, 201));
    assert_eq!(server.send("DELETE", &format!("/v1/corrections/1?who={long}"), &[], "").status, 400);
    for part in ["name", "title", "publisher", "published", "source"] {
        let body = json!({"text": small(2), part: long}).to_string();
        assert_eq!(server.post("/v1/documents", "application/json", &body).status, 400, "{part}");
    }
    assert_eq!(server.post(&format!("/v1/documents?name={long}"), "text/plain", &small(2)).status, 400);
}
