"""PolNeAR as token windows: what `saywho`'s own text stage says of each token, with the gold beside it.

Tags are BIO over three roles; every attribution of PolNeAR has one cue, so a content part points at its cue and a
cue points at its source (or at none). There are three levels of tags: PolNeAR's own attributions, what lies within their
contents, and what lies within the contents of these; `nested.tsv` holds the last two for some of the articles.

The corpus of our own (`corpus/`) says more: the act and the polarity of a cue, and to whom its words went.
"""
import hashlib
import json
import os
import random
import unicodedata

import numpy as np

ROLES = ("source", "cue", "content")
LEVELS = 3
TAGS = ["O"] + [f"{edge}-{role}" for role in ROLES for edge in "BI"]  # O, B-source, I-source, B-cue, ...
CONTENT = TAGS.index("B-content")
KINDS = ("person", "organisation", "state", "group", "document")
ACTS = ("say", "inform", "stress", "ask", "demand", "offer", "promise", "warn", "deny", "agree", "believe", "want", "discuss")


def read_ann(path):
    """One brat file: a list of {role: [[start, end], ...]} in code points."""
    spans, events = {}, []
    with open(path, encoding="utf-8") as f:
        for line in f:
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) < 2:
                continue
            if cells[0].startswith("T"):
                _, _, offsets = cells[1].partition(" ")
                spans[cells[0]] = [[int(x) for x in o.split()] for o in offsets.split(";")]
            elif cells[0].startswith("E"):
                events.append([x.split(":", 1) for x in cells[1].split()])
    found = []
    for event in events:
        attribution = {role: [] for role in ROLES}
        for role, ref in event[1:]:
            role = role.rstrip("0123456789").lower()
            if role in attribution and ref in spans:
                attribution[role].extend(spans[ref])
        if attribution["content"]:
            found.append({role: sorted(parts) for role, parts in attribution.items()})
    return found


class WordPiece:
    """BERT's uncased word pieces of one token, the same as the Rust side's."""

    def __init__(self, vocab_path):
        with open(vocab_path, encoding="utf-8") as f:
            self.ids = {line.rstrip("\n"): i for i, line in enumerate(f)}
        # MPNet names the first and last piece otherwise than BERT.
        self.cls, self.sep = (self.ids[name] for name in (("<s>", "</s>") if "<s>" in self.ids else ("[CLS]", "[SEP]")))
        self.unknown = self.ids["[UNK]"]
        self.seen = {}

    def __call__(self, token):
        if token not in self.seen:
            self.seen[token] = self.split(token)
        return self.seen[token]

    def split(self, token):
        lower = "".join(c for c in unicodedata.normalize("NFD", token.lower()) if unicodedata.category(c) != "Mn")
        pieces, start = [], 0
        while start < len(lower):
            for end in range(len(lower), start, -1):
                piece = ("##" if start else "") + lower[start:end]
                if piece in self.ids:
                    pieces.append(self.ids[piece])
                    start = end
                    break
            else:
                return [self.unknown]
        return pieces if pieces and len(lower) <= 100 else [self.unknown]


class QuoteStyle:
    """Swaps curly for straight quotation marks and back, so that the model reads both alike."""

    def __init__(self, wordpiece):
        ids = {mark: wordpiece(mark)[0] for mark in "“”’\"'"}
        self.straight = {ids["“"]: ids['"'], ids["”"]: ids['"'], ids["’"]: ids["'"]}
        self.curly = {(ids['"'], 2): ids["“"], (ids['"'], 3): ids["”"], (ids["'"], 0): ids["’"]}

    def swap(self, piece, quote_state):
        """The piece of the other style; `quote_state` is 2 for an opening and 3 for a closing mark."""
        return self.straight.get(piece) or self.curly.get((piece, quote_state), piece)


class Level:
    """The tags of one level and what they are known of."""

    def __init__(self, size):
        self.tags = [0] * size
        self.known = [False] * size  # whether an annotation says what stands here
        self.cue_of = {}     # first token of a content part -> first token of its cue
        self.source_of = {}  # first token of a cue -> first token of its source, or -1


