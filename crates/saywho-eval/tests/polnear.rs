//! Hand-made articles whose figures can be worked out on paper.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod common;

use common::{attribution, reading, spans};
use saywho_eval::polnear::{self, GoldDoc, Roles, Totals};

const DAM: &str = "“The dam holds,” said Ilse Maren. Teo Vasca doubts that it will last the winter.";

fn roles(text: &str, source: &[&str], cue: &[&str], content: &[&str]) -> Roles {
    Roles { source: spans(text, source), cue: spans(text, cue), content: spans(text, content) }
}

fn dam() -> GoldDoc {
    let attributions = vec![
        roles(DAM, &["Ilse Maren"], &["said"], &["“The dam holds,”"]),
        roles(DAM, &["Teo Vasca"], &["doubts"], &["that it will last the winter"]),
    ];
    GoldDoc { name: "dam".into(), text: DAM.into(), attributions, ignore: vec![] }
}

fn assert_f1(totals: &Totals, figures: &[(&str, &str, f64)]) {
    for &(measure, class, wanted) in figures {
        let got = totals.f1(measure, class).unwrap();
        assert!((got - wanted).abs() < 1e-9, "{measure} of {class} is {got}, not {wanted}");
    }
}

#[test]
fn gold_against_itself_is_perfect() {
    let totals = polnear::score([(&dam(), dam().attributions)]);
    for line in totals.report().lines().filter(|line| line.contains("F1") && !line.contains("gold      0")) {
        assert!(line.contains("P 100.0  R 100.0  F1 100.0"), "{line}");
    }
    assert_f1(&totals, &[("linked_strict", "all", 1.0), ("parts_linked", "direct", 1.0), ("exact", "mixed", 0.0)]);
}

#[test]
fn each_measure_forgives_what_it_should() {
    let predicted = [
        // Half of the source; the marks and the comma do not matter.
        roles(DAM, &["Ilse"], &["said"], &["The dam holds"]),
        // Half of the content, the wrong source.
        roles(DAM, &["Ilse Maren"], &[], &["last the winter"]),
    ];
    let totals = polnear::score([(&dam(), predicted)]);
    assert_f1(
        &totals,
        &[
            ("tok_source", "all", 2.0 / 3.0),
            ("tok_cue", "all", 2.0 / 3.0),
            ("tok_content", "all", 0.8),
            ("tok_content", "indirect", 2.0 / 3.0),
            ("exact", "all", 0.5),
            ("iou50", "all", 1.0),
            ("overlap", "all", 1.0),
            ("soft", "all", 6.0 / 7.0),
            ("linked", "all", 0.5),
            ("linked", "quoted", 1.0),
            ("linked", "direct", 1.0),
            ("linked", "indirect", 0.0),
            ("linked_lenient", "all", 0.5),
            ("linked_strict", "all", 0.0),
            ("linked_cue", "all", 0.5),
        ],
    );
    let report = totals.report();
    let lines: Vec<&str> = report.lines().collect();
    assert_eq!(lines.len(), 70);
    assert_eq!(lines[0], "docs=1  missing_docs=0  unknown_docs=0  dropped_in_discard=0");
    assert_eq!(lines[4], "  content                  P 100.0  R  66.7  F1  80.0   gold      9  pred      6");
    assert_eq!(lines[9], "  soft                     P 100.0  R  75.0  F1  85.7   gold      2  pred      2");
}

#[test]
fn halves_left_apart_count_once_as_wholes_and_fully_as_parts() {
    let text = "“The old dam,” said Lund, “holds.”";
    let gold = GoldDoc {
        text: text.into(),
        attributions: vec![roles(text, &["Lund"], &["said"], &["“The old dam,”", "“holds.”"])],
        ..GoldDoc::default()
    };
    let predicted =
        [roles(text, &["Lund"], &["said"], &["The old dam"]), roles(text, &["Lund"], &["said"], &["holds"])];
    let totals = polnear::score([(&gold, predicted)]);
    assert_f1(&totals, &[("linked", "all", 2.0 / 3.0), ("parts_linked", "all", 1.0), ("parts_exact", "all", 1.0)]);
}

#[test]
fn parts_with_no_word_between_are_one() {
    let text = "Lund: “It holds.” “It always did.”";
    let apart = roles(text, &["Lund"], &[], &["“It holds.”", "“It always did.”"]);
    let whole = roles(text, &["Lund"], &[], &["It holds.” “It always did."]);
    let gold = GoldDoc { text: text.into(), attributions: vec![apart], ..GoldDoc::default() };
    let totals = polnear::score([(&gold, [whole])]);
    assert_f1(&totals, &[("parts_exact", "all", 1.0), ("linked_strict", "all", 1.0)]);
}

#[test]
fn predictions_in_discarded_passages_are_dropped_and_counted() {
    let text = "Lund said it holds. Read more: Maren says vote.";
    let said = roles(text, &["Lund"], &["said"], &["it holds"]);
    let litter = roles(text, &["Maren"], &["says"], &["vote"]);
    let gold = GoldDoc {
        text: text.into(),
        attributions: vec![said.clone()],
        ignore: spans(text, &["Read more: Maren says vote."]),
        ..GoldDoc::default()
    };
    let totals = polnear::score([(&gold, [said, litter])]);
    assert!(totals.report().starts_with("docs=1  missing_docs=0  unknown_docs=0  dropped_in_discard=1\n"));
    assert_f1(&totals, &[("linked", "all", 1.0)]);
}

#[test]
fn only_outermost_attributions_are_predictions() {
    let mut inner = attribution("a2", DAM, "Teo Vasca", "last the winter");
    inner.inside = Some("a1".into());
    let outer = attribution("a1", DAM, "Ilse Maren", "The dam holds");
    let predicted = polnear::predictions(&reading(DAM, &["Ilse Maren"], vec![outer, inner]));
    assert_eq!(predicted, [roles(DAM, &["Ilse Maren"], &[], &["The dam holds"])]);
}

#[test]
fn unknown_names_have_no_figure() {
    let totals = polnear::score([(&dam(), dam().attributions)]);
    assert_eq!((totals.f1("linked", "loud"), totals.f1("joined", "all")), (None, None));
}
