//! Delivery reports: who refused which recipient, in which words, and what that means (RFC 3464, and the free words of mailers).

mod delivery_status;
mod host;
mod meaning;
mod notice;
mod prose;
mod refusal;
mod reply;
mod returned;

pub use meaning::{Actor, Confidence, Meaning};
pub use notice::{Notice, NoticeKind};
use prose::{Block, Named, Prose};
use refusal::Refusal;
pub use refusal::{Basis, Decoded, Host, KnownBy, Lasting};
use reply::Codes;
pub use reply::Status;
pub use returned::Returned;
use serde::Serialize;

use crate::message::date::{self, Stamp};
use crate::message::parts::{self, Part};
use crate::message::{Message, Span, decode};

/// What a delivery report says. All of it is a claim by whoever wrote the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    pub form: Form,
    /// The software that writes in such words.
    pub writer: Option<&'static str>,
    /// The server that reports, by its own name.
    pub reporter: Option<String>,
    /// When that server had got the message.
    pub arrived: Option<Stamp>,
    pub recipients: Vec<Recipient>,
    /// Recipients beyond [`Bounce::MAX_RECIPIENTS`].
    pub left_out: usize,
    pub returned: Option<Returned>,
    /// How the report departs from RFC 3464.
    pub deviations: Vec<Deviation>,
    /// The part that was read.
    pub span: Span,
}

/// How the report was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// For programs (RFC 3464).
    DeliveryStatus,
    /// For people, in words.
    Words,
}

/// A departure from RFC 3464.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deviation {
    /// Two groups without a blank line between them (section 2.1).
    NoBlankLine,
    /// A line that is no field.
    UnreadableLine,
    /// Reporting-MTA is missing (section 2.2.2).
    NoReporter,
    /// A recipient without Final-Recipient, Action or Status (section 2.3).
    FieldMissing,
    /// An Action that the RFC does not know (section 2.3.3).
    UnknownAction,
    /// A Status that is none (section 2.3.4).
    UnreadableStatus,
}

/// What became of one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    pub address: Option<String>,
    /// As the sender wrote it, where that differs.
    pub original: Option<String>,
    pub action: Option<Action>,
    pub outcome: Outcome,
    /// The host that answered; `None`: no other than the one that reports is named.
    pub host: Option<String>,
    /// Who runs it.
    pub provider: Option<Host>,
    pub reply: Option<u16>,
    pub status: Option<Status>,
    /// The reply as written.
    pub text: Option<String>,
    pub decoded: Option<Decoded>,
    pub last_attempt: Option<Stamp>,
    pub retried_until: Option<Stamp>,
    /// The bytes that say all this.
    pub span: Span,
}

/// What the server did (RFC 3464 section 2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    Failed,
    Delayed,
    Delivered,
    Relayed,
    Expanded,
}

/// What it comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Nobody will try again.
    Final,
    /// The server still tries.
    Temporary,
    Delivered,
    /// The report does not say.
    Unknown,
}

impl Bounce {
    pub const MAX_RECIPIENTS: usize = prose::MAX_RECIPIENTS;

    /// Recipients who did not get the message, so far or for good.
    pub fn undelivered(&self) -> impl Iterator<Item = &Recipient> {
        self.recipients.iter().filter(|recipient| recipient.outcome != Outcome::Delivered)
    }
}

impl Recipient {
    /// What the reply means; `None`: its code is unknown.
    #[must_use]
    pub fn meaning(&self) -> Option<Meaning> {
        self.decoded.map(|decoded| decoded.meaning)
    }
}

/// Reads a message as a delivery report, and says what other notice it is.
#[must_use]
pub fn read(message: &Message, is_aggregate_report: bool) -> (Option<Bounce>, Option<Notice>) {
    let parts = parts::read(message);
    let bounce = if is_aggregate_report { None } else { bounce(message, &parts) };
    let known = match (&bounce, is_aggregate_report) {
        (_, true) => Some(NoticeKind::AggregateReport),
        (Some(_), false) => Some(NoticeKind::DeliveryReport),
        (None, false) => None,
    };
    let notice = Notice::of(message, &parts, known);
    (bounce, notice)
}

