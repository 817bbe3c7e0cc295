//! The lines of a campaign, decided one after the other at one moment.

use std::sync::Arc;

use super::{Block, Campaign, Message, Screened, told::Short};
use crate::{
    check::{
        Asked, CheckError, Context, RestsOn, When,
        answer::Answer,
        consulted::Records,
        dossier::{self, Sources},
        gather::{self, Companies, Given, Reached},
        house,
        kind::{Filling, Key, Kind, Measure, Person},
        request::{Recipient, SendRequest},
        weigh::{self, Weighed},
    },
    clock,
    decisions::Draft,
    facts::{EventRef, Facts, Wording},
    ledger::history::Question,
    store::{Revision, View},
};

/// Decides lines. What they have in common is found once.
pub struct Lines<'c> {
    campaign: &'c Campaign,
    common: Option<Common<'c>>,
    view: &'c dyn View,
    context: Context<'c>,
    asked: Asked<'c>,
    /// The end of each dossier.
    end: Vec<u8>,
    revision: Revision,
    block: &'c mut Block,
    tallies: Vec<(Arc<Kind<Short>>, u64)>,
    key: Vec<u8>,
    events: Vec<EventRef<'c>>,
}

impl std::fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lines").field("campaign", &self.campaign.id).finish_non_exhaustive()
    }
}

/// What the message asks, at one moment.
struct Common<'c> {
    message: &'c Message,
    when: When,
    facts: Facts<'c>,
    question: Question<'c>,
    measure: Measure,
    companies: Companies,
    /// How the key of every kind begins. All the rest of the message is the same for each line; the day may change.
    key: [u8; 6],
}

static NOTHING_GIVEN: Given = Given::none();

