//! The body of a request as chunks of lines.

use std::{
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
    time::Instant,
};

use axum::body::{Body, Bytes, HttpBody as _};

use crate::batch::chunks::{Chunk, Gather};

/// So much is read of what a caller still sends when the answer has ended: what may be on its way already. Whoever sends
/// on beyond that does not read.
const UNREAD: usize = 32 << 20;

/// A body being read.
#[derive(Debug)]
pub(super) struct Input {
    body: Body,
    gather: Gather,
    /// What has arrived and was not yet gathered.
    left: Bytes,
    ended: bool,
    /// Nothing more had arrived when it was last asked.
    paused: bool,
    /// When anything last arrived.
    seen: Instant,
}

/// The connection ended before the body did.
#[derive(Debug)]
pub(super) struct CutOff;

impl Input {
    /// Lines of no more than so many bytes.
    pub(super) fn new(body: Body, line_limit: usize) -> Self {
        Self {
            body,
            gather: Gather::new(line_limit),
            left: Bytes::new(),
            ended: false,
            paused: false,
            seen: Instant::now(),
        }
    }

    /// The most bytes that a line may have.
    pub(super) fn limit(&self) -> usize {
        self.gather.limit()
    }

    /// When anything last arrived.
    pub(super) fn seen(&self) -> Instant {
        self.seen
    }

    /// Waits for a chunk of so many lines; none at the end. Whoever is eager gets less where the input pauses. Nothing
    /// is lost if the waiting is given up.
    pub(super) async fn next(&mut self, most_lines: u64, eager: bool) -> Result<Option<Chunk>, CutOff> {
        poll_fn(|context| self.poll_next(context, most_lines, eager)).await
    }

    /// Reads to the end and forgets it.
    pub(super) async fn drain(&mut self) {
        let mut left = UNREAD;
        while let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut self.body).poll_frame(context)).await {
            left = left.saturating_sub(frame.into_data().map_or(0, |data| data.len()));
            if left == 0 {
                break;
            }
        }
    }

    fn poll_next(
        &mut self,
        context: &mut Context<'_>,
        most_lines: u64,
        eager: bool,
    ) -> Poll<Result<Option<Chunk>, CutOff>> {
        loop {
            let mut rest: &[u8] = &self.left;
            let chunk = self.gather.feed(&mut rest, most_lines);
            let gathered = self.left.len() - rest.len();
            self.left = self.left.slice(gathered..);
            if chunk.is_some() {
                return Poll::Ready(Ok(chunk));
            }
            if self.ended {
                return Poll::Ready(Ok(self.gather.finish()));
            }
            match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => {
                    (self.paused, self.seen) = (false, Instant::now());
                    self.left = frame.into_data().unwrap_or_default();
                }
                Poll::Ready(Some(Err(_))) => return Poll::Ready(Err(CutOff)),
                Poll::Ready(None) => self.ended = true,
                Poll::Pending if !eager || !self.gather.has_lines() => return Poll::Pending,
                Poll::Pending if self.paused => {
                    self.paused = false;
                    return Poll::Ready(Ok(self.gather.take()));
                }
                // Whoever reads from the connection may have more, and comes first.
                Poll::Pending => {
                    self.paused = true;
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
            }
        }
    }
}
