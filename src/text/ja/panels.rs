//! 画面とレポートの決まった言葉。

use crate::text::Panels;

pub(in crate::text) const PANELS: Panels =
    Panels { program: "Hopscope", summary: "概要", path: "経路", headers: "ヘッダ", findings: "指摘" };
