//! The letter to the customer: what was found, what we ask, and who does what next. No blame.

use super::{aggregate, bounce_letter, sender};
use crate::check::{Actor, ChangedBy, Verdict};
use crate::sender::Marks;
use crate::text::letter::{Matter, Next, Open, Request};

pub(in crate::text) fn customer(matter: &Matter<'_>) -> String {
    let (asked, next) = matter.plan();
    let asked = request(asked);
    let next = self::next(next).map_or_else(String::new, |next| format!("What happens next\n{next}\n\n"));
    let checked = if matter.is_report() {
        "We have looked at what it says."
    } else {
        "We have checked whether it really comes from the sender it names."
    };
    let what = if matter.facts.is_report_alone() { "report" } else { "message" };
    format!(
        "Thank you for asking us about the {what}{}. {checked}\n\n\
         What we found\n{}\n\nWhat we ask of you\n{asked}\n\n{next}If anything is unclear, please reply to this mail.\n\nKind regards",
        named(matter),
        found(matter)
    )
}

/// The subject and the date of the message.
pub(super) fn named(matter: &Matter<'_>) -> String {
    match matter.named() {
        (Some(subject), Some(date)) => format!(" \"{subject}\" of {}", day(date)),
        (Some(subject), None) => format!(" \"{subject}\""),
        (None, Some(date)) => format!(" of {}", day(date)),
        (None, None) => String::new(),
    }
}

pub(super) fn day((year, month, day): (i16, i8, i8)) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let name = usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    format!("{day} {name} {year}")
}

fn request(request: Request<'_>) -> String {
    match request {
        Request::Nothing => "You do not have to do anything.".to_owned(),
        Request::TellWhatIsShown => "You do not have to do anything. If the message did not arrive as it should, or was sorted out as spam, please send us what the receiving side shows about it.".to_owned(),
        Request::AskOtherwise => "Please do not act on the message yet. Ask the sender whether it is genuine, by telephone or another way that you already know, and not by replying to this message.".to_owned(),
        Request::AskAboutEnd => "Please do not rely on the end of the text until you have asked the sender about it, by telephone or another way that you already know.".to_owned(),
        Request::AskIfOdd => "If anything in the message seems odd to you, please do not act on it before you have asked the sender, by telephone or another way that you already know.".to_owned(),
        Request::KeepAway(author) => format!("Please open no links or attachments in it and do not reply. If you want to ask {author}, use the telephone number or the address on its official site, and nothing that the message gives."),
        Request::KeepAwayKnown => "Please open no links or attachments in it and do not reply. If it seems to come from somebody you know, ask them by telephone or another way that you already know.".to_owned(),
        Request::KeepAwayUnknown => "Please open no links or attachments in it and do not reply. You can delete it.".to_owned(),
        Request::KeepAwayForNow => "Please open no links or attachments in it until the mail administrator on your side has looked at it.".to_owned(),
        Request::SendWhole => "Could you save the message in its original form (as an .eml file) and send us that file as an attachment? A forwarded or copied message is not enough for this check.".to_owned(),
        Request::Wait => "Please wait a little, and do not act on the message until you hear from us.".to_owned(),
        Request::PassReportOn(domain) => format!("Please pass the report on to the administrators of {domain}. Until the setting is changed, sending the mail again is likely to bring it back."),
        Request::AsReported(refused) => bounce_letter::asked(refused),
        Request::AsDelivered(end) => bounce_letter::after_delivery(end).to_owned(),
        Request::AsCounted(tally) => aggregate::asked_of_customer(tally),
    }
}

