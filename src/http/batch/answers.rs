//! The body of an answer: blocks of lines, as far as its reader has room for them.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::{Arc, OnceLock},
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::body::{Body, Bytes};
use http_body::Frame;
use tokio::{sync::mpsc, time::timeout};

/// A piece of the answer: whoever takes one in all the time that the configuration gives is no silent reader.
const PIECE: usize = 64 * 1024;

/// Where lines are sent.
#[derive(Debug)]
pub(super) struct Out {
    pieces: mpsc::Sender<Bytes>,
    last: Arc<OnceLock<Bytes>>,
    idle: Duration,
}

/// Why lines could not be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unsent {
    /// The connection is gone.
    Gone,
    /// Nobody took anything for so long, which is as long as the configuration allows.
    Idle(Duration),
}

/// The answer's body, and the way to send lines on it.
pub(super) fn channel(idle: Duration) -> (Out, Body) {
    let (pieces, lines) = mpsc::channel(1);
    let last = Arc::default();
    let answers = Answers { pieces: lines, last: Some(Arc::clone(&last)) };
    (Out { pieces, last, idle }, Body::new(answers))
}

impl Out {
    /// How long neither side may be silent.
    pub(super) fn idle(&self) -> Duration {
        self.idle
    }

    /// Sends lines, as fast as they are taken.
    pub(super) async fn send(&self, lines: Vec<u8>) -> Result<(), Unsent> {
        let mut lines = Bytes::from(lines);
        while !lines.is_empty() {
            let piece = lines.split_to(PIECE.min(lines.len()));
            match timeout(self.idle, self.pieces.send(piece)).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return Err(Unsent::Gone),
                Err(_) => return Err(Unsent::Idle(self.idle)),
            }
        }
        Ok(())
    }

    /// Resolves once nobody takes any more.
    pub(super) async fn gone(&self) {
        self.pieces.closed().await;
    }

    /// Leaves a line to end the answer with, whether or not there is room for it now.
    pub(super) fn end(&self, line: Vec<u8>) {
        // It is set once, here.
        let _ = self.last.set(line.into());
    }
}

struct Answers {
    pieces: mpsc::Receiver<Bytes>,
    /// The last line, if it is not among the pieces; none once it was taken.
    last: Option<Arc<OnceLock<Bytes>>>,
}

impl http_body::Body for Answers {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = ready!(self.pieces.poll_recv(context));
        let piece = piece.or_else(|| self.last.take()?.get().cloned());
        Poll::Ready(piece.map(|piece| Ok(Frame::data(piece))))
    }
}
