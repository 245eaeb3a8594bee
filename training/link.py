#!/usr/bin/env python3
"""Learns how alike two claims are and when words contradict: makes crates/saywho/src/comparison/likeness.tsv.

  cargo build --release -p saywho --example likeness --example figures
  for k in 0 1 2 3 4; do figures fold$k.safetensors CONVERSATIONS-OF-THE-FOLD > figures$k.jsonl; done
  training/link.py --pairs NLI_STS_DIR --likeness target/release/examples/likeness --figures figures*.jsonl --out likeness.tsv

- issue, link: logistic regressions over `saywho::training::FIGURES` of each two claims that saywho finds in annotated conversations: are they of one issue;
  if two sides tell them, are they linked. The meaning of a conversation's claims comes from weights (`meaning.py --fold`) that have not seen it. A
  conversation with many claims counts as the root of its pairs. Printed are areas under the curve by fifths of the conversations.
- contradicts: of MNLI, SNLI, RTE, CommitmentBank and FraCaS the pairs in which one side alone negates, or whose numbers differ: the likeness
  of words from which on more than two thirds are contradictions. A fifth of the judged pairs, by position, is left out of the fitting; the figures
  printed are on that fifth.

Takes three minutes. Needs numpy and torch.
"""
import argparse
import csv
import glob
import json
import math
import os
import re
import subprocess

import numpy as np
import torch

from corpus import fold_of
from meaning import FOLDS, accounts, area

# Columns of what `likeness` prints.
WORDS, NEGATED, NUMBERS = 0, 3, 4
# How strongly weights of equal spread are held back.
PULL = 1e-3


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


class Conversation:
    """What saywho measures of the claims that it shares with the gold: figures [pairs, figures], of one issue, across sides, linked."""

    def __init__(self, row):
        with open(row["path"], encoding="utf-8") as f:
            gold = json.load(f)
        claims = self.matched(row, gold)
        linked = {frozenset((link["a"], link["b"])) for link in gold.get("links", ())}
        pairs = [(claims[a], claims[b], across, figures) for a, b, across, figures in row["pairs"] if a in claims and b in claims]
        self.id = gold["id"]
        self.figures = np.array([p[3] for p in pairs])
        self.issue = np.array([a["issue"] == b["issue"] for a, b, _, _ in pairs], dtype=bool)
        self.across = np.array([p[2] for p in pairs], dtype=bool)
        self.linked = np.array([frozenset((a["id"], b["id"])) in linked for a, b, _, _ in pairs], dtype=bool)

    @staticmethod
    def matched(row, gold):
        """{index of a claim of saywho: the claim of the gold that is the same by half of its text}."""
        texts = accounts(row["path"])
        at_byte = lambda account, byte: len(texts[account].encode()[:byte].decode(errors="ignore"))
        out, free = {}, list(gold["claims"])
        for i, (account, start, end) in enumerate(row["claims"]):
            start, end = at_byte(account, start), at_byte(account, end)
            for claim in free:
                common = min(end, claim["end"]) - max(start, claim["start"])
                if claim.get("account", 0) == account and 2 * common >= max(end, claim["end"]) - min(start, claim["start"]):
                    out[i] = claim
                    free.remove(claim)
                    break
        return out


