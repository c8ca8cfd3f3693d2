//! egui's triangles → pixels, on the CPU: no GPU, no driver, no display.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "positions are clipped to the canvas, whose sides and textures have at most some ten thousand pixels"
)]

use std::collections::HashMap;

use egui::epaint::{ClippedPrimitive, ImageDelta, Mesh, Primitive, Vertex};
use egui::{Color32, ImageData, Rect, TextureFilter, TextureId, TextureOptions, TextureWrapMode, TexturesDelta};

/// Pixels in rows from the top, alpha premultiplied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canvas {
    width: usize,
    pixels: Vec<Color32>,
}

impl Canvas {
    #[must_use]
    pub fn new(width: usize, height: usize, background: Color32) -> Self {
        Self { width, pixels: vec![background; width * height] }
    }

    #[must_use]
    pub fn size(&self) -> [usize; 2] {
        [self.width, self.pixels.len().checked_div(self.width).unwrap_or(0)]
    }

    /// Red, green, blue and alpha of each pixel in turn.
    #[must_use]
    pub fn rgba(&self) -> Vec<u8> {
        self.pixels.iter().flat_map(Color32::to_array).collect()
    }
}

/// Holds egui's textures and paints its meshes.
#[derive(Debug, Default)]
pub struct Raster {
    textures: HashMap<TextureId, Texture>,
}

impl Raster {
    /// Takes over new and changed textures; to be done before painting.
    pub fn set_textures(&mut self, delta: &mut TexturesDelta) {
        for (id, changes) in delta.set.drain() {
            for change in changes {
                self.set_texture(id, &change);
            }
        }
    }

    /// Forgets textures that are not needed any more; to be done after painting.
    pub fn free_textures(&mut self, delta: &mut TexturesDelta) {
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn set_texture(&mut self, id: TextureId, change: &ImageDelta) {
        let ImageData::Color(image) = &change.image;
        let [width, height] = image.size;
        let Some([left, top]) = change.pos else {
            let texture = Texture { size: image.size, pixels: image.pixels.clone(), options: change.options };
            self.textures.insert(id, texture);
            return;
        };
        let Some(texture) = self.textures.get_mut(&id) else { return };
        for row in 0..height {
            let start = (top + row) * texture.size[0] + left;
            let target = texture.pixels.get_mut(start..start + width);
            let source = image.pixels.get(row * width..(row + 1) * width);
            if let (Some(target), Some(source)) = (target, source) {
                target.copy_from_slice(source);
            }
        }
    }

    /// Paints meshes in order. Callback shapes need a GPU and are left out.
    pub fn paint(&self, canvas: &mut Canvas, primitives: &[ClippedPrimitive], pixels_per_point: f32) {
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            if let Primitive::Mesh(mesh) = primitive {
                let clip = Clip::new(*clip_rect, pixels_per_point, canvas.size());
                self.paint_mesh(canvas, mesh, pixels_per_point, clip);
            }
        }
    }

    fn paint_mesh(&self, canvas: &mut Canvas, mesh: &Mesh, pixels_per_point: f32, clip: Clip) {
        let Some(texture) = self.textures.get(&mesh.texture_id) else { return };
        for corners in mesh.indices.chunks_exact(3) {
            let corner = |at: usize| mesh.vertices.get(*corners.get(at)? as usize);
            if let (Some(a), Some(b), Some(c)) = (corner(0), corner(1), corner(2))
                && let Some(triangle) = Triangle::new([*a, *b, *c], pixels_per_point)
            {
                triangle.paint(canvas, texture, clip);
            }
        }
    }
}

/// The pixels that may be touched: from `min` to before `max`.
#[derive(Debug, Clone, Copy)]
struct Clip {
    min: [i64; 2],
    max: [i64; 2],
}

impl Clip {
    fn new(rect: Rect, pixels_per_point: f32, size: [usize; 2]) -> Self {
        let pixel = |points: f32, limit: usize| to_integer((points * pixels_per_point).round()).clamp(0, limit as i64);
        Self {
            min: [pixel(rect.min.x, size[0]), pixel(rect.min.y, size[1])],
            max: [pixel(rect.max.x, size[0]), pixel(rect.max.y, size[1])],
        }
    }
}

/// Positions are kept in 1/256 pixel, so that neighbouring triangles share exact edges.
const SUBPIXELS: i64 = 256;

