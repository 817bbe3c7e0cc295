//! What a panic says is not written anywhere: it may quote what was being handled.

/// Replaces what a panic prints by the place in the source where it happened. The process calls this once, at its
/// start: the hook is one for the whole process.
pub fn hide_what_panics_say() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place = place.as_deref(), "a panic; what it said is withheld, as it may quote a request");
    }));
}
