//! What must be true of a register that was taken in as a whole.

use super::{Refusal, is_public};
use crate::ledger::happening::RegisterImported;

/// Most entries of a register.
const MOST_ENTRIES: u64 = 1_000_000_000_000;

/// An empty file would show that nobody is listed; and a register that is told in part only shows nothing either.
pub(super) fn check(import: &RegisterImported, found: &mut Vec<Refusal>) {
    if import.entries == 0 {
        found.push(Refusal::new("/entries", "too_small", "a register without entries shows nothing"));
    }
    if import.entries > MOST_ENTRIES {
        found.push(Refusal::new("/entries", "too_large", format!("this is more than {MOST_ENTRIES}")));
    }
    if !is_public(import.register) {
        let message = format!("`{}` is no register that anybody has as a whole", import.register);
        found.push(Refusal::new("/register", "not_a_whole_register", message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::register::Register;

    #[rstest::rstest]
    #[case(Register::Tps, 1, None)]
    #[case(Register::Mps, MOST_ENTRIES, None)]
    #[case(Register::Tps, 0, Some("/entries"))]
    #[case(Register::Tps, MOST_ENTRIES + 1, Some("/entries"))]
    #[case(Register::FundraisingPreference, 1, Some("/register"))]
    fn it_is_public_and_has_entries(#[case] register: Register, #[case] entries: u64, #[case] place: Option<&str>) {
        let mut found = Vec::new();
        check(&RegisterImported { register, entries }, &mut found);
        assert_eq!(found.first().map(|refusal| refusal.pointer.as_str()), place);
    }
}
