//! Work shared by several threads, with the results in the order of the items.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use anyhow::{Result, anyhow};

/// Items under way for each thread: enough that one slow item does not leave the others idle, few enough that
/// memory stays bounded.
const WINDOW: usize = 8;

/// Pages nest deeply, and the parser of some crate may recurse.
const STACK_BYTES: usize = 16 << 20;

/// Bytes of items under way: large documents must not add up.
const BYTES: usize = 128 << 20;

/// Hands an item on to be worked on; breaks when the work has ended.
pub type Push<'p, I> = dyn FnMut(I) -> ControlFlow<()> + 'p;

/// Does `work` on every item with so many threads and hands the results to `take` in the order of the items.
///
/// `feed` gives the items, in a thread of its own, since it may have to wait for them. Each working thread makes
/// itself a `state` first. Items of more than [`BYTES`] by `weight` wait for those before them. The first error
/// of `take` ends the work and is returned.
pub fn in_order<I, S, R>(
    feed: impl FnOnce(&mut Push<I>) + Send,
    weight: impl Fn(&I) -> usize + Sync,
    jobs: usize,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, I) -> R + Sync,
    mut take: impl FnMut(R) -> Result<()>,
) -> Result<()>
where
    I: Send,
    R: Send,
{
    let jobs = jobs.max(1);
    let (queue, tasks) = sync_channel::<(I, SyncSender<R>)>(jobs * WINDOW);
    let (line, results) = sync_channel::<(usize, Receiver<R>)>(jobs * WINDOW);
    let (tasks, stop, budget) = (Mutex::new(tasks), AtomicBool::new(false), Budget::default());
    let run = || {
        let mut state = state();
        while let Some((item, answer)) = next(&tasks) {
            if stop.load(Ordering::Relaxed) {
                continue;
            }
            // Nobody waits for the answer once `take` has failed.
            let _ = answer.send(work(&mut state, item));
        }
    };
    let hand_out = || {
        // Both close at the end, which lets the others end.
        let (queue, line) = (queue, line);
        feed(&mut |item| {
            let bytes = weight(&item);
            budget.spend(bytes);
            let (answer, result) = sync_channel(1);
            let sent = line.send((bytes, result)).is_ok() && queue.send((item, answer)).is_ok();
            if sent && !stop.load(Ordering::Relaxed) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    };
    thread::scope(|scope| {
        for _ in 0..jobs {
            thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, run)?;
        }
        thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, hand_out)?;
        let taken = results.into_iter().try_for_each(|(bytes, result)| {
            let result = result.recv().map_err(|_| anyhow!("a reading thread ended before its time"))?;
            budget.give_back(bytes);
            take(result)
        });
        stop.store(true, Ordering::Relaxed);
        budget.lift();
        taken
    })
}

fn next<T>(tasks: &Mutex<Receiver<T>>) -> Option<T> {
    tasks.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// The bytes that are under way.
#[derive(Default)]
struct Budget {
    spent: Mutex<usize>,
    less: Condvar,
}

impl Budget {
    /// Waits until so many bytes more are no longer too many; one item alone never is.
    fn spend(&self, bytes: usize) {
        let spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |spent: &mut usize| *spent > 0 && spent.saturating_add(bytes) > BYTES;
        *self.less.wait_while(spent, full).unwrap_or_else(PoisonError::into_inner) += bytes;
    }

    fn give_back(&self, bytes: usize) {
        *self.spent.lock().unwrap_or_else(PoisonError::into_inner) -= bytes;
        self.less.notify_all();
    }

    /// Nothing is waited for any more.
    fn lift(&self) {
        *self.spent.lock().unwrap_or_else(PoisonError::into_inner) = 0;
        self.less.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    /// A feed of these items.
    fn each<I>(items: impl IntoIterator<Item = I>) -> impl FnOnce(&mut Push<I>) {
        |push| {
            let _ = items.into_iter().try_for_each(push);
        }
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for jobs in [1, 3] {
            let mut seen = Vec::new();
            let slow_when_even = |_: &mut (), n: u64| {
                thread::sleep(Duration::from_micros(if n.is_multiple_of(2) { 300 } else { 0 }));
                n * 10
            };
            in_order(
                each(0..100),
                |_| 0,
                jobs,
                || (),
                slow_when_even,
                |n| {
                    seen.push(n);
                    Ok(())
                },
            )
            .expect("done");
            assert_eq!(seen, (0..100).map(|n| n * 10).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_more_items_are_under_way_than_the_window_allows() {
        let (begun, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let items = (0..500).inspect(|_| {
            let ahead = begun.fetch_add(1, Ordering::SeqCst) - taken.load(Ordering::SeqCst);
            // One is in the hands of each thread, one waits to be handed out.
            assert!(ahead <= 2 * WINDOW + 3, "{ahead} items ahead");
        });
        in_order(
            each(items),
            |_| 0,
            2,
            || (),
            |_, n| n,
            |_| {
                taken.fetch_add(1, Ordering::SeqCst);
                Ok(())
            },
        )
        .expect("done");
        assert_eq!(taken.into_inner(), 500);
    }

    #[test]
    fn an_error_ends_the_work() {
        let done = AtomicUsize::new(0);
        let work = |_: &mut (), n: usize| {
            done.fetch_add(1, Ordering::SeqCst);
            n
        };
        let result =
            in_order(each(0..100_000), |_| 0, 2, || (), work, |n| if n == 3 { Err(anyhow!("full")) } else { Ok(()) });
        assert_eq!(result.expect_err("the error").to_string(), "full");
        assert!(done.into_inner() < 1000);
    }

    #[test]
    fn heavy_items_wait_for_each_other_and_too_heavy_ones_are_alone() {
        let (begun, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let items = (0..20).inspect(|_| {
            begun.fetch_add(1, Ordering::SeqCst);
        });
        in_order(
            each(items),
            |n| if *n == 7 { 2 * BYTES } else { BYTES / 2 },
            4,
            || (),
            |_, n| {
                let ahead = begun.load(Ordering::SeqCst) - taken.load(Ordering::SeqCst);
                assert!(ahead <= 4, "{ahead} items ahead");
                n
            },
            |_| {
                taken.fetch_add(1, Ordering::SeqCst);
                Ok(())
            },
        )
        .expect("done");
        assert_eq!(taken.into_inner(), 20);
    }
}
