//! 状態ごとの短い言葉。

use jiff::SignedDuration;

use crate::auth::Alignment;
use crate::auth::dkim::{self, BodyHash, DkimResult, HeaderSignature, KeyState};
use crate::auth::dmarc::{self, Authentication, DmarcResult, Found, Policy, PolicyTag};
use crate::auth::iprev::IprevResult;
use crate::auth::lookalike::Script;
use crate::auth::spf::{self, SpfResult};
use crate::check::{Actor, Confidence, Severity};
use crate::dns::Failure;
use crate::facts::{MomentSource, SessionSource};
use crate::message::RepairCode;
use crate::message::container::{Form, Shortfall};
use crate::path::{BoundaryReason, Handover, PartKind, Side, TlsState};
use crate::sender::StreamKind;

pub(in crate::text) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "要対応",
        Severity::Warning => "注意",
        Severity::Note => "参考",
    }
}

pub(in crate::text) const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Certain => "確実",
        Confidence::Likely => "可能性が高い",
        Confidence::Possible => "可能性あり",
    }
}

pub(in crate::text) fn mark(severity: Severity, confidence: Confidence) -> String {
    let severity = self::severity(severity);
    match confidence {
        Confidence::Certain => severity.to_owned(),
        Confidence::Likely | Confidence::Possible => format!("{severity}・{}", self::confidence(confidence)),
    }
}

pub(in crate::text) const fn actor(actor: Actor) -> &'static str {
    match actor {
        Actor::Sender => "送信元の管理者",
        Actor::SendingService => "配信サービス",
        Actor::Forwarder => "転送元・中継したサーバー",
        Actor::Receiver => "受信側（宛先の方・そのメールサーバーの管理者）",
        Actor::Reader => "本ソフトの利用者（実行時の設定）",
        Actor::Nobody => "なし（対応不要）",
    }
}

pub(in crate::text) const fn spf_result(result: Option<SpfResult>) -> &'static str {
    match result {
        Some(SpfResult::Pass) => "pass",
        Some(SpfResult::Fail) => "fail",
        Some(SpfResult::SoftFail) => "softfail",
        Some(SpfResult::Neutral) => "neutral",
        Some(SpfResult::None) => "none",
        Some(SpfResult::TempError) => "temperror",
        Some(SpfResult::PermError) => "permerror",
        None => "評価していません",
    }
}

pub(in crate::text) const fn spf_reason(result: Option<SpfResult>, reason: spf::Reason) -> &'static str {
    match reason {
        spf::Reason::Matched => match result {
            Some(SpfResult::Fail) => "接続元IPアドレスはレコードで許可されていません",
            Some(SpfResult::SoftFail) => "接続元IPアドレスはレコードで許可されていない可能性が高いとされています",
            Some(SpfResult::Neutral) => "レコードは接続元IPアドレスについて何も示していません",
            Some(SpfResult::Pass | SpfResult::None | SpfResult::TempError | SpfResult::PermError) | None => {
                "レコードが接続元IPアドレスを許可しています"
            }
        },
        spf::Reason::NothingMatched => "レコードに接続元IPアドレスに一致する記述がありません",
        spf::Reason::NoRecord => "SPFレコードがありません",
        spf::Reason::NoSuchDomain => "ドメインが存在しません",
        spf::Reason::NotADomain => "確認できるドメインがありません",
        spf::Reason::SeveralRecords => "SPFレコードが複数あります",
        spf::Reason::SyntaxError => "レコードを読み取れません",
        spf::Reason::LookupLimit => "DNS参照が10回を超えています",
        spf::Reason::VoidLookupLimit => "空振りの参照が2回を超えています",
        spf::Reason::MxLimit => "MXホストが10個を超えています",
        spf::Reason::TargetHasNoRecord => "include先のドメインにSPFレコードがありません",
        spf::Reason::DnsTrouble => "DNSの応答がありません",
        spf::Reason::NotAsked => "DNSに問い合わせていません",
    }
}

pub(in crate::text) const fn dkim_result(result: DkimResult) -> &'static str {
    match result {
        DkimResult::Pass => "pass",
        DkimResult::Fail => "fail",
        DkimResult::Policy => "policy",
        DkimResult::Neutral => "neutral",
        DkimResult::PermError => "permerror",
        DkimResult::TempError => "temperror",
        DkimResult::NotEvaluated => "評価していません",
    }
}

