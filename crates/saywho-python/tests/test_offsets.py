"""Offsets are code points, whatever stands in the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import saywho

ODD = ["🐟", "👩‍👩‍👧", "e\u0301", "é", "\r\n", "\n\n", "\u200d", "\ufeff", "“", "”", "مرحبا", "𝒜", " ", "\t", "\x00", "ß", "İ"]
noise = st.lists(st.sampled_from(ODD) | st.text(max_size=4), max_size=12).map("".join)
texts = noise.filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text))


@settings(max_examples=150, deadline=None)
@given(texts, texts)
def test_every_span_lies_on_the_text_and_tells_its_words(before: str, after: str) -> None:
    text = f"{before}\r\n\r\nIlse Maren said the talks with Teo Vasca go on.\r\n\r\n{after}"
    reading = saywho.read(text, model="fast")
    assert reading.text == text
    places = [place for entity in reading.entities for place in entity.mentions]
    for attribution in reading.attributions:
        places += [*attribution.source, *attribution.cue, *attribution.content]
    for place in places:
        assert 0 <= place.start < place.end <= len(text)
        assert place.text == text[place.start : place.end]


@settings(max_examples=150, deadline=None)
@given(texts)
def test_what_stands_before_moves_offsets_by_its_length(before: str) -> None:
    text = f"{before}\n\nThe talks go on, Ilse Maren said on 4 April 2031."
    [*_, named] = saywho.read(text, model="fast").document.dates
    assert named.date == "2031-04-04"
    assert (text[named.start : named.end], named.end) == ("4 April 2031", len(text) - 1)
