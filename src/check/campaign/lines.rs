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
            Ok::<_, CheckError>(Common { message, when, facts, question, measure, companies: Companies::default() })
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
        let Some(common) = &mut self.common else {
            return Err(CheckError::UnknownSender { pointer: "/sender", did_you_mean: None });
        };
        let Message { request, posed, name } = common.message;
        let (view, identity) = (self.view, self.context.identity);
        if request.given.is_empty() && request.campaign.as_ref().is_none_or(|name| !recipient.appears_in(&name.0)) {
            let reached = Reached::of(request, recipient)?;
            let records = Records::of(&reached, &posed.parties, identity);
            let companies = Some(&mut common.companies);
            let standing = gather::standing(&records, &common.question, &NOTHING_GIVEN, view, companies)?;
            let measure = house::Measure {
                request,
                reached: &reached,
                parties: &posed.parties,
                when: &common.when,
                given: &NOTHING_GIVEN,
                view,
                identity,
            };
            let house = house::house(measure)?;
            let sources = Sources::of(recipient, &standing);
            let Facts { as_of, at, .. } = common.facts;
            self.key.clear();
            self.key.extend([1, u8::from(common.when.live), as_of.month() as u8, as_of.day() as u8]);
            self.key.extend_from_slice(&as_of.year().to_le_bytes());
            self.events.clear();
            let mut key = Key { bytes: &mut self.key, events: &mut self.events };
            let who = gather::recipient(recipient, at, &standing);
            let person = Person { recipient: who, standing: &standing, house: &house, sources: &sources };
            if key.person(&person, &common.measure) {
                let find = || {
                    let rests_on = RestsOn {
                        now: self.context.now,
                        live: common.when.live,
                        sources,
                        standing: &standing,
                        parties: &posed.parties,
                        reading: posed.reading.as_ref(),
                        revision: self.revision,
                    };
                    let facts = gather::about(&common.facts, recipient, &standing, house);
                    Kind::of(&facts, &rests_on, &self.events, |answer| tell(self.campaign, answer))
                };
                if let Some(kind) = self.campaign.kinds.get_or(&self.key, find) {
                    let name = name.clone();
                    let sender = posed.parties.sender.id.clone();
                    let keys = records.keys();
                    let draft = |id, body| Draft {
                        id,
                        at: self.context.now,
                        sender,
                        campaign: name,
                        parent: Some(self.campaign.id),
                        allow: kind.allow,
                        rules: kind.rules.clone(),
                        keys,
                        body,
                    };
                    let filling = Filling {
                        events: &self.events,
                        decision_id: clock::new_id(self.context.now),
                        revision: self.revision.0,
                        now: at,
                    };
                    let body = kind.dossier(&filling, &self.end);
                    self.block.drafts.push(draft(filling.decision_id, body));
                    begin(reference, &mut self.block.answers);
                    kind.answer(&filling, &mut self.block.answers);
                    self.block.answers.push(b'\n');
                    self.count(kind);
                    return Ok(());
                }
            }
        }
        let whole = SendRequest { recipient: recipient.clone(), ..request.clone() };
        self.request(reference, &whole)
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
        let (draft, kind) = weigh::decided(request, self.view, self.context, None, decide)?;
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
