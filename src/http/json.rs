//! Writing JSON, fast: answers are long, and nearly all of their text needs no escape.
//!
//! `serde_json` looks at every byte of a text by itself; here sixteen are looked at together. What this does not write
//! (floating-point numbers, bytes, keys that are no text) `serde_json` writes, and the two never differ in a byte.

mod quote;

use std::fmt::{self, Display, Write as _};

use serde::ser::{self, Impossible, Serialize, Serializer};

use self::quote::quote;

/// The room that most answers need.
const ROOM: usize = 8 * 1024;

/// A value as JSON.
///
/// # Errors
/// As `serde_json` has them.
pub(super) fn to_vec(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut text = Vec::with_capacity(ROOM);
    match value.serialize(To(&mut text)) {
        Ok(()) => Ok(text),
        Err(Other) => serde_json::to_vec(value),
    }
}

/// Something that is not written here.
#[derive(Debug)]
struct Other;

impl Display for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is not written here")
    }
}

impl std::error::Error for Other {}

impl ser::Error for Other {
    fn custom<T: Display>(_message: T) -> Self {
        Self
    }
}

/// Where the text goes.
struct To<'t>(&'t mut Vec<u8>);

impl<'t> To<'t> {
    fn plain(self, text: &[u8]) -> Result<(), Other> {
        self.0.extend_from_slice(text);
        Ok(())
    }

    fn list(self) -> Parts<'t> {
        self.0.push(b'[');
        Parts { text: self.0, is_first: true, end: b"]" }
    }

    fn object(self) -> Parts<'t> {
        self.0.push(b'{');
        Parts { text: self.0, is_first: true, end: b"}" }
    }

    /// An object with one field, which is an object.
    fn nested(self, name: &'static str) -> Parts<'t> {
        self.0.push(b'{');
        quote(self.0, name);
        self.0.extend_from_slice(b":{");
        Parts { text: self.0, is_first: true, end: b"}}" }
    }
}

/// Writes formatted text into bytes.
struct Chars<'t>(&'t mut Vec<u8>);

impl fmt::Write for Chars<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

macro_rules! numbers {
    ($($name:ident($number:ty)),+) => {
        $(fn $name(self, number: $number) -> Result<(), Other> {
            write!(Chars(self.0), "{number}").map_err(|_| Other)
        })+
    };
}

impl<'t> Serializer for To<'t> {
    type Ok = ();
    type Error = Other;
    type SerializeSeq = Parts<'t>;
    type SerializeTuple = Parts<'t>;
    type SerializeTupleStruct = Parts<'t>;
    type SerializeTupleVariant = Impossible<(), Other>;
    type SerializeMap = Parts<'t>;
    type SerializeStruct = Parts<'t>;
    type SerializeStructVariant = Parts<'t>;

    fn serialize_bool(self, truth: bool) -> Result<(), Other> {
        self.plain(if truth { b"true" } else { b"false" })
    }

