//! Comparisons of small invented accounts: what each side tells, how it is linked, and what holds for any text.

use std::sync::LazyLock;

use proptest::prelude::*;
use saywho::comparison::{Claim, Comparison, IssueRelation, Options, Readable, Relation, Someone, Topics};
use saywho::reading::{Act, Medium, Polarity};
use saywho::{Document, Point, Reader};
use saywho_report as report;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new().expect("the embedded weights"));

const NORRLAND: &str = "Foreign Minister Ilse Maren of Norrland spoke by telephone today with the Foreign Minister of Sudovia, \
    Teo Vasca, who had asked for the call. Minister Maren demanded that the fishing ban in the Strait of Hale be lifted by May \
    and warned of consequences for the joint port if the naval drills go on. The two ministers agreed to exchange lists of the \
    detained sailors. The ministers discussed the railway bridge at Brel, a new ferry timetable, as well as preparations for \
    the autumn summit.";
const SUDOVIA: &str = "On 2 April 2031, the Foreign Minister of the Republic of Sudovia, Teo Vasca, had a telephone \
    conversation with his Norrland counterpart, Ilse Maren. The conversation took place at the initiative of the Norrland side. \
    Teo Vasca explained why the ban on fishing in the Strait of Hale stays in force for now. He emphasised that no fleet has a \
    right to empty the sea. It was agreed that lists of the detained sailors would be exchanged this week. The ministers \
    exchanged greetings on the anniversary of the treaty. The conversation took place in a frank and businesslike atmosphere.";

fn compare(accounts: &[(&str, &str)], options: &Options) -> Comparison {
    let documents: Vec<_> = accounts.iter().map(|(id, text)| Document::from_text(*id, *text)).collect();
    let mut worker = READER.worker();
    let analyses: Vec<_> = documents.iter().map(|document| worker.analyse(document)).collect();
    READER.compare(&analyses, options)
}

fn both() -> Comparison {
    compare(&[("norrland", NORRLAND), ("sudovia", SUDOVIA)], &Options::default())
}

/// The claim that holds these words.
fn claim<'c>(comparison: &'c Comparison, words: &str) -> &'c Claim {
    let holds = |c: &&Claim| comparison.words(c).contains(words);
    let told = || comparison.claims.iter().map(|c| comparison.words(c)).collect::<Vec<_>>();
    comparison.claims.iter().find(holds).unwrap_or_else(|| panic!("no claim holds {words:?}: {:#?}", told()))
}

fn linked(comparison: &Comparison, a: &str, b: &str) -> Option<Relation> {
    let (a, b) = (&claim(comparison, a).id, &claim(comparison, b).id);
    comparison.links.iter().find(|l| (&l.a, &l.b) == (a, b) || (&l.a, &l.b) == (b, a)).map(|l| l.relation)
}

#[test]
fn coordinated_verbs_are_claims_of_their_own() {
    let comparison = both();
    let (demand, threat) = (claim(&comparison, "be lifted by May"), claim(&comparison, "warned of consequences"));
    assert_ne!(demand.id, threat.id);
    assert_eq!((demand.act, demand.speaker.as_ref().map(Someone::name)), (Act::Demand, Some("Ilse Maren")));
    assert_eq!((threat.act, threat.speaker.as_ref().map(Someone::name)), (Act::Warn, Some("Ilse Maren")));
}

#[test]
fn a_list_of_topics_is_one_claim_each_and_told_of_both() {
    let comparison = both();
    for words in ["railway bridge", "ferry timetable", "preparations for the autumn summit"] {
        let topic = claim(&comparison, words);
        assert_eq!((topic.act, topic.speaker.as_ref().map(Someone::name)), (Act::Discuss, Some("both")), "{words}");
    }
    assert_ne!(claim(&comparison, "railway bridge").id, claim(&comparison, "ferry timetable").id);
}

#[test]
fn passives_without_an_agent_are_told_of_both() {
    let comparison = both();
    let agreed = claim(&comparison, "It was agreed");
    assert_eq!((agreed.act, agreed.speaker.as_ref().map(Someone::name)), (Act::Agree, Some("both")));
}

#[test]
fn courtesies_and_the_scene_are_no_claims() {
    let comparison = both();
    let told: Vec<&str> = comparison.claims.iter().map(|c| comparison.words(c)).collect();
    assert!(!told.iter().any(|w| w.contains("greetings") || w.contains("Norrland counterpart")), "{told:#?}");
}