fn bounce(message: &Message, parts: &[Part]) -> Option<Bounce> {
    let subject = message.first("Subject").map(|field| decode::value(message, field).text).unwrap_or_default();
    // Exchange Online and others may write HTML alone, or an empty text beside it.
    let says = |part: &&Part| part.kind == "text/plain" && !part.bytes().trim_ascii().is_empty();
    // Where the delimiters are damaged, the words stand in no part.
    let whole = if parts.iter().any(|part| says(&part)) { None } else { damaged(message) };
    let html = || parts.iter().find(|part| part.kind == "text/html");
    let words = parts.iter().find(says).or_else(html).or(whole.as_ref());
    let prose = words.map(|part| prose::read(&part.own_words(), &subject)).unwrap_or_default();
    // RFC 6533 for addresses beyond ASCII.
    let is_status =
        |part: &&Part| matches!(part.kind.as_str(), "message/delivery-status" | "message/global-delivery-status");
    let statuses = parts.iter().filter(is_status).filter(|_| is_report(message));
    let mut read = statuses.map(|part| from_status(part, &prose)).collect::<Vec<_>>();
    read.sort_by_key(|bounce| std::cmp::Reverse(bounce.recipients.len()));
    let in_words = || from_words(message, words?, &prose);
    let mut bounce = match read.into_iter().next() {
        Some(bounce) if bounce.recipients.is_empty() => in_words().unwrap_or(bounce),
        Some(bounce) => bounce,
        None => in_words()?,
    };
    bounce.returned = Returned::of(message);
    Some(bounce)
}

/// The body of a mailer's message in parts that cannot be told apart.
fn damaged(message: &Message) -> Option<Part> {
    let is_in_parts = parts::kind(message).starts_with("multipart/");
    parts::whole(message).filter(|_| is_in_parts && parts::is_from_mailer(message))
}

fn from_status(part: &Part, prose: &Prose) -> Bounce {
    let mut read = delivery_status::read(part);
    let left_out = read.recipients.len().saturating_sub(Bounce::MAX_RECIPIENTS);
    let mut recipients = Vec::new();
    let named = read.message.typed("Reporting-MTA");
    for group in read.recipients.iter().take(Bounce::MAX_RECIPIENTS) {
        let bare = |name| group.typed(name).map(|value| value.trim_matches(['<', '>']).to_owned());
        let (address, original) = (bare("Final-Recipient"), bare("Original-Recipient"));
        let block = address.iter().chain(&original).find_map(|address| prose.block(address));
        let written = group.value("Action");
        let action = written.and_then(delivery_status::action);
        if written.is_some() && action.is_none() {
            read.deviations.push(Deviation::UnknownAction);
        }
        let status = group.value("Status").and_then(Status::read);
        if group.value("Status").is_some() && status.is_none() {
            read.deviations.push(Deviation::UnreadableStatus);
        }
        let stamp = |name| group.value(name).and_then(date::read);
        let remote = group.typed("Remote-MTA").and_then(|name| host::name(&name));
        let original = original.filter(|original| address.as_ref() != Some(original));
        let diagnostic =
            group.typed("Diagnostic-Code").map(|text| text.chars().take(prose::MAX_TEXT).collect::<String>());
        let place = group.span("Diagnostic-Code").or(group.span("Status")).or(group.place()).unwrap_or(part.span);
        let found = Found {
            address,
            text: diagnostic,
            block,
            remote,
            action,
            status,
            whole: &prose.text,
            reporter: named.as_deref(),
        };
        let recipient = found.recipient(place);
        recipients.push(Recipient {
            original,
            last_attempt: stamp("Last-Attempt-Date"),
            retried_until: stamp("Will-Retry-Until"),
            ..recipient
        });
    }
    read.deviations.dedup();
    Bounce {
        form: Form::DeliveryStatus,
        writer: prose.writer,
        reporter: named,
        arrived: read.message.value("Arrival-Date").and_then(date::read),
        recipients,
        left_out,
        returned: None,
        deviations: read.deviations,
        span: part.span,
    }
}

