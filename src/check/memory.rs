//! What is worth remembering from one check of an installation to the next. It decides nothing: each thing is found
//! again by all that it rests on, and whatever is forgotten is worked out anew.

use std::sync::Arc;

use quick_cache::{Weighter, sync::Cache};

use super::{kind::Kind, parties::Known};

/// So many bytes of kinds are remembered: some thousands.
const KINDS: u64 = 12 << 20;

/// Of so many senders the profile is remembered as it is read.
const PARTIES: usize = 256;

/// What checks remember.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) kinds: Kinds<()>,
    pub(super) profiles: Profiles,
}

/// The profiles of registered senders, read.
pub(super) struct Profiles(Cache<Box<str>, Arc<Party>>);

/// A registered sender: its profile as it was read, and what it is.
type Party = (Box<[u8]>, Known);

impl std::fmt::Debug for Profiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Profiles").field(&self.0.len()).finish()
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

impl Default for Profiles {
    fn default() -> Self {
        Self(Cache::new(PARTIES))
    }
}

impl Profiles {
    /// The party with that id, if its profile is still the one that was read.
    pub(super) fn party(&self, id: &str, profile: &[u8]) -> Option<Known> {
        self.0.get(id).filter(|known| *known.0 == *profile).map(|known| known.1.clone())
    }

    pub(super) fn keep(&self, id: &str, profile: &[u8], known: &Known) {
        self.0.insert(id.into(), Arc::new((profile.into(), known.clone())));
    }
}
