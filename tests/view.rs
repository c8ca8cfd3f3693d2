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
use hopscope::dns::{Offline, Snapshot};
use hopscope::path::Side;
use hopscope::picture::{self, Canvas, Raster};
use hopscope::samples::Sample;
use hopscope::settings::Settings;
use hopscope::text::glossary::{Entry, Term};
use hopscope::text::{Lang, MailProgram};
use hopscope::view::{Appearance, List, Panel, Remark, Row, keys, theme};
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
    window_with(launch(input, lang, theme), theme)
}

fn window_with<'a>(launch: Launch, theme: Theme) -> Harness<'a, Option<Desk>> {
    let builder = HarnessBuilder::<Option<Desk>>::default()
        .with_size(Vec2::new(1180.0, 820.0))
        .with_theme(theme)
        .with_max_steps(20)
        .renderer(OnCpu::default())
        // The first frame is under way when the desk is made: what it sets would come one frame late.
        .with_context_setup(theme::install);
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

/// Goes to a panel by its key.
fn go(window: &mut Harness<'_, Option<Desk>>, panel: Panel) {
    let key = keys::of(panel, &Panel::of(analysis(window))).unwrap();
    press(window, key.modifiers, key.logical_key);
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

/// The rows of the list as a screen reader has them: file names, and subjects with what they are to others.
fn listed(window: &Harness<'_, Option<Desk>>) -> Vec<String> {
    let words = Lang::En.words();
    let list = desk(window).list();
    let row = |row| match list.row(row).unwrap() {
        Row::File { name, messages, .. } => format!("{} {messages}", name.shown(words)),
        Row::Message(entry) => {
            let subject = entry.heading.and_then(|heading| heading.subject.clone());
            let judged = if entry.tone.is_some() { "*" } else { "" };
            format!("{:?} {}{judged}", entry.role, subject.unwrap_or_default())
        }
    };
    (0..list.rows()).map(row).collect()
}

fn subject(desk: &Desk) -> Option<&str> {
    desk.analysis()?.facts.identity.subject.as_deref()
}

#[test]
fn an_mbox_is_listed_and_read_message_by_message() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("box.mbox");
    let one = |number: usize| {
        format!(
            "From a@example.jp Mon Nov  2 10:00:00 2026\nFrom: 山田 <a@example.jp>\nSubject: number {number}\nDate: Mon, 2 Nov 2026 10:00:00 +0900\n\nhi\n\n"
        )
    };
    std::fs::write(&path, (1..=500).map(one).collect::<String>()).unwrap();
    let mut window = window(Some(Input::File(path)), Lang::En, Theme::Light);
    wait(&mut window, |desk| subject(desk) == Some("number 1"));
    wait(&mut window, |desk| {
        desk.list().row(3).is_some_and(|row| matches!(row, Row::Message(e) if e.heading.is_some()))
    });
    window.get_by_label("number 3, 山田, 2026-11-02 10:00:00 +0900, box.mbox");
    assert!(window.query_by_label_contains("number 400").is_none(), "rows that are not on show are not drawn");
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    wait(&mut window, |desk| subject(desk) == Some("number 2"));
    assert_eq!(desk(&window).state().panel, Panel::Summary);
    press(&mut window, Modifiers::COMMAND, Key::Num9);
    press(&mut window, Modifiers::NONE, Key::End);
    wait(&mut window, |desk| subject(desk) == Some("number 500"));
    assert_eq!(desk(&window).state().panel, Panel::Headers, "going through the list stays in the panel");
    assert_eq!(desk(&window).list().chosen(), Some(500));
    assert!(window.query_all_by_label_contains("number 499").next().is_some(), "the list follows");
    press(&mut window, Modifiers::NONE, Key::ArrowUp);
    wait(&mut window, |desk| subject(desk) == Some("number 499"));
    let input = &analysis(&window).facts.input;
    assert_eq!(input.place.map(|place| place.pick.to_string()), Some("499".to_owned()));
}

#[test]
fn a_forward_shows_what_it_brings_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fw.eml");
    let text = "From: customer@example.com\nSubject: Fw: is this real?\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nFrom: bank@example.jp\nSubject: Pay now\n\nhi\n--b--\n";
    std::fs::write(&path, text).unwrap();
    let mut window = window(Some(Input::File(path)), Lang::En, Theme::Light);
    wait(&mut window, |desk| subject(desk) == Some("Pay now"));
    assert_eq!(listed(&window), ["fw.eml 1", "Attached Pay now*", "Wrapper Fw: is this real?"]);
    window.get_by_label_contains("forward, Fw: is this real?").click();
    wait(&mut window, |desk| subject(desk) == Some("Fw: is this real?"));
    assert_eq!(listed(&window)[2], "Wrapper Fw: is this real?*");
}

