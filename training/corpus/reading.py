"""One text and its annotation: from the draft that a person writes to offsets, and back.

A draft (see README.md) has the parts entities, text, units and attributions. The text carries `[words|3]` around each mention
and `{7}` before each sentence; a backslash stands before a bracket, brace, bar or backslash of the text itself.
"""
import re

import damage
import texts
from texts import Fault, integer

KINDS = {"p": "person", "o": "organisation", "s": "state", "g": "group", "d": "document"}
ACTS = set("say inform stress ask demand offer promise warn deny agree believe want discuss".split())
UNITS = {"headline", "subheading", "byline", "dateline", "caption", "litter", "label"}
TYPES = {"direct", "mixed", "indirect"}
ROLES = ("source", "cue", "content", "recipient")
SPECIAL = "[]{}|\\"
OPENING, CLOSING = "\"“‘«„'`", "\"”’»“'"
PRONOUN = re.compile(r"\b(he|him|his|she|hers?|they|them|theirs?|(him|her|them)(self|selves)|who|whom|whose|I|me|my|mine|we|our|ours)\b", re.I)
PAIRS = re.compile(r"\"|“|”|«|»|„|(?<!\w)[‘']|[’'](?!\w)")


def escape(text):
    return "".join("\\" + c if c in SPECIAL else c for c in text)


def fields_of(line):
    """The six fields of an attribution or claim line; a bar that stands alone in one has a backslash before it."""
    fields = [re.sub(r"(?<!\S)\\(\\*\|)(?!\S)", r"\1", f.strip()) for f in line.split(" | ")]
    if len(fields) != 6:
        raise Fault(f"{len(fields)} fields instead of 6 (a bar between spaces that belongs to the words is written '\\|')")
    return fields


def line_of(fields):
    """The line that `fields_of` takes apart."""
    return " | ".join(re.sub(r"(?<!\S)(\\*\|)(?!\S)", r"\\\1", f) for f in fields)


def strip_marks(marked):
    """(text, mentions) of a text with brackets; mentions are (start, end, entity number)."""
    out, open_at, mentions, i = [], [], [], 0
    while i < len(marked):
        c = marked[i]
        if c == "\\" and i + 1 == len(marked):
            raise Fault("a lone backslash at the end of the text")
        if c == "\\":
            out.append(marked[i + 1])
            i += 2
            continue
        close = re.match(r"\|(\d+)\]", marked[i:])
        number = re.match(r"\{\d+\}", marked[i:])
        if c == "[":
            open_at.append(len(out))
        elif close and open_at:
            mentions.append((open_at.pop(), len(out), int(close.group(1))))
            i += close.end() - 1
        elif number:
            i += number.end() - 1
        elif c in SPECIAL:
            raise Fault(f"a lone {c} in: ...{marked[max(0, i - 40):i + 20]!r}")
        else:
            out.append(c)
        i += 1
    if open_at:
        raise Fault(f"a bracket is never closed: {''.join(out)[open_at[-1]:][:40]!r}")
    return "".join(out), sorted(mentions, key=lambda m: (m[0], -m[1]))


def mark(text, mentions=(), numbered=True):
    """The text as a draft shows it."""
    starts = {a: n for n, (a, _) in enumerate(texts.sentences(text), 1)} if numbered else {}
    opens, closes = {}, {}
    for a, b, entity in mentions:
        opens[a] = opens.get(a, 0) + 1
        closes.setdefault(b, []).append((b - a, entity))
    out = []
    for i in range(len(text) + 1):
        out += [f"|{entity}]" for _, entity in sorted(closes.get(i, ()))]
        out.append(f"{{{starts[i]}}}" if i in starts else "")
        out.append("[" * opens.get(i, 0))
        out.append(escape(text[i:i + 1]))
    return "".join(out)


def kind_of_quoting(text, spans):
    """direct, mixed or indirect, by the quotation marks at and within the spans."""
    words = [text[a:b].strip() for a, b in spans]
    if words and all(w and w[0] in OPENING and (w[-1].rstrip(",.;") or w[-1])[-1:] in CLOSING + ",.;" and
                     len(PAIRS.findall(w[1:-1])) % 2 == 0 and not re.search(r"[”\"] \w.*[“\"]", w) for w in words):
        if all(w[-1] in CLOSING or w[-2:-1] and w[-2] in CLOSING for w in words):
            return "direct"
    return "mixed" if any(re.search(r"[\"“”«»„]|(?<!\w)[‘']\w.*['’](?!\w)", w) for w in words) else "indirect"


