"""Where PolNeAR's annotation and models that did not learn from it disagree, for people to read again.

python noise.py --features DIR --polnear DIR --checkpoint FOLD0 --checkpoint FOLD1 ... > disagreements.tsv

Checkpoint K is of a run with --fold K/N, so that each article is read by a model that has not seen it. A row is a place where
both cannot be right: an attribution that the annotation lacks although each of its parts is as good as certain (`missing`), one
that it has although the model is as good as certain that nothing is there (`doubtful`). Offsets are code points.
"""
import argparse
import os

import torch

from corpus import ROLES, WordPiece, fold_of, read_annotations, read_split, windows
from decode import attributions, viterbi
from network import collate
from train import SMALL, base_folder, from_earlier

SURE = 0.9  # the least probability of the tags of a missing attribution, and of "nothing" for a doubtful one


@torch.no_grad()
def opinions(net, doc, wordpiece, limit):
    """(attributions, for each token the probability that it is in none) of a document."""
    found, nothing = [], [1.0] * len(doc.rows)
    for a, b in windows(doc, limit):
        batch = collate([(doc, a, b)], wordpiece)
        scores, to_cue, to_source, *_ = net(batch, 0.0)
        chances = scores[0, :, 0].softmax(-1)
        tags = viterbi(scores[0, :b - a, 0], net.transitions[0], net.begin[0])
        nothing[a:b] = chances[:b - a, 0].tolist()
        sure = [float(chances[i, tag]) for i, tag in enumerate(tags)]
        for attribution in attributions(doc, a, tags, to_cue[0], to_source[0]):
            spans = attribution["cue"] + attribution["content"]
            within = [sure[i - a] for i in range(a, b) if any(s <= doc.rows[i][0] < e for s, e in spans)]
            found.append((sum(within) / len(within), attribution))
    return found, nothing


def apart(a, b):
    """Whether two attributions share no character of their cues and contents."""
    parts = lambda x: x["cue"] + x["content"]
    return all(e <= s2 or e2 <= s for s, e in parts(a) for s2, e2 in parts(b))


def cell(spans):
    return ",".join(f"{a}-{b}" for a, b in spans) or "-"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--features", required=True)
    ap.add_argument("--polnear", required=True)
    ap.add_argument("--checkpoint", action="append", required=True)
    ap.add_argument("--window", type=int, default=254)
    args = ap.parse_args()
    wordpiece = WordPiece(os.path.join(base_folder(SMALL), "vocab.txt"))
    docs = read_split(os.path.join(args.features, "train.jsonl"), os.path.join(args.polnear, "train"), wordpiece, False)
    nets = [from_earlier(path).eval() for path in args.checkpoint]
    everybody = read_annotations(os.path.join(args.polnear, "train"))
    print("document", "what", "sure", *ROLES, sep="\t")
    for doc in docs:
        found, nothing = opinions(nets[fold_of(doc.name, len(nets))], doc, wordpiece, args.window)
        annotated = [a for reader in everybody[doc.name] for a in reader]
        rows = [("missing", sure, a) for sure, a in found if sure >= SURE and all(apart(a, b) for b in annotated)]
        for a in everybody[doc.name][0]:
            spans = a["cue"] + a["content"]
            within = [nothing[i] for i, r in enumerate(doc.rows) if any(s <= r[0] < e for s, e in spans)]
            empty = sum(within) / max(len(within), 1)
            if within and empty >= SURE and all(apart(a, b) for _, b in found):
                rows.append(("doubtful", empty, a))
        for what, sure, a in rows:
            print(doc.name, what, f"{sure:.3f}", *(cell(a[role]) for role in ROLES), sep="\t")


if __name__ == "__main__":
    main()
