"""Invented texts that the tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

QUOTE = "“The talks go on,” Ilse Maren said on Monday."


@pytest.fixture(scope="session")
def report() -> str:
    return (ROOT / "examples/call/report.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def accounts() -> list[str]:
    paths = sorted((ROOT / "examples/accounts").glob("*.txt"))
    return [path.read_text(encoding="utf-8") for path in paths]
