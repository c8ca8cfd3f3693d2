//! A value cut into pieces, so that what changed and what somebody else must fill in can be marked.

use serde::Serialize;

/// A part of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub content: Content,
    /// It stands on this side of the change alone.
    pub changed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Text(String),
    Placeholder(Placeholder),
}

/// What only somebody else can say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum Placeholder {
    /// The address at which the domain wants its reports.
    ReportAddress {
        domain: String,
    },
    /// The SPF terms of the servers that send for the domain.
    Servers,
    /// The SPF term that a service names.
    Include,
    /// The selector of a DKIM key.
    Selector,
    /// The public key that belongs to the private key of whoever signs, in base64.
    PublicKey,
    /// The name that a CNAME or MX record leads to.
    Target,
    /// A part of a name that the service shows under that word.
    Shown {
        part: String,
    },
    /// A name below the domain, chosen by its owner.
    Subdomain,
    /// The name of the mail server.
    HostName,
    /// The address of the web at which a reader of that domain's mail unsubscribes.
    UnsubscribePage {
        domain: String,
    },
    /// The address to which one writes to unsubscribe.
    UnsubscribeAddress {
        domain: String,
    },
    /// The address of a logo, and of the certificate for it.
    Logo,
    Certificate,
}

impl Placeholder {
    /// What can stand there while the record is tried, because it does not matter what it is.
    fn stand_in(&self) -> Option<String> {
        match self {
            Self::ReportAddress { domain } => Some(format!("dmarc-reports@{domain}")),
            Self::UnsubscribePage { domain } => Some(format!("https://{domain}/unsubscribe")),
            Self::UnsubscribeAddress { domain } => Some(format!("unsubscribe@{domain}")),
            Self::Servers
            | Self::Logo
            | Self::Certificate
            | Self::Include
            | Self::Selector
            | Self::PublicKey
            | Self::Target
            | Self::Shown { .. }
            | Self::Subdomain
            | Self::HostName => None,
        }
    }
}

impl Piece {
    pub(super) const fn placeholder(placeholder: Placeholder) -> Self {
        Self { content: Content::Placeholder(placeholder), changed: true }
    }

    pub(super) fn text(text: &str, changed: bool) -> Self {
        Self { content: Content::Text(text.to_owned()), changed }
    }

    /// The text of one piece in a trial.
    pub(super) fn trial(&self) -> Option<String> {
        match &self.content {
            Content::Text(text) => Some(text.clone()),
            Content::Placeholder(placeholder) => placeholder.stand_in(),
        }
    }

    /// The text of pieces that hold no placeholder; `None` where one stands among them.
    #[must_use]
    pub fn whole(pieces: &[Self]) -> Option<String> {
        let text = |piece: &Self| match &piece.content {
            Content::Text(text) => Some(text.clone()),
            Content::Placeholder(_) => None,
        };
        pieces.iter().map(text).collect()
    }

    /// The text of pieces without placeholders.
    #[must_use]
    pub fn plain(pieces: &[Self]) -> String {
        let texts = pieces.iter().map(|piece| match &piece.content {
            Content::Text(text) => text.as_str(),
            Content::Placeholder(_) => "",
        });
        texts.collect()
    }
}

/// Both sides of a change, each with its own parts marked. The parts of the new value are joined by the separator and a
/// space.
pub(super) fn sides(current: &[String], new: &[Vec<Content>], separator: char) -> (Vec<Vec<Piece>>, Vec<Piece>) {
    let joiner = if separator == ' ' { " ".to_owned() } else { format!("{separator} ") };
    let new_parts: Vec<&str> = new.iter().filter_map(|part| only_text(part)).collect();
    let mut old_parts: Vec<&str> = Vec::new();
    let mut before = Vec::new();
    for record in current {
        let mut pieces: Vec<Piece> = Vec::new();
        for part in record.split_inclusive(separator) {
            let bare = part.strip_suffix(separator).unwrap_or(part).trim();
            let start = part.find(bare).unwrap_or(0);
            let (lead, rest) = part.split_at(start);
            let (bare, end) = rest.split_at(bare.len());
            let is_gone = !new_parts.contains(&bare);
            let cut = [(lead, false), (bare, is_gone), (end, false)];
            pieces.extend(cut.iter().filter(|(text, _)| !text.is_empty()).map(|(text, gone)| Piece::text(text, *gone)));
            old_parts.push(bare);
        }
        before.push(pieces);
    }
    let mut after: Vec<Piece> = Vec::new();
    for part in new {
        if !after.is_empty() {
            after.push(Piece::text(&joiner, false));
        }
        let kept = only_text(part).and_then(|text| old_parts.iter().position(|old| *old == text));
        if let Some(kept) = kept {
            old_parts.swap_remove(kept);
        }
        after.extend(part.iter().map(|content| Piece { content: content.clone(), changed: kept.is_none() }));
    }
    (before, after)
}

fn only_text(part: &[Content]) -> Option<&str> {
    match part {
        [Content::Text(text)] => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(pieces: &[Piece]) -> String {
        let piece = |piece: &Piece| {
            let text = piece.trial().unwrap_or_else(|| "?".to_owned());
            if piece.changed { format!("[{text}]") } else { text }
        };
        pieces.iter().map(piece).collect()
    }

    fn text(text: &str) -> Vec<Content> {
        vec![Content::Text(text.to_owned())]
    }

    #[test]
    fn only_what_changed_is_marked() {
        let new = [text("v=spf1"), text("mx"), text("ip4:192.0.2.1"), text("~all")];
        let (before, after) = sides(&["v=spf1 mx ptr  ?all".to_owned()], &new, ' ');
        assert_eq!(marked(&before[0]), "v=spf1 mx [ptr]  [?all]");
        assert_eq!(marked(&after), "v=spf1 mx [ip4:192.0.2.1] [~all]");
        assert_eq!(Piece::plain(&before[0]), "v=spf1 mx ptr  ?all");
    }

    #[test]
    fn a_placeholder_is_always_new() {
        let rua = Placeholder::ReportAddress { domain: "example.jp".to_owned() };
        let new = [
            text("v=DMARC1"),
            text("p=none"),
            vec![Content::Text("rua=mailto:".to_owned()), Content::Placeholder(rua)],
        ];
        let (before, after) = sides(&["v=DMARC1;p=none ; pct=5".to_owned()], &new, ';');
        assert_eq!(marked(&before[0]), "v=DMARC1;p=none ; [pct=5]");
        assert_eq!(marked(&after), "v=DMARC1; p=none; [rua=mailto:][dmarc-reports@example.jp]");
    }
}
