//! From pieces of a file to rows of the output: read by one thread, decided by all cores, and kept in order.

use std::{
    collections::BTreeMap,
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use super::{
    ScreenError,
    answers::{self, Undecided},
    input::{Piece, Pieces, Rows},
    rows,
};
use crate::{
    batch::{
        fault::LineFault,
        form::Defaults,
        keeping,
        work::{After, AtDesk, Desk, Question, Which},
    },
    check::{
        Asked, CheckError, Context,
        campaign::{Block, Campaign, Totals},
    },
    cli::Failure,
    clock,
    config::Config,
    decisions::{CampaignDraft, DecisionLog},
    http::problem::Problem,
    ingest::table::Table,
    ledger::identity::Identity,
    store::Store,
};

/// What every piece needs.
pub(super) struct Screening<'a> {
    pub(super) store: &'a dyn Store,
    pub(super) identity: &'a Identity,
    pub(super) campaign: &'a Campaign,
    pub(super) defaults: &'a Defaults,
    pub(super) config: &'a Config,
}

/// A piece whose answers may be written.
#[derive(Debug)]
pub(super) struct Done {
    /// The answers as rows of CSV.
    pub(super) rows: Vec<u8>,
    /// The last row of the piece.
    pub(super) row: u64,
    /// Where in the file the next row begins.
    pub(super) offset: u64,
    /// What the answers come to.
    pub(super) totals: Totals,
}

/// A piece that was decided.
struct Decided {
    /// The answers as rows of CSV.
    rows: Vec<u8>,
    /// The number of each row that has an answer.
    numbers: Vec<u64>,
    block: Block,
    row: u64,
    offset: u64,
    after: After,
}

/// Goes through the whole file. Each piece is handed on in the order of the file, once its decisions are kept.
pub(super) fn run(
    screening: &Screening<'_>,
    keeping: &Keeping<'_>,
    mut pieces: Pieces,
    each: &mut dyn FnMut(Done) -> Result<(), Failure>,
) -> Result<io::Result<()>, Failure> {
    let cores = thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let table = pieces.table();
    // Only so many pieces are under way at once, however slow the first of them is.
    let (permits, permitted) = sync_channel::<()>(2 * cores);
    let (to_do, work) = sync_channel::<(u64, Piece)>(2 * cores);
    let (decided, answers) = channel();
    let work = Mutex::new(work);
    thread::scope(|scope| {
        let reader = scope.spawn(move || read(&mut pieces, &permits, &to_do));
        for _ in 0..cores {
            let (work, decided, mut table) = (&work, decided.clone(), table.clone());
            scope.spawn(move || decide_all(screening, work, &decided, table.as_mut()));
        }
        drop(decided);
        let gone_through = collect(keeping, &answers, &permitted, each);
        // Whoever waits to go on learns here that nothing more is wanted.
        drop((permitted, answers));
        gone_through?;
        reader.join().map_err(|_| ScreenError::Panicked("reading the recipients panicked").into())
    })
}

fn read(pieces: &mut Pieces, permits: &SyncSender<()>, to_do: &SyncSender<(u64, Piece)>) -> io::Result<()> {
    let mut number = 0;
    while let Some(piece) = pieces.next()? {
        if permits.send(()).is_err() || to_do.send((number, piece)).is_err() {
            break;
        }
        number += 1;
    }
    Ok(())
}

type Outcome = (u64, Result<Decided, Failure>);

fn decide_all(
    screening: &Screening<'_>,
    work: &Mutex<Receiver<(u64, Piece)>>,
    decided: &Sender<Outcome>,
    mut table: Option<&mut Table>,
) {
    loop {
        let next = work.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, piece)) = next else { break };
        let outcome = catch_unwind(AssertUnwindSafe(|| screening.decide(&piece, table.as_deref_mut())));
        let outcome = match outcome {
            Ok(outcome) => outcome,
            // What the panic says may hold what was read.
            Err(_) => Err(ScreenError::Panicked("deciding on some of the recipients panicked").into()),
        };
        if decided.send((number, outcome)).is_err() {
            break;
        }
    }
}

