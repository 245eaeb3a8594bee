//! Each file of the engine uses only files below it: no circle of files, and no stage that reaches back to a later one.
//!
//! Read from the lines of the sources that name other modules (`crate::`, `super::`), tests left out.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Module path ("entity::book") to the paths that its file names, each a list of words from the root of the crate on.
struct Sources {
    texts: BTreeMap<String, String>,
}

impl Sources {
    fn of(folder: &Path) -> Sources {
        let mut sources = Sources { texts: BTreeMap::new() };
        sources.add(folder, "");
        sources
    }

    fn add(&mut self, folder: &Path, module: &str) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let within = |name: &str| if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") };
            if path.is_dir() {
                self.add(&path, &within(&stem));
            } else if path.extension().is_some_and(|e| e == "rs") && stem != "tests" {
                let whole = std::fs::read_to_string(&path).unwrap();
                // Tests stand at the end of a file and may use anything.
                let text = whole.split("#[cfg(test)]\nmod ").next().unwrap().to_owned();
                let name = if matches!(stem.as_str(), "mod" | "lib") { module.to_owned() } else { within(&stem) };
                self.texts.insert(name, text);
            }
        }
    }

    /// The paths that a file names, from the root of the crate on; with those that it hands on alone, where it hands on.
    fn named(&self, module: &str, only_handed_on: bool) -> Vec<Vec<String>> {
        let own: Vec<&str> = module.split("::").filter(|m| !m.is_empty()).collect();
        let code = self.texts[module].lines().filter(|line| !line.trim_start().starts_with("//"));
        let code: String = code.collect::<Vec<_>>().join("\n");
        let mut found = Vec::new();
        for statement in code.split_inclusive(';') {
            let hands_on = statement.rfind("pub use ").or_else(|| statement.rfind("pub(crate) use "));
            if only_handed_on && hands_on.is_none() {
                continue;
            }
            for root in ["crate::", "super::"] {
                for (at, _) in statement.match_indices(root) {
                    if statement[..at].ends_with("super::") || statement[..at].ends_with(char::is_alphanumeric) {
                        continue;
                    }
                    let mut base: Vec<String> = if root == "crate::" { vec![] } else { to_owned(&own) };
                    let mut rest = &statement[at..];
                    rest = rest.strip_prefix("crate::").unwrap_or(rest);
                    while let Some(behind) = rest.strip_prefix("super::") {
                        base.pop();
                        rest = behind;
                    }
                    paths(rest, &base, &mut found);
                }
            }
            // "graph::Found" in a file that holds the module "graph".
            for child in self.children(module) {
                for (at, _) in statement.match_indices(&format!("{child}::")) {
                    if !statement[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':')) {
                        paths(&statement[at..], &to_owned(&own), &mut found);
                    }
                }
            }
        }
        found
    }

    /// The file in which what a path names is written, whichever modules hand it on.
    fn home(&self, path: &[String]) -> Option<String> {
        let module = (0..=path.len()).rev().map(|n| path[..n].join("::")).find(|m| self.texts.contains_key(m))?;
        let depth = if module.is_empty() { 0 } else { module.matches("::").count() + 1 };
        let Some(item) = path.get(depth) else { return Some(module) };
        let handed_on = self.named(&module, true).into_iter().find(|p| p.last() == Some(item) && p.len() > depth);
        match handed_on {
            Some(from) if from.as_slice() != path => self.home(&from),
            // What the module only has from another crate is nobody's here.
            _ => self.defines(&module, item).then_some(module),
        }
    }

    /// The names of the modules right below one.
    fn children<'a>(&'a self, module: &'a str) -> impl Iterator<Item = &'a str> {
        let below = move |name: &'a String| match module {
            "" => Some(name.as_str()),
            _ => name.strip_prefix(module)?.strip_prefix("::"),
        };
        self.texts.keys().filter_map(below).filter(|name| !name.is_empty() && !name.contains("::"))
    }

    fn defines(&self, module: &str, item: &str) -> bool {
        let kinds = ["fn", "struct", "enum", "trait", "type", "const", "static"];
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        kinds.iter().any(|kind| {
            let words = format!("{kind} {item}");
            self.texts[module].match_indices(&words).any(|(at, _)| ends(&self.texts[module][at + words.len()..]))
        })
    }

    /// For each file the files that it uses.
    fn uses(&self) -> BTreeMap<&str, BTreeSet<String>> {
        let of = |module: &String| {
            let homes = self.named(module, false).into_iter().filter_map(|path| self.home(&path));
            homes.filter(|home| home != module).collect()
        };
        self.texts.keys().map(|module| (module.as_str(), of(module))).collect()
    }
}

