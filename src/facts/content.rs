//! What was found in the words of the message itself, where any of it was given to read.

use crate::terms::{
    refusal::OptOut,
    wording::{CueFamily, FindingKind, Strength},
};

/// What was found in the message. By default nothing of it was given to read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Content<'a> {
    /// How much of the message was read.
    pub extent: Extent,
    /// Of each kind, in the order of [`FindingKind::ALL`], the strongest words that are a cue.
    pub strongest: [Option<&'a Wording<'a>>; FindingKind::ALL.len()],
    /// The words that resemble marketing most, where no cue is among them.
    pub review: Option<&'a Wording<'a>>,
    /// The simplest way to refuse further messages that it shows.
    pub opt_out: Option<OptOut>,
    /// Whether it names the party that answers for it, in its words or in `From`. `None` unless the whole message was
    /// given as it goes over the wire.
    pub names_sender: Option<bool>,
    /// Which facts nobody stated and the message itself shows.
    pub shows: Shows,
}

/// How much of the message was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// Nothing of it was given.
    #[default]
    Nothing,
    /// Some of it: no body was given, or part of the body could not be read.
    Part,
    /// Its whole body.
    Whole,
}

/// Facts of the message that were found in it, since nobody stated them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shows {
    /// How the person can refuse further messages.
    pub opt_out: bool,
    /// On whose behalf it is sent.
    pub identifies_sender: bool,
    /// An address to which one can answer.
    pub reply_address: bool,
}

/// Some words of the message and what they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording<'a> {
    /// What they do.
    pub kind: FindingKind,
    /// The family of wording.
    pub family: CueFamily,
    /// How much it weighs.
    pub strength: Strength,
    /// The words, as they stand in the readable text.
    pub words: &'a str,
    /// Where they stand.
    pub place: Place,
}

/// Where words stand in the message as it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name of the part: `subject`, `text` or `html`.
    pub part: &'static str,
    /// The fact of the request that holds the part.
    pub fact: &'static str,
    /// Of a message as it goes over the wire: the number of the part.
    pub of_raw: Option<u32>,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl<'a> Content<'a> {
    /// The strongest words of a kind that are a cue.
    #[must_use]
    pub fn strongest(&self, kind: FindingKind) -> Option<&'a Wording<'a>> {
        self.strongest.get(usize::from(kind.code())).copied().flatten()
    }

    /// The words of a kind whose like was published as marketing.
    #[must_use]
    pub fn strong(&self, kind: FindingKind) -> Option<&'a Wording<'a>> {
        self.strongest(kind).filter(|wording| wording.strength == Strength::Strong)
    }

    /// Words that stand in marketing and in service messages alike; where there are none, those that resemble marketing.
    #[must_use]
    pub fn doubtful(&self) -> Option<&'a Wording<'a>> {
        let weak = |wording: &&Wording<'_>| wording.strength == Strength::Weak;
        self.strongest.into_iter().flatten().find(weak).or(self.review)
    }

    /// Whether its words appeal for money, votes or support: what they promote is aims and ideals, and no product.
    #[must_use]
    pub fn appeals(&self) -> bool {
        self.strong(FindingKind::Promotes).is_some_and(|words| words.family == CueFamily::Appeal)
    }

    /// The same with these words: of each kind the first that are a cue, and the first that resemble marketing.
    #[must_use]
    pub fn with_words<'w>(&self, words: &'w [Wording<'w>]) -> Content<'w> {
        let cue = |kind| words.iter().find(|wording| wording.kind == kind && wording.strength != Strength::Review);
        let mut strongest = [None; FindingKind::ALL.len()];
        strongest.iter_mut().zip(FindingKind::ALL).for_each(|(strongest, kind)| *strongest = cue(*kind));
        let review = words.iter().find(|wording| wording.strength == Strength::Review);
        let Self { extent, opt_out, names_sender, shows, .. } = *self;
        Content { extent, strongest, review, opt_out, names_sender, shows }
    }

    /// Takes the words of a kind out.
    pub fn take_out(&mut self, kind: FindingKind) {
        self.strongest.iter_mut().skip(usize::from(kind.code())).take(1).for_each(|found| *found = None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place { part: "text", fact: "message.text", of_raw: None, start: 0, end: 4 };

    const fn words(kind: FindingKind, strength: Strength) -> Wording<'static> {
        Wording { kind, family: CueFamily::Offer, strength, words: "sale", place: PLACE }
    }

    static STRONG: Wording<'static> = words(FindingKind::Promotes, Strength::Strong);
    static WEAK: Wording<'static> = words(FindingKind::SurveyThatSells, Strength::Weak);
    static REVIEW: Wording<'static> = words(FindingKind::Promotes, Strength::Review);

    #[test]
    fn each_kind_has_a_place_of_its_own() {
        let mut content = Content { strongest: [Some(&STRONG), None, Some(&WEAK), None], ..Content::default() };
        assert_eq!(content.strong(FindingKind::Promotes), Some(&STRONG));
        assert_eq!(content.strong(FindingKind::SurveyThatSells), None);
        assert_eq!(content.strongest(FindingKind::SurveyThatSells), Some(&WEAK));
        content.take_out(FindingKind::Promotes);
        assert_eq!((content.strong(FindingKind::Promotes), content.doubtful()), (None, Some(&WEAK)));
        content.take_out(FindingKind::SurveyThatSells);
        assert_eq!(content.doubtful(), None);
    }

    #[test]
    fn a_resemblance_is_doubtful_only_where_no_cue_is() {
        let content = Content { review: Some(&REVIEW), ..Content::default() };
        assert_eq!(content.doubtful(), Some(&REVIEW));
        let cue = Content { strongest: [None, None, Some(&WEAK), None], ..content };
        assert_eq!(cue.doubtful(), Some(&WEAK));
    }

    #[test]
    fn the_places_of_the_kinds_are_their_codes() {
        let codes: Vec<usize> = FindingKind::ALL.iter().map(|kind| usize::from(kind.code())).collect();
        assert_eq!(codes, (0..FindingKind::ALL.len()).collect::<Vec<_>>());
    }
}