def fit(x, y, weight=None, pull=1e-4):
    """Weights [columns + 1], the constant first, of the greatest likelihood."""
    x = torch.tensor(np.column_stack([np.ones(len(x)), x]), dtype=torch.float64)
    y = torch.tensor(y, dtype=torch.float64)
    weight = None if weight is None else torch.tensor(weight, dtype=torch.float64)
    weights = torch.zeros(x.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights, y, weight) + pull * (weights**2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return weights.detach().numpy()


def fit_pairs(conversations, of, within):
    """The same over the pairs of conversations, whatever the spread of a figure."""
    kept = [(c.figures[within(c)], of(c)[within(c)]) for c in conversations if within(c).any()]
    x, y = (np.concatenate(parts) for parts in zip(*kept))
    weight = np.concatenate([np.full(len(part), len(part) ** -0.5) for _, part in kept])
    mean, spread = x.mean(0), x.std(0) + 1e-9
    weights = fit((x - mean) / spread, y, weight / weight.mean(), PULL)
    slopes = weights[1:] / spread
    return np.concatenate([[weights[0] - mean @ slopes], slopes])


def unseen(conversations, of, within):
    """The area under the curve on each fifth of the conversations by what the others teach, in the mean."""
    areas = []
    for fold in range(FOLDS):
        held = [c for c in conversations if fold_of(c.id, FOLDS) == fold and within(c).any()]
        weights = fit_pairs([c for c in conversations if c not in held], of, within)
        x, y = np.concatenate([c.figures[within(c)] for c in held]), np.concatenate([of(c)[within(c)] for c in held])
        areas.append(area(apply(weights, x), y))
    return float(np.mean(areas))


def figure_names(path):
    """The names of the figures, in their order, as the engine has them."""
    with open(path, encoding="utf-8") as f:
        listed = re.search(r"FIGURES: \[&str; \d+\] = \[(.*?)\];", f.read(), re.S)
    return re.findall(r'"([^"]+)"', listed.group(1))


def apply(weights, x):
    return 1 / (1 + np.exp(-(weights[0] + x @ weights[1:])))


def first_above(share, words, y):
    """The least likeness of words from which on a logistic regression gives the class more than the share."""
    constant, slope = fit(words[:, None], y)
    return (math.log(share / (1 - share)) - constant) / slope


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--pairs", required=True)
    ap.add_argument("--figures", nargs="+", required=True, help="what the example `figures` prints")
    ap.add_argument("--likeness", required=True, help="the example `likeness`")
    ap.add_argument("--out", required=True)
    args = ap.parse_args()

    conversations = [Conversation(json.loads(line)) for path in args.figures for line in open(path, encoding="utf-8")]
    conversations = [c for c in conversations if len(c.figures)]
    names = figure_names(os.path.join(os.path.dirname(__file__), "../crates/saywho/src/comparison/likeness.rs"))
    learned = {}
    for name, of, within in (("issue", lambda c: c.issue, lambda c: np.ones(len(c.issue), dtype=bool)), ("link", lambda c: c.linked, lambda c: c.across)):
        learned[name] = fit_pairs(conversations, of, within)
        print(f"{name}: {len(conversations)} conversations, {sum(of(c)[within(c)].sum() for c in conversations)} of {sum(within(c).sum() for c in conversations)} pairs; "
              f"area under the curve on unseen ones {unseen(conversations, of, within):.3f}")

    pairs = list(judged_pairs(args.pairs))
    x, against = figures(args.likeness, pairs), np.array([p[2] for p in pairs])
    parted = (x[:, NEGATED] > 0) | (x[:, NUMBERS] > 0)
    held = np.arange(len(pairs)) % 5 == 0
    contradicts = first_above(2 / 3, x[parted & ~held, WORDS], against[parted & ~held])
    above = parted & held & (x[:, WORDS] >= contradicts)
    print(f"contradicts: from {contradicts:.2f} on; {parted.sum()} of {len(pairs)} pairs are parted, {100 * against[parted].mean():.1f}% of them "
          f"contradictions, above it {100 * against[above].mean():.1f}% of {above.sum()}; of those that nothing parts {100 * against[~parted].mean():.1f}%")

    with open(args.out + ".part", "w", encoding="utf-8") as f:
        f.write("# How alike two claims are, and when words contradict each other: made by training/link.py.\n")
        for name, weights in learned.items():
            for figure, weight in zip(["constant"] + names, weights):
                f.write(f"{name} {figure}\t{weight:.3f}\n")
        f.write(f"contradicts words\t{contradicts:.3f}\n")
    os.replace(args.out + ".part", args.out)


if __name__ == "__main__":
    main()
