//! The message went from one server to another more than once: two of them forward to each other.

use std::collections::HashMap;

use super::source::rfc;
use super::{Actor, Confidence, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::message::Spanned;
use crate::path::{Hop, TlsState};

pub(super) const SOURCES: &[Source] = &[rfc(5321, "6.3")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let servers: Vec<&Spanned<String>> = stations(&subject.facts.path.hops);
    let steps: Vec<(String, String)> = servers
        .windows(2)
        .filter_map(|pair| {
            let [from, to] = pair else { return None };
            Some((from.value.to_ascii_lowercase(), to.value.to_ascii_lowercase()))
        })
        .collect();
    let mut first_at: HashMap<&(String, String), usize> = HashMap::new();
    let (again, step) =
        steps.iter().enumerate().find(|&(index, step)| *first_at.entry(step).or_insert(index) != index)?;
    let first = *first_at.get(step)?;
    let times = steps.iter().filter(|other| *other == step).count();
    let problem = Problem::HopLoop { from: step.0.clone(), to: step.1.clone(), times };
    let place = |index: usize| servers.get(index + 1).map(|by| Evidence::Bytes(by.span));
    let finding = Finding::certain(problem, Severity::Warning, Actor::Receiver, place(first)?);
    Some(finding.confidence(Confidence::Likely).also(place(again)))
}

/// The servers in order, each once while the message stays there. What happens on one host, such as a filter that takes
/// it out and puts it back, is no way.
fn stations(hops: &[Hop]) -> Vec<&Spanned<String>> {
    let away = |hop: &&Hop| hop.tls.state != TlsState::Local && hop.from.ip.is_none_or(|ip| !ip.value.is_loopback());
    let mut servers: Vec<&Spanned<String>> = hops.iter().filter(away).filter_map(|hop| hop.by.as_ref()).collect();
    servers.dedup_by(|one, other| one.value.eq_ignore_ascii_case(&other.value));
    servers
}
