"""`saywho bulk` on a corpus made of articles that are repeated: how it grows with cores, how much memory it takes, and whether
it writes the same after any number of kills.

python benches/bulk.py cores  --saywho target/release/saywho --texts DIR [DIR ...] [--repeat 100]
python benches/bulk.py memory --saywho target/release/saywho --texts DIR [DIR ...] [--documents 1000 10000 100000]
python benches/bulk.py kills  --saywho target/release/saywho --texts DIR [DIR ...] [--repeat 3] [--kills 20]

`cores` binds the whole process to one core and then to two, and prints words a second and the ratio. `memory` prints the peak
of resident memory for each size. `kills` ends a run so often at random moments (SIGKILL), goes on each time, and compares every
byte with an undisturbed run; exit code 1 if one differs. Linux only. Corpora and tables go into a temporary folder.
"""
import argparse
import filecmp
import glob
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time


def articles(folders, most):
    """Texts by name, in order; of each only so many words, if that is asked for."""
    found = {}
    for folder in folders:
        for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
            with open(path, encoding="utf-8", newline="") as f:
                text = f.read()
            end = [match.end() for match in re.finditer(r"\S+", text)][:most or None][-1]
            found[os.path.basename(path)[:-4]] = text[:end]
    if not found:
        sys.exit(f"no .txt files in {', '.join(folders)}")
    return found


def write_corpus(path, texts, documents):
    """A file of JSON lines with so many rows: the articles again and again, each row with an id of its own."""
    names = list(texts)
    words = 0
    with open(path, "w", encoding="utf-8") as f:
        for number in range(documents):
            name = names[number % len(names)]
            words += len(texts[name].split())
            f.write(json.dumps({"id": f"{name}-{number // len(names)}", "text": texts[name]}, ensure_ascii=False) + "\n")
    return words


def command(args, corpus, out, jobs):
    return [args.saywho, "bulk", corpus, "--out", out, "--model", args.model, "--jobs", str(jobs)]


def run(line, cores=None):
    """Seconds, and the peak of resident memory in MiB."""
    bind = (lambda: os.sched_setaffinity(0, cores)) if cores else None
    begin = time.perf_counter()
    child = subprocess.Popen(line, stderr=subprocess.PIPE, preexec_fn=bind)
    errors = child.stderr.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    # 1 with a summary: some documents could not be read.
    whole = os.path.exists(os.path.join(line[line.index("--out") + 1], "summary.json"))
    if child.returncode != 0 and not (child.returncode == 1 and whole):
        sys.exit(f"{' '.join(line)} ended with {child.returncode}: {errors}")
    return time.perf_counter() - begin, usage.ru_maxrss / 1024


def measure_cores(args, texts, folder):
    corpus = os.path.join(folder, "corpus.jsonl")
    words = write_corpus(corpus, texts, args.repeat * len(texts))
    cores = sorted(os.sched_getaffinity(0))[:2]
    if len(cores) < 2:
        sys.exit("two cores are needed")
    speeds = []
    print("| cores | words/s | seconds |\n|---|---|---|")
    # The last core first: the first one has more of the machine's own work.
    for number, bound in ((1, {cores[1]}), (2, set(cores))):
        seconds, _ = run(command(args, corpus, os.path.join(folder, f"out-{number}"), number), bound)
        speeds.append(words / seconds)
        print(f"| {number} | {words / seconds:,.0f} | {seconds:.1f} |", flush=True)
    print(f"\ntwo cores are {speeds[1] / speeds[0]:.2f} times one; load of the machine {os.getloadavg()[0]:.1f}")


def measure_memory(args, texts, folder):
    print("| documents | MB | peak MiB | words/s |\n|---|---|---|---|")
    for documents in args.documents:
        corpus, out = os.path.join(folder, f"{documents}.jsonl"), os.path.join(folder, f"out-{documents}")
        words = write_corpus(corpus, texts, documents)
        seconds, peak = run(command(args, corpus, out, args.jobs))
        print(f"| {documents:,} | {os.path.getsize(corpus) / 1e6:,.0f} | {peak:.0f} | {words / seconds:,.0f} |", flush=True)
        os.remove(corpus)


def files(folder):
    return sorted(os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names)


def measure_kills(args, texts, folder):
    corpus = os.path.join(folder, "corpus.jsonl")
    write_corpus(corpus, texts, args.repeat * len(texts))
    whole, killed = os.path.join(folder, "whole"), os.path.join(folder, "killed")
    more = ["--quotebank", "--part-size", "1"]
    seconds, _ = run(command(args, corpus, whole, args.jobs) + more)
    chance = random.Random(args.seed)
    cut = 0
    for number in range(args.kills):
        # Together they are to take longer than the undisturbed run, so that some come near the end.
        pause = chance.uniform(0, 2.2 * seconds / args.kills)
        child = subprocess.Popen(command(args, corpus, killed, number % 3 + 1) + more, stderr=subprocess.DEVNULL)
        time.sleep(pause)
        cut += child.poll() is None
        child.send_signal(signal.SIGKILL)
        child.wait()
    run(command(args, corpus, killed, args.jobs) + more)
    names = files(whole)
    same = names == files(killed) and not filecmp.cmpfiles(whole, killed, names, shallow=False)[1]
    print(f"{cut} of {args.kills} runs were cut off in the middle; {len(names)} files, all of them "
          f"{'the same as' if same else 'NOT the same as'} those of an undisturbed run ({seconds:.0f} s)")
    return same


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("what", choices=["cores", "memory", "kills"])
    ap.add_argument("--saywho", required=True)
    ap.add_argument("--texts", required=True, nargs="+")
    ap.add_argument("--model", default="fast")
    ap.add_argument("--jobs", type=int, default=2)
    ap.add_argument("--repeat", type=int, default=3, help="how often each article stands in the corpus (cores, kills)")
    ap.add_argument("--documents", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    ap.add_argument("--words", type=int, help="only so many words of each article")
    ap.add_argument("--kills", type=int, default=20)
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    texts = articles(args.texts, args.words)
    measure = {"cores": measure_cores, "memory": measure_memory, "kills": measure_kills}[args.what]
    with tempfile.TemporaryDirectory() as folder:
        if measure(args, texts, folder) is False:
            sys.exit(1)


if __name__ == "__main__":
    main()
