//! 最初の一文と、最初に行うこと。

#![expect(clippy::too_many_lines, reason = "one arm for each verdict, so that the compiler asks for its words")]

use super::{aggregate, bounce, causes, claims, sender};
use crate::auth::dmarc::{DmarcResult, Policy};
use crate::check::headline::{Lacking, UnfitFrom};
use crate::check::{Accepted, ChangedBy, Verdict};
use crate::sender::Marks;
use crate::sender::services::Service;

pub(in crate::text) fn headline(verdict: &Verdict) -> String {
    match verdict {
        Verdict::AllWell { author, spf, dkim } => all_well(author, *spf, *dkim),
        Verdict::AuthorLookalike { author } => format!(
            "{author} から送られたことは確認できましたが、このドメインは別のドメインに見える文字で書かれています。注意して扱ってください。"
        ),
        Verdict::NameElsewhere { author, shown } => format!(
            "{author} から送られたことは確認できましたが、差出人名には別のアドレス {shown} が表示されています。注意して扱ってください。"
        ),
        Verdict::FilterMarked { author, phishing: true } => format!(
            "{author} から送られたことは確認できましたが、受信側のフィルターがフィッシングまたはなりすましと判定しました。"
        ),
        Verdict::FilterMarked { author, phishing: false } => {
            format!("{author} から送られたことは確認できましたが、受信側のフィルターが迷惑メールと判定しました。")
        }
        Verdict::ForwardedDkimCarries { author } => {
            format!("転送されたためSPFは一致しませんが、{author} の作成者署名（DKIM）が有効なので、DMARCは合格です。")
        }
        Verdict::ArrivalNotEncrypted { author, by: Some(by) } => format!(
            "{author} から送られたことは確認できましたが、{by} へ届くまでの最後の区間が暗号化されていません。Gmailでは赤い南京錠が表示されます。"
        ),
        Verdict::ArrivalNotEncrypted { author, by: None } => format!(
            "{author} から送られたことは確認できましたが、受信側へ届くまでの最後の区間が暗号化されていません。Gmailでは赤い南京錠が表示されます。"
        ),
        Verdict::SpfOverLimit { owner, passes: true, .. } => format!(
            "DKIMによりDMARCは合格ですが、{owner} のSPFレコードはDNS参照が10回を超えるため、SPFは判定できません（permerror）。"
        ),
        Verdict::SpfOverLimit { author, owner, passes: false } => format!(
            "{owner} のSPFレコードはDNS参照が10回を超えるため判定できず（permerror）、{author} から送られたことを確認できません。"
        ),
        Verdict::ThirdPartySignature { author, signer, service: Some(service) } => format!(
            "{}（{signer}）の署名だけが付いているため、{author} のDMARCに合格していません。{author} の作成者署名がありません。",
            sender::service_name(service)
        ),
        Verdict::ThirdPartySignature { author, signer, service: None } => format!(
            "{signer} の署名だけが付いており、差出人に表示されている {author} の署名がないため、DMARCに合格していません。{signer} が {author} に代わって送信しているかどうかはわかりません。"
        ),
        Verdict::ThirdPartyEnvelope { author, envelope, service: Some(service) } => format!(
            "{} から送られていますが、SPFに合格したのは {envelope} だけで、{author} の有効な署名がないため、DMARCに合格していません。",
            sender::service_name(service)
        ),
        Verdict::ThirdPartyEnvelope { author, envelope, service: None } => {
            format!("SPFに合格したのは {envelope} だけで、{author} の有効な署名がないため、DMARCに合格していません。")
        }
        Verdict::OtherDomainOnly { author, passed, related: true, .. } => format!(
            "確認できたのは {passed} です。名前の上では {author} と同じ組織のドメインですが、公開されているDMARCの設定では {author} として認められないため、DMARCに合格していません。"
        ),
        Verdict::OtherDomainOnly { author, passed, policy: Policy::None, related: false } => format!(
            "確認できたのは {passed} であり、差出人に表示されている {author} ではないため、DMARCに合格していません。"
        ),
        Verdict::OtherDomainOnly { author, passed, policy, related: false } => format!(
            "確認できたのは {passed} であり、差出人に表示されている {author} ではありません。{author} は、このようなメールの{}を求めています。",
            asks(*policy)
        ),
        Verdict::PartlySigned { author, uncovered } => format!(
            "{author} の署名は有効ですが、本文の末尾{uncovered}バイトは署名の対象外です。この部分は第三者が追加した可能性があります。"
        ),
        Verdict::BodyUnsigned { author } => format!(
            "DMARCには合格していますが、{author} の署名は一部のヘッダだけを対象とし、本文はまったく含みません（l=0）。本文が {author} のものかどうかは確認できません。"
        ),
        Verdict::ReadingsDiffer { author, suffix: Some(suffix), .. } => format!(
            "{author} のDMARCに合格したのは、{suffix} のレコードに psd=y がなく、{suffix} の下にあるほかのドメインでも合格するためです。{author} から送られたことは確認できません。"
        ),
        Verdict::ReadingsDiffer { author, older_result, suffix: None } => {
            let older = if *older_result == DmarcResult::None { "レコードなし" } else { "不合格" };
            format!(
                "{author} のDMARCは、RFC 9989では合格ですが、Public Suffix Listを使う従来の受信側では{older}と判定されます。"
            )
        }
        Verdict::AnybodyPasses { author, owner, term, everybody: false } => format!(
            "DMARCに合格したのは、{owner} のSPFレコードが1,600万個以上のIPアドレスをまとめて合格にするため（{term}）です。{author} から送られたことは確認できません。"
        ),
        Verdict::AnybodyPasses { author, owner, term, everybody: true } => format!(
            "DMARCに合格したのは、{owner} のSPFレコードがすべてのサーバーを合格にするため（{term}）です。{author} から送られたことは確認できません。"
        ),
        Verdict::RepeatedField { author, name } => format!(
            "{author} から送られたことは確認できましたが、{name} が2つ以上あります。署名されていないほうがメールソフトに表示される可能性があります。"
        ),
        Verdict::ListModified { signer, proved: true, by_list: false, causes, .. } if causes.explain() => format!(
            "{}ため、{signer} のDKIM署名が一致せず、DMARCに合格していません。メーリングリストの特徴があり、その変更とも考えられます。",
            causes::edits(causes)
        ),
        Verdict::ListModified { signer, proved: true, by_list: false, .. } => format!(
            "{signer} の署名後に内容が変更されたため、署名が一致せず、DMARCに合格していません。メーリングリストの特徴があり、その変更とも考えられます。"
        ),
        Verdict::ListModified { signer, proved: true, causes, .. } if causes.explain() => format!(
            "メーリングリストで{}ため、{signer} のDKIM署名が一致せず、DMARCに合格していません。",
            causes::edits(causes)
        ),
        Verdict::ListModified { signer, proved: true, .. } => format!(
            "メーリングリストが {signer} の署名後に内容を変更したため、署名が一致せず、DMARCに合格していません。"
        ),
        Verdict::ListModified { author, signer, proved: false, .. } => format!(
            "メーリングリストの特徴があるメールで、{signer} の署名が一致しません。メーリングリストによる変更でよく起こりますが、{author} から送られたことは確認できず、なりすましと区別できません。"
        ),
        Verdict::Modified { signer, proved, by, causes, .. } => causes::headline(signer, *proved, *by, causes),
        Verdict::KeyMissing { author, selector, .. } => {
            format!("{author} の署名を確認できません。公開鍵（セレクタ {selector}）は現在のDNSにありません。")
        }
        Verdict::SignatureUnusable { author, selector, fits: Some(_) } => {
            let selector = selector.as_ref().map_or_else(String::new, |selector| format!("（セレクタ {selector}）"));
            format!("{author} の署名{selector}はDNSの公開鍵と一致しますが、公開鍵のレコードの書式に誤りがあるため有効と認められず、DMARCに合格していません。署名のほかの点に問題はありません。")
        }
        Verdict::SignatureUnusable { author, selector: Some(selector), fits: None } => {
            format!("{author} の署名（セレクタ {selector}）は有効と認められないため、DMARCに合格していません。")
        }
        Verdict::SignatureUnusable { author, selector: None, fits: None } => {
            format!("{author} の署名は有効と認められないため、DMARCに合格していません。")
        }
        Verdict::ForwardedUnsigned { author, marks, by: Some(by), proved: false, .. } => format!(
            "このメールは {by} から届いており、{}とされていますが、{author} が書いたことを示すものはありません。なりすましと区別できません。",
            claimed(*marks)
        ),
        Verdict::ForwardedUnsigned { author, by: Some(by), saw_pass: Some(sealer), .. } => format!(
            "{by} を経由して届いたメールで、現在は {author} から送られたことを確認できません。{sealer} は、受け取ったときDMARCに合格していたと記録しています（ARCシールは有効）。ただし、{sealer} による記録にすぎず、証明にはなりません。"
        ),
        Verdict::ForwardedUnsigned { author, by: Some(by), saw_pass: None, .. } => {
            format!("{by} を経由して届いていますが、{author} の有効な署名がないため、なりすましと区別できません。")
        }
        Verdict::ForwardedUnsigned { author, marks, by: None, .. } => format!(
            "{author} から送られた証拠がありません。{}の特徴がありますが、誰でも書き込めるものなので、なりすましと区別できません。",
            marks_of(*marks)
        ),
        Verdict::Spoofed { author, ip, policy, marks } => {
            let server =
                ip.map_or_else(String::new, |ip| format!("{ip} は {author} の送信サーバーとして登録されておらず、"));
            let (how, marks) = match marks {
                Some(marks) => (
                    "なりすましの可能性があるメールです",
                    format!("{}の特徴がありますが、誰でも書き込めるもので、裏付けはありません。", marks_of(*marks)),
                ),
                None => ("なりすましの可能性が高いメールです", String::new()),
            };
            let asks = asks(*policy);
            format!(
                "{how}。{server}{author} から送られた証拠がありません。{author} は、このようなメールの{asks}を求めています。{marks}"
            )
        }
        Verdict::Bounced { refused, .. } => bounce::headline(refused),
        Verdict::Delivered { delivered, reporter } => bounce::delivered(delivered, reporter.as_deref()),
        Verdict::AggregateReport { tally } => aggregate::headline(tally),
        Verdict::AuthorDomainMissing { author } => {
            format!("差出人ドメイン {author} はDNSに存在しません。なりすましの可能性が高いメールです。")
        }
        Verdict::AuthorNotPublic { author } => format!(
            "差出人アドレスの {author} はインターネット上のドメインではないため、誰が送ったかを確認できません。"
        ),
        Verdict::Unauthenticated { author } => {
            format!("{author} から送られたことを確認できません。{author} として合格したSPFもDKIMもありません。")
        }
        Verdict::NoDmarcRecord { author, proved: true, .. } => {
            format!("{author} はSPFまたはDKIMに合格していますが、有効なDMARCレコードが公開されていません。")
        }
        Verdict::NoDmarcRecord { author, proved: false, .. } => {
            format!("{author} から送られたことを確認できません。有効なDMARCレコードも公開されていません。")
        }
        Verdict::NoSingleAuthor { from: UnfitFrom::Absent } => {
            "差出人（From）がないため、送信元を確認できません。".to_owned()
        }
        Verdict::NoSingleAuthor { from: UnfitFrom::NoDomain } => {
            "差出人（From）にドメインがないため、送信元を確認できません。".to_owned()
        }
        Verdict::NoSingleAuthor { from: UnfitFrom::Unreadable } => {
            "差出人（From）を1つのアドレスとして読み取れず、メールソフトによって表示が異なる可能性があるため、送信元を確認できません。なりすましに使われる手口のひとつです。".to_owned()
        }
        Verdict::NoSingleAuthor { from: UnfitFrom::Several } => {
            "差出人（From）が複数あるため、DMARCを適用できません。なりすましに使われる手口のひとつです。".to_owned()
        }
        Verdict::DnsUnreachable { author } => {
            format!("判定できませんでした。{author} の判定に必要なDNSの応答がありません。")
        }
        Verdict::NotAsked { author: Some(author), recorded: true } => {
            format!("判定していません。DNSの応答を読み込んだファイルに、{author} の判定に必要な応答がありません。")
        }
        Verdict::NotAsked { author: None, recorded: true } => {
            "判定していません。DNSの応答を読み込んだファイルに、判定に必要な応答がありません。".to_owned()
        }
        Verdict::NotAsked { author: Some(author), recorded: false } => {
            format!("判定していません。DNSに問い合わせていないため、{author} から送られたかどうかは確認できません。")
        }
        Verdict::NotAsked { author: None, recorded: false } => {
            "判定していません。DNSに問い合わせていないため、送信元は確認できません。".to_owned()
        }
        Verdict::HeadersOnlySigned { author } => {
            format!(
                "{author} のヘッダ署名は有効です。送信時のままの本文がないため、本文が変わっていないかは確認できません。"
            )
        }
        Verdict::HeadersOnly { author } => {
            format!("判定できませんでした。ヘッダだけでは、{author} から送られたことを確認できません。")
        }
        Verdict::NotEnough { author, lacking } => match lacking {
            Lacking::SureAddress { ip } => format!(
                "判定できませんでした。SPFは {ip} について評価しましたが、これが実際の接続元IPアドレスかどうかは確かではなく、ほかに {author} を確認できるものがありません。"
            ),
            Lacking::Address => format!(
                "判定できませんでした。受信側への接続元IPアドレスがわからないためSPFを評価できず、ほかに {author} を確認できるものがありません。"
            ),
            Lacking::EnvelopeSender => format!(
                "判定できませんでした。エンベロープFrom（Return-Path）がわからないためSPFを評価できず、ほかに {author} を確認できるものがありません。"
            ),
            Lacking::Key => format!("判定できませんでした。{author} の署名の公開鍵について、DNSの応答がありません。"),
            Lacking::Evaluation => format!("判定できませんでした。{author} の確認に必要なものを評価できません。"),
        },
    }
}

