//! Working on lines: each is decided and answered, in order.

use super::{
    chunks::Chunk,
    fault::{LineFault, Place},
    form::Defaults,
    line::{Asks, Line, Unread},
};
use crate::{
    check::{
        Asked, CheckError, Context,
        campaign::{Block, Campaign, Lines},
    },
    store::View,
};

/// The question that every line is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The campaign, as it was weighed.
    pub campaign: &'a Campaign,
    /// The campaign, as the lines complete it; none, if there is none.
    pub defaults: Option<&'a Defaults>,
    /// The most bytes that a line may have.
    pub limit: usize,
}

/// Which line it is.
#[derive(Clone, Copy, Debug)]
pub struct Which<'a> {
    /// Its number, from 1.
    pub number: u64,
    /// The caller's own name of it.
    pub reference: Option<&'a str>,
}

/// Writes down why a line was not decided.
pub type Tell<'t> = dyn FnMut(Which<'_>, LineFault, &mut Vec<u8>) + 't;

/// What lines are decided with: one view of the ledger and one moment for all of them.
pub struct Desk<'a> {
    /// What is asked.
    pub question: Question<'a>,
    /// What the ledger holds.
    pub view: &'a dyn View,
    /// What a check rests on besides.
    pub context: Context<'a>,
    /// On which request.
    pub asked: Asked<'a>,
}

impl std::fmt::Debug for Desk<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").field("question", &self.question).finish_non_exhaustive()
    }
}

/// Whether the campaign still holds after some lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// It does.
    Same,
    /// A second campaign stood among the lines: nothing after it may be decided.
    SecondCampaign,
}

impl Desk<'_> {
    /// Opens the desk: `work` is handed what decides lines one after the other, and what they come to is added to the
    /// block.
    ///
    /// # Errors
    /// [`CheckError`], when none of them could be decided.
    pub fn open<T>(&self, block: &mut Block, work: impl FnOnce(&mut AtDesk<'_, '_>) -> T) -> Result<T, CheckError> {
        let Self { question, view, context, asked } = *self;
        question.campaign.screen(view, context, asked, block, |lines| work(&mut AtDesk { question, lines }))
    }
}

/// A desk at work.
#[derive(Debug)]
pub struct AtDesk<'l, 'c> {
    question: Question<'l>,
    lines: &'l mut Lines<'c>,
}

impl AtDesk<'_, '_> {
    /// Decides for each line of a chunk.
    pub fn chunk(&mut self, chunk: &Chunk, tell: &mut Tell<'_>) -> After {
        let Question { defaults, limit, .. } = self.question;
        let mut after = After::Same;
        for (number, line) in chunk.lines() {
            let read = Line::read(line, defaults);
            if after == After::SecondCampaign {
                let which = Which { number, reference: reference(&read) };
                self.told(which, LineFault::AfterSecondCampaign, tell);
                continue;
            }
            if matches!(&read, Err(Unread { fault: LineFault::SecondCampaign, .. })) {
                after = After::SecondCampaign;
            }
            self.line(number, read, || Line::place(line, defaults), tell);
        }
        if let Some(bytes) = chunk.too_long {
            let which = Which { number: chunk.first + chunk.lines, reference: None };
            self.told(which, LineFault::TooLong { bytes, limit }, tell);
        }
        after
    }

    /// Decides for one line that was read, or could not be.
    pub fn line(
        &mut self,
        number: u64,
        read: Result<Line<'_>, Unread>,
        place: impl FnOnce() -> Place,
        tell: &mut Tell<'_>,
    ) {
        let Line { reference, asks } = match read {
            Ok(read) => read,
            Err(Unread { reference, fault }) => {
                return self.told(Which { number, reference: reference.as_deref() }, fault, tell);
            }
        };
        let reference = reference.as_deref();
        let screened = match &asks {
            Asks::Recipient(recipient) => self.lines.recipient(reference, recipient),
            Asks::Request(request) => self.lines.request(reference, request),
        };
        if let Err(error) = screened {
            self.told(Which { number, reference }, LineFault::Undecided { error, place: place() }, tell);
        }
    }

    fn told(&mut self, which: Which<'_>, fault: LineFault, tell: &mut Tell<'_>) {
        let block = self.lines.block();
        block.totals.take_error();
        tell(which, fault, &mut block.answers);
    }
}

impl Question<'_> {
    /// Answers each line of a chunk alike, and decides nothing.
    pub fn refuse(&self, chunk: &Chunk, block: &mut Block, tell: &mut dyn FnMut(Which<'_>, &mut Vec<u8>)) {
        let mut tell = |which: Which<'_>| {
            block.totals.take_error();
            tell(which, &mut block.answers);
        };
        for (number, line) in chunk.lines() {
            let read = Line::read(line, self.defaults);
            tell(Which { number, reference: reference(&read) });
        }
        if chunk.too_long.is_some() {
            tell(Which { number: chunk.first + chunk.lines, reference: None });
        }
    }
}

fn reference<'r>(read: &'r Result<Line<'_>, Unread>) -> Option<&'r str> {
    match read {
        Ok(line) => line.reference.as_deref(),
        Err(unread) => unread.reference.as_deref(),
    }
}
