//! Work shared by several threads, with the results in the order of the items.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::{Result, anyhow};

/// Items under way for each thread: enough that one slow item does not leave the others idle, few enough that
/// memory stays bounded.
const WINDOW: usize = 8;

/// Pages nest deeply, and the parser of some crate may recurse.
const STACK_BYTES: usize = 16 << 20;

/// Does `work` on every item with so many threads and hands the results to `take` in the order of the items.
///
/// Each thread makes itself a `state` first. The first error of `take` ends the work and is returned.
pub fn in_order<I, S, R>(
    items: impl IntoIterator<Item = I>,
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
    let tasks = Mutex::new(tasks);
    let stop = AtomicBool::new(false);
    let run = || {
        let mut state = state();
        while let Some((item, answer)) = next(&tasks) {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            // Nobody waits for the answer once `take` has failed.
            let _ = answer.send(work(&mut state, item));
        }
    };
    thread::scope(|scope| {
        for _ in 0..jobs {
            thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, run)?;
        }
        let taken = hand_out(items, queue, jobs * WINDOW, &mut take);
        stop.store(true, Ordering::Relaxed);
        taken
    })
}

fn next<T>(tasks: &Mutex<Receiver<T>>) -> Option<T> {
    tasks.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Keeps `window` items under way and takes their results from the front. The queue closes on return, which lets
/// the threads end.
fn hand_out<I, R>(
    items: impl IntoIterator<Item = I>,
    queue: SyncSender<(I, SyncSender<R>)>,
    window: usize,
    take: &mut impl FnMut(R) -> Result<()>,
) -> Result<()> {
    let lost = || anyhow!("a reading thread ended before its time");
    let mut waiting: VecDeque<Receiver<R>> = VecDeque::new();
    for item in items {
        if waiting.len() == window
            && let Some(front) = waiting.pop_front()
        {
            take(front.recv().map_err(|_| lost())?)?;
        }
        let (answer, result) = sync_channel(1);
        queue.send((item, answer)).map_err(|_| lost())?;
        waiting.push_back(result);
    }
    waiting.into_iter().try_for_each(|result| take(result.recv().map_err(|_| lost())?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for jobs in [1, 3] {
            let mut seen = Vec::new();
            let slow_when_even = |_: &mut (), n: u64| {
                thread::sleep(Duration::from_micros(if n.is_multiple_of(2) { 300 } else { 0 }));
                n * 10
            };
            in_order(
                0..100,
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
            assert!(ahead <= 2 * WINDOW, "{ahead} items ahead");
        });
        in_order(
            items,
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
        let result = in_order(0..100_000, 2, || (), work, |n| if n == 3 { Err(anyhow!("full")) } else { Ok(()) });
        assert_eq!(result.expect_err("the error").to_string(), "full");
        assert!(done.into_inner() < 1000);
    }
}
