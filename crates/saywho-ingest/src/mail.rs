//! E-mail: press mailings as single messages and mailboxes.

use std::io::{BufRead, Cursor};

use mail_parser::{Address, MessageParser, MessagePart, MimeHeaders, PartType};
use saywho::reading::{Unit, UnitKind};
use saywho::{Document, Span};

use crate::bytes::{Counted, Line};
use crate::guard::guarded;
use crate::piece::{Piece, Shape, about};
use crate::pour::{Flow, Place, Pour};
use crate::{Format, Reason, nesting, paragraphs};

/// Heads that only machines write.
const OF_MACHINES: [&str; 5] = ["message-id", "mime-version", "received", "return-path", "dkim-signature"];

/// The longest line of a message that is kept whole.
const LINE: u64 = 1 << 20;

/// Whether a text begins with the head of a message: lines `Name: value`, one of them by a machine, one by whom.
pub(crate) fn starts_message(head: &str) -> bool {
    let mut names = Vec::new();
    for line in head.lines() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) && !names.is_empty() {
            continue;
        }
        let name = line.split_once(':').map(|(name, _)| name);
        let Some(name) = name.filter(|name| name.bytes().all(|b| b.is_ascii_graphic())) else { return false };
        names.push(name.to_ascii_lowercase());
    }
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    OF_MACHINES.iter().any(|name| has(name)) && (has("from") || has("subject") || has("date"))
}

/// Whether a text begins like a mailbox: `From sender date`, then the head of a message.
pub(crate) fn starts_mailbox(head: &str) -> bool {
    let Some((first, rest)) = head.split_once('\n') else { return false };
    let second = rest.lines().next().unwrap_or_default();
    let name = second.split_once(':').map_or("", |(name, _)| name);
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    // "From maren@norrland.example Thu Mar  4 10:00:00 2021": what a sentence that begins with "From" has not.
    let time = |word: &str| word.split(':').count() >= 2 && word.bytes().all(|b| b.is_ascii_digit() || b == b':');
    first.starts_with("From ") && first.split_whitespace().any(time) && is_name
}

/// Hands on the messages of a mailbox. Each begins with a line `From ...` behind an empty line.
pub(crate) fn mailbox<R: BufRead>(pour: &mut Pour, mut input: Counted<R>, place: &Place) -> Flow {
    let limit = pour.options.limits.document_bytes;
    let (mut message, mut line) = (Vec::new(), Vec::new());
    let (mut number, mut blank, mut too_large) = (0u64, true, false);
    loop {
        let read = input.line(LINE, &mut line);
        let ended = matches!(read, Ok(Line::End) | Err(_));
        if ended || (blank && line.starts_with(b"From ")) {
            if number > 0 {
                give(pour, std::mem::take(&mut message), number, too_large, place)?;
            }
            if let Err(error) = read {
                return pour.fail(place, Reason::of(error));
            }
            if ended {
                return Flow::Continue(());
            }
            (number, blank, too_large) = (number + 1, false, false);
            continue;
        }
        blank = line.trim_ascii().is_empty();
        too_large |= read.is_ok_and(|line| line == Line::TooLong) || (message.len() + line.len()) as u64 > limit;
        if !too_large {
            // ">From " is how a mailbox writes a line of the text that begins with "From ".
            let quoted = line.iter().position(|&b| b != b'>').filter(|&at| at > 0 && line[at..].starts_with(b"From "));
            message.extend_from_slice(if quoted.is_some() { &line[1..] } else { &line });
        }
    }
}

fn give(pour: &mut Pour, message: Vec<u8>, number: u64, too_large: bool, place: &Place) -> Flow {
    let name = format!("{}, message {number}", place.name);
    if too_large {
        let limit = pour.options.limits.document_bytes;
        return pour.fail_at(name, Reason::TooLarge { limit });
    }
    let attached = attachments(&message);
    let about = about(&format!("{}-{number}", place.id), place.source.clone(), place.file.as_deref(), None);
    pour.give(Piece {
        name: name.clone(),
        bytes: message,
        shape: Shape::Whole(Format::Eml),
        about,
        ..Piece::default()
    })?;
    attach(pour, attached, &place.message(name, number))
}

