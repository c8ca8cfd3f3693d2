//! お客様へお送りする文面。確認できたこと、お願いすること、その後に誰が何をするかを述べる。誰も責めない。

use super::{aggregate, bounce_letter, sender};
use crate::check::{Actor, ChangedBy, Verdict};
use crate::sender::Marks;
use crate::text::letter::{Matter, Next, Open, Request};

pub(in crate::text) fn customer(matter: &Matter<'_>) -> String {
    let (asked, next) = matter.plan();
    let asked = request(asked);
    let next = self::next(next).map_or_else(String::new, |next| format!("■ 今後について\n{next}\n\n"));
    let checked = if matter.is_report() {
        "記載されている内容を"
    } else {
        "表示されている差出人から実際に送信されたものかどうかを"
    };
    let what = if matter.facts.is_report_alone() { "レポート" } else { "メール" };
    format!(
        "お問い合わせいただき、ありがとうございます。\nお知らせいただいた{what}{}について、{checked}確認いたしましたので、ご報告いたします。\n\n\
         ■ 確認結果\n{}\n\n■ お客様へのお願い\n{asked}\n\n{next}ご不明な点がございましたら、このメールへの返信でお知らせください。\n何卒よろしくお願いいたします。",
        named(matter),
        found(matter)
    )
}

/// メールの件名と日付。
pub(super) fn named(matter: &Matter<'_>) -> String {
    match matter.named() {
        (Some(subject), Some(date)) => format!("（件名「{subject}」、{}）", day(date)),
        (Some(subject), None) => format!("（件名「{subject}」）"),
        (None, Some(date)) => format!("（{}付）", day(date)),
        (None, None) => String::new(),
    }
}

pub(super) fn day((year, month, day): (i16, i8, i8)) -> String {
    format!("{year}年{month}月{day}日")
}

fn request(request: Request<'_>) -> String {
    match request {
        Request::Nothing => "お客様にご対応いただくことはございません。".to_owned(),
        Request::TellWhatIsShown => "お客様にご対応いただくことはございません。メールが届かない、迷惑メールに振り分けられるなどお困りの点がございましたら、受信側で表示された内容をお知らせください。".to_owned(),
        Request::AskOtherwise => "恐れ入りますが、差出人の方に本物のメールかどうかをご確認いただくまでは、メールの内容に従わないようお願いいたします。ご確認の際は、このメールへの返信ではなく、お電話など、以前からご存じの連絡先をご利用ください。".to_owned(),
        Request::AskAboutEnd => "恐れ入りますが、本文の末尾に書かれている内容につきましては、お電話など、以前からご存じの連絡先で差出人の方にご確認いただくまで、ご利用をお控えください。".to_owned(),
        Request::AskIfOdd => "内容に不自然な点がございましたら、お電話など、以前からご存じの連絡先で差出人の方にご確認いただくまでは、メールの内容に従わないようお願いいたします。".to_owned(),
        Request::KeepAway(author) => format!("恐れ入りますが、メール内のリンクや添付ファイルは開かず、返信もなさらないようお願いいたします。{author} に確認される場合は、メールに書かれている連絡先ではなく、公式サイトに掲載されている電話番号などをご利用ください。"),
        Request::KeepAwayKnown => "恐れ入りますが、メール内のリンクや添付ファイルは開かず、返信もなさらないようお願いいたします。お知り合いやお取引先からのメールに見える場合は、お電話など、以前からご存じの連絡先でご本人にご確認ください。".to_owned(),
        Request::KeepAwayUnknown => "恐れ入りますが、メール内のリンクや添付ファイルは開かず、返信もなさらないようお願いいたします。メールは削除していただいて差し支えございません。".to_owned(),
        Request::KeepAwayForNow => "恐れ入りますが、受信側のメール管理者の方が確認されるまで、リンクや添付ファイルは開かないようお願いいたします。".to_owned(),
        Request::SendWhole => "お手数をおかけしますが、メールを元の形式（.emlファイル）で保存し、そのファイルを添付してお送りいただけますでしょうか。転送やコピーでは、この確認に必要な情報が失われてしまいます。".to_owned(),
        Request::Wait => "恐れ入りますが、当方からご連絡するまで、メールの内容に従わずにお待ちください。".to_owned(),
        Request::PassReportOn(domain) => format!("お手数をおかけしますが、この通知を {domain} の管理者の方へお渡しください。設定が変更されるまでは、送り直しても受け付けられない可能性がございます。"),
        Request::AsReported(refused) => format!("お手数をおかけしますが、次のとおりご対応をお願いいたします。\n{}", bounce_letter::asked(refused)),
        Request::AsCounted(tally) => format!("お手数をおかけしますが、次のとおりご確認をお願いいたします。\n{}", aggregate::asked_of_customer(tally)),
        Request::AsDelivered(end) => bounce_letter::after_delivery(end).to_owned(),
    }
}

