//! What is told of an erasure: what is gone, what stays, and by which provision of the law.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{Plan, held::Held};
use crate::{
    check::answer::Citation,
    ledger::event::EventKind,
    rules::citation::{self, ART_17},
    store::Revision,
};

/// What became of an erasure.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Erasure)]
pub struct Told {
    /// The sender.
    #[schema(example = "acme")]
    pub sender: String,
    /// The ledger's revision afterwards.
    #[schema(example = "r1-2a")]
    pub revision: String,
    /// What was erased, by kind; empty when nothing was held.
    pub erased: Vec<ErasedKind>,
    /// What stays, and why it may.
    pub kept: Vec<KeptFact>,
    /// How many decisions of the decision log lost their link to the person.
    #[schema(example = 3)]
    pub decisions_unlinked: u64,
}

/// The records of one kind that are erased.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ErasedKind {
    /// The kind of event.
    #[serde(rename = "type")]
    #[schema(example = "consent_given")]
    pub kind: &'static str,
    /// The revisions of the records.
    #[schema(example = json!(["r1-29"]))]
    pub revisions: Vec<String>,
    /// Why, in words.
    pub because: &'static str,
    /// The provision that asks for it.
    pub citation: Citation,
}

/// Something that stays.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KeptFact {
    /// What.
    #[schema(example = "suppression")]
    pub what: &'static str,
    /// Why, in words.
    pub because: &'static str,
    /// The provision that allows it.
    pub citation: Citation,
}

/// What stays after an erasure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// That the person is not to be marketed to.
    Suppression,
    /// What the person asked for a whole company.
    CompanyObjection,
    /// What a public register says.
    PublicRegister,
    /// The place of each record in the journal.
    JournalEntry,
}

impl Kept {
    /// What stays of what is held.
    pub(super) fn of(held: &Held) -> Vec<Self> {
        let others = [
            (Self::CompanyObjection, !held.of_companies.is_empty()),
            (Self::PublicRegister, held.on_a_register),
            (Self::JournalEntry, !held.erased.is_empty()),
        ];
        let others = others.into_iter().filter_map(|(kept, there)| there.then_some(kept));
        std::iter::once(Self::Suppression).chain(others).collect()
    }

    fn told(self) -> KeptFact {
        match self {
            Self::Suppression => KeptFact {
                what: "suppression",
                because: "a keyed hash of each contact detail with the moment and the reference of this request: the \
                          person's objection to marketing must be kept to (UK GDPR Art 21(3); PECR regs 21 and 22), also \
                          when a list brings the address back",
                citation: legal_obligation(),
            },
            Self::CompanyObjection => KeptFact {
                what: "company_objection",
                because: "what was asked for a whole company, under the company's domain and without its id: it holds for \
                          everybody there, and must be kept to as well",
                citation: legal_obligation(),
            },
            Self::PublicRegister => KeptFact {
                what: "public_register",
                because: "what a public register says of a contact detail: it is the register's and no sender's, and every \
                          sender must screen against it (PECR regs 20, 21 and 26)",
                citation: legal_obligation(),
            },
            Self::JournalEntry => KeptFact {
                what: "journal_entry",
                because: "of each erased record its revision, the moment it was recorded, a keyed hash of its id and a hash \
                          with erased random bytes in it, which tells nothing of the event: so the journal shows that \
                          nothing else was taken from it, and the event does not come back when it is sent again",
                citation: cited("Art 5(1)(f) and (2)", citation::ART_5),
            },
        }
    }
}

impl Told {
    /// What is told of a plan that was carried out, or that is about to be.
    #[must_use]
    pub fn of(sender: &str, plan: &Plan, decisions_unlinked: u64, revision: Revision) -> Self {
        let mut kinds: BTreeMap<EventKind, Vec<String>> = BTreeMap::new();
        for erased in &plan.erased {
            kinds.entry(erased.kind).or_default().push(erased.revision.to_string());
        }
        Self {
            sender: sender.to_owned(),
            revision: revision.to_string(),
            erased: kinds.into_iter().map(|(kind, revisions)| erased(kind, revisions)).collect(),
            kept: plan.kept.iter().map(|kept| kept.told()).collect(),
            decisions_unlinked,
        }
    }
}

fn erased(kind: EventKind, revisions: Vec<String>) -> ErasedKind {
    let (because, provision) = if matches!(kind, EventKind::ConsentGiven | EventKind::ConsentWithdrawn) {
        ("the consent that the processing was based on is withdrawn with this request", "Art 17(1)(b)")
    } else {
        ("the person objects to direct marketing, and for that alone it was kept", "Art 17(1)(c)")
    };
    ErasedKind { kind: kind.as_str(), revisions, because, citation: cited(provision, ART_17) }
}

const fn legal_obligation() -> Citation {
    cited("Art 17(3)(b)", ART_17)
}

const fn cited(provision: &'static str, url: &'static str) -> Citation {
    let citation::Citation { instrument, provision, url } = citation::uk_gdpr(provision, url);
    Citation { instrument, provision, url }
}
