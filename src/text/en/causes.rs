//! What was done to a signed message, and how the search for it ended.

use crate::auth::dkim::cause::{Causes, Change, Edit, Ended, NotSought, Search};
use crate::text::quoted;

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
    let done: Vec<String> = causes.edits().map(edit).collect();
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
        Search::NotSought(NotSought::TooMany) => {
            "No cause was sought: this is done for the first failing signatures alone.".to_owned()
        }
        Search::NotFound { tried, ended: Ended::Complete } => {
            format!("Known changes were undone, {tried} attempts in all; none of them is the cause.")
        }
        Search::NotFound { tried, ended: Ended::Limit } => format!(
            "Known changes were undone, {tried} attempts in all; none of them is the cause. The search stopped at its limit."
        ),
        Search::NotFound { tried, ended: Ended::Cancelled } => {
            format!("The search for the cause was cancelled after {tried} attempts.")
        }
        Search::Found { tried: 1, .. } => "Proved: with this undone it verifies (1 attempt).".to_owned(),
        Search::Found { tried, .. } => format!("Proved: with this undone it verifies ({tried} attempts)."),
    }
}
