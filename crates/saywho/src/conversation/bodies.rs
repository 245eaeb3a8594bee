//! For whom persons speak where that is no state that the text or a table knows: a union, a company, an agency.

use super::id::PersonId;
use super::person::{Person, is_office_word};
use super::prepared::Prepared;
use crate::entity::name::NameKind;
use crate::table::{Place, Places, Table};
use crate::text::TokenId;
use crate::text::structure::transcript::in_small_letters;
use crate::words;

/// How far behind a name the body may stand that is spoken for, in words.
const REACH: usize = 12;

/// Gives persons without a side the body that an account names with them: "Jon Tarn of the Dockers' Union", "Ada Lind, who chairs
/// the Society of Divers", "President of the Karsk League Bo Lund".
pub(super) fn find(accounts: &[Prepared], persons: &mut Table<PersonId, Person>) {
    for account in accounts {
        for name in account.names.iter().filter(|n| n.kind == NameKind::Person) {
            let Some(person) = account.person_at(name.tokens.start).map(|p| &mut persons[p]) else { continue };
            if person.side.is_some() {
                continue;
            }
            let before = || before_name(account, name.whole.start);
            let title = name.whole.start.until(name.tokens.start);
            let found = behind_name(account, name.tokens.end).or_else(|| last_run(account, title)).or_else(before);
            let Some((role, body)) = found else { continue };
            let words = |range: Places<TokenId>| account.text.span(range).map(|s| s.of(account.text.text));
            let (role, body) = (words(role).unwrap_or_default(), words(body).unwrap_or_default());
            let state = account.states.in_words(body);
            let of_state = words::is_state_office(&role.to_lowercase());
            person.of_body = state.is_none() && !of_state;
            person.side = state.or_else(|| Some(body.to_owned()));
        }
    }
}

/// "the head of Tarn Pictures, Bo Lund": the role stands before the comma.
fn before_name(account: &Prepared, start: TokenId) -> Option<(Places<TokenId>, Places<TokenId>)> {
    let comma = start.before().filter(|&t| account.words[t] == ",")?;
    let sentence = account.sentence(account.text.sentence_of[comma]).start;
    let from = sentence.max(comma.back(REACH)).until(comma).iter().rev();
    let first = from.take_while(|&t| !matches!(account.words[t].as_str(), "," | "with" | "to" | ";")).last()?;
    let role = first.until(comma);
    let titled = role.iter().find(|&t| words::is_title(&account.words[t]))?;
    last_run(account, titled.until(comma))
}

/// The role and the body that stand behind a name: "of the Dockers' Union", ", chief executive of Ardal Wire,".
fn behind_name(account: &Prepared, end: TokenId) -> Option<(Places<TokenId>, Places<TokenId>)> {
    let sentence = *account.text.sentence_of.get(end)?;
    let stop = account.sentence(sentence).end.min(end.plus(REACH));
    match account.words.get(end)?.as_str() {
        "of" | "from" => run(account, end.next(), stop).map(|body| (end.until(end), body)),
        "," | "is" => {
            let mark = |t: &TokenId| matches!(account.words[*t].as_str(), "," | ";" | ":" | ".");
            let role = end.next().until(end.next().until(stop).iter().find(mark)?);
            let chairs = account.words[role.start] == "who";
            let titled =
                role.iter().any(|t| words::is_title(&account.words[t]) || words::is_modifier(&account.words[t]));
            if chairs {
                let body = role.start.plus(2).until(stop).first().and_then(|t| run(account, t, stop));
                return body.map(|body| (role, body));
            }
            // ", received the President of Norrland," is no role.
            let opens = matches!(
                account.words[role.start].as_str(),
                "the" | "a" | "an" | "our" | "its" | "their" | "his" | "her"
            ) || words::is_title(&account.words[role.start])
                || words::is_modifier(&account.words[role.start]);
            if titled && opens { last_run(account, role) } else { None }
        }
        _ => None,
    }
}

/// The name behind the "of" of a role; of a minister it is the last one, as the first is a field: "Minister of Health of Norrland".
fn last_run(account: &Prepared, role: Places<TokenId>) -> Option<(Places<TokenId>, Places<TokenId>)> {
    let joins = |&t: &TokenId| matches!(account.words[t].as_str(), "of" | "for" | "at");
    let field = role.iter().any(|t| matches!(account.words[t].as_str(), "minister" | "secretary" | "commissioner"));
    let mut all = role.iter().filter(joins);
    let of = if field { all.next_back() } else { all.next() }?;
    let body = run(account, of.next(), role.end)?;
    let words = account.text.span(body)?.of(account.text.text);
    let known = || account.states.in_words(words).is_some();
    let of_body = || account.words[of.next()] == "the" && body.iter().any(|t| words::is_body(&account.words[t]));
    let nothing = body.iter().all(|t| is_office_word(account.text.word(t)));
    (!nothing && (!field || known() || of_body())).then_some((role.start.until(of), body))
}