#[test]
fn several_files_are_listed_and_can_be_taken_off() {
    let folder = tempfile::tempdir().unwrap();
    let files = ["a.eml", "b.eml", "no-mail.txt", "empty.eml", "c.eml"].map(|name| folder.path().join(name));
    for (file, subject) in files.iter().zip(["A", "B", "hello", "", "C"]) {
        let text = if subject.is_empty() || subject == "hello" {
            subject.to_owned()
        } else {
            format!("From: x@example.jp\nSubject: {subject}\n\nhi\n")
        };
        std::fs::write(file, text).unwrap();
    }
    let mut window = window(None, Lang::En, Theme::Light);
    frames(&mut window);
    for file in files {
        window.input_mut().dropped_files.push(Arc::new(Dropped(file)));
    }
    wait(&mut window, |desk| desk.list().rows() == 3 && subject(desk) == Some("A"));
    let notice = desk(&window).notice().unwrap();
    let told: Vec<Remark> = std::iter::once(notice).chain(&notice.more).map(|notice| notice.remark).collect();
    assert_eq!(told, [Remark::NoMail, Remark::Empty], "each that could not be opened");
    window.get_by_label("2 files could not be opened:");
    window.get_by_label("empty.eml");
    wait(&mut window, |desk| {
        desk.list().row(2).is_some_and(|row| matches!(row, Row::Message(e) if e.heading.is_some()))
    });
    assert_eq!(listed(&window), ["Own A*", "Own B", "Own C"]);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    wait(&mut window, |desk| subject(desk) == Some("B"));
    press(&mut window, Modifiers::NONE, Key::Delete);
    wait(&mut window, |desk| subject(desk) == Some("C"));
    assert_eq!(listed(&window), ["Own A*", "Own C*"]);
    press(&mut window, Modifiers::COMMAND, Key::W);
    wait(&mut window, |desk| subject(desk) == Some("A"));
    press(&mut window, Modifiers::COMMAND, Key::W);
    assert!(desk(&window).analysis().is_none());
    assert_eq!(desk(&window).list().rows(), 0);
    window.get_by_label(Lang::En.words().panels().welcome);
}

#[test]
fn a_drop_without_a_file_says_how_to_save() {
    let mut window = window(None, Lang::Ja, Theme::Light);
    frames(&mut window);
    window.input_mut().dropped_files.push(Arc::new(Dropped(PathBuf::new())));
    wait(&mut window, |desk| desk.notice().is_some());
    assert_eq!(desk(&window).notice().map(|notice| notice.remark), Some(Remark::NoFileDropped(MailProgram::Other)));
    window.get_by_label(Lang::Ja.words().panels().no_file_dropped);
    assert_eq!(window.query_all_by_label("Thunderbird").count(), 2, "in the notice as in the welcome view");
}

