//! Tests of reading HTML.

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::message::{Part, PartName};

fn text(html: &str) -> String {
    read(html).text
}

fn part(html: &str) -> Part {
    let page = read(html);
    Part { name: PartName::Html, of_raw: None, text: page.text, pieces: page.pieces }
}

#[rstest]
#[case::nothing("", "")]
#[case::words("Hello", "Hello")]
#[case::inline_runs_on("H<b>ell</b>o <i>you</i>", "Hello you")]
#[case::blocks("<p>One</p><p>Two</p>", "One\nTwo")]
#[case::nested_blocks("<div><div>One</div></div><div></div>Two", "One\nTwo")]
#[case::line_breaks("One<br>Two<br/><br>Three", "One\nTwo\nThree")]
#[case::cells("<table><tr><td>Total</td><td>&pound;9</td></tr></table>", "Total\n£9")]
#[case::lists("<ul><li>One<li>Two</ul>", "One\nTwo")]
#[case::buttons("Now<button>Go</button>then", "Now\nGo\nthen")]
#[case::links_run_on("See <a href=x>here</a>, please", "See here, please")]
#[case::whitespace(" One \n\t two<b> </b> three ", "One two three")]
#[case::space_at_the_edges_of_inline("One<b> two</b>", "One two")]
#[case::space_before_a_block("One <p> two", "One\ntwo")]
#[case::preformatted("<pre>One\n  two</pre> three\nfour", "One\ntwo\nthree four")]
#[case::title("<title>Your &amp; our news</title><body>Hello", "Your & our news\nHello")]
#[case::style("One<style>p { color: red }</style> two", "One two")]
#[case::script("One<script>if (a < b) alert('</p>')</script> two", "One two")]
#[case::style_in_capitals("One<STYLE>p > a {}</STYLE >two", "Onetwo")]
#[case::comment("One<!-- <p>not this --> two", "One two")]
#[case::conditional_comment("One<!--[if mso]><p>not this</p><![endif]--> two", "One two")]
#[case::revealed_comment("One<![if !mso]> this <![endif]>two", "One this two")]
#[case::template("One<template><p>not <b>this</b></p></template> two", "One two")]
#[case::without_scripts("<noscript>One <b>two</b></noscript>", "One two")]
#[case::doctype("<!doctype html><html>One", "One")]
#[case::processing_instruction("<?xml version='1.0'?>One", "One")]
fn the_text_is_what_a_browser_shows(#[case] html: &str, #[case] readable: &str) {
    assert_eq!(text(html), readable);
}

#[rstest]
#[case::named("Terms &amp; conditions &pound;5 &copy", "Terms & conditions £5 ©")]
#[case::numeric("&#163;5 &#xA3;6 &#8217;", "£5 £6 ’")]
#[case::not_closed("fish &amp chips &lt b", "fish & chips < b")]
#[case::none("fish & chips &c. &nonsense; AT&T", "fish & chips &c. &nonsense; AT&T")]
#[case::windows_1252("&#150;", "–")]
#[case::no_character("&#0; &#xD800; &#x110000;", "\u{fffd} \u{fffd} \u{fffd}")]
#[case::hard_space("One&nbsp;two &nbsp; three\u{a0}\u{a0}four", "One two three four")]
#[case::soft_hyphen("un&shy;sub\u{ad}scribe", "unsubscribe")]
#[case::no_width("un\u{200b}sub&zwnj;scribe&#8203; \u{feff}now", "unsubscribe now")]
#[case::padding("Sale&nbsp;&zwnj;&nbsp;&zwnj;&#8199;&#65279;&#847; &#x34F; on", "Sale on")]
#[case::other_spaces("One&emsp;&thinsp;two\u{3000}three", "One two three")]
#[case::returns("One\r\ntwo\rthree\r\n\r\nfour", "One two three four")]
#[case::controls("O\u{1}n\0e", "One")]
fn references_and_spaces_are_read_as_they_look(#[case] html: &str, #[case] readable: &str) {
    assert_eq!(text(html), readable);
}

#[rstest]
#[case::none_shown("<div style='display:none'>Peek</div>Hello", "Peek\nHello")]
#[case::inline_element("<span style='color:#fff; Display: none !important'>Peek</span>Hello", "Peek\nHello")]
#[case::nested("<span style='display:none'>P<span>ee</span>k</span>Hello", "Peek\nHello")]
#[case::never_closed("<span style='mso-hide:all'>Peek Hello", "Peek Hello")]
fn hidden_first_lines_are_read_as_lines(#[case] html: &str, #[case] readable: &str) {
    assert_eq!(text(html), readable);
}

