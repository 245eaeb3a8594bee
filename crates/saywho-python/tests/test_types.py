"""What the type checker knows is what is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import saywho
from conftest import ROOT

HERE = Path(__file__).parent


def checked(*command: str) -> None:
    ran = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, cwd=HERE.parent)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_package_and_its_tests_are_typed() -> None:
    assert Path(saywho.__file__).with_name("py.typed").exists()
    checked("mypy", "--config-file", "pyproject.toml", "python/saywho", "tests")


def test_the_examples_of_the_documentation_are_typed(tmp_path: Path) -> None:
    pages = ["docs/python.md", "docs/spark.md", "crates/saywho-python/README.md"]
    for page in pages:
        blocks = re.findall(r"```python( notest)?\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
        code = "\n".join(block for notest, block in blocks if not notest)
        (tmp_path / f"{page.replace('/', '_').replace('.', '_')}.py").write_text(code, encoding="utf-8")
    checked("mypy", "--strict", "--ignore-missing-imports", "--config-file", "", str(tmp_path))
    checked("pyright", "--pythonpath", sys.executable, str(tmp_path))


def test_the_package_passes_pyright() -> None:
    checked("pyright", "--pythonpath", sys.executable, str(Path(saywho.__file__).parent))


def test_the_stubs_tell_what_the_engine_has() -> None:
    checked("mypy.stubtest", "saywho._native", "--mypy-config-file", "pyproject.toml")