#[test]
fn what_was_mended_can_be_looked_at() {
    let mut window = window(None, Lang::En, Theme::Light);
    frames(&mut window);
    window.event(Event::Paste(
        "> Received: from a by b\n> for c; Mon, 2 Nov 2026 10:00:00 +0900\n> From: a@example.jp\n> Subject: x\n"
            .to_owned(),
    ));
    wait(&mut window, |desk| desk.analysis().is_some());
    press(&mut window, Modifiers::COMMAND, Key::Num9);
    click(&mut window, "Repairs (2)");
    window.get_by_label("quoting marks (>) are taken off");
    window.get_by_label("> for c; Mon, 2 Nov 2026 10:00:00 +0900");
    window.get_by_label(" for c; Mon, 2 Nov 2026 10:00:00 +0900");
}

#[test]
fn keys_change_panel_and_language() {
    let mut window = opened(Sample::NewsletterThirdParty, Lang::En, Theme::Light);
    press(&mut window, Modifiers::COMMAND, Key::Num5);
    assert_eq!(desk(&window).state().panel, Panel::Dkim);
    window.get_by_label("▶ Signed fields (h=)");
    press(&mut window, Modifiers::COMMAND, Key::L);
    assert_eq!(desk(&window).state().lang, Lang::Ja);
    window.get_by_label("▶ 署名対象ヘッダ（h=）");
}

#[test]
fn another_hop_can_be_the_boundary_and_back() {
    let mut window = opened(Sample::OrderConfirmation, Lang::En, Theme::Light);
    press(&mut window, Modifiers::COMMAND, Key::Num3);
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

/// What would leave the machine stands beside the switch; switching on judges anew, and is kept.
#[test]
fn a_network_check_is_off_until_it_is_switched_on() {
    let mut window = opened(Sample::OrderConfirmation, Lang::En, Theme::Light);
    let panels = Lang::En.words().panels();
    go(&mut window, Panel::Network);
    assert!(analysis(&window).facts.network.listings.is_none());
    let asked = analysis(&window).questions.len();
    window.get_by_label_contains("The address 198.51.100.25 is sent in DNS questions to the operators of 11 lists.");
    let switch = |window: &mut Harness<'_, Option<Desk>>| {
        window.get_all_by_label(panels.network_switch).next().unwrap().click();
        frames(window);
    };
    switch(&mut window);
    wait(&mut window, |desk| desk.analysis().is_some_and(|analysis| analysis.facts.network.listings.is_some()));
    assert!(analysis(&window).questions.len() > asked);
    assert!(analysis(&window).facts.network.transport.is_none());
    assert!(window.get_all_by_label("not asked").next().is_some(), "the sample's answers do not hold it");
    switch(&mut window);
    wait(&mut window, |desk| desk.analysis().is_some_and(|analysis| analysis.facts.network.listings.is_none()));
    assert_eq!(analysis(&window).questions.len(), asked);
}

