//! Who transmits the message, who answers for it, and whose goods or aims it promotes.

use std::sync::Arc;

use super::{
    CheckError,
    memory::Profiles,
    request::{Party, SendRequest},
};
use crate::{
    ledger::{
        identity::{Identity, plain_name},
        sender::Sender,
    },
    spelling::nearest,
    store::{StoreError, View},
    terms::{party::SenderKind, purpose::Purpose},
};

/// A party with its profile.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// Its id; `None` for an inline profile, of which nothing is on record.
    pub(super) id: Option<Arc<str>>,
    /// Its profile.
    pub(super) profile: Arc<Sender>,
    /// Its names, as numbers.
    pub(super) names: Arc<[u64]>,
    /// Its groups of similar products.
    groups: Arc<[Vec<Product>]>,
}

/// A product of a group.
#[derive(Debug)]
struct Product {
    name: String,
    /// Without regard to case.
    folded: String,
    number: u64,
}

impl Product {
    fn new(name: &str, identity: &Identity) -> Self {
        Self { name: name.to_owned(), folded: folded(name), number: identity.text(name) }
    }
}

fn folded(product: &str) -> String {
    product.trim().to_lowercase()
}

impl Known {
    /// A party, by its profile.
    pub(super) fn new(id: Option<&str>, profile: Sender, identity: &Identity) -> Self {
        let names = profile.names(id).map(|name| identity.name(name)).collect();
        let group = |names: &Vec<String>| names.iter().map(|name| Product::new(name, identity)).collect();
        let groups = profile.similar_products.values().map(group).collect();
        Self { id: id.map(Arc::from), profile: Arc::new(profile), names, groups }
    }

    /// The products that stand in one group with that one, itself among them, as numbers.
    pub(super) fn similar_to(&self, product: &str, identity: &Identity) -> Vec<u64> {
        let folded = folded(product);
        let groups = self.groups.iter().filter(|group| group.iter().any(|it| it.folded == folded));
        let mut numbers: Vec<u64> = groups.flatten().map(|it| it.number).collect();
        // What is written as in a group has the number that it has there.
        if !self.groups.iter().flatten().any(|it| it.name == product) {
            numbers.push(identity.text(product));
        }
        numbers
    }
}

fn is_named(id: Option<&str>, profile: &Sender, name: &str) -> bool {
    let name = plain_name(name);
    profile.names(id).any(|own| plain_name(own) == name)
}

/// The parties to one message.
#[derive(Debug)]
pub(super) struct Parties {
    /// Who transmits it.
    pub(super) sender: Known,
    /// Who causes it to be sent, where that is another.
    pub(super) instigator: Option<Known>,
    /// The names of the party promoted, where that is another than the one that answers; empty otherwise.
    pub(super) promoted: Vec<String>,
    /// Its profile id, where it is registered.
    promoted_id: Option<String>,
}

impl Parties {
    pub(super) fn of(
        request: &SendRequest,
        view: &dyn View,
        identity: &Identity,
        profiles: Option<&Profiles>,
    ) -> Result<Self, CheckError> {
        let known = |party, pointer| known(party, pointer, view, identity, profiles);
        let sender = known(&request.sender, "/sender")?;
        let instigator = request.instigator.as_ref().map(|party| known(party, "/instigator")).transpose()?;
        let named = |it: &Known, name: &str| is_named(it.id.as_deref(), &it.profile, name);
        // A sender that names itself as instigator is simply the sender.
        let itself = |it: &Known| match it.id {
            Some(_) => it.id == sender.id,
            None => sender.id.is_none() && named(&sender, &it.profile.legal_name),
        };
        let instigator = instigator.filter(|it| !itself(it));
        let answerable = instigator.as_ref().unwrap_or(&sender);
        let another = request.promoted_party.as_deref().filter(|name| !named(answerable, name));
        let promoted_id = another.map(|name| registered_as(name, view)).transpose()?.flatten();
        let promoted = match (another, &promoted_id) {
            (Some(name), Some(id)) => match profile(id, view)? {
                Some(profile) => profile.names(Some(id)).map(str::to_owned).collect(),
                None => vec![name.to_owned()],
            },
            (Some(name), None) => vec![name.to_owned()],
            (None, _) => Vec::new(),
        };
        Ok(Self { sender, instigator, promoted, promoted_id })
    }

    /// The party that answers for the message: the instigator where there is one. Its consents and its collections
    /// are asked for; an objection to either party counts.
    pub(super) fn answerable(&self) -> &Known {
        self.instigator.as_ref().unwrap_or(&self.sender)
    }