/// A part for programs counts in a report (RFC 3464 section 2) and in what a mailer wrote, not where a person attached it.
fn is_report(message: &Message) -> bool {
    let kind = message.first("Content-Type").map(|field| message.unfold(field).text.trim().to_ascii_lowercase());
    let is_mixed = kind.is_some_and(|kind| kind.starts_with("multipart/") && !kind.starts_with("multipart/report"));
    !is_mixed || parts::has_null_sender(message).unwrap_or_else(|| parts::is_from_mailer(message))
}

/// Whether the words have the frame of a mailer's: people, shops and programs that answer write about failures, too.
fn is_framed(message: &Message, prose: &Prose) -> bool {
    let is_listed = message.first("X-Failed-Recipients").is_some();
    if !(parts::is_from_mailer(message) || is_listed) {
        return false;
    }
    if prose.writer.is_some() && (prose.named != Named::Nowhere || is_listed) {
        return true;
    }
    // Only programs write this type.
    let is_typed = || parts::is_from_daemon(message) && parts::kind(message) == "multipart/report";
    let is_coded = prose.blocks.iter().any(|block| reply::find(&block.text) != Codes::default());
    let speaks = prose.writer.is_some() || prose.says_failed || prose.says_delayed;
    // Programs alone bear that name, and write of other things, too.
    if parts::is_from_daemon(message) && parts::has_null_sender(message) == Some(true) {
        return speaks || is_coded;
    }
    // RFC 3834 section 5; mailers write it in their reports, too, and those have an opening that is known.
    let replied = message.first("Auto-Submitted").map(|field| message.unfold(field).text.trim().to_ascii_lowercase());
    let is_reply = replied.is_some_and(|value| value.starts_with("auto-replied"));
    !is_reply
        && speaks
        && parts::has_null_sender(message) != Some(false)
        && (is_coded || is_listed || prose.named == Named::Sentence || is_typed() || Returned::of(message).is_some())
}

fn from_words(message: &Message, part: &Part, prose: &Prose) -> Option<Bounce> {
    if !is_framed(message, prose) {
        return None;
    }
    let listed = message.first("X-Failed-Recipients").map(|field| message.unfold(field).text).unwrap_or_default();
    let listed: Vec<Block> = listed
        .split([',', ' '])
        .filter_map(prose::address)
        .filter(|address| prose.block(address).is_none())
        .map(|address| Block { address, text: prose.text.trim().chars().take(prose::MAX_TEXT).collect() })
        .collect();
    // Where the field names the recipients, other addresses in the text are none.
    let own = message.first("To").map(|field| message.unfold(field).text.to_ascii_lowercase()).unwrap_or_default();
    let blocks = prose
        .blocks
        .iter()
        .filter(|block| prose.blocks.len() == 1 || !own.contains(&block.address.to_ascii_lowercase()));
    let named = reporter(&prose.text);
    let action = if prose.says_delayed { Action::Delayed } else { Action::Failed };
    let recipients: Vec<Recipient> = blocks
        .chain(&listed)
        .take(Bounce::MAX_RECIPIENTS)
        .map(|block| {
            let found = Found {
                address: Some(block.address.clone()),
                text: None,
                block: Some(block),
                remote: None,
                action: Some(action),
                status: None,
                whole: &prose.text,
                reporter: named.as_deref(),
            };
            found.recipient(part.span)
        })
        .collect();
    if recipients.is_empty() {
        return None;
    }
    Some(Bounce {
        form: Form::Words,
        writer: prose.writer,
        reporter: named,
        arrived: None,
        recipients,
        left_out: prose.left_out,
        returned: None,
        deviations: Vec::new(),
        span: part.span,
    })
}

/// The server that names itself in its words.
fn reporter(text: &str) -> Option<String> {
    const BEFORE: &[&str] =
        &["program at ", "mail system at host ", "Generating server: ", "生成サーバー: ", "Mail Agent v0.13 at "];
    BEFORE.iter().find_map(|words| host::name(text.split_once(words)?.1))
}

