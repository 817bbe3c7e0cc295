//! Erasing the link between decisions and a person, in place.
//!
//! A crash at any moment leaves a log that verifies: the index of a segment is taken away before its records are
//! changed, and one that is missing is made anew from them. Whoever asked asks again and finds what was left.

use std::{fs::File, os::unix::fs::FileExt as _, sync::PoisonError};

use super::{
    LogError, flush,
    index::{self, Entry, Index, Recent, Table},
    reader::Reader,
    record::{Record, Stored},
    segment::Segment,
    shared::Shared,
    walk::Scan,
};
use crate::ledger::identity::RecipientKey;

/// Takes the link to these keys from every decision, and tells of how many.
pub(super) fn unlink(reader: &Reader, shared: &Shared, keys: &[RecipientKey]) -> Result<u64, LogError> {
    let _upkeep = shared.upkeep.lock().unwrap_or_else(PoisonError::into_inner);
    let segments = shared.writer().segments.clone();
    let mut unlinked = 0;
    for segment in &segments {
        unlinked += in_segment(reader, shared, segment, keys)?;
    }
    Ok(unlinked)
}

fn in_segment(reader: &Reader, shared: &Shared, segment: &Segment, keys: &[RecipientKey]) -> Result<u64, LogError> {
    let folder = &reader.folder;
    let Some(index) = Index::of(folder, segment)? else { return Ok(0) };
    let failed = LogError::file("read", folder.index(segment.number));
    let places = index.find(Table::Keys, keys.iter().map(|key| key.0)).map_err(failed)?;
    let Some(file) = (if places.is_empty() { None } else { folder.open(segment.number)? }) else { return Ok(0) };
    let mut rest = if segment.sealed { load(reader, segment, &index)? } else { None };
    if segment.sealed {
        folder.delete_index(segment.number)?;
        folder.sync()?;
    }
    let (unlinked, left) = blank(reader, segment, &file, &places, keys)?;
    if let Some(recent) = &segment.recent {
        index::lock(recent).link_anew(&places, &left);
    }
    if let Some(rest) = &mut rest {
        rest.link_anew(&places, &left);
    }
    if segment.sealed {
        // What cannot be written now, on a full disk, is written later.
        let installed = rest.map(|rest| flush::install(shared, segment.number, rest));
        if !matches!(installed, Some(Ok(()))) {
            shared.writer().work.unsealed.push(segment.number);
        }
    }
    Ok(unlinked)
}

/// The index of a segment that is full.
fn load(reader: &Reader, segment: &Segment, index: &Index) -> Result<Option<Recent>, LogError> {
    let loaded = match index {
        Index::Recent(recent) => Some(index::lock(recent).clone()),
        Index::Sidecar(sidecar) => {
            sidecar.load().map_err(LogError::file("read", reader.folder.index(segment.number)))?
        }
    };
    match loaded {
        Some(loaded) => Ok(Some(loaded)),
        None => {
            Ok(reader.folder.read(segment.number)?.and_then(|it| Scan::of(&it, segment.number)).map(|it| it.recent))
        }
    }
}

/// Overwrites the links to these keys in the records at these places, and waits until that is on disk. Tells of how
/// many, and gives the links that these records have left.
fn blank(
    reader: &Reader,
    segment: &Segment,
    file: &File,
    places: &[u32],
    keys: &[RecipientKey],
) -> Result<(u64, Vec<Entry>), LogError> {
    let failed = || LogError::file("write", reader.folder.log(segment.number));
    let Some(opened) = reader.open(segment.number)? else { return Ok((0, Vec::new())) };
    let (mut unlinked, mut left) = (0, Vec::new());
    for place in places {
        let mut bytes = opened.record(*place)?;
        let meant = |stored: &Stored<'_>| stored.keys().any(|key| keys.contains(&key));
        let record = Record::read(&bytes);
        let links: Vec<_> = record.iter().flat_map(Record::items).filter(meant).map(|it| it.link_range()).collect();
        for (at, size) in links {
            let Some(link) = bytes.get_mut(at..at + size) else { continue };
            link.fill(0);
            file.write_all_at(link, u64::from(*place) + at as u64).map_err(failed())?;
            unlinked += 1;
        }
        left.extend(Record::read(&bytes).iter().flat_map(|record| index::links((*place).into(), record)));
    }
    file.sync_data().map_err(failed())?;
    Ok((unlinked, left))
}
