//! お客様へお送りする文面。確認できたことだけを述べ、誰も責めない。

#![expect(clippy::too_many_lines, reason = "one arm for each verdict, so that the compiler asks for its words")]

use super::sender;
use crate::check::{ChangedBy, Verdict};
use crate::text::ja::bounce;
use crate::text::letter::Matter;

pub(in crate::text) fn customer(matter: &Matter<'_>) -> String {
    let named = match matter.named() {
        (Some(subject), Some(date)) => format!("（件名「{subject}」、{date}）"),
        (Some(subject), None) => format!("（件名「{subject}」）"),
        (None, Some(date)) => format!("（{date}）"),
        (None, None) => String::new(),
    };
    let (found, request) = body(matter);
    format!(
        "お問い合わせいただいたメール{named}について、送信元の認証結果を確認いたしました。\n\n{found}\n\n{request}\n\n何卒よろしくお願いいたします。"
    )
}

/// 確認できたことと、お願いすること。
fn body(matter: &Matter<'_>) -> (String, String) {
    match matter.verdict {
        Verdict::AuthorLookalike { author } => (
            format!("このメールは {author} から送信されたことを確認できました。ただし、このドメインは別のドメインに見える文字で書かれており、見かけとは異なる送信者の可能性がございます。"),
            "恐れ入りますが、リンクや添付ファイルは開かず、メール以外の方法で本来の相手の方にご確認ください。".to_owned(),
        ),
        Verdict::NameElsewhere { author, shown } => (
            format!("このメールは {author} から送信されたことを確認できました。ただし、差出人名には {shown} と表示されており、{shown} との関係は確認できませんでした。"),
            "恐れ入りますが、リンクや添付ファイルは開かず、メール以外の方法で本来の相手の方にご確認ください。".to_owned(),
        ),
        Verdict::FilterMarked { author, phishing: true } => (
            format!("このメールは {author} から送信されたことを確認できましたが、受信側のフィルターがフィッシングまたはなりすましと判定しております。"),
            "受信側の管理者の方が確認されるまで、リンクや添付ファイルは開かないようお願いいたします。".to_owned(),
        ),
        Verdict::FilterMarked { author, phishing: false } => (
            format!("このメールは {author} から送信されたことを確認でき、認証にも合格しておりますが、受信側のフィルターが迷惑メールと判定しております。"),
            "恐れ入りますが、判定の理由は受信側の管理者の方にご確認ください。内容に不自然な点がございましたら、メール以外の方法で差出人の方にご確認ください。".to_owned(),
        ),
        Verdict::AllWell { author, .. } | Verdict::ForwardedDkimCarries { author } if matter.has_warning() => (
            format!("このメールは、差出人に表示されている {author} から送信されたことを確認でき、認証にも合格しております。ほかに確認したほうがよい点がございますので、ご希望の際はご案内いたします。"),
            "届き方についてお困りの点がございましたら、受信側で表示された内容をお知らせください。".to_owned(),
        ),
        Verdict::Bounced { refused, .. } => (
            bounce::for_customer(refused),
            format!("恐れ入りますが、次のとおりご対応をお願いいたします。{}", bounce::next_step(refused)),
        ),
        Verdict::Delivered { delivered, .. } => (
            bounce::delivered_for_customer(delivered),
            "宛先の方の受信トレイに見当たらない場合は、迷惑メールのフォルダや振り分けの設定をご確認いただけますでしょうか。".to_owned(),
        ),
        Verdict::AllWell { author, .. } => (
            format!("このメールは、差出人に表示されている {author} から送信されたことを確認できました。送信元の認証に問題は見つかりませんでした。"),
            "なお、認証に合格していても、受信側の基準により迷惑メールと判定される場合がございます。届き方についてお困りの点がございましたら、受信側で表示された内容をお知らせください。".to_owned(),
        ),
        Verdict::ForwardedDkimCarries { author } => (
            format!("このメールは転送されておりますが、電子署名により、{author} から送信されたことを確認できました。送信元の認証に問題は見つかりませんでした。"),
            "届き方についてお困りの点がございましたら、受信側で表示された内容をお知らせください。".to_owned(),
        ),
        Verdict::ArrivalNotEncrypted { author, .. } => (
            format!("このメールは {author} から送信されたことを確認できました。ただし、受信側のサーバーへ届くまでの最後の区間が暗号化されていないと記録されております。"),
            "送信するサーバーの管理者の方に、送信時の暗号化（TLS）の設定をご確認いただけますでしょうか。".to_owned(),
        ),
        Verdict::PartlySigned { author, .. } => (
            format!("{author} の電子署名は有効でしたが、本文の末尾の一部が署名の対象に含まれておりません。この部分については、送信時のままの内容かどうかを確認できませんでした。"),
            "恐れ入りますが、本文の末尾に書かれた内容につきましては、メール以外の方法で差出人の方にご確認ください。".to_owned(),
        ),
        Verdict::BodyUnsigned { author } => (
            format!("このメールは認証に合格しておりますが、{author} の電子署名は本文を対象にしておりません。そのため、本文が {author} のものかどうかは確認できませんでした。"),
            "恐れ入りますが、本文の内容につきましては、メール以外の方法で差出人の方にご確認ください。".to_owned(),
        ),
        Verdict::ReadingsDiffer { author, .. } => (
            format!("このメールは現在の規格では認証に合格しておりますが、{author} の設定により、従来の規格に従う受信側では結果が異なります。"),
            "恐れ入りますが、本物のメールかどうかは、メール以外の方法で差出人の方にご確認ください。".to_owned(),
        ),
        Verdict::AnybodyPasses { author, .. } => (
            format!("このメールは認証に合格しておりますが、{author} の設定では、どのサーバーから送信しても合格する状態になっております。そのため、{author} から送信されたことまでは確認できませんでした。"),
            "恐れ入りますが、本物のメールかどうかは、メール以外の方法で差出人の方にご確認ください。".to_owned(),
        ),
        Verdict::RepeatedField { author, name } => (
            format!("このメールは {author} から送信されたことを確認できました。ただし、{name} という項目が2つ以上含まれており、お使いのメールソフトによって表示が異なる可能性がございます。"),
            "恐れ入りますが、内容に不自然な点がございましたら、メール以外の方法で差出人の方にご確認ください。".to_owned(),
        ),
        Verdict::SpfOverLimit { author, passes: true, .. } => (
            format!("このメールは、電子署名により {author} から送信されたことを確認できました。ただし、送信サーバーを示す設定（SPF）が上限を超えており、SPFでの判定はできませんでした。"),
            format!("{author} の管理者の方に、SPFの設定の見直しをご依頼ください。変更内容は別途ご案内できます。"),
        ),
        Verdict::SpfOverLimit { author, passes: false, .. } => (
            format!("送信サーバーを示す設定（SPF）が上限を超えているため判定できず、このメールが {author} から送信されたことを確認できませんでした。"),
            format!("{author} の管理者の方に、SPFの設定の見直しをご依頼ください。変更内容は別途ご案内できます。"),
        ),
        Verdict::ThirdPartySignature { author, signer, service } => {
            let signer = sender::named_domain(signer, *service);
            (
            format!("このメールで確認できたのは、{signer} の電子署名です。差出人に表示されている {author} の電子署名は確認できませんでした。"),
            format!("{author} で {signer} をご利用の場合は、{author} の電子署名（DKIM）の設定をご検討ください。ご利用に心当たりがない場合は、メールの内容に従わず、メール以外の方法で差出人の方にご確認ください。"),
            )
        }
        Verdict::ThirdPartyEnvelope { author, envelope, service } => {
            let envelope = sender::named_domain(envelope, *service);
            (
            format!("このメールで確認できたのは {envelope} であり、差出人に表示されている {author} の電子署名は確認できませんでした。"),
            format!("{author} で {envelope} をご利用の場合は、{author} の電子署名（DKIM）の設定をご検討ください。ご利用に心当たりがない場合は、メールの内容に従わず、メール以外の方法で差出人の方にご確認ください。"),
            )
        }
        Verdict::OtherDomainOnly { author, passed, .. } => (
            format!("このメールで確認できたのは {passed} であり、差出人に表示されている {author} から送信されたことは確認できませんでした。"),
            "恐れ入りますが、本物のメールかどうかは、メール以外の方法で差出人の方にご確認ください。".to_owned(),
        ),
        Verdict::ListModified { proved: true, signer, .. } => (
            format!("このメールには {signer} の電子署名がありましたが、メーリングリストを経由した際に内容が変わったため、署名と一致しなくなっております。メーリングリストでは広く見られる現象です。"),
            "受信に支障がある場合は、メーリングリストの管理者の方に、差出人の書き換えなどの設定をご相談ください。".to_owned(),
        ),
        Verdict::ListModified { proved: false, author, .. } => (
            format!("このメールはメーリングリストを経由した可能性があり、電子署名が内容と一致しませんでした。そのため、{author} から送信されたことは確認できませんでした。"),
            "恐れ入りますが、内容に不審な点がございましたら、メール以外の方法で差出人の方にご確認ください。".to_owned(),
        ),
        Verdict::Modified { by: ChangedBy::Saving, author, .. } => (
            format!("お送りいただいたファイルは、保存の際に書き換えられた可能性があり、{author} から送信されたかどうかを判定できませんでした。"),
            "恐れ入りますが、メールを元の形式（.eml）で保存し直して、お送りいただけますでしょうか。".to_owned(),
        ),
        Verdict::Modified { proved: true, by: ChangedBy::Storage | ChangedBy::ReceivingSide, signer, .. } => (
            format!("このメールには {signer} の電子署名がありますが、受信後に内容が変わったため、現在の内容とは一致しませんでした。"),
            "恐れ入りますが、可能でございましたら、メールを元の形式（.eml）で保存し直して、お送りいただけますでしょうか。".to_owned(),
        ),
        Verdict::Modified { proved: true, signer, .. } => (
            format!("このメールには {signer} の電子署名がありますが、署名された後に内容が変わっており、現在の内容とは一致しませんでした。"),
            "変わった箇所と経路について、管理者の方による確認が必要です。内容につきましては、メール以外の方法で差出人の方にご確認ください。".to_owned(),
        ),
        Verdict::Modified { proved: false, author, .. } => (
            format!("このメールの電子署名は内容と一致しませんでした。そのため、{author} から送信されたことは確認できませんでした。"),
            "恐れ入りますが、本物のメールかどうかは、メール以外の方法で差出人の方にご確認ください。".to_owned(),
        ),
        Verdict::KeyMissing { author, .. } => (
            format!("このメールには {author} の電子署名がありますが、確認に必要な公開鍵が現在は公開されていないため、判定できませんでした。以前のメールでは、鍵の交換により同じ状態になることがございます。"),
            format!("最近のメールの場合は、{author} の管理者の方に公開鍵の登録状況をご確認いただけますでしょうか。"),
        ),
        Verdict::SignatureUnusable { author, .. } => (
            format!("このメールの {author} の電子署名は、有効なものとして扱われない状態でした。そのため、{author} から送信されたことは確認できませんでした。"),
            format!("{author} の管理者の方に、電子署名（DKIM）の設定をご確認いただけますでしょうか。"),
        ),
        Verdict::ForwardedUnsigned { author } => (
            format!("このメールには転送された形跡があり、{author} の電子署名がないため、{author} から送信されたことを確認できませんでした。"),
            "恐れ入りますが、本物のメールかどうかは、メール以外の方法で差出人の方にご確認ください。".to_owned(),
        ),
        Verdict::Spoofed { author, .. } => (
            format!("このメールが {author} から送信されたことを示すものは確認できず、なりすましの可能性が高いと考えられます。"),
            format!("恐れ入りますが、メール内のリンクや添付ファイルは開かず、返信もなさらないでください。{author} に確認される場合は、公式サイトに記載の電話番号など、メール以外の方法をご利用ください。"),
        ),
        Verdict::AuthorDomainMissing { author } => (
            format!("差出人に表示されている {author} というドメインは、現在インターネット上に存在しません。なりすましの可能性が高いと考えられます。"),
            "恐れ入りますが、メール内のリンクや添付ファイルは開かず、返信もなさらないでください。".to_owned(),
        ),
        Verdict::Unauthenticated { author } | Verdict::NoDmarcRecord { author, proved: false, .. } => (
            format!("このメールが {author} から送信されたことを示すものは確認できませんでした。なりすましかどうかは、このメールだけでは判断できません。"),
            "恐れ入りますが、本物のメールかどうかは、メール以外の方法で差出人の方にご確認ください。".to_owned(),
        ),
        Verdict::NoDmarcRecord { author, proved: true, .. } => (
            format!("このメールは {author} として送信元の認証に合格しておりますが、{author} ではなりすまし対策の設定（DMARC）が有効になっておりません。"),
            format!("{author} の管理者の方に、DMARCの設定をご検討いただけますでしょうか。変更内容は別途ご案内できます。"),
        ),
        Verdict::NoSingleAuthor { .. } => (
            "このメールは差出人（From）を1つに特定できないため、送信元を確認できませんでした。".to_owned(),
            "恐れ入りますが、本物のメールかどうかは、メール以外の方法で差出人の方にご確認ください。".to_owned(),
        ),
        Verdict::DnsUnreachable { author } => (
            format!("判定に必要な情報が一時的に取得できなかったため、{author} から送信されたかどうかを判定できませんでした。"),
            "時間をおいて再度確認いたしますので、今しばらくお待ちください。".to_owned(),
        ),
        Verdict::NotAsked { .. } => (
            "送信元の判定に必要な情報をまだ取得していないため、判定できておりません。".to_owned(),
            "確認のうえ改めてご連絡いたしますので、今しばらくお待ちください。".to_owned(),
        ),
        Verdict::HeadersOnlySigned { author } => (
            format!("お送りいただいたヘッダ情報について、{author} の電子署名は有効でした。送信時のままの本文がないため、本文が変わっていないかどうかは確認できませんでした。"),
            "恐れ入りますが、メール全体を元の形式（.eml）で保存して、お送りいただけますでしょうか。".to_owned(),
        ),
        Verdict::HeadersOnly { author } => (
            format!("お送りいただいたヘッダ情報だけでは、{author} から送信されたかどうかを判定できませんでした。"),
            "恐れ入りますが、メール全体を元の形式（.eml）で保存して、お送りいただけますでしょうか。".to_owned(),
        ),
        Verdict::NotEnough { author } => (
            format!("判定に必要な情報が不足しているため、{author} から送信されたかどうかを判定できませんでした。"),
            "恐れ入りますが、メール全体を元の形式（.eml）で保存して、お送りいただけますでしょうか。".to_owned(),
        ),
    }
}
