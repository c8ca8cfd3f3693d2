//! Runs mail-auth on answers that are at hand: nothing is asked, and nothing it does can end the program.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, Waker};

use jiff::Timestamp;
use mail_auth::arc::ArcError;
use mail_auth::common::crypto::CryptoError;
use mail_auth::common::headers::Header;
use mail_auth::dkim::DkimError;
use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::hickory_resolver::TokioResolver;
use mail_auth::hickory_resolver::config::{ResolveHosts, ResolverConfig, ResolverOpts};
use mail_auth::hickory_resolver::net::runtime::TokioRuntimeProvider;
use mail_auth::spf::verify::SpfParameters;
use mail_auth::{
    AuthenticatedMessage, DkimOutput, DnsError, Error, MessageAuthenticator, Parameters, SpfOutput, dkim as theirs,
    dmarc,
};
use rustls::{ClientConfig, RootCertStore};

use super::Known;
use super::caches::{DmarcCaches, SpfCaches, Texts, is_missing};
use super::wire::Wire;
use crate::auth::arc::ArcResult;
use crate::auth::dkim::{DkimResult, Signature};
use crate::auth::dmarc::{Authentication, DmarcResult, Policy};
use crate::auth::spf::{Check, SpfResult};

static ENGINE: LazyLock<Option<MessageAuthenticator>> = LazyLock::new(engine);

/// Its resolver has no servers, no hosts file, and trusts nobody; it is never asked, as the caches answer everything. Left to
/// itself it would read the certificates of the system, which takes time, and a bare system has none.
fn engine() -> Option<MessageAuthenticator> {
    let mut options = ResolverOpts::default();
    options.use_hosts_file = ResolveHosts::Never;
    let tls = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .ok()?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    let nobody = ResolverConfig::from_parts(None, Vec::new(), Vec::new());
    let resolver = TokioResolver::builder_with_config(nobody, TokioRuntimeProvider::default())
        .with_options(options)
        .with_tls_config(tls)
        .build();
    resolver.ok().map(MessageAuthenticator)
}

/// Runs what is ready at once, as all of it is when nothing has to be asked. A stranger's code that panics on a stranger's
/// message costs the second opinion, not the first.
fn run<T>(work: impl AsyncFnOnce(&MessageAuthenticator) -> T) -> Option<T> {
    let polled = catch_unwind(AssertUnwindSafe(|| {
        let engine = ENGINE.as_ref()?;
        match pin!(work(engine)).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => Some(value),
            Poll::Pending => None,
        }
    }));
    polled.ok().flatten()
}

/// Why the engine does not pass a signature or a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Snag {
    None,
    Expired,
    Length,
    BodyHash,
    HeaderSignature,
    /// It cannot read the field, or the key.
    Unread,
    Other,
    /// It wanted an answer that is not at hand.
    Missing,
}

/// What it makes of the signatures and the chain.
#[derive(Debug, Clone)]
pub(super) struct Signatures {
    /// In the order of ours; `None` for one that it does not see.
    pub(super) dkim: Vec<Option<(DkimResult, Snag)>>,
    pub(super) arc: (ArcResult, Snag),
    /// The newest ARC-Message-Signature has simple forms for it.
    pub(super) arc_is_simple: bool,
}

/// Judges `x=` at `at`, and refuses signatures with `l=` unless that is set aside.
pub(super) fn signatures(
    wire: &Wire,
    ours: &[Signature],
    keys: &Texts,
    aside: &[Known],
    at: Timestamp,
) -> Option<Signatures> {
    let is_strict = !aside.contains(&Known::LengthRefused);
    run(async |engine| {
        let Some(mut message) = AuthenticatedMessage::parse_with_opts(wire.bytes(), None, is_strict) else {
            // No field at all.
            return Signatures {
                dkim: vec![None; ours.len()],
                arc: (ArcResult::None, Snag::None),
                arc_is_simple: false,
            };
        };
        for Header { header, .. } in &mut message.dkim_headers {
            header.x = expiry(header.x, header.t, at);
        }
        for Header { header, .. } in &mut message.ams_headers {
            header.x = expiry(header.x, header.t, at);
        }
        let outputs = engine.verify_dkim(Parameters::new(&message).with_txt_cache(keys)).await;
        let chain = engine.verify_arc(Parameters::new(&message).with_txt_cache(keys)).await;
        Signatures {
            dkim: place(wire, ours, &message, &outputs),
            arc: arc_result(chain.result(), &message),
            arc_is_simple: message
                .ams_headers
                .last()
                .is_some_and(|newest| newest.header.ch == theirs::Canonicalization::Simple),
        }
    })
}

