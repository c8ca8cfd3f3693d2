//! What is said of a change to a BIMI record.

use super::terms;
use crate::auth::dmarc::Policy;
use crate::fix::BimiStep;
use crate::text::fix::FixText;

pub(super) fn bimi(domain: &str, steps: &[BimiStep], policy: Option<Policy>) -> FixText {
    FixText {
        title: format!("Logo (BIMI) of {domain}"),
        steps: steps.iter().map(step).collect(),
        conditions: conditions(policy),
    }
}

fn step(step: &BimiStep) -> String {
    match step {
        BimiStep::Version => "Begin with v=BIMI1, written exactly so.".to_owned(),
        BimiStep::Secure { before, after } => format!("Use {after} in place of {before}: only https counts."),
        BimiStep::Format { before } => format!("Replace {before} by a logo in SVG Tiny PS: no other format counts."),
        BimiStep::Drop { part } => format!("Remove {part}, which has no effect."),
        BimiStep::Logo => "Add the address of the logo.".to_owned(),
        BimiStep::Certificate => {
            "Add the address of a certificate: the recipient's provider shows a logo only with one.".to_owned()
        }
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
