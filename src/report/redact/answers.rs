//! The questions that DNS was asked, and its answers.

use super::mask::{Mask, overwrite};
use crate::dns::{Answer, Data, Entry, Question};

pub(super) fn entry(entry: &mut Entry, mask: &Mask) {
    let Entry { id: _, question, answer, millis: _, source: _, published } = entry;
    let Question { name, kind: _ } = question;
    mask.text(name);
    for answer in std::iter::once(answer).chain(published) {
        self::answer(answer, mask);
    }
}

fn answer(answer: &mut Answer, mask: &Mask) {
    let Answer { records, cname, ttl: _, authentic: _ } = answer;
    for name in cname {
        mask.text(name);
    }
    for data in records.iter_mut().flatten() {
        match data {
            Data::A(v4) => mask.ipv4(v4),
            Data::Aaaa(v6) => mask.ipv6(v6),
            Data::Mx { preference: _, exchange: name } | Data::Ns(name) | Data::Ptr(name) => mask.text(name),
            Data::Text(strings) => record(strings, mask),
            // A hash or a certificate of a server.
            Data::Tlsa { usage: _, selector: _, matching: _, data: _ } => {}
        }
    }
}

/// Masks byte by byte, because steps point into the record.
fn record(strings: &mut [Vec<u8>], mask: &Mask) {
    let mut joined = strings.concat();
    for range in mask.secrets(&joined) {
        overwrite(&mut joined[range]);
    }
    let mut rest = joined.as_slice();
    for string in strings {
        let (own, after) = rest.split_at(string.len().min(rest.len()));
        string.copy_from_slice(own);
        rest = after;
    }
}