#[test]
fn what_one_account_affirms_and_the_other_negates_contradicts() {
    let said = "Foreign Minister Ilse Maren of Norrland spoke by telephone today with the Foreign Minister of Sudovia, Teo \
        Vasca. Minister Vasca said that the crossing at Anholt would reopen to trucks in May.";
    let told = "Foreign Minister Teo Vasca of Sudovia spoke by telephone with the Foreign Minister of Norrland, Ilse Maren. \
        Minister Vasca said that the crossing at Anholt would SO reopen to trucks in May.";
    let relation = |word: &str| {
        let told = told.replace("SO ", word);
        let comparison = compare(&[("norrland", said), ("sudovia", &told)], &Options::default());
        comparison.links.iter().map(|l| l.relation).collect::<Vec<_>>()
    };
    assert_eq!(relation("not "), [Relation::Contradict]);
    assert_eq!(relation(""), [Relation::Same]);
}

const CALL: &str =
    "Foreign Minister Ilse Maren of Norrland spoke by telephone with Foreign Minister Teo Vasca of Sudovia. ";

/// Norrland's account against Sudovia's of one call.
fn call(norrland: &str, sudovia: &str) -> Comparison {
    let (norrland, sudovia) = (format!("{CALL}{norrland}"), format!("{CALL}{sudovia}"));
    compare(&[("norrland", &norrland), ("sudovia", &sudovia)], &Options::default())
}

#[test]
fn what_was_agreed_and_what_was_not_contradicts() {
    for told in [
        "No date for a meeting in May was agreed.",
        "Nothing was agreed on a meeting in May.",
        "Neither side agreed to meet in May.",
        "The two sides failed to agree to meet in May.",
        "The two sides did not agree to meet in May.",
        "The ministers could not agree on a meeting in May.",
        "After an hour, no meeting in May was agreed.",
    ] {
        let comparison = call("The two sides agreed to meet in May.", told);
        let relations: Vec<Relation> = comparison.links.iter().map(|l| l.relation).collect();
        assert_eq!(relations, [Relation::Contradict], "{told}");
    }
    for told in ["The two sides agreed on a meeting in May.", "It was agreed to meet in May."] {
        let comparison = call("The two sides agreed to meet in May.", told);
        assert!(comparison.links.iter().all(|l| l.relation != Relation::Contradict), "{told}");
    }
}

#[test]
fn who_accuses_speaks_and_not_who_is_accused() {
    let comparison = call(
        "Maren accused Sudovia of breaking the treaty. Maren blamed Vasca for the lost nets.",
        "Vasca said the treaty stands.",
    );
    for words in ["of breaking the treaty", "for the lost nets"] {
        assert_eq!(claim(&comparison, words).speaker.as_ref().map(Someone::name), Some("Ilse Maren"), "{words}");
    }
}

#[test]
fn refusing_to_say_and_refusing_to_do() {
    let comparison = call(
        "Minister Maren refused to lift the ban on herring. Minister Vasca declined to discuss the detained sailors.",
        "Minister Vasca did not deny that the harbour was closed to fleets. Minister Maren could not accept the new quota.",
    );
    let told = |words: &str| (claim(&comparison, words).act, claim(&comparison, words).polarity);
    assert_eq!(told("to lift the ban"), (Act::Agree, Polarity::Negated));
    assert_eq!(told("the detained sailors"), (Act::Say, Polarity::Negated));
    assert_eq!(told("the harbour was closed"), (Act::Deny, Polarity::Affirmed));
    assert_eq!(told("the new quota"), (Act::Agree, Polarity::Negated));
}

#[test]
fn a_claim_shows_the_verb_of_the_account() {
    let comparison = call(
        "Minister Maren refused to lift the ban on herring.",
        "Minister Vasca thanked Norrland for its help at sea.",
    );
    let shown = report::comparison_text(&comparison, &report::TextOptions { colour: false, width: 200 });
    assert!(shown.contains("Maren refused “to lift the ban on herring”"), "{shown}");
    assert!(shown.contains("Vasca thanked “Norrland for its help at sea”"), "{shown}");
}

