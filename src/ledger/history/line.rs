//! What is known of the line itself: the registers, the subscriber's permission, the client relationship.

use jiff::Timestamp;

use super::{Question, Source};
use crate::{
    facts::{EventRef, Line, Listed, Listing, Relationship, Stop},
    ledger::{
        entry::{Entry, Flag},
        event::EventKind,
    },
    terms::register::Register,
};

/// What was found of the line, until all is taken in.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks<'a> {
    registers: Vec<(Register, Mark, EventRef<'a>)>,
    permissions: Vec<EventRef<'a>>,
    permission_withdrawn: Stop<'a>,
    relationships: Vec<(EventRef<'a>, Option<bool>)>,
    ended: Vec<EventRef<'a>>,
}

/// What an event says of a line and a register. Of two at one moment the one that protects the person counts last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// It was taken off.
    Removed,
    /// The whole register was taken in: whatever was not on record as listed was absent.
    Whole,
    /// It was looked up and not found.
    Absent,
    /// It was looked up and found: since when is not known.
    Found,
    /// It was entered.
    Listed,
}

impl<'a> Marks<'a> {
    /// Takes an entry in, if it is of this sort. The order of the calls does not matter.
    pub(super) fn take(&mut self, entry: &Entry<'a>, event: EventRef<'a>, source: Source, question: &Question<'_>) {
        // What was taken back for one of the person's lines is taken back for all: the caller was told to stop.
        if entry.kind == EventKind::CallPermissionWithdrawn {
            self.permission_withdrawn.note(event);
            return;
        }
        if event.at > question.at && entry.kind != EventKind::ClientRelationshipEnded || !source.used {
            return;
        }
        match entry.kind {
            EventKind::RegisterListed if entry.is_on_or_before() => self.mark(entry, Mark::Found, event),
            EventKind::RegisterListed => self.mark(entry, Mark::Listed, event),
            EventKind::RegisterImported => self.mark(entry, Mark::Whole, event),
            EventKind::RegisterRemoved => self.mark(entry, Mark::Removed, event),
            EventKind::RegisterScreened if entry.flag(Flag::Found) == Some(true) => {
                self.mark(entry, Mark::Found, event);
            }
            EventKind::RegisterScreened => self.mark(entry, Mark::Absent, event),
            EventKind::CallPermissionGiven if source.answerable => self.permissions.push(event),
            EventKind::ClientRelationshipStarted if source.caller => {
                self.relationships.push((event, entry.flag(Flag::AvoidsTheBan)));
            }
            EventKind::ClientRelationshipEnded if source.caller => self.ended.push(event),
            EventKind::CallPermissionGiven
            | EventKind::ClientRelationshipStarted
            | EventKind::ClientRelationshipEnded
            | EventKind::CallPermissionWithdrawn
            | EventKind::ConsentGiven
            | EventKind::ConsentWithdrawn
            | EventKind::ObjectionRaised
            | EventKind::DetailsCollected
            | EventKind::DetailsRefused
            | EventKind::RequestMade
            | EventKind::RequestFulfilled
            | EventKind::SubscriberIdentified
            | EventKind::ContactReassigned
            | EventKind::AgeStated
            | EventKind::ComplaintMade
            | EventKind::SendMade
            | EventKind::ErasureRequested => {}
        }
    }

    fn mark(&mut self, entry: &Entry<'a>, mark: Mark, event: EventRef<'a>) {
        let register = entry.register().filter(|register| *register != Register::FundraisingPreference);
        self.registers.extend(register.map(|register| (register, mark, event)));
    }

    /// What is known, once all is taken in; of the present holder, where the number went to somebody else.
    pub(super) fn settled(&mut self, reassigned: Option<Timestamp>) -> Line<'a> {
        let order = |a: &EventRef<'a>, b: &EventRef<'a>| (a.at, a.id, !a.given).cmp(&(b.at, b.id, !b.given));
        self.registers.sort_by(|(_, a, at), (_, b, bt)| (at.at, a).cmp(&(bt.at, b)).then(order(at, bt)));
        let own = |event: &EventRef<'_>| reassigned.is_none_or(|at| event.at > at);
        // What is on record counts before what is later and only the caller's word.
        let firm = |a: &EventRef<'a>, b: &EventRef<'a>| (!a.given).cmp(&!b.given).then(order(a, b));
        let permission = self.permissions.iter().copied().filter(own).max_by(firm);
        let relationships = self.relationships.iter().copied().filter(|(event, _)| own(event));
        // Of two that began at one moment the one that is said to avoid the ban counts.
        let latest = relationships.max_by(|(a, avoids), (b, also)| {
            let same = a.given == b.given && a.at == b.at;
            if same { avoids.cmp(also).then(order(a, b)) } else { firm(a, b) }
        });
        let relationship = latest.map(|(event, avoids_the_ban)| {
            let ended = self.ended.iter().copied().filter(|ended| !event.outlasts(ended)).max_by(order);
            Relationship { event, ended, avoids_the_ban }
        });
        Line {
            tps: self.listing(Register::Tps),
            ctps: self.listing(Register::Ctps),
            fax: self.listing(Register::FaxRegister),
            mps: self.listing(Register::Mps),
            permission,
            permission_withdrawn: self.permission_withdrawn,
            relationship,
        }
    }

    /// What one register says. A register keeps a line until it is taken off or looked up and not found; a caller's
    /// word does not take off what is on record.
    fn listing(&self, register: Register) -> Listing<'a> {
        let mut listing = Listing::default();
        for (_, mark, event) in self.registers.iter().filter(|(of, _, _)| *of == register) {
            let listed = Listed { event: *event, since_known: *mark == Mark::Listed };
            match mark {
                Mark::Listed | Mark::Found => {
                    listing.listed = listing.listed.or(Some(listed));
                }
                Mark::Whole => {
                    listing.absent = if listing.listed.is_none() { Some(*event) } else { listing.absent };
                }
                Mark::Removed | Mark::Absent => {
                    if *mark == Mark::Absent {
                        listing.absent = Some(*event);
                    }
                    listing.listed = listing.listed.filter(|held| event.given && !held.event.given);
                }
            }
        }
        listing
    }
}

#[cfg(test)]
mod tests;
