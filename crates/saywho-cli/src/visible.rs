//! Words of documents on their way to a person's screen.

use std::borrow::Cow;

use saywho_report as report;

/// Text in which nothing can rewrite a terminal or turn a line around: control characters but the end of a line, and those
/// of direction, become the replacement character, as in the reports on readings.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| if is_unsafe(c) { '\u{fffd}' } else { c }).collect::<String>().into()
}

/// The same for what is written as programs want it, but goes to a screen: colours, and the ends of lines, stay.
pub fn on_screen(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut seen = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let kept = match c {
            '\t' => true,
            '\r' => rest.starts_with('\n'),
            '\u{1b}' => is_colour(rest),
            c => !is_unsafe(c),
        };
        seen.push(if kept { c } else { '\u{fffd}' });
    }
    seen.into()
}

/// Whether what follows an escape character sets a colour and does nothing else.
fn is_colour(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix('[') else { return false };
    rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m')
}

fn is_unsafe(c: char) -> bool {
    c != '\n' && report::is_unsafe(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rewrites_a_terminal_is_seen_instead() {
        assert_eq!(visible("\u{1b}[2Jgone\u{9b}1m\r\u{202e}back\n"), "\u{fffd}[2Jgone\u{fffd}1m\u{fffd}\u{fffd}back\n");
        assert_eq!(
            on_screen("\u{1b}[1;31ma\u{1b}[0m,\u{1b}[2J\u{9b}1m\r\nb\r\tc\n"),
            "\u{1b}[1;31ma\u{1b}[0m,\u{fffd}[2J\u{fffd}1m\r\nb\u{fffd}\tc\n"
        );
        assert!(matches!(visible("“Zażółć gęślą jaźń” 🐟\n"), Cow::Borrowed(_)));
    }
}
