//! The API over real HTTP on a loopback port.

mod common;

use std::thread;

use common::{Served, small};
use saywho_server::{Config, OPENAPI};
use serde_json::{Value, json};

#[test]
fn a_text_is_read_and_nothing_is_kept() {
    let server = Served::usual();
    let answer = server.post("/v1/read", "text/plain", "“We agree to lift the ban,” Ilse Maren said.");
    let reading = answer.json(200);
    assert_eq!(reading["schema"], "saywho/1");
    assert_eq!(reading["entities"][0]["name"], "Ilse Maren");
    assert_eq!(server.get("/health").json(200)["documents"], 0);
    assert!(answer.header("content-security-policy").is_some_and(|policy| policy.contains("default-src 'none'")));
}

#[test]
fn what_a_request_tells_of_a_document_is_kept() {
    let server = Served::usual();
    let told = |published: &str| {
        json!({"text": "Ilse Maren said no on Friday.", "authors": ["Ada Lind and Bo Tarn"], "publisher": "Harbour Post",
               "published": published})
        .to_string()
    };
    let reading = server.post("/v1/read", "application/json", &told("Sat, 5 Apr 2031")).json(200);
    let document = &reading["document"];
    assert_eq!((&document["authors"], &document["published"]), (&json!(["Ada Lind", "Bo Tarn"]), &json!("2031-04-05")));
    assert_eq!(document["dates"][0]["date"], "2031-04-04");
    let refused = server.post("/v1/read", "application/json", &told("04/05/2031")).json(400);
    let detail = refused["detail"].as_str().unwrap_or_default();
    assert!(detail.contains("published") && detail.contains("write 2031-04-05 or 2031-05-04"), "{detail}");

    let field =
        |name: &str, value: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let file =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nIlse Maren said no.\r\n";
    let form = |published: &str| {
        let fields = field("author", "Ada Lind") + &field("author", "Jon Berg") + &field("published", published);
        server.post("/v1/read", "multipart/form-data; boundary=x", &format!("{file}{fields}--x--\r\n"))
    };
    let document = form("April 5, 2031").json(200)["document"].clone();
    assert_eq!(
        (&document["authors"], &document["published"]),
        (&json!(["Ada Lind", "Jon Berg"]), &json!("2031-04-05"))
    );
    assert_eq!(form("soon").status, 400);
}

#[test]
fn accounts_are_compared() {
    let server = Served::usual();
    let body = json!({"documents": [
        {"text": common::example("accounts/call-2031-04-02.norrland.txt"), "name": "a", "side": "North"},
        {"text": common::example("accounts/call-2031-04-02.sudovia.txt"), "name": "b"},
    ], "topics": "the sea: fishing, fleet"});
    let compared = server.post("/v1/compare", "application/json", &body.to_string()).json(200);
    assert_eq!((&compared["schema"], &compared["documents"][0]["side"]), (&json!("saywho/compare/1"), &json!("North")));
    let page = server.post("/v1/compare?format=html", "application/json", &body.to_string());
    assert!(page.status == 200 && page.body.starts_with("<!DOCTYPE html>"), "{}", page.body);
}

