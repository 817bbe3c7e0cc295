//! How the small things that facts are made of are written: most of them take one byte.
//!
//! Each module serves as `#[serde(with = "...")]`.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};

use crate::{
    facts::{self, EventRef},
    ledger::event::EventKind,
};

/// A type of the facts that is written as another.
pub(super) trait Mirrored: Copy {
    /// That other.
    type Mirror: From<Self> + Into<Self> + Serialize + DeserializeOwned;
}

/// Gives those types a mirror of their own that stand in lists, or may not be there.
macro_rules! mirrors {
    ($($mirror:ident: $type:ident = $fields:literal),+ $(,)?) => {
        $(
            #[derive(Serialize, Deserialize)]
            pub(in crate::check::dossier) struct $mirror<'a>(#[serde(with = $fields)] $type<'a>);

            impl<'a> From<$type<'a>> for $mirror<'a> {
                fn from(value: $type<'a>) -> Self {
                    Self(value)
                }
            }

            impl<'a> From<$mirror<'a>> for $type<'a> {
                fn from(mirror: $mirror<'a>) -> Self {
                    mirror.0
                }
            }

            impl<'a> $crate::check::dossier::mirror::Mirrored for $type<'a> {
                type Mirror = $mirror<'a>;
            }
        )+
    };
}
pub(super) use mirrors;

/// A value that may not be there.
pub(super) mod maybe {
    use super::{Deserialize, Deserializer, Mirrored, Serialize, Serializer};

    pub(in super::super) fn serialize<T: Mirrored, S: Serializer>(value: &Option<T>, to: S) -> Result<S::Ok, S::Error> {
        value.map(T::Mirror::from).serialize(to)
    }

    pub(in super::super) fn deserialize<'de, T: Mirrored, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<T>, D::Error> {
        Option::<T::Mirror>::deserialize(from).map(|mirror| mirror.map(Into::into))
    }
}

/// A list.
pub(super) mod list {
    use super::{Deserialize, Deserializer, Mirrored, Serializer};

    pub(in super::super) fn serialize<T: Mirrored, S: Serializer>(list: &[T], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(list.iter().copied().map(T::Mirror::from))
    }

    pub(in super::super) fn deserialize<'de, T: Mirrored, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
        Vec::<T::Mirror>::deserialize(from).map(|list| list.into_iter().map(Into::into).collect())
    }
}

/// A member of a closed vocabulary, by its number on disk.
pub(super) mod coded {
    use super::{Deserialize, Deserializer, Serialize, Serializer, unknown};
    use crate::terms::Coded;

    pub(in super::super) fn serialize<T: Coded, S: Serializer>(member: &T, to: S) -> Result<S::Ok, S::Error> {
        member.code().serialize(to)
    }

    pub(in super::super) fn deserialize<'de, T: Coded, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
        T::from_code(u8::deserialize(from)?).ok_or_else(unknown)
    }
}

/// A member of a closed vocabulary, where somebody told it: by the number after its number on disk, which is never 255.
pub(super) mod coded_if_told {
    use super::{Deserialize, Deserializer, Serialize, Serializer, unknown};
    use crate::terms::Coded;

    pub(in super::super) fn serialize<T: Coded, S: Serializer>(member: &Option<T>, to: S) -> Result<S::Ok, S::Error> {
        member.map_or(0, |member| member.code().saturating_add(1)).serialize(to)
    }

    pub(in super::super) fn deserialize<'de, T: Coded, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
        match u8::deserialize(from)?.checked_sub(1) {
            None => Ok(None),
            Some(code) => T::from_code(code).map(Some).ok_or_else(unknown),
        }
    }
}

/// A yes-or-no fact that somebody may have told: nobody, no, yes.
pub(super) mod answer {
    use super::{Deserialize, Deserializer, Serialize, Serializer, unknown};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is the one that is asked for")]
    pub(in super::super) fn serialize<S: Serializer>(fact: &Option<bool>, to: S) -> Result<S::Ok, S::Error> {
        fact.map_or(0_u8, |yes| if yes { 2 } else { 1 }).serialize(to)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<bool>, D::Error> {
        match u8::deserialize(from)? {
            0 => Ok(None),
            1 => Ok(Some(false)),
            2 => Ok(Some(true)),
            _ => Err(unknown()),
        }
    }
}

/// A day.
pub(super) mod day {
    use super::{Date, Deserialize, Deserializer, Serialize, Serializer, unknown};

