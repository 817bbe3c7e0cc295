//! Reading a struct from a JSON object and from nothing else.
//!
//! A derived `Deserialize` also takes a list, field by field in the order of the source: `[null, null]` would pass for
//! a message that says nothing. The specification speaks of objects alone, so [`objects`] shuts that door.

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{Error as _, MapAccess, Visitor},
    forward_to_deserialize_any,
};

/// Implements `Deserialize` for structs that derive it under `#[serde(remote = "Self")]`, which makes the derived
/// function the struct's own. After `both`, `Serialize` too.
macro_rules! objects {
    (both $($name:ident),+) => {
        $crate::ledger::object::objects!($($name),+);
        $(impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $name::serialize(self, serializer)
            }
        })+
    };
    ($($name:ident),+) => {
        $(impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $name::deserialize($crate::ledger::object::ObjectOnly(deserializer))
            }
        })+
    };
}
pub(crate) use objects;

/// A deserializer that gives a struct an object or an error.
#[derive(Debug)]
pub(crate) struct ObjectOnly<D>(pub(crate) D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for ObjectOnly<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_struct(name, fields, Fields(visitor, PhantomData))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// Reads a map none of whose names stands twice: which of two was meant is nothing to guess at.
pub(crate) fn without_repeats<'de, D, V>(deserializer: D) -> Result<BTreeMap<String, V>, D::Error>
where
    D: Deserializer<'de>,
    V: Deserialize<'de>,
{
    struct Reader<V>(PhantomData<V>);

    impl<'de, V: Deserialize<'de>> Visitor<'de> for Reader<V> {
        type Value = BTreeMap<String, V>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
            let mut whole = BTreeMap::new();
            while let Some((name, value)) = fields.next_entry()? {
                if whole.insert(name, value).is_some() {
                    return Err(A::Error::custom("a field stands twice"));
                }
            }
            Ok(whole)
        }
    }

    deserializer.deserialize_map(Reader(PhantomData))
}

/// A visitor that takes fields with their names.
struct Fields<'de, V>(V, PhantomData<&'de ()>);

impl<'de, V: Visitor<'de>> Visitor<'de> for Fields<'de, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(fields)
    }
}

#[cfg(test)]
mod tests {
    use crate::ledger::{identity::ContactDetails, sender::Sender};

    #[rstest::rstest]
    #[case("[]")]
    #[case(r#"["jo@example.com"]"#)]
    #[case("null")]
    fn a_list_is_no_object(#[case] text: &str) {
        assert!(serde_json::from_str::<ContactDetails>(text).is_err());
        assert!(serde_json::from_str::<ContactDetails>(r#"{"email": "jo@example.com"}"#).is_ok());
    }

    #[rstest::rstest]
    #[case(r#"{"legal_name": "A", "kind": "company", "similar_products": {"a": ["b"], "a": ["c"]}}"#)]
    #[case(r#"{"legal_name": "A", "kind": "company", "similar_products": [["a", ["b"]]]}"#)]
    fn no_name_of_a_map_stands_twice(#[case] text: &str) {
        assert!(serde_json::from_str::<Sender>(text).is_err());
    }

    #[test]
    fn what_is_written_can_be_read() {
        let sender: Sender = serde_json::from_str(r#"{"legal_name": "A", "kind": "company"}"#).expect("a sender");
        let written = serde_json::to_string(&sender).expect("JSON");
        assert_eq!(serde_json::from_str::<Sender>(&written).ok(), Some(sender));
        assert!(serde_json::from_str::<Sender>(r#"["A", "company"]"#).is_err());
    }
}