class Doc:
    """One article: per-token arrays. `nested` holds the attributions of the deeper levels, or None where nobody looked."""

    def __init__(self, name, text, rows, attributions, nested, wordpiece):
        self.name, self.text, self.rows = name, text, rows
        self.pieces = [wordpiece(text[r[0]:r[1]]) for r in rows]
        self.levels = [Level(len(rows)) for _ in range(LEVELS)]
        self.soft = None  # a teacher's probabilities of the outermost tags, a row a token
        self.acts = {}  # (first token of a cue, its last + 1) -> (index of its act, whether it is negated)
        self.recipients = None  # 0, 1 begins, 2 goes on: a tag a token, where somebody looked for recipients
        self.kinds = None  # 0, or 1 + the kind of the smallest mention around a token, where all mentions are marked
        self.recipient_of = {}  # first token of a cue -> first token of its recipient, or -1
        self.levels[0].known = [attributions is not None] * len(rows)
        deeper = [None] * (LEVELS - 1) if nested is None else [[a for d, a in nested if d == depth] for depth in range(1, LEVELS)]
        for level, found in zip(self.levels, [attributions or []] + deeper):
            for attribution in found or []:
                self.add(level, attribution)
        if nested is not None:
            for level, outer in zip(self.levels[1:], self.levels):
                level.known = [tag >= CONTENT for tag in outer.tags]
                level.tags = clipped(level.tags, level.known)

    def add(self, level, attribution):
        """Tags the parts of one attribution and notes what belongs together."""
        starts = {role: [self.label(level, part, i) for part in attribution[role]] for i, role in enumerate(ROLES)}
        cues = [s for s in starts["cue"] if s is not None]
        if not cues:
            return
        sources = [s for s in starts["source"] if s is not None]
        level.source_of[cues[0]] = sources[0] if sources else -1
        for start in starts["content"]:
            if start is not None:
                level.cue_of[start] = cues[0]

    def add_claim(self, attribution):
        """Tags a claim, and makes known what stands in its sentences. Where no source is named in it, another clause may name it."""
        level = self.levels[0]
        places = [self.tokens_in(part) for role in ROLES for part in attribution[role]]
        sentences = {self.rows[i][5] for at in places if at for i in range(*at)}
        for i, row in enumerate(self.rows):
            level.known[i] |= row[5] in sentences
        self.add(level, attribution)
        cue = self.tokens_in(attribution["cue"][0]) if attribution["cue"] else None
        if cue and not attribution["source"]:
            level.source_of.pop(cue[0], None)

    def label(self, level, part, role):
        """Tags the tokens of one span; its first token, or None where another span lies already."""
        at = self.tokens_in(part)
        if at is None:
            return None
        for i in range(*at):
            level.tags[i] = 1 + 2 * role + (i > at[0])
        return at[0]

    def tokens_in(self, span):
        """The tokens that stand in a span of code points: the first, the last + 1; or None."""
        inside = [i for i, r in enumerate(self.rows) if r[0] < span[1] and r[1] > span[0]]
        return (inside[0], inside[-1] + 1) if inside else None

    def add_act(self, cue, act, negated, recipient):
        """Notes what the corpus says of one cue (code points), and its recipient."""
        at = self.tokens_in(cue[0]) if cue else None
        if at is None:
            return
        self.acts[at] = (ACTS.index(act), negated)
        to = self.tokens_in(recipient[0]) if recipient else None
        self.recipient_of[at[0]] = to[0] if to else -1
        for i in range(*to) if to else ():
            self.recipients[i] = 1 if i == to[0] else 2

    def mark_kinds(self, cast):
        """Tells each token the kind of the smallest mention around it: {"kind", "mentions": spans of code points} for each entity."""
        self.kinds = [0] * len(self.rows)
        mentions = [(end - start, start, end, KINDS.index(entity["kind"])) for entity in cast for start, end in entity["mentions"]]
        for _, start, end, kind in sorted(mentions, reverse=True):
            for i in range(*(self.tokens_in((start, end)) or (0, 0))):
                self.kinds[i] = 1 + kind

    def sentences(self):
        """Token ranges of sentences."""
        edges = [i for i, r in enumerate(self.rows) if i == 0 or r[5] != self.rows[i - 1][5]]
        return list(zip(edges, edges[1:] + [len(self.rows)]))