pub(in crate::text) const fn dkim_reason(reason: dkim::Reason) -> &'static str {
    match reason {
        dkim::Reason::Verified => "本文もヘッダも署名時のままです",
        dkim::Reason::HeaderVerifiedBodyNotAvailable => {
            "ヘッダは署名時のままです（送信時のままの本文がないため、本文は確認できません）"
        }
        dkim::Reason::HeaderRewritten => "ヘッダが送信時のまま保存されていないため、確認できません",
        dkim::Reason::BodyHashMismatch => "署名後に本文が変更されています",
        dkim::Reason::HeaderSignatureInvalid => {
            "ヘッダと一致しません。署名対象のヘッダが変更されたか、公開鍵が署名と対応していません"
        }
        dkim::Reason::BodyAndHeaderMismatch => "本文ともヘッダとも一致しません",
        dkim::Reason::TagMissing => "必要なタグがありません",
        dkim::Reason::TagBroken => "読み取れないタグがあります",
        dkim::Reason::VersionUnknown => "不明なバージョンです（v=）",
        dkim::Reason::AlgorithmUnknown => "不明なアルゴリズムです（a=）",
        dkim::Reason::CanonicalizationUnknown => "不明な正規化方式です（c=）",
        dkim::Reason::QueryMethodUnknown => "不明な鍵取得方法です（q=）",
        dkim::Reason::FromNotSigned => "Fromが署名対象に含まれていません",
        dkim::Reason::IdentityOutsideDomain => "i= が d= のドメインに属していません",
        dkim::Reason::ExpiredAtReceipt => "受信時に有効期限が切れていました",
        dkim::Reason::LengthBeyondBody => "l= が本文より長くなっています",
        dkim::Reason::Sha1NotValid => "rsa-sha1は現在認められません",
        dkim::Reason::KeyTooShort => "鍵が1024ビット未満です",
        dkim::Reason::KeyTooLong => "鍵が8192ビットを超えるため、確認していません",
        dkim::Reason::LimitExceeded => "確認する署名またはヘッダの数の上限を超えています",
        dkim::Reason::KeyMissing => "公開鍵は現在のDNSにありません",
        dkim::Reason::KeyRevoked => "公開鍵は失効しています",
        dkim::Reason::KeyBroken => "公開鍵のレコードを読み取れません",
        dkim::Reason::KeyMismatch => "公開鍵が署名のアルゴリズムに合いません",
        dkim::Reason::KeyNotForEmail => "メール用の公開鍵ではありません",
        dkim::Reason::KeyStrictIdentity => "公開鍵が i= のサブドメインを許可していません",
        dkim::Reason::KeyUnreachable => "公開鍵についてDNSの応答がありません",
        dkim::Reason::KeyNotAsked => "公開鍵をDNSに問い合わせていません",
    }
}

pub(in crate::text) const fn key_state(state: KeyState) -> &'static str {
    match state {
        KeyState::Found => "あり",
        KeyState::Missing => "現在のDNSになし",
        KeyState::Revoked => "失効",
        KeyState::Broken => "読み取れません",
        KeyState::Unreachable => "DNSの応答なし",
        KeyState::NotAsked => "問い合わせていません",
    }
}

pub(in crate::text) const fn body_hash(state: BodyHash) -> &'static str {
    match state {
        BodyHash::Match => "変更なし",
        BodyHash::Mismatch => "署名後に変更あり",
        BodyHash::NotAvailable => "確認できません",
    }
}

pub(in crate::text) const fn header_signature(state: HeaderSignature) -> &'static str {
    match state {
        HeaderSignature::Valid => "有効",
        HeaderSignature::Invalid => "無効",
        HeaderSignature::NotChecked => "確認していません",
    }
}

pub(in crate::text) const fn dmarc_result(result: DmarcResult) -> &'static str {
    match result {
        DmarcResult::Pass => "pass",
        DmarcResult::Fail => "fail",
        DmarcResult::None => "none",
        DmarcResult::TempError => "temperror",
        DmarcResult::PermError => "permerror",
        DmarcResult::NotApplicable => "対象外",
        DmarcResult::NotEvaluated => "評価していません",
    }
}

