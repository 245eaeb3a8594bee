//! Offices in the words of news and in those of the tables.

use std::borrow::Cow;

/// Offices whose holders news calls by surname alone.
const LEADING: [&str; 15] = [
    "president",
    "prime minister",
    "chancellor",
    "vice president",
    "king",
    "queen",
    "emperor",
    "supreme leader",
    "crown prince",
    "foreign minister",
    "foreign secretary",
    "secretary of state",
    "foreign policy chief",
    "secretary general",
    "president of the European Commission",
];

/// Other words for an office, and the words of the tables.
const SYNONYMS: [(&str, &str); 15] = [
    ("premier", "prime minister"),
    ("head of government", "prime minister"),
    ("taoiseach", "prime minister"),
    ("minister of foreign affairs", "foreign minister"),
    ("minister for foreign affairs", "foreign minister"),
    ("external affairs minister", "foreign minister"),
    ("minister of external affairs", "foreign minister"),
    ("top diplomat", "foreign minister"),
    ("chief diplomat", "foreign minister"),
    ("minister of defence", "defence minister"),
    ("secretary of defence", "defence secretary"),
    ("secretary of the treasury", "treasury secretary"),
    ("secretary-general", "secretary general"),
    ("director-general", "director general"),
    ("national security advisor", "national security adviser"),
];

/// What some states call an office that others call differently.
const LOCAL: [(&str, &str, &str); 9] = [
    ("US", "secretary of state", "foreign minister"),
    ("GB", "foreign secretary", "foreign minister"),
    ("EU", "foreign policy chief", "foreign minister"),
    ("US", "defence secretary", "defence minister"),
    ("GB", "defence secretary", "defence minister"),
    ("US", "treasury secretary", "finance minister"),
    ("GB", "home secretary", "interior minister"),
    ("DE", "chancellor", "prime minister"),
    ("AT", "chancellor", "prime minister"),
];

/// Whether a surname alone may mean the holder of this office first.
pub(super) fn leading(office: &str) -> bool {
    LEADING.contains(&office)
}

/// One wording for the offices that do the same work.
pub(super) fn canonical<'o>(side: &str, office: &'o str) -> Cow<'o, str> {
    let mut office = Cow::Borrowed(office.trim());
    if office.bytes().any(|b| b.is_ascii_uppercase()) {
        office = Cow::Owned(office.to_lowercase());
    }
    if office.contains("defense") {
        office = Cow::Owned(office.replace("defense", "defence"));
    }
    if let Some((_, usual)) = SYNONYMS.iter().find(|(words, _)| *words == office) {
        office = Cow::Borrowed(usual);
    }
    match LOCAL.iter().find(|(state, words, _)| *state == side && *words == office) {
        Some((_, _, usual)) => Cow::Borrowed(usual),
        None => office,
    }
}
