//! The article with every attribution marked, and the list of who said what.

use super::groups::{Entry, SideGroup, SpeakerGroup, by_side, sides};
use super::marks::{Mark, Segment, depth, lanes, paragraphs, segments};
use super::page::{escaped, page};
use super::shorten::shorten;
use super::words::{
    addressee_phrase, circumstances, cue_words, day, heading, is_negative, is_unsure, issue_label, nothing_found,
    participants, quoted_words, shown_chain, totals,
};
use saywho_contract::Reading;
use saywho_contract::reading::Attribution;

/// Lanes of underlines that the style sheet has; deeper ones share the last.
const LANES: usize = 4;
/// Colours of sides that the style sheet has; more sides share them in turn.
const COLOURS: usize = 6;
/// Columns of words shown in the list.
const LISTED_WORDS: usize = 220;
/// Columns of a cue shown in the list.
const LISTED_CUE: usize = 60;

/// The reading as one HTML page that needs nothing else: the conversation, the marked article, the speakers.
///
/// Without scripts every marked passage links to its entry in the list and back.
pub fn html(reading: &Reading) -> String {
    let view = View::new(reading);
    let title = reading.document.title.as_ref().unwrap_or(&reading.document.id);
    let language = reading.document.language.as_ref().map(|tag| format!(" lang=\"{}\"", escaped(tag)));
    let article = format!("<article{}>{}</article>", language.unwrap_or_default(), view.article());
    page(title, &view.header(title), &article, &view.list())
}

/// A reading with what its marks need to know.
struct View<'r> {
    reading: &'r Reading,
    lanes: Vec<usize>,
    depths: Vec<usize>,
    sides: Vec<Option<&'r str>>,
}

