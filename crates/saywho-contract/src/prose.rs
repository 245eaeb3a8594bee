//! Small pieces of English that the stages of the engine and the reports share.

/// The months in order.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The same words on one line, safe to print: runs of white space become one space, control and direction
/// characters, which could rewrite a terminal or turn a line around, become the replacement character.
pub fn one_line(words: &str) -> String {
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.chars().map(|c| if is_unsafe(c) { '\u{FFFD}' } else { c }).collect()
}

/// Whether a character could rewrite a terminal or turn a line around: control and direction characters.
pub fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// "A, B and C".
pub fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// "3 May 2031" for an ISO date; anything else as it stands.
pub fn day(date: &str) -> String {
    let parts: Vec<Option<usize>> = date.split('-').map(|part| part.parse().ok()).collect();
    match parts.as_slice() {
        [Some(year), Some(month @ 1..=12), Some(day @ 1..=31)] => format!("{day} {} {year}", MONTHS[month - 1]),
        _ => one_line(date),
    }
}
