//! Findings about who the message says it is from.

use std::net::IpAddr;

use crate::auth::domain::LocalName;
use crate::auth::lookalike::Lookalike;
use crate::sender::services::Service;
use crate::text::Explanation;
use crate::text::en::{sender, terms};

/// What to do with a message that looks spoofed: nothing that would let its server pass.
pub(in crate::text) fn leave_alone(domain: &str) -> String {
    format!(
        "Do not act on its content. Only the owner of {domain} can tell whether the server is theirs: ask them by another way than this mail."
    )
}

pub(in crate::text) fn author_domain_missing(author: &str) -> Explanation {
    Explanation::new(
        format!("The domain in From, {author}, does not exist in DNS"),
        format!(
            "DNS knows no name {author} today (NXDOMAIN): no genuine mail comes from such a domain, and no answer can reach it."
        ),
        format!(
            "Do not act on its content. If it is mail of your own organisation, look for a mistyped From address, and ask your DNS administrator whether {author} has expired."
        ),
    )
}

pub(in crate::text) fn reply_to_elsewhere(author: &str, reply_to: &str) -> Explanation {
    Explanation::new(
        format!("Replies go to another domain, {reply_to}"),
        format!(
            "An answer goes to {reply_to}, not to {author}. Sending services and help desks do this; so do spoofed messages."
        ),
        format!(
            "Before you answer, make sure that {author} uses {reply_to}: on its web site or by telephone, not by answering."
        ),
    )
}

pub(in crate::text) fn service_only_claimed(service: &'static Service, ip: IpAddr) -> Explanation {
    let name = sender::service_name(service);
    Explanation::new(
        format!("It claims to come from {name}, and nothing proves that"),
        format!(
            "There are marks of {name} in what the sender wrote. The address that connected, {ip}, is not known today to be one of its addresses, and no signature or envelope sender proves it. A relay in between can explain that; so can copied marks, as spoofed messages have them."
        ),
        format!("Do not take the message as sent by {name}. Judge it by what is proved."),
    )
}

pub(in crate::text) fn stream_mixed(author: &str) -> Explanation {
    Explanation::new(
        "It looks like a notice to one person and like bulk mail at once",
        format!(
            "The message bears the marks of a notice that follows from something the recipient did, and those of mail to many. Where {author} sends both from one IP address or domain, complaints about the bulk mail hit the notices too. One message cannot show whether it does."
        ),
        format!(
            "Ask the administrator of {author} to check that notices (orders, passwords) and newsletters leave from separate subdomains or IP addresses, and that notices carry no marks of bulk mail."
        ),
    )
}

pub(in crate::text) fn author_domain_not_public(author: &str, kind: LocalName) -> Explanation {
    let what = match kind {
        LocalName::SingleLabel => "is one word, as computers are called in their own network",
        LocalName::Reserved => "is kept for use inside a network",
    };
    Explanation::new(
        format!("The domain in From, {author}, is no domain of the Internet"),
        format!(
            "{author} {what}. Nobody outside can answer such an address, and neither SPF nor DKIM nor DMARC can speak for it."
        ),
        "Ask whoever runs the program or device that sends to set an address of a public domain in From.",
    )
}

pub(in crate::text) fn author_domain_lookalike(author: &str, kind: &Lookalike) -> Explanation {
    let (title, meaning) = match kind {
        Lookalike::Mixed { shown, one, other } => (
            format!("The domain in From mixes letters of two scripts: {shown} ({author})"),
            format!(
                "One part of the name holds both {} and {} letters, some of which look the same. No language is written so; names that imitate others are.",
                terms::script(*one),
                terms::script(*other)
            ),
        ),
        Lookalike::Whole { shown, script, seems } => (
            format!("The domain in From is written in letters that look like Latin ones: {shown} ({author})"),
            format!(
                "All letters of one part are {}, and each of them looks like a Latin letter, so it reads as {seems}. It can be a genuine word.",
                terms::script(*script)
            ),
        ),
    };
    Explanation::new(
        title,
        meaning,
        format!("Do not act on its content before you know that {author} is the domain you think it is."),
    )
}

pub(in crate::text) fn from_name_elsewhere(shown: &str, own: &str, via: bool, is_address: bool) -> Explanation {
    if via {
        return Explanation::new(
            format!("From shows {shown}, for whom {own} sent the message"),
            "Mailing lists and services write a name like this when they send what somebody else wrote. SPF, DKIM and DMARC speak for the address behind the name, not for the person it names.",
            format!("Nothing, when you know {own} as a list or service. Otherwise do not act on the content."),
        );
    }
    let (title, more) = if is_address {
        (
            format!("The name in From is a mail address, {shown}, but the message is from {own}"),
            "SPF, DKIM and DMARC say nothing about the name.",
        )
    } else {
        (
            format!("The name in From is like a domain, {shown}, and the message is from {own}"),
            "Companies with several domains do this as well.",
        )
    };
    Explanation::new(
        title,
        format!("Many mail programs show the name alone, so that {own} is not seen. {more}"),
        format!("Go by {own} alone, and do not act on the content if you do not know it."),
    )
}

pub(in crate::text) fn from_name_hidden(own: &str, characters: &[String], reorders: bool) -> Explanation {
    let meaning = if reorders {
        "They turn the order in which the name is read, so that programs show something else than what stands there."
    } else {
        "They are drawn as nothing. Those who spoof names put them between letters so that filters do not recognise a name; some programs leave them by mistake."
    };
    Explanation::new(
        format!("The name in From holds characters that are not seen ({})", characters.join(", ")),
        meaning,
        format!(
            "Do not go by the name. The address behind it is of {own}: do not act on the content if you do not know it."
        ),
    )
}

pub(in crate::text) fn from_several_authors(author: &str, authors: usize, has_sender: bool) -> Explanation {
    let meaning = if has_sender {
        format!(
            "All of them are of {author}. Sender says who sent it, as it must. Some receivers refuse several authors all the same."
        )
    } else {
        format!(
            "All of them are of {author}. With several authors, Sender must say who sent it, and there is none. Some receivers refuse such mail."
        )
    };
    Explanation::new(
        format!("From names {authors} people"),
        meaning,
        "Ask the sender to put one address in From; the others can go into Reply-To.",
    )
}

pub(in crate::text) fn sender_elsewhere(author: &str, sender: &str, list: bool, proved: bool) -> Explanation {
    if list {
        return Explanation::new(
            format!("Sender names the list ({sender})"),
            format!(
                "That is how a list says who passed the message on. DMARC asks for the domain in From, {author}, alone."
            ),
            "Nothing.",
        );
    }
    let (part, remedy) = if proved {
        (format!("{sender} did take part: SPF or DKIM passed for it."), "Nothing.".to_owned())
    } else {
        (
            format!("Nothing proves that {sender} had to do with it."),
            format!("Do not take {sender} for the one who sent it."),
        )
    };
    Explanation::new(
        format!("Sender names another domain, {sender}"),
        format!(
            "{part} Some mail programs show “{sender} on behalf of {author}”. DMARC asks for the domain in From alone."
        ),
        remedy,
    )
}
