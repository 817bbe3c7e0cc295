//! `maysend read`: what a message says, without a service.

use std::{
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, ValueEnum};

use super::{
    Failure,
    output::{self, Format, written},
};
use crate::{
    check::{marked::Look, message_sentences},
    http::messages::MessageRead,
    message::{self, Content, Reading},
    terms::wording::Strength,
};

/// Read a message: its words that promote, with the published reasons.
///
/// The text is shown with those words marked, then each finding, what the message shows of its form (how to refuse it,
/// whom it is from), and what could not be read. Nothing is decided and nothing kept; `maysend check` decides.
/// docs/message-reading.md tells what the findings mean.
///
/// Exit code 0 means that nothing strong was found, 1 that something was, 2 that there is no such file, or that nothing in it
/// could be read. 0 does not mean that it is a service message: no reading can show that.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  maysend read message.eml
  maysend read receipt.html --subject 'Your receipt'
  maysend read - --as text --format json < reminder.txt | jq '.findings[].words'")]
pub(super) struct Read {
    /// The message; `-` for standard input
    file: PathBuf,
    /// What it is [default: by its name, else by how it begins]
    #[arg(long = "as", value_name = "KIND")]
    kind: Option<Kind>,
    /// A subject line to read with it
    #[arg(long, value_name = "TEXT")]
    subject: Option<String>,
    /// How to write the answer [default: text on a terminal, json into a pipe]
    #[arg(long)]
    format: Option<Format>,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Text.
    Text,
    /// HTML.
    Html,
    /// A whole email with its header fields (RFC 5322).
    Mail,
}

impl Read {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let bytes = output::read(&self.file).map_err(|error| Failure::Read(self.file.clone(), error))?;
        let kind = self.kind.map_or_else(|| self.recognised(&bytes), Ok)?;
        let subject = self.subject.as_deref();
        let unicode = || std::str::from_utf8(&bytes).map_err(|_| Failure::NotText(self.file.clone()));
        let content = match kind {
            Kind::Text => Content { text: Some(unicode()?), subject, ..Content::default() },
            Kind::Html => Content { html: Some(unicode()?), subject, ..Content::default() },
            Kind::Mail => Content { raw: Some(&bytes), subject, ..Content::default() },
        };
        if bytes.trim_ascii().is_empty() && subject.is_none_or(|subject| subject.trim().is_empty()) {
            return Err(Failure::NothingToRead(self.file));
        }
        let reading = message::read(&content);
        match Format::or_by_terminal(self.format) {
            Format::Json => output::print_json(&MessageRead::of(&reading))?,
            Format::Text => print(&reading)?,
        }
        if reading.findings.iter().any(|finding| finding.strength == Strength::Strong) {
            Ok(ExitCode::from(1))
        } else if reading.sentences.iter().any(|sentence| sentence.is_read) {
            Ok(ExitCode::SUCCESS)
        } else {
            // Nothing read is not the same as nothing found.
            Err(Failure::NothingRead(self.file))
        }
    }

    /// What the file holds, by its name, else by how it begins.
    fn recognised(&self, bytes: &[u8]) -> Result<Kind, Failure> {
        if bytes.starts_with(&OUTLOOK) {
            return Err(Failure::OutlookMessage(self.file.clone()));
        }
        let ending = self.file.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        Ok(match ending.as_deref() {
            Some("eml") => Kind::Mail,
            Some("html" | "htm" | "xhtml") => Kind::Html,
            Some("txt" | "md") => Kind::Text,
            Some(_) | None if begins_with_fields(bytes) => Kind::Mail,
            Some(_) | None if begins_with_a_tag(bytes) => Kind::Html,
            Some(_) | None => Kind::Text,
        })
    }
}

/// How the container of Outlook's own messages begins, which is no email.
const OUTLOOK: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Header fields one of which every email has. A text may well begin with `Note: ` and be none.
const FIELDS: [&str; 13] = [
    "from",
    "to",
    "subject",
    "date",
    "received",
    "return-path",
    "delivered-to",
    "message-id",
    "mime-version",
    "content-type",
    "reply-to",
    "dkim-signature",
    "list-unsubscribe",
];

/// Whether all lines up to the first empty one are header fields, the first of them one that emails have.
fn begins_with_fields(bytes: &[u8]) -> bool {
    let name = |line: &[u8]| {
        let end = line.iter().position(|byte| *byte == b':')?;
        let name = line.get(..end)?.trim_ascii_end();
        let sound = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
        sound.then(|| String::from_utf8_lossy(name).to_ascii_lowercase())
    };
    let mut lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end).take_while(|line| !line.is_empty());
    let first = lines.next().and_then(name).is_some_and(|name| FIELDS.contains(&name.as_str()));
    let is_folded = |line: &[u8]| line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'));
    first && lines.all(|line| is_folded(line) || name(line).is_some())
}

/// Elements with which HTML begins.
const TAGS: [&str; 18] = [
    "!doctype", "!--", "html", "head", "body", "title", "style", "meta", "div", "table", "p", "span", "center", "img",
    "h1", "h2", "a", "br",
];

fn begins_with_a_tag(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let Some(after) = start.strip_prefix(b"<") else { return false };
    let start: Vec<u8> = after.iter().take(12).map(u8::to_ascii_lowercase).collect();
    TAGS.iter().any(|tag| {
        let next = start.strip_prefix(tag.as_bytes()).and_then(<[u8]>::first);
        next.is_some_and(|next| *tag == "!--" || next.is_ascii_whitespace() || matches!(next, b'>' | b'/'))
    })
}

fn print(reading: &Reading) -> Result<(), Failure> {
    // Brackets stand in for the colours where those would not be seen, or are not wanted (`NO_COLOR`).
    let seen = anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
    let look = if seen { Look::Coloured } else { Look::Brackets };
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    let text = message_sentences::tell(reading, look);
    written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognised(file: &str, bytes: &[u8]) -> Option<Kind> {
        Read { file: file.into(), kind: None, subject: None, format: None }.recognised(bytes).ok()
    }

    #[rstest::rstest]
    #[case("a.eml", "Hello", Kind::Mail)]
    #[case("a.HTM", "Hello", Kind::Html)]
    #[case("a.txt", "<html><p>Hello", Kind::Text)]
    #[case("-", "Return-Path: <a@example.com>\r\nSubject: Hi\r\n there\r\n\r\nHello", Kind::Mail)]
    #[case("a.msg", "from : a@example.com\n\nHello", Kind::Mail)]
    #[case("-", "Subject: hello", Kind::Mail)]
    #[case("-", "Note: the shop is closed.\n\nHello", Kind::Text)]
    #[case("-", "From: us\nto you, a line without a field\n\nHello", Kind::Text)]
    #[case("-", "\u{feff}\n <!DOCTYPE html>", Kind::Html)]
    #[case("-", "<TABLE width=1>", Kind::Html)]
    #[case("-", "<!--x--><p>", Kind::Html)]
    #[case("-", "<person@example.com> wrote", Kind::Text)]
    #[case("-", "<a@example.com> wrote", Kind::Text)]
    #[case("-", "Hello", Kind::Text)]
    #[case("-", "", Kind::Text)]
    fn a_file_is_recognised(#[case] file: &str, #[case] text: &str, #[case] kind: Kind) {
        assert_eq!(recognised(file, text.as_bytes()), Some(kind));
    }

    #[test]
    fn outlook_s_own_messages_are_no_emails() {
        assert_eq!(recognised("a.msg", &[&OUTLOOK[..], b"rest"].concat()), None);
    }
}
