//! How well messages are read.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    path::Path,
};

use maysend::{
    message::Finding,
    terms::wording::{FindingKind, Strength},
};

use crate::{
    held_out,
    material::{Label, Message, load},
    print,
};

/// Prints the figures for the material of a folder, and for the rows of one more file.
pub(crate) fn evaluate(folder: &Path, more: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let borderline = load(&folder.join("borderline.jsonl"))?;
    let messages = load(&folder.join("dev.jsonl"))?;
    let mixed = load(&folder.join("mixed.jsonl"))?;
    verdicts("(a) Published verdicts, the texts themselves", &borderline, |it| it.verbatim && it.agreed);
    verdicts("(a) Published verdicts, with those of which only a description was published", &borderline, |it| {
        it.agreed
    });
    by_source("(b) Service and research messages, by source", &messages, |it| !it.label.promotes());
    false_alarms(messages.iter());
    by_source(
        "(b) Marketing messages, by source (for interest: how it is written, not how well it is read)",
        &messages,
        |it| it.label.promotes(),
    );
    parts_of_mixed(&mixed);
    held_out::report(&messages, &mixed);
    if let Some(file) = more {
        let rows = load(file)?;
        verdicts("(e) The rows of one more file", &rows, |_| true);
        by_source("(e) The same, service and research by source", &rows, |it| !it.label.promotes());
    }
    Ok(())
}

/// The findings that decide.
fn strong(message: &Message) -> impl Iterator<Item = &Finding> {
    message.reading.findings.iter().filter(|finding| finding.strength == Strength::Strong && promotes(finding))
}

const fn promotes(finding: &Finding) -> bool {
    match finding.kind {
        FindingKind::Promotes | FindingKind::AsksForPermission | FindingKind::SurveyThatSells => true,
        FindingKind::ClaimsToBeService => false,
    }
}

fn has(message: &Message, strength: Strength) -> bool {
    message.reading.findings.iter().any(|finding| finding.strength == strength && promotes(finding))
}

/// Precision and recall of the findings that decide, and every message on which they err.
fn verdicts(title: &str, messages: &[Message], counts: impl Fn(&Message) -> bool) {
    let messages: Vec<&Message> = messages.iter().filter(|it| counts(it)).collect();
    let found = |message: &&&Message| strong(message).next().is_some();
    let of = |promotes: bool| messages.iter().filter(move |it| it.label.promotes() == promotes);
    let (hits, all) = (of(true).filter(found).count(), of(true).count());
    let (alarms, others) = (of(false).filter(found).count(), of(false).count());
    let (precision, recall) = (print::ratio(hits, hits + alarms), print::ratio(hits, all));
    let with_span: Vec<&&Message> = of(true).filter(|it| found(it) && !it.marketing.is_empty()).collect();
    let on_span = with_span.iter().filter(|it| strong(it).any(|finding| it.is_marketing(&it.place(finding)))).count();
    let f1 = if hits == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    let softly = of(true).filter(|it| !found(it) && (has(it, Strength::Weak) || has(it, Strength::Review))).count();
    let row = |name: &str, cell: String| vec![name.to_owned(), cell];
    let rows = [
        row("precision", print::share(hits, hits + alarms)),
        row("recall", print::share(hits, all)),
        row("F1", print::decimal(f1)),
        row("false alarms", print::share(alarms, others)),
        row("findings on the published words", print::share(on_span, with_span.len())),
        row("missed, but a warning or a review", print::share(softly, all - hits)),
    ];
    print::table(title, &["", "strong findings"], &rows);
    list("missed", of(true).filter(|it| !found(it)).copied());
    list("false alarm", of(false).filter(found).copied());
}

/// Those at which a strong finding was made although they do not promote.
fn false_alarms<'a>(messages: impl Iterator<Item = &'a Message>) {
    list("false alarm", messages.filter(|it| !it.label.promotes() && strong(it).next().is_some()));
}

fn list<'a>(what: &str, messages: impl Iterator<Item = &'a Message>) {
    for message in messages {
        let start: String = message.text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(80).collect();
        let families: BTreeSet<&str> = strong(message).map(|finding| finding.family.as_str()).collect();
        let families: Vec<&str> = families.into_iter().collect();
        println!("  {what}: {} [{}] {start}", message.id, families.join(", "));
    }
}

/// How many messages of each source have findings of each strength.
fn by_source(title: &str, messages: &[Message], counts: impl Fn(&Message) -> bool) {
    let mut sources: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    for message in messages.iter().filter(|it| counts(it)) {
        let kind = if message.label == Label::Research { " (research)" } else { "" };
        let strong = strong(message).next().is_some();
        for source in [format!("{}{kind}", message.source), "\u{7f}all".to_owned()] {
            let [all, decided, weak, review] = sources.entry(source).or_default();
            *all += 1;
            *decided += usize::from(strong);
            *weak += usize::from(!strong && has(message, Strength::Weak));
            *review += usize::from(!strong && !has(message, Strength::Weak) && has(message, Strength::Review));
        }
    }
    let rows: Vec<_> = sources
        .into_iter()
        .map(|(source, [all, decided, weak, review])| {
            let share = |count| print::share(count, all);
            vec![source.trim_start_matches('\u{7f}').to_owned(), share(decided), share(weak), share(review)]
        })
        .collect();
    print::table(title, &["source", "strong", "weak at most", "review at most"], &rows);
}

/// Where in a message that does both the findings stand.
fn parts_of_mixed(mixed: &[Message]) {
    let all = mixed.len();
    let top = |message: &&Message| {
        let read = message.reading.sentences.iter().filter(|it| it.is_read).map(|it| it.score);
        let top = first(read.zip(&message.sentences));
        top.is_some_and(|(_, place)| message.is_marketing(place))
    };
    let inside = |message: &&Message| strong(message).any(|finding| message.is_marketing(&message.place(finding)));
    let findings: Vec<bool> =
        mixed.iter().flat_map(|it| strong(it).map(|finding| it.is_marketing(&it.place(finding)))).collect();
    let outside = findings.iter().filter(|is_inside| !**is_inside).count();
    let rows = [
        vec![
            "first sentence by score is of the marketing part".to_owned(),
            print::share(mixed.iter().filter(top).count(), all),
        ],
        vec![
            "a strong finding in the marketing part".to_owned(),
            print::share(mixed.iter().filter(inside).count(), all),
        ],
        vec!["strong findings outside it".to_owned(), print::share(outside, findings.len())],
    ];
    let title =
        "(c) A service message with a marketing message appended (the table was trained on some of their sources)";
    print::table(title, &["", "messages"], &rows);
}

/// What has the highest score, the first of equals.
pub(crate) fn first<T>(scored: impl Iterator<Item = (f32, T)>) -> Option<T> {
    let higher = |best: Option<(f32, T)>, it: (f32, T)| match best {
        Some(best) if best.0 >= it.0 => Some(best),
        Some(_) | None => Some(it),
    };
    scored.fold(None, higher).map(|(_, what)| what)
}
