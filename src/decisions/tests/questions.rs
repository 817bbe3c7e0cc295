//! What was kept is found again.

use rstest::rstest;

use super::*;

fn query() -> Query {
    Query { limit: 1000, ..Query::default() }
}

fn moment(n: u64) -> Option<Timestamp> {
    Some(draft(n).at)
}

#[test]
fn what_is_kept_is_read_back_by_whoever_opens_the_log() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 2 * KIB, config());
    keep_all(&log, 0..30);
    let head = log.head();
    assert_eq!((head.decisions, log.state()), (30, State::Open));
    let reader = DecisionLog::open_read_only(dir.path()).unwrap();
    let check = |log: &DecisionLog| {
        let kept = all(log);
        assert_eq!(
            kept.iter().map(|it| it.decision.clone()).collect::<Vec<_>>(),
            (0..30).map(draft).collect::<Vec<_>>()
        );
        assert_eq!(numbers(&kept), (0..30).collect::<Vec<_>>());
        assert!(kept.iter().all(|kept| !kept.unlinked && *kept.book == book()));
        assert_eq!(kept.last().unwrap().chain, head.hash);
        assert_eq!(log.head(), head);
        for n in [0, 13, 29] {
            assert_eq!(log.get(&draft(n).id).unwrap().unwrap().number, n);
        }
        assert!(log.get(&Uuid::nil()).unwrap().is_none());
        let verified = verify(log).unwrap();
        assert_eq!((verified.decisions, verified.unlinked, verified.head), (30, 0, head));
        assert!(verified.segments > 2, "{verified:?}");
    };
    check(&log);
    check(&reader);
    assert!(matches!(keep(&reader, draft(30)), Err(LogError::Closed)));
    assert!(matches!(reader.unlink(&[key(1)]), Err(LogError::Closed)));
    log.close();
    log.close();
    assert!(matches!(keep(&log, draft(30)), Err(LogError::Closed)));
    assert_eq!(log.state(), State::Closed);
    check(&log);
    drop(log);
    // Each segment but the last was sealed.
    assert_eq!(files(dir.path(), "idx").len() + 1, files(dir.path(), "log").len());

    let log = open(dir.path(), 2 * KIB, config());
    assert_eq!(log.opened(), Opened::default());
    check(&log);
    check(&reader);
    keep_all(&log, 30..40);
    assert_eq!(verify(&reader).unwrap().decisions, 40);
    assert_eq!(all(&reader).len(), 40);
}

#[rstest]
#[case::anybody(query(), |_: &Draft| true)]
#[case::a_person(Query { keys: vec![key(3)], ..query() }, |d: &Draft| d.keys.contains(&key(3)))]
#[case::another_key(Query { keys: vec![key(103)], ..query() }, |d: &Draft| d.keys.contains(&key(103)))]
#[case::two_people(Query { keys: vec![key(3), key(103), key(5)], ..query() },
    |d: &Draft| [key(3), key(5)].iter().any(|key| d.keys.contains(key)))]
#[case::nobody(Query { keys: vec![key(55)], ..query() }, |_: &Draft| false)]
#[case::a_sender(Query { sender: Some("sender-1".into()), ..query() }, |d: &Draft| d.sender.as_deref() == Some("sender-1"))]
#[case::no_such_sender(Query { sender: Some("nobody".into()), ..query() }, |_: &Draft| false)]
#[case::a_mailing(Query { campaign: Some("spring".into()), ..query() }, |d: &Draft| d.campaign.is_some())]
#[case::denies(Query { allow: Some(false), ..query() }, |d: &Draft| !d.allow)]
#[case::a_rule(Query { rule: Some("reg23".into()), ..query() }, |d: &Draft| d.rules.contains(&1))]
#[case::no_such_rule(Query { rule: Some("reg99".into()), ..query() }, |_: &Draft| false)]
#[case::from(Query { from: moment(30), ..query() }, |d: &Draft| d.at >= draft(30).at)]
#[case::until(Query { until: moment(12), ..query() }, |d: &Draft| d.at < draft(12).at)]
#[case::a_person_at_a_time(Query { keys: vec![key(3)], from: moment(10), until: moment(31), ..query() },
    |d: &Draft| d.keys.contains(&key(3)) && d.at >= draft(10).at && d.at < draft(31).at)]
