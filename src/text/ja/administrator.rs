//! 設定を変更できる管理者の方へお送りする文面。宛先、用件、レコードとして示せないお願い。

use super::letter::named;
use super::{aggregate, bounce, bounce_letter, sender, story};
use crate::auth::dmarc::DmarcResult;
use crate::bounce::Meaning;
use crate::check::{Actor, ChangedBy, Refused, Verdict};
use crate::sender::services::Service;
use crate::text::hidden;
use crate::text::letter::{Addressee, AdministratorWords, Matter};

pub(in crate::text) const WORDS: AdministratorWords = AdministratorWords {
    found: "■ 確認した内容",
    asked: "■ お願いしたいこと",
    also: "■ あわせてご検討いただきたいこと（急ぎではありません）",
    nothing_asked: "変更していただくことはございません。情報の共有としてお送りいたします。",
    nothing_yet: "現時点でお願いすることはございません。確認が完了していないため、完了しましたら改めてご連絡いたします。",
    whose: "はじめに、このメールが貴社で送信されたものかどうかをご確認ください（{} を名乗る署名は、第三者でも書き込めるためです）。お心当たりがない場合は、なりすましの可能性がありますので、設定は変更せず、その旨をお知らせください。お心当たりがある場合は、次の内容をお願いいたします。",
    after: "■ その後について",
    after_record: "レコードの変更は、変更前のレコードの有効期間（TTL）が過ぎると、すべての受信側に反映されます。変更が完了しましたら、ご連絡いただくか、同じ方法で送信したメールをお送りください。再度確認し、結果をご連絡いたします。",
    after_change: "変更が完了しましたら、ご連絡いただくか、同じ方法で送信したメールをお送りください。再度確認し、結果をご連絡いたします。",
    after_look: "おわかりになったことをお知らせください。お問い合わせいただいた方へ回答いたします。",
    closing: "メールのヘッダや判定の詳しい経過など、必要な情報がございましたら、このメールへの返信でお知らせください。\nお手数をおかけしますが、ご確認のほど、よろしくお願いいたします。",
    name: "名前",
    record_type: "タイプ",
    field: "ヘッダ",
    current: "現在の値",
    new: "変更後の値",
    arrived: "受信",
    no_signature: "署名なし",
    aligned: "差出人ドメインと一致",
    not_aligned: "差出人ドメインと不一致",
    colon: "：",
    brackets: ["（", "）"],
    comma: "、",
};

pub(in crate::text) fn to(addressee: Addressee<'_>) -> String {
    match addressee {
        Addressee::Owner(Some(domain)) => format!("{domain} のメール・DNS管理者様"),
        Addressee::Owner(None) => "送信元のメールサーバー管理者様".to_owned(),
        Addressee::Service => "メール配信サービス ご担当者様".to_owned(),
        Addressee::PassedOn => "メーリングリスト・転送サーバー管理者様".to_owned(),
        Addressee::OnTheWay => "経路上のメールサーバー管理者様".to_owned(),
        Addressee::Receiver => "受信側のメール管理者様".to_owned(),
        Addressee::Nobody => "メール管理者様".to_owned(),
    }
}

pub(in crate::text) fn about(matter: &Matter<'_>) -> String {
    let from = matter.facts.dmarc.author_domain.as_deref();
    let from = from.map_or_else(String::new, |author| format!("差出人（From）が {author} の"));
    let headline = hidden::mark(&match matter.verdict() {
        Verdict::Bounced { refused, .. } if refused.perhaps_foreign => {
            let refused = Refused { perhaps_foreign: false, ..refused.clone() };
            format!(
                "返送された元のメールは、記載されている差出人から送信されたものではない可能性があります。{}",
                bounce::headline(&refused)
            )
        }
        verdict => story::headline(verdict),
    });
    if let Verdict::AggregateReport { tally } = matter.verdict()
        && matter.facts.is_report_alone()
    {
        let domain = aggregate::domain(tally);
        return format!(
            "お世話になっております。\n{domain} のDMARC集約レポートについてお問い合わせがあり、確認いたしましたので、ご連絡いたします。\n\n{headline}"
        );
    }
    format!(
        "お世話になっております。\n{from}メール{}についてお問い合わせがあり、確認いたしましたので、ご連絡いたします。\n\n{headline}",
        named(matter)
    )
}

