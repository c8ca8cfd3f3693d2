//! The only file with colours, spacing and fonts.
//!
//! Made for an old office screen over remote desktop: flat, no shadows, nothing moves. A state is always told by a word
//! and a shape as well; its colour only helps to find it.

#![expect(clippy::disallowed_methods, reason = "colours are made here and nowhere else")]

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::style::{ScrollAnimation, Selection, TextCursorStyle, WidgetVisuals, Widgets};
use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Frame, Margin, Shadow, Stroke,
    Style, TextStyle, Theme, Ui, Visuals, vec2,
};

/// Space between things that belong together, between things, and between groups; in points.
pub const TIGHT: f32 = 2.0;
pub const GAP: f32 = 6.0;
pub const WIDE: f32 = 14.0;

/// The height of one table row.
pub const ROW: f32 = 22.0;
/// The side of the shape that goes with a state.
pub const SHAPE: f32 = 12.0;
/// The same beside the headline.
pub const LARGE_SHAPE: f32 = 22.0;
/// The width that running text keeps to: longer lines are hard to read.
pub const MEASURE: f32 = 860.0;
/// The widest that the name of a fact may be.
pub const LABEL: f32 = 215.0;
/// The height of one row of the list of messages, and how wide the list is and may be.
pub const LIST_ROW: f32 = 42.0;
pub const LIST: f32 = 270.0;
pub const LIST_RANGE: std::ops::RangeInclusive<f32> = 170.0..=520.0;
/// The height of a delay bar.
pub const BAR: f32 = 8.0;

/// What a state means for the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Proved and right.
    Good,
    /// Proved and wrong.
    Bad,
    /// Needs a look.
    Caution,
    /// Said without a judgement.
    Info,
    /// Not known, not there, not evaluated.
    Unknown,
}

/// A colour to write with and the ground it stands on; at least 4.5 to 1 (WCAG AA).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ink {
    pub text: Color32,
    pub ground: Color32,
}

/// The colours of one theme.
#[derive(Debug)]
pub struct Palette {
    /// The window, and what stands out from it: cards, text boxes.
    ground: Color32,
    raised: Color32,
    stripe: Color32,
    border: Color32,
    text: Color32,
    strong: Color32,
    weak: Color32,
    accent: Color32,
    button: Color32,
    button_hovered: Color32,
    button_pressed: Color32,
    selection: Color32,
    good: Ink,
    bad: Ink,
    caution: Ink,
    info: Ink,
    unknown: Ink,
    /// Marks that stand for characters nobody could see.
    mark: Ink,
}

const LIGHT: Palette = Palette {
    ground: Color32::from_rgb(0xF4, 0xF6, 0xF8),
    raised: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    stripe: Color32::from_rgb(0xEE, 0xF1, 0xF5),
    border: Color32::from_rgb(0xCF, 0xD6, 0xDE),
    text: Color32::from_rgb(0x1F, 0x29, 0x33),
    strong: Color32::from_rgb(0x0B, 0x12, 0x1A),
    weak: Color32::from_rgb(0x54, 0x60, 0x6D),
    accent: Color32::from_rgb(0x1B, 0x5A, 0xA3),
    button: Color32::from_rgb(0xE5, 0xEA, 0xF0),
    button_hovered: Color32::from_rgb(0xD7, 0xDF, 0xE8),
    button_pressed: Color32::from_rgb(0xC3, 0xCE, 0xDB),
    selection: Color32::from_rgb(0xCF, 0xE2, 0xF8),
    good: Ink { text: Color32::from_rgb(0x14, 0x5C, 0x32), ground: Color32::from_rgb(0xE1, 0xF3, 0xE7) },
    bad: Ink { text: Color32::from_rgb(0xA1, 0x1D, 0x16), ground: Color32::from_rgb(0xFC, 0xE6, 0xE4) },
    caution: Ink { text: Color32::from_rgb(0x70, 0x46, 0x00), ground: Color32::from_rgb(0xFF, 0xF0, 0xCC) },
    info: Ink { text: Color32::from_rgb(0x1B, 0x5A, 0xA3), ground: Color32::from_rgb(0xE3, 0xEE, 0xFA) },
    unknown: Ink { text: Color32::from_rgb(0x4A, 0x55, 0x61), ground: Color32::from_rgb(0xE7, 0xEB, 0xEF) },
    mark: Ink { text: Color32::from_rgb(0xFF, 0xFF, 0xFF), ground: Color32::from_rgb(0x9A, 0x34, 0x12) },
};

