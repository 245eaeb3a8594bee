"""The texts that are annotated: where they lie, how they are numbered by sentences, which part they belong to."""
import functools
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import damage

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("SAYWHO_SHARED") or HERE.parents[2] / "shared")
INVENTED = HERE / "invented"
NO_HEADLINE = {"onestop"}  # their titles are names of files
CALLS = {"whitehouse": "whitehouse_readouts", "kremlin": "kremlin_calls", "ukraine": "ukraine_calls"}
SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9])|\n\s*\n")
TITLE = re.compile(r"\b(Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Jr|Sr|No|Inc|Corp|Co|Ltd|vs|[A-Z])\.$")


DRAFTED = {}  # texts of ours in a draft that is being checked, by their names: not in invented/ yet, or there in an earlier form


class Fault(Exception):
    """Something in a draft or an annotation that a person must mend."""


RAW = (LookupError, ValueError, TypeError, AttributeError, OSError)  # what Python raises where a draft or an annotation is malformed in a way that nothing names


def why(error):
    """What such an error says, for a person."""
    return str(error) if isinstance(error, (Fault, OSError)) or type(error) is LookupError else f"is malformed ({type(error).__name__}: {error}); see README.md for how it should look"


def integer(word, what):
    """The number, from 0, that the word is."""
    if not re.fullmatch(r"[0-9]+", word):
        raise Fault(f"{what} should be a number, not '{word}'")
    return int(word)


def collections():
    """The names of the collections of the shared folder."""
    return sorted([*CALLS, *(p.name.removesuffix(".jsonl.zst") for p in (SHARED / "data/news").glob("*.jsonl.zst"))])


def named(name, what, begin="", whole=True):
    """The name, which becomes that of a file here (or the end of one, if not whole); refuses one that is no plain name, or like the ids of texts of others."""
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", name):
        raise Fault(f"{what} '{name}' is no plain name: use small letters a to z, digits, '-' and '.' alone")
    if not name.startswith(begin):
        raise Fault(f"{what} '{name}' must begin with '{begin}'")
    if whole and name.split("-")[0] in collections():
        raise Fault(f"{what} '{name}' looks like a text of the collection {name.split('-')[0]}: begin it with another word")
    return name


def shared(where):
    """The path of what must be in the shared folder."""
    path = SHARED / where
    if not path.exists():
        raise Fault(f"{path} is missing: set SAYWHO_SHARED to the folder that holds data/, gold/ and eval/")
    return path


def lines_of(path, read):
    """The records of a JSON-lines file of the shared folder."""
    return [json.loads(line) for line in read(path).decode("utf-8").split("\n") if line]


def unpacked(path):
    """The bytes of a zstd file: by Python itself (3.14), the package zstandard or the program zstd, whichever is there."""
    packed = path.read_bytes()
    try:
        from compression import zstd
        return zstd.decompress(packed)
    except ImportError:
        pass
    try:
        import zstandard
        return zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True).read()
    except ImportError:
        pass
    if not shutil.which("zstd"):
        raise Fault(f"nothing here can unpack {path.name}: run `python3 -m pip install zstandard`, install the program zstd, or use Python 3.14")
    return subprocess.run(["zstd", "-dc"], input=packed, capture_output=True, check=True).stdout


@functools.cache
def collection(name):
    """All records of one collection of the shared folder, by id. Readouts are numbered by their lines, from 1."""
    if name in CALLS:
        records = lines_of(shared(f"data/calls/{CALLS[name]}.jsonl"), Path.read_bytes)
        return {f"{name}-{n:05}": {"id": f"{name}-{n:05}", "genre": "official_readout", "title": r["title"], "text": r.get("text") or r.get("body") or "", "url": r["url"]}
                for n, r in enumerate(records, 1)}
    shared("data/news")
    if name not in collections():
        raise Fault(f"there is no collection '{name}': there are {', '.join(collections())}")
    return {r["id"]: r for r in lines_of(shared(f"data/news/{name}.jsonl.zst"), unpacked)}


@functools.cache
def gold():
    """Ids of texts that are gold already and are never annotated here: genres, single readouts, readouts of both sides."""
    out = {p.name.split(".")[0] for p in shared("gold/genres").glob("*.txt")}
    names = {v: k for k, v in CALLS.items()}
    for path in shared("gold/readouts").glob("*.json"):
        where, line = json.loads(path.read_text(encoding="utf-8"))["from"].split(".jsonl:")
        out.add(f"{names[where]}-{int(line):05}")
    urls = {a.get("url") for a in json.loads(shared("gold/calls/accounts.json").read_text(encoding="utf-8")).values()}
    return out | {i for name in CALLS for i, r in collection(name).items() if r["url"] in urls}


