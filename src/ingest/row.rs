//! One line of a table, by its columns.

use crate::{
    ledger::{
        accept,
        identity::{ContactDetails, Detail, Identity, Normalised, RecipientKey},
    },
    terms::recipient::DetailKind,
};

use super::Fault;

/// A column that a file can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// An email address.
    Email,
    /// A telephone number.
    Phone,
    /// A postal address on one line.
    Postal,
    /// An account.
    Account,
    /// When a number was listed.
    ListedAt,
    /// When it was taken off.
    RemovedAt,
    /// The channels objected to.
    Channels,
    /// The topics objected to.
    Topics,
    /// When the person objected.
    OccurredAt,
    /// The caller's id of the event.
    Id,
    /// The caller's own name of the line.
    Ref,
    /// Party to the contract for the line or mailbox.
    Subscriber,
    /// The contact detail names a person.
    NamedPerson,
    /// Where the person is.
    Country,
    /// How old the person is.
    Age,
    /// The person is known to be vulnerable.
    Vulnerable,
}

impl Column {
    /// The names that a header may give it. The first is the one that we speak of.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Email => &["email", "email_address", "e_mail", "e_mail_address"],
            Self::Phone => &["phone", "number", "telephone", "phone_number", "telephone_number"],
            Self::Postal => &["postal", "address", "postal_address"],
            Self::Account => &["account"],
            Self::ListedAt => &["listed_at"],
            Self::RemovedAt => &["removed_at"],
            Self::Channels => &["channels"],
            Self::Topics => &["topics"],
            Self::OccurredAt => &["occurred_at"],
            Self::Id => &["id"],
            Self::Ref => &["ref", "id", "reference"],
            Self::Subscriber => &["subscriber"],
            Self::NamedPerson => &["named_person"],
            Self::Country => &["country"],
            Self::Age => &["age"],
            Self::Vulnerable => &["vulnerable"],
        }
    }

    /// The name that we speak of.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.names().first().copied().unwrap_or_default()
    }

    /// The kind of contact detail that it holds.
    #[must_use]
    pub const fn detail(self) -> Option<DetailKind> {
        match self {
            Self::Email => Some(DetailKind::Email),
            Self::Phone => Some(DetailKind::Phone),
            Self::Postal => Some(DetailKind::Postal),
            Self::Account => Some(DetailKind::Account),
            Self::ListedAt
            | Self::RemovedAt
            | Self::Channels
            | Self::Topics
            | Self::OccurredAt
            | Self::Id
            | Self::Ref
            | Self::Subscriber
            | Self::NamedPerson
            | Self::Country
            | Self::Age
            | Self::Vulnerable => None,
        }
    }

    /// The column of a kind of contact detail, if anybody writes such a detail.
    #[must_use]
    pub const fn of(kind: DetailKind) -> Option<Self> {
        match kind {
            DetailKind::Email => Some(Self::Email),
            DetailKind::Phone => Some(Self::Phone),
            DetailKind::Postal => Some(Self::Postal),
            DetailKind::Account => Some(Self::Account),
            DetailKind::Domain | DetailKind::Register => None,
        }
    }
}

/// One line, where it was read.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// The fields one after the other.
    pub(super) text: &'a str,
    /// Where each field ends.
    pub(super) ends: &'a [usize],
    /// What each field is.
    pub(super) columns: &'a [Option<Column>],
}

/// It may hold contact details.
impl std::fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[row]")
    }
}

impl<'a> Row<'a> {
    /// The columns that are known.
    pub fn columns(&self) -> impl Iterator<Item = Column> {
        self.columns.iter().copied().flatten()
    }

    /// What stands in a column, without the spaces around it; `None` if nothing does.
    #[must_use]
    pub fn get(&self, column: Column) -> Option<&'a str> {
        let index = self.columns.iter().position(|held| *held == Some(column))?;
        let start = index.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        let text = self.text.get(start..*self.ends.get(index)?)?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// The person's contact details, and the keys of their histories with a sender.
    ///
    /// # Errors
    /// If there are none, or one of them reaches nobody.
    pub fn details(
        &self,
        sender: Option<&str>,
        identity: &Identity,
    ) -> Result<(ContactDetails, Vec<RecipientKey>), Fault> {
        let mut details = ContactDetails::default();
        let mut keys = Vec::with_capacity(1);
        for column in self.columns.iter().flatten() {
            let (Some(kind), Some(text)) = (column.detail(), self.get(*column)) else { continue };
            let detail = Detail::from(text);
            let normal = Normalised::new(kind, &detail).map_err(|error| Fault::of(column.name(), error))?;
            if !accept::is_detail_within_bounds(kind, &detail) {
                return Err(Fault::of(column.name(), "this is too long, or has characters that none has"));
            }
            keys.push(identity.recipient_key(sender, &normal));
            let place = match kind {
                DetailKind::Email => &mut details.email,
                DetailKind::Phone => &mut details.phone,
                DetailKind::Postal => &mut details.postal,
                DetailKind::Account | DetailKind::Domain | DetailKind::Register => &mut details.account,
            };
            *place = Some(detail);
        }
        if keys.is_empty() { Err(Fault("there is no contact detail".to_owned())) } else { Ok((details, keys)) }
    }
}
