//! What was done to a signed message, and how the search for it ended.

use crate::auth::dkim::cause::{Causes, Change, Edit, Ended, NotSought, Search};
use crate::check::ChangedBy;
use crate::sender::SavedBy;
use crate::text::{number, quoted};

/// The name of a kind of change.
pub(in crate::text) const fn change(change: Change) -> &'static str {
    match change {
        Change::FooterAdded => "text added at the end",
        Change::BannerAdded => "text added at the top",
        Change::TextAdded => "text added inside",
        Change::PartAdded => "MIME part added",
        Change::PartWrapped => "body put into a new multipart",
        Change::MimeFrame => "lines around MIME parts",
        Change::FromQuoted => "“>” before “From ”",
        Change::DotStuffing => "dots at the start of lines",
        Change::LineEnds => "line ends",
        Change::ByteOrderMark => "byte order mark",
        Change::BlankLines => "empty lines at the top",
        Change::EndOfBody => "end of the body",
        Change::WhiteSpace => "white space in lines",
        Change::LongLines => "long lines broken",
        Change::Rewrapped => "encoded lines of another length",
        Change::Recoded => "another transfer encoding",
        Change::CharsetChanged => "another charset",
        Change::LinksRewritten => "links rewritten by a filter",
        Change::SubjectTag => "tag in the subject",
        Change::FieldRewritten => "field rewritten",
        Change::FieldAdded => "field added",
        Change::FieldMissing => "field removed",
        Change::FieldOrder => "fields in another order",
        Change::Folding => "white space and line breaks of a field",
        Change::WordsRecoded => "encoded words",
        Change::Several => "several changes at once",
    }
}

/// What was done, as a clause.
pub(in crate::text) fn edit(edit: &Edit) -> String {
    let field = edit.field.as_deref().unwrap_or_default();
    let text = edit.now.as_deref().map_or_else(String::new, |text| format!(" (“{}”)", quoted(text)));
    // What is undone by putting something in was taken out.
    let added = !edit.span.is_empty();
    match edit.change {
        Change::FooterAdded => format!("text was added at the end of the body{text}"),
        Change::BannerAdded => format!("text was added at the top of the body{text}"),
        Change::TextAdded => format!("text was added inside the body{text}"),
        Change::PartAdded => "a MIME part was added".to_owned(),
        Change::PartWrapped => format!("the body was put into a new multipart{text}"),
        Change::MimeFrame => "the lines around the MIME parts were changed".to_owned(),
        Change::FromQuoted if added => "“>” was put before lines that begin with “From ”".to_owned(),
        Change::FromQuoted => "“>” was taken from lines that began with “>From ”".to_owned(),
        Change::DotStuffing if added => "dots at the start of lines were doubled".to_owned(),
        Change::DotStuffing => "dots at the start of lines were lost".to_owned(),
        Change::LineEnds => "line ends were changed".to_owned(),
        Change::ByteOrderMark if added => "a byte order mark was added".to_owned(),
        Change::ByteOrderMark => "a byte order mark was removed".to_owned(),
        Change::BlankLines if added => "empty lines were added at the top of the body".to_owned(),
        Change::BlankLines => "empty lines at the top of the body were removed".to_owned(),
        Change::EndOfBody => "the line ends at the end of the body were changed".to_owned(),
        Change::WhiteSpace => "white space in the lines of the body was changed".to_owned(),
        Change::LongLines => "long lines of the body were broken".to_owned(),
        Change::Rewrapped => "the encoded body was broken into lines of another length".to_owned(),
        Change::Recoded => "the transfer encoding of the body was changed".to_owned(),
        Change::CharsetChanged => "the charset of the body was changed".to_owned(),
        Change::LinksRewritten => "links were rewritten to lead through a filter".to_owned(),
        Change::SubjectTag => {
            format!("the tag “{}” was added to the subject", edit.now.as_deref().unwrap_or_default())
        }
        Change::FieldRewritten => match edit.before.as_deref() {
            Some(before) => format!("{field} was rewritten (it was “{}”)", quoted(before)),
            None => format!("{field} was rewritten"),
        },
        Change::FieldAdded => format!("a {field} field was added"),
        Change::FieldMissing => format!("the {field} field was removed"),
        Change::FieldOrder => format!("the {field} fields changed places"),
        Change::Folding => format!("white space or line breaks of {field} were changed"),
        Change::WordsRecoded => format!("the encoding of {field} was changed"),
        Change::Several => "several things were changed".to_owned(),
    }
}

