//! What each sample shows, in one line.

use crate::samples::Sample;

pub(in crate::text) const fn sample(sample: Sample) -> &'static str {
    match sample {
        Sample::OrderConfirmation => "A Japanese order confirmation, sent directly: everything fits",
        Sample::NewsletterThirdParty => {
            "A newsletter signed by the sending service only: SPF and DKIM pass, DMARC fails"
        }
        Sample::NewsletterAuthorSigned => "The same newsletter after the fix: signed by the author domain",
        Sample::Forwarded => "Forwarded: SPF fails, DKIM carries DMARC",
        Sample::MailingList => "A mailing list tagged the Subject and added a footer",
        Sample::SpoofedInvoice => "A spoofed invoice: nothing proves the sender, who asks to reject",
        Sample::LastHopPlaintext => "The last hop came without TLS",
        Sample::SpfTooManyLookups => "SPF needs more than ten DNS look-ups",
    }
}
