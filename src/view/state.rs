//! What the person chose: panel, hop, filter, language. Nothing of the message itself but the bytes that were asked for.

use super::action::{Action, Request};
use crate::analyze::{Analysis, Options};
use crate::auth::dkim::canonical::{Excerpt, Part};
use crate::auth::trace::{Place, StepId};
use crate::check::Evidence;
use crate::check::provider::Bulk;
use crate::message::Span;
use crate::text::{Lang, Words};

/// The panels, in the order of their tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Panel {
    #[default]
    Summary,
    Fix,
    Path,
    Spf,
    Dkim,
    Dmarc,
    Arc,
    Claims,
    Headers,
    Dns,
    Rules,
    /// The checks that ask others.
    Network,
    /// Only where the message is a delivery report.
    Bounce,
    /// Only where a DMARC aggregate report is attached.
    Aggregate,
}

impl Panel {
    /// Those that every message has.
    pub const ALL: [Self; 12] = [
        Self::Summary,
        Self::Fix,
        Self::Path,
        Self::Spf,
        Self::Dkim,
        Self::Dmarc,
        Self::Arc,
        Self::Claims,
        Self::Headers,
        Self::Dns,
        Self::Rules,
        Self::Network,
    ];

    /// The panel that shows a step.
    #[must_use]
    pub fn of_step(step: &StepId) -> Self {
        match step.0.split(['.', '-']).next() {
            Some("dkim") => Self::Dkim,
            Some("dmarc") => Self::Dmarc,
            Some("arc") => Self::Arc,
            Some("iprev") => Self::Path,
            _ => Self::Spf,
        }
    }

    /// The panels of this message, in the order of their tabs.
    #[must_use]
    pub fn of(analysis: &Analysis) -> Vec<Self> {
        let facts = &analysis.facts;
        if facts.is_report_alone() {
            return vec![Self::Aggregate, Self::Fix, Self::Headers];
        }
        let own = [(Self::Bounce, facts.bounce.is_some()), (Self::Aggregate, facts.aggregate.is_some())];
        let own = own.into_iter().filter(|(_, is_there)| *is_there).map(|(panel, _)| panel);
        let (first, rest) = Self::ALL.split_at(1);
        first.iter().copied().chain(own).chain(rest.iter().copied()).collect()
    }

    /// The panel to draw where this one was chosen at another message that had more of them.
    #[must_use]
    pub fn at(self, analysis: &Analysis) -> Self {
        let panels = Self::of(analysis);
        if panels.contains(&self) { self } else { panels.first().copied().unwrap_or_default() }
    }

    #[must_use]
    pub fn title(self, words: &dyn Words) -> &'static str {
        let panels = words.panels();
        match self {
            Self::Summary => panels.summary,
            Self::Fix => panels.fix,
            Self::Path => panels.path,
            Self::Spf => "SPF",
            Self::Dkim => "DKIM",
            Self::Dmarc => "DMARC",
            Self::Claims => panels.claims,
            Self::Arc => "ARC",
            Self::Headers => panels.headers,
            Self::Dns => "DNS",
            Self::Bounce => panels.bounce,
            Self::Aggregate => panels.aggregate,
            Self::Rules => panels.rules,
            Self::Network => panels.network,
        }
    }
}

/// How the header is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum HeadersView {
    /// One row a field, decoded.
    #[default]
    Fields,
    /// The lines as they stand in the input.
    Raw,
    /// What was mended in the input.
    Repairs,
}

/// Whether the parts of a Received field are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PartsView {
    #[default]
    Hidden,
    Shown,
}

/// Which list of Help is shown over the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Glossary {
    #[default]
    Hidden,
    /// The list of terms.
    Shown,
    /// The list of keys.
    Keys,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Appearance {
    /// As the system is set; light where it does not say.
    #[default]
    System,
    Light,
    Dark,
}

impl Appearance {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word that settings keep.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The appearance of that word; as the system's where there is none.
    #[must_use]
    pub fn named(name: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|appearance| Some(appearance.name()) == name).unwrap_or_default()
    }
}

/// Whether personal data is masked in the pictures and texts that go into a ticket. On screen nothing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Masking {
    #[default]
    On,
    Off,
}