/// Everything that was done, as one clause.
pub(in crate::text) fn edits(causes: &Causes) -> String {
    let mut done: Vec<String> = causes.telling().map(edit).collect();
    done.dedup();
    match done.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        other => other.concat(),
    }
}

/// How the search in one half ended; empty where none was needed.
pub(in crate::text) fn search(search: &Search) -> String {
    match search {
        Search::NotSought(NotSought::NotNeeded) => String::new(),
        Search::NotSought(NotSought::Unusable) => {
            "No cause was sought, because the signature cannot count in any case.".to_owned()
        }
        Search::NotSought(NotSought::OtherKey) => {
            "The signature was not made with the key that is in DNS now, or its bytes were damaged.".to_owned()
        }
        Search::NotSought(NotSought::TooLong) => {
            "Causes were not looked for: the signed fields are too long.".to_owned()
        }
        Search::NotSought(NotSought::TooMany) => {
            "No cause was sought: this is done for the first failing signatures alone.".to_owned()
        }
        Search::NotFound { tried, ended: Ended::Complete } => {
            format!("Known changes were undone ({}); none of them is the cause.", attempts(*tried))
        }
        Search::NotFound { tried, ended: Ended::Limit } => format!(
            "Known changes were undone ({}); none of them is the cause. The search stopped at its limit.",
            attempts(*tried)
        ),
        Search::NotFound { tried, ended: Ended::Cancelled } => {
            format!("The search for the cause was cancelled after {}.", attempts(*tried))
        }
        Search::Found { tried, .. } => format!("Proved: with this undone it verifies ({}).", attempts(*tried)),
    }
}

fn attempts(tried: u32) -> String {
    if tried == 1 { "1 attempt".to_owned() } else { format!("{} attempts", number::count(tried)) }
}

/// A program that saves messages anew, in a sentence.
pub(in crate::text) const fn saved_by(program: SavedBy) -> &'static str {
    match program {
        SavedBy::Outlook => "Outlook",
        SavedBy::Java => "a Java program (webmail or an archive)",
        SavedBy::Exchange => "Exchange or Outlook on the web",
        SavedBy::Notes => "HCL Notes",
        SavedBy::Proton => "Proton Mail",
        SavedBy::Tuta => "Tuta",
        SavedBy::Converter => "a program that converted it from another format",
        SavedBy::Unknown => "the program that saved it",
    }
}

/// What shows that a program wrote the message anew.
pub(in crate::text) const fn saved_mark(program: SavedBy) -> &'static str {
    match program {
        SavedBy::Outlook | SavedBy::Java => {
            "The separator of its parts holds the time at which it was made, and that is later than the arrival."
        }
        SavedBy::Exchange => "It holds fields that Exchange uses inside an organisation only.",
        SavedBy::Notes => "A field (X-MIMETrack) says that it was made from the form in which Notes keeps messages.",
        SavedBy::Proton => "A field (X-Pm-Content-Encryption) says that it was kept encrypted.",
        SavedBy::Tuta => "The separator of its parts is the one of Tuta's export.",
        SavedBy::Converter => "A field (X-Unsent) marks it as a draft that was never sent in this form.",
        SavedBy::Unknown => "Its fields are in an order that no path through servers produces: Received is below From.",
    }
}

