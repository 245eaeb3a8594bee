"""What the type checker knows is what is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import saywho

HERE = Path(__file__).parent


def checked(*command: str) -> None:
    ran = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, cwd=HERE.parent)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_package_and_its_tests_are_typed() -> None:
    assert Path(saywho.__file__).with_name("py.typed").exists()
    checked("mypy", "--config-file", "pyproject.toml", "python/saywho", "tests")


def test_the_stubs_tell_what_the_engine_has() -> None:
    checked("mypy.stubtest", "saywho._native", "--mypy-config-file", "pyproject.toml")