pub(in crate::text) const fn dmarc_reason(reason: dmarc::Reason) -> &'static str {
    match reason {
        dmarc::Reason::Aligned => "合格した識別子が差出人ドメインと一致しています",
        dmarc::Reason::NothingAligned => "差出人ドメインと一致するドメインが、SPFでもDKIMでも合格していません",
        dmarc::Reason::NoRecord => "適用されるDMARCレコードがありません",
        dmarc::Reason::SwitchedOff => "レコードに有効な p= も rua= もありません",
        dmarc::Reason::NoFrom => "Fromがありません",
        dmarc::Reason::SeveralFrom => "Fromが複数あります",
        dmarc::Reason::SeveralAuthorDomains => "Fromに複数のドメインがあります",
        dmarc::Reason::FromUnreadable => "Fromに読み取れない部分があります",
        dmarc::Reason::NoAuthorDomain => "Fromにドメインがありません",
        dmarc::Reason::DnsTrouble => "DNSの応答がありません",
        dmarc::Reason::NotAsked => "DNSに問い合わせていません",
        dmarc::Reason::IdentifierNotEvaluated => "合格する可能性のある識別子を評価できていません",
    }
}

pub(in crate::text) const fn policy(policy: Policy) -> &'static str {
    match policy {
        Policy::None => "none（何もしない）",
        Policy::Quarantine => "quarantine（隔離）",
        Policy::Reject => "reject（拒否）",
    }
}

/// レコードに書かれる語。
pub(in crate::text) const fn policy_word(policy: Policy) -> &'static str {
    match policy {
        Policy::None => "none",
        Policy::Quarantine => "quarantine",
        Policy::Reject => "reject",
    }
}

pub(in crate::text) const fn policy_tag(tag: PolicyTag) -> &'static str {
    match tag {
        PolicyTag::P => "p",
        PolicyTag::Sp => "sp",
        PolicyTag::Np => "np",
    }
}

pub(in crate::text) const fn alignment(alignment: Option<Alignment>) -> &'static str {
    match alignment {
        Some(Alignment::Strict) => "同じドメイン",
        Some(Alignment::Relaxed) => "同じ組織ドメイン",
        Some(Alignment::No) => "一致しません",
        None => "不明",
    }
}

pub(in crate::text) const fn authentication(authentication: Authentication) -> &'static str {
    match authentication {
        Authentication::Passed => "合格",
        Authentication::NotPassed => "合格していません",
        Authentication::TempError => "一時的なエラー",
        Authentication::NotEvaluated => "評価していません",
    }
}

pub(in crate::text) const fn found(found: Found) -> &'static str {
    match found {
        Found::Record => "レコードあり",
        Found::Nothing => "レコードなし",
        Found::OtherText => "DMARC以外の記述のみ",
        Found::UnusableDropped => "使用できないレコードのため無視",
        Found::SeveralDropped => "複数あるため無視",
        Found::Unreachable => "応答なし",
        Found::NotAsked => "問い合わせていません",
    }
}

pub(in crate::text) const fn iprev_result(result: IprevResult) -> &'static str {
    match result {
        IprevResult::Pass => "正引き・逆引きが一致しています",
        IprevResult::Fail => "正引き・逆引きが一致しません",
        IprevResult::None => "逆引きがありません",
        IprevResult::NotEvaluated => "評価していません",
        IprevResult::TempError => "DNSの応答なし",
    }
}

pub(in crate::text) const fn tls_state(state: TlsState) -> &'static str {
    match state {
        TlsState::Encrypted => "暗号化あり",
        TlsState::NotEncrypted => "暗号化なし",
        TlsState::NotStated => "記載なし",
        TlsState::Local => "サーバー内部",
    }
}

pub(in crate::text) const fn side(side: Side) -> &'static str {
    match side {
        Side::Sending => "送信側",
        Side::Boundary => "受信側の入口",
        Side::Receiving => "受信側",
    }
}

pub(in crate::text) const fn handover(handover: Handover) -> &'static str {
    match handover {
        Handover::First => "直前のホップはありません",
        Handover::SameHost => "接続元の名前は、ホップ{}のサーバー名と一致します",
        Handover::SameOrganisation => "接続元の名前は、ホップ{}のサーバーと同じ組織のものです",
        Handover::NotComparable => "ホップ{}のサーバーと名前を比較できません",
        Handover::Elsewhere => "接続元の名前は、ホップ{}のサーバーとは別の組織のものです",
    }
}

