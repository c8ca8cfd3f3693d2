//! Who sent it: what the message or DNS says may hold what is masked, what we say of services holds nothing.

use super::mask::Mask;
use crate::sender::Sender;
use crate::sender::who::{Attribution, Mark, Relationship, Tie};

pub(super) fn sender(sender: &mut Sender, mask: &Mask) {
    let Sender { service, carrier, via, rented_at, claims, relationship, outsider } = sender;
    for attribution in [service, carrier, via, rented_at].into_iter().flatten().chain(claims) {
        let Attribution { service: _, assurance: _, marks } = attribution;
        for Mark { proof: _, name, known: _, place: _ } in marks {
            mask.text(name);
        }
    }
    let Relationship { kind: _, is_endorsed: _, evidence } = relationship;
    for Tie { kind: _, name, place: _ } in evidence.iter_mut().chain(outsider) {
        mask.text(name);
    }
}
