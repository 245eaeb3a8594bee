//! Floors: figures that must not fall.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// A figure and the least it may be, in percent.
#[derive(Debug, PartialEq)]
pub struct Floor {
    name: String,
    least: f64,
}

/// Reads a file of lines `name = value`. A name may stand in double quotation marks; "#" begins a comment.
///
/// # Errors
/// When the file cannot be read, or with the number of the line that is not a floor.
pub fn load(path: &Path) -> Result<Vec<Floor>> {
    let lines = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    parse(&lines).with_context(|| path.display().to_string())
}

fn parse(lines: &str) -> Result<Vec<Floor>> {
    let mut floors = Vec::new();
    for (number, line) in (1..).zip(lines.lines()) {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let pair = line.rsplit_once('=').and_then(|(name, least)| Some((name, least.trim().parse().ok()?)));
        let Some((name, least)) = pair else { bail!("line {number}: \"{line}\" is not `name = value`") };
        floors.push(Floor { name: name.trim().trim_matches('"').to_owned(), least });
    }
    Ok(floors)
}

/// A line for each floor that is missed. A floor for something that is not measured is missed too, since a name
/// with a slip in it would guard nothing.
pub fn missed(floors: &[Floor], figures: &[(String, f64)]) -> Vec<String> {
    let miss = |floor: &Floor| {
        let Floor { name, least } = floor;
        match figures.iter().find(|(measured, _)| measured == name) {
            None => Some(format!("there is a floor for \"{name}\", which is not measured here")),
            Some((_, value)) if value < least => Some(format!("{name} is {value:.2}, below its floor {least:.2}")),
            Some(_) => None,
        }
    };
    floors.iter().filter_map(miss).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures() -> Vec<(String, f64)> {
        vec![("linked.all".into(), 67.96), ("speaker on matched".into(), 65.0)]
    }

    #[test]
    fn names_may_hold_spaces_and_lines_may_hold_comments() {
        let floors =
            parse("# least\nlinked.all = 67.9\n\n\"speaker on matched\" = 65 # as measured\n").expect("floors");
        assert_eq!(floors.len(), 2);
        assert_eq!(floors[1], Floor { name: "speaker on matched".into(), least: 65.0 });
        assert!(missed(&floors, &figures()).is_empty());
    }

    #[test]
    fn a_figure_below_its_floor_is_told() {
        let floors = parse("linked.all = 68.0").expect("floors");
        assert_eq!(missed(&floors, &figures()), ["linked.all is 67.96, below its floor 68.00"]);
    }

    #[test]
    fn a_floor_for_nothing_is_told() {
        let floors = parse("linkd.all = 1").expect("floors");
        assert!(missed(&floors, &figures())[0].contains("linkd.all"));
    }

    #[test]
    fn a_line_that_is_no_floor_is_named() {
        let error = parse("linked.all = 1\nlinked.quoted 3").expect_err("no floor");
        assert!(error.to_string().starts_with("line 2:"));
    }
}
