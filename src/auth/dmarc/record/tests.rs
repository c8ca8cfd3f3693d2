use super::*;

fn status(text: &str) -> Status {
    read(text.as_bytes()).status
}

fn problems(text: &str) -> Vec<(ProblemKind, &str)> {
    let at = |problem: &Problem| (problem.kind, text.get(problem.span.start..problem.span.end).unwrap());
    read(text.as_bytes()).problems.iter().map(at).collect()
}

#[test]
fn a_plain_record_keeps_every_tag_with_its_place() {
    let text = "v=DMARC1; p=reject ;sp = Quarantine; rua=mailto:a@example.jp , mailto:b@example.jp;";
    let record = read(text.as_bytes());
    assert_eq!(record.status, Status::Usable);
    assert_eq!(record.p, Request::Policy(Policy::Reject));
    assert_eq!(record.sp, Request::Policy(Policy::Quarantine));
    assert_eq!(record.np, Request::Absent);
    assert!(record.problems.is_empty());
    let places: Vec<&str> = record.tags.iter().map(|tag| &text[tag.span.start..tag.span.end]).collect();
    assert_eq!(places, ["v=DMARC1", "p=reject", "sp = Quarantine", "rua=mailto:a@example.jp , mailto:b@example.jp"]);
    let uris: Vec<&str> = record.rua.iter().map(|uri| &text[uri.span.start..uri.span.end]).collect();
    assert_eq!(uris, ["mailto:a@example.jp", "mailto:b@example.jp"]);
}

#[test]
fn the_version_decides_whether_it_is_a_record_at_all() {
    assert_eq!(status("p=reject; v=DMARC1"), Status::NotDmarc(Misfit::VersionNotFirst));
    assert_eq!(status("v=spf1 -all"), Status::NotDmarc(Misfit::WrongVersion));
    assert_eq!(status("v=dmarc1; p=reject"), Status::NotDmarc(Misfit::WrongVersion));
    assert_eq!(status("v=DMARC1p=reject"), Status::NotDmarc(Misfit::WrongVersion));
    assert_eq!(status("v=DMARC1 p=reject"), Status::NotDmarc(Misfit::WrongVersion));
    assert_eq!(status(" v=DMARC1; p=reject"), Status::NotDmarc(Misfit::LeadingSpace));
    assert_eq!(status(""), Status::NotDmarc(Misfit::VersionNotFirst));
    assert_eq!(status("V = DMARC1 ; p=none"), Status::Usable);
}

#[test]
fn a_repeated_tag_makes_the_list_unusable() {
    assert_eq!(status("v=DMARC1; p=none; p=reject"), Status::Unusable);
    assert_eq!(status("v=DMARC1; p=none; x=1; x=1"), Status::Unusable);
    assert_eq!(problems("v=DMARC1; p=none; p=reject"), [(ProblemKind::DuplicateTag, "p=reject")]);
}

#[test]
fn without_a_usable_policy_rua_decides() {
    for broken in ["", "p=rejct", "p=", "p=reject; sp=blok", "p=reject; np=x", "p=reject; np="] {
        assert_eq!(status(&format!("v=DMARC1; {broken}")), Status::SwitchedOff, "{broken}");
        assert_eq!(status(&format!("v=DMARC1; {broken}; rua=info@example.jp")), Status::SwitchedOff, "{broken}");
        assert_eq!(status(&format!("v=DMARC1; rua=mailto:a@example.jp; {broken}")), Status::ActsAsNone, "{broken}");
    }
    assert_eq!(status("v=DMARC1"), Status::SwitchedOff);
}

#[test]
fn other_bad_values_fall_back_to_the_default() {
    let record = read(b"v=DMARC1; p=reject; adkim=x; aspf=S; psd=x; t=maybe; fo=0:1; ruf=mailto:a@example.jp");
    assert_eq!(record.status, Status::Usable);
    assert_eq!((record.adkim, record.aspf), (Mode::Relaxed, Mode::Strict));
    assert_eq!((record.psd, record.testing), (Psd::Unstated, false));
    let kinds: Vec<ProblemKind> = record.problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [ProblemKind::BadValue; 4]);
}

