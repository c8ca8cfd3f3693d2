//! What a drag offers, and what its content amounts to.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use crate::text::MailProgram;
use crate::window::open::{Content, Handed};

const FILES: &str = "text/uri-list";
const MESSAGE: &str = "message/rfc822";
/// Two texts, the address and its title, in UTF-16.
const LINK: &str = "text/x-moz-url";
const LATIN: &str = "STRING";

/// In the order of how much they tell.
const WANTED: [&str; 8] =
    [FILES, MESSAGE, "text/plain;charset=utf-8", "UTF8_STRING", "text/plain", LINK, "_NETSCAPE_URL", LATIN];

/// The types of one drag.
pub(super) struct Offer {
    types: Vec<String>,
}

impl Offer {
    pub(super) const fn of(types: Vec<String>) -> Self {
        Self { types }
    }

    /// winit takes these.
    pub(super) fn has_files(&self) -> bool {
        self.offers(FILES)
    }

    fn offers(&self, wanted: &str) -> bool {
        self.types.iter().any(|kind| kind == wanted)
    }

    fn form(&self) -> Option<&'static str> {
        WANTED.into_iter().find(|wanted| self.offers(wanted))
    }

    /// The place of the type to ask for; `None` where nothing can be read.
    pub(super) fn wanted(&self) -> Option<usize> {
        let form = self.form()?;
        self.types.iter().position(|kind| kind == form)
    }

    /// What the content amounts to; `None` where winit hands over the files.
    pub(super) fn handed(&self, bytes: Vec<u8>) -> Option<Handed> {
        let form = self.form();
        if form == Some(FILES) && are_read_by_winit(&bytes) {
            return None;
        }
        let bytes = match form {
            Some(LINK) => utf16(&bytes).into_bytes(),
            Some(LATIN) => bytes.iter().copied().map(char::from).collect::<String>().into_bytes(),
            _ => bytes,
        };
        let program = self.program(&bytes);
        let content = match form {
            Some(FILES) => Content::Files(addresses(&bytes).filter_map(local).filter(|path| path.exists()).collect()),
            Some(MESSAGE) => Content::Message(bytes),
            _ => Content::Text(bytes),
        };
        Some(Handed { content, program })
    }

    /// Which kind of program it comes from, as far as its own types and its content show.
    fn program(&self, content: &[u8]) -> MailProgram {
        /// Addresses of a message in Thunderbird.
        const MAIL: [&[u8]; 6] = [b"imap", b"mailbox", b"news:", b"nntp", b"pop3", b"ews"];
        /// Types that browsers and programs made of one put beside what is dragged.
        const BROWSERS: [&str; 4] = ["chromium/", "text/x-moz-", "application/x-moz-", "_NETSCAPE_URL"];
        let is_mozilla = self.types.iter().any(|kind| kind.contains("x-moz-"));
        if self.offers("text/x-moz-message") || (is_mozilla && MAIL.iter().any(|scheme| content.starts_with(scheme))) {
            MailProgram::Thunderbird
        } else if self.types.iter().any(|kind| BROWSERS.iter().any(|browser| kind.starts_with(browser))) {
            MailProgram::Browser
        } else {
            MailProgram::Other
        }
    }
}

/// RFC 2483 section 5: one address a line, and comments.
fn addresses(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines = list.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    lines.filter(|line| !line.is_empty() && !line.starts_with(b"#"))
}

/// Whether winit hands over all of them: it drops the whole list for one address that it does not read.
fn are_read_by_winit(list: &[u8]) -> bool {
    let is_read = |address: &str| {
        address.strip_prefix("file://").is_some_and(|path| path.starts_with('/') && Path::new(path).exists())
    };
    let list = String::from_utf8(unescaped(list)).unwrap_or_default();
    !list.is_empty() && list.split("\r\n").filter(|address| !address.is_empty()).all(is_read)
}

/// The path of a file on this computer (RFC 8089); a host, which some programs write, is taken for this one.
fn local(address: &[u8]) -> Option<PathBuf> {
    let rest = address.strip_prefix(b"file://")?;
    let start = rest.iter().position(|&byte| byte == b'/')?;
    let path = unescaped(rest.get(start..)?);
    Some(Path::new(OsStr::from_bytes(&path)).to_owned())
}

/// Without percent signs (RFC 3986 section 2.1).
fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| first == b'%').and_then(|code| str::from_utf8(code).ok());
        let coded = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(coded.unwrap_or(first));
        rest = if coded.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    bytes
}

fn utf16(bytes: &[u8]) -> String {
    let (units, _) = bytes.as_chunks::<2>();
    char::decode_utf16(units.iter().copied().map(u16::from_le_bytes)).map(|unit| unit.unwrap_or('\u{FFFD}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handed(types: &[&str], content: &[u8]) -> Option<Handed> {
        Offer::of(types.iter().map(|&kind| kind.to_owned()).collect()).handed(content.to_vec())
    }

    #[test]
    fn files_are_left_to_winit_unless_it_would_lose_them() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a#%20 b.eml");
        std::fs::write(&file, "x").unwrap();
        let path = file.to_str().unwrap().replace('%', "%25").replace('#', "%23").replace(' ', "%20");
        let list = |host: &str| format!("file://{host}{path}\r\n").into_bytes();
        assert!(handed(&[FILES], &list("")).is_none());
        // With the name of a host, with a comment, or beside another address winit hands over nothing.
        let foreign =
            [list("localhost"), [b"# x\r\n".to_vec(), list("")].concat(), [list(""), b"http://a/".to_vec()].concat()];
        for lost in foreign {
            assert_eq!(handed(&[FILES], &lost).unwrap().content, Content::Files(vec![file.clone()]));
        }
        assert_eq!(handed(&[FILES], b"file:///no/such/file").unwrap().content, Content::Files(Vec::new()));
        assert_eq!(handed(&[FILES], b"").unwrap().content, Content::Files(Vec::new()));
    }

    #[test]
    fn the_program_is_told_by_its_types() {
        let link = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let program = |types: &[&str], content: &[u8]| handed(types, content).unwrap().program;
        let promise = ["text/x-moz-url", "application/x-moz-file-promise", "XdndDirectSave0"];
        assert_eq!(program(&promise, &link("imap-message://a@example.com/INBOX#12\nHi")), MailProgram::Thunderbird);
        assert_eq!(program(&promise, &link("https://example.com/a.png\nA")), MailProgram::Browser);
        assert_eq!(program(&["text/x-moz-message"], b""), MailProgram::Thunderbird);
        assert_eq!(
            program(&["chromium/x-renderer-taint", "text/html", "text/plain"], b"Subject"),
            MailProgram::Browser
        );
        assert_eq!(program(&["text/plain"], b"imap"), MailProgram::Other);
    }

    #[test]
    fn the_form_that_tells_most_is_read() {
        let types = ["STRING", "text/html", "UTF8_STRING", "message/rfc822"].map(str::to_owned).to_vec();
        let offer = Offer::of(types);
        assert_eq!((offer.wanted(), offer.has_files()), (Some(3), false));
        assert_eq!(offer.handed(b"From: a".to_vec()).unwrap().content, Content::Message(b"From: a".to_vec()));
        let latin = handed(&["STRING"], b"caf\xE9").unwrap().content;
        assert_eq!(latin, Content::Text("café".as_bytes().to_vec()));
        assert_eq!(Offer::of(vec!["application/octet-stream".to_owned()]).wanted(), None);
    }
}