#[test]
fn an_account_of_which_nothing_could_be_read_is_not_silent() {
    let comparison = call("Minister Maren demanded that the fishing ban be lifted by May.", "");
    assert_eq!(comparison.documents.iter().map(|d| d.claims).collect::<Vec<_>>(), [Readable::Found, Readable::None]);
    assert!(comparison.issues.iter().all(|row| row.relation == IssueRelation::NotCompared), "{:?}", comparison.issues);
    assert!(report::comparison_json(&comparison).contains("\"claims\": \"none readable\""));
    for shown in [
        report::comparison_text(&comparison, &report::TextOptions { colour: false, width: 200 }),
        report::comparison_html(&comparison),
        report::comparison_markdown(&comparison),
    ] {
        assert!(shown.contains("Nothing could be read in this account: sudovia"), "{shown}");
        assert!(shown.contains("nothing could be read in this account"), "{shown}");
        assert!(!shown.contains("only Norrland"), "{shown}");
    }
}

#[test]
fn what_makes_a_comparison_say_less_is_said() {
    let of = |accounts: &[(&str, &str)]| compare(accounts, &Options::default()).cautions;
    let norrland = format!("{CALL}Minister Maren demanded that the fishing ban be lifted by May.");
    let sudovia = format!("{CALL}Minister Vasca explained why the fishing ban stays in force.");
    let other = "President Olga Brandt of Estmark spoke by telephone with President Piet Koll of Aland. President Brandt \
        stressed that the canal stays open.";
    assert_eq!(of(&[("norrland", &norrland), ("sudovia", &sudovia)]), Vec::<String>::new());
    let one_side = of(&[("a.norrland", &norrland), ("b.norrland", &norrland)]);
    assert!(one_side.len() == 1 && one_side[0].contains("--side"), "{one_side:?}");
    let three = of(&[("norrland", &norrland), ("sudovia", &sudovia), ("canal", other)]);
    assert!(three.iter().any(|c| c.starts_with("canal seems to tell of another conversation")), "{three:?}");
    assert!(!three.iter().any(|c| c.contains("could be read")), "{three:?}");
    let none =
        of(&[("quay", "The harbour of Brel has forty berths."), ("gulls", "Gulls nest on its old pier in summer.")]);
    assert!(none[0].starts_with("No conversation found in these documents"), "{none:?}");
    let days = of(&[
        ("norrland", &norrland.replace("by telephone", "by telephone on 2 April 2031")),
        ("sudovia", &sudovia.replace("by telephone", "by telephone on 9 June 2031")),
    ]);
    assert!(days.len() == 1 && days[0].contains("2 April 2031 in norrland and 9 June 2031 in sudovia"), "{days:?}");
}

#[test]
fn how_the_talks_were_is_their_tone() {
    let comparison = compare(
        &[
            ("norrland", NORRLAND),
            (
                "sudovia",
                "Teo Vasca of Sudovia had a telephone conversation with Ilse Maren of Norrland. The conversation was frank.",
            ),
        ],
        &Options::default(),
    );
    assert_eq!(comparison.conversation.tone.iter().map(|t| t.words.as_str()).collect::<Vec<_>>(), ["frank"]);
}

#[test]
fn a_headline_and_a_line_with_the_day_are_no_claims() {
    let norrland = "Readout of Foreign Minister Maren’s Call with Sudovian Foreign Minister Vasca\nMarch 4, 2033\n\nForeign Minister Ilse Maren spoke with \
        Sudovian Foreign Minister Teo Vasca today. The Minister called for the release of the detained sailors.";
    let sudovia = "Press release on Foreign Minister Teo Vasca’s telephone conversation with Foreign Minister of Norrland Ilse Maren\n\nOn March 4, Foreign \
        Minister Teo Vasca had a telephone conversation with Foreign Minister of Norrland Ilse Maren. Teo Vasca stressed that the ban stays.";
    let comparison = compare(&[("norrland", norrland), ("sudovia", sudovia)], &Options::default());
    let told: Vec<&str> = comparison.claims.iter().map(|c| comparison.words(c)).collect();
    assert_eq!(
        told,
        ["The Minister called for the release of the detained sailors", "Teo Vasca stressed that the ban stays"]
    );
    assert_eq!(comparison.conversation.date.as_deref(), Some("2033-03-04"));
}

