//! How large the message and its fields are, and how they are written: what providers set limits to.

use super::{Field, Message, RepairCode, Span};

/// Fields that may stand once (RFC 5322 section 3.6).
const ONCE: [&str; 12] = [
    "Date",
    "From",
    "Sender",
    "Reply-To",
    "To",
    "Cc",
    "Bcc",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Subject",
    "Content-Type",
];

/// Fields whose length depends on how many are written to or answered: providers except them from the limit of one value.
const LISTS: [&str; 3] = ["To", "Cc", "References"];

/// What can be measured. Only what came to the receiving side counts: what it wrote on top itself is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Bytes of the header, with line ends as SMTP has them (RFC 5321 section 2.3.8).
    pub header_bytes: usize,
    /// Bytes of header and body the same way; `None` where there is no body as it was sent.
    pub message_bytes: Option<usize>,
    pub fields: usize,
    /// The longest value that no exception is made for, and the longest name.
    pub longest_value: Option<Measured>,
    pub longest_name: Option<Measured>,
    pub message_id: Option<Measured>,
    pub subject: Option<Measured>,
    /// The longest line of the header or of the body, with its line end; `None` without a body as it was sent.
    pub longest_line: Option<usize>,
    /// Fields that may stand once and stand there again: the name, and where the second is.
    pub repeated: Vec<(&'static str, Span)>,
    /// The first byte outside of ASCII in a field, and whether all such bytes are UTF-8.
    pub eight_bit: Option<(Span, Encoding)>,
    /// The first line in the header that is no field.
    pub unreadable: Option<Span>,
    pub list_id: Option<Span>,
    /// A field that a reply has: In-Reply-To or References.
    pub answers: Option<Span>,
}

/// A length, and what has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    pub length: usize,
    pub span: Span,
}

/// How bytes outside of ASCII are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Allowed where the message came by SMTPUTF8 (RFC 6532).
    Utf8,
    Other,
}

impl Form {
    /// Measures what stands below `arrival`, the index of the Received field of the arrival.
    #[must_use]
    pub fn of(message: &Message, arrival: Option<usize>) -> Self {
        let fields = message.fields.get(arrival.map_or(0, |index| index + 1)..).unwrap_or_default();
        let start = fields.first().map_or(message.header().end, |field| field.span.start);
        let header = Span::new(start.min(message.header().end), message.header().end);
        let bytes = message.source.bytes();
        let whole = message.body.map(|body| Span::new(header.start, body.end));
        let value = |field: &Field| Measured { length: trimmed(message, field), span: field.span };
        let of = |name: &str| fields.iter().find(|field| field.is(name)).map(value);
        let present = |name: &str| fields.iter().find(|field| field.is(name)).map(|field| field.span);
        let is_list = |field: &&Field| LISTS.iter().any(|name| field.is(name));
        Self {
            header_bytes: on_the_wire(message.source.slice(header)),
            message_bytes: whole.map(|whole| on_the_wire(message.source.slice(whole))),
            fields: fields.len(),
            longest_value: fields.iter().filter(|field| !is_list(field)).map(value).max_by_key(|found| found.length),
            longest_name: fields
                .iter()
                .map(|field| Measured { length: field.name.len(), span: field.span })
                .max_by_key(|found| found.length),
            message_id: of("Message-ID"),
            subject: of("Subject"),
            longest_line: whole.map(|whole| longest_line(message.source.slice(whole))),
            repeated: repeated(fields),
            eight_bit: eight_bit(bytes, fields),
            unreadable: message
                .repairs
                .iter()
                .find(|repair| repair.code == RepairCode::UnreadableHeaderLine && repair.span.start >= header.start)
                .map(|repair| repair.span),
            list_id: present("List-Id"),
            answers: present("In-Reply-To").or_else(|| present("References")),
        }
    }
}

fn trimmed(message: &Message, field: &Field) -> usize {
    message.source.slice(field.value).trim_ascii().len()
}

/// Each line ends in CRLF on the wire, whatever the copy has.
fn on_the_wire(bytes: &[u8]) -> usize {
    let feeds = bytes.split(|&byte| byte == b'\n').skip(1).count();
    let pairs = bytes.windows(2).filter(|pair| *pair == b"\r\n").count();
    bytes.len() + feeds - pairs
}

fn longest_line(bytes: &[u8]) -> usize {
    const LINE_END: usize = 2;
    let lines = bytes.split(|&byte| byte == b'\n');
    lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line).len() + LINE_END).max().unwrap_or(0)
}

fn repeated(fields: &[Field]) -> Vec<(&'static str, Span)> {
    let second =
        |name: &'static str| fields.iter().filter(|field| field.is(name)).nth(1).map(|field| (name, field.span));
    ONCE.into_iter().filter_map(second).collect()
}

fn eight_bit(bytes: &[u8], fields: &[Field]) -> Option<(Span, Encoding)> {
    let slice = |field: &Field| bytes.get(field.span.start..field.span.end).unwrap_or_default();
    let first = fields.iter().find(|field| !slice(field).is_ascii())?;
    let is_utf8 = fields.iter().all(|field| std::str::from_utf8(slice(field)).is_ok());
    Some((first.span, if is_utf8 { Encoding::Utf8 } else { Encoding::Other }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str, arrival: Option<usize>) -> Form {
        Form::of(&Message::read(text.as_bytes().to_vec()), arrival)
    }

    #[test]
    fn what_the_receiving_side_wrote_is_not_measured() {
        let text = "Delivered-To: b@example.net\nReceived: by mx.example.net\nSubject: a\nX: 123\n\nbody\n";
        let below = form(text, Some(1));
        assert_eq!((below.fields, below.header_bytes), (2, "Subject: a\r\nX: 123\r\n\r\n".len()));
        assert_eq!(below.message_bytes, Some("Subject: a\r\nX: 123\r\n\r\nbody\r\n".len()));
        assert_eq!(form(text, None).fields, 4);
    }

    #[test]
    fn lengths_are_those_of_values() {
        let form = form("Subject:  abc \nTo: a-very-long-address@example.jp\nX-Y: 12345\n\n1234567\n", None);
        assert_eq!(form.subject.map(|found| found.length), Some(3));
        assert_eq!(form.longest_value.map(|found| found.length), Some(5), "To is excepted");
        assert_eq!(form.longest_name.map(|found| found.length), Some(7));
        assert_eq!(form.longest_line, Some("To: a-very-long-address@example.jp\r\n".len()));
    }

    #[test]
    fn what_stands_twice_and_what_is_not_ascii() {
        let form = form("Date: a\nDate: b\nX: 1\nX: 2\nSubject: \u{3042}\n\n", None);
        assert_eq!(form.repeated.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["Date"]);
        assert_eq!(form.eight_bit.map(|(_, encoding)| encoding), Some(Encoding::Utf8));
        let bytes = b"Subject: \xb1\n\n".to_vec();
        assert_eq!(Form::of(&Message::read(bytes), None).eight_bit.map(|(_, how)| how), Some(Encoding::Other));
    }

    #[test]
    fn without_a_body_the_message_has_no_size() {
        let form = Form::of(&Message::read_pasted(b"Subject: a\n".to_vec()), None);
        assert_eq!((form.message_bytes, form.longest_line), (None, None));
    }
}
