//! What reading a message found, in sentences, for a person at a terminal: its text with the words marked, each finding
//! with its reason, what the message shows of its form, and what was not read.

use std::fmt::Write as _;

use super::{
    answer::{Wording, WordingFound},
    marked::{Look, Mark, mark, safe},
};
use crate::{
    message::{Found, Part, PartName, Reading},
    terms::refusal::OptOut,
};

/// Tells a reading in sentences.
#[must_use]
pub fn tell(reading: &Reading, look: Look) -> String {
    let wording = Wording::of(reading);
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut text, reading, &wording, look);
    text
}

fn write(text: &mut String, reading: &Reading, wording: &Wording, look: Look) -> std::fmt::Result {
    let bold = look.bold();
    writeln!(text, "{bold}{}.{bold:#}", sentence(wording.says))?;
    if wording.findings.is_empty() {
        writeln!(text, "That does not show that it is a service message: no reading can.")?;
    }
    for (index, part) in reading.parts.iter().enumerate() {
        let bold = look.bold();
        writeln!(text, "\n{bold}{}:{bold:#}", heading(part))?;
        let found = reading.findings.iter().take(wording.findings.len()).zip(1..);
        let here = found.filter(|(finding, _)| finding.span.part == index);
        let marks = here.map(|(finding, number)| Mark {
            bytes: finding.span.start..finding.span.end,
            number,
            strength: finding.strength,
        });
        writeln!(text, "{}", mark(part.text.trim_end(), &marks.collect::<Vec<_>>(), look, "  | "))?;
    }
    if !wording.findings.is_empty() {
        writeln!(text, "\n{bold}Found:{bold:#}")?;
    }
    for (finding, number) in wording.findings.iter().zip(1..) {
        told(text, finding, number, look)?;
    }
    if let Some(more) = reading.findings.len().checked_sub(wording.findings.len()).filter(|more| *more > 0) {
        writeln!(text, "  and {more} more")?;
    }
    writeln!(text, "\n{bold}The message shows:{bold:#}")?;
    for line in form(reading) {
        writeln!(text, "  - {line}")?;
    }
    if !wording.unread.is_empty() {
        writeln!(text, "\n{bold}Not read:{bold:#}")?;
    }
    let mut said = Vec::new();
    for unread in &wording.unread {
        if !said.contains(&unread.reason) {
            said.push(unread.reason);
            writeln!(text, "  ! {}", unread.says)?;
        }
    }
    Ok(())
}

/// A clause as a sentence begins.
fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

fn heading(part: &Part) -> String {
    let name = match part.name {
        PartName::Subject => "Subject",
        PartName::Text => "Text",
        PartName::Html => "HTML",
    };
    // The whole of a message is its part 0.
    let number = part.of_raw.filter(|number| *number > 0);
    number.map_or_else(|| name.to_owned(), |number| format!("{name} (part {number})"))
}

fn told(text: &mut String, finding: &WordingFound, number: usize, look: Look) -> std::fmt::Result {
    let (style, dim) = (look.of(finding.strength), look.dim());
    let kind = in_words(finding.kind.as_str());
    let (strength, family) = (finding.strength, in_words(finding.family.as_str()));
    writeln!(text, "  {number}  {kind} ({strength}, {family}): {style}{}{style:#}", safe(&finding.words))?;
    writeln!(text, "     {}", finding.reason)?;
    writeln!(text, "     {dim}{}{dim:#}", finding.authority)
}

fn in_words(name: &str) -> String {
    name.replace('_', " ")
}

