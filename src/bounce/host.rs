//! Which host a mailer was talking to, as its words say.

/// Words right before the name of the host that answered.
const BEFORE: &[&str] = &[
    "host ",
    "host: ",
    "while talking to ",
    "remote server at ",
    "receiving server: ",
    "受信サーバー: ",
    "受信サーバー:",
    "receiving server:",
    "relay ",
    "connect to ",
    "connected to ",
    "rejected by the server ",
    "message rejected by: ",
    "the recipient domain ",
];

/// Words right behind it.
const BEHIND: &[&str] = &[
    " does not like recipient",
    " rejected your message to the following",
    " gave this error",
    " did not like our ",
    " がエラーを返しました",
    " により次のメール",
    " に拒否されました",
];

/// The first host that answered; a name before an address.
pub(super) fn find(text: &str) -> Option<String> {
    // "by the server for the recipient domain example.jp by mx.example.jp. [192.0.2.1]"
    let gmail = between(text, "for the recipient domain ", " by ").and_then(|(_, rest)| name(rest));
    let before = || {
        let lower = text.to_ascii_lowercase();
        BEFORE.iter().find_map(|words| {
            let mut places = lower.match_indices(words);
            places.find_map(|(at, _)| {
                // The words stand alone, and are not those of the reporting server: "the mail system at host …".
                let before = text.get(..at)?;
                let joined = before.chars().next_back().is_some_and(char::is_alphanumeric)
                    || before.ends_with("system at ")
                    || before.ends_with("program at ");
                name(text.get(at + words.len()..)?).filter(|_| !joined)
            })
        })
    };
    let behind = || {
        BEHIND.iter().find_map(|words| {
            let at = text.find(words)?;
            let start = text.get(..at)?.trim_end();
            let mut words = start.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '['));
            words.find_map(|word| name(word.trim_matches([')', ']', ' '])).filter(|name| name.contains('.')))
        })
    };
    gmail.or_else(before).or_else(behind)
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<(&'a str, &'a str)> {
    text.split_once(from)?.1.split_once(to)
}

/// `[AM1EUR05FT012.eop-EUR05.prod.protection.outlook.com 2026-…]`: Exchange names itself at the end of its reply.
pub(super) fn in_brackets(text: &str) -> Option<String> {
    let (_, rest) = text.rsplit_once('[')?;
    name(rest).filter(|name| is_of_microsoft(name))
}

pub(super) fn is_of_microsoft(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".outlook.com")
}

/// A server of Microsoft's that takes mail in from elsewhere.
pub(super) fn is_entrance(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".protection.outlook.com")
}

/// The host name, or the address, that `text` begins with.
pub(super) fn name(text: &str) -> Option<String> {
    let text = text.trim_start();
    let text = text.strip_prefix('[').unwrap_or(text);
    let end =
        text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':'))).unwrap_or(text.len());
    let name = text.get(..end)?.trim_end_matches(['.', ':', '-']);
    let is_address = name.parse::<std::net::IpAddr>().is_ok();
    let labels = name.split('.').all(|label| !label.is_empty() && !label.contains(':'));
    let is_name = labels
        && name.contains('.')
        && name.rsplit('.').next().is_some_and(|last| last.len() > 1 && last.bytes().any(|b| b.is_ascii_alphabetic()));
    (is_address || is_name).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_found_in_the_words_of_each_mailer() {
        for (text, expected) in [
            ("host mx.example.net[192.0.2.1] said: 550 no", Some("mx.example.net")),
            ("SMTP error: host mx.example.net [192.0.2.1]: 550 no", Some("mx.example.net")),
            ("192.0.2.7 does not like recipient.\nRemote host said: 550", Some("192.0.2.7")),
            ("... while talking to mx.example.net.:\n<<< 550", Some("mx.example.net")),
            ("Remote Server at example.net (192.0.2.9) returned '550'", Some("example.net")),
            (
                "rejected by the server for the recipient domain example.net by mx1.example.net. [192.0.2.1].",
                Some("mx1.example.net"),
            ),
            ("mx.example.net rejected your message to the following email addresses:", Some("mx.example.net")),
            (
                "550 5.4.1 Recipient address rejected: Access denied [TY1.apcprd01.prod.outlook.com 2026-11-20]",
                Some("TY1.apcprd01.prod.outlook.com"),
            ),
            ("the user(s) account is disabled", None),
            ("Host or domain name not found", None),
        ] {
            assert_eq!(find(text).or_else(|| in_brackets(text)).as_deref(), expected, "{text}");
        }
    }
}
