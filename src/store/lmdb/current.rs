//! The ledger in use: of every new view and of the writer, until one that was written anew takes its place.

use std::sync::{PoisonError, RwLock};

use tokio::sync::{Mutex, MutexGuard};

use super::Ledger;

/// The ledger in use.
pub(super) struct Current {
    /// Held only to take a handle or to put another in its place, never while anything is read or written.
    ledger: RwLock<Ledger>,
    /// Whose turn it is to write. Turns are given in the order of asking, so that a writer with work without end still
    /// lets a rewritten ledger in.
    turn: Mutex<()>,
}

/// The turn to write, until it is dropped.
pub(super) struct Turn<'c> {
    current: &'c Current,
    _turn: MutexGuard<'c, ()>,
}

impl Current {
    pub(super) fn new(ledger: Ledger) -> Self {
        Self { ledger: RwLock::new(ledger), turn: Mutex::new(()) }
    }

    /// A handle to the ledger in use. It stays open, also when another takes its place, until the handle is dropped.
    pub(super) fn ledger(&self) -> Ledger {
        self.ledger.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits for the turn to write. This must not be called by a thread of the asynchronous runtime.
    pub(super) fn turn(&self) -> Turn<'_> {
        Turn { current: self, _turn: self.turn.blocking_lock() }
    }
}

impl Turn<'_> {
    /// The ledger to write to.
    pub(super) fn ledger(&self) -> Ledger {
        self.current.ledger()
    }

    /// Puts another in its place, for all views and writes from here on.
    pub(super) fn replace(self, ledger: Ledger) {
        *self.current.ledger.write().unwrap_or_else(PoisonError::into_inner) = ledger;
    }
}
