//! Which marks go together: the cheapest way to open, close and leave the marks of a paragraph, found from left to right.
//!
//! A few ways are kept at each mark (those that cost least so far), each with the quotations that are open in it. So the time is
//! that of the number of marks, whatever they are.

use super::mark::{Family, Kind, Mark, Shape};
use super::voice::Voices;

/// How deep quotations nest.
const DEPTH: usize = 4;
/// How many ways are kept.
const WAYS: usize = 12;
/// Marks after which the best way so far is settled.
const BLOCK: usize = 2000;

/// A quotation that is never closed.
const UNCLOSED: u32 = 30;
/// One that is left open where the voice that it quotes has clearly ended.
const LOST: u32 = 20;
/// A single mark is an apostrophe rather than half a quotation.
const UNCLOSED_SINGLE: u32 = 80;
/// One that the next paragraph goes on with.
const CONTINUED: u32 = 2;
/// A quotation in another with marks of the same kind.
const SAME_INSIDE: u32 = 15;
/// A quotation in another with marks of the same kind and another shape.
const OTHER_INSIDE: u32 = 5;
/// One that begins like a sentence, or where the voice around it has ended.
const UNLIKELY_INSIDE: u32 = 15;
/// A mark that closes two quotations at once.
const CLOSES_TWO: u32 = 10;

/// What a mark does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// Nothing.
    Idle,
    /// Opens a quotation, within those that are open.
    Open,
    /// Opens a quotation; one of its kind that is open before has lost its closing mark.
    Instead,
    /// Closes the innermost quotation of its kind.
    Close,
    /// Closes all quotations of its kind.
    CloseAll,
}

/// The marks that are open, outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stack {
    marks: [u32; DEPTH],
    depth: u8,
}

impl Stack {
    pub fn open(&self) -> &[u32] {
        &self.marks[..usize::from(self.depth)]
    }

    fn push(&mut self, mark: usize) {
        self.marks[usize::from(self.depth)] = mark as u32;
        self.depth += 1;
    }

    pub fn truncate(&mut self, depth: usize) {
        self.depth = self.depth.min(depth as u8);
    }

    /// The place of the innermost open mark of a kind.
    pub fn innermost(&self, marks: &[Mark], family: Family) -> Option<usize> {
        self.open().iter().rposition(|&o| marks[o as usize].family == family)
    }

    /// The place of the outermost open mark of a kind.
    pub fn outermost(&self, marks: &[Mark], family: Family) -> Option<usize> {
        self.open().iter().position(|&o| marks[o as usize].family == family)
    }

    /// Does to the stack what a mark does; the marks that it closes or that are lost are those from the returned place on.
    pub fn apply(&mut self, deed: Deed, mark: usize, marks: &[Mark]) -> Option<usize> {
        let family = marks[mark].family;
        let from = match deed {
            Deed::Idle | Deed::Open => None,
            Deed::Instead | Deed::Close => self.innermost(marks, family),
            Deed::CloseAll => self.outermost(marks, family),
        };
        if let Some(from) = from {
            self.truncate(from);
        }
        if matches!(deed, Deed::Open | Deed::Instead) {
            self.push(mark);
        }
        from
    }
}

/// One way through the marks so far.
#[derive(Debug, Clone, Copy)]
struct Way {
    cost: u32,
    stack: Stack,
    /// The step that led here.
    step: u32,
}

/// A deed and the step before it.
struct Step {
    deed: Deed,
    before: u32,
}

/// What each mark of a paragraph does. `goes_on` is the kind of mark with which the next paragraph begins, if it does with one.
pub(super) fn pair(marks: &[Mark], voices: &Voices, goes_on: Option<Kind>) -> Vec<Deed> {
    let mut deeds = Vec::with_capacity(marks.len());
    let mut stack = Stack::default();
    while deeds.len() < marks.len() {
        let block = deeds.len()..(deeds.len() + BLOCK).min(marks.len());
        let last = block.end == marks.len();
        let search = Search { marks, voices, goes_on };
        let (found, open) = search.block(block, stack, last);
        deeds.extend(found);
        stack = open;
    }
    deeds
}

struct Search<'a> {
    marks: &'a [Mark],
    voices: &'a Voices<'a>,
    goes_on: Option<Kind>,
}

