//! Draws text that a stranger wrote: control and bidi characters as marks, runs that cannot reverse.
//!
//! egui knows no bidirectional algorithm, and a run takes the direction of its first strong character. A line that begins
//! with a Hebrew letter no font has would show the Latin after it reversed (`moc.elpmaxe`), so each right-to-left run
//! becomes a section of its own. What has no width or no glyph is drawn as a mark with its code point.

use egui::output::OutputCommand;
use egui::text::{ByteIndex, LayoutJob, LayoutSection, TextFormat, TextWrapping};
use egui::{Align, Context, FontSelection, FullOutput, Id, Label, Response, TextStyle, Ui, Widget};

use super::theme;
use super::widgets::spoken;
use crate::message::hidden::is_hidden;
use crate::text::masked;

/// The most characters of one text that are drawn; a mark says how many more there are.
pub const MAX_CHARS: usize = 4_000;

/// Stands before and after the code point of a mark. It has no width, and where it occurs in a stranger's text it becomes
/// a mark itself, so copied text can be turned back without doubt.
const FENCE: char = '\u{2060}';

/// What to do with text that is wider than its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Break lines, inside a word where there is no other way.
    Wrap,
    /// One line, cut with an ellipsis; the whole is shown on hovering.
    Cut,
    /// So many lines at most, cut like that.
    Rows(usize),
    /// One line, as long as it is.
    Line,
}

/// What a line feed in the text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaks {
    /// It is a character like any other that is not seen, and could draw lines that look like the program's own.
    Marked,
    /// A new line: for the fields of the header as they are written.
    Kept,
}

/// A label for a stranger's text.
#[derive(Debug)]
#[must_use]
pub struct Untrusted<'a> {
    text: &'a str,
    style: TextStyle,
    color: Option<egui::Color32>,
    fit: Fit,
    breaks: Breaks,
}

impl<'a> Untrusted<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, style: TextStyle::Body, color: None, fit: Fit::Wrap, breaks: Breaks::Marked }
    }

    /// For names, addresses and records, where each character counts.
    pub fn fixed(text: &'a str) -> Self {
        Self { style: TextStyle::Monospace, ..Self::new(text) }
    }

    pub fn style(mut self, style: TextStyle) -> Self {
        self.style = style;
        self
    }

    pub fn color(mut self, color: egui::Color32) -> Self {
        self.color = Some(color);
        self
    }

    pub fn breaks(mut self, breaks: Breaks) -> Self {
        self.breaks = breaks;
        self
    }

    pub fn fit(mut self, fit: Fit) -> Self {
        self.fit = fit;
        self
    }
}

impl Widget for Untrusted<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let color = self.color.unwrap_or_else(|| ui.visuals().text_color());
        let font_id = FontSelection::Style(self.style).resolve(ui.style());
        let format = TextFormat { valign: Align::Center, ..TextFormat::simple(font_id, color) };
        let mut job = LayoutJob::default();
        let text = if names_masked(ui) { masked::named(self.text) } else { self.text.into() };
        append(&mut job, &text, &format, theme::palette(ui).mark(), self.breaks);
        let shown = match self.fit {
            Fit::Wrap => ui.add(Label::new(job).wrap()),
            Fit::Rows(rows) => {
                job.wrap.max_rows = rows;
                job.wrap.break_anywhere = true;
                ui.add(Label::new(job).wrap())
            }
            Fit::Line => ui.add(Label::new(job).extend()),
            Fit::Cut => {
                job.wrap = TextWrapping::truncate_at_width(ui.available_width());
                ui.add(Label::new(job).truncate())
            }
        };
        copy_menu(ui, &shown, self.text);
        shown
    }
}

/// Lets the right button copy what is drawn there.
pub(super) fn copy_menu(ui: &Ui, shown: &Response, text: &str) {
    let Some(lang) = spoken(ui).filter(|_| shown.sense.senses_click()) else { return };
    shown.context_menu(|ui| {
        if ui.button(lang.words().panels().copy_value).clicked() {
            ui.ctx().copy_text(text.to_owned());
            ui.close();
        }
    });
}

/// Whether what is drawn is of a masked analysis, in which some addresses stand for masked ones.
pub(super) fn name_masked(ui: &Ui, is_masked: bool) {
    ui.data_mut(|data| data.insert_temp(Id::unique("masked"), is_masked));
}

fn names_masked(ui: &Ui) -> bool {
    ui.data(|data| data.get_temp(Id::unique("masked"))).unwrap_or_default()
}

/// Lays out a stranger's text.
#[must_use]
pub fn job(text: &str, format: &TextFormat, mark: theme::Ink) -> LayoutJob {
    let mut job = LayoutJob::default();
    append(&mut job, text, format, mark, Breaks::Marked);
    job
}

/// Lays out a stranger's text after what is already there.
pub fn append(job: &mut LayoutJob, text: &str, format: &TextFormat, mark: theme::Ink, breaks: Breaks) {
    let marked = TextFormat { color: mark.text, background: mark.ground, ..format.clone() };
    let mut characters = text.char_indices();
    let mut run_start = 0;
    let mut direction = Direction::LeftToRight;
    let mut previous = None;
    for (at, character) in characters.by_ref().take(MAX_CHARS) {
        if is_hidden(character, previous) || (character == '\n' && breaks == Breaks::Marked) {
            section(job, &text[run_start..at], format);
            section(job, &format!("{FENCE}U+{:04X}{FENCE}", u32::from(character)), &marked);
            run_start = at + character.len_utf8();
        } else if let Some(turn) = Direction::of(character).filter(|turn| *turn != direction) {
            section(job, &text[run_start..at], format);
            run_start = at;
            direction = turn;
        }
        previous = Some(character);
    }
    let rest = characters.as_str();
    section(job, &text[run_start..text.len() - rest.len()], format);
    if !rest.is_empty() {
        section(job, &format!("… +{}", rest.chars().count()), &marked);
    }
}

