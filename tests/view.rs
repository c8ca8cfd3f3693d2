//! The window without a screen: clicks, keys, pastes and drops on the CPU renderer, and every panel as a picture.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers, Theme, Vec2};
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, HarnessBuilder, SnapshotResults, TestRenderer};
use hopscope::analyze::{Analysis, Options};
use hopscope::dns::Offline;
use hopscope::picture::{self, Canvas, Raster};
use hopscope::samples::Sample;
use hopscope::settings::Settings;
use hopscope::text::Lang;
use hopscope::view::keys::PANELS;
use hopscope::view::{Appearance, Panel, Remark, theme};
use hopscope::window::{Desk, Input, Launch};
use jiff::Timestamp;

/// The renderer of the ticket's picture, for the harness.
#[derive(Default)]
struct OnCpu(Raster);

impl TestRenderer for OnCpu {
    fn handle_delta(&mut self, delta: &mut egui::TexturesDelta) {
        self.0.set_textures(delta);
        self.0.free_textures(delta);
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the size of a small window")]
    fn render(&mut self, context: &egui::Context, output: &egui::FullOutput) -> Result<image::RgbaImage, String> {
        let primitives = context.tessellate(output.shapes.clone(), output.pixels_per_point);
        let size = context.content_rect().size() * output.pixels_per_point;
        let [width, height] = [size.x.round() as usize, size.y.round() as usize];
        let mut canvas = Canvas::new(width, height, context.global_style().visuals.panel_fill);
        self.0.paint(&mut canvas, &primitives, output.pixels_per_point);
        image::RgbaImage::from_raw(width as u32, height as u32, canvas.rgba()).ok_or_else(|| "size".to_owned())
    }
}

fn launch(input: Option<Input>, lang: Lang, theme: Theme) -> Launch {
    let appearance = if theme == Theme::Dark { Appearance::Dark } else { Appearance::Light };
    let settings = Settings { appearance: Some(appearance.name().to_owned()), ..Settings::default() };
    Launch {
        inputs: input.into_iter().collect(),
        lookup: Arc::new(Offline),
        options: Options::default(),
        lang,
        settings,
        save: |_| Ok(()),
        clock: || Timestamp::from_second(1_795_000_000).unwrap(),
    }
}

/// A window of its own, with its settings out of the way of the person who runs the tests.
fn window<'a>(input: Option<Input>, lang: Lang, theme: Theme) -> Harness<'a, Option<Desk>> {
    let builder = HarnessBuilder::<Option<Desk>>::default()
        .with_size(Vec2::new(1180.0, 820.0))
        .with_theme(theme)
        .with_max_steps(20)
        .renderer(OnCpu::default())
        // The first frame is under way when the desk is made: what it sets would come one frame late.
        .with_context_setup(theme::install);
    let launch = launch(input, lang, theme);
    let show = move |ui: &mut egui::Ui, desk: &mut Option<Desk>| {
        let desk = desk.get_or_insert_with(|| Desk::new(launch.clone(), ui.ctx()));
        desk.logic(ui.ctx());
        desk.ui(ui);
    };
    builder.build_ui_state(show, None)
}

fn opened<'a>(sample: Sample, lang: Lang, theme: Theme) -> Harness<'a, Option<Desk>> {
    let mut window = window(Some(Input::Sample(sample)), lang, theme);
    wait(&mut window, |desk| desk.analysis().is_some());
    window
}

/// Runs frames until the background work has come to where `done` says.
#[track_caller]
fn wait(window: &mut Harness<'_, Option<Desk>>, done: impl Fn(&Desk) -> bool) {
    let started = Instant::now();
    while !window.state().as_ref().is_some_and(&done) {
        assert!(started.elapsed() < Duration::from_mins(1), "the background work does not end");
        std::thread::yield_now();
        window.step();
    }
    window.step();
    window.step();
}

fn desk<'a>(window: &'a Harness<'_, Option<Desk>>) -> &'a Desk {
    window.state().as_ref().unwrap()
}

fn analysis<'a>(window: &'a Harness<'_, Option<Desk>>) -> &'a Analysis {
    desk(window).analysis().unwrap()
}

/// Clicks, and lets what was asked for be done and drawn.
#[track_caller]
fn click(window: &mut Harness<'_, Option<Desk>>, label: &str) {
    window.get_by_label(label).click();
    frames(window);
}

fn frames(window: &mut Harness<'_, Option<Desk>>) {
    for _ in 0..4 {
        window.step();
    }
}

fn press(window: &mut Harness<'_, Option<Desk>>, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    frames(window);
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn a_click_on_a_sample_opens_it() {
    let mut window = window(None, Lang::En, Theme::Light);
    frames(&mut window);
    click(&mut window, Lang::En.words().sample(Sample::Forwarded));
    wait(&mut window, |desk| desk.analysis().is_some());
    let words = Lang::En.words();
    let sentence = words.headline(&analysis(&window).headline.verdict);
    window.get_by_label(&sentence);
}

#[test]
fn a_pasted_header_is_read_wherever_the_focus_is() {
    let mut window = window(None, Lang::Ja, Theme::Light);
    frames(&mut window);
    window.event(Event::Paste("From: 山田 <taro@example.jp>\nSubject: お見積り\n".to_owned()));
    wait(&mut window, |desk| desk.analysis().is_some());
    assert!(analysis(&window).facts.input.headers_only);
    window.get_by_label("お見積り");
}

#[test]
fn a_paste_into_a_text_box_stays_there() {
    let mut window = window(None, Lang::En, Theme::Light);
    frames(&mut window);
    window.get_by_role_and_label(egui::Role::TextInput, "Path of the file").focus();
    frames(&mut window);
    window.event(Event::Paste("/no/such.eml".to_owned()));
    frames(&mut window);
    assert_eq!(desk(&window).state().path, "/no/such.eml");
    click(&mut window, "Open this path");
    wait(&mut window, |desk| desk.notice().is_some());
    assert_eq!(desk(&window).notice().map(|notice| notice.remark), Some(Remark::CannotRead));
}

#[test]
fn a_dropped_file_with_a_japanese_name_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("日本語 メール.eml");
    std::fs::write(&file, Sample::OrderConfirmation.message()).unwrap();
    let mut window = window(None, Lang::Ja, Theme::Light);
    frames(&mut window);
    window.input_mut().dropped_files.push(Arc::new(Dropped(file)));
    wait(&mut window, |desk| desk.analysis().is_some());
    window.get_by_label("日本語 メール.eml");
    // A drop without a file says what to do instead; the message stays.
    window.input_mut().dropped_files.push(Arc::new(Dropped(folder.path().to_owned())));
    wait(&mut window, |desk| desk.notice().is_some());
    assert_eq!(desk(&window).notice().map(|notice| notice.remark), Some(Remark::IsFolder));
    assert!(desk(&window).analysis().is_some());
}

#[test]
fn keys_change_panel_and_language() {
    let mut window = opened(Sample::NewsletterThirdParty, Lang::En, Theme::Light);
    press(&mut window, Modifiers::COMMAND, Key::Num4);
    assert_eq!(desk(&window).state().panel, Panel::Dkim);
    window.get_by_label("Signed fields (h=)");
    press(&mut window, Modifiers::COMMAND, Key::L);
    assert_eq!(desk(&window).state().lang, Lang::Ja);
    window.get_by_label("署名対象ヘッダ（h=）");
}

#[test]
fn another_hop_can_be_the_boundary_and_back() {
    let mut window = opened(Sample::OrderConfirmation, Lang::En, Theme::Light);
    press(&mut window, Modifiers::COMMAND, Key::Num2);
    let before = analysis(&window).facts.path.boundary.clone().unwrap();
    let other = usize::from(before.hop == 0);
    assert!(other < analysis(&window).facts.path.hops.len(), "the sample has two hops");
    window.get_by_role_and_label(egui::Role::Button, &format!("Hop {}", other + 1)).click();
    frames(&mut window);
    assert_eq!(desk(&window).state().hop, Some(other));
    let choose = Lang::En.words().panels().use_as_boundary.replace("{}", &(other + 1).to_string());
    window.get_by_role_and_label(egui::Role::Button, &choose).click();
    let boundary = |desk: &Desk| desk.analysis().unwrap().facts.path.boundary.as_ref().map(|boundary| boundary.hop);
    wait(&mut window, |desk| boundary(desk) == Some(other));
    click(&mut window, Lang::En.words().panels().undo_boundary);
    wait(&mut window, |desk| boundary(desk) == Some(before.hop));
}

#[test]
fn a_new_message_opens_on_its_summary_whatever_was_on_show() {
    let mut window = opened(Sample::OrderConfirmation, Lang::En, Theme::Light);
    press(&mut window, Modifiers::COMMAND, Key::Num4);
    window.event(Event::Paste("From: taro@example.jp\nSubject: x\n".to_owned()));
    wait(&mut window, |desk| desk.analysis().is_some_and(|analysis| analysis.facts.input.headers_only));
    assert_eq!(desk(&window).state().panel, Panel::Summary);
    window.get_by_label("Pasted message");
    press(&mut window, Modifiers::COMMAND, Key::L);
    window.get_by_label("貼り付けたメール");
}

#[test]
fn checking_again_says_when_and_closing_clears_it() {
    let mut window = opened(Sample::OrderConfirmation, Lang::En, Theme::Light);
    press(&mut window, Modifiers::NONE, Key::F5);
    wait(&mut window, |desk| desk.notice().is_some());
    assert_eq!(desk(&window).notice().map(|notice| notice.remark), Some(Remark::CheckedAgain));
    press(&mut window, Modifiers::COMMAND, Key::W);
    assert_eq!(desk(&window).notice(), None);
}

#[test]
fn typing_filters_the_headers() {
    let mut window = opened(Sample::OrderConfirmation, Lang::En, Theme::Light);
    press(
        &mut window,
        Modifiers::COMMAND,
        PANELS[Panel::ALL.iter().position(|panel| *panel == Panel::Headers).unwrap()],
    );
    window.get_by_role_and_label(egui::Role::TextInput, "Filter").focus();
    frames(&mut window);
    for letter in ["d", "k", "i", "m"] {
        window.event(Event::Text(letter.to_owned()));
        frames(&mut window);
    }
    assert_eq!(desk(&window).state().filter, "dkim");
    assert!(window.query_all_by_label("DKIM-Signature").next().is_some());
    assert!(window.query_by_label("Message-ID").is_none());
}

#[test]
fn a_finding_opens_and_leads_to_its_evidence() {
    let mut window = opened(Sample::SpfTooManyLookups, Lang::En, Theme::Light);
    let title = Lang::En.words().title(&analysis(&window).findings[0].problem);
    click(&mut window, &format!("▶ {title}"));
    window.get_by_label(Lang::En.words().panels().remedy);
    window.get_all_by_label("Show step").last().unwrap().click_accesskit();
    frames(&mut window);
    assert_ne!(desk(&window).state().panel, Panel::Summary);
}

#[test]
fn hostile_text_is_drawn_as_marks() {
    let mut window = window(None, Lang::En, Theme::Light);
    frames(&mut window);
    window.event(Event::Paste("From: a@example.jp\nSubject: invoice\u{202E}fdp.exe\n".to_owned()));
    wait(&mut window, |desk| desk.analysis().is_some());
    window.get_by_label_contains("U+202E");
    assert!(window.query_by_label_contains("\u{202E}").is_none());
}

/// Every panel in both languages and both themes; two of them are kept as pictures. A character without a glyph in the embedded fonts fails here.
#[test]
fn every_panel_is_drawn_as_before() {
    let sample = Sample::NewsletterThirdParty;
    let mut results = SnapshotResults::new();
    for (lang, theme) in [(Lang::En, Theme::Light), (Lang::Ja, Theme::Dark)] {
        let mut window = opened(sample, lang, theme);
        for (index, panel) in Panel::ALL.into_iter().enumerate() {
            press(&mut window, Modifiers::COMMAND, PANELS[index]);
            assert_eq!(desk(&window).state().panel, panel);
            match (panel, lang) {
                (Panel::Summary, Lang::En) | (Panel::Path, Lang::Ja) => {
                    results.add(window.try_snapshot(format!("{}-{lang}", format!("{panel:?}").to_lowercase())));
                }
                _ => drop(window.render().unwrap()),
            }
        }
    }
}

#[test]
fn the_chain_of_a_list_is_drawn_as_before() {
    let mut window = opened(Sample::MailingList, Lang::Ja, Theme::Light);
    press(&mut window, Modifiers::COMMAND, PANELS[Panel::ALL.iter().position(|panel| *panel == Panel::Arc).unwrap()]);
    window.snapshot("arc-ja");
}

#[test]
fn the_welcome_view_is_drawn_as_before() {
    let mut window = window(None, Lang::Ja, Theme::Light);
    frames(&mut window);
    window.snapshot("welcome-ja");
}

#[test]
fn the_ticket_has_the_same_pixels_every_time() {
    let window = opened(Sample::SpoofedInvoice, Lang::Ja, Theme::Light);
    let draw = || picture::ticket(analysis(&window), Lang::Ja, Theme::Light, 900.0, 1.0);
    let image = draw();
    assert_eq!(image, draw());
    assert!(image.height > 300, "{} pixels high", image.height);
    let png = image::load_from_memory(&image.png().unwrap()).unwrap().into_rgba8();
    assert_eq!(png.as_raw(), &image.rgba);
}
