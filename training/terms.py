#!/usr/bin/env python3
"""Makes crates/saywho-english/src/terms.tsv: how telling a word is, and which words are near it in meaning.

  training/terms.py MODEL.safetensors VOCABULARY.txt READOUTS_DIR NEWS_DIR > crates/saywho-english/src/terms.tsv

How telling a word is comes from the share of official readouts that hold it (READOUTS_DIR: *.jsonl with a "text" or "body"), so that
"leaders" and "discussed" weigh little and "ransomware" much. Nearness is the cosine of the encoder's own word piece
embeddings, centred, for words that are one piece; only words that readouts or news (NEWS_DIR: *.txt) use are kept.
A line is: word, idf, then up to six neighbours as word:cosine. Takes about a minute. Needs numpy.
"""
import collections, glob, json, math, os, re, struct, sys

import numpy as np

WORD = re.compile(r"[^\W\d_]{3,}")
NEIGHBOURS, LEAST = 6, 0.40


def embeddings(path):
    """The word piece embeddings of the weights file, one row a piece, centred and of length one."""
    with open(path, "rb") as file:
        size = struct.unpack("<Q", file.read(8))[0]
        header = json.loads(file.read(size))

        def tensor(name, kind):
            start, end = header[name]["data_offsets"]
            file.seek(8 + size + start)
            return np.frombuffer(file.read(end - start), dtype=kind).reshape(header[name]["shape"])

        rows = tensor("embeddings.word.q", np.int8).astype(np.float32)
        rows *= tensor("embeddings.word.scale", np.float32).reshape(-1, 1)
    rows -= rows.mean(0)
    return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)


def readouts(folder):
    for path in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
        for line in open(path, encoding="utf-8"):
            row = json.loads(line)
            yield row.get("text") or row["body"]


def main(model, vocabulary, readout_dir, news_dir):
    documents, uses = collections.Counter(), collections.Counter()
    count = 0
    for text in readouts(readout_dir):
        count += 1
        documents.update(set(w.lower() for w in WORD.findall(text)))
    for path in glob.glob(os.path.join(news_dir, "*.txt")):
        uses.update(w.lower() for w in WORD.findall(open(path, encoding="utf-8").read()))
    pieces = {line.rstrip("\n"): i for i, line in enumerate(open(vocabulary, encoding="utf-8"))}
    rows = embeddings(model)
    kept = sorted(w for w in pieces if WORD.fullmatch(w) and (documents[w] >= 2 or uses[w] >= 8))
    table = rows[[pieces[w] for w in kept]]
    print("# Made by training/terms.py: word, idf in official readouts, neighbours by the encoder's embeddings.")
    for i, word in enumerate(kept):
        idf = math.log((count + 1) / (documents[word] + 0.5))
        cosines = table @ table[i]
        cosines[i] = 0
        near = [j for j in np.argsort(-cosines)[:NEIGHBOURS] if cosines[j] >= LEAST]
        print(word, f"{idf:.1f}", " ".join(f"{kept[j]}:{cosines[j]:.2f}" for j in near), sep="\t")
    # Words of several pieces have no neighbours; how telling they are still counts where readouts use them.
    for word in sorted(w for w in documents if w not in pieces and documents[w] >= 3):
        print(word, f"{math.log((count + 1) / (documents[word] + 0.5)):.1f}", "", sep="\t")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
