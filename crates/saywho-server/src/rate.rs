//! How often one address may ask.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Addresses that are remembered; behind them the ones that have not asked for long are forgotten.
const REMEMBERED: usize = 10_000;

/// Seconds' worth of requests that may come at once.
const BURST: f64 = 4.0;

/// What others may ask where nothing is said.
const USUAL: u32 = 20;

/// A bucket for each address, which fills with time and loses one with each request.
pub struct Rate {
    /// Requests a second; the machine itself is only held back where somebody has said how much.
    given: Option<u32>,
    buckets: Mutex<HashMap<IpAddr, (f64, Instant)>>,
}

impl Rate {
    /// So many requests a second; the usual number where nothing is said.
    pub fn new(given: Option<u32>) -> Rate {
        Rate { given, buckets: Mutex::default() }
    }

    /// Whether an address may ask now.
    pub fn allows(&self, address: IpAddr, now: Instant) -> bool {
        let rate = match self.given {
            None if address.is_loopback() => return true,
            given => f64::from(given.unwrap_or(USUAL).max(1)),
        };
        let full = rate * BURST;
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED {
            buckets.retain(|_, (left, since)| *left + now.duration_since(*since).as_secs_f64() * rate < full);
        }
        if buckets.len() >= REMEMBERED && !buckets.contains_key(&address) {
            let oldest = buckets.iter().min_by_key(|(_, (_, since))| *since).map(|(address, _)| *address);
            if let Some(oldest) = oldest {
                buckets.remove(&oldest);
            }
        }
        let (left, since) = buckets.entry(address).or_insert((full, now));
        *left = (*left + now.duration_since(*since).as_secs_f64() * rate).min(full);
        *since = now;
        let allowed = *left >= 1.0;
        if allowed {
            *left -= 1.0;
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn who_asks_too_often_waits_and_others_do_not() {
        let (rate, now) = (Rate::new(Some(2)), Instant::now());
        let (one, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        assert_eq!((0..20).filter(|_| rate.allows(one, now)).count(), 8);
        assert!(rate.allows(other, now));
        assert!(rate.allows(one, now + Duration::from_secs(1)));
        for number in 0..2 * REMEMBERED as u32 {
            assert!(rate.allows(IpAddr::from((0x0b00_0000 + number).to_be_bytes()), now));
        }
        assert!(rate.buckets.lock().expect("there").len() <= REMEMBERED, "memory has a bound");
        assert!(Rate::new(None).allows(IpAddr::from([127, 0, 0, 1]), now));
    }
}
