//! What has been done, for Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds of the classes of durations, in seconds.
const BOUNDS: [f64; 8] = [0.005, 0.02, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0];

/// Methods that are counted by their names; a client may think of any others.
const METHODS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"];

/// The name under which a method is counted.
pub fn known_method(method: &str) -> &'static str {
    METHODS.into_iter().find(|known| *known == method).unwrap_or("other")
}

/// Requests by method, route and status.
#[derive(Default)]
pub struct Metrics(Mutex<BTreeMap<(&'static str, String, u16), Series>>);

#[derive(Default)]
struct Series {
    count: u64,
    seconds: f64,
    classes: [u64; BOUNDS.len()],
}

impl Metrics {
    /// One request was answered; `route` is the template of a route, of which there are only so many.
    pub fn add(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let series = all.entry((method, route.to_owned(), status)).or_default();
        let seconds = took.as_secs_f64();
        series.count += 1;
        series.seconds += seconds;
        for (class, bound) in series.classes.iter_mut().zip(BOUNDS) {
            *class += u64::from(seconds <= bound);
        }
    }

    /// All as text, with single figures besides.
    pub fn text(&self, gauges: &[(&str, &str, u64)]) -> String {
        let mut text = String::new();
        for (name, help, value) in gauges {
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}");
        }
        let name = "saywho_http_request_seconds";
        let _ = writeln!(text, "# HELP {name} Requests answered and how long they took.\n# TYPE {name} histogram");
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for ((method, route, status), series) in all.iter() {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            for (class, bound) in series.classes.iter().zip(BOUNDS) {
                let _ = writeln!(text, "{name}_bucket{{{labels},le=\"{bound}\"}} {class}");
            }
            let _ = writeln!(text, "{name}_bucket{{{labels},le=\"+Inf\"}} {}", series.count);
            let _ =
                writeln!(text, "{name}_sum{{{labels}}} {}\n{name}_count{{{labels}}} {}", series.seconds, series.count);
        }
        text
    }
}