#[test]
fn articles_are_checked_against_sources_that_are_sent_and_kept() {
    let server = Served::usual();
    let article = "“We will lift the ban,” Ilse Maren said on Monday.";
    let release = "“We will not lift the ban,” Ilse Maren told parliament.";
    let kept = server.add("release", release);
    let check = |body: Value, format: &str| {
        server.post(&format!("/v1/check?format={format}"), "application/json", &body.to_string())
    };
    let body = json!({"documents": [{"text": article, "name": "article"}],
                      "against": [{"text": "The sea is calm.", "name": "report"}, {"document": kept}]});
    let checked = check(body.clone(), "json").json(200);
    assert_eq!((&checked["schema"], &checked["documents"][2]["text"]), (&json!("saywho/check/1"), &json!(release)));
    let passage = &checked["passages"][0];
    assert_eq!((&passage["verdict"], &passage["meaning"]), (&json!("altered"), &json!(true)));
    assert_eq!(passage["matches"][0]["document"], 2);
    for (format, begins) in [
        ("html", "<!DOCTYPE html>"),
        ("csv", "article,id,group"),
        ("text", "1 passage: 1 altered"),
        ("annotations", "{"),
    ] {
        let answer = check(body.clone(), format);
        assert!(answer.status == 200 && answer.body.starts_with(begins), "{format}: {}", answer.body);
    }
    // What a person decided of the kept source counts: somebody else says it.
    let split = json!({"kind": "split", "document": kept, "entity": "e1", "name": "Teo Vasca", "attributions": ["a1"]});
    server.post("/v1/corrections", "application/json", &split.to_string()).json(201);
    assert_eq!(check(body, "json").json(200)["passages"][0]["verdict"], "misattributed");

    let part = |field: &str, text: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{field}.txt\"\r\n\r\n{text}\r\n")
    };
    let form = |parts: &[String]| {
        server.post("/v1/check", "multipart/form-data; boundary=x", &format!("{}--x--\r\n", parts.concat()))
    };
    let checked = form(&[part("against", release), part("file", article)]).json(200);
    assert_eq!(
        (&checked["documents"][0]["text"], &checked["passages"][0]["verdict"]),
        (&json!(article), &json!("altered"))
    );
    assert_eq!(form(&[part("file", article)]).status, 400, "without a source");
    assert_eq!(check(json!({"documents": [{"text": article}], "against": [{"document": 99}]}), "json").status, 404);
    let many = vec![json!({"text": "The sea is calm."}); 17];
    assert_eq!(check(json!({"documents": many, "against": [{"document": kept}]}), "json").status, 400);
    let read = json!({"documents": [{"text": article}], "against": [{"document": kept}]}).to_string();
    assert_eq!(server.post("/v1/read", "application/json", &read).status, 400, "only checks have sources");
}

#[test]
fn a_speaker_is_corrected_found_by_search_and_restored() {
    let server = Served::usual();
    let document = server.add("a", "“We agree to lift the ban,” Ilse Maren said.");
    let body = json!({"kind": "split", "document": document, "entity": "e1", "name": "Jon Maren", "attributions": ["a1"], "who": "Ada"});
    let kept = server.post("/v1/corrections", "application/json", &body.to_string()).json(201);
    let found = |name: &str| server.get(&format!("/v1/attributions?q=ban&speaker={name}")).json(200)["total"].clone();
    assert_eq!((found("jon"), found("ilse")), (json!(1), json!(0)));
    server.post(&format!("/v1/documents/{document}/read"), "application/json", "").json(200);
    let shown = server.get(&format!("/v1/documents/{document}")).json(200);
    assert_eq!(shown["reading"]["attributions"][0]["corrected"], json!([kept["id"]]));
    assert_eq!(found("jon"), 1);
    let undone = server.send("DELETE", &format!("/v1/corrections/{}?who=Bo", kept["id"]), &[], "").json(200);
    assert_eq!((&undone["undone"]["who"], found("jon")), (&json!("Bo"), json!(0)));
    assert_eq!(server.get("/v1/corrections").json(200)["items"][0]["who"], "Ada");
}

#[test]
fn a_date_that_is_none_is_refused_by_its_name() {
    let server = Served::usual();
    let told = |published: &str| {
        let body = json!({"text": small(1), "published": published}).to_string();
        server.post("/v1/documents", "application/json", &body)
    };
    let refused = told("2031-02-30").json(400);
    let detail = refused["detail"].as_str().expect("a detail");
    assert!(detail.contains("published") && detail.contains("“2031-02-30”"), "{detail}");
    assert_eq!(told("2031-04-02").json(200)["documents"][0]["state"], "added");
}

