//! The means by which a message reaches a person, and which of them are "electronic mail".

use super::{recipient::DetailKind, register::Register};

vocabulary! {
    /// How the message reaches the person.
    ///
    /// PECR reg 2(1) makes *electronic mail* of every text, voice, sound or image message that can be stored until it
    /// is collected: the first seven channels. A message left by an agent on a voicemail is `voicemail`, not a call.
    pub enum Channel {
        /// An email.
        Email = 0 => "email",
        /// A text message (PECR reg 2(1) names SMS).
        Sms = 1 => "sms",
        /// A picture or video message.
        Mms = 2 => "mms",
        /// A recorded message left in a person's voicemail box.
        Voicemail = 3 => "voicemail",
        /// A message to one person inside an app.
        InApp = 4 => "in_app",
        /// A private message to one person on a social network.
        SocialMessage = 5 => "social_message",
        /// A push notification. Whether it is electronic mail is disputed; see `pecr.reg22.consent`.
        Push = 6 => "push",
        /// A call made by a person (PECR reg 21).
        LiveCall = 7 => "live_call",
        /// A call that plays recorded matter (PECR reg 19).
        AutomatedCall = 8 => "automated_call",
        /// A fax (PECR reg 20).
        Fax = 9 => "fax",
        /// A letter or a leaflet.
        Post = 10 => "post",
        /// An advertisement shown on a web page, in a feed or in a search.
        OnlineAdvertising = 11 => "online_advertising",
    }
}

impl Channel {
    /// Whether this is electronic mail in the sense of PECR reg 2(1).
    ///
    /// A push notification counts: the regulator's 2020 draft code named it and the definition fits.
    #[must_use]
    pub const fn is_electronic_mail(self) -> bool {
        match self {
            Self::Email | Self::Sms | Self::Mms | Self::Voicemail | Self::InApp | Self::SocialMessage | Self::Push => {
                true
            }
            Self::LiveCall | Self::AutomatedCall | Self::Fax | Self::Post | Self::OnlineAdvertising => false,
        }
    }

    /// The kind of contact detail that this channel uses to reach the person.
    #[must_use]
    pub const fn reached_by(self) -> DetailKind {
        match self {
            Self::Email => DetailKind::Email,
            Self::Sms | Self::Mms | Self::Voicemail | Self::LiveCall | Self::AutomatedCall | Self::Fax => {
                DetailKind::Phone
            }
            Self::InApp | Self::SocialMessage | Self::Push | Self::OnlineAdvertising => DetailKind::Account,
            Self::Post => DetailKind::Postal,
        }
    }
}

impl Channel {
    /// The public registers of those who do not want marketing by this channel (PECR regs 25 and 26); none where the
    /// law asks for consent whatever a register says.
    #[must_use]
    pub const fn registers(self) -> &'static [Register] {
        match self {
            Self::LiveCall => &[Register::Tps, Register::Ctps],
            Self::Fax => &[Register::FaxRegister],
            Self::Post => &[Register::Mps],
            Self::Email
            | Self::Sms
            | Self::Mms
            | Self::Voicemail
            | Self::InApp
            | Self::SocialMessage
            | Self::Push
            | Self::AutomatedCall
            | Self::OnlineAdvertising => &[],
        }
    }

    /// The channels that a person would not tell from this one: who says STOP to a text means a picture message too,
    /// and who wants no calls wants none from a machine and none on the answering machine.
    #[must_use]
    pub const fn kin(self) -> &'static [Self] {
        match self {
            Self::Sms | Self::Mms => &[Self::Sms, Self::Mms],
            Self::Voicemail => &[Self::Voicemail, Self::LiveCall, Self::AutomatedCall],
            Self::Email => &[Self::Email],
            Self::InApp => &[Self::InApp],
            Self::SocialMessage => &[Self::SocialMessage],
            Self::Push => &[Self::Push],
            Self::LiveCall => &[Self::LiveCall],
            Self::AutomatedCall => &[Self::AutomatedCall, Self::LiveCall],
            Self::Fax => &[Self::Fax],
            Self::Post => &[Self::Post],
            Self::OnlineAdvertising => &[Self::OnlineAdvertising],
        }
    }
}

/// A set of channels, as sixteen bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChannelSet(pub u16);

impl ChannelSet {
    /// Whether no channel is named.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the channel is named.
    #[must_use]
    pub const fn contains(self, channel: Channel) -> bool {
        self.0 & (1 << channel.code()) != 0
    }
}

impl FromIterator<Channel> for ChannelSet {
    fn from_iter<I: IntoIterator<Item = Channel>>(channels: I) -> Self {
        Self(channels.into_iter().fold(0, |bits, channel| bits | (1 << channel.code())))
    }
}