/// A proposed record is tried on the background job; a bar says so, and leads back to what DNS says.
#[test]
fn a_record_can_be_tried_and_taken_back() {
    let mut window = opened(Sample::LastHopPlaintext, Lang::En, Theme::Light);
    let panels = Lang::En.words().panels();
    go(&mut window, Panel::Fix);
    assert!(!analysis(&window).is_what_if());
    click(&mut window, panels.try_record);
    wait(&mut window, |desk| desk.analysis().is_some_and(Analysis::is_what_if));
    assert!(analysis(&window).facts.dmarc.applied_record().is_some_and(|record| !record.rua.is_empty()));
    frames(&mut window);
    assert!(window.get_all_by_label(panels.what_if_on).next().is_some());
    // What DNS has stands beside what is tried.
    let tried = analysis(&window).what_if().next().unwrap();
    assert_ne!(tried.published.as_ref(), Some(&tried.answer));
    assert!(tried.published.as_ref().is_some_and(|answer| answer.records.is_ok()));
    assert_eq!(desk(&window).state().tries, 1);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    wait(&mut window, |desk| desk.analysis().is_some_and(|analysis| !analysis.is_what_if()));
    assert_eq!(desk(&window).state().tries, 0);
    click(&mut window, panels.try_record);
    wait(&mut window, |desk| desk.analysis().is_some_and(Analysis::is_what_if));
    press(&mut window, Modifiers::COMMAND, Key::Num1);
    press(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    wait(&mut window, |desk| desk.analysis().is_some_and(|analysis| !analysis.is_what_if()));
    assert!(desk(&window).state().what_if.is_empty());
}

#[test]
fn a_new_message_opens_on_its_summary_whatever_was_on_show() {
    let mut window = opened(Sample::OrderConfirmation, Lang::En, Theme::Light);
    press(&mut window, Modifiers::COMMAND, Key::Num5);
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
    go(&mut window, Panel::Headers);
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
    let title = Lang::En.words().explain(&analysis(&window).findings[0].problem).title;
    click(&mut window, &format!("▶ {title}"));
    window.get_by_label(Lang::En.words().panels().remedy);
    window.get_all_by_label("Show step").last().unwrap().click_accesskit();
    frames(&mut window);
    assert_ne!(desk(&window).state().panel, Panel::Summary);
}

#[test]
fn places_of_one_sentence_have_names_of_their_own() {
    let mut window = opened(Sample::MailingList, Lang::En, Theme::Light);
    frames(&mut window);
    window.get_by_label("Show the source: From");
}

#[test]
fn hops_before_the_boundary_are_marked_as_claims() {
    let mut window = opened(Sample::SpoofedInvoice, Lang::Ja, Theme::Dark);
    frames(&mut window);
    let sending = analysis(&window).facts.path.hops.iter().filter(|hop| hop.side == Side::Sending).count();
    let panels = Lang::Ja.words().panels();
    assert!(sending > 0);
    assert_eq!(window.get_all_by_label(panels.claim_only).count(), sending);
    go(&mut window, Panel::Path);
    window.get_by_label(panels.reverse_name_proves);
}

#[test]
fn terms_are_explained_on_focus_and_in_a_list() {
    for lang in Lang::ALL {
        let mut window = opened(Sample::NewsletterThirdParty, lang, Theme::Light);
        let words = lang.words();
        let entry = words.term(Term::Dmarc);
        // The words of a tooltip alone; what is focused says them together with the name.
        assert!(window.query_by_label(entry.meaning).is_none());
        let told = format!("{}: {}", entry.name, entry.meaning);
        window.get_all_by_label(&told).next().unwrap().focus();
        frames(&mut window);
        assert!(window.query_by_label(entry.meaning).is_some(), "on focus");
        press(&mut window, Modifiers::NONE, Key::F1);
        assert!(window.query_by_label(words.term(Term::Bimi).meaning).is_some(), "in the list");
        press(&mut window, Modifiers::NONE, Key::Escape);
        assert!(window.query_by_label(words.term(Term::Bimi).meaning).is_none());
    }
}

/// The focus and the pointer give way to whichever was moved last.
#[test]
fn two_terms_are_never_explained_at_once() {
    let mut window = opened(Sample::NewsletterThirdParty, Lang::En, Theme::Light);
    let words = Lang::En.words();
    let (spf, dkim) = (words.term(Term::Spf), words.term(Term::Dkim));
    let place = |entry: &Entry| format!("{}: {}", entry.name, entry.meaning);
    window.get_all_by_label(&place(&spf)).next().unwrap().focus();
    frames(&mut window);
    let shown =
        |window: &Harness<'_, Option<Desk>>| [&spf, &dkim].map(|entry| window.query_by_label(entry.meaning).is_some());
    assert_eq!(shown(&window), [true, false]);
    let pointed = window.get_all_by_label(&place(&dkim)).next().unwrap().rect().center();
    window.hover_at(pointed);
    (0..60).for_each(|_| window.step());
    assert_eq!(shown(&window), [false, true], "the pointer was moved last");
    press(&mut window, Modifiers::NONE, Key::Tab);
    window.get_all_by_label(&place(&spf)).next().unwrap().focus();
    (0..60).for_each(|_| window.step());
    assert_eq!(shown(&window), [true, false], "the focus was moved last");
}

#[test]
fn keys_turn_the_pages() {
    let mut window = opened(Sample::NewsletterThirdParty, Lang::En, Theme::Light);
    let headline = |window: &Harness<'_, Option<Desk>>| {
        let words = Lang::En.words().headline(&analysis(window).headline.verdict);
        window.query_all_by_label_contains(&words).map(|node| node.rect().top()).fold(f32::MAX, f32::min)
    };
    let start = headline(&window);
    for (key, is_at_the_top) in [(Key::PageDown, false), (Key::PageUp, true), (Key::End, false), (Key::Home, true)] {
        press(&mut window, Modifiers::NONE, key);
        (0..60).for_each(|_| frames(&mut window));
        assert_eq!((headline(&window) - start).abs() < 1.0, is_at_the_top, "{key:?}");
    }
}

