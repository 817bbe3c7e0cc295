//! What is worth remembering from one check of an installation to the next. It decides nothing: each thing is found
//! again by all that it rests on, and whatever is forgotten is worked out anew.

use std::sync::Arc;

use quick_cache::{Equivalent, Weighter, sync::Cache};

use super::{kind::Kind, parties::Known};
use crate::store::{Revision, StoreError, View};

/// So many bytes of kinds are remembered: some thousands.
const KINDS: u64 = 12 << 20;

/// Of so many senders the profile is remembered as it is read.
const PARTIES: usize = 256;

/// Of so many companies it is remembered that nothing is on record.
const SILENT: usize = 8_192;

/// What checks remember.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) kinds: Kinds<()>,
    pub(super) lookups: Lookups,
}

/// What was looked up in the ledger.
pub(super) struct Lookups {
    parties: Cache<Box<str>, Arc<Party>>,
    silent: Cache<(Box<str>, Box<str>), Moment>,
}

/// How far which ledger has come: the hash of its chain, which no other ledger has, nor the same one once anything is
/// recorded.
pub(super) type Moment = [u8; 32];

/// A registered sender: its profile as it was read, and what it is.
type Party = (Box<[u8]>, Known);

/// A sender and the domain of a company.
#[derive(Clone, Copy, Hash)]
struct Company<'c>(&'c str, &'c str);

impl Equivalent<(Box<str>, Box<str>)> for Company<'_> {
    fn equivalent(&self, other: &(Box<str>, Box<str>)) -> bool {
        *self.0 == *other.0 && *self.1 == *other.1
    }
}

/// The moment at which the ledger has come so far.
pub(super) fn moment(view: &dyn View, revision: Revision) -> Result<Moment, StoreError> {
    // Of nothing at all there is no hash.
    Ok(view.chain(revision)?.unwrap_or_default())
}

impl std::fmt::Debug for Lookups {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lookups").field("parties", &self.parties.len()).field("silent", &self.silent.len()).finish()
    }
}

/// Kinds of people, with what the rules make of them.
pub(super) struct Kinds<T>(Cache<Box<[u8]>, Arc<Kind<T>>, Size>);

impl<T> std::fmt::Debug for Kinds<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Kinds").field(&self.0.len()).finish()
    }
}

impl<T> Default for Kinds<T> {
    fn default() -> Self {
        Self(Cache::with_weighter(4_096, KINDS, Size))
    }
}

impl<T> Kinds<T> {
    /// The kind with that key; one that is not known is found, and remembered if there is any.
    pub(super) fn get_or(&self, key: &[u8], find: impl FnOnce() -> Option<Kind<T>>) -> Option<Arc<Kind<T>>> {
        if let Some(kind) = self.0.get(key) {
            return Some(kind);
        }
        let kind = Arc::new(find()?);
        self.0.insert(key.into(), Arc::clone(&kind));
        Some(kind)
    }
}

/// Kinds are weighed by the memory that they take.
#[derive(Clone, Debug)]
struct Size;

impl<T> Weighter<Box<[u8]>, Arc<Kind<T>>> for Size {
    fn weight(&self, key: &Box<[u8]>, kind: &Arc<Kind<T>>) -> u64 {
        (key.len() + kind.size()) as u64
    }
}

impl Default for Lookups {
    fn default() -> Self {
        Self { parties: Cache::new(PARTIES), silent: Cache::new(SILENT) }
    }
}

impl Lookups {
    /// The party with that id, if its profile is still the one that was read.
    pub(super) fn party(&self, id: &str, profile: &[u8]) -> Option<Known> {
        self.parties.get(id).filter(|known| *known.0 == *profile).map(|known| known.1.clone())
    }

    pub(super) fn keep_party(&self, id: &str, profile: &[u8], known: &Known) {
        self.parties.insert(id.into(), Arc::new((profile.into(), known.clone())));
    }

    /// Whether the ledger is known to have nothing of a company at that moment: many people have their mailbox at the same
    /// one.
    pub(super) fn is_silent(&self, sender: &str, host: &str, at: Moment) -> bool {
        self.silent.get(&Company(sender, host)) == Some(at)
    }

    pub(super) fn keep_silence(&self, sender: &str, host: &str, at: Moment) {
        self.silent.insert((sender.into(), host.into()), at);
    }
}
