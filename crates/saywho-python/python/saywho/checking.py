"""Quotations and reports of articles, checked against their sources (docs/check.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from ._native import NativeCheck, Reading
from .engines import Model, Path, engine
from .errors import SaywhoError
from .reading import read

if TYPE_CHECKING:
    import pandas

Verdict = Literal["exact", "altered", "spliced", "misattributed", "not found", "supported", "contradicted"]
Kind = Literal[
    "ellipsis", "insertion", "omission", "substitution", "tense or person", "translation",
    "negation", "number", "name", "modality", "qualifier",
]  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """A document of a check: an article, or a source in which its passages are sought."""

    id: str
    source: str | None
    role: Literal["article", "source"]
    text: str


@dataclass(frozen=True)
class Change:
    """What became of words on the way from the source (``source_text``) to the article (``text``); either may be empty.
    ``document`` is the index of the source."""

    kind: Kind
    start: int
    end: int
    text: str
    document: int
    source_start: int
    source_end: int
    source_text: str


@dataclass(frozen=True)
class Match:
    """A place in a source; ``document`` is its index, ``speaker`` who has the floor there."""

    document: int
    start: int
    end: int
    text: str
    speaker: str | None


@dataclass(frozen=True)
class Passage:
    """A quoted or reported stretch of an article, and what came of it. ``document`` is the index of the article, ``attribution`` the
    id in its reading, ``group`` joins the parts of a split quotation; ``meaning`` says that a change changes what is said."""

    id: str
    document: int
    attribution: str | None
    group: str | None
    start: int
    end: int
    text: str
    quoted: bool
    speaker: str | None
    verdict: Verdict
    meaning: bool
    changes: list[Change]
    matches: list[Match]
    confidence: float

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong with it: exact, or supported."""
        return self.verdict in ("exact", "supported")


class Check:
    """What came of the passages of some articles, sought in some sources."""

    def __init__(self, native: NativeCheck) -> None:
        self._native = native

    @cached_property
    def _parts(self) -> dict[str, Any]:
        parts: dict[str, Any] = json.loads(self._native.to_json())
        return parts

    @cached_property
    def documents(self) -> list[Checked]:
        """The articles, then the sources, each in the order given."""
        return [Checked(**document) for document in self._parts["documents"]]

    @cached_property
    def passages(self) -> list[Passage]:
        """The passages in order of the articles and their texts."""
        return [self._passage(passage) for passage in self._parts["passages"]]

    @property
    def is_sound(self) -> bool:
        """Whether every passage is exact or supported."""
        return all(passage.is_sound for passage in self.passages)

    def to_pandas(self) -> pandas.DataFrame:
        """A row a passage with its best place, the columns of ``saywho check --format csv``."""
        try:
            import pandas
        except ImportError as error:
            raise ImportError("data frames need pandas: pip install pandas") from error
        return pandas.DataFrame([self._row(passage) for passage in self.passages], columns=COLUMNS)

    def to_dict(self) -> dict[str, Any]:
        """The contract saywho/check/1."""
        parts: dict[str, Any] = json.loads(self.to_json())
        return parts

    def to_json(self) -> str:
        """The contract saywho/check/1."""
        return self._native.to_json()

    def to_html(self) -> str:
        """A page that stands alone: each passage beside its source, and the texts."""
        return self._native.to_html()

    def _repr_html_(self) -> str:
        return self._native.framed_html()

    def __str__(self) -> str:
        return self._native.to_text()

    def __repr__(self) -> str:
        return f"<Check of {self._native.to_text().splitlines()[0]}>"

    def _words(self, document: int, start: int, end: int) -> str:
        return self.documents[document].text[start:end]

    def _passage(self, parts: dict[str, Any]) -> Passage:
        article = parts["document"]
        changes = [
            Change(
                text=self._words(article, change["start"], change["end"]),
                source_text=self._words(change["document"], change["source_start"], change["source_end"]),
                **change,
            )
            for change in parts["changes"]
        ]
        matches = [
            Match(text=self._words(match["document"], match["start"], match["end"]), **match) for match in parts["matches"]
        ]
        text = self._words(article, parts["start"], parts["end"])
        return Passage(**{"group": None, **parts, "text": text, "changes": changes, "matches": matches})

    def _row(self, passage: Passage) -> list[Any]:
        place = passage.matches[0] if passage.matches else None
        return [
            self.documents[passage.document].id, passage.id, passage.group, passage.attribution, passage.speaker, passage.quoted,
            passage.verdict, passage.meaning, "; ".join(change.kind for change in passage.changes), passage.text,
            passage.start, passage.end,
            place and self.documents[place.document].id, place and place.speaker, place and place.text,
            place and place.start, place and place.end, passage.confidence,
        ]  # fmt: skip


COLUMNS = [
    "article", "id", "group", "attribution", "speaker", "quoted", "verdict", "meaning", "changes", "words", "start", "end",
    "source", "source_speaker", "source_words", "source_start", "source_end", "confidence",
]  # fmt: skip
"""The columns of a data frame of a check."""


def check(
    articles: str | Reading | Iterable[str | Reading],
    against: str | Reading | Iterable[str | Reading],
    *,
    model: Model = "accurate",
    knowledge: Path | None = None,
) -> Check:
    """Seeks every quoted and every reported passage of the articles in the sources.

    Articles and sources are texts or :class:`Reading` objects, one or several of each.
    """

    def readings(given: str | Reading | Iterable[str | Reading], kind: str) -> list[Reading]:
        each = [given] if isinstance(given, (str, Reading)) else given
        return [
            one if isinstance(one, Reading) else read(one, id=f"{kind}-{number}", model=model, knowledge=knowledge)
            for number, one in enumerate(each, 1)
        ]

    checked, sources = readings(articles, "article"), readings(against, "source")
    if not checked:
        raise SaywhoError("there is nothing to check: give at least one article")
    if not sources:
        raise SaywhoError("there is nothing to check against: give at least one source")
    return Check(engine(model, knowledge).check(checked, sources))
