//! Feeds by their address: asked politely, whole or not at all.

use std::time::{Duration, Instant};

use saywho_ingest::{IngestError, Reason};
use ureq::http::{HeaderName, header};
use ureq::{Agent, Body, http::Response};

use crate::input::Input;

/// The longest that one feed may hold up the others.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a server says of what it sent, and with what it can be asked whether that has changed (RFC 9110, section 13.1).
const MARKS: [(HeaderName, HeaderName); 2] =
    [(header::ETAG, header::IF_NONE_MATCH), (header::LAST_MODIFIED, header::IF_MODIFIED_SINCE)];

/// Feeds that are asked again and again.
pub struct Feeds {
    agent: Agent,
    feeds: Vec<Feed>,
    every: Duration,
    asked: Option<Instant>,
    most_bytes: u64,
}

struct Feed {
    address: String,
    /// What goes with the next question.
    marks: Vec<(HeaderName, String)>,
}

impl Feeds {
    /// These addresses, asked no more often than `every`; of each answer at most so many bytes are taken.
    pub fn new(addresses: &[String], every: Duration, most_bytes: u64) -> Feeds {
        let agent = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .user_agent(concat!("saywho/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        let feeds = addresses.iter().map(|address| Feed { address: address.clone(), marks: Vec::new() }).collect();
        Feeds { agent, feeds, every, asked: None, most_bytes }
    }

    /// What those feeds say whose turn it is: an input for each that has changed or does not answer.
    pub fn due(&mut self) -> Vec<Input> {
        if self.asked.is_some_and(|asked| asked.elapsed() < self.every) {
            return Vec::new();
        }
        self.asked = Some(Instant::now());
        let Feeds { agent, feeds, most_bytes, .. } = self;
        feeds.iter_mut().filter_map(|feed| feed.ask(agent, *most_bytes)).collect()
    }
}

impl Feed {
    fn ask(&mut self, agent: &Agent, most_bytes: u64) -> Option<Input> {
        let answer = self.answer(agent).and_then(|mut answer| {
            if answer.status() == 304 {
                return Ok(None);
            }
            let bytes = answer.body_mut().with_config().limit(most_bytes).read_to_vec()?;
            self.marks = marks(&answer);
            Ok(Some(bytes))
        });
        match answer {
            Ok(bytes) => bytes.map(|bytes| Input::Fetched { address: self.address.clone(), bytes }),
            Err(error) => {
                let reason = Reason::NoAnswer { what: error.to_string() };
                Some(Input::Failed(IngestError::new(self.address.clone(), reason)))
            }
        }
    }

    fn answer(&self, agent: &Agent) -> Result<Response<Body>, ureq::Error> {
        let question = agent.get(&self.address);
        self.marks.iter().fold(question, |question, (name, mark)| question.header(name, mark)).call()
    }
}

fn marks(answer: &Response<Body>) -> Vec<(HeaderName, String)> {
    let mark = |(told, asked): &(HeaderName, HeaderName)| {
        Some((asked.clone(), answer.headers().get(told)?.to_str().ok()?.to_owned()))
    };
    MARKS.iter().filter_map(mark).collect()
}
