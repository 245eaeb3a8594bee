"""Texts and files to readings."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, overload

from ._native import Reading
from .engines import Model, Path, engine, threads
from .errors import ReadError, SaywhoError

Date = str | datetime.date
"""A day: a date of Python, or as people write it ("2031-04-04", "4 April 2031", "Fri, 04 Apr 2031 08:00:00 GMT")."""


def _about(
    title: str | None, authors: Sequence[str], publisher: str | None, date: Date | None
) -> tuple[str | None, list[str], str | None, str | None]:
    names = [authors] if isinstance(authors, str) else list(authors)
    return title, names, publisher, date.isoformat() if isinstance(date, datetime.date) else date


def read(
    text: str,
    *,
    title: str | None = None,
    authors: Sequence[str] = (),
    publisher: str | None = None,
    date: Date | None = None,
    url: str | None = None,
    id: str = "document",
    model: Model = "accurate",
    knowledge: Path | None = None,
    min_confidence: float = 0.0,
) -> Reading:
    """Reads one text: who said what, to whom, through which chain of sources.

    ``date`` is the day it was published: it tells which day "on Friday" is and who held an office then. One that can be read in
    two ways ("04/05/2031") raises :class:`SaywhoError`.
    ``knowledge`` is a file of your own rows beside the built-in tables of the world (docs/knowledge.md). What is less sure
    than ``min_confidence`` (0 to 1) is left away.

    >>> reading = read("“The talks go on,” Ilse Maren said on Monday.")
    >>> [attribution] = reading.attributions
    >>> str(attribution.speaker), attribution.act, reading.text[attribution.content[0].start:attribution.content[0].end]
    ('Ilse Maren', 'say', '“The talks go on,”')
    """
    if not isinstance(text, str):
        raise TypeError(f"expected a str, got {type(text).__name__}: decode bytes first, or use read_file for files")
    made = engine(model, knowledge).read(text, id, _about(title, authors, publisher, date), url)
    return _sure(made, min_confidence)


def read_file(
    path: Path,
    *,
    title: str | None = None,
    authors: Sequence[str] = (),
    publisher: str | None = None,
    date: Date | None = None,
    model: Model = "accurate",
    knowledge: Path | None = None,
    any_language: bool = False,
    min_confidence: float = 0.0,
) -> Reading:
    """Reads a file that holds one document: text, a web page, PDF, Markdown, a mail (docs/inputs.md).

    What is told of it here goes before what it tells of itself.
    A document that is not in English raises :class:`ReadError` unless ``any_language`` is true.
    """
    made = engine(model, knowledge).read_file(path, _about(title, authors, publisher, date), any_language)
    return _sure(made, min_confidence)


@overload
def read_many(
    documents: Iterable[str | Mapping[str, object]],
    *,
    model: Model = ...,
    knowledge: Path | None = ...,
    jobs: int | None = ...,
    errors: Literal["raise"] = ...,
    min_confidence: float = ...,
) -> Iterator[Reading]: ...


@overload
def read_many(
    documents: Iterable[str | Mapping[str, object]],
    *,
    model: Model = ...,
    knowledge: Path | None = ...,
    jobs: int | None = ...,
    errors: Literal["return"],
    min_confidence: float = ...,
) -> Iterator[Reading | ReadError]: ...


def read_many(
    documents: Iterable[str | Mapping[str, object]],
    *,
    model: Model = "accurate",
    knowledge: Path | None = None,
    jobs: int | None = None,
    errors: Literal["raise", "return"] = "raise",
    min_confidence: float = 0.0,
) -> Iterator[Reading] | Iterator[Reading | ReadError]:
    """Reads many documents on all processors, in their order, while Python does other things.

    A document is a string, or a mapping with ``text`` and perhaps ``id``, ``title``, ``authors``, ``publisher``,
    ``date``, ``url``. Documents are pulled as they are needed, eight a thread ahead, so that an endless stream can be read. One that cannot be read raises
    :class:`ReadError`, after which the iteration can go on; with ``errors="return"`` the error stands in its place instead.
    """
    if errors not in ("raise", "return"):
        raise SaywhoError(f'errors is {errors!r}: choose "raise" or "return"')
    if isinstance(documents, (str, Mapping)):
        kind = type(documents).__name__
        raise TypeError(f"expected documents, got one {kind}: put it into a list, or read a single text with saywho.read")
    many = engine(model, knowledge).read_many(documents, threads(jobs), errors == "raise")
    # A map goes on behind an error, as the iteration itself does; a generator would not.
    return map(lambda item: item if isinstance(item, ReadError) else _sure(item, min_confidence), many)


def _sure(reading: Reading, min_confidence: float) -> Reading:
    return reading if min_confidence == 0 else reading.at_least(min_confidence)