/// 判明しているサービスで、最初に設定すること。
fn at_service(service: &'static Service, author: &str) -> String {
    let name = sender::service_name(service);
    let setup = service.setup.as_ref();
    let step = setup.and_then(|setup| sender::setup(service, setup, author).into_iter().next());
    let step = step.unwrap_or_else(|| format!("{name} で {author} の作成者署名（DKIM）を設定してください。"));
    format!(
        "{author} の管理者に、{name} を利用しているか確認してください。利用している場合は、次の設定を依頼してください。{step}利用していない場合は、なりすましとして扱ってください。"
    )
}

/// 差出人ドメインを確認できたときの一文。
fn all_well(author: &str, spf: bool, dkim: bool) -> String {
    match (spf, dkim) {
        (true, true) => {
            format!(
                "{author} から送られたことを確認できました。SPFとDKIMの両方に合格し、差出人ドメインと一致しています。"
            )
        }
        (false, true) => {
            format!("{author} から送られたことを確認できました。作成者署名（DKIM）が有効で、DMARCは合格です。")
        }
        (_, false) => {
            format!("{author} から送られたことを確認できました。SPFに合格し、DMARCは合格です。")
        }
    }
}

/// 受信側が記録した合格。
pub(in crate::text) fn accepted(accepted: &Accepted) -> String {
    let who = accepted.server.as_ref().map_or_else(String::new, |server| format!("（{server}）"));
    let meaning = accepted.meaning.map_or("", |note| claims::note(note));
    format!("ただし、受信側{who}は合格と記録しています（{}）。{meaning}", accepted.record)
}

