//! The one thread that waits for the disk, and does what must not keep a decision waiting.

use std::{
    io,
    sync::{Arc, PoisonError},
    thread::{Builder, JoinHandle},
    time::{Duration, Instant},
};

use super::{
    LogError,
    index::{self, Recent},
    shared::Shared,
    sidecar,
    walk::Scan,
    writer::{RETRY, Writer},
};
use crate::clock;

/// A decision is on disk after no more than this.
const SECOND: Duration = Duration::from_secs(1);

/// How often the log is looked through for what has outlived its time.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Starts the thread. It ends once the log is closed.
pub(super) fn start(shared: Arc<Shared>) -> io::Result<JoinHandle<()>> {
    Builder::new().name("decision-log".into()).spawn(move || serve(&shared))
}

fn serve(shared: &Shared) {
    /// However the thread ends, nobody is left waiting for it.
    struct LastOne<'s>(&'s Shared);
    impl Drop for LastOne<'_> {
        fn drop(&mut self) {
            self.0.writer().work.closed = true;
            self.0.durable.send_modify(|durable| durable.ended = true);
            self.0.room.send_replace(());
        }
    }
    let last_one = LastOne(shared);
    let shared = last_one.0;
    let mut tended = Instant::now();
    loop {
        let closed = wait(shared);
        if let Err(error) = flush(shared) {
            shared.writer().fail_for_good(&error);
            shared.durable.send_modify(|durable| durable.ended = true);
            shared.room.send_replace(());
        }
        if let Err(error) = seal(shared) {
            // On a full disk this comes again and again; that it is full is told already.
            tracing::debug!(%error, "the index of a segment of the decision log could not be written and will be");
        }
        if closed {
            break;
        }
        if tended.elapsed() >= HOUR {
            tended = Instant::now();
            if let Err(error) = shared.writer().tend(clock::now()) {
                tracing::warn!(%error, "what has outlived its time in the decision log could not be deleted");
            }
        }
        if shared.writer().retry(clock::now()) {
            shared.room.send_replace(());
        }
    }
}

/// Waits until there is something to do. Whether the log has been closed.
fn wait(shared: &Shared) -> bool {
    let writer = shared.writer();
    let most = if writer.is_troubled() { RETRY } else { SECOND };
    let idle = |writer: &mut Writer| !writer.work.urgent && !writer.work.closed;
    let (mut writer, _) = shared.work.wait_timeout_while(writer, most, idle).unwrap_or_else(PoisonError::into_inner);
    writer.work.urgent = false;
    writer.work.closed
}

/// Brings what was written to disk: one wait serves everybody who waits.
fn flush(shared: &Shared) -> Result<(), LogError> {
    let (file, segment, begun, appended) = {
        let mut writer = shared.writer();
        let written = std::mem::take(&mut writer.work.written);
        let Some(active) = writer.active.as_ref().filter(|_| written) else { return Ok(()) };
        let (file, segment) = (Arc::clone(&active.file), active.segment);
        (file, segment, std::mem::take(&mut writer.work.begun), writer.appended)
    };
    file.sync_data().map_err(LogError::file("sync", shared.folder.log(segment)))?;
    if begun {
        shared.folder.sync()?;
    }
    shared.durable.send_modify(|durable| durable.appended = appended);
    Ok(())
}

/// Writes the indexes of the segments that are full.
fn seal(shared: &Shared) -> Result<(), LogError> {
    let next = || shared.writer().work.unsealed.first().copied();
    while let Some(segment) = next() {
        let upkeep = shared.upkeep.lock().unwrap_or_else(PoisonError::into_inner);
        let known =
            shared.writer().segments.iter().find(|known| known.number == segment).and_then(|it| it.recent.clone());
        let recent = match known {
            Some(recent) => Some(index::lock(&recent).clone()),
            None => shared.folder.read(segment)?.and_then(|bytes| Scan::of(&bytes, segment)).map(|scan| scan.recent),
        };
        if let Some(recent) = recent {
            install(shared, segment, recent)?;
        }
        shared.writer().work.unsealed.retain(|unsealed| *unsealed != segment);
        drop(upkeep);
    }
    Ok(())
}

/// Writes the index of a segment and puts it in place, if the segment has not been deleted meanwhile.
pub(super) fn install(shared: &Shared, segment: u32, recent: Recent) -> Result<(), LogError> {
    let index = sidecar::encode(recent, segment);
    shared.folder.write_index(segment, &index)?;
    let mut writer = shared.writer();
    let wanted = writer.segments.iter().any(|known| known.number == segment);
    shared.folder.place_index(segment, wanted)?;
    if wanted {
        let bytes = shared.folder.bytes(segment)?;
        if let Some(known) = writer.resize(segment, bytes) {
            (known.sealed, known.recent) = (true, None);
        }
    }
    drop(writer);
    shared.folder.sync()
}
