//! Other people's parsers, which may panic on what they did not expect.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use crate::Reason;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// Does something with another's parser; a panic there becomes a reason, without a word on standard error.
pub(crate) fn guarded<T>(kind: &'static str, parse: impl FnOnce() -> T) -> Result<T, Reason> {
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                before(info);
            }
        }));
    });
    let outer = QUIET.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(parse));
    QUIET.set(outer);
    done.map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        Reason::Failed { kind, cause: text.unwrap_or("no reason given").into() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_reason() {
        let reason = guarded("PDF", || panic!("no page {}", 7)).expect_err("a panic");
        assert_eq!(reason.to_string(), "made the reader of PDF fail (no page 7)");
        assert_eq!(guarded("PDF", || 7).expect("a value"), 7);
    }
}
