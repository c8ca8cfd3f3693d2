//! Saved preferences and their precedence: flag, then the user's choice, then what is saved, then the system's. Never
//! anything of a message.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde::{Deserialize, Serialize};

use crate::text::Lang;

/// What settings are called in the file.
const KEYS: [&str; 4] = ["lang", "appearance", "masking", "checks"];

/// What is kept from one session to the next. A word that this version does not know counts as not saved.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// A language as `--lang` takes it.
    pub lang: Option<String>,
    /// `system`, `light` or `dark`.
    pub appearance: Option<String>,
    /// `on` or `off`: whether personal data is masked in what the window saves and copies.
    pub masking: Option<String>,
    /// The checks that ask others, as `--check` takes them: those that the person switched on in the window.
    pub checks: Vec<String>,
    /// What the file says that no setting is called.
    #[serde(skip)]
    pub unknown: Vec<String>,
}

impl Settings {
    /// What was saved; nothing where there is no file or it cannot be read.
    #[must_use]
    pub fn load() -> Self {
        file().and_then(|file| Self::load_from(&file)).unwrap_or_default()
    }

    fn load_from(file: &Path) -> Option<Self> {
        let text = fs::read_to_string(file).ok()?;
        let written: toml::Table = text.parse().ok()?;
        let unknown = written.keys().filter(|key| !KEYS.contains(&key.as_str())).cloned().collect();
        Some(Self { unknown, ..toml::from_str(&text).ok()? })
    }

    /// Saves for the next session. The file is replaced whole, so a crash leaves the old one.
    pub fn save(&self) -> io::Result<()> {
        let file = file().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        self.save_to(&file)
    }

    fn save_to(&self, file: &Path) -> io::Result<()> {
        let text = toml::to_string(self).map_err(io::Error::other)?;
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let new = file.with_extension("toml.new");
        fs::write(&new, text)?;
        fs::rename(&new, file)
    }

    /// The language to speak.
    #[must_use]
    pub fn language(&self, flag: Option<Lang>) -> Lang {
        let saved = || self.lang.as_deref()?.parse().ok();
        flag.or_else(saved).unwrap_or_else(|| system_language(|name| env::var(name).ok()))
    }
}

/// The system's language by the variables of POSIX, the strongest first.
fn system_language(variable: impl Fn(&str) -> Option<String>) -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable).find(|locale| !locale.is_empty());
    set.map_or_else(Lang::default, |locale| Lang::of_locale(&locale))
}

/// Where settings are kept on this system; `None` where the user has no home.
fn file() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).filter(|value: &OsString| !value.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        folder("APPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        folder("XDG_CONFIG_HOME").or_else(|| folder("HOME").map(|home| home.join(".config")))
    };
    base.map(|base| base.join("hopscope").join("settings.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_loaded() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new/settings.toml");
        let settings = Settings {
            lang: Some("ja".to_owned()),
            appearance: Some("dark".to_owned()),
            masking: Some("off".to_owned()),
            checks: vec!["blocklists".to_owned()],
            unknown: Vec::new(),
        };
        settings.save_to(&file).unwrap();
        assert_eq!(Settings::load_from(&file), Some(settings));
    }

    #[test]
    fn a_name_that_no_setting_has_is_kept_to_be_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.toml");
        fs::write(&file, "language = \"ja\"\nappearance = \"dark\"").unwrap();
        let settings = Settings::load_from(&file).unwrap();
        assert_eq!(settings.unknown, ["language"]);
        assert_eq!(settings.appearance.as_deref(), Some("dark"));
    }

    #[test]
    fn a_damaged_file_counts_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.toml");
        fs::write(&file, "lang = [").unwrap();
        assert_eq!(Settings::load_from(&file), None);
    }

    #[test]
    fn a_flag_wins_over_what_is_saved() {
        let settings = Settings { lang: Some("ja".to_owned()), ..Settings::default() };
        assert_eq!(settings.language(Some(Lang::En)), Lang::En);
        assert_eq!(settings.language(None), Lang::Ja);
    }

    #[test]
    fn the_strongest_locale_variable_decides() {
        let set = |set: &'static [(&str, &str)]| {
            move |name: &str| set.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(system_language(set(&[("LANG", "ja_JP.UTF-8")])), Lang::Ja);
        assert_eq!(system_language(set(&[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "C")])), Lang::En);
        assert_eq!(system_language(set(&[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "")])), Lang::Ja);
        assert_eq!(system_language(set(&[])), Lang::En);
    }
}
