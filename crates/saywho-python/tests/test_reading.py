"""One text, and everything that a reading tells."""

from __future__ import annotations

import datetime
import importlib.metadata
import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from conftest import QUOTE, ROOT

import saywho


def test_a_quotation_tells_who_said_what() -> None:
    reading = saywho.read(QUOTE)
    [attribution] = reading.attributions
    assert attribution.speaker is not None
    assert attribution.speaker.name == "Ilse Maren"
    assert (attribution.act, attribution.type, attribution.polarity) == ("say", "direct", "affirmed")
    [content] = attribution.content
    assert QUOTE[content.start : content.end] == content.text == "“The talks go on,”"
    assert (attribution.source_text, attribution.cue_text) == ("Ilse Maren", "said")
    assert QUOTE[attribution.start : attribution.end] == "“The talks go on,” Ilse Maren said"


def test_only_what_is_sure_enough_is_told(report: str) -> None:
    everything = saywho.read(report).attributions
    least = sorted(attribution.confidence for attribution in everything)[len(everything) // 2]
    sure = [attribution.id for attribution in everything if attribution.confidence >= least]
    reading = saywho.read(report, min_confidence=least)
    assert [attribution.id for attribution in reading.attributions] == sure
    [other] = saywho.read_many([report], min_confidence=least)
    assert len(other.attributions) == len(sure) < len(everything)
    assert reading.at_least(1.0).text is report
    with pytest.raises(saywho.SaywhoError, match="from 0 to 1"):
        saywho.read(report, min_confidence=80)


def test_the_text_is_the_string_that_was_handed_over(report: str) -> None:
    assert saywho.read(report).text is report


def test_objects_agree_with_the_contract(report: str) -> None:
    reading = saywho.read(report, title="Call", date="2031-04-02", url="https://harbour.example/call", id="call")
    contract = reading.to_dict()
    assert contract["schema"] == "saywho/1"
    assert contract["document"]["title"] == "Call"
    document = reading.document
    assert (document.id, document.source) == ("call", "https://harbour.example/call")
    assert document.published == "2031-04-02"
    assert len(contract["entities"]) == len(reading.entities)
    for fields, entity in zip(contract["entities"], reading.entities, strict=True):
        for name in ("id", "name", "kind", "roles", "side"):
            assert getattr(entity, name) == fields[name]
        assert spans(entity.mentions) == pairs(fields["mentions"])
    assert len(contract["attributions"]) == len(reading.attributions) > 10
    for fields, attribution in zip(contract["attributions"], reading.attributions, strict=True):
        for name in ("id", "type", "via", "act", "polarity", "issue", "confidence"):
            assert getattr(attribution, name) == fields[name]
        for name in ("source", "cue", "content"):
            assert spans(getattr(attribution, name)) == pairs(fields[name])
        for name in ("speaker", "addressee", "inside"):
            other = getattr(attribution, name)
            assert (other.id if other else None) == fields[name]
        assert [entity.id for entity in attribution.chain] == fields["chain"]
        assert attribution.addressee_inferred == fields.get("addressee_inferred", False)
        assert attribution.told == fields.get("told")
        assert attribution.to_dict() == fields
    [conversation] = reading.conversations
    assert conversation.to_dict() == contract["conversations"][0]
    assert [entity.name for entity in conversation.participants] == ["Ilse Maren", "Teo Vasca"]
    assert conversation.medium == "telephone"
    assert conversation.initiator is not None and conversation.initiator.side == "Norrland"
    assert [tone.words for tone in conversation.tone] == [t["words"] for t in contract["conversations"][0]["tone"]]
    assert [span.text for span in document.boilerplate][0].startswith("Leave a Reply")


def spans(found: list[saywho.Span]) -> list[tuple[int, int]]:
    return [(start, end) for start, end in found]


def pairs(found: list[dict[str, int]]) -> list[tuple[int, int]]:
    return [(span["start"], span["end"]) for span in found]


def test_the_repr_says_who_said_what(report: str) -> None:
    shown = repr(saywho.read(report))
    assert shown.startswith("<Reading document: 21 attributions\n")
    assert "\n  Ilse Maren had warned → Teo Vasca: " in shown
    assert "… and 9 more" in shown
    assert repr(saywho.read("It rained.")) == "<Reading document: 0 attributions>"
    attribution = saywho.read(QUOTE).attributions[0]
    assert repr(attribution) == "<Attribution a1  Ilse Maren said: “The talks go on,”>"
    assert repr(attribution.content[0]) == "Span(0, 18, '“The talks go on,”')"
    assert repr(attribution.speaker) == '<Entity e1 "Ilse Maren": person>'


def test_printing_gives_the_report_for_people(report: str) -> None:
    shown = str(saywho.read(report))
    assert shown.startswith("Ilse Maren (Norrland) and Teo Vasca (Sudovia) · by telephone\n")
    assert "\x1b" not in shown


def test_a_notebook_shows_the_page_in_a_frame(report: str) -> None:
    shown = saywho.read(report)._repr_html_()
    assert shown.startswith("<iframe sandbox=")
    page = shown.split('srcdoc="')[1].removesuffix('"></iframe>')
    assert '"' not in page, "the page ends where the attribute ends"
    assert "Who said what" in page
    assert saywho.read(report).to_html().startswith("<!DOCTYPE html>")


def test_dates_come_as_words_or_as_dates_of_python() -> None:
    text = "The talks begin on Friday, Ilse Maren said."
    for date in ("2031-04-02", datetime.date(2031, 4, 2)):
        [named] = saywho.read(text, date=date).document.dates
        assert text[named.start : named.end] == "Friday"
        assert datetime.date.fromisoformat(named.date).weekday() == 4
        assert abs(datetime.date.fromisoformat(named.date) - datetime.date(2031, 4, 2)).days < 7


def test_what_is_told_of_a_document_is_kept(tmp_path: Path) -> None:
    told = saywho.read(QUOTE, authors=["Ada Lind"], publisher="Harbour Post", date="Fri, 04 Apr 2031 08:00:00 GMT").document
    assert (told.authors, told.publisher, told.published) == (["Ada Lind"], "Harbour Post", "2031-04-04T08:00:00Z")
    fields = {"text": QUOTE, "authors": "By Ada Lind and Bo Tarn", "publisher": "Harbour Post", "date": datetime.date(2031, 4, 4)}
    [reading] = saywho.read_many([fields])
    assert (reading.document.authors, reading.document.published) == (["Ada Lind", "Bo Tarn"], "2031-04-04")
    (tmp_path / "note.md").write_text(f"---\ntitle: Talks\nauthor: Bo Tarn\n---\n{QUOTE}\n", encoding="utf-8")
    told = saywho.read_file(tmp_path / "note.md", authors="Ada Lind", date="4 April 2031").document
    assert (told.title, told.authors, told.published) == ("Talks", ["Ada Lind"], "2031-04-04")


def test_the_version_is_that_of_the_package() -> None:
    assert saywho.__version__ == importlib.metadata.version("saywho")


def test_readings_travel_as_json(report: str) -> None:
    reading = saywho.read(report)
    for copy in (saywho.Reading.from_json(reading.to_json()), pickle.loads(pickle.dumps(reading))):
        assert copy == reading
        assert repr(copy) == repr(reading)
        assert copy.to_html() == reading.to_html()


def test_what_is_no_reading_is_told() -> None:
    with pytest.raises(saywho.SaywhoError, match="no reading in JSON"):
        saywho.Reading.from_json("{}")
    other = json.loads(saywho.read(QUOTE).to_json()) | {"schema": "saywho/9"}
    with pytest.raises(saywho.SaywhoError, match='schema is "saywho/9"'):
        saywho.Reading.from_json(json.dumps(other))


@pytest.mark.parametrize(
    ("span", "told"),
    [
        ({"start": 5, "end": 900}, f"from 5 to 900 does not lie in its text, which has {len(QUOTE)} code points"),
        ({"start": 40, "end": 3}, "from 40 to 3 ends before it begins"),
    ],
)
def test_a_reading_from_elsewhere_that_points_outside_its_text_is_told(span: dict[str, int], told: str) -> None:
    contract: dict[str, Any] = saywho.read(QUOTE).to_dict()
    contract["attributions"][0]["content"] = [span]
    with pytest.raises(saywho.SaywhoError, match=told):
        saywho.Reading.from_json(json.dumps(contract))


def test_a_reading_from_elsewhere_may_name_nobody() -> None:
    contract: dict[str, Any] = saywho.read(QUOTE).to_dict()
    contract["attributions"][0]["speaker"] = "e77"
    reading = saywho.Reading.from_json(json.dumps(contract))
    assert reading.attributions[0].speaker is None
    assert "e77 said" in repr(reading)
    assert reading.to_html() and reading.to_arrow().num_rows == 1


def test_equality_and_hashes_go_by_reading_and_place() -> None:
    reading = saywho.read(QUOTE)
    assert reading.attributions[0] == reading.attributions[0]
    assert len({reading.attributions[0].speaker, reading.entities[0]}) == 1
    assert saywho.read(QUOTE) == reading
    assert saywho.read(QUOTE).attributions[0] != reading.attributions[0]
    assert reading.attributions[0].content[0] == reading.attributions[0].content[0]
    assert reading.attributions[0] != "a1"


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: saywho.read(b"bytes"), TypeError, "expected a str, got bytes"),  # type: ignore[arg-type]
        (lambda: saywho.read("a \ud800 b"), saywho.ReadError, r"lone surrogate\) at code point 2"),
        (lambda: saywho.read(QUOTE, model="best"), saywho.SaywhoError, 'choose "accurate"'),  # type: ignore[arg-type]
        (lambda: saywho.read(QUOTE, knowledge="missing.tsv"), saywho.SaywhoError, "missing.tsv cannot be read"),
        (lambda: saywho.read_file("missing.txt"), saywho.ReadError, "missing.txt.*check the spelling"),
        (lambda: saywho.read(QUOTE, date="04/05/2031"), saywho.SaywhoError, "date: .* write 2031-04-05 or 2031-05-04"),
        (lambda: saywho.read_file("missing.txt", date="soon"), saywho.SaywhoError, "date: “soon” is no date"),
        (lambda: saywho.read_many(QUOTE), TypeError, "put it into a list"),
        (lambda: saywho.read_many([QUOTE], jobs=0), saywho.SaywhoError, "give 1 or more"),
    ],
)
def test_errors_say_what_was_wrong(call: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        call()


def test_knowledge_of_ones_own_counts(tmp_path: Path, report: str) -> None:
    reading = saywho.read(report, knowledge=ROOT / "examples/call/knowledge.tsv")
    assert any(entity.ids for entity in reading.entities)
    rows = tmp_path / "rows.tsv"
    rows.write_text("state\tXX\n", encoding="utf-8")
    with pytest.raises(saywho.SaywhoError, match="line 1 of the added knowledge"):
        saywho.read(QUOTE, knowledge=rows)


def test_files_of_several_formats_are_read(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    text = "Foreign minister Ilse Maren of Norrland said on Friday that the ban on fishing would go by May. " * 3
    page.write_text(f"<html><head><title>Ban</title></head><body><article><p>{text}</p></article></body></html>")
    reading = saywho.read_file(page)
    assert (reading.document.id, reading.document.title) == ("page", "Ban")
    assert reading.attributions
    lines = tmp_path / "two.jsonl"
    lines.write_text(json.dumps({"text": QUOTE}) + "\n" + json.dumps({"text": QUOTE}) + "\n")
    with pytest.raises(saywho.ReadError, match="holds 2 documents"):
        saywho.read_file(lines)


def test_other_languages_are_passed_over_unless_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "german.txt"
    file.write_text(
        "Die Außenministerin von Norrland sagte am Freitag, das Fangverbot in der Straße von Hale werde bis Mai aufgehoben; "
        "das habe sie Teo Vasca in einem Gespräch mitgeteilt, das beide Seiten nützlich nannten."
    )
    with pytest.raises(saywho.ReadError, match="is in German.*any_language=True"):
        saywho.read_file(file)
    assert saywho.read_file(file, any_language=True).document.language == "de"


def pdf_file(content: bytes, form: bytes) -> bytes:
    """A PDF of one page with this content, and a form X."""
    stream = b"<< %s /Length %d >>\nstream\n%s\nendstream"
    resources = b"<< /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources %s >>" % resources,
        stream % (b"", len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        stream % (b"/Type /XObject /Resources %s" % resources, len(form), form),
    ]
    file, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 7\n0000000000 65535 f \n" + table + b"trailer\n<< /Size 7 /Root 1 0 R >>\n"
    return file + head + b"startxref\n%d\n%%%%EOF" % len(file)


def test_pdf_is_read_and_one_that_draws_itself_raises(tmp_path: Path) -> None:
    sound, endless = tmp_path / "sound.pdf", tmp_path / "endless.pdf"
    sound.write_bytes(pdf_file(b"BT /F1 12 Tf 72 720 Td (Ilse Maren said the ban stays.) Tj ET", b""))
    assert saywho.read_file(sound, any_language=True).text == "Ilse Maren said the ban stays."
    endless.write_bytes(pdf_file(b"/X Do", b"/X Do"))
    with pytest.raises(saywho.ReadError, match="made the reader of PDF"):
        saywho.read_file(endless)
