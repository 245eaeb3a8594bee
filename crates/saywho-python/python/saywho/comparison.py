"""Several accounts of one conversation side by side (docs/compare.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from ._native import NativeComparison, Reading
from .engines import Model, Path, engine
from .errors import SaywhoError
from .reading import read

Act = Literal[
    "say", "inform", "stress", "ask", "demand", "offer", "promise", "warn", "deny", "agree", "believe", "want", "discuss"
]


@dataclass(frozen=True)
class Account:
    """A document as an account; ``claims`` is "found", or "none readable" where nothing could be read in it."""

    id: str
    source: str | None
    side: str | None
    kind: Literal["readout", "transcript", "report"]
    language: str | None
    claims: Literal["found", "none readable"]
    conversation: Literal["this", "another", "none"]
    conversation_date: str | None
    title: str | None
    publisher: str | None
    published: str | None
    translation: str | None
    text: str


@dataclass(frozen=True)
class Claim:
    """The smallest passage of an account worth comparing; ``document`` is the index of its account, ``speaker`` a name, "both", or
    "all" of more than two."""

    id: str
    document: int
    start: int
    end: int
    text: str
    side: str | None
    speaker: str | None
    addressee: str | None
    act: Act
    polarity: Literal["affirmed", "negated"]
    issue: str


@dataclass(frozen=True)
class Link:
    """Two claims of different sides that belong together: same, differ or contradict."""

    a: Claim
    b: Claim
    relation: Literal["same", "differ", "contradict"]
    confidence: float


@dataclass(frozen=True)
class Issue:
    """What a group of claims is about, how the accounts stand to each other on it, and, where one side tells it and another may,
    that one's claim which comes nearest."""

    issue: str
    relation: str
    confidence: float | None
    nearest: Claim | None
    claims: list[Claim]


class Comparison:
    """What several accounts tell of one conversation, claim by claim and issue by issue."""

    def __init__(self, native: NativeComparison) -> None:
        self._native = native

    @cached_property
    def _parts(self) -> dict[str, Any]:
        parts: dict[str, Any] = json.loads(self._native.to_json())
        return parts

    @cached_property
    def documents(self) -> list[Account]:
        """The documents, in the order given."""
        return [Account(**document) for document in self._parts["documents"]]

    @property
    def conversation(self) -> dict[str, Any]:
        """Participants, medium, date, initiator and tone, as in docs/compare.md."""
        conversation: dict[str, Any] = self._parts["conversation"]
        return conversation

    @cached_property
    def claims(self) -> list[Claim]:
        """What the accounts tell, in order of the documents and their texts."""
        return [self._claim(claim) for claim in self._parts["claims"]]

    @cached_property
    def links(self) -> list[Link]:
        """Pairs of claims of different sides."""
        claims = {claim.id: claim for claim in self.claims}
        return [
            Link(claims[link["a"]], claims[link["b"]], link["relation"], link["confidence"])
            for link in self._parts["links"]
        ]

    @cached_property
    def issues(self) -> list[Issue]:
        """What the claims are about; "only X" means in the documents given, "not compared" that an account could not be read."""
        claims = {claim.id: claim for claim in self.claims}

        def issue(row: dict[str, Any]) -> Issue:
            nearest = claims[row["nearest"]] if "nearest" in row else None
            return Issue(row["issue"], row["relation"], row["confidence"], nearest, [claims[id] for id in row["claims"]])

        return [issue(row) for row in self._parts["issues"]]

    @property
    def quotations(self) -> list[dict[str, Any]]:
        """The same quotation in several documents, once with its carriers."""
        quotations: list[dict[str, Any]] = self._parts["quotations"]
        return quotations

    @property
    def cautions(self) -> list[str]:
        """Why the comparison says less than it seems to; empty for a sound one."""
        cautions: list[str] = self._parts["cautions"]
        return cautions

    def to_dict(self) -> dict[str, Any]:
        """The contract saywho/compare/1."""
        parts: dict[str, Any] = json.loads(self.to_json())
        return parts

    def to_json(self) -> str:
        """The contract saywho/compare/1."""
        return self._native.to_json()

    def to_html(self) -> str:
        """A page that stands alone: the matrix, and the texts side by side."""
        return self._native.to_html()

    def _repr_html_(self) -> str:
        return self._native.framed_html()

    def __str__(self) -> str:
        return self._native.to_text()

    def __repr__(self) -> str:
        who = " and ".join(participant["name"] for participant in self.conversation["participants"])
        rows = "".join(f"\n  {issue.issue}: {issue.relation}" for issue in self.issues)
        return f"<Comparison of {len(self.documents)} documents: {who or 'no conversation found'}{rows}>"

    def _claim(self, parts: dict[str, Any]) -> Claim:
        fields = {name: parts[name] for name in Claim.__dataclass_fields__ if name != "text"}
        text = self.documents[parts["document"]].text[parts["start"] : parts["end"]]
        return Claim(text=text, **fields)


def compare(
    accounts: Iterable[str | Reading],
    sides: Sequence[str | None] | None = None,
    *,
    model: Model = "accurate",
    knowledge: Path | None = None,
) -> Comparison:
    """Compares what documents tell of one conversation; a single one is compared side by side within it.

    An account is a text or a :class:`Reading` (which may tell its title, date and publisher); ``sides`` says whose account each
    document is, where that is known.
    """
    if isinstance(accounts, (str, Reading)):
        accounts = [accounts]
    readings = [
        account if isinstance(account, Reading) else read(account, id=f"document-{number}", model=model, knowledge=knowledge)
        for number, account in enumerate(accounts, 1)
    ]
    if not readings:
        raise SaywhoError("there is nothing to compare: give at least one account")
    given = list(sides or [])
    if len(given) > len(readings):
        raise SaywhoError(f"there are {len(given)} sides for {len(readings)} documents: give one side a document at most")
    given += [None] * (len(readings) - len(given))
    return Comparison(engine(model, knowledge).compare(readings, given))
