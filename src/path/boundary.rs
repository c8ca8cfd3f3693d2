//! Where the receiving side begins, why we think so, and the alternatives.

use serde::Serialize;

use super::Hop;

/// The hop where the receiving side took the message over: SPF, reverse DNS and TLS of arrival are judged there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boundary {
    /// Index into the hops, 0 = oldest.
    pub hop: usize,
    pub reason: BoundaryReason,
    pub chosen_by: ChosenBy,
    /// Other hops that could be it, each with what speaks for it, best first.
    pub alternatives: Vec<(usize, BoundaryReason)>,
}

/// Why a hop is taken for the boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BoundaryReason {
    /// The newest hop that came from a public address.
    NewestPublicAddress,
    /// The user chose it.
    Chosen,
}

/// Who chose the boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChosenBy {
    Rule,
    User,
}

/// Finds the boundary among hops that stand oldest first.
#[must_use]
pub(super) fn find(hops: &[Hop]) -> Option<Boundary> {
    let _ = hops;
    None
}
