//! Which software, or whose servers, wrote a Received field.

use serde::Serialize;

/// Makes the enum and the names from one list, so that no dialect lacks a name.
macro_rules! dialects {
    ($($(#[$doc:meta])* $variant:ident $name:literal,)*) => {
        /// Whose way of writing a Received field was recognised. It says who wrote the line, as far as the line shows it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Dialect {
            $($(#[$doc])* $variant,)*
            /// None of the known ones: read by the grammar alone.
            Generic,
        }

        impl Dialect {
            /// The name of the product or provider, the same in every language; `None` for [`Self::Generic`].
            #[must_use]
            pub const fn name(self) -> Option<&'static str> {
                match self {
                    $(Self::$variant => Some($name),)*
                    Self::Generic => None,
                }
            }

            pub const ALL: &[Self] = &[$(Self::$variant,)* Self::Generic];
        }
    };
}

dialects! {
    // Servers
    Postfix "Postfix",
    Exim "Exim",
    Sendmail "Sendmail",
    Qmail "qmail",
    Qpsmtpd "qpsmtpd",
    Courier "Courier",
    OpenSmtpd "OpenSMTPD",
    DragonFly "DragonFly Mail Agent",
    Haraka "Haraka",
    Stalwart "Stalwart",
    Mox "mox",
    Halon "Halon",
    ZoneMta "ZoneMTA",
    James "Apache James",
    ZMailer "ZMailer",
    XMail "XMail",
    PostOffice "Post.Office",
    Exchange "Microsoft Exchange",
    /// Microsoft's SMTP service of IIS, and Exchange 2000 and 2003.
    Smtpsvc "Microsoft SMTPSVC",
    Domino "HCL Domino",
    Oracle "Oracle Communications Messaging Server",
    CommuniGate "CommuniGate Pro",
    MDaemon "MDaemon",
    Kerio "Kerio Connect",
    HMailServer "hMailServer",
    // The last step, and what stands beside a server
    Dovecot "Dovecot",
    Cyrus "Cyrus IMAP",
    Zimbra "Zimbra",
    /// Delivery by LMTP that names no software.
    Lmtp "LMTP",
    Amavis "amavis",
    Fetchmail "fetchmail",
    Getmail "getmail",
    Mailman "Mailman",
    // Web pages
    Horde "Horde",
    Roundcube "Roundcube",
    SquirrelMail "SquirrelMail",
    // Filters
    Proofpoint "Proofpoint",
    Mimecast "Mimecast",
    MessageLabs "Symantec Email Security.cloud (MessageLabs)",
    Barracuda "Barracuda",
    IronPort "Cisco Secure Email (IronPort)",
    FortiMail "FortiMail",
    TrendMicro "Trend Micro",
    Sophos "Sophos",
    // Sending services
    AmazonSes "Amazon SES",
    SendGrid "SendGrid",
    Mailgun "Mailgun",
    SparkPost "SparkPost (Momentum)",
    Mailchimp "Mailchimp",
    PowerMta "PowerMTA",
    // Providers
    ExchangeOnline "Exchange Online",
    Google "Google",
    Yahoo "Yahoo / AOL",
    Icloud "Apple iCloud",
    Fastmail "Fastmail",
    Yandex "Yandex",
    /// GMX, WEB.DE, mail.com and IONOS.
    Nemesis "GMX / WEB.DE / IONOS",
    // Providers in Japan
    Docomo "NTT docomo",
    Au "au (KDDI)",
    Softbank "SoftBank",
    Ocn "OCN",
    Nifty "@nifty",
    Biglobe "BIGLOBE",
    SoNet "So-net",
    Sakura "SAKURA internet",
    Iij "IIJ",
    Xserver "Xserver",
    Kagoya "KAGOYA",
}
