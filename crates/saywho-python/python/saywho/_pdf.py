"""PDF is read in a process of its own (docs/inputs.md): this Python again, with nothing but the engine."""

import os
import sys

from . import _native

_CHILD = """
import sys
sys.path.insert(0, sys.argv[1])
import _native
_native.pdf_child(int(sys.argv[2]), int(sys.argv[3]))
"""


def start_children() -> None:
    """Lets this process read PDF. A program that holds Python inside itself cannot start it again: there PDF is refused."""
    if sys.executable:
        _native.pdf_children_by(sys.executable, ["-S", "-E", "-c", _CHILD, os.path.dirname(__file__)])
