//! The time that reading takes, on one core.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use data_encoding::BASE64;
use maysend::message::{Content, Reading, read, table};

use crate::print;

/// Rounds go on for this long, and for at least five.
const LONG: Duration = Duration::from_millis(1500);
const MOST: usize = 2001;
const KB: usize = 1024;
const MB: usize = 1_000_000;

/// Sentences of a shop's messages, of both kinds.
const SENTENCES: [&str; 12] = [
    "Thank you for your order 48213, which we have passed to our workshop today.",
    "Your bicycle will be ready to collect on Thursday after 2pm at our shop in Leeds.",
    "Please bring this message and a proof of identity when you come to collect it.",
    "The total of £284.50 was paid by card, and your receipt is kept in your account.",
    "If anything on the invoice is wrong, reply to this message and we will put it right.",
    "Save 20% on lights and locks this week only, in the shop and at www.acme.example.",
    "You can change your appointment until the day before on https://acme.example/my/visits?id=48213.",
    "Our opening hours are 9am to 6pm from Monday to Friday, and until 4pm on Saturdays.",
    "As a thank you, enjoy 10% off your next service when you book before the end of May!",
    "We have sent a copy of the guarantee to {{email}}, as you asked us to.",
    "The workshop found worn brake pads and replaced them, as you agreed on the phone.",
    "Did you know that our app tells you when the next service is due?",
];

/// Prints how long it takes to read messages whose names have these words in them.
pub(crate) fn measure(wanted: &str) {
    let started = Instant::now();
    black_box(read(&text("Save 20% on lights this week.")));
    println!("the first reading of a process, which makes the tables: {:.2} ms", started.elapsed().as_secs_f64() * 1e3);

    let (short, note, long) = (prose(100), prose(2 * KB), prose(MB));
    let (newsletter, pages) = (html(40 * KB), html(MB));
    let of_html = readable(&read(&Content { html: Some(&pages), ..Content::default() }));
    let base64 = mail("base64", &wrapped(&BASE64.encode(html(MB * 3 / 4).as_bytes())));
    let printable = mail("quoted-printable", &quoted_printable(&html(MB * 9 / 10)));
    let mut rows = vec![
        row("a text of 100 bytes", &text(&short), short.len()),
        row("a text of 2 KB", &text(&note), note.len()),
        row("an HTML email of 40 KB", &markup(&newsletter), newsletter.len()),
        row("1 MB of text", &text(&long), long.len()),
        row("1 MB of HTML", &markup(&pages), pages.len()),
        row("  the readable text of it", &text(&of_html), of_html.len()),
        row("1 MB of mail in base64", &raw(&base64), base64.len()),
        row("1 MB of mail in quoted-printable", &raw(&printable), printable.len()),
    ];
    rows.retain(|row| row.first().is_some_and(|name| name.contains(wanted)));
    print::table("Reading a message", HEAD, &rows);
    if wanted.is_empty() {
        print::table("Parts of it", HEAD, &[of_table(&long)]);
        print::table("Megabytes that nobody writes", HEAD, &strange());
    }
}

const HEAD: &[&str] = &["", "bytes", "median us", "ns/byte", "least us", "greatest us"];

/// The sentences of a text, split into words and scored by the table, without anything else.
fn of_table(long: &str) -> Vec<String> {
    let reading = read(&text(long));
    let sentences: Vec<&str> = reading.sentences.iter().map(|it| reading.words(it.span)).collect();
    let table = table::Table::parse(table::FILE);
    let bytes = sentences.iter().map(|sentence| sentence.len()).sum();
    timed(&format!("words and scores of {} sentences", sentences.len()), bytes, || {
        sentences.iter().map(|sentence| table.score(sentence)).sum::<f32>()
    })
}

/// Input that would show a time that grows with the square of the length.
fn strange() -> Vec<Vec<String>> {
    let nested = format!("{}x{}", "<div>".repeat(MB / 11), "</div>".repeat(MB / 11));
    let boundary = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n";
    let parts = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{}--b--",
        boundary.repeat(MB / boundary.len())
    );
    let header = format!("Subject: x\r\n{}\r\nx", "X-A: b\r\n".repeat(MB / 8));
    let texts = [
        "a",
        " ",
        "\n",
        "a ",
        "a. ",
        "!",
        "20% off ",
        "free ",
        "{{",
        "[a ",
        "<%",
        "((",
        "http://a.b/",
        "a@",
        "a.",
        "1,",
        "'",
        "£",
        "\u{4f60}",
        "not ",
    ];
    let htmls = ["<", "<a ", "<!--", "&", "&amp;", "<a href='x'>y</a>", "<style>", "<td>", "</p>", "<img>"];
    let mut rows = Vec::new();
    for piece in texts {
        let long = piece.repeat(MB / piece.len());
        rows.push(row(&format!("text of `{}`", piece.escape_debug()), &text(&long), long.len()));
    }
    for piece in htmls {
        let long = piece.repeat(MB / piece.len());
        rows.push(row(&format!("HTML of `{piece}`"), &markup(&long), long.len()));
    }
    rows.push(row("HTML of nested blocks", &markup(&nested), nested.len()));
    rows.push(row("mail of many parts", &raw(&parts), parts.len()));
    rows.push(row("mail of many header fields", &raw(&header), header.len()));
    rows
}

