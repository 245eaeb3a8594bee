"""Fits the confidence of attributions to how often they are right: a logistic regression (Platt 1999) on the evidence.

python calibrate.py --gold POLNEAR/dev --evidence evidence.jsonl --scorer DIR

The evidence is what the example `evidence` prints for POLNEAR/dev/text. An outermost attribution is right if the scorer links
it to a gold one. Prints the option that `export.py` takes, the expected calibration error (10 bins) by two-fold
cross-validation over documents, and the table of confidence and precision of the same cross-validation.
"""
import argparse
import json
import os
import sys

import numpy as np


def outcomes(args):
    """For every outermost attribution: index of its document, evidence with a leading 1, whether it is right."""
    sys.path.insert(0, args.scorer)
    import score
    gold = score.read_gold(args.gold)
    docs, evidence, right = [], [], []
    with open(args.evidence, encoding="utf-8") as f:
        for index, line in enumerate(f):
            row = json.loads(line)
            with open(os.path.join(args.gold, "text", row["doc"] + ".txt"), encoding="utf-8", newline="") as t:
                doc = score.Doc(t.read(), False)
            wanted = [g for g in (score.Att(doc, a) for a in gold[row["doc"]]["attributions"]) if g.content]
            found = [score.Att(doc, a) for a in row["attributions"]]
            hit = set(score.match(wanted, found, score.TESTS["linked"]).values())
            for j, a in enumerate(row["attributions"]):
                docs.append(index)
                evidence.append([1.0] + a["evidence"])
                right.append(j in hit)
    return np.array(docs), np.array(evidence), np.array(right, dtype=float)


def fit(x, y, steps=4000, rate=0.1):
    """Weights of the logistic regression, by gradient descent on standardized evidence."""
    mean, scale = x.mean(0), x.std(0) + 1e-9
    mean[0], scale[0] = 0, 1
    z, w = (x - mean) / scale, np.zeros(x.shape[1])
    for _ in range(steps):
        w += rate * z.T @ (y - 1 / (1 + np.exp(-z @ w))) / len(y)
    w = w / scale
    w[0] -= (w[1:] * mean[1:]).sum()
    return w


def table(p, y):
    """(mean confidence, share right, number) of each of ten bins."""
    bins = np.minimum(9, (p * 10).astype(int))
    return [(p[bins == b].mean(), y[bins == b].mean(), (bins == b).sum()) for b in range(10) if (bins == b).any()]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gold", required=True)
    ap.add_argument("--evidence", required=True)
    ap.add_argument("--scorer", required=True)
    args = ap.parse_args()
    docs, x, y = outcomes(args)
    p = np.zeros(len(y))
    for fold in (0, 1):
        other = docs % 2 != fold
        p[~other] = 1 / (1 + np.exp(-x[~other] @ fit(x[other], y[other])))
    rows = table(p, y)
    print(f"expected calibration error, cross-validated: {sum(n * abs(c - r) for c, r, n in rows) / len(y):.3f}")
    print("| confidence | right | attributions |\n|---|---|---|")
    for c, r, n in rows:
        print(f"| {c:.2f} | {r:.2f} | {n} |")
    print("--calibration=" + ",".join(f"{w:.4f}" for w in fit(x, y)))


if __name__ == "__main__":
    main()
