//! What is said of a change to a BIMI record.

use super::terms;
use crate::auth::bimi::Selector;
use crate::auth::dmarc::Policy;
use crate::fix::BimiStep;
use crate::text::fix::FixText;

pub(super) fn bimi(domain: &str, steps: &[BimiStep], policy: Option<Policy>, asked: &Selector) -> FixText {
    FixText {
        title: format!("Logo (BIMI) of {domain}"),
        steps: steps.iter().map(step).collect(),
        conditions: selector(asked).into_iter().chain(conditions(policy)).collect(),
    }
}

fn step(step: &BimiStep) -> String {
    match step {
        BimiStep::Version => "Begin with v=BIMI1, written exactly so.".to_owned(),
        BimiStep::Separate => "Put a semicolon between the parts.".to_owned(),
        BimiStep::LowerCase => "Write the names of the tags in small letters.".to_owned(),
        BimiStep::Secure { before, after } => format!("Use {after} in place of {before}: only https counts."),
        BimiStep::Format { before } => format!("Replace {before} by a logo in SVG Tiny PS: no other format counts."),
        BimiStep::Drop { part } => format!("Remove {part}, which has no effect."),
        BimiStep::Logo => "Add the address of the logo.".to_owned(),
        BimiStep::Certificate => {
            "Add the address of a certificate: the recipient's provider shows a logo only with one.".to_owned()
        }
    }
}

fn selector(asked: &Selector) -> Option<String> {
    match asked {
        Selector::Default => None,
        Selector::Named(name) => Some(format!(
            "The message asks for the selector {name} (BIMI-Selector), and a DKIM signature of the author domain covers it: this is the record of that selector."
        )),
        Selector::Ignored(name) => Some(format!(
            "The message asks for the selector {name} (BIMI-Selector). No valid DKIM signature of the author domain covers that field, so that receivers should ignore it: the record for the selector default counts."
        )),
    }
}

fn conditions(policy: Option<Policy>) -> Vec<String> {
    let today =
        policy.map_or_else(String::new, |policy| format!(" Today it asks for p={}.", terms::policy_word(policy)));
    vec![
        format!(
            "Before: DMARC asks for quarantine or reject for all mail of the domain, without sp=none and without pct below 100, also at the organizational domain.{today}"
        ),
        "The logo is a square SVG Tiny PS file, reached by https. A certificate is a VMC (for a registered trademark) or a CMC, from an authority that issues them.".to_owned(),
        "Optional: mail is delivered without a logo as well, and whether one is shown, each provider decides.".to_owned(),
    ]
}
