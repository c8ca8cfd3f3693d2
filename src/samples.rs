//! The embedded messages, each with the answers DNS gave for it, so that everything works without a network.

use crate::dns::{Snapshot, SnapshotError};

/// One embedded message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sample {
    /// Sent directly, all aligned.
    OrderConfirmation,
    /// Through a sending service with only the service's own signature: DMARC fails.
    NewsletterThirdParty,
    /// The same after the fix.
    NewsletterAuthorSigned,
    /// SPF fails at the forwarder, DKIM carries.
    Forwarded,
    /// A list tagged the Subject and added a footer.
    MailingList,
    /// Nothing aligned, against a domain that asks to reject.
    SpoofedInvoice,
    /// The last hop came without TLS.
    LastHopPlaintext,
    /// SPF runs over ten look-ups.
    SpfTooManyLookups,
}

macro_rules! files {
    ($name:literal) => {
        (
            $name,
            include_bytes!(concat!("../assets/samples/", $name, ".eml")),
            include_str!(concat!("../assets/samples/", $name, ".dns")),
        )
    };
}

impl Sample {
    pub const ALL: [Self; 8] = [
        Self::OrderConfirmation,
        Self::NewsletterThirdParty,
        Self::NewsletterAuthorSigned,
        Self::Forwarded,
        Self::MailingList,
        Self::SpoofedInvoice,
        Self::LastHopPlaintext,
        Self::SpfTooManyLookups,
    ];

    const fn files(self) -> (&'static str, &'static [u8], &'static str) {
        match self {
            Self::OrderConfirmation => files!("order-confirmation"),
            Self::NewsletterThirdParty => files!("newsletter-third-party"),
            Self::NewsletterAuthorSigned => files!("newsletter-author-signed"),
            Self::Forwarded => files!("forwarded"),
            Self::MailingList => files!("mailing-list"),
            Self::SpoofedInvoice => files!("spoofed-invoice"),
            Self::LastHopPlaintext => files!("last-hop-plaintext"),
            Self::SpfTooManyLookups => files!("spf-too-many-lookups"),
        }
    }

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.files().0
    }

    /// The message as a file.
    #[must_use]
    pub const fn message(self) -> &'static [u8] {
        self.files().1
    }

    /// The answers as a snapshot file.
    #[must_use]
    pub const fn answers(self) -> &'static str {
        self.files().2
    }

    /// The answers, ready to be asked.
    pub fn snapshot(self) -> Result<Snapshot, SnapshotError> {
        Snapshot::parse(self.answers(), self.name())
    }

    /// The sample of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sample| sample.name() == name)
    }
}
