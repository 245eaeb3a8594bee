use super::*;

/// Two invented states, their people and a body, as a user would add them.
const INVENTED: &str = "\
# Norrland and Sudovia
state\tNORR\t\tNorrland\tKingdom of Norrland\tNorrish|Norrlander\tÅsvik\tGrey House\tNorrish\tinvented\t2026
state\tSUDO\t\tSudovia\t\tSudovian\tVasgrad\t\t\tinvented\t2026

holder\tIlse Maren\t\tI. Maren\tNORR\tforeign minister\t2020-02-01\t2024-05-31\t\tinvented\t2026
holder\tIlse Maren\t\t\tNORR\tprime minister\t2024-06-01\t\t\tinvented\t2026
holder\tOdd Maren\t\t\tNORR\tharbour minister\t2019\t\t\tinvented\t2026
holder\tTeo Vasca\t\t\tSUDO\tpresident\t2018\t2023\t\tinvented\t2026
holder\tAnna Vasca\t\t\tNORR\tprime minister\t2022\t2024\t\tinvented\t2026
body\tNorthern Salt Council\tNSC-N\tinternational organisation\t\tinvented\t2026
";

fn invented() -> Knowledge {
    Knowledge::empty().with_added(INVENTED).expect("the rows are right")
}

fn hit(knowledge: &Knowledge, words: &str) -> Option<(String, How, bool)> {
    knowledge.state_of_name(words).map(|hit| (hit.name.to_string(), hit.how, hit.sure))
}

#[test]
fn words_stand_for_states_in_four_ways() {
    let world = Knowledge::embedded();
    for (words, code, how) in [
        ("Russian Federation", "RU", How::Name),
        ("UK", "GB", How::Name),
        ("Ukrainians", "UA", How::Adjective),
        ("Kiev", "UA", How::Capital),
        ("Quai d'Orsay", "FR", How::Seat),
        ("Singapore", "SG", How::Name),
    ] {
        let hit = world.state_of_name(words).unwrap_or_else(|| panic!("{words} is unknown"));
        assert_eq!((hit.code, hit.how), (code, how), "{words}");
    }
}

#[test]
fn endings_articles_accents_and_line_breaks_do_not_count() {
    let knowledge = invented();
    for words in ["Asvik", "Åsvik’s", "the Asvik's", " The A\u{30A}svik"] {
        assert_eq!(hit(&knowledge, words), Some(("Norrland".into(), How::Capital, true)), "{words}");
    }
    assert_eq!(hit(&knowledge, "Kingdom\n of Norrland").map(|h| h.1), Some(How::Name));
    assert_eq!(hit(Knowledge::embedded(), "the United States’").map(|h| h.0), Some("United States".into()));
}

#[test]
fn letter_case_and_parts_of_words_count() {
    let world = Knowledge::embedded();
    for words in ["us", "moscow", "Moscow Times", "Mosc", "the", "'s", ""] {
        assert_eq!(world.state_of_name(words), None, "{words:?}");
    }
}

#[test]
fn words_with_a_second_meaning_are_marked() {
    let world = Knowledge::embedded();
    assert_eq!(hit(world, "Georgia"), Some(("Georgia".into(), How::Name, false)));
    assert_eq!(hit(world, "Tbilisi"), Some(("Georgia".into(), How::Capital, true)));
    assert_eq!(hit(&invented(), "Norrish"), Some(("Norrland".into(), How::Adjective, false)));
}

#[test]
fn a_holder_depends_on_the_date() {
    let knowledge = invented();
    let offices = |name, date| -> Vec<String> {
        let found = knowledge.holder(name, date);
        found.map_or(vec![], |found| found.stays.iter().map(|stay| stay.office.to_string()).collect())
    };
    assert_eq!(offices("Ilse Maren", Some("2023-07-01")), ["foreign minister"]);
    assert_eq!(offices("Ilse Máren", Some("2024-05-31")), ["foreign minister"]);
    assert_eq!(offices("Ilse Maren’s", Some("2030")), ["prime minister"]);
    assert_eq!(offices("I. Maren", None), ["foreign minister"]);
    assert_eq!(offices("Ilse Maren", Some("2020-01-31")), [""; 0]);
    assert_eq!(offices("Teo Vasca", Some("2023-12-31")), ["president"], "a year covers its days");
    assert_eq!(offices("ilse maren", None), [""; 0], "letter case counts");
    assert_eq!(offices("Nobody Known", None), [""; 0]);
}

