//! Findings about delivery reports.

use crate::check::Refused;
use crate::text::Explanation;
use crate::text::en::bounce;

pub(in crate::text) fn undelivered(refused: &Refused) -> Explanation {
    Explanation::new(bounce::title(refused), bounce::explained(refused), bounce::next_step(refused))
}

pub(in crate::text) fn sender_rules(refused: &Refused) -> Explanation {
    let title = format!("{}: refused for its authentication", bounce::title(refused));
    Explanation::new(title, bounce::explained(refused), bounce::next_step(refused))
}

pub(in crate::text) fn not_ours(author: &str) -> Explanation {
    Explanation::new(
        format!("The returned message may not have been sent by {author}"),
        format!(
            "It bears {author} in From, and neither a signature, nor its Message-ID, nor any server on its way names that domain. Spam under a stranger's address comes back like this; so does mail of a sending service that leaves no trace of {author}."
        ),
        format!(
            "Ask whether anybody, or any service, of {author} sent it. If not, nothing is to be done about this report; a DMARC record that asks to refuse helps to keep such mail from being taken."
        ),
    )
}
