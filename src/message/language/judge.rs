//! What stands between two foreign stretches is foreign too, if nothing speaks for English.

use std::ops::Range;

use super::weigh::{Stretch, Verdict};

/// Hears the stretches in order and joins those that are foreign.
#[derive(Debug)]
pub(super) struct Judge<T> {
    tell: T,
    /// What is foreign and may go on.
    open: Option<Range<usize>>,
    /// What was not decided since the last that was: where it begins and ends.
    undecided: Option<Range<usize>>,
    /// The last that was decided was foreign; nothing was decided yet.
    is_foreign: Option<bool>,
}

impl<T: FnMut(Range<usize>)> Judge<T> {
    pub(super) const fn new(tell: T) -> Self {
        Self { tell, open: None, undecided: None, is_foreign: None }
    }

    /// A stretch ends.
    pub(super) fn end(&mut self, stretch: &mut Stretch) {
        let range = stretch.range();
        match stretch.verdict() {
            Verdict::Foreign => {
                let before = self.undecided.take().filter(|_| self.is_foreign != Some(false));
                let start = before.map_or(range.start, |before| before.start);
                self.open = Some(self.open.take().map_or(start, |open| open.start)..range.end);
                self.is_foreign = Some(true);
            }
            Verdict::English => {
                self.close();
                self.undecided = None;
                self.is_foreign = Some(false);
            }
            Verdict::Leaning => {
                self.close();
                self.undecided = None;
            }
            Verdict::Undecided => {
                let start = self.undecided.take().map_or(range.start, |undecided| undecided.start);
                self.undecided = Some(start..range.end);
            }
            Verdict::Empty => {}
        }
        *stretch = Stretch::default();
    }

    /// The text ends.
    pub(super) fn finish(mut self) {
        if let (Some(open), Some(undecided)) = (&mut self.open, self.undecided.take()) {
            open.end = undecided.end;
        }
        self.close();
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            (self.tell)(open);
        }
    }
}
