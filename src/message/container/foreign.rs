//! Files that people take for a saved message and that are none, told by what they hold.

/// What such a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Foreign {
    /// It points to another file, as Windows and desktops of Linux make them.
    Shortcut,
    /// The address of a web page.
    Link,
    /// An appointment or an address card, which is written like the header of a message.
    Card,
    /// A picture or a document: how the message looks, not how it came.
    Image,
}

/// MS-SHLLINK section 2.1: the size of the header and the class.
const SHELL_LINK: &[u8] = b"\x4C\x00\x00\x00\x01\x14\x02\x00";

/// Where a file that begins like this is one of these.
pub(super) fn of(prefix: &[u8]) -> Option<Foreign> {
    const BINARY: [(&[u8], Foreign); 6] = [
        (SHELL_LINK, Foreign::Shortcut),
        (b"%PDF-", Foreign::Image),
        (b"\x89PNG", Foreign::Image),
        (b"\xFF\xD8\xFF", Foreign::Image),
        (b"GIF8", Foreign::Image),
        (b"RIFF", Foreign::Image),
    ];
    let binary = BINARY.iter().find(|(start, _)| prefix.starts_with(start)).map(|(_, foreign)| *foreign);
    binary.or_else(|| {
        let text = prefix.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(prefix).trim_ascii_start();
        let begins =
            |start: &str| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()));
        let holds = |part: &[u8]| text.windows(part.len()).any(|window| window == part);
        if begins("BEGIN:VCALENDAR") || begins("BEGIN:VCARD") {
            Some(Foreign::Card)
        } else if begins("[InternetShortcut]") || begins("[{000214A0-0000-0000-C000-000000000046}]") {
            Some(Foreign::Link)
        } else if begins("[Desktop Entry]") {
            Some(if holds(b"Type=Link") { Foreign::Link } else { Foreign::Shortcut })
        } else {
            // What macOS keeps of an address that was dragged out of a browser.
            let is_list = begins("<?xml") && holds(b"<!DOCTYPE plist") && holds(b"<key>URL</key>");
            is_list.then_some(Foreign::Link)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_is_told_by_what_it_holds() {
        let webloc = "<?xml version=\"1.0\"?>\n<!DOCTYPE plist PUBLIC \"\">\n<plist><dict><key>URL</key><string>https://example.jp/</string></dict></plist>";
        for (file, foreign) in [
            ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\n", Foreign::Card),
            ("\u{FEFF}begin:vcard\nVERSION:3.0\nFN:Sato\n", Foreign::Card),
            ("[InternetShortcut]\r\nURL=https://example.jp/\r\n", Foreign::Link),
            ("[Desktop Entry]\nType=Link\nURL=https://example.jp/\n", Foreign::Link),
            ("[Desktop Entry]\nType=Application\nExec=mail\n", Foreign::Shortcut),
            ("%PDF-1.7\n", Foreign::Image),
            (webloc, Foreign::Link),
        ] {
            assert_eq!(of(file.as_bytes()), Some(foreign), "{file}");
        }
        assert_eq!(of(&[SHELL_LINK, b"rest"].concat()), Some(Foreign::Shortcut));
        for mail in
            ["From: a@example.jp\nSubject: BEGIN:VCALENDAR\n\n", "", "hello", "<?xml version=\"1.0\"?><feedback/>"]
        {
            assert_eq!(of(mail.as_bytes()), None, "{mail}");
        }
    }
}
