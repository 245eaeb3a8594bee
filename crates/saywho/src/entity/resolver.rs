//! What is known of a text while its phrases are resolved, and what a phrase looks like in it.

use std::cell::RefCell;
use std::collections::HashMap;

use super::book::{Book, plain};
use super::chain::{Voice, Voices};
use super::id::EntityId;
use super::name::{Name, NameKind};
use super::nominal::Nominal;
use super::offices::Offices;
use super::phrase::{Phrase, phrase};
use super::salience::{Place, Salience};
use super::states::States;
use super::turns::Parts;
use crate::attribution::{AttributionId, Attributions, by_sentence, edges};
use crate::reading::Span;
use crate::table::{Place as _, Table};
use crate::text::{QuoteState, SentenceId, Text, TokenId};
use crate::words;

/// Resolves the phrases of one text.
pub struct Resolver<'a, 't> {
    pub(super) text: &'a Text<'t>,
    pub(super) found: &'a Attributions,
    pub(super) states: &'a States<'a>,
    pub(super) book: &'a mut Book,
    pub(super) offices: Offices,
    /// Attributions by the sentence of their cue's first and of their cue's last token.
    pub(super) by_sentence: [HashMap<SentenceId, Vec<AttributionId>>; 2],
    /// The outermost attributions with a cue, in order of its first token; of equals the first one last.
    pub(super) outermost: Vec<(TokenId, AttributionId)>,
    pub(super) quotes: &'a Table<TokenId, QuoteState>,
    /// Name starts to name ends.
    pub(super) ends: HashMap<TokenId, TokenId>,
    /// Starts of titles that stand without a name.
    pub(super) titles: Vec<TokenId>,
    /// First tokens of phrases for persons to their nouns and entities.
    nominals: HashMap<TokenId, (TokenId, EntityId)>,
    /// For each token the innermost attribution whose content holds it.
    pub(super) within: Table<TokenId, Option<AttributionId>>,
    pub(super) salience: Salience<'a, 't>,
    /// Sources of one token to their attributions.
    pub(super) spoken_by: HashMap<TokenId, AttributionId>,
    /// Pronouns to entities.
    pub(super) pronouns: HashMap<TokenId, EntityId>,
    /// (channel, entity): who spoke through a statement, a release.
    pub(super) channels: Vec<(String, EntityId)>,
    pub(super) voices: Voices,
    /// Who speaks in the turns of a transcript.
    pub(super) turns: Option<&'a Parts>,
}

/// The attributions around a place, and what cannot be meant there.
#[derive(Clone, Copy, Default)]
pub(super) struct Setting<'f> {
    /// Content of the attribution whose source is looked for: whoever is named in it is hardly its source.
    pub(super) content: &'f [TokenId],
    /// Someone else is meant.
    pub(super) other_than: Option<EntityId>,
}

impl<'a, 't> Resolver<'a, 't> {
    /// A resolver that knows the text's names and nouns.
    pub fn new(
        text: &'a Text<'t>,
        quotes: &'a Table<TokenId, QuoteState>,
        found: &'a Attributions,
        names: &'a [Name],
        nominals: &'a [Nominal],
        states: &'a States<'a>,
        book: &'a mut Book,
    ) -> Resolver<'a, 't> {
        let ends: HashMap<TokenId, TokenId> =
            names.iter().filter(|n| n.kind != NameKind::Title).map(|n| (n.tokens.start, n.tokens.end)).collect();
        let mut mentions: Vec<(TokenId, EntityId, Place)> =
            book.mentions.iter().map(|&(token, entity)| (token, entity, place(text, &ends, token))).collect();
        mentions.extend(nominals.iter().map(|n| (n.noun, n.entity, Place::Plain)));
        mentions.sort_by_key(|m| m.0);
        mentions.dedup_by_key(|m| m.0);
        let within = innermost(text, found);
        let told = within.iter().map(Option::is_some).collect();
        let mut spoken_by = HashMap::new();
        for (i, f) in found.entries() {
            if let [only] = f.source[..] {
                spoken_by.entry(only).or_insert(i);
            }
        }
        let mut speaks = text.tokens.with(false);
        found.iter().flat_map(|f| &f.source).for_each(|&t| speaks[t] = true);
        Resolver {
            salience: Salience::new(text, quotes, told, speaks, mentions.into_iter()),
            titles: names.iter().filter(|n| n.kind == NameKind::Title).map(|n| n.whole.start).collect(),
            nominals: nominals.iter().map(|n| (n.first, (n.noun, n.entity))).collect(),
            within,
            voices: found.with(Voice::default()),
            spoken_by,
            pronouns: HashMap::new(),
            turns: None,
            offices: Offices::new(&book.drafts),
            by_sentence: [by_sentence(text, found, |f| f.cue.first()), by_sentence(text, found, |f| f.cue.last())],
            outermost: outermost(found),
            channels: Vec::new(),
            text,
            found,
            states,
            book,
            quotes,
            ends,
        }
    }