#[rstest]
#[case::words("One<img alt='Half &amp; half'>two", "One\nHalf & half\ntwo", 0)]
#[case::no_alt("One<img src=x>two", "One\ntwo", 1)]
#[case::empty("One<img src=x alt=''>two", "One\ntwo", 1)]
#[case::spaces("One<img src=x alt='&nbsp; '>two", "One\ntwo", 1)]
#[case::sized("<img src=x width=600 height='200'>", "", 1)]
#[case::broad("<img src=x width='100%'>", "", 1)]
#[case::tracker("One<img src=x width=1 height=1 alt='t'> two", "One two", 0)]
#[case::tracker_by_style("<img src=x style='width: 1px !important;HEIGHT:1px' alt=t>", "", 0)]
#[case::spacer("<img src=x height='2px'>", "", 0)]
#[case::not_shown("<img src=x style='display:none'>", "", 0)]
#[case::the_first_alt_holds("<img alt=one alt=two>", "one", 0)]
#[case::within_a_template("<template><img src=x></template>", "", 0)]
fn pictures_are_read_by_their_words(#[case] html: &str, #[case] readable: &str, #[case] silent: usize) {
    let page = read(html);
    assert_eq!((page.text.as_str(), page.silent_pictures), (readable, silent));
}

#[rstest]
#[case::handlebars("Hi {{ name }}, {{#if a}}yes{{/if}} {{{raw}}}")]
#[case::liquid("{% if name %}Hi {{ name | default: 'you' }}{% endif %}")]
#[case::merge_tags("Hi *|FNAME|* %%first%% ${name} [[name]] {name}")]
#[case::embedded_ruby("Hi <%= name %>, <% if a > b %>yes<% end %> bye")]
fn placeholders_stay_as_they_are(#[case] html: &str) {
    assert_eq!(text(html), html);
}

#[rstest]
#[case::plain("<a href='https://a.example/?x=1&amp;y=2'>Go</a>", &[("https://a.example/?x=1&y=2", "Go")])]
#[case::of_ambiguous_references("<a href='/?a=1&copy=2&reg;=3'>Go</a>", &[("/?a=1&copy=2®=3", "Go")])]
#[case::unquoted("<A HREF=/go>Go</A>", &[("/go", "Go")])]
#[case::without_a_place("<a name=top>Go</a>", &[])]
#[case::picture("<a href=/go><img alt='Shop now'></a>", &[("/go", "Shop now")])]
#[case::never_closed("<a href=/one>One <a href=/two>Two", &[("/one", "One"), ("/two", "Two")])]
#[case::area("<area href=/one>One", &[("/one", "")])]
#[case::of_a_placeholder("<a href='<%= url %>'>Go</a> <a href=\"{{url}}\">Go</a>", &[("<%= url %>", "Go"), ("{{url}}", "Go")])]
#[case::first_holds("<a href=/one href=/two>Go</a>", &[("/one", "Go")])]
fn links_are_told_with_their_words(#[case] html: &str, #[case] links: &[(&str, &str)]) {
    let page = read(html);
    let told: Vec<(&str, &str)> =
        page.links.iter().map(|link| (link.href.as_str(), page.text.get(link.start..link.end).unwrap())).collect();
    assert_eq!(told, links);
}

#[rstest]
#[case::in_step("<p>One two</p>", "two", "two")]
#[case::across_tags("<p>One <b>two</b> three</p>", "One two", "One <b>two")]
#[case::a_reference("<p>Only &pound;5 now</p>", "£5", "&pound;5")]
#[case::the_end_of_a_reference("<p>fish &amp; chips</p>", "&", "&amp;")]
#[case::collapsed("<p>One\r\n   two</p>", "One two", "One\r\n   two")]
#[case::words_of_a_picture("<img alt='Big &#x26; bold' src=x>", "Big & bold", "Big &#x26; bold")]
#[case::after_a_return("One\r\n<b>two</b>\r\nthree", "three", "three")]
#[case::after_an_empty_end("One</>two", "two", "two")]
#[case::in_a_title("<title>1</2 & 3</title>", "1</2 & 3", "1</2 & 3")]
fn words_lead_back_to_the_bytes_they_came_from(#[case] html: &str, #[case] words: &str, #[case] original: &str) {
    let part = part(html);
    let at = part.text.find(words).expect("the words are read");
    assert_eq!(html.get(part.original(at..at + words.len())), Some(original));
}

