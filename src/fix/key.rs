//! A DKIM key record as its tags, to be mended and written again (RFC 6376 section 3.6.1).

use super::KeyStep;
use crate::auth::dkim::crypto::{KeyKind, PublicKey};
use crate::auth::dkim::{Reason, base64};

/// So many characters of a part are enough to find it in a record.
const MAX_QUOTED: usize = 24;
/// The lines around a key in a PEM file.
const PEM: &str = "-----";

/// The tags of a record, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeyDraft {
    tags: Vec<(String, String)>,
    pub(super) steps: Vec<KeyStep>,
}

impl KeyDraft {
    /// Takes the tags of a text, mended where they can mean one thing only; `None` where nobody can say which key was meant.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut draft = Self { tags: Vec::new(), steps: Vec::new() };
        let unquoted: String;
        let text = if is_quoted(text) {
            unquoted = text.chars().filter(|letter| !matches!(letter, '"' | '\\')).collect();
            draft.steps.push(KeyStep::Unquote);
            unquoted.as_str()
        } else {
            text
        };
        let ended = text.trim().strip_suffix(';').unwrap_or_else(|| text.trim());
        for part in ended.split(';').map(str::trim) {
            draft.part(part)?;
        }
        draft.version();
        draft.kind()?;
        Some(draft)
    }

    fn part(&mut self, part: &str) -> Option<()> {
        let (name, value) = match part.split_once('=') {
            Some((name, value)) if is_name(name.trim()) => (name.trim(), value.trim()),
            _ => return self.without_name(part),
        };
        let lower = name.to_ascii_lowercase();
        if let Some(kept) = self.get(&lower) {
            // The same twice is once; of two different values nobody can say which was meant.
            return (kept == value).then(|| self.drop(part));
        }
        match lower.as_str() {
            "v" if value == "DKIM1" => self.tags.push((lower, value.to_owned())),
            // Another standard's record is no broken key.
            "v" if !value.replace(' ', "").eq_ignore_ascii_case("dkim1") => return None,
            "v" => {
                self.steps.push(KeyStep::Version);
                self.tags.push((lower, "DKIM1".to_owned()));
            }
            "p" => self.key(part, name, value)?,
            "h" | "k" | "s" | "t" | "n" | "g" => {
                if lower != name {
                    self.mend(part, &format!("{lower}={value}"));
                }
                self.tags.push((lower, value.to_owned()));
            }
            // A misspelt `p`: what stands there is a key, and there is none.
            _ if key_of(value).is_some() && self.get("p").is_none() => {
                self.mend(part, &format!("p={value}"));
                self.tags.push(("p".to_owned(), value.to_owned()));
            }
            _ => self.tags.push((name.to_owned(), value.to_owned())),
        }
        Some(())
    }

    /// A part in which no name stands before `=`.
    fn without_name(&mut self, part: &str) -> Option<()> {
        let bare = part.strip_prefix(['p', 'P']).map(|rest| rest.trim_start_matches([':', ' ', '\t']));
        let key = [Some(part), bare].into_iter().flatten().find(|text| key_of(text).is_some());
        if let Some(key) = key.filter(|_| self.get("p").is_none()) {
            self.mend(part, &format!("p={key}"));
            self.tags.push(("p".to_owned(), key.to_owned()));
        } else if part.to_ascii_lowercase().contains("dkim1") {
            self.steps.push(KeyStep::Version);
            self.tags.push(("v".to_owned(), "DKIM1".to_owned()));
        } else if part.contains(PEM) || part.len() > MAX_QUOTED {
            // It may be a piece of the key.
            return None;
        } else {
            self.drop(part);
        }
        Some(())
    }

    /// `p=`, from which what no base64 has is taken away.
    fn key(&mut self, part: &str, name: &str, value: &str) -> Option<()> {
        let mut text = value.to_owned();
        if value.contains(PEM) {
            text = without_pem(value)?;
            self.steps.push(KeyStep::Unwrap);
        }
        if key_of(&text).is_none() {
            let mended: String = text
                .chars()
                .filter(|letter| !letter.is_whitespace() && !matches!(letter, '=' | '.' | ',' | '\''))
                .map(|letter| match letter {
                    '-' => '+',
                    '_' => '/',
                    other => other,
                })
                .collect();
            text = base64::encode(&base64::decode(&mended)?);
            self.mend(part, &format!("p={text}"));
        } else if name != "p" {
            self.mend(part, &format!("p={text}"));
        }
        self.tags.push(("p".to_owned(), text));
        Some(())
    }

    /// `v` first (RFC 6376 section 3.6.1).
    fn version(&mut self) {
        if let Some(place) = self.tags.iter().position(|(name, _)| name == "v").filter(|place| *place > 0) {
            let version = self.tags.remove(place);
            self.tags.insert(0, version);
            if !self.steps.contains(&KeyStep::Version) {
                self.steps.push(KeyStep::Version);
            }
        }
    }

    /// `k=` as the key itself shows it; `None` where there is no key.
    fn kind(&mut self) -> Option<()> {
        let kind = key_of(self.get("p")?)?.kind;
        let right = match kind {
            KeyKind::Rsa => "rsa",
            KeyKind::Ed25519 => "ed25519",
        };
        let written = self.get("k").unwrap_or("rsa").to_owned();
        if written.eq_ignore_ascii_case(right) {
            return Some(());
        }
        let before = if self.get("k").is_some() { format!("k={written}") } else { String::new() };
        self.set("k", right);
        if before.is_empty() {
            self.steps.push(KeyStep::Add { part: format!("k={right}") });
        } else {
            self.mend(&before, &format!("k={right}"));
        }
        Some(())
    }

    /// Takes away what keeps this signature from counting.
    pub(super) fn lift(&mut self, objection: Reason) {
        match objection {
            Reason::KeyMismatch => self.remove("h"),
            Reason::KeyNotForEmail => self.remove("s"),
            Reason::KeyStrictIdentity => self.flag("s", |part| KeyStep::Lift { part }),
            _ => {}
        }
    }

    /// The end of the test.
    pub(super) fn end_test(&mut self) {
        self.flag("y", |_| KeyStep::EndTest);
    }

    /// `g=`, which RFC 6376 has dropped, and parts without anything in them.
    pub(super) fn tidy(&mut self) {
        if let Some(value) = self.get("g").filter(|value| *value != "*") {
            self.drop(&format!("g={value}"));
            self.tags.retain(|(name, _)| name != "g");
        }
    }

    fn remove(&mut self, tag: &str) {
        if let Some(value) = self.get(tag) {
            self.steps.push(KeyStep::Lift { part: format!("{tag}={value}") });
            self.tags.retain(|(name, _)| name != tag);
        }
    }

    /// Takes one flag out of `t=`.
    fn flag(&mut self, flag: &str, step: impl Fn(String) -> KeyStep) {
        let Some(value) = self.get("t").map(str::to_owned) else { return };
        let kept: Vec<&str> = value
            .split(':')
            .map(str::trim)
            .filter(|word| !word.eq_ignore_ascii_case(flag) && !word.is_empty())
            .collect();
        let kept = kept.join(":");
        if kept.is_empty() {
            self.tags.retain(|(name, _)| name != "t");
        } else {
            self.set("t", &kept);
        }
        self.steps.push(step(format!("t={flag}")));
    }

    fn get(&self, tag: &str) -> Option<&str> {
        self.tags.iter().find(|(name, _)| name == tag).map(|(_, value)| value.as_str())
    }

    /// A tag that is new stands before the key.
    fn set(&mut self, tag: &str, value: &str) {
        if let Some((_, old)) = self.tags.iter_mut().find(|(name, _)| name == tag) {
            value.clone_into(old);
        } else {
            let place = self.tags.iter().position(|(name, _)| name == "p").unwrap_or(self.tags.len());
            self.tags.insert(place, (tag.to_owned(), value.to_owned()));
        }
    }

    fn mend(&mut self, before: &str, after: &str) {
        self.steps.push(KeyStep::Mend { before: quoted(before), after: quoted(after) });
    }

    fn drop(&mut self, part: &str) {
        self.steps.push(KeyStep::Drop { part: if part.is_empty() { ";".to_owned() } else { quoted(part) } });
    }

    /// The parts of the record as they are written.
    pub(super) fn parts(&self) -> Vec<String> {
        self.tags.iter().map(|(name, value)| format!("{name}={value}")).collect()
    }
}

