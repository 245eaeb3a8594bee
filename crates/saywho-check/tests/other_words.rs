//! Reports and quotations in other words than those of the source.

mod desk;

use desk::Desk;
use saywho_check::{Check, Kind, Verdict};

/// The check of one article against one source.
fn check(article: &str, source: &str) -> Check {
    Desk::new().check(article, &[source])
}

const BRIEFING: &str = "\
Briefing of the Sudovian harbour authority, Port Velm, 4 March 2033

Edda Korn: Good morning. The northern pier has been closed since Sunday, because the frost has cracked its foundations. Nobody was hurt.

QUESTION: When will it open again?

Edda Korn: Not before the summer. We have asked the ministry for nine million crowns, and we have not had an answer yet.

QUESTION: Are the fishermen to blame?

Edda Korn: No. They warned us two years ago, and we should have listened.
";

/// What Edda Korn is reported to have said at the briefing gets this verdict.
#[track_caller]
fn assert_verdict(reports: &[&str], verdict: Verdict) {
    for report in reports {
        let check = check(&format!("Edda Korn said that {report}."), BRIEFING);
        assert_eq!(check.passages[0].verdict, verdict, "{report}");
        let speakers: Vec<Option<&str>> = check.passages[0].matches.iter().map(|m| m.speaker.as_deref()).collect();
        assert_eq!(speakers, vec![Some("Edda Korn"); usize::from(verdict != Verdict::NotFound)], "{report}");
    }
}

#[test]
fn a_report_in_other_words_is_supported() {
    let reports = [
        "the northern pier had been shut since Sunday",
        "no one had been injured",
        "the authority had requested nine million crowns from the ministry",
        "the fishermen had given a warning two years earlier",
    ];
    assert_verdict(&reports, Verdict::Supported);
}

#[test]
fn a_report_of_the_contrary_is_contradicted() {
    let reports = [
        "the northern pier had been closed since Friday",
        "the ministry had been asked for six million crowns",
        "three people had been hurt",
    ];
    assert_verdict(&reports, Verdict::Contradicted);
}

#[test]
fn what_the_source_does_not_say_is_not_found() {
    let reports = [
        "the southern pier would be closed in the summer",
        "the ministry had turned down her request for money",
        "the fishermen would be paid for their losses",
        "the harbour would get a new crane in the autumn",
    ];
    assert_verdict(&reports, Verdict::NotFound);
}

#[test]
fn who_is_not_named_where_others_speak_has_said_nothing_there() {
    let check = check("Ilse Maren said that the northern pier had been shut since Sunday.", BRIEFING);
    assert_eq!(check.passages[0].verdict, Verdict::NotFound);
}

#[test]
fn a_quotation_that_was_translated_back_is_altered() {
    let release = "\
Press release of the Sudovian foreign ministry

Minister Teo Vasca spoke by telephone with Minister Ilse Maren of Norrland. The ministers discussed the latest course of events in the Hollow Strait. Mr Vasca \
stressed that the goals of the operation will be reached in full.
";
    let article = "Norrland and Sudovia talk\n\n\
                   The Sudovian foreign ministry said that the ministers “talked about the current situation in the Hollow Strait.” According to Teo Vasca, \
                   “the aims of the operation will be fully attained.”\n\n“The fleet will stay where it is until the autumn comes,” Teo Vasca said.\n";
    let check = check(article, release);
    let told: Vec<(Verdict, Vec<Kind>)> =
        check.passages.iter().map(|p| (p.verdict, p.changes.iter().map(|c| c.kind).collect())).collect();
    assert_eq!(
        told.iter().map(|(verdict, _)| *verdict).collect::<Vec<_>>(),
        [Verdict::Altered, Verdict::Altered, Verdict::NotFound]
    );
    assert!(told.iter().any(|(_, kinds)| kinds == &[Kind::Translation]), "{told:?}");
}
