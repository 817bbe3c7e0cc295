//! What text messages leave out of words.

use super::fnv;

/// The usual short forms of text messages, spelled out.
pub(super) const fn spelled_out(hash: u64) -> u64 {
    const U: u64 = fnv("u");
    const UR: u64 = fnv("ur");
    const TXT: u64 = fnv("txt");
    const MSG: u64 = fnv("msg");
    const PLS: u64 = fnv("pls");
    const WKLY: u64 = fnv("wkly");
    const NXT: u64 = fnv("nxt");
    match hash {
        U => fnv("you"),
        UR => fnv("your"),
        TXT => fnv("text"),
        MSG => fnv("message"),
        PLS => fnv("please"),
        WKLY => fnv("weekly"),
        NXT => fnv("next"),
        other => other,
    }
}