/// Who does what next; `None` where nothing is left to be done.
fn next(next: Next<'_>) -> Option<String> {
    Some(match next {
        Next::Nothing => return None,
        Next::Owner(author) => format!("Only the administrators of {author} can put this right. We have written down for them what to change. If you are in touch with them, tell us, and we send you the text to pass on."),
        Next::OwnerIfTheirs(author) => format!("Only the administrators of {author} know whether the message is theirs, and only they can put it right if it is. We have written down for them what to look at. If you are in touch with them, tell us, and we send you the text to pass on."),
        Next::OwnerOfService(author, other) => format!("Only the administrators of {author} know whether {other} sends mail for them, and only they can change the setting. We have written down for them what to do. If you are in touch with them, tell us, and we send you the text to pass on."),
        Next::SendingServer => "Whoever runs the server that sent the message can turn encryption on. We have written down for them what to change; tell us if you want the text to pass on.".to_owned(),
        Next::Device => "Whoever runs the program or device that sent the message can set a proper sender address there. We have written down for them what to change; tell us if you want the text to pass on.".to_owned(),
        Next::Receiver => "The mail administrator on the receiving side can look up in the logs what happened there. We have put together what they need; tell us if you want the text to pass on.".to_owned(),
        Next::ReceiverSearches => "The mail administrator on the receiving side can look for other messages of this kind and have them blocked. We have put together what they need; tell us if you want the text to pass on. If you did open a link or an attachment, or entered a password, please tell your administrator at once.".to_owned(),
        Next::List => "Whoever runs the mailing list can change its settings so that this does not happen. We have written down what to change; tell us if you want the text to pass on.".to_owned(),
        Next::OnTheWay => "The administrators of the servers on the way have to find out where the message is changed. We have put together what they need; tell us if you want the text to pass on.".to_owned(),
        Next::CheckAgain => "We will check the message again and come back to you with the result.".to_owned(),
        Next::CheckWhole => "Once we have the file, we will check it and come back to you with the result.".to_owned(),
        Next::SendNextReport => "If the same notice comes again after that, please send it to us as well, and we will look further.".to_owned(),
    })
}