def headline(record):
    """The title of a record where it is a headline that the text does not begin with."""
    title = (record.get("title") or "").strip()
    if not title or record["id"].split("-")[0] in NO_HEADLINE or record["text"].startswith(title):
        return ""
    return title


def load(text_id):
    """(text, genre) of a text: news or a readout of the shared folder by its id, an invented one by the name of its file, or one of
    these damaged ("bbc-00123~lost-mark")."""
    if damage.BETWEEN in text_id:
        return harmed(text_id)
    if "/" in text_id:
        raise Fault(f"'{text_id}' is no id of a text")
    if text_id in DRAFTED:
        return DRAFTED[text_id], "invented"
    own = INVENTED / f"{text_id}.txt"
    if own.exists():
        return own.read_text(encoding="utf-8"), "invented"
    if text_id.startswith("ours-"):
        raise Fault(f"there is no text {text_id} in invented/")
    if text_id in gold():
        raise Fault(f"{text_id} is gold: it must not be annotated here")
    record = collection(text_id.split("-")[0]).get(text_id)
    if record is None:
        raise Fault(f"there is no text {text_id}")
    title = headline(record)
    return (f"{title}\n\n{record['text']}" if title else record["text"]), record["genre"]


def harmed(text_id):
    """(text, genre) of a damaged text."""
    row = damage.table().get(text_id)
    if row is None:
        raise Fault(f"there is no damaged text {text_id}")
    text, genre = load(row["base"])
    try:
        return damage.damaged(text, row["kind"], row["seed"]), genre
    except damage.Unfit as e:
        raise Fault(f"{text_id} cannot be made: {e}") from None


def checksum(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def part(text_id):
    """'test' for a fifth of all ids, 'train' for the rest; by the id alone, so that it is drawn before anybody reads. A damaged text goes
    with the whole one."""
    text_id = text_id.partition(damage.BETWEEN)[0]
    return "test" if int(checksum("saywho corpus: " + text_id)[:8], 16) % 5 == 0 else "train"


def sentences(text):
    """(start, end) of each sentence. Good enough to point at a place; no annotation rests on it."""
    out, start = [], 0
    for m in SENTENCE_END.finditer(text):
        if not m.group().isspace() and TITLE.search(text[start:m.start() + 1]):
            continue
        out.append((start, m.end()))
        start = m.end()
    out.append((start, len(text)))
    return [(b - len(text[a:b].lstrip()), a + len(text[a:b].rstrip())) for a, b in out if text[a:b].strip()]


def edge(text, at):
    """Whether a word does not run on over this place."""
    return at == 0 or at == len(text) or not (text[at - 1].isalnum() and text[at].isalnum())


def occurrences(text, words, start, end):
    """Where the words stand within start..end, never within a longer word. Any white space matches any other."""
    if not words.split():
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    return [m.span() for m in pattern.finditer(text, start, end) if edge(text, m.start()) and edge(text, m.end())]


def find(text, words, start, end):
    """The span of 'first words ~ last words #nth' that begins within start..end."""
    nth = re.search(r"\s#(\d+)$", words)
    wanted = words[:nth.start()] if nth else words
    first, _, last = wanted.partition(" ~ ")
    found = occurrences(text, first, start, min(end + len(first), len(text)))
    found = [f for f in found if f[0] < end]
    if not found:
        raise LookupError(f"'{first}' does not stand in: {text[start:end][:120]!r}")
    if nth and not 1 <= int(nth.group(1)) <= len(found):
        raise LookupError(f"'{first}' stands only {len(found)} times there, counted from #1")
    if not nth and len(found) > 1:
        raise LookupError(f"'{first}' stands {len(found)} times there: copy more words or add #1, #2, ...")
    a, b = found[int(nth.group(1)) - 1 if nth else 0]
    if last:
        ends = occurrences(text, last, b, len(text))
        if not ends:
            raise LookupError(f"'{last}' does not stand after '{first}'")
        b = ends[0][1]
    return a, b


def complain(lines):
    """Prints faults and ends with an error where there are any."""
    for line in lines:
        print(line, file=sys.stderr)
    if lines:
        sys.exit(1)