/// The name that begins at a token, behind its article: words with capitals and the small ones between them.
fn run(account: &Prepared, from: TokenId, stop: TokenId) -> Option<Places<TokenId>> {
    let article = |t: TokenId| matches!(account.words[t].as_str(), "the" | "our" | "a" | "an");
    let start = from.until(stop).iter().find(|&t| !article(t))?;
    let capital = |t: TokenId| account.text.word(t).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let joint =
        |t: TokenId| matches!(account.words[t].as_str(), "of" | "and" | "&" | "the" | "for" | "'" | "’" | "s" | "-");
    // "Fishermen's Co-operative"
    let part = |t: TokenId| t > start && account.words[t.back(1)] == "-";
    let inside = start.until(stop).iter().take_while(|&t| capital(t) || joint(t) || part(t));
    let end = inside.filter(|&t| capital(t) || part(t)).last()?.next();
    capital(start).then_some(start.until(end))
}

/// A title with a state in one account, "the Prime Minister of Norrland", is that of the only person without a side who has it in
/// another.
pub(super) fn by_office(accounts: &[Prepared], persons: &mut Table<PersonId, Person>) {
    let mut told: Vec<(String, String)> = Vec::new();
    for account in accounts {
        for name in account.names.iter().filter(|n| n.kind == NameKind::Title) {
            let title = account.text.span(name.tokens).map(|s| s.of(account.text.text).to_lowercase());
            let behind = || {
                let of = name.tokens.end;
                let stop = account.text.sentence_of.get(of).map(|&s| account.sentence(s).end)?;
                let body = (account.words[of] == "of").then(|| run(account, of.next(), stop)).flatten()?;
                account.states.in_words(account.text.span(body)?.of(account.text.text))
            };
            told.extend(title.zip(name.state.clone().or_else(behind)));
        }
    }
    for (title, state) in told {
        let known = persons.iter().any(|p| p.side.as_deref() == Some(&state));
        let holds = |p: &Person| p.side.is_none() && p.roles.iter().any(|role| role.to_lowercase().contains(&title));
        let holders: Vec<PersonId> = persons.places().filter(|&p| !known && holds(&persons[p])).collect();
        if let [only] = holders[..] {
            persons[only].side = Some(state);
        }
    }
}

/// The last part of a file's name, where an account names something so: "call-2031.norrland.txt".
pub(super) fn file_name(account: &Prepared) -> Option<String> {
    let last = account.reading.document.id.rsplit('.').next()?.replace(['-', '_'], " ");
    let named = account.names.iter().filter_map(|n| account.text.span(n.tokens)).map(|s| s.of(account.text.text));
    let mut named = named.filter(|name| name.eq_ignore_ascii_case(&last) && name.starts_with(char::is_uppercase));
    named.find(|name| name.contains(char::is_lowercase)).map(str::to_owned)
}

/// The body whose name stands by itself at the head of a document: "DOCKERS' UNION OF BREL", "Tarn Harbour Company, Press Office".
pub(super) fn letterhead(account: &Prepared) -> Option<String> {
    let line = account.text.paragraphs.first()?;
    let words = line.of(account.text.text);
    let short = words.split_whitespace().count() <= 12;
    if let Some(state) = account.states.in_words(words).filter(|_| short && !account.is_transcript()) {
        return Some(state);
    }
    let name = words[..words.find([',', '|', ':', '(', '/']).unwrap_or(words.len())].trim();
    let list: Vec<&str> = name.split_whitespace().collect();
    let joint = |w: &str| matches!(w.to_lowercase().as_str(), "of" | "and" | "the" | "for" | "&");
    let capital = |w: &str| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let part = |w: &&str| joint(w) || capital(w) && !words::is_starter(w);
    let person = account
        .text
        .tokens_in(*line)
        .iter()
        .any(|t| account.person_at(t).is_some_and(|_| account.name_around(t).is_some_and(|n| n.role.is_some())));
    let bare = !name.ends_with(['.', '!', '?']) && !name.contains(['!', '?', '“', '"']);
    let shaped = (1..=8).contains(&list.len()) && list.iter().all(part) && list.iter().any(|w| !joint(w));
    let is_firsthand =
        list.iter().any(|w| words::is_firsthand(&w.to_lowercase()) || words::is_document(&w.to_lowercase()));
    let small = |w: &&str| match *w {
        w if joint(w) => w.to_lowercase(),
        w if w.contains(char::is_lowercase) => w.to_owned(),
        w => in_small_letters(w),
    };
    // A station that asks is nobody's side.
    let outlet = account.is_transcript() && list.iter().any(|w| words::is_outlet(w));
    let whole = || list.iter().map(small).collect::<Vec<_>>().join(" ");
    (bare && shaped && !person && !is_firsthand && !outlet).then(|| state_in(&whole()))
}

/// "Ministry of Health of the Republic of Norrland" is Norrland's, as "Norrland Health Ministry" is; what is no ministry is itself.
fn state_in(name: &str) -> String {
    let ministry = |w: &str| matches!(w, "Ministry" | "Government" | "Presidency" | "Embassy" | "Cabinet");
    if !name.split(' ').any(ministry) {
        return name.to_owned();
    }
    let last = name.rsplit(" of ").next().unwrap_or(name).trim_start_matches("the ");
    let first = name.split(' ').next().unwrap_or(name);
    let own = name.contains(" of ") && !ministry(last) && (first != "Ministry" || name.matches(" of ").count() > 1);
    let before = name.ends_with("Ministry") && !ministry(first) && !words::is_modifier(&first.to_lowercase());
    match (own, before) {
        (true, _) => last.to_owned(),
        (_, true) => first.to_owned(),
        _ => name.to_owned(),
    }
}