impl Search<'_> {
    /// The cheapest deeds of a run of marks, and what they leave open.
    fn block(&self, block: std::ops::Range<usize>, stack: Stack, last: bool) -> (Vec<Deed>, Stack) {
        let mut steps: Vec<Step> = Vec::new();
        let mut ways = vec![Way { cost: 0, stack, step: u32::MAX }];
        for mark in block.clone() {
            let mut next: Vec<Way> = Vec::with_capacity(WAYS * 3);
            for way in &ways {
                for deed in [Deed::Idle, Deed::Open, Deed::Instead, Deed::Close, Deed::CloseAll] {
                    let Some(cost) = self.cost(deed, mark, way.stack) else { continue };
                    let mut stack = way.stack;
                    stack.apply(deed, mark, self.marks);
                    let cost = way.cost + cost;
                    let step = steps.len() as u32;
                    match next.iter_mut().find(|other| other.stack == stack) {
                        Some(other) if other.cost <= cost => continue,
                        Some(other) => *other = Way { cost, stack, step },
                        None => next.push(Way { cost, stack, step }),
                    }
                    steps.push(Step { deed, before: way.step });
                }
            }
            next.sort_by_key(|way| way.cost);
            next.truncate(WAYS);
            ways = next;
        }
        let end = |way: &Way| way.cost + if last { self.cost_of_end(way.stack) } else { 0 };
        let Some(best) = ways.iter().min_by_key(|way| end(way)) else { return (vec![Deed::Idle; block.len()], stack) };
        let mut deeds = Vec::with_capacity(block.len());
        let mut at = best.step;
        while let Some(step) = steps.get(at as usize) {
            deeds.push(step.deed);
            at = step.before;
        }
        deeds.reverse();
        (deeds, best.stack)
    }

    /// How unlikely it is that a mark does this; `None` where it cannot.
    fn cost(&self, deed: Deed, at: usize, stack: Stack) -> Option<u32> {
        let mark = &self.marks[at];
        let inner = stack.innermost(self.marks, mark.family);
        match deed {
            Deed::Idle => Some(mark.idles),
            Deed::Open => {
                let inside = inner.map_or(0, |i| self.inside(stack.open()[i] as usize, at));
                (stack.open().len() < DEPTH).then_some(mark.opens + inside)
            }
            Deed::Instead => Some(mark.opens + self.left_open(stack, inner?, Some(at))),
            Deed::Close => {
                let inner = inner?;
                let open = &self.marks[stack.open()[inner] as usize];
                Some(mark.closes + mismatch(open, mark) + self.left_open(stack, inner + 1, Some(at)))
            }
            Deed::CloseAll => {
                let (inner, outer) = (inner?, stack.outermost(self.marks, mark.family)?);
                let open = &self.marks[stack.open()[inner] as usize];
                let two = inner > outer && mark.ends_clause && mark.family == Family::Double;
                two.then_some(mark.closes + mismatch(open, mark) + CLOSES_TWO)
            }
        }
    }

    /// How unlikely a quotation is within another of its kind.
    fn inside(&self, outer: usize, inner: usize) -> u32 {
        let (open, mark) = (&self.marks[outer], &self.marks[inner]);
        // "..." around “...”: marks of two shapes tell the levels apart.
        if (open.shape == Shape::Straight) != (mark.shape == Shape::Straight) {
            return OTHER_INSIDE;
        }
        let ended = self.voices.end_before(open, mark.span.start).is_some();
        let sentence = mark.begins_sentence;
        SAME_INSIDE + if ended { 2 * UNLIKELY_INSIDE } else { 0 } + if sentence { UNLIKELY_INSIDE } else { 0 }
    }

    /// How unlikely it is that the open marks from a place on are never closed; `next` is the mark that ends them.
    fn left_open(&self, stack: Stack, from: usize, next: Option<usize>) -> u32 {
        let open = stack.open()[from..].iter().map(|&o| &self.marks[o as usize]);
        open.map(|open| match (open.family, next) {
            (Family::Single, _) => UNCLOSED_SINGLE,
            (_, Some(next)) if self.voices.end_before(open, self.marks[next].span.start).is_some() => LOST,
            _ => UNCLOSED,
        })
        .sum()
    }

    /// How unlikely it is that a paragraph ends with these marks open.
    fn cost_of_end(&self, stack: Stack) -> u32 {
        let Some(&first) = stack.open().first() else { return 0 };
        let first = &self.marks[first as usize];
        let continued = self.goes_on == Some(first.kind()) && (first.family != Family::Single || first.begins_sentence);
        let outer = if continued { CONTINUED } else { self.left_open(stack, 0, None) - self.left_open(stack, 1, None) };
        outer + self.left_open(stack, 1, None)
    }
}

/// How unlikely it is that two marks are halves of one pair, by their shapes.
fn mismatch(open: &Mark, close: &Mark) -> u32 {
    match (open.family, open.shape, close.shape) {
        (Family::Guillemet, a, b) => {
            if a == b {
                20
            } else {
                0
            }
        }
        (_, Shape::Left, Shape::Right) | (_, Shape::Straight, Shape::Straight) => 0,
        (_, Shape::Low, Shape::Left | Shape::Right) | (_, Shape::Right, Shape::Right) => 0,
        (_, Shape::Low, _) => 10,
        (Family::Single, Shape::Left, Shape::Straight) => 0,
        (_, _, Shape::Left | Shape::Low) => 40,
        _ => 15,
    }
}
