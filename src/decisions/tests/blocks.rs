//! Many decisions that are kept as one.

use rstest::rstest;

use super::*;

pub(super) fn keep_as_one(
    log: &DecisionLog,
    numbers: std::ops::Range<u64>,
    patience: Duration,
) -> Result<usize, LogError> {
    let drafts: Vec<Draft> = numbers.map(draft).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(log.keep_all(&drafts, patience))
}

pub(super) fn decisions(log: &DecisionLog) -> Vec<Draft> {
    all(log).into_iter().map(|kept| kept.decision).collect()
}

#[rstest]
#[case(Flush::EachSecond)]
#[case(Flush::EachAnswer)]
fn a_block_is_kept_as_its_decisions_would_be(#[case] flush: Flush) {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 4 * KIB, config::Decisions { flush, ..config() });
    assert_eq!(keep_as_one(&log, 0..0, PATIENCE).unwrap(), 0);
    // Larger than a segment, of one, and between two that are alone.
    for block in [0..90, 90..91, 91..100, 101..130] {
        let many = block.end - block.start;
        assert_eq!(keep_as_one(&log, block.clone(), PATIENCE).unwrap() as u64, many);
        if block.end == 100 {
            keep_all(&log, 100..101);
        }
    }
    assert_eq!(log.counters(), Counters { decided: 130, logged: 130, ..Counters::default() });
    let reader = DecisionLog::open_read_only(dir.path()).unwrap();
    let check = |log: &DecisionLog| {
        assert_eq!(decisions(log), (0..130).map(draft).collect::<Vec<_>>());
        assert_eq!(numbers(&all(log)), (0..130).collect::<Vec<_>>());
        for n in [0, 89, 90, 100, 129] {
            assert_eq!(log.get(&draft(n).id).unwrap().unwrap().decision, draft(n));
        }
        let verified = verify(log).unwrap();
        assert_eq!((verified.decisions, verified.head.decisions), (130, 130));
        assert!(verified.segments > 2, "{verified:?}");
    };
    check(&log);
    check(&reader);
    drop(log);
    check(&open(dir.path(), 4 * KIB, config()));
    check(&reader);
}

/// What a crash leaves of a block is cut off; what stands before it stays.
#[rstest]
#[case::cut_off(false)]
#[case::zeros_follow(true)]
fn a_block_torn_at_any_byte_leaves_its_first_decisions_or_none(#[case] zeros_follow: bool) {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 8 * KIB, config());
    keep_all(&log, 0..2);
    let path = files(dir.path(), "log").pop().unwrap();
    let before = fs::read(&path).unwrap().iter().rposition(|byte| *byte != 0).unwrap() + 1;
    keep_as_one(&log, 2..9, PATIENCE).unwrap();
    drop(log);
    let whole = fs::read(&path).unwrap();
    let end = whole.iter().rposition(|byte| *byte != 0).unwrap() + 1;
    let mut last = 2;
    for at in before..=end {
        let mut torn = whole[..at].to_vec();
        if zeros_follow {
            torn.resize(whole.len(), 0);
        }
        fs::write(&path, &torn).unwrap();
        let log = open(dir.path(), 8 * KIB, config());
        let left = log.head().decisions;
        assert!(log.opened().damaged == 0 && left >= last, "cut at {at}: {left} after {last}");
        assert_eq!(decisions(&log), (0..left).map(draft).collect::<Vec<_>>(), "cut at {at}");
        assert_eq!(keep_as_one(&log, left..left + 3, PATIENCE).unwrap(), 3);
        assert_eq!(verify(&log).unwrap().decisions, left + 3, "cut at {at}");
        last = left;
    }
    assert_eq!(last, 9);
}

