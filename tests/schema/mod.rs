//! Holds a JSON report against its public description: names, enum words, references, no empty string.

use std::collections::HashSet;

use serde_json::Value;

const SERVICE_KIND: &str = "?sending-service|application|own-mail|mailbox-provider|business-mail|hoster|filter|forwarder|list-host|server-rental";
const PROOF: &str = "signature|signature-key|envelope|envelope-host|address-range|helo-passed|reverse-name|recorded-name|unconfirmed-name|helo|unverified-signature|unverified-envelope|message-id|feedback-id|field";

/// Every name of the schema and what stands there. `?`: null is allowed, below it too. `[]`: every element of a list.
pub(crate) const RULES: &[(&str, &str)] = &[
    ("schema", "count"),
    ("version", "text"),
    ("judged_at", "time"),
    ("input.kind", "eml|headers|mbox|emlx|msg|nested|aggregate-report"),
    ("input.bytes", "count"),
    ("input.headers_only", "bool"),
    ("input.line_endings", "crlf|lf|mixed"),
    ("input.repairs[].code", "text"),
    ("headline.code", "text"),
    ("headline.actor", "sender|sending-service|forwarder|receiver|reader|nobody"),
    ("headline.first", "?text"),
    ("headline.text", "text"),
    ("narrative[].code", "text"),
    ("narrative[].text", "text"),
    ("narrative[].evidence", "list"),
    ("headline.accepted?.record", "text"),
    ("headline.accepted?.span", "span"),
    ("headline.accepted?.text", "text"),
    ("message.from[].name", "?text"),
    ("message.from[].address", "?text"),
    ("message.from[].domain", "?text"),
    ("message.sender[].name", "?text"),
    ("message.sender[].address", "?text"),
    ("message.sender[].domain", "?text"),
    ("message.reply_to[].name", "?text"),
    ("message.reply_to[].address", "?text"),
    ("message.reply_to[].domain", "?text"),
    ("message.subject", "?text"),
    ("message.date", "?time"),
    ("message.message_id", "?text"),
    ("message.return_path", "?text"),
    ("message.stream", "person|transactional|bulk|list|bounce|calendar|unknown"),
    ("notice?.kind", "delivery-report|read-receipt|auto-reply|feedback-report|aggregate-report|tls-report"),
    ("notice?.span", "span"),
    ("notice?.word", "?text"),
    ("aggregate_report?.reporter", "?text"),
    ("aggregate_report?.contact", "?text"),
    ("aggregate_report?.report_id", "?text"),
    ("aggregate_report?.begin", "?time"),
    ("aggregate_report?.end", "?time"),
    ("aggregate_report?.domain", "?text"),
    ("aggregate_report?.policies", "object"),
    ("aggregate_report?.messages", "count"),
    ("aggregate_report?.passed", "count"),
    ("aggregate_report?.failed", "count"),
    ("aggregate_report?.at_least", "bool"),
    ("aggregate_report?.sources[].ip", "?text"),
    ("aggregate_report?.sources[].messages", "count"),
    ("aggregate_report?.sources[].at_least", "bool"),
    ("aggregate_report?.sources[].spf_aligned", "count"),
    ("aggregate_report?.sources[].dkim_aligned", "count"),
    ("aggregate_report?.sources[].failed", "count"),
    ("aggregate_report?.sources[].quarantined", "count"),
    ("aggregate_report?.sources[].rejected", "count"),
    ("aggregate_report?.sources[].identifiers[].method", "dkim|spf-mail-from|spf-helo"),
    ("aggregate_report?.sources[].identifiers[].domain", "?text"),
    ("aggregate_report?.sources[].identifiers[].selector", "?text"),
    ("aggregate_report?.sources[].identifiers[].result", "?pass|fail|softfail|neutral|none|policy|temperror|permerror"),
    ("aggregate_report?.sources[].identifiers[].messages", "count"),
    (
        "aggregate_report?.sources[].overrides[].type",
        "local-policy|mailing-list|trusted-forwarder|policy-test-mode|other|forwarded|sampled-out|unknown",
    ),
    ("aggregate_report?.sources[].overrides[].comment", "?text"),
    ("aggregate_report?.sources[].overrides[].messages", "count"),
    ("aggregate_report?.messages_left_out", "count"),
    ("aggregate_report?.deviations", "list"),
    ("aggregate_report?.span", "span"),
    ("bounce?.form", "delivery-status|words"),
    ("bounce?.software", "?text"),
    ("bounce?.reporter", "?text"),
    ("bounce?.arrived", "?time"),
    ("bounce?.span", "span"),
    ("bounce?.recipients[].address", "?text"),
    ("bounce?.recipients[].original", "?text"),
    ("bounce?.recipients[].action", "?failed|delayed|delivered|relayed|expanded"),
    ("bounce?.recipients[].outcome", "final|temporary|delivered|unknown"),
    ("bounce?.recipients[].host", "?text"),
    ("bounce?.recipients[].provider?.code", "text"),
    ("bounce?.recipients[].provider?.known_by", "host-name|reply-text|recipient-domain"),
    ("bounce?.recipients[].reply", "?count"),
    ("bounce?.recipients[].status", "?text"),
    ("bounce?.recipients[].text", "?text"),
    ("bounce?.recipients[].decoded?.meaning", "text"),
    ("bounce?.recipients[].decoded?.basis", "provider|words|registry"),
    ("bounce?.recipients[].decoded?.actor", "sender|sending-service|forwarder|receiver|nobody"),
    ("bounce?.recipients[].decoded?.lasting", "?temporary|final"),
    ("bounce?.recipients[].decoded?.confidence", "certain|likely|possible"),
    ("bounce?.recipients[].decoded?.source", "text"),
    ("bounce?.recipients[].decoded?.dated", "text"),
    ("bounce?.recipients[].last_attempt", "?time"),
    ("bounce?.recipients[].retried_until", "?time"),
    ("bounce?.recipients[].span", "span"),
    ("bounce?.left_out", "count"),
    ("bounce?.deviations", "list"),
    ("bounce?.returned?.header_only", "bool"),
    ("bounce?.returned?.subject", "?text"),
    ("bounce?.returned?.author_domain", "?text"),
    ("bounce?.returned?.message_id", "?text"),
    ("bounce?.returned?.signing_domains", "list"),
    ("bounce?.returned?.named_domains", "list"),
    ("path.hops[].index", "count"),
    ("path.hops[].span", "span"),
    ("path.hops[].dialect", "text"),
    ("path.hops[].from.helo", "?text"),
    ("path.hops[].from.name", "?text"),
    ("path.hops[].from.ip", "?text"),
    ("path.hops[].from.other_ip", "?text"),
    ("path.hops[].by", "?text"),
    ("path.hops[].via", "?text"),
    ("path.hops[].with", "?text"),
    ("path.hops[].id", "?text"),
    ("path.hops[].for", "?text"),
    ("path.hops[].date", "?time"),
    ("path.hops[].delay_s", "?number"),
    ("path.hops[].operator", "?text"),
    ("path.hops[].handover", "text"),
    ("path.hops[].parts[].kind", "text"),
    ("path.hops[].parts[].span", "span"),
    ("path.hops[].unread[]", "span"),
    ("path.waypoints[].name", "text"),
    ("path.waypoints[].kind", "text"),
    ("path.waypoints[].span", "span"),
    ("path.waypoints[].after_hop", "count"),
    ("path.waypoints[].text", "?text"),
    ("path.waypoints[].ip", "?text"),
    ("path.waypoints[].date", "?time"),
    ("path.boundary?.ambiguous", "bool"),
    ("path.hops[].tls.state", "encrypted|not-encrypted|not-stated|local"),
    ("path.hops[].tls.version", "?text"),
    ("path.hops[].tls.cipher", "?text"),
    ("path.hops[].tls.bits", "?count"),
    ("path.hops[].side", "sending|boundary|receiving"),
    ("path.hops_without_parts", "count"),
    ("path.boundary?.alternatives_left_out", "count"),
    ("path.boundary?.hop", "count"),
    ("path.boundary?.reason", "text"),
    ("path.boundary?.chosen_by", "rule|user"),
    ("path.total_s", "?number"),
    ("dkim[].domain", "?text"),
    ("dkim[].selector", "?text"),
    ("dkim[].identity", "?text"),
    ("dkim[].algorithm", "?text"),
    ("dkim[].canonicalization", "?text"),
    ("dkim[].key.state", "found|missing|revoked|broken|unreachable|not-asked"),
    ("dkim[].key.bits", "?count"),
    ("dkim[].key.testing", "bool"),
    ("dkim[].body_hash", "match|mismatch|not-available"),
    ("dkim[].header_signature", "valid|invalid|not-checked"),
    ("dkim[].result", "pass|fail|policy|neutral|permerror|temperror|not-evaluated"),
    ("dkim[].reason", "text"),
    ("dkim[].expires", "?time"),
    ("dkim[].expired_at_receipt", "bool"),
    ("dkim[].expired_now", "bool"),
    ("dkim[].signed_headers", "list"),
    ("dkim[].tags[].name", "text"),
    ("dkim[].tags[].value", "?text"),
    ("dkim[].tags[].span", "span"),
    ("dkim[].tag_faults", "list"),
    ("dkim[].coverage.signed[].name", "?text"),
    ("dkim[].coverage.signed[].cover", "signed|over-signed|signed-absent|partly"),
    ("dkim[].coverage.open[].name", "text"),
    ("dkim[].coverage.open[].span", "span"),
    ("dkim[].uncovered_bytes", "?count"),
    ("dkim[].uncovered_from", "?count"),
    ("dkim[].key.lint[].code", "text"),
    ("dkim[].key.lint[].weight", "harmless|doubtful|breaks"),
    ("dkim[].key.fault", "?text"),
    ("dkim[].key.records", "count"),
    ("dkim[].aligned", "?strict|relaxed|no"),
    ("dkim[].causes[].code", "text"),
    ("dkim[].causes[].span", "span"),
    ("dkim[].causes[].args.field", "?text"),
    ("dkim[].causes[].args.now", "?text"),
    ("dkim[].causes[].args.before", "?text"),
    ("dkim[].causes[].args.places", "count"),
    ("dkim[].cause_search.body.state", "not-sought|not-found|found"),
    ("dkim[].cause_search.body.why", "?text"),
    ("dkim[].cause_search.body.tried", "count"),
    ("dkim[].cause_search.header.state", "not-sought|not-found|found"),
    ("dkim[].cause_search.header.why", "?text"),
    ("dkim[].cause_search.header.tried", "count"),
    ("dkim[].trace", "step"),
    ("arc?.result", "none|pass|fail|not-evaluated|temperror"),
    ("arc?.instances", "list"),
    ("arc?.instances[].i", "count"),
    ("arc?.instances[].seal", "valid|invalid|not-checked|absent"),
    ("arc?.instances[].message_signature", "valid|invalid|not-checked|absent"),
    ("arc?.instances[].authentication_results", "?span"),
    ("arc?.instances[].domain", "?text"),
    ("arc?.instances[].selector", "?text"),
    ("arc?.instances[].seen[].method", "text"),
    ("arc?.instances[].seen[].result", "text"),
    ("arc?.instances[].seen[].domain", "?text"),
    ("dmarc.result", "pass|fail|none|permerror|temperror|not-applicable|not-evaluated"),
    ("dmarc.author_domain", "?text"),
    ("dmarc.organizational_domain", "?text"),
    ("dmarc.record_at", "?text"),
    ("dmarc.record", "?text"),
    ("dmarc.record_parts", "?list"),
    ("dmarc.policy", "?none|quarantine|reject"),
    ("dmarc.spf_aligned", "strict|relaxed|no"),
    ("dmarc.dkim_aligned", "strict|relaxed|no"),
    ("dmarc.walk[].name", "text"),
    ("dmarc.walk[].found", "bool"),
    ("dmarc.differs_from_psl", "bool"),
    (
        "dmarc.identifiers[].relation",
        "same|below|above|sibling|not-identical|other-organization|own-organization|public-suffix|no-record-above|no-record|unknown",
    ),
    ("dmarc.would_be[].domain", "text"),
    ("dmarc.would_be[].result", "pass|fail|none|permerror|temperror|not-applicable|not-evaluated"),
    ("dmarc.would_be[].policy", "?none|quarantine|reject"),
    ("dmarc.reports[].tag", "rua|ruf"),
    ("dmarc.reports[].uri", "text"),
    (
        "dmarc.reports[].permission",
        "internal|authorised|replaced|not-authorised|replaced-elsewhere|unreachable|not-asked|not-mail|not-a-name|beyond-limit",
    ),
    ("dmarc.trace", "step"),
    ("iprev?.result", "pass|fail|none|temperror|not-evaluated"),
    ("iprev?.names", "list"),
    ("claimed[].header", "text"),
    ("claimed[].authserv_id", "?text"),
    ("claimed[].trusted", "bool"),
    ("claimed[].trust", "trusted|unsure|ignored"),
    ("claimed[].why", "text"),
    ("claimed[].span", "span"),
    ("claimed[].results[].method", "text"),
    ("claimed[].results[].result", "?text"),
    ("claimed[].results[].properties", "object"),
    ("claimed[].results[].notes[].code", "text"),
    ("comparison.rows[].method", "spf-mail-from|spf-helo|dkim|dmarc|arc|iprev"),
    ("comparison.rows[].recorded", "?text"),
    ("comparison.rows[].ours", "text"),
    ("comparison.rows[].agreement", "agrees|neither-passed|differs|not-recorded|not-judged|unknown-word"),
    ("comparison.rows[].reasons[].code", "text"),
    ("comparison.rows[].reasons[].certainty", "established|possible"),
    ("comparison.left_out", "count"),
    ("notes[].header", "text"),
    ("notes[].span", "span"),
    ("notes[].filter", "text"),
    ("notes[].whose", "receiver|unsure|stranger"),
    ("notes[].why", "text"),
    ("notes[].entries[].key", "?text"),
    ("notes[].entries[].key_span", "?span"),
    ("notes[].entries[].value", "?text"),
    ("notes[].entries[].value_span", "span"),
    ("notes[].entries[].meaning", "text"),
    ("notes[].entries[].known", "bool"),
    ("notes[].left_out", "count"),
    ("notes[].page", "?text"),
    ("notes[].checked_on", "?text"),
    ("notes_left_out", "count"),
    ("network_checks.on", "list"),
    ("network_checks.blocklists?.address.state", "known|unsure|private|unknown"),
    ("network_checks.blocklists?.address.ip", "?text"),
    ("network_checks.blocklists?.domains[].name", "text"),
    ("network_checks.blocklists?.domains[].registered", "text"),
    ("network_checks.blocklists?.domains[].roles", "list"),
    ("network_checks.blocklists?.domains_left_out", "count"),
    ("network_checks.blocklists?.rows[].list", "text"),
    ("network_checks.blocklists?.rows[].name", "text"),
    ("network_checks.blocklists?.rows[].zone", "text"),
    ("network_checks.blocklists?.rows[].weight", "wide|narrow"),
    ("network_checks.blocklists?.rows[].ip", "?text"),
    ("network_checks.blocklists?.rows[].domain", "?text"),
    ("network_checks.blocklists?.rows[].roles", "list"),
    (
        "network_checks.blocklists?.rows[].result",
        "listed|not-listed|refused|answers-all|silent|not-a-list|unreachable|not-asked",
    ),
    ("network_checks.blocklists?.rows[].why", "?text"),
    ("network_checks.blocklists?.rows[].tested", "?passed|unknown"),
    ("network_checks.blocklists?.rows[].codes[].code", "text"),
    ("network_checks.blocklists?.rows[].codes[].meanings", "list"),
    ("network_checks.blocklists?.rows[].text", "?text"),
    ("network_checks.blocklists?.rows[].page", "text"),
    ("network_checks.blocklists?.rows[].known", "documented|reported"),
    ("network_checks.blocklists?.rows[].source", "text"),
    ("network_checks.blocklists?.rows[].checked_on", "?text"),
    ("network_checks.blocklists?.rows[].dns[]", "count"),
    ("network_checks.transport?.policy_file", "not-fetched"),
    ("network_checks.transport?.dnssec", "not-validated"),
    ("network_checks.transport?.domains[].domain", "text"),
    ("network_checks.transport?.domains[].whose", "recipient|author|both"),
    ("network_checks.transport?.domains[].mx.state", "mx|implicit|null|nothing|no-server|unreachable|not-asked"),
    ("network_checks.transport?.domains[].mx.dns", "count"),
    ("network_checks.transport?.domains[].mta_sts.name", "text"),
    ("network_checks.transport?.domains[].mta_sts.state", "found|missing|several|broken|unreachable|not-asked"),
    ("network_checks.transport?.domains[].mta_sts.records", "?count"),
    ("network_checks.transport?.domains[].mta_sts.record", "?text"),
    ("network_checks.transport?.domains[].mta_sts.problems[].code", "text"),
    ("network_checks.transport?.domains[].mta_sts.problems[].fatal", "bool"),
    ("network_checks.transport?.domains[].mta_sts.problems[].bytes", "list"),
    ("network_checks.transport?.domains[].mta_sts.problems[].text", "?text"),
    ("network_checks.transport?.domains[].mta_sts.dns", "count"),
    ("network_checks.transport?.domains[].tls_rpt.name", "text"),
    ("network_checks.transport?.domains[].tls_rpt.state", "found|missing|several|broken|unreachable|not-asked"),
    ("network_checks.transport?.domains[].tls_rpt.record", "?text"),
    ("network_checks.transport?.domains[].tls_rpt.problems", "list"),
    ("network_checks.transport?.domains[].tls_rpt.dns", "count"),
    ("network_checks.transport?.domains[].hosts[].host", "text"),
    ("network_checks.transport?.domains[].hosts[].alias_of", "?text"),
    ("network_checks.transport?.domains[].hosts[].dnssec", "server-says-checked|not-said"),
    ("network_checks.transport?.domains[].hosts[].state", "usable|unusable|missing|unreachable|not-asked"),
    ("network_checks.transport?.domains[].hosts[].records[].usage", "count"),
    ("network_checks.transport?.domains[].hosts[].records[].selector", "count"),
    ("network_checks.transport?.domains[].hosts[].records[].matching", "count"),
    ("network_checks.transport?.domains[].hosts[].records[].octets", "count"),
    (
        "network_checks.transport?.domains[].hosts[].records[].fault",
        "?pkix-usage|unknown-usage|unknown-selector|unknown-matching|digest-length|empty",
    ),
    ("network_checks.transport?.domains[].hosts[].dns", "count"),
    ("network_checks.transport?.domains[].hosts_left_out", "count"),
    ("sender.relation", "own|third-party|unknown"),
    ("bulk", "yes|no|unknown"),
    ("providers[].provider", "text"),
    ("providers[].name", "text"),
    ("providers[].chosen_by", "?user|host|host-of-others|domain"),
    ("providers[].rules[].id", "text"),
    ("providers[].rules[].requirement", "text"),
    ("providers[].rules[].text", "text"),
    ("providers[].rules[].status", "met|not-met|not-firm|bulk-only|marketing-only|cannot-know|not-applicable"),
    ("providers[].rules[].why", "text"),
    ("providers[].rules[].applies", "all|bulk|marketing|forwarded|lists"),
    ("providers[].rules[].level", "required|advised|optional"),
    ("providers[].rules[].standing", "active|withdrawn|reported"),
    ("providers[].rules[].basis", "own-page|archive|others|old-page|pages-differ"),
    ("providers[].rules[].source", "text"),
    ("providers[].rules[].source_date", "?text"),
    ("providers[].rules[].checked_on", "text"),
    ("providers[].rules[].further_sources", "list"),
    ("providers[].rules[].since", "?text"),
    ("providers[].rules[].codes", "list"),
    ("providers[].rules[].effect", "?text"),
    ("providers[].rules[].limit", "?count"),
    ("providers[].rules[].evidence", "?object"),
    ("findings[].code", "text"),
    ("findings[].severity", "error|warning|note"),
    ("findings[].confidence", "certain|likely|possible"),
    ("findings[].actor", "sender|sending-service|forwarder|receiver|reader|nobody"),
    ("findings[].title", "text"),
    ("findings[].meaning", "text"),
    ("findings[].remedy", "text"),
    ("findings[].source", "text"),
    ("findings[].sources", "list"),
    ("findings[].sources[].name", "text"),
    ("findings[].sources[].url", "text"),
    ("findings[].evidence", "list"),
    ("fixes[].code", "text"),
    ("fixes[].findings", "list"),
    ("fixes[].toward", "list"),
    ("fixes[].actor", "sender|sending-service|forwarder|receiver|nobody"),
    ("fixes[].title", "text"),
    ("fixes[].steps[]", "text"),
    ("fixes[].conditions[]", "text"),
    ("fixes[].what_if", "?text"),
    ("fixes[].changes[].name", "text"),
    ("fixes[].changes[].name_parts[].text", "text"),
    ("fixes[].changes[].type", "TXT|CNAME|MX|A|AAAA|PTR|header"),
    ("fixes[].changes[].current", "?list"),
    ("fixes[].changes[].tried", "bool"),
    ("fixes[].changes[].published", "?list"),
    ("fixes[].changes[].new[][].text", "text"),
    ("fixes[].changes[].new[][].changed", "bool"),
    ("fixes[].changes[].value", "text"),
    ("fixes[].outcome.code", "proved|met|only-signer|needs-value|future-mail|not-tried|not-offered"),
    ("fixes[].outcome_text", "text"),
    ("letters.customer", "text"),
    ("letters.administrator", "text"),
    ("what_if[]", "count"),
    ("dns[].source", "answers|key-file|what-if"),
    ("dns_origin.kind", "dns|file"),
    ("dkim[].key.source", "answers|key-file|what-if"),
    ("dns[].id", "count"),
    ("dns[].name", "text"),
    ("dns[].type", "A|AAAA|MX|NS|PTR|TXT|TLSA|SPF"),
    (
        "dns[].status",
        "answer|nxdomain|nodata|servfail|timeout|refused|not-in-snapshot|offline|not-a-name|over-limit|cancelled",
    ),
    ("dns[].records", "list"),
    ("dns[].ttl", "?count"),
    ("dns[].ms", "?count"),
    ("dns[].cname", "list"),
    ("dns[].published?.status", "text"),
    ("dns[].published?.records", "list"),
    ("sender.service", "?text"),
    ("sender.service_name", "?text"),
    ("sender.service_kind", SERVICE_KIND),
    ("sender.service_assurance", "?likely|proved"),
    ("sender.service_evidence[].proof", PROOF),
    ("sender.service_evidence[].name", "?text"),
    ("sender.service_evidence[].known", "hint|reported|documented|seen"),
    ("sender.carrier?.service", "text"),
    ("sender.carrier?.assurance", "likely|proved"),
    ("sender.carrier?.evidence[].proof", PROOF),
    ("sender.via?.service", "text"),
    ("sender.via?.assurance", "likely|proved"),
    ("sender.via?.evidence[].proof", PROOF),
    ("sender.rented_at?.service", "text"),
    ("sender.rented_at?.assurance", "likely|proved"),
    ("sender.claims[].service", "text"),
    ("sender.claims[].name", "text"),
    ("sender.claims[].kind", SERVICE_KIND),
    ("sender.claims[].assurance", "claimed"),
    ("sender.claims[].evidence[].proof", PROOF),
    ("sender.claims[].evidence[].name", "?text"),
    ("sender.relation_detail", "own|third-party|delegated|forwarder|unknown"),
    ("sender.endorsed", "bool"),
    (
        "sender.relation_evidence[].tie",
        "signature|key|envelope|envelope-host|name-servers|service-domain|host-name|passed-on",
    ),
    ("sender.relation_evidence[].name", "?text"),
    ("sender.outsider?.tie", "signature|envelope"),
    ("sender.outsider?.name", "?text"),
    ("second_engine.spf", "?pass|fail|softfail|neutral|none|temperror|permerror"),
    ("second_engine.dkim", "list"),
    ("second_engine.arc", "?none|pass|fail"),
    ("second_engine.dmarc", "?pass|fail|none|permerror|temperror"),
    ("second_engine.agrees", "?bool"),
    ("second_engine.known_differences", "list"),
    ("second_engine.unexplained", "list"),
    ("second_engine.differences[].part", "text"),
    ("second_engine.differences[].ours", "text"),
    ("second_engine.differences[].theirs", "text"),
    ("second_engine.differences[].known", "list"),
    ("second_engine.not_compared[].part", "text"),
    ("second_engine.not_compared[].why", "not-evaluated|answer-not-at-hand|too-large|engine-failed"),
];

