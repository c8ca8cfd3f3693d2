//! The rules of the house, read from the tree itself: who may import whom, what is named in one place only, what is registered, and
//! whether README, packaging and code agree. A failure names the file and the rule.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "house/source.rs"]
mod source;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use source::{Kind, SourceFile, Token};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn sources() -> Vec<SourceFile> {
    let found = source::files(&root().join("src"), "rs");
    assert!(found.len() > 20, "the tree is not where this test looks for it");
    found.iter().map(|path| SourceFile::read(root(), path)).collect()
}

#[track_caller]
fn assert_none(broken: &[String]) {
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

/// A path stands in the folder or file `place`; `cli` means `src/cli.rs` and `src/cli/`.
fn is_in(path: &str, place: &str) -> bool {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    inside.strip_suffix(".rs").unwrap_or(inside) == place || inside.starts_with(&format!("{place}/"))
}

/// What a room may import of ours. The rooms of facts hold types that every later room may name.
const IMPORTS: &[(&str, &[&str])] = &[
    ("message", &[]),
    ("dns", &[]),
    ("path", &["message"]),
    ("notes", &["message"]),
    ("auth", &["message", "dns"]),
    ("aggregate", &["message"]),
    ("bounce", &["message"]),
    ("listing", &["dns"]),
    ("transport", &["message", "dns"]),
    ("facts", &["message", "dns", "path", "auth", "notes", "aggregate", "bounce", "listing", "transport", "sender"]),
    ("check", FACTS),
    ("fix", &["message", "dns", "path", "auth", "facts", "sender", "check"]),
    ("sender", FACTS),
    (
        "analyze",
        &[
            "message",
            "dns",
            "path",
            "auth",
            "notes",
            "aggregate",
            "bounce",
            "listing",
            "transport",
            "facts",
            "check",
            "sender",
            "fix",
        ],
    ),
    (
        "text",
        &[
            "message",
            "dns",
            "path",
            "auth",
            "notes",
            "aggregate",
            "bounce",
            "listing",
            "transport",
            "facts",
            "sender",
            "check",
            "fix",
            "samples",
        ],
    ),
    (
        "report",
        &[
            "message",
            "dns",
            "path",
            "auth",
            "notes",
            "aggregate",
            "bounce",
            "listing",
            "transport",
            "facts",
            "sender",
            "check",
            "fix",
            "analyze",
            "text",
        ],
    ),
    (
        "export",
        &[
            "message",
            "dns",
            "path",
            "auth",
            "notes",
            "aggregate",
            "bounce",
            "listing",
            "transport",
            "facts",
            "sender",
            "check",
            "fix",
            "analyze",
            "text",
            "report",
        ],
    ),
    (
        "view",
        &[
            "message",
            "dns",
            "path",
            "auth",
            "notes",
            "aggregate",
            "bounce",
            "listing",
            "transport",
            "facts",
            "sender",
            "check",
            "fix",
            "analyze",
            "text",
            "samples",
        ],
    ),
    ("picture", &["analyze", "text", "view"]),
    ("settings", &["text"]),
    ("samples", &["dns"]),
];
const FACTS: &[&str] =
    &["message", "dns", "path", "auth", "notes", "aggregate", "bounce", "listing", "transport", "facts", "sender"];

/// The shell meets everybody, but its two halves never meet each other.
const SHELL: &[(&str, &str)] = &[("cli", "window"), ("window", "cli")];

/// Rooms after the facts know of questions and answers, never how to ask.
const NEVER_ASK: &[&str] = &["check", "fix", "sender", "text", "report", "export", "view", "picture", "settings"];
const ASKING: &[&str] = &["Lookup", "Ledger", "Live", "Snapshot", "Offline"];

#[test]
fn rooms_import_downward_only() {
    let mut broken = Vec::new();
    for file in &sources() {
        let Some(&room) = file.module().first() else { continue };
        let allowed = IMPORTS.iter().find(|(name, _)| *name == room).map(|(_, allowed)| *allowed);
        let forbidden = SHELL.iter().find(|(name, _)| *name == room).map(|(_, other)| *other);
        if allowed.is_none() && forbidden.is_none() {
            broken.push(format!("{}: the room `{room}` has no line in the import table of tests/house.rs", file.path));
        }
        for (path, line) in file.paths_from_root() {
            let target = path[0].as_str();
            let is_room =
                IMPORTS.iter().any(|(name, _)| *name == target) || SHELL.iter().any(|(name, _)| *name == target);
            let fits = allowed.is_none_or(|allowed| allowed.contains(&target)) && forbidden != Some(target);
            if is_room && target != room && !fits {
                broken.push(format!("{}:{line}: `{room}` must not import `{target}`", file.path));
            }
            if target == "dns" && NEVER_ASK.contains(&room) && path.iter().any(|name| ASKING.contains(&name.as_str())) {
                broken.push(format!("{}:{line}: `{room}` must not ask DNS: `{}`", file.path, path.join("::")));
            }
        }
    }
    assert_none(&broken);
}

/// Crates that are named in one place, so that another can take their part (a browser build, another resolver).
const CRATES: &[(&str, &[&str])] = &[
    ("hickory_resolver", &["dns/live"]),
    ("hickory_net", &["dns/live"]),
    ("hickory_proto", &["dns/live"]),
    ("aws_lc_rs", &["auth/dkim/crypto"]),
    ("mail_auth", &["auth/second"]),
    ("rustls", &["auth/second"]),
    ("mail_parser", &["message"]),
    ("cfb", &["message/container/msg"]),
    ("rawzip", &["message/container/archive"]),
    ("flate2", &["message/container/archive"]),
    ("quick_xml", &["aggregate/xml"]),
    ("psl", &["auth", "path/network"]),
    ("egui", &["view", "picture", "window"]),
    ("egui_extras", &["view"]),
    ("egui_plot", &["view"]),
    ("eframe", &["window"]),
    ("winit", &["window"]),
    ("rfd", &["window"]),
    ("x11rb", &["window/xdnd"]),
    ("softbuffer", &["window"]),
    ("png", &["picture"]),
    ("clap", &["cli"]),
    ("tokio", &["dns/live", "window/job", "cli"]),
];

#[test]
fn crates_are_named_in_their_place_only() {
    let mut broken = Vec::new();
    for file in &sources() {
        for (index, token) in file.tokens.iter().enumerate().filter(|(_, token)| !token.in_test) {
            let near = |offset: isize| {
                index.checked_add_signed(offset).and_then(|at| file.tokens.get(at)).map_or("", |token| &token.text)
            };
            let names_crate = near(-1) != "::" && (near(1) == "::" || (near(-1) == "use" && near(1) == ";"));
            let rule = CRATES.iter().find(|(name, _)| *name == token.text && names_crate);
            if let Some((name, places)) = rule
                && !places.iter().any(|place| is_in(&file.path, place))
            {
                broken.push(format!(
                    "{}:{}: `{name}` may be named only in src/{}",
                    file.path,
                    token.line,
                    places.join(", src/")
                ));
            }
        }
    }
    assert_none(&broken);
}

/// Words that are said in one place only, and why.
const WORDS: &[(&[&str], &[&str], &str)] = &[
    (&["println", "!"], &["cli"], "standard output belongs to the command line"),
    (&["print", "!"], &["cli"], "standard output belongs to the command line"),
    (&["eprintln", "!"], &["cli", "main"], "standard error belongs to the command line"),
    (&["eprint", "!"], &["cli", "main"], "standard error belongs to the command line"),
    (&["Timestamp", "::", "now"], &["cli", "window"], "the clock is a parameter of analyze"),
    (&["Zoned", "::", "now"], &["cli", "window"], "the clock is a parameter of analyze"),
    (&["SystemTime", "::", "now"], &["cli", "window"], "the clock is a parameter of analyze"),
    (&["#", "[", "allow", "("], &[], "`expect(lint, reason = …)` says why, and when it is no longer needed"),
    (&["#", "!", "[", "allow", "("], &[], "`expect(lint, reason = …)` says why, and when it is no longer needed"),
];

#[test]
fn words_are_said_in_their_place_only() {
    let mut broken = Vec::new();
    for file in &sources() {
        for (words, places, why) in WORDS {
            for line in lines_with(file, words) {
                if !places.iter().any(|place| is_in(&file.path, place)) {
                    broken.push(format!("{}:{line}: `{}` does not belong here: {why}", file.path, words.concat()));
                }
            }
        }
    }
    assert_none(&broken);
}

fn lines_with(file: &SourceFile, words: &[&str]) -> Vec<usize> {
    let is_there = |window: &&[Token]| {
        !window[0].in_test && window.iter().map(|token| token.text.as_str()).eq(words.iter().copied())
    };
    file.tokens.windows(words.len()).filter(is_there).map(|window| window[0].line).collect()
}

#[test]
fn colours_stand_in_the_theme_only() {
    let mut broken = Vec::new();
    for file in sources().iter().filter(|file| is_in(&file.path, "view") || is_in(&file.path, "window")) {
        for window in file.tokens.windows(3) {
            let constant = window[2].text.chars().all(|c| c.is_ascii_uppercase() || c == '_');
            let neutral = matches!(window[2].text.as_str(), "TRANSPARENT" | "PLACEHOLDER");
            let chosen = window[2].text.starts_with("from_") || (constant && !neutral);
            let is_colour =
                matches!(window[0].text.as_str(), "Color32" | "Rgba" | "Hsva") && window[1].text == "::" && chosen;
            if is_colour && !window[0].in_test && file.path != "src/view/theme.rs" {
                broken.push(format!(
                    "{}:{}: a colour stands in src/view/theme.rs, named by what it means",
                    file.path, window[0].line
                ));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn sentences_stand_in_text_only() {
    let speaks =
        |path: &str| ["check", "report", "export", "view", "picture", "window"].iter().any(|room| is_in(path, room));
    let japanese = |text: &str| text.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'));
    let mut broken = Vec::new();
    for file in sources().iter().filter(|file| speaks(&file.path)) {
        for token in
            file.tokens.iter().filter(|token| !token.in_test && token.kind == Kind::Literal && japanese(&token.text))
        {
            broken.push(format!("{}:{}: words for people stand in src/text: {}", file.path, token.line, token.text));
        }
    }
    assert_none(&broken);
}

/// Folders of which each file is one entry of a list, and the file with that list.
const LISTS: &[(&str, &str)] = &[
    ("src/check", "src/check/mod.rs"),
    ("src/path/received", "src/path/received/mod.rs"),
    ("src/export", "src/export/mod.rs"),
    ("src/view/panels", "src/view/mod.rs"),
];

#[test]
fn every_file_is_compiled_and_listed() {
    let all = sources();
    let mut broken = Vec::new();
    for file in &all {
        let mut module = file.module();
        let Some(stem) = module.pop().filter(|_| !file.path.starts_with("src/bin/")) else { continue };
        let folder = ["src"].into_iter().chain(module).collect::<Vec<_>>().join("/");
        let parents =
            [format!("{folder}/mod.rs"), format!("{folder}.rs"), "src/lib.rs".to_owned(), "src/main.rs".to_owned()];
        let parent = all.iter().filter(|other| parents.contains(&other.path) && other.path != file.path);
        let mut said = parent.flat_map(|parent| parent.tokens.windows(2));
        if !said.any(|pair| pair[0].text == "mod" && pair[1].text == stem) {
            broken.push(format!("{}: nobody says `mod {stem};`, so nobody compiles it", file.path));
        }
        let list = LISTS.iter().find(|(listed, _)| *listed == folder);
        let list = list.and_then(|(_, list)| all.iter().find(|other| other.path == *list));
        if let Some(list) = list
            && stem != "tests"
            && !list.tokens.windows(2).any(|pair| pair[0].text == stem && pair[1].text == "::")
        {
            broken.push(format!("{}: it is not in the list of {}", file.path, list.path));
        }
    }
    assert_none(&broken);
}

#[test]
fn languages_have_the_same_files() {
    let names = |language: &Path| -> BTreeSet<PathBuf> {
        source::files(language, "rs").iter().map(|path| path.strip_prefix(language).unwrap().to_owned()).collect()
    };
    let Ok(entries) = fs::read_dir(root().join("src/text")) else { return };
    let languages: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    let every: BTreeSet<PathBuf> = languages.iter().flat_map(|language| names(language)).collect();
    let missing = |language: &PathBuf| {
        let missing: Vec<PathBuf> = every.difference(&names(language)).map(|name| language.join(name)).collect();
        missing.into_iter().map(|path| format!("{}: another language has this file", path.display()))
    };
    assert_none(&languages.iter().flat_map(missing).collect::<Vec<_>>());
}

#[test]
fn names_say_what_a_thing_is() {
    const EMPTY: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc", "manager", "types", "new2"];
    let mut broken = Vec::new();
    for file in &sources() {
        if let Some(name) = file.module().iter().find(|name| EMPTY.contains(name)) {
            broken.push(format!("{}: `{name}` says nothing; name the file after its one job", file.path));
        }
        if file.module().last() == Some(&"data") {
            broken.push(format!("{}: `data` says nothing; name the file after its one job", file.path));
        }
    }
    assert_none(&broken);
}

#[test]
fn files_open_with_their_purpose_and_stay_small() {
    let mut broken = Vec::new();
    for file in &sources() {
        let is_tests = file.path.ends_with("/tests.rs");
        if !file.text.starts_with("//! ") && !is_tests && file.path != "src/main.rs" {
            broken.push(format!("{}: it does not begin with `//!` and one sentence", file.path));
        }
        let (limit, what) = if file.path == "src/main.rs" { (60, "main") } else { (600, "a file without its tests") };
        let lines = file.lines_without_tests();
        if lines > limit && !is_tests && !is_in(&file.path, "text") {
            broken.push(format!("{}: {lines} lines; {what} has at most {limit}", file.path));
        }
    }
    assert_none(&broken);
}

#[test]
fn nothing_is_left_for_later() {
    // Put together here, so that this file does not find itself.
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:"), concat!("#[ig", "nore")];
    let mut broken = Vec::new();
    for folder in ["src", "tests", "examples", "benches"] {
        for path in source::files(&root().join(folder), "rs") {
            let text = fs::read_to_string(&path).unwrap();
            for (index, line) in text.lines().enumerate() {
                if let Some(mark) = marks.iter().find(|mark| line.contains(**mark)) {
                    let path = path.strip_prefix(root()).unwrap().display();
                    broken.push(format!("{path}:{}: `{mark}`: do it now, or open an issue", index + 1));
                }
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn paths_in_the_pages_exist() {
    let mut broken = Vec::new();
    for page in ["README.md", "CONTRIBUTING.md", "dist/README.md", "tests/window/README.md", "benches/README.md"] {
        let text = read(page);
        for path in paths_in_spans(&text).into_iter().chain(paths_in_tree(&text)) {
            if !root().join(&path).exists() {
                broken.push(format!("{page}: `{path}` does not exist"));
            }
        }
    }
    assert_none(&broken);
}

/// What looks like a path of ours in `code` and in link targets; what a reader must fill in (`<code>`) and what a build makes is left out.
fn paths_in_spans(page: &str) -> Vec<String> {
    let ours = ["src/", "assets/", "tests/", "examples/", "dist/", "benches/", "fuzz/", ".ci/"];
    let words = page.split(|c: char| c.is_whitespace() || "`()[]|,;:\"".contains(c));
    let path = |word: &&str| !word.contains(['<', '*', '…', '$']) && ours.iter().any(|folder| word.starts_with(folder));
    words.filter(path).map(|word| word.trim_end_matches('.').to_owned()).collect()
}

/// The paths of a fenced block marked `tree`: two blanks a level, a folder ends in `/`, what follows a name is its description.
fn paths_in_tree(page: &str) -> Vec<String> {
    let Some(tree) = page.split("```tree\n").nth(1).and_then(|rest| rest.split("```").next()) else {
        return Vec::new();
    };
    let mut folders: Vec<&str> = Vec::new();
    let mut paths = Vec::new();
    for line in tree.lines() {
        let level = (line.len() - line.trim_start().len()) / 2;
        let name = line.split_whitespace().next().unwrap_or_default();
        folders.truncate(level);
        paths.push(format!("{}{name}", folders.concat()));
        folders.push(name);
    }
    paths
}

#[test]
fn the_readme_shows_every_room() {
    let tree = paths_in_tree(&read("README.md"));
    let rooms = fs::read_dir(root().join("src")).unwrap().map(|entry| entry.unwrap());
    let missing = rooms.filter_map(|room| {
        let path = format!("src/{}{}", room.file_name().display(), if room.path().is_dir() { "/" } else { "" });
        (!tree.contains(&path)).then(|| format!("README.md: the tree lacks `{path}`"))
    });
    assert_none(&missing.collect::<Vec<_>>());
}

#[test]
fn versions_agree_with_the_manifest() {
    let version = env!("CARGO_PKG_VERSION");
    let mut broken = Vec::new();
    for extension in ["md", "xml", "desktop", "rb", "nix", "spec", "toml", "plist", "wxs", "sh", "yaml", "json"] {
        for path in source::files(&root().join("dist"), extension) {
            let text = fs::read_to_string(&path).unwrap();
            for (index, line) in text.lines().enumerate() {
                let of_hopscope = line.contains("hopscope") || line.contains("version");
                if let Some(found) = three_part_versions(line).find(|found| of_hopscope && *found != version) {
                    broken.push(format!("{}:{}: version {found}, Cargo.toml has {version}", path.display(), index + 1));
                }
            }
        }
    }
    let rust = env!("CARGO_PKG_RUST_VERSION");
    for page in ["README.md", "CONTRIBUTING.md", "dist/README.md"] {
        if !read(page).contains(&format!("Rust {rust}")) {
            broken.push(format!("{page}: it does not name Rust {rust}, which Cargo.toml asks for"));
        }
    }
    assert_none(&broken);
}

fn three_part_versions(line: &str) -> impl Iterator<Item = &str> {
    let words = line.split(|c: char| !c.is_ascii_digit() && c != '.').map(|word| word.trim_matches('.'));
    words.filter(|word| word.split('.').count() == 3 && word.split('.').all(|part| !part.is_empty()))
}

#[test]
fn each_sample_has_its_message_and_its_dns() {
    let folder = root().join("assets/samples");
    let stems = |extension| -> BTreeSet<String> {
        let here = source::files(&folder, extension).into_iter().filter(|path| path.parent() == Some(&folder));
        here.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
    };
    let (messages, answers) = (stems("eml"), stems("dns"));
    let lonely = messages.symmetric_difference(&answers);
    assert_none(
        &lonely.map(|name| format!("assets/samples/{name}: .eml and .dns belong together")).collect::<Vec<_>>(),
    );
}

#[cfg(unix)]
#[test]
fn scripts_can_be_run() {
    use std::os::unix::fs::PermissionsExt;
    let cannot = |path: &&str| fs::metadata(root().join(path)).unwrap().permissions().mode() & 0o111 == 0;
    assert_none(
        &[".ci/run", "tests/window/run", "benches/beside_peers"]
            .into_iter()
            .filter(cannot)
            .map(|path| format!("{path}: no run bit"))
            .collect::<Vec<_>>(),
    );
}

/// The reader of sources is itself read here: what it must see, and what it must not.
#[test]
fn the_reader_sees_paths_and_skips_comments_strings_and_tests() {
    let folder = std::env::temp_dir().join(format!("hopscope-house-{}", std::process::id()));
    fs::create_dir_all(folder.join("src/auth/spf")).unwrap();
    let path = folder.join("src/auth/spf/eval.rs");
    let text = r##"
use crate::{dns::{Ledger, Answer}, message::Message};
use super::super::super::path::Hop; // crate::view
use super::record::Term;
fn f<'a>(x: &'a str) -> char { let _ = "crate::text"; let _ = r#"crate::cli"#; /* crate::report */ '\'' }
pub(crate) fn g() { crate::facts::read() }
#[cfg(test)]
mod tests { use crate::window; }
"##;
    fs::write(&path, text).unwrap();
    let file = SourceFile::read(&folder, &path);
    fs::remove_dir_all(&folder).unwrap();
    let paths: Vec<String> =
        file.paths_from_root().iter().map(|(path, line)| format!("{line} {}", path.join("::"))).collect();
    assert_eq!(paths, ["2 dns::Ledger", "2 dns::Answer", "2 message::Message", "3 path::Hop", "6 facts::read"]);
    assert_eq!(file.lines_without_tests(), 6);
}
