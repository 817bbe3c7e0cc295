//! How far a file was gone through, as it stands beside the output.

use std::{fs, io, path::Path};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ScreenError, pipeline::Done, tally::Tally};
use crate::{batch::form::Defaults, rules};

/// What was asked, and of whom: only the same is gone on with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Begun {
    /// The version of the program.
    version: String,
    /// The version of the rulebook.
    rulebook: String,
    /// The campaign, as a hash.
    campaign: String,
    /// The recipients, as a hash; none, if they cannot be read again.
    recipients: Option<String>,
    /// Decisions are kept in the log.
    logged: bool,
}

/// How far it came.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) begun: Begun,
    /// The campaign's own decision id.
    pub(super) decision_id: Uuid,
    /// The last row that was answered.
    pub(super) row: u64,
    /// Where in the file the next one begins.
    pub(super) offset: u64,
    /// The length of the output before the newest rows, and with them.
    pub(super) output: [u64; 2],
    /// What the answers come to.
    pub(super) tally: Tally,
}

impl Begun {
    pub(super) fn of(campaign: &Defaults, recipients: Option<String>, logged: bool) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            rulebook: rules::RULEBOOK.to_owned(),
            campaign: blake3::hash(campaign.as_written().as_bytes()).to_hex().to_string(),
            recipients,
            logged,
        }
    }

    /// What is not as it was; none, if all is.
    fn differs(&self, earlier: &Self) -> Option<&'static str> {
        let same = [
            (self.campaign == earlier.campaign, "another campaign"),
            (self.recipients == earlier.recipients, "other recipients"),
            (self.logged == earlier.logged, "the decision log used otherwise"),
            (self.version == earlier.version && self.rulebook == earlier.rulebook, "another version of maysend"),
        ];
        same.into_iter().find(|(same, _)| !same).map(|(_, what)| what)
    }
}

impl State {
    /// Nothing was answered yet.
    pub(super) fn new(begun: Begun, decision_id: Uuid) -> Self {
        Self { begun, decision_id, row: 0, offset: 0, output: [0; 2], tally: Tally::default() }
    }

    /// How far an earlier run came, with the rows that it wrote last; none, if there was none.
    pub(super) fn read(path: &Path, output: &Path, begun: &Begun) -> Result<Option<(Self, Vec<u8>)>, ScreenError> {
        let unreadable = || ScreenError::NoState(path.to_owned());
        let text = match fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(_) => return Err(unreadable()),
        };
        let mut parts = text.splitn(2, |byte| *byte == b'\n');
        let (state, rows) = parts.next().zip(parts.next()).ok_or_else(unreadable)?;
        let state: Self = serde_json::from_slice(state).map_err(|_| unreadable())?;
        if let Some(what) = begun.differs(&state.begun) {
            return Err(ScreenError::Changed { output: output.to_owned(), what });
        }
        Ok(Some((state, rows.to_owned())))
    }

    /// The same on disk: whoever is interrupted has this or what was there before.
    pub(super) fn write(&self, path: &Path, rows: &[u8]) -> io::Result<()> {
        let mut text = serde_json::to_vec(self)?;
        text.push(b'\n');
        text.extend_from_slice(rows);
        let next = path.with_added_extension("next");
        fs::write(&next, text)?;
        fs::rename(next, path)
    }

    /// Takes account of rows that were answered.
    pub(super) fn take(&mut self, done: &Done) {
        (self.row, self.offset) = (done.row, done.offset);
        self.tally.add(&done.totals);
    }
}