pub(crate) const CHECK_RULES: &[(&str, &str)] = &[
    ("domain", "?text"),
    ("ip", "text"),
    ("sender", "text"),
    ("result", "?pass|fail|softfail|neutral|none|temperror|permerror"),
    ("lookups", "count"),
    ("void_lookups", "count"),
    ("matched", "?text"),
    ("reason", "text"),
    ("explanation", "?text"),
    ("faults[].domain", "text"),
    ("faults[].term", "text"),
    ("faults[].error", "text"),
    ("tried[].network", "text"),
    ("tried[].term", "text"),
    ("tried[].domain", "text"),
    ("tried[].grants", "bool"),
    ("nearest", "?object"),
    ("survey?.ipv4.addresses", "text"),
    ("survey?.ipv4.bound", "exact|at-least|at-most|between"),
    ("survey?.ipv4.at_most", "?text"),
    ("survey?.ipv4.everybody", "bool"),
    ("survey?.ipv6.addresses", "text"),
    ("survey?.ipv6.bound", "exact|at-least|at-most|between"),
    ("survey?.ipv6.at_most", "?text"),
    ("survey?.ipv6.everybody", "bool"),
    ("survey?.records[].domain", "text"),
    ("survey?.records[].relation", "own|redirected|included"),
    ("survey?.records[].bytes", "count"),
    ("survey?.remarks[].kind", "pass-all|neutral-all|no-all|wide|ptr"),
    ("survey?.remarks[].domain", "text"),
    ("survey?.remarks[].term", "?text"),
    ("deprecated_type", "?object"),
    ("trace", "step"),
];

