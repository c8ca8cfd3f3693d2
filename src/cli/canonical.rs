//! `hopscope report --canonical DIR`: what each DKIM signature was made over, in files for other tools.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context;

use super::output;
use crate::analyze::Analysis;
use crate::auth::dkim::canonical;

/// Writes `dkim-N.header` for each signature that was verified, and the body once for each form: `body.simple`,
/// `body.relaxed`. Of the body, `l=` covers the beginning.
pub(super) fn write(analysis: &Analysis, folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let message = &analysis.message;
    let mut names = Vec::new();
    let mut forms = BTreeSet::new();
    for (index, signature) in analysis.facts.dkim.iter().enumerate() {
        let mut bytes = Vec::new();
        if canonical::write_header(message, signature, &mut bytes).is_some() {
            names.push(format!("dkim-{}.header", index + 1));
            output::write(names.last().map(|name| folder.join(name)).as_deref(), &bytes)?;
        }
        forms.extend(canonical::body_form(message, signature));
    }
    for form in forms {
        let mut bytes = Vec::new();
        if canonical::write_body(message, form, &mut bytes).is_some() {
            names.push(format!("body.{}", form.name()));
            output::write(names.last().map(|name| folder.join(name)).as_deref(), &bytes)?;
        }
    }
    output::say(&format!("hopscope: {}: {}", folder.display(), names.join(" ")));
    Ok(())
}
