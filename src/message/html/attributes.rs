//! The few attributes that are looked at.

use super::{element::Element, place::Place};
use std::ops::Range;

/// A style longer than this is read up to here.
const STYLE: usize = 2048;

/// A picture no broader or no higher than this many pixels cannot be seen.
const TOO_SMALL: u32 = 3;

/// Which attributes an element is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Wanted {
    /// None.
    #[default]
    Nothing,
    /// Those of a link.
    Link,
    /// Those of a picture.
    Picture,
    /// How it is shown.
    Style,
}

impl Wanted {
    pub(super) const fn by(element: Element) -> Self {
        match element {
            Element::Link | Element::Area => Self::Link,
            Element::Picture => Self::Picture,
            Element::Inline => Self::Style,
            Element::Block | Element::Preformatted | Element::Hidden | Element::Template | Element::Other => {
                Self::Nothing
            }
        }
    }
}

/// The attribute that is being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Current {
    #[default]
    Ignored,
    Href,
    Alt,
    Size,
    Style,
}

/// Some characters of the words that stand for a picture: what a reference stands for, or none where they stand in the
/// original as they are read.
pub(super) type AltChunk = (Option<String>, Range<usize>);

/// What the attributes of one start tag say.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    wanted: Wanted,
    current: Current,
    name: Vec<u8>,
    value: Vec<u8>,
    href: Option<Vec<u8>>,
    has_alt: bool,
    /// The words that stand for a picture.
    pub(super) alt: Vec<AltChunk>,
    /// Where what was given of the value last ended.
    pub(super) given: usize,
    /// Its style makes a block of it, or hides it.
    pub(super) is_block: bool,
    /// It is too small to be seen.
    pub(super) is_too_small: bool,
}

impl Attributes {
    pub(super) fn clear(&mut self) {
        self.current = Current::Ignored;
        self.href = None;
        self.has_alt = false;
        self.alt.clear();
        self.is_block = false;
        self.is_too_small = false;
    }

    pub(super) fn begin(&mut self, wanted: Wanted) {
        self.wanted = wanted;
        self.name.clear();
    }

    pub(super) fn name(&mut self, name: &[u8]) {
        // No name that is looked at is longer than six letters: the seventh tells that this is none.
        if self.wanted != Wanted::Nothing && self.name.len() <= 6 {
            self.name.extend(name.iter().take(7));
        }
    }

    pub(super) fn begin_value(&mut self, position: usize) {
        self.given = position;
        self.current = match (self.wanted, self.name.as_slice()) {
            (Wanted::Link, b"href") if self.href.is_none() => Current::Href,
            (Wanted::Picture, b"alt") if !self.has_alt => Current::Alt,
            (Wanted::Picture, b"width" | b"height") => Current::Size,
            (Wanted::Link | Wanted::Picture | Wanted::Style, b"style") => Current::Style,
            _ => Current::Ignored,
        };
        self.has_alt |= self.current == Current::Alt;
        self.value.clear();
    }

    /// Whether the places of the characters matter.
    pub(super) fn wants_places(&self) -> bool {
        self.current == Current::Alt
    }

    pub(super) fn place(&mut self, place: Place, characters: &[u8]) {
        let (decoded, range) = match place {
            Place::Literal(range) => (None, range),
            Place::StandsFor(range) => (Some(String::from_utf8_lossy(characters).into_owned()), range),
        };
        self.given = range.end;
        match self.alt.last_mut() {
            Some((None, last)) if decoded.is_none() && last.end == range.start => last.end = range.end,
            Some(_) | None => self.alt.push((decoded, range)),
        }
    }

    pub(super) fn value(&mut self, characters: &[u8]) {
        match self.current {
            Current::Href => self.value.extend(characters),
            Current::Size | Current::Style => {
                let room = STYLE - self.value.len().min(STYLE);
                self.value.extend(characters.iter().take(room));
            }
            Current::Alt | Current::Ignored => {}
        }
    }

    /// The attribute ends.
    pub(super) fn end(&mut self) {
        match std::mem::take(&mut self.current) {
            Current::Href => self.href = Some(std::mem::take(&mut self.value)),
            Current::Size => self.is_too_small |= pixels(&self.value).is_some_and(|pixels| pixels <= TOO_SMALL),
            Current::Style => self.style(),
            Current::Alt | Current::Ignored => {}
        }
    }

    /// Where the link leads.
    pub(super) fn take_href(&mut self) -> Option<String> {
        self.href.take().map(|href| String::from_utf8_lossy(href.trim_ascii()).into_owned())
    }

    fn style(&mut self) {
        for declaration in self.value.split(|&byte| byte == b';') {
            let mut halves = declaration.splitn(2, |&byte| byte == b':');
            let property = halves.next().unwrap_or_default().trim_ascii();
            let value = halves.next().unwrap_or_default().trim_ascii();
            let is = |name: &str| property.eq_ignore_ascii_case(name.as_bytes());
            let starts =
                |word: &str| value.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()));
            if is("display") {
                self.is_block |= starts("none") || starts("block");
                self.is_too_small |= starts("none");
            } else if is("mso-hide") {
                self.is_block |= starts("all");
            } else if is("width") || is("height") {
                self.is_too_small |= pixels(value).is_some_and(|pixels| pixels <= TOO_SMALL);
            }
        }
    }
}

/// A length in pixels: `1`, `1px`. A percentage is none.
fn pixels(value: &[u8]) -> Option<u32> {
    let value = value.trim_ascii();
    let digits = value.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let unit = value.get(digits..)?.trim_ascii();
    if !(unit.is_empty() || unit.get(..2).is_some_and(|unit| unit.eq_ignore_ascii_case(b"px"))) {
        return None;
    }
    std::str::from_utf8(value.get(..digits)?).ok()?.parse().ok()
}
