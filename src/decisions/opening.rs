//! Opening the log to write: where it ends, and what became of its end in a crash.

use std::{io, sync::Arc};

use super::{
    Book, Head, LogError,
    active::Active,
    folder::Folder,
    room::Limits,
    segment::Segment,
    walk::Scan,
    writer::{START, Writer},
};
use crate::clock;

/// What was found at the end of the log when it was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// Bytes that were cut off: a decision that a crash left half written, and that was never answered.
    pub torn: u64,
    /// Bytes that are damaged although whole decisions follow them. They are left as they are.
    pub damaged: u64,
}

/// Opens the log in a folder, and makes it at the first start.
pub(super) fn open(folder: Folder, limits: Limits, book: &Book) -> Result<(Writer, Opened), LogError> {
    folder.make()?;
    folder.tidy()?;
    let mut segments = folder.segments()?;
    let (head, active, opened) = end(&folder, &limits, &mut segments)?;
    let book = serde_json::to_vec(book).map_err(|error| LogError::Damaged(error.to_string()))?;
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)
        .map_err(|error| LogError::file("read", "/dev/urandom")(io::Error::other(error.to_string())))?;
    let written = active.as_ref().map(|active| active.segment);
    let unsealed = segments.iter().filter(|it| !it.sealed && Some(it.number) != written).map(|it| it.number).collect();
    let mut writer = Writer::new(folder, limits, book, &seed, segments, active, head);
    writer.work.unsealed = unsealed;
    if let Err(error) = writer.tend(clock::now()) {
        tracing::warn!(%error, "what has outlived its time in the decision log could not be deleted");
    }
    writer.first_room()?;
    Ok((writer, opened))
}

/// The end of the chain, and the segment to go on with, if its end can be written.
fn end(
    folder: &Folder,
    limits: &Limits,
    segments: &mut Vec<Segment>,
) -> Result<(Head, Option<Active>, Opened), LogError> {
    let mut opened = Opened::default();
    while let Some(last) = segments.last_mut() {
        let bytes = folder.read(last.number)?.unwrap_or_default();
        let Some(scan) = Scan::of(&bytes, last.number) else {
            if last.sealed {
                return Err(LogError::Damaged(format!(
                    "nothing in `{}` can be read",
                    folder.log(last.number).display()
                )));
            }
            // The crash came while it was begun.
            opened.torn += bytes.len() as u64;
            tracing::warn!(
                segment = last.number,
                bytes = bytes.len(),
                "a segment that was not begun to the end is deleted"
            );
            folder.delete(last.number)?;
            segments.pop();
            continue;
        };
        let head = Head { decisions: scan.next, hash: scan.chain };
        if scan.damaged > 0 {
            opened.damaged += scan.damaged as u64;
            tracing::error!(
                segment = last.number,
                bytes = scan.damaged,
                "the decision log is damaged; `maysend verify` says where"
            );
        }
        if last.sealed || scan.damaged > 0 {
            return Ok((head, None, opened));
        }
        opened.torn += scan.torn as u64;
        let active = resume(folder, limits, last, scan)?;
        return Ok((head, active, opened));
    }
    Ok((START, None, opened))
}

/// Goes on with the last segment, past its last whole record.
fn resume(folder: &Folder, limits: &Limits, last: &mut Segment, scan: Scan) -> Result<Option<Active>, LogError> {
    let Some(file) = folder.open(last.number)? else { return Ok(None) };
    if scan.torn > 0 {
        let bytes = scan.torn;
        tracing::warn!(segment = last.number, bytes, "the end of the decision log was torn by a crash and is cut off");
    }
    let (end, capacity) = (scan.recent.summary.end, limits.segment.max(scan.recent.summary.end));
    let mut active = Active::new(last.number, file, scan.recent, capacity, scan.made);
    if scan.torn > 0 || last.bytes != capacity {
        active.ragged = true;
        let cut = active.file.set_len(end).and_then(|()| active.file.sync_data());
        cut.map_err(LogError::file("write", folder.log(last.number)))?;
        if let Err(error) = active.mend() {
            tracing::warn!(%error, "the decision log has no room for now");
        }
    }
    (last.recent, last.bytes) = (Some(Arc::clone(&active.recent)), 0);
    Ok(Some(active))
}