    numbers! {
        serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64), serialize_u8(u8),
        serialize_u16(u16), serialize_u32(u32), serialize_u64(u64)
    }

    fn serialize_f32(self, _number: f32) -> Result<(), Other> {
        Err(Other)
    }

    fn serialize_f64(self, _number: f64) -> Result<(), Other> {
        Err(Other)
    }

    fn serialize_char(self, letter: char) -> Result<(), Other> {
        self.serialize_str(letter.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Other> {
        quote(self.0, text);
        Ok(())
    }

    fn serialize_bytes(self, _bytes: &[u8]) -> Result<(), Other> {
        Err(Other)
    }

    fn serialize_none(self) -> Result<(), Other> {
        self.serialize_unit()
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Other> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Other> {
        self.plain(b"null")
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Other> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Other> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result<(), Other> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Other> {
        let mut object = self.object();
        object.field(variant, value)?;
        object.close()
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Parts<'t>, Other> {
        Ok(self.list())
    }

    fn serialize_tuple(self, _length: usize) -> Result<Parts<'t>, Other> {
        Ok(self.list())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'t>, Other> {
        Ok(self.list())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Other>, Other> {
        Err(Other)
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Parts<'t>, Other> {
        Ok(self.object())
    }

    fn serialize_struct(self, name: &'static str, _length: usize) -> Result<Parts<'t>, Other> {
        // The types of `serde_json` that stand for its own text have names that begin with this.
        if name.starts_with('$') { Err(Other) } else { Ok(self.object()) }
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts<'t>, Other> {
        Ok(self.nested(variant))
    }
}

/// The parts of a list or of an object.
struct Parts<'t> {
    text: &'t mut Vec<u8>,
    is_first: bool,
    end: &'static [u8],
}

impl Parts<'_> {
    fn comma(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.text.push(b',');
        }
    }

    fn item<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Other> {
        self.comma();
        value.serialize(To(self.text))
    }

    fn field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), Other> {
        self.comma();
        quote(self.text, name);
        self.text.push(b':');
        value.serialize(To(self.text))
    }

    fn close(self) -> Result<(), Other> {
        self.text.extend_from_slice(self.end);
        Ok(())
    }
}

macro_rules! parts {
    ($($kind:ident: $one:ident($($name:ident)?) by $how:ident),+) => {
        $(impl ser::$kind for Parts<'_> {
            type Ok = ();
            type Error = Other;

            fn $one<T: ?Sized + Serialize>(&mut self, $($name: &'static str,)? value: &T) -> Result<(), Other> {
                self.$how($($name,)? value)
            }

            fn end(self) -> Result<(), Other> {
                self.close()
            }
        })+
    };
}

parts! {
    SerializeSeq: serialize_element() by item,
    SerializeTuple: serialize_element() by item,
    SerializeTupleStruct: serialize_field() by item,
    SerializeStruct: serialize_field(name) by field,
    SerializeStructVariant: serialize_field(name) by field
}

impl ser::SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Other;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Other> {
        self.comma();
        let start = self.text.len();
        key.serialize(To(self.text))?;
        if self.text.get(start) == Some(&b'"') { Ok(()) } else { Err(Other) }
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Other> {
        self.text.push(b':');
        value.serialize(To(self.text))
    }

    fn end(self) -> Result<(), Other> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde::Serialize;
    use serde_json::{json, value::RawValue};

    use super::*;

    fn same(value: &impl Serialize) {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        assert_eq!(text(to_vec(value).expect("JSON")), text(serde_json::to_vec(value).expect("JSON")));
    }

    #[derive(Serialize)]
    enum Kind {
        Unit,
        Newtype(u8),
        Tuple(i8, bool),
        Fields { letter: char, skipped: Option<i64> },
    }

    #[derive(Serialize)]
    struct Pair(u64, i32);

    #[test]
    fn every_kind_of_value_is_written_as_serde_json_does() {
        same(&[Kind::Unit, Kind::Newtype(7)]);
        same(&[Kind::Tuple(-1, true), Kind::Fields { letter: 'é', skipped: None }]);
        same(&Kind::Fields { letter: '"', skipped: Some(i64::MIN) });
        same(&(Pair(u64::MAX, -3), (), "", [0_u16; 0]));
        same(&BTreeMap::from([("a", 1), ("b\n", 2)]));
        same(&BTreeMap::from([(1, "a"), (2, "b")]));
        same(&json!({"a": [null, true, -1, 2.5, {"b": {}}], "": "\u{7f}\u{80}"}));
        same(&RawValue::from_string("{ \"as\": [\"it\", \"is\"] }".into()).expect("JSON"));
    }

    #[test]
    fn every_character_below_128_is_written_as_serde_json_does() {
        for letter in (0..128_u8).map(char::from) {
            for length in [0, 15, 16, 40] {
                same(&format!("{}{letter}{}", "x".repeat(length), "y".repeat(length)));
            }
        }
    }

    proptest! {
        #[test]
        fn every_text_is_written_as_serde_json_does(text in "(?s).{0,80}") {
            same(&text);
        }
    }
}
