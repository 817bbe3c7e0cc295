//! A walk over the tags and the text of HTML, without a tree: no nesting is too deep for it.

use std::{convert::Infallible, ops::Range};

use html5gum::{Emitter, Error, State};

use super::{
    Page, PageLink,
    attributes::{Attributes, Wanted},
    element::{Element, next_state},
    flow::Flow,
    place::Place,
};

/// Names longer than this are no element's.
const NAME: usize = 24;

/// A walk over the tags and the text of HTML.
#[derive(Debug)]
pub(super) struct Walk<'h> {
    html: &'h str,
    flow: Flow<'h>,
    links: Vec<PageLink>,
    silent_pictures: usize,

    /// Where the tokenizer stands.
    position: usize,
    /// Where what it gave last ended.
    given: usize,
    /// Text that stands in the original as it is read, not yet handed on.
    run: Range<usize>,

    name: Vec<u8>,
    last_start: Vec<u8>,
    is_end: bool,
    /// Where the tag begins.
    tag: usize,
    attributes: Attributes,

    /// Within an element of which nothing is shown.
    hidden: bool,
    templates: u32,
    preformatted: u32,
    /// The link that is open.
    link: Option<PageLink>,
    /// The name of an inline element that its style makes a block, and how many of its name are open within.
    styled: Option<(Vec<u8>, u32)>,
}

impl<'h> Walk<'h> {
    pub(super) fn new(html: &'h str) -> Self {
        Self {
            html,
            flow: Flow::new(html),
            links: Vec::new(),
            silent_pictures: 0,
            position: 0,
            given: 0,
            run: 0..0,
            name: Vec::with_capacity(NAME),
            last_start: Vec::with_capacity(NAME),
            is_end: false,
            tag: 0,
            attributes: Attributes::default(),
            hidden: false,
            templates: 0,
            preformatted: 0,
            link: None,
            styled: None,
        }
    }

    pub(super) fn into_page(mut self) -> Page {
        self.end_link();
        Page {
            text: self.flow.text,
            pieces: self.flow.pieces,
            links: self.links,
            silent_pictures: self.silent_pictures,
        }
    }

    const fn is_shown(&self) -> bool {
        !self.hidden && self.templates == 0
    }

    /// Hands the text on that has been gathered.
    fn hand_on(&mut self) {
        let run = std::mem::replace(&mut self.run, self.given..self.given);
        if !run.is_empty() && self.is_shown() {
            self.flow.literal(run, self.preformatted > 0);
        }
    }

    fn start(&mut self) {
        let element = Element::of(&self.name);
        match element {
            Element::Template => self.templates = self.templates.saturating_add(1),
            // A script or a style within another cannot be: the tokenizer takes it for text.
            Element::Hidden => self.hidden = true,
            Element::Block => self.end_block(),
            Element::Preformatted => {
                self.end_block();
                self.preformatted = self.preformatted.saturating_add(1);
            }
            Element::Link => {
                self.end_link();
                self.start_inline();
                self.link = self.here();
            }
            Element::Area => {
                self.end_link();
                let area = self.here();
                self.links.extend(area);
            }
            Element::Picture => self.picture(),
            Element::Inline => self.start_inline(),
            Element::Other => {}
        }
    }

