//! The senders that the cases of a directory know without naming them.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use super::{Bad, SENDERS};
use crate::scenario::read::{Reader, Senders};

/// The senders that cases in a directory know: those of its own file, then those of the directories above.
pub(super) struct Usual<'a> {
    reader: &'a Reader<'a>,
    known: HashMap<PathBuf, Option<Senders>>,
}

impl<'a> Usual<'a> {
    /// Nothing is read yet.
    pub(super) fn new(reader: &'a Reader<'a>) -> Self {
        Self { reader, known: HashMap::new() }
    }

    /// `None` if a file of senders is bad; its faults are noted once.
    pub(super) fn of(&mut self, directory: &Path, bad: &mut Vec<Bad>) -> Option<&Senders> {
        // Whole and without `..`, whose directories are above nothing.
        let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
        let whole = directory.canonicalize().unwrap_or_else(|_| directory.to_owned());
        let here = Path::new(".").canonicalize().unwrap_or_default();
        let ancestors: Vec<&Path> = whole.ancestors().collect();
        let mut senders = Some(Senders::new());
        for ancestor in ancestors.into_iter().rev() {
            if !self.known.contains_key(ancestor) {
                let own = SENDERS.map(|name| ancestor.join(name)).into_iter().find(|file| file.is_file());
                let file = own.as_deref().map(|file| file.strip_prefix(&here).unwrap_or(file));
                let read = file.map_or_else(|| Ok(Senders::new()), |file| self.reader.senders(file));
                let read = read.map_err(|faults| bad.extend(faults)).ok();
                senders = senders.zip(read).map(|(above, own)| above.into_iter().chain(own).collect());
                self.known.insert(ancestor.to_owned(), senders.clone());
            }
            senders = self.known.get(ancestor).cloned().flatten();
        }
        self.known.get(&whole).and_then(Option::as_ref)
    }
}