#[rstest]
#[case(OnFull::FailClosed)]
#[case(OnFull::Block)]
#[case(OnFull::Drop)]
fn a_block_that_does_not_fit_is_kept_whole_or_refused_or_kept_as_far_as_it_fits(#[case] on_full: OnFull) {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 4 * KIB, config::Decisions { on_full, max_size: 24 * KIB, ..config() });
    assert_eq!(keep_as_one(&log, 0..20, PATIENCE).unwrap(), 20);
    let kept = keep_as_one(&log, 20..520, Duration::ZERO);
    let counters = log.counters();
    let expected = match on_full {
        OnFull::Drop => {
            let kept = kept.unwrap() as u64;
            assert!(kept > 20 && kept < 100, "{kept}");
            Counters { decided: 520, logged: 20 + kept, dropped: 500 - kept, ..Counters::default() }
        }
        OnFull::FailClosed | OnFull::Block => {
            assert!(matches!(kept, Err(LogError::Full { .. })), "{kept:?}");
            let blocked = if on_full == OnFull::Block { 500 } else { 0 };
            Counters { decided: 20, logged: 20, refused: 500, blocked, ..Counters::default() }
        }
    };
    assert_eq!(counters, expected);
    assert_eq!(log.state(), State::Full);
    assert_eq!(decisions(&log), (0..expected.logged).map(draft).collect::<Vec<_>>());
    assert_eq!(verify(&log).unwrap().decisions, expected.logged);
    let next = keep_as_one(&log, 0..4000, Duration::ZERO);
    assert!(matches!(next, Ok(0..3) | Err(LogError::Full { .. })), "{next:?}");
    // A smaller one that fits is kept all the same, once room is looked for again.
    if on_full != OnFull::Drop {
        while keep_as_one(&log, 20..25, Duration::ZERO).is_err() {}
        assert_eq!(decisions(&log), (0..25).map(draft).collect::<Vec<_>>());
    }
    log.close();
    assert!(bytes_of(dir.path()) <= 24 * KIB);
}

#[test]
fn a_block_waits_for_room_as_one() {
    let dir = tempfile::tempdir().unwrap();
    let config = config::Decisions { on_full: OnFull::Block, max_size: 24 * KIB, max_age_days: 30, ..config() };
    let log = open(dir.path(), 4 * KIB, config);
    let made = |n: u64, days: i32| Draft { at: clock::now() + SignedDuration::from_hours(24) * days, ..draft(n) };
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let keep = |drafts: &[Draft], patience| runtime().block_on(log.keep_all(drafts, patience));
    let mut logged = 0;
    while keep(&[made(logged, 0)], Duration::ZERO).is_ok() {
        logged += 1;
    }
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| keep(&(1000..1020).map(|n| made(n, 0)).collect::<Vec<_>>(), PATIENCE));
        while log.counters().blocked < 21 {
            std::thread::yield_now();
        }
        // A decision of a later month finds that all before has outlived its time.
        while log.state() == State::Full {
            let _ = keep(&[made(2000, 40)], Duration::ZERO);
        }
        assert_eq!(waiting.join().unwrap().unwrap(), 20);
    });
    let ids: Vec<_> =
        decisions(&log).iter().map(|it| it.id).filter(|id| *id >= draft(1000).id && *id < draft(2000).id).collect();
    assert_eq!(ids, (1000..1020).map(|n| draft(n).id).collect::<Vec<_>>());
    verify(&log).unwrap();
}

#[test]
fn links_are_erased_within_a_block() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 4 * KIB, config());
    keep_as_one(&log, 0..30, PATIENCE).unwrap();
    keep_as_one(&log, 30..60, PATIENCE).unwrap();
    let head = log.head();
    let about = |n: &u64| draft(*n).keys.contains(&key(3));
    let expected = (0..60).filter(about).count() as u64;
    assert_eq!(log.unlink(&[key(3)]).unwrap(), expected);
    assert_eq!(log.unlink(&[key(3), key(103)]).unwrap(), 0);
    let check = |log: &DecisionLog| {
        for kept in all(log) {
            let (whole, unlinked) = (draft(kept.number), about(&kept.number));
            assert_eq!(kept.unlinked, unlinked);
            assert_eq!(kept.decision, if unlinked { Draft { keys: Keys::new(), ..whole } } else { whole });
        }
        for person in [1, 2, 4, 104] {
            let query = Query { keys: vec![key(person)], limit: 100, ..Query::default() };
            let about = |n: &u64| draft(*n).keys.contains(&key(person));
            assert_eq!(
                numbers(&log.search(&query).unwrap().decisions),
                (0..60).rev().filter(about).collect::<Vec<_>>()
            );
        }
        let verified = verify(log).unwrap();
        assert_eq!((verified.unlinked, verified.decisions, verified.head), (expected, 60, head));
    };
    check(&log);
    drop(log);
    check(&open(dir.path(), 4 * KIB, config()));
}

#[test]
fn blocks_of_several_threads_do_not_mix() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 8 * KIB, config::Decisions { flush: Flush::EachAnswer, ..config() });
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let log = &log;
            scope.spawn(move || {
                for block in 0..8 {
                    let first = thread * 1000 + block * 20;
                    assert_eq!(keep_as_one(log, first..first + 20, PATIENCE).unwrap(), 20);
                }
            });
        }
    });
    assert_eq!(log.counters(), Counters { decided: 640, logged: 640, ..Counters::default() });
    for block in decisions(&log).chunks(20) {
        assert!(block.windows(2).all(|pair| pair[1].id.as_u128() - pair[0].id.as_u128() == 1 << 64));
    }
    verify(&log).unwrap();
}
