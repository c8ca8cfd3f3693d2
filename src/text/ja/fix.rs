//! 変更する内容、変更の前に確認すること、その次の段階。

use super::{aggregate, fix_header, fix_logo, fix_records, sender};
use crate::auth::dmarc::Policy;
use crate::auth::spf::{MAX_LOOKUPS, Weighed, Worth};
use crate::check::Verdict;
use crate::fix::{DmarcStep, Fix, Kind, Outcome, Placeholder, SendingService, SpfStep, Withheld};
use crate::sender::services::Known;
use crate::text::fix::{FixText, is_long, once};

pub(in crate::text) fn fix(fix: &Fix) -> FixText {
    let FixText { title, steps, mut conditions } = match &fix.kind {
        Kind::Spf { domain, steps } => text(
            format!("{domain} のSPFレコード"),
            steps.iter().map(spf_step).collect(),
            steps.iter().filter_map(spf_condition).collect(),
        ),
        Kind::SpfLimit { domain, lookups, costs } => text(
            format!("{domain} のSPFレコード：DNS参照が{lookups}回（上限は10回）"),
            costs.iter().map(cost).collect(),
            vec![
                "このドメインで送信しなくなったサービスの記述を削除してください。利用を続けるサービスは、エンベロープFromに専用のサブドメインを割り当てると、そのサブドメインのレコードに分けられます。".to_owned(),
                "includeをIPアドレスに書き換える方法（フラット化）は提案しません。サービス側のIPアドレスは予告なく変わり、その日から合格しなくなるためです。".to_owned(),
            ],
        ),
        Kind::Dmarc { domain, steps, .. } => text(
            format!("{domain} のDMARCレコード"),
            steps.iter().map(dmarc_step).collect(),
            steps.iter().filter_map(dmarc_condition).collect(),
        ),
        Kind::DmarcReports { record_at, host } => text(
            format!("{record_at} のレポートを {host} で受け取る許可"),
            vec![format!("{host} がレポートの受け取りに同意していることを示します（RFC 9990 4節）。")],
            vec![format!("このレコードを公開できるのは {host} の管理者だけです。")],
        ),
        Kind::SpfWide { domain, term } => fix_records::spf_wide(domain, term),
        Kind::OwnSignature { author, service: Some(service), .. } => {
            fix_records::own_signature(author, *service, &fix.changes)
        }
        Kind::OwnSignature { author, service: None, signer, envelope } => {
            fix_records::signature_anywhere(author, signer.as_deref(), envelope.as_deref())
        }
        Kind::OwnEnvelope { author, envelope, service } => {
            fix_records::own_envelope(author, envelope, *service, &fix.changes)
        }
        Kind::DkimKey { domain, selector, cname, steps } => {
            fix_records::dkim_key(domain, selector, cname.as_deref(), steps)
        }
        Kind::Subdomain { author, service: None, .. } => fix_records::subdomain(author),
        Kind::Subdomain { author, service: Some(service), apart } => {
            fix_records::subdomain_for(author, *service, *apart, &fix.changes)
        }
        Kind::ReverseName { ip, step } => fix_records::reverse_name(*ip, step),
        Kind::OneClick { steps, unproved } => fix_header::one_click(steps, unproved.as_deref()),
        Kind::Bimi { domain, steps, policy, selector } => fix_logo::bimi(domain, steps, *policy, selector),
    };
    if let Some(target) = &fix.kept_at {
        let only = format!(
            "この名前はCNAMEで {target} を参照しており、レコードはそこにあります。参照先の管理者に依頼してください。"
        );
        return FixText { title, steps: vec![only], conditions: Vec::new() };
    }
    if is_long(fix.offer()) {
        conditions.push("値が255バイトを超えています。多くのDNS管理画面では自動で分割されます。ゾーンファイルでは、引用符で囲んだ複数の文字列に分けて記述してください。".to_owned());
    }
    // 変更できるのは事業者だけである。
    if fix.outcome == (Outcome::NotOffered { why: Withheld::ProviderDomain }) {
        return FixText { title, steps: Vec::new(), conditions: Vec::new() };
    }
    FixText { title, steps, conditions: once(conditions) }
}

