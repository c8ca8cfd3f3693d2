//! サービス・鍵・IPアドレスごとの設定手順と、変更の前に確認すること。

use std::net::IpAddr;

use super::{dkim, sender};
use crate::fix::{Apart, Change, KeyStep, Placeholder, Replaced, ReverseStep, SendingService};
use crate::sender::services::{DkimSetup, EnvelopeSetup, Known, Setup};
use crate::text::fix::FixText;

const FILL_IN: &str = "< > の部分は、サービスの管理画面にだけ表示されます。表示どおりにコピーしてください。";

/// サブドメインは管理者が決める。
const FILL_IN_REST: &str =
    "サブドメイン以外の < > の部分は、サービスの管理画面に表示されます。表示どおりにコピーしてください。";

pub(super) fn own_signature(author: &str, at: SendingService, changes: &[Change]) -> FixText {
    let SendingService { service, is_proved } = at;
    let name = sender::service_name(service);
    let setup = service.setup.as_ref();
    let way = setup.and_then(|setup| setup.dkim);
    let mut steps: Vec<String> = match setup.zip(way) {
        Some((setup, way)) => vec![sender::signing(way, name, setup, author)],
        None => vec![format!(
            "{name} の管理画面で {author} の作成者署名（DKIM）を設定し、表示されるレコードを公開してください。"
        )],
    };
    let is_ready = way == Some(DkimSetup::Cname) && changes.is_empty();
    if is_ready {
        steps.push(format!("CNAMEレコードはすでにDNSにあります。残りは {name} で署名を有効にするだけです。"));
    } else if way != Some(DkimSetup::Impossible) {
        steps.push(format!(
            "{name} でレコードの確認を実行し、署名を有効にしてください。その後は d={author} の署名が付きます。"
        ));
    }
    let mut conditions = vec![only_if_yours(name, author)];
    if !is_proved {
        conditions.push(format!("{name} が送信した可能性は高いものの、確認はできていません。"));
    }
    conditions.extend(setup.and_then(reserve));
    if has_open_part(changes) {
        conditions.push(FILL_IN.to_owned());
    }
    if setup.is_some_and(|setup| setup.envelope == Some(EnvelopeSetup::Service)) {
        conditions.push(format!("エンベロープFromは {name} のドメインのままです。このメールでは {author} のSPFレコードが参照されないため、includeを追加しても結果は変わりません。"));
    }
    conditions.extend(setup.and_then(|setup| setup.page.as_ref()).map(|page| format!("サービスの案内：{page}")));
    FixText { title: format!("{name} での {author} の作成者署名（DKIM）"), steps, conditions }
}

fn only_if_yours(service: &str, author: &str) -> String {
    format!(
        "{author} が {service} から送信している場合に限ります。心当たりがなければ、なりすましの可能性があるため、変更しないでください。"
    )
}

pub(super) fn signature_anywhere(author: &str, signer: Option<&str>, envelope: Option<&str>) -> FixText {
    let at = match signer.or(envelope) {
        Some(other) => format!("このメールを送信しているシステム（{other}）"),
        None => "このメールを送信しているサーバーまたは配信サービス".to_owned(),
    };
    let mut conditions = vec![format!(
        "{author} から送信しているメールである場合に限ります。心当たりがなければ、なりすましの可能性があるため、変更しないでください。"
    )];
    if let Some(envelope) = envelope {
        conditions.push(format!("SPFが参照するのはエンベロープFromのドメイン（{envelope}）です。{author} のSPFレコードにincludeを追加しても、このメールの結果は変わりません。"));
    }
    conditions.push("鍵を自分で作成する場合は、RSAの2048ビットにしてください。".to_owned());
    FixText {
        title: format!("{author} の作成者署名（DKIM）"),
        steps: vec![
            format!("{at}で、d={author} のDKIM署名を有効にします。セレクタと公開鍵が表示されます。"),
            "表示されたとおりに公開します。公開鍵ではなくCNAMEレコードを指定するサービスもあります。その場合は、指定されたCNAMEレコードを公開してください。".to_owned(),
        ],
        conditions,
    }
}

