//! What the ledger knows of a person, in the key of a kind.

use super::{Key, coded, told};
use crate::facts::{Collection, Consent, House, Line, Listed, Listing, Relationship, Request, SendLimit};

impl<'a> Key<'_, 'a> {
    pub(super) fn line(&mut self, line: &Line<'a>) {
        let Line { tps, ctps, fax, mps, permission, permission_withdrawn, relationship } = line;
        for Listing { listed, absent } in [tps, ctps, fax, mps] {
            let listed = listed.as_ref().map(|Listed { event, since_known }| (event, *since_known));
            self.event(listed.map(|(event, _)| event));
            self.event(absent.as_ref());
            self.bytes.push(u8::from(listed.is_some_and(|(_, since_known)| since_known)));
        }
        self.event(permission.as_ref());
        self.stop(permission_withdrawn);
        let relationship = relationship.as_ref();
        let relationship =
            relationship.map(|Relationship { event, ended, avoids_the_ban }| (event, ended, *avoids_the_ban));
        self.event(relationship.map(|(event, _, _)| event));
        self.event(relationship.and_then(|(_, ended, _)| ended.as_ref()));
        self.bytes.push(told(relationship.and_then(|(_, _, avoids)| avoids)));
    }

    pub(super) fn request(&mut self, request: Option<Request<'a>>) {
        self.event(request.as_ref().map(|request| &request.event));
        let Some(request) = request else { return };
        let Request {
            event: _,
            to_sender,
            covers_channel,
            covers_topic,
            names_topic,
            for_this_detail,
            before_reassignment,
            fulfilled,
        } = request;
        self.bytes.extend([to_sender, covers_channel, names_topic].map(u8::from));
        self.bytes.extend([for_this_detail, before_reassignment, fulfilled].map(u8::from));
        self.bytes.push(told(covers_topic));
    }

    pub(super) fn house(&mut self, house: &House<'a>) {
        let House { quiet, consents_since, limit, blocks_topics, topic_blocked, honours_registers_at_once } = *house;
        self.bytes.extend([told(quiet), told(topic_blocked), u8::from(blocks_topics)]);
        self.bytes.push(u8::from(honours_registers_at_once) | u8::from(consents_since.is_some()) << 1);
        if let Some(since) = consents_since {
            self.bytes.extend_from_slice(&since.as_nanosecond().to_le_bytes());
        }
        self.event(limit.as_ref().and_then(|limit| limit.latest.as_ref()));
        self.bytes.push(u8::from(limit.is_some()));
        if let Some(SendLimit { made, at_most, in_days, covers, latest: _ }) = limit {
            self.bytes.extend_from_slice(&made.to_le_bytes());
            self.bytes.extend_from_slice(&at_most.to_le_bytes());
            self.bytes.extend_from_slice(&in_days.to_le_bytes());
            self.bytes.push(told(covers));
        }
    }

    pub(super) fn consent(&mut self, consent: &Consent<'a>) {
        let Consent {
            event,
            manner,
            source,
            context,
            for_this_detail,
            before_reassignment,
            covers_channel,
            covers_purpose,
            names_aims,
            covers_topic,
            names_topic,
            names_sender,
            names_caller,
            names_promoted,
            third_party_offers,
            separate,
            conditional,
            withdrawal_told,
            explicit,
            parental_authorisation,
            has_wording,
            has_evidence,
        } = *consent;
        self.event(Some(&event));
        self.bytes.extend([coded(manner), source.code(), coded(context)]);
        let plain = [for_this_detail, before_reassignment, covers_channel, covers_purpose];
        let more = [names_aims, names_topic, names_promoted, has_wording];
        self.bytes.extend([bits(plain), bits(more), u8::from(has_evidence)]);
        let answers = [covers_topic, names_sender, names_caller, third_party_offers];
        let more = [separate, conditional, withdrawal_told, explicit];
        self.bytes.extend([pairs(answers), pairs(more), told(parental_authorisation)]);
    }

    pub(super) fn collection(&mut self, collection: &Collection<'a>) {
        let Collection {
            event,
            context,
            for_this_detail,
            before_reassignment,
            by_sender,
            opt_out_offered,
            opt_out_free,
            refused,
            similar,
        } = *collection;
        self.event(Some(&event));
        let plain = [for_this_detail, before_reassignment, by_sender, false];
        self.bytes.extend([context.code(), bits(plain), pairs([opt_out_offered, opt_out_free, refused, similar])]);
    }
}

/// Four facts in a byte.
fn bits(facts: [bool; 4]) -> u8 {
    facts.into_iter().fold(0, |bits, fact| bits << 1 | u8::from(fact))
}

/// Four facts that somebody may have told, in a byte.
fn pairs(facts: [Option<bool>; 4]) -> u8 {
    facts.into_iter().fold(0, |bits, fact| bits << 2 | told(fact))
}