const fn text(title: String, steps: Vec<String>, conditions: Vec<String>) -> FixText {
    FixText { title, steps, conditions }
}

fn cost(weighed: &Weighed) -> String {
    let Weighed { term, lookups, worth } = weighed;
    let remark = match worth {
        Worth::Used => "",
        Worth::Repeated => "（前の記述と重複しているため削除できます）",
        Worth::LeadsNowhere => "（参照先が存在しないため削除できます）",
        Worth::Unknown => "（DNSの応答がありません）",
    };
    format!("{term}：{lookups}回{remark}")
}

fn spf_step(step: &SpfStep) -> String {
    match step {
        SpfStep::New => "SPFレコードを新規に公開します。".to_owned(),
        SpfStep::Retype => "同じ内容をTXTレコードとして公開します（SPFタイプのレコードは参照されません）。".to_owned(),
        SpfStep::Merge { records } => format!("{records}つのレコードを1つにまとめ、元のレコードは削除します。"),
        SpfStep::AllowServer { ip, name } => {
            format!("{ip} を追加します。逆引き名 {name} がこのドメインにあり、正引きでも一致しています。")
        }
        SpfStep::AllowUnknown { ip, .. } => {
            format!("実際に送信するサーバーを追加します。{ip} が誰のサーバーかは、このメールからはわかりません。")
        }
        SpfStep::Begin => "表示のとおりに書き直します（SPFレコードは「v=spf1」と半角スペースで始まり、記述の間は半角スペースで区切る必要があります。現在の書き方では、SPFレコードとして扱われません。RFC 7208 4.5節）。".to_owned(),
        SpfStep::MoveAll { term, behind } => {
            format!("{term} を末尾に移動します（その後にある {behind} は効果がありません。RFC 7208 5.1節）。")
        }
        SpfStep::DropRedirect { term } => {
            format!("{term} を削除します（allと併記すると効果がありません。RFC 7208 6.1節）。")
        }
        SpfStep::DropLoop { term } => format!("{term} を削除します（レコードが自分自身を参照しています）。"),
        SpfStep::Mend { before, after } => format!("{before} を {after} に修正します。"),
        SpfStep::AllowService { service, known: _ } => {
            format!("このメールを送信した {} のサーバーを追加します。", sender::service_name(service.service))
        }
        SpfStep::MoveNetworks { name, networks } => {
            format!("{networks}件のネットワークを別のレコード（{name}）に移し、includeで参照します。")
        }
        SpfStep::DropRepeated { term } => format!("{term} を削除します（前の記述で同じサーバーが許可されています）。"),
        SpfStep::DropEmpty { term } => format!("{term} を削除します（参照先がDNSに存在しません）。"),
        SpfStep::DropPtr { term } => format!("{term} を削除します（使用は推奨されていません。RFC 7208 5.5節）。"),
        SpfStep::Soften { before: Some(before) } => format!("末尾の {before} を ~all に変更します。"),
        SpfStep::Soften { before: None } => "末尾に ~all を追加します。".to_owned(),
    }
}