#[test]
fn a_surname_finds_leading_offices_first_and_tells_two_people_apart() {
    let knowledge = invented();
    let maren = knowledge.holder("Maren", None).expect("known");
    assert_eq!(maren.stays.len(), 2, "the harbour minister is left out: {maren:?}");
    assert!(!maren.ambiguous);
    assert_eq!(maren.stays[0].side_name, "Norrland");

    let vasca = knowledge.holder("Vasca", Some("2022-06-01")).expect("known");
    assert!(vasca.ambiguous);
    let later = knowledge.holder("Vasca", Some("2024-01-01")).expect("known");
    assert!(!later.ambiguous);
    assert_eq!(later.stays[0].name, "Anna Vasca");
}

#[test]
fn facts_that_the_sources_get_wrong_are_right() {
    let world = Knowledge::embedded();
    for (name, date, side, office) in [
        ("Subrahmanyam Jaishankar", "2021-01-01", "IN", "foreign minister"),
        ("Li Qiang", "2024-01-01", "CN", "prime minister"),
    ] {
        let known = world.holder(name, Some(date)).unwrap_or_else(|| panic!("{name} is unknown"));
        assert!(known.stays.iter().any(|stay| (stay.side, stay.office) == (side, office)), "{known:?}");
    }
}

#[test]
fn bodies_have_kinds_and_states() {
    let world = Knowledge::embedded();
    let atom = world.body("the IAEA").expect("known");
    assert_eq!(
        (atom.name, atom.kind, atom.state),
        ("International Atomic Energy Agency", "international organisation", None)
    );
    let seat = world.body("Kremlin").expect("known");
    assert_eq!((seat.kind, seat.state), ("seat of government", Some("RU")));
    assert_eq!(world.body("who"), None, "letter case counts");
    assert_eq!(invented().body("NSC-N").map(|body| body.name), Some("Northern Salt Council"));
}

#[test]
fn every_embedded_row_is_read_and_names_a_known_side() {
    let world = Knowledge::embedded();
    let lines = |table: &str| table.lines().count() - 1;
    assert_eq!(world.states.len(), lines(include_str!("../../../../knowledge/states.tsv")));
    assert_eq!(world.holders.len(), lines(include_str!("../../../../knowledge/holders.tsv")));
    assert_eq!(world.bodies.len(), lines(include_str!("../../../../knowledge/bodies.tsv")));
    for holder in &world.holders {
        assert!(world.name_of_side(&holder.side).is_some(), "{} of {}", holder.name, holder.side);
        assert!(holder.to.is_empty() || holder.from <= holder.to, "{} ends before it starts", holder.name);
    }
    for body in &world.bodies {
        assert!(body.state.is_empty() || world.state_by_code.contains_key(&body.state), "{}", body.name);
    }
}

#[test]
fn added_rows_extend_and_win_over_known_states() {
    let rows = "state\tRU\t\t\tNorthland of the East\t\t\t\t\tinvented\t2026\nstate\tNORR\t\tNorrland\t\t\tMoscow\t\t\tinvented\t2026\n";
    let knowledge = Knowledge::embedded().with_added(rows).expect("the rows are right");
    assert_eq!(hit(&knowledge, "Northland of the East").map(|h| h.0), Some("Russia".into()));
    assert_eq!(hit(&knowledge, "Moscow").map(|h| h.0), Some("Norrland".into()));
    assert_eq!(hit(Knowledge::embedded(), "Moscow").map(|h| h.0), Some("Russia".into()));
}

#[test]
fn wrong_rows_are_refused_with_line_and_reason() {
    for (rows, line, reason) in [
        ("\n# fine\nplanet\tMars", 3, "\"planet\""),
        ("body\tSalt Council", 1, "1 fields after \"body\", expected 6"),
        ("state\tNORR\t\t\t\t\t\t\t\t\t", 1, "\"name\" is empty"),
        ("holder\tIlse Maren\t\t\t\tprime minister\t\t\t\t\t", 1, "\"side\" is empty"),
        ("holder\tIlse Maren\t\t\tNORR\tprime minister\tMay 2020\t\t\t\t", 1, "\"May 2020\""),
    ] {
        let error = Knowledge::empty().with_added(rows).expect_err(rows);
        assert_eq!(error.line, line, "{error}");
        assert!(error.to_string().contains(reason), "{error}");
    }
}
