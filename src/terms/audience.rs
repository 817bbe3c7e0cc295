//! To whom printed matter or an advertisement is directed.

vocabulary! {
    /// To whom a letter, a leaflet or an advertisement is directed. Every other channel reaches one person anyway.
    pub enum Audience {
        /// One person, by name or by an address that is that person's.
        Person = 0 => "person",
        /// People on a list that the sender matched or uploaded: custom audiences and those that resemble them.
        Listed = 1 => "listed",
        /// People chosen by what is known or inferred of them.
        Profiled = 2 => "profiled",
        /// Nobody in particular: "the occupier", every door of a street, every reader of a page.
        Unaddressed = 3 => "unaddressed",
    }
}
