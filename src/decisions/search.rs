//! Searching: segment by segment from the newest, in each by its index or, where nobody is asked about, record by
//! record.

use std::sync::Arc;

use smallvec::SmallVec;

use super::{
    Book, Cursor, LogError, Page, Query,
    index::{Index, Summary, Table},
    reader::{Reader, whole},
    record::{Record, Stored},
    segment::Segment,
    walk::{Trust, Walk},
};

/// A page in the making.
struct Search<'q> {
    query: &'q Query,
    /// Decisions with a lower number are still to be looked at.
    below: u64,
    /// So many records may still be looked at.
    left: u64,
    page: Page,
}

/// Whether the page is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    Open,
    Made,
}

impl Reader {
    /// One page of the decisions that meet the query, the newest first, for which so many are looked at and no more.
    pub(super) fn search(&self, segments: &[Segment], query: &Query, most: u64) -> Result<Page, LogError> {
        let below = query.after.map_or(u64::MAX, |cursor| cursor.0);
        let mut search = Search { query, below, left: most, page: Page::default() };
        for segment in segments.iter().rev() {
            let Some(index) = Index::of(&self.folder, segment)? else { continue };
            let summary = index.summary();
            if !search.may_be_in(&summary) || query.sender.as_ref().is_some_and(|sender| !index.has_sender(sender)) {
                continue;
            }
            let progress = if query.keys.is_empty() {
                self.walk(segment, &summary, &mut search)?
            } else {
                self.look_up(segment, &index, &mut search)?
            };
            if progress == Progress::Made {
                break;
            }
        }
        Ok(search.page)
    }

    /// Looks at the decisions about the people whom the query names.
    fn look_up(&self, segment: &Segment, index: &Index, search: &mut Search<'_>) -> Result<Progress, LogError> {
        let failed = LogError::file("read", self.folder.index(segment.number));
        let places = index.find(Table::Keys, search.query.keys.iter().map(|key| key.0)).map_err(failed)?;
        let Some(opened) = (if places.is_empty() { None } else { self.open(segment.number)? }) else {
            return Ok(Progress::Open);
        };
        let rules = rules(&opened.book, search.query);
        for place in places.iter().rev() {
            let look = |record: &Record<'_>| search.look_within(record, &opened.book, rules.as_deref());
            if opened.at(*place, look)? == Some(Progress::Made) {
                return Ok(Progress::Made);
            }
        }
        Ok(Progress::Open)
    }

    /// Looks at every decision.
    fn walk(&self, segment: &Segment, summary: &Summary, search: &mut Search<'_>) -> Result<Progress, LogError> {
        let Some(mut bytes) = self.folder.read(segment.number)? else { return Ok(Progress::Open) };
        bytes.truncate(usize::try_from(summary.end).unwrap_or(usize::MAX));
        let header = self.header(&bytes, segment.number)?;
        let book = self.book(header.book)?;
        let rules = rules(&book, search.query);
        if rules.as_ref().is_some_and(Vec::is_empty) {
            return Ok(Progress::Open);
        }
        let pieces = Walk::new(&bytes, header.size, Trust::Sizes);
        let records: Vec<Record<'_>> = pieces.filter_map(|piece| whole(piece, segment.number)).collect();
        for record in records.iter().rev() {
            if search.look_within(record, &book, rules.as_deref()) == Progress::Made {
                return Ok(Progress::Made);
            }
        }
        Ok(Progress::Open)
    }
}

/// What the rule that the query names is in the book; none, if it names none.
fn rules(book: &Book, query: &Query) -> Option<Vec<u16>> {
    let name = query.rule.as_ref()?;
    let places = (0..).zip(&book.rules).filter(|(_, rule)| rule.id == *name);
    Some(places.map(|(place, _)| place).collect())
}

impl Search<'_> {
    fn may_be_in(&self, summary: &Summary) -> bool {
        summary.count > 0 && summary.first < self.below && summary.meets(self.query.from, self.query.until)
    }

    /// Looks at the decisions of a record, the newest first; where people are asked about, at those about them.
    fn look_within(&mut self, record: &Record<'_>, book: &Arc<Book>, rules: Option<&[u16]>) -> Progress {
        if record.number() >= self.below {
            return Progress::Open;
        }
        let about =
            |stored: &Stored<'_>| self.query.keys.is_empty() || stored.keys().any(|key| self.query.keys.contains(&key));
        let found: SmallVec<[Stored<'_>; 1]> = record.items().filter(about).collect();
        let made = |stored: &Stored<'_>| self.look_at(stored, book, rules) == Progress::Made;
        if found.iter().rev().any(made) { Progress::Made } else { Progress::Open }
    }

    /// Takes a decision in, if it is wanted.
    fn look_at(&mut self, stored: &Stored<'_>, book: &Arc<Book>, rules: Option<&[u16]>) -> Progress {
        if stored.number >= self.below {
            return Progress::Open;
        }
        if self.left == 0 {
            self.page.next = Some(Cursor(self.below));
            return Progress::Made;
        }
        self.left -= 1;
        if self.wants(stored, rules) {
            if self.page.decisions.len() >= self.query.limit.max(1) {
                self.page.next = Some(Cursor(self.below));
                return Progress::Made;
            }
            self.page.decisions.push(stored.kept(&stored.record.texts(), book));
        }
        self.below = stored.number;
        Progress::Open
    }

    fn wants(&self, stored: &Stored<'_>, rules: Option<&[u16]>) -> bool {
        let Query { sender, campaign, parent, allow, from, until, .. } = self.query;
        let same = |wanted: &Option<String>, found| wanted.as_deref().is_none_or(|wanted| found == Some(wanted));
        same(sender, stored.record.sender)
            && same(campaign, stored.record.campaign)
            && (parent.is_none() || *parent == stored.record.parent)
            && allow.is_none_or(|allow| allow == stored.allow())
            && rules.is_none_or(|rules| stored.rules().any(|rule| rules.contains(&rule)))
            && (from.is_none() && until.is_none() || {
                let at = stored.moment();
                from.is_none_or(|from| at >= from) && until.is_none_or(|until| at < until)
            })
    }
}
