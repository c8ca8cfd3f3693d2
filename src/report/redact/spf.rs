//! An evaluation of SPF: records, terms and sentences of domains.

use super::mask::Mask;
use super::walk;
use crate::auth::spf;

pub(super) fn check(check: &mut spf::Check, mask: &Mask) {
    let spf::Check {
        domain,
        ip,
        sender,
        result: _,
        reason: _,
        lookups: _,
        void_lookups: _,
        void_questions: _,
        matched,
        culprit,
        explanation,
        faults,
        tried,
        survey,
        deprecated,
        trace,
    } = check;
    mask.text(domain);
    mask.ip(ip);
    mask.address(sender);
    if let Some(matched) = matched {
        self::matched(matched, mask);
    }
    if let Some(spf::Culprit { domain, term }) = culprit {
        mask.text(domain);
        walk::optional(term, mask);
    }
    if let Some(sentence) = explanation {
        mask.sentence(sentence);
    }
    for spf::Fault { domain, term, place: _, error: _ } in faults {
        mask.text(domain);
        mask.text(term);
    }
    for spf::Tried { network: _, term, domain, grants: _ } in tried {
        mask.text(term);
        mask.text(domain);
    }
    if let Some(survey) = survey {
        self::survey(survey, mask);
    }
    if let Some(spf::Deprecated { question: _, record }) = deprecated {
        mask.text(record);
    }
    walk::step(trace, mask);
}

fn survey(survey: &mut spf::Survey, mask: &Mask) {
    let spf::Survey { ipv4: _, ipv6: _, records, remarks } = survey;
    for spf::ReadRecord { domain, relation: _, place: _, bytes: _, answer_bytes: _ } in records {
        mask.text(domain);
    }
    for spf::Remark { kind: _, domain, term, network: _, is_redirect: _, place: _ } in remarks {
        mask.text(domain);
        walk::optional(term, mask);
    }
}

fn matched(matched: &mut spf::Matched, mask: &Mask) {
    let spf::Matched { term, domain, inside } = matched;
    mask.text(term);
    mask.text(domain);
    if let Some(inside) = inside {
        self::matched(inside, mask);
    }
}
