//! Names for documents.

use std::collections::HashSet;
use std::path::Path;

/// The stem of a source's file name; "document" where there is none.
pub(crate) fn stem(source: Option<&str>) -> String {
    let stem = source.and_then(|source| Path::new(source).file_stem());
    stem.map_or_else(|| "document".into(), |stem| stem.to_string_lossy().into_owned())
}

/// Makes ids unique within a run: "report", "report-2", "report-3".
///
/// Ids that differ by letter case alone count as the same, since they become file names.
#[derive(Debug, Default)]
pub struct Ids {
    taken: HashSet<String>,
}

impl Ids {
    /// `wanted`, or with the smallest number behind it that makes it new.
    pub fn unique(&mut self, wanted: &str) -> String {
        let mut id = wanted.to_owned();
        let mut number = 2;
        while !self.taken.insert(id.to_lowercase()) {
            id = format!("{wanted}-{number}");
            number += 1;
        }
        id
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
}