/// Hands on one message, and behind it what is attached to it.
pub(crate) fn message(pour: &mut Pour, bytes: Vec<u8>, place: &Place) -> Flow {
    let attached = attachments(&bytes);
    let about = about(&place.id, place.source.clone(), place.file.as_deref().filter(|_| place.is_inside()), None);
    pour.give(Piece {
        name: place.name.clone(),
        bytes,
        shape: Shape::Whole(Format::Eml),
        about,
        alone: attached.is_empty() && !place.is_inside(),
        ..Piece::default()
    })?;
    attach(pour, attached, place)
}

/// Names and contents of what is attached to a message; pictures and sounds hold no text and are left out.
fn attachments(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Ok(Some(message)) = guarded("e-mail", || MessageParser::default().parse(bytes)) else { return Vec::new() };
    let is_text = |part: &&MessagePart| {
        let kind = part.content_type().map(|kind| kind.ctype().to_ascii_lowercase()).unwrap_or_default();
        !matches!(kind.as_str(), "image" | "audio" | "video")
    };
    let name = |(number, part): (usize, &MessagePart)| {
        let name = part.attachment_name().map_or_else(|| format!("attachment {}", number + 1), str::to_owned);
        (name, part.contents().to_vec())
    };
    message.attachments().filter(is_text).enumerate().map(name).collect()
}

fn attach(pour: &mut Pour, attached: Vec<(String, Vec<u8>)>, place: &Place) -> Flow {
    for (name, bytes) in attached {
        if let Err(reason) = pour.total.enter() {
            return pour.fail(place, reason);
        }
        pour.stream(None, Cursor::new(bytes), place.attachment(&name))?;
    }
    Flow::Continue(())
}

/// A message's text; what is attached to it are documents of their own.
pub(crate) fn document(bytes: &[u8]) -> Result<Document, Reason> {
    let broken = || Reason::Broken { what: "it is no e-mail message".into() };
    let message = guarded("e-mail", || MessageParser::default().parse(bytes))?.ok_or_else(broken)?;
    let (mut text, mut units) = bodies(message.text_bodies())?;
    // Some programs send an empty plain text beside the page that they mean.
    if text.is_empty() {
        (text, units) = bodies(message.html_bodies())?;
    }
    let sender = message.from().and_then(Address::first);
    let name = sender.and_then(|sender| sender.name().or_else(|| sender.address()));
    Ok(Document {
        text,
        units,
        title: message.subject().map(|subject| subject.trim().to_owned()).filter(|subject| !subject.is_empty()),
        authors: name.map(str::to_owned).into_iter().collect(),
        published: message.date().filter(|date| date.is_valid()).map(mail_parser::DateTime::to_rfc3339),
        ..Document::default()
    })
}

/// The texts of these parts of a message, and what their pages set apart: a quotation of the mail that is answered.
fn bodies<'m>(parts: impl Iterator<Item = &'m MessagePart<'m>>) -> Result<(String, Vec<Unit>), Reason> {
    let (mut text, mut units) = (String::new(), Vec::new());
    for part in parts {
        let (body, own) = match &part.body {
            PartType::Text(text) => (text.replace("\r\n", "\n").trim().to_owned(), Vec::new()),
            PartType::Html(page) if nesting::is_too_deep(page) => return Err(Reason::TooDeep),
            // Mailings are laid out in tables, in which no article is to be found: all of it is text.
            PartType::Html(page) => paragraphs::with_units(&nesting::without_excess(page)),
            _ => continue,
        };
        if body.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        let quoted = own.into_iter().filter(|unit| unit.kind == UnitKind::Quotation);
        units.extend(quoted.map(|u| Unit { span: Span::new(u.span.start + start, u.span.end + start), ..u }));
        text.push_str(&body);
    }
    Ok((text, units))
}