/// 提示した変更のほかにお願いすること。
#[expect(clippy::too_many_lines, reason = "one arm for each verdict, so that the compiler asks for its words")]
pub(in crate::text) fn asked(matter: &Matter<'_>) -> Vec<String> {
    let one = |sentence: &str| vec![sentence.to_owned()];
    match matter.verdict() {
        Verdict::Bounced { .. } if matter.is_for_recipient() => Vec::new(),
        Verdict::Bounced { refused, .. } if matter.headline.actor == Actor::Receiver => vec![receiver(refused)],
        Verdict::Bounced { refused, .. } => vec![matter.refused_domain().map_or_else(
            || bounce_letter::asked(refused),
            |domain| format!("{}{}{}", returned(matter), mended(refused, domain), bounce::explained(refused)),
        )],
        Verdict::AggregateReport { tally } if tally.largest.is_some() => vec![aggregate::asked(tally)],
        Verdict::AuthorLookalike { author } | Verdict::NameElsewhere { author, .. } => vec![
            format!("{author} からのメールがほかの受信者にも届いていないかをログでご確認のうえ、該当の方へ注意をお伝えください。"),
            format!("この差出人からの受信の拒否をご検討ください。{author} がメールサービスのドメインの場合は、ドメイン全体ではなく、このアドレスのみを対象にしていただきますようお願いいたします。"),
        ],
        Verdict::FilterMarked { phishing: true, .. } => vec![
            "フィッシングと判定された理由を、フィルターのログでご確認ください。".to_owned(),
            "開いてよいメールかどうかを受信者の方へお伝えください。開いてはならない場合は、届いているすべてのメールボックスからの隔離をお願いいたします。".to_owned(),
        ],
        Verdict::FilterMarked { phishing: false, .. } => {
            one("迷惑メールと判定された理由をフィルターのログでご確認のうえ、誤判定であれば受信の許可をお願いいたします。")
        }
        Verdict::ArrivalNotEncrypted { .. } => one(
            "このメールを受信側へ渡したサーバーで、送信時の暗号化（STARTTLS）を有効にし、TLS 1.2 以上を使用する設定をお願いいたします。",
        ),
        Verdict::PartlySigned { .. } | Verdict::BodyUnsigned { .. } => {
            one("DKIM署名の l= を使用せず、本文全体を署名の対象にする設定をお願いいたします。")
        }
        Verdict::ReadingsDiffer { author, suffix: Some(suffix), .. } => vec![
            format!("{suffix} の下にあるドメインであればどれでも合格するため、{author} からのメールかどうかを、メール以外の方法でご確認ください。"),
            format!("{author} を管理されている場合は、_dmarc.{author} のDMARCレコードに psd=n を加えてください。"),
        ],
        Verdict::ReadingsDiffer { author, older_result, suffix: None } => {
            let record = matches!(older_result, DmarcResult::None)
                .then(|| format!("_dmarc.{author} に、このドメイン自身のDMARCレコードを公開していただきますようお願いいたします。"));
            record.into_iter().chain([format!("d={author} のDKIM署名を付ける設定をお願いいたします。新旧どちらの規格でも同じ結果になります。")]).collect()
        }
        Verdict::AnybodyPasses { author, owner, term, .. } => {
            let list = format!("{owner} のSPFレコードの {term} を、実際に送信するサーバーの記述に置き換えていただきますようお願いいたします。");
            let list = (!matter.is_answered(&["spf-pass-all"])).then_some(list);
            list.into_iter().chain([format!("d={author} のDKIM署名を付け、SPF以外でも差出人ドメインを確認できるようにしていただきますようお願いいたします。")]).collect()
        }
        Verdict::RepeatedField { name, .. } => vec![
            format!("送信プログラムが {name} を2回出力していないか、途中のサーバーで追加されていないかをご確認ください。"),
            format!("DKIM署名の h= に、{name} を実際の個数より1つ多く指定していただきますようお願いいたします。第三者が気付かれずに追加することを防げます。"),
        ],
        Verdict::SpfOverLimit { owner, .. } if !matter.is_spf_limit_told() => {
            vec![format!("{owner} のSPFレコードのDNS参照を、includeの参照先も含めて10回以内に減らしていただきますようお願いいたします。")]
        }
        Verdict::ThirdPartySignature { author, signer: other, service }
        | Verdict::ThirdPartyEnvelope { author, envelope: other, service } => third_party(matter, author, other, *service),
        Verdict::OtherDomainOnly { author, passed, .. } => third_party(matter, author, passed, None),
        Verdict::ListModified { author, proved: false, .. } => vec![
            "受信者の方が、このメールに記載されたメーリングリストに登録されているかをご確認のうえ、お知らせください。登録されていない場合は、なりすましの可能性があるメールとして扱っていただきますようお願いいたします。".to_owned(),
            format!("登録されている場合は、{author} からの投稿かどうかと、件名や本文を変更する設定かどうかを、メーリングリストの管理者にご確認ください。メーリングリストで変更されたために署名が一致しないのか、もともと {author} の署名ではないのかは、このメールだけでは判断できません。"),
        ],
        Verdict::ListModified { by_list: false, .. } => vec![
            "受信者の方が、このメールに記載されたメーリングリストに登録されているかをご確認のうえ、お知らせください。".to_owned(),
            "登録されていない場合は、なりすましの可能性があるメールとして扱っていただきますようお願いいたします。".to_owned(),
        ],
        Verdict::ListModified { author, .. } => vec![format!("件名と本文を変更せずに配信するか、Fromをメーリングリストのアドレスに書き換える設定をお願いいたします。{author} 側での変更は不要です。")],
        Verdict::Modified { author, proved, by, .. } => match by {
            ChangedBy::Storage | ChangedBy::Saving => Vec::new(),
            ChangedBy::ReceivingSide => one("受信後のメールを変更しているサーバー（件名のタグ、免責文の追加、ウイルス対策など）がないかをご確認ください。送信元での変更は不要です。"),
            _ if !*proved && matter.headline.actor == Actor::Receiver => forwarding(author),
            _ if *proved => one("署名の後に内容を変更しているサーバー（件名のタグ、免責文の追加、ウイルス対策など）を特定し、署名付きのメールを変更しないか、署名の前に変更する設定をお願いいたします。"),
            _ if matter.headline.actor == Actor::Forwarder => one("転送の際にヘッダや本文を変更しているサーバーがないかをご確認のうえ、該当する場合は、署名付きのメールを変更しない設定をお願いいたします。署名が一致しない原因がこの変更であることは、確認できておりません。"),
            _ => one("署名を行うサーバーの鍵がDNSの公開鍵と対応しているか、また、署名の後にヘッダや本文を変更しているサーバーがないかをご確認ください。"),
        },
        Verdict::KeyMissing { signer, selector, .. } if !matter.is_answered(&["dkim-key-missing"]) => vec![
            format!("セレクタ {selector} で署名しているサーバーやサービスがないかをご確認ください。使用中の場合は、{selector}._domainkey.{signer} の公開鍵（TXT、またはサービスが指定するCNAME）の公開をお願いいたします。"),
            "鍵を交換された場合は、その鍵で署名した最後のメールから数日間は、以前の公開鍵をDNSに残していただきますようお願いいたします。".to_owned(),
        ],
        Verdict::SignatureUnusable { fits: Some(_), .. } if matter.is_answered(&["dkim-key-broken"]) => Vec::new(),
        Verdict::SignatureUnusable { author, selector, .. } => {
            let selector = selector.as_ref().map_or_else(String::new, |selector| format!("（セレクタ {selector}）"));
            vec![format!("「確認した内容」に記載した、{author} のDKIM署名{selector}の問題の修正をお願いいたします。")]
        }
        Verdict::ForwardedUnsigned { author, by: None, .. } if matter.headline.actor == Actor::Receiver => {
            forwarding(author)
        }
        Verdict::ForwardedUnsigned { author, marks, by: Some(by), proved: false, .. } => vec![
            format!("受信者の方が、{}をご確認のうえ、お知らせください。", story::known_from(*marks, by)),
            format!("お心当たりがない場合は、{author} が書いたことを示すものがないため、なりすましの可能性があるメールとして扱ってください。"),
        ],
        Verdict::ForwardedUnsigned { author, saw_pass: Some(sealer), .. } => vec![
            "受信者の方のメールボックスへ、ほかのアドレスやサーバーからの転送が設定されているかをご確認のうえ、お知らせください。".to_owned(),
            format!("転送が設定されている場合は、{sealer} を信頼するARC署名者として登録するか、転送元でメールを変更しない設定にして、{author} の署名が有効なまま届くようにすることをご検討ください。"),
            format!("転送の設定がない場合は、{author} から送信された証明がないため、なりすましの可能性があるメールとして扱ってください。"),
        ],
        Verdict::ForwardedUnsigned { author, .. } => {
            vec![format!("送信するすべてのメールに、d={author} のDKIM署名を付ける設定をお願いいたします。転送されるとSPFは合格できませんが、DKIM署名は転送後も有効です。")]
        }
        Verdict::Spoofed { author, ip, policy, .. } => {
            let search = ip.map_or_else(
                || format!("{author} を名乗り、SPFにもDKIMにも合格していないメールがほかに届いていないかをログでご確認のうえ、隔離をお願いいたします。"),
                |ip| format!("{ip} から届いたメールがほかにないかをログでご確認のうえ、なりすましと判断されるものの隔離をお願いいたします。"),
            );
            let enforce = format!("{author} は、このようなメールの{}を求めています（DMARC）。受信サーバーがこのメールを受け入れた理由をご確認ください。", story::asks(*policy));
            vec![search, enforce]
        }
        Verdict::AuthorNotPublic { author } => vec![
            format!("このメールが貴社のプログラムや機器から送信されたものかどうかをお知らせください。お心当たりがない場合は、{author} という差出人からは送信者がわからないため、なりすましの可能性があるメールとして扱っていただきますようお願いいたします。"),
            "お心当たりがある場合は、そのプログラムや機器の送信元アドレス（From）に、公開されている貴社のドメインのアドレスを設定していただきますようお願いいたします。".to_owned(),
        ],
        Verdict::AuthorDomainMissing { author } => vec![
            format!("{author} を名乗るメールがほかに届いていないかをログでご確認のうえ、隔離をお願いいたします。"),
            "Fromのドメインが存在しないメールの受信を拒否する設定をご検討ください。".to_owned(),
            "自社で送信したメールの場合は、Fromのアドレスの修正をお願いいたします。".to_owned(),
        ],
        Verdict::Unauthenticated { author } | Verdict::NoDmarcRecord { author, proved: false, .. } => {
            let ip = matter.facts.session.ip.as_ref().map(|ip| ip.value);
            let whose = ip.map_or_else(
                || "貴社で送信されたメールかどうかをお知らせください。".to_owned(),
                |ip| format!("貴社で送信されたメールかどうか、{ip} が送信に使用しているサーバーかどうかをお知らせください。"),
            );
            vec![whose, format!("貴社のメールの場合は、d={author} のDKIM署名を付け、エンベロープFromのドメインのSPFレコードに送信サーバーを追加していただきますようお願いいたします。")]
        }
        Verdict::NoDmarcRecord { broken: Some(domain), .. } if !matter.is_dmarc_answered() => {
            vec![format!("_dmarc.{domain} のDMARCレコードは、現在の内容では無視されるため、修正をお願いいたします。")]
        }
        Verdict::NoDmarcRecord { author, broken: None, .. } if !matter.is_dmarc_answered() => {
            vec![format!("_dmarc.{author} へのDMARCレコードの公開をお願いいたします。最初の内容：v=DMARC1; p=none; rua=mailto:<レポートの受信アドレス>")]
        }
        Verdict::NoSingleAuthor { .. } => one("Fromのアドレスは1つだけにしていただきますようお願いいたします。複数の方の連名にする場合は、そのうちの1つをSenderにご指定ください。"),
        Verdict::NotEnough { .. } if matter.waits_for().is_some() => Vec::new(),
        Verdict::NotEnough { .. } => one("外部からこのメールを受け取ったサーバーと、その接続元IPアドレスを、ログでご確認のうえお知らせください。"),
        Verdict::AggregateReport { .. }
        | Verdict::Delivered { .. }
        | Verdict::AllWell { .. }
        | Verdict::ForwardedDkimCarries { .. }
        | Verdict::DnsUnreachable { .. }
        | Verdict::NotAsked { .. }
        | Verdict::HeadersOnlySigned { .. }
        | Verdict::HeadersOnly { .. }
        | Verdict::SpfOverLimit { .. }
        | Verdict::NoDmarcRecord { .. }
        | Verdict::KeyMissing { .. } => Vec::new(),
    }
}