#[test]
fn unknown_removed_and_malformed_tags_are_listed_with_their_place() {
    assert_eq!(
        problems("v=DMARC1; p=none; pct=50; P=reject; foo=bar;; t1=x; =y; word; rua="),
        [
            (ProblemKind::RemovedTag, "pct=50"),
            (ProblemKind::UnknownTag, "P=reject"),
            (ProblemKind::UnknownTag, "foo=bar"),
            (ProblemKind::EmptyTag, ""),
            (ProblemKind::MalformedTag, "t1=x"),
            (ProblemKind::MalformedTag, "=y"),
            (ProblemKind::MalformedTag, "word"),
            (ProblemKind::MalformedTag, "rua="),
        ]
    );
    assert_eq!(status("v=DMARC1; p=none; pct=50; foo=bar"), Status::Usable);
    assert_eq!(status("v=DMARC1; p=リジェクト"), Status::SwitchedOff);
}

#[test]
fn report_addresses_must_be_uris() {
    let text = "v=DMARC1; p=none; rua=mailto:a@example.jp!10m, info@example.jp,https://example.jp/r,mailto:,mailto:b%4@example.jp";
    let record = read(text.as_bytes());
    let uris: Vec<&str> = record.rua.iter().map(|uri| uri.value.as_str()).collect();
    assert_eq!(uris, ["mailto:a@example.jp", "https://example.jp/r"]);
    assert_eq!(
        problems(text),
        [
            (ProblemKind::SizeLimit, "!10m"),
            (ProblemKind::BadUri, "info@example.jp"),
            (ProblemKind::UnusualScheme, "https://example.jp/r"),
            (ProblemKind::BadUri, "mailto:"),
            (ProblemKind::BadUri, "mailto:b%4@example.jp"),
        ]
    );
}

#[test]
fn failure_report_options() {
    for good in ["0", "1", "d", "1:d:s", "s:0", "D:1"] {
        assert!(is_failure_options(good), "{good}");
    }
    for bad in ["", "2", "0:1", "d:d", "d:", "ds"] {
        assert!(!is_failure_options(bad), "{bad}");
    }
    let without_ruf = problems("v=DMARC1; p=none; fo=1");
    assert_eq!(without_ruf, [(ProblemKind::FailureOptionsWithoutRuf, "fo=1")]);
    let suffix = problems("v=DMARC1; p=none; psd=y; ruf=mailto:a@example.jp");
    assert_eq!(suffix, [(ProblemKind::RufOnPublicSuffix, "ruf=mailto:a@example.jp")]);
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_and_every_span_lies_inside(text in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        let mut record = b"v=DMARC1;".to_vec();
        record.extend(text);
        let read = read(&record);
        let spans = read.problems.iter().map(|problem| problem.span).chain(read.tags.iter().map(|tag| tag.span));
        for span in spans {
            assert!(span.start <= span.end && span.end <= record.len());
        }
    }
}

#[test]
fn the_order_after_the_version_is_free_and_noticed() {
    assert_eq!(problems("v=DMARC1; sp=none; p=reject"), [(ProblemKind::PolicyNotSecond, "p=reject")]);
    assert_eq!(status("v=DMARC1; sp=none; p=reject"), Status::Usable);
    assert_eq!(problems("v=DMARC1; p=reject; sp=none"), []);
}

#[test]
fn a_record_is_cut_into_its_parts() {
    let record = read(b"v=DMARC1; p=rejct ;; X=1; foo; rua=a,mailto:b@example.jp");
    let parts: Vec<(TagName, String, Vec<ProblemKind>)> =
        record.parts().into_iter().map(|part| (part.name, record.at(part.span), part.problems)).collect();
    let part = |name, text: &str, problems: &[ProblemKind]| (name, text.to_owned(), problems.to_vec());
    assert_eq!(
        parts,
        [
            part(TagName::V, "v=DMARC1", &[]),
            part(TagName::P, "p=rejct", &[ProblemKind::BadValue]),
            part(TagName::Unknown, "X=1", &[ProblemKind::UnknownTag]),
            part(TagName::Malformed, "foo", &[ProblemKind::MalformedTag]),
            part(TagName::Rua, "rua=a,mailto:b@example.jp", &[ProblemKind::BadUri]),
        ]
    );
    assert_eq!(read(b"v=spf1 -all").parts(), []);
    assert_eq!(read(format!("v=DMARC1;{}", "x=1;".repeat(500)).as_bytes()).parts().len(), Record::MAX_PARTS);
}
