//! `saywho correct`: what persons put right in the readings of a case.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::CommandFactory;
use clap::error::ErrorKind;
use saywho::{PointSpan, Points, Span};
use saywho_store::{Body, EntityRef, Store};

use super::corrections::told;
use crate::args::Args;
use crate::decision_args::{AddedArgs, CorrectArgs, Decision, Place};
use crate::output;
use crate::table::open;

/// Keeps a decision and tells its number, by which it is undone.
///
/// # Errors
/// When there is no such case, document, attribution or entity, or the case cannot be written.
pub fn run(args: &CorrectArgs) -> Result<ExitCode> {
    let Some(db) = &args.db else {
        Args::command().error(ErrorKind::MissingRequiredArgument, "--db FILE names the case that is corrected").exit()
    };
    let store = open(db)?;
    let kept = store.correct(body(&store, &args.what)?, args.who.as_deref())?;
    output::print(&format!("correction {}: {}\n", kept.id, told(&kept.body)))?;
    store.close()?;
    Ok(ExitCode::SUCCESS)
}

fn body(store: &Store, what: &Decision) -> Result<Body> {
    let at =
        |place: &Place| Ok::<_, anyhow::Error>((store.document_called(&place.document)?, place.attribution.clone()));
    Ok(match what {
        Decision::Merge { entity, into, yes } => Body::Merge { entity: *entity, into: *into, confirm: *yes },
        Decision::Rename { entity, name } => Body::Rename { entity: *entity, name: name.clone() },
        Decision::Speaker { place, speaker } => {
            let (document, attribution) = at(place)?;
            Body::Speaker { document, attribution, entity: somebody(speaker) }
        }
        Decision::Addressee { place, addressee } => {
            let (document, attribution) = at(place)?;
            Body::Addressee { document, attribution, entity: somebody(addressee) }
        }
        Decision::Act { place, act } => {
            let (document, attribution) = at(place)?;
            Body::Act { document, attribution, act: *act }
        }
        Decision::Polarity { place, polarity } => {
            let (document, attribution) = at(place)?;
            Body::Polarity { document, attribution, polarity: *polarity }
        }
        Decision::Split { document, entity, name, attributions } => {
            let Some(entity) = somebody(entity) else {
                bail!("nobody cannot be somebody else: saywho correct speaker")
            };
            let attributions = Some(attributions.clone()).filter(|all| !all.is_empty());
            Body::Split { document: store.document_called(document)?, entity, name: name.clone(), attributions }
        }
        Decision::Span { place, part, words } => {
            let (document, attribution) = at(place)?;
            let spans = spans(&store.raw_reading(document)?.document.text, words)?;
            Body::Span { document, attribution, part: part.part(), spans }
        }
        Decision::Reject { place } => {
            let (document, attribution) = at(place)?;
            Body::Reject { document, attribution }
        }
        Decision::Add(added) => add(store, added)?,
    })
}

fn add(store: &Store, added: &AddedArgs) -> Result<Body> {
    let document = store.document_called(&added.document)?;
    let text = store.raw_reading(document)?.document.text;
    Ok(Body::Add {
        document,
        source: spans(&text, &added.source)?,
        cue: spans(&text, &added.cue)?,
        content: spans(&text, &added.content)?,
        speaker: added.speaker.as_deref().and_then(somebody),
        name: added.name.clone(),
        addressee: added.addressee.as_deref().and_then(somebody),
        act: added.act,
        polarity: added.polarity,
    })
}

/// Who is meant: a number of the case, else an id of the reading.
fn somebody(written: &str) -> Option<EntityRef> {
    match written.parse() {
        Ok(id) => Some(EntityRef::Store(id)),
        Err(_) if written == "nobody" => None,
        Err(_) => Some(EntityRef::Local(written.to_owned())),
    }
}

/// Where words stand in a text, in order.
fn spans(text: &str, words: &[String]) -> Result<Vec<PointSpan>> {
    let mut spans = words.iter().map(|words| span(text, words)).collect::<Result<Vec<_>>>()?;
    spans.sort();
    Ok(spans)
}

fn span(text: &str, words: &str) -> Result<PointSpan> {
    let numbers = words.split_once('-').and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    if let Some((start, end)) = numbers.filter(|_| !text.contains(words)) {
        if start > end {
            bail!("{words}: the beginning stands behind the end");
        }
        return Ok(PointSpan::points(start, end));
    }
    let mut places = text.match_indices(words).map(|(at, _)| at);
    let at = places.next().filter(|_| !words.is_empty()).with_context(|| {
        format!("the text does not hold “{words}”: copy the words letter by letter, or give START-END in code points")
    })?;
    let points = Points::of(text);
    if let Some(next) = places.next() {
        bail!(
            "“{words}” stands there more than once (at {} and {}): give more of the words, or START-END in code points",
            points.at(at),
            points.at(next)
        );
    }
    Ok(points.span(Span::new(at, at + words.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_once_or_not_at_all() {
        let text = "Där sade hon: “nej”. Där 7-9.";
        assert_eq!(span(text, "nej").ok(), Some(PointSpan::points(15, 18)));
        assert_eq!(span(text, "15-18").ok(), Some(PointSpan::points(15, 18)));
        assert_eq!(span(text, "7-9").ok(), Some(PointSpan::points(25, 28)), "words come first");
        let told = |words| span(text, words).expect_err("refused").to_string();
        assert!(
            told("Där").contains("at 0 and 21")
                && told("ja").contains("does not hold")
                && told("9-3").contains("behind")
        );
        assert!(span(text, "").is_err());
    }
}