    pub(in super::super) fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
        (day.year(), day.month(), day.day()).serialize(to)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        let (year, month, day) = Deserialize::deserialize(from)?;
        Date::new(year, month, day).map_err(|_| unknown())
    }
}

/// A moment: whole seconds, and the nanoseconds beyond, which events seldom have.
#[derive(Serialize, Deserialize)]
pub(super) struct Moment(i64, i32);

impl From<Timestamp> for Moment {
    fn from(at: Timestamp) -> Self {
        Self(at.as_second(), at.subsec_nanosecond())
    }
}

impl From<Moment> for Timestamp {
    fn from(Moment(seconds, nanoseconds): Moment) -> Self {
        Self::new(seconds, nanoseconds).unwrap_or(Self::MAX)
    }
}

impl Mirrored for Timestamp {
    type Mirror = Moment;
}

/// A moment.
pub(super) mod moment {
    use super::{Deserialize, Deserializer, Moment, Serialize, Serializer, Timestamp};

    pub(in super::super) fn serialize<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
        Moment::from(*at).serialize(to)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        Moment::deserialize(from).map(Timestamp::from)
    }
}

/// An event, without the caller's id of it: it is found by its revision.
#[derive(Serialize, Deserialize)]
pub(super) struct Event {
    #[serde(with = "coded")]
    kind: EventKind,
    at: Moment,
    given: bool,
    revision: u64,
}

impl From<EventRef<'_>> for Event {
    fn from(event: EventRef<'_>) -> Self {
        let EventRef { id: _, kind, at, given, revision } = event;
        // Every event is of a kind that the ledger knows.
        let kind = EventKind::ALL.iter().copied().find(|known| known.as_str() == kind);
        Self { kind: kind.unwrap_or(EventKind::ConsentGiven), at: at.into(), given, revision }
    }
}

impl From<Event> for EventRef<'_> {
    fn from(event: Event) -> Self {
        let Event { kind, at, given, revision } = event;
        Self { id: "", kind: kind.as_str(), at: at.into(), given, revision }
    }
}

impl Mirrored for EventRef<'_> {
    type Mirror = Event;
}

/// An event.
pub(super) mod event {
    use super::{Deserialize, Deserializer, Event, EventRef, Serialize, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(event: &EventRef<'_>, to: S) -> Result<S::Ok, S::Error> {
        Event::from(*event).serialize(to)
    }

    pub(in super::super) fn deserialize<'de, 'a, D: Deserializer<'de>>(from: D) -> Result<EventRef<'a>, D::Error> {
        Event::deserialize(from).map(EventRef::from)
    }
}

/// The latest of one thing said against marketing. Most often there is none, or it is on record.
#[derive(Serialize, Deserialize)]
enum Said {
    Nothing,
    Recorded(Event),
    Given { latest: Option<Event>, recorded: Option<Event> },
}

/// What was said against marketing.
pub(super) mod stop {
    use super::{Deserialize, Deserializer, EventRef, Said, Serialize, Serializer, facts::Stop};

    pub(in super::super) fn serialize<S: Serializer>(stop: &Stop<'_>, to: S) -> Result<S::Ok, S::Error> {
        let said = match (stop.latest, stop.recorded) {
            (None, None) => Said::Nothing,
            (Some(latest), Some(recorded)) if latest == recorded => Said::Recorded(latest.into()),
            (latest, recorded) => Said::Given { latest: latest.map(Into::into), recorded: recorded.map(Into::into) },
        };
        said.serialize(to)
    }

    pub(in super::super) fn deserialize<'de, 'a, D: Deserializer<'de>>(from: D) -> Result<Stop<'a>, D::Error> {
        let (latest, recorded) = match Said::deserialize(from)? {
            Said::Nothing => (None, None),
            Said::Recorded(event) => {
                let event = EventRef::from(event);
                (Some(event), Some(event))
            }
            Said::Given { latest, recorded } => (latest.map(Into::into), recorded.map(Into::into)),
        };
        Ok(Stop { latest, recorded })
    }
}

fn unknown<E: serde::de::Error>() -> E {
    E::custom("a number that stands for nothing")
}
