//! Campaigns: in the chain as decisions are, and none of them.

use super::{
    blocks::{decisions, keep_as_one},
    *,
};

fn campaign(n: u64) -> CampaignDraft {
    let Draft { id, at, sender, campaign, .. } = draft(n);
    CampaignDraft { id, at, sender, campaign, body: b"what is asked".to_vec() }
}

fn keep_campaign(log: &DecisionLog, n: u64) -> Result<Keeping, LogError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(log.keep_campaign(campaign(n), PATIENCE))
}

/// Decisions of a batch, in one block.
fn keep_batch(log: &DecisionLog, parent: u64, numbers: std::ops::Range<u64>) {
    let drafts: Vec<Draft> = numbers.map(|n| Draft { parent: Some(campaign(parent).id), ..draft(n) }).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    assert_eq!(runtime.block_on(log.keep_all(&drafts, PATIENCE)).unwrap(), drafts.len());
}

#[test]
fn a_campaign_is_found_with_its_decisions_and_is_no_decision() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 4 * KIB, config::Decisions { flush: Flush::EachAnswer, ..config() });
    keep_all(&log, 0..3);
    assert_eq!(keep_campaign(&log, 1000).unwrap(), Keeping::Logged);
    keep_batch(&log, 1000, 3..60);
    keep_all(&log, 60..62);
    keep_batch(&log, 1000, 62..70);
    assert_eq!(keep_campaign(&log, 1001).unwrap(), Keeping::Logged);
    assert_eq!(log.counters(), Counters { decided: 70, logged: 70, ..Counters::default() });
    let check = |log: &DecisionLog| {
        let (kept, belonging) = log.campaign(&campaign(1000).id).unwrap().unwrap();
        assert_eq!((&kept.campaign, kept.number), (&campaign(1000), 3));
        assert_eq!(belonging, Belonging { decisions: 65, cut: false });
        let (kept, belonging) = log.campaign(&campaign(1001).id).unwrap().unwrap();
        assert_eq!((kept.number, belonging, kept.chain), (70, Belonging::default(), log.head().hash));
        assert!(log.campaign(&draft(3).id).unwrap().is_none() && log.get(&campaign(1000).id).unwrap().is_none());
        assert_eq!(numbers(&all(log)), (0..70).collect::<Vec<_>>());
        let found = |query: Query| numbers(&log.search(&Query { limit: 100, ..query }).unwrap().decisions);
        assert_eq!(found(Query::default()), (0..70).rev().collect::<Vec<_>>());
        let parent = Some(campaign(1000).id);
        let expected: Vec<u64> = (3..60).chain(62..70).rev().collect();
        assert_eq!(found(Query { parent, ..Query::default() }), expected);
        let about: Vec<u64> = expected.iter().copied().filter(|n| draft(*n).keys.contains(&key(3))).collect();
        assert_eq!(found(Query { parent, keys: vec![key(3)], ..Query::default() }), about);
        assert!(found(Query { parent: Some(campaign(1001).id), ..Query::default() }).is_empty());
        let verified = verify(log).unwrap();
        assert_eq!((verified.decisions, verified.head), (70, log.head()));
    };
    check(&log);
    check(&DecisionLog::open_read_only(dir.path()).unwrap());
    drop(log);
    let log = open(dir.path(), 4 * KIB, config());
    check(&log);
    log.unlink(&[key(3)]).unwrap();
    assert_eq!(verify(&log).unwrap().unlinked, 10);
    assert_eq!(keep_as_one(&log, 70..75, PATIENCE).unwrap(), 5);
    assert_eq!(decisions(&log).len(), 75);
}

#[test]
fn a_count_that_was_not_brought_to_its_end_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 2 * KIB, config());
    keep_campaign(&log, 1000).unwrap();
    (0..20).for_each(|n| keep_batch(&log, 1000, n..n + 1));
    let reader = reader::Reader::new(folder::Folder::of(dir.path()));
    let count =
        |most| reader.campaign(&reader.folder.segments().unwrap(), &campaign(1000).id, most).unwrap().unwrap().1;
    assert_eq!(count(8), Belonging { decisions: 7, cut: true });
    assert_eq!(count(21), Belonging { decisions: 20, cut: false });
}

#[test]
fn a_campaign_is_verified_as_decisions_are() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 8 * KIB, config());
    keep_campaign(&log, 1000).unwrap();
    keep_batch(&log, 1000, 0..5);
    drop(log);
    let path = files(dir.path(), "log").pop().unwrap();
    let whole = fs::read(&path).unwrap();
    let at = whole.windows(13).position(|window| window == b"what is asked").unwrap();
    let mut flipped = whole;
    flipped[at] ^= 1;
    fs::write(&path, flipped).unwrap();
    assert!(verify(&DecisionLog::open_read_only(dir.path()).unwrap()).is_err());
}

/// What a checkpoint signed is the end of the chain at that moment, be it after decisions or after a campaign.
#[test]
fn the_chain_is_known_to_have_gone_through_what_was_signed() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 2 * KIB, config());
    let mut heads = vec![log.head()];
    for n in 0..6 {
        keep_campaign(&log, 1000 + n).unwrap();
        heads.push(log.head());
        keep_batch(&log, 1000 + n, n * 10..n * 10 + 10);
        heads.push(log.head());
    }
    let passed = |signed: Head| log.verify_signed(Some(signed), &mut |_| {}).unwrap().1;
    for head in &heads {
        assert_eq!(passed(*head), Some(true), "{head:?}");
    }
    // Another hash at a place that is there; a place in the middle of what was kept as one; and one beyond the end.
    assert_eq!(passed(Head { hash: [9; 32], ..heads[4] }), Some(false));
    assert_eq!(passed(Head { decisions: heads[4].decisions - 1, ..heads[4] }), Some(false));
    assert_eq!(passed(Head { decisions: 61, hash: [9; 32] }), None);
    assert_eq!(log.verify_signed(None, &mut |_| {}).unwrap().1, None);
    // What stood before the oldest segment that is left is not known.
    let first = files(dir.path(), "log").remove(0);
    drop(log);
    fs::remove_file(first.with_extension("idx")).unwrap();
    fs::remove_file(first).unwrap();
    let log = DecisionLog::open_read_only(dir.path()).unwrap();
    assert_eq!(log.verify_signed(Some(heads[0]), &mut |_| {}).unwrap().1, None);
    assert_eq!(log.verify_signed(heads.last().copied(), &mut |_| {}).unwrap().1, Some(true));
}
