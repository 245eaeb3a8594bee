#!/usr/bin/env python3
"""How the time of a reading grows with the length of its text.

  growth.py SAYWHO [--model accurate|fast]... [--sizes 10000,100000,1000000,5000000] [--shapes news,marks,...] [--most 1.15]

Makes texts of the shapes that readers of news meet or an attacker sends, reads each with one thread and prints the seconds of the
processor for each size (bytes) and the exponent of the last step: log(time ratio) / log(size ratio), the time of starting taken
off. 1 is in proportion to the length. Ends with 1 if an exponent is above `--most`. A reading that takes less than a tenth of a
second says nothing and passes.
"""
import argparse, itertools, math, os, resource, subprocess, sys, tempfile

FIRST = "Ilse Teo Mara Jon Petra Otto Anton Hedda Bo Ada Per Nils Vera Lena Karl Ivo Rita Sven Tilda Uwe".split()
LAST = "Maren Vasca Lind Tarn Olm Brul Reese Rook Lund Dorn Hale Anholt Brill Kray Sandel Torve Ulm Weld Yarrow Zett".split()
THINGS = "ban quota ferry pier dam school mill harbour budget strike".split()


def named(i):
    """A different full name for each number: syllables behind a surname make as many as are wanted."""
    tail, n = "", i // (len(FIRST) * len(LAST))
    while n:
        tail, n = tail + ("ba", "ke", "lo", "mi", "nu")[n % 5], n // 5
    return f"{FIRST[i % len(FIRST)]} {LAST[i // len(FIRST) % len(LAST)]}{tail}"


def news(i):
    a, b, thing = named(i % 7), named(i % 7 + 31), THINGS[i % len(THINGS)]
    return (f"{a}, the minister of trade of Norrland, said on Monday that the {thing} would stay until May. “We have told them so,” she added.\n\n"
            f"{b} denied it. He told reporters that the talks on the {thing} had not begun, according to Radio North.\n\n")


SHAPES = {
    "news": news,
    "short paragraphs": lambda i: f"The {THINGS[i % 10]} stays, {LAST[i % 20]} said.\n",
    "one name": lambda i: "Ilse Maren came to Brel. ",
    "marks": lambda i: "\"",
    "curly marks": lambda i: "“",
    "single marks": lambda i: "' ’ ‘",
    "names": lambda i: f"{named(i)} said that the {THINGS[i % 10]} stays. ",
    "turns": lambda i: f"{LAST[i % 5].upper()}: The {THINGS[i % 10]} stays until May.\n\n",
    "different turns": lambda i: f"{named(i).split()[1].upper()}: The {THINGS[i % 10]} stays until May.\n\n",
    "he said": lambda i: f"He said that the {THINGS[i % 10]} stays. ",
    "nested": lambda i: "he said that ",
    "titles": lambda i: f"The minister told the president that the spokesman of the ministry had asked officials about the {THINGS[i % 10]}. ",
    "periods": lambda i: ".",
    "label headlines": lambda i: f"{LAST[i % 20]}: the {THINGS[i % 10]} stays\n",
    "one word": lambda i: "a",
    "one long line": lambda i: f"{THINGS[i % 10]} and ",
    "commas": lambda i: f"{LAST[i % 20]}, ",
    "ministers": lambda i: f"Minister {named(i)} of Norrland spoke. The minister said that the {THINGS[i % 10]} stays. The two ministers and officials agreed. ",
    "bodies": lambda i: f"The {named(i).split()[1]} Ministry said that the {THINGS[i % 10]} stays. The ministry told the officials so. ",
    "namesakes": lambda i: f"{named(i * 20).split()[1]}{named(i).split()[0]} Maren said it. Maren left. ",
    "citing": lambda i: f"Radio {LAST[i % 20]}, citing two officials, said that the {THINGS[i % 10]} stays. This was reported by {LAST[i % 20]}. ",
    "according": lambda i: f"According to {named(i)}, Vasca said that the {THINGS[i % 10]} stays and stressed that it is fair. ",
    "interviews": lambda i: f"She told Radio {LAST[i % 20]} in the interview that the {THINGS[i % 10]} stays. ",
    "calls": lambda i: f"Ilse Maren of Norrland spoke with Teo Vasca of Sudovia in a frank call at the request of Sudovia on {i % 28 + 1} May. ",
    "states": lambda i: f"The {LAST[i % 20]}{named(i).split()[1].lower()}ian foreign minister of {named(i).split()[1]}ia said so. ",
    "relatives": lambda i: f"A woman said it. The woman left. Her mother, {named(i)}, told his wife so. ",
    "quotations": lambda i: f"“The {THINGS[i % 10]} stays,” {LAST[i % 20]} said. ",
}


def text(shape, size):
    parts, length = [], 0
    for i in itertools.count():
        parts.append(SHAPES[shape](i))
        length += len(parts[-1].encode())
        if length >= size:
            return "".join(parts)


def seconds(saywho, model, path):
    """Seconds of the processor, which other work on the machine moves little: the lesser of two runs, or of one that took long."""
    best = math.inf
    for _ in range(2):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.run([saywho, "read", "--model", model, "--jobs", "1", "--time-limit", "100000", "--format", "json", path],
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if run.returncode:
            sys.exit(f"{saywho} read ended with {run.returncode}: {run.stderr.decode()[-400:]}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        if best > 5:
            break
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("saywho")
    parser.add_argument("--model", action="append", choices=["accurate", "fast"])
    parser.add_argument("--sizes", default="10000,100000,1000000,5000000")
    parser.add_argument("--shapes", default=",".join(SHAPES))
    parser.add_argument("--most", type=float, default=1.15)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "text.txt")
        for model in options.model or ["fast", "accurate"]:
            print(f"{model:18s}" + "".join(f"{size // 1000:>8d} KB" for size in sizes) + "   exponent", flush=True)
            with open(path, "w", encoding="utf-8") as f:
                f.write("Ilse Maren said it rains.")
            start = seconds(options.saywho, model, path)
            for shape in options.shapes.split(","):
                times = []
                for size in sizes:
                    with open(path, "w", encoding="utf-8") as f:
                        f.write(text(shape, size))
                    times.append(max(seconds(options.saywho, model, path) - start, 0.001))
                exponent = math.log(times[-1] / times[-2]) / math.log(sizes[-1] / sizes[-2])
                bad = exponent > options.most and times[-1] >= 0.1
                failed += [f"{model} {shape}"] * bad
                print(f"{shape:18s}" + "".join(f"{t:11.2f}" for t in times) + f"{exponent:11.2f}" + ("  too steep" if bad else ""), flush=True)
    sys.exit(f"grows faster than the text: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