fn spf_condition(step: &SpfStep) -> Option<String> {
    match step {
        SpfStep::New => Some("公開前：このドメインで送信するサーバーやサービスがほかにあれば、すべて追加してください。".to_owned()),
        SpfStep::AllowServer { ip, .. } => Some(format!("変更前：{ip} がこのドメインのメールを送信するサーバーであることを確認してください。")),
        SpfStep::AllowUnknown { ip, lookups } => Some(format!("{ip} が自社のサーバーであれば ip4: または ip6: で、サービスのサーバーであればそのサービスが案内している include: で記述します。心当たりがなければ、変更しないでください。{}", room(*lookups))),
        SpfStep::Begin => Some("変更すると、このレコードが有効になります。送信するサーバーやサービスがすべて記述されているか確認してください。".to_owned()),
        SpfStep::MoveAll { behind, .. } => Some(format!("変更前：{behind} が現在も必要か確認してください。変更すると有効になります。不要なものは削除してください。")),
        SpfStep::DropRedirect { .. } => Some("変更前：参照先のサーバーからも送信しているか確認してください。送信している場合は、redirect= ではなく include: とし、allより前に記述します。".to_owned()),
        SpfStep::Merge { .. } => Some("変更前：どのレコードも現在必要なものか確認してください。いずれかで許可されているサーバーは、すべて合格するようになります。末尾の指定が異なる場合は、緩やかなほうを採用しています。".to_owned()),
        SpfStep::Mend { .. } => Some("変更前：修正後の内容が本来の意図どおりか確認してください。".to_owned()),
        SpfStep::DropEmpty { term } => Some(format!("変更前：{term} につづりの誤りがないか確認してください。誤りであれば、削除せずに正しい名前に直します。")),
        SpfStep::DropPtr { .. } => Some("変更前：逆引き名で合格していたサーバーがほかにあれば、追加してください。".to_owned()),
        SpfStep::Soften { .. } => Some("変更前：送信するサーバーやサービスをすべて追加してください。変更後：DMARCレポートですべて合格していることを確認できたら、-all に進めます。".to_owned()),
        SpfStep::AllowService { service, known } => Some(allowed(*service, *known)),
        SpfStep::MoveNetworks { .. } => Some("先に新しいレコードを公開し、その後に元のレコードを変更してください。許可されるサーバーは変わりません。".to_owned()),
        SpfStep::Retype | SpfStep::DropRepeated { .. } | SpfStep::DropLoop { .. } => None,
    }
}

fn room(lookups: u32) -> String {
    match lookups {
        0 => String::new(),
        1..MAX_LOOKUPS => format!(
            "このレコードは、DNS参照の上限{MAX_LOOKUPS}回のうち{lookups}回を使っています。includeを追加すると1回以上増えます。"
        ),
        _ => "このレコードは、DNS参照の上限に達しています。IPアドレスは追加できますが、includeは追加できません。"
            .to_owned(),
    }
}

fn allowed(at: SendingService, known: Known) -> String {
    let name = sender::service_name(at.service);
    let likely = if at.is_proved {
        ""
    } else {
        "このサーバーが同サービスのものである可能性は高いものの、確認はできていません。"
    };
    let said = format!(
        "このドメインから実際に {name} で送信している場合に限ります。{name} の利用者は誰でも同じサーバーから送信でき、追加すると、そのすべてが合格するようになります。このメールに心当たりがなければ、なりすましの可能性があるため、変更しないでください。"
    );
    let value = match known {
        Known::Documented | Known::Seen => String::new(),
        Known::Reported => {
            "変更前：includeの値を管理画面の表示と照合してください（公式資料ではなく、第三者の情報に基づく値です）。"
                .to_owned()
        }
        Known::Hint => format!("includeの値は、{name} の管理画面に表示されます。"),
    };
    format!("{said}{value}{likely}")
}

