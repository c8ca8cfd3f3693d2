//! 送信元のサービス、その根拠、サービス側での設定。

use crate::sender::Sender;
use crate::sender::services::{DkimSetup, EnvelopeSetup, Known, Service, ServiceKind, Setup, for_domain};
use crate::sender::who::{Assurance, Attribution, Mark, Proof, RelationKind, Tie, TieKind};

pub(in crate::text) fn sent_by(sender: &Sender, author: Option<&str>) -> String {
    let mut sentence = match &sender.service {
        Some(service) => by_service(service, sender, author),
        None => by_nobody_known(sender, author),
    };
    if let Some(carrier) = &sender.carrier {
        sentence = format!("{sentence}（配信基盤：{}）", named(carrier));
    }
    if let Some(via) = sender.via.as_ref().filter(|_| sender.relationship.kind != RelationKind::Forwarder) {
        sentence = format!("{sentence}（{} を経由）", named(via));
    }
    if let Some(rented) = &sender.rented_at {
        let is_server = rented.service.kind == ServiceKind::ServerRental;
        let what =
            if is_server { "レンタルサーバー上" } else { "回線またはレンタルサーバーから" };
        sentence = format!("{sentence}（{} の{what}）", named(rented));
    }
    sentence
}

pub(in crate::text) fn claimed_services(claims: &[Attribution]) -> String {
    listed(claims)
}

pub(in crate::text) fn service_mark(mark: &Mark) -> String {
    let name = &mark.name;
    let shown = match mark.proof {
        Proof::Signature => format!("DKIM署名（d={name}）が有効です"),
        Proof::SignatureKey => format!("有効なDKIM署名の公開鍵が {name} にあります"),
        Proof::Envelope => format!("エンベロープFromの {name} がSPFに合格しています"),
        Proof::EnvelopeHost => format!("SPFに合格したエンベロープFromのドメインが {name} を指しています"),
        Proof::AddressRange => format!("接続元IPアドレスが {name} のSPFレコードに含まれています"),
        Proof::HeloPassed => format!("HELO名 {name} がSPFに合格しています"),
        Proof::ReverseName => format!("接続元の逆引き名 {name} は正引きとも一致しています"),
        Proof::RecordedName => format!("受信サーバーが逆引き名 {name} を記録しています"),
        Proof::UnconfirmedName => format!("逆引き名 {name} は正引きと一致しません（誰でも設定できます）"),
        Proof::Helo => format!("接続元が {name} と名乗っています（誰でも名乗れます）"),
        Proof::UnverifiedSignature => format!("DKIM署名に {name} とありますが、有効と確認できていません"),
        Proof::UnverifiedEnvelope => format!("エンベロープFromは {name} ですが、SPFで確認できていません"),
        Proof::MessageId => format!("Message-IDが {name} の形式です（誰でも書けます）"),
        Proof::FeedbackId => format!("Feedback-IDの末尾が {name} です（誰でも書けます）"),
        Proof::Field => format!("ヘッダに {name} があります（誰でも書けます）"),
    };
    let backed = mark.proof.assurance(Known::Seen) > Assurance::Claimed;
    match mark.known {
        Known::Reported if backed => format!("{shown}（この名前がサービスのものであることは第三者の情報によります）"),
        Known::Hint if backed => format!("{shown}（この名前がサービスのものであることは資料で確認していません）"),
        Known::Seen | Known::Documented | Known::Reported | Known::Hint => shown,
    }
}

pub(in crate::text) fn tie(tie: &Tie) -> String {
    let name = &tie.name;
    match tie.kind {
        TieKind::Signature => format!("{name} のDKIM署名が有効です"),
        TieKind::Key => format!("公開鍵 {name} をサービスに預けています"),
        TieKind::Envelope => format!("エンベロープFromの {name} がSPFに合格しています"),
        TieKind::EnvelopeHost => format!("エンベロープFromのドメイン {name} をサービスに預けています"),
        TieKind::NameServers => format!("{name} をサービスのネームサーバーに委任しています（NS）"),
        TieKind::ServiceDomain => format!("{name} はサービス自身のドメインです"),
        TieKind::HostName => format!("接続元の逆引き名は {name} で、正引きとも一致しています"),
        TieKind::PassedOn => "転送の特徴があるメールです".to_owned(),
    }
}

