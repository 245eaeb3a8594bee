"""Engines by model and knowledge, each made once a process."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Literal

from ._native import Engine
from .errors import SaywhoError

Model = Literal["accurate", "fast"]
"""accurate has the best figures; fast is several times as fast and finds less."""

Path = str | os.PathLike[str]

KEPT = 4
"""Engines kept in memory: both models, with and without a user's own knowledge."""


def engine(model: str = "accurate", knowledge: Path | None = None) -> Engine:
    """The engine of this model, with the rows of this file beside its tables (docs/knowledge.md)."""
    if knowledge is None:
        return _engine(model, None)
    try:
        with open(knowledge, encoding="utf-8") as file:
            rows = file.read()
    except OSError as error:
        raise SaywhoError(f"the knowledge in {os.fspath(knowledge)} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SaywhoError(f"{os.fspath(knowledge)} is not UTF-8 (byte {error.start}): save it as UTF-8") from error
    return _engine(model, rows)


@lru_cache(maxsize=KEPT)
def _engine(model: str, rows: str | None) -> Engine:
    return Engine(model, rows)


def threads(jobs: int | None) -> int:
    """So many threads as asked for, or one for each processor that this process may use."""
    if jobs is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if jobs < 1:
        raise SaywhoError(f"jobs is {jobs}: give 1 or more, or None for one thread a processor")
    return jobs