#[test]
fn the_details_of_a_signature_unfold() {
    let mut window = opened(Sample::NewsletterThirdParty, Lang::En, Theme::Light);
    press(&mut window, Modifiers::COMMAND, Key::Num5);
    let panels = Lang::En.words().panels();
    for (name, shown) in
        [(panels.signed_headers, "Date, From, Reply-To"), (panels.key_record, "MIIB"), (panels.tags, "33ok7FlMPmMS0y")]
    {
        assert!(window.query_all_by_label_contains(shown).next().is_none(), "{shown}");
        click(&mut window, &format!("▶ {name}"));
        assert!(window.query_all_by_label_contains(shown).next().is_some(), "{shown}");
        click(&mut window, &format!("▼ {name}"));
    }
    click(&mut window, &format!("▶ {}", panels.canonical_header));
    assert!(window.query_all_by_label_contains("date:Tue,·10·Nov·2026").next().is_some());
    click(&mut window, &format!("▶ {}", panels.canonical_body));
    assert!(window.query_all_by_label_contains("date:Tue,·10·Nov·2026").next().is_none(), "one at a time");
    assert!(desk(&window).state().octets.is_some());
    press(&mut window, Modifiers::COMMAND, Key::W);
    window.event(Event::Paste("From: taro@example.jp\nSubject: x\n".to_owned()));
    wait(&mut window, |desk| desk.analysis().is_some_and(|analysis| analysis.facts.input.headers_only));
    assert_eq!((&desk(&window).state().octets, desk(&window).state().details.len()), (&None, 0));
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
        for panel in Panel::ALL {
            go(&mut window, panel);
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
    go(&mut window, Panel::Arc);
    window.snapshot("arc-ja");
}

/// What goes into a ticket is masked unless the person says otherwise; what the window shows is not.
#[test]
fn a_copied_text_is_masked_until_that_is_switched_off() {
    let mut window = opened(Sample::NewsletterThirdParty, Lang::En, Theme::Light);
    let panels = Lang::En.words().panels();
    let address = analysis(&window).facts.identity.from[0].address.clone();
    let copied = |window: &mut Harness<'_, Option<Desk>>| {
        window.get_by_label(panels.copy_report).click();
        let started = Instant::now();
        loop {
            window.step();
            let commands = &window.output().platform_output.commands;
            if let Some(text) = commands.iter().find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            }) {
                return text;
            }
            assert!(started.elapsed() < Duration::from_mins(1), "nothing is copied");
        }
    };
    let masked = copied(&mut window);
    assert!(!masked.contains(&address) && masked.contains(panels.masked), "{masked}");
    assert_eq!(desk(&window).notice().map(|notice| notice.remark), Some(Remark::TextCopied));
    frames(&mut window);
    window.get_by_label(panels.masked);
    assert!(window.query_all_by_label_contains(&address).next().is_some(), "on screen");
    click(&mut window, panels.mask);
    let plain = copied(&mut window);
    assert!(plain.contains(&address) && !plain.contains(panels.masked));
    frames(&mut window);
    window.get_by_label(panels.unmasked);
}

