//! 署名や公開鍵の問題点と、公開鍵レコードの注意点。

use super::terms;
use crate::auth::dkim::coverage::Cover;
use crate::auth::dkim::key::KeyFault;
use crate::auth::dkim::lint::LintKind;
use crate::auth::dkim::{DkimResult, FieldFault, tag};
use crate::auth::dkim2::{BodyChange, Numbering};
use crate::check::KeyLimit;
use crate::dns::{Provenance, Source};
use crate::facts::{Standing, Whose};

/// 誰の署名か、有効か、その理由。
pub(in crate::text) fn standing(standing: &Standing<'_>) -> String {
    let whose = match (standing.domain, standing.whose) {
        (None, _) => "ドメインを読み取れない署名です。".to_owned(),
        (Some(domain), Whose::Author) => format!("差出人ドメイン {domain} の署名です。"),
        (Some(domain), Whose::Other) => format!("差出人ドメインとは別の {domain} の署名です。"),
        (Some(domain), Whose::Unknown) => format!("{domain} の署名です。"),
    };
    let reason = terms::dkim_reason(standing.reason);
    let counts = match (standing.result, standing.whose) {
        (DkimResult::Pass, Whose::Author) => "有効で、DMARCの合格の根拠になります。".to_owned(),
        (DkimResult::Pass, Whose::Other) => "有効ですが、DMARCの合格の根拠にはなりません。".to_owned(),
        (DkimResult::Pass, Whose::Unknown) => "有効です。".to_owned(),
        (DkimResult::NotEvaluated, _) => format!("有効かどうかはわかりません（{reason}）。"),
        (DkimResult::TempError, _) => format!("確認できませんでした（{reason}）。"),
        (DkimResult::Fail | DkimResult::Policy | DkimResult::Neutral | DkimResult::PermError, _) => {
            format!("有効な署名とは認められません（{reason}）。")
        }
    };
    format!("{whose}{counts}")
}

/// 公開鍵の取得元。
pub(in crate::text) fn key_source(source: Source, provenance: &Provenance) -> String {
    match (source, provenance) {
        (Source::WhatIf, _) => "試しに置いたレコード（What-if。DNSにはありません）".to_owned(),
        (Source::KeyFile, _) => "指定された鍵のファイル（DNSではありません）".to_owned(),
        (Source::Answers, Provenance::File) => "ファイル（DNSから取得した日時は不明）".to_owned(),
        (Source::Answers, Provenance::Dns { at, through }) => {
            format!("{} のDNS（{through}）", at.strftime("%Y-%m-%d %H:%M UTC"))
        }
    }
}

/// 署名によるヘッダの扱い。
pub(in crate::text) const fn cover(cover: Cover) -> &'static str {
    match cover {
        Cover::Signed => "署名対象",
        Cover::OverSigned => "署名対象（追加も検知）",
        Cover::SignedAbsent => "「ない」ことを署名",
        Cover::Partly => "一部だけ署名対象（上にあるものは対象外）",
    }
}

/// タグの並びの誤り。
pub(in crate::text) const fn tag_fault(fault: tag::Fault) -> &'static str {
    match fault {
        tag::Fault::Duplicate => "同じタグが2回あるため、全体が無効です",
        tag::Fault::Empty => "空のタグです",
        tag::Fault::NoEquals => "= がありません",
        tag::Fault::BadName => "タグの名前として認められません",
        tag::Fault::BadValue => "値に制御文字があります",
        tag::Fault::TooMany => "読み取れるタグの数を超えています",
    }
}

pub(in crate::text) const fn numbering(numbering: Numbering) -> &'static str {
    match numbering {
        Numbering::Whole => "番号は連続しています",
        Numbering::Broken => "番号に抜けがあります",
    }
}

pub(in crate::text) const fn body_change(change: BodyChange) -> &'static str {
    match change {
        BodyChange::Unchanged => "本文の変更なし",
        BodyChange::Changed => "本文の変更あり",
        BodyChange::Lost => "本文の変更あり（元には戻せません）",
        BodyChange::Unreadable => "変更内容を読み取れません",
    }
}

