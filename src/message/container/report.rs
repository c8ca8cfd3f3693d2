//! A DMARC aggregate report as a file of its own (RFC 9990): no message, but what people are sent and want read.

use super::super::{Kind, Message, Source, reader};
use super::Letter;

/// How far the root element may be from the beginning.
const ROOT: usize = 4096;

/// Whether a file that begins like this is one.
pub(super) fn is_report(prefix: &[u8]) -> bool {
    let text = prefix.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(prefix).trim_ascii_start();
    let holds = |text: &[u8], word: &str| text.windows(word.len()).any(|window| window == word.as_bytes());
    let head = text.get(..ROOT).unwrap_or(text);
    text.starts_with(b"<")
        && ["<feedback", ":feedback"].iter().any(|root| holds(head, root))
        && ["report_metadata", "policy_published", "record"].iter().any(|part| holds(text, part))
}

/// The report as a message without a header.
pub(super) fn letter(bytes: Vec<u8>) -> Letter {
    let message = Message { kind: Kind::AggregateReport, ..reader::without_header(Source::new(bytes)) };
    Letter { message, depth: 0, is_wrapper: false }
}

#[cfg(test)]
mod tests {
    use super::super::super::Span;
    use super::super::{Container, Refusal};
    use super::*;

    #[test]
    fn a_report_is_told_from_other_xml() {
        for report in [
            "<?xml version=\"1.0\"?>\n<feedback><report_metadata>",
            "\u{FEFF}<dmarc:feedback xmlns:dmarc=\"urn:ietf:params:xml:ns:dmarc-2.0\"><dmarc:record>",
        ] {
            let container = Container::of_bytes(report.as_bytes().to_vec()).unwrap();
            let message = container.first().unwrap();
            assert_eq!((message.kind, message.fields.len()), (Kind::AggregateReport, 0));
            assert_eq!(message.body.map(Span::len), Some(report.len()));
        }
        for other in ["<?xml version=\"1.0\"?>\n<rss><feedback/></rss>", "<html><body>record</body></html>"] {
            assert!(matches!(Container::of_bytes(other.as_bytes().to_vec()), Err(Refusal::NoMail)), "{other}");
        }
    }
}