/// The sentence on top for a signature that does not fit.
pub(in crate::text) fn headline(signer: &str, proved: bool, by: ChangedBy, causes: &Causes) -> String {
    // Without a header signature that fits, the body hash may be anybody's.
    let done = if proved { capital(&edits(causes)) } else { String::new() };
    match (by, causes.explain() && proved, done.is_empty()) {
        (ChangedBy::Saving, ..) => format!(
            "This copy was probably rewritten by the program that saved it, so the signature of {signer} cannot be checked with it."
        ),
        (ChangedBy::Storage, true, _) => format!(
            "{done} when the message was stored, so the signature of {signer} does not fit this copy. As it was sent, it verifies."
        ),
        (ChangedBy::ReceivingSide, true, _) => format!(
            "{done} after {signer} had signed the message, so its signature does not fit any more. The receiving side did this after its own check; the sender has nothing to change."
        ),
        (_, true, _) => {
            format!("{done} after {signer} had signed the message, so its signature does not fit and DMARC fails.")
        }
        (_, false, false) => format!(
            "{done} after {signer} had signed the message, and {} was changed in some other way, so its signature does not fit and DMARC fails.",
            unexplained(causes)
        ),
        (ChangedBy::ReceivingSide, false, true) => format!(
            "The receiving side wrote down that the signature of {signer} was valid on arrival. It does not fit any more: {} was changed after that.",
            if proved { "the body" } else { "what it covers" }
        ),
        (_, false, true) if proved => {
            format!("The body was changed after {signer} had signed the message, so DMARC fails.")
        }
        (_, false, true) if is_of_other_key(causes) => format!(
            "The signature of {signer} was not made with the key that is in DNS now, or it was damaged, so DMARC fails."
        ),
        (_, false, true) => format!(
            "The signature of {signer} does not verify, so DMARC fails: signed fields were changed on the way, or the key in DNS is not the signer's."
        ),
    }
}

/// What to do first about it.
pub(in crate::text) fn next_step(proved: bool, by: ChangedBy, causes: &Causes) -> String {
    match by {
        ChangedBy::Storage => {
            "To have a copy that verifies, save the message itself as .eml, without an mbox file in between.".to_owned()
        }
        ChangedBy::Saving => ask_for_original(),
        ChangedBy::ReceivingSide => "Nothing at the sender. The receiving side's own record (Authentication-Results) says what was found on arrival.".to_owned(),
        ChangedBy::List | ChangedBy::Forwarder | ChangedBy::Unknown if proved && causes.edits().next().is_some() => {
            "Find out which server does this, and ask whoever runs it to leave signed mail alone, or to do it before signing.".to_owned()
        }
        ChangedBy::List | ChangedBy::Forwarder | ChangedBy::Unknown if proved => {
            "Ask those who run the servers on the way which of them changes messages (a disclaimer, a subject tag, a virus scanner), and to have it leave signed mail alone.".to_owned()
        }
        ChangedBy::List | ChangedBy::Forwarder | ChangedBy::Unknown if is_of_other_key(causes) => {
            "Ask whoever runs the server that signs to have its key published, or to sign with the one that is published.".to_owned()
        }
        ChangedBy::List | ChangedBy::Forwarder | ChangedBy::Unknown => {
            "Ask whoever runs the server that signs to compare its key with the one in DNS, and those who run the servers on the way whether they change signed fields (a subject tag, a rewritten From or To).".to_owned()
        }
    }
}

/// What a finding about a changed body is called.
pub(in crate::text) fn body_title(domain: &str, selector: &str, causes: &Causes) -> String {
    match causes.edits().next() {
        Some(_) => title(domain, selector, causes),
        None => format!("The body was changed after {domain} ({selector}) signed it"),
    }
}

/// The same of a signature that does not verify.
pub(in crate::text) fn header_title(domain: &str, selector: &str, causes: &Causes) -> String {
    match causes.header.edits() {
        [_, ..] => title(domain, selector, causes),
        [] => format!("The DKIM signature of {domain} ({selector}) does not verify"),
    }
}

/// What was done, in a title.
fn title(domain: &str, selector: &str, causes: &Causes) -> String {
    format!("{} after {domain} ({selector}) signed the message", capital(&edits(causes)))
}

