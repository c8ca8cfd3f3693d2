//! The known sending services and mailbox providers: what mail of theirs looks like, and what their customers must set there
//! for the author domain's own signature or envelope sender. All of it is data in `assets/senders.toml`.

mod index;
mod read;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize, Serializer};

pub use index::{Found, Services};
pub use read::Fault;

/// A service, hoster or provider that mail comes from or passes through.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Service {
    pub id: String,
    pub name: String,
    /// Its name in Japanese, where it differs.
    pub name_ja: Option<String>,
    pub kind: ServiceKind,
    /// The services whose servers it sends through: then it is the product, and they are the carriers.
    #[serde(default)]
    pub carried_by: Vec<String>,
    /// Where what is said here was seen or read; a matcher may name another source.
    pub source: String,
    pub matchers: Vec<Matcher>,
    pub setup: Option<Setup>,
}

/// A service stands in a report by its id.
impl Serialize for Service {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.id)
    }
}

/// What a service does for whose mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceKind {
    /// Sends what its customers write to their readers.
    SendingService,
    /// Does something else, such as a shop, a help desk or a survey, and sends mail in its customers' names for it.
    Application,
    /// Sends its own notifications.
    OwnMail,
    /// Keeps mailboxes under its own domains.
    MailboxProvider,
    /// Keeps mailboxes under its customers' domains.
    BusinessMail,
    /// Keeps web sites and mailboxes under its customers' domains.
    Hoster,
    /// Takes mail over from other servers, looks through it and sends it on.
    Filter,
    /// Sends on what arrives at an address.
    Forwarder,
    /// Keeps mailing lists.
    ListHost,
    /// Rents out machines: its names only say where one stands.
    ServerRental,
}

impl ServiceKind {
    /// It sends in its customers' names, so that they have to set up something there.
    #[must_use]
    pub const fn sends_for_customers(self) -> bool {
        matches!(self, Self::SendingService | Self::Application)
    }
}

/// What shows a service.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Matcher {
    pub on: On,
    /// A domain stands for itself and the names below it; `*` stands for anything. For [`On::FeedbackId`] the last part of
    /// the field, for [`On::Header`] the name of a field.
    pub is: String,
    /// What the value of that field must look like.
    pub value: Option<String>,
    pub known: Known,
    pub source: Option<String>,
}

/// What a matcher is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum On {
    /// The reverse name of the connecting address, or the name it gave itself.
    Host,
    /// `d=` of a DKIM signature.
    Dkim,
    /// The domain of the envelope sender.
    Envelope,
    /// A domain whose SPF record lists the service's addresses.
    Spf,
    /// The name that a customer's CNAME leads to.
    Cname,
    /// The name servers that a customer's subdomain is handed over to.
    Ns,
    /// `d=` of the ARC seals (RFC 8617) that its servers make. It shows nobody by itself: anybody can have a sealed message.
    Seal,
    /// The right side of Message-ID.
    MessageId,
    /// The last part of Feedback-ID.
    FeedbackId,
    /// A field of the header.
    Header,
}

/// How well a fact about a service is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// Written down from memory; nobody saw or read it.
    Hint,
    /// Others saw it, in mail archives or in DNS.
    Reported,
    /// The service says so.
    Documented,
    /// Seen in mail that authentication or a receiving server tied to the service.
    Seen,
}

impl Known {
    /// Good enough to name the service without reserve where the message itself is proved to bear the mark.
    #[must_use]
    pub const fn is_firm(self) -> bool {
        matches!(self, Self::Documented | Self::Seen)
    }
}

/// What a customer sets, so that the service's mail proves the customer's domain.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Setup {
    /// How the author domain gets a signature of its own.
    pub dkim: Option<DkimSetup>,
    /// How many records that takes in the customer's DNS.
    pub records: Option<u8>,
    /// The selectors, where they are the same for every customer.
    #[serde(default)]
    pub selectors: Vec<String>,
    /// What the CNAME records lead to, one for each selector; `<domain>` stands for the customer's domain, `<dashed-domain>`
    /// for the same with hyphens in place of its dots, any other `<…>` for what the service's console shows.
    #[serde(default)]
    pub targets: Vec<String>,
    /// The domain the service signs as until that is done. It never aligns.
    pub signs_as: Option<String>,
    /// Whose domain the envelope sender has, and how it becomes the customer's.
    pub envelope: Option<EnvelopeSetup>,
    /// What the CNAME or MX record of the envelope domain leads to.
    pub envelope_target: Option<String>,
    /// What the envelope domain's SPF record includes.
    pub spf: Option<String>,
    /// Where the service explains it.
    pub page: Option<String>,
    pub known: Known,
}

/// How the author domain gets a signature of its own at a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DkimSetup {
    /// CNAME records to keys that the service keeps.
    Cname,
    /// A TXT record with the key that the service shows.
    Txt,
    /// A subdomain is handed over to the service with NS or CNAME records.
    Delegation,
    /// The customer makes a pair of keys and gives the private one to the service.
    KeyPair,
    /// It is switched on at the service; which records it asks for is shown there.
    Setting,
    /// It is applied for at the service.
    Application,
    /// The service signs nothing; the signature of the server before it stays.
    Upstream,
    /// It signs with the customer's domain by itself.
    Automatic,
    /// There is none.
    Impossible,
}

/// How the envelope sender becomes the customer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EnvelopeSetup {
    /// It is the customer's address from the start; its SPF record must allow the service.
    Author,
    /// A name below the customer's domain, with a CNAME record to the service.
    Cname,
    /// A name below the customer's domain, with an MX and an SPF record.
    Mx,
    /// The subdomain that is handed over to the service.
    Delegation,
    /// It is set at the service.
    Setting,
    /// It is applied for at the service, or comes with a higher plan.
    Application,
    /// It stays with the service: SPF never speaks for the author domain.
    Service,
}

/// A name of [`Setup`] as it is for that domain.
#[must_use]
pub fn for_domain(template: &str, domain: &str) -> String {
    template.replace("<domain>", domain).replace("<dashed-domain>", &domain.replace('.', "-"))
}

/// The services that the program knows.
#[must_use]
pub fn known() -> &'static Services {
    static KNOWN: LazyLock<Services> = LazyLock::new(|| Services::read(include_str!("../../assets/senders.toml")).0);
    &KNOWN
}

#[cfg(test)]
mod tests;
