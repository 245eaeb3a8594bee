//! The one spoken to, where the model takes it for the head of the content: "warned Vasca | about the ban".

use super::Found;
use super::act::lemma;
use super::quoted::phrase_at;
use super::relay::{phrase_before, subject_before};
use super::subject::BE;
use crate::table::Place;
use crate::text::token::{Case, TokenKind};
use crate::text::{Text, TokenId};

/// Verbs whose object is the one spoken to.
const TELLING: [&str; 34] = [
    "tell",
    "inform",
    "warn",
    "ask",
    "urge",
    "assure",
    "remind",
    "advise",
    "notify",
    "brief",
    "thank",
    "offer",
    "promise",
    "order",
    "press",
    "invite",
    "exhort",
    "instruct",
    "encourage",
    "implore",
    "beg",
    "address",
    "challenge",
    "question",
    "lobby",
    "caution",
    "request",
    "show",
    "convince",
    "persuade",
    "pressure",
    "command",
    "counsel",
    "alert",
];

/// Words behind which the content proper begins.
const OPENS: [&str; 12] = ["about", "of", "that", "to", "not", "on", "against", "over", "whether", "if", "how", "why"];

/// Whether the verb is one whose object is the one spoken to.
pub fn tells(verb: &str) -> bool {
    TELLING.contains(&lemma(verb).as_str())
}

/// Whether a word is the participle of such a verb: "told", "promised".
fn is_participle(word: &str) -> bool {
    let regular = |verb: &str| [word.strip_suffix("ed"), word.strip_suffix('d')].contains(&Some(verb));
    matches!(word, "told" | "shown") || TELLING.iter().any(|verb| regular(verb))
}

/// Moves the recipient from the head of the content, or the cue's "drew X’s attention to", to where it belongs.
pub fn split(text: &Text, found: &mut Found) {
    let Some(&last) = found.cue.last() else { return };
    if found.content.first() != Some(&last.next()) {
        return;
    }
    let run: Vec<TokenId> =
        found.content.iter().copied().enumerate().map_while(|(i, t)| (t == last.next().plus(i)).then_some(t)).collect();
    if lemma(text.word(last)) == "draw" {
        if let Some(to) = run
            .iter()
            .position(|&t| text.word(t) == "to")
            .filter(|&i| i > 0 && text.word(run[i - 1]) == "attention" && i + 1 < found.content.len())
        {
            found.cue.extend(&run[..=to]);
            found.content.drain(..=to);
        }
        return;
    }
    if !tells(text.word(last)) {
        return;
    }
    let most = if run.iter().take(7).any(|&t| text.word(t) == ",") { 12 } else { 7 };
    let length =
        run.iter().take(most).position(|&t| opens_content(text, t)).filter(|&n| n > 0 && n + 2 < found.content.len());
    // "urged Sudovia’s president, Teo Vasca, to come": the commas are those of the apposition.
    let closed = |n: usize| if text.word(run[n - 1]) == "," { n - 1 } else { n };
    if let Some(length) = length.filter(|&n| closed(n) > 0 && is_recipient(text, &run[..closed(n)])) {
        found.recipient = run[..closed(length)].to_vec();
        found.content.drain(..length);
    }
}

/// "The crews were told that ...": the subject of a passive is the one spoken to, whoever speaks ("by the minister").
pub fn passive(text: &Text, found: &mut Found) {
    // The cue may leave out the "were" of "were told", and an adverb may stand between.
    let be = |t: TokenId| BE.contains(&text.word(t)) || matches!(text.word(t), "get" | "got");
    let passive = |t: TokenId| {
        is_participle(text.word(t))
            && (t.before().is_some_and(be) || text.word_before(t).ends_with("ly") && t.minus(2).is_some_and(be))
    };
    let told = found.cue.iter().any(|&t| passive(t));
    if !told {
        return;
    }
    let &[first, ..] = &found.cue[..] else { return };
    let is_by = |t: TokenId| text.word_at(t) == "by";
    if found.cue.last().is_some_and(|&t| is_by(t) || is_by(t.next())) {
        // The model takes the subject for the head of the content.
        let subject = found.content.iter().take_while(|&&t| t < first).count();
        let own = subject < found.content.len() && subject > 0;
        let near = own
            && found.content[subject - 1].distance(first) <= 3
            && text.sentence_of[found.content[0]] == text.sentence_of[first];
        if near && is_recipient_in_full(text, &found.content[..subject]) {
            found.recipient = found.content.drain(..subject).collect();
        } else if subject == 0 {
            found.recipient = subject_before(text, first).or_else(|| phrase_before(text, first)).unwrap_or_default();
        }
        return;
    }
    if found.source.last().is_some_and(|&t| t < first && t.distance(first) <= 2) {
        found.recipient = std::mem::take(&mut found.source);
    }
    // "We were told that ...", where the model takes nobody for the source.
    let pronoun =
        |&t: &TokenId| matches!(text.word(t).to_lowercase().as_str(), "i" | "we" | "you" | "he" | "she" | "they");
    if let Some(told) = first.before().filter(pronoun).filter(|_| found.source.is_empty()) {
        found.recipient = vec![told];
    }
}