pub(super) fn own_envelope(author: &str, envelope: &str, at: SendingService, changes: &[Change]) -> FixText {
    let SendingService { service, is_proved: _ } = at;
    let name = sender::service_name(service);
    let setup = service.setup.as_ref();
    let way = setup.and_then(|setup| Some(sender::envelope_sender(setup.envelope?, name, setup, author)));
    let mut steps: Vec<String> = way.into_iter().collect();
    if !changes.is_empty() {
        steps.push(format!("{author} のサブドメインのうち、ほかで使っていない名前（例：bounce.{author}）を決め、{name} に登録してください。"));
    }
    let mut conditions = vec![
        only_if_yours(name, author),
        format!(
            "{author} の作成者署名に加えて行う、もう1つの方法です。転送されると効果がなくなります（署名は転送後も有効です）。"
        ),
        format!(
            "SPFが参照するのはエンベロープFromのドメイン（現在は {envelope}）です。{author} のSPFレコードにincludeを追加しても、このメールの結果は変わりません。"
        ),
    ];
    conditions.extend(setup.and_then(reserve));
    if has_open_part(changes) {
        conditions.push(FILL_IN_REST.to_owned());
    }
    FixText { title: format!("{name} での {author} のエンベロープFrom"), steps, conditions }
}

fn reserve(setup: &Setup) -> Option<String> {
    match setup.known {
        Known::Documented | Known::Seen => None,
        Known::Reported => Some("この値はサービスの公式資料ではなく、第三者の情報に基づいています。公開する前に、管理画面の表示と一致するか確認してください。".to_owned()),
        Known::Hint => Some("設定方法はサービスの公式資料では確認していません。管理画面の表示に従ってください。".to_owned()),
    }
}

fn has_open_part(changes: &[Change]) -> bool {
    changes.iter().any(|change| !change.is_whole())
}

pub(super) fn dkim_key(domain: &str, selector: &str, cname: Option<&str>, steps: &[KeyStep]) -> FixText {
    let title = if *steps == [KeyStep::SignSha256] {
        format!("{domain} のDKIM署名アルゴリズム（セレクタ：{selector}）")
    } else {
        format!("{domain} のDKIM公開鍵（セレクタ：{selector}）")
    };
    if let Some(cname) = cname {
        return FixText {
            title,
            steps: vec![format!(
                "{selector}._domainkey.{domain} はCNAMEで {cname} を参照しています。参照先の管理者に、公開鍵の修正を依頼してください。"
            )],
            conditions: vec![
                "サービス側で参照先の名前が変わった場合は、新しいCNAMEレコードが管理画面に表示されます。".to_owned(),
            ],
        };
    }
    let conditions = steps.iter().flat_map(|step| key_conditions(step, domain)).collect();
    FixText { title, steps: steps.iter().map(key_step).collect(), conditions }
}