/// その後に誰が何をするか。することが残っていなければ `None`。
fn next(next: Next<'_>) -> Option<String> {
    Some(match next {
        Next::Nothing => return None,
        Next::Owner(author) => format!("設定を変更できるのは、{author} の管理者の方のみです。変更していただきたい内容は、当方で文書にまとめております。{author} の管理者の方へお伝えいただける場合は、その文書をお送りいたしますので、お知らせください。"),
        Next::OwnerIfTheirs(author) => format!("{author} から送信されたメールかどうかの確認と、必要な設定の変更ができるのは、{author} の管理者の方のみです。お願いしたい内容は、当方で文書にまとめております。{author} の管理者の方へお伝えいただける場合は、その文書をお送りいたしますので、お知らせください。"),
        Next::OwnerOfService(author, other) => format!("{other} が {author} に代わって送信しているかどうかを確認し、設定を変更できるのは、{author} の管理者の方のみです。お願いしたい内容は、当方で文書にまとめております。{author} の管理者の方へお伝えいただける場合は、その文書をお送りいたしますので、お知らせください。"),
        Next::SendingServer => "暗号化の設定を変更できるのは、送信に使われたサーバーの管理者の方のみです。変更していただきたい内容は、当方で文書にまとめております。お伝えいただける場合はお送りいたしますので、お知らせください。".to_owned(),
        Next::Device => "送信元アドレスの設定を変更できるのは、送信に使われたプログラムや機器の管理者の方のみです。変更していただきたい内容は、当方で文書にまとめております。お伝えいただける場合はお送りいたしますので、お知らせください。".to_owned(),
        Next::Receiver => "受信側で何が起きたかは、受信側のメール管理者の方がログで確認できます。確認に必要な情報は、当方でまとめております。お伝えいただける場合はお送りいたしますので、お知らせください。".to_owned(),
        Next::ReceiverSearches => "受信側のメール管理者の方は、同様のメールがほかに届いていないかを調べ、受信を止めることができます。そのために必要な情報は、当方でまとめております。お伝えいただける場合はお送りいたしますので、お知らせください。すでにリンクや添付ファイルを開かれた場合や、パスワードを入力された場合は、すぐに管理者の方へお知らせください。".to_owned(),
        Next::List => "メーリングリストの設定を変更できるのは、その管理者の方のみです。変更していただきたい内容は、当方で文書にまとめております。お伝えいただける場合はお送りいたしますので、お知らせください。".to_owned(),
        Next::OnTheWay => "どのサーバーで内容が変わったかは、途中のサーバーの管理者の方による確認が必要です。確認に必要な情報は、当方でまとめております。お伝えいただける場合はお送りいたしますので、お知らせください。".to_owned(),
        Next::CheckAgain => "時間をおいて再度確認し、結果を改めてご連絡いたします。".to_owned(),
        Next::CheckWhole => "ファイルが届きましたら改めて確認し、結果をご連絡いたします。".to_owned(),
        Next::SendNextReport => "ご対応の後も同じ通知が届く場合は、その通知もお送りください。引き続き確認いたします。".to_owned(),
    })
}

