//! Explanations (RFC 7208 section 6.2), and the expansion of a term's macros that they share.

use super::eval::Evaluation;
use super::macros::{MacroString, Use, Values};
use super::mechanism::{Asking, outcome_of};
use super::published::Published;
use super::record::{Kind, Record};
use super::ruling::Halt;
use super::target;
use crate::auth::trace::{Outcome, Step};
use crate::dns::{Question, RecordType};

/// What a macro stands for that has no value (section 7.3).
pub(super) const UNKNOWN: &str = "unknown";

impl Evaluation<'_> {
    /// Section 6.2: the explanation, or none when anything about it fails. Its questions count toward no limit.
    pub(super) fn explain(&mut self, published: &Published<'_>, record: &Record, steps: &mut [Step]) -> Option<String> {
        let (spec, step) = record.terms.iter().zip(steps).find_map(|(term, step)| match &term.kind {
            Ok(Kind::Explanation(spec)) => Some((spec, step)),
            _ => None,
        })?;
        let explanation = self.fetch_explanation(published.domain, spec, &mut Asking::exempt(step));
        step.outcome = explanation.as_ref().map_or_else(|outcome| *outcome, |_| Outcome::Found);
        explanation.ok()
    }

    fn fetch_explanation(
        &mut self,
        domain: &str,
        spec: &MacroString,
        asking: &mut Asking<'_>,
    ) -> Result<String, Outcome> {
        let target =
            self.target(domain, Some(spec), asking).map_err(|_| Outcome::NotEvaluated)?.ok_or(Outcome::Absent)?;
        let entry = self.dns.ask(&Question::new(&target::escape(&target), RecordType::Txt));
        asking.step.questions.push(entry.id);
        let text = match entry.answer.records.as_deref() {
            Ok([only]) => only.joined().unwrap_or_default(),
            Ok(_) => return Err(Outcome::Broken),
            Err(failure) => return Err(outcome_of(*failure)),
        };
        let text = String::from_utf8(text).map_err(|_| Outcome::Broken)?;
        if !text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
            return Err(Outcome::Broken);
        }
        let explanation = MacroString::parse(&text, Use::Explanation).map_err(|_| Outcome::Broken)?;
        self.expand(domain, &explanation, asking).map_err(|_| Outcome::NotEvaluated)
    }

    /// The name a term asks about: its domain-spec expanded, or the current domain.
    pub(super) fn target(
        &mut self,
        domain: &str,
        spec: Option<&MacroString>,
        asking: &mut Asking<'_>,
    ) -> Result<Option<String>, Halt> {
        match spec {
            None => Ok(Some(domain.to_owned())),
            Some(spec) => Ok(target::name(&self.expand(domain, spec, asking)?)),
        }
    }

    fn expand(&mut self, domain: &str, text: &MacroString, asking: &mut Asking<'_>) -> Result<String, Halt> {
        let validated_name =
            if text.needs_validated_name() { self.validated_name(domain, asking)? } else { UNKNOWN.to_owned() };
        Ok(text.expand(&Values {
            local_part: self.local_part,
            sender_domain: self.sender_domain,
            domain,
            ip: self.ip,
            validated_name: &validated_name,
            helo: self.session.helo.as_deref().unwrap_or(UNKNOWN),
            receiver: self.session.receiver.as_deref().unwrap_or(UNKNOWN),
            timestamp: self.session.timestamp,
        }))
    }
}
