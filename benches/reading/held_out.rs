//! What a table does on sources that it was not trained on: each message is scored by a table that has seen no message of
//! its source.

use std::{collections::BTreeMap, error::Error, fs, path::Path};

use maysend::message::table::{REVIEW, Table};

use crate::{
    evaluate::first,
    material::{Label, Message, load},
    print,
    train::{self, SETTINGS},
};

/// Of the service messages of unseen sources, so many shall have a sentence that asks for a review.
const REVIEWED: f64 = 0.025;

/// Trains the table and writes its file.
pub(crate) fn train(folder: &Path, file: &Path) -> Result<(), Box<dyn Error>> {
    let messages = load(&folder.join("dev.jsonl"))?;
    let training = training(&messages);
    let weights = train::fit(&training, &SETTINGS);
    let review = review(&messages, &best(&messages));
    let text = train::file(&training, &weights, &SETTINGS, review);
    fs::write(file, &text)?;
    println!("{}: {} n-grams, {} bytes, review from {review:.1}", file.display(), weights.grams.len(), text.len());
    println!("state the last in `REVIEW` too");
    Ok(())
}

/// Prints what tables do on the sources that they were not trained on.
pub(crate) fn report(messages: &[Message], mixed: &[Message]) {
    let best = best(messages);
    let service = scores(messages, &best, |it| it.label == Label::Service);
    let mut rows = Vec::new();
    let mut areas = Vec::new();
    for source in train::sources(&messages.iter().filter(|it| it.label.promotes()).collect::<Vec<_>>()) {
        let marketing = scores(messages, &best, |it| it.label.promotes() && it.source == source);
        let area = area(&marketing, &service);
        areas.push(area);
        let over = marketing.iter().filter(|score| **score >= REVIEW).count();
        rows.push(vec![source.to_owned(), print::decimal(area), print::share(over, marketing.len())]);
    }
    let mean = areas.iter().sum::<f64>() / train::count(areas.len().max(1));
    rows.push(vec!["mean of the sources".to_owned(), print::decimal(mean)]);
    let title = "(d) Marketing of sources that the table was not trained on: area under the ROC curve against all service messages";
    print::table(title, &["source", "area", "review"], &rows);

    let mut by_source: BTreeMap<(&str, bool), [usize; 2]> = BTreeMap::new();
    let mut total = [0, 0];
    for (message, score) in messages.iter().zip(&best).filter(|(message, _)| !message.label.promotes()) {
        let counts = by_source.entry((&message.source, message.label == Label::Research)).or_default();
        for [over, all] in [counts, &mut total] {
            *all += 1;
            *over += usize::from(*score >= REVIEW);
        }
    }
    let name = |source: &str, research: bool| if research { format!("{source} (research)") } else { source.to_owned() };
    let rows = by_source
        .into_iter()
        .map(|((source, research), [over, all])| vec![name(source, research), print::share(over, all)]);
    let [over, all] = total;
    let rows: Vec<_> = rows.chain([vec!["all".to_owned(), print::share(over, all)]]).collect();
    print::table("(d) Reviews asked for service and research messages of such sources", &["source", "review"], &rows);
    report_mixed(messages, mixed);
}

/// The first sentence by score of a mixed message, scored by a table that has seen neither of its two sources.
fn report_mixed(messages: &[Message], mixed: &[Message]) {
    let training = training(messages);
    let mut tables: BTreeMap<[&str; 2], Table> = BTreeMap::new();
    let mut rows: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for message in mixed {
        let other = marketing_source(messages, message);
        let table =
            tables.entry([&message.source, other]).or_insert_with(|| without(&training, &[&message.source, other]));
        let is_right = top(message, table).is_some_and(|place| message.is_marketing(&place));
        let [right, all] = rows.entry(other).or_default();
        *all += 1;
        *right += usize::from(is_right);
    }
    let all = rows.values().fold([0, 0], |[a, b], [c, d]| [a + c, b + d]);
    let cells = rows.into_iter().chain([("all", all)]);
    let cells: Vec<_> = cells.map(|(source, [right, all])| vec![source.to_owned(), print::share(right, all)]).collect();
    let title =
        "(d) Mixed messages whose first sentence by score is of the marketing part, neither source in the training";
    print::table(title, &["source of the marketing part", "first"], &cells);
}

/// The place of the sentence that a table ranks first.
fn top(message: &Message, table: &Table) -> Option<std::ops::Range<usize>> {
    first(message.sentences.iter().map(|(sentence, place)| (table.score(sentence), place.clone())))
}

/// Where the marketing part of a mixed message comes from, if it is one of these messages.
fn marketing_source<'a>(messages: &'a [Message], mixed: &Message) -> &'a str {
    let part = mixed.marketing.first().and_then(|place| mixed.text.get(place.clone())).unwrap_or_default().trim();
    let source = messages.iter().find(|message| message.label.promotes() && message.text.trim().starts_with(part));
    source.map_or("none of these", |message| &message.source)
}

fn training(messages: &[Message]) -> Vec<&Message> {
    messages.iter().filter(|message| message.may_train()).collect()
}

fn without(training: &[&Message], sources: &[&str]) -> Table {
    let rest: Vec<&Message> = training.iter().filter(|it| !sources.contains(&it.source.as_str())).copied().collect();
    train::fit(&rest, &SETTINGS).table()
}

/// The score of the best sentence of each message, by a table that has not seen its source.
fn best(messages: &[Message]) -> Vec<f32> {
    let training = training(messages);
    let mut tables: BTreeMap<&str, Table> = BTreeMap::new();
    let best = messages.iter().map(|message| {
        // A source that trains nothing is unseen by the whole table.
        let out = if message.may_train() { message.source.as_str() } else { "" };
        let table = tables.entry(out).or_insert_with(|| without(&training, &[out]));
        message.sentences.iter().map(|(sentence, _)| table.score(sentence)).fold(f32::NEG_INFINITY, f32::max)
    });
    best.collect()
}

fn scores(messages: &[Message], best: &[f32], of: impl Fn(&Message) -> bool) -> Vec<f32> {
    messages.iter().zip(best).filter(|(message, _)| of(message)).map(|(_, score)| *score).collect()
}

/// From which score on a review is asked.
fn review(messages: &[Message], best: &[f32]) -> f64 {
    let mut service = scores(messages, best, |it| it.label == Label::Service);
    service.sort_by(|one, other| other.total_cmp(one));
    let mut reviewed = (1..=service.len()).take_while(|count| print::ratio(*count, service.len()) <= REVIEWED);
    let next = reviewed.by_ref().last().and_then(|count| service.get(count)).copied().unwrap_or_default();
    // Just above the next one.
    (f64::from(next) * 10.0).floor() / 10.0 + 0.1
}

/// How often a score of the one kind is above one of the other.
fn area(above: &[f32], below: &[f32]) -> f64 {
    let wins = |one: &f32| {
        below
            .iter()
            .map(|other| {
                if one > other {
                    1.0
                } else if one < other {
                    0.0
                } else {
                    0.5
                }
            })
            .sum::<f64>()
    };
    above.iter().map(wins).sum::<f64>() / (train::count(above.len()) * train::count(below.len()))
}