fn receiver(refused: &Refused) -> String {
    let host = refused.host.as_deref();
    if matches!(refused.meaning, Some(Meaning::NoAnswer | Meaning::ConnectionBroken)) {
        let host = host.unwrap_or("受信側のサーバー");
        return format!(
            "{host} が外部からのSMTP接続に応答しているかをご確認のうえ、受信できるようになりましたらお知らせください。"
        );
    }
    let host = host.map_or_else(|| "受け付けなかったサーバー".to_owned(), |host| format!("{host} "));
    format!(
        "{host}のログで、このメールが受け付けられなかった理由をご確認のうえ、受信できるようになりましたらお知らせください。{}",
        bounce::explained(refused)
    )
}

fn forwarding(author: &str) -> Vec<String> {
    vec![
        "受信者の方のメールボックスへ、ほかのアドレスやサーバーからの転送が設定されているかをご確認のうえ、お知らせください。".to_owned(),
        format!("転送の設定がない場合は、{author} から送信されたことを示すものがないため、なりすましの可能性があるメールとして扱っていただきますようお願いいたします。"),
    ]
}

fn returned(matter: &Matter<'_>) -> String {
    let [subject, id] = matter.returned();
    let named = [subject.map(|subject| format!("件名「{subject}」")), id.map(|id| format!("Message-ID：{id}"))];
    let named: Vec<String> = named.into_iter().flatten().collect();
    let named = if named.is_empty() { String::new() } else { format!("（{}）", named.join("、")) };
    format!("返送された元のメール{named}と同じ方法で送信するメールについて、")
}

