//! A state as a word with a shape, so that its colour is never needed.

use egui::{
    Align, Color32, Label, Layout, Pos2, Response, RichText, Sense, Shape, Stroke, TextStyle, TextWrapMode, Ui,
    UiBuilder, WidgetText, pos2, vec2,
};

use crate::view::theme::{self, Tone};

/// A word on its tone's ground, with the tone's shape before it. A word that is wider than its place ends in an ellipsis
/// and is whole on hovering.
pub(in crate::view) fn state_word(ui: &mut Ui, tone: Tone, word: &str) -> Response {
    let frame = theme::chip(theme::palette(ui), tone);
    let room = if ui.layout().main_wrap { ui.max_rect().width() } else { ui.available_width() };
    let height = ui.text_style_height(&TextStyle::Body) + frame.inner_margin.sum().y;
    let size = vec2(state_word_width(ui, word).min(room), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter().rect_filled(rect, frame.corner_radius, frame.fill);
    let layout = Layout::left_to_right(Align::Center);
    let mut content = ui.new_child(UiBuilder::new().max_rect(rect - frame.inner_margin).layout(layout));
    content.spacing_mut().item_spacing.x = theme::GAP;
    content.spacing_mut().interact_size.y = 0.0;
    shape(&mut content, tone, theme::SHAPE);
    content.add(Label::new(RichText::new(word).color(theme::palette(ui).ink(tone).text)).truncate());
    response
}

/// How wide a whole state word is.
pub(in crate::view) fn state_word_width(ui: &Ui, word: &str) -> f32 {
    let margin = theme::chip(theme::palette(ui), Tone::Unknown).inner_margin.sum().x;
    margin + theme::SHAPE + theme::GAP + text_width(ui, word, TextStyle::Body)
}

/// How wide a word of ours is in one line.
pub(in crate::view) fn text_width(ui: &Ui, text: &str, style: TextStyle) -> f32 {
    let galley = WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Extend), f32::INFINITY, style);
    galley.size().x.ceil() + 1.0
}

/// The shape of a tone: a disc with a tick, a square with a cross, a triangle, a disc with a dot, a ring.
pub(in crate::view) fn shape(ui: &mut Ui, tone: Tone, size: f32) {
    let (response, painter) = ui.allocate_painter(vec2(size, size), Sense::hover());
    let color = theme::palette(ui).ink(tone).text;
    let ground = theme::palette(ui).ink(tone).ground;
    let center = response.rect.center();
    painter.extend(outline(tone, center, size / 2.0 - 0.5, color, ground));
}

fn outline(tone: Tone, center: Pos2, radius: f32, color: Color32, ground: Color32) -> Vec<Shape> {
    let at = |x: f32, y: f32| pos2(center.x + x * radius, center.y + y * radius);
    let line = Stroke::new(radius * 0.3, ground);
    match tone {
        Tone::Good => vec![
            Shape::circle_filled(center, radius, color),
            Shape::line(vec![at(-0.5, 0.05), at(-0.1, 0.45), at(0.55, -0.4)], line),
        ],
        Tone::Bad => vec![
            Shape::rect_filled(egui::Rect::from_two_pos(at(-0.95, -0.95), at(0.95, 0.95)), 2.0, color),
            Shape::line_segment([at(-0.5, -0.5), at(0.5, 0.5)], line),
            Shape::line_segment([at(-0.5, 0.5), at(0.5, -0.5)], line),
        ],
        Tone::Caution => vec![
            Shape::convex_polygon(vec![at(0.0, -1.0), at(1.1, 0.95), at(-1.1, 0.95)], color, Stroke::NONE),
            Shape::line_segment([at(0.0, -0.35), at(0.0, 0.3)], line),
            Shape::circle_filled(at(0.0, 0.62), radius * 0.16, ground),
        ],
        Tone::Info => vec![
            Shape::circle_filled(center, radius, color),
            Shape::circle_filled(at(0.0, -0.45), radius * 0.18, ground),
            Shape::line_segment([at(0.0, -0.1), at(0.0, 0.55)], line),
        ],
        Tone::Unknown => vec![Shape::circle_stroke(center, radius - 0.6, Stroke::new(1.4, color))],
    }
}
