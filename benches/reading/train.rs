//! Training the table: logistic regression with an L2 penalty over the n-grams of sentences.
//!
//! Nothing is drawn at random: the whole of the material is gone through in each step, in its order.

mod grams;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use maysend::message::table::Table;

use crate::material::Message;

/// How the table is trained.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// The weight of the penalty.
    pub(crate) l2: f64,
    /// How many steps are gone.
    pub(crate) steps: usize,
    /// A source of `n` messages weighs as much as `n` to this power.
    pub(crate) evening: f64,
    /// An n-gram stands in the messages of so many publishers.
    pub(crate) publishers: usize,
}

/// Chosen by what tables do on sources that they were not trained on.
pub(crate) const SETTINGS: Settings = Settings { l2: 3e-5, steps: 500, evening: 0.5, publishers: 2 };

/// What training gives.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weights {
    pub(crate) bias: f64,
    /// The key, the spelling and the weight of each n-gram.
    pub(crate) grams: Vec<(u64, String, f64)>,
}

impl Weights {
    pub(crate) fn table(&self) -> Table {
        let grams: Vec<(u64, f32)> = self.grams.iter().map(|(key, _, weight)| (*key, single(*weight))).collect();
        Table::new(single(self.bias), &grams)
    }

    /// The lines of the file: a weight, a tab, an n-gram. One whose weight is nought says nothing, but is known, and is
    /// left out all the same.
    pub(crate) fn lines(&self) -> String {
        let mut lines = String::new();
        for (_, gram, weight) in &self.grams {
            let weight = format!("{weight:.2}");
            if !matches!(weight.as_str(), "0.00" | "-0.00") {
                let _ = writeln!(lines, "{weight}\t{gram}");
            }
        }
        lines
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a weight needs no more digits")]
const fn single(weight: f64) -> f32 {
    weight as f32
}

/// The known n-grams of a sentence with their values, what it is, and how much it counts.
struct Example {
    features: Vec<(usize, f64)>,
    promotes: bool,
    weight: f64,
}

/// Trains on these messages. A sentence is taken for what its message is; that a marketing message has neutral sentences
/// too is borne out by the service messages, which have the same ones.
pub(crate) fn fit(messages: &[&Message], settings: &Settings) -> Weights {
    let known = grams::known(messages, settings.publishers);
    let place: BTreeMap<u64, usize> = known.iter().enumerate().map(|(at, (key, _))| (*key, at)).collect();
    let of_each = weights_of_messages(messages, settings.evening);
    let mut examples = Vec::new();
    for (message, weight) in messages.iter().zip(of_each) {
        for (sentence, _) in &message.sentences {
            let features = grams::features(sentence, &place);
            let weight = weight / count(message.sentences.len());
            examples.push(Example { features, promotes: message.label.promotes(), weight });
        }
    }
    let (bias, weights) = descend(&examples, known.len(), settings);
    let grams = known.into_iter().zip(weights).map(|((key, gram), weight)| (key, gram, weight)).collect();
    Weights { bias, grams }
}

/// Marketing messages weigh as much as the others together, and among each a source less than its number of messages.
fn weights_of_messages(messages: &[&Message], evening: f64) -> Vec<f64> {
    let mut sizes: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    for message in messages {
        *sizes.entry((message.label.promotes(), &message.source)).or_default() += 1;
    }
    let total = |promotes: bool| -> f64 {
        sizes.iter().filter(|((it, _), _)| *it == promotes).map(|(_, size)| count(*size).powf(evening)).sum()
    };
    let totals = [total(false), total(true)];
    let weight = |message: &&Message| {
        let promotes = message.label.promotes();
        let size = count(sizes.get(&(promotes, &message.source)).copied().unwrap_or(1));
        let total = totals.get(usize::from(promotes)).copied().unwrap_or(1.0);
        size.powf(evening - 1.0) / total / 2.0
    };
    messages.iter().map(weight).collect()
}

/// Gradient descent with momentum (Nesterov), of steps as long as the curvature allows.
fn descend(examples: &[Example], size: usize, settings: &Settings) -> (f64, Vec<f64>) {
    let curvature = |it: &Example| it.weight * (1.0 + it.features.iter().map(|(_, value)| value * value).sum::<f64>());
    let step = 1.0 / (0.25 * examples.iter().map(curvature).sum::<f64>() + settings.l2);
    // The bias stands last.
    let mut weights = vec![0.0; size + 1];
    let mut ahead = weights.clone();
    let mut momentum = 1.0_f64;
    for _ in 0..settings.steps {
        let mut gradient: Vec<f64> = ahead.iter().map(|weight| weight * settings.l2).collect();
        if let Some(bias) = gradient.last_mut() {
            *bias = 0.0;
        }
        for example in examples {
            let features = || example.features.iter().copied().chain([(size, 1.0)]);
            let score: f64 = features().filter_map(|(at, value)| Some(ahead.get(at)? * value)).sum();
            let error = 1.0 / (1.0 + (-score).exp()) - f64::from(u8::from(example.promotes));
            for (at, value) in features() {
                if let Some(slope) = gradient.get_mut(at) {
                    *slope += example.weight * error * value;
                }
            }
        }
        let next_momentum = f64::midpoint(1.0, (1.0 + 4.0 * momentum * momentum).sqrt());
        let drift = (momentum - 1.0) / next_momentum;
        for ((weight, ahead), slope) in weights.iter_mut().zip(&mut ahead).zip(gradient) {
            let next = *ahead - step * slope;
            *ahead = next + drift * (next - *weight);
            *weight = next;
        }
        momentum = next_momentum;
    }
    let bias = weights.pop().unwrap_or_default();
    (bias, weights)
}

/// The file of a table.
pub(crate) fn file(messages: &[&Message], weights: &Weights, settings: &Settings, review: f64) -> String {
    let Settings { l2, steps, evening, publishers } = settings;
    let mut file = format!(
        "# How much words and pairs of words resemble marketing: written by a program, not to be edited by hand.\n\
         # made by: cargo bench --bench reading -- train DIR\n\
         # method: logistic regression over the sentences of the messages of the sources below, repositories on GitHub;\n\
         #   a score is the bias and the weights of the known n-grams, these divided by the root of their number;\n\
         #   nothing is drawn at random\n\
         # settings: l2 {l2:e}, {steps} steps, a source weighs as its messages to the power of {evening}\n\
         # n-grams: those of at least {publishers} publishers and 2 messages, without names, addresses, numbers and placeholders\n\
         # bias: {:.2}\n\
         # review: {review:.1}\n",
        weights.bias
    );
    let mut sources: BTreeMap<(&str, &str), [usize; 2]> = BTreeMap::new();
    for message in messages {
        let counts = sources.entry((&message.source, &message.licence)).or_default();
        if let Some(count) = counts.get_mut(usize::from(message.label.promotes())) {
            *count += 1;
        }
    }
    for ((source, licence), [others, marketing]) in sources {
        let _ = writeln!(file, "# source: {source} ({licence}): {marketing} marketing, {others} other messages");
    }
    file + &weights.lines()
}

#[expect(clippy::cast_precision_loss, reason = "the counts are of messages and sentences")]
pub(crate) const fn count(count: usize) -> f64 {
    count as f64
}

/// The sources of messages.
pub(crate) fn sources<'a>(messages: &[&'a Message]) -> BTreeSet<&'a str> {
    messages.iter().map(|message| message.source.as_str()).collect()
}