/// Sections are pushed one by one: `LayoutJob::append` would join equal ones, and with them the runs.
fn section(job: &mut LayoutJob, text: &str, format: &TextFormat) {
    if text.is_empty() {
        return;
    }
    let start = job.text.len();
    job.text.push_str(text);
    let byte_range = ByteIndex(start)..ByteIndex(job.text.len());
    job.sections.push(LayoutSection { leading_space: 0.0, byte_range, format: format.clone() });
}

/// The direction that a character gives to its run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// `None` for white space, which stays in the run it follows.
    fn of(character: char) -> Option<Self> {
        let right_to_left = matches!(u32::from(character),
            0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x1_0800..=0x1_0FFF | 0x1_E800..=0x1_EFFF);
        match (right_to_left, character.is_whitespace()) {
            (true, _) => Some(Self::RightToLeft),
            (false, true) => None,
            (false, false) => Some(Self::LeftToRight),
        }
    }
}

/// The lines of a field as they stand, for people: line ends and the tabs that fold a line are no marks.
#[must_use]
pub fn lines(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace("\n\t", "\n        ")
}

/// A value in one line: each run of spaces and tabs becomes one space. Other white space stays, to become a mark.
#[must_use]
pub fn line(value: &str) -> String {
    value.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A stranger's text for a window title, which other programs draw: what is not seen becomes U+FFFD.
#[must_use]
pub fn title(text: &str) -> String {
    const MAX: usize = 100;
    let seen =
        |character: char| if is_hidden(character, None) || character.is_control() { '\u{FFFD}' } else { character };
    text.chars().take(MAX).map(seen).collect()
}

/// Turns marks in copied text back into the characters they stand for.
#[must_use]
pub fn restore(copied: &str) -> String {
    let mut restored = String::with_capacity(copied.len());
    let mut rest = copied;
    while let Some((before, after)) = rest.split_once(FENCE) {
        restored.push_str(before);
        rest = after;
        let marked = after.split_once(FENCE).and_then(|(mark, after)| {
            let code_point = u32::from_str_radix(mark.strip_prefix("U+")?, 16).ok()?;
            Some((char::from_u32(code_point)?, after))
        });
        if let Some((character, after)) = marked {
            restored.push(character);
            rest = after;
        }
    }
    restored.push_str(rest);
    restored
}

/// Lets people copy what a stranger wrote, not what is drawn in its place.
#[derive(Debug, Default)]
pub struct CopyOriginal;

impl egui::Plugin for CopyOriginal {
    fn debug_name(&self) -> &'static str {
        "copy original"
    }

    fn output_hook(&mut self, _context: &Context, output: &mut FullOutput) {
        for command in &mut output.platform_output.commands {
            if let OutputCommand::CopyText(text) | OutputCommand::TextSelectionSettled(text) = command
                && text.contains(FENCE)
            {
                *text = restore(text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARK: theme::Ink = theme::Ink { text: egui::Color32::WHITE, ground: egui::Color32::BLACK };

    fn laid_out(text: &str) -> LayoutJob {
        job(text, &TextFormat::default(), MARK)
    }

    fn sections(job: &LayoutJob) -> Vec<&str> {
        job.sections.iter().map(|section| &job.text[section.byte_range.start.0..section.byte_range.end.0]).collect()
    }

    #[test]
    fn bidi_controls_become_marks() {
        let job = laid_out("invoice\u{202E}fdp.exe");
        assert_eq!(sections(&job), ["invoice", "\u{2060}U+202E\u{2060}", "fdp.exe"]);
        assert_eq!(job.sections[1].format.background, MARK.ground);
    }

    #[test]
    fn latin_after_hebrew_is_a_run_of_its_own() {
        assert_eq!(sections(&laid_out("שלום bank.example.com")), ["שלום ", "bank.example.com"]);
    }

    #[test]
    fn a_selector_is_seen_unless_it_follows_an_ideograph() {
        assert_eq!(sections(&laid_out("葛\u{E0100}")), ["葛\u{E0100}"]);
        assert_eq!(sections(&laid_out("a\u{FE0F}")).len(), 2);
    }

    #[test]
    fn copied_text_is_the_original() {
        for original in ["a\u{202E}b\u{0}c\u{2060}d U+202E", "\u{2060}U+0041\u{2060}", "\u{E0041}", "普通の文"] {
            assert_eq!(restore(&laid_out(original).text), original);
        }
    }

    #[test]
    fn only_plain_white_space_is_joined() {
        assert_eq!(line("a \t b\u{2003}c"), "a b\u{2003}c");
        assert_eq!(lines(b"a:\r\n\tb\r\n c\td"), "a:\n        b\n c\td");
    }

    #[test]
    fn long_text_is_cut_and_says_so() {
        let job = laid_out(&"あ".repeat(MAX_CHARS + 12));
        assert!(job.text.ends_with("… +12"), "{}", &job.text[job.text.len() - 12..]);
        assert_eq!(job.text.matches('あ').count(), MAX_CHARS);
    }
}
