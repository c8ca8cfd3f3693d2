//! Words about DMARC aggregate reports.

use crate::aggregate::{Deviation, Method, OverrideKind};

pub(in crate::text) fn counted(messages: u64, failed: u64) -> String {
    match failed {
        0 => format!("{messages}, all of which passed DMARC"),
        failed => format!("{messages}, of which {failed} did not pass DMARC"),
    }
}

pub(in crate::text) const fn deviation(deviation: Deviation) -> &'static str {
    match deviation {
        Deviation::Entities => "it defines entities, which were not followed",
        Deviation::Broken => "it breaks off, or is not well formed",
        Deviation::NoCount => "a record without a count was counted once",
        Deviation::TooMuch => "deeper or longer than is read",
    }
}

/// Why the reporter did not do what the policy asks.
pub(in crate::text) const fn reason(kind: OverrideKind) -> &'static str {
    match kind {
        OverrideKind::LocalPolicy => "a rule of the receiver's own (local_policy)",
        OverrideKind::MailingList => "it came through a mailing list (mailing_list)",
        OverrideKind::TrustedForwarder => "a forwarder that the receiver trusts (trusted_forwarder)",
        OverrideKind::PolicyTestMode => "the domain only tests its policy (policy_test_mode, t=y)",
        OverrideKind::Other => "another reason (other)",
        OverrideKind::Forwarded => "the receiver took it for forwarded mail (forwarded)",
        OverrideKind::SampledOut => "left out by the percentage of the policy (sampled_out, pct)",
        OverrideKind::Unknown => "a reason that no standard names",
    }
}

pub(in crate::text) const fn method(method: Method) -> &'static str {
    match method {
        Method::Dkim => "DKIM (d=)",
        Method::SpfMailFrom => "SPF (envelope sender)",
        Method::SpfHelo => "SPF (HELO)",
    }
}
