//! What a change does: which kind it is, and whether it changes what is said.

use saywho::Span;

use crate::align::{Alignment, Step, Weights};
use crate::index::Index;
use crate::lexicon;
use crate::words::Word;
use saywho_contract::check::{Change, Kind};

/// Words that are left out in a longer stretch take what they negate or qualify with them.
const LONG: usize = 4;

/// What telling changes needs to know.
pub struct Changes<'c> {
    /// The words of the passage.
    pub passage: &'c [Word],
    /// The sources.
    pub index: &'c Index<'c>,
    /// The words.
    pub weights: &'c Weights<'c>,
    /// Whether the passage goes on with a clause of the article, whose tense and person it takes.
    pub reported: bool,
}

/// Words of the passage that stand for others of the source.
#[derive(Debug, Clone, Default)]
struct Group {
    article: Vec<usize>,
    source: Vec<usize>,
    /// The word of the passage before which it stands.
    at: usize,
    /// The word of the source before which it stands.
    source_at: usize,
}

impl Changes<'_> {
    /// The changes of an alignment, in order of the passage.
    pub fn of(&self, alignment: &Alignment) -> Vec<Change> {
        self.groups(alignment).iter().flat_map(|group| self.told(group)).collect()
    }

    /// Steps that follow each other and change something, together.
    fn groups(&self, alignment: &Alignment) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let first = alignment.window().map_or(0, |w| w.start);
        let (mut at, mut source_at, mut open) = (0, first, false);
        for step in &alignment.steps {
            let (article, source) = match *step {
                Step::Both(a, s) => (Some(a), Some(s)),
                Step::Article(a) => (Some(a), None),
                Step::Source(s) => (None, Some(s)),
            };
            let same = match (article, source) {
                (Some(a), Some(s)) => self.passage[a].id == self.index.words[s].id,
                _ => false,
            };
            if same {
                open = false;
            } else {
                if !open {
                    groups.push(Group { at, source_at, ..Group::default() });
                    open = true;
                }
                if let Some(group) = groups.last_mut() {
                    group.article.extend(article);
                    group.source.extend(source);
                }
            }
            at = article.map_or(at, |a| a + 1);
            source_at = source.map_or(source_at, |s| s + 1);
        }
        groups
    }

    /// What a group is: those kinds that change what is said, else one that does not.
    fn told(&self, group: &Group) -> Vec<Change> {
        let kinds = self.meaning(group);
        let kinds = if kinds.is_empty() { vec![self.form(group)] } else { kinds };
        kinds.into_iter().map(|kind| self.change(kind, group)).collect()
    }

    fn change(&self, kind: Kind, group: &Group) -> Change {
        let before = |at: usize| at.checked_sub(1).and_then(|b| self.passage.get(b)).map_or(0, |w| w.span.end);
        let (start, end) = match (group.article.first(), group.article.last()) {
            (Some(&first), Some(&last)) => (self.passage[first].span.start, self.passage[last].span.end),
            // Words left out stand between two of the passage: where dots are, they are the place.
            _ => {
                let next = self.passage.get(group.at);
                let dots = next.filter(|w| w.behind_dots).map(|w| w.span.start);
                let at = before(group.at);
                if group.at == 0 {
                    next.map_or((0, 0), |w| (w.span.start, w.span.start))
                } else {
                    (at, dots.unwrap_or(at))
                }
            }
        };
        let words = &self.index.words;
        let place = match (group.source.first(), group.source.last()) {
            (Some(&first), Some(&last)) => Span::new(words[first].span.start, words[last].span.end),
            _ => {
                let at = group.source_at.checked_sub(1).and_then(|at| words.get(at)).map_or(0, |w| w.span.end);
                Span::new(at, at)
            }
        };
        let known = group.source.first().copied().unwrap_or(group.source_at.saturating_sub(1));
        let document = self.index.source(known.min(words.len().saturating_sub(1)));
        Change { kind, start, end, document, source_start: place.start, source_end: place.end }
    }

    fn word(&self, word: &Word) -> &str {
        self.weights.vocabulary.word(word.id)
    }

    fn article(&self, group: &Group) -> Vec<&Word> {
        group.article.iter().map(|&at| &self.passage[at]).collect()
    }

    fn source(&self, group: &Group) -> Vec<&Word> {
        group.source.iter().map(|&at| &self.index.words[at]).collect()
    }

    /// Whether dots stand within the group or at its end.
    fn has_dots(&self, group: &Group) -> bool {
        let end = group.article.last().map_or(group.at, |last| last + 1);
        (group.at.max(1)..=end).any(|at| self.passage.get(at).is_some_and(|w| w.behind_dots))
    }

    /// The kinds that change what is said.
    fn meaning(&self, group: &Group) -> Vec<Kind> {
        let (article, source) = (self.article(group), self.source(group));
        let bracketed = article.iter().any(|w| w.bracketed);
        let mut kinds = Vec::new();
        // A clause that is left out took its words with it, and so did what brackets stand for.
        let lost = article.is_empty() && (source.len() >= LONG || (self.has_dots(group) && source.len() > 1));
        let negations = |words: &[&Word]| words.iter().filter(|w| lexicon::negates(self.word(w))).count();
        if !lost && negations(&article) % 2 != negations(&source) % 2 {
            kinds.push(Kind::Negation);
        }
        if lost || bracketed {
            return kinds;
        }
        let only = article.is_empty() || source.is_empty();
        if self.numbers(&article) != self.numbers(&source) && !(article.is_empty() && self.is_plain_omission(&source)) {
            kinds.push(Kind::Number);
        }
        if !only && self.is_other_name(&article, &source) {
            kinds.push(Kind::Name);
        }
        let (said, meant) = (self.modals(&group.article, self.passage), self.modals(&group.source, &self.index.words));
        if said != meant && !(self.reported && are_tenses(&said, &meant)) {
            kinds.push(Kind::Modality);
        }
        // What qualifies a phrase that is left out is gone with it.
        let whole = article.is_empty() && source.iter().any(|w| self.says_something(w));
        let qualifiers = |words: &[&Word]| -> Vec<u32> {
            let mut found: Vec<u32> = words.iter().filter(|w| lexicon::qualifies(self.word(w))).map(|w| w.id).collect();
            found.sort_unstable();
            found
        };
        if kinds.is_empty() && !whole && qualifiers(&article) != qualifiers(&source) {
            kinds.push(Kind::Qualifier);
        }
        kinds
    }

    /// Whether a word tells more than how much, how many and how sure.
    fn says_something(&self, word: &Word) -> bool {
        let known = self.word(word);
        !lexicon::is_little(known) && !lexicon::qualifies(known) && lexicon::modality(known, None).is_none()
    }

    /// Whether what is left out is more than a bare number.
    fn is_plain_omission(&self, source: &[&Word]) -> bool {
        source.iter().any(|w| self.weights.vocabulary.number(w).is_none())
    }

    fn numbers(&self, words: &[&Word]) -> Vec<String> {
        let mut found: Vec<String> =
            words.iter().filter_map(|w| self.weights.vocabulary.number(w)).map(str::to_owned).collect();
        found.sort_unstable();
        found
    }

    /// Whether one name stands for another: each side has a word of a name that the other lacks.
    fn is_other_name(&self, article: &[&Word], source: &[&Word]) -> bool {
        let vocabulary = self.weights.vocabulary;
        let named = |words: &[&Word]| -> Vec<u32> {
            words.iter().filter(|w| vocabulary.is_name(w) || self.opens_as_name(w)).map(|w| w.id).collect()
        };
        let (said, meant) = (named(article), named(source));
        let lacks = |some: &[u32], others: &[u32]| some.iter().any(|id| !others.contains(id));
        lacks(&said, &meant) && lacks(&meant, &said)
    }

    /// Whether a word at the head of a sentence is a name: it has a capital, and says more than little.
    fn opens_as_name(&self, word: &Word) -> bool {
        let known = self.word(word);
        let stands = |w: &Word| w.id == word.id && self.weights.vocabulary.is_name(w);
        word.opens
            && word.capital
            && !lexicon::is_little(known)
            && (self.passage.iter().any(stands)
                || self.index.places(word.id).iter().any(|&at| stands(&self.index.words[at as usize])))
    }

    fn modals(&self, places: &[usize], words: &[Word]) -> Vec<&'static str> {
        let of = |&at: &usize| {
            let next = words.get(at + 1).map(|w| self.word(w));
            // "May" is a month where it has a capital within a sentence.
            let is_date = self.weights.vocabulary.number(&words[at]).is_some();
            if is_date { None } else { lexicon::modality(self.word(&words[at]), next) }
        };
        let mut found: Vec<&str> = places.iter().filter_map(of).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The kind of a change that leaves alone what is said.
    fn form(&self, group: &Group) -> Kind {
        let (article, source) = (self.article(group), self.source(group));
        if article.iter().any(|w| w.bracketed) {
            return Kind::Insertion;
        }
        if self.has_dots(group) && article.is_empty() {
            return Kind::Ellipsis;
        }
        if self.is_tense_or_person(&article, &source) {
            return Kind::TenseOrPerson;
        }
        let interpreted = group.source.first().is_some_and(|&at| self.index.is_interpreted(at));
        match (article.is_empty(), source.is_empty()) {
            (true, _) => Kind::Omission,
            (_, true) => Kind::Insertion,
            _ if interpreted => Kind::Translation,
            _ => Kind::Substitution,
        }
    }

    /// Whether all words are forms of each other, verbs that help them and persons put aside.
    fn is_tense_or_person(&self, article: &[&Word], source: &[&Word]) -> bool {
        if article.is_empty() || source.is_empty() {
            return self.is_only_helper(article);
        }
        let told = |words: &[&Word], is_aside: fn(&str) -> bool| -> Vec<String> {
            words.iter().map(|w| self.word(w)).filter(|w| !is_aside(w)).map(str::to_owned).collect()
        };
        let same = |is_aside: fn(&str) -> bool| {
            let (said, meant) = (told(article, is_aside), told(source, is_aside));
            let near = |a: &str, b: &str| lexicon::are_forms(a, b) || (lexicon::is_person(a) && lexicon::is_person(b));
            said.len() == meant.len() && said.iter().zip(&meant).all(|(a, b)| near(a, b))
        };
        same(lexicon::helps) || same(|word| lexicon::helps(word) || lexicon::is_person(word))
    }

    /// Whether all that is put in is a verb that helps another, as a report's tense wants it: "had agreed".
    fn is_only_helper(&self, article: &[&Word]) -> bool {
        self.reported && !article.is_empty() && article.iter().all(|w| lexicon::helps(self.word(w)))
    }
}

/// Whether two sets of verbs are those of one tense and another: "will" and "would".
fn are_tenses(a: &[&str], b: &[&str]) -> bool {
    let without_tense = |sets: &[&str]| {
        let mut sets: Vec<String> = sets.iter().map(|set| set.replace("conditional", "future")).collect();
        sets.sort_unstable();
        sets.dedup();
        sets
    };
    without_tense(a) == without_tense(b)
}