impl Masking {
    pub const ALL: [Self; 2] = [Self::On, Self::Off];

    /// The word that settings keep.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
        }
    }

    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::On => Self::Off,
            Self::Off => Self::On,
        }
    }

    /// The one of that word; on where there is none.
    #[must_use]
    pub fn named(name: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|masking| Some(masking.name()) == name).unwrap_or_default()
    }
}

/// Whether DNS may be asked about messages. Samples bring their own answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Asking {
    #[default]
    Allowed,
    Off,
}

/// A place that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub evidence: Evidence,
    /// Within an answer of DNS, which record of it and which bytes of that record's joined text.
    pub part: Option<(usize, Span)>,
    /// Grows with each asking, so that asking for the same place again scrolls to it again.
    pub number: u64,
}

/// A part of one signature that is folded until it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Detail {
    Tags,
    Key,
    Fields,
    Steps,
}

/// The canonical bytes that were asked for, with the beginning of them: made once, when they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Octets {
    /// The signature, from 0.
    pub signature: usize,
    pub part: Part,
    /// `None` where they cannot be made.
    pub excerpt: Option<Excerpt>,
}

/// What a person knows of the session, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    pub ip: String,
    /// `<>` for the null sender.
    pub mail_from: String,
    pub helo: String,
}

impl Typed {
    /// What a message was judged with.
    #[must_use]
    pub fn of(options: &Options) -> Self {
        let sender = options.mail_from.clone().map(|sender| if sender.is_empty() { "<>".to_owned() } else { sender });
        Self {
            ip: options.ip.map(|ip| ip.to_string()).unwrap_or_default(),
            mail_from: sender.unwrap_or_default(),
            helo: options.helo.clone().unwrap_or_default(),
        }
    }
}

/// Everything the person chose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    pub panel: Panel,
    pub lang: Lang,
    pub appearance: Appearance,
    pub asking: Asking,
    pub masking: Masking,
    /// The hop whose details are shown, 0 = oldest.
    pub hop: Option<usize>,
    pub parts: PartsView,
    /// The findings that are open, by their place in the list.
    pub expanded: Vec<usize>,
    /// The details that are open, each with the place of its signature, from 0.
    pub details: Vec<(usize, Detail)>,
    pub octets: Option<Octets>,
    /// The place that was asked for last; its panel marks it.
    pub look: Option<Look>,
    pub filter: String,
    pub headers: HeadersView,
    pub glossary: Glossary,
    /// What stands in the box for records to try.
    pub what_if: String,
    /// How often records were tried on the message on show.
    pub tries: usize,
    /// What stands in the boxes for the session.
    pub session: Typed,
    /// Whether the sender is known to send much; it stays from message to message.
    pub bulk: Bulk,
    /// What stands in the box for a path.
    pub path: String,
}

impl State {
    #[must_use]
    pub fn words(&self) -> &'static dyn Words {
        self.lang.words()
    }

    /// Changes the view, or hands back what the window has to do.
    pub fn apply(&mut self, action: Action) -> Option<Request> {
        match action {
            Action::Show(panel) => self.panel = panel,
            Action::SelectHop(hop) => self.hop = hop,
            Action::Parts(parts) => self.parts = parts,
            Action::Expand(finding) => toggle(&mut self.expanded, finding),
            Action::ShowFinding(finding) => {
                self.panel = Panel::Summary;
                if !self.expanded.contains(&finding) {
                    self.expanded.push(finding);
                }
            }
            Action::Unfold(signature, detail) => toggle(&mut self.details, (signature, detail)),
            Action::HideOctets => self.octets = None,
            Action::Look(evidence) => self.look_at(evidence, None),
            Action::LookAt(Place::Message(span)) => self.look_at(Evidence::Bytes(span), None),
            Action::LookAt(Place::Answer { question, record, span }) => {
                self.look_at(Evidence::Question(question), Some((record, span)));
            }
            Action::Filter(filter) => self.filter = filter,
            Action::EditPath(path) => self.path = path,
            Action::EditWhatIf(records) => self.what_if = records,
            Action::EditSession(session) => self.session = session,
            Action::View(view) => self.headers = view,
            Action::Glossary(glossary) => self.glossary = glossary,
            Action::Bulk(bulk) => self.bulk = bulk,
            Action::Language(lang) => self.lang = lang,
            Action::NextLanguage => self.lang = next(self.lang),
            Action::Appearance(appearance) => self.appearance = appearance,
            Action::Asking(asking) => self.asking = asking,
            Action::Masking(masking) => self.masking = masking,
            Action::Ask(request) => return Some(request),
        }
        None
    }

    /// Goes to the panel that shows the place.
    fn look_at(&mut self, evidence: Evidence, part: Option<(usize, Span)>) {
        self.panel = match &evidence {
            Evidence::Bytes(_) => {
                self.headers = HeadersView::Raw;
                Panel::Headers
            }
            Evidence::Question(_) => Panel::Dns,
            Evidence::Step(step) => Panel::of_step(step),
        };
        let number = self.look.as_ref().map_or(1, |look| look.number + 1);
        self.look = Some(Look { evidence, part, number });
    }

    /// Forgets what belonged to the message shown before.
    pub fn forget_message(&mut self) {
        self.hop = None;
        self.expanded.clear();
        self.details.clear();
        self.octets = None;
        self.look = None;
        self.filter.clear();
        self.what_if.clear();
        self.session = Typed::default();
        self.tries = 0;
    }
}

