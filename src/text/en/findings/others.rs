//! Findings about what others say of the message: ARC, recorded results, the second engine.

use crate::auth::arc;
use crate::auth::claimed::{Note, Subject, Why};
use crate::auth::second::{Part, Verdict};
use crate::text::Explanation;
use crate::text::en::{arc as chain, claims, second};

pub(in crate::text) fn arc_broken(
    reason: arc::Reason,
    at: Option<u32>,
    sealer: Option<&str>,
    next: Option<&str>,
) -> Explanation {
    let title = match (at, sealer) {
        (Some(i), Some(sealer)) => format!("The ARC chain is broken at i={i} ({sealer})"),
        (Some(i), None) => format!("The ARC chain is broken at i={i}"),
        (None, _) => "The ARC fields are not a chain".to_owned(),
    };
    let next = next.map_or_else(String::new, |next| format!(" Most likely {next} changed it."));
    Explanation::new(
        title,
        format!(
            "Reason: {}.{next} A receiver treats the message as if it had no ARC chain. DMARC is not affected.",
            chain::reason(reason)
        ),
        "Nothing for this message. Whoever runs a forwarder can have it add its seal after everything that changes the message.",
    )
}

pub(in crate::text) fn arc_saw_pass(
    author: &str,
    sealer: &str,
    changed_by: Option<&str>,
    trusted: bool,
) -> Explanation {
    let by = changed_by.map_or_else(String::new, |by| format!(", most likely by {by}"));
    let remedy = if trusted {
        "Nothing: the receiving side records that it trusts a sealer of this chain. ARC is on its way out, so do not build on it.".to_owned()
    } else {
        format!(
            "Only if you know {sealer} as a forwarder or list of yours: ask the administrator of your mail system to accept its word (in Microsoft 365, a trusted ARC sealer). ARC is on its way out, so do not build on it."
        )
    };
    Explanation::new(
        format!("{sealer} writes that DMARC of {author} passed when the message reached it"),
        format!(
            "Its ARC chain is intact, so {sealer} did write this (i=1). Since then the message was forwarded or changed{by}. This is the word of {sealer}, worth no more than {sealer} is; it does not change the DMARC result."
        ),
        remedy,
    )
}

pub(in crate::text) fn claim_forged(server: &str, method: &str) -> Explanation {
    Explanation::new(
        format!("Somebody else wrote a record in the name of {server} ({method}=pass)"),
        format!(
            "The field bears the name of {server}, which belongs to the receiving side, but is where a sender can write, or claims what the message does not contain. It was not counted."
        ),
        format!(
            "Do not go by this field. Ask the administrator of {server} to have it remove foreign Authentication-Results fields that bear its name."
        ),
    )
}

pub(in crate::text) fn claim_differs(checked: Subject, recorded: &str, ours: &str, why: Why) -> Explanation {
    let remedy = if let Why::OtherAddress { theirs } = why {
        format!("If {theirs} is the address that connected, choose its hop as the boundary, or give the address.")
    } else {
        "Nothing. For what happened at receipt, the record of the receiving server is the better witness; compare both under Server records.".to_owned()
    };
    Explanation::new(
        format!("The receiving server recorded {recorded} for {}; here it is {ours}", claims::subject(checked)),
        format!("{} The verdict here rests on what was proved, not on the record.", claims::why(why)),
        remedy,
    )
}

pub(in crate::text) fn compauth_failed(
    author: Option<&str>,
    reason: Option<&str>,
    meaning: Option<Note>,
) -> Explanation {
    let title = match reason {
        Some(reason) => format!("Microsoft's composite authentication failed (reason {reason})"),
        None => "Microsoft's composite authentication failed".to_owned(),
    };
    let is_own = matches!(meaning, Some(Note::CompauthOwnDomain | Note::CompauthOwnDomainImplicit));
    let remedy = if meaning == Some(Note::CompauthForbiddenPair) {
        "Ask the recipient's administrator to look at the list of allowed and blocked senders (spoof intelligence), which decided this.".to_owned()
    } else if is_own {
        "If the recipient's organisation sends this mail through another service, ask its administrator to add that service to the SPF record, or to sign with DKIM there.".to_owned()
    } else {
        let author = author.unwrap_or("the domain in From");
        format!(
            "Ask the administrator of {author} to set up SPF and DKIM for that domain, so that one of them passes, and to publish a DMARC record."
        )
    };
    Explanation::new(title, claims::compauth(meaning), remedy)
}

pub(in crate::text) fn second_engine_differs(part: Part, ours: Verdict, theirs: Verdict) -> Explanation {
    Explanation::new(
        format!("A second engine judges {} differently", second::part(part)),
        format!(
            "Hopscope says {}, mail-auth says {}, from the same DNS answers. Why is not known, so receivers may differ too.",
            second::verdict(ours),
            second::verdict(theirs)
        ),
        "Look at the steps before you rely on this result. Please report the difference to those who make Hopscope, with the message if you may.",
    )
}
