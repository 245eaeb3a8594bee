"""Texts damaged on purpose: the same words as an annotated text, with marks lost, paragraphs joined and the like.

How a text is damaged rests on the text, the kind of damage and a seed alone, so that only these and a checksum are committed
(`damaged.tsv`). An annotation goes along: each of its offsets is put where its letters stand in the damaged text, and what
it says stays what was meant.
"""
import csv
import functools
import random
import re
from pathlib import Path

TABLE = Path(__file__).resolve().parent / "damaged.tsv"
BETWEEN = "~"  # stands in the id of a damaged text between the id of the whole one and the kind of damage
MARK = re.compile(r"[\"“”]")
CLOSING = re.compile(r"”|(?<=\S)\"(?!\w)")
SINGLE = re.compile(r"[‘‚‛]|(?<!\w)[’']|[’'](?!\w)")
STOP = re.compile(r"(\w{3}[.!?][\"”’']?) +(?=[\"“‘']?[A-Z])")
PARAGRAPH = re.compile(r"\s*\n\s*")
WIDTHS = range(58, 73)
LEAST = 3  # letters of a word on either side of a hyphen


class Unfit(Exception):
    """The text has nothing that this kind of damage could harm."""


def at_least(number, found, what):
    found = list(found)
    if len(found) < number:
        raise Unfit(f"fewer than {number} {what}")
    return found


def lost_mark(text, chance):
    """One quotation mark is lost."""
    m = chance.choice(at_least(2, MARK.finditer(text), "quotation marks"))
    return [(m.start(), m.end(), "")]


def lost_closing(text, chance):
    """All closing marks are lost."""
    return [(*m.span(), "") for m in at_least(2, CLOSING.finditer(text), "closing marks")]


def stray_mark(text, chance):
    """One mark, of the kind that the text has, stands before or behind a word where none belongs."""
    marks = {m.group() for m in at_least(2, MARK.finditer(text), "quotation marks")}
    before, behind = ("“", "”") if marks & {"“", "”"} else ('"', '"')
    places = [(m.start(), before) for m in re.finditer(r"(?<=[a-z] )(?=\w)", text)] + [(m.start(), behind) for m in re.finditer(r"(?<=\w)(?= [a-z])", text)]
    at, mark = chance.choice(at_least(1, places, "words between others"))
    return [(at, at, mark)]


def single_marks(text, chance):
    """Single quotation marks instead of double ones; only where the text has no others of them within."""
    at_least(2, MARK.finditer(text), "quotation marks")
    # An apostrophe at the end of a word ("the sides' words") looks like a mark: such texts are passed over too.
    if SINGLE.search(text):
        raise Unfit("single quotation marks are there already")
    return [(*m.span(), {"“": "‘", "”": "’", '"': "'"}[m.group()]) for m in MARK.finditer(text)]


def one_paragraph(text, chance):
    """All paragraphs are one, the headline with them."""
    return [(*m.span(), " ") for m in at_least(2, PARAGRAPH.finditer(text.rstrip()), "ends of paragraphs")]


def no_capitals(text, chance):
    """All in small letters."""
    return [(i, i + 1, c.lower()) for i, c in enumerate(text) if c.isupper() and len(c.lower()) == 1]


def lost_spaces(text, chance):
    """No space behind the full stops of sentences."""
    return [(m.end(1), m.end(), "") for m in at_least(3, STOP.finditer(text), "sentences that follow another in a line")]


def hard_wraps(text, chance):
    """Lines of one width, with hyphens in the words that do not fit, as from a printed page."""
    width, edits, column = chance.choice(WIDTHS), [], 0
    for m in re.finditer(r"(\s*)(\S+)", text):
        space, word = m.groups()
        if "\n" in space or not space:
            column = len(word)
        elif column + 1 + len(word) <= width:
            column += 1 + len(word)
        else:
            fits = min(width - column - 2, len(word) - LEAST)
            if word.isalpha() and fits >= LEAST:
                edits.append((m.start(2) + fits, m.start(2) + fits, "-\n"))
                column = len(word) - fits
            else:
                edits.append((*m.span(1), "\n"))
                column = len(word)
    return at_least(3, edits, "lines")


KINDS = {"lost-mark": lost_mark, "lost-closing": lost_closing, "stray-mark": stray_mark, "single-marks": single_marks,
         "one-paragraph": one_paragraph, "no-capitals": no_capitals, "lost-spaces": lost_spaces, "hard-wraps": hard_wraps}


def edits(text, kind, seed):
    """[(start, end, what stands there instead)], in order. Raises Unfit."""
    return KINDS[kind](text, random.Random(f"saywho damage {kind} {seed}"))


def applied(text, changes):
    """(damaged text, place): `place[i]` is where the letter i of the text stands in the damaged one, None if it is lost."""
    out, place, at, length = [], [], 0, 0
    for start, end, instead in changes:
        place += range(length, length + start - at)
        out += [text[at:start], instead]
        length += start - at
        # Of what is replaced each letter stands for one that stands there instead, as far as they go.
        place += [length + i if i < len(instead) else None for i in range(end - start)]
        length += len(instead)
        at = end
    place += range(length, length + len(text) - at)
    return "".join(out) + text[at:], place


def damaged(text, kind, seed):
    """The damaged text. Raises Unfit."""
    return applied(text, edits(text, kind, seed))[0]


def record_of(record, text, kind, seed, checksum):
    """The annotation of the damaged text, made of that of the whole one."""
    body, place = applied(text, edits(text, kind, seed))

    def moved(a, b):
        left = [place[i] for i in range(a, b) if place[i] is not None]
        return (left[0], left[-1] + 1)

    def kept(spans):
        return [[*moved(a, b)] for a, b in spans if any(place[i] is not None for i in range(a, b))]

    roles = ("source", "cue", "content", "recipient")
    return record | {"id": record["id"] + BETWEEN + kind, "sha256": checksum(body),
                     "mentions": [[*moved(a, b), n] for a, b, n in record["mentions"]],
                     "units": [[what, *moved(a, b)] for what, a, b in record["units"]],
                     "attributions": [x | {role: kept(x[role]) for role in roles} for x in record["attributions"]]}


@functools.cache
def table():
    """The rows of `damaged.tsv` by the ids of the damaged texts."""
    if not TABLE.exists():
        return {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {f"{r['base']}{BETWEEN}{r['kind']}": r for r in csv.DictReader(file, delimiter="\t")}


def drawn(texts_by_id, number, checksum):
    """Rows for a table: as many of each kind as of any other, a text at most once, chosen by hash among those that fit."""
    rows, taken = [], set()
    order = {kind: sorted(texts_by_id, key=lambda i: checksum(f"saywho damage {kind} {i}")) for kind in KINDS}
    for n in range(number):
        kind = list(KINDS)[n % len(KINDS)]
        for i in order[kind]:
            seed = int(checksum(f"seed {kind} {i}")[:6], 16) % 1000
            if i in taken:
                continue
            try:
                body = damaged(texts_by_id[i], kind, seed)
            except Unfit:
                continue
            taken.add(i)
            rows.append({"base": i, "kind": kind, "seed": seed, "sha256": checksum(body)})
            break
    return sorted(rows, key=lambda r: (list(KINDS).index(r["kind"]), r["base"]))


def write(rows):
    """Writes the table anew."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, ["base", "kind", "seed", "sha256"], delimiter="\t", lineterminator="\n")
        out.writeheader()
        out.writerows(rows)
    table.cache_clear()