/// Puts in what is not there, and takes out what is.
fn toggle<T: PartialEq>(open: &mut Vec<T>, wanted: T) {
    match open.iter().position(|other| *other == wanted) {
        Some(place) => _ = open.swap_remove(place),
        None => open.push(wanted),
    }
}

/// The language after `lang`, the first after the last.
fn next(lang: Lang) -> Lang {
    let mut following = Lang::ALL.into_iter().cycle().skip_while(|other| *other != lang);
    following.nth(1).unwrap_or(lang)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::QuestionId;

    #[test]
    fn evidence_leads_to_the_panel_that_shows_it() {
        let mut state = State::default();
        for (evidence, panel) in [
            (Evidence::Bytes(Span::new(3, 9)), Panel::Headers),
            (Evidence::Question(QuestionId(2)), Panel::Dns),
            (Evidence::Step(StepId("mail-from.2".to_owned())), Panel::Spf),
            (Evidence::Step(StepId("dkim-2.1".to_owned())), Panel::Dkim),
            (Evidence::Step(StepId("dmarc.1".to_owned())), Panel::Dmarc),
            (Evidence::Step(StepId("arc.2.1".to_owned())), Panel::Arc),
            (Evidence::Step(StepId("iprev".to_owned())), Panel::Path),
        ] {
            assert_eq!(state.apply(Action::Look(evidence.clone())), None);
            assert_eq!(state.panel, panel);
            assert_eq!(state.look.as_ref().map(|look| &look.evidence), Some(&evidence));
        }
    }

    #[test]
    fn bytes_of_an_answer_lead_into_it() {
        let mut state = State::default();
        let place = Place::Answer { question: QuestionId(2), record: 1, span: Span::new(7, 12) };
        state.apply(Action::LookAt(place));
        assert_eq!(state.panel, Panel::Dns);
        let look = state.look.as_ref().unwrap();
        assert_eq!((&look.evidence, look.part), (&Evidence::Question(QuestionId(2)), Some((1, Span::new(7, 12)))));
        state.apply(Action::LookAt(Place::Message(Span::new(3, 9))));
        assert_eq!((state.panel, state.look.unwrap().part), (Panel::Headers, None));
    }

    #[test]
    fn a_finding_opens_and_closes() {
        let mut state = State::default();
        state.apply(Action::Expand(1));
        assert_eq!(state.expanded, [1]);
        state.apply(Action::Expand(1));
        assert_eq!(state.expanded, [0_usize; 0]);
    }

    #[test]
    fn a_finding_that_is_asked_for_is_open() {
        let mut state = State { panel: Panel::Fix, ..State::default() };
        for _ in 0..2 {
            state.apply(Action::ShowFinding(1));
            assert_eq!((state.panel, state.expanded.as_slice()), (Panel::Summary, [1].as_slice()));
        }
    }

    #[test]
    fn what_needs_the_window_is_handed_back() {
        assert_eq!(State::default().apply(Request::Rerun.into()), Some(Request::Rerun));
    }
}