/// 公開鍵レコードを使用できない理由。
pub(in crate::text) const fn key_fault(fault: KeyFault) -> &'static str {
    match fault {
        KeyFault::NoTagList => "レコードを「名前=値」をセミコロンで区切った形式として読み取れません。",
        KeyFault::Version => "v= が先頭にないか、値がDKIM1ではないため、公開鍵のレコードとして扱われません。",
        KeyFault::KindUnknown => "k= が使われていない種類の鍵を指定しています（使えるのはrsaとed25519です）。",
        KeyFault::KeyMissing => "鍵を入れる p= がありません。",
        KeyFault::Revoked => "p= が空です（失効した鍵です）。",
        KeyFault::ZoneFileQuoting => {
            "レコードの中に引用符（\"）やバックスラッシュ（\\）が入っています。ゾーンファイル用の記号で、多くのDNS管理画面では自動的に付くため、入力は不要です。"
        }
        KeyFault::QuotedAndNoKey => {
            "レコードの中に、不要な引用符（\"）やバックスラッシュ（\\）が入っています。これらを除いても、公開鍵として読み取れません。"
        }
        KeyFault::PemFile => "p= にPEMファイルの行（-----BEGIN PUBLIC KEY-----）が入っています。",
        KeyFault::NotBase64 => {
            "p= をBase64として読み取れません。コピーの際に文字が欠けたか、余分な文字が入っています。"
        }
        KeyFault::NoKey => "p= の内容が、k= の種類の鍵ではありません。多くの場合、コピーの際に末尾が欠けています。",
    }
}

/// Ed25519の公開鍵としての長さの誤り。
pub(in crate::text) fn wrong_length(octets: usize) -> String {
    format!("鍵の値は{octets}バイトです（引用符を除く）。Ed25519の公開鍵は32バイトです（RFC 8463 4.2節）。")
}

/// 対応方法（レコード名を埋め込む）。
pub(in crate::text) fn key_fault_remedy(fault: KeyFault, domain: &str, name: &str) -> String {
    let ask = format!("{domain} のDNS管理者に、");
    match fault {
        KeyFault::ZoneFileQuoting => {
            format!(
                "{ask}TXTレコード {name} を引用符（\"）やバックスラッシュ（\\）なしで入力し直すよう依頼してください。"
            )
        }
        KeyFault::PemFile => {
            format!(
                "{ask}TXTレコード {name} の p= に、BEGIN行とEND行の間の文字だけを改行せずに入力するよう依頼してください。"
            )
        }
        KeyFault::QuotedAndNoKey => format!(
            "{ask}署名するサーバーの公開鍵を全文コピーして、引用符（\"）やバックスラッシュ（\\）なしで、TXTレコード {name} に公開し直すよう依頼してください。"
        ),
        KeyFault::Version => format!(
            "{domain} のDNS管理者に、TXTレコード {name} を v=DKIM1（このとおりの表記）から始まるように修正するよう依頼してください。"
        ),
        KeyFault::NoTagList
        | KeyFault::KindUnknown
        | KeyFault::KeyMissing
        | KeyFault::Revoked
        | KeyFault::NotBase64
        | KeyFault::NoKey => {
            format!(
                "{ask}署名するサーバーの公開鍵を全文コピーして、TXTレコード {name} に公開し直すよう依頼してください。"
            )
        }
    }
}

pub(in crate::text) fn key_limit(limit: KeyLimit, algorithm: &str) -> String {
    match limit {
        KeyLimit::Kind => format!("署名は {algorithm} ですが、公開されているのは別の種類の鍵（k=）です。"),
        KeyLimit::Hash => {
            format!("署名は {algorithm} ですが、レコードで許可されているのは別のハッシュ（h=）だけです。")
        }
    }
}

pub(in crate::text) fn key_limit_remedy(limit: KeyLimit, domain: &str, name: &str) -> String {
    match limit {
        KeyLimit::Kind => format!(
            "{domain} の署名を行うサーバーの管理者に、使用している公開鍵を {name} に公開するか、公開中の鍵で署名するよう依頼してください。"
        ),
        KeyLimit::Hash => format!(
            "{domain} のDNS管理者に、TXTレコード {name} から h= を削除するか、sha256を追加するよう依頼してください。"
        ),
    }
}

