//! Amazon SES: `from helo (name [ip]) by inbound-smtp.REGION.amazonaws.com with SMTP id …`, and its submission servers.

use super::grammar::{Clauses, Keyword};
use super::{Dialect, Reader};
use crate::path::Hop;

pub(super) const READER: Reader = Reader { dialect: Dialect::AmazonSes, recognises, read };

fn recognises(clauses: &Clauses<'_>) -> bool {
    let host = clauses.word(Keyword::By).map(|host| host.text.to_ascii_lowercase()).unwrap_or_default();
    let server = host.starts_with("inbound-smtp.") || host.starts_with("email-smtp.") || host.starts_with("ses-smtp-");
    (server && host.ends_with("amazonaws.com"))
        || clauses.comments().any(|comment| comment.strip_prefix("SimpleEmailService").is_some())
}

/// The submission servers take mail from customers who logged in, and from nobody else.
fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    let host = clauses.word(Keyword::By);
    let submission = host.filter(|host| host.strip_prefix("email-smtp").is_some());
    hop.authenticated = hop.authenticated.or_else(|| submission.map(|host| clauses.span(host)));
}