def clipped(tags, known):
    """The tags where something is known; a span that is cut begins where it comes into sight."""
    out = []
    for i, tag in enumerate(tags):
        inner = tag > 0 and tag % 2 == 0
        cut = inner and (i == 0 or out[-1] not in (tag, tag - 1))
        out.append(0 if not known[i] else tag - 1 if cut else tag)
    return out


def read_nested(path):
    """{article: [(depth, attribution)]} of `nested.tsv`; an article that holds nothing nested has a row of depth 0."""
    nested = {}
    with open(path, encoding="utf-8") as f:
        next(f)
        for line in f:
            name, depth, *parts = line.rstrip("\n").split("\t")
            nested.setdefault(name, []).append((int(depth), dict(zip(ROLES, map(read_spans, parts)))))
    return {name: [a for a in rows if a[0] > 0] for name, rows in nested.items()}


def read_spans(cell):
    """The spans of a cell of a table: `a-b,c-d`; `-` for none."""
    return [] if cell == "-" else [[int(x) for x in span.split("-")] for span in cell.split(",")]


def read_corrections(path):
    """{article: [("add" or "drop", attribution)]} of `corrections.tsv`."""
    corrections = {}
    with open(path, encoding="utf-8") as f:
        next(f)
        for line in f:
            name, what, *parts = line.rstrip("\n").split("\t")
            corrections.setdefault(name, []).append((what, dict(zip(ROLES, map(read_spans, parts)))))
    return corrections


def corrected(attributions, corrections):
    """The attributions of one annotator without those that were dropped, and with those that were missing."""
    dropped = [(a["cue"], a["content"]) for what, a in corrections if what == "drop"]
    kept = [a for a in attributions if (a["cue"], a["content"]) not in dropped]
    return kept + [a for what, a in corrections if what == "add"]


