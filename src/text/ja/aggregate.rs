//! DMARC集約レポートの言葉。

use crate::aggregate::Deviation;

pub(in crate::text) fn counted(messages: u64, failed: u64) -> String {
    match failed {
        0 => format!("{messages}通（すべてDMARCに合格）"),
        failed => format!("{messages}通（うち{failed}通がDMARCに不合格）"),
    }
}

pub(in crate::text) const fn deviation(deviation: Deviation) -> &'static str {
    match deviation {
        Deviation::Entities => "実体の定義があります（展開していません）",
        Deviation::Broken => "途中で切れているか、XMLの形式が崩れています",
        Deviation::NoCount => "件数のない記録を1通と数えました",
        Deviation::TooMuch => "入れ子が深すぎるため、途中まで読みました",
    }
}