#[test]
fn a_false_attribution_is_rejected_and_a_missing_one_added() {
    let server = Served::usual();
    let text = "“The ban ends in May,” Ilse Maren said.\n\nOn the wall of Sudovia stood no ships.";
    let document = server.add("a", text);
    let correct = |body: Value| server.post("/v1/corrections", "application/json", &body.to_string());
    let start = text[..text.find("no ships").expect("there")].chars().count();
    let kept = correct(json!({"kind": "add", "document": document, "content": [{"start": start, "end": start + 8}],
        "source": [{"start": start - 26, "end": start - 7}], "name": "Teo Vasca", "act": "deny", "polarity": "negated"}));
    let kept = kept.json(201);
    let found = server.get("/v1/attributions?speaker=vasca").json(200);
    let hit = &found["items"][0];
    assert_eq!((&hit["content"], &hit["act"]), (&json!("no ships"), &json!("deny")));
    let chain = hit["chain"].as_array().expect("a chain");
    assert_eq!(chain.last().map(|link| &link["name"]), Some(&json!("Teo Vasca")));
    assert_eq!(hit["source"], "the wall of Sudovia");
    let reading = &server.get(&format!("/v1/documents/{document}")).json(200)["reading"];
    let added =
        reading["attributions"].as_array().expect("all").iter().find(|a| a["id"] == hit["attribution"]).expect("added");
    assert_eq!(added["corrected"], json!([kept["id"]]));

    let reject = json!({"kind": "reject", "document": document, "attribution": "a1"});
    correct(reject).json(201);
    assert_eq!(server.get("/v1/attributions?q=ban").json(200)["total"], 0);
    correct(json!({"kind": "act", "document": document, "attribution": "a1", "act": "shout"})).json(400);
    correct(json!({"kind": "reject", "document": document, "attribution": "a1", "reason": "x"})).json(400);
    let exported = server.get("/v1/corrections").json(200);
    assert_eq!((&exported["items"][0]["name"], &exported["items"][1]["kind"]), (&json!("Teo Vasca"), &json!("reject")));
}

#[test]
fn merging_entities_of_different_kinds_asks_back() {
    let server = Served::usual();
    server.add(
        "a",
        "“The ban ends in May,” Ilse Maren said. The Norrland foreign ministry warned that the drills go on.",
    );
    let of = |kind: &str| server.get(&format!("/v1/entities?kind={kind}")).json(200)["items"][0]["id"].clone();
    let merge = |confirm: bool| {
        let body = json!({"kind": "merge", "entity": of("organisation"), "into": of("person"), "confirm": confirm});
        server.post("/v1/corrections", "application/json", &body.to_string())
    };
    let refused = merge(false).json(409);
    assert!(refused["detail"].as_str().is_some_and(|told| told.contains("\"confirm\": true")), "{refused}");
    assert_eq!(merge(true).json(201)["confirm"], true);
}

#[test]
fn tables_have_one_layout_and_open_in_spreadsheets() {
    let server = Served::usual();
    let text = "“=2+3 is five,” Ilse Maren said on Monday.";
    let document = server.add("a", text);
    let found = server.get("/v1/attributions?format=csv").body;
    let kept = server.get(&format!("/v1/documents/{document}?format=csv")).body;
    assert_eq!(found, kept);
    let read = server.post("/v1/read?format=csv&name=a", "text/plain", text).body;
    assert_eq!(read.lines().next(), found.lines().next());
    let table = server.get("/v1/attributions?format=csv&excel=true").body;
    assert_eq!(table.strip_prefix('\u{feff}'), Some(found.as_str()));
    let mut asked = Vec::new();
    for least in ["0", "1"] {
        asked.push(server.get(&format!("/v1/documents/{document}?min_confidence={least}")).json(200));
    }
    assert_eq!(asked[0]["reading"]["attributions"].as_array().map(Vec::len), Some(1));
    assert_eq!(asked[1]["reading"]["attributions"], json!([]));
}

#[test]
fn long_work_is_a_job_with_progress() {
    let server = Served::usual();
    let documents: Vec<Value> = (0..5).map(|i| json!({"text": small(i), "name": format!("n{i}")})).collect();
    let body = json!({"documents": documents}).to_string();
    let job = server.post("/v1/documents?job=true", "application/json", &body).json(202);
    let place = format!("/v1/jobs/{}", job["id"]);
    let ended = common::until(|| Some(server.get(&place).json(200)).filter(|job| job["state"] == "done"));
    assert_eq!((&ended["added"], &ended["total"]), (&json!(5), &json!(5)));
    assert_eq!(server.post("/v1/documents", "application/json", &body).json(200)["documents"][0]["state"], "unchanged");
}

