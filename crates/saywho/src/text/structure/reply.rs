//! Replies by mail: "On Thu, 3 Apr 2031, Jon Tarn <tarn@vale.example> wrote:" with his lines behind ">" below it.

use super::{Form, Turn};
use crate::reading::Span;

/// Most words of a name.
const NAME: usize = 6;

/// The quoted lines of replies as turns of those who wrote them. What they quote in turn is not theirs, and stays unread.
pub fn replies(text: &str) -> Vec<Turn> {
    let lines = lines(text);
    let mut found = Vec::new();
    for at in 1..lines.len() {
        if depth(lines[at].of(text)) == 0 || depth(lines[at - 1].of(text)) > 0 {
            continue;
        }
        // The line that names the writer may be broken in two, and an empty one may follow.
        let before = (0..at).rev().take(3).find(|&line| !lines[line].of(text).trim().is_empty());
        let Some((label, cue)) =
            before.and_then(|line| introduced(text, lines[line], line.checked_sub(1).map(|l| lines[l])))
        else {
            continue;
        };
        let quoted = lines[at..].iter().take_while(|line| depth(line.of(text)) > 0 || line.of(text).trim().is_empty());
        let own = quoted.filter(|line| depth(line.of(text)) == 1);
        let body: Vec<Span> = own.map(|line| bare(text, *line)).filter(|line| !line.is_empty()).collect();
        if !body.is_empty() {
            found.push(Turn { form: Form::Reply, label, cue, body, certainty: 1.0 });
        }
    }
    found
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

    fn read(text: &str) -> Vec<(&str, Vec<&str>)> {
        let turns = replies(text);
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
    fn other_lines_with_such_marks_are_nobodys() {
        assert!(read("The prompt was:\n> run\n").is_empty());
        assert!(read("5 > 3, she wrote:\nNo.").is_empty());
        assert!(read("> No.").is_empty());
    }
}
