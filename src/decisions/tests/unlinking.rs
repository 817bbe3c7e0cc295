//! Erasing the link to a person.

use rstest::rstest;

use super::*;

/// Whether a file of the log has these bytes.
fn any_file_has(dir: &Path, bytes: &[u8]) -> bool {
    let files = fs::read_dir(dir.join("decisions")).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    files.into_iter().any(|file| file.windows(bytes.len()).any(|window| window == bytes))
}

#[test]
fn an_erased_link_is_gone_from_every_file_and_all_else_stays() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 2 * KIB, config());
    keep_all(&log, 0..40);
    let head = log.head();
    let about = |n: &u64| draft(*n).keys.contains(&key(3));
    let expected = (0..40).filter(about).count() as u64;
    assert!(any_file_has(dir.path(), &key(3).0));

    assert_eq!(log.unlink(&[key(3)]).unwrap(), expected);
    assert_eq!(log.unlink(&[key(3), key(103), key(55)]).unwrap(), 0);
    let check = |log: &DecisionLog| {
        let found =
            |person| log.search(&Query { keys: vec![key(person)], limit: 100, ..Query::default() }).unwrap().decisions;
        // The other key of the same decisions went with it.
        assert!(found(3).is_empty() && found(103).is_empty() && found(4).len() > 4);
        for kept in all(log) {
            let whole = draft(kept.number);
            let unlinked = about(&kept.number);
            assert_eq!(kept.unlinked, unlinked);
            assert_eq!(kept.decision, if unlinked { Draft { keys: Keys::new(), ..whole } } else { whole });
        }
        let verified = verify(log).unwrap();
        assert_eq!((verified.unlinked, verified.decisions, verified.head), (expected, 40, head));
    };
    check(&log);
    drop(log);
    assert!(!any_file_has(dir.path(), &key(3).0) && !any_file_has(dir.path(), &key(103).0));
    assert!(any_file_has(dir.path(), &key(4).0));
    check(&open(dir.path(), 2 * KIB, config()));
}

/// A crash leaves the index of a segment away, and some of its records as they were.
#[rstest]
#[case(0)]
#[case(1)]
fn what_a_crash_left_is_taken_by_asking_again(#[case] blanked: usize) {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 4 * KIB, config());
    keep_all(&log, 0..40);
    drop(log);
    let (path, index) = (files(dir.path(), "log").remove(0), files(dir.path(), "idx").remove(0));
    fs::remove_file(index).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let header = segment::Header::read(&bytes, 1).unwrap().size;
    let links: Vec<_> = walk::Walk::new(&bytes, header, walk::Trust::Hashes)
        .filter_map(|piece| match piece {
            walk::Piece::Record(at, record) => Some((at, record)),
            walk::Piece::Damage(_) => None,
        })
        .flat_map(|(at, record)| record.items().map(move |stored| (at, stored)))
        .filter(|(_, stored)| stored.keys().any(|it| it == key(3)))
        .map(|(at, stored)| (at, stored.link_range()))
        .take(blanked)
        .collect();
    for (at, (from, size)) in links {
        bytes[at + from..][..size].fill(0);
    }
    fs::write(&path, bytes).unwrap();

    let log = open(dir.path(), 4 * KIB, config());
    assert_eq!(verify(&log).unwrap().unlinked, blanked as u64);
    let expected = (0..40).filter(|n| draft(*n).keys.contains(&key(3))).count() - blanked;
    assert_eq!(log.unlink(&[key(3)]).unwrap(), expected as u64);
    log.close();
    assert!(!any_file_has(dir.path(), &key(3).0));
    verify(&log).unwrap();
}

#[test]
fn links_are_erased_while_decisions_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), 4 * KIB, config::Decisions { max_size: 64 << 20, ..config() });
    let unlinked: u64 = std::thread::scope(|scope| {
        let writer = scope.spawn(|| keep_all(&log, 0..600));
        let mut unlinked = 0;
        while !writer.is_finished() {
            unlinked += log.unlink(&[key(3)]).unwrap();
            verify(&log).unwrap();
        }
        unlinked
    });
    let verified = verify(&log).unwrap();
    assert_eq!((verified.decisions, verified.unlinked), (600, unlinked));
    assert_eq!(unlinked + log.unlink(&[key(3)]).unwrap(), (0..600).filter(|n| n % 7 == 3).count() as u64);
    log.close();
    assert!(!any_file_has(dir.path(), &key(3).0));
    assert_eq!(verify(&log).unwrap().decisions, 600);
}
