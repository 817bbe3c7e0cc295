//! The defined terms of the law, one file each, with the definition that each rests on.
//!
//! These closed vocabularies *are* the wire contract, so they derive their JSON and schema forms here.
//! Every value also has a number, its `code`, that stands on disk: a code is never reused or changed.

/// Declares a closed vocabulary: an enum whose members have a wire name and a number on disk.
macro_rules! vocabulary {
    (
        $(#[$outer:meta])*
        pub enum $name:ident { $($(#[$inner:meta])* $variant:ident = $code:literal => $text:literal),+ $(,)? }
    ) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[derive(serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$inner])* $variant = $code),+ }

        impl $name {
            /// Every member, in the order of its code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The number on disk.
            #[must_use]
            pub const fn code(self) -> u8 {
                self as u8
            }

            /// The member with that number on disk, if there is one.
            #[must_use]
            pub const fn from_code(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        impl $crate::terms::Coded for $name {
            fn code(self) -> u8 {
                self.code()
            }

            fn from_code(code: u8) -> Option<Self> {
                Self::from_code(code)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

/// A member of a closed vocabulary, which has a number on disk.
pub trait Coded: Copy {
    /// The number on disk.
    fn code(self) -> u8;

    /// The member with that number on disk, if there is one.
    fn from_code(code: u8) -> Option<Self>;
}

pub mod audience;
pub mod channel;
pub mod collection;
pub mod consent;
pub mod lawful_basis;
pub mod london;
pub mod objection;
pub mod party;
pub mod purpose;
pub mod recipient;
pub mod refusal;
pub mod register;
pub mod subscriber;
pub mod wording;

#[cfg(test)]
mod tests {
    use super::{channel::Channel, collection::CollectionContext, consent::ConsentManner, party::SenderKind};

    fn wire<T: serde::Serialize>(value: T) -> String {
        serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    }

    #[test]
    fn the_wire_name_is_the_serde_name() {
        assert!(Channel::ALL.iter().all(|c| wire(c) == c.as_str()));
        assert!(CollectionContext::ALL.iter().all(|c| wire(c) == c.as_str()));
        assert!(ConsentManner::ALL.iter().all(|c| wire(c) == c.as_str()));
        assert!(SenderKind::ALL.iter().all(|c| wire(c) == c.as_str()));
    }
}