fn mended(refused: &Refused, domain: &str) -> String {
    match refused.meaning {
        Some(Meaning::DkimFailed | Meaning::DkimNotOfAuthor) => {
            format!("d={domain} の有効なDKIM署名が付く設定をお願いいたします。")
        }
        Some(Meaning::SpfError) => "エンベロープFromのドメインのSPFレコードの修正をお願いいたします。".to_owned(),
        Some(Meaning::BulkSenderRules) => format!(
            "{domain} として、SPFとDKIMの両方に合格する設定と、_dmarc.{domain} でのDMARCレコードの公開をお願いいたします。"
        ),
        Some(Meaning::Unauthenticated | Meaning::DmarcPolicy | Meaning::Unaligned) | None => format!(
            "d={domain} のDKIM署名を付けるか、エンベロープFromのドメインを {domain} にして、送信サーバーをそのSPFレコードに追加していただきますようお願いいたします。"
        ),
        Some(meaning) => format!("次のとおりお願いいたします。{}", bounce_letter::advice(meaning)),
    }
}

fn third_party(matter: &Matter<'_>, author: &str, other: &str, service: Option<&'static Service>) -> Vec<String> {
    let named = sender::named_domain(other, service);
    let whose = format!(
        "このメールの送信に {named} をご利用かどうかをお知らせください。ご利用でない場合は、第三者が貴社の名前で送信したメールのため、設定の変更は不要です。ご利用の場合は、次の設定で合格するようになります。"
    );
    let setup = service.and_then(|service| Some((service, service.setup.as_ref()?)));
    let steps = match setup {
        _ if matter.is_answered(&["dmarc-unaligned"]) => Vec::new(),
        Some((service, setup)) => sender::setup(service, setup, author),
        None => vec![format!(
            "そのサービスで d={author} のDKIM署名（作成者署名）を設定し、指定された公開鍵を {author} のDNSに公開していただきますようお願いいたします。"
        )],
    };
    std::iter::once(whose).chain(steps).collect()
}
