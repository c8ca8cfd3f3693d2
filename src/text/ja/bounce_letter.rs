//! 配信状況の通知について、文面に書くことと、お願いすること。

use super::bounce::{delivered_to, meaning, spaced, to_whom, who};
use super::letter::day;
use crate::bounce::{Meaning, Outcome};
use crate::check::{Delivered, DeliveryEnd, Refused};
use crate::message::date::{Stamp, Zone};
use crate::text::time;

/// 通知に書かれている内容として。
pub(in crate::text) fn for_customer(refused: &Refused) -> String {
    let (whom, who) = (to_whom(refused), who(refused));
    let why = refused.meaning.map_or("拒否の理由を示す既知のコードは記載されておりません。", meaning);
    let foreign = if refused.perhaps_foreign {
        "返送された元のメールは、お客様が送られたものではなく、第三者がアドレスを使って送った可能性がございます。"
    } else {
        ""
    };
    let unproved = if refused.proved {
        ""
    } else {
        "なお、この通知が本物であることは確認できておりません。"
    };
    match refused.outcome {
        Outcome::Temporary => format!(
            "{foreign}このメールは配信状況の通知です。{whom}のメールはまだ配信されておらず、サーバーが再送を続けていると記載されております。{why}{unproved}"
        ),
        Outcome::Final | Outcome::Delivered | Outcome::Unknown => format!(
            "{foreign}このメールは不達通知です。{whom}のメールが、{}で受け付けられなかったと記載されております。{why}{unproved}",
            spaced(&who)
        ),
    }
}

/// 通知を受け取られた方へのお願い。
pub(in crate::text) fn asked(refused: &Refused) -> String {
    let remedy = remedy(refused);
    let genuine = if refused.proved {
        remedy
    } else {
        format!(
            "通知に書かれたリンクや添付ファイルは開かず、送信サーバーの管理者の方に、ログに同じ記録があるかどうかをご確認ください。記録がある場合は、次のとおりお願いいたします。{remedy}"
        )
    };
    if refused.perhaps_foreign {
        return format!(
            "はじめに、返送された元のメールが、ご自身またはご利用中のサービスから送信されたものかどうかをご確認ください。お心当たりがない場合は、ご対応いただくことはございません。お心当たりがある場合は、次のとおりお願いいたします。{genuine}"
        );
    }
    genuine
}

fn remedy(refused: &Refused) -> String {
    let advised = match refused.meaning {
        Some(meaning) if meaning.is_shown_by_returned() && !refused.is_returned => {
            "この通知には、返送された元のメールが含まれておりません。同じ方法で送信されたほかのメールを.emlファイルで保存し、添付してお送りいただけましたら、問題の箇所を確認いたします。"
        }
        Some(meaning) => advice(meaning),
        None => "応答の原文をご確認のうえ、拒否したサーバーの管理者の方へお問い合わせください。",
    };
    if refused.outcome != Outcome::Temporary {
        return advised.to_owned();
    }
    let wait = refused.until.map_or_else(
        || "送信サーバーが自動で再送を続けますので、そのままお待ちください。配信できなかった場合は、改めて通知が届きます。".to_owned(),
        |until| format!("送信サーバーが{}まで自動で再送を続けますので、そのままお待ちください。", moment(until)),
    );
    let wait = format!("{wait}二重に届くことがございますので、送り直しはお控えくださいますようお願いいたします。");
    if refused.meaning.is_some_and(Meaning::is_mended_by_sender) { format!("{wait}{advised}") } else { wait }
}

/// 「2026年11月26日 10:00（日本時間）」
fn moment(at: Stamp) -> String {
    const JAPAN: i32 = 9 * 60 * 60;
    let zone = match at.zone {
        Zone::Offset(JAPAN) => "日本時間".to_owned(),
        Zone::Offset(_) | Zone::UtcOnly => time::zone(at),
        Zone::Unknown => "時間帯の記載なし".to_owned(),
    };
    format!("{} {}（{zone}）", day(time::day(at)), time::time_of_day(at))
}

