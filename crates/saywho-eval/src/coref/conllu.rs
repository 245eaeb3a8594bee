//! CoNLL-U files with entities in the last column (`Entity=(1`, `Entity=1)`), as OntoGUM has them.

use std::collections::BTreeMap;

use super::measures::Cluster;

/// A document of a corpus: its text, put together from its words, and its entities by code points.
pub struct Document {
    /// Paragraphs apart by an empty line.
    pub text: String,
    /// Entities of two mentions or more.
    pub clusters: Vec<Cluster>,
}

/// Reads a document. What is no line of words or of comments is passed over.
///
/// # Errors
/// The number of a line with fewer than ten columns, or whose entity ends without a beginning.
pub fn parse(conllu: &str) -> Result<Document, String> {
    let mut text = String::new();
    let (mut at, mut space) = (0, "");
    let mut open: Vec<(u32, usize)> = Vec::new();
    let mut found: BTreeMap<u32, Cluster> = BTreeMap::new();
    for (number, line) in conllu.lines().enumerate() {
        if line.starts_with("# newpar") && !text.is_empty() {
            space = "\n\n";
        }
        let Some(columns) = columns(line).map_err(|what| format!("line {}: {what}", number + 1))? else { continue };
        text.push_str(space);
        at += space.chars().count();
        let start = at;
        text.push_str(columns[1]);
        at += columns[1].chars().count();
        space = if columns[9].split('|').any(|f| f == "SpaceAfter=No") { "" } else { " " };
        let entities = columns[9].split('|').find_map(|f| f.strip_prefix("Entity=")).unwrap_or_default();
        for (id, opens, closes) in brackets(entities) {
            if opens {
                open.push((id, start));
            }
            if closes {
                let place = open.iter().rposition(|o| o.0 == id);
                let place = place.ok_or_else(|| format!("line {}: entity {id} ends but does not begin", number + 1))?;
                found.entry(id).or_default().insert((open.remove(place).1, at));
            }
        }
    }
    Ok(Document { text, clusters: found.into_values().filter(|c| c.len() > 1).collect() })
}

/// The columns of a line of words; `None` for comments, empty lines and words that a longer token already holds.
fn columns(line: &str) -> Result<Option<Vec<&str>>, String> {
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let columns: Vec<&str> = line.split('\t').collect();
    if columns.len() < 10 {
        return Err(format!("{} columns, expected 10 separated by tabs", columns.len()));
    }
    // "3-4 don't" is followed by "3 do" and "4 n't": the parts carry the entities, so the whole is passed over.
    Ok(columns[0].bytes().all(|b| b.is_ascii_digit()).then_some(columns))
}

/// "(1(2)3)": entity 1 opens, 2 opens and closes, 3 closes.
fn brackets(entities: &str) -> Vec<(u32, bool, bool)> {
    let mut found = Vec::new();
    let mut rest = entities;
    while !rest.is_empty() {
        let opens = rest.starts_with('(');
        rest = rest.trim_start_matches('(');
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Ok(id) = rest[..digits].parse() else { break };
        // What stands behind the number up to the bracket is of no interest here.
        let end = rest.find(['(', ')']).unwrap_or(rest.len());
        let closes = rest[end..].starts_with(')');
        rest = &rest[end + usize::from(closes)..];
        found.push((id, opens, closes));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(id: usize, form: &str, misc: &str) -> String {
        format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n")
    }

    #[test]
    fn words_become_a_text_with_entities() {
        let file = "# newpar\n".to_owned()
            + &word(1, "Ilse", "Entity=(1")
            + &word(2, "Maren", "Entity=1)")
            + &word(3, "left", "SpaceAfter=No")
            + &word(4, ".", "_")
            + "\n# newpar\n"
            + &word(1, "She", "Entity=(1)|X=y")
            + &word(2, "waved", "_");
        let document = parse(&file).unwrap();
        assert_eq!(document.text, "Ilse Maren left.\n\nShe waved");
        assert_eq!(document.clusters, [Cluster::from([(0, 10), (18, 21)])]);
    }

    #[test]
    fn entities_nest() {
        assert_eq!(brackets("(1(2)3)"), [(1, true, false), (2, true, true), (3, false, true)]);
    }

    #[test]
    fn broken_lines_are_named() {
        assert!(parse("1\tIlse\n").err().unwrap().contains("line 1: 2 columns"));
        assert!(parse(&word(1, "Ilse", "Entity=4)")).err().unwrap().contains("entity 4"));
    }
}
