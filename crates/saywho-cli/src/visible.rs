//! Words of documents on their way to a person's screen.

use std::borrow::Cow;

/// Text in which nothing can rewrite a terminal or turn a line around: control characters but the end of a line, and those
/// of direction, become the replacement character, as in the reports on readings.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| if is_unsafe(c) { '\u{fffd}' } else { c }).collect::<String>().into()
}

fn is_unsafe(c: char) -> bool {
    c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rewrites_a_terminal_is_seen_instead() {
        assert_eq!(visible("\u{1b}[2Jgone\u{9b}1m\r\u{202e}back\n"), "\u{fffd}[2Jgone\u{fffd}1m\u{fffd}\u{fffd}back\n");
        assert!(matches!(visible("“Zażółć gęślą jaźń” 🐟\n"), Cow::Borrowed(_)));
    }
}
