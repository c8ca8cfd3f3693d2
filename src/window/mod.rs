//! The living window: eframe around the [`Desk`].

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui;
use eframe::{CreationContext, Frame, NativeOptions, Renderer};

pub use self::desk::Desk;
pub use self::judge::Clock;
pub use self::open::{Content, Handed, Input};
use crate::analyze::Options;
use crate::dns::Lookup;
use crate::settings::Settings;
use crate::text::Lang;

mod desk;
mod dialog;
mod job;
mod judge;
mod open;
mod shelf;
mod tickets;
mod work;
#[cfg(target_os = "linux")]
mod xdnd;

/// What the window starts with.
#[derive(Clone)]
pub struct Launch {
    /// Opened at once; the first is shown.
    pub inputs: Vec<Input>,
    /// Who answers for everything but samples.
    pub lookup: Arc<dyn Lookup>,
    pub options: Options,
    pub lang: Lang,
    pub settings: Settings,
    /// How changed settings are kept: [`Settings::save`], or nothing in a test.
    pub save: fn(&Settings) -> std::io::Result<()>,
    pub clock: Clock,
}

impl std::fmt::Debug for Launch {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Launch").field("inputs", &self.inputs).finish_non_exhaustive()
    }
}

/// Why there is no window. The message says what to install or what to use instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    #[error("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)")]
    NoDisplay,
    #[error(
        "no window could be opened ({why}); on Debian: apt-get install libx11-6 libx11-xcb1 libxcursor1 libxi6 \
         libxkbcommon-x11-0 libegl1 libgl1-mesa-dri"
    )]
    NoWindow { why: String },
}

/// Opens the window and stays until it is closed. wgpu is tried first: it works over remote desktop, where OpenGL is
/// often too old; glow works where there is no Vulkan.
pub fn run(launch: &Launch) -> Result<(), Unavailable> {
    if cfg!(target_os = "linux") && !is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY") {
        return Err(Unavailable::NoDisplay);
    }
    let mut why = String::new();
    for renderer in [Renderer::Wgpu, Renderer::Glow] {
        // winit panics where a library of X11 is missing.
        let attempt = catch_unwind(AssertUnwindSafe(|| open(launch.clone(), renderer)));
        match attempt {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => {
                tracing::debug!(%renderer, ?error, "no window");
                // The second attempt can only fail for want of the first, so the first says more.
                if why.is_empty() {
                    why = first_line(&error.to_string());
                }
            }
            Err(panic) => {
                let text = panic.downcast_ref::<String>().map(String::as_str);
                let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
                // An event loop cannot be made twice in one process, so a second attempt would only hide the reason.
                return Err(Unavailable::NoWindow { why: first_line(text.unwrap_or("a library is missing")) });
            }
        }
    }
    Err(Unavailable::NoWindow { why })
}

fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}

/// Some drivers explain themselves over a whole screen.
fn first_line(text: &str) -> String {
    const MAX: usize = 160;
    text.lines().next().unwrap_or_default().chars().take(MAX).collect()
}

fn open(launch: Launch, renderer: Renderer) -> eframe::Result {
    // A screen of 768 rows holds this with the title and the task bar.
    let viewport = egui::ViewportBuilder::default()
        .with_title("Hopscope")
        .with_app_id("hopscope")
        .with_inner_size([1180.0, 690.0])
        .with_min_inner_size([720.0, 480.0])
        .with_drag_and_drop(true);
    let options = NativeOptions { viewport, renderer, event_loop_builder: prefer_x11(), ..NativeOptions::default() };
    eframe::run_native("hopscope", options, Box::new(|created| Ok(Box::new(App::new(launch, created)))))
}

/// On Wayland winit knows no dropped files, so X11 is taken where both are there.
#[cfg(target_os = "linux")]
fn prefer_x11() -> Option<eframe::EventLoopBuilderHook> {
    use winit::platform::x11::EventLoopBuilderExtX11;
    is_set("DISPLAY").then(|| -> eframe::EventLoopBuilderHook { Box::new(|builder| _ = builder.with_x11()) })
}

#[cfg(not(target_os = "linux"))]
fn prefer_x11() -> Option<eframe::EventLoopBuilderHook> {
    None
}

/// Takes what winit does not: drags that are no files.
#[cfg(target_os = "linux")]
fn watch_drops(created: &CreationContext<'_>, desk: &Desk) {
    use winit::raw_window_handle::{HasWindowHandle, RawWindowHandle};
    let window = match created.window_handle().map(|handle| handle.as_raw()) {
        Ok(RawWindowHandle::Xlib(handle)) => u32::try_from(handle.window).ok(),
        Ok(RawWindowHandle::Xcb(handle)) => Some(handle.window.get()),
        _ => None,
    };
    if let Some(window) = window {
        xdnd::watch(window, desk.receiver());
    }
}

#[cfg(not(target_os = "linux"))]
const fn watch_drops(_: &CreationContext<'_>, _: &Desk) {}

/// eframe's side of the window.
struct App {
    desk: Desk,
}

impl App {
    fn new(launch: Launch, created: &CreationContext<'_>) -> Self {
        let desk = Desk::new(launch, &created.egui_ctx);
        watch_drops(created, &desk);
        Self { desk }
    }
}

impl eframe::App for App {
    fn logic(&mut self, context: &egui::Context, frame: &mut Frame) {
        self.desk.logic(context);
        if let Some(dialog) = self.desk.wanted_dialog() {
            self.desk.ask(dialog, Some(frame));
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut Frame) {
        self.desk.ui(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.desk.save_settings();
    }

    /// egui's own memory is not kept: what matters is in the settings, and nothing of a message may get there.
    fn persist_egui_memory(&self) -> bool {
        false
    }
}

/// The file that a path typed by a person means: `~` is the home folder.
fn typed_path(typed: &str) -> PathBuf {
    let typed = typed.trim().trim_matches('"');
    match (typed.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(typed.strip_prefix("file://").unwrap_or(typed)),
    }
}