#[test]
fn conversations_speakers_and_figures_are_told_over_all_documents() {
    let server = Served::usual();
    for side in ["norrland", "sudovia"] {
        let name = format!("call-2031-04-02.{side}");
        server.add(&name, &common::example(&format!("accounts/{name}.txt")));
    }
    let list = server.get("/v1/conversations").json(200);
    assert_eq!(list["total"], 1, "{list}");
    let one = server.get(&format!("/v1/conversations/{}", list["items"][0]["id"])).json(200);
    assert_eq!(one["comparison"]["documents"][1]["id"], one["conversation"]["documents"][1]["name"]);
    let speakers = server.get("/v1/entities?speakers=true").json(200);
    let shown = server.get(&format!("/v1/entities/{}?issue=ban", speakers["items"][0]["id"])).json(200);
    assert!(shown["timeline"].is_array() && shown["attributions"] == speakers["items"][0]["attributions"]);
    let stats = server.get("/v1/stats").json(200);
    assert_eq!(stats["named"][0]["of"], stats["attributions"]);
    let on = |topic: &str| server.get(&format!("/v1/attributions?{topic}")).json(200)["total"].clone();
    assert_eq!(on("about=ban"), on("issue=ban"));
    assert_ne!(on("about=ban"), on("outer=false"), "not everything is about the ban");
    assert!(server.get("/v1/attributions?format=csv").body.starts_with("document,title,publisher"));
    assert!(server.get("/metrics").body.contains("saywho_documents 2"));
}

