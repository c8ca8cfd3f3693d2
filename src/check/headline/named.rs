//! Which findings a sentence speaks of.

use super::Verdict;

impl Verdict {
    /// The sentence speaks of what this finding says: it stands first among those that weigh as much.
    #[must_use]
    pub fn is_about(&self, code: &str) -> bool {
        self.codes().contains(&code)
    }

    /// The sentence says that somebody else than the author domain passed.
    #[must_use]
    pub const fn names_other_domain(&self) -> bool {
        matches!(
            self,
            Self::ThirdPartySignature { .. } | Self::ThirdPartyEnvelope { .. } | Self::OtherDomainOnly { .. }
        )
    }

    const fn codes(&self) -> &'static [&'static str] {
        match self {
            Self::Bounced { .. } => &["bounce-sender-rules", "bounce-final", "bounce-temporary"],
            Self::AggregateReport { .. } => &["aggregate-failures"],
            Self::AuthorLookalike { .. } => &["author-domain-lookalike"],
            Self::NameElsewhere { .. } => &["from-name-elsewhere"],
            Self::FilterMarked { .. } => &["filter-phish", "filter-marked-spam"],
            Self::ArrivalNotEncrypted { .. } => &["arrival-not-encrypted"],
            Self::PartlySigned { .. } | Self::BodyUnsigned { .. } => &["dkim-partial-body"],
            Self::ReadingsDiffer { .. } => &["dmarc-readings-differ"],
            Self::AnybodyPasses { .. } => &["spf-pass-all", "spf-wide-network"],
            Self::RepeatedField { .. } => &["field-repeated"],
            Self::SpfOverLimit { .. } => &["spf-lookup-limit"],
            Self::ThirdPartySignature { .. } | Self::ThirdPartyEnvelope { .. } | Self::OtherDomainOnly { .. } => {
                &["dmarc-unaligned"]
            }
            Self::ListModified { .. } | Self::Modified { .. } => {
                &["dkim-body-changed", "dkim-header-changed", "copy-rewritten"]
            }
            Self::KeyMissing { .. } => &["dkim-key-missing"],
            Self::SignatureUnusable { .. } => &[
                "dkim-key-revoked",
                "dkim-key-broken",
                "dkim-key-mismatch",
                "dkim-key-not-for-email",
                "dkim-key-strict-identity",
                "dkim-key-short",
                "dkim-key-long",
                "dkim-unreadable",
                "dkim-length-beyond-body",
                "dkim-sha1",
                "dkim-expired",
                "dkim-body-changed",
            ],
            Self::ForwardedUnsigned { .. } => &["dkim-missing"],
            Self::Spoofed { .. } => &["spf-fail", "spf-softfail", "dmarc-unauthenticated"],
            Self::AuthorDomainMissing { .. } => &["author-domain-missing"],
            Self::AuthorNotPublic { .. } => &["author-domain-not-public"],
            Self::Unauthenticated { .. } => &["dmarc-unauthenticated"],
            Self::NoDmarcRecord { .. } => &["dmarc-missing", "dmarc-broken", "dmarc-duplicate-records"],
            Self::NoSingleAuthor { .. } => &["dmarc-no-author"],
            Self::DnsUnreachable { .. } => &["dns-unreachable"],
            Self::NotAsked { .. } => &["dns-not-asked"],
            Self::HeadersOnlySigned { .. } | Self::HeadersOnly { .. } => &["headers-only"],
            Self::NotEnough { .. } => &["connecting-address-unsure", "no-connecting-address", "dns-unreachable"],
            Self::Delivered { .. } | Self::AllWell { .. } | Self::ForwardedDkimCarries { .. } => &[],
        }
    }
}
