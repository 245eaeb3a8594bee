//! Inputs that are seldom or never written, and those that hold nothing to find.

mod desk;

use desk::Desk;
use saywho::{Document, Reading};
use saywho_check::{Verdict, check};

fn verdicts(article: &str, sources: &[&str]) -> Vec<Verdict> {
    Desk::new().check(article, sources).passages.iter().map(|p| p.verdict).collect()
}

const SPEECH: &str =
    "“We will not lift the ban before May,” Ilse Maren said on Monday. “The sea is patient — and so are we.”";

#[test]
fn a_text_is_its_own_source() {
    let verdicts = verdicts(SPEECH, &[SPEECH]);
    assert_eq!(verdicts, [Verdict::Exact, Verdict::Exact]);
}

#[test]
fn nothing_is_found_in_nothing() {
    assert!(verdicts("", &["", SPEECH]).is_empty());
    assert_eq!(verdicts(SPEECH, &[""]), [Verdict::NotFound, Verdict::NotFound]);
    assert_eq!(verdicts(SPEECH, &["…", "[", "“”"]), [Verdict::NotFound, Verdict::NotFound]);
}

#[test]
fn odd_articles_come_to_an_end() {
    let desk = Desk::new();
    for article in [
        "“",
        "“…”",
        "“[…]” Maren said.",
        "“We … will … not … lift … the … ban,” Ilse Maren said.",
        "“[We] [will] [not] [lift],” Ilse Maren said.",
        "“... not lift the ban ...,” Ilse Maren said.",
        "“Ünïcödé 100% — ½ of the 日本 ban’s … lift”, Ilse Maren said.",
        "“A a a a a a a a a a a a a a a a a a,” Ilse Maren said.",
    ] {
        let check = desk.check(article, &[SPEECH, "MAREN: a a a a a a a\n\nVASCA: a a a\n\nMAREN: lift the ban\n"]);
        assert!(check.passages.iter().all(|p| p.end <= article.len()), "{article}");
    }
}

#[test]
fn an_article_that_is_one_quotation_is_found_whole() {
    let desk = Desk::new();
    let sentence =
        |n: usize| format!("On day {n} we counted {} ships in the harbour of Lund and wrote down their names. ", n * 7);
    let speech: String = (1..60).map(sentence).collect();
    let article = format!("Ilse Maren said: “{}”", speech.trim());
    assert_eq!(verdicts(&article, &[&format!("Speech by Ilse Maren\n\n{speech}")]), [Verdict::Exact]);
    let changed = article.replace("counted 350 ships", "counted 360 ships");
    let check = desk.check(&changed, &[&speech]);
    assert_eq!((check.passages[0].verdict, check.passages[0].changes.len()), (Verdict::Altered, 1));
    assert!(check.passages[0].meaning);
}

#[test]
fn words_that_stand_in_several_places_are_those_of_the_right_speaker() {
    let desk = Desk::new();
    let source = "MINISTER VASCA: Nobody needs to lose face here.\n\nQUESTION: Is that so, ministers, and who pays?\n\n\
                  MINISTER MAREN: It is. Nobody needs to lose face here.\n\nMINISTER VASCA: We pay.\n";
    let article = "“Nobody needs to lose face here,” Minister Ilse Maren said.";
    let check = desk.check(article, &[source]);
    let passage = &check.passages[0];
    assert_eq!(passage.verdict, Verdict::Exact);
    assert!(passage.matches[0].speaker.as_deref().is_some_and(|name| name.contains("Maren")), "{passage:?}");
}

#[test]
fn a_denial_is_supported_where_the_source_denies() {
    let source =
        "“Sudovia did not close the strait, and the ban protects the cod,” Teo Vasca, the foreign minister, said.";
    let article =
        "Teo Vasca denied that Sudovia had closed the strait. Mr. Vasca denied that the ban protected the cod.";
    assert_eq!(verdicts(article, &[source]), [Verdict::Supported, Verdict::Contradicted]);
}

/// A reading without attributions: its quotation marks are found by themselves.
fn unread(text: &str) -> Reading {
    Reading {
        schema: saywho::reading::SCHEMA.into(),
        document: Document::from_text("text", text),
        entities: Vec::new(),
        attributions: Vec::new(),
        conversations: Vec::new(),
        issues: Vec::new(),
    }
}

#[test]
fn no_word_is_left_out_put_in_or_replaced_unnoticed() {
    let source = include_str!("set/release.txt");
    let sentences = source.split(['.', '“', '”', '\n']).filter(|s| s.split_whitespace().count() >= 6);
    let mut article = String::new();
    for words in sentences.map(|s| s.split_whitespace().collect::<Vec<_>>()) {
        for at in (1..words.len() - 1).step_by(2) {
            let (before, behind) = (words[..at].join(" "), words[at + 1..].join(" "));
            article += &format!(
                "“{before} {behind}”\n\n“{before} herring {behind}”\n\n“{before} not {} {behind}”\n\n",
                words[at]
            );
        }
    }
    let check = check(&Desk::new().reader, &[unread(&article)], &[unread(source)]);
    assert!(check.passages.len() > 200);
    let exact = check.passages.iter().filter(|p| p.verdict == Verdict::Exact);
    assert_eq!(exact.map(|p| &article[p.start..p.end]).collect::<Vec<_>>(), [""; 0]);
}
