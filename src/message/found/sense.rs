//! What the words of refusing refer to: the messages, or something else altogether.

use super::clause::Clause;

/// What is sent.
const MESSAGES: [&str; 48] = [
    "email",
    "emails",
    "e-mail",
    "e-mails",
    "mail",
    "mails",
    "mailing",
    "mailings",
    "newsletter",
    "newsletters",
    "message",
    "messages",
    "msg",
    "msgs",
    "text",
    "texts",
    "txt",
    "txts",
    "texting",
    "sms",
    "smses",
    "marketing",
    "communication",
    "communications",
    "correspondence",
    "contact",
    "contacting",
    "contacted",
    "offers",
    "promotions",
    "promotional",
    "updates",
    "notifications",
    "alerts",
    "reminders",
    "news",
    "tips",
    "bulletin",
    "bulletins",
    "digest",
    "campaign",
    "campaigns",
    "list",
    "lists",
    "emailing",
    "calls",
    "letters",
    "surveys",
];

/// What one can leave or refuse that is no message.
const ELSE: [&str; 56] = [
    "waiting",
    "waitlist",
    "wait",
    "thread",
    "discussion",
    "conversation",
    "issue",
    "pension",
    "scheme",
    "paper",
    "paperless",
    "plan",
    "cookies",
    "cookie",
    "tracking",
    "data",
    "sharing",
    "trial",
    "insurance",
    "cover",
    "renewal",
    "auto-renewal",
    "auto-renew",
    "overdraft",
    "organ",
    "contract",
    "order",
    "booking",
    "appointment",
    "delivery",
    "deliveries",
    "parcel",
    "payment",
    "payments",
    "refund",
    "statement",
    "statements",
    "bill",
    "bills",
    "course",
    "class",
    "meeting",
    "event",
    "calendar",
    "group",
    "visit",
    "code",
    "parking",
    "session",
    "collection",
    "warranty",
    "cheque",
    "debit",
    "transfer",
    "transaction",
    "beta",
];

/// Whether the next words, so many of them, name messages before anything else.
pub(super) fn names_messages(clause: &Clause, from: usize, count: usize) -> bool {
    first(clause, from, count) == Some(true)
}

/// Whether the next words, so many of them, name something else before any message.
pub(super) fn names_something_else(clause: &Clause, from: usize, count: usize) -> bool {
    first(clause, from, count) == Some(false)
}

/// Whether the first that is named is messages, if anything is.
fn first(clause: &Clause, from: usize, count: usize) -> Option<bool> {
    (from..from + count).find_map(|index| {
        let word = clause.word(index);
        if MESSAGES.contains(&word) {
            Some(true)
        } else if ELSE.contains(&word) {
            Some(false)
        } else {
            None
        }
    })
}

/// Whether what stands here is denied: "you cannot unsubscribe", "please do not reply".
pub(super) fn is_denied(clause: &Clause, index: usize) -> bool {
    (1..=4)
        .map_while(|back| index.checked_sub(back))
        .map_while(|at| {
            // Beyond a comma another thought begins: "if this is not for you, unsubscribe".
            clause.bits.get(at).filter(|bit| !bit.breaks).map(|_| at)
        })
        .any(|at| {
            let distance = index - at;
            match clause.word(at) {
                "cannot" | "can't" | "cant" | "unable" | "impossible" | "couldn't" | "won't" => true,
                "not" | "never" | "don't" | "dont" | "doesn't" => {
                    distance <= 1
                        || clause.has_within(
                            at + 1,
                            distance - 1,
                            &["possible", "able", "need", "necessary", "required", "have"],
                        )
                }
                "no" => clause.has_within(at + 1, distance - 1, &["need", "way", "option", "reason"]),
                _ => false,
            }
        })
}

/// Whether a wish against something stands before: "no longer wish to", "rather not", "don't want to".
pub(super) fn is_wished_away(clause: &Clause, index: usize) -> bool {
    const WISHES: [&str; 10] =
        ["want", "wish", "like", "wants", "prefer", "rather", "care", "interested", "to", "choose"];
    const NOT: [&str; 6] = ["not", "don't", "dont", "longer", "never", "wouldn't"];
    // "To no longer receive"; "you did not receive" is no wish.
    let nearest = clause.before(index, 1);
    if nearest == "longer" || nearest == "not" && ["to", "rather", "prefer"].contains(&clause.before(index, 2)) {
        return true;
    }
    (2..=6).any(|back| {
        NOT.contains(&clause.before(index, back))
            && index.checked_sub(back).is_some_and(|at| clause.has_within(at + 1, back - 1, &WISHES))
    })
}
