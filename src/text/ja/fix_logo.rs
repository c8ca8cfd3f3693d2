//! BIMIレコードの変更についての文。

use super::terms;
use crate::auth::bimi::Selector;
use crate::auth::dmarc::Policy;
use crate::fix::BimiStep;
use crate::text::fix::FixText;

pub(super) fn bimi(domain: &str, steps: &[BimiStep], policy: Option<Policy>, asked: &Selector) -> FixText {
    FixText {
        title: format!("{domain} のロゴ表示（BIMI）"),
        steps: steps.iter().map(step).collect(),
        conditions: selector(asked).into_iter().chain(conditions(policy)).collect(),
    }
}

fn step(step: &BimiStep) -> String {
    match step {
        BimiStep::Version => "先頭を v=BIMI1 にします（表記もこのとおりにします）。".to_owned(),
        BimiStep::Separate => "項目の間をセミコロンで区切ります。".to_owned(),
        BimiStep::LowerCase => "タグの名前を小文字で記述します。".to_owned(),
        BimiStep::Secure { before, after } => format!("{before} を {after} に変更します（https以外は使われません）。"),
        BimiStep::Format { before } => {
            format!("{before} を、SVG Tiny PS形式のロゴのURLに置き換えます（ほかの形式は使われません）。")
        }
        BimiStep::Drop { part } => format!("効果のない {part} を削除します。"),
        BimiStep::Logo => "ロゴのURLを追加します。".to_owned(),
        BimiStep::Certificate => {
            "証明書のURLを追加します（受信側の事業者は、証明書がある場合にだけロゴを表示します）。".to_owned()
        }
    }
}

fn selector(asked: &Selector) -> Option<String> {
    match asked {
        Selector::Default => None,
        Selector::Named(name) => Some(format!(
            "このメールはセレクタ {name} を指定しており（BIMI-Selector）、このヘッダーは差出人ドメインのDKIM署名の対象です。このレコードは、そのセレクタのものです。"
        )),
        Selector::Ignored(name) => Some(format!(
            "このメールはセレクタ {name} を指定していますが（BIMI-Selector）、このヘッダーは差出人ドメインの有効なDKIM署名の対象ではないため、受信側では無視されます。使われるのはセレクタ default のレコードです。"
        )),
    }
}

fn conditions(policy: Option<Policy>) -> Vec<String> {
    let today = policy.map_or_else(String::new, |policy| format!("現在は p={} です。", terms::policy_word(policy)));
    vec![
        format!(
            "変更前：このドメインと組織ドメインのDMARCが、すべてのメールについてquarantineまたはrejectを求めている必要があります（sp=noneや100未満のpctは不可）。{today}"
        ),
        "ロゴは正方形のSVG Tiny PSファイルで、httpsで公開します。証明書は、登録商標のあるロゴではVMC、それ以外ではCMCを認証局から取得します。".to_owned(),
        "任意の設定です。ロゴがなくてもメールは届きます。表示するかどうかは、受信側の事業者が決めます。".to_owned(),
    ]
}