/// The keywords are those of the field itself.
pub(in crate::text) const fn part_kind(kind: PartKind) -> &'static str {
    match kind {
        PartKind::From => "from",
        PartKind::By => "by",
        PartKind::Via => "via",
        PartKind::With => "with",
        PartKind::Id => "id",
        PartKind::For => "for",
        PartKind::Tls => "tls",
        PartKind::Group => "group",
        PartKind::State => "state",
        PartKind::Priority => "priority",
        PartKind::EnvelopeFrom => "envelope-from",
        PartKind::Over => "over",
        PartKind::Comment => "コメント",
        PartKind::Date => "日時",
        PartKind::Mark => "区切り",
        PartKind::Wording => "このソフト独自の語句",
        PartKind::UnreadDate => "日時（読み取れません）",
        PartKind::Unread => "読み取れません",
    }
}

pub(in crate::text) const fn boundary_reason(reason: BoundaryReason) -> &'static str {
    match reason {
        BoundaryReason::NewestPublicAddress => "グローバルIPアドレスから届いた最新のホップ",
        BoundaryReason::BehindOwnServers => {
            "受信側と同じドメインのホストを除き、グローバルIPアドレスから届いた最新のホップ"
        }
        BoundaryReason::AuthservHost => {
            "グローバルIPアドレスから届いた最新のホップ（受信側の認証結果に、このサーバーの名前があります）"
        }
        BoundaryReason::TranslatedAddress => {
            "プライベートIPアドレスから、別の組織の名前で届いたホップ（ロードバランサーなどでIPアドレスが置き換わった可能性があります）"
        }
        BoundaryReason::FilterService => {
            "メールフィルターが受け取ったホップ（受信側のフィルターの場合は、こちらを選んでください）"
        }
        BoundaryReason::SameOrganisation => "同じ組織のサーバーが記録した、より古いホップ",
        BoundaryReason::OwnServer => "受信側と同じドメインのホストから届いたホップ",
        BoundaryReason::OlderPublicAddress => "グローバルIPアドレスから届いた古いホップ",
        BoundaryReason::Submission => "ログインして送信したクライアント",
        BoundaryReason::PrivateAddress => "プライベートIPアドレスから届いたホップ",
        BoundaryReason::FilterIsMx => {
            "受信側のメールフィルターが受け取ったホップ（宛先のMXレコードがこのフィルターを指しています）"
        }
        BoundaryReason::Chosen => "手動で指定",
    }
}

pub(in crate::text) const fn stream(kind: StreamKind) -> &'static str {
    match kind {
        StreamKind::Person => "個人のメール",
        StreamKind::Transactional => "トランザクションメール（自動配信）",
        StreamKind::Bulk => "一斉配信メール",
        StreamKind::List => "メーリングリスト",
        StreamKind::Bounce => "不達通知・レポート",
        StreamKind::Calendar => "予定の招待・返信（カレンダー）",
        StreamKind::Unknown => "不明",
    }
}

pub(in crate::text) const fn session_source(source: SessionSource) -> &'static str {
    match source {
        SessionSource::Given => "手動で指定",
        SessionSource::ReturnPath => "Return-Pathより",
        SessionSource::Received => "Receivedより",
        SessionSource::AuthenticationResults => "Authentication-Resultsより",
        SessionSource::ReceivedSpf => "Received-SPFより",
    }
}

pub(in crate::text) const fn moment_source(source: MomentSource) -> &'static str {
    match source {
        MomentSource::Receipt => "受信時",
        MomentSource::NowForLackOfDate => "現在（受信日時を読み取れないため）",
        MomentSource::Now => "現在",
        MomentSource::Given => "手動で指定",
    }
}

