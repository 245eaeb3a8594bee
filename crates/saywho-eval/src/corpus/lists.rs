//! The list of who speaks and is spoken to, as a reader of a report sees it.

use std::collections::{BTreeMap, BTreeSet};

use saywho::reading::{Entity, EntityKind};
use saywho::{Point, PointSpan, Reading};

use super::{Gold, GoldEntity};
use crate::Figure;
use crate::figure::share;
use crate::names::{name_holds, same_name};
use crate::words::{Words, iou};

/// What a row of the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Right,
    Junk,
    Merged,
    Double,
    WrongKind,
    BadlyNamed,
}

/// The verdicts with the names of their figures.
const VERDICTS: [(Verdict, &str); 6] = [
    (Verdict::Right, "rows right"),
    (Verdict::Junk, "rows junk"),
    (Verdict::Double, "rows double"),
    (Verdict::WrongKind, "rows of a wrong kind"),
    (Verdict::Merged, "rows merged"),
    (Verdict::BadlyNamed, "rows badly named"),
];

/// What was counted.
#[derive(Default)]
pub(super) struct Counts {
    rows: usize,
    verdicts: [usize; VERDICTS.len()],
    lists: usize,
    clean: usize,
    speakers: usize,
    listed: usize,
}

impl Counts {
    pub(super) fn add(&mut self, gold: &Gold, text: &str, words: &Words, reading: &Reading<Point>) {
        let letters: Vec<char> = text.chars().collect();
        let cast: Vec<Named> = gold.cast.iter().map(|entity| Named::new(entity, &letters)).collect();
        let rows: Vec<Row> =
            who_speaks(reading).into_iter().map(|entity| Row::new(entity, &cast, &letters, words)).collect();
        let verdicts: Vec<Verdict> = (0..rows.len()).map(|at| verdict(at, &rows, &cast)).collect();
        for (count, (verdict, _)) in self.verdicts.iter_mut().zip(VERDICTS) {
            *count += verdicts.iter().filter(|v| **v == verdict).count();
        }
        self.rows += rows.len();
        self.lists += usize::from(!rows.is_empty());
        self.clean += usize::from(!rows.is_empty() && verdicts.iter().all(|v| *v == Verdict::Right));
        let required = gold.attributions.iter().filter(|a| !a.optional);
        let speakers: BTreeSet<usize> =
            required.flat_map(|a| a.speakers.iter().chain(&a.addressees)).copied().collect();
        let listed = |id: &&usize| rows.iter().any(|row| row.of.is_some_and(|of| cast[of].entity.id == **id));
        self.listed += speakers.iter().filter(listed).count();
        self.speakers += speakers.len();
    }

    pub(super) fn figures(&self) -> Vec<Figure> {
        let of_rows = VERDICTS.iter().zip(self.verdicts).map(|((_, name), count)| share(name, count, self.rows));
        let mut figures: Vec<Figure> = of_rows.collect();
        figures.push(share("lists without a fault", self.clean, self.lists));
        figures.push(share("speakers in the list", self.listed, self.speakers));
        figures
    }
}

/// The entities that speak or are spoken to, in the order of the reading; members instead of their group.
fn who_speaks(reading: &Reading<Point>) -> Vec<&Entity<Point>> {
    let ids = reading.attributions.iter().flat_map(|a| [&a.speaker, &a.addressee]).flatten();
    let with_members = |id: &String| match reading.entity(id).map(|entity| entity.members.as_slice()) {
        None | Some([]) => vec![id.clone()],
        Some(members) => members.to_vec(),
    };
    let ids: BTreeSet<String> = ids.flat_map(with_members).collect();
    reading.entities.iter().filter(|entity| ids.contains(&entity.id)).collect()
}

/// A gold entity with what it is called.
struct Named<'g> {
    entity: &'g GoldEntity,
    /// The words of its mentions.
    mentions: Vec<String>,
}

impl<'g> Named<'g> {
    fn new(entity: &'g GoldEntity, letters: &[char]) -> Self {
        Named { entity, mentions: entity.mentions.iter().map(|m| words_of(letters, *m)).collect() }
    }

