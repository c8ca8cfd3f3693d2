//! Each term in one to three sentences, for people who meet it for the first time.

use crate::text::glossary::{Entry, Term};

#[expect(clippy::too_many_lines, reason = "one arm for each term, so that the compiler asks for its words")]
pub(in crate::text) const fn entry(term: Term) -> Entry {
    match term {
        Term::Spf => Entry {
            name: "SPF",
            spellings: &["SPF"],
            meaning: "Sender Policy Framework: a domain publishes in DNS which servers may send mail with it as the envelope From. The receiver holds the connecting address against that list.",
        },
        Term::Dkim => Entry {
            name: "DKIM",
            spellings: &["DKIM"],
            meaning: "DomainKeys Identified Mail: the sending server signs a message in the name of a domain. Whoever has it can check with the key in DNS that the signed parts were not changed.",
        },
        Term::Dmarc => Entry {
            name: "DMARC",
            spellings: &["DMARC"],
            meaning: "It compares the domain shown in From with those that SPF and DKIM proved; one match is enough to pass. The owner of the domain publishes what receivers are asked to do when nothing matches.",
        },
        Term::Arc => Entry {
            name: "ARC",
            spellings: &["ARC"],
            meaning: "Authenticated Received Chain: a server that passes mail on writes down, and seals, what it saw when the message reached it. Receivers may believe it; DMARC does not count it.",
        },
        Term::EnvelopeFrom => Entry {
            name: "envelope From",
            spellings: &["envelope From", "Envelope From", "envelope sender", "Return-Path"],
            meaning: "The sender address that servers give each other (MAIL FROM), to which bounces go. It is kept in Return-Path and need not be the address that people see in From. SPF is judged for its domain.",
        },
        Term::HeaderFrom => Entry {
            name: "header From",
            spellings: &["header From", "Header From"],
            meaning: "The address that mail programs show as the sender. Anybody can write anything there; DMARC says whether its domain is proved.",
        },
        Term::AuthorDomain => Entry {
            name: "author domain",
            spellings: &["author domain", "Author domain"],
            meaning: "The domain of the address shown in From (RFC 9989). It is the one that DMARC asks about.",
        },
        Term::AuthorSignature => Entry {
            name: "author signature",
            spellings: &["author signature"],
            meaning: "A DKIM signature made in the name of the domain shown in From, or of one of the same organisation. It counts for DMARC and survives forwarding.",
        },
        Term::ThirdPartySignature => Entry {
            name: "third-party signature",
            spellings: &["third-party signature"],
            meaning: "A DKIM signature in the name of another domain than the one shown in From, mostly the sending service's. It can be valid, but does not count for DMARC.",
        },
        Term::Alignment => Entry {
            name: "alignment",
            spellings: &["alignment", "Alignment", "aligned"],
            meaning: "A domain that SPF or DKIM proved is aligned when it is the domain shown in From, or (unless the owner asks for a strict match) one of the same organisation.",
        },
        Term::OrganizationalDomain => Entry {
            name: "organizational domain",
            spellings: &["organizational domain", "Organizational domain"],
            meaning: "The domain that an organisation registered, such as example.co.jp for mail.example.co.jp. Domains below one are taken to belong together.",
        },
        Term::PublicSuffixList => Entry {
            name: "Public Suffix List",
            spellings: &["Public Suffix List", "PSL"],
            meaning: "A list, kept by volunteers, of the names under which anybody can register (com, co.jp). Before RFC 9989, DMARC found the organizational domain with it; many receivers still do.",
        },
        Term::TreeWalk => Entry {
            name: "tree walk",
            spellings: &["tree walk", "DNS tree walk"],
            meaning: "How RFC 9989 finds the DMARC record: DNS is asked for the domain itself, then for the names above it, one by one.",
        },
        Term::Policy => Entry {
            name: "policy",
            spellings: &["policy", "Policy"],
            meaning: "What a DMARC record asks receivers to do with mail that fails: none (nothing), quarantine (put aside as spam) or reject (refuse). It is a request; receivers decide.",
        },
        Term::Selector => Entry {
            name: "selector",
            spellings: &["selector", "Selector"],
            meaning: "The name of one of a domain's DKIM keys. With selector s1 the key of example.jp is in DNS at s1._domainkey.example.jp.",
        },
        Term::PublicKey => Entry {
            name: "public key",
            spellings: &["public key", "Public key"],
            meaning: "The half of a key pair that is published in DNS. With it anybody can check a signature; only the holder of the other half can make one.",
        },
        Term::BodyHash => Entry {
            name: "body hash",
            spellings: &["body hash", "Body hash"],
            meaning: "A short number computed from the body when it was signed (bh=). If the body gives another one now, it was changed since.",
        },
        Term::LookupLimit => Entry {
            name: "look-up limit",
            spellings: &["look-up limit", "DNS look-ups", "look-ups"],
            meaning: "An SPF record may cause ten DNS look-ups at most, those of the records it includes among them. Beyond that receivers stop with permerror.",
        },
        Term::VoidLookup => Entry {
            name: "void look-up",
            spellings: &["void look-up", "void look-ups", "Void look-ups"],
            meaning: "A DNS look-up of SPF that finds nothing. More than two may end in permerror.",
        },
        Term::PermError => Entry {
            name: "permerror",
            spellings: &["permerror"],
            meaning: "A permanent error: a published record is wrong and stays so until its owner corrects it. For DMARC it is no pass.",
        },
        Term::TempError => Entry {
            name: "temperror",
            spellings: &["temperror"],
            meaning: "A temporary error: DNS gave no answer. Trying again later may help; it is neither a pass nor a fail.",
        },
        Term::Softfail => Entry {
            name: "softfail",
            spellings: &["softfail"],
            meaning: "SPF result of a record that ends in ~all: the address is not listed, and so probably may not send. It is weaker than fail.",
        },
        Term::Neutral => Entry {
            name: "neutral",
            spellings: &["neutral"],
            meaning: "A result that says neither yes nor no; for DMARC it is no pass.",
        },
        Term::Received => Entry {
            name: "Received",
            spellings: &["Received"],
            meaning: "The line that each server puts on top of a message when it takes it over. Read from the bottom up, they tell the way; those of the sending side can be made up.",
        },
        Term::Hop => Entry {
            name: "hop",
            spellings: &["hop", "Hop", "hops"],
            meaning: "One handing over of the message from a server to the next, as one Received line tells it. Hop 1 is the oldest.",
        },
        Term::Boundary => Entry {
            name: "boundary",
            spellings: &["boundary", "Boundary", "receiving side"],
            meaning: "The hop at which the receiving organisation took the message over. SPF, reverse DNS and TLS are judged there; everything below it was written by strangers.",
        },
        Term::ConnectingAddress => Entry {
            name: "connecting address",
            spellings: &["connecting address", "Connecting address", "Connecting IP"],
            meaning: "The IP address from which the message was handed to the receiving side. SPF asks whether this address may send.",
        },
        Term::Helo => Entry {
            name: "HELO",
            spellings: &["HELO", "EHLO"],
            meaning: "The name by which a server introduces itself when it connects. It is its own claim.",
        },
        Term::ReverseDns => Entry {
            name: "reverse DNS",
            spellings: &["reverse DNS", "Reverse DNS", "reverse name", "PTR", "FCrDNS"],
            meaning: "The name that DNS gives for an IP address (PTR). It is confirmed (FCrDNS) when that name leads back to the address; large providers refuse servers without one.",
        },
        Term::Tls => Entry {
            name: "TLS",
            spellings: &["TLS", "STARTTLS"],
            meaning: "Encryption of the connection between two servers. Each hop has its own; what is shown is what that server wrote about it.",
        },
        Term::Forwarding => Entry {
            name: "forwarding",
            spellings: &["forwarding", "Forwarding", "forwarded", "forwarder"],
            meaning: "A mailbox sends what it gets on to another. SPF then fails, because the forwarder is not among the sender's servers; a DKIM signature stays valid if nothing was changed.",
        },
        Term::Srs => Entry {
            name: "SRS",
            spellings: &["SRS"],
            meaning: "Sender Rewriting Scheme: a forwarder puts an address of its own in the envelope From, so that SPF passes for the forwarder.",
        },
        Term::MailingList => Entry {
            name: "mailing list",
            spellings: &["mailing list", "Mailing list"],
            meaning: "A program that sends what one member writes to all. Many add a tag to the subject or a footer, which breaks the author's DKIM signature.",
        },
        Term::SendingService => Entry {
            name: "sending service",
            spellings: &["sending service", "Sending service"],
            meaning: "A company that sends mail for others: newsletters, receipts, notices. For DMARC to pass, it has to sign in the name of its customer's domain.",
        },
        Term::Spoofing => Entry {
            name: "spoofing",
            spellings: &["spoofing", "spoofed"],
            meaning: "Mail that bears the address of somebody who did not send it.",
        },
        Term::Bounce => Entry {
            name: "bounce",
            spellings: &["bounce", "bounces", "DSN"],
            meaning: "A message of a mail server that another could not be delivered (also DSN or NDR). Its envelope From is empty, so that it can cause no further bounce.",
        },
        Term::ListUnsubscribe => Entry {
            name: "List-Unsubscribe",
            spellings: &["List-Unsubscribe", "List-Unsubscribe-Post"],
            meaning: "Header fields that tell mail programs how to leave a mailing with one click. Gmail requires both of bulk senders; Yahoo requires List-Unsubscribe and advises one click.",
        },
        Term::AuthenticationResults => Entry {
            name: "Authentication-Results",
            spellings: &["Authentication-Results"],
            meaning: "The field in which a receiving server writes what its own checks of SPF, DKIM and DMARC found. It counts only where that server can be believed to have written it.",
        },
        Term::MessageId => Entry {
            name: "Message-ID",
            spellings: &["Message-ID"],
            meaning: "The identifier of one message, given by the program that sent it. Logs and answers refer to it.",
        },
        Term::Dns => Entry {
            name: "DNS",
            spellings: &["DNS"],
            meaning: "The directory of the Internet: it gives addresses for names, and holds the records of SPF, DKIM and DMARC. Whoever keeps the DNS of a domain can change them.",
        },
        Term::Bimi => Entry {
            name: "BIMI",
            spellings: &["BIMI"],
            meaning: "Brand Indicators for Message Identification: a domain publishes its logo for mail programs to show. DMARC has to pass with a policy of quarantine or reject.",
        },
        Term::Dnsbl => Entry {
            name: "DNSBL",
            spellings: &["DNSBL", "blocklist", "blocklists", "Blocklists", "blacklist"],
            meaning: "A list of addresses or domains with a bad name, kept by somebody and asked by DNS. Each list has its own rules; receivers choose which to follow. An entry is an opinion about reputation, not a result of authentication.",
        },
        Term::MtaSts => Entry {
            name: "MTA-STS",
            spellings: &["MTA-STS"],
            meaning: "A domain announces that mail for it must be delivered with TLS to a server with a valid certificate. A record in DNS points to the policy, which is on a web server.",
        },
        Term::TlsRpt => Entry {
            name: "TLS-RPT",
            spellings: &["TLS-RPT"],
            meaning: "A domain says in DNS where sending servers may report that delivery with TLS failed. Reports come once a day, mostly from large providers.",
        },
        Term::Dane => Entry {
            name: "DANE",
            spellings: &["DANE", "TLSA"],
            meaning: "A domain publishes in DNS (TLSA records, protected by DNSSEC) which certificate its mail server has. Senders that check it deliver to no other server.",
        },
    }
}
