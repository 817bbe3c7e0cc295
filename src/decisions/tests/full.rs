//! A log that has no room, and one that has some again.

use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;
use rstest::rstest;

use super::*;

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A decision made so many days from today.
fn in_days(n: u64, days: i32) -> Draft {
    Draft { at: clock::now() + DAY * days, ..draft(n) }
}

fn of(on_full: OnFull) -> config::Decisions {
    config::Decisions { on_full, max_size: 24 * KIB, max_age_days: 30, ..config() }
}

/// A decision of today that needs more room than any in [`fill`], also in the index.
fn large(n: u64) -> Draft {
    Draft { body: vec![1; 500], keys: (0..9).map(key).collect(), ..in_days(n, 0) }
}

/// Keeps decisions of today until one finds no room, and tells how many there were.
fn fill(log: &DecisionLog, dir: &Path) -> u64 {
    for n in 0.. {
        assert!(bytes_of(dir) <= 24 * KIB + 4 * KIB, "a new index is written beside the old one, and that is all");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        match runtime.block_on(log.keep(in_days(n, 0), Duration::ZERO)) {
            Ok(Keeping::Logged) => {}
            Ok(Keeping::Dropped) | Err(LogError::Full { .. }) => return n,
            Err(error) => panic!("{error}"),
        }
    }
    0
}

#[rstest]
#[case(OnFull::FailClosed)]
#[case(OnFull::Block)]
#[case(OnFull::Drop)]
fn a_full_log_does_as_it_was_told_and_recovers_by_age(#[case] on_full: OnFull) {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 4 * KIB, of(on_full));
    let logged = fill(&log, dir.path());
    assert_eq!(log.state(), State::Full);
    let usage = log.usage();
    assert!(usage.used > usage.size / 2 && usage.used <= usage.size && !usage.disk_full, "{usage:?}");
    let is = |n: bool| u64::from(n);
    let (dropped, refused) = (is(on_full == OnFull::Drop), is(on_full != OnFull::Drop));
    let blocked = is(on_full == OnFull::Block);
    assert_eq!(log.counters(), Counters { decided: logged + dropped, logged, dropped, blocked, refused });
    assert_eq!(verify(&log).unwrap().decisions, logged);

    // What was kept today is not deleted within thirty days, but after them.
    let segments = files(dir.path(), "log");
    log.shared.as_ref().unwrap().writer().expire(in_days(0, 29).at).unwrap();
    assert_eq!(files(dir.path(), "log"), segments);
    while !matches!(keep_at(&log, in_days(logged, 31), Duration::ZERO), Ok(Keeping::Logged)) {}
    assert_eq!(log.state(), State::Open);
    assert!(all(&log).len() < logged as usize);
    assert_eq!(all(&log).last().unwrap().number, logged);
    verify(&log).unwrap();
    log.close();
    assert!(bytes_of(dir.path()) <= 24 * KIB);
}

fn keep_at(log: &DecisionLog, draft: Draft, patience: Duration) -> Result<Keeping, LogError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(log.keep(draft, patience))
}

#[test]
fn who_waits_for_room_goes_on_once_there_is_some() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 4 * KIB, of(OnFull::Block));
    let logged = fill(&log, dir.path());
    std::thread::scope(|scope| {
        let waiting: Vec<_> = (0..3)
            .map(|n| {
                scope.spawn({
                    let log = &log;
                    move || keep(log, large(logged + n))
                })
            })
            .collect();
        while log.counters().blocked < 4 {
            std::thread::yield_now();
        }
        // A decision of a later month finds that all before has outlived its time.
        while log.state() == State::Full {
            let _ = keep_at(&log, in_days(logged + 3, 40), Duration::ZERO);
        }
        waiting.into_iter().for_each(|it| assert_eq!(it.join().unwrap().unwrap(), Keeping::Logged));
    });
    assert_eq!(log.counters().logged, logged + 4);
    verify(&log).unwrap();
}

#[test]
fn who_waits_is_told_when_the_log_is_closed() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 4 * KIB, of(OnFull::Block));
    let logged = fill(&log, dir.path());
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| keep(&log, large(logged)));
        while log.counters().blocked < 2 {
            std::thread::yield_now();
        }
        log.close();
        assert!(matches!(waiting.join().unwrap(), Err(LogError::Closed)));
    });
}