#[test]
fn what_the_other_asked_of_a_party_is_told_in_its_own_mouth() {
    let transcript = "MODERATOR: The minister will make a statement.\n\nMINISTER VASCA: I spoke with my Norrland counterpart, Ilse Maren, this morning. I told her \
        that our fleet will stay. She asked me to release the crew of the trawler.\n\nQUESTION: Will you go to Brel?\n\nMINISTER VASCA: I have not decided.";
    let readout = "Foreign Minister Ilse Maren of Norrland spoke by phone with Foreign Minister Teo Vasca of Sudovia. Minister Maren demanded the release of the \
        crew of the trawler.";
    let comparison = compare(&[("sudovia", transcript), ("norrland", readout)], &Options::default());
    assert_eq!(claim(&comparison, "asked me to release").speaker.as_ref().map(Someone::name), Some("Ilse Maren"));
    assert_eq!(claim(&comparison, "our fleet will stay").speaker.as_ref().map(Someone::name), Some("Teo Vasca"));
    assert!(linked(&comparison, "asked me to release", "demanded the release").is_some());
}

#[test]
fn labels_name_subjects() {
    let comparison = compare(
        &[
            (
                "norrland",
                "Ilse Maren of Norrland and Teo Vasca of Sudovia spoke by telephone today. Minister Maren stressed the importance of her country's commitment to territorial integrity and sovereignty.",
            ),
            (
                "sudovia",
                "Teo Vasca of Sudovia spoke by telephone with Ilse Maren of Norrland. An exchange of views was held on issues of bilateral relations that are in dire need of repair.",
            ),
        ],
        &Options::default(),
    );
    let labels: Vec<&str> = comparison.issues.iter().map(|i| i.issue.as_str()).collect();
    assert_eq!(labels, ["territorial integrity and sovereignty", "bilateral relations"]);
}

#[test]
fn who_did_what_does_not_flip() {
    let comparison = both();
    assert_eq!(claim(&comparison, "stays in force").speaker.as_ref().map(Someone::name), Some("Teo Vasca"));
    assert_eq!(claim(&comparison, "empty the sea").speaker.as_ref().map(Someone::name), Some("Teo Vasca"));
}

#[test]
fn the_same_agreement_is_linked_as_the_same_and_other_words_on_one_subject_as_differing() {
    let comparison = both();
    assert_eq!(linked(&comparison, "agreed to exchange lists", "It was agreed"), Some(Relation::Same));
    assert_eq!(linked(&comparison, "be lifted by May", "stays in force"), Some(Relation::Differ));
}

#[test]
fn accounts_that_name_another_initiator_contradict_each_other() {
    let comparison = both();
    assert_eq!(linked(&comparison, "who had asked", "at the initiative"), Some(Relation::Contradict));
    let row = comparison
        .issues
        .iter()
        .find(|r| r.relation == IssueRelation::Between(Relation::Contradict))
        .expect("a contradiction");
    assert_eq!(row.claims.len(), 2);
    let told: Vec<(&str, &[usize])> =
        comparison.conversation.initiator_disputed.iter().map(|i| (i.side.as_str(), &i.according_to[..])).collect();
    assert_eq!(told, [("Sudovia", &[0][..]), ("Norrland", &[1][..])]);
}

#[test]
fn what_one_side_tells_alone_is_told_so() {
    let comparison = both();
    let bridge = claim(&comparison, "railway bridge");
    let row = comparison.issues.iter().find(|r| r.claims.contains(&bridge.id)).expect("a row");
    assert_eq!(row.relation, IssueRelation::Only("Norrland".into()));
    let page = report::comparison_text(&comparison, &report::TextOptions::default());
    assert!(page.contains("not in the documents"), "{page}");
}

#[test]
fn the_conversation_is_put_together_from_both_accounts() {
    let told = both().conversation;
    let names: Vec<(&str, Option<&str>)> =
        told.participants.iter().map(|p| (p.name.as_str(), p.side.as_deref())).collect();
    assert!(
        names.contains(&("Ilse Maren", Some("Norrland"))) && names.contains(&("Teo Vasca", Some("Sudovia"))),
        "{names:?}"
    );
    assert_eq!((told.medium, told.date.as_deref()), (Medium::Telephone, Some("2031-04-02")));
    assert_eq!(told.tone[0].words, "frank and businesslike");
    assert_eq!(told.tone[0].convention[0].reading, "open disagreement");
}

