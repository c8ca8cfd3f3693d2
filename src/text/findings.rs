//! Which words belong to which finding: one line a finding, one function of that name in each language.

/// What a person reads about a finding, with the values of this message filled in. Where its rule stands is no prose:
/// [`crate::check::sources`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What is the case.
    pub title: String,
    /// What that means for this message.
    pub meaning: String,
    /// What to do, and whom to ask for it.
    pub remedy: String,
}

impl Explanation {
    pub(super) fn new(title: impl Into<String>, meaning: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { title: title.into(), meaning: meaning.into(), remedy: remedy.into() }
    }
}

/// A match over every problem. A finding without words in one of the languages does not compile.
macro_rules! explain {
    ($problem:expr, $words:ident) => {
        match $problem {
            // Delivery reports
            Problem::BounceFinal { refused } | Problem::BounceTemporary { refused } => {
                $words::bounce::undelivered(refused)
            }
            Problem::BounceSenderRules { refused } => $words::bounce::sender_rules(refused),
            Problem::BounceNotOurs { author } => $words::bounce::not_ours(author),
            Problem::AggregateFailures { tally } => $words::aggregate::failures(tally),

            // Path
            Problem::ClockSkew { hop, seconds, date, before } => {
                $words::path::clock_skew(*hop, *seconds, *date, *before)
            }
            Problem::HopDateFuture { hop, by, seconds, date, now } => {
                $words::path::hop_date_future(*hop, by.as_deref(), *seconds, (*date, *now))
            }
            Problem::HopDateMissing { hop, by, written } => {
                $words::path::hop_date_missing(*hop, by.as_deref(), *written)
            }
            Problem::HopGap { hop, by, client } => $words::path::hop_gap(*hop, by, client),
            Problem::HopLoop { from, to, times } => $words::path::hop_loop(from, to, *times),
            Problem::ReceivedUnreadable { hop, hops } => $words::path::received_unreadable(*hop, *hops),
            Problem::SlowHop { hop, by, seconds, until } => {
                $words::path::slow_hop(*hop, by.as_deref(), *seconds, *until)
            }
            Problem::NoConnectingAddress { hops } => $words::path::no_connecting_address(*hops),
            Problem::ConnectingAddressUnsure { ip, other: Some(other), hop, .. } => {
                $words::path::two_connecting_addresses(*ip, *other, *hop)
            }
            Problem::ConnectingAddressUnsure { ip, other: None, hop, boundary, is_public: true } => {
                $words::path::connecting_host_unsure(*ip, *hop, *boundary)
            }
            Problem::ConnectingAddressUnsure { ip, other: None, hop, boundary, is_public: false } => {
                $words::path::connecting_address_unsure(*ip, *hop, *boundary)
            }
            Problem::ReverseNameMissing { ip, suspect } => $words::path::reverse_name_missing(*ip, *suspect),
            Problem::ReverseNameMismatch { ip, name, suspect } => {
                $words::path::reverse_name_mismatch(*ip, name, *suspect)
            }

            // TLS
            Problem::ArrivalNotEncrypted { by, ip } => $words::tls::arrival_not_encrypted(by.as_deref(), *ip),
            Problem::ArrivalTlsOld { by, ip, version } => $words::tls::arrival_tls_old(by.as_deref(), *ip, *version),
            Problem::HopTlsWeak { hop, by, version } => $words::tls::hop_tls_weak(*hop, by.as_deref(), *version),

            // SPF: what came of it
            Problem::SpfMissing { domain, suspect, meant } => $words::spf::missing(domain, *suspect, meant.as_deref()),
            Problem::SpfFail { domain, ip, suspect, marks } => $words::spf::fail(domain, *ip, *suspect, *marks),
            Problem::SpfSoftfail { domain, ip, suspect, marks } => $words::spf::softfail(domain, *ip, *suspect, *marks),
            Problem::SpfForwarded { domain, ip, by } => $words::spf::forwarded(domain, *ip, by.as_deref()),
            Problem::SpfLookupLimit { domain, owner } => $words::spf::lookup_limit(domain, owner),
            Problem::SpfVoidLimit { domain, owner, term } => $words::spf::void_limit(domain, owner, term.as_deref()),
            Problem::SpfBroken { domain, owner, term } => $words::spf::broken(domain, owner, term.as_deref()),
            Problem::SpfSeveralRecords { domain, owner } => $words::spf::several_records(domain, owner),
            Problem::SpfIncludeMissing { domain, owner, term } => $words::spf::include_missing(domain, owner, term),

            // SPF: the record
            Problem::SpfPassAll { domain, owner, term } => $words::spf_record::pass_all(domain, owner, term),
            Problem::SpfWideNetwork { domain, owner, term } => $words::spf_record::wide_network(domain, owner, term),
            Problem::SpfNeutralAll { domain, term, ip } => {
                $words::spf_record::neutral_all(domain, term.as_deref(), *ip)
            }
            Problem::SpfPtr { owner, term } => $words::spf_record::ptr(owner, term),
            Problem::SpfRecordLong { owner, bytes } => $words::spf_record::record_long(owner, *bytes),
            Problem::SpfDeprecatedType { domain, suspect } => $words::spf_record::deprecated_type(domain, *suspect),
            Problem::SpfVoidReadingsDiffer { domain, terms, questions } => {
                $words::spf_record::void_readings_differ(domain, *terms, *questions)
            }

            // DKIM: the signature
            Problem::DkimMissing { author, suspect: _, taken_after: Some(sealer) } => {
                $words::dkim::taken(author.as_deref(), sealer)
            }
            Problem::DkimMissing { author, suspect, taken_after: None } => {
                $words::dkim::missing(author.as_deref(), *suspect)
            }
            Problem::CopyRewritten { by } => $words::dkim::copy_rewritten(*by),
            Problem::DkimBodyChanged { domain, selector, by, causes, proved: true, suspect: _ } => {
                $words::dkim::body_changed(domain, selector, *by, causes)
            }
            Problem::DkimBodyChanged { domain, selector, by: _, causes: _, proved: false, suspect } => {
                $words::dkim::body_unproved(domain, selector, *suspect)
            }
            Problem::DkimHeaderChanged { domain, selector, by, causes } => {
                $words::dkim::header_changed(domain, selector, *by, causes)
            }
            Problem::DkimUnreadable { domain, selector, fault, tag, suspect } => {
                $words::dkim::unreadable(domain.as_deref(), selector.as_deref(), *fault, tag.as_deref(), *suspect)
            }
            Problem::DkimLengthBeyondBody { domain, selector, length, body } => {
                $words::dkim::length_beyond_body(domain, selector, *length, *body)
            }
            Problem::DkimFieldsUnsigned { domain, selector, fields } => {
                $words::dkim::fields_unsigned(domain, selector, fields)
            }
            Problem::OneClickMissing { provider } => $words::provider::one_click_missing(provider.as_deref()),
            Problem::OneClickBroken { fault, value } => $words::provider::one_click_broken(*fault, value),
            Problem::DkimMany { signatures, judged } => $words::dkim::many(*signatures, *judged),
            Problem::DkimSha1 { domain, selector } => $words::dkim::sha1(domain, selector),
            Problem::DkimExpired { domain, selector, expires, judged_at } => {
                $words::dkim::expired(domain, selector, *expires, *judged_at)
            }
            Problem::DkimPartialBody { domain, selector, uncovered: _, covers_none: true } => {
                $words::dkim::no_body(domain, selector)
            }
            Problem::DkimPartialBody { domain, selector, uncovered, covers_none: false } => {
                $words::dkim::partial_body(domain, selector, *uncovered)
            }

            // DKIM: the key
            Problem::DkimKeyMissing { domain, selector, suspect } => {
                $words::dkim_key::missing(domain, selector, *suspect)
            }
            Problem::DkimKeyRevoked { domain, selector } => $words::dkim_key::revoked(domain, selector),
            Problem::DkimKeyBroken { domain, selector, fault, octets } => {
                $words::dkim_key::broken(domain, selector, *fault, *octets)
            }
            Problem::DkimKeyMismatch { domain, selector, algorithm, limit } => {
                $words::dkim_key::mismatch(domain, selector, algorithm, *limit)
            }
            Problem::DkimKeyNotForEmail { domain, selector } => $words::dkim_key::not_for_email(domain, selector),
            Problem::DkimKeyStrictIdentity { domain, selector, identity } => {
                $words::dkim_key::strict_identity(domain, selector, identity)
            }
            Problem::DkimKeySeveral { domain, selector, records } => {
                $words::dkim_key::several(domain, selector, *records)
            }
            Problem::DkimKeyWeak { domain, selector, bits } => $words::dkim_key::weak(domain, selector, *bits),
            Problem::DkimKeyShort { domain, selector, bits } => $words::dkim_key::short(domain, selector, *bits),
            Problem::DkimKeyLong { domain, selector, bits } => $words::dkim_key::long(domain, selector, *bits),
            Problem::DkimKeyUntidy { domain, selector, lints } => $words::dkim_key::untidy(domain, selector, lints),
            Problem::DkimTesting { domain, selector } => $words::dkim_key::testing(domain, selector),

            // DMARC: what came of it
            Problem::DmarcUnaligned { author, passed, policy, service } => {
                $words::dmarc::unaligned(author, passed, *policy, *service)
            }
            Problem::DmarcUnauthenticated { author, policy, suspect } => {
                $words::dmarc::unauthenticated(author, *policy, *suspect)
            }
            Problem::DmarcNoAuthor { domains } => $words::dmarc::no_author(domains),
            Problem::DmarcMissing { author } => $words::dmarc::missing(author),
            Problem::DmarcRejectOnSpfOnly { author } => $words::dmarc::reject_on_spf_only(author),
            Problem::DmarcReadingsDiffer { author, has_own_record, result, policy, older_result, older_policy } => {
                let (now, older) = ((*result, *policy), (*older_result, *older_policy));
                $words::dmarc::readings_differ(author, *has_own_record, now, older)
            }

            // DMARC: the record
            Problem::DmarcBroken { domain, fault, text } => $words::dmarc_record::broken(domain, *fault, text),
            Problem::DmarcDuplicateRecords { domain, records } => {
                $words::dmarc_record::duplicate_records(domain, *records)
            }
            Problem::DmarcPolicyUnusable { record_at, part } => {
                $words::dmarc_record::policy_unusable(record_at, part.as_deref())
            }
            Problem::DmarcPolicyNone { author, record_at, tag } => {
                $words::dmarc_record::policy_none(author, record_at, tag)
            }
            Problem::DmarcTesting { record_at, published, applied } => {
                $words::dmarc_record::testing(record_at, *published, *applied)
            }
            Problem::DmarcNoReports { record_at } => $words::dmarc_record::no_reports(record_at),
            Problem::DmarcSpWeaker { record_at, own, tag, below } => {
                $words::dmarc_record::sp_weaker(record_at, *own, *tag, *below)
            }
            Problem::DmarcPctRemoved { record_at, pct, policy } => {
                $words::dmarc_record::pct_removed(record_at, pct, *policy)
            }
            Problem::DmarcTagIgnored { record_at, parts } => $words::dmarc_record::tag_ignored(record_at, parts),
            Problem::DmarcUriBad { record_at, entries } => $words::dmarc_record::uri_bad(record_at, entries),
            Problem::DmarcReportUnauthorised { record_at, hosts } => {
                $words::dmarc_record::report_unauthorised(record_at, hosts)
            }

            // What others say: ARC, recorded results, the second engine
            Problem::ArcBroken { reason, at, sealer, next } => {
                $words::others::arc_broken(*reason, *at, sealer.as_deref(), next.as_deref())
            }
            Problem::ArcSawPass { author, sealer, changed_by, trusted } => {
                $words::others::arc_saw_pass(author, sealer, changed_by.as_deref(), *trusted)
            }
            Problem::ClaimForged { server, method } => $words::others::claim_forged(server, method),
            Problem::ClaimDiffers { checked, recorded, ours, why, certainty: _ } => {
                $words::others::claim_differs(*checked, recorded, ours, *why)
            }
            Problem::CompauthFailed { author, reason, meaning } => {
                $words::others::compauth_failed(author.as_deref(), reason.as_deref(), *meaning)
            }
            Problem::SecondEngineDiffers { part, ours, theirs } => {
                $words::others::second_engine_differs(*part, *ours, *theirs)
            }

            // What filters of the receiving side wrote
            Problem::FilterMarkedSpam { filter, meaning } => $words::filter::marked_spam(*filter, *meaning),
            Problem::FilterPhish { filter, meaning } => $words::filter::phish(*filter, *meaning),
            Problem::FilterSkipped { filter, meaning, suspect } => $words::filter::skipped(*filter, *meaning, *suspect),
            Problem::BulkComplaintLevelHigh { level } => $words::filter::bulk_complaint_level_high(*level),
            Problem::FilterBeforeReceiver { service, ip, theirs, ours } => {
                $words::filter::before_receiver(service, *ip, theirs.as_deref(), *ours)
            }

            // Who it says it is from
            Problem::AuthorDomainMissing { author } => $words::identity::author_domain_missing(author),
            Problem::ServiceOnlyClaimed { service, ip } => $words::identity::service_only_claimed(*service, *ip),
            Problem::StreamMixed { author } => $words::identity::stream_mixed(author),
            Problem::ReplyToElsewhere { author, reply_to } => $words::identity::reply_to_elsewhere(author, reply_to),

            Problem::ImpersonatesProvider { author, provider } => $words::provider::impersonated(author, provider),
            Problem::AuthorDomainNotPublic { author, kind } => {
                $words::identity::author_domain_not_public(author, *kind)
            }
            Problem::AuthorDomainLookalike { author, kind } => $words::identity::author_domain_lookalike(author, kind),
            Problem::FromNameElsewhere { shown, own, via, is_address } => {
                $words::identity::from_name_elsewhere(shown, own, *via, *is_address)
            }
            Problem::FromNameHidden { own, characters, reorders } => {
                $words::identity::from_name_hidden(own, characters, *reorders)
            }
            Problem::FromSeveralAuthors { author, authors, has_sender } => {
                $words::identity::from_several_authors(author, *authors, *has_sender)
            }
            Problem::SenderElsewhere { author, sender, list, proved } => {
                $words::identity::sender_elsewhere(author, sender, *list, *proved)
            }

            // How the message is written
            Problem::FieldRepeated { fields } => $words::form::field_repeated(fields),
            Problem::DateMissing { written } => $words::form::date_missing(*written),
            Problem::DateFar { seconds, date, received } => $words::form::date_far(*seconds, *date, *received),
            Problem::MessageIdUnfit { fault, host } => $words::form::message_id_unfit(*fault, host.as_deref()),
            Problem::HeaderBytesOdd { kind } => $words::form::header_bytes_odd(*kind),
            Problem::HeaderTooLarge { provider, part, length, limit, firm } => {
                $words::provider::header_too_large(provider, *part, (*length, *limit), *firm)
            }
            Problem::LineTooLong { octets, lines } => $words::form::line_too_long(*octets, *lines),

            // The checks that ask others
            Problem::IpListed { ip, lists, suspect } => $words::network::ip_listed(*ip, lists, *suspect),
            Problem::DomainListed { domain, roles, lists, suspect } => {
                $words::network::domain_listed(domain, roles, lists, *suspect)
            }
            Problem::BlocklistRefused { lists, why } => $words::network::blocklist_refused(lists, *why),
            Problem::MtaStsRecordBroken { domain, whose, fault, part } => {
                $words::network::mta_sts_record_broken(domain, *whose, *fault, part.as_deref())
            }
            Problem::TlsRptRecordBroken { domain, whose, fault, part } => {
                $words::network::tls_rpt_record_broken(domain, *whose, *fault, part.as_deref())
            }
            Problem::DaneTlsaUnusable { domain, whose, host, faults } => {
                $words::network::dane_tlsa_unusable(domain, *whose, host, faults)
            }

            // What was given, and what could not be asked
            Problem::SeveralMessages { left_out } => $words::input::several_messages(*left_out),
            Problem::BodyNotKept { program } => $words::input::body_not_kept(*program),
            Problem::HeadersOnly { fields } => $words::input::headers_only(*fields),
            Problem::InputRepaired { repairs, kinds } => $words::input::input_repaired(*repairs, kinds),
            Problem::DnsUnreachable { questions, names } => $words::input::dns_unreachable(*questions, names),
            Problem::DnsNotAsked { questions, names, recorded } => {
                $words::input::dns_not_asked(*questions, names, *recorded)
            }
        }
    };
}

pub(super) use explain;