/// Everything that is wrong with a report.
pub(crate) fn problems(report: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    for (path, kind) in RULES {
        hold(report, path, kind, path, &mut problems);
    }
    for identity in ["mail_from", "helo", "header_from"] {
        match report["spf"].get(identity) {
            None => problems.push(format!("spf.{identity} is missing")),
            Some(Value::Null) => {}
            Some(check) => CHECK_RULES.iter().for_each(|(path, kind)| hold(check, path, kind, path, &mut problems)),
        }
    }
    empty_strings(report, "report", &mut problems);
    references(report, &mut problems);
    problems
}

pub(crate) fn hold(value: &Value, rest: &str, kind: &str, path: &str, problems: &mut Vec<String>) {
    let (head, tail) = rest.split_once('.').map_or((rest, None), |(head, tail)| (head, Some(tail)));
    let name = head.trim_end_matches("[]").trim_end_matches('?');
    let Some(child) = value.get(name) else {
        problems.push(format!("{path}: {name} is missing"));
        return;
    };
    let depth = head.matches("[]").count();
    let children = if depth > 0 {
        let lists = (0..depth).try_fold(vec![child], |lists, _| {
            let items = lists.iter().map(|list| list.as_array()).collect::<Option<Vec<_>>>()?;
            Some(items.into_iter().flatten().collect())
        });
        let Some(items) = lists else {
            problems.push(format!("{path}: {name} is no list"));
            return;
        };
        items
    } else if head.ends_with('?') && child.is_null() {
        Vec::new()
    } else {
        vec![child]
    };
    for child in children {
        match tail {
            Some(tail) => hold(child, tail, kind, path, problems),
            None if !fits(child, kind) => problems.push(format!("{path}: {child} is not {kind}")),
            None => {}
        }
    }
}