/// What was found about one recipient, before it is read.
struct Found<'a> {
    address: Option<String>,
    text: Option<String>,
    block: Option<&'a Block>,
    remote: Option<String>,
    action: Option<Action>,
    status: Option<Status>,
    /// All words of the report.
    whole: &'a str,
    /// The server that reports; its words name the other one.
    reporter: Option<&'a str>,
}

impl Found<'_> {
    fn recipient(self, span: Span) -> Recipient {
        let words = self.block.map(|block| block.text.as_str()).filter(|text| !text.is_empty());
        let text = self.text.clone().or_else(|| words.map(str::to_owned));
        let own = text.as_deref().map(reply::find).unwrap_or_default();
        let beside = words.map(reply::find).unwrap_or_default();
        let reply = own.reply.or(beside.reply);
        // `x.0.0` says nothing (RFC 3463 section 3.1).
        let says = |status: &Status| status.subject != 0 || status.detail != 0;
        let status =
            own.status.filter(says).or(self.status.filter(says)).or(beside.status).or(self.status).or(own.status);
        // What the words say of the session stands for all recipients where one host is spoken of.
        let places = [self.text.as_deref(), words, Some(self.whole).filter(|_| self.action != Some(Action::Delivered))];
        let is_other = |name: &String| self.reporter.is_none_or(|own| !name.eq_ignore_ascii_case(own));
        let within =
            |find: fn(&str) -> Option<String>| places.iter().flatten().find_map(|text| find(text)).filter(is_other);
        let all = joined(text.as_deref().unwrap_or_default(), words.unwrap_or_default(), Codes { reply, status });
        // Exchange adds its own name to the reply that it passes on, too.
        let signed = || {
            let name = within(host::in_brackets)?;
            let is_own_side = self.reporter.is_some_and(host::is_of_microsoft) && !host::is_entrance(&name);
            (!is_own_side && !refusal::is_of_another(&all, &name)).then_some(name)
        };
        let host = self.remote.clone().or_else(|| within(host::find)).or_else(signed);
        let domain = self.address.as_deref().and_then(|address| address.rsplit_once('@')).map(|(_, domain)| domain);
        let refusal = Refusal { codes: Codes { reply, status }, text: &all, host: host.as_deref(), domain };
        let provider = refusal::host(refusal);
        let outcome = outcome(self.action, status, reply);
        let decoded = refusal::decode(refusal, provider).filter(|_| outcome != Outcome::Delivered);
        Recipient {
            address: self.address,
            original: None,
            action: self.action,
            outcome,
            host,
            provider,
            reply,
            status,
            text,
            decoded,
            last_attempt: None,
            retried_until: None,
            span,
        }
    }
}

/// All that is written, in lower case and in one line, without the codes that begin each line of a long reply.
fn joined(text: &str, words: &str, codes: Codes) -> String {
    let mut all = format!("{text} {words}").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if let Some(reply) = codes.reply {
        if let Some(status) = codes.status {
            all = all.replace(&format!("{reply}-{status} "), "").replace(&format!("{reply} {status} "), "");
        }
        all = all.replace(&format!("{reply}-"), "");
    }
    all
}

/// The action decides: a server that gave up after temporary answers has given up.
fn outcome(action: Option<Action>, status: Option<Status>, reply: Option<u16>) -> Outcome {
    match action {
        Some(Action::Failed) => Outcome::Final,
        Some(Action::Delayed) => Outcome::Temporary,
        Some(Action::Delivered | Action::Relayed | Action::Expanded) => Outcome::Delivered,
        None => match status.map(|status| u16::from(status.class)).or(reply.map(|code| code / 100)) {
            Some(2) => Outcome::Delivered,
            Some(4) => Outcome::Temporary,
            Some(5) => Outcome::Final,
            _ => Outcome::Unknown,
        },
    }
}

#[cfg(test)]
mod tests;
