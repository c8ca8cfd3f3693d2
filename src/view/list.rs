//! The list at the left: what was opened, and what each message came to. Only the rows on show are looked at.

use egui::{
    Align, Key, Layout, Modifiers, Rect, Response, RichText, ScrollArea, Sense, TextStyle, Ui, UiBuilder, pos2, vec2,
};

use super::action::{Action, Request};
use super::scene::{Entry, List, Name, Role, Row, Scene};
use super::theme;
use super::tone;
use super::untrusted::{self, Fit, Untrusted};
use super::widgets::shape;
use crate::message::container::{Form, Heading, Shortfall};
use crate::text::{Words, count, stamp};

/// Below this height coordinates are exact: further down, a list of millions of rows scrolls by rows.
const EXACT: f32 = 4_000_000.0;
/// How many rows a page is.
const PAGE: usize = 10;

/// Whether there is anything to choose from.
pub(super) fn is_shown(scene: &Scene<'_>) -> bool {
    scene.list.is_some_and(|list| list.rows() > 1)
}

pub(super) fn show(ui: &mut Ui, list: &dyn List, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut action = None;
    ui.horizontal(|ui| {
        ui.label(RichText::new(panels.messages).text_style(TextStyle::Heading).color(theme::palette(ui).strong()));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.small_button(panels.clear_list).clicked() {
                action = Some(Request::ClearList.into());
            }
        });
    });
    ui.add_space(theme::TIGHT);
    rows(ui, list, words).or(action)
}

/// The rows on show; a million others are not touched.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rows and points, neither negative, and cut to what the list has"
)]
fn rows(ui: &mut Ui, list: &dyn List, words: &dyn Words) -> Option<Action> {
    let count = list.rows();
    let whole = count as f32 * theme::LIST_ROW;
    let height = whole.min(EXACT);
    let room = ui.available_height();
    let mut area = ScrollArea::vertical().id_salt("list").auto_shrink(false);
    let place =
        |row: usize| if whole > EXACT { row as f32 / count as f32 * height } else { row as f32 * theme::LIST_ROW };
    if let Some(offset) = follow(ui, list, room, place) {
        area = area.vertical_scroll_offset(offset);
    }
    let mut action = None;
    area.show_viewport(ui, |ui, viewport| {
        ui.set_height(height);
        ui.data_mut(|data| data.insert_temp(scrolled(), viewport.min.y));
        let visible = (viewport.height() / theme::LIST_ROW).ceil() as usize + 1;
        // In a list that is too high the last rows come with the end of the bar.
        let (first, top) = if whole > EXACT {
            let part = viewport.min.y / (height - viewport.height()).max(1.0);
            ((part * count.saturating_sub(visible.saturating_sub(2)) as f32) as usize, viewport.min.y)
        } else {
            let first = (viewport.min.y / theme::LIST_ROW) as usize;
            (first, first as f32 * theme::LIST_ROW)
        };
        let end = (first + visible).min(count);
        list.showing(first..end);
        for row in first..end {
            let Some(content) = list.row(row) else { continue };
            let y = ui.max_rect().top() + top + (row - first) as f32 * theme::LIST_ROW;
            let rect = Rect::from_min_size(pos2(ui.max_rect().left(), y), vec2(ui.available_width(), theme::LIST_ROW));
            let is_chosen = list.chosen() == Some(row);
            let response = draw(ui, rect, row, &content, is_chosen, words);
            if response.clicked() && matches!(content, Row::Message(_)) {
                action = Some(Request::Choose(row).into());
            }
            response.context_menu(|ui| {
                if ui.button(words.panels().remove_from_list).clicked() {
                    action = Some(Request::Remove(row).into());
                    ui.close();
                }
            });
        }
    });
    action
}

/// The message that the list scrolled to last, and how many rows it had; and how far it is scrolled.
fn followed() -> egui::Id {
    egui::Id::unique("list followed")
}

fn scrolled() -> egui::Id {
    egui::Id::unique("list scrolled")
}

