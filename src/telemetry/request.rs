//! Which request is being answered: what every log line inside it tells.

use std::{future::Future, sync::Arc, time::Instant};

tokio::task_local! {
    static CURRENT: Request;
}

/// A request that is being answered.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its id.
    pub id: Arc<str>,
    /// The trace that it belongs to (W3C Trace Context).
    pub trace_id: Option<Arc<str>>,
    /// When it arrived.
    pub began: Instant,
}

impl Request {
    /// The one that is being answered here, if any.
    #[must_use]
    pub fn current() -> Option<Self> {
        CURRENT.try_with(Self::clone).ok()
    }

    /// Answers this request: what is logged meanwhile belongs to it.
    pub fn answer<F: Future>(self, answer: F) -> impl Future<Output = F::Output> {
        CURRENT.scope(self, answer)
    }

    /// Does a part of the work on this request, on whichever thread this is.
    pub fn work<T>(self, work: impl FnOnce() -> T) -> T {
        CURRENT.sync_scope(self, work)
    }
}

/// Tells of the request that is being answered here, if any.
pub(super) fn with_current<T>(tell: impl FnOnce(&Request) -> T) -> Option<T> {
    CURRENT.try_with(tell).ok()
}
