//! What tells who wrote a line that the grammar reads without help: the software by a banner or a word, the operator by the
//! name of its server.

use super::Dialect;
use super::grammar::{Clauses, Keyword};
use crate::path::network::is_under;

/// Where a mark stands.
enum Place {
    /// At the beginning of a comment of the by clause or right after it.
    ByBanner(&'static str),
    /// At the beginning of any comment.
    Banner(&'static str),
    /// Anywhere in a comment.
    Word(&'static str),
    /// At the beginning of the protocol.
    Protocol(&'static str),
    /// The whole name of the client.
    Client(&'static str),
    /// The whole `via` clause.
    Via(&'static str),
}

use Dialect as D;
use Place::{Banner, ByBanner, Client, Protocol, Via, Word};

/// The marks of software; the first that fits counts.
const SOFTWARE: &[(D, Place)] = &[
    (D::Dovecot, ByBanner("Dovecot")),
    (D::Cyrus, ByBanner("Cyrus")),
    (D::Zimbra, Banner("LHLO")),
    (D::Domino, ByBanner("Lotus Domino")),
    (D::Domino, ByBanner("HCL Domino")),
    (D::Domino, ByBanner("IBM Domino")),
    (D::Kerio, ByBanner("Kerio")),
    (D::OpenSmtpd, ByBanner("OpenSMTPD")),
    (D::DragonFly, ByBanner("DragonFly Mail Agent")),
    (D::Haraka, Banner("Haraka")),
    (D::Stalwart, ByBanner("Stalwart")),
    (D::Halon, ByBanner("Halon")),
    (D::ZoneMta, ByBanner("ZoneMTA")),
    (D::James, ByBanner("JAMES SMTP Server")),
    (D::PostOffice, ByBanner("Post.Office")),
    (D::Qpsmtpd, ByBanner("qpsmtpd")),
    (D::XMail, Protocol("[XMail")),
    (D::Courier, Banner("TLS:")),
    (D::Mox, Via("tcp")),
    (D::Fetchmail, Banner("fetchmail")),
    (D::Getmail, Protocol("POP3-SSL")),
    (D::Mailman, ByBanner("Mailman")),
    (D::SparkPost, Banner("ecelerity")),
    (D::PowerMta, Banner("PowerMTA")),
    (D::Proofpoint, ByBanner("PPS")),
    (D::Proofpoint, ByBanner("PPE Hosted")),
    (D::Proofpoint, ByBanner("Proofpoint")),
    (D::TrendMicro, ByBanner("Trend Micro")),
    (D::TrendMicro, ByBanner("InterScan")),
    (D::TrendMicro, Protocol("InterScan")),
    (D::Barracuda, ByBanner("Spam Firewall")),
    (D::Barracuda, ByBanner("Spam & Virus Firewall")),
    (D::Barracuda, ByBanner("Barracuda")),
    (D::Sophos, ByBanner("Sophos")),
    (D::FortiMail, ByBanner("FortiMail")),
    (D::Fastmail, ByBanner("Authentication Milter")),
    (D::Fastmail, ByBanner("MEProxy")),
    (D::Fastmail, ByBanner("LMTPProxy")),
    (D::Yandex, Word("/Yandex")),
    (D::Docomo, ByBanner("DOCOMO")),
    (D::Au, ByBanner("EZweb")),
    (D::Proofpoint, Client("pps.filterd")),
    (D::IronPort, Protocol("ESMTP/TLS/")),
    (D::HMailServer, Banner("Unknown [")),
];

/// The domains of those who run many servers, with whatever software.
const OPERATORS: &[(D, &str)] = &[
    (D::Proofpoint, "pphosted.com"),
    (D::Proofpoint, "ppe-hosted.com"),
    (D::MessageLabs, "messagelabs.com"),
    (D::MessageLabs, "symcld.net"),
    (D::IronPort, "iphmx.com"),
    (D::Barracuda, "cudaops.com"),
    (D::Barracuda, "barracudanetworks.com"),
    (D::FortiMail, "fortimail.com"),
    (D::TrendMicro, "trendmicro.com"),
    (D::TrendMicro, "trendmicro.eu"),
    (D::TrendMicro, "trendmicro.co.jp"),
    (D::Sophos, "sophos.com"),
    (D::Mailgun, "mailgun.net"),
    (D::Mailgun, "mailgun.org"),
    (D::Mailgun, "postgun.com"),
    (D::Mailchimp, "mandrillapp.com"),
    (D::Mailchimp, "rsgsv.net"),
    (D::Mailchimp, "mcsv.net"),
    (D::Mailchimp, "mcdlv.net"),
    (D::SparkPost, "sparkpost"),
    (D::SparkPost, "sparkpostmail.com"),
    (D::Icloud, "icloud.com"),
    (D::Icloud, "me.com"),
    (D::Icloud, "mac.com"),
    (D::Icloud, "cloud.apple.com"),
    (D::Fastmail, "messagingengine.com"),
    (D::Docomo, "docomo.ne.jp"),
    (D::Au, "ezweb.ne.jp"),
    (D::Au, "au.com"),
    (D::Au, "auone-net.jp"),
    (D::Softbank, "softbank.ne.jp"),
    (D::Softbank, "softbank.jp"),
    (D::Ocn, "ocn.ad.jp"),
    (D::Ocn, "ocn.ne.jp"),
    (D::Nifty, "nifty.com"),
    (D::Biglobe, "biglobe.ne.jp"),
    (D::SoNet, "so-net.ne.jp"),
    (D::Sakura, "sakura.ne.jp"),
    (D::Iij, "securemx.jp"),
    (D::Iij, "iij.ad.jp"),
    (D::Iij, "iij4u.or.jp"),
    (D::Xserver, "xserver.jp"),
    (D::Kagoya, "kagoya.net"),
];

/// The software by its marks.
pub(super) fn software(clauses: &Clauses<'_>) -> Option<Dialect> {
    let fits = |place: &Place| match *place {
        ByBanner(mark) => clauses.comments_of(Keyword::By).any(|comment| comment.begins(mark)),
        Banner(mark) => clauses.comments().any(|comment| comment.begins(mark)),
        Word(mark) => clauses.comments().any(|comment| comment.text.contains(mark)),
        Protocol(mark) => clauses.word(Keyword::With).is_some_and(|word| word.begins(mark)),
        Client(mark) => clauses.word(Keyword::From).is_some_and(|word| word.text.eq_ignore_ascii_case(mark)),
        Via(mark) => clauses.phrase(Keyword::Via).is_some_and(|phrase| phrase.text == mark),
    };
    SOFTWARE.iter().find(|(_, place)| fits(place)).map(|&(dialect, _)| dialect)
}

/// Who runs the server, by its name.
pub(super) fn operator(clauses: &Clauses<'_>) -> Option<Dialect> {
    let server = clauses.word(Keyword::By)?.text.to_ascii_lowercase();
    // The short names of the machines inside.
    if server.starts_with("p00-icloudmta") {
        return Some(D::Icloud);
    }
    OPERATORS.iter().find(|(_, domain)| is_under(&server, domain)).map(|&(operator, _)| operator)
}
