"""saywho in a pipeline of spaCy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import spacy
from conftest import QUOTE
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import saywho


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("saywho", config={"model": "accurate"})
    return nlp


def test_the_doc_tells_who_said_what(nlp: Language) -> None:
    doc = nlp(QUOTE)
    [attribution] = doc._.attributions
    assert [span.text for span in attribution.source] == ["Ilse Maren"]
    assert [span.text for span in attribution.cue] == ["said"]
    assert [span.text for span in attribution.content] == ["“The talks go on,”"]
    assert (attribution.speaker, attribution.addressee) == ("Ilse Maren", None)
    assert attribution.reading.act == "say"
    found = [(span.text, span.label_, span.id_) for span in doc.spans["saywho"]]
    assert found == [
        ("“The talks go on,”", "CONTENT", "a1"),
        ("Ilse Maren", "SOURCE", "a1"),
        ("said", "CUE", "a1"),
    ]


def test_spans_are_whole_tokens_over_the_words(nlp: Language, report: str) -> None:
    doc = nlp("🐟 e\u0301\r\n\r\n" + report)
    reading = saywho.read(doc.text)
    assert len(doc._.attributions) == len(reading.attributions)
    for aligned, read in zip(doc._.attributions, reading.attributions, strict=True):
        for spans, places in ((aligned.source, read.source), (aligned.cue, read.cue), (aligned.content, read.content)):
            assert len(spans) == len(places)
            for span, place in zip(spans, places, strict=True):
                assert span.start_char <= place.start and place.end <= span.end_char
                assert span.start_char > place.start - 20 and span.end_char < place.end + 20


def test_a_pipe_keeps_the_order_and_the_words(nlp: Language) -> None:
    texts = [f"The talks go on for {n} days, Teo Vasca said." for n in range(40)]
    docs = list(nlp.pipe(texts))
    assert [doc.text for doc in docs] == texts
    contents = [doc._.attributions[0].content[0].text for doc in docs]
    assert [content.rstrip(",") for content in contents] == [f"The talks go on for {n} days" for n in range(40)]


def test_a_doc_that_was_saved_tells_the_same(nlp: Language, report: str) -> None:
    doc = nlp(report)
    saved = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    [loaded] = DocBin().from_bytes(saved).get_docs(nlp.vocab)
    assert repr(loaded._.attributions) == repr(doc._.attributions)
    assert [span.text for span in loaded.spans["saywho"]] == [span.text for span in doc.spans["saywho"]]


def test_a_doc_that_was_not_read_has_none() -> None:
    assert Doc(spacy.blank("en").vocab, words=["Hello"])._.attributions == []


def test_a_failing_doc_goes_to_the_error_handler(monkeypatch: pytest.MonkeyPatch) -> None:
    from saywho import spacy as component

    def failing(texts: Iterator[str], **_: object) -> Iterator[object]:
        for number, text in enumerate(texts):
            yield saywho.ReadError("odd", number) if number == 1 else saywho.read(text, model="fast")

    monkeypatch.setattr(component, "read_many", failing)
    nlp = spacy.blank("en")
    nlp.add_pipe("saywho", config={"model": "fast"})
    with pytest.raises(saywho.ReadError, match="odd"):
        list(nlp.pipe([QUOTE] * 3))
    told: list[str] = []
    nlp.set_error_handler(lambda name, component, docs, error: told.append(str(error)))  # type: ignore
    assert len(list(nlp.pipe([QUOTE] * 3))) == 2
    assert told == ["odd"]
