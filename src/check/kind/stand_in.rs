//! Events that stand in for those of a person: what the rules make of a kind is found on them, so that it is plain in
//! whatever is written where an event of the person goes.
//!
//! They have the times of the person's own, which decide, and another `id` and revision, which decide nothing.

use std::sync::LazyLock;

use super::key::{MOST_EVENTS, is_same};
use crate::{
    check::dossier::Sources,
    facts::{Collection, Consent, EventRef, Facts, Line, Listing, Stop, Stops},
};

/// What the `id` of a stand-in begins with: a character that means nothing, before its number in two digits.
pub(super) const MARK: &str = "\u{f8ff}";

/// What the revision of a stand-in begins with. It takes ten bytes as a dossier writes it.
const REVISIONS: u64 = 0xf1e2_d3c4_b5a6_9700;

static IDS: LazyLock<Vec<String>> = LazyLock::new(|| (0..MOST_EVENTS).map(|n| format!("{MARK}{n:02}")).collect());

/// The revision of the stand-in with that number.
pub(super) const fn revision(number: usize) -> u64 {
    REVISIONS + number as u64
}

/// Puts stand-ins for the events of a person, each under its number.
pub(super) struct StandIns<'e, 'a> {
    pub(super) events: &'e [EventRef<'a>],
}

impl<'a> StandIns<'_, 'a> {
    pub(super) fn facts(&self, facts: &mut Facts<'a>) {
        let Line { tps, ctps, fax, mps, permission, permission_withdrawn, relationship } = &mut facts.line;
        for Listing { listed, absent } in [tps, ctps, fax, mps] {
            self.each(listed.iter_mut().map(|listed| &mut listed.event).chain(absent));
        }
        self.each(permission);
        self.stop(permission_withdrawn);
        if let Some(relationship) = relationship {
            self.event(&mut relationship.event);
            self.each(&mut relationship.ended);
        }
        let Stops { objection, fundraising_preference, withdrawal, refusal, complaint, company } = &mut facts.stops;
        [objection, fundraising_preference, withdrawal, refusal, complaint, company]
            .into_iter()
            .for_each(|it| self.stop(it));
        self.each(facts.request.iter_mut().map(|request| &mut request.event));
        self.each(facts.house.limit.iter_mut().filter_map(|limit| limit.latest.as_mut()));
    }

    pub(super) fn consents(&self, consents: &[Consent<'a>]) -> Vec<Consent<'a>> {
        let mut consents = consents.to_vec();
        self.each(consents.iter_mut().map(|consent| &mut consent.event));
        consents
    }

    pub(super) fn collections(&self, collections: &[Collection<'a>]) -> Vec<Collection<'a>> {
        let mut collections = collections.to_vec();
        self.each(collections.iter_mut().map(|collection| &mut collection.event));
        collections
    }

    pub(super) fn sources(&self, sources: &Sources<'a>) -> Sources<'a> {
        let mut sources = *sources;
        let Sources { subscriber, named_person, age } = &mut sources;
        self.each(subscriber.iter_mut().chain(named_person).chain(age));
        sources
    }

    pub(super) fn each<'m>(&self, events: impl IntoIterator<Item = &'m mut EventRef<'a>>)
    where
        'a: 'm,
    {
        events.into_iter().for_each(|event| self.event(event));
    }

    fn stop(&self, stop: &mut Stop<'a>) {
        let Stop { latest, recorded } = stop;
        self.each(latest.iter_mut().chain(recorded));
    }

    fn event(&self, event: &mut EventRef<'a>) {
        let number = self.events.iter().position(|known| is_same(known, event));
        if let Some((number, id)) = number.and_then(|number| Some((number, IDS.get(number)?))) {
            *event = EventRef { id, revision: revision(number), ..*event };
        }
    }
}