fn fits(value: &Value, kind: &str) -> bool {
    if let Some(kind) = kind.strip_prefix('?') {
        return value.is_null() || fits(value, kind);
    }
    match kind {
        "text" => value.is_string(),
        "count" => value.is_u64(),
        "number" => value.is_i64(),
        "bool" => value.is_boolean(),
        "list" => value.is_array(),
        "object" => value.is_object(),
        "time" => value.as_str().is_some_and(|text| text.parse::<jiff::Timestamp>().is_ok()),
        "span" => value.as_array().is_some_and(|ends| ends.len() == 2 && ends[0].as_u64() <= ends[1].as_u64()),
        "step" => {
            let named = ["id", "what", "outcome"].iter().all(|name| value[*name].is_string());
            let children = value["children"].as_array();
            named && value["dns"].is_array() && children.is_some_and(|all| all.iter().all(|child| fits(child, kind)))
        }
        words => value.as_str().is_some_and(|word| words.split('|').any(|allowed| allowed == word)),
    }
}

pub(crate) fn empty_strings(value: &Value, path: &str, problems: &mut Vec<String>) {
    match value {
        Value::String(text) if text.is_empty() => problems.push(format!("{path} is an empty string")),
        // The strings of a record are a stranger's: a TXT record may well be empty.
        Value::Array(items) if !path.ends_with(".records") => {
            for item in items {
                empty_strings(item, path, problems);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                empty_strings(member, &format!("{path}.{name}"), problems);
            }
        }
        _ => {}
    }
}