fn found(matter: &Matter<'_>) -> String {
    match matter.verdict() {
        Verdict::Bounced { refused, .. } => bounce_letter::for_customer(refused),
        Verdict::Delivered { delivered, .. } => bounce_letter::delivered_for_customer(delivered),
        Verdict::AggregateReport { tally } => aggregate::for_customer(tally),
        Verdict::AllWell { author, .. } if matter.has_warning() => format!("The message was really sent by {author}, the domain that it shows as its sender. Besides, we noticed some points about the way it was sent or arrived; they do not change this result."),
        Verdict::AllWell { author, .. } => format!("The message was really sent by {author}, the domain that it shows as its sender. We found nothing wrong with it. (A genuine message can still be sorted out as spam, by rules of the receiving side that we do not see.)"),
        Verdict::ForwardedDkimCarries { author } => format!("The message was forwarded on its way. Its electronic signature (DKIM) is intact and shows that it was really sent by {author}. We found nothing wrong with it."),
        Verdict::AuthorLookalike { author } => format!("The message was sent by {author}. This name is written with letters that look like others, so that it can be taken for another domain. It may not come from the sender it seems to come from."),
        Verdict::NameElsewhere { author, shown } => format!("The message was sent by {author}, although the name of its sender shows {shown}. Nothing shows that {shown} has to do with it."),
        Verdict::FilterMarked { author, phishing: true } => format!("The message was sent by {author}, but the filter on the receiving side took it for phishing or a forgery."),
        Verdict::FilterMarked { author, phishing: false } => format!("The message was really sent by {author} and passes its authentication. The filter on the receiving side took it for spam all the same."),
        Verdict::ArrivalNotEncrypted { author, .. } => format!("The message was really sent by {author}. The last part of its way, to the receiving side, was not encrypted; some mail programs mark such mail with a red open padlock. That does not mean that it is forged."),
        Verdict::PartlySigned { author, .. } => format!("The electronic signature of {author} is valid, but it does not cover the end of the text. Whether that part is as {author} sent it, we cannot tell."),
        Verdict::BodyUnsigned { author } => format!("The message passes its authentication, but the electronic signature of {author} does not cover its text. So we cannot confirm that {author} wrote this text."),
        Verdict::ReadingsDiffer { author, suffix: Some(suffix), .. } => format!("The message passed the check, but only because of a record that {suffix} publishes for every name below it. Anybody with such a name would have passed, so we cannot confirm that {author} sent it."),
        Verdict::ReadingsDiffer { author, suffix: None, .. } => format!("By the current standard the message was really sent by {author}. Because of a setting of {author}, receivers that still follow the older standard come to another result, and may treat the message as doubtful."),
        Verdict::AnybodyPasses { author, everybody: false, .. } => format!("The message passes its authentication, but the settings of {author} let millions of servers pass. So we cannot confirm that {author} sent it."),
        Verdict::AnybodyPasses { author, .. } => format!("The message passes its authentication, but the settings of {author} let every server pass. So we cannot confirm that {author} sent it."),
        Verdict::RepeatedField { author, name } => format!("The message was really sent by {author}. It holds the entry {name} more than once, so that mail programs may show different ones."),
        Verdict::SpfOverLimit { author, passes: true, .. } => format!("The electronic signature of the message shows that it was really sent by {author}. The list of servers that may send for it (SPF) has grown over its limit and cannot be used, which may cause trouble with other mail."),
        Verdict::SpfOverLimit { author, passes: false, .. } => format!("The list of servers that may send for {author} (SPF) has grown over its limit and cannot be used. So we cannot confirm that {author} sent the message."),
        Verdict::ThirdPartySignature { author, signer, service } => format!("What we could confirm is {}, a service or server that signed the message. We could not confirm that it sent the message on behalf of {author}, which is shown as the sender: the signature of {author} itself is missing.", sender::named_domain(signer, *service)),
        Verdict::ThirdPartyEnvelope { author, envelope, service } => format!("What we could confirm is {}, which handed the message over. We could not confirm that it did so on behalf of {author}, which is shown as the sender: there is no valid signature of {author}.", sender::named_domain(envelope, *service)),
        Verdict::OtherDomainOnly { author, passed, .. } => format!("What we could confirm is {passed}. We could not confirm that the message was sent by {author}, which is shown as the sender."),
        Verdict::ListModified { proved: true, by_list: false, signer, .. } => format!("The message was signed by {signer} and changed afterwards, so that the signature no longer fits. It looks as if it had come through a mailing list, but nothing shows that it did. If you do not know the list, it may be a forgery."),
        Verdict::ListModified { proved: false, by_list: false, author, .. } => format!("The electronic signature of the message does not fit its content. It looks as if it had come through a mailing list, but nothing shows that it did. So we cannot confirm that {author} wrote it. If you do not know the list, it may be a forgery."),
        Verdict::ListModified { proved: true, signer, .. } => format!("The message was signed by {signer} and changed afterwards, so that the signature no longer fits. It came through a mailing list, where such changes are common."),
        Verdict::ListModified { proved: false, author, .. } => format!("The message came through a mailing list, and its electronic signature does not fit its content. So we cannot confirm that {author} wrote it. If you do not know the list, it may be a forgery."),
        Verdict::Modified { by: ChangedBy::Saving, author, .. } => format!("The file that we have seems to have been rewritten when it was saved. From it, nobody can tell whether the message was really sent by {author}."),
        Verdict::Modified { proved: true, by: ChangedBy::Storage, signer, .. } => format!("The message was signed by {signer}. It was changed when it was stored or exported, so that the signature does not fit the copy that we have."),
        Verdict::Modified { proved: true, by: ChangedBy::ReceivingSide, signer, .. } => format!("The message was signed by {signer}, and the record of the receiving server says that the signature was right when it arrived. It was changed after that, so that the signature no longer fits."),
        Verdict::Modified { proved: true, signer, .. } => format!("The message was signed by {signer} and changed somewhere on its way, so that the signature no longer fits."),
        Verdict::Modified { proved: false, author, .. } => format!("The electronic signature of the message does not fit its content. So we cannot confirm that {author} sent it."),
        Verdict::KeyMissing { author, .. } => format!("The message bears an electronic signature of {author}, but the key to check it is not published today. So we cannot confirm that {author} sent it. With older messages this is normal, because keys are replaced from time to time."),
        Verdict::SignatureUnusable { author, fits: Some(_), .. } => format!("The electronic signature of the message was made with the key that {author} publishes. The entry in which it publishes that key has a mistake, so that receivers may not accept the signature. We found nothing else wrong with it."),
        Verdict::SignatureUnusable { author, .. } => format!("The electronic signature of {author} on the message does not count as valid. So we cannot confirm that {author} sent it."),
        Verdict::ForwardedUnsigned { author, by: None, .. } if matter.headline.actor == Actor::Receiver => format!("The message looks as if it had been forwarded, but nothing shows that it was. It carries no signature of {author}, so we cannot confirm that {author} sent it."),
        Verdict::ForwardedUnsigned { author, marks: Marks::List, by: Some(by), proved: false, .. } => format!("The message comes from {by}, which presents it as a message of a mailing list. Nothing shows that {author}, which is shown as the sender, wrote it. If you do not know the list, it may be a forgery."),
        Verdict::ForwardedUnsigned { author, marks: Marks::Forwarding, by: Some(by), proved: false, .. } => format!("The message comes from {by}, which presents it as a message that it forwarded. Nothing shows that {author}, which is shown as the sender, wrote it. If you do not know of such forwarding, it may be a forgery."),
        Verdict::ForwardedUnsigned { author, saw_pass: Some(sealer), .. } => format!("The message was forwarded, and on the way it lost what would show that {author} sent it. {sealer}, which took it over before, noted that it was in order then. That is a good sign and no proof, so we cannot confirm that {author} sent it."),
        Verdict::ForwardedUnsigned { author, .. } => format!("The message bears marks of forwarding and carries no signature of {author}. After forwarding, nothing else could show it, so we cannot confirm that {author} sent it."),
        Verdict::Spoofed { author, marks: Some(_), .. } => format!("Nothing in the message shows that it was sent by {author}, which is shown as the sender. It looks as if it had been passed on, but nothing shows that either. It may well be a forgery."),
        Verdict::Spoofed { author, .. } => format!("Nothing in the message shows that it was sent by {author}, which is shown as the sender. It is probably a forgery."),
        Verdict::AuthorDomainMissing { author } => format!("The domain {author}, which is shown as the sender, does not exist at present. The message is probably a forgery."),
        Verdict::AuthorNotPublic { author } => format!("The address that is shown as the sender ends in {author}. That is no domain of the Internet, so nobody can confirm who sent the message. Programs and devices, such as printers and servers, send with such an address when no other was set."),
        Verdict::Unauthenticated { author } | Verdict::NoDmarcRecord { author, proved: false, .. } => format!("Nothing in the message shows that it was sent by {author}. Whether it is a forgery, the message alone does not tell."),
        Verdict::NoDmarcRecord { author, proved: true, .. } => format!("The message passes its authentication as {author}. That domain has no working protection against forged mail (DMARC), which is worth setting up."),
        Verdict::NoSingleAuthor { .. } => "The message does not name one single sender, so that we cannot confirm who sent it. This is also known from forged mail.".to_owned(),
        Verdict::DnsUnreachable { author } => format!("Some information that we need could not be had for the moment. So we cannot tell yet whether the message was really sent by {author}."),
        Verdict::NotAsked { .. } => "The information that decides has not been looked up yet, so that we cannot tell who sent the message.".to_owned(),
        Verdict::HeadersOnlySigned { author } => format!("We have only the header of the message. The electronic signature of {author} over it is valid; whether the text was changed, we cannot tell from it."),
        Verdict::HeadersOnly { author } => format!("We have only the header of the message, and it does not show whether the message was really sent by {author}."),
        Verdict::NotEnough { .. } if matter.waits_for() == Some(Open::NotAsked) => "The information that decides has not been looked up yet, so that we cannot tell who sent the message.".to_owned(),
        Verdict::NotEnough { author, .. } if matter.waits_for().is_some() => format!("Some information that we need could not be had for the moment. So we cannot tell yet whether the message was really sent by {author}."),
        Verdict::NotEnough { author, .. } => format!("What the message contains is not enough to tell whether it was really sent by {author}."),
    }
}
