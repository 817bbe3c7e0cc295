//! Each consent and each collection, tried for one message.

use super::{Decision, Weighed, allows};
use crate::{
    facts::{Collection, Consent, Facts, House},
    terms::party::PolicyProfile,
};

/// The decision on the reading of the facts.
pub(super) fn on_its_reading<'a>(
    facts: &Facts<'a>,
    consents: &[Consent<'a>],
    collections: &[Collection<'a>],
) -> Decision<'a> {
    let first = Facts { consent: consents.first().copied(), collection: collections.first().copied(), ..*facts };
    let closest = Weighed::new(&first);
    if closest.allows() {
        return closest.decision(first);
    }
    let others = others(&first, consents, collections);
    for other in &others {
        let weighed = Weighed::new(other);
        if weighed.allows() {
            return weighed.decision(*other);
        }
    }
    let nearest = nearest(&first, &others).copied();
    let decision = match nearest {
        Some(nearest) => Weighed::new(&nearest).decision(nearest),
        None => closest.decision(first),
    };
    let tried = nearest.into_iter().chain([first]).chain(others).collect();
    Decision { tried, ..decision }
}

/// What is tried after the first consent and the first collection.
fn others<'a>(first: &Facts<'a>, consents: &[Consent<'a>], collections: &[Collection<'a>]) -> Vec<Facts<'a>> {
    let consents = consents.iter().skip(1).map(|consent| Facts { consent: Some(*consent), ..*first });
    let collections = collections.iter().skip(1).map(|it| Facts { collection: Some(*it), ..*first });
    let no_consent = first.consent.map(|_| Facts { consent: None, ..*first });
    consents.chain(collections).chain(no_consent).collect()
}

/// Of several that were tried in vain, the one that a doubtful point or a rule of the sender's own alone stands against:
/// the deny is explained by that, so that the point is told.
fn nearest<'f, 'a>(first: &'f Facts<'a>, others: &'f [Facts<'a>]) -> Option<&'f Facts<'a>> {
    let ways = [(true, false), (false, true), (true, true)];
    ways.into_iter().filter(|_| !others.is_empty()).find_map(|way| {
        let passes = |tried: &&Facts<'a>| relaxed(tried, way).is_some_and(|facts| allows(&facts));
        std::iter::once(first).chain(others).find(passes)
    })
}

/// The facts taken literally, or without the sender's own rules, or both; `None` where they are so already.
pub(super) fn relaxed<'a>(facts: &Facts<'a>, (literally, unruled): (bool, bool)) -> Option<Facts<'a>> {
    let profile = if literally { PolicyProfile::Literal } else { facts.profile };
    let house = if unruled { House::default() } else { facts.house };
    let same = (profile, house) == (facts.profile, facts.house);
    (!same).then_some(Facts { profile, house, ..*facts })
}
