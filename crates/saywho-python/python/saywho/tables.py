"""Readings as tables (docs/tables.md), and Arrow batches of texts to Arrow batches of rows.

pyarrow is imported only where it is needed; rows and texts pass to and from it without being copied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

from ._native import Reading, batch_of_reading, empty_batch, read_batch, table_names
from .engines import Model, Path, engine, threads
from .errors import SaywhoError

if TYPE_CHECKING:
    import pandas
    import pyarrow

TableName = Literal["documents", "entities", "mentions", "attributions", "conversations", "errors"]
"""One of the tables that readings become."""

TABLES: tuple[str, ...] = tuple(table_names())
"""The names of all tables."""


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise ImportError("tables need pyarrow: pip install pyarrow") from error
    return pyarrow


def schema(table: TableName = "attributions") -> pyarrow.Schema:
    """The columns of a table."""
    arrow = _pyarrow()
    columns: pyarrow.Schema = arrow.schema(empty_batch(table))
    return columns


def to_arrow(readings: Reading | Iterable[Reading], table: TableName = "attributions") -> pyarrow.Table:
    """A table of one reading, or of several below each other."""
    arrow = _pyarrow()
    each = [readings] if isinstance(readings, Reading) else readings
    batches = [arrow.record_batch(batch_of_reading(reading, table)) for reading in each]
    rows: pyarrow.Table = arrow.Table.from_batches(batches, schema=schema(table))
    return rows


def to_pandas(readings: Reading | Iterable[Reading], table: TableName = "attributions") -> pandas.DataFrame:
    """A table of one reading, or of several below each other, as a data frame."""
    try:
        import pandas  # noqa: F401
    except ImportError as error:
        raise ImportError("data frames need pandas: pip install pandas") from error
    frame: pandas.DataFrame = to_arrow(readings, table).to_pandas()
    return frame


def read_arrow(
    batches: Iterable[pyarrow.RecordBatch] | pyarrow.Table,
    table: TableName = "attributions",
    *,
    text_column: str = "text",
    id_column: str | None = None,
    title_column: str | None = None,
    author_column: str | None = None,
    publisher_column: str | None = None,
    date_column: str | None = None,
    url_column: str | None = None,
    model: Model = "accurate",
    knowledge: Path | None = None,
    jobs: int | None = None,
    any_language: bool = False,
    min_confidence: float = 0.0,
) -> Iterator[pyarrow.RecordBatch]:
    """Reads the texts of Arrow batches to the rows of a table, in their order, without Python's lock.

    The same rows as ``saywho bulk`` writes, in batches that follow ``schema(table)``. Without ``id_column`` documents are named
    by their number; other columns are looked for under their usual names (docs/inputs.md) unless they are named here. A text
    that cannot be read, or is not in English, gives no rows: the table ``errors`` tells why. What is less sure than
    ``min_confidence`` (0 to 1) has none.
    """
    arrow = _pyarrow()
    columns = {"text": text_column, "title": title_column, "published": date_column, "source": url_column}
    columns |= {"author": author_column, "publisher": publisher_column}
    columns["id"] = NUMBER if id_column is None else id_column
    wanted = ",".join(f"{part}={_name(column)}" for part, column in columns.items() if column is not None)
    names = [column for part, column in columns.items() if column is not None and part != "id"]
    names += [] if id_column is None else [id_column]
    made, threads_each = engine(model, knowledge), threads(jobs)
    count = 0
    given: Any = batches
    for batch in given.to_batches() if isinstance(given, arrow.Table) else given:
        _check(batch, names)
        if id_column is None:
            numbers = arrow.array(range(count, count + batch.num_rows), arrow.int64())
            batch = batch.append_column(NUMBER, numbers.cast(arrow.string()))
            count += batch.num_rows
        for rows in read_batch(made, batch, table, wanted, threads_each, (any_language, min_confidence)):
            yield arrow.record_batch(rows)


NUMBER = "saywho number"
"""The column for documents without an id."""


def _name(column: str) -> str:
    if "," in column or "=" in column:
        raise SaywhoError(f'the column name {column!r} holds "," or "=": rename the column first')
    return column


def _check(batch: pyarrow.RecordBatch, names: list[str]) -> None:
    missing = [name for name in names if name.split(".")[0] not in batch.schema.names]
    if missing:
        raise SaywhoError(f"there is no column {missing[0]!r}; name one of {', '.join(batch.schema.names)}")
