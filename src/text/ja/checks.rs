//! 指摘の名前、このメールでの意味、対応方法。

#![expect(clippy::too_many_lines, reason = "one arm for each finding, so that the compiler asks for its words")]

use jiff::SignedDuration;

use super::causes;
use super::claims;
use super::dkim;
use super::second;
use super::{arc, terms};
use crate::auth::claimed::{Note, Why};
use crate::auth::dmarc::{DmarcResult, Fault, Policy, PolicyTag};
use crate::auth::domain::LocalName;
use crate::auth::lookalike::Lookalike;
use crate::check::{IdFault, Problem};
use crate::message::{HeaderByte, Kind, LeftOut};

pub(in crate::text) fn title(problem: &Problem) -> String {
    match problem {
        Problem::ArrivalNotEncrypted { .. } => "暗号化されずに受信側へ届いています".to_owned(),
        Problem::ArrivalTlsOld { version, .. } => format!("古い暗号化方式（{}）で届いています", version.name()),
        Problem::ClockSkew { hop, seconds } => {
            format!("ホップ{hop}の日時が、直前のホップより{}前になっています", span(-seconds))
        }
        Problem::HopDateFuture { hop, seconds, .. } => {
            format!("ホップ{hop}の日時が{}先の未来になっています", span(*seconds))
        }
        Problem::HopDateMissing { hop, written: true, .. } => format!("ホップ{hop}の日時を読み取れません"),
        Problem::HopDateMissing { hop, written: false, .. } => format!("ホップ{hop}に日時がありません"),
        Problem::HopGap { hop, by, .. } => {
            format!("ホップ{hop}に {by} とありますが、次のホップは別の組織から届いています")
        }
        Problem::HopLoop { from, to, times } => format!("{from} から {to} への中継が{times}回あります"),
        Problem::HopTlsWeak { hop, version: Some(version), .. } => {
            format!("ホップ{hop}の暗号化方式（{}）が古くなっています", version.name())
        }
        Problem::HopTlsWeak { hop, version: None, .. } => format!("ホップ{hop}は暗号化されていません"),
        Problem::ReceivedUnreadable { hop, hops: 1 } => format!("ホップ{hop}に読み取れない部分があります"),
        Problem::ReceivedUnreadable { hop, hops } => {
            format!("{hops}か所のホップに読み取れない部分があります（最初はホップ{hop}）")
        }
        Problem::SlowHop { hop, by: Some(by), seconds } => {
            format!("ホップ{hop}（{by}）で{}かかっています", span(*seconds))
        }
        Problem::SlowHop { hop, by: None, seconds } => format!("ホップ{hop}で{}かかっています", span(*seconds)),
        Problem::NoConnectingAddress => "接続元IPアドレスがヘッダに記録されていません".to_owned(),
        Problem::ConnectingAddressUnsure { ip, .. } => format!("{ip} が実際の接続元かどうかは確実ではありません"),
        Problem::ClaimForged { server, method } => format!("{server} の名前を騙った記録があります（{method}=pass）"),
        Problem::ClaimDiffers { checked, recorded, ours, .. } => {
            format!("{}の受信サーバーの記録は「{recorded}」、本ソフトの検証は「{ours}」です", claims::subject(*checked))
        }
        Problem::CompauthFailed { reason: Some(reason), .. } => {
            format!("Microsoftの複合認証に失敗しています（理由{reason}）")
        }
        Problem::CompauthFailed { reason: None, .. } => "Microsoftの複合認証に失敗しています".to_owned(),
        Problem::SpfMissing { domain, .. } => format!("{domain} にSPFレコードがありません"),
        Problem::SpfFail { domain, ip, .. } => {
            format!("SPFはfailです（{ip} は {domain} のメールの送信を許可されていません）")
        }
        Problem::SpfSoftfail { domain, ip, .. } => format!("SPFはsoftfailです（{ip} は {domain} の一覧にありません）"),
        Problem::SpfForwarded { domain, ip } => {
            format!("転送元 {ip} では {domain} のSPFが一致しません（転送では通常のことです）")
        }
        Problem::SpfLookupLimit { domain, .. } => format!("{domain} のSPFレコードはDNS参照が10回を超えています"),
        Problem::SpfVoidLimit { domain, .. } => format!("{domain} のSPFレコードに、存在しない名前の参照が多すぎます"),
        Problem::SpfBroken { domain, .. } => format!("{domain} のSPFレコードを評価できません"),
        Problem::SpfSeveralRecords { owner, .. } => format!("{owner} にSPFレコードが複数あります"),
        Problem::SpfIncludeMissing { owner, term, .. } => {
            format!("{owner} のSPFレコードの参照先に、SPFレコードがありません（{term}）")
        }
        Problem::SpfPassAll { owner, term, .. } => {
            format!("{owner} のSPFレコードは、すべてのサーバーを合格にします（{term}）")
        }
        Problem::SpfWideNetwork { owner, term, .. } => {
            format!("{owner} のSPFレコードは、非常に広いネットワークを合格にします（{term}）")
        }
        Problem::SpfNeutralAll { domain, ip: Some(ip), .. } => {
            format!("SPFはneutralです（{domain} のレコードは {ip} について何も示していません）")
        }
        Problem::SpfNeutralAll { domain, term: Some(term), ip: None } => {
            format!("{domain} のSPFレコードは、一覧にないサーバーについて何も示していません（{term}）")
        }
        Problem::SpfNeutralAll { domain, term: None, ip: None } => {
            format!("{domain} のSPFレコードは、一覧にないサーバーについて何も示していません（allなし）")
        }
        Problem::SpfPtr { owner, term } => format!("{owner} のSPFレコードでptrが使われています（{term}）"),
        Problem::SpfRecordLong { owner, bytes } => format!("{owner} のSPFレコードが長すぎます（{bytes}バイト）"),
        Problem::SpfDeprecatedType { domain, .. } => {
            format!("{domain} のSPFレコードは、廃止された種別（SPF、タイプ99）で公開されています")
        }
        Problem::SpfVoidReadingsDiffer { domain, questions, .. } => {
            format!("{domain} のSPFの空振りの参照を、{questions}回と数える受信側があります")
        }
        Problem::DkimMissing { .. } => "DKIM署名がありません".to_owned(),
        Problem::CopyRewritten { .. } => "保存したソフトによって作り直されたファイルとみられます".to_owned(),
        Problem::DkimBodyChanged { domain, selector, causes, .. } => causes::body_title(domain, selector, causes),
        Problem::DkimHeaderChanged { domain, selector, causes, .. } => causes::header_title(domain, selector, causes),
        Problem::DkimKeyMissing { domain, selector } => format!("{domain} の公開鍵 {selector} は現在のDNSにありません"),
        Problem::DkimKeyRevoked { domain, selector } => format!("{domain} の公開鍵 {selector} は失効しています"),
        Problem::DkimKeyBroken { domain, selector, .. } => format!("{domain} の公開鍵 {selector} を使用できません"),
        Problem::DkimKeyMismatch { domain, selector, .. } => {
            format!("{domain} の公開鍵 {selector} が署名と合っていません")
        }
        Problem::DkimKeyNotForEmail { domain, selector } => {
            format!("{domain} の公開鍵 {selector} はメール用ではありません")
        }
        Problem::DkimKeyStrictIdentity { domain, selector, .. } => {
            format!("{domain} の公開鍵 {selector} は、署名の i= を許可していません")
        }
        Problem::DkimKeySeveral { domain, selector, records } => {
            format!("{domain} の公開鍵 {selector} にTXTレコードが{records}個あります")
        }
        Problem::DkimKeyWeak { domain, selector, bits } => {
            format!("{domain} の公開鍵 {selector} は{bits}ビットです（推奨は2048ビット）")
        }
        Problem::DkimKeyLong { domain, selector, bits } => {
            format!("{domain} の公開鍵 {selector} が長すぎて確認できません（{bits}ビット）")
        }
        Problem::DkimKeyUntidy { domain, selector, .. } => {
            format!("{domain} の公開鍵 {selector} のレコードは、受信側によって読み取れない場合があります")
        }
        Problem::DkimTesting { domain, selector } => {
            format!("{domain} はDKIMをテスト中です（公開鍵 {selector} に t=y）")
        }
        Problem::DkimLengthBeyondBody { domain, .. } => format!("本文が、{domain} の署名の対象より短くなっています"),
        Problem::DkimFieldsUnsigned { fields, .. } => format!("{} が有効な署名の対象外です", fields.join("、")),
        Problem::DkimMany { signatures, .. } => format!("DKIM署名が{signatures}個あります"),
        Problem::DkimUnreadable { domain: Some(domain), .. } => format!("{domain} のDKIM署名を使用できません"),
        Problem::DkimUnreadable { domain: None, .. } => "読み取れないDKIM署名があります".to_owned(),
        Problem::DkimSha1 { domain, .. } => format!("{domain} の署名は、現在は認められないrsa-sha1です"),
        Problem::DkimKeyShort { domain, bits, .. } => format!("{domain} の公開鍵が短すぎます（{bits}ビット）"),
        Problem::DkimExpired { domain, .. } => format!("{domain} の署名は、受信時に有効期限が切れていました"),
        Problem::DkimPartialBody { domain, uncovered, .. } => {
            format!("{domain} の署名は、本文の{uncovered}バイトを対象にしていません")
        }
        Problem::DmarcUnaligned { author, .. } => {
            format!("DMARCに合格していません（合格したドメインに {author} が含まれていません）")
        }
        Problem::DmarcUnauthenticated { author, .. } => {
            format!("DMARCに合格していません（{author} のSPFもDKIMも合格していません）")
        }
        Problem::DmarcBroken { domain, .. } => format!("{domain} のDMARCレコードは有効と認められません"),
        Problem::DmarcDuplicateRecords { domain, records } => {
            format!("{domain} にDMARCレコードが{records}つあるため、どれも有効になりません")
        }
        Problem::DmarcPolicyUnusable { record_at, part: Some(part) } => {
            format!("{record_at} のDMARCレコードのポリシー（{part}）を読み取れません")
        }
        Problem::DmarcPolicyUnusable { record_at, part: None } => {
            format!("{record_at} のDMARCレコードにポリシー（p=）がありません")
        }
        Problem::DmarcTesting { record_at, .. } => format!("{record_at} はDMARCのポリシーをテスト中です（t=y）"),
        Problem::DmarcNoReports { record_at } => {
            format!("{record_at} のDMARCレコードは何も求めておらず、レポートの送り先もありません")
        }
        Problem::DmarcSpWeaker { record_at, tag, below, .. } => format!(
            "{record_at} のサブドメインは、{record_at} 自身より保護が弱くなっています（{}={}）",
            terms::policy_tag(*tag),
            terms::policy_word(*below)
        ),
        Problem::DmarcRejectOnSpfOnly { author } => {
            format!("{author} は拒否（reject）を求めていますが、このメールはSPFだけで合格しています")
        }
        Problem::DmarcPctRemoved { record_at, pct, .. } => {
            format!("{record_at} のDMARCレコードの pct={pct} は、現在は効果がありません")
        }
        Problem::DmarcTagIgnored { record_at, parts } => {
            format!("{record_at} のDMARCレコードに、効果のない部分があります（{}）", parts.join("; "))
        }
        Problem::DmarcUriBad { record_at, entries } => {
            format!("{record_at} のDMARCレポートは、{} へ送信できません", entries.join("、"))
        }
        Problem::DmarcReportUnauthorised { record_at, hosts } => {
            format!("{} は、{record_at} のDMARCレポートの受け取りを許可していません", hosts.join("、"))
        }
        Problem::AuthorDomainMissing { author } => format!("差出人ドメイン {author} はDNSに存在しません"),
        Problem::ArcBroken { at: Some(i), sealer: Some(sealer), .. } => {
            format!("ARCチェーンが i={i}（{sealer}）で無効になっています")
        }
        Problem::ArcBroken { at: Some(i), .. } => format!("ARCチェーンが i={i} で無効になっています"),
        Problem::ArcBroken { at: None, .. } => "ARCヘッダがチェーンになっていません".to_owned(),
        Problem::ArcSawPass { author, sealer, .. } => {
            format!("{sealer} は、受け取った時点で {author} のDMARCに合格していたと記録しています")
        }
        Problem::AuthorDomainNotPublic { author, .. } => {
            format!("差出人（From）の {author} は、インターネットで使えるドメインではありません")
        }
        Problem::AuthorDomainLookalike { author, kind: Lookalike::Mixed { shown, .. } } => {
            format!("差出人ドメインに異なる文字体系の文字が混在しています：{shown}（{author}）")
        }
        Problem::AuthorDomainLookalike { author, kind: Lookalike::Whole { shown, .. } } => {
            format!("差出人ドメインが、英字に見える別の文字で書かれています：{shown}（{author}）")
        }
        Problem::FromNameElsewhere { shown, own, via: true, .. } => {
            format!("差出人名は {shown} ですが、{own} が代わりに送信しています")
        }
        Problem::FromNameElsewhere { shown, own, is_address: true, .. } => {
            format!("差出人名にメールアドレス {shown} が表示されますが、実際の差出人は {own} です")
        }
        Problem::FromNameElsewhere { shown, own, .. } => {
            format!("差出人名に {shown} と表示されますが、実際の差出人は {own} です")
        }
        Problem::FromSeveralAuthors { authors, .. } => format!("差出人（From）が{authors}人います"),
        Problem::SenderElsewhere { sender, list: true, .. } => {
            format!("Senderはメーリングリストのドメイン {sender} です")
        }
        Problem::SenderElsewhere { sender, .. } => format!("送信者（Sender）が別のドメイン {sender} です"),
        Problem::FieldRepeated { fields } => {
            format!("1つしか書けないヘッダが複数あります（{}）", fields.join("、"))
        }
        Problem::DateMissing { written: true } => "日時（Date）を読み取れません".to_owned(),
        Problem::DateMissing { written: false } => "日時（Date）がありません".to_owned(),
        Problem::DateFar { seconds } if *seconds > 0 => {
            format!("日時（Date）が、受信した時刻より{}後です", span(*seconds))
        }
        Problem::DateFar { seconds } => format!("日時（Date）が、受信した時刻より{}前です", span(-seconds)),
        Problem::MessageIdUnfit { fault: IdFault::Missing, .. } => "Message-IDがありません".to_owned(),
        Problem::MessageIdUnfit { fault: IdFault::NoDomain, .. } => "Message-IDにドメインがありません".to_owned(),
        Problem::MessageIdUnfit { fault: IdFault::Local, host } => {
            format!("Message-IDの {} は、インターネットで使える名前ではありません", host.as_deref().unwrap_or_default())
        }
        Problem::HeaderBytesOdd { kind } => match kind {
            HeaderByte::Nul => "ヘッダにNULバイトがあります",
            HeaderByte::BareCarriageReturn => "ヘッダに、改行になっていない復帰（CR）があります",
            HeaderByte::NotUtf8 => "ヘッダに、エンコードされていない8ビットの文字があります",
            HeaderByte::Utf8 => "ヘッダに、エンコードされていないUTF-8の文字があります",
        }
        .to_owned(),
        Problem::LineTooLong { lines, octets } => {
            format!("1行が長すぎます（{lines}行、最初の行は{octets}バイト）")
        }
        Problem::ReplyToElsewhere { reply_to, .. } => format!("返信先（Reply-To）が別のドメイン {reply_to} です"),
        Problem::SeveralMessages { left_out: LeftOut::Further } => "複数のメールが入ったファイルです".to_owned(),
        Problem::SeveralMessages { left_out: LeftOut::Attached } => {
            "このメールには別のメールが添付されています".to_owned()
        }
        Problem::BodyNotKept { program: Kind::Emlx } => {
            "Appleのメールが、添付ファイルを除いて保存しています".to_owned()
        }
        Problem::BodyNotKept { .. } => "Outlookの .msg には送信時のままの本文がありません".to_owned(),
        Problem::DmarcMissing { author } => format!("{author} にDMARCレコードがありません"),
        Problem::DmarcPolicyNone { author, tag, .. } => format!("{author} のDMARCは監視のみです（{tag}）"),
        Problem::DmarcNoAuthor { domains } if domains.len() > 1 => {
            "差出人（From）に複数のドメインがあります".to_owned()
        }
        Problem::DmarcNoAuthor { .. } => "差出人（From）を1つに特定できません".to_owned(),
        Problem::DmarcReadingsDiffer { author, .. } => {
            format!("{author} のDMARCは、受信側によって判定が異なる場合があります")
        }
        Problem::SecondEngineDiffers { part, .. } => {
            format!("{}の判定が、別の検証エンジンと異なります", second::part(*part))
        }
        Problem::ReverseNameMissing { ip } => format!("{ip} に逆引き（PTR）がありません"),
        Problem::ReverseNameMismatch { ip, name } => format!("{ip} の逆引き {name} が、元のIPアドレスに戻りません"),
        Problem::DnsUnreachable { questions } => format!("DNSの問い合わせ{questions}件に応答がありません"),
        Problem::DnsNotAsked { questions } => format!("DNSの問い合わせ{questions}件を行っていません"),
        Problem::HeadersOnly => "ヘッダだけが入力されています".to_owned(),
        Problem::InputRepaired { repairs } => format!("入力に{repairs}か所の破損があり、補って読み取りました"),
    }
}