    /// Whether it is called so: by its name, or as the text calls it where that is a name too; somebody unnamed by any mention.
    fn is_called(&self, name: &str) -> bool {
        let alike = |own: &str| name_holds(own, name) || name_holds(name, own);
        let before_comma = |mention: &String| name_holds(mention.split(',').next().unwrap_or_default(), name);
        match &self.entity.name {
            Some(own) => alike(own) || is_proper(name) && self.mentions.iter().any(before_comma),
            None => self.mentions.iter().any(|mention| alike(mention)),
        }
    }
}

/// Whether each word begins with a capital, and it is not just "I".
fn is_proper(name: &str) -> bool {
    name.chars().count() > 1 && name.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
}

fn words_of(letters: &[char], span: PointSpan) -> String {
    letters.get(span.start.0..span.end.0).unwrap_or_default().iter().collect()
}

/// A row of the list.
struct Row<'r> {
    entity: &'r Entity<Point>,
    /// For the gold entities, by their place in the cast, how many mentions of the row are of them.
    votes: BTreeMap<usize, usize>,
    /// The gold entity that it is of.
    of: Option<usize>,
}

impl<'r> Row<'r> {
    fn new(entity: &'r Entity<Point>, cast: &[Named], letters: &[char], words: &Words) -> Self {
        let mut votes = BTreeMap::new();
        for of in entity.mentions.iter().filter_map(|mention| whose(*mention, cast, letters, words)) {
            *votes.entry(of).or_default() += 1;
        }
        // The first of those that have most.
        let most = votes.iter().rev().max_by_key(|(_, count)| **count).map(|(of, _)| *of);
        let by_name = || {
            let named = |of: &Named| match &of.entity.name {
                Some(name) => same_name(Some(name), Some(&entity.name), &of.mentions),
                None => of.mentions.iter().any(|mention| same_name(Some(mention), Some(&entity.name), &[""; 0])),
            };
            let all: Vec<usize> = (0..cast.len()).filter(|&of| named(&cast[of])).collect();
            all.iter().find(|&&of| cast[of].entity.kind == entity.kind).or(all.first()).copied()
        };
        Row { entity, of: most.or_else(by_name), votes }
    }

    fn votes_for(&self, of: usize) -> usize {
        self.votes.get(&of).copied().unwrap_or_default()
    }
}

/// The gold entity that a mention is of, by its place in the cast: the one with the mention that is most like it, the first of several.
fn whose(mention: PointSpan, cast: &[Named], letters: &[char], words: &Words) -> Option<usize> {
    let own = words.touched(&[mention]);
    let named = |of: &Named| of.entity.name.as_ref().is_some_and(|name| name_holds(name, &words_of(letters, mention)));
    let mut best: Option<(f64, usize)> = None;
    for (place, of) in cast.iter().enumerate() {
        for gold in &of.entity.mentions {
            let alike = iou(&own, &words.touched(&[*gold]));
            let held = gold.contains(mention) && (gold.start == mention.start || named(of));
            if (alike >= 0.5 || held) && best.is_none_or(|(most, _)| alike > most) {
                best = Some((alike, place));
            }
        }
    }
    best.map(|(_, place)| place)
}

/// What the row at this place is.
fn verdict(at: usize, rows: &[Row], cast: &[Named]) -> Verdict {
    let row = &rows[at];
    let Some(of) = row.of else { return Verdict::Junk };
    let several = row.votes.iter().any(|(other, count)| *other != of && *count >= 2);
    let before = |(other, r): (usize, &Row)| {
        let (theirs, own) = (r.votes_for(of), row.votes_for(of));
        other != at && r.of == Some(of) && (theirs > own || theirs == own && other < at)
    };
    let gold = &cast[of];
    if several {
        Verdict::Merged
    } else if rows.iter().enumerate().any(before) {
        Verdict::Double
    } else if row.entity.kind != EntityKind::Unnamed && row.entity.kind != gold.entity.kind {
        Verdict::WrongKind
    } else if !gold.is_called(&row.entity.name) {
        Verdict::BadlyNamed
    } else {
        Verdict::Right
    }
}
