//! The notice of an erasure: which earlier records go, and why.
//!
//! The journal is only ever added to, so an erasure too is a record. Taking account of it is what erases: the records
//! that it names lose their payloads and their places in the histories. What is left of each is its head.

use serde::{Deserialize, Serialize};

/// Why records are erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The person asked for it (UK GDPR Art 17(1)).
    Erasure,
    /// They have been kept for as long as they are needed (UK GDPR Art 5(1)(e)).
    Retention,
}

/// A notice, as the body of its record holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Why.
    pub why: Why,
    /// The provision of the law that asks for it.
    pub provision: String,
    /// The revisions erased, in rising order: each pair is the first and the last of a row of them.
    erased: Vec<[u64; 2]>,
}

impl Notice {
    /// A notice that erases the records at these revisions, in whatever order they come.
    #[must_use]
    pub fn new(why: Why, provision: impl Into<String>, revisions: impl IntoIterator<Item = u64>) -> Self {
        let mut each: Vec<u64> = revisions.into_iter().collect();
        each.sort_unstable();
        let mut erased: Vec<[u64; 2]> = Vec::new();
        for revision in each {
            match erased.last_mut() {
                Some([_, last]) if revision.saturating_sub(*last) <= 1 => *last = revision,
                Some(_) | None => erased.push([revision, revision]),
            }
        }
        Self { why, provision: provision.into(), erased }
    }

    /// Reads the body of a record that is a notice; none: it is damaged, or names records that do not come before it.
    #[must_use]
    pub fn read(body: &[u8], at: u64) -> Option<Self> {
        let notice: Self = serde_json::from_slice(body).ok()?;
        let mut before = 0;
        for [first, last] in &notice.erased {
            if *first <= before || last < first || *last >= at {
                return None;
            }
            before = *last;
        }
        Some(notice)
    }

    /// The revisions erased, in rising order.
    pub fn revisions(&self) -> impl Iterator<Item = u64> {
        self.erased.iter().flat_map(|[first, last]| *first..=*last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revisions_in_a_row_are_one_pair() {
        let notice = Notice::new(Why::Retention, "Art 5(1)(e)", [7, 3, 4, 5, 9, 4]);
        let body = serde_json::to_string(&notice).unwrap();
        assert_eq!(body, r#"{"why":"retention","provision":"Art 5(1)(e)","erased":[[3,5],[7,7],[9,9]]}"#);
        assert_eq!(Notice::read(body.as_bytes(), 10), Some(notice.clone()));
        assert_eq!(notice.revisions().collect::<Vec<_>>(), [3, 4, 5, 7, 9]);
    }

    #[rstest::rstest]
    #[case("[[3,2]]")]
    #[case("[[0,1]]")]
    #[case("[[4,5],[5,6]]")]
    #[case("[[8,10]]")]
    #[case("[[1,18446744073709551615]]")]
    fn a_notice_names_earlier_records_in_rising_order(#[case] erased: &str) {
        let body = format!(r#"{{"why":"erasure","provision":"Art 17(1)","erased":{erased}}}"#);
        assert_eq!(Notice::read(body.as_bytes(), 10), None);
    }
}
