"""saywho as a component of a spaCy pipeline.

>>> import spacy
>>> nlp = spacy.blank("en")
>>> component = nlp.add_pipe("saywho")
>>> doc = nlp("“The talks go on,” Ilse Maren said on Monday.")
>>> [(span.text, span.label_) for span in doc.spans["saywho"]]
[('“The talks go on,”', 'CONTENT'), ('Ilse Maren', 'SOURCE'), ('said', 'CUE')]
>>> doc._.attributions[0].speaker
'Ilse Maren'
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NoReturn, cast

from spacy.language import Language
from spacy.tokens import Doc, Span

from ._native import Attribution as Read
from ._native import Reading
from ._native import Span as Place
from .engines import Model, Path
from .errors import ReadError
from .reading import read, read_many

KEY = "saywho"
"""Under this name lie the spans (``doc.spans``) and the reading as JSON (``doc.user_data``), so that both are saved with the doc."""

Handler = Callable[[str, Any, list[Doc], Exception], object]
"""What spaCy calls with the name of a component, the component, its docs and what went wrong."""


def raised(name: str, component: Any, docs: list[Doc], error: Exception) -> NoReturn:
    """The handler where none is set."""
    raise error


@dataclass(frozen=True)
class Attribution:
    """An attribution with its parts as spans of the doc; a token that a part only touches belongs to it."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    reading: Read
    """The same with all that saywho tells of it, offsets in characters."""

    @property
    def speaker(self) -> str | None:
        """The name of the speaker."""
        return self.reading.speaker.name if self.reading.speaker else None

    @property
    def addressee(self) -> str | None:
        """The name of the one spoken to."""
        return self.reading.addressee.name if self.reading.addressee else None


@Language.factory(
    "saywho",
    default_config={"model": "accurate", "knowledge": None, "jobs": None},
    assigns=["doc.spans", "doc._.attributions"],
)
def saywho(nlp: Language, name: str, model: Model, knowledge: str | None, jobs: int | None) -> Component:
    """The factory that ``nlp.add_pipe("saywho")`` finds by the package's entry point."""
    return Component(model, knowledge, jobs)


class Component:
    """Reads docs and notes what it finds. It needs no other component, and changes no token."""

    def __init__(self, model: Model = "accurate", knowledge: Path | None = None, jobs: int | None = None) -> None:
        self.model: Model = model
        self.knowledge = knowledge
        self.jobs = jobs

    def __call__(self, doc: Doc) -> Doc:
        return note(doc, read(doc.text, model=self.model, knowledge=self.knowledge))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 0) -> Iterator[Doc]:
        """Reads the docs of a stream on all processors; a doc that cannot be read is told to ``nlp``'s error handler."""
        under_way: deque[Doc] = deque()

        def texts() -> Iterator[str]:
            for doc in stream:
                under_way.append(doc)
                yield doc.text

        readings = read_many(texts(), model=self.model, knowledge=self.knowledge, jobs=self.jobs, errors="return")
        for reading in readings:
            doc = under_way.popleft()
            if isinstance(reading, ReadError):
                self.get_error_handler()(KEY, self, [doc], reading)
            else:
                yield note(doc, reading)

    def set_error_handler(self, handler: Handler) -> None:
        """As spaCy asks of components."""
        self._handler = handler

    def get_error_handler(self) -> Handler:
        """As spaCy asks of components."""
        return getattr(self, "_handler", raised)


def note(doc: Doc, reading: Reading) -> Doc:
    """Writes a reading into the doc of the same text."""
    doc.user_data[KEY] = reading.to_json()
    spans = [
        span
        for attribution in reading.attributions
        for label, places in (
            ("SOURCE", attribution.source),
            ("CUE", attribution.cue),
            ("CONTENT", attribution.content),
        )
        for span in aligned(doc, places, label, attribution.id)
    ]
    doc.spans[KEY] = sorted(spans, key=lambda span: (span.start, span.end))
    return doc


def aligned(doc: Doc, places: list[Place], label: str, id: str) -> list[Span]:
    """Spans of whole tokens over these places; the span's id is the attribution's."""
    spans = (
        doc.char_span(place.start, place.end, label=label, span_id=id, alignment_mode="expand") for place in places
    )
    return [span for span in spans if span is not None]


def attributions(doc: Doc) -> list[Attribution]:
    """What ``doc._.attributions`` gives; empty where the component has not seen the doc."""
    json = doc.user_data.get(KEY)
    if json is None:
        return []
    return [
        Attribution(
            aligned(doc, read.source, "SOURCE", read.id),
            aligned(doc, read.cue, "CUE", read.id),
            aligned(doc, read.content, "CONTENT", read.id),
            read,
        )
        for read in _reading(cast(str, json)).attributions
    ]


@lru_cache(maxsize=8)
def _reading(json: str) -> Reading:
    """Of the last few docs, since one asks for the attributions of a doc again and again."""
    return Reading.from_json(json)


if not Doc.has_extension("attributions"):
    Doc.set_extension("attributions", getter=attributions)
