//! How a reader can unsubscribe: the fields of RFC 2369 and RFC 8058, and a link in the body. Nothing is ever called.

use serde::Serialize;

use crate::message::container::{Text, texts};
use crate::message::{Message, Span, Spanned};

/// What the message offers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unsubscribe {
    /// How often List-Unsubscribe and List-Unsubscribe-Post stand there.
    pub counts: [usize; 2],
    /// List-Unsubscribe (RFC 2369 section 3.2); of several the last, which signatures cover first (RFC 6376 section 5.4.2).
    pub field: Option<Span>,
    /// The ways in it, in order.
    pub ways: Vec<Way>,
    /// The value of every List-Unsubscribe and of every List-Unsubscribe-Post, unfolded.
    pub values: [Vec<String>; 2],
    /// List-Unsubscribe-Post (RFC 8058 section 3.1) as it stands there.
    pub post: Option<Spanned<String>>,
    pub body: BodyOffer,
    /// What the texts of the body hold besides.
    pub content: Content,
}

/// One address in List-Unsubscribe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    Https,
    Http,
    Mailto,
    Other,
}

/// Whether the body shows a way to unsubscribe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyOffer {
    /// The body is not there, or holds no text.
    #[default]
    NoText,
    /// A link beside words for it.
    Link,
    /// Links, and none with words for it that are known; a picture may be one.
    OtherLinks,
    /// No link at all.
    NoLink,
}

/// What of a body decides rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    #[default]
    NoText,
    /// A script in HTML.
    Script,
    /// A link to a host that is named by its address.
    AddressLink,
    Plain,
}

/// The most ways that are read, and the most fields of one name.
const MAX_WAYS: usize = 20;

/// The two fields of RFC 8058.
pub const FIELDS: [&str; 2] = ["List-Unsubscribe", "List-Unsubscribe-Post"];

/// The one value that RFC 8058 section 3.1 allows.
pub const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

impl Unsubscribe {
    #[must_use]
    pub fn of(message: &Message) -> Self {
        let last = |name: &'static str| message.named(name).last().map(|(_, field)| field);
        let [field, post] = FIELDS.map(last);
        let texts = texts(message);
        let values = |name: &'static str| {
            let values = message.named(name).map(|(_, field)| message.unfold(field).text.trim().to_owned());
            values.take(MAX_WAYS).collect()
        };
        Self {
            counts: FIELDS.map(|name| message.named(name).count()),
            values: FIELDS.map(values),
            field: field.map(|field| field.span),
            ways: field.map(|field| addresses(&message.unfold(field).text).map(way).collect()).unwrap_or_default(),
            post: post.map(|field| Spanned::new(message.unfold(field).text.trim().to_owned(), field.span)),
            body: body(&texts),
            content: content(&texts),
        }
    }

    #[must_use]
    pub fn has(&self, way: Way) -> bool {
        self.ways.contains(&way)
    }

    /// Whether List-Unsubscribe-Post has its one value; `None` where there is none.
    #[must_use]
    pub fn post_is_right(&self) -> Option<bool> {
        self.post.as_ref().map(|post| post.value.eq_ignore_ascii_case(ONE_CLICK))
    }
}

/// What stands in angle brackets, comments left out (RFC 2369 section 2).
pub fn addresses(value: &str) -> impl Iterator<Item = &str> {
    let mut rest = value;
    let next = move || {
        let (uri, after) = bracket(rest).map(|inner| inner.split_once('>').unwrap_or((inner, "")))?;
        rest = after;
        Some(uri.trim())
    };
    std::iter::from_fn(next).take(MAX_WAYS)
}

/// What follows the next angle bracket outside of comments, which nest (RFC 5322 section 3.2.2).
fn bracket(value: &str) -> Option<&str> {
    let (mut depth, mut is_quoted) = (0_usize, false);
    for (at, letter) in value.char_indices() {
        match letter {
            _ if is_quoted => is_quoted = false,
            '\\' if depth > 0 => is_quoted = true,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '<' if depth == 0 => return value.get(at + 1..),
            _ => {}
        }
    }
    None
}

/// The way that an address offers, of which only the scheme is wanted.
#[must_use]
pub fn way(uri: &str) -> Way {
    let scheme = uri.split(':').next().unwrap_or_default().to_ascii_lowercase();
    match scheme.as_str() {
        "https" if has_host(uri) => Way::Https,
        "http" if has_host(uri) => Way::Http,
        "mailto" => Way::Mailto,
        _ => Way::Other,
    }
}

/// Whether an address of the web names a host (RFC 9110 section 4.2.1 forbids an empty one).
fn has_host(uri: &str) -> bool {
    let rest = uri.split_once("://").map_or("", |(_, rest)| rest);
    rest.chars().next().is_some_and(|first| first == '[' || first.is_alphanumeric())
}