/// Where to scroll so that a message that was just chosen is seen; `None` where it is, or was chosen before.
fn follow(ui: &Ui, list: &dyn List, room: f32, place: impl Fn(usize) -> f32) -> Option<f32> {
    let chosen = list.chosen()?;
    let state = (chosen, list.rows());
    let seen: Option<(usize, usize)> = ui.data(|data| data.get_temp(followed()));
    if seen == Some(state) {
        return None;
    }
    ui.data_mut(|data| data.insert_temp(followed(), state));
    let offset: f32 = ui.data(|data| data.get_temp(scrolled())).unwrap_or(0.0);
    let (top, bottom) = (place(chosen), place(chosen) + theme::LIST_ROW);
    if top < offset {
        Some(top)
    } else if bottom > offset + room {
        Some((bottom - room).max(0.0))
    } else {
        None
    }
}

fn draw(ui: &mut Ui, rect: Rect, row: usize, content: &Row<'_>, is_chosen: bool, words: &dyn Words) -> Response {
    // A stop of the Tab key for each row would be one too many: the arrow keys go through them.
    let response = ui.interact(rect, ui.scope_id().with(("row", row)), Sense::CLICK);
    let palette = theme::palette(ui);
    if is_chosen {
        ui.painter().rect_filled(rect, 2.0, palette.highlight());
    } else if response.hovered() && matches!(content, Row::Message(_)) {
        ui.painter().rect_filled(rect, 2.0, ui.visuals().faint_bg_color);
    }
    let inner = rect.shrink2(vec2(theme::GAP, 4.0));
    let mut ui = ui.new_child(UiBuilder::new().max_rect(inner).layout(Layout::top_down(Align::Min)));
    ui.set_clip_rect(ui.clip_rect().intersect(rect));
    ui.spacing_mut().item_spacing = vec2(theme::GAP, 1.0);
    ui.spacing_mut().interact_size.y = 0.0;
    // A press on the text is one on the row.
    ui.style_mut().interaction.selectable_labels = false;
    let said = match content {
        Row::File { name, form, messages, shortfall } => file(&mut ui, name, *form, *messages, *shortfall, words),
        Row::Message(entry) => message(&mut ui, entry, words),
    };
    let response = response.on_hover_ui(|ui| _ = ui.add(Untrusted::new(&said)));
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, is_chosen, &said));
    response
}

/// The name of a file and how much is in it. Returns what a screen reader says.
fn file(
    ui: &mut Ui,
    name: &Name,
    form: Form,
    messages: usize,
    shortfall: Option<Shortfall>,
    words: &dyn Words,
) -> String {
    let palette = theme::palette(ui);
    let name = name.shown(words);
    let counted = words.panels().count_of_messages.replace("{}", &count(messages));
    let kind = words.form(form);
    let what = if messages > 1 { format!("{kind} · {counted}") } else { kind.to_owned() };
    ui.add(Untrusted::new(name).color(palette.strong()).fit(Fit::Cut));
    match shortfall {
        Some(shortfall) => {
            let why = words.shortfall(shortfall);
            let text = RichText::new(format!("{what} · {why}")).text_style(TextStyle::Small);
            ui.add(egui::Label::new(text.color(palette.ink(theme::Tone::Caution).text)).truncate());
        }
        None => _ = ui.label(RichText::new(&what).text_style(TextStyle::Small).color(palette.weak())),
    }
    format!("{} {what}", untrusted::title(name))
}

