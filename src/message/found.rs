//! What the message shows of its form: how to stop it, and who sends it.

mod address;
mod clause;
mod links;
mod means;
mod number;
mod opt_out;
mod roles;
mod sense;
mod split;

use self::{
    address::Addresses,
    clause::{Clause, Kind},
    means::{Target, is_no_reply},
    opt_out::{Search, says_preferences, says_unsubscribe},
    sense::names_something_else,
    split::clauses,
};
use super::{
    Part, PartName, Span, Unread, UnreadReason,
    gather::{Gathered, Link},
    mail::Fields,
};
use crate::terms::refusal::OptOut;

/// What the message shows of its form.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// It has a `List-Unsubscribe` field.
    pub list_unsubscribe: bool,
    /// It can be stopped by one click (RFC 8058).
    pub one_click: bool,
    /// The simplest way to refuse further messages that it shows.
    pub opt_out: Option<OptOut>,
    /// The words that tell of it.
    pub opt_out_words: Option<Span>,
    /// Whom it says it is from: the name in `From`.
    pub from: Option<String>,
    /// It gives an address to which one can answer: `Reply-To`, or a `From` that does not refuse answers, or an address
    /// in the text.
    pub reply_address: bool,
    /// It gives a postal address.
    pub postal_address: bool,
    /// The names of the tags of marketing campaigns in its links, such as `utm_campaign`.
    pub campaign_tags: Vec<String>,
    /// How many links it has.
    pub links: usize,
    /// How many pictures it has that have no words of their own.
    pub silent_pictures: usize,
}

/// A message with fewer words than these is its pictures, if it has any.
const FEW_WORDS: usize = 20;

/// Finds what the message shows of its form.
///
/// Pictures without words are told as unread where they may well be what the message says: it has fewer than twenty
/// words, or more such pictures than sentences and lines.
pub(super) fn find(gathered: &mut Gathered) -> Found {
    let mut walk = Walk::default();
    for (place, part) in gathered.parts.iter().enumerate() {
        let first = gathered.links.partition_point(|link| link.part < place);
        let links = gathered.links.get(first..).unwrap_or_default();
        let len = links.partition_point(|link| link.part == place);
        walk.part(place, part, links.get(..len).unwrap_or_default());
    }
    let mut found = Found { silent_pictures: gathered.silent_pictures, ..Found::default() };
    for fields in &gathered.fields {
        found.fields(fields, &mut walk.search);
    }
    if let Some(words) = walk.search.by_post.filter(|_| walk.addresses.postal) {
        walk.search.offer(OptOut::PostalAddress, Some(words));
    }
    found.reply_address |= walk.addresses.reply || walk.search.can_reply;
    found.postal_address = walk.addresses.postal;
    found.campaign_tags = walk.tags;
    found.links = walk.text_links.max(walk.html_links);
    found.opt_out = walk.search.means;
    found.opt_out_words = walk.search.words;
    let silent = gathered.silent_pictures;
    if silent > 0 && (walk.words < FEW_WORDS || silent > walk.clauses) {
        gathered.unread.push(Unread { reason: UnreadReason::Picture, span: None });
    }
    found
}

impl Found {
    fn fields(&mut self, fields: &Fields, search: &mut Search) {
        if let Some(list_unsubscribe) = &fields.list_unsubscribe {
            let lower = list_unsubscribe.to_ascii_lowercase();
            let (by_page, by_mail) = (lower.contains("https:") || lower.contains("http:"), lower.contains("mailto:"));
            self.list_unsubscribe |= by_page || by_mail;
            let post = fields.list_unsubscribe_post.as_deref().unwrap_or_default();
            // RFC 8058 asks for a page over HTTPS and for exactly this value.
            let is_one_click =
                post.trim().eq_ignore_ascii_case("List-Unsubscribe=One-Click") && lower.contains("https:");
            self.one_click |= is_one_click;
            if by_page {
                search.offer(OptOut::Link, None);
            } else if by_mail {
                search.offer(OptOut::EmailAddress, None);
            }
        }
        if self.from.is_none() {
            self.from.clone_from(&fields.from);
        }
        let answers = |address: &Option<String>| address.as_deref().is_some_and(|address| !is_no_reply(address));
        self.reply_address |= answers(&fields.reply_to) || fields.reply_to.is_none() && answers(&fields.from_address);
    }
}