const DARK: Palette = Palette {
    ground: Color32::from_rgb(0x18, 0x1C, 0x21),
    raised: Color32::from_rgb(0x21, 0x27, 0x2E),
    stripe: Color32::from_rgb(0x26, 0x2D, 0x35),
    border: Color32::from_rgb(0x3C, 0x46, 0x52),
    text: Color32::from_rgb(0xDD, 0xE3, 0xEA),
    strong: Color32::from_rgb(0xF7, 0xF9, 0xFB),
    weak: Color32::from_rgb(0xA2, 0xAD, 0xBA),
    accent: Color32::from_rgb(0x86, 0xB8, 0xF4),
    button: Color32::from_rgb(0x31, 0x3A, 0x45),
    button_hovered: Color32::from_rgb(0x3D, 0x48, 0x55),
    button_pressed: Color32::from_rgb(0x4A, 0x57, 0x66),
    selection: Color32::from_rgb(0x1D, 0x3C, 0x61),
    good: Ink { text: Color32::from_rgb(0x86, 0xDB, 0xA3), ground: Color32::from_rgb(0x16, 0x35, 0x24) },
    bad: Ink { text: Color32::from_rgb(0xFF, 0xA3, 0x9B), ground: Color32::from_rgb(0x4A, 0x1E, 0x1C) },
    caution: Ink { text: Color32::from_rgb(0xF4, 0xC8, 0x6A), ground: Color32::from_rgb(0x41, 0x31, 0x0E) },
    info: Ink { text: Color32::from_rgb(0x96, 0xC1, 0xF7), ground: Color32::from_rgb(0x1B, 0x31, 0x4C) },
    unknown: Ink { text: Color32::from_rgb(0xB4, 0xBE, 0xCA), ground: Color32::from_rgb(0x30, 0x38, 0x42) },
    mark: Ink { text: Color32::from_rgb(0x1A, 0x0E, 0x06), ground: Color32::from_rgb(0xF5, 0x9E, 0x6B) },
};

impl Palette {
    #[must_use]
    pub const fn ink(&self, tone: Tone) -> Ink {
        match tone {
            Tone::Good => self.good,
            Tone::Bad => self.bad,
            Tone::Caution => self.caution,
            Tone::Info => self.info,
            Tone::Unknown => self.unknown,
        }
    }

    /// For marks that stand for characters nobody could see.
    #[must_use]
    pub const fn mark(&self) -> Ink {
        self.mark
    }

    #[must_use]
    pub const fn text(&self) -> Color32 {
        self.text
    }

    #[must_use]
    pub const fn strong(&self) -> Color32 {
        self.strong
    }

    #[must_use]
    pub const fn weak(&self) -> Color32 {
        self.weak
    }

    #[must_use]
    pub const fn border(&self) -> Color32 {
        self.border
    }

    #[must_use]
    pub const fn highlight(&self) -> Color32 {
        self.selection
    }
}

/// The colours that `ui` is drawn with.
#[must_use]
pub fn palette(ui: &Ui) -> &'static Palette {
    of(if ui.visuals().dark_mode { Theme::Dark } else { Theme::Light })
}

const fn of(theme: Theme) -> &'static Palette {
    match theme {
        Theme::Light => &LIGHT,
        Theme::Dark => &DARK,
    }
}

/// The one sentence of the summary.
#[must_use]
pub fn headline() -> TextStyle {
    TextStyle::Name("headline".into())
}

/// Gives a context the fonts and both themes.
pub fn install(context: &Context) {
    context.set_fonts(fonts());
    for theme in [Theme::Light, Theme::Dark] {
        context.set_style_of(theme, style(theme));
    }
}

/// egui's Latin fonts first, for their line height; Noto Sans JP for what they lack.
fn fonts() -> FontDefinitions {
    const JAPANESE: &str = "Noto Sans JP";
    const FIXED: &str = "Hack";
    let mut fonts = FontDefinitions::default();
    let data = FontData::from_static(include_bytes!("../../assets/fonts/NotoSansJP-Regular.ttf"));
    fonts.font_data.insert(JAPANESE.to_owned(), Arc::new(data));
    for names in fonts.families.values_mut() {
        names.insert(names.len().min(1), JAPANESE.to_owned());
        // A few mathematical signs are in neither of the first two.
        if !names.iter().any(|name| name == FIXED) {
            names.push(FIXED.to_owned());
        }
    }
    fonts
}

fn style(theme: Theme) -> Style {
    let palette = of(theme);
    let mut style = Style { visuals: visuals(theme, palette), animation_time: 0.0, ..Style::default() };
    style.scroll_animation = ScrollAnimation::none();
    style.text_styles = BTreeMap::from([
        (TextStyle::Small, FontId::new(12.0, FontFamily::Proportional)),
        (TextStyle::Body, FontId::new(14.0, FontFamily::Proportional)),
        (TextStyle::Button, FontId::new(14.0, FontFamily::Proportional)),
        (TextStyle::Monospace, FontId::new(13.0, FontFamily::Monospace)),
        (TextStyle::Heading, FontId::new(16.0, FontFamily::Proportional)),
        (headline(), FontId::new(20.0, FontFamily::Proportional)),
    ]);
    style.spacing.item_spacing = vec2(GAP, 4.0);
    style.spacing.button_padding = vec2(9.0, 3.0);
    style.spacing.interact_size.y = ROW;
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.scroll = egui::style::ScrollStyle::solid();
    style.interaction.tooltip_delay = 0.3;
    style
}

