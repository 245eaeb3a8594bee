"""What the documentation shows can be done as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient


def test_the_examples_of_the_guide_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    guide = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    assert len(blocks) >= 6
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)


def test_the_study_runs_and_answers_its_question() -> None:
    study = Path("examples/study/who-gets-quoted.ipynb")
    notebook = nbformat.read(ROOT / study, as_version=4)  # type: ignore[no-untyped-call]
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str((ROOT / study).parent)}}
    )
    client.execute()
    [totals] = [cell for cell in notebook.cells if cell.source.startswith("totals = ")]
    shown = totals.outputs[0]["data"]["text/plain"]
    for words in ("named", "unnamed", "share unnamed", "Norrland", "Sudovia"):
        assert words in shown
