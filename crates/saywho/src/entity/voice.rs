//! Speakers that only the voices around them tell: "I", "we" and "you", and sources that a nested attribution leaves out.

use super::group;
use super::id::EntityId;
use super::phrase::Phrase;
use super::resolver::{Resolver, Setting};
use crate::attribution::AttributionId;
use crate::reading::EntityKind;
use crate::table::Place;
use crate::text::TokenId;
use crate::words;

impl Resolver<'_, '_> {
    /// Who "I", "we" or "you" is at a token within an attribution.
    pub(super) fn voice_at(
        &mut self,
        at: TokenId,
        tokens: &[TokenId],
        outer: Option<AttributionId>,
    ) -> Option<EntityId> {
        let speaker = outer.and_then(|o| self.voices[o].speaker);
        match self.phrase(tokens) {
            Phrase::First => Some(speaker.unwrap_or_else(|| self.author(at))),
            Phrase::We => Some(match speaker {
                Some(one) if self.book.drafts[one].kind == EntityKind::Person => self.we(at, one),
                Some(many) => many,
                None => self.author(at),
            }),
            Phrase::You => {
                let addressee = outer.and_then(|o| self.voices[o].addressee);
                Some(addressee.unwrap_or_else(|| self.book.by_words("you", EntityKind::Unnamed, None)))
            }
            _ => None,
        }
    }

    /// Who wrote the words at a token: the writer of the letter that it stands in, else the author of the whole.
    fn author(&mut self, at: TokenId) -> EntityId {
        let writer = self.text.structure.writer_at(self.text.tokens[at].span.start);
        let named = writer.and_then(|name| self.text.tokens_in(name).iter().find_map(|t| self.book.at(t)));
        if let Some(writer) = named {
            return writer;
        }
        self.book.by_words("the author", EntityKind::Document, None)
    }

    /// "we" in one person's mouth: a group that the text does not name, of the speaker's side.
    pub(super) fn we(&mut self, at: TokenId, speaker: EntityId) -> EntityId {
        let side = self.book.drafts[speaker].side.clone();
        let we = self.book.by_words_of("we", EntityKind::Unnamed, side, Some(speaker));
        self.book.mention(we, self.text.tokens[at].span);
        we
    }

    /// The source that a nested attribution does not repeat: "my", the subject of the clause before, the one asked.
    pub(super) fn left_out(&mut self, i: AttributionId) -> Option<EntityId> {
        let found = &self.found[i];
        let outer = found.inside?;
        // "We were told that ...": not by the one who says so.
        if matches!(found.recipient[..], [told] if found.cue.first().is_some_and(|&cue| told < cue) && matches!(self.text.word(told), "I" | "we" | "We"))
        {
            return None;
        }
        if let Some(owner) = found.cue.iter().copied().find(|&t| is_owner(self.text.word(t))) {
            return self.pronouns.get(&owner).copied().or_else(|| self.voice_at(owner, &[owner], Some(outer)));
        }
        let first = found.cue.iter().chain(&found.content).min().copied()?;
        let content = &self.found[outer].content;
        let before = &content[..content.partition_point(|&t| t < first)];
        // "reports claiming that ...": the noun before the participle.
        let noun = before.last().copied().filter(|&t| t.next() == first && self.text.word(first).ends_with("ing"));
        if let Some(noun) = noun.filter(|&t| is_telling_noun(self.text.word(t))) {
            let start = group::phrase_start(self.text, noun).max(content[0]);
            let tokens: Vec<TokenId> = start.through(noun).iter().collect();
            return self.resolve(&tokens, Setting::default());
        }
        if let Some(subject) = before.iter().rev().copied().find(|&t| self.is_subject(t)) {
            let who = matches!(self.text.word(subject), "who").then(|| self.relative(subject)).flatten();
            let known = who.or_else(|| self.pronouns.get(&subject).copied()).or_else(|| self.book.at(subject));
            return known.or_else(|| self.voice_at(subject, &[subject], Some(outer)));
        }
        let infinitive = self.text.word(first) == "to";
        let asked = self.voices[outer].addressee.filter(|_| infinitive);
        asked.or(self.voices[outer].speaker)
    }

    /// A pronoun or name where subjects stand.
    pub(super) fn is_subject(&self, token: TokenId) -> bool {
        match self.text.word(token) {
            "I" | "we" | "We" | "he" | "He" | "she" | "She" | "you" | "You" | "who" => true,
            _ => {
                let person = self.book.at(token).is_some_and(|e| self.book.drafts[e].kind == EntityKind::Person);
                let before = self.text.word_before(token);
                let object = words::ends_phrase_head(before) || matches!(before, "about" | "as" | "and" | "or");
                person
                    && !object
                    && self.ends.get(&token).is_some_and(|&end| self.word(end) != "’" && self.word(end) != "'")
            }
        }
    }
}

/// A text, body or people, in one or in number.
fn is_telling_noun(word: &str) -> bool {
    let one = word.strip_suffix('s').unwrap_or(word);
    words::is_people(word)
        || [word, one].into_iter().any(|w| words::is_document(w) || words::is_body(w) || words::is_title(w))
}

fn is_owner(word: &str) -> bool {
    matches!(word, "my" | "our" | "his" | "her" | "My" | "Our" | "His" | "Her")
}