impl<'c> Lines<'c> {
    pub(super) fn new(
        campaign: &'c Campaign,
        words: &'c [Wording<'c>],
        view: &'c dyn View,
        context: Context<'c>,
        asked: Asked<'c>,
        block: &'c mut Block,
    ) -> Result<Self, CheckError> {
        let common = |message: &'c Message| {
            let Message { request, posed, .. } = message;
            let when = When::of(request.as_of, context.now)?;
            let facts = posed.facts(request, &when, posed.content(request, words));
            let (question, measure) = (posed.question(request, &when), Measure::of(&facts));
            Ok::<_, CheckError>(Common {
                message,
                when,
                facts,
                question,
                measure,
                companies: Companies::default(),
                key: key(&when),
            })
        };
        Ok(Self {
            campaign,
            common: campaign.message.as_ref().map(common).transpose()?,
            view,
            context,
            asked,
            end: dossier::end(&asked, asked.took_us()),
            revision: view.applied()?,
            block,
            tallies: Vec::new(),
            key: Vec::new(),
            events: Vec::new(),
        })
    }

    /// The answers to the lines before this one, to put others among them.
    pub fn block(&mut self) -> &mut Block {
        self.block
    }

    /// Decides for one person what the campaign asks: the answer, and what is to be kept of it, go into the block.
    ///
    /// # Errors
    /// [`CheckError`], when there is no decision; then the block is as it was.
    pub fn recipient(&mut self, reference: Option<&str>, recipient: &Recipient) -> Result<(), CheckError> {
        let Some(Common { message: Message { request, .. }, .. }) = self.common else {
            return Err(CheckError::UnknownSender { pointer: "/sender", did_you_mean: None });
        };
        let is_named = request.campaign.as_ref().is_some_and(|name| recipient.appears_in(&name.0));
        let is_plain = request.given.is_empty() && !is_named;
        if is_plain && self.by_kind(reference, recipient)? {
            return Ok(());
        }
        let whole = SendRequest { recipient: recipient.clone(), ..request.clone() };
        self.request(reference, &whole)
    }

    /// Decides by what the rules make of the person's kind; whether there is one.
    fn by_kind(&mut self, reference: Option<&str>, recipient: &Recipient) -> Result<bool, CheckError> {
        let Self { campaign, common: Some(common), view, context, revision, key, events, block, .. } = self else {
            return Ok(false);
        };
        let Message { request, posed, name } = common.message;
        let (view, identity) = (*view, context.identity);
        let reached = Reached::of(request, recipient)?;
        let records = Records::of(&reached, &posed.parties, identity);
        let companies = Some(&mut common.companies);
        let standing = gather::standing(&records, &common.question, &NOTHING_GIVEN, view, companies)?;
        let house = house::house(house::Measure {
            request,
            reached: &reached,
            parties: &posed.parties,
            when: &common.when,
            given: &NOTHING_GIVEN,
            view,
            identity,
        })?;
        let sources = Sources::of(recipient, &standing);
        key.clear();
        key.extend_from_slice(&common.key);
        events.clear();
        let who = gather::recipient(recipient, common.facts.at, &standing);
        let person = Person { recipient: who, standing: &standing, house: &house, sources: &sources };
        if !(Key { bytes: &mut *key, events: &mut *events }).person(&person, &common.measure) {
            return Ok(false);
        }
        let find = || {
            let rests_on = RestsOn {
                now: context.now,
                live: common.when.live,
                sources,
                standing: &standing,
                parties: &posed.parties,
                reading: posed.reading.as_ref(),
                revision: *revision,
            };
            let facts = gather::about(&common.facts, recipient, &standing, house);
            Kind::of(&facts, &rests_on, events, |answer| tell(campaign, answer))
        };
        let Some(kind) = campaign.kinds.get_or(key, find) else { return Ok(false) };
        let id = clock::new_id(context.now);
        let filling = Filling { events, decision_id: id, revision: revision.0, now: common.facts.at };
        begin(reference, &mut block.answers);
        kind.answer(&filling, &mut block.answers);
        block.answers.push(b'\n');
        block.drafts.push(Draft {
            id,
            at: context.now,
            sender: posed.parties.sender.id.clone(),
            campaign: name.clone(),
            parent: Some(campaign.id),
            allow: kind.allow,
            rules: kind.rules.clone(),
            keys: records.keys(),
            body: kind.dossier(&filling, &self.end),
        });
        self.count(kind);
        Ok(true)
    }

    /// The same for a line that is a whole send request.
    ///
    /// # Errors
    /// [`CheckError`], when there is no decision; then the block is as it was.
    pub fn request(&mut self, reference: Option<&str>, request: &SendRequest) -> Result<(), CheckError> {
        let (asked, campaign) = (self.asked, self.campaign);
        let answers = &mut self.block.answers;
        let decide = |weighed: &Weighed<'_, '_>| {
            let mut events = Vec::new();
            let Some(kind) = weighed.kind(&campaign.kinds, &mut events, |answer| tell(campaign, answer)) else {
                let (answer, draft) = weighed.answer_on_record(false, asked);
                begin(reference, answers);
                // Into memory nothing fails to be written.
                let text = serde_json::to_string(&Screened::of(None, campaign.id, &answer)).unwrap_or_default();
                answers.extend_from_slice(text.get(1..).unwrap_or_default().as_bytes());
                return (draft, Err(Short::of(answer)));
            };
            begin(reference, answers);
            let (draft, _) = weighed.of_kind(&kind, &events, asked, answers);
            (draft, Ok(kind))
        };
        let (draft, kind) = weigh::decided(request, self.view, self.context, Some(&campaign.profiles), decide)?;
        self.block.answers.push(b'\n');
        self.block.drafts.push(Draft { parent: Some(campaign.id), ..draft });
        match kind {
            Ok(kind) => self.count(kind),
            Err(short) => self.block.totals.take(&short, 1),
        }
        Ok(())
    }

    fn count(&mut self, kind: Arc<Kind<Short>>) {
        match self.tallies.iter_mut().find(|(known, _)| Arc::ptr_eq(known, &kind)) {
            Some((_, decisions)) => *decisions += 1,
            None => self.tallies.push((kind, 1)),
        }
    }

    /// Sums up.
    pub(super) fn end(self) {
        self.tallies.iter().for_each(|(kind, decisions)| self.block.totals.take(&kind.told, *decisions));
    }
}

/// How the keys begin of the kinds that are found for recipients. Those for whole requests begin with 0 or 1.
fn key(when: &When) -> [u8; 6] {
    let [low, high] = when.day.year().to_le_bytes();
    [2, u8::from(when.live), low, high, when.day.month() as u8, when.day.day() as u8]
}

/// What is written for a kind, but for how a line begins.
fn tell(campaign: &Campaign, mut answer: Answer) -> (String, Short) {
    // Of these lines the warnings come at the end.
    answer.warnings.pop();
    let mut text = serde_json::to_string(&Screened::of(None, campaign.id, &answer)).unwrap_or_default();
    text.drain(..1.min(text.len()));
    (text, Short::of(answer))
}

/// How a line begins: with the caller's name for it.
fn begin(reference: Option<&str>, answers: &mut Vec<u8>) {
    answers.push(b'{');
    if let Some(reference) = reference {
        answers.extend_from_slice(br#""ref":"#);
        // Into memory nothing fails to be written.
        let _ = serde_json::to_writer(&mut *answers, reference);
        answers.push(b',');
    }
}