fn dmarc_step(step: &DmarcStep) -> String {
    match step {
        DmarcStep::New => "DMARCレコードを新規に公開します（レポートの受け取りだけを求める内容です）。".to_owned(),
        DmarcStep::Merge { records } => format!("{records}つのレコードを1つにまとめ、元のレコードは削除します。"),
        DmarcStep::Version => "先頭を v=DMARC1 とし、直後をセミコロンで区切ります。".to_owned(),
        DmarcStep::Policy { before: Some(before) } => format!("読み取れない {before} を p=none に変更します。"),
        DmarcStep::Policy { before: None } => "欠けているポリシーを追加します（p=none）。".to_owned(),
        DmarcStep::StartAtNone { written } => format!(
            "p={} ではなく p=none から始めます。これまで無効だったレコードが有効になると、このメール、または転送されたこのメールに適用されるためです。",
            policy(*written)
        ),
        DmarcStep::WaitBelow { part } => format!(
            "{part} は、いったん外します。これまで無効だったレコードが有効になると、サブドメインのメールに適用されるためです。"
        ),
        DmarcStep::Mend { before, after } => format!("{before} を {after} に修正します。"),
        DmarcStep::Drop { part } => format!("{part} を削除します（効果がありません）。"),
        DmarcStep::Once { tag, kept, written } if written.len() < 2 => {
            format!("{tag} の記述を1つにまとめ、{tag}={kept} とします。")
        }
        DmarcStep::Once { tag, kept, written } => format!(
            "{tag} の記述を1つにまとめ、{tag}={kept} とします。現在は {} が併記されています。",
            written.join(" と ")
        ),
        DmarcStep::DropPercent { part } => format!("{part} を削除します（RFC 9989で廃止されました）。"),
        DmarcStep::TestForPercent { part } => {
            format!(
                "{part} を t=y に置き換えます。{part} はRFC 9989で廃止され、同じ意味（1段階緩い処理を求める）の t=y に変わりました。"
            )
        }
        DmarcStep::Counts { asks } => {
            format!("変更すると、このレコードが有効になり、{} を求めるようになります。", policy(*asks))
        }
        DmarcStep::AskReports => "レポートの送付先を追加します。".to_owned(),
        DmarcStep::Raise { tag, from, to } | DmarcStep::RaiseBelow { tag, from, to, .. } => {
            format!("{tag}={} を {tag}={} に変更します。", policy(*from), policy(*to))
        }
        DmarcStep::StaysBelow { tag, policy: stays } => {
            format!("{tag}={} は変更しません（サブドメインについては、別の段階で強化します）。", policy(*stays))
        }
        DmarcStep::EndTest { applied, published } => {
            format!("t=y を削除します（求める処理が {} から {} になります）。", policy(*applied), policy(*published))
        }
    }
}

fn dmarc_condition(step: &DmarcStep) -> Option<String> {
    match step {
        DmarcStep::AskReports => Some("変更後：数週間レポートを確認してください。ポリシーの強化は、その結果に基づいて進めます。別のドメインのアドレスで受け取る場合は、そのドメイン側の許可が必要です。".to_owned()),
        DmarcStep::New => Some("変更後：数週間レポートを確認し、正規のメールがすべて合格していたら p=quarantine に進めます。別のドメインのアドレスで受け取る場合は、そのドメイン側の許可が必要です。".to_owned()),
        DmarcStep::Raise { to, .. } | DmarcStep::EndTest { published: to, .. } => Some(raised(*to)),
        DmarcStep::RaiseBelow { tag, to, own, .. } => Some(raised_below(tag, *to, *own)),
        DmarcStep::StartAtNone { .. } => Some("変更後：正規のメールがすべて合格していることを確認できたら、段階的に強化できます。".to_owned()),
        DmarcStep::WaitBelow { part } => Some(format!("変更後：サブドメインの正規のメールがすべて合格していることを確認できたら、{part} を追加できます。")),
        DmarcStep::StaysBelow { tag, .. } => Some(format!("変更後：{tag} のほうが弱いという診断が表示されます。サブドメインの正規のメールも合格していることをレポートで確認できたら、強化できます。")),
        DmarcStep::Mend { .. } => Some("変更前：修正後の内容が本来の意図どおりか確認してください。".to_owned()),
        DmarcStep::Merge { .. } => Some("内容が異なる部分は、緩やかなほうを採用しています。どちらが本来の意図かは、管理者にしかわかりません。".to_owned()),
        DmarcStep::Once { tag, kept, written } if written.len() > 1 => Some(chosen(tag, kept, written)),
        DmarcStep::DropPercent { part } => Some(format!("変更前：数週間分のレポートで、正規のメールがすべて合格していることを確認してください。RFC 7489に従う受信側では、{part} がなくなると、すべてのメールにポリシーが適用されます。")),
        DmarcStep::TestForPercent { .. } => Some("RFC 7489に従う受信側は t=y を認識せず、ポリシーをそのまま適用します。試験運用が終わっている場合は、t=y を付けないでください。".to_owned()),
        DmarcStep::Counts { asks } => Some(format!("変更前：数週間分のレポートで、正規のメールがDKIM署名でもすべて合格していることを確認してください。確認できない場合や、レポートがまだない場合は、p={} ではなく p=none で公開してください。", policy(*asks))),
        DmarcStep::Version | DmarcStep::Policy { .. } | DmarcStep::Drop { .. } | DmarcStep::Once { .. } => None,
    }
}