fn span(seconds: i64) -> String {
    terms::duration(SignedDuration::from_secs(seconds))
}

#[expect(clippy::too_many_lines, reason = "one sentence for each problem, and no wildcard arm")]
pub(in crate::text) fn meaning(problem: &Problem) -> String {
    match problem {
        Problem::ArrivalNotEncrypted { by, ip } => {
            let by = by.as_deref().unwrap_or("受信サーバー");
            let from = ip.map_or_else(String::new, |ip| format!("{ip} から"));
            format!("{by} は、{from}TLSを使わずに受け取ったと記録しています。これはこの区間についての、このサーバーの記録です。Gmailでは、このようなメールに赤い南京錠（開いた状態）が表示されます。")
        }
        Problem::ArrivalTlsOld { version, .. } => format!("{} は2021年に廃止されており、受信を拒否するサーバーもあります。", version.name()),
        Problem::ClockSkew { .. } => "どちらかのサーバーの時計がずれています。この前後の遅延は正確ではありませんが、ほかの判定には影響しません。".to_owned(),
        Problem::HopDateFuture { by, .. } => format!("{} の時計、またはお使いのパソコンの時計がずれています。この前後の遅延と、この日時を基準にした判定は正確ではありません。", by.as_deref().unwrap_or("このサーバー")),
        Problem::HopDateMissing { .. } => "このホップまでと、このホップからの所要時間はわかりません。ほかの判定には影響しません。".to_owned(),
        Problem::HopGap { by, client, .. } => format!("次のサーバーへ渡した接続元は {client} と名乗っています。{by} から受け取ったことは確認できません。正規のメールに見せるために、送信者がこのような行を書き加えることがあります。"),
        Problem::HopLoop { .. } => "2つのサーバーがメールを互いに渡しています。双方の転送設定が原因であることが多く、中継が数十回に達すると不達になります。".to_owned(),
        Problem::HopTlsWeak { version: Some(version), .. } => format!("{} は2021年に廃止されています。これはこの区間についての、このサーバーの記録です（受信側の入口の区間ではありません）。", version.name()),
        Problem::HopTlsWeak { version: None, .. } => "このサーバーは、TLSを使わずに受け取ったと記録しています。これはこの区間についての記録です（受信側の入口の区間ではありません）。".to_owned(),
        Problem::ReceivedUnreadable { .. } => "既知のReceivedヘッダの書式に合わない語句があります。この部分の内容は判定に使用していません。".to_owned(),
        Problem::SlowHop { .. } => "このサーバーが受け取るまでに時間がかかっています。送信待ち、グレーリスティング、または一時的に接続できなかったことが考えられます。".to_owned(),
        Problem::NoConnectingAddress => "SPFと逆引きの確認には、受信側へ接続してきたIPアドレスが必要です。手動で指定できます。".to_owned(),
        Problem::ConnectingAddressUnsure { ip, hop, .. } => format!("より新しいホップ{hop}には、グローバルIPアドレスの記載がありません。受信側の入口がそこであれば、それより下の記載は {ip} も含めて送信者の申告にすぎず、SPFの結果も同様です。"),
        Problem::ClaimForged { server, .. } => format!("受信側のサーバー {server} の名前が付いていますが、送信者も書き込める位置にあるか、メールにない内容を合格としています。判定には使っていません。"),
        Problem::ClaimDiffers { why, .. } => format!("{}本ソフトの判定は、記録ではなく検証結果に基づいています。", claims::why(*why)),
        Problem::CompauthFailed { meaning, .. } => claims::compauth(*meaning),
        Problem::SpfMissing { domain, .. } => format!("どのサーバーが {domain} のメールを送るのか、受信側では確認できません。"),
        Problem::SpfFail { domain, .. } => format!("{domain} のSPFレコードは、一覧にないサーバーからのメールを拒否するよう求めています（-all）。差出人を書き換えない転送でも同じ結果になります。"),
        Problem::SpfSoftfail { domain, .. } => format!("{domain} のSPFレコードは、一覧にないサーバーからのメールに注意するよう求めています（~all）。DMARCでは合格になりません。"),
        Problem::SpfForwarded { domain, .. } => format!("転送サーバーは {domain} の送信サーバーではないため、SPFは一致しません。転送されたメールではDKIMで確認します。"),
        Problem::SpfLookupLimit { domain, owner } if domain == owner => format!("受信側は10回で参照を打ち切り、permerrorとします。10回目より後に書かれたサーバーは、{domain} のSPFに合格できません。"),
        Problem::SpfLookupLimit { domain, owner } => format!("受信側は10回で参照を打ち切り、permerrorとします。{domain} が include している {owner} のレコードで上限を超えています。"),
        Problem::SpfVoidLimit { owner, term: Some(term), .. } => format!("応答のない参照が2回を超えています。最後の原因は {owner} のレコードの {term} です。permerrorとする受信側があります。"),
        Problem::SpfVoidLimit { owner, term: None, .. } => format!("{owner} のレコードによる応答のない参照が2回を超えています。permerrorとする受信側があります。"),
        Problem::SpfBroken { owner, term: Some(term), .. } => format!("{owner} のレコードの {term} を評価できないため、受信側はpermerrorとし、どのサーバーもSPFに合格できません。"),
        Problem::SpfBroken { owner, term: None, .. } => format!("{owner} のレコードを評価できないため、受信側はpermerrorとし、どのサーバーもSPFに合格できません。"),
        Problem::SpfSeveralRecords { domain, owner } if domain == owner => "受信側はどれか1つを選ぶことができず、permerrorとします。どのサーバーもSPFに合格できません。".to_owned(),
        Problem::SpfSeveralRecords { domain, owner } => format!("{domain} のレコードが参照している {owner} にレコードが複数あるため、受信側はpermerrorとします。"),
        Problem::SpfIncludeMissing { .. } => "受信側はここでpermerrorとします。SPFに合格できるのは、この記述より前に書かれたサーバーだけです。".to_owned(),
        Problem::SpfPassAll { domain, .. } => format!("誰が送っても {domain} のSPFに合格するため、合格しても何の証明にもなりません。それでもDMARCでは合格として扱われます。"),
        Problem::SpfWideNetwork { domain, .. } => format!("100万個以上のIPアドレスが {domain} のSPFに合格します。その中のどこから送られたメールも合格し、DMARCでも合格として扱われます。"),
        Problem::SpfNeutralAll { term: Some(term), ip: Some(ip), .. } => format!("{ip} は一覧になく、{term} のため、一覧にないサーバーの扱いが示されていません。合格にはなりません。"),
        Problem::SpfNeutralAll { term: None, ip: Some(ip), .. } => format!("{ip} は一覧になく、レコードの最後に all がないため、一覧にないサーバーの扱いが示されていません。合格にはなりません。"),
        Problem::SpfNeutralAll { ip: None, .. } => "一覧にないサーバーはneutralになり、レコードがないときと同じ扱いになります。なりすましメールも同様です。".to_owned(),
        Problem::SpfPtr { .. } => "ptrは処理が遅く、逆引きの障害の影響を受けるため、公開しないことになっています。現在の判定に問題はありません。".to_owned(),
        Problem::SpfRecordLong { .. } => "名前とレコードを合わせて450バイトを超えているため、応答が512バイトのDNSパケットに収まらない可能性があります。大きな応答を遮断する環境では、レコードを取得できません。".to_owned(),
        Problem::SpfDeprecatedType { domain, .. } => format!("受信側は2014年からTXTレコードだけを参照します。受信側から見ると、{domain} にはSPFレコードがありません。"),
        Problem::SpfVoidReadingsDiffer { terms, questions, .. } => format!("RFC 7208は、空振りの参照を含む記述を2個までとしています（ここでは{terms}個）。問い合わせの数で数える受信側では{questions}回となり、permerrorになる可能性があります。接続と同じ種類（IPv4またはIPv6）のアドレスがMXホストにない場合などに起こります。"),
        Problem::DkimMissing { .. } => "送信元を確認できるのはSPFだけになり、転送されると確認できなくなります。GmailやYahooは大量送信者にDKIMを求めています。".to_owned(),
        Problem::CopyRewritten { by } => format!("{}作り直されたファイルでは署名が一致しないため、メールが本物かどうかはこのファイルからは判断できません。作り直したとみられるソフト：{}。", causes::saved_mark(*by), causes::saved_by(*by)),
        Problem::DkimBodyChanged { by, causes, .. } => causes::body_meaning(*by, causes),
        Problem::DkimHeaderChanged { domain, by, causes, .. } => causes::header_meaning(domain, *by, causes),
        Problem::DkimKeyMissing { .. } => "公開鍵がないため、現在は署名を確認できません。鍵は定期的に交換されるため、受信時には有効だった可能性があります。".to_owned(),
        Problem::DkimKeyRevoked { .. } => "鍵の所有者が鍵を取り消しています（p= が空）。この鍵による署名は、現在は認められません。".to_owned(),
        Problem::DkimKeyBroken { fault, .. } => dkim::key_fault(*fault).to_owned(),
        Problem::DkimKeyMismatch { algorithm, limit, .. } => dkim::key_limit(*limit, algorithm),
        Problem::DkimKeyNotForEmail { .. } => "レコードで鍵の用途がメール以外に限定されているため（s=）、受信側ではこの署名が認められません。".to_owned(),
        Problem::DkimKeyStrictIdentity { domain, identity, .. } => format!("レコードに t=s があるため、i= に使えるのは {domain} 自身だけですが、署名の i= は {identity} です。受信側ではこの署名が認められません。"),
        Problem::DkimKeySeveral { .. } => "受信側がどのレコードを使うかは決まっていません。最初に得たものを使う受信側もあるため、同じ署名が合格したりしなかったりします。".to_owned(),
        Problem::DkimKeyWeak { .. } => "署名は有効です。1024ビットの鍵は今のところ受け付けられますが、費用をかければ破られるおそれがあります。".to_owned(),
        Problem::DkimKeyLong { .. } => "受信側が対応する必要があるのは4096ビットまでです。それより長い鍵の署名は、署名なしとして扱われる場合があります。".to_owned(),
        Problem::DkimKeyUntidy { lints, .. } => {
            let odd: Vec<&str> = lints.iter().map(|kind| dkim::lint(*kind)).collect();
            format!("この鍵は読み取れましたが、次の点に注意が必要です：{}。", odd.join("、"))
        }
        Problem::DkimTesting { .. } => "規格では、署名が有効かどうかにかかわらず、署名のないメールと同じように扱われます。実際には署名を認める受信側が多くあります。".to_owned(),
        Problem::DkimUnreadable { fault, tag, .. } => dkim::field_fault(*fault, tag.as_deref()),
        Problem::DkimLengthBeyondBody { length, body, .. } => format!("署名の対象は{length}バイト（l=）ですが、本文は{body}バイトしかありません。署名後に、経路の途中または保存時に末尾が失われています。"),
        Problem::DkimFieldsUnsigned { fields, .. } if fields.contains(&"Subject") => "途中で書き換えたり追加したりしても、署名は有効なままになります。".to_owned(),
        Problem::DkimFieldsUnsigned { .. } => "ワンクリック登録解除は、1つの有効な署名が両方のヘッダを対象にしている場合にだけ表示されます。".to_owned(),
        Problem::DkimMany { signatures, judged } => format!("通常のメールではこれほど多くの署名は付きません。指摘は{signatures}個のうち{judged}個（差出人ドメインの署名、有効な署名、上にある署名の順）についてのものです。"),
        Problem::DkimSha1 { .. } => "rsa-sha1は2018年から使用が禁止されており、受信側では署名がないものとして扱われます。".to_owned(),
        Problem::DkimKeyShort { .. } => "1024ビット未満の鍵は認められません。2048ビットが推奨されています。".to_owned(),
        Problem::DkimExpired { .. } => "署名に書かれた有効期限（x=）が、受信時には過ぎていました。".to_owned(),
        Problem::DkimPartialBody { .. } => "l= タグがあるため、署名を壊さずに本文の末尾へ文章を追加できてしまいます。".to_owned(),
        Problem::DmarcUnaligned { author, passed, policy } => format!("合格したドメイン: {}。いずれも {author} と同じ組織のドメインではないため、DMARCでは合格になりません。{}", passed.join("、"), policy_sentence(author, *policy)),
        Problem::DmarcUnauthenticated { author, policy, .. } => format!("{author} から送られたことを示すものがありません。{}", policy_sentence(author, *policy)),
        Problem::DmarcBroken { fault, text, .. } => fault_sentence(*fault, text),
        Problem::DmarcDuplicateRecords { domain, .. } => format!("同じ名前に複数のDMARCレコードがある場合、受信側はすべて無視します。_dmarc.{domain} にレコードがないのと同じ状態です。"),
        Problem::DmarcPolicyUnusable { part: Some(part), .. } => format!("{part} は none、quarantine、reject のいずれでもありません。この場合、ほかのタグにかかわらず p=none として扱われ、レポートだけを求めることになります。"),
        Problem::DmarcPolicyUnusable { part: None, .. } => "p= がないため p=none として扱われ、レポートだけを求めることになります。古い方式の受信側では、レコードが無視される場合もあります。".to_owned(),
        Problem::DmarcTesting { published, applied, .. } => format!("レコードは {} ですが、t=y により1段階弱い {} の扱いを求めています。RFC 7489に従う受信側はこのタグを知らないため、{} として扱います。", terms::policy_word(*published), terms::policy_word(*applied), terms::policy_word(*published)),
        Problem::DmarcNoReports { record_at } => format!("p=none でレポートの送り先（rua=）もないレコードは、大量送信者に求められる「レコードの公開」は満たしますが、{record_at} は保護されず、誰が {record_at} を名乗って送っているかを管理者が知ることもできません。"),
        Problem::DmarcSpWeaker { record_at, own, tag, below } => {
            let whom = if *tag == PolicyTag::Np { "存在しないサブドメイン" } else { "サブドメイン" };
            format!("{record_at} 自身には {}、{whom}には {} を求めています。{record_at} の下の名前をかたるなりすましは、より緩やかに扱われます。", terms::policy_word(*own), terms::policy_word(*below))
        }
        Problem::DmarcRejectOnSpfOnly { author } => format!("拒否（reject）を求めるドメインは、SPFだけに頼らず、必ずDKIM署名を付けることになっています。{author} の署名がないため、転送されるとDMARCに合格しなくなります。"),
        Problem::DmarcPctRemoved { pct, policy, .. } => format!("pctはRFC 9989で廃止されました。合格しないメールの{pct}%ではなく、すべてに {} を求めることになります。古い方式の受信側では、まだ使われている場合があります。", terms::policy_word(*policy)),
        Problem::DmarcTagIgnored { .. } => "受信側は、知らないタグを無視し、決められた値でない場合は既定値を使います。".to_owned(),
        Problem::DmarcUriBad { .. } => "送り先はURIで書く必要があり、対応が義務づけられているのは mailto: だけです。それ以外は無視されるため、レポートは届きません。このメールの判定には影響しません。".to_owned(),
        Problem::DmarcReportUnauthorised { .. } => "ほかの組織へレポートを送れるのは、その組織がDNSで許可を公開している場合だけです。許可がないため、レポートは送信されません。このメールの判定には影響しません。".to_owned(),
        Problem::AuthorDomainMissing { author } => format!("{author} という名前はDNSに登録されていないため（NXDOMAIN）、このドメインからメールを送ることも、このドメインで受け取ることもできません。"),
        Problem::ArcBroken { reason, next, .. } => {
            let next = next.as_ref().map_or_else(String::new, |next| format!("{next} による変更と考えられます。"));
            format!("理由：{}。{next}受信側ではARCチェーンがないものとして扱われます。DMARCの判定には影響しません。", arc::reason(*reason))
        }
        Problem::ArcSawPass { sealer, changed_by, .. } => {
            let by = changed_by.as_ref().map_or_else(String::new, |by| format!("（{by} による変更と考えられます）"));
            format!("ARCチェーンは有効なので、{sealer} がこの結果を記録したことは確かです（i=1）。その後、メールが転送または変更されています{by}。{sealer} を信頼できる場合にだけ意味のある記録で、DMARCの判定は変わりません。")
        }
        Problem::AuthorDomainNotPublic { kind: LocalName::SingleLabel, author } => format!("{author} は、社内や家庭内のネットワークで使うコンピューター名のような1語の名前です。このアドレスには返信できず、SPF・DKIM・DMARCのいずれでも確認できません。"),
        Problem::AuthorDomainNotPublic { kind: LocalName::Reserved, author } => format!("{author} は、ネットワークの内部だけで使うために予約された名前です。外部からは返信できず、SPF・DKIM・DMARCのいずれでも確認できません。"),
        Problem::AuthorDomainLookalike { kind: Lookalike::Mixed { one, other, .. }, .. } => format!("ドメインの1つの区切りの中に、{}と{}が混在しています。形の似た文字があり、ほかのドメインに見せかける手口として知られています。", terms::script(*one), terms::script(*other)),
        Problem::AuthorDomainLookalike { kind: Lookalike::Whole { script, seems, .. }, .. } => format!("ドメインの1つの区切りがすべて{}で、どの文字も英字と形が似ているため、{seems} と見分けがつきません。正規の単語である可能性もあります。", terms::script(*script)),
        Problem::FromNameElsewhere { via: true, .. } => "メーリングリストや配信サービスが、ほかの人の書いたメールを代わりに送るときの書き方です。SPF・DKIM・DMARCで確認できるのは実際のアドレスのドメインだけで、表示されている人が本人かどうかは確認できません。".to_owned(),
        Problem::FromNameElsewhere { own, is_address: true, .. } => format!("差出人名だけを表示するメールソフトが多く、実際のドメイン {own} は利用者の目に入りません。SPF・DKIM・DMARCは差出人名を確認しません。"),
        Problem::FromNameElsewhere { own, .. } => format!("差出人名だけを表示するメールソフトが多く、実際のドメイン {own} は利用者の目に入りません。複数のドメインを使う企業の正規のメールにもあります。"),
        Problem::FromSeveralAuthors { author, has_sender: true, .. } => format!("すべて {author} のアドレスです。実際の送信者はSenderに書かれています。差出人が複数のメールを拒否する受信側もあります。"),
        Problem::FromSeveralAuthors { author, has_sender: false, .. } => format!("すべて {author} のアドレスです。差出人が複数の場合は、実際の送信者を示すSenderが必要ですが、ありません。拒否する受信側もあります。"),
        Problem::SenderElsewhere { author, list: true, .. } => format!("メーリングリストが配信者を示すときの書き方です。DMARCで確認するのは、差出人（From）のドメイン {author} だけです。"),
        Problem::SenderElsewhere { author, sender, proved: true, .. } => format!("{sender} が送信に関わったことは、SPFまたはDKIMで確認できました。「{author} の代理 {sender}」のように表示するメールソフトもあります。DMARCで確認するのは、差出人（From）のドメインだけです。"),
        Problem::SenderElsewhere { author, sender, .. } => format!("{sender} が送信に関わったことを示すものはありません。「{author} の代理 {sender}」のように表示するメールソフトもあります。DMARCで確認するのは、差出人（From）のドメインだけです。"),
        Problem::FieldRepeated { .. } => "どれを表示するかはメールソフトやフィルタによって異なるため、検証や署名の対象とは別の内容が表示される可能性があります。".to_owned(),
        Problem::DateMissing { .. } => "すべてのメールに必要なヘッダです。メールソフトでは受信時刻の順や一覧の末尾に表示され、迷惑メールの特徴とみなすフィルタもあります。".to_owned(),
        Problem::DateFar { .. } => "送信者の時計のずれ、送信までの待機、または以前のメールの再送が考えられます。メールソフトの一覧では、離れた場所に表示される可能性があります。".to_owned(),
        Problem::MessageIdUnfit { fault: IdFault::Missing, .. } => "返信と元のメールを結び付けられず、ログでの検索も難しくなります。Gmailなど、Message-IDのないメールを拒否する受信側もあります。".to_owned(),
        Problem::MessageIdUnfit { .. } => "Message-IDは世界で1つだけの値にするため、自分のドメインを付けることになっています。迷惑メールの特徴とみなすフィルタもあります。".to_owned(),
        Problem::HeaderBytesOdd { kind: HeaderByte::Nul | HeaderByte::BareCarriageReturn } => "メールに含めてはいけないバイトです。サーバーによって、削除、拒否、または行の読み方の違いが生じ、署名が一致しなくなることがあります。".to_owned(),
        Problem::HeaderBytesOdd { kind: HeaderByte::NotUtf8 } => "どの文字を表すかが決まっていないため、文字コードを推測して読み取りました。ほかのソフトでは違う文字に見える可能性があります。".to_owned(),
        Problem::HeaderBytesOdd { kind: HeaderByte::Utf8 } => "SMTPUTF8に対応したサーバーにだけ送ることができるヘッダですが、どのホップにもその記録がありません。途中のサーバーで書き換えられて署名が一致しなくなったり、拒否されたりすることがあります。".to_owned(),
        Problem::LineTooLong { .. } => "1行の上限は998バイトです。途中のサーバーで行が分割されてDKIM署名が一致しなくなったり、拒否されたりすることがあります。".to_owned(),
        Problem::ReplyToElsewhere { author, reply_to } => format!("返信すると、{author} ではなく {reply_to} に届きます。配信サービスや問い合わせ窓口でもよくありますが、なりすましにも使われます。"),
        Problem::SeveralMessages { left_out: LeftOut::Further } => "この結果は最初の1通のものです。残りのメールは判定していません。".to_owned(),
        Problem::SeveralMessages { left_out: LeftOut::Attached } => "この結果は、最後に送られた外側のメール（お客様からの転送など）のものです。添付されたメールは判定していません。".to_owned(),
        Problem::BodyNotKept { program: Kind::Emlx } => "拡張子 .partial.emlx のファイルには本文の一部がないため、DKIM署名を本文と照合できません。メール自体の問題ではありません。".to_owned(),
        Problem::BodyNotKept { .. } => "Outlookはヘッダを受信時のまま残しますが、本文は作り直して保存します。そのためDKIM署名を本文と照合できません。メール自体の問題ではありません。".to_owned(),
        Problem::DmarcMissing { author } => format!("{author} がなりすまし対策をどう行っているか、受信側に示されていません。Gmail、Yahoo、Microsoftは大量送信者にDMARCレコードを求めています。"),
        Problem::DmarcPolicyNone { record_at, .. } => format!("{record_at} のレコードはレポートだけを求めています。なりすましメールも通常のメールと同じように扱われます。"),
        Problem::DmarcNoAuthor { domains } if domains.is_empty() => "DMARCには、差出人（From）のドメインが1つだけ必要ですが、確認できるドメインがありません。".to_owned(),
        Problem::DmarcNoAuthor { .. } => "DMARCには、差出人（From）のドメインが1つだけ必要です。複数ある場合は、攻撃の手口として知られています。".to_owned(),
        Problem::DmarcReadingsDiffer { result, policy, older_result, older_policy, .. } => format!("RFC 9989ではDNSを上位へたどって組織ドメインを決め、結果は「{}」です。Public Suffix List（RFC 7489）を使う受信側も多く、その場合は「{}」になります。", reading(*result, *policy), reading(*older_result, *older_policy)),
        Problem::SecondEngineDiffers { ours, theirs, .. } => format!("同じDNSの回答に対して、本ソフトは{}、mail-authは{}と判定しました。理由は特定できていないため、受信側でも判定が分かれる可能性があります。", second::verdict(*ours), second::verdict(*theirs)),
        Problem::ReverseNameMissing { .. } => "Gmailやドコモなどは、逆引き（PTR）のないサーバーからのメールを拒否または警戒します。".to_owned(),
        Problem::ReverseNameMismatch { .. } => "逆引きの名前から元のIPアドレスに戻れないため、大手の受信側では信頼されません。".to_owned(),
        Problem::DnsUnreachable { .. } => "この問い合わせに関わる判定は、合格とも不合格とも言えません。".to_owned(),
        Problem::DnsNotAsked { .. } => "オフライン、または応答が記録されていないスナップショットでの実行です。関係する判定はできていません。".to_owned(),
        Problem::HeadersOnly => "ヘッダの署名は確認できますが、本文が変更されたかどうかは確認できません。".to_owned(),
        Problem::InputRepaired { .. } => "補った箇所はすべて一覧に表示します。元のファイルは変更していません。".to_owned(),
    }
}

