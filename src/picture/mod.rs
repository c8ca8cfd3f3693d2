//! view → PNG on the CPU: the same pixels from the window, the command line and the tests.

use egui::{Context, FullOutput, Pos2, RawInput, Rect, Ui, Vec2, vec2};

pub use egui::Theme;

pub use self::raster::{Canvas, Raster};
use crate::analyze::Analysis;
use crate::text::Lang;
use crate::view::{self, theme};

mod raster;

/// Layout settles in three passes: widths, then heights, then what depends on both.
const PASSES: usize = 3;
/// The size of a ticket's picture where nobody asks for another: points, and pixels per point.
pub const WIDTH: f32 = 1000.0;
pub const SCALE: f32 = 2.0;

/// The most pixels in either direction; what does not fit is cut.
const MAX_PIXELS: f32 = 16_000.0;
/// The least and the most pixels per point.
const SCALES: std::ops::RangeInclusive<f32> = 0.5..=4.0;

/// A finished picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    pub width: usize,
    pub height: usize,
    /// Red, green, blue and alpha of each pixel, in rows from the top.
    pub rgba: Vec<u8>,
}

impl Image {
    /// The picture as a PNG file.
    pub fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut bytes = Vec::new();
        let width = u32::try_from(self.width).unwrap_or(u32::MAX);
        let height = u32::try_from(self.height).unwrap_or(u32::MAX);
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.rgba)?;
        writer.finish()?;
        Ok(bytes)
    }
}

/// The picture for a ticket: the summary with the path.
#[must_use]
pub fn ticket(analysis: &Analysis, lang: Lang, theme: Theme, width: f32, scale: f32) -> Image {
    render(width, scale, theme, |ui| view::ticket(ui, analysis, lang.words()))
}

/// Draws what `draw` shows into a picture of `width` points and as high as it needs; `scale` is pixels per point.
/// Only embedded fonts are used and nothing moves, so equal content gives equal pixels on every machine.
#[must_use]
pub fn render(width: f32, scale: f32, theme: Theme, mut draw: impl FnMut(&mut Ui)) -> Image {
    let scale = scale.clamp(*SCALES.start(), *SCALES.end());
    let (width, max_height) = (width.clamp(1.0, MAX_PIXELS / scale), MAX_PIXELS / scale);
    let mut raster = Raster::default();
    let context = Context::default();
    theme::install(&context);
    context.set_theme(theme);

    let mut height = max_height;
    for _ in 0..PASSES {
        let mut used = 0.0;
        let mut output = pass(&context, vec2(width, height), scale, |ui| {
            theme::page(ui.style()).show(ui, |ui| draw(ui));
            used = ui.min_rect().bottom();
        });
        raster.set_textures(&mut output.textures_delta);
        raster.free_textures(&mut output.textures_delta);
        height = used.ceil().clamp(1.0, max_height);
    }
    let mut output = pass(&context, vec2(width, height), scale, |ui| {
        theme::page(ui.style()).show(ui, |ui| draw(ui));
    });
    paint(&context, &mut raster, &mut output, [pixels(width, scale), pixels(height, scale)])
}

/// One pass without a pointer, a keyboard or a clock.
fn pass(context: &Context, size: Vec2, scale: f32, draw: impl FnMut(&mut Ui)) -> FullOutput {
    let mut input =
        RawInput { screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)), time: Some(0.0), ..RawInput::default() };
    for viewport in input.viewports.values_mut() {
        viewport.native_pixels_per_point = Some(scale);
    }
    context.run_ui(input, draw)
}

fn paint(context: &Context, raster: &mut Raster, output: &mut FullOutput, [width, height]: [usize; 2]) -> Image {
    raster.set_textures(&mut output.textures_delta);
    let primitives = context.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point);
    let background = context.global_style().visuals.panel_fill;
    let mut canvas = Canvas::new(width, height, background);
    raster.paint(&mut canvas, &primitives, output.pixels_per_point);
    raster.free_textures(&mut output.textures_delta);
    Image { width, height, rgba: canvas.rgba() }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the limit just before")]
fn pixels(points: f32, scale: f32) -> usize {
    (points * scale).round().clamp(1.0, MAX_PIXELS) as usize
}