fn chosen(tag: &str, kept: &str, written: &[String]) -> String {
    let why = match tag {
        "p" | "sp" | "np" | "adkim" | "aspf" | "t" => "最も緩やかな",
        _ => "最初に書かれている",
    };
    format!(
        "変更前：{tag} の値は {} のどれが本来の意図か、ドメインの管理者に確認してください。管理者以外にはわからないため、{why} {tag}={kept} を提案しています。",
        written.join("、")
    )
}

fn raised_below(tag: &str, to: Policy, own: Policy) -> String {
    let shown = if tag == "np" {
        "DNSに存在しないサブドメインから正規のメールが送られていないことを、数週間分のレポートで確認してください。送信に使う名前がある場合は、先にその名前のレコードを公開します。"
    } else {
        "サブドメインから送られる正規のメールが、SPFだけでなくDKIM署名でもすべて合格していることを、数週間分のレポートで確認してください。このメールは、その対象ではありません。"
    };
    format!("変更前：{shown}{}", if to < own { next(to) } else { "" })
}

fn raised(to: Policy) -> String {
    format!(
        "変更前：数週間分のレポートで、すべてのサービスや拠点、およびこのレコードが適用されるサブドメインから送る正規のメールが、DKIM署名で合格していることを確認してください（SPFだけの合格は、転送されると失われます）。このメールは合格していますが、ほかのメールについては1通からはわかりません。{}",
        next(to)
    )
}

const fn next(to: Policy) -> &'static str {
    match to {
        Policy::Quarantine => "変更後：同じように確認できたら reject に進めます。",
        Policy::None | Policy::Reject => "",
    }
}

const fn policy(policy: Policy) -> &'static str {
    match policy {
        Policy::None => "none",
        Policy::Quarantine => "quarantine",
        Policy::Reject => "reject",
    }
}