    /// The same resolver, told who speaks in turns.
    pub fn with_turns(mut self, turns: &'a Parts) -> Resolver<'a, 't> {
        self.turns = Some(turns);
        self
    }

    /// The same resolver, which also keeps what each pronoun had to choose from.
    pub fn with_choices(mut self) -> Resolver<'a, 't> {
        self.salience.choices = Some(RefCell::default());
        self
    }

    pub(super) fn word(&self, token: TokenId) -> &'t str {
        self.text.word_at(token)
    }

    pub(super) fn depth(&self, mut i: AttributionId) -> usize {
        let mut depth = 0;
        while let Some(outer) = self.found[i].inside {
            depth += 1;
            i = outer;
        }
        depth
    }

    /// The words of a source are a mention of the speaker.
    pub(super) fn learn(&mut self, source: &[TokenId], entity: EntityId) {
        let (Some(&first), Some(&last)) = (source.first(), source.last()) else { return };
        if source.len() <= 12
            && self.book.at(first).is_none()
            && let Some(span) = self.text.span(first.through(last))
        {
            self.book.mention(entity, span);
        }
    }

    pub(super) fn phrase(&self, tokens: &[TokenId]) -> Phrase {
        let phrase = phrase(self.text, tokens, |t| self.ends.get(&t).copied());
        match phrase {
            Phrase::Title(_) | Phrase::Unnamed(_) => self.name_behind(tokens).map_or(phrase, Phrase::Name),
            _ => phrase,
        }
    }

    /// "Its head, Bo Lund,": the name between commas right behind a title.
    fn name_behind(&self, tokens: &[TokenId]) -> Option<TokenId> {
        let &last = tokens.last().filter(|&&t| words::is_title(self.word(t)) && self.word(t.next()) == ",")?;
        self.ends.get(&last.plus(2)).filter(|&&end| matches!(self.word(end), "," | "." | ";"))?;
        (self.text.sentence_of[last] == self.text.sentence_of[last.plus(2)]).then_some(last.plus(2))
    }

    /// The person meant by a phrase that begins with the noun's own article: "my mother".
    pub(super) fn nominal(&self, tokens: &[TokenId]) -> Option<EntityId> {
        let (noun, entity) = *self.nominals.get(tokens.first()?)?;
        tokens.contains(&noun).then_some(entity)
    }

    pub(super) fn words(&self, tokens: &[TokenId]) -> String {
        // "two officials in the ministry, who ...": the clause is no part of the name.
        let clause = |&t: &TokenId| matches!(self.text.word(t), "who" | "whom" | "whose" | "which");
        let named = &tokens[..tokens.iter().position(clause).filter(|&at| at > 0).unwrap_or(tokens.len())];
        let last = named.iter().rposition(|&t| self.text.word(t) != ",").map_or(named.len(), |last| last + 1);
        let spans: Vec<Span> = edges::spans(self.text, &named[..last]);
        plain(&spans.iter().map(|s| s.of(self.text.text)).collect::<Vec<_>>().join(" "))
    }
}

/// How the name that starts at a token stands.
fn place(text: &Text, ends: &HashMap<TokenId, TokenId>, token: TokenId) -> Place {
    let Some(&end) = ends.get(&token) else { return Place::Plain };
    let word = |t: TokenId| text.word_at(t);
    let noun = words::is_body(word(end))
        || words::is_title(word(end))
        || words::is_document(word(end))
        || words::is_modifier(word(end));
    let same_sentence = text.sentence_of.get(end) == Some(&text.sentence_of[token]);
    match word(end) {
        "’" | "'" => Place::Owner,
        _ if noun && same_sentence => Place::Modifier,
        _ => Place::Plain,
    }
}

/// (first token of the cue, attribution) of the outermost ones, in order.
fn outermost(found: &Attributions) -> Vec<(TokenId, AttributionId)> {
    let outer = found.entries().filter(|(_, f)| f.inside.is_none());
    let mut places: Vec<(TokenId, AttributionId)> = outer.filter_map(|(i, f)| Some((*f.cue.first()?, i))).collect();
    places.sort_by_key(|&(cue, i)| (cue, std::cmp::Reverse(i)));
    places
}

/// For each token the innermost attribution whose content holds it; `found` has outer before inner.
fn innermost(text: &Text, found: &Attributions) -> Table<TokenId, Option<AttributionId>> {
    let mut within = text.tokens.with(None);
    for (i, f) in found.entries() {
        for &t in &f.content {
            within[t] = Some(i);
        }
    }
    within
}
