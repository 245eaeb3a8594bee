//! Markdown: its text without the marks, and what its head tells.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use saywho::Document;
use saywho::reading::UnitKind;
use saywho_english::{byline, date};

use crate::paragraphs::Paragraphs;

/// Whether a text is Markdown: it has a head between lines of dashes, or a heading and another mark. Two signs,
/// since a plain text may begin a line with "#", too.
pub(crate) fn looks_like_markdown(head: &str) -> bool {
    if let Some(lines) = head.strip_prefix("---\n").or_else(|| head.strip_prefix("---\r\n")) {
        let first = lines.lines().next().unwrap_or_default();
        let key = first.split_once(':').map_or("", |(key, _)| key);
        return !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    }
    let is_heading = |line: &&str| {
        let text = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - text.len())) && text.starts_with(' ')
    };
    let headings = head.lines().filter(is_heading).count();
    let links = head.contains("](http") || head.contains("](/") || head.contains(".md)");
    let strong = head.matches("**").count() >= 2;
    headings >= 2 || (headings == 1 && (links || strong))
}

/// The document that a Markdown text is.
pub(crate) fn document(text: &str) -> Document {
    let mut writer = Paragraphs::default();
    let mut document = Document::default();
    let mut head = None;
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => head = Some(String::new()),
            Event::End(TagEnd::MetadataBlock(_)) => read_head(&head.take().unwrap_or_default(), &mut document),
            Event::Text(words) if head.is_some() => head.iter_mut().for_each(|head| head.push_str(&words)),
            Event::End(TagEnd::Heading(_)) => {
                let words = Some(writer.paragraph().to_owned()).filter(|words| !words.is_empty());
                document.title = document.title.take().or(words);
                writer.paragraph_end();
                writer.unit_end();
            }
            Event::Start(Tag::Heading { .. }) => {
                writer.paragraph_end();
                writer.unit_start(UnitKind::Heading);
            }
            Event::Start(Tag::BlockQuote(_)) => {
                writer.paragraph_end();
                writer.unit_start(UnitKind::Quotation);
            }
            Event::End(TagEnd::BlockQuote(_)) => {
                writer.paragraph_end();
                writer.unit_end();
            }
            Event::Start(Tag::Item) => {
                writer.paragraph_end();
                writer.unit_start(UnitKind::Item);
            }
            Event::End(TagEnd::Item) => {
                writer.paragraph_end();
                writer.unit_end();
            }
            Event::Text(words) | Event::Code(words) => writer.inline(&words),
            Event::SoftBreak => writer.inline(" "),
            Event::HardBreak => writer.line_end(),
            Event::Start(Tag::TableCell) => writer.cell_start(),
            Event::End(TagEnd::TableCell) => writer.cell_end(),
            Event::Start(Tag::Strong) => writer.bold_start(),
            Event::End(TagEnd::Strong) => writer.bold_end(),
            Event::Start(Tag::Image { .. } | Tag::Link { .. } | Tag::Emphasis | Tag::Strikethrough) => {}
            Event::End(TagEnd::Image | TagEnd::Link | TagEnd::Emphasis | TagEnd::Strikethrough) => {}
            Event::Start(_) | Event::End(_) | Event::Rule => writer.paragraph_end(),
            _ => {}
        }
    }
    (document.text, document.units) = writer.finish();
    document
}

/// What lines such as `title: "The ban stays"` tell.
fn read_head(head: &str, document: &mut Document) {
    for line in head.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']).to_owned();
        if value.is_empty() {
            continue;
        }
        match key.trim().to_ascii_lowercase().as_str() {
            "title" => document.title = Some(value),
            "date" | "published" => document.published = date::iso(&value).ok(),
            "author" => document.authors.extend(byline::authors(&value)),
            "publisher" | "source" => document.publisher = Some(value),
            "lang" | "language" => document.language = Some(value),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_the_head_tells_title_and_date() {
        let text = "---\ntitle: \"The ban stays\"\ndate: 2021-03-04\nauthor: Ada Lind\n---\n# Answer\n\n\
                    Ilse Maren **said**\nthat [the ban](http://a.example) stays.\n\n- One\n- Two\n\n> “No,” said Vasca.\n";
        let found = document(text);
        assert_eq!(found.text, "Answer\n\nIlse Maren said that the ban stays.\n\nOne\n\nTwo\n\n“No,” said Vasca.");
        assert_eq!(found.title.as_deref(), Some("The ban stays"));
        assert_eq!(found.published.as_deref(), Some("2021-03-04"));
        assert_eq!(found.authors, ["Ada Lind"]);
    }

    #[test]
    fn the_first_heading_is_the_title_where_no_head_tells_one() {
        assert_eq!(document("# The ban\n\n## Why\n\nText.").title.as_deref(), Some("The ban"));
    }

    #[test]
    fn plain_text_is_not_markdown() {
        assert!(!looks_like_markdown("# 1 in the charts\n\nMaren said so.\n"));
        assert!(!looks_like_markdown("--- BREL: Maren said so.\n"));
        assert!(looks_like_markdown("# One\n\ntext\n\n## Two\n"));
    }
}
