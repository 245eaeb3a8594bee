//! Names for documents.

use std::collections::HashMap;
use std::path::Path;

/// Ids become file names: longer ones are cut.
const LONGEST: usize = 100;

/// The stem of a source's file name; "document" where there is none.
pub(crate) fn stem(source: Option<&str>) -> String {
    let stem = source.and_then(|source| Path::new(source).file_stem());
    stem.map_or_else(|| "document".into(), |stem| stem.to_string_lossy().into_owned())
}

/// A name for an address: its last part, or its host where there is none.
pub(crate) fn of_address(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    match path.matches('/').count() {
        0..=2 => last.to_owned(),
        _ => stem(Some(last)),
    }
}

/// The host of a web address, without "www.".
pub(crate) fn host(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://"))?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

/// A name that can be a file's name: no folders, nothing hidden, not too long.
pub(crate) fn safe(wanted: &str) -> String {
    let allowed = |c: char| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '_' } else { c };
    let name: String = wanted.trim().chars().take(LONGEST).map(allowed).collect();
    let name = name.trim_matches(['.', ' ']);
    if name.is_empty() { "document".into() } else { name.to_owned() }
}

/// Makes ids unique within a run: "report", "report-2", "report-3".
///
/// Ids that differ by letter case alone count as the same, since they become file names.
#[derive(Debug, Default)]
pub struct Ids {
    /// Each id that was given, with the last number that was tried behind it.
    taken: HashMap<String, u64>,
}

impl Ids {
    /// `wanted`, or with the smallest number behind it that makes it new.
    pub fn unique(&mut self, wanted: &str) -> String {
        let key = wanted.to_lowercase();
        let Some(&last) = self.taken.get(&key) else {
            self.taken.insert(key, 1);
            return wanted.to_owned();
        };
        let mut number = last + 1;
        while self.taken.contains_key(&format!("{key}-{number}")) {
            number += 1;
        }
        self.taken.insert(format!("{key}-{number}"), 1);
        self.taken.insert(key, number);
        format!("{wanted}-{number}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stay_unique_even_where_a_name_looks_numbered() {
        let mut ids = Ids::default();
        let given: Vec<String> = ["a", "a-2", "a", "A"].iter().map(|id| ids.unique(id)).collect();
        assert_eq!(given, ["a", "a-2", "a-3", "A-4"]);
    }

    #[test]
    fn the_stem_is_the_name_without_folder_and_ending() {
        assert_eq!(stem(Some("news/norrland.v2.txt")), "norrland.v2");
        assert_eq!(stem(None), "document");
    }

    #[test]
    fn an_address_gives_its_last_part_or_its_host() {
        assert_eq!(of_address("https://harbour.example/news/ban-stays.html?a=b/c"), "ban-stays");
        assert_eq!(of_address("https://harbour.example/"), "harbour.example");
    }

    #[test]
    fn an_id_never_leads_out_of_its_folder() {
        assert_eq!(safe("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(safe(" .. "), "document");
        assert_eq!(safe(&"é".repeat(500)).chars().count(), 100);
    }
}
