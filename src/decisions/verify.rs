//! Whether the log is what was written: every byte of every file.

use uuid::Uuid;

use super::{
    Head, Kept, LogError,
    index::Recent,
    reader::Reader,
    record::{self, Record, Stored},
    segment::Header,
    shared::Shared,
    sidecar,
    walk::{Piece, Trust, Walk, is_zero},
    writer::START,
};

/// While another process writes, a record may be seen half written. Read again, it is whole.
const ATTEMPTS: usize = 4;

/// What was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Decisions, each of which follows from the one before.
    pub decisions: u64,
    /// Of these, without their link to the person.
    pub unlinked: u64,
    /// Segments.
    pub segments: u64,
    /// Where the chain ends.
    pub head: Head,
}

/// The first fault of the log.
#[derive(Debug, thiserror::Error)]
pub enum LogFault {
    /// A file is not what was written.
    #[error("`decisions/{file}`, byte {offset}{}: {what}", told(*number, *id))]
    Damaged {
        /// The file's name.
        file: String,
        /// Where in it.
        offset: u64,
        /// The number of the decision that is there, or should be.
        number: Option<u64>,
        /// Its id, as far as it can be read.
        id: Option<Uuid>,
        /// What is wrong.
        what: &'static str,
        /// Nothing whole follows, as after a crash: opening the log to write cuts this off.
        torn: bool,
    },
    /// A segment is not there although others before it are.
    #[error("segment {0} of the decision log is missing")]
    Missing(u32),
    /// The log cannot be read.
    #[error(transparent)]
    Unread(#[from] LogError),
}

fn told(number: Option<u64>, id: Option<Uuid>) -> String {
    let number = number.map(|number| format!(", decision {number}")).unwrap_or_default();
    number + &id.map(|id| format!(" ({id})")).unwrap_or_default()
}

/// A segment as it was read at one moment.
struct Read {
    number: u32,
    log: Vec<u8>,
    index: Option<Vec<u8>>,
    /// Room for more may follow its records.
    is_last: bool,
}

impl Reader {
    /// Goes through the whole log. With `shared` it is the one that this process writes.
    pub(super) fn verify(
        &self,
        shared: Option<&Shared>,
        signed: Option<Head>,
        each: &mut dyn FnMut(&Kept),
    ) -> Result<(Verified, Option<bool>), LogFault> {
        let numbers: Vec<u32> = match shared {
            Some(shared) => shared.writer().segments.iter().map(|segment| segment.number).collect(),
            None => self.folder.segments()?.iter().map(|segment| segment.number).collect(),
        };
        let mut verified = Verified { decisions: 0, unlinked: 0, segments: 0, head: START };
        let mut before: Option<(u32, Head)> = None;
        let mut sought = Sought { signed, found: None };
        for number in &numbers {
            if let Some((last, _)) = before.filter(|(last, _)| last + 1 != *number) {
                return Err(LogFault::Missing(last + 1));
            }
            let is_last = numbers.last() == Some(number);
            let Some((read, checked)) = self.checked(shared, *number, is_last, before.map(|(_, head)| head), sought)?
            else {
                // It has outlived its time since the verification began, and all before it with it.
                before = None;
                continue;
            };
            self.hand_on(&read, each)?;
            sought = checked.sought;
            verified.segments += 1;
            verified.decisions += checked.decisions;
            verified.unlinked += checked.unlinked;
            verified.head = checked.head;
            before = Some((*number, checked.head));
        }
        Ok((verified, sought.found))
    }

    /// Reads a segment and checks it. None: it is gone.
    fn checked(
        &self,
        shared: Option<&Shared>,
        number: u32,
        is_last: bool,
        before: Option<Head>,
        sought: Sought,
    ) -> Result<Option<(Read, Checked)>, LogFault> {
        let mut attempt = 1;
        loop {
            let Some(read) = self.read_whole(shared, number, is_last)? else { return Ok(None) };
            match check(&read, before, sought) {
                Ok(checked) => return Ok(Some((read, checked))),
                Err(_) if shared.is_none() && attempt < ATTEMPTS => attempt += 1,
                Err(fault) => return Err(fault),
            }
        }
    }

    /// Reads a segment with its index, neither of which changes meanwhile if this process writes them.
    fn read_whole(&self, shared: Option<&Shared>, number: u32, is_last: bool) -> Result<Option<Read>, LogError> {
        let upkeep = shared.map(|shared| shared.upkeep.lock());
        let writer = shared.map(Shared::writer);
        let is_active = writer.as_ref().and_then(|it| it.active.as_ref()).is_some_and(|it| it.segment == number);
        // Only the segment that is written makes decisions wait while it is read.
        let writer = writer.filter(|_| is_active);
        let log = self.folder.read(number)?;
        drop(writer);
        let index = self.folder.read_index(number)?;
        drop(upkeep);
        Ok(log.map(|log| Read { number, log, index, is_last }))
    }

