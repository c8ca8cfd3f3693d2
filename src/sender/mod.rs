//! Who sent it and how it was handled on the way: stream kind, mailing list and forwarding marks.

mod calendar;
mod handling;
mod saved;
pub mod services;
mod stream;
pub mod unsubscribe;
pub mod who;
mod witness;

pub use handling::{ForwardMark, Handling, Marks, PassedOnBy};
pub use saved::{Saved, SavedBy};
pub use stream::{Mixed, Stream, StreamKind};
pub use unsubscribe::{BodyOffer, Content, ONE_CLICK, Unsubscribe, Way};
pub use who::Sender;
pub use witness::{passed_on_by, saw_pass, saw_signature};
