//! Words that offer to refuse further messages, and by which means.
//!
//! Words alone offer nothing: "you can unsubscribe at any time" without a link, a number or an address is a promise. So
//! a means is told only where the words and the means stand in one clause, or the means at the start of the next.

use super::{
    clause::{Clause, Kind},
    means::{self, Target},
    roles::Roles,
    sense::{is_denied, is_wished_away, names_messages, names_something_else},
};
use crate::{message::Span, terms::refusal::OptOut};

/// What words of refusing were found in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Words {
    /// The first of them.
    pub(super) at: usize,
    /// Only a link or a switch makes them an offer: "preferences".
    pub(super) needs_link: bool,
}

/// The simplest means that was found so far, and where.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// The means.
    pub(super) means: Option<OptOut>,
    /// The words that tell of it, if any do.
    pub(super) words: Option<Span>,
    /// The clause before had words of refusing and no means.
    waiting: Option<Span>,
    /// Words of refusing by post: an offer if the message has an address.
    pub(super) by_post: Option<Span>,
    /// A message can be sent back to the sender.
    pub(super) can_reply: bool,
}

impl Search {
    /// A means, told by these words or by none.
    pub(super) fn offer(&mut self, means: OptOut, words: Option<Span>) {
        if self.means.is_none_or(|best| simplicity(means) < simplicity(best)) {
            self.means = Some(means);
            self.words = words;
        }
    }

    /// Another part begins: nothing waits any longer.
    pub(super) fn begin_part(&mut self) {
        self.waiting = None;
    }

    /// Looks through a clause of a part, with the targets of the links on its words.
    pub(super) fn clause(&mut self, part: usize, clause: &Clause, targets: &[Target]) {
        let waiting = self.waiting.take();
        if waiting.is_none() && !clause.roles.has(Roles::REFUSE.and(Roles::STOP)) && !clause.has_placeholder {
            return;
        }
        let words = refusing(clause);
        let range = clause.range();
        let span = Span { part, start: range.start, end: range.end };
        let since = Span { start: waiting.map_or(span.start, |waiting| waiting.start), ..span };
        if let Some(means) = means::stop_word(clause, words.is_some() || waiting.is_some()) {
            self.can_reply |= matches!(means, OptOut::Reply | OptOut::ShortCode);
            return self.offer(means, Some(span));
        }
        let Some(words) = words else {
            if waiting.is_some()
                && let Some(means) = means::at_start(clause, targets)
            {
                self.offer(means, Some(since));
            }
            return;
        };
        match means::of(clause, words, targets) {
            Some(OptOut::PostalAddress) => {
                self.by_post.get_or_insert(span);
            }
            Some(means) => {
                self.can_reply |= means == OptOut::Reply;
                self.offer(means, Some(span));
            }
            None => self.waiting = Some(since),
        }
    }
}

/// The order in which means are preferred: the least trouble first.
const fn simplicity(means: OptOut) -> u8 {
    match means {
        OptOut::Link => 0,
        OptOut::Reply => 1,
        OptOut::ShortCode => 2,
        OptOut::EmailAddress => 3,
        OptOut::Freephone => 4,
        OptOut::InApp => 5,
        OptOut::PostalAddress => 6,
        OptOut::Charged => 7,
        OptOut::None => 8,
    }
}

/// The words of refusing in a clause, if it has any that refer to messages.
pub(super) fn refusing(clause: &Clause) -> Option<Words> {
    // "Preferences" gives way to any plainer word that follows.
    let mut preferences = None;
    for index in 0..clause.bits.len() {
        let bit = clause.bits.get(index)?;
        let found = match bit.kind {
            Kind::Placeholder => says_unsubscribe(clause.word(index)).then_some(false),
            Kind::Word if bit.roles.has(Roles::REFUSE) => refuses(clause, index),
            Kind::Word | Kind::Number | Kind::Url | Kind::Email => None,
        };
        match found {
            Some(false) => return Some(Words { at: index, needs_link: false }),
            Some(true) => preferences = preferences.or(Some(Words { at: index, needs_link: true })),
            None => {}
        }
    }
    preferences
}

