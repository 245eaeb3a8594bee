"""How far two readings of one text agree on mentions and coreference (what score_saywho.py does not count)."""


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


def show(a, b):
    """Prints mentions F1 (the same span), recipients F1 (the same span) and coreference, `a` taken as the gold."""
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


def line(name, p, r):
    print(f"{name:32s} {100 * f1(p, r):5.1f}   (P {100 * p:.1f} R {100 * r:.1f})")