class Parts(dict):
    """What a draft has, by name; what it lacks is told."""

    def __missing__(self, name):
        raise Fault(f"the draft has no part '== {name}'")


class Head(dict):
    def __missing__(self, name):
        raise Fault(f"the head of the draft, before its first '==', has no line '{name} ...'")


def sections(draft):
    """The parts of a draft by their names; what stands before the first is 'head'."""
    parts = re.split(r"(?m)^== (.+)\n", draft)
    out = Parts(head=parts[0])
    for name, body in zip(parts[1::2], parts[2::2]):
        if name.strip() in out:
            raise Fault(f"the part '== {name.strip()}' stands twice")
        out[name.strip()] = body
    return out


def head_of(lines):
    out = Head()
    for line in filter(str.strip, lines.splitlines()):
        key, *value = line.split(None, 1)
        if not value or key in out:
            raise Fault(f"the line '{line}' of the head " + ("stands twice" if value else f"says nothing: write '{key} ...', or leave it out"))
        out[key] = value[0].strip()
    return out


def entities_of(lines):
    """[(kind, name or None)]: numbers must run from 1; the name '-' is that of somebody unnamed."""
    out = []
    for line in filter(str.strip, lines.splitlines()):
        number, kind, name = three(line, "entities: '{}' should be number, kind and name (or '-')")
        if integer(number, f"entities: what '{line}' begins with") != len(out) + 1:
            raise Fault(f"entities: expected number {len(out) + 1} in '{line}'")
        if kind not in KINDS:
            raise Fault(f"entities: '{kind}' in '{line}' is none of {' '.join(KINDS)}")
        out.append((KINDS[kind], None if name.strip() == "-" else name.strip()))
    return out


def three(line, what, least=3):
    """The first two words of a line and the rest; refuses a line that has fewer parts."""
    words = line.split(None, 2)
    if len(words) < least:
        raise Fault(what.format(line.strip()))
    return words


def place(text, field, sentence, window=None):
    """Spans of one field of an attribution line: 'words', '@4 words', 'first ~ last', 'words #2', several joined by ' && '."""
    numbered = texts.sentences(text)
    spans = []
    for words in ([] if field in ("", "-") else field.split(" && ")):
        at = re.match(r"@(\d+)\s+", words)
        n = int(at.group(1)) if at else sentence
        words = words[at.end():] if at else words
        if not 1 <= n <= len(numbered):
            raise LookupError(f"there is no sentence {n}")
        a, b = numbered[n - 1]
        if window and window[0] < b and a < window[1]:
            try:
                spans.append(texts.find(text, words, max(a, window[0]), min(b, window[1])))
                continue
            except LookupError:
                pass
        spans.append(texts.find(text, words, a, b))
    return sorted(spans)


def numbers(field):
    return [] if field in ("", "-") else [integer(n, "a speaker or addressee") for n in field.split("+")]


def meta_of(field):
    """speaker, addressee, act, polarity, inside and flags of the last field of an attribution line."""
    tokens = field.split()
    if not tokens:
        raise Fault("the last field is empty: it needs the speaker's number or '-' and the act")
    speaker, _, addressee = tokens.pop(0).partition(">")
    out = {"speaker": numbers(speaker), "addressee": numbers(addressee), "act": None, "polarity": "affirmed", "inside": None, "type": None, "optional": False, "told": False}
    while tokens:
        t = tokens.pop(0)
        if t in ACTS:
            out["act"] = t
        elif t == "neg":
            out["polarity"] = "negated"
        elif t == "in":
            if not tokens:
                raise Fault("'in' should be followed by the id of an attribution")
            out["inside"] = tokens.pop(0)
        elif t in TYPES:
            out["type"] = t
        elif t in ("opt", "told"):
            out["optional" if t == "opt" else "told"] = True
        else:
            raise Fault(f"'{t}' is no act, type or flag")
    if not out["act"]:
        raise Fault("no act is given")
    return out