pub(in crate::text) const fn repair(code: RepairCode) -> &'static str {
    match code {
        RepairCode::ByteOrderMark => "先頭のBOMを除いて読み取りました",
        RepairCode::MboxFromLine => "先頭のmboxの区切り行を除いて読み取りました",
        RepairCode::LeadingBlankLines => "先頭の空行を除いて読み取りました",
        RepairCode::UnreadableHeaderLine => "コロンのないヘッダ行を除いて読み取りました",
        RepairCode::OrphanContinuation => "先頭の継続行を除いて読み取りました",
        RepairCode::MissingBlankLine => "ヘッダと本文の間に空行がありません",
        RepairCode::LineEndings => "改行がLFのため、送信時と同じCRLFとして計算しました",
        RepairCode::BareCarriageReturn => "LFを伴わないCRがあります",
        RepairCode::NulByte => "NUL文字があります",
        RepairCode::RawEightBitHeader => "ヘッダに生の8ビット文字があり、文字コードを推定して読み取りました",
        RepairCode::QuotedFromLines => "mboxで「From 」から始まる行に付けられた記号を外しました",
        RepairCode::LengthWrong => "Appleのメールが記録した長さがメールの長さと合いません",
        RepairCode::HeaderFromProperties => "インターネットヘッダがないため、Outlookの表示項目から組み立てました",
        RepairCode::Utf16 => "UTF-16のテキストとして読み取りました",
        RepairCode::Markup => "HTMLのタグを取り除きました",
        RepairCode::OddSpaces => "全角スペースや全角コロンなどを半角として読み取りました",
        RepairCode::Quoted => "引用記号（>）を外しました",
        RepairCode::Indented => "全行に共通する行頭の空白を外しました",
        RepairCode::DoubleSpaced => "1行おきの空行を除きました",
        RepairCode::Surroundings => "ヘッダの前後の文言を除きました",
        RepairCode::TableRow => "表の行をヘッダとして読み取りました",
        RepairCode::TabAfterColon => "コロンの後のタブをスペースとして読み取りました",
        RepairCode::Label => "メールソフトの表示名を対応するヘッダとして読み取りました",
        RepairCode::LostFolding => "行頭の空白が失われた行を、前のヘッダの続きとして読み取りました",
        RepairCode::TooManyFields => "ヘッダの数が表示できる上限を超えています",
    }
}

pub(in crate::text) const fn form(form: Form) -> &'static str {
    match form {
        Form::Text | Form::Piped => "メール",
        Form::Pasted => "貼り付けたテキスト",
        Form::Mbox => "mbox",
        Form::Emlx => "Appleのメール",
        Form::Msg => "Outlook .msg",
        Form::Report => "DMARCレポート",
        Form::Zip => "zip",
        Form::Gzip => "gzip",
    }
}

pub(in crate::text) const fn shortfall(shortfall: Shortfall) -> &'static str {
    match shortfall {
        Shortfall::Messages => "表示できる数を超えています",
        Shortfall::Members => "一部のファイルを読み取れません",
    }
}

pub(in crate::text) const fn dns_failure(failure: Failure) -> &'static str {
    match failure {
        Failure::NxDomain => "名前が存在しません（NXDOMAIN）",
        Failure::NoData => "レコードがありません（NODATA）",
        Failure::NotAName => "ドメイン名ではありません",
        Failure::OverLimit => "問い合わせていません（上限超過）",
        Failure::Cancelled => "問い合わせていません（中止）",
        Failure::ServFail => "サーバーエラー（SERVFAIL）",
        Failure::Refused => "拒否されました（REFUSED）",
        Failure::Timeout => "時間内に応答がありません",
        Failure::Untrusted => "DNSサーバーの証明書を確認できません",
        Failure::NotInSnapshot => "スナップショットにありません",
        Failure::Offline => "問い合わせていません（オフライン）",
    }
}

pub(in crate::text) fn duration(duration: SignedDuration) -> String {
    let seconds = duration.as_secs().unsigned_abs();
    let sign = if duration.is_negative() { "−" } else { "" };
    match (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60) {
        (0, 0, 0, s) => format!("{sign}{s}秒"),
        (0, 0, m, s) => format!("{sign}{m}分{s}秒"),
        (0, h, m, _) => format!("{sign}{h}時間{m}分"),
        (d, h, ..) => format!("{sign}{d}日{h}時間"),
    }
}

/// 文字体系の名前。
pub(in crate::text) const fn script(script: Script) -> &'static str {
    match script {
        Script::Latin => "ラテン文字",
        Script::Greek => "ギリシャ文字",
        Script::Cyrillic => "キリル文字",
        Script::Armenian => "アルメニア文字",
        Script::Cherokee => "チェロキー文字",
    }
}