/// What it means that the body was changed.
pub(in crate::text) fn body_meaning(by: ChangedBy, causes: &Causes) -> String {
    let otherwise = "The body does not have the hash that was signed. Footers, disclaimers, virus scanners and re-encoding do this; so does saving the message in a program that rewrites it.";
    meaning(true, by, causes, otherwise)
}

/// What it means that a signature does not verify.
pub(in crate::text) fn header_meaning(domain: &str, by: ChangedBy, causes: &Causes) -> String {
    let otherwise = format!(
        "Signed fields were changed on the way (subject tags, a rewritten From or To), or the key in DNS is not the one it was made with. That {domain} signed the message is not proved."
    );
    meaning(!causes.header.edits().is_empty(), by, causes, &otherwise)
}

/// What can be done about a changed body.
pub(in crate::text) fn body_remedy(by: ChangedBy, causes: &Causes) -> String {
    if causes.edits().next().is_some() || by == ChangedBy::ReceivingSide {
        return next_step(true, by, causes);
    }
    "To exclude the copy itself, ask whoever has the message for the original saved as .eml. Then ask those who run the servers on the way which of them changes messages, and to have it leave signed mail alone.".to_owned()
}

/// What can be done about a signature that does not verify.
pub(in crate::text) fn header_remedy(domain: &str, by: ChangedBy, causes: &Causes) -> String {
    let proved = !causes.header.edits().is_empty();
    if proved || by == ChangedBy::ReceivingSide {
        return next_step(proved, by, causes);
    }
    let spoofed = format!("If the administrator of {domain} does not know of such mail, treat it as spoofed.");
    if is_of_other_key(causes) {
        return format!("{} {spoofed}", next_step(proved, by, causes));
    }
    format!(
        "To exclude the copy itself, ask whoever has the message for the original saved as .eml. Then ask whoever runs the server that signs to compare its key with the one in DNS, and those who run the servers on the way whether they change messages. {spoofed}"
    )
}

/// What a finding about a changed message means; `otherwise` where nothing was proved.
fn meaning(proved: bool, by: ChangedBy, causes: &Causes, otherwise: &str) -> String {
    let (body, header) = (search(&causes.body), search(&causes.header));
    let who = match by {
        ChangedBy::Storage => "Only storing a message does this; it says nothing against the sender.",
        ChangedBy::ReceivingSide => {
            "The receiving side wrote down that the signature was valid on arrival, so the change was made after that."
        }
        ChangedBy::Saving => "This copy was probably rewritten by the program that saved it.",
        _ if !proved || causes.edits().next().is_none() => "",
        ChangedBy::List => "The message bears the marks of a mailing list.",
        ChangedBy::Forwarder => "It bears marks of having been passed on.",
        ChangedBy::Unknown => "The message does not show which server did it.",
    };
    let what = match causes.edits().next().filter(|_| proved) {
        None => otherwise,
        Some(_) if causes.edits().any(|edit| edit.change.adds()) => "What was added is not the signer's.",
        Some(_) => "",
    };
    let searched = match (body.as_str(), header.as_str()) {
        ("", other) | (other, "") => other.to_owned(),
        _ => format!("Body: {body} Header: {header}"),
    };
    [what, who, &searched].into_iter().filter(|sentence| !sentence.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The half that no known change explains.
const fn unexplained(causes: &Causes) -> &'static str {
    match causes.body {
        Search::NotFound { .. } | Search::NotSought(NotSought::TooMany | NotSought::TooLong | NotSought::Unusable) => {
            "the body"
        }
        Search::Found { .. } | Search::NotSought(NotSought::NotNeeded | NotSought::OtherKey) => "the header",
    }
}

fn is_of_other_key(causes: &Causes) -> bool {
    causes.header == Search::NotSought(NotSought::OtherKey)
}

fn capital(clause: &str) -> String {
    let mut characters = clause.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}

/// What to do about a copy that was written anew.
pub(in crate::text) fn ask_for_original() -> String {
    "Ask for the original: the raw message source from the mail server or the web version, saved as .eml.".to_owned()
}
