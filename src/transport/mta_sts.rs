//! The record that announces a policy for TLS (RFC 8461 section 3.1). What the policy says stands on a web server, and is not
//! fetched.

use super::record::{Dialect, Field, Problem};
use crate::message::{Span, Spanned};

pub(super) const DIALECT: Dialect = Dialect { version: "v=STSv1;", field: "id", check };

/// The most letters and digits of `id`.
const MAX_ID: usize = 32;

/// Where the record of a domain stands.
pub(super) fn owner(domain: &str) -> String {
    format!("_mta-sts.{domain}")
}

fn check(id: Option<&Field>) -> Vec<Spanned<Problem>> {
    let Some(id) = id else { return vec![Spanned::new(Problem::MissingId, Span::new(0, 0))] };
    let value = &id.value.value;
    let is_id = value.len() <= MAX_ID && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_id { Vec::new() } else { vec![Spanned::new(Problem::BadId, id.value.span)] }
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::super::record::{Record, choose};
    use super::*;

    fn read(texts: &[&str]) -> (State, Vec<(Problem, String)>) {
        let texts: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
        let (state, record) = choose(&DIALECT, &texts);
        let named = |record: &Record| {
            let problems = record.problems.iter();
            problems.map(|problem| (problem.value, record.at(problem.span))).collect::<Vec<_>>()
        };
        let problems = record.iter().flat_map(named);
        (state, problems.collect())
    }

    fn broken(problem: Problem, part: &str) -> (State, Vec<(Problem, String)>) {
        (State::Broken, vec![(problem, part.to_owned())])
    }

    #[test]
    fn a_record_is_a_version_and_an_id() {
        for text in ["v=STSv1; id=20261127T000000;", "v=STSv1;id=1", "v=STSv1; \tid=abcDEF123 ; "] {
            assert_eq!(read(&[text]), (State::Found, Vec::new()), "{text}");
        }
        let extended = read(&["v=STSv1; id=1; x-own.field=%20!"]);
        assert_eq!(extended, (State::Found, vec![(Problem::UnknownField, "x-own.field".to_owned())]));
    }

    #[test]
    fn what_breaks_it_is_named() {
        assert_eq!(read(&["v=STSv1;"]), broken(Problem::MissingId, ""));
        assert_eq!(read(&["v=STSv1; id=2026-11-27"]), broken(Problem::BadId, "2026-11-27"));
        let long = "1".repeat(33);
        assert_eq!(read(&[&format!("v=STSv1; id={long}")]), broken(Problem::BadId, &long));
        assert_eq!(read(&["v=STSv1; id=1; id=2"]), (State::Found, vec![(Problem::Repeated, "id".to_owned())]));
        assert_eq!(read(&["v=STSv1; id=1; x=a=b"]), broken(Problem::BadField, "x=a=b"));
        assert_eq!(read(&["v=STSv1; id=1;; "]), broken(Problem::EmptyField, ""));
        assert_eq!(read(&["v=STSv1; id=1; policy"]), broken(Problem::BadField, "policy"));
        assert_eq!(read(&["V=stsv1; id=1"]), broken(Problem::BadVersion, "V=stsv1"));
        assert_eq!(read(&["v=STSv1 id=1"]).0, State::Broken);
        assert_eq!(read(&["v=STSv1; id="]).1[0], (Problem::BadField, "id=".to_owned()));
    }

    /// RFC 8461 section 3.1: other texts are passed over, and several records are none.
    #[test]
    fn one_record_counts_among_other_texts() {
        assert_eq!(read(&["v=spf1 -all", "v=STSv1; id=1"]).0, State::Found);
        assert_eq!(read(&["v=STSv1; id=1", "v=STSv1; id=1"]).0, State::Several(2));
        assert_eq!(read(&["v=spf1 -all"]), (State::Missing, Vec::new()));
        assert_eq!(read(&["v=stsv1; id=1", "v=STSv1; id=1"]).0, State::Found);
    }
}
