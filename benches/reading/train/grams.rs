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

/// Words of the dummy text that templates are filled with.
const DUMMY: &str = "ab accusantium amet aperiam architecto beatae dicta dolor dolore doloremque eaque enim et ex \
    explicabo fugit illo inventore ipsa ipsum iste laudantium lorem natus nemo omnis perspiciatis quae quasi quia rem \
    sed sit sunt totam unde ut veritatis vitae voluptatem";

/// The n-grams that a table trained on these messages has, in order.
///
/// One stands in messages of several publishers, or it is the style of one; it has no number, code, address or
/// placeholder, because templates have placeholders where messages have names; and no name, address or dummy text.
pub(super) fn known(messages: &[&Message], publishers: usize) -> Vec<(u64, String)> {
    let mut seen: BTreeMap<u64, Seen<'_>> = BTreeMap::new();
    for message in messages {
        let grams: BTreeSet<(u64, String)> =
            message.sentences.iter().flat_map(|(sentence, _)| table::grams(sentence)).collect();
        for (key, spelling) in grams {
            let gram = seen.entry(key).or_default();
            gram.owners.insert(message.owner());
            gram.messages.insert(&message.id);
            *gram.spellings.entry(spelling).or_default() += 1;
        }
    }
    let names = names(messages);
    let plain: BTreeSet<&str> = PLAIN.split_whitespace().collect();
    let unfit: BTreeSet<&str> = [ADDRESS, DUMMY].into_iter().flat_map(str::split_whitespace).collect();
    let is_fit = |word: &str| {
        let is_kind = matches!(word, "!" | "#money" | "#percent");
        let is_word = word.chars().all(|c| c.is_ascii_alphabetic() || c == '\'');
        let is_letter = word.len() == 1 && !matches!(word, "a" | "i");
        is_kind || (is_word && !is_letter && !names.contains(word) && !unfit.contains(word))
    };
    let seen = seen.into_iter().filter(|(_, gram)| gram.owners.len() >= publishers && gram.messages.len() >= MESSAGES);
    let grams = seen.filter_map(|(key, gram)| Some((key, gram.spelling()?)));
    let grams = grams.filter(|(_, gram)| gram.split(' ').all(is_fit) && !plain.contains(gram.as_str()));
    let mut grams: Vec<_> = grams.collect();
    grams.sort_by(|(_, one), (_, other)| one.cmp(other));
    grams
}

/// Where an n-gram stands.
#[derive(Default)]
struct Seen<'a> {
    owners: BTreeSet<&'a str>,
    messages: BTreeSet<&'a str>,
    spellings: BTreeMap<String, usize>,
}

impl Seen<'_> {
    /// As it is spelt most often.
    fn spelling(self) -> Option<String> {
        self.spellings.into_iter().max_by_key(|(_, count)| *count).map(|(spelling, _)| spelling)
    }
}

/// Words that are written with a capital within sentences more often than not, or everywhere.
fn names(messages: &[&Message]) -> BTreeSet<String> {
    let mut written: BTreeMap<String, Written> = BTreeMap::new();
    for (sentence, _) in messages.iter().flat_map(|message| &message.sentences) {
        let words = sentence.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '\u{2019}'));
        let words: Vec<&str> = words.filter(|word| word.starts_with(char::is_alphabetic)).collect();
        let small = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
        // A heading, or the first word of a sentence, tells nothing of the kind.
        let tells = small * 2 > words.len();
        for (at, word) in words.into_iter().enumerate() {
            let counts = written.entry(word.to_lowercase().replace('\u{2019}', "'")).or_default();
            let is_capital = word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase);
            counts.small += usize::from(word.starts_with(char::is_lowercase));
            counts.capital_within += usize::from(tells && at > 0 && is_capital);
            counts.other_within += usize::from(tells && at > 0 && !is_capital);
        }
    }
    let is_name = |counts: &Written| counts.small == 0 || counts.capital_within > counts.other_within;
    let names = written.into_iter().filter(|(word, counts)| is_name(counts) && word != "i" && !word.starts_with("i'"));
    names.map(|(name, _)| name).collect()
}

/// How often a word is written how.
#[derive(Default)]
struct Written {
    small: usize,
    capital_within: usize,
    other_within: usize,
}

/// The known n-grams of a sentence, with the values that make their weighted sum the score.
pub(super) fn features(sentence: &str, place: &BTreeMap<u64, usize>) -> Vec<(usize, f64)> {
    let found: Vec<usize> = table::grams(sentence).iter().filter_map(|(key, _)| place.get(key).copied()).collect();
    let value = 1.0 / super::count(found.len().max(1)).sqrt();
    let mut values: BTreeMap<usize, f64> = BTreeMap::new();
    for at in found {
        *values.entry(at).or_default() += value;
    }
    values.into_iter().collect()
}
