//! Replies by mail: "On Thu, 3 Apr 2031, Jon Tarn <tarn@vale.example> wrote:" with his lines behind ">" below it.

use super::turn::{Form, Turn};
use crate::reading::{Span, Unit};

/// Most words of a name.
const NAME: usize = 6;

/// What a reply holds of other mails.
#[derive(Debug, Default)]
pub struct Replies {
    /// Quoted lines and whole mails as turns of those who wrote them.
    pub turns: Vec<Turn>,
    /// What nobody says here: heads of those mails, and quoted lines whose writer is not named.
    pub unread: Vec<Span>,
}

/// The lines that a reply quotes and the mails that stand below it or are sent on, as turns of those who wrote them.
/// A quotation that a page sets off below such a line is the same.
pub fn replies(text: &str, set_off: &[Unit]) -> Replies {
    let lines = lines(text);
    let mut found = Replies::default();
    let mut taken = vec![false; lines.len()];
    below_names(text, &lines, set_off, &mut taken, &mut found);
    whole_mails(text, &lines, &mut taken, &mut found);
    quoted_lines(text, &lines, &mut taken, &mut found);
    if !found.turns.is_empty() {
        let quoted = (0..lines.len()).filter(|&line| !taken[line] && depth(lines[line].of(text)) > 0);
        found.unread.extend(quoted.map(|line| lines[line]));
    }
    found.turns.sort_by_key(Turn::span);
    found.unread.retain(|line| !line.is_empty());
    found.unread.sort_unstable();
    found
}

/// Quotations that a page sets apart below the line that names their writer.
fn below_names(text: &str, lines: &[Span], set_off: &[Unit], taken: &mut [bool], found: &mut Replies) {
    for unit in set_off.iter().filter(|unit| !unit.span.is_empty()) {
        let first = lines.partition_point(|line| line.start < unit.span.start);
        let Some(before) = (0..first).rev().take(3).find(|&line| !lines[line].is_empty()) else { continue };
        let above = before.checked_sub(1).map(|line| lines[line]);
        if taken[before] {
            continue;
        }
        if let Some((label, cue)) = introduced(text, lines[before], above) {
            let last = lines.partition_point(|line| line.start < unit.span.end);
            (first..last).for_each(|line| taken[line] = true);
            found.turns.push(Turn { form: Form::Reply, label, cue, body: vec![unit.span], certainty: 1.0 });
        }
    }
}

/// Lines behind ">": each run that goes deeper than the line above belongs to the one whom that line names.
fn quoted_lines(text: &str, lines: &[Span], taken: &mut [bool], found: &mut Replies) {
    let deep = |line: usize| depth(lines[line].of(text));
    let blank = |line: usize| bare(text, lines[line]).is_empty();
    for at in 1..lines.len() {
        let own = deep(at);
        // The line that names the writer may be broken in two, and an empty one may follow.
        let Some(before) = (0..at).rev().take(3).find(|&line| !blank(line)) else { continue };
        if own == 0 || taken[at] || deep(before) >= own {
            continue;
        }
        let above = before.checked_sub(1).map(|line| bare(text, lines[line]));
        let Some((label, cue)) = introduced(text, bare(text, lines[before]), above) else { continue };
        // What they quote in turn is not theirs, nor is the line that names whose it is, behind which nothing of theirs is read.
        let quoted = (at..lines.len()).take_while(|&line| deep(line) >= own || blank(line));
        let first = quoted.take_while(|&line| !names_another(text, lines, line, own));
        let own: Vec<usize> = first.filter(|&line| deep(line) == own && !blank(line)).collect();
        own.iter().for_each(|&line| taken[line] = true);
        let body: Vec<Span> = own.into_iter().map(|line| bare(text, lines[line])).collect();
        if !body.is_empty() {
            found.turns.push(Turn { form: Form::Reply, label, cue, body, certainty: 1.0 });
        }
    }
}

/// Whether a quoted line names the writer of deeper ones right below.
fn names_another(text: &str, lines: &[Span], line: usize, own: usize) -> bool {
    let below = lines[line + 1..].iter().find(|below| !bare(text, **below).is_empty());
    below.is_some_and(|below| depth(below.of(text)) > own) && introduced(text, bare(text, lines[line]), None).is_some()
}