pub(in crate::text) fn setup(service: &'static Service, setup: &Setup, author: &str) -> Vec<String> {
    let name = service_name(service);
    let reserve = if setup.known.is_firm() { "" } else { "（公式の資料では確認していません）" };
    let dkim = setup.dkim.map(|dkim| signing(dkim, name, setup, author));
    let target = setup.targets.first().map(|target| format!("参照先は {} の形です。", for_domain(target, author)));
    let envelope = setup.envelope.map(|envelope| envelope_sender(envelope, name, setup, author));
    let include = setup.spf.as_ref().filter(|_| setup.envelope.is_none());
    let include =
        include.map(|host| format!("エンベロープFromのドメインのSPFレコードに include:{host} を追加してください。"));
    let page = setup.page.as_ref().map(|page| format!("手順はサービスの案内（{page}）をご覧ください。"));
    let steps = dkim.into_iter().chain(target).chain(envelope).chain(include);
    steps.map(|step| format!("{}{reserve}。", step.trim_end_matches('。'))).chain(page).collect()
}
pub(in crate::text) fn service_name(service: &'static Service) -> &'static str {
    service.name_ja.as_deref().unwrap_or(&service.name)
}

/// A domain, and whose it is where that is known.
pub(super) fn named_domain(domain: &str, service: Option<&'static Service>) -> String {
    service.map_or_else(|| domain.to_owned(), |service| format!("{}（{domain}）", service_name(service)))
}

fn named(attribution: &Attribution) -> String {
    let name = service_name(attribution.service);
    match attribution.assurance {
        Assurance::Proved => name.to_owned(),
        Assurance::Likely => format!("おそらく {name}"),
        Assurance::Claimed => format!("{name}（自称）"),
    }
}

fn listed(claims: &[Attribution]) -> String {
    claims.iter().map(|claim| service_name(claim.service)).collect::<Vec<_>>().join("、")
}

fn by_service(service: &Attribution, sender: &Sender, author: Option<&str>) -> String {
    let name = named(service);
    let Some(author) = author else { return name };
    let relation = &sender.relationship;
    match (relation.kind, relation.is_endorsed) {
        (RelationKind::Own, _) if service.service.kind == ServiceKind::MailboxProvider => {
            format!("{name}（{author} のメールボックスから）")
        }
        (RelationKind::Own, _) => format!("{name}（自社ドメイン {author} から）"),
        (RelationKind::Delegated, _) => {
            format!("{name} が {author} に代わって送信（{author} はドメインの一部をこのサービスに預けています）")
        }
        (_, true) => format!("{name} が {author} に代わって送信"),
        (_, false) => format!("{name} が {author} の名前で送信（{author} 側の裏付けはありません）"),
    }
}

fn by_nobody_known(sender: &Sender, author: Option<&str>) -> String {
    match (sender.relationship.kind, author) {
        (RelationKind::Own, Some(author)) => format!("{author} のサーバー"),
        (RelationKind::Unknown, Some(author)) if sender.relationship.is_endorsed => {
            format!("{author} が裏付けています（送信サーバーの運営者はわかりません）")
        }
        (RelationKind::Forwarder, _) => match &sender.via {
            Some(via) => format!("{} による転送（元の送信元はわかりません）", named(via)),
            None => "転送されたメール（元の送信元はわかりません）".to_owned(),
        },
        (RelationKind::Unknown, _) if sender.relationship.bears_marks() => sender.outsider.as_ref().map_or_else(
            || "わかりません（転送または配信の特徴がありますが、裏付けはありません）".to_owned(),
            |outsider| format!("{}（確認できましたが、転送や配信をしただけかどうかは自己申告です）", outsider.name),
        ),
        _ if sender.is_only_claimed() => {
            format!("確認できません（{} を名乗っています）", listed(&sender.claims))
        }
        _ => sender.outsider.as_ref().map_or_else(
            || "わかりません".to_owned(),
            |outsider| format!("{}（確認できましたが、登録されている送信サービスではありません）", outsider.name),
        ),
    }
}

pub(super) fn signing(dkim: DkimSetup, name: &str, setup: &Setup, author: &str) -> String {
    let selectors = match setup.selectors.as_slice() {
        [] => String::new(),
        selectors => format!("（セレクタ：{}）", selectors.join("、")),
    };
    let records = match setup.records {
        None | Some(1) => String::new(),
        Some(records) => format!("{records}件"),
    };
    match dkim {
        DkimSetup::Cname => {
            format!(
                "{name} に {author} を登録し、表示されるCNAMEレコード{records}を {author} のDNSに追加してください{selectors}。"
            )
        }
        DkimSetup::Txt => format!(
            "{name} に {author} を登録し、表示される公開鍵のTXTレコードを {author} のDNSに追加してください{selectors}。"
        ),
        DkimSetup::Delegation => {
            format!(
                "{author} のサブドメインを、{name} が指定するNSレコードまたはCNAMEレコードで預け、そのサブドメインから送信してください。"
            )
        }
        DkimSetup::KeyPair => {
            format!("鍵ペアを作成し、秘密鍵を {name} に登録して、公開鍵を {author} のDNSに追加してください。")
        }
        DkimSetup::Setting => {
            format!(
                "{name} の設定で {author} の作成者署名（DKIM）を有効にし、指定されたレコードを {author} のDNSに追加してください{selectors}。"
            )
        }
        DkimSetup::Application => {
            format!(
                "{name} に {author} の作成者署名（DKIM）の利用を申し込み、指定されたレコードを {author} のDNSに追加してください。"
            )
        }
        DkimSetup::Upstream => format!(
            "{name} は署名を付けません。{name} へメールを渡す側のサーバーで {author} のDKIM署名を有効にしてください。"
        ),
        DkimSetup::Automatic => format!("{name} に {author} を設定すると、{author} のDKIM署名は自動で付きます。"),
        DkimSetup::Impossible => format!(
            "{name} では {author} のDKIM署名を付けられません。署名を付けられるメールサーバーを経由して送信してください。"
        ),
    }
}

pub(super) fn envelope_sender(envelope: EnvelopeSetup, name: &str, setup: &Setup, author: &str) -> String {
    let include = setup.spf.as_ref().map(|host| format!("include:{host}"));
    let target = setup.envelope_target.as_ref();
    let added = |include: Option<String>| {
        include.map(|include| format!("SPFレコードに {include} が必要です。")).unwrap_or_default()
    };
    match envelope {
        EnvelopeSetup::Author => match include {
            Some(include) => format!("{author} のSPFレコードに {include} を追加してください。"),
            None => format!("{author} のSPFレコードに、{name} が案内する送信サーバーを追加してください。"),
        },
        EnvelopeSetup::Cname => {
            let host = target.map_or_else(|| "表示される参照先".to_owned(), |target| format!(" {target} "));
            format!(
                "SPFも一致させるには、{name} のエンベロープFromを {author} のサブドメインにし、CNAMEレコードで{host}を指してください。"
            )
        }
        EnvelopeSetup::Mx => {
            let host = target.map_or_else(|| "表示されるホスト".to_owned(), |target| format!(" {target} "));
            format!(
                "SPFも一致させるには、{name} のエンベロープFromを {author} のサブドメインにし、MXレコードを{host}に向けてください。{}",
                added(include)
            )
        }
        EnvelopeSetup::Delegation => {
            "預けたサブドメインにより、エンベロープFromも差出人ドメインと一致します。".to_owned()
        }
        EnvelopeSetup::Setting => {
            format!(
                "SPFも一致させるには、{name} の設定でエンベロープFromを {author} のアドレスにしてください。{}",
                added(include)
            )
        }
        EnvelopeSetup::Application => {
            format!(
                "エンベロープFromを {author} にするには、{name} への申し込みまたは上位プランが必要です。{}",
                added(include)
            )
        }
        EnvelopeSetup::Service => {
            format!(
                "エンベロープFromは {name} のドメインのままになるため、SPFは {author} と一致しません。作成者署名だけが有効な対策です。"
            )
        }
    }
}
