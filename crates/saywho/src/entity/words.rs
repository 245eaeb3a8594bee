//! Small closed sets of English words that tell what a name or a phrase is. Open sets (states, holders) are in `knowledge`.

/// Heads of titles and offices; lower-case.
const TITLES: &[&str] = &[
    "president", "minister", "secretary", "senator", "sen", "representative", "rep", "congressman", "congresswoman", "governor", "gov",
    "mayor", "chancellor", "premier", "ambassador", "envoy", "spokesman", "spokeswoman", "spokesperson", "correspondent", "reporter",
    "journalist", "editor", "columnist", "anchor", "host", "moderator", "general", "gen", "colonel", "col", "captain", "admiral",
    "lieutenant", "commander", "chief", "head", "leader", "director", "chairman", "chairwoman", "chair", "chairperson", "commissioner",
    "professor", "prof", "dr", "doctor", "judge", "justice", "attorney", "lawyer", "counsel", "prosecutor", "king", "queen", "prince",
    "princess", "pope", "bishop", "archbishop", "rabbi", "imam", "sheikh", "sultan", "emir", "mr", "mrs", "ms", "miss", "sir", "lord",
    "lady", "dame", "nominee", "candidate", "advisor", "adviser", "aide", "manager", "strategist", "analyst", "economist", "expert",
    "officer", "official", "deputy", "member", "speaker", "counterpart", "diplomat", "activist", "author", "founder", "owner", "ceo",
    "executive", "sheriff", "detective", "sergeant", "coach", "rival", "mate", "lawmaker", "legislator", "politician", "billionaire",
    "businessman", "businesswoman", "pollster", "historian", "scientist", "researcher", "resident", "actor", "actress", "singer",
    "director-general", "coordinator", "representatives", "first",
];

/// Titles that say nothing of an office.
const COURTESY: &[&str] = &["mr", "mrs", "ms", "miss", "sir", "dr", "lady", "dame"];

/// Words that modify a title in front of it.
const MODIFIERS: &[&str] = &[
    "former", "ex", "vice", "deputy", "prime", "foreign", "press", "acting", "chief", "senior", "first", "assistant", "under", "interim",
    "defense", "defence", "interior", "finance", "trade", "republican", "democratic", "gop", "presidential", "vice-presidential", "then",
    "campaign", "national", "security", "communications", "communication", "attorney", "general", "executive", "state", "permanent",
    "federal", "top", "special", "supreme", "court", "running", "majority", "minority", "house", "senate", "white", "district", "economic",
    "policy", "political", "treasury", "conservative", "liberal", "high", "energy", "health", "labour", "labor", "justice", "veteran", "late",
];

/// Heads of names of organisations.
const BODIES: &[&str] = &[
    "ministry", "department", "government", "administration", "council", "committee", "commission", "agency", "bureau", "office", "party",
    "parliament", "congress", "senate", "assembly", "court", "bank", "university", "college", "institute", "institution", "center",
    "centre", "foundation", "association", "union", "organization", "organisation", "federation", "alliance", "league", "coalition",
    "company", "corporation", "corp", "inc", "ltd", "group", "times", "post", "news", "journal", "tribune", "herald", "guardian", "press",
    "magazine", "radio", "television", "tv", "network", "campaign", "camp", "team", "police", "army", "navy", "force", "forces", "house",
    "board", "authority", "fund", "society", "club", "church", "service", "services", "embassy", "consulate", "chamber", "cabinet",
    "treasury", "reserve", "project", "movement", "front", "caucus", "newspaper", "outlet", "channel", "website", "station", "side",
    "delegation", "mission", "secretariat", "regime", "leadership", "military", "committees", "airlines", "systems", "street",
];

/// Texts that speak.
const DOCUMENTS: &[&str] = &[
    "release", "statement", "report", "readout", "communique", "communiqué", "poll", "survey", "study", "letter", "memo", "filing",
    "lawsuit", "brief", "transcript", "article", "story", "editorial", "book", "document", "documents", "paper", "ad", "tweet", "post",
    "email", "emails", "data", "statistics", "figures", "records", "ruling", "note", "piece", "film", "column", "analysis", "polls",
    "resolution", "declaration", "summary", "text",
];