/// Whether words of refusing begin here, and if so whether they need a link.
fn refuses(clause: &Clause, index: usize) -> Option<bool> {
    let next = |ahead: usize| clause.word(index + ahead);
    let is_plain = match clause.word(index) {
        "unsubscribe" | "unsub" | "unsubscribing" | "un-subscribe" | "unsubscription" => {
            !is_denied(clause, index) && !names_something_else(clause, index + 1, 6)
        }
        "opt" | "opting" if next(1) == "out" => {
            !is_denied(clause, index) && !names_something_else(clause, index + 2, 6)
        }
        word if is_opt_out(word) => !is_denied(clause, index) && !names_something_else(clause, index + 1, 6),
        "stop" => stops_messages(clause, index),
        "remove" => {
            let whom = ["me", "us", "yourself", "my", "your", "this"].contains(&next(1));
            whom && !is_denied(clause, index)
                && (names_messages(clause, index + 2, 8) || next(1) == "me" && clause.bits.len() <= 4)
        }
        "removed" | "removal" => names_messages(clause, index + 1, 8) && !is_past(clause, index),
        "receive" | "receiving" | "hear" | "hearing" | "contacted" | "get" | "emailed" | "messaged" | "texted" => {
            is_wished_away(clause, index)
                && !names_something_else(clause, index + 1, 5)
                && (names_messages(clause, index + 1, 6) || clause.has_within(index + 1, 3, &["from", "these", "them"]))
        }
        "emails" | "texts" | "messages" | "newsletters" => {
            // "Don't want these emails?"
            clause.has_within(index.saturating_sub(4), 4, &["want", "need"])
                && clause.has_within(index.saturating_sub(5), 4, &["don't", "dont", "not"])
        }
        "leave" => {
            ["this", "our", "the"].contains(&next(1)) && next(2) != "waiting" && names_messages(clause, index + 2, 3)
        }
        "withdraw" => clause.has_within(index + 1, 2, &["consent"]) && !is_denied(clause, index),
        "preferences" | "preference" | "settings" => return is_of_messages(clause, index).then_some(true),
        "notifications" | "alerts" | "push" => {
            let off = clause.has_within(index.saturating_sub(4), 4, &["off", "mute", "disable", "manage"]);
            return off.then_some(true);
        }
        _ => false,
    };
    is_plain.then_some(false)
}

/// Spellings of "opt out" in one word, as messages of few letters have them.
fn is_opt_out(word: &str) -> bool {
    matches!(word, "optout" | "opt-out" | "opt-outs" | "2opt-out")
        || ["2optout", "2stoptxt", "2stoptx", "2stoptexts"].iter().any(|end| word.ends_with(end))
}

/// "Stop" as a verb whose object is messages: "stop receiving these emails", "2 stop our texts".
fn stops_messages(clause: &Clause, index: usize) -> bool {
    const RECEIVING: [&str; 11] = [
        "receiving",
        "getting",
        "hearing",
        "sending",
        "emailing",
        "texting",
        "messaging",
        "contacting",
        "emails",
        "texts",
        "messages",
    ];
    let next = clause.word(index + 1);
    let names = if RECEIVING.contains(&next) {
        !names_something_else(clause, index + 1, 5)
    } else {
        [
            "these",
            "those",
            "this",
            "all",
            "further",
            "future",
            "our",
            "your",
            "any",
            "us",
            "marketing",
            "sms",
            "txts",
            "email",
            "msgs",
            "notifications",
            "newsletters",
            "mailings",
        ]
        .contains(&next)
            && names_messages(clause, index + 1, 4)
    };
    names && !is_denied(clause, index)
}

/// "You have been removed from our list" says what has happened.
fn is_past(clause: &Clause, index: usize) -> bool {
    clause.has_within(index.saturating_sub(3), 3, &["been", "were", "was", "is", "are"])
        && !clause.has_within(index.saturating_sub(4), 4, &["to"])
}

/// Whether these preferences are those of messages, and not an invitation to ask for more of them.
fn is_of_messages(clause: &Clause, index: usize) -> bool {
    const INVITES: [&str; 9] = ["receive", "hear", "get", "start", "enjoy", "stay", "keep", "benefit", "miss"];
    let from = index.saturating_sub(3);
    let is_of_messages = names_messages(clause, from, index - from)
        || clause.has_within(from, index - from, &["notification", "subscription", "contact", "unsubscribe"]);
    let changes = ["manage", "update", "change", "edit", "adjust", "set"];
    let is_bare = clause.has_within(from, index - from, &changes) && clause.bits.len() <= 4 || index == 0;
    let is_else = clause.has_within(
        from,
        index - from,
        &["cookie", "cookies", "delivery", "dietary", "privacy", "payment", "seat"],
    );
    let invites = clause.has_within(index + 1, 4, &INVITES) && !clause.has_within(index + 1, 4, &["stop"]);
    (is_of_messages || is_bare) && !is_else && !invites
}

/// Whether an address or a placeholder says that it is for unsubscribing.
pub(super) fn says_unsubscribe(lower: &str) -> bool {
    let says =
        lower.contains("unsub") || lower.contains("optout") || lower.contains("opt-out") || lower.contains("opt_out");
    says && !lower.contains("unsubscribed") || lower.contains("list-manage") && lower.contains("unsub")
}

/// Whether an address says that it is for the preferences of messages.
pub(super) fn says_preferences(lower: &str) -> bool {
    lower.contains("preference") || lower.contains("email-settings") || lower.contains("subscription-center")
}