/// Bits of HTML, some of them broken.
fn soup() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<br>",
        "<b>",
        "</b",
        "<",
        ">",
        "</",
        "</>",
        "<!",
        "<!--",
        "-->",
        "--!>",
        "&",
        "&amp;",
        "&am",
        "&#",
        "&#x26;",
        "&#99999999999;",
        "&notit;",
        "&nbsp;",
        "\u{200b}",
        "\u{a0}",
        "é",
        "\u{1f600}",
        "one",
        "two ",
        " ",
        "\r\n",
        "\r",
        "\n",
        "\0",
        "<img alt='",
        "<img alt=",
        "'",
        "\"",
        "<a href=",
        "</a>",
        "<span style='display:none'>",
        "</span>",
        "<style>",
        "</style>",
        "<script>",
        "<!--<script>",
        "</script>",
        "<title>",
        "</title>",
        "<textarea>",
        "<pre>",
        "</pre>",
        "<template>",
        "</template>",
        "{{",
        "}}",
        "<%",
        "%>",
        "<?",
        "?>",
        "<![CDATA[",
        "]]>",
        "/",
        "=",
        "<é",
        "</é",
        "<xmp>",
        "</xmp>",
        "&copy",
        "&copy=1",
        "&nLl;",
    ]);
    prop::collection::vec(bits, 0..40).prop_map(|bits| bits.concat())
}

fn check_pieces(html: &str) {
    let part = part(html);
    let mut last: Option<crate::message::part::Piece> = None;
    for (index, piece) in part.pieces.iter().enumerate() {
        let next = part.pieces.get(index + 1).map_or(part.text.len(), |piece| piece.at);
        assert!(piece.at < next, "a piece has text: {piece:?} of {html:?}");
        let original = html.get(piece.original..piece.original + piece.len).expect("it lies within the original");
        if next - piece.at == piece.len && !original.starts_with('&') {
            let readable = part.text.get(piece.at..next).expect("it lies within the text");
            let original = original.replace(|character: char| character.is_ascii_whitespace(), " ");
            assert_eq!(readable, original, "in {html:?}");
        }
        if let Some(last) = last {
            assert!(last.at < piece.at && last.original + last.len <= piece.original, "pieces ascend in {html:?}");
        }
        last = Some(*piece);
    }
    assert_eq!(part.pieces.is_empty(), part.text.is_empty());
    assert!(part.pieces.first().is_none_or(|piece| piece.at == 0));
    assert!(
        !part.text.contains("\n\n") && !part.text.contains("  ") && part.text.trim() == part.text,
        "{:?}",
        part.text
    );
    let range = part.original(0..part.text.len());
    assert!(html.get(range).is_some());
}

proptest! {
    #[test]
    fn any_text_is_read_and_every_piece_lies_in_it(html in ".{0,200}") {
        check_pieces(&html);
    }

    #[test]
    fn any_soup_of_tags_is_read_and_every_piece_lies_in_it(html in soup()) {
        check_pieces(&html);
    }

    #[test]
    fn plain_words_are_found_where_they_stand(words in prop::collection::vec("[a-zé]{1,8}", 1..20), tag in 0..4_usize) {
        let (open, close) = [("<p>", "</p>"), ("<b>", "</b>"), ("<td class='a > b'>", "</td>"), ("\n", "<br>")][tag];
        let html: String = words.iter().map(|word| format!("{open}{word}{close} ")).collect();
        let part = part(&html);
        let mut from = 0;
        for word in &words {
            let rest = part.text.get(from..).expect("it ends within the text");
            let at = from + rest.find(word.as_str()).expect("every word is read");
            prop_assert_eq!(html.get(part.original(at..at + word.len())), Some(word.as_str()));
            from = at + word.len();
        }
    }
}

/// What a million bytes of one thing give: the work is bounded by the length, so that none of these takes long.
#[rstest]
#[case::divisions("<div>", 0)]
#[case::closed("<div>x</div>", 2)]
#[case::spans("<span style='display:none'>", 0)]
#[case::references("&amp;", 1)]
#[case::ampersands("&", 1)]
#[case::less("<", 1)]
#[case::ends("</", 0)]
#[case::placeholders("{{", 2)]
#[case::letters("a", 1)]
#[case::spaces(" ", 0)]
#[case::comments("<!--", 0)]
#[case::attributes("<a href=", 0)]
#[case::titles("<title>", 7)]
#[case::styles("<style>", 0)]
#[case::quotes("<img alt='", 0)]
#[case::breaks("a<br>", 2)]
fn a_megabyte_of_one_thing_is_read(#[case] bit: &str, #[case] letters: usize) {
    let times = 1_000_000 / bit.len();
    let page = read(&bit.repeat(times));
    assert!(page.text.len() <= letters * times, "{} for {}", page.text.len(), letters * times);
    assert!(page.pieces.len() <= 2 * times + 1);
    assert!(page.links.len() <= times);
}
