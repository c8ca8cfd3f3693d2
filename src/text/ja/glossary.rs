//! 用語の説明（はじめて見る人向けに1〜3文）。

use crate::text::glossary::{Entry, Term};

#[expect(clippy::too_many_lines, reason = "one arm for each term, so that the compiler asks for its words")]
pub(in crate::text) const fn entry(term: Term) -> Entry {
    match term {
        Term::Spf => Entry {
            name: "SPF",
            spellings: &["SPF"],
            meaning: "ドメインの管理者が、そのドメインをエンベロープFromに使って送信できるサーバーの一覧をDNSで公開するしくみです。受信側は接続元IPアドレスを一覧と照合します。",
        },
        Term::Dkim => Entry {
            name: "DKIM",
            spellings: &["DKIM"],
            meaning: "送信サーバーがドメインの名前でメールに電子署名を付けるしくみです。DNSの公開鍵を使うと、署名された部分が変更されていないことを誰でも確認できます。",
        },
        Term::Dmarc => Entry {
            name: "DMARC",
            spellings: &["DMARC"],
            meaning: "差出人として表示されるドメインを、SPFとDKIMで確認できたドメインと比べるしくみです。1つでも一致すれば合格です。合格しないメールの扱いは、ドメインの管理者がDNSで示します。",
        },
        Term::Arc => Entry {
            name: "ARC",
            spellings: &["ARC"],
            meaning: "転送するサーバーが、受け取った時点の認証結果を記録して署名するしくみです。信頼するかどうかは受信側が決めます。DMARCの判定には使われません。",
        },
        Term::EnvelopeFrom => Entry {
            name: "エンベロープFrom",
            spellings: &["エンベロープFrom", "Return-Path"],
            meaning: "サーバー間でやり取りされる送信者アドレス（MAIL FROM）で、不達通知の宛先になります。Return-Pathに残り、差出人として表示されるアドレスと違っていてもかまいません。SPFはこのドメインで判定します。",
        },
        Term::HeaderFrom => Entry {
            name: "ヘッダFrom",
            spellings: &["ヘッダFrom", "差出人（From）"],
            meaning: "メールソフトに差出人として表示されるアドレスです。誰でも自由に書けるため、そのドメインから送られたかどうかはDMARCで確認します。",
        },
        Term::AuthorDomain => Entry {
            name: "差出人ドメイン",
            spellings: &["差出人ドメイン", "差出人のドメイン"],
            meaning: "差出人（ヘッダFrom）のアドレスのドメインです。DMARCで確認する対象になります。",
        },
        Term::AuthorSignature => Entry {
            name: "作成者署名",
            spellings: &["作成者署名"],
            meaning: "差出人ドメイン（または同じ組織のドメイン）の名前で付けられたDKIM署名です。DMARCで有効に働き、転送されても確認できます。",
        },
        Term::ThirdPartySignature => Entry {
            name: "第三者署名",
            spellings: &["第三者署名"],
            meaning: "差出人ドメインとは別のドメイン（多くは配信サービス）の名前で付けられたDKIM署名です。署名自体は有効でも、DMARCの合格にはつながりません。",
        },
        Term::Alignment => Entry {
            name: "アライメント",
            spellings: &["アライメント", "差出人ドメインと一致"],
            meaning: "SPFやDKIMで確認できたドメインが、差出人ドメインと同じか、同じ組織のドメインであることです。DMARCの合格に必要です。",
        },
        Term::OrganizationalDomain => Entry {
            name: "組織ドメイン",
            spellings: &["組織ドメイン"],
            meaning: "組織が登録したドメインです（mail.example.co.jp では example.co.jp）。その下の名前は同じ組織のものとみなされます。",
        },
        Term::PublicSuffixList => Entry {
            name: "Public Suffix List",
            spellings: &["Public Suffix List", "PSL"],
            meaning: "誰でもその下にドメインを登録できる名前（com、co.jp など）の一覧です。RFC 9989より前のDMARCは、これで組織ドメインを決めていました。現在も使う受信側が多くあります。",
        },
        Term::TreeWalk => Entry {
            name: "DNSツリーウォーク",
            spellings: &["DNSツリーウォーク", "ツリーウォーク"],
            meaning: "RFC 9989でDMARCレコードを探す方法です。差出人ドメインから始めて、上位のドメインを1つずつDNSに問い合わせます。",
        },
        Term::Policy => Entry {
            name: "ポリシー",
            spellings: &["ポリシー"],
            meaning: "DMARCに合格しないメールの扱いについての依頼です。none（何もしない）、quarantine（隔離）、reject（拒否）があり、実際の扱いは受信側が決めます。",
        },
        Term::Selector => Entry {
            name: "セレクタ",
            spellings: &["セレクタ"],
            meaning: "ドメインのDKIM鍵に付けた名前です。セレクタが s1 なら、example.jp の公開鍵はDNSの s1._domainkey.example.jp にあります。",
        },
        Term::PublicKey => Entry {
            name: "公開鍵",
            spellings: &["公開鍵"],
            meaning: "DNSで公開する鍵です。署名の確認には誰でも使えますが、署名を作れるのは対になる秘密鍵を持つ人だけです。",
        },
        Term::BodyHash => Entry {
            name: "本文ハッシュ",
            spellings: &["本文ハッシュ"],
            meaning: "署名したときの本文から計算した短い値（bh=）です。現在の本文の値と違えば、署名後に本文が変更されています。",
        },
        Term::LookupLimit => Entry {
            name: "DNS参照回数の上限",
            spellings: &["DNS参照回数の上限", "DNS参照"],
            meaning: "SPFの判定で行えるDNS参照は、includeの先も含めて10回までです。超えると受信側は判定を打ち切り、permerrorとします。",
        },
        Term::VoidLookup => Entry {
            name: "空振りの参照",
            spellings: &["空振りの参照"],
            meaning: "SPFの判定で、該当するものが見つからないDNS参照のことです。2回を超えるとpermerrorになることがあります。",
        },
        Term::PermError => Entry {
            name: "permerror",
            spellings: &["permerror"],
            meaning: "恒久的なエラーです。公開されているレコードに誤りがあり、管理者が直すまで続きます。DMARCでは合格になりません。",
        },
        Term::TempError => Entry {
            name: "temperror",
            spellings: &["temperror"],
            meaning: "一時的なエラーです。DNSの応答がなかったことを示し、合格とも不合格とも言えません。時間をおくと解消することがあります。",
        },
        Term::Softfail => Entry {
            name: "softfail",
            spellings: &["softfail"],
            meaning: "~all で終わるSPFレコードの結果です。IPアドレスは一覧になく、正規のサーバーではない可能性が高いことを示します。failより弱い結果です。",
        },
        Term::Neutral => Entry {
            name: "neutral",
            spellings: &["neutral"],
            meaning: "許可とも不許可とも示されていないという結果です。DMARCでは合格になりません。",
        },
        Term::Received => Entry {
            name: "Received",
            spellings: &["Received"],
            meaning: "サーバーがメールを受け取るたびに、先頭に書き加えるヘッダです。下から上へ読むと経路がわかります。送信側の分は偽って書かれることもあります。",
        },
        Term::Hop => Entry {
            name: "ホップ",
            spellings: &["ホップ"],
            meaning: "サーバーから次のサーバーへの1回の受け渡しです。1つのReceivedヘッダが1つのホップを表し、ホップ1が最も古い記録です。",
        },
        Term::Boundary => Entry {
            name: "受信側の入口",
            spellings: &["受信側の入口"],
            meaning: "受信側の組織がメールを受け取ったホップです。SPF、逆引き、TLSはここで判定します。これより下の記録は、外部の人が書いたものです。",
        },
        Term::ConnectingAddress => Entry {
            name: "接続元IPアドレス",
            spellings: &["接続元IPアドレス"],
            meaning: "受信側へ接続してメールを渡したIPアドレスです。SPFでは、このIPアドレスからの送信が許可されているかを確認します。",
        },
        Term::Helo => Entry {
            name: "HELO",
            spellings: &["HELO", "EHLO"],
            meaning: "サーバーが接続するときに名乗る名前です。自己申告なので、それだけでは信用できません。",
        },
        Term::ReverseDns => Entry {
            name: "逆引き",
            spellings: &["逆引き", "PTR", "FCrDNS"],
            meaning: "IPアドレスからDNSで得られる名前（PTR）です。その名前の正引きが元のIPアドレスに戻ること（FCrDNS）を、大手の受信側は求めています。",
        },
        Term::Tls => Entry {
            name: "TLS",
            spellings: &["TLS", "STARTTLS"],
            meaning: "サーバー間の通信の暗号化です。区間ごとに別々で、表示しているのは、それぞれのサーバーによる記録です。",
        },
        Term::Forwarding => Entry {
            name: "転送",
            spellings: &["転送"],
            meaning: "受け取ったメールを別のアドレスへ送ることです。転送サーバーは送信元の一覧にないため、SPFは一致しなくなります。内容が変わらなければDKIM署名は有効なままです。",
        },
        Term::Srs => Entry {
            name: "SRS",
            spellings: &["SRS"],
            meaning: "転送サーバーがエンベロープFromを自分のドメインのアドレスに書き換える方式です。SPFは転送サーバーのドメインで合格します。",
        },
        Term::MailingList => Entry {
            name: "メーリングリスト",
            spellings: &["メーリングリスト"],
            meaning: "1人の投稿を参加者全員に配るしくみです。件名のタグや末尾の文章を追加することが多く、その場合は投稿者のDKIM署名が一致しなくなります。",
        },
        Term::SendingService => Entry {
            name: "配信サービス",
            spellings: &["配信サービス", "メール配信サービス"],
            meaning: "メールマガジンや通知などを代わりに送信する会社です。DMARCに合格するには、利用者のドメインの名前で署名する設定が必要です。",
        },
        Term::Spoofing => Entry {
            name: "なりすまし",
            spellings: &["なりすまし"],
            meaning: "他人のアドレスを差出人にしてメールを送ることです。",
        },
        Term::Bounce => Entry {
            name: "不達通知",
            spellings: &["不達通知", "エラーメール", "DSN"],
            meaning: "メールを届けられなかったことを、サーバーが送信者に知らせるメール（DSN、エラーメール）です。エンベロープFromは空で、さらに不達通知が返ることはありません。",
        },
        Term::ListUnsubscribe => Entry {
            name: "List-Unsubscribe",
            spellings: &["List-Unsubscribe", "List-Unsubscribe-Post", "ワンクリック登録解除"],
            meaning: "登録解除の方法をメールソフトに伝えるヘッダです。大量送信者に対して、Gmailはワンクリックで登録を解除できることを求めています。YahooはList-Unsubscribeを求め、ワンクリックは推奨としています。",
        },
        Term::AuthenticationResults => Entry {
            name: "Authentication-Results",
            spellings: &["Authentication-Results", "受信サーバーの記録"],
            meaning: "受信サーバーが、SPF・DKIM・DMARCを確認した結果を書くヘッダです。そのサーバーが書いたと判断できる場合にだけ意味があります。",
        },
        Term::MessageId => Entry {
            name: "Message-ID",
            spellings: &["Message-ID"],
            meaning: "送信したソフトがメールごとに付ける識別用の文字列です。ログの検索や、返信との対応付けに使います。",
        },
        Term::Dns => Entry {
            name: "DNS",
            spellings: &["DNS"],
            meaning: "インターネットの名簿です。名前からIPアドレスがわかるほか、SPF・DKIM・DMARCのレコードもここに公開します。変更できるのは、そのドメインのDNS管理者です。",
        },
        Term::Bimi => Entry {
            name: "BIMI",
            spellings: &["BIMI"],
            meaning: "ドメインのロゴをメールソフトに表示してもらうしくみです。DMARCのポリシーがquarantineまたはrejectで、合格している必要があります。",
        },
        Term::Dnsbl => Entry {
            name: "DNSBL",
            spellings: &["DNSBL", "ブロックリスト"],
            meaning: "評判の悪いIPアドレスやドメインの一覧で、DNSで問い合わせます。登録の基準は運営者ごとに異なり、どれを使うかは受信側が決めます。評判についての見解で、認証の結果ではありません。",
        },
        Term::MtaSts => Entry {
            name: "MTA-STS",
            spellings: &["MTA-STS"],
            meaning: "自分のドメインへのメールを、TLSで、正しい証明書のあるサーバーにだけ届けるよう求めるしくみです。DNSのレコードで公開を知らせ、ポリシーの本体はWebサーバーに置きます。",
        },
        Term::TlsRpt => Entry {
            name: "TLS-RPT",
            spellings: &["TLS-RPT"],
            meaning: "TLSによる配送に失敗したことを知らせるレポートの送り先を、DNSで公開するしくみです。レポートは主に大手の事業者から1日1回届きます。",
        },
        Term::Dane => Entry {
            name: "DANE",
            spellings: &["DANE", "TLSA"],
            meaning: "メールサーバーの証明書を、DNSSECで保護されたTLSAレコードで公開するしくみです。確認する送信側は、一致しないサーバーには届けません。",
        },
    }
}