def read_texts(features, text_dir):
    """Name, text and token rows of each line of a features file."""
    with open(features, encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            with open(os.path.join(text_dir, row["doc"] + ".txt"), encoding="utf-8", newline="") as t:
                yield row["doc"], t.read(), row["tokens"]


def read_annotations(split_dir):
    """{article: [the attributions of each who read it]}, in the order of the files' names."""
    folder, annotations = os.path.join(split_dir, "attributions"), {}
    for f in sorted(os.listdir(folder)):
        if f.endswith(".ann"):
            annotations.setdefault(f[:-4].rsplit("_", 1)[0], []).append(read_ann(os.path.join(folder, f)))
    return annotations


def read_split(features, split_dir, wordpiece, every_annotator, nested=(), corrections=None):
    """The articles of a split; an article read by several people comes once for each if `every_annotator`."""
    corrections = corrections or {}
    annotations = read_annotations(split_dir)
    docs = []
    for name, text, rows in read_texts(features, os.path.join(split_dir, "text")):
        readings = annotations.get(name, [])
        for k, attributions in enumerate(readings if every_annotator else readings[:1]):
            # What is nested was looked for in the first annotator's contents.
            inner = nested[name] if k == 0 and name in nested else None
            docs.append(Doc(name, text, rows, corrected(attributions, corrections.get(name, [])), inner, wordpiece))
    return docs


def read_plain(features, text_dir, wordpiece):
    """Texts without annotation."""
    return [Doc(name, text, rows, None, None, wordpiece) for name, text, rows in read_texts(features, text_dir)]


def read_corpus(features, gold_dir, wordpiece):
    """The readings of the corpus' training part, as `corpus/corpus.py export` writes them.

    What has no cue (an answer under a label, a sentence that only carries on an account) is found by rules, so that what is
    inside it counts as one level less deep."""
    docs = []
    for name, text, rows in read_texts(features, gold_dir):
        with open(os.path.join(gold_dir, name + ".gold.json"), encoding="utf-8") as f:
            reading = json.load(f)
        gold = reading["attributions"]
        by_id = {a["id"]: a for a in gold}

        def depth(a):
            outer = by_id.get(a["inside"])
            return depth(outer) + bool(outer["cue"]) if outer else 0
        found = [(depth(a), a) for a in gold if a["cue"]]
        doc = Doc(name, text, rows, [a for d, a in found if d == 0], [f for f in found if f[0] > 0], wordpiece)
        doc.recipients = [0] * len(rows)
        doc.mark_kinds(reading["cast"])
        for _, a in found:
            doc.add_act(a["cue"], a["act"], a["polarity"] == "negated", a["recipient"])
        docs.append(doc)
    return docs


BE = {"is", "are", "was", "were", "be", "been", "being"}


def as_attribution(claim, text):
    """A claim (a passage with its cue and recipient) as an attribution: what stands before the cue is its source, but in the passive."""
    start, end, cue = claim["start"], claim["end"], claim["cue"]
    within = [span for span in cue if start <= span[0] and span[1] <= end]
    if not within:
        return {"source": [], "cue": cue, "content": [[start, end]]}
    before, after = [start, within[0][0]], [within[-1][1], end]
    for span in claim["recipient"]:
        if after[0] <= span[0] <= after[0] + 6:
            after[0] = max(after[0], span[1])
    passive = bool(BE & set(text[slice(*within[0])].split()))
    if passive and not text[slice(*after)].strip(" ,.;"):
        return {"source": [], "cue": cue, "content": [before] if before[1] > before[0] else []}
    # "At the end, the two ministers": the subject stands behind the last comma.
    comma = text[slice(*before)].rstrip(" ,").rfind(", ")
    if comma >= 0:
        before[0] += comma + 2
    named = before[1] > before[0] and not passive
    return {"source": [before] if named else [], "cue": cue, "content": [after]}


def read_conversations(features, gold_dir, wordpiece):
    """The accounts of the corpus' conversations: their claims as attributions, with acts and recipients. What stands in sentences
    without a claim is not known: an attribution may be there that tells nothing of the conversation."""
    docs = {name: Doc(name, text, rows, None, None, wordpiece) for name, text, rows in read_texts(features, gold_dir)}
    for doc in docs.values():
        doc.recipients = [0] * len(doc.rows)
    for path in sorted(os.listdir(gold_dir)):
        if path.endswith(".gold.json"):
            with open(os.path.join(gold_dir, path), encoding="utf-8") as f:
                gold = json.load(f)
            for claim in gold["claims"]:
                doc = next(d for name, d in docs.items() if name.startswith(f"{gold['id']}.{claim['account']}."))
                doc.add_act(claim["cue"], claim["act"], claim["polarity"] == "negated", claim["recipient"])
                doc.add_claim(as_attribution(claim, doc.text))
    return list(docs.values())


def read_soft(path, docs):
    """Gives each article a teacher's probabilities (see `label.py`)."""
    with np.load(path) as labels:
        soft = {name: labels[name].astype(np.float32) for name in labels.files}
    for doc in docs:
        if doc.name in soft:
            doc.soft = soft[doc.name]


def fold_of(name, folds):
    """The part of so many that an article belongs to, by its name."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % folds


def windows(doc, limit, first=None):
    """Token ranges of whole sentences with at most `limit` pieces; the first window may be shorter.

    A sentence longer than the limit is cut.
    """
    ranges, start, size, room = [], 0, 0, first or limit
    for a, b in doc.sentences():
        for i in range(a, b):
            n = len(doc.pieces[i])
            whole = sum(len(p) for p in doc.pieces[a:b]) if i == a else 0
            if size and (size + n > room or (i == a and size + whole > room)):
                ranges.append((start, i))
                start, size, room = i, 0, limit
            size += n
    if size:
        ranges.append((start, len(doc.rows)))
    return ranges


def training_windows(docs, limit, rng):
    """One epoch: every article cut into windows at places that change from epoch to epoch."""
    out = [(d, a, b) for d in docs for a, b in windows(d, limit, rng.randint(limit // 4, limit))]
    rng.shuffle(out)
    return out


def batches(items, size, rng):
    """Batches of windows of similar length, in random order."""
    chunk = size * 32
    groups = []
    for i in range(0, len(items), chunk):
        part = sorted(items[i:i + chunk], key=lambda w: sum(len(p) for p in w[0].pieces[w[1]:w[2]]))
        groups += [part[j:j + size] for j in range(0, len(part), size)]
    rng.shuffle(groups)
    return groups