/// A link, and where it leads.
#[derive(Debug)]
struct Led<'l> {
    link: &'l Link,
    target: Target,
    /// The means that it is, where its address says so.
    means: Option<OptOut>,
}

/// What was found so far on a walk over the parts.
#[derive(Debug, Default)]
struct Walk {
    search: Search,
    addresses: Addresses,
    tags: Vec<String>,
    text_links: usize,
    html_links: usize,
    words: usize,
    clauses: usize,
}

impl Walk {
    fn part(&mut self, place: usize, part: &Part, links: &[Link]) {
        if part.name == PartName::Subject {
            return;
        }
        let is_html = part.name == PartName::Html;
        self.search.begin_part();
        self.addresses.begin_part();
        let mut targets = Vec::new();
        let links: Vec<Led<'_>> = links.iter().map(|link| self.led(link)).collect();
        let mut rest = links.as_slice();
        clauses(&part.text, !is_html, |clause| {
            let range = clause.range();
            // Links follow one another as clauses do: those that end before this one are done with.
            while let Some((led, after)) = rest.split_first()
                && led.link.end <= range.start
            {
                self.silent_link(led);
                rest = after;
            }
            targets.clear();
            let here = rest.iter().take_while(|led| led.link.start < range.end);
            targets.extend(here.clone().map(|led| led.target));
            self.search.clause(place, clause, &targets);
            for led in here {
                self.telling_link(clause, led);
            }
            self.plain_links(place, is_html, clause);
            self.addresses.clause(clause);
            self.words += clause.bits.iter().filter(|bit| bit.kind == Kind::Word).count();
            self.clauses += 1;
        });
        for led in rest {
            self.silent_link(led);
        }
    }

    /// Looks at where a link leads: once, for its words may be of many clauses.
    fn led<'l>(&mut self, link: &'l Link) -> Led<'l> {
        let target = Target::of(&link.href);
        links::campaign_tags(&link.href, &mut self.tags);
        self.html_links += usize::from(target == Target::Page);
        let href = link.href.to_ascii_lowercase();
        let says = says_unsubscribe(&href) || says_preferences(&href) && target == Target::Page;
        Led { link, target, means: target.means().filter(|_| says) }
    }

    /// A link without words, as one on a picture.
    fn silent_link(&mut self, led: &Led<'_>) {
        if let Some(means) = led.means.filter(|_| led.link.start >= led.link.end) {
            self.search.offer(means, None);
        }
    }

    /// A link whose address says what it is for.
    fn telling_link(&mut self, clause: &Clause, led: &Led<'_>) {
        if let Some(means) = led.means
            && !names_something_else(clause, 0, clause.bits.len())
        {
            let Link { part, start, end, .. } = *led.link;
            self.search.offer(means, Some(Span { part, start, end }));
        }
    }

    /// Addresses of the net that stand in the text.
    fn plain_links(&mut self, place: usize, is_html: bool, clause: &Clause) {
        for (index, bit) in clause.bits.iter().enumerate() {
            if bit.kind != Kind::Url {
                continue;
            }
            let href = clause.word(index);
            links::campaign_tags(href, &mut self.tags);
            self.text_links += usize::from(!is_html);
            if says_unsubscribe(href) && !names_something_else(clause, 0, clause.bits.len()) {
                let span = Span { part: place, start: bit.range.start, end: bit.range.end };
                self.search.offer(OptOut::Link, Some(span));
            }
        }
    }
}

#[cfg(test)]
mod tests;