/// "The committee heard from Jon Tarn that ...": the one behind "from" speaks, the subject is the one spoken to.
pub fn heard_from(text: &Text, found: &mut Found) {
    let (Some(&last), Some(&subject)) = (found.cue.last(), found.source.last()) else { return };
    let is = |t: TokenId, word: &str| text.word_at(t) == word;
    let verb = if text.word(last) == "from" { last.before() } else { Some(last) };
    let hears =
        |t: TokenId| matches!(text.word(t), "heard" | "hear" | "hears" | "learned" | "learnt" | "learns" | "learn");
    // The one behind "from" is found to speak: the subject hears him.
    if let Some(verb) = verb.filter(|&t| hears(t) && is(t.next(), "from") && found.source.first() == Some(&t.plus(2))) {
        found.recipient = subject_before(text, verb).or_else(|| phrase_before(text, verb)).unwrap_or_default();
        return;
    }
    let Some(verb) = verb.filter(|&t| hears(t) && subject < t) else { return };
    if is(verb.next(), "from") && found.recipient.first() == Some(&verb.plus(2)) {
        std::mem::swap(&mut found.source, &mut found.recipient);
        return;
    }
    if !is(verb.next(), "from") {
        return;
    }
    let plain = || {
        let end = text.tokens_from(verb.plus(3)).iter().take(3).find(|&t| opens_content(text, t))?;
        Some(verb.plus(2).until(end))
    };
    let Some(speaker) = phrase_at(text, verb.plus(2)).or_else(plain) else { return };
    let rest = found.content.iter().filter(|t| !speaker.contains(t) && **t != verb.next()).count();
    if rest > 0 && text.word_before(speaker.end) != "that" {
        found.content.retain(|t| !speaker.contains(t) && *t != verb.next());
        found.recipient = std::mem::replace(&mut found.source, speaker.iter().collect());
        if !found.cue.contains(&verb.next()) {
            found.cue.push(verb.next());
        }
    }
}

/// A name, a pronoun or a phrase whose words may all be small, as a subject may: "parents", "the crews".
fn is_recipient_in_full(text: &Text, tokens: &[TokenId]) -> bool {
    tokens
        .iter()
        .all(|&t| text.tokens[t].kind == TokenKind::Word || matches!(text.word(t), "-" | "’" | "'" | "," | "."))
}

/// Whether the content proper begins at a token behind the one spoken to: "about ...", "that ...", "a share of ...".
fn opens_content(text: &Text, token: TokenId) -> bool {
    let word = text.word(token);
    let article = matches!(word, "a" | "an" | "the" | "its" | "his" | "her" | "their")
        && token.before().is_some_and(|t| is_name(text, t));
    OPENS.contains(&word) || article
}

fn is_name(text: &Text, token: TokenId) -> bool {
    !matches!(text.case(token), Case::Lower | Case::None)
}