#[test]
fn three_who_talked_with_each_other_are_three_sides() {
    let norrland = "The Foreign Minister of Norrland, Ilse Maren, spoke by telephone today with the Foreign Minister of Sudovia, Teo Vasca, \
        and the Foreign Minister of Westmark, Jon Tarn. She demanded that the fishing ban in the Strait of Hale be lifted by May. \
        They agreed to exchange lists of the detained sailors.";
    let sudovia = "On 2 April 2031, the Foreign Minister of Sudovia, Teo Vasca, held a telephone conversation with Ilse Maren of \
        Norrland and Jon Tarn of Westmark. Teo Vasca explained why the ban on fishing in the Strait of Hale stays in force.";
    let westmark = "Foreign Minister Jon Tarn of Westmark held a call with Ilse Maren of Norrland and Teo Vasca of Sudovia on 2 April \
        2031. Minister Tarn proposed that observers watch the fishing in the Strait of Hale. The three ministers agreed to exchange \
        lists of the detained sailors.";
    let comparison =
        compare(&[("norrland", norrland), ("sudovia", sudovia), ("westmark", westmark)], &Options::default());
    let sides: Vec<_> = comparison.documents.iter().map(|a| a.side.as_deref()).collect();
    assert_eq!(sides, [Some("Norrland"), Some("Sudovia"), Some("Westmark")]);
    let mut names: Vec<_> = comparison.conversation.participants.iter().map(|p| p.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Ilse Maren", "Jon Tarn", "Teo Vasca"]);
    assert_eq!(claim(&comparison, "observers watch").speaker.as_ref().map(Someone::name), Some("Jon Tarn"));
    assert_eq!(claim(&comparison, "lists of the detained sailors").speaker.as_ref().map(Someone::name), Some("all"));
}

#[test]
fn who_was_spoken_to_separately_did_not_talk_together() {
    let norrland = "Foreign Minister Ilse Maren of Norrland spoke separately by telephone today with Foreign Minister Teo Vasca of \
        Sudovia and Foreign Minister Jon Tarn of Westmark.";
    let sudovia = "Foreign Minister Teo Vasca of Sudovia held a telephone conversation with Ilse Maren of Norrland, who spoke \
        separately with Teo Vasca and Jon Tarn of Westmark.";
    let comparison = compare(&[("norrland", norrland), ("sudovia", sudovia)], &Options::default());
    assert_eq!(comparison.conversation.participants.len(), 2);
}

#[test]
fn sides_given_by_the_user_go_before_those_found() {
    let options = Options { sides: vec![Some("North".into()), None], ..Options::default() };
    let comparison = compare(&[("a", NORRLAND), ("b", SUDOVIA)], &options);
    assert_eq!(comparison.documents[0].side.as_deref(), Some("North"));
    assert_eq!(comparison.documents[1].side.as_deref(), Some("Sudovia"));
}

#[test]
fn a_topic_list_names_the_issues() {
    let topics = Topics::parse("prisoners: sailor, detained\n").expect("topics");
    let comparison =
        compare(&[("norrland", NORRLAND), ("sudovia", SUDOVIA)], &Options { topics, ..Options::default() });
    assert_eq!(claim(&comparison, "agreed to exchange lists").issue, "prisoners");
    assert_eq!(claim(&comparison, "It was agreed").issue, "prisoners");
}

/// A press conference of one who talked, beside the other's release.
const PRESS: &str = "Foreign Minister Teo Vasca, press conference, 3 April 2031\n\n\
    MINISTER VASCA: Good morning. The new harbour is open, and I would like you all to see it.\n\n\
    QUESTION: You had Minister Maren on the line yesterday.\n\n\
    MINISTER VASCA: I did. I told her that the drills will end in June. She asked me for a list of the sailors. \
    I said that she could have it this week. We agreed that the two ferries will sail again.\n\n\
    QUESTION: And the dockers?\n\n\
    MINISTER VASCA: They told me that they will strike. The mills have asked me for coal.";

#[test]
fn what_a_party_tells_the_press_of_the_conversation_is_its_account() {
    let comparison = compare(&[("norrland", NORRLAND), ("sudovia", PRESS)], &Options::default());
    let who = |words: &str| claim(&comparison, words).speaker.clone().map_or(String::new(), String::from);
    assert_eq!(who("drills will end in June"), "Teo Vasca");
    assert_eq!(who("a list of the sailors"), "Ilse Maren");
    assert_eq!(who("she could have it this week"), "Teo Vasca");
    assert_eq!(who("two ferries"), "both");
    let told: Vec<&str> = comparison.claims.iter().map(|c| comparison.words(c)).collect();
    assert!(!told.iter().any(|w| w.contains("strike") || w.contains("coal") || w.contains("harbour")), "{told:#?}");
}

#[test]
fn a_title_without_a_state_is_the_writer_s_own() {
    let own = "President Ilse Maren spoke today with President Teo Vasca of Sudovia. The President stressed that the strait \
        must stay open. She warned that the port will close.";
    let comparison = compare(&[("release", own), ("sudovia", SUDOVIA)], &Options::default());
    assert_eq!(claim(&comparison, "must stay open").speaker.as_ref().map(Someone::name), Some("Ilse Maren"));
    assert_eq!(claim(&comparison, "port will close").speaker.as_ref().map(Someone::name), Some("Ilse Maren"));
}

#[test]
fn a_transcript_counts_only_where_it_tells_of_the_conversation() {
    let briefing = "Port of Brel\n\nMINISTER MAREN: Good morning. The harbour was finished last year.\n\n\
        This morning I spoke with the Sudovian foreign minister, Teo Vasca. I pressed him to lift the fishing ban. \
        The weather has been kind to the fleet.\n\nQUESTION: Did he threaten you with the drills?\n\n\
        MINISTER MAREN: I told Foreign Minister Vasca that the drills must end.\n\nQUESTION: Thank you.\n";
    let comparison = compare(&[("norrland", briefing), ("sudovia", SUDOVIA)], &Options::default());
    let told: Vec<&str> = comparison.claims.iter().filter(|c| c.document == 0).map(|c| comparison.words(c)).collect();
    assert!(told.iter().any(|w| w.contains("I pressed him to lift the fishing ban")), "{told:?}");
    assert!(told.iter().any(|w| w.contains("the drills must end")), "{told:?}");
    assert!(!told.iter().any(|w| w.contains("harbour") || w.contains("weather") || w.contains("threaten")), "{told:?}");
}

#[test]
fn one_report_is_compared_by_the_sides_within_it() {
    let report = "Norrland Foreign Minister Ilse Maren said on Tuesday that she had held a telephone conversation with her \
        Sudovian counterpart Teo Vasca. “I asked Sudovia to lift the fishing ban by May,” Maren said. The Sudovian Foreign \
        Ministry said in a statement that the fishing ban stays in force. The ministry also said that the detained sailors are \
        in good health.";
    let comparison = compare(&[("report", report)], &Options::default());
    let sides: Vec<&str> = comparison.claims.iter().filter_map(|c| c.side.as_deref()).collect();
    assert!(sides.contains(&"Norrland") && sides.contains(&"Sudovia"), "{sides:?}");
    let sailors = claim(&comparison, "good health");
    let row = comparison.issues.iter().find(|r| r.claims.contains(&sailors.id)).expect("a row");
    assert_eq!(row.relation, IssueRelation::Only("Sudovia".into()));
}

#[test]
fn what_a_report_says_the_call_was_about_counts_topic_by_topic() {
    let report = "Norrland Foreign Minister Ilse Maren said on Tuesday that she had held a telephone conversation with her \
        Sudovian counterpart Teo Vasca, during which the issues of the exchange of prisoners, the export of herring and the \
        naval drills were raised.\n\n“Regarding the possible exchange of imprisoned citizens, the Sudovian side has urged \
        to return to quiet work,” the Sudovian Foreign Ministry said.";
    let comparison = compare(&[("report", report)], &Options::default());
    let prisoners = claim(&comparison, "the exchange of prisoners");
    assert_eq!((comparison.words(prisoners), prisoners.act), ("the exchange of prisoners", Act::Discuss));
    assert_eq!(claim(&comparison, "quiet work").issue, prisoners.issue, "{:#?}", comparison.issues);
    assert_ne!(claim(&comparison, "the export of herring").issue, prisoners.issue);
}

#[test]
fn the_same_quotation_is_shown_once_with_its_carriers() {
    let one = "Ilse Maren of Norrland spoke with Foreign Minister Teo Vasca of Sudovia. She said that “no harbour was ever opened by threats”.";
    let other = "Foreign Minister Teo Vasca of Sudovia spoke with Foreign Minister Ilse Maren of Norrland. She repeated that “No harbour was ever opened by threats.”";
    let comparison = compare(&[("norrland", one), ("sudovia", other)], &Options::default());
    assert_eq!(comparison.quotations.len(), 1);
    assert_eq!(comparison.quotations[0].carriers.iter().map(|c| c.document).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn markup_in_a_text_stays_text_on_the_page() {
    let evil = "Foreign Minister Ilse Maren of Norrland spoke with Foreign Minister Teo Vasca of Sudovia. Maren stressed that <script>alert(1)</script> & “more” must end.";
    let comparison = compare(&[("norrland", evil), ("sudovia", SUDOVIA)], &Options::default());
    let page = report::comparison_html(&comparison);
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert"));
    assert!(report::comparison_markdown(&comparison).contains("&lt;script>"));
}

#[test]
fn no_documents_are_no_comparison_and_no_panic() {
    let comparison = READER.compare(&[], &Options::default());
    assert!(comparison.claims.is_empty() && comparison.documents.is_empty());
    assert!(!report::comparison_text(&comparison, &report::TextOptions::default()).is_empty());
}

/// Whatever the texts, what a comparison says of itself holds.
fn check(comparison: &Comparison) {
    for claim in &comparison.claims {
        let text = &comparison.documents[claim.document].text;
        let words = text.get(claim.start..claim.end).expect("on letters of the text");
        assert!(!words.trim().is_empty());
        if let Some(cue) = claim.cue {
            // Of a single report the cue may stand beside what is quoted.
            let alone = comparison.documents.len() == 1;
            assert!(alone || (claim.start <= cue.start && cue.end <= claim.end), "{claim:?}");
        }
        assert_eq!(comparison.issues.iter().filter(|r| r.claims.contains(&claim.id)).count(), 1);
    }
    for link in &comparison.links {
        let (a, b) = (comparison.claim(&link.a).expect("a claim"), comparison.claim(&link.b).expect("a claim"));
        assert!(a.side != b.side || a.document != b.document, "{link:?}");
        assert!((0.0..=1.0).contains(&link.confidence));
    }
    let points = comparison.to_code_points();
    for (bytes, points) in comparison.claims.iter().zip(&points.claims) {
        let text = &comparison.documents[bytes.document].text;
        let (Point(start), Point(end)) = (points.start, points.end);
        let chars: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(chars, comparison.words(bytes));
    }
    let json = report::comparison_json(comparison);
    let back: Comparison<Point> = serde_json::from_str(&json).expect("the contract");
    assert_eq!(back, points);
    report::comparison_html(comparison);
    report::comparison_markdown(comparison);
    report::comparison_csv(comparison);
    report::comparison_text(comparison, &report::TextOptions { colour: true, width: 20 });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_of_sentences_holds_together(
        first in proptest::collection::vec(0usize..16, 0..12),
        second in proptest::collection::vec(0usize..16, 0..12),
    ) {
        const PARTS: [&str; 16] = [
            "Foreign Minister Ilse Maren of Norrland spoke with Foreign Minister Teo Vasca of Sudovia.",
            "She", "and called for", "an end to the ban", ", noting that", "“We agree,”", "—", "\n\nQ   Why?\n\n",
            "MINISTER MAREN: I told him", "who had asked for the call", "It was agreed that", "né Öst 🙂", ";", "and",
            "both sides", "discussed the port, the quota and the drills.",
        ];
        let text = |parts: &[usize]| parts.iter().map(|&i| PARTS[i]).collect::<Vec<_>>().join(" ");
        check(&compare(&[("norrland", &text(&first)), ("sudovia", &text(&second))], &Options::default()));
        check(&compare(&[("one", &text(&first))], &Options::default()));
    }

    #[test]
    fn any_text_can_be_compared(first in "\\PC{0,200}", second in "\\PC{0,200}") {
        check(&compare(&[("a", &first), ("b", &second)], &Options::default()));
    }
}