def attribution(text, line, before):
    """One attribution line as a record with offsets; `before` holds those of the lines above by id."""
    fields = fields_of(line)
    name, sentence = three(fields[0], "'{}' should be an id and the number of a sentence", 2)
    meta = meta_of(fields[5])
    if meta["inside"] and meta["inside"] not in before:
        raise Fault(f"{meta['inside']} must stand before what is inside it")
    outer = before[meta["inside"]]["content"] if meta["inside"] else None  # empty where that one lacks its content, which faults_of tells
    window = (outer[0][0], outer[-1][1]) if outer else None
    record = {"id": name}
    for role, field in zip(ROLES, fields[1:5]):
        try:
            record[role] = place(text, field, integer(sentence, "the sentence"), window)
        except LookupError as e:
            raise Fault(f"{role}: {e}") from None
    record["type"] = meta.pop("type") or kind_of_quoting(text, record["content"])
    return record | meta


def unit(text, line):
    """'headline 1' (a whole sentence) or 'litter 9 first words ~ last words'."""
    kind, sentence, *words = three(line, "'{}' should be kind and number of the sentence", 2)
    number = integer(sentence, "the sentence")
    if kind not in UNITS:
        raise Fault(f"'{kind}' is none of {' '.join(sorted(UNITS))}")
    if not 1 <= number <= len(texts.sentences(text)):
        raise Fault(f"there is no sentence {number}")
    spans = place(text, words[0], number) if words else [texts.sentences(text)[number - 1]]
    if not spans:
        raise Fault("no words are given")
    return [kind, spans[0][0], spans[-1][1]]


def own_text(draft):
    """{id: text} of a draft whose head says `ours GENRE`: the draft itself is where the text is written; else nothing."""
    parts = sections(draft)
    head = head_of(parts["head"])
    return {texts.named(head["text"], "the text", "ours-"): strip_marks(parts["text"].strip("\n"))[0]} if "ours" in head else {}


def realign(marked, mentions, text):
    """Mentions of a draft's text as offsets of the text itself; only white space may differ between the two."""
    letters, wanted = ([(i, c) for i, c in enumerate(t) if not c.isspace()] for t in (marked, text))
    if [c for _, c in letters] != [c for _, c in wanted]:
        if not letters or not wanted:
            raise Fault("the draft holds no text" if wanted else "the text that the draft is of is empty")
        n = next((n for n, (x, y) in enumerate(zip(letters, wanted)) if x[1] != y[1]), min(len(letters), len(wanted)) - 1)
        at, there = letters[n][0], wanted[n][0]
        raise Fault(f"the text is changed: {marked[max(0, at - 30):at + 30]!r} should be {text[max(0, there - 30):there + 30]!r}")
    place = {i: j for (i, _), (j, _) in zip(letters, wanted)}
    try:
        return [(place[a], place[b - 1] + 1, entity) for a, b, entity in mentions]
    except KeyError:
        raise Fault("a bracket of the text stands beside a space that it holds: move it to the word") from None


def parse(draft):
    """A draft as the annotation that is committed. Raises Fault with all that is wrong."""
    parts = sections(draft)
    head = head_of(parts["head"])
    if damage.BETWEEN in head["text"]:
        raise Fault(f"{head['text']} is a damaged text: annotate the whole one")
    text, genre = texts.load(head["text"])
    mentions = realign(*strip_marks(parts["text"]), text)
    faults, units, found = [], [], {}
    for line in filter(str.strip, parts["units"].splitlines()):
        try:
            units.append(unit(text, line))
        except (Fault, *texts.RAW) as e:
            faults.append(f"{line}: {texts.why(e)}")
    for line in filter(str.strip, parts["attributions"].splitlines()):
        try:
            record = attribution(text, line, found)
            if record["id"] in found:
                raise Fault(f"a line above is {record['id']} already: give this one another id")
            found[record["id"]] = record
        except (Fault, *texts.RAW) as e:
            faults.append(f"{line[:70]}: {texts.why(e)}")
    if faults:
        raise Fault("\n".join(faults))
    return {"id": head["text"], "genre": head.get("ours", genre), "reader": head.get("reader", "one"), "sha256": texts.checksum(text), "entities": entities_of(parts["entities"]),
            "mentions": mentions, "units": units, "attributions": list(found.values())}


def quote(text, spans, sentence):
    """Spans as a draft writes them: found again by `place`."""
    out = []
    for a, b in spans:
        n = max((i for i, (x, _) in enumerate(texts.sentences(text), 1) if x <= a), default=1)
        words = re.sub(r"\s+", " ", text[a:b])
        here = texts.sentences(text)[n - 1]
        same = [s for s in texts.occurrences(text, words, *here)]
        nth = f" #{same.index((a, b)) + 1}" if len(same) > 1 and (a, b) in same else ""
        out.append((f"@{n} " if n != sentence else "") + words + nth)
    return " && ".join(out) or "-"


