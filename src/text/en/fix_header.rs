//! What is said of a change to the fields of one-click unsubscription.

use crate::fix::OneClickStep;
use crate::text::fix::FixText;

pub(super) fn one_click(steps: &[OneClickStep], unproved: Option<&str>) -> FixText {
    let theirs = unproved.map(|author| {
        format!("Only if this mail is really sent for {author}, which nothing in it proves. If nobody there knows of it, change nothing: it may be spoofed.")
    });
    FixText {
        title: "Header fields for one-click unsubscription".to_owned(),
        steps: steps.iter().map(one_click_step).collect(),
        conditions: theirs.into_iter().chain(one_click_conditions(steps)).collect(),
    }
}

fn one_click_step(step: &OneClickStep) -> String {
    match step {
        OneClickStep::New => "Add List-Unsubscribe, with an https address of your own.".to_owned(),
        OneClickStep::AddHttps => "Add an https address: one click works with no other.".to_owned(),
        OneClickStep::Secure { host } => format!("Use https in place of http for the address at {host}."),
        OneClickStep::OneHttps => "Leave one address of the web; RFC 8058 allows no second.".to_owned(),
        OneClickStep::Brackets => "Put each address into angle brackets (RFC 2369 section 2).".to_owned(),
        OneClickStep::DropOther => "Remove what is neither an https nor a mailto address.".to_owned(),
        OneClickStep::Once { name } => format!("Write {name} only once."),
        OneClickStep::AddPost => "Add List-Unsubscribe-Post with its only value.".to_owned(),
        OneClickStep::Post { before } => {
            format!("Write List-Unsubscribe=One-Click in place of {before}; no other value counts.")
        }
        OneClickStep::Sign { domain, selector, names } => format!(
            "Have the DKIM signature of {domain} (selector {selector}) cover {} too: add them to h=.",
            names.join(" and ")
        ),
        OneClickStep::SignBoth => {
            "Sign the message with DKIM, with List-Unsubscribe and List-Unsubscribe-Post in h=.".to_owned()
        }
    }
}

fn one_click_conditions(steps: &[OneClickStep]) -> Vec<String> {
    let mut conditions = Vec::new();
    if steps.iter().any(|step| matches!(step, OneClickStep::Secure { .. })) {
        conditions.push("Before: make sure that the same address answers by https.".to_owned());
    }
    let is_signing_alone = steps.iter().all(|step| matches!(step, OneClickStep::Sign { .. }));
    if !is_signing_alone {
        conditions.push("Before: the https address answers a POST request by itself, without a login, a cookie or a redirect, and names list and reader (RFC 8058 section 3.1).".to_owned());
        conditions
            .push("Whoever unsubscribes gets no more mail after two days at the latest (Gmail, Yahoo).".to_owned());
    }
    conditions.push("A valid DKIM signature has to cover both fields (RFC 8058 section 4); the fields must be in place before the message is signed.".to_owned());
    conditions
}