fn key_step(step: &KeyStep) -> String {
    match step {
        KeyStep::Publish => "署名サーバーの秘密鍵に対応する公開鍵を公開します。".to_owned(),
        KeyStep::Rewrite => {
            "署名サーバーの秘密鍵に対応する公開鍵で、レコードを書き直します。現在の内容は鍵として読み取れません。"
                .to_owned()
        }
        KeyStep::PublishProved => {
            "鍵ファイルのレコードを公開します。このレコードで、このメールの署名は有効になります。".to_owned()
        }
        KeyStep::Replace { why: Replaced::Revoked } => {
            "新しいセレクタで鍵ペアを作成します。現在の鍵は失効しています（p=が空です）。".to_owned()
        }
        KeyStep::Replace { why: Replaced::Short { bits } } => {
            format!("新しいセレクタで、RSAの2048ビットの鍵を作成します（現在は{bits}ビット）。")
        }
        KeyStep::Replace { why: Replaced::Long { bits } } => format!(
            "新しいセレクタで、RSAの2048ビットの鍵を作成します。現在の{bits}ビットは、受信側が対応を求められている長さを超えています。"
        ),
        KeyStep::SignSha256 => {
            "署名サーバーのアルゴリズムをrsa-sha256（a=rsa-sha256）に変更します。DNSの公開鍵はそのまま使えます。"
                .to_owned()
        }
        KeyStep::KeepOne { records } => format!(
            "{records}つのレコードのうち1つだけを残し、ほかは削除します。どれが使われるかは受信側によって異なります。"
        ),
        KeyStep::Unquote => "ゾーンファイルの書式の名残である引用符とバックスラッシュを削除します。".to_owned(),
        KeyStep::NotEd25519 { octets } => dkim::wrong_length(*octets),
        KeyStep::Unwrap => "p=からPEMファイルのBEGIN行とEND行を削除します。".to_owned(),
        KeyStep::Version => "先頭を v=DKIM1 とします。".to_owned(),
        KeyStep::Mend { before, after } => format!("{before} を {after} に修正します。"),
        KeyStep::Drop { part } => format!("{part} を削除します（効果がありません）。"),
        KeyStep::Add { part } => format!("{part} を追加します。"),
        KeyStep::Lift { part } => format!("この署名を認めない {part} を削除します。"),
        KeyStep::EndTest => "t=y（DKIMの試験運用中であることを示す指定）を削除します。".to_owned(),
    }
}

fn key_conditions(step: &KeyStep, domain: &str) -> Vec<String> {
    match step {
        KeyStep::Publish => vec![
            "古いメールであれば、鍵の交換にともなって削除された可能性があります。その場合、対応は不要です。".to_owned(),
            "秘密鍵が失われている場合は、新しいセレクタで鍵ペアを作成して公開し、署名を切り替えてください。以前の鍵は、切り替えから7日間はDNSに残します。".to_owned(),
        ],
        KeyStep::PublishProved => vec![format!("{domain} のサーバーが現在もこのセレクタで署名している場合に限ります。交換済みの古い鍵を公開し直す必要はありません。")],
        KeyStep::Replace { why } => {
            let keep = match why {
                Replaced::Short { .. } | Replaced::Long { .. } => "先に新しい鍵を公開し、その後に署名を切り替えてください。古い鍵は、配送待ちのメールのために、切り替えから7日以上たってから削除します。",
                Replaced::Revoked => "先に新しい鍵を公開し、その後に署名を切り替えてください。",
            };
            vec![keep.to_owned()]
        }
        KeyStep::Lift { .. } => vec!["変更前：この制限が意図したものでないこと、このサーバーがこのドメインで署名してよいことを確認してください。".to_owned()],
        KeyStep::EndTest => vec!["変更前：正規のメールが合格していることを、レポートで確認してください。".to_owned()],
        KeyStep::Rewrite
        | KeyStep::SignSha256
        | KeyStep::KeepOne { .. }
        | KeyStep::Unquote
        | KeyStep::NotEd25519 { .. }
        | KeyStep::Unwrap
        | KeyStep::Version
        | KeyStep::Mend { .. }
        | KeyStep::Drop { .. }
        | KeyStep::Add { .. } => Vec::new(),
    }
}

pub(super) fn reverse_name(ip: IpAddr, step: &ReverseStep) -> FixText {
    let provider = "このレコードを設定できるのは、IPアドレスを管理する事業者（サーバー会社や回線事業者）だけです。事業者に依頼するか、事業者の管理画面で設定してください。";
    let (said, conditions) = match step {
        ReverseStep::AsHelo { name } => (
            format!(
                "{ip} の逆引き名を {name} にします。サーバーがHELOで名乗っている名前で、正引きはすでに一致しています。"
            ),
            vec![provider.to_owned()],
        ),
        ReverseStep::Choose => (
            format!("メールサーバーの名前を決めて {ip} を指すようにし、同じ名前を逆引きに設定します。"),
            vec![provider.to_owned(), "HELOでも同じ名前を使ってください。".to_owned()],
        ),
        ReverseStep::Forward { name } => (
            format!("{name} が {ip} を指すようにします。逆引きにはすでにこの名前が設定されています。"),
            vec![format!(
                "変更前：{name} がこのサーバーの名前であることを確認してください。現在のアドレスは残ります。"
            )],
        ),
    };
    FixText { title: format!("{ip} の逆引き"), steps: vec![said], conditions }
}

