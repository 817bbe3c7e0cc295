//! What a log line looks like.
//!
//! As text, `2026-11-21T10:00:00.000000Z  INFO request{request_id="order-17"}: maysend::http: message name=value`; as
//! JSON, the same in one object. Either is written by hand: a line a request is a good part of what a request costs.

use std::fmt::{self, Debug, Write};

use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    fmt::{
        FmtContext,
        format::{FormatEvent, FormatFields, Writer},
    },
    registry::LookupSpan,
};

use super::request::{self, Request};
use crate::{clock, config::LogFormat};

/// How lines are written.
pub(super) struct Lines(pub(super) LogFormat);

impl<S, N> FormatEvent<S, N> for Lines
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut to: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        match self.0 {
            LogFormat::Text => text(&mut to, event),
            LogFormat::Json => json(&mut to, event),
        }
    }
}

fn text(to: &mut Writer<'_>, event: &Event<'_>) -> fmt::Result {
    let (level, target) = (*event.metadata().level(), event.metadata().target());
    if to.has_ansi_escapes() {
        write!(to, "\x1b[2m{:.6}\x1b[0m \x1b[{}m{:>5}\x1b[0m ", clock::now(), colour(level), level.as_str())?;
    } else {
        write!(to, "{:.6} {:>5} ", clock::now(), level.as_str())?;
    }
    if let Some(told) = request::with_current(|request| of_request(to, request)) {
        told?;
    }
    to.write_str(target)?;
    to.write_str(":")?;
    let mut fields = TextFields { to, told: Ok(()) };
    event.record(&mut fields);
    fields.told?;
    to.write_char('\n')
}

fn colour(level: Level) -> u8 {
    match level {
        Level::ERROR => 31,
        Level::WARN => 33,
        Level::INFO => 32,
        Level::DEBUG => 34,
        Level::TRACE => 35,
    }
}

/// Ids hold nothing that had to be escaped: `middleware` sees to it.
fn of_request(to: &mut Writer<'_>, request: &Request) -> fmt::Result {
    to.write_str("request{request_id=\"")?;
    to.write_str(&request.id)?;
    if let Some(trace_id) = &request.trace_id {
        to.write_str("\" trace_id=\"")?;
        to.write_str(trace_id)?;
    }
    to.write_str("\"}: ")
}

/// The fields of a line as text: the message comes first, and has no name.
struct TextFields<'t, 'w> {
    to: &'t mut Writer<'w>,
    told: fmt::Result,
}

impl TextFields<'_, '_> {
    fn tell(&mut self, field: &Field, value: fmt::Arguments<'_>) {
        let told = self.told.and_then(|()| {
            self.to.write_char(' ')?;
            if field.name() != "message" {
                self.to.write_str(field.name())?;
                self.to.write_char('=')?;
            }
            Shown(self.to).write_fmt(value)
        });
        self.told = told;
    }
}

impl Visit for TextFields<'_, '_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "message" => self.tell(field, format_args!("{value}")),
            _ => self.tell(field, format_args!("{value:?}")),
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.tell(field, format_args!("{value:?}"));
    }
}

/// Shows what a terminal would take for a command as what it is.
struct Shown<'t, 'w>(&'t mut Writer<'w>);

impl Write for Shown<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let is_command = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t' | '\r');
        // The letters of two bytes that are commands begin with 0xc2.
        if !text.bytes().any(|byte| byte < b' ' || byte == 0x7f || byte == 0xc2) {
            return self.0.write_str(text);
        }
        text.chars().try_for_each(|letter| match is_command(letter) {
            true => write!(self.0, "{}", letter.escape_default()),
            false => self.0.write_char(letter),
        })
    }
}

fn json(to: &mut Writer<'_>, event: &Event<'_>) -> fmt::Result {
    let (level, target) = (*event.metadata().level(), event.metadata().target());
    write!(to, "{{\"timestamp\":\"{:.6}\",\"level\":\"{}\"", clock::now(), level.as_str())?;
    let mut fields = JsonFields { to, told: Ok(()) };
    event.record(&mut fields);
    fields.told?;
    to.write_str(",\"target\":")?;
    quoted(to, target)?;
    let span = request::with_current(|request| {
        to.write_str(",\"span\":{\"request_id\":\"")?;
        to.write_str(&request.id)?;
        if let Some(trace_id) = &request.trace_id {
            to.write_str("\",\"trace_id\":\"")?;
            to.write_str(trace_id)?;
        }
        to.write_str("\",\"name\":\"request\"}")
    });
    if let Some(told) = span {
        told?;
    }
    to.write_str("}\n")
}

/// The fields of a line as members of an object.
struct JsonFields<'t, 'w> {
    to: &'t mut Writer<'w>,
    told: fmt::Result,
}

impl JsonFields<'_, '_> {
    fn tell(&mut self, field: &Field, value: impl FnOnce(&mut Writer<'_>) -> fmt::Result) {
        let told = self.told.and_then(|()| {
            self.to.write_str(",\"")?;
            self.to.write_str(field.name())?;
            self.to.write_str("\":")?;
            value(self.to)
        });
        self.told = told;
    }
}

impl Visit for JsonFields<'_, '_> {
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.tell(field, |to| write!(to, "{value}"));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.tell(field, |to| write!(to, "{value}"));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.tell(field, |to| write!(to, "{value}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.tell(field, |to| quoted(to, value));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.tell(field, |to| quoted(to, &format!("{value:?}")));
    }
}

fn quoted(to: &mut Writer<'_>, text: &str) -> fmt::Result {
    if text.bytes().any(|byte| byte < b' ' || matches!(byte, b'"' | b'\\')) {
        return to.write_str(&serde_json::to_string(text).map_err(|_| fmt::Error)?);
    }
    to.write_char('"')?;
    to.write_str(text)?;
    to.write_char('"')
}
