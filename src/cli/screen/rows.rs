//! A row of CSV as a line of a batch.

use std::borrow::Cow;

use crate::{
    batch::{
        fault::{LineFault, Place},
        form::{self, Defaults},
        line::{Asks, LONGEST_REF, Line, Unread},
    },
    check::request::Recipient,
    ingest::row::{Column, Row},
    ledger::{accept::fits, identity::Detail},
    strict::{bounds::Bounded as _, fault::Fault, tree::Tree},
    terms::subscriber::SubscriberKind,
};

/// Reads a row. What is not as it should be goes the way of a line that is written in JSON, and has the same faults.
pub(super) fn read<'r>(row: &Row<'r>, campaign: &Defaults) -> Result<Line<'r>, Unread> {
    let reference = row.get(Column::Ref);
    match recipient(row) {
        Some(recipient) if recipient.is_within_bounds() && reference.is_none_or(|text| fits(text, 0, LONGEST_REF)) => {
            Ok(Line { reference: reference.map(Cow::Borrowed), asks: Asks::Recipient(recipient) })
        }
        Some(_) | None => form::recipient(fields(row), campaign),
    }
}

/// A row that is no row.
pub(super) fn broken(says: impl ToString) -> Unread {
    let fault = Fault::at("", "broken_row", says.to_string());
    Unread { reference: None, fault: LineFault::Invalid(vec![fault]) }
}

/// Where the pointers of a row lead.
pub(super) fn place() -> Place {
    Place::recipient()
}

fn recipient(row: &Row<'_>) -> Option<Recipient> {
    let detail = |column| row.get(column).map(Detail::from);
    Some(Recipient {
        email: detail(Column::Email),
        phone: detail(Column::Phone),
        postal: detail(Column::Postal),
        account: detail(Column::Account),
        subscriber: typed(row, Column::Subscriber, |text| {
            SubscriberKind::ALL.iter().copied().find(|kind| kind.as_str() == text)
        })?,
        named_person: typed(row, Column::NamedPerson, truth)?,
        country: row.get(Column::Country).map(str::to_owned),
        age: typed(row, Column::Age, |text| text.parse().ok())?,
        vulnerable: typed(row, Column::Vulnerable, truth)?,
    })
}

/// What stands in a column: nothing, something, or, as the outer `None`, something that it cannot be.
fn typed<T>(row: &Row<'_>, column: Column, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    row.get(column).map_or(Some(None), |text| read(text).map(Some))
}

/// A switch, in the words that spreadsheets use.
fn truth(text: &str) -> Option<bool> {
    let is = |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(["true", "yes", "1"]) { Some(true) } else { is(["false", "no", "0"]).then_some(false) }
}

/// The same row as a JSON object would have it.
fn fields(row: &Row<'_>) -> Vec<(String, Tree)> {
    let text = |text: &str| Tree::Text(text.to_owned());
    let fields = row.columns().filter_map(|column| {
        let value = row.get(column)?;
        let tree = if matches!(column, Column::NamedPerson | Column::Vulnerable) {
            truth(value).map(Tree::Bool)
        } else if column == Column::Age {
            value.parse::<i64>().ok().map(|age| Tree::Number(age.into()))
        } else {
            None
        };
        Some((column.name().to_owned(), tree.unwrap_or_else(|| text(value))))
    });
    fields.collect()
}
