//! Reads the corpus: `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann` in the brat standoff format.

use std::collections::BTreeMap;
use std::path::Path;

use saywho::PointSpan;

use super::{GoldDoc, Roles};
use crate::{Error, Result, read_text, stems};

/// Reads a split of the corpus: a folder with `text/` and `attributions/`, sorted by document name. Where several
/// people annotated an article, the first annotation in the order of file names counts.
///
/// # Errors
/// If a file cannot be read, if a text has no annotation, or if an annotation is not in the brat format.
pub fn read_split(dir: &Path) -> Result<Vec<GoldDoc>> {
    let annotations = dir.join("attributions");
    let mut annotation_of = BTreeMap::new();
    for stem in stems(&annotations, "ann")? {
        let document = stem.rsplit_once('_').map_or(stem.as_str(), |(document, _annotator)| document);
        annotation_of.entry(document.to_owned()).or_insert(stem);
    }
    let texts = dir.join("text");
    let read = |name: String| {
        let Some(stem) = annotation_of.get(&name) else {
            let place = annotations.join(format!("{name}_*.ann")).display().to_string();
            let reason = format!("no annotation of {name}.txt: add one or remove the text");
            return Err(Error::Gold { place, reason });
        };
        let path = annotations.join(format!("{stem}.ann"));
        let (attributions, ignore) = parse(&read_text(&path)?)
            .map_err(|(line, reason)| Error::Gold { place: format!("{}, line {line}", path.display()), reason })?;
        Ok(GoldDoc { text: read_text(&texts.join(format!("{name}.txt")))?, name, attributions, ignore })
    };
    stems(&texts, "txt")?.into_iter().map(read).collect()
}

/// The attributions and the discarded passages of an annotation, or the line that is wrong and why.
fn parse(annotation: &str) -> std::result::Result<(Vec<Roles>, Vec<PointSpan>), (usize, String)> {
    let (mut passages, mut discarded, mut events) = (BTreeMap::new(), Vec::new(), Vec::new());
    for (number, line) in annotation.lines().enumerate() {
        let mut fields = line.split('\t');
        let (Some(id), Some(what)) = (fields.next(), fields.next()) else { continue };
        if id.starts_with('T') {
            let (kind, offsets) = what.split_once(' ').unwrap_or((what, ""));
            let spans = offsets.split(';').map(span).collect::<Option<Vec<_>>>();
            let spans = spans
                .ok_or_else(|| (number + 1, format!("\"{offsets}\" is not a list of offsets such as \"0 5;8 12\"")))?;
            if kind == "Discard" {
                discarded.extend(&spans);
            }
            passages.insert(id, spans);
        } else if id.starts_with('E') {
            events.push(what);
        }
    }
    discarded.sort();
    let attributions = events.iter().map(|event| roles(event, &passages));
    // Some events of the corpus have no content: nothing is ascribed, so there is nothing to find.
    Ok((attributions.filter(|a| !a.content.is_empty()).collect(), discarded))
}

/// "12 17" as a span.
fn span(offsets: &str) -> Option<PointSpan> {
    let mut numbers = offsets.split_whitespace().map(|number| number.parse().ok());
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(start), Some(end), None) => Some(PointSpan::points(start?, end?)),
        _ => None,
    }
}

/// The roles of an event such as "Attribution:T3 Source1:T5 Content1:T4"; a number counts the parts of a role.
fn roles(event: &str, passages: &BTreeMap<&str, Vec<PointSpan>>) -> Roles {
    let mut roles = Roles::default();
    for argument in event.split_whitespace().skip(1) {
        let Some((role, passage)) = argument.split_once(':') else { continue };
        let role = match role.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase().as_str() {
            "source" => &mut roles.source,
            "cue" => &mut roles.cue,
            "content" => &mut roles.content,
            _ => continue,
        };
        role.extend(passages.get(passage).into_iter().flatten());
    }
    for role in [&mut roles.source, &mut roles.cue, &mut roles.content] {
        role.sort();
    }
    roles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_gather_their_parts_in_order() {
        let annotation = "T1\tSource 20 24\tLund\nT2\tContent 30 34;36 40\twill rain\nT3\tContent 0 12\tIt is late\n\
            T4\tCue 14 18\tsaid\nT5\tDiscard 50 60\tRead more\nA1\tCertain E1\n\
            E1\tAttribution:T4 Source1:T1 Content1:T2 Content2:T3 Cue:T4\nE2\tAttribution:T4 Source:T1\n";
        let (attributions, ignore) = parse(annotation).unwrap();
        let lund = Roles {
            source: vec![PointSpan::points(20, 24)],
            cue: vec![PointSpan::points(14, 18)],
            content: vec![PointSpan::points(0, 12), PointSpan::points(30, 34), PointSpan::points(36, 40)],
        };
        assert_eq!(attributions, [lund]);
        assert_eq!(ignore, [PointSpan::points(50, 60)]);
    }

    #[test]
    fn a_bad_offset_is_named_with_its_line() {
        let (line, reason) = parse("T1\tCue 1 5\tsaid\nT2\tCue 7 x\tsaid\n").unwrap_err();
        assert_eq!(line, 2);
        assert!(reason.contains("\"7 x\""), "{reason}");
    }

    #[test]
    fn the_first_annotator_counts_and_every_text_needs_one() {
        let dir = tempfile::tempdir().unwrap();
        let first = "T1\tContent 13 17\train\nT2\tCue 5 12\texpects\nE1\tAttribution:T2 Content:T1\n";
        for (path, text) in [
            ("text/gale_1.txt", "Lund expects rain."),
            ("attributions/gale_1_nora.ann", "T1\tSource 0 4\tLund\n"),
            ("attributions/gale_1_abel.ann", first),
        ] {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let docs = read_split(dir.path()).unwrap();
        assert_eq!((docs.len(), docs[0].name.as_str(), docs[0].text.as_str()), (1, "gale_1", "Lund expects rain."));
        assert_eq!(docs[0].attributions[0].content, [PointSpan::points(13, 17)]);

        std::fs::write(dir.path().join("text/calm.txt"), "No wind.").unwrap();
        let error = read_split(dir.path()).unwrap_err().to_string();
        assert!(error.contains("no annotation of calm.txt"), "{error}");
    }
}