pub(in crate::text) const fn not_offered(why: Withheld) -> &'static str {
    match why {
        Withheld::OverLimit => "提案しません。この変更ではSPFのDNS参照が10回を超えます。",
        Withheld::NothingToSpare => {
            "変更後のレコードは提案しません。どの記述も、ほかでは許可されないサーバーを許可しており、不要かどうかは管理者にしかわかりません。"
        }
        Withheld::ProviderDomain => {
            "提案できるレコードはありません。このドメインで署名できるのは、メールボックスを提供している事業者だけです。自社ドメインの差出人アドレスを使うか、事業者のサーバーから送信してください。"
        }
        Withheld::ServiceCannot => {
            "提案できるレコードはありません。このサービスはサービス自身のドメインでしか署名しません。差出人ドメインで署名できるサーバーまたはサービスから送信してください。"
        }
        Withheld::NothingToMove => {
            "変更後のレコードは提案しません。長さの原因は、意味を変えずに別のレコードへ移せない記述です。送信しなくなったものを削除してください。"
        }
        Withheld::OwnerKnows => {
            "変更後のレコードは提案しません。この範囲のうち実際に送信するIPアドレスは、管理者にしかわかりません。"
        }
        Withheld::KeptElsewhere => {
            "変更後のレコードは提案しません。このレコードはCNAMEの参照先にあり、参照先の管理者にしか変更できません。"
        }
        Withheld::AddressUnsure => "変更後のレコードは提案しません。接続元のIPアドレスが確かではありません。",
        Withheld::NameTaken => "提案しません。追加先の名前には、すでに別のレコードがあります。",
        Withheld::WouldNotHelp => "提案しません。試算した結果、指摘が解消しませんでした。",
        Withheld::WouldBreak => "提案しません。試算した結果、現在合格しているこのメールが合格しなくなります。",
        Withheld::RefusesByName => {
            "変更後のレコードは提案しません。一方のレコードが明示的に拒否しているサーバーを、もう一方が許可している可能性があり、どちらが正しいかは管理者にしかわかりません。"
        }
        Withheld::StillBroken => "提案しません。試算した結果、変更後もSPFの結果はpermerrorのままです。",
        Withheld::PassProvesNothing => {
            "まだ提案できません。このメールはDMARCに合格していますが、正規のメールである裏付けになりません（SPFが誰でも合格する設定であるか、接続元のIPアドレスが確かでないため）。ポリシーを厳しくしても問題がないかどうかは、このメールからは判断できません。"
        }
        Withheld::SpfAlone => {
            "まだ提案できません。このメールがこのドメインのものであることを示すのはSPFだけです。転送されると合格しなくなり、ポリシーを強化すると対象になります。先に、このドメインのDKIM署名を付けてください。"
        }
        Withheld::SendsNothing => {
            "変更後のレコードは提案しません。SPFレコード（-all のみ）は、このドメインからメールを送信しないことを示しています。現在もそのとおりであれば、このメールはこのドメインのものではなく、変更は不要です。"
        }
        Withheld::PerMessage => {
            "変更後のレコードは提案しません。マクロを含む記述のため、参照先はメールごとに異なります。このメールで参照先がDNSに存在しなくても、不要な記述とは限りません。"
        }
        Withheld::FailsItself => {
            "まだ変更できません。このメール自体がDMARCに合格していないため、ポリシーを強化すると、このメールも対象になります。先にSPFまたはDKIMを整えてください。"
        }
    }
}

/// 提案できる変更がない理由。
pub(in crate::text) fn nothing(verdict: &Verdict) -> String {
    if let Verdict::AggregateReport { tally } = verdict
        && let Some(source) = &tally.largest
    {
        return aggregate::no_record(&source.name);
    }
    "ここにある情報だけから提案できるDNSの変更はありません。対応方法は、概要とその指摘に表示しています。".to_owned()
}

pub(in crate::text) fn placeholder(placeholder: &Placeholder) -> String {
    match placeholder {
        Placeholder::ReportAddress { domain } => format!("<レポートを受け取るアドレス（{domain} のものを推奨）>"),
        Placeholder::Servers => "<送信サーバーの ip4:… または include:…>".to_owned(),
        Placeholder::Include => "<サービスが案内する include:…>".to_owned(),
        Placeholder::Selector => "<セレクタ>".to_owned(),
        Placeholder::PublicKey => "<公開鍵>".to_owned(),
        Placeholder::Target => "<サービスが表示する参照先>".to_owned(),
        Placeholder::Shown { part } => format!("<{part}>"),
        Placeholder::Subdomain => "<サブドメイン>".to_owned(),
        Placeholder::HostName => "<メールサーバーの名前>".to_owned(),
        Placeholder::Logo => "<ロゴ（SVG Tiny PS）のhttpsのURL>".to_owned(),
        Placeholder::Certificate => "<証明書（VMCまたはCMC）のhttpsのURL>".to_owned(),
        Placeholder::UnsubscribePage { domain } => format!("https://（登録解除ページのURL。{domain} など）"),
        Placeholder::UnsubscribeAddress { domain } => format!("（{domain} の登録解除の受付アドレス）"),
    }
}