/// A name, a title with its article, or a personal pronoun.
pub fn is_recipient(text: &Text, tokens: &[TokenId]) -> bool {
    let first = text.word(tokens[0]);
    let apposed = |t: TokenId| text.word(t) == "," && tokens.contains(&t.next()) && is_name(text, t.next());
    let mark = |t: TokenId| matches!(text.word(t), "-" | "’" | "'" | ".") || apposed(t);
    let words = tokens.iter().all(|&t| text.tokens[t].kind == TokenKind::Word || mark(t));
    let phrase = matches!(
        first,
        "the" | "a" | "an" | "his" | "her" | "their" | "him" | "them" | "me" | "us" | "reporters" | "journalists"
    );
    words && (phrase || is_name(text, tokens[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &Text, words: &str) -> Vec<TokenId> {
        let start = text.text.find(words).unwrap();
        text.tokens_in(crate::Span::new(start, start + words.len())).iter().collect()
    }

    fn halves(whole: &str, cue: &str) -> (String, String) {
        let text = Text::new(whole);
        let cue = tokens(&text, cue);
        let content = text.tokens_from(cue[cue.len() - 1].next()).iter().filter(|&t| text.word(t) != ".").collect();
        let mut found = Found { cue, content, ..Found::default() };
        split(&text, &mut found);
        let words = |tokens: &[TokenId]| match (tokens.first(), tokens.last()) {
            (Some(&first), Some(&last)) => text.span(first.through(last)).unwrap().of(whole).to_owned(),
            _ => String::new(),
        };
        (words(&found.recipient), words(&found.content))
    }

    #[test]
    fn who_was_told_is_no_source() {
        let text = Text::new("The crews were told that the ban stays.");
        let (crews, content) = (tokens(&text, "The crews"), tokens(&text, "that the ban stays"));
        for cue in ["were told", "told"] {
            let (source, content) = (crews.clone(), content.clone());
            let mut found = Found { source, cue: tokens(&text, cue), content, ..Found::default() };
            passive(&text, &mut found);
            assert_eq!((found.source, &found.recipient), (vec![], &crews));
        }
        let text = Text::new("We were told that the ban stays.");
        let (cue, content) = (tokens(&text, "were told"), tokens(&text, "that the ban stays"));
        let mut found = Found { cue, content, ..Found::default() };
        passive(&text, &mut found);
        assert_eq!(found.recipient, tokens(&text, "We"));
    }

    #[test]
    fn an_office_with_its_name_is_one_recipient() {
        let (to, content) = halves("Maren urged Sudovia’s president, Teo Vasca, to lift the ban.", "urged");
        assert_eq!((to.as_str(), content.as_str()), ("Sudovia’s president, Teo Vasca", "to lift the ban"));
        assert_eq!(halves("Maren warned, that the ban stays.", "warned").0, "");
    }

    fn read(whole: &str, cue: &str, content: &str) -> (String, String) {
        let text = Text::new(whole);
        let (cue, content) = (tokens(&text, cue), tokens(&text, content));
        let mut found = Found { cue, content, ..Found::default() };
        split(&text, &mut found);
        let words = |tokens: &[TokenId]| tokens.iter().map(|&t| text.word(t)).collect::<Vec<_>>().join(" ");
        (words(&found.recipient), words(&found.content))
    }

    #[test]
    fn the_one_warned_is_not_what_is_said() {
        let whole = "He had warned Teo Vasca about the ban.";
        assert_eq!(read(whole, "had warned", "Teo Vasca about the ban"), ("Teo Vasca".into(), "about the ban".into()));
    }

    #[test]
    fn a_second_object_is_the_content() {
        let whole = "It had offered Sudovia a share of the quota.";
        assert_eq!(
            read(whole, "had offered", "Sudovia a share of the quota"),
            ("Sudovia".into(), "a share of the quota".into())
        );
    }

    #[test]
    fn the_subject_of_a_passive_was_spoken_to() {
        let text = Text::new("The crews were told that the port is shut.");
        let crews = tokens(&text, "The crews");
        let (source, cue, content) =
            (crews.clone(), tokens(&text, "were told"), tokens(&text, "that the port is shut"));
        let mut found = Found { source, cue, content, ..Found::default() };
        passive(&text, &mut found);
        assert_eq!((found.source.len(), found.recipient), (0, crews));
    }

    #[test]
    fn a_clause_keeps_its_subject() {
        let whole = "He promised Norrland would pay the fee.";
        assert_eq!(
            read(whole, "promised", "Norrland would pay the fee"),
            (String::new(), "Norrland would pay the fee".into())
        );
    }
}
