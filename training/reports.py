#!/usr/bin/env python3
"""Learns what speaks for and against a sentence's being evidence of a report: makes crates/saywho-check/src/evidence.tsv.

  cargo build --release -p saywho-check --example reports
  reports training/reports/* > reports.jsonl
  training/reports.py --reports reports.jsonl --sets 01 02 03 --out crates/saywho-check/src/evidence.tsv

It learns from the sets in --sets, which the weights of inference have not seen. A logistic regression of three classes (the sentence supports the report, contradicts it, neither) over `saywho_check::training::FIGURES`, of every sentence
that saywho takes for possible evidence. A report is supported or contradicted if that is likelier than not of one of them. Printed is how many verdicts
are right where the set of a report is left out of the learning, by how far it is from the words of its source. Takes seconds. Needs numpy and torch.
"""
import argparse
import collections
import json
import os

import numpy as np
import torch

from link import PULL, figure_names

VERDICTS = ("not found", "supported", "contradicted")


def rows(reports):
    """Figures [sentences, figures] and classes [sentences] of all possible evidence."""
    figures = [e[2] for report in reports for e in report["evidence"]]
    classes = [VERDICTS.index(report["verdict"]) if e[0] else 0 for report in reports for e in report["evidence"]]
    return torch.tensor(figures, dtype=torch.float64), torch.tensor(classes)


def fitted(figures, classes):
    """Weights [2, 1 + figures] of supported and contradicted, against neither."""
    spread = figures.std(0)
    inputs = torch.cat([torch.ones(len(figures), 1, dtype=torch.float64), figures / spread], 1)
    weights = torch.zeros(2, inputs.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=500, line_search_fn="strong_wolfe")

    def step():
        optimizer.zero_grad()
        scores = torch.cat([torch.zeros(len(inputs), 1, dtype=torch.float64), inputs @ weights.T], 1)
        value = torch.nn.functional.cross_entropy(scores, classes) + PULL * (weights[:, 1:] ** 2).sum()
        value.backward()
        return value

    optimizer.step(step)
    found = weights.detach().numpy()
    found[:, 1:] /= spread.numpy()
    return found


def verdict(weights, evidence):
    scores = np.exp(np.array([[1.0, *e[2]] for e in evidence]) @ weights.T) if evidence else np.zeros((1, 2))
    supported, contradicted = (scores / (1 + scores.sum(1, keepdims=True))).max(0)
    return "supported" if supported >= 0.5 else "contradicted" if contradicted >= 0.5 else "not found"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--reports", required=True, help="what the example `reports` printed")
    ap.add_argument("--sets", nargs="+", required=True, help="the sets that are learned from")
    ap.add_argument("--out", required=True)
    args = ap.parse_args()
    figures = figure_names(os.path.join(os.path.dirname(__file__), "../crates/saywho-check/src/evidence.rs"))
    name = lambda report: os.path.basename(report["folder"])
    with open(args.reports, encoding="utf-8") as f:
        reports = [report for report in map(json.loads, f) if name(report) in args.sets]
    right, all_of, told = collections.Counter(), collections.Counter(), collections.Counter()
    for held in args.sets:
        weights = fitted(*rows([r for r in reports if name(r) != held]))
        for report in (r for r in reports if name(r) == held):
            found = verdict(weights, report["evidence"])
            told[report["verdict"], found] += 1
            for key in ((report["verdict"],), (report["verdict"], report["distance"]), ("all",)):
                right[key] += found == report["verdict"]
                all_of[key] += 1
    for key in sorted(all_of):
        print(f"{' '.join(key):25} {right[key]:4} of {all_of[key]:4}  {100 * right[key] / all_of[key]:.1f}")
    print({" -> ".join(key): n for key, n in told.items()})
    with open(args.out + ".part", "w", encoding="utf-8") as f:
        f.write("# What speaks for and against a sentence's being evidence of a report: made by training/reports.py.\n")
        for name, row in zip(VERDICTS[1:], fitted(*rows(reports))):
            for figure, value in zip(["constant"] + figures, row):
                f.write(f"{name} {figure}\t{value:.3f}\n")
    os.replace(args.out + ".part", args.out)


if __name__ == "__main__":
    main()
