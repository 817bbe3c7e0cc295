//! Kinds of people: two are of one kind if no rule can tell them apart.
//!
//! A campaign asks one question of a million people, and there are few kinds of them. What the rules make of a kind is
//! found once and kept as it is written, with holes for what no rule looks at: the ids of the events, their exact times.
//!
//! That rests on two things. Rules look at nothing but facts, and of the time of an event at nothing but whether it came
//! before another or lies within one of a closed list of terms ([`crate::facts::Term`]); `key` writes down exactly that.
//! And what is written names an event in few ways, which `stand_in` and `cut` find. Of a person for whom either does not
//! hold there is no kind, and everything is done anew. Properties compare the two ways over thousands of histories.

mod cut;
mod key;
mod stand_in;
mod template;

use self::{
    cut::{ANY_ID, ANY_REVISION, any_warning},
    stand_in::StandIns,
    template::Template,
};
pub(super) use self::{
    key::{Key, Measure, Person},
    template::Filling,
};
use super::{
    Asked, RestsOn,
    answer::Answer,
    dossier::{self, Dossier},
    draft, explain,
};
use crate::{
    decisions::Rules,
    facts::{EventRef, Facts},
    ledger::history::Standing,
    rules::decide,
};

/// What the rules make of a kind.
#[derive(Debug)]
pub(super) struct Kind<T> {
    /// Whether the message may be sent.
    pub(super) allow: bool,
    /// The rules that turned the decision, as places in the book.
    pub(super) rules: Rules,
    /// What else is known of it.
    pub(super) told: T,
    answer: Template,
    dossier: Template,
}

impl<T> Kind<T> {
    /// Finds what the rules make of a person's kind. `tell` makes the text of the answer, and what else is to be known.
    /// None, if the answer names an event in a way that is not expected.
    pub(super) fn of<'a>(
        facts: &Facts<'a>,
        rests_on: &RestsOn<'_, 'a>,
        events: &[EventRef<'a>],
        tell: impl FnOnce(Answer) -> (String, T),
    ) -> Option<Self> {
        let stand_ins = StandIns { events };
        let mut facts = *facts;
        stand_ins.facts(&mut facts);
        let mut standing = Standing::default();
        standing.consents = stand_ins.consents(&rests_on.standing.consents);
        standing.collections = stand_ins.collections(&rests_on.standing.collections);
        standing.ahead = rests_on.standing.ahead;
        stand_ins.each(&mut standing.ahead);
        let sources = stand_ins.sources(&rests_on.sources);
        let decision = decide::decide(&facts, &standing.consents, &standing.collections);
        let rests_on = RestsOn { sources, standing: &standing, revision: ANY_REVISION, ..*rests_on };
        let answer = explain::answer(&decision, &rests_on, rests_on.now);
        let nobody = Asked::by_nobody();
        let mut dossier = Dossier::of(&decision, &rests_on, &answer, &nobody);
        dossier.took_us = 0;
        let mut bytes = dossier.write();
        bytes.truncate(bytes.len().saturating_sub(dossier::end(&nobody, 0).len()));
        let rules = draft::rules(&decision, &dossier);
        let mut answer = Answer { decision_id: ANY_ID, ..answer };
        answer.warnings.push(any_warning());
        let (text, told) = tell(answer);
        Some(Self {
            allow: decision.allow,
            rules,
            told,
            answer: cut::answer(&text, events)?,
            dossier: cut::dossier(&bytes, facts.at, events)?,
        })
    }

    /// Bytes of memory that it takes.
    pub(super) fn size(&self) -> usize {
        size_of::<Self>() + self.answer.size() + self.dossier.size()
    }

    /// Writes the answer to one person of the kind, and tells where further warnings go.
    pub(super) fn answer(&self, filling: &Filling<'_, '_>, out: &mut Vec<u8>) -> Option<usize> {
        self.answer.fill(filling, out)
    }

    /// Writes the dossier of the decision on one person of the kind, with its end.
    pub(super) fn dossier(&self, filling: &Filling<'_, '_>, end: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.dossier.size() + end.len());
        self.dossier.fill(filling, &mut bytes);
        bytes.extend_from_slice(end);
        bytes
    }
}
