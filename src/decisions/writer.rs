//! Appending: in the caller's own thread, one after the other.

use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::{
    CampaignDraft, Draft, Head, Keys, LogError, Rules, State, Usage,
    active::Active,
    compose::{self, Plan},
    folder::Folder,
    record::{CHAIN, SALT},
    room::Limits,
    segment::Segment,
    trouble::{Failure, Trouble},
};
use crate::clock;

/// So long nobody tries again to make room.
pub(super) const RETRY: Duration = Duration::from_millis(100);

/// So many bytes of salts are made at once.
const SALTS: usize = 4 << 10;

/// Who may write, and where.
pub(super) struct Writer {
    pub(super) folder: Folder,
    pub(super) limits: Limits,
    /// The book as JSON.
    pub(super) book: Vec<u8>,
    /// Every segment, in order; the one that is written is the last.
    pub(super) segments: Vec<Segment>,
    /// Bytes of all but the one that is written.
    pub(super) others: u64,
    /// The one that is written; none, where there is no room for any.
    pub(super) active: Option<Active>,
    /// The end of the chain.
    pub(super) head: Head,
    salts: blake3::OutputReader,
    salts_made: Vec<u8>,
    /// Of these so many bytes were used.
    salts_used: usize,
    /// What is written, and before it the chain that it follows on.
    records: Vec<u8>,
    plan: Plan,
    /// How often anything was appended.
    pub(super) appended: u64,
    trouble: Option<Trouble>,
    tried: Option<Instant>,
    /// Bytes of the records that found no room, and of their index.
    wanted: (usize, usize),
    /// What the flusher has to do.
    pub(super) work: Work,
}

/// What the flusher has to do.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// At once.
    pub(super) urgent: bool,
    /// The segment that is written has changed.
    pub(super) written: bool,
    /// A segment was begun.
    pub(super) begun: bool,
    /// These segments are full and have no index on disk.
    pub(super) unsealed: Vec<u32>,
    /// Nothing more will come.
    pub(super) closed: bool,
}

impl Writer {
    /// Goes on from where the log ends.
    pub(super) fn new(
        folder: Folder,
        limits: Limits,
        book: Vec<u8>,
        seed: &[u8; 32],
        segments: Vec<Segment>,
        active: Option<Active>,
        head: Head,
    ) -> Self {
        let salts = blake3::Hasher::new_keyed(seed).finalize_xof();
        let work = Work { written: true, begun: true, ..Work::default() };
        let written = active.as_ref().map(|active| active.segment);
        let others = segments.iter().filter(|it| Some(it.number) != written).map(|it| it.bytes).sum();
        Self {
            folder,
            limits,
            book,
            segments,
            others,
            active,
            head,
            salts,
            salts_made: Vec::new(),
            salts_used: 0,
            records: Vec::new(),
            plan: Plan::default(),
            appended: 0,
            trouble: None,
            tried: None,
            wanted: (0, 0),
            work,
        }
    }

    /// Appends decisions, or the first ones of them where not all fit, and tells how many.
    ///
    /// Halves are tried, and of the half that does not fit its halves, so that a full log costs little.
    pub(super) fn append_what_fits(&mut self, drafts: &[Draft]) -> Result<usize, LogError> {
        let tried = self.tried;
        let mut outcome = self.append(drafts);
        let (is_new, mut rest, mut some) = (self.tried != tried, drafts, drafts.len() / 2);
        if !matches!(outcome, Err(LogError::Full { .. } | LogError::File { .. })) {
            return outcome;
        }
        while some > 0 && !rest.is_empty() {
            // It was tried just now, but for more than this.
            self.tried = self.tried.filter(|_| !is_new);
            let (first, after) = rest.split_at(some.min(rest.len()));
            match self.append(first) {
                Ok(_) => (rest, outcome) = (after, Ok(drafts.len() - after.len())),
                Err(_) => some /= 2,
            }
        }
        outcome
    }

    /// Appends decisions, all of them or none, and tells how many. They come into one segment: what a crash or a full
    /// disk leaves of them is cut off there.
    pub(super) fn append(&mut self, drafts: &[Draft]) -> Result<usize, LogError> {
        self.append_as(drafts, true)
    }

    /// Appends a campaign.
    pub(super) fn append_campaign(&mut self, campaign: &CampaignDraft) -> Result<usize, LogError> {
        let CampaignDraft { id, at, sender, campaign, body } = campaign.clone();
        let (rules, keys) = (Rules::new(), Keys::new());
        self.append_as(&[Draft { id, at, sender, campaign, parent: None, allow: false, rules, keys, body }], false)
    }

    fn append_as(&mut self, drafts: &[Draft], are_decisions: bool) -> Result<usize, LogError> {
        if self.work.closed {
            return Err(LogError::Closed);
        }
        if let Some(trouble) = self.trouble.as_ref().filter(|trouble| trouble.is_for_good()) {
            return Err(self.told(trouble));
        }
        let Some(last) = drafts.last() else { return Ok(0) };
        self.plan.make(drafts).ok_or_else(|| self.full())?;
        self.make_room(self.plan.size, self.plan.entries, last.at)?;
        let head = self.compose(drafts, are_decisions).ok_or_else(|| self.full())?;
        let active = self.active.as_mut().ok_or(LogError::Closed)?;
        let records = self.records.get(CHAIN..).unwrap_or_default();
        if let Err(cause) = active.append(records, drafts, &self.plan.runs, are_decisions) {
            let error = LogError::file("write", self.folder.log(active.segment))(cause);
            return Err(self.refuse(error));
        }
        self.head = head;
        self.appended += 1;
        self.work.written = true;
        Ok(drafts.len())
    }

