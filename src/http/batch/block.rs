//! The work on one chunk, in a thread for what takes long.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Instant};

use super::told;
use crate::{
    app::App,
    batch::{
        chunks::Chunk,
        fault::LineFault,
        form::Defaults,
        work::{After, Desk, Question, Which},
    },
    check::{
        Asked, Context,
        campaign::{Block, Campaign},
    },
    clock,
    http::{
        middleware::Arrival,
        problem::{Kind, Problem},
    },
};

/// What every chunk of a batch needs.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) app: Arc<App>,
    pub(super) campaign: Campaign,
    pub(super) defaults: Option<Box<Defaults>>,
    pub(super) arrival: Arrival,
}

/// A chunk that was worked on.
#[derive(Debug)]
pub(super) struct Worked {
    /// Its lines.
    pub(super) chunk: Chunk,
    /// What they came to.
    pub(super) block: Block,
    /// Whether the campaign still holds.
    pub(super) after: After,
}

impl Batch {
    /// The id of the request.
    pub(super) fn instance(&self) -> &str {
        self.arrival.asked().request_id.unwrap_or_default()
    }

    /// Works on a chunk. A panic costs its lines their decisions, and nothing else.
    pub(super) fn work(&self, chunk: Chunk, began: Instant, refusing: bool) -> Worked {
        if refusing {
            return self.refused(chunk, &told::after_second_campaign());
        }
        let worked = std::panic::catch_unwind(AssertUnwindSafe(|| {
            let mut block = Block::for_lines(chunk.lines);
            self.decide(&chunk, began, &mut block).map(|after| (block, after))
        }));
        match worked {
            Ok(Ok((block, after))) => Worked { chunk, block, after },
            Ok(Err(problem)) => self.refused(chunk, &problem),
            Err(_) => {
                tracing::error!("the work on some lines of a batch panicked");
                let detail = "the line could not be handled; the log has the id of the request";
                self.refused(chunk, &Problem::new(Kind::Internal, detail))
            }
        }
    }

    /// Answers every line of a chunk with a problem.
    pub(super) fn refused(&self, chunk: Chunk, problem: &Problem) -> Worked {
        let mut block = Block::default();
        let mut tell = |which: Which<'_>, lines: &mut Vec<u8>| told::error(which, problem, self.instance(), lines);
        self.question().refuse(&chunk, &mut block, &mut tell);
        Worked { chunk, block, after: After::Same }
    }

    fn decide(&self, chunk: &Chunk, began: Instant, block: &mut Block) -> Result<After, Problem> {
        let view = self.app.store.view()?;
        let context = Context { identity: &self.app.identity, now: clock::now(), full: false };
        let asked = Asked { began, ..self.arrival.asked() };
        let mut tell = |which: Which<'_>, fault: LineFault, lines: &mut Vec<u8>| {
            told::error(which, &fault.into(), self.instance(), lines);
        };
        let desk = Desk { question: self.question(), view: &*view, context, asked };
        Ok(desk.open(block, |desk| desk.chunk(chunk, &mut tell))?)
    }

    fn question(&self) -> Question<'_> {
        let limit = self.app.config.http.batch_line_limit;
        Question { campaign: &self.campaign, defaults: self.defaults.as_deref(), limit }
    }
}