/// A case of `tests/mail` with its own answers, in the window.
fn opened_case<'a>(case: &str, lang: Lang, theme: Theme) -> Harness<'a, Option<Desk>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail").join(case);
    // Named so that the picture is the same wherever the project lies.
    let answers = Snapshot::parse(&std::fs::read_to_string(folder.join("dns")).unwrap(), case).unwrap();
    let input = Input::File(folder.join("message.eml"));
    let mut window = window_with(Launch { lookup: Arc::new(answers), ..launch(Some(input), lang, theme) }, theme);
    wait(&mut window, |desk| desk.analysis().is_some());
    window
}

/// The tabs that only some messages have.
#[test]
fn reports_are_drawn_as_before() {
    let mut results = SnapshotResults::new();
    for (case, panel, lang, theme) in [
        ("bounce-final", Panel::Bounce, Lang::En, Theme::Dark),
        ("aggregate-failures", Panel::Aggregate, Lang::Ja, Theme::Light),
        ("headline-aggregate-report", Panel::Aggregate, Lang::En, Theme::Dark),
    ] {
        let mut window = opened_case(case, lang, theme);
        if desk(&window).state().panel.at(analysis(&window)) != panel {
            window.get_all_by_role_and_label(egui::Role::Button, panel.title(lang.words())).next().unwrap().click();
            frames(&mut window);
        }
        assert_eq!(desk(&window).state().panel.at(analysis(&window)), panel);
        match (case, panel) {
            ("aggregate-failures", _) => drop(window.render().unwrap()),
            (_, Panel::Bounce) => results.add(window.try_snapshot("bounce-en")),
            _ => results.add(window.try_snapshot("aggregate-en")),
        }
    }
}

/// The second key leads to the second tab, and a report by itself has the letters and its source as well.
#[test]
fn keys_follow_the_tabs() {
    let mut window = opened_case("bounce-final", Lang::En, Theme::Light);
    press(&mut window, Modifiers::COMMAND, Key::Num2);
    assert_eq!(desk(&window).state().panel, Panel::Bounce);
    for panel in Panel::of(analysis(&window)) {
        go(&mut window, panel);
        assert_eq!(desk(&window).state().panel, panel);
    }
}

/// What the message does not show is typed, judged with, and taken back.
#[test]
fn a_session_can_be_given_and_taken_back() {
    let mut window = window(None, Lang::En, Theme::Light);
    frames(&mut window);
    window.event(Event::Paste("From: a@example.jp\nSubject: x\n".to_owned()));
    wait(&mut window, |desk| desk.analysis().is_some());
    let panels = Lang::En.words().panels();
    go(&mut window, Panel::Path);
    let type_ip = |window: &mut Harness<'_, Option<Desk>>, text: &str| {
        window.get_by_role_and_label(egui::Role::TextInput, panels.connecting_ip).focus();
        frames(window);
        window.event(Event::Text(text.to_owned()));
        frames(window);
    };
    type_ip(&mut window, "192.0.2");
    click(&mut window, panels.what_if_judge);
    assert_eq!(desk(&window).notice().map(|notice| notice.remark), Some(Remark::NoAddress));
    type_ip(&mut window, ".7");
    click(&mut window, panels.what_if_judge);
    let judged = |desk: &Desk| desk.analysis().unwrap().facts.session.ip.as_ref().map(|ip| ip.value.to_string());
    wait(&mut window, |desk| judged(desk).as_deref() == Some("192.0.2.7"));
    go(&mut window, Panel::Spf);
    click(&mut window, panels.session_undo);
    wait(&mut window, |desk| judged(desk).is_none());
    assert!(desk(&window).state().session.ip.is_empty());
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
