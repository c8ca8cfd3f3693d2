//! 別の検証エンジンの判定と、判定が異なる理由。

use super::{arc, terms};
use crate::auth::second::{Known, Part, Verdict};

/// 文中での、判定の対象。
pub(in crate::text) fn part(part: Part) -> String {
    match part {
        Part::MailFrom => "SPF（エンベロープFrom）".to_owned(),
        Part::Helo => "SPF（HELO）".to_owned(),
        Part::HeaderFrom => "SPF（ヘッダFrom）".to_owned(),
        Part::Dkim(index) => format!("DKIM署名{}", index + 1),
        Part::Arc => "ARC".to_owned(),
        Part::Dmarc => "DMARC".to_owned(),
        Part::Policy => "DMARCポリシー".to_owned(),
    }
}

pub(in crate::text) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Spf(result) => terms::spf_result(Some(result)),
        Verdict::Dkim(result) => terms::dkim_result(result),
        Verdict::Arc(result) => arc::result(result),
        Verdict::Dmarc(result) => terms::dmarc_result(result),
        Verdict::Policy(policy) => terms::policy(policy),
    }
}

pub(in crate::text) const fn reason(known: Known) -> &'static str {
    match known {
        Known::ExpiryJudgedToday => "有効期限（x=）を、受信時ではなく現在の日時で判定しています。",
        Known::TrailingWhiteSpace => "本文末尾の空白だけの行を、本来は除くところハッシュに含めています。",
        Known::LengthRefused => "l= のある署名をすべて無効としています。",
        Known::LengthOfRawBody => "l= による本文の切り取りを、正規化の前に行っています。",
        Known::FirstRecordOnly => "同じ名前に複数のDNSレコードがある場合、最初に読み取れたものを使っています。",
        Known::RuleNotEnforced => "ここで決め手となる規則を確認していません。",
        Known::GrammarNotEnforced => "ヘッダまたはレコードの書式の誤りを見過ごしています。",
        Known::CannotRead => "規格で認められているヘッダまたはレコードを読み取れません。",
        Known::VoidLookupsNotCounted => "空振りの参照を制限していません。",
        Known::BareReturnsDropped => "署名された、単独の復帰文字（CR）を取り除いています。",
        Known::DraftForms => "ARCで省略された c= をsimpleとしていますが、署名者はrelaxedで署名しています。",
        Known::AuthorReadDifferently => "差出人を1つに特定できないFromから、差出人を決めています。",
        Known::WalkGivenUp => "DNSツリーウォークの1つの名前に回答がないと、判定を中止しています。",
        Known::FollowsFromOther => "ほかの判定の違いによるものです。",
    }
}