/// Words by which people find the way out, in small letters.
const WORDS: [&str; 18] = [
    "unsubscribe",
    "opt out",
    "opt-out",
    "optout",
    "manage preferences",
    "email preferences",
    "stop receiving",
    "配信停止",
    "配信解除",
    "配信の停止",
    "配信を停止",
    "配信不要",
    "購読解除",
    "購読を解除",
    "購読停止",
    "登録解除",
    "メール受信設定",
    "退会",
];

/// How many characters around a link its words may stand in.
const NEAR: usize = 300;

fn body(texts: &[Text]) -> BodyOffer {
    if texts.is_empty() {
        return BodyOffer::NoText;
    }
    let mut found = BodyOffer::NoLink;
    for text in texts {
        let lower = text.text.to_lowercase();
        for (at, _) in lower.match_indices("http").chain(lower.match_indices("mailto:")) {
            let (before, after) = lower.split_at(at);
            if !is_link(after) {
                continue;
            }
            let start = before.char_indices().rev().nth(NEAR).map_or(0, |(index, _)| index);
            let end = after.char_indices().nth(NEAR).map_or(after.len(), |(index, _)| index);
            let near = (before.get(start..).unwrap_or_default(), after.get(..end).unwrap_or_default());
            if WORDS.iter().any(|word| near.0.contains(word) || near.1.contains(word)) {
                return BodyOffer::Link;
            }
            found = BodyOffer::OtherLinks;
        }
    }
    found
}

fn is_link(text: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| text.starts_with(scheme))
}

fn content(texts: &[Text]) -> Content {
    if texts.is_empty() {
        return Content::NoText;
    }
    let is_script = |text: &Text| text.is_html && text.text.to_ascii_lowercase().contains("<script");
    if texts.iter().any(is_script) {
        return Content::Script;
    }
    let by_address = |text: &Text| {
        let links = text.text.split("://").skip(1);
        let hosts = links.map(|rest| rest.split(|c: char| "/:?#\"'<> \r\n\t)".contains(c)).next().unwrap_or_default());
        hosts.into_iter().any(|host| host.parse::<std::net::Ipv4Addr>().is_ok())
    };
    if texts.iter().any(by_address) { Content::AddressLink } else { Content::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Unsubscribe {
        Unsubscribe::of(&Message::read(text.as_bytes().to_vec()))
    }

    #[test]
    fn the_ways_are_read() {
        let found = read(
            "List-Unsubscribe: <mailto:off@example.jp>,\n <https://example.jp/u?x=1>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n\n",
        );
        assert_eq!(found.ways, [Way::Mailto, Way::Https]);
        assert_eq!(found.post_is_right(), Some(true));
        let found = read("List-Unsubscribe: https://example.jp/u\nList-Unsubscribe-Post: One-Click\n\n");
        assert_eq!((found.ways.len(), found.post_is_right()), (0, Some(false)));
        assert_eq!(read("Subject: a\n\n").post_is_right(), None);
        assert_eq!(read("List-Unsubscribe: <https:///u>, <https:u>\n\n").ways, [Way::Other, Way::Other]);
        let found = read("List-Unsubscribe: <https://example.com/u>\nList-Unsubscribe: <mailto:off@example.jp>\n\n");
        assert_eq!((found.ways, found.counts), (vec![Way::Mailto], [2, 0]));
    }

    #[test]
    fn a_link_in_the_body_has_words_beside_it() {
        for (body, expected) in [
            ("", BodyOffer::NoLink),
            ("Hello", BodyOffer::NoLink),
            ("See https://example.jp/", BodyOffer::OtherLinks),
            ("配信停止はこちら\nhttps://example.jp/u", BodyOffer::Link),
            ("To unsubscribe: mailto:off@example.jp", BodyOffer::Link),
            ("Unsubscribe by phone. http works", BodyOffer::NoLink),
        ] {
            assert_eq!(read(&format!("Subject: a\n\n{body}")).body, expected, "{body}");
        }
        let html = "Content-Type: text/html\n\n<a href=\"https://example.jp/u\">Unsubscribe</a>";
        assert_eq!(read(html).body, BodyOffer::Link);
    }

    #[test]
    fn scripts_and_addresses_in_links_are_seen() {
        for (body, expected) in [
            ("Content-Type: text/html\n\n<script>x</script>", Content::Script),
            ("Subject: a\n\nhttp://192.0.2.1/a", Content::AddressLink),
            ("Subject: a\n\nhttps://example.jp/192.0.2.1", Content::Plain),
        ] {
            assert_eq!(read(body).content, expected, "{body}");
        }
    }
}
