//! DMARCの説明文。アライメントの理由、ドメインが求める扱い、レコードの各部分。

use super::terms::{policy_tag, policy_word};
use crate::auth::dmarc::record::{Mode, ProblemKind, Psd, Record, Request, TagName};
use crate::auth::dmarc::{
    Authentication, Compared, IdentifierSource, Permission, Policy, PolicyRequest, PolicyTag, Relation,
};

pub(in crate::text) fn relation(compared: Compared<'_>) -> String {
    let Compared { identifier, author, organization } = compared;
    let domain = &identifier.domain;
    let (subject, mode) = match identifier.source {
        IdentifierSource::Spf => (format!("エンベロープFromのドメイン {domain}"), "aspf=s"),
        IdentifierSource::Dkim(_) => (format!("d={domain}"), "adkim=s"),
    };
    let organization = organization.unwrap_or(author);
    let relaxed = format!("組織ドメインはどちらも {organization} です。relaxedで比較するため、一致と認められます。");
    let sentence = match identifier.relation {
        Relation::Same => format!("{subject} は、差出人ドメインそのものです。一致しています。"),
        Relation::Below => format!("{subject} は差出人ドメイン {author} の下位にあり、{relaxed}"),
        Relation::Above => format!("{subject} は差出人ドメイン {author} の上位にあり、{relaxed}"),
        Relation::Sibling => format!("{subject} は差出人ドメイン {author} と並ぶサブドメインで、{relaxed}"),
        Relation::NotIdentical => {
            format!(
                "{subject} は {author} と同じ名前ではなく、レコードは完全一致（{mode}）を求めています。一致しません。"
            )
        }
        Relation::OtherOrganization => match &identifier.organizational_domain {
            Some(own) => format!(
                "{subject} の組織ドメインは {own}、差出人ドメインの組織ドメインは {organization} です。一致しません。"
            ),
            None => {
                format!("{subject} は、差出人ドメインの組織ドメイン {organization} に属していません。一致しません。")
            }
        },
        Relation::OwnOrganization => {
            format!(
                "psd=n のレコードにより、{subject} と差出人ドメイン {author} は別々の組織とされています。一致しません。"
            )
        }
        Relation::PublicSuffix => format!(
            "上位にある psd=y のレコードにより、{subject} と差出人ドメイン {author} は所有者が異なるとされています。一致しません。"
        ),
        Relation::NoRecordAbove => format!(
            "{subject} は名前の上では {author} と同じ組織に見えますが、それを示すDMARCレコードがDNSにありません。RFC 9989では差出人ドメインの組織ドメインが {organization} になるため、一致しません。Public Suffix Listを使う受信側では、結果が異なる場合があります。"
        ),
        Relation::NoRecord => {
            format!("適用されるDMARCレコードがないため、{domain} と {author} を比較する方法が決まりません。")
        }
        Relation::Unknown => format!("DNSの応答が足りないため、{domain} と {author} を比較できません。"),
    };
    let passing = match (identifier.authentication, identifier.is_aligned()) {
        (Authentication::Passed, true) => "認証にも合格しています。",
        (Authentication::NotPassed, true) => "ただし、認証に合格していないため、DMARCの合格にはなりません。",
        (Authentication::TempError, _) => "DNSの応答がないため、認証に合格するかどうかはわかりません。",
        (Authentication::NotEvaluated, _) => "認証に合格するかどうかは評価していません。",
        (Authentication::Passed | Authentication::NotPassed, false) => "",
    };
    format!("{sentence}{passing}")
}

/// 「〜されます」とは書かない。求めるのはドメイン、決めるのは受信側（RFC 9989 5.4節）。
pub(in crate::text) fn policy_request(request: PolicyRequest<'_>) -> String {
    let PolicyRequest { author, record_at, tag, published, applied } = request;
    let Some(tag) = tag else {
        return format!(
            "{record_at} のレコードには有効なポリシーがないため、p=none として扱われ、レポートだけを求めることになります。"
        );
    };
    let scope = match tag {
        PolicyTag::P if author == record_at => "",
        PolicyTag::P => "、サブドメインにも適用",
        PolicyTag::Sp => "、サブドメイン用",
        PolicyTag::Np => "、存在しないサブドメイン用",
    };
    let stated = format!("{}={}{scope}", policy_tag(tag), policy_word(published));
    let asks = match published {
        Policy::None => format!(
            "{record_at} のレコードは、DMARCに合格しない {author} のメールについて、扱いを変えずレポートだけを求めています（{stated}）。"
        ),
        Policy::Quarantine => {
            format!("{record_at} のレコードは、DMARCに合格しない {author} のメールの隔離を求めています（{stated}）。")
        }
        Policy::Reject => {
            format!("{record_at} のレコードは、DMARCに合格しない {author} のメールの拒否を求めています（{stated}）。")
        }
    };
    let testing = if applied == published {
        String::new()
    } else {
        format!("テスト中（t=y）のため、1段階弱い {} の扱いを求めています。", policy_word(applied))
    };
    let receiver = match applied {
        Policy::None => "",
        Policy::Quarantine => "実際の扱いは受信側が決めます。",
        Policy::Reject => {
            "RFC 9989では、この要求だけを理由にメールを拒否してはならず、ほかに理由がなければ隔離として扱うことになっています。実際の扱いは受信側が決めます。"
        }
    };
    format!("{asks}{testing}{receiver}")
}

