"""Readings in Apache Spark: the rows of ``saywho bulk``, made by the workers of a cluster.

Every function here is a ``DataFrame.mapInArrow`` with the schema in Spark's terms; nothing distributed happens in saywho itself.
docs/spark.md tells how to bring saywho to the workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from .engines import Model, Path
from .tables import TableName, read_arrow
from .tables import schema as arrow_schema

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

Reads = Callable[[Iterable["pyarrow.RecordBatch"]], Iterator["pyarrow.RecordBatch"]]
"""What ``mapInArrow`` and its like take: batches to batches."""


def schema(table: TableName = "attributions") -> StructType:
    """The columns of a table in Spark's terms."""
    from pyspark.sql.pandas.types import from_arrow_schema

    columns: StructType = from_arrow_schema(arrow_schema(table))
    return columns


def mapper(
    table: TableName = "attributions",
    *,
    text_column: str = "text",
    id_column: str | None = "id",
    title_column: str | None = None,
    author_column: str | None = None,
    publisher_column: str | None = None,
    date_column: str | None = None,
    url_column: str | None = None,
    model: Model = "accurate",
    knowledge: Path | None = None,
    jobs: int = 1,
    any_language: bool = False,
    min_confidence: float = 0.0,
) -> Reads:
    """A function from batches to batches, for ``mapInArrow`` and any other engine that hands Arrow batches to Python.

    It holds nothing but these settings: the engine is made where it runs, once a process. ``jobs`` is the number of threads of
    each call: 1 for engines that give every task a core of its own, as Spark does.
    """
    settings: dict[str, Any] = {
        "text_column": text_column,
        "id_column": id_column,
        "title_column": title_column,
        "author_column": author_column,
        "publisher_column": publisher_column,
        "date_column": date_column,
        "url_column": url_column,
        "model": model,
        "knowledge": knowledge,
        "jobs": jobs,
        "any_language": any_language,
        "min_confidence": min_confidence,
    }

    def reads(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        return read_arrow(batches, table, **settings)

    return reads


def read(df: DataFrame, table: TableName = "attributions", **settings: Any) -> DataFrame:
    """The rows of a table for the documents of a data frame; ``settings`` are those of :func:`mapper`."""
    return df.mapInArrow(mapper(table, **settings), schema(table))


def attributions(df: DataFrame, **settings: Any) -> DataFrame:
    """Who said what: a row an attribution."""
    return read(df, "attributions", **settings)


def documents(df: DataFrame, **settings: Any) -> DataFrame:
    """A row a document that was read."""
    return read(df, "documents", **settings)


def entities(df: DataFrame, **settings: Any) -> DataFrame:
    """A row an entity of a document."""
    return read(df, "entities", **settings)


def mentions(df: DataFrame, **settings: Any) -> DataFrame:
    """A row a mention of an entity."""
    return read(df, "mentions", **settings)


def conversations(df: DataFrame, **settings: Any) -> DataFrame:
    """A row a call or meeting."""
    return read(df, "conversations", **settings)


def errors(df: DataFrame, **settings: Any) -> DataFrame:
    """A row a document that was not read, and why."""
    return read(df, "errors", **settings)
