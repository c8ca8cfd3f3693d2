//! Messages that programs write about messages, by name: delivery reports, read receipts, replies, complaints, reports.

use serde::Serialize;

use crate::message::parts::{self, Part};
use crate::message::{Message, Span};

/// What kind of notice it is, and where that shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub kind: NoticeKind,
    pub span: Span,
    /// The word of the notice itself: the disposition, the type of feedback.
    pub word: Option<String>,
}

/// The kinds of notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// Of a delivery that failed, waits or was made (RFC 3464, or in words).
    DeliveryReport,
    /// RFC 8098.
    ReadReceipt,
    /// RFC 3834.
    AutoReply,
    /// A complaint or an authentication failure report (RFC 5965, RFC 9991).
    FeedbackReport,
    /// RFC 9990.
    AggregateReport,
    /// RFC 8460.
    TlsReport,
}

impl Notice {
    /// `known`: what was read of the message already.
    pub(super) fn of(message: &Message, parts: &[Part], known: Option<NoticeKind>) -> Option<Self> {
        let whole = || message.first("Content-Type").map_or(Span::new(0, message.header().end), |field| field.span);
        let notice = |kind, span, word| Some(Self { kind, span, word });
        if let Some(kind) = known {
            return notice(kind, whole(), None);
        }
        let report = parts::parameter(message, "report-type").unwrap_or_default().to_ascii_lowercase();
        let part = |kind: &str| parts.iter().find(|part| part.kind == kind);
        if let Some(receipt) =
            part("message/disposition-notification").or(part("message/global-disposition-notification"))
        {
            return notice(NoticeKind::ReadReceipt, receipt.span, value(receipt, "Disposition"));
        }
        if let Some(feedback) = part("message/feedback-report") {
            return notice(NoticeKind::FeedbackReport, feedback.span, value(feedback, "Feedback-Type"));
        }
        if report == "tlsrpt" || parts.iter().any(|part| part.kind.starts_with("application/tlsrpt+")) {
            return notice(NoticeKind::TlsReport, whole(), None);
        }
        let replied = message.first("Auto-Submitted").filter(|field| {
            let value = message.unfold(field).text.trim().to_ascii_lowercase();
            value.starts_with("auto-replied")
        });
        let reply = replied.or_else(|| message.first("X-Autoreply")).or_else(|| message.first("X-Autorespond"));
        reply.and_then(|field| notice(NoticeKind::AutoReply, field.span, None))
    }
}

/// The value of a field in a part that holds fields.
fn value(part: &Part, name: &str) -> Option<String> {
    const LONGEST: usize = 200;
    let text = String::from_utf8_lossy(part.bytes());
    let field = text.lines().find_map(|line| {
        let (known, value) = line.split_once(':')?;
        known.trim().eq_ignore_ascii_case(name).then(|| value.trim().chars().take(LONGEST).collect::<String>())
    });
    field.filter(|value| !value.is_empty())
}
