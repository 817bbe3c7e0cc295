//! Messages to measure with: one JSON object a line.

use std::{error::Error, fs, ops::Range, path::Path};

use maysend::message::{Content, Finding, Reading, read};
use serde_json::Value;

/// What a published source says that a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Label {
    /// It promotes.
    Marketing,
    /// It does both.
    Mixed,
    /// It does not promote.
    Service,
    /// It is genuine market research.
    Research,
}

impl Label {
    /// Whether it is direct marketing: a message that does both is.
    pub(crate) const fn promotes(self) -> bool {
        matches!(self, Self::Marketing | Self::Mixed)
    }

    fn of(label: &str) -> Result<Self, String> {
        match label {
            "marketing" => Ok(Self::Marketing),
            "mixed" => Ok(Self::Mixed),
            "service" => Ok(Self::Service),
            "research" => Ok(Self::Research),
            _ => Err(format!("`{label}` is no label")),
        }
    }
}

/// One message, and the reading of it.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) label: Label,
    /// The repository, or whoever else it comes from.
    pub(crate) source: String,
    pub(crate) licence: String,
    /// Where the words stand that were published as marketing.
    pub(crate) marketing: Vec<Range<usize>>,
    /// It is the text itself, not a description of it.
    pub(crate) verbatim: bool,
    /// The law of the UK would agree with the verdict.
    pub(crate) agreed: bool,
    pub(crate) reading: Reading,
    /// What is read of it, sentence by sentence, with the place in the text.
    pub(crate) sentences: Vec<(String, Range<usize>)>,
}

impl Message {
    fn of(row: &Value) -> Result<Self, String> {
        let field = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
        let text = field("text").to_owned();
        let reading = read(&Content { text: Some(&text), ..Content::default() });
        let sentences = reading.sentences.iter().filter(|sentence| sentence.is_read);
        let sentences = sentences.map(|it| (reading.words(it.span).to_owned(), original(&reading, it.span))).collect();
        Ok(Self {
            id: field("id").to_owned(),
            label: Label::of(field("label"))?,
            source: field("source").split('@').next().unwrap_or_default().trim_start_matches("github:").to_owned(),
            licence: field("licence").to_owned(),
            marketing: places(row, &text),
            verbatim: field("fidelity").starts_with("verbatim"),
            agreed: field("uk_alignment") != "uncertain",
            reading,
            sentences,
            text,
        })
    }

    /// Its licence lets a table be trained on it and published.
    pub(crate) fn may_train(&self) -> bool {
        let free = ["MIT", "Apache-2.0", "BSD", "CC BY", "Crown"].iter().any(|name| self.licence.contains(name));
        free && !["GPL", "OSL", "AFL", "NC", "ND", "SA"].iter().any(|name| self.licence.contains(name))
    }

    /// Whoever publishes the repository.
    pub(crate) fn owner(&self) -> &str {
        self.source.split('/').next().unwrap_or_default()
    }

    /// Whether these words stand in what was published as marketing.
    pub(crate) fn is_marketing(&self, place: &Range<usize>) -> bool {
        self.marketing.iter().any(|span| span.start < place.end && place.start < span.end)
    }

    /// Where the words of a finding stand in the text.
    pub(crate) fn place(&self, finding: &Finding) -> Range<usize> {
        original(&self.reading, finding.span)
    }
}

fn original(reading: &Reading, span: maysend::message::Span) -> Range<usize> {
    reading.parts.get(span.part).map_or(0..0, |part| part.original(span.start..span.end))
}

/// A span is two numbers that count characters, `spans` are the words themselves.
fn places(row: &Value, text: &str) -> Vec<Range<usize>> {
    let byte = |place: &Value| {
        let nth = usize::try_from(place.as_u64()?).ok()?;
        Some(text.char_indices().nth(nth).map_or(text.len(), |(at, _)| at))
    };
    let numbers = row.get("span").and_then(Value::as_array).and_then(|span| match span.as_slice() {
        [start, end] => Some(byte(start)?..byte(end)?),
        _ => None,
    });
    let words = row.get("spans").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let words = words.filter_map(|words| text.find(words).map(|start| start..start + words.len()));
    numbers.into_iter().chain(words).collect()
}

/// The messages of a file.
pub(crate) fn load(file: &Path) -> Result<Vec<Message>, Box<dyn Error>> {
    let name = file.display();
    let text = fs::read_to_string(file).map_err(|error| format!("{name}: {error}"))?;
    let rows = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(|(number, line)| {
        let row: Value = serde_json::from_str(line).map_err(|error| format!("{name}:{}: {error}", number + 1))?;
        Message::of(&row).map_err(|error| format!("{name}:{}: {error}", number + 1))
    });
    Ok(rows.collect::<Result<_, _>>()?)
}