#[case::a_sender_that_allows(Query { sender: Some("sender-2".into()), allow: Some(true), ..query() },
    |d: &Draft| d.sender.as_deref() == Some("sender-2") && d.allow)]
fn a_search_finds_what_meets_every_condition(#[case] query: Query, #[case] meant: fn(&Draft) -> bool) {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 2 * KIB, config());
    keep_all(&log, 0..40);
    let expected: Vec<u64> = (0..40).rev().filter(|n| meant(&draft(*n))).collect();
    let reader = DecisionLog::open_read_only(dir.path()).unwrap();
    // While the flusher seals segments or before, from memory or disk: the answers are the same.
    for log in [&*log, &reader] {
        let page = log.search(&query).unwrap();
        assert_eq!(numbers(&page.decisions), expected);
        assert_eq!(page.next, None);
        for limit in [1, 3] {
            let (mut found, mut after) = (Vec::new(), None);
            loop {
                let page = log.search(&Query { after, limit, ..query.clone() }).unwrap();
                assert!(page.decisions.len() == limit || page.next.is_none());
                found.extend(numbers(&page.decisions));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(found, expected, "in pages of {limit}");
        }
    }
}

#[rstest]
#[case(None, None, 0..40)]
#[case(moment(9), None, 9..40)]
#[case(None, moment(9), 0..9)]
#[case(moment(9), moment(31), 9..31)]
#[case(moment(31), moment(9), 0..0)]
fn a_time_is_gone_through_in_order(
    #[case] from: Option<Timestamp>,
    #[case] until: Option<Timestamp>,
    #[case] expected: std::ops::Range<u64>,
) {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 2 * KIB, config());
    keep_all(&log, 0..40);
    let mut found = Vec::new();
    log.each(from, until, &mut |kept| {
        found.push(kept.number);
        if found.len() == 5 { Next::Stop } else { Next::Continue }
    })
    .unwrap();
    assert_eq!(found, expected.take(5).collect::<Vec<_>>());
}

#[test]
fn a_page_ends_after_bounded_work_and_the_next_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 2 * KIB, config());
    keep_all(&log, 0..40);
    let query = Query { campaign: Some("autumn".into()), ..query() };
    let reader = reader::Reader::new(folder::Folder::of(dir.path()));
    let segments = reader.folder.segments().unwrap();
    let (mut pages, mut after) = (0, None);
    loop {
        let page = reader.search(&segments, &Query { after, ..query.clone() }, 7).unwrap();
        assert!(page.decisions.is_empty());
        (pages, after) = (pages + 1, page.next);
        if after.is_none() {
            break;
        }
    }
    assert_eq!(pages, 6);
}

#[test]
fn a_decision_larger_than_a_segment_gets_one_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 2 * KIB, config());
    keep_all(&log, 0..3);
    let large = Draft { body: vec![7; 5000], ..draft(3) };
    keep(&log, large.clone()).unwrap();
    keep_all(&log, 4..7);
    assert_eq!(log.get(&large.id).unwrap().unwrap().decision, large);
    assert_eq!(verify(&log).unwrap().decisions, 7);
    let huge = Draft { body: vec![7; 2 << 20], ..draft(7) };
    assert!(matches!(keep(&log, huge), Err(LogError::Full { .. })));
    keep_all(&log, 7..9);
}

#[test]
fn each_answer_waits_until_it_is_on_disk() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 8 * KIB, config::Decisions { flush: Flush::EachAnswer, ..config() });
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let log = &log;
            scope.spawn(move || {
                (0..50).for_each(|n| assert_eq!(keep(log, draft(thread * 50 + n)).unwrap(), Keeping::Logged))
            });
        }
    });
    assert_eq!(log.counters(), Counters { decided: 200, logged: 200, ..Counters::default() });
    assert_eq!(verify(&log).unwrap().decisions, 200);
}
