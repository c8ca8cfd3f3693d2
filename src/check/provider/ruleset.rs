//! The rules of a provider as its file in `assets/providers` has them: a file is one provider, and a new one needs no code.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ask::{Ask, Need};
use super::file::{self, FileError};
use super::requirement::Requirement;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/providers");

static RULESETS: LazyLock<Vec<Ruleset>> = LazyLock::new(|| {
    let mut rulesets: Vec<Ruleset> = files().filter_map(|(stem, text)| file::read(stem, text).ok()).collect();
    rulesets.sort_by(|one, other| (one.order, &one.id).cmp(&(other.order, &other.id)));
    rulesets
});

/// Every provider, in the order of their files' `order`. A file that cannot be read is left out; a test fails then.
#[must_use]
pub fn rulesets() -> &'static [Ruleset] {
    &RULESETS
}

/// The provider of that name.
#[must_use]
pub fn ruleset(id: &str) -> Option<&'static Ruleset> {
    rulesets().iter().find(|ruleset| ruleset.id == id)
}

/// What is wrong with the files that are built in.
#[must_use]
pub fn faults() -> Vec<FileError> {
    files().filter_map(|(stem, text)| file::read(stem, text).err()).collect()
}

/// Each built-in file: its name without `.toml`, and its text.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    let stem = |path: &'static std::path::Path| path.file_stem().and_then(|stem| stem.to_str());
    FILES.files().filter_map(move |file| Some((stem(file.path())?, file.contents_utf8()?)))
}

/// One provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruleset {
    /// The name of its file.
    pub id: String,
    pub name: Names,
    /// Its place in the list.
    pub order: u32,
    /// What the names of its receiving servers end with.
    pub hosts: Vec<String>,
    /// The domains of its mailboxes.
    pub domains: Vec<String>,
    pub scope: Scope,
    pub rules: Vec<Rule>,
}

/// What a provider is called.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    pub en: String,
    pub ja: String,
}

/// Which mailboxes the rules are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Every mailbox behind its servers.
    #[default]
    Servers,
    /// Only those of its own domains; its servers take mail for companies as well.
    OwnDomains,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub id: String,
    pub requirement: Requirement,
    /// The test that decides it.
    pub ask: Ask,
    pub applies: Audience,
    pub level: Level,
    pub status: Status,
    pub basis: Basis,
    /// Where it stands; the first is the one to read.
    pub sources: Vec<Source>,
    /// Since when it is in force, as far as that is known.
    pub since: Option<String>,
    pub withdrawn_on: Option<Date>,
    /// What SMTP codes it leads to.
    pub codes: Vec<String>,
    pub effect: Option<Effect>,
    /// The number in the requirement.
    pub limit: Option<u64>,
    /// Domains that the rule is about, where it names some.
    pub domains: Vec<String>,
}

/// Where a rule stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub url: String,
    /// Of the text; `None` where the page has no date.
    pub date: Option<Date>,
    pub checked_on: Date,
}

/// Whom a rule is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    All,
    /// Who sends much.
    Bulk,
    /// Marketing and subscribed mail of those who send much.
    Marketing,
    /// Who passes mail on.
    Forwarded,
    /// Mailing lists.
    Lists,
}

/// How much the provider wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    #[default]
    Required,
    Advised,
    /// Something more is shown for it.
    Optional,
}

/// Whether it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    #[default]
    Active,
    Withdrawn,
    /// Others say so; the provider's own words were not found, or are old.
    Reported,
}

/// What the rule rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The provider's own page was read.
    OwnPage,
    /// A dated copy of that page was read.
    Archive,
    /// Others report it.
    Others,
    /// The provider's own page, and an old one.
    OldPage,
    /// The provider's own pages say different things.
    PagesDiffer,
}

/// What becomes of mail that does not keep the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    Refused,
    DeferredThenRefused,
    RefusedOrSpam,
    Spam,
    /// It is taken and never shown, and nobody is told.
    Dropped,
    /// By a setting of the recipient.
    RecipientSetting,
    MayNotArrive,
    /// No help from the provider's support.
    NoSupport,
    WarningShown,
    WorseReputation,
    /// A mark in the mail program, nothing else.
    MarkOnly,
}

impl Rule {
    /// Whether its test needs that further fact.
    #[must_use]
    pub fn needs(&self, need: Need) -> bool {
        self.ask.need() == Some(need) && self.status != Status::Withdrawn
    }

    /// Whether a breach is one: the provider's own, present words require it.
    #[must_use]
    pub const fn is_firm(&self) -> bool {
        matches!(self.level, Level::Required) && !self.is_reported()
    }

    /// Old, disputed or second-hand: a breach is no more than a warning.
    #[must_use]
    pub const fn is_reported(&self) -> bool {
        matches!(self.status, Status::Reported)
            || matches!(self.basis, Basis::Others | Basis::OldPage | Basis::PagesDiffer)
    }
}

impl Ruleset {
    /// Whether a mailbox of that domain is one of its own.
    #[must_use]
    pub fn owns(&self, domain: &str) -> bool {
        self.domains.iter().any(|own| crate::auth::domain::is_at_or_below(domain, own))
    }

    /// Whether it requires what that test decides, in its own, present words.
    #[must_use]
    pub fn requires(&self, ask: Ask) -> bool {
        self.rules.iter().any(|rule| rule.ask == ask && rule.is_firm() && rule.status != Status::Withdrawn)
    }

    /// Whether that server is one of its own.
    #[must_use]
    pub fn runs(&self, host: &str) -> bool {
        self.hosts.iter().any(|own| crate::auth::domain::is_at_or_below(host, own))
    }
}