/// 署名の問題点。
pub(in crate::text) fn field_fault(fault: FieldFault, tag: Option<&str>) -> String {
    let sentence = match (fault, tag) {
        (FieldFault::TagMissing, Some(tag)) => return format!("必要なタグ {tag}= がありません。{IGNORED}"),
        (FieldFault::TagBroken, Some(tag)) => return format!("{tag}= の値が規格に合っていません。{IGNORED}"),
        (FieldFault::TagMissing, None) => "必要なタグがありません。",
        (FieldFault::TagBroken, None) => "タグの並びを読み取れません。",
        (FieldFault::VersionUnknown, _) => "v= が1ではありません。",
        (FieldFault::AlgorithmUnknown, _) => {
            "a= が使われていない方式を指定しています（使えるのはrsa-sha256とed25519-sha256です）。"
        }
        (FieldFault::CanonicalizationUnknown, _) => "c= がsimpleとrelaxed以外の方式を指定しています。",
        (FieldFault::QueryMethodUnknown, _) => {
            "q= が未知の鍵取得方法を指定しています（使われているのはdns/txtだけです）。"
        }
        (FieldFault::FromNotSigned, _) => "h= にFromがないため、差出人が署名の対象になっていません。",
        (FieldFault::IdentityOutsideDomain, _) => "i= が署名ドメイン（d=）に属していません。",
    };
    format!("{sentence}{IGNORED}")
}

const IGNORED: &str = "このような署名は受信側で無視されます。";

pub(in crate::text) fn field_fault_remedy(fault: FieldFault, domain: Option<&str>) -> String {
    let signer = match domain {
        Some(domain) => format!("{domain} の署名を行うサーバーの管理者に、"),
        None => "署名を行うサーバーの管理者に、".to_owned(),
    };
    let what = match fault {
        FieldFault::TagMissing | FieldFault::TagBroken => {
            return format!(
                "{signer}署名の設定を修正するよう依頼してください。ほかの宛先では問題がない場合は、経路の途中でDKIM-Signatureヘッダが壊されていないか確認してください。"
            );
        }
        FieldFault::VersionUnknown => "v=1 と書く設定に変更する",
        FieldFault::AlgorithmUnknown => "署名の方式をrsa-sha256に変更する",
        FieldFault::CanonicalizationUnknown => "正規化方式をrelaxed/relaxedに変更する",
        FieldFault::QueryMethodUnknown => "q=dns/txt と書くか、q= を書かない設定に変更する",
        FieldFault::FromNotSigned => "署名の対象（h=）にFromを追加する",
        FieldFault::IdentityOutsideDomain => {
            "i= を d= のドメインまたはその下のドメインにするか、i= を書かない設定に変更する"
        }
    };
    format!("{signer}{what}よう依頼してください。")
}

/// 公開鍵レコードの注意点と、その影響。
pub(in crate::text) const fn lint(kind: LintKind) -> &'static str {
    match kind {
        LintKind::SeveralRecords => "同じ名前にTXTレコードが複数あります（受信側がどれを使うかは決まっていません）",
        LintKind::Delegated => "CNAMEです（参照先の事業者が公開鍵を管理しています）",
        LintKind::Testing => "t=y：ドメインはDKIMをテスト中です",
        LintKind::StrictIdentity => "t=s：i= に d= のサブドメインを使えません",
        LintKind::UnknownFlag => "t= に登録のないフラグがあります（無視されます）",
        LintKind::NoSha256 => "h= でsha256が許可されていないため、この鍵の署名は認められません",
        LintKind::HashLimit => "h= で使用できるハッシュが指定されています",
        LintKind::NotForEmail => "s= でメールが許可されていないため、この鍵の署名は認められません",
        LintKind::Granularity => "g= は古い規格（RFC 4871）の制限です（古い受信側では拒否され、ほかでは無視されます）",
        LintKind::GranularityAny => "g=* は古い規格（RFC 4871）の名残です（削除できます）",
        LintKind::ShortKey => "1024ビット未満のため、この鍵の署名は認められません",
        LintKind::WeakKey => "推奨される2048ビットより短い鍵です",
        LintKind::LongKey => "4096ビットを超えています（対応していない受信側があります）",
        LintKind::BareRsa => {
            "通常の形式（SubjectPublicKeyInfo）ではなくPKCS #1形式の鍵です（読み取れない受信側があります）"
        }
        LintKind::WrappedEd25519 => "Ed25519の鍵がSubjectPublicKeyInfo形式です（読み取れない受信側があります）",
        LintKind::NoVersion => "v=DKIM1 がありません（記載が推奨されています）",
        LintKind::SpaceInFront => "先頭に空白があります",
        LintKind::SpaceInKey => "p= の途中に空白があります（読み飛ばされます）",
        LintKind::EmptyTag => "空のタグがあります（セミコロンの連続。受け付けない受信側があります）",
        LintKind::UnknownTag => "登録のないタグです（無視されます）",
    }
}