/// The key that a text is the base64 of.
fn key_of(text: &str) -> Option<PublicKey> {
    let bytes = base64::decode(text).filter(|bytes| !bytes.is_empty())?;
    PublicKey::rsa(&bytes).or_else(|| PublicKey::ed25519(&bytes))
}

/// Quotation marks or backslashes stand elsewhere than in notes, where they may.
fn is_quoted(text: &str) -> bool {
    text.split(';').any(|part| !part.trim_start().starts_with("n=") && part.contains(['"', '\\']))
}

fn is_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// What stands between the lines of a PEM file.
fn without_pem(value: &str) -> Option<String> {
    let mut inside = value.split(PEM).filter(|piece| !piece.contains("BEGIN ") && !piece.contains("END "));
    inside.find(|piece| !piece.trim().is_empty()).map(|piece| piece.trim().to_owned())
}

fn quoted(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTED) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ED25519: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    fn mended(text: &str) -> Option<(String, usize)> {
        let draft = KeyDraft::read(&text.replace("KEY", ED25519))?;
        Some((draft.parts().join("; ").replace(ED25519, "KEY"), draft.steps.len()))
    }

    #[test]
    fn what_is_right_stays() {
        for text in ["v=DKIM1; k=ed25519; p=KEY", "k=ed25519; p=KEY", "v=DKIM1; k=ed25519; n=say \"hi\"; x=1; p=KEY"] {
            assert_eq!(mended(text), Some((text.to_owned(), 0)), "{text}");
        }
    }

    #[test]
    fn what_can_mean_one_thing_is_mended() {
        let right = "v=DKIM1; k=ed25519; p=KEY";
        for text in [
            "\"v=DKIM1; k=ed25519; p=KEY\"",
            "v=DKIM1\\; k=ed25519\\; p=KEY",
            "k=ed25519; p=KEY; v=DKIM1",
            "v=dkim1; k=ed25519; p=KEY",
            "DKIM1; k=ed25519; p=KEY",
            "v=DKIM1; k=ed25519; KEY",
            "v=DKIM1; k=ed25519; p:KEY",
            "v=DKIM1; k=ed25519; P=KEY",
            "v=DKIM1; k=ed25519; key=KEY",
            "v=DKIM1; k=ed25519; p=KEY; p=KEY",
            "v=DKIM1; k=ed25519; p=KEY.",
            "v=DKIM1; k=ed25519; p=-----BEGIN PUBLIC KEY-----KEY-----END PUBLIC KEY-----",
            "v=DKIM1; k=rsa; p=KEY",
            "v=DKIM1; p=KEY",
            "v=DKIM1;; k=ed25519; p=KEY",
            "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        ] {
            let (written, steps) = mended(text).unwrap();
            assert_eq!(written, right, "{text}");
            assert!(steps > 0, "{text}");
        }
    }

    #[test]
    fn what_can_mean_anything_is_left() {
        for text in [
            "v=spf1 -all",
            "v=DMARC1; p=none",
            "v=DKIM1; k=ed25519",
            "v=DKIM1; k=ed25519; p=",
            "v=DKIM1; k=ed25519; p=AAAA",
            "v=DKIM1; k=ed25519; p=KEY; p=AAAA",
            "google-site-verification",
            "",
        ] {
            assert_eq!(mended(text), None, "{text}");
        }
    }

    #[test]
    fn limits_are_lifted_one_by_one() {
        let lifted = |text: &str, objection| {
            let mut draft = KeyDraft::read(&text.replace("KEY", ED25519)).unwrap();
            draft.lift(objection);
            draft.parts().join("; ").replace(ED25519, "KEY")
        };
        assert_eq!(lifted("k=ed25519; h=sha1; t=y; p=KEY", Reason::KeyMismatch), "k=ed25519; t=y; p=KEY");
        assert_eq!(lifted("k=ed25519; s=tlsrpt; p=KEY", Reason::KeyNotForEmail), "k=ed25519; p=KEY");
        assert_eq!(lifted("k=ed25519; t=y:s; p=KEY", Reason::KeyStrictIdentity), "k=ed25519; t=y; p=KEY");
        let mut draft = KeyDraft::read(&format!("k=ed25519; t=y; p={ED25519}")).unwrap();
        draft.end_test();
        assert_eq!(draft.parts().join("; "), format!("k=ed25519; p={ED25519}"));
    }
}