/// 拒否の理由に応じたお願い。
#[expect(clippy::too_many_lines, reason = "one arm for each meaning, so that the compiler asks for its words")]
pub(in crate::text) const fn advice(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::NoSuchUser => {
            "宛先のメールアドレスのつづりをご確認ください。正しい場合は、お電話など別の方法で受信者の方にご確認いただき、使われていないアドレスであれば、配信先からの削除をお願いいたします。"
        }
        Meaning::NoSuchUserOrFiltered => {
            "宛先のメールアドレスのつづりをご確認ください。正しい場合は、送信元のドメインからのメールを受信できるよう、受信者の方に設定の変更をご依頼ください。"
        }
        Meaning::NoSuchDomain | Meaning::NoRoute => {
            "宛先のメールアドレスの @ より後ろをご確認ください。正しい場合は、受信側でのDNSの修正が必要ですので、受信側の管理者の方へお知らせください。"
        }
        Meaning::BadRecipientAddress | Meaning::AmbiguousRecipient => {
            "宛先のメールアドレスを入力し直していただきますようお願いいたします。"
        }
        Meaning::MailboxMoved => "現在のご連絡先を、受信者の方にご確認ください。",
        Meaning::BadSenderAddress => {
            "メールソフトまたはシステムに設定されている送信元アドレスの修正をお願いいたします。"
        }
        Meaning::SenderDomainUnknown => {
            "送信元のドメインのMXレコードまたはAレコードが取得できるよう、DNSの設定をお願いいたします。"
        }
        Meaning::RecipientTakesNoMail => {
            "この宛先ではメールを受信できないため、別の宛先をご利用くださいますようお願いいたします。"
        }
        Meaning::SenderTakesNoMail => {
            "メールを受信できるドメインから送信していただくか、送信元のドメインのnull MXの削除をお願いいたします。"
        }
        Meaning::MailboxDisabled => {
            "お電話など別の方法で、受信者の方へご連絡ください。同じ状態が続く場合は、配信先からの削除をお願いいたします。"
        }
        Meaning::MailboxFull => {
            "お電話など別の方法で受信者の方へご連絡いただき、メールボックスの空きを確保していただいてから、送り直しをお願いいたします。"
        }
        Meaning::MailboxTooBusy | Meaning::Congestion | Meaning::SystemUnavailable | Meaning::SystemFull => {
            "時間をおいて、送り直しをお願いいたします。"
        }
        Meaning::TooLarge => {
            "メールのサイズを小さくしていただくか、ファイルを別の方法でお渡しくださいますようお願いいたします。"
        }
        Meaning::ListProblem => "メーリングリストの管理者の方へご連絡ください。",
        Meaning::RecipientFilter => {
            "送信元のドメインからのメールを受信できるよう、受信者の方に設定の変更をご依頼ください（携帯電話会社では、なりすまし規制の設定も対象です）。"
        }
        Meaning::RecipientRestricted => {
            "送信者からのメールを許可していただけるよう、受信側の管理者の方へご依頼ください。"
        }
        Meaning::FeatureUnsupported
        | Meaning::Misconfigured
        | Meaning::ListNotPermitted
        | Meaning::AddressCharacters => "応答の原文を添えて、受信側の管理者の方へご連絡ください。",
        Meaning::NoAnswer | Meaning::ConnectionBroken | Meaning::LookupFailed => {
            "時間をおいて、送り直しをお願いいたします。同じ状態が続く場合は、受信側のサーバーでの対応が必要ですので、受信側の管理者の方へお知らせください。"
        }
        Meaning::Loop => "転送を設定されている方、または受信側のサーバーの管理者の方へ、この通知をお渡しください。",
        Meaning::Expired => "応答の原文で遅れの原因をご確認のうえ、送り直しをお願いいたします。",
        Meaning::Greylisted => {
            "時間をおいて、送り直しをお願いいたします。それでも届かない場合は、メール以外の方法でご連絡ください。"
        }
        Meaning::ProtocolError => "応答の原文を添えて、送信サーバーの管理者の方へご連絡ください。",
        Meaning::TooManyRecipients => "宛先を少人数に分けて、送り直しをお願いいたします。",
        Meaning::LineTooLong => {
            "長い行を折り返すか、本文をquoted-printableまたはbase64で送信する設定をお願いいたします。"
        }
        Meaning::ContentUnsupported => "別の形式での送信をお願いいたします。",
        Meaning::MalformedHeader => {
            "メールを作成するシステムの修正をお願いいたします。問題の箇所は、返送された元のメールで確認できます。"
        }
        Meaning::ContentRefused => "リンク、文面、添付ファイルをご確認のうえ、送り直しをお願いいたします。",
        Meaning::AttachmentRefused => "添付ファイルを外し、別の方法でお渡しくださいますようお願いいたします。",
        Meaning::PolicyRefused => {
            "応答の原文に理由が書かれていることがございますので、ご確認ください。書かれていない場合は、受信側の管理者の方へお問い合わせください。"
        }
        Meaning::RelayDenied => {
            "宛先と送信サーバーの設定をご確認のうえ、ご自身の組織または契約先の送信サーバーにログインして送信していただきますようお願いいたします。"
        }
        Meaning::Blocklisted => {
            "登録された原因を解消していただいたうえで、応答に示されたページから解除の申請をお願いいたします。"
        }
        Meaning::LowReputation => {
            "はじめに送信ドメイン認証の状態をご確認ください。あわせて、送信量を抑え、受信を希望される方のみに送信していただきますようお願いいたします。"
        }
        Meaning::DynamicAddress => "ご契約のプロバイダまたは組織のメールサーバーを経由した送信をお願いいたします。",
        Meaning::RateLimited => {
            "送信の間隔を空け、分けて送信していただきますようお願いいたします。拒否されたメールは、後で送り直すことができます。"
        }
        Meaning::SenderAccountBlocked => {
            "アカウントの安全をご確認のうえ、送信にご利用のサービスへ、停止の解除をご依頼ください。"
        }
        Meaning::SenderLimit => {
            "制限が解除されるまでお待ちいただくか、大量の送信にはメール配信サービスのご利用をご検討ください。"
        }
        Meaning::BadHelo => "送信サーバーが、自身の完全なホスト名をHELOで名乗るように設定をお願いいたします。",
        Meaning::Cryptography => {
            "応答の原文を、受信側の管理者の方へお渡しください。受信側の証明書またはDANEレコードが合っておりません。"
        }
        Meaning::LoginNeeded => {
            "送信サーバーのSMTP認証を有効にし、ユーザー名とパスワードをご確認くださいますようお願いいたします。"
        }
        Meaning::EncryptionNeeded | Meaning::NotEncrypted => {
            "送信サーバーで、送信時のTLS（STARTTLS）を有効にしていただきますようお願いいたします。"
        }
        Meaning::Unauthenticated => {
            "差出人ドメインのSPFとDKIMの設定をお願いいたします。不足しているものは、返送された元のメールで確認できます。"
        }
        Meaning::SpfFailed => {
            "送信サーバーをエンベロープFromのドメインのSPFレコードに追加していただくか、登録済みのサーバーからの送信をお願いいたします。"
        }
        Meaning::SpfError => "SPFレコードの修正をお願いいたします。問題の箇所は、返送された元のメールで確認できます。",
        Meaning::SpfSuspicious => "SPFレコードから、許可する範囲が広すぎる記述（+all など）の削除をお願いいたします。",
        Meaning::DkimFailed | Meaning::DkimNotOfAuthor => {
            "差出人ドメインのDKIM署名を付ける設定をお願いいたします。署名の状態は、返送された元のメールで確認できます。"
        }
        Meaning::DmarcPolicy | Meaning::Unaligned => {
            "差出人ドメインでSPFまたはDKIMに合格する設定をお願いいたします。不足しているものは、返送された元のメールで確認できます。"
        }
        Meaning::DmarcMissing => "DMARCレコードの公開をお願いいたします（最初は p=none で差し支えございません）。",
        Meaning::BulkSenderRules => {
            "SPFとDKIMの両方に合格する設定と、DMARCレコードの公開をお願いいたします。不足しているものは、返送された元のメールで確認できます。"
        }
        Meaning::ReverseName => "IPアドレスの管理者の方に、正引きと一致する逆引き（PTR）の設定をご依頼ください。",
        Meaning::ArcFailed => {
            "転送元でのARC署名の修正、またはメールの内容を変更しない設定への変更を、転送元の管理者の方へご依頼ください。"
        }
    }
}

/// 配信済みの通知についてのお願い。
pub(in crate::text) const fn after_delivery(end: DeliveryEnd) -> &'static str {
    match end {
        DeliveryEnd::Arrived => {
            "宛先の方の受信トレイに見当たらない場合は、迷惑メールのフォルダや振り分けの設定をご確認いただけますでしょうか。"
        }
        DeliveryEnd::HandedOn => {
            "宛先の方の受信トレイに見当たらない場合は、引き渡し先のサーバーの管理者の方へ、送信日時とMessage-IDを添えてお問い合わせいただけますでしょうか。"
        }
    }
}

/// 通知に書かれている内容として。
pub(in crate::text) fn delivered_for_customer(delivered: &Delivered) -> String {
    let whom = delivered_to(delivered);
    match delivered.end {
        DeliveryEnd::Arrived => {
            format!("このメールは配信状況の通知です。{whom}のメールは配信されたと記載されております。")
        }
        DeliveryEnd::HandedOn => format!(
            "このメールは配信状況の通知です。{whom}のメールは次のサーバーに引き渡されたと記載されております。その先の結果は記載されておりません。"
        ),
    }
}
