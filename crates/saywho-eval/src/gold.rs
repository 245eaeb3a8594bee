//! What the readers of hand-made gold share: spans as `[start, end]`, errors, and how attributions are compared.

use saywho::PointSpan;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::words::{WordSet, Words, iou};
use crate::{Error, Result};

/// Parses gold; `place` names it in the error.
pub(crate) fn parse<T: DeserializeOwned>(json: &str, place: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|e| Error::Gold { place: place.to_owned(), reason: e.to_string() })
}

/// Reads `[[start, end], ...]`; null is no span.
pub(crate) fn spans<'de, D: Deserializer<'de>>(json: D) -> std::result::Result<Vec<PointSpan>, D::Error> {
    let pairs = Option::<Vec<(usize, usize)>>::deserialize(json)?.unwrap_or_default();
    Ok(pairs.into_iter().map(|(start, end)| PointSpan::points(start, end)).collect())
}

/// An attribution, gold or predicted, with the words of its content and source.
pub(crate) struct Placed<'a, T> {
    pub(crate) of: &'a T,
    pub(crate) content: WordSet,
    pub(crate) source: WordSet,
}

impl<'a, T> Placed<'a, T> {
    pub(crate) fn new(of: &'a T, words: &Words, content: &[PointSpan], source: &[PointSpan]) -> Self {
        Placed { of, content: words.touched(content), source: words.touched(source) }
    }
}

/// How well a prediction fits a gold attribution: the sum of the IoUs of their contents and sources, 0 unless both
/// are at least one half.
pub(crate) fn fit<G, P>(gold: &Placed<G>, predicted: &Placed<P>) -> f64 {
    let content = half_or_zero(&gold.content, &predicted.content);
    let source = half_or_zero(&gold.source, &predicted.source);
    if content > 0.0 && source > 0.0 { content + source } else { 0.0 }
}

/// The IoU, or 0 if it is less than one half.
pub(crate) fn half_or_zero(a: &WordSet, b: &WordSet) -> f64 {
    let iou = iou(a, b);
    if iou >= 0.5 { iou } else { 0.0 }
}