def draft_of(record):
    """The draft of a committed annotation, to be changed and packed again."""
    text, _ = texts.load(record["id"])
    letters = {v: k for k, v in KINDS.items()}
    ours = [f"ours {record['genre']}"] * (texts.INVENTED / f"{record['id']}.txt").exists()
    lines = [f"text {record['id']}", *ours, f"reader {record['reader']}", "== entities"]
    lines += [f"{n} {letters[kind]} {name or '-'}" for n, (kind, name) in enumerate(record["entities"], 1)]
    lines += ["== text", mark(text, record["mentions"]), "== units"]
    numbered = texts.sentences(text)
    at = lambda place: max((i for i, (x, _) in enumerate(numbered, 1) if x <= place), default=1)
    lines += [f"{kind} {at(a)} {quote(text, [(a, b)], at(a))}" for kind, a, b in record["units"]]
    lines.append("== attributions")
    for x in record["attributions"]:
        sentence = at((x["cue"] or x["content"])[0][0])
        who = "+".join(map(str, x["speaker"])) or "-"
        who += ">" + "+".join(map(str, x["addressee"])) if x["addressee"] else ""
        flags = [who, x["act"], x["type"]] + ["neg"] * (x["polarity"] == "negated") + [f"in {x['inside']}"] * bool(x["inside"])
        flags += ["opt"] * x["optional"] + ["told"] * x["told"]
        lines.append(line_of([f"{x['id']} {sentence}", *(quote(text, x[r], sentence) for r in ROLES), " ".join(flags)]))
    return "\n".join(lines) + "\n"


def faults_of(record):
    """What is wrong with a committed annotation: offsets, the forest, inner within outer, numbers of entities."""
    text, _ = texts.load(record["id"])
    if texts.checksum(text) != record["sha256"]:
        return ["the text is not the one that was annotated (checksum)"]
    out, by_id = [], {x["id"]: x for x in record["attributions"]}
    known = range(1, len(record["entities"]) + 1)
    if len(by_id) < len(record["attributions"]):
        out.append("two attributions have one id")
    spans = [(f"mention {m}", m[0], m[1]) for m in record["mentions"]] + [(f"unit {u}", u[1], u[2]) for u in record["units"]]
    spans += [(f"{x['id']} {r}", a, b) for x in record["attributions"] for r in ROLES for a, b in x[r]]
    for what, a, b in spans:
        if not 0 <= a < b <= len(text) or text[a:b] != text[a:b].strip() or not edge_ok(text, a, b):
            out.append(f"{what} {a}..{b} is no span of whole words: {text[a:b]!r}")
    out += [f"mention {m} names no entity" for m in record["mentions"] if m[2] not in known]
    out += [f"entity {n} is never mentioned nor a speaker" for n in known if not used(record, n)]
    out += [f"mentions {x} and {y} overlap without nesting" for x in record["mentions"] for y in record["mentions"] if x[0] < y[0] < x[1] < y[1]]
    for x in record["attributions"]:
        out += [f"{x['id']}: {n} is no entity" for n in x["speaker"] + x["addressee"] if n not in known]
        if not x["content"] or not (x["cue"] or x["source"] or x["told"]):
            out.append(f"{x['id']} lacks content, or both cue and source")
        out += [f"{x['id']}: {r} and content overlap" for r in ("source", "cue", "recipient") for a, b in x[r] for c, d in x["content"] if a < d and c < b]
        if x["inside"]:
            out += nesting_faults(x, by_id)
    return out


def loose_pronouns(record):
    """Pronouns that no mention marks, with the words around them: each is meant so, or was overlooked."""
    text, _ = texts.load(record["id"])
    marked = {(a, b) for a, b, _ in record["mentions"]} | {(a, b) for kind, c, d in record["units"] if kind == "litter" for a, b in (m.span() for m in PRONOUN.finditer(text, c, d))}
    return [text[max(0, m.start() - 20):m.end() + 20].replace("\n", " ") for m in PRONOUN.finditer(text) if m.span() not in marked]


def edge_ok(text, a, b):
    return texts.edge(text, a) and texts.edge(text, b)


def used(record, n):
    return any(m[2] == n for m in record["mentions"]) or any(n in x["speaker"] + x["addressee"] for x in record["attributions"])


