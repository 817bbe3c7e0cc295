//! Crashes, and what else happens to files.

use rstest::rstest;

use super::*;

/// A closed log of several segments, some of whose decisions have lost their link.
fn several_segments(dir: &Path) -> u64 {
    let log = open(dir, KIB, config());
    keep_all(&log, 0..16);
    log.unlink(&[key(2)]).unwrap();
    log.close();
    assert!(verify(&log).unwrap().unlinked > 1);
    16
}

/// Where each record of the last segment ends, its header first.
fn ends(bytes: &[u8], segment: u32) -> Vec<usize> {
    let mut walk = walk::Walk::new(bytes, segment::Header::read(bytes, segment).unwrap().size, walk::Trust::Hashes);
    let mut ends = vec![walk.at];
    while walk.next().is_some() {
        ends.push(walk.at);
    }
    ends
}

#[test]
fn any_flipped_byte_of_any_file_is_found() {
    let dir = tempfile::tempdir().unwrap();
    several_segments(dir.path());
    let reader = DecisionLog::open_read_only(dir.path()).unwrap();
    verify(&reader).unwrap();
    let mut flips = 0;
    let (logs, indexes) = (files(dir.path(), "log"), files(dir.path(), "idx"));
    assert!(logs.len() > 2 && indexes.len() + 1 == logs.len(), "{logs:?} {indexes:?}");
    for path in logs.iter().chain(&indexes) {
        let whole = fs::read(path).unwrap();
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << (at % 8);
            fs::write(path, &flipped).unwrap();
            let fault = verify(&reader).expect_err("a flipped byte was not found").to_string();
            assert!(fault.contains("decisions/"), "{fault}");
            flips += 1;
        }
        fs::write(path, whole).unwrap();
    }
    assert!(flips > 4000, "only {flips} bytes");
    verify(&reader).unwrap();
}

#[test]
fn a_fault_says_where_it_is() {
    let dir = tempfile::tempdir().unwrap();
    several_segments(dir.path());
    let path = &files(dir.path(), "log")[1];
    let mut bytes = fs::read(path).unwrap();
    let second = ends(&bytes, 2)[1];
    bytes[second + 60] ^= 1;
    fs::write(path, &bytes).unwrap();
    let reader = DecisionLog::open_read_only(dir.path()).unwrap();
    let told = verify(&reader).unwrap_err().to_string();
    assert!(told.starts_with(&format!("`decisions/00000002.log`, byte {second}, decision ")), "{told}");
    assert!(told.ends_with("damaged"), "{told}");
}

#[test]
fn a_torn_end_is_cut_off_wherever_it_was_torn() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 4 * KIB, config());
    keep_all(&log, 0..5);
    drop(log);
    let path = files(dir.path(), "log").pop().unwrap();
    let whole = fs::read(&path).unwrap();
    let ends = ends(&whole, 1);
    // Cut off in the middle of what was written, and as where only its first bytes reached a file of full length.
    for zeros_follow in [false, true] {
        for at in ends[2]..ends[5] {
            let mut torn = whole[..at].to_vec();
            if zeros_follow {
                torn.resize(whole.len(), 0);
            }
            fs::write(&path, &torn).unwrap();
            // A hash may end with a zero that nobody misses.
            let left = ends.iter().filter(|end| torn.starts_with(&whole[..**end])).count() as u64 - 1;
            let written = torn.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
            let log = open(dir.path(), 4 * KIB, config());
            let expected = written.saturating_sub(ends[left as usize]) as u64;
            assert_eq!(log.opened(), Opened { torn: expected, damaged: 0 }, "cut at {at}");
            assert_eq!(numbers(&all(&log)), (0..left).collect::<Vec<_>>(), "cut at {at}");
            keep_all(&log, left..left + 2);
            assert_eq!(verify(&log).unwrap().decisions, left + 2, "cut at {at}");
            drop(log);
        }
    }
}

#[rstest]
#[case::the_only_segment(1)]
#[case::a_later_segment(9)]
fn a_segment_that_was_not_begun_to_the_end_is_no_harm(#[case] decisions: u64) {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 2 * KIB, config());
    keep_all(&log, 0..decisions);
    drop(log);
    let path = files(dir.path(), "log").pop().unwrap();
    let (whole, segment) = (fs::read(&path).unwrap(), files(dir.path(), "log").len() as u32);
    let lost = all(&DecisionLog::open_read_only(dir.path()).unwrap());
    let header = ends(&whole, segment)[0];
    let before = segment::Header::read(&whole, segment).unwrap().first;
    assert!(lost.len() as u64 == decisions && (segment > 1) == (before > 0));
    for at in [0, 1, 60, header - 1] {
        fs::write(&path, &whole[..at]).unwrap();
        let log = open(dir.path(), 2 * KIB, config());
        assert_eq!((log.opened().torn, log.head().decisions), (at as u64, before));
        keep_all(&log, before..before + 3);
        assert_eq!(verify(&log).unwrap().decisions, before + 3);
        drop(log);
        let begun_anew: Vec<_> = files(dir.path(), "log").into_iter().filter(|file| *file >= path).collect();
        begun_anew.iter().for_each(|file| fs::remove_file(file).unwrap());
        let _ = fs::remove_file(path.with_extension("idx"));
    }
}

#[test]
fn damage_in_the_middle_is_told_and_nothing_is_cut() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 8 * KIB, config());
    keep_all(&log, 0..8);
    let head = log.head();
    drop(log);
    let path = files(dir.path(), "log").pop().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let third = ends(&bytes, 1)[2];
    bytes[third + 60] ^= 0x10;
    fs::write(&path, &bytes).unwrap();

    let log = open(dir.path(), 8 * KIB, config());
    assert!(log.opened().damaged > 0 && log.opened().torn == 0, "{:?}", log.opened());
    assert_eq!(log.head(), head);
    keep_all(&log, 8..11);
    assert_eq!(fs::read(&path).unwrap(), bytes);
    assert_eq!(numbers(&all(&log)), [0, 1, 3, 4, 5, 6, 7, 8, 9, 10]);
    let fault = verify(&log).unwrap_err();
    assert!(matches!(fault, LogFault::Damaged { number: Some(2), torn: false, .. }), "{fault}");
    drop(log);
    // The next start finds a whole end.
    let log = open(dir.path(), 8 * KIB, config());
    assert_eq!((log.opened(), log.head().decisions), (Opened::default(), 11));
    assert_eq!(
        numbers(&log.search(&Query { keys: vec![key(1)], limit: 9, ..Query::default() }).unwrap().decisions),
        [8, 1]
    );
}

#[test]
fn a_lost_segment_is_told_and_a_lost_index_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    several_segments(dir.path());
    let index = files(dir.path(), "idx").remove(0);
    let before = fs::read(&index).unwrap();
    fs::remove_file(&index).unwrap();
    let log = open(dir.path(), KIB, config());
    assert_eq!(log.search(&Query { keys: vec![key(1)], limit: 9, ..Query::default() }).unwrap().decisions.len(), 3);
    drop(log);
    assert_eq!(fs::read(&index).unwrap(), before);

    fs::remove_file(&files(dir.path(), "log")[1]).unwrap();
    let log = open(dir.path(), KIB, config());
    let fault = verify(&log).unwrap_err();
    assert!(matches!(fault, LogFault::Missing(2)), "{fault}");
    keep_all(&log, 16..20);
    assert_eq!(log.head().decisions, 20);
}