    /// The parties whose records are consulted, each with whether it is the one that answers. Whoever told the party
    /// promoted to stop is not reached through another's mail either.
    pub(super) fn recorded(&self) -> impl Iterator<Item = (&str, bool)> {
        let answerable = self.answerable().id.as_deref();
        let host = self.sender.id.as_deref().filter(|_| self.instigator.is_some());
        let promoted = self.promoted_id.as_deref().filter(|id| Some(*id) != answerable && Some(*id) != host);
        let all = [(answerable, true), (host, false), (promoted, false)];
        all.into_iter().filter_map(|(id, answers)| id.map(|id| (id, answers)))
    }

    /// What a party of this kind ordinarily sends: its own cause. A consent that does not say its purposes covers that.
    pub(super) fn ordinary(&self) -> Purpose {
        match self.answerable().profile.kind {
            SenderKind::Charity => Purpose::Charity,
            SenderKind::PoliticalParty => Purpose::Political,
            SenderKind::Company | SenderKind::SoleTrader | SenderKind::PublicBody => Purpose::Commercial,
        }
    }
}

fn known(
    party: &Party,
    pointer: &'static str,
    view: &dyn View,
    identity: &Identity,
    profiles: Option<&Profiles>,
) -> Result<Known, CheckError> {
    match party {
        Party::Registered(id) => {
            let id = id.0.as_str();
            let Some(json) = view.sender(id)? else {
                return Err(CheckError::UnknownSender { pointer, did_you_mean: closest(id, view)? });
            };
            if let Some(known) = profiles.and_then(|profiles| profiles.party(id, json)) {
                return Ok(known);
            }
            let known = Known::new(Some(id), read(id, json)?, identity);
            if let Some(profiles) = profiles {
                profiles.keep(id, json, &known);
            }
            Ok(known)
        }
        Party::Inline(profile) => {
            // A rule that nobody can follow must not pass for one that is followed.
            let refusals = profile.house_rules.as_ref().map(|rules| rules.refusals()).unwrap_or_default();
            match registered_as(&profile.legal_name, view)? {
                Some(id) => Err(CheckError::SenderIsRegistered { pointer, id }),
                None if !refusals.is_empty() => Err(CheckError::HouseRulesRefused { pointer, refusals }),
                None => Ok(Known::new(None, Sender::clone(profile), identity)),
            }
        }
    }
}

fn profile(id: &str, view: &dyn View) -> Result<Option<Sender>, StoreError> {
    view.sender(id)?.map(|json| read(id, json)).transpose()
}

fn read(id: &str, json: &[u8]) -> Result<Sender, StoreError> {
    serde_json::from_slice(json).map_err(|_| StoreError::Damaged(format!("the profile of sender `{id}`")))
}

/// A registered id that looks like the one that nobody registered.
fn closest(id: &str, view: &dyn View) -> Result<Option<String>, StoreError> {
    Ok(nearest(id, view.sender_ids()?.iter().map(String::as_str)).map(str::to_owned))
}

/// The id under which the sender of this id or name is registered: without it, what is on record would be overlooked.
fn registered_as(name: &str, view: &dyn View) -> Result<Option<String>, StoreError> {
    if profile(name, view)?.is_some() {
        return Ok(Some(name.to_owned()));
    }
    for id in view.sender_ids()? {
        let Some(profile) = profile(&id, view)? else { continue };
        if is_named(Some(&id), &profile, name) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Known, Parties};
    use crate::ledger::identity::Identity;

    fn known(id: &str) -> Known {
        let profile = serde_json::json!({ "legal_name": id, "kind": "company" });
        Known::new(Some(id), serde_json::from_value(profile).unwrap(), &Identity::new([7; 32]))
    }

    #[rstest]
    #[case::its_own_mail("acme", None, None, &[("acme", true)])]
    #[case::by_an_agency("agency", Some("acme"), None, &[("acme", true), ("agency", false)])]
    #[case::hosted("magazine", None, Some("acme"), &[("magazine", true), ("acme", false)])]
    #[case::by_an_agency_for_another(
        "agency", Some("magazine"), Some("acme"), &[("magazine", true), ("agency", false), ("acme", false)],
    )]
    #[case::for_the_one_who_sends("agency", Some("acme"), Some("agency"), &[("acme", true), ("agency", false)])]
    fn whose_records_are_consulted(
        #[case] sender: &str,
        #[case] instigator: Option<&str>,
        #[case] promoted_id: Option<&str>,
        #[case] expected: &[(&str, bool)],
    ) {
        let instigator = instigator.map(known);
        let parties = Parties {
            sender: known(sender),
            instigator,
            promoted: Vec::new(),
            promoted_id: promoted_id.map(str::to_owned),
        };
        assert_eq!(parties.recorded().collect::<Vec<_>>(), expected);
    }
}
