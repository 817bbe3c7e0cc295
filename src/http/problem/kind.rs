//! The kinds of problem, each with its status, its name on the wire and its title.

use axum::http::StatusCode;

/// What every problem's `type` begins with. It needs no host: it is a name, and the specification explains it.
const TYPE: &str = "urn:maysend:problem:";

/// Declares the kinds of problem: each with its status, its name on the wire and its title.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident = $status:ident, $slug:literal, $title:literal;)+) => {
        /// The kinds of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind { $($(#[doc = $doc])+ $name),+ }

        impl Kind {
            /// Every kind, in the order of its status.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable name: the end of the `type`.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug),+ }
            }

            /// The title, the same for every problem of the kind.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title),+ }
            }

            /// The status.
            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status),+ }
            }
        }
    };
}

kinds! {
    /// `400`: there is no body.
    EmptyBody = BAD_REQUEST, "empty-body", "The body is empty";
    /// `400`: the body is not JSON.
    BrokenJson = BAD_REQUEST, "broken-json", "The body is not JSON";
    /// `400`: the body is JSON and not what the specification asks for.
    InvalidBody = BAD_REQUEST, "invalid-body", "The body is not as the specification asks";
    /// `400`: a line is a campaign, and not the first, or comes after one that is.
    SecondCampaign = BAD_REQUEST, "second-campaign", "A batch has one campaign at most";
    /// `400`: the body ended before its end.
    BodyCutOff = BAD_REQUEST, "body-cut-off", "The body was cut off";
    /// `400`: a query parameter is unknown or has a value that it cannot have.
    InvalidQuery = BAD_REQUEST, "invalid-query", "A query parameter is unknown or cannot have this value";
    /// `400`: a part of the path cannot be what it stands for.
    InvalidPath = BAD_REQUEST, "invalid-path", "A part of the path cannot be what it stands for";
    /// `404`: nothing is served under this path.
    UnknownRoute = NOT_FOUND, "unknown-route", "Nothing is served under this path";
    /// `404`: no sender is registered under the id in the path.
    SenderNotFound = NOT_FOUND, "sender-not-found", "No sender is registered under this id";
    /// `404`: no rule has the id in the path.
    RuleNotFound = NOT_FOUND, "rule-not-found", "No rule has this id";
    /// `404`: no decision of the log has the id in the path.
    DecisionNotFound = NOT_FOUND, "decision-not-found", "No decision of the log has this id";
    /// `405`: the path is served, and not with this method.
    MethodNotAllowed = METHOD_NOT_ALLOWED, "method-not-allowed", "This path does not take this method";
    /// `406`: the caller accepts none of the forms that the answer has.
    NotAcceptable = NOT_ACCEPTABLE, "not-acceptable", "The answer has no form that the request accepts";
    /// `408`: the request took too long, its body included.
    TooSlow = REQUEST_TIMEOUT, "too-slow", "The request took too long";
    /// `409`: another event was recorded under the same `id`.
    EventConflict = CONFLICT, "event-conflict", "Another event was recorded under this id";
    /// `409`: the ledger has not come as far as the request asks. The caller named the revision, so it is no fault of
    /// the service's.
    Stale = CONFLICT, "stale", "The ledger has not come that far";
    /// `413`: the body is too large.
    BodyTooLarge = PAYLOAD_TOO_LARGE, "body-too-large", "The body is too large";
    /// `413`: a line is too long.
    LineTooLong = PAYLOAD_TOO_LARGE, "line-too-long", "A line is too long";
    /// `413`: the body holds too many events.
    TooManyEvents = PAYLOAD_TOO_LARGE, "too-many-events", "The body holds too many events";
    /// `415`: the body is of a type that is not read here.
    UnsupportedMediaType = UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "The body is of a type that is not read here";
    /// `422`: a message has nothing in it.
    NothingToRead = UNPROCESSABLE_ENTITY, "nothing-to-read", "There is nothing to read";
    /// `422`: an event is well formed and cannot be kept.
    EventRefused = UNPROCESSABLE_ENTITY, "event-refused", "An event cannot be kept as it is";
    /// `422`: a profile is well formed and cannot be kept.
    SenderRefused = UNPROCESSABLE_ENTITY, "sender-refused", "A profile cannot be kept as it is";
    /// `422`: a line leaves out what a campaign would say, and there is none.
    NoCampaign = UNPROCESSABLE_ENTITY, "no-campaign", "A line needs a campaign, and there is none";
    /// `422`: no sender is registered under an id in the body.
    SenderNotRegistered = UNPROCESSABLE_ENTITY, "sender-not-registered", "A sender is not registered";
    /// `422`: an inline profile of a sender that is registered.
    SenderIsRegistered = UNPROCESSABLE_ENTITY, "sender-is-registered", "A sender given in full is registered";
    /// `422`: a contact detail reaches nobody.
    ContactDetail = UNPROCESSABLE_ENTITY, "contact-detail", "A contact detail reaches nobody";
    /// `422`: the contact detail that the channel needs is not there.
    NoDetailForChannel = UNPROCESSABLE_ENTITY, "no-detail-for-channel", "The channel needs another contact detail";
    /// `422`: the law of the day is not written up.
    DateNotCovered = UNPROCESSABLE_ENTITY, "date-not-covered", "The rulebook does not cover this day";
    /// `422`: the day lies in the future.
    DateInFuture = UNPROCESSABLE_ENTITY, "date-in-future", "The day lies in the future";
    /// `422`: a revision that no answer gave out.
    NotARevision = UNPROCESSABLE_ENTITY, "not-a-revision", "This is no revision";
    /// `500`: a fault of this service's.
    Internal = INTERNAL_SERVER_ERROR, "internal", "Something went wrong inside";
    /// `503`: more waits to be recorded than the service takes on.
    StoreBusy = SERVICE_UNAVAILABLE, "store-busy", "Too much waits to be recorded";
    /// `503`: nothing can be recorded.
    StoreStopped = SERVICE_UNAVAILABLE, "store-stopped", "Nothing can be recorded now";
    /// `503`: decisions can be neither kept nor read.
    DecisionLogFailing = SERVICE_UNAVAILABLE, "decision-log-failing", "The decision log fails";
    /// `507`: the decision log has no room, so nothing is decided that could not be shown afterwards.
    DecisionLogFull = INSUFFICIENT_STORAGE, "decision-log-full", "The decision log is full";
    /// `507`: the ledger has reached its size.
    StoreFull = INSUFFICIENT_STORAGE, "store-full", "The ledger is full";
}

/// Every kind of problem there is.
#[must_use]
pub const fn kinds() -> &'static [Kind] {
    Kind::ALL
}

impl Kind {
    /// The whole `type`.
    #[must_use]
    pub fn uri(self) -> String {
        format!("{TYPE}{}", self.slug())
    }

    /// The title as a detail is written: it begins with a small letter.
    pub(in crate::http) fn says(self) -> String {
        let mut letters = self.title().chars();
        letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own_and_the_status_of_an_error() {
        let slugs: HashSet<_> = kinds().iter().map(|kind| kind.slug()).collect();
        assert_eq!(slugs.len(), kinds().len());
        for kind in kinds() {
            assert!(kind.status().is_client_error() || kind.status().is_server_error(), "{kind:?}");
            let plain = |b: u8| b.is_ascii_lowercase() || b == b'-';
            assert!(kind.slug().bytes().all(plain), "{kind:?}");
            assert!(!kind.title().ends_with('.') && !kind.says().starts_with(char::is_uppercase), "{kind:?}");
        }
    }
}