#[rstest]
#[case(OnFull::FailClosed)]
#[case(OnFull::Block)]
#[case(OnFull::Drop)]
fn a_file_that_cannot_be_made_is_tried_again(#[case] on_full: OnFull) {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), KIB, config::Decisions { on_full, flush: Flush::EachAnswer, ..config() });
    let (folder, away) = (dir.path().join("decisions"), dir.path().join("away"));
    keep_all(&log, 0..4);
    fs::rename(&folder, &away).unwrap();
    let large = || Draft { body: vec![1; 1000], ..draft(4) };
    let kept = keep_at(&log, large(), Duration::ZERO);
    match on_full {
        OnFull::Drop => assert_eq!(kept.unwrap(), Keeping::Dropped),
        OnFull::FailClosed | OnFull::Block => assert!(matches!(kept, Err(LogError::File { verb: "create", .. }))),
    }
    assert_eq!((log.state(), log.usage().disk_full), (State::Failing, false));
    fs::rename(away, folder).unwrap();
    while !matches!(keep_at(&log, large(), Duration::ZERO), Ok(Keeping::Logged)) {}
    assert_eq!(log.state(), State::Open);
    assert_eq!(verify(&log).unwrap().decisions, 5);
}

#[test]
fn what_has_outlived_its_time_is_deleted_at_opening() {
    let dir = tempfile::tempdir().unwrap();
    let config = config::Decisions { max_age_days: 30, ..config() };
    let log = open(dir.path(), KIB, config::Decisions { max_age_days: 0, ..config });
    (0..20).for_each(|n| assert!(keep(&log, in_days(n, -31)).is_ok()));
    let (head, segments) = (log.head(), files(dir.path(), "log").len());
    drop(log);
    let log = open(dir.path(), 2 * KIB, config);
    assert!(segments > 3 && files(dir.path(), "log").len() == 1);
    assert_eq!(log.head(), head);
    (20..30).for_each(|n| assert!(keep(&log, in_days(n, 0)).is_ok()));
    assert_eq!(verify(&log).unwrap().head.decisions, 30);
}

#[test]
fn a_log_opens_full_where_it_may_take_up_less_than_it_does() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 2 * KIB, config());
    keep_all(&log, 0..40);
    drop(log);
    fs::remove_file(files(dir.path(), "log").pop().unwrap()).unwrap();
    let log = open(dir.path(), 2 * KIB, config::Decisions { max_size: 4 * KIB, ..config() });
    assert_eq!(log.state(), State::Full);
    assert!(matches!(keep(&log, draft(40)), Err(LogError::Full { .. })));
    assert!(all(&log).len() > 20);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    /// Whatever comes from however many at once: every decision that was answered was logged or dropped.
    #[test]
    fn decided_is_logged_and_dropped(
        max_size in 16 * KIB..64 * KIB,
        on_full in prop_oneof![Just(OnFull::FailClosed), Just(OnFull::Block), Just(OnFull::Drop)],
        flush in prop_oneof![Just(Flush::EachSecond), Just(Flush::EachAnswer)],
        work in prop::collection::vec(prop::collection::vec((0..900_usize, 0..3_i32), 0..60), 1..4),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let config = config::Decisions { flush, on_full, max_size, max_age_days: 60 };
        let log = open(dir.path(), 4 * KIB, config);
        let (logged, dropped, refused, id) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
        let keep_one = |size: usize, months: i32| {
            let draft = in_days(id.fetch_add(1, Ordering::Relaxed), months * 30);
            let counter = match keep_at(&log, Draft { body: vec![1; size], ..draft }, Duration::from_millis(2)) {
                Ok(Keeping::Logged) => &logged,
                Ok(Keeping::Dropped) => &dropped,
                Err(LogError::Full { .. }) => &refused,
                Err(error) => panic!("{error}"),
            };
            counter.fetch_add(1, Ordering::Relaxed);
            let (counters, usage) = (log.counters(), log.usage());
            assert_eq!(counters.decided, counters.logged + counters.dropped);
            assert!(usage.used <= usage.size);
        };
        std::thread::scope(|scope| {
            let keep_one = &keep_one;
            for decisions in &work {
                scope.spawn(move || decisions.iter().for_each(|(size, months)| keep_one(*size, *months)));
            }
        });
        let counters = log.counters();
        let counted = (counters.logged, counters.dropped, counters.refused);
        prop_assert_eq!(counted, (logged.into_inner(), dropped.into_inner(), refused.into_inner()));
        prop_assert_eq!(counters.decided, counters.logged + counters.dropped);
        prop_assert_eq!(log.head().decisions, counters.logged);
        verify(&log).unwrap();
        drop(log);
        prop_assert!(bytes_of(dir.path()) <= max_size);
    }
}
