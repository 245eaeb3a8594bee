"""saywho reads news reports and official statements: who said what, to whom, through which chain of sources.

>>> import saywho
>>> saywho.read("“The talks go on,” Ilse Maren said on Monday.")
<Reading document: 1 attribution
  Ilse Maren said: “The talks go on,”>

Offsets are code points: ``text[span.start:span.end]`` are the words of a span. What the fields mean is told in
docs/output.md, how to use the package in docs/python.md.
"""

from ._native import Attribution, Conversation, Dated, Document, Entity, Initiator, Reading, Repair, Span, Tone, __version__
from ._pdf import start_children
from .checking import Change, Check, Checked, Match, Passage, check
from .comparison import Account, Claim, Comparison, Issue, Link, compare
from .engines import Model
from .errors import ReadError, SaywhoError
from .reading import read, read_file, read_many
from .tables import read_arrow, schema, to_arrow, to_pandas

start_children()

__all__ = [
    "Account",
    "Attribution",
    "Change",
    "Check",
    "Checked",
    "Claim",
    "Comparison",
    "Conversation",
    "Dated",
    "Document",
    "Entity",
    "Initiator",
    "Issue",
    "Link",
    "Match",
    "Model",
    "Passage",
    "ReadError",
    "Reading",
    "Repair",
    "SaywhoError",
    "Span",
    "Tone",
    "__version__",
    "check",
    "compare",
    "read",
    "read_arrow",
    "read_file",
    "read_many",
    "schema",
    "to_arrow",
    "to_pandas",
]
