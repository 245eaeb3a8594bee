"""Writes what a trained network thinks of each token of the outermost level: an array of tag probabilities an article.

python label.py --checkpoint DIR/checkpoint.pt --base FOLDER --features FILE.jsonl --texts DIR --out soft.npz

The probabilities are the chain's marginals (forward-backward), so they know of what stands before and behind. Windows overlap
by half, and each token takes them from the window in which it stands furthest from an edge. A run goes on where it stopped.
"""
import argparse
import os
import time

import numpy as np
import torch

from corpus import TAGS, WordPiece, read_plain
from network import Network, collate
from train import base_folder


def marginals(scores, transitions, begin):
    """Tag probabilities [tokens, tags] of one window."""
    forward = [begin + scores[0]]
    for row in scores[1:]:
        forward.append(torch.logsumexp(forward[-1][:, None] + transitions, 0) + row)
    backward = [torch.zeros_like(begin)]
    for row in scores.flip(0)[:-1]:
        backward.append(torch.logsumexp(transitions + (row + backward[-1])[None, :], 1))
    return (torch.stack(forward) + torch.stack(backward[::-1])).softmax(-1)


def overlapping(doc, limit):
    """Token ranges of at most `limit` pieces, each starting in the middle of the one before."""
    ranges, start = [], 0
    while True:
        end, size = start, 0
        while end < len(doc.rows) and size + len(doc.pieces[end]) <= limit:
            size += len(doc.pieces[end])
            end += 1
        end = max(end, start + 1)
        ranges.append((start, end))
        if end >= len(doc.rows):
            return ranges
        start = max(start + 1, (start + end) // 2)


@torch.no_grad()
def label(net, docs, wordpiece, limit, size=16):
    """{name: probabilities [tokens, tags]}"""
    out = {d.name: np.zeros((len(d.rows), len(TAGS)), dtype=np.float16) for d in docs}
    depth = {d.name: np.full(len(d.rows), -1) for d in docs}
    items = sorted(((d, a, b) for d in docs if d.rows for a, b in overlapping(d, limit)), key=lambda w: w[2] - w[1])
    for i in range(0, len(items), size):
        group = items[i:i + size]
        scores = net(collate(group, wordpiece), 0.0)[0][:, :, 0]
        for k, (doc, a, b) in enumerate(group):
            probabilities = marginals(scores[k, :b - a], net.transitions[0], net.begin[0]).numpy()
            place = np.arange(a, b)
            # The ends of a text are no edges.
            inward = np.minimum(place - a if a else np.inf, b - 1 - place if b < len(doc.rows) else np.inf) + np.zeros(b - a)
            better = inward > depth[doc.name][a:b]
            out[doc.name][a:b][better] = probabilities[better]
            depth[doc.name][a:b][better] = np.minimum(inward, 1e6)[better]
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--checkpoint", required=True)
    ap.add_argument("--base", required=True, help="the folder or package whose vocabulary the network reads")
    ap.add_argument("--features", required=True)
    ap.add_argument("--texts", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--window", type=int, default=254)
    ap.add_argument("--threads", type=int, default=1)
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    saved = torch.load(args.checkpoint)
    net = Network(saved["config"])
    net.load_state_dict(saved["net"])
    net.eval()
    wordpiece = WordPiece(os.path.join(base_folder(args.base), "vocab.txt"))
    docs = read_plain(args.features, args.texts, wordpiece)
    done = {}
    if os.path.exists(args.out):
        with np.load(args.out) as file:
            done = {name: file[name] for name in file.files}
    rest, began = [d for d in docs if d.name not in done], time.time()
    for i in range(0, len(rest), 100):
        done.update(label(net, rest[i:i + 100], wordpiece, args.window))
        with open(args.out + ".part", "wb") as f:
            np.savez(f, **done)
        os.replace(args.out + ".part", args.out)
        rate = (i + 100) / (time.time() - began)
        print(f"{min(i + 100, len(rest))}/{len(rest)} texts  {max(0, len(rest) - i - 100) / rate / 60:.0f} min left", flush=True)


if __name__ == "__main__":
    main()
