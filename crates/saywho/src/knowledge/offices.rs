//! Offices in the words of the tables.

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

/// Whether a surname alone may mean the holder of this office first.
pub(super) fn leading(office: &str) -> bool {
    LEADING.contains(&office)
}