impl<'r> View<'r> {
    fn new(reading: &'r Reading) -> View<'r> {
        let depths = (0..reading.attributions.len()).map(|i| depth(reading, i)).collect();
        View { reading, lanes: lanes(reading), depths, sides: sides(reading) }
    }

    /// The number of a side's colour, 0 for no side.
    fn colour(&self, side: Option<&str>) -> usize {
        match side {
            None => 0,
            Some(_) => self.sides.iter().position(|s| *s == side).map_or(0, |i| i % COLOURS + 1),
        }
    }

    fn colour_of(&self, index: usize) -> usize {
        let speaker = self.reading.attributions[index].speaker.as_deref();
        self.colour(speaker.and_then(|id| self.reading.entity(id)).and_then(|e| e.side.as_deref()))
    }

    fn header(&self, title: &str) -> String {
        let document = &self.reading.document;
        let mut origin: Vec<_> = document.publisher.iter().map(|name| escaped(name)).collect();
        origin.extend(document.published.as_ref().map(|date| escaped(&day(date))));
        origin.extend(document.source.as_deref().map(source_link));
        let mut out = String::new();
        if !origin.is_empty() {
            out += &format!("<p class=\"origin\">{}</p>\n", origin.join(" · "));
        }
        out += &format!("<h1>{}</h1>\n", escaped(title));
        for conversation in &self.reading.conversations {
            let who = escaped(&participants(self.reading, conversation));
            let how = circumstances(self.reading, conversation);
            let how: Vec<_> = how.iter().map(|phrase| escaped(phrase)).collect();
            out += &format!("<p class=\"talk\">{who}</p>\n<p class=\"how\">{}</p>\n", how.join(" · "));
        }
        out + &format!("<p class=\"totals\">{}</p>\n", escaped(&totals(self.reading).join(" · ")))
    }

    /// The text, letter by letter, with its marks; nothing is added that a reader of the bare text would see.
    fn article(&self) -> String {
        let text = &self.reading.document.text;
        let paragraphs = paragraphs(text);
        let segments = segments(self.reading, paragraphs.iter().flat_map(|p| [p.span.start, p.span.end]));
        let mut seen = Seen::new(self.reading, &segments);
        let mut coming = paragraphs.iter().peekable();
        let mut end = None;
        let mut out = String::new();
        for (i, segment) in segments.iter().enumerate() {
            if let Some(paragraph) = coming.next_if(|p| p.span.start == segment.span.start) {
                out += if paragraph.wrapped { "<p dir=\"auto\">" } else { "<p dir=\"auto\" class=\"lines\">" };
                end = Some(paragraph.span.end);
            }
            out += &self.insertions(segment.span.start);
            out += &self.segment(i, segment, &mut seen);
            if end == Some(segment.span.end) {
                out += "</p>";
                end = None;
            }
        }
        out
    }

    /// Repairs that put something between two letters.
    fn insertions(&self, at: usize) -> String {
        let repairs = self.reading.document.repairs.iter().filter(|r| r.start == at && r.end == at);
        repairs.map(|r| format!("<span class=\"fix gap\" title=\"{}\"></span>", repair_note(&r.to))).collect()
    }

    fn segment(&self, index: usize, segment: &Segment, seen: &mut Seen) -> String {
        let words = escaped(segment.span.of(&self.reading.document.text));
        let inner = self.decorated(segment, words);
        let covering = self.innermost_first(segment);
        let Some(first) = covering.first().copied() else { return inner };
        let ids: Vec<_> = covering.iter().map(|i| (i + 1).to_string()).collect();
        let mut out = String::new();
        let mut starts = false;
        for i in &covering {
            if seen.starts_at(*i, index) {
                starts = true;
                out += &format!("<span id=\"w{}\" class=\"place\"></span>", i + 1);
            }
        }
        let mut ends: Vec<_> = covering.iter().copied().filter(|i| seen.ends_at(*i, index)).collect();
        if !starts && ends.is_empty() && segment.span.of(&self.reading.document.text).trim().is_empty() {
            // A link of white space alone would have no name.
            let colour = self.colour_of(first);
            return format!("<span class=\"m c{colour}\" data-a=\"{}\">{inner}</span>", ids.join(" "));
        }
        out +=
            &format!("<a class=\"m c{}\" href=\"#n{}\" data-a=\"{}\"", self.colour_of(first), first + 1, ids.join(" "));
        if !starts {
            // One stop of the tab key for each attribution is enough.
            out += " tabindex=\"-1\"";
        }
        if !ends.is_empty() {
            ends.sort_unstable();
            let labels: Vec<_> = ends.into_iter().map(|i| self.label(i)).collect();
            out += &format!(" data-n=\"{}\"", labels.join(","));
        }
        out + &format!(">{inner}</a>")
    }

    /// The number of an attribution as the text shows it, with a question mark where it is unsure.
    fn label(&self, index: usize) -> String {
        let mark = if is_unsure(&self.reading.attributions[index]) { "?" } else { "" };
        format!("{}{mark}", index + 1)
    }

    /// The words within one element for each mark: underlines outermost, then cue, source, litter, repair.
    fn decorated(&self, segment: &Segment, words: String) -> String {
        let mut classes: Vec<String> = Vec::new();
        let mut title = String::new();
        let mut lines: Vec<(usize, usize)> = Vec::new();
        for mark in &segment.marks {
            match mark {
                Mark::Content(i) => lines.push((self.lanes[*i].min(LANES - 1), self.colour_of(*i))),
                Mark::Source(_) => classes.push("src".into()),
                Mark::Cue(_) => classes.push("cue".into()),
                Mark::Litter => classes.push("litter".into()),
                Mark::Repair(i) => {
                    classes.push("fix".into());
                    title = format!(" title=\"{}\"", repair_note(&self.reading.document.repairs[*i].to));
                }
            }
        }
        classes.sort();
        classes.dedup();
        lines.sort_unstable();
        lines.dedup();
        let mut out = words;
        if !classes.is_empty() {
            out = format!("<span class=\"{}\"{title}>{out}</span>", classes.join(" "));
        }
        for (lane, colour) in lines.into_iter().rev() {
            out = format!("<span class=\"u l{lane} c{colour}\">{out}</span>");
        }
        out
    }

    /// The attributions that a segment belongs to, the deepest first.
    fn innermost_first(&self, segment: &Segment) -> Vec<usize> {
        let mut covering: Vec<_> = segment.marks.iter().filter_map(|mark| mark.attribution()).collect();
        covering.sort_by_key(|i| (std::cmp::Reverse(self.depths[*i].max(self.lanes[*i])), *i));
        covering.dedup();
        covering
    }

    fn list(&self) -> String {
        if self.reading.attributions.is_empty() {
            return format!("<p class=\"none\">{}</p>\n", escaped(&nothing_found(self.reading)));
        }
        let groups = by_side(self.reading);
        let sides_known = groups.iter().any(|g| g.side.is_some());
        groups.iter().map(|group| self.side(group, sides_known)).collect()
    }

    fn side(&self, group: &SideGroup, sides_known: bool) -> String {
        let colour = self.colour(group.side);
        let mut out = format!("<section class=\"side c{colour}\">\n");
        if sides_known {
            out += &format!("<h3>{}</h3>\n", escaped(group.side.unwrap_or("side not known")));
        }
        for speaker in &group.speakers {
            out += &self.speaker(speaker);
        }
        out + "</section>\n"
    }

    fn speaker(&self, group: &SpeakerGroup) -> String {
        let roles = group.speaker.map(|e| e.roles.join(", ")).unwrap_or_default();
        let mut out = format!("<h4>{}", escaped(&heading(group.speaker)));
        if !roles.is_empty() {
            out += &format!(" <span class=\"role\">{}</span>", escaped(&roles));
        }
        out += "</h4>\n<ul>\n";
        for entry in &group.entries {
            out += &self.entry(entry);
        }
        out + "</ul>\n"
    }

    /// One attribution in the list: number, cue, addressee, words, chain and the rest.
    fn entry(&self, entry: &Entry) -> String {
        let (a, number) = (entry.attribution, entry.index + 1);
        let words = shorten(&quoted_words(&self.reading.document.text, &a.content), LISTED_WORDS);
        let negative = if is_negative(a) { " not" } else { "" };
        let cue = match cue_words(&self.reading.document.text, &a.cue, LISTED_CUE) {
            none if none.is_empty() => String::new(),
            cue => format!(" <b class=\"verb{negative}\">{}</b>", escaped(&cue)),
        };
        let addressee = addressee_phrase(self.reading, a).map(|to| format!(" {}", escaped(&to))).unwrap_or_default();
        let mut out = format!(
            "<li id=\"n{number}\" class=\"card c{} d{}\">\n<p class=\"act\"><a class=\"no\" href=\"#w{number}\" data-go=\"{number}\" \
             aria-label=\"attribution {number}: to its place in the text\">{number}</a> <span class=\"who\">{}</span>{cue}{addressee}</p>\n",
            self.colour_of(entry.index),
            entry.depth.min(LANES - 1),
            escaped(&self.speaker_name(a)),
        );
        if !words.is_empty() {
            out += &format!("<p class=\"words\">{}</p>\n", escaped(&words));
        }
        out + &self.chain(a) + &self.facts(a) + "</li>\n"
    }

    fn speaker_name(&self, a: &Attribution) -> String {
        a.speaker.as_deref().map_or_else(
            || "source not named".into(),
            |id| self.reading.entity(id).map_or_else(|| id.into(), |e| heading(Some(e))),
        )
    }

    /// The way the words came: from the outermost speaker to the one who spoke.
    fn chain(&self, a: &Attribution) -> String {
        let names = shown_chain(self.reading, a);
        if names.len() < 2 {
            return String::new();
        }
        let steps: Vec<_> = names.iter().map(|name| format!("<li>{}</li>", escaped(name))).collect();
        format!("<ol class=\"chain\" aria-label=\"chain of sources\">{}</ol>\n", steps.concat())
    }

    /// Type, channel, issue, the attribution around it and the confidence.
    fn facts(&self, a: &Attribution) -> String {
        let mut facts = vec![a.kind.name().to_owned()];
        facts.extend(a.via.as_ref().map(|via| format!("via {}", escaped(via))));
        facts.extend(issue_label(self.reading, a).map(|label| format!("about {}", escaped(label))));
        let outer = a.inside.as_ref().and_then(|id| self.reading.attributions.iter().position(|o| o.id == *id));
        facts.extend(outer.map(|i| format!("inside <a href=\"#n{0}\">{0}</a>", i + 1)));
        let percent = (a.confidence.clamp(0.0, 1.0) * 100.0).round();
        let unsure = if is_unsure(a) { "<b class=\"unsure\">?</b> unsure, " } else { "" };
        facts.push(format!(
            "<span class=\"sure\">{unsure}confidence {:.2} <i class=\"bar\" aria-hidden=\"true\"><i style=\"width:{percent}%\"></i></i></span>",
            a.confidence
        ));
        format!("<p class=\"facts\">{}</p>\n", facts.join(" · "))
    }
}

/// The first and the last segment of each attribution.
struct Seen {
    first: Vec<Option<usize>>,
    last: Vec<Option<usize>>,
}

impl Seen {
    fn new(reading: &Reading, segments: &[Segment]) -> Seen {
        let count = reading.attributions.len();
        let mut seen = Seen { first: vec![None; count], last: vec![None; count] };
        for (at, segment) in segments.iter().enumerate() {
            for i in segment.marks.iter().filter_map(|mark| mark.attribution()) {
                seen.first[i].get_or_insert(at);
            }
            for mark in &segment.marks {
                if let Mark::Content(i) = mark {
                    seen.last[*i] = Some(at);
                }
            }
        }
        seen
    }

    fn starts_at(&self, attribution: usize, segment: usize) -> bool {
        self.first[attribution] == Some(segment)
    }

    fn ends_at(&self, attribution: usize, segment: usize) -> bool {
        self.last[attribution] == Some(segment)
    }
}

fn repair_note(to: &str) -> String {
    format!("should read: {}", escaped(to))
}

/// An address as a link, anything else as it stands: only the web's own schemes are followed.
fn source_link(source: &str) -> String {
    let shown = escaped(source);
    if source.starts_with("https://") || source.starts_with("http://") {
        format!("<a href=\"{shown}\" rel=\"noopener noreferrer\">{shown}</a>")
    } else {
        shown
    }
}
