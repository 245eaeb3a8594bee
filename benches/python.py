"""How fast saywho reads from Python beside its own command: the same texts, the same machine, in turns.

python benches/python.py --saywho target/release/saywho --texts DIR [--model fast] [--jobs 2] [--repeat 3]

Needs the package (`pip install ./crates/saywho-python pyarrow`). Prints words a second (split at white space), the best of the
repeats, and each as a share of `saywho bench`. Loading is not counted. The package and the command must be built alike: compare
only builds with the same settings.
"""
import argparse
import subprocess
import time
from pathlib import Path

import pyarrow as pa

import saywho


def command(binary, texts, model, jobs):
    """Words a second as `saywho bench` prints them."""
    arguments = [binary, "bench", texts, "--model", model, "--jobs", str(jobs)]
    lines = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout.splitlines()
    return float(dict(line.split(" ", 1) for line in lines)["words/s"])


def seconds(work):
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def read_many(texts, model, jobs):
    """Reads all, and asks each attribution who speaks, as one who uses the readings would."""
    for reading in saywho.read_many(texts, model=model, jobs=jobs):
        for attribution in reading.attributions:
            attribution.speaker


def read_arrow(table, model, jobs):
    for _ in saywho.read_arrow(table, id_column="id", model=model, jobs=jobs):
        pass


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--saywho", required=True)
    ap.add_argument("--texts", required=True)
    ap.add_argument("--model", default="accurate", choices=["accurate", "fast"])
    ap.add_argument("--jobs", type=int, default=2)
    ap.add_argument("--repeat", type=int, default=3)
    args = ap.parse_args()
    paths = sorted(Path(args.texts).glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    words = sum(len(text.split()) for text in texts)
    table = pa.table({"id": [path.stem for path in paths], "text": texts})
    saywho.read(texts[0], model=args.model)
    ways = {
        "saywho bench": lambda: command(args.saywho, args.texts, args.model, args.jobs),
        "read_many": lambda: words / seconds(lambda: read_many(texts, args.model, args.jobs)),
        "read_arrow": lambda: words / seconds(lambda: read_arrow(table, args.model, args.jobs)),
    }
    best = dict.fromkeys(ways, 0.0)
    for _ in range(args.repeat):
        for name, way in ways.items():
            best[name] = max(best[name], way())
    print(f"{args.model}, {args.jobs} threads, {len(texts)} texts, {words:,} words")
    print("| | words/s | of `saywho bench` |\n|---|---|---|")
    for name, speed in best.items():
        print(f"| {name} | {speed:,.0f} | {100 * speed / best['saywho bench']:.0f}% |")


if __name__ == "__main__":
    main()