/// Its clock cannot be set, so `x=` is: to none where it is not over at `at`, to the distant past where it is.
fn expiry(expires: u64, signed_at: u64, at: Timestamp) -> u64 {
    let is_over = expires <= signed_at || i64::try_from(expires).is_ok_and(|expires| expires <= at.as_second());
    u64::from(expires != 0 && is_over)
}

/// Brings its results into the order of our signatures: it gives those of fields that it cannot read first, and of some
/// none at all.
fn place(
    wire: &Wire,
    ours: &[Signature],
    message: &AuthenticatedMessage<'_>,
    outputs: &[DkimOutput<'_>],
) -> Vec<Option<(DkimResult, Snag)>> {
    let mut placed = vec![None; ours.len()];
    let mut put = |value: &[u8], result| {
        let field = wire.field_of(value);
        if let Some(slot) = ours.iter().position(|own| Some(own.field) == field).and_then(|at| placed.get_mut(at)) {
            *slot = Some(result);
        }
    };
    for unread in &message.errors {
        put(unread.value, (DkimResult::PermError, snag(&unread.header)));
    }
    let unread = message.errors.iter().filter(|unread| matches!(unread.header, Error::Dkim(_))).count();
    for (read, output) in message.dkim_headers.iter().zip(outputs.iter().skip(unread)) {
        put(read.value, dkim_result(output.result()));
    }
    placed
}

fn dkim_result(result: &mail_auth::DkimResult) -> (DkimResult, Snag) {
    use mail_auth::DkimResult as Theirs;
    match result {
        Theirs::Pass => (DkimResult::Pass, Snag::None),
        Theirs::Neutral(error) => (DkimResult::Neutral, snag(error)),
        Theirs::Fail(error) => (DkimResult::Fail, snag(error)),
        Theirs::PermError(error) => (DkimResult::PermError, snag(error)),
        Theirs::TempError(error) => (DkimResult::TempError, snag(error)),
        Theirs::None => (DkimResult::Neutral, Snag::Other),
    }
}

/// A chain has no results but these (RFC 8617 section 4.4).
fn arc_result(result: &mail_auth::DkimResult, message: &AuthenticatedMessage<'_>) -> (ArcResult, Snag) {
    use mail_auth::DkimResult as Theirs;
    match result {
        Theirs::Pass => (ArcResult::Pass, Snag::None),
        Theirs::None => (ArcResult::None, Snag::None),
        // It names the first fault of a field that it knows to be ARC's; others it calls a broken chain.
        Theirs::Neutral(Error::Arc(ArcError::BrokenChain)) if message.has_arc_errors => (ArcResult::Fail, Snag::Unread),
        Theirs::Neutral(error) | Theirs::Fail(error) | Theirs::PermError(error) | Theirs::TempError(error) => {
            (ArcResult::Fail, snag(error))
        }
    }
}

fn snag(error: &Error) -> Snag {
    match error {
        error if is_missing(error) => Snag::Missing,
        Error::Dkim(DkimError::SignatureExpired) | Error::Arc(ArcError::SignatureExpired) => Snag::Expired,
        Error::Dkim(DkimError::SignatureLength) | Error::Arc(ArcError::SignatureLength) => Snag::Length,
        Error::Dkim(DkimError::FailedBodyHashMatch) | Error::Arc(ArcError::FailedBodyHashMatch) => Snag::BodyHash,
        Error::Crypto(CryptoError::FailedVerification | CryptoError::Library(_)) => Snag::HeaderSignature,
        Error::MissingParameters
        | Error::Base64
        | Error::ParseError
        | Error::Dns(DnsError::InvalidRecordType)
        | Error::Dkim(
            DkimError::UnsupportedVersion
            | DkimError::UnsupportedAlgorithm
            | DkimError::UnsupportedCanonicalization
            | DkimError::UnsupportedKeyType,
        ) => Snag::Unread,
        _ => Snag::Other,
    }
}

/// One identity, as we evaluated it. The second value says that it wanted an answer that is not at hand.
pub(super) fn spf(check: &Check, helo: &str, receiver: &str, caches: &SpfCaches) -> Option<(SpfResult, bool)> {
    let parameters = Parameters::new(SpfParameters::verify_mail_from(check.ip, helo, receiver, &check.sender))
        .with_txt_cache(&caches.texts)
        .with_mx_cache(&caches.mx)
        .with_ptr_cache(&caches.ptr)
        .with_ipv4_cache(&caches.ipv4)
        .with_ipv6_cache(&caches.ipv6);
    let output = run(async move |engine| engine.verify_spf(parameters).await);
    let missed = caches.take_missed();
    Some((spf_result(output?.result()), missed))
}

const fn spf_result(result: mail_auth::SpfResult) -> SpfResult {
    use mail_auth::SpfResult as Theirs;
    match result {
        Theirs::Pass => SpfResult::Pass,
        Theirs::Fail => SpfResult::Fail,
        Theirs::SoftFail => SpfResult::SoftFail,
        Theirs::Neutral => SpfResult::Neutral,
        Theirs::TempError => SpfResult::TempError,
        Theirs::PermError => SpfResult::PermError,
        Theirs::None => SpfResult::None,
    }
}

/// The domains that SPF and DKIM give DMARC, and whether they passed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Identifiers<'a> {
    pub(super) spf: Option<(&'a str, Authentication)>,
    pub(super) dkim: Vec<(&'a str, Authentication)>,
}

/// What it makes of DMARC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dmarc {
    pub(super) result: DmarcResult,
    /// `None` where no record applies.
    pub(super) policy: Option<Policy>,
    /// It wanted an answer that is not at hand.
    pub(super) missed: bool,
}

/// `from` holds the From fields, each ended by CRLF, and the empty line after them.
pub(super) fn dmarc(from: &[u8], identifiers: &Identifiers<'_>, records: &DmarcCaches) -> Option<Dmarc> {
    let Some(message) = run(async |_| AuthenticatedMessage::parse(from))? else {
        return Some(Dmarc { result: DmarcResult::None, policy: None, missed: false });
    };
    let signature = |domain: &str| theirs::Signature { d: domain.to_owned(), ..theirs::Signature::default() };
    let signatures: Vec<_> = identifiers.dkim.iter().map(|(domain, _)| signature(domain)).collect();
    let signed = signatures.iter().zip(&identifiers.dkim).map(|(signature, (_, authentication))| {
        let output = match authentication {
            Authentication::Passed => DkimOutput::pass(),
            Authentication::TempError => DkimOutput::temp_err(Error::Dns(DnsError::Resolver(String::new()))),
            Authentication::NotPassed | Authentication::NotEvaluated => DkimOutput::fail(Error::NotAligned),
        };
        output.with_signature(signature)
    });
    let signed: Vec<_> = signed.collect();
    let (domain, authentication) = identifiers.spf.unwrap_or(("", Authentication::NotPassed));
    let sent = SpfOutput::new(domain.to_owned()).with_result(match authentication {
        Authentication::Passed => mail_auth::SpfResult::Pass,
        Authentication::TempError => mail_auth::SpfResult::TempError,
        Authentication::NotPassed | Authentication::NotEvaluated => mail_auth::SpfResult::None,
    });
    let parameters = Parameters::new(DmarcParameters::new(&message, &signed, domain, &sent))
        .with_txt_cache(&records.texts)
        .with_ipv4_cache(&records.addresses);
    let output = run(async move |engine| engine.verify_dmarc(parameters).await)?;
    let missed = records.texts.take_missed();
    Some(Dmarc {
        result: dmarc_result(&output.result()),
        policy: output.dmarc_record().map(|_| policy(output.policy())),
        missed,
    })
}

const fn dmarc_result(result: &mail_auth::DmarcResult) -> DmarcResult {
    use mail_auth::DmarcResult as Theirs;
    match result {
        Theirs::Pass => DmarcResult::Pass,
        Theirs::Fail(_) => DmarcResult::Fail,
        Theirs::TempError(_) => DmarcResult::TempError,
        Theirs::PermError(_) => DmarcResult::PermError,
        Theirs::None => DmarcResult::None,
    }
}

const fn policy(policy: dmarc::Policy) -> Policy {
    match policy {
        dmarc::Policy::Reject => Policy::Reject,
        dmarc::Policy::Quarantine => Policy::Quarantine,
        dmarc::Policy::None | dmarc::Policy::Unspecified => Policy::None,
    }
}
