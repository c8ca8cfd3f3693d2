//! The texts of a body as a person reads them: plain and HTML parts, decoded.

use super::mime;
use crate::message::{Message, decode};

/// The most bytes of one text and the most texts that are looked at.
const MAX_BYTES: usize = 512 << 10;
const MAX_TEXTS: usize = 20;

/// One text part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub is_html: bool,
    pub text: String,
}

/// The text parts of a message, in order; of a long one the beginning and the end, where links to unsubscribe stand.
#[must_use]
pub fn texts(message: &Message) -> Vec<Text> {
    let parts = mime::parts(message);
    let is_text = |part: &&mime::Part| matches!(part.kind.as_str(), "text/plain" | "text/html") && part.name.is_empty();
    parts.iter().filter(is_text).take(MAX_TEXTS).map(|part| read(part, message)).collect()
}

fn read(part: &mime::Part, message: &Message) -> Text {
    let content = part.content(&message.source);
    let bytes = match &content {
        mime::Content::AsIs(source) => source.bytes(),
        mime::Content::Decoded(bytes) => bytes,
    };
    let charset = part.charset.as_deref();
    let text = if bytes.len() <= 2 * MAX_BYTES {
        decode::lines(bytes, charset)
    } else {
        let (head, tail) = (bytes.get(..MAX_BYTES), bytes.get(bytes.len() - MAX_BYTES..));
        let read = |bytes: Option<&[u8]>| decode::lines(bytes.unwrap_or_default(), charset);
        format!("{}\n{}", read(head), read(tail))
    };
    Text { is_html: part.kind == "text/html", text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_decoded() {
        let text = "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\
                    Content-Transfer-Encoding: base64\n\n6YWN5L+h5YGc5q2i\n--b\nContent-Type: text/html\n\
                    Content-Transfer-Encoding: quoted-printable\n\n<a href=3D\"https://example.jp/u\">x</a>\n--b--\n";
        let texts = texts(&Message::read(text.as_bytes().to_vec()));
        assert_eq!(texts.len(), 2);
        assert_eq!(texts[0], Text { is_html: false, text: "配信停止".to_owned() });
        assert!(texts[1].is_html && texts[1].text.contains("href=\"https://example.jp/u\""));
    }
}