fn visuals(theme: Theme, palette: &Palette) -> Visuals {
    let base = match theme {
        Theme::Light => Visuals::light(),
        Theme::Dark => Visuals::dark(),
    };
    Visuals {
        widgets: widgets(palette),
        selection: Selection { bg_fill: palette.selection, stroke: Stroke::new(1.0, palette.strong) },
        weak_text_color: Some(palette.weak),
        hyperlink_color: palette.accent,
        faint_bg_color: palette.stripe,
        extreme_bg_color: palette.raised,
        code_bg_color: palette.stripe,
        warn_fg_color: palette.caution.text,
        error_fg_color: palette.bad.text,
        window_corner_radius: CORNER,
        menu_corner_radius: CORNER,
        window_shadow: Shadow::NONE,
        popup_shadow: Shadow::NONE,
        window_fill: palette.raised,
        window_stroke: Stroke::new(1.0, palette.border),
        panel_fill: palette.ground,
        text_cursor: TextCursorStyle {
            stroke: Stroke::new(2.0, palette.accent),
            blink: false,
            ..TextCursorStyle::default()
        },
        ..base
    }
}

const CORNER: CornerRadius = CornerRadius::same(4);

fn widgets(palette: &Palette) -> Widgets {
    let widget = |fill: Color32, border: Color32, text: Color32| WidgetVisuals {
        weak_bg_fill: fill,
        bg_fill: fill,
        bg_stroke: Stroke::new(1.0, border),
        fg_stroke: Stroke::new(1.0, text),
        corner_radius: CORNER,
        expansion: 0.0,
    };
    Widgets {
        noninteractive: widget(palette.ground, palette.border, palette.text),
        inactive: widget(palette.button, palette.border, palette.text),
        hovered: widget(palette.button_hovered, palette.accent, palette.strong),
        active: widget(palette.button_pressed, palette.accent, palette.strong),
        open: widget(palette.button_hovered, palette.border, palette.strong),
    }
}

/// The frame of a whole page.
pub fn page(style: &Style) -> Frame {
    Frame::new().fill(style.visuals.panel_fill).inner_margin(Margin::symmetric(16, 12))
}

/// The frame of the bars above and below the page.
pub fn bar(style: &Style) -> Frame {
    Frame::new().fill(style.visuals.window_fill).inner_margin(Margin::symmetric(12, 6))
}

/// The frame of a group of facts.
pub fn card(style: &Style) -> Frame {
    Frame::new()
        .fill(style.visuals.window_fill)
        .stroke(style.visuals.window_stroke)
        .corner_radius(CORNER)
        .inner_margin(Margin::symmetric(12, 9))
}

/// The frame of something that carries a tone: a notice, the headline.
pub fn toned(palette: &Palette, tone: Tone) -> Frame {
    let ink = palette.ink(tone);
    Frame::new()
        .fill(ink.ground)
        .stroke(Stroke::new(1.0, ink.text.gamma_multiply(0.45)))
        .corner_radius(CORNER)
        .inner_margin(Margin::symmetric(12, 9))
}

/// The frame of a state word.
pub fn chip(palette: &Palette, tone: Tone) -> Frame {
    Frame::new().fill(palette.ink(tone).ground).corner_radius(CORNER).inner_margin(Margin::symmetric(6, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance by WCAG 2.2.
    fn luminance(color: Color32) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
    }

    fn contrast(ink: Color32, ground: Color32) -> f64 {
        let (a, b) = (luminance(ink), luminance(ground));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_ink_is_readable_on_its_ground() {
        for palette in [&LIGHT, &DARK] {
            let mut pairs = vec![(palette.mark.text, palette.mark.ground)];
            for tone in [Tone::Good, Tone::Bad, Tone::Caution, Tone::Info, Tone::Unknown] {
                let ink = palette.ink(tone);
                pairs.extend([(ink.text, ink.ground), (ink.text, palette.raised), (ink.text, palette.ground)]);
                pairs.push((palette.text, ink.ground));
            }
            for ground in [palette.ground, palette.raised, palette.stripe, palette.selection, palette.button] {
                pairs.extend([(palette.text, ground), (palette.weak, ground)]);
            }
            pairs.extend([(palette.accent, palette.ground), (palette.accent, palette.raised)]);
            for (ink, ground) in pairs {
                let ratio = contrast(ink, ground);
                assert!(ratio >= 4.5, "{ink:?} on {ground:?} has {ratio:.2}");
            }
        }
    }
}
