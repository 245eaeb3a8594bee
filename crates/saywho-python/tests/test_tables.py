"""Readings as tables, and Arrow batches to Arrow batches."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from conftest import QUOTE

import saywho
from saywho.tables import TABLES

DOCUMENTS = {
    "id": ["n1", "n2", "n3"],
    "text": [QUOTE, "🐟 Teo Vasca denied that the ban stays.", "It rained."],
    "date": ["2031-04-02", None, None],
}


def test_a_reading_becomes_rows(report: str) -> None:
    reading = saywho.read(report, id="call", date="2031-04-02")
    rows = reading.to_arrow()
    assert rows.schema.equals(saywho.schema("attributions"))
    assert rows.schema.metadata[b"saywho.schema"].startswith(b"saywho/table/")
    assert rows["attribution"].to_pylist() == [attribution.id for attribution in reading.attributions]
    assert rows["content"].to_pylist() == [attribution.content_text for attribution in reading.attributions]
    assert rows["speaker"].to_pylist() == [a.speaker.name if a.speaker else None for a in reading.attributions]
    for row, attribution in zip(rows["content_spans"].to_pylist(), reading.attributions, strict=True):
        assert [(span["start"], span["end"]) for span in row] == [tuple(span) for span in attribution.content]
    for table in TABLES:
        assert reading.to_arrow(table).schema.equals(saywho.schema(table)), table  # type: ignore[arg-type]
    assert reading.to_arrow("documents")["text"].to_pylist() == [report]
    assert reading.to_arrow("entities").num_rows == len(reading.entities)


def test_data_frames_answer_the_usual_question_at_once(report: str) -> None:
    frame = saywho.read(report).to_pandas()
    assert frame.groupby("speaker").size()["Ilse Maren"] >= 4
    several = saywho.to_pandas(saywho.read_many([QUOTE] * 3))
    assert list(several["document"]) == ["0", "1", "2"]
    assert len(saywho.to_pandas([])) == 0


def batches(size: int = 2) -> list[pa.RecordBatch]:
    made: list[pa.RecordBatch] = pa.table(DOCUMENTS).to_batches(max_chunksize=size)
    return made


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("table", TABLES)
def test_batches_become_the_rows_of_the_readings(table: Any, jobs: int) -> None:
    read = pa.Table.from_batches(
        saywho.read_arrow(batches(), table, id_column="id", jobs=jobs), schema=saywho.schema(table)
    )
    given = zip(*DOCUMENTS.values(), strict=True)
    alone = saywho.to_arrow([saywho.read(text, id=id, date=date) for id, text, date in given], table)
    # What is not asked for: the language, which is told from the text where a corpus is read.
    left_out = ["language"] if table == "documents" else []
    assert read.drop_columns(left_out).equals(alone.drop_columns(left_out))


def test_texts_are_not_copied_on_their_way() -> None:
    [batch] = batches(size=3)
    [rows] = saywho.read_arrow([batch], "documents", id_column="id", jobs=1)
    assert rows.column("text").equals(batch.column("text"))
    assert rows.column("text").buffers()[2].address == batch.column("text").buffers()[2].address


def test_documents_without_an_id_are_numbered_over_all_batches() -> None:
    rows = pa.Table.from_batches(saywho.read_arrow(batches(), "documents"))
    assert rows["document"].to_pylist() == ["0", "1", "2"]


def test_columns_are_found_where_one_says() -> None:
    table = pa.table({"Key": ["a"], "Story text": pa.array([QUOTE], pa.large_string()), "Day": ["2031-04-02"]})
    [rows] = saywho.read_arrow(table, text_column="Story text", id_column="Key", date_column="Day")
    assert rows.column("document").to_pylist() == ["a"]
    assert rows.column("published").to_pylist() == ["2031-04-02"]


def test_what_cannot_be_read_stands_in_the_table_of_errors() -> None:
    german = (
        "Die Außenministerin von Norrland sagte am Freitag, das Fangverbot in der Straße von Hale werde bis Mai aufgehoben; "
        "das habe sie Teo Vasca in einem Gespräch mitgeteilt, das beide Seiten nützlich nannten."
    )
    table = pa.table({"id": ["a", "b", "c"], "text": [None, german, QUOTE]})
    errors = pa.Table.from_batches(saywho.read_arrow(table, "errors", id_column="id"))
    assert errors["document"].to_pylist() == ["a", "b"]
    assert errors["kind"].to_pylist() == ["input", "language"]
    rows = pa.Table.from_batches(saywho.read_arrow(table, id_column="id"))
    assert set(rows["document"].to_pylist()) == {"c"}
    everything = pa.Table.from_batches(saywho.read_arrow(table, "documents", id_column="id", any_language=True))
    assert everything["document"].to_pylist() == ["b", "c"]


def test_empty_batches_and_none_at_all_give_no_rows() -> None:
    empty = pa.table({"id": pa.array([], pa.string()), "text": pa.array([], pa.string())})
    assert sum(rows.num_rows for rows in saywho.read_arrow(empty, id_column="id")) == 0
    assert list(saywho.read_arrow([])) == []


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: list(saywho.read_arrow(batches(), text_column="body")), "no column 'body'; name one of id, text, date"),
        (lambda: list(saywho.read_arrow(batches(), "quotes")), '"quotes" is no table'),  # type: ignore[arg-type]
        (lambda: list(saywho.read_arrow(batches(), text_column="a,b")), 'holds "," or "="'),
        (lambda: saywho.read(QUOTE).to_arrow("quotes"), '"quotes" is no table'),
    ],
)
def test_errors_say_what_was_wrong(call: Any, words: str) -> None:
    with pytest.raises(saywho.SaywhoError, match=words):
        call()


def test_only_batches_are_taken() -> None:
    with pytest.raises(Exception, match="record batch|schema|'str'"):
        list(saywho.read_arrow([QUOTE]))
