"""Two sides' accounts of one call."""

from __future__ import annotations

import json

import pytest

import saywho


def test_accounts_are_compared_claim_by_claim(accounts: list[str]) -> None:
    comparison = saywho.compare(accounts, sides=["Norrland", "Sudovia"])
    assert [document.side for document in comparison.documents] == ["Norrland", "Sudovia"]
    assert comparison.conversation["medium"] == "telephone"
    relations = {issue.relation for issue in comparison.issues}
    assert {"contradict", "differ"} <= relations
    assert [document.claims for document in comparison.documents] == ["found", "found"]
    assert comparison.cautions == []
    for claim in comparison.claims:
        text = accounts[claim.document]
        assert text[claim.start : claim.end] == claim.text
    for link in comparison.links:
        assert link.a.side != link.b.side
        assert 0 <= link.confidence <= 1
    assert comparison.to_dict() == json.loads(comparison.to_json())
    assert [claim.id for claim in comparison.claims] == [claim["id"] for claim in comparison.to_dict()["claims"]]


def test_it_shows_itself(accounts: list[str]) -> None:
    comparison = saywho.compare(accounts, sides=["Norrland", "Sudovia"])
    assert repr(comparison).startswith("<Comparison of 2 documents: Ilse Maren and Teo Vasca\n")
    assert ": contradict" in repr(comparison)
    assert "relation" in str(comparison)
    assert comparison._repr_html_().startswith("<iframe sandbox=")


def test_readings_keep_what_they_know_of_their_documents(accounts: list[str]) -> None:
    readings = [saywho.read(text, id=side, date="2031-04-02") for text, side in zip(accounts, "ab", strict=True)]
    comparison = saywho.compare(readings)
    assert [document.id for document in comparison.documents] == ["a", "b"]
    assert comparison.documents[0].published == "2031-04-02"


def test_one_report_is_compared_within_itself(report: str) -> None:
    comparison = saywho.compare(report)
    assert {claim.side for claim in comparison.claims} >= {"Norrland", "Sudovia"}


def test_offsets_of_claims_count_code_points(accounts: list[str]) -> None:
    moved = ["🐟 é " + text for text in accounts]
    comparison = saywho.compare(moved, sides=["Norrland", "Sudovia"])
    assert comparison.claims
    for claim in comparison.claims:
        assert moved[claim.document][claim.start : claim.end] == claim.text
        assert not claim.text.startswith(" ")


def test_errors_say_what_was_wrong() -> None:
    with pytest.raises(saywho.SaywhoError, match="nothing to compare"):
        saywho.compare([])
    with pytest.raises(saywho.SaywhoError, match="2 sides for 1 documents"):
        saywho.compare(["It rained."], sides=["Norrland", "Sudovia"])
