//! What is changed, with the values its sentences need. The words live in `text/`.

use std::net::IpAddr;

use serde::Serialize;

use crate::auth::bimi::Selector;
use crate::auth::dmarc::Policy;
use crate::auth::spf::Weighed;
use crate::sender::services::{Known, Service};

/// What is changed, with the values its sentences need. The words live in `text/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum Kind {
    /// The SPF record of a domain.
    Spf { domain: String, steps: Vec<SpfStep> },
    /// An SPF record over the limit of look-ups that no change without loss brings under it. `costs`: its terms.
    SpfLimit { domain: String, lookups: u32, costs: Vec<Weighed> },
    /// A network in an SPF record that is wider than anybody's own servers. What of it sends, only the owner knows.
    SpfWide { domain: String, term: String },
    /// A signature of the author domain's own, made where its mail is sent. `service`: where that is one that is known;
    /// `signer` and `envelope`: the other domains that passed, which show where to ask.
    OwnSignature { author: String, service: Option<SendingService>, signer: Option<String>, envelope: Option<String> },
    /// An envelope sender below the author domain in place of `envelope`.
    OwnEnvelope { author: String, envelope: String, service: SendingService },
    /// The record of a DKIM key. `cname`: where the name leads, if it does.
    DkimKey { domain: String, selector: String, cname: Option<String>, steps: Vec<KeyStep> },
    /// A subdomain for part of the mail that the author domain sends. `service`: what sends that part, where it is known.
    Subdomain { author: String, service: Option<SendingService>, apart: Apart },
    /// The reverse name of the connecting address, or what it leads to.
    ReverseName { ip: IpAddr, step: ReverseStep },
    /// The DMARC record of a domain. `asks`: the policy of the new record.
    Dmarc { domain: String, steps: Vec<DmarcStep>, asks: Policy },
    /// The permission for reports about one domain to go to a host of another.
    DmarcReports { record_at: String, host: String },
    /// The header fields by which readers unsubscribe with one click (RFC 8058).
    /// `unproved`: the author domain, where nothing shows that the mail is its own.
    OneClick { steps: Vec<OneClickStep>, unproved: Option<String> },
    /// The record that names a logo. `policy`: what the author domain asks for today. `selector`: which record the message names.
    Bimi { domain: String, steps: Vec<BimiStep>, policy: Option<Policy>, selector: Selector },
}

impl Kind {
    /// The domain whose records, or whose mail, are changed; `None` where the change is to no domain.
    #[must_use]
    pub fn owner(&self) -> Option<&str> {
        match self {
            Self::Spf { domain, .. }
            | Self::SpfLimit { domain, .. }
            | Self::SpfWide { domain, .. }
            | Self::DkimKey { domain, .. }
            | Self::Dmarc { domain, .. }
            | Self::Bimi { domain, .. }
            | Self::OwnSignature { author: domain, .. }
            | Self::OwnEnvelope { author: domain, .. }
            | Self::Subdomain { author: domain, .. }
            | Self::DmarcReports { record_at: domain, .. } => Some(domain),
            Self::ReverseName { .. } | Self::OneClick { .. } => None,
        }
    }
}

/// Why part of the mail gets a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Apart {
    /// Mail to many and mail to one come from one domain.
    Streams,
    /// The SPF record has no look-up left for the service (RFC 7208 section 4.6.4).
    LookupLimit,
}

/// One step of a change to a BIMI record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum BimiStep {
    /// The version is put first, as the draft spells it.
    Version,
    /// Semicolons between the parts are missing.
    Separate,
    /// The names of the tags are written in small letters.
    LowerCase,
    Secure {
        before: String,
        after: String,
    },
    /// Unreadable, or there twice.
    Drop {
        part: String,
    },
    /// The logo is a picture of another format than SVG.
    Format {
        before: String,
    },
    /// The address of the logo is missing.
    Logo,
    /// The recipient's provider shows a logo only with a certificate.
    Certificate,
}

/// One step of a change to the fields of one-click unsubscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum OneClickStep {
    /// There is no List-Unsubscribe yet.
    New,
    /// An address of the web is added: there is none.
    AddHttps,
    /// Of `http` it becomes `https`.
    Secure {
        host: String,
    },
    /// Of several addresses of the web one is left.
    OneHttps,
    /// The addresses are put into angle brackets.
    Brackets,
    /// What is no address of the web and no `mailto` goes.
    DropOther,
    /// The field stands there several times.
    Once {
        name: &'static str,
    },
    AddPost,
    Post {
        before: String,
    },
    /// The signature covers these fields as well.
    Sign {
        domain: String,
        selector: String,
        names: Vec<&'static str>,
    },
    /// A signature that is valid covers both fields; there is none yet.
    SignBoth,
}

/// A service that sends the author's mail, and whether that is proved or only likely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SendingService {
    pub service: &'static Service,
    pub is_proved: bool,
}