    fn end(&mut self) {
        match Element::of(&self.name) {
            Element::Template => self.templates = self.templates.saturating_sub(1),
            Element::Hidden => self.hidden = false,
            Element::Block => self.end_block(),
            Element::Preformatted => {
                self.end_block();
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            Element::Link => {
                self.end_link();
                self.end_inline();
            }
            Element::Inline => self.end_inline(),
            Element::Area | Element::Picture | Element::Other => {}
        }
    }

    fn end_block(&mut self) {
        if self.is_shown() {
            self.flow.end_block(self.tag);
        }
    }

    /// A link that begins here.
    fn here(&mut self) -> Option<PageLink> {
        let at = self.flow.text.len();
        let href = self.attributes.take_href()?;
        self.is_shown().then_some(PageLink { href, start: at, end: at })
    }

    fn end_link(&mut self) {
        if let Some(mut link) = self.link.take() {
            link.end = self.flow.text.len();
            let words = self.flow.text.get(link.start..link.end).unwrap_or_default();
            // The space or the break before its first word is not its own.
            link.start += words.len() - words.trim_ascii_start().len();
            self.links.push(link);
        }
    }

    /// Hidden words before the first line ("preheaders") mostly stand in such an element, and are no part of that line.
    fn start_inline(&mut self) {
        if let Some((name, open)) = &mut self.styled {
            if *name == self.name {
                *open = open.saturating_add(1);
            }
        } else if self.attributes.is_block {
            self.styled = Some((self.name.clone(), 0));
            self.end_block();
        }
    }

    fn end_inline(&mut self) {
        match &mut self.styled {
            Some((name, 0)) if *name == self.name => {
                self.styled = None;
                self.end_block();
            }
            Some((name, open)) if *name == self.name => *open -= 1,
            Some(_) | None => {}
        }
    }

    /// The words that stand for a picture are a block of their own. One that is too small to be seen counts the
    /// openings of the mail, or keeps a distance.
    fn picture(&mut self) {
        if !self.is_shown() || self.attributes.is_too_small {
            return;
        }
        let before = self.flow.text.len();
        self.flow.end_block(self.tag);
        for (decoded, range) in &self.attributes.alt {
            match decoded {
                Some(decoded) => self.flow.standing_for(decoded, range.clone()),
                None => self.flow.literal(range.clone(), false),
            }
        }
        self.flow.end_block(self.position);
        if self.flow.text.len() == before {
            self.silent_pictures += 1;
        }
    }
}

impl Emitter for &mut Walk<'_> {
    type Token = Infallible;

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _: Error) {}

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_eof(&mut self) {
        self.hand_on();
    }

    fn emit_string(&mut self, characters: &[u8]) {
        match Place::find(self.html, self.given, self.position, characters) {
            Place::Literal(range) if range.start == self.run.end => {
                self.given = range.end;
                self.run.end = range.end;
            }
            Place::Literal(range) => {
                self.hand_on();
                self.given = range.end;
                self.run = range;
            }
            Place::StandsFor(range) => {
                self.hand_on();
                self.given = range.end;
                self.run = range.end..range.end;
                if self.is_shown()
                    && let Ok(decoded) = std::str::from_utf8(characters)
                {
                    self.flow.standing_for(decoded, range);
                }
            }
        }
    }

    fn start_open_tag(&mut self) {
        self.tag = self.position.saturating_sub(1);
    }

    fn init_start_tag(&mut self) {
        self.name.clear();
        self.is_end = false;
        self.attributes.clear();
    }

    fn init_end_tag(&mut self) {
        self.name.clear();
        self.is_end = true;
        self.attributes.clear();
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        let room = NAME - self.name.len().min(NAME);
        self.name.extend(name.iter().take(room));
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.hand_on();
        self.attributes.end();
        let state = if self.is_end {
            self.end();
            None
        } else {
            self.start();
            self.last_start.clone_from(&self.name);
            next_state(&self.name)
        };
        self.given = self.position;
        self.run = self.given..self.given;
        state
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end && !self.last_start.is_empty() && self.last_start == self.name
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start = name.unwrap_or_default().to_vec();
    }

    fn init_attribute(&mut self) {
        self.attributes.end();
        let wanted = if self.is_end { Wanted::Nothing } else { Wanted::by(Element::of(&self.name)) };
        self.attributes.begin(wanted);
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.attributes.name(name);
    }

    fn init_attribute_value(&mut self) {
        self.attributes.begin_value(self.position);
    }

    fn push_attribute_value(&mut self, characters: &[u8]) {
        if self.attributes.wants_places() {
            let place = Place::find(self.html, self.attributes.given, self.position, characters);
            self.attributes.place(place, characters);
        } else {
            self.attributes.value(characters);
        }
    }

    fn init_comment(&mut self) {
        self.hand_on();
    }

    fn emit_current_comment(&mut self) {
        self.given = self.position;
        self.run = self.given..self.given;
    }

    fn init_doctype(&mut self) {
        self.hand_on();
    }

    fn emit_current_doctype(&mut self) {
        self.given = self.position;
        self.run = self.given..self.given;
    }

    fn push_comment(&mut self, _: &[u8]) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_self_closing(&mut self) {}
    fn set_force_quirks(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}
