use super::{erasure::Notice, *};
use crate::ledger::{event::Event, identity::Identity};

const KEY: Identity = Identity::new([7; 32]);

fn event(id: &str) -> Vec<u8> {
    let event: Event = serde_json::from_value(serde_json::json!({
        "type": "consent_given", "id": id, "occurred_at": "2026-10-01T09:00:00Z", "sender": "acme",
        "recipient": { "email": "jo@example.com", "phone": "+447700900123" }, "channels": ["email"], "wording": "Yes",
    }))
    .unwrap();
    of_event(&event, &KEY, Timestamp::UNIX_EPOCH).unwrap()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn the_same_event_twice_has_one_digest_and_two_hashes() {
    let (first, second) = (event("1"), event("1"));
    let [a, b] = [&first, &second].map(|bytes| Record::read(bytes).unwrap());
    assert_eq!((a.id(), a.digest(), a.keys, a.entry, a.body), (b.id(), b.digest(), b.keys, b.entry, b.body));
    assert_ne!(a.head.payload_hash, b.head.payload_hash);
    assert_ne!(a.digest(), Record::read(&event("2")).unwrap().digest());
}

#[test]
fn an_erased_record_keeps_its_head_and_its_place_in_the_chain() {
    let bytes = event("1");
    let record = Record::read(&bytes).unwrap();
    let rest = record.erased();
    let erased = Record::read(&rest).unwrap();
    assert!(erased.is_erased() && !record.is_erased());
    assert_eq!((erased.matter, erased.id(), erased.recorded_at()), (Matter::Event, record.id(), record.recorded_at()));
    assert_eq!((erased.keys.len(), erased.entry, erased.body, erased.digest()), (0, &[][..], &[][..], &[0; 16]));
    assert_eq!(chain::next(&chain::START, 1, &erased), chain::next(&chain::START, 1, &record));
    let gone = [record.digest(), record.entry, record.body, record.keys.as_bytes(), &bytes[size_of::<Head>()..][..16]];
    assert!(gone.iter().all(|part| contains(&bytes, part) && !contains(&rest, part)));
}

/// Every bit of a record is found changed by its own hash or by the chain.
#[test]
fn a_flipped_bit_shows() {
    let whole = event("1");
    let erased = Record::read(&whole).unwrap().erased();
    let sound = chain::next(&chain::START, 1, &Record::read(&whole).unwrap());
    for bytes in [whole, erased] {
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let told = Record::read(&flipped).map(|record| chain::next(&chain::START, 1, &record));
            assert!(told.is_err() || told != Ok(sound), "bit {bit}");
        }
        assert!((0..bytes.len()).all(|length| Record::read(&bytes[..length]).is_err()));
        assert!(Record::read(&[bytes.as_slice(), &[0]].concat()).is_err());
    }
}

#[test]
fn the_chain_depends_on_all_before_it_and_on_the_place() {
    let (one, two) = (event("1"), event("2"));
    let (one, two) = (Record::read(&one).unwrap(), Record::read(&two).unwrap());
    let first = chain::next(&chain::START, 1, &one);
    assert_ne!(chain::next(&first, 2, &two), chain::next(&chain::START, 2, &two));
    assert_ne!(chain::next(&first, 2, &two), chain::next(&first, 3, &two));
    assert_ne!(chain::next(&first, 2, &two), chain::next(&first, 2, &one));
}

#[test]
fn every_notice_is_one_of_its_own() {
    let notice = Notice::new(erasure::Why::Erasure, "UK GDPR Art 17(1)", [1]);
    let [first, second] = [(); 2].map(|()| of_erasure(&notice, &KEY, Timestamp::UNIX_EPOCH).unwrap());
    let (first, second) = (Record::read(&first).unwrap(), Record::read(&second).unwrap());
    assert!(first.matter == Matter::Erasure && first.id() != second.id());
    assert_eq!(Notice::read(first.body, 2), Some(notice));
}
