//! The canonical bytes that a signature was made over (RFC 6376 section 3.7), made once more when somebody asks for them.

use super::canon::{self, Form, Sink};
use super::hash::Header;
use super::signature::Parameters;
use super::{Reason, Signature};
use crate::message::Message;

/// Which of the two inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The signed fields, then the signature's own field with its `b=` emptied.
    Header,
    /// The body, all of it, whatever `l=` says.
    Body,
}

/// The beginning of the canonical bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    pub bytes: Vec<u8>,
    /// How many there are in all.
    pub total: u64,
}

impl Excerpt {
    /// The most bytes of an excerpt.
    pub const MAX_BYTES: usize = 8 * 1024;
    /// The most bytes of a body that are read for one: all of a body may be white space that leaves nothing.
    const MAX_READ: usize = 1024 * 1024;

    /// The beginning of the canonical bytes; `None` where the signature does not say how to make them, was not verified, or
    /// there is no body.
    #[must_use]
    pub fn of(message: &Message, signature: &Signature, part: Part) -> Option<Self> {
        let mut beginning = Beginning::default();
        let total = match part {
            Part::Header => {
                write_header(message, signature, &mut beginning)?;
                signature.canonical_header?
            }
            Part::Body => {
                let body = message.source.slice(message.body?);
                let mut canonical = canon::Body::new(parameters(message, signature)?.forms()?.1);
                for piece in body.get(..Self::MAX_READ).unwrap_or(body).chunks(4096) {
                    canonical.push(piece, &mut beginning);
                    if beginning.is_full() {
                        break;
                    }
                }
                if body.len() <= Self::MAX_READ {
                    canonical.finish(&mut beginning);
                }
                signature.canonical_body?
            }
        };
        // The bytes of a masked message are not the ones that were hashed, and may be more.
        let total = total.max(beginning.0.len() as u64);
        Some(Self { bytes: beginning.0, total })
    }

    /// How many bytes follow that are not here.
    #[must_use]
    pub const fn more(&self) -> u64 {
        self.total.saturating_sub(self.bytes.len() as u64)
    }
}

/// Writes the whole input of the header hash; `None` where it cannot be made.
pub fn write_header(message: &Message, signature: &Signature, sink: &mut impl Sink) -> Option<()> {
    let field = message.fields.get(signature.field)?;
    let parameters = parameters(message, signature)?;
    let header = Header::of(message);
    let names = parameters.signed.get()?.iter().map(|name| name.value.as_str());
    let selected = header.select(names, Some(signature.field));
    let own = parameters.own_field(field, message)?;
    header.write(&selected, &own, parameters.forms()?.0, sink);
    Some(())
}

/// Writes the whole canonical body; `None` without one.
pub fn write_body(message: &Message, form: Form, sink: &mut impl Sink) -> Option<()> {
    let mut canonical = canon::Body::new(form);
    canonical.push(message.source.slice(message.body?), sink);
    canonical.finish(sink);
    Some(())
}

/// The form in which a signature hashes the body.
#[must_use]
pub fn body_form(message: &Message, signature: &Signature) -> Option<Form> {
    Some(parameters(message, signature)?.body_plan()?.form)
}

fn parameters(message: &Message, signature: &Signature) -> Option<Parameters> {
    let field = message.fields.get(signature.field).filter(|_| signature.reason != Reason::LimitExceeded)?;
    Some(Parameters::read(message.source.slice(field.value), field.value.start))
}

/// Keeps the first [`Excerpt::MAX_BYTES`].
#[derive(Default)]
struct Beginning(Vec<u8>);

impl Beginning {
    const fn is_full(&self) -> bool {
        self.0.len() >= Excerpt::MAX_BYTES
    }
}

impl Sink for Beginning {
    fn write(&mut self, bytes: &[u8]) {
        let room = Excerpt::MAX_BYTES - self.0.len();
        self.0.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
    }
}