fn found(matter: &Matter<'_>) -> String {
    match matter.verdict() {
        Verdict::Bounced { refused, .. } => bounce_letter::for_customer(refused),
        Verdict::Delivered { delivered, .. } => bounce_letter::delivered_for_customer(delivered),
        Verdict::AggregateReport { tally } => aggregate::for_customer(tally),
        Verdict::AllWell { author, .. } if matter.has_warning() => format!("このメールは、差出人に表示されている {author} から送信されたことを確認できました。なお、送信や受信の状況について確認したほうがよい点がございましたが、この結果に影響するものではございません。"),
        Verdict::AllWell { author, .. } => format!("このメールは、差出人に表示されている {author} から送信されたことを確認できました。問題は見つかりませんでした。なお、本物のメールであっても、受信側の基準により迷惑メールと判定される場合がございます。"),
        Verdict::ForwardedDkimCarries { author } => format!("このメールは途中で転送されておりますが、電子署名（DKIM）は有効で、{author} から送信されたことを確認できました。問題は見つかりませんでした。"),
        Verdict::AuthorLookalike { author } => format!("このメールは {author} から送信されておりますが、このドメイン名には、ほかの文字と見分けのつきにくい文字が使われております。見かけとは異なる差出人からのメールの可能性がございます。"),
        Verdict::NameElsewhere { author, shown } => format!("このメールは {author} から送信されておりますが、差出人の名前には {shown} と表示されております。{shown} との関係は確認できませんでした。"),
        Verdict::FilterMarked { author, phishing: true } => format!("このメールは {author} から送信されておりますが、受信側のフィルターがフィッシングまたはなりすましと判定しております。"),
        Verdict::FilterMarked { author, phishing: false } => format!("このメールは {author} から送信されたことを確認でき、送信ドメイン認証にも合格しておりますが、受信側のフィルターが迷惑メールと判定しております。"),
        Verdict::ArrivalNotEncrypted { author, .. } => format!("このメールは {author} から送信されたことを確認できました。ただし、受信側のサーバーに届くまでの最後の区間が暗号化されておらず、Gmailなどでは赤い南京錠が表示されることがございます。なりすましを示すものではございません。"),
        Verdict::PartlySigned { author, .. } => format!("{author} の電子署名は有効ですが、本文の末尾の一部が署名の対象に含まれておりません。この部分が送信時のままの内容かどうかは、確認できませんでした。"),
        Verdict::BodyUnsigned { author } => format!("このメールは送信ドメイン認証に合格しておりますが、{author} の電子署名は本文を対象にしておりません。そのため、本文が {author} によるものかどうかは、確認できませんでした。"),
        Verdict::ReadingsDiffer { author, suffix: Some(suffix), .. } => format!("このメールは認証に合格しておりますが、{suffix} が公開している設定により、{suffix} の下にあるほかのドメインからのメールでも合格するため、{author} から送信されたことは確認できませんでした。"),
        Verdict::ReadingsDiffer { author, suffix: None, .. } => format!("このメールは、現在の規格では {author} から送信されたことを確認できます。ただし、{author} の設定により、従来の規格を使っている受信側では、疑わしいメールとして扱われる場合がございます。"),
        Verdict::AnybodyPasses { author, everybody: false, .. } => format!("このメールは送信ドメイン認証に合格しておりますが、{author} の設定では、極端に広い範囲のサーバーから送信しても合格する状態になっております。そのため、{author} から送信されたことまでは確認できませんでした。"),
        Verdict::AnybodyPasses { author, .. } => format!("このメールは送信ドメイン認証に合格しておりますが、{author} の設定では、どのサーバーから送信しても合格する状態になっております。そのため、{author} から送信されたことまでは確認できませんでした。"),
        Verdict::RepeatedField { author, name } => format!("このメールは {author} から送信されたことを確認できました。ただし、{name} という項目が2つ以上含まれており、お使いのメールソフトによって表示が異なる可能性がございます。"),
        Verdict::SpfOverLimit { author, passes: true, .. } => format!("このメールは、電子署名により {author} から送信されたことを確認できました。ただし、送信サーバーを示す設定（SPF）が上限を超えており、判定に使えない状態になっております。ほかのメールの受信に影響する可能性がございます。"),
        Verdict::SpfOverLimit { author, passes: false, .. } => format!("{author} の送信サーバーを示す設定（SPF）が上限を超えており、判定に使えない状態になっております。そのため、このメールが {author} から送信されたことを確認できませんでした。"),
        Verdict::ThirdPartySignature { author, signer, service } => format!("このメールで確認できたのは、{} の電子署名です。差出人に表示されている {author} 自身の電子署名がないため、{author} に代わって送信されたものかどうかは、確認できませんでした。", sender::named_domain(signer, *service)),
        Verdict::ThirdPartyEnvelope { author, envelope, service } => format!("このメールで確認できたのは、{} から送信されたことです。差出人に表示されている {author} の有効な電子署名がないため、{author} に代わって送信されたものかどうかは、確認できませんでした。", sender::named_domain(envelope, *service)),
        Verdict::OtherDomainOnly { author, passed, .. } => format!("このメールで確認できたのは {passed} であり、差出人に表示されている {author} から送信されたことは確認できませんでした。"),
        Verdict::ListModified { proved: true, by_list: false, signer, .. } => format!("このメールには {signer} の電子署名がありましたが、その後に内容が変わったため、署名と一致しなくなっております。メーリングリストを経由したような形跡はありますが、それを裏付けるものはありません。お心当たりのないメーリングリストの場合は、なりすましの可能性があるとお考えください。"),
        Verdict::ListModified { proved: false, by_list: false, author, .. } => format!("このメールの電子署名は、内容と一致しませんでした。メーリングリストを経由したような形跡はありますが、それを裏付けるものはありません。そのため、{author} から送信されたことは確認できませんでした。お心当たりのないメーリングリストの場合は、なりすましの可能性があるとお考えください。"),
        Verdict::ListModified { proved: true, signer, .. } => format!("このメールには {signer} の電子署名がありましたが、その後に内容が変わったため、署名と一致しなくなっております。メーリングリストを経由したメールでは、広く見られる現象です。"),
        Verdict::ListModified { proved: false, author, .. } => format!("このメールはメーリングリストを経由しており、電子署名が内容と一致しませんでした。そのため、{author} から送信されたことは確認できませんでした。お心当たりのないメーリングリストの場合は、なりすましの可能性があるとお考えください。"),
        Verdict::Modified { by: ChangedBy::Saving, author, .. } => format!("お送りいただいたファイルは、保存の際に書き換えられた可能性がございます。このファイルからは、{author} から送信されたかどうかを判定できませんでした。"),
        Verdict::Modified { proved: true, by: ChangedBy::Storage, signer, .. } => format!("このメールには {signer} の電子署名がありますが、保存や書き出しの際に内容が変わったため、お送りいただいたファイルの内容とは一致しませんでした。"),
        Verdict::Modified { proved: true, by: ChangedBy::ReceivingSide, signer, .. } => format!("このメールには {signer} の電子署名があり、届いた時点では有効だったことが受信サーバーに記録されております。その後に内容が変わったため、現在の内容とは一致しなくなっております。"),
        Verdict::Modified { proved: true, signer, .. } => format!("このメールには {signer} の電子署名がありますが、届くまでの間に内容が変わっており、現在の内容とは一致しませんでした。"),
        Verdict::Modified { proved: false, author, .. } => format!("このメールの電子署名は、内容と一致しませんでした。そのため、{author} から送信されたことは確認できませんでした。"),
        Verdict::KeyMissing { author, .. } => format!("このメールには {author} の電子署名がありますが、確認に必要な公開鍵が現在は公開されていないため、{author} から送信されたことを確認できませんでした。以前のメールでは、鍵の交換により同じ状態になることがございます。"),
        Verdict::SignatureUnusable { author, fits: Some(_), .. } => format!("このメールの電子署名は、{author} が公開している鍵で作成されたものでした。ただし、その鍵を公開する設定の書式に誤りがあるため、受信側で有効な署名として扱われない可能性がございます。署名のほかの点に問題は見つかりませんでした。"),
        Verdict::SignatureUnusable { author, .. } => format!("このメールの {author} の電子署名は、有効と認められませんでした。そのため、{author} から送信されたことは確認できませんでした。"),
        Verdict::ForwardedUnsigned { author, by: None, .. } if matter.headline.actor == Actor::Receiver => format!("このメールには転送されたような形跡がありますが、それを裏付けるものはありません。{author} の電子署名もないため、{author} から送信されたことは確認できませんでした。"),
        Verdict::ForwardedUnsigned { author, marks: Marks::List, by: Some(by), proved: false, .. } => format!("このメールは {by} から届いており、メーリングリストとして配信されたものとされておりますが、差出人に表示されている {author} が書いたことを示すものはありません。お心当たりのないメーリングリストの場合は、なりすましの可能性があります。"),
        Verdict::ForwardedUnsigned { author, marks: Marks::Forwarding, by: Some(by), proved: false, .. } => format!("このメールは {by} から届いており、転送されたものとされておりますが、差出人に表示されている {author} が書いたことを示すものはありません。このような転送にお心当たりがない場合は、なりすましの可能性があります。"),
        Verdict::ForwardedUnsigned { author, saw_pass: Some(sealer), .. } => format!("このメールは転送されており、転送の途中で、{author} から送信されたことを示す情報が失われています。転送前に受け取った {sealer} は、その時点では認証に合格していたと記録していますが、その記録だけでは証明にならないため、{author} から送信されたことは確認できませんでした。"),
        Verdict::ForwardedUnsigned { author, .. } => format!("このメールには転送された形跡があり、{author} の電子署名がありません。転送されたメールでは電子署名のほかに確認する方法がないため、{author} から送信されたことは確認できませんでした。"),
        Verdict::Spoofed { author, marks: Some(_), .. } => format!("このメールには、差出人に表示されている {author} から送信されたことを示すものがありません。転送されたような形跡はありますが、それを裏付けるものもなく、なりすましの可能性があると考えられます。"),
        Verdict::Spoofed { author, .. } => format!("このメールには、差出人に表示されている {author} から送信されたことを示すものがなく、なりすましの可能性が高いと考えられます。"),
        Verdict::AuthorDomainMissing { author } => format!("差出人に表示されている {author} というドメインは、現在インターネット上に存在しません。なりすましの可能性が高いと考えられます。"),
        Verdict::AuthorNotPublic { author } => format!("差出人に表示されているアドレスの {author} は、インターネット上のドメインではございません。そのため、どなたが送信されたかを確認することはできませんでした。送信元アドレスを設定していない複合機やサーバーなどから送信されたメールに、このような差出人が見られます。"),
        Verdict::Unauthenticated { author } | Verdict::NoDmarcRecord { author, proved: false, .. } => format!("このメールが {author} から送信されたことを示すものは、確認できませんでした。なりすましかどうかは、このメールだけでは判断できません。"),
        Verdict::NoDmarcRecord { author, proved: true, .. } => format!("このメールは {author} として送信ドメイン認証に合格しております。ただし、{author} では、なりすまし対策の設定（DMARC）が有効になっておりません。"),
        Verdict::NoSingleAuthor { .. } => "このメールは差出人（From）を1つに特定できないため、送信元を確認できませんでした。なりすましメールにも見られる形です。".to_owned(),
        Verdict::DnsUnreachable { author } => format!("判定に必要な情報が一時的に取得できなかったため、{author} から送信されたかどうかを、まだ判定できておりません。"),
        Verdict::NotAsked { .. } => "送信元の判定に必要な情報をまだ取得していないため、判定できておりません。".to_owned(),
        Verdict::HeadersOnlySigned { author } => format!("お送りいただいたのはヘッダ情報のみでした。ヘッダに対する {author} の電子署名は有効でしたが、本文が変わっていないかどうかは確認できませんでした。"),
        Verdict::HeadersOnly { author } => format!("お送りいただいたのはヘッダ情報のみで、{author} から送信されたかどうかを判定できませんでした。"),
        Verdict::NotEnough { .. } if matter.waits_for() == Some(Open::NotAsked) => "送信元の判定に必要な情報をまだ取得していないため、判定できておりません。".to_owned(),
        Verdict::NotEnough { author, .. } if matter.waits_for().is_some() => format!("判定に必要な情報が一時的に取得できなかったため、{author} から送信されたかどうかを、まだ判定できておりません。"),
        Verdict::NotEnough { author, .. } => format!("このメールに記録されている情報だけでは、{author} から送信されたかどうかを判定できませんでした。"),
    }
}
