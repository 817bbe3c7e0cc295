//! What an element does to the text around it.

use html5gum::State;

/// What an element does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// A block: the text before and after it stands on lines of its own.
    Block,
    /// A block whose line breaks show.
    Preformatted,
    /// A place to go to.
    Link,
    /// A place to go to within a picture.
    Area,
    /// A picture.
    Picture,
    /// Nothing in it is shown.
    Hidden,
    /// What stands in it is kept for scripts and not shown, tags and all.
    Template,
    /// It changes how the text looks at most; its style may still make a block of it.
    Inline,
    /// Anything else: the text runs on.
    Other,
}

impl Element {
    /// The element of a name in lower case.
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"a" => Self::Link,
            b"area" => Self::Area,
            b"img" => Self::Picture,
            b"span" | b"font" | b"b" | b"strong" | b"i" | b"em" | b"u" | b"small" | b"big" | b"label" => Self::Inline,
            b"td" | b"tr" | b"table" | b"tbody" | b"th" | b"thead" | b"tfoot" | b"caption" => Self::Block,
            b"div" | b"p" | b"br" | b"hr" | b"center" | b"title" | b"body" | b"head" | b"html" => Self::Block,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"hgroup" | b"header" | b"footer" => Self::Block,
            b"ul" | b"ol" | b"li" | b"dl" | b"dt" | b"dd" | b"dir" | b"menu" | b"nav" => Self::Block,
            b"section" | b"article" | b"aside" | b"main" | b"address" | b"blockquote" | b"search" => Self::Block,
            b"figure" | b"figcaption" | b"details" | b"summary" | b"dialog" | b"marquee" => Self::Block,
            b"form" | b"fieldset" | b"legend" | b"button" | b"select" | b"option" | b"optgroup" => Self::Block,
            b"pre" | b"textarea" | b"listing" | b"xmp" => Self::Preformatted,
            b"style" | b"script" | b"iframe" | b"noembed" | b"noframes" => Self::Hidden,
            b"template" => Self::Template,
            _ => Self::Other,
        }
    }
}

/// How the tokenizer goes on after the start of an element: within some, tags are no tags. `noscript` is none of them,
/// for mail is shown without scripts.
pub(super) fn next_state(name: &[u8]) -> Option<State> {
    match name {
        b"title" | b"textarea" => Some(State::RcData),
        b"style" | b"iframe" | b"noembed" | b"noframes" | b"xmp" => Some(State::RawText),
        b"script" => Some(State::ScriptData),
        _ => None,
    }
}
