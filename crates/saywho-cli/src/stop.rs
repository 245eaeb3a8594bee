//! Being told to end: Ctrl-C and SIGTERM end the work in order, so that the case is whole in its one file.

use std::process::exit;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use saywho_store::Store;

use crate::say;

/// How long the work may take to end. What waits for a pipe or a slow feed takes longer, and holds nothing that is not kept.
const FAREWELL: Duration = Duration::from_secs(5);

/// Whether the process was told to end.
#[derive(Clone)]
pub struct Stop(Arc<(Mutex<bool>, Condvar)>);

impl Stop {
    /// Listens from now on. Where the work does not end soon, or the process is told a second time, the store is closed and
    /// the process ends with this code.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn listen(store: Arc<Store>, code: i32) -> Result<Stop> {
        let stop = Stop(Arc::default());
        let told = stop.clone();
        ctrlc::set_handler(move || {
            let again = std::mem::replace(&mut *told.lock(), true);
            told.0.1.notify_all();
            let store = Arc::clone(&store);
            thread::spawn(move || {
                if !again {
                    thread::sleep(FAREWELL);
                }
                if let Err(error) = store.close() {
                    say::error(&error.to_string());
                }
                exit(code);
            });
        })
        .context("the system does not tell when to end")?;
        Ok(stop)
    }

    /// Whether it was told.
    pub fn is_told(&self) -> bool {
        *self.lock()
    }

    /// Waits for so long, or until it is told.
    pub fn wait(&self, time: Duration) {
        let waited = self.0.1.wait_timeout_while(self.lock(), time, |told| !*told);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, bool> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