pub(in crate::text) fn remedy(problem: &Problem) -> String {
    match problem {
        Problem::ArrivalNotEncrypted { .. } => "送信サーバーで、送信時のTLS（STARTTLS）を有効にしてください。".to_owned(),
        Problem::ArrivalTlsOld { .. } => "送信サーバーでTLS 1.2と1.3を有効にしてください。".to_owned(),
        Problem::ClockSkew { .. } => "このメールへの対応は不要です。サーバーの管理者が時刻同期（NTP）を行うと解消します。".to_owned(),
        Problem::HopDateFuture { .. } => "まず、お使いのパソコンの時計を確認してください。サーバーの時計は、管理者が時刻同期（NTP）を行うと解消します。".to_owned(),
        Problem::HopDateMissing { .. } | Problem::ReceivedUnreadable { .. } => "対応は不要です。原文は「経路」で確認できます。".to_owned(),
        Problem::HopGap { .. } => "これより古い経路の記録を、送信元の根拠にしないでください。".to_owned(),
        Problem::HopLoop { from, to, .. } => format!("{from} と {to} の転送設定を確認し、どちらかを解除してください。"),
        Problem::HopTlsWeak { .. } => "受信側での対応は不要です。このサーバーの管理者がTLS 1.2以降を必須にすると解消します。".to_owned(),
        Problem::SlowHop { .. } => "頻繁に起きる場合は、このサーバーと直前のサーバーの管理者に、この時刻のログの確認を依頼してください。".to_owned(),
        Problem::NoConnectingAddress => "別のホップを受信側の入口に指定するか、IPアドレスを指定（--ip）してください。".to_owned(),
        Problem::SpfMissing { domain, suspect: true } | Problem::SpfDeprecatedType { domain, suspect: true } | Problem::SpfFail { domain, suspect: true, .. } | Problem::SpfSoftfail { domain, suspect: true, .. } | Problem::DmarcUnauthenticated { author: domain, suspect: true, .. } => format!("内容の指示に従わないでください。送信したサーバーが正規のものかどうか判断できるのは {domain} の管理者だけです。"),
        Problem::ConnectingAddressUnsure { hop, boundary, .. } => format!("ホップ{boundary}を記録したサーバーが自社のものでなければ、ホップ{hop}を受信側の入口に指定するか、接続元IPアドレスを指定してください（--ip）。"),
        Problem::ClaimForged { .. } => "この記録は参考にしないでください。受信サーバーの管理者は、自分の名前が付いた外部からのAuthentication-Resultsを削除する設定にできます。".to_owned(),
        Problem::ClaimDiffers { why: Why::OtherAddress { theirs }, .. } => format!("{theirs} が実際の接続元であれば、そのホップを受信側の入口に指定するか、接続元IPアドレスを指定してください（--ip）。"),
        Problem::ClaimDiffers { .. } => "対応は不要です。受信時の状況は受信サーバーの記録のほうが確かです。「受信サーバーの記録」で両方を比べられます。".to_owned(),
        Problem::CompauthFailed { meaning: Some(Note::CompauthForbiddenPair), .. } => "受信側の管理者が、なりすましの許可・禁止リスト（スプーフィング インテリジェンス）を変更できます。".to_owned(),
        Problem::CompauthFailed { meaning: Some(Note::CompauthOwnDomain | Note::CompauthOwnDomainImplicit), .. } => "受信側の組織が別のサービスから送信しているメールであれば、そのサービスをSPFレコードに追加するか、DKIMで署名してください。".to_owned(),
        Problem::CompauthFailed { .. } => "差出人ドメインの管理者が、SPF・DKIM・DMARCのいずれかがそのドメインで合格するように設定してください。".to_owned(),
        Problem::DkimMissing { suspect: true } => "内容の指示に従わないでください。送信したサーバーが正規のものかどうか判断できるのは、差出人ドメインの管理者だけです。".to_owned(),
        Problem::SpfMissing { domain, .. } => format!("{domain} の管理者は、v=spf1 で始まり自分の送信サーバーを列挙したTXTレコードを、{domain} に1つ公開してください。"),
        Problem::SpfFail { domain, ip, .. } | Problem::SpfSoftfail { domain, ip, .. } => format!("{domain} の管理者が {ip} を自分の送信サーバーだと確認できた場合に限り、{domain} のSPFレコードに追加（または運用者の include を追加）してください。"),
        Problem::SpfForwarded { .. } => "対応は不要です。転送サーバーでエンベロープFromを書き換える（SRS）と、転送元のドメインでSPFに合格します。".to_owned(),
        Problem::SpfLookupLimit { domain, .. } => format!("{domain} のレコードから不要な include を外すか、配信サービスごとにサブドメインを分けてください。"),
        Problem::SpfVoidLimit { owner, .. } => format!("{owner} のレコードから、存在しない名前を削除してください。"),
        Problem::SpfBroken { owner, .. } => format!("{owner} の管理者は、レコードを修正してください。"),
        Problem::SpfSeveralRecords { owner, .. } => format!("{owner} の管理者は、v=spf1 で始まるTXTレコード1つにまとめ、残りを削除してください。"),
        Problem::SpfIncludeMissing { owner, term, .. } => format!("{owner} の管理者は、レコードから {term} を削除するか、名前を修正してください。"),
        Problem::SpfPassAll { owner, term, .. } => format!("{owner} の管理者は、実際に送信するサーバーを列挙し、{term} の代わりに -all または ~all で終えてください。"),
        Problem::SpfWideNetwork { owner, term, .. } => format!("{owner} の管理者は、{term} の代わりに、実際に送信するIPアドレスだけを列挙してください。"),
        Problem::SpfNeutralAll { domain, .. } => format!("{domain} の管理者は、送信するサーバーをすべて列挙し、~all または -all で終えてください。"),
        Problem::SpfPtr { owner, term } => format!("{owner} の管理者は、{term} の代わりに ip4、ip6、a、mx のいずれかを使用してください。"),
        Problem::SpfRecordLong { owner, .. } => format!("{owner} の管理者は、使われていない記述を削除するか、隣り合うネットワークをまとめるか、一部を別のレコードに移して include してください。"),
        Problem::SpfVoidReadingsDiffer { .. } => "規格上は対応不要です。確実にするには、mx や a の代わりに ip4 と ip6 でネットワークを列挙してください。".to_owned(),
        Problem::SpfDeprecatedType { domain, .. } => format!("{domain} の管理者は、同じ内容をTXTレコードとして公開してください。"),
        Problem::DkimMissing { .. } => "送信サーバーまたは配信サービスでDKIM署名を有効にしてください。".to_owned(),
        Problem::DkimHeaderChanged { by, causes, .. } => causes::header_remedy(*by, causes),
        Problem::CopyRewritten { .. } => causes::ask_for_original(),
        Problem::DkimBodyChanged { by, causes, .. } => causes::body_remedy(*by, causes),
        Problem::DkimKeyMissing { domain, selector } => format!("新しいメールであれば、TXTレコード {selector}._domainkey.{domain} を再度公開してください。古いメールであれば対応は不要です。"),
        Problem::DkimKeyRevoked { domain, .. } => format!("{domain} の現在の鍵で署名してください。"),
        Problem::DkimKeyBroken { domain, selector, fault } => dkim::key_fault_remedy(*fault, &key_name(domain, selector)),
        Problem::DkimKeyMismatch { domain, selector, limit, .. } => dkim::key_limit_remedy(*limit, &key_name(domain, selector)),
        Problem::DkimKeyNotForEmail { domain, selector } => format!("TXTレコード {} から s= を削除するか、s=email にしてください。", key_name(domain, selector)),
        Problem::DkimKeyStrictIdentity { domain, selector, .. } => format!("TXTレコード {} の t= から s を削除するか、署名するサーバーの i= を {domain} 自身にしてください。", key_name(domain, selector)),
        Problem::DkimKeySeveral { domain, selector, .. } => format!("{} のTXTレコードを1つだけにしてください。", key_name(domain, selector)),
        Problem::DkimKeyWeak { domain, .. } => format!("次に鍵を交換するときに、{domain} の2048ビットの鍵を作り、新しいセレクタで公開してください。"),
        Problem::DkimKeyUntidy { domain, selector, .. } => format!("次の機会に、TXTレコード {} を整えてください。", key_name(domain, selector)),
        Problem::DkimTesting { domain, selector } => format!("署名に問題がないことを確認できたら、TXTレコード {} の t= から y を削除してください。", key_name(domain, selector)),
        Problem::DkimUnreadable { fault, .. } => dkim::field_fault_remedy(*fault).to_owned(),
        Problem::DkimLengthBeyondBody { .. } => "元のメールを .eml で保存し直してもらってください。同じ結果になる場合は、経路の途中で本文を切り詰めているサーバーを特定してください。".to_owned(),
        Problem::DkimFieldsUnsigned { fields, .. } => format!("署名するサーバーの署名対象（h=）に {} を追加してください。", fields.join("、")),
        Problem::DkimMany { .. } => "署名は誰でも追加できるため、内容を確認せずに信頼しないでください。一覧は「DKIM」にあります。".to_owned(),
        Problem::DkimSha1 { .. } => "署名するサーバーの設定をrsa-sha256に変更してください。".to_owned(),
        Problem::DkimKeyShort { domain, .. } | Problem::DkimKeyLong { domain, .. } => format!("{domain} の2048ビットの鍵を作り、新しいセレクタで公開して、その鍵で署名してください。"),
        Problem::DkimExpired { .. } => "配信の遅れがよくある場合は、署名の有効期限を延ばすか、期限なしにしてください。".to_owned(),
        Problem::DkimPartialBody { .. } => "l= を使わずに署名してください。".to_owned(),
        Problem::DmarcUnaligned { author, .. } => format!("送信しているサービスを {author} の管理者が利用している場合は、そのサービスで {author} のDKIM署名（作成者署名）を設定するか、エンベロープFromを {author} のドメインにしてください。転送されても有効なのは署名だけです。"),
        Problem::DmarcUnauthenticated { author, .. } => format!("{author} の管理者が、このサーバーを自分の送信サーバーだと確認できた場合に限り、{author} のSPFレコードに追加し、DKIM署名を付けてください。"),
        Problem::DmarcBroken { domain, fault: Fault::VersionNotFirst | Fault::WrongVersion | Fault::LeadingSpace, .. } => format!("_dmarc.{domain} のTXTレコードを、v=DMARC1; で始まるように修正してください。"),
        Problem::DmarcBroken { domain, fault: Fault::TagTwice, .. } => format!("_dmarc.{domain} のTXTレコードで、同じタグを1つだけにしてください。"),
        Problem::DmarcBroken { domain, fault: Fault::PolicyMissing | Fault::PolicyBroken, .. } => format!("_dmarc.{domain} のTXTレコードに p=none、p=quarantine、p=reject のいずれかを書いてください。sp= と np= に使える値も同じです。"),
        Problem::DmarcDuplicateRecords { domain, .. } => format!("_dmarc.{domain} にある v=DMARC1 で始まるTXTレコードを1つだけ残し、ほかを削除してください。"),
        Problem::DmarcPolicyUnusable { record_at, .. } => format!("_dmarc.{record_at} のTXTレコードに p=none、p=quarantine、p=reject のいずれかを書いてください。sp= と np= に使える値も同じです。"),
        Problem::DmarcTesting { .. } => "レポートで正規のメールがすべて合格していることを確認できたら、レコードから t=y を削除します。".to_owned(),
        Problem::DmarcNoReports { record_at } => format!("_dmarc.{record_at} のレコードに、レポートの送り先（rua=mailto:…）を追加してください。"),
        Problem::DmarcSpWeaker { tag: PolicyTag::Np, .. } => "np= を削除するか、強い値に変更してください。存在しない名前から正規のメールが送られることはありません。".to_owned(),
        Problem::DmarcSpWeaker { own, .. } => format!("レポートでサブドメインの正規のメールが合格していることを確認できたら、sp= を削除するか {} に変更します。", terms::policy_word(*own)),
        Problem::DmarcRejectOnSpfOnly { author } => format!("送信サーバーまたは配信サービスで、{author} のDKIM署名（作成者署名）を設定してください。"),
        Problem::DmarcPctRemoved { .. } => "レコードから pct= を削除してください。ポリシーを試す場合は t=y を使います。".to_owned(),
        Problem::DmarcTagIgnored { .. } => "該当する部分を修正するか、削除してください。".to_owned(),
        Problem::DmarcUriBad { .. } => "送り先を mailto:… の形で書き、複数ある場合はコンマで区切ってください。".to_owned(),
        Problem::DmarcReportUnauthorised { record_at, hosts } => {
            let host = hosts.first().map_or("…", String::as_str);
            format!("{host} の管理者が {record_at}._report._dmarc.{host} にTXTレコード v=DMARC1; を公開するか、{record_at} のレコードの送り先を変更してください。")
        }
        Problem::AuthorDomainMissing { .. } => "内容の指示に従わないでください。自分の組織のメールであれば、差出人アドレスの書き間違いや、ドメインの期限切れを確認してください。".to_owned(),
        Problem::ArcBroken { .. } => "このメールへの対応は不要です。転送するサーバーは、メールを変更する処理がすべて終わった後にシールを付けてください。".to_owned(),
        Problem::ArcSawPass { sealer, .. } => format!("{sealer} が自分の利用している転送元やメーリングリストだと確認できた場合に限り、受信側の設定でこの記録を信頼できます（Microsoft 365では「信頼できるARCシーラー」）。ARCは廃止に向かっているため、前提にしないでください。"),
        Problem::AuthorDomainNotPublic { .. } => "送信するソフトや機器の設定で、差出人（From）を実在するドメインのアドレスにしてください。".to_owned(),
        Problem::AuthorDomainLookalike { author, .. } => format!("{author} が本来の相手のドメインだと確認できるまで、内容の指示に従わないでください。"),
        Problem::FromNameElsewhere { via: true, .. } => "利用しているメーリングリストやサービスであれば、対応は不要です。".to_owned(),
        Problem::FromNameElsewhere { own, .. } => format!("差出人名ではなく {own} で判断し、心当たりのないドメインであれば内容の指示に従わないでください。"),
        Problem::FromSeveralAuthors { .. } => "差出人（From）のアドレスを1つにし、ほかのアドレスは必要に応じてReply-Toに書いてください。".to_owned(),
        Problem::SenderElsewhere { list: true, .. } | Problem::SenderElsewhere { proved: true, .. } => "対応は不要です。".to_owned(),
        Problem::SenderElsewhere { sender, .. } => format!("{sender} を実際の送信者とみなさないでください。"),
        Problem::FieldRepeated { fields } => format!("2つ目の {} を書き加えているソフトまたはサーバーの設定を修正してください。", fields.join("、")),
        Problem::DateMissing { .. } => "送信するソフトで、RFC 5322の形式のDateを1つ付けてください。".to_owned(),
        Problem::DateFar { .. } => "送信するコンピューターの時計を確認してください。意図した再送であれば対応は不要です。".to_owned(),
        Problem::MessageIdUnfit { .. } => "送信するソフトまたはサーバーで、自分のドメインで終わるMessage-IDを付けてください。".to_owned(),
        Problem::HeaderBytesOdd { kind: HeaderByte::Utf8 | HeaderByte::NotUtf8 } => "送信するソフトで、この文字をRFC 2047の方式でエンコードしてください。".to_owned(),
        Problem::HeaderBytesOdd { .. } => "送信するソフトで、このバイトを含めないようにしてください。".to_owned(),
        Problem::LineTooLong { .. } => "送信するソフトで長い行を分割するか、quoted-printableまたはbase64でエンコードしてください。".to_owned(),
        Problem::ReplyToElsewhere { author, reply_to } => format!("返信する前に、{reply_to} が {author} の利用している窓口かどうかを確認してください。"),
        Problem::SeveralMessages { left_out: LeftOut::Further } => "ウィンドウで開いて選ぶか、--message で番号を指定してください。".to_owned(),
        Problem::SeveralMessages { left_out: LeftOut::Attached } => "添付されたメールを調べるには、ウィンドウで開いて選ぶか、--message 2 を指定してください。".to_owned(),
        Problem::BodyNotKept { program: Kind::Emlx } => "「メール」で本文をすべて読み込んだ後、「ファイル」→「別名で保存」で形式に「Rawメッセージのソース」を選んで保存してください。".to_owned(),
        Problem::BodyNotKept { .. } => "DKIMまで確認するには、Web版のOutlookやメールサーバーなどから、元のメールを .eml で入手してください。".to_owned(),
        Problem::DmarcMissing { author } => format!("_dmarc.{author} にTXTレコードを公開してください。最初は v=DMARC1; p=none; rua=mailto:… から始めます。"),
        Problem::DmarcPolicyNone { .. } => "レポートで正規のメールがすべて合格していることを確認できたら、none を quarantine、その後 reject に変更します。".to_owned(),
        Problem::DmarcNoAuthor { .. } => "差出人（From）のアドレスを1つにして送信してください。".to_owned(),
        Problem::DmarcReadingsDiffer { author, has_own_record: true, .. } => format!("d={author} でDKIM署名すると、どちらの方式でも同じ結果になります。"),
        Problem::DmarcReadingsDiffer { author, .. } => format!("{author} 自身にDMARCレコードを公開し、d={author} でDKIM署名すると、どちらの方式でも同じ結果になります。"),
        Problem::SecondEngineDiffers { .. } => "この判定を使う前に、検証の手順を確認してください。可能であれば、メールを添えて不具合としてお知らせください。".to_owned(),
        Problem::ReverseNameMissing { ip } => format!("ネットワークの管理者に、{ip} の逆引き（PTR）の設定を依頼してください。"),
        Problem::ReverseNameMismatch { ip, name } => format!("{name} のAまたはAAAAレコードを {ip} に向けるか、PTRレコードを修正してください。"),
        Problem::DnsUnreachable { .. } => "しばらくしてから再検証するか、別のDNSサーバーを指定（--dns）してください。".to_owned(),
        Problem::DnsNotAsked { .. } => "DNSへの問い合わせを有効にして、再検証してください。".to_owned(),
        Problem::HeadersOnly => "メール全体を .eml ファイルとして保存し、送ってもらってください。".to_owned(),
        Problem::InputRepaired { .. } => "署名が一致しない場合は、元のメールを保存し直してもらってください。".to_owned(),
    }
}