pub(in crate::text) fn next_step(verdict: &Verdict) -> String {
    match verdict {
        Verdict::AllWell { .. } | Verdict::ForwardedDkimCarries { .. } => "対応は不要です。認証について直すところはありません。".to_owned(),
        Verdict::AuthorLookalike { .. } | Verdict::NameElsewhere { .. } => {
            "メール以外の方法で本来の相手に確認できるまで、本文の指示に従わないでください。".to_owned()
        }
        Verdict::FilterMarked { phishing: true, .. } => {
            "受信側の管理者がフィルターの判定を確認するまで、本文の指示に従わないでください。".to_owned()
        }
        Verdict::FilterMarked { phishing: false, .. } => {
            "認証には合格しています。受信側の管理者に、フィルターのログで判定の理由を確認するよう依頼してください。".to_owned()
        }
        Verdict::ArrivalNotEncrypted { .. } => {
            "受信側へ送ったサーバーの管理者に、送信時のTLS（STARTTLS）を有効にするよう依頼してください。".to_owned()
        }
        Verdict::SpfOverLimit { owner, .. } => format!(
            "{owner} のDNS管理者に、SPFレコードの include、a、mx、ptr、exists、redirect を（include の先も含めて）合計10個以内に減らすよう依頼してください。"
        ),
        Verdict::ThirdPartySignature { author, service: Some(service), .. }
        | Verdict::ThirdPartyEnvelope { author, service: Some(service), .. } => at_service(service, author),
        Verdict::ThirdPartySignature { author, signer, service: None } => format!(
            "{author} の管理者に、このメールの送信に {signer} を利用しているか確認してください。利用している場合は、{signer} で {author} によるDKIM署名（作成者署名）を設定し、指定された公開鍵を {author} のDNSに登録するよう依頼してください。利用していない場合は、なりすましとして扱ってください。"
        ),
        Verdict::ThirdPartyEnvelope { author, envelope, service: None } => format!(
            "{author} の管理者に、{author} でDKIM署名するか、エンベロープFromを {author} のドメインにするよう依頼してください。{envelope} を利用していない場合は、なりすましとして扱ってください。"
        ),
        Verdict::OtherDomainOnly { author, passed, related: true, .. } => format!(
            "{author} の管理者に、{passed} のサーバーから送信しているか確認してください。送信している場合は、そのサーバーで d={author} のDKIM署名を付けるよう依頼してください。送信していない場合は、なりすましとして扱ってください。"
        ),
        Verdict::OtherDomainOnly { author, passed, .. } => format!(
            "{author} の管理者に、{passed} を利用しているか確認してください。利用している場合は、そのサービスで {author} のDKIM署名を設定するよう依頼してください。利用していない場合は、なりすましとして扱ってください。"
        ),
        Verdict::PartlySigned { author, .. } => {
            format!("本文の末尾に書かれた内容は信用しないでください。{author} の署名を行うサーバーの管理者に、l= を使わずに署名するよう依頼してください。")
        }
        Verdict::BodyUnsigned { author } => format!(
            "本文が本物かどうかは、メール以外の方法で送信者に確認してください。{author} の管理者は、l= を使わずに署名してください。"
        ),
        Verdict::ReadingsDiffer { author, suffix: Some(suffix), .. } => format!(
            "本物かどうかは、メール以外の方法で送信者に確認してください。{author} のDNS管理者が自身のDMARCレコードに psd=n を加えると、{suffix} の下にあるほかのドメインでは合格しなくなります。"
        ),
        Verdict::ReadingsDiffer { author, older_result: DmarcResult::None, suffix: None } => format!(
            "{author} の管理者に、{author} 自体へのDMARCレコードの公開と、d={author} での署名を依頼してください。どちらの方式でも同じ判定になります。"
        ),
        Verdict::ReadingsDiffer { author, suffix: None, .. } => {
            format!("{author} の管理者に、d={author} での署名を依頼してください。どちらの方式でも同じ判定になります。")
        }
        Verdict::AnybodyPasses { author, owner, .. } => format!(
            "本物かどうかは、メール以外の方法で送信者に確認してください。{owner} の管理者が実際の送信サーバーを列挙して -all で終えるか、{author} でDKIM署名を設定すると、確認できるようになります。"
        ),
        Verdict::RepeatedField { name, .. } => format!(
            "「ヘッダ」で {name} をすべて確認してください。署名を行うサーバーの管理者は、署名対象に {name} を実際の数より1つ多く含めることで防止できます。"
        ),
        Verdict::ListModified { proved: false, .. } => "メーリングリストに心当たりがあるか、受信者に確認してください。心当たりがなければ、なりすましとして扱ってください。心当たりがあれば、その管理者の設定（差出人の書き換えなど）で解消できます。".to_owned(),
        Verdict::ListModified { author, by_list: false, .. } => format!(
            "メーリングリストの特徴は誰でも書き込めます。心当たりのないメーリングリストであれば、なりすましとして扱ってください。心当たりがあれば、その管理者の設定（差出人の書き換えなど）で解消でき、{author} での対応は不要です。"
        ),
        Verdict::ListModified { author, .. } => format!(
            "メーリングリストの管理者に、差出人の書き換えを有効にするか、件名と本文を変更しない設定にするよう依頼してください。{author} での対応は不要です。"
        ),
        Verdict::Modified { author, proved: false, by: by @ (ChangedBy::Forwarder | ChangedBy::Unknown), causes, .. } => format!(
            "{}{author} の管理者に心当たりがなければ、なりすましとして扱ってください。",
            causes::next_step(false, *by, causes)
        ),
        Verdict::Modified { proved, by, causes, .. } => causes::next_step(*proved, *by, causes),
        Verdict::KeyMissing { signer, selector, .. } => format!(
            "新しいメールであれば、{signer} のDNS管理者に、このメールに心当たりがあるか確認してください。心当たりがあれば、{selector}._domainkey.{signer} を再度公開するよう依頼し、なければ、なりすましとして扱ってください。古いメールでは、鍵の交換によりよくあることです。"
        ),
        Verdict::SignatureUnusable { author, fits: Some(_), .. } => {
            format!("{author} のDNS管理者に、公開鍵のレコードを下の指摘のとおりに修正するよう依頼してください。")
        }
        Verdict::SignatureUnusable { author, .. } => format!(
            "{author} の署名を行うサーバーの管理者に、このメールに心当たりがあるか確認してください。心当たりがあれば、署名についての指摘の内容を修正するよう依頼し、なければ、なりすましとして扱ってください。"
        ),
        Verdict::ForwardedUnsigned { marks, by: None, .. } | Verdict::Spoofed { marks: Some(marks), .. } => format!(
            "{}を受信者に確認してください。心当たりがなければ、本文の指示に従わず、返信もしないでください。",
            known_marks(*marks)
        ),
        Verdict::ForwardedUnsigned { author, marks, by: Some(by), proved: false, .. } => format!(
            "{}を受信者に確認してください。心当たりがなければ、なりすましとして扱ってください。{author} から送られたかどうかがわかるのは {author} だけなので、メール以外の方法で問い合わせてください。",
            known_from(*marks, by)
        ),
        Verdict::ForwardedUnsigned { saw_pass: Some(sealer), by: Some(_), .. } => format!(
            "転送の設定に心当たりがあるかを受信者に確認してください。{sealer} の記録を信頼するかどうかは、受信サーバーの判断です。確実に確かめるには、メール以外の方法で送信者に確認してください。"
        ),
        Verdict::ForwardedUnsigned { author, by: Some(_), saw_pass: None, .. } => {
            format!("本物かどうかは、メール以外の方法で送信者に確認してください。{author} の管理者がDKIM署名を設定すると、転送後も確認できるようになります。")
        }
        Verdict::Spoofed { author, .. } => format!(
            "本文の指示に従わず、返信もしないでください。送信したサーバーが正規のものかどうか判断できるのは {author} の管理者だけなので、メール以外の方法で問い合わせてください。"
        ),
        Verdict::Bounced { refused, .. } => bounce::next_step(refused),
        Verdict::Delivered { delivered, .. } => bounce::after_delivery(delivered.end).to_owned(),
        Verdict::AggregateReport { tally } => aggregate::next_step(tally),
        Verdict::AuthorDomainMissing { .. } => {
            "本文の指示に従わず、返信もしないでください。自分の組織のメールであれば、差出人アドレスの書き間違いを確認してください。".to_owned()
        }
        Verdict::AuthorNotPublic { .. } => "送信元アドレスを設定していないプログラムや機器は、このような差出人で送信することがあります。自組織のプログラムや機器から送られたものかを管理者に確認し、そうであれば、公開されているドメインのアドレスを設定するよう依頼してください。心当たりがなければ、本文の指示に従わず、返信もしないでください。".to_owned(),
        Verdict::Unauthenticated { author } | Verdict::NoDmarcRecord { author, proved: false, .. } => format!(
            "本物かどうかは、メール以外の方法で送信者に確認してください。{author} の管理者はSPF、DKIM、DMARCを設定できます。"
        ),
        Verdict::NoDmarcRecord { proved: true, broken: Some(domain), .. } => {
            format!("{domain} のDNS管理者に、_dmarc.{domain} のDMARCレコードを修正するよう依頼してください。現在の内容は受信側で無視されます。")
        }
        Verdict::NoDmarcRecord { author, proved: true, broken: None } => format!(
            "{author} のDNS管理者に、_dmarc.{author} にDMARCレコードを公開するよう依頼してください。最初は v=DMARC1; p=none; rua=mailto:… から始めます。"
        ),
        Verdict::NoSingleAuthor { .. } => "正規のメールかどうかを、このメールへの返信以外の方法で送信者に確認してください。送信元を確認できるのは、差出人（From）のアドレスが1つだけのメールです。".to_owned(),
        Verdict::DnsUnreachable { .. } | Verdict::NotEnough { lacking: Lacking::Key, .. } => {
            "しばらくしてから再検証するか、別のDNSサーバーを指定してください。".to_owned()
        }
        Verdict::NotAsked { recorded: true, .. } => "ファイルの代わりにDNSへ問い合わせるか、「DNS」に並ぶ名前を含むファイルで、再検証してください。".to_owned(),
        Verdict::NotAsked { recorded: false, .. } => "DNSへの問い合わせを有効にして、再検証してください。".to_owned(),
        Verdict::HeadersOnlySigned { .. } | Verdict::HeadersOnly { .. } => {
            "メールを持っている人に、メール全体を .eml ファイルとして保存し、送ってもらってください。".to_owned()
        }
        Verdict::NotEnough { lacking: Lacking::EnvelopeSender, .. } => "メールを持っている人に、メール全体を .eml ファイルとして保存し、送ってもらってください。それにもReturn-Pathがない場合は、受信側の管理者がログでエンベロープFromを確認できます。".to_owned(),
        Verdict::NotEnough { .. } => "不足している内容とその補い方は、下の指摘をご覧ください。".to_owned(),
    }
}

