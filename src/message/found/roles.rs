//! Which words are worth a closer look.

use std::sync::LazyLock;

use crate::message::lexicon::{Hash, Lexicon};

/// What a word may be part of. Nearly all words are part of nothing that is looked for here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles(u8);

impl Roles {
    /// Words of refusing messages may begin with it.
    pub(super) const REFUSE: Self = Self(1);
    /// It may be the word to send.
    pub(super) const STOP: Self = Self(2);
    /// It stands in addresses of post, or before those of whoever must give theirs.
    pub(super) const STREET: Self = Self(4);
    /// It says that the sender's own address follows.
    pub(super) const OWNER: Self = Self(8);
    /// It says that another address follows: where something is delivered, or takes place.
    pub(super) const ELSEWHERE: Self = Self(16);
    /// It may ask for an answer.
    pub(super) const ANSWER: Self = Self(32);

    /// Whether it may be one of these.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Of a word in lower case.
    pub(super) fn of(word: &str) -> Self {
        let listed = Self(LEXICON.look_up(Hash::of(word)));
        // Messages of few letters leave the blanks out.
        let ends = |end: &str| word.len() > end.len() && word.ends_with(end);
        let glued = if word.starts_with("stop") || ends("stop") {
            Self::STOP
        } else if ends("optout") || ends("2stoptxt") || ends("2stoptx") || ends("2stoptexts") {
            Self::REFUSE
        } else if ends("box") || word.starts_with("box") || word.starts_with("pobox") {
            Self::STREET
        } else {
            Self(0)
        };
        listed.and(glued)
    }
}

static LEXICON: LazyLock<Lexicon<512>> = LazyLock::new(|| {
    Lexicon::new(&[
        (Roles::REFUSE.0, REFUSE),
        (Roles::STOP.0, "stop"),
        (Roles::STREET.0, STREET),
        (Roles::OWNER.0, OWNER),
        (Roles::ELSEWHERE.0, ELSEWHERE),
        (Roles::ANSWER.0, ANSWER),
    ])
});

const REFUSE: &str = "unsubscribe unsub unsubscribing un-subscribe unsubscription opt opting optout opt-out opt-outs 2opt-out \
    stop remove removed removal receive receiving hear hearing contacted get emailed messaged texted emails texts messages \
    newsletters leave withdraw preferences preference settings notifications alerts push";

const STREET: &str = "street st road rd lane ln avenue ave way drive close court square place terrace row park house building \
    buildings floor suite unit office box pobox centre gardens grove crescent hill mews parade quay wharf yard gate bridge \
    estate business boulevard blvd registered address ltd limited plc llp llc inc freepost tower";

const OWNER: &str =
    "registered ltd limited plc llp llc inc copyright reserved company headquarters mailing freepost charity cic";

const ELSEWHERE: &str = "deliver delivered delivering delivery shipping ship shipped dispatch dispatched billing collect \
    collection property venue venues appointment visit clinic surgery premises tenancy viewing";

const ANSWER: &str = "reply replying respond text txt sms whatsapp";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_never_so_full_that_looking_takes_long() {
        assert!(LEXICON.taken() * 2 < 512, "{}", LEXICON.taken());
    }
}