/// Every step and question that is pointed at exists, and every span lies in the input.
pub(crate) fn references(report: &Value, problems: &mut Vec<String>) {
    let questions: HashSet<u64> = elements(&report["dns"]).filter_map(|entry| entry["id"].as_u64()).collect();
    let mut steps = HashSet::new();
    walk(report, &mut |name, value| {
        if name == "trace" {
            number(value, &mut steps, problems);
        }
    });
    let mut broken = Vec::new();
    walk(report, &mut |name, value| match name {
        "dns" => {
            let ids = elements(value).chain([value]).filter_map(Value::as_u64);
            broken.extend(ids.filter(|id| !questions.contains(id)).map(|id| format!("question {id} is not listed")));
        }
        "step" => {
            let known = value.as_str().is_some_and(|id| steps.contains(id));
            broken.extend((!known).then(|| format!("step {value} does not exist")));
        }
        "span" | "stream_evidence" => {
            let inside = value.is_null() || value[1].as_u64() <= report["input"]["bytes"].as_u64();
            broken.extend((!inside).then(|| format!("span {value} lies outside of the input")));
        }
        _ => {}
    });
    problems.extend(broken);
}

fn number<'a>(step: &'a Value, steps: &mut HashSet<&'a str>, problems: &mut Vec<String>) {
    let id = step["id"].as_str().unwrap_or_default();
    if !steps.insert(id) {
        problems.push(format!("step {id} exists twice"));
    }
    elements(&step["children"]).for_each(|child| number(child, steps, problems));
}

fn elements(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn walk<'a>(value: &'a Value, visit: &mut impl FnMut(&str, &'a Value)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, visit)),
        Value::Object(members) => {
            for (name, member) in members {
                visit(name, member);
                walk(member, visit);
            }
        }
        _ => {}
    }
}