/// 送信者自身が述べている扱い。
const fn claimed(marks: Marks) -> &'static str {
    match marks {
        Marks::List => "メーリングリストとして配信したもの",
        Marks::Forwarding => "転送したもの",
    }
}

/// そのドメインからのメールについて、受信者に心当たりがあるか。
pub(super) fn known_from(marks: Marks, by: &str) -> String {
    match marks {
        Marks::List => format!("{by} のメーリングリストに登録しているか"),
        Marks::Forwarding => format!("{by} からこのメールボックスへの転送を設定しているか"),
    }
}

/// 転送などの特徴の種類。
pub(super) const fn marks_of(marks: Marks) -> &'static str {
    match marks {
        Marks::List => "メーリングリスト",
        Marks::Forwarding => "転送",
    }
}

/// 受信者に確認すること。
pub(super) const fn known_marks(marks: Marks) -> &'static str {
    match marks {
        Marks::List => "このメーリングリストに参加しているか",
        Marks::Forwarding => "このメールボックス宛ての転送を設定しているか",
    }
}

/// 「このようなメールの〜を求めています」に入る語。
pub(super) const fn asks(policy: Policy) -> &'static str {
    match policy {
        Policy::None => "監視（none）",
        Policy::Quarantine => "隔離（quarantine）",
        Policy::Reject => "拒否（reject）",
    }
}

/// 合格しているが、改善できる点がある。
pub(in crate::text) const IMPROVEMENTS: &str = "急ぐ対応はありません。改善できる点は、下の指摘をご覧ください。";

pub(in crate::text) fn first_finding(title: &str) -> String {
    format!("次の指摘を最初に確認してください：{title}。")
}