/// The most lines of the head of a mail that stands below another.
const HEAD: usize = 8;

/// Mails below a reply or sent on: lines "From: ...", "Sent: ..." or "Date: ...", "To: ..." or "Subject: ...", and all that follows.
fn whole_mails(text: &str, lines: &[Span], taken: &mut [bool], found: &mut Replies) {
    let heads: Vec<(usize, usize)> = (1..lines.len()).filter_map(|at| Some((at, head_end(text, lines, at)?))).collect();
    for (i, &(start, end)) in heads.iter().enumerate() {
        let next = heads.get(i + 1).map_or(lines.len(), |next| next.0);
        // "-----Original Message-----" above it.
        let rule = (0..start).rev().take(2).find(|&line| is_rule(lines[line].of(text)));
        found.unread.extend(rule.into_iter().chain(start..end).map(|line| lines[line]));
        (start..next).for_each(|line| taken[line] = true);
        let Some((label, cue)) = sender(text, lines[start]) else { continue };
        let is_own = |line: &usize| depth(lines[*line].of(text)) == 0 && !is_rule(lines[*line].of(text));
        let body: Vec<Span> = (end..next).filter(is_own).map(|line| lines[line]).filter(|l| !l.is_empty()).collect();
        if !body.is_empty() {
            found.turns.push(Turn { form: Form::Reply, label, cue, body, certainty: 1.0 });
        }
    }
}

/// Where the head of a mail ends that begins at a line.
fn head_end(text: &str, lines: &[Span], start: usize) -> Option<usize> {
    let named = |line: usize| lines[line].of(text).trim_start().split_once(':').map(|(name, _)| name.to_lowercase());
    (named(start)? == "from").then_some(())?;
    let end = (start..lines.len()).take(HEAD).find(|&line| lines[line].is_empty()).unwrap_or(lines.len());
    let names: Vec<String> = (start..end.min(start + HEAD)).filter_map(named).collect();
    let has = |set: &[&str]| names.iter().any(|name| set.contains(&name.as_str()));
    (has(&["sent", "date"]) && has(&["to", "subject"])).then_some(end)
}

/// The name behind "From:", and the colon.
fn sender(text: &str, line: Span) -> Option<(Span, Span)> {
    let words = line.of(text);
    let colon = words.find(':')?;
    let value = words[colon + 1..].split(['<', '[']).next().unwrap_or_default();
    let name = value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '*'));
    let start = line.start + colon + 1 + value.find(name)?;
    let is_name =
        name.starts_with(char::is_uppercase) && name.split_whitespace().count() <= NAME && !name.contains('@');
    let cue = Span::new(line.start + colon, line.start + colon + 1);
    is_name.then(|| (Span::new(start, start + name.len()), cue))
}

/// "-----Original Message-----", "---------- Forwarded message ---------".
fn is_rule(line: &str) -> bool {
    line.starts_with("---") && line.ends_with("---") && line.contains(|c: char| c.is_alphabetic())
}

fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            start += line.len();
            Span::new(start - line.len(), start - line.len() + line.trim_end().len())
        })
        .collect()
}

/// How many marks of quotation a line begins with.
fn depth(line: &str) -> usize {
    line.chars().take_while(|c| matches!(c, '>' | ' ')).filter(|c| *c == '>').count()
}

/// The words of a line without those marks.
fn bare(text: &str, line: Span) -> Span {
    let words = line.of(text).trim_start_matches(['>', ' ']);
    Span::new(line.end - words.len(), line.end)
}

