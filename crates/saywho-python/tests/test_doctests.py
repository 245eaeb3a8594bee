"""The examples in the package's own words."""

from __future__ import annotations

import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["saywho", "saywho.reading", "saywho.spacy"])
def test_examples_give_what_they_promise(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name))
    assert results.attempted > 0
    assert results.failed == 0