def nesting_faults(x, by_id):
    seen, up = {x["id"]}, x["inside"]
    while up:
        if up not in by_id:
            return [f"{x['id']} is inside {up}, which is missing"]
        if up in seen:
            return [f"{x['id']} is inside itself"]
        seen.add(up)
        up = by_id[up]["inside"]
    outer = by_id[x["inside"]]["content"]
    if not outer:
        return []  # that it lacks content is told already
    a, b = outer[0][0], outer[-1][1]
    return [f"{x['id']}: its content leaves that of {x['inside']}" for c, d in x["content"] if c < a or d > b]


def names_of(record, text):
    """The name of each entity: its canonical name, or 'unnamed: ' and the words of its first mention."""
    first = {}
    for a, b, n in record["mentions"]:
        first.setdefault(n, text[a:b])
    return {n: name or f"unnamed: {first.get(n, '')}" for n, (_, name) in enumerate(record["entities"], 1)}


def gold_of(record):
    """The annotation in the format of `../shared/gold/genres`, with what `saywho eval corpus` needs besides: recipients, `cast` (the entities one by
    one, also those that share a name or have none, with the spans of their mentions) and `speakers` and `addressees` by their numbers."""
    text, _ = texts.load(record["id"])
    names = names_of(record, text)
    name = lambda ns: "; ".join(names[n] for n in ns) or None
    stated = lambda ns: name(ns) if ns and not any(names[n].startswith("unnamed") for n in ns) else None
    by_id = {x["id"]: x for x in record["attributions"]}

    def chain(x):
        above = chain(by_id[x["inside"]]) if x["inside"] else []
        return above + [name(x["speaker"]) or "unnamed"]

    out = []
    for x in record["attributions"]:
        texts_of = {f"{r}_text": [text[a:b] for a, b in x[r]] for r in ROLES}
        out.append({"id": x["id"], **{r: x[r] for r in ROLES}, "type": x["type"], "speaker": stated(x["speaker"]), "addressee": name(x["addressee"]), "inside": x["inside"],
                    "chain": chain(x), "act": x["act"], "polarity": x["polarity"], "optional": x["optional"], "told": x["told"], "speakers": x["speaker"], "addressees": x["addressee"],
                    **texts_of})
    entities = {}
    for n, (kind, _) in enumerate(record["entities"], 1):
        spans = [[a, b] for a, b, m in record["mentions"] if m == n]
        e = entities.setdefault(names[n], {"kind": kind, "mentions": [], "spans": []})
        e["mentions"] += [w for w in dict.fromkeys(text[a:b] for a, b in spans) if w not in e["mentions"]]
        e["spans"] += spans
    cast = [{"id": n, "kind": kind, "name": name, "mentions": [[a, b] for a, b, m in record["mentions"] if m == n]} for n, (kind, name) in enumerate(record["entities"], 1)]
    litter = [[a, b] for kind, a, b in record["units"] if kind == "litter"]
    return {"doc": record["id"], "document": record["id"] + ".txt", "attributions": out, "entities": entities, "cast": cast, "units": record["units"], "boilerplate": litter}


def output_of(record):
    """The annotation as if saywho had read it, so that the scorer can take it for the second reading."""
    text, _ = texts.load(record["id"])
    names = names_of(record, text)
    span = lambda pairs: [{"start": a, "end": b} for a, b in pairs]
    joint = {}

    def entity(ns):
        if not ns:
            return None
        return joint.setdefault(tuple(ns), f"e{len(joint) + 1}")

    def chain(x):
        return (chain(by_id[x["inside"]]) if x["inside"] else []) + ([entity(x["speaker"])] if x["speaker"] else [])

    by_id = {x["id"]: x for x in record["attributions"]}
    attributions = [{"id": x["id"], **{r: span(x[r]) for r in ROLES}, "type": x["type"], "speaker": entity(x["speaker"]), "addressee": entity(x["addressee"]), "inside": x["inside"],
                     "chain": chain(x), "act": x["act"], "polarity": x["polarity"]} for x in record["attributions"] if not x["optional"]]
    people = []
    for ns, eid in joint.items():
        words = "; ".join(names[n] for n in ns)
        unnamed = words.startswith("unnamed: ")
        people.append({"id": eid, "name": words.removeprefix("unnamed: "), "kind": "unnamed" if unnamed else record["entities"][ns[0] - 1][0]})
    return {"document": {"text": text, "boilerplate": span([u[1:] for u in record["units"] if u[0] == "litter"])}, "entities": people, "attributions": attributions}
