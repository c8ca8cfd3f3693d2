//! Visits what others claim: names of servers stay, addresses and accounts do not.

use super::mask::Mask;
use super::walk::optional;
use crate::auth::claimed::{Claim, ClaimedResult, Property};
use crate::message::Spanned;

/// Properties that may hold a local part alone; the last is Cisco's, of Received-SPF.
const ACCOUNTS: &[&str] = &["smtp.auth", "x-sender"];

pub(super) fn hide(claim: &mut Claim, mask: &Mask) {
    let Claim {
        field: _,
        span: _,
        header: _,
        authserv_id,
        receiver,
        instance: _,
        trust: _,
        results,
        comments,
        deviations: _,
        unread: _,
    } = claim;
    // NTTPC puts the recipient's address where the server's name belongs.
    optional(authserv_id, mask);
    optional(receiver, mask);
    for sentence in comments {
        mask.sentence(sentence);
    }
    for ClaimedResult { method, version, result, reason, properties, comments, notes: _, span: _ } in results {
        mask.text(method);
        optional(version, mask);
        mask.text(result);
        reason.iter_mut().chain(comments).for_each(|sentence| mask.sentence(sentence));
        for Property { name, value: Spanned { value, span: _ } } in properties {
            mask.text(name);
            // The account of a login (RFC 8601 section 2.7.4), often without a domain.
            let is_account = ACCOUNTS.iter().any(|account| name.eq_ignore_ascii_case(account));
            if is_account { mask.address(value) } else { mask.text(value) }
        }
    }
}