fn collect(
    keeping: &Keeping<'_>,
    answers: &Receiver<Outcome>,
    permitted: &Receiver<()>,
    each: &mut dyn FnMut(Done) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    let mut answered = 0;
    for (number, outcome) in answers {
        early.insert(number, outcome);
        while let Some(outcome) = early.remove(&next) {
            next += 1;
            let decided = outcome?;
            let after = decided.after;
            let done = keeping.keep(decided).map_err(|problem| ScreenError::Stopped { answered, problem })?;
            answered += done.totals.lines;
            each(done)?;
            if after == After::SecondCampaign {
                return Err(ScreenError::SecondCampaign.into());
            }
            // The reader waits for it, or has come to the end.
            let _ = permitted.try_recv();
        }
    }
    Ok(())
}

impl Screening<'_> {
    fn decide(&self, piece: &Piece, table: Option<&mut Table>) -> Result<Decided, Failure> {
        let view = self.store.view()?;
        let context = Context { identity: self.identity, now: clock::now(), full: false };
        let asked = Asked { request_id: None, trace_id: None, began: Instant::now() };
        let limit = self.config.http.batch_line_limit;
        let question = Question { campaign: self.campaign, defaults: Some(self.defaults), limit };
        let desk = Desk { question, view: &*view, context, asked };
        let mut block = Block::default();
        let mut numbers = Vec::new();
        let after = desk.open(&mut block, |desk| self.lines(piece, table, desk, &mut numbers));
        let after = after.map_err(|error| {
            if let CheckError::Store(error) = error { Failure::Store(error) } else { Failure::NotDecided(error.into()) }
        })?;
        let rows = answers::rows(&block.answers, &numbers);
        Ok(Decided { rows, numbers, block, row: piece.row, offset: piece.offset, after })
    }

    /// Decides the rows of a piece, and notes which they are.
    fn lines(
        &self,
        piece: &Piece,
        table: Option<&mut Table>,
        desk: &mut AtDesk<'_, '_>,
        numbers: &mut Vec<u64>,
    ) -> After {
        let mut tell = |which: Which<'_>, fault: LineFault, lines: &mut Vec<u8>| {
            Undecided::of(which.reference, &Problem::from(fault)).write(lines);
        };
        match (&piece.rows, table) {
            (Rows::Lines(chunk), _) => {
                numbers.extend(chunk.lines().map(|(number, _)| number));
                numbers.extend(chunk.too_long.map(|_| chunk.first + chunk.lines));
                return desk.chunk(chunk, &mut tell);
            }
            (Rows::Table(sheet), Some(table)) => {
                for (number, text) in sheet.rows() {
                    let read = match text.map(|text| table.row(text)) {
                        Ok(Ok(Some(row))) => rows::read(&row, self.defaults),
                        Ok(Ok(None)) => continue,
                        Ok(Err(fault)) => Err(rows::broken(fault)),
                        Err(unread) => Err(rows::broken(unread)),
                    };
                    numbers.push(number);
                    desk.line(number, read, rows::place, &mut tell);
                }
            }
            (Rows::Table(_), None) => {}
        }
        After::Same
    }
}

/// The decision log, and what it takes to wait for it.
pub(super) struct Keeping<'a> {
    log: Option<&'a DecisionLog>,
    runtime: tokio::runtime::Runtime,
    patience: Duration,
}

impl<'a> Keeping<'a> {
    /// Without a log nothing is kept.
    pub(super) fn new(log: Option<&'a DecisionLog>, config: &Config) -> Result<Self, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().map_err(Failure::Start)?;
        Ok(Self { log, runtime, patience: Duration::from_secs(config.http.timeout_seconds) })
    }

    /// Keeps the campaign, which its decisions name as their parent.
    pub(super) fn campaign(&self, record: CampaignDraft) -> Result<(), Failure> {
        if let Some(log) = self.log {
            self.runtime.block_on(log.keep_campaign(record, self.patience))?;
        }
        Ok(())
    }

    /// Keeps the decisions of a piece: then they may be answered.
    fn keep(&self, decided: Decided) -> Result<Done, Problem> {
        let Decided { mut rows, numbers, mut block, row, offset, .. } = decided;
        if let Some(log) = self.log {
            self.runtime.block_on(keeping::keep(log, &mut block, self.patience))?;
            if block.totals.not_logged > 0 {
                rows = answers::rows(&block.answers, &numbers);
            }
        }
        Ok(Done { rows, row, offset, totals: block.totals })
    }
}