/// Words with a capital at the head of a sentence that begin no name.
const STARTERS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "he", "she", "it", "they", "we", "i", "you", "his", "her", "its", "their", "our",
    "my", "your", "in", "on", "at", "by", "for", "from", "to", "with", "of", "as", "but", "and", "or", "nor", "so", "yet", "if", "when",
    "while", "where", "who", "what", "why", "how", "which", "there", "here", "after", "before", "since", "until", "during", "according",
    "asked", "speaking", "both", "many", "most", "some", "all", "no", "not", "one", "two", "three", "four", "five", "several", "few",
    "another", "other", "others", "such", "also", "then", "now", "still", "even", "just", "only", "because", "although", "though",
    "despite", "however", "meanwhile", "moreover", "instead", "later", "earlier", "last", "next", "yes", "well", "let", "please", "per",
    "under", "over", "between", "among", "within", "without", "about", "regarding", "following", "given", "having", "being", "once",
    "today", "yesterday", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
    "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "people", "officials", "sources",
    "experts", "critics", "is", "are", "was", "were", "do", "does", "did", "can", "could", "would", "should", "will", "every", "each",
    "more", "much", "like", "perhaps", "maybe", "never", "nothing", "someone", "anyone", "everyone", "nobody", "whether", "via", "me",
    "us", "him", "them", "be", "been", "has", "have", "had", "citing", "frank", "photo", "read", "leave", "reply",
];

/// Words of time with a capital that are no names anywhere.
const CALENDAR: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july",
    "august", "september", "october", "november", "december", "i", "sept", "oct", "nov", "dec", "jan", "feb",
];

fn has(set: &[&str], word: &str) -> bool {
    let lower = word.to_lowercase();
    set.contains(&lower.as_str())
}

/// Whether the word is the head of a title or an office.
pub fn is_title(word: &str) -> bool {
    has(TITLES, word)
}

/// Whether the title says only how to address someone.
pub fn is_courtesy(word: &str) -> bool {
    has(COURTESY, word)
}

/// Whether the word modifies a title.
pub fn is_modifier(word: &str) -> bool {
    has(MODIFIERS, word)
}

/// Whether the word is the head of an organisation's name.
pub fn is_body(word: &str) -> bool {
    has(BODIES, word)
}

/// Whether the word is a text that speaks.
pub fn is_document(word: &str) -> bool {
    has(DOCUMENTS, word)
}

/// Whether a sentence may begin with the word without it being a name.
pub fn is_starter(word: &str) -> bool {
    has(STARTERS, word)
}

/// Whether the word has its capital from the calendar or as the pronoun "I".
pub fn is_calendar(word: &str) -> bool {
    has(CALENDAR, word)
}

/// Whether a noun phrase ends before the word: prepositions, relative pronouns, participles of reporting.
pub fn ends_phrase_head(word: &str) -> bool {
    has(&["of", "for", "from", "in", "at", "with", "who", "which", "that", "to", "on", "by", "close", "familiar", "briefed", "near", "inside", "whose"], word)
}

/// What a title or office amounts to, so that different words for one office meet: "secretary of state" and "head of the
/// foreign ministry" are both `foreign`.
pub fn office(words: &str) -> Option<&'static str> {
    let lower = words.to_lowercase();
    let any = |set: &[&str]| set.iter().any(|w| lower.contains(w));
    if any(&["spokes", "press secretary"]) {
        Some("spokesperson")
    } else if any(&["correspondent", "reporter", "journalist"]) {
        Some("reporter")
    } else if any(&["secretary of state", "foreign secretary", "top diplomat", "chief diplomat", "foreign affairs"])
        || (lower.contains("foreign") && any(&["minist"]))
    {
        Some("foreign")
    } else if any(&["vice president", "vice-president"]) {
        Some("vice president")
    } else if any(&["prime minister", "premier", "chancellor"]) {
        Some("prime minister")
    } else if (lower.contains("defence") || lower.contains("defense")) && any(&["minist", "secretary"]) {
        Some("defence")
    } else if lower.contains("president") && !any(&["presidential"]) {
        Some("president")
    } else if any(&["nominee", "candidate"]) {
        Some("candidate")
    } else if any(&["senator", "sen."]) {
        Some("senator")
    } else if any(&["judge", "justice"]) {
        Some("judge")
    } else if any(&["governor", "gov."]) {
        Some("governor")
    } else {
        None
    }
}