    /// Makes the records of these drafts, and tells where the chain will end.
    fn compose(&mut self, drafts: &[Draft], are_decisions: bool) -> Option<Head> {
        self.make_salts(drafts.len() * SALT);
        let mut head = self.head;
        self.records.clear();
        self.records.extend_from_slice(&head.hash);
        for run in &self.plan.runs {
            let drafts = drafts.get(run.drafts.clone())?;
            let salts = self.salts_made.get(self.salts_used + run.drafts.start * SALT..)?;
            let place = compose::Place { number: head.decisions, is_campaign: !are_decisions, salts };
            head.hash = compose::write(drafts, run, place, &mut self.records)?;
            head.decisions += if are_decisions { drafts.len() as u64 } else { 0 };
        }
        self.salts_used += drafts.len() * SALT;
        Some(head)
    }

    /// Sees to it that so many bytes of salts are there. Not from the generator of the system: asking it costs more than
    /// all the rest. Many are made at once, which costs less, and each is used once.
    fn make_salts(&mut self, bytes: usize) {
        if self.salts_used + bytes > self.salts_made.len() {
            self.salts_made.resize(bytes.max(SALTS), 0);
            self.salts.fill(&mut self.salts_made);
            self.salts_used = 0;
        }
    }

    /// Sees to it that so many bytes fit, and so many of the index.
    fn make_room(&mut self, record: usize, entries: usize, at: Timestamp) -> Result<(), LogError> {
        if self.fits(record, entries) {
            return Ok(());
        }
        if let Some(trouble) = &self.trouble
            && self.tried.is_some_and(|tried| tried.elapsed() < RETRY)
        {
            return Err(self.told(trouble));
        }
        self.wanted = (record, entries);
        match self.find_room(record, entries, at) {
            Ok(()) => {
                self.recover();
                Ok(())
            }
            Err(error) => Err(self.refuse(error)),
        }
    }

    /// Tries again to make room, for what found none. Whether there is any now.
    pub(super) fn retry(&mut self, now: Timestamp) -> bool {
        let (record, entries) = self.wanted;
        let found = self.is_troubled() && !self.work.closed && self.make_room(record, entries, now).is_ok();
        if found {
            self.recover();
        }
        found
    }

    /// Makes the first room. On a full disk the service starts all the same, and the log is full.
    pub(super) fn first_room(&mut self) -> Result<(), LogError> {
        match self.make_room(0, 0, clock::now()) {
            Err(error) if matches!(Trouble::of(&error), Trouble::Failing(_)) => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    fn recover(&mut self) {
        if self.trouble.take().is_some() {
            tracing::info!("the decision log keeps decisions again");
        }
    }

    /// Whether nothing is kept, but may be later.
    pub(super) fn is_troubled(&self) -> bool {
        self.trouble.as_ref().is_some_and(|trouble| !trouble.is_for_good())
    }

    /// How much room is used.
    pub(super) fn usage(&self) -> Usage {
        let disk_full = matches!(self.trouble, Some(Trouble::Disk));
        Usage { used: self.used(), size: self.limits.size, disk_full }
    }

    /// Whether decisions are taken.
    pub(super) fn state(&self) -> State {
        match &self.trouble {
            _ if self.work.closed => State::Closed,
            None => State::Open,
            Some(Trouble::Size | Trouble::Disk) => State::Full,
            Some(Trouble::Failing(_)) => State::Failing,
        }
    }

    /// Takes nothing more, since what was written may be lost.
    pub(super) fn fail_for_good(&mut self, error: &LogError) {
        tracing::error!(%error, "the decision log takes no more decisions until it is opened again");
        self.trouble = Some(Trouble::Failing(Failure::of(error, true)));
    }

    /// Remembers why nothing is kept, and gives the reason on.
    fn refuse(&mut self, error: LogError) -> LogError {
        self.tried = Some(Instant::now());
        if self.trouble.is_none() {
            tracing::error!(%error, "the decision log keeps no more decisions");
        }
        if !self.trouble.as_ref().is_some_and(Trouble::is_for_good) {
            self.trouble = Some(Trouble::of(&error));
        }
        self.failure()
    }

    /// Why nothing is kept.
    pub(super) fn failure(&self) -> LogError {
        self.trouble.as_ref().map_or(LogError::Closed, |trouble| self.told(trouble))
    }

    fn told(&self, trouble: &Trouble) -> LogError {
        match trouble {
            Trouble::Size | Trouble::Disk => self.full(),
            Trouble::Failing(failure) => failure.error(),
        }
    }

    /// There is no room.
    pub(super) fn full(&self) -> LogError {
        LogError::Full { used: self.used(), size: self.limits.size }
    }
}

/// A hash of the chain that nothing came before.
pub(super) const START: Head = Head { decisions: 0, hash: [0; CHAIN] };
