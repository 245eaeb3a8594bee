"""Lays out texts without annotation, one a file, for the smaller model to learn from its teacher on.

python plain.py --data DATA --out DIR

DATA is the data folder with `calls`, `re3d`, `gum`, `nli-sts` and `web`. Nothing of PolNeAR and nothing hand-made is among them.
"""
import argparse
import csv
import glob
import html
import json
import os
import random
import re

FEWEST = 40  # words; shorter texts teach little


def readouts(data):
    """Statements on calls: title and body."""
    for path in sorted(glob.glob(os.path.join(data, "calls", "*.jsonl"))):
        for i, row in enumerate(lines(path)):
            yield f"{os.path.basename(path)[:-6]}-{i:04d}", paragraphs(row.get("title"), row.get("body") or row.get("text"))


def reports(data):
    """re3d: news and releases on defence."""
    for path in sorted(glob.glob(os.path.join(data, "re3d", "*", "documents.json"))):
        for i, row in enumerate(lines(path)):
            yield f"re3d-{os.path.basename(os.path.dirname(path))}-{i:03d}", paragraphs(row.get("title"), row.get("text"))


def treebank(data):
    """GUM: sentences gathered into their paragraphs."""
    for path in sorted(glob.glob(os.path.join(data, "gum", "dep", "*.conllu"))):
        with open(path, encoding="utf-8") as f:
            marks = [line for line in f if line.startswith(("# newpar", "# text = "))]
        text = "".join("\n\n" if m.startswith("# newpar") else m[len("# text = "):].strip() + " " for m in marks)
        yield "gum-" + os.path.basename(path)[:-7], text


def premises(data, size=20):
    """Sentences of the inference sets (speech, fiction, reports, news), twenty a text."""
    sentences = set()
    for name in ("mnli_dev", "rte_dev", "rte_train", "commitment_bank_train"):
        with open(os.path.join(data, "nli-sts", name + ".csv"), encoding="utf-8", errors="replace") as f:
            sentences.update(" ".join(cell.split()) for row in csv.reader(f) for cell in row if len(cell.split()) > 12)
    sentences = sorted(sentences)
    random.Random(1).shuffle(sentences)
    for i in range(0, len(sentences), size):
        yield f"nli-{i // size:04d}", "\n\n".join(sentences[i:i + size])


def pages(data):
    """The main text of web pages in the Latin alphabet."""
    for path in sorted(glob.glob(os.path.join(data, "web", "mozilla-readability", "test", "test-pages", "*", "expected.html"))):
        with open(path, encoding="utf-8", errors="replace") as f:
            page = f.read()
        page = re.sub(r"(?is)<(script|style|svg|figure|table|pre|code).*?</\1>", " ", page)
        page = re.sub(r"(?i)</(p|div|h\d|li|blockquote|section)>|<br\s*/?>", "\n\n", page)
        text = html.unescape(re.sub(r"<[^>]+>", "", page))
        if sum(c.isascii() for c in text) > 0.97 * len(text):
            yield "web-" + os.path.basename(os.path.dirname(path)), paragraphs(*text.split("\n\n"))


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def paragraphs(*parts):
    """The parts that hold something, with an empty line between them; lines within a part stay."""
    return "\n\n".join(part.strip() for part in parts if part and part.strip())


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", required=True)
    ap.add_argument("--out", required=True)
    args = ap.parse_args()
    os.makedirs(args.out, exist_ok=True)
    words = 0
    for source in (readouts, reports, treebank, premises, pages):
        for name, text in source(args.data):
            if len(text.split()) >= FEWEST:
                words += len(text.split())
                with open(os.path.join(args.out, name.replace(" ", "_") + ".txt"), "w", encoding="utf-8") as f:
                    f.write(text.strip() + "\n")
    print(f"{words} words")


if __name__ == "__main__":
    main()
