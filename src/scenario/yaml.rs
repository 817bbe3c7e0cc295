//! YAML with the places of its parts, so that a fault names the line on which somebody can mend it.

use std::collections::HashMap;

use saphyr::{LoadableYamlNode as _, MarkedYaml, Scalar, YamlData};
use serde::Serialize;
use serde_json::Number;

use crate::strict::tree::Tree;

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
}

/// Where the parts of a file stand, by JSON pointer: a field at its name, an item of a list at its beginning.
#[derive(Debug, Default)]
pub(super) struct Places(HashMap<String, Place>);

impl Places {
    /// Where the part stands; of a part that is not there, where the nearest one around it does.
    pub(super) fn of(&self, pointer: &str) -> Option<Place> {
        let mut pointer = pointer;
        loop {
            match (self.0.get(pointer), pointer.rsplit_once('/')) {
                (Some(place), _) => return Some(*place),
                (None, Some((around, _))) => pointer = around,
                (None, None) => return None,
            }
        }
    }
}

/// Reads the one document of a text. What is no YAML, or names a field twice, is told with its place.
pub(super) fn read(text: &str) -> Result<(Tree, Places), (Place, String)> {
    let place = |at: &saphyr::Marker| Place { line: at.line(), column: at.col() + 1 };
    let documents =
        MarkedYaml::load_from_str(text).map_err(|error| (place(error.marker()), error.info().to_owned()))?;
    if let Some(second) = documents.get(1) {
        return Err((place(&second.span.start), "a second document begins here: give it a file of its own".to_owned()));
    }
    let mut reader = Reader::default();
    let tree = documents.first().map_or(Tree::Null, |whole| reader.node("", whole));
    match reader.unreadable {
        Some((at, what)) => Err((place(&at), what)),
        None => Ok((tree, Places(reader.places))),
    }
}

#[derive(Default)]
struct Reader {
    places: HashMap<String, Place>,
    unreadable: Option<(saphyr::Marker, String)>,
}

impl Reader {
    fn place(&mut self, pointer: &str, node: &MarkedYaml<'_>) {
        let at = node.span.start;
        self.places.insert(pointer.to_owned(), Place { line: at.line(), column: at.col() + 1 });
    }

    fn node(&mut self, pointer: &str, node: &MarkedYaml<'_>) -> Tree {
        if pointer.is_empty() {
            self.place(pointer, node);
        }
        match &node.data {
            YamlData::Value(scalar) => self::scalar(scalar),
            YamlData::Sequence(items) => {
                let items = items.iter().enumerate().map(|(index, item)| {
                    let pointer = format!("{pointer}/{index}");
                    self.place(&pointer, item);
                    self.node(&pointer, item)
                });
                Tree::List(items.collect())
            }
            YamlData::Mapping(fields) => {
                let fields = fields.iter().map(|(name, value)| {
                    let text = self.name(name);
                    let pointer = format!("{pointer}/{text}");
                    self.place(&pointer, name);
                    (text, self.node(&pointer, value))
                });
                Tree::Object(fields.collect())
            }
            YamlData::Tagged(_, inner) => self.node(pointer, inner),
            YamlData::Representation(text, ..) => Tree::Text(text.clone().into_owned()),
            YamlData::Alias(_) | YamlData::BadValue => {
                self.unreadable = Some((node.span.start, "this value cannot be read".to_owned()));
                Tree::Null
            }
        }
    }

    fn name(&mut self, name: &MarkedYaml<'_>) -> String {
        match &name.data {
            YamlData::Value(Scalar::String(text)) => text.clone().into_owned(),
            YamlData::Value(Scalar::Integer(number)) => number.to_string(),
            YamlData::Value(Scalar::Boolean(truth)) => truth.to_string(),
            YamlData::Value(Scalar::Null | Scalar::FloatingPoint(_))
            | YamlData::Representation(..)
            | YamlData::Sequence(_)
            | YamlData::Mapping(_)
            | YamlData::Tagged(..)
            | YamlData::Alias(_)
            | YamlData::BadValue => {
                self.unreadable = Some((name.span.start, "this is no name of a field".to_owned()));
                String::new()
            }
        }
    }
}

fn scalar(scalar: &Scalar<'_>) -> Tree {
    match scalar {
        Scalar::Null => Tree::Null,
        Scalar::Boolean(truth) => Tree::Bool(*truth),
        Scalar::Integer(number) => Tree::Number((*number).into()),
        Scalar::FloatingPoint(number) => Number::from_f64(number.0).map_or(Tree::Null, Tree::Number),
        Scalar::String(text) => Tree::Text(text.clone().into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_place() {
        let text = "# Cases.\n- name: one\n  when: { sender: acme, age: 7 }\n- name: 'two'\n  given:\n    - at: 2026-03-01T09:30:00Z\n";
        let (tree, places) = read(text).unwrap();
        let value = serde_json::json!([{"name": "one", "when": {"sender": "acme", "age": 7}},
            {"name": "two", "given": [{"at": "2026-03-01T09:30:00Z"}]}]);
        assert_eq!(tree.to_value(), value);
        let at = |pointer| places.of(pointer).map(|place| (place.line, place.column));
        assert_eq!((at("/0"), at("/0/when"), at("/0/when/age")), (Some((2, 3)), Some((3, 3)), Some((3, 25))));
        assert_eq!((at("/1/given/0"), at("/1/given/0/at")), (Some((6, 7)), Some((6, 7))));
        assert_eq!((at("/1/given/0/type"), at("/2")), (at("/1/given/0"), at("")));
    }

    #[rstest::rstest]
    #[case("a: 1\nb: 2\na: 3\n", 3, 1)]
    #[case("a: [1, 2\n", 2, 1)]
    #[case("a: 1\n---\nb: 2\n", 3, 1)]
    #[case("a: *b\n", 1, 4)]
    #[case("? [a]\n: b\n", 1, 3)]
    fn what_cannot_be_read_is_placed(#[case] text: &str, #[case] line: usize, #[case] column: usize) {
        let (place, what) = read(text).unwrap_err();
        assert_eq!(place, Place { line, column }, "{what}");
    }

    #[test]
    fn an_alias_stands_for_what_it_names() {
        let (tree, _) = read("- &jo { email: jo@example.com }\n- *jo\n").unwrap();
        let jo = serde_json::json!({"email": "jo@example.com"});
        assert_eq!(tree.to_value(), serde_json::json!([jo, jo]));
    }
}
