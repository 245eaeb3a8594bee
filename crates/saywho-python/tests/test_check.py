"""An article against the transcript that it reports."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT

import saywho


@pytest.fixture(scope="module")
def texts() -> tuple[str, str]:
    folder = ROOT / "examples/check"
    return (folder / "article.txt").read_text(encoding="utf-8"), (folder / "transcript.txt").read_text(encoding="utf-8")


def test_passages_get_verdicts_with_their_changes(texts: tuple[str, str]) -> None:
    article, transcript = texts
    check = saywho.check(article, against=transcript)
    assert [document.role for document in check.documents] == ["article", "source"]
    assert not check.is_sound
    [lost] = [passage for passage in check.passages if passage.changes and passage.changes[0].kind == "negation"]
    assert (lost.text, lost.verdict, lost.meaning) == ("We took this step lightly,", "altered", True)
    [change] = lost.changes
    assert (change.text, change.source_text) == ("took", "did not take")
    assert lost.matches[0].text == "We did not take this step lightly"
    for passage in check.passages:
        assert article[passage.start : passage.end] == passage.text
        assert passage.is_sound == (passage.verdict in ("exact", "supported"))
    assert check.to_dict() == json.loads(check.to_json())
    assert check.to_dict()["schema"] == "saywho/check/1"


def test_offsets_count_code_points(texts: tuple[str, str]) -> None:
    article, transcript = ("🐟 é " + text for text in texts)
    check = saywho.check([article], against=[transcript])
    places = [(match, transcript) for passage in check.passages for match in passage.matches]
    assert len(places) > 8
    for match, text in places:
        assert text[match.start : match.end] == match.text
        assert not match.text.startswith(" ")


def test_it_shows_itself_and_becomes_a_data_frame(texts: tuple[str, str]) -> None:
    check = saywho.check(texts[0], against=texts[1])
    assert repr(check).startswith("<Check of 12 passages: 1 exact")
    assert "[-did not take-]" in str(check)
    assert check.to_html().startswith("<!DOCTYPE html>")
    assert check._repr_html_().startswith("<iframe sandbox=")
    frame = check.to_pandas()
    assert len(frame) == len(check.passages)
    assert set(frame[frame.meaning].changes) == {"negation", "number"}
    assert list(frame.columns)[:4] == ["article", "id", "group", "attribution"]
    assert frame[frame.verdict == "not found"].source.isna().all()


def test_several_articles_and_sources_may_be_readings() -> None:
    text = "“The talks go on,” Ilse Maren said on Monday."
    reading = saywho.read(text, id="maren")
    check = saywho.check([text, reading], against=[reading, "The sea is calm."])
    assert [document.id for document in check.documents] == ["article-1", "maren", "maren", "source-2"]
    assert [passage.verdict for passage in check.passages] == ["exact", "exact"]
    assert check.is_sound
    assert [passage.matches[0].document for passage in check.passages] == [2, 2]


def test_errors_say_what_was_wrong() -> None:
    with pytest.raises(saywho.SaywhoError, match="nothing to check: give"):
        saywho.check([], against="It rained.")
    with pytest.raises(saywho.SaywhoError, match="nothing to check against"):
        saywho.check("It rained.", against=[])
