//! The thread of the service that erases what has outlived its time: at the start and every 24 hours. It goes through the
//! whole journal for that, and rests most of the time on its way: whoever asks for a check is not to notice.

use std::{
    io,
    sync::{
        Arc,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread::{Builder, JoinHandle},
    time::Duration,
};

use crate::{app::App, clock, rights::retention};

/// How long after one round the next begins.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// So many times as long as it worked it rests: it takes a hundredth of a core.
const REST: u32 = 99;

/// The thread.
pub(super) struct Retention {
    /// Nothing is sent: that it is dropped is the sign to end.
    stop: Sender<()>,
    thread: JoinHandle<()>,
}

impl Retention {
    pub(super) fn start(app: Arc<App>) -> io::Result<Self> {
        let (stop, stopped) = mpsc::channel();
        let thread = Builder::new().name("retention".into()).spawn(move || run(&app, &stopped))?;
        Ok(Self { stop, thread })
    }

    /// Ends it after what it is at, and waits for that.
    pub(super) fn stop(self) {
        drop(self.stop);
        if self.thread.join().is_err() {
            tracing::error!("the thread of the retention had panicked");
        }
    }
}

fn run(app: &App, stopped: &Receiver<()>) {
    let waits = |time| stopped.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
    let rest = |worked: Duration| waits(worked * REST);
    loop {
        let periods = &app.config.retention;
        match retention::apply(&*app.store, &app.identity, periods, clock::now(), &rest) {
            Ok(retention::Erased { sends, requests, collections, consents }) => tracing::info!(
                sends,
                requests,
                collections,
                consents,
                "retention: {} events had outlived their time and were erased",
                sends + requests + collections + consents
            ),
            Err(error) => tracing::error!(%error, "retention: what has outlived its time could not be erased"),
        }
        if !waits(DAY) {
            break;
        }
    }
}
