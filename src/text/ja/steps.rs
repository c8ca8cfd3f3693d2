//! 評価の各段階と、その結果。

use crate::auth::trace::{Outcome, What};
use crate::auth::{arc, dkim, dmarc, iprev, spf};

pub(in crate::text) const fn step(what: What) -> &'static str {
    match what {
        What::Spf(task) => match task {
            spf::Task::SpfCheck => "SPFの確認",
            spf::Task::SpfRecord => "SPFレコード",
            spf::Task::SpfMechanism => "メカニズム",
            spf::Task::SpfModifier => "モディファイア",
            spf::Task::SpfQuestion => "参照",
        },
        What::Dkim(task) => match task {
            dkim::Task::DkimSignature => "DKIM署名",
            dkim::Task::DkimTags => "署名のタグ",
            dkim::Task::DkimExpiry => "署名日時と有効期限",
            dkim::Task::DkimBodyHash => "本文ハッシュ",
            dkim::Task::DkimKey => "公開鍵",
            dkim::Task::DkimHeaderSignature => "ヘッダの署名",
            dkim::Task::DkimSignedField => "署名対象のヘッダ",
            dkim::Task::DkimBodyCauses => "本文の変更を元に戻す検証",
            dkim::Task::DkimHeaderCauses => "署名対象ヘッダの変更を元に戻す検証",
        },
        What::Cause(change) => super::causes::change(change),
        What::Dmarc(task) => match task {
            dmarc::Task::DmarcCheck => "DMARCの確認",
            dmarc::Task::DmarcAuthorDomain => "差出人ドメイン",
            dmarc::Task::DmarcWalkName => "問い合わせ",
            dmarc::Task::DmarcWalk => "DNSツリーウォークの起点",
            dmarc::Task::DmarcRecord => "DMARCの記述",
            dmarc::Task::DmarcTag => "レコードの一部",
            dmarc::Task::DmarcReportTo => "レポートの送り先",
            dmarc::Task::DmarcPublicSuffix => "Public Suffix Listによる判定の対象",
            dmarc::Task::DmarcExistence => "ドメインの存在確認",
            dmarc::Task::DmarcPolicy => "ポリシー",
            dmarc::Task::DmarcAlignment => "アライメント",
        },
        What::Arc(task) => match task {
            arc::Task::ArcChain => "ARCチェーン",
            arc::Task::ArcStructure => "チェーンの構成",
            arc::Task::ArcInstance => "インスタンス",
            arc::Task::ArcAuthenticationResults => "シール時の認証結果",
            arc::Task::ArcMessageSignature => "メッセージの署名",
            arc::Task::ArcSeal => "シール",
            arc::Task::ArcBodyHash => "本文ハッシュ",
            arc::Task::ArcKey => "公開鍵",
        },
        What::Iprev(task) => match task {
            iprev::Task::IprevCheck => "逆引きの確認",
            iprev::Task::IprevReverse => "逆引き",
            iprev::Task::IprevForward => "正引き",
        },
    }
}

pub(in crate::text) const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::SoftFail => "softfail",
        Outcome::Neutral => "neutral",
        Outcome::None => "none",
        Outcome::Policy => "policy",
        Outcome::PermError => "permerror",
        Outcome::TempError => "temperror",
        Outcome::Match => "一致",
        Outcome::NoMatch => "一致しません",
        Outcome::Found => "あり",
        Outcome::Absent => "なし",
        Outcome::Unreachable => "応答なし",
        Outcome::Broken => "読み取れません",
        Outcome::Valid => "有効",
        Outcome::Invalid => "無効",
        Outcome::Ignored => "効果なし",
        Outcome::LimitExceeded => "上限超過",
        Outcome::Skipped => "評価不要（判定済み）",
        Outcome::NotEvaluated => "評価していません",
    }
}