/// The name and the verb of a line that ends with "wrote:".
fn introduced(text: &str, line: Span, before: Option<Span>) -> Option<(Span, Span)> {
    let words = line.of(text).strip_suffix(':')?;
    let verb = words.rsplit(char::is_whitespace).next()?;
    let is_verb = matches!(verb, "wrote" | "writes" | "said");
    let cue = Span::new(line.start + words.len() - verb.len(), line.start + words.len());
    let named = words[..words.len() - verb.len()].trim_end();
    let name = |start: usize, named: &str| {
        // Without the address, and behind the day and the hour.
        let named = named.split('<').next().unwrap_or_default().trim_end();
        let name = named.rsplit([',', ':']).next().unwrap_or_default();
        let name = name.trim_start_matches(|c: char| !c.is_alphabetic());
        let name = name.strip_prefix("AM ").or_else(|| name.strip_prefix("PM ")).unwrap_or(name).trim_start();
        let from = start + named.len() - name.len();
        let count = name.split_whitespace().count();
        let is_name = (1..=NAME).contains(&count) && name.starts_with(char::is_uppercase);
        is_name.then(|| Span::new(from, from + name.len()))
    };
    let own = name(line.start, named);
    let label = own.or_else(|| before.and_then(|before| name(before.start, before.of(text))))?;
    is_verb.then_some((label, cue))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::UnitKind;

    fn read(text: &str) -> Vec<(&str, Vec<&str>)> {
        let turns = replies(text, &[]).turns;
        turns.iter().map(|turn| (turn.label.of(text), turn.body.iter().map(|line| line.of(text)).collect())).collect()
    }

    #[test]
    fn quoted_lines_belong_to_the_one_who_is_named_above() {
        let text = "I doubt it.\n\nOn Thu, 3 Apr 2031 at 18:40, Bo Lund <lund@hale.example> wrote:\n> The pier is safe.\n> I saw it.\n\
                    >> Who tested it?\n\n--\nAda Lind";
        assert_eq!(read(text), [("Bo Lund", vec!["The pier is safe.", "I saw it."])]);
        assert_eq!(read("Bo Lund wrote:\n\n> No.\n>\n> Never.\nWell."), [("Bo Lund", vec!["No.", "Never."])]);
        assert_eq!(
            read("On Apr 3, 2031, at 9:40 AM Ilse Maren\n<ilse@n.example> wrote:\n> No."),
            [("Ilse Maren", vec!["No."])]
        );
    }

    #[test]
    fn what_a_quoted_mail_quotes_belongs_to_the_one_it_names() {
        let text = "Hello,\n\nOn Thu, 3 Apr 2031, Bo Lund <lund@hale.example> wrote:\n\n> The pier is safe.\n> On Wed, 2 Apr 2031, Ada \
                    Lind <a@n.example> wrote:\n>> It leaks.\n\nNo.";
        assert_eq!(read(text), [("Bo Lund", vec!["The pier is safe."]), ("Ada Lind", vec!["It leaks."])]);
    }

    #[test]
    fn a_quotation_that_a_page_sets_apart_belongs_to_the_one_named_above() {
        let text = "I doubt it.\n\nOn Thu, 3 Apr 2031 at 18:40, Bo Lund <lund@hale.example> wrote:\n\nThe pier is safe. I saw it.";
        let start = text.find("The pier").unwrap();
        let unit = Unit { span: Span::new(start, text.len()), kind: UnitKind::Quotation };
        let turns = replies(text, &[unit]).turns;
        assert_eq!(turns.len(), 1);
        assert_eq!((turns[0].label.of(text), turns[0].body[0].of(text)), ("Bo Lund", "The pier is safe. I saw it."));
    }

    #[test]
    fn a_mail_below_another_belongs_to_its_sender() {
        let mail = "From: Bo Lund <lund@hale.example>\nSent: Thursday, April 3, 2031 6:40 PM\nTo: Ada Lind\nSubject: pier\n\nThe pier \
                    is safe.\n\nI saw it.";
        let want = [("Bo Lund", vec!["The pier is safe.", "I saw it."])];
        assert_eq!(read(&format!("I doubt it.\n\n{mail}")), want);
        assert_eq!(read(&format!("I doubt it.\n\n-----Original Message-----\n{mail}")), want);
        // A line alone is no head.
        assert!(read("I doubt it.\n\nFrom: Bo Lund\n\nThe pier is safe.").is_empty());
    }

    #[test]
    fn quoted_lines_without_a_writer_are_nobodys_in_a_reply() {
        let text = "Bo Lund wrote:\n> No.\n\nWhy?\n\n> I said so.\n";
        let found = replies(text, &[]);
        assert_eq!(found.unread.iter().map(|line| line.of(text)).collect::<Vec<_>>(), ["> I said so."]);
    }

    #[test]
    fn other_lines_with_such_marks_are_nobodys() {
        assert!(read("The prompt was:\n> run\n").is_empty());
        assert!(read("5 > 3, she wrote:\nNo.").is_empty());
        assert!(read("> No.").is_empty());
    }
}
