//! Addresses in the text: of post, and to which one can answer.

use super::{
    clause::{Clause, Kind},
    means::is_no_reply,
    number::{self, Line},
    roles::Roles,
    sense::is_denied,
};

/// Words this far apart belong to one address.
const NEAR: u32 = 14;
/// What an address is for is told no further before it than this.
const TOLD: u32 = 24;

/// The addresses found so far in a text.
#[derive(Debug)]
pub(super) struct Addresses {
    /// How many words ago such a word stood.
    street: u32,
    owner: u32,
    other: u32,
    /// An address of post.
    pub(super) postal: bool,
    /// An address or a number to which one can answer.
    pub(super) reply: bool,
}

impl Default for Addresses {
    fn default() -> Self {
        Self { street: u32::MAX, owner: u32::MAX, other: u32::MAX, postal: false, reply: false }
    }
}

impl Addresses {
    /// Another part begins.
    pub(super) fn begin_part(&mut self) {
        *self = Self { postal: self.postal, reply: self.reply, ..Self::default() };
    }

    /// Looks through a clause.
    pub(super) fn clause(&mut self, clause: &Clause) {
        for index in 0..clause.bits.len() {
            for since in [&mut self.street, &mut self.owner, &mut self.other] {
                *since = since.saturating_add(1);
            }
            let Some(bit) = clause.bits.get(index) else { break };
            match bit.kind {
                Kind::Word => self.word(clause, index, bit.roles),
                Kind::Placeholder => self.postal |= is_address_placeholder(clause.word(index)),
                Kind::Number => self.postal |= self.is_zip_code(clause, index),
                Kind::Email => self.reply |= !is_no_reply(clause.word(index)) && !is_recipient(clause, index),
                Kind::Url => {}
            }
        }
    }

    fn word(&mut self, clause: &Clause, index: usize, roles: Roles) {
        if roles.has(Roles::STREET) {
            self.street = 0;
            self.postal |= is_box(clause, index) || self.is_street(clause, index);
        }
        if roles.has(Roles::OWNER) {
            self.owner = 0;
        }
        if roles.has(Roles::ELSEWHERE) {
            self.other = 0;
        }
        if roles.has(Roles::ANSWER) {
            self.reply |= asks_for_answer(clause, index);
        }
        let is_sender = self.other > TOLD || self.owner < self.other;
        self.postal |= self.street <= NEAR && is_sender && is_postcode(clause, index);
    }

    /// A number, a name and the word for a street, where it was said before whose address follows.
    fn is_street(&self, clause: &Clause, index: usize) -> bool {
        let is_number = |index: usize| clause.bits.get(index).is_some_and(|bit| bit.kind == Kind::Number);
        let names = (1..=4).take_while(|&back| back <= index && clause.is_capital(index - back)).count();
        let is_line = clause.is_capital(index) && names > 0 && index > names && is_number(index - names - 1);
        is_line && self.owner <= TOLD && self.owner < self.other
    }

    /// As in `MN 55418`, after a street.
    fn is_zip_code(&self, clause: &Clause, index: usize) -> bool {
        let word = clause.word(index);
        let digits = word.split('-').next().unwrap_or_default();
        let state = clause.before(index, 1);
        digits.len() == 5 && self.street <= NEAR && state.len() == 2 && index > 0 && clause.is_capital(index - 1)
    }
}

/// `PO Box 12`, `POBox84`.
fn is_box(clause: &Clause, index: usize) -> bool {
    let word = clause.word(index);
    let has_number = clause.bits.get(index + 1).is_some_and(|bit| bit.kind == Kind::Number);
    let is_digits = |rest: &str| rest.starts_with(|first: char| first.is_ascii_digit());
    if let Some(rest) = word.strip_prefix("pobox") {
        return is_digits(rest) || rest.is_empty() && has_number;
    }
    let is_of_post = matches!(clause.before(index, 1), "po" | "p.o" | "o") || word == "freepost";
    is_of_post && (word == "box" && has_number || word.strip_prefix("box").is_some_and(is_digits))
}

/// Whether a postcode of this country begins here: `M26 3UZ`, `M263UZ`.
fn is_postcode(clause: &Clause, index: usize) -> bool {
    if !clause.is_capital(index) {
        return false;
    }
    let word = clause.word(index).as_bytes();
    let whole = word.len().checked_sub(3).and_then(|middle| word.split_at_checked(middle));
    let is_whole = whole.is_some_and(|(out, within)| is_outward(out) && is_inward(within));
    is_whole || is_outward(word) && is_inward(clause.word(index + 1).as_bytes())
}

fn is_outward(code: &[u8]) -> bool {
    let letters = code.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    let rest = code.get(letters..).unwrap_or_default();
    (1..=2).contains(&letters)
        && matches!(rest, [first] | [first, _] if first.is_ascii_digit())
        && rest.iter().all(u8::is_ascii_alphanumeric)
}

fn is_inward(code: &[u8]) -> bool {
    matches!(code, [digit, one, two] if digit.is_ascii_digit() && one.is_ascii_lowercase() && two.is_ascii_lowercase())
}

/// A placeholder for the sender's address of post: `{{ company_address }}`, `*|LIST:ADDRESS|*`, `[[Sender_Address]]`.
fn is_address_placeholder(placeholder: &str) -> bool {
    const NOT: [&str; 16] = [
        "email",
        "e_mail",
        "mail",
        "delivery",
        "shipping",
        "billing",
        "customer",
        "user",
        "recipient",
        "ip_",
        "subscriber",
        "order",
        "property",
        "to_address",
        "reply",
        "contact.",
    ];
    let is_address = placeholder.contains("address") || placeholder.contains("member_addr");
    is_address && !NOT.iter().any(|other| placeholder.contains(other))
}

/// "This email was sent to": the address is not the sender's.
fn is_recipient(clause: &Clause, index: usize) -> bool {
    const SENT: [&str; 9] =
        ["sent", "emailed", "mailed", "delivered", "addressed", "registered", "intended", "subscribed", "received"];
    let after = ["to", "for", "at", "by", "with", "as"].contains(&clause.before(index, 1));
    after && clause.has_within(index.saturating_sub(5), 4, &SENT)
}

/// "Just reply to this email", "text YES to 07700 900123".
fn asks_for_answer(clause: &Clause, index: usize) -> bool {
    let next = clause.word(index + 1);
    match clause.word(index) {
        "reply" | "replying" | "respond" => {
            matches!(next, "to" | "with" | "stop" | "yes" | "no" | "directly" | "by") && !is_denied(clause, index)
        }
        "text" | "txt" | "sms" | "whatsapp" => {
            let has_number = (index + 1..=index + 5).any(|at| {
                let is_to = matches!(clause.before(at, 1), "to" | "on" | "us" | "2");
                is_to && (number::is_code(clause.word(at)) || number::line(clause, at) == Some(Line::Mobile))
            });
            has_number && !is_denied(clause, index)
        }
        _ => false,
    }
}