/// レコードの各部分の意味。
pub(in crate::text) fn record_part(name: TagName, record: &Record) -> String {
    match name {
        TagName::V => "DMARCレコードであることを示します".to_owned(),
        TagName::P => request("このドメイン", record.p),
        TagName::Sp => request("サブドメイン", record.sp),
        TagName::Np => request("存在しないサブドメイン", record.np),
        TagName::Psd => match record.psd {
            Psd::PublicSuffix => "公開サフィックス（直下の名前は所有者が異なります）".to_owned(),
            Psd::Organization => "組織ドメイン（ツリーウォークはここで終わります）".to_owned(),
            Psd::Unstated => "公開サフィックスか組織ドメインかを示していません".to_owned(),
        },
        TagName::T if record.testing => "テスト中（1段階弱い扱いを求めます）".to_owned(),
        TagName::T => "テスト中ではありません".to_owned(),
        TagName::Adkim => format!("DKIM：{}", mode(record.adkim)),
        TagName::Aspf => format!("SPF：{}", mode(record.aspf)),
        TagName::Fo => "失敗レポートを送る条件".to_owned(),
        TagName::Rua => "DMARC集約レポートの送り先".to_owned(),
        TagName::Ruf => "失敗レポートの送り先".to_owned(),
        TagName::Pct | TagName::Rf | TagName::Ri => "RFC 9989で廃止されました。受信側は無視します".to_owned(),
        TagName::Unknown => "登録されていないタグです。受信側は無視します".to_owned(),
        TagName::Malformed => "「名前=値」の形ではありません。受信側は無視します".to_owned(),
    }
}

fn request(whom: &str, request: Request) -> String {
    match request {
        Request::Policy(Policy::None) => format!("{whom}：レポートだけを求めます"),
        Request::Policy(Policy::Quarantine) => format!("{whom}：合格しないメールの隔離を求めます"),
        Request::Policy(Policy::Reject) => format!("{whom}：合格しないメールの拒否を求めます"),
        Request::Broken | Request::Absent => format!("{whom}：none、quarantine、reject のいずれかが必要です"),
    }
}

const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Relaxed => "同じ組織の名前を一致とみなします（relaxed）",
        Mode::Strict => "同じ名前だけを一致とみなします（strict）",
    }
}

pub(in crate::text) const fn record_problem(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::EmptyTag => "空",
        ProblemKind::MalformedTag => "読み取れません",
        ProblemKind::DuplicateTag => "重複",
        ProblemKind::UnknownTag => "不明なタグ",
        ProblemKind::RemovedTag => "廃止",
        ProblemKind::BadValue => "使えない値",
        ProblemKind::NoPolicy => "ポリシー（p=）なし",
        ProblemKind::PolicyNotSecond => "古い受信側では v の直後が必要",
        ProblemKind::BadUri => "URIではありません",
        ProblemKind::SizeLimit => "サイズ指定（無視されます）",
        ProblemKind::UnusualScheme => "mailto: 以外",
        ProblemKind::FailureOptionsWithoutRuf => "rufがないため効果なし",
        ProblemKind::RufOnPublicSuffix => "psd=y では無視されます",
    }
}

pub(in crate::text) const fn permission(permission: Permission) -> &'static str {
    match permission {
        Permission::Internal => "同じ組織",
        Permission::Authorised => "受け取りを許可",
        Permission::Replaced => "受け取りを許可（別のアドレスを指定）",
        Permission::NotAuthorised => "許可なし（レポートは送信できません）",
        Permission::ReplacedElsewhere => "第三者のドメインを指定（レポートは送信できません）",
        Permission::Unreachable => "DNSの応答なし",
        Permission::NotAsked => "問い合わせていません",
        Permission::NotMail => "mailto: 以外（対応は任意）",
        Permission::NotAName => "問い合わせできる名前ではありません",
        Permission::BeyondLimit => "確認していません（件数が多いため）",
    }
}