fn to_owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// The paths of `a::{b, c::d}` below a base.
fn paths(text: &str, base: &[String], found: &mut Vec<Vec<String>>) {
    let word: String = text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let rest = &text.trim_start()[word.len()..];
    let path = [base, std::slice::from_ref(&word)].concat();
    if let Some(group) = rest.strip_prefix("::") {
        paths(group, &path, found);
    } else if word.is_empty() && rest.starts_with('{') {
        let mut depth = 0;
        let mut from = 1;
        for (at, c) in rest.char_indices() {
            depth += match c {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            if depth == 0 || (depth == 1 && c == ',') {
                paths(&rest[from..at], base, found);
                from = at + 1;
            }
            if depth == 0 {
                return;
            }
        }
    } else if word == "self" {
        found.push(base.to_vec());
    } else if !word.is_empty() {
        found.push(path);
    }
}

/// The shortest way from a file back to itself.
fn circle(uses: &BTreeMap<&str, BTreeSet<String>>, start: &str) -> Option<Vec<String>> {
    let mut ways = vec![vec![start.to_owned()]];
    let mut seen = BTreeSet::new();
    while let Some(way) = (!ways.is_empty()).then(|| ways.remove(0)) {
        for next in &uses[way.last().unwrap().as_str()] {
            let further = [way.as_slice(), std::slice::from_ref(next)].concat();
            if next == start {
                return Some(further);
            }
            if seen.insert(next) {
                ways.push(further);
            }
        }
    }
    None
}

fn circles(folder: &str) -> BTreeSet<String> {
    let sources = Sources::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let uses = sources.uses();
    // Each circle once, whichever file it is met from.
    let all = uses.keys().filter_map(|module| circle(&uses, module));
    let told = all.map(|mut way| {
        way.pop();
        let first = (0..way.len()).min_by_key(|&i| &way[i]).unwrap();
        way.rotate_left(first);
        way.push(way[0].clone());
        way.join(" → ")
    });
    told.collect()
}

#[test]
fn no_files_use_each_other() {
    for folder in ["src", "../saywho-english/src"] {
        let circles = circles(folder);
        assert!(circles.is_empty(), "files of {folder} that use each other:\n{:#?}", circles);
    }
}

/// The stages in their order, with what stands beside them; what is not named here uses them all.
const ORDER: [&str; 12] = [
    "knowledge",
    "error",
    "meaning",
    "inference",
    "attribution",
    "weights",
    "entity",
    "ids",
    "analysis",
    "conversation",
    "account",
    "comparison",
];

#[test]
fn no_stage_reaches_back() {
    let sources = Sources::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let place = |module: &str| {
        let stage = module.split("::").next().unwrap_or_default();
        ORDER.iter().position(|known| *known == stage).unwrap_or(ORDER.len())
    };
    let uses = sources.uses();
    assert!(
        uses["reader"].contains("comparison") && uses["comparison::claims"].contains("account::as_read"),
        "{uses:?}"
    );
    for (module, uses) in uses.iter().filter(|(module, _)| !module.is_empty()) {
        let later: Vec<&String> = uses.iter().filter(|used| place(used) > place(module)).collect();
        assert!(later.is_empty(), "{module} uses what comes later: {later:?}");
    }
}

#[test]
fn paths_are_read_as_rust_reads_them() {
    let mut found = Vec::new();
    paths("a::{self, b::{C, d}, e as f};", &[], &mut found);
    let found: Vec<String> = found.iter().map(|path| path.join("::")).collect();
    assert_eq!(found, ["a", "a::b::C", "a::b::d", "a::e"]);
}
