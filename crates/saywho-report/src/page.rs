//! The frame of the HTML page: head, style, script, and the one way in which words enter it.

/// The colours and letters of all pages.
pub(super) const PALETTE: &str = include_str!("palette.css");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// How every page begins: nothing is fetched from elsewhere.
pub(super) const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
    script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
    <meta name=\"color-scheme\" content=\"light dark\">\n";

/// A whole page; `header`, `article` and `list` are HTML, `title` is plain words.
pub(super) fn page(title: &str, header: &str, article: &str, list: &str) -> String {
    format!(
        "{HEAD}<title>{} – who said what</title>\n<style>\n{PALETTE}{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#list\">To the list of speakers</a>\n\
         <header>\n{header}</header>\n\
         <main>\n<div class=\"reading\">\n{LEGEND}{article}\n</div>\n\
         <aside id=\"list\" aria-label=\"Who said what\">\n\
         <section id=\"panel\" aria-label=\"Chosen passage\" aria-live=\"polite\" hidden>\n\
         <button type=\"button\" aria-label=\"Close\">×</button>\n<h2>Chosen passage</h2>\n<ul></ul>\n</section>\n\
         <h2>Who said what</h2>\n{list}</aside>\n</main>\n\
         <script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        escaped(title)
    )
}

const LEGEND: &str = "<p class=\"legend\"><span class=\"src\">source</span> <span class=\"cue\">cue</span> \
    <span class=\"u l0 c0\">content</span> <span class=\"u l0 c0\"><span class=\"u l1 c0\">content inside content</span></span> \
    <span class=\"fix\">repair</span> <span class=\"litter\">page litter</span></p>\n";

/// Plain words as HTML, safe between tags and within quoted attribute values.
///
/// A carriage return is written as a reference, since readers of HTML would turn it into a line feed; a null
/// character cannot be written at all and becomes the replacement character.
pub(super) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\r' => out.push_str("&#13;"),
            '\0' => out.push('\u{FFFD}'),
            other => out.push(other),
        }
    }
    out
}