/// One triangle, its corners in clockwise order on a canvas whose y axis points down.
struct Triangle {
    corners: [Vertex; 3],
    points: [[i64; 2]; 3],
    /// Twice the area, in square subpixels; positive.
    area: i64,
}

impl Triangle {
    /// `None` when it has no area.
    fn new(corners: [Vertex; 3], pixels_per_point: f32) -> Option<Self> {
        let scale = pixels_per_point * SUBPIXELS as f32;
        let point = |v: &Vertex| [to_integer((v.pos.x * scale).round()), to_integer((v.pos.y * scale).round())];
        let [a, b, c] = &corners;
        let [pa, pb, pc] = [point(a), point(b), point(c)];
        let area = (pb[0] - pa[0]) * (pc[1] - pa[1]) - (pb[1] - pa[1]) * (pc[0] - pa[0]);
        match area {
            0 => None,
            1.. => Some(Self { corners, points: [pa, pb, pc], area }),
            _ => Some(Self { corners: [*a, *c, *b], points: [pa, pc, pb], area: -area }),
        }
    }

    fn paint(&self, canvas: &mut Canvas, texture: &Texture, clip: Clip) {
        let [min, max] = self.bounds(clip);
        if min[0] >= max[0] || min[1] >= max[1] {
            return;
        }
        let [a, b, c] = self.points;
        // Each edge lies opposite the corner of the same index, so its value is that corner's weight.
        let edges = [Edge::new(b, c), Edge::new(c, a), Edge::new(a, b)];
        let shade = Shade::new(self, texture);
        let middle = [min[0] * SUBPIXELS + SUBPIXELS / 2, min[1] * SUBPIXELS + SUBPIXELS / 2];
        let mut row_start = edges.map(|edge| edge.value(middle));
        for y in min[1]..max[1] {
            let mut values = row_start;
            let first = y as usize * canvas.width + min[0] as usize;
            let last = y as usize * canvas.width + max[0] as usize;
            for pixel in canvas.pixels.get_mut(first..last).unwrap_or_default() {
                if values[0] | values[1] | values[2] >= 0 {
                    blend(pixel, shade.at(values, edges, self.area));
                }
                for (value, edge) in values.iter_mut().zip(edges) {
                    *value -= edge.run[1] * SUBPIXELS;
                }
            }
            for (value, edge) in row_start.iter_mut().zip(edges) {
                *value += edge.run[0] * SUBPIXELS;
            }
        }
    }

    /// The pixels that the triangle can touch.
    fn bounds(&self, clip: Clip) -> [[i64; 2]; 2] {
        let [a, b, c] = self.points;
        let least = |axis: usize| a[axis].min(b[axis]).min(c[axis]).div_euclid(SUBPIXELS).max(clip.min[axis]);
        let most = |axis: usize| (a[axis].max(b[axis]).max(c[axis]).div_euclid(SUBPIXELS) + 1).min(clip.max[axis]);
        [[least(0), least(1)], [most(0), most(1)]]
    }
}

/// A directed edge; points on its inner side have a value of at least 0.
#[derive(Clone, Copy)]
struct Edge {
    start: [i64; 2],
    run: [i64; 2],
    /// -1 for edges that are neither top nor left, so that a pixel on a shared edge is painted once.
    bias: i64,
}

impl Edge {
    fn new(start: [i64; 2], end: [i64; 2]) -> Self {
        let run = [end[0] - start[0], end[1] - start[1]];
        let top_left = run[1] < 0 || (run[1] == 0 && run[0] > 0);
        Self { start, run, bias: if top_left { 0 } else { -1 } }
    }

    fn value(self, point: [i64; 2]) -> i64 {
        self.run[0] * (point[1] - self.start[1]) - self.run[1] * (point[0] - self.start[0]) + self.bias
    }
}

/// Red, green, blue, alpha: premultiplied, 0 to 255.
type Rgba = [f32; 4];

/// What colour a triangle has where; most of egui's are one colour throughout.
enum Shade<'a> {
    Solid(Rgba),
    Varied { corners: &'a [Vertex; 3], texture: &'a Texture },
}