fn text(text: &str) -> Content<'_> {
    Content { text: Some(text), ..Content::default() }
}

fn markup(html: &str) -> Content<'_> {
    Content { html: Some(html), ..Content::default() }
}

fn raw(mail: &str) -> Content<'_> {
    Content { raw: Some(mail.as_bytes()), ..Content::default() }
}

fn readable(reading: &Reading) -> String {
    reading.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn row(name: &str, content: &Content<'_>, bytes: usize) -> Vec<String> {
    timed(name, bytes, || read(black_box(content)))
}

fn timed<T>(name: &str, bytes: usize, mut run: impl FnMut() -> T) -> Vec<String> {
    let mut figures = Vec::new();
    let begun = Instant::now();
    while figures.len() < MOST && (figures.len() < 5 || begun.elapsed() < LONG) {
        let started = Instant::now();
        black_box(run());
        figures.push(started.elapsed().as_secs_f64() * 1e6);
    }
    figures.sort_by(f64::total_cmp);
    let median = figures.get(figures.len() / 2).copied().unwrap_or_default();
    let end = |figure: Option<&f64>| format!("{:.1}", figure.copied().unwrap_or_default());
    let per_byte = median * 1e3 * print::ratio(1, bytes.max(1));
    vec![
        name.to_owned(),
        bytes.to_string(),
        format!("{median:.1}"),
        format!("{per_byte:.1}"),
        end(figures.first()),
        end(figures.last()),
    ]
}

/// Sentences, in paragraphs of three, up to a length.
fn prose(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 200);
    for (at, sentence) in SENTENCES.iter().cycle().enumerate() {
        if text.len() >= bytes {
            break;
        }
        text.push_str(sentence);
        text.push_str(if at % 3 == 2 { "\n\n" } else { " " });
    }
    let end = (0..=bytes).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    text.truncate(end);
    text
}

/// The same as newsletters are built: tables in tables, with a style on each cell and links that are tracked.
fn html(bytes: usize) -> String {
    let mut page = String::from(
        "<!doctype html><html><head><title>Acme Bikes</title><style>td { font: 14px sans-serif } .b { color: #fff }</style>\
         </head><body><table width=\"100%\" cellpadding=\"0\"><tr><td>",
    );
    for (at, sentence) in SENTENCES.iter().cycle().enumerate() {
        if page.len() >= bytes {
            break;
        }
        page.push_str(
            "<table role=\"presentation\" width=\"600\" style=\"border-collapse: collapse; margin: 0 auto\"><tr>\
             <td style=\"padding: 12px 24px; color: #333; line-height: 1.5\" class=\"text\"><p>",
        );
        page.push_str(&sentence.replace('&', "&amp;"));
        page.push_str("</p>");
        if at % 3 == 0 {
            page.push_str(
                "<a href=\"https://acme.example/r?u=48213&amp;utm_source=mail&amp;utm_campaign=spring\" class=\"b\">View \
                 the order</a>&nbsp;<img src=\"https://acme.example/i.png\" alt=\"A bicycle\" width=\"120\">",
            );
        }
        page.push_str("</td></tr></table>\n");
    }
    page + "</td></tr></table></body></html>"
}

fn mail(encoding: &str, body: &str) -> String {
    format!(
        "From: Acme Bikes <shop@acme.example>\r\nTo: jo@example.com\r\nSubject: Your order\r\nMIME-Version: 1.0\r\n\
         List-Unsubscribe: <https://acme.example/u>\r\nContent-Type: text/html; charset=utf-8\r\n\
         Content-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n"
    )
}

/// In lines of 76.
fn wrapped(text: &str) -> String {
    let mut lines = String::with_capacity(text.len() + text.len() / 30);
    for (at, letter) in text.chars().enumerate() {
        if at % 76 == 0 && at > 0 {
            lines.push_str("\r\n");
        }
        lines.push(letter);
    }
    lines
}

fn quoted_printable(text: &str) -> String {
    let mut lines = String::with_capacity(text.len() * 5 / 4);
    let mut width = 0;
    for byte in text.bytes() {
        let plain = matches!(byte, b' '..=b'~') && byte != b'=';
        if width > 72 {
            lines.push_str("=\r\n");
            width = 0;
        }
        match byte {
            b'\n' => {
                lines.push_str("\r\n");
                width = 0;
            }
            _ if plain => {
                lines.push(char::from(byte));
                width += 1;
            }
            _ => {
                lines.push_str(&format!("={byte:02X}"));
                width += 3;
            }
        }
    }
    lines
}
