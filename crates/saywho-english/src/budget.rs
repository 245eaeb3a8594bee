//! How long a reading may take.
//!
//! A reading cannot be stopped from outside: threads have no such thing. So the stages ask in their loops whether to go on; once
//! the budget is spent they leave what they have, and who asked for the reading throws it away.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long a reading may take, and whether it is still wanted. Clones share the wish to stop.
///
/// ```
/// use saywho_english::Budget;
/// use std::time::Duration;
///
/// let budget = Budget::for_text(10_000, Duration::from_secs(600));
/// assert!(!budget.is_spent());
/// let elsewhere = budget.clone();
/// std::thread::spawn(move || elsewhere.cancel()).join().expect("no panic");
/// assert!(budget.is_spent());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Budget {
    until: Option<Instant>,
    cancelled: Arc<AtomicBool>,
}

impl Budget {
    /// As long as it takes.
    pub fn unlimited() -> Budget {
        Budget::default()
    }

    /// This much time from now on.
    pub fn of(time: Duration) -> Budget {
        Budget { until: Instant::now().checked_add(time), cancelled: Arc::default() }
    }

    /// From now on, so much time for each megabyte that a text of so many bytes has begun.
    pub fn for_text(bytes: usize, time: Duration) -> Budget {
        let megabytes = u32::try_from(bytes / 1_000_000 + 1).unwrap_or(u32::MAX);
        time.checked_mul(megabytes).map_or_else(Budget::unlimited, Budget::of)
    }

    /// Nobody waits for the reading any more: it stops soon, whatever time is left. From any thread.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether the time is over or nobody waits any more.
    pub fn is_spent(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed) || self.until.is_some_and(|until| Instant::now() >= until)
    }
}

/// A reading was stopped: its time was over, or nobody waited for it any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("reading took longer than the document's time limit")]
pub struct OutOfTime;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_ends_by_time_or_by_wish() {
        assert!(!Budget::unlimited().is_spent());
        assert!(Budget::of(Duration::ZERO).is_spent());
        let budget = Budget::for_text(10, Duration::MAX);
        budget.clone().cancel();
        assert!(budget.is_spent());
    }
}