impl<'a> Shade<'a> {
    fn new(triangle: &'a Triangle, texture: &'a Texture) -> Self {
        let [a, b, c] = &triangle.corners;
        if a.color == b.color && b.color == c.color && a.uv == b.uv && b.uv == c.uv {
            Self::Solid(multiply(rgba(a.color), texture.sample(a.uv.x, a.uv.y)))
        } else {
            Self::Varied { corners: &triangle.corners, texture }
        }
    }

    fn at(&self, values: [i64; 3], edges: [Edge; 3], area: i64) -> Rgba {
        match self {
            Self::Solid(color) => *color,
            Self::Varied { corners: [a, b, c], texture } => {
                let weight = |corner: usize| (values[corner] - edges[corner].bias) as f32 / area as f32;
                let (wa, wb) = (weight(0), weight(1));
                let wc = 1.0 - wa - wb;
                let mix = |x: f32, y: f32, z: f32| x * wa + y * wb + z * wc;
                let (ca, cb, cc) = (rgba(a.color), rgba(b.color), rgba(c.color));
                let color = [0, 1, 2, 3].map(|channel: usize| mix(ca[channel], cb[channel], cc[channel]));
                multiply(color, texture.sample(mix(a.uv.x, b.uv.x, c.uv.x), mix(a.uv.y, b.uv.y, c.uv.y)))
            }
        }
    }
}

#[derive(Debug)]
struct Texture {
    size: [usize; 2],
    pixels: Vec<Color32>,
    options: TextureOptions,
}

impl Texture {
    fn sample(&self, u: f32, v: f32) -> Rgba {
        let (x, y) = (u * self.size[0] as f32, v * self.size[1] as f32);
        if self.options.magnification == TextureFilter::Nearest {
            return self.texel(to_integer(x.floor()), to_integer(y.floor()));
        }
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (to_integer(x.floor()), to_integer(y.floor()));
        let (across, down) = (x - x.floor(), y - y.floor());
        // Glyphs lie on whole pixels: nothing to mix when a texel is hit in its middle.
        if across < 1e-3 && down < 1e-3 {
            return self.texel(left, top);
        }
        let upper = lerp(self.texel(left, top), self.texel(left + 1, top), across);
        let lower = lerp(self.texel(left, top + 1), self.texel(left + 1, top + 1), across);
        lerp(upper, lower, down)
    }

    fn texel(&self, x: i64, y: i64) -> Rgba {
        let [width, height] = self.size;
        let at = self.wrap(y, height) * width + self.wrap(x, width);
        self.pixels.get(at).map_or([0.0; 4], |color| rgba(*color))
    }

    fn wrap(&self, position: i64, length: usize) -> usize {
        let last = (length as i64 - 1).max(0);
        let wrapped = match self.options.wrap_mode {
            TextureWrapMode::ClampToEdge => position.clamp(0, last),
            TextureWrapMode::Repeat => position.rem_euclid(last + 1),
            TextureWrapMode::MirroredRepeat => {
                let position = position.rem_euclid(2 * (last + 1));
                position.min(2 * last + 1 - position)
            }
        };
        wrapped as usize
    }
}

fn rgba(color: Color32) -> Rgba {
    color.to_array().map(f32::from)
}

fn multiply(color: Rgba, texel: Rgba) -> Rgba {
    [0, 1, 2, 3].map(|channel: usize| color[channel] * texel[channel] / 255.0)
}

fn lerp(from: Rgba, to: Rgba, part: f32) -> Rgba {
    [0, 1, 2, 3].map(|channel: usize| from[channel] * (1.0 - part) + to[channel] * part)
}

/// Lays a premultiplied colour over a pixel, in gamma space as egui's other renderers do.
fn blend(pixel: &mut Color32, over: Rgba) {
    let [_, _, _, alpha] = over;
    let remaining = 1.0 - alpha / 255.0;
    let under = rgba(*pixel);
    let [r, g, b, a] = [0, 1, 2, 3].map(|channel: usize| to_byte(over[channel] + under[channel] * remaining));
    *pixel = Color32::from_rgba_premultiplied(r, g, b, a);
}

fn to_byte(value: f32) -> u8 {
    (value + 0.5).clamp(0.0, 255.0) as u8
}

/// Positions beyond any canvas are cut, so that products of two of them fit 64 bits.
fn to_integer(value: f32) -> i64 {
    const LIMIT: f32 = 1e9;
    value.clamp(-LIMIT, LIMIT) as i64
}
