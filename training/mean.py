"""The mean of the weights of several runs that began from the same network: better than either (Wortsman et al. 2022).

python mean.py --out DIR RUN/checkpoint.pt RUN/checkpoint.pt ...
"""
import argparse
import os

import torch


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--out", required=True)
    ap.add_argument("checkpoints", nargs="+")
    args = ap.parse_args()
    runs = [torch.load(path) for path in args.checkpoints]
    mean = {name: sum(run["net"][name] for run in runs) / len(runs) for name in runs[0]["net"]}
    os.makedirs(args.out, exist_ok=True)
    torch.save({"net": mean, "config": runs[0]["config"]}, os.path.join(args.out, "checkpoint.pt"))


if __name__ == "__main__":
    main()