/// What the message shows of its form, a line each.
fn form(reading: &Reading) -> Vec<String> {
    let Found { list_unsubscribe, one_click, opt_out, opt_out_words, from, .. } = &reading.found;
    let Found { reply_address, postal_address, campaign_tags, links, silent_pictures, .. } = &reading.found;
    let mut lines = Vec::new();
    let words = opt_out_words.map(|span| format!(": {}", one_line(reading.words(span)))).unwrap_or_default();
    lines.push(match opt_out.filter(|means| *means != OptOut::None) {
        Some(means) => format!("a way to refuse further messages ({}){words}", in_words(means.as_str())),
        None => "no way to refuse further messages".to_owned(),
    });
    let fields = [(*list_unsubscribe, "the field List-Unsubscribe"), (*one_click, "one click is enough (RFC 8058)")];
    lines.extend(fields.into_iter().filter(|(there, _)| *there).map(|(_, says)| says.to_owned()));
    lines.push(from.as_deref().map_or_else(
        || "nothing of whom it is from".to_owned(),
        |from| format!("whom it is from: {}", one_line(from)),
    ));
    let address = |there: bool, says| if there { format!("an address {says}") } else { format!("no address {says}") };
    lines.push(address(*reply_address, "to which one can answer"));
    lines.push(if *postal_address { "a postal address" } else { "no postal address" }.to_owned());
    if !campaign_tags.is_empty() {
        lines.push(format!("tags of marketing campaigns in its links: {}", one_line(&campaign_tags.join(", "))));
    }
    let counts = [
        (*links, "link", "links"),
        (*silent_pictures, "picture without words of its own", "pictures without words of their own"),
    ];
    lines.extend(counts.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, several)| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {several}"),
    }));
    lines
}

/// A text from outside on one line.
fn one_line(text: &str) -> String {
    safe(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        message::{Finding, Span, Unread, UnreadReason},
        terms::wording::{CueFamily, FindingKind, Strength},
    };

    fn span(start: usize, end: usize) -> Span {
        Span { part: 0, start, end }
    }

    fn reading(text: &str) -> Reading {
        let part = Part { name: PartName::Text, of_raw: Some(2), text: text.to_owned(), pieces: Vec::new() };
        Reading { parts: vec![part], ..Reading::default() }
    }

    #[test]
    fn a_finding_is_told_with_its_words_and_its_reason() {
        let mut reading = reading("Your order is here.\nTake a fiver off the next.\r\nNo more: write STOP.\n");
        reading.findings.push(Finding {
            kind: FindingKind::Promotes,
            family: CueFamily::Offer,
            strength: Strength::Strong,
            span: span(25, 36),
            sentence: span(20, 46),
            quote: "Take a fiver off the next.".to_owned(),
        });
        reading.found = Found {
            opt_out: Some(OptOut::Reply),
            opt_out_words: Some(span(48, 68)),
            links: 1,
            silent_pictures: 2,
            ..Found::default()
        };
        reading.unread = vec![Unread { reason: UnreadReason::Picture, span: None }; 2];
        insta::assert_snapshot!(tell(&reading, Look::Brackets), @r"
        Marketing wording found.

        Text (part 2):
          | Your order is here.
          | Take [[a fiver off]]{1} the next.
          | No more: write STOP.

        Found:
          1  promotes (strong, offer): a fiver off
             an offer, a price drop or credit for spending is promotional
             ICO, penalties on Royal Mail (2018) and American Express (2021)

        The message shows:
          - a way to refuse further messages (reply): No more: write STOP.
          - nothing of whom it is from
          - no address to which one can answer
          - no postal address
          - 1 link
          - 2 pictures without words of their own

        Not read:
          ! pictures are not read
        ");
        let coloured = tell(&reading, Look::Coloured);
        assert!(coloured.contains('\u{1b}') && !coloured.contains("[["), "{coloured}");
    }

    #[test]
    fn nothing_found_is_never_told_as_a_service_message() {
        let told = tell(&reading("Your order is here."), Look::Brackets);
        assert!(told.contains("\nThat does not show that it is a service message: no reading can.\n"), "{told}");
        assert!(!told.contains("Found:") && !told.contains("Not read:"), "{told}");
    }

    #[test]
    fn what_the_message_names_begins_no_line_of_its_own() {
        let mut reading = reading("x\u{1b}[2J");
        reading.found.from = Some("Acme\nFound:\u{1b}[1A".to_owned());
        reading.found.campaign_tags = vec!["utm_\u{9b}2J".to_owned()];
        let told = tell(&reading, Look::Brackets);
        assert!(!told.contains(['\u{1b}', '\u{9b}']) && !told.contains("\nFound:"), "{told}");
    }
}