#[test]
fn errors_are_problems_that_say_what_to_do() {
    let server = Served::usual();
    for (status, answer) in [
        (400, server.get("/v1/attributions?from=yesterday")),
        (400, server.get("/v1/attributions?limit=9999")),
        (400, server.get("/v1/attributions?speeker=x")),
        (400, server.post("/v1/read", "application/json", "{")),
        (400, server.post("/v1/read", "application/json", r#"{"text": "She agreed.", "tilte": "x"}"#)),
        (400, server.post("/v1/compare", "application/json", r#"{"documents": [], "topic": "x"}"#)),
        (400, server.post("/v1/read", "application/json", r#"{"text": "She agreed.", "published": "last week"}"#)),
        (400, server.post("/v1/read?excel=true", "text/plain", "She agreed.")),
        (400, server.post("/v1/read?min_confidence=7", "text/plain", "She agreed.")),
        (400, server.get("/v1/attributions?min_confidence=-1")),
        (400, server.post("/v1/corrections", "application/json", r#"{"kind": "forget"}"#)),
        (404, server.get("/v1/documents/77")),
        (404, server.get("/v1/nothing")),
        (405, server.send("DELETE", "/v1/stats", &[], "")),
        (422, server.post("/v1/read", "application/octet-stream", "\u{0}\u{1}\u{2}\u{0}")),
    ] {
        let problem = answer.json(status);
        assert_eq!(
            (&problem["status"], answer.header("content-type")),
            (&json!(status), Some("application/problem+json"))
        );
        assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{problem}");
    }
}

#[test]
fn other_names_other_sites_and_other_tokens_are_turned_away() {
    let server = Served::with(|config| Config { token: Some("correct-horse".into()), ..config });
    let ask = |headers: &[(&str, &str)]| server.send("GET", "/v1/stats", headers, "").status;
    let token = ("Authorization", "Bearer correct-horse");
    assert_eq!(ask(&[token]), 200);
    assert_eq!(ask(&[]), 401);
    assert_eq!(ask(&[("Authorization", "Bearer correct-horsf")]), 401);
    assert_eq!(ask(&[token, ("Host", "evil.example")]), 403, "a name that was made to point here");
    assert_eq!(ask(&[token, ("Origin", "http://evil.example")]), 403);
    assert_eq!(server.get("/health").status, 200);
    let open = Config::new("0.0.0.0:0".parse().expect("an address"));
    assert!(open.check().is_err(), "no address but a loopback one without a token");
}

#[test]
fn too_much_to_do_is_refused_and_soon_there_is_room_again() {
    let one = std::num::NonZeroUsize::MIN;
    let server = Served::with(|config| Config { readers: one, queue: one, ..config });
    let long = common::example("call/report.txt").repeat(10);
    let answers: Vec<_> = thread::scope(|scope| {
        let asked: Vec<_> = (0..12).map(|_| scope.spawn(|| server.post("/v1/read", "text/plain", &long))).collect();
        asked.into_iter().map(|one| one.join().expect("answered")).collect()
    });
    assert!(answers.iter().any(|answer| answer.status == 200));
    let refused: Vec<_> = answers.iter().filter(|answer| answer.status != 200).collect();
    assert!(!refused.is_empty());
    for answer in refused {
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")));
    }
    assert_eq!(server.post("/v1/read", "text/plain", &small(1)).status, 200);
}

#[test]
fn a_body_beyond_the_limit_is_refused() {
    let server = Served::with(|config| Config { body: 1000, ..config });
    assert_eq!(server.post("/v1/read", "text/plain", &"word ".repeat(500)).json(413)["status"], 413);
}

#[test]
fn every_route_is_described_and_every_description_has_its_parts() {
    let described: Value = serde_json::from_str(OPENAPI).expect("JSON");
    let server = Served::usual();
    for (path, operations) in described["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            let asked = path.replace("{id}", "1");
            let status = server.send(&method.to_uppercase(), &asked, &[], "").status;
            assert!(status != 405 && status < 500, "{method} {path}: {status}");
            assert!(operation["operationId"].is_string() && operation["responses"]["default"].is_object(), "{path}");
        }
    }
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(object) => {
                found.extend(object.get("$ref").and_then(Value::as_str).map(str::to_owned));
                object.values().for_each(|value| references(value, found));
            }
            Value::Array(all) => all.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    references(&described, &mut found);
    for reference in found {
        assert!(described.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
}

#[test]
fn every_kind_of_correction_is_seen_in_a_comparison_at_once() {
    let server = Served::usual();
    let north = "President Ilse Maren of Norrland spoke by telephone with President Teo Vasca of Sudovia. Maren demanded an end to \
        the fishing ban. Maren proposed a meeting in May. Ada Brill, her envoy, warned of floods.";
    let south = "President Teo Vasca of Sudovia had a telephone call with President Ilse Maren of Norrland. Vasca explained why the \
        fishing ban stays in force for now.";
    let (north_id, south_id) = (server.add("north", north), server.add("south", south));
    let claims = || {
        let body = json!({"documents": [{"document": north_id}, {"document": south_id}]}).to_string();
        let compared = server.post("/v1/compare", "application/json", &body).json(200);
        compared["claims"].as_array().expect("claims").clone()
    };
    let claim = |words: &str| {
        let holds = |c: &Value| {
            let (start, end) = (c["start"].as_u64(), c["end"].as_u64());
            let own = start.zip(end).map(|(start, end)| &north[start as usize..end as usize]);
            c["document"] == 0 && own.is_some_and(|own| own.contains(words))
        };
        claims().into_iter().find(holds)
    };
    let shown = || server.get(&format!("/v1/documents/{north_id}")).json(200)["reading"].clone();
    let attribution = |words: &str| {
        let all = shown()["attributions"].as_array().expect("attributions").clone();
        let holds = |a: &Value| {
            let (start, end) = (a["content"][0]["start"].as_u64(), a["content"][0]["end"].as_u64());
            start.zip(end).is_some_and(|(start, end)| north[start as usize..end as usize].contains(words))
        };
        all.into_iter().find(holds).expect("an attribution")["id"].clone()
    };
    let entity = |name: &str| {
        let all = shown()["entities"].as_array().expect("entities").clone();
        all.into_iter().find(|e| e["name"] == name).expect("an entity")["id"].clone()
    };
    let correct =
        |body: Value| server.post("/v1/corrections", "application/json", &body.to_string()).json(201)["id"].clone();
    let undo = |id: Value| server.send("DELETE", &format!("/v1/corrections/{id}"), &[], "").json(200);
    let ban = "an end to the fishing ban";
    let said = |field: &str| claim(ban).map(|c| c[field].clone());
    assert_eq!((said("speaker"), said("act")), (Some(json!("Ilse Maren")), Some(json!("demand"))));
    let of = |kind: &str, more: Value| {
        let mut body = json!({"kind": kind, "document": north_id, "attribution": attribution(ban)});
        body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        correct(body)
    };

    let id = of("speaker", json!({"entity": entity("Teo Vasca")}));
    assert_eq!(said("speaker"), Some(json!("Teo Vasca")));
    undo(id);
    let id = of("act", json!({"act": "ask"}));
    assert_eq!(said("act"), Some(json!("ask")));
    undo(id);
    let id = of("polarity", json!({"polarity": "negated"}));
    assert_eq!(said("polarity"), Some(json!("negated")));
    undo(id);
    let id = of("addressee", json!({"entity": entity("Teo Vasca")}));
    assert_eq!(said("addressee"), Some(json!("Teo Vasca")));
    undo(id);
    let start = north.find(ban).expect("the words");
    let id = of("span", json!({"part": "content", "spans": [{"start": start, "end": start + "an end".len()}]}));
    assert!(claim(ban).is_none() && claim("an end").is_some());
    undo(id);
    let id = of("reject", json!({}));
    assert!(claim(ban).is_none());
    let floods = north.find("of floods").expect("the words");
    let added =
        correct(json!({"kind": "add", "document": north_id, "content": [{"start": start, "end": start + ban.len()}],
        "speaker": entity("Teo Vasca"), "act": "warn", "polarity": "affirmed"}));
    assert_eq!((said("speaker"), said("act")), (Some(json!("Teo Vasca")), Some(json!("warn"))));
    undo(added);
    undo(id);
    let id =
        correct(json!({"kind": "split", "document": north_id, "entity": entity("Ilse Maren"), "name": "Jon Maren",
        "attributions": [attribution(ban)]}));
    assert_eq!(said("speaker"), Some(json!("Jon Maren")));
    undo(id);
    let store_id = |name: &str| {
        let found = server.get(&format!("/v1/entities?q={}", name.replace(' ', "%20"))).json(200);
        let all = found["items"].as_array().expect("items").clone();
        all.into_iter().find(|e| e["name"] == name).expect("an entity")["id"].clone()
    };
    let id = correct(json!({"kind": "rename", "entity": store_id("Ilse Maren"), "name": "Ilsabet Maren"}));
    assert_eq!(said("speaker"), Some(json!("Ilsabet Maren")));
    undo(id);
    let floods_speaker = || claim(&north[floods..floods + 9]).map(|c| c["speaker"].clone());
    assert_ne!(floods_speaker(), Some(json!("Ilse Maren")));
    correct(json!({"kind": "merge", "entity": store_id("Ada Brill"), "into": store_id("Ilse Maren")}));
    assert_eq!(floods_speaker(), Some(json!("Ilse Maren")));
}

#[test]
fn who_is_renamed_or_made_one_is_so_at_the_head_of_a_comparison() {
    let server = Served::usual();
    let north = "President Ilse Maren of Norrland spoke by telephone with Foreign Minister Teo Vasca of Sudovia. Maren demanded an \
        end to the fishing ban.";
    let south = "Foreign Minister Teodor Lund of Sudovia had a telephone call with President Ilse Maren of Norrland. Lund explained \
        why the fishing ban stays in force for now.";
    let accounts = [server.add("north", north), server.add("south", south)].map(|id| json!({"document": id}));
    let talked = || {
        let compared = server.post("/v1/compare", "application/json", &json!({"documents": accounts}).to_string());
        let participants = compared.json(200)["conversation"]["participants"].as_array().expect("participants").clone();
        participants.iter().map(|p| p["name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    let id = |name: &str| {
        let found = server.get(&format!("/v1/entities?q={}", name.replace(' ', "%20"))).json(200);
        let all = found["items"].as_array().expect("items").clone();
        all.into_iter().find(|e| e["name"] == name).expect("an entity")["id"].clone()
    };
    let correct = |body: Value| server.post("/v1/corrections", "application/json", &body.to_string()).json(201);
    assert_eq!(talked(), ["Ilse Maren", "Teodor Lund"]);
    correct(json!({"kind": "merge", "entity": id("Teodor Lund"), "into": id("Teo Vasca")}));
    assert_eq!(talked(), ["Ilse Maren", "Teo Vasca"]);
    correct(json!({"kind": "rename", "entity": id("Ilse Maren"), "name": "Ilsabet Maren"}));
    assert_eq!(talked(), ["Ilsabet Maren", "Teo Vasca"]);
}
