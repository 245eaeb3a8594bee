"""How far two readings agree where score_saywho.py does not look: mentions, coreference, optional attributions, speakers as entities.

The scorer knows somebody without a name by words only, so that "the memorandum" and "the agreement" are two speakers to it;
here two entities are one if no other two share more mentions.
"""
import re

APART = 10**7  # texts that are pooled stand that far from one another


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


def clusters(record):
    out = {}
    for a, b, n in map(tuple, record["mentions"]):
        out.setdefault(n, set()).add((a, b))
    return list(out.values())


def muc(key, response):
    """Recall of MUC: how few pieces the other reading breaks each entity into."""
    kept = total = 0
    for k in key:
        inside = sum(bool(k & r) for r in response) + len(k - set().union(*response, set()))
        kept += len(k) - inside
        total += len(k) - 1
    return kept / total if total else 1.0


def b_cubed(key, response):
    total = sum(map(len, key))
    return sum(len(k & r) ** 2 / len(k) for k in key for r in response) / total if total else 1.0


def ceaf(key, response):
    """Entity-based CEAF as (precision, recall), the best one-to-one pairs found greedily."""
    cells = sorted(((2 * len(k & r) / (len(k) + len(r)), i, j) for i, k in enumerate(key) for j, r in enumerate(response)), key=lambda c: (-c[0], c[1:]))
    used_k, used_r, good = set(), set(), 0.0
    for value, i, j in cells:
        if value and i not in used_k and j not in used_r:
            used_k.add(i)
            used_r.add(j)
            good += value
    return good / len(response) if response else 1.0, good / len(key) if key else 1.0


def pooled(records):
    """Readings of several texts as one, their offsets and numbers shifted so that nothing meets."""
    out = {"entities": [], "mentions": [], "attributions": []}
    for i, r in enumerate(records):
        at, first = i * APART, len(out["entities"])
        out["mentions"] += [(a + at, b + at, n + first) for a, b, n in r["mentions"]]
        for x in r["attributions"]:
            spans = {role: [(a + at, b + at) for a, b in x[role]] for role in ("source", "cue", "content", "recipient")}
            out["attributions"].append(x | spans | {who: [n + first for n in x[who]] for who in ("speaker", "addressee")})
        out["entities"] += r["entities"]
    return out


def greedy(cells):
    """One-to-one pairs of (value, i, j), the best first; 0 is no pair."""
    used_i, used_j, out = set(), set(), []
    for value, i, j in sorted(cells, key=lambda c: (-c[0], c[1:])):
        if value and i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            out.append((i, j))
    return out


def letters(spans):
    return {i for a, b in spans for i in range(a, b)}


def alike(x, y):
    """How far two attributions are one: what they share of the content, if that is half of it and the cue or the source meets."""
    left, right = letters(x["content"]), letters(y["content"])
    shared = len(left & right) / len(left | right)
    meet = any(letters(x[r]) & letters(y[r]) for r in ("cue", "source"))
    return shared if shared >= 0.5 and meet else 0


def same_entities(a, b):
    """{entity of b: entity of a} by the mentions they share."""
    spans = lambda r: {n: {(s, e) for s, e, m in r["mentions"] if m == n} for n in range(1, len(r["entities"]) + 1)}
    left, right = spans(a), spans(b)
    return {j: i for i, j in greedy([(len(left[i] & right[j]), i, j) for i in left for j in right])}


def attributions(a, b):
    """Prints how far the attributions agree, the optional ones counted like all others."""
    left, right = a["attributions"], b["attributions"]
    pairs = [(left[i], right[j]) for i, j in greedy([(alike(x, y), i, j) for i, x in enumerate(left) for j, y in enumerate(right)])]
    line("attributions, optional too", len(pairs) / len(right or [0]), len(pairs) / len(left or [0]))
    to = same_entities(a, b)
    tests = {f"{r}, same span": lambda x, y, r=r: sorted(map(tuple, x[r])) == sorted(map(tuple, y[r])) for r in ("source", "cue", "content")}
    tests |= {f"{w}, same entity": lambda x, y, w=w: set(x[w]) == {to.get(n) for n in y[w]} for w in ("speaker", "addressee")}
    tests |= {k: lambda x, y, k=k: x[k] == y[k] for k in ("act", "polarity", "type", "optional")}
    for name, test in tests.items():
        right_ones = sum(test(x, y) for x, y in pairs)
        print(f"{'  ' + name:32s} {100 * right_ones / len(pairs or [0]):5.1f}   ({right_ones} of {len(pairs)})")


def added_up(reports):
    """The lines that score_saywho.py printed for several texts as lines for all of them together."""
    sums = {}
    for report in reports:
        for name, counts in re.findall(r"(?m)^(\S.*?)\s+[\d.]+   \((?:P.*; )?(\d.*)\)$", report):
            row = sums.setdefault(name, [0, 0, 0])
            for i, n in enumerate(map(int, re.findall(r"\d+", counts))):
                row[i] += n
    for name, (hit, of, predicted) in sums.items():
        if predicted:
            line(name, hit / predicted, hit / (of or 1))
        elif of:
            print(f"{name:32s} {100 * hit / of:5.1f}   ({hit} of {of})")


def show(a, b):
    """Prints mentions F1 (the same span), recipients F1 (the same span), coreference and attributions, `a` taken as the gold."""
    key, response = clusters(a), clusters(b)
    left, right = set().union(*key, set()), set().union(*response, set())
    line("mentions (same span)", len(left & right) / len(right or [0]), len(left & right) / len(left or [0]))
    kinds = lambda r: {(s, e): r["entities"][n - 1][0] for s, e, n in map(tuple, r["mentions"])}
    both = left & right
    print(f"{'kind of common mentions':32s} {100 * sum(kinds(a)[m] == kinds(b)[m] for m in both) / len(both or [0]):5.1f}")
    to = [{tuple(s) for x in r["attributions"] for s in x["recipient"]} for r in (a, b)]
    if to[0] or to[1]:
        line("recipients (same span)", len(to[0] & to[1]) / len(to[1] or [0]), len(to[0] & to[1]) / len(to[0] or [0]))
    scores = [f1(muc(response, key), muc(key, response)), f1(b_cubed(response, key), b_cubed(key, response)), f1(*ceaf(key, response))]
    print(f"{'coreference CoNLL':32s} {100 * sum(scores) / 3:5.1f}   (MUC {100 * scores[0]:.1f}, B-cubed {100 * scores[1]:.1f}, CEAF {100 * scores[2]:.1f})")
    attributions(a, b)


def line(name, p, r):
    print(f"{name:32s} {100 * f1(p, r):5.1f}   (P {100 * p:.1f} R {100 * r:.1f})")
