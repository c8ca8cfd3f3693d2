//! The letter to the customer: what was proved, no blame, and what to do.

#![expect(clippy::too_many_lines, reason = "one arm for each verdict, so that the compiler asks for its words")]

use super::sender;
use crate::check::{ChangedBy, Verdict};
use crate::text::en::bounce;
use crate::text::letter::Matter;

/// Where nothing proves the sender.
const ASK: &str = "Please ask the sender by other means than mail whether it is genuine.";
/// Where the file is not enough.
const SEND_WHOLE: &str = "Could you save the whole message in its original form (.eml) and send it to us?";

pub(in crate::text) fn customer(matter: &Matter<'_>) -> String {
    let named = match matter.named() {
        (Some(subject), Some(date)) => format!(" (\"{subject}\", {date})"),
        (Some(subject), None) => format!(" (\"{subject}\")"),
        (None, Some(date)) => format!(" of {date}"),
        (None, None) => String::new(),
    };
    let (found, request) = body(matter);
    format!(
        "Thank you for sending us the message{named}. We have checked where it comes from.\n\n{found}\n\n{request}\n\nKind regards"
    )
}

/// What was found, and what we ask for.
fn body(matter: &Matter<'_>) -> (String, String) {
    let ask = || ASK.to_owned();
    match matter.verdict {
        Verdict::AuthorLookalike { author } => (
            format!("The message was sent by {author}. This domain is written so that it can look like another one, and may not be the sender it seems to be."),
            "Please do not open its links or attachments, and ask the sender you know by another way than mail.".to_owned(),
        ),
        Verdict::NameElsewhere { author, shown } => (
            format!("The message was sent by {author}, although the name of the sender shows {shown}. We cannot confirm that {shown} has to do with it."),
            "Please do not open its links or attachments, and ask the sender you know by another way than mail.".to_owned(),
        ),
        Verdict::FilterMarked { author, phishing: true } => (
            format!("The message was sent by {author}, but the filter of the receiving side took it for phishing or spoofing."),
            "Please do not open its links or attachments before the administrator of the receiving side has looked at it.".to_owned(),
        ),
        Verdict::FilterMarked { author, phishing: false } => (
            format!("The message was sent by {author} and passes its authentication. The filter of the receiving side took it for spam."),
            "Please ask the administrator of the receiving side for the reason. If anything in it seems odd, please ask the sender by another way than mail.".to_owned(),
        ),
        Verdict::AllWell { author, .. } | Verdict::ForwardedDkimCarries { author } if matter.has_warning() => (
            format!("The message was sent by {author}, which stands in From, and passes its authentication. Some other points are worth a look; we can tell you about them."),
            "If it does not arrive as it should, please send us what the receiving side shows.".to_owned(),
        ),
        Verdict::Bounced { refused, .. } => (bounce::for_customer(refused), bounce::next_step(refused)),
        Verdict::Delivered { delivered, .. } => {
            (bounce::delivered_for_customer(delivered), bounce::after_delivery(delivered.end).to_owned())
        }
        Verdict::AllWell { author, .. } => (
            format!("The message was sent by {author}, which stands in From. We found nothing wrong with its authentication."),
            "A message that passes can still be sorted out by rules of the receiving side. If it does not arrive as it should, please send us what the receiving side shows.".to_owned(),
        ),
        Verdict::ForwardedDkimCarries { author } => (
            format!("The message was forwarded, and its signature shows that {author} sent it. We found nothing wrong with its authentication."),
            "If it does not arrive as it should, please send us what the receiving side shows.".to_owned(),
        ),
        Verdict::ArrivalNotEncrypted { author, .. } => (
            format!("The message was sent by {author}. It is recorded that the last part of its way to the receiving side was not encrypted."),
            "Please ask the administrator of the sending server to look at its encryption (TLS) for outgoing mail.".to_owned(),
        ),
        Verdict::PartlySigned { author, .. } => (
            format!("The signature of {author} is valid, but the end of the text is not covered by it. We cannot tell whether that part is as it was sent."),
            "Please ask the sender by other means than mail about what stands at the end of the text.".to_owned(),
        ),
        Verdict::BodyUnsigned { author } => (
            format!("The message passes its authentication, but the signature of {author} does not cover its text. So we cannot confirm that {author} wrote it."),
            ask(),
        ),
        Verdict::ReadingsDiffer { author, .. } => (
            format!("The message passes its authentication by today's rules. Receivers that still follow the older rules come to another result, because of the settings of {author}."),
            ask(),
        ),
        Verdict::AnybodyPasses { author, .. } => (
            format!("The message passes its authentication, but the settings of {author} let every server pass. So we cannot confirm that {author} sent it."),
            ask(),
        ),
        Verdict::RepeatedField { author, name } => (
            format!("The message was sent by {author}. It holds the field {name} more than once, so that mail programs may show different ones."),
            "If anything in it seems odd, please ask the sender by other means than mail.".to_owned(),
        ),
        Verdict::SpfOverLimit { author, passes: true, .. } => (
            format!("The signature of the message shows that {author} sent it. The list of sending servers (SPF) is over a limit, so that it could not be used."),
            format!("Please ask the administrator of {author} to look at the SPF record. We can tell what to change."),
        ),
        Verdict::SpfOverLimit { author, passes: false, .. } => (
            format!("The list of sending servers (SPF) is over a limit and could not be used. So we cannot confirm that {author} sent the message."),
            format!("Please ask the administrator of {author} to look at the SPF record. We can tell what to change."),
        ),
        Verdict::ThirdPartySignature { author, signer, service } => {
            let signer = sender::named_domain(signer, *service);
            (
            format!("The message is signed by {signer}. There is no signature of {author}, which stands in From."),
            format!("If {author} uses {signer}, a signature of {author} itself (DKIM) can be set up there. If you do not know of it, please do not act on the message, and ask the sender by other means than mail."),
            )
        }
        Verdict::ThirdPartyEnvelope { author, envelope, service } => {
            let envelope = sender::named_domain(envelope, *service);
            (
            format!("What the message shows is {envelope}. There is no valid signature of {author}, which stands in From."),
            format!("If {author} uses {envelope}, a signature of {author} itself (DKIM) can be set up there. If you do not know of it, please do not act on the message, and ask the sender by other means than mail."),
            )
        }
        Verdict::OtherDomainOnly { author, passed, .. } => (
            format!("What the message shows is {passed}. We cannot confirm that {author}, which stands in From, sent it."),
            ask(),
        ),
        Verdict::ListModified { proved: true, signer, .. } => (
            format!("The message was signed by {signer}. A mailing list changed it on the way, so that the signature no longer fits. This is common with mailing lists."),
            "If this causes trouble, the administrator of the list can set it to rewrite From, or to leave messages as they are.".to_owned(),
        ),
        Verdict::ListModified { proved: false, author, .. } => (
            format!("The message seems to have come through a mailing list, and its signature does not fit. So we cannot confirm that {author} sent it."),
            "If anything in it seems odd, please ask the sender by other means than mail.".to_owned(),
        ),
        Verdict::Modified { by: ChangedBy::Saving, author, .. } => (
            format!("The file seems to have been written anew when it was saved. So we cannot tell whether {author} sent the message."),
            SEND_WHOLE.to_owned(),
        ),
        Verdict::Modified { proved: true, by: ChangedBy::Storage | ChangedBy::ReceivingSide, signer, .. } => (
            format!("The message was signed by {signer}. It was changed after it had arrived, so that the signature does not fit what we have."),
            SEND_WHOLE.to_owned(),
        ),
        Verdict::Modified { proved: true, signer, .. } => (
            format!("The message was signed by {signer} and changed afterwards, so that the signature no longer fits."),
            "The administrators have to look at what was changed and where. Please ask the sender about its content by other means than mail.".to_owned(),
        ),
        Verdict::Modified { proved: false, author, .. } => (
            format!("The signature of the message does not fit its content. So we cannot confirm that {author} sent it."),
            ask(),
        ),
        Verdict::KeyMissing { author, .. } => (
            format!("The message bears a signature of {author}, but the key to check it is not published today. With older messages this is normal: keys are replaced."),
            format!("If the message is recent, please ask the administrator of {author} to look at the published key."),
        ),
        Verdict::SignatureUnusable { author, .. } => (
            format!("The signature of {author} on the message does not count as valid. So we cannot confirm that {author} sent it."),
            format!("Please ask the administrator of {author} to look at the settings of the signature (DKIM)."),
        ),
        Verdict::ForwardedUnsigned { author } => (
            format!("The message bears marks of forwarding and carries no signature of {author}. So we cannot confirm that {author} sent it."),
            ask(),
        ),
        Verdict::Spoofed { author, .. } => (
            format!("Nothing in the message shows that {author} sent it. It is probably spoofed."),
            format!("Please do not open its links or attachments and do not reply. To ask {author}, use another way than mail, such as the telephone number on its official site."),
        ),
        Verdict::AuthorDomainMissing { author } => (
            format!("The domain {author}, which stands in From, does not exist at present. The message is probably spoofed."),
            "Please do not open its links or attachments and do not reply.".to_owned(),
        ),
        Verdict::Unauthenticated { author } | Verdict::NoDmarcRecord { author, proved: false, .. } => (
            format!("Nothing in the message shows that {author} sent it. The message alone does not tell whether it is spoofed."),
            ask(),
        ),
        Verdict::NoDmarcRecord { author, proved: true, .. } => (
            format!("The message passes its authentication as {author}. The domain has no valid DMARC record, which protects a domain against misuse."),
            format!("Please ask the administrator of {author} to consider DMARC. We can tell what to publish."),
        ),
        Verdict::NoSingleAuthor { .. } => (
            "From names no single sender, so that we cannot confirm who sent the message.".to_owned(),
            ask(),
        ),
        Verdict::DnsUnreachable { author } => (
            format!("Some information could not be had for the moment. So we cannot tell yet whether {author} sent the message."),
            "We will check again later and come back to you.".to_owned(),
        ),
        Verdict::NotAsked { .. } => (
            "The information that decides has not been asked for yet, so that we cannot tell who sent the message.".to_owned(),
            "We will check and come back to you.".to_owned(),
        ),
        Verdict::HeadersOnlySigned { author } => (
            format!("The signature of {author} over the header is valid. The text as it was sent is not there, so that we cannot tell whether it was changed."),
            SEND_WHOLE.to_owned(),
        ),
        Verdict::HeadersOnly { author } => (
            format!("The header alone does not show whether {author} sent the message."),
            SEND_WHOLE.to_owned(),
        ),
        Verdict::NotEnough { author } => (
            format!("Something that would show whether {author} sent the message is missing."),
            SEND_WHOLE.to_owned(),
        ),
    }
}
