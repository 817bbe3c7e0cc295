//! The numbers that stand for texts on disk. A number is never given to another text: new ones go to the end.

use serde::{Deserialize, Deserializer, Serializer, de::Error as _};

/// What an allow can oblige to, by code.
const OBLIGATIONS: [&str; 18] = [
    "identify_sender",
    "provide_opt_out_address",
    "make_withdrawal_easy",
    "offer_opt_out_in_message",
    "be_plainly_commercial",
    "present_line_identity",
    "say_who_calls",
    "give_address_or_freephone",
    "offer_opt_out_in_call",
    "screen_mps",
    "keep_directed_to_nobody",
    "heed_rules_on_devices",
    "tell_of_right_to_object",
    "give_privacy_information",
    "assess_legitimate_interests",
    "answer_objection",
    "record_and_suppress",
    "keep_evidence",
];

/// The warnings behind which no rule stands, by code.
const NOTES: [&str; 4] = ["message_not_read", "no_ledger", "callers_word", "event_in_future"];

/// Whether a warning is one of those behind which no rule stands.
pub(super) fn is_note(code: &str) -> bool {
    NOTES.contains(&code)
}

/// Obligations.
pub(super) mod obligations {
    use super::{Deserializer, OBLIGATIONS, Serializer, read, write};

    pub(in super::super) fn serialize<S: Serializer>(codes: &[&'static str], to: S) -> Result<S::Ok, S::Error> {
        write(codes, &OBLIGATIONS, to)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<&'static str>, D::Error> {
        read(&OBLIGATIONS, from)
    }
}

/// Warnings behind which no rule stands.
pub(super) mod notes {
    use super::{Deserializer, NOTES, Serializer, read, write};

    pub(in super::super) fn serialize<S: Serializer>(codes: &[&'static str], to: S) -> Result<S::Ok, S::Error> {
        write(codes, &NOTES, to)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<&'static str>, D::Error> {
        read(&NOTES, from)
    }
}

fn write<S: Serializer>(texts: &[&'static str], known: &[&'static str], to: S) -> Result<S::Ok, S::Error> {
    let number = |text: &&str| known.iter().position(|known| known == text).and_then(|it| u8::try_from(it).ok());
    to.collect_seq(texts.iter().filter_map(number).collect::<Vec<u8>>())
}

fn read<'de, D: Deserializer<'de>>(known: &[&'static str], from: D) -> Result<Vec<&'static str>, D::Error> {
    let numbers = Vec::<u8>::deserialize(from)?;
    let text = |number: u8| known.get(usize::from(number)).copied().ok_or_else(|| D::Error::custom("an unknown text"));
    numbers.into_iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::obligations;

    #[test]
    fn every_obligation_has_a_number() {
        for duty in obligations::ALL {
            assert!(OBLIGATIONS.contains(&duty.code), "`{}` needs a number, at the end of the list", duty.code);
        }
    }
}
