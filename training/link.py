#!/usr/bin/env python3
"""Learns how alike two passages are and when they contradict: makes crates/saywho/src/comparison/likeness.tsv.

  cargo build --release -p saywho --example likeness
  saywho read POLNEAR_TRAIN_TEXTS --format jsonl > readings.jsonl
  training/link.py --pairs NLI_STS_DIR --readings readings.jsonl --readouts CALLS_DIR --likeness target/release/examples/likeness --out likeness.tsv

Small models over the figures of `saywho::training::Likeness`, none of them from the accounts of the gold:

- words, part: logistic regression of "at least 2.5 of 5" on news pairs of STS (headlines of several outlets on one event, news and its machine
  translation).
- subject: what it weighs beside words and part where the conversations of two official readouts are near each other (`training/events.py`);
  the headlines of STS teach nothing of it, since all of them share their subject.
- act: what an equal act adds, as the logarithm of odds: how much more often acts are equal where two outlets report the same words than in
  other pairs of the same articles.
- same: the likeness of words from which on more than half of the pairs that are about the same (2.5) also mean the same (4).
- contradicts: of MNLI, SNLI, RTE, CommitmentBank and FraCaS the pairs in which one side alone negates, or whose numbers differ: the likeness
  of words from which on more than two thirds are contradictions.

The weights are given so that two equal passages with the same subjects have 1. A fifth of the judged pairs, by position, is left out of the
fitting; the figures printed are on that fifth. Takes five minutes. Needs numpy and torch.
"""
import argparse
import csv
import glob
import math
import os
import subprocess

import numpy as np
import torch

from events import near_conversations, same_quotations

ABOUT, SAME = 2.5, 4.0
# Columns of the figures; the second is part.
WORDS, SUBJECT, NEGATED, NUMBERS = 0, 2, 3, 4


def similar_pairs(folder):
    """(text, text, score 0 to 5) of the news parts of STS."""
    for path in sorted(glob.glob(os.path.join(folder, "STS*.input.*.txt"))):
        with open(path, encoding="utf-8") as texts, open(path.replace(".input.", ".gs."), encoding="utf-8") as scores:
            for line, score in zip(texts, scores):
                if score.strip():
                    a, b = line.rstrip("\n").split("\t")[:2]
                    yield a, b, float(score)


def judged_pairs(folder):
    """(premise, hypothesis, whether it contradicts) where that was judged."""
    for path in sorted(glob.glob(os.path.join(folder, "*.csv"))):
        with open(path, encoding="utf-8", newline="") as f:
            for row in csv.DictReader(f):
                # RTE only tells what follows: what does not may contradict or not.
                if row["label"] != "not_entailment":
                    yield row["premise"], row["hypothesis"], row["label"] == "contradiction"


def figures(program, pairs):
    """What saywho finds of each pair [pairs, 5]: words, part, subject, negated, numbers."""
    flat = lambda text: " ".join(text.split())
    lines = "".join(f"{flat(a)}\t{flat(b)}\n" for a, b, _ in pairs)
    out = subprocess.run([program], input=lines, capture_output=True, text=True, check=True).stdout
    return np.array([[float(cell) for cell in line.split("\t")] for line in out.splitlines()])


def fit(x, y):
    """Weights [columns + 1], the constant first, of the greatest likelihood."""
    x = torch.tensor(np.column_stack([np.ones(len(x)), x]), dtype=torch.float64)
    y = torch.tensor(y, dtype=torch.float64)
    weights = torch.zeros(x.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights, y) + 1e-4 * (weights**2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return weights.detach().numpy()


def apply(weights, x):
    return 1 / (1 + np.exp(-(weights[0] + x @ weights[1:])))


def area(score, y):
    """The chance that a pair of the class scores above one of the other."""
    rank = np.argsort(np.argsort(score))
    return (rank[y].mean() - (y.sum() - 1) / 2) / (~y).sum()


def first_above(share, words, y):
    """The least likeness of words from which on a logistic regression gives the class more than the share."""
    constant, slope = fit(words[:, None], y)
    return (math.log(share / (1 - share)) - constant) / slope


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--pairs", required=True)
    ap.add_argument("--readings", required=True)
    ap.add_argument("--readouts", required=True)
    ap.add_argument("--likeness", required=True)
    ap.add_argument("--out", required=True)
    args = ap.parse_args()

    pairs = list(similar_pairs(args.pairs))
    x, score = figures(args.likeness, pairs), np.array([p[2] for p in pairs])
    held = np.arange(len(pairs)) % 5 == 0
    alike = score >= ABOUT
    about = fit(x[~held, : SUBJECT], alike[~held])
    print(f"about: {len(pairs)} pairs, {alike.mean():.2f} of them alike; area under the curve {area(apply(about, x[held, : SUBJECT]), alike[held]):.3f}; "
          f"constant and weights {about.round(2)}")
    near = list(near_conversations(args.readouts))
    beside = fit(figures(args.likeness, near)[:, : SUBJECT + 1], [p[2] for p in near])
    print(f"subject: {len(near)} pairs of sentences; constant and weights {beside.round(2)}")
    counts = same_quotations(args.readings)
    act = math.log(counts[True][1] / counts[True][0]) - math.log(counts[False][1] / counts[False][0])
    print(f"act: an equal one adds {act:.2f} to the log-odds ({sum(counts[True])} pairs of attributions with the same words)")
    same = first_above(1 / 2, x[alike & ~held, WORDS], score[alike & ~held] >= SAME)
    right = (x[alike & held, 0] >= same) == (score[alike & held] >= SAME)
    print(f"same: from {same:.2f} on; right on {100 * right.mean():.1f}% of those that are alike")

    pairs = list(judged_pairs(args.pairs))
    x, against = figures(args.likeness, pairs), np.array([p[2] for p in pairs])
    parted = (x[:, NEGATED] > 0) | (x[:, NUMBERS] > 0)
    held = np.arange(len(pairs)) % 5 == 0
    contradicts = first_above(2 / 3, x[parted & ~held, WORDS], against[parted & ~held])
    above = parted & held & (x[:, WORDS] >= contradicts)
    print(f"contradicts: from {contradicts:.2f} on; {parted.sum()} of {len(pairs)} pairs are parted, {100 * against[parted].mean():.1f}% of them "
          f"contradictions, above it {100 * against[above].mean():.1f}% of {above.sum()}; of those that nothing parts {100 * against[~parted].mean():.1f}%")

    with open(args.out + ".part", "w", encoding="utf-8") as f:
        f.write("# How alike two passages are, and when they contradict: made by training/link.py.\n")
        words, part = about[1:]
        subject = beside[3] / (beside[1] + beside[2]) * (words + part)
        for name, weight in (("words", words), ("part", part), ("subject", subject), ("act", act)):
            f.write(f"about {name}\t{weight / (words + part + subject):.3f}\n")
        f.write(f"same words\t{same:.3f}\ncontradicts words\t{contradicts:.3f}\n")
    os.replace(args.out + ".part", args.out)


if __name__ == "__main__":
    main()