/// One step of a change to the record of a DKIM key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum KeyStep {
    /// The record is not there; the signer has the key.
    Publish,
    /// The same, of a record that nobody can read.
    Rewrite,
    /// The record of the file of keys, with which the signature is right.
    PublishProved,
    /// A new key under a new selector, because of that.
    Replace { why: Replaced },
    /// The signer takes rsa-sha256 in place of rsa-sha1.
    SignSha256,
    /// Of several records, the one with which the signature is right.
    KeepOne { records: usize },
    /// Quotation marks and backslashes of a zone file are taken out.
    Unquote,
    /// Without them, so many octets are left, which are no Ed25519 key (RFC 8463 section 4.2).
    NotEd25519 { octets: usize },
    /// The lines around a PEM file are taken out of `p=`.
    Unwrap,
    /// The version is put first, as the standard spells it.
    Version,
    /// What can mean one thing only is written as it has to be.
    Mend { before: String, after: String },
    /// A part without meaning.
    Drop { part: String },
    /// A part that is missing.
    Add { part: String },
    /// A limit that this signature does not keep.
    Lift { part: String },
    /// `t=y` is taken out.
    EndTest,
}

/// Why a key is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Replaced {
    Revoked,
    /// Too few bits to count, or fewer than signers should use.
    Short {
        bits: u32,
    },
    /// More bits than verifiers must support.
    Long {
        bits: u32,
    },
}

/// The change to the reverse name of an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum ReverseStep {
    /// The name by which the server introduces itself, which leads to the address already.
    AsHelo { name: String },
    /// A name that is still to be chosen.
    Choose,
    /// The name that the address has gets an address record.
    Forward { name: String },
}

/// One step of a change to an SPF record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum SpfStep {
    /// There is no record yet.
    New,
    /// The record has the type that nobody reads any more.
    Retype,
    /// The records become one.
    Merge {
        records: usize,
    },
    /// The connecting server, shown by its confirmed reverse name to be the domain's own.
    AllowServer {
        ip: IpAddr,
        name: String,
    },
    /// The servers of the service that the connecting server belongs to. `known`: how well its record is known.
    AllowService {
        service: SendingService,
        known: Known,
    },
    /// Networks move to a record of their own, so that each record is short enough.
    MoveNetworks {
        name: String,
        networks: usize,
    },
    /// The connecting server; the message does not show whose it is. `lookups`: what the record needs already.
    AllowUnknown {
        ip: IpAddr,
        lookups: u32,
    },
    /// The text begins as a record must, and its terms stand apart by spaces (RFC 7208 section 4.5).
    Begin,
    /// `all` moves to the end: what stands behind it has no effect (RFC 7208 section 5.1).
    MoveAll {
        term: String,
        behind: String,
    },
    /// `redirect` beside `all` has no effect (RFC 7208 section 6.1).
    DropRedirect {
        term: String,
    },
    /// The record includes itself.
    DropLoop {
        term: String,
    },
    Mend {
        before: String,
        after: String,
    },
    /// An earlier term lets the same servers pass.
    DropRepeated {
        term: String,
    },
    /// DNS has nothing where the term leads.
    DropEmpty {
        term: String,
    },
    DropPtr {
        term: String,
    },
    /// `all` lets everybody pass or says nothing; `None` where it is missing.
    Soften {
        before: Option<String>,
    },
}

/// One step of a change to a DMARC record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum DmarcStep {
    New,
    Merge {
        records: usize,
    },
    /// The version is put first, as the standard spells it.
    Version,
    /// `p` is added, or made readable.
    Policy {
        before: Option<String>,
    },
    /// The record counted for nothing until now, so that it begins without a demand.
    StartAtNone {
        written: Policy,
    },
    /// The record counted for nothing until now, so that what it asks for names below the domain waits.
    WaitBelow {
        part: String,
    },
    Mend {
        before: String,
        after: String,
    },
    /// Without effect: removed by RFC 9989, unknown, twice, or unreadable.
    Drop {
        part: String,
    },
    /// Several values of one tag become one. `written`: those that differ, each once.
    Once {
        tag: String,
        kept: String,
        written: Vec<String>,
    },
    /// `pct` goes, which older readers apply still (RFC 7489 section 6.3).
    DropPercent {
        part: String,
    },
    /// `pct=0` becomes `t=y`, its successor (RFC 9989 appendix A.6).
    TestForPercent {
        part: String,
    },
    /// From now on the record counts, with that policy.
    Counts {
        asks: Policy,
    },
    /// An address for reports is added.
    AskReports,
    /// The next step of the policy, by that tag.
    Raise {
        tag: &'static str,
        from: Policy,
        to: Policy,
    },
    /// Names below the domain keep their weaker policy, which is a step of its own.
    StaysBelow {
        tag: &'static str,
        policy: Policy,
    },
    /// Names below the domain get that policy. `own`: what the domain itself asks for.
    RaiseBelow {
        tag: &'static str,
        from: Policy,
        to: Policy,
        own: Policy,
    },
    /// The end of the test (`t=y`).
    EndTest {
        applied: Policy,
        published: Policy,
    },
}
