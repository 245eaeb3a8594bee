"""How reading in Spark scales with workers: a standalone cluster on loopback with one worker, then with two, of a core each.

python benches/spark.py [--articles 200] [--words 800] [--model fast]

Needs `pip install ./crates/saywho-python -r crates/saywho-python/tests/requirements.txt` and Java 17. Prints words a second (split at
white space) of the second run, when the workers hold their engines, and the rows as a check.
"""
import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "crates/saywho-python/tests"))

import corpus
from cluster import cluster, session

import saywho.spark


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--articles", type=int, default=200)
    ap.add_argument("--words", type=int, default=800)
    ap.add_argument("--model", default="accurate", choices=["accurate", "fast"])
    args = ap.parse_args()
    articles = corpus.table(args.articles, args.words)
    words = sum(len(text.split()) for text in articles["text"].to_pylist())
    print(f"{args.model}, {args.articles} articles, {words:,} words\n| workers | words/s | rows |\n|---|---|---|")
    for workers in (1, 2):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            corpus.write(Path(folder, "corpus"), articles, files=20)
            with cluster(Path(folder), workers) as of, session(of) as spark:
                for _ in ("warm", "measured"):
                    begin = time.perf_counter()
                    rows = saywho.spark.attributions(spark.read.parquet(f"{folder}/corpus"), model=args.model).count()
                    seconds = time.perf_counter() - begin
                print(f"| {workers} | {words / seconds:,.0f} | {rows} |", flush=True)


if __name__ == "__main__":
    main()
