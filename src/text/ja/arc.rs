//! ARCのチェーン、その各部分、変更された場所。

use crate::auth::arc::{ArcResult, Change, Changed, Handler, PartState, Reason};

pub(in crate::text) const fn result(result: ArcResult) -> &'static str {
    match result {
        ArcResult::None => "none",
        ArcResult::Pass => "pass",
        ArcResult::Fail => "fail",
        ArcResult::NotEvaluated => "評価していません",
    }
}

pub(in crate::text) const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NoChain => "ARCチェーンはありません",
        Reason::Verified => "すべてのシールと最新のメッセージ署名が有効です",
        Reason::MarkedFailed => "最新のシールが cv=fail（チェーンの破損）を記録しています",
        Reason::InstanceBroken => "i= を読み取れません",
        Reason::TooManyInstances => "インスタンスが50を超えています",
        Reason::InstanceIncomplete => "インスタンスのヘッダが不足または重複しています",
        Reason::InstanceGap => "インスタンスの番号が1から連続していません",
        Reason::ChainValidationWrong => "cv= の値が位置に合いません",
        Reason::SealWithHeaderList => "シールに h= があります",
        Reason::SealSigned => "メッセージ署名がシールを対象にしています",
        Reason::TagsBroken => "タグがない、または読み取れません",
        Reason::BodyHashMismatch => "本文が最新のメッセージ署名と一致しません",
        Reason::MessageSignatureInvalid => "ヘッダが最新のメッセージ署名と一致しません",
        Reason::SealInvalid => "ARCヘッダがシールと一致しません",
        Reason::KeyNotUsable => "公開鍵を使用できません",
        Reason::KeyMissing => "公開鍵が現在のDNSにないため、チェーンを確認できません",
        Reason::KeyUnreachable => "公開鍵についてDNSの応答がありません",
        Reason::KeyNotAsked => "公開鍵をDNSに問い合わせていません",
        Reason::BodyNotAvailable => "送信時のままの本文がないため確認できません",
        Reason::HeaderRewritten => "ヘッダが送信時のまま保存されていないため、確認できません",
        Reason::LimitExceeded => "読み取れるヘッダの数を超えています",
    }
}

pub(in crate::text) const fn part(state: PartState) -> &'static str {
    match state {
        PartState::Valid => "有効",
        PartState::Invalid => "無効",
        PartState::NotChecked => "確認できません",
        PartState::Absent => "不足または重複",
    }
}

pub(in crate::text) fn oldest_pass(oldest: u32) -> String {
    match oldest {
        0 => "メールは、最初のシールの時点から変わっていません。".to_owned(),
        i => format!("メールは、i={i} の時点から変わっていません。それより古い署名は一致しないか、確認できません。"),
    }
}

pub(in crate::text) fn change(change: Change<'_>) -> String {
    let Change { what, after, before } = change;
    let after = handler(after);
    let by = before.map_or_else(
        || "ARCを付けないサーバー（経路の途中または受信側）による変更です".to_owned(),
        |before| format!("{}による変更と考えられます", handler(before)),
    );
    match what {
        Changed::Message => format!("メールが {after}の署名と一致しません。署名後に変更されており、{by}。"),
        Changed::ArcFields => format!("ARCヘッダが {after}のシールと一致しません。シール後に変更されており、{by}。"),
        Changed::NotSaid => {
            let before = before.map_or_else(String::new, handler);
            format!(
                "{before}は、受け取った時点でチェーンが無効だったと記録しています（cv=fail）。{after}のシール後に変更されています。"
            )
        }
    }
}

fn handler(handler: Handler<'_>) -> String {
    handler.domain.map_or_else(|| format!("i={} ", handler.i), |domain| format!("{domain}（i={}）", handler.i))
}
