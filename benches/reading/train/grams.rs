//! Which n-grams a table may have.

use std::collections::{BTreeMap, BTreeSet};

use maysend::message::table;

use crate::material::Message;

/// An n-gram stands in so many messages.
const MESSAGES: usize = 2;

/// Words that tell one writer from another rather than what is written. In pairs they stay.
const PLAIN: &str = "a about after all also an and any are as at be been before being but by can could did do does for \
    from had has have he her here him his how i if in into is it its just may me might more most must my no not of on \
    or our out over she should so some than that the their them then there these they this those to too up us very was \
    we were what when where which who will with would you your";

/// Words of postal addresses and company names.
const ADDRESS: &str = "avenue ave bc box ca city co court floor inc lane limited llc ltd market ny po road san st street \
    suite uk";

/// The n-grams that a table trained on these messages has, in order.
///
/// One stands in messages of several publishers, or it is the style of one; it has no number, code, address or
/// placeholder, because templates have placeholders where messages have names; and no name.
pub(super) fn known(messages: &[&Message], publishers: usize) -> Vec<String> {
    let mut seen: BTreeMap<String, (BTreeSet<&str>, usize)> = BTreeMap::new();
    for message in messages {
        let grams: BTreeSet<String> = message.sentences.iter().flat_map(|(sentence, _)| table::grams(sentence)).collect();
        for gram in grams {
            let (owners, count) = seen.entry(gram).or_default();
            owners.insert(message.owner());
            *count += 1;
        }
    }
    let names = names(messages);
    let plain: BTreeSet<&str> = PLAIN.split(' ').collect();
    let address: BTreeSet<&str> = ADDRESS.split(' ').collect();
    let is_fit = |word: &str| {
        let is_kind = matches!(word, "!" | "#money" | "#percent");
        let is_word = word.chars().all(|c| c.is_ascii_alphabetic() || c == '\'');
        let is_letter = word.len() == 1 && !matches!(word, "a" | "i");
        is_kind || (is_word && !is_letter && !names.contains(word) && !address.contains(word))
    };
    let seen = seen.into_iter().filter(|(_, (owners, count))| owners.len() >= publishers && *count >= MESSAGES);
    let grams = seen.map(|(gram, _)| gram).filter(|gram| gram.split(' ').all(is_fit) && !plain.contains(gram.as_str()));
    grams.collect()
}

/// Words that within sentences are written with a capital more often than not.
fn names(messages: &[&Message]) -> BTreeSet<String> {
    let mut written: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (sentence, _) in messages.iter().flat_map(|message| &message.sentences) {
        let words = sentence.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
        let words: Vec<&str> = words.filter(|word| word.starts_with(char::is_alphabetic)).collect();
        let small = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
        // A heading tells nothing.
        if small * 2 <= words.len() {
            continue;
        }
        for word in words.into_iter().skip(1) {
            let is_capital = word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase);
            let (capital, other) = written.entry(word.to_lowercase().replace('’', "'")).or_default();
            *(if is_capital { capital } else { other }) += 1;
        }
    }
    let names = written.into_iter().filter(|(word, (capital, other))| capital > other && !word.starts_with("i'"));
    names.map(|(name, _)| name).collect()
}

/// The known n-grams of a sentence, with the values that make their weighted sum the score.
pub(super) fn features(sentence: &str, place: &BTreeMap<&str, usize>) -> Vec<(usize, f64)> {
    let found: Vec<usize> = table::grams(sentence).iter().filter_map(|gram| place.get(gram.as_str()).copied()).collect();
    let value = 1.0 / super::count(found.len().max(1)).sqrt();
    let mut values: BTreeMap<usize, f64> = BTreeMap::new();
    for at in found {
        *values.entry(at).or_default() += value;
    }
    values.into_iter().collect()
}