    fn hand_on(&self, read: &Read, each: &mut dyn FnMut(&Kept)) -> Result<(), LogError> {
        let header = self.header(&read.log, read.number)?;
        let book = self.book(header.book)?;
        for piece in Walk::new(&read.log, header.size, Trust::Sizes) {
            let Piece::Record(_, record) = piece else { continue };
            let texts = record.texts();
            record.items().filter(|_| !record.is_campaign()).for_each(|stored| each(&stored.kept(&texts, &book)));
        }
        Ok(())
    }
}

/// What one segment holds.
struct Checked {
    decisions: u64,
    unlinked: u64,
    head: Head,
    sought: Sought,
}

/// A place of the chain that was signed, and whether the chain went through it.
#[derive(Clone, Copy, Debug)]
struct Sought {
    signed: Option<Head>,
    found: Option<bool>,
}

impl Sought {
    /// The chain is here, after a record, or before the first one that is left.
    fn pass(&mut self, head: &Head, record: Option<&Record<'_>>) {
        let Some(signed) = self.signed else { return };
        if *head == signed {
            self.found = Some(true);
        } else if record.is_some_and(|it| it.number() < signed.decisions && signed.decisions <= it.next()) {
            // A campaign after it may still be what was signed.
            self.found = self.found.or(Some(false));
        }
    }
}

impl Read {
    fn fault(&self, offset: usize, stored: Option<&Stored<'_>>, what: &'static str) -> LogFault {
        let (number, id) = (stored.map(|it| it.number), stored.map(|stored| Uuid::from_bytes(*stored.id())));
        let file = format!("{:08}.log", self.number);
        LogFault::Damaged { file, offset: offset as u64, number, id, what, torn: false }
    }
}

/// Checks the segment that follows on `before`; on what the first one follows, its header says.
fn check(read: &Read, before: Option<Head>, mut sought: Sought) -> Result<Checked, LogFault> {
    let fault = |what| read.fault(0, None, what);
    let header = Header::read(&read.log, read.number).ok_or_else(|| fault("its header is damaged"))?;
    let start = Head { decisions: header.first, hash: *header.before };
    let before = before.or((read.number == 1).then_some(START));
    if before.is_some_and(|before| before != start) {
        return Err(fault("it does not follow on the segment before"));
    }
    let (mut at, mut head, mut unlinked) = (header.size, start, 0);
    let mut recent = Recent::new(header.first, at);
    sought.pass(&start, None);
    while let Some(record) = record::whole(&read.log, at) {
        if record.number() != head.decisions {
            return Err(read.fault(at, record.items().next().as_ref(), "a decision before this one is missing"));
        }
        for stored in record.items() {
            if !stored.link_is_sound() {
                return Err(read.fault(at + stored.link_range().0, Some(&stored), "its link to the person is damaged"));
            }
            unlinked += u64::from(stored.unlinked());
        }
        recent.add(at, &record);
        at += record.size;
        head = Head { decisions: record.next(), hash: *record.chain };
        sought.pass(&head, Some(&record));
    }
    check_end(read, at, head.decisions)?;
    let decisions = recent.summary.count;
    check_index(read, recent)?;
    Ok(Checked { decisions, unlinked, head, sought })
}

/// Nothing follows the last decision but, in the last segment, the zeros of room for more.
fn check_end(read: &Read, at: usize, next: u64) -> Result<(), LogFault> {
    let rest = read.log.get(at..).unwrap_or_default();
    if rest.is_empty() || read.is_last && read.index.is_none() && is_zero(rest) {
        return Ok(());
    }
    let follows = matches!(Walk::new(&read.log, at, Trust::Hashes).next(), Some(Piece::Damage(_)));
    let what = match (follows, read.is_last) {
        (true, _) => "this decision is damaged",
        (false, true) => "this is no whole decision, and none follows",
        (false, false) => "something follows the last decision",
    };
    let written = at + rest.iter().position(|byte| *byte != 0).unwrap_or_default();
    let id = Record::read(rest).and_then(|record| Some(Uuid::from_bytes(*record.items().next()?.id())));
    let torn = !follows && read.is_last;
    let file = format!("{:08}.log", read.number);
    Err(LogFault::Damaged { file, offset: written as u64, number: Some(next), id, what, torn })
}

/// The index is the one that follows from the records, byte by byte.
fn check_index(read: &Read, recent: Recent) -> Result<(), LogFault> {
    let Some(index) = &read.index else { return Ok(()) };
    let right = sidecar::encode(recent, read.number);
    if *index == right {
        return Ok(());
    }
    let same = index.iter().zip(&right).take_while(|(is, should)| is == should).count();
    let what = "the index is not that of the segment: once it is deleted, the next start makes it anew";
    let file = format!("{:08}.idx", read.number);
    Err(LogFault::Damaged { file, offset: same as u64, number: None, id: None, what, torn: false })
}