pub(super) fn subdomain(author: &str) -> FixText {
    FixText {
        title: format!("一斉配信メール用の {author} のサブドメイン"),
        steps: vec![
            format!(
                "一斉配信メールと個別のメールのどちらかを、サブドメイン（例：news.{author}）から送信します。ヘッダFromとエンベロープFromの両方を変更します。"
            ),
            "サブドメインに、専用のSPFレコードとDKIM公開鍵を用意します。".to_owned(),
        ],
        conditions: vec![
            "変更前：両方の種類のメールを実際に同じドメインから送信しているか確認してください。1通からはわかりません。"
                .to_owned(),
            inherited(author),
        ],
    }
}

fn inherited(author: &str) -> String {
    format!(
        "サブドメインに専用のDMARCレコードがない場合は、{author} のレコードが求める処理（sp、なければ p）が適用されます。"
    )
}

pub(super) fn subdomain_for(author: &str, at: SendingService, apart: Apart, changes: &[Change]) -> FixText {
    let SendingService { service, is_proved } = at;
    let name = sender::service_name(service);
    let setup = service.setup.as_ref();
    let why = match apart {
        Apart::Streams => "変更前：一斉配信メールと個別のメールを実際に同じドメインから送信しているか確認してください。1通からはわかりません。".to_owned(),
        Apart::LookupLimit => format!("{author} のSPFレコードは、DNS参照の上限（10回）に余裕がありません。サブドメインでは、別に10回まで使えます。"),
    };
    let mut conditions = vec![only_if_yours(name, author), why];
    if !is_proved {
        conditions.push(format!("{name} が送信した可能性は高いものの、確認はできていません。"));
    }
    conditions.extend(setup.and_then(reserve));
    let is_open = |change: &Change| change.placeholders().any(|open| *open != Placeholder::Subdomain);
    if changes.iter().any(is_open) {
        conditions.push(FILL_IN_REST.to_owned());
    }
    conditions.push(inherited(author));
    match apart {
        Apart::Streams => {}
        Apart::LookupLimit => conditions.push(format!("変更後：{author} そのものから {name} で送信しなくなったら、{author} のSPFレコードに {name} のincludeがあれば削除してください。")),
    }
    let is_own_envelope = setup.is_some_and(|setup| setup.envelope == Some(EnvelopeSetup::Author));
    let addresses = if is_own_envelope {
        "差出人（ヘッダFrom）とエンベロープFrom"
    } else {
        "差出人（ヘッダFrom）"
    };
    FixText {
        title: format!("{name} 専用の {author} のサブドメイン"),
        steps: vec![
            format!(
                "{author} のサブドメインのうち、ほかで使っていない名前（例：news.{author}）を決め、送信ドメインとして {name} に登録します。"
            ),
            "レコードを公開します。公開する前に、サブドメイン用として管理画面に表示される値と照合してください。"
                .to_owned(),
            format!("その後、{name} から送るメールの{addresses}を、そのサブドメインにします。"),
        ],
        conditions,
    }
}

pub(super) fn spf_wide(domain: &str, term: &str) -> FixText {
    FixText {
        title: format!("{domain} のSPFレコード：{term}"),
        steps: vec![format!("{term} を、実際に送信するサーバーのIPアドレスに置き換えます。")],
        conditions: vec!["実際に送信しているIPアドレスはDMARC集約レポートで確認できます。確認できるまでは変更しないでください。範囲を狭めすぎると、正規のメールが合格しなくなります。".to_owned()],
    }
}
