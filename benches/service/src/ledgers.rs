//! The ledgers that are asked about: filled once, and kept between runs.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    thread,
    time::Instant,
};

use jiff::Timestamp;
use maysend::{
    clock, config,
    ledger::{
        event::Event,
        identity::{Identity, Normalised, RecipientKey},
        record,
        sender::Sender,
    },
    store::{Store as _, key_file, lmdb},
    terms::recipient::DetailKind,
};

use crate::{Outcome, population, settings::Settings};

/// What a ledger may grow to; the file takes up only what is used.
pub(crate) const MAP_SIZE: &str = "64 GiB";
/// People whose records are made and kept at a time.
const TOGETHER: usize = 10_000;
/// Changes when what is filled in changes: an older ledger is then filled anew.
const VERSION: &str = "1";

/// The data directory of a ledger of so many recipients.
pub(crate) fn filled(settings: &Settings, people: u64) -> Outcome<PathBuf> {
    let directory = settings.ledgers.join(people.to_string());
    let mark = directory.join("filled");
    if fs::read_to_string(&mark).is_ok_and(|version| version == VERSION) {
        return Ok(directory);
    }
    if directory.exists() {
        fs::remove_dir_all(&directory)?;
    }
    let began = Instant::now();
    fill(&directory, people)?;
    fs::write(&mark, VERSION)?;
    let mebibytes = size(&directory)? >> 20;
    println!("a ledger of {people} recipients: {mebibytes} MiB, filled in {:.0} s", began.elapsed().as_secs_f64());
    Ok(directory)
}

/// Reads a ledger's files once, so that they lie in the page cache as far as there is room.
pub(crate) fn read_through(directory: &Path) -> Outcome<()> {
    let mut buffer = vec![0; 1 << 20];
    for path in files(directory)? {
        let mut file = fs::File::open(path)?;
        while file.read(&mut buffer)? > 0 {}
    }
    Ok(())
}

/// Bytes on disk of a directory: of a sparse file what it takes up.
pub(crate) fn size(directory: &Path) -> Outcome<u64> {
    use std::os::unix::fs::MetadataExt as _;
    files(directory)?.iter().map(|file| Ok(fs::metadata(file)?.blocks() * 512)).sum()
}

fn files(directory: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    Ok(found)
}

/// In the order of the keys, so that each transaction changes a few pages: in any other order ten million people would
/// change nearly every page of the store again and again.
fn fill(directory: &Path, people: u64) -> Outcome<()> {
    let config = config::Store {
        data_dir: directory.to_owned(),
        map_size: 64 << 30,
        key: None,
        key_file: None,
        allow_network_fs: false,
    };
    let identity = key_file::load_or_create(&config)?;
    let store = lmdb::open(&config, &identity)?;
    let acme: Sender = serde_json::from_value(population::profile())?;
    let now = clock::now();
    store.append(vec![record::of_sender(population::SENDER, &acme, &identity, now)?]).blocking_recv()??;
    let mut order = (0..people).map(|person| Ok((key(person, &identity)?.0, person))).collect::<Outcome<Vec<_>>>()?;
    order.sort_unstable();
    let mut kept = None;
    // The next records are made while the last ones go to disk.
    for chunk in order.chunks(TOGETHER) {
        let records = records(chunk, &identity, now)?;
        if let Some(kept) = kept.replace(store.append(records)) {
            kept.blocking_recv()??;
        }
    }
    if let Some(kept) = kept {
        kept.blocking_recv()??;
    }
    store.close();
    Ok(())
}

fn key(person: u64, identity: &Identity) -> Outcome<RecipientKey> {
    let email = Normalised::new(DetailKind::Email, &population::email(person).as_str().into())?;
    Ok(identity.recipient_key(Some(population::SENDER), &email))
}

/// The records of some people, made on all cores.
fn records(people: &[([u8; 16], u64)], identity: &Identity, now: Timestamp) -> Outcome<Vec<Vec<u8>>> {
    let cores = thread::available_parallelism()?.get();
    let each =
        |some: &[([u8; 16], u64)]| some.iter().map(|one| of_person(*one, identity, now)).collect::<Outcome<Vec<_>>>();
    let made = thread::scope(|scope| {
        let threads: Vec<_> =
            people.chunks(people.len().div_ceil(cores).max(1)).map(|some| scope.spawn(move || each(some))).collect();
        threads.into_iter().map(|thread| thread.join().map_err(|_| "a thread stopped")?).collect::<Outcome<Vec<_>>>()
    })?;
    Ok(made.into_iter().flatten().flatten().collect())
}

fn of_person((key, person): ([u8; 16], u64), identity: &Identity, now: Timestamp) -> Outcome<Vec<Vec<u8>>> {
    let events = population::events(person).into_iter().map(|event| {
        let mut event: Event = serde_json::from_value(event)?;
        // An id that is kept near the person's history: see `Identity::word`.
        event.id = format!("b-{}", identity.word(&RecipientKey(key), &[event.id.as_bytes()]));
        Ok(record::of_event(&event, identity, now)?)
    });
    events.collect()
}