fn fault_sentence(fault: Fault, text: &str) -> String {
    match fault {
        Fault::VersionNotFirst => format!(
            "DMARCレコードは v=DMARC1 で始まる必要があります。別の場所に書かれているため、受信側は全体を無視します: {text}"
        ),
        Fault::WrongVersion => format!(
            "DMARCレコードは、正確に「v=DMARC1;」で始まる必要があります。形が異なるため、受信側は全体を無視します: {text}"
        ),
        Fault::LeadingSpace => {
            "v=DMARC1 の前に空白があります。規格上はDMARCレコードではありませんが、読み取る受信側もあります。"
                .to_owned()
        }
        Fault::TagTwice => format!(
            "同じタグが2回書かれているため（{text}）、レコード全体が無効です。無視する受信側と、どちらかの値を使う受信側があります。"
        ),
        Fault::PolicyMissing => {
            "ポリシー（p=）も、有効なレポートの送り先（rua=）もないため、受信側はこのレコードを使いません。".to_owned()
        }
        Fault::PolicyBroken => format!(
            "{text} は none、quarantine、reject のいずれでもなく、有効なレポートの送り先（rua=）もありません。受信側はこのレコードを使わず、DMARCは無効になっています。"
        ),
    }
}

/// ある方式でのDMARCの結果。
fn reading(result: DmarcResult, policy: Option<Policy>) -> String {
    let result = terms::dmarc_result(result);
    policy.map_or_else(|| result.to_owned(), |policy| format!("{result}、ポリシー {}", terms::policy_word(policy)))
}

fn key_name(domain: &str, selector: &str) -> String {
    format!("{selector}._domainkey.{domain}")
}

fn policy_sentence(author: &str, policy: Option<Policy>) -> String {
    match policy {
        Some(Policy::Reject) => format!("{author} は、このようなメールの拒否（reject）を求めています。"),
        Some(Policy::Quarantine) => format!("{author} は、このようなメールの隔離（quarantine）を求めています。"),
        Some(Policy::None) => format!("{author} はレポートのみを求めています（p=none）。"),
        None => String::new(),
    }
}