fn message(ui: &mut Ui, entry: &Entry<'_>, words: &dyn Words) -> String {
    let palette = theme::palette(ui);
    let panels = words.panels();
    let indent = if entry.is_alone { 0.0 } else { theme::WIDE };
    // A report that is no message has nothing to show here.
    let heading = entry.heading.filter(|heading| **heading != Heading::default());
    let subject = heading.map(|heading| heading.subject.as_deref().unwrap_or(panels.no_subject));
    // What is not read yet has the name it was given, or its number in a file of many.
    let given = || if entry.is_alone { Some(entry.name.shown(words)) } else { entry.member };
    let subject = subject.or_else(given).map_or_else(|| format!("#{}", count(entry.number)), str::to_owned);
    let from = heading.and_then(|heading| heading.from.as_deref()).unwrap_or_default();
    let date = heading.and_then(|heading| heading.date).map(stamp).unwrap_or_default();
    // The time of day is said on hovering, and to a screen reader.
    let day = date.split(' ').next().unwrap_or_default();
    let role = match entry.role {
        Role::Own => None,
        Role::Attached => Some(panels.attached),
        Role::Returned => Some(panels.returned),
        Role::Wrapper => Some(panels.wrapper),
    };
    ui.horizontal(|ui| {
        ui.add_space(indent);
        match entry.tone {
            Some(judged) => shape(ui, tone::verdict(judged), theme::SHAPE),
            None => ui.add_space(theme::SHAPE + theme::GAP),
        }
        ui.vertical(|ui| {
            let color = if heading.is_some() { palette.text() } else { palette.weak() };
            ui.add(Untrusted::new(&untrusted::line(&subject)).color(color).fit(Fit::Cut));
            ui.horizontal(|ui| {
                if let Some(role) = role {
                    let text = RichText::new(role).text_style(TextStyle::Small);
                    ui.label(text.color(palette.ink(theme::Tone::Info).text));
                }
                let line = [from, day].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
                ui.add(
                    Untrusted::new(&untrusted::line(&line)).style(TextStyle::Small).color(palette.weak()).fit(Fit::Cut),
                );
            });
        });
    });
    let file = entry.member.unwrap_or_else(|| entry.name.shown(words));
    let parts = [role.unwrap_or_default(), &subject, from, &date, file];
    untrusted::line(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
}

/// What a key asks of the list, where no text is being typed and nothing else has the focus.
pub(super) fn pressed(ui: &Ui, scene: &Scene<'_>) -> Option<Action> {
    let list = scene.list.filter(|_| is_shown(scene))?;
    if ui.ctx().text_edit_focused() || ui.ctx().memory(|memory| memory.focused().is_some()) {
        return None;
    }
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::Delete) {
        return list.chosen().map(|row| Request::Remove(row).into());
    }
    let bottom = list.rows().checked_sub(1)?;
    let chosen = list.chosen();
    let (from, forwards) = [
        (Key::ArrowDown, chosen.map_or(0, |row| row + 1), true),
        (Key::ArrowUp, chosen.unwrap_or(0).saturating_sub(1), false),
        (Key::PageDown, chosen.map_or(0, |row| row.saturating_add(PAGE)), true),
        (Key::PageUp, chosen.unwrap_or(0).saturating_sub(PAGE), false),
        (Key::Home, 0, true),
        (Key::End, bottom, false),
    ]
    .into_iter()
    .find(|(key, ..)| pressed(*key))
    .map(|(_, from, forwards)| (from.min(bottom), forwards))?;
    let row = message_near(list, from, forwards)?;
    (Some(row) != chosen).then(|| Request::Choose(row).into())
}

/// The next row that is a message: names of files stand alone.
fn message_near(list: &dyn List, from: usize, forwards: bool) -> Option<usize> {
    let is_message = |row: &usize| matches!(list.row(*row), Some(Row::Message(_)));
    let mut after = from..list.rows();
    let mut before = (0..=from).rev();
    if forwards {
        after.by_ref().take(2).find(is_message).or_else(|| before.take(2).find(is_message))
    } else {
        before.by_ref().take(2).find(is_message).or_else(|| after.take(2).find(is_message))
    }
}

/// What is drawn while a chosen message is read and judged.
pub(super) fn pending(ui: &mut Ui, name: &Name, words: &dyn Words) {
    let palette = theme::palette(ui);
    ui.add_space(theme::WIDE);
    ui.label(RichText::new(words.panels().judging).text_style(theme::headline()).color(palette.strong()));
    ui.add(Untrusted::fixed(name.shown(words)));
}
