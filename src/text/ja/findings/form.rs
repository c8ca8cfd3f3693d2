//! メールの書き方についての指摘。

use jiff::SignedDuration;

use crate::check::IdFault;
use crate::message::HeaderByte;
use crate::message::date::Stamp;
use crate::text::ja::terms;
use crate::text::{Explanation, stamp};

pub(in crate::text) fn field_repeated(fields: &[String]) -> Explanation {
    let fields = fields.join("、");
    Explanation::new(
        format!("1つしか書けないヘッダが複数あります（{fields}）"),
        "どれを表示するかはメールソフトやフィルターによって異なるため、検証や署名の対象とは別の内容が表示される可能性があります。",
        format!(
            "2つ目の {fields} を書き加えているソフトまたはサーバーの管理者に、設定の修正を依頼してください。それまでは「ヘッダ」でそれぞれの内容を確認してください。"
        ),
    )
}

pub(in crate::text) fn date_missing(written: bool) -> Explanation {
    let title = if written { "日時（Date）を読み取れません" } else { "日時（Date）がありません" };
    Explanation::new(
        title,
        "すべてのメールに必要なヘッダです。メールソフトでは受信時刻の順や一覧の末尾に表示され、迷惑メールの特徴とみなすフィルターもあります。",
        "送信するソフトの管理者に、RFC 5322の形式のDateを1つ付けるよう依頼してください。",
    )
}

pub(in crate::text) fn date_far(seconds: i64, date: Stamp, received: Stamp) -> Explanation {
    let span = terms::duration(SignedDuration::from_secs(seconds.saturating_abs()));
    let side = if seconds > 0 { "後" } else { "前" };
    Explanation::new(
        format!("日時（Date）が、受信した時刻より{span}{side}です"),
        format!(
            "Dateは {}、受信側が受け取ったのは {} です。送信者の時計のずれ、送信までの待機、または以前のメールの再送が考えられます。メールソフトの一覧では、離れた場所に表示される可能性があります。",
            stamp(date),
            stamp(received)
        ),
        "意図した再送かどうかを送信者に確認してください。再送でなければ、送信するコンピューターの管理者に、時計の確認を依頼してください。",
    )
}

pub(in crate::text) fn message_id_unfit(fault: IdFault, host: Option<&str>) -> Explanation {
    let unique = "Message-IDは世界で1つだけの値にするため、自分のドメインを付けることになっています。迷惑メールの特徴とみなすフィルターもあります。";
    let (title, meaning) = match fault {
        IdFault::Missing => (
            "Message-IDがありません".to_owned(),
            "返信と元のメールを結び付けられず、ログでの検索も難しくなります。Gmailなど、Message-IDのないメールを拒否する受信側もあります。",
        ),
        IdFault::NoDomain => ("Message-IDにドメインがありません".to_owned(), unique),
        IdFault::Local => {
            (format!("Message-IDの {} は、インターネットで使える名前ではありません", host.unwrap_or_default()), unique)
        }
    };
    Explanation::new(
        title,
        meaning,
        "送信するソフトまたはサーバーの管理者に、自分のドメインで終わるMessage-IDを付けるよう依頼してください。",
    )
}

pub(in crate::text) fn header_bytes_odd(kind: HeaderByte) -> Explanation {
    let forbidden = "メールに含めてはいけないバイトです。サーバーによって、削除、拒否、または行の読み方の違いが生じ、署名が一致しなくなることがあります。";
    let (leave_out, encode) = (
        "送信するソフトの管理者に、このバイトを含めないようにするよう依頼してください。",
        "送信するソフトの管理者に、この文字をRFC 2047の方式でエンコードするよう依頼してください。",
    );
    match kind {
        HeaderByte::Nul => Explanation::new("ヘッダにNULバイトがあります", forbidden, leave_out),
        HeaderByte::BareCarriageReturn => {
            Explanation::new("ヘッダに、改行になっていない復帰（CR）があります", forbidden, leave_out)
        }
        HeaderByte::NotUtf8 => Explanation::new(
            "ヘッダに、エンコードされていない8ビットの文字があります",
            "どの文字を表すかが決まっていないため、文字コードを推測して読み取りました。ほかのソフトでは違う文字に見える可能性があります。",
            encode,
        ),
        HeaderByte::Utf8 => Explanation::new(
            "ヘッダに、エンコードされていないUTF-8の文字があります",
            "SMTPUTF8に対応したサーバーにだけ送ることができるヘッダですが、どのホップにもその記録がありません。途中のサーバーで書き換えられて署名が一致しなくなったり、拒否されたりすることがあります。",
            encode,
        ),
    }
}

pub(in crate::text) fn line_too_long(octets: usize, lines: usize) -> Explanation {
    let title = match lines {
        1 => format!("{octets}バイトの行があります"),
        _ => format!("長すぎる行が{lines}行あります（最初の行は{octets}バイト）"),
    };
    Explanation::new(
        title,
        "1行の上限は998バイトです。途中のサーバーで行が分割されてDKIM署名が一致しなくなったり、拒否されたりすることがあります。",
        "送信するソフトの管理者に、長い行を分割するか、quoted-printableまたはbase64でエンコードするよう依頼してください。",
    )
}
